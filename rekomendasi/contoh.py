"""Invented recommendations and what is filled in at each step: for the demo and for the contract tests."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from typing import Any

from django.utils import timezone

from haji_portal.akun.models import Kantor
from haji_portal.alur.jalankan import Hasil, buka
from haji_portal.alur.kalender import hari_terima
from haji_portal.alur.models import Permohonan
from haji_portal.berkas.contoh import pdf_contoh
from haji_portal.jemaah.contoh import orang_contoh
from haji_portal.jemaah.models import Jemaah
from haji_portal.meja.contoh import pembuka

from .forms import PERTANYAAN, SEBUTAN
from .models import PenyelenggaraPerjalanan, Rekomendasi, SkPenyelenggara
from .models.isian import Daftar
from .tahap import Tujuan

Jenis = PenyelenggaraPerjalanan.Jenis
KELUARGA = ("Istri/suami", "Anak", "Orang tua", "Saudara")
ALASAN = {
    "perbaiki_surat": "Ejaan nama orang kedua berbeda dari KTP.",
    "kembalikan_bo": "SK penyelenggara yang dilampirkan sudah tidak berlaku.",
    "tutup": "Pemohon tidak membawa SK yang berlaku dan memilih penyelenggara lain.",
    "cabut": "Pemohon menunda keberangkatannya.",
}


def buka_contoh(kantor: Kantor, urut: int, *, orang: int = 2, saluran: str = "loket", **isian: Any) -> Hasil:
    """Open the application of an invented pilgrim for `orang` people through an organiser with a licence in force."""
    tujuan = isian.pop("tujuan", Tujuan.UMRAH.value)
    travel = isian.pop("penyelenggara", None) or penyelenggara_contoh(PenyelenggaraPerjalanan.UNTUK[tujuan])
    data_pemohon = orang_contoh(kantor, urut)
    pemohon = Jemaah.objects.filter(nik=data_pemohon["nik"]).first() or Jemaah.objects.create(**data_pemohon)
    hari = hari_terima(kantor)
    isi: dict[str, Any] = {
        "pemohon": pemohon, "tujuan": tujuan, "penyelenggara": travel, "tanggal_permohonan": hari,
        "nomor_pengantar": f"{urut:03d}/CTH/{hari:%m/%Y}", "tanggal_pengantar": hari - datetime.timedelta(days=2),
        "kantor_imigrasi": "Kantor Imigrasi Kelas I Contoh",
    } | isian  # fmt: skip
    oleh = pembuka(Rekomendasi(kantor=kantor))
    daftar = rombongan(kantor, urut, pemohon, orang)
    data = {"peserta": daftar, "jumlah_orang": len(daftar.orang)}
    return buka(Rekomendasi, kantor=kantor, oleh=oleh, isian=isi, saluran=saluran, data=data)


def rombongan(kantor: Kantor, urut: int, pemohon: Jemaah, orang: int) -> Daftar:
    """The applicant, and invented people of the same district who travel along."""
    kolom = ("nik", "nama", "tempat_lahir", "tanggal_lahir")
    semua = [{k: getattr(pemohon, k) for k in kolom} | {"hubungan": "Pemohon"}]
    for ke in range(1, orang):
        satu = orang_contoh(kantor, 30_000 + urut * 50 + ke)
        semua.append({k: satu[k] for k in kolom} | {"hubungan": KELUARGA[(ke - 1) % len(KELUARGA)]})
    return Daftar(tuple(semua))


def penyelenggara_contoh(jenis: str = Jenis.PPIU, ke: int = 1, *, sisa_hari: int | None = 900) -> Any:
    """An invented organiser. sisa_hari: days until its licence ends (negative: ended), None for one without any."""
    satu, baru = PenyelenggaraPerjalanan.objects.get_or_create(
        jenis=jenis, nama_rata=f"contoh wisata {ke}", defaults={"nama": f"PT Contoh Wisata {ke}", "kota": "Kota Contoh"}
    )
    if baru and sisa_hari is not None:
        akhir = timezone.localdate() + datetime.timedelta(days=sisa_hari)
        SkPenyelenggara.objects.create(
            penyelenggara=satu, nomor=f"U.{100 + ke} Tahun {akhir.year - 5}",
            tanggal=akhir.replace(year=akhir.year - 5, day=min(akhir.day, 28)), berlaku_sampai=akhir,
        )  # fmt: skip
    return satu


def isian(perkara: Permohonan, langkah: str) -> dict[str, Any]:
    """What somebody would fill in at a step, so that the case can go on."""
    p: Any = perkara
    serah = {"penerima": p.pemohon.nama, "bukti": None}
    buat: dict[str, Callable[[], dict[str, Any]]] = {
        "periksa_berkas": lambda: {"verdict": {b.kode: ("ada", "") for b in p.butir.all()}, "unggahan": {}},
        "kembalikan": lambda: {"catatan": "Mohon dibawa pada jam layanan."},
        "perbaiki_data": lambda: _perbaikan(p),
        "verifikasi": lambda: {"hasil": dict.fromkeys(PERTANYAAN, True), "catatan": ""},
        "buat_surat": lambda: {"penanda_tangan": "", "catatan": ""},
        "serahkan": lambda: serah | {"bukti": pdf_contoh("Tanda terima")},
        "serahkan_catatan": lambda: serah,
        "tolak": lambda: {"aturan": "009/2023 komponen 1", "penjelasan": "Persyaratan tidak terpenuhi."},
    }
    return buat.get(langkah, lambda: {"alasan": ALASAN[langkah]} if langkah in ALASAN else {})()


def _perbaikan(p: Rekomendasi) -> dict[str, Any]:
    kolom = ("nik", "nama", "tempat_lahir", "tanggal_lahir", "hubungan")
    orang = tuple({k: getattr(o, k) for k in kolom} for o in p.daftar_peserta())
    return {
        "peserta": Daftar(orang), "keterangan": "Kantor imigrasi salah tulis.", "berubah": [SEBUTAN["kantor_imigrasi"]],
        "kantor_imigrasi": "Kantor Imigrasi Kelas II Contoh",
    }  # fmt: skip
