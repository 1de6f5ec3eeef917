"""What a kind of case declares about its exchange of files. A new one joins by one such declaration."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from haji_portal.akun.models import Kantor, Peran
from haji_portal.alur.apps import model_perkara
from haji_portal.alur.models import Permohonan
from haji_portal.berkas.simpan import BerkasTersimpan
from haji_portal.jemaah.siskohat import siskohat

PENUKAR = frozenset({Peran.PTSP, Peran.JFU, Peran.SISKOHAT})
"""Roles that export and import for their office; who may take the steps, the steps themselves say."""

NOMOR_PERKARA = "nomor_perkara"


@dataclass(frozen=True)
class Pintu:
    """One set of pages, with the words on them: with whom files are exchanged, by whom, at which kind of office."""

    kode: str
    nama: str
    pengantar: str
    pihak: str
    penukar: frozenset[str]
    jenis_kantor: frozenset[str]
    sandi: bool = False
    """Whether recording asks for the password again (a release of money)."""


SISKOHAT = Pintu(
    "siskohat", "Siskohat",
    "Unduh data yang akan diketik ke Siskohat, isi jawabannya pada kolom yang kosong, lalu unggah kembali.",
    "Siskohat", PENUKAR, frozenset({Kantor.Jenis.KABKOTA}),
)  # fmt: skip
DANA = Pintu(
    "dana", "Berkas dana",
    "Unduh daftar pengembalian yang menunggu, isi hasilnya pada kolom yang kosong, lalu unggah kembali; atau unggah "
    "mutasi rekening dari bank.",
    "BPKH dan bank", frozenset({Peran.BPKH, Peran.BPS, Peran.DIREKTORAT}),
    frozenset({Kantor.Jenis.BPKH, Kantor.Jenis.BPS, Kantor.Jenis.PUSAT}), sandi=True,
)  # fmt: skip
PINTU = {p.kode: p for p in (SISKOHAT, DANA)}


def milik_kantor(qs: QuerySet, kantor: Kantor) -> QuerySet:
    return qs.filter(kantor=kantor)


def titipan(qs: QuerySet, kantor: Kantor) -> QuerySet:
    """What a partner was given; the centre has all."""
    return qs if kantor.jenis == Kantor.Jenis.PUSAT else qs.filter(terlibat__kantor=kantor)


@dataclass(frozen=True)
class Kolom:
    """A column that goes out: what is typed into Siskohat."""

    judul: str
    nilai: Callable[[Any], Any]


@dataclass(frozen=True)
class Isian:
    """A column of the answer. baca: cell text -> value, ValueError with the sentence for the person.

    unik: no two rows of a file may carry the same value. The header is known by `judul` or one of `sinonim`.
    """

    kode: str
    judul: str
    baca: Callable[[str], Any]
    sinonim: tuple[str, ...] = ()
    wajib: bool = True
    unik: bool = False


@dataclass(frozen=True)
class Kunci:
    """A column that finds the case: `jalur` is the look-up from the case, `baca` brings the cell into its shape."""

    kode: str
    judul: str
    jalur: str
    baca: Callable[[str], str]
    sinonim: tuple[str, ...] = ()


@dataclass(frozen=True)
class Cocok:
    """A column that must agree with the case when the file has it (a NIK beside the number); it is not kept."""

    kode: str
    judul: str
    nilai: Callable[[Any], str]
    galat: Callable[[str, str], str]
    """(cell, value of the case) -> "" when they agree, else the sentence."""
    sinonim: tuple[str, ...] = ()


@dataclass(frozen=True)
class Serta:
    """What else happens to a file as a whole. dibaca: after its rows were judged, answers sentences about it; dicatat:
    after its last ready row was recorded; tautan: [(words, address)] of the pages where that can be seen.
    """

    dibaca: Callable[[Any, Any], list[str]]
    dicatat: Callable[[Any], None]
    tautan: Callable[[Any], list[tuple[str, str]]]


@dataclass(frozen=True)
class Pertukaran:
    """One exchange. kode: its segment of the address; layanan: the kind of case; pintu: the pages it stands on;
    peran: those of the door's roles whom it concerns; lingkup: which cases are an office's; ditunggu: what those
    wait for.

    otomatis: the steps are the portal's own (a statement proves what happened), whoever brought the file. langkah:
    the steps that a row completes, in order; those done already, or unknown to the office's SOP, are passed over,
    the last one never. menunggu: of the office's cases those without an answer yet; siap: of these the ones whose
    data may be typed. hubungan: relations that columns and conditions read, loaded with the cases. tercatat: what
    the case holds already, by `kode`, {} when nothing. periksa: what cannot be true, for many rows at once: [(case,
    values)] -> {case id: sentence}. data: the keywords of a step. serta: what is done with the file besides. pilih:
    where the answer itself says which steps of `langkah` a row completes, those for (case, values).
    """

    kode: str
    layanan: str
    judul: str
    langkah: tuple[str, ...]
    menunggu: Callable[[QuerySet], QuerySet]
    siap: Callable[[QuerySet], QuerySet]
    belum_siap: str
    hubungan: tuple[str, ...]
    keluar: tuple[Kolom, ...]
    masuk: tuple[Isian, ...]
    kunci: tuple[Kunci, ...]
    cocok: tuple[Cocok, ...]
    tercatat: Callable[[Any], Mapping[str, Any]]
    periksa: Callable[[Sequence[tuple[Any, Mapping[str, Any]]]], dict[int, str]]
    data: Callable[[str, Mapping[str, Any], BerkasTersimpan], dict[str, Any]]
    pintu: Pintu = SISKOHAT
    peran: frozenset[str] = PENUKAR
    lingkup: Callable[[QuerySet, Kantor], QuerySet] = milik_kantor
    otomatis: bool = False
    ditunggu: str = "jawaban Siskohat"
    serta: Serta | None = None
    pilih: Callable[[Any, Mapping[str, Any]], tuple[str, ...]] | None = None

    @property
    def model(self) -> type[Permohonan]:
        return model_perkara(self.layanan)

    def langkah_baris(self, perkara: Any, nilai: Mapping[str, Any]) -> tuple[str, ...]:
        """The steps that a row with these values completes."""
        return self.pilih(perkara, nilai) if self.pilih else self.langkah

    def perkara(self, kantor: Kantor, **saring: Any) -> QuerySet:
        """Cases of an office with everything that columns and conditions read of them."""
        manajer: Any = self.model.objects
        semua = manajer.filter(**saring).select_related("kantor", "pemohon", "porsi", *self.hubungan)
        return self.lingkup(semua, kantor)


_terdaftar: dict[str, Pertukaran] = {}


def daftarkan(pertukaran: Pertukaran) -> None:
    """Called by a service when it starts."""
    _terdaftar[pertukaran.kode] = pertukaran


def pertukaran_pintu(pintu: Pintu) -> dict[str, Pertukaran]:
    """The exchanges of a door by `kode`; {} where this installation exchanges no such files."""
    if pintu is SISKOHAT and not siskohat().lewat_berkas:
        return {}
    return {p.kode: p for p in _terdaftar.values() if p.pintu is pintu}
