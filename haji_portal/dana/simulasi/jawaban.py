"""Answers to the portal: their form, their way through a broken network, and the rows of a statement."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from .buku import Pembayaran

PINTU = ("pengembalian", "pengembalian/keadaan", "saldo", "mutasi")
HILANG = ("macet", "jawaban_hilang", "jawaban_macet", "terpotong", "raksasa")
"""Switches after which the portal has no whole answer in its hands."""


@dataclass(frozen=True)
class Balasan:
    """An answer to the portal. ulah: the switch that spoils its way there, or ""."""

    status: int
    isi: dict[str, Any]
    ulah: str = ""

    @property
    def badan(self) -> bytes:
        return json.dumps(self.isi, separators=(",", ":")).encode()


def alamat(jalur: str) -> tuple[str, str]:
    """`/bps/mutasi/` -> partner and door; without a partner in front it is BPKH's. Unknown doors are "" ."""
    bagian = [satu for satu in jalur.split("/") if satu]
    mitra = bagian.pop(0) if bagian and bagian[0] in ("bpkh", "bps") else "bpkh"
    pintu = "/".join(bagian)
    return mitra, pintu if pintu in PINTU else ""


def rusak(balas: Balasan) -> tuple[int, dict[str, str], bytes]:
    """An answer as a switch lets it through: status, further headers, body."""
    if balas.ulah == "kacau":
        return 200, {"content-type": "text/html"}, b"<!doctype html><title>Gateway</title><p>OK</p>"
    if balas.ulah == "alihkan":
        return 302, {"location": "http://127.0.0.1:9/"}, b""
    if balas.ulah == "raksasa":
        return 200, {}, b"[" + b" " * (2 * 1024 * 1024) + b"]"
    return balas.status, {}, balas.badan


def baris(tanggal: str, p: Pembayaran, jenis: frozenset[str]) -> dict[str, Any]:
    """One row of a day's statement: what stood in the book of the bank when that day ended."""
    if "kembali" in jenis:
        status = "dikembalikan"
    elif p.status == "gagal":
        status = "gagal"
    else:
        status = "tertunda" if p.status == "ditransfer" else "berhasil"
    return {
        "tanggal": tanggal, "referensi": p.referensi, "rujukan_bank": p.rujukan_bank, "jumlah": p.setoran + p.manfaat,
        "mata_uang": "IDR", "rekening": p.isi["rekening"], "atas_nama": p.isi["atas_nama"], "status": status,
    }  # fmt: skip
