"""Who signs, letters that are withdrawn, hands that receive, the number that is called."""

import subprocess

import pytest

from haji_portal.akun.models import Penugasan
from haji_portal.alur.deklarasi import cari_langkah
from haji_portal.alur.pelaku import Petugas
from haji_portal.alur.penutupan import hari_kantor
from haji_portal.alur.posisi import peran_langkah
from haji_portal.ptsp.antrean.panggil import duduk
from haji_portal.ptsp.models import LayananAntrean, Loket, Tiket
from haji_portal.surat.terbit import cabut, isi_pdf
from rekomendasi.models import Rekomendasi

from .jalan import FO, KASI, buka_contoh, kantor, lakukan, sampai, segar

pytestmark = pytest.mark.django_db


def teks_pdf(isi: bytes) -> str:
    return subprocess.run(
        ["pdftotext", "-layout", "-", "-"], input=isi, capture_output=True, check=True
    ).stdout.decode()


def penanda(p) -> frozenset[str]:
    return peran_langkah(p, cari_langkah(Rekomendasi, "tandatangani")[0])


def test_kepala_menandatangani_atau_yang_ditunjuknya(pelaksana):
    p = sampai(pelaksana, buka_contoh(), "diverifikasi")
    p = lakukan(pelaksana, p, "verifikasi")
    assert penanda(p) == {"kepala"}
    p = lakukan(pelaksana, p, "buat_surat", penanda_tangan="kasi")
    assert penanda(p) == {"kasi"}
    p = lakukan(pelaksana, p, "tandatangani")
    surat = p.surat.get(status="ditandatangani")
    assert surat.pengguna.username == KASI
    teks = teks_pdf(isi_pdf(surat))
    assert "a.n. Kepala Kantor" in teks and "B-7001/DJ.II/Hk.00.5/03/2017" in teks
    assert all(o.nik in teks for o in p.daftar_peserta())


def test_surat_yang_dicabut_diganti_dan_kasus_yang_dicabut_mencabut_suratnya(pelaksana):
    p = sampai(pelaksana, buka_contoh(), "selesai")
    cabut(p.surat.get(status="ditandatangani"), "Salah ketik nama.")
    p = lakukan(pelaksana, p, "terbitkan_ulang")
    assert (p.tahap, p.ditutup, p.penerima) == ("diverifikasi", None, "")
    assert p.kunci_dipegang.count() == 2
    p = sampai(pelaksana, p, "siap_diambil")
    p = lakukan(pelaksana, p, "cabut")
    assert p.tahap == "dicabut" and not p.surat.filter(status="ditandatangani").exists()


def test_penyerahan_meminta_tanda_tangan_penerima(pelaksana, masuk):
    p = lakukan(pelaksana, sampai(pelaksana, buka_contoh(), "siap_diambil"), "panggil")
    klien, alamat = masuk(FO), f"/rekomendasi/{p.nomor}/langkah/serahkan/"
    tanpa = klien.post(alamat, {"versi": p.versi, "penerima": "Siti Contoh"})
    assert tanpa.status_code == 422 and "Minta tanda tangan penerima" in tanpa.text
    jawab = klien.post(alamat, {"versi": p.versi, "penerima": "Siti Contoh", "tanda_tangan": "on"})
    p = segar(p)
    assert jawab.status_code == 303 and p.penerima == "Siti Contoh" and p.diserahkan_pada
    assert lakukan(pelaksana, p, "selesaikan").tahap == "selesai"


def test_nomor_antrean_pemohon_dipanggil_lagi_di_loket_pengambilan(pelaksana):
    p = sampai(pelaksana, buka_contoh(), "siap_diambil")
    sini, hari = kantor(), hari_kantor(kantor())
    layanan = LayananAntrean.objects.create(kantor=sini, huruf="R", nama="Rekomendasi", jenis="rekomendasi")
    tiket = Tiket.objects.create(
        kantor=sini, tanggal=hari, layanan=layanan, huruf="R", nomor=7, keadaan="selesai", kunci="uji-1",
        diambil=p.dibuka,
    )  # fmt: skip
    tiket.perkara.add(p.pk)
    tugas = Penugasan.objects.select_related("pengguna", "kantor").get(pengguna__username=FO)
    loket = Loket.objects.create(kantor=sini, nomor=3)
    duduk(loket, oleh=Petugas(tugas.pengguna, tugas))
    lakukan(pelaksana, p, "panggil")
    tiket.refresh_from_db()
    assert (tiket.keadaan, tiket.loket_id) == ("dipanggil", loket.pk)


def test_tanpa_nomor_dan_tanpa_loket_dipanggil_dengan_nama(pelaksana):
    p = lakukan(pelaksana, sampai(pelaksana, buka_contoh(), "siap_diambil"), "panggil")
    assert p.riwayat.filter(langkah="panggil").count() == 1


def test_lima_puluh_orang_dalam_satu_surat(pelaksana):
    p = sampai(pelaksana, buka_contoh(orang=50), "ditandatangani")
    teks = teks_pdf(isi_pdf(p.surat.get(status="ditandatangani")))
    assert all(o.nik in teks for o in p.daftar_peserta()) and p.peserta.count() == 50
