"""May it happen now, and if not, why? Every rule carries its citation into the sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from haji_portal.alur.deklarasi import syarat
from haji_portal.berkas.syarat import ada_kekurangan, berkas_lengkap
from haji_portal.surat import syarat as surat

if TYPE_CHECKING:
    from .models.isian import IsianRekomendasi as Isian

__all__ = ["ada_kekurangan", "berkas_lengkap"]
DASAR = "Standar Pelayanan Kepulauan Seribu 009/2023"


def kalimat_sk(p: Isian) -> str:
    """Why the organiser's licence does not count today; "" when it does."""
    if p.penyelenggara.sk_berlaku(p.hari_ini()) is not None:
        return ""
    sk = p.penyelenggara.sk_terbaru()
    if sk is None:
        return f"SK {p.izin} {p.penyelenggara.nama} belum tercatat dalam daftar penyelenggara ({DASAR})."
    keadaan = sk.keadaan(p.hari_ini())
    return f"SK {p.izin} {p.penyelenggara.nama} Nomor {sk.nomor} tidak berlaku hari ini: {keadaan} ({DASAR})."


@syarat(lambda p: f"{kalimat_sk(p)} Catat SK yang berlaku, atau kembalikan berkas lewat loket pengambilan.")
def sk_berlaku(p: Isian) -> bool:
    """The rule of the whole service: the letter is drawn only while the licence is in force, today."""
    return not kalimat_sk(p)


def _kalimat_sk_surat(p: Isian) -> str:
    if p.sk is None:
        return "Surat ini belum menyebut SK penyelenggara. Kembalikan ke BO."
    return (
        f"SK {p.izin} Nomor {p.sk.nomor} yang disebut surat ini tidak berlaku hari ini: "
        f"{p.sk.keadaan(p.hari_ini())} ({DASAR}). Kembalikan surat ke BO."
    )


@syarat(_kalimat_sk_surat)
def sk_surat_berlaku(p: Isian) -> bool:
    """The licence that the letter names, looked at again at the moment of the signature."""
    return p.sk is not None and p.sk.berlaku(p.hari_ini())


@syarat("Izin penyelenggara tidak sesuai tujuan: umrah memerlukan PPIU, haji khusus memerlukan PIHK.")
def izin_sesuai(p: Isian) -> bool:
    return p.penyelenggara.jenis == p.penyelenggara.UNTUK[p.tujuan]


@syarat("Belum ada orang yang dimintakan rekomendasi.")
def ada_peserta(p: Isian) -> bool:
    return p.peserta.exists()


ATURAN = [izin_sesuai, ada_peserta]


@syarat("Surat rekomendasi dicabut dan belum diganti; terbitkan yang baru lebih dulu.")
def surat_utuh(p: Isian) -> bool:
    return p.surat.filter(jenis="rekomendasi_paspor", status="ditandatangani").exists()


surat_dicabut = surat.tidak_berlaku(
    "rekomendasi_paspor", "Surat rekomendasi masih berlaku; hanya surat yang dicabut diganti dengan yang baru."
)
