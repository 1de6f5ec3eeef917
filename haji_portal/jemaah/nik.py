"""NIK, names, phone and account numbers: reading, checking and masking, without a database or a partner.

A NIK is ``PPKKCC DDMMYY NNNN``: province, regency and district of *first issue* (no proof of domicile), birth date with
40 added to the day for women, a sequence. It has no check digit, and its two-digit year leaves the century open, so it
proves neither a birth date nor an age. NIKs with a wrong date are in use: only the shape may stop anybody.

No message in this module repeats a NIK, a phone or an account number.
"""

import re
from dataclasses import dataclass
from datetime import date

LAKI_LAKI, PEREMPUAN = "L", "P"

_POLA_NIK = re.compile(r"([0-9]{6})([0-9]{2})([0-9]{2})([0-9]{2})([0-9]{4})")
_NASIONAL = r"(8[1-9][0-9]{7,10}|[2-79][0-9]{7,10})"  # mobile | landline with its area code, both without the 0
_POLA_TELEPON = re.compile(rf"(?:(?:\+62|0062|62)0?|0|(?=8)){_NASIONAL}")
_TAMBAHAN_PEREMPUAN = 40

_GELAR = {"h": "H.", "hj": "Hj.", "kh": "KH.", "tgh": "TGH."} | dict.fromkeys(("prof", "dr", "drs", "dra", "ir"), "")
_PENGHUBUNG = {"bin", "binti"}


@dataclass(frozen=True)
class BagianNik:
    """The parts of a NIK. ``wilayah`` is the six-digit district of first issue, ``tahun`` the last two digits."""

    wilayah: str
    hari: int
    bulan: int
    tahun: int
    jenis_kelamin: str
    urut: int

    @property
    def provinsi(self) -> str:
        return self.wilayah[:2]

    @property
    def kabupaten(self) -> str:
        return self.wilayah[:4]

    def cocok(self, tanggal_lahir: date) -> bool:
        """Same day, month and year within the century; 17-08-1965 and 17-08-2065 both match."""
        return (self.hari, self.bulan, self.tahun) == (
            tanggal_lahir.day,
            tanggal_lahir.month,
            tanggal_lahir.year % 100,
        )


def periksa_nik(nik: str) -> BagianNik:
    """Take a NIK apart; ``ValueError`` with an Indonesian sentence when its shape is wrong.

    Spaces and separators are not accepted. A day that its month does not have (31-02) passes: such NIKs exist.
    """
    if not (bagian := _POLA_NIK.fullmatch(nik)):
        raise ValueError("NIK terdiri atas 16 angka, tanpa spasi atau tanda baca.")
    wilayah, hari, bulan, tahun, urut = bagian.groups()
    perempuan = int(hari) > _TAMBAHAN_PEREMPUAN
    hari_lahir = int(hari) - _TAMBAHAN_PEREMPUAN if perempuan else int(hari)
    if not 1 <= hari_lahir <= 31:
        raise ValueError("Angka ke-7 dan ke-8 NIK bukan tanggal lahir: harus 01 sampai 31, atau 41 sampai 71.")
    if not 1 <= int(bulan) <= 12:
        raise ValueError("Angka ke-9 dan ke-10 NIK bukan bulan lahir: harus 01 sampai 12.")
    if urut == "0000":
        raise ValueError("Empat angka terakhir NIK tidak boleh 0000.")
    jenis_kelamin = PEREMPUAN if perempuan else LAKI_LAKI
    return BagianNik(wilayah, hari_lahir, int(bulan), int(tahun), jenis_kelamin, int(urut))


def peringatan_nik(nik: str, tanggal_lahir: date | None, jenis_kelamin: str | None) -> list[str]:
    """What the clerk should compare with the identity card; never raises and never decides.

    ``jenis_kelamin`` is 'L' or 'P'. What is not known yet (``None``, '') is not compared. A NIK of the wrong shape
    gives that one sentence.
    """
    try:
        bagian = periksa_nik(nik)
    except ValueError as galat:
        return [str(galat)]
    peringatan = []
    if tanggal_lahir and not bagian.cocok(tanggal_lahir):
        peringatan.append("Tanggal lahir di dalam NIK berbeda dengan tanggal lahir yang diisi. Cocokkan dengan KTP.")
    if jenis_kelamin and jenis_kelamin != bagian.jenis_kelamin:
        peringatan.append("Jenis kelamin di dalam NIK berbeda dengan yang diisi. Cocokkan dengan KTP.")
    return peringatan


def samarkan_nik(nik: str) -> str:
    """'5203**********01': the regency and the last two digits. Anything that is not 16 digits is masked whole."""
    if not _POLA_NIK.fullmatch(nik):
        return "*" * len(nik)
    return f"{nik[:4]}{'*' * 10}{nik[-2:]}"


def samarkan_rekening(nomor: str) -> str:
    """'******7890'; a number of fewer than eight characters shows two, of fewer than five none."""
    nomor = nomor.strip()
    terlihat = 4 if len(nomor) >= 8 else 2 if len(nomor) >= 5 else 0
    return "*" * (len(nomor) - terlihat) + nomor[len(nomor) - terlihat :]


def inisial(nama: str) -> str:
    """A name for screens that others can see: 'H. Ahmad Yani, S.Pd.' -> 'H. A. Y.'.

    Haji titles (H., Hj., KH., TGH.) in front and bin/binti stay, as people are called so; degrees go. Without a letter
    in the name the result is ''.
    """
    kata = [k for k in re.split(r"[\s.]+", nama.split(",")[0]) if any(map(str.isalpha, k))]
    gelar = []
    while len(kata) > 1 and kata[0].lower() in _GELAR:
        gelar.append(_GELAR[kata.pop(0).lower()])
    singkatan = [
        k.lower()
        if k.lower() in _PENGHUBUNG and 0 < posisi < len(kata) - 1
        else f"{next(filter(str.isalpha, k)).upper()}."
        for posisi, k in enumerate(kata)
    ]
    return " ".join(filter(None, gelar + singkatan))


def normalkan_telepon(nomor: str) -> str:
    """An Indonesian number as '+62...': from 08..., 62..., +62..., 0062... or 8... (a spreadsheet ate the zero).

    Spaces, dots, dashes, slashes and brackets are ignored, the zero in '+62 (0) 812' too. Landlines with their area
    code pass. Applying it twice changes nothing. ``ValueError`` with an Indonesian sentence for anything else.
    """
    cocok = _POLA_TELEPON.fullmatch(re.sub(r"[\s.\-–/()]", "", nomor))
    if not cocok:
        raise ValueError(
            "Nomor telepon tidak dikenali. Tulis nomor Indonesia, misalnya 0812 3456 7890 atau +62 812 3456 7890."
        )
    return f"+62{cocok[1]}"
