"""The intake of a cancellation: the kind decides who asks and what; old porsi are written whole or not at all."""

import datetime
import json

import pytest
from django.utils import timezone

from haji_portal.akun.models import Kantor, Penugasan
from haji_portal.alur.galat import SudahAda
from haji_portal.alur.models import Perkara
from haji_portal.alur.pelaku import Petugas
from haji_portal.dana.buku import saldo_porsi
from haji_portal.dana.models import Akun
from haji_portal.jemaah.models import Jemaah, Porsi, Rekening, Setoran
from haji_portal.kabar.tujuan import tujuan
from haji_portal.ptsp.models import Kunjungan
from pembatalan.masuk import FormPembatalan
from pembatalan.tahap import Pengaju, Sebab
from pendaftaran import contoh

AHLI_WARIS = {
    "sebab": "meninggal", "pengaju": "", "tanggal_meninggal": "2026-08-17", "nama_pengaju": "Ahmad Hidayat",
    "nik_pengaju": "5203010101800001", "hubungan_pengaju": "anak kandung", "alamat_pengaju": "Dusun Rarang RT 03",
    "telepon_pengaju": "0812 0000 9999", "surel_pengaju": "ahmad@contoh.example", "atas_nama": "AHMAD HIDAYAT",
    "keluarga_diberi_tahu": "on",
}  # fmt: skip
SAKIT = {"sebab": "sendiri", "pengaju": "kuasa", "berhalangan_tetap": "on", "atas_nama": "SITI ROSIDAH"}
VALIDASI = {"sebab": "validasi-belum-daftar", "nomor_porsi": "", "terbit": ""}


@pytest.fixture
def kantor(acuan):
    return Kantor.objects.get(slug="lombok-timur")


@pytest.fixture
def isi(kantor):
    """Data of a complete form about a porsi that the portal does not know; keywords replace fields."""

    def buat(**ganti):
        bawaan = {
            "sebab": "sendiri", "pengaju": "jemaah", "alasan": "", "aturan": "", "nomor_porsi": "2300000077",
            "terbit": "2015-03-09", "nik": "5203015705800001", "nama": "Siti Rosidah", "tempat_lahir": "Selong",
            "tanggal_lahir": "1980-05-17", "jenis_kelamin": "P", "alamat": "Dusun Contoh RT 01",
            "kabupaten": kantor.kabupaten, "telepon": "0812 0000 0001", "email": "siti@contoh.example",
            "bank": "Bank Syariah Indonesia", "nomor_validasi": "151100000001", "jumlah": "25.000.000",
            "tanggal_setoran": "2015-03-02", "bank_tujuan": "Bank Syariah Indonesia", "nomor_rekening": "7000000001",
            "atas_nama": "SITI ROSIDAH", "saluran": "loket", "kunjungan": "",
        }  # fmt: skip
        return bawaan | ganti

    return buat


@pytest.fixture
def jfu(kantor):
    tugas = Penugasan.objects.select_related("pengguna", "kantor").get(kantor=kantor, peran="jfu")
    return Petugas(tugas.pengguna, tugas)


@pytest.fixture
def terima(kantor, jfu):
    def _terima(data):
        form = FormPembatalan(data, kantor=kantor)
        assert form.is_valid(), form.errors
        return form.buka(jfu).perkara

    return _terima


def galat(kantor, data):
    return FormPembatalan(data, kantor=kantor).errors


def test_porsi_lama_dicatat_utuh(terima, isi, kantor):
    p = terima(isi(lunas_validasi="201100000009", lunas_jumlah="10.000.000", lunas_tanggal="2020-05-04"))
    assert (p.tahap, p.pengaju, p.porsi.nomor, p.porsi.status) == ("diperiksa", "jemaah", "2300000077", "aktif")
    assert p.porsi.kantor == kantor and p.porsi.peristiwa.get().waktu.date() == datetime.date(2015, 3, 9)
    assert sorted(p.porsi.setoran.values_list("jenis", "jumlah")) == [("awal", 25_000_000), ("lunas", 10_000_000)]
    assert saldo_porsi(p.porsi)[Akun.BPKH]["setoran"] == 35_000_000
    assert p.setoran.jenis == "awal" and p.rekening.jemaah == p.pemohon
    assert set(p.butir.values_list("kode", flat=True)) == {
        "surat-permohonan",
        "sph",
        "bukti-setoran",
        "ktp",
        "rekening",
    }


def test_gagal_di_akhir_tidak_menulis_apa_pun(isi, kantor, jfu):
    """The counter's role is taken away between the page and the click: nothing of the old porsi stays behind."""
    form = FormPembatalan(isi(), kantor=kantor)
    assert form.is_valid()
    Penugasan.objects.filter(pk=jfu.penugasan.pk).update(selesai=timezone.localdate() - datetime.timedelta(days=1))
    with pytest.raises(Exception, match="Permohonan dibuka"):
        form.buka(jfu)
    assert [m.objects.count() for m in (Jemaah, Porsi, Setoran, Rekening, Perkara)] == [0] * 5


def test_ahli_waris_yang_mengajukan_dan_dikabari(terima, isi):
    p = terima(isi(**AHLI_WARIS, telepon=""))
    assert (p.pengaju, p.nama_pengaju, p.telepon_pengaju) == ("ahli-waris", "Ahmad Hidayat", "+6281200009999")
    assert p.tanggal_meninggal == datetime.date(2026, 8, 17) and p.rekening.atas_nama == "AHMAD HIDAYAT"
    assert tujuan(p) == tujuan(Perkara.objects.get(pk=p.pk)) == ("email", "ahmad@contoh.example")
    assert p.butir.get(kode="akta-kematian").wajib


def test_tanpa_alamat_ahli_waris_kabar_tidak_ke_jemaah(terima, isi):
    p = terima(isi(**(AHLI_WARIS | {"surel_pengaju": ""})))
    assert p.pemohon.email == "siti@contoh.example" and tujuan(p) is None


def test_kontak_jemaah_yang_dikenal_tidak_dihapus(terima, isi, kantor):
    orang = contoh.buat_jemaah(kantor, 3, nik="5203015705800001", email="lama@contoh.example")
    terima(isi(**AHLI_WARIS, telepon="", email=""))
    orang.refresh_from_db()
    assert orang.email == "lama@contoh.example" and orang.telepon


def test_kantor_yang_memulai_menanyakan_kontak_jemaah(kantor):
    """Nobody else can be told of it (241/2021 D.3.g); an heir or attorney gives an own contact instead."""
    for nama in ("telepon", "email"):
        bila = json.loads(FormPembatalan(kantor=kantor).fields[nama].widget.attrs["data-bila"])
        assert set(bila["pengaju"]) == {"", "jemaah", "kantor"}


@pytest.mark.parametrize(
    ("ganti", "isian"),
    [
        ({"sebab": ""}, "sebab"),
        ({"pengaju": "ahli-waris"}, "pengaju"),
        ({"pengaju": ""}, "pengaju"),
        ({"pengaju": "kantor"}, "pengaju"),
        ({"sebab": "alasan-sah"}, "alasan"),
        ({"nomor_porsi": ""}, "nomor_porsi"),
        ({"nomor_porsi": "123"}, "nomor_porsi"),
        ({"terbit": ""}, "terbit"),
        ({"terbit": "2999-01-01"}, "terbit"),
        ({"nomor_validasi": ""}, "nomor_validasi"),
        ({"jumlah": "0"}, "jumlah"),
        ({"tanggal_setoran": "2999-01-01"}, "tanggal_setoran"),
        ({"lunas_validasi": "151100000001"}, "lunas_validasi"),
        ({"lunas_validasi": "201100000009"}, "lunas_jumlah"),
        (AHLI_WARIS | {"tanggal_meninggal": ""}, "tanggal_meninggal"),
        (AHLI_WARIS | {"tanggal_meninggal": "1970-01-01"}, "tanggal_meninggal"),
        (AHLI_WARIS | {"nama_pengaju": ""}, "nama_pengaju"),
        (AHLI_WARIS | {"nik_pengaju": "12"}, "nik_pengaju"),
        (AHLI_WARIS | {"telepon_pengaju": "abc"}, "telepon_pengaju"),
        (AHLI_WARIS | {"pengaju": "kuasa", "sebab": "sendiri"}, "berhalangan_tetap"),
        ({"masuk_asrama": "2026-05-01"}, "__all__"),
        ({"kabupaten": "Kota Mataram"}, "__all__"),
        ({"saluran": "keliling"}, "kunjungan"),
        ({"sebab": "validasi-tidak-memenuhi"}, "aturan"),
        ({"bank_tujuan": ""}, "bank_tujuan"),
        ({"atas_nama": "BUDI"}, "__all__"),
        (AHLI_WARIS | {"atas_nama": "SITI ROSIDAH"}, "__all__"),
        (AHLI_WARIS | {"tanggal_meninggal": "2014-12-31"}, "__all__"),
    ],
)  # fmt: skip
def test_isian_ditolak_dengan_kalimatnya(kantor, isi, ganti, isian):
    assert isian in galat(kantor, isi(**ganti))


def test_kuasa_bagi_yang_berhalangan_tetap(terima, isi):
    p = terima(
        isi(
            **AHLI_WARIS
            | {"sebab": "sendiri", "pengaju": "kuasa", "berhalangan_tetap": "on", "atas_nama": "SITI ROSIDAH"}
        )
    )
    assert p.pengaju == Pengaju.KUASA and p.tanggal_meninggal is None and p.butir.get(kode="surat-kuasa").wajib


def test_isian_jenis_lain_diabaikan(terima, isi):
    """What JavaScript hides may still be sent: it does not count."""
    p = terima(isi(**VALIDASI, masuk_asrama="2026-05-01", lunas_validasi="201100000009", nama_pengaju="Orang Lain"))
    assert p.porsi is None and p.masuk_asrama is None and p.nama_pengaju == ""
    assert not Porsi.objects.exists() and Setoran.objects.count() == 1


def test_kantor_membatalkan_yang_tidak_memenuhi_syarat(terima, isi):
    p = terima(isi(**VALIDASI | {"sebab": Sebab.TIDAK_MEMENUHI}, aturan="244/2021 B.2", alasan="Umur 9 tahun",
                   kabupaten="Kota Mataram", pengaju=""))  # fmt: skip
    assert (p.tahap, p.pengaju) == ("disusun", Pengaju.KANTOR)
    assert p.alasan == "Usia di bawah batas (244/2021 B.2). Umur 9 tahun"
    assert p.sop.layanan == "pembatalan-validasi-tidak-memenuhi"


@pytest.fixture
def dikenal(kantor):
    """A pilgrim of this office with an active porsi and its deposit."""
    orang = contoh.buat_jemaah(kantor, 5)
    porsi = Porsi.objects.create(nomor="2300000055", jemaah=orang, kantor=kantor, terbit=datetime.date(2024, 3, 4))
    Setoran.objects.create(
        jemaah=orang, porsi=porsi, bank="Bank Muamalat", nomor_validasi="241100000055", jumlah=25_000_000,
        tanggal=datetime.date(2024, 3, 1),
    )  # fmt: skip
    return porsi


def cari(kantor, **ketikan):
    return FormPembatalan(ketikan, kantor=kantor).cari()


def test_dicari_dengan_porsi_validasi_atau_nik(kantor, dikenal):
    hasil = [
        cari(kantor, nomor_porsi="2300000055"), cari(kantor, nomor_validasi="2411 0000 0055"),
        cari(kantor, nik=dikenal.jemaah.nik),
    ]  # fmt: skip
    for satu in hasil:
        assert satu["nama"] == dikenal.jemaah.nama and satu["nomor_porsi"] == "2300000055"
        assert (satu["nomor_validasi"], satu["bank"], satu["jumlah"]) == ("241100000055", "Bank Muamalat", 25_000_000)
    assert cari(kantor) == cari(kantor, nik="5203015705800009") == cari(kantor, nomor_porsi="\x00") == {}


def test_jemaah_kantor_lain_tidak_terbaca(dikenal):
    asing = Kantor.objects.get(slug="tanah-bumbu")
    assert cari(asing, nomor_porsi="2300000055") == cari(asing, nik=dikenal.jemaah.nik) == {}


def test_porsi_yang_dikenal_cukup_nomornya(terima, isi, dikenal):
    orang = dikenal.jemaah
    data = isi(nomor_porsi="2300000055", nik=orang.nik, terbit="", bank="", nomor_validasi="", jumlah="",
               tanggal_setoran="")  # fmt: skip
    p = terima(data)
    assert p.porsi == dikenal and p.setoran == dikenal.setoran.get() and Setoran.objects.count() == 1


@pytest.mark.parametrize(
    ("ganti", "isian"),
    [
        ({"nik": "5203015705800001"}, "nomor_porsi"),
        ({"jumlah": "1"}, "jumlah"),
        ({"nomor_porsi": "2300000099", "terbit": "2024-03-04"}, "nomor_validasi"),
        (VALIDASI, "__all__"),
    ],
)
def test_yang_dikenal_tidak_dapat_diisi_lain(kantor, isi, dikenal, ganti, isian):
    data = isi(nomor_porsi="2300000055", nik=dikenal.jemaah.nik, nomor_validasi="241100000055") | ganti
    assert isian in galat(kantor, data)


def test_setoran_batal_tidak_dibatalkan_lagi(kantor, isi, dikenal):
    dikenal.setoran.update(dibatalkan=timezone.now())
    data = isi(nomor_porsi="2300000055", nik=dikenal.jemaah.nik, nomor_validasi="241100000055")
    assert "nomor_validasi" in galat(kantor, data)


def test_permohonan_kedua_ditolak_selama_yang_pertama_terbuka(terima, isi):
    terima(isi())
    with pytest.raises(SudahAda):
        terima(isi())


def test_keliling_menyebut_kunjungannya(terima, isi, kantor):
    kunjungan = Kunjungan.objects.create(kantor=kantor, tempat="Balai", tanggal=timezone.localdate(), perangkat="-")
    assert terima(isi(saluran="keliling", kunjungan=str(kunjungan.pk))).kunjungan == kunjungan


@pytest.mark.parametrize(("ganti", "wajib"), [
    (AHLI_WARIS, True),
    (AHLI_WARIS | SAKIT, True),
    ({"berhalangan_tetap": "on"}, True),
    ({}, False),
    (AHLI_WARIS | VALIDASI | {"pengaju": "ahli-waris"}, False),
])  # fmt: skip
def test_keluarga_diberi_tahu_sebelum_porsi_dilepas(kantor, isi, ganti, wajib):
    """245/2021 A.2: death and permanent illness are the causes for which a relative might receive the porsi."""
    galat_ = galat(kantor, isi(**ganti) | {"keluarga_diberi_tahu": ""})
    assert list(galat_) == (["keluarga_diberi_tahu"] if wajib else [])
    assert not wajib or "245/2021 A.3" in galat_["keluarga_diberi_tahu"][0]


def test_pemberitahuan_tercatat_pada_perkara_dan_riwayat(terima, isi):
    p = terima(isi(**AHLI_WARIS))
    assert p.keluarga_diberi_tahu and p.riwayat.get(langkah="ajukan").isi.isi["keluarga_diberi_tahu"] is True


def test_centang_tanpa_keperluan_tidak_dicatat(terima, isi):
    p = terima(isi(keluarga_diberi_tahu="on"))
    assert not p.keluarga_diberi_tahu


def test_kotak_pelimpahan_di_depan_formulir(masuk):
    teks = masuk("jfu.lombok-timur").get("/pembatalan/baru/").content.decode()
    kotak, isian = teks.index("mungkin dapat dilimpahkan kepada keluarga</h2>"), teks.index('name="sebab"')
    assert kotak < isian and teks.count('href="/kelayakan-pelimpahan/loket/"') >= 2


def test_kotak_pelimpahan_pada_permohonan_dari_rumah(client, acuan):
    teks = client.get("/ajukan/pembatalan/", {"kantor": "lombok-timur"}).content.decode()
    assert "mungkin dapat dilimpahkan kepada keluarga</h2>" in teks and 'href="/kelayakan-pelimpahan/"' in teks
