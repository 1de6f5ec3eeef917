"""Registration by phone: what a public sender may open and repair, and what stays as it is."""

import datetime
import io

import pytest
from django.utils import timezone
from PIL import Image, ImageChops, ImageStat

from haji_portal.akun.models import Kantor
from haji_portal.alur.efek import sapu
from haji_portal.alur.galat import IsianSalah, SalahTahap, SudahAda, Tertutup, TidakBerhak
from haji_portal.alur.jalankan import jalankan
from haji_portal.alur.models import Efek, Perkara
from haji_portal.alur.otomatis import lakukan_sendiri
from haji_portal.alur.pelaku import Pemohon
from haji_portal.alur.posisi import langkah_berikut
from haji_portal.berkas.models import Lampiran
from haji_portal.berkas.simpan import baca
from haji_portal.jemaah.models import Jemaah, Rekening, Setoran
from haji_portal.surat.terbit import isi_pdf
from pendaftaran import contoh
from pendaftaran.banding import FormBanding
from pendaftaran.elektronik import buka_elektronik
from pendaftaran.forms import FormSpph
from pendaftaran.periksa import FormPeriksa
from pendaftaran.publik import AJUAN
from tests.ajukan import kalimat
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


@pytest.mark.parametrize("sumber", ["bps", "pemohon"])
def test_setoran_yang_dibatalkan_ditolak(kirim, pelaksana, sumber):
    pelaksana.lakukan(kirim().perkara, "cabut", {"alasan": "Pindah domisili."})
    Setoran.objects.update(dibatalkan=timezone.now(), sumber=sumber)
    with pytest.raises(IsianSalah) as galat:
        kirim()
    assert "sudah dibatalkan" in galat.value.galat["nomor_validasi"][0]
    with pytest.raises(IsianSalah) as galat:
        kirim(2, nomor_validasi=contoh.nomor_validasi(1))
    assert "dibatalkan" not in kalimat(galat), "a stranger does not hear what became of it"
    assert Setoran.objects.get().sumber == sumber


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
    assert [b.kode for b in AJUAN.butir_terbuka(dikembalikan)] == ["foto-ktp"]
    lama = Lampiran.objects.terkini().get(perkara=dikembalikan.pk, butir__kode="foto-ktp")
    perkara = perbaiki(dikembalikan, {"foto-ktp": contoh.berkas_satu("foto-ktp", "")}).perkara
    assert perkara.tahap == "diperiksa" and AJUAN.butir_terbuka(perkara) == []
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
    assert AJUAN.butir_terbuka(perkara) == []
    with pytest.raises(SalahTahap):
        perbaiki(perkara, {"ktp-kia": contoh.berkas_satu("ktp-kia", "KTP")})


@pytest.fixture
def diperiksa(kirim, pelaksana):
    perkara = kirim().perkara
    return segar(pelaksana.lakukan(perkara, "periksa_berkas", contoh.isian(perkara, "periksa_berkas")).perkara)


def test_perbandingan_berlaku_sampai_fotonya_diganti(diperiksa, pelaksana):
    """The comparison stands for coming in person; a new photo of the face undoes it, another paper does not."""
    perkara = segar(pelaksana.lakukan(diperiksa, "bandingkan_foto", contoh.isian(diperiksa, "bandingkan_foto")).perkara)
    assert perkara.hadir_sendiri and langkah_berikut(perkara).nama == "nyatakan_lengkap"
    isi = contoh.isian(perkara, "periksa_berkas") | {"unggahan": {"kartu-keluarga": contoh.pdf_contoh("KK")}}
    perkara = segar(pelaksana.lakukan(perkara, "periksa_berkas", isi).perkara)
    assert perkara.hadir_sendiri
    isi = contoh.isian(perkara, "periksa_berkas") | {"unggahan": {"foto-diri": contoh.berkas_satu("foto-diri", "")}}
    perkara = segar(pelaksana.lakukan(perkara, "periksa_berkas", isi).perkara)
    assert not perkara.hadir_sendiri and langkah_berikut(perkara).nama == "bandingkan_foto"
    with pytest.raises(Tertutup, match="dibandingkan"):
        pelaksana.lakukan(perkara, "nyatakan_lengkap")


def test_perbandingan_menuntut_tiga_gambar(diperiksa, pelaksana):
    isi = contoh.isian(diperiksa, "periksa_berkas") | {"unggahan": {"foto-ktp": contoh.pdf_contoh("KTP")}}
    perkara = segar(pelaksana.lakukan(diperiksa, "periksa_berkas", isi).perkara)
    with pytest.raises(Tertutup, match="sebagai gambar"):
        pelaksana.lakukan(perkara, "bandingkan_foto", {"foto": None})


def test_potongan_yang_dipilih_persis_yang_disimpan(diperiksa, pelaksana):
    """The pixels of the stored 3x4 are those that the preview's viewBox shows."""
    form = FormBanding({"sama": "on", "potongan": "190-50-25"}, perkara=diperiksa)
    assert form.is_valid(), form.errors
    sudut = [
        float(a)
        for kelompok in form.kelompok_potongan()
        for baris in kelompok.baris
        for p in baris
        if p.terpilih
        for a in p.kotak.split()
    ]
    asal = Image.open(io.BytesIO(contoh.gambar_diri(contoh.benih_foto(diperiksa) % 2))).convert("RGB")
    kiri, atas, lebar, tinggi = sudut
    harap = asal.resize((354, 472), box=(kiri, atas, kiri + lebar, atas + tinggi))
    foto = form.cleaned_data["foto"].foto_3x4
    jadi = Image.open(io.BytesIO(baca(foto.kunci, foto.sha256)))
    assert jadi.size == (354, 472)
    beda = ImageStat.Stat(ImageChops.difference(harap, jadi)).mean
    assert max(beda) < 12, beda


def test_pernyataan_dan_potongan_wajib(diperiksa):
    for isi in ({"potongan": "100-50-50"}, {"sama": "on"}, {"sama": "on", "potongan": "1000-50-50"}):
        assert not FormBanding(isi, perkara=diperiksa).is_valid()


def test_sph_disampaikan_portal_sendiri_sesudah_tanda_tangan(kirim, pelaksana, mailoutbox):
    perkara = kirim().perkara
    while (lk := langkah_berikut(perkara)).nama != "sampaikan_sph":
        perkara = segar(pelaksana.lakukan(perkara, lk.nama, contoh.isian(perkara, lk.nama)).perkara)
    assert perkara.lampiran.filter(jenis="foto_3x4", diganti_pada__isnull=True).count() == 1
    while sapu():
        pass
    perkara = segar(perkara)
    assert perkara.tahap == "selesai" and perkara.ditutup
    surel = mailoutbox[-1]
    assert surel.to == ["jemaah1@contoh.example"] and "terlampir" in surel.body
    ((nama, isi, mime),) = surel.attachments
    assert (nama, mime) == (f"SPH-{perkara.nomor}.pdf", "application/pdf")
    assert isi == isi_pdf(perkara.surat.get(jenis="sph")) and isi.startswith(b"%PDF")
    judul = [s.subject for s in mailoutbox]
    assert len(judul) == len(set(judul)) == 4, "received, complete, before the signature, done with its letter"
    assert not any("loket" in s.body for s in mailoutbox)
    akhir = perkara.riwayat.order_by("-urut").first()
    assert (akhir.langkah, akhir.pelaku_jenis) == ("sampaikan_sph", "sistem")
    efek = Efek.objects.get(jenis="alur.langkah")
    lakukan_sendiri(efek)
    assert segar(perkara).versi == perkara.versi, "a second run changes nothing"


def test_pembawa_kertas_tetap_dilayani(dikembalikan, pelaksana):
    """A returned pilgrim walks in: the officer takes the paper and goes on by the same table."""
    perkara = segar(pelaksana.lakukan(dikembalikan, "lengkapi").perkara)
    assert perkara.tahap == "diperiksa" and langkah_berikut(perkara).nama == "periksa_berkas"


@pytest.fixture
def dikenal(kantor, kirim):
    contoh.buat_jemaah(kantor, 1, alamat="Dusun Lama", nama_ayah="Haji Lama", email="")
    return kirim(alamat="Dusun Baru", nama_ayah="Ayah Baru", email="baru@contoh.example").perkara


def isi_periksa(perkara, **ganti):
    form = FormPeriksa(perkara=perkara)
    isi = {f"isian_{n}": form[f"isian_{n}"].value() for n in form.tersimpan}
    isi |= {f"verdict_{b.kode}": "ada" for b in perkara.butir.all()} | ganti
    return FormPeriksa(isi, perkara=perkara)


def test_petugas_memutuskan_isian_yang_berbeda(dikenal, pelaksana):
    form = isi_periksa(dikenal, isian_alamat="Dusun Baru")
    assert "Pemohon menulis: Dusun Baru" in form.fields["isian_alamat"].help_text and form.lihat_isian
    assert form.is_valid(), form.errors
    assert form.cleaned_data["isian"] == {"alamat": "Dusun Baru"}
    perkara = segar(pelaksana.lakukan(dikenal, "periksa_berkas", form.cleaned_data).perkara)
    assert perkara.pemohon.alamat == "Dusun Baru" and perkara.pemohon.email == ""
    assert set(perkara.isian_pemohon) == {"email", "nama_ayah"}
    assert "Ayah Baru" in FormSpph(perkara=perkara).fields["nama_ayah"].help_text


def test_salah_ketik_pemohon_dapat_dibetulkan(kirim, pelaksana):
    """A name typed wrong on the phone must not end the application."""
    perkara = kirim().perkara
    ganti = {
        "isian_nama": "Nama Menurut KTP", "isian_rekening.atas_nama": "NAMA MENURUT KTP",
        "isian_setoran.jumlah": "26000000",
    }  # fmt: skip
    form = isi_periksa(perkara, **ganti)
    assert form.is_valid(), form.errors
    perkara = segar(pelaksana.lakukan(perkara, "periksa_berkas", form.cleaned_data).perkara)
    assert (perkara.pemohon.nama, perkara.rekening.atas_nama, perkara.setoran.jumlah) == (
        "Nama Menurut KTP", "NAMA MENURUT KTP", 26_000_000,
    )  # fmt: skip


def test_catatan_bank_tidak_diubah_dari_sini(kantor, kirim):
    """What the bank recorded stays; that the applicant stated another amount is only shown."""
    jemaah = contoh.buat_jemaah(kantor, 1)
    isi = contoh.isi_elektronik(kantor, 1)
    Setoran.objects.create(
        jemaah=jemaah, bank=isi["bank"], nomor_validasi=isi["nomor_validasi"], jumlah=25_000_000,
        tanggal=isi["tanggal_setoran"], sumber="bps",
    )  # fmt: skip
    perkara = kirim(jumlah=24_000_000).perkara
    form = FormPeriksa(perkara=perkara)
    assert "isian_setoran.jumlah" not in form.fields
    assert form.beda_bank == ["Jumlah setoran (rupiah): pemohon menulis Rp24.000.000, yang tercatat Rp25.000.000."]
    assert perkara.setoran.jumlah == 25_000_000


def test_pengakuan_yang_ditolak_tidak_menghalangi_pemiliknya(kantor, kirim, pelaksana):
    """Somebody typed another person's nomor validasi first; once that is rejected its owner gets it."""
    palsu = kirim(2, nomor_validasi=contoh.nomor_validasi(1)).perkara
    pelaksana.lakukan(palsu, "tolak", contoh.isian(palsu, "tolak"))
    perkara = kirim(1).perkara
    assert perkara.setoran.jemaah == perkara.pemohon and Setoran.objects.count() == 1


def test_setoran_yang_sudah_berporsi(kirim, pelaksana):
    perkara = kirim().perkara
    while langkah_berikut(perkara).nama != "verifikasi":
        lk = langkah_berikut(perkara)
        perkara = segar(pelaksana.lakukan(perkara, lk.nama, contoh.isian(perkara, lk.nama)).perkara)
    with pytest.raises(IsianSalah) as galat:
        kirim(kontak=contoh.kontak_contoh(9))
    assert kalimat(galat).startswith("Setoran ini sudah dipakai")


@pytest.mark.parametrize(
    ("isian", "nilai"),
    [
        ("nik", "12"), ("nik", ""), ("telepon", "abc"), ("nomor_validasi", "x"), ("jumlah", -1), ("jumlah", 10**20),
        ("tanggal_lahir", "1970-01-01"), ("tanggal_lahir", datetime.date(1, 1, 1)), ("nama", "x" * 500),
        ("tanggal_setoran", datetime.date(9999, 12, 31)), ("status_haji", "dua"), ("pengecualian", "raja"),
        ("agama", "x"), ("jenis_kelamin", "X"), ("email", "bukan"), ("nomor_rekening", "12"), ("tinggi_cm", "abc"),
        ("haji_terakhir", "kemarin"), ("bank", "b" * 99), ("atas_nama", None),
    ],
)  # fmt: skip
def test_isian_rusak_disebut_tanpa_menulis(kirim, isian, nilai):
    with pytest.raises(IsianSalah) as galat:
        kirim(**{isian: nilai})
    assert isian in galat.value.galat
    assert not Jemaah.objects.exists() and not Setoran.objects.exists()
