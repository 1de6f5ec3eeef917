"""What happens by itself every morning: each partner is asked for its statements, what is still open is classed again.

May run twice or beside itself: a statement that is known changes nothing, a step that was taken is not taken again.
"""

from __future__ import annotations

import datetime
import logging
from collections import defaultdict
from collections.abc import Iterable, Sequence

from django.conf import settings
from django.utils import timezone

from haji_portal.akun.models import Kantor, Pengguna
from haji_portal.alur.kantor import kantor_bank, kantor_tunggal

from ..mitra.tanya import MitraBisu, MitraMati, ambil_mutasi
from ..models import Mitra, Pengembalian, Rekonsiliasi
from .bayaran import bayaran_hari, potong
from .jalan import MutasiHilang, jalankan_hari, terima_mutasi
from .kabar import kabari_bisu
from .mutasi import BarisMutasi, dari_mitra

log = logging.getLogger(__name__)
HARI_DITANYA = 7
"""Days back for which a statement that never came is asked for."""
HARI_TERBUKA = 30
"""Days back that are classed again while something on them does not match."""


def rekonsiliasi_harian() -> int:
    """Yesterday, the days without a statement and those not closed; returns how many statements were classed."""
    kini = timezone.localdate()
    jumlah = sum(_mitra(mitra, kini) for mitra in mitra_terpasang())
    batas = kini - datetime.timedelta(days=HARI_TERBUKA)
    berkas = Rekonsiliasi.objects.filter(berlaku=True, sumber=Rekonsiliasi.Sumber.BERKAS, jumlah_beda__gt=0)
    for r in berkas.filter(tanggal__gte=batas).select_related("kantor"):
        try:
            jumlah += jalankan_hari(r) is not None
        except MutasiHilang:
            log.error("Mutasi rekonsiliasi %s hilang dari simpanan.", r.pk)
    return jumlah


def mitra_terpasang() -> list[str]:
    """The partners whose systems can be asked."""
    return [m for m in Mitra.values if getattr(settings, f"{m.upper()}_URL")]


def ambil(mitra: str, hari: datetime.date) -> list[Rekonsiliasi]:
    """Ask a partner for one day and class what it answers, each bank's rows by themselves. Raises MitraBisu, MitraMati.

    A bank without rows on a day without payments is passed over; the office of all other banks always says something.
    """
    baris = dari_mitra(ambil_mutasi(mitra, hari))
    bagian = bagi_kantor(mitra, baris)
    if mitra == Mitra.BPS:
        for kantor in Kantor.objects.filter(jenis=Kantor.Jenis.BPS, aktif=True):
            if kantor.bank_lain or bayaran_hari(mitra, kantor, hari):
                bagian.setdefault(kantor, [])
    return [
        terima_mutasi(mitra, kantor, hari, satu, Rekonsiliasi.Sumber.HTTP)
        for kantor, satu in sorted(bagian.items(), key=lambda b: b[0].pk)
    ]


def terima_berkas(
    kantor: Kantor, baris: Sequence[BarisMutasi], *, nama: str, sha256: str, pengguna: Pengguna
) -> list[Rekonsiliasi]:
    """The statements in an uploaded file, one per day: of the partner who uploads, from the centre each bank's own.

    [] for an office that is none of these.
    """
    mitra = Mitra.BPKH if kantor.jenis == Kantor.Jenis.BPKH else Mitra.BPS
    if kantor.jenis == Kantor.Jenis.PUSAT:
        bagian = bagi_kantor(mitra, baris)
    else:
        bagian = {kantor: list(baris)} if kantor.jenis in (Kantor.Jenis.BPKH, Kantor.Jenis.BPS) else {}
    hasil = []
    for milik, satu in bagian.items():
        for hari, isi in sorted(_per_hari(satu).items()):
            r = terima_mutasi(
                mitra, milik, hari, isi, Rekonsiliasi.Sumber.BERKAS, berkas_nama=nama, berkas_sha256=sha256,
                pengguna=pengguna,
            )  # fmt: skip
            hasil.append(r)
    return hasil


def ulangi_berkas(sha256: str) -> None:
    """After rows of an uploaded file were recorded: class its days again."""
    for r in Rekonsiliasi.objects.filter(berkas_sha256=sha256).select_related("kantor"):
        jalankan_hari(r)


def bagi_kantor(mitra: str, baris: Iterable[BarisMutasi]) -> dict[Kantor, list[BarisMutasi]]:
    """Each row to the office of the bank whose account it names by our reference; what names none, to that of all."""
    semua = list(baris)
    bersama = kantor_tunggal(Kantor.Jenis.BPKH) if mitra == Mitra.BPKH else kantor_bank("")
    if bersama is None:
        return {}
    bank = _bank({b.nomor for b in semua if b.nomor}) if mitra == Mitra.BPS else {}
    kantor = {nama: kantor_bank(nama) or bersama for nama in set(bank.values())}
    hasil: dict[Kantor, list[BarisMutasi]] = defaultdict(list, {bersama: []} if mitra == Mitra.BPKH else {})
    for b in semua:
        hasil[kantor[bank[b.nomor]] if b.nomor in bank else bersama].append(b)
    return dict(hasil)


def _mitra(mitra: str, kini: datetime.date) -> int:
    jumlah = 0
    for hari in hari_diambil(mitra, kini):
        try:
            jumlah += len(ambil(mitra, hari))
        except (MitraBisu, MitraMati) as galat:
            log.error("Mutasi %s untuk %s tidak didapat (%s).", mitra, hari, type(galat).__name__)
            kabari_bisu(mitra, hari, str(galat))
            # A partner that does not answer for one day does not answer for the next.
            break
    return jumlah


def hari_diambil(mitra: str, kini: datetime.date) -> list[datetime.date]:
    """Yesterday first, then the days whose statement never came, and those on which something does not match."""
    kemarin = kini - datetime.timedelta(days=1)
    http = Rekonsiliasi.objects.filter(mitra=mitra, sumber=Rekonsiliasi.Sumber.HTTP, tanggal__lte=kemarin)
    terbuka = http.filter(
        berlaku=True, jumlah_beda__gt=0, tanggal__gte=kini - datetime.timedelta(days=HARI_TERBUKA)
    ).values_list("tanggal", flat=True)
    hari = {kemarin, *hari_tanpa_mutasi(mitra, kini), *terbuka}
    return sorted(hari, reverse=True)


def hari_tanpa_mutasi(mitra: str, kini: datetime.date) -> list[datetime.date]:
    """Of the last days those for which the partner's system gave no statement yet, the latest first."""
    hari = [kini - datetime.timedelta(days=n) for n in range(1, HARI_DITANYA + 1)]
    http = Rekonsiliasi.objects.filter(mitra=mitra, sumber=Rekonsiliasi.Sumber.HTTP, tanggal__in=hari)
    ada = set(http.values_list("tanggal", flat=True))
    return [h for h in hari if h not in ada]


def _per_hari(baris: Iterable[BarisMutasi]) -> dict[datetime.date, list[BarisMutasi]]:
    hasil: dict[datetime.date, list[BarisMutasi]] = defaultdict(list)
    for b in baris:
        hasil[b.tanggal].append(b)
    return dict(hasil)


def _bank(nomor: set[str]) -> dict[str, str]:
    """Our number -> the bank of the account."""
    rows = (
        Pengembalian.objects.filter(nomor__in=bagian).values_list("nomor", "rekening__bank") for bagian in potong(nomor)
    )
    return dict(satu for bagian in rows for satu in bagian)
