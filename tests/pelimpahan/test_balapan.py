"""Races on real threads: two sign the SPH of one transfer, two recipients for one porsi; and a control that doubles."""

import threading
from functools import partial

import pytest
from django.db import connection

from haji_portal.akun.models import Kantor
from haji_portal.alur.jalankan import Hasil, buka, jalankan
from haji_portal.alur.models import Perkara
from haji_portal.jemaah.models import PeristiwaPorsi, Porsi, Rekening
from haji_portal.meja.contoh import Pelaksana, pembuka
from pelimpahan import contoh
from pelimpahan.models import Pelimpahan
from pelimpahan.models import pelimpahan as mesin
from tests.kontrak.balapan import balapan
from tests.kontrak.pelaku import orang_baru, tugas_baru

from .jalan import buka as buka_satu
from .jalan import lakukan, petugas, sampai, segar, terbuka

pytestmark = [
    pytest.mark.basis,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("pelaksana", "tanpa_bel"),
]
KALI = 4


@pytest.fixture
def penanda_tangan(acuan):
    satu = petugas("kanwil-2.ntb")
    return satu, tugas_baru(orang_baru("rekan"), "kanwil", satu.penugasan.kantor)


@pytest.fixture
def tanpa_surat(monkeypatch):
    """What is raced for is the porsi: letters are signed before this step, outside any transaction."""
    monkeypatch.setattr(mesin, "sahkan_semua", lambda *_: None)


def _tandatangani(p, oleh):
    return partial(jalankan, Perkara(pk=p.pk), "terbitkan_sph", oleh=oleh, versi=p.versi, data={"surat": []})


def _lulus(p):
    """Passed, with the photo; whoever interviewed may not sign, so two others of the Kanwil race."""
    p = sampai(Pelaksana(""), terbuka(p), "lulus")
    return lakukan(Pelaksana(""), p, "ambil_foto")


def _dua_perkara(n, monkeypatch):
    """Two transfers of one porsi to two recipients, as they cannot be while the locks hold."""
    with monkeypatch.context() as tanpa_kunci:
        tanpa_kunci.setattr(Pelimpahan, "kunci", lambda self: [])
        return [_lulus(segar(satu().perkara)) for satu in _dua_penerima(n)]


def _dua_penerima(n):
    kantor = Kantor.objects.get(slug="lombok-timur")
    isi, lain = contoh.isian_buka(kantor, 2 * n + 3, "wafat"), contoh.buat_jemaah(kantor, 600_000 + n)
    rekening = Rekening.objects.create(
        jemaah=lain, bank=isi["rekening"].bank, nomor=f"7900000{n:03d}", atas_nama=lain.nama
    )
    oleh = pembuka(Pelimpahan(kantor=kantor))
    semua = ({}, {"pemohon": lain, "rekening": rekening})
    return [partial(buka, Pelimpahan, kantor=kantor, oleh=oleh, isian=isi | ganti) for ganti in semua]


def _pindah(p):
    return PeristiwaPorsi.objects.filter(porsi=p.porsi_id, jenis="dilimpahkan").count()


def test_dua_pejabat_menandatangani_sekaligus(tanpa_surat, penanda_tangan):
    for n in range(KALI):
        p = _lulus(buka_satu(2 * n + 3, "lombok-timur"))
        hasil = balapan(*[_tandatangani(p, oleh) for oleh in penanda_tangan])
        assert sorted(type(h).__name__ for h in hasil) == ["Basi", "Hasil"], hasil
        p = segar(p)
        assert p.tahap == "sph_terbit" and p.porsi.jemaah == p.pemohon and _pindah(p) == 1


def test_dua_penerima_satu_porsi():
    """Brother and sister at two counters: one case, and the porsi waits for it."""
    for n in range(KALI):
        hasil = balapan(*_dua_penerima(n))
        assert sorted(type(h).__name__ for h in hasil) == ["Hasil", "SudahAda"], hasil
    assert Perkara.objects.count() == KALI


def test_kendali_tanpa_kunci_terbuka_dua(monkeypatch):
    """The control: without its locks the same race opens two cases on one porsi."""
    monkeypatch.setattr(Pelimpahan, "kunci", lambda self: [])
    ganda = sum([isinstance(h, Hasil) for h in balapan(*_dua_penerima(n))] == [True, True] for n in range(KALI))
    assert ganda > KALI // 2


def test_porsi_pindah_sekali_walau_dua_perkara(tanpa_surat, penanda_tangan, monkeypatch):
    """Even past the locks the porsi's own row decides: whoever signs second is refused, whole."""
    for n in range(KALI):
        semua = _dua_perkara(n, monkeypatch)
        hasil = balapan(*[_tandatangani(p, oleh) for p, oleh in zip(semua, penanda_tangan, strict=True)])
        assert sorted(isinstance(h, Hasil) for h in hasil) == [False, True], hasil
        kalimat = next(h.kalimat for h in hasil if not isinstance(h, Hasil))
        # Behind the row's lock, or where writers queue up (SQLite) by the rule that now sees the first one's work.
        assert "tidak dapat dilimpahkan lagi" in kalimat or "hanya dapat dilimpahkan satu kali" in kalimat
        assert _pindah(semua[0]) == 1 and sorted(segar(p).tahap for p in semua) == ["lulus", "sph_terbit"]


@pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite locks the whole file from the first statement on")
def test_kendali_tanpa_penjaga_porsi_pindah_dua_kali(tanpa_surat, penanda_tangan, monkeypatch):
    """The control: both read before either writes, and nothing asks again."""
    temu = threading.Barrier(2)

    def pindah_saja(p):
        porsi = Porsi.objects.get(pk=p.porsi_id)
        temu.wait(20)
        PeristiwaPorsi.objects.create(
            porsi=porsi, jenis="dilimpahkan", waktu=p.waktu, rujukan=p.nomor, dari=p.jemaah_asal, ke=p.pemohon
        )

    monkeypatch.setattr(Pelimpahan, "_pindahkan_porsi", pindah_saja)
    semua = _dua_perkara(0, monkeypatch)
    hasil = balapan(*[_tandatangani(p, oleh) for p, oleh in zip(semua, penanda_tangan, strict=True)])
    assert all(isinstance(h, Hasil) for h in hasil) and _pindah(semua[0]) == 2
