"""Refunds by file, for partners without an interface: BPKH's orders, the banks' transfers, and bank statements.

A file types faster, it approves nothing: what it records is confirmed by a second person as if it had been typed. Only
a statement, which shows the money in the account, ends a refund by itself.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import QuerySet

from haji_portal.akun.models import Peran
from haji_portal.alur.tampil_waktu import rupiah
from haji_portal.berkas.simpan import BerkasTersimpan
from haji_portal.dana.forms import MAKS_RUPIAH, RUPIAH
from haji_portal.dana.models import Pengembalian
from haji_portal.dana.rekonsiliasi.mutasi import RUJUKAN_BANK, nomor_dalam

from .deklarasi import DANA, Cocok, Isian, Kolom, Kunci, Pertukaran, Serta, daftarkan, titipan
from .mutasi import MATA_UANG, NAMA, STATUS, baca_mutasi, tautan_rekonsiliasi, ulangi_rekonsiliasi
from .nilai import tanggal_lewat

Status = Pengembalian.Status


def uang(sel: str) -> int:
    """Whole rupiah as people and programs write them; a spreadsheet's 25000000.0 too, and never 25.000 as 25."""
    cocok = RUPIAH.fullmatch(sel.strip().removesuffix(".0"))
    if cocok is None:
        raise ValueError(f"Jumlah “{sel[:30]}” tidak terbaca. Tulis rupiah penuh, misalnya 25.000.000.")
    rupiah_ = int(cocok[1].replace(".", ""))
    if rupiah_ > MAKS_RUPIAH:
        raise ValueError(f"Jumlah “{sel[:30]}” terlalu besar. Periksa ketikannya.")
    return rupiah_


def rujukan(sel: str) -> str:
    teks = " ".join(sel.split())
    if not RUJUKAN_BANK.fullmatch(teks):
        raise ValueError("Nomor ini harus 3–60 huruf, angka, titik, garis, atau spasi.")
    return teks


def galat_rekening(sel: str, nomor: str) -> str:
    angka = re.sub(r"[\s.-]", "", sel)
    if angka == nomor:
        return ""
    return "Nomor rekening pada baris ini bukan rekening tujuan pengembalian tersebut. Jangan dicatat, hubungi bank."


def spm_tercatat(p: Pengembalian) -> dict[str, Any]:
    if not p.nomor_spm:
        return {}
    return {
        "nomor_spm": p.nomor_spm, "tanggal_spm": p.tanggal_spm, "jumlah_setoran": p.jumlah_setoran,
        "nilai_manfaat": p.nilai_manfaat,
    }  # fmt: skip


def transfer_tercatat(p: Pengembalian) -> dict[str, Any]:
    if not p.rujukan_bank:
        return {}
    return {"rujukan_bank": p.rujukan_bank, "tanggal_transfer": p.tanggal_transfer, "jumlah": p.jumlah}


def diterima_tercatat(p: Pengembalian) -> dict[str, Any]:
    if p.status != Status.DITERIMA:
        return {}
    # A partner's machine tells of a payment without the bank's reference: then a statement's own contradicts nothing.
    rujukan = {"rujukan_bank": p.rujukan_bank} if p.rujukan_bank else {}
    return {**rujukan, "tanggal_terima": p.tanggal_terima, "jumlah": p.jumlah}


def periksa_spm(baris: Sequence[tuple[Any, Mapping[str, Any]]]) -> dict[int, str]:
    return {
        p.pk: f"Setoran pada SPM {rupiah(isi['jumlah_setoran'])}, yang diajukan {rupiah(p.jumlah_setoran)}."
        for p, isi in baris
        if isi["jumlah_setoran"] != p.jumlah_setoran
    }


def periksa_transfer(baris: Sequence[tuple[Any, Mapping[str, Any]]]) -> dict[int, str]:
    beda = {
        p.pk: f"Jumlah {rupiah(isi['jumlah'])}, seharusnya {rupiah(p.jumlah)}."
        for p, isi in baris
        if isi["jumlah"] != p.jumlah
    }
    return _rujukan_terpakai(baris) | beda


def periksa_mutasi(baris: Sequence[tuple[Any, Mapping[str, Any]]]) -> dict[int, str]:
    galat = _rujukan_terpakai(baris)
    for p, isi in baris:
        if p.status not in (Status.DITRANSFER, Status.BELUM_PASTI):
            galat[p.pk] = (
                f"Pengembalian ini sekarang “{p.info_tahap.label}”; mutasi dicocokkan sesudah transfer disahkan."
            )
        elif p.nilai_manfaat is None and isi["jumlah"] < p.jumlah_setoran:
            galat[p.pk] = f"Jumlah {rupiah(isi['jumlah'])} lebih kecil dari setoran {rupiah(p.jumlah_setoran)}."
        elif p.nilai_manfaat is not None and isi["jumlah"] != p.jumlah:
            galat[p.pk] = f"Jumlah {rupiah(isi['jumlah'])}, seharusnya {rupiah(p.jumlah)}."
        elif p.tanggal_spm and isi["tanggal_terima"] < p.tanggal_spm:
            galat[p.pk] = "Tanggal mutasi mendahului SPM."
    return galat


def _rujukan_terpakai(baris: Sequence[tuple[Any, Mapping[str, Any]]]) -> dict[int, str]:
    """One transfer pays one refund: a bank reference that another refund of the same bank carries."""
    dicari = {isi["rujukan_bank"] for _, isi in baris}
    rows = Pengembalian.objects.filter(rujukan_bank__in=dicari).values_list("rujukan_bank", "rekening__bank", "pk")
    terpakai = {(r, bank.casefold()): pk for r, bank, pk in rows}
    galat = {}
    for p, isi in baris:
        pemilik = terpakai.get((isi["rujukan_bank"], p.rekening.bank.casefold()))
        if pemilik is not None and pemilik != p.pk:
            galat[p.pk] = "Nomor rujukan ini sudah dipakai pengembalian lain dari bank yang sama."
    return galat


def data(langkah: str, isi: Mapping[str, Any], bukti: BerkasTersimpan) -> dict[str, Any]:
    return {**isi, "bukti": bukti}


def menunggu_spm(qs: QuerySet) -> QuerySet:
    return qs.filter(status=Status.DIAJUKAN, nomor_spm="")


def menunggu_transfer(qs: QuerySet) -> QuerySet:
    return qs.filter(status=Status.SPM_TERBIT, rujukan_bank="")


def menunggu_mutasi(qs: QuerySet) -> QuerySet:
    return qs.filter(status__in=[Status.DITRANSFER, Status.BELUM_PASTI])


def semua(qs: QuerySet) -> QuerySet:
    return qs


TUJUAN = (
    Kolom("Nama jemaah", lambda p: p.pemohon.nama),
    Kolom("Nomor porsi", lambda p: p.porsi.nomor if p.porsi else ""),
    Kolom("Setoran", lambda p: p.jumlah_setoran),
    Kolom("Bank tujuan", lambda p: p.rekening.bank),
    Kolom("Nomor rekening", lambda p: p.rekening.nomor),
    Kolom("Rekening atas nama", lambda p: p.rekening.atas_nama),
)
REKENING = Cocok(
    "nomor_rekening", "Nomor rekening", lambda p: p.rekening.nomor, galat_rekening, ("rekening", "no rekening")
)
JUMLAH = Isian("jumlah", "Jumlah", uang, ("nominal", "kredit", "jumlah transfer", "nilai"))
RUJUKAN = Isian(
    "rujukan_bank",
    "Nomor rujukan bank",
    rujukan,
    ("referensi bank", "no referensi", "rujukan", "no rujukan"),
    unik=True,
)
NOMOR_SPM = Isian("nomor_spm", "Nomor SPM", rujukan, ("no spm", "spm"))
TANGGAL_SPM = Isian("tanggal_spm", "Tanggal SPM", tanggal_lewat, ("tgl spm",))
SETORAN = Isian("jumlah_setoran", "Setoran menurut SPM", uang, ("setoran spm", "jumlah setoran"))
MANFAAT = Isian("nilai_manfaat", "Nilai manfaat menurut SPM", uang, ("nilai manfaat", "manfaat"))
TRANSFER = Isian("tanggal_transfer", "Tanggal transfer", tanggal_lewat, ("tgl transfer", "tanggal"))
TERIMA = Isian("tanggal_terima", "Tanggal mutasi", tanggal_lewat, ("tanggal", "tgl", "tgl mutasi", "tanggal transaksi"))
BERITA = Kunci("berita", "Keterangan mutasi", "nomor", nomor_dalam, ("berita", "keterangan", "uraian", "deskripsi"))

UMUM: dict[str, Any] = {
    "layanan": "pengembalian", "siap": semua, "belum_siap": "", "hubungan": ("rekening",), "pintu": DANA,
    "lingkup": titipan,
}  # fmt: skip
daftarkan(
    Pertukaran(
        kode="spm", judul="SPM dari BPKH", ditunggu="SPM", langkah=("catat_spm",), menunggu=menunggu_spm, keluar=TUJUAN,
        masuk=(NOMOR_SPM, TANGGAL_SPM, SETORAN, MANFAAT), kunci=(), cocok=(REKENING,), tercatat=spm_tercatat,
        periksa=periksa_spm, data=data, peran=frozenset({Peran.BPKH, Peran.DIREKTORAT}), **UMUM,
    )
)  # fmt: skip
daftarkan(
    Pertukaran(
        kode="transfer", judul="Transfer dari bank", ditunggu="transfer", langkah=("catat_transfer",),
        menunggu=menunggu_transfer,
        keluar=(*TUJUAN, Kolom("Jumlah dibayar", lambda p: p.jumlah), Kolom("Nomor SPM", lambda p: p.nomor_spm)),
        masuk=(RUJUKAN, TRANSFER, JUMLAH), kunci=(), cocok=(REKENING,), tercatat=transfer_tercatat,
        periksa=periksa_transfer, data=data, peran=frozenset({Peran.BPS, Peran.DIREKTORAT}), **UMUM,
    )
)  # fmt: skip
daftarkan(
    Pertukaran(
        kode="mutasi", judul="Mutasi rekening dari bank", ditunggu="kepastian bahwa dana masuk",
        langkah=("cocokkan",), menunggu=menunggu_mutasi, keluar=(),
        masuk=(TERIMA, RUJUKAN, JUMLAH), kunci=(BERITA,), cocok=(REKENING, NAMA, MATA_UANG, STATUS),
        tercatat=diterima_tercatat, periksa=periksa_mutasi, data=data, otomatis=True,
        serta=Serta(lambda impor, cocok: baca_mutasi(impor, cocok, TERIMA, JUMLAH), ulangi_rekonsiliasi,
                    tautan_rekonsiliasi),
        peran=frozenset({Peran.BPS, Peran.BPKH, Peran.DIREKTORAT}), **UMUM,
    )
)  # fmt: skip
