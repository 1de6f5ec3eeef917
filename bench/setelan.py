"""Settings of the measured portal: those of the product, with the bare views beside its addresses."""

import os

os.environ.setdefault("EFEK_BEL", "0")

from haji_portal.settings.dasar import *

ROOT_URLCONF = "bench.alamat"
# The answer to "which hash" costs the same everywhere and is not what is measured; the fill hashes one password.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.PBKDF2PasswordHasher"]
