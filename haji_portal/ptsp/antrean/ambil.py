"""A visitor signs the guest book and takes a number."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from haji_portal.alur.galat import Tertutup
from haji_portal.alur.pelaku import Petugas
from haji_portal.alur.penutupan import hari_kantor

from ..models import BukuTamu, LayananAntrean, Tiket
from ..models.antrean import TERBESAR
from .panggil import Jenis, catat

HABIS = "Nomor untuk layanan ini sudah habis hari ini. Silakan bertanya kepada petugas."


@dataclass(frozen=True)
class Tamu:
    """What the visitor wrote; all of it may be empty."""

    nama: str = ""
    asal: str = ""
    telepon: str = ""
    keperluan: str = ""


def ambil(
    layanan: LayananAntrean, *, kunci: str, prioritas: str = "", tamu: Tamu | None = None, oleh: Petugas | None = None
) -> Tiket:
    """The next number of this letter today; the same `kunci` gives the same number again.

    kunci: made by the form, unguessable. oleh: the officer who took it for the visitor. Raises Tertutup.
    """
    with transaction.atomic():
        # One at a time per letter: the row is the lock, the constraint on the number the guard behind it.
        layanan = LayananAntrean.objects.select_for_update().select_related("kantor").get(pk=layanan.pk)
        if lama := Tiket.objects.filter(kunci=kunci, kantor=layanan.kantor_id).first():
            return lama
        if not layanan.aktif:
            raise Tertutup("Layanan ini sedang tidak dibuka di kantor ini. Silakan pilih layanan lain.")
        return _catat(layanan, kunci, prioritas, tamu or Tamu(), oleh)


def _catat(layanan: LayananAntrean, kunci: str, prioritas: str, tamu: Tamu, oleh: Petugas | None) -> Tiket:
    kini = timezone.now()
    hari = hari_kantor(layanan.kantor, kini)
    terpakai = Tiket.objects.filter(kantor=layanan.kantor, tanggal=hari, huruf=layanan.huruf)
    nomor = (terpakai.aggregate(akhir=Max("nomor"))["akhir"] or 0) + 1
    if nomor > TERBESAR:
        raise Tertutup(HABIS)
    buku = BukuTamu.objects.create(
        kantor=layanan.kantor, tanggal=hari, waktu=kini, nama=tamu.nama, asal=tamu.asal, telepon=tamu.telepon,
        keperluan=tamu.keperluan or layanan.nama,
    )  # fmt: skip
    tiket = Tiket.objects.create(
        kantor=layanan.kantor, tanggal=hari, layanan=layanan, huruf=layanan.huruf, nomor=nomor, prioritas=prioritas,
        kunci=kunci, tamu=buku, diambil=kini,
    )  # fmt: skip
    catat(tiket, Jenis.DIAMBIL, loket=None, oleh=oleh, saat=kini)
    return tiket
