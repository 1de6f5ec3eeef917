"""Finding organisers by what people type, and writing the register down: every change with its trace."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from haji_portal.akun.models import Kantor, Pengguna, Penugasan, Peran
from haji_portal.alur.models import SOP
from haji_portal.meja.models import ImporBerkas

from .models import JejakRegister, PenyelenggaraPerjalanan, SkPenyelenggara
from .models.register import rata_nama

PENGELOLA = frozenset({str(Peran.JFU), str(Peran.KASI)})
"""Who keeps the register: in an office that gives recommendations."""
PEMBACA = (Kantor.Jenis.KABKOTA, Kantor.Jenis.KANWIL, Kantor.Jenis.PUSAT)
DITAWARKAN = 300
"""Names that the field proposes; the rest is typed."""
DISEBUT = 6
Apa = JejakRegister.Apa


class PilihPenyelenggara(forms.TextInput):
    """A text field that proposes the names of the register."""

    def __init__(self) -> None:
        super().__init__({"list": "daftar-penyelenggara", "autocomplete": "off"})

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        nama = PenyelenggaraPerjalanan.objects.order_by("nama").values_list("nama", flat=True).distinct()[:DITAWARKAN]
        opsi = format_html_join("", '<option value="{}"></option>', ((satu,) for satu in nama))
        isian = super().render(name, value, attrs, renderer)
        return format_html('{}<datalist id="daftar-penyelenggara">{}</datalist>', isian, opsi)


class BidangPenyelenggara(forms.CharField):
    widget = PilihPenyelenggara

    def __init__(self, **kwargs: Any) -> None:
        bawaan: dict[str, Any] = {
            "label": "Penyelenggara perjalanan (travel)", "max_length": 150,
            "help_text": "Nama seperti pada SK; boleh sebagian bila hanya satu yang cocok.",
        }  # fmt: skip
        super().__init__(**bawaan | kwargs)

    def clean(self, value: Any) -> str:
        nama = " ".join(super().clean(value).split())
        if nama and len(rata_nama(nama)) < 3:
            raise ValidationError("Tulis nama penyelenggara, sedikitnya tiga huruf.")
        return nama


def temukan(nama: str, tujuan: str, *, persis: bool = False) -> PenyelenggaraPerjalanan | None:
    """The organiser with the licence that this purpose needs. persis: only the whole name, None when there is none.

    Otherwise ValidationError with the sentence for the person when none or several fit.
    """
    jenis = PenyelenggaraPerjalanan.UNTUK[tujuan]
    semua, rata = PenyelenggaraPerjalanan.objects.filter(jenis=jenis), rata_nama(nama)
    sama = semua.filter(nama_rata=rata).first()
    if sama is not None or persis:
        return sama
    mirip = list(semua.filter(nama_rata__contains=rata)[: DISEBUT + 1])
    if len(mirip) == 1:
        return mirip[0]
    if mirip:
        sebut = ", ".join(p.nama for p in mirip[:DISEBUT]) + (", dan lainnya" if len(mirip) > DISEBUT else "")
        raise ValidationError(f"Ada beberapa yang cocok: {sebut}. Tulis nama lengkapnya.")
    raise ValidationError(
        f"Penyelenggara ini belum ada dalam daftar {jenis.label}. Periksa namanya, atau tandai sebagai penyelenggara "
        "baru."
    )


@transaction.atomic
def catat_baru(
    jenis: str, nama: str, pengguna: Pengguna, waktu: datetime.datetime, *, impor: ImporBerkas | None = None, **isi: str
) -> PenyelenggaraPerjalanan:
    """A further organiser. Raises IntegrityError for one that is there already."""
    satu = PenyelenggaraPerjalanan.objects.create(jenis=jenis, nama=nama, **isi)
    jejak(satu, Apa.BARU, {"nama": ["", nama], **_terisi(isi)}, pengguna, waktu, impor)
    return satu


@transaction.atomic
def ubah(
    satu: PenyelenggaraPerjalanan, isi: Mapping[str, str], pengguna: Pengguna, waktu: datetime.datetime,
    impor: ImporBerkas | None = None,
) -> bool:  # fmt: skip
    """Write other data of an organiser down; False when nothing is different."""
    beda = {n: [str(getattr(satu, n)), nilai] for n, nilai in isi.items() if str(getattr(satu, n)) != nilai}
    for nama, (_, nilai) in beda.items():
        setattr(satu, nama, nilai)
    if beda:
        satu.save()
        jejak(satu, Apa.UBAH, beda, pengguna, waktu, impor)
    return bool(beda)


@transaction.atomic
def catat_sk(
    satu: PenyelenggaraPerjalanan, isi: Mapping[str, Any], pengguna: Pengguna, waktu: datetime.datetime,
    impor: ImporBerkas | None = None,
) -> SkPenyelenggara:  # fmt: skip
    """A licence: a further row, or the correction of the one with this number. isi: nomor, tanggal, berlaku_sampai."""
    sk = satu.sk.select_for_update().filter(nomor=isi["nomor"]).first()
    if sk is None:
        sk = SkPenyelenggara.objects.create(penyelenggara=satu, **isi)
        jejak(satu, Apa.SK_BARU, _terisi({n: _tulis(v) for n, v in isi.items()}), pengguna, waktu, impor)
        return sk
    perbaiki_sk(sk, isi, pengguna, waktu, impor)
    return sk


@transaction.atomic
def perbaiki_sk(
    sk: SkPenyelenggara, isi: Mapping[str, Any], pengguna: Pengguna, waktu: datetime.datetime,
    impor: ImporBerkas | None = None,
) -> bool:  # fmt: skip
    """A licence that was typed wrongly, or was withdrawn; False when nothing is different."""
    beda = {n: [_tulis(getattr(sk, n)), _tulis(v)] for n, v in isi.items() if getattr(sk, n) != v}
    for nama in beda:
        setattr(sk, nama, isi[nama])
    if beda:
        sk.save()
        jejak(sk.penyelenggara, Apa.SK_UBAH, {"sk": ["", sk.nomor], **beda}, pengguna, waktu, impor)
    return bool(beda)


def jejak(
    satu: PenyelenggaraPerjalanan, apa: str, isi: Mapping[str, list[str]], pengguna: Pengguna,
    waktu: datetime.datetime, impor: ImporBerkas | None = None,
) -> None:  # fmt: skip
    """Who changed what, and when."""
    JejakRegister.objects.create(
        penyelenggara=satu, apa=apa, isi=dict(isi), pengguna=pengguna, waktu=waktu, impor=impor
    )


def _tulis(nilai: Any) -> str:
    return nilai.isoformat() if isinstance(nilai, datetime.date) else "" if nilai is None else str(nilai)


def _terisi(isi: Mapping[str, str]) -> dict[str, list[str]]:
    return {n: ["", v] for n, v in isi.items() if v}


def kantor_pelaksana() -> list[Kantor]:
    """Offices with a SOP table for recommendations in force: they keep the register and are warned."""
    slug = SOP.objects.filter(layanan="rekomendasi").values("kantor")
    semua = Kantor.objects.filter(slug__in=slug, jenis=Kantor.Jenis.KABKOTA, aktif=True).order_by("pk")
    tabel = SOP.pilih([("rekomendasi", k.slug, "") for k in semua])
    return [k for k in semua if ("rekomendasi", k.slug, "") in tabel]


def boleh_baca(penugasan: list[Penugasan]) -> bool:
    """Every office of the ministry; BPKH and the banks have nothing to do with it."""
    return any(t.kantor.jenis in PEMBACA for t in penugasan)


def boleh_kelola(penugasan: list[Penugasan]) -> bool:
    """JFU and Kasi of an office that gives recommendations."""
    milik = [t for t in penugasan if t.peran in PENGELOLA]
    return bool(milik) and bool({t.kantor_id for t in milik} & {k.pk for k in kantor_pelaksana()})
