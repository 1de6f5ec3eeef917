"""Races on real threads: one case per porsi, one cancellation, one journal; and a control that doubles."""

from functools import partial

import pytest

from haji_portal.akun.models import Kantor
from haji_portal.alur.galat import Basi, LangkahGagal, SudahAda, Tertutup
from haji_portal.alur.jalankan import Hasil, buka, jalankan
from haji_portal.alur.models import Kunci, Perkara
from haji_portal.jemaah.models import PeristiwaPorsi
from haji_portal.meja.contoh import pembuka
from pembatalan import contoh
from pembatalan.models import Jurnal, Pembatalan
from pembatalan.tahap import Sebab
from tests.batal import pindah
from tests.kontrak.balapan import balapan
from tests.kontrak.pelaku import orang_baru, tugas_baru

from .jalan import buka as buka_satu
from .jalan import petugas, segar

pytestmark = [
    pytest.mark.basis,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("pelaksana", "tanpa_bel"),
]
KANTOR = ("lombok-timur", "tanah-bumbu")
KALI = 8


def _buka(slug, isian):
    kantor = Kantor.objects.get(slug=slug)
    oleh = pembuka(Pembatalan(kantor=kantor, sebab=isian["sebab"]))
    return partial(buka, Pembatalan, kantor=kantor, oleh=oleh, isian=isian)


def _dua_kantor(n, sebab=Sebab.SENDIRI):
    isian = contoh.isian_buka(Kantor.objects.get(slug=KANTOR[0]), 2 * n + 2, sebab)
    return balapan(*[_buka(slug, isian) for slug in KANTOR])


@pytest.mark.parametrize("sebab", [Sebab.SENDIRI, Sebab.BELUM_DAFTAR])
def test_dua_kantor_membuka_pembatalan_yang_sama(sebab):
    for n in range(KALI):
        hasil = _dua_kantor(n, sebab)
        assert sorted(type(h).__name__ for h in hasil) == ["Hasil", "SudahAda"], hasil
    assert Perkara.objects.count() == KALI
    assert Kunci.objects.count() == KALI * (1 if sebab == Sebab.BELUM_DAFTAR else 3)


def test_kendali_tanpa_kunci_terbuka_dua(monkeypatch):
    """The control: without its locks the same race opens two cases on one porsi."""
    monkeypatch.setattr(Pembatalan, "kunci", lambda self: [])
    ganda = sum([isinstance(h, Hasil) for h in _dua_kantor(n)] == [True, True] for n in range(4))
    assert ganda > 2


def test_setoran_awal_dan_lunas_dari_porsi_yang_sama():
    """Two slips of one porsi at two counters: the porsi's own lock decides."""
    for n in range(KALI):
        isian = contoh.isian_buka(Kantor.objects.get(slug=KANTOR[0]), 2 * n + 2, Sebab.SENDIRI)
        lunas = isian["porsi"].setoran.get(jenis="lunas")
        hasil = balapan(_buka(KANTOR[0], isian), _buka(KANTOR[1], isian | {"setoran": lunas}))
        assert sorted(type(h).__name__ for h in hasil) == ["Hasil", "SudahAda"], hasil


@pytest.mark.parametrize("siapa", ["satu orang", "dua orang"])
def test_input_pembatalan_sekaligus(siapa):
    """A double click, or two analysts at the centre: the porsi is cancelled once."""
    satu = petugas("direktorat")
    dua = satu if siapa == "satu orang" else tugas_baru(orang_baru("rekan"), "direktorat", satu.penugasan.kantor)
    for n in range(KALI):
        p = pindah(buka_satu(2 * n + 2, sebab=Sebab.SENDIRI), "di_pusat")
        data = [contoh.isian(p, "input_pembatalan") for _ in range(2)]
        kerja = [
            partial(jalankan, Perkara(pk=p.pk), "input_pembatalan", oleh=oleh, versi=p.versi, data=isi)
            for oleh, isi in zip((satu, dua), data, strict=True)
        ]
        hasil = balapan(*kerja)
        baru = [h for h in hasil if isinstance(h, Hasil) and not h.sudah]
        (lain,) = [h for h in hasil if h not in baru]
        assert len(baru) == 1 and (lain.sudah if dua is satu else isinstance(lain, Basi)), hasil
        p = segar(p)
        assert PeristiwaPorsi.objects.filter(porsi=p.porsi, jenis="batal").count() == 1
        assert p.porsi.setoran.filter(dibatalkan=p.dibatalkan_pada).count() == 2


def test_dua_perkara_membuka_jurnal_bulan_ini():
    """Two of the Subdit put the first two cases of a month into its journal: one journal, both in it."""
    satu = petugas("subdit")
    dua = tugas_baru(orang_baru("rekan"), "subdit", satu.penugasan.kantor)
    for n in range(KALI):
        semua = [pindah(buka_satu(6 * n + 2 * i + 2, sebab=Sebab.SENDIRI), "dibatalkan") for i in range(2)]
        hasil = balapan(*[
            partial(jalankan, Perkara(pk=p.pk), "jurnalkan", oleh=oleh, versi=p.versi, data={})
            for p, oleh in zip(semua, (satu, dua), strict=True)
        ])  # fmt: skip
        assert all(isinstance(h, Hasil) for h in hasil), hasil
        (jurnal,) = Jurnal.objects.filter(tahap="disusun")
        assert jurnal.isi.count() == 2
        pindah(jurnal, "diajukan")
        Kunci.objects.filter(perkara=jurnal.pk).delete()


def test_mengajukan_sementara_perkaranya_dikeluarkan():
    """The journal goes to the Direktur with the case, or the case is out and the journal is empty: never both."""
    satu = petugas("subdit")
    dua = tugas_baru(orang_baru("rekan"), "subdit", satu.penugasan.kantor)
    menang = set()
    for n in range(KALI):
        p = pindah(buka_satu(2 * n + 2, sebab=Sebab.SENDIRI), "dibatalkan")
        p = segar(jalankan(p, "jurnalkan", oleh=satu, versi=p.versi).perkara)
        jurnal, alasan = p.dalam_jurnal, {"alasan": "Diperiksa lagi."}
        hasil = balapan(
            partial(jalankan, Perkara(pk=jurnal.pk), "ajukan", oleh=satu, versi=jurnal.versi, data={}),
            partial(jalankan, Perkara(pk=p.pk), "keluarkan_jurnal", oleh=dua, versi=p.versi, data=alasan),
        )
        berhasil = [isinstance(h, Hasil) for h in hasil]
        assert berhasil.count(True) == 1, hasil
        assert isinstance(next(h for h in hasil if isinstance(h, LangkahGagal)), Tertutup)
        assert (segar(jurnal).tahap, segar(p).tahap) in (("diajukan", "dijurnal"), ("disusun", "dibatalkan"))
        menang.add(berhasil.index(True))
        if segar(jurnal).tahap == "disusun":
            jalankan(jurnal, "tiadakan", oleh=satu, versi=segar(jurnal).versi)
    assert menang


def test_pendaftaran_dan_pembatalan_setoran_yang_sama():
    """A bank slip at the registration counter of one office and at the cancellation counter of the other."""
    from pendaftaran.models import Pendaftaran

    for n in range(KALI):
        isian = contoh.isian_buka(Kantor.objects.get(slug=KANTOR[0]), 2 * n + 2, Sebab.BELUM_DAFTAR)
        kantor = Kantor.objects.get(slug=KANTOR[1])
        daftar = {k: isian[k] for k in ("pemohon", "setoran", "rekening")} | {
            "hadir_sendiri": True, "tanggal_daftar": isian["tanggal_permohonan"],
        }  # fmt: skip
        hasil = balapan(
            _buka(KANTOR[0], isian),
            partial(buka, Pendaftaran, kantor=kantor, oleh=pembuka(Pendaftaran(kantor=kantor)), isian=daftar),
        )
        assert sorted(type(h).__name__ for h in hasil) == ["Hasil", "SudahAda"], hasil
        assert isinstance(next(h for h in hasil if not isinstance(h, Hasil)), SudahAda)
