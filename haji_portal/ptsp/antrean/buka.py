"""Whether numbers are given now, by the office's calendar, and the sentence when not."""

from __future__ import annotations

import datetime
from itertools import pairwise

from django.utils import timezone

from haji_portal.akun.models import Kantor
from haji_portal.alur.kalender import kalender_kantor
from haji_portal.alur.tampil_waktu import jam, saat


def kalimat_tutup(kantor: Kantor, kini: datetime.datetime | None = None) -> str:
    """Why no number is given now and when again; "" from the opening of a working day to its end, breaks included."""
    kini = kini or timezone.now()
    kalender = kalender_kantor(kantor)
    hari = kini.astimezone(kantor.zona_waktu).date()
    selang = kalender.jam(hari)
    if selang and selang[0][0] <= kini < selang[-1][1]:
        return ""
    sebab = f" ({kalender.libur[hari]})" if hari in kalender.libur else ""
    try:
        nanti = kalender.buka_berikut(kini)
    except ValueError:
        return "Kantor ini belum mempunyai jam layanan. Silakan bertanya kepada petugas."
    return f"Antrean sedang tutup{sebab}. Nomor dapat diambil lagi {saat(nanti, kantor.zona_waktu)}."


def kalimat_istirahat(kantor: Kantor, kini: datetime.datetime | None = None) -> str:
    """During a break: until when; otherwise ""."""
    kini = kini or timezone.now()
    selang = kalender_kantor(kantor).jam(kini.astimezone(kantor.zona_waktu).date())
    for (_, akhir), (awal, _) in pairwise(selang):
        if akhir <= kini < awal:
            return f"Loket istirahat sampai pukul {jam(awal, kantor.zona_waktu)}. Nomor tetap dapat diambil."
    return ""
