"""What a transfer asks of a recipient who applies from outside (Kepdirjen PHU 245/2021 D), page by page.

Nothing is looked up here: the rules judge only what was typed, so no page tells what is stored of anybody.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from haji_portal.akun.models import Kantor
from haji_portal.alur.kalender import hari_terima
from haji_portal.jemaah.models import Jemaah, Rekening, angka_10
from haji_portal.jemaah.nik import peringatan_nik
from haji_portal.meja.masuk import ANGKA, nik_rapi
from haji_portal.ptsp.ajukan.daftar import Ajuan, Bagian, Rujukan
from haji_portal.ptsp.ajukan.isian import FormBagian
from haji_portal.ptsp.models import Konsep

from .elektronik import DATA_PENERIMA, buka_elektronik, daftar_syarat
from .isian import KEADAAN, KHUSUS, TUJUAN, FormIsian
from .models import Pelimpahan
from .syarat import (
    aturan_asrama,
    beragama_islam,
    hubungan_sah,
    kematian_masuk_akal,
    rekening_penerima,
    usia_cukup,
    wafat_sesudah_undang_undang,
)
from .tahap import Sebab

SEBUTAN = {
    "sebab": "Mengapa porsi dilimpahkan?",
    "hubungan": "Anda, penerima, adalah … dari jemaah",
    "asal_nama": "Nama lengkap jemaah",
    "nama": "Nama lengkap Anda",
    "tempat_lahir": "Tempat lahir Anda",
    "tanggal_lahir": "Tanggal lahir Anda",
    "jenis_kelamin": "Jenis kelamin",
    "agama": "Agama",
    "alamat": "Alamat pada KTP",
    "kabupaten": "Kabupaten/kota pada KTP",
    "provinsi": "Provinsi pada KTP",
    "telepon": "Nomor ponsel Anda",
    "email": "Alamat surel (email) Anda",
    "kebutuhan_khusus": "Kebutuhan khusus Anda saat wawancara",
    "bank_penerima": "Bank",
}
BANTUAN = {
    "hubungan": "Misalnya, anak dari jemaah memilih Anak kandung. Hanya keluarga ini yang dapat menerima.",
    "asal_nama": "Persis seperti pada KTP jemaah, tanpa gelar.",
    "nama": "Persis seperti pada KTP, tanpa gelar.",
    "masuk_asrama": "Asrama haji embarkasi atau embarkasi antara. Kosongkan bila jemaah belum pernah masuk.",
    "akhir_pemberangkatan": "Hanya bila jemaah pernah masuk asrama haji; tanyakan di kantor bila tidak tahu.",
    "provinsi": "Bila berbeda dari provinsi jemaah, wawancara dapat dilakukan petugas Ditjen.",
    "telepon": "Dipakai petugas bila ada yang perlu ditanyakan.",
    "kebutuhan_khusus": "Boleh kosong. Misalnya kursi roda atau juru bahasa isyarat; Anda didahulukan. Tidak perlu "
    "menyebut penyakit.",
    "bank_penerima": "Harus bank yang sama dengan tempat jemaah menyetor; lihat bukti setorannya.",
    "atas_nama": "Rekening atas nama Anda sebagai penerima, persis seperti pada buku tabungan.",
}
DIRI_SENDIRI = "Ini NIK jemaah. Tulis NIK Anda sebagai penerima; jemaah tidak dapat menerima porsinya sendiri."


def nomor_porsi(teks: str) -> str:
    """Ten digits. Raises ValidationError."""
    rapat = "".join(teks.split())
    angka_10(rapat)
    return rapat


class FormHalaman(FormBagian, FormIsian):
    sebutan = SEBUTAN
    bantuan = BANTUAN

    def calon(self) -> Pelimpahan | None:
        isi = self.konsep.isi | self.cleaned_data
        # Before the first page nobody knows which rules there are; that page is asked for anyway.
        if isi.get("sebab") not in Sebab.values:
            return None
        kini = self.cleaned_data
        orang = Jemaah(nama=str(isi.get("nama", "")).strip(), agama=kini.get("agama", ""))
        if lahir := kini.get("tanggal_lahir"):
            orang.tanggal_lahir = lahir
        calon = Pelimpahan(
            kantor=self.kantor, pemohon=orang, jemaah_asal=Jemaah(), sebab=isi["sebab"],
            hubungan=str(isi.get("hubungan", "")), tanggal_permohonan=hari_terima(self.kantor),
            **{n: kini.get(n) for n in KEADAAN},
        )  # fmt: skip
        calon.rekening = Rekening(jemaah=orang, atas_nama=kini.get("atas_nama", ""))
        return calon


class FormKeadaan(FormHalaman):
    bagian = {
        "Pelimpahan": ["sebab", "hubungan"],
        "Jemaah, seperti tertulis pada KTP": ["asal_nama", "asal_tanggal_lahir"],
        "Keadaan jemaah": KEADAAN,
    }
    aturan = [hubungan_sah, kematian_masuk_akal, wafat_sesudah_undang_undang, aturan_asrama]


class FormPenerima(FormHalaman):
    bagian = {
        "Anda yang menerima, seperti tertulis pada KTP": ["nik_penerima", *DATA_PENERIMA],
        "Saat wawancara": [KHUSUS],
    }
    aturan = [usia_cukup, beragama_islam]

    nik_penerima = forms.CharField(
        label="NIK Anda (16 angka pada KTP)", max_length=24, widget=forms.TextInput(attrs=ANGKA)
    )

    def awal(self, konsep: Konsep) -> dict[str, Any]:
        # The contact that was confirmed a minute ago; typed by this very person.
        return {"email" if konsep.saluran == "email" else "telepon": konsep.alamat} | konsep.isi

    def clean_nik_penerima(self) -> str:
        nik = nik_rapi("".join(self.cleaned_data["nik_penerima"].split()))
        if nik == self.konsep.isi.get("nik"):
            raise ValidationError(DIRI_SENDIRI)
        return nik

    def clean(self) -> dict[str, Any]:
        isi = super().clean()
        if "nik_penerima" in isi:
            self.peringatan = peringatan_nik(isi["nik_penerima"], isi.get("tanggal_lahir"), isi.get("jenis_kelamin"))
        return isi


class FormTujuan(FormHalaman):
    bagian = {"Rekening Anda sebagai penerima": TUJUAN}
    aturan = [rekening_penerima]

    def awal(self, konsep: Konsep) -> dict[str, Any]:
        return {"atas_nama": str(konsep.isi.get("nama", "")).upper()} | konsep.isi


def kasus(_kantor: Kantor) -> list[tuple[str, Mapping[str, Any]]]:
    return [(str(label), {"sebab": sebab}) for sebab, label in Sebab.choices]


AJUAN = Ajuan(
    layanan="pelimpahan",
    judul="Ajukan pelimpahan dari rumah",
    ringkas=(
        "Diisi sendiri oleh penerima: isi lewat ponsel dan unggah foto berkasnya. Kabarnya kami kirim lewat pesan "
        "sampai SPH atas nama Anda terbit."
    ),
    pernyataan=(
        "Isian dan berkas ini benar, dan saya sendiri yang akan menerima porsi ini. Saya akan datang sendiri untuk "
        "wawancara dan membawa dokumen asli. Kantor boleh memeriksa isian ini untuk pelimpahan."
    ),
    perhatian_judul="Periksa dulu apakah porsinya dapat dilimpahkan",
    perhatian=(
        "Porsi hanya dilimpahkan satu kali, kepada satu orang: suami, istri, ayah, ibu, anak kandung, atau saudara "
        "kandung jemaah yang wafat atau sakit permanen. Jawab beberapa pertanyaan; hasilnya langsung tampil."
    ),
    alternatif="pelimpahan",
    judul_kantor="Kantor tempat jemaah mendaftar",
    pilih_kantor="Pilih kabupaten atau kota tempat jemaah mendaftar, seperti tertulis pada SPH.",
    lahir="tanggal lahir Anda sebagai penerima",
    kasus=kasus,
    layanan_sop="pelimpahan-elektronik",
    rujukan=Rujukan(
        "nomor_porsi", "Nomor porsi jemaah", "Sepuluh angka, tercetak pada Surat Pendaftaran Haji (SPH).",
        nomor_porsi, "NIK jemaah yang porsinya dilimpahkan. NIK Anda sebagai penerima ditanyakan nanti.",
    ),
    bagian=(
        Bagian("keadaan", "Jemaah dan sebabnya", FormKeadaan),
        Bagian("penerima", "Anda sebagai penerima", FormPenerima),
        Bagian("tujuan", "Rekening Anda", FormTujuan),
    ),
    syarat=daftar_syarat,
    kirim=buka_elektronik,
    perbaikan="kirim_perbaikan",
    surat=("undangan_wawancara", "sph_limpah"),
    kamera={"foto-pengaju": "user"},
    potret=frozenset({"foto-pengaju"}),
    petunjuk={"foto-pengaju": "Wajah Anda sebagai penerima, dari depan dan jelas, latar polos dan terang."},
)  # fmt: skip
