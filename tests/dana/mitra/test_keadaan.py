"""The question how a payment stands: every answer from every state, and what people must see."""

from __future__ import annotations

import datetime

import pytest
from django.utils import timezone

from haji_portal.alur.models import Efek
from haji_portal.alur.rantai import periksa_perkara
from haji_portal.dana.mitra import jawaban as modul_jawaban
from haji_portal.dana.mitra import panggilan as modul_panggilan
from haji_portal.dana.mitra.jawaban import MAKS_KIRIM_ULANG
from haji_portal.dana.models import Panggilan, Pengembalian, Peristiwa, Putusan
from haji_portal.kabar.models import Pesan
from tests.dana.tanah import NM, kerjakan_efek, langkah, letak, lewati, segar, seharusnya

from .jalan import efek, keadaan, kerjakan, tahap, terima
from .lawan import http

pytestmark = [pytest.mark.django_db, pytest.mark.basis]
SEHARI = datetime.timedelta(days=1)


@pytest.fixture
def ragu(p, lawan):
    """Asked for, and no clear answer came."""
    lawan.jawab = lambda minta: None
    kerjakan(p)
    lawan.diterima.clear()
    return segar(p)


def tanya(p, lawan, status="", http_=200, **ganti):
    lawan.selalu(http_, keadaan(p, status, **ganti) if status else {})
    return kerjakan(p, "dana.tanya")


def alarm(p):
    return Pesan.objects.filter(templat="mitra", perkara=p.pk, saluran="aplikasi")


class TestDariBelumPasti:
    def test_tidak_dikenal_dikirim_ulang_dengan_rujukan_yang_sama(self, ragu, lawan):
        lawan.selalu(200, {"referensi": ragu.nomor, "status": "tidak_dikenal"})
        assert kerjakan(ragu, "dana.tanya").selesai and tahap(ragu) == "diajukan"
        lawan.jawab = terima
        assert kerjakan(ragu).selesai
        assert lawan.jalur() == ["pengembalian/keadaan", "pengembalian"] and lawan.rujukan() == {ragu.nomor}

    def test_diproses(self, ragu, lawan):
        lawan.selalu(200, {"referensi": ragu.nomor, "status": "diproses"})
        assert kerjakan(ragu, "dana.tanya").selesai and tahap(ragu) == "diajukan"
        assert not Peristiwa.objects.exists()
        kerjakan(ragu)
        assert lawan.jalur() == ["pengembalian/keadaan"], "BPKH has it: nothing is sent again"
        assert not alarm(ragu).exists()
        lawan.selalu(200, {"referensi": ragu.nomor, "status": "tidak_dikenal"})
        Efek.objects.filter(pk=efek(ragu, "dana.tanya").pk).update(selesai=None)
        kerjakan(ragu, "dana.tanya")
        assert tahap(ragu) == "diajukan" and alarm(ragu).count() == 3, "it had it, and lost it"

    @pytest.mark.parametrize(("status", "akhir"), [
        ("spm_terbit", "spm_terbit"), ("ditransfer", "ditransfer"), ("diterima", "diterima"), ("gagal", "gagal"),
        ("retur", "retur"),
    ])  # fmt: skip
    def test_sama_dengan_peristiwanya(self, ragu, lawan, status, akhir):
        assert tanya(ragu, lawan, status).selesai
        p = segar(ragu)
        assert p.tahap == akhir and letak(p) == seharusnya(p) and periksa_perkara(p.pk) == []
        assert p.nilai_manfaat == (None if status == "gagal" else NM)
        (satu,) = Peristiwa.objects.select_related("putusan")
        assert satu.putusan.hasil == "diterapkan" and satu.id_kunci == "jawaban"
        assert satu.id_webhook == f"jawaban-{Panggilan.objects.get(jenis='tanya').pk}"

    @pytest.mark.parametrize("ganti", [
        {"rekening": "999999"}, {"mata_uang": "USD"}, {"rincian": {"setoran": 1, "nilai_manfaat": NM}},
        {"jumlah": 1}, {"waktu": "2099-01-01T00:00:00+07:00"},
    ])  # fmt: skip
    @pytest.mark.parametrize("status", ["spm_terbit", "diterima", "gagal"])
    def test_yang_tidak_cocok_masuk_karantina(self, ragu, lawan, status, ganti):
        assert tanya(ragu, lawan, status, **ganti).selesai
        assert tahap(ragu) == "belum_pasti" and letak(ragu) == seharusnya(ragu)
        assert Putusan.objects.menunggu().filter(perkara=ragu.pk).count() == 1

    @pytest.mark.parametrize(("http_", "isi"), [
        (500, {}), (404, {}), (200, {}), (200, {"status": "diterima"}), (202, {"status": "diproses"}), (200, b"<html>"),
        (200, {"referensi": "LTM-KD-26-LAINNN", "status": "diproses"}), (422, {"status": "ditolak", "alasan": "x"}),
        (200, {"status": "spm_terbit"}), (200, {"status": "entah"}),
    ])  # fmt: skip
    def test_tanpa_jawaban_ditanyakan_lagi(self, ragu, lawan, http_, isi):
        lawan.selalu(http_, isi if isinstance(isi, bytes) else {"referensi": ragu.nomor} | isi)
        satu = kerjakan(ragu, "dana.tanya")
        assert (satu.selesai, satu.menyerah, tahap(ragu)) == (None, None, "belum_pasti")
        assert satu.jatuh_tempo > timezone.now() and not Peristiwa.objects.exists()
        assert tanya(ragu, lawan, "spm_terbit").selesai and tahap(ragu) == "spm_terbit"

    def test_berulang_kali_hilang_di_bpkh(self, ragu, lawan, jam):
        """Each round would begin anew for ever: after the fifth in a day people are called."""
        for _ in range(MAKS_KIRIM_ULANG + 1):
            lawan.selalu(200, {"referensi": ragu.nomor, "status": "tidak_dikenal"})
            kerjakan(ragu, "dana.tanya")
            lawan.jawab = lambda minta: None
            kerjakan(ragu)
        assert tahap(ragu) == "belum_pasti" and alarm(ragu).count() == 3
        assert lawan.jalur().count("pengembalian") == MAKS_KIRIM_ULANG

    def test_yang_diajukan_di_atas_kertas_tidak_dikirim_mesin(self, p, lawan, settings):
        settings.BPKH_URL, alamat = "", settings.BPKH_URL
        kerjakan(p)
        langkah(p, "nyatakan_belum_pasti", "direktorat")
        settings.BPKH_URL = alamat
        lawan.selalu(200, {"referensi": p.nomor, "status": "tidak_dikenal"})
        assert kerjakan(p, "dana.tanya").selesai
        assert tahap(p) == "belum_pasti" and lawan.jalur() == ["pengembalian/keadaan"]

    def test_tidak_dikenal_padahal_spm_sudah_ada(self, p, lawan):
        lawan.jawab = terima
        kerjakan(p)
        lewati(p, "sahkan_spm")
        langkah(p, "nyatakan_belum_pasti", "direktorat")
        lawan.selalu(200, {"referensi": p.nomor, "status": "tidak_dikenal"})
        assert kerjakan(p, "dana.tanya").selesai
        assert tahap(p) == "belum_pasti" and alarm(p).count() == 3


class TestDariTransfer:
    @pytest.fixture
    def jalan(self, ragu, lawan):
        tanya(ragu, lawan, "ditransfer")
        return segar(ragu)

    def test_diterima(self, jalan, lawan):
        assert tanya(jalan, lawan, "diterima").selesai
        p = segar(jalan)
        assert (p.tahap, p.tanggal_terima) == ("diterima", timezone.localdate()) and letak(p) == seharusnya(p)
        kerjakan_efek()
        assert segar(p.induk).tahap == "selesai"

    def test_belum_diterima_ditanyakan_lagi_makin_jarang(self, jalan, lawan, jam):
        """No event tells of the arrival; the question goes on, and no try is used up by it."""
        jeda = []
        for _ in range(20):
            satu = tanya(jalan, lawan, "ditransfer")
            assert (satu.percobaan, satu.selesai, satu.menyerah, tahap(jalan)) == (0, None, None, "ditransfer")
            jeda.append(satu.jatuh_tempo - timezone.now())
            jam.move_to(satu.jatuh_tempo)
        assert jeda == sorted(jeda) and jeda[0] == SEHARI / 144 and jeda[-1] == SEHARI
        assert Putusan.objects.filter(hasil="diabaikan", alasan="sudah").count() == 20
        assert tanya(jalan, lawan, "diterima").selesai and tahap(jalan) == "diterima"

    def test_gagal_sesudah_ditransfer_menunggu_orang(self, jalan, lawan):
        tanya(jalan, lawan, "gagal")
        assert tahap(jalan) == "belum_pasti" and Putusan.objects.menunggu().count() == 1
        assert letak(segar(jalan))["bps"], "nothing is freed"

    @pytest.mark.parametrize("hari", [-30, 30])
    def test_tanggal_terima_yang_mustahil(self, jalan, lawan, hari):
        tanggal = (timezone.localdate() + hari * SEHARI).isoformat()
        assert tanya(jalan, lawan, "diterima", tanggal_terima=tanggal).selesai
        assert tahap(jalan) == "ditransfer" and alarm(jalan).count() == 3

    def test_nilai_manfaat_lain_sesudah_transfer(self, jalan, lawan):
        beda = {"rincian": {"setoran": jalan.jumlah_setoran, "nilai_manfaat": NM + 1}, "jumlah": jalan.jumlah + 1}
        tanya(jalan, lawan, "diterima", **beda)
        assert tahap(jalan) == "ditransfer" and Putusan.objects.menunggu().get().alasan == "manfaat"

    def test_pekerja_mati_sebelum_diterima_dicatat(self, jalan, lawan, monkeypatch):
        """The transfer was judged, the receipt not yet: the question is put again and finishes it."""

        def mati(*a, **k):
            raise KeyboardInterrupt

        with monkeypatch.context() as m:
            m.setattr(modul_jawaban, "_terima", mati)
            with pytest.raises(KeyboardInterrupt):
                tanya(jalan, lawan, "diterima")
        assert tahap(jalan) == "ditransfer"
        assert tanya(jalan, lawan, "diterima").selesai and tahap(jalan) == "diterima"


class TestTidakMenimpa:
    @pytest.mark.parametrize("status", ["tidak_dikenal", "diproses"])
    def test_kabar_datang_selagi_bertanya(self, ragu, lawan, monkeypatch, status):
        asli = modul_panggilan.panggil

        def panggil(*a, **k):
            jawab = asli(*a, **k)
            langkah(ragu, "terima_spm", nilai_manfaat=NM, nomor_spm="SPM/1", tanggal_spm=timezone.localdate())
            return jawab

        lawan.selalu(200, {"referensi": ragu.nomor, "status": status})
        with monkeypatch.context() as m:
            m.setattr(modul_panggilan, "panggil", panggil)
            assert kerjakan(ragu, "dana.tanya").selesai is None, "asked again"
        assert tahap(ragu) == "spm_terbit"
        kerjakan(ragu, "dana.tanya")
        assert tahap(ragu) == "spm_terbit" and lawan.jalur() == ["pengembalian/keadaan"] * 2

    def test_sudah_berakhir_tidak_bertanya(self, ragu, lawan):
        langkah(ragu, "usulkan_kepastian", "bpkh", hasil_usulan="tidak")
        langkah(ragu, "pastikan_gagal", "bpkh-2")
        assert kerjakan(ragu, "dana.tanya").selesai and not lawan.diterima

    def test_tanpa_alamat(self, ragu, lawan, settings):
        settings.BPKH_URL = ""
        assert kerjakan(ragu, "dana.tanya").selesai and tahap(ragu) == "belum_pasti"

    def test_pertanyaan_jatuh_tempo_sepuluh_menit_kemudian(self, p, lawan, jam):
        lawan.jawab = lambda minta: http(500, {})
        kerjakan(p)
        satu = efek(p, "dana.tanya")
        assert (satu.jatuh_tempo - timezone.now()).total_seconds() == 600 and Pengembalian.objects.count() == 1
