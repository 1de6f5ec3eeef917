"""BSrE: what is sent, what is believed, and what each failure leaves behind."""

from __future__ import annotations

import io

import pytest
from django.core.cache import cache
from pyhanko.pdf_utils.reader import PdfFileReader

from alat.simulator_bsre import FRASA_DEMO, Orang
from haji_portal.alur.pelaku import Petugas
from haji_portal.surat import bsre as modul
from haji_portal.surat.galat import LayananTtdMenolak, LayananTtdPutus, SandiSalah, SuratBerubah
from haji_portal.surat.klien_bsre import KlienBsre
from haji_portal.surat.models import CaraTtd, IdentitasBsre, NomorSurat, PanggilanBsre, Surat
from haji_portal.surat.periksa import cari_token, periksa_pdf
from haji_portal.surat.simpan import baca_pdf, sidik
from haji_portal.surat.tandatangan import buka_sesi, tandatangani_pdf
from haji_portal.surat.terbit import isi_pdf, sahkan, siapkan
from tests import simulator
from tests.surat.alat_pdf import baca_qr, teks_pdf
from tests.surat.buatan import SANDI, buat_perkara


@pytest.fixture
def layanan(dunia, settings, tmp_path):
    with simulator.bsre(settings, tmp_path / "simulator") as jalan:
        simulator.daftarkan(dunia.kepala)
        yield jalan


@pytest.fixture
def sesi(dunia, layanan):
    return buka_sesi(dunia.kepala, FRASA_DEMO, CaraTtd.BSRE)


@pytest.fixture
def surat(dunia, layanan):
    return siapkan(dunia.perkara, "sph", dunia.tugas)


def terbitkan(dunia, surat, sesi):
    ttd = tandatangani_pdf(surat, dunia.kepala, sesi=sesi)
    return sahkan(surat.pk, surat.hash_pdf, ttd, Petugas(dunia.kepala, dunia.tugas))


def test_surat_bsre_sah_dari_ujung_ke_ujung(dunia, surat, sesi, tmp_path):
    sah = terbitkan(dunia, surat, sesi)
    isi = isi_pdf(sah)
    assert isi.startswith(baca_pdf(sah.kunci_pdf, sah.hash_pdf))
    hasil = periksa_pdf(isi)
    assert (hasil.asli, hasil.cara, hasil.penanda_tangan) == (True, "bsre", dunia.kepala.username), hasil
    assert cari_token(sah.token)["cara_ttd"] == "bsre"
    assert baca_qr(isi, tmp_path) == [f"https://haji.example/verifikasi/{sah.token}/"]
    assert "lewat Balai Sertifikasi Elektronik" in " ".join(teks_pdf(isi).split())
    (tanda,) = PdfFileReader(io.BytesIO(isi)).embedded_signatures
    assert tanda.field_name == "Signature1", "the letter keeps no empty field beside the service's own"


def test_panggilan_tercatat_tanpa_rahasia(dunia, surat, sesi):
    terbitkan(dunia, surat, sesi)
    assert list(PanggilanBsre.objects.values_list("layanan", "hasil")) == [("sign", "selesai"), ("status", "selesai")]


def test_verifikasi_lewat_layanan_untuk_akar_yang_belum_dipasang(dunia, surat, sesi, settings, tmp_path):
    isi = isi_pdf(terbitkan(dunia, surat, sesi))
    assert KlienBsre().periksa(isi) and not KlienBsre().periksa(isi[:-50])
    settings.BSRE_AKAR = ""
    assert "bukan terbitan" in periksa_pdf(isi).kalimat
    settings.BSRE_VERIFIKASI = True
    assert periksa_pdf(isi).asli
    Surat.objects.update(hash_ttd=sidik(b"lain"))
    sebelum = PanggilanBsre.objects.count()
    assert not periksa_pdf(isi).asli
    assert PanggilanBsre.objects.count() == sebelum, "a file that is not on record is sent nowhere"


TOLAKAN = {
    "gangguan": (LayananTtdPutus, "terganggu"),
    "kuota": (LayananTtdMenolak, "Kuota"),
    "tolak": (LayananTtdMenolak, "menolak berkas"),
    "jam": (LayananTtdMenolak, "jam tidak cocok"),
    "kredensial": (LayananTtdMenolak, "akun portal"),
    "kacau": (LayananTtdMenolak, "tanpa alasan"),
    "kosong": (LayananTtdMenolak, "tanpa alasan"),
    "putus": (LayananTtdPutus, "Jawaban BSrE tidak sampai"),
    "putus_awal": (LayananTtdPutus, "Jawaban BSrE tidak sampai"),
    "berkas_lain": (LayananTtdMenolak, "bukan surat ini"),
    "berkas_diubah": (LayananTtdMenolak, "bukan surat ini"),
    "berkas_polos": (LayananTtdMenolak, "bukan surat ini"),
    "berkas_rusak": (LayananTtdMenolak, "Berkas"),
    "cap_besar": (LayananTtdMenolak, "bukan surat ini"),
    "orang_lain": (LayananTtdMenolak, "bukan atas nama Anda"),
    "akar_lain": (LayananTtdMenolak, "bukan terbitan BSrE"),
    "jam_maju": (LayananTtdMenolak, "lebih dari 60 menit dari jam portal"),
}


@pytest.mark.parametrize("mode", TOLAKAN)
def test_yang_gagal_tidak_mencatat_apa_pun_dan_dapat_diulang(dunia, layanan, surat, sesi, mode):
    kelas, kata = TOLAKAN[mode]
    layanan.mode, layanan.kali = mode, 1
    with pytest.raises(kelas) as galat:
        tandatangani_pdf(surat, dunia.kepala, sesi=sesi)
    assert kata in galat.value.kalimat
    surat.refresh_from_db()
    assert (surat.status, surat.hash_ttd) == (Surat.Status.DIBEKUKAN, "")
    assert cache.get(f"surat-frasa-bsre:{dunia.kepala.pk}") in (None, 0), "no failure of the service is a guess"
    sah = terbitkan(dunia, surat, sesi)
    assert periksa_pdf(isi_pdf(sah)).asli and NomorSurat.objects.count() == 1


def test_layanan_mati_dan_alamat_salah(dunia, surat, sesi, settings):
    settings.BSRE_URL = "http://127.0.0.1:1"
    with pytest.raises(LayananTtdPutus) as galat:
        tandatangani_pdf(surat, dunia.kepala, sesi=sesi)
    assert galat.value.kalimat == modul.TAK_TERJANGKAU
    with pytest.raises(LayananTtdPutus) as galat:
        buka_sesi(dunia.kepala, FRASA_DEMO, CaraTtd.BSRE)
    assert galat.value.kalimat == modul.TAK_TERJANGKAU


@pytest.mark.parametrize(
    ("status", "kata"),
    [
        ("EXPIRED", "kedaluwarsa"),
        ("REVOKE", "dicabut"),
        ("SUSPEND", "dibekukan"),
        ("NO_CERTIFICATE", "belum terbit"),
        ("NOT_REGISTERED", "belum terdaftar"),
        ("ENTAH", "tanpa alasan"),
    ],
)
def test_keadaan_sertifikat_dikatakan_sebelum_nomor_dipesan(dunia, layanan, status, kata):
    surel = IdentitasBsre.objects.get().surel
    layanan.orang[surel] = Orang("x", status=status)
    with pytest.raises(LayananTtdMenolak) as galat:
        buka_sesi(dunia.kepala, FRASA_DEMO, CaraTtd.BSRE)
    assert kata in galat.value.kalimat and surel not in galat.value.kalimat


def test_sertifikat_berakhir_setelah_dibuka_dikatakan_juga(dunia, layanan, surat, sesi):
    layanan.orang[IdentitasBsre.objects.get().surel] = Orang("x", status="EXPIRED")
    with pytest.raises(LayananTtdMenolak, match="kedaluwarsa"):
        tandatangani_pdf(surat, dunia.kepala, sesi=sesi)


def test_tanpa_identitas_atau_tanpa_frasa(dunia, layanan):
    with pytest.raises(SandiSalah):
        buka_sesi(dunia.kepala, "", CaraTtd.BSRE)
    IdentitasBsre.objects.all().delete()
    with pytest.raises(LayananTtdMenolak, match="Identitas BSrE"):
        buka_sesi(dunia.kepala, FRASA_DEMO, CaraTtd.BSRE)
    assert not PanggilanBsre.objects.exists()


def test_frasa_salah_tidak_mengunci_akun_bsre(dunia, layanan, surat):
    """Three tries reach BSrE in half an hour, however many sessions and letters; the right one then waits too."""
    salah = [buka_sesi(dunia.kepala, "keliru", CaraTtd.BSRE) for _ in range(5)]
    kalimat = []
    for sesi in salah:
        for _ in range(2):
            with pytest.raises(SandiSalah) as galat:
                tandatangani_pdf(surat, dunia.kepala, sesi=sesi)
            kalimat.append(galat.value.kalimat)
    assert layanan.cari(IdentitasBsre.objects.get().surel).salah == modul.BATAS_SALAH == 3
    assert kalimat[:2] == [modul.FRASA_SALAH, modul.FRASA_TIDAK_DICOBA] and kalimat[-1] == modul.FRASA_TERTAHAN
    with pytest.raises(SandiSalah, match="30 menit"):
        buka_sesi(dunia.kepala, FRASA_DEMO, CaraTtd.BSRE)


def test_frasa_benar_melupakan_yang_salah(dunia, layanan, surat):
    for _ in range(2):
        with pytest.raises(SandiSalah):
            tandatangani_pdf(surat, dunia.kepala, "keliru")
    terbitkan(dunia, surat, buka_sesi(dunia.kepala, FRASA_DEMO, CaraTtd.BSRE))
    assert not cache.get(f"surat-frasa-bsre:{dunia.kepala.pk}")


def test_dua_panggilan_hilang_menghentikan_sesi(dunia, layanan, sesi):
    layanan.mode = "putus_awal"
    kalimat = []
    for ke in (21, 22, 23):
        surat = siapkan(buat_perkara(dunia.kantor, dunia.jemaah, ke), "sph", dunia.tugas)
        with pytest.raises(LayananTtdPutus) as galat:
            tandatangani_pdf(surat, dunia.kepala, sesi=sesi)
        kalimat.append(galat.value.kalimat)
    assert kalimat == [modul.TAK_PASTI, modul.TAK_PASTI, modul.BERHENTI]
    assert PanggilanBsre.objects.filter(layanan="sign").count() == 2


def test_surat_beku_untuk_cara_lain_dibekukan_ulang(dunia, layanan, settings):
    alamat, settings.BSRE_URL = settings.BSRE_URL, ""
    lokal = siapkan(dunia.perkara, "sph", dunia.tugas)
    settings.BSRE_URL = alamat
    with pytest.raises(SuratBerubah, match="Cara tanda tangan"):
        tandatangani_pdf(lokal, dunia.kepala, sesi=buka_sesi(dunia.kepala, FRASA_DEMO, CaraTtd.BSRE))
    beku = siapkan(dunia.perkara, "sph", dunia.tugas)
    assert (lokal.cara_ttd, beku.cara_ttd, beku.nomor) == ("lokal", "bsre", lokal.nomor)
    with pytest.raises(SuratBerubah, match="Cara tanda tangan"):
        tandatangani_pdf(beku, dunia.kepala, sesi=buka_sesi(dunia.kepala, SANDI))
