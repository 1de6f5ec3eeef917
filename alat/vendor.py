"""Front-end files of others, kept in the repository: fetched once with npm, checked offline ever after.

`python -m alat.vendor` fetches what static/vendor/vendor.lock.json lists, `--check` compares every
byte on disk with it. To change a version: edit `versi` and `integritas` there, run the first form.
"""

import argparse
import base64
import hashlib
import json
import re
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path
from typing import Any

from alat import AKAR

KUNCI = AKAR / "static" / "vendor" / "vendor.lock.json"
FOLDER = [AKAR / "static" / "vendor", AKAR / "static" / "font"]
PETA_SUMBER = re.compile(rb"\n?(?:/\*#|//#) sourceMappingURL=[^\n]*")
"""Source maps are not kept, and the manifest storage refuses a reference to a missing file."""


def baca_kunci() -> list[dict[str, Any]]:
    """Packages of the lock: nama, versi, integritas, berkas {target: {asal, sha256}}."""
    return json.loads(KUNCI.read_text(encoding="utf-8"))["paket"]


def sidik(isi: bytes) -> str:
    """SHA-256 in hex."""
    return hashlib.sha256(isi).hexdigest()


def ambil(paket: dict[str, Any], folder: str) -> None:
    """Fetch one package, verify its sha512 against the lock, write its files, note their hashes."""
    perintah = ["npm", "pack", "--silent", "--pack-destination", folder, f"{paket['nama']}@{paket['versi']}"]
    nama = subprocess.run(perintah, check=True, stdout=subprocess.PIPE, text=True).stdout.split()[-1]
    isi = (Path(folder) / nama).read_bytes()
    integritas = "sha512-" + base64.b64encode(hashlib.sha512(isi).digest()).decode()
    if integritas != paket["integritas"]:
        sys.exit(f"{paket['nama']}: isi paket tidak sama dengan kunci ({integritas}).")
    with tarfile.open(Path(folder) / nama) as arsip:
        for tujuan, rincian in paket["berkas"].items():
            anggota = arsip.extractfile(rincian["asal"])
            if anggota is None:
                sys.exit(f"{paket['nama']}: {rincian['asal']} tidak ada.")
            bersih = anggota.read()
            if tujuan.endswith((".css", ".js")):
                bersih = PETA_SUMBER.sub(b"", bersih)
            (AKAR / tujuan).parent.mkdir(parents=True, exist_ok=True)
            (AKAR / tujuan).write_bytes(bersih)
            rincian["sha256"] = sidik(bersih)


def periksa() -> list[str]:
    """Differences between the lock and the disk, as sentences; empty when all is well."""
    wajib = {tujuan: rincian["sha256"] for paket in baca_kunci() for tujuan, rincian in paket["berkas"].items()}
    ada = {str(satu.relative_to(AKAR)): satu for folder in FOLDER for satu in folder.rglob("*") if satu.is_file()}
    del ada[str(KUNCI.relative_to(AKAR))]
    keluhan = [f"{tujuan}: tidak ada" for tujuan in wajib.keys() - ada.keys()]
    keluhan += [f"{tujuan}: tidak tercatat di {KUNCI.name}" for tujuan in ada.keys() - wajib.keys()]
    for tujuan in wajib.keys() & ada.keys():
        isi = ada[tujuan].read_bytes()
        if sidik(isi) != wajib[tujuan]:
            keluhan.append(f"{tujuan}: isinya berubah")
        if b"sourceMappingURL" in isi:
            keluhan.append(f"{tujuan}: masih menyebut sourceMappingURL")
    return sorted(keluhan)


def main() -> None:
    """Entry point."""
    urai = argparse.ArgumentParser(description="Berkas antarmuka dari pihak lain.")
    urai.add_argument("--check", action="store_true", help="hanya memeriksa, tanpa jaringan")
    if urai.parse_args().check:
        if keluhan := periksa():
            sys.exit("\n".join(keluhan))
        return
    paket = baca_kunci()
    with tempfile.TemporaryDirectory() as folder:
        for satu in paket:
            ambil(satu, folder)
    KUNCI.write_text(json.dumps({"paket": paket}, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
