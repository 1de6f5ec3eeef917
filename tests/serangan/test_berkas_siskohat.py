"""Hostile and broken spreadsheets at the desk: a sentence, never an error of the portal, and nothing is kept."""

from __future__ import annotations

import datetime
import io
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from haji_portal.berkas import anak_tabel
from haji_portal.jemaah.models import Porsi
from haji_portal.meja.models import ImporBerkas
from pendaftaran import contoh
from tests.meja.berkas_siskohat import JUDUL, csv, xlsx

pytestmark = pytest.mark.django_db

BARIS = ["LTM-PD-26-000000", "2300000001", "01-11-2026"]


@pytest.fixture
def jfu(masuk, settings, tmp_path):
    settings.HAJI_PRIVAT = tmp_path / "privat"
    return masuk("jfu.lombok-timur")


def kirim(client, berkas):
    return client.post("/siskohat/pendaftaran/impor/", {"berkas": berkas})


def ditolak(client, berkas, kalimat):
    jawab = kirim(client, berkas)
    assert jawab.status_code == 422
    assert kalimat in jawab.content.decode()
    assert not ImporBerkas.objects.exists()


def diterima(client, berkas):
    jawab = kirim(client, berkas)
    assert jawab.status_code == 303, jawab.content.decode()
    return list(ImporBerkas.objects.latest("pk").baris.all())


def zip_(isi, **tambahan):
    """An XLSX with parts replaced or added."""
    keluar = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(isi)) as asal, zipfile.ZipFile(keluar, "w", zipfile.ZIP_DEFLATED) as baru:
        for nama in asal.namelist():
            if nama not in tambahan:
                baru.writestr(nama, asal.read(nama))
        for nama, badan in tambahan.items():
            baru.writestr(nama, badan)
    return SimpleUploadedFile("jawaban.xlsx", keluar.getvalue())


LEMBAR = "xl/worksheets/sheet1.xml"
NS = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'


@pytest.mark.parametrize(
    ("nama", "isi", "kalimat"),
    [
        ("a.exe", b"MZ", "Jenis berkas ini tidak diterima"),
        ("a.xlsm", b"PK\x03\x04", "berisi makro"),
        ("a.csv", b"", "tidak berisi baris"),
        ("a.csv", b" \r\n;;;\r\n;", "tidak berisi baris"),
        ("a.xlsx", b"PK\x03\x04rusak", "rusak atau tidak utuh"),
        ("a.xlsx", b"bukan zip", "rusak atau tidak utuh"),
        ("a.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "Excel lama"),
        ("a.csv", b"\xff\xfe\x00", "tidak terbaca"),
        ("a.csv", b"Nomor perkara;Nomor porsi;Tanggal terbit\r\n", "belum ada baris"),
        ("a.csv", b"Nomor porsi;Tanggal terbit\r\n1;2\r\n", "Kolom Nomor perkara atau Nomor validasi tidak ditemukan"),
        ("a.csv", b"Nomor perkara;Nama\r\n1;2\r\n", "Kolom Nomor porsi, Tanggal terbit tidak ditemukan"),
        ("a.csv", b"Nomor perkara;Nomor porsi;NO PORSI;Tgl terbit\r\n1;2;3;4\r\n", "lebih dari satu kali"),
        ("a.csv", ";".join(map(str, range(300))).encode(), "lebih dari 200 kolom"),
    ],
)
def test_yang_tidak_dapat_dibaca_dijawab_dengan_kalimat(jfu, nama, isi, kalimat):
    ditolak(jfu, SimpleUploadedFile(nama, isi), kalimat)


def test_tanpa_berkas_dan_terlalu_besar(jfu):
    assert jfu.post("/siskohat/pendaftaran/impor/").status_code == 422
    ditolak(jfu, SimpleUploadedFile("a.csv", b"x" * (8 * 1024 * 1024 + 1)), "lebih dari 8 MB")


def test_bom_zip_tidak_dibongkar(jfu):
    ditolak(jfu, zip_(xlsx(BARIS).read(), **{"xl/media/besar.bin": b"\0" * (121 * 1024 * 1024)}), "terlalu berat")
    banyak = {f"xl/x{i}.xml": b"<x/>" for i in range(600)}
    ditolak(jfu, zip_(xlsx(BARIS).read(), **banyak), "terlalu berat")


def test_bom_entitas_ditolak(jfu):
    """A billion laughs, and a file that asks for the server's own files."""
    tawa = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    luar = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
    for dtd in (tawa, luar):
        lembar = f'<worksheet {NS}><sheetData><row r="1"><c r="A1"><v>&a;</v></c></row></sheetData></worksheet>'
        isi = f'<?xml version="1.0"?>{dtd}{lembar}'
        ditolak(jfu, zip_(xlsx(BARIS).read(), **{LEMBAR: isi}), "rusak atau tidak utuh")
    ditolak(jfu, zip_(xlsx(BARIS).read(), **{LEMBAR: isi.encode("utf-16")}), "tidak berisi baris")


@pytest.mark.parametrize("nama", ["xl/vbaProject.bin", "xl/macrosheets/sheet1.xml"])
def test_makro_ditolak(jfu, nama):
    ditolak(jfu, zip_(xlsx(BARIS).read(), **{nama: b"x"}), "berisi makro")


@pytest.mark.parametrize(
    "sel",
    ['<c r="ZZZZZ1"><v>1</v></c>', '<c r="B1"><v>1</v></c><c r="A1"><v>1</v></c>', '<c r="A1" t="s"><v>99999</v></c>'],
)
def test_lembar_yang_menyalahi_aturan(jfu, sel):
    isi = f"<worksheet {NS}><sheetData><row r='1'>{sel}</row></sheetData></worksheet>"
    jawab = kirim(jfu, zip_(xlsx(BARIS).read(), **{LEMBAR: isi}))
    assert jawab.status_code == 422


def test_proses_anak_yang_kena_batas_menjadi_kalimat(jfu, monkeypatch):
    monkeypatch.setattr("haji_portal.berkas.saring.BATAS_DETIK", 0.01)
    ditolak(jfu, xlsx(BARIS), "terlalu berat")


@pytest.mark.parametrize(
    "berkas",
    [
        csv(BARIS, pemisah=","),
        csv(BARIS, pemisah="\t"),
        csv(BARIS, sandi="cp1252"),
        csv(BARIS, sandi="utf-16"),
        csv(BARIS, sandi="utf-16-le"),
        csv(["sep=;"], JUDUL, BARIS, judul=[]),
        csv([f'="{s}"' for s in BARIS]),
        csv([f"'{s}" for s in BARIS]),
        csv([f"\t{s} \u200b" for s in BARIS]),
        csv(["DATA JEMAAH, KANTOR LOMBOK TIMUR"], JUDUL, BARIS, judul=["x"], pemisah=";"),
        xlsx(BARIS),
        xlsx([BARIS[0], 2300000001, datetime.datetime(2026, 11, 1)]),
        xlsx([BARIS[0], 2300000001.0, 46327]),
        xlsx([BARIS[0], '="2300000001"', "1 Nov 2026"]),
    ],
)
def test_bentuk_yang_dipakai_orang_terbaca_sama(jfu, berkas):
    (satu,) = [b for b in diterima(jfu, berkas) if b.nomor == BARIS[0]]
    assert satu.kalimat == "Perkara ini tidak ditemukan di kantor ini. Periksa nomornya."
    assert satu.isi["nomor_porsi"] == "2300000001"


@pytest.mark.parametrize(
    ("sel", "kalimat"),
    [
        (["=1+1", "01-11-2026"], "berisi rumus"),
        (["2300000001", "=TODAY()"], "berisi rumus"),
        (["2,3E+09", "01-11-2026"], "dipotong Excel"),
        (["23000O0001", "01-11-2026"], "hanya berisi angka"),
        (["٢٣٠٠٠٠٠٠٠١", "01-11-2026"], "hanya berisi angka"),
        (["2300000001", "31-02-2026"], "tidak ada dalam kalender"),
        (["2300000001", "11/21/2026"], "tidak ada dalam kalender"),
        (["2300000001", "kemarin"], "tidak terbaca"),
        (["2300000001", "01-11-1926"], "tidak wajar"),
        (["2300000001", ""], "Tanggal terbit kosong"),
        (["<script>alert(1)</script>", "01-11-2026"], "hanya berisi angka"),
    ],
)
@pytest.mark.parametrize("tulis", [csv, xlsx])
def test_sel_yang_salah_menjadi_galat_barisnya(jfu, sampai, tulis, sel, kalimat):
    perkara = sampai("direkam", 1)
    (satu,) = diterima(jfu, tulis([perkara.nomor, *sel]))
    assert satu.keadaan == "galat" and kalimat in satu.kalimat, satu.kalimat
    halaman = jfu.get(f"/siskohat/impor/{satu.impor_id}/").content.decode()
    assert "<script>alert" not in halaman


def test_sel_gabungan_dan_lembar_lain_disebut(jfu):
    def ubah(buku):
        buku.active.merge_cells("A2:A3")
        buku.create_sheet("Lama").append(["x"])
        buku.create_sheet("Rahasia").sheet_state = "hidden"

    diterima(jfu, xlsx(BARIS, ["", "2300000002", "01-11-2026"], ubah=ubah))
    catatan = " ".join(ImporBerkas.objects.get().catatan)
    assert "sel yang digabung" in catatan and "lembar “Lama” tidak" in catatan and "Rahasia" not in catatan


def test_sepuluh_ribu_baris_dan_lebih(jfu, sampai):
    perkara = sampai("direkam", 1)
    banyak = [[f"LTM-PD-26-{i:06d}", f"{i:010d}", "01-11-2026"] for i in range(9_999)]
    rows = diterima(jfu, csv(*banyak, [perkara.nomor, "2300000001", "01-11-2026"]))
    assert len(rows) == 10_000 and rows[-1].perkara_id == perkara.pk
    assert jfu.get(f"/siskohat/impor/{rows[0].impor_id}/?halaman=200").status_code == 200
    jawab = kirim(jfu, csv(*banyak, *banyak[:200]))
    assert jawab.status_code == 422 and "lebih dari 10.000 baris" in jawab.content.decode()


@pytest.mark.parametrize("kunci", ["\x00", "LTM\x00PD", "x" * 400, "'; DROP TABLE", "%", "🕋"])
def test_nomor_perkara_rusak(jfu, kunci):
    (satu,) = diterima(jfu, csv([kunci, "2300000001", "01-11-2026"], ["LTM-PD-26-000001", "", ""]))[:1]
    assert satu.keadaan == "galat"


@pytest.mark.parametrize(
    "nama", ["../../etc/passwd.csv", "<img src=x onerror=alert(1)>.csv", "a\u202eX: y.csv", ".csv"]
)
def test_nama_berkas_tidak_menjadi_alamat_atau_tanda(jfu, nama):
    rows = diterima(jfu, csv(BARIS, nama=nama))
    halaman = jfu.get(f"/siskohat/impor/{rows[0].impor_id}/").content.decode()
    assert "<img src=x" not in halaman
    unduh = jfu.get(f"/siskohat/impor/{rows[0].impor_id}/berkas/")
    assert "/" not in unduh["Content-Disposition"].split("filename", 1)[1] and "X" not in unduh.headers


def test_dua_klik_terapkan_dan_alamat_karangan(jfu, sampai, pelaksana):
    perkara = sampai("direkam", 1)
    perkara = pelaksana.lakukan(perkara, "isi_spph", contoh.isian(perkara, "isi_spph")).perkara
    (satu,) = diterima(jfu, csv([perkara.nomor, "2300000001", "01-11-2026"]))
    for _ in range(2):
        assert jfu.post(f"/siskohat/impor/{satu.impor_id}/terapkan/").status_code == 303
    assert Porsi.objects.count() == 1
    for alamat in ("impor/999999/", "impor/99999999999999999999/", "pembatalan/ekspor/", "impor/0/berkas/"):
        assert jfu.get(f"/siskohat/{alamat}").status_code == 404
    assert jfu.get(f"/siskohat/impor/{satu.impor_id}/terapkan/").status_code == 405
    assert jfu.get(f"/siskohat/impor/{satu.impor_id}/?keadaan='&halaman=zzz&format=exe").status_code == 200


def test_batas_anak_lebih_longgar_daripada_yang_sah():
    """10,000 answers and what stands above them."""
    assert 10_000 + 15 < anak_tabel.MAKS_BARIS < 11_000
