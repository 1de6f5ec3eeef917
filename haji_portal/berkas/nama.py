"""Names of uploaded files, safe to show and to offer for saving."""

from __future__ import annotations

import re
import unicodedata

PANJANG = 80
TERLARANG = re.compile(r'[<>:"|?*\\/%;=&#]')


def nama_aman(nama: str, akhiran: str) -> str:
    """Display name for a file of type `akhiran` (`jpg`, `pdf`): no folders, control, bidi or reserved characters.

    The ending always tells the true type; further dots inside the name go, so `foto.php.jpg` reads `foto-php.jpg`.
    """
    dasar = unicodedata.normalize("NFKC", nama)
    dasar = "".join(
        " " if huruf.isspace() else huruf
        for huruf in dasar
        if huruf.isspace() or not unicodedata.category(huruf).startswith("C")
    )
    dasar = re.split(r"[\\/]", dasar)[-1]
    dasar = re.sub(r"\.[A-Za-z0-9]{1,5}$", "", dasar)
    dasar = TERLARANG.sub("-", dasar).replace(".", "-")
    dasar = re.sub(r"\s+", " ", dasar)[:PANJANG].strip(" -_")
    return f"{dasar or 'berkas'}.{akhiran}"
