"""The agenda book of incoming letters: registering, putting right, cancelling, finding."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from haji_portal.akun.models import Kantor, Pengguna
from haji_portal.alur.galat import Basi, IsianSalah
from haji_portal.alur.models import Perkara
from haji_portal.alur.tampil_waktu import tanggal
from haji_portal.berkas.simpan import BerkasTersimpan
from haji_portal.surat.nomor import urut_berikut

from ..models import BerkasSurat, KoreksiSurat, SuratMasuk

DERET = "agenda-surat-masuk"
DISUNTING = ("diterima", "nomor_surat", "tanggal_surat", "pengirim", "perihal", "sifat", "perkara")


@transaction.atomic
def catat_surat(
    kantor: Kantor, oleh: Pengguna, isi: Mapping[str, Any], berkas: Sequence[BerkasTersimpan] = ()
) -> SuratMasuk:
    """Register a letter under the next agenda number of its year of receipt. isi: the fields of DISUNTING."""
    waktu = timezone.now()
    tahun = isi["diterima"].year
    surat = SuratMasuk.objects.create(
        kantor=kantor, tahun=tahun, urut=urut_berikut(kantor, DERET, tahun), dicatat_oleh=oleh, dicatat_pada=waktu,
        **{n: isi[n] for n in DISUNTING if n in isi},
    )  # fmt: skip
    BerkasSurat.objects.bulk_create(BerkasSurat.dari(surat, satu, oleh, waktu) for satu in berkas)
    return surat


@transaction.atomic
def koreksi(
    surat: SuratMasuk, oleh: Pengguna, isi: Mapping[str, Any], berkas: Sequence[BerkasTersimpan] = ()
) -> SuratMasuk:
    """Put a line right; what it said before is kept. Raises Basi for a cancelled one, IsianSalah where the day of
    receipt would leave the year of the number."""
    kini = SuratMasuk.objects.select_for_update(of=("self",)).select_related("perkara").get(pk=surat.pk)
    if kini.dibatalkan:
        raise Basi("Nomor agenda ini sudah dibatalkan.")
    if "diterima" in isi and isi["diterima"].year != kini.tahun:
        raise IsianSalah({"diterima": [f"Nomor agenda ini milik tahun {kini.tahun}; batalkan lalu catat lagi."]})
    beda = {n: [_kata(getattr(kini, n)), _kata(isi[n])] for n in DISUNTING if n in isi and getattr(kini, n) != isi[n]}
    for nama in beda:
        setattr(kini, nama, isi[nama])
    waktu = timezone.now()
    if beda:
        kini.save(update_fields=list(beda))
        KoreksiSurat.objects.create(surat=kini, oleh=oleh, waktu=waktu, isi=beda)
    BerkasSurat.objects.bulk_create(BerkasSurat.dari(kini, satu, oleh, waktu) for satu in berkas)
    return kini


@transaction.atomic
def batalkan(surat: SuratMasuk, oleh: Pengguna, alasan: str) -> None:
    """The number stays in the book with the reason. Raises Basi when it was cancelled or passed on already."""
    kini = SuratMasuk.objects.select_for_update().get(pk=surat.pk)
    if kini.dibatalkan:
        raise Basi("Nomor agenda ini sudah dibatalkan.")
    if kini.disposisi.exists():
        raise Basi("Surat ini sudah didisposisikan; cabut disposisinya dan perbaiki datanya saja.")
    kini.dibatalkan, kini.alasan_batal = timezone.now(), alasan
    kini.save(update_fields=["dibatalkan", "alasan_batal"])
    KoreksiSurat.objects.create(surat=kini, oleh=oleh, waktu=kini.dibatalkan, isi={"dibatalkan": ["", alasan]})


def cari(
    surat: QuerySet[SuratMasuk], *, q: str = "", tahun: int = 0, bulan: int = 0, sifat: str = ""
) -> QuerySet[SuratMasuk]:
    """q: words in sender, subject or number, or an agenda number (`12` or `12/2026`)."""
    if tahun:
        surat = surat.filter(tahun=tahun)
    if bulan:
        surat = surat.filter(diterima__month=bulan)
    if sifat:
        surat = surat.filter(sifat=sifat)
    for kata in q.split()[:6]:
        cocok = Q(pengirim__icontains=kata) | Q(perihal__icontains=kata) | Q(nomor_surat__icontains=kata)
        if agenda := baca_agenda(kata):
            cocok |= Q(urut=agenda[0], **({"tahun": agenda[1]} if agenda[1] else {}))
        surat = surat.filter(cocok)
    return surat


def baca_agenda(teks: str) -> tuple[int, int] | None:
    """(number, year or 0) of an agenda number as people write it; None for anything else."""
    urut, _, tahun = teks.strip().partition("/")
    if not (urut.isascii() and urut.isdigit() and len(urut) < 8):
        return None
    if tahun and not (tahun.isascii() and tahun.isdigit() and len(tahun) == 4):
        return None
    return int(urut), int(tahun or 0)


def kunci_surat(kunci: set[str]) -> set[str]:
    """The stored files among `kunci` that belong to a letter of the agenda."""
    return set(BerkasSurat.objects.filter(kunci__in=kunci).values_list("kunci", flat=True))


def _kata(nilai: Any) -> str:
    if isinstance(nilai, datetime.date):
        return tanggal(nilai)
    return nilai.nomor if isinstance(nilai, Perkara) else str(nilai or "")
