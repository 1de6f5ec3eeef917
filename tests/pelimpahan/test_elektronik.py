"""Transfer from outside: what opens, what is refused in the same words, and what the office does with it."""

from __future__ import annotations

import datetime
import re

import pytest
from django.utils import timezone

from haji_portal.akun.models import Kantor
from haji_portal.alur.efek import sapu
from haji_portal.alur.galat import IsianSalah, SudahAda
from haji_portal.alur.jalankan import jalankan
from haji_portal.alur.models import Perkara
from haji_portal.alur.pelaku import Pemohon
from haji_portal.alur.posisi import langkah_berikut
from haji_portal.berkas.daftar import foto_pengaju
from haji_portal.berkas.models import Lampiran
from haji_portal.jemaah.models import Jemaah, PeristiwaPorsi, Porsi, Rekening, Setoran, hash_nik
from haji_portal.kabar.models import KontakPerkara
from haji_portal.ptsp.ajukan.konsep import simpan_berkas
from haji_portal.ptsp.models import Konsep
from pelimpahan import contoh
from pelimpahan.elektronik import (
    MASIH_TERBUKA,
    PORSI_LAIN,
    TIDAK_DAPAT,
    buka_elektronik,
    daftar_syarat,
    tidak_dapat,
)
from pelimpahan.forms import FormFoto
from pelimpahan.publik import AJUAN
from pelimpahan.tahap import Sebab
from tests import ajukan
from tests.ajukan import kalimat
from tests.kontrak.potret import segar


@pytest.fixture
def kantor(pelaksana, settings, tmp_path):
    settings.HAJI_PRIVAT = tmp_path
    return Kantor.objects.get(slug="lombok-timur")


@pytest.fixture
def pengirim(kantor):
    return ajukan.Pengirim(contoh, buka_elektronik, kantor, Sebab.WAFAT)


@pytest.fixture
def jawaban(pengirim):
    return pengirim.jawaban


@pytest.fixture
def kirim(pengirim):
    return pengirim.kirim


@pytest.mark.parametrize("sebab", list(Sebab))
def test_kiriman_penerima_membuka_perkara(kirim, sebab):
    perkara = kirim(sebab=sebab).perkara
    assert (perkara.tahap, perkara.saluran, perkara.sop.kode) == (
        "diperiksa", "elektronik", "pelimpahan-elektronik/nasional",
    )  # fmt: skip
    kode = set(perkara.butir.values_list("kode", flat=True))
    assert {"foto-pengaju", "surat-kuasa", "rekening-penerima", "bukti-hubungan"} < kode
    assert ("akta-kematian" in kode) == (sebab == Sebab.WAFAT) != ("keterangan-sakit" in kode)
    assert set(Lampiran.objects.filter(perkara=perkara.pk).values_list("butir__kode", flat=True)) == kode
    assert set(perkara.butir.values_list("bentuk", flat=True)) == {"unggahan"}
    assert perkara.pemohon != perkara.jemaah_asal == perkara.porsi.jemaah
    assert perkara.riwayat.get().pelaku_jenis == "pemohon"


def test_kebutuhan_khusus_ikut_terkirim(kirim):
    assert kirim(kebutuhan_khusus="Kursi roda").perkara.kebutuhan_khusus == "Kursi roda"
    assert kirim(2).perkara.kebutuhan_khusus == ""


def test_daftar_tanah_bumbu_tanpa_map_dan_hanya_bukti_hubungannya(pelaksana, masuk):
    """The printed rows as files: folder and prints are no files, other relatives' proof is not asked."""
    tanah_bumbu = Kantor.objects.get(slug="tanah-bumbu")
    kode = [s.kode for s in daftar_syarat(tanah_bumbu, {"sebab": "wafat", "hubungan": "anak-kandung"})]
    assert "akta-kelahiran" in kode and not {"buku-nikah", "bukti-hubungan", "map-berkas", "pas-foto"} & set(kode)
    assert kode[-1] == "foto-pengaju" and len(kode) == len(set(kode)) == 11
    perkara = contoh.buka_contoh_elektronik(tanah_bumbu, 10).perkara
    diminta = [s.kode for s in daftar_syarat(tanah_bumbu, {"sebab": "wafat", "hubungan": perkara.hubungan})]
    assert list(perkara.butir.order_by("urut").values_list("kode", flat=True)) == diminta
    assert set(perkara.butir.values_list("jumlah", flat=True)) == {None}, "a file is sent once, not in copies"
    halaman = masuk("ptsp.tanah-bumbu").get(perkara.get_absolute_url()).content.decode()
    assert "kasus-lebar" in halaman, "documents beside their verdicts"


def test_yang_tersimpan_tidak_berubah(kirim, jawaban):
    """A recipient whom the portal knows stays as stored; what is written otherwise stands with the case."""
    isi = jawaban()
    data = {n: isi[n] for n in ("nama", "tempat_lahir", "tanggal_lahir", "jenis_kelamin", "agama", "alamat")}
    Jemaah.objects.create(nik=isi["nik_penerima"], kabupaten=isi["kabupaten"], provinsi=isi["provinsi"], **data)
    lama = [list(m.objects.order_by("pk").values()) for m in (Jemaah, Porsi, Setoran, Rekening, PeristiwaPorsi)]
    perkara = kirim(alamat="Jalan Baru 9").perkara
    kini = [list(m.objects.order_by("pk").values()) for m in (Jemaah, Porsi, Setoran, Rekening, PeristiwaPorsi)]
    assert kini[:3] == lama[:3] and kini[4] == lama[4] and len(kini[3]) == len(lama[3]) + 1
    assert perkara.isian_pemohon["alamat"] == "Jalan Baru 9"


def test_dikirim_dua_kali_satu_perkara(kirim):
    satu, dua = kirim(), kirim()
    assert dua.sudah and dua.perkara.pk == satu.perkara.pk and Perkara.objects.count() == 1


def test_dua_kontak_untuk_satu_porsi(kirim):
    kirim()
    with pytest.raises(SudahAda, match=re.escape(MASIH_TERBUKA)):
        kirim(kontak=contoh.kontak_contoh(99))
    assert Perkara.objects.count() == 1


@pytest.mark.parametrize(
    "ganti",
    [
        {"nomor_porsi": "2999999999"}, {"nik": "5203015708620007"}, {"asal_nama": "Orang Lain"},
        {"asal_tanggal_lahir": datetime.date(1970, 1, 1)},
    ],
    ids=["porsi", "nik", "nama", "lahir"],
)  # fmt: skip
def test_yang_tidak_cocok_mendapat_satu_jawaban(kantor, kirim, jawaban, ganti):
    with pytest.raises(IsianSalah) as galat:
        kirim(**ganti)
    assert galat.value.galat == {"__all__": tidak_dapat(kantor, jawaban())} and not Perkara.objects.exists()


def test_nik_orang_lain_sebagai_penerima_sama_kalimatnya(kantor, kirim, jawaban):
    lain = contoh.buat_jemaah(kantor, 77)
    with pytest.raises(IsianSalah) as galat:
        kirim(nik_penerima=lain.nik)
    assert galat.value.galat == {"__all__": tidak_dapat(kantor, jawaban())}


def test_porsi_di_kantor_lain_diajukan_di_sana(kirim, jawaban):
    jawaban()
    Porsi.objects.update(kantor=Kantor.objects.get(slug="palu"))
    with pytest.raises(IsianSalah) as galat:
        kirim()
    assert "245/2021 A.9" in kalimat(galat)


def test_porsi_yang_lebih_dekat_tidak_disebut_nomornya(kantor, kirim, jawaban):
    isi = jawaban()
    asal = Jemaah.objects.get(nik=isi["nik"])
    dekat = Porsi.objects.create(nomor="2300000077", jemaah=asal, kantor=kantor, terbit=datetime.date(2012, 1, 1))
    with pytest.raises(IsianSalah) as galat:
        kirim()
    assert galat.value.galat == {"__all__": [PORSI_LAIN]} and dekat.nomor not in kalimat(galat)


@pytest.mark.parametrize(
    ("ganti", "kata"),
    [
        ({"tanggal_lahir": timezone.localdate() - datetime.timedelta(days=4000)}, "245/2021 A.4"),
        ({"agama": "lain"}, "245/2021 A.4"),
        ({"tanggal_meninggal": datetime.date(2019, 4, 28)}, "tidak dapat dilimpahkan"),
        ({"tanggal_meninggal": timezone.localdate(), "masuk_asrama": timezone.localdate()}, "245/2021 A.7"),
        ({"bank_penerima": "Bank Lain"}, "245/2021 B.1.h"),
        ({"atas_nama": "ORANG LAIN"}, "245/2021 B.1.h"),
    ],
    ids=["usia", "agama", "wafat-dulu", "asrama", "bank", "rekening"],
)
def test_aturan_menyebut_sumbernya(kirim, ganti, kata):
    with pytest.raises(IsianSalah) as galat:
        kirim(**ganti)
    assert kata in kalimat(galat) and not Perkara.objects.exists()


def test_yang_ditolak_tidak_meninggalkan_penerima(kirim, jawaban):
    with pytest.raises(IsianSalah):
        kirim(agama="lain")
    assert not Jemaah.objects.filter(nik=jawaban()["nik_penerima"]).exists() and not KontakPerkara.objects.exists()


@pytest.mark.parametrize("kode", ["surat-kuasa", "foto-pengaju"])
def test_berkas_yang_kurang_disebut_namanya(kirim, kode):
    with pytest.raises(IsianSalah) as galat:
        kirim(buang=[kode])
    assert set(galat.value.galat) == {f"unggah_{kode}"}


@pytest.fixture
def dikembalikan(kirim, pelaksana):
    """A case returned for the power of attorney alone."""
    perkara = kirim().perkara
    isi = contoh.isian(perkara, "periksa_berkas")
    isi["verdict"]["surat-kuasa"] = ("kurang", "Tanda tangan kepala desa tidak terbaca.")
    pelaksana.lakukan(perkara, "periksa_berkas", isi)
    return segar(pelaksana.lakukan(segar(perkara), "kembalikan", {"catatan": ""}).perkara)


def test_dikembalikan_diperbaiki_sampai_selesai(dikembalikan, pelaksana):
    """Only what was returned is sent again; then the case goes its whole way, and the porsi is the recipient's."""
    assert [b.kode for b in AJUAN.butir_terbuka(dikembalikan)] == ["surat-kuasa"]
    oleh = Pemohon(dikembalikan, "uji")
    with pytest.raises(IsianSalah):
        jalankan(dikembalikan, "kirim_perbaikan", oleh=oleh, versi=dikembalikan.versi, data={"unggahan": {}})
    isi = contoh.isian(dikembalikan, "kirim_perbaikan")
    p = segar(jalankan(dikembalikan, "kirim_perbaikan", oleh=oleh, versi=dikembalikan.versi, data=isi).perkara)
    assert p.tahap == "diperiksa" and AJUAN.butir_terbuka(p) == []
    assert p.butir.get(kode="surat-kuasa").verdict == "belum"
    while p.ditutup is None:
        nama = langkah_berikut(p).nama
        p = segar(pelaksana.lakukan(p, nama, contoh.isian(p, nama)).perkara)
    assert p.tahap == "selesai" and p.porsi.jemaah == p.pemohon


def test_perkara_loket_tidak_mengenal_kiriman(kantor, pelaksana):
    perkara = contoh.buka_contoh(kantor, 5).perkara
    perkara.butir.filter(kode="surat-kuasa").update(verdict="kurang", alasan="x")
    perkara = segar(pelaksana.lakukan(perkara, "kembalikan", {"catatan": ""}).perkara)
    assert AJUAN.butir_terbuka(perkara) == [] and foto_pengaju(perkara) is None


def test_pewawancara_membandingkan_foto_unggahan(kirim):
    perkara = kirim().perkara
    alamat = foto_pengaju(perkara).get_absolute_url()
    assert alamat in FormFoto(perkara=perkara).fields["foto"].help_text


def test_kabar_kepada_pengirim(kirim, mailoutbox):
    perkara = kirim().perkara
    while sapu():
        pass
    assert mailoutbox[-1].to == ["penerima1@contoh.example"] and perkara.pemohon.nama in mailoutbox[-1].body


def konsep_terisi(client, isi, **lain):
    """A draft with all answers and documents, opened in this browser; its address."""
    orang = {n: str(v or "") for n, v in isi.items()}
    konsep = ajukan.konsep_contoh(layanan="pelimpahan", nik_hash=hash_nik(isi["nik"]), isi=orang, **lain)
    for kode, satu in contoh.berkas_elektronik(konsep.kantor, isi).items():
        simpan_berkas(konsep, kode, satu)
    sesi = client.session
    sesi["konsep"] = [konsep.token]
    sesi.save()
    return f"/ajukan/konsep/{konsep.token}"


def test_dari_halaman_sampai_perkara_satu_kali(client, jawaban):
    alamat = konsep_terisi(client, jawaban())
    for _ in range(2):
        jawab = client.post(f"{alamat}/periksa/", {"setuju": "1"})
        assert jawab.status_code == 303, jawab.content.decode()
        assert jawab["Location"] == f"{alamat}/terkirim/"
    perkara = Perkara.objects.get()
    terkirim = client.get(f"{alamat}/terkirim/").content.decode()
    assert perkara.nomor in terkirim and "tanggal lahir Anda sebagai penerima" in terkirim
    assert perkara.kontak.alamat == ajukan.ALAMAT and Konsep.objects.get().isi == {}


def test_jawaban_tidak_membocorkan_yang_tersimpan(client, jawaban):
    """The same letters were typed each time, only what is stored differs: the pages are the same to the byte."""
    isi = jawaban()
    alamat = konsep_terisi(client, isi)
    asal, halaman = Jemaah.objects.filter(nik=isi["nik"]), set()
    for ubah in (
        lambda: asal.update(nama="Nama Lain"),
        lambda: asal.update(nama=isi["asal_nama"], tanggal_lahir=datetime.date(1951, 1, 1)),
        lambda: (asal.update(tanggal_lahir=isi["asal_tanggal_lahir"]), Porsi.objects.update(nomor="2399999999")),
        lambda: (
            Porsi.objects.update(nomor=isi["nomor_porsi"]), Jemaah.objects.create(
                nik=isi["nik_penerima"], nama="Orang Lain", tanggal_lahir=datetime.date(1980, 1, 1), alamat="x",
                jenis_kelamin="L", tempat_lahir="x", kabupaten="x",
            ),
        ),
    ):  # fmt: skip
        ubah()
        jawab = client.post(f"{alamat}/periksa/", {"setuju": "1"})
        assert jawab.status_code == 422 and TIDAK_DAPAT in jawab.content.decode()
        halaman.add(re.sub(r'nonce="[^"]+"|name="csrfmiddlewaretoken" value="[^"]+"', "", jawab.content.decode()))
    assert len(halaman) == 1 and not Perkara.objects.exists()


def test_halaman_penerima_menolak_nik_jemaah(client, jawaban):
    alamat = konsep_terisi(client, jawaban())
    jawab = client.post(
        f"{alamat}/isi/penerima/", {n: str(v) for n, v in jawaban().items()} | {"nik_penerima": jawaban()["nik"]}
    )
    assert jawab.status_code == 422 and "jemaah tidak dapat menerima porsinya sendiri" in jawab.content.decode()


def test_periksa_kelayakan_dan_ajukan_saling_menunjuk(client, kantor):
    mulai = client.get("/ajukan/pelimpahan/?kantor=lombok-timur").content.decode()
    assert "/kelayakan-pelimpahan/" in mulai and "Kantor tempat jemaah mendaftar" in mulai
    hasil = client.post("/kelayakan-pelimpahan/", {"kantor": "lombok-timur", "sebab": "wafat"}).content.decode()
    assert "/ajukan/pelimpahan/?kantor=lombok-timur" in hasil
