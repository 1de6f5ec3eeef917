"""A statement's rows: read from what a partner's system or a file says, kept as one JSON, read back from there."""

from __future__ import annotations

import datetime
import hashlib
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, astuple, dataclass
from typing import Any

from haji_portal.jemaah.nik import samarkan_rekening

NOMOR = re.compile(r"\b[A-Z]{2,4}-KD-[0-9]{2}-[0-9A-HJKMNP-TV-Z]{6}\b")
"""Our reference wherever it stands in the line that a bank prints."""
RUJUKAN_BANK = re.compile(r"[0-9A-Za-z][0-9A-Za-z ./_-]{2,59}")
BERHASIL, DIKEMBALIKAN, GAGAL, TERTUNDA = "berhasil", "dikembalikan", "gagal", "tertunda"
STATUS = (BERHASIL, DIKEMBALIKAN, GAGAL, TERTUNDA)
ANGKA = re.compile(r"[0-9](?:[ .-]?[0-9]){7,}")


@dataclass(frozen=True)
class BarisMutasi:
    """One row. urut: where it stands (1 = first, of a file the row that Excel shows); nomor: our reference, "" when
    none or two stand there; rekening, atas_nama: "" when the statement does not have them; jumlah in whole rupiah.
    """

    urut: int
    tanggal: datetime.date
    rujukan: str
    rujukan_bank: str
    jumlah: int
    mata_uang: str = "IDR"
    rekening: str = ""
    atas_nama: str = ""
    status: str = BERHASIL

    @property
    def nomor(self) -> str:
        return nomor_dalam(self.rujukan)


def nomor_dalam(teks: str) -> str:
    """Our one reference in a free text; "" when there is none, or more than one."""
    temu = set(NOMOR.findall(teks.upper()))
    return temu.pop() if len(temu) == 1 else ""


def dari_mitra(baris: Iterable[Mapping[str, Any]]) -> list[BarisMutasi]:
    """The rows of a statement that came by HTTP, in an order of their own: another order is no other statement.

    Raises ValueError for a day that does not exist.
    """
    semua = [
        BarisMutasi(
            0, _hari(b["tanggal"]), str(b["referensi"]).strip()[:200], str(b["rujukan_bank"]).strip()[:60],
            int(b["jumlah"]), str(b["mata_uang"]).upper(), re.sub(r"[\s.-]", "", str(b.get("rekening") or "")),
            " ".join(str(b.get("atas_nama") or "").split())[:120], str(b["status"]),
        )
        for b in baris
    ]  # fmt: skip
    return [BarisMutasi(ke, *astuple(b)[1:]) for ke, b in enumerate(sorted(semua, key=astuple), 1)]


def simpanan(baris: Sequence[BarisMutasi]) -> bytes:
    """The form in which a statement is kept; the same rows give the same bytes."""
    isi = [asdict(b) | {"tanggal": b.tanggal.isoformat()} for b in baris]
    return json.dumps(isi, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def sidik(isi: bytes) -> str:
    return hashlib.sha256(isi).hexdigest()


def dari_simpanan(isi: bytes) -> list[BarisMutasi]:
    return [BarisMutasi(**(b | {"tanggal": _hari(b["tanggal"])})) for b in json.loads(isi)]


def samaran(b: BarisMutasi) -> dict[str, str]:
    """What of the reference and the account may stand on a page: our number whole, other long numbers hidden."""
    bersih = b.nomor or ANGKA.sub("••••", b.rujukan)
    return {"rujukan": bersih[:60], "rekening": samarkan_rekening(b.rekening)[:30]}


def _hari(nilai: Any) -> datetime.date:
    return nilai if isinstance(nilai, datetime.date) else datetime.date.fromisoformat(str(nilai))
