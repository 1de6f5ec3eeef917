"""Loads the requirements of every service from the `syarat_berkas*.yaml` of its app.

layanan: pembatalan            # default: the app's label
mulai: 2020-01-01              # default start of validity of the rows
sumber: Kepdirjen 241/2021     # default citation
syarat:
  - {kode: ktp, nama: KTP, bentuk: salinan, jumlah: 1, sumber: 241/2021 A.1}
  - {kode: akta-kematian, kasus: wafat, nama: Akta kematian, bentuk: legalisir}     # kasus: one or a list
  - {kode: ktp, kantor: lombok-timur, nama: KTP, bentuk: salinan, jumlah: 3}        # kantor: slug, one or a list
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.apps import apps
from django.db import transaction

from haji_portal.akun.models import Kantor
from haji_portal.berkas_yaml import baca_yaml

from .models import Bentuk, SyaratBerkas

NAMA_BERKAS = "syarat_berkas*.yaml"
MULAI_BAWAAN = datetime.date(2020, 1, 1)
KEPALA = {"layanan", "mulai", "sumber", "syarat"}
ISI = ("nama", "bentuk", "jumlah", "wajib", "keterangan", "sumber", "urut", "selesai")
BAWAAN: dict[str, Any] = {"bentuk": Bentuk.SALINAN, "jumlah": None, "wajib": True, "keterangan": "", "selesai": None}


@transaction.atomic
def muat_syarat() -> int:
    """Bring the table in line with the files of all installed apps and return the number of rows in them.

    May run at every start. A row that an administrator made or changed (`disunting`) is left as it is; a row that
    left the file is deleted (checklists of cases are copies and keep theirs). Offices must be loaded before.
    Raises ValueError, naming file and row, for an unknown key, form or office, or a row given twice.
    """
    jumlah = 0
    for config in apps.get_app_configs():
        for berkas in sorted(Path(config.path).glob(NAMA_BERKAS)):
            jumlah += _muat_berkas(berkas, config.label)
    return jumlah


def _muat_berkas(berkas: Path, label: str) -> int:
    isi = baca_yaml(berkas) or {}
    if asing := set(isi) - KEPALA:
        raise ValueError(f"{label}/{berkas.name}: kunci tidak dikenal {sorted(asing)}")
    layanan, kantor = isi.get("layanan", label), dict(Kantor.objects.values_list("slug", "pk"))
    baru: dict[tuple, dict[str, Any]] = {}
    for urut, baris in enumerate(isi.get("syarat") or [], start=1):
        try:
            for kunci, nilai in _uraikan(baris, urut, isi, kantor):
                if kunci in baru:
                    raise ValueError("baris ganda")
                baru[kunci] = nilai
        except (KeyError, ValueError) as galat:
            raise ValueError(f"{label}/{berkas.name}, {baris.get('kode', f'baris {urut}')}: {galat}") from galat
    _samakan(layanan, baru)
    return len(baru)


def _uraikan(baris: dict[str, Any], urut: int, isi: dict[str, Any], kantor: dict[str, int]) -> Iterator[tuple]:
    """((kasus, kode, kantor_id, mulai), values) of one row of the file: one per case and office that it names."""
    if asing := set(baris) - {*ISI, "kode", "kasus", "kantor", "mulai"}:
        raise ValueError(f"kunci tidak dikenal {sorted(asing)}")
    nilai = {**BAWAAN, "sumber": isi.get("sumber", ""), "urut": urut} | {k: baris[k] for k in ISI if k in baris}
    if nilai["bentuk"] not in Bentuk.values:
        raise ValueError(f"bentuk tidak dikenal {nilai['bentuk']!r}")
    nilai["nama"] = str(baris["nama"])
    mulai = baris.get("mulai") or isi.get("mulai") or MULAI_BAWAAN
    for kasus in _sebagai_daftar(baris.get("kasus")):
        for slug in _sebagai_daftar(baris.get("kantor")):
            if slug and slug not in kantor:
                raise ValueError(f"kantor tidak dikenal {slug!r}")
            yield (kasus, str(baris["kode"]), kantor[slug] if slug else None, mulai), dict(nilai)


def _sebagai_daftar(nilai: Any) -> list[str]:
    return [str(n) for n in nilai] if isinstance(nilai, list) else [str(nilai or "")]


def _samakan(layanan: str, baru: dict[tuple, dict[str, Any]]) -> None:
    punya = {(s.kasus, s.kode, s.kantor_id, s.mulai): s for s in SyaratBerkas.objects.filter(layanan=layanan)}
    usang = [s.pk for kunci, s in punya.items() if kunci not in baru and not s.disunting]
    SyaratBerkas.objects.filter(pk__in=usang).delete()
    for kunci, nilai in baru.items():
        syarat = punya.get(kunci)
        if syarat is None:
            kasus, kode, kantor_id, mulai = kunci
            SyaratBerkas.objects.create(
                layanan=layanan, kasus=kasus, kode=kode, kantor_id=kantor_id, mulai=mulai, **nilai
            )
        elif not syarat.disunting and any(getattr(syarat, k) != v for k, v in nilai.items()):
            SyaratBerkas.objects.filter(pk=syarat.pk).update(**nilai)
