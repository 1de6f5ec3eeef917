"""The rules of the registration, at their edges, each with its citation in the sentence (sop.yaml: aturan)."""

import datetime

import pytest

from haji_portal.akun.models import Kantor
from haji_portal.alur.deklarasi import cari_langkah, gagal
from haji_portal.alur.galat import Tertutup
from haji_portal.alur.jalankan import alasan_tertutup, jalankan
from haji_portal.alur.kalender import hari_terima
from haji_portal.alur.models import Aturan, HariLibur
from haji_portal.alur.usia import tambah_tahun
from haji_portal.jemaah.domisili import domisili_di
from haji_portal.jemaah.models import Jemaah, Porsi, Rekening
from haji_portal.meja.contoh import petugas_untuk
from pendaftaran import contoh, syarat
from pendaftaran.models import Pendaftaran
from tests.alur.jam import wita
from tests.kontrak.potret import segar

HARI = datetime.date(2026, 11, 2)
SEHARI = datetime.timedelta(days=1)


def periksa_aturan(p: Pendaftaran) -> list[str]:
    return gagal(p, syarat.ATURAN_PENDAFTAR)


@pytest.fixture
def calon(acuan):
    """An unsaved application that meets every rule; `calon(field=..., pemohon__field=...)` spoils one thing."""
    kantor = Kantor.objects.get(slug="lombok-timur")
    orang = contoh.buat_jemaah(kantor, 1, tanggal_lahir=datetime.date(1980, 5, 17))

    def buat(**ganti):
        pemohon = Jemaah.objects.get(pk=orang.pk)
        isi = {"kantor": kantor, "tanggal_daftar": HARI, "hadir_sendiri": True, "status_haji": "belum"}
        rekening = Rekening(jemaah=pemohon, atas_nama=pemohon.nama)
        for nama, nilai in ganti.items():
            if nama.startswith("pemohon__"):
                setattr(pemohon, nama.removeprefix("pemohon__"), nilai)
            elif nama.startswith("rekening__"):
                setattr(rekening, nama.removeprefix("rekening__"), nilai)
            else:
                isi[nama] = nilai
        p = Pendaftaran(pemohon=pemohon, **isi)
        p.rekening = rekening
        return p

    return buat


def test_calon_yang_memenuhi_semua_aturan(calon):
    assert periksa_aturan(calon()) == []


@pytest.mark.parametrize(
    ("lahir", "sejak"),
    [
        (datetime.date(2014, 11, 2), datetime.date(2026, 11, 2)),
        (datetime.date(2014, 12, 31), datetime.date(2026, 12, 31)),
        (datetime.date(2012, 2, 29), datetime.date(2024, 2, 29)),
        (datetime.date(2013, 3, 1), datetime.date(2025, 3, 1)),
    ],
)
def test_usia_hari_demi_hari(calon, lahir, sejak):
    """Closed on the day before the twelfth birthday, open on it; the sentence names rule and first day."""
    for selisih in range(-3, 3):
        hari = sejak + selisih * SEHARI
        p = calon(pemohon__tanggal_lahir=lahir, tanggal_daftar=hari)
        assert syarat.usia_cukup(p) == (selisih >= 0), hari
    kalimat = periksa_aturan(calon(pemohon__tanggal_lahir=lahir, tanggal_daftar=sejak - SEHARI))
    assert len(kalimat) == 1
    assert "Usia paling rendah 12 tahun" in kalimat[0] and "Kepdirjen PHU 244/2021 B.2" in kalimat[0]


def test_lahir_29_februari_di_tahun_biasa():
    assert tambah_tahun(datetime.date(2012, 2, 29), 13) == datetime.date(2025, 3, 1)
    assert tambah_tahun(datetime.date(2012, 2, 29), 12) == datetime.date(2024, 2, 29)


def test_aturan_usia_berubah_pada_tanggalnya(calon):
    """A law of 2027 raises the age: who applied on the last day keeps the rule of that day."""
    Aturan.objects.create(kode="usia-minimal", nilai="18", sumber="UU Contoh 1/2027", mulai="2027-01-01")
    lahir = datetime.date(2012, 6, 1)
    lama = calon(pemohon__tanggal_lahir=lahir, tanggal_daftar=datetime.date(2026, 12, 31))
    baru = calon(pemohon__tanggal_lahir=lahir, tanggal_daftar=datetime.date(2027, 1, 1))
    assert syarat.usia_cukup(lama) and not syarat.usia_cukup(baru)
    assert periksa_aturan(baru) == [
        "Usia paling rendah 18 tahun saat mendaftar (UU Contoh 1/2027); dapat mendaftar mulai 1 Juni 2030."
    ]


def test_agama(calon):
    assert periksa_aturan(calon(pemohon__agama="lain")) == [
        "Pendaftar haji harus beragama Islam (Kepdirjen PHU 244/2021 B.1)."
    ]


@pytest.mark.parametrize(
    ("kantor", "ktp", "sama"),
    [
        ("Kabupaten Lombok Timur", "Kabupaten Lombok Timur", True),
        ("Kabupaten Lombok Timur", "KAB. LOMBOK TIMUR", True),
        ("Kabupaten Lombok Timur", "Kab.Lombok Timur", True),
        ("Kabupaten Lombok Timur", "  lombok   timur ", True),
        ("Kabupaten Lombok Timur", "Kabupaten Lombok Barat", False),
        ("Kabupaten Lombok Timur", "", False),
        ("Kota Jakarta Selatan", "Kota Adm. Jakarta Selatan", True),
        ("Kota Jakarta Selatan", "KOTA ADMINISTRASI JAKARTA SELATAN", True),
        ("Kota Jakarta Selatan", "Jakarta Selatan", True),
        ("Kabupaten Kepulauan Seribu", "Kabupaten Administrasi Kepulauan Seribu", True),
        ("Kota Palu", "Palu", True),
        ("Kota Bima", "Kabupaten Bima", False),
        ("Kota Bima", "Bima", True),
        ("Kabupaten Kotabaru", "Kotabaru", True),
        ("Kabupaten Kotabaru", "Kab Kotabaru", True),
        ("Kabupaten Kotabaru", "Baru", False),
    ],
)
def test_bentuk_nama_domisili(kantor, ktp, sama):
    assert domisili_di(Jemaah(kabupaten=ktp), kantor) is sama


def test_domisili_lain_menyebut_alamat_dan_aturan(calon):
    assert periksa_aturan(calon(pemohon__kabupaten="Kabupaten Lombok Barat")) == [
        "KTP pendaftar beralamat di Kabupaten Lombok Barat; pendaftaran dilakukan di kantor sesuai domisili "
        "(Kepdirjen PHU 244/2021 A.3)."
    ]


@pytest.mark.parametrize(
    ("status", "pengecualian", "boleh"),
    [
        ("aktif", "", False),
        ("aktif", "ppih", True),
        ("aktif", "petugas-daerah", True),
        ("aktif", "kbihu", True),
        ("batal", "", True),
        ("dilimpahkan", "", True),
        ("berangkat", "", True),
    ],
)
def test_daftar_tunggu_dan_pengecualiannya(calon, status, pengecualian, boleh):
    p = calon(pengecualian=pengecualian)
    Porsi.objects.create(nomor="2300000001", jemaah=p.pemohon, kantor=p.kantor, status=status, terbit=HARI)
    assert syarat.bukan_daftar_tunggu(p) is boleh
    if not boleh:
        assert periksa_aturan(p) == [
            "Pendaftar masih berstatus daftar tunggu dengan porsi yang aktif (Kepdirjen PHU 244/2021 A.5.a)."
        ]


def test_porsi_perkara_sendiri_bukan_penghalang(calon):
    p = calon()
    p.porsi = Porsi.objects.create(nomor="2300000001", jemaah=p.pemohon, kantor=p.kantor, terbit=HARI)
    assert syarat.bukan_daftar_tunggu(p)


def test_jarak_sepuluh_tahun_hari_demi_hari(calon):
    sejak = datetime.date(2026, 11, 2)
    for selisih in range(-2, 3):
        p = calon(
            status_haji="sudah", haji_terakhir=datetime.date(2016, 11, 2), tanggal_daftar=sejak + selisih * SEHARI
        )
        assert syarat.jeda_haji_cukup(p) == (selisih >= 0)
    p = calon(status_haji="sudah", haji_terakhir=datetime.date(2016, 11, 3))
    assert periksa_aturan(p) == [
        "Haji terakhir belum 10 tahun lalu (Kepdirjen PHU 244/2021 A.5.b); dapat mendaftar lagi mulai 3 November 2026."
    ]


def test_jarak_haji_pengecualian_dan_isian_kosong(calon):
    assert periksa_aturan(calon(status_haji="sudah", pengecualian="ppih")) == []
    assert periksa_aturan(calon(status_haji="sudah")) == [
        "Isi tanggal haji terakhir; jaraknya paling singkat 10 tahun (Kepdirjen PHU 244/2021 A.5.b)."
    ]
    assert periksa_aturan(calon(status_haji="belum", haji_terakhir=datetime.date(2025, 6, 1))) == []


def test_hadir_sendiri(calon):
    assert periksa_aturan(calon(hadir_sendiri=False)) == [
        "Pendaftar wajib hadir sendiri untuk pengambilan foto (Kepdirjen PHU 244/2021 A.8)."
    ]


def test_rekening_atas_nama_sendiri(calon):
    nama = calon().pemohon.nama
    for boleh in (nama, nama.upper(), f"  {nama.replace(' ', '   ')} "):
        assert periksa_aturan(calon(rekening__atas_nama=boleh)) == []
    kalimat = "Rekening di bank penerima setoran harus atas nama pendaftar sendiri (Kepdirjen PHU 244/2021 B.6)."
    assert periksa_aturan(calon(rekening__atas_nama="Orang Lain")) == [kalimat]
    assert periksa_aturan(calon(rekening__jemaah=contoh.buat_jemaah(calon().kantor, 2))) == [kalimat]


def test_beberapa_pelanggaran_disebut_semua(calon):
    p = calon(hadir_sendiri=False, pemohon__agama="lain", rekening__atas_nama="Orang Lain")
    assert [k.rsplit("(", 1)[1] for k in periksa_aturan(p)] == [
        "Kepdirjen PHU 244/2021 B.1).", "Kepdirjen PHU 244/2021 A.8).", "Kepdirjen PHU 244/2021 B.6).",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("kini", "hari"),
    [
        (wita(2, 9), 2),
        (wita(2, 15, 59), 2),
        (wita(2, 16), 3),
        (wita(2, 12, 30), 2),
        (wita(6, 16, 30), 9),
        (wita(7, 10), 9),
        (wita(3, 6), 4),
    ],
)
def test_tanggal_daftar_adalah_hari_kerja(jam, kini, hari):
    """244/2021 A.2: handed over after closing time, at the weekend or on a holiday, it counts from the next day."""
    if kini.day == 3:
        HariLibur.objects.create(tanggal="2026-11-03", nama="Libur contoh")
    jam.ke(kini)
    assert hari_terima(Kantor.objects.get(slug="lombok-timur")) == datetime.date(2026, 11, hari)


def test_gerbang_memeriksa_lagi_dengan_kalimat_yang_sama(pelaksana):
    """What the intake let through is looked at again where the case leaves the counter."""
    perkara = segar(contoh.buka_contoh(Kantor.objects.get(slug="lombok-timur"), 1).perkara)
    perkara = segar(pelaksana.lakukan(perkara, "periksa_berkas", contoh.isian(perkara, "periksa_berkas")).perkara)
    Jemaah.objects.filter(pk=perkara.pemohon_id).update(kabupaten="Kabupaten Lombok Barat")
    perkara, lk = segar(perkara), cari_langkah(Pendaftaran, "nyatakan_lengkap")[0]
    harus = [k for k in periksa_aturan(perkara) if "A.3" in k]
    assert alasan_tertutup(perkara, lk) == harus and len(harus) == 1
    with pytest.raises(Tertutup) as galat:
        jalankan(perkara, lk.nama, oleh=petugas_untuk(perkara, lk), versi=perkara.versi)
    assert galat.value.kalimat == harus[0]
