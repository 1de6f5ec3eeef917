"""Where a case stands in its table: order of facts and gates, what still counts after a return, whose row it is."""

import datetime

import pytest

from haji_portal.akun.models import Kantor, Peran
from haji_portal.alur.deklarasi import cari_langkah
from haji_portal.alur.jalankan import alasan_tertutup
from haji_portal.alur.models import SOP
from haji_portal.alur.posisi import (
    baris_langkah,
    baris_status,
    berlaku_di,
    gerbang_lebih_dulu,
    kurang_sebelum,
    langkah_berikut,
    langkah_di_sini,
    peta_pelaksana,
    sudah_dilakukan,
    urutan,
)
from pembatalan.models import Jurnal
from pendaftaran import contoh
from pendaftaran.models import Pendaftaran
from tests.kontrak.potret import segar


def buka(slug="lombok-timur", urut=1):
    return segar(contoh.buka_contoh(Kantor.objects.get(slug=slug), urut).perkara)


def lk(nama, sumber=None):
    return next(x for x in cari_langkah(Pendaftaran, nama) if sumber in (None, x.sumber))


def sampai(pelaksana, perkara, nama):
    while langkah_berikut(perkara).nama != nama:
        berikut = langkah_berikut(perkara).nama
        perkara = segar(pelaksana.lakukan(perkara, berikut, contoh.isian(perkara, berikut)).perkara)
    return perkara


def test_urutan_tercetak(acuan):
    sop = SOP.untuk("pendaftaran", "lombok-timur")
    assert urutan(Pendaftaran(sop=sop)) == [
        "ajukan", "periksa_berkas", "nyatakan_lengkap", "isi_spph", "rekam_data", "ambil_foto", "catat_porsi",
        "verifikasi", "tandatangani", "cetak_sph", "pindai_berkas", "serahkan_ke_loket", "serahkan",
    ]  # fmt: skip
    assert [b.no for b in baris_status(sop, "direkam")] == ["4"]
    tanah_bumbu = SOP.untuk("pendaftaran", "tanah-bumbu")
    assert [b.no for b in baris_status(tanah_bumbu, "direkam")] == ["2", "3", "4"]


def test_langkah_berikut_mengikuti_naskah(pelaksana):
    """The foto stands before the signature everywhere here; printing only in Lombok Timur, scanning in two."""
    harus = {"lombok-timur": "cetak_sph", "tanah-bumbu": "pindai_berkas", "palu": "serahkan"}
    for urut, (slug, sesudah) in enumerate(harus.items(), start=1):
        perkara = sampai(pelaksana, buka(slug, urut), "tandatangani")
        perkara = segar(pelaksana.lakukan(perkara, "tandatangani").perkara)
        assert langkah_berikut(perkara).nama == sesudah, slug


def test_langkah_yang_tidak_ada_dalam_tabel(acuan):
    lombok, palu = (Pendaftaran(sop=SOP.untuk("pendaftaran", slug)) for slug in ("lombok-timur", "palu"))
    assert not berlaku_di(lombok, lk("unggah_arsip")) and not berlaku_di(palu, lk("cetak_sph"))
    assert berlaku_di(lombok, lk("tolak")), "a branch belongs to every office"


def test_tanpa_tabel_berlaku_urutan_deklarasi():
    """A case beside the services follows its machine from top to bottom; branches stay branches."""
    jurnal = Jurnal(macam="porsi")
    assert jurnal.sop is None and urutan(jurnal) == ["ajukan", "tandatangani"]
    assert [lk.nama for lk in langkah_di_sini(Jurnal(status="diajukan", tahap="diajukan"))] == [
        "kembalikan", "tandatangani",
    ]  # fmt: skip
    assert baris_status(None, "disusun") == [] and baris_langkah(None, "ajukan") is None


def test_gerbang_menunggu_fakta_sebelumnya(pelaksana):
    perkara = sampai(pelaksana, buka(), "isi_spph")
    assert kurang_sebelum(perkara, lk("verifikasi")) == [
        "Isi SPPH", "Rekam data di Siskohat", "Ambil foto", "Catat nomor porsi",
    ]  # fmt: skip
    assert kurang_sebelum(perkara, lk("tolak", "direkam")) == [], "a branch waits for nothing"
    perkara = sampai(pelaksana, perkara, "catat_porsi")
    assert kurang_sebelum(perkara, lk("verifikasi")) == ["Catat nomor porsi"]


def test_loket_didahului_penerusan_hanya_di_lombok_timur(pelaksana):
    serahkan = lk("serahkan", "ditandatangani")
    perkara = sampai(pelaksana, buka(), "cetak_sph")
    assert gerbang_lebih_dulu(perkara, serahkan) == "Teruskan SPH ke loket"
    assert alasan_tertutup(perkara, serahkan) == ["SOP kantor ini mendahulukan “Teruskan SPH ke loket”."]


def test_fakta_bertahan_gerbang_tidak_sesudah_pengembalian(pelaksana):
    """After the official sends it back, photo and data stand; the desk's verification must be given anew."""
    perkara = sampai(pelaksana, buka(), "tandatangani")
    perkara = segar(pelaksana.lakukan(perkara, "perbaiki", {"alasan": "Nama ayah keliru."}).perkara)
    sudah = sudah_dilakukan(perkara)
    assert {"isi_spph", "rekam_data", "ambil_foto", "catat_porsi"} <= sudah and "verifikasi" not in sudah
    assert langkah_berikut(perkara).nama == "verifikasi"
    assert alasan_tertutup(perkara, lk("rekam_data")) == ["Sudah dilakukan."]
    assert alasan_tertutup(perkara, lk("ambil_foto")) == [], "a photo may be taken again"


def test_semua_peran_tercetak_dikenal():
    assert set().union(*peta_pelaksana().values()) - set(Peran.values) == {"pemohon"}


@pytest.mark.parametrize("hari", ["2022-04-01", "2026-11-02"])
def test_sop_kantor_mendahului_nasional(acuan, hari):
    pada = datetime.date.fromisoformat(hari)
    assert SOP.untuk("pendaftaran", "lombok-timur", pada=pada).kode == "pendaftaran/lombok-timur"
    assert SOP.untuk("pendaftaran", "palu", pada=pada).kode == "pendaftaran/nasional"


def test_sop_belum_berlaku_jatuh_ke_nasional(acuan):
    assert SOP.untuk("pendaftaran", "lombok-timur", pada=datetime.date(2022, 3, 31)).kode == "pendaftaran/nasional"
    with pytest.raises(SOP.DoesNotExist, match="Belum ada SOP"):
        SOP.untuk("pengaktifan", "palu", varian="sepihak")
