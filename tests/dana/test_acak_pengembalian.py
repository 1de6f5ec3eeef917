"""Drunken walks: any step, by anybody, with effects in between or much later. Whatever happens, the book adds up."""

from __future__ import annotations

import random

import pytest
from django.db import transaction

from haji_portal.alur.deklarasi import cari_langkah, mesin
from haji_portal.alur.efek import jalankan_efek
from haji_portal.alur.galat import LangkahGagal
from haji_portal.alur.jalankan import jalankan
from haji_portal.alur.models import Efek
from haji_portal.alur.pelaku import Sistem
from haji_portal.alur.rantai import periksa_perkara
from haji_portal.dana import contoh
from haji_portal.dana.models import Pengembalian, Posting
from haji_portal.dana.periksa import periksa_buku

from .conftest import AWAL, LUNAS
from .tanah import ajukan, buka_induk, kerjakan_efek, letak, petugas, segar, seharusnya

pytestmark = [pytest.mark.django_db]
ORANG = (
    "bpkh", "bpkh-2", "bps", "bps-2", "direktorat", "direktur", "jfu.lombok-timur", "ptsp.lombok-timur",
    "kepala.lombok-timur", "jfu.tanah-bumbu", "bps.bsi", "inspektorat",
)  # fmt: skip
NAMA = sorted({lk.nama for lk in mesin(Pengembalian)})
TOTAL = AWAL + LUNAS
# Which way a step may go on, told here a second time and independently of the machine.
JALAN = {
    "disiapkan": {"periksa_rekening": "diperiksa", "hentikan": "dihentikan"},
    "diperiksa": {"usulkan": "diusulkan", "kembalikan": "disiapkan", "hentikan": "dihentikan"},
    "diusulkan": {"setujui": "diajukan", "kembalikan": "disiapkan", "hentikan": "dihentikan"},
    "diajukan": {
        "catat_spm": "", "sahkan_spm": "spm_terbit", "nyatakan_belum_pasti": "belum_pasti", "gagalkan": "gagal",
        "terima_spm": "spm_terbit", "terima_penolakan": "gagal",
    },
    "spm_terbit": {
        "catat_transfer": "", "sahkan_transfer": "ditransfer", "nyatakan_belum_pasti": "belum_pasti",
        "gagalkan": "gagal", "cocokkan": "diterima", "terima_transfer": "ditransfer", "terima_penolakan": "gagal",
    },
    "ditransfer": {
        "terima": "diterima", "nyatakan_belum_pasti": "belum_pasti", "gagalkan": "gagal", "cocokkan": "diterima",
        "kembalikan_dana": "retur", "lengkapi_spm": "", "terima_retur": "retur",
    },
    "belum_pasti": {
        "usulkan_kepastian": "", "pastikan_diterima": "diterima", "pastikan_gagal": "gagal", "cocokkan": "diterima",
        "terima_spm": "spm_terbit", "lengkapi_spm": "", "terima_transfer": "ditransfer", "terima_penolakan": "gagal",
        "lanjutkan": "diajukan", "kirim_ulang": "diajukan",
    },
    "diterima": {"kembalikan_dana": "retur", "lengkapi_spm": "", "terima_retur": "retur"},
    "gagal": {"buka_kembali": "belum_pasti"},
    "retur": {},
    "dihentikan": {},
}  # fmt: skip


class Pejalan:
    """One case: its refunds one after another, and what a second bookkeeper would say of them."""

    def __init__(self, acak: random.Random) -> None:
        self.acak, self.induk, self.diambil = acak, buka_induk(), set()
        ajukan(self.induk)

    @property
    def kini(self) -> Pengembalian:
        """The one that lives; else the last that was not stopped in favour of an earlier one."""
        semua = list(Pengembalian.objects.filter(induk=self.induk.pk).order_by("pk"))
        hidup = [p for p in semua if p.ditutup is None]
        return [*(p for p in semua if p.tahap != "dihentikan"), *hidup][-1]

    def langkah(self) -> None:
        p = self.acak.choice(list(Pengembalian.objects.filter(induk=self.induk.pk).order_by("pk")))
        ada = sorted(JALAN[p.tahap])
        nama = self.acak.choice(ada) if ada and self.acak.random() < 0.85 else self.acak.choice(NAMA)
        calon = [a for a in ORANG if petugas(a).peran in cari_langkah(Pengembalian, nama)[0].oleh.peran]
        siapa = self.acak.choice(calon) if calon and self.acak.random() < 0.8 else self.acak.choice([*ORANG, ""])
        if nama == "cocokkan" and self.acak.random() < 0.8:
            siapa = ""
        self._coba(p, nama, petugas(siapa) if siapa else Sistem("uji"))

    def _coba(self, p, nama, oleh) -> None:
        data = contoh.isian(p, nama)
        if nama == "usulkan_kepastian" and self.acak.random() < 0.5:
            data = contoh.sampai(p, "tidak")
        versi = p.versi - (self.acak.random() < 0.05)
        sebelum = (p.versi, p.tahap, Posting.objects.count(), letak(p))
        try:
            with transaction.atomic():
                hasil = jalankan(p, nama, oleh=oleh, versi=versi, data=data)
        except LangkahGagal:
            assert (segar(p).versi, segar(p).tahap, Posting.objects.count(), letak(p)) == sebelum, (nama, oleh)
            return
        if not hasil.sudah:
            assert segar(p).tahap == (JALAN[sebelum[1]][nama] or sebelum[1]), (sebelum[1], nama)
            self.diambil.add((sebelum[1], nama))

    def efek(self) -> None:
        menunggu = Efek.objects.filter(selesai__isnull=True, menyerah__isnull=True).order_by("pk")
        if semua := list(menunggu.values_list("pk", flat=True)):
            jalankan_efek(self.acak.choice(semua))

    def periksa(self) -> None:
        kini = self.kini
        assert letak(kini) == seharusnya(kini), kini.tahap
        hidup = Pengembalian.objects.filter(induk=self.induk.pk, ditutup__isnull=True)
        assert hidup.count() <= 1 and all(p == kini for p in hidup)
        dibayar = Pengembalian.objects.filter(induk=self.induk.pk, tahap="diterima").count()
        assert dibayar <= 1 and letak(kini).get("penerima", (0, 0))[0] == dibayar * TOTAL

    def tutup(self) -> None:
        """All news told: the parent stands where the money is."""
        semua = Efek.objects.filter(selesai__isnull=True)
        while semua.exists():
            semua.update(jatuh_tempo=self.induk.dibuka, sewa_sampai=None, menyerah=None, percobaan=0)
            kerjakan_efek()
        self.periksa()
        assert segar(self.induk).tahap == ("selesai" if self.kini.tahap == "diterima" else "diajukan")
        assert periksa_perkara(self.induk.pk) == [] == periksa_buku()
        for p in Pengembalian.objects.filter(induk=self.induk.pk):
            assert periksa_perkara(p.pk) == []


def berjalan(benih: int, langkah: int) -> set[tuple[str, str]]:
    pejalan = Pejalan(random.Random(benih))
    for _ in range(langkah):
        pejalan.langkah() if pejalan.acak.random() < 0.8 else pejalan.efek()
        pejalan.periksa()
    pejalan.tutup()
    return pejalan.diambil


@pytest.mark.parametrize("benih", range(2))
def test_jalan_acak(pelaksana, benih):
    berjalan(benih, 60)


@pytest.mark.malam
@pytest.mark.parametrize("benih", range(100, 150))
def test_jalan_acak_panjang(pelaksana, benih):
    berjalan(benih, 250)


def test_mesin_sama_dengan_yang_tertulis_di_sini():
    ada = {(lk.sumber, lk.nama): lk.target or "" for lk in mesin(Pengembalian)}
    assert ada == {(dari, nama): ke for dari, semua in JALAN.items() for nama, ke in semua.items()}
