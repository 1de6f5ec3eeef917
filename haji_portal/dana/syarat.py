"""Conditions of a refund's steps, each with its sentence; and the checks of amounts and references on the way in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.validators import RegexValidator

from haji_portal.alur.deklarasi import syarat
from haji_portal.alur.galat import IsianSalah
from haji_portal.alur.tampil_waktu import rupiah

if TYPE_CHECKING:
    from .models import KonfirmasiSaldo, Pengembalian

nomor_rekening = RegexValidator(r"^[0-9]{6,20}\Z", "Nomor rekening terdiri atas 6–20 angka.")
RUJUKAN_TERPAKAI = "Nomor rujukan ini sudah dipakai pengembalian lain dari bank yang sama."


@syarat("SPM belum dicatat.")
def spm_tercatat(p: Pengembalian) -> bool:
    return bool(p.nomor_spm and p.nilai_manfaat is not None)


@syarat("Transfer belum dicatat.")
def transfer_tercatat(p: Pengembalian) -> bool:
    return bool(p.rujukan_bank and p.tanggal_transfer)


@syarat("Belum ada usulan bahwa dana sampai di rekening.")
def usulan_terkirim(p: Pengembalian) -> bool:
    lengkap = p.rujukan_bank and p.tanggal_terima and p.nilai_manfaat is not None
    return p.hasil_usulan == "terkirim" and bool(lengkap)


@syarat("Belum ada usulan bahwa dana tidak terkirim.")
def usulan_tidak_terkirim(p: Pengembalian) -> bool:
    return p.hasil_usulan == "tidak"


@syarat("BPKH sudah menerbitkan perintah bayar (SPM).")
def belum_dibayar_bpkh(p: Pengembalian) -> bool:
    return p.pesanan_ke == 1 and not p.gerak_tercatat() & {"spm", "transfer"}


@syarat("Bank sudah mentransfer, atau kabar tentang pembayaran ini bertentangan; dua orang memastikan hasilnya.")
def belum_ditransfer(p: Pengembalian) -> bool:
    return p.pesanan_ke == 1 and "transfer" not in p.gerak_tercatat()


@syarat("Perintah bayar (SPM) belum dibukukan.")
def spm_dibukukan(p: Pengembalian) -> bool:
    return "spm" in p.gerak_tercatat()


@syarat("Pembayaran pengganti sudah dikirim kepada BPKH. Hubungi BPKH agar tidak dibayar dua kali.")
def pengganti_belum_dikirim(p: Pengembalian) -> bool:
    """A payment after this one that is only being prepared can still be stopped."""
    aman = {"disiapkan", "diperiksa", "diusulkan", "dihentikan"}
    return all(lain.tahap in aman for lain in p.rantai())


@syarat(
    "Pembatalannya sudah dipulihkan: uang ini disetor kembali oleh jemaah, atau porsinya aktif kembali. Selesaikan "
    "kabar tentang pembayaran lama ini dengan BPKH; buku dana tidak diubah."
)
def belum_dipulihkan(p: Pengembalian) -> bool:
    """What was paid and paid back cannot bounce, and an active porsi's money is not reserved."""
    return not p.dipulihkan()


@syarat("Ada kabar dari mitra bahwa pembayaran sebelumnya mungkin berhasil; kabar itu diputuskan lebih dulu.")
def pembayaran_lama_jelas(p: Pengembalian) -> bool:
    """No event of an earlier payment waits in quarantine."""
    return not p.kabar_lama_menunggu()


def periksa_jumlah(nama: str, tertulis: int, seharusnya: int) -> None:
    """An amount typed from a partner's paper must be the one that was asked for. Raises IsianSalah at `nama`."""
    if tertulis != seharusnya:
        kalimat = (
            f"Seharusnya {rupiah(seharusnya)}, tertulis {rupiah(tertulis)}. Periksa ketikannya. Bila kertasnya memang "
            "berbeda, jangan dicatat: minta BPKH atau bank memperbaikinya, atau nyatakan belum pasti bila dana sudah "
            "bergerak."
        )
        raise IsianSalah({nama: [kalimat]})


def periksa_rujukan_bank(p: Pengembalian, rujukan: str) -> None:
    """A transfer pays one refund: the proof of an earlier payment is none for a later one. Raises IsianSalah.

    The look-up answers at the field; of two at once the database refuses the later one (`rujukan_bank_sekali`).
    """
    lain = type(p).objects.filter(bank_rujukan__iexact=p.rekening.bank, rujukan_bank__iexact=rujukan)
    if lain.exclude(rujukan_bank="").exclude(pk=p.pk).exists():
        raise IsianSalah({"rujukan_bank": [RUJUKAN_TERPAKAI]})


@syarat("Perkara yang menanyakan saldo ini sudah ditutup; jawabannya tidak diperlukan lagi.")
def induk_menunggu(k: KonfirmasiSaldo) -> bool:
    return k.induk is not None and k.induk.ditutup is None


def periksa_saldo(nama: str, saldo: int, ditanya: int) -> None:
    """Only the whole amount is *there*. Raises IsianSalah at `nama`."""
    if saldo < ditanya:
        kalimat = f"Yang ditanyakan {rupiah(ditanya)}. Bila saldonya kurang dari itu, jawab “tidak ada”."
        raise IsianSalah({nama: [kalimat]})


def periksa_kurang(nama: str, saldo: int, ditanya: int) -> None:
    """What is all there is not missing. Raises IsianSalah at `nama`."""
    if saldo >= ditanya:
        raise IsianSalah({nama: [f"{rupiah(saldo)} mencukupi yang ditanyakan; jawab “ada”."]})
