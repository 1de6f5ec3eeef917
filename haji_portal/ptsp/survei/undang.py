"""Who is asked: the one-time address of a finished case, made when somebody wants to show or send it.

The word in the address is not stored. It follows from the case and KUNCI_HASH, so that e-mail, QR code and status page
show the same one; the table keeps its keyed hash to find the row again.
"""

from __future__ import annotations

import datetime
import hashlib
import hmac

from django.conf import settings
from django.urls import reverse

from haji_portal.alur.models import Perkara
from haji_portal.alur.models.perkara import HURUF_NOMOR
from haji_portal.alur.penutupan import hari_kantor

from ..models import TautanSurvei

BERLAKU = datetime.timedelta(days=90)
"""How long after the end of a case its survey may be answered."""
PANJANG = 12
"""Letters of the word, 5 bits each: short enough for an SMS and for typing, 2^60 to guess from at a limited rate."""
SALAH_BACA = str.maketrans("OIL", "011")


def tautan(perkara: Perkara) -> str | None:
    """The absolute address of the case's survey; None for a case that is open, has none, or was answered or is past."""
    if perkara.ditutup is None or not perkara.rinci().disurvei():
        return None
    habis = hari_kantor(perkara.kantor, perkara.ditutup) + BERLAKU
    if habis < hari_kantor(perkara.kantor):
        return None
    kata = _kata(perkara.pk)
    sidik = _sidik(kata)
    baris, _ = TautanSurvei.objects.get_or_create(perkara_id=perkara.pk, defaults={"sidik": sidik, "habis": habis})
    if baris.sidik != sidik:
        # KUNCI_HASH was changed since: the old address is dead, this one takes its place.
        TautanSurvei.objects.filter(pk=baris.pk).update(sidik=sidik)
    return None if baris.terpakai else f"{settings.SITUS_URL}{reverse('ptsp:survei', args=[kata])}"


def fakta_survei(perkara: Perkara) -> dict[str, str]:
    """For messages about a case that has ended."""
    return {"alamat_survei": tautan(perkara) or ""}


def cari(kata: str) -> TautanSurvei | None:
    """The row of an address, as somebody typed it."""
    rapi = kata.upper().replace("-", "").translate(SALAH_BACA)
    semua = TautanSurvei.objects.select_related("perkara__kantor", "perkara__pemohon")
    return semua.filter(sidik=_sidik(rapi)).first()


def _kata(pk: int) -> str:
    angka = int.from_bytes(_kunci(f"survei:{pk}").digest(), "big")
    return "".join(HURUF_NOMOR[(angka >> (5 * i)) & 31] for i in range(PANJANG))


def _sidik(kata: str) -> str:
    return _kunci(f"sidik-survei:{kata}").hexdigest()


def _kunci(teks: str) -> hmac.HMAC:
    return hmac.new(settings.KUNCI_HASH.encode(), teks.encode(), hashlib.sha256)
