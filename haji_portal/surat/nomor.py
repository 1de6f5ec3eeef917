"""Letter numbers: one series per office and year, no gaps, no number twice (KMA 9/2016; fakta.md 7)."""

from __future__ import annotations

import datetime
from pathlib import Path

from django.db import connection
from django.db.models import F, Q

from haji_portal.akun.models import Kantor
from haji_portal.berkas_yaml import baca_yaml

from .galat import PolaTidakAda
from .jenis import judul_surat
from .models import DeretNomor, NomorSurat, PolaNomor, Surat

DATA_POLA = Path(__file__).parent / "data" / "pola.yaml"


def muat_pola() -> int:
    """Write the default patterns (idempotent, an edited default row stays); returns how many rows are new."""
    baru = 0
    for baris in baca_yaml(DATA_POLA):
        _, dibuat = PolaNomor.objects.get_or_create(
            jenis_surat=baris["jenis_surat"],
            kantor=None,
            mulai=datetime.date(2016, 1, 1),
            defaults={k: baris.get(k, "") for k in ("pola", "deret", "klasifikasi")},
        )
        baru += dibuat
    return baru


def pola_untuk(kantor: Kantor, jenis: str, tanggal: datetime.date) -> PolaNomor:
    """The pattern in force on a date: the office's own row before the default. Raises PolaTidakAda."""
    baris = (
        PolaNomor.objects.berlaku(tanggal)
        .filter(Q(kantor=kantor) | Q(kantor__isnull=True), jenis_surat=jenis)
        .order_by(F("kantor").desc(nulls_last=True), "-mulai")
        .first()
    )
    if baris is None:
        raise PolaTidakAda(
            f"Pola nomor untuk {judul_surat(jenis)} belum diatur. Minta admin mengisinya di menu Pola nomor surat."
        )
    return baris


def urut_berikut(kantor: Kantor, deret: str, tahun: int) -> int:
    """The next place in a series of an office and year. Must run inside a transaction.

    The counter is raised by an UPDATE first, which locks its row: a second officer waits for our commit, and when we
    roll back the number was never given out. So the register has no gap and no pair.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("urut_berikut() needs a transaction: counter and register row must stand or fall together")
    row = DeretNomor.objects.filter(kantor=kantor, deret=deret, tahun=tahun)
    if not row.update(terakhir=F("terakhir") + 1):
        DeretNomor.objects.get_or_create(kantor=kantor, deret=deret, tahun=tahun)
        row.update(terakhir=F("terakhir") + 1)
    return row.values_list("terakhir", flat=True).get()


def ambil_nomor(surat: Surat, kantor: Kantor, tanggal: datetime.date) -> NomorSurat:
    """Reserve the next number of the series for a letter. Must run inside a transaction."""
    pola = pola_untuk(kantor, surat.jenis, tanggal)
    urut = urut_berikut(kantor, pola.deret, tanggal.year)
    nomor = pola.pola.format(
        urut=urut,
        kode_surat=kantor.kode_surat or kantor.kode_perkara,
        klasifikasi=pola.klasifikasi,
        bulan=tanggal.month,
        tahun=tanggal.year,
    )
    return NomorSurat.objects.create(
        kantor=kantor,
        deret=pola.deret,
        tahun=tanggal.year,
        urut=urut,
        nomor=nomor,
        tanggal=tanggal,
        surat=surat,
    )


def batalkan_nomor(surat: Surat, alasan: str) -> None:
    """Mark the letter's number as `batal` with the reason; the row and its place in the series stay."""
    surat.register.filter(status=NomorSurat.Status.DIPAKAI).update(status=NomorSurat.Status.BATAL, alasan=alasan)
