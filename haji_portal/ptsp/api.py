"""Public data: the SOP tables in force, as the offices published them, and the status of one's own case."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import Prefetch, Q
from django.utils import timezone
from rest_framework import serializers
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response

from haji_portal.alur.models import SOP, LangkahSOP
from haji_portal.meja.api.batas import tolak
from haji_portal.meja.api.dasar import JSON, Operasi, PandanganApi
from haji_portal.meja.api.galat import IsianDitolak, Masalah
from haji_portal.meja.api.isian import data_form, galat_form, skema_form

from .batas import cocok, tunggu_cek
from .cek import TIDAK_COCOK, cari
from .forms import FormTanggalLahir, rapikan_nomor
from .keadaan import keadaan


class LangkahSerializer(serializers.ModelSerializer):
    """One printed row; `menit` are working minutes, `hari_kerja` working days; null where the SOP prints nothing."""

    output = serializers.SerializerMethodField()

    class Meta:
        model = LangkahSOP
        fields = ["no", "aktivitas", "pelaksana", "menit", "hari_kerja", "output", "transisi"]

    def get_output(self, baris: LangkahSOP) -> str | None:
        return baris.output or None


class SOPSerializer(serializers.ModelSerializer):
    """One table; `layanan` and `kantor` are the first two segments of its `kode`."""

    langkah = LangkahSerializer(many=True, read_only=True)
    layanan = serializers.SerializerMethodField()
    kantor = serializers.SerializerMethodField()

    class Meta:
        model = SOP
        fields = ["kode", "layanan", "kantor", "kolom", "langkah"]

    def get_layanan(self, sop: SOP) -> str:
        return sop.kode.split("/")[0]

    def get_kantor(self, sop: SOP) -> str:
        return sop.kode.split("/", 2)[1]


class DaftarSOP(PandanganApi):
    """GET /api/v1/sop/: every table in force today, unpaginated, no login."""

    authentication_classes: list[Any] = []
    permission_classes = [AllowAny]
    tembolok = "public, max-age=60"

    def get(self, request: Request) -> Response:
        hari_ini = timezone.localdate()
        berlaku = SOP.objects.filter(
            Q(berlaku_sampai__isnull=True) | Q(berlaku_sampai__gte=hari_ini), berlaku_dari__lte=hari_ini
        )
        # A table that replaces another may start before the old one was ended: the newest stands.
        tercetak = Prefetch("langkah", queryset=LangkahSOP.objects.filter(lanjutan=False))
        terbaru = {sop.kode: sop for sop in berlaku.order_by("kode", "berlaku_dari").prefetch_related(tercetak)}
        return Response(SOPSerializer(list(terbaru.values()), many=True).data)

    def operasi(self) -> dict[str, Operasi]:
        """A list, whole."""
        jawaban = {200: ("Semua tabel SOP yang berlaku", SOPSerializer(many=True), ())}
        return {"get": Operasi("sop_daftar", "Tabel SOP semua kantor", jawaban)}


class TitikSerializer(serializers.Serializer):
    """One plain stage; keadaan: selesai | sekarang | akan."""

    nama = serializers.CharField()
    keadaan = serializers.CharField()
    saat = serializers.CharField()


class KurangSerializer(serializers.Serializer):
    """One document that is still missing."""

    nama = serializers.CharField()
    diminta = serializers.CharField()
    alasan = serializers.CharField()


class TitikUangSerializer(serializers.Serializer):
    """One event on the way of the money."""

    kalimat = serializers.CharField()
    tanggal = serializers.DateField(source="pada")
    alasan = serializers.CharField()


class UangSerializer(serializers.Serializer):
    """Where the money is; amounts in whole rupiah, the yield null until BPKH states it. No account number, no name."""

    kini = serializers.CharField()
    sejak = serializers.CharField()
    setoran = serializers.IntegerField()
    nilai_manfaat = serializers.IntegerField(allow_null=True)
    lanjut = serializers.CharField()
    tanpa_batas = serializers.CharField()
    titik = TitikUangSerializer(many=True)


class KeadaanSerializer(serializers.Serializer):
    """The same answer as the public page: no name, no number of a person."""

    nomor = serializers.CharField()
    layanan = serializers.CharField()
    kantor = serializers.CharField(source="kantor.nama")
    inisial = serializers.CharField()
    tahap = serializers.CharField()
    kalimat = serializers.ListField(child=serializers.CharField())
    tahapan = TitikSerializer(many=True, source="garis")
    selesai = serializers.BooleanField()
    terlambat = serializers.BooleanField()
    dengan = serializers.CharField()
    sejak = serializers.CharField()
    batas = serializers.CharField()
    kurang = KurangSerializer(many=True)
    per = serializers.CharField()
    uang = UangSerializer(source="jejak", allow_null=True)


class FormCek(forms.Form):
    """Both questions of the page in one."""

    nomor = forms.CharField(max_length=40)
    tanggal_lahir = forms.DateField(help_text="Tanggal lahir pemohon seperti pada KTP.")


class Status(PandanganApi):
    """POST /api/v1/status/: the public lookup, with the page's limits and one answer for every mismatch."""

    authentication_classes: list[Any] = []
    permission_classes = [AllowAny]

    def post(self, request: Request) -> Response:
        """200, 404 when number and date do not belong together, 429 with Retry-After."""
        data = data_form(FormCek(), request.data)
        form = FormCek(data)
        if not form.is_valid():
            raise galat_form(form)
        tanggal = FormTanggalLahir(data)
        if not tanggal.is_valid():
            raise IsianDitolak({"tanggal_lahir": [FormTanggalLahir.GALAT]})
        nomor = rapikan_nomor(form.cleaned_data["nomor"]) or form.cleaned_data["nomor"].upper()
        if detik := tunggu_cek(request, nomor):
            raise tolak(detik)
        perkara = cari(nomor, tanggal.cleaned_data["tanggal_lahir"])
        if perkara is None:
            raise Masalah("tidak-cocok", TIDAK_COCOK)
        cocok(request, nomor)
        return Response(KeadaanSerializer(keadaan(perkara)).data)

    def operasi(self) -> dict[str, Operasi]:
        """A question by POST: the number and the date stand in no address."""
        jawaban = {200: ("Keadaan permohonan", KeadaanSerializer, ())}
        contoh = {"nomor": "LTM-PD-26-7K2M9Q", "tanggal_lahir": "1962-08-17"}
        badan = {JSON: skema_form(FormCek.base_fields)}
        return {
            "post": Operasi(
                "status_cek", "Cek status permohonan", jawaban, badan=badan, galat=(404, 413, 415, 422), contoh=contoh
            )
        }
