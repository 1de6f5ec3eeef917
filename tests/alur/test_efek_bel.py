"""The doorbell: after commit, once for many rings, never in the way of the request, silent after a failure."""

import threading
import time
from types import SimpleNamespace
from urllib.parse import urlsplit

import pytest
from celery import current_app
from celery.schedules import crontab
from django.conf import settings
from django.core.management import call_command
from django.db import transaction

from haji_portal.alur import efek as mesin
from haji_portal.alur.efek import bunyikan_bel, penangan
from haji_portal.alur.management.commands import sapu
from tests.alur.buatan import buat_efek


class Pengirim:
    """Stands where Celery publishes; can be slow or broken."""

    def __init__(self):
        self.kiriman = []
        self.selesai = 0
        self.boleh = threading.Event()
        self.boleh.set()
        self.galat = None
        self.ada = threading.Event()

    def __call__(self, nama, **opsi):
        self.kiriman.append((nama, opsi))
        self.ada.set()
        self.boleh.wait(30)
        self.selesai += 1
        if self.galat:
            raise self.galat


@pytest.fixture
def pengirim(monkeypatch):
    pengirim = Pengirim()
    monkeypatch.setattr(mesin, "_bel", mesin.Bel("alur.kerjakan_efek"))
    monkeypatch.setattr(current_app, "send_task", pengirim)
    yield pengirim
    pengirim.boleh.set()


def tunggu(syarat, detik=3.0):
    batas = time.monotonic() + detik
    while not syarat():
        assert time.monotonic() < batas, "did not happen in time"
        time.sleep(0.01)


@pytest.mark.django_db(transaction=True)
class TestBel:
    def test_baru_berbunyi_sesudah_commit(self, pengirim):
        with transaction.atomic():
            bunyikan_bel()
            time.sleep(0.1)
            assert pengirim.kiriman == []
        tunggu(lambda: len(pengirim.kiriman) == 1)
        nama, opsi = pengirim.kiriman[0]
        assert nama == "alur.kerjakan_efek"
        assert opsi["retry"] is False

    def test_batal_tidak_berbunyi(self, pengirim):
        with pytest.raises(ZeroDivisionError), transaction.atomic():
            bunyikan_bel()
            _ = 1 / 0
        time.sleep(0.1)
        assert pengirim.kiriman == []

    def test_seratus_bunyi_melebur(self, pengirim):
        """While one bell is on its way, all others melt into one more."""
        pengirim.boleh.clear()
        bunyikan_bel()
        assert pengirim.ada.wait(3)
        for _ in range(100):
            bunyikan_bel()
        pengirim.boleh.set()
        tunggu(lambda: len(pengirim.kiriman) == 2)
        time.sleep(0.1)
        assert len(pengirim.kiriman) == 2

    def test_broker_lambat_tidak_menahan_permintaan(self, pengirim):
        pengirim.boleh.clear()
        for _ in range(20):
            with transaction.atomic():
                bunyikan_bel()
        assert pengirim.ada.wait(3)
        assert pengirim.selesai == 0  # all twenty are back while the first is still being published

    def test_senyap_sesudah_gagal_lalu_berbunyi_lagi(self, pengirim):
        pengirim.galat = ConnectionRefusedError()
        mulai = time.monotonic()
        bunyikan_bel()
        tunggu(lambda: mesin._bel.senyap_sampai > 0)
        assert mulai + 30 <= mesin._bel.senyap_sampai <= time.monotonic() + 30
        for _ in range(10):
            bunyikan_bel()
        time.sleep(0.1)
        assert len(pengirim.kiriman) == 1
        pengirim.galat = None
        mesin._bel.senyap_sampai = time.monotonic() - 1
        bunyikan_bel()
        tunggu(lambda: len(pengirim.kiriman) == 2)

    def test_broker_sungguh_mati(self, monkeypatch):
        """Not a stand-in: the suite's broker address has nobody behind it."""
        if urlsplit(settings.CELERY_BROKER_URL).port != 1:
            pytest.skip("a real broker is configured for this run")
        monkeypatch.setattr(mesin, "_bel", mesin.Bel("alur.kerjakan_efek"))
        kirim, boleh = current_app.send_task, threading.Event()
        monkeypatch.setattr(current_app, "send_task", lambda *a, **k: boleh.wait(30) and kirim(*a, **k))
        with transaction.atomic():
            bunyikan_bel()
        assert mesin._bel.senyap_sampai == 0  # the request is back before the broker was even asked
        boleh.set()
        tunggu(lambda: mesin._bel.senyap_sampai > 0, detik=10)

    def test_dapat_dimatikan(self, pengirim, settings):
        settings.EFEK_BEL = False
        bunyikan_bel()
        time.sleep(0.1)
        assert pengirim.kiriman == []


@pytest.mark.django_db
def test_perintah_sapu(monkeypatch, capsys):
    monkeypatch.setattr(mesin, "_penangan", {})
    penangan("uji.catat")(lambda efek: None)
    buat_efek()
    buat_efek(jenis="uji.lain")
    call_command("sapu")
    assert "1 efek selesai, 1 masih menunggu" in capsys.readouterr().out


def test_setiap_tugas_terjadwal_ada():
    current_app.loader.import_default_modules()
    assert {e["task"] for e in settings.CELERY_BEAT_SCHEDULE.values()} <= set(current_app.tasks)


def test_jadwal_per_zona_adalah_jam_setempat():
    """23.30 on the office's clock: 21.30 WIB for WIT, 22.30 WIB for WITA."""
    jam = {n: e["schedule"] for n, e in settings.CELERY_BEAT_SCHEDULE.items() if n.startswith("segel-")}
    assert {n.rpartition("-")[2]: (min(s.hour), min(s.minute)) for n, s in jam.items()} == {
        "jayapura": (21, 30),
        "makassar": (22, 30),
        "jakarta": (23, 30),
    }


@pytest.mark.django_db
def test_sapu_terus_menjalankan_jadwal_tanpa_celery(monkeypatch, settings, capsys):
    """Everything once at the start, then by the schedule; a task that breaks does not stop the others."""
    berhenti = threading.Event()
    jalan = []

    class Tugas(dict):
        def __missing__(self, nama):
            def kerja(**kolom):
                jalan.append((nama, kolom))
                if nama == "rusak":
                    raise RuntimeError("NIK 5203014503800002")
                if jalan.count(("sering", {})) == 2:
                    berhenti.set()

            return kerja

    settings.CELERY_BEAT_SCHEDULE = {
        "a": {"task": "rusak", "schedule": 3600.0},
        "b": {"task": "sering", "schedule": 0.5},
        "c": {"task": "harian", "schedule": crontab(hour=2, minute=10), "kwargs": {"zona": "Asia/Jakarta"}},
    }
    monkeypatch.setattr(sapu, "current_app", SimpleNamespace(tasks=Tugas(), loader=current_app.loader))
    monkeypatch.setattr(sapu, "close_old_connections", lambda: None)
    penjaga = threading.Timer(10, berhenti.set)
    penjaga.start()
    sapu.Command()._terus(berhenti)
    penjaga.cancel()
    assert jalan.count(("sering", {})) == 2
    assert jalan.count(("rusak", {})) == 1
    assert jalan.count(("harian", {"zona": "Asia/Jakarta"})) == 1
    keluar = capsys.readouterr().err
    assert "a gagal: RuntimeError" in keluar
    assert "5203" not in keluar
