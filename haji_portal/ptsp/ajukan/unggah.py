"""Uploads of a draft: as a plain form, or in pieces that go on where the line broke. Only clean copies are kept."""

from __future__ import annotations

import logging
import os
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.http import HttpRequest

from haji_portal.berkas.forms import TERIMA
from haji_portal.berkas.saring import MAKS_BYTE
from haji_portal.berkas.simpan import UnggahanDitolak, simpan_potret, simpan_unggahan

from ..batas import sebut_lama, tunggu_unggah
from ..keadaan import samarkan
from ..models import BerkasKonsep, Konsep, UnggahanSebagian
from .daftar import Lanjutan
from .konsep import simpan_berkas

log = logging.getLogger(__name__)
FOTO, SEMUA = ("jpeg", "png"), ("jpeg", "png", "pdf")


class SalahPosisi(Exception):
    """The piece does not begin where the last one ended; `posisi` is where it must."""

    def __init__(self, posisi: int) -> None:
        super().__init__(posisi)
        self.posisi = posisi


@dataclass(frozen=True)
class Berkas:
    """One document on the page. kamera: user, environment, "" for papers; alasan: why it is asked anew."""

    kode: str
    nama: str
    keterangan: str
    wajib: bool
    kamera: str
    terima: str
    alasan: str
    ada: BerkasKonsep | None


def daftar_berkas(konsep: Konsep, ajuan: Lanjutan) -> list[Berkas]:
    """What this draft may hold: the checklist of the day, or the lines that its returned case waits for."""
    perkara = konsep.perbaiki
    rows = ajuan.butir_terbuka(perkara) if perkara is not None else ajuan.syarat(konsep.kantor, konsep.isi)
    nama = perkara.pemohon.nama if perkara is not None and perkara.pemohon else ""
    ada = {b.kode: b for b in konsep.berkas.all()}
    return [
        Berkas(
            kode=row.kode, nama=row.nama, keterangan=ajuan.petunjuk.get(row.kode, row.keterangan), wajib=row.wajib,
            kamera=ajuan.kamera.get(row.kode, ""), ada=ada.get(row.kode),
            terima=",".join(TERIMA[jenis] for jenis in (FOTO if row.kode in ajuan.kamera else SEMUA)),
            alasan=samarkan(str(getattr(row, "alasan", "")), nama),
        )
        for row in rows
    ]  # fmt: skip


def terima(
    request: HttpRequest, konsep: Konsep, ajuan: Lanjutan, kode: str, berkas: UploadedFile, sidik: str = ""
) -> None:
    """Clean one file and keep it in the draft. Raises UnggahanDitolak with the sentence for the person."""
    if lama := tunggu_unggah(request, konsep.pk):
        raise UnggahanDitolak(f"Sudah terlalu banyak berkas diunggah dari sini. Coba lagi {sebut_lama(lama)} lagi.")
    if kode in ajuan.potret:
        tersimpan = simpan_potret(berkas)
    else:
        tersimpan = simpan_unggahan(berkas, izinkan=FOTO if kode in ajuan.kamera else SEMUA)
    simpan_berkas(konsep, kode, tersimpan, sidik)


def posisi(konsep: Konsep, kode: str, sidik: str) -> tuple[int, bool]:
    """How many bytes of this very file have arrived, and whether it is in the draft already."""
    if sidik and konsep.berkas.filter(kode=kode, sidik=sidik).exists():
        return 0, True
    row = konsep.sebagian.filter(kode=kode, sidik=sidik).first()
    return (row.posisi if row else 0), False


def tambah(konsep: Konsep, kode: str, sidik: str, nama: str, ukuran: int, awal: int, isi: bytes) -> UnggahanSebagian:
    """Append one piece. Raises SalahPosisi, and UnggahanDitolak for what can never become a file."""
    if not 0 < ukuran <= MAKS_BYTE:
        raise UnggahanDitolak(f"Berkas kosong atau lebih dari {MAKS_BYTE // 2**20} MB. Pilih berkas lain.")
    with transaction.atomic():
        Konsep.objects.select_for_update().get(pk=konsep.pk)
        row = UnggahanSebagian.objects.filter(konsep=konsep, kode=kode).first()
        if row is not None and (row.sidik, row.ukuran) != (sidik, ukuran):
            _jalur(row).unlink(missing_ok=True)
            row.delete()
            row = None
        if row is None:
            row = UnggahanSebagian(konsep=konsep, kode=kode, sidik=sidik, nama=nama[:200], ukuran=ukuran)
        if awal != row.posisi:
            raise SalahPosisi(row.posisi)
        if awal + len(isi) > ukuran:
            raise UnggahanDitolak("Berkas berubah selagi diunggah. Pilih berkasnya sekali lagi.")
        _tulis(_jalur(row), awal, isi)
        row.posisi = awal + len(isi)
        row.save()
    return row


def selesaikan(request: HttpRequest, konsep: Konsep, ajuan: Lanjutan, row: UnggahanSebagian) -> bool:
    """Clean the whole file that has arrived; False when another request is at it. Raises UnggahanDitolak."""
    if not UnggahanSebagian.objects.filter(pk=row.pk).delete()[0]:
        return False
    jalur = _jalur(row)
    try:
        with open(jalur, "rb") as berkas:
            terima(request, konsep, ajuan, row.kode, UploadedFile(berkas, row.nama, size=row.ukuran), row.sidik)
    except FileNotFoundError as galat:
        log.error("pieces of an upload are gone from the store")
        raise UnggahanDitolak("Unggahan ini terputus. Pilih berkasnya sekali lagi.") from galat
    finally:
        jalur.unlink(missing_ok=True)
    return True


def _jalur(row: UnggahanSebagian) -> Path:
    return Path(settings.HAJI_PRIVAT) / "sebagian" / row.kunci


def _tulis(jalur: Path, awal: int, isi: bytes) -> None:
    """Write at the given place and cut what a died request left behind it. Mode 0600."""
    jalur.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        with open(os.open(jalur, os.O_RDWR | os.O_CREAT, 0o600), "r+b") as berkas:
            berkas.seek(awal)
            berkas.write(isi)
            berkas.truncate()
    except OSError as galat:
        log.error("upload cannot be stored: %s", os.strerror(galat.errno or 0))
        raise UnggahanDitolak("Berkas belum dapat disimpan. Coba lagi beberapa saat lagi.") from galat
