"""Who takes which step in which office, written out by hand from the SOP tables (rujukan: sop.yaml)."""

import pytest

from haji_portal.akun.models import Kantor
from haji_portal.alur.deklarasi import cari_langkah, mesin
from haji_portal.alur.models import SOP
from haji_portal.alur.posisi import berlaku_di, peran_langkah, peran_pembuka
from pendaftaran.models import Pendaftaran

LOKET, KEDUANYA, JFU = {"ptsp"}, {"ptsp", "jfu"}, {"jfu"}
# Lombok Timur: counter and back office are two desks. The others print one "Petugas"/"Staf Pelaksana/PTSP".
LOMBOK = {
    "periksa_berkas": LOKET, "nyatakan_lengkap": LOKET, "kembalikan": LOKET, "lengkapi": LOKET, "isi_spph": JFU,
    "rekam_data": JFU, "ambil_foto": JFU, "catat_porsi": JFU, "verifikasi": JFU, "cetak_sph": JFU,
    "pindai_berkas": JFU, "serahkan_ke_loket": JFU, "serahkan": LOKET,
}  # fmt: skip
PENANDA = {
    "lombok-timur": {"kasi"}, "tanah-bumbu": {"kepala"}, "kepulauan-seribu": {"kepala"}, "jakarta-selatan": {"kasi"},
    "palu": {"kasi"},
}  # fmt: skip
CABANG = {"tolak": KEDUANYA, "cabut": KEDUANYA, "foto_ulang": KEDUANYA, "terbitkan_ulang": KEDUANYA}
NASIONAL = (set(LOMBOK) - {"cetak_sph", "pindai_berkas", "serahkan_ke_loket"}) | set(CABANG)
BERBEDA = {"tanah-bumbu": NASIONAL | {"pindai_berkas", "unggah_arsip"}}


def _harus(slug):
    penanda = {"tandatangani": PENANDA[slug], "perbaiki": PENANDA[slug]}
    if slug == "lombok-timur":
        return LOMBOK | CABANG | penanda
    return dict.fromkeys(BERBEDA.get(slug, NASIONAL), KEDUANYA) | penanda


def _perkara(slug):
    return Pendaftaran(kantor=Kantor.objects.get(slug=slug), sop=SOP.untuk("pendaftaran", slug))


@pytest.mark.parametrize("slug", PENANDA)
def test_peran_tiap_langkah(acuan, slug):
    perkara = _perkara(slug)
    nyata = {lk.nama: set(peran_langkah(perkara, lk)) for lk in mesin(Pendaftaran) if berlaku_di(perkara, lk)}
    assert nyata == _harus(slug)
    assert set(peran_pembuka(perkara)) == (LOKET if slug == "lombok-timur" else KEDUANYA)


def test_penanda_tangan_adalah_data_kantor(acuan):
    """The same printed row "Kasi, Kepala Kantor": an office that appoints the other one changes who signs."""
    kantor = Kantor.objects.get(slug="lombok-timur")
    kantor.penandatangansurat_set.filter(jenis_surat="sph").update(peran="kepala")
    perkara = _perkara("lombok-timur")
    assert peran_langkah(perkara, cari_langkah(Pendaftaran, "tandatangani")[0]) == {"kepala"}
