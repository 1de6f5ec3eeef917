"""This service at the API: its own fields in the detail, and the counter page's form to open a case."""

from __future__ import annotations

from rest_framework import serializers

from haji_portal.jemaah.nik import samarkan_rekening
from haji_portal.meja.api.layanan import LayananApi

from .masuk import FormPendaftaran
from .models import Pendaftaran


class IsianPendaftaran(serializers.ModelSerializer):
    """The registration's own facts; the account is masked as on the case page."""

    nomor_validasi = serializers.CharField(source="setoran.nomor_validasi", read_only=True)
    jumlah_setoran = serializers.IntegerField(source="setoran.jumlah", read_only=True, help_text="Rupiah.")
    tanggal_setoran = serializers.DateField(source="setoran.tanggal", read_only=True)
    bank = serializers.CharField(source="setoran.bank", read_only=True)
    rekening = serializers.SerializerMethodField()
    pengecualian = serializers.CharField(read_only=True, help_text="Kosong bila tidak ada.")
    nomor_porsi = serializers.CharField(source="porsi.nomor", read_only=True, allow_null=True, default=None)

    class Meta:
        model = Pendaftaran
        fields = [
            "tanggal_daftar", "status_haji", "haji_terakhir", "pengecualian", "hadir_sendiri", "bank",
            "nomor_validasi", "jumlah_setoran", "tanggal_setoran", "rekening", "nomor_porsi", "alasan_akhir",
            "penerima",
        ]  # fmt: skip
        read_only_fields = fields

    def get_rekening(self, perkara: Pendaftaran) -> str:
        return samarkan_rekening(perkara.rekening.nomor)


CONTOH = {
    "nik": "5203015705800001", "nama": "Siti Contoh", "tempat_lahir": "Selong", "tanggal_lahir": "1980-05-17",
    "jenis_kelamin": "P", "agama": "islam", "alamat": "Dusun Contoh RT 01", "kabupaten": "Kabupaten Lombok Timur",
    "telepon": "081200000001", "bank": "Bank Syariah Indonesia", "nomor_validasi": "261100000001",
    "jumlah": 25_000_000, "tanggal_setoran": "2026-11-02", "nomor_rekening": "7000000001",
    "atas_nama": "SITI CONTOH", "status_haji": "belum", "hadir_sendiri": True, "saluran": "loket",
}  # fmt: skip

API = LayananApi(model=Pendaftaran, isian=IsianPendaftaran, form_buka=FormPendaftaran, contoh_buka=CONTOH)
