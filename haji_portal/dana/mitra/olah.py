"""From a stored event to its effect: judged and applied in one transaction, so that it happens once or not at all."""

from __future__ import annotations

import datetime
import json
import logging
from dataclasses import replace
from typing import Any

from django.db import InterfaceError, OperationalError, transaction
from django.utils import timezone

from haji_portal.alur.deklarasi import cari_langkah
from haji_portal.alur.galat import LangkahGagal, SalahTahap
from haji_portal.alur.jalankan import jalankan
from haji_portal.alur.kantor import kantor_bank
from haji_portal.alur.models import Perkara, Riwayat
from haji_portal.alur.pelaku import Mitra, Sistem
from haji_portal.dana.syarat import pengganti_belum_dikirim

from ..models import Pengembalian, Peristiwa, Putusan
from . import alarm
from .kabar import Kabar, kabar_dari
from .nilai import WEWENANG, Keadaan, Nilai, nilai

log = logging.getLogger(__name__)
Hasil, Alasan = Putusan.Hasil, Putusan.Alasan
BAGIAN = 200
"""Events whose ids are read at a time."""


def olah_semua(batas: int = 5000) -> int:
    """Judge up to `batas` events that nobody judged yet, oldest first; returns how many. Safe beside itself.

    Each is looked at once: one that cannot be judged now does not keep the others waiting.
    """
    selesai, terakhir = 0, 0
    menunggu = Peristiwa.objects.filter(putusan__isnull=True).order_by("pk").values_list("pk", flat=True)
    while selesai < batas and (bagian := list(menunggu.filter(pk__gt=terakhir)[:BAGIAN])):
        selesai += sum(olah(pk) for pk in bagian)
        terakhir = bagian[-1]
    return selesai


def olah(pk: int) -> bool:
    """Judge one event; False when it was judged already, or has to wait for the next round (database busy)."""
    try:
        return _olah(pk)
    except (OperationalError, InterfaceError):
        log.warning("Peristiwa %s menunggu giliran berikutnya: basis data sibuk.", pk)
        return False
    except Exception as galat:
        # Whatever it is, it must not hold up the events behind it; a person sees it with its reason.
        log.exception("Peristiwa %s tidak dapat diolah (%s).", pk, type(galat).__name__)
        return _karantinakan(pk, type(galat).__name__)


def keadaan(p: Pengembalian) -> Keadaan:
    """The refund as the judgement sees it."""
    return Keadaan(
        status=str(p.status), setoran=p.jumlah_setoran, nilai_manfaat=p.nilai_manfaat, nomor_spm=p.nomor_spm,
        rekening=p.rekening.nomor, gerak=frozenset(p.gerak_tercatat()), pesanan_ke=p.pesanan_ke, berakhir=p.ditutup,
        pengganti_dikirim=not pengganti_belum_dikirim(p), dibuka=p.dibuka, kejadian=_kejadian(p),
        dipulihkan=p.dipulihkan(),
    )  # fmt: skip


def terapkan(p: Pengembalian, hasil: Nilai, oleh: Mitra) -> Riwayat | None:
    """Take the steps of a judgement as that partner, else as the portal; the last row of history, None without steps.

    Inside the transaction of whoever keeps the judgement. Raises LangkahGagal.
    """
    riwayat = None
    for nama, isi in hasil.langkah:
        perkara = Perkara.objects.get(pk=p.pk).rinci()
        data = {kunci: _hari(perkara, satu) for kunci, satu in isi.items()}
        boleh = {pihak for langkah in cari_langkah(Pengembalian, nama) for pihak in langkah.oleh.pihak}
        pelaku = oleh if oleh.peran in boleh else Sistem("dana.olah")
        riwayat = jalankan(perkara, nama, oleh=pelaku, versi=perkara.versi, data=data).riwayat
    return riwayat


def nilai_ulang(putusan: Putusan) -> tuple[Riwayat | None, str]:
    """Judge a quarantined event against the refund as it is now; the row of history it led to, and a sentence.

    Inside the transaction of whoever decided it. Raises SalahTahap when it still ends in quarantine.
    """
    peristiwa = putusan.peristiwa
    kabar = kabar_dari(json.loads(peristiwa.isi))
    p = _pengembalian(kabar.rujukan)
    hasil = _nilai(peristiwa, kabar, p)
    if p is None or hasil.hasil == Hasil.KARANTINA:
        alasan = Alasan(hasil.alasan).label
        raise SalahTahap(f"Dinilai ulang, hasilnya tetap karantina: {alasan}. Tidak ada yang diubah.")
    riwayat = terapkan(p, hasil, Mitra(peristiwa.get_mitra_display(), peristiwa.id_kunci))
    return riwayat, f"Dinilai ulang: {Hasil(hasil.hasil).label.lower()}"


def _olah(pk: int) -> bool:
    with transaction.atomic():
        # What another worker holds is its own: the next event need not wait for it.
        peristiwa = Peristiwa.objects.select_for_update(skip_locked=True).filter(pk=pk).first()
        if peristiwa is None or Putusan.objects.filter(peristiwa=peristiwa).exists():
            return False
        kabar = kabar_dari(json.loads(peristiwa.isi))
        p = _pengembalian(kabar.rujukan)
        hasil = _nilai(peristiwa, kabar, p)
        oleh = Mitra(peristiwa.get_mitra_display(), peristiwa.id_kunci)
        riwayat, keterangan = None, ""
        try:
            with transaction.atomic():
                riwayat = terapkan(p, hasil, oleh) if p else None
        except LangkahGagal as galat:
            hasil, keterangan = Nilai(Hasil.KARANTINA, hasil.alasan or Alasan.GALAT), galat.kalimat[:300]
        _catat(peristiwa, hasil, p, riwayat, keterangan)
    return True


def _nilai(peristiwa: Peristiwa, kabar: Kabar, p: Pengembalian | None) -> Nilai:
    if p is None:
        return Nilai(Hasil.KARANTINA, Alasan.RUJUKAN)
    if kabar.jenis not in WEWENANG[peristiwa.mitra]:
        return Nilai(Hasil.KARANTINA, Alasan.WEWENANG)
    if peristiwa.kantor_id and not _milik(p, peristiwa.kantor_id):
        return Nilai(Hasil.KARANTINA, Alasan.MITRA_LAIN)
    hasil = nilai(keadaan(p), kabar, kini=timezone.now())
    if hasil.alasan in (Alasan.KEPASTIAN, Alasan.DIPULIHKAN) and _sudah_menunggu(peristiwa, kabar, p):
        return Nilai(Hasil.DIABAIKAN, Alasan.SUDAH)
    return hasil


def _sudah_menunggu(peristiwa: Peristiwa, kabar: Kabar, p: Pengembalian) -> bool:
    """Whether the very same claim waits in quarantine already: asked every day, a partner says the same every day."""
    lain = Putusan.objects.menunggu().filter(perkara=p.pk, peristiwa__jenis=peristiwa.jenis)
    isi = lain.exclude(peristiwa=peristiwa).values_list("peristiwa__isi", flat=True)
    klaim = (kabar_dari(json.loads(satu)) for satu in isi)
    return any(replace(k, waktu=kabar.waktu, alasan=kabar.alasan) == kabar for k in klaim)


def _milik(p: Pengembalian, kantor_id: int) -> bool:
    """Whether a bank's office pays this refund, also before its turn came: its news may overtake BPKH's."""
    bank = kantor_bank(p.bank_mitra())
    return bank is not None and bank.pk == kantor_id


def _pengembalian(rujukan: str) -> Pengembalian | None:
    """Locked by its header, so that no step comes between the judgement and what follows from it."""
    kepala = Perkara.objects.select_for_update().filter(nomor=rujukan, jenis=Pengembalian.JENIS).first()
    return Pengembalian.objects.select_related("rekening", "kantor").get(pk=kepala.pk) if kepala else None


def _kejadian(p: Pengembalian) -> dict[str, datetime.datetime]:
    """When the events that were applied to this refund happened, by kind; of several the latest."""
    hasil: dict[str, datetime.datetime] = {}
    for isi in Peristiwa.objects.filter(putusan__perkara=p.pk, putusan__hasil=Hasil.DITERAPKAN).values_list("isi"):
        kabar = kabar_dari(json.loads(isi[0]))
        hasil[kabar.jenis] = max(kabar.waktu, hasil.get(kabar.jenis, kabar.waktu))
    return hasil


def _hari(p: Perkara, nilai: Any) -> Any:
    """An instant becomes the day on the clock of the refund's office."""
    return nilai.astimezone(p.kantor.zona_waktu).date() if isinstance(nilai, datetime.datetime) else nilai


def _catat(peristiwa: Peristiwa, hasil: Nilai, p: Perkara | None, riwayat: Riwayat | None, keterangan: str) -> None:
    putusan = Putusan.objects.create(
        peristiwa=peristiwa, hasil=hasil.hasil, alasan=hasil.alasan, perkara_id=p.pk if p else None, riwayat=riwayat,
        keterangan=keterangan, waktu=timezone.now(),
    )  # fmt: skip
    if hasil.hasil == Hasil.KARANTINA:
        alarm.karantina(putusan)


def _karantinakan(pk: int, sebab: str) -> bool:
    """Without touching the refund, which may be what is broken."""
    try:
        with transaction.atomic():
            peristiwa = Peristiwa.objects.get(pk=pk)
            p = Perkara.objects.filter(nomor=peristiwa.rujukan, jenis=Pengembalian.JENIS).first()
            _catat(peristiwa, Nilai(Hasil.KARANTINA, Alasan.GALAT), p, None, sebab)
    except Exception as galat:
        log.exception("Peristiwa %s tidak dapat dikarantinakan (%s).", pk, type(galat).__name__)
        return False
    return True
