"""The state of the installation as numbers: age of what waits, last seal, last backup, size of the uploads."""

from __future__ import annotations

import datetime
import os
import threading
import time
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError
from django.db.models import Count, Max, Min, Q, Sum
from django.utils import timezone

from haji_portal.alur.models import Efek, Perkara, SegelHarian, Tenggat
from haji_portal.alur.pemicu import pemicu_terpasang
from haji_portal.berkas.models import Lampiran
from haji_portal.dana.models import Pemutus, PeriksaBuku, Peristiwa, Putusan
from haji_portal.kabar.models import Pesan
from haji_portal.ptsp.models import DetakPekerja

from . import cadangan
from .hak import memiliki_tabel

INGAT_DETIK = 10.0
"""Seconds for which an answer is reused: a monitor that asks too often must not weigh on the database."""
Nilai = dict[str, tuple[float | None, str]]
_kunci = threading.Lock()
_ingat: tuple[float, Nilai] = (float("-inf"), {})


def keadaan() -> Nilai:
    """Name -> (number or None, meaning). Never raises: with the database gone, `basis_data_hidup` is 0."""
    global _ingat
    with _kunci:
        if time.monotonic() - _ingat[0] > INGAT_DETIK:
            _ingat = (time.monotonic(), _tanya())
        return _ingat[1]


def lupakan() -> None:
    """Ask anew at the next call (tests move faster than INGAT_DETIK)."""
    global _ingat
    _ingat = (float("-inf"), {})


def _tanya() -> Nilai:
    disk = os.statvfs(settings.HAJI_DATA)
    hasil: Nilai = {
        "cadangan_terakhir_umur_detik": (_umur(_cadangan_terakhir()), "Umur cadangan terakhir"),
        "disk_bebas_byte": (disk.f_bavail * disk.f_frsize, "Ruang bebas pada disk data"),
    }
    try:
        return {"basis_data_hidup": (1, "Basis data menjawab"), **_dari_basis(), **hasil}
    except DatabaseError:
        return {"basis_data_hidup": (0, "Basis data menjawab"), **hasil}


def _dari_basis() -> Nilai:
    kini = timezone.now()
    efek = Efek.objects.filter(selesai__isnull=True).aggregate(
        n=Count("pk"), tua=Min("jatuh_tempo", filter=Q(menyerah__isnull=True))
    )
    mati = Efek.objects.filter(selesai__isnull=True, menyerah__isnull=False)
    menyerah = mati.aggregate(n=Count("pk"), dana=Count("pk", filter=Q(jenis__startswith="dana.")))
    putus = Pemutus.objects.filter(terbuka_sampai__isnull=False).count()
    pesan = Pesan.objects.filter(jatuh_tempo__isnull=False).aggregate(n=Count("pk"), tua=Min("jatuh_tempo"))
    lewat = Tenggat.objects.filter(selesai__isnull=True, batas__lt=kini).count()
    pemilik = memiliki_tabel()
    segel = SegelHarian.objects.aggregate(waktu=Max("dibuat"))["waktu"]
    buku = PeriksaBuku.objects.order_by("-pk").first()
    kabar = Peristiwa.objects.filter(putusan__isnull=True).aggregate(n=Count("pk"), tua=Min("diterima"))
    detak = DetakPekerja.objects.aggregate(waktu=Max("waktu"))["waktu"]
    return {
        "efek_menunggu": (efek["n"], "Efek yang belum selesai"),
        "efek_tertua_detik": (_umur(efek["tua"]) or 0, "Keterlambatan efek tertua"),
        "efek_menyerah": (menyerah["n"], "Efek yang menunggu orang"),
        "dana_mitra_menyerah": (menyerah["dana"], "Permintaan dan pertanyaan kepada BPKH yang menunggu orang"),
        "dana_mitra_putus": (putus, "Mitra yang sedang tidak dihubungi sesudah gagal beruntun"),
        "dana_karantina": (Putusan.objects.menunggu().count(), "Kabar mitra yang menunggu putusan orang"),
        "pesan_menunggu": (pesan["n"], "Pesan yang menunggu dikirim"),
        "pesan_tertua_detik": (_umur(pesan["tua"]) or 0, "Keterlambatan pesan tertua"),
        "perkara_terbuka": (Perkara.objects.filter(ditutup__isnull=True).count(), "Perkara yang belum ditutup"),
        "tenggat_lewat": (lewat, "Tenggat terbuka yang sudah lewat"),
        "pekerja_detak_umur_detik": (_umur(detak), "Umur tanda hidup pekerja terakhir"),
        "segel_terakhir_umur_detik": (_umur(segel), "Umur segel riwayat terakhir"),
        "unggahan_byte": (Lampiran.objects.aggregate(n=Sum("ukuran"))["n"] or 0, "Jumlah ukuran unggahan"),
        "riwayat_terjaga": (pemicu_terpasang(), "Penjaga riwayat dan buku dana terpasang"),
        "buku_dana_temuan": (buku.temuan if buku else None, "Temuan pemeriksaan buku dana terakhir (harus 0)"),
        "buku_dana_diperiksa_umur_detik": (_umur(buku.waktu if buku else None), "Umur pemeriksaan buku dana terakhir"),
        "kabar_mitra_menunggu": (kabar["n"], "Kabar mitra yang belum diolah"),
        "kabar_mitra_tertua_detik": (_umur(kabar["tua"]) or 0, "Umur kabar mitra tertua yang belum diolah"),
        "peran_memiliki_tabel": (pemilik, "Peran portal dapat melepas penjaga (harus 0)"),
    }


def _umur(saat: datetime.datetime | None) -> float | None:
    """Seconds since `saat`; 0 for a moment that has not come yet, None for none."""
    return None if saat is None else max((timezone.now() - saat).total_seconds(), 0.0)


def _cadangan_terakhir() -> datetime.datetime | None:
    ada = cadangan.daftar(Path(settings.CADANGAN_DIR))
    return ada[-1][0] if ada else None
