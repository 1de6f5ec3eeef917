"""Whether two names are one, and whether a KTP belongs to a district (244/2021 A.3; 241/2021 A.2)."""

from __future__ import annotations

import re

from .models import Jemaah


def sama_nama(a: str, b: str) -> bool:
    """Bank and KTP write one name differently in case and spaces, not in letters."""
    return " ".join(a.casefold().split()) == " ".join(b.casefold().split())


WILAYAH = re.compile(
    r"(?:(kabupaten|kab|kota)\b\.?\s*)?(?:(?:administrasi|adm)\b\.?\s*)?(.*)", re.IGNORECASE | re.DOTALL
)


def wilayah(teks: str) -> tuple[str, str]:
    """Kind ("kab", "kota" or "" when nobody wrote it) and own name of a district.

    KTP, bank and people write `Kab.`, `Kabupaten`, `Kota Adm.` or nothing before the name; Kotabaru is a name.
    """
    cocok = WILAYAH.fullmatch(teks.strip())
    jenis, nama = cocok.groups() if cocok else ("", teks)
    return {"kabupaten": "kab"}.get((jenis or "").lower(), (jenis or "").lower()), nama


def domisili_di(jemaah: Jemaah, kabupaten: str) -> bool:
    """Kota Bima and Kabupaten Bima are neighbours, not one district; without the kind the name decides."""
    (jenis_ktp, ktp), (jenis_kantor, kantor) = wilayah(jemaah.kabupaten), wilayah(kabupaten)
    return sama_nama(ktp, kantor) and (jenis_ktp == jenis_kantor or not (jenis_ktp and jenis_kantor))
