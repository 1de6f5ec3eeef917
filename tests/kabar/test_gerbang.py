"""The HTTP adapter against the simulator as its own server: the contract of docs/gerbang-pesan.md, and reports."""

import json
import threading
import time
from urllib.parse import urlencode

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.test import Client
from django.utils import timezone

from alat.simulator_pesan import MODE, Gerbang, Peladen
from haji_portal.jaringan import panggil
from haji_portal.kabar import gerbang as modul
from haji_portal.kabar.gerbang import GerbangHttp
from haji_portal.kabar.kirim import kirim, kirim_tertunda, tulis_pesan
from haji_portal.kabar.laporan import catat_laporan, tanda, tanyakan
from haji_portal.kabar.models import Pesan
from haji_portal.kabar.saluran import Hasil, Kiriman
from haji_portal.kabar.ulang import HasilUlang, kirim_ulang
from haji_portal.settings import env

Status = Pesan.Status
RAHASIA = "rahasia-laporan-yang-cukup-panjang-untuk-uji"
KODE = {"kode": "481516", "keperluan": "uji", "menit": 10}
KIRIMAN = Kiriman("7:status:sms:abc", "+6281200000007", "Judul", "Isi")


@pytest.fixture(scope="module")
def peladen():
    p = Peladen(0, Gerbang(token="token-uji"))
    utas = threading.Thread(target=p.serve_forever, daemon=True)
    utas.start()
    yield p
    p.shutdown()
    p.server_close()


@pytest.fixture
def simulator(peladen, settings, monkeypatch):
    g = peladen.gerbang
    g.masuk.clear()
    g.mode, g.detik = "bisu", 3.0
    setelan = {"url": f"http://127.0.0.1:{peladen.server_port}", "token": "token-uji", "laporan": RAHASIA}
    settings.PESAN_GERBANG = {"sms": setelan, "wa": setelan | {"laporan": RAHASIA[::-1]}}
    monkeypatch.setattr(modul, "TUNGGU", 5.0)
    return g


def sms(kejadian="7:status"):
    return tulis_pesan(kejadian, "sms", "081200000007", "kode", KODE)


class TestKontrak:
    @pytest.mark.parametrize(
        ("mode", "hasil", "diambil"),
        [
            ("biasa", Hasil.DITERIMA, 1),
            ("bisu", Hasil.DITERIMA, 1),
            ("tak_sampai", Hasil.DITERIMA, 1),
            ("tolak", Hasil.DITOLAK, 0),
            ("sibuk", Hasil.TERTUNDA, 0),
            ("putus", Hasil.TIDAK_PASTI, 1),
            ("putus_awal", Hasil.TIDAK_PASTI, 0),
        ],
    )
    def test_setiap_perilaku(self, simulator, mode, hasil, diambil):
        simulator.mode = mode
        assert GerbangHttp("sms").serahkan(KIRIMAN).hasil is hasil
        assert len(simulator.masuk) == diambil

    def test_perilaku_lengkap(self):
        """`lambat` is the one that is tried with a gateway of its own below."""
        teruji = {"biasa", "bisu", "tak_sampai", "tolak", "sibuk", "putus", "putus_awal"}
        assert set(MODE) - teruji == {"lambat"}

    def test_lambat_melewati_batas_tidak_pasti(self, simulator, monkeypatch):
        simulator.mode, simulator.detik = "lambat", 0.5
        monkeypatch.setattr(modul, "TUNGGU", 0.05)
        assert GerbangHttp("sms").serahkan(KIRIMAN).hasil is Hasil.TIDAK_PASTI

    def test_rujukan_sama_diterima_dan_sampai_sekali(self, simulator):
        for _ in range(2):
            assert GerbangHttp("sms").serahkan(KIRIMAN).hasil is Hasil.DITERIMA
        assert [p.diserahkan for p in simulator.masuk.values()] == [2]

    def test_tanya(self, simulator):
        jalan = GerbangHttp("sms")
        assert jalan.tanya(KIRIMAN.rujukan) == "tidak_dikenal"
        jalan.serahkan(KIRIMAN)
        assert jalan.tanya(KIRIMAN.rujukan) == "dikirim"
        next(iter(simulator.masuk.values())).status = "sampai"
        assert jalan.tanya(KIRIMAN.rujukan) == "sampai"

    def test_token_salah_ditunda_dan_tidak_menjawab(self, simulator, settings):
        settings.PESAN_GERBANG = {"sms": settings.PESAN_GERBANG["sms"] | {"token": "salah"}}
        assert GerbangHttp("sms").serahkan(KIRIMAN).hasil is Hasil.TERTUNDA
        assert GerbangHttp("sms").tanya(KIRIMAN.rujukan) == ""
        assert simulator.masuk == {}

    def test_gerbang_mati_ditunda(self, settings):
        settings.PESAN_GERBANG = {"sms": {"url": "http://127.0.0.1:1", "token": "x"}}
        jawab = GerbangHttp("sms").serahkan(KIRIMAN)
        assert jawab.hasil is Hasil.TERTUNDA
        assert "0812" not in jawab.galat and "812000" not in jawab.galat
        assert GerbangHttp("sms").tanya("x") == ""

    def test_tanpa_setelan_saluran_padam(self, settings):
        settings.PESAN_GERBANG = {}
        jalan = GerbangHttp("sms")
        assert not jalan.aktif()
        assert jalan.serahkan(KIRIMAN).hasil is Hasil.TERTUNDA
        assert jalan.tanya("x") == ""

    @pytest.mark.parametrize(
        ("status", "isi", "hasil"),
        [
            (200, b'{"status":"diterima"}', Hasil.DITERIMA),
            (409, b"", Hasil.DITERIMA),
            (200, b'{"status":"ditolak"}', Hasil.DITOLAK),
            (400, b"", Hasil.DITOLAK),
            (200, b"<html>", Hasil.TIDAK_PASTI),
            (200, b"[]", Hasil.TIDAK_PASTI),
            (500, b"", Hasil.TIDAK_PASTI),
            (502, b"", Hasil.TIDAK_PASTI),
            (408, b"", Hasil.TIDAK_PASTI),
            (429, b"", Hasil.TERTUNDA),
            (401, b"", Hasil.TERTUNDA),
            (302, b"", Hasil.TERTUNDA),
        ],
    )
    def test_tafsir(self, status, isi, hasil):
        assert modul._tafsir(modul.Jawaban(status, {}, isi)).hasil is hasil


class TestSimulator:
    def _panggil(self, peladen, jalur, kepala=None, **lain):
        return panggil(
            "POST" if lain else "GET", f"http://127.0.0.1:{peladen.server_port}{jalur}", kepala=kepala, **lain
        )

    def test_halaman_menampilkan_kode_dan_melolos_html(self, simulator, peladen):
        GerbangHttp("sms").serahkan(Kiriman("a", "+6281200000007", "", "Kode <b>481516</b>"))
        isi = self._panggil(peladen, "/").isi.decode()
        assert "Kode &lt;b&gt;481516&lt;/b&gt;" in isi
        pesan = self._panggil(peladen, "/masuk.json").json()["pesan"]
        assert [p["teks"] for p in pesan] == ["Kode <b>481516</b>"]

    def test_perilaku_diatur(self, simulator, peladen):
        jawab = self._panggil(peladen, "/perilaku", isi=urlencode({"mode": "sibuk", "detik": "9"}).encode())
        assert (jawab.status, simulator.mode, simulator.detik) == (303, "sibuk", 9.0)
        assert self._panggil(peladen, "/perilaku", isi=b"mode=tiada").status == 400

    def test_situs_lain_tidak_dapat_membaca_atau_menekan(self, simulator, peladen):
        assert self._panggil(peladen, "/", {"Host": "jahat.example"}).status == 403
        silang = {"Sec-Fetch-Site": "cross-site"}
        assert self._panggil(peladen, "/perilaku", silang, isi=b"mode=tolak").status == 403
        assert simulator.mode == "bisu"

    @pytest.mark.parametrize("isi", [b"", b"[]", b'{"rujukan": 1}', b"\xff", b'{"rujukan":"a","saluran":"sms"}'])
    def test_isi_rusak_ditolak(self, simulator, peladen, isi):
        kepala = {"Authorization": "Bearer token-uji"}
        assert self._panggil(peladen, "/pesan", kepala, isi=isi).status == 400


def lapor(isi, rahasia=RAHASIA, waktu=None, ubah=b""):
    badan = isi if isinstance(isi, bytes) else json.dumps(isi).encode()
    waktu = str(int(time.time())) if waktu is None else waktu
    kepala = {"X-Haji-Waktu": waktu, "X-Haji-Tanda": tanda(rahasia, waktu, badan)}
    return Client(enforce_csrf_checks=True).post(
        "/api/v1/pesan/laporan/", badan + ubah, content_type="application/json", headers=kepala
    )


@pytest.mark.django_db
class TestLaporan:
    @pytest.fixture
    def pesan(self, simulator):
        milik = sms()
        assert kirim(milik) == Status.DIKIRIM
        return milik

    def test_sampai_dua_kali_dan_terlambat(self, pesan):
        isi = {"rujukan": pesan.rujukan, "status": "sampai"}
        assert lapor(isi).json() == {"status": "sampai"}
        assert lapor(isi).json() == {"status": "sampai"}
        assert lapor(isi | {"status": "gagal"}).json() == {"status": "sampai"}
        assert lapor(isi | {"status": "dikirim"}).json() == {"status": "sampai"}
        pesan.refresh_from_db()
        assert pesan.sampai is not None and pesan.jatuh_tempo is None

    def test_gagal_lalu_ternyata_sampai(self, pesan):
        isi = {"rujukan": pesan.rujukan, "status": "gagal"}
        assert lapor(isi).json() == {"status": "gagal_tetap"}
        assert lapor(isi | {"status": "dikirim"}).json() == {"status": "gagal_tetap"}
        assert lapor(isi | {"status": "sampai"}).json() == {"status": "sampai"}

    def test_laporan_mendahului_catatan_sendiri(self, simulator, monkeypatch):
        """The gateway is quicker than our own note: what it said stays."""
        pesan = sms()
        asli = GerbangHttp.serahkan

        def serahkan(jalan, kiriman):
            jawab = asli(jalan, kiriman)
            assert lapor({"rujukan": kiriman.rujukan, "status": "sampai"}).json() == {"status": "sampai"}
            return jawab

        monkeypatch.setattr(GerbangHttp, "serahkan", serahkan)
        assert kirim(pesan) == Status.SAMPAI

    @pytest.mark.parametrize(
        "lain",
        [
            {"rahasia": "x" * 40},
            {"rahasia": RAHASIA[::-1]},
            {"ubah": b" "},
            {"waktu": "1700000000"},
            {"waktu": str(int(time.time()) + 3600 * 24)},
            {"waktu": "besok"},
            {"waktu": ""},
        ],
    )
    def test_tanpa_tanda_sah_ditolak(self, pesan, lain):
        """Also the WhatsApp gateway may not speak about an SMS (404: it does not exist for it)."""
        jawab = lapor({"rujukan": pesan.rujukan, "status": "sampai"}, **lain)
        assert jawab.status_code == (404 if lain.get("rahasia") == RAHASIA[::-1] else 401)
        assert jawab["Content-Type"] == "application/problem+json"
        pesan.refresh_from_db()
        assert pesan.status == Status.DIKIRIM

    @pytest.mark.parametrize(
        ("isi", "kode"),
        [
            (b"{", 422), (b"[]", 422), (b'"a"', 422), (b"null", 422), (b"[" * 3000, 422), (b"\xff\xfe", 422),
            ({"rujukan": "a"}, 422), ({"rujukan": ["a"], "status": "sampai"}, 422),
            ({"rujukan": "a", "status": ["sampai"]}, 422), ({"rujukan": "a\x00", "status": "sampai"}, 422),
            ({"rujukan": "a", "status": "dibaca"}, 422), ({"rujukan": "a", "status": "sampai"}, 404),
            (b"x" * 5000, 413),
        ],
    )  # fmt: skip
    def test_isi_musuh(self, simulator, isi, kode):
        assert lapor(isi).status_code == kode

    def test_tanpa_gerbang_alamatnya_tidak_ada(self, settings):
        settings.PESAN_GERBANG = {}
        assert lapor({"rujukan": "a", "status": "sampai"}).status_code == 404


@pytest.mark.django_db
class TestTanya:
    def _jatuh_tempo(self):
        Pesan.objects.filter(jatuh_tempo__isnull=False).update(jatuh_tempo=timezone.now())

    def test_tidak_pasti_yang_dikenal_gerbang_menjadi_pasti(self, simulator):
        simulator.mode = "putus"
        pesan = sms()
        assert kirim(pesan) == Status.TIDAK_PASTI
        assert tanyakan() == 0, "not before its time"
        self._jatuh_tempo()
        assert tanyakan() == 1
        pesan.refresh_from_db()
        assert pesan.status == Status.DIKIRIM and pesan.dikirim
        next(iter(simulator.masuk.values())).status = "sampai"
        self._jatuh_tempo()
        assert tanyakan() == 1
        pesan.refresh_from_db()
        assert (pesan.status, pesan.jatuh_tempo) == (Status.SAMPAI, None)
        assert [p.diserahkan for p in simulator.masuk.values()] == [1]

    def test_tidak_pasti_yang_tidak_dikenal_tetap_menunggu_orang(self, simulator, akun):
        simulator.mode = "putus_awal"
        pesan = sms()
        assert kirim(pesan) == Status.TIDAK_PASTI
        self._jatuh_tempo()
        assert tanyakan() == 0
        pesan.refresh_from_db()
        assert (pesan.status, pesan.jatuh_tempo) == (Status.TIDAK_PASTI, None)
        assert "kemungkinan besar belum terkirim" in pesan.galat
        simulator.mode = "bisu"
        assert kirim_tertunda() == 0 and simulator.masuk == {}
        assert kirim_ulang(pesan, akun("ptsp.lombok-timur")) is HasilUlang.DIKIRIM
        assert kirim_tertunda() == 1
        assert len(simulator.masuk) == 1

    def test_pengirim_mati_lalu_gerbang_ditanya(self, simulator):
        """Killed between hand-over and note: the gateway has it, the portal learns it, nobody gets it twice."""
        pesan = sms()
        GerbangHttp("sms").serahkan(Kiriman(pesan.rujukan, pesan.alamat, pesan.judul, pesan.isi))
        Pesan.objects.update(status=Status.MENGIRIM, percobaan=1, jatuh_tempo=timezone.now())
        assert kirim_tertunda() == 0
        assert tanyakan() == 1
        pesan.refresh_from_db()
        assert pesan.status == Status.DIKIRIM
        assert [p.diserahkan for p in simulator.masuk.values()] == [1]

    def test_gerbang_bisu_tidak_ditanyai_terus(self, simulator, settings, monkeypatch):
        for n in range(6):
            kirim(sms(f"{n}:status"))
        self._jatuh_tempo()
        tanya = []
        monkeypatch.setattr(GerbangHttp, "tanya", lambda jalan, rujukan: tanya.append(rujukan) or "")
        assert tanyakan() == 0
        assert len(tanya) == 3
        tanyakan()
        assert len(set(tanya)) == 6, "the next round goes on with the others"

    def test_sesudah_tiga_hari_tidak_ditanya_lagi(self, simulator):
        pesan = sms()
        kirim(pesan)
        Pesan.objects.update(dibuat=timezone.now() - timezone.timedelta(days=4), jatuh_tempo=timezone.now())
        tanyakan()
        pesan.refresh_from_db()
        assert (pesan.status, pesan.jatuh_tempo) == (Status.DIKIRIM, None)

    def test_laporan_asing_tidak_mengubah(self, simulator):
        pesan = sms()
        kirim(pesan)
        assert catat_laporan(pesan, "tidak_dikenal") == Status.DIKIRIM
        assert catat_laporan(pesan, "") == Status.DIKIRIM


class TestSetelan:
    def test_gerbang_dari_lingkungan(self):
        ada = {"PESAN_SMS_URL": "https://gerbang.example/v1/", "PESAN_SMS_TOKEN": "t", "PESAN_SMS_PENGIRIM": "HAJI"}
        assert env.gerbang("PESAN_SMS", ada) == {
            "url": "https://gerbang.example/v1", "token": "t", "pengirim": "HAJI", "laporan": "",
        }  # fmt: skip
        assert env.gerbang("PESAN_WA", ada) == {}

    @pytest.mark.parametrize(
        "salah",
        [
            {"PESAN_SMS_TOKEN": ""},
            {"PESAN_SMS_URL": "ftp://a"},
            {"PESAN_SMS_URL": "https://a:b@c"},
            {"PESAN_SMS_LAPORAN": "pendek"},
        ],
    )
    def test_setelan_salah_menghentikan(self, salah):
        with pytest.raises(ImproperlyConfigured):
            env.gerbang("PESAN_SMS", {"PESAN_SMS_URL": "https://g.example", "PESAN_SMS_TOKEN": "t"} | salah)
