"""What goes on paper in a transfer: who signs what under which number, what each paper says and keeps to itself."""

from __future__ import annotations

import datetime

import pytest
from django.core import mail
from django.utils import timezone

from haji_portal.alur.efek import sapu
from haji_portal.jemaah.models import Jemaah
from haji_portal.kabar.models import KontakPerkara
from haji_portal.surat.galat import SuratGagal
from haji_portal.surat.jenis import judul_surat
from haji_portal.surat.models import Surat
from haji_portal.surat.periksa import periksa_pdf
from haji_portal.surat.terbit import dokumen_pdf, isi_pdf
from pelimpahan.surat import pernyataan
from pelimpahan.surat_wawancara import alamat_hadir, lampiran_undangan
from tests import ajukan
from tests.pelimpahan.buatan import ASAL, PENERIMA, limpah, sampai, segar
from tests.surat.alat_pdf import info_pdf, teks_pdf

pytestmark = pytest.mark.django_db


def rata(pdf):
    return " ".join(teks_pdf(pdf).split())


def sah(p, jenis):
    return Surat.objects.get(perkara=p.pk, jenis=jenis, status="ditandatangani")


def satu_halaman(pdf):
    return "Pages: 1" in " ".join(info_pdf(pdf).split())


@pytest.fixture
def direkam(pelaksana):
    """Tanah Bumbu, death, two deposits, long names: three letters are signed in one go."""
    return sampai(pelaksana, limpah(urut=4, sebab="wafat"), "direkam")


@pytest.fixture
def terjadwal(pelaksana):
    return sampai(pelaksana, limpah(urut=4, sebab="wafat"), "dijadwalkan")


def test_tiga_surat_kantor_bernomor_dan_muat_satu_halaman(client, direkam):
    p = direkam
    for jenis in ("rekomendasi_limpah", "pengantar_limpah", "permohonan_limpah"):
        surat = sah(p, jenis)
        isi = isi_pdf(surat)
        assert satu_halaman(isi) and periksa_pdf(isi).asli
        teks = client.get(f"/verifikasi/{surat.token}/").content.decode()
        assert surat.nomor in teks and judul_surat(jenis) in teks
        assert ASAL not in teks and PENERIMA not in teks
    assert sah(p, "rekomendasi_limpah").nomor.startswith("B-1/Kk.17.12/Hj.00/")
    assert sah(p, "pengantar_limpah").nomor.startswith("1/Kk.17.12/"), "naskah khusus"


def test_rekomendasi_menyatakan_ketentuan_satu_per_satu(direkam):
    teks = rata(isi_pdf(sah(direkam, "rekomendasi_limpah")))
    assert "245 Tahun 2021" in teks and "huruf B angka 2" in teks
    for angka in (3, 4, 5, 6, 7, 9):
        assert f"(huruf A angka {angka})" in teks
    assert "Setoran awal" in teks and "Setoran lunas" in teks and direkam.rekening.nomor not in teks


def test_rekomendasi_sakit_tidak_bicara_tentang_asrama(pelaksana):
    p = sampai(pelaksana, limpah("kepulauan-seribu", 4, sebab="sakit"), "direkam")
    teks = rata(isi_pdf(sah(p, "rekomendasi_limpah")))
    assert "sakit permanen menurut surat keterangan dokter" in teks and "asrama" not in teks
    pengantar = rata(isi_pdf(sah(p, "pengantar_limpah")))
    assert "permohonan pelimpahan kepada Direktur" not in pengantar, "Kepulauan Seribu writes none"


def test_meninggal_sesudah_pemberangkatan_menurut_angka_delapan(acuan):
    p = limpah(urut=4, sebab="wafat")
    p.masuk_asrama = p.tanggal_meninggal - datetime.timedelta(days=60)
    p.akhir_pemberangkatan = p.tanggal_meninggal - datetime.timedelta(days=1)
    p.save()
    assert any("(huruf A angka 8)" in kalimat for kalimat in pernyataan(p))


def test_pengantar_menyebut_rekomendasi_dan_tempat_telah_diterima(direkam):
    teks = rata(isi_pdf(sah(direkam, "pengantar_limpah")))
    assert "Telah diterima tanggal" in teks and "Banyaknya" in teks and "c.q. Kepala Bidang" in teks
    assert sah(direkam, "rekomendasi_limpah").nomor.replace(" ", "") in teks.replace(" ", "")
    assert "permohonan pelimpahan kepada Direktur" in teks and "ke dalam map" not in teks


def test_permohonan_kepada_direktur_melalui_kanwil(direkam):
    teks = rata(isi_pdf(sah(direkam, "permohonan_limpah")))
    assert "Direktur Pelayanan Haji Dalam Negeri" in teks and "melalui Kepala Kantor Wilayah" in teks
    assert direkam.rekening.nomor in teks and direkam.porsi.nomor in teks and "Tembusan" in teks


def test_undangan_dari_terjadwal_dengan_dokumen_asli(masuk, pelaksana, direkam):
    with pytest.raises(SuratGagal):
        dokumen_pdf(direkam, "undangan_wawancara")
    p = sampai(pelaksana, direkam, "dijadwalkan")
    isi = dokumen_pdf(p, "undangan_wawancara")
    teks = rata(isi)
    hari = p.janji_kini.slot.hari
    assert satu_halaman(isi) and hari.tempat in teks and "WITA" in teks and "tidak dapat diwakilkan" in teks
    assert "KTP ahli waris" in teks and "dilegalisir" not in teks, "the original is brought, not its copy"
    assert p.janji_kini.token in alamat_hadir(p.janji_kini) and p.janji_kini.token not in teks, "in the QR alone"
    assert "Tunggu kabar kami" in teks, "the block is not open yet"
    assert "KANTOR WILAYAH" in teks.split("Yth.")[0], "letterhead of who invites"
    assert p.pemohon.nik not in teks and p.porsi.nomor not in teks
    alamat = f"/surat/{p.nomor}/undangan_wawancara/"
    for siapa in ("jfu.tanah-bumbu", "kanwil.kalsel"):
        assert alamat in masuk(siapa).get(p.get_absolute_url()).content.decode()
        assert masuk(siapa).get(alamat)["Content-Type"] == "application/pdf"
    assert masuk("jfu.lombok-timur").get(alamat).status_code == 404
    p = sampai(pelaksana, p, "menunggu_wawancara")
    assert "Tunggu kabar kami" not in rata(dokumen_pdf(p, "undangan_wawancara"))


def test_penerima_mendapat_undangan_terlampir(pelaksana, terjadwal):
    sampai(pelaksana, terjadwal, "menunggu_wawancara")
    while sapu():
        pass
    surel = [m for m in mail.outbox if m.subject.startswith("Undangan wawancara")]
    assert len(surel) == 1
    assert surel[0].attachments[0][0] == f"Undangan-{terjadwal.nomor}.pdf"
    assert "terlampir" in surel[0].body


def test_berita_acara_sesudah_lulus(masuk, pelaksana, terjadwal):
    alamat = f"/surat/{terjadwal.nomor}/berita_acara_wawancara/"
    assert masuk("kanwil.kalsel").get(alamat).status_code == 302, "back to the case with the sentence why"
    p = sampai(pelaksana, terjadwal, "lulus")
    teks = rata(dokumen_pdf(p, "berita_acara_wawancara"))
    lulus = p.riwayat.get(langkah="luluskan")
    for kata in (lulus.nama, lulus.pengguna.nip, PENERIMA, "Jawaban sesuai dokumen.", "dinyatakan lulus"):
        assert kata in teks
    assert "Identitas penerima sesuai KTP asli" in teks and "Pewawancara," in teks
    assert alamat in masuk("kanwil.kalsel").get(p.get_absolute_url()).content.decode()
    with pytest.raises(SuratGagal):
        lampiran_undangan(p)


def test_sph_dari_kanwil_dikirim_di_akhir(client, pelaksana, terjadwal):
    p = sampai(pelaksana, terjadwal, "selesai")
    surat = sah(p, "sph_limpah")
    isi = isi_pdf(surat)
    teks = rata(isi)
    assert satu_halaman(isi) and surat.nomor.startswith("1/Kw.17/")
    assert "Menerima pelimpahan dari" in teks and ASAL in teks and PENERIMA in teks and p.porsi.nomor in teks
    assert "Pelimpahan" in client.get(f"/verifikasi/{surat.token}/").content.decode()
    while sapu():
        pass
    akhir = next(m for m in mail.outbox if m.subject.endswith("selesai"))
    assert akhir.attachments[0][0] == f"SPH-{p.nomor}.pdf" and akhir.attachments[0][1] == isi


def test_sph_dari_pusat_untuk_penerima_beda_provinsi(pelaksana):
    p = sampai(pelaksana, limpah("kepulauan-seribu", 4, sebab="sakit"), "disetujui")
    Jemaah.objects.filter(pk=p.pemohon_id).update(provinsi="Jawa Timur")
    pelaksana.lakukan(segar(p), "serahkan_pusat", {"alasan": "Penerima tinggal di provinsi lain."})
    p = sampai(pelaksana, segar(p), "dijadwalkan")
    assert "DIREKTORAT JENDERAL" in teks_pdf(dokumen_pdf(p, "undangan_wawancara")).upper().split("YTH.")[0]
    p = sampai(pelaksana, p, "sph_terbit")
    surat = sah(p, "sph_limpah")
    assert surat.kantor.slug == "pusat" and "sakit permanen" in rata(isi_pdf(surat))


def test_penerima_membuka_undangan_dari_cek_sesudah_kode(client, terjadwal):
    p, alamat = terjadwal, "penerima@contoh.example"
    KontakPerkara.objects.create(perkara=p, saluran="email", alamat=alamat, diverifikasi=timezone.now())
    client.post("/cek/", {"nomor": p.nomor, "tanggal_lahir": p.pemohon.tanggal_lahir.isoformat()})
    hasil = client.get("/cek/hasil/").content.decode()
    assert "Lihat surat Anda" in hasil and p.janji_kini.slot.hari.tempat in hasil
    assert client.get("/ajukan/surat/undangan_wawancara/").status_code == 302, "not without a code"
    client.post("/ajukan/surat/")
    client.post("/ajukan/kode/", {"kode": ajukan.kode_terakhir(alamat)})
    assert "Undangan Wawancara" in client.get("/ajukan/surat/").content.decode()
    assert client.get("/ajukan/surat/undangan_wawancara/").content.startswith(b"%PDF")
    assert client.get("/ajukan/surat/sph_limpah/").status_code == 404, "not signed yet"
    assert client.get("/ajukan/surat/berita_acara_wawancara/").status_code == 404, "between officials"
