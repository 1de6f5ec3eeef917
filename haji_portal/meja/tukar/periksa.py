"""The dry run: what would become of every row of a file. It writes nothing to any case."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from haji_portal.akun.models import Kantor
from haji_portal.alur.deklarasi import Langkah, cari_langkah
from haji_portal.alur.galat import LangkahGagal
from haji_portal.alur.jalankan import alasan_tertutup, cari_di_tahap
from haji_portal.alur.models import Permohonan
from haji_portal.alur.posisi import berlaku_di, muat_sudah, sudah_dilakukan

from ..models import BarisImpor
from .cocokkan import RUMUS, BarisTerbaca
from .deklarasi import NOMOR_PERKARA, Isian, Pertukaran

SEKELOMPOK = 500
"""Rows that are looked up with the same queries."""
Keadaan = BarisImpor.Keadaan


@dataclass
class Putusan:
    """What would become of a row. isi: the answer's cells as text."""

    urut: int
    nomor: str
    isi: dict[str, str]
    keadaan: str = Keadaan.SIAP
    kalimat: str = ""
    perkara: Permohonan | None = None
    nilai: dict[str, Any] = field(default_factory=dict)

    def tolak(self, kalimat: str) -> None:
        self.keadaan, self.kalimat = Keadaan.GALAT, kalimat[:500]

    @property
    def terbuka(self) -> bool:
        return self.keadaan == Keadaan.SIAP


def periksa(pertukaran: Pertukaran, kantor: Kantor, baris: list[BarisTerbaca]) -> list[Putusan]:
    """The verdict on every row, in the file's order; the number of queries grows with every SEKELOMPOK rows only."""
    hasil = []
    for awal in range(0, len(baris), SEKELOMPOK):
        hasil += _kelompok(pertukaran, kantor, baris[awal : awal + SEKELOMPOK])
    _tolak_ganda(pertukaran, hasil)
    return hasil


def _kelompok(p: Pertukaran, kantor: Kantor, baris: list[BarisTerbaca]) -> list[Putusan]:
    hasil = [_baca(p, satu) for satu in baris]
    _temukan(p, kantor, baris, hasil)
    ada = [h for h in hasil if h.terbuka and h.perkara is not None]
    muat_sudah([h.perkara for h in ada if h.perkara is not None])
    for putusan in ada:
        _banding(p, putusan)
    mustahil = p.periksa([(h.perkara, h.nilai) for h in ada if h.terbuka])
    for putusan in ada:
        if not putusan.terbuka or putusan.perkara is None:
            continue
        if kalimat := mustahil.get(putusan.perkara.pk) or alasan_langkah(p, putusan.perkara, putusan.nilai):
            putusan.tolak(kalimat)
    return hasil


def _baca(p: Pertukaran, baris: BarisTerbaca) -> Putusan:
    """The cells of the answer as values. A row whose answer is still empty is no mistake."""
    kunci = (NOMOR_PERKARA, *(k.kode for k in p.kunci))
    nomor = next((str(baris.sel[k]) for k in kunci if baris.sel.get(k, RUMUS) is not RUMUS), "")
    isi = {i.kode: baris.sel[i.kode] for i in p.masuk if i.kode in baris.sel}
    putusan = Putusan(baris.urut, nomor[:60], {k: "(rumus)" if s is RUMUS else str(s) for k, s in isi.items()})
    if not isi:
        putusan.keadaan, putusan.kalimat = Keadaan.KOSONG, "Jawabannya belum diisi."
        return putusan
    salah = []
    for isian in p.masuk:
        try:
            putusan.nilai |= baca_isian(isian, isi.get(isian.kode))
        except ValueError as galat:
            salah.append(str(galat))
    if salah:
        putusan.tolak(" ".join(salah))
    return putusan


def baca_isian(isian: Isian, sel: object) -> dict[str, Any]:
    """{kode: value} of one cell, {} for an optional empty one. Raises ValueError with the sentence."""
    if sel is RUMUS:
        raise ValueError(f"{isian.judul} berisi rumus. Tempel sebagai nilai, lalu unggah lagi.")
    if sel is None:
        if isian.wajib:
            raise ValueError(f"{isian.judul} kosong.")
        return {}
    return {isian.kode: isian.baca(str(sel))}


def _temukan(p: Pertukaran, kantor: Kantor, baris: list[BarisTerbaca], hasil: list[Putusan]) -> None:
    """The case of each row, by every key column that the row has; they must agree, and be of this office."""
    cari = {NOMOR_PERKARA: ("nomor", lambda s: s.strip().upper())} | {k.kode: (k.jalur, k.baca) for k in p.kunci}
    dicari = [
        {k: baca(str(b.sel[k])) for k, (_, baca) in cari.items() if b.sel.get(k, RUMUS) is not RUMUS} for b in baris
    ]
    temu = {k: _menurut(p, kantor, jalur, {d[k] for d in dicari if k in d}) for k, (jalur, _) in cari.items()}
    for satu, kunci, putusan in zip(baris, dicari, hasil, strict=True):
        if putusan.keadaan == Keadaan.KOSONG:
            continue
        calon = {temu[k][n].pk if n in temu[k] else None for k, n in kunci.items()}
        if not kunci:
            putusan.tolak("Nomor perkaranya kosong.")
        elif calon == {None}:
            putusan.tolak("Perkara ini tidak ditemukan di kantor ini. Periksa nomornya.")
        elif len(calon) > 1:
            putusan.tolak("Nomor perkara dan nomor lain pada baris ini menunjuk perkara yang berbeda.")
        else:
            kode, nilai = next(iter(kunci.items()))
            putusan.perkara = temu[kode][nilai]
            _cocok(p, satu, putusan)


def _menurut(p: Pertukaran, kantor: Kantor, jalur: str, nilai: set[str]) -> dict[str, Permohonan]:
    """Cases of the office by one key; of several with the same key the open one counts, then the newest."""
    if not nilai:
        return {}
    rows = p.perkara(kantor, **{f"{jalur}__in": nilai})
    return {str(_lewat(r, jalur)): r for r in sorted(rows, key=lambda r: (r.ditutup is None, r.dibuka))}


def _lewat(perkara: Any, jalur: str) -> Any:
    for nama in jalur.split("__"):
        perkara = getattr(perkara, nama)
    return perkara


def _cocok(p: Pertukaran, baris: BarisTerbaca, putusan: Putusan) -> None:
    for satu in p.cocok:
        sel = baris.sel.get(satu.kode)
        if sel is RUMUS:
            putusan.tolak(f"{satu.judul} berisi rumus. Tempel sebagai nilai, lalu unggah lagi.")
        elif sel is not None and (kalimat := satu.galat(str(sel), satu.nilai(putusan.perkara))):
            putusan.tolak(kalimat)


def _banding(p: Pertukaran, putusan: Putusan) -> None:
    """The case may hold an answer already: the same one is fine, another one is not overwritten from a file."""
    tercatat = p.tercatat(putusan.perkara)
    if not tercatat:
        return
    sama_sama = [i for i in p.masuk if i.kode in putusan.nilai and i.kode in tercatat]
    if beda := [i.judul for i in sama_sama if tercatat[i.kode] != putusan.nilai[i.kode]]:
        putusan.tolak(
            f"Sudah tercatat dengan {' dan '.join(map(dalam_kalimat, beda))} yang berbeda. "
            "Bila yang tercatat keliru, perbaiki di halaman perkara."
        )
    else:
        putusan.keadaan, putusan.kalimat = Keadaan.SAMA, "Sudah tercatat dengan isi yang sama."


def dalam_kalimat(judul: str) -> str:
    """A column's heading in the middle of a sentence: BPKH and NIK stay what they are."""
    return " ".join(kata if kata.isupper() else kata.lower() for kata in judul.split())


def langkah_diperlukan(p: Pertukaran, perkara: Permohonan, nilai: Mapping[str, Any]) -> list[str]:
    """The steps of a row that its case still needs: without facts done and steps that its SOP does not know."""
    semua = p.langkah_baris(perkara, nilai)
    return [n for n in semua if n == semua[-1] or not _dilewati(perkara, cari_langkah(type(perkara), n)[0])]


def _dilewati(perkara: Permohonan, langkah: Langkah) -> bool:
    return langkah.nama in sudah_dilakukan(perkara) or not berlaku_di(perkara, langkah)


def alasan_langkah(p: Pertukaran, perkara: Permohonan, nilai: Mapping[str, Any]) -> str:
    """Why the steps cannot be taken one after another, or "". Counts each as done for the next, on this copy only."""
    for nama in langkah_diperlukan(p, perkara, nilai):
        try:
            langkah = cari_di_tahap(perkara, nama)
        except LangkahGagal as galat:
            return galat.kalimat
        if alasan := alasan_tertutup(perkara, langkah):
            return f"“{langkah.label}” belum dapat dilakukan: {' '.join(alasan)}"
        sudah_dilakukan(perkara).add(nama)
    return ""


def _tolak_ganda(p: Pertukaran, hasil: list[Putusan]) -> None:
    """Twice in one file: the same answer counts once, different answers count not at all."""
    per_perkara: Mapping[int, list[Putusan]] = defaultdict(list)
    for putusan in hasil:
        if putusan.perkara is not None and putusan.keadaan != Keadaan.KOSONG:
            per_perkara[putusan.perkara.pk].append(putusan)
    for rangkap in per_perkara.values():
        if len(rangkap) > 1:
            _rangkap(rangkap)
    for isian in (i for i in p.masuk if i.unik):
        per_nilai: Mapping[Any, list[Putusan]] = defaultdict(list)
        for putusan in hasil:
            if isian.kode in putusan.nilai and putusan.keadaan != Keadaan.SAMA:
                per_nilai[putusan.nilai[isian.kode]].append(putusan)
        for kembar in per_nilai.values():
            if len({k.perkara.pk if k.perkara else k.urut for k in kembar}) > 1:
                for satu in (k for k in kembar if k.terbuka):
                    lain = ", ".join(str(k.urut) for k in kembar if k is not satu)
                    satu.tolak(f"{isian.judul} yang sama ada pada baris {lain[:80]}. Periksa angkanya.")


def _rangkap(rangkap: list[Putusan]) -> None:
    pertama = rangkap[0]
    baris = ", ".join(str(r.urut) for r in rangkap)
    for satu in rangkap:
        if any(r.isi != pertama.isi for r in rangkap):
            satu.tolak(f"Perkara ini ada pada baris {baris[:80]} dengan isi yang berbeda. Sisakan yang benar.")
        elif satu is not pertama:
            satu.tolak(f"Sama dengan baris {pertama.urut}; cukup sekali.")
