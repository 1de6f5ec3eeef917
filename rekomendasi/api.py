"""This service at the API: its own fields in the detail, and the counter page's form to open a case."""

from __future__ import annotations

from rest_framework import serializers

from haji_portal.meja.api.layanan import LayananApi

from .masuk import FormRekomendasi
from .models import Peserta, Rekomendasi


class IsianPeserta(serializers.ModelSerializer):
    """One of the people whom the application names."""

    class Meta:
        model = Peserta
        fields = ["urut", "nik", "nama", "tempat_lahir", "tanggal_lahir", "hubungan"]
        read_only_fields = fields


class IsianRekomendasi(serializers.ModelSerializer):
    """The recommendation's own facts."""

    penyelenggara = serializers.CharField(source="penyelenggara.nama", read_only=True)
    izin = serializers.CharField(read_only=True, help_text="PPIU atau PIHK.")
    nomor_sk = serializers.CharField(
        source="sk.nomor", read_only=True, default="", help_text="SK yang disebut surat; kosong sebelum surat dibuat."
    )
    peserta = IsianPeserta(many=True, read_only=True)
    # Its choices leave out what most cases have: nobody chosen.
    penanda_tangan = serializers.CharField(
        read_only=True, help_text="kepala atau kasi menurut arahan Kepala; kosong: menurut ketentuan kantor."
    )

    class Meta:
        model = Rekomendasi
        fields = [
            "tanggal_permohonan", "tujuan", "penyelenggara", "izin", "nomor_sk", "nomor_pengantar",
            "tanggal_pengantar", "kantor_imigrasi", "penanda_tangan", "peserta", "catatan_kembali", "penerima",
            "diserahkan_pada", "alasan_akhir",
        ]  # fmt: skip
        read_only_fields = fields


CONTOH = {
    "nik": "9999010101700001", "nama": "Siti Contoh", "tempat_lahir": "Pulau Pramuka", "tanggal_lahir": "1970-01-01",
    "jenis_kelamin": "P", "alamat": "Pulau Pramuka RT 01", "kabupaten": "Kabupaten Kepulauan Seribu",
    "telepon": "081234567890", "email": "", "tujuan": "umrah", "penyelenggara": "PT Contoh Wisata",
    "nomor_pengantar": "012/CTH/11/2026", "tanggal_pengantar": "2026-11-18",
    "kantor_imigrasi": "Kantor Imigrasi Kelas I Contoh", "ikut": True,
    "peserta": [{"nik": "9999010101950002", "nama": "Ahmad Contoh", "tempat_lahir": "Pulau Pramuka",
                 "tanggal_lahir": "1995-01-01", "hubungan": "Anak"}],
    "saluran": "loket",
}  # fmt: skip

API = LayananApi(model=Rekomendasi, isian=IsianRekomendasi, form_buka=FormRekomendasi, contoh_buka=CONTOH)
