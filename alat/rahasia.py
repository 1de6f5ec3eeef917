"""Makes the secret files of docker-compose.yml, each once: what exists is never touched. Standard library only.

The folder is closed (0700); the files inside can be read by the containers' accounts, which see only their own.
"""

import os
import secrets
import sys
from pathlib import Path

from alat import AKAR

NAMA = (
    "secret_key", "kunci_hash", "kunci_metrik", "sandi_postgres", "sandi_pemilik", "sandi_portal", "sandi_cadangan",
    "sandi_redis", "frasa_cadangan",
)  # fmt: skip


def buat(folder: Path) -> list[str]:
    """Write what is missing below `folder`; returns the names of the new files."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    folder.chmod(0o700)
    # Certificates of the proxy, and secrets that only some offices have (mail, gateways, BSrE).
    for nama in ("sertifikat", "tambahan"):
        (folder / nama).mkdir(mode=0o755, exist_ok=True)
    baru = []
    for nama in NAMA:
        try:
            berkas = os.open(folder / nama, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o444)
        except FileExistsError:
            continue
        with open(berkas, "w", encoding="ascii") as tulis:
            tulis.write(secrets.token_urlsafe(48))
        (folder / nama).chmod(0o444)
        baru.append(nama)
    return baru


def main() -> None:
    """Entry point: `python3 -m alat.rahasia [folder]`."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else AKAR / "rahasia"
    baru = buat(folder)
    print(f"{folder}: {', '.join(baru) or 'sudah lengkap, tidak ada yang diubah'}.")
    if "frasa_cadangan" in baru:
        print("Simpan salinan frasa_cadangan dan kunci_hash di tempat lain: tanpa keduanya cadangan tidak berguna.")


if __name__ == "__main__":
    main()
