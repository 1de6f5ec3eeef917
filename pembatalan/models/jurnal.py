"""The journal of cancellations of one period, and the Direktur's letter to BPKH that carries it (241/2021 C.1.g-h)."""

from __future__ import annotations

import calendar
import datetime
from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from django.db import models
from django.utils import timezone
from django_fsm import FSMField, transition

from haji_portal.akun.models import Kantor, Peran
from haji_portal.alur.deklarasi import Langkah, langkah, oleh
from haji_portal.alur.galat import LangkahGagal, SudahAda
from haji_portal.alur.giliran import kantor_tunggal, libatkan
from haji_portal.alur.jalankan import buka
from haji_portal.alur.models import Kunci, Perkara, Permohonan, Riwayat, Tahap
from haji_portal.alur.tampil_waktu import BULAN, tanggal
from haji_portal.surat.terbit import sahkan_semua

from .. import syarat

if TYPE_CHECKING:
    from .pembatalan import Pembatalan

GILIRAN = (("kabar.giliran", ""),)


class Jurnal(Permohonan):
    """`jumlah` and names come from the cases in it; they cannot change once it has gone to the Direktur."""

    class Status(models.TextChoices):
        DISUSUN = "disusun", "Disusun"
        DIAJUKAN = "diajukan", "Menunggu tanda tangan Direktur"
        TERKIRIM = "terkirim", "Dikirim kepada BPKH"
        DITIADAKAN = "ditiadakan", "Ditiadakan, kosong"

    class Macam(models.TextChoices):
        PORSI = "porsi", "Pembatalan pendaftaran (porsi)"
        VALIDASI = "validasi", "Pembatalan nomor validasi"

    status = FSMField(default=Status.DISUSUN, choices=Status.choices, protected=True, editable=False)
    macam = models.CharField(max_length=8, choices=Macam.choices)
    dari = models.DateField("periode dari")
    sampai = models.DateField("periode sampai")

    JENIS, KODE, PUNYA_SOP, MILIK = "jurnal", "JB", False, Kantor.Jenis.PUSAT
    LABEL_AJUKAN = "Buka jurnal"
    PENERIMA = frozenset({Peran.BPKH})
    PEMBUKA = oleh(Peran.SUBDIT)
    TAHAP: dict[str, Tahap] = {
        Status.DISUSUN: Tahap("Disusun", "", pihak="pusat"),
        Status.DIAJUKAN: Tahap("Menunggu tanda tangan Direktur", "", pihak="pusat", menunggu="tanda tangan Direktur"),
        Status.TERKIRIM: Tahap("Dikirim kepada BPKH", "", akhir=True),
        Status.DITIADAKAN: Tahap("Ditiadakan, kosong", "", akhir=True),
    }

    class Meta:
        verbose_name = "jurnal pembatalan"
        verbose_name_plural = "jurnal pembatalan"

    @classmethod
    def berjalan(cls, perkara: Pembatalan) -> Jurnal:
        """The open journal of the month for this kind of case; opened by whoever journals when there is none.

        Raises LangkahGagal when no centre is set up.
        """
        pusat = kantor_tunggal(Kantor.Jenis.PUSAT)
        if pusat is None:
            raise LangkahGagal("Kantor pusat belum terdaftar; minta admin mengisinya.")
        macam = cls.Macam.VALIDASI if perkara.validasi_saja else cls.Macam.PORSI
        awal = timezone.localdate(timezone=ZoneInfo(pusat.zona)).replace(day=1)
        sampai = awal.replace(day=calendar.monthrange(awal.year, awal.month)[1])
        if (jurnal := cls.kunci_terbuka(jurnal__macam=macam, jurnal__dari=awal)) is not None:
            return jurnal
        isian = {"macam": macam, "dari": awal, "sampai": sampai}
        try:
            return buka(cls, kantor=pusat, oleh=perkara.pelaku, isian=isian).perkara  # type: ignore[return-value]
        except SudahAda:
            # Somebody opened it a moment ago.
            if (jurnal := cls.kunci_terbuka(jurnal__macam=macam, jurnal__dari=awal)) is None:
                raise
            return jurnal

    @classmethod
    def kunci_terbuka(cls, **saringan: Any) -> Jurnal | None:
        """The first journal of this kind that is still being written, locked until the transaction ends: one that is
        submitted at this moment takes no case and loses none. Its header alone and first, as jalankan() locks it."""
        kepala = Perkara.objects.select_for_update(of=("self",)).filter(tahap=cls.Status.DISUSUN, **saringan)
        satu = kepala.order_by("pk").first()
        return None if satu is None else cls.objects.get(pk=satu.pk)

    @classmethod
    def kendali_luar(cls, langkah: Langkah, perkara: Collection[int]) -> dict[int, set[int]]:
        """Who cancelled a case, or put it on the list to be paid, does not sign the letter that asks for the money."""
        if langkah.nama != "tandatangani":
            return {}
        rows = Riwayat.objects.filter(
            perkara__pembatalan__dalam_jurnal__in=perkara, langkah__in=["input_pembatalan", "jurnalkan"]
        )
        orang: dict[int, set[int]] = {}
        for jurnal, pengguna in rows.values_list("perkara__pembatalan__dalam_jurnal", "pengguna").distinct():
            orang.setdefault(jurnal, set()).add(pengguna)
        return orang

    @classmethod
    def sebut_banyak(cls, pk: Iterable[int]) -> dict[int, str]:
        rows = cls.objects.filter(pk__in=pk).annotate(banyak=models.Count("isi"))
        return {j.pk: f"{j.judul}, {j.banyak} pembatalan" for j in rows}

    @property
    def judul(self) -> str:
        """'Jurnal November 2026', and for nomor validasi their own."""
        macam = " (nomor validasi)" if self.macam == self.Macam.VALIDASI else ""
        return f"Jurnal {BULAN[self.dari.month - 1]} {self.dari.year}{macam}"

    def kunci(self) -> list[tuple[str, str]]:
        """Two journals of one period may not be written at once."""
        return [self.kunci_periode] if self.status == self.Status.DISUSUN else []

    @property
    def kunci_periode(self) -> tuple[str, str]:
        return "jurnal", f"{self.macam}:{self.dari:%Y-%m}"

    def data_pokok(self) -> list[tuple[str, str]]:
        return [
            ("Jenis", self.get_macam_display()),
            ("Periode", f"{tanggal(self.dari)} sampai {tanggal(self.sampai)}"),
            ("Isi", f"{self.isi.count()} pembatalan"),
        ]

    @property
    def periode(self) -> tuple[datetime.date, datetime.date]:
        return self.dari, self.sampai

    @transition(
        field=status, source=Status.DISUSUN, target=Status.DIAJUKAN, permission=oleh(Peran.SUBDIT),
        conditions=[syarat.jurnal_terisi],
        custom=langkah(
            label="Ajukan kepada Direktur", kendali="jurnal", efek=(*GILIRAN, ("surat.draf", "surat_pengajuan")),
        ),
    )  # fmt: skip
    def ajukan(self) -> None:
        """241/2021 C.1.g: the journal is complete."""
        self.kunci_dipegang.all().delete()

    @transition(
        field=status, source=Status.DISUSUN, target=Status.DITIADAKAN, permission=oleh(Peran.SUBDIT),
        conditions=[syarat.jurnal_kosong],
        custom=langkah(label="Tiadakan jurnal kosong", cabang=True, bahaya=True),
    )  # fmt: skip
    def tiadakan(self) -> None:
        """Every case was taken out again: there is nothing to ask for."""

    @transition(
        field=status, source=Status.DIAJUKAN, target=Status.DISUSUN, permission=oleh(Peran.DIREKTUR),
        custom=langkah(
            label="Kembalikan kepada Subdit", form="pembatalan.forms.FormAlasan", cabang=True, putaran_baru=True,
            efek=GILIRAN,
        ),
    )  # fmt: skip
    def kembalikan(self, *, alasan: str) -> None:
        """The Direktur does not sign: back to the Subdit with the reason, and this is the month's journal again.

        One that was opened for later cases meanwhile keeps the lock: both are there, each with its own cases.
        """
        jenis, nilai = self.kunci_periode
        Kunci.objects.bulk_create([Kunci(perkara_id=self.pk, jenis=jenis, nilai=nilai)], ignore_conflicts=True)

    @transition(
        field=status, source=Status.DIAJUKAN, target=Status.TERKIRIM, permission=oleh(Peran.DIREKTUR),
        conditions=[syarat.jurnal_terisi],
        custom=langkah(
            label="Tanda tangani surat pengajuan", kendali="jurnal", tanda_tangan="surat_pengajuan",
            efek=(("pembatalan.jurnal_terkirim", ""),),
        ),
    )  # fmt: skip
    def tandatangani(self, *, surat) -> None:
        """241/2021 C.1.h: the Direktur on behalf of the Dirjen asks BPKH for the money, with the journal attached."""
        sahkan_semua(surat, self.pelaku, self.waktu)
        bpkh = kantor_tunggal(Kantor.Jenis.BPKH)
        libatkan(self, [bpkh] if bpkh else [])

    @transition(
        field=status, source=Status.TERKIRIM, target=Status.TERKIRIM, permission=oleh(Peran.DIREKTUR),
        conditions=[syarat.pengajuan_dicabut],
        custom=langkah(label="Tanda tangani pengganti surat pengajuan", tanda_tangan="surat_pengajuan", cabang=True),
    )  # fmt: skip
    def ganti_surat(self, *, surat) -> None:
        """A withdrawn letter is replaced; list and refunds are what they were."""
        sahkan_semua(surat, self.pelaku, self.waktu)
