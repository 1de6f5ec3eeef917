"""Own middlewares: life of a session, address of the visitor, headers of every answer."""

from types import SimpleNamespace
from typing import Any

import pytest
import time_machine
from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.backends.cache import SessionStore
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory, override_settings

from haji_portal.proksi import AlamatPengunjung
from haji_portal.sesi import JEDA_CATAT, PALING_LAMA, BatasSesi

JAM_MULAI = 1_700_000_000


def lewat(permintaan: HttpRequest, detik: int) -> HttpRequest:
    """Send a request through BatasSesi at `detik` seconds after the start."""
    permintaan.session.modified = False
    with time_machine.travel(JAM_MULAI + detik, tick=False):
        BatasSesi(lambda _: HttpResponse())(permintaan)
    return permintaan


@pytest.fixture
def permintaan() -> HttpRequest:
    """A request of somebody who is logged in."""
    hasil = RequestFactory().get("/")
    hasil.session = SessionStore()
    hasil.user = SimpleNamespace(is_authenticated=True, _meta=SimpleNamespace(), pk=1)  # type: ignore[assignment]
    return hasil


def test_sesi_dicatat_paling_sering_semenit_sekali(permintaan: HttpRequest) -> None:
    assert lewat(permintaan, 0).session.modified
    assert not lewat(permintaan, JEDA_CATAT - 1).session.modified
    assert lewat(permintaan, JEDA_CATAT + 1).session.modified


def test_sesi_berakhir_sesudah_satu_hari_kerja(permintaan: HttpRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    keluar: list[HttpRequest] = []
    monkeypatch.setattr("haji_portal.sesi.logout", keluar.append)
    for jam in range(8):
        lewat(permintaan, jam * 3600)
    lewat(permintaan, PALING_LAMA)
    assert not keluar
    lewat(permintaan, PALING_LAMA + 1)
    assert keluar == [permintaan]


def test_sesi_pengunjung_tidak_disentuh(permintaan: HttpRequest) -> None:
    permintaan.user = AnonymousUser()
    assert lewat(permintaan, 0).session.is_empty()


@pytest.mark.parametrize(
    ("proksi", "terusan", "hasil"),
    [
        (0, "9.9.9.9", "127.0.0.1"),
        (1, "9.9.9.9, 10.0.0.5", "10.0.0.5"),
        (2, "9.9.9.9, 10.0.0.5", "9.9.9.9"),
        (1, "10.0.0.5, bukan-alamat", "127.0.0.1"),
        (2, "10.0.0.5", "127.0.0.1"),
        (1, "", "127.0.0.1"),
        (1, "2001:db8::1", "2001:db8::1"),
    ],
)
def test_alamat_pengunjung(proksi: int, terusan: str, hasil: str) -> None:
    dilihat: list[Any] = []
    permintaan = RequestFactory().get("/", headers={"X-Forwarded-For": terusan})
    with override_settings(HAJI_PROKSI=proksi):
        AlamatPengunjung(lambda r: dilihat.append(r.META["REMOTE_ADDR"]) or HttpResponse())(permintaan)
    assert dilihat == [hasil]


@pytest.mark.django_db
def test_setiap_jawaban_membawa_kepala_keamanan(client: Client) -> None:
    jawaban = client.get("/masuk/")
    kebijakan = jawaban.headers["Content-Security-Policy"]
    assert "default-src 'none'" in kebijakan
    assert "unsafe" not in kebijakan
    assert "http" not in kebijakan
    assert jawaban.headers["Permissions-Policy"].startswith("camera=(self)")
    assert jawaban.headers["X-Content-Type-Options"] == "nosniff"
    assert jawaban.headers["X-Frame-Options"] == "SAMEORIGIN"
