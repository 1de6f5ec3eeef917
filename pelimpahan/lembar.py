"""The result of the check on paper, in the office's own form, and by e-mail."""

from __future__ import annotations

import datetime
import secrets
from dataclasses import dataclass

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from haji_portal.akun.models import Kantor
from haji_portal.alur.tampil_waktu import tanggal
from haji_portal.kabar.kata import fakta_kantor, susun
from haji_portal.kabar.saluran import Jawab, Kiriman, saluran
from haji_portal.surat.gambar import buat_pdf

from .kelayakan import Akhir, Keadaan, Putusan
from .kelayakan_berkas import BarisBerkas
from .tahap import Hubungan, Sebab

JUDUL = "Persyaratan pelimpahan porsi kepada keluarga"
SEBUTAN: dict[str, str] = {Sebab.WAFAT: "jemaah wafat", Sebab.SAKIT: "jemaah sakit permanen"}
KANTOR = ("kantor", "kantor_alamat", "kantor_telepon")


@dataclass(frozen=True)
class Hasil:
    """Everything that the answer to one family consists of."""

    putusan: Putusan
    keadaan: Keadaan
    kantor: Kantor | None
    hari: datetime.date
    berkas: list[BarisBerkas]
    catatan: str

    @property
    def sebutan(self) -> str:
        """The case in words, on top of the checklist."""
        sebab = SEBUTAN.get(self.keadaan.sebab, "")
        hubungan = self.keadaan.hubungan
        siapa = Hubungan(hubungan).label.lower() if hubungan in Hubungan.values else ""
        return ", ".join(filter(None, [sebab, f"penerima {siapa}" if siapa else ""]))

    @property
    def diteruskan(self) -> list[tuple[str, str]]:
        """The answers that the intake asks again, by its fields' names."""
        isi = (("sebab", self.keadaan.sebab, Sebab.values), ("hubungan", self.keadaan.hubungan, Hubungan.values))
        return [(nama, nilai) for nama, nilai, boleh in isi if nilai in boleh]

    @property
    def ke_pembatalan(self) -> bool:
        """Whether cancelling is what remains, or remains if no relative can receive it."""
        return self.putusan.akhir == Akhir.TIDAK


def gambar_lembar(hasil: Hasil) -> bytes:
    """The checklist as a PDF: the office's printed columns under its letterhead of today."""
    kop = hasil.kantor.kop(hasil.hari) if hasil.kantor else None
    konteks = {"judul": JUDUL, "hasil": hasil, "kantor": hasil.kantor, "kop": kop, "situs": settings.SITUS_URL}
    with translation.override("id"):
        return buat_pdf(render_to_string("surat/persyaratan_pelimpahan.html", konteks))


def kirim_lembar(hasil: Hasil, alamat: str) -> Jawab:
    """Hand the result over to the mail port, once. Neither the address nor the answers are kept, so nothing is sent
    again by itself: the outcome goes to whoever waits for it."""
    teks = susun("pelimpahan_kelayakan", fakta(hasil))
    lampiran = (("persyaratan-pelimpahan.pdf", gambar_lembar(hasil)),) if hasil.berkas else ()
    rujukan = f"kelayakan:{secrets.token_hex(16)}"
    return saluran("email").serahkan(Kiriman(rujukan, alamat, teks.judul, teks.isi, lampiran))


def fakta(hasil: Hasil) -> dict[str, str]:
    """The facts of templates/kabar/pelimpahan_kelayakan.txt."""
    bagian = [f"{judul}:\n" + "\n".join(f"- {t}" for t in isi) for judul, isi in hasil.putusan.kelompok()]
    baris = [
        f"{i}. {b.syarat.nama} ({b.lembar})" + ("" if b.wajib else " - bila sesuai")
        for i, b in enumerate(hasil.berkas, start=1)
    ]
    kantor = fakta_kantor(hasil.kantor) if hasil.kantor else dict.fromkeys(KANTOR, "")
    return kantor | {
        "putusan": hasil.putusan.judul,
        "uraian_periksa": "\n\n".join(filter(None, [*bagian, hasil.catatan])),
        "daftar_berkas": "\n".join(baris),
        "hari_periksa": tanggal(hasil.hari),
        "alamat_periksa": settings.SITUS_URL + reverse("kelayakan:periksa"),
    }
