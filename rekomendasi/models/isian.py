"""What is known of a recommendation: its fields and what follows from them. The steps stand in rekomendasi.py."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from django.db import models
from django.utils import timezone

from haji_portal.akun.models import Peran
from haji_portal.alur.deklarasi import oleh
from haji_portal.alur.models import Kunci, Permohonan
from haji_portal.alur.tampil_waktu import tanggal
from haji_portal.berkas.daftar import siapkan_daftar
from haji_portal.berkas.simpan import lampirkan
from haji_portal.ptsp.antrean.kaitan import loket_saya, panggil_lagi, tiket_perkara
from haji_portal.ptsp.models import Kunjungan
from haji_portal.surat.models import Surat
from haji_portal.surat.terbit import batalkan as batalkan_surat
from haji_portal.surat.terbit import cabut as cabut_surat

from .. import tahap
from ..tahap import Status, Tujuan
from .peserta import Peserta
from .register import PenyelenggaraPerjalanan, SkPenyelenggara

if TYPE_CHECKING:
    from haji_portal.alur.deklarasi import Langkah

GILIRAN = (("kabar.giliran", ""),)
KABAR = (("kabar.status", ""), *GILIRAN)
DRAF = (("surat.draf_langkah", "tandatangani"),)
KUNCI = "paspor"
"""Kind of lock: one open recommendation per person, whichever organiser it names."""


def kabar(templat: str) -> tuple[tuple[str, str], ...]:
    """The applicant is told in the words of templates/kabar/rekomendasi_<templat>.txt, and those whose turn it is."""
    return (("kabar.status", f"rekomendasi_{templat}"), *GILIRAN)


@dataclass(frozen=True)
class Daftar:
    """People to be written down for a case. An object of its own: the history keeps no NIK (jalankan._aman)."""

    orang: tuple[dict[str, Any], ...]


class IsianRekomendasi(Permohonan):
    """Abstract: status and transitions belong to the concrete machine, which a field may not lose by inheritance.

    `pemohon` brings the application; who travels stands in `peserta`, the applicant too where they travel.
    """

    tujuan = models.CharField(max_length=12, choices=Tujuan.choices)
    tanggal_permohonan = models.DateField("tanggal permohonan", help_text="Hari kerja saat berkas tercatat diterima.")
    penyelenggara = models.ForeignKey(
        PenyelenggaraPerjalanan, on_delete=models.PROTECT, related_name="rekomendasi",
        verbose_name="penyelenggara perjalanan",
    )  # fmt: skip
    nomor_pengantar = models.CharField("nomor surat pengantar penyelenggara", max_length=80, blank=True)
    tanggal_pengantar = models.DateField("tanggal surat pengantar", null=True, blank=True)
    kantor_imigrasi = models.CharField("kantor imigrasi yang dituju", max_length=120)
    kunjungan = models.ForeignKey(
        Kunjungan, null=True, blank=True, on_delete=models.PROTECT, related_name="rekomendasi"
    )
    # The licence in force when the letter was drawn: the letter names it, and it is looked at again at the signature.
    sk = models.ForeignKey(
        SkPenyelenggara, null=True, blank=True, on_delete=models.PROTECT, related_name="rekomendasi", editable=False
    )
    penanda_tangan = models.CharField(
        max_length=8, blank=True, choices=[(Peran.KEPALA, Peran.KEPALA.label), (Peran.KASI, Peran.KASI.label)],
        help_text="Menurut arahan Kepala Kantor; kosong: menurut ketentuan kantor, biasanya Kepala Kantor.",
    )  # fmt: skip
    catatan_kembali = models.CharField("alasan berkas dikembalikan", max_length=600, blank=True)
    penerima = models.CharField("penerima surat atau berkas", max_length=120, blank=True)
    diserahkan_pada = models.DateTimeField("diserahkan pada", null=True, blank=True, editable=False)
    alasan_akhir = models.CharField("alasan tidak diproses, ditolak, atau dicabut", max_length=600, blank=True)

    if TYPE_CHECKING:
        peserta: Any

    KODE = "RK"
    PUNYA_PORSI = False
    CARI_NAMA = ("penyelenggara__nama",)
    PEMBUKA = oleh(Peran.PTSP)
    EFEK_AJUKAN = kabar("diterima")
    TAHAP, TAHAP_PUBLIK = tahap.TAHAP, tahap.PUBLIK

    class Meta:
        abstract = True

    def kunci(self) -> list[tuple[str, str]]:
        """One open case per person whom it names, across offices."""
        sidik = Peserta.objects.filter(rekomendasi=self.pk).values_list("nik_hash", flat=True) if self.pk else []
        return [(KUNCI, satu) for satu in sidik]

    def peran_kasus(self, langkah: Langkah, peran: frozenset[str]) -> frozenset[str]:
        """The Kepala signs, or whom the Kepala has directed; an office's own rule comes before."""
        if not langkah.tanda_tangan:
            return peran
        if self.penanda_tangan:
            return frozenset({self.penanda_tangan})
        return frozenset({str(Peran.KEPALA)}) if Peran.KEPALA in peran else peran

    def hari_ini(self) -> datetime.date:
        """The date on the office's wall: licences end at its midnight."""
        return timezone.localdate(timezone=ZoneInfo(self.kantor.zona))

    @property
    def izin(self) -> str:
        """PPIU or PIHK."""
        return self.penyelenggara.izin

    def daftar_peserta(self) -> list[Peserta]:
        return list(Peserta.objects.filter(rekomendasi=self.pk).order_by("urut"))

    def data_pokok(self) -> list[tuple[str, str]]:
        sk = self.sk or self.penyelenggara.sk_terbaru()
        return [
            ("Tujuan", str(self.get_tujuan_display())),
            ("Penyelenggara", f"{self.penyelenggara.nama} ({self.izin})"),
            (f"SK {self.izin}", f"{sk.nomor}, {sk.keadaan(self.hari_ini())}" if sk else "belum tercatat"),
            ("Peserta", f"{self.peserta.count()} orang"),
        ]

    def fakta_kabar(self) -> dict[str, Any]:
        return {
            "penyelenggara_perjalanan": self.penyelenggara.nama,
            "jumlah_orang": str(self.peserta.count()),
            "catatan_kembali": self.catatan_kembali,
        }

    def catatan_umum(self) -> list[str]:
        """The organiser is a company and no person: the reason may name it."""
        if self.catatan_kembali and self.tahap in (Status.SIAP_DIKEMBALIKAN, Status.MENUNGGU_SK):
            return [f"Alasan: {self.catatan_kembali}"]
        if self.diserahkan_pada and self.tahap == Status.SELESAI:
            return [f"Surat diserahkan {tanggal(self.diserahkan_pada.astimezone(self.kantor.zona_waktu).date())}."]
        return []

    def saat_dibuka(self, **data: Any) -> None:
        """The checklist of the purpose, and the people (`peserta`: Daftar) with their locks."""
        siapkan_daftar(self, "rekomendasi", self.tujuan)
        self._tulis_peserta(data["peserta"])

    def _tulis_peserta(self, daftar: Daftar) -> None:
        """Replace the people and the locks on them; a person of another open case is refused (SudahAda)."""
        Peserta.objects.filter(rekomendasi=self.pk).delete()
        self.kunci_dipegang.filter(jenis=KUNCI).delete()
        for urut, satu in enumerate(daftar.orang, start=1):
            Peserta(rekomendasi_id=self.pk, urut=urut, **satu).save(force_insert=True)
        Kunci.objects.bulk_create(Kunci(perkara_id=self.pk, jenis=j, nilai=n) for j, n in self.kunci())

    def _lampirkan(self, berkas: Any, jenis: str = "berkas") -> None:
        per_kode = {b.kode: b for b in self.butir.all()}
        for kode, isi in berkas.items():
            lampirkan(self, isi, jenis, self.pelaku.pengguna, butir=per_kode[kode])

    def _panggil(self) -> None:
        """On the screen and by voice where the applicant holds a number of today and the officer sits at a desk; else
        by name. Raises LangkahGagal while that desk has called somebody else."""
        tiket, loket = tiket_perkara(self), loket_saya(self.pelaku)
        if tiket is not None and loket is not None and tiket.tanggal == self.hari_ini():
            panggil_lagi(tiket, loket=loket, oleh=self.pelaku)

    def _serahkan(self, penerima: str, bukti: Any) -> None:
        """Who took the letter or the papers, and when; the signed receipt, where it was scanned."""
        self.penerima, self.diserahkan_pada = penerima, self.waktu
        if bukti is not None:
            lampirkan(self, bukti, "bukti_serah", self.pelaku.pengguna)

    def _akhiri(self, alasan: str) -> None:
        """The case ends without its letter: what was drawn is cancelled, what was signed is withdrawn."""
        self.alasan_akhir = alasan
        for surat in self.surat.filter(status__in=Surat.BERJALAN):
            batalkan_surat(surat, alasan, self.waktu)
        for surat in self.surat.filter(status=Surat.Status.DITANDATANGANI):
            cabut_surat(surat, alasan, self.waktu)
