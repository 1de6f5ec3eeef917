"""Callers of the API: a bearer key per account, and a case of Lombok Timur."""

from __future__ import annotations

import json
from functools import cache as cache_fungsi
from typing import Any

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from haji_portal.akun import token
from haji_portal.akun.models import Kantor
from haji_portal.berkas.contoh import gambar_pdf
from pendaftaran import contoh

API = "/api/v1/pendaftaran/"


class Pemanggil:
    """A program with a key: `get`, `post` (JSON) and `kirim` (multipart); `versi` becomes If-Match."""

    def __init__(self, rahasia: str) -> None:
        self.klien = Client(raise_request_exception=False)
        self.kepala = {"Authorization": f"Bearer {rahasia}"}

    def get(self, alamat: str, **kepala: str) -> Any:
        return self.klien.get(alamat, headers=self.kepala | kepala)

    def post(self, alamat: str, isi: Any = None, *, versi: int | None = None, **kepala: str) -> Any:
        badan = isi if isinstance(isi, bytes | str) else json.dumps({} if isi is None else isi)
        return self.klien.post(alamat, badan, content_type="application/json", headers=self._kepala(versi, kepala))

    def kirim(self, alamat: str, isi: dict[str, Any], *, versi: int | None = None, **kepala: str) -> Any:
        return self.klien.post(alamat, isi, headers=self._kepala(versi, kepala))

    def _kepala(self, versi: int | None, kepala: dict[str, str]) -> dict[str, str]:
        cocok = {} if versi is None else {"If-Match": f'"{versi}"'}
        return self.kepala | cocok | {n.replace("_", "-"): v for n, v in kepala.items()}


@pytest.fixture(autouse=True)
def _tanpa_hitungan():
    """Rate limits of one test are not another's."""
    cache.clear()


@pytest.fixture
def sebagai(akun, settings, gudang):
    """`sebagai("ptsp.lombok-timur", hanya_baca=True)`: a caller with a key of that account."""
    settings.HAJI_PRIVAT = gudang

    def _sebagai(nama: str, *, hanya_baca: bool = False) -> Pemanggil:
        return Pemanggil(token.buat(akun(nama), nama="uji", hari=30, hanya_baca=hanya_baca, verifikasi=False)[1])

    return _sebagai


@pytest.fixture
def perkara(acuan, settings, gudang):
    settings.HAJI_PRIVAT = gudang
    return contoh.buka_contoh(Kantor.objects.get(slug="lombok-timur"), 7).perkara


def alamat(perkara: Any, bagian: str = "") -> str:
    return f"{API}{perkara.nomor}/{bagian}"


def langkah(perkara: Any, nama: str) -> str:
    return alamat(perkara, f"langkah/{nama}/")


_gambar_foto, _gambar_pdf = cache_fungsi(contoh.gambar_foto), cache_fungsi(gambar_pdf)


def foto() -> SimpleUploadedFile:
    return SimpleUploadedFile("foto.jpg", _gambar_foto(3), "image/jpeg")


def pdf(judul: str = "Pindaian") -> SimpleUploadedFile:
    return SimpleUploadedFile("pindaian.pdf", _gambar_pdf(judul), "application/pdf")


def verdict(perkara: Any, hasil: str = "ada") -> dict[str, str]:
    return {f"verdict_{b.kode}": hasil for b in perkara.butir.all()}
