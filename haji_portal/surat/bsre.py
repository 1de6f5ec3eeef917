"""Adapter of the signing port for the BSrE client service, API v2 (fakta.md 10; docs/bsre.md).

The passphrase is asked at signing and lives in one session object of one request. Nothing of an answer is believed
before `jawaban.periksa_jawaban()` has looked at it, and nothing of its text is shown: it may name people.
"""

from __future__ import annotations

from haji_portal.akun.models import Pengguna

from .galat import LayananTtdMenolak, LayananTtdPutus, SandiSalah, SuratGagal
from .hitung import HitungSalah
from .jawaban import periksa_jawaban
from .klien_bsre import Galat, KlienBsre, Putus
from .models import CaraTtd, IdentitasBsre
from .tandatangan import SesiTtd

BATAS_SALAH = 3
"""Fewer than BSrE itself allows, so that guessing here never locks the official's account there."""
JEDA_SALAH = 30 * 60  # seconds
BATAS_PUTUS = 2
"""Lost calls in a row after which a batch stops asking: each may cost a minute."""

TAK_TERJANGKAU = "Layanan BSrE tidak terjangkau. Surat ini belum ditandatangani; coba lagi beberapa saat lagi."
TAK_PASTI = (
    "Jawaban BSrE tidak sampai, jadi surat ini belum dicatat sebagai bertanda tangan. Tanda tangani lagi: hanya satu "
    "berkas yang akan menjadi surat."
)
BERHENTI = "Belum dicoba: layanan BSrE tidak menjawab surat-surat sebelumnya. Coba lagi beberapa saat lagi."
FRASA_SALAH = "Passphrase BSrE salah. Surat belum ditandatangani; ketik ulang passphrase Anda."
FRASA_TERTAHAN = (
    "Passphrase BSrE salah beberapa kali. Tunggu 30 menit sebelum mencoba lagi, supaya akun BSrE Anda tidak terkunci."
)
FRASA_TIDAK_DICOBA = "Belum dicoba: passphrase BSrE salah pada surat sebelumnya."
KALIMAT = {
    Galat.TIDAK_TERDAFTAR: "Surel Anda belum terdaftar di BSrE. Minta admin portal memeriksa identitas BSrE Anda.",
    Galat.KEDALUWARSA: "Sertifikat BSrE Anda sudah kedaluwarsa. Perpanjang dulu di BSrE, lalu tanda tangani lagi.",
    Galat.DICABUT: "Sertifikat BSrE Anda dicabut atau dibekukan. Hubungi verifikator BSrE instansi Anda.",
    Galat.BELUM_TERBIT: "Sertifikat BSrE Anda belum terbit. Selesaikan pendaftaran di BSrE lebih dulu.",
    Galat.KUOTA: "Kuota atau batas laju BSrE instansi ini habis. Beri tahu admin portal, lalu coba lagi nanti.",
    Galat.JAM: "BSrE menolak karena jam tidak cocok. Minta admin portal memeriksa jam server.",
    Galat.BERKAS: "BSrE menolak berkas surat ini. Beri tahu admin portal; surat tetap menunggu.",
    Galat.KREDENSIAL: "BSrE menolak akun portal ini. Admin portal perlu memeriksa pengguna dan sandi layanan BSrE.",
    Galat.GANGGUAN: "Layanan BSrE sedang terganggu. Surat ini belum ditandatangani; coba lagi beberapa saat lagi.",
    Galat.LAIN: "BSrE menolak tanpa alasan yang dikenal portal. Beri tahu admin portal; surat tetap menunggu.",
}
TANPA_IDENTITAS = "Identitas BSrE Anda belum dicatat. Minta admin portal mengisinya di menu Identitas BSrE."


class PenandatanganBsre:
    """Asks for the certificate's state first, so that a batch of letters does not run into the same wall each."""

    def buka(self, pengguna: Pengguna, sandi: str) -> SesiTtd:
        if not sandi:
            raise SandiSalah("Isi passphrase BSrE Anda.")
        identitas = IdentitasBsre.objects.filter(pengguna=pengguna).first()
        if identitas is None:
            raise LayananTtdMenolak(TANPA_IDENTITAS)
        salah = HitungSalah(f"surat-frasa-bsre:{pengguna.pk}", BATAS_SALAH, JEDA_SALAH)
        if salah.tertahan():
            raise SandiSalah(FRASA_TERTAHAN)
        klien = KlienBsre(pengguna)
        try:
            galat = klien.status(identitas.surel)
        except Putus as putus:
            raise LayananTtdPutus(TAK_TERJANGKAU) from putus
        if galat is not None:
            raise LayananTtdMenolak(KALIMAT[galat])
        return _SesiBsre(klien, identitas, sandi, salah)


class _SesiBsre:
    cara = CaraTtd.BSRE

    def __init__(self, klien: KlienBsre, identitas: IdentitasBsre, frasa: str, salah: HitungSalah) -> None:
        self._klien, self._identitas, self._frasa, self._salah = klien, identitas, frasa, salah
        self._putus = 0
        self._frasa_salah = False

    def tandatangani(self, pdf: bytes, cap: bytes, *, alasan: str, lokasi: str) -> bytes:
        if self._frasa_salah:
            raise SandiSalah(FRASA_TIDAK_DICOBA)
        if self._putus >= BATAS_PUTUS:
            raise LayananTtdPutus(BERHENTI)
        # Counted before the call: many requests at once cannot try more passphrases than one after the other.
        if not self._salah.catat():
            self._salah.tarik()
            raise SandiSalah(FRASA_TERTAHAN)
        hasil = self._panggil(pdf, cap, alasan, lokasi)
        periksa_jawaban(pdf, hasil, nama=self._identitas.nama_sertifikat)
        return hasil

    def _panggil(self, pdf: bytes, cap: bytes, alasan: str, lokasi: str) -> bytes:
        try:
            hasil = self._klien.tandatangani(self._identitas.surel, self._frasa, pdf, cap, alasan=alasan, lokasi=lokasi)
        except Putus as putus:
            self._putus += 1
            self._salah.tarik()
            raise LayananTtdPutus(TAK_PASTI if putus.berangkat else TAK_TERJANGKAU) from putus
        except BaseException:
            self._salah.tarik()
            raise
        self._putus = 0
        if hasil is Galat.FRASA:
            self._frasa_salah, self._frasa = True, ""
            raise SandiSalah(FRASA_SALAH)
        self._salah.tarik()
        if isinstance(hasil, Galat):
            raise _penolakan(hasil)
        self._salah.lupakan()
        return hasil


def _penolakan(galat: Galat) -> SuratGagal:
    return (LayananTtdPutus if galat is Galat.GANGGUAN else LayananTtdMenolak)(KALIMAT[galat])
