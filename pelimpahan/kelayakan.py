"""May this porsi be transferred, and to this relative? Kepdirjen PHU 245/2021, rule by rule, pure.

No form, no request, no row: `Keadaan` in, `Putusan` out. The page that a family asks and the intake of a real case use
the same functions; "" and None are answers that nobody knows yet.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from django.db.models import TextChoices

from haji_portal.alur.models import Aturan
from haji_portal.alur.tampil_waktu import tanggal
from haji_portal.alur.usia import lahir_paling_akhir

from .tahap import KELUARGA, Hubungan, Sebab

LAIN = "lain"
"""Another cause than those of A.2, another relative than those of A.3."""


class Berangkat(TextChoices):
    """How far the pilgrim came on the way to the haji."""

    BELUM = "belum", "Belum pernah masuk asrama haji"
    MASUK = "masuk", "Pernah masuk asrama haji, tetapi tidak berangkat"
    ASRAMA = "asrama", "Wafat sesudah masuk asrama haji, sebelum masa pemberangkatan berakhir"
    PULANG = "pulang", "Sakit di asrama haji, lalu wafat di tanah air sesudah masa pemberangkatan berakhir"
    SUDAH = "sudah", "Sudah berangkat ke Arab Saudi"


class RiwayatPorsi(TextChoices):
    UTUH = "utuh", "Belum pernah dilimpahkan atau dibatalkan"
    DILIMPAHKAN = "dilimpahkan", "Sudah pernah dilimpahkan"
    BATAL = "batal", "Sudah dibatalkan"


class BanyakPorsi(TextChoices):
    SATU = "satu", "Hanya satu"
    TERDEKAT = "terdekat", "Lebih dari satu; ini yang berangkat paling awal"
    LEBIH_JAUH = "lebih-jauh", "Lebih dari satu; ada yang berangkat lebih awal"


class Hasil(StrEnum):
    YA = "ya"
    TIDAK = "tidak"
    # Nobody knows yet: the family has to find out.
    CARI = "cari"
    # It is not so now, and the family can make it so.
    PENUHI = "penuhi"


class Tentang(StrEnum):
    """A no about the porsi ends it; a no about the recipient leaves the other relatives."""

    PORSI = "porsi"
    PENERIMA = "penerima"
    PENGAJUAN = "pengajuan"


@dataclass(frozen=True)
class Ambang:
    """The dated values of the rules on the day of the application."""

    hari: datetime.date
    usia: int
    wafat_sejak: datetime.date
    sumber_wafat: str

    @classmethod
    def pada(cls, hari: datetime.date) -> Ambang:
        """Aturan.DoesNotExist when the reference data lacks one of them."""
        usia, wafat = Aturan.pada("usia-minimal", hari), Aturan.pada("pelimpahan-wafat-sejak", hari)
        return cls(hari, int(usia.nilai), datetime.date.fromisoformat(wafat.nilai), wafat.sumber)

    @property
    def lahir_paling_akhir(self) -> datetime.date:
        """Whoever was born on this day or before is old enough."""
        return lahir_paling_akhir(self.hari, self.usia)


@dataclass(frozen=True)
class Keadaan:
    """What is known of pilgrim, porsi and recipient."""

    sebab: str = ""
    wafat_terhitung: bool | None = None
    """Died on the day from which deaths count, or later."""
    berangkat: str = ""
    riwayat_porsi: str = ""
    banyak_porsi: str = ""
    hubungan: str = ""
    islam: bool | None = None
    cukup_usia: bool | None = None
    hadir: bool | None = None
    """The recipient comes in person."""
    bank_sama: bool | None = None
    daftar_di_sini: bool | None = None
    """The pilgrim registered at the office where it is asked for."""
    beda_provinsi: bool | None = None


def terhitung(meninggal: datetime.date | None, ambang: Ambang) -> bool | None:
    """`Keadaan.wafat_terhitung` of a date of death; None without one."""
    return None if meninggal is None else meninggal >= ambang.wafat_sejak


def sampai_mana(
    masuk_asrama: datetime.date | None, meninggal: datetime.date | None, akhir_pemberangkatan: datetime.date | None
) -> str:
    """`Keadaan.berangkat` of a pilgrim who did not depart, by the dates of A.7 and A.8; "" when one is missing.

    The last day of the departures still belongs to them.
    """
    if masuk_asrama is None or (meninggal is not None and meninggal < masuk_asrama):
        return Berangkat.BELUM
    if meninggal is None:
        return Berangkat.MASUK
    if akhir_pemberangkatan is None:
        return ""
    return Berangkat.PULANG if meninggal > akhir_pemberangkatan else Berangkat.ASRAMA


@dataclass(frozen=True)
class Temuan:
    """What one rule says of this case: one sentence and where it stands."""

    kode: str
    tentang: Tentang
    hasil: Hasil
    kalimat: str
    dasar: str

    def __str__(self) -> str:
        return f"{self.kalimat} ({self.dasar})."


Jawaban = tuple[Hasil, str]
Penilai = Callable[[Keadaan, Ambang], Jawaban | None]
"""The verdict of a rule and its sentence without the full stop; None where the rule does not concern this case."""


@dataclass(frozen=True)
class Ketentuan:
    kode: str
    tentang: Tentang
    dasar: str
    nilai: Penilai

    def periksa(self, keadaan: Keadaan, ambang: Ambang) -> Temuan | None:
        jawab = self.nilai(keadaan, ambang)
        if jawab is None:
            return None
        dasar = self.dasar.format(sumber_wafat=ambang.sumber_wafat)
        return Temuan(self.kode, self.tentang, jawab[0], jawab[1], dasar)


KETENTUAN: list[Ketentuan] = []
"""Every rule, in the order in which a family is told."""


def _ketentuan(kode: str, tentang: Tentang, dasar: str) -> Callable[[Penilai], Penilai]:
    def daftar(nilai: Penilai) -> Penilai:
        KETENTUAN.append(Ketentuan(kode, tentang, dasar, nilai))
        return nilai

    return daftar


def _tiga(nilai: bool | None, ya: str, tidak: str, cari: str, bila_tidak: Hasil = Hasil.TIDAK) -> Jawaban:
    if nilai is None:
        return Hasil.CARI, cari
    return (Hasil.YA, ya) if nilai else (bila_tidak, tidak)


@_ketentuan("sebab", Tentang.PORSI, "Kepdirjen PHU 245/2021 A.2, A.3")
def sebab_sah(k: Keadaan, _: Ambang) -> Jawaban:
    if k.sebab == Sebab.WAFAT:
        return Hasil.YA, "Porsi jemaah yang wafat sebelum berangkat dapat dilimpahkan kepada keluarga"
    if k.sebab == Sebab.SAKIT:
        return Hasil.YA, "Porsi jemaah yang sakit permanen, menurut surat keterangan dokter, dapat dilimpahkan"
    if k.sebab == LAIN:
        return Hasil.TIDAK, "Hanya porsi jemaah yang wafat atau sakit permanen yang dapat dilimpahkan"
    return Hasil.CARI, "Pastikan dulu sebabnya: jemaah wafat, atau sakit permanen menurut surat keterangan dokter"


@_ketentuan("wafat-sejak", Tentang.PORSI, "{sumber_wafat}")
def wafat_terhitung(k: Keadaan, a: Ambang) -> Jawaban | None:
    if k.sebab != Sebab.WAFAT:
        return None
    batas = tanggal(a.wafat_sejak)
    return _tiga(
        k.wafat_terhitung,
        f"Jemaah wafat pada atau sesudah {batas}",
        f"Jemaah wafat sebelum {batas}, dan pelimpahan baru berlaku sejak tanggal itu",
        f"Lihat tanggal wafat pada akta kematian: porsi dapat dilimpahkan bila wafatnya pada atau sesudah {batas}",
    )


BERANGKAT_SAKIT: dict[str, Jawaban] = {
    Berangkat.BELUM: (Hasil.YA, "Jemaah sakit permanen sebelum berangkat"),
    Berangkat.MASUK: (Hasil.YA, "Jemaah pernah masuk asrama haji, tetapi tidak berangkat"),
}
BERANGKAT_WAFAT: dict[str, Jawaban] = {
    Berangkat.BELUM: (Hasil.YA, "Jemaah belum pernah masuk asrama haji"),
    Berangkat.ASRAMA: (
        Hasil.TIDAK,
        "Jemaah wafat sesudah masuk asrama haji, sebelum masa pemberangkatan berakhir",
    ),
    Berangkat.PULANG: (
        Hasil.YA,
        "Jemaah sakit di asrama haji, lalu wafat di tanah air sesudah masa pemberangkatan berakhir",
    ),
    Berangkat.MASUK: (
        Hasil.CARI,
        "Jemaah pernah masuk asrama haji: pastikan apakah wafatnya sesudah masa pemberangkatan berakhir",
    ),
}


@_ketentuan("berangkat", Tentang.PORSI, "Kepdirjen PHU 245/2021 A.3, A.7, A.8")
def sebelum_berangkat(k: Keadaan, _: Ambang) -> Jawaban | None:
    if k.sebab not in (Sebab.WAFAT, Sebab.SAKIT):
        return None
    if k.berangkat == Berangkat.SUDAH:
        return Hasil.TIDAK, "Jemaah sudah berangkat; hanya porsi yang belum dipakai berangkat yang dapat dilimpahkan"
    jawab = (BERANGKAT_SAKIT if k.sebab == Sebab.SAKIT else BERANGKAT_WAFAT).get(k.berangkat)
    return jawab or (Hasil.CARI, "Pastikan apakah jemaah pernah masuk asrama haji atau berangkat")


@_ketentuan("riwayat-porsi", Tentang.PORSI, "Kepdirjen PHU 245/2021 A.5; 241/2021 C.1.f")
def belum_dipakai(k: Keadaan, _: Ambang) -> Jawaban:
    jawab: dict[str, Jawaban] = {
        RiwayatPorsi.UTUH: (Hasil.YA, "Porsi ini masih aktif dan belum pernah dilimpahkan"),
        RiwayatPorsi.DILIMPAHKAN: (Hasil.TIDAK, "Satu nomor porsi hanya dapat dilimpahkan satu kali"),
        RiwayatPorsi.BATAL: (Hasil.TIDAK, "Porsi yang sudah dibatalkan tidak dapat dilimpahkan"),
    }
    return jawab.get(k.riwayat_porsi) or (
        Hasil.CARI,
        "Tanyakan di kantor apakah porsi ini masih aktif dan belum pernah dilimpahkan",
    )


@_ketentuan("banyak-porsi", Tentang.PORSI, "Kepdirjen PHU 245/2021 A.6")
def porsi_terdekat(k: Keadaan, _: Ambang) -> Jawaban:
    jawab: dict[str, Jawaban] = {
        BanyakPorsi.SATU: (Hasil.YA, "Jemaah hanya mempunyai satu porsi"),
        BanyakPorsi.TERDEKAT: (
            Hasil.YA,
            "Porsi yang berangkat paling awal ini dilimpahkan, dan porsi jemaah yang lain dibatalkan",
        ),
        BanyakPorsi.LEBIH_JAUH: (
            Hasil.TIDAK,
            "Hanya porsi yang berangkat paling awal yang dilimpahkan; porsi yang lain, termasuk porsi ini, dibatalkan",
        ),
    }
    return jawab.get(k.banyak_porsi) or (Hasil.CARI, "Tanyakan di kantor apakah jemaah mempunyai lebih dari satu porsi")


@_ketentuan("hubungan", Tentang.PENERIMA, "Kepdirjen PHU 245/2021 A.3")
def hubungan_sah(k: Keadaan, _: Ambang) -> Jawaban:
    if k.hubungan == LAIN:
        return Hasil.TIDAK, f"Penerima harus {KELUARGA} jemaah"
    if k.hubungan in Hubungan.values:
        sebutan = Hubungan(k.hubungan).label.lower()
        return Hasil.YA, f"Penerima adalah {sebutan} jemaah"
    return Hasil.CARI, f"Tentukan penerimanya: {KELUARGA} jemaah"


@_ketentuan("islam", Tentang.PENERIMA, "Kepdirjen PHU 245/2021 A.4")
def penerima_islam(k: Keadaan, _: Ambang) -> Jawaban:
    ya = "Penerima beragama Islam"
    return _tiga(k.islam, ya, "Penerima harus beragama Islam", "Pastikan penerima beragama Islam")


@_ketentuan("usia", Tentang.PENERIMA, "Kepdirjen PHU 245/2021 A.4")
def usia_cukup(k: Keadaan, a: Ambang) -> Jawaban:
    lahir = tanggal(a.lahir_paling_akhir)
    return _tiga(
        k.cukup_usia,
        f"Penerima sudah berusia {a.usia} tahun",
        f"Penerima harus berusia {a.usia} tahun saat mengajukan, lahir pada atau sebelum {lahir}",
        f"Pastikan penerima lahir pada atau sebelum {lahir}, sehingga sudah berusia {a.usia} tahun",
    )


@_ketentuan("hadir", Tentang.PENGAJUAN, "Kepdirjen PHU 245/2021 E.1")
def hadir_sendiri(k: Keadaan, _: Ambang) -> Jawaban:
    return _tiga(
        k.hadir,
        "Penerima datang sendiri",
        "Penerima harus datang sendiri dan tidak dapat diwakilkan; tunggu sampai ia dapat datang, atau pilih yang lain",
        "Pastikan penerima dapat datang sendiri, karena tidak dapat diwakilkan",
        Hasil.PENUHI,
    )


@_ketentuan("bank", Tentang.PENGAJUAN, "Kepdirjen PHU 245/2021 B.1.h, B.2.h")
def bank_sama(k: Keadaan, _: Ambang) -> Jawaban:
    return _tiga(
        k.bank_sama,
        "Penerima mempunyai rekening di bank yang sama dengan jemaah",
        "Buka dulu rekening atas nama penerima di bank tempat jemaah menyetor",
        "Lihat bank pada bukti setoran jemaah: penerima perlu rekening di bank yang sama",
        Hasil.PENUHI,
    )


@_ketentuan("kantor", Tentang.PENGAJUAN, "Kepdirjen PHU 245/2021 A.9")
def kantor_pendaftaran(k: Keadaan, _: Ambang) -> Jawaban:
    return _tiga(
        k.daftar_di_sini,
        "Permohonan diajukan di kantor tempat jemaah mendaftar",
        "Ajukan permohonan di kantor tempat jemaah mendaftar, bukan di kantor ini",
        "Lihat pada SPH atau SPPH di kabupaten atau kota mana jemaah mendaftar: permohonan diajukan di kantor itu",
        Hasil.PENUHI,
    )


class Akhir(StrEnum):
    DAPAT = "dapat"
    TIDAK = "tidak"
    BELUM = "belum"


@dataclass(frozen=True)
class Putusan:
    """The verdict and everything that it rests on."""

    temuan: tuple[Temuan, ...]

    def _ada(self, hasil: Hasil, *tentang: Tentang) -> bool:
        return any(t.hasil == hasil and (not tentang or t.tentang in tentang) for t in self.temuan)

    @property
    def akhir(self) -> Akhir:
        if self._ada(Hasil.TIDAK):
            return Akhir.TIDAK
        return Akhir.BELUM if self._ada(Hasil.CARI) or self._ada(Hasil.PENUHI) else Akhir.DAPAT

    @property
    def porsi_tertutup(self) -> bool:
        """Nobody can receive this porsi."""
        return self._ada(Hasil.TIDAK, Tentang.PORSI)

    @property
    def judul(self) -> str:
        if self.porsi_tertutup:
            return "Porsi ini tidak dapat dilimpahkan"
        if self.akhir == Akhir.TIDAK:
            return "Porsi ini tidak dapat dilimpahkan kepada orang itu"
        if self.akhir == Akhir.DAPAT:
            return "Porsi ini dapat dilimpahkan"
        if self._ada(Hasil.CARI):
            return "Belum dapat dipastikan"
        return "Porsi ini dapat dilimpahkan sesudah syaratnya dipenuhi"

    def kelompok(self) -> list[tuple[str, list[Temuan]]]:
        """(title, findings) with what stops the family first; groups without a finding are left out."""
        judul = {
            Hasil.TIDAK: "Mengapa tidak dapat", Hasil.PENUHI: "Yang harus dipenuhi dulu",
            Hasil.CARI: "Yang masih perlu dicari tahu", Hasil.YA: "Yang sudah sesuai",
        }  # fmt: skip
        bagian = [(kata, [t for t in self.temuan if t.hasil == hasil]) for hasil, kata in judul.items()]
        return [(kata, isi) for kata, isi in bagian if isi]


def nilai(keadaan: Keadaan, ambang: Ambang) -> Putusan:
    """Every rule that concerns this case, in order."""
    semua = (k.periksa(keadaan, ambang) for k in KETENTUAN)
    return Putusan(tuple(t for t in semua if t is not None))


def beda_provinsi(keadaan: Keadaan) -> str:
    """What living in another province means for the recipient (E.2); it never decides anything. "" when it does not."""
    if not keadaan.beda_provinsi:
        return ""
    return (
        "Penerima tinggal di provinsi lain: wawancara, pemeriksaan dokumen asli, foto, dan SPH dapat dilakukan petugas "
        "Ditjen (Kepdirjen PHU 245/2021 E.2)."
    )
