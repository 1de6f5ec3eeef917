"""Filters for letter templates; they only format, what they return is escaped like everything else."""

from __future__ import annotations

import re

from django import template

from haji_portal.akun.models import KopSurat
from haji_portal.alur import tampil_waktu
from haji_portal.alur.models import Perkara
from haji_portal.berkas.models import Lampiran
from haji_portal.berkas.simpan import baca
from haji_portal.jemaah.nik import samarkan_rekening

from ..galat import BerkasRusak
from ..gambar import data_uri_gambar

register = template.Library()
register.filter("rupiah", tampil_waktu.rupiah)
register.filter("terbilang", tampil_waktu.terbilang)
register.filter("samar", samarkan_rekening)


@register.simple_tag
def foto_jemaah(perkara: Perkara) -> str:
    """The case's 3x4 portrait as a data URI, or "" when none was taken yet (244/2021 E.3: such an SPH is redone).

    Raises BerkasRusak when a portrait is recorded but cannot be read: a letter must not silently lose its face.
    """
    lampiran = Lampiran.objects.terkini().filter(perkara_id=perkara.pk, jenis=Lampiran.Jenis.FOTO_3X4).first()
    if lampiran is None:
        return ""
    try:
        return data_uri_gambar(baca(lampiran.kunci, lampiran.sha256))
    except (OSError, ValueError) as galat:
        raise BerkasRusak("Foto jemaah tidak dapat dibuka. Ambil ulang fotonya, lalu siapkan suratnya lagi.") from galat


@register.filter
def nama_kantor(baris: str) -> str:
    """Keep the name of the region in one piece, so that a long letterhead breaks before it."""
    return re.sub(r"\b(Kabupaten|Kota|Provinsi)\b.*", lambda m: m.group().replace(" ", "\u00a0"), baris, flags=re.S)


@register.filter
def menteri(kop: KopSurat | None) -> str:
    """On whose behalf the Dirjen signs: the minister of the ministry whose name the letterhead of the day carries."""
    nama = kop.kementerian if kop else ""
    return nama.replace("Kementerian", "Menteri", 1) if nama.startswith("Kementerian ") else "Menteri"
