"""Checking and rendering texts that people of the office wrote: plain facts in, plain text out.

The engine knows only what `perintah.py` names; the check before it tells in plain words, with the line, what is wrong.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping

from django.template import Context, Engine, TemplateSyntaxError
from django.template.base import Lexer, Token, TokenType

BATAS_ISI = 4000
BATAS_DALAM = 5
"""Characters of a text, and conditions inside conditions: far more than a message needs."""
_FAKTA = re.compile(r'([a-z][a-z0-9_]*)(\|default:"[^"{}%]*")?')
_KATA = re.compile(r"[a-z][a-z0-9_]*")
_SAMBUNG = {"and", "or", "not"}


class _Mesin(Engine):
    default_builtins = ["haji_portal.kabar.perintah"]


_mesin = _Mesin(autoescape=False)


def periksa(teks: str, isian: Collection[str]) -> list[str]:
    """What is wrong with a text, as sentences for the person who wrote it; `isian` are the facts it may use."""
    if len(teks) > BATAS_ISI:
        return [f"Teks paling panjang {BATAS_ISI} karakter."]
    if "\x00" in teks:
        return ["Teks memuat karakter yang tidak dapat disimpan."]
    galat = [f"Baris {t.lineno}: {kata}" for t in Lexer(teks).tokenize() for kata in _salah(t, isian)]
    galat += _susunan(teks)
    if not galat:
        try:
            _mesin.from_string(teks)
        except TemplateSyntaxError:
            galat.append("Susunan {% if %}, {% elif %}, {% else %}, dan {% endif %} tidak dapat dibaca.")
    return galat


def tuang(teks: str, fakta: Mapping[str, object]) -> str:
    """Render a checked text. Raises TemplateSyntaxError for one that is not.

    Plain text comes out, never the "safe" string of the engine: on a page it must be escaped like any other.
    """
    return str(_mesin.from_string(teks).render(Context(dict(fakta), autoescape=False)) + "")


def isian_dipakai(teks: str) -> set[str]:
    """The facts that a text uses."""
    pakai: set[str] = set()
    for token in Lexer(teks).tokenize():
        if token.token_type is TokenType.VAR and (cocok := _FAKTA.fullmatch(token.contents)):
            pakai.add(cocok[1])
        elif token.token_type is TokenType.BLOCK:
            pakai |= {k for k in token.contents.split()[1:] if k not in _SAMBUNG and _KATA.fullmatch(k)}
    return pakai


def _salah(token: Token, isian: Collection[str]) -> Iterator[str]:
    isi = token.contents
    if token.token_type is TokenType.TEXT and ("{{" in isi or "{%" in isi):
        yield "kurung kurawal dibuka tetapi tidak ditutup pada baris yang sama."
    elif token.token_type is TokenType.VAR:
        if (cocok := _FAKTA.fullmatch(isi)) is None:
            yield f"{{{{ {isi} }}}} tidak dapat dipakai; tulis satu nama isian saja."
        elif cocok[1] not in isian:
            yield f"isian {{{{ {cocok[1]} }}}} tidak dikenal di pesan ini."
    elif token.token_type is TokenType.BLOCK:
        yield from _salah_perintah(isi.split(), isian)


def _salah_perintah(kata: list[str], isian: Collection[str]) -> Iterator[str]:
    if kata[:1] in (["if"], ["elif"]) and len(kata) > 1:
        asing = [k for k in kata[1:] if k not in _SAMBUNG and k not in isian]
        yield from (f"isian {k} di dalam {{% {kata[0]} %}} tidak dikenal di pesan ini." for k in asing)
    elif kata not in (["else"], ["endif"]):
        yield f"perintah {{% {' '.join(kata)} %}} tidak dapat dipakai; yang ada hanya if, elif, else, dan endif."


def _susunan(teks: str) -> list[str]:
    """Every `if` has its `endif`, and they are not nested too deeply for a reader (or for the machine)."""
    dalam = terdalam = 0
    for token in Lexer(teks).tokenize():
        awal = token.contents.split()[:1] if token.token_type is TokenType.BLOCK else []
        dalam += (awal == ["if"]) - (awal == ["endif"])
        terdalam = max(terdalam, dalam)
        if dalam < 0 or (dalam == 0 and awal in (["elif"], ["else"])):
            return [f"Baris {token.lineno}: {{% {awal[0]} %}} tanpa {{% if %}} sebelumnya."]
    if dalam:
        return ["Ada {% if %} yang belum ditutup dengan {% endif %}."]
    return [f"{{% if %}} bertingkat paling dalam {BATAS_DALAM}."] if terdalam > BATAS_DALAM else []
