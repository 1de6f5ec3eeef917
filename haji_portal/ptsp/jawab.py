"""Answers of the public site that nobody else may keep: not the browser, not a robot."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import add_never_cache_headers

from .batas import sebut_lama


def tampil(request: HttpRequest, templat: str, konteks: dict[str, Any], status: int = 200) -> HttpResponse:
    """A page that is not cached and not indexed."""
    jawab = render(request, templat, konteks, status=status)
    add_never_cache_headers(jawab)
    jawab["X-Robots-Tag"] = "noindex"
    return jawab


def minta_tunggu(request: HttpRequest, lama: int) -> HttpResponse:
    """429: too many tries; `lama` in seconds."""
    jawab = tampil(request, "publik/tunggu.html", {"lama": sebut_lama(lama)}, 429)
    jawab["Retry-After"] = str(lama)
    return jawab
