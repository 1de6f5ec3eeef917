"""Rate limits of the public site, in the database: every web process counts on the same list."""

from __future__ import annotations

import datetime
import hashlib
import hmac
import time
from dataclasses import dataclass
from functools import reduce
from operator import or_

from django.conf import settings
from django.db import transaction
from django.db.models import Count, Q
from django.http import HttpRequest
from django.utils import timezone

from haji_portal.proksi import alamat

from .models import PercobaanCek

JENDELA, SEHARI = datetime.timedelta(minutes=15), datetime.timedelta(days=1)
PER_ORANG = 10
"""Attempts at one case number from one address within JENDELA: a person retyping a date stays far below."""
PER_ORANG_SEHARI = 30
"""The same within SEHARI; a right date takes them off again, so whoever looks every hour is never stopped."""
PER_NOMOR_SEHARI = 200
"""Attempts at one case number from everywhere within SEHARI.

Some 25,000 birth dates are plausible (68 years). Whoever knows a number needs 125 days for all of them (62 on average)
from any number of addresses, 833 days from one address at 30 a day; most cases are closed by then. To use the 200 up
and so shut a number to its owner takes seven addresses or more, and the owner may still come or telephone.
"""
PER_ALAMAT = 60
"""Attempts from one address within JENDELA: a family or a village office behind one connection stays below."""

PER_ALAMAT_PDF = 20
"""PDF files checked from one address within JENDELA."""

KODE_PER_ORANG = 10
"""Codes for one contact, and again for one NIK, asked from one address within JENDELA."""
KODE_PER_KONTAK_SEHARI = 40
"""Codes for one contact from everywhere within SEHARI: 200 guesses at a million. A right code takes them off again."""
KODE_PER_NIK_SEHARI = 100
"""Codes for one NIK from everywhere within SEHARI."""
KODE_PER_ALAMAT = 60
"""Codes asked from one address within JENDELA: a village office with a queue before it stays below."""
UNGGAH_PER_ALAMAT = 240
"""Files cleaned for one address within JENDELA: thirty complete applications."""
UNGGAH_PER_KONSEP_SEHARI = 120
"""Files cleaned for one draft within SEHARI: each of its documents some fifteen times."""
KIRIM_PER_NIK_SEHARI = 20
"""Applications sent for one NIK within SEHARI: the answer may say that the papers belong to another person."""
LEMBAR_PER_ALAMAT = 30
"""Papers drawn for one address within JENDELA: a village office with a queue before it stays below."""
SUREL_PER_ALAMAT, SUREL_PER_TUJUAN_SEHARI, SUREL_SEMUA = 5, 3, 100
"""Results mailed: for one address within JENDELA, to one mailbox within SEHARI, and by everybody within JENDELA.

The text is ours and holds nothing that a visitor typed, so all that could be misused is the nuisance.
"""
SURVEI_PER_ALAMAT = 60
"""Looks at surveys from one address within JENDELA: some twenty applicants on the Wi-Fi of an office."""
NOMOR_PER_TABLET, NOMOR_PER_TABLET_SEHARI = 60, 600
"""Queue numbers from one tablet within JENDELA and within SEHARI: one every fifteen seconds, without a pause.

Whoever learns a tablet's address can do no more than a very busy door, until an officer revokes it.
"""

JEDA_SAPU = 60.0
"""Seconds between two deletions of old attempts in one process."""
_disapu = [float("-inf")]


@dataclass(frozen=True)
class Batas:
    """At most `kali` attempts under `kunci` within `jendela`."""

    kunci: str
    kali: int
    jendela: datetime.timedelta


def _kunci(jenis: str, nilai: str) -> str:
    return hmac.new(settings.KUNCI_HASH.encode(), f"{jenis}:{nilai}".encode(), hashlib.sha256).hexdigest()


def tunggu_cek(request: HttpRequest, nomor: str) -> int:
    """Seconds to wait before the next status lookup; 0 = go on. Whether the number exists plays no part."""
    return tunggu(
        [
            Batas(_kunci_orang(request, nomor), PER_ORANG, JENDELA),
            Batas(_kunci_orang(request, nomor), PER_ORANG_SEHARI, SEHARI),
            Batas(_kunci("nomor", nomor), PER_NOMOR_SEHARI, SEHARI),
            Batas(_kunci("alamat", alamat(request)), PER_ALAMAT, JENDELA),
        ]
    )


def cocok(request: HttpRequest, nomor: str) -> None:
    """The date was right: this address has guessed nothing at this number."""
    PercobaanCek.objects.filter(kunci=_kunci_orang(request, nomor)).delete()


def _kunci_orang(request: HttpRequest, nomor: str) -> str:
    return _kunci("orang", f"{nomor} {alamat(request)}")


def tunggu_pdf(request: HttpRequest) -> int:
    """Seconds to wait before the next PDF may be checked: reading a hostile file costs the server work."""
    return tunggu([Batas(_kunci("pdf", alamat(request)), PER_ALAMAT_PDF, JENDELA)])


def tunggu_kode(request: HttpRequest, kontak: str, nik_hash: str = "") -> int:
    """Seconds to wait before another code may be sent to this contact; whether anybody is known plays no part."""
    siapa = [Batas(_kunci_kontak(request, kontak), KODE_PER_ORANG, JENDELA)]
    siapa += [Batas(_kunci("kode", kontak), KODE_PER_KONTAK_SEHARI, SEHARI)]
    if nik_hash:
        siapa += [Batas(_kunci("kode-nik", f"{nik_hash} {alamat(request)}"), KODE_PER_ORANG, JENDELA)]
        siapa += [Batas(_kunci("kode-nik", nik_hash), KODE_PER_NIK_SEHARI, SEHARI)]
    return tunggu([*siapa, Batas(_kunci("kode-alamat", alamat(request)), KODE_PER_ALAMAT, JENDELA)])


def kode_benar(request: HttpRequest, kontak: str) -> None:
    """Whoever reads the codes of a contact owns it: what was asked for it no longer counts."""
    PercobaanCek.objects.filter(kunci__in=[_kunci_kontak(request, kontak), _kunci("kode", kontak)]).delete()


def _kunci_kontak(request: HttpRequest, kontak: str) -> str:
    return _kunci("kode-orang", f"{kontak} {alamat(request)}")


def tunggu_unggah(request: HttpRequest, konsep: int) -> int:
    """Seconds to wait before the next file may be cleaned: each costs a process."""
    per_alamat = Batas(_kunci("unggah", alamat(request)), UNGGAH_PER_ALAMAT, JENDELA)
    return tunggu([per_alamat, Batas(_kunci("unggah-konsep", str(konsep)), UNGGAH_PER_KONSEP_SEHARI, SEHARI)])


def tunggu_kirim(nik_hash: str) -> int:
    """Seconds to wait before the next application for this person may be sent."""
    return tunggu([Batas(_kunci("kirim", nik_hash), KIRIM_PER_NIK_SEHARI, SEHARI)])


def tunggu_lembar(request: HttpRequest) -> int:
    """Seconds to wait before the next paper may be drawn without a login."""
    return tunggu([Batas(_kunci("lembar", alamat(request)), LEMBAR_PER_ALAMAT, JENDELA)])


def tunggu_survei(request: HttpRequest) -> int:
    """Seconds to wait before the next survey may be opened or sent; right and wrong addresses count alike."""
    return tunggu([Batas(_kunci("survei", alamat(request)), SURVEI_PER_ALAMAT, JENDELA)])


def tunggu_surel(request: HttpRequest, tujuan: str) -> int:
    """Seconds to wait before the next result may be mailed; `tujuan` is counted by its keyed hash alone."""
    return tunggu(
        [
            Batas(_kunci("surel-alamat", alamat(request)), SUREL_PER_ALAMAT, JENDELA),
            Batas(_kunci("surel-tujuan", tujuan.lower()), SUREL_PER_TUJUAN_SEHARI, SEHARI),
            Batas(_kunci("surel", "semua"), SUREL_SEMUA, JENDELA),
        ]
    )


def tunggu_nomor(perangkat: int) -> int:
    """Seconds to wait before the next number may be taken at this tablet."""
    kunci = _kunci("nomor-tablet", str(perangkat))
    sehari = Batas(kunci, NOMOR_PER_TABLET_SEHARI, SEHARI)
    return tunggu([Batas(kunci, NOMOR_PER_TABLET, JENDELA), sehari])


@transaction.atomic
def tunggu(batas: list[Batas]) -> int:
    """Seconds until every key is below its limits; 0 = go on, and this attempt has been counted once per key.

    A refused attempt is not counted, so waiting always ends.
    """
    kini = timezone.now()
    _sapu(kini)
    lama = max((_sisa(satu, kini) for satu in _penuh(batas, kini)), default=0)
    if not lama:
        PercobaanCek.objects.bulk_create(PercobaanCek(kunci=k, waktu=kini) for k in {b.kunci for b in batas})
    return lama


def _dalam(satu: Batas, kini: datetime.datetime) -> Q:
    return Q(kunci=satu.kunci, waktu__gte=kini - satu.jendela)


def _penuh(batas: list[Batas], kini: datetime.datetime) -> list[Batas]:
    """The limits that are reached, all counted in one query: nearly always none is."""
    semua = reduce(or_, (_dalam(satu, kini) for satu in batas))
    hitung = {f"n{i}": Count("pk", filter=_dalam(satu, kini)) for i, satu in enumerate(batas)}
    jumlah = PercobaanCek.objects.filter(semua).aggregate(**hitung)
    return [satu for i, satu in enumerate(batas) if jumlah[f"n{i}"] >= satu.kali]


def _sisa(satu: Batas, kini: datetime.datetime) -> int:
    """Seconds until a limit that is reached has room for one attempt."""
    saat = PercobaanCek.objects.filter(_dalam(satu, kini)).order_by("-waktu").values_list("waktu", flat=True)
    return int((saat[satu.kali - 1] + satu.jendela - kini).total_seconds()) + 1


def _sapu(kini: datetime.datetime) -> None:
    """Delete what no limit counts any more, once a minute per process: not every visitor has to wait for it."""
    if time.monotonic() - _disapu[0] >= JEDA_SAPU:
        _disapu[0] = time.monotonic()
        PercobaanCek.objects.filter(waktu__lt=kini - SEHARI).delete()


def sebut_lama(detik: int) -> str:
    """A wait in words, rounded up: minutes, from an hour and a half on hours."""
    menit = -(-detik // 60)
    return f"{menit} menit" if menit < 90 else f"{-(-menit // 60)} jam"
