"""What is known of a reactivation: its fields and what follows from them. The steps stand in pengaktifan.py."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import models

from haji_portal.akun.models import Peran
from haji_portal.alur.deklarasi import gagal, oleh
from haji_portal.alur.galat import Tertutup
from haji_portal.alur.kunci import kunci_porsi
from haji_portal.alur.models import Perkara, Permohonan
from haji_portal.alur.tampil_waktu import rupiah, tanggal
from haji_portal.berkas.daftar import siapkan_daftar
from haji_portal.berkas.models import ButirBerkas
from haji_portal.berkas.simpan import BerkasTersimpan, lampirkan
from haji_portal.dana.konfirmasi import jumlah_keluar, tanyakan_saldo
from haji_portal.dana.models import KonfirmasiSaldo, RekeningBpkh
from haji_portal.jemaah.models import PeristiwaPorsi, Porsi, Setoran
from haji_portal.ptsp.models import Kunjungan
from haji_portal.surat.models import Surat
from haji_portal.surat.terbit import akhiri_semua
from haji_portal.surat.terbit import batalkan as batalkan_surat

from .. import syarat, tahap
from ..tahap import Pelapor, Sebab, Status

GILIRAN = (("kabar.giliran", ""),)
KABAR = (("kabar.status", ""), *GILIRAN)
DRAF = (("surat.draf_langkah", "setujui"),)
BERAKHIR = (*KABAR, ("pengaktifan.pulihkan", ""))
BUKTI = syarat.BUKTI


def kabar(templat: str) -> tuple[tuple[str, str], ...]:
    """The reporter is told in the words of templates/kabar/pengaktifan_<templat>.txt, and those whose turn it is."""
    return (("kabar.status", f"pengaktifan_{templat}"), *GILIRAN)


KEMBALI = (*kabar("kembali_ke_kantor"), *DRAF)


class IsianPengaktifan(Permohonan):
    """Abstract: status and transitions belong to the concrete machine, which a field may not lose by inheritance."""

    sebab = models.CharField("sebab pembatalan keliru", max_length=20, choices=Sebab.choices)
    tanggal_permohonan = models.DateField("tanggal laporan", help_text="Hari kerja saat laporan tercatat diterima.")
    # The cancellation that was wrong; whichever service it belongs to.
    perkara_batal = models.ForeignKey(Perkara, on_delete=models.PROTECT, related_name="pengaktifan_kembali")
    kronologi = models.TextField("kronologi", max_length=3000, help_text="Apa yang terjadi, berurutan, dengan tanggal.")
    pelapor = models.CharField("dilaporkan oleh", max_length=8, choices=Pelapor.choices, default=Pelapor.JEMAAH)
    nama_pelapor = models.CharField("nama pelapor", max_length=120, blank=True)
    sebagai_pelapor = models.CharField("hubungan atau jabatan pelapor", max_length=80, blank=True)
    telepon_pelapor = models.CharField("nomor ponsel pelapor", max_length=20, blank=True)
    surel_pelapor = models.EmailField("surel pelapor", blank=True)
    nomor_putusan = models.CharField("nomor putusan pengadilan", max_length=80, blank=True)
    tanggal_putusan = models.DateField("tanggal putusan", null=True, blank=True)
    kunjungan = models.ForeignKey(
        Kunjungan, null=True, blank=True, on_delete=models.PROTECT, related_name="pengaktifan"
    )
    # What the pilgrim was asked to pay back, and to which account, as told then. Whole rupiah.
    jumlah_kembali = models.PositiveBigIntegerField("diminta disetor kembali (rupiah)", null=True, blank=True)
    rekening_kembali = models.CharField("rekening BPKH yang diberitahukan", max_length=220, blank=True)
    diaktifkan_pada = models.DateTimeField("diaktifkan pada", null=True, blank=True, editable=False)
    alasan_akhir = models.CharField("alasan ditolak atau dicabut", max_length=400, blank=True)

    KODE = "PA"
    LABEL_AJUKAN = "Terima laporan"
    CARI_NAMA = ("nama_pelapor",)
    PEMBUKA = oleh(Peran.PTSP, Peran.JFU)
    EFEK_AJUKAN = kabar("diterima")
    TAHAP, TAHAP_PUBLIK = tahap.TAHAP, tahap.PUBLIK
    LANGKAH_ANAK = {
        ("konfirmasi-saldo", "ada"): "saldo_ada",
        ("konfirmasi-saldo", "tidak_ada"): "saldo_keluar",
    }
    KEPASTIAN: Mapping[str, str] = {"saldo_ada": "setoran_pasti", "saldo_keluar": "setoran_belum_ada"}
    """The same answers mean other steps once the pilgrim has paid back."""

    class Meta:
        abstract = True

    def varian(self) -> str:
        """Kepulauan Seribu prints one procedure per cause; who has no cause yet (a menu) asks for the long one."""
        return str(self.sebab or Sebab.SALAH_ENTRI)

    def kunci(self) -> list[tuple[str, str]]:
        """One open case per porsi and per deposit, whatever the service."""
        return kunci_porsi(self.porsi_id or 0)

    def langkah_anak(self, jenis: str, kejadian: str) -> str | None:
        langkah = super().langkah_anak(jenis, kejadian)
        return self.KEPASTIAN[langkah] if langkah and self.tahap == Status.MENUNGGU_KEPASTIAN else langkah

    def diserahkan(self) -> bool:
        return self.pelapor != Pelapor.KANTOR

    def kontak_pengaju(self) -> tuple[str, str]:
        if self.pelapor == Pelapor.LAIN:
            return self.surel_pelapor, self.telepon_pelapor
        return super().kontak_pengaju()

    def disapa(self) -> tuple[str, str]:
        return ("Bapak/Ibu", self.nama_pelapor) if self.pelapor == Pelapor.LAIN else super().disapa()

    @property
    def sebutan_pelapor(self) -> str:
        """Who reports it, as the desk reads it: "Lalu Ahmad (anak kandung)"."""
        if self.pelapor != Pelapor.LAIN:
            return str(self.get_pelapor_display())
        return f"{self.nama_pelapor} ({self.sebagai_pelapor})"

    @property
    def tanggal_aktif(self) -> str:
        """The day of the reactivation on the office's calendar, in words; "" before it."""
        return tanggal(self.diaktifkan_pada.astimezone(self.kantor.zona_waktu).date()) if self.diaktifkan_pada else ""

    def data_pokok(self) -> list[tuple[str, str]]:
        data = [
            ("Sebab", str(self.get_sebab_display())),
            ("Dilaporkan", self.sebutan_pelapor),
            ("Nomor porsi", self.porsi.nomor if self.porsi else ""),
            ("Disetor kembali", rupiah(self.jumlah_kembali) if self.jumlah_kembali else ""),
        ]
        return [(label, nilai) for label, nilai in data if nilai]

    def fakta_kabar(self) -> dict[str, Any]:
        return {
            "tanggal_aktif": self.tanggal_aktif,
            "jumlah_kembali": rupiah(self.jumlah_kembali) if self.jumlah_kembali else "",
            "dari_kantor": self.pelapor == Pelapor.KANTOR,
            "yang_batal": "nomor porsi",
        }

    def catatan_umum(self) -> list[str]:
        if self.tahap == Status.MENUNGGU_SETORAN and self.jumlah_kembali:
            return [f"Jumlah: {rupiah(self.jumlah_kembali)}. Rekening tujuan: {self.rekening_kembali}."]
        if self.diaktifkan_pada:
            return [f"Nomor porsi aktif kembali sejak {self.tanggal_aktif}."]
        return ["Nomor porsi tetap batal."] if self.tahap in (Status.DITOLAK, Status.DICABUT) else []

    def konfirmasi(self) -> KonfirmasiSaldo | None:
        """The newest question to BPKH about this case's money."""
        return KonfirmasiSaldo.objects.filter(induk=self.pk).order_by("-pk").first()

    def butir_bukti(self) -> ButirBerkas | None:
        return self.butir.filter(kode=BUKTI).first()

    def saat_dibuka(self, **data: Any) -> None:
        siapkan_daftar(self, "pengaktifan", self.sebab)

    def _tanyakan(self, tentang: str, jumlah: int) -> None:
        tanyakan_saldo(self, tentang, jumlah)

    def _minta_setoran(self) -> None:
        """The amount and the account of this day are what the letter says; the pilgrim's proof gets its line."""
        self.jumlah_kembali = jumlah_keluar(self)
        self.rekening_kembali = str(RekeningBpkh.kini() or "")
        siapkan_daftar(self, "pengaktifan", "setoran-kembali")

    def _aktifkan(self, bukti: BerkasTersimpan) -> None:
        """Exactly once: the porsi's row is locked, and what the conditions said of it is asked again behind the lock.

        Raises Tertutup for a porsi that another transaction changed a moment ago.
        """
        self.porsi = Porsi.objects.select_for_update(of=("self",)).get(pk=self.porsi_id or 0)
        if kalimat := gagal(self, syarat.PORSI):
            raise Tertutup(" ".join(kalimat))
        self.porsi.status = Porsi.Status.AKTIF
        self.porsi.save(update_fields=["status"])
        Setoran.objects.filter(porsi=self.porsi_id).update(dibatalkan=None)
        PeristiwaPorsi.objects.create(
            porsi=self.porsi, jenis=PeristiwaPorsi.Jenis.AKTIF_KEMBALI, waktu=self.waktu, rujukan=self.nomor
        )
        self.diaktifkan_pada = self.waktu
        lampirkan(self, bukti, "bukti_siskohat", self.pelaku.pengguna)

    def _buang_draf(self, jenis: str, alasan: str) -> None:
        """A letter that nobody will sign any more does not stay a draft in a case that goes on without it."""
        for surat in self.surat.filter(jenis=jenis, status__in=Surat.BERJALAN):
            batalkan_surat(surat, alasan, self.waktu)

    def _urungkan_penolakan(self) -> None:
        self.alasan_akhir = ""
        self._buang_draf("penolakan_pengaktifan", "Direktur tidak menyetujui penolakan.")

    def _akhiri(self, alasan: str) -> None:
        """The case ends at the office: its letters ask for what will not happen, so they end with it."""
        self.alasan_akhir = alasan
        akhiri_semua(self, alasan, self.waktu)
