"""SMS and WhatsApp through an HTTP gateway: contract in docs/gerbang-pesan.md, kept by `alat/simulator_pesan.py`.

    POST {url}/pesan            {"rujukan", "saluran", "pengirim", "tujuan", "teks"}, Idempotency-Key = rujukan
    GET  {url}/pesan/{rujukan}  {"status": "dikirim" | "sampai" | "gagal" | "tidak_dikenal"}

A gateway of another shape is another class with the same port, named in PESAN_SALURAN.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from django.conf import settings

from haji_portal.jaringan import Jawaban, JawabanHilang, TidakTerjangkau, panggil

from .saluran import Hasil, Jawab, Kiriman, Laporan

# Refusals of this one message; 401 and 403 are about our account and 404 about our settings: ours to mend.
TETAP = {400, 410, 413, 422}
# The gateway says itself that it took nothing.
SEMENTARA = {401, 402, 403, 404, 405, 425, 429, 503}
LAPORAN = {Laporan.DIKIRIM, Laporan.SAMPAI, Laporan.GAGAL, Laporan.TIDAK_DIKENAL}
SAMBUNG, TUNGGU = 5.0, 20.0
"""Seconds to connect and to wait for an answer; together far below the sender's lease."""


class GerbangHttp:
    seketika = False

    def __init__(self, nama: str) -> None:
        self.nama = nama
        self.setelan: dict[str, str] = settings.PESAN_GERBANG.get(nama, {})

    def aktif(self) -> bool:
        return bool(self.setelan.get("url"))

    def serahkan(self, kiriman: Kiriman) -> Jawab:
        """One POST. Only a clear answer counts: everything else after the request left is `TIDAK_PASTI`."""
        if not self.aktif():
            return Jawab(Hasil.TERTUNDA, "Saluran ini belum dipasang")
        badan = {
            "rujukan": kiriman.rujukan, "saluran": self.nama, "pengirim": self.setelan.get("pengirim", ""),
            "tujuan": kiriman.alamat, "teks": kiriman.isi,
        }  # fmt: skip
        try:
            jawaban = self._panggil("POST", "/pesan", badan, {"Idempotency-Key": kiriman.rujukan})
        except TidakTerjangkau as galat:
            return Jawab(Hasil.TERTUNDA, str(galat))
        except JawabanHilang as galat:
            return Jawab(Hasil.TIDAK_PASTI, str(galat))
        return _tafsir(jawaban)

    def tanya(self, rujukan: str) -> str:
        if not self.aktif():
            return ""
        try:
            jawaban = self._panggil("GET", f"/pesan/{quote(rujukan, safe='')}")
        except (TidakTerjangkau, JawabanHilang):
            return ""
        status = _isi(jawaban).get("status", "")
        return status if jawaban.status in (200, 404) and status in LAPORAN else ""

    def _panggil(self, metode: str, jalur: str, badan: Any = None, kepala: dict[str, str] | None = None) -> Jawaban:
        kepala = {"Authorization": f"Bearer {self.setelan.get('token', '')}", **(kepala or {})}
        url = self.setelan["url"].rstrip("/") + jalur
        return panggil(metode, url, json_=badan, kepala=kepala, sambung=SAMBUNG, tunggu=TUNGGU, batas=64 * 1024)


def _tafsir(jawaban: Jawaban) -> Jawab:
    isi, kode = _isi(jawaban), f"Jawaban gerbang {jawaban.status}"
    if jawaban.status in TETAP or (200 <= jawaban.status < 300 and isi.get("status") == "ditolak"):
        return Jawab(Hasil.DITOLAK, kode)
    # 409: the gateway knows this reference already, so an earlier try was taken.
    if jawaban.status == 409 or (200 <= jawaban.status < 300 and isi.get("status") == "diterima"):
        return Jawab(Hasil.DITERIMA)
    if jawaban.status in SEMENTARA or 300 <= jawaban.status < 400:
        return Jawab(Hasil.TERTUNDA, kode)
    return Jawab(Hasil.TIDAK_PASTI, kode)


def _isi(jawaban: Jawaban) -> dict[str, Any]:
    try:
        isi = jawaban.json()
    except ValueError:
        return {}
    return isi if isinstance(isi, dict) else {}
