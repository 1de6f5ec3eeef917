"""An invented morning at the queue: numbers taken, served, skipped and waiting, with paired devices."""

from __future__ import annotations

import datetime
import random

from django.utils import timezone

from haji_portal.akun.models import Kantor, Penugasan, Peran
from haji_portal.alur.pelaku import Petugas
from haji_portal.alur.penutupan import hari_kantor
from haji_portal.meja.demo import Jam

from ..models import Loket, PerangkatAntrean, Tiket
from . import panggil
from .ambil import Tamu, ambil
from .forms import layanan_kantor

KANTOR = ("kepulauan-seribu", "lombok-timur")
TAMU = (
    "Maryam Contoh", "Sukardi Contoh", "Nuraini Contoh", "Baharuddin Contoh", "Halimah Contoh", "Junaidi Contoh",
    "Salmah Contoh", "Mustafa Contoh", "Ratnawati Contoh", "Saiful Contoh", "Hasanah Contoh", "Tarmizi Contoh",
)  # fmt: skip
ASAL = ("Pulau Pramuka", "Pulau Panggang", "Pulau Tidung", "Selong", "Masbagik", "Aikmel")
PRIORITAS = ("", "", "", "lansia", "", "", "disabilitas", "", "", "hamil", "", "bayi")
INFO = "Semua layanan haji Rp0.\nSiapkan KTP dan bukti setoran awal sebelum nomor Anda dipanggil."
SELESAI, LEWAT, MENUNGGU = 14, 2, 7
"""Numbers of each kind at the end of the invented morning."""


def isi_antrean() -> int:
    """Pair devices and fill today's queue of two offices, once a day; returns the numbers taken."""
    return sum(_isi(k) for k in Kantor.objects.filter(slug__in=KANTOR).order_by("pk"))


def _isi(kantor: Kantor) -> int:
    for jenis, nama in (
        (PerangkatAntrean.Jenis.KIOS, "Tablet di pintu"),
        (PerangkatAntrean.Jenis.LAYAR, "Ruang tunggu"),
    ):
        PerangkatAntrean.objects.get_or_create(
            kantor=kantor, jenis=jenis, nama=nama, defaults={"di_luar_jam": True, "info": INFO}
        )
    if Tiket.objects.filter(kantor=kantor, tanggal=hari_kantor(kantor)).exists():
        return 0
    acak = random.Random(kantor.slug)
    petugas = [_duduk(kantor, nomor, peran) for nomor, peran in ((1, Peran.PTSP), (2, Peran.JFU))]
    with Jam() as jam:
        jam.batas = timezone.now()
        jam.kini = _mulai(kantor, jam.batas)
        for ke in range(SELESAI + LEWAT + MENUNGGU):
            _ambil(kantor, ke, acak)
            jam.kini = min(jam.kini + datetime.timedelta(minutes=acak.randint(1, 3)), jam.batas)
            # Two visitors ahead of the desks, and at the end those who still wait.
            if 2 <= ke < SELESAI + LEWAT + 2:
                _layani(jam, *petugas[ke % 2], acak, lewat=ke in (5, 11))
        loket, siapa = petugas[1]
        panggil.panggil_berikutnya(loket, oleh=siapa, kini=None)
    return SELESAI + LEWAT + MENUNGGU


def _mulai(kantor: Kantor, kini: datetime.datetime) -> datetime.datetime:
    """Three hours ago, but not yesterday: just after midnight the whole morning lies within minutes."""
    tengah_malam = datetime.datetime.combine(hari_kantor(kantor), datetime.time(0, 1), kantor.zona_waktu)
    return max(kini - datetime.timedelta(hours=3), tengah_malam)


def _duduk(kantor: Kantor, nomor: int, peran: str) -> tuple[Loket, Petugas]:
    tugas = Penugasan.objects.berlaku().select_related("kantor", "pengguna").filter(kantor=kantor, peran=peran)[0]
    siapa = Petugas(tugas.pengguna, tugas)
    return panggil.duduk(Loket.objects.get(kantor=kantor, nomor=nomor), oleh=siapa), siapa


def _ambil(kantor: Kantor, ke: int, acak: random.Random) -> None:
    layanan = [satu for satu, tutup in layanan_kantor(kantor) if not tutup]
    nama = TAMU[ke % len(TAMU)]
    tamu = Tamu() if ke % 9 == 8 else Tamu(nama, acak.choice(ASAL), f"0812000{ke:05d}")
    ambil(acak.choice(layanan), kunci=f"{acak.getrandbits(128):032x}", prioritas=PRIORITAS[ke % 12], tamu=tamu)


def _layani(jam: Jam, loket: Loket, siapa: Petugas, acak: random.Random, *, lewat: bool) -> None:
    """One visitor from call to end, the clock going on meanwhile."""
    tiket = panggil.panggil_berikutnya(loket, oleh=siapa, kini=None)
    if tiket is None:
        return
    jam.kini = min(jam.kini + datetime.timedelta(seconds=acak.randint(20, 60)), jam.batas)
    if lewat:
        panggil.lewati(tiket, loket=loket, oleh=siapa)
        return
    panggil.layani(tiket, loket=loket, oleh=siapa)
    jam.kini = min(jam.kini + datetime.timedelta(minutes=acak.randint(3, 9)), jam.batas)
    panggil.selesaikan(tiket, loket=loket, oleh=siapa)
