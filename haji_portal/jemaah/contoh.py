"""Invented pilgrims for the demo and the contract tests of every service."""

from __future__ import annotations

import datetime
import random
from typing import Any

from haji_portal.akun.models import Kantor

from .models import Jemaah

LAKI = ["Ahmad", "Lalu Satria", "Rahmat", "Hasan", "Yusuf", "Ridwan", "Zainal", "Mahmud", "Saiful", "Burhan", "Ilham"]
PEREMPUAN = ["Siti", "Baiq Ratna", "Nurul", "Fatimah", "Aminah", "Khadijah", "Laila", "Zubaidah", "Halimah", "Rukmini"]
BELAKANG = [
    "Wirawan",
    "Pratiwi",
    "Hidayat",
    "Rosidah",
    "Mustofa",
    "Komalasari",
    "Suryadi",
    "Handayani",
    "Basri",
    "Marzuki",
]
BANK = ["Bank Syariah Indonesia", "Bank Muamalat", "Bank Mega Syariah"]
DESA = ["Sukamaju", "Mekar Sari", "Karang Baru", "Tanjung Indah", "Labuhan", "Rarang", "Sumber Makmur"]


def acak_tetap(benih: int) -> random.Random:
    """The same seed gives the same invented person; nothing here is a secret."""
    return random.Random(benih)


def nik_contoh(kode_wilayah: str, lahir: datetime.date, jenis_kelamin: str, urut: int) -> str:
    hari = lahir.day + (40 if jenis_kelamin == "P" else 0)
    return f"{kode_wilayah or '9999'}{1 + urut % 20:02d}{hari:02d}{lahir:%m%y}{1 + urut % 9998:04d}"


def buat_jemaah(kantor: Kantor, urut: int, **ganti: Any) -> Jemaah:
    """An invented pilgrim of the office's district; the same `urut` gives the same person."""
    return Jemaah.objects.create(**orang_contoh(kantor, urut, **ganti))


def orang_contoh(kantor: Kantor, urut: int, **ganti: Any) -> dict[str, Any]:
    acak = acak_tetap(urut)
    kelamin = acak.choice("LP")
    lahir = datetime.date(1950, 1, 1) + datetime.timedelta(days=acak.randrange(18_000))
    nilai: dict[str, Any] = {
        "nama": f"{acak.choice(LAKI if kelamin == 'L' else PEREMPUAN)} {acak.choice(BELAKANG)}",
        "tempat_lahir": kantor.kabupaten, "tanggal_lahir": lahir, "jenis_kelamin": kelamin,
        "alamat": f"Dusun {acak.choice(DESA)} RT {acak.randrange(1, 9):02d}", "kabupaten": kantor.kabupaten,
        "provinsi": kantor.provinsi, "telepon": f"+62812000{urut:05d}",
    }  # fmt: skip
    nilai |= ganti
    nik = nik_contoh(kantor.kode_wilayah, nilai["tanggal_lahir"], nilai["jenis_kelamin"], urut)
    return {"nik": nik} | nilai


def nomor_validasi(urut: int) -> str:
    return f"26{urut:010d}"
