"""Which SOP tables the contract walks: every table of every open service that names steps. No database needed.

A further service joins by its `<app>/contoh.py` alone:

    buka_contoh(kantor, urut) -> Hasil     opens an invented case (`varian=` too, where its tables have variants, and
                                           `layanan=` for a table of another way, such as the electronic one)
    isian(perkara, langkah) -> dict        what an officer would fill in at a step

Where a branch needs ground that the plain path does not bring (papers marked as missing, a lost photo), the test ground
`tests/<app>/tanah.py` may add `bukakan(perkara, langkah)`, which prepares the case for that step. Where a step waits
for another case (a journal that is signed, money that arrives), `siapkan(perkara, langkah)` there brings that about; it
leaves alone what is so already, and never touches the case itself. A kind of case that follows no table is opened there
by `buka(jenis, urut)`.
"""

from __future__ import annotations

import datetime
import importlib
import importlib.util
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.apps import apps

from haji_portal.akun.models import Kantor
from haji_portal.akun.muat import DATA
from haji_portal.alur.apps import JenisPerkara, model_perkara, semua_jenis
from haji_portal.alur.deklarasi import mesin
from haji_portal.alur.jalankan import Hasil
from haji_portal.alur.models import Permohonan
from haji_portal.alur.muat import baca_sop, berkas_sop
from haji_portal.berkas_yaml import baca_yaml

# National tables of cases that belong to the centre and not to a district office.
PUSAT = {"pembatalan-validasi-reversal": "pusat"}


@dataclass(frozen=True)
class Tabel:
    """One SOP table and an office that follows it."""

    kode: str
    layanan: str
    slug: str
    varian: str

    @property
    def jenis(self) -> JenisPerkara:
        return next(j for j in semua_jenis() if self.layanan in j.layanan_sop)

    @property
    def model(self) -> type[Permohonan]:
        return model_perkara(self.jenis.jenis)

    @property
    def app(self) -> str:
        """The app that declares this kind of case: `<app>/contoh.py` and `tests/<app>/tanah.py` belong to it."""
        return self.model._meta.app_label

    @property
    def kantor(self) -> Kantor:
        return Kantor.objects.get(slug=self.slug)

    @property
    def baris(self) -> list[dict[str, Any]]:
        return _isi()[self.kode]["langkah"]

    def buka(self, urut: int, **lain: Any) -> Hasil:
        if self.varian:
            lain["varian"] = self.varian
        if self.layanan != self.app:
            lain["layanan"] = self.layanan
        return self._modul.buka_contoh(self.kantor, urut, **lain)

    def isian(self, perkara: Permohonan, langkah: str) -> dict[str, Any]:
        """What is filled in at a step, once that has happened elsewhere on which the step waits."""
        self._tanah("siapkan", perkara, langkah)
        return self._modul.isian(perkara, langkah)

    def bukakan(self, perkara: Permohonan, langkah: str) -> None:
        """Prepare the ground for a branch, when the service's test ground knows how."""
        self._tanah("siapkan", perkara, langkah)
        self._tanah("bukakan", perkara, langkah)

    def _tanah(self, fungsi: str, *isi: Any) -> Any:
        nama = f"tests.{self.app}.tanah"
        if importlib.util.find_spec(nama) and hasattr(tanah := importlib.import_module(nama), fungsi):
            return getattr(tanah, fungsi)(*isi)
        return None

    @property
    def _modul(self) -> Any:
        return importlib.import_module(f"{apps.get_app_config(self.app).name}.contoh")


class TanpaTabel(Tabel):
    """A kind of case beside the services that follows no table: its steps in the order of the source."""

    @property
    def jenis(self) -> JenisPerkara:
        return next(j for j in semua_jenis() if j.jenis == self.layanan)

    @property
    def baris(self) -> list[dict[str, Any]]:
        langkah = dict.fromkeys(lk.nama for lk in mesin(self.model) if not lk.cabang)
        return [{"transisi": list(langkah), "surat": []}]

    def buka(self, urut: int, **lain: Any) -> Hasil:
        """Opened by the test ground: such a case comes out of another one."""
        return self._tanah("buka", self.layanan, urut)


@cache
def _isi() -> dict[str, dict[str, Any]]:
    hari_ini = datetime.date.today()
    semua = [baca_sop(p) for p in berkas_sop()]
    return {
        t["kode"]: t for t in semua if t["berlaku_dari"] <= hari_ini and (t["berlaku_sampai"] or hari_ini) >= hari_ini
    }


@cache
def tanpa_tabel() -> list[Tabel]:
    """The kinds of cases that follow no table."""
    return [TanpaTabel(j.jenis, j.jenis, "", "") for j in semua_jenis() if not j.layanan_sop]


@cache
def semua_tabel() -> list[Tabel]:
    """The tables of open services that name steps; a national table with an office that has no own one."""
    terbuka = {layanan for j in semua_jenis() for layanan in j.layanan_sop}
    isi = [t for t in _isi().values() if t["layanan"] in terbuka and any(b["transisi"] for b in t["langkah"])]
    kabkota = [k["slug"] for k in baca_yaml(DATA)["kantor"] if k["jenis"] == "kabkota"]
    hasil = []
    for t in isi:
        varian = t.get("varian") or ""
        punya = {lain["kantor"] for lain in isi if lain["layanan"] == t["layanan"] and (lain["varian"] or "") == varian}
        slug = t["kantor"] if t["kantor"] != "nasional" else next(s for s in kabkota if s not in punya)
        slug = PUSAT.get(t["layanan"], slug)
        hasil.append(Tabel(t["kode"], t["layanan"], slug, varian))
    return hasil


@cache
def wakil() -> dict[str, Tabel]:
    """Code of each of those tables -> the first of the same service with the same rows, word by word: that one is
    walked. The others differ in their office and in nothing that a walk meets; they are gone along straight."""
    pertama: dict[tuple[str, ...], Tabel] = {}
    return {t.kode: pertama.setdefault((t.layanan, t.varian, repr(t.baris)), t) for t in semua_tabel()}


def tabel_berbeda() -> list[Tabel]:
    """Each set of rows once."""
    return list(dict.fromkeys(wakil().values()))


def rentang(t: Tabel) -> list[dict[str, Any]]:
    """Deadlines of a table that span rows."""
    return _isi()[t.kode]["rentang"]
