"""Ground of the contract for reactivations: branches off the plain path, and what happens in the cases beside it."""

from __future__ import annotations

from haji_portal.surat.terbit import cabut
from pengaktifan import contoh
from pengaktifan.models import Pengaktifan
from tests.pembatalan.tanah import pelaksana


def siapkan(perkara, langkah):
    """BPKH answers, the admin has written its account."""
    contoh.siapkan(perkara, langkah)


def bukakan(perkara, langkah):
    """Make a branch possible: papers that are short, a letter that was withdrawn, the cause that only the Ditjen
    decides."""
    if langkah == "kembalikan":
        satu = perkara.butir.order_by("urut").values_list("pk", flat=True)[0]
        perkara.butir.filter(pk=satu).update(verdict="kurang", alasan="Fotokopi tidak terbaca.")
    if langkah in ("susun_ulang", "ganti_jawaban"):
        jenis = {"susun_ulang": "laporan_pengaktifan", "ganti_jawaban": "jawaban_pengaktifan"}[langkah]
        cabut(perkara.surat.filter(status="ditandatangani", jenis=jenis).order_by("-pk")[0], "Salah ketik.")
    if langkah == "teruskan_laporan_jemaah":
        nama = "catat_laporan_jemaah"
        pelaksana().lakukan(perkara, nama, contoh.isian(perkara, nama))
    if langkah == "ajukan_keputusan":
        Pengaktifan.objects.filter(pk=perkara.pk).update(sebab="kesalahan-sistem")
