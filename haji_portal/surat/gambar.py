"""HTML -> PDF with WeasyPrint: bundled assets only, the same input gives the same bytes.

WeasyPrint is imported inside the functions: it takes half a second and most processes never draw.
"""

from __future__ import annotations

import atexit
import base64
import io
import threading
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import segno
from django.contrib.staticfiles import finders

# A made-up origin that the fetcher maps onto static/: relative addresses inside the stylesheet resolve against it.
ASAL = "https://aset.invalid/static/"
AKHIRAN = {".css": "text/css", ".woff2": "font/woff2", ".svg": "image/svg+xml", ".png": "image/png"}
DATA_BOLEH = ("data:image/png;base64,", "data:image/jpeg;base64,", "data:image/svg+xml;base64,")
BIDANG_TTD = "TTE"
TEMPAT_TTD = "XXTempatTTE"
"""Catalog entry of a letter that a service signs: [page number from 1, left, bottom, right, top], in points."""
# Pango's font map belongs to the process; two threads drawing at once is not worth finding out.
_kunci = threading.Lock()


class AsetDitolak(ValueError):
    """A letter asked for something that is not a bundled asset."""


def baca_aset(url: str) -> tuple[bytes, str]:
    """Bytes and media type of a bundled static file. Raises AsetDitolak for every other address."""
    bagian = urlsplit(url)
    akhiran = Path(bagian.path).suffix.lower()
    if not url.startswith(ASAL) or akhiran not in AKHIRAN:
        raise AsetDitolak("address outside the bundled assets")
    nama = unquote(bagian.path.removeprefix("/static/"))
    if ".." in Path(nama).parts or nama.startswith("/") or "\\" in nama:
        raise AsetDitolak("path leaves the bundled assets")
    berkas = finders.find(nama)
    if not isinstance(berkas, str):
        raise AsetDitolak(f"no bundled asset {nama!r}")
    return Path(berkas).read_bytes(), AKHIRAN[akhiran]


@cache
def _pengambil() -> Any:
    from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

    class PengambilAset(URLFetcher):
        """Opens no socket and no file outside static/; a refused address stops the rendering."""

        def fetch(self, url: str, headers: Any = None) -> Any:
            if url.startswith(DATA_BOLEH):
                kepala, _, isi = url.partition(",")
                jenis = kepala.removeprefix("data:").removesuffix(";base64")
                return URLFetcherResponse(url, base64.b64decode(isi), {"Content-Type": jenis})
            try:
                isi_berkas, jenis = baca_aset(url)
            except AsetDitolak as galat:
                raise FatalURLFetchingError(str(galat)) from galat
            return URLFetcherResponse(url, isi_berkas, {"Content-Type": jenis})

    return PengambilAset()


@cache
def _gaya() -> tuple[Any, Any]:
    """The letter stylesheet and the font configuration that its @font-face rules filled, once per process."""
    from weasyprint import CSS
    from weasyprint.text.fonts import FontConfiguration

    fonta = FontConfiguration()
    # Its finaliser needs the font library, which is gone when the interpreter clears the modules.
    atexit.register(_gaya.cache_clear)
    return CSS(url=ASAL + "css/surat.css", url_fetcher=_pengambil(), font_config=fonta), fonta


def buat_pdf(html: str, ttd: str = "", *, isian: bool = False) -> bytes:
    """Draw a letter; the PDF/UA-1 variant is requested (tags, title, language), conformance is not certified.

    ttd: "bidang" puts an empty signature field over the element `id="ttd"`, "tempat" only notes in the catalog where
    it is, for a service that makes its own field. isian: inputs become fields that a reader can fill in. Raises
    AsetDitolak when an address in the HTML is not a bundled asset, and LookupError when the place was asked for and
    the element is missing.
    """
    from weasyprint import HTML
    from weasyprint.urls import FatalURLFetchingError

    with _kunci:
        try:
            gaya, fonta = _gaya()
            dokumen = HTML(string=html, base_url=ASAL, url_fetcher=_pengambil()).render(
                stylesheets=[gaya], font_config=fonta, pdf_variant="pdf/ua-1", pdf_forms=isian
            )
            akhiri = {"bidang": _pasang_bidang, "tempat": _catat_tempat}.get(ttd)
            return dokumen.write_pdf(finisher=akhiri, pdf_variant="pdf/ua-1", pdf_forms=isian)
        except FatalURLFetchingError as galat:
            # WeasyPrint's is a BaseException, so that its own handlers let it pass; ours must not end a worker.
            raise AsetDitolak(str(galat)) from galat


def _kotak_ttd(dokumen: Any) -> tuple[int, list[float]]:
    """(index of the page, [left, bottom, right, top] in points) of the element `id="ttd"`."""
    for indeks, halaman in enumerate(dokumen.pages):
        if "ttd" in halaman.anchors:
            x1, y1, x2, y2 = halaman.anchors["ttd"]
            return indeks, [round(n * 0.75, 2) for n in (x1, halaman.height - y2, x2, halaman.height - y1)]
    raise LookupError('the letter has no element id="ttd" for the signature')


def _catat_tempat(dokumen: Any, pdf: Any) -> None:
    import pydyf

    indeks, kotak = _kotak_ttd(dokumen)
    pdf.catalog[TEMPAT_TTD] = pydyf.Array([indeks + 1, *kotak])


def _pasang_bidang(dokumen: Any, pdf: Any) -> None:
    """Add the signature field to the finished document, deterministically, so that the frozen PDF already has it."""
    import pydyf

    indeks, kotak = _kotak_ttd(dokumen)
    bidang = pydyf.Dictionary(
        {
            "Type": "/Annot",
            "Subtype": "/Widget",
            "FT": "/Sig",
            "T": pydyf.String(BIDANG_TTD),
            "TU": pydyf.String("Tanda tangan elektronik"),
            "Rect": pydyf.Array(kotak),
            "F": 132,
            "P": pdf.page_references[indeks],
        }
    )
    pdf.add_object(bidang)
    isi_halaman = pdf.objects[pdf.pages["Kids"][3 * indeks]]
    isi_halaman["Annots"] = pydyf.Array([*isi_halaman.get("Annots", []), bidang.reference])
    pdf.catalog["AcroForm"] = pydyf.Dictionary({"Fields": pydyf.Array([bidang.reference])})


def qr_data_uri(alamat: str) -> str:
    """QR of an address as an SVG data URI (error level M, without its own quiet zone: the layout gives it)."""
    tampung = io.BytesIO()
    segno.make(alamat, error="m", micro=False).save(
        tampung, kind="svg", border=0, dark="#12241c", omitsize=True, xmldecl=False
    )
    return f"data:image/svg+xml;base64,{base64.b64encode(tampung.getvalue()).decode('ascii')}"


def data_uri_gambar(isi: bytes | memoryview | None) -> str:
    """JPEG or PNG bytes as a data URI; anything else, and nothing, gives an empty string."""
    mentah = bytes(isi or b"")
    if mentah.startswith(b"\xff\xd8\xff"):
        jenis = "jpeg"
    elif mentah.startswith(b"\x89PNG\r\n\x1a\n"):
        jenis = "png"
    else:
        return ""
    return f"data:image/{jenis};base64,{base64.b64encode(mentah).decode('ascii')}"
