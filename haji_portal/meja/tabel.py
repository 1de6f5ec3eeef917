"""Where the lines of an SOP chart run, cell by cell. Pure: plain dicts in, plain dicts out, no database, no HTML.

A chart is drawn inside a real table whose rows have any height, so a line is a chain of short segments, each named
after its place in one cell. `static/css/sop.css` knows the names:

    atas           top edge -> shape          kanal-kiri     left edge -> centre, in the channel above the shapes
    masuk          top edge -> channel        kanal-kanan    centre -> right edge, in the channel
    turun          channel -> shape           kanal-penuh    left edge -> right edge, in the channel
    bawah          shape -> bottom edge       tengah-*       the same three at the height of the shapes
    tembus         top edge -> bottom edge    jalur-*        the lane at the side, in which "tidak" goes back
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from typing import Any

Baris = dict[str, Any]
SUDAH = {"selesai"}
SAMPAI = {"selesai", "sekarang"}
LEWATI = {"tidak_perlu", "sebelum"}


def susun_garis(baris: list[Baris]) -> list[Baris]:
    """Add `sel` (one per column) and `punya_tepi` to every row, in place, and return the rows.

    A row gives `simbol` (one per column: None or {"bentuk": ...}), `tepi` (names of actors without a column, or ""),
    `keadaan` and `kembali_ke` (the `no` of the row to which "tidak" leads, or None). Optional: `masuk` and `keluar`,
    the columns where the line enters and leaves (default: nearest to the row before, and farthest from it), and
    `cabang` for a branch row that is shown outside the line. When any row has `tepi`, an edge column is put in front
    of the others and `punya_tepi` is True on all rows.
    """
    punya_tepi = any(b.get("tepi") for b in baris)
    for b in baris:
        b["punya_tepi"] = punya_tepi
        b["sel"] = _sel(b, punya_tepi)
    alur = [b for b in baris if _kolom(b) and not b.get("cabang") and b["keadaan"] not in LEWATI]
    _titik(alur, punya_tepi)
    for b in alur:
        _garis_dalam(b)
    for dari, ke in pairwise(alur):
        _garis_turun(baris, dari, ke)
    _garis_kembali(baris)
    return baris


def _sel(b: Baris, punya_tepi: bool) -> list[Baris]:
    sel = [{"simbol": s, "garis": [], "tepi": "", "label": []} for s in b.get("simbol", [])]
    if punya_tepi:
        nama = b.get("tepi") or ""
        bentuk = b.get("bentuk_tepi", "proses")
        sel.insert(0, {"simbol": {"bentuk": bentuk} if nama else None, "garis": [], "tepi": nama, "label": []})
    return sel


def _kolom(b: Baris) -> list[int]:
    return [i for i, sel in enumerate(b["sel"]) if sel["simbol"]]


def _jarak(dari: int) -> Callable[[int], int]:
    return lambda kolom: abs(kolom - dari)


def _titik(alur: list[Baris], punya_tepi: bool) -> None:
    """Choose for each row where the line enters (`_masuk`) and where it leaves (`_keluar`)."""
    geser = 1 if punya_tepi else 0
    sebelum: int | None = None
    for nomor, b in enumerate(alur):
        kolom = _kolom(b)
        if b.get("masuk") is not None:
            b["_masuk"] = b["masuk"] + geser
        else:
            b["_masuk"] = kolom[0] if sebelum is None else min(kolom, key=_jarak(sebelum))
        if b.get("keluar") is not None:
            b["_keluar"] = b["keluar"] + geser
        elif len(kolom) == 1 or nomor == len(alur) - 1:
            b["_keluar"] = kolom[-1] if b["_masuk"] == kolom[0] else kolom[0]
        else:
            b["_keluar"] = max(kolom, key=_jarak(b["_masuk"]))
        sebelum = b["_keluar"]


def _gores(sel: Baris, nama: str, jadi: bool, kembali: bool = False) -> None:
    sel["garis"].append(f"g-{nama}" + (" g-jadi" if jadi else "") + (" g-kembali" if kembali else ""))


def _datar(sel: list[Baris], dari: int, ke: int, tempat: str, jadi: bool, kembali: bool = False) -> None:
    """A horizontal line between the centres of two columns, in the channel ("kanal") or at mid height ("tengah")."""
    kiri, kanan = min(dari, ke), max(dari, ke)
    if kiri == kanan:
        return
    _gores(sel[kiri], f"{tempat}-kanan", jadi, kembali)
    for kolom in range(kiri + 1, kanan):
        _gores(sel[kolom], f"{tempat}-penuh", jadi, kembali)
    _gores(sel[kanan], f"{tempat}-kiri", jadi, kembali)


def _garis_dalam(b: Baris) -> None:
    kolom = _kolom(b)
    _datar(b["sel"], kolom[0], kolom[-1], "tengah", b["keadaan"] in SUDAH)


def _garis_turun(baris: list[Baris], dari: Baris, ke: Baris) -> None:
    """From the shape where one row leaves to the shape where the next enters; rows between are crossed."""
    jadi = dari["keadaan"] in SUDAH and ke["keadaan"] in SAMPAI
    kolom, sasaran = dari["_keluar"], ke["_masuk"]
    _gores(dari["sel"][kolom], "bawah", jadi)
    if _keputusan(dari) == kolom and dari.get("kembali_ke"):
        dari["sel"][kolom]["label"].append("ya")
    for antara in baris[baris.index(dari) + 1 : baris.index(ke)]:
        if antara["sel"][kolom]["simbol"] is None:
            _gores(antara["sel"][kolom], "tembus", jadi)
    if kolom == sasaran:
        _gores(ke["sel"][kolom], "atas", jadi)
        return
    _gores(ke["sel"][kolom], "masuk", jadi)
    _datar(ke["sel"], kolom, sasaran, "kanal", jadi)
    _gores(ke["sel"][sasaran], "turun", jadi)


def _keputusan(b: Baris) -> int | None:
    return next((k for k in _kolom(b) if b["sel"][k]["simbol"]["bentuk"] == "keputusan"), None)


def _garis_kembali(baris: list[Baris]) -> None:
    """The "tidak" of a decision: out to the lane at the side with fewer shapes in the way, up, and back in."""
    per_no = {b["no"]: i for i, b in enumerate(baris)}
    terpakai: dict[tuple[str, int], list[range]] = {}
    for bawah, b in enumerate(baris):
        atas = per_no.get(b.get("kembali_ke"))
        kolom = _keputusan(b)
        if atas is None or kolom is None or atas >= bawah or not _kolom(baris[atas]):
            continue
        sisi = _sisi(b, kolom, baris[atas])
        jalur = 1
        while any(r.start <= bawah and atas < r.stop for r in terpakai.get((sisi, jalur), [])) and jalur < 3:
            jalur += 1
        terpakai.setdefault((sisi, jalur), []).append(range(atas, bawah + 1))
        _ke_jalur(b["sel"], kolom, sisi, jalur, "naik")
        b["sel"][kolom]["label"].append(f"tidak-{sisi}")
        ujung = 0 if sisi == "kiri" else -1
        for antara in baris[atas + 1 : bawah]:
            _gores(antara["sel"][ujung], f"jalur-{sisi}-{jalur} g-jalur-penuh", False, True)
        sasaran = _kolom(baris[atas])[ujung]
        _ke_jalur(baris[atas]["sel"], sasaran, sisi, jalur, "tiba")


def _sisi(b: Baris, kolom: int, tujuan: Baris) -> str:
    kanan = sum(k > kolom for k in _kolom(b)) * 10 + len(b["sel"]) - 1 - kolom + len(b["sel"]) - 1 - _kolom(tujuan)[-1]
    kiri = sum(k < kolom for k in _kolom(b)) * 10 + kolom + _kolom(tujuan)[0]
    return "kiri" if kiri < kanan else "kanan"


def _ke_jalur(sel: list[Baris], kolom: int, sisi: str, jalur: int, arah: str) -> None:
    """The part inside one row: between a shape and the lane, and the half of the lane itself ("naik" or "tiba")."""
    ujung = 0 if sisi == "kiri" else len(sel) - 1
    if kolom == ujung:
        _gores(sel[kolom], f"pusat-{sisi} g-jalur-{sisi}-{jalur}", False, True)
    else:
        _gores(sel[kolom], f"tengah-{sisi}", False, True)
        for k in range(min(kolom, ujung) + 1, max(kolom, ujung)):
            _gores(sel[k], "tengah-penuh", False, True)
        _gores(sel[ujung], f"tepi-{sisi} g-jalur-{sisi}-{jalur}", False, True)
    _gores(sel[ujung], f"jalur-{sisi}-{jalur} g-jalur-{arah}", False, True)
    if arah == "tiba":
        sel[kolom]["garis"].append(f"g-panah-{sisi} g-kembali")
