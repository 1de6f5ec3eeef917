"""Redis dies while a task runs: the worker survives and takes the next task.

Celery 5.7.0 without `SafeConsumer` exits here. The second test is the control: when it fails, Celery
has mended itself and `haji_portal/konsumen.py` can go.
"""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from celery import Celery

from alat.peladen import RedisSementara

TUGAS = """
import os, time
from celery import Celery
app = Celery("coba", broker=os.environ["BROKER"])
app.conf.update(task_acks_late=True, task_reject_on_worker_lost=True, worker_prefetch_multiplier=1,
                task_ignore_result=True, broker_connection_retry_on_startup=True)
if os.environ.get("KONSUMEN"):
    app.conf.worker_consumer = os.environ["KONSUMEN"]
@app.task(name="coba")
def coba(nama, detik):
    open(f"{os.environ['CATAT']}/{nama}.mulai", "w").close()
    time.sleep(detik)
    open(f"{os.environ['CATAT']}/{nama}.selesai", "w").close()
"""
pytestmark = pytest.mark.basis


def tunggu(berkas: Path, detik: float = 20.0) -> None:
    """Wait until `berkas` exists; fails the test after `detik` seconds."""
    akhir = time.monotonic() + detik
    while not berkas.exists():
        assert time.monotonic() < akhir, f"{berkas.name} tidak muncul"
        time.sleep(0.05)


@pytest.fixture
def redis(program) -> Iterator[RedisSementara]:
    program("redis-server")
    with RedisSementara() as peladen:
        yield peladen


def pekerja(redis: RedisSementara, folder: Path, konsumen: str) -> subprocess.Popen[bytes]:
    """A worker with the threads pool that knows one task, which leaves marks in `folder`."""
    (folder / "coba_tugas.py").write_text(TUGAS)
    akar = str(Path(__file__).resolve().parents[2])
    lingkungan = {**os.environ, "BROKER": redis.url, "CATAT": str(folder), "KONSUMEN": konsumen}
    # A plain Celery app: Celery would otherwise set Django up in the worker.
    lingkungan.pop("DJANGO_SETTINGS_MODULE", None)
    lingkungan["PYTHONPATH"] = f"{folder}{os.pathsep}{akar}"
    perintah = [sys.executable, "-m", "celery", "-A", "coba_tugas", "worker", "-P", "threads", "-c", "2"]
    perintah += ["--without-gossip", "--without-mingle", "-l", "ERROR"]
    return subprocess.Popen(perintah, cwd=folder, env=lingkungan, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def bunuh_redis_di_tengah_tugas(redis: RedisSementara, folder: Path, aplikasi: Celery) -> None:
    """Start a two-second task, take Redis away while it runs, bring it back on the same port."""
    aplikasi.send_task("coba", ["panjang", 2])
    tunggu(folder / "panjang.mulai")
    redis.matikan()
    tunggu(folder / "panjang.selesai")
    redis.nyalakan()


def test_pekerja_bertahan_dan_melanjutkan(redis: RedisSementara, tmp_path: Path) -> None:
    proses = pekerja(redis, tmp_path, "haji_portal.konsumen:SafeConsumer")
    try:
        with Celery("pengirim", broker=redis.url) as aplikasi:
            bunuh_redis_di_tengah_tugas(redis, tmp_path, aplikasi)
        with Celery("pengirim", broker=redis.url) as aplikasi:
            aplikasi.send_task("coba", ["berikut", 0])
        tunggu(tmp_path / "berikut.selesai")
        assert proses.poll() is None
    finally:
        proses.terminate()
        proses.wait(15)


def test_tanpa_safe_consumer_pekerja_mati(redis: RedisSementara, tmp_path: Path) -> None:
    proses = pekerja(redis, tmp_path, "")
    try:
        with Celery("pengirim", broker=redis.url) as aplikasi:
            bunuh_redis_di_tengah_tugas(redis, tmp_path, aplikasi)
        assert proses.wait(15) != 0
    finally:
        proses.kill()
        proses.wait()
