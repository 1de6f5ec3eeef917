"""A real worker on PostgreSQL and Redis is killed again and again while money is asked for and told of.

The simulator is a process of its own, the door is a live server, the scheduler runs beside; only the worker dies, and
now and then the broker forgets everything. HAJI_BUNUH: how many kills; HAJI_KURAS: how many times FLUSHALL.
"""

from __future__ import annotations

import base64
import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import redis
from django.conf import settings as setelan_django
from django.db import connection
from django.utils import timezone

from alat import AKAR
from alat.peladen import port_bebas
from haji_portal.alur.models import Efek
from haji_portal.dana.models import Panggilan, Pengembalian, Putusan
from haji_portal.dana.periksa import periksa_buku
from haji_portal.dana.simulasi import Simulator
from haji_portal.dana.simulasi.buku import Buku
from tests.dana.tanah import ajukan, buka_induk

from .dunia import KUNCI, UANG
from .model import Pelanggaran, Saksi
from .penyadap import Penyadap

BENIH = int(os.environ.get("HAJI_BENIH", "20261121"))
BUNUH, KURAS = int(os.environ.get("HAJI_BUNUH", "100")), int(os.environ.get("HAJI_KURAS", "20"))
PALING_LAMA = 60.0
"""Seconds from a kill until the next worker has done something."""
SAKELAR = ("ganda=30%", "ganda_nomor=20%", "acak=20%", "jawaban_hilang=10%", "galat5xx=5%", "tunda=10%:3")
CELERY = [sys.executable, "-W", "ignore", "-m", "celery", "--quiet", "-A", "haji_portal"]
PEKERJA = [*CELERY, "worker", "-P", "threads", "-c", "4", "--without-gossip", "--without-mingle", "-l", "ERROR"]


class Rumah:
    """The processes around one database."""

    def __init__(self, portal: str, folder: Path, sakelar: tuple[str, ...] = SAKELAR) -> None:
        self.folder, self.port = folder, port_bebas()
        self.penyadap = Penyadap(f"http://127.0.0.1:{self.port}")
        basis = connection.settings_dict
        kunci = {nama: base64.b64encode(isi[0]).decode() for nama, isi in KUNCI.items()}
        self.lingkungan = {
            **os.environ, "DJANGO_SETTINGS_MODULE": "haji_portal.settings.dasar", "HAJI_DATA": str(folder),
            "DATABASE_URL": f"postgres://{basis['USER']}@{basis['HOST']}:{basis['PORT']}/{basis['NAME']}",
            "REDIS_URL": setelan_django.REDIS_URL, "PESAN_SEGERA": "0", "MITRA_TANYA_SESUDAH": "2",
            "BPKH_URL": f"http://127.0.0.1:{self.penyadap.server_port}/bpkh",
            "BPS_URL": f"http://127.0.0.1:{self.penyadap.server_port}/bps",
            "BPKH_KUNCI": kunci["bpkh"], "BPS_KUNCI": kunci["bps"], "HAJI_DEMO": "1",
        }  # fmt: skip
        self.bank = [
            sys.executable, "manage.py", "simulasi_bpkh", "--port", str(self.port), "--portal", portal,
            "--data", str(folder / "bank"), "--benih", str(BENIH), "--detik", "0.3",
            *(bagian for satu in sakelar for bagian in ("--sakelar", satu)),
        ]  # fmt: skip

    @contextmanager
    def ramai(self) -> Iterator[None]:
        """Everything but the worker."""
        with self.penyadap.jalan(), self.jalan(self.bank), self.jalan([*CELERY, "beat", "-l", "ERROR"]):
            yield

    @contextmanager
    def jalan(self, perintah: list[str]) -> Iterator[subprocess.Popen[bytes]]:
        proses = self.mulai(perintah)
        try:
            yield proses
        finally:
            proses.terminate()
            proses.wait(30)

    def mulai(self, perintah: list[str]) -> subprocess.Popen[bytes]:
        return subprocess.Popen(perintah, cwd=AKAR, env=self.lingkungan, stdout=subprocess.DEVNULL)


def tunggu(benar: Callable[[], bool], detik: float, apa: str) -> float:
    """Seconds until it is so."""
    mulai = time.monotonic()
    while not benar():
        assert time.monotonic() - mulai < detik, f"{apa}: not within {detik:.0f} s"
        threading.Event().wait(0.1)
    return time.monotonic() - mulai


def hasil_kerja() -> int:
    """Grows only when a worker does something."""
    return Panggilan.objects.count() + Putusan.objects.count() + Efek.objects.exclude(selesai=None).count()


def bunuh_terus(rumah: Rumah, acak: random.Random, induk: list[int]) -> list[float]:
    """Kill the worker BUNUH times, each time at work; seconds until work went on."""
    lama, pekerja = [], rumah.mulai(PEKERJA)
    kuras = set(acak.sample(range(BUNUH), min(KURAS, BUNUH)))
    broker = redis.Redis.from_url(setelan_django.REDIS_URL)
    for ke in range(BUNUH):
        baru = buka_induk()
        ajukan(baru)
        induk.append(baru.pk)
        sebelum = hasil_kerja()
        tunggu(lambda awal=sebelum: hasil_kerja() > awal, 3 * PALING_LAMA, "worker at work")
        threading.Event().wait(acak.uniform(0, 1.5))
        pekerja.send_signal(signal.SIGKILL)
        pekerja.wait(30)
        if ke in kuras:
            broker.flushall()
        mati, sebelum = time.monotonic(), hasil_kerja()
        lain = buka_induk()
        ajukan(lain)
        induk.append(lain.pk)
        if ke in kuras:
            broker.flushall()
        pekerja = rumah.mulai(PEKERJA)
        tunggu(lambda awal=sebelum: hasil_kerja() > awal, 3 * PALING_LAMA, "work resumed")
        lama.append(time.monotonic() - mati)
        sys.stdout.write(f"kill {ke + 1}{' + FLUSHALL' if ke in kuras else ''}: {lama[-1]:.1f} s\n")
        sys.stdout.flush()
    tunggu_tenang(rumah, induk)
    pekerja.terminate()
    pekerja.wait(30)
    return lama


def tunggu_tenang(rumah: Rumah, induk: list[int]) -> None:
    tunggu(lambda: selesai(induk), 900, "all refunds paid")
    tunggu(lambda: tanpa_sisa(rumah.folder), 120, "all news delivered")
    tunggu(lambda: belum_dinilai() == 0, 120, "all news judged")


def selesai(induk: list[int]) -> bool:
    """All paid, all told; what pauses for minutes after a failure is called at once."""
    sisa = Efek.objects.filter(jenis__in=UANG, selesai__isnull=True, sewa_sampai__isnull=True)
    sisa.update(jatuh_tempo=timezone.now(), menyerah=None)
    hidup = Pengembalian.objects.filter(induk__in=induk).exclude(status="diterima")
    return not hidup.exists() and not sisa.exists()


def saksi(sim: Simulator, induk: list[int]) -> Saksi:
    """What the partner's book tells of the run; the answers that it gave are not kept there."""

    def benar(nomor: str) -> str:
        status = str(sim.keadaan(nomor)["status"])
        return "" if status == "tidak_dikenal" else status

    hasil = Saksi(tuple(induk), benar, sim.dibayar)
    hasil.sejak = 0
    for berita in sim.buku.kabar():
        assert berita.hasil == "sampai", vars(berita)
        hasil.diterima[berita.mitra, berita.id_webhook] = {}
    nomor = [p.referensi for p in sim.buku.semua()]
    hasil.tak_jelas |= set(nomor)
    kata = ("spm.terbit", "dana.ditransfer", "diterima")
    hasil.jawaban = Counter({(satu, k): 10**6 for satu in nomor for k in kata})
    return hasil


@pytest.fixture
def rumah(live_server, pelaksana, settings, tmp_path):
    """`rumah()` or `rumah(switches)`: the processes around the test's database."""
    if connection.vendor != "postgresql":
        pytest.skip("a worker of its own needs PostgreSQL and Redis")
    settings.BPKH_KUNCI, settings.BPS_KUNCI, settings.BPKH_URL = KUNCI["bpkh"], KUNCI["bps"], "http://127.0.0.1:1"
    return lambda *isi: Rumah(live_server.url, tmp_path, *isi)


@pytest.mark.malam
@pytest.mark.django_db(transaction=True)
def test_pekerja_dibunuh_dan_broker_dikuras(rumah):
    rumah, induk = rumah(), []
    with rumah.ramai():
        lama = bunuh_terus(rumah, random.Random(BENIH), induk)
    periksa_akhir(rumah, induk)
    lama.sort()
    p50, paling = lama[len(lama) // 2], lama[-1]
    sys.stdout.write(
        f"{BUNUH} kills, {KURAS} flushes, {len(induk)} refunds: resumed p50 {p50:.1f} s, max {paling:.1f} s\n"
    )
    assert paling <= PALING_LAMA


def tanpa_sisa(folder: Path) -> bool:
    return all(b.hasil != "menunggu" for b in Buku(folder / "bank" / "buku.sqlite3").kabar())


def belum_dinilai() -> int:
    with connection.cursor() as kursor:
        kursor.execute("SELECT count(*) FROM dana_peristiwa e WHERE NOT EXISTS "
                       "(SELECT 1 FROM dana_putusan u WHERE u.peristiwa_id = e.id)")  # fmt: skip
        return int(kursor.fetchone()[0])


def periksa_permintaan(rumah: Rumah, induk: list[int]) -> None:
    """What BPKH was asked, request by request. Raises Pelanggaran."""
    lihat = Saksi(tuple(induk), lambda _: "", lambda _: 0)
    for isi in rumah.penyadap.permintaan:
        lihat.minta(isi)


def periksa_akhir(rumah: Rumah, induk: list[int]) -> None:
    """Both books say that everybody was paid, once; and nobody was asked for twice out of ignorance."""
    sim = Simulator(lambda *_: 0, buku=Buku(rumah.folder / "bank" / "buku.sqlite3"))
    periksa_permintaan(rumah, induk)
    semua: list[Any] = list(sim.buku.semua())
    assert len(semua) == len(induk) == Pengembalian.objects.count()
    assert {p.status for p in semua} == {"diterima"}
    saksi(sim, induk).periksa_tenang()
    assert periksa_buku() == []


def mati_menelepon(rumah: Rumah) -> None:
    """The worker dies when BPKH has the request and the worker not yet its answer."""
    sadap = rumah.penyadap
    sadap.jawab.clear()
    with rumah.jalan(PEKERJA) as pekerja:
        tunggu(lambda: bool(sadap.permintaan), PALING_LAMA, "BPKH is asked")
        pekerja.kill()
        pekerja.wait(30)
    sadap.jawab.set()
    assert Panggilan.objects.filter(jenis="kirim", selesai__isnull=True).count() == len(sadap.permintaan) == 1
    Efek.objects.filter(selesai__isnull=True).update(sewa_sampai=None)


@pytest.mark.malam
@pytest.mark.django_db(transaction=True)
def test_mati_selagi_menelepon(rumah):
    """One chosen death. News comes late, so that only the note of the call keeps the next worker from asking again."""
    rumah, induk = rumah(("tunda=semua:20",)), buka_induk()
    ajukan(induk)
    with rumah.ramai():
        mati_menelepon(rumah)
        with rumah.jalan(PEKERJA):
            tunggu_tenang(rumah, [induk.pk])
    periksa_akhir(rumah, [induk.pk])
    assert len(rumah.penyadap.permintaan) == 1


@pytest.mark.malam
@pytest.mark.django_db(transaction=True)
def test_kendali_panggilan_tidak_ditulis_lebih_dulu(rumah):
    """Control: the same death with the note gone. The money is asked for again, and the check that follows the hundred
    kills says so."""
    rumah, induk = rumah(("tunda=semua:900",)), buka_induk()
    ajukan(induk)
    with rumah.ramai():
        mati_menelepon(rumah)
        Panggilan.objects.filter(selesai__isnull=True).delete()
        with rumah.jalan(PEKERJA):
            tunggu(lambda: len(rumah.penyadap.permintaan) > 1, 3 * PALING_LAMA, "BPKH is asked again")
    with pytest.raises(Pelanggaran, match="sent again, and nobody knew"):
        periksa_permintaan(rumah, [induk.pk])
