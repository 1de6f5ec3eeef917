"""Effects that go out to BPKH: the request of a payment, and the question how it stands.

Unclear means ask: a request without a clear answer is never simply repeated. The case goes to *belum pasti*, BPKH is
asked ten minutes later, and only when it does not know our reference is the request sent again, under that reference.
"""

from __future__ import annotations

import datetime
from typing import Any

from django.conf import settings
from django.db.models import F
from django.utils import timezone

from haji_portal.alur.efek import GalatEfek, Irama, JanganUlang, Tunda, penangan
from haji_portal.alur.galat import Basi, SalahTahap
from haji_portal.alur.jalankan import jalankan
from haji_portal.alur.models import Efek, Perkara, Riwayat
from haji_portal.alur.pelaku import Sistem

from ..models import Panggilan, Pengembalian
from ..models.mitra import Mitra
from . import alarm, jawaban
from .panggilan import BERBEDA, Balasan, Hasil, hubungi, kalimat
from .pemutus import Terbuka
from .skema import SkemaSalah

Status, Jenis = Pengembalian.Status, Panggilan.Jenis
# 10 tries over 75.5 hours, as the public Standard Webhooks scheme proposes.
JEDA = tuple(datetime.timedelta(seconds=s) for s in (5, 300, 1800, 7200, 18000, 36000, 50400, 72000, 86400))
TANYA_SESUDAH = datetime.timedelta(seconds=settings.MITRA_TANYA_SESUDAH)
TAHAN = datetime.timedelta(minutes=15)
"""How long a replacement waits before it looks again whether news of the payment before it is still in quarantine."""
DI_MITRA = (Status.DIAJUKAN, Status.SPM_TERBIT, Status.DITRANSFER, Status.BELUM_PASTI)
"""Where a refund is out of our hands and not at its end."""
AMAN_DIULANG = (Hasil.TAK_TERJANGKAU, Hasil.SALAH_SETEL)
TIDAK_JELAS = "Jawaban BPKH atas permintaan ini tidak diterima dengan jelas. Portal menanyakannya kepada BPKH."


@penangan("dana.kirim", Irama(jeda=JEDA), alarm=alarm.menyerah)
def kirim(efek: Efek) -> None:
    """Ask BPKH to pay, once per release. Without BPKH's interface the request goes by hand or by file."""
    if not settings.BPKH_URL:
        return
    p = _pengembalian(efek)
    if not menunggu_kirim(p, efek.riwayat):
        return
    lalu = efek.riwayat.panggilan.filter(jenis=Jenis.KIRIM).exclude(hasil__in=AMAN_DIULANG).first()
    if lalu is None:
        if p.kabar_lama_menunggu():
            # It came between the release and now: the payment before this one may have been made after all.
            raise Tunda("Kabar tentang pembayaran sebelumnya diputuskan lebih dulu.", timezone.now() + TAHAN)
        _terima_jawaban(p, efek.riwayat, _hubungi(p, efek, Jenis.KIRIM, permintaan(p), id_pesan=f"minta-{p.nomor}"))
    elif lalu.hasil != Hasil.TERJAWAB:
        # Begun and never completed, unclear, or answered without effect: a worker died before it could say so.
        _nyatakan_belum_pasti(p, efek.riwayat)


@penangan("dana.tanya", Irama(tunda=TANYA_SESUDAH, jeda=JEDA), alarm=alarm.menyerah)
def tanya(efek: Efek) -> None:
    """Ask BPKH how a payment stands, until there is an answer; what it says is judged as an event."""
    if not settings.BPKH_URL:
        return
    p = _pengembalian(efek)
    if p.status not in DI_MITRA:
        return
    balasan = _hubungi(p, efek, Jenis.TANYA, {"referensi": p.nomor})
    if balasan.hasil != Hasil.TERJAWAB:
        raise GalatEfek(kalimat(balasan))
    jawaban.terima_keadaan(p, balasan)


def menunggu_kirim(p: Pengembalian, pelepasan: Riwayat) -> bool:
    """Whether this release still has to be asked for: nothing moved since, and nobody at BPKH works on it by hand."""
    bergerak = Riwayat.objects.filter(perkara=p.pk, urut__gt=pelepasan.urut).exclude(dari=F("ke"))
    return p.status == Status.DIAJUKAN and not p.nomor_spm and not bergerak.exists()


def permintaan(p: Pengembalian) -> dict[str, Any]:
    """The body of the request: the same bytes however often it is sent."""
    return {
        "referensi": p.nomor, "rincian": {"setoran": p.jumlah_setoran}, "mata_uang": "IDR",
        "rekening": p.rekening.nomor, "bank": p.rekening.bank, "atas_nama": p.rekening.atas_nama,
        "nomor_porsi": p.porsi.nomor if p.porsi else None,
    }  # fmt: skip


def _pengembalian(efek: Efek) -> Pengembalian:
    return Perkara.objects.get(pk=efek.riwayat.perkara_id).rinci()  # type: ignore[return-value]


def _hubungi(p: Pengembalian, efek: Efek, jenis: str, isi: dict[str, Any], **lain: Any) -> Balasan:
    try:
        balasan = hubungi(Mitra.BPKH, jenis, isi, perkara=p, riwayat=efek.riwayat, **lain)
    except Terbuka as galat:
        raise Tunda("BPKH sedang tidak dapat dihubungi.", galat.sampai) from None
    except SkemaSalah as galat:
        raise JanganUlang(f"Isi permintaan tidak sesuai kontrak dengan BPKH: {galat}") from None
    if balasan.hasil == Hasil.SALAH_SETEL:
        alarm.setelan_ditolak(Mitra.BPKH, balasan.status_http)
    return balasan


def _terima_jawaban(p: Pengembalian, pelepasan: Riwayat, balasan: Balasan) -> None:
    if balasan.hasil == Hasil.DITOLAK:
        jawaban.terima_tolakan(p, balasan)
    elif balasan.hasil == Hasil.TAK_JELAS:
        if balasan.kata == BERBEDA:
            alarm.berbeda(p, pelepasan)
        _nyatakan_belum_pasti(p, pelepasan)
    elif balasan.hasil != Hasil.TERJAWAB:
        raise GalatEfek(kalimat(balasan))


def _nyatakan_belum_pasti(p: Pengembalian, pelepasan: Riwayat) -> None:
    """From the version that was read before the call; a callback that came meanwhile knows more and stands."""
    try:
        jalankan(p, "nyatakan_belum_pasti", oleh=Sistem("dana.kirim"), versi=p.versi, data={"alasan": TIDAK_JELAS})
    except (Basi, SalahTahap):
        p = Perkara.objects.get(pk=p.pk).rinci()  # type: ignore[assignment]
        if menunggu_kirim(p, pelepasan):
            raise GalatEfek("Perkara berubah selagi BPKH dihubungi; keadaannya dibaca lagi.") from None
