"""Writing dispositions: sent by hand or by a step of a case, read, done, opened again, withdrawn. Rows only."""

from __future__ import annotations

import datetime
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.db import IntegrityError, transaction
from django.utils import timezone

from haji_portal.akun.models import Kantor, Pengguna, Penugasan, Peran
from haji_portal.alur.galat import Basi, IsianSalah, TidakBerhak
from haji_portal.alur.models import Perkara, Permohonan, Riwayat
from haji_portal.alur.pelaku import Pelaku, Petugas

from ..models import Disposisi, Instruksi, PenerimaDisposisi, PeristiwaDisposisi, SuratMasuk
from .cakupan import PENERIMA, milik, tugas
from .kabar import beri_tahu

Jenis = PeristiwaDisposisi.Jenis


@dataclass(frozen=True)
class Tujuan:
    """A role of the office, or one person under one assignment there (then `penugasan`)."""

    peran: str
    penugasan: Penugasan | None = None

    def baris(self, disposisi: Disposisi, urut: int) -> PenerimaDisposisi:
        """Unsaved: name and position as they are today."""
        t = self.penugasan
        jabatan = t.sebutan if t else str(Peran(self.peran).label)
        return PenerimaDisposisi(
            disposisi=disposisi, urut=urut, peran=self.peran, pengguna=t.pengguna if t else None,
            nama=str(t.pengguna) if t else "", jabatan=jabatan[:140],
        )  # fmt: skip


@dataclass(frozen=True)
class Isi:
    """What a disposition says. instruksi: codes of `Instruksi`; tenggat: an instant inside the office's hours."""

    kepada: Sequence[Tujuan]
    instruksi: Sequence[str] = ()
    catatan: str = ""
    tenggat: datetime.datetime | None = None
    sifat: str = "biasa"
    tanda: uuid.UUID | None = field(default=None)


def kirim(
    oleh: Petugas, isi: Isi, *, surat: SuratMasuk | None = None, perkara: Perkara | None = None,
    induk: Disposisi | None = None,
) -> Disposisi:  # fmt: skip
    """Send a disposition by hand and tell its recipients; a second click answers with the first one's row.

    Raises IsianSalah for nobody, nothing, or somebody outside the office; TidakBerhak where the sender's office has
    neither the letter nor the case; Basi for a letter that was cancelled and a disposition that was withdrawn.
    """
    kantor = oleh.penugasan.kantor
    if induk is not None:
        surat, perkara = induk.surat, induk.perkara
    pokok = surat or perkara
    if pokok is None or pokok.kantor_id != kantor.pk:
        raise TidakBerhak("Disposisi hanya dibuat untuk surat atau perkara kantor sendiri.")
    _periksa(oleh, isi, kantor)
    try:
        with transaction.atomic():
            _masih_berlaku(surat, induk)
            disposisi = _tulis(oleh, isi, kantor, timezone.now(), surat=surat, perkara=perkara, induk=induk)
            beri_tahu(disposisi, kecuali=oleh.pengguna)
    except IntegrityError:
        lama = Disposisi.objects.filter(tanda=isi.tanda, pengirim=oleh.pengguna).first() if isi.tanda else None
        if lama is None:
            raise
        return lama
    return disposisi


def disposisi_langkah(
    perkara: Permohonan, *, dari: Pelaku, kepada: Sequence[Peran], instruksi: Sequence[str] = (), catatan: str = "",
    tenggat: datetime.datetime | None = None,
) -> Disposisi | None:  # fmt: skip
    """What a step of a case passes on, inside its transaction; done with the step that follows (`tutup_langkah`).

    It follows on the disposition of the case that this role was given last. None when no officer took the step (a
    disposition without a sender is none). The case itself tells whose turn it is.
    """
    if not isinstance(dari, Petugas):
        return None
    sebelum = PenerimaDisposisi.objects.filter(disposisi__perkara=perkara.pk, peran=dari.peran, dicabut__isnull=True)
    akhir = sebelum.filter(disposisi__langkah=True).select_related("disposisi").order_by("-pk").first()
    isi = Isi([Tujuan(str(p)) for p in kepada], instruksi, catatan, tenggat)
    return _tulis(
        dari, isi, perkara.kantor, perkara.waktu, perkara=perkara, induk=akhir.disposisi if akhir else None,
        langkah=True,
    )  # fmt: skip


def tutup_langkah(perkara: Permohonan, riwayat: Riwayat) -> None:
    """After every step that moves a case (`alur.jalankan.saat_pindah`): what an earlier step passed on is done.

    The officer who took the step stands behind it; where the portal or the applicant went on, it stays open.
    """
    if riwayat.pengguna_id is None or not perkara.BERDISPOSISI:
        return
    terbuka = PenerimaDisposisi.objects.filter(
        disposisi__perkara=perkara.pk, disposisi__langkah=True, disposisi__dibuat__lt=riwayat.waktu,
        selesai__isnull=True, dicabut__isnull=True,
    )  # fmt: skip
    for p in list(terbuka):
        kini = {"selesai": riwayat.waktu} | ({} if p.dibaca else {"dibaca": riwayat.waktu})
        PenerimaDisposisi.objects.filter(pk=p.pk).update(**kini)
        PeristiwaDisposisi.objects.create(
            penerima=p, jenis=Jenis.SELESAI, oleh_id=riwayat.pengguna_id, nama=riwayat.nama,
            jabatan=riwayat.jabatan[:140], catatan=f"Dengan langkah “{riwayat.label}”."[:400], waktu=riwayat.waktu,
        )  # fmt: skip


def baca(disposisi: Disposisi, pengguna: Pengguna) -> None:
    """Somebody opened what was sent to them; the first time counts."""
    rows = PenerimaDisposisi.objects.filter(milik(pengguna), disposisi=disposisi, dibaca__isnull=True)
    _semua(list(rows), Jenis.DIBACA, pengguna, "", "dibaca")


def selesaikan(disposisi: Disposisi, pengguna: Pengguna, catatan: str) -> bool:
    """Say that it is done, for every row that means this person; False when it was so already.

    Raises TidakBerhak for somebody who did not get it, Basi where it was withdrawn.
    """
    rows = _punya(disposisi, pengguna)
    return _semua((p for p in rows if p.selesai is None), Jenis.SELESAI, pengguna, catatan, "selesai")


def buka_lagi(disposisi: Disposisi, pengguna: Pengguna, catatan: str) -> bool:
    """It is not done after all. Same errors as `selesaikan`; a closed case's own dispositions stay done."""
    if disposisi.langkah:
        raise Basi("Disposisi ini selesai bersama langkah perkaranya dan tidak dibuka lagi di sini.")
    rows = _punya(disposisi, pengguna)
    return _semua((p for p in rows if p.selesai is not None), Jenis.DIBUKA, pengguna, catatan, "")


def cabut(disposisi: Disposisi, oleh: Petugas, catatan: str) -> bool:
    """The sender takes it back from everybody who has not finished; False when there is nobody like that.

    Raises TidakBerhak for anybody else, Basi for one that a step of a case wrote: there the case goes back.
    """
    if disposisi.pengirim_id != oleh.pengguna.pk:
        raise TidakBerhak("Disposisi dicabut oleh pengirimnya.")
    if disposisi.langkah:
        raise Basi("Disposisi ini ditulis langkah perkara; kembalikan perkaranya bila keliru.")
    rows = list(PenerimaDisposisi.objects.filter(disposisi=disposisi, selesai__isnull=True, dicabut__isnull=True))
    return _semua(rows, Jenis.DICABUT, oleh.pengguna, catatan, "dicabut")


def _punya(disposisi: Disposisi, pengguna: Pengguna) -> list[PenerimaDisposisi]:
    rows = list(PenerimaDisposisi.objects.filter(milik(pengguna), disposisi=disposisi))
    if not rows:
        raise TidakBerhak("Disposisi ini tidak ditujukan kepada Anda.")
    if all(p.dicabut for p in rows):
        raise Basi("Disposisi ini sudah dicabut pengirimnya.")
    return [p for p in rows if not p.dicabut]


@transaction.atomic
def _semua(rows: Iterable[PenerimaDisposisi], jenis: str, oleh: Pengguna, catatan: str, kolom: str) -> bool:
    """The same event for several recipients' rows; whether anything changed."""
    return bool(sum(_terjadi(p, jenis, oleh, catatan, kolom) for p in rows))


def _terjadi(p: PenerimaDisposisi, jenis: str, oleh: Pengguna, catatan: str, kolom: str) -> bool:
    """One event and what follows from it for the recipient's row; compare-and-swap, so of two clicks one counts."""
    kini = timezone.now()
    rows = PenerimaDisposisi.objects.filter(pk=p.pk, dicabut__isnull=True)
    if kolom:
        berubah = rows.filter(**{f"{kolom}__isnull": True}).update(**{kolom: kini})
    else:
        berubah = rows.filter(selesai__isnull=False).update(selesai=None)
    if not berubah:
        return False
    if jenis == Jenis.SELESAI:
        rows.filter(dibaca__isnull=True).update(dibaca=kini)
    jabatan = next((t.sebutan for t in tugas(oleh, PENERIMA) if t.kantor_id == p.disposisi.kantor_id), "")
    PeristiwaDisposisi.objects.create(
        penerima=p, jenis=jenis, oleh=oleh, nama=str(oleh), jabatan=jabatan[:140], catatan=catatan, waktu=kini
    )
    return True


def _periksa(oleh: Petugas, isi: Isi, kantor: Kantor) -> None:
    galat: dict[str, list[str]] = {}
    if not isi.kepada:
        galat["kepada"] = ["Pilih kepada siapa disposisi ini diteruskan."]
    if any(t.penugasan and t.penugasan.kantor_id != kantor.pk for t in isi.kepada):
        galat["kepada"] = ["Penerima disposisi harus bertugas di kantor yang sama."]
    if any(t.penugasan and t.penugasan.pengguna_id == oleh.pengguna.pk for t in isi.kepada):
        galat["kepada"] = ["Disposisi tidak dapat ditujukan kepada diri sendiri."]
    if not isi.instruksi and not isi.catatan:
        galat["instruksi"] = ["Centang perintahnya, atau tuliskan pada catatan."]
    if set(isi.instruksi) - set(Instruksi.values):
        galat["instruksi"] = ["Pilih perintah dari daftar ini."]
    if isi.tenggat and isi.tenggat <= timezone.now():
        galat["tenggat"] = ["Tenggat harus sesudah sekarang."]
    if galat:
        raise IsianSalah(galat)


def _masih_berlaku(surat: SuratMasuk | None, induk: Disposisi | None) -> None:
    """Behind the row lock: a cancelled letter is passed on no more, nor what was withdrawn from everybody."""
    if surat and SuratMasuk.objects.select_for_update().get(pk=surat.pk).dibatalkan:
        raise Basi("Surat ini sudah dibatalkan dari agenda.")
    if induk and not PenerimaDisposisi.objects.filter(disposisi=induk, dicabut__isnull=True).exists():
        raise Basi("Disposisi sebelumnya sudah dicabut pengirimnya.")


def _tulis(
    oleh: Petugas, isi: Isi, kantor: Kantor, waktu: datetime.datetime, *, surat: SuratMasuk | None = None,
    perkara: Perkara | None = None, induk: Disposisi | None = None, langkah: bool = False,
) -> Disposisi:  # fmt: skip
    t = oleh.penugasan
    disposisi = Disposisi.objects.create(
        kantor=kantor, surat=surat, perkara_id=perkara.pk if perkara else None, induk=induk, langkah=langkah,
        sifat=isi.sifat, instruksi=_urutkan(isi.instruksi), catatan=isi.catatan, tenggat=isi.tenggat,
        pengirim=oleh.pengguna, peran_pengirim=t.peran, nama_pengirim=oleh.nama, jabatan_pengirim=t.sebutan[:140],
        nip_pengirim=oleh.pengguna.nip or "", sk_pengirim=t.nomor_sk, dibuat=waktu, tanda=isi.tanda,
    )  # fmt: skip
    PenerimaDisposisi.objects.bulk_create(t.baris(disposisi, ke) for ke, t in enumerate(isi.kepada, start=1))
    return disposisi


def _urutkan(instruksi: Iterable[str]) -> list[str]:
    """As the lembar prints them, each once."""
    dipilih = set(instruksi)
    return [kode for kode in Instruksi.values if kode in dipilih]
