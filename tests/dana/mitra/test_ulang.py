"""Ten tries over three days, the dead letter and its replay; what is asked every morning; the switch-on."""

from __future__ import annotations

import datetime
import itertools
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from haji_portal.alur import efek as mesin_efek
from haji_portal.alur.efek import jatuh_tempo, sapu
from haji_portal.alur.galat import Basi, LangkahGagal, TidakBerhak
from haji_portal.alur.models import Efek, Perkara
from haji_portal.alur.pelaku import Sistem
from haji_portal.alur.rantai import periksa_perkara
from haji_portal.dana.konfirmasi import tanyakan_saldo
from haji_portal.dana.mitra.kirim import JEDA
from haji_portal.dana.mitra.ulang import belum_lewat_mesin, kirim_lagi, mati, tanyakan_macet
from haji_portal.dana.models import Panggilan, Pemutus
from haji_portal.kabar.models import Pesan
from haji_portal.rawat.keadaan import keadaan as keadaan_portal
from haji_portal.rawat.keadaan import lupakan
from tests.dana.tanah import ajukan, buka_induk, langkah, lewati, petugas, segar

from .jalan import efek, keadaan, kerjakan, tahap, terima

pytestmark = [pytest.mark.django_db, pytest.mark.basis]
JAM = datetime.timedelta(hours=1)


def sampai_menyerah(p, jam, jenis="dana.kirim"):
    """Let the effect run whenever it is due; the instants of its tries."""
    saat = []
    for _ in range(40):
        satu = efek(p, jenis)
        if satu.menyerah or satu.selesai:
            break
        jam.shift(max(satu.jatuh_tempo - timezone.now(), datetime.timedelta()))
        saat.append(timezone.now())
        sapu()
    return saat


@pytest.fixture
def berhenti(p, jam, settings):
    """A refund whose request gave up."""
    settings.BPKH_URL, settings.BPKH_KUNCI = "http://127.0.0.1:1", (b"kunci-uji-mitra-24-byte-lebih",)
    sampai_menyerah(p, jam)
    return segar(p)


class TestIrama:
    def test_sepuluh_kali_selama_tiga_hari(self, p, jam, settings, lawan):
        settings.BPKH_URL = "http://127.0.0.1:1"
        saat = sampai_menyerah(p, jam)
        jeda = [b - a for a, b in itertools.pairwise(saat)]
        assert len(saat) == 10 == Panggilan.objects.count() and saat[-1] - saat[0] >= 72 * JAM
        assert all(pas <= nyata <= pas * 1.25 for pas, nyata in zip(JEDA, jeda, strict=True)), jeda
        assert efek(p).menyerah == saat[-1] and tahap(p) == "diajukan"

    def test_jadwal_tepat_tanpa_goyangan(self, p, jam, settings, lawan, monkeypatch):
        monkeypatch.setattr("haji_portal.alur.efek._acak.uniform", lambda a, b: a)
        settings.BPKH_URL = "http://127.0.0.1:1"
        saat = sampai_menyerah(p, jam)
        assert [b - a for a, b in itertools.pairwise(saat)] == list(JEDA) and sum(JEDA, 0 * JAM) >= 75.5 * JAM

    def test_pertanyaan_juga(self, p, jam, lawan):
        lawan.jawab = lambda minta: None
        kerjakan(p)
        satu = efek(p, "dana.tanya")
        assert jatuh_tempo("dana.tanya", satu.riwayat.waktu) == satu.riwayat.waktu + JAM / 6
        assert len(sampai_menyerah(p, jam, "dana.tanya")) == 10 and tahap(p) == "belum_pasti"

    def test_selagi_pemutus_terbuka_tidak_dihitung(self, p, jam, lawan):
        """BPKH is known to be away: nothing is sent, no try is used up."""
        Pemutus.objects.create(mitra="bpkh", gagal_beruntun=9, terbuka_sampai=timezone.now() + JAM)
        satu = kerjakan(p)
        assert (satu.percobaan, satu.jatuh_tempo, satu.menyerah) == (0, timezone.now() + JAM, None)
        assert not lawan.diterima and not Panggilan.objects.exists()
        lawan.jawab = terima
        jam.shift(JAM)
        sapu()
        assert efek(p).selesai and Pemutus.objects.get().terbuka_sampai is None

    def test_setengah_terbuka_satu_permintaan(self, pelaksana, jam, lawan):
        semua = [ajukan(buka_induk()) for _ in range(8)]
        Pemutus.objects.create(mitra="bpkh", gagal_beruntun=9, terbuka_sampai=timezone.now() - JAM)
        lawan.jawab = lambda minta: None
        sapu()
        assert len(lawan.diterima) == 1, "one tries, the others wait"
        assert sorted(tahap(p) for p in semua) == ["belum_pasti"] + ["diajukan"] * 7


class TestMenyerah:
    def test_orang_dipanggil_sekali(self, berhenti):
        pesan = Pesan.objects.filter(templat="mitra", perkara=berhenti.pk)
        orang = pesan.filter(saluran="aplikasi").values_list("pengguna__username", flat=True)
        assert sorted(orang) == ["bpkh", "bpkh-2", "direktorat"]
        assert pesan.filter(saluran="aplikasi").first().judul == f"{berhenti.nomor}: Permintaan kepada BPKH berhenti"
        banyak = pesan.count()
        sapu()
        assert pesan.count() == banyak and list(mati(berhenti)) == [efek(berhenti)]

    def test_terlihat_pemantau(self, berhenti):
        lupakan()
        assert keadaan_portal()["dana_mitra_menyerah"][0] == 1
        lupakan()

    @pytest.mark.parametrize("akun", ["direktorat", "bpkh"])
    def test_kirim_lagi_satu_klik(self, berhenti, lawan, jam, akun):
        lawan.jawab = terima
        jam.shift(JAM)
        hasil = kirim_lagi(berhenti, petugas(akun))
        assert hasil.riwayat.langkah == "kirim_lagi" and hasil.riwayat.pengguna.username == akun
        assert kirim_lagi(berhenti, petugas(akun)).sudah, "the second of two clicks"
        sapu()
        assert efek(berhenti).selesai and lawan.rujukan() == {berhenti.nomor} and len(lawan.diterima) == 1
        assert lawan.diterima[0].kepala["webhook-id"] == f"minta-{berhenti.nomor}"
        assert tahap(berhenti) == "diajukan" and periksa_perkara(berhenti.pk) == []
        with pytest.raises(LangkahGagal, match="Tidak ada"):
            kirim_lagi(segar(berhenti), petugas(akun))

    @pytest.mark.parametrize("akun", ["bps", "direktur", "jfu.lombok-timur", "kepala.lombok-timur", "inspektorat"])
    def test_yang_lain_tidak(self, berhenti, akun):
        with pytest.raises(TidakBerhak):
            kirim_lagi(berhenti, petugas(akun))
        with pytest.raises(TidakBerhak):
            kirim_lagi(berhenti, Sistem("uji"))
        assert mati(berhenti).exists()

    def test_halaman_basi(self, berhenti):
        langkah(berhenti, "catat_spm", "bpkh")
        with pytest.raises(Basi):
            kirim_lagi(berhenti, petugas("direktorat"))

    def test_menyerah_lagi_memanggil_lagi(self, berhenti, jam):
        sebelum = Pesan.objects.filter(templat="mitra", saluran="aplikasi").count()
        kirim_lagi(berhenti, petugas("direktorat"))
        sampai_menyerah(berhenti, jam)
        assert Pesan.objects.filter(templat="mitra", saluran="aplikasi").count() == 2 * sebelum

    def test_alarm_yang_rusak_tidak_menghidupkan(self, p, jam, lawan, settings, monkeypatch):
        def rusak(efek):
            raise ValueError

        monkeypatch.setitem(mesin_efek._alarm, "dana.kirim", rusak)
        settings.BPKH_URL = "http://127.0.0.1:1"
        sampai_menyerah(p, jam)
        assert efek(p).menyerah


class TestSetiapPagi:
    def macet(self, p):
        return Efek.objects.filter(riwayat__perkara=p.pk, jenis="dana.tanya").exclude(kunci="")

    def test_kabar_yang_hilang_ditemukan(self, p, jam, lawan):
        lawan.jawab = terima
        kerjakan(p)
        assert tanyakan_macet() == 0, "not quiet for a day yet"
        jam.shift(25 * JAM)
        assert tanyakan_macet() == 1 and tanyakan_macet() == 0
        lawan.selalu(200, keadaan(p, "spm_terbit"))
        sapu()
        assert tahap(p) == "spm_terbit" and self.macet(p).get().selesai

    def test_pertanyaan_saldo_yang_dijawab_orang_tidak_tinggal_sebagai_yang_berhenti(self, pelaksana, jam, lawan):
        kepala = [tanyakan_saldo(buka_induk(), "setoran", 1) for _ in range(2)]
        semua = Efek.objects.filter(jenis="dana.tanya_saldo", riwayat__perkara__in=[k.pk for k in kepala])
        assert semua.update(menyerah=timezone.now(), percobaan=10) == 2
        Perkara.objects.filter(pk=kepala[0].pk).update(tahap="ada")
        tanyakan_macet()
        assert semua.get(menyerah=None).riwayat.perkara_id == kepala[0].pk

    def test_sekali_sehari_setiap_hari(self, p, jam, lawan):
        lawan.jawab = terima
        kerjakan(p)
        for hari in (1, 2, 3):
            jam.shift(25 * JAM)
            assert tanyakan_macet() == 1
            sapu()
            assert self.macet(p).count() == hari and tahap(p) == "diajukan"

    @pytest.mark.parametrize("sampai", ["sahkan_spm", "sahkan_transfer"])
    def test_juga_sesudah_spm_dan_transfer(self, p, jam, lawan, sampai):
        lewati(p, sampai)
        sapu()
        jam.shift(25 * JAM)
        assert tanyakan_macet() == 1

    def test_yang_selesai_dan_yang_di_kantor_tidak(self, p, jam, lawan):
        lewati(p)
        jam.shift(25 * JAM)
        assert tanyakan_macet() == 0

    def test_yang_di_karantina_menunggu_orang(self, p, jam, lawan):
        lawan.jawab = terima
        kerjakan(p)
        jam.shift(25 * JAM)
        tanyakan_macet()
        lawan.selalu(200, keadaan(p, "spm_terbit", rekening="99"))
        sapu()
        jam.shift(25 * JAM)
        assert tanyakan_macet() == 0 and tahap(p) == "diajukan"

    def test_bpkh_lupa_padahal_sudah_menerima(self, p, jam, lawan):
        lawan.jawab = terima
        kerjakan(p)
        jam.shift(25 * JAM)
        tanyakan_macet()
        lawan.selalu(200, {"referensi": p.nomor, "status": "tidak_dikenal"})
        sapu()
        assert tahap(p) == "diajukan" and lawan.jalur().count("pengembalian") == 1
        assert Pesan.objects.filter(kunci__startswith=f"mitra-tanya:{p.pk}:", saluran="aplikasi").count() == 3

    def test_yang_sudah_berakhir_tidak_tinggal_sebagai_surat_mati(self, berhenti, lawan):
        lewati(berhenti)
        tanyakan_macet()
        sapu()
        assert not mati(berhenti).exists() and not lawan.diterima

    def test_tanpa_alamat(self, p, jam, settings):
        settings.BPKH_URL = ""
        jam.shift(25 * JAM)
        assert tanyakan_macet() == 0


class TestDinyalakanKemudian:
    @pytest.fixture
    def kertas(self, p, lawan, settings):
        """Released while there was no interface; now there is one."""
        settings.BPKH_URL, alamat = "", settings.BPKH_URL
        kerjakan(p)
        settings.BPKH_URL = alamat
        lawan.jawab = terima
        return p

    def perintah(self, *isi):
        keluar = StringIO()
        call_command("kirim_susulan", *isi, stdout=keluar)
        return keluar.getvalue()

    def test_daftar_dulu(self, kertas, lawan):
        assert kertas.nomor in self.perintah() and "1 pengembalian" in self.perintah()
        sapu()
        assert not lawan.diterima

    def test_dikirim_satu_kali(self, kertas, lawan):
        assert "akan dikirim" in self.perintah(kertas.nomor, "--kirim")
        sapu()
        assert lawan.jalur() == ["pengembalian"] and belum_lewat_mesin() == []
        assert "0 pengembalian" in self.perintah("--kirim")
        sapu()
        assert len(lawan.diterima) == 1

    def test_yang_sudah_dikerjakan_dari_surat_tidak_ikut(self, kertas):
        langkah(kertas, "catat_spm", "bpkh")
        assert belum_lewat_mesin() == []

    def test_nomor_asing_dan_tanpa_alamat(self, kertas, settings):
        with pytest.raises(CommandError, match="Tidak menunggu"):
            self.perintah("LTM-KD-26-ENTAHH", "--kirim")
        settings.BPKH_URL = ""
        with pytest.raises(CommandError, match="belum dipasang"):
            self.perintah()
