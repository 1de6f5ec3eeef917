"""A walk over every status and every step of a case under one SOP table, writing down what happened.

The walk takes each (step, status) once, branches in savepoints that are rolled back; the tests only read its record.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from haji_portal.alur.deklarasi import Langkah, langkah_dari, mesin
from haji_portal.alur.galat import LangkahGagal
from haji_portal.alur.giliran import JENIS_PIHAK
from haji_portal.alur.jalankan import Hasil, alasan_tertutup, jalankan
from haji_portal.alur.kantor import kantor_peran
from haji_portal.alur.models import Efek, Perkara, Permohonan
from haji_portal.alur.pelaku import Pelaku, Pemohon, Petugas
from haji_portal.alur.posisi import langkah_berikut, langkah_di_sini, peran_langkah, peran_pembuka
from haji_portal.alur.rantai import periksa_perkara
from haji_portal.meja.contoh import Pelaksana
from haji_portal.meja.tandatangan import tandatangani_langkah

from .pelaku import bukan_lagi, dari_giliran, semua_peran, yang_boleh
from .potret import Potret, potret, segar
from .tabel import Tabel


@dataclass
class Jejak:
    """One step that was taken, its repetition, and the turn it left."""

    langkah: str
    dari: str
    ke: str
    sebelum: Potret
    sesudah: Potret
    kueri: int
    efek: list[tuple[str, str]]
    dideklarasikan: list[tuple[str, str]]
    rantai: list[str]
    ulangan: tuple[bool, bool, bool]  # sudah, same riwayat row, nothing written
    basi: str
    lewat_giliran: bool
    giliran: list[tuple[str, int, str, str]]
    giliran_salah: list[str]
    akhir: bool
    terhalang: bool
    pihak: str
    menunggu: tuple[frozenset[int], str]  # the offices that opened the case, and whose turn theirs must show
    sudah: frozenset[str]  # the steps that stood in the history before this one


@dataclass
class Tolakan:
    """One attempt that must be refused: what came instead, and whether anything was written."""

    tahap: str
    langkah: str
    siapa: str
    galat: str
    kalimat: str
    harusnya: str = ""


@dataclass
class Rekaman:
    tabel: Tabel
    jejak: list[Jejak] = field(default_factory=list)
    tak_berhak: list[Tolakan] = field(default_factory=list)
    salah_tahap: list[Tolakan] = field(default_factory=list)
    tertutup: list[Tolakan] = field(default_factory=list)
    tertulis: list[str] = field(default_factory=list)
    dikunjungi: set[str] = field(default_factory=set)
    gagal: str = ""

    @property
    def diambil(self) -> set[tuple[str, str]]:
        return {(j.langkah, j.dari) for j in self.jejak}


def coba(perkara: Permohonan, nama: str, oleh: Pelaku, versi: int | None = None) -> LangkahGagal | Hasil:
    """A step that should be refused; what it answered."""
    try:
        return jalankan(perkara, nama, oleh=oleh, versi=perkara.versi if versi is None else versi, data={})
    except LangkahGagal as galat:
        return galat


def ditolak(perkara: Permohonan, nama: str, oleh: Pelaku) -> Exception | Hasil:
    """A step that must be refused. Should it happen or crash all the same, the walk takes it back and goes on."""
    sid = transaction.savepoint()
    try:
        hasil: Exception | Hasil = coba(perkara, nama, oleh)
    except Exception as galat:  # noqa: BLE001  (recorded; the test names it)
        hasil = galat
    if isinstance(hasil, LangkahGagal):
        transaction.savepoint_commit(sid)
    else:
        transaction.savepoint_rollback(sid)
    return hasil


def diurungkan(kerja: Callable[[], Any]) -> Any:
    """Run and take back. Plain savepoints: the letters refuse to be drawn inside a further atomic()."""
    sid = transaction.savepoint()
    try:
        return kerja()
    finally:
        transaction.savepoint_rollback(sid)


class Penjelajah:
    def __init__(self, tabel: Tabel, pelaksana: Pelaksana) -> None:
        self.tabel, self.pelaksana = tabel, pelaksana
        self.rekaman = Rekaman(tabel)
        self.orang: dict[str, Petugas] = {}

    def jelajahi(self) -> Rekaman:
        perkara = self.tabel.buka(1).perkara
        kode = perkara.sop.kode if perkara.sop else perkara.jenis
        assert kode == self.tabel.kode, "contoh opened a case under another table"
        self.orang = semua_peran(perkara)
        self.kunjungi(segar(perkara))
        return self.rekaman

    def kunjungi(self, perkara: Permohonan) -> None:
        """One status: everything refused first, then every step, each gate followed to where it leads."""
        if perkara.tahap in self.rekaman.dikunjungi:
            return
        self.rekaman.dikunjungi.add(perkara.tahap)
        self.tolak_semua(perkara)
        while True:
            self.catat_tertutup(perkara)
            for lk in langkah_di_sini(perkara):
                if not lk.fakta and not self._sudah(lk) and not alasan_tertutup(perkara, lk):
                    diurungkan(partial(self._ikuti, perkara, lk))
                    perkara = segar(perkara)
            berikut = langkah_berikut(perkara)
            if berikut is None or not berikut.fakta:
                break
            perkara = self.ambil(perkara, berikut)
        for lk in langkah_di_sini(perkara):
            if not self._sudah(lk):
                diurungkan(partial(self._bukakan, perkara, lk))
                perkara = segar(perkara)

    def _ikuti(self, perkara: Permohonan, lk: Langkah) -> None:
        self.kunjungi(self.ambil(perkara, lk))

    def _bukakan(self, perkara: Permohonan, lk: Langkah) -> None:
        self.tabel.bukakan(perkara, lk.nama)
        perkara = segar(perkara)
        if not alasan_tertutup(perkara, lk):
            self.kunjungi(self.ambil(perkara, lk))

    def _sudah(self, lk: Langkah) -> bool:
        return (lk.nama, lk.sumber) in self.rekaman.diambil

    def ambil(self, perkara: Permohonan, lk: Langkah) -> Permohonan:
        """Take one step, repeat it, let a second person repeat it, and write down everything around it."""
        sebelum = potret(perkara)
        giliran = dari_giliran(perkara, lk)
        oleh = giliran or yang_boleh(perkara, lk)
        assert oleh is not None, f"nobody may take {lk.nama} on {perkara.tahap}"
        with CaptureQueriesContext(connection) as kueri:
            hasil = self._laksanakan(perkara, lk, oleh)
        sesudah = potret(perkara)
        baru = segar(perkara)
        ulang = coba(baru, lk.nama, oleh, sebelum.versi)
        lain = next(p for p in self.orang.values() if p.kunci != oleh.kunci)
        basi = coba(baru, lk.nama, lain, sebelum.versi)
        tahap = baru.info_tahap
        self.rekaman.jejak.append(
            Jejak(
                lk.nama, sebelum.tahap, baru.tahap, sebelum, sesudah, len(kueri),
                sorted(Efek.objects.filter(riwayat=hasil.riwayat).values_list("jenis", "kunci")), sorted(lk.efek),
                [str(t) for t in periksa_perkara(baru.pk)],
                (
                    isinstance(ulang, Hasil) and ulang.sudah,
                    isinstance(ulang, Hasil) and ulang.riwayat == hasil.riwayat,
                    potret(baru) == sesudah,
                ),
                type(basi).__name__, giliran is not None, list(sesudah.giliran), _giliran_salah(baru), tahap.akhir,
                baru.terhalang, tahap.pihak, _menunggu(baru),
                frozenset(baru.riwayat.exclude(pk=hasil.riwayat.pk).values_list("langkah", flat=True)),
            )
        )  # fmt: skip
        return segar(baru)

    def _laksanakan(self, perkara: Permohonan, lk: Langkah, oleh: Pelaku) -> Hasil:
        if lk.tanda_tangan and isinstance(oleh, Petugas):
            sesi = self.pelaksana.sesi(oleh)
            return tandatangani_langkah(perkara, lk, oleh=oleh, versi=perkara.versi, sesi=sesi)
        data = self.tabel.isian(perkara, lk.nama)
        return jalankan(perkara, lk.nama, oleh=oleh, versi=perkara.versi, data=data)

    def tolak_semua(self, perkara: Permohonan) -> None:
        """Every role without permission, every lapsed assignment, every step of another status."""
        sebelum = potret(perkara)
        for lk in langkah_di_sini(perkara):
            boleh = peran_langkah(perkara, lk)
            for peran, oleh in self.orang.items():
                if peran not in boleh:
                    self._catat(self.rekaman.tak_berhak, perkara, lk.nama, peran, oleh)
            if "pemohon" in lk.oleh.pihak:
                for siapa, oleh in {"pemohon tanpa perkara": None, "pemohon lain": Perkara(pk=-1)}.items():
                    self._catat(self.rekaman.tak_berhak, perkara, lk.nama, siapa, Pemohon(oleh, "uji"))
            for peran in sorted(boleh)[:1]:
                for siapa, oleh in bukan_lagi(perkara, peran).items():
                    if oleh.jenis == "petugas" or oleh.peran not in lk.oleh.pihak:
                        self._catat(self.rekaman.tak_berhak, perkara, lk.nama, siapa, oleh)
        di_sini = {lk.nama for lk in langkah_di_sini(perkara)}
        for nama in [*sorted({lk.nama for lk in mesin(type(perkara))} - di_sini), "tidak_dikenal"]:
            siapa = next(iter(self.orang.values()))
            self._catat(self.rekaman.salah_tahap, perkara, nama, siapa.peran, siapa)
        if potret(perkara) != sebelum:
            self.rekaman.tertulis.append(f"refusals at {perkara.tahap} wrote something")

    def catat_tertutup(self, perkara: Permohonan) -> None:
        sebelum = potret(perkara)
        for lk in langkah_di_sini(perkara):
            alasan, oleh = alasan_tertutup(perkara, lk), yang_boleh(perkara, lk)
            if alasan and oleh is not None:
                self._catat(self.rekaman.tertutup, perkara, lk.nama, oleh.peran, oleh, " ".join(alasan))
        if potret(perkara) != sebelum:
            self.rekaman.tertulis.append(f"closed steps at {perkara.tahap} wrote something")

    def _catat(self, daftar: list[Tolakan], perkara, nama, siapa, oleh, harusnya: str = "") -> None:
        hasil = ditolak(perkara, nama, oleh)
        kalimat = hasil.kalimat if isinstance(hasil, LangkahGagal) else ""
        daftar.append(Tolakan(perkara.tahap, nama, siapa, type(hasil).__name__, kalimat, harusnya))


def _menunggu(perkara: Permohonan) -> tuple[frozenset[int], str]:
    kantor = [k for p in peran_pembuka(perkara) if (k := kantor_peran(perkara, p))]
    pihak = perkara.info_tahap.pihak
    sendiri = any(k.jenis in JENIS_PIHAK.get(pihak, ()) for k in kantor)
    return frozenset(k.pk for k in kantor), "kantor" if sendiri else pihak


def _pemilik(perkara: Permohonan, lk: Langkah) -> frozenset[str]:
    """Who sees the turn: the roles of the step, and those who open cases while it waits for somebody outside."""
    menunggu = perkara.info_tahap.pihak != "kantor"
    return peran_langkah(perkara, lk) | (peran_pembuka(perkara) if menunggu else frozenset())


def _giliran_salah(perkara: Permohonan) -> list[str]:
    """Turns that promise a step which does not exist here, or show it to a role that may not take it."""
    salah = []
    di_sini = {lk.nama: lk for lk in langkah_dari(type(perkara), perkara.tahap)}
    for g in perkara.giliran.all():
        if g.langkah not in di_sini:
            salah.append(f"{g.peran}: no step {g.langkah} at {perkara.tahap}")
        elif not perkara.terhalang and g.peran not in _pemilik(perkara, di_sini[g.langkah]):
            salah.append(f"{g.peran} may not take {g.langkah}")
    return salah
