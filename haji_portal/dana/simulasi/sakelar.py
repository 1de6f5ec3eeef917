"""The switches: what can go wrong, for whom, and how chance is drawn so that a run can be repeated.

Written `nama=LINGKUP` or `nama=LINGKUP:UKURAN`. LINGKUP: `mati`, `semua`, `3` (the next three), `25%` (each with that
chance). UKURAN: seconds, rupiah or a door, as the table below says; left out, the switch's own.
"""

from __future__ import annotations

import random
import re
from dataclasses import dataclass

PINTU = ("pengembalian", "keadaan", "saldo", "mutasi")


@dataclass(frozen=True)
class Sakelar:
    """kelompok: what it hits (jawaban: answers to the portal; bayar: the payment itself; kabar: what is told of it).

    satuan: what UKURAN means ("" when it means nothing), bawaan: its value when left out.
    """

    kelompok: str
    kata: str
    satuan: str = ""
    bawaan: str = ""


def _jawaban(kata: str) -> Sakelar:
    return Sakelar("jawaban", kata, "pintu", "pengembalian")


SAKELAR: dict[str, Sakelar] = {
    "galat5xx": _jawaban("Jawab 503, tidak mengerjakan apa pun"),
    "macet": _jawaban("Diam sampai portal menyerah, tidak mengerjakan apa pun"),
    "jawaban_hilang": _jawaban("Kerjakan, lalu putus tanpa jawaban"),
    "jawaban_macet": _jawaban("Kerjakan, lalu diam sampai portal menyerah"),
    "terpotong": _jawaban("Kerjakan, jawabannya terpotong di tengah"),
    "kacau": _jawaban("Kerjakan, jawab halaman HTML"),
    "alihkan": _jawaban("Kerjakan, jawab pengalihan (302)"),
    "raksasa": _jawaban("Kerjakan, jawab berkas sebesar 2 MB"),
    "tolak": Sakelar("bayar", "Tolak permintaannya (422)"),
    "lupa": Sakelar("bayar", "Terima permintaannya, lalu lupa: tidak dikenal bila ditanya"),
    "gagal": Sakelar("bayar", "Gagal sebelum SPM terbit"),
    "gagal_spm": Sakelar("bayar", "Gagal sesudah SPM terbit"),
    "gagal_susulan": Sakelar("bayar", "Gagal sesudah dinyatakan ditransfer", "detik", "10"),
    "retur": Sakelar("bayar", "Dana kembali sesudah ditransfer", "detik", "10"),
    "diam": Sakelar("kabar", "Dibayar, tidak pernah dikabarkan: portal harus bertanya"),
    "tunda": Sakelar("kabar", "Kabar terlambat", "detik", "30"),
    "acak": Sakelar("kabar", "Kabar transfer mendahului kabar SPM"),
    "ganda": Sakelar("kabar", "Setiap kabar datang dua kali, nomor webhook sama"),
    "ganda_nomor": Sakelar("kabar", "Setiap kabar datang dua kali, nomor webhook lain"),
    "ganda_isi": Sakelar("kabar", "Nomor webhook sama, isi lain"),
    "dua_spm": Sakelar("kabar", "Dua SPM untuk satu permintaan"),
    "salah_jumlah": Sakelar("kabar", "Kabar pertama menyebut setoran lain", "rupiah lebih", "1"),
    "salah_rekening": Sakelar("kabar", "Kabar pertama menyebut rekening lain"),
    "salah_mata_uang": Sakelar("kabar", "Kabar pertama dalam dolar"),
    "salah_referensi": Sakelar("kabar", "Kabar pertama menyebut referensi yang tidak dikenal"),
    "palsu_kunci": Sakelar("kabar", "Kabar gagal palsu: kunci lain"),
    "palsu_badan": Sakelar("kabar", "Kabar gagal palsu: isi diubah sesudah ditandatangani"),
    "palsu_lama": Sakelar("kabar", "Kabar gagal palsu: tanda tangan 10 menit lalu"),
    "palsu_depan": Sakelar("kabar", "Kabar gagal palsu: tanda tangan 10 menit di depan"),
}
KELOMPOK = {"bayar": "Pembayaran", "kabar": "Kabar kepada portal", "jawaban": "Jawaban kepada portal"}
_LINGKUP = re.compile(r"mati|semua|[1-9][0-9]{0,5}|(?:100|[1-9]?[0-9])%")
_UKURAN = re.compile(r"[0-9]{1,9}")


class SakelarSalah(ValueError):
    """The sentence says what is wrong with what was written."""


def urai(tulisan: str) -> tuple[str, str]:
    """Name and value of `nama=nilai`, the value in full (`LINGKUP:UKURAN`). Raises SakelarSalah."""
    nama, _, nilai = (bagian.strip() for bagian in tulisan.partition("="))
    if nama not in SAKELAR:
        raise SakelarSalah(f"Sakelar {nama[:40]!r} tidak dikenal. Yang ada: {', '.join(SAKELAR)}.")
    sakelar = SAKELAR[nama]
    lingkup, _, ukuran = nilai.partition(":")
    if not _LINGKUP.fullmatch(lingkup):
        raise SakelarSalah(f"{nama}: lingkup harus mati, semua, bilangan, atau persen, bukan {lingkup[:20]!r}.")
    ukuran = ukuran or sakelar.bawaan
    if sakelar.satuan == "pintu":
        benar = ukuran in (*PINTU, "semua")
    else:
        benar = bool(_UKURAN.fullmatch(ukuran)) if sakelar.satuan else not ukuran
    if not benar:
        raise SakelarSalah(f"{nama}: {sakelar.satuan or 'tidak memakai ukuran'}, bukan {ukuran[:20]!r}.")
    return nama, f"{lingkup}:{ukuran}" if ukuran else lingkup


def acak(benih: int, *kunci: object) -> random.Random:
    """Chance of one decision: the same for the same seed and the same decision, whatever came between."""
    return random.Random("/".join(map(str, (benih, *kunci))))  # noqa: S311


class Papan:
    """The switches as they stand. simpan is told of every change, so that a restart keeps it."""

    def __init__(self, benih: int, awal: dict[str, str], simpan) -> None:  # type: ignore[no-untyped-def]
        self.benih, self.simpan = benih, simpan
        self.nilai = {nama: awal.get(nama, "mati") for nama in SAKELAR}

    def setel(self, tulisan: str) -> None:
        """Raises SakelarSalah."""
        nama, nilai = urai(tulisan)
        self._tulis(nama, nilai)

    def matikan_semua(self) -> None:
        for nama, nilai in self.nilai.items():
            if nilai != "mati":
                self._tulis(nama, "mati")

    def undi(self, kelompok: tuple[str, ...], urut: int, pintu: str = "") -> dict[str, float]:
        """Which switches of these groups hit the urut-th payment or call; each with its measure."""
        hasil = {}
        for nama, sakelar in SAKELAR.items():
            if sakelar.kelompok in kelompok and self._kena(nama, urut, pintu):
                ukuran = self.nilai_ukuran(nama)
                hasil[nama] = float(ukuran) if ukuran.isdigit() else 0.0
                self._pakai(nama)
        return hasil

    def nilai_ukuran(self, nama: str) -> str:
        return self.nilai[nama].partition(":")[2] or SAKELAR[nama].bawaan

    def _kena(self, nama: str, urut: int, pintu: str) -> bool:
        lingkup = self.nilai[nama].partition(":")[0]
        if lingkup == "mati" or (pintu and self.nilai_ukuran(nama) not in (pintu, "semua")):
            return False
        if lingkup.endswith("%"):
            return acak(self.benih, nama, pintu, urut).random() * 100 < int(lingkup[:-1])
        return True

    def _pakai(self, nama: str) -> None:
        lingkup, titik, ukuran = self.nilai[nama].partition(":")
        if lingkup.isdigit():
            sisa = int(lingkup) - 1
            self._tulis(nama, f"{sisa}{titik}{ukuran}" if sisa else "mati")

    def _tulis(self, nama: str, nilai: str) -> None:
        self.nilai[nama] = "mati" if nilai.startswith("mati") else nilai
        self.simpan(nama, self.nilai[nama])
