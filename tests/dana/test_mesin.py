"""The machine of a refund on every way it can go; after each step the book says the same as the status."""

import pytest
from django.utils import timezone

from haji_portal.akun.models import Penugasan
from haji_portal.alur.efek import jalankan_efek
from haji_portal.alur.galat import IsianSalah, LangkahGagal, SalahTahap, SudahAda, Tertutup, TidakBerhak
from haji_portal.alur.jalankan import jalankan
from haji_portal.alur.models import Efek, Kunci, Perkara
from haji_portal.alur.pelaku import Petugas, Sistem
from haji_portal.alur.rantai import periksa_perkara
from haji_portal.berkas.models import Lampiran
from haji_portal.dana import contoh
from haji_portal.dana.models import Pengembalian, Posting
from haji_portal.jemaah.models import Rekening

from .conftest import AWAL, LUNAS
from .tanah import (
    LURUS,
    NM,
    ajukan,
    buka_induk,
    kerjakan_efek,
    langkah,
    letak,
    lewati,
    petugas,
    segar,
    seharusnya,
    setujui_lagi,
)

pytestmark = [pytest.mark.django_db, pytest.mark.basis, pytest.mark.usefixtures("pelaksana")]
TOTAL = AWAL + LUNAS


@pytest.fixture
def induk(pelaksana):
    return buka_induk()


@pytest.fixture
def p(induk):
    return ajukan(induk)


class TestJalanLurus:
    def test_dari_bpkh_sampai_di_rekening(self, p, induk):
        assert (p.tahap, p.jumlah_setoran, p.nilai_manfaat) == ("diajukan", TOTAL, None)
        assert letak(p) == seharusnya(p)
        for nama, siapa in zip(LURUS, ["bpkh", "bpkh-2", "bps", "bps-2", "bps"], strict=True):
            p = langkah(p, nama, siapa)
            kerjakan_efek()
            assert letak(p) == seharusnya(p), nama
        assert (p.tahap, p.jumlah, p.ditutup is None) == ("diterima", TOTAL + NM, False)
        assert segar(induk).tahap == "selesai"
        assert not Kunci.objects.filter(perkara=p.pk).exists()
        assert periksa_perkara(p.pk) == [] and not Efek.objects.filter(selesai__isnull=True).exists()

    def test_rujukan_di_buku_adalah_nomornya(self, p):
        lewati(p)
        rujukan = Posting.objects.filter(perkara=p.pk).values_list("rujukan", flat=True)
        assert len(rujukan) == 8 and all(f":{p.nomor}:" in r for r in rujukan)  # four movements of two deposits

    def test_bukti_setiap_langkah_tersimpan(self, p):
        lewati(p)
        assert set(Lampiran.objects.filter(perkara=p.pk).values_list("jenis", flat=True)) == {
            "bukti_spm", "bukti_transfer", "bukti_terima",
        }  # fmt: skip

    def test_perkara_tanpa_setoran(self, induk):
        induk.setoran.porsi.setoran.update(porsi=None)
        with pytest.raises(LangkahGagal, match="tidak mempunyai setoran"):
            ajukan(induk)
        assert not Pengembalian.objects.exists()


class TestJumlah:
    @pytest.mark.parametrize("selisih", [-1, 1, -TOTAL])
    def test_spm_untuk_setoran_lain_ditolak(self, p, selisih):
        with pytest.raises(IsianSalah) as galat:
            langkah(p, "catat_spm", "bpkh", jumlah_setoran=TOTAL + selisih)
        assert "jumlah_setoran" in galat.value.galat and segar(p).nomor_spm == ""

    @pytest.mark.parametrize("nm", [0, 1, 98_765_432])
    def test_nilai_manfaat_bebas(self, p, nm):
        p = langkah(p, "catat_spm", "bpkh", nilai_manfaat=nm)
        p = langkah(p, "sahkan_spm", "bpkh-2")
        assert letak(p) == seharusnya(p) and p.jumlah == TOTAL + nm

    @pytest.mark.parametrize("jumlah", [TOTAL, TOTAL + NM - 1, TOTAL + NM + 1])
    def test_transfer_harus_seluruhnya(self, p, jumlah):
        lewati(p, "sahkan_spm")
        with pytest.raises(IsianSalah) as galat:
            langkah(p, "catat_transfer", "bps", jumlah=jumlah)
        assert "jumlah" in galat.value.galat

    def test_bukti_transfer_lama_tidak_berlaku_lagi(self, p):
        """A second payment proved with the first one's reference would be the first payment."""
        pertama = lewati(p)
        p = lewati(ajukan(buka_induk()), "sahkan_spm")
        for rujukan in (pertama.rujukan_bank, pertama.rujukan_bank.lower()):
            with pytest.raises(IsianSalah, match="isian"):
                langkah(p, "catat_transfer", "bps", rujukan_bank=rujukan)
        with pytest.raises(IsianSalah):
            langkah(langkah(p, "nyatakan_belum_pasti", "bps"), "usulkan_kepastian", "bps",
                    rujukan_bank=pertama.rujukan_bank)  # fmt: skip


class TestEmpatMata:
    @pytest.mark.parametrize(("catat", "sahkan", "satu", "dua"), [
        ("catat_spm", "sahkan_spm", "bpkh", "bpkh-2"),
        ("catat_transfer", "sahkan_transfer", "bps", "bps-2"),
    ])  # fmt: skip
    def test_yang_terakhir_mencatat_tidak_mengesahkan(self, p, catat, sahkan, satu, dua):
        if catat == "catat_transfer":
            lewati(p, "sahkan_spm")
        langkah(p, catat, satu)
        with pytest.raises(TidakBerhak, match="orang lain"):
            langkah(p, sahkan, satu)
        langkah(p, catat, dua)
        with pytest.raises(TidakBerhak, match="orang lain"):
            langkah(p, sahkan, dua)
        assert langkah(p, sahkan, satu).tahap in ("spm_terbit", "ditransfer")

    def test_usul_dan_setuju_dua_orang(self, p):
        """Somebody who is analyst and Direktur at once proposes, but does not approve."""
        lewati(p)
        langkah(p, "kembalikan_dana", "bps")
        kerjakan_efek()
        baru = langkah(segar(p).pengganti, "periksa_rekening", "jfu.lombok-timur")
        direktur = petugas("direktur").penugasan
        direktur.pk, direktur.peran = None, "direktorat"
        direktur.save(force_insert=True)
        jalankan(baru, "usulkan", oleh=Petugas(direktur.pengguna, direktur), versi=segar(baru).versi)
        sendiri = Penugasan.objects.get(pengguna=direktur.pengguna, peran="direktur")
        with pytest.raises(TidakBerhak, match="orang lain"):
            jalankan(baru, "setujui", oleh=Petugas(direktur.pengguna, sendiri), versi=segar(baru).versi)

    @pytest.mark.parametrize("hasil", ["terkirim", "tidak"])
    def test_kepastian_oleh_dua_orang(self, p, hasil):
        lewati(p, "sahkan_transfer")
        langkah(p, "nyatakan_belum_pasti", "bps")
        tutup = "pastikan_diterima" if hasil == "terkirim" else "pastikan_gagal"
        with pytest.raises(Tertutup):
            langkah(p, tutup, "bps-2")
        langkah(p, "usulkan_kepastian", "bps", **contoh.sampai(segar(p), hasil))
        with pytest.raises(TidakBerhak, match="orang lain"):
            langkah(p, tutup, "bps")
        langkah(p, "usulkan_kepastian", "direktorat", **contoh.sampai(segar(p), hasil))
        with pytest.raises(TidakBerhak, match="orang lain"):
            langkah(p, tutup, "direktorat")
        assert langkah(p, tutup, "bps").tahap in ("diterima", "gagal")


class TestBelumPasti:
    @pytest.mark.parametrize("sampai", ["", "catat_spm", "sahkan_spm", "sahkan_transfer"])
    @pytest.mark.parametrize("hasil", ["terkirim", "tidak"])
    def test_dana_tetap_dipesan_sampai_ada_kepastian(self, p, induk, sampai, hasil):
        p = lewati(p, sampai) if sampai else p
        dulu = letak(p)
        p = langkah(p, "nyatakan_belum_pasti", "bpkh")
        kerjakan_efek()
        assert letak(p) == dulu
        assert (segar(induk).tahap, Pengembalian.objects.count()) == ("diajukan", 1)
        with pytest.raises(SudahAda):
            ajukan(segar(induk))
        for nama in ("catat_spm", "sahkan_spm", "catat_transfer", "sahkan_transfer", "gagalkan", "kembalikan_dana"):
            with pytest.raises(SalahTahap):
                langkah(p, nama, "bps")
        p = langkah(p, "usulkan_kepastian", "bpkh", **contoh.sampai(p, hasil))
        assert letak(p) == dulu
        p = langkah(p, "pastikan_diterima" if hasil == "terkirim" else "pastikan_gagal", "bpkh-2")
        kerjakan_efek()
        p = segar(p)
        if hasil == "terkirim":
            assert (p.tahap, letak(p), segar(induk).tahap) == ("diterima", seharusnya(p), "selesai")
        else:
            assert p.tahap == "gagal" and p.pengganti.tahap == "disiapkan" and letak(p) == seharusnya(p.pengganti)

    def test_usul_yang_berlawanan_mengganti_usul_lama(self, p):
        lewati(p, "sahkan_transfer")
        langkah(p, "nyatakan_belum_pasti", "bps")
        langkah(p, "usulkan_kepastian", "bps", **contoh.sampai(segar(p)))
        langkah(p, "usulkan_kepastian", "bps-2", **contoh.sampai(segar(p), "tidak"))
        with pytest.raises(Tertutup, match="sampai di rekening"):
            langkah(p, "pastikan_diterima", "bps")
        assert langkah(p, "pastikan_gagal", "bps").tahap == "gagal"

    def test_yang_sudah_sah_tidak_berubah_oleh_usul(self, p):
        lewati(p, "sahkan_transfer")
        langkah(p, "nyatakan_belum_pasti", "bps")
        lama = segar(p)
        langkah(
            p, "usulkan_kepastian", "bps", **(contoh.sampai(lama) | {"nilai_manfaat": 9, "rujukan_bank": "LAIN-123"})
        )
        p = langkah(p, "pastikan_diterima", "bps-2")
        assert (p.nilai_manfaat, p.rujukan_bank) == (lama.nilai_manfaat, lama.rujukan_bank)

    def test_giliran_menyebut_langkah_yang_terbuka(self, p):
        lewati(p, "sahkan_transfer")
        langkah(p, "nyatakan_belum_pasti", "bps")
        kata = lambda: set(segar(p).giliran.values_list("kegiatan", flat=True))  # noqa: E731
        assert kata() == {"Usulkan kepastian"}
        langkah(p, "usulkan_kepastian", "bps", **contoh.sampai(segar(p), "tidak"))
        assert kata() == {"Pastikan dana tidak terkirim"}
        langkah(p, "usulkan_kepastian", "bps", **contoh.sampai(segar(p)))
        assert kata() == {"Pastikan dana diterima"}

    @pytest.mark.parametrize("sampai", ["sahkan_spm", "sahkan_transfer"])
    def test_mutasi_rekening_menutupnya(self, p, sampai):
        lewati(p, sampai)
        p = langkah(p, "nyatakan_belum_pasti", "bps")
        p = langkah(p, "cocokkan")
        assert p.tahap == "diterima" and letak(p) == seharusnya(p)

    def test_mutasi_tanpa_spm_yang_di_atas_setoran_adalah_nilai_manfaat(self, p):
        p = langkah(p, "nyatakan_belum_pasti", "bpkh")
        isi = contoh.isian(p, "cocokkan")
        with pytest.raises(LangkahGagal):
            kurang = isi | {"jumlah": p.jumlah_setoran - 1}
            jalankan(p, "cocokkan", oleh=Sistem("uji"), versi=p.versi, data=kurang)
        p = jalankan(p, "cocokkan", oleh=Sistem("uji"), versi=p.versi, data=isi).perkara
        assert p.nilai_manfaat == contoh.NILAI_MANFAAT and letak(p) == seharusnya(p)

    def test_mutasi_yang_berbeda_dari_spm_ditolak(self, p):
        p = langkah(lewati(p, "sahkan_transfer"), "nyatakan_belum_pasti", "bps")
        isi = contoh.isian(p, "cocokkan") | {"jumlah": p.jumlah + 1}
        with pytest.raises(LangkahGagal):
            jalankan(p, "cocokkan", oleh=Sistem("uji"), versi=p.versi, data=isi)
        assert segar(p).tahap == "belum_pasti"


class TestGagalDanRetur:
    @pytest.mark.parametrize("sampai", ["", "sahkan_spm", "sahkan_transfer"])
    def test_penolakan_membebaskan_lalu_dibayar_lagi(self, p, induk, sampai):
        p = lewati(p, sampai) if sampai else p
        p = langkah(p, "gagalkan", "bps" if sampai else "bpkh")
        assert letak(p) == seharusnya(p)
        kerjakan_efek()
        assert segar(induk).tahap == "diajukan"
        self._bayar_lagi(p, induk)

    @pytest.mark.parametrize("sampai", ["sahkan_transfer", "terima"])
    def test_retur_lalu_dibayar_lagi(self, p, induk, sampai):
        p = lewati(p, sampai)
        kerjakan_efek()
        p = langkah(p, "kembalikan_dana", "bps")
        assert letak(p) == seharusnya(p)
        kerjakan_efek()
        induk = segar(induk)
        assert (induk.tahap, induk.ditutup) == ("diajukan", None)
        self._bayar_lagi(p, induk)

    def _bayar_lagi(self, lama, induk):
        baru = segar(lama).pengganti
        assert (baru.sebelumnya_id, baru.induk_id, baru.tahap) == (lama.pk, induk.pk, "disiapkan")
        assert baru.nomor != lama.nomor and letak(baru) == seharusnya(baru)
        baru = setujui_lagi(baru, nomor="7700112233", atas_nama="NAMA BENAR")
        assert (baru.tahap, baru.rekening.nomor, segar(lama).rekening.nomor == "7700112233") == (
            "diajukan", "7700112233", False,
        )  # fmt: skip
        baru = lewati(baru)
        kerjakan_efek()
        assert (baru.tahap, segar(induk).tahap, letak(baru)) == ("diterima", "selesai", seharusnya(baru))
        assert periksa_perkara(induk.pk) == [] == periksa_perkara(baru.pk)
        assert not Efek.objects.filter(selesai__isnull=True).exists()

    def test_dua_retur_berturut(self, p, induk):
        for _ in range(2):
            lewati(p)
            kerjakan_efek()
            langkah(p, "kembalikan_dana", "bps")
            kerjakan_efek()
            p = setujui_lagi(segar(p).pengganti)
        p = lewati(p)
        kerjakan_efek()
        assert letak(p) == seharusnya(p) and segar(induk).tahap == "selesai"
        assert Pengembalian.objects.filter(induk=induk.pk, tahap="retur").count() == 2

    def test_dikembalikan_ke_kantor_putaran_baru(self, p):
        lewati(p)
        langkah(p, "kembalikan_dana", "bps")
        kerjakan_efek()
        baru = langkah(segar(p).pengganti, "periksa_rekening", "jfu.lombok-timur")
        langkah(baru, "usulkan", "direktorat")
        baru = langkah(baru, "kembalikan", "direktur")
        assert (baru.tahap, baru.putaran) == ("disiapkan", 2)
        baru = setujui_lagi(baru)
        assert baru.tahap == "diajukan" and letak(baru) == seharusnya(baru)

    def test_efek_dua_kali_satu_pengganti(self, p):
        langkah(p, "gagalkan", "bpkh")
        kerjakan_efek()
        Efek.objects.filter(jenis="dana.ajukan_lagi").update(selesai=None, sewa_sampai=None)
        kerjakan_efek()
        assert Pengembalian.objects.filter(sebelumnya=p.pk).count() == 1

    def test_nama_rekening_dibetulkan_pada_baris_yang_sama(self, p):
        langkah(p, "gagalkan", "bpkh")
        kerjakan_efek()
        lama, banyak = p.rekening, Rekening.objects.count()
        baru = langkah(segar(p).pengganti, "periksa_rekening", "jfu.lombok-timur", nomor=lama.nomor, atas_nama="BETUL")
        assert (baru.rekening_id, baru.rekening.atas_nama, Rekening.objects.count()) == (lama.pk, "BETUL", banyak)


class TestUrutanKabar:
    """Effects are tried in any order and more than once; the parent hears the news in the order of events."""

    def _terbalik(self):
        semua = Efek.objects.filter(jenis="alur.induk")
        while sisa := list(semua.filter(selesai__isnull=True).order_by("-pk")):
            beres = [jalankan_efek(satu.pk) for satu in sisa]
            assert beres == [False] * (len(sisa) - 1) + [True], "only the oldest may go through"
            semua.update(jatuh_tempo=timezone.now(), sewa_sampai=None)

    def test_retur_dicoba_mendahului_kabar_diterima(self, p, induk):
        lewati(p)
        langkah(p, "kembalikan_dana", "bps")
        self._terbalik()
        assert segar(induk).tahap == "diajukan"

    def test_semua_kabar_dicoba_terbalik_sesudah_pembayaran_kedua(self, p, induk):
        lewati(p)
        langkah(p, "kembalikan_dana", "bps")
        assert jalankan_efek(Efek.objects.get(jenis="dana.ajukan_lagi").pk)
        lewati(setujui_lagi(segar(p).pengganti))
        self._terbalik()
        urut = ["spm_terbit", "dana_ditransfer", "dana_diterima"]
        assert list(induk.riwayat.order_by("urut").values_list("langkah", flat=True)) == [*urut, "dana_kembali", *urut]
        assert segar(induk).tahap == "selesai"


def test_satu_pengembalian_hidup_per_perkara(p, induk):
    with pytest.raises(SudahAda):
        ajukan(induk)
    assert Perkara.objects.filter(jenis="pengembalian").count() == 1 and letak(p) == seharusnya(p)
