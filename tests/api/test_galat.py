"""Everything below /api/ answers errors as problem details: the resolver, the parser, the limits, the server."""

from __future__ import annotations

import logging

import pytest
from django.core.cache import cache
from django.test import Client

from haji_portal.meja.api import batas, galat
from haji_portal.meja.api.pandangan import RinciView
from haji_portal.ptsp import api as api_publik

from .conftest import API, alamat, langkah, verdict
from .test_langkah import data_buka

pytestmark = pytest.mark.django_db


def masalah(jawab, status: int, kode: str) -> dict:
    assert jawab.status_code == status, jawab.content
    assert jawab["Content-Type"] == galat.MEDIA and jawab["Cache-Control"] == "no-store"
    isi = jawab.json()
    assert isi["type"] == galat.URN + kode and isi["status"] == status and isi["title"] and isi["detail"]
    return isi


@pytest.mark.parametrize("metode", ["get", "post", "put", "patch", "delete", "options", "head", "trace"])
@pytest.mark.parametrize(
    "ke", ["/api/", "/api/v1/", "/api/v2/x", "/api/v1/pendaftaran", "/api/v1/perangkat/", "/api/v1/%00/"]
)
def test_alamat_yang_tidak_ada(client, acuan, metode, ke):
    jawab = getattr(client, metode)(ke)
    assert jawab.status_code == 404 and jawab["Content-Type"] == galat.MEDIA
    if metode != "head":
        masalah(jawab, 404, "tidak-ada")


@pytest.mark.parametrize("metode", ["PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "POST"])
def test_metode_lain_dengan_allow(sebagai, perkara, metode):
    program = sebagai("ptsp.lombok-timur")
    jawab = program.klien.generic(metode, alamat(perkara), headers=program.kepala)
    masalah(jawab, 405, "metode")
    assert jawab["Allow"] == "GET, HEAD"


def test_bentuk_jawaban_dan_jenis_isi(sebagai, perkara):
    program = sebagai("ptsp.lombok-timur")
    masalah(program.get(API, Accept="text/html"), 406, "bentuk-jawaban")
    for tipe in (
        "text/plain",
        "application/x-www-form-urlencoded",
        "application/xml",
        "multipart/form-data; boundary=x",
    ):
        jawab = program.klien.post(API, b"a=1", content_type=tipe, headers=program.kepala)
        masalah(jawab, 415, "jenis-isi")
    jawab = program.post(API, b"{}", Content_Encoding="gzip")
    masalah(jawab, 415, "jenis-isi")


@pytest.mark.parametrize(
    "isi",
    [b"{", b"\xff\xfe", b'{"a": NaN}', b'{"a": 1, "a": 2}', b'{"a": "\\ud800"}', b"[" * 100_000, b'{"a": Infinity}',
     b"1" * 5000 + b"e", b'{"a": ' + b"9" * 5000 + b"}"],
    ids=range(9),
)  # fmt: skip
def test_json_yang_rusak(sebagai, isi):
    masalah(sebagai("ptsp.lombok-timur").post(API, isi), 400, "permintaan-rusak")


@pytest.mark.parametrize("isi", [b"[]", b"null", b'"teks"', b"5"])
def test_bukan_objek(sebagai, isi):
    assert masalah(sebagai("ptsp.lombok-timur").post(API, isi), 422, "isian")["galat"]["__all__"]


def test_terlalu_besar(sebagai, perkara, settings):
    program = sebagai("ptsp.lombok-timur")
    masalah(program.post(API, b" " * (settings.API_BATAS_JSON + 1)), 413, "terlalu-besar")
    settings.API_BATAS_UNGGAHAN = 1000
    jawab = program.kirim(langkah(perkara, "ambil_foto"), {"x": "y" * 2000}, versi=1)
    masalah(jawab, 413, "terlalu-besar")


def test_tanpa_panjang_isi(sebagai):
    program = sebagai("ptsp.lombok-timur")
    jawab = program.klien.generic("POST", API, headers=program.kepala | {"Transfer-Encoding": "chunked"})
    masalah(jawab, 411, "panjang-wajib")


def test_multipart_yang_rusak(sebagai, perkara):
    program = sebagai("ptsp.lombok-timur")
    for isi, tipe in (
        (b"--x\r\n", "multipart/form-data"), (b"", "multipart/form-data; boundary="),
        (b"--x\r\nContent-Disposition: form-data", "multipart/form-data; boundary=x"),
    ):  # fmt: skip
        jawab = program.klien.post(
            langkah(perkara, "ambil_foto"), isi, content_type=tipe, headers=program.kepala | {"If-Match": '"1"'}
        )
        assert jawab.status_code in (400, 409, 415, 422) and jawab["Content-Type"] == galat.MEDIA
    banyak = {f"f{i}": "x" for i in range(1500)}
    masalah(program.kirim(langkah(perkara, "ambil_foto"), banyak, versi=1), 400, "permintaan-rusak")


def test_gangguan_dijawab_tanpa_rincian(sebagai, perkara, monkeypatch, caplog):
    monkeypatch.setattr(RinciView, "perkara", lambda self: 1 / 0)
    jawab = sebagai("ptsp.lombok-timur").get(alamat(perkara))
    assert "ZeroDivision" not in str(masalah(jawab, 500, "gangguan"))


def test_host_asing(client, acuan):
    masalah(client.get("/api/v1/sop/", headers={"Host": "jahat.example"}), 400, "permintaan-rusak")


def test_batas_per_token_dan_per_alamat(sebagai, settings):
    settings.API_BATAS = {"alamat": 10, "pemakai": 4, "tulis": 2}
    satu, dua = sebagai("ptsp.lombok-timur"), sebagai("jfu.lombok-timur")
    assert [satu.get(API).status_code for _ in range(5)] == [200] * 4 + [429]
    assert [dua.post(API, {}).status_code for _ in range(3)] == [403, 403, 429]
    jawab = satu.get(API)
    masalah(jawab, 429, "terlalu-sering")
    assert 1 <= int(jawab["Retry-After"]) <= 60
    cache.clear()
    assert [Client().get(API).status_code for _ in range(11)] == [401] * 10 + [429]


def test_tembolok_mati_tidak_menghentikan_pekerjaan(sebagai, settings, monkeypatch, caplog):
    settings.API_BATAS = dict.fromkeys(settings.API_BATAS, 1)
    dipanggil = []

    class Mati:
        def add(self, *a):
            dipanggil.append(a)
            raise ConnectionError

    monkeypatch.setattr(batas, "cache", Mati())
    monkeypatch.setitem(batas._keadaan, "diam_sampai", 0.0)
    program = sebagai("ptsp.lombok-timur")
    assert {program.get(API).status_code for _ in range(3)} == {200}
    assert len(dipanggil) == 1 and "rate limits are off" in caplog.text
    monkeypatch.setitem(batas._keadaan, "diam_sampai", 0.0)


def test_log_dan_galat_tanpa_data_pribadi(sebagai, perkara, caplog):
    caplog.set_level(logging.DEBUG)
    program, isi = sebagai("ptsp.lombok-timur"), data_buka(telepon="x", nomor_rekening="salah")
    jawab = program.post(API, isi)
    program.post(langkah(perkara, "periksa_berkas"), verdict(perkara) | {"nik": isi["nik"]}, versi=1)
    rahasia = program.kepala["Authorization"].partition(" ")[2]
    for teks in (isi["nik"], isi["nama"], rahasia, perkara.pemohon.nik):
        assert teks not in caplog.text and teks not in jawab.content.decode()


class TestStatus:
    KE = "/api/v1/status/"

    def tanya(self, nomor, lahir, **lain):
        return Client().post(
            self.KE, {"nomor": nomor, "tanggal_lahir": str(lahir)} | lain, content_type="application/json"
        )

    def test_benar_seperti_halaman_tanpa_data_pribadi(self, perkara):
        jawab = self.tanya(perkara.nomor.lower().replace("-", " "), perkara.pemohon.tanggal_lahir)
        isi = jawab.json()
        assert jawab.status_code == 200 and isi["nomor"] == perkara.nomor and isi["tahap"] == "Berkas diperiksa"
        assert jawab["Cache-Control"] == "no-store" and not jawab.cookies
        teks = jawab.content.decode()
        assert perkara.pemohon.nama not in teks and perkara.pemohon.nik not in teks

    def test_nomor_dan_tanggal_yang_salah_sama_jawabannya(self, perkara, django_assert_num_queries):
        salah_tanggal = self.tanya(perkara.nomor, "1901-01-01")
        salah_nomor = self.tanya("LTM-PD-26-000000", perkara.pemohon.tanggal_lahir)
        bentuk_lain = self.tanya("bukan nomor", perkara.pemohon.tanggal_lahir)
        isi = {j.content for j in (salah_tanggal, salah_nomor, bentuk_lain)}
        assert len(isi) == 1 and masalah(salah_nomor, 404, "tidak-cocok")

    def test_batas_yang_sama_dengan_halaman(self, perkara, client):
        for _ in range(5):
            client.post("/cek/", {"nomor": perkara.nomor, "tanggal_lahir": "1901-01-01"})
        status = [self.tanya(perkara.nomor, "1901-01-02").status_code for _ in range(6)]
        assert status == [404] * 5 + [429]
        jawab = self.tanya(perkara.nomor, perkara.pemohon.tanggal_lahir)
        masalah(jawab, 429, "terlalu-sering")
        assert int(jawab["Retry-After"]) > 60

    @pytest.mark.parametrize(
        "isi",
        [{}, {"nomor": "x"}, {"nomor": 5, "tanggal_lahir": "1960-01-01"}, {"nomor": "x", "tanggal_lahir": "1-1-60"},
         {"nomor": "x", "tanggal_lahir": "2999-01-01"}, {"nomor": "x", "tanggal_lahir": "1960-02-30"},
         {"nomor": "x\x00", "tanggal_lahir": "1960-01-01"}, {"nomor": "x", "tanggal_lahir": "1960-01-01", "y": 1}],
    )  # fmt: skip
    def test_isian_yang_salah(self, acuan, isi):
        jawab = Client().post(self.KE, isi, content_type="application/json")
        assert masalah(jawab, 422, "isian")["galat"]

    def test_pemilik_yang_sering_melihat_tidak_pernah_ditahan(self, perkara):
        assert {self.tanya(perkara.nomor, perkara.pemohon.tanggal_lahir).status_code for _ in range(15)} == {200}

    def test_pandangan_publik_tidak_membaca_sesi(self):
        assert api_publik.Status.authentication_classes == api_publik.DaftarSOP.authentication_classes == []
