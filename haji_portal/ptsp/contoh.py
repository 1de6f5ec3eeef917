"""Invented requests at the counter and what is filled in at each step: for the demo and for the contract tests."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from haji_portal.akun.models import Kantor
from haji_portal.alur.apps import nama_perkara
from haji_portal.alur.jalankan import Hasil, buka
from haji_portal.alur.models import Permohonan
from haji_portal.berkas.contoh import pdf_contoh
from haji_portal.jemaah.contoh import buat_jemaah
from haji_portal.meja.contoh import pembuka

from .models import Pelayanan

KERTAS = ("Legalisasi surat keterangan", "Surat keterangan haji", "Konsultasi data paspor jemaah")


def buka_contoh(
    kantor: Kantor, urut: int, *, portal: str = "", keperluan: str = "Untuk melengkapi berkas keluarga."
) -> Hasil:
    """An invented visitor asks for a service on paper, or for one of the portal's (`portal`: its label)."""
    isi = {
        "pemohon": buat_jemaah(kantor, urut), "layanan": portal,
        "nama_layanan": nama_perkara(portal) if portal else KERTAS[urut % len(KERTAS)],
        "keperluan": keperluan,
    }  # fmt: skip
    return buka(Pelayanan, kantor=kantor, oleh=pembuka(Pelayanan(kantor=kantor)), isian=isi)


def isian(perkara: Permohonan, langkah: str) -> dict[str, Any]:
    """What somebody would fill in at a step, so that the case can go on."""
    disposisi = {"instruksi": ["proses"], "catatan": ""}
    buat: dict[str, Callable[[], dict[str, Any]]] = {
        "periksa_berkas": lambda: {"verdict": {b.kode: ("ada", "") for b in perkara.butir.all()}, "unggahan": {}},
        "kembalikan": lambda: {"catatan": "Mohon dibawa kembali pada jam layanan."},
        "kembalikan_ptsp": lambda: {"alasan": "Surat permohonannya belum ditandatangani."},
        "disposisi_kasubag": lambda: disposisi, "disposisi_kasi": lambda: disposisi, "tugaskan": lambda: disposisi,
        "dokumentasikan": lambda: {
            "nama_produk": getattr(perkara, "nama_layanan", ""), "penanda_tangan": "Kepala Kantor",
            "nomor_produk": f"B-{perkara.pk}/2026", "produk": pdf_contoh("Produk layanan"),
        },
        "serahkan": lambda: {"penerima": perkara.pemohon.nama},
        "catat_diterima": lambda: {"penerima": perkara.pemohon.nama},
        "tolak": lambda: {"alasan": "Layanan ini bukan wewenang kantor kabupaten/kota."},
        "hentikan": lambda: {"alasan": "Pemohon hanya menanyakan syaratnya."},
    }  # fmt: skip
    return buat.get(langkah, dict)()
