"""The product's addresses and, beside them, the bare views that the pages are compared with."""

from django.urls import path

from haji_portal.urls import handler400, handler403, handler404, handler500, urlpatterns

from . import polos

urlpatterns = [
    path("bench/cek/<str:nomor>/", polos.cek),
    path("bench/kerja/", polos.kerja),
    path("bench/kasus/<str:nomor>/", polos.kasus),
    path("bench/daftar/", polos.daftar),
    *urlpatterns,
]

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]
