"""The public doors: equal answers, errors without personal data, logs without numbers, cookies and headers."""

from __future__ import annotations

import logging
import re

import pytest

from haji_portal.kabar.models import Pesan
from haji_portal.log import FormatterSamar
from pendaftaran.contoh import buat_jemaah, buka_contoh


@pytest.fixture
def korban(kantor_lombok, pelaksana):
    orang = buat_jemaah(kantor_lombok, 5, nama="Kanaria Rahasia", email="kanaria@contoh.example")
    return buka_contoh(kantor_lombok, 5, jemaah=orang).perkara


def bersih(jawab, *kata):
    """The page without what the visitor typed and the token of the moment."""
    teks = jawab.content.decode()
    for k in kata:
        teks = teks.replace(k, "")
    return re.sub(r'csrfmiddlewaretoken" value="[^"]+"', "", teks)


def test_nomor_salah_dan_tanggal_salah_satu_jawaban(client, korban):
    hantu = korban.nomor[:-1] + ("0" if korban.nomor[-1] != "0" else "1")
    salah_tanggal = client.post("/cek/", {"nomor": korban.nomor, "tanggal_lahir": "1901-01-01"})
    salah_nomor = client.post("/cek/", {"nomor": hantu, "tanggal_lahir": "1901-01-01"})
    assert salah_tanggal.status_code == salah_nomor.status_code
    assert bersih(salah_tanggal, korban.nomor) == bersih(salah_nomor, hantu)
    assert len(salah_tanggal.content) == len(salah_nomor.content)
    kepala = [
        {k: v for k, v in j.headers.items() if k not in ("Expires", "X-Request-ID")}
        for j in (salah_tanggal, salah_nomor)
    ]
    assert kepala[0] == kepala[1]


def test_tebak_tanggal_berhenti_dengan_429_dan_yang_lain_di_alamat_sama_tidak(client, korban, kantor_lombok):
    """Ten guesses at one number end; a neighbour behind the same connection still gets an answer."""
    lain = buka_contoh(kantor_lombok, 6, jemaah=buat_jemaah(kantor_lombok, 6)).perkara
    kode = [
        client.post("/cek/", {"nomor": korban.nomor, "tanggal_lahir": f"1950-01-{h:02d}"}).status_code
        for h in range(1, 15)
    ]
    assert kode[-1] == 429 and kode.count(200) <= 10
    benar = {"nomor": korban.nomor, "tanggal_lahir": korban.pemohon.tanggal_lahir.isoformat()}
    assert client.post("/cek/", benar).status_code == 429, "the right date does not shine through the limit"
    tetangga = {"nomor": lain.nomor, "tanggal_lahir": lain.pemohon.tanggal_lahir.isoformat()}
    assert client.post("/cek/", tetangga).status_code == 303


def test_nik_rekening_dan_nama_tidak_masuk_catatan(masuk, korban, caplog):
    rahasia = (korban.pemohon.nik, korban.rekening.nomor, "Kanaria", korban.pemohon.telepon, "kanaria@")
    client = masuk("ptsp.lombok-timur")
    with caplog.at_level(logging.DEBUG):
        client.post("/kerja/cari/", {"q": korban.pemohon.nik})
        client.get("/kerja/hasil/")
        client.post("/pendaftaran/baru/", {"nik": korban.pemohon.nik, "nama": "Kanaria", "nomor_rekening": "x"})
        client.post(f"{korban.get_absolute_url()}langkah/tolak/", {"versi": korban.versi, "penjelasan": "Kanaria"})
        client.post("/cek/", {"nomor": korban.nomor, "tanggal_lahir": "1901-01-01"})
        client.get(f"/tiada/{korban.pemohon.nik}/")
        client.raise_request_exception = False
        client.get("/admin/")
        logging.getLogger("haji_portal").error("NIK %s", korban.pemohon.nik)
    for rekam in caplog.records:
        if rekam.name == "haji_portal":
            continue  # the formatter hides that one; see below
        teks = rekam.getMessage()
        if rekam.name.startswith("django.db"):
            continue  # SQL is logged at DEBUG only, never in an installation
        assert not [r for r in rahasia[1:] if r and r in teks], teks
    assert korban.pemohon.nik not in "".join(FormatterSamar("%(message)s").format(r) for r in caplog.records)


def test_halaman_galat_tanpa_data(masuk, korban, monkeypatch):
    client = masuk("ptsp.lombok-timur")
    client.raise_request_exception = False

    def rusak(*args, **kwargs):
        raise RuntimeError(f"{korban.pemohon.nik} {korban.pemohon.nama} /jalur/rahasia")

    monkeypatch.setattr("haji_portal.meja.views.konteks_kasus", rusak)
    jawab = client.get(korban.get_absolute_url())
    assert jawab.status_code == 500
    teks = jawab.content.decode()
    assert "Kanaria" not in teks and korban.pemohon.nik not in teks and "/jalur" not in teks and "Traceback" not in teks
    assert jawab["Content-Security-Policy"].startswith("base-uri") or "default-src" in jawab["Content-Security-Policy"]
    besar = client.post("/cek/", {"nomor": "A" * 3_000_000})
    assert besar.status_code in (400, 413) and "default-src" in besar["Content-Security-Policy"]
    assert client.get("/", headers={"host": "jahat.example"}).status_code == 400
    assert not Pesan.objects.filter(isi__contains="Kanaria", saluran="aplikasi").exists()


@pytest.mark.parametrize(
    "tujuan",
    ["//jahat.example", "https://jahat.example", "/\\jahat.example", "javascript:alert(1)", "\thttps://jahat.example"],
)
def test_pengalihan_hanya_ke_situs_sendiri(client, masuk, korban, tujuan):
    assert "jahat" not in client.get("/tampilan/", {"huruf": "besar", "next": tujuan})["Location"]
    sandi = {"username": "ptsp.lombok-timur", "password": "haji-demo", "next": tujuan}
    assert client.post("/masuk/", sandi)["Location"] == "/kerja/"
    petugas = masuk("ptsp.lombok-timur")
    isi = {"versi": korban.versi, "next": tujuan} | {f"verdict_{b.kode}": "ada" for b in korban.butir.all()}
    jawab = petugas.post(f"{korban.get_absolute_url()}langkah/periksa_berkas/", isi)
    assert jawab["Location"] == korban.get_absolute_url()
