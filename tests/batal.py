"""Cancellations put into a status, for the rooms that only read them: lists, the status page, messages.

The machine itself is walked by the contract; here the row is set, and turns and deadlines are computed from it.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Any

import pytest
from django.db.models import Q
from django.utils import timezone

from haji_portal.akun.models import Kantor, Penugasan
from haji_portal.alur.giliran import perbarui_giliran
from haji_portal.alur.jalankan import buka
from haji_portal.alur.models import Perkara, Permohonan
from haji_portal.alur.pelaku import Petugas, Sistem
from haji_portal.alur.posisi import langkah_berikut
from haji_portal.alur.tenggat import perbarui_tenggat
from haji_portal.jemaah.models import Jemaah, Porsi, Rekening, Setoran
from pembatalan.contoh import isian, siapkan
from pembatalan.models import Jurnal, Pembatalan, Pemberitahuan

LAHIR = datetime.date(1950, 3, 14)
SETOR = datetime.date(2015, 3, 3)
JUMLAH = 25_000_000
SUDAH_BATAL = ("dibatalkan", "dijurnal", "diajukan", "selesai", "dialihkan")


def petugas(peran: str, slug: str) -> Petugas:
    tugas = Penugasan.objects.select_related("pengguna", "kantor").filter(peran=peran, kantor__slug=slug)[0]
    return Petugas(tugas.pengguna, tugas)


def pindah(perkara: Permohonan, tahap: str) -> Any:
    """The same case in another status, with its turns and deadlines, without a step in its history."""
    model = type(perkara)
    Perkara.objects.filter(pk=perkara.pk).update(tahap=tahap)
    model.objects.filter(pk=perkara.pk).update(status=tahap)
    if model is Pembatalan and tahap in SUDAH_BATAL:
        Porsi.objects.filter(pk=perkara.porsi_id).update(status="batal")
        Setoran.objects.filter(Q(pk=perkara.setoran_id) | Q(porsi__isnull=False, porsi=perkara.porsi_id)).update(
            dibatalkan=timezone.now()
        )
    baru = model.objects.select_related("kantor__induk", "pemohon", "porsi", "sop").get(pk=perkara.pk)
    kini = timezone.now()
    perbarui_giliran(baru, kini, perbarui_tenggat(baru, kini))
    baru.ditutup = kini if baru.info_tahap.akhir else None
    baru.save()
    return baru


def maju(pelaksana: Any, p: Pembatalan, tahap: str) -> Pembatalan:
    """Along the plain way to a status, each step by somebody who may, the cases beside it as well."""
    while p.tahap != tahap:
        langkah = langkah_berikut(p)
        assert langkah is not None
        siapkan(pelaksana, p, langkah.nama)
        p = segar(p)
        if (berikut := langkah_berikut(p)) is not None and berikut.nama == langkah.nama:
            pelaksana.lakukan(p, langkah.nama, isian(p, langkah.nama))
        p = segar(p)
    return p


def segar(p: Pembatalan) -> Pembatalan:
    return Pembatalan.objects.select_related("kantor__induk", "pemohon", "porsi", "sop").get(pk=p.pk)


@dataclass
class Batal:
    """Opens cancellations and what hangs on them."""

    kantor: str = "lombok-timur"

    def __call__(self, urut: int = 1, tahap: str = "", *, kantor: str = "", **isian: Any) -> Pembatalan:
        """A cancellation of an invented pilgrim's porsi, opened at the counter; `tahap`: put there."""
        tempat = Kantor.objects.get(slug=kantor or self.kantor)
        orang = Jemaah.objects.create(
            nik=f"52030154035{urut:05d}", nama=f"Aminah Contoh{urut}", tempat_lahir="Selong", tanggal_lahir=LAHIR,
            jenis_kelamin="P", alamat="Dusun Contoh", kabupaten=tempat.kabupaten, telepon=f"+62812000{urut:05d}",
        )  # fmt: skip
        porsi = Porsi.objects.create(nomor=f"23{urut:08d}", jemaah=orang, kantor=tempat, terbit=SETOR)
        setoran = Setoran.objects.create(
            jemaah=orang, bank="Bank Muamalat", nomor_validasi=f"2611{urut:06d}", jumlah=JUMLAH, tanggal=SETOR,
            porsi=porsi,
        )  # fmt: skip
        rekening = Rekening.objects.create(
            jemaah=orang, bank=setoran.bank, nomor=f"70{urut:08d}", atas_nama=isian.pop("atas_nama", orang.nama.upper())
        )
        isi = {
            "pemohon": orang, "porsi": porsi, "setoran": setoran, "rekening": rekening, "sebab": "sendiri",
            "tanggal_permohonan": timezone.localdate(),
        }  # fmt: skip
        hasil = buka(Pembatalan, kantor=tempat, oleh=petugas("jfu", tempat.slug), isian=isi | isian)
        perkara: Any = hasil.perkara
        return pindah(perkara, tahap) if tahap else perkara

    def jurnal(self, *isi: Pembatalan) -> Jurnal:
        """The Subdit's journal of November 2026 with these cases in it."""
        isian = {"macam": "porsi", "dari": datetime.date(2026, 11, 1), "sampai": datetime.date(2026, 11, 30)}
        pusat = Kantor.objects.get(jenis="pusat")
        jurnal: Any = buka(Jurnal, kantor=pusat, oleh=petugas("subdit", pusat.slug), isian=isian).perkara
        for satu in isi:
            Pembatalan.objects.filter(pk=satu.pk).update(dalam_jurnal=jurnal)
        return jurnal

    def pemberitahuan(self, induk: Pembatalan) -> Pemberitahuan:
        isian = {"induk_id": induk.pk, "pemohon": induk.pemohon, "porsi": induk.porsi}
        hasil = buka(Pemberitahuan, kantor=induk.kantor, oleh=Sistem("uji"), isian=isian)
        return hasil.perkara  # type: ignore[return-value]


@pytest.fixture
def batal(acuan) -> Batal:
    return Batal()
