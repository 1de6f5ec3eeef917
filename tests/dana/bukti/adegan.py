"""Scenes: one handler of money at work, and what has to stand before it. Each is killed at every point of its work."""

from __future__ import annotations

import datetime
import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from haji_portal.alur.galat import LangkahGagal
from haji_portal.alur.jalankan import jalankan
from haji_portal.alur.pelaku import Sistem
from haji_portal.berkas.contoh import pdf_contoh
from haji_portal.dana.models import Pengembalian
from tests.dana.tanah import langkah, segar

from .dunia import Dunia

DIAM = "diam=semua"


@dataclass(frozen=True)
class Adegan:
    """siap: what stands before; kerja: the handler, run in a process of its own. Both get the world."""

    nama: str
    siap: Callable[[Dunia], object]
    kerja: Callable[[Dunia], object]


def p(d: Dunia) -> Pengembalian:
    return Pengembalian.objects.filter(induk__in=d.induk).order_by("pk")[0]


def dikirim(d: Dunia, *sakelar: str, sampai: str = "diproses") -> None:
    """Asked for, and the partner's truth has come to a state of which it says nothing by itself."""
    for satu in (DIAM, *sakelar):
        d.sim.setel(satu)
    d.sapu()
    for _ in range(60):
        if d.benar(p(d).nomor) == sampai:
            return
        d.maju(1)
    raise AssertionError(f"never {sampai}: {d.benar(p(d).nomor)}")


def kabar(d: Dunia, event: str, **ganti: Any) -> None:
    d.kabarkan("bpkh", d.isi(p(d).nomor, event, **ganti))


def dikabari(d: Dunia, *event: str) -> None:
    for satu in event:
        kabar(d, satu)
        d.olah()


def belum_pasti(d: Dunia) -> None:
    langkah(p(d), "nyatakan_belum_pasti", "bpkh")
    d.saksi.petugas[p(d).nomor].add("nyatakan_belum_pasti")
    d.maju(601)


def ditanya(*sakelar: str, sampai: str = "diproses") -> Callable[[Dunia], None]:
    """In doubt, and the question is due."""

    def siap(d: Dunia) -> None:
        dikirim(d, *sakelar, sampai=sampai)
        belum_pasti(d)

    return siap


def kirim(*sakelar: str, mati: bool = False, dikenal: str = "") -> Callable[[Dunia], None]:
    """The request is due; `dikenal`: BPKH knows the reference already, with this content (sama or beda)."""

    def siap(d: Dunia) -> None:
        for satu in sakelar:
            d.sim.setel(satu)
        if dikenal:
            d.sapu()
            bayar = d.sim.buku.pembayaran(p(d).nomor)
            assert bayar is not None
            if dikenal == "beda":
                bayar.isi = bayar.isi | {"bank": "Bank Lain"}
                d.sim.buku.simpan(bayar)
            langkah(p(d), "nyatakan_belum_pasti", "bpkh")
            langkah(p(d), "kirim_ulang")
            d.saksi.petugas[p(d).nomor].add("nyatakan_belum_pasti")
        d.sim.mati = mati

    return siap


def gagal_lalu_dibayar(d: Dunia) -> None:
    """The partner said no and paid all the same; the next payment is being prepared."""
    d.saksi.bohong.add(p(d).nomor)
    dikirim(d, sampai="diterima")
    dikabari(d, "dana.gagal")
    d.sapu()
    kabar(d, "dana.ditransfer")


def salah(d: Dunia) -> None:
    dikirim(d)
    kabar(d, "dana.ditransfer", setoran=1)


def asing(d: Dunia) -> None:
    dikirim(d)
    kabar(d, "dana.ditransfer", referensi="ZZ-KD-26-TIDAKA")


def cocokkan(d: Dunia) -> None:
    """The reconciliation's step: a row of the statement proves the payment."""
    satu = segar(p(d))
    bayar = d.sim.buku.pembayaran(satu.nomor)
    assert bayar is not None
    isi = {"tanggal_terima": timezone.localdate(), "rujukan_bank": bayar.rujukan_bank}
    isi |= {"jumlah": bayar.setoran + bayar.manfaat, "bukti": pdf_contoh("Mutasi rekening")}
    try:
        jalankan(satu, "cocokkan", oleh=Sistem("dana.rekonsiliasi"), versi=satu.versi, data=isi)
    except LangkahGagal:
        if segar(satu).tahap != "diterima":
            raise


def siap_cocok(d: Dunia) -> None:
    dikirim(d, sampai="diterima")
    dikabari(d, "spm.terbit")
    d.saksi.petugas[p(d).nomor].add("cocokkan")


def sesudah(*event: str, sampai: str, kini: str, sakelar: tuple[str, ...] = ()) -> Callable[[Dunia], None]:
    """Events that were judged, and one that was received and waits for its judgement."""

    def siap(d: Dunia) -> None:
        dikirim(d, *sakelar, sampai=sampai)
        for satu in event:
            dikabari(d, satu)
        kabar(d, kini)

    return siap


def spm_menyusul(d: Dunia) -> None:
    dikirim(d, sampai="diterima")
    isi = d.isi(p(d).nomor, "dana.ditransfer")
    del isi["nomor_spm"]
    d.kabarkan("bpkh", isi)
    d.olah()
    kabar(d, "spm.terbit")


def ada_kabar(d: Dunia) -> None:
    dikirim(d, sampai="spm_terbit")
    d.nanti = d.isi(p(d).nomor, "spm.terbit")


def terima(d: Dunia) -> None:
    d.kabarkan("bpkh", d.nanti)


def terima_lagi(d: Dunia) -> None:
    """The first letter comes a second time, with the same id."""
    mitra, kepala, badan = d.surat[0]
    d.kabarkan(mitra, badan, id_webhook=kepala["webhook-id"])


def terima_isi_lain(d: Dunia) -> None:
    mitra, kepala, badan = d.surat[0]
    d.kabarkan(mitra, json.loads(badan) | {"jumlah": 1}, id_webhook=kepala["webhook-id"])


def gagal_menunggu(d: Dunia) -> None:
    dikirim(d, "gagal=semua", sampai="gagal")
    dikabari(d, "dana.gagal")


def olah(d: Dunia) -> None:
    d.olah()


def efek(d: Dunia) -> None:
    d.sapu()


def efek_induk(d: Dunia) -> None:
    d.sapu(("alur.induk",))


def pagi(d: Dunia) -> None:
    d.pagi()


def sunyi(d: Dunia) -> None:
    dikirim(d, sampai="diterima")
    d.maju(datetime.timedelta(hours=25).total_seconds())


TRANSFER = ("spm.terbit", "dana.ditransfer")
SUSULAN, RETUR = ("gagal_susulan=semua:1",), ("retur=semua:1",)
ADEGAN = [
    Adegan("terima", ada_kabar, terima),
    Adegan("terima_lagi", sesudah(sampai="spm_terbit", kini="spm.terbit"), terima_lagi),
    Adegan("terima_isi_lain", sesudah(sampai="spm_terbit", kini="spm.terbit"), terima_isi_lain),
    Adegan("nilai_spm", sesudah(sampai="spm_terbit", kini="spm.terbit"), olah),
    Adegan("nilai_transfer", sesudah("spm.terbit", sampai="diterima", kini="dana.ditransfer"), olah),
    Adegan("nilai_transfer_mendahului", sesudah(sampai="diterima", kini="dana.ditransfer"), olah),
    Adegan("nilai_spm_menyusul", spm_menyusul, olah),
    Adegan("nilai_gagal", sesudah(sampai="gagal", kini="dana.gagal", sakelar=("gagal=semua",)), olah),
    Adegan("nilai_gagal_susulan", sesudah(*TRANSFER, sampai="gagal", kini="dana.gagal", sakelar=SUSULAN), olah),
    Adegan("nilai_retur", sesudah(*TRANSFER, sampai="retur", kini="dana.retur", sakelar=RETUR), olah),
    Adegan("nilai_retur_mendahului", sesudah(sampai="retur", kini="dana.retur", sakelar=RETUR), olah),
    Adegan("nilai_gagal_lalu_dibayar", gagal_lalu_dibayar, olah),
    Adegan("karantina_jumlah", salah, olah),
    Adegan("karantina_rujukan", asing, olah),
    Adegan("kirim_202", kirim(), efek),
    Adegan("kirim_200", kirim(dikenal="sama"), efek),
    Adegan("kirim_409", kirim(dikenal="beda"), efek),
    Adegan("kirim_422", kirim("tolak=semua"), efek),
    Adegan("kirim_503", kirim("galat5xx=1"), efek),
    Adegan("kirim_hilang", kirim("jawaban_hilang=1"), efek),
    Adegan("kirim_macet", kirim("macet=1"), efek),
    Adegan("kirim_terpotong", kirim("terpotong=1"), efek),
    Adegan("kirim_html", kirim("kacau=1"), efek),
    Adegan("kirim_dialihkan", kirim("alihkan=1"), efek),
    Adegan("kirim_tuli", kirim(mati=True), efek),
    Adegan("tanya_tidak_dikenal", ditanya("lupa=1", sampai=""), efek),
    Adegan("tanya_diproses", ditanya("macet=1:keadaan"), efek),
    Adegan("tanya_spm", ditanya(sampai="spm_terbit"), efek),
    Adegan("tanya_diterima", ditanya(sampai="diterima"), efek),
    Adegan("tanya_gagal", ditanya("gagal=semua", sampai="gagal"), efek),
    Adegan("tanya_retur", ditanya(*RETUR, sampai="retur"), efek),
    Adegan("tanya_hilang", ditanya("jawaban_hilang=1:keadaan", sampai="diterima"), efek),
    Adegan("cocokkan", siap_cocok, cocokkan),
    Adegan("ajukan_lagi", gagal_menunggu, efek),
    Adegan("kabari_induk", gagal_menunggu, efek_induk),
    Adegan("tanya_pagi", sunyi, pagi),
]
