"""Settings of the measured portal: those of the product, with the bare views beside its addresses."""

import os

# No broker listens here: the bell's thread would fill a folder.
os.environ.setdefault("EFEK_BEL", "0")

from haji_portal.settings.dasar import *

ROOT_URLCONF = "bench.alamat"
# One password opens the accounts; how slow its hash is does not belong to what is measured.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.PBKDF2PasswordHasher"]
# One visitor asks faster than an office ever would.
API_BATAS = {"alamat": 10**9, "pemakai": 10**9, "tulis": 10**9}
