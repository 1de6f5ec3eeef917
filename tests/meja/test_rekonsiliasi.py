"""The pages of the reconciliation, and the one door through which statements are uploaded."""

from __future__ import annotations

import datetime
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from haji_portal.alur.models import Riwayat
from haji_portal.berkas.tabel import baca_tabel
from haji_portal.dana.mitra.tanya import MitraBisu
from haji_portal.dana.models import BarisRekonsiliasi, Posting, Rekonsiliasi
from haji_portal.dana.rekonsiliasi import harian
from haji_portal.meja.dana.arahan import ARAHAN
from haji_portal.meja.models import ImporBerkas, UnduhanBerkas
from tests.conftest import SANDI
from tests.dana.tanah import ajukan, buka_induk, langkah, lewati, segar
from tests.meja.berkas_siskohat import csv, xlsx

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("pelaksana")]
MUTASI = ["Tanggal", "Keterangan", "No referensi", "Kredit", "Rekening", "Atas nama", "Mata uang", "Status"]


@pytest.fixture
def hari():
    return timezone.localdate().strftime("%d-%m-%Y")


@pytest.fixture
def orang(akun):
    def _orang(nama):
        client = Client()
        client.force_login(akun(nama))
        return client

    return _orang


def baris(p, hari, **ganti):
    p = segar(p)
    isi = {
        "hari": hari, "berita": f"REFUND HAJI {p.nomor}", "ref": f"RRN{p.pk}", "jumlah": p.jumlah,
        "rekening": p.rekening.nomor, "nama": p.rekening.atas_nama, "uang": "IDR", "status": "Berhasil",
    } | ganti  # fmt: skip
    return list(isi.values())


def unggah(client, *rows, judul=MUTASI, berkas=None):
    jawab = client.post("/berkas-dana/mutasi/impor/", {"berkas": berkas or csv(*rows, judul=judul)})
    assert jawab.status_code == 303, jawab.content.decode()
    return client.get(jawab["Location"]).content.decode()


def kelas(r):
    return sorted(r.baris.values_list("kelas", flat=True))


def test_berkas_yang_diunggah_dicocokkan_seutuhnya(orang, hari):
    cocok, beda, hilang = (lewati(ajukan(buka_induk()), "sahkan_transfer") for _ in range(3))
    bps = orang("bps")
    gerak = Posting.objects.count(), Riwayat.objects.count()
    halaman = unggah(
        bps, baris(cocok, hari), baris(beda, hari, jumlah=5), ["x", "BIAYA", "B1", 7, "", "", "", ""],
        [hari, "BUNGA", "B2", 9, "", "", "", ""],
    )  # fmt: skip
    r = Rekonsiliasi.objects.get()
    assert kelas(r) == ["cocok", "jumlah", "rujukan", "tiada_sana"] and (r.jumlah_baris, r.jumlah_beda) == (4, 3)
    assert "4 baris, 3 tidak cocok" in halaman and "baris 4." in halaman, "the unreadable row is named"
    assert reverse("rekonsiliasi:hari", args=[r.pk]) in halaman
    assert (Posting.objects.count(), Riwayat.objects.count()) == gerak, "reading a statement moves nothing"
    isi = bps.get(f"/rekonsiliasi/{r.pk}/").content.decode()
    assert hilang.nomor in isi and "Tidak ada di sana" in isi and "semestinya" not in isi
    assert all(p.rekening.nomor not in isi for p in (cocok, beda, hilang))
    assert f'data-baris="b{hilang.pk}"' in isi and 'data-kelas="cocok"' not in isi
    assert 'data-kelas="cocok"' in bps.get(f"/rekonsiliasi/{r.pk}/?kelas=cocok").content.decode()


def test_sesudah_dicatat_baris_menjadi_cocok(orang, hari):
    p = langkah(lewati(ajukan(buka_induk()), "sahkan_transfer"), "nyatakan_belum_pasti", "bps")
    bps = orang("bps")
    unggah(bps, baris(p, hari))
    r = Rekonsiliasi.objects.get()
    assert kelas(r) == ["status"]
    bps.post("/sandi-lagi/", {"sandi": SANDI})
    assert bps.post(f"/berkas-dana/impor/{ImporBerkas.objects.get().pk}/terapkan/").status_code == 303
    assert segar(p).tahap == "diterima" and kelas(r) == ["cocok"]


@pytest.mark.parametrize(
    ("ganti", "sebab"),
    [
        ({"nama": "ORANG LAIN"}, "bukan nama pemilik"),
        ({"uang": "USD"}, "bukan rupiah"),
        ({"status": "Retur"}, "bukan berhasil"),
        ({"status": "entah"}, "bukan berhasil"),
    ],
)
def test_nama_mata_uang_dan_status_menahan_pencatatan(orang, hari, ganti, sebab):
    p = lewati(ajukan(buka_induk()), "sahkan_transfer")
    assert sebab in unggah(orang("bps"), baris(p, hari, **ganti))


def test_unggahan_pusat_dibagi_menurut_bank(orang, hari):
    satu = lewati(ajukan(buka_induk()), "sahkan_transfer")
    dua = lewati(ajukan(buka_induk(bank="Bank Syariah Indonesia")), "sahkan_transfer", bps="bps.bsi")
    unggah(orang("direktorat"), baris(satu, hari), baris(dua, hari))
    assert {(r.kantor.slug, r.mitra, tuple(kelas(r))) for r in Rekonsiliasi.objects.all()} == {
        ("bps", "bps", ("cocok",)), ("bsi", "bps", ("cocok",)),
    }  # fmt: skip
    bsi = Rekonsiliasi.objects.get(kantor__slug="bsi")
    assert orang("bps.bsi").get(f"/rekonsiliasi/{bsi.pk}/").status_code == 200
    assert orang("bps").get(f"/rekonsiliasi/{bsi.pk}/").status_code == 404
    daftar = orang("bps").get("/rekonsiliasi/").content.decode()
    assert daftar.count("data-rekonsiliasi=") == 1 and "Bank Syariah Indonesia" not in daftar
    pusat = orang("direktorat")
    assert pusat.get("/rekonsiliasi/").content.decode().count("data-rekonsiliasi=") == 2
    assert pusat.get(f"/rekonsiliasi/?kantor={bsi.kantor_id}").content.decode().count("data-rekonsiliasi=") == 1
    assert pusat.get("/rekonsiliasi/?kantor=9'--&beda=1&halaman=x").status_code == 200


def test_satu_hari_dalam_berkas_satu_rekonsiliasi(orang, hari):
    p = lewati(ajukan(buka_induk()), "sahkan_transfer")
    kemarin = (timezone.localdate() - datetime.timedelta(days=1)).strftime("%d-%m-%Y")
    unggah(orang("bps"), baris(p, hari), [kemarin, "BIAYA", "B1", 1, "", "", "", ""])
    assert [kelas(r) for r in Rekonsiliasi.objects.order_by("tanggal")] == [["rujukan"], ["cocok"]]


def test_unduhan_tidak_dapat_menjadi_rumus_dan_dicatat(orang, hari):
    lewati(ajukan(buka_induk()), "terima")
    jahat = ["@SUM(1+1)*cmd|' /C calc'!A0", "+628123456789", '-2+3+cmd|"x"']
    unggah(orang("bps"), *([hari, teks, f"R{n}", n, "", "", "", ""] for n, teks in enumerate(jahat)))
    r = Rekonsiliasi.objects.get()
    csv_ = orang("bps").get(f"/rekonsiliasi/{r.pk}/unduh/?format=csv")
    assert csv_["Content-Disposition"].endswith(f'rekonsiliasi-bps-bps-{r.tanggal}.csv"')
    teks = csv_.content.decode("utf-8-sig")
    assert not re.search(r'(^|;|\n)"?[=+@-]', teks) and "Tidak ada di sana" in teks and "••••" in teks
    tabel = baca_tabel(orang("bps").get(f"/rekonsiliasi/{r.pk}/unduh/").content, "x.xlsx")
    assert len(tabel.baris) == 5 and not any(sel is False for _, satu in tabel.baris for sel in satu)
    assert UnduhanBerkas.objects.count() == 2


@pytest.mark.parametrize(
    ("berkas", "kalimat"),
    [
        (lambda: SimpleUploadedFile("m.csv", b"x" * (8 * 1024 * 1024 + 1)), "8 MB"),
        (lambda: SimpleUploadedFile("m.csv", b"\xef\xbb\xbf\xff\xfe\x9d\x81"), "tidak terbaca"),
        (lambda: csv(["1", "2"], judul=["Tanggal", "Jumlah"]), "tidak ditemukan"),
        (lambda: csv(["a", "b"], judul=["Keterangan", "Jumlah"]), "Tanggal mutasi, Nomor rujukan bank tidak ditemukan"),
        (lambda: SimpleUploadedFile("m.xlsx", b"PK\x03\x04 bukan buku kerja"), "rusak"),
        (lambda: SimpleUploadedFile("m.pdf", b"%PDF-1.7"), "tidak diterima"),
        (lambda: SimpleUploadedFile("m.csv", b""), "tidak berisi"),
    ],
)
def test_berkas_yang_tidak_dapat_dibaca_punya_kalimatnya(orang, berkas, kalimat):
    jawab = orang("bps").post("/berkas-dana/mutasi/impor/", {"berkas": berkas()})
    assert jawab.status_code == 422 and kalimat in jawab.content.decode()
    assert not Rekonsiliasi.objects.exists()


def test_sel_rumus_dan_jumlah_mustahil_tidak_ikut(orang, hari):
    p = lewati(ajukan(buka_induk()), "sahkan_transfer")
    rows = [baris(p, hari, jumlah="9" * 40), baris(p, hari, nama="=1+1"), baris(p, hari, jumlah="-5")]
    halaman = unggah(orang("bps"), berkas=xlsx(*rows, judul=MUTASI))
    assert "3 baris tidak ikut" in halaman and not Rekonsiliasi.objects.exists()


def test_jalankan_lagi_dan_mutasi_yang_hilang(orang, hari, settings):
    p = lewati(ajukan(buka_induk()), "sahkan_spm")
    bps = orang("bps")
    unggah(bps, baris(p, hari))
    r = Rekonsiliasi.objects.get()
    assert kelas(r) == ["status"]
    langkah(p, "catat_transfer", "bps")
    langkah(p, "sahkan_transfer", "bps-2")
    assert bps.post(f"/rekonsiliasi/{r.pk}/jalankan/").status_code == 303 and kelas(r) == ["cocok"]
    (settings.HAJI_PRIVAT / r.kunci).write_bytes(b"[]")
    jawab = bps.post(f"/rekonsiliasi/{r.pk}/jalankan/")
    assert jawab.status_code == 409 and "hilang atau berubah" in jawab.content.decode()


def test_ambil_sekarang(orang, settings, monkeypatch):
    settings.BPS_URL = "https://bps.contoh.example/"
    kemarin = timezone.localdate() - datetime.timedelta(days=1)
    monkeypatch.setattr(harian, "ambil_mutasi", lambda mitra, tanggal: [])
    bps = orang("bps")
    assert bps.get("/rekonsiliasi/").content.decode().count("<option") == 7
    isi = {"hari": f"bps:{kemarin}"}
    assert bps.post("/rekonsiliasi/ambil/", isi).status_code == 303
    assert bps.get("/rekonsiliasi/").content.decode().count("<option") == 6
    r = Rekonsiliasi.objects.get()
    assert r.tanggal == kemarin
    daftar, halaman = (bps.get(satu).content.decode() for satu in ("/rekonsiliasi/", f"/rekonsiliasi/{r.pk}/"))
    assert "Tidak ada gerakan" in daftar and "Semua cocok" not in daftar
    assert halaman.count("btn btn-primary") == 1  # "Jalankan lagi"; an empty table offers nothing
    for salah in (f"bpkh:{kemarin}", "bps:2026-02-31", "bps:x", "bps", "", "bps:2099-01-01"):
        assert bps.post("/rekonsiliasi/ambil/", {"hari": salah}).status_code == 404

    def bisu(mitra, tanggal):
        raise MitraBisu("BPS sedang tidak dapat dihubungi.")

    monkeypatch.setattr(harian, "ambil_mutasi", bisu)
    jawab = bps.post("/rekonsiliasi/ambil/", isi, follow=True)
    assert "sedang tidak dapat dihubungi" in jawab.content.decode()


def test_halaman_hari_tidak_bertambah_kuerinya_menurut_baris(orang, hari, django_assert_max_num_queries):
    bps = orang("bps")
    unggah(bps, *([hari, f"BIAYA {n}", f"R{n}", n + 1, "", "", "", ""] for n in range(120)))
    r = Rekonsiliasi.objects.get()
    with django_assert_max_num_queries(25):
        halaman = bps.get(f"/rekonsiliasi/{r.pk}/?kelas=rujukan&halaman=2").content.decode()
    assert halaman.count("data-baris=") == 50 and ARAHAN["rujukan"][:30] in halaman
    assert BarisRekonsiliasi.objects.count() == 120


def test_setiap_kelas_punya_arahan_dan_menu_hanya_bagi_yang_berhak(orang):
    assert set(ARAHAN) == set(BarisRekonsiliasi.Kelas.values)
    assert "/rekonsiliasi/" in orang("bpkh").get("/pengembalian/").content.decode()
    assert "/rekonsiliasi/" not in orang("jfu.lombok-timur").get("/pengembalian/").content.decode()
