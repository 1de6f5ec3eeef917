"""Keys for programs: made once, recognised by a keyed hash, refused as soon as the person may not act any more."""

from __future__ import annotations

import datetime
import hashlib
import hmac
import secrets

from django.conf import settings
from django.utils import timezone

from . import dua_faktor
from .models import Pengguna, TokenApi

AWALAN = "phj_"
"""Begins every key, so that scanners for leaked secrets can know it."""
MASA = ((30, "30 hari"), (90, "90 hari"), (180, "180 hari"), (365, "1 tahun"))
TERBANYAK = 10
"""Keys in force per person."""
JEDA_CATAT = datetime.timedelta(minutes=5)
"""Between two writes of `terakhir_dipakai`: a write on every request would queue all pages behind SQLite's writer."""


def _hmac(jenis: str, nilai: str) -> str:
    return hmac.new(settings.KUNCI_HASH.encode(), f"{jenis}:{nilai}".encode(), hashlib.sha256).hexdigest()


def buat(pengguna: Pengguna, *, nama: str, hari: int, hanya_baca: bool, verifikasi: bool) -> tuple[TokenApi, str]:
    """A new key and its text, which nobody can read again. `verifikasi`: this session passed the second factor."""
    if hari not in dict(MASA):
        raise ValueError("a key lives for one of the offered terms, a year at most")
    rahasia = f"{AWALAN}{secrets.token_urlsafe(32)}"
    kini = timezone.now()
    token = TokenApi.objects.create(
        pengguna=pengguna,
        nama=nama,
        awalan=rahasia[:12],
        sidik=_hmac("token", rahasia),
        sidik_sandi=_hmac("sandi", pengguna.password),
        dua_faktor=verifikasi,
        hanya_baca=hanya_baca,
        dibuat=kini,
        kedaluwarsa=kini + datetime.timedelta(days=hari),
    )
    return token, rahasia


def kenali(rahasia: str) -> TokenApi | None:
    """The key behind this text when it may be used now, with its person; None in every other case."""
    if not rahasia.startswith(AWALAN) or len(rahasia) > 100:
        return None
    token = TokenApi.objects.select_related("pengguna").filter(sidik=_hmac("token", rahasia)).first()
    if token is None or token.keadaan != "berlaku" or not token.pengguna.is_active:
        return None
    if not hmac.compare_digest(token.sidik_sandi, _hmac("sandi", token.pengguna.password)):
        return None
    # Where the second factor is compulsory a key is no way around it, nor one made before it became so.
    if settings.HAJI_WAJIB_2FA and not (token.dua_faktor and dua_faktor.perangkat(token.pengguna)):
        return None
    return token


def catat_pakai(token: TokenApi) -> None:
    """Remember roughly when the key was used last."""
    kini = timezone.now()
    if token.terakhir_dipakai is None or kini - token.terakhir_dipakai > JEDA_CATAT:
        TokenApi.objects.filter(pk=token.pk).update(terakhir_dipakai=kini)


def berlaku(pengguna: Pengguna) -> int:
    """How many keys of the person are in force."""
    return pengguna.token_api.filter(dicabut__isnull=True, kedaluwarsa__gt=timezone.now()).count()


def cabut(pengguna: Pengguna, pk: int) -> bool:
    """Revoke one key of this person; False when they have none with this id. Revoking twice is no error."""
    milik = pengguna.token_api.filter(pk=pk)
    milik.filter(dicabut__isnull=True).update(dicabut=timezone.now())
    return milik.exists()
