"""What a registration exchanges with Siskohat: the SPPH goes out, the nomor porsi comes back."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet

from haji_portal.berkas.simpan import BerkasTersimpan
from haji_portal.jemaah.periksa import nomor_validasi
from haji_portal.jemaah.siskohat import JawabanPorsi, galat_porsi, pemilik_porsi
from haji_portal.meja.tukar.deklarasi import Cocok, Isian, Kolom, Kunci, Pertukaran, daftarkan
from haji_portal.meja.tukar.nilai import nomor_porsi, tahun, tanggal_lewat

from .models import Pendaftaran, Status
from .syarat import SPPH_WAJIB


def orang(judul: str, nama: str) -> Kolom:
    return Kolom(judul, lambda p: getattr(p.pemohon, nama))


def pilihan(judul: str, nama: str) -> Kolom:
    return Kolom(judul, lambda p: getattr(p.pemohon, f"get_{nama}_display")())


def menunggu(qs: QuerySet) -> QuerySet:
    """In the back office's hands and without a porsi."""
    return qs.filter(status=Status.DIREKAM, porsi__isnull=True)


def siap(qs: QuerySet) -> QuerySet:
    """The SPPH is filled in: the same fields as the step's condition."""
    return qs.exclude(Q(*((f"pemohon__{nama}", "") for nama in SPPH_WAJIB), _connector=Q.OR))


def validasi(sel: str) -> str:
    try:
        return nomor_validasi(sel)
    except ValidationError:
        return ""


def galat_nik(sel: str, nik: str) -> str:
    angka = re.sub(r"[\s.]", "", sel)
    if angka == nik:
        return ""
    if "e+" in angka.lower() or (len(angka) == 16 and angka[:15] == nik[:15]):
        return "NIK pada baris ini dibulatkan Excel. Jadikan kolomnya Teks atau hapus kolomnya, lalu unggah lagi."
    return "NIK pada baris ini bukan NIK jemaah perkara tersebut. Periksa barisnya."


def tercatat(p: Pendaftaran) -> dict[str, Any]:
    if p.porsi is None:
        return {}
    return {"nomor_porsi": p.porsi.nomor, "terbit": p.porsi.terbit, "estimasi": p.porsi.estimasi}


def periksa(baris: Sequence[tuple[Any, Mapping[str, Any]]]) -> dict[int, str]:
    pemilik = pemilik_porsi([nilai["nomor_porsi"] for _, nilai in baris])
    galat = {
        p.pk: " ".join(
            galat_porsi(
                JawabanPorsi(nilai["nomor_porsi"], nilai["terbit"], nilai.get("estimasi")), p.pemohon_id, pemilik
            ).values()
        )
        for p, nilai in baris
    }
    return {pk: kalimat for pk, kalimat in galat.items() if kalimat}


def data(langkah: str, nilai: Mapping[str, Any], bukti: BerkasTersimpan) -> dict[str, Any]:
    return {**nilai, "bukti": bukti} if langkah == "catat_porsi" else {}


NOMOR_PORSI = Isian(
    "nomor_porsi", "Nomor porsi", nomor_porsi, ("no porsi", "porsi", "nomor porsi haji"), unik=True
)  # fmt: skip
TERBIT = Isian(
    "terbit", "Tanggal terbit", tanggal_lewat,
    ("tgl terbit", "tanggal terbit porsi", "tanggal porsi", "tgl porsi", "tanggal daftar siskohat"),
)  # fmt: skip
ESTIMASI = Isian(
    "estimasi", "Perkiraan berangkat (tahun)", tahun,
    ("estimasi berangkat", "perkiraan berangkat", "tahun berangkat", "estimasi keberangkatan"), wajib=False,
)  # fmt: skip
VALIDASI = Kunci("nomor_validasi", "Nomor validasi", "setoran__nomor_validasi", validasi, ("no validasi", "validasi"))

daftarkan(
    Pertukaran(
        kode="pendaftaran",
        layanan="pendaftaran",
        judul="Data pendaftar untuk nomor porsi",
        langkah=("rekam_data", "catat_porsi"),
        menunggu=menunggu,
        siap=siap,
        belum_siap="SPPH-nya belum lengkap",
        hubungan=("setoran", "rekening"),
        keluar=(
            Kolom("Nomor validasi", lambda p: p.setoran.nomor_validasi),
            Kolom("Bank", lambda p: p.setoran.bank),
            Kolom("Jumlah setoran", lambda p: int(p.setoran.jumlah)),
            Kolom("Tanggal setoran", lambda p: p.setoran.tanggal),
            Kolom("Nomor rekening", lambda p: p.rekening.nomor),
            Kolom("Rekening atas nama", lambda p: p.rekening.atas_nama),
            orang("NIK", "nik"),
            orang("Nama lengkap", "nama"),
            orang("Nama ayah", "nama_ayah"),
            orang("Tempat lahir", "tempat_lahir"),
            orang("Tanggal lahir", "tanggal_lahir"),
            pilihan("Jenis kelamin", "jenis_kelamin"),
            pilihan("Agama", "agama"),
            orang("Kewarganegaraan", "kewarganegaraan"),
            orang("Alamat KTP", "alamat"),
            orang("Desa/kelurahan", "kelurahan"),
            orang("Kecamatan", "kecamatan"),
            orang("Kabupaten/kota", "kabupaten"),
            orang("Provinsi", "provinsi"),
            orang("Kode pos", "kode_pos"),
            orang("Alamat tinggal", "alamat_tinggal"),
            orang("Nomor ponsel", "telepon"),
            orang("Telepon rumah", "telepon_rumah"),
            orang("Surel", "email"),
            orang("Pendidikan", "pendidikan"),
            orang("Pekerjaan", "pekerjaan"),
            pilihan("Status perkawinan", "status_kawin"),
            orang("Golongan darah", "golongan_darah"),
            orang("Rambut", "rambut"),
            orang("Alis", "alis"),
            orang("Hidung", "hidung"),
            orang("Wajah", "wajah"),
            orang("Tinggi (cm)", "tinggi_cm"),
            orang("Berat (kg)", "berat_kg"),
            Kolom("Pernah berhaji", lambda p: p.get_status_haji_display()),
            Kolom("Tanggal haji terakhir", lambda p: p.haji_terakhir),
        ),
        masuk=(NOMOR_PORSI, TERBIT, ESTIMASI),
        kunci=(VALIDASI,),
        cocok=(Cocok("nik", "NIK", lambda p: p.pemohon.nik, galat_nik, ("no ktp", "nomor induk kependudukan")),),
        tercatat=tercatat,
        periksa=periksa,
        data=data,
    )
)
