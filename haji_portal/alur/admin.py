"""Admin of the mechanism: calendars, rules and outages are edited; cases, history and deadlines are only read."""

from __future__ import annotations

from typing import Any

from django import forms
from django.apps import apps
from django.contrib import admin
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest

from haji_portal.akun.admin import saat_jam_berubah
from haji_portal.akun.models import Kantor
from haji_portal.akun.situs_admin import HanyaBaca

from .apps import SopConfig
from .efek import coba_lagi
from .kalender import lupakan_kalender
from .models import (
    SOP,
    Aturan,
    Efek,
    Giliran,
    HariLibur,
    Jeda,
    Kunci,
    LangkahSOP,
    PenutupanLayanan,
    PeriodeJamLayanan,
    Perkara,
    Riwayat,
    RiwayatIsi,
    SegelHarian,
    Tenggat,
    Terlibat,
)
from .penutupan import bertabrakan, lupakan_penutupan
from .tampil_waktu import tanggal
from .tenggat import segarkan_kantor


class BarisInline(admin.TabularInline):
    """Children of a read-only row."""

    extra = 0
    can_delete = False

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class RiwayatInline(BarisInline):
    model = Riwayat
    fields = ["urut", "waktu", "label", "dari", "ke", "nama", "jabatan"]


class GiliranInline(BarisInline):
    model = Giliran
    fields = ["peran", "kantor", "pihak", "kegiatan", "sejak", "tenggat"]


class LangkahSOPInline(BarisInline):
    model = LangkahSOP
    fields = ["no", "aktivitas", "pelaksana", "menit", "hari_kerja", "output", "transisi", "status", "cabang"]


@admin.register(Perkara)
class PerkaraAdmin(HanyaBaca):
    """Every case; what happens to it goes through its steps."""

    list_display = ["nomor", "jenis", "kantor", "tahap", "saluran", "dibuka", "ditutup", "terhalang"]
    list_filter = ["jenis", "kantor", "tahap", "saluran", "terhalang", "dibuka"]
    search_fields = ["nomor", "pemohon__nama", "porsi__nomor"]
    search_help_text = "Nomor perkara, nama pemohon, atau nomor porsi. Jangan mengetik NIK di sini."
    list_select_related = ["kantor"]
    date_hierarchy = "dibuka"
    inlines = [GiliranInline, RiwayatInline]


@admin.register(Terlibat)
class TerlibatAdmin(HanyaBaca):
    """Which partner may see which case; written with the turns."""

    list_display = ["perkara", "kantor"]
    list_filter = ["kantor", "perkara__jenis"]
    search_fields = ["perkara__nomor"]
    list_select_related = ["perkara", "kantor"]


@admin.register(Riwayat)
class RiwayatAdmin(HanyaBaca):
    ordering = ["-pk"]
    list_display = ["waktu", "perkara", "urut", "label", "dari", "ke", "nama", "peran"]
    list_filter = ["langkah", "peran", "pelaku_jenis", "perkara__kantor"]
    search_fields = ["perkara__nomor", "nama", "label"]
    list_select_related = ["perkara"]
    date_hierarchy = "waktu"


@admin.register(RiwayatIsi)
class RiwayatIsiAdmin(HanyaBaca):
    list_display = ["riwayat"]
    list_filter = ["riwayat__langkah", "riwayat__perkara__kantor"]
    search_fields = ["riwayat__perkara__nomor"]
    list_select_related = ["riwayat__perkara"]


@admin.register(SegelHarian)
class SegelHarianAdmin(HanyaBaca):
    list_display = ["tanggal", "kantor", "jumlah", "akar"]
    list_filter = ["kantor", "tanggal"]
    search_fields = ["akar", "kantor__nama"]
    list_select_related = ["kantor"]


@admin.register(Efek)
class EfekAdmin(HanyaBaca):
    """The outbox; what gave up can be started again."""

    list_display = ["jenis", "perkara", "jatuh_tempo", "percobaan", "selesai", "menyerah", "galat"]
    list_filter = ["jenis", ("selesai", admin.EmptyFieldListFilter), ("menyerah", admin.EmptyFieldListFilter)]
    search_fields = ["jenis", "kunci", "riwayat__perkara__nomor"]
    list_select_related = ["riwayat__perkara"]
    actions = ["ulangi"]

    @admin.display(description="perkara")
    def perkara(self, obj: Efek) -> str:
        return obj.riwayat.perkara.nomor

    @admin.action(description="Coba lagi yang menyerah")
    def ulangi(self, request: HttpRequest, queryset: QuerySet) -> None:
        jumlah = sum(coba_lagi(efek) for efek in queryset)
        self.message_user(request, f"{jumlah} efek akan dicoba lagi.")


@admin.register(Giliran)
class GiliranAdmin(HanyaBaca):
    list_display = ["perkara", "peran", "kantor", "pihak", "kegiatan", "sejak", "tenggat"]
    list_filter = ["peran", "pihak", "kantor"]
    search_fields = ["perkara__nomor", "kegiatan"]
    list_select_related = ["perkara", "kantor"]


@admin.register(Kunci)
class KunciAdmin(HanyaBaca):
    list_display = ["perkara", "jenis"]
    list_filter = ["jenis"]
    search_fields = ["perkara__nomor"]
    list_select_related = ["perkara"]


@admin.register(Tenggat)
class TenggatAdmin(HanyaBaca):
    ordering = ["-pk"]
    list_display = [
        "perkara", "jenis", "kode", "pihak", "kantor", "mulai", "batas", "selesai", "menit_terpakai", "peringatan",
    ]  # fmt: skip
    list_filter = ["jenis", "pihak", "peringatan", ("selesai", admin.EmptyFieldListFilter), "kantor", "perkara__kantor"]
    search_fields = ["perkara__nomor", "kode"]
    list_select_related = ["perkara", "kantor"]


@admin.register(Jeda)
class JedaAdmin(admin.ModelAdmin):
    """Outages of a whole office (Siskohat or network down). Pauses of one case are recorded on its page."""

    list_display = ["kantor", "perkara", "mulai", "selesai", "alasan"]
    list_filter = ["kantor", ("perkara", admin.EmptyFieldListFilter), ("selesai", admin.EmptyFieldListFilter)]
    search_fields = ["kantor__nama", "perkara__nomor", "alasan"]
    list_select_related = ["kantor", "perkara"]
    fields = ["kantor", "mulai", "selesai", "alasan"]

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return (obj is None or obj.perkara_id is None) and super().has_change_permission(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    @transaction.atomic
    def save_model(self, request: HttpRequest, obj: Jeda, form: Any, change: bool) -> None:
        """Save, and move the open deadlines of the office by what the outage took."""
        super().save_model(request, obj, form, change)
        segarkan_kantor(obj.kantor)


class KalenderAdmin(admin.ModelAdmin):
    """Working-time data: open deadlines move at once; another process counts by the new hours within a minute."""

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        lama = type(obj).objects.filter(pk=obj.pk).first() if change else obj
        super().save_model(request, obj, form, change)
        self._hitung_ulang([lama, obj])

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        super().delete_model(request, obj)
        self._hitung_ulang([obj])

    def delete_queryset(self, request: HttpRequest, queryset: Any) -> None:
        rows = list(queryset)
        super().delete_queryset(request, queryset)
        self._hitung_ulang(rows)

    @staticmethod
    def _hitung_ulang(rows: list[Any]) -> None:
        kantor = {row.kantor_id: row.kantor for row in rows}
        for satu in [None] if None in kantor else kantor.values():
            hitung_ulang(satu)


def hitung_ulang(kantor: Kantor | None) -> None:
    """By the new working time: of one office, of all for None."""
    lupakan_kalender()
    segarkan_kantor(kantor)


saat_jam_berubah.append(hitung_ulang)


@admin.register(HariLibur)
class HariLiburAdmin(KalenderAdmin):
    list_display = ["tanggal", "nama", "jenis", "kantor"]
    list_filter = ["jenis", "kantor", "tanggal"]
    search_fields = ["nama"]
    list_select_related = ["kantor"]
    date_hierarchy = "tanggal"


@admin.register(PeriodeJamLayanan)
class PeriodeJamLayananAdmin(KalenderAdmin):
    list_display = ["nama", "dari", "sampai", "kantor"]
    list_filter = ["kantor", "dari"]
    search_fields = ["nama"]
    list_select_related = ["kantor"]


@admin.register(Aturan)
class AturanAdmin(admin.ModelAdmin):
    """A rule changes by a new row with its own date: old cases keep the rule of their day."""

    list_display = ["kode", "nilai", "sumber", "mulai", "selesai"]
    list_filter = ["kode", "mulai"]
    search_fields = ["kode", "nilai", "sumber"]

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class FormPenutupan(forms.ModelForm):
    """What is shown to everybody, checked as a whole: no two rows may speak about the same office and day."""

    layanan = forms.ChoiceField(label="Layanan")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        pilihan: Any = self.fields.get("layanan")
        if pilihan is not None:
            layanan = [c for c in apps.get_app_configs() if isinstance(c, SopConfig) and c.nama_layanan]
            pilihan.choices = [(c.label, c.nama_layanan) for c in layanan]

    def clean(self) -> dict[str, Any]:
        isi = super().clean() or self.cleaned_data
        kantor, kecuali = isi.get("kantor"), {k.pk for k in isi.get("kecuali") or ()}
        if kantor and kecuali:
            self.add_error("kecuali", "Pengecualian hanya untuk penutupan di semua kantor; kosongkan salah satunya.")
        if not self.errors:
            # The model's own checks run on this instance; it takes its values only after this.
            nilai = {n: isi[n] for n in ("layanan", "kantor", "mulai", "selesai")}
            lain = bertabrakan(PenutupanLayanan(pk=self.instance.pk, **nilai), kecuali)
            if lain is not None:
                di = lain.kantor.nama_pendek if lain.kantor else "semua kantor"
                kalimat = f"Layanan ini sudah ditutup di {di} sejak {tanggal(lain.mulai)}; akhiri atau ubah baris itu."
                self.add_error("mulai", kalimat)
        return isi


@admin.register(PenutupanLayanan)
class PenutupanLayananAdmin(admin.ModelAdmin):
    """Where a service takes nothing new, and why. A row of the reference data would come back: it is ended instead."""

    form = FormPenutupan
    list_display = ["layanan", "kantor", "mulai", "selesai", "dibuat_oleh"]
    list_filter = ["layanan", "kantor", "mulai", ("selesai", admin.EmptyFieldListFilter)]
    search_fields = ["layanan", "kantor__nama", "alasan", "dasar_hukum"]
    list_select_related = ["kantor", "dibuat_oleh"]
    autocomplete_fields = ["kantor", "kecuali"]
    readonly_fields = ["dibuat_oleh", "dibuat"]
    fields = ["layanan", "kantor", "kecuali", "mulai", "selesai", "alasan", "dasar_hukum", "dibuat_oleh", "dibuat"]

    def has_delete_permission(self, request: HttpRequest, obj: PenutupanLayanan | None = None) -> bool:
        return (obj is None or obj.dibuat_oleh_id is not None) and super().has_delete_permission(request, obj)

    def save_model(self, request: HttpRequest, obj: PenutupanLayanan, form: Any, change: bool) -> None:
        if not change:
            obj.dibuat_oleh = request.user  # type: ignore[assignment]
        super().save_model(request, obj, form, change)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        lupakan_penutupan()

    def delete_model(self, request: HttpRequest, obj: PenutupanLayanan) -> None:
        super().delete_model(request, obj)
        lupakan_penutupan()

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet) -> None:
        super().delete_queryset(request, queryset)
        lupakan_penutupan()


@admin.register(SOP)
class SOPAdmin(HanyaBaca):
    """SOP tables come from the YAML files of the apps; cases keep the table they began with."""

    list_display = ["kode", "nama", "berlaku_dari", "berlaku_sampai", "jangka_waktu"]
    list_filter = ["layanan", "kantor", "berlaku_dari"]
    search_fields = ["kode", "nama"]
    inlines = [LangkahSOPInline]


@admin.register(LangkahSOP)
class LangkahSOPAdmin(HanyaBaca):
    list_display = ["sop", "no", "aktivitas", "menit", "hari_kerja", "output", "cabang"]
    list_filter = ["sop__layanan", "sop__kantor", "bentuk", "cabang"]
    search_fields = ["aktivitas", "sop__kode", "no"]
    list_select_related = ["sop"]
