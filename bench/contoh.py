"""The cases that are copied: each taken through the real door, one per office and stage, with the clock moved."""

from __future__ import annotations

import datetime
from typing import Any

from django.db import transaction

from haji_portal.akun.models import Kantor
from haji_portal.alur.kalender import kalender_kantor
from haji_portal.alur.posisi import langkah_berikut
from haji_portal.dana.buku import catat_setoran
from haji_portal.meja.contoh import Pelaksana
from pendaftaran import contoh
from pendaftaran.demo import Jam
from pendaftaran.models import Pendaftaran, Status

TERBUKA = {
    Status.DIPERIKSA: 20, Status.DIKEMBALIKAN: 12, Status.DIREKAM: 24, Status.DIVERIFIKASI: 24,
    Status.DITANDATANGANI: 12, Status.SIAP_DISERAHKAN: 8,
}  # fmt: skip
TERTUTUP = {Status.SELESAI: 88, Status.DITOLAK: 6, Status.DICABUT: 6}
MENIT = 4
"""Working minutes between two steps of a copied case."""


def buat(kantor: Kantor, tujuan: str, urut: int, pelaksana: Pelaksana) -> Pendaftaran:
    """One case of an office, opened a working day ago and taken to `tujuan` by whoever may."""
    with Jam() as jam:
        jam.batas, kal = jam.kini, kalender_kantor(kantor)
        jam.kini = kal.buka_berikut(jam.kini - datetime.timedelta(days=7))
        with transaction.atomic():
            perkara: Any = contoh.buka_contoh(kantor, urut).perkara
        while (nama := _berikut(perkara, tujuan)) is not None:
            jam.maju(kal, MENIT)
            perkara = pelaksana.lakukan(perkara, nama, _isian(perkara, nama, tujuan)).perkara
        catat_setoran(perkara.setoran)
    return perkara


def _berikut(perkara: Pendaftaran, tujuan: str) -> str | None:
    if perkara.tahap == tujuan:
        return None
    periksa = perkara.tahap == Status.DIPERIKSA and not perkara.butir.filter(verdict="belum").exists()
    cabang = {Status.DIKEMBALIKAN: "kembalikan", Status.DITOLAK: "tolak", Status.DICABUT: "cabut"}
    if periksa and tujuan in cabang:
        return cabang[Status(tujuan)]
    langkah = langkah_berikut(perkara)
    return langkah.nama if langkah else None


def _isian(perkara: Pendaftaran, nama: str, tujuan: str) -> dict[str, Any]:
    isi = contoh.isian(perkara, nama)
    if nama == "periksa_berkas" and tujuan == Status.DIKEMBALIKAN:
        pertama = next(iter(isi["verdict"]))
        isi["verdict"][pertama] = ("kurang", "Fotokopi tidak terbaca.")
    return isi
