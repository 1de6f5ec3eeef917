"""The journal of a month: what goes into it, who signs its letter, and what follows for every case in it."""

import pytest

from haji_portal.akun.models import Penugasan
from haji_portal.alur.efek import jalankan_efek
from haji_portal.alur.galat import LangkahGagal, SudahAda, Tertutup, TidakBerhak
from haji_portal.alur.halangan import periksa_terhalang
from haji_portal.alur.jalankan import buka as buka_perkara
from haji_portal.alur.models import Efek, Kunci, Perkara
from haji_portal.alur.otomatis import kabari_induk
from haji_portal.dana import contoh as contoh_dana
from haji_portal.dana.models import Pengembalian
from haji_portal.surat.models import Surat
from pembatalan import efek as efek_pembatalan
from pembatalan.models import Jurnal, Pemberitahuan
from pembatalan.tahap import Sebab

from .jalan import buka, kerjakan_efek, lakukan, petugas, rangkap, sampai, sebagai, segar

pytestmark = pytest.mark.django_db


@pytest.fixture
def isi(pelaksana):
    """`isi(3)`: that many cases in one journal that is still being written."""

    def _isi(banyak=1, **lain):
        return [sampai(pelaksana, buka(urut * 3, **lain), "dijurnal") for urut in range(1, banyak + 1)]

    return _isi


def ajukan(pelaksana, perkara):
    return lakukan(pelaksana, perkara.dalam_jurnal, "ajukan")


class TestIsi:
    def test_satu_jurnal_sebulan_tiap_macam(self, pelaksana, isi):
        assert {p.dalam_jurnal for p in isi(2)} == {Jurnal.objects.get(macam="porsi")}
        lain = sampai(pelaksana, buka(8, sebab=Sebab.BELUM_DAFTAR), "dijurnal")
        assert lain.dalam_jurnal.macam == "validasi" and Jurnal.objects.count() == 2

    def test_yang_diajukan_tidak_menerima_lagi(self, pelaksana, isi):
        (p,) = isi()
        ajukan(pelaksana, p)
        with pytest.raises(Tertutup, match="sudah diajukan"):
            lakukan(pelaksana, p, "keluarkan_jurnal")
        baru = sampai(pelaksana, buka(6), "dijurnal")
        assert baru.dalam_jurnal != p.dalam_jurnal

    def test_dikembalikan_direktur_diperbaiki_lalu_dikirim(self, pelaksana, isi):
        satu, dua = isi(2)
        ajukan(pelaksana, satu)
        jurnal = lakukan(pelaksana, satu.dalam_jurnal, "kembalikan")
        assert (jurnal.tahap, jurnal.putaran) == ("disusun", 2)
        lakukan(pelaksana, dua, "keluarkan_jurnal")
        lakukan(pelaksana, jurnal, "ajukan")
        lakukan(pelaksana, jurnal, "tandatangani")
        kerjakan_efek()
        assert [segar(p).tahap for p in (satu, dua)] == ["diajukan", "dibatalkan"]

    def test_giliran_direktur_bukan_giliran_subdit(self, pelaksana, isi):
        (p,) = isi()
        assert {g.peran for g in p.dalam_jurnal.giliran.all()} == {"subdit"}
        assert {g.peran for g in ajukan(pelaksana, p).giliran.all()} == {"direktur"}

    def test_yang_dikembalikan_menjadi_jurnal_bulan_itu_lagi(self, pelaksana, isi):
        (p,) = isi()
        ajukan(pelaksana, p)
        jurnal = lakukan(pelaksana, p.dalam_jurnal, "kembalikan")
        kunci = jurnal.kunci_dipegang.get()
        assert [(kunci.jenis, kunci.nilai)] == jurnal.kunci()
        isian = {n: getattr(jurnal, n) for n in ("macam", "dari", "sampai")}
        with pytest.raises(SudahAda):
            buka_perkara(Jurnal, kantor=jurnal.kantor, oleh=petugas("subdit"), isian=isian)
        assert sampai(pelaksana, buka(6), "dijurnal").dalam_jurnal == jurnal

    def test_jurnal_yang_dibuka_sementara_itu_tetap_ada(self, pelaksana, isi):
        """The next journal keeps the lock; what comes later goes into the older one, and both are sent."""
        (p,) = isi()
        ajukan(pelaksana, p)
        lain = sampai(pelaksana, buka(6), "dijurnal").dalam_jurnal
        jurnal = lakukan(pelaksana, p.dalam_jurnal, "kembalikan")
        assert lain != jurnal and Kunci.objects.get(jenis="jurnal").perkara_id == lain.pk
        assert sampai(pelaksana, buka(9), "dijurnal").dalam_jurnal == jurnal
        for satu in (jurnal, lain):
            lakukan(pelaksana, satu, "ajukan")
        assert not Kunci.objects.filter(jenis="jurnal").exists()

    def test_jurnal_kosong_ditiadakan(self, pelaksana, isi):
        (p,) = isi()
        with pytest.raises(Tertutup, match="masih memuat"):
            lakukan(pelaksana, p.dalam_jurnal, "tiadakan")
        p = lakukan(pelaksana, p, "keluarkan_jurnal")
        jurnal = Jurnal.objects.get()
        with pytest.raises(Tertutup, match="kosong"):
            lakukan(pelaksana, jurnal, "ajukan")
        assert lakukan(pelaksana, jurnal, "tiadakan").ditutup
        assert sampai(pelaksana, p, "dijurnal").dalam_jurnal != jurnal


class TestEmpatMata:
    def test_yang_menginput_pembatalan_tidak_menandatangani(self, pelaksana, isi):
        """Plh. Direktur who entered one of the journal's cases: refused, blocked, healed by another official."""
        (p,) = isi()
        jurnal = ajukan(pelaksana, p)
        plh = rangkap("direktorat", "direktur")
        with pytest.raises(TidakBerhak, match="orang lain"):
            sebagai(pelaksana, jurnal, "tandatangani", plh)
        assert Surat.objects.filter(perkara=jurnal.pk, status="ditandatangani").count() == 0
        Penugasan.objects.filter(pengguna__username="direktur").delete()
        assert periksa_terhalang() == 1 and segar(jurnal).terhalang
        baru = rangkap("ditjen", "direktur")
        assert periksa_terhalang() == 1 and not segar(jurnal).terhalang
        assert sebagai(pelaksana, jurnal, "tandatangani", baru).perkara.tahap == "terkirim"

    @pytest.mark.parametrize("siapa", ["yang mengajukan", "yang menjurnalkan"])
    def test_subdit_tidak_menandatangani_yang_dikerjakannya(self, pelaksana, isi, siapa):
        (p,) = isi()
        if siapa == "yang menjurnalkan":
            sebagai(pelaksana, p.dalam_jurnal, "ajukan", rangkap("ditjen", "subdit"))
        else:
            ajukan(pelaksana, p)
        with pytest.raises(TidakBerhak, match="orang lain"):
            sebagai(pelaksana, p.dalam_jurnal, "tandatangani", rangkap("subdit", "direktur"))
        assert sebagai(pelaksana, p.dalam_jurnal, "tandatangani", petugas("direktur")).perkara.ditutup

    def test_perkara_yang_dikeluarkan_tidak_menghalangi(self, pelaksana, isi):
        """Only the cases that are in it count, whoever cancelled those that are not."""
        satu = isi()[0]
        plh = rangkap("ditjen", "direktorat")
        dua = sampai(pelaksana, buka(9), "di_pusat")
        sebagai(pelaksana, dua, "input_pembatalan", plh)
        dua = sampai(pelaksana, segar(dua), "dijurnal")
        direktur = rangkap("ditjen", "direktur")
        lakukan(pelaksana, dua, "keluarkan_jurnal")
        ajukan(pelaksana, satu)
        assert sebagai(pelaksana, satu.dalam_jurnal, "tandatangani", direktur).perkara.ditutup


class TestSesudahSurat:
    def test_satu_yang_gagal_tidak_menahan_yang_lain(self, pelaksana, isi, monkeypatch):
        satu, dua, tiga = isi(3)
        lakukan(pelaksana, ajukan(pelaksana, satu), "tandatangani")
        asli = efek_pembatalan.jalankan

        def rusak(perkara, *args, **kwargs):
            if perkara.pk == dua.pk:
                raise LangkahGagal("Dana setoran yang dikelola BPKH kurang.")
            if perkara.pk == satu.pk and Efek.objects.get(jenis="pembatalan.jurnal_terkirim").percobaan == 1:
                raise RuntimeError("basis data")
            return asli(perkara, *args, **kwargs)

        monkeypatch.setattr(efek_pembatalan, "jalankan", rusak)
        efek = Efek.objects.get(jenis="pembatalan.jurnal_terkirim")
        assert jalankan_efek(efek.pk) is False
        assert [segar(p).tahap for p in (satu, dua, tiga)] == ["dijurnal", "dijurnal", "diajukan"]
        efek.refresh_from_db()
        assert efek.galat.endswith(f"2 perkara belum diajukan: {satu.nomor}, {dua.nomor}") and not efek.selesai
        assert jalankan_efek(efek.pk) is False and segar(satu).tahap == "diajukan"
        monkeypatch.undo()
        assert jalankan_efek(efek.pk) is True and segar(dua).tahap == "diajukan"
        assert Pengembalian.objects.count() == 3

    def test_dua_kali_dijalankan(self, pelaksana, isi):
        (p,) = isi()
        lakukan(pelaksana, ajukan(pelaksana, p), "tandatangani")
        efek = Efek.objects.get(jenis="pembatalan.jurnal_terkirim")
        for _ in range(2):
            efek_pembatalan.ajukan_semua(efek)
        assert Pengembalian.objects.get().induk_id == p.pk
        assert segar(p).riwayat.filter(langkah="ajukan_pengembalian").count() == 1


class TestPemberitahuan:
    """241/2021 A.8."""

    def test_satu_untuk_setiap_pembatalan(self, pelaksana):
        p = sampai(pelaksana, buka(), "dibatalkan")
        efek = Efek.objects.get(jenis="pembatalan.pemberitahuan")
        for _ in range(2):
            efek_pembatalan.siapkan_pemberitahuan(efek)
        anak = Pemberitahuan.objects.get()
        assert (anak.induk_id, anak.pemohon, anak.kantor, anak.tahap) == (p.pk, p.pemohon, p.kantor, "menunggu_ttd")

    @pytest.mark.parametrize("tahap", ["dibatalkan", "selesai"])
    def test_terbit_kapan_pun(self, pelaksana, tahap):
        """The notice does not wait for the money, nor the money for it; the case hears of it in either order."""
        p = sampai(pelaksana, buka(), "dibatalkan")
        kerjakan_efek()
        p = sampai(pelaksana, segar(p), tahap)
        lakukan(pelaksana, Pemberitahuan.objects.get(), "tandatangani")
        kerjakan_efek()
        p = segar(p)
        assert p.riwayat.filter(langkah="beri_tahu").count() == 1 and p.tahap == tahap
        assert Surat.objects.get(jenis="pemberitahuan_batal").status == "ditandatangani"
        assert Perkara.objects.get(jenis="pemberitahuan").ditutup


def test_kabar_dari_anak_dua_kali_dijalankan_tercatat_sekali(pelaksana):
    """A worker that dies between the parent's step and its note: the step may be repeated, the news may not."""
    p = sampai(pelaksana, buka(), "diajukan")
    anak = Pengembalian.objects.get()
    for nama in ("catat_spm", "sahkan_spm"):
        anak = segar(pelaksana.lakukan(anak, nama, contoh_dana.isian(anak, nama)).perkara)
    kerjakan_efek()
    kabari_induk(Efek.objects.get(jenis="alur.induk", kunci="spm_terbit"))
    assert segar(p).riwayat.filter(langkah="spm_terbit").count() == 1
