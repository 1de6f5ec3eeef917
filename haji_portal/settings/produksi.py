"""Hardened settings: nothing is invented, what is missing stops the start."""

import os

from django.core.exceptions import ImproperlyConfigured

from . import env

for _nama in ("SECRET_KEY", "KUNCI_HASH", "DATABASE_URL", "REDIS_URL", "SITUS_URL", "HAJI_HOST", "EMAIL_HOST"):
    env.wajib(_nama)
if env.ya_tidak("HAJI_DEMO", False):
    raise ImproperlyConfigured("HAJI_DEMO=1 tidak boleh dipakai dengan setelan produksi.")
os.environ["HAJI_DEMO"] = "0"
os.environ.setdefault("HAJI_WAJIB_2FA", "1")

from .dasar import *  # noqa: E402
from .dasar import AMAN, HAJI_PROKSI, PESAN_GERBANG, STORAGES  # noqa: E402

if not AMAN:
    raise ImproperlyConfigured("SITUS_URL harus memakai https:// pada setelan produksi.")

for _gerbang in PESAN_GERBANG.values():
    # Codes and phone numbers leave the machine only encrypted; a modem on the machine itself needs no certificate.
    if _gerbang and not _gerbang["url"].startswith(("https://", "http://127.0.0.1:", "http://localhost:")):
        raise ImproperlyConfigured("PESAN_SMS_URL dan PESAN_WA_URL harus memakai https:// pada setelan produksi.")

ALLOWED_HOSTS = env.daftar("HAJI_HOST")
HAJI_DEMO_SANDI = ""
WHITENOISE_USE_FINDERS = False
STORAGES["staticfiles"] = {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"}

SECURE_SSL_REDIRECT = True
# The health check of the container speaks plain HTTP to the server itself.
# The API refuses plain HTTP by itself: a redirect would have a program send its key in clear once more.
SECURE_REDIRECT_EXEMPT = [r"^sehat/$", r"^api/"]
SECURE_HSTS_SECONDS = 365 * 24 * 3600
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
if HAJI_PROKSI:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

SILENCED_SYSTEM_CHECKS = [
    "security.W019",  # our own pages show letters in a frame; other sites cannot (frame-ancestors, SAMEORIGIN)
    "security.W021",  # the browser preload list binds a whole domain for years: not this portal's to decide
]
