"""Pembatalan pendaftaran haji reguler (Kepdirjen PHU 241/2021 C, D.1, D.3); the methods are the SOP."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django_fsm import FSMField, transition

from haji_portal.akun.models import Peran
from haji_portal.alur.deklarasi import langkah, oleh
from haji_portal.berkas.daftar import terapkan_verdict
from haji_portal.berkas.models import ButirBerkas
from haji_portal.berkas.simpan import lampirkan, lampirkan_butir, lampirkan_foto
from haji_portal.dana.pengembalian import ajukan_pengembalian
from haji_portal.jemaah.models import Rekening
from haji_portal.ptsp.disposisi.catat import disposisi_langkah
from haji_portal.surat.terbit import sahkan_semua

from .. import syarat
from ..tahap import DI_KANTOR, Sebab, Status
from .isian import DRAF, GILIRAN, KABAR, PENGAJUAN, IsianPembatalan, kabar
from .jurnal import Jurnal

PTSP, JFU, KASI, KEPALA = Peran.PTSP, Peran.JFU, Peran.KASI, Peran.KEPALA
DIREKTORAT, SUBDIT = Peran.DIREKTORAT, Peran.SUBDIT
SURAT_KEPALA = "surat-permohonan-kepala"
SISTEM = oleh(pihak=("sistem",))


class Pembatalan(IsianPembatalan):
    """`pemohon` is always the pilgrim whose money it is; who asks for it stands in the `*_pengaju` fields."""

    status = FSMField(default=Status.DIPERIKSA, choices=Status.choices, protected=True, editable=False)

    class Meta:
        verbose_name = "pembatalan"
        verbose_name_plural = "pembatalan"

    @transition(
        field=status, source=Status.DIPERIKSA, target=None, permission=oleh(PTSP, JFU),
        custom=langkah(label="Periksa berkas", form="pembatalan.forms.FormPeriksa", ulang=True),
    )  # fmt: skip
    def periksa_berkas(self, *, verdict, unggahan) -> None:
        """Lombok Timur 2, Tanah Bumbu 1, 241/2021 C.1.b: ada, kurang or tidak, item by item, with scans."""
        terapkan_verdict(self, verdict, self.pelaku.pengguna)
        lampirkan_butir(self, unggahan, self.butir.all(), self.pelaku.pengguna)

    @transition(
        field=status, source=[Status.DIPERIKSA, Status.DISUSUN], target=None, permission=oleh(PTSP, JFU),
        custom=langkah(
            label="Perbaiki rekening tujuan", form="haji_portal.dana.forms.FormRekening", cabang=True, ulang=True,
        ),
    )  # fmt: skip
    def perbaiki_rekening(self, *, bank: str, nomor: str, atas_nama: str, bukti) -> None:
        """Typed wrongly, or another account of the owner: before a letter names it and before the Kasi approves."""
        self.rekening, _ = Rekening.objects.update_or_create(
            jemaah=self.pemohon, bank=bank, nomor=nomor, defaults={"atas_nama": atas_nama}
        )
        lampirkan(self, bukti, "bukti_rekening", self.pelaku.pengguna)

    @transition(
        field=status, source=[Status.DIPERIKSA, Status.DISUSUN], target=None, permission=oleh(PTSP, JFU),
        custom=langkah(label="Perbaiki data pengajuan", form="pembatalan.forms.FormPerbaiki", cabang=True, ulang=True),
    )  # fmt: skip
    def perbaiki_data(self, *, keterangan: str, semula: dict[str, Any], **isi: Any) -> None:
        """Typed wrongly at the intake. isi: fields of PENGAJUAN; `semula` keeps their old values in the history."""
        for nama in isi.keys() & set(PENGAJUAN):
            setattr(self, nama, isi[nama])

    @transition(
        field=status, source=[Status.DIPERIKSA, Status.DIREKAM], target=None, permission=oleh(PTSP, JFU),
        custom=langkah(label="Ambil foto pengaju", form="pembatalan.forms.FormFoto", ulang=True),
    )  # fmt: skip
    def ambil_foto(self, *, foto) -> None:
        """Tanah Bumbu 5, 241/2021 A.4 and C.1.b: whoever asks for it is photographed."""
        lampirkan_foto(self, foto, self.pelaku.pengguna)

    @transition(
        field=status, source=Status.DIPERIKSA, target=Status.DISUSUN, permission=oleh(PTSP, JFU),
        conditions=[syarat.berkas_lengkap, *syarat.ATURAN],
        custom=langkah(label="Nyatakan lengkap", efek=(*kabar("lengkap"), *DRAF)),
    )  # fmt: skip
    def nyatakan_lengkap(self) -> None:
        """Lombok Timur 2: complete, on to the letters."""

    @transition(
        field=status, source=Status.DIPERIKSA, target=Status.DIDISPOSISI, permission=oleh(PTSP, JFU),
        conditions=[syarat.berkas_lengkap, *syarat.ATURAN],
        custom=langkah(label="Nyatakan lengkap, ajukan disposisi", efek=kabar("lengkap")),
    )  # fmt: skip
    def ajukan_disposisi(self) -> None:
        """Tanah Bumbu 1 to 2."""

    @transition(
        field=status, source=Status.DIDISPOSISI, target=Status.DISUSUN, permission=oleh(KEPALA),
        custom=langkah(label="Disposisi", form="pembatalan.forms.FormDisposisi", efek=(*GILIRAN, *DRAF)),
    )  # fmt: skip
    def disposisikan(self, *, catatan: str = "", instruksi: Sequence[str] = ()) -> None:
        """Tanah Bumbu 2: the head's instruction on the file; done with the step that follows."""
        disposisi_langkah(self, dari=self.pelaku, kepada=[JFU, PTSP], instruksi=instruksi, catatan=catatan)

    @transition(
        field=status, source=Status.DIPERIKSA, target=Status.DIREKAM, permission=oleh(PTSP, JFU),
        conditions=[syarat.berkas_lengkap, *syarat.ATURAN, syarat.foto_ada],
        custom=langkah(label="Nyatakan lengkap, lanjut perekaman", efek=kabar("lengkap")),
    )  # fmt: skip
    def teruskan_perekaman(self) -> None:
        """241/2021 C.1.b to d: verified and photographed; the national SOP knows no letter of the office here."""

    @transition(
        field=status, source=Status.DIPERIKSA, target=Status.DIKEMBALIKAN, permission=oleh(PTSP, JFU),
        conditions=[syarat.ada_kekurangan],
        custom=langkah(
            label="Kembalikan ke pemohon", form="pembatalan.forms.FormCatatan", cabang=True,
            sebagai="periksa_berkas", efek=KABAR, putaran_baru=True,
            keterangan="Pemohon menerima daftar kekurangannya; waktu layanan berhenti sampai berkas kembali.",
        ),
    )  # fmt: skip
    def kembalikan(self, *, catatan: str = "") -> None:
        """241/2021 C.1.c: what is missing goes back with the list of it."""

    @transition(
        field=status, source=Status.DIKEMBALIKAN, target=Status.DIPERIKSA, permission=oleh(PTSP, JFU),
        custom=langkah(label="Terima berkas yang dilengkapi", cabang=True, sebagai="periksa_berkas", efek=KABAR,
                       ulangi=("periksa_berkas",)),
    )  # fmt: skip
    def lengkapi(self) -> None:
        """The applicant brings what was missing."""

    @transition(
        field=status, source=Status.DIKEMBALIKAN, target=Status.DIPERIKSA, permission=oleh(pihak=("pemohon",)),
        custom=langkah(label="Kirim perbaikan", efek=KABAR, cabang=True, ulangi=("periksa_berkas",)),
    )  # fmt: skip
    def kirim_perbaikan(self, *, unggahan=None) -> None:
        """The applicant sends what was returned again, and only that. {kode: BerkasTersimpan}."""
        butir = syarat.butir_kembali(self)
        syarat.periksa_perbaikan(butir, unggahan or {})
        lampirkan_butir(self, unggahan or {}, butir, None)
        self.butir.filter(pk__in=[b.pk for b in butir]).update(verdict="belum")

    @transition(
        field=status, source=Status.DISUSUN, target=Status.DIVERIFIKASI, permission=oleh(JFU),
        conditions=[*syarat.ATURAN],
        custom=langkah(
            label="Buat rekomendasi dan pengantar", form="pembatalan.forms.FormSurat", efek=(*GILIRAN, *DRAF),
        ),
    )  # fmt: skip
    def buat_rekomendasi(self, *, catatan: str = "") -> None:
        """Lombok Timur 3: both letters are drawn and go to the Kasi."""

    @transition(
        field=status, source=Status.DIVERIFIKASI, target=Status.MENUNGGU_TTD, permission=oleh(KASI),
        custom=langkah(label="Verifikasi rekomendasi dan pengantar", kendali="rekomendasi", efek=GILIRAN),
    )  # fmt: skip
    def verifikasi(self) -> None:
        """Lombok Timur 3b."""

    @transition(
        field=status, source=Status.DISUSUN, target=Status.MENUNGGU_TTD, permission=oleh(JFU, PTSP),
        conditions=[*syarat.ATURAN],
        custom=langkah(
            label="Ajukan surat untuk ditandatangani", form="pembatalan.forms.FormSurat", kendali="rekomendasi",
            efek=(*GILIRAN, *DRAF),
        ),
    )  # fmt: skip
    def ketik_surat(self, *, catatan: str = "") -> None:
        """Tanah Bumbu 3; 241/2021 D.3.a: the letters go straight to the official who signs them."""

    @transition(
        field=status, source=[Status.DIVERIFIKASI, Status.MENUNGGU_TTD], target=Status.DISUSUN,
        permission=oleh(KASI, KEPALA),
        custom=langkah(label="Kembalikan surat untuk diperbaiki", form="pembatalan.forms.FormAlasan", cabang=True,
                       putaran_baru=True, efek=GILIRAN),
    )  # fmt: skip
    def perbaiki_surat(self, *, alasan: str) -> None:
        """The official does not agree with a letter: back to the desk with the reason."""

    @transition(
        field=status, source=Status.MENUNGGU_TTD, target=Status.DIREKAM, permission=oleh(KEPALA),
        custom=langkah(label="Setujui dan tanda tangani", kendali="rekomendasi", tanda_tangan="rekomendasi_batal",
                       efek=GILIRAN),
    )  # fmt: skip
    def setujui(self, *, surat) -> None:
        """Lombok Timur 4, Tanah Bumbu 4, 241/2021 D.3.a: the letters of the office's row, signed in one go."""
        sahkan_semua(surat, self.pelaku, self.waktu)
        if self.sebab == Sebab.TIDAK_MEMENUHI:
            # D.3 asks for one paper only, the head's letter: it is there from now on.
            terapkan_verdict(self, {SURAT_KEPALA: (ButirBerkas.Verdict.ADA, "")}, self.pelaku.pengguna)

    @transition(
        field=status, source=[Status.DIREKAM, Status.DIVALIDASI], target=Status.DISUSUN, permission=oleh(KEPALA),
        conditions=[syarat.ada_surat_dicabut],
        custom=langkah(
            label="Susun ulang surat", cabang=True, sebagai="setujui", putaran_baru=True, efek=(*GILIRAN, *DRAF),
            keterangan="Semua surat langkah ini dibuat dan ditandatangani lagi; yang masih berlaku diganti yang baru.",
        ),
    )  # fmt: skip
    def susun_ulang(self) -> None:
        """A withdrawn letter is made anew, and with it those that were signed in the same step and name it."""

    @transition(
        field=status, source=Status.DIREKAM, target=None, permission=oleh(JFU, PTSP),
        custom=langkah(label="Pindai berkas", form="pembatalan.forms.FormPindai", ulang=True),
    )  # fmt: skip
    def pindai_berkas(self, *, arsip) -> None:
        """Tanah Bumbu 6: the file as one PDF."""
        lampirkan(self, arsip, "arsip", self.pelaku.pengguna)

    @transition(
        field=status, source=Status.DIREKAM, target=None, permission=oleh(JFU, PTSP),
        custom=langkah(label="Input permohonan ke Siskohat", keterangan="Tandai sesudah data masuk ke Siskohat."),
    )  # fmt: skip
    def input_data(self) -> None:
        """Tanah Bumbu 7."""

    @transition(
        field=status, source=Status.DIREKAM, target=Status.DIVALIDASI, permission=oleh(JFU, PTSP),
        conditions=[syarat.foto_ada, syarat.data_terinput, syarat.surat_utuh],
        custom=langkah(label="Serahkan bukti pembatalan", form="pembatalan.forms.FormSerah", efek=GILIRAN,
                       keterangan="Cetak bukti pembatalan, serahkan kepada pengaju, lalu catat penerimanya."),
    )  # fmt: skip
    def serahkan_bukti(self, *, penerima: str) -> None:
        """Tanah Bumbu 8: the proof goes to the applicant; the Kasi's approval (241/2021 C.1.e) follows."""

    @transition(
        field=status, source=Status.DIREKAM, target=Status.DIVALIDASI, permission=oleh(JFU, PTSP),
        conditions=[syarat.foto_ada, syarat.surat_utuh],
        custom=langkah(label="Pindai dan input ke Siskohat", form="pembatalan.forms.FormInput", efek=GILIRAN),
    )  # fmt: skip
    def input_siskohat(self, *, arsip) -> None:
        """Lombok Timur 5, 241/2021 C.1.d, D.3.a: scanned, entered and uploaded."""
        lampirkan(self, arsip, "arsip", self.pelaku.pengguna)

    @transition(
        field=status, source=Status.DIVALIDASI, target=Status.DI_PUSAT, permission=oleh(KASI),
        conditions=[*syarat.ATURAN, syarat.surat_utuh],
        custom=langkah(label="Setujui pembatalan", kendali="pembatalan", efek=kabar("ke_pusat")),
    )  # fmt: skip
    def validasi(self) -> None:
        """Lombok Timur 6, 241/2021 C.1.e, D.3.b: the Kasi approves every single cancellation."""

    @transition(
        field=status, source=Status.DIVALIDASI, target=Status.DIREKAM, permission=oleh(KASI),
        custom=langkah(
            label="Kembalikan ke perekaman", form="pembatalan.forms.FormAlasan", cabang=True, sebagai="validasi",
            putaran_baru=True, efek=GILIRAN, ulangi=("input_data", "pindai_berkas"),
        ),
    )  # fmt: skip
    def kembalikan_data(self, *, alasan: str) -> None:
        """The Kasi found a fault in what was entered."""

    @transition(
        field=status, source=Status.DIREKAM, target=Status.DIPERIKSA, permission=oleh(PTSP, JFU),
        custom=langkah(
            label="Periksa berkas lagi", form="pembatalan.forms.FormAlasan", cabang=True, sebagai="periksa_berkas",
            putaran_baru=True, efek=GILIRAN, ulangi=("periksa_berkas", "input_data", "pindai_berkas"),
        ),
    )  # fmt: skip
    def periksa_lagi(self, *, alasan: str) -> None:
        """What Kasi or centre found lies in the papers: checked anew, if need be by the applicant; then new letters."""

    @transition(
        field=status, source=Status.DI_PUSAT, target=Status.DIREKAM, permission=oleh(DIREKTORAT),
        custom=langkah(label="Kembalikan ke kantor", form="pembatalan.forms.FormAlasan", cabang=True, putaran_baru=True,
                       efek=kabar("kembali_ke_kantor"), ulangi=("input_data", "pindai_berkas")),
    )  # fmt: skip
    def kembalikan_kantor(self, *, alasan: str) -> None:
        """241/2021 C.1.f: the examination at the centre found a fault; the office mends it."""

    @transition(
        field=status, source=Status.DI_PUSAT, target=Status.DIBATALKAN, permission=oleh(DIREKTORAT),
        conditions=[*syarat.ATURAN, syarat.belum_batal, syarat.surat_utuh],
        custom=langkah(label="Input pembatalan", form="pembatalan.forms.FormBatal", kendali="pembatalan", bahaya=True,
                       efek=(*kabar("batal"), ("pembatalan.pemberitahuan", "")),
                       keterangan="Sejak langkah ini porsi atau nomor validasi batal dan tidak dapat dipakai lagi."),
    )  # fmt: skip
    def input_pembatalan(self, *, bukti) -> None:
        """241/2021 C.1.f, D.3.c: here, once, and nowhere else the porsi becomes *batal*."""
        lampirkan(self, bukti, "bukti_siskohat", self.pelaku.pengguna)
        self._batalkan_porsi()

    @transition(
        field=status, source=Status.DIBATALKAN, target=Status.DIJURNAL, permission=oleh(SUBDIT),
        custom=langkah(label="Masukkan ke jurnal"),
    )  # fmt: skip
    def jurnalkan(self) -> None:
        """241/2021 C.1.g, D.3.d: into the journal of this period."""
        self.dalam_jurnal = Jurnal.berjalan(self)

    @transition(
        field=status, source=Status.DIJURNAL, target=Status.DIBATALKAN, permission=oleh(SUBDIT),
        conditions=[syarat.jurnal_masih_disusun],
        custom=langkah(label="Keluarkan dari jurnal", form="pembatalan.forms.FormAlasan", cabang=True),
    )  # fmt: skip
    def keluarkan_jurnal(self, *, alasan: str) -> None:
        """Not yet with the Direktur: the journal is still being written."""
        self._keluar_jurnal(syarat.jurnal_masih_disusun)

    @transition(
        field=status, source=Status.DIJURNAL, target=Status.DIAJUKAN, permission=SISTEM,
        conditions=[syarat.jurnal_terkirim],
        custom=langkah(label="Ajukan pengembalian kepada BPKH", efek=kabar("dana_diajukan")),
    )  # fmt: skip
    def ajukan_pengembalian(self) -> None:
        """Lombok Timur 7, 241/2021 C.1.h, D.3.e: follows the Direktur's signature on the letter with the journal."""
        ajukan_pengembalian(self, rekening=self.rekening, oleh=self.pelaku)

    @transition(
        field=status, source=Status.DIAJUKAN, target=None, permission=SISTEM,
        custom=langkah(label="SPM terbit", ulang=True, efek=kabar("spm")),
    )  # fmt: skip
    def spm_terbit(self) -> None:
        """Lombok Timur 8, 241/2021 C.1.i: BPKH ordered the payment; told by the refund."""

    @transition(
        field=status, source=Status.DIAJUKAN, target=None, permission=SISTEM,
        custom=langkah(label="Dana ditransfer", ulang=True, efek=kabar("ditransfer")),
    )  # fmt: skip
    def dana_ditransfer(self) -> None:
        """Lombok Timur 9, 241/2021 C.1.i: the BPS sent the money."""

    @transition(
        field=status, source=Status.DIAJUKAN, target=Status.SELESAI, permission=SISTEM,
        conditions=[syarat.dana_sudah_diterima],
        custom=langkah(label="Dana diterima", efek=kabar("selesai")),
    )  # fmt: skip
    def dana_diterima(self) -> None:
        """Lombok Timur 9, 241/2021 C.1.j: the money is in the account, and the applicant is told."""

    @transition(
        field=status, source=Status.DIAJUKAN, target=None, permission=SISTEM,
        custom=langkah(label="Transfer ditolak, dana tetap di BPKH", cabang=True, ulang=True, efek=kabar("tertahan")),
    )  # fmt: skip
    def dana_tertahan(self) -> None:
        """The partner said no: the money is at BPKH, the refund is tried anew."""

    @transition(
        field=status, source=Status.DIAJUKAN, target=None, permission=SISTEM,
        custom=langkah(label="Transfer belum pasti", cabang=True, ulang=True, efek=GILIRAN),
    )  # fmt: skip
    def dana_belum_pasti(self) -> None:
        """Nobody knows yet whether the money arrived; it stays reserved."""

    @transition(
        field=status, source=[Status.DIAJUKAN, Status.SELESAI], target=Status.DIAJUKAN, permission=SISTEM,
        custom=langkah(label="Dana dikembalikan bank", cabang=True, efek=kabar("retur"),
                       ulangi=("spm_terbit", "dana_ditransfer", "dana_diterima")),
    )  # fmt: skip
    def dana_kembali(self) -> None:
        """Retur: the money bounced, even after success; a new payment to a checked account follows."""

    @transition(
        field=status, target=None, permission=SISTEM,
        source=[Status.DIBATALKAN, Status.DIJURNAL, Status.DIAJUKAN, Status.SELESAI, Status.DIALIHKAN],
        custom=langkah(label="Pemberitahuan pembatalan terbit", cabang=True, ulang=True,
                       efek=(("kabar.surat", "pemberitahuan_batal"),)),
    )  # fmt: skip
    def beri_tahu(self) -> None:
        """241/2021 A.8: the Dirjen's written notice is signed and goes to the pilgrim."""

    @transition(
        field=status, source=[Status.DIBATALKAN, Status.DIJURNAL, Status.DIAJUKAN], target=Status.DIALIHKAN,
        permission=SISTEM, conditions=[syarat.uang_belum_jalan],
        custom=langkah(label="Hentikan, pengaktifan porsi diperiksa", cabang=True),
    )  # fmt: skip
    def alihkan(self) -> None:
        """The porsi is said to have been cancelled in error: no money goes out while that is examined."""
        if self.tahap == Status.DIJURNAL:
            self._keluar_jurnal(syarat.uang_belum_jalan)

    @transition(
        field=status, source=Status.DIALIHKAN, target=Status.DIBATALKAN, permission=SISTEM,
        conditions=[syarat.masih_batal],
        custom=langkah(label="Lanjutkan pembatalan", cabang=True, efek=kabar("dilanjutkan")),
    )  # fmt: skip
    def lanjutkan(self) -> None:
        """The porsi was not made active again: the cancellation goes on with its money."""

    @transition(
        field=status, source=[Status.DIPERIKSA, Status.DISUSUN, Status.DIREKAM], target=Status.DITOLAK,
        permission=oleh(PTSP, JFU),
        custom=langkah(
            label="Tolak permohonan", form="pembatalan.forms.FormTolak", cabang=True, bahaya=True, efek=KABAR,
        ),
    )  # fmt: skip
    def tolak(self, *, aturan: str, penjelasan: str) -> None:
        """Not according to the rules; the rule stands in the answer."""
        self._akhiri(f"{penjelasan} ({aturan})")

    @transition(
        field=status, source=DI_KANTOR, target=Status.DICABUT, permission=oleh(PTSP, JFU),
        custom=langkah(
            label="Cabut atas permintaan pengaju", form="pembatalan.forms.FormAlasan", cabang=True, bahaya=True,
            efek=KABAR,
        ),
    )  # fmt: skip
    def cabut(self, *, alasan: str) -> None:
        """The family changes its mind before the porsi is batal: it stays in the queue, unharmed."""
        self._akhiri(alasan)
