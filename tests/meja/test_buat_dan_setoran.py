"""New case and deposits at the desk."""

from __future__ import annotations

import datetime

import pytest

from haji_portal.jemaah.models import Setoran
from pendaftaran.contoh import nik_contoh
from pendaftaran.models import Pendaftaran

LAHIR = datetime.date(1970, 5, 6)


@pytest.fixture
def isian(kantor_lombok):
    return {
        "nik": nik_contoh(kantor_lombok.kode_wilayah, LAHIR, "P", 5),
        "nama": "Contoh Rahmawati",
        "tempat_lahir": "Selong",
        "tanggal_lahir": LAHIR.isoformat(),
        "jenis_kelamin": "P",
        "agama": "islam",
        "alamat": "Dusun Contoh RT 01",
        "kabupaten": kantor_lombok.kabupaten,
        "telepon": "081200000001",
        "email": "",
        "bank": "Bank Syariah Indonesia",
        "nomor_validasi": "26ABC000001",
        "jumlah": "25000000",
        "tanggal_setoran": "2020-01-06",
        "nomor_rekening": "7000000001",
        "atas_nama": "CONTOH RAHMAWATI",
        "status_haji": "belum",
        "hadir_sendiri": "on",
        "saluran": "loket",
    }


def test_berkas_baru_membuka_perkara_dan_menyebut_nomornya(masuk, isian):
    jawab = masuk("ptsp.lombok-timur").post("/pendaftaran/baru/", isian)
    perkara = Pendaftaran.objects.get()
    assert jawab.status_code == 303 and jawab["Location"] == perkara.get_absolute_url()
    assert isian["nik"] not in jawab["Location"]


def test_isian_salah_422_dan_semua_ketikan_tetap(masuk, isian):
    jawab = masuk("ptsp.lombok-timur").post("/pendaftaran/baru/", isian | {"nik": "123"})
    assert jawab.status_code == 422
    teks = jawab.content.decode()
    for nilai in ("Contoh Rahmawati", "26ABC000001", "7000000001", 'value="123"'):
        assert nilai in teks
    assert not Pendaftaran.objects.exists()


def test_dua_kali_kirim_tidak_membuka_dua_perkara(masuk, isian):
    client = masuk("ptsp.lombok-timur")
    client.post("/pendaftaran/baru/", isian)
    lagi = client.post("/pendaftaran/baru/", isian)
    assert lagi.status_code in (409, 422)
    assert "Contoh Rahmawati" in lagi.content.decode()
    assert Pendaftaran.objects.count() == 1


@pytest.mark.parametrize("siapa", ["kasi.lombok-timur", "kanwil.ntb", "bpkh", "inspektorat"])
def test_peran_lain_tidak_membuka_berkas(masuk, acuan, siapa):
    client = masuk(siapa)
    assert client.get("/pendaftaran/baru/").status_code == 403
    assert client.post("/pendaftaran/baru/", {}).status_code == 403


def slip(kantor, **ganti):
    return {
        "jenis": "awal", "bank": "Bank Muamalat", "nomor_validasi": "26zz000009", "jumlah": "25.000.000",
        "tanggal": "2020-01-06", "nik": nik_contoh(kantor.kode_wilayah, LAHIR, "P", 6), "nama": "Penyetor Contoh",
        "tempat_lahir": "Selong", "tanggal_lahir": LAHIR.isoformat(), "jenis_kelamin": "P", "alamat": "Dusun Satu",
        "kabupaten": kantor.kabupaten,
    } | ganti  # fmt: skip


def test_setoran_dicatat_meja_bps_dan_terlihat_kantor_domisili(masuk, kantor_lombok):
    assert masuk("bps").post("/setoran/baru/", slip(kantor_lombok)).status_code == 302
    setoran = Setoran.objects.get()
    assert (setoran.sumber, setoran.nomor_validasi) == ("bps", "26ZZ000009")
    for siapa, jumlah in {"bps": 1, "jfu.lombok-timur": 1, "jfu.palu": 0}.items():
        assert len(masuk(siapa).get("/setoran/").context["baris"]) == jumlah
    assert masuk("kasi.lombok-timur").get("/setoran/").status_code == 403


def test_nik_dikenal_cukup_nik_dan_nomor_validasi_tidak_berulang(masuk, kantor_lombok):
    client = masuk("ptsp.lombok-timur")
    client.post("/setoran/baru/", slip(kantor_lombok))
    singkat = {n: v for n, v in slip(kantor_lombok).items() if n in ("jenis", "bank", "jumlah", "tanggal", "nik")}
    assert client.post("/setoran/baru/", singkat | {"nomor_validasi": "26ZZ000010"}).status_code == 302
    ulang = client.post("/setoran/baru/", singkat | {"nomor_validasi": "26zz000010"})
    assert ulang.status_code == 422 and "sudah tercatat" in ulang.content.decode()
    baru = client.post(
        "/setoran/baru/", singkat | {"nomor_validasi": "26ZZ000011", "nik": slip(kantor_lombok)["nik"][:-1] + "9"}
    )
    assert baru.status_code == 422 and "belum dikenal" in baru.content.decode()
    assert Setoran.objects.count() == 2


def test_setoran_yang_dibatalkan_tampak_dan_tidak_dicatat_lagi(masuk, kantor_lombok):
    client = masuk("bps")
    client.post("/setoran/baru/", slip(kantor_lombok))
    Setoran.objects.update(dibatalkan="2026-11-21T03:00Z")
    halaman = client.get("/setoran/").content.decode()
    assert "Dibatalkan 21 November 2026" in halaman and "belum terbit" not in halaman
    ulang = client.post("/setoran/baru/", slip(kantor_lombok))
    assert ulang.status_code == 422 and "sudah dibatalkan" in ulang.content.decode()
    assert Setoran.objects.count() == 1
