"""A person decides about a message that failed or is uncertain: send it again, or note that it was dealt with."""

from __future__ import annotations

import enum

from django.db import transaction
from django.utils import timezone

from haji_portal.akun.models import Pengguna, Peran

from .kirim import PONSEL
from .laporan import BOLEH, catat_laporan
from .models import MAKS_PERCOBAAN, PERLU, Pesan, TindakanPesan
from .saluran import saluran
from .segera import antar_segera

Status = Pesan.Status
PENGURUS = {Peran.PTSP, Peran.JFU, Peran.KASI, Peran.KASUBAG, Peran.KEPALA}
"""Roles of the case's own office that may decide."""


class HasilUlang(enum.Enum):
    DIKIRIM = "dikirim"
    # The gateway was asked first and knew what became of it.
    SUDAH_JELAS = "sudah_jelas"
    # Somebody else was quicker, or it is in another status.
    TIDAK_BISA = "tidak_bisa"


def boleh_mengurus(pengguna: Pengguna, pesan: Pesan) -> bool:
    kantor = pesan.perkara.kantor_id if pesan.perkara else None
    return any(t.peran in PENGURUS and t.kantor_id == kantor for t in pengguna.penugasan_berlaku())


def kirim_ulang(pesan: Pesan, oleh: Pengguna) -> HasilUlang:
    """Send a failed or uncertain message again; who did it is kept. Outside a transaction: a gateway may be asked.

    What was refused goes out under a new reference. What is uncertain keeps its own, so that a gateway which took it
    after all does not deliver it twice.
    """
    if pesan.rahasia or pesan.status not in PERLU:
        return HasilUlang.TIDAK_BISA
    ragu = pesan.status == Status.TIDAK_PASTI
    if ragu and pesan.saluran in PONSEL:
        laporan = saluran(pesan.saluran).tanya(pesan.rujukan)
        if laporan in BOLEH:
            catat_laporan(pesan, laporan)
            return HasilUlang.SUDAH_JELAS
    with transaction.atomic():
        rujukan = pesan.rujukan if ragu else f"{pesan.kunci}:u{pesan.tindakan.count() + 1}"
        milik = Pesan.objects.filter(pk=pesan.pk, rahasia=False, status=pesan.status, percobaan=pesan.percobaan)
        if not milik.update(
            status=Status.DIBUAT, jatuh_tempo=timezone.now(), galat="", rujukan=rujukan, ditangani=None,
            batas_percobaan=pesan.percobaan + MAKS_PERCOBAAN,
        ):  # fmt: skip
            return HasilUlang.TIDAK_BISA
        _tulis(pesan, TindakanPesan.Jenis.KIRIM_ULANG, oleh)
        antar_segera(pesan.pk, rahasia=False)
    return HasilUlang.DIKIRIM


@transaction.atomic
def tandai_ditangani(pesan: Pesan, oleh: Pengguna) -> bool:
    """The applicant was told another way; False when somebody was quicker or the message arrived meanwhile."""
    milik = Pesan.objects.perlu().filter(pk=pesan.pk, status=pesan.status)
    if not milik.update(ditangani=timezone.now()):
        return False
    _tulis(pesan, TindakanPesan.Jenis.DITANGANI, oleh)
    return True


def _tulis(pesan: Pesan, jenis: str, oleh: Pengguna) -> None:
    TindakanPesan.objects.create(pesan=pesan, jenis=jenis, dari=pesan.status, oleh=oleh, saat=timezone.now())
