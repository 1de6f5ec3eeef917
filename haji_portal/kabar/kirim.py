"""Writing messages into the ledger and sending them by e-mail, at most once.

SMTP cannot be made to forget: when the line breaks after the text was handed over, nobody knows whether it was taken.
Such a message is *tidak pasti* and never sent again by itself. A server that refuses or cannot be reached is tried
again with growing pauses.
"""

from __future__ import annotations

import datetime
import hashlib
import smtplib
import threading
from collections.abc import Iterable
from typing import Any

from django.core.mail import EmailMessage, get_connection
from django.db.models import Q
from django.utils import timezone

from haji_portal.akun.models import Pengguna
from haji_portal.alur.efek import jeda, ringkas
from haji_portal.alur.models import Perkara, Riwayat

from .models import Pesan

MAKS_PERCOBAAN = 12
# Longer than any SMTP session (EMAIL_TIMEOUT counts per answer); a sender that died within it leaves `tidak_pasti`.
SEWA = datetime.timedelta(minutes=5)
# The server answered and said no: nothing was taken.
DITOLAK = (
    smtplib.SMTPRecipientsRefused,
    smtplib.SMTPSenderRefused,
    smtplib.SMTPDataError,
    smtplib.SMTPHeloError,
    smtplib.SMTPNotSupportedError,
    smtplib.SMTPAuthenticationError,
)
Status = Pesan.Status


def tulis_surel(kejadian: str, alamat: str, templat: str, judul: str, isi: str, **kolom: Any) -> Pesan:
    """The e-mail of one event to one address, written once; `kolom` are perkara, riwayat, pengguna."""
    kini = timezone.now()
    pesan, _ = Pesan.objects.get_or_create(
        kunci=f"{kejadian}:email:{hashlib.sha256(alamat.lower().encode()).hexdigest()[:20]}",
        defaults={
            "saluran": Pesan.Saluran.EMAIL, "alamat": alamat, "templat": templat, "judul": judul, "isi": isi,
            "dibuat": kini, "jatuh_tempo": kini, **kolom,
        },
    )  # fmt: skip
    return pesan


def tulis_aplikasi(
    kejadian: str, orang: Iterable[Pengguna], templat: str, judul: str, isi: str,
    perkara: Perkara | None = None, riwayat: Riwayat | None = None,
) -> None:  # fmt: skip
    """In-app messages of one event, one per person, written once."""
    kini = timezone.now()
    Pesan.objects.bulk_create(
        [
            Pesan(
                kunci=f"{kejadian}:aplikasi:{p.pk}", saluran=Pesan.Saluran.APLIKASI, pengguna=p, templat=templat,
                judul=judul, isi=isi, perkara_id=perkara.pk if perkara else None, riwayat=riwayat,
                status=Status.DIKIRIM, dibuat=kini, dikirim=kini,
            )
            for p in orang
        ],
        ignore_conflicts=True,
    )  # fmt: skip


def kirim(pesan: Pesan) -> str:
    """Send one e-mail if it is waiting and nobody else holds it; returns its status. Mail faults never raise."""
    if not _klaim(pesan):
        pesan.refresh_from_db()
        return pesan.status
    surel = EmailMessage(pesan.judul, pesan.isi, to=[pesan.alamat], headers=_kepala(pesan))
    sambungan = get_connection()
    diserahkan = threading.Event()
    try:
        sambungan.open()
        _pantau(sambungan, diserahkan)
        terkirim = sambungan.send_messages([surel])
    except DITOLAK as galat:
        return _gagal(pesan, galat)
    except Exception as galat:  # noqa: BLE001  (any break counts; what matters is how far it came)
        if not diserahkan.is_set():
            return _gagal(pesan, galat)
        return _catat(pesan, Status.TIDAK_PASTI, jatuh_tempo=None, galat=ringkas(galat))
    finally:
        _tutup(sambungan)
    if not terkirim:
        return _gagal(pesan, RuntimeError())
    return _catat(pesan, Status.DIKIRIM, jatuh_tempo=None, dikirim=timezone.now(), galat="")


def kirim_tertunda(batas: int = 100) -> int:
    """Send what waits or failed and is due again, oldest first; returns how many were sent. Safe to run twice."""
    kini = timezone.now()
    mati = Pesan.objects.filter(status=Status.MENGIRIM, jatuh_tempo__lt=kini)
    mati.update(status=Status.TIDAK_PASTI, jatuh_tempo=None, galat="Pengirim berhenti di tengah pengiriman")
    calon = Pesan.objects.filter(_menunggu(), jatuh_tempo__lte=kini).order_by("jatuh_tempo", "pk")[:batas]
    return sum(kirim(p) == Status.DIKIRIM for p in calon)


def kirim_ulang(pesan: Pesan) -> bool:
    """A person decides to send a failed or uncertain e-mail again; False when it is in another status."""
    boleh = Pesan.objects.filter(
        pk=pesan.pk, saluran=Pesan.Saluran.EMAIL, status__in=[Status.GAGAL, Status.TIDAK_PASTI]
    )
    return bool(boleh.update(status=Status.DIBUAT, percobaan=0, jatuh_tempo=timezone.now(), galat=""))


def _menunggu() -> Q:
    return Q(saluran=Pesan.Saluran.EMAIL, status__in=[Status.DIBUAT, Status.GAGAL], jatuh_tempo__isnull=False)


def _klaim(pesan: Pesan) -> bool:
    """Compare-and-swap on status and counter: of several senders one gets the message."""
    kini = timezone.now()
    milik = Pesan.objects.filter(_menunggu(), pk=pesan.pk, percobaan=pesan.percobaan, jatuh_tempo__lte=kini)
    if not milik.update(status=Status.MENGIRIM, percobaan=pesan.percobaan + 1, jatuh_tempo=kini + SEWA):
        return False
    pesan.percobaan += 1
    return True


def _gagal(pesan: Pesan, galat: Exception) -> str:
    lagi = timezone.now() + jeda(pesan.percobaan) if pesan.percobaan < MAKS_PERCOBAAN else None
    return _catat(pesan, Status.GAGAL, jatuh_tempo=lagi, galat=ringkas(galat))


def _catat(pesan: Pesan, status: str, **kolom: Any) -> str:
    milik = Pesan.objects.filter(pk=pesan.pk, status=Status.MENGIRIM, percobaan=pesan.percobaan)
    milik.update(status=status, **kolom)
    pesan.refresh_from_db()
    return pesan.status


def _pantau(sambungan: Any, diserahkan: threading.Event) -> None:
    """Set the event when the text itself is about to leave. Other backends tell nothing: set it at once."""
    smtp = getattr(sambungan, "connection", None)
    if not isinstance(smtp, smtplib.SMTP):
        diserahkan.set()
        return
    data_asli = smtp.data

    def data(isi: Any) -> Any:
        diserahkan.set()
        return data_asli(isi)

    smtp.data = data  # type: ignore[method-assign,assignment]


def _tutup(sambungan: Any) -> None:
    try:
        sambungan.close()
    except Exception:  # noqa: BLE001, S110  (the outcome is known; a failing goodbye changes nothing)
        pass


def _kepala(pesan: Pesan) -> dict[str, str]:
    """The same Message-ID at every try, so that a mailbox that got it twice may show it once."""
    sidik = hashlib.sha256(pesan.kunci.encode()).hexdigest()[:32]
    return {"Message-ID": f"<{sidik}@portal-haji>", "Auto-Submitted": "auto-generated"}
