"""Conditions on the papers of a case that more than one service asks for."""

from __future__ import annotations

from collections.abc import Mapping

from django.core.exceptions import ValidationError

from haji_portal.alur.deklarasi import syarat
from haji_portal.alur.models import Permohonan

from .daftar import berkas_lengkap as semua_ada
from .daftar import kekurangan
from .models import ButirBerkas, Lampiran


def _kalimat_berkas(p: Permohonan) -> str:
    nama = ", ".join(b.nama for b in kekurangan(p))
    return f"Berkas belum lengkap: {nama}. Permohonan yang belum lengkap tidak diproses."


@syarat(_kalimat_berkas)
def berkas_lengkap(p: Permohonan) -> bool:
    return semua_ada(p)


@syarat("Belum ada berkas yang ditandai kurang atau tidak ada; tandai dulu pada daftar berkas.")
def ada_kekurangan(p: Permohonan) -> bool:
    return p.butir.filter(verdict__in=["kurang", "tidak"]).exists()


def butir_kembali(p: Permohonan) -> list[ButirBerkas]:
    """The lines that a return reopened for the applicant: those found short or missing, in printed order."""
    return list(p.butir.filter(verdict__in=["kurang", "tidak"]).order_by("urut", "kode"))


def periksa_perbaikan(butir: list[ButirBerkas], unggahan: Mapping[str, object]) -> None:
    """Raises ValidationError per line: what was not returned stays as it is, what was returned must come anew."""
    nama = {b.kode: b.nama for b in butir}
    galat = {
        f"unggah_{kode}": "Berkas ini tidak dikembalikan dan tidak perlu diunggah lagi."
        for kode in unggahan
        if kode not in nama
    }
    galat |= {
        f"unggah_{kode}": f"Unggah berkas baru untuk {isi}." for kode, isi in nama.items() if kode not in unggahan
    }
    if galat:
        raise ValidationError(galat)


def lampiran_ada(p: Permohonan, jenis: str) -> bool:
    """Whether the case has an attachment of this kind that nothing newer replaced."""
    return Lampiran.objects.terkini().filter(perkara=p.pk, jenis=jenis).exists()


@syarat("Hasil pindai berkas belum ada.")
def arsip_ada(p: Permohonan) -> bool:
    return lampiran_ada(p, "arsip")
