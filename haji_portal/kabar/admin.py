"""Admin: the ledger is read; failed and uncertain e-mails can be sent again by hand."""

from __future__ import annotations

from django.contrib import admin, messages

from haji_portal.akun.situs_admin import HanyaBaca

from .kirim import kirim_ulang
from .models import Pesan


@admin.register(Pesan)
class AdminPesan(HanyaBaca):
    list_display = ["dibuat", "perkara", "saluran", "templat", "penerima", "status", "percobaan", "dikirim", "dibaca"]
    list_filter = ["status", "saluran", "templat", "perkara__kantor"]
    list_select_related = ["perkara", "pengguna"]
    search_fields = ["perkara__nomor", "pengguna__nama"]
    date_hierarchy = "dibuat"
    actions = ["kirim_lagi"]
    # Texts name people in their salutation, addresses are private: the ledger is for delivery, not for reading mail.
    fields = [
        "perkara", "saluran", "templat", "judul", "penerima", "status", "percobaan", "jatuh_tempo", "galat", "dibuat",
        "dikirim", "dibaca",
    ]  # fmt: skip
    readonly_fields = ["penerima"]

    @admin.display(description="penerima")
    def penerima(self, pesan):
        return pesan.alamat_samar or str(pesan.pengguna or "")

    @admin.action(description="Kirim ulang surel yang gagal atau tidak pasti")
    def kirim_lagi(self, request, queryset):
        jumlah = sum(kirim_ulang(p) for p in queryset)
        messages.success(request, f"{jumlah} surel akan dikirim ulang dalam satu menit.")
