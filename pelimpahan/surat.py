"""What stands on this service's letters; the paper itself is templates/surat/."""

from __future__ import annotations

from typing import Any

from haji_portal.akun.models import Kantor
from haji_portal.alur.deklarasi import cari_langkah
from haji_portal.alur.kantor import kantor_tunggal
from haji_portal.alur.models import Aturan, Perkara
from haji_portal.alur.posisi import surat_langkah
from haji_portal.alur.tampil_waktu import tanggal
from haji_portal.berkas.models import ButirBerkas
from haji_portal.jemaah.models import Setoran
from haji_portal.kabar.kirim import pelampir
from haji_portal.surat.galat import SuratGagal
from haji_portal.surat.jenis import isi_surat
from haji_portal.surat.models import NomorSurat, Surat
from haji_portal.surat.terbit import isi_pdf

from .models import Pelimpahan
from .tahap import Sebab


def isi_perkara(p: Pelimpahan) -> dict[str, Any]:
    """The facts of a case that every one of its papers draws from; `jumlah` in rupiah."""
    setoran = list(Setoran.objects.filter(porsi=p.porsi_id).order_by("tanggal", "pk"))
    return {
        "asal": p.jemaah_asal,
        "penerima": p.pemohon,
        "porsi": p.porsi,
        "setoran": setoran,
        "jumlah": sum(int(s.jumlah) for s in setoran),
        "rekening": p.rekening,
        "sebab": p.get_sebab_display(),
        "keadaan": "sakit permanen" if p.sebab == Sebab.SAKIT else "meninggal dunia",
        "dasar": "huruf B angka 1" if p.sebab == Sebab.SAKIT else "huruf B angka 2",
        "hubungan": p.get_hubungan_display().lower(),
        "wafat": p.tanggal_meninggal,
        "diajukan": p.tanggal_permohonan,
    }


def berkas_ada(p: Pelimpahan) -> list[ButirBerkas]:
    """The documents that the office has checked and found: what goes along with its letters. The folder is none."""
    return list(p.butir.filter(verdict=ButirBerkas.Verdict.ADA).exclude(kode="map-berkas"))


def nomor_rekomendasi(p: Pelimpahan) -> str:
    """The number reserved for the recommendation, "" on drafts: the letters of one step are numbered in their order."""
    dipakai = NomorSurat.objects.filter(
        surat__perkara=p.pk, surat__jenis="rekomendasi_limpah", status=NomorSurat.Status.DIPAKAI
    )
    return dipakai.order_by("-pk").values_list("nomor", flat=True).first() or ""


def nama_kanwil(p: Pelimpahan) -> str:
    return p.kantor.induk.nama if p.kantor.induk else "Kantor Wilayah"


def kepada_kanwil(p: Pelimpahan) -> list[str]:
    """The addressee of what the Kanwil validates (245/2021 C.3)."""
    return [f"Kepala {nama_kanwil(p)}", "c.q. Kepala Bidang Penyelenggaraan Haji dan Umrah"]


def kepada_direktur(p: Pelimpahan) -> list[str]:
    """The centre, through the Kanwil."""
    pusat = kantor_tunggal(Kantor.Jenis.PUSAT)
    return [
        "Direktur Pelayanan Haji Dalam Negeri", pusat.nama if pusat else "", f"melalui Kepala {nama_kanwil(p)}",
        "di Jakarta",
    ]  # fmt: skip


def pernyataan(p: Pelimpahan) -> list[str]:
    """What the office vouches for, rule by rule (245/2021 A.3 to A.9): the conditions that its steps have checked."""
    usia = Aturan.pada("usia-minimal", p.tanggal_permohonan).nilai
    return [
        f"penerima adalah {p.get_hubungan_display().lower()} jemaah (huruf A angka 3);",
        f"penerima beragama Islam dan pada tanggal pengajuan, {tanggal(p.tanggal_permohonan)}, sudah berusia "
        f"sekurang-kurangnya {usia} tahun (huruf A angka 4);",
        "nomor porsi belum pernah dilimpahkan (huruf A angka 5);",
        "nomor porsi yang dilimpahkan adalah yang pemberangkatannya terdekat (huruf A angka 6);",
        _soal_asrama(p),
        "permohonan diajukan di kantor tempat jemaah mendaftar (huruf A angka 9).",
    ]


def _soal_asrama(p: Pelimpahan) -> str:
    """A.7 and A.8 speak of who died after entering the hostel; of somebody who is ill A.2 and B.1 speak."""
    if p.sebab == Sebab.SAKIT:
        return "jemaah sakit permanen menurut surat keterangan dokter (huruf A angka 2 dan huruf B angka 1 huruf b);"
    if p.tanggal_meninggal is None:
        return "jemaah meninggal dunia sebelum keberangkatan (huruf A angka 3);"
    if p.masuk_asrama is None or p.tanggal_meninggal < p.masuk_asrama:
        return (
            f"jemaah meninggal dunia pada {tanggal(p.tanggal_meninggal)} sebelum masuk asrama haji (huruf A angka 7);"
        )
    return (
        f"jemaah meninggal dunia di tanah air pada {tanggal(p.tanggal_meninggal)}, sesudah masa pemberangkatan "
        "berakhir (huruf A angka 8);"
    )


@isi_surat("rekomendasi_limpah", judul="Surat Rekomendasi Pelimpahan")
def isi_rekomendasi(p: Pelimpahan) -> dict[str, Any]:
    """Tanah Bumbu 4, Kepulauan Seribu 4: the office recommends the transfer after the documents were checked."""
    return isi_perkara(p) | {"pernyataan": pernyataan(p), "tembusan": kepada_kanwil(p)[:1]}


@isi_surat("pengantar_limpah", judul="Surat Pengantar")
def isi_pengantar(p: Pelimpahan) -> dict[str, Any]:
    """What is sent to the Kanwil, how many, and the place where the receiver signs for it."""
    return isi_perkara(p) | {
        "kepada": kepada_kanwil(p), "butir": berkas_ada(p), "rekomendasi": nomor_rekomendasi(p),
        "permohonan": "Surat permohonan pelimpahan kepada Direktur" if "permohonan_limpah" in surat_kantor(p) else "",
    }  # fmt: skip


def surat_kantor(p: Pelimpahan) -> set[str]:
    """The kinds of letters that the office of this case signs, as its SOP says."""
    return set(surat_langkah(p, cari_langkah(Pelimpahan, "tandatangani")[0]))


@isi_surat("permohonan_limpah", judul="Permohonan Pelimpahan Nomor Porsi")
def isi_permohonan(p: Pelimpahan) -> dict[str, Any]:
    """The head asks for the transfer, with the table of porsi, pilgrim, recipient and account."""
    return isi_perkara(p) | {
        "kepada": kepada_direktur(p), "rekomendasi": nomor_rekomendasi(p), "hal": "Permohonan pelimpahan nomor porsi",
        "lampiran": f"{len(berkas_ada(p)) + 1} berkas", "tembusan": kepada_kanwil(p)[:1],
    }  # fmt: skip


@isi_surat("sph_limpah", judul="Surat Pendaftaran Haji Pelimpahan")
def isi_sph(p: Pelimpahan) -> dict[str, Any]:
    """245/2021 C.7: the recipient with the porsi that was passed on; the photo comes from the case's attachments."""
    return isi_perkara(p) | {"kantor_asal": p.kantor}


@pelampir("sph_limpah")
def lampiran_sph(perkara: Perkara) -> tuple[str, bytes]:
    """The signed SPH for the recipient's e-mail."""
    surat = perkara.surat.filter(jenis="sph_limpah", status=Surat.Status.DITANDATANGANI).order_by("-pk").first()
    if surat is None:
        raise SuratGagal("SPH pelimpahan yang ditandatangani tidak ada.")
    return f"SPH-{perkara.nomor}.pdf", isi_pdf(surat)
