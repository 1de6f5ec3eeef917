"""Messages to staff: whose turn it is, breached deadlines, quiet cases; and the page that shows them."""

import datetime

import pytest
import time_machine
from django.core import mail
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from haji_portal.akun.models import Pengguna
from haji_portal.alur.efek import jalankan_efek, sapu
from haji_portal.alur.models import Efek, Perkara, Tenggat
from haji_portal.alur.posisi import langkah_berikut
from haji_portal.alur.tenggat import periksa_tenggat
from haji_portal.kabar.berkala import informasi_berkala
from haji_portal.kabar.kata import Teks
from haji_portal.kabar.kirim import kirim_tertunda, tulis_aplikasi
from haji_portal.kabar.models import Pesan
from pendaftaran.contoh import buat_jemaah, buka_contoh

pytestmark = pytest.mark.django_db
# A Monday morning in Lombok Timur, far from holidays.
SENIN = datetime.datetime(2026, 11, 23, 9, 0, tzinfo=datetime.timezone(datetime.timedelta(hours=8)))


def penerima(**saring):
    milik = Pesan.objects.filter(saluran="aplikasi", **saring)
    return sorted(milik.values_list("pengguna__username", flat=True))


class TestGiliran:
    def _efek(self, perkara):
        riwayat = perkara.riwayat.order_by("-urut").first()
        return Efek.objects.get(riwayat=riwayat, jenis="kabar.giliran")

    def test_hanya_yang_mendapat_giliran_kecuali_pelaku(self, perkara, langkah):
        while perkara.tahap != "diverifikasi":
            perkara = langkah(perkara, langkah_berikut(perkara).nama)
        efek = self._efek(perkara)
        harap = {f"{g.peran}.lombok-timur" for g in perkara.giliran.all()} - {efek.riwayat.pengguna.username}
        assert harap == {"kasi.lombok-timur"}
        assert jalankan_efek(efek.pk)
        assert set(penerima(templat="giliran")) == harap
        Efek.objects.filter(pk=efek.pk).update(selesai=None)
        assert jalankan_efek(efek.pk)
        assert len(penerima(templat="giliran")) == len(harap)
        pesan = Pesan.objects.get(templat="giliran")
        assert pesan.judul == f"{perkara.nomor}: Setujui dan tanda tangani SPH"
        assert "Siti" not in pesan.judul + pesan.isi

    def test_pelaku_sendiri_tidak_dikabari(self, perkara):
        efek = self._efek(perkara)
        assert efek.riwayat.pengguna.username == "ptsp.lombok-timur"
        assert jalankan_efek(efek.pk)
        assert penerima(templat="giliran") == []

    def test_sudah_bergerak_lagi_tidak_dikabarkan(self, perkara, langkah):
        efek = self._efek(perkara)
        langkah(perkara, "tolak")
        assert jalankan_efek(efek.pk)
        assert penerima(templat="giliran") == []


class TestPeringatan:
    def test_pemilik_lalu_kasi_lalu_kepala_masing_masing_sekali(self, kantor_lombok, jemaah):
        with time_machine.travel(SENIN, tick=False) as jam:
            perkara = buka_contoh(kantor_lombok, 7, jemaah=jemaah).perkara
            batas = Tenggat.objects.get(perkara=perkara, jenis="status").batas
            urut = []
            for menit in (-1, 1, 1, 40, 40, 200, 600, 3000):
                jam.move_to(batas + datetime.timedelta(minutes=menit))
                sebelum = set(Pesan.objects.values_list("pk", flat=True))
                periksa_tenggat()
                periksa_tenggat()
                baru = Pesan.objects.filter(templat="peringatan", saluran="aplikasi").exclude(pk__in=sebelum)
                urut.append(sorted({p.pengguna.username.partition(".")[0] for p in baru}))
        pemilik = sorted({g.peran for g in perkara.giliran.all()})
        assert [u for u in urut if u] == [pemilik, ["kasi"], ["kepala"]]
        assert urut[0] == []
        assert len(penerima(templat="peringatan")) == len(pemilik) + 2

    def test_surel_petugas_menyusul_dari_buku_kirim(self, perkara):
        Pengguna.objects.filter(username__endswith=".lombok-timur").update(email="petugas@surel.example")
        Tenggat.objects.filter(perkara=perkara).update(batas=timezone.now() - datetime.timedelta(minutes=1))
        assert periksa_tenggat() >= 1
        assert mail.outbox == [], "nothing leaves inside the transaction"
        kirim_tertunda()
        assert {m.to[0] for m in mail.outbox} == {"petugas@surel.example"}
        assert all("Siti" not in m.subject + m.body for m in mail.outbox)
        assert f"{perkara.nomor} melewati batas waktu" in {m.subject for m in mail.outbox}


class TestBerkala:
    def _maju(self, hari):
        return time_machine.travel(SENIN + datetime.timedelta(days=hari), tick=False)

    @pytest.fixture
    def sunyi(self, kantor_lombok, jemaah):
        """Opened on Monday morning; the first e-mail is out."""
        with self._maju(0):
            perkara = buka_contoh(kantor_lombok, 7, jemaah=jemaah).perkara
            sapu()
        mail.outbox.clear()
        return perkara

    @pytest.mark.parametrize(("hari", "surel"), [(0, 0), (1, 0), (2, 0), (3, 1), (5, 1), (9, 1)])
    def test_sesudah_tiga_hari_kerja(self, sunyi, hari, surel):
        with self._maju(hari):
            informasi_berkala()
        assert len(mail.outbox) == surel

    def test_akhir_pekan_tidak_dihitung(self, kantor_lombok, jemaah):
        """From Friday, Tuesday is only the second working day."""
        with self._maju(4):
            buka_contoh(kantor_lombok, 7, jemaah=jemaah)
            sapu()
        with self._maju(8):
            assert informasi_berkala() == 0
        with self._maju(9):
            assert informasi_berkala() == 1

    def test_sekali_per_masa_sunyi(self, sunyi, langkah):
        for hari in (3, 4, 7):
            with self._maju(hari):
                informasi_berkala()
                informasi_berkala("Asia/Makassar")
        assert len(mail.outbox) == 1
        with self._maju(8):
            langkah(sunyi, "periksa_berkas")
        with self._maju(14):
            informasi_berkala()
        assert len([m for m in mail.outbox if "berkala" in m.subject]) == 2

    def test_zona_lain_dan_perkara_tertutup_tidak_dikabari(self, sunyi):
        with self._maju(5):
            assert informasi_berkala("Asia/Jayapura") == 0
            Perkara.objects.update(ditutup=timezone.now())
            assert informasi_berkala() == 0

    def test_isi_mengaku_terlambat(self, sunyi):
        with self._maju(5):
            informasi_berkala()
        surel = mail.outbox[0]
        assert surel.subject == f"Kabar berkala permohonan {sunyi.nomor}"
        assert "belum berubah sejak Senin, 23 November 2026" in surel.body
        assert "sudah lewat. Kami mohon maaf" in surel.body

    def test_tanpa_surel_petugas_diminta_menelepon(self, kantor_lombok):
        with self._maju(0):
            perkara = buka_contoh(kantor_lombok, 8, jemaah=buat_jemaah(kantor_lombok, 8)).perkara
        with self._maju(4):
            assert informasi_berkala() == len({g.peran for g in perkara.giliran.all()})
            assert informasi_berkala() == 0
        pesan = Pesan.objects.filter(templat="berkala_petugas").first()
        assert pesan.judul == f"{perkara.nomor}: kabari pemohon lewat telepon"
        assert perkara.pemohon.nama not in pesan.isi

    def test_dikembalikan_diingatkan_apa_yang_kurang(self, sunyi, langkah):
        with self._maju(0):
            butir = sunyi.butir.filter(wajib=True).first()
            verdict = {b.kode: ("ada", "") for b in sunyi.butir.all()} | {butir.kode: ("tidak", "Belum dibawa")}
            perkara = langkah(sunyi, "periksa_berkas", verdict=verdict, unggahan={})
            langkah(perkara, "kembalikan", catatan="Terima kasih.")
            sapu()
            mail.outbox.clear()
        with self._maju(4):
            informasi_berkala()
        assert f"- {butir.nama}: Belum dibawa" in mail.outbox[0].body
        assert "menunggu kelengkapan dari Ibu" in mail.outbox[0].body


class TestHalaman:
    @pytest.fixture
    def pesan(self, perkara, akun):
        tulis_aplikasi("uji", [akun("jfu.lombok-timur")], "giliran", Teks("Judul <b>uji</b>", "Isi uji"), perkara)
        return Pesan.objects.get(kunci__startswith="uji:")

    def test_hanya_milik_sendiri(self, masuk, pesan):
        isi = masuk("jfu.lombok-timur").get("/pesan/").content.decode()
        assert "Judul &lt;b&gt;uji&lt;/b&gt;" in isi
        assert "1 baru" in isi
        assert " WITA</time>" in isi
        lain = masuk("ptsp.lombok-timur")
        assert "Isi uji" not in lain.get("/pesan/").content.decode()
        assert lain.post(reverse("kabar:buka", args=[pesan.pk])).status_code == 404
        lain.post(reverse("kabar:tandai"))
        pesan.refresh_from_db()
        assert pesan.dibaca is None

    def test_buka_menandai_dan_menuju_perkara(self, masuk, pesan, perkara, monkeypatch):
        monkeypatch.setattr(Perkara, "get_absolute_url", lambda self: f"/pendaftaran/{self.nomor}/")
        klien = masuk("jfu.lombok-timur")
        jawab = klien.post(reverse("kabar:buka", args=[pesan.pk]))
        assert (jawab.status_code, jawab.url) == (302, f"/pendaftaran/{perkara.nomor}/")
        pesan.refresh_from_db()
        pertama = pesan.dibaca
        klien.post(reverse("kabar:buka", args=[pesan.pk]))
        pesan.refresh_from_db()
        assert pesan.dibaca == pertama is not None

    def test_perkara_tanpa_halaman_kembali_ke_daftar(self, masuk, pesan, monkeypatch):
        def tidak_ada(self):
            raise NoReverseMatch

        monkeypatch.setattr(Perkara, "get_absolute_url", tidak_ada)
        assert masuk("jfu.lombok-timur").post(reverse("kabar:buka", args=[pesan.pk])).url == "/pesan/"

    def test_tandai_semua(self, masuk, pesan):
        klien = masuk("jfu.lombok-timur")
        isi = klien.post(reverse("kabar:tandai"), follow=True).content.decode()
        assert "1 pesan ditandai sudah dibaca" in isi
        assert "Tandai semua" not in isi

    def test_tanpa_masuk_dan_tanpa_penugasan(self, client, masuk, akun, pesan):
        assert client.get("/pesan/").status_code == 302
        akun("jfu.lombok-timur").penugasan.update(selesai=datetime.date(2020, 1, 1), mulai=datetime.date(2019, 1, 1))
        assert masuk("jfu.lombok-timur").get("/pesan/").status_code == 403

    def test_get_tidak_mengubah(self, masuk, pesan):
        klien = masuk("jfu.lombok-timur")
        assert klien.get(reverse("kabar:buka", args=[pesan.pk])).status_code == 405
        assert klien.get(reverse("kabar:tandai")).status_code == 405

    def test_kosong_dan_banyak(self, masuk, akun, django_assert_max_num_queries):
        klien = masuk("kasi.lombok-timur")
        assert "Belum ada pesan" in klien.get("/pesan/").content.decode()
        for n in range(60):
            tulis_aplikasi(f"n{n}", [akun("kasi.lombok-timur")], "giliran", Teks(f"Pesan {n}", "Isi"))
        with django_assert_max_num_queries(15):
            assert klien.get("/pesan/?halaman=3").content.decode().count('class="kartu ') == 10


def test_admin_menyamarkan_alamat(masuk, perkara):
    sapu()
    klien = masuk("admin")
    isi = klien.get("/admin/kabar/pesan/").content.decode()
    assert "s***@surel.example" in isi
    assert "siti.contoh" not in isi
    pesan = Pesan.objects.get(saluran="email")
    rinci = klien.get(f"/admin/kabar/pesan/{pesan.pk}/change/").content.decode()
    assert "s***@surel.example" in rinci
    assert "siti.contoh" not in rinci
    assert "Siti Rahmah" not in rinci


def test_admin_mengirim_ulang_yang_tidak_pasti_saja(masuk, perkara):
    sapu()
    pesan = Pesan.objects.get(saluran="email")
    klien = masuk("admin")
    aksi = {"action": "kirim_lagi", "_selected_action": [pesan.pk]}
    klien.post("/admin/kabar/pesan/", aksi)
    assert kirim_tertunda() == 0, "what was sent is not sent again"
    Pesan.objects.update(status=Pesan.Status.TIDAK_PASTI)
    tanya = klien.post("/admin/kabar/pesan/", aksi).content.decode()
    assert "mungkin menerima pesan yang sama dua kali" in tanya
    assert kirim_tertunda() == 0, "asked first"
    klien.post("/admin/kabar/pesan/", aksi | {"yakin": "ya"})
    assert pesan.tindakan.get().oleh.username == "admin"
    assert kirim_tertunda() == 1
    assert len(mail.outbox) == 2
