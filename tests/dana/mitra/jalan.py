"""Steps of these tests: run the newest effect of a kind now, and answers that fit the contract."""

from __future__ import annotations

from django.utils import timezone

from haji_portal.alur.efek import jalankan_efek
from haji_portal.alur.models import Efek
from haji_portal.dana.models import Panggilan
from tests.dana.tanah import NM, segar

from .lawan import http


def efek(p, jenis="dana.kirim"):
    return Efek.objects.filter(riwayat__perkara=p.pk, jenis=jenis).latest("pk")


def kerjakan(p, jenis="dana.kirim"):
    """The newest effect of this kind, as if it were due and its lease were over; as it stands afterwards."""
    satu = efek(p, jenis)
    Efek.objects.filter(pk=satu.pk).update(jatuh_tempo=timezone.now(), sewa_sampai=None)
    jalankan_efek(satu.pk)
    satu.refresh_from_db()
    return satu


def tahap(p):
    return segar(p).tahap


def panggilan(p):
    return list(Panggilan.objects.filter(perkara=p.pk).order_by("pk").values_list("jenis", "hasil", "jawaban"))


def terima(minta):
    """The request is taken; any question is answered with *diproses*."""
    return http(202 if minta.jalur == "/pengembalian/" else 200, {"referensi": minta.isi["referensi"],
                                                                  "status": "diproses"})  # fmt: skip


def keadaan(p, status, **ganti):
    """BPKH's answer to a question, with everything that it may know."""
    isi = {
        "referensi": p.nomor, "status": status, "rincian": {"setoran": p.jumlah_setoran, "nilai_manfaat": NM},
        "jumlah": p.jumlah_setoran + NM, "mata_uang": "IDR", "rekening": p.rekening.nomor,
        "waktu": timezone.now().isoformat(timespec="seconds"), "nomor_spm": "SPM/2026/7",
        "tanggal_terima": timezone.localdate().isoformat(),
    }  # fmt: skip
    return isi | ganti
