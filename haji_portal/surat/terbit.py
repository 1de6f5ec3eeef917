"""The life of a letter: draft, frozen with its number, signed, and what ends it.

Signing spans three moments (DESIGN.md, "Signing is never an Efek"): `siapkan()` before, `tandatangani_pdf()` outside
any transaction, `sahkan()` inside the step's transition:

    surat = siapkan(perkara, "sph", penugasan)
    ttd = tandatangani_pdf(surat, pengguna, sandi)
    jalankan(perkara, "tandatangani", oleh=..., versi=surat.versi_perkara,
             data={"surat": [{"surat_id": surat.pk, "hash_pdf": surat.hash_pdf, "berkas_ttd": ttd}]})
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from haji_portal.akun.models import Penugasan, Peran
from haji_portal.alur.models import Perkara
from haji_portal.alur.pelaku import Petugas

from .cara import cara_ttd
from .galat import BukanPenandaTangan, SuratBerubah, SuratGagal
from .gambar import buat_pdf
from .isi import (
    TTD_UNTUK,
    Cap,
    alamat_verifikasi,
    gambar_dokumen,
    gambar_draf,
    html_surat,
    kantor_surat,
    tanggal_kantor,
)
from .jenis import jenis_surat, judul_surat
from .models import CaraTtd, NomorSurat, Surat
from .nomor import ambil_nomor, batalkan_nomor
from .simpan import baca_pdf, buang_pdf, simpan_pdf

if TYPE_CHECKING:
    from .tandatangan import BerkasTtd

Status = Surat.Status


def buat_draf(perkara: Perkara, jenis: str) -> Surat:
    """The draft of a letter as the case stands now, drawn again when the case has moved on.

    A letter that is frozen or signed already is returned as it is, so a late or repeated effect changes nothing.
    Raises LookupError for an unknown kind and ValueError for a kind without signature. Not inside a transaction.
    """
    if not jenis_surat(jenis).bertanda_tangan:
        raise ValueError(f"{jenis!r} is a paper without signature: use dokumen_pdf()")
    rinci = Perkara.objects.get(pk=perkara.pk).rinci()
    surat = _surat_berjalan(rinci, jenis) or _surat_sah(rinci, jenis) or _surat_baru(rinci, jenis)
    if surat.status != Status.DRAF or (surat.kunci_pdf and surat.versi_perkara == rinci.versi):
        return surat
    kunci, hash_pdf = simpan_pdf(gambar_draf(rinci, jenis))
    lama = surat.kunci_pdf
    tertulis = Surat.objects.filter(pk=surat.pk, status=Status.DRAF, kunci_pdf=lama).update(
        kunci_pdf=kunci, hash_pdf=hash_pdf, versi_perkara=rinci.versi
    )
    buang_pdf(lama if tertulis else kunci)
    surat.refresh_from_db()
    return surat


@dataclass(frozen=True)
class Rancangan:
    """A letter between its number and its freezing. `html` is empty when it is frozen already and needs no drawing."""

    surat: Surat
    penugasan: Penugasan
    cara: CaraTtd
    versi: int
    register: NomorSurat | None = None
    html: str = ""

    @property
    def cap(self) -> Cap:
        """The stamp as `bekukan()` will leave it on the letter."""
        if self.register is None:
            return Cap.dari(self.surat)
        tugas = self.penugasan
        return Cap(tugas.pengguna.nama, tugas.sebutan, self.register.nomor, alamat_verifikasi(self.surat.token))


def rancang(perkara: Perkara, jenis: str, penugasan: Penugasan, *, pengganti: bool = False) -> Rancangan:
    """Reserve the number and write the text of a letter for this signer; `bekukan()` takes it from here, once drawn.

    For an unchanged case, the same signer and the same kind of signature the letter that is frozen already is taken
    up again. pengganti=True prepares a new letter while a signed one stands; `sahkan()` then replaces it.
    Raises BukanPenandaTangan, PolaTidakAda, and SuratGagal (already signed). One short transaction.
    """
    periksa_penanda_tangan(penugasan, jenis)
    cara = cara_ttd(penugasan.kantor)
    rinci = Perkara.objects.get(pk=perkara.pk).rinci()
    if not pengganti and _surat_sah(rinci, jenis):
        raise SuratGagal(f"{judul_surat(jenis)} untuk perkara ini sudah ditandatangani.")
    surat = _surat_berjalan(rinci, jenis) or _surat_baru(rinci, jenis)
    tetap = (surat.status, surat.versi_perkara, surat.cara_ttd) == (Status.DIBEKUKAN, rinci.versi, cara)
    if tetap and _sama_penanda(surat, penugasan):
        return Rancangan(surat, penugasan, cara, rinci.versi)
    register = _pesan_nomor(surat.pk, penugasan)
    html = html_surat(rinci, surat, nomor=register.nomor, tanggal=register.tanggal, penugasan=penugasan, cara=cara)
    return Rancangan(surat, penugasan, cara, rinci.versi, register, html)


def bekukan(rancangan: Rancangan, pdf: bytes) -> Surat:
    """Freeze the drawn letter; status `dibekukan`. Raises SuratBerubah when the case moved while it was drawn.

    One short transaction after the file is stored: never call it inside one.
    """
    if not rancangan.register:
        return rancangan.surat
    kunci, hash_pdf = simpan_pdf(pdf)
    try:
        surat, lama = _bekukan(rancangan, rancangan.register, kunci, hash_pdf)
    except BaseException:
        buang_pdf(kunci)
        raise
    buang_pdf(lama)
    return surat


def siapkan(perkara: Perkara, jenis: str, penugasan: Penugasan, *, pengganti: bool = False) -> Surat:
    """`rancang()`, draw here, `bekukan()`: for one letter."""
    rancangan = rancang(perkara, jenis, penugasan, pengganti=pengganti)
    return bekukan(rancangan, gambar_rancangan(rancangan))


def gambar_rancangan(rancangan: Rancangan) -> bytes:
    """The unsigned PDF; nothing for a letter that is frozen already."""
    return buat_pdf(rancangan.html, TTD_UNTUK[rancangan.cara]) if rancangan.html else b""


def sahkan(
    surat_id: int, hash_pdf: str, berkas_ttd: BerkasTtd, petugas: Petugas, waktu: datetime.datetime | None = None
) -> Surat:
    """Make the signed file the letter; call it in the body of the signing step (database only).

    Raises SuratBerubah when the frozen letter is not the one that was signed, BukanPenandaTangan when another person
    or position stands on it. A repeat with the same signed file changes nothing. A letter of this kind that was in
    force until now becomes `diganti`.
    """
    _wajib_transaksi()
    waktu = waktu or timezone.now()
    surat = Surat.objects.select_for_update().get(pk=surat_id)
    if surat.status == Status.DITANDATANGANI and surat.hash_ttd == berkas_ttd.hash_ttd:
        return surat
    if surat.status != Status.DIBEKUKAN or surat.hash_pdf != hash_pdf or berkas_ttd.hash_asal != hash_pdf:
        raise SuratBerubah("Isi surat berubah sejak Anda membukanya. Periksa kembali surat ini, lalu tanda tangani.")
    if not _sama_penanda(surat, petugas.penugasan) or surat.pengguna_id != petugas.pengguna.pk:
        raise BukanPenandaTangan("Surat ini disiapkan untuk penanda tangan lain. Buka kembali suratnya.")
    lama = Surat.objects.select_for_update().filter(
        perkara_id=surat.perkara_id, jenis=surat.jenis, status=Status.DITANDATANGANI
    )
    for satu in lama:
        ganti(satu, surat, waktu)
    surat.status = Status.DITANDATANGANI
    surat.kunci_pdf_ttd, surat.hash_ttd = berkas_ttd.kunci, berkas_ttd.hash_ttd
    surat.ditandatangani_pada = waktu
    surat.save(update_fields=["status", "kunci_pdf_ttd", "hash_ttd", "ditandatangani_pada"])
    return surat


def sahkan_semua(surat: Iterable[Mapping[str, Any]], petugas: Petugas, waktu: datetime.datetime | None = None) -> None:
    """`sahkan()` for every letter of one signing step: [{"surat_id", "hash_pdf", "berkas_ttd"}, ...]."""
    for satu in surat:
        sahkan(**satu, petugas=petugas, waktu=waktu)


def batalkan(surat: Surat, alasan: str, waktu: datetime.datetime | None = None) -> Surat:
    """End a draft or frozen letter; its number stays in the register as `batal`. Raises SuratGagal otherwise."""
    return _akhiri(surat, Surat.BERJALAN, Status.BATAL, alasan, waktu)


def cabut(surat: Surat, alasan: str, waktu: datetime.datetime | None = None) -> Surat:
    """Withdraw a signed letter: the public page says `dicabut`, the register `batal`. Raises SuratGagal otherwise."""
    return _akhiri(surat, (Status.DITANDATANGANI,), Status.DICABUT, alasan, waktu)


def akhiri_semua(perkara: Perkara, alasan: str, waktu: datetime.datetime | None = None) -> None:
    """The case ends without what its letters say, so they end with it: unsigned ones `batal`, signed ones `dicabut`."""
    for surat in perkara.surat.filter(status__in=Surat.BERJALAN):
        batalkan(surat, alasan, waktu)
    for surat in perkara.surat.filter(status=Status.DITANDATANGANI):
        cabut(surat, alasan, waktu)


def ganti(surat_lama: Surat, surat_baru: Surat, waktu: datetime.datetime | None = None) -> Surat:
    """Mark a signed letter as replaced; its number stays used. Raises SuratGagal when it was not in force."""
    surat_lama.pengganti = surat_baru
    return _akhiri(surat_lama, (Status.DITANDATANGANI,), Status.DIGANTI, "", waktu)


def isi_pdf(surat: Surat) -> bytes:
    """The PDF of a letter as it stands: signed, frozen, or the draft, which is drawn here when it is not made yet.

    Raises BerkasRusak when the stored file is missing or altered, SuratGagal for a letter that ended undrawn.
    """
    if surat.status == Status.DRAF:
        surat = buat_draf(surat.perkara, surat.jenis)
    if surat.kunci_pdf_ttd:
        return baca_pdf(surat.kunci_pdf_ttd, surat.hash_ttd)
    if not surat.kunci_pdf:
        raise SuratGagal("Surat ini dibatalkan sebelum dibuat.")
    return baca_pdf(surat.kunci_pdf, surat.hash_pdf)


def dokumen_pdf(perkara: Perkara, jenis: str) -> bytes:
    """A paper without number and signature, for instance the receipt, drawn on demand. Raises LookupError."""
    return gambar_dokumen(perkara.rinci(), jenis_surat(jenis))


def periksa_penanda_tangan(penugasan: Penugasan, jenis: str) -> None:
    """Raises BukanPenandaTangan when the assignment is over or the office names another role for this letter."""
    hari = tanggal_kantor(penugasan.kantor)
    if not Penugasan.objects.berlaku(hari).filter(pk=penugasan.pk, pengguna__is_active=True).exists():
        raise BukanPenandaTangan("Masa penugasan Anda tidak berlaku hari ini. Hubungi Kasubag Tata Usaha.")
    peran = penugasan.kantor.peran_penanda_tangan(jenis, hari)
    if peran is not None and peran != penugasan.peran:
        raise BukanPenandaTangan(f"Di kantor ini {judul_surat(jenis)} ditandatangani oleh {Peran(peran).label}.")


def _surat_berjalan(perkara: Perkara, jenis: str) -> Surat | None:
    return Surat.objects.filter(perkara_id=perkara.pk, jenis=jenis, status__in=Surat.BERJALAN).first()


def _surat_sah(perkara: Perkara, jenis: str) -> Surat | None:
    return Surat.objects.filter(perkara_id=perkara.pk, jenis=jenis, status=Status.DITANDATANGANI).first()


def _surat_baru(perkara: Perkara, jenis: str) -> Surat:
    """A fresh draft row, or the one that another process made at the same moment."""
    try:
        with transaction.atomic():
            return Surat.objects.create(perkara_id=perkara.pk, jenis=jenis, kantor=kantor_surat(perkara, jenis))
    except IntegrityError:
        berjalan = _surat_berjalan(perkara, jenis)
        if berjalan is None:
            raise
        return berjalan


def _pesan_nomor(surat_id: int, penugasan: Penugasan) -> NomorSurat:
    """The number of this letter in the signer's office, reserved now if it has none yet."""
    with transaction.atomic(durable=True):
        surat = Surat.objects.select_for_update().get(pk=surat_id)
        if surat.status not in Surat.BERJALAN:
            raise SuratBerubah("Surat ini baru saja berubah. Muat ulang halaman ini.")
        register = surat.register.filter(status=NomorSurat.Status.DIPAKAI).first()
        if register is not None and register.kantor_id == penugasan.kantor_id:
            return register
        if register is not None:
            batalkan_nomor(surat, "Surat ditandatangani oleh kantor lain.")
        return ambil_nomor(surat, penugasan.kantor, tanggal_kantor(penugasan.kantor))


def _bekukan(rancangan: Rancangan, register: NomorSurat, kunci: str, hash_pdf: str) -> tuple[Surat, str]:
    """Write the frozen letter; returns it and the key of the PDF that nobody needs any more.

    Two clicks draw the same bytes: the second keeps the first one's file, which may be in the signer's hands already.
    """
    surat_id, versi, penugasan = rancangan.surat.pk, rancangan.versi, rancangan.penugasan
    with transaction.atomic(durable=True):
        # The header first, as jalankan() does: whoever locks in another order waits for ever.
        kunci_perkara = Perkara.objects.select_for_update().values_list("versi", flat=True)
        versi_kini = kunci_perkara.get(pk=rancangan.surat.perkara_id)
        surat = Surat.objects.select_for_update().get(pk=surat_id)
        if versi_kini != versi or surat.status not in Surat.BERJALAN:
            raise SuratBerubah("Perkara ini berubah selagi suratnya disiapkan. Periksa kembali, lalu ulangi.")
        lama = surat.kunci_pdf
        if surat.status == Status.DIBEKUKAN and surat.hash_pdf == hash_pdf and _sama_penanda(surat, penugasan):
            surat.versi_perkara, surat.cara_ttd = versi, rancangan.cara
            surat.save(update_fields=["versi_perkara", "cara_ttd"])
            return surat, kunci
        surat.status, surat.kantor, surat.cara_ttd = Status.DIBEKUKAN, penugasan.kantor, rancangan.cara
        surat.nomor, surat.tanggal = register.nomor, register.tanggal
        surat.kunci_pdf, surat.hash_pdf, surat.versi_perkara = kunci, hash_pdf, versi
        surat.pengguna, surat.nama_penanda_tangan = penugasan.pengguna, penugasan.pengguna.nama
        surat.jabatan, surat.nip = penugasan.sebutan, penugasan.pengguna.nip or ""
        surat.nomor_sk = penugasan.nomor_sk
        surat.save()
        return surat, lama


def _sama_penanda(surat: Surat, penugasan: Penugasan) -> bool:
    return (surat.pengguna_id, surat.kantor_id, surat.jabatan, surat.nomor_sk) == (
        penugasan.pengguna_id,
        penugasan.kantor_id,
        penugasan.sebutan,
        penugasan.nomor_sk,
    )


def _akhiri(surat: Surat, dari: tuple[str, ...], ke: str, alasan: str, waktu: datetime.datetime | None) -> Surat:
    with transaction.atomic():
        kini = Surat.objects.select_for_update().get(pk=surat.pk)
        if kini.status not in dari:
            raise SuratGagal(f"Surat ini {kini.get_status_display().lower()}; langkah ini tidak berlaku lagi.")
        kini.status, kini.alasan, kini.pengganti = ke, alasan[:300], surat.pengganti
        kini.diakhiri_pada = waktu or timezone.now()
        kini.save(update_fields=["status", "alasan", "pengganti", "diakhiri_pada"])
        if ke != Status.DIGANTI:
            batalkan_nomor(kini, f"{kini.get_status_display()}: {alasan}"[:300])
    surat.refresh_from_db()
    return surat


def _wajib_transaksi() -> None:
    if not connection.in_atomic_block:
        raise RuntimeError("sahkan() belongs into the body of the signing step, inside its transaction")
