"""The version of a case as an entity tag: read with ETag, written with If-Match."""

from __future__ import annotations

import re

from rest_framework.request import Request

from .galat import Masalah

SATU = re.compile(r'\s*(W/)?"([\x21\x23-\x7e\x80-\xff]*)"\s*')
VERSI = re.compile(r"[0-9]{1,9}", re.ASCII)


def tag(versi: int) -> str:
    """`"12"`."""
    return f'"{versi}"'


def _urai(kepala: str) -> list[tuple[bool, str]]:
    """(weak, opaque) of every tag of a list; ValueError for anything else."""
    hasil, letak = [], 0
    while letak <= len(kepala):
        cocok = SATU.match(kepala, letak)
        if cocok is None:
            raise ValueError("not a list of entity tags")
        hasil.append((bool(cocok[1]), cocok[2]))
        letak = cocok.end()
        if letak == len(kepala):
            break
        if kepala[letak] != ",":
            raise ValueError("not a list of entity tags")
        letak += 1
    return hasil


def tidak_berubah(request: Request, versi: int) -> bool:
    """Whether If-None-Match names this version (weak comparison); a broken header counts as absent."""
    kepala = request.META.get("HTTP_IF_NONE_MATCH", "").strip()
    if kepala == "*":
        return True
    try:
        return bool(kepala) and any(isi == str(versi) for _, isi in _urai(kepala))
    except ValueError:
        return False


def versi_diminta(request: Request, kini: int) -> int:
    """The version that If-Match names: `kini` when it is among them, else the (old) one that was sent.

    428 without the header (or with `*`, which would let a program act on a case it has not seen), 400 for a broken
    one, 412 for tags that never were a version of a case. An old version is no 412: `jalankan()` decides under the
    case's lock, and the repeat of one's own step is not stale but done.
    """
    kepala = request.META.get("HTTP_IF_MATCH", "").strip()
    if kepala in ("", "*"):
        raise Masalah(
            "if-match-wajib", 'Kirim If-Match dengan ETag perkara yang terakhir dibaca, misalnya If-Match: "3".'
        )
    try:
        tag_tag = _urai(kepala)
    except ValueError:
        raise Masalah("permintaan-rusak", 'Tulis If-Match sebagai ETag dalam tanda kutip, misalnya "3".') from None
    versi = [int(isi) for lemah, isi in tag_tag if not lemah and VERSI.fullmatch(isi)]
    if not versi:
        raise Masalah("if-match", "If-Match itu bukan versi perkara. Baca perkaranya, lalu pakai ETag-nya.")
    return kini if kini in versi else versi[0]
