"""Idempotency-Key (draft-ietf-httpapi-idempotency-key-header): the same request twice has one effect, one answer.

A row is claimed before the work starts and completed in the very transaction that holds its effect. So a crash leaves
either both or neither, and a claim whose holder died is taken over when its lease has run out; a holder that was
merely slow then finds the claim gone and takes its effect back.
"""

from __future__ import annotations

import datetime
import hashlib
import hmac
import json
import re
import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone
from rest_framework.request import Request

from ..models import KunciIdempotensi
from .batas import pemilik
from .galat import Masalah

UMUR = datetime.timedelta(hours=24)
"""For this long the first answer is given again."""
SEWA = datetime.timedelta(seconds=90)
"""A request that has not ended by then counts as dead: cleaning the largest upload stays far below."""
# A structured-field string, or the bare word that most programs send.
BENTUK = re.compile(r'"([\x20-\x21\x23-\x5b\x5d-\x7e]{1,255})"|([\x21\x23-\x7e]{1,255})')
MASIH = "Permintaan dengan Idempotency-Key ini masih dikerjakan. Coba lagi sebentar lagi."


@dataclass(frozen=True)
class Jawaban:
    """What a write answers: small, without personal data, so that it can be kept for a day."""

    status: int
    isi: dict[str, Any]
    kepala: dict[str, str] = field(default_factory=dict)
    ulangan: bool = False


@dataclass(frozen=True)
class Pegangan:
    """A claimed key: the row and the mark that proves that it is still ours."""

    pk: int
    pemegang: str


def kunci_diminta(request: Request) -> str:
    """The key that was sent, "" without one; 400 when it is no key."""
    kepala = request.META.get("HTTP_IDEMPOTENCY_KEY")
    if kepala is None:
        return ""
    cocok = BENTUK.fullmatch(kepala.strip())
    if cocok is None:
        raise Masalah("permintaan-rusak", "Idempotency-Key: 1 sampai 255 huruf, angka, atau tanda ASCII.")
    return cocok[1] or cocok[2]


def sekali(request: Request, siapkan: Callable[[], Callable[[], Jawaban]]) -> Jawaban:
    """Do a write at most once per key. `siapkan()` checks everything and returns the effect, which is called next.

    Only what was done is remembered: a refusal wrote nothing, so the key stays free for a corrected request.
    """
    kunci = kunci_diminta(request)
    if not kunci:
        return siapkan()()
    pegangan = ambil(pemilik(request), kunci, sidik_permintaan(request))
    if isinstance(pegangan, Jawaban):
        return pegangan
    try:
        efek = siapkan()
        with transaction.atomic():
            jawaban = efek()
            selesaikan(pegangan, jawaban)
    except BaseException:
        lepas(pegangan)
        raise
    return jawaban


def ambil(siapa: str, kunci: str, sidik: str) -> Pegangan | Jawaban:
    """Claim a key, or the answer that it already got. 422 for another request, 409 while the first one runs."""
    kini = timezone.now()
    rahasia = _hmac("kunci", kunci)
    pemegang = secrets.token_hex(16)
    baris = KunciIdempotensi.objects.filter(pemilik=siapa, kunci=rahasia)
    baris.filter(dibuat__lt=kini - UMUR, sewa_sampai__lt=kini).delete()
    try:
        with transaction.atomic():
            baru = KunciIdempotensi.objects.create(
                pemilik=siapa, kunci=rahasia, sidik=sidik, pemegang=pemegang, sewa_sampai=kini + SEWA, dibuat=kini
            )
        return Pegangan(baru.pk, pemegang)
    except IntegrityError:
        lama = baris.first()
    if lama is None:  # released between the two statements
        raise Masalah("sedang-dikerjakan", MASIH, kepala={"Retry-After": "1"})
    if lama.sidik != sidik:
        raise Masalah("kunci-terpakai", "Pakai Idempotency-Key baru untuk permintaan yang berbeda.")
    if lama.selesai is not None:
        return Jawaban(lama.status or 200, json.loads(lama.isi), lama.kepala, ulangan=True)
    mati = baris.filter(pk=lama.pk, pemegang=lama.pemegang, selesai__isnull=True, sewa_sampai__lt=kini)
    if not mati.update(pemegang=pemegang, sewa_sampai=kini + SEWA):
        raise Masalah("sedang-dikerjakan", MASIH, kepala={"Retry-After": "1"})
    return Pegangan(lama.pk, pemegang)


def selesaikan(pegangan: Pegangan, jawaban: Jawaban) -> None:
    """Keep the answer; call it inside the effect's transaction. Raises (and so undoes the effect) when taken over."""
    milik = KunciIdempotensi.objects.filter(pk=pegangan.pk, pemegang=pegangan.pemegang, selesai__isnull=True)
    isi = json.dumps(jawaban.isi)
    if not milik.update(selesai=timezone.now(), status=jawaban.status, kepala=jawaban.kepala, isi=isi):
        raise Masalah("sedang-dikerjakan", MASIH, kepala={"Retry-After": "1"})


def lepas(pegangan: Pegangan) -> None:
    """Give an unused key back."""
    KunciIdempotensi.objects.filter(pk=pegangan.pk, pemegang=pegangan.pemegang, selesai__isnull=True).delete()


def hapus_lama() -> int:
    """Forget answers older than UMUR; returns how many."""
    kini = timezone.now()
    return KunciIdempotensi.objects.filter(dibuat__lt=kini - UMUR, sewa_sampai__lt=kini).delete()[0]


def sidik_permintaan(request: Request) -> str:
    """Keyed hash of method, address, If-Match and content; files by their content, so a new boundary is no change."""
    bahan = hashlib.sha256()
    _tambah(bahan, request.method or "", request.path, request.META.get("HTTP_IF_MATCH", "").strip())
    data = request.data
    if hasattr(data, "lists"):
        for nama, nilai in sorted(request.POST.lists()):
            _tambah(bahan, nama, *nilai)
        for nama, berkas in sorted(request.FILES.lists()):
            for satu in berkas:
                _tambah(bahan, nama, satu.name or "", hashlib.sha256(satu.read()).hexdigest())
                satu.seek(0)
    else:
        _tambah(bahan, json.dumps(data, sort_keys=True, separators=(",", ":")))
    return _hmac("permintaan", bahan.hexdigest())


def _tambah(bahan: Any, *teks: str) -> None:
    for satu in teks:
        isi = satu.encode("utf-8", "surrogatepass")
        bahan.update(len(isi).to_bytes(8, "big") + isi)


def _hmac(jenis: str, nilai: str) -> str:
    # Keyed: what was sent holds a NIK, and a bare hash of sixteen digits can be tried through.
    return hmac.new(settings.KUNCI_HASH.encode(), f"idem:{jenis}:{nilai}".encode(), hashlib.sha256).hexdigest()
