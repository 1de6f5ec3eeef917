"""The partners' door: what is stored, what is refused, and that neither costs more than it must."""

from __future__ import annotations

import datetime
import json
import logging

import pytest
from django.core.handlers.wsgi import WSGIRequest
from django.test import Client
from django.utils import timezone
from prometheus_client import generate_latest

from haji_portal.akun.models import Kantor
from haji_portal.alur.efek import saat_sapu
from haji_portal.dana.mitra.kunci import sidik_kunci, tanda_tangani
from haji_portal.dana.mitra.olah import olah_semua
from haji_portal.dana.mitra.pintu import peristiwa
from haji_portal.dana.mitra.skema import NAMA, skema
from haji_portal.dana.models import Peristiwa
from haji_portal.hitungan import CALLBACK_TOLAK, proses_ini

from .kirim_kabar import isi_kabar, kirim, kirim_mentah
from .lawan import KUNCI

pytestmark = pytest.mark.django_db
KUNCI_BANK = b"kunci satu bank, 24 byte atau lebih"
BENAR = {
    "event": "dana.gagal", "referensi": "LTM-KD-26-7K2M9Q", "rincian": {"setoran": 25_000_000, "nilai_manfaat": 0},
    "jumlah": 25_000_000, "mata_uang": "IDR", "rekening": "7123456789", "waktu": "2026-11-21T10:15:00+07:00",
}  # fmt: skip


@pytest.fixture(autouse=True)
def kunci(settings):
    settings.BPKH_KUNCI, settings.BPS_KUNCI, settings.BPS_KUNCI_BANK = (KUNCI,), (KUNCI,), {"bsi": (KUNCI_BANK,)}
    settings.EFEK_BEL = False


def test_tersimpan_lalu_dijawab():
    jawab = kirim(BENAR, id="evt_1")
    assert (jawab.status_code, jawab.json()) == (202, {"status": "diterima"})
    satu = Peristiwa.objects.get()
    assert json.loads(satu.isi) == BENAR and satu.id_webhook == "evt_1" and satu.id_kunci == sidik_kunci(KUNCI)
    assert (satu.mitra, satu.jenis, satu.rujukan, satu.kantor) == ("bpkh", "dana.gagal", BENAR["referensi"], None)
    assert not jawab.cookies and jawab["Cache-Control"] == "no-store"


def test_ulangan_dijawab_dan_dihitung(caplog):
    assert kirim(BENAR, id="evt_1").status_code == 202
    for _ in range(3):
        jawab = kirim(BENAR, id="evt_1")
        assert (jawab.status_code, jawab.json()) == (200, {"status": "sudah_diterima"})
    with caplog.at_level(logging.ERROR):
        assert kirim(BENAR | {"jumlah": 1}, id="evt_1").status_code == 200
        assert kirim(b"bukan json", id="evt_1").status_code == 200
    assert len([r for r in caplog.records if "isi lain" in r.message]) == 2
    satu = Peristiwa.objects.get()
    assert (satu.ulangan, satu.ulangan_beda, json.loads(satu.isi)) == (3, 2, BENAR)


def test_satu_kueri_untuk_yang_baru(django_assert_num_queries):
    with django_assert_num_queries(3):  # the event between SAVEPOINT and RELEASE of the test's transaction
        kirim(BENAR)


def test_yang_ditolak_tidak_menyentuh_basis_data(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert kirim(BENAR, kunci=b"x" * 32).status_code == 401
        assert kirim(b" " * 65_537).status_code == 413


def test_id_yang_sama_dari_dua_bank_dua_peristiwa(acuan):
    assert kirim(BENAR, "bps", id="evt_1").status_code == 202
    assert kirim(BENAR, "bps", id="evt_1", kunci=KUNCI_BANK).status_code == 202
    assert kirim(BENAR, "bpkh", id="evt_1").status_code == 202
    assert kirim(BENAR, "bps", id="evt_1", kunci=KUNCI_BANK).status_code == 200
    bsi = Kantor.objects.get(slug="bsi")
    assert set(Peristiwa.objects.values_list("mitra", "kantor", "ulangan")) == {
        ("bps", None, 0), ("bps", bsi.pk, 1), ("bpkh", None, 0),
    }  # fmt: skip


def test_kunci_bank_tanpa_kantornya(caplog):
    assert kirim(BENAR, "bps", kunci=KUNCI_BANK).status_code == 401
    assert "BPS_KUNCI_BSI" in caplog.text and not Peristiwa.objects.exists()


@pytest.mark.parametrize("detik, status", [(-301, 401), (-298, 202), (298, 202), (302, 401)])
def test_jendela(detik, status):
    waktu = timezone.now() + datetime.timedelta(seconds=detik)
    assert kirim(BENAR, waktu=waktu).status_code == status


RAHASIA = "7123456789012345"
DITOLAK = [
    (b" ", 400), (b"{", 400), (b"[]", 400), (b"null", 400), (b"\xff\xfe{}", 400), (b"[" * 60_000, 400),
    (json.dumps(BENAR).replace("25000000,", "25000000.0,", 1).encode(), 400),
    (json.dumps(BENAR).replace("25000000,", "NaN,", 1).encode(), 400),
    (json.dumps(BENAR).replace("{", '{"event": "spm.terbit", ', 1).encode(), 400),
    (json.dumps(BENAR | {"rekening": f"{RAHASIA}\n"}).encode(), 400),
    (json.dumps(BENAR | {RAHASIA: 1}).encode(), 400), (json.dumps(BENAR | {"event": RAHASIA}).encode(), 400),
    (json.dumps(BENAR | {"alasan": "\ud800"}).encode(), 400), (json.dumps(BENAR | {"alasan": "a\0"}).encode(), 400),
    (json.dumps(BENAR).encode() + b" " * 65_536, 413), (b"9" * 5000, 400),
]  # fmt: skip


@pytest.mark.parametrize("badan, status", DITOLAK)
def test_ditolak_dengan_kalimat_tanpa_gema(badan, status, caplog):
    jawab = kirim(badan)
    assert jawab.status_code == status and jawab["Content-Type"] == "application/problem+json"
    isi = jawab.json()
    assert set(isi) == {"type", "title", "status", "detail"} and isi["status"] == status
    assert RAHASIA not in jawab.content.decode() and RAHASIA not in caplog.text
    assert not Peristiwa.objects.exists()


class Aliran:
    """A body that counts what is read of it; `ada` bytes, whatever Content-Length says."""

    def __init__(self, ada: int, putus: bool = False) -> None:
        self.ada, self.putus, self.dibaca = ada, putus, 0

    def read(self, banyak: int = -1) -> bytes:
        if self.putus:
            raise OSError("gone")
        banyak = self.ada - self.dibaca if banyak < 0 else min(banyak, self.ada - self.dibaca)
        self.dibaca += banyak
        return b"x" * banyak

    readline = read


@pytest.mark.parametrize(
    "panjang, ada, status, paling",
    [("10485760", 10_485_760, 413, 0), ("65537", 65_537, 413, 0), ("9" * 400, 100, 413, 0),
     ("65536", 10**7, 401, 65_536),
     ("10", 10_485_760, 401, 10), ("1000", 10, 401, 10), ("0", 10**7, 401, 0), (None, 10**7, 411, 0), ("", 9, 411, 0),
     ("-5", 10**7, 411, 0), ("1e3", 10**7, 411, 0), ("٥", 10, 411, 0), ("+5", 10, 411, 0)],
)  # fmt: skip
def test_panjang_yang_berdusta(panjang, ada, status, paling):
    aliran = Aliran(ada)
    lingkungan = {"REQUEST_METHOD": "POST", "PATH_INFO": "/api/v1/callback/bpkh/", "wsgi.input": aliran,
                  "SERVER_NAME": "x", "SERVER_PORT": "80"}  # fmt: skip
    if panjang is not None:
        lingkungan["CONTENT_LENGTH"] = panjang
    assert peristiwa(WSGIRequest(lingkungan), "bpkh").status_code == status
    assert aliran.dibaca <= paling


def test_sambungan_yang_putus_di_tengah_isi():
    lingkungan = {
        "REQUEST_METHOD": "POST",
        "PATH_INFO": "/",
        "wsgi.input": Aliran(9, putus=True),
        "CONTENT_LENGTH": "9",
    }
    assert peristiwa(WSGIRequest(lingkungan), "bpkh").status_code == 400


@pytest.mark.parametrize("metode", ["get", "head", "put", "patch", "delete", "options", "trace"])
def test_hanya_post(metode):
    jawab = getattr(Client(), metode)("/api/v1/callback/bpkh/")
    assert jawab.status_code == 405 and jawab["Allow"] == "POST"


def test_tanpa_garis_miring_dan_mitra_lain_tidak_ada():
    for jalur in ("bpkh", "bsi/", "bpkh/x/", ""):
        assert Client().post(f"/api/v1/callback/{jalur}").status_code == 404


def test_tanpa_csrf_dan_sesi_tidak_membantu(masuk):
    klien = masuk("admin")
    klien.handler.enforce_csrf_checks = True
    badan = json.dumps(BENAR).encode()
    assert kirim_mentah(badan, {}, klien=klien).status_code == 401
    assert kirim_mentah(badan, tanda_tangani(badan, "evt_1", timezone.now(), KUNCI), klien=klien).status_code == 202


def test_kunci_lama_selama_pergantian(settings):
    settings.BPKH_KUNCI = (b"kunci baru yang cukup panjang", KUNCI)
    assert kirim(BENAR, id="evt_1").status_code == 202
    assert kirim(BENAR, id="evt_1", kunci=settings.BPKH_KUNCI[0]).status_code == 200
    settings.BPKH_KUNCI = settings.BPKH_KUNCI[:1]
    assert kirim(BENAR, id="evt_2").status_code == 401


def test_pantulan_permintaan_kita_sendiri_bukan_peristiwa():
    """What the portal sends is signed with the same key: it fits no event."""
    assert kirim({"referensi": BENAR["referensi"]}, id="tanya-1").status_code == 400
    assert not Peristiwa.objects.exists()


def test_penolakan_dihitung_menurut_sebab():
    def hitung(sebab):
        return CALLBACK_TOLAK.labels("bps", sebab)._value.get()

    sebelum = {s: hitung(s) for s in ("tanda", "skema", "json", "besar", "jendela")}
    kirim(BENAR, "bps", kunci=b"x" * 32)
    kirim({}, "bps")
    kirim(b"{", "bps")
    kirim(b" " * 70_000, "bps")
    kirim(BENAR, "bps", waktu=timezone.now() - datetime.timedelta(days=1))
    assert {s: hitung(s) - n for s, n in sebelum.items()} == dict.fromkeys(sebelum, 1.0)
    assert b'haji_callback_tolak_total{mitra="bps",sebab="tanda"}' in generate_latest(proses_ini)


@pytest.mark.django_db(transaction=True)
def test_bel_berbunyi_sesudah_tersimpan_dan_makelar_mati_tidak_mengganggu(settings, monkeypatch):
    bunyi = []
    monkeypatch.setattr("haji_portal.dana.mitra.pintu._bel.bunyikan", lambda: bunyi.append(Peristiwa.objects.count()))
    settings.EFEK_BEL = True
    assert [kirim(BENAR, id="evt_1").status_code for _ in range(2)] == [202, 200]
    assert bunyi == [1]

    def rusak():
        raise RuntimeError("broker")

    monkeypatch.setattr("haji_portal.dana.mitra.pintu._bel.bunyikan", rusak)
    assert kirim(BENAR, id="evt_2").status_code == 202


def test_penyapu_mengambil_yang_terlewat():
    assert olah_semua in saat_sapu


def test_skema_diterbitkan(client):
    for nama in NAMA:
        jawab = client.get(f"/api/v1/callback/skema/{nama}.json")
        assert jawab.json() == skema(nama) and jawab["Content-Type"] == "application/schema+json"
    assert client.post("/api/v1/callback/skema/saldo.json").status_code == 405
    assert client.get("/api/v1/callback/skema/tiada.json").status_code == 404


def test_kabar_tentang_pengembalian_ikut_tersimpan(p):
    assert kirim(isi_kabar(p, "spm.terbit")).status_code == 202
    assert Peristiwa.objects.get().rujukan == p.nomor
