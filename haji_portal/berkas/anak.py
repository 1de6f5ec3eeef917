"""The child process of `saring.py`: reads one upload from stdin, writes the cleaned copy to stdout.

A script, not a module of the portal: it imports neither Django nor settings, so it starts fast and holds no secret.
Usage: `python -I anak.py gambar|foto|pdf`, after `foto` also `dekat samping turun`. Answer: a JSON line,
`{"panjang": [...], "halaman": n}` or `{"galat": code}`, then the parts. Any other end (a signal, no answer) means that
a limit was hit.
"""

from __future__ import annotations

import io
import json
import resource
import sys
from typing import Any

MAKS_PIKSEL = 40_000_000
MAKS_SISI = 3000
MAKS_HALAMAN = 20
MAKS_ALIRAN = 20 * 1024 * 1024
MAKS_SIMPUL = 200_000
MEMORI = 512 * 1024 * 1024
DETIK_CPU = 15
FOTO_MIN = (480, 640)
FOTO_3X4 = (354, 472)
FOTO_4X6 = (472, 709)


class Tolak(Exception):
    """Refused; `args[0]` is the code that the parent turns into a sentence."""


def batasi() -> None:
    """Limits of this process. Memory is address space, which is more than what is really used."""
    for apa, nilai in (
        (resource.RLIMIT_AS, MEMORI),
        (resource.RLIMIT_CPU, DETIK_CPU),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_NOFILE, 32),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(apa, (nilai, nilai))


def buka_gambar(isi: bytes) -> Any:
    """Decode as an upright RGB picture, at most MAKS_SISI a side, carrying pixels and nothing else."""
    from PIL import Image, ImageOps, UnidentifiedImageError

    Image.MAX_IMAGE_PIXELS = None  # Checked here with our own limit, before any pixel is decoded.
    try:
        gambar = Image.open(io.BytesIO(isi), formats=("JPEG", "PNG"))
        if gambar.width * gambar.height > MAKS_PIKSEL:
            raise Tolak("piksel")
        gambar.draft("RGB", (MAKS_SISI, MAKS_SISI))
        gambar.load()
        # Shrunk before it is turned and flattened, so that a large picture exists once in memory.
        tegak = ImageOps.exif_transpose(perkecil(gambar))
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, TypeError, KeyError) as galat:
        raise Tolak("rusak-gambar") from galat
    bersih = Image.new("RGB", tegak.size, "white")
    bersih.paste(tegak, mask=tegak.getchannel("A") if tegak.mode == "RGBA" else None)
    return bersih


def perkecil(gambar: Any) -> Any:
    """Within MAKS_SISI, and in one of the modes RGB and RGBA; keeps `info`, where the orientation is."""
    if gambar.mode.startswith("I"):
        # 16-bit grey: convert() would clip nearly everything to white.
        gambar = gambar.point(lambda titik: titik / 257).convert("L")
    if gambar.mode in ("P", "1"):
        gambar = gambar.convert("RGBA" if "transparency" in gambar.info else "RGB")
    if max(gambar.size) > MAKS_SISI:
        gambar.thumbnail((MAKS_SISI, MAKS_SISI))
    bening = gambar.mode in ("RGBA", "LA", "PA") or "transparency" in gambar.info
    return gambar.convert("RGBA" if bening else "RGB")


def jpeg(gambar: Any, dpi: int = 0) -> bytes:
    keluar = io.BytesIO()
    gambar.save(keluar, "JPEG", quality=85, optimize=True, **({"dpi": (dpi, dpi)} if dpi else {}))
    return keluar.getvalue()


def gambar(isi: bytes) -> tuple[list[bytes], dict[str, int]]:
    return [jpeg(buka_gambar(isi))], {}


def foto(isi: bytes, dekat: str = "1", samping: str = "0.5", turun: str = "0.5") -> tuple[list[bytes], dict[str, int]]:
    """The picture and its crops. Its largest centred 3:4 part must have FOTO_MIN pixels, lying pictures too.

    dekat: 1 cuts the largest part, 2 one of half its side. samping, turun: where that part lies, 0-1 of what is free.
    """
    utuh = buka_gambar(isi)
    lebar, tinggi = utuh.size
    if min(lebar, tinggi * 3 // 4) < FOTO_MIN[0] or min(tinggi, lebar * 4 // 3) < FOTO_MIN[1]:
        raise Tolak("foto-kecil")
    atur = (float(dekat), float(samping), float(turun))
    potongan = [jpeg(utuh.resize(u, box=kotak(utuh.size, u, *atur)), dpi=300) for u in (FOTO_3X4, FOTO_4X6)]
    return [jpeg(utuh), *potongan], {}


def kotak(
    gambar: tuple[int, int], bentuk: tuple[int, int], dekat: float, samping: float, turun: float
) -> tuple[float, float, float, float]:
    """(left, top, right, bottom) of the part of `gambar` that has the shape `bentuk`, in pixels."""
    skala = min(gambar[0] / bentuk[0], gambar[1] / bentuk[1]) / dekat
    # A float's last digit must not reach beyond the picture.
    lebar, tinggi = min(bentuk[0] * skala, gambar[0]), min(bentuk[1] * skala, gambar[1])
    kiri, atas = (gambar[0] - lebar) * samping, (gambar[1] - tinggi) * turun
    return kiri, atas, min(kiri + lebar, gambar[0]), min(atas + tinggi, gambar[1])


# A page keeps these keys; whatever else hangs on it (actions, annotations, private data) is not copied.
KUNCI_HALAMAN = {
    "/Type", "/Parent", "/MediaBox", "/CropBox", "/BleedBox", "/TrimBox", "/ArtBox", "/Rotate", "/Resources",
    "/Contents", "/Group", "/UserUnit",
}  # fmt: skip
# Second belt: none of these may occur anywhere in what is left.
KUNCI_AKTIF = {
    "/AA", "/AcroForm", "/AF", "/Annots", "/EF", "/EmbeddedFiles", "/JavaScript", "/JS", "/Launch", "/Metadata",
    "/OpenAction", "/PieceInfo", "/RichMedia", "/RichMediaContent", "/SubmitForm", "/URI", "/XFA",
}  # fmt: skip
AKSI = {
    "/JavaScript", "/Launch", "/SubmitForm", "/ImportData", "/ResetForm", "/URI", "/GoToR", "/GoToE", "/Rendition",
    "/Movie", "/Sound", "/Named", "/Hide", "/GoTo3DView", "/RichMediaExecute", "/Trans", "/SetOCGState",
}  # fmt: skip


def pdf(isi: bytes) -> tuple[list[bytes], dict[str, int]]:
    """A new document from the pages alone: no catalogue, names, forms, actions or attachments of the old one.

    What annotations and form fields look like is drawn into the page first, so a filled form stays filled.
    """
    import pikepdf

    try:
        with pikepdf.open(io.BytesIO(isi), attempt_recovery=False) as asal:
            if asal.is_encrypted:
                raise Tolak("sandi")
            jumlah = len(asal.pages)
            if not 0 < jumlah <= MAKS_HALAMAN:
                raise Tolak("halaman" if jumlah else "kosong")
            if isian_tak_tergambar(asal):
                raise Tolak("formulir")
            asal.flatten_annotations("all")
            for halaman in asal.pages:
                lucuti_halaman(halaman)
            baru = pikepdf.new()
            baru.pages.extend(asal.pages)
            bersihkan(baru)
            keluar = io.BytesIO()
            baru.remove_unreferenced_resources()
            baru.save(keluar, object_stream_mode=pikepdf.ObjectStreamMode.disable, static_id=True)
    except pikepdf.PasswordError as galat:
        raise Tolak("sandi") from galat
    except (pikepdf.PdfError, ValueError, TypeError, KeyError, AttributeError, RuntimeError) as galat:
        raise Tolak("rusak-pdf") from galat
    return [keluar.getvalue()], {"halaman": jumlah}


def isian_tak_tergambar(dokumen: Any) -> bool:
    """Whether a filled form leaves its drawing to the reader: flattening would silently lose what was filled in.

    (qpdf can draw such fields, but only with simple fonts; with others it writes wrong or no letters.)
    """
    import pikepdf

    formulir = dokumen.Root.get("/AcroForm")
    digambar_pembaca = isinstance(formulir, pikepdf.Dictionary) and bool(formulir.get("/NeedAppearances", False))
    for benda in dokumen.objects:
        if not isinstance(benda, pikepdf.Dictionary) or benda.get("/Subtype") != "/Widget":
            continue
        if str(warisan(benda, "/V") or "") in ("", "/Off"):
            continue
        if digambar_pembaca or ("/AP" not in benda and warisan(benda, "/FT") != "/Btn"):
            return True
    return False


def warisan(bidang: Any, kunci: str) -> Any:
    """A value of a form field, its own or the nearest parent's."""
    import pikepdf

    for _ in range(10):
        if not isinstance(bidang, pikepdf.Dictionary) or kunci in bidang:
            break
        bidang = bidang.get("/Parent")
    return bidang.get(kunci) if isinstance(bidang, pikepdf.Dictionary) else None


def lucuti_halaman(halaman: Any) -> None:
    for kunci in set(halaman.obj.keys()) - KUNCI_HALAMAN:
        del halaman.obj[kunci]


def bersihkan(dokumen: Any) -> None:
    """Walk every object: drop active keys, refuse oversized streams and pictures, strip metadata of JPEG scans."""
    import pikepdf

    tumpukan, langkah = list(dokumen.objects), 0
    while tumpukan:
        benda, langkah = tumpukan.pop(), langkah + 1
        if langkah > MAKS_SIMPUL:
            raise Tolak("berat")
        if isinstance(benda, pikepdf.Stream):
            periksa_aliran(benda)
        if isinstance(benda, (pikepdf.Stream, pikepdf.Dictionary)):
            for kunci in [k for k, nilai in benda.items() if k in KUNCI_AKTIF or is_aksi(nilai)]:
                del benda[kunci]
            anak = [nilai for _, nilai in benda.items()]
        elif isinstance(benda, pikepdf.Array):
            anak = list(benda)
        else:
            continue
        # What is indirect is in the list already, and following it could run in circles.
        tumpukan.extend(n for n in anak if isinstance(n, pikepdf.Object) and not n.is_indirect)


def is_aksi(nilai: Any) -> bool:
    """An action under whatever key; by its value, since `/A` may also be the name of a font."""
    import pikepdf

    return isinstance(nilai, pikepdf.Dictionary) and str(nilai.get("/S", "")) in AKSI


def periksa_aliran(aliran: Any) -> None:
    saring = aliran.get("/Filter")
    if aliran.get("/Subtype") == "/Image":
        if int(aliran.get("/Width", 0)) * int(aliran.get("/Height", 0)) > MAKS_PIKSEL:
            raise Tolak("piksel")
        if saring == "/DCTDecode":
            gambar = tanpa_metadata(aliran.read_raw_bytes())
            aliran.write(gambar, filter=saring, decode_parms=aliran.get("/DecodeParms"))
    elif saring is not None and len(aliran.read_bytes()) > MAKS_ALIRAN:
        raise Tolak("berat")


def tanpa_metadata(isi: bytes) -> bytes:
    """A JPEG without EXIF, XMP, ICC, IPTC and comments: of APPn only JFIF and Adobe's colour flag stay.

    Inside a PDF the page says which colours are meant, so the picture's own profile is not needed.
    """
    keluar, posisi = bytearray(isi[:2]), 2
    while posisi + 4 <= len(isi) and isi[posisi] == 0xFF and isi[posisi + 1] != 0xDA:
        tanda, panjang = isi[posisi + 1], int.from_bytes(isi[posisi + 2 : posisi + 4])
        if tanda in {0xE0, 0xEE} or not (0xE0 <= tanda <= 0xEF or tanda == 0xFE):
            keluar += isi[posisi : posisi + 2 + panjang]
        posisi += 2 + panjang
    return bytes(keluar + isi[posisi:])


def utama(tugas: str, *pilihan: str) -> None:
    isi = sys.stdin.buffer.read()
    kerja: dict[str, Any] = {"gambar": gambar, "foto": foto, "pdf": pdf}
    try:
        bagian, keterangan = kerja[tugas](isi, *pilihan)
        jawaban: dict[str, Any] = {"panjang": [len(b) for b in bagian], **keterangan}
    except Tolak as galat:
        bagian, jawaban = [], {"galat": galat.args[0]}
    except (MemoryError, RecursionError):
        bagian, jawaban = [], {"galat": "berat"}
    sys.stdout.buffer.write(json.dumps(jawaban).encode() + b"\n" + b"".join(bagian))


if __name__ == "__main__":
    batasi()
    utama(*sys.argv[1:])
