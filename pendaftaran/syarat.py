"""May it happen now, and if not, why? Every rule carries its citation into the sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from haji_portal.alur.deklarasi import syarat
from haji_portal.alur.models import Aturan
from haji_portal.alur.posisi import sudah_dilakukan
from haji_portal.alur.tampil_waktu import tanggal
from haji_portal.alur.usia import cukup_usia_sejak, tambah_tahun
from haji_portal.berkas.models import Lampiran
from haji_portal.berkas.syarat import (
    ada_kekurangan,
    arsip_ada,
    berkas_lengkap,
    butir_kembali,
    lampiran_ada,
    periksa_perbaikan,
)
from haji_portal.jemaah.domisili import domisili_di, sama_nama
from haji_portal.jemaah.models import Agama, Porsi

if TYPE_CHECKING:
    from .models import Pendaftaran

__all__ = ["ada_kekurangan", "arsip_ada", "berkas_lengkap", "butir_kembali", "periksa_perbaikan"]

# The three photos of 244/2021 D.5, in the order in which they are shown beside each other.
FOTO_PEMBANDING = ("foto-diri", "foto-ktp", "foto-diri-dengan-ktp")
SPPH_WAJIB = ("nama_ayah", "pendidikan", "pekerjaan", "status_kawin", "kelurahan", "kecamatan")


def _kalimat_usia(p: Pendaftaran) -> str:
    aturan = Aturan.pada("usia-minimal", p.tanggal_daftar)
    sejak = tanggal(cukup_usia_sejak(p.pemohon.tanggal_lahir, p.tanggal_daftar))
    return f"Usia paling rendah {aturan.nilai} tahun saat mendaftar ({aturan.sumber}); dapat mendaftar mulai {sejak}."


@syarat(_kalimat_usia)
def usia_cukup(p: Pendaftaran) -> bool:
    return cukup_usia_sejak(p.pemohon.tanggal_lahir, p.tanggal_daftar) <= p.tanggal_daftar


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


@syarat("SPPH belum diisi lengkap.")
def spph_terisi(p: Pendaftaran) -> bool:
    return all(getattr(p.pemohon, nama) for nama in SPPH_WAJIB)


@syarat("Data belum direkam di Siskohat.")
def data_direkam(p: Pendaftaran) -> bool:
    return "rekam_data" in sudah_dilakukan(p)


@syarat("Setoran ini sudah dibatalkan; nomor validasinya tidak dapat dipakai lagi.")
def setoran_berlaku(p: Pendaftaran) -> bool:
    return p.setoran.dibatalkan is None


@syarat("Foto jemaah belum diambil; SPH tanpa foto wajib foto ulang (Kepdirjen PHU 244/2021 E.4).")
def foto_ada(p: Pendaftaran) -> bool:
    return lampiran_ada(p, "foto_3x4")


@syarat("Nomor porsi dari Siskohat belum dicatat.")
def porsi_tercatat(p: Pendaftaran) -> bool:
    return p.porsi_id is not None


@syarat("Nomor porsi sudah terbit; gunakan layanan pembatalan.")
def porsi_belum_tercatat(p: Pendaftaran) -> bool:
    return p.porsi_id is None


@syarat("SPH belum ditandatangani.")
def sph_ditandatangani(p: Pendaftaran) -> bool:
    return p.surat.filter(jenis="sph", status="ditandatangani").exists()


@syarat("SPH masih berlaku atau belum ditandatangani; hanya SPH yang dicabut diganti dengan yang baru.")
def sph_dicabut(p: Pendaftaran) -> bool:
    return p.surat.filter(jenis="sph", status="dicabut").exists() and not sph_ditandatangani(p)


@syarat("SPH sudah memuat foto; cetak ulang dari daftar surat.")
def sph_tanpa_foto(p: Pendaftaran) -> bool:
    return not foto_ada(p)
