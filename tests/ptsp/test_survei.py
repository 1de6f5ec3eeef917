"""The one-time survey: who may answer, once, and that no answer can be traced to its case."""

import datetime
import random
import re
from itertools import pairwise

import pytest
import time_machine
from django.db import connection, models
from django.test import Client
from django.utils import timezone

from haji_portal.akun.models import Kantor
from haji_portal.alur.models import Perkara
from haji_portal.dana.models import KonfirmasiSaldo, Pengembalian
from haji_portal.kabar.gsm import ukur
from haji_portal.kabar.kata import konteks, susun
from haji_portal.ptsp import batas
from haji_portal.ptsp.models import JawabanSurvei, TautanSurvei
from haji_portal.ptsp.models.survei import UNSUR
from haji_portal.ptsp.survei import tautan
from haji_portal.ptsp.survei.jawab import aduk, simpan
from haji_portal.ptsp.tasks import aduk_survei
from pembatalan import contoh as contoh_batal
from pembatalan.models import Jurnal, Pemberitahuan
from pendaftaran import contoh

pytestmark = pytest.mark.django_db
LENGKAP = dict.fromkeys(UNSUR, "4") | {"u9": "3"}


@pytest.fixture
def ditutup(pelaksana, client):
    """A registration that its pilgrim took back: closed, like every other end."""

    def _tutup(urut=7):
        perkara = contoh.buka_contoh(Kantor.objects.get(slug="lombok-timur"), urut).perkara
        return pelaksana.lakukan(perkara, "cabut", contoh.isian(perkara, "cabut")).perkara

    return _tutup


def jalur(perkara):
    return tautan(perkara).removeprefix("http://localhost:8000").partition("/survei/")[2].join(["/survei/", ""])


class TestTautan:
    def test_hanya_sesudah_selesai_selalu_sama_dan_pendek(self, ditutup, settings):
        settings.SITUS_URL = "https://haji.example"
        perkara = ditutup()
        alamat = tautan(perkara)
        assert re.fullmatch(r"https://haji\.example/survei/[0-9A-HJKMNP-TV-Z]{12}/", alamat)
        assert tautan(Perkara.objects.get(pk=perkara.pk)) == alamat and TautanSurvei.objects.count() == 1
        kata = alamat.rstrip("/").rpartition("/")[2]
        assert kata not in str(TautanSurvei.objects.values_list().get()), "only its keyed hash is stored"

    def test_perkara_terbuka_tidak_punya(self, pelaksana):
        perkara = contoh.buka_contoh(Kantor.objects.get(slug="lombok-timur"), 7).perkara
        assert tautan(perkara) is None and not TautanSurvei.objects.exists()

    def test_sembilan_puluh_hari_menurut_hari_kantor(self, ditutup, client):
        perkara = ditutup()
        alamat = jalur(perkara)
        akhir = TautanSurvei.objects.get().habis
        zona = perkara.kantor.zona_waktu
        assert akhir == timezone.localdate(perkara.ditutup, zona) + datetime.timedelta(days=90)
        malam = datetime.datetime.combine(akhir, datetime.time(23, 59), zona)
        with time_machine.travel(malam, tick=False):
            assert tautan(perkara) and client.get(alamat).status_code == 200
        with time_machine.travel(malam + datetime.timedelta(minutes=2), tick=False):
            assert tautan(perkara) is None
            assert client.get(alamat).status_code == 410 and client.post(alamat, LENGKAP).status_code == 410
        assert not JawabanSurvei.objects.exists()

    def test_kunci_diganti_alamat_baru_menggantikan_yang_lama(self, ditutup, settings, client):
        perkara = ditutup()
        lama = jalur(perkara)
        settings.KUNCI_HASH = "kunci-lain-" * 6
        assert client.get(lama).status_code == 404
        assert client.get(jalur(perkara)).status_code == 200 and TautanSurvei.objects.count() == 1

    def test_hanya_perkara_yang_dibawa_orang(self, acuan):
        """Declared by the kinds themselves: what an office or the portal opens has nobody to ask."""
        for model in (Pengembalian, KonfirmasiSaldo, Jurnal, Pemberitahuan):
            assert not model().disurvei(), model
        assert contoh.Pendaftaran().disurvei()
        assert contoh_batal.Pembatalan(pengaju="jemaah").disurvei()
        assert not contoh_batal.Pembatalan(pengaju="kantor").disurvei()


class TestMengisi:
    def test_sekali_lalu_terima_kasih_dan_tidak_memperlihatkan_apa_pun(self, ditutup, client):
        alamat = jalur(ditutup())
        halaman = client.get(alamat)
        assert halaman["X-Robots-Tag"] == "noindex" and "no-store" in halaman["Cache-Control"]
        assert len(re.findall(r'type="radio"', halaman.text)) == 36 and " checked" not in halaman.text
        jawab = client.post(alamat, LENGKAP | {"saran": "Bagus.", "usia": "60-", "kelamin": "P"})
        assert (jawab.status_code, jawab["Location"]) == (303, "/survei/terima-kasih/")
        satu = JawabanSurvei.objects.get()
        assert [getattr(satu, u) for u in UNSUR] == [4] * 8 + [3]
        assert (satu.layanan, satu.kantor.slug, satu.saran, satu.usia) == (
            "pendaftaran",
            "lombok-timur",
            "Bagus.",
            "60-",
        )
        assert satu.bulan == timezone.localdate(timezone=satu.kantor.zona_waktu).replace(day=1)
        lagi = Client().get(alamat)
        assert lagi.status_code == 303 and lagi["Location"] == "/survei/terima-kasih/"
        assert "Bagus" not in client.get("/survei/terima-kasih/").text

    def test_dua_klik_satu_jawaban(self, ditutup, client):
        perkara = ditutup()
        alamat = jalur(perkara)
        assert [client.post(alamat, LENGKAP).status_code for _ in range(2)] == [303, 303]
        basi = TautanSurvei.objects.select_related("perkara__kantor").get()
        assert simpan(basi, dict.fromkeys(UNSUR, 1)) is False, (
            "a second request that read the row before the first wrote"
        )
        assert JawabanSurvei.objects.get().u1 == 4 and tautan(perkara) is None

    @pytest.mark.parametrize(
        "ganti",
        [{"u5": ""}, {"u1": "0"}, {"u1": "5"}, {"u1": "4x"}, {"u9": "\x00"}, {"usia": "25"}, {"saran": "x" * 501}],
    )
    def test_isian_rusak_kembali_dengan_kalimat_dan_tautan_tetap_berlaku(self, ditutup, client, ganti):
        alamat = jalur(ditutup())
        jawab = client.post(alamat, LENGKAP | {"saran": "Tetap ada."} | ganti)
        assert jawab.status_code == 422 and not JawabanSurvei.objects.exists()
        assert len(re.findall(" checked", jawab.text)) >= 8, "what was chosen is still chosen"
        assert client.post(alamat, LENGKAP).status_code == 303

    def test_bulan_menurut_jam_kantor(self, ditutup, client):
        """23.30 in Jakarta on the last evening is the next month in Lombok."""
        alamat = jalur(ditutup())
        with time_machine.travel(datetime.datetime(2026, 11, 30, 16, 30, tzinfo=datetime.UTC), tick=False):
            client.post(alamat, LENGKAP)
        assert JawabanSurvei.objects.get().bulan == datetime.date(2026, 12, 1)

    def test_nama_dan_nomor_dalam_saran_disamarkan(self, ditutup, client):
        perkara = ditutup()
        nama = perkara.pemohon.nama
        client.post(jalur(perkara), LENGKAP | {"saran": f"Saya {nama}, hubungi 0812 0000 0077 ya."})
        saran = JawabanSurvei.objects.get().saran
        assert nama not in saran and "0812" not in saran and "hubungi" in saran

    def test_ditulis_seperti_dibaca_orang(self, ditutup, client):
        kata = jalur(ditutup()).removeprefix("/survei/").rstrip("/")
        salah_baca = kata.replace("0", "O").replace("1", "l").lower()
        for tulisan in (kata.lower(), salah_baca, f"{kata[:4]}-{kata[4:8]}-{kata[8:]}"):
            assert client.get(f"/survei/{tulisan}/").status_code == 200, tulisan

    def test_menebak_dibatasi_juga_bila_akhirnya_benar(self, ditutup, client, monkeypatch):
        monkeypatch.setattr(batas, "SURVEI_PER_ALAMAT", 3)
        alamat = jalur(ditutup())
        assert [client.get(f"/survei/{n:012}/").status_code for n in range(4)] == [404, 404, 404, 429]
        assert client.get(alamat).status_code == 429 and client.post(alamat, LENGKAP).status_code == 429
        assert not JawabanSurvei.objects.exists()

    def test_robot_tidak_diundang(self, client):
        assert "Disallow: /survei/" in client.get("/robots.txt").text


class TestTidakTerlacak:
    def test_tabel_jawaban_tidak_menyimpan_perkara_orang_atau_waktu(self):
        """A column that could join the two tables, or order one by the other, is a reason to think again."""
        tahu = {f.name: type(f) for f in JawabanSurvei._meta.get_fields()}
        assert [n for n, jenis in tahu.items() if issubclass(jenis, models.ForeignKey | models.OneToOneField)] == [
            "kantor"
        ]
        assert not any(issubclass(j, models.DateTimeField | models.TimeField | models.AutoField) for j in tahu.values())
        assert tahu["id"] is models.UUIDField
        assert {f.name for f in TautanSurvei._meta.get_fields()} == {"perkara", "sidik", "habis", "terpakai"}
        assert not any(f.related_model is TautanSurvei for f in JawabanSurvei._meta.get_fields() if f.is_relation)

    @pytest.mark.basis
    def test_sesudah_diaduk_tidak_ada_urutan_dan_tidak_ada_yang_hilang(self, acuan):
        kantor = Kantor.objects.get(slug="palu")
        bulan = timezone.localdate().replace(day=1)
        for n in range(60):
            isi = {u: random.Random(n * 9 + i).randint(1, 4) for i, u in enumerate(UNSUR)}
            JawabanSurvei.objects.create(layanan="pendaftaran", kantor=kantor, bulan=bulan, saran=f"{n:02}", **isi)
        lama = JawabanSurvei.objects.create(
            layanan="pendaftaran", kantor=kantor, bulan=datetime.date(2026, 1, 1), **dict.fromkeys(UNSUR, 2)
        )
        sebelum = {j.saran: [getattr(j, u) for u in UNSUR] for j in JawabanSurvei.objects.filter(bulan=bulan)}
        kunci = set(JawabanSurvei.objects.filter(bulan=bulan).values_list("id", flat=True))
        assert aduk_survei() == 60
        sesudah = JawabanSurvei.objects.filter(bulan=bulan)
        assert {j.saran: [getattr(j, u) for u in UNSUR] for j in sesudah} == sebelum
        assert not kunci & set(sesudah.values_list("id", flat=True))
        assert JawabanSurvei.objects.filter(pk=lama.pk).exists(), "long ago mixed"
        letak = "rowid" if connection.vendor == "sqlite" else "ctid"
        with connection.cursor() as kursor:
            kursor.execute(f"SELECT saran FROM ptsp_jawabansurvei WHERE saran <> '' ORDER BY {letak}")
            urut = [int(baris[0]) for baris in kursor.fetchall()]
        naik = sum(a < b for a, b in pairwise(urut))
        assert 10 < naik < 49, f"59 neighbours in the order in which they came, {naik} still are"

    @pytest.mark.basis
    @pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite keeps no transaction in its rows")
    def test_postgresql_tidak_menghubungkan_lewat_transaksi(self, ditutup, client):
        """xmin of a row names the transaction that wrote it: an answer and its address were written by the same one."""
        for urut in (7, 8, 9):
            client.post(jalur(ditutup(urut)), LENGKAP)
        assert self.penulis("ptsp_jawabansurvei") == (3, 3), "else there is nothing to mix"
        aduk()
        assert self.penulis("ptsp_jawabansurvei") == self.penulis("ptsp_tautansurvei") == (1, 3)

    @staticmethod
    def penulis(tabel):
        """(transactions, rows)"""
        with connection.cursor() as kursor:
            kursor.execute(f"SELECT count(DISTINCT xmin::text), count(*) FROM {tabel}")
            return kursor.fetchone()

    def test_admin_membaca_tanpa_jalan_ke_perkara(self, masuk, ditutup, client):
        perkara = ditutup()
        client.post(jalur(perkara), LENGKAP | {"saran": "Ruang tunggu panas."})
        admin = masuk("admin")
        satu = JawabanSurvei.objects.get()
        for alamat in ("/admin/ptsp/jawabansurvei/", f"/admin/ptsp/jawabansurvei/{satu.pk}/change/"):
            teks = admin.get(alamat).text
            assert "Ruang tunggu panas." in teks and perkara.nomor not in teks
        assert admin.post(f"/admin/ptsp/jawabansurvei/{satu.pk}/change/", {"u1": 1}).status_code == 403
        assert "terpakai" not in admin.get(f"/admin/ptsp/tautansurvei/{perkara.pk}/change/").text


class TestUndangan:
    def test_surel_penutup_membawa_tautan_dan_yang_terbuka_tidak(self, pelaksana, ditutup):
        perkara = ditutup().rinci()
        akhir = perkara.riwayat.order_by("-urut").first()
        assert tautan(perkara) in susun("tutup", konteks(perkara, akhir)).isi
        terbuka = contoh.buka_contoh(Kantor.objects.get(slug="lombok-timur"), 8).perkara
        surel = susun("status", konteks(terbuka, terbuka.riwayat.get())).isi
        assert "/survei/" not in surel and "\n\n\n" not in surel

    def test_sms_selesai_tetap_satu_segmen(self, ditutup, settings):
        settings.SITUS_URL = "https://haji.lomboktimurkab.kemenhaj.go.id"
        perkara = ditutup().rinci()
        fakta = konteks(perkara, perkara.riwayat.order_by("-urut").first())
        pesan = susun("selesai", fakta, "sms").isi
        assert tautan(perkara) in pesan and ukur(pesan).segmen == 1, pesan

    def test_halaman_status_dan_loket_memperlihatkannya(self, ditutup, masuk):
        perkara = ditutup()
        alamat = tautan(perkara)
        publik = Client()
        publik.post("/cek/", {"nomor": perkara.nomor, "tanggal_lahir": str(perkara.pemohon.tanggal_lahir)})
        assert alamat in publik.get("/cek/hasil/").text
        loket = masuk("ptsp.lombok-timur")
        qr = f"/survei/perkara/{perkara.nomor}/"
        assert qr in loket.get(perkara.get_absolute_url()).text
        assert alamat in loket.get(qr).text and "data:image/svg+xml" in loket.get(qr).text
        Client().post(jalur(perkara), LENGKAP)
        assert "/survei/" not in publik.get("/cek/hasil/").text
        assert alamat not in loket.get(qr).text and "tidak ada survei yang dapat diisi" in loket.get(qr).text
