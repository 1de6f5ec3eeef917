"""Balances by file, for a BPKH without an interface: the open questions go out, its answers come back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import QuerySet

from haji_portal.akun.models import Peran
from haji_portal.berkas.simpan import BerkasTersimpan
from haji_portal.dana.models import KonfirmasiSaldo

from .dana import semua, uang
from .deklarasi import DANA, Cocok, Isian, Kolom, Pertukaran, daftarkan, titipan
from .nilai import tanggal_lewat


def tercatat(k: KonfirmasiSaldo) -> dict[str, Any]:
    return {} if k.jawaban is None else {"jumlah": k.jawaban, "per_tanggal": k.per_tanggal}


def menunggu(qs: QuerySet) -> QuerySet:
    return qs.filter(status=KonfirmasiSaldo.Status.DITANYAKAN)


def galat_ditanyakan(sel: str, jumlah: str) -> str:
    """A file for an older question does not answer this one."""
    try:
        sama = uang(sel) == int(jumlah)
    except ValueError as galat:
        return str(galat)
    return "" if sama else "Jumlah yang ditanyakan pada baris ini bukan jumlah perkara ini. Unduh lagi berkasnya."


def selalu_mungkin(baris: Sequence[tuple[Any, Mapping[str, Any]]]) -> dict[int, str]:
    """Any balance is possible: more than was asked for is there, less is not."""
    return {}


def menurut_saldo(k: KonfirmasiSaldo, isi: Mapping[str, Any]) -> tuple[str, ...]:
    return ("nyatakan_ada",) if isi["jumlah"] >= k.jumlah else ("nyatakan_tidak_ada",)


def data(langkah: str, isi: Mapping[str, Any], bukti: BerkasTersimpan) -> dict[str, Any]:
    return {**isi, "keterangan": "Dijawab lewat berkas.", "bukti": bukti}


daftarkan(
    Pertukaran(
        kode="saldo", layanan="konfirmasi-saldo", judul="Saldo setoran dari BPKH", ditunggu="jawaban tentang saldo",
        langkah=("nyatakan_ada", "nyatakan_tidak_ada"), pilih=menurut_saldo, menunggu=menunggu, siap=semua,
        belum_siap="", hubungan=(), pintu=DANA, lingkup=titipan, peran=frozenset({Peran.BPKH, Peran.DIREKTORAT}),
        keluar=(
            Kolom("Nama jemaah", lambda k: k.pemohon.nama),
            Kolom("Nomor porsi", lambda k: k.porsi.nomor if k.porsi else ""),
            Kolom("Pertanyaan", lambda k: k.get_tentang_display()),
            Kolom("Jumlah ditanyakan", lambda k: k.jumlah),
        ),
        masuk=(
            Isian("jumlah", "Saldo di BPKH", uang, ("saldo", "saldo setoran")),
            Isian("per_tanggal", "Saldo per tanggal", tanggal_lewat, ("per tanggal", "tanggal", "tgl saldo")),
        ),
        kunci=(), cocok=(Cocok("ditanyakan", "Jumlah ditanyakan", lambda k: str(k.jumlah), galat_ditanyakan),),
        tercatat=tercatat, periksa=selalu_mungkin, data=data,
    )
)  # fmt: skip
