"""What a service declares to be applied for from outside. The pages here know no service by name."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.apps import apps

from haji_portal.akun.models import Kantor
from haji_portal.alur.apps import Pemeriksaan, SopConfig, model_perkara
from haji_portal.alur.deklarasi import langkah_dari
from haji_portal.alur.jalankan import Hasil
from haji_portal.alur.models import SOP, Perkara
from haji_portal.berkas.models import ButirBerkas, SyaratBerkas
from haji_portal.berkas.syarat import butir_kembali
from haji_portal.kabar.models import KontakPerkara

if TYPE_CHECKING:
    from .isian import FormBagian

Kirim = Callable[[Kantor, Mapping[str, Any], Mapping[str, Any], KontakPerkara], Hasil]


@dataclass(frozen=True)
class Bagian:
    """One page of questions. `form` takes (data or None, konsep=Konsep) and names its fields in `kelompok()`."""

    kode: str
    judul: str
    form: Callable[..., FormBagian]


@dataclass(frozen=True)
class Rujukan:
    """The number that an applicant must have to begin: its field in the draft and the function that cleans it.

    bantuan_nik: whose NIK is asked, where it need not be the sender's.
    """

    nama: str
    label: str
    bantuan: str
    bersihkan: Callable[[str], str]
    bantuan_nik: str = ""


@dataclass(frozen=True)
class Kata:
    """What the page says on which the owner of a case sends documents. ajakan: the button that leads there."""

    ajakan: str = "Kirim ulang berkas sekarang"
    judul: str = "Kirim ulang berkas ini"
    pengantar: str = "Hanya berkas di bawah ini yang perlu diganti. Yang lain sudah diterima."
    tombol: str = "Kirim perbaikan"
    sesudah: str = "Sesudah dikirim, petugas memeriksa lagi dan waktu layanan berjalan kembali."
    terima_kasih: str = "Perbaikan Anda sudah kami terima. Petugas memeriksanya lagi."


@dataclass(frozen=True)
class Susulan:
    """What the owner of a case may send and read from outside where the SOP knows no application from outside.

    The fields mean what they mean for an `Ajuan`. The code goes to the contact that the office wrote down.
    """

    layanan: str
    butir_terbuka: Callable[[Perkara], list[ButirBerkas]]
    perbaikan: str
    kata: Kata
    surat: tuple[str, ...] = ()
    kamera: Mapping[str, str] = field(default_factory=dict)
    petunjuk: Mapping[str, str] = field(default_factory=dict)
    potret: frozenset[str] = frozenset()

    def syarat(self, kantor: Kantor, isi: Mapping[str, Any]) -> list[SyaratBerkas]:
        """Nothing is asked for without a case."""
        return []


@dataclass(frozen=True)
class Ajuan:
    """layanan: app label and address segment. kamera: codes of documents that are photographs, with the camera that
    takes them (`user` faces the person, `environment` looks away). potret: of these a portrait is cut later. petunjuk:
    how a document is to look, where the checklist speaks to the officer.
    syarat, kirim: what must come along, by the answers so far, and the only way in. perbaikan: the step with which the
    applicant sends what was returned. surat: kinds of letters that the applicant may read once they are signed.
    ringkas, pernyataan: what the way is about, and what the sender confirms. judul_kantor, pilih_kantor: which office
    it is, and where that is written. lahir: the birth date with which the case is looked up later. perhatian: what must
    be known before anything is chosen, with the service `alternatif` that may fit better and the check that comes
    before its file. kasus: the titles and answers under which the start page lists the documents.
    """

    layanan: str
    judul: str
    ringkas: str
    pernyataan: str
    layanan_sop: str
    rujukan: Rujukan
    bagian: tuple[Bagian, ...]
    syarat: Callable[[Kantor, Mapping[str, Any]], list[SyaratBerkas]]
    kirim: Kirim
    perbaikan: str
    surat: tuple[str, ...] = ()
    kamera: Mapping[str, str] = field(default_factory=dict)
    petunjuk: Mapping[str, str] = field(default_factory=dict)
    potret: frozenset[str] = frozenset()
    judul_kantor: str = "Kantor sesuai KTP"
    pilih_kantor: str = "Pilih kabupaten atau kota yang tertulis pada KTP Anda."
    lahir: str = "tanggal lahir jemaah"
    perhatian: str = ""
    perhatian_judul: str = ""
    alternatif: str = ""
    kata: Kata = Kata()
    kasus: Callable[[Kantor], list[tuple[str, Mapping[str, Any]]]] = lambda _kantor: [("", {})]

    def butir_terbuka(self, perkara: Perkara) -> list[ButirBerkas]:
        """The checklist lines that the applicant may send again now; [] unless the case was returned electronically."""
        if perkara.jenis != self.layanan or perkara.saluran != Perkara.Saluran.ELEKTRONIK:
            return []
        terbuka = langkah_dari(model_perkara(perkara.jenis), perkara.tahap)
        return butir_kembali(perkara.rinci()) if any(satu.nama == self.perbaikan for satu in terbuka) else []

    @property
    def pemeriksaan(self) -> Pemeriksaan | None:
        """The check that the other service offers before its file."""
        config = apps.get_app_config(self.alternatif) if self.alternatif else None
        return config.pemeriksaan if isinstance(config, SopConfig) else None

    def sop(self, kantor: Kantor | None) -> SOP:
        return SOP.untuk(self.layanan_sop, kantor.slug if kantor else "nasional")


Lanjutan = Ajuan | Susulan
"""What the owner of a case that stands already meets: the declarations share what that takes."""
_ajuan: dict[str, Ajuan] = {}
_susulan: dict[str, Susulan] = {}


def daftarkan(ajuan: Ajuan) -> None:
    """Open a service to applications from outside; called once from the app's `ready()`."""
    if _ajuan.setdefault(ajuan.layanan, ajuan) is not ajuan:
        raise ValueError(f"{ajuan.layanan!r} is declared already")


def daftarkan_susulan(susulan: Susulan) -> None:
    """Let the owners of a service's cases send documents from outside; called once from the app's `ready()`."""
    if _susulan.setdefault(susulan.layanan, susulan) is not susulan:
        raise ValueError(f"{susulan.layanan!r} is declared already")


def cari_lanjutan(layanan: str) -> Lanjutan | None:
    return _ajuan.get(layanan) or _susulan.get(layanan)


def semua_ajuan() -> list[Ajuan]:
    return list(_ajuan.values())


def cari_ajuan(layanan: str) -> Ajuan | None:
    return _ajuan.get(layanan)
