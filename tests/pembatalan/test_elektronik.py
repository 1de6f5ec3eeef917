"""Cancellation from outside: what opens, what is refused in the same words, and what the office does with it."""

from __future__ import annotations

import datetime
import re

import pytest
from django.utils import timezone

from haji_portal.akun.models import Kantor, Penugasan
from haji_portal.alur.efek import sapu
from haji_portal.alur.galat import IsianSalah, SudahAda
from haji_portal.alur.jalankan import jalankan
from haji_portal.alur.models import Perkara
from haji_portal.alur.pelaku import Pemohon, Petugas
from haji_portal.berkas.daftar import foto_pengaju
from haji_portal.berkas.models import Lampiran, SyaratBerkas
from haji_portal.jemaah.models import Jemaah, Porsi, Rekening, Setoran, hash_nik
from haji_portal.ptsp.ajukan.konsep import simpan_berkas
from haji_portal.ptsp.models import Konsep
from pembatalan import contoh
from pembatalan.elektronik import (
    MASIH_TERBUKA,
    TIDAK_DAPAT,
    buka_elektronik,
    daftar_syarat,
    tidak_dapat,
)
from pembatalan.forms import FormFoto
from pembatalan.isian import KTP
from pembatalan.masuk import FormPembatalan
from pembatalan.publik import AJUAN, kasus
from pembatalan.tahap import Sebab
from tests import ajukan
from tests.ajukan import kalimat
from tests.kontrak.potret import segar


@pytest.fixture
def kantor(pelaksana, settings, tmp_path):
    settings.HAJI_PRIVAT = tmp_path
    return Kantor.objects.get(slug="lombok-timur")


@pytest.fixture
def pengirim(kantor):
    return ajukan.Pengirim(contoh, buka_elektronik, kantor, Sebab.MENINGGAL)


@pytest.fixture
def jawaban(pengirim):
    return pengirim.jawaban


@pytest.fixture
def kirim(pengirim):
    return pengirim.kirim


def test_kiriman_ahli_waris_membuka_perkara(kirim):
    perkara = kirim().perkara
    assert (perkara.tahap, perkara.saluran, perkara.pengaju) == ("diperiksa", "elektronik", "ahli-waris")
    kode = set(perkara.butir.values_list("kode", flat=True))
    assert {"foto-pengaju", "akta-kematian", "keterangan-waris"} < kode
    assert set(Lampiran.objects.filter(perkara=perkara.pk).values_list("butir__kode", flat=True)) == kode
    assert set(perkara.butir.values_list("bentuk", flat=True)) == {"unggahan"}
    assert perkara.porsi.status == Porsi.Status.AKTIF and perkara.riwayat.get().pelaku_jenis == "pemohon"


@pytest.mark.parametrize("sebab", [Sebab.SENDIRI, Sebab.BELUM_DAFTAR])
def test_jemaah_sendiri_tanpa_surat_bersyarat(kirim, sebab):
    perkara = kirim(sebab=sebab).perkara
    assert perkara.pengaju == "jemaah" and (perkara.porsi is None) == (sebab == Sebab.BELUM_DAFTAR)
    kode = set(perkara.butir.values_list("kode", flat=True))
    assert not kode & {"surat-kuasa", "akta-kematian", "keterangan-waris"}


def test_yang_tersimpan_tidak_berubah(kirim, jawaban):
    isi = jawaban()
    lama = [list(m.objects.order_by("pk").values()) for m in (Jemaah, Porsi, Setoran, Rekening)]
    perkara = kirim(nama=isi["nama"].upper(), nomor_rekening="7799000001").perkara
    kini = [list(m.objects.order_by("pk").values()) for m in (Jemaah, Porsi, Setoran, Rekening)]
    assert kini[:3] == lama[:3] and kini[3][:-1] == lama[3], "the new account stands beside the known ones"
    assert perkara.rekening.nomor == "7799000001"


def test_dikirim_dua_kali_satu_perkara(kirim):
    satu, dua = kirim(), kirim()
    assert dua.sudah and dua.perkara.pk == satu.perkara.pk and Perkara.objects.count() == 1


def test_dua_kontak_untuk_satu_porsi(kirim):
    kirim()
    with pytest.raises(SudahAda, match=re.escape(MASIH_TERBUKA)):
        kirim(kontak=contoh.kontak_contoh(99))
    assert Perkara.objects.count() == 1


def test_nomor_validasi_setoran_juga_menemukan_porsinya(kirim, jawaban):
    porsi = Porsi.objects.get(nomor=jawaban()["nomor"])
    setoran = porsi.setoran.get(jenis=Setoran.Jenis.AWAL)
    assert kirim(nomor=setoran.nomor_validasi).perkara.porsi == porsi


@pytest.mark.parametrize(
    "ganti",
    [
        {"nomor": "2999999999"}, {"nomor": "XYZ000"}, {"nama": "Orang Lain"},
        {"tanggal_lahir": datetime.date(1970, 1, 1)}, {"nik": "5203015708620007"},
    ],
    ids=["porsi", "validasi", "nama", "lahir", "nik"],
)  # fmt: skip
def test_yang_tidak_cocok_mendapat_satu_jawaban(kantor, kirim, jawaban, ganti):
    with pytest.raises(IsianSalah) as galat:
        kirim(**ganti)
    assert galat.value.galat == {"__all__": tidak_dapat(kantor, jawaban())} and not Perkara.objects.exists()


def test_yang_tidak_dikenal_tahu_ke_mana_dan_membawa_apa(kantor, jawaban):
    periksa, datang = tidak_dapat(kantor, jawaban())
    assert periksa == TIDAK_DAPAT and kantor.nama in datang
    assert "Surat Pendaftaran Haji (SPH)" in datang and "Akta kematian" in datang and "Foto diri" not in datang
    sendiri = tidak_dapat(kantor, jawaban(2, Sebab.BELUM_DAFTAR))[1]
    assert "Bukti setoran awal" in sendiri and "Akta kematian" not in sendiri


def test_setoran_yang_sudah_menjadi_porsi_tidak_dibatalkan_sendiri(kantor, jawaban):
    isi = jawaban() | {"sebab": Sebab.BELUM_DAFTAR}
    isi["nomor"] = Setoran.objects.get(porsi__nomor=isi["nomor"], jenis=Setoran.Jenis.AWAL).nomor_validasi
    with pytest.raises(IsianSalah) as galat:
        buka_elektronik(kantor, isi, contoh.berkas_elektronik(kantor, isi), contoh.kontak_contoh(1))
    assert galat.value.galat == {"__all__": tidak_dapat(kantor, isi)}


def test_setoran_batal_dan_pengakuan_orang_sama_kalimatnya(kantor, kirim, jawaban):
    isi = jawaban(2, Sebab.BELUM_DAFTAR)
    for ubah in ({"dibatalkan": timezone.now()}, {"dibatalkan": None, "sumber": Setoran.Sumber.PEMOHON}):
        Setoran.objects.update(**ubah)
        with pytest.raises(IsianSalah) as galat:
            kirim(2, Sebab.BELUM_DAFTAR)
        assert galat.value.galat == {"__all__": tidak_dapat(kantor, isi)}


@pytest.mark.parametrize(
    ("ubah", "ganti", "kata"),
    [
        ({"kabupaten": "Kabupaten Lombok Barat"}, {}, "241/2021 A.2"),
        ({}, {"masuk_asrama": datetime.date(2026, 5, 20)}, "241/2021 A.6"),
        ({}, {"atas_nama": "ORANG LAIN"}, "241/2021 B.1.d"),
        ({}, {"tanggal_meninggal": datetime.date(1999, 1, 1)}, "241/2021 A.6"),
        ({}, {"pengaju": "jemaah", "tanggal_meninggal": None}, "241/2021 A.6"),
    ],
    ids=["domisili", "asrama", "rekening", "wafat-dulu", "bukan-waris"],
)
def test_aturan_menyebut_sumbernya(kirim, jawaban, ubah, ganti, kata):
    jawaban()
    Jemaah.objects.update(**ubah) if ubah else None
    with pytest.raises(IsianSalah) as galat:
        kirim(**ganti)
    assert kata in kalimat(galat) and not Perkara.objects.exists()


@pytest.mark.parametrize("kode", ["akta-kematian", "foto-pengaju"])
def test_berkas_yang_kurang_disebut_namanya(kirim, kode):
    with pytest.raises(IsianSalah) as galat:
        kirim(buang=[kode])
    assert set(galat.value.galat) == {f"unggah_{kode}"}


@pytest.mark.parametrize(
    ("isi", "diminta", "tidak"),
    [
        ({}, set(), {"foto-pengaju"}),
        ({"sebab": "meninggal"}, {"akta-kematian", "keterangan-waris", "foto-pengaju"}, {"surat-kuasa", "ktp"}),
        ({"sebab": "sendiri", "pengaju": "jemaah", "tanggal_meninggal": "2026-01-01"}, {"ktp"}, {"surat-kuasa"}),
        ({"sebab": "sendiri", "pengaju": "kuasa", "berhalangan_tetap": "True"}, {"surat-kuasa"}, {"akta-kematian"}),
        (
            {"sebab": "validasi-belum-daftar", "pengaju": "ahli-waris", "berhalangan_tetap": "True"},
            {"akta-kematian", "keterangan-waris"}, {"surat-kuasa"},
        ),
        ({"sebab": "validasi-tidak-memenuhi"}, set(), set()),
    ],
)  # fmt: skip
def test_berkas_mengikuti_jawaban(kantor, isi, diminta, tidak):
    """What was typed under another choice stays in a draft, but asks for nothing."""
    wajib = {s.kode for s in daftar_syarat(kantor, isi) if s.wajib}
    assert diminta <= wajib and not wajib & tidak


def test_jenis_tanpa_daftar_kantor_tidak_ditawarkan(kantor):
    assert [judul for judul, _ in kasus(kantor)] == [
        Sebab(s).label for s in ("meninggal", "sendiri", "validasi-belum-daftar")
    ]
    SyaratBerkas.objects.create(
        layanan="pembatalan", kasus="alasan-sah", kode="surat-alasan", nama="Surat alasan", kantor=kantor,
        mulai=datetime.date(2021, 1, 1),
    )  # fmt: skip
    assert Sebab.ALASAN_SAH.label in [judul for judul, _ in kasus(kantor)]


@pytest.fixture
def dikembalikan(kirim, pelaksana):
    """A case returned for the death certificate alone."""
    perkara = kirim().perkara
    isi = contoh.isian(perkara, "periksa_berkas")
    isi["verdict"]["akta-kematian"] = ("kurang", "Tulisan pada akta tidak terbaca.")
    pelaksana.lakukan(perkara, "periksa_berkas", isi)
    return segar(pelaksana.lakukan(segar(perkara), "kembalikan", {"catatan": ""}).perkara)


def test_hanya_yang_dikembalikan_dikirim_lagi(dikembalikan):
    assert [b.kode for b in AJUAN.butir_terbuka(dikembalikan)] == ["akta-kematian"]
    oleh = Pemohon(dikembalikan, "uji")
    with pytest.raises(IsianSalah):
        jalankan(dikembalikan, "kirim_perbaikan", oleh=oleh, versi=dikembalikan.versi, data={"unggahan": {}})
    perkara = jalankan(
        dikembalikan, "kirim_perbaikan", oleh=oleh, versi=dikembalikan.versi,
        data=contoh.isian(dikembalikan, "kirim_perbaikan"),
    ).perkara  # fmt: skip
    assert perkara.tahap == "diperiksa" and AJUAN.butir_terbuka(perkara) == []
    assert perkara.butir.get(kode="akta-kematian").verdict == "belum"


def test_perkara_loket_tidak_mengenal_kiriman(kantor, pelaksana):
    perkara = contoh.buka_contoh(kantor, 5, sebab=Sebab.SENDIRI).perkara
    perkara.butir.filter(kode="ktp").update(verdict="kurang", alasan="x")
    perkara = segar(pelaksana.lakukan(perkara, "kembalikan", {"catatan": ""}).perkara)
    assert AJUAN.butir_terbuka(perkara) == [] and foto_pengaju(perkara) is None


def test_foto_unggahan_menjadi_foto_perkara(kirim, pelaksana):
    perkara = kirim().perkara
    assert not FormFoto({}, perkara=perkara).is_valid()
    form = FormFoto({"pakai_unggahan": "on"}, perkara=perkara)
    assert form.is_valid(), form.errors
    perkara = segar(pelaksana.lakukan(perkara, "ambil_foto", form.cleaned_data).perkara)
    assert perkara.lampiran.filter(jenis="foto_3x4").count() == 1


def test_kabar_kepada_pengirim_dan_menyapa_pengaju(kirim, mailoutbox):
    perkara = kirim().perkara
    while sapu():
        pass
    surel = mailoutbox[-1]
    assert surel.to == ["keluarga1@contoh.example"] and perkara.nama_pengaju in surel.body


def test_pengakuan_palsu_diakhiri_petugas(kantor, kirim, jawaban, pelaksana):
    """The counter names the case that stands in the way; it ends there, the porsi is as before, its owner is served."""
    palsu = kirim(kontak=contoh.kontak_contoh(66)).perkara
    orang = {n: getattr(palsu.pemohon, n) for n in KTP}
    isi = (
        {
            "nomor_porsi": palsu.porsi.nomor,
            "bank_tujuan": "Bank Contoh",
            "saluran": "loket",
            "keluarga_diberi_tahu": "on",
        }
        | orang
        | jawaban()
    )
    form = FormPembatalan(isi, kantor=kantor)
    assert form.is_valid(), form.errors
    tugas = Penugasan.objects.select_related("pengguna", "kantor").get(kantor=kantor, peran="jfu")
    with pytest.raises(SudahAda, match=palsu.nomor):
        form.buka(Petugas(tugas.pengguna, tugas))
    pelaksana.lakukan(palsu, "tolak", contoh.isian(palsu, "tolak"))
    perkara = kirim().perkara
    assert perkara.porsi.status == Porsi.Status.AKTIF and perkara.pk != palsu.pk


def konsep_terisi(client, isi, **lain):
    """A draft with all answers and documents, opened in this browser; its token."""
    orang = {n: str(v) for n, v in isi.items()}
    konsep = ajukan.konsep_contoh(layanan="pembatalan", nik_hash=hash_nik(isi["nik"]), isi=orang, **lain)
    for kode, satu in contoh.berkas_elektronik(konsep.kantor, isi).items():
        simpan_berkas(konsep, kode, satu)
    sesi = client.session
    sesi["konsep"] = [konsep.token]
    sesi.save()
    return f"/ajukan/konsep/{konsep.token}"


def test_dari_halaman_sampai_perkara_satu_kali(client, jawaban):
    alamat = konsep_terisi(client, jawaban())
    for _ in range(2):
        assert client.post(f"{alamat}/periksa/", {"setuju": "1"})["Location"] == f"{alamat}/terkirim/"
    perkara = Perkara.objects.get()
    assert perkara.nomor in client.get(f"{alamat}/terkirim/").content.decode()
    assert "25.000.000" not in client.get("/cek/hasil/").content.decode(), "nobody has looked at the papers yet"
    assert perkara.kontak.alamat == ajukan.ALAMAT and Lampiran.objects.filter(perkara=perkara).count() == 8


def test_jawaban_tidak_membocorkan_yang_tersimpan(client, jawaban):
    """The same letters were typed each time, only what is stored differs: the pages are the same to the byte."""
    alamat = konsep_terisi(client, jawaban())
    lahir = Jemaah.objects.get().tanggal_lahir
    halaman = set()
    for ubah in (
        lambda: Jemaah.objects.update(nama="Nama Lain"),
        lambda: Jemaah.objects.update(nama=jawaban()["nama"], tanggal_lahir=datetime.date(1951, 1, 1)),
        lambda: (Jemaah.objects.update(tanggal_lahir=lahir), Setoran.objects.update(dibatalkan=timezone.now())),
        lambda: Porsi.objects.update(nomor="2399999999"),
    ):
        ubah()
        jawab = client.post(f"{alamat}/periksa/", {"setuju": "1"})
        assert jawab.status_code == 422 and TIDAK_DAPAT in jawab.content.decode()
        halaman.add(re.sub(r'nonce="[^"]+"|name="csrfmiddlewaretoken" value="[^"]+"', "", jawab.content.decode()))
    assert len(halaman) == 1 and not Perkara.objects.exists()


def test_jenis_diganti_berkas_lama_diabaikan(client, jawaban):
    """Files of the first choice stay in the draft, are not asked, not shown and not sent."""
    alamat = konsep_terisi(client, jawaban())
    sendiri = {"sebab": "sendiri", "pengaju": "jemaah", "tanggal_meninggal": "2026-01-01", "berhalangan_tetap": ""}
    assert client.post(f"{alamat}/isi/sebab/", sendiri).status_code == 302
    dokumen = re.findall(r'data-berkas="([a-z-]+)"', client.get(f"{alamat}/dokumen/").content.decode())
    assert "ktp" in dokumen and not {"akta-kematian", "identitas-ahli-waris", "surat-kuasa"} & set(dokumen)
    assert client.get(f"{alamat}/isi/tujuan/").status_code == 200
    client.post(f"{alamat}/isi/tujuan/", {**jawaban(), "atas_nama": jawaban()["nama"]})
    simpan_berkas(Konsep.objects.get(), "ktp", contoh.berkas_satu("ktp", "KTP"))
    assert client.post(f"{alamat}/periksa/", {"setuju": "1"}).status_code == 303
    perkara = Perkara.objects.get().rinci()
    assert perkara.tanggal_meninggal is None and not perkara.nama_pengaju
    assert not perkara.butir.filter(kode="akta-kematian").exists()


def test_halaman_awal_memberi_tahu_sebelum_memilih(client, kantor):
    teks = client.get("/ajukan/pembatalan/?kantor=lombok-timur").content.decode()
    assert teks.index("tidak dapat dikembalikan") < teks.index("Siapkan berkas ini") < teks.index("Akta kematian")
    assert (
        "/layanan/pelimpahan/" in teks and "ajukan/pembatalan/" in client.get("/layanan/pembatalan/").content.decode()
    )


@pytest.mark.parametrize("bagian", ["sebab", "orang", "tujuan"])
def test_halaman_kosong_atau_rusak_tidak_jatuh(client, kantor, bagian):
    konsep = ajukan.konsep_contoh(layanan="pembatalan", isi={"nik": ajukan.NIK, "nomor": "2400000001"})
    sesi = client.session
    sesi["konsep"] = [konsep.token]
    sesi.save()
    alamat = f"/ajukan/konsep/{konsep.token}/isi/{bagian}/"
    rusak = dict.fromkeys(("sebab", "pengaju", "nama", "atas_nama", "nomor_rekening", "bank_tujuan"), "x\x00" * 200)
    for isi in ({}, rusak, {"sebab": "validasi-tidak-memenuhi", "pengaju": "kantor"}):
        assert client.post(alamat, isi).status_code == 422
    assert client.get(alamat).status_code == 200
