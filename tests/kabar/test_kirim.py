"""At most once: against a real SMTP conversation that goes wrong at each point."""

import datetime
import socket
import threading

import pytest
from django.core import mail
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from haji_portal.kabar import kirim as modul
from haji_portal.kabar.kirim import kirim, kirim_tertunda, tulis_pesan
from haji_portal.kabar.models import MAKS_PERCOBAAN, Pesan
from haji_portal.kabar.surel import kepala
from haji_portal.kabar.ulang import HasilUlang, kirim_ulang

Status = Pesan.Status


class ServerSurel:
    """A tiny SMTP server; `putus` names the point at which it hangs up, `tolak` the one it answers with `kode`."""

    def __init__(self):
        self.putus, self.tolak, self.kode = "", "", 550
        self.diterima = []
        self.sambungan = 0
        self._soket = socket.create_server(("127.0.0.1", 0))
        self.port = self._soket.getsockname()[1]
        threading.Thread(target=self._terima, daemon=True).start()

    def tutup(self):
        # shutdown() first: close() alone leaves the listener alive while accept() waits in the thread.
        try:
            self._soket.shutdown(socket.SHUT_RDWR)
        except OSError:
            pass
        self._soket.close()

    def _terima(self):
        while True:
            try:
                klien, _ = self._soket.accept()
            except OSError:
                return
            self.sambungan += 1
            with klien, klien.makefile("rwb") as aliran:
                try:
                    self._bicara(aliran)
                except (OSError, ValueError):
                    pass

    def _bicara(self, f):
        def jawab(teks):
            f.write(teks.encode() + b"\r\n")
            f.flush()

        if self.putus == "SALAM":
            return
        jawab("220 siap")
        while perintah := f.readline().split()[:1]:
            kata = perintah[0].decode().upper()
            if kata == self.putus or (self.putus == "EHLO" and kata == "HELO"):
                return
            if kata == self.tolak:
                jawab(f"{self.kode} tidak")
            elif kata == "DATA":
                jawab("354 silakan")
                isi = b""
                while not isi.endswith(b"\r\n.\r\n"):
                    isi += f.readline()
                if self.putus == "TITIK":
                    return
                if self.tolak == "TITIK":
                    jawab(f"{self.kode} tidak")
                    continue
                self.diterima.append(isi)
                if self.putus == "SESUDAH":
                    return
                jawab("250 diterima")
            elif kata == "QUIT":
                jawab("221 sampai jumpa")
                return
            else:
                jawab("250 ya")


@pytest.fixture
def server(settings):
    s = ServerSurel()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", s.port
    settings.EMAIL_USE_TLS = False
    settings.EMAIL_HOST_USER = ""
    settings.EMAIL_TIMEOUT = 3
    yield s
    s.tutup()


def surel(kejadian="1:status", alamat="siti@surel.example"):
    fakta = {"kode": "481516", "keperluan": "uji", "menit": 10}
    return tulis_pesan(kejadian, "email", alamat, "kode", fakta)


@pytest.mark.django_db
class TestHasil:
    def test_terkirim_sekali(self, server):
        pesan = surel()
        assert kirim(pesan) == Status.DIKIRIM
        assert kirim(pesan) == Status.DIKIRIM
        assert kirim(surel()) == Status.DIKIRIM
        assert kirim_tertunda() == 0
        assert len(server.diterima) == 1
        assert b"Auto-Submitted: auto-generated" in server.diterima[0]
        pesan.refresh_from_db()
        assert pesan.dikirim is not None
        assert pesan.jatuh_tempo is None

    @pytest.mark.parametrize("titik", ["SALAM", "EHLO", "MAIL", "RCPT"])
    def test_tidak_tersambung_diulang(self, server, titik):
        server.putus = titik
        pesan = surel()
        assert kirim(pesan) == Status.GAGAL_SEMENTARA
        assert pesan.jatuh_tempo > timezone.now()
        assert kirim_tertunda() == 0, "not before its time"
        server.putus = ""
        Pesan.objects.update(jatuh_tempo=timezone.now())
        assert kirim_tertunda() == 1
        assert len(server.diterima) == 1

    def test_server_mati_diulang_lalu_menyerah(self, server):
        server.tutup()
        pesan = surel()
        for _ in range(MAKS_PERCOBAAN + 3):
            Pesan.objects.filter(jatuh_tempo__isnull=False).update(jatuh_tempo=timezone.now())
            kirim_tertunda()
        pesan.refresh_from_db()
        assert (pesan.status, pesan.percobaan, pesan.jatuh_tempo) == (Status.GAGAL_TETAP, MAKS_PERCOBAAN, None)
        assert "Connection refused" in pesan.galat
        assert "siti" not in pesan.galat

    @pytest.mark.parametrize(
        ("titik", "kode"), [("MAIL", 550), ("MAIL", 450), ("RCPT", 450), ("DATA", 451), ("TITIK", 452)]
    )
    def test_ditolak_sementara_diulang(self, server, titik, kode):
        """A sender's name that is refused is our own mistake: mended, the message still leaves."""
        server.tolak, server.kode = titik, kode
        pesan = surel()
        assert kirim(pesan) == Status.GAGAL_SEMENTARA
        assert pesan.jatuh_tempo is not None
        assert "siti" not in pesan.galat
        assert server.diterima == []

    @pytest.mark.parametrize("titik", ["RCPT", "DATA", "TITIK"])
    def test_ditolak_tetap_tidak_diulang(self, server, titik):
        server.tolak = titik
        pesan = surel()
        assert kirim(pesan) == Status.GAGAL_TETAP
        assert "siti" not in pesan.galat
        server.tolak = ""
        Pesan.objects.update(jatuh_tempo=timezone.now())
        assert kirim_tertunda() == 0
        assert (server.diterima, server.sambungan) == ([], 1)

    @pytest.mark.parametrize("titik", ["DATA", "TITIK", "SESUDAH"])
    def test_putus_sesudah_isi_diserahkan_tidak_pasti_dan_tidak_diulang(self, server, titik):
        server.putus = titik
        pesan = surel()
        assert kirim(pesan) == Status.TIDAK_PASTI
        server.putus = ""
        Pesan.objects.filter(pk=pesan.pk).update(jatuh_tempo=timezone.now())
        assert kirim_tertunda() == 0
        assert len(server.diterima) == (1 if titik == "SESUDAH" else 0)
        assert server.sambungan == 1

    def test_tidak_pasti_dikirim_ulang_hanya_oleh_orang(self, server, akun):
        server.putus = "TITIK"
        pesan = surel()
        kirim(pesan)
        server.putus = ""
        orang = akun("ptsp.lombok-timur")
        assert kirim_ulang(pesan, orang) is HasilUlang.DIKIRIM
        assert kirim_ulang(pesan, orang) is HasilUlang.TIDAK_BISA
        assert kirim_tertunda() == 1
        pesan.refresh_from_db()
        assert kirim_ulang(pesan, orang) is HasilUlang.TIDAK_BISA, "what was sent is not sent again"
        assert len(server.diterima) == 1

    def test_message_id_sama_di_setiap_percobaan(self, server):
        server.tolak = "TITIK"
        pesan = surel()
        server.kode = 450
        pertama = kepala(pesan.rujukan)["Message-ID"]
        kirim(pesan)
        assert kepala(Pesan.objects.get().rujukan)["Message-ID"] == pertama
        server.tolak = ""
        Pesan.objects.update(jatuh_tempo=timezone.now())
        assert kirim_tertunda() == 1
        assert pertama.encode() in server.diterima[0]

    def test_pengirim_mati_di_tengah_menjadi_tidak_pasti(self, server):
        pesan = surel()
        lalu = timezone.now() - datetime.timedelta(seconds=1)
        Pesan.objects.filter(pk=pesan.pk).update(status=Status.MENGIRIM, percobaan=1, jatuh_tempo=lalu)
        assert kirim_tertunda() == 0
        pesan.refresh_from_db()
        assert pesan.status == Status.TIDAK_PASTI
        assert server.diterima == []

    def test_yang_sedang_dikirim_tidak_diganggu(self, server):
        pesan = surel()
        nanti = timezone.now() + datetime.timedelta(minutes=2)
        Pesan.objects.filter(pk=pesan.pk).update(status=Status.MENGIRIM, percobaan=1, jatuh_tempo=nanti)
        assert kirim_tertunda() == 0
        assert kirim(pesan) == Status.MENGIRIM

    def test_server_mati_tidak_menahan_saluran_lain(self, server, settings):
        """After three failures in a row a channel rests until the next sweep; the others go on."""
        settings.PESAN_GERBANG = {"sms": {"url": "http://127.0.0.1:1", "token": "x"}}
        fakta = {"kode": "1", "keperluan": "uji", "menit": 5}
        for n in range(5):
            tulis_pesan(f"{n}:a", "sms", "081200000007", "kode", fakta)
        surel("9:status")
        assert kirim_tertunda() == 1
        assert Pesan.objects.filter(status=Status.GAGAL_SEMENTARA).count() == 3
        assert Pesan.objects.filter(status=Status.DIBUAT).count() == 2
        kirim_tertunda()
        assert Pesan.objects.filter(status=Status.GAGAL_SEMENTARA).count() == 5

    def test_sapu_sekali_mengirim_juga(self, server):
        """With a dead broker and no Celery one command is enough."""
        surel()
        call_command("sapu", verbosity=0)
        assert len(server.diterima) == 1

    def test_alamat_berbeda_pesan_berbeda(self):
        assert surel().pk == surel().pk == surel(alamat="SITI@surel.example").pk
        assert surel(alamat="lain@surel.example").pk != surel().pk
        assert "siti" not in surel().kunci


@pytest.mark.basis
@pytest.mark.usefixtures("tanpa_bel")
@pytest.mark.django_db(transaction=True)
class TestBalapan:
    def _dua(self, pesan):
        mulai = threading.Barrier(2)

        def kerja():
            try:
                milik = Pesan.objects.get(pk=pesan.pk)
                mulai.wait(5)
                kirim(milik)
            finally:
                connection.close()

        utas = [threading.Thread(target=kerja) for _ in range(2)]
        for u in utas:
            u.start()
        for u in utas:
            u.join(30)

    def test_dua_pengirim_satu_surel(self):
        for n in range(5):
            mail.outbox.clear()
            self._dua(surel(f"{n}:status"))
            assert len(mail.outbox) == 1

    def test_kendali_tanpa_penjaga_terkirim_dua_kali(self, monkeypatch):
        """Negative control."""
        monkeypatch.setattr(modul, "_klaim", lambda pesan: True)
        self._dua(surel())
        assert len(mail.outbox) == 2
