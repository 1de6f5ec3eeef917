"""Cancellations for the tests of letters and journals: invented people, brought to a status by whoever may."""

from __future__ import annotations

import datetime
from typing import Any

from django.utils import timezone

from haji_portal.akun.models import Kantor
from haji_portal.alur.jalankan import buka
from haji_portal.alur.pelaku import Petugas
from haji_portal.alur.posisi import langkah_berikut, peran_pembuka
from haji_portal.jemaah.models import PeristiwaPorsi, Porsi, Rekening, Setoran
from haji_portal.meja.contoh import Pelaksana
from pembatalan.models import Pembatalan
from pembatalan.tahap import VALIDASI, Pengaju, Sebab
from pendaftaran import contoh

NAMA_PANJANG = "Baiq Nurul Hidayati Kusumaningrum Wulandari Ratnasari Puspitaningtyas binti Lalu Muhammad"


def buat_batal(kantor: Kantor, urut: int, *, sebab: str = Sebab.SENDIRI, jumlah: int = 25_000_000, **ganti: Any):
    """A cancellation at the counter, just opened. `ganti`: fields of the case; `jemaah`: fields of the pilgrim."""
    jemaah = contoh.buat_jemaah(kantor, urut, **ganti.pop("jemaah", {}))
    bank = contoh.BANK[urut % len(contoh.BANK)]
    milik = ganti.pop("atas_nama", jemaah.nama).upper()
    rekening = Rekening.objects.create(jemaah=jemaah, bank=bank, nomor=f"70{urut:08d}", atas_nama=milik)
    porsi = None
    if sebab not in VALIDASI:
        terbit = datetime.date(2024, 3, 4)
        porsi = Porsi.objects.create(nomor=f"{2_300_000_000 + urut:010d}", jemaah=jemaah, kantor=kantor, terbit=terbit)
        PeristiwaPorsi.objects.create(porsi=porsi, jenis=PeristiwaPorsi.Jenis.TERBIT, waktu=timezone.now())
    setoran = Setoran.objects.create(
        jemaah=jemaah, rekening=rekening, bank=bank, nomor_validasi=contoh.nomor_validasi(urut), jumlah=jumlah,
        tanggal=datetime.date(2024, 3, 1), porsi=porsi,
    )  # fmt: skip
    isian = {
        "sebab": sebab, "pemohon": jemaah, "porsi": porsi, "setoran": setoran, "rekening": rekening,
        "tanggal_permohonan": timezone.localdate(),
    } | ganti  # fmt: skip
    return buka(Pembatalan, kantor=kantor, oleh=pembuka(kantor, sebab), isian=isian).perkara


def ahli_waris(nama: str = "Lalu Muhammad Zulkarnain Wirajaya") -> dict[str, Any]:
    """Fields of a case that an heir files."""
    return {
        "sebab": Sebab.MENINGGAL, "pengaju": Pengaju.AHLI_WARIS, "nama_pengaju": nama,
        "nik_pengaju": "5203010101800001",
        "hubungan_pengaju": "anak kandung", "alamat_pengaju": "Dusun Rarang RT 03, Terara",
        "telepon_pengaju": "+6281200099999", "tanggal_meninggal": datetime.date(2026, 8, 17), "atas_nama": nama,
    }  # fmt: skip


def pembuka(kantor: Kantor, sebab: str) -> Petugas:
    from haji_portal.akun.models import Penugasan
    from haji_portal.alur.models import SOP

    calon = Pembatalan(kantor=kantor, sebab=sebab)
    calon.sop = SOP.untuk(calon.layanan_sop(), kantor.slug)
    tugas = Penugasan.objects.filter(kantor=kantor, peran__in=peran_pembuka(calon)).order_by("pk")
    satu = tugas.select_related("pengguna", "kantor").first()
    return Petugas(satu.pengguna, satu)


def isian(perkara: Pembatalan, langkah: str) -> dict[str, Any]:
    """What an officer fills in at a step, so that the case can go on."""
    pdf = contoh.pdf_contoh
    buat = {
        "periksa_berkas": lambda: {"verdict": {b.kode: ("ada", "") for b in perkara.butir.all()}, "unggahan": {}},
        "ambil_foto": lambda: {"foto": contoh.foto_contoh(0)},
        "disposisikan": lambda: {"catatan": "Segera diproses."},
        "pindai_berkas": lambda: {"arsip": pdf("Berkas pembatalan")},
        "input_siskohat": lambda: {"arsip": pdf("Berkas pembatalan")},
        "serahkan_bukti": lambda: {"penerima": perkara.nama_pengaju or perkara.pemohon.nama},
        "input_pembatalan": lambda: {"bukti": pdf("Bukti Siskohat")},
        "perbaiki_surat": lambda: {"alasan": "Nama belum sesuai KTP."},
    }
    return buat.get(langkah, dict)()


def sampai(pelaksana: Pelaksana, perkara: Pembatalan, tahap: str) -> Pembatalan:
    """Bring a case to a status along its own table."""
    while perkara.tahap != tahap:
        langkah = langkah_berikut(perkara)
        perkara = pelaksana.lakukan(perkara, langkah.nama, isian(perkara, langkah.nama)).perkara
    return perkara
