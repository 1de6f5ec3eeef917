"""Settings of the test suite: an own data folder per process, no broker, fast password hashes.

DATABASE_URL and REDIS_URL, set by the test harness, choose the private PostgreSQL and Redis.
"""

import atexit
import os
import shutil
import tempfile

_folder = tempfile.mkdtemp(prefix="haji-uji-")
atexit.register(shutil.rmtree, _folder, ignore_errors=True)
os.environ["HAJI_DATA"] = _folder
# Nothing listens on port 1: a test that would need a broker must say so with the `basis` mark.
_redis = os.environ.setdefault("REDIS_URL", "redis://127.0.0.1:1")
# Each pytest-xdist process gets its own Redis database, so that none empties another's queue.
if _redis.count("/") == 2:
    os.environ["REDIS_URL"] = f"{_redis}/{os.environ.get('PYTEST_XDIST_WORKER', 'gw0')[2:]}"

from .dasar import *  # noqa: E402
from .dasar import DATABASES, HAJI_DATA  # noqa: E402

if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # A file, not memory: tests with threads lock an in-memory database.
    DATABASES["default"]["TEST"] = {"NAME": str(HAJI_DATA / "uji.sqlite3")}
    DATABASES["default"]["OPTIONS"]["init_command"] += "PRAGMA synchronous=OFF;"

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
# `client.login()` has no request, which axes refuses. Tests of the lock switch it on themselves.
AXES_ENABLED = False
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
# A thread that sends beside the test would race with it; its own tests switch it on.
PESAN_SEGERA = False
