"""The licence: looked at when the letter is drawn and again at the signature; what happens without one."""

import datetime

import pytest
import time_machine
from django.utils import timezone

from haji_portal.alur.galat import Tertutup
from haji_portal.kabar.models import Pesan
from haji_portal.surat.terbit import dokumen_pdf
from rekomendasi import contoh
from rekomendasi.models import SkPenyelenggara
from tests.pengaktifan.jalan import kerjakan_efek

from .jalan import buka_contoh, lakukan, sampai, segar

pytestmark = pytest.mark.django_db


def hari(selisih: int) -> datetime.date:
    return timezone.localdate() + datetime.timedelta(days=selisih)


def test_berlaku_sampai_akhir_harinya(acuan):
    travel = contoh.penyelenggara_contoh(sisa_hari=0)
    assert travel.sk_berlaku(hari(0)) is not None and travel.sk_berlaku(hari(1)) is None
    sk = travel.sk_terbaru()
    sk.dicabut = hari(-1)
    sk.save()
    assert travel.sk_berlaku(hari(0)) is None and sk.keadaan(hari(0)).startswith("dicabut")


def test_tanpa_sk_surat_tidak_dibuat_dan_kalimatnya_menyebut_sebab(pelaksana):
    travel = contoh.penyelenggara_contoh(ke=5, sisa_hari=-3)
    p = sampai(pelaksana, buka_contoh(penyelenggara=travel), "diverifikasi")
    p = lakukan(pelaksana, p, "verifikasi")
    with pytest.raises(Tertutup, match="tidak berlaku hari ini: habis"):
        lakukan(pelaksana, p, "buat_surat")
    SkPenyelenggara.objects.create(penyelenggara=travel, nomor="BARU", tanggal=hari(-1), berlaku_sampai=hari(365))
    p = lakukan(pelaksana, p, "buat_surat")
    assert (p.tahap, p.sk.nomor) == ("menunggu_ttd", "BARU")


def test_habis_di_antara_surat_dan_tanda_tangan(pelaksana):
    p = sampai(pelaksana, buka_contoh(penyelenggara=contoh.penyelenggara_contoh(ke=6, sisa_hari=1)), "menunggu_ttd")
    with time_machine.travel(timezone.now() + datetime.timedelta(days=3), tick=False):
        with pytest.raises(Tertutup, match="yang disebut surat ini tidak berlaku"):
            lakukan(pelaksana, p, "tandatangani")
        assert not p.surat.filter(status="ditandatangani").exists()
        p = lakukan(pelaksana, p, "perbaiki_surat")
        assert p.tahap == "diverifikasi"
        p = lakukan(pelaksana, p, "kembalikan_bo")
        assert p.tahap == "siap_dikembalikan" and p.putaran == 3


def test_kembali_lewat_loket_pengambilan_lalu_dilanjutkan(pelaksana):
    travel = contoh.penyelenggara_contoh(ke=7, sisa_hari=-3)
    p = sampai(pelaksana, buka_contoh(penyelenggara=travel), "diverifikasi")
    p = lakukan(pelaksana, p, "kembalikan_bo", alasan="SK PPIU habis sejak tiga hari yang lalu.")
    assert b"%PDF" in dokumen_pdf(p, "catatan_pengembalian")[:8]
    assert p.catatan_umum() == ["Alasan: SK PPIU habis sejak tiga hari yang lalu."]
    p = lakukan(pelaksana, lakukan(pelaksana, p, "panggil_kembali"), "serahkan_catatan")
    assert p.tahap == "menunggu_sk" and p.penerima == p.pemohon.nama
    assert p.giliran.filter(pihak="pemohon").exists()
    SkPenyelenggara.objects.create(penyelenggara=travel, nomor="BARU", tanggal=hari(-1), berlaku_sampai=hari(365))
    p = lakukan(pelaksana, p, "lanjutkan")
    assert (p.tahap, p.catatan_kembali, p.penerima) == ("diperiksa", "", "")
    p = sampai(pelaksana, p, "selesai")
    assert p.kunci_dipegang.count() == 0


def test_tidak_diproses_melepas_orang_orangnya(pelaksana):
    travel = contoh.penyelenggara_contoh(ke=8, sisa_hari=-3)
    p = sampai(pelaksana, buka_contoh(penyelenggara=travel), "diverifikasi")
    for nama in ("kembalikan_bo", "serahkan_catatan", "tutup"):
        p = lakukan(pelaksana, p, nama)
    assert p.tahap == "tidak_diproses" and p.ditutup and not p.kunci_dipegang.exists()
    assert buka_contoh().tahap == "diperiksa", "the same people may apply again"


def test_kabar_menyebut_alasan_dan_tidak_menyebut_nik(pelaksana):
    travel = contoh.penyelenggara_contoh(ke=9, sisa_hari=-3)
    p = buka_contoh(penyelenggara=travel)
    p.pemohon.email = "pemohon@contoh.example"
    p.pemohon.save()
    p = lakukan(pelaksana, sampai(pelaksana, p, "diverifikasi"), "kembalikan_bo", alasan="SK PPIU sudah habis.")
    kerjakan_efek()
    isi = [m.isi for m in Pesan.objects.filter(perkara=p.pk, saluran="email")]
    assert any("SK PPIU sudah habis." in teks for teks in isi)
    assert not any(o.nik in teks for teks in isi for o in segar(p).daftar_peserta())
