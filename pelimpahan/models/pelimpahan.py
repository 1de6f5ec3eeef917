"""Pelimpahan nomor porsi (Kepdirjen PHU 245/2021 C and D; Tanah Bumbu, Kepulauan Seribu); the methods are the SOP."""

from __future__ import annotations

from typing import Any

from django_fsm import FSMField, transition

from haji_portal.akun.models import Peran
from haji_portal.alur.deklarasi import langkah, oleh
from haji_portal.berkas.daftar import terapkan_verdict
from haji_portal.berkas.simpan import lampirkan, lampirkan_butir, lampirkan_foto
from haji_portal.jemaah.models import Rekening
from haji_portal.ptsp.disposisi.catat import disposisi_langkah
from haji_portal.surat.terbit import sahkan_semua

from .. import syarat
from ..jadwal import lepas_slot, pesan_slot
from ..tahap import DI_KANTOR, Penyelenggara, Status
from .isian import DRAF, DRAF_SPH, GILIRAN, KABAR, PENGAJUAN, IsianPelimpahan, kabar
from .jadwal import Janji

PTSP, JFU, KASI, KEPALA = Peran.PTSP, Peran.JFU, Peran.KASI, Peran.KEPALA
KANWIL, DIREKTORAT, DIREKTUR, DITJEN = Peran.KANWIL, Peran.DIREKTORAT, Peran.DIREKTUR, Peran.DITJEN
TERJADWAL = [Status.DIJADWALKAN, Status.MENUNGGU_WAWANCARA]
TERBUKA = [Status.MENUNGGU_WAWANCARA, Status.JADWAL_ULANG, Status.LULUS]
"""The block of the porsi is open: what ends here goes by the centre, which closes it again."""


class Pelimpahan(IsianPelimpahan):
    status = FSMField(default=Status.DIPERIKSA, choices=Status.choices, protected=True, editable=False)

    class Meta:
        verbose_name = "pelimpahan"
        verbose_name_plural = "pelimpahan"

    @transition(field=status, source=Status.DITERIMA, target=Status.DIDISPOSISI,
                permission=oleh(PTSP, JFU), custom=langkah(label="Ajukan disposisi", efek=GILIRAN))  # fmt: skip
    def ajukan_disposisi(self) -> None:
        """Tanah Bumbu 1 to 2: the written request goes to the head before the file is examined."""

    @transition(field=status, source=Status.DIDISPOSISI, target=Status.DIPERIKSA, permission=oleh(KEPALA),
                custom=langkah(label="Disposisi", form="pelimpahan.forms.FormDisposisi", efek=GILIRAN))  # fmt: skip
    def disposisikan(self, *, catatan: str = "", instruksi: tuple[str, ...] = (), penanda_tangan: str = "") -> None:
        """Tanah Bumbu 2: the head's instruction on the file, done with the step that follows, and who is to sign."""
        self.penanda_tangan = penanda_tangan
        disposisi_langkah(self, dari=self.pelaku, kepada=[JFU, PTSP], instruksi=instruksi, catatan=catatan)

    @transition(field=status, source=[Status.DIPERIKSA, Status.DIREKAM], target=None,
                permission=oleh(PTSP, JFU),
                custom=langkah(label="Periksa berkas", form="pelimpahan.forms.FormPeriksa", ulang=True))  # fmt: skip
    def periksa_berkas(self, *, verdict, unggahan) -> None:
        """Tanah Bumbu 3, 245/2021 C.2, D.3: ada, kurang or tidak, item by item, with scans."""
        terapkan_verdict(self, verdict, self.pelaku.pengguna)
        lampirkan_butir(self, unggahan, self.butir.all(), self.pelaku.pengguna)

    @transition(field=status, source=[Status.DIPERIKSA, Status.DISUSUN, Status.DIREKAM], target=None,
                permission=oleh(PTSP, JFU),
                custom=langkah(label="Perbaiki rekening penerima",
                    form="haji_portal.dana.forms.FormRekening", cabang=True, ulang=True))  # fmt: skip
    def perbaiki_rekening(self, *, bank: str, nomor: str, atas_nama: str, bukti) -> None:
        """Typed wrongly, or another account of the recipient at the bank of the deposit."""
        self.rekening, _ = Rekening.objects.update_or_create(
            jemaah=self.pemohon, bank=bank, nomor=nomor, defaults={"atas_nama": atas_nama}
        )
        lampirkan(self, bukti, "bukti_rekening", self.pelaku.pengguna)

    @transition(field=status, source=[Status.DIPERIKSA, Status.DISUSUN, Status.DIREKAM], target=None,
                permission=oleh(PTSP, JFU),
                custom=langkah(label="Perbaiki data pengajuan", form="pelimpahan.forms.FormPerbaiki",
                    cabang=True, ulang=True))  # fmt: skip
    def perbaiki_data(self, *, keterangan: str, semula: dict[str, Any], **isi: Any) -> None:
        """Typed wrongly at the intake. isi: fields of PENGAJUAN; `semula` keeps their old values in the history."""
        for nama in isi.keys() & set(PENGAJUAN):
            setattr(self, nama, isi[nama])

    @transition(field=status, source=Status.DIPERIKSA, target=Status.DISUSUN, permission=oleh(PTSP, JFU),
                conditions=[syarat.berkas_lengkap, *syarat.ATURAN],
                custom=langkah(label="Nyatakan lengkap", efek=(*kabar("lengkap"), *DRAF)))  # fmt: skip
    def nyatakan_lengkap(self) -> None:
        """Tanah Bumbu 3, Kepulauan Seribu 3: complete, on to the recommendation."""

    @transition(field=status, source=Status.DIPERIKSA, target=Status.DIREKAM, permission=oleh(PTSP, JFU),
                conditions=[syarat.berkas_lengkap, *syarat.ATURAN],
                custom=langkah(label="Nyatakan lengkap, lanjut ke Kanwil", efek=kabar("lengkap")))  # fmt: skip
    def teruskan_pengiriman(self) -> None:
        """245/2021 C.2, D.5: the national SOP knows no letter of the office; the file is uploaded for the Kanwil."""

    @transition(field=status, source=Status.DIPERIKSA, target=Status.DIKEMBALIKAN,
                permission=oleh(PTSP, JFU), conditions=[syarat.ada_kekurangan],
                custom=langkah(label="Kembalikan ke penerima", form="pelimpahan.forms.FormCatatan",
                    cabang=True, sebagai="periksa_berkas", efek=KABAR, putaran_baru=True,
                    keterangan="Penerima mendapat daftar kekurangannya; waktu layanan berhenti sampai berkas kembali."
                ))  # fmt: skip
    def kembalikan(self, *, catatan: str = "") -> None:
        """245/2021 D.4: what is missing or unreadable goes back with the list of it."""

    @transition(field=status, source=Status.DIKEMBALIKAN, target=Status.DIPERIKSA,
                permission=oleh(PTSP, JFU),
                custom=langkah(label="Terima berkas yang dilengkapi", cabang=True,
                    sebagai="periksa_berkas", efek=KABAR, ulangi=("periksa_berkas",)))  # fmt: skip
    def lengkapi(self) -> None:
        """The recipient brings what was missing."""

    @transition(field=status, source=Status.DIKEMBALIKAN, target=Status.DIPERIKSA,
                permission=oleh(pihak=("pemohon",)),
                custom=langkah(label="Kirim perbaikan", efek=KABAR, cabang=True,
                    ulangi=("periksa_berkas",)))  # fmt: skip
    def kirim_perbaikan(self, *, unggahan=None) -> None:
        """The recipient sends what was returned again, and only that. {kode: BerkasTersimpan}."""
        butir = syarat.butir_kembali(self)
        syarat.periksa_perbaikan(butir, unggahan or {})
        lampirkan_butir(self, unggahan or {}, butir, None)
        self.butir.filter(pk__in=[b.pk for b in butir]).update(verdict="belum")

    @transition(field=status, source=Status.DISUSUN, target=Status.MENUNGGU_PARAF,
                permission=oleh(JFU, PTSP), conditions=[*syarat.ATURAN],
                custom=langkah(label="Buat rekomendasi", form="pelimpahan.forms.FormSurat",
                    kendali="rekomendasi", efek=(*GILIRAN, *DRAF)))  # fmt: skip
    def buat_rekomendasi(self, *, penanda_tangan: str = "", catatan: str = "") -> None:
        """Tanah Bumbu 4: drawn and given to the Kasi for the initial."""
        self.penanda_tangan = penanda_tangan or self.penanda_tangan

    @transition(field=status, source=Status.DISUSUN, target=Status.MENUNGGU_TTD,
                permission=oleh(JFU, PTSP), conditions=[*syarat.ATURAN],
                custom=langkah(label="Ajukan rekomendasi untuk ditandatangani",
                    form="pelimpahan.forms.FormSurat", kendali="rekomendasi", efek=(*GILIRAN, *DRAF)))  # fmt: skip
    def ajukan_rekomendasi(self, *, penanda_tangan: str = "", catatan: str = "") -> None:
        """Kepulauan Seribu 4: drawn, and signed by whom the head directs."""
        self.penanda_tangan = penanda_tangan or self.penanda_tangan

    @transition(field=status, source=Status.MENUNGGU_PARAF, target=Status.MENUNGGU_TTD,
                permission=oleh(KASI), custom=langkah(label="Paraf rekomendasi", efek=GILIRAN))  # fmt: skip
    def paraf(self) -> None:
        """Tanah Bumbu 5: the initial before the signature."""

    @transition(field=status, source=[Status.MENUNGGU_PARAF, Status.MENUNGGU_TTD], target=Status.DISUSUN,
                permission=oleh(KASI, KEPALA),
                custom=langkah(label="Kembalikan surat untuk diperbaiki",
                    form="pelimpahan.forms.FormAlasan", cabang=True, putaran_baru=True, efek=GILIRAN))  # fmt: skip
    def perbaiki_surat(self, *, alasan: str) -> None:
        """The official does not agree with a letter: back to the desk with the reason."""

    @transition(field=status, source=Status.MENUNGGU_TTD, target=Status.DIREKAM,
                permission=oleh(KEPALA, KASI),
                custom=langkah(label="Setujui dan tanda tangani", kendali="rekomendasi",
                    tanda_tangan="rekomendasi_limpah", efek=GILIRAN))  # fmt: skip
    def tandatangani(self, *, surat) -> None:
        """Tanah Bumbu 5, Kepulauan Seribu 5: the letters of the office's row, signed in one go."""
        sahkan_semua(surat, self.pelaku, self.waktu)

    @transition(field=status, source=Status.DIREKAM, target=Status.DISUSUN, permission=oleh(KEPALA, KASI),
                conditions=[syarat.ada_surat_dicabut],
                custom=langkah(label="Susun ulang surat", cabang=True, sebagai="tandatangani",
                    putaran_baru=True, efek=(*GILIRAN, *DRAF),
                    keterangan="Semua surat langkah ini dibuat dan ditandatangani lagi; yang berlaku diganti."
                ))  # fmt: skip
    def susun_ulang(self) -> None:
        """A withdrawn letter is made anew, and with it those that were signed in the same step."""

    @transition(field=status, source=Status.DIREKAM, target=None, permission=oleh(PTSP, JFU),
                custom=langkah(label="Serahkan rekomendasi", form="pelimpahan.forms.FormSerah",
                    keterangan="Serahkan surat kepada penerima dan jelaskan prosedur di Kantor Wilayah."))  # fmt: skip
    def serahkan_rekomendasi(self, *, penerima: str) -> None:
        """Kepulauan Seribu 6: the letter is handed over and the way at the Kanwil explained."""

    @transition(field=status, source=Status.DIREKAM, target=Status.DI_KANWIL, permission=oleh(PTSP, JFU),
                conditions=[syarat.berkas_lengkap, *syarat.ATURAN, syarat.surat_utuh],
                custom=langkah(label="Pindai dan kirim ke Kanwil", form="pelimpahan.forms.FormKirim",
                    efek=(*kabar("ke_kanwil"), ("pelimpahan.surel_kanwil", "")),
                    keterangan="Berkas juga dikirim ke surel Kantor Wilayah; bukti kirimnya tampil di perkara ini."
                ))  # fmt: skip
    def kirim_kanwil(self, *, arsip=None) -> None:
        """Tanah Bumbu 6, 245/2021 C.2, D.5: the scanned set goes to the Kanwil, by Siskohat and by e-mail."""
        if arsip is not None:
            lampirkan(self, arsip, "arsip", self.pelaku.pengguna)

    @transition(field=status, source=Status.DIREKAM, target=Status.DIPERIKSA, permission=oleh(PTSP, JFU),
                custom=langkah(label="Periksa berkas lagi", form="pelimpahan.forms.FormAlasan",
                    cabang=True, sebagai="periksa_berkas", putaran_baru=True, efek=GILIRAN,
                    ulangi=("periksa_berkas",)))  # fmt: skip
    def periksa_lagi(self, *, alasan: str) -> None:
        """What the Kanwil found lies with the recipient: checked anew, if need be sent back; then new letters."""

    @transition(field=status, source=Status.DI_KANWIL, target=Status.DISETUJUI, permission=oleh(KANWIL),
                conditions=[*syarat.ATURAN, syarat.surat_utuh],
                custom=langkah(label="Validasi dan setujui", form="pelimpahan.forms.FormValidasi",
                    efek=GILIRAN))  # fmt: skip
    def validasi(self, *, catatan: str = "") -> None:
        """245/2021 C.3 and C.5, D.6 and D.8: every document is valid; the schedule follows."""

    @transition(field=status, source=[Status.DI_KANWIL, Status.DISETUJUI], target=Status.DIREKAM,
                permission=oleh(KANWIL),
                custom=langkah(label="Kembalikan ke kantor", form="pelimpahan.forms.FormKembaliKantor",
                    cabang=True, sebagai="validasi", putaran_baru=True, efek=kabar("kembali_ke_kantor"),
                    ulangi=("periksa_berkas",)))  # fmt: skip
    def kembalikan_kantor(self, *, alasan: str, kekurangan: dict[str, str] | None = None) -> None:
        """245/2021 C.4, D.7: incomplete or wrongly uploaded. kekurangan: {kode of the document: what is wrong}."""
        self._tandai_kekurangan(kekurangan or {})

    @transition(field=status, source=Status.DI_KANWIL, target=Status.DITOLAK, permission=oleh(KANWIL),
                custom=langkah(label="Tolak permohonan", form="pelimpahan.forms.FormTolak", cabang=True,
                    sebagai="validasi", bahaya=True, efek=KABAR))  # fmt: skip
    def tolak_kanwil(self, *, aturan: str, penjelasan: str) -> None:
        """The Kanwil finds that the porsi cannot be transferred; the rule stands in the answer."""
        self._akhiri(f"{penjelasan} ({aturan})")

    @transition(field=status, source=Status.DISETUJUI, target=None, permission=oleh(KANWIL),
                conditions=[syarat.beda_provinsi, syarat.masih_kanwil],
                custom=langkah(label="Serahkan wawancara ke Ditjen", form="pelimpahan.forms.FormAlasan",
                    cabang=True, efek=GILIRAN,
                    keterangan="Wawancara, dokumen asli, foto, dan SPH dilakukan petugas Direktorat Jenderal."
                ))  # fmt: skip
    def serahkan_pusat(self, *, alasan: str) -> None:
        """245/2021 E.2: the recipient lives in another province."""
        self.penyelenggara = Penyelenggara.PUSAT

    @transition(field=status, source=Status.DISETUJUI, target=Status.DIJADWALKAN,
                permission=oleh(KANWIL, DIREKTORAT),
                custom=langkah(label="Jadwalkan wawancara", form="pelimpahan.forms.FormJadwal",
                    efek=kabar("jadwal")))  # fmt: skip
    def jadwalkan(self, *, slot: int) -> None:
        """245/2021 C.5, D.8: the day and the desk; slot: pk of a free Slot."""
        pesan_slot(self, slot)

    @transition(field=status, source=TERJADWAL, target=None, permission=oleh(KANWIL, DIREKTORAT),
                custom=langkah(label="Pindahkan jadwal", form="pelimpahan.forms.FormPindah", cabang=True,
                    ulang=True, efek=kabar("jadwal_pindah"), ulangi=("catat_hadir",)))  # fmt: skip
    def pindah_jadwal(self, *, slot: int, alasan: str) -> None:
        """To another slot; the old one is free at once."""
        lepas_slot(self, Janji.Keadaan.DIPINDAH, alasan)
        pesan_slot(self, slot)

    @transition(field=status, source=Status.DIJADWALKAN, target=Status.DISETUJUI,
                permission=oleh(KANWIL, DIREKTORAT),
                custom=langkah(label="Batalkan jadwal", form="pelimpahan.forms.FormAlasan", cabang=True,
                    sebagai="jadwalkan", efek=kabar("jadwal_batal")))  # fmt: skip
    def batalkan_jadwal(self, *, alasan: str) -> None:
        """The organiser takes the day back before the block is opened; the recipient waits for a schedule again."""
        lepas_slot(self, Janji.Keadaan.BATAL, alasan)

    @transition(field=status, source=Status.DIJADWALKAN, target=Status.MENUNGGU_WAWANCARA,
                permission=oleh(DITJEN, DIREKTORAT), conditions=[syarat.jadwal_ada],
                custom=langkah(label="Buka blokir porsi", form="pelimpahan.forms.FormBuktiBlokir",
                    efek=kabar("undangan")))  # fmt: skip
    def buka_blokir(self, *, bukti=None) -> None:
        """245/2021 C.6, D.9: only after the schedule stands."""
        self.blokir_dibuka_pada = self.waktu
        if bukti is not None:
            lampirkan(self, bukti, "bukti_siskohat", self.pelaku.pengguna)

    @transition(field=status, source=Status.MENUNGGU_WAWANCARA, target=None,
                permission=oleh(KANWIL, DIREKTORAT), conditions=[syarat.jadwal_ada, syarat.hari_tiba],
                custom=langkah(label="Catat hadir",
                    keterangan="Penerima datang sendiri; cocokkan wajah dengan KTP asli."))  # fmt: skip
    def catat_hadir(self) -> None:
        """245/2021 E.1: the recipient is there in person; by the QR of the invitation or by hand."""
        self.janji.filter(keadaan=Janji.Keadaan.TERJADWAL).update(keadaan=Janji.Keadaan.HADIR, hadir_pada=self.waktu)

    @transition(field=status, source=Status.MENUNGGU_WAWANCARA, target=Status.LULUS,
                permission=oleh(KANWIL, DIREKTORAT), conditions=[*syarat.ATURAN],
                custom=langkah(label="Nyatakan lulus wawancara", form="pelimpahan.forms.FormWawancara",
                    kendali="sph", efek=(*GILIRAN, *DRAF_SPH)))  # fmt: skip
    def luluskan(self, *, hasil: dict[str, Any]) -> None:
        """245/2021 C.7, D.10: interview and originals are right. hasil: what was asked, which originals were seen."""
        self.hasil_wawancara = hasil

    @transition(field=status, source=Status.MENUNGGU_WAWANCARA, target=Status.JADWAL_ULANG,
                permission=oleh(KANWIL, DIREKTORAT), conditions=[syarat.hari_tiba],
                custom=langkah(label="Catat tidak hadir", form="pelimpahan.forms.FormAlasan", cabang=True,
                    sebagai="luluskan", efek=kabar("tidak_hadir"), ulangi=("catat_hadir",)))  # fmt: skip
    def tidak_hadir(self, *, alasan: str) -> None:
        """The recipient did not come: a new schedule is made."""
        lepas_slot(self, Janji.Keadaan.TIDAK_HADIR, alasan)

    @transition(field=status, source=Status.MENUNGGU_WAWANCARA, target=Status.JADWAL_ULANG,
                permission=oleh(KANWIL, DIREKTORAT),
                custom=langkah(label="Batalkan undangan", form="pelimpahan.forms.FormAlasan", cabang=True,
                    sebagai="luluskan", efek=kabar("jadwal_batal"), ulangi=("catat_hadir",)))  # fmt: skip
    def batalkan_undangan(self, *, alasan: str) -> None:
        """The organiser takes the day back: nobody missed anything, a new schedule is made."""
        lepas_slot(self, Janji.Keadaan.BATAL, alasan)

    @transition(field=status, source=Status.JADWAL_ULANG, target=Status.MENUNGGU_WAWANCARA,
                permission=oleh(KANWIL, DIREKTORAT),
                custom=langkah(label="Jadwalkan ulang", form="pelimpahan.forms.FormJadwal", cabang=True,
                    sebagai="luluskan", efek=kabar("undangan")))  # fmt: skip
    def jadwalkan_ulang(self, *, slot: int) -> None:
        """The block is open already: only the day is new."""
        pesan_slot(self, slot)

    @transition(field=status, source=Status.MENUNGGU_WAWANCARA, target=Status.DIREKAM,
                permission=oleh(KANWIL, DIREKTORAT),
                custom=langkah(label="Dokumen asli belum benar, kembalikan ke kantor",
                    form="pelimpahan.forms.FormKembaliKantor", cabang=True, sebagai="luluskan",
                    putaran_baru=True, efek=kabar("kembali_ke_kantor"),
                    ulangi=("catat_hadir", "periksa_berkas")))  # fmt: skip
    def kembalikan_asli(self, *, alasan: str, kekurangan: dict[str, str] | None = None) -> None:
        """An original does not agree with what was uploaded and can be mended: the office does so with the family."""
        lepas_slot(self, Janji.Keadaan.BATAL, alasan)
        self._tandai_kekurangan(kekurangan or {})

    @transition(field=status, source=Status.MENUNGGU_WAWANCARA, target=Status.MENUTUP_BLOKIR,
                permission=oleh(KANWIL, DIREKTORAT),
                custom=langkah(label="Nyatakan tidak lulus", form="pelimpahan.forms.FormTolak",
                    cabang=True, sebagai="luluskan", bahaya=True, efek=kabar("tidak_lulus")))  # fmt: skip
    def nyatakan_tidak_lulus(self, *, aturan: str, penjelasan: str) -> None:
        """245/2021 C.7: interview or originals are not right; the rule stands in the answer."""
        self._akhiri(f"{penjelasan} ({aturan})")

    @transition(field=status, source=Status.LULUS, target=None, permission=oleh(KANWIL, DIREKTORAT),
                custom=langkah(label="Ambil foto penerima", form="pelimpahan.forms.FormFoto", ulang=True,
                    efek=DRAF_SPH))  # fmt: skip
    def ambil_foto(self, *, foto) -> None:
        """245/2021 C.7, D.10: the recipient's photo replaces the pilgrim's."""
        lampirkan_foto(self, foto, self.pelaku.pengguna)

    @transition(field=status, source=Status.LULUS, target=Status.MENUNGGU_WAWANCARA,
                permission=oleh(KANWIL, DIREKTORAT, DIREKTUR), conditions=[syarat.belum_pindah],
                custom=langkah(label="Kembalikan ke wawancara", form="pelimpahan.forms.FormAlasan",
                    cabang=True, sebagai="terbitkan_sph", putaran_baru=True, efek=GILIRAN))  # fmt: skip
    def tinjau_ulang(self, *, alasan: str) -> None:
        """Whoever signs does not agree with the result: the interviewer looks again."""

    @transition(field=status, source=Status.LULUS, target=Status.SPH_TERBIT,
                permission=oleh(KANWIL, DIREKTUR), conditions=[syarat.foto_ada, *syarat.ATURAN],
                custom=langkah(label="Tanda tangani SPH pelimpahan", kendali="sph",
                    tanda_tangan="sph_limpah", efek=kabar("sph_terbit"),
                    keterangan="Sejak langkah ini nomor porsi menjadi milik penerima.", bahaya=True))  # fmt: skip
    def terbitkan_sph(self, *, surat) -> None:
        """245/2021 C.7, D.10: signed electronically; here, once, and nowhere else the porsi passes."""
        sahkan_semua(surat, self.pelaku, self.waktu)
        self._pindahkan_porsi()

    @transition(field=status, source=Status.SPH_TERBIT, target=Status.SELESAI,
                permission=oleh(KANWIL, DIREKTORAT),
                custom=langkah(label="Cetak dan serahkan SPH", form="pelimpahan.forms.FormSerah",
                    efek=kabar("selesai")))  # fmt: skip
    def serahkan_sph(self, *, penerima: str) -> None:
        """245/2021 C.7: printed and handed to the recipient, at the Kanwil or where the interview was."""

    @transition(field=status, source=[Status.SPH_TERBIT, Status.SELESAI], target=Status.LULUS,
                permission=oleh(KANWIL, DIREKTUR), conditions=[syarat.sph_dicabut],
                custom=langkah(label="Terbitkan SPH baru", cabang=True, sebagai="terbitkan_sph",
                    putaran_baru=True, efek=(*KABAR, *DRAF_SPH),
                    keterangan="SPH yang lama sudah dicabut. Porsi tetap milik penerima; suratnya dibuat lagi."
                ))  # fmt: skip
    def terbitkan_ulang(self) -> None:
        """A withdrawn SPH leaves a recipient with a porsi and no letter."""

    @transition(field=status, source=TERBUKA, target=Status.MENUTUP_BLOKIR,
                permission=oleh(KANWIL, DIREKTORAT), conditions=[syarat.belum_pindah],
                custom=langkah(label="Hentikan atas permintaan keluarga",
                    form="pelimpahan.forms.FormAlasan", cabang=True, sebagai="luluskan", bahaya=True,
                    efek=GILIRAN))  # fmt: skip
    def hentikan(self, *, alasan: str) -> None:
        """The family changes its mind after the block was opened."""
        self._akhiri(alasan)

    @transition(field=status, source=Status.MENUTUP_BLOKIR, target=Status.TIDAK_DILANJUTKAN,
                permission=oleh(DITJEN, DIREKTORAT),
                custom=langkah(label="Tutup kembali blokir porsi",
                    form="pelimpahan.forms.FormBuktiBlokir", cabang=True, sebagai="buka_blokir",
                    efek=kabar("tidak_dilanjutkan")))  # fmt: skip
    def tutup_blokir(self, *, bukti=None) -> None:
        """What 245/2021 C.6 opened is closed again when the porsi does not pass."""
        self.blokir_dibuka_pada = None
        if bukti is not None:
            lampirkan(self, bukti, "bukti_siskohat", self.pelaku.pengguna)

    @transition(field=status, source=[Status.DITERIMA, Status.DIPERIKSA, Status.DIREKAM],
                target=Status.DITOLAK, permission=oleh(PTSP, JFU), conditions=[syarat.blokir_tertutup],
                custom=langkah(label="Tolak permohonan", form="pelimpahan.forms.FormTolak", cabang=True,
                    bahaya=True, efek=KABAR))  # fmt: skip
    def tolak(self, *, aturan: str, penjelasan: str) -> None:
        """Not according to the rules; the rule stands in the answer."""
        self._akhiri(f"{penjelasan} ({aturan})")

    @transition(field=status,
                source=[*DI_KANTOR, Status.DI_KANWIL, Status.DISETUJUI, Status.DIJADWALKAN],
                target=Status.DICABUT, permission=oleh(PTSP, JFU), conditions=[syarat.blokir_tertutup],
                custom=langkah(label="Cabut atas permintaan penerima", form="pelimpahan.forms.FormAlasan",
                    cabang=True, bahaya=True, efek=KABAR))  # fmt: skip
    def cabut(self, *, alasan: str) -> None:
        """The family changes its mind while the porsi is still blocked: it stays the pilgrim's."""
        self._akhiri(alasan)

    @transition(field=status, source=[Status.DIPERIKSA, Status.DIREKAM], target=Status.MENUTUP_BLOKIR,
                permission=oleh(PTSP, JFU), conditions=[syarat.blokir_terbuka],
                custom=langkah(label="Hentikan, blokir ditutup kembali",
                    form="pelimpahan.forms.FormAlasan", cabang=True, bahaya=True, efek=GILIRAN))  # fmt: skip
    def hentikan_kantor(self, *, alasan: str) -> None:
        """Withdrawn or refused after the Kanwil sent the file back from the interview: the centre closes the block."""
        self._akhiri(alasan)

    def _tandai_kekurangan(self, kekurangan: dict[str, str]) -> None:
        """What the Kanwil found stands in the office's checklist, item by item."""
        verdict = {kode: ("kurang", ket) for kode, ket in kekurangan.items()}
        if verdict:
            terapkan_verdict(self, verdict, self.pelaku.pengguna)
