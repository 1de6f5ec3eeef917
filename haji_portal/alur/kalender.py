"""The working calendar of an office, from its hours, the editable rows and the holiday rows."""

from __future__ import annotations

import datetime
from functools import lru_cache

from django.db.models import Q
from django.utils import timezone

from haji_portal.akun.models import Kantor

from .models import HariLibur, PeriodeJamLayanan
from .waktu import JamHari, Kalender, PeriodeJam


def kalender_kantor(kantor: Kantor | int) -> Kalender:
    """The calendar of an office (or its id) in force now.

    Kept for the same minute, so that a list of 100 cases asks the database once.
    """
    return _kalender(kantor if isinstance(kantor, int) else kantor.pk, timezone.now().replace(second=0, microsecond=0))


# More than the 514 districts: a sweep goes through all of them within a minute.
@lru_cache(maxsize=1024)
def _kalender(kantor_id: int, _menit: datetime.datetime) -> Kalender:
    kantor = Kantor.objects.get(pk=kantor_id)
    return Kalender(
        zona=kantor.zona_waktu,
        hari=dict.fromkeys(range(1, 8)) | {j.hari: _jam(j) for j in kantor.jamlayanan_set.all()},
        libur=_libur(kantor),
        periode=_periode(kantor),
    )


def lupakan_kalender() -> None:
    """Forget cached calendars: after an edit of hours or holidays, and between tests."""
    _kalender.cache_clear()


def _jam(j) -> JamHari:
    istirahat = (j.istirahat_mulai, j.istirahat_selesai) if j.istirahat_mulai and j.istirahat_selesai else None
    return JamHari(j.buka, j.tutup, istirahat)


def _libur(kantor: Kantor) -> dict[datetime.date, str]:
    rows = list(HariLibur.objects.filter(Q(kantor=kantor) | Q(kantor__isnull=True)))
    tetap = {r.tanggal for r in rows if r.jenis == HariLibur.Jenis.TETAP_KERJA}
    return {r.tanggal: r.nama for r in rows if r.jenis != HariLibur.Jenis.TETAP_KERJA and r.tanggal not in tetap}


def _periode(kantor: Kantor) -> tuple[PeriodeJam, ...]:
    rows = PeriodeJamLayanan.objects.filter(Q(kantor=kantor) | Q(kantor__isnull=True))
    return tuple(
        PeriodeJam(r.dari, r.sampai, r.nama, {h: _jam_periode(r.jam.get(str(h))) for h in range(1, 8)}) for r in rows
    )


def _jam_periode(isi: list[str] | None) -> JamHari | None:
    if not isi:
        return None
    jam = [datetime.time.fromisoformat(t) for t in isi]
    return JamHari(jam[0], jam[1], (jam[2], jam[3]) if len(jam) == 4 else None)


def hari_terima(kantor: Kantor) -> datetime.date:
    """The working day on which a file handed over now counts as received (244/2021 A.2)."""
    return kalender_kantor(kantor).buka_berikut(timezone.now()).date()
