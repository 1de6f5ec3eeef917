"""Loading the reference offices. An office that exists keeps what its admin has edited; only gaps are filled."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Any

from django.db import transaction

from haji_portal.berkas_yaml import baca_yaml

from .models import JamLayanan, Kantor, KopSurat, NamaBank, PenandaTanganSurat

DATA = Path(__file__).parent / "data" / "kantor.yaml"
SEJAK = datetime.date(2021, 1, 1)
KOLOM = (
    "nama", "nama_pendek", "jenis", "kode_perkara", "kode_surat", "zona", "provinsi", "kabupaten", "kode_wilayah",
    "alamat", "telepon", "email",
)  # fmt: skip


@transaction.atomic
def muat_kantor() -> int:
    """Create missing offices with letterheads, opening hours, signatories and banks; returns how many there are."""
    isi = baca_yaml(DATA)
    for row in isi["kantor"]:
        nilai = {k: row[k] for k in KOLOM if row.get(k) is not None}
        kantor, baru = Kantor.objects.get_or_create(slug=row["slug"], defaults=nilai)
        if baru:
            _isi_kantor(kantor, row, isi["jam_layanan"])
            NamaBank.objects.bulk_create(
                NamaBank(kantor=kantor, nama=nama) for nama in isi["bank"].get(kantor.slug, ())
            )
    for row in isi["kantor"]:
        if row.get("induk"):
            Kantor.objects.filter(slug=row["slug"], induk__isnull=True).update(
                induk=Kantor.objects.get(slug=row["induk"])
            )
    if not Kantor.objects.filter(bank_lain=True).exists():
        Kantor.objects.filter(slug=isi["bank_lain"]).update(bank_lain=True)
    return len(isi["kantor"])


def _isi_kantor(kantor: Kantor, row: dict[str, Any], jam_bawaan: dict[str, Any]) -> None:
    for kop in row.get("kop", []):
        KopSurat.objects.create(
            kantor=kantor, kementerian=kop["kementerian"], baris=kop["baris"], mulai=kop["berlaku_dari"],
            selesai=kop.get("berlaku_sampai"),
        )  # fmt: skip
    for jenis_surat, peran in row.get("penanda_tangan", {}).items():
        PenandaTanganSurat.objects.create(kantor=kantor, jenis_surat=jenis_surat, peran=peran, mulai=SEJAK)
    for hari, jam in _jam(row.get("jam_layanan") or jam_bawaan):
        JamLayanan.objects.create(kantor=kantor, hari=hari, **jam)


def _jam(jam: dict[str, Any]) -> list[tuple[int, dict[str, Any]]]:
    kelompok = {"senin-kamis": (1, 2, 3, 4), "jumat": (5,), "sabtu": (6,), "minggu": (7,)}
    hasil = []
    for nama, isi in jam.items():
        istirahat = isi.get("istirahat") or (None, None)
        nilai = {
            "buka": isi["buka"], "tutup": isi["tutup"],
            "istirahat_mulai": istirahat[0], "istirahat_selesai": istirahat[1],
        }  # fmt: skip
        hasil += [(hari, nilai) for hari in kelompok[nama]]
    return hasil
