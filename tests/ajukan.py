"""Applicants from outside for tests: a draft that stands, and a phone that reads its codes."""

from __future__ import annotations

import datetime
import io
import re
from collections.abc import Callable, Collection
from typing import Any

from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from PIL import Image

from haji_portal.akun.models import Kantor
from haji_portal.jemaah.models import hash_nik
from haji_portal.kabar.kirim import kirim_tertunda
from haji_portal.ptsp.models import Konsep

NIK = "5203015708620007"
ALAMAT = "siti@contoh.example"
DIRI = {
    "nama": "Siti Rahmah", "tempat_lahir": "Selong", "tanggal_lahir_hari": "17", "tanggal_lahir_bulan": "8",
    "tanggal_lahir_tahun": "1962", "jenis_kelamin": "P", "agama": "islam", "alamat": "Jalan Cendana 4",
    "kabupaten": "Kabupaten Lombok Timur", "telepon": "0812 0000 0077", "email": ALAMAT, "status_haji": "belum",
}  # fmt: skip
SETORAN = {
    "bank": "Bank Syariah Indonesia", "nomor_validasi": "BSI2611000007", "jumlah": "Rp25.000.000",
    "tanggal_setoran_hari": "2", "tanggal_setoran_bulan": "3", "tanggal_setoran_tahun": "2026",
    "nomor_rekening": "7012345678", "atas_nama": "SITI RAHMAH",
}  # fmt: skip


def kalimat(galat: Any) -> str:
    """Every sentence of an IsianSalah that was raised, one after the other."""
    return " ".join(k for isi in galat.value.galat.values() for k in isi)


class Pengirim:
    """Sends cases of one service from outside; what an invented applicant answers is written once per cause."""

    def __init__(self, contoh: Any, buka: Callable[..., Any], kantor: Kantor, sebab: str) -> None:
        self.contoh, self.buka, self.kantor, self.sebab = contoh, buka, kantor, sebab
        self._ada: dict[tuple[int, str], dict[str, Any]] = {}

    def jawaban(self, urut: int = 1, sebab: str = "") -> dict[str, Any]:
        """What invented applicant `urut` answers."""
        kunci = urut, sebab or self.sebab
        if kunci not in self._ada:
            self._ada[kunci] = self.contoh.isi_elektronik(self.kantor, *kunci)
        return dict(self._ada[kunci])

    def kirim(
        self, urut: int = 1, sebab: str = "", buang: Collection[str] = (), kontak: Any = None, **ganti: Any
    ) -> Any:
        """Send with some answers replaced and without the files `buang`."""
        isi = self.jawaban(urut, sebab) | ganti
        berkas = {k: b for k, b in self.contoh.berkas_elektronik(self.kantor, isi).items() if k not in buang}
        return self.buka(self.kantor, isi, berkas, kontak or self.contoh.kontak_contoh(urut))


def konsep_contoh(**isian: Any) -> Konsep:
    """A draft as it stands after the code, for NIK and ALAMAT in Lombok Timur."""
    kini = timezone.now()
    awal: dict[str, Any] = {
        "layanan": "pendaftaran", "kantor": Kantor.objects.get(slug="lombok-timur"), "nik_hash": hash_nik(NIK),
        "saluran": "email", "alamat": ALAMAT, "dikonfirmasi": kini,
        "habis": kini.date() + datetime.timedelta(days=30), "isi": {"nik": NIK, "nomor_validasi": "BSI2611000007"},
    }  # fmt: skip
    return Konsep.objects.create(**awal | isian)


def jpeg(lebar: int = 900, tinggi: int = 1200, warna: str = "#8899aa") -> bytes:
    isi = io.BytesIO()
    Image.new("RGB", (lebar, tinggi), warna).save(isi, "JPEG")
    return isi.getvalue()


def foto(nama: str = "foto.jpg", **ukuran: int) -> SimpleUploadedFile:
    return SimpleUploadedFile(nama, jpeg(**ukuran), "image/jpeg")


def kode_terakhir(alamat: str = ALAMAT) -> str:
    """The six digits of the newest message to this address, as its owner reads them."""
    kirim_tertunda()
    surel = [s for s in mail.outbox if s.to == [alamat]]
    return re.findall(r"Kode Anda: (\d{6})", surel[-1].body)[-1]


def mulai(klien: Client, *, nik: str = NIK, alamat: str = ALAMAT, validasi: str = "BSI2611000007") -> str:
    """Begin as a pilgrim does; returns the token of the draft."""
    isi = {"kantor": "lombok-timur", "rujukan": validasi, "nik": nik, "kontak": alamat}
    assert klien.post("/ajukan/pendaftaran/", isi).status_code == 303
    jawab = klien.post("/ajukan/kode/", {"kode": kode_terakhir(alamat)})
    assert jawab.status_code == 303, jawab.content.decode()
    return str(jawab["Location"].split("/")[3])


def isi_semua(klien: Client, token: str) -> None:
    """Answer every page and upload every document, by plain forms."""
    awal = f"/ajukan/konsep/{token}"
    assert klien.post(f"{awal}/isi/diri/", DIRI).status_code == 302
    assert klien.post(f"{awal}/isi/setoran/", SETORAN).status_code == 302
    for kode in re.findall(r'data-berkas="([a-z-]+)"', klien.get(f"{awal}/dokumen/").content.decode()):
        assert klien.post(f"{awal}/dokumen/{kode}/unggah/", {"berkas": foto()}).status_code == 303


def kirim(klien: Client, token: str) -> Any:
    return klien.post(f"/ajukan/konsep/{token}/periksa/", {"setuju": "1"})


def mulai_tiruan(klien: Client, nik: str, alamat: str, angka: str) -> int:
    """Begin with a code that is known beforehand; the status of the last answer."""
    klien.post("/ajukan/lanjut/", {"nik": nik, "kontak": alamat})
    isi = {"kantor": "lombok-timur", "rujukan": "BSI2611000007", "nik": nik, "kontak": alamat}
    klien.post("/ajukan/pendaftaran/", isi)
    return klien.post("/ajukan/kode/", {"kode": angka}).status_code
