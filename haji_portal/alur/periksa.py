"""System checks: every machine walked against every SOP table before the server starts (`manage.py check`)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.core.checks import CheckMessage, Error, Tags, register

from .apps import model_perkara, semua_jenis
from .deklarasi import Langkah, mesin, oleh
from .models import Giliran
from .muat import baca_sop, berkas_sop
from .posisi import milik_tabel

if TYPE_CHECKING:
    from .models import Permohonan


@register(Tags.models)
def periksa_mesin(app_configs: Any = None, **kwargs: Any) -> list[CheckMessage]:
    """alur.E001-E008 on a machine alone, alur.E010-E015 on a machine against one SOP table."""
    galat: list[CheckMessage] = []
    tabel = [baca_sop(p) for p in berkas_sop()]
    for jenis in semua_jenis():
        model = model_perkara(jenis.jenis)
        cacat = list(_deklarasi(model))
        galat += cacat
        for isi in [] if cacat else tabel:  # a machine that is not whole cannot be walked
            if isi["layanan"] in jenis.layanan_sop and any(b["transisi"] for b in isi["langkah"]):
                galat += periksa_tabel(model, isi)
    return galat


def _deklarasi(model: type[Permohonan]) -> Iterable[CheckMessage]:
    galat: list[CheckMessage] = []
    meta: Any = model._meta
    field = meta.get_field("status")
    statuses = {nilai for nilai, _ in field.choices}
    if statuses != set(model.TAHAP):
        galat.append(Error(f"{model.__name__}.TAHAP must name every status exactly once", id="alur.E001", obj=model))
    galat += _tahap(model)
    if not field.protected:
        galat.append(Error(f"{model.__name__}.status must be protected", id="alur.E002", obj=model))
    for lk in mesin(model):
        if not isinstance(lk.transisi.permission, oleh):
            galat.append(Error(f"{lk.nama}: permission must be oleh(...)", id="alur.E003", obj=model))
        if not (lk.transisi.custom or {}).get("label"):
            galat.append(Error(f"{lk.nama}: langkah(label=...) is missing", id="alur.E004", obj=model))
        if lk.sumber in ("*", "+"):
            galat.append(Error(f"{lk.nama}: a source of {lk.sumber!r} is not allowed", id="alur.E005", obj=model))
        if any(not hasattr(k, "kalimat") for k in lk.transisi.conditions):
            galat.append(Error(f"{lk.nama}: a condition has no sentence (@syarat)", id="alur.E006", obj=model))
    return galat


def _tahap(model: type[Permohonan]) -> list[CheckMessage]:
    galat: list[CheckMessage] = []
    for saluran, lain in model.TAHAP_SALURAN.items():
        for status, tahap in lain.items():
            umum = model.TAHAP.get(status)
            if umum is None or (tahap.pihak, tahap.akhir) != (umum.pihak, umum.akhir):
                kalimat = f"TAHAP_SALURAN[{saluran!r}][{status!r}] may change words only"
                galat.append(Error(f"{model.__name__}: {kalimat}", id="alur.E007", obj=model))
    for status, tahap in model.TAHAP.items():
        if tahap.pihak not in Giliran.Pihak.values:
            kalimat = f"TAHAP[{status!r}] names the unknown party {tahap.pihak!r}"
            galat.append(Error(f"{model.__name__}: {kalimat}", id="alur.E008", obj=model))
    return galat


def periksa_tabel(model: type[Permohonan], isi: dict[str, Any]) -> list[CheckMessage]:
    """One machine against one SOP table: names, groups, dead ends, unreachable ends."""
    nama_mesin = {lk.nama for lk in mesin(model)} | {"ajukan"}
    status_mesin = set(model.TAHAP)
    disebut = [n for b in isi["langkah"] for n in b["transisi"]]
    galat = []
    for n in disebut:
        if n not in nama_mesin:
            galat.append(_galat(isi, f"row names the unknown step {n!r}", "alur.E010"))
    for n in {n for n in disebut if disebut.count(n) > 1}:
        galat.append(_galat(isi, f"step {n!r} stands in more than one row", "alur.E011"))
    for b in isi["langkah"]:
        for s in b["status"]:
            if s not in status_mesin:
                galat.append(_galat(isi, f"row {b['no']} names the unknown status {s!r}", "alur.E010"))
    tercapai = _tercapai(model, set(disebut), isi.get("awal") or _awal(model))
    galat += _kelompok(model, isi, tercapai)
    galat += _pemilik(model, isi, tercapai)
    galat += _ujung(model, isi, set(disebut), tercapai)
    return galat


def _jalan(model: type[Permohonan], disebut: set[str]) -> list[Langkah]:
    return [lk for lk in mesin(model) if lk.target is not None and milik_tabel(lk, disebut)]


def _awal(model: type[Permohonan]) -> str:
    meta: Any = model._meta
    field = meta.get_field("status")
    return str(field.default)


def _tercapai(model: type[Permohonan], disebut: set[str], awal: str) -> set[str]:
    capai: set[str] = set()
    baru = {awal}
    while baru:
        capai |= baru
        baru = {str(lk.target) for lk in _jalan(model, disebut) if lk.sumber in capai} - capai
    return capai


def _kelompok(model: type[Permohonan], isi: dict[str, Any], tercapai: set[str]) -> list[CheckMessage]:
    """Every reachable open status belongs to exactly one group of rows (the rows that name it)."""
    galat = []
    kelompok = {s: tuple(b["no"] for b in isi["langkah"] if s in b["status"]) for s in tercapai}
    for s in sorted(tercapai):
        if not model.TAHAP[s].akhir and not kelompok[s]:
            galat.append(_galat(isi, f"status {s!r} belongs to no row", "alur.E012"))
    for s, no in kelompok.items():
        for lain, no_lain in kelompok.items():
            if set(no) & set(no_lain) and no != no_lain:
                galat.append(_galat(isi, f"statuses {s!r} and {lain!r} share rows only in part", "alur.E012"))
    return galat


def _pemilik(model: type[Permohonan], isi: dict[str, Any], tercapai: set[str]) -> list[CheckMessage]:
    """Rows are the time of one office of the ministry, or their budget would begin anew at each; so are spans."""
    galat = []
    for b in isi["langkah"]:
        pihak = {model.TAHAP[s].pihak for s in b["status"] if s in tercapai} & set(Giliran.KEMENTERIAN)
        if len(pihak) > 1:
            galat.append(_galat(isi, f"row {b['no']} is the time of {' and '.join(sorted(pihak))}", "alur.E015"))
    for r in isi.get("rentang") or []:
        pihak = set(r.get("pihak", [Giliran.Pihak.KANTOR]))
        if not pihak or pihak - set(Giliran.KEMENTERIAN):
            galat.append(_galat(isi, f"span {r['kode']!r} may name offices of the ministry only", "alur.E015"))
    return galat


def _ujung(model: type[Permohonan], isi: dict[str, Any], disebut: set[str], tercapai: set[str]) -> list[CheckMessage]:
    galat = []
    akhir = {s for s, t in model.TAHAP.items() if t.akhir}
    if not tercapai & akhir:
        galat.append(_galat(isi, "no end can be reached", "alur.E013"))
    for s in sorted(tercapai - akhir):
        pulang: set[str] = set()
        baru = {s}
        while baru:
            pulang |= baru
            baru = {str(lk.target) for lk in _jalan(model, disebut) if lk.sumber in pulang} - pulang
        if not pulang & akhir:
            galat.append(_galat(isi, f"status {s!r} is a dead end", "alur.E014"))
    return galat


def _galat(isi: dict[str, Any], kalimat: str, kode: str) -> CheckMessage:
    return Error(f"SOP {isi['kode']}: {kalimat}", id=kode, obj=isi["kode"])
