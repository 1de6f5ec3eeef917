"""System check: every shipped text keeps to the language that the admin's editor accepts, so that it can be edited."""

from __future__ import annotations

from typing import Any

from django.core.checks import CheckMessage, Error, register
from django.template import TemplateDoesNotExist, TemplateSyntaxError

from .aman import periksa
from .templat import bawaan, semua


@register
def periksa_templat(app_configs: Any = None, **kwargs: Any) -> list[CheckMessage]:
    galat: list[CheckMessage] = []
    for kode, rupa in semua():
        try:
            asli = bawaan(kode, rupa)
        except (TemplateDoesNotExist, TemplateSyntaxError) as sebab:
            galat.append(Error(f"kabar/{kode} ({rupa}): {sebab}", id="kabar.E001"))
            continue
        kata = [*periksa(asli.judul, asli.isian), *periksa(asli.isi, asli.isian)]
        galat += [Error(f"kabar/{kode} ({rupa}): {k}", hint="Lihat kabar/templat.py.", id="kabar.E002") for k in kata]
        if not asli.judul or not asli.isi:
            galat.append(Error(f"kabar/{kode} ({rupa}): judul atau isi kosong", id="kabar.E003"))
    return galat
