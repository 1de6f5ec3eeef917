"""What 245/2021 demands of a transfer, rule by rule, at its border: one sentence when it is broken, none when kept."""

import datetime

import pytest

from haji_portal.akun.models import Kantor
from haji_portal.alur.deklarasi import cari_langkah, gagal
from haji_portal.alur.galat import Tertutup
from haji_portal.alur.models import Aturan
from haji_portal.alur.usia import lahir_paling_akhir
from haji_portal.jemaah.models import Agama, PeristiwaPorsi, Porsi
from pelimpahan import contoh, syarat
from pelimpahan.models import Pelimpahan
from pelimpahan.tahap import Hubungan, Sebab

from .jalan import HARI, buka, lakukan

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("pelaksana")]


def keberatan(p):
    return gagal(p, syarat.ATURAN)


@pytest.fixture
def wafat():
    return buka(sebab=Sebab.WAFAT)


@pytest.mark.parametrize("sebab", Sebab)
def test_contoh_memenuhi_semua_aturan(sebab):
    assert keberatan(buka(sebab=sebab)) == []


def _lahir(p, geser):
    tahun = int(Aturan.pada("usia-minimal", p.tanggal_permohonan).nilai)
    p.pemohon.tanggal_lahir = lahir_paling_akhir(p.tanggal_permohonan, tahun) + geser * HARI


def _porsi_lain(p, terbit, estimasi=None):
    p.porsi.estimasi = 2030 if estimasi else None
    p.porsi.save()
    Porsi.objects.create(
        nomor="2300000099", jemaah=p.jemaah_asal, kantor=p.kantor, terbit=p.porsi.terbit + terbit * HARI,
        estimasi=estimasi,
    )  # fmt: skip


def _asrama(p, meninggal, akhir=None):
    p.masuk_asrama, p.tanggal_meninggal = p.tanggal_permohonan - 30 * HARI, p.tanggal_permohonan - meninggal * HARI
    p.akhir_pemberangkatan = akhir and p.tanggal_permohonan - akhir * HARI


def _atas_nama(p):
    p.rekening.atas_nama = p.pemohon.nama


def _pernah(p, rujukan):
    PeristiwaPorsi.objects.create(
        porsi=p.porsi, jenis="dilimpahkan", waktu=p.dibuka, rujukan=rujukan, dari=p.jemaah_asal, ke=p.pemohon
    )


BERUBAH = {
    "usia tepat": (lambda p: _lahir(p, 0), ""),
    "kurang sehari": (lambda p: _lahir(p, 1), "A.4"),
    "bukan Islam": (lambda p: setattr(p.pemohon, "agama", Agama.LAIN), "A.4"),
    "hubungan lain": (lambda p: setattr(p, "hubungan", "lain"), "A.3"),
    "saudara": (lambda p: setattr(p, "hubungan", Hubungan.SAUDARA), ""),
    "diri sendiri": (lambda p: setattr(p, "pemohon", p.jemaah_asal) or _atas_nama(p), "jemaah itu sendiri"),
    "sudah dilimpahkan": (lambda p: _pernah(p, "LT-PL-26-LAMA22"), "A.5"),
    "oleh perkara ini": (lambda p: _pernah(p, p.nomor), ""),
    "porsi batal": (lambda p: setattr(p.porsi, "status", "batal"), "tidak aktif"),
    "milik orang lain": (lambda p: setattr(p.porsi, "jemaah", p.pemohon), "bukan milik jemaah"),
    "ada yang lebih lama": (lambda p: _porsi_lain(p, -1), "A.6"),
    "ada yang lebih baru": (lambda p: _porsi_lain(p, 1), ""),
    "berangkat lebih awal": (lambda p: _porsi_lain(p, 1, 2029), "A.6"),
    "berangkat kemudian": (lambda p: _porsi_lain(p, -1, 2031), ""),
    "tanpa tanggal wafat": (lambda p: setattr(p, "tanggal_meninggal", None), "B.2.b"),
    "wafat hari ini": (lambda p: setattr(p, "tanggal_meninggal", p.tanggal_permohonan), ""),
    "wafat besok": (lambda p: setattr(p, "tanggal_meninggal", p.tanggal_permohonan + HARI), "periksa kembali"),
    "wafat saat terbit": (lambda p: setattr(p, "tanggal_meninggal", p.porsi.terbit), ""),
    "wafat sebelum terbit": (lambda p: setattr(p, "tanggal_meninggal", p.porsi.terbit - HARI), "periksa kembali"),
    "wafat hari masuk asrama": (lambda p: _asrama(p, 30), "A.7"),
    "wafat sebelum masuk asrama": (lambda p: _asrama(p, 31), ""),
    "wafat hari terakhir": (lambda p: _asrama(p, 10, 10), "A.7"),
    "wafat sesudah masa": (lambda p: _asrama(p, 9, 10), ""),
    "masa tidak diketahui": (lambda p: _asrama(p, 9), "A.7"),
    "kantor lain": (lambda p: setattr(p.porsi, "kantor", Kantor.objects.get(slug="lombok-timur")), "A.9"),
    "porsi tanpa kantor": (lambda p: setattr(p.porsi, "kantor", None), ""),
    "bank lain": (lambda p: setattr(p.rekening, "bank", "Bank Lain"), "B.1.h"),
    "bank huruf besar": (lambda p: setattr(p.rekening, "bank", p.rekening.bank.upper() + " "), ""),
    "rekening orang lain": (lambda p: setattr(p.rekening, "atas_nama", p.jemaah_asal.nama), "B.1.h"),
}


@pytest.mark.parametrize("keadaan", BERUBAH)
def test_di_batas(wafat, keadaan):
    """`ubah` makes the case stand at the border; `kata`: what the only sentence cites, "" where nothing is broken."""
    ubah, kata = BERUBAH[keadaan]
    ubah(wafat)
    kalimat = keberatan(wafat)
    assert len(kalimat) == bool(kata) and all(kata in satu for satu in kalimat), kalimat


def test_undang_undang_2019(wafat):
    wafat.porsi.terbit = datetime.date(2012, 1, 1)
    for hari, berapa in ((datetime.date(2019, 4, 29), 0), (datetime.date(2019, 4, 28), 1)):
        wafat.tanggal_meninggal = hari
        assert len(keberatan(wafat)) == berapa


def test_kalimat_porsi_terdekat_menyebut_nomornya(wafat):
    _porsi_lain(wafat, -1)
    assert "2300000099" in keberatan(wafat)[0]


@pytest.mark.parametrize(
    "nama", ["nyatakan_lengkap", "teruskan_pengiriman", "kirim_kanwil", "validasi", "luluskan", "terbitkan_sph"]
)
def test_setiap_gerbang_menanyakan_semuanya(nama):
    for langkah in cari_langkah(Pelimpahan, nama):
        assert set(syarat.ATURAN) <= set(langkah.transisi.conditions), nama


def test_gerbang_tertutup_menyebut_sebabnya(pelaksana, wafat):
    p = lakukan(pelaksana, wafat, "periksa_berkas")
    _porsi_lain(p, -1)
    with pytest.raises(Tertutup, match=r"A\.6"):
        lakukan(pelaksana, p, "teruskan_pengiriman")


def test_kasus_sakit_tidak_menanyakan_kematian():
    p = buka(sebab=Sebab.SAKIT)
    assert p.tanggal_meninggal is None and "akta-kematian" not in set(p.butir.values_list("kode", flat=True))
    assert contoh.isian(p, "periksa_berkas")["verdict"].keys() >= {"keterangan-sakit"}
