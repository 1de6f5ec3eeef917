"""Registration by phone: what a public sender may open and repair, and what stays as it is."""

import datetime

import pytest
from django.utils import timezone

from haji_portal.akun.models import Kantor
from haji_portal.alur.galat import IsianSalah, SalahTahap, SudahAda, TidakBerhak
from haji_portal.alur.jalankan import jalankan
from haji_portal.alur.models import Perkara
from haji_portal.alur.pelaku import Pemohon
from haji_portal.berkas.models import Lampiran
from haji_portal.jemaah.models import Jemaah, Rekening, Setoran
from pendaftaran import contoh
from pendaftaran.elektronik import buka_elektronik, butir_terbuka
from tests.kontrak.potret import segar


@pytest.fixture
def kantor(pelaksana):
    return Kantor.objects.get(slug="lombok-timur")


@pytest.fixture
def kirim(kantor):
    """`kirim(nama="...")`: send invented pilgrim 1 with some values replaced."""

    def _kirim(urut=1, berkas=None, kontak=None, **ganti):
        isi = contoh.isi_elektronik(kantor, urut, **ganti)
        berkas = contoh.berkas_contoh(kantor) if berkas is None else berkas
        return buka_elektronik(kantor, isi, berkas, kontak or contoh.kontak_contoh(urut))

    return _kirim


def kalimat(galat):
    return " ".join(k for isi in galat.value.galat.values() for k in isi)


def test_kiriman_membuka_perkara_menurut_tabelnya_sendiri(kirim):
    perkara = kirim().perkara
    assert (perkara.tahap, perkara.saluran, perkara.sop.kode) == (
        "diperiksa", "elektronik", "pendaftaran-elektronik/nasional",
    )  # fmt: skip
    assert perkara.riwayat.get().pelaku_jenis == "pemohon"
    assert perkara.kontak.alamat == "jemaah1@contoh.example"
    kode = set(perkara.butir.values_list("kode", flat=True))
    assert {"foto-diri", "foto-ktp", "foto-diri-dengan-ktp"} < kode
    assert set(Lampiran.objects.filter(perkara=perkara.pk).values_list("butir__kode", flat=True)) == kode
    assert perkara.setoran.sumber == "pemohon" and not perkara.hadir_sendiri
    assert perkara.tenggat.filter(kode="status-elektronik", hari_kerja=3).exists()


def test_dikirim_dua_kali_satu_perkara(kirim):
    satu, dua = kirim(), kirim()
    assert dua.sudah and dua.perkara.pk == satu.perkara.pk and dua.riwayat == satu.riwayat
    assert Perkara.objects.count() == 1


def test_dua_kiriman_dari_kontak_lain_ditolak(kirim):
    kirim()
    with pytest.raises(SudahAda):
        kirim(kontak=contoh.kontak_contoh(99))
    assert Perkara.objects.count() == 1


@pytest.mark.parametrize(
    ("ganti", "pasal"),
    [
        ({"tanggal_lahir": timezone.localdate() - datetime.timedelta(days=365 * 11)}, "244/2021 B.2"),
        ({"agama": "lain"}, "244/2021 B.1"),
        ({"kabupaten": "Kabupaten Lombok Barat"}, "244/2021 A.3"),
        ({"status_haji": "sudah", "haji_terakhir": datetime.date(2023, 6, 28)}, "244/2021 A.5.b"),
        ({"atas_nama": "ORANG LAIN"}, "244/2021 B.6"),
    ],
)
def test_aturan_diperiksa_saat_dikirim(kirim, ganti, pasal):
    with pytest.raises(IsianSalah) as galat:
        kirim(**ganti)
    assert pasal in kalimat(galat) and "A.8" not in kalimat(galat)
    assert not Jemaah.objects.exists() and not Setoran.objects.exists() and not Rekening.objects.exists()


def test_data_tersimpan_tidak_ditimpa(kantor, kirim):
    isi = contoh.isi_elektronik(kantor, 1)
    lama = contoh.buat_jemaah(kantor, 1, alamat="Alamat lama", nama_ayah="", email="", telepon="+6281234567")
    rekening = Rekening.objects.create(jemaah=lama, bank=isi["bank"], nomor=isi["nomor_rekening"], atas_nama=lama.nama)
    perkara = kirim(nama_ayah="Ayah Baru", email="penyerang@contoh.example", alamat="Alamat baru").perkara
    lama.refresh_from_db()
    assert (lama.alamat, lama.email, lama.telepon) == ("Alamat lama", "", "+6281234567")
    assert lama.nama_ayah == "Ayah Baru", "a blank is filled in"
    assert set(perkara.isian_pemohon) == {"alamat", "email", "telepon"}
    assert perkara.rekening == rekening and Rekening.objects.count() == 1


@pytest.mark.parametrize(
    "ganti", [{"nama": "Orang Lain", "atas_nama": "Orang Lain"}, {"tanggal_lahir": datetime.date(1970, 1, 1)}]
)
def test_orang_lain_dengan_nik_ini_ditolak_tanpa_membuka_apa_pun(kantor, kirim, ganti):
    lama = contoh.buat_jemaah(kantor, 1)
    with pytest.raises(IsianSalah) as galat:
        kirim(**ganti)
    assert lama.nama not in kalimat(galat) and str(lama.tanggal_lahir.year) not in kalimat(galat)
    assert not Perkara.objects.exists()


def test_setoran_orang_lain_dan_yang_sudah_berporsi(kantor, kirim, pelaksana):
    kirim(2)
    with pytest.raises(IsianSalah) as galat:
        kirim(1, nomor_validasi=contoh.nomor_validasi(2))
    assert set(galat.value.galat) == {"nomor_validasi"}


@pytest.mark.parametrize("buang", ["foto-diri", "ktp-kia"])
def test_berkas_yang_kurang_disebut(kantor, kirim, buang):
    berkas = contoh.berkas_contoh(kantor)
    del berkas[buang]
    with pytest.raises(IsianSalah) as galat:
        kirim(berkas=berkas)
    assert set(galat.value.galat) == {f"unggah_{buang}"} and not Jemaah.objects.exists()


@pytest.fixture
def dikembalikan(kirim, pelaksana):
    """A case returned for the photo of the KTP alone."""
    perkara = kirim().perkara
    isi = contoh.isian(perkara, "periksa_berkas")
    isi["verdict"]["foto-ktp"] = ("kurang", "Foto KTP buram.")
    pelaksana.lakukan(perkara, "periksa_berkas", isi)
    return segar(pelaksana.lakukan(segar(perkara), "kembalikan", {"catatan": ""}).perkara)


def perbaiki(perkara, unggahan, oleh=None):
    return jalankan(
        perkara, "kirim_perbaikan", oleh=oleh or Pemohon(perkara, "uji"), versi=perkara.versi,
        data={"unggahan": unggahan},
    )  # fmt: skip


def test_hanya_yang_dikembalikan_yang_terbuka(dikembalikan):
    assert [b.kode for b in butir_terbuka(dikembalikan)] == ["foto-ktp"]
    lama = Lampiran.objects.terkini().get(perkara=dikembalikan.pk, butir__kode="foto-ktp")
    perkara = perbaiki(dikembalikan, {"foto-ktp": contoh.berkas_satu("foto-ktp", "")}).perkara
    assert perkara.tahap == "diperiksa" and butir_terbuka(perkara) == []
    assert dict(perkara.butir.values_list("kode", "verdict"))["foto-ktp"] == "belum"
    assert perkara.butir.filter(verdict="ada").count() == perkara.butir.count() - 1
    lama.refresh_from_db()
    assert lama.diganti_pada is not None, "the older version is kept"


@pytest.mark.parametrize(
    ("kode", "kata"),
    [([], "Unggah berkas baru"), (["foto-ktp", "ktp-kia"], "tidak perlu"), (["foto-ktp", "x"], "tidak perlu")],
)
def test_perbaikan_yang_tidak_diminta_atau_kurang_ditolak(dikembalikan, kode, kata):
    with pytest.raises(IsianSalah) as galat:
        perbaiki(dikembalikan, {k: contoh.berkas_satu("foto-ktp", "") for k in kode})
    assert kata in kalimat(galat)
    assert Lampiran.objects.filter(diganti_pada__isnull=False).count() == 0


def test_pemohon_perkara_lain_tidak_dapat_memperbaiki(dikembalikan, kirim):
    lain = kirim(2).perkara
    for oleh in (Pemohon(lain, "uji"), Pemohon(None, "uji")):
        with pytest.raises(TidakBerhak):
            perbaiki(dikembalikan, {"foto-ktp": contoh.berkas_satu("foto-ktp", "")}, oleh)


def test_perkara_loket_tidak_mengenal_kiriman(kantor, pelaksana):
    perkara = contoh.buka_contoh(kantor, 5).perkara
    perkara.butir.filter(kode="ktp-kia").update(verdict="kurang", alasan="x")
    perkara = segar(pelaksana.lakukan(perkara, "kembalikan", {"catatan": ""}).perkara)
    assert butir_terbuka(perkara) == []
    with pytest.raises(SalahTahap):
        perbaiki(perkara, {"ktp-kia": contoh.berkas_satu("ktp-kia", "KTP")})
