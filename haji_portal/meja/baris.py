"""Rows of the work lists: one case as a person reads it, with the time left in words."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import OuterRef, Prefetch, QuerySet, Subquery
from django.utils import timezone

from haji_portal.alur.apps import model_perkara, nama_perkara
from haji_portal.alur.giliran import TUNJUK
from haji_portal.alur.kalender import kalender_kantor
from haji_portal.alur.models import Giliran, Jeda, Perkara, Riwayat
from haji_portal.alur.tampil_waktu import saat, sisa

DEKAT = 75
"""Percent of the allowance from which time left counts as short."""


@dataclass(frozen=True)
class Sisa:
    """Time left: words, percent used (None without a deadline), `nada` "" | dekat | lewat, and until when."""

    kata: str
    persen: int | None = None
    nada: str = ""
    sampai: str = ""
    sebab: list[str] = field(default_factory=list)


def sisa_waktu(
    perkara: Perkara,
    mulai: datetime.datetime | None,
    batas: datetime.datetime | None,
    *,
    pihak: str = "kantor",
    kantor: int | None = None,
    berhenti: bool = False,
    sebab: list[str] | None = None,
) -> Sisa:
    """What the clock of a case says now, in working minutes of the office that has it.

    kantor: that office's id, when it is not the case's own. berhenti: a pause is open.
    """
    if perkara.ditutup:
        return Sisa("selesai")
    if pihak == "pemohon":
        return Sisa("menunggu pemohon", sebab=sebab or [])
    if pihak == "mitra":
        return Sisa("menunggu pihak lain", sebab=sebab or [])
    if berhenti:
        return Sisa("waktu dihentikan", sebab=sebab or [])
    if batas is None:
        return Sisa("tanpa batas waktu", sebab=sebab or [])
    kalender, kini = kalender_kantor(kantor or perkara.kantor_id), timezone.now()
    tersisa = kalender.menit_antara(kini, batas) if kini <= batas else -kalender.menit_antara(batas, kini)
    jatah = kalender.menit_antara(mulai, batas) if mulai and mulai < batas else 0
    persen = min(max(round(100 * (jatah - tersisa) / jatah), 0), 100) if jatah else 100
    lewat = kini > batas
    nada = "lewat" if lewat else "dekat" if persen >= DEKAT else ""
    # Past the deadline but not a working minute later yet (a break, the night) still is too late.
    kata = "baru saja lewat" if lewat and not tersisa else sisa(tersisa)
    return Sisa(kata, persen, nada, saat(batas, kalender.zona), sebab or [])


def untuk_daftar(qs: QuerySet[Perkara]) -> QuerySet[Any]:
    """Load with a list of cases all that a row shows: a fixed number of queries whatever the number of rows."""
    akhir = Riwayat.objects.filter(perkara=OuterRef("pk")).order_by("-urut")
    return (
        qs.select_related("kantor", "pemohon", "porsi")
        .annotate(pelaku_akhir=Subquery(akhir.values("nama")[:1]), langkah_akhir=Subquery(akhir.values("label")[:1]))
        .prefetch_related(
            Prefetch("giliran", queryset=Giliran.objects.select_related("kantor")),
            Prefetch("jeda", queryset=Jeda.objects.filter(selesai__isnull=True), to_attr="jeda_terbuka"),
        )
    )


def sebutkan(perkara: Iterable[Any]) -> list[Any]:
    """Set `sebutan` of each case: the applicant's name, else what the kind calls it; one look-up per kind of case."""
    daftar = list(perkara)
    tanpa_nama: dict[str, list[int]] = {}
    for p in daftar:
        if p.pemohon_id is None:
            tanpa_nama.setdefault(p.jenis, []).append(p.pk)
    kata = {pk: satu for j, semua in tanpa_nama.items() for pk, satu in model_perkara(j).sebut_banyak(semua).items()}
    for p in daftar:
        p.sebutan = p.pemohon.nama if p.pemohon else kata.get(p.pk, nama_perkara(p.jenis))
    return daftar


class HalamanPerkara(Paginator):
    """Pages of cases: the order is found on ids alone, and what a row shows is read for the rows of one page.

    qs: cases or turns, in order, no case twice. jumlah: how many there are, when that is known already.
    """

    object_list: QuerySet[Any]

    def __init__(self, qs: QuerySet[Any], per_halaman: int, *, jumlah: int | None = None) -> None:
        kunci = "perkara_id" if qs.model is Giliran else "pk"
        super().__init__(qs.values_list(kunci, flat=True), per_halaman)
        if jumlah is not None:
            self.__dict__["count"] = jumlah

    def _get_page(self, object_list: Any, number: Any, paginator: Any) -> Page:
        urut = list(object_list)
        rows = {p.pk: p for p in sebutkan(untuk_daftar(Perkara.objects.filter(pk__in=urut)))}
        return super()._get_page([rows[pk] for pk in urut if pk in rows], number, paginator)  # type: ignore[misc]


def baris_perkara(perkara: Any, pasangan: set[tuple[str, int]] | None = None) -> dict[str, Any]:
    """One row for templates/meja/_baris.html; `pasangan`, the reader's (role, office id), puts their turn first."""
    giliran = list(perkara.giliran.all())
    milik = [g for g in giliran if pasangan and (g.peran, g.kantor_id) in pasangan]
    utama = next(iter(milik or giliran), None)
    bertindak = _bertindak(giliran)
    return {
        "perkara": perkara,
        "nomor": perkara.nomor,
        "url": perkara.get_absolute_url(),
        "nama": perkara.sebutan,
        "layanan": nama_perkara(perkara.jenis),
        "kantor": perkara.kantor.nama_pendek,
        "tahap": perkara.info_tahap.label,
        "saluran": perkara.get_saluran_display() if perkara.saluran != Perkara.Saluran.LOKET else "",
        "tindakan": _tindakan(perkara, utama) if utama and milik else "",
        "giliran": _giliran(perkara, bertindak),
        "putaran": perkara.putaran,
        "terhalang": perkara.terhalang,
        "pelaku_akhir": perkara.pelaku_akhir or "",
        "langkah_akhir": perkara.langkah_akhir or "",
        "sisa": sisa_waktu(
            perkara,
            utama.sejak if utama else None,
            utama.tenggat if utama else None,
            pihak=utama.pihak if utama else "kantor",
            kantor=bertindak[0].kantor_id if bertindak else None,
            berhenti=bool(perkara.jeda_terbuka),
        ),
    }


def pemegang(perkara: Any) -> str:
    """Whose turn it is in a case of `untuk_daftar()`: the roles, or whom it waits for; "" for a closed one."""
    return _giliran(perkara, _bertindak(list(perkara.giliran.all())))


def _bertindak(giliran: list[Giliran]) -> list[Giliran]:
    """The offices whose own turn it is; rows of the others only say whom they wait for."""
    return [g for g in giliran if g.pihak == Giliran.Pihak.KANTOR] or giliran


def _tindakan(perkara: Any, giliran: Giliran) -> str:
    """What the reader is to do, or whom the reader waits for."""
    menunggu = perkara.info_tahap.menunggu
    if giliran.pihak == Giliran.Pihak.KANTOR or giliran.kegiatan == TUNJUK or not menunggu:
        return giliran.kegiatan
    return f"Menunggu {menunggu}"


def _giliran(perkara: Any, giliran: list[Giliran]) -> str:
    """The roles whose turn it is; where nobody of an office acts, whom the case waits for."""
    menunggu = perkara.info_tahap.menunggu
    if menunggu and all(g.pihak != Giliran.Pihak.KANTOR for g in giliran):
        return f"menunggu {menunggu}" if giliran else ""
    return ", ".join(dict.fromkeys(g.get_peran_display() for g in giliran))
