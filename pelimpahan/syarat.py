"""May it happen now, and if not, why? Every rule carries its citation into the sentence."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

from django.utils import timezone

from haji_portal.alur.deklarasi import syarat
from haji_portal.alur.models import Aturan
from haji_portal.alur.tampil_waktu import tanggal
from haji_portal.alur.usia import cukup_usia_sejak
from haji_portal.berkas.models import ButirBerkas
from haji_portal.berkas.syarat import ada_kekurangan, berkas_lengkap, butir_kembali, lampiran_ada, periksa_perbaikan
from haji_portal.jemaah.domisili import sama_nama
from haji_portal.jemaah.models import Agama, PeristiwaPorsi, Porsi
from haji_portal.surat import syarat as surat
from haji_portal.surat.syarat import ada_surat_dicabut

from .kelayakan import Ambang, Berangkat, sampai_mana, terhitung
from .kelayakan_berkas import BUKAN_BERKAS, wajib_bersyarat
from .tahap import KELUARGA, Hubungan, Sebab

if TYPE_CHECKING:
    from .models import Pelimpahan
    from .models.isian import IsianPelimpahan

__all__ = ["ada_kekurangan", "ada_surat_dicabut", "berkas_lengkap", "butir_kembali", "periksa_perbaikan"]


def tandai_wajib(p: IsianPelimpahan, butir: list[ButirBerkas]) -> list[ButirBerkas]:
    """What proves the relation is required as the family was told before; the rest stays on the printed form, and
    what nobody can upload or needs to is not on the list of a case from outside."""
    wajib = wajib_bersyarat(p.hubungan, {satu.kode for satu in butir})
    for satu in butir:
        if wajib.get(satu.kode, satu.wajib) != satu.wajib:
            satu.wajib = not satu.wajib
            satu.save(update_fields=["wajib"])
        if p.saluran == p.Saluran.ELEKTRONIK and (satu.kode in BUKAN_BERKAS or not wajib.get(satu.kode, True)):
            satu.delete()
    return [satu for satu in butir if satu.pk]


def _kalimat_usia(p: Pelimpahan) -> str:
    usia = Aturan.pada("usia-minimal", p.tanggal_permohonan).nilai
    return (
        f"Penerima paling muda {usia} tahun saat pengajuan (Kepdirjen PHU 245/2021 A.4); dapat mengajukan mulai "
        f"{tanggal(cukup_usia_sejak(p.pemohon.tanggal_lahir, p.tanggal_permohonan))}."
    )


@syarat(_kalimat_usia)
def usia_cukup(p: Pelimpahan) -> bool:
    return cukup_usia_sejak(p.pemohon.tanggal_lahir, p.tanggal_permohonan) <= p.tanggal_permohonan


@syarat("Penerima pelimpahan harus beragama Islam (Kepdirjen PHU 245/2021 A.4).")
def beragama_islam(p: Pelimpahan) -> bool:
    return p.pemohon.agama == Agama.ISLAM


@syarat(f"Penerima harus {KELUARGA} (Kepdirjen PHU 245/2021 A.3).")
def hubungan_sah(p: Pelimpahan) -> bool:
    return p.hubungan in Hubungan.values


@syarat("Penerima tidak dapat jemaah itu sendiri.")
def bukan_diri_sendiri(p: Pelimpahan) -> bool:
    return p.pemohon.pk is None or p.pemohon.pk != p.jemaah_asal.pk


@syarat("Nomor porsi hanya dapat dilimpahkan satu kali, dan porsi ini sudah (Kepdirjen PHU 245/2021 A.5).")
def belum_dilimpahkan(p: Pelimpahan) -> bool:
    if p.porsi is None or p.porsi.pk is None:
        return True
    pindah = p.porsi.peristiwa.filter(jenis=PeristiwaPorsi.Jenis.DILIMPAHKAN)
    return not pindah.exclude(rujukan=p.nomor or "-").exists()


@syarat("Nomor porsi ini tidak aktif.")
def porsi_aktif(p: Pelimpahan) -> bool:
    return p.porsi is not None and p.porsi.status == Porsi.Status.AKTIF


@syarat("Nomor porsi ini bukan milik jemaah yang porsinya dilimpahkan.")
def milik_jemaah(p: Pelimpahan) -> bool:
    pemilik = (p.jemaah_asal.pk, p.pemohon.pk) if p.dilimpahkan_pada else (p.jemaah_asal.pk,)
    return p.porsi is not None and p.porsi.jemaah_id in pemilik


def porsi_terdekat(porsi: list[Porsi]) -> Porsi | None:
    """The porsi with the nearest departure: the lowest estimate where every one has it, else the oldest."""
    semua = all(satu.estimasi for satu in porsi)
    return min(porsi, key=lambda s: (s.estimasi if semua else 0, s.terbit, s.pk or 0), default=None)


def _kalimat_terdekat(p: Pelimpahan) -> str:
    terdekat = porsi_terdekat(_porsi_jemaah(p))
    nomor = terdekat.nomor if terdekat else "lain"
    return (
        f"Jemaah mempunyai lebih dari satu porsi: yang dilimpahkan hanya porsi dengan keberangkatan terdekat, yaitu "
        f"{nomor}; yang lain dibatalkan (Kepdirjen PHU 245/2021 A.6)."
    )


def _porsi_jemaah(p: Pelimpahan) -> list[Porsi]:
    """The pilgrim's porsi in the queue, with this one, be it written already or not."""
    lain = Porsi.objects.filter(jemaah=p.jemaah_asal.pk, status=Porsi.Status.AKTIF) if p.jemaah_asal.pk else []
    sini = [p.porsi] if p.porsi is not None else []
    return [*(s for s in lain if s.pk != p.porsi_id), *sini]


@syarat(_kalimat_terdekat)
def satu_porsi(p: Pelimpahan) -> bool:
    return porsi_terdekat(_porsi_jemaah(p)) is p.porsi


@syarat("Isi tanggal meninggal jemaah (Kepdirjen PHU 245/2021 B.2.b).")
def kematian_tercatat(p: Pelimpahan) -> bool:
    return p.sebab != Sebab.WAFAT or p.tanggal_meninggal is not None


@syarat("Tanggal meninggal berada di luar masa antara pendaftaran dan permohonan ini; periksa kembali.")
def kematian_masuk_akal(p: Pelimpahan) -> bool:
    if p.tanggal_meninggal is None:
        return True
    sejak = p.porsi.terbit if p.porsi is not None else datetime.date.min
    return sejak <= p.tanggal_meninggal <= p.tanggal_permohonan


def _kalimat_wafat(p: Pelimpahan) -> str:
    ambang = Ambang.pada(p.tanggal_permohonan)
    sejak = tanggal(ambang.wafat_sejak)
    return f"Porsi jemaah yang meninggal sebelum {sejak} tidak dapat dilimpahkan ({ambang.sumber_wafat})."


@syarat(_kalimat_wafat)
def wafat_sesudah_undang_undang(p: Pelimpahan) -> bool:
    return p.tanggal_meninggal is None or terhitung(p.tanggal_meninggal, Ambang.pada(p.tanggal_permohonan)) is True


@syarat(
    "Jemaah yang meninggal sesudah masuk asrama haji sebelum berangkat: porsinya tidak dapat dilimpahkan, kecuali "
    "meninggal di tanah air sesudah masa pemberangkatan berakhir (Kepdirjen PHU 245/2021 A.7, A.8)."
)
def aturan_asrama(p: Pelimpahan) -> bool:
    sampai = sampai_mana(p.masuk_asrama, p.tanggal_meninggal, p.akhir_pemberangkatan)
    return sampai in (Berangkat.BELUM, Berangkat.MASUK, Berangkat.PULANG)


@syarat("Pelimpahan diajukan di kantor tempat jemaah mendaftar (Kepdirjen PHU 245/2021 A.9).")
def kantor_pendaftaran(p: Pelimpahan) -> bool:
    return p.porsi is None or p.porsi.kantor_id in (None, p.kantor_id)


@syarat("Rekening penerima harus di bank yang sama dengan setoran jemaah (Kepdirjen PHU 245/2021 B.1.h, B.2.h).")
def bank_sama(p: Pelimpahan) -> bool:
    bank = p.bank_mitra()
    return not bank or p.rekening.bank.strip().casefold() == bank.strip().casefold()


@syarat("Rekening harus atas nama penerima (Kepdirjen PHU 245/2021 B.1.h, B.2.h).")
def rekening_penerima(p: Pelimpahan) -> bool:
    return sama_nama(p.rekening.atas_nama, p.pemohon.nama)


ATURAN = [
    usia_cukup, beragama_islam, hubungan_sah, bukan_diri_sendiri, belum_dilimpahkan, porsi_aktif, milik_jemaah,
    satu_porsi, kematian_tercatat, kematian_masuk_akal, wafat_sesudah_undang_undang, aturan_asrama,
    kantor_pendaftaran, bank_sama, rekening_penerima,
]  # fmt: skip
"""What must hold for every transfer, at the counter, before the Kanwil approves and before the porsi passes."""


surat_utuh = surat.surat_utuh("Surat kantor ini dicabut dan belum diganti; pejabat menyusunnya ulang lebih dulu.")


sph_dicabut = surat.tidak_berlaku(
    "sph_limpah", "SPH pelimpahan masih berlaku; hanya SPH yang dicabut diganti dengan yang baru."
)


@syarat("Foto penerima belum diambil (Kepdirjen PHU 245/2021 C.7).")
def foto_ada(p: Pelimpahan) -> bool:
    return lampiran_ada(p, "foto_3x4")


@syarat("Jadwal wawancara belum ada (Kepdirjen PHU 245/2021 C.6).")
def jadwal_ada(p: Pelimpahan) -> bool:
    return p.janji_kini is not None


def _kalimat_hari(p: Pelimpahan) -> str:
    janji = p.janji_kini
    return f"Belum harinya: wawancara ini {tanggal(janji.slot.hari.tanggal)}." if janji else "Belum ada jadwalnya."


@syarat(_kalimat_hari)
def hari_tiba(p: Pelimpahan) -> bool:
    """Nobody came, or stayed away, before the day itself on the organiser's clock."""
    if (janji := p.janji_kini) is None:
        return True
    return janji.slot.hari.tanggal <= timezone.localdate(timezone=janji.slot.hari.kantor.zona_waktu)


@syarat("Penerima berdomisili di provinsi yang sama; wawancaranya di Kantor Wilayah (Kepdirjen PHU 245/2021 E.2).")
def beda_provinsi(p: Pelimpahan) -> bool:
    return p.beda_provinsi


@syarat("Wawancara sudah diserahkan ke Direktorat Jenderal.")
def masih_kanwil(p: Pelimpahan) -> bool:
    return not p.di_pusat


@syarat("Nomor porsi sudah menjadi milik penerima.")
def belum_pindah(p: Pelimpahan) -> bool:
    return p.dilimpahkan_pada is None


@syarat("Blokir nomor porsi sedang terbuka; hentikan lewat langkah yang menutupnya kembali.")
def blokir_tertutup(p: Pelimpahan) -> bool:
    return p.blokir_dibuka_pada is None


@syarat("Blokir nomor porsi tidak terbuka.")
def blokir_terbuka(p: Pelimpahan) -> bool:
    return p.blokir_dibuka_pada is not None
