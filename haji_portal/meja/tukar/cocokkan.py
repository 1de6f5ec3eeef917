"""Which column of an uploaded table is which: by its header, in whatever spelling, in whatever order."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from typing import Any

from haji_portal.berkas.saring import UnggahanDitolak
from haji_portal.berkas.tabel import TabelTerbaca

from .deklarasi import NOMOR_PERKARA, Pertukaran

CARI_KEPALA = 15
"""Rows from the top among which the header stands; above it are titles."""
SINONIM_PERKARA = ("no perkara", "nomor permohonan", "no permohonan", "nomor berkas")
PAKAI_JUDUL = "Pakai judul kolom seperti pada “Kolom yang dibaca” di bawah ini."
RUMUS = object()
"""A cell that holds a formula: its result may be missing or wrong, so it counts as no value."""


@dataclass(frozen=True)
class BarisTerbaca:
    """One row: its number as Excel shows it, and its cells by `kode` (text, or RUMUS); empty cells are left out."""

    urut: int
    sel: dict[str, object]


@dataclass(frozen=True)
class TabelCocok:
    """kolom: every header of the file and what it is taken for; catatan: sentences about the file as a whole."""

    baris: list[BarisTerbaca]
    kolom: list[dict[str, str]]
    catatan: list[str] = field(default_factory=list)


def rata(judul: object) -> str:
    """A header without spaces, marks and capitals."""
    return re.sub(r"[^0-9a-z]", "", unicodedata.normalize("NFKC", str(judul or "")).casefold())


def cocokkan(tabel: TabelTerbaca, pertukaran: Pertukaran) -> TabelCocok:
    """Find the header and read the rows under it. Raises UnggahanDitolak when the file cannot be such an answer."""
    kenal = _dikenal(pertukaran)
    letak = max(range(min(CARI_KEPALA, len(tabel.baris))), key=lambda i: len(_kode(tabel.baris[i][1], kenal)))
    kepala = tabel.baris[letak][1]
    label = dict(kenal.values())
    kode = _kode(kepala, kenal)
    _periksa_kepala(kode, label, pertukaran)
    baris = [_baris(urut, sel, kode) for urut, sel in tabel.baris[letak + 1 :]]
    baris = [b for b in baris if b.sel]
    if not baris:
        raise UnggahanDitolak("Di bawah judul kolom belum ada baris yang terisi.")
    kolom = [
        {"judul": str(j or "(tanpa judul)"), "dipakai": label.get(kode.get(i, ""), "")} for i, j in enumerate(kepala)
    ]
    return TabelCocok(baris, kolom, _catatan(tabel))


def _dikenal(p: Pertukaran) -> dict[str, tuple[str, str]]:
    """Flattened header -> (kode, judul)."""
    hasil = {rata(s): (NOMOR_PERKARA, "Nomor perkara") for s in ("nomor perkara", *SINONIM_PERKARA)}
    semua: list[Any] = [*p.kunci, *p.cocok, *p.masuk]
    for satu in semua:
        hasil |= {rata(s): (satu.kode, satu.judul) for s in (satu.judul, satu.kode, *satu.sinonim)}
    return hasil


def _kode(kepala: list, kenal: dict[str, tuple[str, str]]) -> dict[int, str]:
    return {i: kenal[r][0] for i, judul in enumerate(kepala) if (r := rata(judul)) in kenal}


def _periksa_kepala(kode: dict[int, str], label: dict[str, str], p: Pertukaran) -> None:
    ada = list(kode.values())
    kunci = [NOMOR_PERKARA, *(k.kode for k in p.kunci)]
    if not set(ada) & set(kunci):
        nama = " atau ".join(label[k] for k in kunci)
        raise UnggahanDitolak(f"Kolom {nama} tidak ditemukan. {PAKAI_JUDUL}")
    if ganda := sorted({label[k] for k in ada if ada.count(k) > 1}):
        raise UnggahanDitolak(f"Kolom {', '.join(ganda)} ada lebih dari satu kali. Sisakan satu, lalu unggah lagi.")
    if kurang := [i.judul for i in p.masuk if i.wajib and i.kode not in ada]:
        raise UnggahanDitolak(f"Kolom {', '.join(kurang)} tidak ditemukan. {PAKAI_JUDUL}")


def _baris(urut: int, sel: list, kode: dict[int, str]) -> BarisTerbaca:
    isi = {kode[i]: RUMUS if s is False else s for i, s in enumerate(sel) if i in kode and s is not None}
    return BarisTerbaca(urut, isi)


def _catatan(tabel: TabelTerbaca) -> list[str]:
    catatan = []
    if tabel.lembar_lain:
        lain = ", ".join(f"“{n}”" for n in tabel.lembar_lain[:5])
        catatan.append(f"Hanya lembar “{tabel.lembar}” yang dibaca; lembar {lain} tidak.")
    if tabel.gabungan:
        catatan.append("Berkas ini memuat sel yang digabung; dari sel gabungan hanya sel pertamanya yang terbaca.")
    return catatan
