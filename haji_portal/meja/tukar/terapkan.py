"""Recording the rows that were shown: one transaction per row, through the same door as a click on the case page."""

from __future__ import annotations

import time
from typing import Any

from django.db import transaction
from django.utils import timezone

from haji_portal.akun.models import Pengguna
from haji_portal.alur.galat import Basi, IsianSalah, LangkahGagal
from haji_portal.alur.jalankan import cari_di_tahap, jalankan, pilih_petugas
from haji_portal.alur.models import Perkara, Permohonan
from haji_portal.alur.pelaku import Pelaku, Sistem
from haji_portal.berkas.saring import UnggahanDitolak
from haji_portal.berkas.simpan import BerkasTersimpan, simpan_teks

from ..models import BarisImpor, ImporBerkas
from .deklarasi import Pertukaran
from .impor import isi_berkas
from .periksa import baca_isian, langkah_diperlukan

SEKALIGUS = 100
BATAS_DETIK = 8.0
"""One request records until either is reached; the page then goes on with the next one. A crash costs one row at most,
and that row is whole or not there."""
Keadaan = BarisImpor.Keadaan
BERUBAH = "Perkara ini berubah sejak pratinjau. Periksa lagi berkasnya, lalu terapkan."


def terapkan(impor: ImporBerkas, pertukaran: Pertukaran, pengguna: Pengguna) -> int:
    """Record the next ready rows in the file's order; returns how many rows are still ready.

    Refused as a whole (UnggahanDitolak) when the kept file is not the one that was judged. What a row may not do is its
    own result and stops no other.
    """
    isi_berkas(impor)
    mulai = time.monotonic()
    siap = impor.baris.filter(keadaan=Keadaan.SIAP)
    for baris in siap.order_by("urut")[:SEKALIGUS]:
        if time.monotonic() - mulai > BATAS_DETIK:
            break
        _satu(impor, pertukaran, baris, pengguna)
    return siap.count()


def galat_penerap(impor: ImporBerkas, pertukaran: Pertukaran, pengguna: Pengguna) -> str:
    """Why this person may not record the next ready row, or "" (also when none is ready)."""
    baris = impor.baris.filter(keadaan=Keadaan.SIAP).select_related("perkara").order_by("urut").first()
    if baris is None or baris.perkara is None:
        return ""
    perkara = baris.perkara.rinci()
    try:
        for nama in langkah_diperlukan(pertukaran, perkara, _nilai(pertukaran, baris)):
            _pelaku(pertukaran, pengguna, perkara, nama)
    except LangkahGagal as galat:
        return galat.kalimat if galat.status_http == 403 else ""
    except ValueError:
        return ""  # not readable any more: told as the result of its own row
    return ""


def _satu(impor: ImporBerkas, pertukaran: Pertukaran, baris: BarisImpor, pengguna: Pengguna) -> None:
    keadaan, kalimat = Keadaan.TERCATAT, ""
    try:
        perkara = Perkara.objects.get(pk=baris.perkara_id or 0).rinci()
        if perkara.versi != baris.versi:
            raise Basi(BERUBAH)
        bukti = simpan_teks(
            _kutipan(impor, pertukaran, baris, perkara), f"kutipan {pertukaran.pintu.nama} {perkara.nomor}"
        )
        with transaction.atomic():
            # One at a time per file: a second click finds the row taken, a new look at the file waits.
            ImporBerkas.objects.select_for_update().get(pk=impor.pk)
            if not BarisImpor.objects.filter(pk=baris.pk, keadaan=Keadaan.SIAP).exists():
                return
            _langkah(pertukaran, perkara, baris, pengguna, bukti)
            _tulis(baris, keadaan, kalimat, pengguna)
        return
    except IsianSalah as galat:
        keadaan, kalimat = Keadaan.GAGAL, " ".join(k for isi in galat.galat.values() for k in isi)
    except (LangkahGagal, UnggahanDitolak) as galat:
        keadaan, kalimat = Keadaan.GAGAL, galat.kalimat
    except ValueError as galat:
        # What was true when the row was shown is not any more (a date, a rule): said in the cell's own sentence.
        keadaan, kalimat = Keadaan.GAGAL, str(galat)
    _tulis(baris, keadaan, kalimat, pengguna)


def _tulis(baris: BarisImpor, keadaan: str, kalimat: str, pengguna: Pengguna) -> None:
    """Only over a row that is still ready: the result of another click is not written over."""
    BarisImpor.objects.filter(pk=baris.pk, keadaan=Keadaan.SIAP).update(
        keadaan=keadaan, kalimat=kalimat[:500], pengguna=pengguna, waktu=timezone.now()
    )


def _langkah(
    pertukaran: Pertukaran, perkara: Permohonan, baris: BarisImpor, pengguna: Pengguna, bukti: BerkasTersimpan
) -> None:
    """The steps of a row, each from the version that the one before left; all of them or none."""
    nilai, versi = _nilai(pertukaran, baris), perkara.versi
    for nama in langkah_diperlukan(pertukaran, perkara, nilai):
        oleh = _pelaku(pertukaran, pengguna, perkara, nama)
        hasil = jalankan(perkara, nama, oleh=oleh, versi=versi, data=pertukaran.data(nama, nilai, bukti))
        perkara, versi = hasil.perkara, hasil.perkara.versi


def _nilai(pertukaran: Pertukaran, baris: BarisImpor) -> dict[str, Any]:
    """The values of a row, read again from its cells. Raises ValueError."""
    nilai: dict[str, Any] = {}
    for isian in pertukaran.masuk:
        nilai |= baca_isian(isian, baris.isi.get(isian.kode))
    return nilai


def _pelaku(pertukaran: Pertukaran, pengguna: Pengguna, perkara: Permohonan, nama: str) -> Pelaku:
    """Who takes a step of a row. Raises TidakBerhak, SalahTahap."""
    if pertukaran.otomatis:
        return Sistem(f"tukar.{pertukaran.kode}")
    return pilih_petugas(pengguna, perkara, cari_di_tahap(perkara, nama))


def _kutipan(impor: ImporBerkas, pertukaran: Pertukaran, baris: BarisImpor, perkara: Permohonan) -> str:
    """The proof in the case's own file: this row and where the whole file is, not the rows of other pilgrims."""
    judul = {i.kode: i.judul for i in pertukaran.masuk}
    saat = timezone.localtime(impor.dibuat, perkara.kantor.zona_waktu)
    isi = [
        f"KUTIPAN BERKAS HASIL {pertukaran.pintu.pihak.upper()}", "",
        f"Perkara: {perkara.nomor}", f"Berkas: {impor.nama} (impor nomor {impor.pk}, {impor.ukuran} byte)",
        f"SHA-256: {impor.sha256}", f"Diunggah: {saat:%d-%m-%Y %H.%M} oleh {impor.pengguna}", f"Baris ke: {baris.urut}",
        "", *(f"{judul[k]}: {v}" for k, v in baris.isi.items() if k in judul), "",
    ]  # fmt: skip
    return "\n".join(isi)
