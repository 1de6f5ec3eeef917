"""A second SPH: without a photo (244/2021 E.4) or withdrawn, the case opens again and a new letter takes its place."""

import pytest

from haji_portal.akun.models import Kantor
from haji_portal.alur.deklarasi import cari_langkah
from haji_portal.alur.galat import SudahAda
from haji_portal.alur.jalankan import alasan_tertutup
from haji_portal.alur.models import Kunci
from haji_portal.alur.posisi import langkah_berikut
from haji_portal.surat.models import NomorSurat
from pendaftaran import contoh
from pendaftaran.models import Pendaftaran
from tests.kontrak.potret import potret, segar
from tests.pendaftaran.tanah import bukakan

pytestmark = pytest.mark.basis


def sampai(pelaksana, perkara, tahap):
    while perkara.tahap != tahap:
        nama = langkah_berikut(perkara).nama
        perkara = segar(pelaksana.lakukan(perkara, nama, contoh.isian(perkara, nama)).perkara)
    return perkara


@pytest.fixture
def selesai(pelaksana):
    """A finished registration in Lombok Timur."""
    perkara = segar(contoh.buka_contoh(Kantor.objects.get(slug="lombok-timur"), 1).perkara)
    return sampai(pelaksana, perkara, "selesai")


def test_sph_berfoto_tidak_difoto_ulang(selesai):
    lk = cari_langkah(Pendaftaran, "foto_ulang")[0]
    assert alasan_tertutup(selesai, lk) == ["SPH sudah memuat foto; cetak ulang dari daftar surat."]


def test_verifikasi_tertutup_tanpa_foto(pelaksana):
    perkara = segar(contoh.buka_contoh(Kantor.objects.get(slug="tanah-bumbu"), 1).perkara)
    perkara = sampai(pelaksana, perkara, "direkam")
    alasan = alasan_tertutup(perkara, cari_langkah(Pendaftaran, "verifikasi")[0])
    assert alasan[0] == "Belum dilakukan: Isi SPPH, Rekam data di Siskohat, Ambil foto, Catat nomor porsi."
    assert "Foto jemaah belum diambil; SPH tanpa foto wajib foto ulang (Kepdirjen PHU 244/2021 E.4)." in alasan


def test_foto_ulang_mengganti_sph(pelaksana, selesai):
    lama, porsi = selesai.surat.get(), selesai.porsi
    bukakan(selesai, "foto_ulang")
    perkara = segar(pelaksana.lakukan(segar(selesai), "foto_ulang", contoh.isian(selesai, "foto_ulang")).perkara)
    assert (perkara.tahap, perkara.ditutup, perkara.putaran) == ("diverifikasi", None, 2)
    assert {k.jenis for k in perkara.kunci_dipegang.all()} == {"nik", "setoran"}
    lama.refresh_from_db()
    assert lama.status == "ditandatangani", "the old letter stays in force until the new one is signed"
    perkara = segar(pelaksana.lakukan(perkara, "tandatangani").perkara)
    lama.refresh_from_db()
    baru = perkara.surat.get(status="ditandatangani")
    assert (lama.status, lama.pengganti) == ("diganti", baru)
    assert lama.nomor != baru.nomor and NomorSurat.objects.filter(status="batal").count() == 0
    perkara = sampai(pelaksana, perkara, "selesai")
    assert perkara.porsi == porsi and not perkara.kunci_dipegang.exists()
    assert list(perkara.tenggat.filter(kode="5").values_list("putaran", "menit")) == [(1, 5), (2, 5)]


def test_foto_ulang_ditolak_selama_perkara_lain_memegang_kunci(pelaksana, selesai):
    """Meanwhile the same deposit went into another open case: the old one cannot come back beside it."""
    bukakan(selesai, "foto_ulang")
    lain = contoh.buka_contoh(selesai.kantor, 2).perkara
    Kunci.objects.create(perkara=lain, jenis="setoran", nilai=str(selesai.setoran_id))
    selesai, sebelum = segar(selesai), potret(selesai)
    data = contoh.isian(selesai, "foto_ulang")
    with pytest.raises(SudahAda, match="permohonan lain yang terbuka"):
        pelaksana.lakukan(selesai, "foto_ulang", data)
    assert potret(selesai) == sebelum


@pytest.mark.parametrize("tahap", ["ditandatangani", "siap_diserahkan", "selesai"])
def test_sph_yang_dicabut_diganti_dengan_yang_baru(pelaksana, tahap):
    perkara = segar(contoh.buka_contoh(Kantor.objects.get(slug="lombok-timur"), 1).perkara)
    perkara = sampai(pelaksana, perkara, tahap)
    lk = next(satu for satu in cari_langkah(Pendaftaran, "terbitkan_ulang") if satu.sumber == tahap)
    assert alasan_tertutup(perkara, lk) != [], "an SPH in force is not replaced without a reason"
    porsi, lama = perkara.porsi, perkara.surat.get()
    bukakan(perkara, "terbitkan_ulang")
    perkara = segar(pelaksana.lakukan(segar(perkara), "terbitkan_ulang").perkara)
    assert (perkara.tahap, perkara.ditutup, perkara.putaran) == ("direkam", None, 2)
    perkara = sampai(pelaksana, perkara, "selesai")
    lama.refresh_from_db()
    baru = perkara.surat.get(status="ditandatangani")
    assert lama.status == "dicabut" and baru.nomor != lama.nomor and perkara.porsi == porsi
    cetak = perkara.riwayat.filter(langkah="cetak_sph").values_list("putaran", flat=True)
    assert 2 in cetak, "the new letter is printed too"
