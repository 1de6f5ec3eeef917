"""What a cancellation asks of whoever applies from outside (Kepdirjen PHU 241/2021 C.2), page by page.

Nothing is looked up here: the rules judge only what was typed, so no page tells what is stored of anybody.
"""

from __future__ import annotations

from typing import Any

from django import forms

from haji_portal.jemaah.periksa import nomor_validasi
from haji_portal.ptsp.ajukan.daftar import Ajuan, Bagian, Rujukan
from haji_portal.ptsp.ajukan.isian import FormBagian, TigaTanggal
from haji_portal.ptsp.models import Konsep

from .elektronik import buka_elektronik, butir_terbuka, daftar_syarat
from .isian import KEADAAN, PENGAJU, TUJUAN, FormIsian
from .syarat import PENGAJU_SAH, WAKIL
from .tahap import Pengaju, Sebab

DARI_RUMAH = (Sebab.MENINGGAL, Sebab.SENDIRI, Sebab.ALASAN_SAH, Sebab.BELUM_DAFTAR)
TANGGAL_SALAH = "Tanggal ini belum lengkap atau tidak ada di kalender. Isi tanggal, bulan, dan empat angka tahun."


def nomor_rujukan(teks: str) -> str:
    """Ten digits are a nomor porsi, anything else must have the shape of a nomor validasi. Raises ValidationError."""
    rapat = "".join(teks.split())
    return rapat if len(rapat) == 10 and rapat.isascii() and rapat.isdigit() else nomor_validasi(teks)


def siapa(isi: dict[str, Any]) -> str:
    """Who asks, by the answers of the first page: where only one may, nobody needed to say so."""
    boleh = PENGAJU_SAH.get(isi.get("sebab", ""), ())
    return boleh[0] if len(boleh) == 1 else str(isi.get("pengaju", ""))


class FormHalaman(FormIsian, FormBagian):
    """The fields of one page; the identity number was given at the start and is not asked again."""

    bagian: dict[str, list[str]] = {}

    def __init__(self, data: Any = None, *, konsep: Konsep) -> None:
        self.konsep = konsep
        self.aturan_gagal: list[str] = []
        super().__init__(data, kantor=konsep.kantor, initial=dict(konsep.isi))
        dipakai = [nama for daftar in self.bagian.values() for nama in daftar]
        self.fields = {nama: self.fields[nama] for nama in dipakai}
        for isian in self.fields.values():
            if isinstance(isian, forms.DateField):
                isian.widget = TigaTanggal(attrs=isian.widget.attrs)
                isian.error_messages["invalid"] = TANGGAL_SALAH

    def kelompok(self) -> list[tuple[str, list[forms.BoundField]]]:
        return [(judul, [self[n] for n in nama]) for judul, nama in self.bagian.items()]


class FormSebab(FormHalaman):
    bagian = {"Yang dibatalkan": ["sebab", "pengaju", "alasan"], "Keadaan jemaah": KEADAAN}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        sebab: Any = self.fields["sebab"]
        sebab.choices = [p for p in Sebab.choices if p[0] in DARI_RUMAH]
        pengaju: Any = self.fields["pengaju"]
        pengaju.choices = [p for p in Pengaju.choices if p[0] != Pengaju.KANTOR]
        sebab.help_text = (
            "Porsi yang sudah dibatalkan tidak dapat dikembalikan. Bila jemaah wafat atau sakit permanen, porsinya "
            "mungkin dapat dilimpahkan kepada suami, istri, orang tua, anak, atau saudara kandung; tanyakan dulu."
        )


class FormOrang(FormHalaman):
    bagian = {"Jemaah, seperti tertulis pada KTP": ["nama", "tanggal_lahir"], "Yang mengajukan": PENGAJU}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if siapa(self.konsep.isi) not in WAKIL:
            for nama in PENGAJU:
                del self.fields[nama]
        else:
            for nama in PENGAJU:
                self.fields[nama].widget.attrs.pop("data-bila", None)
                self.fields[nama].required = nama != "surel_pengaju"

    def kelompok(self) -> list[tuple[str, list[forms.BoundField]]]:
        ada = {judul: [n for n in nama if n in self.fields] for judul, nama in self.bagian.items()}
        return [(judul, [self[n] for n in nama]) for judul, nama in ada.items() if nama]


class FormTujuan(FormHalaman):
    bagian = {"Rekening penerima pengembalian dana": TUJUAN}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        milik = "jemaah" if siapa(self.konsep.isi) != Pengaju.AHLI_WARIS else "ahli waris yang mengajukan"
        self.fields["atas_nama"].help_text = f"Rekening atas nama {milik}, persis seperti pada buku tabungan."


AJUAN = Ajuan(
    layanan="pembatalan",
    judul="Ajukan pembatalan dari rumah",
    layanan_sop="pembatalan",
    rujukan=Rujukan(
        "nomor", "Nomor porsi atau nomor validasi",
        "Nomor porsi tercetak pada SPH, nomor validasi pada bukti setoran. NIK yang diisi adalah NIK jemaah.",
        nomor_rujukan,
    ),
    bagian=(
        Bagian("sebab", "Yang dibatalkan", FormSebab),
        Bagian("orang", "Jemaah dan pengaju", FormOrang),
        Bagian("tujuan", "Rekening tujuan", FormTujuan),
    ),
    syarat=daftar_syarat,
    kirim=buka_elektronik,
    butir_terbuka=butir_terbuka,
    perbaikan="kirim_perbaikan",
    surat=("pemberitahuan_batal",),
    kamera={"foto-pengaju": "user"},
    potret=frozenset({"foto-pengaju"}),
    petunjuk={"foto-pengaju": "Wajah orang yang mengajukan, dari depan, latar polos dan terang."},
)  # fmt: skip
