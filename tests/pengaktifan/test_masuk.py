"""The intake: only a porsi that is batal, with its cancellation; what is still open lets go and is taken up again."""

import pytest
from django.test import Client

from haji_portal.akun.models import Pengguna
from haji_portal.alur.models import Perkara
from haji_portal.dana.models import Posting
from pengaktifan.masuk import FormPengaktifan
from pengaktifan.models import Pengaktifan
from tests.pembatalan.jalan import petugas

from .jalan import KS, batal, kantor, kerjakan_efek, lakukan, sampai, segar

pytestmark = pytest.mark.django_db
KRONOLOGI = "Pada 2 November 2026 porsi ini batal karena salah ketik nomor porsi jemaah lain."


def form(p, slug=KS, **ganti):
    isi = {
        "nomor_porsi": p.porsi.nomor, "nama_jemaah": p.pemohon.nama, "sebab": "salah-entri", "kronologi": KRONOLOGI,
        "pelapor": "jemaah", "saluran": "loket", "kunjungan": "",
    }  # fmt: skip
    return FormPengaktifan(isi | ganti, kantor=kantor(slug))


def buka(p, **ganti):
    satu = form(p, **ganti)
    assert satu.is_valid(), satu.errors
    return segar(satu.buka(petugas(f"ptsp.{KS}")).perkara)


@pytest.fixture
def dibatalkan(pelaksana):
    return batal(pelaksana, 3)


def test_pembatalan_terbuka_dilepas_dan_dilanjutkan_bila_dicabut(pelaksana, dibatalkan, masuk):
    p = buka(dibatalkan)
    assert segar(dibatalkan).tahap == "dialihkan" and p.perkara_batal_id == dibatalkan.pk
    assert p.kunci_dipegang.filter(jenis="porsi").exists() and not dibatalkan.kunci_dipegang.exists()
    assert {b.kode for b in p.butir.all()} >= {"rekening-koran", "berita-acara"}
    assert not p.butir.filter(kode="bukti-setor-kembali").exists()
    lakukan(pelaksana, p, "cabut")
    kerjakan_efek()
    assert segar(dibatalkan).tahap == "dibatalkan" and dibatalkan.kunci_dipegang.count() == 2
    hidup = [t.judul for t in masuk("kepala.kepulauan-seribu").get(f"/porsi/{p.porsi_id}/").context["titik"]]
    letak = [hidup.index(f"Pembatalan porsi haji {satu}") for satu in ("dibuka", "berhenti", "dilanjutkan")]
    assert letak == sorted(letak, reverse=True), hidup
    lanjut = lakukan_batal(pelaksana, dibatalkan, "jurnalkan")
    assert lanjut.tahap == "dijurnal"


def lakukan_batal(pelaksana, p, nama):
    return segar(pelaksana.lakukan(segar(p), nama, {}).perkara)


def test_pembatalan_dalam_jurnal_yang_masih_disusun_keluar_dari_jurnal(pelaksana, dibatalkan):
    lakukan_batal(pelaksana, dibatalkan, "jurnalkan")
    buka(dibatalkan)
    assert segar(dibatalkan).dalam_jurnal is None


def test_aktif_kembali_tidak_melanjutkan_pembatalan(pelaksana, dibatalkan):
    p = buka(dibatalkan)
    p = sampai(pelaksana, p, "selesai")
    kerjakan_efek()
    assert segar(dibatalkan).tahap == "dialihkan" and segar(p).porsi.status == "aktif"
    assert not Posting.objects.filter(jenis="kembali").exists()


def test_uang_dalam_perjalanan_ditunggu(pelaksana):
    p = batal(pelaksana, 5, sampai_tahap="diajukan")
    salah = form(p)
    assert not salah.is_valid()
    assert "sedang dikembalikan" in str(salah.errors)
    assert segar(p).tahap == "diajukan"


@pytest.mark.parametrize(
    ("ganti", "kalimat"),
    [
        ({"nama_jemaah": "Orang Lain Sekali"}, "berbeda dari pemilik"),
        ({"nomor_porsi": "2999999999"}, "tidak tercatat pada kantor ini"),
        ({"pelapor": "lain"}, "Lengkapi nama pelapor"),
        ({"sebab": "putusan-pengadilan"}, "nomor dan tanggal putusan"),
        ({"sebab": "sepihak", "pelapor": "kantor"}, "bukan kantor"),
        ({"kronologi": "salah"}, "berurutan"),
    ],
)
def test_isian_ditolak_dengan_kalimat(dibatalkan, ganti, kalimat):
    salah = form(dibatalkan, **ganti)
    assert not salah.is_valid()
    assert kalimat in str(salah.errors)
    assert segar(dibatalkan).tahap == "dibatalkan" and not Pengaktifan.objects.exists()


def test_porsi_aktif_dan_porsi_kantor_lain(pelaksana, dibatalkan):
    asing = form(dibatalkan, slug="lombok-timur")
    assert not asing.is_valid() and "tidak tercatat pada kantor ini" in str(asing.errors)
    p = buka(dibatalkan)
    dibatalkan.porsi.status = "aktif"
    dibatalkan.porsi.save(update_fields=["status"])
    ulang = form(dibatalkan)
    assert not ulang.is_valid() and "tidak batal" in str(ulang.errors)
    assert Perkara.objects.filter(pk=p.pk).exists()


@pytest.mark.parametrize("akun", ["jfu.tanah-bumbu", "ptsp.tanah-bumbu"])
def test_kantor_tanpa_sop_mengatakannya(acuan, akun):
    klien = Client()
    klien.force_login(Pengguna.objects.get(username=akun))
    for alamat, status in (("/pengaktifan/baru/", 403), ("/pengaktifan/", 200)):
        jawab = klien.get(alamat)
        assert jawab.status_code == status
        assert "belum mempunyai SOP untuk layanan ini" in jawab.text
    assert 'href="/pengaktifan/baru/"' not in klien.get("/kerja/").text
