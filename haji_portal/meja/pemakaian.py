"""Whose time a case took: working minutes per owner, and the clocks of the SOP that span rows, each with its budget."""

from __future__ import annotations

import datetime
from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from haji_portal.alur.models import Giliran, Jeda, Permohonan, Tenggat
from haji_portal.alur.tampil_waktu import durasi, saat
from haji_portal.alur.tenggat import jatah, jatah_menit, jeda_kantor, menit_terpakai

from .baris import DEKAT, Sisa

PEMILIK = {
    Giliran.Pihak.KANTOR: "Kantor",
    Giliran.Pihak.KANWIL: "Kantor Wilayah",
    Giliran.Pihak.PUSAT: "Kementerian (pusat)",
    Giliran.Pihak.PEMOHON: "Pemohon",
    Giliran.Pihak.MITRA: "Mitra (BPKH, bank)",
}


@dataclass(frozen=True)
class JamSOP:
    """One clock of the SOP. milik: whose time it measures; sumber: the rule; sisa: used of allowed, in words."""

    milik: str
    sumber: str
    sisa: Sisa


@dataclass(frozen=True)
class Pemakaian:
    """jam: the clocks that span rows, in the order of the SOP; pemilik: (owner, time in words, runs now)."""

    jam: list[JamSOP]
    pemilik: list[tuple[str, str, bool]]


def pemakaian_waktu(
    perkara: Permohonan,
    tenggat: list[Tenggat],
    kini: datetime.datetime | None = None,
    jeda: dict[int, list[Jeda]] | None = None,
) -> Pemakaian:
    """The context `pemakaian` of templates/meja/_pemakaian.html. tenggat: all deadlines of the case; jeda: what
    `jeda_kantor()` says of their offices, when it is at hand.

    Every minute of a case has one owner: the party that had the file. Minutes are working minutes of that party's
    office, pauses left out; those of applicants and partners are measured on the hours of the case's own office.
    """
    kini = kini or timezone.now()
    jeda = jeda_kantor(perkara, {t.kantor_id for t in tenggat}) if jeda is None else jeda
    menit = {t.pk: menit_terpakai(t, kini, jeda[t.kantor_id]) for t in tenggat}
    rentang: dict[str, list[Tenggat]] = defaultdict(list)
    per_pemilik: dict[str, int] = defaultdict(int)
    for t in sorted(tenggat, key=lambda t: (t.mulai, t.pk)):
        if t.jenis == Tenggat.Jenis.RENTANG:
            rentang[t.kode].append(t)
        else:
            per_pemilik[t.pihak] += menit[t.pk]
    berjalan = {t.pihak for t in tenggat if t.selesai is None and t.jenis == Tenggat.Jenis.STATUS}
    return Pemakaian(
        [_jam(perkara, aturan, rentang[aturan["kode"]], menit, kini) for aturan in _aturan(perkara)],
        [(PEMILIK[p], durasi(per_pemilik[p]), p in berjalan) for p in PEMILIK if p in per_pemilik],
    )


def _aturan(perkara: Permohonan) -> list[dict[str, Any]]:
    """The whole last, after its parts."""
    return sorted(perkara.sop.rentang if perkara.sop else [], key=lambda aturan: len(aturan["pihak"]))


def _jam(
    perkara: Permohonan, aturan: dict[str, Any], rows: list[Tenggat], menit: dict[int, int], kini: datetime.datetime
) -> JamSOP:
    milik = PEMILIK[aturan["pihak"][0]] if len(aturan["pihak"]) == 1 else "Keseluruhan"
    if not rows:
        return JamSOP(milik, aturan["sumber"], Sisa("tidak dipakai" if perkara.ditutup else "belum mulai"))
    terpakai, penuh, akhir = sum(menit[t.pk] for t in rows), jatah_menit(rows[0]), rows[-1]
    berjalan = akhir.selesai is None
    persen = min(round(100 * terpakai / penuh), 100) if penuh else 100
    lewat = akhir.batas is not None and akhir.batas < (kini if berjalan else akhir.selesai or kini)
    nada = "lewat" if lewat else "dekat" if persen >= DEKAT and berjalan else ""
    kata = f"{durasi(terpakai)} dari {jatah(rows[0])}"
    berhenti = "" if berjalan or perkara.ditutup else ", berhenti"
    sampai = saat(akhir.batas, akhir.kantor.zona_waktu) if berjalan and akhir.batas else ""
    return JamSOP(milik, aturan["sumber"], Sisa(f"{kata}{berhenti}", persen, nada, sampai))
