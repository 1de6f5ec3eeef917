"""E-mail by SMTP. SMTP cannot be made to forget or be asked: when the line breaks after the text was handed over,
nobody knows whether it was taken."""

from __future__ import annotations

import hashlib
import re
import smtplib
import threading
from typing import Any

from django.core.mail import EmailMessage, get_connection

from haji_portal.alur.efek import ringkas

from .saluran import Hasil, Jawab, Kiriman


class SaluranSurel:
    seketika = False

    def __init__(self, nama: str) -> None:
        self.nama = nama

    def aktif(self) -> bool:
        return True

    def tanya(self, rujukan: str) -> str:
        return ""

    def serahkan(self, kiriman: Kiriman) -> Jawab:
        surel = EmailMessage(kiriman.judul, kiriman.isi, to=[kiriman.alamat], headers=kepala(kiriman.rujukan))
        for nama, isi in kiriman.lampiran:
            surel.attach(nama, isi)
        diserahkan, jawaban = threading.Event(), list[str]()
        sambungan = get_connection()
        try:
            sambungan.open()
            _pantau(sambungan, diserahkan, jawaban)
            terkirim = sambungan.send_messages([surel])
        except Exception as galat:  # noqa: BLE001  (any break counts; what matters is how far it came)
            return _tafsir(galat, diserahkan.is_set())
        finally:
            _tutup(sambungan)
        if terkirim:
            return Jawab(Hasil.DITERIMA, bukti=" ".join(jawaban)[:200])
        return Jawab(Hasil.TERTUNDA, "Surel tidak diambil server")


def kepala(rujukan: str) -> dict[str, str]:
    """The same Message-ID at every try, so that a mailbox that got it twice may show it once."""
    sidik = hashlib.sha256(rujukan.encode()).hexdigest()[:32]
    return {"Message-ID": f"<{sidik}@portal-haji>", "Auto-Submitted": "auto-generated"}


def _tafsir(galat: Exception, diserahkan: bool) -> Jawab:
    """A 5xx about this recipient or this text is for good; one about our own name or account is ours to mend."""
    teks = ringkas(galat)
    if isinstance(galat, smtplib.SMTPRecipientsRefused):
        kode = max((kode for kode, _ in galat.recipients.values()), default=0)
    elif isinstance(galat, smtplib.SMTPDataError):
        kode = galat.smtp_code
    elif isinstance(galat, smtplib.SMTPResponseException | smtplib.SMTPNotSupportedError):
        kode = 0
    else:
        return Jawab(Hasil.TIDAK_PASTI if diserahkan else Hasil.TERTUNDA, teks)
    return Jawab(Hasil.DITOLAK if 500 <= kode < 600 else Hasil.TERTUNDA, teks)


def _pantau(sambungan: Any, diserahkan: threading.Event, jawaban: list[str]) -> None:
    """Set the event when the text itself is about to leave, and keep what the server answers to it. Other backends
    tell nothing: set it at once."""
    smtp = getattr(sambungan, "connection", None)
    if not isinstance(smtp, smtplib.SMTP):
        diserahkan.set()
        return
    data_asli = smtp.data

    def data(isi: Any) -> Any:
        diserahkan.set()
        kode, kata = data_asli(isi)
        jawaban[:] = [str(kode), *re.findall(r"[!-~]+", kata.decode("ascii", "replace"))]
        return kode, kata

    smtp.data = data  # type: ignore[method-assign,assignment]


def _tutup(sambungan: Any) -> None:
    try:
        sambungan.close()
    except Exception:  # noqa: BLE001, S110  (the outcome is known; a failing goodbye changes nothing)
        pass
