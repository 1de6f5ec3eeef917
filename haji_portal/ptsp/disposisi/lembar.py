"""On paper: the lembar disposisi, and the agenda book of a month or a year."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import timezone, translation

from haji_portal.akun.models import Kantor
from haji_portal.alur.apps import nama_perkara
from haji_portal.alur.tampil_waktu import saat, tanggal
from haji_portal.berkas.tabel import tulis_tabel
from haji_portal.surat.gambar import buat_pdf

from ..models import Disposisi, Instruksi, Sifat, SuratMasuk
from .pohon import jalur, posisi_lembar

KOLOM = (
    "Nomor agenda", "Tanggal diterima", "Pengirim", "Nomor surat", "Tanggal surat", "Perihal", "Sifat",
    "Diteruskan kepada", "Perkara", "Keterangan",
)  # fmt: skip


def gambar_lembar(d: Disposisi) -> bytes:
    """The sheet of one disposition with those that led to it."""
    rantai = jalur(d)
    konteks = {
        "judul": "Lembar disposisi", "kantor": d.kantor, "kop": d.kantor.kop(timezone.localdate(d.dibuat)),
        "pokok": pokok_lembar(d), "sifat": [(s.value == d.sifat, s.label) for s in Sifat],
        "lembar": [_satu_lembar(satu) for satu in rantai], "situs": settings.SITUS_URL,
        "tentang": f"surat agenda {d.surat.nomor_agenda}" if d.surat else f"perkara {d.perkara.nomor}",  # type: ignore[union-attr]
    }  # fmt: skip
    with translation.override("id"):
        return buat_pdf(render_to_string("surat/lembar_disposisi.html", konteks))


def pokok_lembar(d: Disposisi) -> list[tuple[str, str]]:
    """What the sheet is about: the letter's data, or the case by its number and service."""
    if d.surat is not None:
        s = d.surat
        data = [
            ("Nomor agenda", s.nomor_agenda), ("Diterima", tanggal(s.diterima)), ("Surat dari", s.pengirim),
            ("Nomor surat", s.nomor_surat or "tanpa nomor"),
            ("Tanggal surat", tanggal(s.tanggal_surat) if s.tanggal_surat else "tanpa tanggal"),
            ("Perihal", s.perihal),
        ]  # fmt: skip
        return data + ([("Perkara", s.perkara.nomor)] if s.perkara else [])
    p = d.perkara
    if p is None:
        raise LookupError("a disposition is about a letter or a case")
    orang = p.pemohon.nama if p.pemohon else ""
    data = [
        ("Nomor perkara", p.nomor), ("Layanan", nama_perkara(p.jenis)), ("Pemohon", orang),
        ("Diterima", saat(p.dibuka, d.kantor.zona_waktu)),
    ]  # fmt: skip
    return [(label, nilai) for label, nilai in data if nilai]


def _satu_lembar(d: Disposisi) -> dict[str, Any]:
    penerima = list(d.penerima.all())
    return {
        "d": d, "saat": saat(d.dibuat, d.kantor.zona_waktu), "kepada": posisi_lembar(d, penerima),
        "perintah": [(kode in d.instruksi, label) for kode, label in Instruksi.choices],
        "tenggat": saat(d.tenggat, d.kantor.zona_waktu) if d.tenggat else "",
        "penerima": [(p, saat(p.selesai, d.kantor.zona_waktu) if p.selesai else "") for p in penerima],
    }  # fmt: skip


def baris_agenda(surat: Sequence[SuratMasuk]) -> list[list[Any]]:
    """The columns of the book for each letter; to whom it was passed on in the first place."""
    kepada: dict[int, list[str]] = {}
    rows = Disposisi.objects.filter(surat__in=[s.pk for s in surat], induk__isnull=True).order_by("pk")
    for d in rows.prefetch_related("penerima"):
        kepada.setdefault(d.surat_id or 0, []).extend(p.jabatan for p in d.penerima.all())
    return [
        [
            s.nomor_agenda, s.diterima, s.pengirim, s.nomor_surat, s.tanggal_surat, s.perihal, s.get_sifat_display(),
            "; ".join(dict.fromkeys(kepada.get(s.pk, []))), s.perkara.nomor if s.perkara else "",
            f"Dibatalkan: {s.alasan_batal}" if s.dibatalkan else "",
        ]
        for s in surat
    ]  # fmt: skip


def tabel_agenda(surat: Sequence[SuratMasuk], format_: str) -> bytes:
    """The book as csv or xlsx; no cell can be a formula."""
    return tulis_tabel(format_, KOLOM, baris_agenda(surat), "Agenda surat masuk")


def gambar_agenda(kantor: Kantor, surat: Sequence[SuratMasuk], masa: str) -> bytes:
    """The book as pages to print. masa: the month or the year in words."""
    baris = [[tanggal(nilai) if hasattr(nilai, "year") else nilai for nilai in satu] for satu in baris_agenda(surat)]
    konteks = {
        "judul": "Buku agenda surat masuk", "kantor": kantor, "kop": kantor.kop(), "masa": masa, "kolom": KOLOM,
        "baris": baris, "dicetak": saat(timezone.now(), kantor.zona_waktu),
    }  # fmt: skip
    with translation.override("id"):
        return buat_pdf(render_to_string("surat/agenda_surat_masuk.html", konteks))
