"""Admin: visits are planned here; everything else to look, not to touch."""

from __future__ import annotations

from django.contrib import admin

from haji_portal.akun.situs_admin import HanyaBaca

from .models import BerkasKonsep, DetakPekerja, KodeKontak, Konsep, Kunjungan, PercobaanCek, UnggahanSebagian


@admin.register(Kunjungan)
class KunjunganAdmin(admin.ModelAdmin):
    list_display = ["tanggal", "tempat", "kantor", "perangkat"]
    list_filter = ["kantor", "tanggal"]
    search_fields = ["tempat", "kantor__nama"]
    list_select_related = ["kantor"]
    autocomplete_fields = ["kantor", "tim"]


@admin.register(PercobaanCek)
class PercobaanCekAdmin(HanyaBaca):
    list_display = ["kunci", "waktu"]
    list_filter = ["waktu"]
    search_fields = ["kunci"]


@admin.register(DetakPekerja)
class DetakPekerjaAdmin(HanyaBaca):
    list_display = ["nama", "waktu"]
    list_filter = ["waktu"]
    search_fields = ["nama"]


@admin.register(Konsep)
class KonsepAdmin(HanyaBaca):
    """That drafts exist and when they go; what is in them is the applicant's until it is sent."""

    fields = ["layanan", "kantor", "saluran", "dibuat", "habis", "diingatkan"]
    list_display = ["layanan", "kantor", "saluran", "dibuat", "habis", "diingatkan"]
    list_filter = ["layanan", "kantor", "habis"]
    list_select_related = ["kantor"]
    search_fields = ["layanan", "kantor__nama", "terkirim__nomor", "perbaiki__nomor"]


@admin.register(BerkasKonsep)
class BerkasKonsepAdmin(HanyaBaca):
    """Which papers a draft holds already; the files themselves open for nobody but their sender."""

    fields = ["konsep", "kode", "mime", "ukuran", "halaman"]
    list_display = ["konsep", "kode", "mime", "ukuran"]
    list_filter = ["kode", "mime"]
    list_select_related = ["konsep"]
    search_fields = ["kode"]


@admin.register(UnggahanSebagian)
class UnggahanSebagianAdmin(HanyaBaca):
    fields = ["konsep", "kode", "posisi", "ukuran", "diubah"]
    list_display = ["konsep", "kode", "posisi", "ukuran", "diubah"]
    list_filter = ["kode", "diubah"]
    list_select_related = ["konsep"]
    search_fields = ["kode"]


@admin.register(KodeKontak)
class KodeKontakAdmin(HanyaBaca):
    """How many codes are under way; neither the code nor the contact is shown."""

    fields = ["keperluan", "saluran", "percobaan", "sampai"]
    list_display = ["keperluan", "saluran", "percobaan", "sampai"]
    list_filter = ["keperluan", "saluran", "sampai"]
    search_fields = ["keperluan"]
