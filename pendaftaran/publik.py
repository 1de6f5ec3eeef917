"""What a registration asks of whoever applies from outside (Kepdirjen PHU 244/2021 D), page by page.

Nothing is looked up here: the rules judge only what was typed, so no page tells what is stored of anybody.
"""

from __future__ import annotations

from typing import Any

from haji_portal.alur.kalender import hari_terima
from haji_portal.alur.tampil_waktu import rupiah
from haji_portal.jemaah.models import Rekening
from haji_portal.jemaah.nik import peringatan_nik
from haji_portal.jemaah.periksa import nomor_validasi
from haji_portal.meja.masuk import KTP, REKENING, SLIP
from haji_portal.ptsp.ajukan.daftar import Ajuan, Bagian, Rujukan
from haji_portal.ptsp.ajukan.isian import FormBagian
from haji_portal.ptsp.models import Konsep

from .elektronik import buka_elektronik, daftar_syarat
from .isian import RIWAYAT_HAJI, FormIsian
from .models import Pendaftaran
from .syarat import FOTO_PEMBANDING, beragama_islam, domisili_sesuai, jeda_haji_cukup, rekening_sendiri, usia_cukup

BANTUAN = {
    "nama": "Persis seperti pada KTP, tanpa gelar.",
    "kabupaten": "Menentukan kantor tempat mendaftar (244/2021 A.3).",
    "nomor_validasi": "Tercetak pada bukti setoran awal dari bank.",
    "jumlah": "Angka pada bukti setoran, misalnya 25.000.000.",
    "atas_nama": "Harus sama dengan nama pendaftar (244/2021 B.6).",
    "haji_terakhir": "Isi hanya bila sudah pernah berhaji.",
}


class FormHalaman(FormBagian, FormIsian):
    bantuan = BANTUAN

    def clean(self) -> dict[str, Any]:
        isi = super().clean()
        self.peringatan = peringatan_nik(self.konsep.isi["nik"], isi.get("tanggal_lahir"), isi.get("jenis_kelamin"))
        return isi

    def calon(self) -> Pendaftaran:
        orang = self.instance
        orang.nama = orang.nama or str(self.konsep.isi.get("nama", "")).strip()
        fakta = {n: self.cleaned_data[n] for n in RIWAYAT_HAJI if n in self.cleaned_data}
        calon = Pendaftaran(kantor=self.kantor, pemohon=orang, tanggal_daftar=hari_terima(self.kantor), **fakta)
        calon.rekening = Rekening(jemaah=orang, atas_nama=self.cleaned_data.get("atas_nama", ""))
        return calon


class FormDiri(FormHalaman):
    bagian = {
        "Seperti tertulis pada KTP": [n for n in KTP if n not in ("nik", "telepon", "email")],
        "Agar petugas dapat menghubungi Anda": ["telepon", "email"],
        "Riwayat haji": RIWAYAT_HAJI,
    }
    aturan = [usia_cukup, beragama_islam, domisili_sesuai, jeda_haji_cukup]

    def awal(self, konsep: Konsep) -> dict[str, Any]:
        # The contact that was confirmed a minute ago; typed by this very person.
        isian = "email" if konsep.saluran == "email" else "telepon"
        return {isian: konsep.alamat} | konsep.isi


class FormSetoran(FormHalaman):
    bagian = {"Bukti setoran awal dari bank": SLIP, "Rekening di bank yang sama": REKENING}
    aturan = [rekening_sendiri]

    def awal(self, konsep: Konsep) -> dict[str, Any]:
        return {"atas_nama": str(konsep.isi.get("nama", "")).upper()} | konsep.isi

    def sebut(self, nama: str, nilai: Any) -> str:
        return rupiah(nilai) if nama == "jumlah" and nilai else super().sebut(nama, nilai)


AJUAN = Ajuan(
    layanan="pendaftaran",
    judul="Daftar haji dari rumah",
    ringkas=("Isi lewat ponsel, unggah foto dokumen, dan terima suratnya lewat pesan. Tidak perlu datang ke kantor."),
    pernyataan=(
        "Isian dan berkas ini benar dan milik pendaftar sendiri. Kantor boleh memeriksanya untuk pendaftaran haji."
    ),
    layanan_sop="pendaftaran-elektronik",
    rujukan=Rujukan(
        "nomor_validasi", "Nomor validasi", "Tercetak pada bukti setoran awal Bipih dari bank.", nomor_validasi
    ),
    bagian=(
        Bagian("diri", "Data diri", FormDiri),
        Bagian("setoran", "Setoran dan rekening", FormSetoran),
    ),
    syarat=daftar_syarat,
    kirim=buka_elektronik,
    perbaikan="kirim_perbaikan",
    surat=("sph",),
    kamera=dict(zip(FOTO_PEMBANDING, ("user", "environment", "user"), strict=True)),
    potret=frozenset({"foto-diri"}),
    petunjuk={
        "foto-diri": "Wajah dari depan dan tampak jelas, latar polos dan terang, tanpa kacamata hitam.",
        "foto-ktp": "Seluruh KTP masuk gambar, semua huruf terbaca, tidak silau.",
        "foto-diri-dengan-ktp": "Pegang KTP di samping wajah; wajah dan KTP sama-sama jelas.",
    },
)
