"""The demo's offices send SMS (to the simulator); real offices switch it on themselves, as it costs money."""

from __future__ import annotations

import datetime

from haji_portal.akun.models import Kantor

from .models import SaluranKantor


def nyalakan_sms() -> None:
    for kantor in Kantor.objects.filter(jenis=Kantor.Jenis.KABKOTA):
        SaluranKantor.objects.get_or_create(
            kantor=kantor, saluran=SaluranKantor.Jenis.SMS, mulai=datetime.date(2026, 1, 1)
        )
