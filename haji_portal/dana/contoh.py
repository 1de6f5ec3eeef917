"""What BPKH, the bank and the office would fill in at each step of a refund: for the demo and the contract tests."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.utils import timezone

from haji_portal.berkas.contoh import pdf_contoh

from .models import KonfirmasiSaldo, Pengembalian

NILAI_MANFAAT = 1_234_567


def isian(p: Any, langkah: str) -> dict[str, Any]:
    """What a step of a refund or of a question about a balance asks, so that it can go on."""
    return _isian_saldo(p, langkah) if isinstance(p, KonfirmasiSaldo) else _isian_pengembalian(p, langkah)


def _isian_saldo(k: KonfirmasiSaldo, langkah: str) -> dict[str, Any]:
    jumlah = {"nyatakan_ada": k.jumlah, "nyatakan_tidak_ada": 0}
    if langkah not in jumlah:
        return {}
    return {"jumlah": jumlah[langkah], "per_tanggal": timezone.localdate(), "bukti": pdf_contoh("Surat BPKH")}


def _isian_pengembalian(p: Pengembalian, langkah: str) -> dict[str, Any]:
    """The references are made of its number."""
    hari = timezone.localdate()
    buat: dict[str, Callable[[], dict[str, Any]]] = {
        "periksa_rekening": lambda: {
            "bank": p.rekening.bank, "nomor": f"71{p.pk:08d}", "atas_nama": p.rekening.atas_nama,
            "bukti": pdf_contoh("Buku tabungan"),
        },
        "kembalikan": lambda: {"alasan": "Nama pada buku tabungan tidak terbaca."},
        "catat_spm": lambda: {
            "nomor_spm": nomor_spm(p), "tanggal_spm": hari, "jumlah_setoran": p.jumlah_setoran,
            "nilai_manfaat": NILAI_MANFAAT, "bukti": pdf_contoh("SPM"),
        },
        "catat_transfer": lambda: {
            "rujukan_bank": rujukan_bank(p), "tanggal_transfer": hari, "jumlah": p.jumlah,
            "bukti": pdf_contoh("Bukti transfer"),
        },
        "terima": lambda: {"tanggal_terima": hari, "bukti": pdf_contoh("Mutasi rekening")},
        "nyatakan_belum_pasti": lambda: {"alasan": "Bank belum menjawab pertanyaan hasil transfer."},
        "usulkan_kepastian": lambda: sampai(p),
        "cocokkan": lambda: {
            "tanggal_terima": hari, "rujukan_bank": rujukan_bank(p), "bukti": pdf_contoh("Mutasi rekening"),
            "jumlah": p.jumlah if p.nilai_manfaat is not None else p.jumlah_setoran + NILAI_MANFAAT,
        },
        "gagalkan": lambda: {"alasan": "Rekening tujuan sudah ditutup.", "bukti": pdf_contoh("Surat penolakan")},
        "terima_spm": lambda: {"nomor_spm": nomor_spm(p), "tanggal_spm": hari, "nilai_manfaat": NILAI_MANFAAT},
        "lengkapi_spm": lambda: {"nomor_spm": nomor_spm(p), "tanggal_spm": hari},
        "terima_transfer": lambda: {"tanggal_transfer": hari, "nilai_manfaat": NILAI_MANFAAT},
        "terima_penolakan": lambda: {"alasan": "Rekening tujuan sudah ditutup."},
        "terima_retur": lambda: {"alasan": "Dana dikembalikan: nama penerima berbeda."},
        "kembalikan_dana": lambda: {
            "alasan": "Dana dikembalikan: nama penerima berbeda.", "bukti": pdf_contoh("Surat retur"),
        },
    }  # fmt: skip
    return buat.get(langkah, dict)()


def sampai(p: Pengembalian, hasil: str = Pengembalian.Hasil.TERKIRIM) -> dict[str, Any]:
    """A proposal that the money arrived, with all that may not be known yet; `tidak`: that it did not."""
    hari = timezone.localdate()
    isi: dict[str, Any] = {"hasil_usulan": hasil, "bukti": pdf_contoh("Jawaban bank")}
    if hasil == Pengembalian.Hasil.TIDAK:
        return isi
    return isi | {
        "nomor_spm": nomor_spm(p), "tanggal_spm": hari,
        "nilai_manfaat": NILAI_MANFAAT if p.nilai_manfaat is None else p.nilai_manfaat,
        "rujukan_bank": rujukan_bank(p), "tanggal_transfer": hari, "tanggal_terima": hari,
    }  # fmt: skip


def nomor_spm(p: Pengembalian) -> str:
    return f"SPM/{p.nomor}"


def rujukan_bank(p: Pengembalian) -> str:
    return f"TRF-{p.nomor}"
