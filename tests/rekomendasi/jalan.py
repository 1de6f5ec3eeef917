"""The way of a recommendation through its table, for the tests of this room."""

from __future__ import annotations

import io
from typing import Any

from openpyxl import Workbook

from haji_portal.akun.models import Kantor
from haji_portal.alur.posisi import langkah_berikut
from rekomendasi import contoh
from rekomendasi.masuk import FormRekomendasi
from tests.kontrak.potret import segar
from tests.pembatalan.jalan import petugas

KS = "kepulauan-seribu"
FO, BO, KASI, KEPALA = (f"{peran}.{KS}" for peran in ("ptsp", "jfu", "kasi", "kepala"))
PEMOHON = {
    "nik": "3101015701700001", "nama": "Siti Contoh", "tempat_lahir": "Pulau Pramuka", "tanggal_lahir": "1970-01-17",
    "jenis_kelamin": "P", "alamat": "RT 01", "kabupaten": "Kabupaten Kepulauan Seribu", "telepon": "081200000001",
    "email": "siti@contoh.example",
}  # fmt: skip
ANAK = {
    "nik": "3101011201950002", "nama": "Ahmad Contoh", "tempat_lahir": "Pulau Pramuka", "tanggal_lahir": "1995-01-12",
    "hubungan": "Anak",
}  # fmt: skip


def kantor(slug: str = KS) -> Kantor:
    return Kantor.objects.get(slug=slug)


def baris(*orang: dict[str, str]) -> dict[str, str]:
    """People as a page sends them."""
    return {f"peserta-{ke}-{k}": v for ke, satu in enumerate(orang) for k, v in satu.items()}


def isian(*orang: dict[str, str], **ganti: Any) -> dict[str, Any]:
    return PEMOHON | {
        "tujuan": "umrah", "penyelenggara": "Contoh Wisata 1", "nomor_pengantar": "1/CTH/2026",
        "tanggal_pengantar": "2020-01-02", "kantor_imigrasi": "Kantor Imigrasi Contoh", "ikut": "on",
        "saluran": "loket", "kunjungan": "",
    } | baris(*orang) | ganti  # fmt: skip


def form(*orang: dict[str, str], **ganti: Any) -> FormRekomendasi:
    contoh.penyelenggara_contoh()
    isi = {k: v for k, v in isian(*orang, **ganti).items() if v is not None}
    return FormRekomendasi(isi, kantor=kantor())


def buka(*orang: dict[str, str], **ganti: Any) -> Any:
    satu = form(*orang, **ganti)
    assert satu.is_valid(), satu.errors
    return segar(satu.buka(petugas(FO)).perkara)


def buka_contoh(urut: int = 1, **isian_: Any) -> Any:
    return segar(contoh.buka_contoh(kantor(), urut, **isian_).perkara)


def lakukan(pelaksana: Any, p: Any, nama: str, **data: Any) -> Any:
    return segar(pelaksana.lakukan(segar(p), nama, contoh.isian(segar(p), nama) | data).perkara)


def sampai(pelaksana: Any, p: Any, tahap: str) -> Any:
    while p.tahap != tahap:
        p = lakukan(pelaksana, p, langkah_berikut(p).nama)
    return p


def buku(*rows: list[Any]) -> bytes:
    """A workbook; a text that begins with "=" is a formula."""
    wb = Workbook()
    for row in rows:
        wb.active.append(row)
    keluar = io.BytesIO()
    wb.save(keluar)
    return keluar.getvalue()
