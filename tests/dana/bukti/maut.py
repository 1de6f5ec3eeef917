"""One scene in a child of its own, which dies at a chosen point: before or after a statement, or a call to the partner.

The child has its own connections; what it did to the database and to the partner's book stays, all else is gone.
"""

from __future__ import annotations

import itertools
import os
import pickle
import traceback
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db import connection

from haji_portal.dana.models import Pemutus
from haji_portal.dana.simulasi import Simulator
from haji_portal.dana.simulasi.buku import Buku
from tests.dana.tanah import ajukan, buka_induk

from .adegan import Adegan
from .dunia import UANG, Dunia

GUGUR = 9
"""How a child ends that died where it should."""
LIHAT = (
    "diterima", "tanpa_jawaban", "asing", "dikirim", "permintaan", "jawaban", "tak_jelas", "petugas",
    "bohong", "manfaat_lain",
)  # fmt: skip
_urut = itertools.count(1)


@dataclass(frozen=True)
class Titik:
    """Where to die. apa: sql or panggilan; n: which one, from 1; sesudah: when it was done."""

    apa: str
    n: int
    sesudah: bool

    def __str__(self) -> str:
        return f"{'after' if self.sesudah else 'before'} {self.apa} {self.n}"


class Panggung:
    """Plays scenes, each time with a case of its own. folder: for the partner's books."""

    def __init__(self, folder: Path, jam: Any, monkeypatch: Any) -> None:
        self.folder, self.jam = folder, jam
        monkeypatch.setattr("haji_portal.dana.mitra.panggilan.panggil", lambda *a, **k: self.d.panggil(*a, **k))
        self.d: Dunia

    def main(self, adegan: Adegan, titik: Titik | None) -> tuple[bool, list[Titik], list[Any]]:
        """Whether it died; at which points it may die; and where everything ended after the sweep."""
        nomor = next(_urut)
        Pemutus.objects.all().delete()
        self.buku = self.folder / f"{nomor}.sqlite3"
        self.d = Dunia(nomor, [], self.jam, buku=Buku(self.buku, id=f"maut{nomor}"))
        induk = buka_induk()
        ajukan(induk)
        self.d.induk = self.d.saksi.induk = (induk.pk,)
        adegan.siap(self.d)
        mati, semua = self._cabang(adegan, titik)
        self.d.sim.mati = False
        self.d.saksi.periksa()
        self.d.tenang((*UANG, "alur.induk"), pulih=False)
        self.d.saksi.periksa_tenang()
        akhir = self.akhir()
        self.d.sim.buku.db.close()
        return mati, semua, akhir

    def akhir(self) -> list[Any]:
        """Where the money is, in both books, and what was decided about every event that somebody sent."""
        saksi = self.d.saksi
        kabar = sorted(
            hasil or "" for mitra, nomor, _, _, hasil, _ in saksi.putusan() if (mitra, nomor) in saksi.diterima
        )
        return [
            [(p.tahap, p.nilai_manfaat, saksi.sisih(p), saksi.benar(p.nomor)) for p in saksi.baris()],
            saksi.saldo(self.d.induk[0]), kabar,
        ]  # fmt: skip

    def _cabang(self, adegan: Adegan, titik: Titik | None) -> tuple[bool, list[Titik]]:
        catatan = self.folder / "catatan"
        catatan.unlink(missing_ok=True)
        self.d.sim.buku.db.close()
        connection.close()
        if (pid := os.fork()) == 0:
            _anak(self, adegan, titik, catatan)
        kode = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
        assert kode in (0, GUGUR), f"{adegan.nama}: the child failed ({kode})"
        self.buka_buku()
        isi = pickle.loads(catatan.read_bytes())
        for nama in LIHAT:
            setattr(self.d.saksi, nama, isi["saksi"][nama])
        for nama in ("permintaan", "petugas"):
            setattr(self.d.saksi, nama, defaultdict(set, isi["saksi"][nama]))
        self.d.di_jalan, self.d.nomor = isi["di_jalan"], isi["nomor"]
        if kode == GUGUR:
            self.d.curiga()
        return kode == GUGUR, isi["titik"]

    def buka_buku(self) -> None:
        """The partner as its book has it: no connection outlives a fork."""
        mati = self.d.sim.mati
        self.d.sim = Simulator(self.d.antar, jam=self.d.jam, benih=self.d.sim.benih, buku=Buku(self.buku))
        self.d.sim.mati = mati


def _anak(panggung: Panggung, adegan: Adegan, titik: Titik | None, catatan: Path) -> None:
    """Never returns."""
    kode = 1
    try:
        panggung.buka_buku()
        maut = Maut(panggung.d, titik, catatan)
        asli, panggung.d.panggil = panggung.d.panggil, maut.panggil  # type: ignore[method-assign]
        maut.asli = asli
        with connection.execute_wrapper(maut.sql):
            adegan.kerja(panggung.d)
        maut.tulis()
        kode = 0
    except BaseException:  # noqa: BLE001
        traceback.print_exc()
    finally:
        os._exit(kode)


class Maut:
    """Counts statements and calls, and ends the process at one of them.

    Between two statements there is nothing to lose, so "after n" is another point than "before n + 1" only where a
    commit or a call lies between them.
    """

    asli: Any

    def __init__(self, d: Dunia, titik: Titik | None, catatan: Path) -> None:
        self.d, self.titik, self.catatan = d, titik, catatan
        self.jumlah = {"sql": 0, "panggilan": 0}
        self.semua: list[Titik] = []
        self.terakhir: Titik | None = None
        simpan = connection._commit

        def commit() -> None:
            self._batas()
            simpan()

        connection._commit = commit  # type: ignore[method-assign]

    def sql(self, jalankan: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        return self._titik("sql", lambda: jalankan(sql, params, many, context))

    def panggil(self, *isi: Any, **lain: Any) -> Any:
        self._batas()
        try:
            return self._titik("panggilan", lambda: self.asli(*isi, **lain))
        finally:
            self._batas()

    def _batas(self) -> None:
        """Something that stays happens now: dying just before it is a point of its own."""
        if self.terakhir is not None:
            self.semua.append(self.terakhir)
        self.terakhir = None

    def _titik(self, apa: str, kerja: Any) -> Any:
        self.jumlah[apa] += 1
        self.semua.append(Titik(apa, self.jumlah[apa], False))
        self.terakhir = Titik(apa, self.jumlah[apa], True)
        if self.semua[-1] == self.titik:
            self.gugur()
        try:
            return kerja()
        finally:
            if Titik(apa, self.jumlah[apa], True) == self.titik:
                self.gugur()

    def gugur(self) -> None:
        for (mitra, nomor), (badan, _) in self.d.di_jalan.items():
            self.d.saksi.pintu(mitra, nomor, badan, 0)
        self.tulis()
        os._exit(GUGUR)

    def tulis(self) -> None:
        self._batas()
        saksi = {nama: getattr(self.d.saksi, nama) for nama in LIHAT}
        saksi["permintaan"], saksi["petugas"] = dict(saksi["permintaan"]), dict(saksi["petugas"])
        isi = {"saksi": saksi, "titik": self.semua, "di_jalan": self.d.di_jalan, "nomor": self.d.nomor}
        self.catatan.write_bytes(pickle.dumps(isi))
