"""Admin of accounts and offices. People and offices are ended by date or switched off, never deleted."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.models import Group
from django.http import HttpRequest
from django.utils import timezone
from django_otp.plugins.otp_static.models import StaticDevice
from django_otp.plugins.otp_totp.models import TOTPDevice

from .dua_faktor import cabut
from .models import JamLayanan, Kantor, KopSurat, NamaBank, PenandaTanganSurat, Pengguna, Penugasan, TokenApi
from .situs_admin import HanyaBaca, TidakDihapus

# Rights come from Penugasan only; a second source would be a way around it. Devices are made by their owners.
for _model in (Group, TOTPDevice, StaticDevice):
    if admin.site.is_registered(_model):
        admin.site.unregister(_model)


saat_jam_berubah: list[Callable[[Kantor], None]] = []
"""Called with an office whose hours or time zone were edited; the floors above, which count time, add themselves."""


def kabarkan_jam(*kantor: Kantor) -> None:
    for satu in {k.pk: k for k in kantor}.values():
        for fn in saat_jam_berubah:
            fn(satu)


class JamLayananInline(admin.TabularInline):
    model = JamLayanan
    extra = 0


class NamaBankInline(admin.TabularInline):
    model = NamaBank
    extra = 0


class KopSuratInline(admin.StackedInline):
    model = KopSurat
    extra = 0


class PenandaTanganSuratInline(admin.TabularInline):
    model = PenandaTanganSurat
    extra = 0


class PenugasanInline(admin.StackedInline):
    model = Penugasan
    extra = 0
    autocomplete_fields = ["kantor"]


@admin.register(Kantor)
class KantorAdmin(TidakDihapus):
    list_display = ["nama", "jenis", "induk", "provinsi", "zona", "kode_perkara", "kode_surat", "aktif"]
    list_filter = ["jenis", "aktif", "zona", "provinsi"]
    search_fields = ["nama", "slug", "kode_perkara", "kabupaten"]
    list_select_related = ["induk"]
    autocomplete_fields = ["induk"]
    inlines = [JamLayananInline, PenandaTanganSuratInline, KopSuratInline, NamaBankInline]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        # Case numbers and SOP tables already carry these.
        return ["slug", "kode_perkara"] if obj else []

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        if "zona" in form.changed_data or any(fs.model is JamLayanan and fs.has_changed() for fs in formsets):
            kabarkan_jam(form.instance)


@admin.register(NamaBank)
class NamaBankAdmin(admin.ModelAdmin):
    list_display = ["nama", "kantor"]
    list_filter = ["kantor"]
    search_fields = ["nama", "kantor__nama"]
    list_select_related = ["kantor"]


@admin.register(KopSurat)
class KopSuratAdmin(admin.ModelAdmin):
    list_display = ["kantor", "kementerian", "mulai", "selesai"]
    list_filter = ["kantor", "mulai"]
    search_fields = ["kantor__nama", "kementerian"]
    list_select_related = ["kantor"]


@admin.register(JamLayanan)
class JamLayananAdmin(admin.ModelAdmin):
    list_display = ["kantor", "hari", "buka", "tutup", "istirahat_mulai", "istirahat_selesai"]
    list_filter = ["hari", "kantor"]
    search_fields = ["kantor__nama"]
    list_select_related = ["kantor"]

    def save_model(self, request: HttpRequest, obj: JamLayanan, form: Any, change: bool) -> None:
        lama = JamLayanan.objects.get(pk=obj.pk) if change else obj
        super().save_model(request, obj, form, change)
        kabarkan_jam(lama.kantor, obj.kantor)

    def delete_model(self, request: HttpRequest, obj: JamLayanan) -> None:
        super().delete_model(request, obj)
        kabarkan_jam(obj.kantor)

    def delete_queryset(self, request: HttpRequest, queryset: Any) -> None:
        kantor = [jam.kantor for jam in queryset.select_related("kantor")]
        super().delete_queryset(request, queryset)
        kabarkan_jam(*kantor)


@admin.register(PenandaTanganSurat)
class PenandaTanganSuratAdmin(admin.ModelAdmin):
    list_display = ["kantor", "jenis_surat", "peran", "mulai", "selesai"]
    list_filter = ["jenis_surat", "peran", "kantor"]
    search_fields = ["kantor__nama", "jenis_surat"]
    list_select_related = ["kantor"]


@admin.register(Penugasan)
class PenugasanAdmin(admin.ModelAdmin):
    list_display = ["pengguna", "peran", "jenis", "kantor", "jabatan", "nomor_sk", "mulai", "selesai"]
    list_filter = ["peran", "jenis", "kantor", "mulai"]
    search_fields = ["pengguna__nama", "pengguna__username", "jabatan", "nomor_sk"]
    list_select_related = ["pengguna", "kantor"]
    autocomplete_fields = ["pengguna", "kantor"]


@admin.register(Pengguna)
class PenggunaAdmin(UserAdmin):
    """Accounts. Only a superuser may touch a superuser or make one: otherwise an admin could promote himself."""

    ordering = ["nama"]
    list_display = ["username", "nama", "is_active", "is_staff", "last_login"]
    list_filter = ["is_active", "is_staff", "penugasan__peran", "penugasan__kantor"]
    search_fields = ["username", "nama", "email"]
    inlines = [PenugasanInline]
    readonly_fields = ["last_login", "date_joined"]
    filter_horizontal = []
    actions = ["cabut_dua_faktor"]
    fieldsets = [
        (None, {"fields": ["username", "password"]}),
        ("Orang", {"fields": ["nama", "nip", "email"]}),
        ("Akses", {"fields": ["is_active", "is_staff", "is_superuser", "last_login", "date_joined"]}),
    ]
    add_fieldsets = [
        (
            None,
            {"classes": ["wide"], "fields": ["username", "nama", "email", "usable_password", "password1", "password2"]},
        )
    ]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        return [*super().get_readonly_fields(request, obj), *([] if request.user.is_superuser else ["is_superuser"])]

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        if obj is not None and obj.is_superuser and not request.user.is_superuser:
            return False
        return super().has_change_permission(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    @admin.action(description="Cabut kode dari aplikasi (ponsel hilang)")
    def cabut_dua_faktor(self, request: HttpRequest, queryset: Any) -> None:
        """The person logs in with the password alone and enrols anew."""
        boleh = [p for p in queryset if self.has_change_permission(request, p)]
        for pengguna in boleh:
            cabut(pengguna)
            self.log_change(request, pengguna, "Kode dari aplikasi dicabut.")
        self.message_user(request, f"Kode dari aplikasi dicabut untuk {len(boleh)} akun.")


@admin.register(TokenApi)
class TokenApiAdmin(HanyaBaca):
    """API keys: made only by their owner, revoked here too."""

    list_display = ["nama", "awalan", "pengguna", "hanya_baca", "kedaluwarsa", "terakhir_dipakai", "keadaan"]
    list_filter = ["hanya_baca", "dua_faktor", "kedaluwarsa", "dicabut"]
    search_fields = ["nama", "awalan", "pengguna__nama", "pengguna__username"]
    list_select_related = ["pengguna"]
    exclude = ["sidik", "sidik_sandi"]
    actions = ["cabut_token"]

    @admin.action(description="Cabut token yang dipilih")
    def cabut_token(self, request: HttpRequest, queryset: Any) -> None:
        """At once and for good; the admin log says who did it."""
        hidup = list(queryset.filter(dicabut__isnull=True))
        queryset.filter(dicabut__isnull=True).update(dicabut=timezone.now())
        for token in hidup:
            self.log_change(request, token, "Token dicabut.")
        self.message_user(request, f"{len(hidup)} token dicabut.")
