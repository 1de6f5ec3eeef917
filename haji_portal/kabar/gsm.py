"""What an SMS costs: GSM 03.38 septets or UCS-2, and the number of segments. No Django, no database."""

from __future__ import annotations

from dataclasses import dataclass

DASAR = (
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿"
    "abcdefghijklmnopqrstuvwxyzäöñüà"
)
# Each takes two septets (escape and character).
TAMBAHAN = "^{}\\[~]|€"
# Typographic signs of our texts that would turn the whole SMS into UCS-2 and more than double its price.
RATA = str.maketrans({"“": '"', "”": '"', "‘": "'", "’": "'", "–": "-", "—": "-", "…": "...", "•": "*", "\u00a0": " "})
SATU_GSM, BANYAK_GSM = 160, 153
SATU_UCS, BANYAK_UCS = 70, 67


@dataclass(frozen=True)
class Panjang:
    """`satuan`: septets, or UTF-16 units when `gsm` is False; `segmen`: SMS that the network charges."""

    satuan: int
    segmen: int
    gsm: bool


def ratakan(teks: str) -> str:
    """The text with plain quotes and dashes, trimmed, one line break at most in a row."""
    baris = [" ".join(b.split()) for b in teks.translate(RATA).splitlines()]
    return "\n".join(b for b in baris if b)


def ukur(teks: str) -> Panjang:
    """Length and number of segments; an empty text is one segment."""
    if all(c in DASAR or c in TAMBAHAN for c in teks):
        satuan = [2 if c in TAMBAHAN else 1 for c in teks]
        return Panjang(sum(satuan), _segmen(satuan, SATU_GSM, BANYAK_GSM), True)
    satuan = [len(c.encode("utf-16-le")) // 2 for c in teks]
    return Panjang(sum(satuan), _segmen(satuan, SATU_UCS, BANYAK_UCS), False)


def _segmen(satuan: list[int], satu: int, banyak: int) -> int:
    """No character is split over two segments, so a long text may need one more than its length says."""
    if sum(satuan) <= satu:
        return 1
    segmen, isi = 1, 0
    for lebar in satuan:
        if isi + lebar > banyak:
            segmen, isi = segmen + 1, 0
        isi += lebar
    return segmen
