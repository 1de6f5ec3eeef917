"""Errors as RFC 9457 problem details, in one list: `type` is stable, `title` and `detail` are for people."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied, RequestDataTooBig, SuspiciousOperation
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from rest_framework import exceptions as drf
from rest_framework.response import Response

from haji_portal.alur.galat import (
    Basi,
    IsianSalah,
    LangkahGagal,
    LayananTutup,
    SalahTahap,
    SudahAda,
    Tertutup,
    TidakBerhak,
)

MEDIA = "application/problem+json"
URN = "urn:portal-haji:galat:"


@dataclass(frozen=True)
class Jenis:
    """One kind of problem: its stable code, HTTP status and title."""

    kode: str
    status: int
    judul: str

    @property
    def urn(self) -> str:
        return URN + self.kode


SEMUA = {
    j.kode: j
    for j in (
        Jenis("permintaan-rusak", 400, "Permintaan tidak dapat dibaca"),
        Jenis("belum-masuk", 401, "Belum masuk"),
        Jenis("token-tidak-berlaku", 401, "Token tidak berlaku"),
        Jenis("tanda-tangan", 401, "Tanda tangan tidak sah"),
        Jenis("ditolak", 403, "Tidak diizinkan"),
        Jenis("csrf", 403, "Token CSRF tidak ada atau tidak cocok"),
        Jenis("tanpa-penugasan", 403, "Tanpa penugasan"),
        Jenis("bukan-peran", 403, "Bukan tugas Anda"),
        Jenis("hanya-baca", 403, "Token ini hanya boleh membaca"),
        Jenis("tanda-tangan-di-halaman", 403, "Tanda tangan hanya di halaman perkara"),
        Jenis("sandi-di-halaman", 403, "Pelepasan dana hanya di halaman perkara"),
        Jenis("perlu-https", 403, "Hanya lewat HTTPS"),
        Jenis("tidak-ada", 404, "Tidak ada"),
        Jenis("tidak-cocok", 404, "Tidak cocok"),
        Jenis("metode", 405, "Metode tidak dikenal di sini"),
        Jenis("bentuk-jawaban", 406, "Bentuk jawaban tidak tersedia"),
        Jenis("basi", 409, "Perkara sudah berubah"),
        Jenis("salah-tahap", 409, "Bukan pada tahap ini"),
        Jenis("tertutup", 409, "Belum dapat dilakukan"),
        Jenis("layanan-tutup", 409, "Layanan tidak menerima permohonan baru"),
        Jenis("sudah-ada", 409, "Sudah tercatat"),
        Jenis("gagal", 409, "Langkah tidak jadi"),
        Jenis("sedang-dikerjakan", 409, "Masih dikerjakan"),
        Jenis("panjang-wajib", 411, "Content-Length wajib"),
        Jenis("if-match", 412, "If-Match bukan versi perkara"),
        Jenis("terlalu-besar", 413, "Terlalu besar"),
        Jenis("jenis-isi", 415, "Jenis isi tidak diterima"),
        Jenis("isian", 422, "Ada isian yang perlu diperbaiki"),
        Jenis("kunci-terpakai", 422, "Idempotency-Key sudah dipakai untuk permintaan lain"),
        Jenis("if-match-wajib", 428, "If-Match wajib"),
        Jenis("terlalu-sering", 429, "Terlalu sering"),
        Jenis("gangguan", 500, "Gangguan pada portal"),
    )
}

DARI_LANGKAH: dict[type[LangkahGagal], str] = {
    TidakBerhak: "bukan-peran",
    Basi: "basi",
    SalahTahap: "salah-tahap",
    Tertutup: "tertutup",
    LayananTutup: "layanan-tutup",
    SudahAda: "sudah-ada",
    IsianSalah: "isian",
}
DARI_DRF: dict[type[drf.APIException], tuple[str, str]] = {
    drf.ParseError: ("permintaan-rusak", "Isi permintaan bukan JSON atau formulir yang benar."),
    drf.AuthenticationFailed: ("token-tidak-berlaku", "Token tidak dikenal, sudah dicabut, atau kedaluwarsa."),
    drf.NotAuthenticated: ("belum-masuk", "Masuk lebih dulu, atau kirim token pada kepala Authorization."),
    drf.PermissionDenied: ("ditolak", "Anda tidak berhak atas ini."),
    drf.NotFound: ("tidak-ada", "Alamat atau perkara ini tidak ada."),
    drf.MethodNotAllowed: ("metode", "Alamat ini tidak menerima metode itu."),
    drf.NotAcceptable: ("bentuk-jawaban", "Jawaban tersedia sebagai application/json."),
    drf.UnsupportedMediaType: ("jenis-isi", "Kirim application/json, atau multipart/form-data bila ada berkas."),
}


class Masalah(drf.APIException):
    """Raise to answer with a problem. `tambahan` become members of the object, `kepala` headers."""

    def __init__(self, kode: str, kalimat: str, *, kepala: dict[str, str] | None = None, **tambahan: Any) -> None:
        super().__init__(kalimat)
        self.jenis = SEMUA[kode]
        self.status_code = self.jenis.status
        self.kalimat, self.kepala, self.tambahan = kalimat, kepala or {}, tambahan


class IsianDitolak(Masalah):
    """422 with the sentences per field; `__all__` holds those of the whole request."""

    def __init__(self, galat: dict[str, list[str]]) -> None:
        super().__init__("isian", "Perbaiki isian yang disebut pada galat.", galat=galat)


def badan(kode: str, kalimat: str, **tambahan: Any) -> dict[str, Any]:
    """The members of a problem object."""
    jenis = SEMUA[kode]
    return {"type": jenis.urn, "title": jenis.judul, "status": jenis.status, "detail": kalimat, **tambahan}


def tangani(exc: Exception, konteks: dict[str, Any]) -> Response | None:
    """DRF's exception handler. None (an unforeseen error) goes on to Django, which logs it and answers 500."""
    masalah = _masalah(exc)
    if masalah is None:
        return None
    isi = badan(masalah.jenis.kode, masalah.kalimat, **masalah.tambahan)
    jawab = Response(isi, status=masalah.status_code, headers=masalah.kepala, content_type=MEDIA)
    if tantangan := getattr(exc, "auth_header", None):
        jawab["WWW-Authenticate"] = tantangan
    return jawab


def _masalah(exc: Exception) -> Masalah | None:
    if isinstance(exc, Masalah):
        return exc
    if isinstance(exc, IsianSalah):
        return IsianDitolak(exc.galat)
    if isinstance(exc, LangkahGagal):
        return Masalah(DARI_LANGKAH.get(type(exc), "gagal"), exc.kalimat)
    if isinstance(exc, Http404):
        return Masalah("tidak-ada", DARI_DRF[drf.NotFound][1])
    if isinstance(exc, PermissionDenied):
        return Masalah("ditolak", DARI_DRF[drf.PermissionDenied][1])
    if isinstance(exc, RequestDataTooBig):
        return Masalah("terlalu-besar", "Isi permintaan melewati batas.")
    if isinstance(exc, SuspiciousOperation):
        return Masalah("permintaan-rusak", "Permintaan ini tidak dapat dibaca.")
    for kelas, (kode, kalimat) in DARI_DRF.items():
        if isinstance(exc, kelas):
            return Masalah(kode, kalimat)
    return None


def untuk_api(request: HttpRequest) -> bool:
    """Whether Django's own error pages must answer as the API does."""
    return request.path.startswith("/api/")


def jawaban_http(kode: str, kalimat: str) -> HttpResponse:
    """A problem outside DRF: errors of the resolver, the middleware and the server."""
    jawab = JsonResponse(badan(kode, kalimat), status=SEMUA[kode].status, content_type=MEDIA)
    jawab["Cache-Control"] = "no-store"
    return jawab


def tidak_ada(request: HttpRequest) -> HttpResponse:
    """Every address under /api/ that does not exist, for every method: never a redirect that drops what was sent."""
    return jawaban_http("tidak-ada", DARI_DRF[drf.NotFound][1])
