"""The intake form: rules before anything is written, known people found again, visits of the mobile service."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from haji_portal.akun.models import Kantor
from haji_portal.alur.galat import SudahAda
from haji_portal.alur.models import Perkara
from haji_portal.jemaah.models import Jemaah, Rekening, Setoran
from haji_portal.meja.contoh import Pelaksana, pembuka
from haji_portal.meja.masuk import BidangRupiah
from haji_portal.ptsp.models import Kunjungan
from pendaftaran.masuk import FormPendaftaran
from pendaftaran.models import Pendaftaran


@pytest.fixture
def kantor(acuan):
    return Kantor.objects.get(slug="lombok-timur")


@pytest.fixture
def isi(kantor):
    """Data of a complete form; keywords replace fields."""
    kemarin = timezone.localdate() - datetime.timedelta(days=1)

    def buat(**ganti):
        bawaan = {
            "nik": "5203015705800001", "nama": "Siti Rosidah", "tempat_lahir": "Selong", "tanggal_lahir": "1980-05-17",
            "jenis_kelamin": "P", "agama": "islam", "alamat": "Dusun Contoh RT 01", "kabupaten": kantor.kabupaten,
            "telepon": "0812 0000 0001", "email": "", "bank": "Bank Syariah Indonesia",
            "nomor_validasi": "261100000001", "jumlah": "25000000", "tanggal_setoran": str(kemarin),
            "nomor_rekening": "7000000001", "atas_nama": "SITI ROSIDAH", "status_haji": "belum", "haji_terakhir": "",
            "pengecualian": "", "hadir_sendiri": "on", "saluran": "loket", "kunjungan": "",
        }  # fmt: skip
        return bawaan | ganti

    return buat


def kirim(kantor, data):
    return FormPendaftaran(data, kantor=kantor)


def buka(kantor, data):
    form = kirim(kantor, data)
    assert form.is_valid(), form.errors
    return form.buka(pembuka(Pendaftaran(kantor=kantor))).perkara


def test_formulir_lengkap_membuka_perkara(kantor, isi):
    perkara = buka(kantor, isi())
    assert perkara.tahap == "diperiksa" and perkara.pemohon.telepon == "+6281200000001"
    assert (Jemaah.objects.count(), Setoran.objects.count(), Rekening.objects.count()) == (1, 1, 1)
    assert perkara.butir.exists() and perkara.setoran.rekening == perkara.rekening


@pytest.mark.parametrize(
    ("ganti", "pasal"),
    [
        ({"tanggal_lahir": str(timezone.localdate() - datetime.timedelta(days=365 * 11))}, "244/2021 B.2"),
        ({"agama": "lain"}, "244/2021 B.1"),
        ({"kabupaten": "Kabupaten Lombok Barat"}, "244/2021 A.3"),
        ({"status_haji": "sudah", "haji_terakhir": "2023-06-28"}, "244/2021 A.5.b"),
        ({"hadir_sendiri": ""}, "244/2021 A.8"),
        ({"atas_nama": "ORANG LAIN"}, "244/2021 B.6"),
    ],
)
def test_aturan_disebut_sebelum_ada_yang_tertulis(kantor, isi, ganti, pasal):
    form = kirim(kantor, isi(**ganti))
    assert not form.is_valid()
    kalimat = [k for daftar in form.errors.values() for k in daftar]
    assert [k for k in kalimat if pasal in k], kalimat
    assert not Jemaah.objects.exists() and not Perkara.objects.exists()


def test_orang_yang_dikenal_tidak_ditulis_dua_kali(kantor, isi):
    perkara = buka(kantor, isi())
    Perkara.objects.filter(pk=perkara.pk).update(ditutup=timezone.now())
    perkara.kunci_dipegang.all().delete()
    lagi = buka(kantor, isi(nomor_validasi="261100000002", alamat="Alamat baru RT 02"))
    assert lagi.pemohon == perkara.pemohon and Jemaah.objects.get().alamat == "Alamat baru RT 02"
    assert Rekening.objects.count() == 1 and Setoran.objects.count() == 2


def test_pendaftaran_kedua_ditolak_dan_data_lama_utuh(kantor, isi):
    """The second form of the same person is refused by the lock; what it would have changed is taken back."""
    buka(kantor, isi())
    form = kirim(kantor, isi(nomor_validasi="261100000002", alamat="Alamat baru RT 02"))
    assert form.is_valid()
    with pytest.raises(SudahAda):
        form.buka(pembuka(Pendaftaran(kantor=kantor)))
    assert Jemaah.objects.get().alamat == "Dusun Contoh RT 01" and Setoran.objects.count() == 1


def test_nomor_validasi_milik_orang_lain(kantor, isi):
    buka(kantor, isi())
    lain = isi(nik="5203015705800002", nama="Aminah Contoh", atas_nama="Aminah Contoh")
    assert "nomor_validasi" in kirim(kantor, lain).errors


@pytest.mark.parametrize("sumber", ["bps", "pemohon"])
def test_setoran_yang_dibatalkan_tidak_dipakai_lagi(kantor, isi, sumber):
    """Not even one that only a public sender stated, which its owner may otherwise take over."""
    perkara = buka(kantor, isi())
    Pelaksana("").lakukan(perkara, "cabut", {"alasan": "Pindah domisili."})
    Setoran.objects.update(dibatalkan="2026-11-21T03:00Z", sumber=sumber)
    form = kirim(kantor, isi())
    assert "dibatalkan 21 November 2026" in form.errors["nomor_validasi"][0]
    # A stranger does not hear what became of it.
    lain = kirim(kantor, isi(nik="5203015705800002"))
    assert "atas nama orang lain" in lain.errors["nomor_validasi"][0]
    assert Setoran.objects.count() == 1


def test_jumlah_berbeda_dari_catatan_bank(kantor, isi):
    buka(kantor, isi())
    assert "jumlah" in kirim(kantor, isi(jumlah="24000000")).errors


@pytest.mark.parametrize(
    ("isian", "nilai"),
    [
        ("nik", "520301570580000"),
        ("nik", "5203015705800000"),
        ("nik", "52030157058000O1"),
        ("nomor_rekening", "70-00"),
        ("tanggal_setoran", str(timezone.localdate() + datetime.timedelta(days=3))),
        ("tanggal_lahir", str(timezone.localdate())),
        ("telepon", "abc"),
        ("jumlah", "0"),
        ("nama", ""),
    ],
)
def test_isian_yang_keliru_ditunjuk_pada_tempatnya(kantor, isi, isian, nilai):
    form = kirim(kantor, isi(**{isian: nilai}))
    assert isian in form.errors and all(k.endswith(".") for k in form.errors[isian])


def test_nik_tidak_cocok_hanya_diperingatkan(kantor, isi):
    """Shape is refused, a mismatch with birth date or sex is only a warning: KTPs carry such errors."""
    form = kirim(kantor, isi(jenis_kelamin="L"))
    assert form.is_valid() and form.peringatan


def test_keliling_memerlukan_kunjungan_kantor_ini(kantor, isi):
    sendiri, lain = (
        Kunjungan.objects.create(
            kantor=k, tempat="Balai desa", tanggal=timezone.localdate(), perangkat="Laptop, kamera"
        )
        for k in (kantor, Kantor.objects.get(slug="palu"))
    )
    for kunjungan in ("", str(lain.pk)):
        assert "kunjungan" in kirim(kantor, isi(saluran="keliling", kunjungan=kunjungan)).errors
    perkara = buka(kantor, isi(saluran="keliling", kunjungan=str(sendiri.pk)))
    assert (perkara.saluran, perkara.kunjungan) == ("keliling", sendiri)


def test_loket_tidak_membawa_kunjungan(kantor, isi):
    sendiri = Kunjungan.objects.create(kantor=kantor, tempat="Balai", tanggal=timezone.localdate(), perangkat="-")
    assert Pendaftaran.objects.get(pk=buka(kantor, isi(kunjungan=str(sendiri.pk))).pk).kunjungan is None


def test_daftar_kunjungan_menghitung_berkasnya(kantor, isi, masuk):
    sendiri = Kunjungan.objects.create(kantor=kantor, tempat="Balai", tanggal=timezone.localdate(), perangkat="-")
    buka(kantor, isi(saluran="keliling", kunjungan=str(sendiri.pk)))
    assert "1 berkas diterima" in masuk("ptsp.lombok-timur").get("/kunjungan/").content.decode()


@pytest.mark.parametrize(
    ("teks", "jumlah"),
    [("25.000.000", 25_000_000), ("Rp25.000.000", 25_000_000), ("25 000 000", 25_000_000), (25_000_000, 25_000_000)],
)
def test_jumlah_setoran_terbaca(teks, jumlah):
    assert BidangRupiah().clean(teks) == jumlah


@pytest.mark.parametrize("teks", ["25.00", "2.5", "25000000.0", "0", "-1"])
def test_titik_yang_salah_tempat_tidak_menjadi_jumlah_lain(teks):
    with pytest.raises(ValidationError):
        BidangRupiah().clean(teks)
