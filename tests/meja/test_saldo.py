"""The question about the balance: asked at BPKH, set beside the book, for numbers of one's own office only."""

from __future__ import annotations

import pytest

from haji_portal.akun.models import Pengguna
from haji_portal.dana.mitra.tanya import MitraBisu, MitraMati, Saldo
from haji_portal.meja.dana import saldo
from tests.dana.conftest import AWAL, LUNAS
from tests.dana.tanah import ajukan, buka_induk

pytestmark = [pytest.mark.django_db]
URL = "/pantau-dana/saldo/"


@pytest.fixture
def induk(pelaksana):
    return buka_induk()


@pytest.fixture
def bpkh(monkeypatch):
    """What BPKH answers; an exception is raised. The questions that came."""
    tanya = []

    def pasang(jawab):
        def satu(**isi):
            tanya.append(isi)
            if isinstance(jawab, Exception):
                raise jawab
            return jawab

        monkeypatch.setattr(saldo, "tanya_saldo", satu)
        return tanya

    return pasang


def tanyakan(client, nomor, akun="jfu.lombok-timur"):
    client.force_login(Pengguna.objects.get(username=akun))
    return client.post(URL, {"nomor": nomor})


def test_jawaban_di_samping_buku(client, induk, bpkh):
    tanya = bpkh(Saldo("ada", AWAL + LUNAS, None))
    isi = tanyakan(client, induk.porsi.nomor).content.decode()
    assert tanya == [{"nomor_porsi": induk.porsi.nomor, "nomor_validasi": None}]
    assert ">sama<" in isi and ">berbeda<" not in isi


def test_nomor_validasi_menemukan_porsinya(client, induk, bpkh):
    tanya = bpkh(Saldo("tidak_ada", None, None))
    isi = tanyakan(client, induk.setoran.nomor_validasi).content.decode()
    assert tanya[0]["nomor_porsi"] == induk.porsi.nomor
    assert "Tidak ada dana di BPKH" in isi and ">berbeda<" in isi


def test_yang_dipesan_bukan_lagi_saldo(client, induk, bpkh):
    ajukan(induk)
    bpkh(Saldo("ada", AWAL + LUNAS, None))
    assert ">berbeda<" in tanyakan(client, induk.porsi.nomor).content.decode()


@pytest.mark.parametrize(
    ("akun", "status"), [("jfu.tanah-bumbu", 422), ("direktorat", 200), ("kasi.lombok-timur", 200)]
)
def test_hanya_nomor_kantor_sendiri(client, induk, bpkh, akun, status):
    tanya = bpkh(Saldo("ada", 1, None))
    assert tanyakan(client, induk.porsi.nomor, akun).status_code == status
    assert bool(tanya) == (status == 200)


@pytest.mark.parametrize("galat", [MitraBisu("BPKH tidak memberi jawaban yang jelas."), MitraMati()])
def test_tanpa_jawaban(client, induk, bpkh, galat):
    bpkh(galat)
    jawab = tanyakan(client, induk.porsi.nomor)
    assert jawab.status_code == 409 and "BPKH" in jawab.content.decode() and induk.porsi.nomor not in jawab.headers


@pytest.mark.parametrize("nomor", ["", "12 34", "x" * 31, "../etc", "2900000000"])
def test_nomor_salah(client, induk, bpkh, nomor):
    tanya = bpkh(Saldo("ada", 1, None))
    assert tanyakan(client, nomor).status_code == 422 and not tanya
