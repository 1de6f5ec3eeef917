"""This service at the API: its own fields in the detail, and the counter page's form to open a case."""

from __future__ import annotations

from rest_framework import serializers

from haji_portal.jemaah.nik import samarkan_nik, samarkan_rekening
from haji_portal.meja.api.layanan import LayananApi

from .masuk import FormPembatalan
from .models import Pembatalan


class IsianPembatalan(serializers.ModelSerializer):
    """The cancellation's own facts; account and NIK of whoever asks are masked."""

    nomor_validasi = serializers.CharField(source="setoran.nomor_validasi", read_only=True)
    jumlah_setoran = serializers.IntegerField(source="setoran.jumlah", read_only=True, help_text="Rupiah.")
    bank_setoran = serializers.CharField(source="setoran.bank", read_only=True)
    nomor_porsi = serializers.CharField(source="porsi.nomor", read_only=True, allow_null=True, default=None)
    rekening_bank = serializers.CharField(source="rekening.bank", read_only=True)
    rekening_atas_nama = serializers.CharField(source="rekening.atas_nama", read_only=True)
    rekening = serializers.SerializerMethodField()
    nik_pengaju = serializers.SerializerMethodField(help_text="Disamarkan; kosong bila jemaah atau kantor.")

    class Meta:
        model = Pembatalan
        fields = [
            "tanggal_permohonan", "sebab", "alasan", "pengaju", "nama_pengaju", "nik_pengaju", "hubungan_pengaju",
            "berhalangan_tetap", "keluarga_diberi_tahu", "tanggal_meninggal", "masuk_asrama", "nomor_porsi",
            "nomor_validasi", "jumlah_setoran", "bank_setoran", "rekening_bank", "rekening", "rekening_atas_nama",
            "dibatalkan_pada", "alasan_akhir",
        ]  # fmt: skip
        read_only_fields = fields

    def get_rekening(self, perkara: Pembatalan) -> str:
        return samarkan_rekening(perkara.rekening.nomor)

    def get_nik_pengaju(self, perkara: Pembatalan) -> str:
        return samarkan_nik(perkara.nik_pengaju) if perkara.nik_pengaju else ""


CONTOH = {
    "sebab": "sendiri", "pengaju": "jemaah", "nomor_porsi": "2300000001", "terbit": "2015-03-09",
    "nik": "5203015705800001", "nama": "Siti Contoh", "tempat_lahir": "Selong", "tanggal_lahir": "1980-05-17",
    "jenis_kelamin": "P", "alamat": "Dusun Contoh RT 01", "kabupaten": "Kabupaten Lombok Timur",
    "telepon": "081200000001", "bank": "Bank Syariah Indonesia", "nomor_validasi": "151100000001",
    "jumlah": 25_000_000, "tanggal_setoran": "2015-03-02", "bank_tujuan": "Bank Syariah Indonesia",
    "nomor_rekening": "7000000001", "atas_nama": "SITI CONTOH", "saluran": "loket",
}  # fmt: skip

API = LayananApi(model=Pembatalan, isian=IsianPembatalan, form_buka=FormPembatalan, contoh_buka=CONTOH)
