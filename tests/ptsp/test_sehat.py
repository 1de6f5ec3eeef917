"""/sehat/: true in parts, 503 only for the database and the history, and never slow."""

import datetime
import threading

import pytest
from django.db import DatabaseError
from django.utils import timezone

from haji_portal.ptsp import sehat as modul
from haji_portal.ptsp.models import DetakPekerja
from haji_portal.ptsp.sehat import PeriksaBroker
from haji_portal.ptsp.tasks import detak


@pytest.fixture(autouse=True)
def _broker(monkeypatch):
    monkeypatch.setattr(modul, "broker", PeriksaBroker(lambda: True))


def test_lengkap_dan_sehat(client, db):
    detak()
    jawab = client.get("/sehat/")
    assert jawab.status_code == 200
    harus = {"db": True, "broker": True, "pekerja": True, "efek_tertunda": 0, "riwayat": True}
    assert jawab.json() == harus


def test_pekerja_lama_diam(client, db):
    assert client.get("/sehat/").json()["pekerja"] is False
    DetakPekerja.objects.create(nama="celery", waktu=timezone.now() - datetime.timedelta(minutes=5))
    jawab = client.get("/sehat/")
    assert jawab.json()["pekerja"] is False
    assert jawab.status_code == 200


def test_broker_mati_tetap_200(client, db, monkeypatch):
    def mati():
        raise OSError("tidak ada")

    monkeypatch.setattr(modul, "broker", PeriksaBroker(mati))
    jawab = client.get("/sehat/")
    assert (jawab.status_code, jawab.json()["broker"]) == (200, False)


def test_pemicu_hilang_503(client, db, monkeypatch):
    monkeypatch.setattr(modul, "pemicu_terpasang", lambda: False)
    jawab = client.get("/sehat/")
    assert (jawab.status_code, jawab.json()["riwayat"]) == (503, False)


def test_pemicu_sungguh_hilang_503(client, db):
    from django.db import connection

    with connection.cursor() as kursor:
        if connection.vendor == "sqlite":
            kursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
            kursor.execute(f'DROP TRIGGER "{kursor.fetchall()[0][0]}"')
        else:
            kursor.execute("ALTER TABLE alur_riwayat DISABLE TRIGGER USER")
    assert client.get("/sehat/").status_code == 503


def test_basis_data_mati_503_tanpa_jejak(client, db, monkeypatch):
    def mati():
        raise DatabaseError("host rahasia tidak menjawab")

    monkeypatch.setattr(modul, "_db", mati)
    jawab = client.get("/sehat/")
    assert jawab.status_code == 503
    mati = {"db": False, "broker": True, "pekerja": False, "efek_tertunda": None, "riwayat": False}
    assert jawab.json() == mati
    assert b"rahasia" not in jawab.content


def test_broker_menggantung_tidak_menahan_dan_tidak_menumpuk(monkeypatch):
    monkeypatch.setattr(modul, "DETIK_BROKER", 0.05)
    lepas, panggilan = threading.Event(), []

    def gantung():
        panggilan.append(1)
        lepas.wait(10)
        return True

    periksa = PeriksaBroker(gantung)
    assert [periksa.hidup() for _ in range(4)] == [False] * 4
    assert periksa._utas.is_alive()  # four answers while the broker still says nothing
    assert len(panggilan) == 1
    lepas.set()


def test_jawaban_broker_diingat_sebentar(monkeypatch):
    panggilan = []
    periksa = PeriksaBroker(lambda: bool(panggilan.append(1)) or True)
    assert periksa.hidup() and periksa.hidup()
    assert len(panggilan) == 1
    periksa._saat -= modul.DETIK_INGAT + 1
    assert periksa.hidup()
    assert len(panggilan) == 2


def test_broker_uji_memang_tidak_ada(settings):
    """The suite's broker address points at nothing: asking it must say so and end."""
    periksa = PeriksaBroker(modul.tanya_broker)
    assert periksa.hidup() is False
    periksa._utas.join(10)
    assert not periksa._utas.is_alive()
    assert not periksa._utas.is_alive()


def test_broker_berkas(settings, tmp_path):
    settings.CELERY_BROKER_TRANSPORT_OPTIONS = {"data_folder_out": str(tmp_path)}
    assert modul.tanya_broker() is True
    settings.CELERY_BROKER_TRANSPORT_OPTIONS = {"data_folder_out": str(tmp_path / "tiada")}
    assert modul.tanya_broker() is False
