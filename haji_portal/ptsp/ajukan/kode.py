"""One-time codes: six digits to a contact, ten minutes, five tries, bound to the browser that asked."""

from __future__ import annotations

import datetime
import hashlib
import hmac
import re
import secrets
from typing import Any

from django.conf import settings
from django.db.models import F
from django.utils import timezone

from haji_portal.kabar.kirim import tulis_pesan
from haji_portal.kabar.models import Pesan

from ..models import KodeKontak

UMUR = datetime.timedelta(minutes=10)
KALI = 5

HABIS = "Kode ini sudah tidak berlaku. Minta kode baru."


class KodeSalah(Exception):
    """The typed code opens nothing; `kalimat` says what to do, `habis` that only a new code helps."""

    def __init__(self, kalimat: str, *, habis: bool = False) -> None:
        super().__init__(kalimat)
        self.kalimat, self.habis = kalimat, habis


def kirim_kode(keperluan: str, saluran: str, alamat: str, isi: dict[str, Any]) -> KodeKontak:
    """Write a new code for a contact; it leaves from a background thread, so nobody waits for a mail server."""
    KodeKontak.objects.filter(sampai__lt=timezone.now() - UMUR).delete()
    angka = f"{secrets.randbelow(10**6):06d}"
    kode = KodeKontak(keperluan=keperluan, saluran=saluran, alamat=alamat, isi=isi, sampai=timezone.now() + UMUR)
    kode.hash = _hash(kode.token, angka)
    kode.save()
    fakta = {"kode": angka, "keperluan": kode.get_keperluan_display(), "menit": str(int(UMUR.total_seconds() // 60))}
    tulis_pesan(f"kode:{kode.token}", saluran, alamat, "kode", fakta, rahasia=True)
    return kode


def cocokkan(token: str, teks: str) -> KodeKontak:
    """The code's row, used up, when the six digits are right. Raises KodeSalah. Every try counts, also at once."""
    kode = KodeKontak.objects.filter(token=token, sampai__gt=timezone.now()).first()
    if kode is None:
        raise KodeSalah(HABIS, habis=True)
    masih = KodeKontak.objects.filter(pk=kode.pk, percobaan__lt=KALI)
    if not masih.update(percobaan=F("percobaan") + 1):
        raise KodeSalah(f"Kode sudah salah diketik {KALI} kali. Minta kode baru.", habis=True)
    if not hmac.compare_digest(kode.hash, _hash(token, re.sub(r"[\s.-]", "", teks))):
        kode.refresh_from_db(fields=["percobaan"])
        if sisa := KALI - kode.percobaan:
            raise KodeSalah(f"Kode itu tidak cocok. Periksa pesan terbaru dari kami; masih boleh {sisa} kali lagi.")
        raise KodeSalah(f"Kode sudah salah diketik {KALI} kali. Minta kode baru.", habis=True)
    if not KodeKontak.objects.filter(pk=kode.pk).delete()[0]:
        raise KodeSalah(HABIS, habis=True)
    return kode


def sebut_saluran(saluran: str) -> str:
    """A channel inside a sentence: "surel", "SMS"."""
    return "surel" if saluran == Pesan.Saluran.EMAIL else str(Pesan.Saluran(saluran).label)


def samarkan(alamat: str) -> str:
    """'s***@contoh.id' or '+6281***77': enough for the owner to know where to look."""
    nama, tanda, domain = alamat.partition("@")
    return f"{nama[:1]}***@{domain}" if tanda else f"{alamat[:5]}***{alamat[-2:]}"


def _hash(token: str, angka: str) -> str:
    return hmac.new(settings.KUNCI_HASH.encode(), f"kode:{token}:{angka}".encode(), hashlib.sha256).hexdigest()
