"""Pendaftaran haji reguler at the counter, keliling (Kepdirjen PHU 244/2021 C) and by phone (D); the methods are the
SOP."""

from __future__ import annotations

import datetime
from typing import Any

from django.db import models
from django_fsm import FSMField, transition

from haji_portal.akun.models import Peran
from haji_portal.alur.deklarasi import langkah, oleh
from haji_portal.alur.models import Permohonan
from haji_portal.berkas.daftar import siapkan_daftar, terapkan_verdict
from haji_portal.berkas.simpan import lampirkan, lampirkan_butir, lampirkan_foto
from haji_portal.dana.buku import catat_setoran
from haji_portal.jemaah.models import PeristiwaPorsi, Porsi, Rekening, Setoran
from haji_portal.jemaah.siskohat import siskohat
from haji_portal.ptsp.models import Kunjungan
from haji_portal.surat.terbit import sahkan_semua

from . import syarat, tahap
from .tahap import Status

PTSP, JFU, KASI, KEPALA = Peran.PTSP, Peran.JFU, Peran.KASI, Peran.KEPALA
GILIRAN = (("kabar.giliran", ""),)
KABAR = (("kabar.status", ""), *GILIRAN)
TTD = (*KABAR, ("alur.langkah", "sampaikan_sph"))


class Pendaftaran(Permohonan):
    class StatusHaji(models.TextChoices):
        BELUM = "belum", "Belum pernah berhaji"
        SUDAH = "sudah", "Sudah pernah berhaji"

    class Pengecualian(models.TextChoices):
        PPIH = "ppih", "Petugas Penyelenggara Ibadah Haji tahun berjalan"
        DAERAH = "petugas-daerah", "Petugas Haji Daerah tahun berjalan"
        KBIHU = "kbihu", "Pembimbing KBIHU tahun berjalan"

    status = FSMField(default=Status.DIPERIKSA, choices=Status.choices, protected=True, editable=False)
    tanggal_daftar = models.DateField("tanggal pendaftaran", help_text="Hari kerja saat berkas tercatat diterima.")
    setoran = models.ForeignKey(Setoran, on_delete=models.PROTECT, related_name="pendaftaran")
    rekening = models.ForeignKey(Rekening, on_delete=models.PROTECT, related_name="pendaftaran")
    kunjungan = models.ForeignKey(
        Kunjungan, null=True, blank=True, on_delete=models.PROTECT, related_name="pendaftaran"
    )
    hadir_sendiri = models.BooleanField(default=False)
    status_haji = models.CharField(max_length=6, choices=StatusHaji.choices, default=StatusHaji.BELUM)
    haji_terakhir = models.DateField("tanggal haji terakhir", null=True, blank=True)
    pengecualian = models.CharField(max_length=16, choices=Pengecualian.choices, blank=True)
    alasan_akhir = models.CharField("alasan ditolak atau dicabut", max_length=400, blank=True)
    penerima = models.CharField("penerima SPH", max_length=120, blank=True)
    # What the applicant stated differently from what is stored of this person: the officer decides, item by item.
    isian_pemohon = models.JSONField(default=dict, blank=True, editable=False)

    KODE = "PD"
    PEMBUKA = oleh(PTSP, JFU, pihak=("pemohon",))
    EFEK_AJUKAN = KABAR
    TAHAP, TAHAP_PUBLIK = tahap.TAHAP, tahap.PUBLIK
    TAHAP_SALURAN, TAHAP_PUBLIK_SALURAN = tahap.TAHAP_SALURAN, tahap.PUBLIK_SALURAN

    class Meta:
        verbose_name = "pendaftaran"
        verbose_name_plural = "pendaftaran"

    def kunci(self) -> list[tuple[str, str]]:
        """One open case per deposit, one open registration per NIK across offices (244/2021 A.5)."""
        return [("setoran", str(self.setoran_id)), ("nik", self.pemohon.nik_hash)]

    @property
    def elektronik(self) -> bool:
        return self.saluran == self.Saluran.ELEKTRONIK

    def layanan_sop(self) -> str:
        return "pendaftaran-elektronik" if self.elektronik else "pendaftaran"

    def label_ajukan(self) -> str:
        return "Kirim permohonan" if self.elektronik else self.LABEL_AJUKAN

    def saat_dibuka(self, **data: Any) -> None:
        """berkas: {kode: BerkasTersimpan} sent along by the applicant; kontak: an unsaved KontakPerkara."""
        butir = siapkan_daftar(self, "pendaftaran", "elektronik" if self.elektronik else "")
        if self.elektronik:
            self.butir.update(bentuk="unggahan", jumlah=None)
        self._lampirkan(data.get("berkas", {}), butir, None)
        if kontak := data.get("kontak"):
            kontak.perkara_id = self.pk
            kontak.save(force_insert=True)

    @transition(
        field=status, source=Status.DIPERIKSA, target=None, permission=oleh(PTSP, JFU),
        custom=langkah(label="Periksa berkas", form="pendaftaran.periksa.FormPeriksa", ulang=True),
    )  # fmt: skip
    def periksa_berkas(self, *, verdict, unggahan, isian=None) -> None:
        """Lombok Timur 3, Tanah Bumbu 1, 244/2021 C.3-4: ada, kurang or tidak, item by item, with scans."""
        terapkan_verdict(self, verdict, self.pelaku.pengguna)
        self._lampirkan(unggahan, self.butir.all(), self.pelaku.pengguna)
        self._perbaiki_isian(isian or {})

    @transition(
        field=status, source=Status.DIPERIKSA, target=None, permission=oleh(PTSP, JFU),
        conditions=[syarat.foto_pembanding_ada],
        custom=langkah(
            label="Bandingkan foto", form="pendaftaran.banding.FormBanding", ulang=True,
            selama=syarat.hadir_sendiri,
            keterangan="Foto diri, foto KTP, dan foto diri bersama KTP harus menunjukkan orang yang sama. Bila tidak, "
            "tandai fotonya kurang pada daftar berkas lalu kembalikan, atau tolak dengan 244/2021 A.8.",
        ),
    )  # fmt: skip
    def bandingkan_foto(self, *, foto, sama: bool = True, potongan: str = "") -> None:
        """244/2021 D.5 and A.8: the three photos show one person, which stands for coming in person."""
        self.hadir_sendiri = True
        lampirkan_foto(self, foto, self.pelaku.pengguna)

    @transition(
        field=status, source=Status.DIPERIKSA, target=Status.DIREKAM, permission=oleh(PTSP, JFU),
        conditions=[syarat.berkas_lengkap, *syarat.ATURAN_PENDAFTAR],
        custom=langkah(label="Nyatakan lengkap", efek=KABAR),
    )  # fmt: skip
    def nyatakan_lengkap(self) -> None:
        """Lombok Timur 3 "Lengkap": an incomplete application is not processed (Jakarta Selatan, peringatan)."""

    @transition(
        field=status, source=Status.DIPERIKSA, target=Status.DIKEMBALIKAN, permission=oleh(PTSP, JFU),
        conditions=[syarat.ada_kekurangan],
        custom=langkah(
            label="Kembalikan ke pemohon", form="pendaftaran.forms.FormCatatan", cabang=True,
            sebagai="nyatakan_lengkap", efek=KABAR, putaran_baru=True,
            keterangan="Pemohon menerima daftar kekurangannya; waktu layanan berhenti sampai berkas kembali.",
        ),
    )  # fmt: skip
    def kembalikan(self, *, catatan: str = "") -> None:
        """Lombok Timur 3 "Tidak lengkap": back to the pilgrim with the list of what is missing."""

    @transition(
        field=status, source=Status.DIKEMBALIKAN, target=Status.DIPERIKSA, permission=oleh(PTSP, JFU),
        custom=langkah(
            label="Terima berkas yang dilengkapi", cabang=True, sebagai="nyatakan_lengkap", efek=KABAR,
            ulangi=("periksa_berkas",),
        ),
    )  # fmt: skip
    def lengkapi(self) -> None:
        """Lombok Timur 2 again: the pilgrim brings what was missing."""

    @transition(
        field=status, source=Status.DIKEMBALIKAN, target=Status.DIPERIKSA, permission=oleh(pihak=("pemohon",)),
        custom=langkah(label="Kirim perbaikan", efek=KABAR, ulangi=("periksa_berkas",)),
    )  # fmt: skip
    def kirim_perbaikan(self, *, unggahan=None) -> None:
        """244/2021 D.8: the applicant sends what was returned again, and only that. {kode: BerkasTersimpan}."""
        unggahan = unggahan or {}
        butir = syarat.butir_kembali(self)
        syarat.periksa_perbaikan(butir, unggahan)
        self._lampirkan(unggahan, butir, None)
        self.butir.filter(pk__in=[b.pk for b in butir]).update(verdict="belum")

    @transition(
        field=status, source=Status.DIREKAM, target=None, permission=oleh(JFU, PTSP),
        custom=langkah(label="Isi SPPH", form="pendaftaran.forms.FormSpph", ulang=True),
    )  # fmt: skip
    def isi_spph(self, **spph) -> None:
        """Tanah Bumbu 2: the SPPH form, in full."""
        self._perbaiki_isian(spph)

    @transition(
        field=status, source=Status.DIREKAM, target=None, permission=oleh(JFU, PTSP),
        conditions=[syarat.spph_terisi],
        custom=langkah(label="Rekam data di Siskohat", keterangan="Tandai sesudah data masuk ke Siskohat."),
    )  # fmt: skip
    def rekam_data(self) -> None:
        """Lombok Timur 4, Tanah Bumbu 3: the data stands in Siskohat."""

    @transition(
        field=status, source=Status.DIREKAM, target=None, permission=oleh(JFU, PTSP),
        custom=langkah(label="Ambil foto", form="pendaftaran.forms.FormFoto", ulang=True),
    )  # fmt: skip
    def ambil_foto(self, *, foto) -> None:
        """Lombok Timur 4, Tanah Bumbu 4: white background, face 80 %; the pilgrim is present (244/2021 A.8)."""
        lampirkan_foto(self, foto, self.pelaku.pengguna)

    @transition(
        field=status, source=Status.DIREKAM, target=None, permission=oleh(JFU, PTSP),
        conditions=[syarat.data_direkam, syarat.setoran_berlaku],
        custom=langkah(label="Catat nomor porsi", form="pendaftaran.forms.FormPorsi", ulang=True),
    )  # fmt: skip
    def catat_porsi(self, *, nomor_porsi: str, terbit: datetime.date, bukti, estimasi: int | None = None) -> None:
        """Tanah Bumbu 5 "Nomor porsi": what Siskohat answered, with its proof."""
        jawaban = siskohat().catat_porsi(nomor_porsi, terbit, self.pemohon, estimasi)
        lampirkan(self, bukti, "bukti_siskohat", self.pelaku.pengguna)
        self.porsi = self._porsi(jawaban)
        self.setoran.porsi = self.porsi
        self.setoran.save(update_fields=["porsi"])
        catat_setoran(self.setoran)

    @transition(
        field=status, source=Status.DIREKAM, target=Status.DIVERIFIKASI, permission=oleh(JFU, PTSP),
        conditions=[syarat.foto_ada, syarat.porsi_tercatat],
        custom=langkah(
            label="Verifikasi dan ajukan tanda tangan", kendali="sph", efek=(*KABAR, ("surat.draf", "sph")),
        ),
    )  # fmt: skip
    def verifikasi(self) -> None:
        """Tanah Bumbu 5, 244/2021 C.4: checked by the desk before an official sees it."""

    @transition(
        field=status, source=Status.DIVERIFIKASI, target=Status.DIREKAM, permission=oleh(KASI, KEPALA),
        custom=langkah(
            label="Kembalikan ke perekaman", form="pendaftaran.forms.FormAlasan", cabang=True, sebagai="tandatangani",
            putaran_baru=True, efek=GILIRAN,
        ),
    )  # fmt: skip
    def perbaiki(self, *, alasan: str) -> None:
        """The official does not approve: back to the desk with the reason."""

    @transition(
        field=status, source=Status.DIVERIFIKASI, target=Status.DITANDATANGANI, permission=oleh(KASI, KEPALA),
        conditions=[syarat.foto_ada, syarat.porsi_tercatat],
        custom=langkah(label="Setujui dan tanda tangani SPH", kendali="sph", tanda_tangan="sph", efek=TTD),
    )  # fmt: skip
    def tandatangani(self, *, surat) -> None:
        """Lombok Timur 5, Tanah Bumbu 5, 244/2021 C.5: approved and signed electronically."""
        sahkan_semua(surat, self.pelaku, self.waktu)

    @transition(
        field=status, source=Status.DITANDATANGANI, target=None, permission=oleh(JFU, PTSP),
        custom=langkah(label="Cetak SPH", keterangan="Tandai sesudah SPH dicetak."),
    )  # fmt: skip
    def cetak_sph(self) -> None:
        """Lombok Timur 6."""

    @transition(
        field=status, source=Status.DITANDATANGANI, target=None, permission=oleh(JFU, PTSP),
        custom=langkah(label="Pindai berkas", form="pendaftaran.forms.FormPindai", ulang=True),
    )  # fmt: skip
    def pindai_berkas(self, *, arsip) -> None:
        """Tanah Bumbu 6: the file as one PDF."""
        lampirkan(self, arsip, "arsip", self.pelaku.pengguna)

    @transition(
        field=status, source=Status.DITANDATANGANI, target=None, permission=oleh(JFU, PTSP),
        conditions=[syarat.arsip_ada],
        custom=langkah(label="Unggah arsip ke Siskohat", keterangan="Tandai sesudah PDF tersimpan di Siskohat."),
    )  # fmt: skip
    def unggah_arsip(self) -> None:
        """Tanah Bumbu 7."""

    @transition(
        field=status, source=Status.DITANDATANGANI, target=Status.SIAP_DISERAHKAN, permission=oleh(JFU),
        custom=langkah(label="Teruskan SPH ke loket", efek=KABAR),
    )  # fmt: skip
    def serahkan_ke_loket(self) -> None:
        """Lombok Timur 6 to 7: from the back office to the counter."""

    @transition(
        field=status, source=[Status.DITANDATANGANI, Status.SIAP_DISERAHKAN], target=Status.SELESAI,
        permission=oleh(PTSP, JFU), conditions=[syarat.sph_ditandatangani],
        custom=langkah(label="Serahkan SPH kepada jemaah", form="pendaftaran.forms.FormSerah", efek=KABAR),
    )  # fmt: skip
    def serahkan(self, *, penerima: str) -> None:
        """Lombok Timur 7, Tanah Bumbu 8; the registration is complete once the SPH is received (244/2021 E.1)."""
        self.penerima = penerima

    @transition(
        field=status, source=Status.DITANDATANGANI, target=Status.SELESAI,
        permission=oleh(PTSP, JFU, pihak=("sistem",)), conditions=[syarat.sph_ditandatangani],
        custom=langkah(
            label="Sampaikan SPH", efek=KABAR,
            keterangan="Berjalan sendiri sesudah tanda tangan. Tekan hanya bila SPH belum juga terkirim.",
        ),
    )  # fmt: skip
    def sampaikan_sph(self) -> None:
        """244/2021 D.10: the SPH goes to the applicant's e-mail and status page; see docs/keputusan/0014."""

    @transition(
        field=status, source=[Status.DIPERIKSA, Status.DIREKAM], target=Status.DITOLAK, permission=oleh(PTSP, JFU),
        conditions=[syarat.porsi_belum_tercatat],
        custom=langkah(
            label="Tolak pendaftaran", form="pendaftaran.forms.FormTolak", cabang=True, bahaya=True, efek=KABAR,
        ),
    )  # fmt: skip
    def tolak(self, *, aturan: str, penjelasan: str) -> None:
        """244/2021 D.9: not according to the rules; the rule stands in the answer."""
        self.alasan_akhir = f"{penjelasan} ({aturan})"

    @transition(
        field=status, source=[Status.DIPERIKSA, Status.DIKEMBALIKAN, Status.DIREKAM], target=Status.DICABUT,
        permission=oleh(PTSP, JFU), conditions=[syarat.porsi_belum_tercatat],
        custom=langkah(
            label="Cabut atas permintaan pemohon", form="pendaftaran.forms.FormAlasan", cabang=True, bahaya=True,
            efek=KABAR,
        ),
    )  # fmt: skip
    def cabut(self, *, alasan: str) -> None:
        """The pilgrim takes the application back before a porsi exists; afterwards it is a pembatalan."""
        self.alasan_akhir = alasan

    @transition(
        field=status, source=Status.SELESAI, target=Status.DIVERIFIKASI, permission=oleh(JFU, PTSP),
        conditions=[syarat.sph_tanpa_foto],
        custom=langkah(
            label="Foto ulang", form="pendaftaran.forms.FormFoto", cabang=True, putaran_baru=True,
            efek=(("surat.draf", "sph"),), ulangi=("cetak_sph",),
        ),
    )  # fmt: skip
    def foto_ulang(self, *, foto) -> None:
        """244/2021 E.4: an SPH without a photo must be photographed again; a new SPH replaces the old one."""
        lampirkan_foto(self, foto, self.pelaku.pengguna)

    @transition(
        field=status, source=[Status.DITANDATANGANI, Status.SIAP_DISERAHKAN, Status.SELESAI], target=Status.DIREKAM,
        permission=oleh(JFU, PTSP), conditions=[syarat.sph_dicabut],
        custom=langkah(
            label="Terbitkan SPH baru", cabang=True, putaran_baru=True, efek=KABAR, ulangi=("cetak_sph",),
            keterangan="SPH yang lama sudah dicabut: perbaiki datanya, lalu ajukan tanda tangan sekali lagi.",
        ),
    )  # fmt: skip
    def terbitkan_ulang(self) -> None:
        """A withdrawn SPH leaves a pilgrim with a porsi and no letter: back to the records, and on from there."""

    def _perbaiki_isian(self, isi) -> None:
        """What the officer decided about the person ("alamat"), the deposit ("setoran.jumlah") or the account."""
        milik = {"setoran": self.setoran, "rekening": self.rekening}
        berubah: dict[str, Any] = {}
        for nama, nilai in isi.items():
            tabel, _, kolom = nama.rpartition(".")
            row = berubah.setdefault(tabel, milik.get(tabel, self.pemohon))
            setattr(row, kolom, nilai)
        for row in berubah.values():
            row.full_clean(exclude=["nik_hash"])
            row.save()
        self.isian_pemohon = {nama: tulis for nama, tulis in self.isian_pemohon.items() if nama not in isi}

    def _lampirkan(self, berkas, butir, oleh) -> None:
        """Files of checklist lines; a new photo of the face or the KTP has to be compared anew."""
        lampirkan_butir(self, berkas, butir, oleh)
        if self.elektronik and not berkas.keys().isdisjoint(syarat.FOTO_PEMBANDING):
            self.hadir_sendiri = False

    def _porsi(self, jawaban) -> Porsi:
        if self.porsi is not None:
            # A typing error is corrected on the same row: the number was never on a signed SPH.
            self.porsi.nomor, self.porsi.terbit, self.porsi.estimasi = jawaban.nomor, jawaban.terbit, jawaban.estimasi
            self.porsi.save(update_fields=["nomor", "terbit", "estimasi"])
            return self.porsi
        porsi = Porsi.objects.create(
            nomor=jawaban.nomor, jemaah=self.pemohon, kantor=self.kantor, terbit=jawaban.terbit,
            estimasi=jawaban.estimasi,
        )  # fmt: skip
        PeristiwaPorsi.objects.create(
            porsi=porsi, jenis=PeristiwaPorsi.Jenis.TERBIT, waktu=self.waktu, rujukan=self.nomor
        )
        return porsi
