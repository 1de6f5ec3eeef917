"""docker-compose.yml and the Dockerfile as data, read as Docker would, and their services as plain processes."""

from __future__ import annotations

import json
import re
import shlex
from pathlib import Path
from typing import Any

import yaml

from alat import AKAR

DOTENV = {"SITUS_URL": "https://haji.example", "HAJI_HOST": "haji.example", "EMAIL_HOST": "127.0.0.1"}
"""The least that an installer must write into .env."""


def isi_variabel(teks: str, lingkungan: dict[str, str]) -> str:
    """Interpolate as compose does: ${A:-b}, ${A:?why}, $$ for a dollar sign. KeyError for a demanded, missing value."""

    def ganti(cocok: re.Match[str]) -> str:
        if cocok[0] == "$$":
            return "$"
        nama, tanda, lain = cocok[1], cocok[2] or "", cocok[3] or ""
        if lingkungan.get(nama):
            return lingkungan[nama]
        if tanda != ":-":
            raise KeyError(nama)
        return lain

    return re.sub(r"\$\$|\$\{(\w+)(?:(:-|:\?)([^}]*))?\}", ganti, teks)


def compose(lingkungan: dict[str, str] | None = None) -> dict[str, Any]:
    """The file with merges resolved and, when `lingkungan` is given, variables filled in."""
    isi = yaml.safe_load((AKAR / "docker-compose.yml").read_text(encoding="utf-8"))
    if lingkungan is None:
        return isi

    def lewat(satu: Any) -> Any:
        if isinstance(satu, dict):
            return {k: lewat(v) for k, v in satu.items()}
        if isinstance(satu, list):
            return [lewat(v) for v in satu]
        return isi_variabel(satu, lingkungan) if isinstance(satu, str) else satu

    return lewat(isi)


def portal(isi: dict[str, Any]) -> dict[str, Any]:
    """The services that run the portal's own image."""
    return {nama: satu for nama, satu in isi["services"].items() if "build" in satu}


def dockerfile() -> list[tuple[str, str]]:
    """(instruction, rest) pairs."""
    teks = (AKAR / "Dockerfile").read_text(encoding="utf-8").replace("\\\n", " ")
    baris = [b for b in teks.splitlines() if b.strip() and not b.startswith("#")]
    return [(b.split(None, 1)[0], b.split(None, 1)[1]) for b in baris]


def lingkungan_citra() -> dict[str, str]:
    """ENV of the image."""
    isi = [sisa for perintah, sisa in dockerfile() if perintah == "ENV"][-1]
    return dict(satu.split("=", 1) for satu in shlex.split(isi))


def perintah(satu: dict[str, Any]) -> list[str]:
    """What a service of the portal's image runs: its own command, or the image's."""
    bawaan = json.loads([sisa for nama, sisa in dockerfile() if nama == "CMD"][-1])
    return [*satu.get("entrypoint", []), *satu.get("command", [] if "entrypoint" in satu else bawaan)]


def lingkungan_layanan(satu: dict[str, Any], rahasia: Path, folder: Path) -> dict[str, str]:
    """Environment of a service outside Docker: secrets and volumes lie in these folders."""
    hasil = {k: v for k, v in lingkungan_citra().items() if k not in ("PATH", "XDG_CACHE_HOME")} | satu["environment"]
    for nama, nilai in hasil.items():
        if str(nilai).startswith("/run/secrets/"):
            hasil[nama] = str(rahasia / nilai.rpartition("/")[2])
        elif nilai in ("/data", "/segel", "/cadangan"):
            hasil[nama] = str(folder / nilai[1:])
    return {nama: str(nilai) for nama, nilai in hasil.items()}
