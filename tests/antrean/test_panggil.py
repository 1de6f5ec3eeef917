"""Numbers, their order, and what a desk may do with them."""

import datetime
from types import SimpleNamespace

import pytest
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st

from haji_portal.alur.galat import Basi, Tertutup, TidakBerhak
from haji_portal.ptsp.antrean import ambil as modul_ambil
from haji_portal.ptsp.antrean import panggil
from haji_portal.ptsp.antrean.ambil import ambil
from haji_portal.ptsp.antrean.urutan import PRIORITAS_BERTURUT, antrean_loket, di_depan, susun
from haji_portal.ptsp.models import BukuTamu, LayananAntrean, Loket, PeristiwaTiket, Tiket

from .jalan import di_meja, layanan, nomor, oleh

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("pagi")]
K = Tiket.Keadaan


def panggil_satu(loket, siapa):
    kini = panggil.di_loket(loket)
    return panggil.panggil_berikutnya(loket, oleh=siapa, kini=kini.pk if kini else None)


def layani_sampai_selesai(loket, siapa):
    tiket = panggil_satu(loket, siapa)
    panggil.layani(tiket, loket=loket, oleh=siapa)
    return panggil.selesaikan(tiket, loket=loket, oleh=siapa)


class TestNomor:
    def test_berurutan_per_huruf_kantor_dan_hari(self, kantor, pagi):
        assert [nomor(kantor, h).kode for h in "AABA"] == ["A-001", "A-002", "B-001", "A-003"]
        pagi.shift(datetime.timedelta(days=1))
        assert nomor(kantor).kode == "A-001"

    def test_permintaan_yang_sama_mendapat_nomor_yang_sama(self, kantor):
        satu = ambil(layanan(kantor), kunci="k")
        assert ambil(layanan(kantor), kunci="k").pk == satu.pk
        assert (Tiket.objects.count(), BukuTamu.objects.count(), PeristiwaTiket.objects.count()) == (1, 1, 1)

    def test_hari_setempat_bukan_hari_server(self, kantor, pagi):
        pagi.move_to(datetime.datetime(2026, 11, 22, 23, 30, tzinfo=datetime.UTC))  # 07.30 WITA of the 23rd
        assert nomor(kantor).tanggal == datetime.date(2026, 11, 23)

    def test_layanan_yang_dimatikan_dan_nomor_yang_habis(self, kantor, monkeypatch):
        monkeypatch.setattr(modul_ambil, "TERBESAR", 2)
        nomor(kantor), nomor(kantor)
        with pytest.raises(Tertutup, match="habis"):
            nomor(kantor)
        LayananAntrean.objects.filter(kantor=kantor, huruf="B").update(aktif=False)
        with pytest.raises(Tertutup, match="tidak dibuka"):
            nomor(kantor, "B")

    def test_peristiwa_tidak_dapat_diubah(self, kantor):
        satu = nomor(kantor).peristiwa.get()
        for ubah in (satu.delete, lambda: PeristiwaTiket.objects.filter(pk=satu.pk).update(jenis="batal")):
            with pytest.raises(IntegrityError), transaction.atomic():
                ubah()


class TestUrutan:
    def test_dua_prioritas_lalu_satu_biasa(self, kantor):
        biasa = [nomor(kantor) for _ in range(3)]
        utama = [nomor(kantor, prioritas="lansia") for _ in range(4)]
        loket, siapa = di_meja("ptsp.lombok-timur")
        harap = [*utama[:2], biasa[0], *utama[2:], *biasa[1:]]
        assert antrean_loket(loket, biasa[0].tanggal) == harap
        assert [layani_sampai_selesai(loket, siapa) for _ in harap] == harap, "the rule lives on across calls"

    def test_tiap_loket_hanya_layanannya(self, kantor):
        a, b = nomor(kantor, "A"), nomor(kantor, "B")
        loket, _ = di_meja("ptsp.lombok-timur")
        loket.layanan.add(layanan(kantor, "B"))
        assert antrean_loket(Loket.objects.get(pk=loket.pk), a.tanggal) == [b]
        assert di_depan(a) == 0, "nobody at a desk serves it: the order of arrival"

    def test_berapa_di_depan(self, kantor):
        satu, dua = nomor(kantor), nomor(kantor)
        di_meja("ptsp.lombok-timur")
        assert (di_depan(satu), di_depan(dua)) == (0, 1)
        nomor(kantor, "B", prioritas="hamil")
        assert (di_depan(satu), di_depan(dua)) == (1, 2)

    @given(st.lists(st.booleans(), max_size=30), st.integers(0, PRIORITAS_BERTURUT))
    def test_tidak_ada_yang_hilang_atau_kelaparan(self, semua, berturut):
        masuk = [SimpleNamespace(prioritas="lansia" if p else "", pk=n) for n, p in enumerate(semua)]
        keluar = susun(masuk, berturut)
        assert sorted(t.pk for t in keluar) == [t.pk for t in masuk]
        for jenis in (True, False):
            milik = [t.pk for t in keluar if bool(t.prioritas) is jenis]
            assert milik == sorted(milik), "inside a lane, first come first called"
        deret = berturut
        for ke, tiket in enumerate(keluar):
            sisa_biasa = any(not t.prioritas for t in keluar[ke:])
            deret = deret + 1 if tiket.prioritas else 0
            assert deret <= PRIORITAS_BERTURUT or not sisa_biasa


class TestLoket:
    def test_jalan_biasa_dan_jejaknya(self, kantor):
        tiket = nomor(kantor)
        loket, siapa = di_meja("ptsp.lombok-timur")
        assert panggil_satu(loket, siapa) == tiket
        tiket = panggil.di_loket(loket)
        panggil.panggil_ulang(tiket, loket=loket, oleh=siapa)
        panggil.layani(tiket, loket=loket, oleh=siapa)
        panggil.selesaikan(tiket, loket=loket, oleh=siapa)
        assert list(tiket.peristiwa.values_list("jenis", flat=True)) == [
            "diambil", "dipanggil", "diulang", "dilayani", "selesai",
        ]  # fmt: skip
        assert panggil_satu(loket, siapa) is None

    def test_berikutnya_menyelesaikan_yang_dilayani(self, kantor):
        satu, dua = nomor(kantor), nomor(kantor)
        loket, siapa = di_meja("ptsp.lombok-timur")
        panggil.layani(panggil_satu(loket, siapa), loket=loket, oleh=siapa)
        assert panggil_satu(loket, siapa) == dua
        satu.refresh_from_db()
        assert satu.keadaan == K.SELESAI and satu.selesai

    def test_klik_kedua_tidak_memanggil_orang_kedua(self, kantor):
        nomor(kantor), nomor(kantor)
        loket, siapa = di_meja("ptsp.lombok-timur")
        panggil.panggil_berikutnya(loket, oleh=siapa, kini=None)
        with pytest.raises(Basi, match=r"sudah memanggil A-001"):
            panggil.panggil_berikutnya(loket, oleh=siapa, kini=None)
        with pytest.raises(Tertutup, match="hadir atau lewati"):
            panggil_satu(loket, siapa)
        assert Tiket.objects.filter(keadaan=K.MENUNGGU).count() == 1

    def test_halaman_lama_tidak_mengubah_apa_pun(self, kantor):
        nomor(kantor)
        loket, siapa = di_meja("ptsp.lombok-timur")
        lama = panggil_satu(loket, siapa)
        panggil.layani(Tiket.objects.get(pk=lama.pk), loket=loket, oleh=siapa)
        with pytest.raises(Basi, match="sedang dilayani"):
            panggil.lewati(lama, loket=loket, oleh=siapa)

    def test_dilewati_dapat_dipanggil_lagi_hari_itu_saja(self, kantor, pagi):
        nomor(kantor)
        loket, siapa = di_meja("ptsp.lombok-timur")
        tiket = panggil.lewati(panggil_satu(loket, siapa), loket=loket, oleh=siapa)
        assert panggil_satu(loket, siapa) is None, "not by itself"
        assert panggil.panggil_lagi(tiket, loket=loket, oleh=siapa).keadaan == K.DIPANGGIL
        pagi.shift(datetime.timedelta(days=1))
        di_meja("ptsp.lombok-timur")
        with pytest.raises(Tertutup, match="bukan nomor hari ini"):
            panggil.panggil_lagi(tiket, loket=loket, oleh=siapa)

    def test_yang_selesai_dipanggil_untuk_mengambil_surat(self, kantor):
        nomor(kantor)
        loket, siapa = di_meja("ptsp.lombok-timur")
        tiket = layani_sampai_selesai(loket, siapa)
        lain, dia = di_meja("jfu.lombok-timur", 2)
        assert panggil.panggil_lagi(tiket, loket=lain, oleh=dia).loket == lain

    def test_loket_yang_sibuk_tidak_memanggil_yang_lain(self, kantor):
        _, dua = nomor(kantor), nomor(kantor)
        loket, siapa = di_meja("ptsp.lombok-timur")
        panggil_satu(loket, siapa)
        with pytest.raises(Tertutup, match="Selesaikan A-001"):
            panggil.panggil_lagi(dua, loket=loket, oleh=siapa)

    def test_pindah_ke_loket_dan_ke_layanan(self, kantor):
        satu, dua = nomor(kantor), nomor(kantor)
        loket, siapa = di_meja("ptsp.lombok-timur")
        lain, dia = di_meja("jfu.lombok-timur", 2)
        tiket = panggil_satu(loket, siapa)
        panggil.pindahkan(tiket, loket=loket, oleh=siapa, ke=lain)
        assert antrean_loket(loket, dua.tanggal) == [dua]
        assert panggil_satu(lain, dia) == satu, "who was moved keeps the place in the order of arrival"
        panggil.pindahkan(panggil.di_loket(lain), loket=lain, oleh=dia, layanan=layanan(kantor, "B"))
        satu.refresh_from_db()
        assert (satu.kode, satu.layanan.huruf, satu.loket, satu.keadaan) == ("A-001", "B", None, K.MENUNGGU)

    def test_tidak_ke_kantor_lain_dan_tidak_ke_mana_mana(self, kantor):
        nomor(kantor)
        loket, siapa = di_meja("ptsp.lombok-timur")
        tiket = panggil_satu(loket, siapa)
        asing = LayananAntrean.objects.exclude(kantor=kantor).first()
        for tujuan in ({}, {"ke": loket}, {"layanan": asing}):
            with pytest.raises(Tertutup):
                panggil.pindahkan(tiket, loket=loket, oleh=siapa, **tujuan)

    def test_hanya_yang_duduk_di_loket_itu(self, kantor):
        nomor(kantor)
        loket, siapa = di_meja("ptsp.lombok-timur")
        with pytest.raises(TidakBerhak):
            panggil.duduk(loket, oleh=oleh("ptsp.tanah-bumbu"))
        _, dia = di_meja("jfu.lombok-timur", 1)  # takes the desk over
        with pytest.raises(TidakBerhak, match="tidak Anda pakai"):
            panggil_satu(loket, siapa)
        assert panggil_satu(loket, dia)

    def test_kemarin_tidak_menahan_loket_hari_ini(self, kantor, pagi):
        nomor(kantor)
        loket, siapa = di_meja("ptsp.lombok-timur")
        panggil_satu(loket, siapa)
        pagi.shift(datetime.timedelta(days=1))
        assert panggil.loket_saya(siapa) is None
        loket, siapa = di_meja("ptsp.lombok-timur")
        baru = nomor(kantor)
        assert panggil_satu(loket, siapa) == baru

    def test_pengunjung_membatalkan(self, kantor):
        tiket = nomor(kantor)
        panggil.batalkan(tiket)
        with pytest.raises(Basi):
            panggil.batalkan(Tiket.objects.get(pk=tiket.pk))
        loket, siapa = di_meja("ptsp.lombok-timur")
        assert panggil_satu(loket, siapa) is None
