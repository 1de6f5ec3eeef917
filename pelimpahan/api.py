"""This service at the API: its own fields in the detail, and the counter page's form to open a case."""

from __future__ import annotations

from rest_framework import serializers

from haji_portal.jemaah.nik import samarkan_nik, samarkan_rekening
from haji_portal.meja.api.layanan import LayananApi

from .masuk import FormPelimpahan
from .models import Pelimpahan


class IsianPelimpahan(serializers.ModelSerializer):
    """The transfer's own facts; account and NIK are masked."""

    nomor_porsi = serializers.CharField(source="porsi.nomor", read_only=True)
    jemaah_asal = serializers.CharField(source="jemaah_asal.nama", read_only=True)
    nik_asal = serializers.SerializerMethodField(help_text="Disamarkan.")
    rekening_bank = serializers.CharField(source="rekening.bank", read_only=True)
    rekening_atas_nama = serializers.CharField(source="rekening.atas_nama", read_only=True)
    rekening = serializers.SerializerMethodField()
    # Its choices leave out what most cases have: nobody chosen.
    penanda_tangan = serializers.CharField(
        read_only=True, help_text="kepala atau kasi menurut arahan Kepala; kosong: menurut ketentuan kantor."
    )

    class Meta:
        model = Pelimpahan
        fields = [
            "tanggal_permohonan", "sebab", "hubungan", "jemaah_asal", "nik_asal", "tanggal_meninggal", "masuk_asrama",
            "akhir_pemberangkatan", "nomor_porsi", "rekening_bank", "rekening", "rekening_atas_nama", "penyelenggara",
            "penanda_tangan", "blokir_dibuka_pada", "dilimpahkan_pada", "alasan_akhir",
        ]  # fmt: skip
        read_only_fields = fields

    def get_rekening(self, perkara: Pelimpahan) -> str:
        return samarkan_rekening(perkara.rekening.nomor)

    def get_nik_asal(self, perkara: Pelimpahan) -> str:
        return samarkan_nik(perkara.jemaah_asal.nik)


CONTOH = {
    "sebab": "wafat", "hubungan": "anak-kandung", "nomor_porsi": "2300000002", "terbit": "2015-03-09",
    "asal_nik": "5203015705500001", "asal_nama": "Aminah Contoh", "asal_tempat_lahir": "Selong",
    "asal_tanggal_lahir": "1950-05-17", "asal_jenis_kelamin": "P", "asal_alamat": "Dusun Contoh RT 01",
    "tanggal_meninggal": "2026-08-03", "bank": "Bank Syariah Indonesia", "nomor_validasi": "151100000002",
    "jumlah": 25_000_000, "tanggal_setoran": "2015-03-02",
    "nik": "5203010203850001", "nama": "Ahmad Contoh", "tempat_lahir": "Selong", "tanggal_lahir": "1985-03-02",
    "jenis_kelamin": "L", "agama": "islam", "alamat": "Dusun Contoh RT 01", "kabupaten": "Kabupaten Lombok Timur",
    "provinsi": "Nusa Tenggara Barat", "telepon": "081200000002", "hadir_sendiri": True,
    "bank_penerima": "Bank Syariah Indonesia", "nomor_rekening": "7000000002", "atas_nama": "AHMAD CONTOH",
    "saluran": "loket",
}  # fmt: skip

API = LayananApi(model=Pelimpahan, isian=IsianPelimpahan, form_buka=FormPelimpahan, contoh_buka=CONTOH)
