"""Files as Siskohat's officers would bring them, good and bad."""

from __future__ import annotations

import io

from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook

JUDUL = ["Nomor perkara", "Nomor porsi", "Tanggal terbit"]


def csv(*baris, judul=JUDUL, pemisah=";", sandi="utf-8-sig", nama="jawaban.csv"):
    teks = "\r\n".join(pemisah.join(str(s) for s in satu) for satu in (judul, *baris))
    return SimpleUploadedFile(nama, teks.encode(sandi), "text/csv")


def xlsx(*baris, judul=JUDUL, ubah=None, nama="jawaban.xlsx"):
    buku = Workbook()
    buku.active.append(judul)
    for satu in baris:
        buku.active.append(list(satu))
    if ubah:
        ubah(buku)
    keluar = io.BytesIO()
    buku.save(keluar)
    return SimpleUploadedFile(nama, keluar.getvalue())
