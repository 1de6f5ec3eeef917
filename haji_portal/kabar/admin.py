"""Admin: the ledger is read and resent from; the words of messages are edited, version by version."""

from __future__ import annotations

from django.contrib import admin, messages
from django.template.response import TemplateResponse
from django.urls import path

from haji_portal.akun.situs_admin import HanyaBaca

from .models import KontakPerkara, Pesan, SaluranKantor, TemplatPesan, TindakanPesan
from .sunting import daftar_templat, sunting
from .ulang import HasilUlang, kirim_ulang


class TindakanInline(admin.TabularInline):
    model = TindakanPesan
    extra = 0
    can_delete = False
    fields = readonly_fields = ["jenis", "dari", "oleh", "saat"]

    def has_add_permission(self, request, obj=None):
        return False


@admin.register(Pesan)
class AdminPesan(HanyaBaca):
    list_display = ["dibuat", "perkara", "saluran", "templat", "kepada", "status", "percobaan", "dikirim", "sampai"]
    list_filter = ["status", "saluran", "templat", "perkara__kantor"]
    list_select_related = ["perkara", "pengguna"]
    search_fields = ["perkara__nomor", "pengguna__nama"]
    date_hierarchy = "dibuat"
    actions = ["kirim_lagi"]
    inlines = [TindakanInline]
    # Texts name people in their salutation, addresses are private: the ledger is for delivery, not for reading mail.
    fields = [
        "perkara", "saluran", "templat", "versi_templat", "judul", "kepada", "status", "percobaan", "segmen",
        "jatuh_tempo", "galat", "bukti", "dibuat", "dikirim", "sampai", "dibaca", "ditangani",
    ]  # fmt: skip
    readonly_fields = ["kepada"]

    @admin.display(description="penerima")
    def kepada(self, pesan):
        return pesan.alamat_samar or str(pesan.pengguna or "")

    @admin.action(description="Kirim ulang yang gagal atau tidak pasti")
    def kirim_lagi(self, request, queryset):
        """Uncertain ones are asked about first: their recipient may get them twice."""
        ragu = queryset.filter(status=Pesan.Status.TIDAK_PASTI, rahasia=False).count()
        if ragu and request.POST.get("yakin") != "ya":
            konteks = self.admin_site.each_context(request) | {
                "title": "Kirim ulang pesan yang tidak pasti",
                "ragu": ragu,
                "terpilih": queryset.values_list("pk", flat=True),
                "opts": self.opts,
            }
            return TemplateResponse(request, "admin/kabar/kirim_lagi.html", konteks)
        hasil = [kirim_ulang(p, request.user) for p in queryset.select_related("perkara")]
        messages.success(
            request,
            f"{hasil.count(HasilUlang.DIKIRIM)} pesan dikirim ulang, {hasil.count(HasilUlang.SUDAH_JELAS)} ternyata "
            f"sudah jelas nasibnya, {hasil.count(HasilUlang.TIDAK_BISA)} tidak perlu.",
        )
        return None


@admin.register(TemplatPesan)
class AdminTemplat(HanyaBaca):
    """All texts with the version in force; saving in the editor writes a new version, old ones are only read."""

    list_display = ["kode", "bentuk", "versi", "bawaan", "aktif_dari", "dibuat_oleh", "dibuat"]
    list_filter = ["bentuk", "kode"]
    list_select_related = ["dibuat_oleh"]
    search_fields = ["kode", "judul"]
    change_list_template = "admin/kabar/riwayat_templat.html"

    def get_urls(self):
        def bungkus(view):
            return self.admin_site.admin_view(lambda request, **lain: view(self.admin_site, request, **lain))

        return [
            path("teks/", bungkus(daftar_templat), name="kabar_templat_daftar"),
            path("teks/<slug:bentuk>/<slug:kode>/", bungkus(sunting), name="kabar_templat_sunting"),
            *super().get_urls(),
        ]


@admin.register(SaluranKantor)
class AdminSaluranKantor(admin.ModelAdmin):
    """Which office sends SMS or WhatsApp, from when to when."""

    list_display = ["kantor", "saluran", "mulai", "selesai"]
    list_filter = ["saluran"]
    list_select_related = ["kantor"]
    search_fields = ["kantor__nama"]
    autocomplete_fields = ["kantor"]


@admin.register(KontakPerkara)
class AdminKontak(HanyaBaca):
    list_display = ["perkara", "saluran", "diverifikasi"]
    list_filter = ["saluran"]
    search_fields = ["perkara__nomor"]
    list_select_related = ["perkara"]
    fields = ["perkara", "saluran", "diverifikasi"]


@admin.register(TindakanPesan)
class AdminTindakanPesan(HanyaBaca):
    """Who resent or dealt with which message."""

    list_display = ["pesan", "jenis", "dari", "oleh", "saat"]
    list_filter = ["jenis", "dari", "saat"]
    list_select_related = ["pesan", "oleh"]
    search_fields = ["oleh__nama", "pesan__perkara__nomor"]
    date_hierarchy = "saat"
