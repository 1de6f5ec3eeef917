"""The book of money and the refunds in the admin: read, never written."""

from __future__ import annotations

from django.contrib import admin

from haji_portal.akun.situs_admin import HanyaBaca
from haji_portal.alur.admin import BarisInline
from haji_portal.alur.tampil_waktu import rupiah

from .models import (
    Baris,
    BarisRekonsiliasi,
    KonfirmasiSaldo,
    Panggilan,
    Pemutus,
    Pengembalian,
    PeriksaBuku,
    Peristiwa,
    Posting,
    Putusan,
    RekeningBpkh,
    Rekonsiliasi,
    TindakanMitra,
)


class BarisDanaInline(BarisInline):
    model = Baris
    fields = readonly_fields = ["akun", "unsur", "rupiah"]

    @admin.display(description="jumlah")
    def rupiah(self, obj: Baris) -> str:
        return rupiah(obj.jumlah)


@admin.register(Posting)
class PostingAdmin(HanyaBaca):
    ordering = ["-waktu", "-pk"]
    list_display = ["waktu", "jenis", "rujukan", "setoran", "perkara"]
    list_filter = ["jenis", "setoran__bank", ("perkara", admin.EmptyFieldListFilter)]
    search_fields = ["rujukan", "setoran__nomor_validasi", "perkara__nomor"]
    list_select_related = ["setoran", "perkara"]
    date_hierarchy = "waktu"
    inlines = [BarisDanaInline]


@admin.register(Baris)
class BarisAdmin(HanyaBaca):
    ordering = ["-pk"]
    list_display = ["posting", "akun", "unsur", "rupiah"]
    list_filter = ["akun", "unsur", "posting__jenis"]
    search_fields = ["posting__rujukan"]
    list_select_related = ["posting"]

    @admin.display(description="jumlah", ordering="jumlah")
    def rupiah(self, obj: Baris) -> str:
        return rupiah(obj.jumlah)


@admin.register(PeriksaBuku)
class PeriksaBukuAdmin(HanyaBaca):
    list_display = ["waktu", "pembukuan", "temuan"]
    list_filter = ["waktu", "temuan"]
    search_fields = ["waktu"]


@admin.register(Pengembalian)
class PengembalianAdmin(HanyaBaca):
    list_display = ["nomor", "kantor", "pemohon", "status", "jumlah_setoran", "nilai_manfaat", "dibuka", "ditutup"]
    list_filter = ["status", "kantor", "rekening__bank", ("sebelumnya", admin.EmptyFieldListFilter)]
    search_fields = ["nomor", "pemohon__nama", "porsi__nomor", "nomor_spm", "rujukan_bank"]
    list_select_related = ["kantor", "pemohon"]
    date_hierarchy = "dibuka"


@admin.register(KonfirmasiSaldo)
class KonfirmasiSaldoAdmin(HanyaBaca):
    list_display = ["nomor", "kantor", "pemohon", "tentang", "status", "jumlah", "jawaban", "dibuka", "ditutup"]
    list_filter = ["status", "tentang", "kantor"]
    search_fields = ["nomor", "pemohon__nama", "porsi__nomor"]
    list_select_related = ["kantor", "pemohon"]
    date_hierarchy = "dibuka"


@admin.register(RekeningBpkh)
class RekeningBpkhAdmin(admin.ModelAdmin):
    """Pilgrims are asked to pay to it: a new account is a new row, the old one gets its last day."""

    list_display = ["bank", "nomor", "atas_nama", "mulai", "selesai", "sumber"]
    list_filter = ["mulai", "selesai"]
    search_fields = ["bank", "nomor", "sumber"]


@admin.register(Peristiwa)
class PeristiwaAdmin(HanyaBaca):
    """Without the body: it holds account numbers."""

    list_display = ["diterima", "mitra", "jenis", "rujukan", "ulangan", "ulangan_beda"]
    list_filter = ["mitra", "jenis", "diterima"]
    search_fields = ["rujukan", "id_webhook"]
    date_hierarchy = "diterima"
    exclude = ["isi"]


@admin.register(Putusan)
class PutusanAdmin(HanyaBaca):
    list_display = ["waktu", "peristiwa", "hasil", "alasan", "perkara", "ditutup"]
    list_filter = ["hasil", "alasan", ("ditutup", admin.EmptyFieldListFilter)]
    search_fields = ["peristiwa__rujukan", "perkara__nomor"]
    list_select_related = ["peristiwa", "perkara"]
    date_hierarchy = "waktu"


@admin.register(Panggilan)
class PanggilanAdmin(HanyaBaca):
    list_display = ["mulai", "mitra", "jenis", "perkara", "hasil", "status_http", "jawaban"]
    list_filter = ["mitra", "jenis", "hasil"]
    search_fields = ["perkara__nomor"]
    list_select_related = ["perkara"]
    date_hierarchy = "mulai"


@admin.register(Pemutus)
class PemutusAdmin(HanyaBaca):
    list_display = ["mitra", "gagal_beruntun", "terbuka_sampai", "diubah"]
    list_filter = ["mitra"]
    search_fields = ["mitra"]


@admin.register(Rekonsiliasi)
class RekonsiliasiAdmin(HanyaBaca):
    list_display = ["tanggal", "mitra", "kantor", "sumber", "berlaku", "jumlah_baris", "jumlah_beda", "dijalankan"]
    list_filter = ["mitra", "sumber", "berlaku", "kantor"]
    search_fields = ["sidik", "berkas_nama"]
    list_select_related = ["kantor"]
    date_hierarchy = "tanggal"


@admin.register(BarisRekonsiliasi)
class BarisRekonsiliasiAdmin(HanyaBaca):
    list_display = ["rekonsiliasi", "urut", "kelas", "perkara", "rujukan", "rujukan_bank", "jumlah", "seharusnya"]
    list_filter = ["kelas", "rekonsiliasi__mitra"]
    search_fields = ["rujukan", "rujukan_bank", "perkara__nomor"]
    list_select_related = ["rekonsiliasi__kantor", "perkara"]


@admin.register(TindakanMitra)
class TindakanMitraAdmin(HanyaBaca):
    list_display = ["waktu", "putusan", "jenis", "keputusan", "pengguna"]
    list_filter = ["jenis", "keputusan", "kantor"]
    search_fields = ["putusan__peristiwa__rujukan", "pengguna__nama"]
    list_select_related = ["putusan__peristiwa", "pengguna"]
    date_hierarchy = "waktu"
