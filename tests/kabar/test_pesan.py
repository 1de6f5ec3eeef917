"""Writing a message: once per event, address and channel; secrets are wiped; files are fetched when it leaves."""

import datetime
import threading

import pytest
import time_machine
from django.core import mail
from django.db import connection, transaction
from django.utils import timezone

from haji_portal.kabar import kirim as modul
from haji_portal.kabar import segera
from haji_portal.kabar.kirim import UMUR_RAHASIA, alamat_sah, kirim, kirim_tertunda, pelampir, tulis_pesan
from haji_portal.kabar.models import KontakPerkara, Pesan, SaluranKantor
from haji_portal.kabar.saluran import Hasil, Jawab
from haji_portal.kabar.tujuan import saluran_aktif, tujuan

Status = Pesan.Status
KODE = {"kode": "481516", "keperluan": "pendaftaran haji", "menit": 10}


class Palsu:
    """A gateway inside the process: answers what the test says and remembers what it was handed."""

    seketika = False
    jawab = Jawab(Hasil.DITERIMA)
    laporan = ""

    def __init__(self, nama="sms"):
        self.diterima = []

    def __call__(self, nama):
        return self

    def aktif(self):
        return True

    def serahkan(self, kiriman):
        self.diterima.append(kiriman)
        return self.jawab

    def tanya(self, rujukan):
        return self.laporan


@pytest.fixture
def gerbang(monkeypatch):
    palsu = Palsu()
    monkeypatch.setattr(modul, "saluran", palsu)
    return palsu


@pytest.mark.django_db
class TestTulis:
    def test_sekali_per_kejadian_alamat_dan_saluran(self):
        satu = tulis_pesan("1:kode", "sms", "0812-0000-0007", "kode", KODE)
        assert tulis_pesan("1:kode", "sms", "+62 812 0000 0007", "kode", KODE).pk == satu.pk
        assert tulis_pesan("1:kode", "wa", "081200000007", "kode", KODE).pk != satu.pk
        assert tulis_pesan("2:kode", "sms", "081200000007", "kode", KODE).pk != satu.pk
        assert (satu.alamat, satu.segmen) == ("+6281200000007", 1)
        assert "81200000007" not in satu.kunci + satu.rujukan

    def test_alamat_mustahil_terlihat_sebagai_gagal(self):
        pesan = tulis_pesan("1:kode", "sms", "021 555 0101", "kode", KODE, rahasia=True)
        assert (pesan.status, pesan.jatuh_tempo, pesan.isi) == (Status.GAGAL_TETAP, None, "")
        assert kirim_tertunda() == 0

    @pytest.mark.parametrize("alamat", ["08", "bukan nomor", "0215550101", ""])
    def test_nomor_yang_bukan_ponsel(self, alamat):
        with pytest.raises(ValueError, match="Nomor"):
            alamat_sah("sms", alamat)

    def test_lampiran_diambil_saat_berangkat_dan_hanya_oleh_surel(self, perkara, monkeypatch):
        monkeypatch.setattr(modul, "_pelampir", {})
        siap = []

        @pelampir("uji")
        def ambil(p):
            if not siap:
                raise LookupError("Siti Rahmah")
            return f"{p.nomor}.pdf", b"%PDF-1.7 uji"

        pesan = tulis_pesan("1:sph", "email", "a@contoh.example", "kode", KODE, lampiran="uji", perkara=perkara)
        assert kirim(pesan) == Status.GAGAL_SEMENTARA
        assert "Siti" not in pesan.galat
        siap.append(1)
        Pesan.objects.update(jatuh_tempo=timezone.now())
        assert kirim_tertunda() == 1
        assert mail.outbox[0].attachments[0][:2] == (f"{perkara.nomor}.pdf", b"%PDF-1.7 uji")
        sms = tulis_pesan("1:sph", "sms", "081200000007", "kode", KODE, lampiran="uji", perkara=perkara)
        assert sms.lampiran == ""
        with pytest.raises(ValueError, match="already"):
            pelampir("uji")(lambda p: ("", b""))


@pytest.mark.django_db
class TestRahasia:
    @pytest.mark.parametrize(
        ("hasil", "status", "tersisa"),
        [
            (Hasil.DITERIMA, Status.DIKIRIM, False),
            (Hasil.DITOLAK, Status.GAGAL_TETAP, False),
            (Hasil.TIDAK_PASTI, Status.TIDAK_PASTI, False),
            (Hasil.TERTUNDA, Status.GAGAL_SEMENTARA, True),
        ],
    )
    def test_dihapus_begitu_tidak_perlu_dikirim_lagi(self, gerbang, hasil, status, tersisa):
        gerbang.jawab = Jawab(hasil)
        pesan = tulis_pesan("1:kode", "sms", "081200000007", "kode", KODE, rahasia=True)
        assert kirim(pesan) == status
        assert "481516" in gerbang.diterima[0].isi
        assert ("481516" in pesan.isi) is tersisa
        assert "481516" not in pesan.judul

    def test_kode_yang_terlambat_tidak_dikirim(self, gerbang):
        pesan = tulis_pesan("1:kode", "sms", "081200000007", "kode", KODE, rahasia=True)
        with time_machine.travel(timezone.now() + UMUR_RAHASIA + datetime.timedelta(seconds=1)):
            assert kirim_tertunda() == 0
        pesan.refresh_from_db()
        assert (pesan.status, pesan.isi, gerbang.diterima) == (Status.GAGAL_TETAP, "", [])

    def test_pengirim_mati_kode_ikut_terhapus(self):
        pesan = tulis_pesan("1:kode", "sms", "081200000007", "kode", KODE, rahasia=True)
        lalu = timezone.now() - datetime.timedelta(seconds=1)
        Pesan.objects.update(status=Status.MENGIRIM, percobaan=1, jatuh_tempo=lalu)
        kirim_tertunda()
        pesan.refresh_from_db()
        assert (pesan.status, pesan.isi) == (Status.TIDAK_PASTI, "")


@pytest.mark.django_db(transaction=True)
class TestSegera:
    @pytest.fixture
    def pengantar(self, monkeypatch, settings):
        settings.PESAN_SEGERA = True
        settings.EFEK_BEL = False
        milik = segera.Pengantar(segera._kirim)
        monkeypatch.setattr(segera, "_pengantar", milik)
        return milik

    def test_kode_berangkat_sesudah_transaksi_tanpa_menahan_halaman(self, pengantar, gerbang):
        tahan = threading.Event()
        asli = gerbang.serahkan
        gerbang.serahkan = lambda kiriman: (tahan.wait(30), asli(kiriman))[1]
        with transaction.atomic():
            pesan = tulis_pesan("1:kode", "sms", "081200000007", "kode", KODE, rahasia=True)
            assert not pengantar._utas, "nothing leaves before the commit"
        assert gerbang.diterima == [], "the page is back while the gateway still thinks"
        tahan.set()
        pengantar.tunggu_kosong()
        pesan.refresh_from_db()
        assert (pesan.status, pesan.isi, len(gerbang.diterima)) == (Status.DIKIRIM, "", 1)

    def test_batal_tidak_dikirim(self, pengantar, gerbang):
        with pytest.raises(RuntimeError), transaction.atomic():
            tulis_pesan("1:kode", "sms", "081200000007", "kode", KODE, rahasia=True)
            raise RuntimeError
        assert not pengantar._utas

    def test_utas_bertahan_dan_penyapu_mengambil(self, pengantar, gerbang, monkeypatch):
        monkeypatch.setattr(pengantar, "kerja", lambda pk: 1 / 0)
        tulis_pesan("1:kode", "sms", "081200000007", "kode", KODE, rahasia=True)
        pengantar.tunggu_kosong()
        assert all(u.is_alive() for u in pengantar._utas)
        assert kirim_tertunda() == 1
        connection.close()

    def test_pesan_biasa_hanya_membunyikan_bel(self, pengantar, settings, monkeypatch):
        settings.EFEK_BEL = True
        bunyi = []
        monkeypatch.setattr(segera._bel, "bunyikan", lambda: bunyi.append(1))
        with transaction.atomic():
            tulis_pesan("1:biasa", "email", "a@contoh.example", "kode", KODE)
            assert bunyi == []
        assert bunyi == [1]
        assert not pengantar._utas
        tulis_pesan("1:biasa", "email", "a@contoh.example", "kode", KODE)
        assert bunyi == [1], "a repetition writes nothing and rings for nothing"


class TestTujuan:
    @pytest.fixture
    def pasang(self, settings):
        gerbang = {"url": "http://127.0.0.1:9", "token": "x"}
        settings.PESAN_GERBANG = {"sms": gerbang, "wa": gerbang}

    def test_surel_jemaah(self, perkara):
        assert tujuan(perkara) == ("email", perkara.pemohon.email)

    def test_kontak_terverifikasi_lebih_dahulu_selama_salurannya_ada(self, perkara, settings, pasang):
        KontakPerkara.objects.create(
            perkara_id=perkara.pk, saluran="sms", alamat="+6281200000009", diverifikasi=timezone.now()
        )
        assert tujuan(perkara) == ("sms", "+6281200000009")
        settings.PESAN_GERBANG = {}
        assert tujuan(perkara) == ("email", perkara.pemohon.email)

    def test_ponsel_hanya_bila_kantor_menyalakan(self, perkara, pasang, settings):
        perkara.pemohon.email = ""
        perkara.pemohon.telepon = "0812 0000 0007"
        assert tujuan(perkara) is None
        hari = timezone.localdate()
        nyala = SaluranKantor.objects.create(kantor=perkara.kantor, saluran="sms", mulai=hari)
        assert tujuan(perkara) == ("sms", "0812 0000 0007")
        assert saluran_aktif("sms", perkara.kantor) and not saluran_aktif("wa", perkara.kantor)
        perkara.pemohon.telepon = "021 555 0101"
        assert tujuan(perkara) is None
        nyala.mulai = hari + datetime.timedelta(days=1)
        nyala.save()
        assert not saluran_aktif("sms", perkara.kantor)
        settings.PESAN_GERBANG = {}
        assert not saluran_aktif("sms")
