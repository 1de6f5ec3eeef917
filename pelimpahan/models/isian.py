"""What is known of a transfer: its fields and what follows from them. The steps stand in pelimpahan.py."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, cast

from django.db import models

from haji_portal.akun.models import Kantor, Peran
from haji_portal.alur.deklarasi import oleh
from haji_portal.alur.galat import LangkahGagal
from haji_portal.alur.kantor import kantor_tunggal
from haji_portal.alur.kunci import kunci_porsi
from haji_portal.alur.models import Permohonan, Tahap
from haji_portal.alur.tampil_waktu import hari_tanggal, tanggal
from haji_portal.berkas.daftar import siapkan_daftar
from haji_portal.berkas.simpan import lampirkan_butir
from haji_portal.jemaah.domisili import sama_nama
from haji_portal.jemaah.models import Jemaah, PeristiwaPorsi, Porsi, Rekening, Setoran
from haji_portal.ptsp.models import Kunjungan
from haji_portal.surat.terbit import akhiri_semua

from .. import syarat, tahap
from ..jadwal import janji_berlaku, lepas_slot
from ..kelayakan_berkas import urutkan
from ..tahap import BERHENTI, CATATAN, DI_PENYELENGGARA, TETAP, Hubungan, Penyelenggara, Sebab, Status
from .jadwal import Janji

if TYPE_CHECKING:
    from haji_portal.alur.deklarasi import Langkah

    from .pelimpahan import Pelimpahan

GILIRAN = (("kabar.giliran", ""),)
KABAR = (("kabar.status", ""), *GILIRAN)
DRAF = (("surat.draf_langkah", "tandatangani"),)
DRAF_SPH = (("surat.draf_langkah", "terbitkan_sph"),)
PENGAJUAN = ["hubungan", "tanggal_meninggal", "masuk_asrama", "akhir_pemberangkatan", "kebutuhan_khusus"]
"""What the office may still correct while it examines the file and prepares it for the Kanwil."""


def kabar(templat: str) -> tuple[tuple[str, str], ...]:
    """The recipient is told in the words of templates/kabar/pelimpahan_<templat>.txt, and those whose turn it is."""
    return (("kabar.status", f"pelimpahan_{templat}"), *GILIRAN)


class IsianPelimpahan(Permohonan):
    """Abstract: status and transitions belong to the concrete machine, which a field may not lose by inheritance.

    `pemohon` is the recipient, who applies and whom the office talks to; `jemaah_asal` is the pilgrim whose porsi it
    was when the case was opened, and stays readable here after the porsi has passed.
    """

    sebab = models.CharField("sebab pelimpahan", max_length=6, choices=Sebab.choices)
    jemaah_asal = models.ForeignKey(
        Jemaah, verbose_name="jemaah asal", on_delete=models.PROTECT, related_name="pelimpahan_asal"
    )
    hubungan = models.CharField("penerima adalah", max_length=16, choices=Hubungan.choices)
    tanggal_permohonan = models.DateField("tanggal permohonan", help_text="Hari kerja saat berkas tercatat diterima.")
    tanggal_meninggal = models.DateField("tanggal meninggal", null=True, blank=True)
    masuk_asrama = models.DateField(
        "tanggal masuk asrama haji", null=True, blank=True, help_text="Embarkasi atau embarkasi antara; kosong: belum."
    )
    akhir_pemberangkatan = models.DateField(
        "akhir masa pemberangkatan", null=True, blank=True, help_text="Hari terakhir pemberangkatan musim haji itu."
    )
    # Why the recipient goes first and what the place has to provide; never a diagnosis.
    kebutuhan_khusus = models.CharField(
        "kebutuhan khusus penerima", max_length=120, blank=True, help_text="Misalnya: kursi roda, juru bahasa isyarat."
    )
    # In the recipient's name, at the bank of the deposit (245/2021 B.1.h, B.2.h).
    rekening = models.ForeignKey(Rekening, on_delete=models.PROTECT, related_name="pelimpahan")
    kunjungan = models.ForeignKey(Kunjungan, null=True, blank=True, on_delete=models.PROTECT, related_name="pelimpahan")
    penanda_tangan = models.CharField(
        "penanda tangan rekomendasi", max_length=8, blank=True,
        choices=[(Peran.KEPALA, Peran.KEPALA.label), (Peran.KASI, Peran.KASI.label)],
        help_text="Menurut arahan Kepala Kantor; kosong: menurut ketentuan kantor.",
    )  # fmt: skip
    penyelenggara = models.CharField(max_length=6, choices=Penyelenggara.choices, default=Penyelenggara.KANWIL)
    blokir_dibuka_pada = models.DateTimeField("blokir dibuka pada", null=True, blank=True, editable=False)
    hasil_wawancara = models.JSONField(default=dict, blank=True, editable=False)
    dilimpahkan_pada = models.DateTimeField("dilimpahkan pada", null=True, blank=True, editable=False)
    alasan_akhir = models.CharField("alasan ditolak atau tidak dilanjutkan", max_length=400, blank=True)
    isian_pemohon = models.JSONField(default=dict, blank=True, editable=False)

    # The bank of a deposit that is not written yet: the intake judges a case before it writes anything.
    bank_setoran = ""

    KODE = "PL"
    CARI_NAMA = ("jemaah_asal__nama",)
    PEMBUKA = oleh(Peran.PTSP, Peran.JFU, pihak=("pemohon",))
    EFEK_AJUKAN = kabar("diterima")
    BERDISPOSISI = True
    TAHAP, TAHAP_PUBLIK = tahap.TAHAP, tahap.PUBLIK

    class Meta:
        abstract = True

    def kunci(self) -> list[tuple[str, str]]:
        """One open case per porsi and per deposit of it, whatever the service."""
        return kunci_porsi(self.porsi_id or 0)

    def layanan_sop(self) -> str:
        return "pelimpahan-elektronik" if self.saluran == self.Saluran.ELEKTRONIK else "pelimpahan"

    def arti(self, status: str) -> Tahap | None:
        """At the centre's interviews (245/2021 E.2) it is the centre that is waited for."""
        arti = super().arti(status)
        if arti is None or not self.di_pusat or status not in DI_PENYELENGGARA:
            return arti
        menunggu = arti.menunggu.replace("Kantor Wilayah", "Direktorat Jenderal")
        # The Kanwil has done its part: what the family waits for now is the interview, not its examination.
        publik = tahap.WAWANCARA if status == Status.DISETUJUI else arti.publik
        return replace(arti, publik=publik, pihak="pusat", menunggu=menunggu)

    @property
    def di_pusat(self) -> bool:
        return self.penyelenggara == Penyelenggara.PUSAT

    def peran_kasus(self, langkah: Langkah, peran: frozenset[str]) -> frozenset[str]:
        """Who signs the recommendation as the head directs; and who stands for the Kanwil at the centre."""
        if langkah.nama == "tandatangani" and self.penanda_tangan:
            return frozenset({self.penanda_tangan})
        diatur = langkah.sumber in DI_PENYELENGGARA or langkah.nama in ("pindah_jadwal", "batalkan_jadwal")
        if not diatur or Peran.KANWIL not in peran:
            return peran
        if self.di_pusat:
            return frozenset({Peran.DIREKTUR if langkah.tanda_tangan else Peran.DIREKTORAT})
        return peran - {Peran.DIREKTORAT, Peran.DIREKTUR}

    def kantor_penyelenggara(self) -> Kantor:
        """The office that interviews. Raises LangkahGagal where the portal knows none."""
        kantor = kantor_tunggal(Kantor.Jenis.PUSAT) if self.di_pusat else self.kantor.induk
        if kantor is None:
            raise LangkahGagal("Kantor ini belum mempunyai Kantor Wilayah di portal. Hubungi admin.")
        return kantor

    def bank_mitra(self) -> str:
        setoran = self.setoran_awal
        return setoran.bank if setoran else self.bank_setoran

    @property
    def setoran_awal(self) -> Setoran | None:
        """The first deposit: its bank is the one at which the recipient needs an account."""
        return self.porsi.setoran_awal if self.porsi and self.porsi_id else None

    @property
    def beda_provinsi(self) -> bool:
        """Whether the recipient lives in another province than the one in which the pilgrim registered (E.2)."""
        sini = self.kantor.provinsi
        return bool(self.pemohon.provinsi and sini) and not sama_nama(self.pemohon.provinsi, sini)

    @property
    def janji_kini(self) -> Janji | None:
        return janji_berlaku(cast("Pelimpahan", self))

    def porsi_lain(self) -> list[Porsi]:
        """Other porsi of the pilgrim: only the nearest is transferred, these are cancelled (245/2021 A.6)."""
        semua = Porsi.objects.filter(jemaah=self.jemaah_asal, status=Porsi.Status.AKTIF).exclude(pk=self.porsi_id or 0)
        return list(semua.order_by("terbit", "pk"))

    def data_pokok(self) -> list[tuple[str, str]]:
        data = [
            ("Sebab", self.get_sebab_display()),
            ("Jemaah", self.jemaah_asal.nama),
            ("Penerima", f"{self.pemohon.nama}, {self.get_hubungan_display().lower()}"),
            ("Meninggal", tanggal(self.tanggal_meninggal) if self.tanggal_meninggal else ""),
        ]
        return [(label, nilai) for label, nilai in data if nilai]

    def fakta_kabar(self) -> dict[str, Any]:
        janji = self.janji_kini if self.pk else None
        return {
            "duka": self.sebab == Sebab.WAFAT,
            "penyelenggara": "Direktorat Jenderal" if self.di_pusat else "Kantor Wilayah",
            "almarhum": "almarhumah" if self.jemaah_asal.jenis_kelamin == "P" else "almarhum",
            "jadwal": kata_jadwal(janji) if janji else "",
            "hari_jadwal": hari_jadwal(janji) if janji else "",
            "undangan_terlampir": self.tahap == Status.MENUNGGU_WAWANCARA and janji is not None,
        }

    def catatan_umum(self) -> list[str]:
        duka = ["Kami turut berduka cita atas wafatnya jemaah."] if self.sebab == Sebab.WAFAT else []
        janji = self.janji_kini
        if janji is not None and self.tahap in (Status.DIJADWALKAN, Status.MENUNGGU_WAWANCARA):
            duka.append(f"Wawancara dan pemeriksaan dokumen asli: {hari_jadwal(janji)}.")
        duka += [kata] if (kata := CATATAN.get(self.tahap)) else []
        return [*duka, TETAP] if self.tahap in BERHENTI else duka

    def saat_dibuka(self, **data: Any) -> None:
        """berkas: {kode: BerkasTersimpan} sent along by the applicant; kontak: an unsaved KontakPerkara."""
        butir = siapkan_daftar(self, "pelimpahan", self.sebab)
        if self.saluran == self.Saluran.ELEKTRONIK:
            butir = siapkan_daftar(self, "pelimpahan", "elektronik")
            self.butir.update(bentuk="unggahan", jumlah=None)
        butir = syarat.tandai_wajib(self, butir)
        urutkan(butir, self.sebab, self.kantor)
        lampirkan_butir(self, data.get("berkas", {}), butir, None)
        if kontak := data.get("kontak"):
            kontak.perkara_id = self.pk
            kontak.save(force_insert=True)

    def _pindahkan_porsi(self) -> None:
        """The porsi, and the deposits behind it, belong to the recipient from this instant on; once and for all.

        A new SPH in place of a withdrawn one finds the porsi passed by this very case and moves nothing. Raises
        LangkahGagal when the porsi is not (any more) the pilgrim's to give.
        """
        porsi = Porsi.objects.select_for_update().get(pk=self.porsi_id or 0)
        pindah = list(porsi.peristiwa.filter(jenis=PeristiwaPorsi.Jenis.DILIMPAHKAN).values_list("rujukan", flat=True))
        if self.nomor in pindah:
            return
        if pindah or porsi.status != Porsi.Status.AKTIF or porsi.jemaah_id != self.jemaah_asal.pk:
            raise LangkahGagal("Nomor porsi ini tidak dapat dilimpahkan lagi. Periksa riwayat porsinya.")
        porsi.jemaah = self.pemohon
        porsi.save(update_fields=["jemaah"])
        Setoran.objects.filter(porsi=porsi).update(jemaah=self.pemohon)
        PeristiwaPorsi.objects.create(
            porsi=porsi, jenis=PeristiwaPorsi.Jenis.DILIMPAHKAN, waktu=self.waktu, rujukan=self.nomor,
            dari=self.jemaah_asal, ke=self.pemohon,
        )  # fmt: skip
        self.dilimpahkan_pada = self.waktu
        self.porsi = porsi

    def _akhiri(self, alasan: str) -> None:
        """The case ends without a transfer: its letters say what will not happen, and its slot is free for others."""
        self.alasan_akhir = alasan
        lepas_slot(cast("Pelimpahan", self), Janji.Keadaan.BATAL, alasan)
        akhiri_semua(self, alasan, self.waktu)


def kata_jadwal(janji: Janji) -> str:
    """When and where, for people: `23 November 2026 pukul 08.15 WIB di Aula Kanwil, Jalan Contoh 1`."""
    hari = janji.slot.hari
    zona = hari.kantor.get_zona_display()
    return f"{tanggal(hari.tanggal)} pukul {janji.slot.jam:%H.%M} {zona} di {hari.tempat}, {hari.alamat}"


def hari_jadwal(janji: Janji) -> str:
    """The same with the day of the week, where there is room for it."""
    hari = janji.slot.hari.tanggal
    return hari_tanggal(hari) + kata_jadwal(janji).removeprefix(tanggal(hari))
