"""May it happen now, and if not, why? Every rule carries its citation into the sentence."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError

from haji_portal.alur.deklarasi import syarat
from haji_portal.alur.models import Perkara
from haji_portal.berkas.syarat import ada_kekurangan, berkas_lengkap, lampiran_ada
from haji_portal.dana.models import KonfirmasiSaldo, RekeningBpkh
from haji_portal.jemaah.models import PeristiwaPorsi, Porsi
from haji_portal.surat import syarat as surat
from haji_portal.surat.syarat import ada_surat_dicabut

from .tahap import Pelapor, Sebab

if TYPE_CHECKING:
    from .models.isian import IsianPengaktifan as Isian

__all__ = ["ada_kekurangan", "ada_surat_dicabut", "berkas_lengkap"]
Saldo = KonfirmasiSaldo.Status
BUKTI = "bukti-setor-kembali"
"""The line of the checklist that the pilgrim answers after the money was paid back to BPKH."""


@syarat("Nomor porsi ini tidak batal; hanya porsi yang batal diaktifkan kembali (Kepdirjen PHU 242/2021).")
def porsi_batal(p: Isian) -> bool:
    return p.porsi is not None and p.porsi.status == Porsi.Status.BATAL


@syarat("Nomor porsi ini sudah dilimpahkan kepada orang lain sesudah batal, jadi tidak diaktifkan kembali.")
def belum_dilimpahkan(p: Isian) -> bool:
    if p.porsi is None or p.porsi.jemaah_id != p.pemohon_id:
        return False
    akhir = p.porsi.peristiwa.filter(jenis__in=[PeristiwaPorsi.Jenis.BATAL, PeristiwaPorsi.Jenis.DILIMPAHKAN]).last()
    return akhir is None or akhir.jenis != PeristiwaPorsi.Jenis.DILIMPAHKAN


@syarat("Uang pembatalan porsi ini masih dalam perjalanan; tunggu sampai pengembaliannya berakhir.")
def uang_tidak_di_jalan(p: Isian) -> bool:
    return not Perkara.objects.filter(jenis="pengembalian", porsi=p.porsi_id, ditutup__isnull=True).exists()


PORSI = [porsi_batal, belum_dilimpahkan, uang_tidak_di_jalan]
"""What must hold of the porsi and its money, at the intake, at the centre, and behind the lock that activates it."""


@syarat("Lengkapi nama pelapor, hubungan atau jabatannya, dan nomor ponsel atau surelnya.")
def pelapor_lengkap(p: Isian) -> bool:
    kontak = p.telepon_pelapor or p.surel_pelapor
    return p.pelapor != Pelapor.LAIN or bool(p.nama_pelapor and p.sebagai_pelapor and kontak)


@syarat("Isi nomor dan tanggal putusan pengadilan (Kepulauan Seribu 019/2023, persyaratan 4).")
def putusan_tertulis(p: Isian) -> bool:
    return p.sebab != Sebab.PUTUSAN or bool(p.nomor_putusan and p.tanggal_putusan)


@syarat("Pembatalan sepihak dilaporkan jemaah atau pelapor lain, bukan kantor (Kepulauan Seribu 019/2023, 3.a).")
def pelapor_sah(p: Isian) -> bool:
    return p.sebab != Sebab.SEPIHAK or p.pelapor != Pelapor.KANTOR


ATURAN = [porsi_batal, belum_dilimpahkan, pelapor_lengkap, pelapor_sah, putusan_tertulis]
"""What must hold for every reactivation at the counter, before the office signs and before the centre asks BPKH."""


surat_utuh = surat.surat_utuh("Laporan kantor ini dicabut dan belum diganti; kantor menyusunnya ulang lebih dulu.")


jawaban_dicabut = surat.tidak_berlaku(
    "jawaban_pengaktifan", "Surat jawaban masih berlaku; hanya surat yang dicabut diganti dengan yang baru."
)


@syarat("Laporan tertulis jemaah belum diunggah.")
def laporan_jemaah_ada(p: Isian) -> bool:
    return lampiran_ada(p, "laporan")


def _jawaban(p: Isian) -> str:
    k = p.konfirmasi()
    return k.tahap if k is not None else ""


@syarat("BPKH belum menjawab bahwa saldonya ada.")
def terjawab_ada(p: Isian) -> bool:
    return _jawaban(p) == Saldo.ADA


@syarat("BPKH belum menjawab bahwa saldonya tidak ada.")
def terjawab_tidak_ada(p: Isian) -> bool:
    return _jawaban(p) == Saldo.TIDAK_ADA


@syarat(
    "Untuk kesalahan sistem SOP hanya mengenal saldo yang masih di BPKH; Ditjen yang memutuskan "
    "(Kepulauan Seribu 019/2023)."
)
def mengenal_setoran_kembali(p: Isian) -> bool:
    return p.sebab != Sebab.KESALAHAN_SISTEM


@syarat(
    "Hanya kesalahan sistem dengan saldo yang sudah keluar diputuskan Ditjen; untuk sebab ini setoran diminta kembali."
)
def perlu_keputusan(p: Isian) -> bool:
    return not mengenal_setoran_kembali(p)


@syarat("Rekening BPKH untuk setoran kembali belum diisi. Minta admin mengisinya: Dana, Rekening BPKH.")
def rekening_bpkh_ada(p: Isian) -> bool:
    return RekeningBpkh.kini() is not None


def periksa_bukti(unggahan: Mapping[str, object]) -> None:
    """Exactly the proof that was asked for. Raises ValidationError per line, as the upload page knows them."""
    galat = {f"unggah_{kode}": "Berkas ini tidak diminta." for kode in unggahan if kode != BUKTI}
    if BUKTI not in unggahan:
        galat[f"unggah_{BUKTI}"] = "Unggah bukti setoran kembali."
    if galat:
        raise ValidationError(galat)
