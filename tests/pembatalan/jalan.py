"""The way of a cancellation through its table, for the tests of this room."""

from __future__ import annotations

import datetime
from typing import Any

from django.utils import timezone

from haji_portal.akun.models import Kantor, Penugasan
from haji_portal.alur.efek import sapu
from haji_portal.alur.jalankan import Hasil, cari_di_tahap, jalankan
from haji_portal.alur.pelaku import Petugas
from haji_portal.alur.posisi import langkah_berikut
from haji_portal.meja.tandatangan import tandatangani_langkah
from pembatalan import contoh
from tests.kontrak.potret import segar

CEPAT = "palu"
"""An office under the national table: from the counter to the centre without a letter, so without drawing one."""


def buka(urut: int = 3, slug: str = CEPAT, **isian: Any):
    return segar(contoh.buka_contoh(Kantor.objects.get(slug=slug), urut, **isian).perkara)


def maju(pelaksana, p):
    """One printed step further, with what happens elsewhere before it."""
    nama = langkah_berikut(p).nama
    contoh.siapkan(pelaksana, p, nama)
    return segar(pelaksana.lakukan(p, nama, contoh.isian(p, nama)).perkara)


def sampai(pelaksana, p, tahap: str):
    while p.tahap != tahap:
        p = maju(pelaksana, p)
    return p


def lakukan(pelaksana, p, nama: str, **data: Any):
    return segar(pelaksana.lakukan(segar(p), nama, contoh.isian(segar(p), nama) | data).perkara)


def petugas(akun: str, peran: str = "") -> Petugas:
    tugas = Penugasan.objects.select_related("pengguna", "kantor").filter(pengguna__username=akun)
    satu = tugas.filter(peran=peran)[0] if peran else tugas[0]
    return Petugas(satu.pengguna, satu)


def rangkap(akun: str, peran: str) -> Petugas:
    """The same person with a second office, as acting official."""
    asal = petugas(akun)
    tugas = Penugasan.objects.create(
        pengguna=asal.pengguna, kantor=asal.penugasan.kantor, peran=peran, jabatan="Pelaksana harian",
        jenis=Penugasan.Jenis.PLH, nomor_sk="SK-PLH/1", mulai=timezone.localdate() - datetime.timedelta(days=1),
    )  # fmt: skip
    return Petugas(asal.pengguna, tugas)


def sebagai(pelaksana, p, nama: str, oleh: Petugas) -> Hasil:
    """The step as this very person; raises what it is refused with."""
    p = segar(p)
    if cari_di_tahap(p, nama).tanda_tangan:
        langkah = cari_di_tahap(p, nama)
        return tandatangani_langkah(p, langkah, oleh=oleh, versi=p.versi, sesi=pelaksana.sesi(oleh))
    return jalankan(p, nama, oleh=oleh, versi=p.versi, data=contoh.isian(p, nama))


def kerjakan_efek() -> None:
    while sapu():
        pass
