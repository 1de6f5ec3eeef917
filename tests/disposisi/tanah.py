"""Letters and dispositions to test with."""

from __future__ import annotations

import datetime
from typing import Any

from django.utils import timezone

from haji_portal.akun.models import Kantor, Penugasan
from haji_portal.alur.pelaku import Petugas
from haji_portal.berkas.contoh import pdf_contoh
from haji_portal.ptsp.disposisi.agenda import catat_surat
from haji_portal.ptsp.disposisi.catat import Isi, Tujuan, kirim
from haji_portal.ptsp.models import Disposisi, SuratMasuk


def petugas(nama: str) -> Petugas:
    """`petugas("kepala.lombok-timur")`: the demo account under its only assignment."""
    t = Penugasan.objects.select_related("pengguna", "kantor").get(pengguna__username=nama)
    return Petugas(t.pengguna, t)


def surat(kantor: Kantor, berkas: int = 0, **isi: Any) -> SuratMasuk:
    """A letter registered by the counter of an office, with so many scans."""
    dasar = {
        "diterima": timezone.localdate(timezone=kantor.zona_waktu), "nomor_surat": "B-7/BPS/XI/2026",
        "tanggal_surat": timezone.localdate() - datetime.timedelta(days=2), "pengirim": "Bank Contoh Syariah",
        "perihal": "Permintaan data pendaftar",
    }  # fmt: skip
    scan = [pdf_contoh("Surat masuk") for _ in range(berkas)]
    return catat_surat(kantor, petugas(f"ptsp.{kantor.slug}").pengguna, dasar | isi, scan)


def kirimkan(dari: str, *kepada: str, **lain: Any) -> Disposisi:
    """A disposition from an account to roles (`kasi`) or people (`jfu.lombok-timur`)."""
    tujuan = [Tujuan(petugas(k).peran, petugas(k).penugasan) if "." in k else Tujuan(k) for k in kepada]
    isi = {n: lain.pop(n) for n in ("instruksi", "catatan", "tenggat", "sifat", "tanda") if n in lain}
    return kirim(petugas(dari), Isi(tujuan, **({"instruksi": ["proses"]} | isi)), **lain)


def disposisi_contoh(kantor: Kantor) -> tuple[SuratMasuk, Disposisi]:
    """A letter with a scan, passed on from the head to the head of section."""
    s = surat(kantor, berkas=1)
    return s, kirimkan(f"kepala.{kantor.slug}", "kasi", surat=s)
