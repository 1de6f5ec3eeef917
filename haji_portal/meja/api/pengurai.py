"""Reading what was sent: bounded, UTF-8, and nothing that one reader understands differently from another."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from django.conf import settings
from rest_framework.exceptions import ParseError
from rest_framework.parsers import JSONParser, MultiPartParser

from .galat import Masalah

MB = 1024 * 1024


def _panjang(konteks: Mapping[str, Any] | None) -> int:
    meta = (konteks or {})["request"].META
    if meta.get("HTTP_CONTENT_ENCODING", "identity").lower() not in ("", "identity"):
        raise Masalah("jenis-isi", "Kirim isi tanpa Content-Encoding.")
    try:
        return int(meta.get("CONTENT_LENGTH") or 0)
    except ValueError:
        raise ParseError from None


def _terlalu_besar(batas: int) -> Masalah:
    return Masalah("terlalu-besar", f"Isi permintaan paling besar {batas / MB:g} MB.")


def _tunggal(pasangan: list[tuple[str, Any]]) -> dict[str, Any]:
    hasil = dict(pasangan)
    if len(hasil) != len(pasangan):
        raise ValueError("a name stands twice")
    return hasil


def _bukan_bilangan(nama: str) -> None:
    raise ValueError(f"{nama} is not JSON")


class JsonKetat(JSONParser):
    """JSON objects of at most settings.API_BATAS_JSON bytes; names twice, NaN and lone surrogates are refused."""

    def parse(self, stream: Any, media_type: str | None = None, parser_context: Any = None) -> dict[str, Any]:
        """The object. Raises 400, 413, 422."""
        batas = settings.API_BATAS_JSON
        if _panjang(parser_context) > batas or len(mentah := stream.read(batas + 1)) > batas:
            raise _terlalu_besar(batas)
        try:
            isi = json.loads(mentah.decode("utf-8"), object_pairs_hook=_tunggal, parse_constant=_bukan_bilangan)
            json.dumps(isi, ensure_ascii=False).encode("utf-8")
        except (ValueError, RecursionError) as galat:
            raise ParseError from galat
        if not isinstance(isi, dict):
            raise Masalah("isian", "Kirim satu objek JSON.", galat={"__all__": ["Kirim satu objek JSON."]})
        return isi


class FormulirBerkas(MultiPartParser):
    """multipart/form-data of at most settings.API_BATAS_UNGGAHAN bytes, for steps that take files."""

    def parse(self, stream: Any, media_type: str | None = None, parser_context: Any = None) -> Any:
        """Data and files. Raises 400, 413."""
        if _panjang(parser_context) > settings.API_BATAS_UNGGAHAN:
            raise _terlalu_besar(settings.API_BATAS_UNGGAHAN)
        return super().parse(stream, media_type=media_type, parser_context=parser_context)
