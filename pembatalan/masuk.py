"""The intake of a cancellation at the counter: first the kind, then who asks; everything known is found by a number."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any

from django import forms
from django.db.models import Q
from django.urls import reverse_lazy
from django.utils import timezone
from django.utils.html import format_html

from haji_portal.akun.models import Kantor
from haji_portal.alur.galat import SudahAda
from haji_portal.alur.jalankan import Hasil, buka
from haji_portal.alur.kalender import hari_terima
from haji_portal.alur.models import Perkara
from haji_portal.alur.pelaku import Petugas
from haji_portal.berkas.models import SyaratBerkas
from haji_portal.jemaah.models import Jemaah, Porsi, Rekening, Setoran
from haji_portal.jemaah.periksa import lampau, nomor_validasi
from haji_portal.meja.masuk import (
    ANGKA,
    HARI,
    BidangRupiah,
    LoketMixin,
    bersyarat,
    hanya_pengakuan,
    keberatan_setoran,
    orang_sini,
    simpan_setoran,
)  # fmt: skip
from haji_portal.meja.porsi_lama import ORANG_LAIN, PORSI_LAIN, LoketPorsiMixin, catat_porsi, sambung
from haji_portal.ptsp.kunjungan import TempatMixin

from .isian import ATAS_PORSI, KEADAAN, KTP, PENGAJU, SLIP, TUJUAN, FormIsian
from .models import Pembatalan
from .syarat import ATURAN
from .tahap import Sebab

LUNAS = ["lunas_validasi", "lunas_jumlah", "lunas_tanggal"]
TIDAK_MEMENUHI = {
    "244/2021 B.2": "Usia di bawah batas (244/2021 B.2)",
    "244/2021 B.1": "Tidak beragama Islam (244/2021 B.1)",
    "244/2021 A.3": "Domisili di luar wilayah kantor (244/2021 A.3)",
    "244/2021 A.5.a": "Masih berstatus daftar tunggu (244/2021 A.5.a)",
    "244/2021 A.5.b": "Haji terakhir kurang dari sepuluh tahun (244/2021 A.5.b)",
    "244/2021 B.6": "Rekening bukan atas nama sendiri (244/2021 B.6)",
    "244/2021 A.9": "Dokumen tidak sah (244/2021 A.9)",
}
"""Why a depositor may not register; the office cancels the nomor validasi for it (241/2021 D.3)."""
TANPA_DAFTAR = "Alasan yang sah belum dapat dipilih: admin belum mengisi daftar persyaratannya (241/2021 A.5.c)."
DARI_LUAR = (
    "Permohonan {nomor}, dikirim dari luar, masih terbuka untuk porsi atau setoran ini. Bila keluarga ini yang "
    "mengirimnya, lanjutkan perkara itu; bila bukan, akhiri perkara itu dengan Tolak, lalu terima berkas ini."
)
PELIMPAHAN = (
    "Wajib bila jemaah wafat atau sakit permanen: sesudah dibatalkan, porsi tidak dapat dilimpahkan lagi. "
    '<a href="{}">Periksa kelayakan pelimpahan</a>'
)
BELUM_DIBERI_TAHU = (
    "Beri tahu keluarga lebih dulu: porsi jemaah yang wafat atau sakit permanen mungkin dapat dilimpahkan kepada "
    "keluarga (Kepdirjen PHU 245/2021 A.3). Tandai sesudah disampaikan."
)


def mungkin_dilimpahkan(isi: Mapping[str, Any]) -> bool:
    """Whether a family gives a porsi up that a relative might receive: death, or permanent illness (245/2021 A.2)."""
    sakit = isi.get("sebab") == Sebab.SENDIRI and bool(isi.get("berhalangan_tetap"))
    return isi.get("sebab") == Sebab.MENINGGAL or sakit


class FormPembatalan(TempatMixin, LoketPorsiMixin, LoketMixin, FormIsian):
    """The whole intake on one page. A porsi from before the portal is written from its papers."""

    aturan = forms.ChoiceField(
        label="Syarat yang tidak dipenuhi", choices=[("", "Pilih"), *TIDAK_MEMENUHI.items()],
        help_text="Kantor membatalkan nomor validasinya dengan surat permohonan Kepala Kantor (241/2021 D.3).",
    )  # fmt: skip
    lunas_validasi = forms.CharField(
        label="Nomor validasi setoran lunas", max_length=40, widget=forms.TextInput(attrs=ANGKA),
        help_text="Hanya bila jemaah sudah melunasi Bipih.",
    )  # fmt: skip
    lunas_jumlah = BidangRupiah(label="Jumlah setoran lunas (rupiah)")
    lunas_tanggal = forms.DateField(label="Tanggal setoran lunas", widget=HARI)

    keluarga_diberi_tahu = forms.BooleanField(
        label="Keluarga sudah diberi tahu bahwa porsi ini mungkin dapat dilimpahkan", required=False
    )

    ATURAN = ATURAN

    cari_sesudah = "Cari jemaah"
    """The group of fields under which the button stands that looks known people and deposits up."""

    def __init__(self, *args: Any, kantor: Kantor, **kwargs: Any) -> None:
        super().__init__(*args, kantor=kantor, **kwargs)
        self.siapkan_tempat(kantor)
        self.porsi: Porsi | None = None
        self.setoran: Setoran | None = None
        if not SyaratBerkas.objects.untuk(
            "pembatalan", Sebab.ALASAN_SAH, kantor, timezone.localdate(timezone=kantor.zona_waktu)
        ):
            self.fields["sebab"].help_text = TANPA_DAFTAR
        bersyarat(self, ["alasan"])
        self.fields["alasan"].help_text = "Wajib bila dibatalkan dengan alasan yang sah (241/2021 A.5.c)."
        bersyarat(self, ["aturan"], sebab=[Sebab.TIDAK_MEMENUHI])
        bersyarat(self, LUNAS, sebab=ATAS_PORSI)
        bersyarat(self, ["keluarga_diberi_tahu"], sebab=[Sebab.MENINGGAL, Sebab.SENDIRI])
        self.fields["keluarga_diberi_tahu"].help_text = format_html(PELIMPAHAN, reverse_lazy("kelayakan:loket"))
        # What a known porsi or deposit already tells is not asked again; an unknown one needs its slip.
        bersyarat(self, SLIP)
        self.fields["nik"].label = "NIK jemaah"
        self.fields["nomor_validasi"].help_text = "Boleh kosong bila yang dibatalkan porsi yang sudah dikenal portal."

    def kelompok(self) -> list[tuple[str, list[forms.BoundField]]]:
        bagian = {
            "Pembatalan": ["sebab", "pengaju", "aturan", "alasan"],
            "Cari jemaah": ["nomor_porsi", "nomor_validasi", "nik"],
            "Jemaah menurut KTP": [n for n in KTP if n != "nik"],
            "Porsi dan setoran": ["terbit", *(n for n in SLIP if n != "nomor_validasi"), *LUNAS],
            "Keadaan jemaah": [*KEADAAN, "keluarga_diberi_tahu"],
            "Yang mengajukan": PENGAJU,
            "Rekening tujuan pengembalian": TUJUAN,
            "Tempat pelayanan": self.TEMPAT,
        }
        return [(judul, [self[n] for n in nama]) for judul, nama in bagian.items()]

    def cari(self) -> dict[str, Any]:
        """What is known of the typed nomor porsi, nomor validasi or NIK, for people of this office only; else {}."""
        porsi, setoran, orang = self._temukan()
        if orang is None or not orang_sini(self.kantor, orang):
            return {}
        dikenal = {nama: getattr(orang, nama) for nama in KTP}
        if porsi:
            dikenal |= {"nomor_porsi": porsi.nomor, "terbit": porsi.terbit}
        if setoran:
            dikenal |= {
                "nomor_validasi": setoran.nomor_validasi, "bank": setoran.bank, "jumlah": setoran.jumlah,
                "tanggal_setoran": setoran.tanggal, "bank_tujuan": setoran.bank,
            }  # fmt: skip
        if (rekening := orang.rekening.first()) and not self.ketikan("nomor_rekening"):
            tujuan = {"bank_tujuan": rekening.bank, "nomor_rekening": rekening.nomor, "atas_nama": rekening.atas_nama}
            dikenal |= tujuan if self.ketikan("sebab") != Sebab.MENINGGAL else {}
        return dikenal

    def _temukan(self) -> tuple[Porsi | None, Setoran | None, Jemaah | None]:
        """By the nomor porsi, else the nomor validasi, else the NIK; the deposit is the one that is still good."""
        porsi = self.temukan_porsi(self.ketikan("nomor_porsi"))
        setoran = porsi.setoran_awal if porsi else None
        if porsi is None:
            nomor = self.ketikan("nomor_validasi").upper()
            setoran = Setoran.objects.filter(nomor_validasi=nomor).select_related("jemaah", "porsi").first()
        pemilik = porsi or setoran
        orang = pemilik.jemaah if pemilik else Jemaah.objects.filter(nik=self.ketikan("nik")).first()
        if orang and setoran is None:
            setoran = orang.setoran.filter(jenis=Setoran.Jenis.AWAL, dibatalkan__isnull=True).first()
        return porsi or (setoran.porsi if setoran else None), setoran, orang

    def clean_lunas_validasi(self) -> str:
        nomor = self.cleaned_data["lunas_validasi"]
        return nomor_validasi(nomor) if nomor else ""

    def clean_lunas_tanggal(self) -> datetime.date | None:
        return lampau(self.cleaned_data["lunas_tanggal"], "Tanggal setoran lunas")

    def clean(self) -> dict[str, Any]:
        isi = super().clean()
        self.periksa_tempat(isi)
        if "sebab" not in isi or "nik" not in isi:
            return isi
        if mungkin_dilimpahkan(isi):
            self.wajib(["keluarga_diberi_tahu"], BELUM_DIBERI_TAHU)
        else:
            isi["keluarga_diberi_tahu"] = False
        if isi["sebab"] == Sebab.TIDAK_MEMENUHI:
            self.wajib(["aturan"], "Pilih syarat yang tidak dipenuhi.")
        if self.atas_porsi:
            self._periksa_porsi(isi)
            self._periksa_lunas(isi)
        else:
            isi |= dict.fromkeys(LUNAS)
        self.temukan_setoran(isi, isi["nik"], atas_porsi=self.atas_porsi)
        return isi

    def _periksa_porsi(self, isi: dict[str, Any]) -> None:
        self.wajib(["nomor_porsi"], "Isi nomor porsi seperti tercetak pada SPH.")
        self.porsi = self.temukan_porsi(isi.get("nomor_porsi") or "")
        if self.porsi is None:
            self.wajib(["terbit"], "Nomor porsi ini belum dikenal portal: isi tanggal terbitnya dari SPH.")
        elif self.porsi.jemaah.nik != isi["nik"]:
            self.add_error("nomor_porsi", ORANG_LAIN)

    def _periksa_lunas(self, isi: dict[str, Any]) -> None:
        if not isi.get("lunas_validasi"):
            return
        dikenal = Setoran.objects.filter(nomor_validasi=isi["lunas_validasi"]).select_related("jemaah").first()
        if isi["lunas_validasi"] == isi.get("nomor_validasi"):
            self.add_error("lunas_validasi", "Setoran lunas mempunyai nomor validasi sendiri.")
        elif dikenal is None or hanya_pengakuan(dikenal):
            self.wajib(LUNAS, "Isi menurut bukti setoran lunasnya.")
        elif keberatan := keberatan_setoran(dikenal, isi["nik"], isi.get("lunas_jumlah")):
            self.add_error({"jumlah": "lunas_jumlah"}.get(keberatan[0], "lunas_validasi"), keberatan[1])
        elif dikenal.porsi_id and dikenal.porsi != self.porsi:
            self.add_error("lunas_validasi", PORSI_LAIN)

    def _calon(self) -> Pembatalan:
        isi, orang = self.cleaned_data, self.instance
        porsi = self.porsi or Porsi(nomor=isi["nomor_porsi"], jemaah=orang, terbit=isi["terbit"])
        return Pembatalan(
            kantor=self.kantor, pemohon=orang, porsi=porsi if self.atas_porsi else None,
            setoran=self.setoran or Setoran(jemaah=orang, tanggal=isi["tanggal_setoran"]),
            rekening=Rekening(jemaah=orang, atas_nama=isi["atas_nama"]), **self._isian(),
        )  # fmt: skip

    def _isian(self) -> dict[str, Any]:
        isi = self.cleaned_data
        alasan = [TIDAK_MEMENUHI.get(isi["aturan"], "") if isi["sebab"] == Sebab.TIDAK_MEMENUHI else "", isi["alasan"]]
        nama = ("sebab", "pengaju", "kunjungan", "keluarga_diberi_tahu", *KEADAAN, *PENGAJU)
        return {n: isi[n] for n in nama} | {
            "tanggal_permohonan": hari_terima(self.kantor), "alasan": ". ".join(filter(None, alasan)),
        }  # fmt: skip

    def buka(self, oleh: Petugas) -> Hasil:
        try:
            return super().buka(oleh)
        except SudahAda as galat:
            if lain := self._dari_luar():
                raise SudahAda(DARI_LUAR.format(nomor=lain.nomor)) from galat
            raise

    def _dari_luar(self) -> Pembatalan | None:
        """The open case of this office that somebody sent from outside for this very porsi or deposit."""
        sama = Q(setoran=self.setoran) if self.setoran else Q(pk=None)
        if self.porsi:
            sama |= Q(porsi=self.porsi)
        terbuka = {"kantor": self.kantor, "saluran": Perkara.Saluran.ELEKTRONIK, "ditutup": None}
        return Pembatalan.objects.filter(sama, **terbuka).first()

    def _buka(self, isi: dict[str, Any], oleh: Petugas) -> Hasil:
        jemaah = self.save()
        porsi = self.porsi
        if self.atas_porsi and porsi is None:
            porsi = catat_porsi(isi["nomor_porsi"], jemaah, self.kantor, isi["terbit"], saat="pembatalan")
        setoran = self.setoran or simpan_setoran(
            isi["nomor_validasi"], jemaah=jemaah, bank=isi["bank"], jumlah=isi["jumlah"], tanggal=isi["tanggal_setoran"]
        )
        milik = [setoran]
        if isi.get("lunas_validasi"):
            lunas = simpan_setoran(
                isi["lunas_validasi"], jemaah=jemaah, bank=isi["bank"] or setoran.bank, jumlah=isi["lunas_jumlah"],
                tanggal=isi["lunas_tanggal"], jenis=Setoran.Jenis.LUNAS,
            )  # fmt: skip
            milik.append(lunas)
        if porsi is not None:
            for satu in milik:
                sambung(satu, porsi)
        rekening, _ = Rekening.objects.update_or_create(
            jemaah=jemaah, bank=isi["bank_tujuan"], nomor=isi["nomor_rekening"],
            defaults={"atas_nama": isi["atas_nama"]},
        )  # fmt: skip
        isian = self._isian() | {"pemohon": jemaah, "porsi": porsi, "setoran": setoran, "rekening": rekening}
        data = {"keluarga_diberi_tahu": True} if isi["keluarga_diberi_tahu"] else {}
        return buka(Pembatalan, kantor=self.kantor, oleh=oleh, isian=isian, saluran=isi["saluran"], data=data)
