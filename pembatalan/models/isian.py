"""What is known of a cancellation: its fields and what follows from them. The steps stand in pembatalan.py."""

from __future__ import annotations

from typing import Any

from django.db import models

from haji_portal.akun.models import Peran
from haji_portal.alur.deklarasi import Kondisi, oleh
from haji_portal.alur.galat import IsianSalah, Tertutup
from haji_portal.alur.kunci import kunci_porsi
from haji_portal.alur.models import Permohonan
from haji_portal.alur.tampil_waktu import tanggal
from haji_portal.berkas.daftar import siapkan_daftar
from haji_portal.berkas.simpan import lampirkan_butir
from haji_portal.dana.jejak import jejak_uang
from haji_portal.jemaah.models import PeristiwaPorsi, Porsi, Rekening, Setoran
from haji_portal.ptsp.models import Kunjungan
from haji_portal.surat.terbit import akhiri_semua

from .. import syarat, tahap
from ..tahap import VALIDASI, Pengaju, Sebab, Status
from .jurnal import Jurnal

GILIRAN = (("kabar.giliran", ""),)
KABAR = (("kabar.status", ""), *GILIRAN)
DRAF = (("surat.draf_langkah", "setujui"),)
PENGAJU = [
    "nama_pengaju", "nik_pengaju", "hubungan_pengaju", "alamat_pengaju", "telepon_pengaju", "surel_pengaju",
]  # fmt: skip
PENGAJUAN = ["alasan", "tanggal_meninggal", "masuk_asrama", *PENGAJU]
"""What the office may still correct while it examines the file and writes its letters."""


def kabar(templat: str) -> tuple[tuple[str, str], ...]:
    """The family is told in the words of templates/kabar/pembatalan_<templat>.txt, and those whose turn it is."""
    return (("kabar.status", f"pembatalan_{templat}"), *GILIRAN)


class IsianPembatalan(Permohonan):
    """Abstract: status and transitions belong to the concrete machine, which a field may not lose by inheritance."""

    sebab = models.CharField("sebab pembatalan", max_length=24, choices=Sebab.choices)
    alasan = models.CharField("alasan pemohon", max_length=400, blank=True)
    tanggal_permohonan = models.DateField("tanggal permohonan", help_text="Hari kerja saat berkas tercatat diterima.")
    setoran = models.ForeignKey(Setoran, on_delete=models.PROTECT, related_name="pembatalan")
    # The account the money goes to: the pilgrim's, or the heir's or attorney's for this pilgrim.
    rekening = models.ForeignKey(Rekening, on_delete=models.PROTECT, related_name="pembatalan")
    kunjungan = models.ForeignKey(Kunjungan, null=True, blank=True, on_delete=models.PROTECT, related_name="pembatalan")
    pengaju = models.CharField("diajukan oleh", max_length=12, choices=Pengaju.choices, default=Pengaju.JEMAAH)
    nama_pengaju = models.CharField("nama pengaju", max_length=120, blank=True)
    nik_pengaju = models.CharField("NIK pengaju", max_length=16, blank=True)
    hubungan_pengaju = models.CharField("hubungan dengan jemaah", max_length=40, blank=True)
    alamat_pengaju = models.CharField("alamat pengaju", max_length=200, blank=True)
    telepon_pengaju = models.CharField("nomor ponsel pengaju", max_length=20, blank=True)
    surel_pengaju = models.EmailField("surel pengaju", blank=True)
    berhalangan_tetap = models.BooleanField("berhalangan tetap atau sakit permanen", default=False)
    tanggal_meninggal = models.DateField("tanggal meninggal", null=True, blank=True)
    keluarga_diberi_tahu = models.BooleanField(
        "keluarga diberi tahu tentang pelimpahan", default=False, editable=False,
        help_text="Ditandai petugas loket sebelum berkas pembatalan karena wafat atau sakit permanen diterima.",
    )  # fmt: skip
    masuk_asrama = models.DateField(
        "tanggal masuk asrama haji", null=True, blank=True, help_text="Embarkasi atau embarkasi antara; kosong: belum."
    )
    dalam_jurnal = models.ForeignKey(Jurnal, null=True, blank=True, on_delete=models.PROTECT, related_name="isi")
    dibatalkan_pada = models.DateTimeField("dibatalkan pada", null=True, blank=True, editable=False)
    alasan_akhir = models.CharField("alasan ditolak atau dicabut", max_length=400, blank=True)
    isian_pemohon = models.JSONField(default=dict, blank=True, editable=False)

    KODE = "PB"
    JEJAK_UANG = True
    BERDISPOSISI = True
    CARI_NAMA = ("nama_pengaju",)
    PEMBUKA = oleh(Peran.PTSP, Peran.JFU, pihak=("pemohon",))
    EFEK_AJUKAN = kabar("diterima")
    TAHAP, TAHAP_PUBLIK = tahap.TAHAP, tahap.PUBLIK
    LEPAS_PORSI, AMBIL_PORSI = "alihkan", "lanjutkan"
    LANGKAH_ANAK = {
        ("pengembalian", "spm_terbit"): "spm_terbit",
        ("pengembalian", "ditransfer"): "dana_ditransfer",
        ("pengembalian", "diterima"): "dana_diterima",
        ("pengembalian", "gagal"): "dana_tertahan",
        ("pengembalian", "belum_pasti"): "dana_belum_pasti",
        ("pengembalian", "retur"): "dana_kembali",
        ("pemberitahuan", "ditandatangani"): "beri_tahu",
    }

    class Meta:
        abstract = True

    def kunci(self) -> list[tuple[str, str]]:
        """One open case per deposit and per porsi, whatever the service; a deposit that has become part of a porsi
        holds it whole, also where only its nomor validasi was named."""
        porsi = self.porsi_id or self.setoran.porsi_id
        semua = kunci_porsi(porsi) if porsi else []
        return list(dict.fromkeys([("setoran", str(self.setoran_id)), *semua]))

    def langkah_anak(self, jenis: str, kejadian: str) -> str | None:
        """A cancellation that was put right hears nothing more of its money: it is never opened again for it."""
        if jenis == "pengembalian" and not syarat.masih_batal(self):
            return None
        return super().langkah_anak(jenis, kejadian)

    @property
    def validasi_saja(self) -> bool:
        """Whether it cancels a nomor validasi, so that there is no porsi."""
        return self.sebab in VALIDASI

    def bank_mitra(self) -> str:
        return self.rekening.bank

    def diserahkan(self) -> bool:
        return self.pengaju != Pengaju.KANTOR

    def kontak_pengaju(self) -> tuple[str, str]:
        if self.pengaju in (Pengaju.AHLI_WARIS, Pengaju.KUASA):
            return self.surel_pengaju, self.telepon_pengaju
        return super().kontak_pengaju()

    def disapa(self) -> tuple[str, str]:
        if self.pengaju in (Pengaju.AHLI_WARIS, Pengaju.KUASA):
            return "Bapak/Ibu", self.nama_pengaju
        return super().disapa()

    @property
    def yang_batal(self) -> str:
        return "nomor validasi" if self.validasi_saja else "nomor porsi"

    @property
    def tanggal_batal(self) -> str:
        """The day of the cancellation on the office's calendar, in words; "" before it."""
        return tanggal(self.dibatalkan_pada.astimezone(self.kantor.zona_waktu).date()) if self.dibatalkan_pada else ""

    def data_pokok(self) -> list[tuple[str, str]]:
        data = [
            ("Sebab", self.get_sebab_display()),
            ("Alasan", self.alasan),
            ("Diajukan", self.sebutan_pengaju),
            ("Meninggal", tanggal(self.tanggal_meninggal) if self.tanggal_meninggal else ""),
        ]
        return [(label, nilai) for label, nilai in data if nilai]

    @property
    def sebutan_pengaju(self) -> str:
        """Who asks, as the desk reads it: "Siti Aminah, ahli waris (anak kandung)"."""
        siapa = str(self.get_pengaju_display())
        if self.pengaju not in (Pengaju.AHLI_WARIS, Pengaju.KUASA):
            return siapa
        return f"{self.nama_pengaju}, {siapa.lower()} ({self.hubungan_pengaju})"

    @property
    def berkas_dinilai(self) -> bool:
        """Whether an officer has found the papers complete, or ended the case."""
        return self.tahap not in (Status.DIPERIKSA, Status.DIKEMBALIKAN)

    def fakta_kabar(self) -> dict[str, Any]:
        fakta: dict[str, Any] = {
            "duka": self.tanggal_meninggal is not None,
            "almarhum": "almarhumah" if self.pemohon.jenis_kelamin == "P" else "almarhum",
            "dari_kantor": self.pengaju == Pengaju.KANTOR,
            "yang_batal": self.yang_batal,
            "tanggal_batal": self.tanggal_batal,
        }
        if self.validasi_saja:
            fakta["layanan"] = f"pembatalan {self.yang_batal}"
        jejak = jejak_uang(self, umum=True)
        return fakta | (jejak.fakta_kabar() if jejak else {})

    def jejak_umum(self) -> bool:
        """Sums are not shown to a sender from outside before an officer has found the papers complete."""
        belum = (Status.DIPERIKSA, Status.DIKEMBALIKAN, Status.DITOLAK, Status.DICABUT)
        return self.saluran != self.Saluran.ELEKTRONIK or self.tahap not in belum

    def catatan_umum(self) -> list[str]:
        duka = ["Kami turut berduka cita atas wafatnya jemaah."] if self.tanggal_meninggal else []
        if self.tahap in (Status.DITOLAK, Status.DICABUT):
            tetap = f"{self.yang_batal.capitalize()} tidak berubah oleh permohonan ini."
            sebab = "Alasannya dijelaskan petugas loket dan, bila surel Anda terdaftar, ada pada surel kami."
            return [*duka, tetap, *([sebab] if self.tahap == Status.DITOLAK else [])]
        if self.tahap == Status.DIALIHKAN:
            return [*duka, "Kantor memeriksa apakah porsi ini diaktifkan kembali; selama itu uangnya tidak bergerak."]
        if not self.tanggal_batal or self.ditutup:
            return duka
        batal = f"{self.yang_batal.capitalize()} sudah batal sejak {self.tanggal_batal}."
        return [*duka, f"{batal} Uangnya dikembalikan; jejaknya ada di bawah ini."]

    def layanan_sop(self) -> str:
        return "pembatalan-validasi-tidak-memenuhi" if self.sebab == Sebab.TIDAK_MEMENUHI else "pembatalan"

    def efek_ajukan(self) -> tuple[tuple[str, str], ...]:
        """What the office starts itself (D.3) begins with its own letter: its draft is there at once, to be read."""
        return (*self.EFEK_AJUKAN, *(DRAF if self.status == Status.DISUSUN else ()))

    def saat_dibuka(self, **data: Any) -> None:
        """berkas: {kode: BerkasTersimpan} sent along by the applicant; kontak: an unsaved KontakPerkara.

        Raises IsianSalah where nobody has said what must be brought (alasan-sah before the office wrote its list).
        """
        butir = siapkan_daftar(self, "pembatalan", self.sebab)
        if not butir:
            raise IsianSalah({"sebab": [syarat.BELUM_BERSYARAT]})
        if self.saluran == self.Saluran.ELEKTRONIK:
            butir = siapkan_daftar(self, "pembatalan", "elektronik")
            self.butir.update(bentuk="unggahan", jumlah=None)
        butir = syarat.tandai_wajib(self, butir)
        lampirkan_butir(self, data.get("berkas", {}), butir, None)
        if kontak := data.get("kontak"):
            kontak.perkara_id = self.pk
            kontak.save(force_insert=True)

    def _batalkan_porsi(self) -> None:
        """The porsi with all its deposits, or the one nomor validasi, is void from this instant on."""
        self.dibatalkan_pada = self.waktu
        milik = {"porsi": self.porsi_id} if self.porsi_id else {"pk": self.setoran_id}
        Setoran.objects.filter(**milik).update(dibatalkan=self.waktu)
        if self.porsi is not None:
            self.porsi.status = Porsi.Status.BATAL
            self.porsi.save(update_fields=["status"])
            PeristiwaPorsi.objects.create(
                porsi=self.porsi, jenis=PeristiwaPorsi.Jenis.BATAL, waktu=self.waktu, rujukan=self.nomor
            )

    def _keluar_jurnal(self, syaratnya: Kondisi) -> None:
        """Raises Tertutup when the journal was submitted a moment ago: the condition read it without its lock."""
        if not Jurnal.kunci_terbuka(jurnal__isi=self):
            raise Tertutup(str(syaratnya.kalimat))
        self.dalam_jurnal = None

    def _akhiri(self, alasan: str) -> None:
        """The case ends without a cancellation: its letters say what will not happen, so they end with it."""
        self.alasan_akhir = alasan
        akhiri_semua(self, alasan, self.waktu)
