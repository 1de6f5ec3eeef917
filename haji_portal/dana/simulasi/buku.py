"""The simulator's own book: one SQLite file, its own connection, never the portal's database.

Whoever uses it holds the simulator's lock. Times are seconds since 1970 on the simulator's clock.
"""

from __future__ import annotations

import json
import secrets
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

SIMPAN_CATATAN = 300
"""Lines of the log that are kept."""
BAGAN = """
CREATE TABLE IF NOT EXISTS diri (nama TEXT PRIMARY KEY, nilai TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS pembayaran (
  referensi TEXT PRIMARY KEY, urut INTEGER NOT NULL UNIQUE, porsi TEXT, data TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS pembayaran_porsi ON pembayaran (porsi);
CREATE TABLE IF NOT EXISTS mutasi (hari TEXT NOT NULL, referensi TEXT NOT NULL, jenis TEXT NOT NULL,
  PRIMARY KEY (hari, referensi, jenis));
CREATE TABLE IF NOT EXISTS tindakan (pk INTEGER PRIMARY KEY, tempo REAL NOT NULL, referensi TEXT, langkah TEXT);
CREATE INDEX IF NOT EXISTS tindakan_tempo ON tindakan (tempo);
CREATE TABLE IF NOT EXISTS kabar (pk INTEGER PRIMARY KEY, tempo REAL, referensi TEXT, data TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS kabar_tempo ON kabar (tempo) WHERE tempo IS NOT NULL;
CREATE TABLE IF NOT EXISTS setoran (nomor TEXT PRIMARY KEY, porsi TEXT, jumlah INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS sakelar (nama TEXT PRIMARY KEY, nilai TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS catatan (pk INTEGER PRIMARY KEY, waktu REAL, teks TEXT);
"""


@dataclass
class Pembayaran:
    """One request and what became of it. waktu: when it reached each status; ulah: switches that it drew.

    status is the partner's truth: diproses, spm_terbit, ditransfer, diterima, gagal, retur. Amounts in rupiah.
    kembali: the owner paid the deposit back, so that it lies here again.
    """

    referensi: str
    urut: int
    isi: dict[str, Any]
    status: str = "diproses"
    manfaat: int = 0
    nomor_spm: str = ""
    rujukan_bank: str = ""
    alasan: str = ""
    waktu: dict[str, float] = field(default_factory=dict)
    ulah: dict[str, float] = field(default_factory=dict)
    ditolak: bool = False
    lupa: bool = False
    manual: bool = False
    kembali: bool = False

    @property
    def setoran(self) -> int:
        return int(self.isi["rincian"]["setoran"])


@dataclass
class Berita:
    """One event on its way to the portal. palsu: how it is forged, or "".

    hasil: menunggu, sampai, ditolak (a forgery), menyerah. jawaban: the last HTTP status, 0 without one.
    """

    referensi: str
    id_webhook: str
    mitra: str
    event: str
    badan: str
    palsu: str = ""
    percobaan: int = 0
    hasil: str = "menunggu"
    jawaban: int = 0


class Buku:
    """Everything that a restart must not forget. Without a file it lives in memory (tests).

    id: stands in every number that is given out; kept in the file, made by chance when it is new.
    """

    def __init__(self, berkas: Path | None = None, id: str = "") -> None:
        if berkas is not None:
            berkas.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            berkas.touch(mode=0o600)
        self.db = sqlite3.connect(berkas or ":memory:", check_same_thread=False, isolation_level=None)
        self.db.executescript(BAGAN)
        self.id = self.diri("id") or self.tulis_diri("id", id or secrets.token_hex(4))

    @contextmanager
    def bersama(self) -> Iterator[None]:
        """All or nothing: what is written inside stands together, also when the process is killed."""
        if self.db.in_transaction:
            yield
            return
        self.db.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            self.db.execute("ROLLBACK")
            raise
        self.db.execute("COMMIT")

    def diri(self, nama: str) -> str:
        baris = self.db.execute("SELECT nilai FROM diri WHERE nama = ?", (nama,)).fetchone()
        return str(baris[0]) if baris else ""

    def tulis_diri(self, nama: str, nilai: str) -> str:
        self.db.execute("INSERT OR REPLACE INTO diri VALUES (?, ?)", (nama, nilai))
        return nilai

    def nomor(self, nama: str) -> int:
        """The next number of a series, from 1."""
        berikut = int(self.diri(nama) or 0) + 1
        self.tulis_diri(nama, str(berikut))
        return berikut

    def pembayaran(self, referensi: str) -> Pembayaran | None:
        baris = self.db.execute("SELECT data FROM pembayaran WHERE referensi = ?", (referensi,)).fetchone()
        return Pembayaran(**json.loads(baris[0])) if baris else None

    def simpan(self, p: Pembayaran) -> None:
        isi = (p.referensi, p.urut, p.isi.get("nomor_porsi"), json.dumps(vars(p)))
        self.db.execute("INSERT OR REPLACE INTO pembayaran VALUES (?, ?, ?, ?)", isi)

    def semua(self, batas: int = -1) -> Iterator[Pembayaran]:
        """Newest first."""
        for (data,) in self.db.execute("SELECT data FROM pembayaran ORDER BY urut DESC LIMIT ?", (batas,)).fetchall():
            yield Pembayaran(**json.loads(data))

    def milik_porsi(self, porsi: str) -> list[Pembayaran]:
        baris = self.db.execute("SELECT data FROM pembayaran WHERE porsi = ?", (porsi,)).fetchall()
        return [Pembayaran(**json.loads(data)) for (data,) in baris]

    def catat_mutasi(self, hari: str, referensi: str, jenis: str) -> None:
        """jenis: keluar (the transfer) or kembali (it came back)."""
        self.db.execute("INSERT OR IGNORE INTO mutasi VALUES (?, ?, ?)", (hari, referensi, jenis))

    def mutasi(self, hari: str) -> list[tuple[Pembayaran, frozenset[str]]]:
        """What moved on a day, by reference: the payment and how it moved."""
        baris = self.db.execute(
            "SELECT p.data, group_concat(m.jenis) FROM mutasi m JOIN pembayaran p USING (referensi)"
            " WHERE m.hari = ? GROUP BY m.referensi ORDER BY p.urut",
            (hari,),
        )
        return [(Pembayaran(**json.loads(data)), frozenset(jenis.split(","))) for data, jenis in baris.fetchall()]

    def rencanakan(self, tempo: float, referensi: str, langkah: str) -> None:
        isi = (tempo, referensi, langkah)
        self.db.execute("INSERT INTO tindakan (tempo, referensi, langkah) VALUES (?, ?, ?)", isi)

    def ambil_tindakan(self, kini: float) -> tuple[str, str] | None:
        """The oldest act that is due, which is then no longer planned: reference and step."""
        baris = self.db.execute(
            "SELECT pk, referensi, langkah FROM tindakan WHERE tempo <= ? ORDER BY tempo, pk LIMIT 1", (kini,)
        ).fetchone()
        if baris is None:
            return None
        self.db.execute("DELETE FROM tindakan WHERE pk = ?", (baris[0],))
        return baris[1], baris[2]

    def antrekan(self, tempo: float, berita: Berita) -> None:
        isi = (tempo, berita.referensi, json.dumps(vars(berita)))
        self.db.execute("INSERT INTO kabar (tempo, referensi, data) VALUES (?, ?, ?)", isi)

    def kabar_tempo(self, kini: float) -> tuple[int, Berita] | None:
        """The oldest event that is due; it stays so until `simpan_kabar`: a crash repeats it."""
        baris = self.db.execute(
            "SELECT pk, data FROM kabar WHERE tempo <= ? ORDER BY tempo, pk LIMIT 1", (kini,)
        ).fetchone()
        return (baris[0], Berita(**json.loads(baris[1]))) if baris else None

    def simpan_kabar(self, pk: int, berita: Berita, tempo: float | None) -> None:
        """tempo: when it is sent again; None: never."""
        self.db.execute("UPDATE kabar SET tempo = ?, data = ? WHERE pk = ?", (tempo, json.dumps(vars(berita)), pk))

    def kabar(self, referensi: str = "") -> list[Berita]:
        """All events in the order they were written, of one payment or of all."""
        tanya = "SELECT data FROM kabar WHERE ? IN ('', referensi) ORDER BY pk"
        return [Berita(**json.loads(data)) for (data,) in self.db.execute(tanya, (referensi,)).fetchall()]

    def tempo_berikut(self) -> float | None:
        """When something is due next."""
        tanya = "SELECT min(t) FROM (SELECT min(tempo) t FROM tindakan UNION ALL SELECT min(tempo) FROM kabar)"
        return self.db.execute(tanya).fetchone()[0]

    def ingat_setoran(self, nomor: Iterable[str], porsi: str | None, jumlah: int) -> None:
        """A deposit under every number by which one may ask for it."""
        for satu in nomor:
            self.db.execute("INSERT OR IGNORE INTO setoran VALUES (?, ?, ?)", (satu, porsi, jumlah))

    def setoran(self, nomor: str) -> tuple[str | None, int] | None:
        """The porsi and the amount of a deposit, None when nobody told of it."""
        return self.db.execute("SELECT porsi, jumlah FROM setoran WHERE nomor = ?", (nomor,)).fetchone()

    def catat(self, waktu: float, teks: str) -> None:
        self.db.execute("INSERT INTO catatan (waktu, teks) VALUES (?, ?)", (waktu, teks))
        self.db.execute("DELETE FROM catatan WHERE pk <= (SELECT max(pk) FROM catatan) - ?", (SIMPAN_CATATAN,))

    def catatan(self, batas: int) -> list[tuple[float, str]]:
        """Newest first."""
        return self.db.execute("SELECT waktu, teks FROM catatan ORDER BY pk DESC LIMIT ?", (batas,)).fetchall()

    def sakelar(self) -> dict[str, str]:
        return dict(self.db.execute("SELECT nama, nilai FROM sakelar").fetchall())

    def tulis_sakelar(self, nama: str, nilai: str) -> None:
        self.db.execute("INSERT OR REPLACE INTO sakelar VALUES (?, ?)", (nama, nilai))
