"""The signature: valid, bound to every byte, impossible without the official's password, which leaves no trace."""

import io
import logging
import stat
from datetime import timedelta

import pytest
import time_machine
from asn1crypto import x509 as asn1_x509
from cryptography.hazmat.primitives.serialization import Encoding
from django.utils import timezone
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko_certvalidator import ValidationContext

from haji_portal.alur.pelaku import Petugas
from haji_portal.surat import pki
from haji_portal.surat.galat import BukanPenandaTangan, SandiSalah, SuratBerubah
from haji_portal.surat.models import Surat
from haji_portal.surat.periksa import cari_token, periksa_pdf
from haji_portal.surat.simpan import baca_pdf, sidik
from haji_portal.surat.tandatangan import buka_sesi, tandatangani_pdf
from haji_portal.surat.terbit import buat_draf, cabut, isi_pdf, sahkan, siapkan
from tests.surat.alat_pdf import baca_qr, teks_pdf
from tests.surat.buatan import SANDI, buat_pejabat, buat_perkara


def terbitkan(dunia, **lain):
    surat = siapkan(dunia.perkara, "sph", dunia.tugas, **lain)
    ttd = tandatangani_pdf(surat, dunia.kepala, SANDI)
    return sahkan(surat.pk, surat.hash_pdf, ttd, Petugas(dunia.kepala, dunia.tugas))


@pytest.fixture
def sah(dunia):
    return terbitkan(dunia)


def test_tanda_tangan_sah_menurut_pyhanko(sah):
    (tanda,) = PdfFileReader(io.BytesIO(isi_pdf(sah))).embedded_signatures
    akar = asn1_x509.Certificate.load(pki.akar()[1].public_bytes(Encoding.DER))
    status = validate_pdf_signature(tanda, ValidationContext(trust_roots=[akar], allow_fetching=False))
    assert status.bottom_line
    assert status.signing_cert.subject.native["common_name"] == "Ahmad Contoh, M.Pd."
    assert tanda.sig_object["/SubFilter"] == "/ETSI.CAdES.detached"


def test_pdf_bertanda_tangan_memuat_pdf_beku_utuh(sah):
    beku = baca_pdf(sah.kunci_pdf, sah.hash_pdf)
    assert isi_pdf(sah).startswith(beku)
    assert sidik(isi_pdf(sah)) == sah.hash_ttd


def test_qr_pada_cap_menuju_halaman_verifikasi(sah, tmp_path):
    assert baca_qr(isi_pdf(sah), tmp_path) == [f"https://haji.example/verifikasi/{sah.token}/"]
    assert "ditandatangani secara elektronik" in teks_pdf(isi_pdf(sah))
    assert len(sah.token) >= 22


def test_pemeriksa_publik_menerima_yang_asli(sah):
    hasil = periksa_pdf(isi_pdf(sah))
    assert hasil.asli, hasil
    assert hasil.kalimat == "Surat ini asli dan berlaku."
    assert hasil.surat["nomor"] == sah.nomor


def test_satu_byte_berubah_di_mana_pun_ditolak(sah):
    isi = isi_pdf(sah)
    langkah = max(1, len(isi) // 150)
    for tempat in range(0, len(isi), langkah):
        rusak = bytearray(isi)
        rusak[tempat] ^= 0x01
        assert not periksa_pdf(bytes(rusak)).asli, tempat


def test_tambahan_di_belakang_ditolak(sah):
    isi = isi_pdf(sah)
    tulis = IncrementalPdfFileWriter(io.BytesIO(isi))
    tulis.root["/Catatan"] = tulis.add_object(tulis.root["/Type"])
    tulis.update_root()
    tampung = io.BytesIO()
    tulis.write(tampung)
    assert tampung.getvalue().startswith(isi)
    for tambah in (tampung.getvalue(), isi + b"\n%%EOF", isi + b" "):
        assert not periksa_pdf(tambah).asli


@pytest.mark.parametrize("isi", [b"", b"bukan pdf", b"%PDF-1.7\n%rusak", b"%PDF-1.7" + b"\x00" * 5000])
def test_unggahan_sembarang_dijawab_dengan_kalimat(dunia, isi):
    hasil = periksa_pdf(isi)
    assert not hasil.asli
    assert "Unggah" in hasil.kalimat


def test_pdf_beku_tanpa_tanda_tangan_bukan_surat(dunia):
    hasil = periksa_pdf(isi_pdf(siapkan(dunia.perkara, "sph", dunia.tugas)))
    assert (hasil.asli, hasil.kalimat) == (False, "PDF ini tidak memuat tanda tangan elektronik.")


def test_tanda_tangan_otoritas_lain_tidak_dipercaya(sah, settings, tmp_path):
    isi = isi_pdf(sah)
    settings.HAJI_DATA = tmp_path / "lain"
    hasil = periksa_pdf(isi)
    assert not hasil.asli
    assert "bukan terbitan portal" in hasil.kalimat


def test_ditandatangani_tetapi_tidak_disahkan_bukan_surat(dunia):
    surat = siapkan(dunia.perkara, "sph", dunia.tugas)
    ttd = tandatangani_pdf(surat, dunia.kepala, SANDI)
    hasil = periksa_pdf(baca_pdf(ttd.kunci, ttd.hash_ttd))
    assert not hasil.asli
    assert "tidak tercatat" in hasil.kalimat


def test_surat_tetap_asli_setelah_sertifikat_pegawai_berakhir(sah):
    with time_machine.travel(timezone.now() + timedelta(days=900), tick=True):
        assert periksa_pdf(isi_pdf(sah)).asli


def test_sandi_salah(dunia, caplog):
    surat = siapkan(dunia.perkara, "sph", dunia.tugas)
    with caplog.at_level(logging.DEBUG), pytest.raises(SandiSalah) as galat:
        tandatangani_pdf(surat, dunia.kepala, "sandi-keliru-99")
    assert "ketik ulang" in galat.value.kalimat
    assert "sandi-keliru-99" not in caplog.text + str(galat.value)
    surat.refresh_from_db()
    assert surat.status == Surat.Status.DIBEKUKAN


def test_lima_sandi_salah_menahan_juga_yang_benar(dunia):
    for _ in range(5):
        with pytest.raises(SandiSalah):
            buka_sesi(dunia.kepala, "salah")
    with pytest.raises(SandiSalah) as galat:
        buka_sesi(dunia.kepala, SANDI)
    assert "10 menit" in galat.value.kalimat


def test_sandi_dan_kunci_tidak_tertinggal_di_berkas(sah, tmp_path):
    for berkas in (b for b in tmp_path.rglob("*") if b.is_file()):
        assert SANDI.encode() not in berkas.read_bytes(), berkas
    folder = tmp_path / "pki"
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert {stat.S_IMODE(b.stat().st_mode) for b in folder.iterdir()} == {0o600}
    assert b"PRIVATE KEY" not in (folder / f"pegawai-{sah.pengguna_id}.kunci").read_bytes()


def test_ganti_sandi_menerbitkan_sertifikat_baru_dan_surat_lama_tetap_sah(dunia, sah):
    dunia.kepala.set_password("sandi-baru-12345")
    dunia.kepala.save()
    dunia.perkara = buat_perkara(dunia.kantor, dunia.jemaah, 9)
    surat = siapkan(dunia.perkara, "sph", dunia.tugas)
    with pytest.raises(SandiSalah):
        tandatangani_pdf(surat, dunia.kepala, SANDI)
    ttd = tandatangani_pdf(surat, dunia.kepala, "sandi-baru-12345")
    baru = sahkan(surat.pk, surat.hash_pdf, ttd, Petugas(dunia.kepala, dunia.tugas))
    assert periksa_pdf(isi_pdf(baru)).asli
    assert periksa_pdf(isi_pdf(sah)).asli


def test_otoritas_diganti_surat_lama_dan_baru_sah(dunia, sah):
    """After a new root: what was signed before verifies, what is signed now carries the new root, both are trusted."""
    lama = pki.akar()[1]
    baru = pki.ganti_akar()
    assert baru != lama and periksa_pdf(isi_pdf(sah)).asli
    dunia.perkara = buat_perkara(dunia.kantor, dunia.jemaah, 9)
    assert periksa_pdf(isi_pdf(terbitkan(dunia))).asli


def test_sertifikat_dipakai_lagi_sampai_hampir_habis(dunia):
    p12, _ = pki.buka_p12(dunia.kepala, SANDI)
    assert pki.buka_p12(dunia.kepala, SANDI)[0] == p12
    with time_machine.travel(timezone.now() + pki.UMUR_PEGAWAI):
        assert pki.buka_p12(dunia.kepala, SANDI)[0] != p12


def test_pengguna_lain_tidak_dapat_menandatangani(dunia):
    lain, _ = buat_pejabat(dunia.kantor, "kepala", "Orang Lain", "Kepala Kantor", "plh")
    with pytest.raises(BukanPenandaTangan):
        tandatangani_pdf(siapkan(dunia.perkara, "sph", dunia.tugas), lain, SANDI)


def test_draf_tidak_dapat_ditandatangani(dunia):
    with pytest.raises(SuratBerubah):
        tandatangani_pdf(buat_draf(dunia.perkara, "sph"), dunia.kepala, SANDI)


def test_satu_sesi_untuk_banyak_surat(dunia):
    sesi = buka_sesi(dunia.kepala, SANDI)
    for ke in (11, 12):
        surat = siapkan(buat_perkara(dunia.kantor, dunia.jemaah, ke), "sph", dunia.tugas)
        ttd = tandatangani_pdf(surat, dunia.kepala, sesi=sesi)
        assert ttd.hash_asal == surat.hash_pdf
        assert sidik(baca_pdf(ttd.kunci, ttd.hash_ttd)) == ttd.hash_ttd


def test_cari_token_hanya_yang_boleh_dilihat_umum(dunia):
    assert cari_token(buat_draf(dunia.perkara, "sph").token) is None
    surat = siapkan(dunia.perkara, "sph", dunia.tugas)
    assert cari_token(surat.token) is None
    assert cari_token("") is None
    sah = terbitkan(dunia)
    data = cari_token(sah.token)
    assert (data["status"], data["inisial"], data["jabatan"]) == ("berlaku", "S. R.", sah.jabatan)
    assert not {"Siti", "Rahmah", "5203014503800002"} & set(" ".join(map(str, data.values())).split())


def test_status_publik_dicabut_dan_diganti(dunia, sah):
    baru = terbitkan(dunia, pengganti=True)
    lama = cari_token(sah.token)
    assert (lama["status"], lama["pengganti_nomor"]) == ("diganti", baru.nomor)
    assert lama["status_pada"] is not None
    assert "diganti" in periksa_pdf(isi_pdf(Surat.objects.get(pk=sah.pk))).kalimat
    cabut(baru, "Salah ketik atas nama Siti Rahmah")
    data = cari_token(baru.token)
    assert data["status"] == "dicabut"
    assert "Siti" not in str(data)
    assert "dicabut" in periksa_pdf(isi_pdf(baru)).kalimat
