"""A visitor without a network: requests go through the real WSGI application, its middleware and its CSRF check."""

from __future__ import annotations

import io
from functools import cache
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.core.wsgi import get_wsgi_application

from haji_portal.akun.models import Pengguna

CSRF = "b" * 32


@cache
def aplikasi() -> Any:
    """The WSGI application, made once per process."""
    return get_wsgi_application()


class Pengunjung:
    """One browser: its cookies and its address."""

    def __init__(self, pengguna: Pengguna | None = None) -> None:
        self.kuki = {settings.CSRF_COOKIE_NAME: CSRF}
        if pengguna is not None:
            sesi = SessionStore()
            sesi[SESSION_KEY] = str(pengguna.pk)
            sesi[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[1]
            sesi[HASH_SESSION_KEY] = pengguna.get_session_auth_hash()
            sesi.save()
            self.kuki[settings.SESSION_COOKIE_NAME] = str(sesi.session_key)

    def minta(
        self, alamat: str, isi: list[tuple[str, str]] | None = None, dari: str = "127.0.0.1"
    ) -> tuple[int, bytes]:
        """Status and body of a GET, or of a POST when `isi` is given. Cookies that are set are kept."""
        jalur, _, kueri = alamat.partition("?")
        badan = urlencode([*isi, ("csrfmiddlewaretoken", CSRF)]).encode() if isi is not None else b""
        lingkungan: dict[str, Any] = {
            "REQUEST_METHOD": "GET" if isi is None else "POST",
            "PATH_INFO": jalur, "QUERY_STRING": kueri, "SERVER_NAME": "localhost", "SERVER_PORT": "80",
            "SERVER_PROTOCOL": "HTTP/1.1", "REMOTE_ADDR": dari, "HTTP_HOST": "localhost",
            "CONTENT_TYPE": "application/x-www-form-urlencoded", "CONTENT_LENGTH": str(len(badan)),
            "HTTP_COOKIE": "; ".join(f"{k}={v}" for k, v in self.kuki.items()),
            "wsgi.input": io.BytesIO(badan), "wsgi.errors": io.StringIO(), "wsgi.url_scheme": "http",
            "wsgi.version": (1, 0), "wsgi.multithread": True, "wsgi.multiprocess": True, "wsgi.run_once": False,
        }  # fmt: skip
        kepala: list[Any] = []

        def mulai(status: str, isi_kepala: list[tuple[str, str]], *_: Any) -> None:
            kepala.extend([int(status[:3]), isi_kepala])

        jawab = aplikasi()(lingkungan, mulai)
        try:
            tubuh = b"".join(jawab)
        finally:
            jawab.close()
        for nama, nilai in kepala[1]:
            if nama == "Set-Cookie":
                k, _, v = nilai.partition(";")[0].partition("=")
                self.kuki[k] = v
        return kepala[0], tubuh
