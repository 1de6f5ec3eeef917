"""Answers about one payment, judged as events are: there is one way of judging (`olah`, `nilai`).

An answer that tells of something becomes a `Peristiwa` of its own, named after its call; what the judgement refuses
waits in the same quarantine. *Tidak dikenal* and *diproses* tell of nothing that moved: they only end a doubt.
"""

from __future__ import annotations

import datetime
import hashlib
import json
from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.utils import timezone

from haji_portal.alur.efek import GalatEfek, Tunda
from haji_portal.alur.galat import Basi, LangkahGagal, SalahTahap
from haji_portal.alur.jalankan import jalankan
from haji_portal.alur.models import Efek, Perkara
from haji_portal.alur.pelaku import Mitra, Pelaku, Sistem

from ..models import Panggilan, Pengembalian, Peristiwa, Putusan
from ..models.mitra import Mitra as NamaMitra
from . import alarm
from .olah import olah
from .panggilan import Balasan

Status, Jenis, KIRIM = Pengembalian.Status, Peristiwa.Jenis, Panggilan.Jenis.KIRIM
ID_KUNCI = "jawaban"
BPKH = Mitra(str(NamaMitra.BPKH.label), ID_KUNCI)
SISTEM = Sistem("dana.tanya")
PERISTIWA = {
    "spm_terbit": Jenis.SPM_TERBIT, "ditransfer": Jenis.DITRANSFER, "diterima": Jenis.DITRANSFER,
    "gagal": Jenis.GAGAL, "retur": Jenis.RETUR,
}  # fmt: skip
ISI = ("referensi", "rincian", "jumlah", "mata_uang", "rekening", "waktu", "nomor_spm", "alasan")
MAKS_KIRIM_ULANG = 5
"""Within a day; then the partner loses what it takes, and people have to talk."""
SEHARI = datetime.timedelta(days=1)


def terima_keadaan(p: Pengembalian, balasan: Balasan) -> None:
    """What follows from BPKH's answer to a question. p: the refund as it was read before the question was put.

    Raises GalatEfek when the case moved on meanwhile and the question has to be put again, Tunda while a transfer has
    not arrived.
    """
    if balasan.kata == "tidak_dikenal":
        _tidak_dikenal(p)
    elif balasan.kata == "diproses":
        if p.status == Status.BELUM_PASTI:
            _langkah(p, "lanjutkan", BPKH)
    else:
        _peristiwa(p, balasan)


def terima_tolakan(p: Pengembalian, balasan: Balasan) -> None:
    """BPKH said no to the request itself: a *gagal* about exactly what was asked for. Raises GalatEfek."""
    isi = {
        "referensi": p.nomor, "rincian": {"setoran": p.jumlah_setoran, "nilai_manfaat": 0},
        "jumlah": p.jumlah_setoran, "mata_uang": "IDR", "rekening": p.rekening.nomor,
        "waktu": timezone.now().isoformat(timespec="seconds"), "alasan": balasan.isi["alasan"],
    }  # fmt: skip
    _nilai(simpan(Jenis.GAGAL, isi, balasan.pk))


def simpan(jenis: str, isi: Mapping[str, Any], panggilan: int) -> Peristiwa:
    """An answer as an event; `panggilan` is the call that it answers."""
    badan = json.dumps({"event": jenis} | {nama: isi[nama] for nama in ISI if nama in isi}, separators=(",", ":"))
    kini = timezone.now()
    return Peristiwa.objects.create(
        mitra=NamaMitra.BPKH, id_webhook=f"{ID_KUNCI}-{panggilan}", jenis=jenis, rujukan=isi["referensi"], isi=badan,
        sidik=hashlib.sha256(badan.encode()).hexdigest(), id_kunci=ID_KUNCI, waktu_tanda=kini, diterima=kini,
    )  # fmt: skip


def _peristiwa(p: Pengembalian, balasan: Balasan) -> None:
    putusan = _nilai(simpan(PERISTIWA[balasan.kata], balasan.isi, balasan.pk))
    if balasan.kata == "diterima" and putusan.hasil != Putusan.Hasil.KARANTINA:
        _terima(p.pk, datetime.date.fromisoformat(balasan.isi["tanggal_terima"]))
    elif balasan.kata == "ditransfer" and putusan.hasil == Putusan.Hasil.DIABAIKAN and p.status == Status.DITRANSFER:
        # No event tells of the arrival: whoever wants to know has to ask again.
        raise Tunda("Bank belum memastikan dana diterima.", tanya_lagi(p))


def tanya_lagi(p: Pengembalian) -> datetime.datetime:
    """When to ask next for the arrival: pauses grow with the time since the transfer, up to a day."""
    lama = timezone.now() - p.riwayat.latest("urut").waktu
    return timezone.now() + min(max(lama / 2, datetime.timedelta(seconds=settings.MITRA_TANYA_SESUDAH)), SEHARI)


def _nilai(peristiwa: Peristiwa) -> Putusan:
    olah(peristiwa.pk)
    putusan = Putusan.objects.filter(peristiwa=peristiwa).first()
    if putusan is None:
        raise GalatEfek("Jawaban BPKH tersimpan dan menunggu dinilai.")
    return putusan


def _terima(pk: int, hari: datetime.date) -> None:
    """The bank's word that it arrived; dates of other time zones may differ by one day."""
    kini: Pengembalian = Perkara.objects.get(pk=pk).rinci()  # type: ignore[assignment]
    if kini.status != Status.DITRANSFER:
        return
    paling_awal, paling_akhir = kini.tanggal_transfer, timezone.localdate()
    satu_hari = datetime.timedelta(days=1)
    if hari > paling_akhir + satu_hari or (paling_awal and hari < paling_awal - satu_hari):
        alarm.bertentangan(kini, "diterima", timezone.localdate())
        return
    _langkah(kini, "terima", SISTEM, tanggal_terima=hari)


def _tidak_dikenal(p: Pengembalian) -> None:
    """Only out of *belum pasti* is anything sent again, under the same reference, and never what went on paper."""
    if not lewat_mesin(p):
        return
    if p.status == Status.BELUM_PASTI:
        ulangan = p.riwayat.filter(langkah="kirim_ulang", waktu__gt=timezone.now() - SEHARI).count()
        if ulangan >= MAKS_KIRIM_ULANG:
            alarm.berulang(p, timezone.localdate())
            return
        _langkah(p, "kirim_ulang", SISTEM)
    elif p.status != Status.DIAJUKAN or p.panggilan.filter(jawaban="diproses").exists():
        # It had the request, or ordered the payment, and now knows nothing of it.
        alarm.bertentangan(p, "tidak_dikenal", timezone.localdate())


def lewat_mesin(p: Pengembalian) -> bool:
    """Whether this refund was sent, or is about to be, over the interface; else BPKH has it by hand or by file."""
    akan = Efek.objects.filter(riwayat__perkara=p.pk, jenis="dana.kirim", selesai__isnull=True)
    return p.panggilan.filter(jenis=KIRIM).exists() or akan.exists()


def _langkah(p: Pengembalian, nama: str, oleh: Pelaku, **data: Any) -> None:
    """One step from where the case stood when BPKH was asked; never over something that happened since."""
    try:
        jalankan(p, nama, oleh=oleh, versi=p.versi, data=data)
    except Basi:
        raise GalatEfek("Perkara bergerak selagi BPKH ditanya; ditanya sekali lagi.") from None
    except SalahTahap:
        return
    except LangkahGagal:
        # What BPKH says now and what the book says cannot both be true.
        alarm.bertentangan(p, nama, timezone.localdate())
