"""Public data: the SOP tables in force, as the offices published them."""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.permissions import AllowAny
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from haji_portal.alur.models import SOP, LangkahSOP


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


class DaftarSOP(APIView):
    """GET /api/v1/sop/: every table in force today, unpaginated, no login."""

    authentication_classes: list[Any] = []
    permission_classes = [AllowAny]
    renderer_classes = [JSONRenderer]

    @extend_schema(responses=SOPSerializer(many=True), operation_id="sop_daftar")
    def get(self, request: Request) -> Response:
        hari_ini = timezone.localdate()
        berlaku = SOP.objects.filter(
            Q(berlaku_sampai__isnull=True) | Q(berlaku_sampai__gte=hari_ini), berlaku_dari__lte=hari_ini
        )
        # A table that replaces another may start before the old one was ended: the newest stands.
        terbaru = {sop.kode: sop for sop in berlaku.order_by("kode", "berlaku_dari").prefetch_related("langkah")}
        return Response(SOPSerializer(list(terbaru.values()), many=True).data)
