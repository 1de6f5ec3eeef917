"""Rekomendasi paspor umrah/haji khusus (Kepulauan Seribu 009/2023); the methods are the SOP, top to bottom."""

from __future__ import annotations

from django_fsm import FSMField, transition

from haji_portal.akun.models import Peran
from haji_portal.alur.deklarasi import langkah, oleh
from haji_portal.berkas.daftar import terapkan_verdict
from haji_portal.surat.terbit import sahkan_semua

from .. import syarat
from ..tahap import BELUM_SERAH, Status
from .isian import DRAF, GILIRAN, KABAR, Daftar, IsianRekomendasi, kabar

PTSP, JFU, KASI, KEPALA = Peran.PTSP, Peran.JFU, Peran.KASI, Peran.KEPALA
ALASAN, SERAH = "rekomendasi.forms.FormAlasan", "rekomendasi.forms.FormSerah"

PANGGIL = "Nomor antreannya tampil di layar bila Anda duduk di loket; pemohon tanpa nomor dipanggil dengan namanya."


class Rekomendasi(IsianRekomendasi):
    status = FSMField(default=Status.DIPERIKSA, choices=Status.choices, protected=True, editable=False)

    class Meta:
        verbose_name = "rekomendasi"
        verbose_name_plural = "rekomendasi"

    @transition(
        field=status, source=Status.DIPERIKSA, target=None, permission=oleh(PTSP),
        custom=langkah(label="Periksa berkas", form="rekomendasi.forms.FormPeriksa", ulang=True),
    )  # fmt: skip
    def periksa_berkas(self, *, verdict, unggahan) -> None:
        """Row 2: the front office's checklist, item by item, with scans."""
        terapkan_verdict(self, verdict, self.pelaku.pengguna)
        self._lampirkan(unggahan)

    @transition(
        field=status, source=Status.DIPERIKSA, target=Status.DIVERIFIKASI, permission=oleh(PTSP),
        conditions=[syarat.berkas_lengkap, *syarat.ATURAN],
        custom=langkah(label="Nyatakan lengkap, teruskan ke BO", efek=GILIRAN,
                       keterangan="Cetak tanda terima untuk pemohon, lalu serahkan berkasnya kepada petugas BO."),
    )  # fmt: skip
    def nyatakan_lengkap(self) -> None:
        """Row 2 "lengkap": a receipt, and on to the back office."""

    @transition(
        field=status, source=Status.DIPERIKSA, target=Status.DIKEMBALIKAN, permission=oleh(PTSP),
        conditions=[syarat.ada_kekurangan],
        custom=langkah(label="Kembalikan ke pemohon", form="rekomendasi.forms.FormCatatan", cabang=True,
                       sebagai="periksa_berkas", efek=KABAR, putaran_baru=True,
                       keterangan="Pemohon menerima daftarnya; waktu layanan berhenti sampai berkas kembali."),
    )  # fmt: skip
    def kembalikan(self, *, catatan: str = "") -> None:
        """Row 2 "kurang": back with the list of what is missing."""

    @transition(
        field=status, source=Status.DIKEMBALIKAN, target=Status.DIPERIKSA, permission=oleh(PTSP),
        custom=langkah(label="Terima berkas yang dilengkapi", cabang=True, sebagai="periksa_berkas", efek=KABAR,
                       ulangi=("periksa_berkas",)),
    )  # fmt: skip
    def lengkapi(self) -> None:
        """Row 1 again: the applicant brings what was missing."""

    @transition(
        field=status, source=[Status.DIPERIKSA, Status.DIVERIFIKASI], target=None, permission=oleh(PTSP, JFU),
        custom=langkah(label="Perbaiki data dan daftar orang", form="rekomendasi.forms.FormPerbaiki", cabang=True,
                       ulang=True),
    )  # fmt: skip
    def perbaiki_data(self, *, peserta: Daftar, keterangan: str, berubah: list[str], **isi) -> None:
        """Typed wrongly at the intake. berubah: what was changed, in words without the values."""
        for nama, nilai in isi.items():
            setattr(self, nama, nilai)
        self._tulis_peserta(peserta)

    @transition(
        field=status, source=Status.DIVERIFIKASI, target=None, permission=oleh(JFU),
        custom=langkah(label="Verifikasi kebenaran berkas", form="rekomendasi.forms.FormVerifikasi", ulang=True),
    )  # fmt: skip
    def verifikasi(self, *, hasil: dict[str, bool], catatan: str = "") -> None:
        """Row 3: what the back office compared, and what the register says of the licence."""

    @transition(
        field=status, source=Status.DIVERIFIKASI, target=Status.MENUNGGU_TTD, permission=oleh(JFU),
        conditions=[*syarat.ATURAN, syarat.sk_berlaku],
        custom=langkah(label="Buat surat, ajukan tanda tangan", form="rekomendasi.forms.FormSurat",
                       kendali="rekomendasi", efek=(*GILIRAN, *DRAF)),
    )  # fmt: skip
    def buat_surat(self, *, penanda_tangan: str = "", catatan: str = "") -> None:
        """Row 4, "SK berlaku"."""
        self.sk = self.penyelenggara.sk_berlaku(self.hari_ini())
        self.penanda_tangan = penanda_tangan

    @transition(
        field=status, source=Status.DIVERIFIKASI, target=Status.SIAP_DIKEMBALIKAN, permission=oleh(JFU),
        custom=langkah(label="Kembalikan lewat loket pengambilan", form="rekomendasi.forms.FormKembali", cabang=True,
                       sebagai="buat_surat", putaran_baru=True, efek=kabar("tidak_sesuai"),
                       keterangan="Berkas tidak sesuai aturan, misalnya SK penyelenggara tidak berlaku. Pemohon "
                       "menerima catatan alasan tertulis."),
    )  # fmt: skip
    def kembalikan_bo(self, *, alasan: str) -> None:
        """Row 4, "tidak berlaku": back through the pick-up desk with the written reason."""
        self.catatan_kembali = alasan

    @transition(
        field=status, source=Status.MENUNGGU_TTD, target=Status.DIVERIFIKASI, permission=oleh(KASI, KEPALA),
        custom=langkah(label="Kembalikan surat untuk diperbaiki", form=ALASAN, cabang=True, sebagai="tandatangani",
                       putaran_baru=True, efek=GILIRAN, ulangi=("verifikasi",)),
    )  # fmt: skip
    def perbaiki_surat(self, *, alasan: str) -> None:
        """Whoever signs does not agree, or the licence has ended since: back to the back office."""

    @transition(
        field=status, source=Status.MENUNGGU_TTD, target=Status.DITANDATANGANI, permission=oleh(KEPALA, KASI),
        conditions=[*syarat.ATURAN, syarat.sk_surat_berlaku],
        custom=langkah(label="Setujui dan tanda tangani", kendali="rekomendasi", tanda_tangan="rekomendasi_paspor",
                       efek=GILIRAN),
    )  # fmt: skip
    def tandatangani(self, *, surat) -> None:
        """Row 4: by the Kepala Kantor, or by whom the Kepala delegates."""
        sahkan_semua(surat, self.pelaku, self.waktu)

    @transition(
        field=status, source=Status.DITANDATANGANI, target=Status.SIAP_DIAMBIL, permission=oleh(JFU, PTSP),
        conditions=[syarat.surat_utuh],
        custom=langkah(label="Serahkan surat ke loket pengambilan", efek=kabar("siap"),
                       keterangan="Cetak surat dari bagian Surat, lalu serahkan kepada petugas pengambilan."),
    )  # fmt: skip
    def serahkan_pengambilan(self) -> None:
        """Row 5."""

    @transition(
        field=status, source=Status.SIAP_DIAMBIL, target=None, permission=oleh(PTSP),
        custom=langkah(label="Panggil pemohon", ulang=True, keterangan=PANGGIL),
    )  # fmt: skip
    def panggil(self) -> None:
        """Row 6: the pick-up desk calls."""
        self._panggil()

    @transition(
        field=status, source=Status.SIAP_DIAMBIL, target=None, permission=oleh(PTSP), conditions=[syarat.surat_utuh],
        custom=langkah(label="Serahkan surat dengan tanda terima", form=SERAH, ulang=True),
    )  # fmt: skip
    def serahkan(self, *, penerima: str, bukti=None) -> None:
        """Row 6: into the applicant's hands, against a receipt."""
        self._serahkan(penerima, bukti)

    @transition(
        field=status, source=Status.SIAP_DIAMBIL, target=Status.SELESAI, permission=oleh(PTSP),
        conditions=[syarat.surat_utuh],
        custom=langkah(label="Buku tanda terima diisi, selesaikan", efek=kabar("selesai"),
                       keterangan="Ajak pemohon mengisi buku tanda terima dan survei kepuasan masyarakat."),
    )  # fmt: skip
    def selesaikan(self) -> None:
        """Row 7: the book of receipts and the survey."""

    @transition(
        field=status, source=Status.SIAP_DIKEMBALIKAN, target=Status.MENUNGGU_SK, permission=oleh(PTSP),
        custom=langkah(label="Serahkan berkas dan catatan alasan", form=SERAH, cabang=True, sebagai="serahkan",
                       efek=kabar("dikembalikan"),
                       keterangan="Cetak catatan alasan, serahkan bersama berkasnya."),
    )  # fmt: skip
    def serahkan_catatan(self, *, penerima: str, bukti=None) -> None:
        """Row 4, back to row 1: the papers and the note are with the applicant."""
        self._serahkan(penerima, bukti)

    @transition(
        field=status, source=Status.SIAP_DIKEMBALIKAN, target=None, permission=oleh(PTSP),
        custom=langkah(label="Panggil pemohon", cabang=True, sebagai="panggil", ulang=True, keterangan=PANGGIL),
    )  # fmt: skip
    def panggil_kembali(self) -> None:
        """Whoever waits is called for the papers that go back, too; nothing depends on it."""
        self._panggil()

    @transition(
        field=status, source=[Status.SIAP_DIKEMBALIKAN, Status.MENUNGGU_SK], target=Status.DIPERIKSA,
        permission=oleh(PTSP),
        custom=langkah(label="Terima SK yang berlaku, lanjutkan", form="rekomendasi.forms.FormCatatan", cabang=True,
                       sebagai="periksa_berkas", efek=GILIRAN, ulangi=("periksa_berkas", "verifikasi"),
                       keterangan="Pemohon membawa SK penyelenggara yang berlaku: berkas diperiksa lagi dari sini."),
    )  # fmt: skip
    def lanjutkan(self, *, catatan: str = "") -> None:
        """Taken up again with a new licence."""
        self.catatan_kembali, self.penerima, self.diserahkan_pada = "", "", None

    @transition(
        field=status, source=Status.MENUNGGU_SK, target=Status.TIDAK_DIPROSES, permission=oleh(PTSP, JFU),
        custom=langkah(label="Tutup sebagai tidak diproses", form=ALASAN, cabang=True, bahaya=True,
                       sebagai="serahkan", efek=KABAR),
    )  # fmt: skip
    def tutup(self, *, alasan: str) -> None:
        """No licence in force was brought."""
        self._akhiri(alasan)

    @transition(
        field=status, source=[Status.DITANDATANGANI, Status.SIAP_DIAMBIL, Status.SELESAI],
        target=Status.DIVERIFIKASI, permission=oleh(JFU), conditions=[syarat.surat_dicabut],
        custom=langkah(label="Terbitkan surat baru", cabang=True, sebagai="buat_surat", putaran_baru=True,
                       efek=GILIRAN, ulangi=("verifikasi", "panggil", "serahkan"),
                       keterangan="Surat yang lama sudah dicabut: perbaiki datanya, lalu ajukan tanda tangan lagi."),
    )  # fmt: skip
    def terbitkan_ulang(self) -> None:
        """A withdrawn letter leaves people without one: back to the back office, and on from there."""
        self.penerima, self.diserahkan_pada = "", None

    @transition(
        field=status, source=[Status.DIPERIKSA, Status.DIVERIFIKASI], target=Status.DITOLAK,
        permission=oleh(PTSP, JFU),
        custom=langkah(label="Tolak permohonan", form="rekomendasi.forms.FormTolak", cabang=True, bahaya=True,
                       efek=KABAR),
    )  # fmt: skip
    def tolak(self, *, aturan: str, penjelasan: str) -> None:
        """Not according to the rules; the rule stands in the answer."""
        self._akhiri(f"{penjelasan} ({aturan})")

    @transition(
        field=status, source=BELUM_SERAH, target=Status.DICABUT, permission=oleh(PTSP, JFU),
        custom=langkah(label="Cabut atas permintaan pemohon", form=ALASAN, cabang=True, bahaya=True, efek=KABAR),
    )  # fmt: skip
    def cabut(self, *, alasan: str) -> None:
        """The applicant does not go on; a letter that is signed already is withdrawn."""
        self._akhiri(alasan)
