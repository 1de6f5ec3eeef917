"""Writing: opening, every step to the end, refusals that write nothing, files only through steps."""

from __future__ import annotations

import datetime

import pytest
from django.utils import timezone

from haji_portal.akun.models import Kantor
from haji_portal.alur.deklarasi import mesin
from haji_portal.alur.models import Perkara
from haji_portal.alur.posisi import langkah_berikut, langkah_di_sini
from haji_portal.alur.rantai import periksa_perkara
from haji_portal.berkas.models import Lampiran
from haji_portal.jemaah.models import Jemaah
from pendaftaran import contoh
from pendaftaran.models import Pendaftaran
from tests.kontrak.pelaku import petugas, semua_peran, yang_boleh
from tests.kontrak.potret import potret, segar

from .conftest import API, alamat, foto, langkah, pdf, verdict

pytestmark = pytest.mark.django_db


def jenis(jawab) -> str:
    return jawab.json()["type"].rpartition(":")[2]


def isian(perkara, nama: str) -> tuple[dict, dict]:
    """What a program sends at a step: (fields, files)."""
    buat = {
        "periksa_berkas": lambda: (verdict(perkara), {}),
        "isi_spph": lambda: (contoh.spph(perkara.pk), {}),
        "ambil_foto": lambda: ({}, {"foto": foto()}),
        "foto_ulang": lambda: ({}, {"foto": foto()}),
        "catat_porsi": lambda: (
            {"nomor_porsi": "2300000001", "terbit": str(timezone.localdate())}, {"bukti": pdf("Bukti")},
        ),
        "pindai_berkas": lambda: ({}, {"arsip": pdf("Arsip")}),
        "serahkan": lambda: ({"penerima": "Pemohon sendiri"}, {}),
    }  # fmt: skip
    return buat.get(nama, lambda: ({}, {}))()


def lakukan(program, perkara, nama: str, **kepala):
    data, berkas = isian(perkara, nama)
    kirim = program.kirim if berkas else program.post
    return kirim(langkah(perkara, nama), data | berkas, versi=perkara.versi, **kepala)


def test_sampai_akhir_lewat_api(sebagai, perkara, pelaksana):
    """Every printed step by its own officer's key; the signature is refused here and made on the page."""
    ditandatangani = False
    while (lk := langkah_berikut(segar(perkara))) is not None:
        kini = segar(perkara)
        program = sebagai(yang_boleh(kini, lk).pengguna.username)
        tolak_dulu(sebagai, kini, lk)
        jawab = lakukan(program, kini, lk.nama)
        if lk.tanda_tangan:
            assert (jawab.status_code, jenis(jawab)) == (403, "tanda-tangan-di-halaman")
            assert jawab.json()["halaman"] == kini.get_absolute_url() and segar(kini).versi == kini.versi
            pelaksana.lakukan(kini, lk.nama)
            ditandatangani = True
            continue
        assert jawab.status_code == 200, (lk.nama, jawab.content)
        baru = segar(kini)
        assert jawab.json()["tahap"] == baru.tahap and jawab["ETag"] == f'"{baru.versi}"' != f'"{kini.versi}"'
        assert bool(jawab.json()["lampiran"]) is bool(isian(kini, lk.nama)[1])
        ulang = lakukan(program, kini, lk.nama)
        assert ulang.status_code == 200 and ulang.json()["sudah"] and segar(kini).versi == baru.versi
    akhir = segar(perkara)
    assert akhir.tahap == "selesai" and ditandatangani and periksa_perkara(akhir.pk) == []
    assert sebagai("ptsp.lombok-timur").get(alamat(akhir)).json()["selesai"] is True


def tolak_dulu(sebagai, perkara, lk) -> None:
    """Wrong role, foreign office, stale, never a version, no version, unknown field: each refused, nothing written."""
    sebelum = potret(perkara)
    boleh = yang_boleh(perkara, lk)
    tak_boleh = next(o for p, o in semua_peran(perkara).items() if p in ("siskohat", "kasubag"))
    asing = petugas(boleh.peran, Kantor.objects.get(slug="tanah-bumbu"))
    benar, alamat_ini = sebagai(boleh.pengguna.username), langkah(perkara, lk.nama)
    assert lakukan(sebagai(tak_boleh.pengguna.username), perkara, lk.nama).status_code == 403
    assert lakukan(sebagai(asing.pengguna.username), perkara, lk.nama).status_code == 404
    kirim = benar.kirim if isian(perkara, lk.nama)[1] else benar.post
    basi = kirim(alamat_ini, {}, versi=perkara.versi + 7)
    assert (basi.status_code, jenis(basi), basi.json()["versi"]) == (409, "basi", perkara.versi)
    assert basi["ETag"] == f'"{perkara.versi}"'
    assert kirim(alamat_ini, {}).status_code == 428
    for salah, status in (("*", 428), ('W/"1"', 412), ('"abc"', 412), ("1", 400), ('"1" "2"', 400)):
        assert kirim(alamat_ini, {}, If_Match=salah).status_code == status, salah
    if not lk.tanda_tangan:
        asing = kirim(alamat_ini, {"tidak_dikenal": "x"}, versi=perkara.versi)
        assert (asing.status_code, list(asing.json()["galat"])) == (422, ["tidak_dikenal"])
    assert potret(perkara) == sebelum


def test_langkah_tahap_lain_dan_tertutup(sebagai, perkara):
    program, sebelum = sebagai("ptsp.lombok-timur"), potret(perkara)
    di_sini = {lk.nama for lk in langkah_di_sini(perkara)}
    for nama in {lk.nama for lk in mesin(Pendaftaran)} - di_sini:
        jawab = lakukan(program, perkara, nama)
        assert (jawab.status_code, jenis(jawab)) == (409, "salah-tahap"), nama
    jawab = lakukan(program, perkara, "nyatakan_lengkap")
    assert (jawab.status_code, jenis(jawab)) == (409, "tertutup") and "lengkap" in jawab.json()["detail"].lower()
    assert program.post(langkah(perkara, "tiada"), versi=1).status_code == 404
    assert potret(perkara) == sebelum


@pytest.mark.parametrize(
    ("isi", "nama"),
    [
        ({"verdict_ktp-kia": 1}, "verdict_ktp-kia"),
        ({"verdict_ktp-kia": ["ada"]}, "verdict_ktp-kia"),
        ({"verdict_ktp-kia": None}, "verdict_ktp-kia"),
        ({"verdict_ktp-kia": "belum"}, "verdict_ktp-kia"),
        ({"unggah_ktp-kia": "x"}, "unggah_ktp-kia"),
        ({"unggah_ktp-kia-titipan": "x"}, "unggah_ktp-kia-titipan"),
        ({"status": "selesai"}, "status"),
        ({"versi": 5}, "versi"),
    ],
)
def test_isian_yang_salah_disebut(sebagai, perkara, isi, nama):
    sebelum = potret(perkara)
    jawab = sebagai("ptsp.lombok-timur").post(
        langkah(perkara, "periksa_berkas"), verdict(perkara) | isi, versi=perkara.versi
    )
    assert jawab.status_code == 422 and nama in jawab.json()["galat"]
    assert potret(perkara) == sebelum


def data_buka(**ganti):
    kemarin = timezone.localdate() - datetime.timedelta(days=1)
    bawaan = {
        "nik": "5203015705800001", "nama": "Siti Rosidah", "tempat_lahir": "Selong", "tanggal_lahir": "1980-05-17",
        "jenis_kelamin": "P", "agama": "islam", "alamat": "Dusun Contoh RT 01", "kabupaten": "Kabupaten Lombok Timur",
        "telepon": "0812 0000 0001", "bank": "Bank Syariah Indonesia", "nomor_validasi": "261100000001",
        "jumlah": 25_000_000, "tanggal_setoran": str(kemarin), "nomor_rekening": "7000000001",
        "atas_nama": "SITI ROSIDAH", "status_haji": "belum", "hadir_sendiri": True, "saluran": "loket",
    }  # fmt: skip
    return bawaan | ganti


def test_membuka_perkara_dengan_isian_loket(sebagai):
    program = sebagai("ptsp.lombok-timur")
    jawab = program.post(API, data_buka())
    assert jawab.status_code == 201, jawab.content
    perkara = Pendaftaran.objects.get()
    assert jawab["Location"] == alamat(perkara) == jawab.json()["url"] and jawab["ETag"] == '"1"'
    assert perkara.riwayat.get().pengguna.username == "ptsp.lombok-timur" and perkara.butir.exists()
    assert "5203015705800001" not in jawab.content.decode()
    lagi = program.post(API, data_buka(nomor_validasi="261100000002"))
    assert (lagi.status_code, jenis(lagi)) == (409, "sudah-ada") and Perkara.objects.count() == 1


@pytest.mark.parametrize(
    "ganti",
    [{"nik": "1"}, {"jumlah": "25000000"}, {"jumlah": 10**400}, {"hadir_sendiri": False}, {"hadir_sendiri": "ya"},
     {"tanggal_lahir": "17-05-1980"}, {"kunjungan": 10**30}, {"kantor": "palu"}, {"agama": "lain"},
     {"nama": "x" * 121}, {"nama": "\x00"}],
    ids=str,
)  # fmt: skip
def test_isian_buka_yang_salah_tidak_menulis(sebagai, ganti):
    jawab = sebagai("ptsp.lombok-timur").post(API, data_buka(**ganti))
    assert (jawab.status_code, jenis(jawab)) == (422, "isian") and jawab.json()["galat"]
    assert not Perkara.objects.exists() and not Jemaah.objects.exists()


@pytest.mark.parametrize("siapa", ["kasi.lombok-timur", "kanwil.ntb", "inspektorat", "bpkh", "jfu.lombok-timur"])
def test_bukan_pembuka_ditolak(sebagai, siapa):
    jawab = sebagai(siapa).post(API, data_buka())
    assert (jawab.status_code, jenis(jawab)) == (403, "bukan-peran") and not Perkara.objects.exists()


def test_unggah_lewat_langkah_dan_hanya_lewat_langkah(sebagai, perkara):
    program, ke = sebagai("ptsp.lombok-timur"), alamat(perkara, "berkas/")
    unggah = {"langkah": "periksa_berkas", "isian": "unggah_ktp-kia"}
    belum = program.kirim(ke, unggah | {"berkas": pdf()}, versi=1)
    assert belum.status_code == 422 and "verdict_ktp-kia" in belum.json()["galat"] and not Lampiran.objects.exists()
    assert lakukan(program, perkara, "periksa_berkas").status_code == 200
    jawab = program.kirim(ke, unggah | {"berkas": pdf()}, versi=2)
    lampiran = Lampiran.objects.get()
    assert (jawab.status_code, jawab["Location"]) == (201, alamat(perkara, f"berkas/{lampiran.pk}/"))
    assert lampiran.butir.kode == "ktp-kia" and lampiran.diunggah_oleh.username == "ptsp.lombok-timur"
    kini = segar(perkara)
    assert kini.riwayat.last().langkah == "periksa_berkas" and set(kini.butir.values_list("verdict", flat=True)) == {
        "ada"
    }
    lagi = program.kirim(ke, unggah | {"berkas": pdf()}, versi=2)
    assert lagi.status_code == 200 and lagi.json()["sudah"] and Lampiran.objects.count() == 1


@pytest.mark.parametrize(
    ("ganti", "nama"),
    [({"langkah": "tiada"}, "langkah"), ({"isian": "verdict_ktp-kia"}, "isian"), ({"isian": "tiada"}, "isian"),
     ({"berkas": "teks"}, "berkas"), ({"jenis": "arsip"}, "jenis"), ({"isian": ["a", "b"]}, "isian")],
)  # fmt: skip
def test_unggahan_yang_salah(sebagai, perkara, ganti, nama):
    isi = {"langkah": "periksa_berkas", "isian": "unggah_ktp-kia", "berkas": pdf()} | ganti
    jawab = sebagai("ptsp.lombok-timur").kirim(alamat(perkara, "berkas/"), isi, versi=1)
    assert jawab.status_code == 422 and nama in jawab.json()["galat"], jawab.content
    assert not Lampiran.objects.exists() and segar(perkara).versi == 1


def test_berkas_berbahaya_ditolak_dengan_kalimat(sebagai, perkara):
    from django.core.files.uploadedfile import SimpleUploadedFile

    program = sebagai("ptsp.lombok-timur")
    lakukan(program, perkara, "periksa_berkas")
    for isi in (b"MZ\x90\x00", b"<html><script>1</script>", b"%PDF-1.4 rusak", b""):
        berkas = SimpleUploadedFile("ktp.pdf", isi, "application/pdf")
        unggah = {"langkah": "periksa_berkas", "isian": "unggah_ktp-kia", "berkas": berkas}
        jawab = program.kirim(alamat(perkara, "berkas/"), unggah, versi=2)
        assert jawab.status_code == 422 and jawab.json()["galat"], isi
    assert not Lampiran.objects.exists()


def test_langkah_berberkas_hanya_multipart(sebagai, pelaksana, perkara):
    program = sebagai("ptsp.lombok-timur")
    assert program.post(langkah(perkara, "ambil_foto"), {}, versi=1).status_code == 415
    assert program.kirim(langkah(perkara, "nyatakan_lengkap"), {"x": "1"}, versi=1).status_code == 415
