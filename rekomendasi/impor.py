"""The register by file: what every row would change, first shown, then written, all shown rows or none."""

from __future__ import annotations

import datetime
import hashlib
import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone

from haji_portal.akun.models import Kantor, Pengguna
from haji_portal.berkas.saring import UnggahanDitolak
from haji_portal.berkas.simpan import baca, kunci_asli, simpan_asli
from haji_portal.berkas.tabel import Sel, TabelTerbaca, baca_tabel, terima_tabel
from haji_portal.meja.models import ImporBerkas
from haji_portal.meja.tukar.nilai import tanggal

from . import register
from .daftar import cari_kepala, pilih
from .models import JejakRegister, PenyelenggaraPerjalanan, SkPenyelenggara
from .models.register import rata_nama

LAYANAN = "penyelenggara"
MAKS_BARIS = 5_000
Jenis = PenyelenggaraPerjalanan.Jenis
KOLOM: Mapping[str, tuple[str, ...]] = {
    "jenis": ("Jenis izin", "jenis", "izin"),
    "nama": ("Nama penyelenggara", "nama", "penyelenggara", "nama ppiu", "nama pihk", "nama perusahaan", "nama travel"),
    "kota": ("Kota/kabupaten", "kota", "kabupaten", "kab kota"),
    "alamat": ("Alamat", "alamat kantor"),
    "telepon": ("Telepon", "no telepon", "nomor telepon", "telp", "hp"),
    "catatan": ("Catatan", "keterangan"),
    "nomor": ("Nomor SK", "no sk", "sk", "nomor izin", "no izin"),
    "tanggal": ("Tanggal SK", "tgl sk", "tanggal izin"),
    "berlaku_sampai": ("Berlaku sampai", "masa berlaku", "habis", "tanggal habis", "berlaku s d"),
}
JUDUL = {kode: nama[0] for kode, nama in KOLOM.items()}
DATA = ("kota", "alamat", "telepon", "catatan")
PANJANG = {"nama": 150, "kota": 80, "alamat": 250, "telepon": 40, "catatan": 400, "nomor": 80}
TERAPKAN = ("baru", "berubah")
KEADAAN = {"baru": "Baru", "berubah": "Berubah", "sama": "Sama", "galat": "Perlu diperbaiki"}


@dataclass
class Putusan:
    """What a row would do: `isi` as it would be stored, and in words what is new, or what is wrong with it."""

    urut: int
    isi: dict[str, Any]
    keadaan: str
    kalimat: list[str] = field(default_factory=list)


def terima(kantor: Kantor, pengguna: Pengguna, berkas: UploadedFile) -> ImporBerkas:
    """Keep a file that can be judged; nothing of the register changes. Raises UnggahanDitolak."""
    tabel = terima_tabel(berkas)
    kepala = _kepala(tabel)[0]
    judul = [
        {"judul": str(s or ""), "dipakai": JUDUL.get(kepala.get(i, ""), "")} for i, s in enumerate(_baris_kepala(tabel))
    ]
    impor = ImporBerkas.objects.create(
        kantor=kantor, layanan=LAYANAN, pengguna=pengguna, dibuat=timezone.now(), nama=tabel.nama,
        ukuran=len(tabel.isi), sha256=hashlib.sha256(tabel.isi).hexdigest(), kunci=kunci_asli(), kolom=judul,
    )  # fmt: skip
    simpan_asli(impor.kunci, tabel.isi)
    return impor


def nilai(impor: ImporBerkas) -> list[Putusan]:
    """Every row against the register as it is now. Raises UnggahanDitolak when the kept file is gone."""
    try:
        tabel = baca_tabel(baca(impor.kunci, impor.sha256), impor.nama)
    except (FileNotFoundError, ValueError) as galat:
        raise UnggahanDitolak("Berkas yang tersimpan hilang atau berubah. Unggah berkasnya sekali lagi.") from galat
    kepala, letak = _kepala(tabel)
    rows = [(urut, sel) for urut, baris in tabel.baris[letak + 1 :] if (sel := pilih(baris, kepala))]
    return _putuskan([_bersihkan(urut, sel) for urut, sel in rows])


def sidik(putusan: Iterable[Putusan]) -> str:
    """What was shown, as a hash: what is written later is the same, or is shown again."""
    isi = [(p.urut, p.keadaan, p.kalimat) for p in putusan]
    return hashlib.sha256(json.dumps(isi, default=str).encode()).hexdigest()


def diterapkan(impor: ImporBerkas) -> bool:
    return JejakRegister.objects.filter(impor=impor).exists()


def terapkan(impor: ImporBerkas, pengguna: Pengguna, terlihat: str) -> int | None:
    """Write the new and changed rows in one transaction and return how many; None when something else would be
    written than what was shown, or it was written already."""
    with transaction.atomic():
        ImporBerkas.objects.select_for_update().get(pk=impor.pk)
        putusan = nilai(impor)
        if diterapkan(impor) or sidik(putusan) != terlihat:
            return None
        kini, jumlah = timezone.now(), 0
        for satu in putusan:
            if satu.keadaan in TERAPKAN:
                _tulis(satu.isi, pengguna, kini, impor)
                jumlah += 1
        return jumlah


def _tulis(isi: Mapping[str, Any], pengguna: Pengguna, kini: datetime.datetime, impor: ImporBerkas) -> None:
    data = {n: isi[n] for n in DATA if isi.get(n)}
    satu = PenyelenggaraPerjalanan.objects.filter(jenis=isi["jenis"], nama_rata=rata_nama(isi["nama"])).first()
    if satu is None:
        satu = register.catat_baru(isi["jenis"], isi["nama"], pengguna, kini, impor=impor, **data)
    else:
        register.ubah(satu, data, pengguna, kini, impor)
    if isi.get("nomor"):
        sk = {n: isi[n] for n in ("nomor", "tanggal", "berlaku_sampai") if n in isi}
        register.catat_sk(satu, sk, pengguna, kini, impor)


def _kepala(tabel: TabelTerbaca) -> tuple[dict[int, str], int]:
    kepala, letak = cari_kepala(tabel, KOLOM)
    if "nama" not in kepala.values():
        raise UnggahanDitolak("Kolom Nama penyelenggara tidak ditemukan. Pakai judul kolom seperti pada ekspor.")
    if len(tabel.baris) - letak - 1 > MAKS_BARIS:
        raise UnggahanDitolak("Berkas ini lebih dari 5.000 baris. Bagi menjadi beberapa berkas, lalu unggah lagi.")
    if len(tabel.baris) == letak + 1:
        raise UnggahanDitolak("Di bawah judul kolom belum ada baris yang terisi.")
    return kepala, letak


def _baris_kepala(tabel: TabelTerbaca) -> list[Sel]:
    return tabel.baris[_kepala(tabel)[1]][1]


def _bersihkan(urut: int, sel: Mapping[str, Sel]) -> Putusan:
    """A row on its own: what is not readable, or does not belong together."""
    isi: dict[str, Any] = {}
    galat = [f"{JUDUL[k]} berisi rumus; tulis nilainya saja." for k, s in sel.items() if not isinstance(s, str)]
    for kode, teks in sel.items():
        if isinstance(teks, str):
            try:
                isi[kode] = PEMBACA.get(kode, _teks)(kode, teks)
            except ValueError as salah:
                galat.append(str(salah))
    isi.setdefault("jenis", str(Jenis.PPIU))
    if not isi.get("nama") and "nama" not in sel:
        galat.append("Nama penyelenggara belum diisi.")
    galat += _sk(isi, sel)
    return Putusan(urut, isi, "galat" if galat else "", galat)


def _sk(isi: Mapping[str, Any], sel: Mapping[str, Sel]) -> list[str]:
    galat = []
    if isi.get("nomor") and "tanggal" not in sel:
        galat.append("Tanggal SK belum diisi.")
    if not isi.get("nomor") and ("tanggal" in isi or "berlaku_sampai" in isi):
        galat.append("Nomor SK belum diisi.")
    if isi.get("tanggal") and isi.get("berlaku_sampai") and isi["berlaku_sampai"] < isi["tanggal"]:
        galat.append("Batas berlaku mendahului tanggal SK.")
    return galat


def _teks(kode: str, teks: str) -> str:
    rapi = " ".join(teks.split())
    if len(rapi) > PANJANG[kode]:
        raise ValueError(f"{JUDUL[kode]} lebih dari {PANJANG[kode]} huruf.")
    if kode == "nama" and len(rata_nama(rapi)) < 3:
        raise ValueError("Nama penyelenggara terlalu pendek.")
    return rapi


def _jenis(kode: str, teks: str) -> str:
    kata = teks.casefold()
    cocok = [j for j in Jenis if str(j) in kata]
    if len(cocok) != 1:
        raise ValueError("Jenis izin harus PPIU atau PIHK; yang mempunyai keduanya ditulis dua baris.")
    return str(cocok[0])


def _tanggal(kode: str, teks: str) -> datetime.date:
    return tanggal(teks)


PEMBACA: Mapping[str, Callable[[str, str], Any]] = {"jenis": _jenis, "tanggal": _tanggal, "berlaku_sampai": _tanggal}


def _putuskan(putusan: list[Putusan]) -> list[Putusan]:
    """Against the register, and against the rows before in the same file."""
    lama = _dikenal({rata_nama(p.isi["nama"]) for p in putusan if p.isi.get("nama")})
    terlihat: dict[tuple[str, str, str], int] = {}
    baru: set[tuple[str, str]] = set()
    for satu in (p for p in putusan if not p.keadaan):
        kunci = (satu.isi["jenis"], rata_nama(satu.isi["nama"]))
        penuh = (*kunci, satu.isi.get("nomor", ""))
        if penuh in terlihat:
            satu.keadaan, satu.kalimat = "galat", [f"Sama dengan baris {terlihat[penuh]} pada berkas ini."]
            continue
        terlihat[penuh] = satu.urut
        if kunci not in lama and kunci not in baru:
            satu.keadaan = "baru"
            baru.add(kunci)
        else:
            satu.kalimat = _beda(satu.isi, lama.get(kunci))
            satu.keadaan = "berubah" if satu.kalimat else "sama"
    return putusan


Dikenal = tuple[PenyelenggaraPerjalanan, dict[str, SkPenyelenggara]]


def _dikenal(nama: set[str]) -> dict[tuple[str, str], Dikenal]:
    """(jenis, name) -> the organiser with its licences by number; two queries per 500 names."""
    hasil: dict[tuple[str, str], Dikenal] = {}
    semua = sorted(nama)
    for awal in range(0, len(semua), 500):
        rows = PenyelenggaraPerjalanan.objects.filter(nama_rata__in=semua[awal : awal + 500]).prefetch_related("sk")
        hasil |= {(p.jenis, p.nama_rata): (p, {s.nomor: s for s in p.sk.all()}) for p in rows}
    return hasil


def _beda(isi: Mapping[str, Any], dikenal: Dikenal | None) -> list[str]:
    """What a row would change, in words; an empty cell changes nothing."""
    satu, semua_sk = dikenal or (PenyelenggaraPerjalanan(), {})
    beda = [
        f"{JUDUL[n]}: {getattr(satu, n) or '(kosong)'} → {isi[n]}"
        for n in DATA
        if isi.get(n) and isi[n] != getattr(satu, n)
    ]
    if not isi.get("nomor"):
        return beda
    sk = semua_sk.get(isi["nomor"])
    if sk is None:
        return [*beda, f"SK baru: {isi['nomor']}"]
    hari = [n for n in ("tanggal", "berlaku_sampai") if isi.get(n) and isi[n] != getattr(sk, n)]
    return beda + [f"{JUDUL[n]} {sk.nomor}: {_hari(getattr(sk, n))} → {_hari(isi[n])}" for n in hari]


def _hari(nilai: datetime.date | None) -> str:
    return f"{nilai:%d-%m-%Y}" if nilai else "(kosong)"
