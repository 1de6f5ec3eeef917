"""Pengaktifan kembali nomor porsi batal (Kepdirjen PHU 242/2021): from the report to the written answer."""

from __future__ import annotations

from django_fsm import FSMField, transition

from haji_portal.akun.models import Peran
from haji_portal.alur.deklarasi import langkah, oleh
from haji_portal.berkas.daftar import terapkan_verdict
from haji_portal.berkas.models import ButirBerkas
from haji_portal.berkas.simpan import lampirkan, lampirkan_butir
from haji_portal.dana.konfirmasi import jumlah_setoran
from haji_portal.dana.models import KonfirmasiSaldo
from haji_portal.surat.terbit import sahkan_semua

from .. import syarat
from ..tahap import DI_KANTOR, Status
from .isian import BERAKHIR, BUKTI, DRAF, GILIRAN, KABAR, KEMBALI, IsianPengaktifan, kabar

PTSP, JFU, KASI, KEPALA = Peran.PTSP, Peran.JFU, Peran.KASI, Peran.KEPALA
DIREKTORAT, DIREKTUR, DITJEN = Peran.DIREKTORAT, Peran.DIREKTUR, Peran.DITJEN
SISTEM, Tentang = oleh(pihak=("sistem",)), KonfirmasiSaldo.Tentang
ALASAN, LAPORAN = "pengaktifan.forms.FormAlasan", "pengaktifan.forms.FormLaporan"


class Pengaktifan(IsianPengaktifan):
    """`pemohon` is the pilgrim whose porsi it is; who reports the error stands in the `*pelapor` fields."""

    status = FSMField(default=Status.DIPERIKSA, choices=Status.choices, protected=True, editable=False)

    class Meta:
        verbose_name = "pengaktifan kembali"
        verbose_name_plural = "pengaktifan kembali"

    @transition(
        field=status, source=Status.DIPERIKSA, target=None, permission=oleh(PTSP, JFU),
        custom=langkah(label="Periksa berkas", form="pengaktifan.forms.FormPeriksa", ulang=True),
    )  # fmt: skip
    def periksa_berkas(self, *, verdict, unggahan) -> None:
        """Lombok Timur 1, Kepulauan Seribu 3: ada, kurang or tidak, item by item, with scans."""
        terapkan_verdict(self, verdict, self.pelaku.pengguna)
        lampirkan_butir(self, unggahan, list(self.butir.all()), self.pelaku.pengguna)

    @transition(
        field=status, source=Status.DIPERIKSA, target=Status.DISUSUN, permission=oleh(PTSP, JFU),
        conditions=[syarat.berkas_lengkap, *syarat.ATURAN],
        custom=langkah(label="Nyatakan lengkap", efek=(*kabar("lengkap"), *DRAF)),
    )  # fmt: skip
    def nyatakan_lengkap(self) -> None:
        """Kepulauan Seribu 4: complete, on to the report."""

    @transition(
        field=status, source=Status.DIPERIKSA, target=Status.DIKEMBALIKAN, permission=oleh(PTSP, JFU),
        conditions=[syarat.ada_kekurangan],
        custom=langkah(label="Kembalikan ke pelapor", form="pengaktifan.forms.FormCatatan", cabang=True,
                       sebagai="periksa_berkas", efek=KABAR, putaran_baru=True,
                       keterangan="Pelapor menerima daftarnya; waktu layanan berhenti sampai berkas kembali."),
    )  # fmt: skip
    def kembalikan(self, *, catatan: str = "") -> None:
        """What is missing goes back with the list of it."""

    @transition(
        field=status, source=Status.DIKEMBALIKAN, target=Status.DIPERIKSA, permission=oleh(PTSP, JFU),
        custom=langkah(label="Terima berkas yang dilengkapi", cabang=True, sebagai="periksa_berkas", efek=KABAR,
                       ulangi=("periksa_berkas",)),
    )  # fmt: skip
    def lengkapi(self) -> None:
        """The reporter brings what was missing."""

    @transition(
        field=status, source=Status.DISUSUN, target=Status.DIVERIFIKASI, permission=oleh(JFU),
        conditions=[*syarat.ATURAN],
        custom=langkah(label="Tulis laporan kronologi", form=LAPORAN, efek=(*GILIRAN, *DRAF)),
    )  # fmt: skip
    def susun_laporan(self, *, kronologi: str) -> None:
        """Lombok Timur 2: the chronology is written down and goes to the Kasi."""
        self.kronologi = kronologi

    @transition(
        field=status, source=Status.DISUSUN, target=Status.MENUNGGU_TTD, permission=oleh(JFU, PTSP),
        conditions=[*syarat.ATURAN],
        custom=langkah(label="Buat surat laporan, ajukan tanda tangan", form=LAPORAN, kendali="laporan",
                       efek=(*GILIRAN, *DRAF)),
    )  # fmt: skip
    def ajukan_laporan(self, *, kronologi: str) -> None:
        """Kepulauan Seribu 4: the report goes straight to the head."""
        self.kronologi = kronologi

    @transition(
        field=status, source=Status.DISUSUN, target=None, permission=oleh(JFU, PTSP),
        custom=langkah(label="Unggah laporan tertulis jemaah", form="pengaktifan.forms.FormLaporanJemaah", ulang=True),
    )  # fmt: skip
    def catat_laporan_jemaah(self, *, laporan) -> None:
        """Kepulauan Seribu 5, "Jemaah Haji atau Kepala Kantor": the pilgrim wrote to the Direktur."""
        lampirkan(self, laporan, "laporan", self.pelaku.pengguna)

    @transition(
        field=status, source=Status.DISUSUN, target=Status.DI_PUSAT, permission=oleh(JFU, PTSP),
        conditions=[*syarat.ATURAN, syarat.laporan_jemaah_ada],
        custom=langkah(label="Kirim laporan jemaah ke Direktorat", cabang=True, sebagai="catat_laporan_jemaah",
                       efek=kabar("ke_pusat"),
                       keterangan="Laporan jemaah sendiri menggantikan laporan Kepala Kantor untuk sebab ini."),
    )  # fmt: skip
    def teruskan_laporan_jemaah(self) -> None:
        """Kepulauan Seribu 5: with it no letter of the head is needed."""
        self._buang_draf("laporan_pengaktifan", "Laporan tertulis jemaah menggantikannya.")

    @transition(
        field=status, source=Status.DIVERIFIKASI, target=Status.MENUNGGU_TTD, permission=oleh(KASI),
        custom=langkah(label="Verifikasi dan paraf laporan", kendali="laporan", efek=GILIRAN),
    )  # fmt: skip
    def verifikasi(self) -> None:
        """Lombok Timur 3: the Kasi's initials."""

    @transition(
        field=status, source=[Status.DIVERIFIKASI, Status.MENUNGGU_TTD], target=Status.DISUSUN,
        permission=oleh(KASI, KEPALA),
        custom=langkah(label="Kembalikan laporan untuk diperbaiki", form=ALASAN, cabang=True, putaran_baru=True,
                       efek=GILIRAN),
    )  # fmt: skip
    def perbaiki_laporan(self, *, alasan: str) -> None:
        """The official does not agree with the report: back to the desk with the reason."""

    @transition(
        field=status, source=Status.MENUNGGU_TTD, target=Status.SIAP_KIRIM, permission=oleh(KEPALA),
        custom=langkah(label="Setujui dan tanda tangani laporan", kendali="laporan",
                       tanda_tangan="laporan_pengaktifan", efek=GILIRAN),
    )  # fmt: skip
    def setujui(self, *, surat) -> None:
        """Lombok Timur 3b."""
        sahkan_semua(surat, self.pelaku, self.waktu)

    @transition(
        field=status, source=Status.MENUNGGU_TTD, target=Status.DI_PUSAT, permission=oleh(KEPALA),
        custom=langkah(label="Tanda tangani dan kirim laporan", kendali="laporan",
                       tanda_tangan="laporan_pengaktifan", efek=kabar("ke_pusat")),
    )  # fmt: skip
    def laporkan(self, *, surat) -> None:
        """Kepulauan Seribu 5: the head reports in writing to the Direktur; signed, it is there."""
        sahkan_semua(surat, self.pelaku, self.waktu)

    @transition(
        field=status, source=Status.SIAP_KIRIM, target=Status.DI_PUSAT, permission=oleh(JFU),
        conditions=[*syarat.ATURAN, syarat.surat_utuh],
        custom=langkah(label="Kirim laporan ke Ditjen PHU", efek=kabar("ke_pusat")),
    )  # fmt: skip
    def kirim_laporan(self) -> None:
        """Lombok Timur 4."""

    @transition(
        field=status, source=Status.SIAP_KIRIM, target=Status.DISUSUN, permission=oleh(KEPALA),
        conditions=[syarat.ada_surat_dicabut],
        custom=langkah(label="Susun ulang laporan", cabang=True, sebagai="setujui", putaran_baru=True,
                       efek=(*GILIRAN, *DRAF)),
    )  # fmt: skip
    def susun_ulang(self) -> None:
        """A withdrawn report is made anew."""

    @transition(
        field=status, source=Status.DI_PUSAT, target=Status.MENUNGGU_SALDO, permission=oleh(DIREKTORAT),
        conditions=[*syarat.ATURAN, syarat.surat_utuh],
        custom=langkah(label="Verifikasi porsi, tanyakan saldo ke BPKH", efek=GILIRAN),
    )  # fmt: skip
    def tanya_saldo(self) -> None:
        """Lombok Timur 5, Kepulauan Seribu 6: is the deposit still there? The question is a case of its own."""
        self._tanyakan(Tentang.SETORAN, jumlah_setoran(self))

    @transition(
        field=status, source=Status.DI_PUSAT, target=Status.DISUSUN, permission=oleh(DIREKTORAT),
        custom=langkah(label="Kembalikan ke kantor", form=ALASAN, cabang=True, putaran_baru=True, efek=KEMBALI),
    )  # fmt: skip
    def kembalikan_kantor(self, *, alasan: str) -> None:
        """The centre found a fault in the report; the office mends and sends it again."""

    @transition(
        field=status, source=Status.MENUNGGU_SALDO, target=Status.SALDO_ADA, permission=SISTEM,
        conditions=[syarat.terjawab_ada],
        custom=langkah(label="BPKH menjawab: saldo masih ada", efek=GILIRAN),
    )  # fmt: skip
    def saldo_ada(self) -> None:
        """Lombok Timur 5, Kepulauan Seribu 7: told by the question's case."""

    @transition(
        field=status, source=Status.MENUNGGU_SALDO, target=Status.SALDO_KELUAR, permission=SISTEM,
        conditions=[syarat.terjawab_tidak_ada],
        custom=langkah(label="BPKH menjawab: saldo sudah dikembalikan", cabang=True, efek=GILIRAN),
    )  # fmt: skip
    def saldo_keluar(self) -> None:
        """Lombok Timur 5, Kepulauan Seribu 8."""

    @transition(
        field=status, source=Status.SALDO_ADA, target=Status.MENUNGGU_JAWABAN, permission=oleh(DIREKTORAT),
        conditions=[*syarat.PORSI],
        custom=langkah(label="Aktifkan porsi", form="pengaktifan.forms.FormAktif", kendali="pengaktifan", bahaya=True,
                       efek=(*kabar("aktif"), ("surat.draf", "jawaban_pengaktifan")),
                       keterangan="Aktifkan di Siskohat, lalu unggah buktinya. Sejak langkah ini porsi aktif kembali."),
    )  # fmt: skip
    def aktifkan(self, *, bukti) -> None:
        """Lombok Timur 6, Kepulauan Seribu 7: the money never left; the porsi lives again, once."""
        self._aktifkan(bukti)

    @transition(
        field=status, source=Status.SALDO_KELUAR, target=Status.MENUNGGU_KEPUTUSAN, permission=oleh(DIREKTORAT),
        conditions=[syarat.perlu_keputusan],
        custom=langkah(label="Ajukan keputusan kepada Ditjen", form="pengaktifan.forms.FormPertimbangan", cabang=True,
                       efek=GILIRAN),
    )  # fmt: skip
    def ajukan_keputusan(self, *, pertimbangan: str) -> None:
        """Kepulauan Seribu, kesalahan sistem: the SOP knows no way on when the money is gone."""

    @transition(
        field=status, source=Status.MENUNGGU_KEPUTUSAN, target=Status.DI_PUSAT, permission=oleh(DITJEN),
        custom=langkah(label="Putuskan: saldo diperiksa lagi", form=ALASAN, cabang=True, efek=GILIRAN),
    )  # fmt: skip
    def putuskan_periksa(self, *, alasan: str) -> None:
        """The Direktorat asks BPKH again."""

    @transition(
        field=status, source=Status.MENUNGGU_KEPUTUSAN, target=Status.DISUSUN, permission=oleh(DITJEN),
        custom=langkah(label="Putuskan: kembali ke kantor", form=ALASAN, cabang=True, putaran_baru=True, efek=KEMBALI),
    )  # fmt: skip
    def putuskan_kembali(self, *, alasan: str) -> None:
        """The office mends its report; a wrong cause is withdrawn there and taken in anew."""

    @transition(
        field=status, source=Status.MENUNGGU_KEPUTUSAN, target=Status.MENUNGGU_PENOLAKAN, permission=oleh(DITJEN),
        custom=langkah(label="Putuskan: tidak diaktifkan", form="pengaktifan.forms.FormTolakPusat", cabang=True,
                       bahaya=True, efek=(*GILIRAN, ("surat.draf", "penolakan_pengaktifan"))),
    )  # fmt: skip
    def putuskan_tolak(self, *, alasan: str) -> None:
        """The Direktur answers the reporter with the reason."""
        self.alasan_akhir = alasan

    @transition(
        field=status, source=Status.SALDO_KELUAR, target=Status.MINTA_SETORAN, permission=oleh(DIREKTORAT),
        conditions=[syarat.mengenal_setoran_kembali],
        custom=langkah(label="Sampaikan kepada kantor: setoran diminta kembali",
                       efek=(*kabar("saldo_keluar"), ("surat.draf", "permintaan_setoran"))),
    )  # fmt: skip
    def sampaikan_hasil(self) -> None:
        """Lombok Timur 5 to 7: the money is in the pilgrim's account, the Kasi speaks with the pilgrim."""

    @transition(
        field=status, source=Status.MINTA_SETORAN, target=Status.MENUNGGU_SETORAN, permission=oleh(KASI),
        conditions=[syarat.rekening_bpkh_ada],
        custom=langkah(label="Tanda tangani permintaan setoran kembali", tanda_tangan="permintaan_setoran",
                       efek=(*GILIRAN, ("kabar.surat", "permintaan_setoran"))),
    )  # fmt: skip
    def minta_setoran(self, *, surat) -> None:
        """Lombok Timur 7: amount and account go to the pilgrim in a letter that can be verified."""
        sahkan_semua(surat, self.pelaku, self.waktu)
        self._minta_setoran()

    @transition(
        field=status, source=Status.SALDO_KELUAR, target=Status.MENUNGGU_SETORAN, permission=oleh(DIREKTUR),
        conditions=[syarat.mengenal_setoran_kembali, syarat.rekening_bpkh_ada],
        custom=langkah(label="Tanda tangani permintaan setoran kembali", tanda_tangan="permintaan_setoran",
                       efek=(*GILIRAN, ("kabar.surat", "permintaan_setoran"))),
    )  # fmt: skip
    def minta_setoran_pusat(self, *, surat) -> None:
        """Kepulauan Seribu 8: the centre itself tells the pilgrim, at once."""
        sahkan_semua(surat, self.pelaku, self.waktu)
        self._minta_setoran()

    @transition(
        field=status, source=Status.MENUNGGU_SETORAN, target=Status.BUKTI_DITERIMA,
        permission=oleh(PTSP, JFU, pihak=("pemohon",)),
        custom=langkah(label="Terima bukti setoran kembali", form="pengaktifan.forms.FormBuktiSetor",
                       efek=kabar("bukti")),
    )  # fmt: skip
    def kirim_bukti(self, *, unggahan) -> None:
        """Lombok Timur 8, Kepulauan Seribu 8-9: at the counter, or from a phone. {code: BerkasTersimpan}."""
        syarat.periksa_bukti(unggahan)
        butir = self.butir.filter(kode=BUKTI)
        lampirkan_butir(self, unggahan, list(butir), getattr(self.pelaku, "pengguna", None))
        butir.update(verdict=ButirBerkas.Verdict.BELUM, alasan="")

    @transition(
        field=status, source=Status.BUKTI_DITERIMA, target=Status.BUKTI_DI_PUSAT, permission=oleh(JFU, PTSP),
        custom=langkah(label="Kirim bukti setoran ke Ditjen PHU", efek=GILIRAN),
    )  # fmt: skip
    def teruskan_bukti(self) -> None:
        """Lombok Timur 8, Kepulauan Seribu 9: the proof was looked at and goes to the centre."""
        terapkan_verdict(self, {BUKTI: (ButirBerkas.Verdict.ADA, "")}, self.pelaku.pengguna)

    @transition(
        field=status, source=Status.BUKTI_DITERIMA, target=Status.MENUNGGU_SETORAN, permission=oleh(JFU, PTSP),
        custom=langkah(label="Minta bukti setoran yang lain", form=ALASAN, cabang=True, sebagai="teruskan_bukti",
                       efek=kabar("bukti_kembali")),
    )  # fmt: skip
    def tolak_bukti(self, *, alasan: str) -> None:
        """Not legible, another amount, another account."""
        terapkan_verdict(self, {BUKTI: (ButirBerkas.Verdict.KURANG, alasan)}, self.pelaku.pengguna)

    @transition(
        field=status, source=Status.BUKTI_DI_PUSAT, target=Status.MENUNGGU_KEPASTIAN, permission=oleh(DIREKTORAT),
        custom=langkah(label="Tanyakan setoran kembali ke BPKH", efek=GILIRAN),
    )  # fmt: skip
    def tanya_setoran(self) -> None:
        """Lombok Timur 9, Kepulauan Seribu 10: has the money arrived?"""
        self._tanyakan(Tentang.SETOR_KEMBALI, int(self.jumlah_kembali or 0))

    @transition(
        field=status, source=Status.BUKTI_DI_PUSAT, target=Status.MENUNGGU_SETORAN, permission=oleh(DIREKTORAT),
        custom=langkah(label="Kembalikan bukti kepada jemaah", form=ALASAN, cabang=True, sebagai="tanya_setoran",
                       efek=kabar("bukti_kembali")),
    )  # fmt: skip
    def kembalikan_bukti(self, *, alasan: str) -> None:
        """BPKH has not got the money: the pilgrim hears why and sends another proof."""
        terapkan_verdict(self, {BUKTI: (ButirBerkas.Verdict.KURANG, alasan)}, self.pelaku.pengguna)

    @transition(
        field=status, source=Status.MENUNGGU_KEPASTIAN, target=Status.SETORAN_PASTI, permission=SISTEM,
        conditions=[syarat.terjawab_ada],
        custom=langkah(label="BPKH memastikan setoran masuk", efek=GILIRAN),
    )  # fmt: skip
    def setoran_pasti(self) -> None:
        """Kepulauan Seribu 11: confirmed; the book has it with the answer."""

    @transition(
        field=status, source=Status.MENUNGGU_KEPASTIAN, target=Status.BUKTI_DI_PUSAT, permission=SISTEM,
        conditions=[syarat.terjawab_tidak_ada],
        custom=langkah(label="BPKH belum menemukan setoran", cabang=True, sebagai="setoran_pasti", efek=GILIRAN),
    )  # fmt: skip
    def setoran_belum_ada(self) -> None:
        """Back at the Direktorat: it asks again later, or the pilgrim sends another proof."""

    @transition(
        field=status, source=Status.SETORAN_PASTI, target=Status.MENUNGGU_JAWABAN, permission=oleh(DIREKTORAT),
        conditions=[*syarat.PORSI],
        custom=langkah(label="Aktifkan porsi", form="pengaktifan.forms.FormAktif", kendali="pengaktifan", bahaya=True,
                       efek=(*kabar("aktif"), ("surat.draf", "jawaban_pengaktifan")),
                       keterangan="Aktifkan di Siskohat, lalu unggah buktinya. Sejak langkah ini porsi aktif kembali."),
    )  # fmt: skip
    def aktifkan_lanjutan(self, *, bukti) -> None:
        """Lombok Timur 6 (printed before 7-9, done after them), Kepulauan Seribu 11."""
        self._aktifkan(bukti)

    @transition(
        field=status, source=Status.MENUNGGU_JAWABAN, target=Status.SELESAI, permission=oleh(DIREKTUR),
        custom=langkah(label="Tanda tangani surat jawaban", kendali="pengaktifan", tanda_tangan="jawaban_pengaktifan",
                       efek=(("kabar.surat", "jawaban_pengaktifan"),)),
    )  # fmt: skip
    def jawab(self, *, surat) -> None:
        """Kepulauan Seribu 8 and 12: the Direktur answers the reporter through the office, electronically."""
        sahkan_semua(surat, self.pelaku, self.waktu)

    @transition(
        field=status, source=Status.SELESAI, target=Status.SELESAI, permission=oleh(DIREKTUR),
        conditions=[syarat.jawaban_dicabut],
        custom=langkah(label="Tanda tangani pengganti surat jawaban", tanda_tangan="jawaban_pengaktifan", cabang=True,
                       efek=(("kabar.surat", "jawaban_pengaktifan"),)),
    )  # fmt: skip
    def ganti_jawaban(self, *, surat) -> None:
        """A withdrawn answer is replaced, and the reporter gets the new one."""
        sahkan_semua(surat, self.pelaku, self.waktu)

    @transition(
        field=status, target=Status.MENUNGGU_PENOLAKAN, permission=oleh(DIREKTORAT),
        source=[Status.DI_PUSAT, Status.SALDO_ADA, Status.SALDO_KELUAR],
        custom=langkah(label="Usulkan penolakan", form="pengaktifan.forms.FormTolakPusat", cabang=True, bahaya=True,
                       efek=(*GILIRAN, ("surat.draf", "penolakan_pengaktifan"))),
    )  # fmt: skip
    def usulkan_tolak(self, *, alasan: str) -> None:
        """The centre does not activate it; the Direktur decides with the signature under the answer."""
        self.alasan_akhir = alasan

    @transition(
        field=status, source=Status.MENUNGGU_PENOLAKAN, target=Status.DITOLAK, permission=oleh(DIREKTUR),
        custom=langkah(label="Tanda tangani surat penolakan", tanda_tangan="penolakan_pengaktifan", cabang=True,
                       efek=(("kabar.surat", "penolakan_pengaktifan"), ("pengaktifan.pulihkan", ""))),
    )  # fmt: skip
    def jawab_tolak(self, *, surat) -> None:
        """The written answer goes to the reporter through the office; the porsi stays *batal*."""
        sahkan_semua(surat, self.pelaku, self.waktu)

    @transition(
        field=status, source=Status.MENUNGGU_PENOLAKAN, target=Status.DI_PUSAT, permission=oleh(DIREKTUR),
        custom=langkah(label="Kembalikan ke Direktorat", form=ALASAN, cabang=True, efek=GILIRAN),
    )  # fmt: skip
    def kembalikan_penolakan(self, *, alasan: str) -> None:
        """The Direktur does not agree with the refusal."""
        self._urungkan_penolakan()

    @transition(
        field=status, source=[Status.DIPERIKSA, Status.DISUSUN], target=Status.DITOLAK, permission=oleh(PTSP, JFU),
        custom=langkah(label="Tolak laporan", form="pengaktifan.forms.FormTolak", cabang=True, bahaya=True,
                       efek=BERAKHIR),
    )  # fmt: skip
    def tolak(self, *, aturan: str, penjelasan: str) -> None:
        """Not according to the rules; the rule stands in the answer."""
        self._akhiri(f"{penjelasan} ({aturan})")

    @transition(
        field=status, source=DI_KANTOR, target=Status.DICABUT, permission=oleh(PTSP, JFU),
        custom=langkah(label="Cabut atas permintaan pelapor", form=ALASAN, cabang=True, bahaya=True, efek=BERAKHIR),
    )  # fmt: skip
    def cabut(self, *, alasan: str) -> None:
        """The reporter does not go on, or the pilgrim does not want to pay back: the porsi stays *batal*."""
        self._akhiri(alasan)
