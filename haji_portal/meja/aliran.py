"""A page of results that grows line by line while a batch runs: nobody stares at an empty page."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest, StreamingHttpResponse
from django.template.loader import render_to_string

from .borongan import HasilSatu

ALIRKAN = 6
"""Cases from which the answer is sent line by line: fewer are done before a page could be read."""


def alirkan(
    request: HttpRequest, templat: str, konteks: dict[str, Any], jalan: Iterator[HasilSatu], banyak: int
) -> StreamingHttpResponse:
    """`templat` extends meja/hasil_banyak.html; `sisa_di` of the context says where the unfinished still wait."""
    # The page is drawn once around two marks that nothing else on it can contain.
    tanda = [f"<!--{secrets.token_hex(16)}-->" for _ in range(2)]
    lengkap = konteks | {"aliran": True, "tanda": tanda, "banyak": banyak}
    awal, _, sisa = render_to_string(templat, lengkap, request).partition(tanda[0])
    tengah, _, akhir = sisa.partition(tanda[1])

    def alir() -> Iterator[str]:
        beres = 0
        yield awal
        for urut, hasil in enumerate(jalan, start=1):
            beres += hasil.berhasil
            yield render_to_string("meja/_hasil_satu.html", {"h": hasil, "urut": urut, "banyak": banyak})
        yield tengah
        yield render_to_string("meja/_hasil_akhir.html", konteks | {"beres": beres, "banyak": banyak})
        yield akhir

    jawab = StreamingHttpResponse(alir())
    jawab["X-Accel-Buffering"] = "no"  # a proxy that collects the page first would hide the progress
    return jawab
