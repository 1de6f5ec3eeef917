"""The partners' door in the OpenAPI description: a postprocessing hook, since its views are no DRF views."""

from __future__ import annotations

from typing import Any

from .skema import NAMA, skema

GALAT = (400, 401, 405, 411, 413, 500)
STATUS = {"type": "object", "properties": {"status": {"type": "string"}}, "required": ["status"]}
KEPALA = {
    "webhook-id": ("^[A-Za-z0-9_:-]{1,200}$", "Nama peristiwa, sama pada setiap ulangan."),
    "webhook-timestamp": ("^[1-9][0-9]{0,11}$", "Detik sejak 1 Januari 1970 UTC saat ditandatangani."),
    "webhook-signature": (
        "^v1,[A-Za-z0-9+/]{43}=$", "HMAC-SHA256 atas id.timestamp.isi (Standard Webhooks); beberapa dipisah spasi.",
    ),
}  # fmt: skip


def lengkapi(result: dict[str, Any], generator: Any, request: Any, public: bool) -> dict[str, Any]:
    """Add the callbacks and the published schemas to the description."""
    result["components"]["securitySchemes"]["tanda"] = {
        "type": "apiKey", "in": "header", "name": "webhook-signature", "description": "Hanya mitra: docs/mitra-dana.md",
    }  # fmt: skip
    for mitra, nama in (("bpkh", "BPKH"), ("bps", "bank")):
        result["paths"][f"/api/v1/callback/{mitra}/"] = {"post": _peristiwa(mitra, nama)}
    result["paths"]["/api/v1/callback/skema/{nama}.json"] = {"get": _skema()}
    return result


def tanpa_rujukan(isi: Any, semua: dict[str, Any]) -> Any:
    """A schema with its `$ref`s replaced by what they name, so that it can stand inside another document."""
    if isinstance(isi, list):
        return [tanpa_rujukan(satu, semua) for satu in isi]
    if not isinstance(isi, dict):
        return isi
    if "$ref" in isi:
        return tanpa_rujukan(semua[isi["$ref"].rpartition("/")[2]], semua)
    return {k: tanpa_rujukan(v, semua) for k, v in isi.items() if k not in ("$defs", "$schema", "$id")}


def _peristiwa(mitra: str, nama: str) -> dict[str, Any]:
    bentuk = skema("peristiwa")
    isi = {"application/json": {"schema": tanpa_rujukan(bentuk, bentuk["$defs"])}}
    berhasil = {"application/json": {"schema": STATUS}}
    return {
        "operationId": f"callback_{mitra}",
        "summary": f"Peristiwa pembayaran dari {nama}",
        "description": "Ditandatangani menurut Standard Webhooks. Jawaban 2xx berarti peristiwa sudah tersimpan.",
        "tags": ["callback"],
        "parameters": [
            {"name": n, "in": "header", "required": True, "description": arti, "schema": _pola(p)}
            for n, (p, arti) in KEPALA.items()
        ],
        "requestBody": {"content": isi, "required": True},
        "security": [{"tanda": []}],
        "responses": {
            "202": {"description": "Tersimpan", "content": berhasil},
            "200": {"description": "Sudah tersimpan sebelumnya", "content": berhasil},
            **_galat(*GALAT),
        },
    }  # fmt: skip


def _skema() -> dict[str, Any]:
    nama = {"name": "nama", "in": "path", "required": True, "schema": {"type": "string", "enum": list(NAMA)}}
    isi = {"application/schema+json": {"schema": {"type": "object"}}}
    benar = {"description": "JSON Schema draft 2020-12", "content": isi}
    return {
        "operationId": "callback_skema",
        "summary": "JSON Schema dari isi yang dipertukarkan dengan mitra",
        "tags": ["callback"],
        "parameters": [nama],
        "security": [],
        "responses": {
            "200": benar,
            **_galat(400, 404, 405, 500),
        },
    }


def _pola(pola: str) -> dict[str, str]:
    return {"type": "string", "pattern": pola}


def _galat(*status: int) -> dict[str, Any]:
    return {str(satu): {"$ref": f"#/components/responses/Galat{satu}"} for satu in status}
