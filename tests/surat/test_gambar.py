"""The paper: letterhead of its date, watermark, escaping, no address outside the bundle, the same bytes each time."""

import datetime
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from haji_portal.berkas.simpan import baca, lampirkan, simpan_unggahan
from haji_portal.surat import gambar, isi
from haji_portal.surat.galat import BerkasRusak
from haji_portal.surat.gambar import ASAL, AsetDitolak, baca_aset, buat_pdf, data_uri_gambar
from haji_portal.surat.isi import calon_penanda_tangan, html_surat
from haji_portal.surat.models import Surat
from haji_portal.surat.templatetags.surat import foto_jemaah
from haji_portal.surat.terbit import buat_draf, dokumen_pdf, isi_pdf, siapkan
from tests.surat.alat_pdf import baca_qr, info_pdf, teks_pdf
from tests.surat.buatan import buat_pejabat

PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 20


def pdf_pada(dunia, tanggal):
    surat = Surat(perkara=dunia.perkara, jenis="sph", kantor=dunia.kantor)
    html = html_surat(dunia.perkara, surat, nomor="7/Kk.18.03/01/2024", tanggal=tanggal, penugasan=dunia.tugas)
    return buat_pdf(html, "bidang")


def test_draf_bercap_tanpa_nomor_tanpa_qr(dunia, tmp_path):
    pdf = isi_pdf(buat_draf(dunia.perkara, "sph"))
    teks = teks_pdf(pdf)
    assert "DRAF" in teks
    assert "tidak berlaku sebagai surat" in teks
    assert "Kk.18.03" not in teks
    assert "/verifikasi/" not in teks
    assert baca_qr(pdf, tmp_path) == []


def test_surat_memuat_data_dan_satu_halaman(dunia):
    teks = teks_pdf(isi_pdf(siapkan(dunia.perkara, "sph", dunia.tugas)))
    for kata in ["2300987654", "Siti Rahmah", "Binti", "5203014503800002", "Selong, 5 Maret 1980", "Rp25.000.000"]:
        assert kata in teks
    assert "Halaman 1 dari 1" in teks
    assert "DRAF" not in teks
    assert "https://haji.example/verifikasi/" in teks


def test_pdf_a4_bertag_dan_huruf_tertanam(dunia):
    info = info_pdf(isi_pdf(siapkan(dunia.perkara, "sph", dunia.tugas)))
    assert "(A4)" in info
    assert "Tagged:          yes" in info
    assert "Surat Pendaftaran Haji Nomor 1/Kk.18.03" in info


def test_kop_mengikuti_tanggal_surat(dunia):
    lama, baru = (teks_pdf(pdf_pada(dunia, datetime.date(tahun, 1, 15))) for tahun in (2024, 2026))
    assert "KEMENTERIAN AGAMA" in lama
    assert "HAJI DAN UMRAH REPUBLIK" not in lama
    assert "KEMENTERIAN HAJI DAN UMRAH" in baru
    assert "KEMENTERIAN AGAMA" not in baru


def test_masukan_sama_byte_sama(dunia):
    hari = datetime.date(2026, 1, 15)
    surat = Surat(perkara=dunia.perkara, jenis="sph", kantor=dunia.kantor, token="t" * 32)
    kembar = {
        buat_pdf(html_surat(dunia.perkara, surat, nomor="7/K/2026", tanggal=hari, penugasan=dunia.tugas), "bidang")
        for _ in range(2)
    }
    assert len(kembar) == 1


@pytest.mark.parametrize(
    "jahat",
    [
        "<script>alert(1)</script>",
        '<img src="file:///etc/passwd">',
        '<link rel=stylesheet href="http://127.0.0.1/x.css">',
        "<a rel=attachment href='file:///etc/hostname'>x</a>",
        "{% include 'surat/dasar.html' %}{{ situs }}",
    ],
)
def test_isian_petugas_tidak_menjadi_markup(dunia, jahat, monkeypatch):
    diminta = []
    asli = gambar.baca_aset
    monkeypatch.setattr(gambar, "baca_aset", lambda url: (diminta.append(url), asli(url))[1])
    dunia.jemaah.alamat = jahat
    dunia.jemaah.save()
    teks = teks_pdf(isi_pdf(buat_draf(dunia.perkara, "sph")))
    assert "".join(jahat.split())[:12] in "".join(teks.split())
    assert all(url.startswith(ASAL) for url in diminta)


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/passwd",
        "http://127.0.0.1:8000/",
        "https://example.org/a.png",
        "ftp://contoh/a.css",
        ASAL + "../../manage.py",
        ASAL + "%2e%2e/%2e%2e/manage.css",
        ASAL + "..%2f..%2fmanage.css",
        ASAL + "/etc/passwd.css",
        ASAL + "vendor/bootstrap/LICENSE",
        ASAL + "tidak-ada.css",
        ASAL.replace("https", "http") + "css/surat.css",
        "https://aset.invalid.example.org/static/css/surat.css",
        "https://aset.invalid@127.0.0.1/static/css/surat.css",
    ],
)
def test_alamat_di_luar_bundel_ditolak(url):
    with pytest.raises(AsetDitolak):
        baca_aset(url)


@pytest.mark.parametrize(
    "html",
    [
        '<img alt="x" src="file:///etc/passwd">',
        '<img alt="x" src="http://127.0.0.1:9/x.png">',
        '<style>@import url("https://example.org/a.css");</style>',
        '<style>p { background: url("file:///etc/hostname") }</style><p>x</p>',
        '<img alt="x" src="data:text/html;base64,PGI+">',
    ],
)
def test_menggambar_berhenti_pada_alamat_asing(html, monkeypatch):
    import urllib.request

    def terlarang(*_args, **_kwargs):
        raise AssertionError("opened an address")

    monkeypatch.setattr(urllib.request.OpenerDirector, "open", terlarang)
    with pytest.raises(AsetDitolak):
        buat_pdf(f"<html lang=id><title>x</title>{html}</html>")


def test_bidang_ttd_wajib_ada():
    with pytest.raises(LookupError):
        buat_pdf("<html lang=id><title>x</title><p>x</p></html>", "bidang")


def test_foto_hanya_jpeg_atau_png():
    assert data_uri_gambar(PNG).startswith("data:image/png;base64,")
    assert data_uri_gambar(b"\xff\xd8\xff\xe0...").startswith("data:image/jpeg;base64,")
    assert [data_uri_gambar(x) for x in (b"<svg/>", b"", None)] == ["", "", ""]


def unggah_foto(dunia, warna):
    tampung = io.BytesIO()
    Image.new("RGB", (354, 472), warna).save(tampung, "JPEG")
    tersimpan = simpan_unggahan(SimpleUploadedFile("foto.jpg", tampung.getvalue(), "image/jpeg"))
    return lampirkan(dunia.perkara, tersimpan, "foto_3x4", dunia.kepala)


def test_foto_terbaru_dari_lampiran_perkara(dunia, settings, tmp_path):
    settings.HAJI_PRIVAT = tmp_path / "privat"
    assert "Belum ada foto" in teks_pdf(isi_pdf(buat_draf(dunia.perkara, "sph")))
    unggah_foto(dunia, "red")
    foto = unggah_foto(dunia, "blue")
    assert foto_jemaah(dunia.perkara) == data_uri_gambar(baca(foto.kunci, foto.sha256))
    teks = teks_pdf(isi_pdf(siapkan(dunia.perkara, "sph", dunia.tugas)))
    assert "Belum ada foto" not in teks
    (tmp_path / "privat" / foto.kunci).unlink()
    with pytest.raises(BerkasRusak):
        foto_jemaah(dunia.perkara)


def test_qr_tanda_terima_menuju_cek(dunia, tmp_path):
    pdf = dokumen_pdf(dunia.perkara, "tanda_terima")
    assert baca_qr(pdf, tmp_path) == [f"https://haji.example/cek/?nomor={dunia.perkara.nomor}"]
    teks = teks_pdf(pdf)
    assert "KTP sesuai domisili" in teks
    assert "Pendaftaran haji reguler" in teks
    assert "WITA" in teks
    assert "DRAF" not in teks


def test_calon_penanda_tangan_pelaksana_harian_lebih_dulu(dunia):
    hari = isi.tanggal_kantor(dunia.kantor)
    assert calon_penanda_tangan(dunia.perkara, dunia.kantor, "sph", hari) == dunia.tugas
    _, plh = buat_pejabat(dunia.kantor, "kepala", "Plh Contoh", "Kepala Kantor", "plh")
    assert calon_penanda_tangan(dunia.perkara, dunia.kantor, "sph", hari) == plh
    assert calon_penanda_tangan(dunia.perkara, dunia.kantor, "tidak_diatur", hari) is None


def test_tanggal_memakai_zona_kantor(dunia):
    malam_wib = datetime.datetime(2026, 11, 22, 16, 30, tzinfo=datetime.UTC)
    assert isi.tanggal_kantor(dunia.kantor, malam_wib) == datetime.date(2026, 11, 23)
