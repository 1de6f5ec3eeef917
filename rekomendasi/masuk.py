"""The intake of a recommendation at the counter: who brings it, through which organiser, for whom."""

from __future__ import annotations

import json
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from haji_portal.akun.models import Kantor
from haji_portal.alur.jalankan import Hasil, buka
from haji_portal.alur.kalender import hari_terima
from haji_portal.alur.models import Kunci
from haji_portal.alur.pelaku import Petugas
from haji_portal.dana.forms import BidangHari
from haji_portal.jemaah.domisili import domisili_di, sama_nama
from haji_portal.jemaah.models import Jemaah, hash_nik
from haji_portal.jemaah.nik import peringatan_nik
from haji_portal.meja.masuk import KTP, FormOrang, LoketMixin, orang_sini
from haji_portal.ptsp.kunjungan import TempatMixin

from .bidang import BidangPeserta
from .models import PenyelenggaraPerjalanan, Rekomendasi
from .models.isian import KUNCI, Daftar
from .register import BidangPenyelenggara, catat_baru, temukan
from .syarat import izin_sesuai
from .tahap import Tujuan

ORANG = [nama for nama in KTP if nama != "agama"]
TRAVEL = ["penyelenggara", "penyelenggara_baru", "kota_penyelenggara", "nomor_pengantar", "tanggal_pengantar"]
LAIN_ORANG = (
    "NIK ini sudah tercatat di portal dengan nama atau tanggal lahir yang berbeda. Cocokkan dengan KTP; data yang "
    "tercatat keliru diperbaiki admin."
)
MASIH_TERBUKA = (
    "Orang ini masih disebut dalam permohonan rekomendasi lain yang terbuka. Selesaikan yang itu lebih dulu."
)


class IsianPermohonan(forms.Form):
    """What the application says, at the intake and when it is mended: purpose, organiser, where to, and who."""

    tujuan = forms.ChoiceField(label="Untuk perjalanan", choices=[("", "Pilih"), *Tujuan.choices])
    penyelenggara = BidangPenyelenggara()
    nomor_pengantar = forms.CharField(
        label="Nomor surat pengantar penyelenggara", max_length=80, help_text="Seperti tertulis pada suratnya."
    )
    tanggal_pengantar = BidangHari(label="Tanggal surat pengantar")
    kantor_imigrasi = forms.CharField(
        label="Kantor imigrasi yang dituju", max_length=120, help_text="Misalnya Kantor Imigrasi Kelas I Jakarta Utara."
    )
    peserta = BidangPeserta(required=False)


class FormRekomendasi(TempatMixin, LoketMixin, FormOrang, IsianPermohonan):
    """The whole intake on one page. Who is not in the register yet is written down there, without a licence."""

    penyelenggara_baru = forms.BooleanField(
        label="Penyelenggara ini belum ada dalam daftar", required=False,
        help_text="Dicatat sebagai penyelenggara baru; SK-nya diperiksa dan dicatat petugas BO.",
    )  # fmt: skip
    kota_penyelenggara = forms.CharField(label="Kota penyelenggara", max_length=80, required=False)
    ikut = forms.BooleanField(
        label="Pemohon ikut dimintakan rekomendasi", required=False, initial=True,
        help_text="Pemohon menjadi orang pertama dalam surat; tidak perlu ditulis lagi di bawah.",
    )  # fmt: skip

    cari_sesudah = "Pemohon"
    ATURAN = (izin_sesuai,)

    class Meta(FormOrang.Meta):
        fields = ORANG

    def __init__(self, *args: Any, kantor: Kantor, **kwargs: Any) -> None:
        super().__init__(*args, kantor=kantor, **kwargs)
        self.siapkan_tempat(kantor)
        self.fields["peserta"].label = "Orang lain yang dimintakan rekomendasi"
        self.fields["peserta"].help_text = "Keterangan: misalnya istri, anak, atau jemaah rombongan."
        self.travel: PenyelenggaraPerjalanan | None = None

    def kelompok(self) -> list[tuple[str, list[forms.BoundField]]]:
        bagian = {
            "Pemohon": ORANG,
            "Permohonan": ["tujuan", "kantor_imigrasi", *TRAVEL],
            "Yang dimintakan rekomendasi": ["ikut", "peserta"],
            "Tempat pelayanan": self.TEMPAT,
        }
        return [(judul, [self[n] for n in nama]) for judul, nama in bagian.items()]

    def cari(self) -> dict[str, Any]:
        """What is known of the typed NIK; {} for a stranger, and for somebody whom only another office knows."""
        jemaah = Jemaah.objects.filter(nik=str(self["nik"].value() or "").strip()).first()
        if jemaah is None or not orang_sini(self.kantor, jemaah):
            return {}
        return {nama: getattr(jemaah, nama) for nama in ORANG}

    def clean(self) -> dict[str, Any]:
        isi: dict[str, Any] = super().clean() or {}
        self.periksa_tempat(isi)
        self._periksa_pemohon(isi)
        self._periksa_penyelenggara(isi)
        self._periksa_orang(isi)
        return isi

    def _periksa_pemohon(self, isi: dict[str, Any]) -> None:
        if "nik" not in isi:
            return
        self.peringatan += peringatan_nik(isi["nik"], isi.get("tanggal_lahir"), isi.get("jenis_kelamin"))
        if not domisili_di(Jemaah(kabupaten=isi.get("kabupaten", "")), self.kantor.kabupaten):
            self.peringatan.append("Alamat KTP pemohon di luar wilayah kantor ini.")
        lama = Jemaah.objects.filter(nik=isi["nik"]).first()
        if lama is None or "nama" not in isi or "tanggal_lahir" not in isi:
            return
        # The birth date opens the status page of every case of this person: an intake does not change it.
        if not sama_nama(lama.nama, isi["nama"]) or lama.tanggal_lahir != isi["tanggal_lahir"]:
            self.add_error("nik", LAIN_ORANG)

    def _periksa_penyelenggara(self, isi: dict[str, Any]) -> None:
        if "tujuan" not in isi or not isi.get("penyelenggara"):
            return
        if isi.get("penyelenggara_baru"):
            self.travel = temukan(isi["penyelenggara"], isi["tujuan"], persis=True)
            return
        try:
            self.travel = temukan(isi["penyelenggara"], isi["tujuan"])
        except ValidationError as galat:
            self.add_error("penyelenggara", galat)

    def _periksa_orang(self, isi: dict[str, Any]) -> None:
        """The applicant first where they travel; everybody once, and nobody who is named by another open case."""
        daftar: Daftar | None = isi.get("peserta")
        if "peserta" in self.errors:
            return
        orang = list(daftar.orang) if daftar else []
        if isi.get("ikut") and isi.get("nik") and isi.get("tanggal_lahir"):
            pemohon = {n: isi.get(n, "") for n in ("nik", "nama", "tempat_lahir", "tanggal_lahir")}
            orang = [pemohon | {"hubungan": "Pemohon"}, *(o for o in orang if o["nik"] != isi["nik"])]
        elif not orang and not isi.get("ikut"):
            self.add_error("peserta", "Isi sedikitnya satu orang, atau tandai bahwa pemohon ikut.")
        self.peringatan += getattr(self.fields["peserta"], "peringatan", [])
        for kalimat in orang_terkunci(orang):
            self.add_error("peserta", kalimat)
        isi["peserta"] = Daftar(tuple(orang))

    def _calon(self) -> Rekomendasi:
        isi = self.cleaned_data
        travel = self.travel or PenyelenggaraPerjalanan(jenis=PenyelenggaraPerjalanan.UNTUK[isi["tujuan"]])
        return Rekomendasi(
            kantor=self.kantor, pemohon=self.instance, tujuan=isi["tujuan"], penyelenggara=travel
        )  # fmt: skip

    def _buka(self, isi: dict[str, Any], oleh: Petugas) -> Hasil:
        jemaah = self.save()
        isian = {
            n: isi[n] for n in ("tujuan", "nomor_pengantar", "tanggal_pengantar", "kantor_imigrasi", "kunjungan")
        } | {
            "pemohon": jemaah,
            "tanggal_permohonan": hari_terima(self.kantor),
            "penyelenggara": self.travel or self._penyelenggara_baru(isi, oleh),
        }  # fmt: skip
        data = {"peserta": isi["peserta"], "jumlah_orang": len(isi["peserta"].orang)}
        return buka(Rekomendasi, kantor=self.kantor, oleh=oleh, isian=isian, saluran=isi["saluran"], data=data)

    def _penyelenggara_baru(self, isi: dict[str, Any], oleh: Petugas) -> PenyelenggaraPerjalanan:
        jenis = PenyelenggaraPerjalanan.UNTUK[isi["tujuan"]]
        return catat_baru(jenis, isi["penyelenggara"], oleh.pengguna, timezone.now(), kota=isi["kota_penyelenggara"])


def orang_terkunci(orang: list[dict[str, Any]], perkara_id: int | None = None) -> list[str]:
    """Sentences for those whom another open case names; asked before anything is written, the lock decides."""
    sidik = {hash_nik(o["nik"]): ke for ke, o in enumerate(orang, start=1)}
    terkunci = Kunci.objects.filter(jenis=KUNCI, nilai__in=sidik).exclude(perkara=perkara_id)
    return [
        f"{orang[sidik[nilai] - 1]['nama']}: {MASIH_TERBUKA}"
        for nilai in sorted(terkunci.values_list("nilai", flat=True), key=lambda n: sidik[n])
    ]


def rapikan_json(orang: Daftar) -> str:
    """People as the field shows them again."""
    return json.dumps([o | {"tanggal_lahir": o["tanggal_lahir"].isoformat()} for o in orang.orang])
