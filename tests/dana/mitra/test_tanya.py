"""Questions to a partner: a balance for somebody who waits, the movements of a day for the reconciliation."""

from __future__ import annotations

import datetime

import pytest
from django.utils import timezone

from haji_portal.dana.mitra import kunci
from haji_portal.dana.mitra.skema import SkemaSalah
from haji_portal.dana.mitra.tanya import MitraBisu, MitraMati, Saldo, ambil_mutasi, tanya_saldo
from haji_portal.dana.models import Panggilan

from .lawan import http

pytestmark = pytest.mark.django_db
HARI = datetime.date(2026, 11, 20)
BARIS = {
    "tanggal": "2026-11-20", "referensi": "LTM-KD-26-AAAAAA", "rujukan_bank": "R1", "jumlah": 25_000_000,
    "mata_uang": "IDR", "rekening": "700001", "atas_nama": "CONTOH", "status": "berhasil",
}  # fmt: skip


def halaman(minta, berikut, baris=(BARIS,)):
    return http(200, minta.isi | {"halaman_berikut": berikut, "baris": list(baris)})


class TestSaldo:
    def test_ada(self, lawan, p):
        lawan.jawab = lambda m: http(200, {
            "pertanyaan": m.isi["pertanyaan"], "status": "ada", "jumlah": 25_000_000, "mata_uang": "IDR",
            "waktu": "2026-11-20T10:00:00+07:00", "catatan": "boleh lebih",
        })  # fmt: skip
        saldo = tanya_saldo(nomor_porsi="2300012345", nomor_validasi=None, perkara=p)
        waktu = datetime.datetime(2026, 11, 20, 3, tzinfo=datetime.UTC)
        assert saldo == Saldo("ada", 25_000_000, waktu)
        (satu,) = Panggilan.objects.all()
        assert (satu.jenis, satu.hasil, satu.jawaban, satu.perkara_id) == ("saldo", "terjawab", "ada", p.pk)
        (minta,) = lawan.diterima
        assert minta.jalur == "/saldo/", "no number stands in an address"
        assert kunci.periksa("bpkh", minta.kepala, minta.badan, timezone.now())

    @pytest.mark.parametrize("status", ["tidak_ada", "tidak_dikenal"])
    def test_tidak_ada(self, lawan, status):
        lawan.jawab = lambda m: http(200, {"pertanyaan": m.isi["pertanyaan"], "status": status})
        assert tanya_saldo(nomor_porsi=None, nomor_validasi="29001") == Saldo(status, None, None)

    @pytest.mark.parametrize("isi", [
        {"pertanyaan": "lain", "status": "tidak_ada"}, {"status": "tidak_ada"}, [], b"<html>", b"",
    ])  # fmt: skip
    def test_jawaban_atas_pertanyaan_lain_bukan_jawaban(self, lawan, isi):
        lawan.selalu(200, isi)
        with pytest.raises(MitraBisu, match="jelas"):
            tanya_saldo(nomor_porsi=None, nomor_validasi="29001")

    def test_mata_uang_lain(self, lawan):
        lawan.jawab = lambda m: http(200, {
            "pertanyaan": m.isi["pertanyaan"], "status": "ada", "jumlah": 25, "mata_uang": "USD",
            "waktu": "2026-11-20T10:00:00+07:00",
        })  # fmt: skip
        with pytest.raises(MitraBisu, match="mata uang"):
            tanya_saldo(nomor_porsi=None, nomor_validasi="29001")

    def test_tanpa_nomor_tidak_bertanya(self, lawan):
        with pytest.raises(SkemaSalah):
            tanya_saldo(nomor_porsi=None, nomor_validasi=None)
        assert not lawan.diterima and not Panggilan.objects.exists()

    def test_setelan_ditolak(self, lawan):
        lawan.selalu(401, {})
        with pytest.raises(MitraBisu, match="admin"):
            tanya_saldo(nomor_porsi=None, nomor_validasi="29001")

    def test_beristirahat_sesudah_gagal_beruntun(self, lawan):
        lawan.selalu(503, {})
        for _ in range(7):
            with pytest.raises(MitraBisu):
                tanya_saldo(nomor_porsi=None, nomor_validasi="29001")
        assert len(lawan.diterima) == 5 == Panggilan.objects.count()

    def test_tanpa_alamat(self, settings):
        settings.BPKH_URL = settings.BPS_URL = ""
        with pytest.raises(MitraMati):
            tanya_saldo(nomor_porsi=None, nomor_validasi="29001")
        with pytest.raises(MitraMati):
            ambil_mutasi("bps", HARI)


class TestMutasi:
    @pytest.mark.parametrize("mitra", ["bpkh", "bps"])
    def test_semua_halaman(self, lawan, mitra):
        lawan.jawab = lambda m: halaman(m, m.isi["halaman"] + 1 if m.isi["halaman"] < 3 else None)
        assert ambil_mutasi(mitra, HARI) == [BARIS] * 3
        assert [m.isi for m in lawan.diterima] == [{"tanggal": "2026-11-20", "halaman": n} for n in (1, 2, 3)]
        assert kunci.periksa(mitra, lawan.diterima[0].kepala, lawan.diterima[0].badan, timezone.now())

    def test_hari_tanpa_mutasi(self, lawan):
        lawan.jawab = lambda m: halaman(m, None, ())
        assert ambil_mutasi("bpkh", HARI) == []

    @pytest.mark.parametrize("berikut", [1, 2, 4])
    def test_halaman_yang_meloncat_atau_berputar(self, lawan, berikut):
        lawan.jawab = lambda m: halaman(m, 2 if m.isi["halaman"] == 1 else berikut)
        with pytest.raises(MitraBisu, match="tidak utuh"):
            ambil_mutasi("bpkh", HARI)

    def test_setengah_mutasi_bukan_mutasi(self, lawan):
        lawan.jawab = lambda m: halaman(m, 2) if m.isi["halaman"] == 1 else None
        with pytest.raises(MitraBisu):
            ambil_mutasi("bpkh", HARI)

    def test_hari_lain(self, lawan):
        lawan.jawab = lambda m: http(200, m.isi | {"tanggal": "2026-11-19", "halaman_berikut": None, "baris": []})
        with pytest.raises(MitraBisu):
            ambil_mutasi("bpkh", HARI)

    def test_baris_pecahan_rupiah_ditolak(self, lawan):
        lawan.jawab = lambda m: halaman(m, None, (BARIS | {"jumlah": 1.5},))
        with pytest.raises(MitraBisu):
            ambil_mutasi("bpkh", HARI)
