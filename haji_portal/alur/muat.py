"""Loading reference data of the mechanism: SOP tables, dated rules, holidays. Idempotent; edits in the admin stay."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from django.apps import apps
from django.db import transaction

from haji_portal.akun.models import Kantor
from haji_portal.berkas_yaml import baca_yaml

from .hari_libur import libur_nasional, periode_ramadan
from .kalender import lupakan_kalender
from .models import SOP, Aturan, HariLibur, LangkahSOP, PenutupanLayanan, PeriodeJamLayanan
from .models.sop import lupakan_baris
from .penutupan import lupakan_penutupan
from .waktu import JAM_RAMADAN, JamHari

DATA = Path(__file__).parent / "data"


def berkas_sop() -> Iterator[Path]:
    """Every SOP table of every installed app, in a stable order."""
    for config in apps.get_app_configs():
        yield from sorted((Path(config.path) / "sop").glob("*.yaml"))


def baca_sop(path: Path) -> dict[str, Any]:
    return baca_yaml(path)


def muat_sop() -> int:
    """Load all tables; a row keeps its key (kode, berlaku_dari), so that cases keep the SOP they began with."""
    jumlah = 0
    for path in berkas_sop():
        isi = baca_sop(path)
        with transaction.atomic():
            _muat_satu(isi)
        jumlah += 1
    lupakan_baris()
    return jumlah


def _muat_satu(isi: dict[str, Any]) -> None:
    sop, _ = SOP.objects.update_or_create(
        kode=isi["kode"],
        berlaku_dari=isi["berlaku_dari"],
        defaults={
            "layanan": isi["layanan"],
            "kantor": isi["kantor"],
            "varian": isi.get("varian") or "",
            "nama": isi["nama"],
            "berlaku_sampai": isi.get("berlaku_sampai"),
            "jangka_waktu": isi.get("jangka_waktu") or "",
            "catatan": isi.get("catatan") or "",
            "identitas": _tanpa_tanggal(isi["identitas"]),
            "kolom": isi["kolom"],
            "lanjutan": isi.get("lanjutan") or "",
            "awal": isi.get("awal") or "",
            "rentang": [{"pihak": ["kantor"], **r} for r in isi.get("rentang") or []],
        },
    )
    kunci = {f.name for f in LangkahSOP._meta.concrete_fields} - {"id", "sop", "urut", "no"}
    for urut, baris in enumerate(isi["langkah"], start=1):
        nilai = {k: v for k, v in baris.items() if k in kunci and v is not None}
        LangkahSOP.objects.update_or_create(sop=sop, no=str(baris["no"]), defaults={"urut": urut, **nilai})
    sop.langkah.exclude(no__in=[str(b["no"]) for b in isi["langkah"]]).delete()


def _tanpa_tanggal(identitas: dict[str, Any]) -> dict[str, Any]:
    return {k: v.isoformat() if isinstance(v, datetime.date) else v for k, v in identitas.items()}


def muat_aturan() -> None:
    """Dated rule values; a row that an admin has changed is left as it is."""
    for row in baca_yaml(DATA / "aturan.yaml"):
        Aturan.objects.get_or_create(
            kode=row["kode"],
            mulai=row["mulai"],
            defaults={"nilai": str(row["nilai"]), "sumber": row["sumber"], "selesai": row.get("selesai")},
        )


def muat_penutupan() -> None:
    """Services closed by law in all offices but some; a row that is there stays as an admin left it."""
    for row in baca_yaml(DATA / "penutupan.yaml"):
        tutup, baru = PenutupanLayanan.objects.get_or_create(
            layanan=row["layanan"],
            kantor=None,
            mulai=row["mulai"],
            defaults={"alasan": row["alasan"], "dasar_hukum": "\n".join(row["dasar_hukum"])},
        )
        if baru:
            tutup.kecuali.set(Kantor.objects.filter(slug__in=row["kecuali"]))
    lupakan_penutupan()


def muat_libur(tahun_awal: int, tahun_akhir: int) -> None:
    """Propose national holidays, cuti bersama and Ramadan hours; rows that exist are left as an office set them."""
    for tahun in range(tahun_awal, tahun_akhir + 1):
        if not HariLibur.objects.filter(tanggal__year=tahun, kantor__isnull=True).exists():
            HariLibur.objects.bulk_create(
                HariLibur(tanggal=tanggal, nama=nama[:120], jenis=jenis)
                for tanggal, (nama, jenis) in libur_nasional(tahun).items()
            )
        for dari, sampai in periode_ramadan(tahun):
            if not PeriodeJamLayanan.objects.filter(dari=dari, kantor__isnull=True).exists():
                PeriodeJamLayanan.objects.create(
                    nama=f"Jam kerja Ramadan {tahun}", dari=dari, sampai=sampai, jam=_jam_json(JAM_RAMADAN)
                )
    lupakan_kalender()


def _jam_json(hari: Mapping[int, JamHari | None]) -> dict[str, list[str]]:
    return {
        str(h): [f"{t:%H:%M}" for t in (j.buka, j.tutup, *(j.istirahat or ()))]
        for h, j in hari.items()
        if j is not None
    }
