"""A breach warns the owner, then the Kasi, then the Kepala: each exactly once, whoever looks and how often."""

from functools import partial

import pytest

from haji_portal.alur import tenggat as modul
from haji_portal.alur.models import Tenggat
from haji_portal.alur.tenggat import TINGKAT, periksa_tenggat
from tests.alur.jam import wita
from tests.alur.test_tenggat import buka, kembali_dan_lengkap, langkah, terbuka
from tests.kontrak.balapan import balapan
from tests.pendaftaran.tanah import bukakan


@pytest.fixture
def terkirim(monkeypatch):
    """What the rooms above would send: (case, level)."""
    daftar = []
    monkeypatch.setattr(modul, "saat_lewat", [lambda t, tingkat: daftar.append((t.perkara_id, tingkat))])
    return daftar


def test_tiga_tingkat_masing_masing_sekali(jam, terkirim):
    perkara = buka()
    for menit, tingkat in [(5, []), (1, [1]), (28, []), (1, [2]), (29, []), (1, [3]), (600, [])]:
        jam.maju(menit)
        jumlah = periksa_tenggat()
        baru = [t for _, t in terkirim[len(terkirim) - jumlah :]]
        assert baru == tingkat, f"after {menit} more minutes"
        assert periksa_tenggat() == 0, "a second look at once says nothing"
    assert terkirim == [(perkara.pk, 1), (perkara.pk, 2), (perkara.pk, 3)]


def test_setelah_lama_mati_ketiganya_menyusul_sekali(jam, terkirim):
    perkara = buka()
    jam.ke(wita(4, 10))
    assert periksa_tenggat() == 3
    assert terkirim == [(perkara.pk, 1), (perkara.pk, 2), (perkara.pk, 3)]
    assert periksa_tenggat() == 0


def test_jarak_tingkat_mengikuti_jatah_yang_panjang(jam, terkirim):
    """A budget of two hours escalates after one and two budgets, not after half an hour."""
    assert TINGKAT == {1: (0, 0), 2: (30, 1), 3: (60, 2)}
    tenggat = terbuka(buka())
    Tenggat.objects.filter(pk=tenggat.pk).update(menit=120)
    batas = tenggat.batas
    for lewat, tingkat in [(1, 1), (119, 1), (120, 2), (239, 2), (240, 3)]:
        periksa_tenggat(modul.kalender_kantor(tenggat.perkara.kantor).tambah_menit(batas, lewat))
        assert len(terkirim) == tingkat, f"{lewat} minutes late"


def test_malam_tidak_menaikkan_tingkat(jam, terkirim):
    jam.ke(wita(2, 15, 50))
    buka()
    jam.ke(wita(3, 7, 30))
    assert periksa_tenggat() == 1, "five working minutes late at 16.00, and still five at 07.30"


def test_giliran_pemohon_tidak_diperingatkan(pelaksana, jam, terkirim):
    perkara = buka()
    bukakan(perkara, "kembalikan")
    langkah(pelaksana, perkara, "kembalikan")
    jam.ke(wita(13, 10))
    assert periksa_tenggat() == 0 and terkirim == []


def test_putaran_kedua_memperingatkan_lagi(pelaksana, jam, terkirim):
    perkara = buka()
    jam.maju(7)
    assert periksa_tenggat() == 1
    perkara = kembali_dan_lengkap(pelaksana, jam, perkara, 1, wita(4, 10))
    jam.maju(6)
    assert periksa_tenggat() == 1
    assert [t for _, t in terkirim] == [1, 1]


def test_gagal_mengirim_tidak_menghabiskan_peringatan(jam, monkeypatch):
    """The rooms above run inside the transaction: when they fail, the level is not used up."""

    def gagal(tenggat, tingkat):
        raise RuntimeError("kabar tidak dapat ditulis")

    tenggat = terbuka(buka())
    jam.maju(7)
    monkeypatch.setattr(modul, "saat_lewat", [gagal])
    with pytest.raises(RuntimeError):
        periksa_tenggat()
    monkeypatch.setattr(modul, "saat_lewat", [])
    assert Tenggat.objects.get(pk=tenggat.pk).peringatan == 0
    assert periksa_tenggat() == 1


@pytest.mark.basis
@pytest.mark.django_db(transaction=True)
def test_dua_pemeriksa_sekaligus(jam, terkirim, tanpa_bel):
    """Two beats at the same minute over ten late cases: thirty warnings, not one more."""
    for urut in range(10):
        buka(urut=urut + 1)
    kini = wita(2, 11)
    diberi = balapan(*[partial(periksa_tenggat, kini)] * 2)
    assert sum(diberi) == 30
    assert len(terkirim) == len(set(terkirim)) == 30
