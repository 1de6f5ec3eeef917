"""Hostile uploads: each one ends clean or refused with a sentence, and nothing of it is stored as sent."""

import io
import os
import subprocess

import pikepdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from haji_portal.berkas import saring
from haji_portal.berkas.nama import nama_aman
from haji_portal.berkas.saring import UnggahanDitolak, saring_foto
from haji_portal.berkas.simpan import simpan_unggahan
from tests.berkas import musuh

DITOLAK, DITERIMA = musuh.ditolak(), musuh.diterima()


def unggah(nama, isi, **lain):
    return simpan_unggahan(SimpleUploadedFile(nama, isi, content_type="image/jpeg"), **lain)


def tersimpan(settings, berkas):
    return (settings.HAJI_PRIVAT / berkas.kunci).read_bytes()


@pytest.mark.parametrize("kasus", DITOLAK)
def test_ditolak_dengan_kalimat_dan_tidak_disimpan(kasus, settings):
    nama, isi, kata = DITOLAK[kasus]
    with pytest.raises(UnggahanDitolak) as galat:
        unggah(nama, isi() if callable(isi) else isi)
    kalimat = galat.value.kalimat
    assert kata in kalimat
    # Every sentence ends with what to do.
    assert kalimat.endswith(".")
    assert any(ajakan in kalimat for ajakan in ("unggah lagi", "Unggah berkas", "Pilih berkas"))
    assert not settings.HAJI_PRIVAT.exists()


@pytest.mark.parametrize("kasus", DITERIMA)
def test_diterima_dalam_keadaan_bersih(kasus, settings):
    nama, isi = DITERIMA[kasus]
    berkas = unggah(nama, isi)
    bersih = tersimpan(settings, berkas)
    assert bersih != isi
    assert len(bersih) == berkas.ukuran
    for jejak in (b"<script", b"<?php", b"RAHASIA", b"PK\x03\x04"):
        assert jejak not in bersih
    if berkas.mime == "image/jpeg":
        with Image.open(io.BytesIO(bersih)) as gambar:
            assert (gambar.format, gambar.mode) == ("JPEG", "RGB")
            assert not gambar.getexif()
            assert not {"icc_profile", "comment", "exif", "xmp"} & set(gambar.info)
        assert bersih.endswith(b"\xff\xd9")
        assert berkas.nama.endswith(".jpg")
    else:
        periksa_pdf(bersih, berkas)


def periksa_pdf(bersih, berkas):
    with pikepdf.open(io.BytesIO(bersih)) as dokumen:
        assert set(dokumen.Root.keys()) == {"/Type", "/Pages"}
        assert len(dokumen.pages) == berkas.halaman
        # Unpacked, so that nothing hides in a compressed stream.
        polos = io.BytesIO()
        dokumen.save(polos, compress_streams=False, stream_decode_level=pikepdf.StreamDecodeLevel.generalized)
    for kunci in musuh.KUNCI_PDF:
        assert kunci not in polos.getvalue(), kunci


def test_corpus_benar_jahat():
    """The control: before cleaning, the corpus does hold what the tests above look for."""
    polos = io.BytesIO()
    with pikepdf.open(io.BytesIO(musuh.pdf_aktif())) as dokumen:
        dokumen.save(polos, compress_streams=False, stream_decode_level=pikepdf.StreamDecodeLevel.generalized)
    for kunci in musuh.KUNCI_PDF:
        assert kunci in polos.getvalue(), kunci
    with Image.open(io.BytesIO(musuh.gambar_gps())) as gambar:
        assert gambar.getexif().get_ifd(0x8825)
    assert b"PEMILIK-RAHASIA" in musuh.pdf_foto_gps()
    assert len(musuh.pdf_bom()) < 1_000_000


def test_arah_foto_diterapkan(settings):
    with Image.open(io.BytesIO(tersimpan(settings, unggah("ktp.jpg", musuh.gambar_gps())))) as gambar:
        assert gambar.size == (480, 640)


def test_foto_dalam_pdf_tetap_terlihat(settings):
    bersih = tersimpan(settings, unggah("kk.pdf", musuh.pdf_foto_gps()))
    with pikepdf.open(io.BytesIO(bersih)) as dokumen:
        foto = pikepdf.PdfImage(dokumen.pages[0].Resources.XObject.A).as_pil_image()
        assert foto.size == (640, 480)
        assert b"/A Do" in dokumen.pages[0].Contents.read_bytes()


def test_isian_formulir_pdf_tetap_terbaca(settings):
    bersih = tersimpan(settings, unggah("kk.pdf", musuh.pdf_formulir(tergambar=True)))
    with pikepdf.open(io.BytesIO(bersih)) as dokumen:
        gambar = dokumen.pages[0].Resources.XObject
        assert any(b"ISIAN-PEMOHON" in gambar[nama].read_bytes() for nama in gambar)


def test_gambar_besar_dikecilkan(settings):
    berkas = unggah("ktp.jpg", musuh.gambar(3600, 2400))
    with Image.open(io.BytesIO(tersimpan(settings, berkas))) as gambar:
        assert gambar.size == (3000, 2000)


def test_png_16_bit_tidak_menjadi_putih(settings):
    citra = Image.new("I;16", (64, 64), 32768)
    keluar = io.BytesIO()
    citra.save(keluar, "PNG")
    with Image.open(io.BytesIO(tersimpan(settings, unggah("a.png", keluar.getvalue())))) as gambar:
        assert abs(gambar.getpixel((32, 32))[0] - 128) <= 2


def test_hanya_jenis_yang_diizinkan():
    with pytest.raises(UnggahanDitolak, match="Unggah berkas JPEG atau PNG"):
        unggah("kk.pdf", musuh.pdf(), izinkan=("jpeg", "png"))


def test_ukuran_diperiksa_sebelum_dibaca():
    class Raksasa(SimpleUploadedFile):
        def read(self, *a):
            raise AssertionError("read before the size was checked")

    berkas = Raksasa("ktp.jpg", b"")
    berkas.size = 11 * 1024 * 1024
    with pytest.raises(UnggahanDitolak, match="10 MB"):
        simpan_unggahan(berkas)


def test_ukuran_yang_berbohong_tetap_dibatasi():
    berkas = SimpleUploadedFile("ktp.jpg", musuh.gambar() + b"\0" * 11 * 1024 * 1024)
    berkas.size = 100
    with pytest.raises(UnggahanDitolak, match="10 MB"):
        simpan_unggahan(berkas)


def test_anak_yang_macet_atau_mati_menjadi_kalimat(monkeypatch, settings, caplog):
    def macet(*a, **k):
        raise subprocess.TimeoutExpired("anak", 1)

    with monkeypatch.context() as tiruan:
        tiruan.setattr(subprocess, "run", macet)
        with pytest.raises(UnggahanDitolak, match="terlalu berat"):
            unggah("ktp.jpg", musuh.gambar())
    with monkeypatch.context() as tiruan:
        tiruan.setattr(subprocess, "run", lambda *a, **k: subprocess.CompletedProcess(a, -9, b"", b""))
        with pytest.raises(UnggahanDitolak, match="terlalu berat"):
            unggah("ktp-rahasia.jpg", musuh.gambar())
    assert "ktp-rahasia" not in caplog.text
    # The turn was given back each time: a third upload still gets through.
    assert unggah("ktp.jpg", musuh.gambar()).mime == "image/jpeg"


def test_penuh_menjawab_sibuk(monkeypatch):
    monkeypatch.setattr(saring, "BATAS_DETIK", 0.05)
    with saring._giliran, saring._giliran, pytest.raises(UnggahanDitolak, match="Tunggu sebentar"):
        unggah("ktp.jpg", musuh.gambar())


def test_anak_tidak_mewarisi_lingkungan_dan_punya_batas(monkeypatch):
    terlihat = {}
    asli = subprocess.run

    def intip(perintah, **k):
        terlihat.update(k, perintah=perintah)
        return asli(perintah, **k)

    monkeypatch.setenv("KUNCI_RAHASIA", "x")
    monkeypatch.setattr(subprocess, "run", intip)
    unggah("ktp.jpg", musuh.gambar())
    assert terlihat["env"] == {}
    assert "-I" in terlihat["perintah"]
    assert terlihat["timeout"] <= 30
    assert os.environ["KUNCI_RAHASIA"] == "x"


@pytest.mark.parametrize(
    ("kode", "sinyal_atau_galat"),
    [
        ("bytearray(900 * 1024 * 1024)", "MemoryError"),
        ("import os; os.write(os.open('tulis', os.O_WRONLY | os.O_CREAT), b'x' * 10)", "File too large"),
        ("[open('/dev/null') for _ in range(64)]", "Too many open files"),
    ],
)
def test_batas_anak_benar_berlaku(kode, sinyal_atau_galat, tmp_path):
    """The limits of the child, tried from inside: memory, written files, open files."""
    from haji_portal.berkas import anak

    awal = f"import sys; sys.path.insert(0, {str(os.path.dirname(anak.__file__))!r}); import anak; "
    siap = "import signal; signal.signal(signal.SIGXFSZ, signal.SIG_IGN); anak.batasi(); "
    hasil = subprocess.run(
        [saring.sys.executable, "-c", awal + siap + kode], capture_output=True, text=True, timeout=30, cwd=tmp_path
    )
    assert hasil.returncode != 0
    assert sinyal_atau_galat in hasil.stderr


@pytest.mark.parametrize(
    ("nama", "hasil"),
    [
        ("KTP Ahmad.jpg", "KTP Ahmad.jpg"),
        ("../../etc/passwd.jpg", "passwd.jpg"),
        ("C:\\Users\\a\\ktp.JPEG", "ktp.jpg"),
        ("a\x00b\r\nSet-Cookie: x.jpg", "ab Set-Cookie- x.jpg"),
        ("ktp\u202egpj.exe", "ktpgpj.jpg"),
        ("foto.php.jpg", "foto-php.jpg"),
        ("....jpg", "berkas.jpg"),
        ("", "berkas.jpg"),
        (".jpg", "berkas.jpg"),
        ("a" * 300 + ".jpg", "a" * 80 + ".jpg"),
        ("é\u0301<b>&\"'.png", "é\u0301-b---'.jpg"),
        ("${jndi:ldap}.pdf", "${jndi-ldap}.jpg"),
    ],
)
def test_nama_aman(nama, hasil):
    aman = nama_aman(nama, "jpg")
    assert aman == hasil
    assert len(aman) <= 120


def test_potongan_foto_berukuran_cetak():
    foto = SimpleUploadedFile("foto.jpg", musuh.gambar(1280, 960))
    asli, kecil, besar = (Image.open(io.BytesIO(h.isi)) for h in saring_foto(foto))
    assert (asli.size, kecil.size, besar.size) == ((1280, 960), (354, 472), (472, 709))
    assert [round(n) for n in kecil.info["dpi"]] == [300, 300]
    assert [round(n) for n in besar.info["dpi"]] == [300, 300]


def test_potongan_diambil_dari_tengah():
    """A lying camera picture: red to the left and right of the 3:4 middle must not be in the crops."""
    citra = Image.new("RGB", (1600, 960), "red")
    citra.paste("green", (440, 0, 1160, 960))
    keluar = io.BytesIO()
    citra.save(keluar, "PNG")
    for hasil in saring_foto(SimpleUploadedFile("foto.png", keluar.getvalue()))[1:]:
        potong = Image.open(io.BytesIO(hasil.isi))
        for titik in ((4, 4), (potong.width - 5, potong.height - 5), (potong.width // 2, 9)):
            merah, hijau, _ = potong.getpixel(titik)
            assert hijau > 100 > merah


@pytest.mark.parametrize(("ukuran", "boleh"), [((480, 640), True), ((479, 640), False), ((640, 480), False)])
def test_foto_terlalu_kecil(ukuran, boleh):
    foto = SimpleUploadedFile("foto.jpg", musuh.gambar(*ukuran))
    if boleh:
        assert len(saring_foto(foto)) == 3
    else:
        with pytest.raises(UnggahanDitolak, match="480 × 640"):
            saring_foto(foto)


def test_foto_tidak_menerima_pdf():
    with pytest.raises(UnggahanDitolak, match="JPEG atau PNG"):
        saring_foto(SimpleUploadedFile("foto.pdf", musuh.pdf()))
