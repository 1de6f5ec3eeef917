"""The envelope around every service of an office with one (SOP PTSP Kota Jakarta Selatan, 9 rows)."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from typing import Any

from django.db import models
from django_fsm import FSMField, transition

from haji_portal.akun.models import Peran
from haji_portal.alur.apps import nama_perkara
from haji_portal.alur.deklarasi import Langkah, langkah, oleh
from haji_portal.alur.models import Permohonan
from haji_portal.alur.tampil_waktu import tanggal
from haji_portal.berkas.daftar import terapkan_verdict
from haji_portal.berkas.simpan import lampirkan
from haji_portal.berkas.syarat import ada_kekurangan, berkas_lengkap

from ..disposisi.catat import disposisi_langkah
from ..pelayanan import syarat
from ..pelayanan.daftar import siapkan_berkas
from ..pelayanan.tahap import PUBLIK, TAHAP, Status

PTSP, JFU, KASI, KASUBAG, KEPALA = Peran.PTSP, Peran.JFU, Peran.KASI, Peran.KASUBAG, Peran.KEPALA
GILIRAN = (("kabar.giliran", ""),)
KABAR = (("kabar.status", ""), *GILIRAN)


def kabar(templat: str) -> tuple[tuple[str, str], ...]:
    """The applicant is told in the words of templates/kabar/pelayanan_<templat>.txt, and those whose turn it is."""
    return (("kabar.status", f"pelayanan_{templat}"), *GILIRAN)


class Pelayanan(Permohonan):
    """One request at the counter. `layanan`: the portal's service that row 7 opens as a child case, "" for one that is
    worked on paper; then `nama_layanan` says what was asked for and the product is recorded with its scan."""

    Status = Status
    status = FSMField(default=Status.DITANYAKAN, choices=Status.choices, protected=True, editable=False)
    layanan = models.SlugField("layanan portal", max_length=30, blank=True)
    nama_layanan = models.CharField("layanan yang diminta", max_length=120)
    keperluan = models.CharField("keperluan", max_length=400, blank=True)
    hasil_layanan = models.CharField("hasil permohonan layanan", max_length=200, blank=True, editable=False)
    nama_produk = models.CharField("produk layanan", max_length=150, blank=True)
    nomor_produk = models.CharField("nomor produk", max_length=80, blank=True)
    tanggal_produk = models.DateField("tanggal produk", null=True, blank=True)
    penanda_tangan = models.CharField("ditandatangani oleh", max_length=150, blank=True)
    penerima_produk = models.CharField("produk diterima oleh", max_length=120, blank=True)
    alasan_akhir = models.CharField("alasan ditolak atau dihentikan", max_length=400, blank=True)

    JENIS, KODE, PUNYA_PORSI = "pelayanan", "PT", False
    LABEL_AJUKAN = "Catat permintaan layanan"
    PEMBUKA = oleh(PTSP)
    EFEK_AJUKAN = kabar("diterima")
    TAHAP, TAHAP_PUBLIK = TAHAP, PUBLIK
    BERDISPOSISI = True
    LANGKAH_ANAK = {("*", "berhasil"): "layanan_selesai", ("*", "berakhir"): "layanan_berakhir"}
    LANGKAH_BUKA_ANAK = "layanan_dibuka"

    class Meta:
        verbose_name = "pelayanan PTSP"
        verbose_name_plural = "pelayanan PTSP"

    def layanan_sop(self) -> str:
        return "ptsp"

    def kunci(self) -> list[tuple[str, str]]:
        """One open request of a person for a service at an office."""
        apa = self.layanan or " ".join(self.nama_layanan.lower().split())
        return [("pelayanan", f"{self.kantor_id}:{self.pemohon_id}:{apa}"[:120])]

    def jenis_anak(self) -> str:
        """The service that is to be opened under this request now, "" for none."""
        return self.layanan if self.tahap == Status.DIPROSES else ""

    def peran_kasus(self, langkah: Langkah, peran: frozenset[str]) -> frozenset[str]:
        """Whoever has the file sends it back, nobody over their head."""
        pemegang = {Status.DIDISPOSISI: KEPALA, Status.DI_KASUBAG: KASUBAG, Status.DIPROSES: KASI}
        if langkah.nama == "kembalikan_ptsp" and langkah.sumber in pemegang:
            return frozenset({pemegang[Status(langkah.sumber)]})
        return peran

    def data_pokok(self) -> list[tuple[str, str]]:
        produk = f"{self.nama_produk} {self.nomor_produk}".strip()
        hari = f", {tanggal(self.tanggal_produk)}" if self.tanggal_produk else ""
        data = [
            ("Layanan", self.nama_layanan),
            ("Dikerjakan", f"di portal, sebagai {nama_perkara(self.layanan)}" if self.layanan else "di atas kertas"),
            ("Keperluan", self.keperluan), ("Hasil layanan", self.hasil_layanan),
            ("Produk", f"{produk}{hari}" if produk else ""), ("Ditandatangani", self.penanda_tangan),
            ("Diterima oleh", self.penerima_produk), ("Alasan", self.alasan_akhir),
        ]  # fmt: skip
        return [(label, nilai) for label, nilai in data if nilai]

    def fakta_kabar(self) -> dict[str, Any]:
        return {"layanan": self.nama_layanan.lower() if self.layanan else self.nama_layanan}

    def catatan_umum(self) -> list[str]:
        """The applicant also looks up the case that the service itself has become."""
        anak = self.anak.filter(jenis=self.layanan).order_by("-pk").first() if self.layanan else None
        if anak is None or self.tahap not in (Status.LAYANAN_BERJALAN, Status.PRODUK_JADI):
            return []
        return [f"Layanannya diproses dengan nomor {anak.nomor}: {anak.info_tahap.publik or anak.info_tahap.label}."]

    def saat_dibuka(self, **data: Any) -> None:
        siapkan_berkas(self)

    @transition(
        field=status, source=Status.DITANYAKAN, target=Status.MENUNGGU_BERKAS, permission=oleh(PTSP),
        custom=langkah(
            label="Jelaskan layanan dan standarnya", efek=GILIRAN,
            keterangan="Jelaskan syarat, langkah, waktu, dan biaya Rp0. Berikutnya pemohon menyerahkan berkas.",
        ),
    )  # fmt: skip
    def jelaskan(self) -> None:
        """Row 2: the kind of service and its standard are explained; the applicant knows what to bring."""

    @transition(
        field=status, source=Status.MENUNGGU_BERKAS, target=Status.DIPERIKSA, permission=oleh(PTSP),
        custom=langkah(label="Terima berkas permohonan", efek=GILIRAN),
    )  # fmt: skip
    def terima_berkas(self) -> None:
        """Row 3: the applicant hands the file in."""

    @transition(
        field=status, source=Status.DIPERIKSA, target=None, permission=oleh(PTSP),
        custom=langkah(
            label="Periksa kelengkapan", form="haji_portal.berkas.forms_langkah.FormPeriksa", ulang=True
        ),
    )  # fmt: skip
    def periksa_berkas(self, *, verdict, unggahan) -> None:
        """Row 4: ada, kurang or tidak, item by item, with scans."""
        terapkan_verdict(self, verdict, self.pelaku.pengguna)
        self._lampirkan(unggahan)

    @transition(
        field=status, source=Status.DIPERIKSA, target=Status.DIDISPOSISI, permission=oleh(PTSP),
        conditions=[berkas_lengkap],
        custom=langkah(label="Nyatakan lengkap, teruskan ke Kepala Kantor", efek=kabar("lengkap")),
    )  # fmt: skip
    def teruskan(self) -> None:
        """Row 4, yes: forwarded to the head."""

    @transition(
        field=status, source=Status.DIPERIKSA, target=Status.DIKEMBALIKAN, permission=oleh(PTSP),
        conditions=[ada_kekurangan],
        custom=langkah(
            label="Kembalikan ke pemohon", form="haji_portal.berkas.forms_langkah.FormCatatan", cabang=True,
            sebagai="periksa_berkas", efek=KABAR, putaran_baru=True,
            keterangan="Pemohon mendapat daftar kekurangannya; waktu layanan berhenti sampai berkas kembali.",
        ),
    )  # fmt: skip
    def kembalikan(self, *, catatan: str = "") -> None:
        """Row 4, no: back with the list of what is missing."""

    @transition(
        field=status, source=Status.DIKEMBALIKAN, target=Status.DIPERIKSA, permission=oleh(PTSP),
        custom=langkah(
            label="Terima berkas yang dilengkapi", cabang=True, sebagai="periksa_berkas", efek=KABAR,
            ulangi=("periksa_berkas",),
        ),
    )  # fmt: skip
    def lengkapi(self) -> None:
        """The applicant brings what was missing."""

    @transition(
        field=status, source=Status.DIDISPOSISI, target=Status.DI_KASUBAG, permission=oleh(KEPALA),
        custom=langkah(
            label="Disposisi kepada Kasubag", form="haji_portal.ptsp.disposisi.forms.FormDisposisi", efek=GILIRAN
        ),
    )  # fmt: skip
    def disposisi_kasubag(self, *, instruksi: Sequence[str] = (), catatan: str = "") -> None:
        """Row 5."""
        disposisi_langkah(self, dari=self.pelaku, kepada=[KASUBAG], instruksi=instruksi, catatan=catatan)

    @transition(
        field=status, source=Status.DI_KASUBAG, target=Status.DIPROSES, permission=oleh(KASUBAG),
        custom=langkah(
            label="Disposisi kepada Kasi", form="haji_portal.ptsp.disposisi.forms.FormDisposisi", efek=GILIRAN
        ),
    )  # fmt: skip
    def disposisi_kasi(self, *, instruksi: Sequence[str] = (), catatan: str = "") -> None:
        """Row 6."""
        disposisi_langkah(self, dari=self.pelaku, kepada=[KASI], instruksi=instruksi, catatan=catatan)

    @transition(
        field=status, source=[Status.DIDISPOSISI, Status.DI_KASUBAG, Status.DIPROSES], target=Status.DIPERIKSA,
        permission=oleh(KEPALA, KASUBAG, KASI),
        custom=langkah(
            label="Kembalikan ke PTSP", form="haji_portal.berkas.forms_langkah.FormAlasan", cabang=True,
            putaran_baru=True, efek=GILIRAN, ulangi=("periksa_berkas",),
        ),
    )  # fmt: skip
    def kembalikan_ptsp(self, *, alasan: str) -> None:
        """The file does not convince: the counter checks it anew."""

    @transition(
        field=status, source=Status.DIPROSES, target=None, permission=oleh(KASI),
        custom=langkah(
            label="Disposisi kepada pelaksana", form="haji_portal.ptsp.disposisi.forms.FormDisposisi", cabang=True,
            ulang=True,
            keterangan="Pelaksana dan PTSP membuka permohonan layanannya dari halaman ini.",
        ),
    )  # fmt: skip
    def tugaskan(self, *, instruksi: Sequence[str] = (), catatan: str = "") -> None:
        """Row 7: within the section, whoever opens the service's own case or makes the product."""
        disposisi_langkah(self, dari=self.pelaku, kepada=[JFU, PTSP], instruksi=instruksi, catatan=catatan)

    @transition(
        field=status, source=Status.DIPROSES, target=Status.LAYANAN_BERJALAN, permission=oleh(pihak=("sistem",)),
        conditions=[syarat.layanan_portal],
        custom=langkah(label="Permohonan layanan dibuka", cabang=True, efek=kabar("diproses")),
    )  # fmt: skip
    def layanan_dibuka(self) -> None:
        """Row 7: the service itself, opened by its own intake under this request."""
        self.hasil_layanan = ""

    @transition(
        field=status, source=Status.LAYANAN_BERJALAN, target=Status.PRODUK_JADI, permission=oleh(pihak=("sistem",)),
        custom=langkah(label="Permohonan layanan selesai", cabang=True, efek=GILIRAN),
    )  # fmt: skip
    def layanan_selesai(self) -> None:
        """Row 7 ends: signed and documented in the service's own case."""
        self._catat_hasil()

    @transition(
        field=status, source=Status.LAYANAN_BERJALAN, target=Status.DIPROSES, permission=oleh(pihak=("sistem",)),
        custom=langkah(label="Permohonan layanan berakhir tanpa produk", cabang=True, efek=GILIRAN),
    )  # fmt: skip
    def layanan_berakhir(self) -> None:
        """Refused or withdrawn there: the head of section decides what becomes of the request."""
        self._catat_hasil()

    @transition(
        field=status, source=Status.DIPROSES, target=Status.PRODUK_JADI, permission=oleh(KASI),
        conditions=[syarat.layanan_kertas],
        custom=langkah(
            label="Proses layanan dan dokumentasikan produk", form="haji_portal.ptsp.pelayanan.forms.FormProduk",
            efek=GILIRAN,
            keterangan="Produk sudah diparaf dan ditandatangani pimpinan; pindaiannya disimpan pada perkara ini.",
        ),
    )  # fmt: skip
    def dokumentasikan(
        self, *, nama_produk: str, penanda_tangan: str, produk, nomor_produk: str = "",
        tanggal_produk: datetime.date | None = None,
    ) -> None:  # fmt: skip
        """Row 7 for a service on paper: initialled, signed, and kept with its scan."""
        self.nama_produk, self.nomor_produk, self.tanggal_produk = nama_produk, nomor_produk, tanggal_produk
        self.penanda_tangan = penanda_tangan
        lampirkan(self, produk, "arsip", self.pelaku.pengguna)

    @transition(
        field=status, source=Status.PRODUK_JADI, target=Status.SIAP_DIAMBIL, permission=oleh(PTSP),
        custom=langkah(label="Terima produk dari seksi", efek=kabar("siap")),
    )  # fmt: skip
    def terima_produk(self) -> None:
        """Row 8."""

    @transition(
        field=status, source=Status.PRODUK_JADI, target=Status.SELESAI, permission=oleh(PTSP),
        conditions=[syarat.layanan_tuntas],
        custom=langkah(
            label="Pemohon sudah menerima produknya", cabang=True, efek=kabar("selesai"),
            form="haji_portal.berkas.forms_langkah.FormSerah",
            keterangan="Bila suratnya sudah diserahkan pada permohonan layanannya sendiri.",
        ),
    )  # fmt: skip
    def catat_diterima(self, *, penerima: str) -> None:
        """Rows 8 and 9 happened in the service's own case."""
        self.penerima_produk = penerima

    @transition(
        field=status, source=Status.SIAP_DIAMBIL, target=Status.SELESAI, permission=oleh(PTSP),
        custom=langkah(
            label="Serahkan produk", form="haji_portal.berkas.forms_langkah.FormSerah", efek=kabar("selesai")
        ),
    )  # fmt: skip
    def serahkan(self, *, penerima: str) -> None:
        """Row 9: handed over against a receipt."""
        self.penerima_produk = penerima

    @transition(
        field=status, source=Status.DIPROSES, target=Status.DITOLAK, permission=oleh(KASI),
        custom=langkah(
            label="Tolak permintaan", form="haji_portal.ptsp.pelayanan.forms.FormAlasanPemohon", cabang=True,
            bahaya=True, efek=KABAR,
        ),
    )  # fmt: skip
    def tolak(self, *, alasan: str) -> None:
        """Row 7 cannot give what was asked for; the reason goes to the applicant."""
        self.alasan_akhir = alasan

    @transition(
        field=status, source=[Status.DITANYAKAN, Status.MENUNGGU_BERKAS, Status.DIKEMBALIKAN],
        target=Status.DIHENTIKAN, permission=oleh(PTSP),
        custom=langkah(
            label="Pemohon tidak melanjutkan", form="haji_portal.berkas.forms_langkah.FormAlasan", cabang=True,
            bahaya=True, efek=KABAR,
        ),
    )  # fmt: skip
    def hentikan(self, *, alasan: str) -> None:
        """The applicant only asked, or does not come back with the papers."""
        self.alasan_akhir = alasan

    def _catat_hasil(self) -> None:
        anak = self.anak.filter(jenis=self.layanan).order_by("-pk").first()
        self.hasil_layanan = f"{anak.nomor}: {anak.info_tahap.label}"[:200] if anak else ""

    def _lampirkan(self, unggahan: dict[str, Any]) -> None:
        butir = {b.kode: b for b in self.butir.all()}
        for kode, berkas in unggahan.items():
            lampirkan(self, berkas, "berkas", self.pelaku.pengguna, butir=butir[kode])
