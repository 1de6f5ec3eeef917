"""May it happen now, and if not, why? Every rule carries its citation into the sentence."""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError

from haji_portal.alur.deklarasi import syarat
from haji_portal.alur.models import Aturan
from haji_portal.alur.posisi import sudah_dilakukan
from haji_portal.alur.tampil_waktu import tanggal
from haji_portal.berkas.daftar import berkas_lengkap as semua_ada
from haji_portal.berkas.daftar import kekurangan
from haji_portal.berkas.models import ButirBerkas, Lampiran
from haji_portal.jemaah.models import Agama, Jemaah, Porsi

if TYPE_CHECKING:
    from .models import Pendaftaran

# The three photos of 244/2021 D.5, in the order in which they are shown beside each other.
FOTO_PEMBANDING = ("foto-diri", "foto-ktp", "foto-diri-dengan-ktp")
SPPH_WAJIB = ("nama_ayah", "pendidikan", "pekerjaan", "status_kawin", "kelurahan", "kecamatan")


def tambah_tahun(hari: datetime.date, tahun: int) -> datetime.date:
    """The same day `tahun` years later; 29 February becomes 1 March in a common year, and 9999 is the last year."""
    if hari.year + tahun > datetime.MAXYEAR:
        return datetime.date.max
    try:
        return hari.replace(year=hari.year + tahun)
    except ValueError:
        return datetime.date(hari.year + tahun, 3, 1)


def boleh_mendaftar_sejak(lahir: datetime.date, pada: datetime.date) -> datetime.date:
    """The first day on which the minimum age of that date is reached."""
    return tambah_tahun(lahir, int(Aturan.pada("usia-minimal", pada).nilai))


def sama_nama(a: str, b: str) -> bool:
    """Bank and KTP write one name differently in case and spaces, not in letters."""
    return " ".join(a.casefold().split()) == " ".join(b.casefold().split())


WILAYAH = re.compile(
    r"(?:(kabupaten|kab|kota)\b\.?\s*)?(?:(?:administrasi|adm)\b\.?\s*)?(.*)", re.IGNORECASE | re.DOTALL
)


def wilayah(teks: str) -> tuple[str, str]:
    """Kind ("kab", "kota" or "" when nobody wrote it) and own name of a district.

    KTP, bank and people write `Kab.`, `Kabupaten`, `Kota Adm.` or nothing before the name; Kotabaru is a name.
    """
    cocok = WILAYAH.fullmatch(teks.strip())
    jenis, nama = cocok.groups() if cocok else ("", teks)
    return {"kabupaten": "kab"}.get((jenis or "").lower(), (jenis or "").lower()), nama


def domisili_di(jemaah: Jemaah, kabupaten: str) -> bool:
    """Kota Bima and Kabupaten Bima are neighbours, not one district; without the kind the name decides."""
    (jenis_ktp, ktp), (jenis_kantor, kantor) = wilayah(jemaah.kabupaten), wilayah(kabupaten)
    return sama_nama(ktp, kantor) and (jenis_ktp == jenis_kantor or not (jenis_ktp and jenis_kantor))


def _kalimat_berkas(p: Pendaftaran) -> str:
    nama = ", ".join(b.nama for b in kekurangan(p))
    return f"Berkas belum lengkap: {nama}. Permohonan yang belum lengkap tidak diproses."


@syarat(_kalimat_berkas)
def berkas_lengkap(p: Pendaftaran) -> bool:
    return semua_ada(p)


@syarat("Belum ada berkas yang ditandai kurang atau tidak ada; tandai dulu pada daftar berkas.")
def ada_kekurangan(p: Pendaftaran) -> bool:
    return p.butir.filter(verdict__in=["kurang", "tidak"]).exists()


def _kalimat_usia(p: Pendaftaran) -> str:
    aturan = Aturan.pada("usia-minimal", p.tanggal_daftar)
    sejak = tanggal(boleh_mendaftar_sejak(p.pemohon.tanggal_lahir, p.tanggal_daftar))
    return f"Usia paling rendah {aturan.nilai} tahun saat mendaftar ({aturan.sumber}); dapat mendaftar mulai {sejak}."


@syarat(_kalimat_usia)
def usia_cukup(p: Pendaftaran) -> bool:
    return boleh_mendaftar_sejak(p.pemohon.tanggal_lahir, p.tanggal_daftar) <= p.tanggal_daftar


@syarat("Pendaftar haji harus beragama Islam (Kepdirjen PHU 244/2021 B.1).")
def beragama_islam(p: Pendaftaran) -> bool:
    return p.pemohon.agama == Agama.ISLAM


@syarat(
    lambda p: (
        f"KTP pendaftar beralamat di {p.pemohon.kabupaten}; pendaftaran dilakukan di kantor sesuai domisili "
        "(Kepdirjen PHU 244/2021 A.3)."
    )
)
def domisili_sesuai(p: Pendaftaran) -> bool:
    return domisili_di(p.pemohon, p.kantor.kabupaten)


@syarat("Pendaftar masih berstatus daftar tunggu dengan porsi yang aktif (Kepdirjen PHU 244/2021 A.5.a).")
def bukan_daftar_tunggu(p: Pendaftaran) -> bool:
    if p.pengecualian:
        return True
    return (
        not Porsi.objects.filter(jemaah_id=p.pemohon.pk, status=Porsi.Status.AKTIF).exclude(pk=p.porsi_id or 0).exists()
    )


def _kalimat_jeda(p: Pendaftaran) -> str:
    aturan = Aturan.pada("jeda-haji-tahun", p.tanggal_daftar)
    if p.haji_terakhir is None:
        return f"Isi tanggal haji terakhir; jaraknya paling singkat {aturan.nilai} tahun ({aturan.sumber})."
    sejak = tanggal(tambah_tahun(p.haji_terakhir, int(aturan.nilai)))
    return f"Haji terakhir belum {aturan.nilai} tahun lalu ({aturan.sumber}); dapat mendaftar lagi mulai {sejak}."


@syarat(_kalimat_jeda)
def jeda_haji_cukup(p: Pendaftaran) -> bool:
    if p.status_haji == "belum" or p.pengecualian:
        return True
    tahun = int(Aturan.pada("jeda-haji-tahun", p.tanggal_daftar).nilai)
    return p.haji_terakhir is not None and tambah_tahun(p.haji_terakhir, tahun) <= p.tanggal_daftar


def _kalimat_hadir(p: Pendaftaran) -> str:
    if p.elektronik:
        return "Foto diri, foto KTP, dan foto diri bersama KTP belum dibandingkan (Kepdirjen PHU 244/2021 A.8 dan D.5)."
    return "Pendaftar wajib hadir sendiri untuk pengambilan foto (Kepdirjen PHU 244/2021 A.8)."


@syarat(_kalimat_hadir)
def hadir_sendiri(p: Pendaftaran) -> bool:
    return p.hadir_sendiri


@syarat("Rekening di bank penerima setoran harus atas nama pendaftar sendiri (Kepdirjen PHU 244/2021 B.6).")
def rekening_sendiri(p: Pendaftaran) -> bool:
    return p.rekening.jemaah_id == p.pemohon_id and sama_nama(p.rekening.atas_nama, p.pemohon.nama)


ATURAN_PENDAFTAR = [
    usia_cukup,
    beragama_islam,
    domisili_sesuai,
    bukan_daftar_tunggu,
    jeda_haji_cukup,
    hadir_sendiri,
    rekening_sendiri,
]


def foto_pembanding(p: Pendaftaran) -> dict[str, Lampiran]:
    """The newest picture of each of the three photos, by the code of its line; a PDF is no picture."""
    if p.pk is None:
        return {}  # described for the API, without a database
    rows = Lampiran.objects.terkini().filter(perkara=p.pk, butir__kode__in=FOTO_PEMBANDING, mime="image/jpeg")
    return {f.butir.kode: f for f in rows.select_related("butir") if f.butir}


@syarat("Foto diri, foto KTP, dan foto diri bersama KTP harus ada sebagai gambar; unggah pada daftar berkas.")
def foto_pembanding_ada(p: Pendaftaran) -> bool:
    return len(foto_pembanding(p)) == len(FOTO_PEMBANDING)


def butir_kembali(p: Pendaftaran) -> list[ButirBerkas]:
    """The lines that a return reopened for the applicant: those found short or missing, in printed order."""
    return list(p.butir.filter(verdict__in=["kurang", "tidak"]).order_by("urut", "kode"))


def periksa_perbaikan(butir: list[ButirBerkas], unggahan: Mapping[str, object]) -> None:
    """Raises ValidationError per line: what was not returned stays as it is, what was returned must come anew."""
    nama = {b.kode: b.nama for b in butir}
    galat = {
        f"unggah_{kode}": "Berkas ini tidak dikembalikan dan tidak perlu diunggah lagi."
        for kode in unggahan
        if kode not in nama
    }
    galat |= {
        f"unggah_{kode}": f"Unggah berkas baru untuk {isi}." for kode, isi in nama.items() if kode not in unggahan
    }
    if galat:
        raise ValidationError(galat)


@syarat("SPPH belum diisi lengkap.")
def spph_terisi(p: Pendaftaran) -> bool:
    return all(getattr(p.pemohon, nama) for nama in SPPH_WAJIB)


@syarat("Data belum direkam di Siskohat.")
def data_direkam(p: Pendaftaran) -> bool:
    return "rekam_data" in sudah_dilakukan(p)


@syarat("Foto jemaah belum diambil; SPH tanpa foto wajib foto ulang (Kepdirjen PHU 244/2021 E.4).")
def foto_ada(p: Pendaftaran) -> bool:
    return p.lampiran.filter(jenis="foto_3x4", diganti_pada__isnull=True).exists()


@syarat("Nomor porsi dari Siskohat belum dicatat.")
def porsi_tercatat(p: Pendaftaran) -> bool:
    return p.porsi_id is not None


@syarat("Nomor porsi sudah terbit; gunakan layanan pembatalan.")
def porsi_belum_tercatat(p: Pendaftaran) -> bool:
    return p.porsi_id is None


@syarat("Hasil pindai berkas belum ada.")
def arsip_ada(p: Pendaftaran) -> bool:
    return p.lampiran.filter(jenis="arsip", diganti_pada__isnull=True).exists()


@syarat("SPH belum ditandatangani.")
def sph_ditandatangani(p: Pendaftaran) -> bool:
    return p.surat.filter(jenis="sph", status="ditandatangani").exists()


@syarat("SPH masih berlaku atau belum ditandatangani; hanya SPH yang dicabut diganti dengan yang baru.")
def sph_dicabut(p: Pendaftaran) -> bool:
    return p.surat.filter(jenis="sph", status="dicabut").exists() and not sph_ditandatangani(p)


@syarat("SPH sudah memuat foto; cetak ulang dari daftar surat.")
def sph_tanpa_foto(p: Pendaftaran) -> bool:
    return not foto_ada(p)
