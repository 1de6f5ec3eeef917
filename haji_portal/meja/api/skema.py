"""The OpenAPI 3.1 description at /api/v1/schema/, made from the views' own declarations."""

from __future__ import annotations

import hashlib
import json
from functools import cache
from typing import Any

import yaml
from django.conf import settings
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.openapi import AutoSchema
from rest_framework.permissions import AllowAny
from rest_framework.renderers import BaseRenderer, JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response

from . import serializer as bentuk
from .autentikasi import Bertugas
from .dasar import JSON, Operasi, PandanganApi, jawab
from .etag import tidak_berubah
from .galat import MEDIA, SEMUA

SELALU = (400, 405, 406, 429, 500)
MASUK = (401, 403)
ALAMAT = {
    "nomor": {
        "schema": {"type": "string", "pattern": "^[A-Z]{2,4}-[A-Z]{2}-[0-9]{2}-[0-9A-HJKMNP-TV-Z]{6}$"},
        "description": "Nomor perkara.",
        "example": "LTM-PD-26-7K2M9Q",
    },
    "pk": {
        "schema": {"type": "integer", "minimum": 1, "maximum": 999999999999999999},
        "description": "Nomor berkas dari daftar berkas.",
    },
}
KEPALA_MINTA: dict[str, dict[str, Any]] = {
    "If-Match": {
        "required": True,
        "description": "ETag perkara yang terakhir dibaca. Tanpa ini 428; versi lama 409; bukan versi perkara 412.",
        "schema": {"type": "string", "pattern": '^"[0-9]{1,9}"$'},
        "example": '"3"',
    },
    "If-None-Match": {
        "description": "ETag yang sudah dimiliki; 304 bila belum berubah.",
        "schema": {"type": "string"},
        "example": '"3"',
    },
    "Idempotency-Key": {
        "description": "Kunci acak per perbuatan (misalnya UUID). Permintaan yang sama dengan kunci yang sama "
        "berakibat satu kali, dan jawabannya diulang selama 24 jam dengan Idempotency-Replayed: true.",
        "schema": {"type": "string", "pattern": "^[A-Za-z0-9_-]{1,255}$"},
    },
}
KEPALA_JAWAB: dict[str, dict[str, Any]] = {
    "ETag": {"description": "Versi perkara.", "schema": {"type": "string", "pattern": '^(W/)?"[^"]*"$'}},
    "Location": {"description": "Alamat yang baru.", "schema": {"type": "string"}},
    "Retry-After": {
        "description": "Detik sampai boleh mencoba lagi.",
        "schema": {"type": "string", "pattern": "^[0-9]+$"},
    },
    "WWW-Authenticate": {"description": "Cara masuk.", "schema": {"type": "string"}},
    "Allow": {"description": "Metode yang diterima.", "schema": {"type": "string"}},
    "Idempotency-Replayed": {"description": "true bila jawaban ini diulang.", "schema": {"type": "string"}},
}
BOLEH_ADA = {409: ("ETag", "Retry-After")}
KEPALA_GALAT = {401: ("WWW-Authenticate",), 405: ("Allow",), 429: ("Retry-After",)}
KEAMANAN = {
    "token": {"type": "http", "scheme": "bearer", "description": "Token dari halaman /akun/token/."},
    "sesi": {
        "type": "apiKey",
        "in": "cookie",
        "name": settings.SESSION_COOKIE_NAME,
        "description": "Sesi peramban, dengan X-CSRFToken.",
    },
}


class SkemaOperasi(AutoSchema):
    """Turns an `Operasi` into the schema's words."""

    def get_operation(self, path: str, path_regex: str, path_prefix: str, method: str, registry: Any) -> Any:
        """One operation; views of other makers keep drf-spectacular's own guess."""
        if not isinstance(self.view, PandanganApi):
            return super().get_operation(path, path_regex, path_prefix, method, registry)
        self.registry, self.path, self.path_regex = registry, path, path_regex
        self.path_prefix, self.method = path_prefix, method.upper()
        satu = self.view.operasi().get(method.lower())
        if satu is None:
            return None
        hasil: dict[str, Any] = {
            "operationId": satu.kode,
            "summary": satu.ringkas,
            "tags": [satu.kode.partition("_")[0]],
        }
        if satu.uraian:
            hasil["description"] = satu.uraian
        if parameter := self._parameter(path, satu):
            hasil["parameters"] = parameter
        if satu.badan:
            contoh = {"example": satu.contoh} if satu.contoh else {}
            isi = {media: {"schema": skema} | contoh for media, skema in satu.badan.items()}
            wajib = any(s.get("required") for s in satu.badan.values())
            hasil["requestBody"] = {"content": isi, "required": wajib}
        hasil["security"] = [{nama: []} for nama in KEAMANAN] if self._perlu_masuk() else []
        hasil["responses"] = self._jawaban(satu)
        return hasil

    def _perlu_masuk(self) -> bool:
        return Bertugas in self.view.permission_classes

    def _parameter(self, path: str, satu: Operasi) -> list[dict[str, Any]]:
        hasil = [
            {"name": nama, "in": "path", "required": True, **isi}
            for nama, isi in ALAMAT.items()
            if f"{{{nama}}}" in path
        ]
        for nama, skema in satu.kueri.items():
            uraian = skema.get("description", "")
            bersih = {k: v for k, v in skema.items() if k != "description"}
            if "enum" in bersih:
                bersih["enum"] = [n for n in bersih["enum"] if n]
            elif bersih["type"] == "string" and "format" not in bersih:
                bersih.setdefault("minLength", 1)
            hasil.append({"name": nama, "in": "query", "description": uraian, "schema": bersih})
        return hasil + [{"name": nama, "in": "header", **KEPALA_MINTA[nama]} for nama in satu.kepala]

    def _jawaban(self, satu: Operasi) -> dict[str, Any]:
        hasil: dict[str, Any] = {}
        for status, (kata, isi, kepala) in satu.jawaban.items():
            hasil[str(status)] = {"description": kata} | self._isi(satu, isi)
            ulang = ("Idempotency-Replayed",) if "Idempotency-Key" in satu.kepala else ()
            if kepala or ulang:
                hasil[str(status)]["headers"] = {
                    n: KEPALA_JAWAB[n] | ({"required": True} if n in kepala else {}) for n in (*kepala, *ulang)
                }
        masuk = MASUK if self._perlu_masuk() else ()
        for status in sorted({*SELALU, *masuk, *satu.galat, *((411,) if satu.badan else ())}):
            hasil[str(status)] = {"$ref": f"#/components/responses/Galat{status}"}
        self.resolve_serializer(bentuk.MasalahSerializer, "response")  # registers what those refer to
        return hasil

    def _isi(self, satu: Operasi, isi: Any) -> dict[str, Any]:
        if isi is None:
            return {}
        if isinstance(isi, dict):
            return {"content": {media: {"schema": skema} for media, skema in isi.items()}}
        if isinstance(isi, tuple):
            utama, khusus = (self.resolve_serializer(k, "response").ref for k in isi)
            skema: dict[str, Any] = {
                "allOf": [utama, {"type": "object", "properties": {"isian": khusus}, "required": ["isian"]}]
            }
        else:
            banyak = getattr(isi, "many", False)
            ref = self.resolve_serializer(isi.child if banyak else isi, "response").ref
            skema = {"type": "array", "items": ref} if banyak else ref
        return {"content": {satu.media: {"schema": skema}}}


def galat_umum(status: int) -> dict[str, Any]:
    """The response of one error status, with an example of each kind of problem."""
    jenis = [j for j in SEMUA.values() if j.status == status]
    contoh = {j.kode: {"value": {"type": j.urn, "title": j.judul, "status": status, "detail": j.judul}} for j in jenis}
    hasil: dict[str, Any] = {
        "description": " · ".join(j.judul for j in jenis),
        "content": {MEDIA: {"schema": {"$ref": "#/components/schemas/Masalah"}, "examples": contoh}},
    }
    kepala = {n: KEPALA_JAWAB[n] | {"required": True} for n in KEPALA_GALAT.get(status, ())}
    kepala |= {n: KEPALA_JAWAB[n] for n in BOLEH_ADA.get(status, ())}
    return hasil | ({"headers": kepala} if kepala else {})


def lengkapi(result: dict[str, Any], generator: Any, request: Any, public: bool) -> dict[str, Any]:
    """Postprocessing hook: security, errors, and links from an opened case to what can be done with it."""
    bersama = result.setdefault("components", {})
    bersama["securitySchemes"] = KEAMANAN
    bersama["responses"] = {
        f"Galat{status}": galat_umum(status) for status in sorted({j.status for j in SEMUA.values()})
    }
    operasi = {o["operationId"]: o for jalur in result["paths"].values() for o in jalur.values()}
    for kode, satu in operasi.items():
        for akhiran, status, nomor in (
            ("_buat", "201", "$response.body#/nomor"),
            ("_rinci", "200", "$request.path.nomor"),
        ):
            if kode.endswith(akhiran):
                satu["responses"][status]["links"] = tautan(kode.removesuffix(akhiran), list(operasi), nomor)
        if f"{kode}_unduh" in operasi:
            dari = {"nomor": "$request.path.nomor", "pk": "$response.body#/lampiran/0/id"}
            satu["responses"]["200"]["links"] = {"unduh": {"operationId": f"{kode}_unduh", "parameters": dari}}
    return result


def tautan(label: str, semua: list[str], nomor: str) -> dict[str, Any]:
    """From a case to what can be read of it, and to its steps with the version that was just seen."""
    baca = [f"{label}_{n}" for n in ("rinci", "langkah", "riwayat", "berkas")]
    tulis = [n for n in semua if n.startswith(f"{label}_langkah_") and not n.endswith("_lihat")]
    hasil = {n: {"operationId": n, "parameters": {"nomor": nomor}} for n in baca}
    versi = {"nomor": nomor, "header.If-Match": "$response.header.ETag"}
    return hasil | {n: {"operationId": n, "parameters": versi} for n in tulis}


class Yaml(BaseRenderer):
    """The same description for people who read YAML."""

    media_type, format, charset = "application/yaml", "yaml", "utf-8"

    def render(self, data: Any, accepted_media_type: Any = None, renderer_context: Any = None) -> str:
        return yaml.safe_dump(data, sort_keys=False, allow_unicode=True, width=120)


@cache
def skema() -> tuple[dict[str, Any], int]:
    """The description and a number that stands for its content; it depends on the code alone."""
    isi = json.loads(json.dumps(SchemaGenerator(api_version="v1").get_schema(request=None, public=True)))
    return isi, int(hashlib.sha256(json.dumps(isi, sort_keys=True).encode()).hexdigest()[:7], 16)


class SkemaView(PandanganApi):
    """GET /api/v1/schema/: JSON, or YAML by Accept or ?format=yaml. Public, like the pages that it describes."""

    authentication_classes: list[Any] = []
    permission_classes = [AllowAny]
    renderer_classes = [JSONRenderer, Yaml]
    tembolok = "public, max-age=300"

    def get(self, request: Request) -> Response:
        """The description with an ETag."""
        isi, nomor = skema()
        kepala = {"ETag": f'"{nomor}"'}
        return jawab(None, 304, kepala) if tidak_berubah(request, nomor) else jawab(isi, kepala=kepala)

    def operasi(self) -> dict[str, Operasi]:
        """Itself."""
        isi = {m: {"type": "object"} for m in (JSON, Yaml.media_type)}
        jawaban = {200: ("Uraian OpenAPI 3.1", isi, ("ETag",)), 304: ("Belum berubah", None, ("ETag",))}
        return {"get": Operasi("skema", "Uraian API ini", jawaban, kepala=("If-None-Match",))}
