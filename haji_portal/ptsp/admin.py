"""Admin: visits are planned here; everything else to look, not to touch."""

from __future__ import annotations

from django.contrib import admin

from haji_portal.akun.situs_admin import HanyaBaca, TidakDihapus

from .models import (
    AksesSurat,
    BerkasKonsep,
    BerkasSurat,
    BukuTamu,
    DetakPekerja,
    Disposisi,
    JawabanSurvei,
    KodeKontak,
    Konsep,
    KoreksiSurat,
    Kunjungan,
    LayananAntrean,
    Loket,
    Pelayanan,
    PenerimaDisposisi,
    PerangkatAntrean,
    PercobaanCek,
    PeristiwaDisposisi,
    PeristiwaTiket,
    SuratMasuk,
    TautanSurvei,
    Tiket,
    UnggahanSebagian,
)
from .models.survei import UNSUR


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


@admin.register(LayananAntrean)
class LayananAntreanAdmin(TidakDihapus):
    """What can be queued for; switched off instead of deleted, since old numbers point at it."""

    list_display = ["huruf", "nama", "kantor", "jenis", "urut", "aktif"]
    list_filter = ["kantor", "aktif"]
    search_fields = ["nama", "kantor__nama"]
    list_select_related = ["kantor"]
    autocomplete_fields = ["kantor"]

    def get_readonly_fields(self, request, obj=None):
        # Tickets of today carry the letter; another office's numbers would follow it.
        return ["kantor", "huruf"] if obj else []


@admin.register(Loket)
class LoketAdmin(TidakDihapus):
    list_display = ["sebutan", "kantor", "aktif", "petugas", "petugas_sejak"]
    list_filter = ["kantor", "aktif"]
    search_fields = ["nama", "kantor__nama"]
    list_select_related = ["kantor", "petugas"]
    autocomplete_fields = ["kantor"]
    readonly_fields = ["petugas", "petugas_sejak"]

    def get_readonly_fields(self, request, obj=None):
        return [*self.readonly_fields, "kantor"] if obj else self.readonly_fields

    def get_fields(self, request, obj=None):
        # What it serves is chosen among the services of its office, which a new desk does not have yet.
        semua = super().get_fields(request, obj)
        return semua if obj else [nama for nama in semua if nama != "layanan"]

    def formfield_for_manytomany(self, db_field, request, **kwargs):
        if db_field.name == "layanan":
            loket = request.resolver_match.kwargs.get("object_id", "")
            kantor = Loket.objects.filter(pk=int(loket) if loket.isdigit() and len(loket) < 15 else 0).values("kantor")
            kwargs["queryset"] = LayananAntrean.objects.filter(kantor__in=kantor)
        return super().formfield_for_manytomany(db_field, request, **kwargs)


@admin.register(PerangkatAntrean)
class PerangkatAntreanAdmin(TidakDihapus):
    """Devices are paired by their office, which also sees their address; here they are named, set and revoked."""

    list_display = ["nama", "jenis", "kantor", "dibuat", "terakhir", "dicabut"]
    list_filter = ["jenis", "kantor", "dicabut"]
    search_fields = ["nama", "kantor__nama"]
    list_select_related = ["kantor"]
    autocomplete_fields = ["kantor"]
    readonly_fields = ["dibuat", "dibuat_oleh", "terakhir"]


@admin.register(BukuTamu)
class BukuTamuAdmin(HanyaBaca):
    """That somebody came and what for; who it was is for the office alone."""

    fields = ["kantor", "waktu", "keperluan", "dikosongkan"]
    list_display = ["waktu", "kantor", "keperluan", "dikosongkan"]
    list_filter = ["kantor", "tanggal"]
    search_fields = ["keperluan"]
    list_select_related = ["kantor"]


@admin.register(Tiket)
class TiketAdmin(HanyaBaca):
    fields = [
        "kantor", "tanggal", "huruf", "nomor", "layanan", "prioritas", "keadaan", "diambil", "dipanggil", "dilayani",
        "selesai", "loket", "untuk_loket", "perkara",
    ]  # fmt: skip
    list_display = ["kode", "tanggal", "kantor", "layanan", "prioritas", "keadaan", "loket"]
    list_filter = ["kantor", "keadaan", "prioritas", "tanggal"]
    search_fields = ["=nomor", "perkara__nomor"]
    list_select_related = ["kantor", "layanan", "loket"]


@admin.register(PeristiwaTiket)
class PeristiwaTiketAdmin(HanyaBaca):
    list_display = ["waktu", "tiket", "jenis", "loket", "petugas"]
    list_filter = ["jenis", "tiket__kantor", "waktu"]
    search_fields = ["=tiket__nomor", "petugas__nama"]
    list_select_related = ["tiket", "loket", "petugas"]


@admin.register(TautanSurvei)
class TautanSurveiAdmin(HanyaBaca):
    """Whose survey may be answered until when; not whether it was."""

    fields = ["perkara", "habis"]
    list_display = ["perkara", "habis"]
    list_filter = ["habis", "perkara__jenis", "perkara__kantor"]
    list_select_related = ["perkara"]
    search_fields = ["perkara__nomor"]


@admin.register(JawabanSurvei)
class JawabanSurveiAdmin(HanyaBaca):
    """The answers, which belong to no case."""

    list_display = ["layanan", "kantor", "bulan", *UNSUR, "saran"]
    list_filter = ["layanan", "kantor", "bulan", "usia", "kelamin", "pendidikan", "pekerjaan"]
    list_select_related = ["kantor"]
    search_fields = ["saran", "layanan", "kantor__nama"]


@admin.register(SuratMasuk)
class SuratMasukAdmin(HanyaBaca):
    list_display = ["nomor_agenda", "kantor", "diterima", "pengirim", "sifat", "dibatalkan"]
    list_filter = ["kantor", "tahun", "sifat", "diterima"]
    search_fields = ["pengirim", "perihal", "nomor_surat", "perkara__nomor"]
    list_select_related = ["kantor"]
    date_hierarchy = "diterima"


@admin.register(KoreksiSurat)
class KoreksiSuratAdmin(HanyaBaca):
    list_display = ["surat", "oleh", "waktu"]
    list_filter = ["waktu", "surat__kantor"]
    search_fields = ["surat__perihal", "oleh__nama"]
    list_select_related = ["surat", "oleh"]


@admin.register(BerkasSurat)
class BerkasSuratAdmin(HanyaBaca):
    """That a scan exists; it opens in the agenda alone, where its opening is written down."""

    fields = ["surat", "nama", "mime", "ukuran", "halaman", "diunggah_oleh", "diunggah_pada"]
    list_display = ["surat", "nama", "mime", "ukuran", "diunggah_pada"]
    list_filter = ["mime", "diunggah_pada", "surat__kantor"]
    search_fields = ["nama", "surat__perihal"]
    list_select_related = ["surat"]


@admin.register(AksesSurat)
class AksesSuratAdmin(HanyaBaca):
    list_display = ["berkas", "pengguna", "waktu"]
    list_filter = ["waktu"]
    search_fields = ["pengguna__nama", "berkas__nama"]
    list_select_related = ["berkas", "pengguna"]


@admin.register(Disposisi)
class DisposisiAdmin(HanyaBaca):
    list_display = ["id", "kantor", "jabatan_pengirim", "sifat", "tenggat", "langkah", "dibuat"]
    list_filter = ["kantor", "sifat", "langkah", "dibuat"]
    search_fields = ["nama_pengirim", "perkara__nomor", "surat__perihal", "catatan"]
    list_select_related = ["kantor"]
    date_hierarchy = "dibuat"


@admin.register(PenerimaDisposisi)
class PenerimaDisposisiAdmin(HanyaBaca):
    list_display = ["disposisi", "peran", "nama", "dibaca", "selesai", "dicabut"]
    list_filter = ["peran", "disposisi__kantor", "selesai"]
    search_fields = ["nama", "jabatan", "disposisi__perkara__nomor"]
    list_select_related = ["disposisi"]


@admin.register(PeristiwaDisposisi)
class PeristiwaDisposisiAdmin(HanyaBaca):
    list_display = ["penerima", "jenis", "nama", "waktu"]
    list_filter = ["jenis", "waktu"]
    search_fields = ["nama", "catatan"]
    list_select_related = ["penerima"]


@admin.register(Pelayanan)
class PelayananAdmin(HanyaBaca):
    list_display = ["nomor", "kantor", "pemohon", "nama_layanan", "status", "dibuka", "ditutup"]
    list_filter = ["status", "layanan", "kantor", "dibuka"]
    search_fields = ["nomor", "pemohon__nama", "nama_layanan", "nomor_produk"]
    list_select_related = ["kantor", "pemohon"]
