"""An uploaded bank statement as a whole: every readable row of it goes into the reconciliation of its day.

The columns are found and their cells read as for recording; what a statement says besides (name, currency, status)
must agree there, too, before a row may be recorded.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from django.urls import reverse

from haji_portal.akun.models import Kantor
from haji_portal.alur.tampil_waktu import tanggal
from haji_portal.dana.models import Rekonsiliasi
from haji_portal.dana.rekonsiliasi.harian import terima_berkas, ulangi_berkas
from haji_portal.dana.rekonsiliasi.jalan import MutasiHilang
from haji_portal.dana.rekonsiliasi.kelas import nama_sama
from haji_portal.dana.rekonsiliasi.mutasi import BERHASIL, DIKEMBALIKAN, GAGAL, TERTUNDA, BarisMutasi

from ..models import ImporBerkas
from .cocokkan import RUMUS, BarisTerbaca, TabelCocok, rata
from .deklarasi import NOMOR_PERKARA, Cocok, Isian

KATA_STATUS = {
    **dict.fromkeys(("berhasil", "sukses", "success", "successful", "selesai", "settled", "ok"), BERHASIL),
    **dict.fromkeys(("dikembalikan", "retur", "return", "returned", "reversed"), DIKEMBALIKAN),
    **dict.fromkeys(("gagal", "failed", "rejected", "ditolak"), GAGAL),
    **dict.fromkeys(("tertunda", "pending", "diproses"), TERTUNDA),
}
RUPIAH = ("idr", "rp", "rupiah")
SEBUT = 10
"""Unreadable rows that are named one by one."""


def galat_nama(sel: str, nama: str) -> str:
    return "" if nama_sama(sel, nama) else "Nama pada baris ini bukan nama pemilik rekening tujuan. Hubungi bank."


def galat_mata_uang(sel: str, _: str) -> str:
    return "" if rata(sel) in RUPIAH else "Mata uang pada baris ini bukan rupiah. Jangan dicatat, hubungi bank."


def galat_status(sel: str, _: str) -> str:
    status = KATA_STATUS.get(rata(sel))
    return "" if status == BERHASIL else f"Status baris ini “{sel[:30]}”, bukan berhasil; dana belum terbukti masuk."


NAMA = Cocok(
    "atas_nama", "Atas nama", lambda p: p.rekening.atas_nama, galat_nama, ("rekening atas nama", "nama penerima")
)
MATA_UANG = Cocok("mata_uang", "Mata uang", lambda p: "IDR", galat_mata_uang, ("valuta", "currency"))
STATUS = Cocok("status", "Status", lambda p: BERHASIL, galat_status, ("status transaksi", "status transfer"))


def baca_mutasi(impor: ImporBerkas, cocok: TabelCocok, hari: Isian, jumlah: Isian) -> list[str]:
    """Class a statement that was uploaded; sentences about it for the page of the file."""
    baris, tak_terbaca = [], []
    for satu in cocok.baris:
        if not {hari.kode, jumlah.kode, "rujukan_bank"} & set(satu.sel):
            continue
        try:
            baris.append(_baris(satu, hari, jumlah))
        except ValueError:
            tak_terbaca.append(satu.urut)
    terima_berkas(impor.kantor, baris, nama=impor.nama, sha256=impor.sha256, pengguna=impor.pengguna)
    return [_tak_terbaca(tak_terbaca)] if tak_terbaca else []


def ulangi_rekonsiliasi(impor: ImporBerkas) -> None:
    """After the last row was recorded: what was behind agrees now. A kept statement that is lost stays as it is."""
    try:
        ulangi_berkas(impor.sha256)
    except MutasiHilang:
        return


def tautan_rekonsiliasi(impor: ImporBerkas) -> list[tuple[str, str]]:
    semua = Rekonsiliasi.objects.filter(berkas_sha256=impor.sha256).select_related("kantor").order_by("tanggal", "pk")
    if impor.kantor.jenis != Kantor.Jenis.PUSAT:
        semua = semua.filter(kantor=impor.kantor)
    return [(_kalimat(r), reverse("rekonsiliasi:hari", args=[r.pk])) for r in semua]


def _baris(baris: BarisTerbaca, hari: Isian, jumlah: Isian) -> BarisMutasi:
    """One row as the reconciliation reads it. Raises ValueError when a cell cannot be read."""
    if RUMUS in baris.sel.values():
        raise ValueError("a formula")
    sel = {k: str(v) for k, v in baris.sel.items()}
    status = KATA_STATUS.get(rata(sel.get("status", BERHASIL)))
    if hari.kode not in sel or jumlah.kode not in sel or status is None:
        raise ValueError("no day, amount or status")
    rujukan = f"{sel.get(NOMOR_PERKARA, '')} {sel.get('berita', '')}".strip()
    return BarisMutasi(
        baris.urut, hari.baca(sel[hari.kode]), rujukan[:200], " ".join(sel.get("rujukan_bank", "").split())[:60],
        jumlah.baca(sel[jumlah.kode]), _mata_uang(sel), re.sub(r"[\s.-]", "", sel.get("nomor_rekening", ""))[:30],
        sel.get("atas_nama", "")[:120], status,
    )  # fmt: skip


def _mata_uang(sel: Mapping[str, str]) -> str:
    kata = sel.get("mata_uang", "IDR")
    return "IDR" if rata(kata) in RUPIAH else kata.strip().upper()[:3]


def _tak_terbaca(urut: list[int]) -> str:
    sebut = ", ".join(map(str, urut[:SEBUT])) + (" dan seterusnya" if len(urut) > SEBUT else "")
    return (
        f"{len(urut)} baris tidak ikut dicocokkan karena tanggal, jumlah, atau statusnya tidak terbaca: baris {sebut}. "
        "Perbaiki barisnya, lalu unggah lagi."
    )


def _kalimat(r: Rekonsiliasi) -> str:
    awal = f"{r.kantor.nama_pendek}, {tanggal(r.tanggal)}"
    if not r.berlaku:
        return f"{awal}: ada mutasi lain yang berlaku"
    beda = f"{r.jumlah_beda} tidak cocok" if r.jumlah_beda else "semuanya cocok"
    return f"{awal}: {r.jumlah_baris} baris, {beda}"
