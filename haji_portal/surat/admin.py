"""Admin: patterns are edited here, letters and register are only read."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import admin, messages
from django.http import HttpRequest

from haji_portal.akun.situs_admin import HanyaBaca, TidakDihapus

from .bsre import KALIMAT, TAK_TERJANGKAU
from .klien_bsre import KlienBsre, Putus
from .models import CetakSurat, DeretNomor, IdentitasBsre, IzinTtdLokal, NomorSurat, PanggilanBsre, PolaNomor, Surat


@admin.register(PolaNomor)
class AdminPolaNomor(admin.ModelAdmin):
    list_display = ["jenis_surat", "kantor", "pola", "deret", "klasifikasi", "mulai", "selesai"]
    list_filter = ["jenis_surat", "kantor"]
    search_fields = ["jenis_surat", "pola", "deret"]


@admin.register(DeretNomor)
class AdminDeretNomor(HanyaBaca):
    list_display = ["deret", "tahun", "kantor", "terakhir"]
    list_filter = ["tahun", "deret", "kantor"]
    search_fields = ["deret"]


@admin.register(NomorSurat)
class AdminNomorSurat(HanyaBaca):
    list_display = ["nomor", "tanggal", "kantor", "deret", "urut", "status", "alasan"]
    list_filter = ["status", "tahun", "deret", "kantor"]
    list_select_related = ["kantor"]
    search_fields = ["nomor", "surat__perkara__nomor"]
    date_hierarchy = "tanggal"


@admin.register(Surat)
class AdminSurat(HanyaBaca):
    list_display = [
        "jenis",
        "nomor",
        "perkara",
        "kantor",
        "status",
        "tanggal",
        "nama_penanda_tangan",
        "cara_ttd",
        "dicetak",
    ]
    list_filter = ["status", "cara_ttd", "jenis", "kantor"]
    list_select_related = ["perkara", "kantor"]
    search_fields = ["nomor", "perkara__nomor", "nama_penanda_tangan"]
    date_hierarchy = "dibuat"
    # The token opens the public page and the keys name files: neither belongs on a screen.
    exclude = ["token", "kunci_pdf", "kunci_pdf_ttd"]


@admin.register(CetakSurat)
class AdminCetakSurat(HanyaBaca):
    list_display = ["surat", "ke", "pengguna", "waktu"]
    list_select_related = ["surat", "pengguna"]
    list_filter = ["surat__jenis", "waktu"]
    search_fields = ["surat__nomor", "pengguna__nama"]
    date_hierarchy = "waktu"


@admin.register(IdentitasBsre)
class AdminIdentitasBsre(admin.ModelAdmin):
    """The action asks BSrE whether the certificate can sign; the answer stays on this page."""

    list_display = ["nama_sertifikat", "pengguna", "surel"]
    list_select_related = ["pengguna"]
    list_filter = ["pengguna__penugasan__kantor"]
    search_fields = ["nama_sertifikat", "pengguna__nama", "pengguna__username"]
    autocomplete_fields = ["pengguna"]
    actions = ["periksa_status"]

    @admin.action(description="Periksa keadaan sertifikat di BSrE")
    def periksa_status(self, request: HttpRequest, queryset: Any) -> None:
        if not settings.BSRE_URL:
            self.message_user(request, "BSrE belum disetel pada portal ini.", messages.WARNING)
            return
        for satu in queryset[:20]:
            try:
                galat = KlienBsre(satu.pengguna).status(satu.surel)
            except Putus:
                self.message_user(request, TAK_TERJANGKAU, messages.ERROR)
                return
            kalimat = f"{satu}: {KALIMAT[galat] if galat else 'sertifikat dapat dipakai.'}"
            self.message_user(request, kalimat, messages.WARNING if galat else messages.SUCCESS)


@admin.register(IzinTtdLokal)
class AdminIzinTtdLokal(TidakDihapus):
    """Which letters were signed without BSrE, and why, stays readable: rows are ended by date."""

    list_display = ["kantor", "mulai", "selesai", "alasan"]
    list_filter = ["kantor", "mulai"]
    list_select_related = ["kantor"]
    search_fields = ["kantor__nama", "alasan"]
    autocomplete_fields = ["kantor"]


@admin.register(PanggilanBsre)
class AdminPanggilanBsre(HanyaBaca):
    list_display = ["waktu", "layanan", "hasil", "milidetik", "pengguna"]
    list_filter = ["layanan", "hasil", "waktu"]
    list_select_related = ["pengguna"]
    search_fields = ["pengguna__nama"]
    date_hierarchy = "waktu"
