"""What can go wrong with a letter; every sentence tells the officer what to do next."""

from __future__ import annotations

from haji_portal.alur.galat import LangkahGagal

TIDAK_TERSIMPAN = (
    "Surat belum dapat disimpan karena penyimpanan portal penuh atau tidak dapat ditulis. Tidak ada yang berubah. "
    "Beri tahu admin portal, lalu ulangi."
)


class SuratGagal(LangkahGagal):
    """Base: the letter cannot be made, signed or read now."""

    status_http = 409


class SandiSalah(SuratGagal):
    """The account password or the BSrE passphrase was wrong, or too many wrong ones came in a row."""

    status_http = 422


class LayananTtdPutus(SuratGagal):
    """The signing service did not answer, or what it did is unknown. The letter stays frozen; signing again is safe."""

    status_http = 503


class LayananTtdMenolak(SuratGagal):
    """The signing service answered and did not sign, or signed something that is not our letter."""


class SuratBerubah(SuratGagal):
    """What was signed or previewed is no longer what the letter says."""


class BukanPenandaTangan(SuratGagal):
    """The assignment does not sign this kind of letter in this office."""

    status_http = 403


class PolaTidakAda(SuratGagal):
    """No number pattern is set for this kind of letter."""


class BerkasRusak(SuratGagal):
    """The stored PDF is missing or is not the one whose hash was recorded."""
