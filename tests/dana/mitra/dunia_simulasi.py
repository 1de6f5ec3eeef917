"""The simulator with a portal of paper: what both sides say is held against the published contract."""

from __future__ import annotations

import datetime
import json
from typing import Any

import pytest

from haji_portal.dana.mitra.kunci import periksa, tanda_tangani
from haji_portal.dana.mitra.skema import cocokkan
from haji_portal.dana.simulasi import JamMaya, Simulator
from haji_portal.dana.simulasi.buku import Buku

AWAL = datetime.datetime(2026, 11, 23, 2, 0, tzinfo=datetime.UTC).timestamp()
KUNCI = {"bpkh": b"k" * 32, "bps": b"b" * 32}
REF = "LTM-KD-26-7K2M9Q"


class Portal:
    """What arrives at the portal: signed well and fitting the schema, or refused as the real door would."""

    def __init__(self) -> None:
        self.sampai: list[tuple[str, str, dict[str, Any]]] = []
        self.palsu: list[str] = []
        self.jawaban = 200
        self.jam = JamMaya(AWAL)

    def __call__(self, mitra: str, kepala: Any, badan: bytes) -> int:
        kini = datetime.datetime.fromtimestamp(self.jam.kini(), datetime.UTC)
        isi = json.loads(badan)
        try:
            periksa(mitra, kepala, badan, kini)
        except Exception as galat:  # noqa: BLE001
            self.palsu.append(type(galat).__name__)
            return 401
        cocokkan("peristiwa", isi)
        if self.jawaban < 300:
            self.sampai.append((mitra, kepala["webhook-id"], isi))
        return self.jawaban

    def kabar(self) -> list[str]:
        return [isi["event"] for _, _, isi in self.sampai]


@pytest.fixture(autouse=True, name="kunci_simulasi")
def kunci(settings):
    settings.BPKH_KUNCI, settings.BPS_KUNCI, settings.BPS_KUNCI_BANK = (KUNCI["bpkh"],), (KUNCI["bps"],), {}


@pytest.fixture(name="portal")
def portal():
    return Portal()


def buat(portal: Portal, *sakelar: str, benih: int = 7, buku: Buku | None = None) -> Simulator:
    sim = Simulator(portal, jam=portal.jam, benih=benih, buku=buku)
    for satu in sakelar:
        sim.setel(satu)
    return sim


def permintaan(referensi: str = REF, **ubah: Any) -> dict[str, Any]:
    isi = {
        "referensi": referensi, "rincian": {"setoran": 25_000_000}, "mata_uang": "IDR", "rekening": "7123456789",
        "bank": "Bank Contoh", "atas_nama": "Siti Contoh", "nomor_porsi": "2300012345",
    }  # fmt: skip
    cocokkan("permintaan", isi | ubah)
    return isi | ubah


JAWABAN = {"pengembalian": "jawaban_permintaan", "keadaan": "keadaan", "saldo": "saldo", "mutasi": "mutasi"}


def tanya(sim: Simulator, pintu: str, isi: dict[str, Any], mitra: str = "bpkh", id: str = "") -> tuple[int, Any]:
    """One request through the drop-in of `jaringan.panggil`; the answer is held against its schema."""
    badan = json.dumps(isi).encode()
    waktu = datetime.datetime.fromtimestamp(sim.jam.kini(), datetime.UTC)
    id = id or (f"minta-{isi['referensi']}" if pintu == "pengembalian" else "tanya-1")
    kepala = tanda_tangani(badan, id, waktu, KUNCI[mitra])
    jawab = sim.panggil("POST", f"http://127.0.0.1:8011/{mitra}/{pintu}/", isi=badan, kepala=kepala)
    if jawab.status in (200, 202, 409, 422):
        cocokkan(JAWABAN[pintu.rpartition("/")[2]], jawab.json())
    return jawab.status, jawab.json()


def minta(sim: Simulator, referensi: str = REF, **ubah: Any) -> tuple[int, Any]:
    return tanya(sim, "pengembalian", permintaan(referensi, **ubah))


def keadaan(sim: Simulator, referensi: str = REF) -> dict[str, Any]:
    return tanya(sim, "pengembalian/keadaan", {"referensi": referensi})[1]
