"""What a cancellation asks of whoever applies from outside (Kepdirjen PHU 241/2021 C.2), page by page.

Nothing is looked up here: the rules judge only what was typed, so no page tells what is stored of anybody.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from haji_portal.akun.models import Kantor
from haji_portal.jemaah.models import Jemaah, Rekening
from haji_portal.jemaah.periksa import nomor_validasi
from haji_portal.meja.masuk import bersyarat
from haji_portal.ptsp.ajukan.daftar import Ajuan, Bagian, Rujukan
from haji_portal.ptsp.ajukan.isian import FormBagian
from haji_portal.ptsp.models import Konsep

from .elektronik import buka_elektronik, daftar_syarat, sebab_dari_rumah, siapa
from .isian import KEADAAN, PENGAJU, TUJUAN, FormIsian
from .models import Pembatalan
from .syarat import WAKIL, belum_masuk_asrama, rekening_atas_nama
from .tahap import Pengaju, Sebab

SEBUTAN = {
    "sebab": "Apa yang ingin dibatalkan?",
    "pengaju": "Anda mengajukan sebagai",
    "alasan": "Alasan pembatalan",
    "tanggal_meninggal": "Tanggal jemaah meninggal",
    "nama": "Nama lengkap jemaah",
    "tanggal_lahir": "Tanggal lahir jemaah",
    "nama_pengaju": "Nama lengkap Anda",
    "nik_pengaju": "NIK Anda (16 angka pada KTP)",
    "hubungan_pengaju": "Hubungan Anda dengan jemaah",
    "alamat_pengaju": "Alamat Anda",
    "telepon_pengaju": "Nomor ponsel Anda",
    "surel_pengaju": "Alamat surel (email) Anda",
}
BANTUAN = {
    "tanggal_meninggal": "Diisi bila ahli waris yang mengajukan.",
    "berhalangan_tetap": "Bila ya, surat kuasa asli kepada ahli waris diunggah juga (241/2021 B.2.e).",
    "masuk_asrama": "Asrama haji embarkasi atau embarkasi antara. Kosongkan bila jemaah belum pernah masuk.",
    "nama": "Persis seperti pada KTP, tanpa gelar.",
    "telepon_pengaju": "Dipakai petugas bila ada yang perlu ditanyakan.",
}


def nomor_rujukan(teks: str) -> str:
    """Ten digits are a nomor porsi, anything else must have the shape of a nomor validasi. Raises ValidationError."""
    rapat = "".join(teks.split())
    return rapat if len(rapat) == 10 and rapat.isascii() and rapat.isdigit() else nomor_validasi(teks)


class FormHalaman(FormBagian, FormIsian):
    sebutan = SEBUTAN
    bantuan = BANTUAN

    def calon(self) -> Pembatalan | None:
        isi = self.konsep.isi | self.cleaned_data
        # Before the first page nobody knows which rules there are; that page is asked for anyway.
        if not (pengaju := siapa(isi)):
            return None
        orang = Jemaah(nama=str(isi.get("nama", "")).strip())
        calon = Pembatalan(
            kantor=self.kantor, pemohon=orang, sebab=isi["sebab"], pengaju=pengaju,
            nama_pengaju=str(isi.get("nama_pengaju", "")), masuk_asrama=self.cleaned_data.get("masuk_asrama"),
            tanggal_meninggal=self.cleaned_data.get("tanggal_meninggal"),
        )  # fmt: skip
        calon.rekening = Rekening(jemaah=orang, atas_nama=self.cleaned_data.get("atas_nama", ""))
        return calon


class FormSebab(FormHalaman):
    bagian = {"Yang dibatalkan": ["sebab", "pengaju", "alasan"], "Keadaan jemaah": KEADAAN}
    aturan = [belum_masuk_asrama]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        boleh = sebab_dari_rumah(self.kantor)
        sebab: Any = self.fields["sebab"]
        sebab.choices = [p for p in Sebab.choices if p[0] in boleh]
        pengaju: Any = self.fields["pengaju"]
        pengaju.choices = [p for p in Pengaju.choices if p[0] != Pengaju.KANTOR]
        bersyarat(self, ["alasan"], sebab=[Sebab.ALASAN_SAH])
        if Sebab.ALASAN_SAH not in boleh:
            del self.fields["alasan"]

    def clean(self) -> dict[str, Any]:
        isi = super().clean()
        if isi.get("sebab") != Sebab.ALASAN_SAH:
            isi["alasan"] = ""
        return isi


class FormOrang(FormHalaman):
    bagian = {"Jemaah, seperti tertulis pada KTP": ["nama", "tanggal_lahir"], "Anda yang mengajukan": PENGAJU}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if siapa(self.konsep.isi) not in WAKIL:
            for nama in PENGAJU:
                del self.fields[nama]
        else:
            for nama in PENGAJU:
                self.fields[nama].widget.attrs.pop("data-bila", None)
                self.fields[nama].required = nama != "surel_pengaju"

    def awal(self, konsep: Konsep) -> dict[str, Any]:
        # The contact that was confirmed a minute ago; typed by this very person.
        return {"surel_pengaju" if konsep.saluran == "email" else "telepon_pengaju": konsep.alamat} | konsep.isi


class FormTujuan(FormHalaman):
    bagian = {"Rekening penerima pengembalian dana": TUJUAN}
    aturan = [rekening_atas_nama]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        milik = "jemaah" if siapa(self.konsep.isi) != Pengaju.AHLI_WARIS else "Anda sebagai ahli waris"
        self.fields["atas_nama"].help_text = f"Rekening atas nama {milik}, persis seperti pada buku tabungan."

    def awal(self, konsep: Konsep) -> dict[str, Any]:
        nama = "nama_pengaju" if siapa(konsep.isi) == Pengaju.AHLI_WARIS else "nama"
        return {"atas_nama": str(konsep.isi.get(nama, "")).upper()} | konsep.isi


def kasus(kantor: Kantor) -> list[tuple[str, Mapping[str, Any]]]:
    return [(str(Sebab(sebab).label), {"sebab": sebab}) for sebab in sebab_dari_rumah(kantor)]


AJUAN = Ajuan(
    layanan="pembatalan",
    judul="Ajukan pembatalan dari rumah",
    ringkas="Isi lewat ponsel dan unggah foto berkasnya. Kabarnya kami kirim lewat pesan sampai dana diterima.",
    pernyataan=(
        "Isian dan berkas ini benar. Saya mengerti bahwa porsi atau nomor validasi yang sudah dibatalkan tidak dapat "
        "dipakai lagi. Kantor boleh memeriksa isian ini untuk pembatalan."
    ),
    perhatian_judul="Porsi ini mungkin dapat dilimpahkan kepada keluarga",
    perhatian=(
        "Porsi yang sudah dibatalkan tidak dapat dikembalikan. Bila jemaah wafat atau sakit permanen, porsinya mungkin "
        "dapat dilimpahkan kepada suami, istri, orang tua, anak kandung, atau saudara kandung. Periksa dulu; cukup "
        "beberapa pertanyaan."
    ),
    alternatif="pelimpahan",
    pilih_kantor="Pilih kabupaten atau kota yang tertulis pada KTP jemaah.",
    kasus=kasus,
    layanan_sop="pembatalan",
    rujukan=Rujukan(
        "nomor", "Nomor porsi atau nomor validasi",
        "Nomor porsi tercetak pada Surat Pendaftaran Haji (SPH), nomor validasi pada bukti setoran.",
        nomor_rujukan, "NIK jemaah. Bila Anda mengajukan untuk keluarga, NIK Anda ditanyakan nanti.",
    ),
    bagian=(
        Bagian("sebab", "Yang dibatalkan", FormSebab),
        Bagian("orang", "Jemaah dan Anda", FormOrang),
        Bagian("tujuan", "Rekening tujuan", FormTujuan),
    ),
    syarat=daftar_syarat,
    kirim=buka_elektronik,
    perbaikan="kirim_perbaikan",
    surat=("pemberitahuan_batal",),
    kamera={"foto-pengaju": "user"},
    potret=frozenset({"foto-pengaju"}),
    petunjuk={"foto-pengaju": "Wajah Anda yang mengajukan, dari depan dan jelas, latar polos dan terang."},
)  # fmt: skip
