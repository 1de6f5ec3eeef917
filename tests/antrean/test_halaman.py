"""The pages: tablet, phone, screen, desk, guest book, figures, devices; and what strangers may do with them."""

import datetime
import re

import pytest
from django.test import Client
from django.urls import reverse

from haji_portal.alur.models import PenutupanLayanan
from haji_portal.alur.penutupan import lupakan_penutupan
from haji_portal.ptsp import batas
from haji_portal.ptsp.antrean import panggil
from haji_portal.ptsp.antrean.ambil import Tamu
from haji_portal.ptsp.antrean.demo import isi_antrean
from haji_portal.ptsp.models import BukuTamu, PerangkatAntrean, Tiket

from .jalan import di_meja, layanan, nomor

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("pagi")]
KUNCI = "0123456789abcdef0123456789abcdef"
TAMU = {"nama": "Siti Contoh", "asal": "Selong", "telepon": "0812 0000 0001"}


@pytest.fixture
def kios(kantor):
    return PerangkatAntrean.objects.create(kantor=kantor, jenis="kios", nama="Tablet")


@pytest.fixture
def layar(kantor):
    return PerangkatAntrean.objects.create(kantor=kantor, jenis="layar", nama="TV")


@pytest.fixture
def tablet(kios):
    """`tablet(**answers)`: what the tablet sends; answers the response."""

    def _kirim(**isi):
        data = {"layanan": layanan(kios.kantor).pk, "prioritas": "", "kunci": KUNCI, **TAMU} | isi
        return Client().post(f"/antrean/kios/{kios.token}/", data)

    return _kirim


def isi(jawab):
    return re.sub(r"\s+", " ", jawab.content.decode())


class TestKios:
    def test_tamu_mendapat_nomor_dan_karcis(self, kios, tablet):
        jawab = tablet(prioritas="lansia")
        tiket = Tiket.objects.get()
        assert jawab.status_code == 303
        assert jawab["Location"] == f"/antrean/kios/{kios.token}/{tiket.token}/"
        assert (tiket.tamu.nama, tiket.tamu.telepon, tiket.prioritas) == ("Siti Contoh", "+6281200000001", "lansia")
        karcis = isi(Client().get(jawab["Location"]))
        assert "A-001" in karcis and "data:image/svg" in karcis and "Siti" not in karcis

    def test_permintaan_yang_diulang_tidak_mengambil_dua_nomor(self, tablet):
        assert tablet()["Location"] == tablet()["Location"]
        assert (Tiket.objects.count(), BukuTamu.objects.count()) == (1, 1)

    def test_tanpa_menulis(self, tablet):
        assert tablet(nama="", asal="", telepon="", tanpa_tulis="1").status_code == 303
        assert Tiket.objects.get().tamu.nama == ""

    @pytest.mark.parametrize(
        ("salah", "kata"),
        [
            ({"layanan": ""}, "Pilih dahulu"),
            ({"layanan": "9" * 30}, "Pilih"),
            ({"nama": ""}, "Tulis nama"),
            ({"telepon": "abc"}, "telepon"),
            ({"prioritas": "raja"}, "Pilih salah satu"),
            ({"kunci": "x"}, "Muat ulang"),
            ({"nama": "a\x00b"}, "nul"),
        ],
    )
    def test_isian_yang_salah_disebut(self, tablet, salah, kata):
        jawab = tablet(**salah)
        assert jawab.status_code == 422 and kata.lower() in isi(jawab).lower()
        assert not Tiket.objects.exists()

    def test_layanan_kantor_lain_ditolak(self, tablet):
        asing = layanan(Tiket._meta.get_field("kantor").related_model.objects.get(slug="tanah-bumbu"))
        assert tablet(layanan=asing.pk).status_code == 422

    def test_di_luar_jam_ada_kalimatnya(self, kios, tablet, pagi):
        pagi.shift(datetime.timedelta(hours=10))
        jawab = tablet()
        assert jawab.status_code == 409 and "Antrean sedang tutup" in isi(jawab)
        assert "Selasa, 24 November 2026 pukul 07.30 WITA" in isi(Client().get(f"/antrean/kios/{kios.token}/"))
        PerangkatAntrean.objects.update(di_luar_jam=True)
        assert tablet().status_code == 303

    def test_banjir_berhenti_dan_menyebut_petugas(self, tablet, monkeypatch):
        monkeypatch.setattr(batas, "NOMOR_PER_TABLET", 3)
        status = [tablet(kunci=f"{n:032x}").status_code for n in range(5)]
        assert status == [303, 303, 303, 429, 429]
        assert tablet(kunci=f"{0:032x}").status_code == 303, "an answer that got lost is given again all the same"

    def test_perangkat_yang_dicabut(self, kios, tablet, pagi):
        PerangkatAntrean.objects.update(dicabut=datetime.datetime.now(tz=datetime.UTC))
        assert tablet().status_code == 410
        jawab = Client().get(f"/antrean/kios/{kios.token}/")
        assert jawab.status_code == 410 and "sudah dicabut" in isi(jawab)

    def test_layanan_yang_ditutup_tampil_dengan_sebabnya(self, kantor, kios):
        PenutupanLayanan.objects.create(
            layanan="pembatalan", kantor=kantor, mulai=datetime.date(2026, 1, 1), alasan="Uji.", dasar_hukum="Uji"
        )
        lupakan_penutupan()
        bentuk = isi(Client().get(f"/antrean/kios/{kios.token}/"))
        assert "tidak menerima permohonan baru" in bentuk
        assert f'value="{layanan(kantor, "B").pk}"' not in bentuk


class TestPonsel:
    def test_berapa_di_depan_sampai_dipanggil(self, kantor, client):
        satu, dua = nomor(kantor), nomor(kantor)
        alamat = f"/antrean/{dua.token}/"
        assert "1 orang di depan Anda" in isi(client.get(alamat))
        loket, siapa = di_meja("ptsp.lombok-timur")
        panggil.lewati(panggil.panggil_berikutnya(loket, oleh=siapa, kini=None), loket=loket, oleh=siapa)
        assert "belum datang" in isi(client.get(f"/antrean/{satu.token}/"))
        assert "Anda berikutnya" in isi(client.get(alamat))
        panggil.panggil_berikutnya(loket, oleh=siapa, kini=None)
        assert "Silakan ke Loket 1" in isi(client.get(alamat))

    def test_membatalkan_sendiri(self, kantor, client):
        tiket = nomor(kantor)
        for _ in range(2):
            assert client.post(f"/antrean/{tiket.token}/batal/").status_code == 302
        assert "dibatalkan" in isi(client.get(f"/antrean/{tiket.token}/"))

    def test_yang_dilayani_tidak_dapat_dibatalkan(self, kantor, client):
        tiket = nomor(kantor)
        loket, siapa = di_meja("ptsp.lombok-timur")
        panggil.panggil_berikutnya(loket, oleh=siapa, kini=None)
        client.post(f"/antrean/{tiket.token}/batal/")
        assert Tiket.objects.get().keadaan == "dipanggil"

    def test_besok_nomor_lama_tidak_berlaku(self, kantor, client, pagi):
        tiket = nomor(kantor)
        pagi.shift(datetime.timedelta(days=1))
        assert "berlaku pada Senin, 23 November 2026" in isi(client.get(f"/antrean/{tiket.token}/"))


class TestLayar:
    def test_panggilan_tanpa_nama(self, kantor, layar, client):
        nomor(kantor, tamu=Tamu("Siti Contoh", "Selong", "081200000001"))
        alamat = f"/antrean/layar/{layar.token}/kini/"
        awal = client.get(alamat).json()
        assert (awal["menunggu"], awal["panggilan"], awal["suara"]) == (1, [], [])
        loket, siapa = di_meja("ptsp.lombok-timur")
        tiket = panggil.panggil_berikutnya(loket, oleh=siapa, kini=None)
        kabar = client.get(alamat, {"sesudah": awal["akhir"]}).json()
        assert [p["nomor"] for p in kabar["panggilan"]] == ["A-001"]
        assert kabar["suara"][0]["teks"] == "Nomor antrean A, nol, nol, satu, silakan ke loket satu."
        panggil.panggil_ulang(tiket, loket=loket, oleh=siapa)
        ulang = client.get(alamat, {"sesudah": kabar["akhir"]}).json()
        assert len(ulang["suara"]) == 1 and len(ulang["panggilan"]) == 1
        semua = isi(client.get(f"/antrean/layar/{layar.token}/")) + str(kabar)
        assert "Siti" not in semua and "0812" not in semua and "Selong" not in semua

    def test_yang_lama_tidak_diucapkan_lagi(self, kantor, layar, client, pagi):
        nomor(kantor)
        loket, siapa = di_meja("ptsp.lombok-timur")
        panggil.panggil_berikutnya(loket, oleh=siapa, kini=None)
        pagi.shift(datetime.timedelta(minutes=3))
        kabar = client.get(f"/antrean/layar/{layar.token}/kini/", {"sesudah": "0"}).json()
        assert kabar["suara"] == [] and kabar["panggilan"]

    @pytest.mark.parametrize("sesudah", ["", "x", "²", "9" * 40, "-1"])
    def test_sesudah_yang_aneh(self, layar, client, sesudah):
        jawab = client.get(f"/antrean/layar/{layar.token}/kini/", {"sesudah": sesudah})
        assert jawab.status_code == 200 and jawab.json()["suara"] == []

    def test_hemat_kueri_dan_hanya_baca(self, kantor, layar, client, django_assert_max_num_queries):
        alamat = f"/antrean/layar/{layar.token}/kini/"
        client.get(alamat)
        for _ in range(3):
            nomor(kantor)
        with django_assert_max_num_queries(9) as kueri:
            client.get(alamat)
        assert not [q for q in kueri.captured_queries if not q["sql"].startswith("SELECT")]


class TestLoket:
    def test_satu_pagi_di_meja(self, kantor, masuk):
        nomor(kantor, tamu=Tamu("Siti Contoh", "Selong")), nomor(kantor)
        meja = masuk("ptsp.lombok-timur")
        assert "Anda duduk di loket mana?" in isi(meja.get("/antrean/loket/"))
        loket = kantor.loket.get(nomor=1)
        meja.post("/antrean/loket/pilih/", {"loket": loket.pk})
        assert "Menunggu loket ini: 2" in isi(meja.get("/antrean/loket/"))
        assert aksi(meja, "panggil").status_code == 303
        halaman = isi(meja.get("/antrean/loket/"))
        assert "A-001" in halaman and "Siti Contoh" in halaman
        for langkah, keadaan in (("ulang", "dipanggil"), ("hadir", "dilayani"), ("selesai", "selesai")):
            tiket = Tiket.objects.get(nomor=1)
            assert aksi(meja, langkah, tiket).status_code == 303
            assert Tiket.objects.get(nomor=1).keadaan == keadaan

    def test_buka_permohonan_satu_tombol(self, kantor, masuk):
        tiket, meja = self.dipanggil(kantor, masuk)
        jawab = aksi(meja, "buka", tiket)
        assert jawab["Location"] == f"/pendaftaran/baru/?dari={tiket.pk}"
        assert Tiket.objects.get().keadaan == "dilayani"

    def test_permohonan_yang_bukan_haknya(self, kantor, masuk):
        tiket, meja = self.dipanggil(kantor, masuk)
        assert aksi(meja, "buka", tiket, jenis="pengembalian").status_code == 409
        assert aksi(meja, "buka", tiket, jenis="tiada").status_code == 409

    def test_klik_ganda_dan_halaman_lama(self, kantor, masuk):
        tiket, meja = self.dipanggil(kantor, masuk)
        jawab = aksi(meja, "panggil")
        assert jawab.status_code == 409 and "sudah memanggil A-001" in isi(jawab)
        assert aksi(meja, "hadir", tiket).status_code == 303
        jawab = aksi(meja, "lewati", tiket)
        assert jawab.status_code == 409 and "sudah berubah" in isi(jawab)

    def test_pindah(self, kantor, masuk):
        tiket, meja = self.dipanggil(kantor, masuk)
        dua = kantor.loket.get(nomor=2)
        assert aksi(meja, "pindah", tiket, tujuan="loket-99999").status_code == 409
        assert aksi(meja, "pindah", tiket, tujuan=f"loket-{dua.pk}").status_code == 303
        assert Tiket.objects.get().untuk_loket == dua

    def test_tiket_kantor_lain_tidak_ada(self, kantor, masuk):
        tiket, _ = self.dipanggil(kantor, masuk)
        di_meja("ptsp.tanah-bumbu")
        assert aksi(masuk("ptsp.tanah-bumbu"), "lagi", tiket).status_code == 404

    def test_loket_dengan_nomor_tidak_ditinggalkan(self, kantor, masuk):
        _, meja = self.dipanggil(kantor, masuk)
        jawab = meja.post("/antrean/loket/lepas/")
        assert jawab.status_code == 409 and "Selesaikan A-001" in isi(jawab)

    def test_anggaran_kueri_tidak_tumbuh(self, kantor, masuk, django_assert_max_num_queries):
        _, meja = self.dipanggil(kantor, masuk)
        for _ in range(12):
            nomor(kantor)
        meja.get("/antrean/loket/")
        with django_assert_max_num_queries(24):
            meja.get("/antrean/loket/")

    def dipanggil(self, kantor, masuk):
        nomor(kantor, tamu=Tamu("Siti Contoh", "Selong"))
        loket, siapa = di_meja("ptsp.lombok-timur")
        tiket = panggil.panggil_berikutnya(loket, oleh=siapa, kini=None)
        return tiket, masuk("ptsp.lombok-timur")


def aksi(meja, nama, tiket=None, **lain):
    isi_ = {"tiket": tiket.pk, "versi": tiket.versi} if tiket else {}
    return meja.post(reverse("ptsp:antrean_aksi", args=[nama]), isi_ | lain)


class TestBukuTamu:
    def test_petugas_mencatat_dan_mengambilkan_nomor(self, kantor, masuk):
        meja = masuk("jfu.lombok-timur")
        data = {"layanan": layanan(kantor).pk, "prioritas": "", "kunci": KUNCI, "keperluan": "Bertanya", **TAMU}
        for _ in range(2):
            assert meja.post("/antrean/tamu/", data).status_code == 303
        assert (BukuTamu.objects.count(), BukuTamu.objects.get().keperluan) == (1, "Bertanya")
        assert Tiket.objects.get().peristiwa.get().petugas.username == "jfu.lombok-timur"
        assert "Siti Contoh" in isi(meja.get("/antrean/tamu/"))
        assert "Siti Contoh" not in isi(masuk("kasi.tanah-bumbu").get("/antrean/tamu/"))

    def test_yang_tidak_menulis_dilengkapi_sekali(self, kantor, masuk):
        tamu = nomor(kantor).tamu
        meja = masuk("ptsp.lombok-timur")
        assert meja.post(f"/antrean/tamu/{tamu.pk}/", {"nama": "Budi Contoh"}).status_code == 303
        assert meja.post(f"/antrean/tamu/{tamu.pk}/", {"nama": "Lain Contoh"}).status_code == 404
        assert BukuTamu.objects.get().nama == "Budi Contoh"

    @pytest.mark.parametrize("hari", ["kemarin", "9999-12-31", "0001-01-01", "2026-02-30"])
    def test_hari_yang_mustahil_adalah_hari_ini(self, kantor, masuk, hari):
        assert "Senin, 23 November 2026" in isi(masuk("kasi.lombok-timur").get("/antrean/tamu/", {"hari": hari}))


class TestAngka:
    def test_halaman_dan_csv(self, kantor, masuk, pagi):
        nomor(kantor)
        loket, siapa = di_meja("ptsp.lombok-timur")
        pagi.shift(datetime.timedelta(minutes=7))
        tiket = panggil.panggil_berikutnya(loket, oleh=siapa, kini=None)
        panggil.layani(tiket, loket=loket, oleh=siapa)
        pagi.shift(datetime.timedelta(minutes=12))
        panggil.selesaikan(tiket, loket=loket, oleh=siapa)
        kasi = masuk("kasi.lombok-timur")
        halaman = isi(kasi.get("/antrean/angka/"))
        assert "1 nomor diambil" in halaman and "09.00–09.59" in halaman and "7 menit" in halaman
        csv = kasi.get("/antrean/angka/unduh/").content.decode("utf-8-sig").splitlines()
        assert csv[0].startswith("Menurut;Nama;Jumlah")
        assert "Loket;Loket 1;1;1;7;7;12;12" in csv

    def test_hari_tanpa_nomor(self, masuk):
        assert "Belum ada nomor hari itu" in isi(masuk("kepala.lombok-timur").get("/antrean/angka/"))

    def test_anggaran_kueri(self, kantor, masuk, django_assert_max_num_queries):
        for _ in range(20):
            nomor(kantor)
        kasi = masuk("kasi.lombok-timur")
        kasi.get("/antrean/angka/")
        with django_assert_max_num_queries(18):
            kasi.get("/antrean/angka/")


class TestPerangkat:
    def test_dipasang_dilihat_dicabut(self, kantor, masuk, client):
        kepala = masuk("kepala.lombok-timur")
        jawab = kepala.post("/antrean/perangkat/", {"jenis": "layar", "nama": "TV", "info": "Satu\nDua"})
        alat = PerangkatAntrean.objects.get()
        assert jawab["Location"] == f"/antrean/perangkat/{alat.pk}/"
        assert f"/antrean/layar/{alat.token}/" in isi(kepala.get(jawab["Location"]))
        assert Client().get(f"/antrean/layar/{alat.token}/kini/").json()["info"] == ["Satu", "Dua"]
        kepala.post(f"/antrean/perangkat/{alat.pk}/cabut/")
        assert Client().get(f"/antrean/layar/{alat.token}/kini/").status_code == 410
        assert alat.token not in isi(kepala.get("/antrean/perangkat/"))

    def test_pengaturan(self, kios, masuk):
        ptsp = masuk("ptsp.lombok-timur")
        assert ptsp.post(f"/antrean/perangkat/{kios.pk}/", {"nama": "Pintu", "cetak": "on"}).status_code == 303
        kios.refresh_from_db()
        assert (kios.nama, kios.cetak, kios.jenis) == ("Pintu", True, "kios")
        assert ptsp.get("/antrean/perangkat/99999999999999999999/").status_code == 404


def test_data_contoh_mengisi_pagi_ini(kantor, client):
    assert isi_antrean() > 0
    assert isi_antrean() == 0, "once a day"
    keadaan = set(Tiket.objects.filter(kantor=kantor).values_list("keadaan", flat=True))
    assert {"selesai", "dilewati", "menunggu", "dipanggil"} <= keadaan
    for satu in PerangkatAntrean.objects.all():
        assert client.get(f"/antrean/{satu.jenis}/{satu.token}/").status_code == 200
