"""Invented reactivations and what is filled in at each step: for the demo and for the contract tests."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import Any

from django.apps import apps
from django.utils import timezone

from haji_portal.akun.models import Kantor
from haji_portal.alur.apps import model_perkara, semua_jenis
from haji_portal.alur.jalankan import Hasil, buka, jalankan
from haji_portal.alur.kalender import hari_terima
from haji_portal.alur.models import Permohonan
from haji_portal.alur.pelaku import Sistem
from haji_portal.alur.tampil_waktu import tanggal
from haji_portal.berkas.contoh import pdf_contoh
from haji_portal.dana.models import KonfirmasiSaldo, RekeningBpkh
from haji_portal.meja.contoh import pembuka

from .models import Pengaktifan
from .syarat import BUKTI
from .tahap import Pelapor, Sebab

KRONOLOGI = (
    "Pada {hari} petugas menginput pembatalan untuk jemaah lain.\n"
    "Nomor porsi yang diketik keliru satu angka, sehingga porsi jemaah ini ikut batal.\n"
    "Kekeliruan diketahui saat jemaah menanyakan antreannya di loket."
)
LAIN = {
    "pelapor": Pelapor.LAIN, "nama_pelapor": "Lalu Contoh Wirawan", "sebagai_pelapor": "anak kandung",
    "surel_pelapor": "pelapor@contoh.example", "telepon_pelapor": "+6281300000001",
}  # fmt: skip


ALASAN = {
    "perbaiki_laporan": "Tanggal pembatalan belum tertulis.",
    "kembalikan_kantor": "Kronologi belum menyebut siapa yang menginput.",
    "putuskan_periksa": "Tanyakan sekali lagi, sertakan bukti setoran.",
    "putuskan_kembali": "Lengkapi kronologinya.",
    "putuskan_tolak": "Uangnya sudah diterima dan dipakai pemiliknya.",
    "tolak_bukti": "Jumlahnya tidak terbaca.",
    "kembalikan_bukti": "BPKH belum menerima setoran ini.",
    "kembalikan_penolakan": "Periksa dulu jawaban BPKH.",
    "usulkan_tolak": "Pembatalannya sesuai permohonan jemaah sendiri.",
    "cabut": "Keluarga tidak melanjutkan laporan.",
}


def buka_contoh(
    kantor: Kantor,
    urut: int,
    *,
    varian: str = "",
    batal: Any = None,
    saluran: str = "loket",
    **isian: Any,
) -> Hasil:
    """Open the reactivation of an invented porsi. varian: the cause; batal: the cancellation, else an invented one."""
    sebab = isian.pop("sebab", "") or varian or Sebab.SALAH_ENTRI
    batal = batal or modul_batal().batal_contoh(kantor, urut)
    hari = tanggal(timezone.localdate(batal.dibatalkan_pada))
    isi: dict[str, Any] = {
        "pemohon": batal.pemohon, "porsi": batal.porsi, "perkara_batal_id": batal.pk, "sebab": sebab,
        "kronologi": KRONOLOGI.format(hari=hari), "tanggal_permohonan": hari_terima(kantor), "pelapor": Pelapor.JEMAAH,
    } | isian  # fmt: skip
    if sebab == Sebab.PUTUSAN:
        isi |= {"nomor_putusan": f"{urut}/Pdt.G/2026/PN Contoh", "tanggal_putusan": timezone.localdate()}
    oleh = pembuka(Pengaktifan(kantor=kantor, sebab=sebab))
    return buka(Pengaktifan, kantor=kantor, oleh=oleh, isian=isi, saluran=saluran)


def modul_batal() -> Any:
    """The invented cases of the service whose cases hold a porsi and let it go: services do not import each other."""
    jenis = next(j.jenis for j in semua_jenis() if model_perkara(j.jenis).LEPAS_PORSI)
    config = apps.get_app_config(model_perkara(jenis)._meta.app_label)
    return import_module(f"{config.name}.contoh")


def rekening_bpkh() -> RekeningBpkh:
    """An invented account of BPKH; nobody's money goes there."""
    isi = {
        "bank": "Bank Contoh", "nomor": "9900000001", "atas_nama": "Badan Pengelola Keuangan Haji (contoh)",
        "sumber": "Data contoh",
    }  # fmt: skip
    return RekeningBpkh.kini() or RekeningBpkh.objects.create(mulai=timezone.localdate().replace(month=1, day=1), **isi)


def isian(perkara: Permohonan, langkah: str) -> dict[str, Any]:
    """What somebody would fill in at a step, so that the case can go on."""
    p: Any = perkara
    buat: dict[str, Callable[[], dict[str, Any]]] = {
        "periksa_berkas": lambda: {"verdict": {b.kode: ("ada", "") for b in p.butir.all()}, "unggahan": {}},
        "kembalikan": lambda: {"catatan": "Mohon dibawa pada jam layanan."},
        "susun_laporan": lambda: {"kronologi": p.kronologi},
        "ajukan_laporan": lambda: {"kronologi": p.kronologi},
        "catat_laporan_jemaah": lambda: {"laporan": pdf_contoh("Laporan jemaah")},
        "aktifkan": lambda: {"bukti": pdf_contoh("Bukti Siskohat")},
        "aktifkan_lanjutan": lambda: {"bukti": pdf_contoh("Bukti Siskohat")},
        "ajukan_keputusan": lambda: {"pertimbangan": "BPKH menjawab saldo sudah ditransfer; mohon keputusan."},
        "kirim_bukti": lambda: {"unggahan": {BUKTI: pdf_contoh("Bukti setoran kembali")}},
        "tolak": lambda: {"aturan": "242/2021 kekeliruan", "penjelasan": "Pembatalan diajukan jemaah sendiri."},
    }
    return buat.get(langkah, lambda: {"alasan": ALASAN[langkah]} if langkah in ALASAN else {})()


JAWABAN = {"saldo_ada": True, "setoran_pasti": True, "saldo_keluar": False, "setoran_belum_ada": False}
"""Steps that wait for BPKH, and whether it says that the money is there."""


def siapkan(perkara: Permohonan, langkah: str) -> None:
    """What happens beside the case before a step: BPKH answers, the admin has written its account."""
    if langkah in JAWABAN:
        k = KonfirmasiSaldo.objects.filter(induk=perkara.pk, ditutup__isnull=True).first()
        if k is not None:
            jawab(k, ada=JAWABAN[langkah])
    if langkah in ("minta_setoran", "minta_setoran_pusat"):
        rekening_bpkh()


def jawab(k: KonfirmasiSaldo, *, ada: bool) -> Hasil:
    """BPKH's answer as its machine gives it."""
    data = {"jumlah": k.jumlah if ada else 0, "per_tanggal": timezone.localdate()}
    langkah = "nyatakan_ada" if ada else "nyatakan_tidak_ada"
    return jalankan(k, langkah, oleh=Sistem("contoh"), versi=None, data=data)
