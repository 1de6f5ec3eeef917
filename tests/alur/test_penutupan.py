"""A service closed from a date: which office on which of its own days, and that no door opens a case then."""

import datetime

import pytest
import time_machine
from django.utils import timezone

from haji_portal.akun.models import Kantor
from haji_portal.alur.galat import LayananTutup
from haji_portal.alur.models import PenutupanLayanan, Perkara, Riwayat
from haji_portal.alur.muat import muat_penutupan
from haji_portal.alur.penutupan import bertabrakan, lupakan_penutupan, pengumuman, penutupan
from pelimpahan import contoh as limpah
from pembatalan import contoh as batal
from pendaftaran import contoh
from tests.pembatalan import jalan as jalan_batal

HARI = datetime.date
TAHUN_BARU = HARI(2027, 1, 1)


def kantor(slug="lombok-timur"):
    return Kantor.objects.get(slug=slug)


def tutup(layanan="pendaftaran", di=None, kecuali=(), mulai=TAHUN_BARU, selesai=None):
    baris = PenutupanLayanan.objects.create(
        layanan=layanan, kantor=kantor(di) if di else None, mulai=mulai, selesai=selesai,
        alasan="Layanan ini berakhir.", dasar_hukum="Peraturan Contoh Nomor 1 tanggal 1 November 2026",
    )  # fmt: skip
    baris.kecuali.set(Kantor.objects.filter(slug__in=kecuali))
    lupakan_penutupan()
    return baris


@pytest.mark.django_db
class TestHari:
    @pytest.mark.parametrize(
        ("hari", "berlaku"),
        [
            (HARI(2026, 12, 31), False), (HARI(2027, 1, 1), True), (HARI(2027, 3, 31), True), (HARI(2027, 4, 1), False),
        ],
    )  # fmt: skip
    def test_kedua_tanggal_termasuk(self, acuan, hari, berlaku):
        baris = tutup(di="palu", selesai=HARI(2027, 3, 31))
        assert penutupan("pendaftaran", kantor("palu"), hari) == (baris if berlaku else None)
        assert penutupan("pendaftaran", kantor(), hari) is None
        assert penutupan("pembatalan", kantor("palu"), hari) is None

    def test_semua_kantor_kecuali_yang_disebut(self, acuan):
        baris = tutup(kecuali=["palu"])
        for satu in Kantor.objects.filter(jenis="kabkota"):
            harap = None if satu.slug == "palu" else baris
            assert penutupan("pendaftaran", satu, HARI(2027, 1, 1)) == harap, satu.slug

    def test_baris_kantor_sendiri_lebih_dulu_daripada_baris_semua_kantor(self, acuan):
        tutup()
        sendiri = tutup(di="palu", mulai=HARI(2027, 2, 1))
        assert penutupan("pendaftaran", kantor("palu"), HARI(2027, 2, 1)) == sendiri

    @pytest.mark.parametrize(
        ("pukul_utc", "tertutup"),
        [
            ("2026-12-31 14:59", []),  # 23.59 WIT
            ("2026-12-31 15:01", ["wit"]),
            ("2026-12-31 16:01", ["wit", "lombok-timur"]),  # 00.01 WITA
            ("2026-12-31 17:01", ["wit", "lombok-timur", "kepulauan-seribu"]),  # 00.01 WIB
        ],
    )
    def test_tengah_malam_menurut_jam_kantor_itu(self, acuan, pukul_utc, tertutup):
        lain = {"nama": "Kantor Contoh", "nama_pendek": "Contoh", "kode_perkara": "CTH"}
        Kantor.objects.create(slug="wit", zona="Asia/Jayapura", **lain)
        tutup()
        saat = datetime.datetime.fromisoformat(pukul_utc).replace(tzinfo=datetime.UTC)
        with time_machine.travel(saat, tick=False):
            for slug in ("wit", "lombok-timur", "kepulauan-seribu"):
                satu = kantor(slug)
                assert (penutupan("pendaftaran", satu) is not None) is (slug in tertutup), slug
                assert pengumuman("pendaftaran", satu).berlaku is (slug in tertutup), slug


@pytest.mark.django_db
class TestPintu:
    @pytest.fixture
    def tutup_semua(self, pelaksana):
        """Everything is closed since yesterday, in every office."""

        def _tutup():
            for layanan in ("pendaftaran", "pembatalan", "pelimpahan", "pengaktifan"):
                tutup(layanan, mulai=timezone.localdate() - datetime.timedelta(days=1))

        return _tutup

    def test_loket_tidak_membuka_dan_tidak_menulis_apa_pun(self, tutup_semua):
        tutup_semua()
        with pytest.raises(LayananTutup) as galat:
            contoh.buka_contoh(kantor(), 1)
        assert galat.value.status_http == 409
        assert "Layanan ini berakhir." in galat.value.kalimat and "Peraturan Contoh Nomor 1" in galat.value.kalimat
        assert "Lombok Timur" in galat.value.kalimat and not Perkara.objects.exists() and not Riwayat.objects.exists()

    def test_dari_rumah_tidak_membuka(self, tutup_semua):
        tutup_semua()
        with pytest.raises(LayananTutup):
            contoh.buka_contoh_elektronik(kantor(), 1)

    def test_layanan_lain_juga_hanya_lewat_pintu_yang_sama(self, tutup_semua):
        tutup_semua()
        for urut, buka in enumerate((batal.buka_contoh, limpah.buka_contoh), start=3):
            with pytest.raises(LayananTutup):
                buka(kantor(), urut)

    def test_perkara_terbuka_diselesaikan_seperti_biasa(self, tutup_semua, pelaksana):
        """Also its child cases: money of a cancellation goes back although cancellations are closed since."""
        perkara = jalan_batal.buka()
        tutup_semua()
        akhir = jalan_batal.sampai(pelaksana, perkara, "selesai")
        assert akhir.ditutup is not None and akhir.anak.exists()

    def test_ditutup_sebelum_atau_sesudah_hari_ini_tidak_menghalangi(self, pelaksana):
        hari_ini = timezone.localdate()
        tutup(mulai=hari_ini + datetime.timedelta(days=2))
        tutup(mulai=hari_ini - datetime.timedelta(days=9), selesai=hari_ini - datetime.timedelta(days=2))
        perkara = contoh.buka_contoh(kantor(), 1).perkara
        assert perkara.ditutup is None


@pytest.mark.django_db
class TestKata:
    def test_yang_berlaku_lalu_yang_diumumkan(self, acuan):
        hari_ini = timezone.localdate()
        tutup(di="palu", mulai=hari_ini + datetime.timedelta(days=40))
        nanti = pengumuman("pendaftaran", kantor("palu"))
        assert not nanti.berlaku and " mulai " in nanti.judul and nanti.pendek.startswith("Ditutup mulai")
        tutup(di="palu", mulai=hari_ini, selesai=hari_ini)
        kini = pengumuman("pendaftaran", kantor("palu"))
        assert kini.berlaku and " sejak " in kini.judul and " sampai " in kini.judul
        assert pengumuman("pendaftaran", kantor()) is None and pengumuman("pendaftaran", None) is None

    def test_tanpa_kantor_yang_tetap_buka_disebut(self, acuan):
        tutup(kecuali=["palu", "lombok-timur"], mulai=timezone.localdate())
        umum = pengumuman("pendaftaran", None)
        assert umum.sebagian and "masih dibuka di Lombok Timur dan Palu" in umum.satu_kalimat
        assert pengumuman("pendaftaran", kantor("tanah-bumbu")).sebagian is False

    def test_acuan_menutup_rekomendasi_kecuali_kepulauan_seribu(self, acuan):
        """The Directorate General of Immigration ended the requirement; Kepulauan Seribu's own standard is younger."""
        kabar = pengumuman("rekomendasi", kantor())
        assert kabar.berlaku and "sejak 22 Februari 2023" in kabar.judul
        assert "IMI-GR.01.01-0070 tanggal 22 Februari 2023" in kabar.dasar[0]
        assert "IMI-GR.01.01-0252 tanggal 28 Agustus 2023" in kabar.dasar[1]
        assert pengumuman("rekomendasi", kantor("kepulauan-seribu")) is None

    def test_muat_ulang_membiarkan_yang_disunting(self, acuan):
        baris = PenutupanLayanan.objects.get()
        baris.alasan, baris.selesai = "Disunting.", HARI(2026, 1, 31)
        baris.save()
        baris.kecuali.clear()
        muat_penutupan()
        baris.refresh_from_db()
        assert baris.alasan == "Disunting." and not baris.kecuali.exists() and PenutupanLayanan.objects.count() == 1


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("di", "kecuali", "mulai", "selesai", "bentrok"),
    [
        ("palu", (), HARI(2027, 3, 31), None, True),
        ("palu", (), HARI(2027, 4, 1), None, False),
        ("palu", (), HARI(2026, 1, 1), HARI(2026, 12, 31), False),
        ("palu", (), HARI(2026, 1, 1), HARI(2027, 1, 1), True),
        ("lombok-timur", (), HARI(2027, 2, 1), None, False),
        (None, (), HARI(2027, 2, 1), None, True),
        (None, ("palu",), HARI(2027, 2, 1), None, False),
    ],
)  # fmt: skip
def test_dua_penutupan_tidak_bertabrakan(acuan, di, kecuali, mulai, selesai, bentrok):
    ada = tutup(di="palu", selesai=HARI(2027, 3, 31))
    calon = PenutupanLayanan(layanan="pendaftaran", kantor=kantor(di) if di else None, mulai=mulai, selesai=selesai)
    terbuka = set(Kantor.objects.filter(slug__in=kecuali).values_list("pk", flat=True))
    assert bertabrakan(calon, terbuka) == (ada if bentrok else None)
    assert bertabrakan(ada, set()) is None, "a row is no obstacle to its own edit"


@pytest.mark.django_db
@pytest.mark.parametrize(("di", "bentrok"), [("palu", False), ("lombok-timur", True), (None, True)])
def test_bertabrakan_dengan_penutupan_semua_kantor(acuan, di, bentrok):
    tutup(kecuali=["palu"])
    calon = PenutupanLayanan(layanan="pendaftaran", kantor=kantor(di) if di else None, mulai=HARI(2028, 1, 1))
    assert (bertabrakan(calon, set()) is not None) is bentrok
