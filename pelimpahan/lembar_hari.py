"""The papers of a day of interviews: the roster to sign, and all invitations in one file."""

from __future__ import annotations

import io

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation

from haji_portal.surat.gambar import buat_pdf
from haji_portal.surat.terbit import dokumen_pdf

from .models import HariWawancara, Janji
from .tahap import Status


def gambar_daftar_hadir(hari: HariWawancara) -> bytes:
    """The roster under the organiser's letterhead of that day."""
    janji = Janji.objects.filter(slot__hari=hari, keadaan__in=Janji.MEMEGANG)
    janji = janji.select_related("slot", "perkara__pemohon", "perkara__kantor", "perkara__porsi")
    konteks = {
        "judul": "Daftar hadir wawancara pelimpahan", "hari": hari, "kantor": hari.kantor,
        "kop": hari.kantor.kop(hari.tanggal), "baris": janji.order_by("slot__jam", "slot__meja"),
        "situs": settings.SITUS_URL,
    }  # fmt: skip
    with translation.override("id"):
        return buat_pdf(render_to_string("surat/daftar_hadir_wawancara.html", konteks))


def gambar_undangan(hari: HariWawancara, meja: int | None = None) -> bytes:
    """Every invitation that holds, one after the other; of one desk only where `meja` is given. b"" when none does."""
    import pikepdf

    janji = Janji.objects.filter(
        slot__hari=hari, keadaan__in=Janji.BERLAKU, perkara__tahap=Status.MENUNGGU_WAWANCARA
    ).order_by("slot__jam", "slot__meja")
    if meja is not None:
        janji = janji.filter(slot__meja=meja)
    with pikepdf.new() as gabung:
        for satu in janji.select_related("perkara__kantor", "perkara__pemohon", "perkara__porsi"):
            with pikepdf.open(io.BytesIO(dokumen_pdf(satu.perkara, "undangan_wawancara"))) as lembar:
                gabung.pages.extend(lembar.pages)
        if not gabung.pages:
            return b""
        tampung = io.BytesIO()
        gabung.save(tampung)
    return tampung.getvalue()
