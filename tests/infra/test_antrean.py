"""The queue of files that stands in for Redis: a message is whole when somebody sees it."""

from __future__ import annotations

import os
from queue import Empty

import pytest
from kombu import Connection
from kombu.transport import filesystem

from haji_portal import antrean
from haji_portal.celery import app


@pytest.fixture
def saluran(tmp_path):
    folder = {"data_folder_in": str(tmp_path), "data_folder_out": str(tmp_path), "control_folder": str(tmp_path / "k")}
    with Connection("filesystem://", transport_options=folder) as sambungan:
        yield sambungan.default_channel


def test_pesan_utuh_atau_tidak_terlihat(saluran, monkeypatch):
    terlihat = []

    def mengintip(sumber, tujuan):
        with pytest.raises(Empty):
            terlihat.append(saluran._get("celery"))
        os.rename(sumber, tujuan)

    monkeypatch.setattr(antrean.os, "replace", mengintip)
    saluran._put("celery", {"isi": "Ya"})
    assert saluran._get("celery") == {"isi": "Ya"}
    assert not terlihat
    with pytest.raises(Empty):
        saluran._get("celery")


def test_kombu_sendiri_masih_memperlihatkan_pesan_kosong(saluran, monkeypatch):
    """Without the mending a reader may take the file before there is anything in it."""
    galat = []

    def mengintip(payload):
        try:
            saluran._get("celery")
        except ValueError as satu:
            galat.append(satu)
        return "{}"

    monkeypatch.setattr(filesystem, "dumps", mengintip)
    filesystem.Channel._put(saluran, "celery", {})
    assert galat


def test_portal_memakai_yang_diperbaiki():
    with app.connection("filesystem://") as sambungan:
        assert sambungan.get_transport_cls() is antrean.Transport
