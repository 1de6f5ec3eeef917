"""Hostile values in the forms of the desk: a sentence each time, never a crash, and nothing odd is stored."""

from __future__ import annotations

import datetime

import pytest
from django.utils import timezone

from haji_portal.jemaah.models import Setoran
from pendaftaran.contoh import buat_jemaah, buka_contoh, nik_contoh
from pendaftaran.models import Pendaftaran

LAHIR = datetime.date(1970, 5, 6)
PENUH = [
    ("jumlah", "9" * 30), ("jumlah", "-1"), ("jumlah", "1e400"), ("jumlah", "NaN"),
    ("nomor_rekening", "١٢٣٤٥٦٧٨٩٠"), ("nomor_rekening", "12 34"), ("nomor_validasi", "<script>x"),
    ("nomor_validasi", "٠٨١٢٠٠٠٠٠٠٠٠١"), ("tanggal_lahir", "0001-01-01"), ("tanggal_lahir", "9999-12-31"),
    ("tanggal_lahir", "2023-02-29"), ("tanggal_setoran", "0001-01-01"), ("tanggal_setoran", "9999-12-31"),
    ("nama", "A\x00B"), ("nama", "A" * 1_000_000), ("nik", "١" * 16), ("nik", "5203010101700000"),
    ("kunjungan", "9" * 40), ("jenis_kelamin", "X"), ("saluran", "telepati"), ("email", "a@b"),
]  # fmt: skip


@pytest.fixture
def isian(kantor_lombok):
    return {
        "nik": nik_contoh(kantor_lombok.kode_wilayah, LAHIR, "P", 5), "nama": "Contoh Rahmawati",
        "tempat_lahir": "Selong", "tanggal_lahir": LAHIR.isoformat(), "jenis_kelamin": "P", "agama": "islam",
        "alamat": "Dusun Contoh RT 01", "kabupaten": kantor_lombok.kabupaten, "telepon": "081200000001", "email": "",
        "bank": "Bank Muamalat", "nomor_validasi": "26ABC000001", "jumlah": "25000000",
        "tanggal_setoran": "2020-01-06", "nomor_rekening": "7000000001", "atas_nama": "CONTOH RAHMAWATI",
        "status_haji": "belum", "hadir_sendiri": "on", "saluran": "loket",
    }  # fmt: skip


@pytest.mark.basis
def test_nilai_musuh_pada_berkas_baru_menjadi_kalimat(masuk, isian):
    client = masuk("ptsp.lombok-timur")
    for nama, nilai in PENUH:
        kirim = isian | {nama: nilai} | ({"saluran": "keliling"} if nama == "kunjungan" else {})
        jawab = client.post("/pendaftaran/baru/", kirim)
        assert jawab.status_code == 422, (nama, nilai[:20])
        assert nama in jawab.context["form"].errors, (nama, nilai[:20])
        assert isian["alamat"] in jawab.content.decode()
    assert not Pendaftaran.objects.exists() and not Setoran.objects.exists()


@pytest.mark.parametrize("hari", ["9999-12-31", "0001-01-01", "2023-02-29"])
def test_haji_terakhir_yang_mustahil(masuk, isian, hari):
    kirim = isian | {"status_haji": "sudah", "haji_terakhir": hari}
    jawab = masuk("ptsp.lombok-timur").post("/pendaftaran/baru/", kirim)
    assert jawab.status_code == 422 and "haji_terakhir" in jawab.context["form"].errors


def test_haji_29_februari_dihitung_dan_ditolak_sampai_1_maret(masuk, isian):
    kabisat = max(t for t in range(timezone.localdate().year - 9, timezone.localdate().year) if t % 4 == 0)
    kirim = isian | {"status_haji": "sudah", "haji_terakhir": f"{kabisat}-02-29"}
    jawab = masuk("ptsp.lombok-timur").post("/pendaftaran/baru/", kirim)
    assert jawab.status_code == 422
    assert f"1 Maret {kabisat + 10}" in " ".join(jawab.context["form"].non_field_errors())


def test_setoran_yang_sudah_menjadi_porsi_tidak_dipakai_lagi(masuk, isian, sampai):
    """An exempted person (244/2021 A.6) needs a deposit of their own, not the one of the porsi they hold."""
    lama = sampai("diverifikasi", 7)
    orang = lama.pemohon
    kirim = isian | {
        "nik": orang.nik, "nama": orang.nama, "tanggal_lahir": orang.tanggal_lahir.isoformat(),
        "jenis_kelamin": orang.jenis_kelamin, "nomor_validasi": lama.setoran.nomor_validasi,
        "atas_nama": orang.nama, "pengecualian": "ppih",
    }  # fmt: skip
    jawab = masuk("ptsp.lombok-timur").post("/pendaftaran/baru/", kirim)
    assert jawab.status_code == 422 and "sudah dipakai" in str(jawab.context["form"].errors["nomor_validasi"])


def test_bukti_setoran_dengan_lahir_esok_atau_tahun_dua_angka(masuk, kantor_lombok):
    slip = {
        "jenis": "awal", "bank": "Bank Muamalat", "nomor_validasi": "26zz-0000.09", "jumlah": "25000000",
        "tanggal": "2020-01-06", "nik": nik_contoh(kantor_lombok.kode_wilayah, LAHIR, "P", 6),
        "nama": "Penyetor Contoh", "tempat_lahir": "Selong", "tanggal_lahir": LAHIR.isoformat(),
        "jenis_kelamin": "P", "alamat": "Dusun Satu", "kabupaten": kantor_lombok.kabupaten,
    }  # fmt: skip
    client = masuk("bps")
    for nama, nilai in [("tanggal_lahir", "9999-12-31"), ("tanggal", "0020-01-06"), ("jumlah", "9" * 20)]:
        jawab = client.post("/setoran/baru/", slip | {nama: nilai})
        assert jawab.status_code == 422 and nama in jawab.context["form"].errors
    assert client.post("/setoran/baru/", slip).status_code == 302
    assert Setoran.objects.get().nomor_validasi == "26ZZ000009"


def test_nik_yang_sama_di_dua_kantor_sekaligus(masuk, isian, kantor_lombok):
    """One open registration per NIK across offices, whatever the deposit."""
    orang = buat_jemaah(kantor_lombok, 9)
    buka_contoh(kantor_lombok, 9, jemaah=orang)
    kirim = isian | {
        "nik": orang.nik, "nama": orang.nama, "atas_nama": orang.nama, "jenis_kelamin": orang.jenis_kelamin,
        "tanggal_lahir": orang.tanggal_lahir.isoformat(), "kabupaten": "Palu",
    }  # fmt: skip
    jawab = masuk("ptsp.palu").post("/pendaftaran/baru/", kirim)
    assert jawab.status_code in (409, 422), jawab.status_code
    orang.refresh_from_db()
    assert orang.kabupaten == kantor_lombok.kabupaten, "a refused case must not move the pilgrim"
    assert Pendaftaran.objects.count() == 1


def test_tombol_cari_tidak_membuka_data_kantor_lain(masuk, isian, kantor_lombok):
    orang = buat_jemaah(kantor_lombok, 9, alamat="Dusun Rahasia RT 07")
    perkara = buka_contoh(kantor_lombok, 9, jemaah=orang).perkara
    for tanya in ({"nik": orang.nik}, {"nomor_validasi": perkara.setoran.nomor_validasi}):
        asing = masuk("ptsp.palu").post("/pendaftaran/baru/", tanya | {"cari": "1"}).content.decode()
        assert "Dusun Rahasia" not in asing and perkara.rekening.nomor not in asing and orang.nama not in asing
        sini = masuk("ptsp.lombok-timur").post("/pendaftaran/baru/", tanya | {"cari": "1"}).content.decode()
        assert "Dusun Rahasia" in sini and perkara.rekening.nomor in sini
