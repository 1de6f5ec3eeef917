"""The chain of dispositions about one letter or case, as pages and the lembar show it."""

from __future__ import annotations

import datetime
from collections import defaultdict
from dataclasses import dataclass, field

from django.utils import timezone

from haji_portal.akun.models import Peran
from haji_portal.alur.models import Perkara
from haji_portal.alur.tampil_waktu import saat

from ..models import Disposisi, PenerimaDisposisi, PeristiwaDisposisi, SuratMasuk
from .cakupan import PENERIMA

NADA = {"selesai": "baik", "dibaca": "tenang", "baru": "perhatian", "dicabut": "buruk"}
KATA = {"selesai": "Selesai", "dibaca": "Dibaca, belum selesai", "baru": "Belum dibaca", "dicabut": "Dicabut"}


@dataclass
class Penerima:
    """One recipient's line: what became of it there, in words."""

    baris: PenerimaDisposisi
    kata: str
    nada: str
    saat: str
    peristiwa: list[tuple[str, str, str]] = field(default_factory=list)


@dataclass
class Simpul:
    """One disposition with its recipients; `dalam`: how deep in the chain, 0 the first."""

    disposisi: Disposisi
    dalam: int
    saat: str
    tenggat: str
    lewat: bool
    penerima: list[Penerima]


def rantai(pokok: SuratMasuk | Perkara) -> list[Simpul]:
    """Every disposition about a letter or a case: each with those that follow on it, oldest first. Three queries."""
    kolom = "surat" if isinstance(pokok, SuratMasuk) else "perkara"
    semua = list(Disposisi.objects.filter(**{kolom: pokok.pk}).select_related("kantor").order_by("dibuat", "pk"))
    anak: dict[int | None, list[Disposisi]] = defaultdict(list)
    for d in semua:
        anak[d.induk_id].append(d)
    penerima = _penerima(semua)
    hasil: list[Simpul] = []

    def jalan(induk: int | None, dalam: int) -> None:
        for d in anak[induk]:
            hasil.append(_simpul(d, dalam, penerima[d.pk]))
            jalan(d.pk, dalam + 1)

    jalan(None, 0)
    return hasil


def jalur(d: Disposisi) -> list[Disposisi]:
    """From the first disposition down to this one."""
    hasil = [d]
    while hasil[0].induk is not None:
        hasil.insert(0, hasil[0].induk)
    return hasil


def satu(d: Disposisi) -> Simpul:
    """One disposition alone."""
    return _simpul(d, 0, _penerima([d])[d.pk])


def posisi_lembar(d: Disposisi, rows: list[PenerimaDisposisi]) -> list[tuple[bool, str]]:
    """The lembar's list of those to whom it may go: (ticked, words); positions first, people under them."""
    daftar: list[tuple[bool, str]] = []
    for peran in PENERIMA:
        if peran == d.peran_pengirim:
            continue
        kena = [r for r in rows if r.peran == peran]
        nama = ", ".join(r.nama for r in kena if r.nama)
        label = str(Peran(peran).label)
        daftar.append((bool(kena), f"{label}: {nama}" if nama else label))
    return daftar


def _penerima(semua: list[Disposisi]) -> dict[int, list[Penerima]]:
    zona = {d.pk: d.kantor.zona_waktu for d in semua}
    peristiwa: dict[int, list[tuple[str, str, str]]] = defaultdict(list)
    rows = PeristiwaDisposisi.objects.filter(penerima__disposisi__in=zona).select_related("penerima")
    for p in rows.order_by("waktu", "pk"):
        siapa = f"{p.nama}, {p.jabatan}" if p.jabatan else p.nama
        kapan = saat(p.waktu, zona[p.penerima.disposisi_id])
        peristiwa[p.penerima_id].append((f"{p.get_jenis_display()} oleh {siapa}", kapan, p.catatan))
    hasil: dict[int, list[Penerima]] = defaultdict(list)
    for r in PenerimaDisposisi.objects.filter(disposisi__in=zona).order_by("disposisi", "urut"):
        waktu = r.dicabut or r.selesai or r.dibaca
        kapan = saat(waktu, zona[r.disposisi_id]) if waktu else ""
        hasil[r.disposisi_id].append(Penerima(r, KATA[r.keadaan], NADA[r.keadaan], kapan, peristiwa[r.pk]))
    return hasil


def _simpul(d: Disposisi, dalam: int, penerima: list[Penerima]) -> Simpul:
    zona, kini = d.kantor.zona_waktu, timezone.now()
    terbuka = any(p.baris.keadaan in ("baru", "dibaca") for p in penerima)
    return Simpul(
        d, dalam, saat(d.dibuat, zona), saat(d.tenggat, zona) if d.tenggat else "",
        lewat(d.tenggat, kini) and terbuka, penerima,
    )  # fmt: skip


def lewat(tenggat: datetime.datetime | None, kini: datetime.datetime) -> bool:
    return tenggat is not None and tenggat < kini
