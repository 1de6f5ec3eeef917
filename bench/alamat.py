"""The product's addresses and, beside them, the bare views that the pages are compared with."""

from typing import Any

from django.urls import path

from haji_portal.urls import handler400, handler403, handler404, handler500
from haji_portal.urls import urlpatterns as produk

from . import polos

urlpatterns: list[Any] = [
    path("bench/cek/<str:nomor>/", polos.cek),
    path("bench/kerja/", polos.kerja),
    path("bench/kasus/<str:nomor>/", polos.kasus),
    path("bench/daftar/", polos.daftar),
    path("bench/peristiwa/", polos.peristiwa),
    *produk,
]

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]
