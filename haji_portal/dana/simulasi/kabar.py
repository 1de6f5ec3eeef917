"""What the simulator tells of one act: the true event, and what the switches make of it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from .buku import Berita, Pembayaran
from .jam import iso

if TYPE_CHECKING:
    from .mesin import Simulator

PALSU = ("palsu_kunci", "palsu_badan", "palsu_lama", "palsu_depan")
JEDA_GANDA = 1.0
"""Seconds between an event and its repetition."""


def badan(p: Pembayaran, event: str, saat: float) -> dict[str, Any]:
    """The body of one true event. Before there is an SPM the yield is 0."""
    manfaat = p.manfaat if p.nomor_spm else 0
    isi: dict[str, Any] = {
        "event": event, "referensi": p.referensi, "rincian": {"setoran": p.setoran, "nilai_manfaat": manfaat},
        "jumlah": p.setoran + manfaat, "mata_uang": "IDR", "rekening": p.isi["rekening"], "waktu": iso(saat),
    }  # fmt: skip
    if p.nomor_spm or event == "spm.terbit":
        isi["nomor_spm"] = p.nomor_spm or f"SPM/LAIN/{p.urut:05d}"
    if p.alasan and event in ("dana.gagal", "dana.retur"):
        isi["alasan"] = p.alasan
    return isi


def tidak_dikenal(referensi: str) -> Pembayaran:
    """A payment that this book does not know, as a confused partner would tell of it."""
    return Pembayaran(referensi, 0, {"rincian": {"setoran": 25_000_000}, "rekening": "7000000001"})


def tentang(sim: Simulator, p: Pembayaran, event: str) -> Iterator[tuple[float, Berita]]:
    """Everything that is sent because of one act, with the seconds until it leaves.

    A switch that makes the first event wrong is used up by it: the later ones are right.
    """
    tempo = p.ulah.get("tunda", 0.0)
    if event == "spm.terbit" and "acak" in p.ulah:
        tempo += sim.tempo.transfer * 2
    isi = _salahkan(sim, p, badan(p, event, sim.jam.kini()))
    mitra = sim.pengirim(event)
    asli = Berita(p.referensi, sim.nomor_webhook(), mitra, event, json.dumps(isi))
    yield tempo, asli
    if "ganda" in p.ulah:
        yield tempo + JEDA_GANDA, asli
    if "ganda_nomor" in p.ulah:
        yield tempo + JEDA_GANDA, Berita(p.referensi, sim.nomor_webhook(), mitra, event, asli.badan)
    if "ganda_isi" in p.ulah:
        lain = json.dumps(_lebihkan(isi, "nilai_manfaat", 1000))
        yield tempo + JEDA_GANDA, Berita(p.referensi, asli.id_webhook, mitra, event, lain)
    if event == "spm.terbit" and p.ulah.pop("dua_spm", None) is not None:
        kedua = json.dumps(isi | {"nomor_spm": f"{isi['nomor_spm']}-B"})
        yield tempo + JEDA_GANDA, Berita(p.referensi, sim.nomor_webhook(), mitra, event, kedua)
    for nama in PALSU:
        if p.ulah.pop(nama, None) is not None:
            bohong = badan(p, "dana.gagal", sim.jam.kini()) | {"alasan": "Kabar palsu."}
            yield (
                0.0,
                Berita(
                    p.referensi,
                    sim.nomor_webhook(),
                    mitra,
                    "dana.gagal",
                    json.dumps(bohong),
                    nama.removeprefix("palsu_"),
                ),
            )


def _salahkan(sim: Simulator, p: Pembayaran, isi: dict[str, Any]) -> dict[str, Any]:
    if (lebih := p.ulah.pop("salah_jumlah", None)) is not None:
        isi = _lebihkan(isi, "setoran", int(lebih))
    if p.ulah.pop("salah_rekening", None) is not None:
        isi = isi | {"rekening": f"99{sim.acak('rekening', p.urut).randrange(10**8):08d}"}
    if p.ulah.pop("salah_mata_uang", None) is not None:
        isi = isi | {"mata_uang": "USD"}
    if p.ulah.pop("salah_referensi", None) is not None:
        isi = isi | {"referensi": f"XX-KD-00-{sim.acak('referensi', p.urut).randrange(10**6):06d}"}
    return isi


def _lebihkan(isi: dict[str, Any], bagian: str, rupiah: int) -> dict[str, Any]:
    rincian = isi["rincian"] | {bagian: isi["rincian"][bagian] + rupiah}
    return isi | {"rincian": rincian, "jumlah": sum(rincian.values())}
