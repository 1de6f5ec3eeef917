"""A partner on the loopback that answers as a test wants it to: by the contract, wrongly, or with raw bytes."""

from __future__ import annotations

import json
import re
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

KUNCI = b"kunci-uji-mitra-24-byte-lebih"


@dataclass(frozen=True)
class Permintaan:
    jalur: str
    kepala: dict[str, str]
    badan: bytes

    @property
    def isi(self) -> Any:
        return json.loads(self.badan)


@dataclass
class Lawan:
    """`jawab(request)` returns bytes for the wire, or None to hang up without a word."""

    url: str
    jawab: Callable[[Permintaan], bytes | None]
    diterima: list[Permintaan] = field(default_factory=list)

    def selalu(self, status: int, isi: Any = None, **ganti: Any) -> None:
        """Answer every request with this status; isi None repeats what was asked, with `ganti`."""
        self.jawab = lambda minta: http(status, minta.isi | ganti if isi is None else isi)

    def jalur(self) -> list[str]:
        return [p.jalur.strip("/") for p in self.diterima]

    def rujukan(self) -> set[str]:
        """Every reference of a payment that was ever named."""
        return {p.isi["referensi"] for p in self.diterima if "referensi" in p.isi}


def http(status: int, isi: Any, *kepala: str) -> bytes:
    """A whole answer; isi: an object for JSON, or bytes as they are."""
    badan = isi if isinstance(isi, bytes) else json.dumps(isi).encode()
    baris = [f"HTTP/1.1 {status} X", f"Content-Length: {len(badan)}", "Connection: close", *kepala]
    return "\r\n".join([*baris, "", ""]).encode() + badan


@contextmanager
def lawan(settings: Any) -> Iterator[Lawan]:
    """A running partner that the settings point at, BPKH and the banks in one."""
    telinga = socket.create_server(("127.0.0.1", 0))
    mitra = Lawan(f"http://127.0.0.1:{telinga.getsockname()[1]}", lambda _: None)
    settings.BPKH_URL = settings.BPS_URL = mitra.url
    settings.BPKH_KUNCI = settings.BPS_KUNCI = (KUNCI,)
    utas = threading.Thread(target=_dengar, args=(telinga, mitra), daemon=True)
    utas.start()
    try:
        yield mitra
    finally:
        telinga.shutdown(socket.SHUT_RDWR)
        telinga.close()
        utas.join(10)


def _dengar(telinga: socket.socket, mitra: Lawan) -> None:
    while True:
        try:
            sambungan, _ = telinga.accept()
        except OSError:
            return
        threading.Thread(target=_layani, args=(sambungan, mitra), daemon=True).start()


def _layani(sambungan: socket.socket, mitra: Lawan) -> None:
    with sambungan:
        minta = _baca(sambungan)
        mitra.diterima.append(minta)
        jawab = mitra.jawab(minta)
        if jawab is not None:
            try:
                sambungan.sendall(jawab)
            except OSError:
                pass  # the portal had heard enough


def _baca(sambungan: socket.socket) -> Permintaan:
    isi = b""
    while b"\r\n\r\n" not in isi:
        isi += sambungan.recv(65536)
    kepala, _, badan = isi.partition(b"\r\n\r\n")
    panjang = re.search(rb"content-length: (\d+)", kepala, re.IGNORECASE)
    while panjang and len(badan) < int(panjang[1]):
        badan += sambungan.recv(65536)
    baris = kepala.decode().split("\r\n")
    nama = (satu.split(": ", 1) for satu in baris[1:])
    return Permintaan(baris[0].split()[1], {k.lower(): v for k, v in nama}, badan)
