"""Where a case stands in its SOP: which steps its table knows, in which order, by whom, and what is done.

Pure reading: everything here is computed from the machine, the case's SOP rows and its Riwayat of this round.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from haji_portal.akun.models import Kantor, Peran
from haji_portal.berkas_yaml import baca_yaml

from .deklarasi import Langkah, cari_langkah, langkah_dari, mesin
from .kantor import kantor_peran
from .models import SOP, Riwayat

if TYPE_CHECKING:
    from .models import LangkahSOP, Permohonan


@lru_cache(maxsize=1)
def peta_pelaksana() -> dict[str, frozenset[str]]:
    """Printed pelaksana -> roles (alur/data/pelaksana.yaml; explained in docs/istilah.md)."""
    isi = baca_yaml(Path(__file__).parent / "data" / "pelaksana.yaml")
    return {nama: frozenset(peran) for nama, peran in isi.items()}


def urutan(perkara: Permohonan) -> list[str]:
    """The steps that the printed rows name, flattened in printed order; without a table, in the order of the source."""
    if perkara.sop is None:
        return list(dict.fromkeys(lk.nama for lk in mesin(type(perkara)) if not lk.cabang))
    return [nama for baris in perkara.sop.baris() for nama in baris.transisi]


def baris_langkah(sop: SOP | None, nama: str) -> LangkahSOP | None:
    return next((b for b in sop.baris() if nama in b.transisi), None) if sop else None


def baris_status(sop: SOP | None, status: str) -> list[LangkahSOP]:
    """The group of rows whose time counts for a status; its budget is the sum of their minutes."""
    return [b for b in sop.baris() if status in b.status] if sop else []


def peran_tercetak(baris: LangkahSOP) -> frozenset[str]:
    """Staff roles of the row's printed pelaksana; people outside the offices have none.

    A row of waiting (`menunggu`) prints who waits: where another office is awaited, it is that office that acts.
    """
    peta = peta_pelaksana()
    if ditunggu := peta.get(baris.menunggu, frozenset()) & frozenset(Peran.values):
        return ditunggu
    return frozenset().union(*(peta.get(p, frozenset()) for p in baris.pelaksana)) & frozenset(Peran.values)


def berlaku_di(perkara: Permohonan, langkah: Langkah) -> bool:
    """Whether a step belongs to a case: its office's table has it."""
    return milik_tabel(langkah, urutan(perkara))


def milik_tabel(langkah: Langkah, disebut: Collection[str]) -> bool:
    """Whether a step belongs to a table whose rows name `disebut`: it is named, or it is a branch.

    A branch that stands for a printed step (`sebagai`) belongs only where that step is printed.
    """
    if langkah.cabang and not langkah.sebagai:
        return True
    return (langkah.sebagai if langkah.cabang else langkah.nama) in disebut


def peran_langkah(perkara: Permohonan, langkah: Langkah) -> frozenset[str]:
    """Staff roles that may take a step here: the declaration's roles, narrowed or replaced by the office's row,
    and for a signature by the office's own rule who signs this kind of letter."""
    if langkah.sebagai:
        asal = cari_langkah(type(perkara), langkah.sebagai)[0]
        return peran_langkah(perkara, asal)
    peran = _peran_sop(perkara, langkah)
    if langkah.tanda_tangan:
        kantor = _kantor_pertama(perkara, peran)
        penanda = _penanda(perkara, kantor, surat_langkah(perkara, langkah)[0])
        peran = frozenset({penanda}) if penanda else peran
    return perkara.peran_kasus(langkah, peran)


def _penanda(perkara: Permohonan, kantor: Kantor, jenis: str) -> str | None:
    """Who signs this kind of letter in that office, asked once per instance of the case, as its history is."""
    ingat = perkara.__dict__.setdefault("_penanda", {})
    if (kantor.pk, jenis) not in ingat:
        ingat[kantor.pk, jenis] = kantor.peran_penanda_tangan(jenis)
    return ingat[kantor.pk, jenis]


def kantor_langkah(perkara: Permohonan, langkah: Langkah) -> Kantor:
    """The office whose people take a step, and whose rules and letterhead its letters follow."""
    return _kantor_pertama(perkara, peran_langkah(perkara, langkah))


def _peran_sop(perkara: Permohonan, langkah: Langkah) -> frozenset[str]:
    peran = langkah.oleh.peran
    baris = baris_langkah(perkara.sop, langkah.nama)
    # A step of the portal or of a partner's system stays closed to people, whoever the row prints.
    if baris is None or not peran:
        return peran
    tercetak = peran_tercetak(baris)
    if langkah.tanda_tangan:
        return (peran & tercetak) or peran  # a row may print who prepares a letter; that makes nobody its signer
    return (peran & tercetak) or tercetak or peran


def _kantor_pertama(perkara: Permohonan, peran: frozenset[str]) -> Kantor:
    calon = (kantor_peran(perkara, satu) for satu in sorted(peran))
    return next((kantor for kantor in calon if kantor is not None), perkara.kantor)


def peran_pembuka(perkara: Permohonan) -> frozenset[str]:
    """Staff roles that may open this kind of case here: the row that names `ajukan`, else the declaration."""
    peran = type(perkara).PEMBUKA.peran
    baris = baris_langkah(perkara.sop, "ajukan")
    if baris is None:
        return peran
    tercetak = peran_tercetak(baris)
    return (peran & tercetak) or tercetak or peran


def surat_langkah(perkara: Permohonan, langkah: Langkah) -> list[str]:
    """The kinds of letters that a signing step signs here: those of the office's row, else the declared one."""
    if not langkah.tanda_tangan:
        return []
    baris = baris_langkah(perkara.sop, langkah.nama)
    return (list(baris.surat) if baris is not None else []) or [langkah.tanda_tangan]


def langkah_surat(perkara: Permohonan, jenis: str) -> Langkah | None:
    """The step that signs this kind of letter in this case; None for a kind that its table does not sign."""
    calon = (lk for lk in mesin(type(perkara)) if lk.tanda_tangan and berlaku_di(perkara, lk))
    return next((lk for lk in calon if jenis in surat_langkah(perkara, lk)), None)


@dataclass(frozen=True)
class Jejak:
    """What a case has to know of one row of its history."""

    langkah: str
    putaran: int
    urut: int
    hash: str


def jejak(perkara: Permohonan) -> list[Jejak]:
    """The history of a case in order, read once per instance; jalankan() works on fresh instances, under the lock."""
    if "_jejak" not in perkara.__dict__:
        rows = perkara.riwayat.order_by("urut").values_list("langkah", "putaran", "urut", "hash")
        perkara.__dict__["_jejak"] = [Jejak(*row) for row in rows]
    return perkara.__dict__["_jejak"]


def muat_jejak(perkara: Permohonan, riwayat: Iterable[Riwayat]) -> None:
    """Keep a history that was read anyway; its rows in order of `urut`."""
    perkara.__dict__["_jejak"] = [Jejak(r.langkah, r.putaran, r.urut, r.hash) for r in riwayat]


def sudah_dilakukan(perkara: Permohonan) -> set[str]:
    """Steps done that still count: a gate only since the last return, a fact for good or while its `selama` holds.

    Every page and every step asks this, so it is kept on the instance; jalankan() works on fresh instances.
    """
    if "_sudah" not in perkara.__dict__:
        perkara.__dict__["_sudah"] = _hitung_sudah(perkara)
    return perkara.__dict__["_sudah"]


def muat_sudah(daftar: Sequence[Permohonan]) -> None:
    """Read the history of many cases, for `sudah_dilakukan`, and share their SOP tables: two queries."""
    riwayat: dict[int, list[Jejak]] = {p.pk: [] for p in daftar}
    rows = Riwayat.objects.filter(perkara_id__in=riwayat).order_by("perkara_id", "urut")
    for pk, langkah, putaran, urut, sidik in rows.values_list("perkara_id", "langkah", "putaran", "urut", "hash"):
        riwayat[pk].append(Jejak(langkah, putaran, urut, sidik))
    tabel = SOP.objects.in_bulk({p.sop_id for p in daftar if p.sop_id})
    for perkara in daftar:
        if perkara.sop_id:
            perkara.sop = tabel[perkara.sop_id]
        perkara.__dict__["_jejak"] = riwayat[perkara.pk]


def _hitung_sudah(perkara: Permohonan) -> set[str]:
    semua = mesin(type(perkara))
    gerbang = {lk.nama for lk in semua if not lk.fakta}
    diulangi = {lk.nama: set(lk.ulangi) for lk in semua}
    sudah: set[str] = set()
    for row in jejak(perkara):
        sudah -= diulangi.get(row.langkah, set())
        if row.langkah not in gerbang or row.putaran == perkara.putaran:
            sudah.add(row.langkah)
    return sudah - {lk.nama for lk in semua if lk.nama in sudah and lk.selama and not lk.selama(perkara)}


def kurang_sebelum(perkara: Permohonan, langkah: Langkah) -> list[str]:
    """Labels of the facts that the case's SOP lists before this gate and that are still missing.

    Gates that precede it need no check: the status already proves them. Only facts that can be recorded in the
    present status count; a fact behind an earlier gate was required by that gate.
    """
    if langkah.fakta or langkah.cabang:
        return []
    nama_urut = urutan(perkara)
    if langkah.nama not in nama_urut:
        return []
    sebelum = nama_urut[: nama_urut.index(langkah.nama)]
    di_sini = {lk.nama: lk for lk in langkah_dari(type(perkara), perkara.tahap) if lk.fakta}
    sudah = sudah_dilakukan(perkara)
    return [di_sini[n].label for n in sebelum if n in di_sini and n not in sudah]


def gerbang_lebih_dulu(perkara: Permohonan, langkah: Langkah) -> str:
    """The label of a gate of this status that the office's table puts before `langkah`, or "".

    Lombok Timur prints the SPH and passes it to the counter before it is handed over; other offices do not.
    """
    nama_urut = urutan(perkara)
    if langkah.fakta or langkah.cabang or langkah.nama not in nama_urut:
        return ""
    sebelum = nama_urut[: nama_urut.index(langkah.nama)]
    for lain in langkah_dari(type(perkara), perkara.tahap):
        if not lain.fakta and not lain.cabang and lain.nama in sebelum:
            return lain.label
    return ""


def langkah_di_sini(perkara: Permohonan) -> list[Langkah]:
    """Every step of the present status that this office's SOP knows, in the order of the declaration."""
    return [lk for lk in langkah_dari(type(perkara), perkara.tahap) if berlaku_di(perkara, lk)]


def langkah_berikut(perkara: Permohonan) -> Langkah | None:
    """What to do next: the first printed step of this status that is not done yet."""
    sudah = sudah_dilakukan(perkara)
    nama_urut = urutan(perkara)
    calon = [lk for lk in langkah_di_sini(perkara) if not lk.cabang]
    belum = [lk for lk in calon if not (lk.fakta and lk.nama in sudah)]
    return min(belum, key=lambda lk: nama_urut.index(lk.nama), default=None)


def langkah_di_depan(perkara: Permohonan) -> set[str]:
    """Names of the steps that the plain way can still come to: where it forked, not those of the other arm."""
    utama = [lk for lk in mesin(type(perkara)) if not lk.cabang and berlaku_di(perkara, lk)]
    tahap, nama, banyak = {perkara.tahap}, set[str](), -1
    while banyak < len(nama):
        banyak = len(nama)
        for lk in utama:
            if lk.sumber in tahap:
                nama.add(lk.nama)
                tahap.add(lk.target or lk.sumber)
    return nama
