"""The outbox at work: effects are claimed by compare-and-swap, run outside any transaction, and repeated until done.

The database holds every intent; the broker is only a doorbell. An effect may run twice (a worker dies between its work
and its note), so a handler must not show it.
"""

from __future__ import annotations

import datetime
import logging
import os
import random
import re
import threading
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import PurePath

from celery import current_app
from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from .models import Efek

log = logging.getLogger(__name__)

Penangan = Callable[[Efek], None]

# Longer than the longest handler (a partner is given 25 s); with the sweep a dead worker's work resumes in a minute.
SEWA = datetime.timedelta(seconds=45)
# With the pauses below: about eight hours of growing pauses, then every six hours for a day.
MAKS_PERCOBAAN = 15
JEDA_PERTAMA = datetime.timedelta(seconds=30)
JEDA_TERPANJANG = datetime.timedelta(hours=6)
DETIK_SENYAP = 30.0


@dataclass(frozen=True)
class Irama:
    """When effects of one kind come due: `tunda` after their step, then the pauses between their tries.

    jeda: pause after try n; with one more try than pauses the effect gives up. Empty: the outbox's own rhythm.
    """

    tunda: datetime.timedelta = datetime.timedelta()
    jeda: tuple[datetime.timedelta, ...] = ()

    @property
    def maks(self) -> int:
        return len(self.jeda) + 1 if self.jeda else MAKS_PERCOBAAN

    def sesudah(self, percobaan: int) -> datetime.timedelta:
        """A table of pauses is stretched by up to a quarter and never shortened: it promises a time at least."""
        if self.jeda:
            return self.jeda[min(percobaan, len(self.jeda)) - 1] * _acak.uniform(1, 1.25)
        return jeda(percobaan)


_penangan: dict[str, Penangan] = {}
_irama: dict[str, Irama] = {}
_alarm: dict[str, Penangan] = {}
saat_sapu: list[Callable[[], int]] = []
"""What else `manage.py sapu` does once; the floors above, which keep queues of their own, add themselves."""
_acak = random.SystemRandom()


class GalatEfek(Exception):
    """Raised by handlers; its text is stored for the admin, so it must not contain personal data."""


class JanganUlang(GalatEfek):
    """Repeating would not help: the effect gives up at once and waits for a person."""


class Tunda(GalatEfek):
    """Not now, and not counted as a try: the other side is known to be away until `sampai`."""

    def __init__(self, kalimat: str, sampai: datetime.datetime) -> None:
        super().__init__(kalimat)
        self.sampai = sampai


def penangan(jenis: str, irama: Irama | None = None, alarm: Penangan | None = None) -> Callable[[Penangan], Penangan]:
    """Register the handler of one kind of effect; a second one for the same kind raises ValueError.

    alarm: called when an effect of this kind gives up, in the same transaction; it writes rows and nothing else.
    """

    def daftar(fungsi: Penangan) -> Penangan:
        if _penangan.setdefault(jenis, fungsi) is not fungsi:
            raise ValueError(f"effect {jenis!r} already has a handler")
        _irama[jenis] = irama or Irama()
        if alarm is not None:
            _alarm[jenis] = alarm
        return fungsi

    return daftar


def jatuh_tempo(jenis: str, waktu: datetime.datetime) -> datetime.datetime:
    """When an effect written at `waktu` is due for the first time."""
    return waktu + _irama.get(jenis, Irama()).tunda


def efek_tertunda() -> int:
    """Effects that are not done, those that gave up included (for /sehat/)."""
    return Efek.objects.filter(selesai__isnull=True).count()


def sapu(batas: int = 200) -> int:
    """Run up to `batas` due effects, oldest first, and return how many were done. Safe to run many times at once."""
    sekarang = timezone.now()
    calon = Efek.objects.filter(_bebas(sekarang), jatuh_tempo__lte=sekarang).order_by("jatuh_tempo", "pk")
    return sum(jalankan_efek(pk) for pk in list(calon.values_list("pk", flat=True)[:batas]))


def jalankan_efek(id_efek: int) -> bool:
    """Claim one effect and run its handler; True when it is done by this call.

    False: done already, given up, or held by another worker (nothing was run), or the handler failed (it comes due
    again later). Never raises for a failing handler.
    """
    efek = _klaim(id_efek)
    if efek is None:
        return False
    if efek.percobaan > _irama.get(efek.jenis, Irama()).maks:
        # The counter grows before the work: work that kills its worker ends here instead of killing all of them.
        _menyerah(efek, galat=efek.galat or "Pekerja berhenti di tengah jalan berulang kali")
        return False
    try:
        _penangan_untuk(efek.jenis)(efek)
    except Exception as galat:  # noqa: BLE001  (whatever it is, the effect must come due again)
        _catat_gagal(efek, galat)
        return False
    return _tutup(efek, selesai=timezone.now(), galat="")


def coba_lagi(efek: Efek) -> bool:
    """Give an effect that gave up a fresh start (a person decided it); False when it had not given up."""
    ulang = Efek.objects.filter(pk=efek.pk, selesai__isnull=True, menyerah__isnull=False)
    return bool(ulang.update(menyerah=None, percobaan=0, jatuh_tempo=timezone.now(), sewa_sampai=None))


def _bebas(sekarang: datetime.datetime) -> Q:
    sewa_habis = Q(sewa_sampai__isnull=True) | Q(sewa_sampai__lt=sekarang)
    return Q(selesai__isnull=True, menyerah__isnull=True) & sewa_habis


def _klaim(id_efek: int) -> Efek | None:
    """Compare-and-swap on the counter: of many that read the same row, one changes it and works."""
    sekarang = timezone.now()
    efek = Efek.objects.select_related("riwayat__perkara").filter(_bebas(sekarang), pk=id_efek).first()
    if efek is None:
        return None
    milik = Efek.objects.filter(_bebas(sekarang), pk=id_efek, percobaan=efek.percobaan)
    if not milik.update(percobaan=efek.percobaan + 1, sewa_sampai=sekarang + SEWA):
        return None
    efek.percobaan += 1
    efek.sewa_sampai = sekarang + SEWA
    return efek


def _tutup(efek: Efek, **kolom: object) -> bool:
    """Write the outcome, unless the lease ran out and somebody else claimed the row meanwhile."""
    milik = Efek.objects.filter(pk=efek.pk, percobaan=efek.percobaan, selesai__isnull=True)
    return bool(milik.update(sewa_sampai=None, **kolom))


def _menyerah(efek: Efek, **kolom: object) -> None:
    """Give up, and say so; an alarm that breaks must not keep a hopeless effect alive."""
    kolom["menyerah"] = timezone.now()
    try:
        with transaction.atomic():
            if _tutup(efek, **kolom) and efek.jenis in _alarm:
                _alarm[efek.jenis](efek)
    except Exception as galat:  # noqa: BLE001
        log.error("Efek %s (%s) menyerah tanpa alarm: %s", efek.pk, efek.jenis, ringkas(galat))
        _tutup(efek, **kolom)


def _penangan_untuk(jenis: str) -> Penangan:
    try:
        return _penangan[jenis]
    except KeyError:
        # Not for ever: during an upgrade an old worker meets the effects of the new code.
        raise GalatEfek(f"Belum ada penangan untuk {jenis}") from None


def _catat_gagal(efek: Efek, galat: Exception) -> None:
    kolom: dict[str, object] = {"galat": ringkas(galat)}
    log.warning("Efek %s (%s) gagal, percobaan %s: %s", efek.pk, efek.jenis, efek.percobaan, kolom["galat"])
    irama = _irama.get(efek.jenis, Irama())
    if isinstance(galat, Tunda):
        # A late note of a worker that lost its lease may meet this number again; whatever it writes is true.
        kolom |= {"jatuh_tempo": galat.sampai, "percobaan": efek.percobaan - 1}
    elif isinstance(galat, JanganUlang) or efek.percobaan >= irama.maks:
        _menyerah(efek, **kolom)
        return
    else:
        kolom["jatuh_tempo"] = timezone.now() + irama.sesudah(efek.percobaan)
    _tutup(efek, **kolom)


def jeda(percobaan: int) -> datetime.timedelta:
    """Pause after the given number of tries: doubles each time, up to JEDA_TERPANJANG, +/- 25 % against herds."""
    penuh = min(JEDA_PERTAMA * 2 ** min(percobaan - 1, 20), JEDA_TERPANJANG)
    return penuh * _acak.uniform(0.75, 1.25)


def ringkas(galat: Exception) -> str:
    """What may be kept of a failure: class, place in the code, and only texts that we or the system wrote.

    The text of any other exception may quote a name or an address, so it is left out.
    """
    if isinstance(galat, GalatEfek):
        kata = str(galat)
    elif isinstance(galat, OSError) and galat.strerror and galat.errno:
        kata = os.strerror(galat.errno)
    else:
        kata = ""
    bingkai = traceback.extract_tb(galat.__traceback__)
    tempat = f" ({PurePath(bingkai[-1].filename).name}:{bingkai[-1].lineno})" if bingkai else ""
    return re.sub(r"\s+", " ", f"{type(galat).__name__}{tempat}{': ' if kata else ''}{kata}")[:300]


class Bel:
    """Publishes the doorbell of one task from one background thread, so that a request never waits for the broker.

    Rings that come while one is being published melt into the next. After a failure it is silent for DETIK_SENYAP:
    what it misses, the sweep every 15 s finds.
    """

    def __init__(self, tugas: str) -> None:
        self.tugas = tugas
        self.mulai_baru()
        # Threads and held locks do not survive a fork.
        os.register_at_fork(after_in_child=self.mulai_baru)

    def mulai_baru(self) -> None:
        self._ada = threading.Event()
        self._kunci = threading.Lock()
        self._utas: threading.Thread | None = None
        self.senyap_sampai = 0.0

    def bunyikan(self) -> None:
        if time.monotonic() < self.senyap_sampai:
            return
        self._ada.set()
        with self._kunci:
            if self._utas is None:
                self._utas = threading.Thread(target=self._kerja, name=f"bel-{self.tugas}", daemon=True)
                self._utas.start()

    def _kerja(self) -> None:
        while True:
            self._ada.wait()
            self._ada.clear()
            try:
                # A bell that nobody heard within a minute is of no use: the sweep came meanwhile.
                current_app.send_task(self.tugas, expires=60, ignore_result=True, retry=False)
            except Exception as galat:  # noqa: BLE001  (the thread must live on)
                self.senyap_sampai = time.monotonic() + DETIK_SENYAP
                log.warning("Bel %s tidak terkirim (%s); penyapu akan mengambilnya.", self.tugas, type(galat).__name__)


_bel = Bel("alur.kerjakan_efek")


def bunyikan_bel() -> None:
    """Tell the workers, once the current transaction is committed, that effects wait. Never raises, never waits."""
    if settings.EFEK_BEL:
        transaction.on_commit(_bel.bunyikan, robust=True)
