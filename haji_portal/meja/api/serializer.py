"""What the API answers. Lists hold as little about a person as a work list needs; the detail what the page shows."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from rest_framework import serializers

from haji_portal.alur.models import Giliran, Permohonan, Riwayat
from haji_portal.berkas.models import ButirBerkas, Lampiran
from haji_portal.jemaah.models import Jemaah
from haji_portal.jemaah.nik import inisial

from ..kasus import cerita


class GiliranSerializer(serializers.ModelSerializer):
    """Whose turn it is; `tenggat` is null where no deadline runs."""

    kantor = serializers.CharField(source="kantor.slug", read_only=True)

    class Meta:
        model = Giliran
        fields = ["peran", "kantor", "pihak", "kegiatan", "sejak", "tenggat"]
        read_only_fields = fields


class PerkaraRingkas(serializers.Serializer):
    """One row of a list."""

    nomor = serializers.CharField()
    layanan = serializers.CharField(source="jenis")
    kantor = serializers.CharField(source="kantor.slug")
    saluran = serializers.CharField()
    tahap = serializers.CharField()
    tahap_label = serializers.CharField(source="info_tahap.label")
    versi = serializers.IntegerField()
    putaran = serializers.IntegerField()
    terhalang = serializers.BooleanField()
    dibuka = serializers.DateTimeField()
    ditutup = serializers.DateTimeField(allow_null=True)
    inisial_pemohon = serializers.SerializerMethodField()
    giliran = GiliranSerializer(many=True, source="giliran.all")

    def get_inisial_pemohon(self, perkara: Permohonan) -> str:
        return inisial(perkara.pemohon.nama) if perkara.pemohon else ""


class Halaman(serializers.Serializer):
    """A page of a list; `berikut` is the address of the next one, null on the last."""

    hasil = PerkaraRingkas(many=True)
    berikut = serializers.CharField(allow_null=True)


class PemohonSerializer(serializers.ModelSerializer):
    """The applicant as the case page shows them."""

    class Meta:
        model = Jemaah
        fields = [
            "nama", "nik", "tempat_lahir", "tanggal_lahir", "jenis_kelamin", "alamat", "kelurahan", "kecamatan",
            "kabupaten", "telepon",
        ]  # fmt: skip
        read_only_fields = fields


class PerkaraSerializer(PerkaraRingkas):
    """One case. A service adds its own fields as `isian`."""

    sop = serializers.CharField(source="sop.kode", allow_null=True, default=None)
    tahap_publik = serializers.CharField(source="info_tahap.publik")
    selesai = serializers.BooleanField(source="info_tahap.akhir")
    pemohon = PemohonSerializer(allow_null=True)
    halaman = serializers.CharField(source="get_absolute_url")


class BidangSerializer(serializers.Serializer):
    """One field of a step: `skema` is its JSON Schema, `pilihan` what may be chosen in this very case."""

    nama = serializers.CharField()
    label = serializers.CharField()
    wajib = serializers.BooleanField()
    bantuan = serializers.CharField()
    skema = serializers.DictField()
    pilihan = serializers.ListField(child=serializers.DictField(child=serializers.CharField()))


class LangkahPerkaraSerializer(serializers.Serializer):
    """One step of the case's present status for the person who asks. `tertutup`: why not now, in sentences."""

    nama = serializers.CharField()
    label = serializers.CharField()
    keterangan = serializers.CharField()
    terbuka = serializers.BooleanField()
    tertutup = serializers.ListField(child=serializers.CharField())
    berikut = serializers.BooleanField(help_text="Langkah berikutnya menurut SOP kantor.")
    cabang = serializers.BooleanField(help_text="Di luar baris SOP: kembalikan, tolak, cabut.")
    tanda_tangan = serializers.BooleanField(help_text="Dilakukan di halaman perkara, tidak lewat API.")
    sandi = serializers.BooleanField(help_text="Melepas dana: kata sandi diminta di halaman perkara, tidak lewat API.")
    isian = BidangSerializer(many=True)
    url = serializers.CharField()


class DaftarLangkah(serializers.Serializer):
    """The steps of the present status."""

    nomor = serializers.CharField()
    tahap = serializers.CharField()
    versi = serializers.IntegerField()
    langkah = LangkahPerkaraSerializer(many=True)


class Tanda(serializers.Serializer):
    """What a write answers. `sudah`: this step had been done before by the same person from the same version."""

    nomor = serializers.CharField()
    tahap = serializers.CharField()
    versi = serializers.IntegerField()
    langkah = serializers.CharField()
    sudah = serializers.BooleanField()
    peringatan = serializers.ListField(child=serializers.CharField())
    lampiran = serializers.ListField(child=serializers.CharField(), help_text="Alamat berkas yang baru.")
    url = serializers.CharField()


class ButirSerializer(serializers.ModelSerializer):
    """One line of the checklist."""

    class Meta:
        model = ButirBerkas
        fields = ["kode", "nama", "bentuk", "jumlah", "wajib", "verdict", "alasan"]
        read_only_fields = fields


class LampiranSerializer(serializers.ModelSerializer):
    """One stored file; `url` leads to its content, and every opening is written down."""

    butir = serializers.CharField(source="butir.kode", read_only=True, allow_null=True, default=None)
    url = serializers.SerializerMethodField()

    class Meta:
        model = Lampiran
        fields = ["id", "jenis", "nama", "mime", "ukuran", "sha256", "halaman", "butir", "diunggah_pada", "url"]
        read_only_fields = fields

    def get_url(self, lampiran: Lampiran) -> str:
        perkara = self.context["perkara"]
        return reverse(f"api:{perkara.jenis}_berkas_satu", args=[perkara.nomor, lampiran.pk])


class TempatUnggah(serializers.Serializer):
    """A file field of a step that is open now."""

    langkah = serializers.CharField()
    isian = serializers.CharField()
    label = serializers.CharField()


class DaftarBerkas(serializers.Serializer):
    """Checklist, files, and where a file may be put now."""

    butir = ButirSerializer(many=True)
    lampiran = LampiranSerializer(many=True)
    unggah = TempatUnggah(many=True)


class RiwayatSerializer(serializers.ModelSerializer):
    """One step that happened; `hash` is its link in the case's chain."""

    isi = serializers.SerializerMethodField()

    class Meta:
        model = Riwayat
        fields = [
            "urut", "waktu", "langkah", "label", "dari", "ke", "versi", "putaran", "pelaku_jenis", "nama", "jabatan",
            "nomor_sk", "peran", "isi", "hash",
        ]  # fmt: skip
        read_only_fields = fields

    def get_isi(self, baris: Riwayat) -> str:
        return cerita(baris)


class DaftarRiwayat(serializers.Serializer):
    """The whole history, oldest first."""

    hasil = RiwayatSerializer(many=True)


class MasalahSerializer(serializers.Serializer):
    """RFC 9457. `galat` (422): field name to sentences; `versi` (409): the present one; `halaman`: where to sign."""

    type = serializers.CharField()
    title = serializers.CharField()
    status = serializers.IntegerField()
    detail = serializers.CharField()
    galat = serializers.DictField(child=serializers.ListField(child=serializers.CharField()), required=False)
    versi = serializers.IntegerField(required=False)
    halaman = serializers.CharField(required=False)


def bentuk(kelas: Any, isi: Any, **konteks: Any) -> Any:
    """The plain data of an answer."""
    return kelas(isi, context=konteks).data
