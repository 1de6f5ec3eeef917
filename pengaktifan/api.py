"""This service at the API: its own fields in the detail, and the counter page's form to open a case."""

from __future__ import annotations

from rest_framework import serializers

from haji_portal.meja.api.layanan import LayananApi

from .masuk import FormPengaktifan
from .models import Pengaktifan


class IsianPengaktifan(serializers.ModelSerializer):
    """The reactivation's own facts. Amounts are whole rupiah."""

    nomor_porsi = serializers.CharField(source="porsi.nomor", read_only=True)
    status_porsi = serializers.CharField(source="porsi.status", read_only=True)
    pembatalan = serializers.CharField(
        source="perkara_batal.nomor", read_only=True, help_text="Nomor perkara pembatalan."
    )

    class Meta:
        model = Pengaktifan
        fields = [
            "tanggal_permohonan", "sebab", "kronologi", "pelapor", "nama_pelapor", "sebagai_pelapor", "nomor_porsi",
            "status_porsi", "pembatalan", "nomor_putusan", "tanggal_putusan", "jumlah_kembali", "rekening_kembali",
            "diaktifkan_pada", "alasan_akhir",
        ]  # fmt: skip
        read_only_fields = fields


CONTOH = {
    "nomor_porsi": "2300000001", "nama_jemaah": "Siti Contoh", "sebab": "salah-entri", "pelapor": "jemaah",
    "kronologi": "Pada 2 November 2026 porsi ini dibatalkan karena salah ketik nomor porsi jemaah lain.",
    "saluran": "loket",
}  # fmt: skip

API = LayananApi(model=Pengaktifan, isian=IsianPengaktifan, form_buka=FormPengaktifan, contoh_buka=CONTOH)
