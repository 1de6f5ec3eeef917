"""Hostile senders and officers around an electronic registration: refused with a sentence, nothing written or told."""

from __future__ import annotations

import logging
import os
from functools import partial

import pytest
from django.conf import settings

from haji_portal.akun.models import Kantor
from haji_portal.alur.galat import TidakBerhak
from haji_portal.alur.jalankan import Hasil, jalankan
from haji_portal.alur.models import Perkara
from haji_portal.alur.pelaku import Mitra, Pemohon, Sistem
from haji_portal.berkas.models import Lampiran
from haji_portal.jemaah.models import Jemaah, Setoran
from pendaftaran import contoh
from pendaftaran.elektronik import buka_elektronik
from tests.kontrak.balapan import balapan
from tests.kontrak.potret import potret, segar

MUSUH = "<script>alert(1)</script>\u202e'\"--"


@pytest.fixture
def perkara(pelaksana):
    return contoh.buka_contoh_elektronik(Kantor.objects.get(slug="lombok-timur"), 1, alamat=MUSUH).perkara


@pytest.fixture
def dibandingkan(perkara, pelaksana):
    """Checked line by line: the three photos are compared next."""
    return segar(pelaksana.lakukan(perkara, "periksa_berkas", contoh.isian(perkara, "periksa_berkas")).perkara)


def alamat(perkara, langkah):
    return f"{perkara.get_absolute_url()}langkah/{langkah}/"


def test_ketikan_pemohon_tidak_menjadi_kode(masuk, perkara):
    halaman = masuk("ptsp.lombok-timur").get(perkara.get_absolute_url()).content.decode()
    assert "<script>alert(1)" not in halaman and "&lt;script&gt;alert(1)" in halaman


def test_petugas_tidak_dapat_bertindak_sebagai_pemohon(masuk, pelaksana, perkara):
    isi = contoh.isian(perkara, "periksa_berkas")
    isi["verdict"]["foto-diri"] = ("kurang", "Buram.")
    pelaksana.lakukan(perkara, "periksa_berkas", isi)
    kembali = segar(pelaksana.lakukan(segar(perkara), "kembalikan", {"catatan": ""}).perkara)
    sebelum = potret(kembali)
    for akun in ("ptsp.lombok-timur", "jfu.lombok-timur", "kepala.lombok-timur", "kasi.palu"):
        jawab = masuk(akun).post(alamat(kembali, "kirim_perbaikan"), {"versi": kembali.versi})
        assert jawab.status_code == (404 if "palu" in akun else 403), akun
    for oleh in (Sistem("uji"), Mitra("BPKH", "k"), Pemohon(None, "x"), Pemohon(Perkara(pk=-1), "x")):
        with pytest.raises(TidakBerhak):
            jalankan(kembali, "kirim_perbaikan", oleh=oleh, versi=kembali.versi, data={"unggahan": {}})
    assert potret(kembali) == sebelum


def test_pemohon_tidak_dapat_mengambil_langkah_kantor(perkara):
    for langkah in ("periksa_berkas", "bandingkan_foto", "nyatakan_lengkap", "tolak", "cabut"):
        with pytest.raises(TidakBerhak):
            jalankan(perkara, langkah, oleh=Pemohon(perkara, "x"), versi=perkara.versi)


@pytest.mark.basis
@pytest.mark.parametrize(
    "potongan",
    ["", "100-50", "100-50-50-50", "0-0-0", "999-50-50", "nan-50-50", "100-50-50\x00", "A" * 100_000, "-1-1-1"],
)
def test_potongan_yang_tidak_ditawarkan(masuk, dibandingkan, potongan):
    sebelum = potret(dibandingkan)
    isi = {"versi": dibandingkan.versi, "sama": "on", "potongan": potongan}
    jawab = masuk("ptsp.lombok-timur").post(alamat(dibandingkan, "bandingkan_foto"), isi)
    assert jawab.status_code == 422 and potret(dibandingkan) == sebelum


def test_tanpa_pernyataan_tidak_dicatat(masuk, dibandingkan):
    isi = {"versi": dibandingkan.versi, "potongan": "100-50-25"}
    assert masuk("ptsp.lombok-timur").post(alamat(dibandingkan, "bandingkan_foto"), isi).status_code == 422
    assert not segar(dibandingkan).hadir_sendiri


def test_dua_klik_satu_perbandingan(masuk, dibandingkan):
    isi = {"versi": dibandingkan.versi, "sama": "on", "potongan": "140-50-25"}
    client = masuk("ptsp.lombok-timur")
    assert [client.post(alamat(dibandingkan, "bandingkan_foto"), isi).status_code for _ in range(2)] == [303, 303]
    assert Lampiran.objects.filter(perkara=dibandingkan.pk, jenis="foto_3x4").count() == 1


@pytest.mark.parametrize("rusak", ["hilang", "diganti"])
def test_foto_yang_rusak_di_simpanan_dijawab_dengan_kalimat(masuk, dibandingkan, rusak):
    foto = Lampiran.objects.get(perkara=dibandingkan.pk, butir__kode="foto-diri")
    berkas = settings.HAJI_PRIVAT / foto.kunci
    os.remove(berkas) if rusak == "hilang" else berkas.write_bytes(b"bukan gambar")
    client = masuk("ptsp.lombok-timur")
    assert client.get(dibandingkan.get_absolute_url()).status_code == 200
    isi = {"versi": dibandingkan.versi, "sama": "on", "potongan": "100-50-25"}
    jawab = client.post(alamat(dibandingkan, "bandingkan_foto"), isi)
    assert jawab.status_code == 422 and "simpanannya rusak" in jawab.content.decode()


@pytest.mark.basis
@pytest.mark.parametrize(
    ("isian", "nilai"),
    [
        ("isian_nama", "\x00"), ("isian_nama", ""), ("isian_nama", "A" * 100_000), ("isian_jenis_kelamin", "X"),
        ("isian_tanggal_lahir", "0001-01-01"), ("isian_setoran.jumlah", "-5"), ("isian_setoran.jumlah", "9" * 40),
        ("isian_setoran.tanggal", "kemarin"), ("isian_email", "bukan"), ("isian_telepon", "<script>"),
    ],
)  # fmt: skip
def test_isian_petugas_yang_rusak(masuk, perkara, isian, nilai):
    """Everything typed comes back with the sentence at its field; nothing is stored, the verdicts neither."""
    sebelum = potret(perkara)
    orang, setoran = perkara.pemohon, perkara.setoran
    isi = {
        "versi": perkara.versi, "isian_nama": orang.nama, "isian_tempat_lahir": "Selong", "isian_agama": "islam",
        "isian_tanggal_lahir": str(orang.tanggal_lahir), "isian_jenis_kelamin": orang.jenis_kelamin,
        "isian_alamat": "A", "isian_kabupaten": orang.kabupaten, "isian_setoran.bank": setoran.bank,
        "isian_setoran.jumlah": "25000000", "isian_setoran.tanggal": str(setoran.tanggal),
        "isian_rekening.atas_nama": orang.nama,
    } | {f"verdict_{b.kode}": "ada" for b in perkara.butir.all()}  # fmt: skip
    jawab = masuk("ptsp.lombok-timur").post(alamat(perkara, "periksa_berkas"), isi | {isian: nilai})
    assert jawab.status_code == 422, isian
    assert potret(perkara) == sebelum and not perkara.butir.exclude(verdict="belum").exists()


def test_penolakan_tidak_menyebut_data_pribadi_di_log(pelaksana, caplog):
    """The sentence goes to the sender; the log learns no NIK, name, address or account."""
    kantor = Kantor.objects.get(slug="lombok-timur")
    contoh.buat_jemaah(kantor, 1)
    isi = contoh.isi_elektronik(kantor, 1, nama="Orang Lain", atas_nama="Orang Lain")
    with caplog.at_level(logging.DEBUG), pytest.raises(Exception, match="perbaiki"):
        buka_elektronik(kantor, isi, contoh.berkas_contoh(kantor), contoh.kontak_contoh(1))
    for rahasia in (isi["nik"], "Orang Lain", isi["nomor_rekening"], "jemaah1@contoh.example"):
        assert rahasia not in caplog.text


@pytest.mark.basis
@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("tanpa_bel")
def test_dua_kiriman_sekaligus_satu_perkara(pelaksana):
    """Six races of one impatient sender whom nobody knew: one case, and both clicks are told its number."""
    kantor = Kantor.objects.get(slug="lombok-timur")
    for n in range(6):
        isi = contoh.isi_elektronik(kantor, 50 + n)
        kirim = [
            partial(buka_elektronik, kantor, dict(isi), contoh.berkas_contoh(kantor), contoh.kontak_contoh(50 + n))
            for _ in range(2)
        ]
        hasil = balapan(*kirim)
        assert all(isinstance(h, Hasil) for h in hasil), hasil
        assert hasil[0].perkara.pk == hasil[1].perkara.pk and sorted(h.sudah for h in hasil) == [False, True]
    assert Perkara.objects.count() == Jemaah.objects.count() == Setoran.objects.count() == 6
