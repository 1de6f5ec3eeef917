"""The pen of the book: one posting per reference, whole rupiah, and a refund's way from BPKH to the recipient."""

from decimal import Decimal

import pytest
from django.db import DatabaseError
from django.utils import timezone

from haji_portal.dana.buku import (
    BukuGanda,
    SaldoKurang,
    catat,
    catat_setoran,
    diterima,
    ditransfer,
    jejak,
    lepas_pesanan,
    pesan,
    retur,
    reversal,
    saldo_banyak,
    saldo_perkara,
    saldo_porsi,
    saldo_setoran,
    terbit_spm,
)
from haji_portal.dana.models import Baris, Posting
from tests.alur.buatan import buat_perkara

from .conftest import AWAL, LUNAS, buat_porsi, buat_setoran

MASUK = [("luar", "setoran", -AWAL), ("bpkh", "setoran", AWAL)]
NM = 1_234_567


def isi(saldo):
    """{"bpkh": 25000000} or {"spm": (25000000, 1234567)}: what is not zero."""
    return {
        akun: (u["setoran"], u["nilai_manfaat"]) if u["nilai_manfaat"] else u["setoran"]
        for akun, u in saldo.items()
        if any(u.values())
    }


def asal(n=AWAL):
    return {"luar": -n}


class TestCatat:
    def test_sekali_untuk_satu_rujukan(self, setoran, perkara):
        satu = catat("setoran", setoran, MASUK, rujukan="a", perkara=perkara)
        assert catat("setoran", setoran, reversed(MASUK), rujukan="a", perkara=perkara) == satu
        assert Posting.objects.count() == 1 and Baris.objects.count() == 2

    def test_rujukan_sama_isi_lain(self, setoran, orang, perkara):
        catat("setoran", setoran, MASUK, rujukan="a")
        lain = [("luar", "setoran", -1), ("bpkh", "setoran", 1)]
        orang_lain = buat_setoran(orang, "2611000002")
        for panggil in (
            lambda: catat("setoran", setoran, lain, rujukan="a"),
            lambda: catat("setoran", orang_lain, MASUK, rujukan="a"),
            lambda: catat("reversal", setoran, MASUK, rujukan="a"),
            lambda: catat("setoran", setoran, MASUK, rujukan="a", perkara=perkara),
        ):
            with pytest.raises(BukuGanda):
                panggil()
        assert Baris.objects.count() == 2

    @pytest.mark.parametrize(
        "baris",
        [
            [],
            MASUK[:1],
            [("luar", "setoran", -5), ("bpkh", "setoran", 6)],
            [("luar", "setoran", 0), ("bpkh", "setoran", 0)],
            [("luar", "setoran", -5.0), ("bpkh", "setoran", 5.0)],
            [("luar", "setoran", -True), ("bpkh", "setoran", True)],
            [("luar", "setoran", Decimal("-5.5")), ("bpkh", "setoran", Decimal("5.5"))],
            [("luar", "setoran", Decimal("NaN")), ("bpkh", "setoran", 5)],
            [("luar", "setoran", Decimal("-Infinity")), ("bpkh", "setoran", Decimal("Infinity"))],
            [("luar", "setoran", "-5"), ("bpkh", "setoran", "5")],
            [("luar", "setoran", -5), ("bpkh", "nilai_manfaat", 5)],
            [("luar", "setoran", -5), ("bpkh", "setoran", 4), ("bpkh", "setoran", 1)],
            [("kantong", "setoran", -5), ("bpkh", "setoran", 5)],
            [("luar", "bunga", -5), ("bpkh", "bunga", 5)],
        ],
    )
    def test_isi_yang_salah(self, setoran, baris):
        with pytest.raises(ValueError):
            catat("setoran", setoran, baris, rujukan="a")
        assert not Baris.objects.exists()

    @pytest.mark.parametrize("rujukan", ["", "x" * 121])
    def test_rujukan_yang_salah(self, setoran, rujukan):
        with pytest.raises(ValueError, match="reference"):
            catat("setoran", setoran, MASUK, rujukan=rujukan)

    def test_desimal_utuh_diterima(self, setoran):
        catat("setoran", setoran, [("luar", "setoran", Decimal("-5")), ("bpkh", "setoran", Decimal(5))], rujukan="a")
        assert isi(saldo_setoran(setoran)) == {"luar": -5, "bpkh": 5}

    def test_hitungan_kueri(self, setoran, django_assert_num_queries):
        with django_assert_num_queries(5):  # look up, savepoint, lines, posting, release
            catat("setoran", setoran, MASUK, rujukan="a")
        with django_assert_num_queries(2):  # the posting and its lines
            catat("setoran", setoran, MASUK, rujukan="a")

    def test_pembukuan_tanpa_pena_ditolak(self, setoran):
        with pytest.raises(DatabaseError, match="tidak berjumlah nol"):
            Posting.objects.create(rujukan="x", jenis="setoran", setoran=setoran, waktu=timezone.now())


class TestPengembalian:
    def test_jalan_lurus_setoran_dan_nilai_manfaat_terpisah(self, setoran, perkara):
        catat_setoran(setoran)
        catat_setoran(setoran)
        assert isi(saldo_setoran(setoran)) == asal() | {"bpkh": AWAL}
        pesan("p1", setoran, AWAL, perkara)
        assert isi(saldo_setoran(setoran)) == asal() | {"dipesan": AWAL}
        terbit_spm("p1", perkara, nilai_manfaat=NM)
        nm = {"nilai_manfaat": (0, -NM)}
        assert isi(saldo_setoran(setoran)) == asal() | nm | {"spm": (AWAL, NM)}
        ditransfer("p1", perkara)
        assert isi(saldo_setoran(setoran)) == asal() | nm | {"bps": (AWAL, NM)}
        diterima("p1", perkara)
        assert isi(saldo_setoran(setoran)) == asal() | nm | {"penerima": (AWAL, NM)}

    def test_setiap_gerak_dua_kali_sekali_tercatat(self, setoran, perkara):
        langkah = [
            lambda: pesan("p1", setoran, AWAL, perkara),
            lambda: terbit_spm("p1", perkara, nilai_manfaat=NM),
            lambda: ditransfer("p1", perkara),
            lambda: diterima("p1", perkara),
            lambda: retur("p1", perkara),
        ]
        for satu in langkah:
            assert satu() == satu()
        for satu in langkah:
            satu()
        assert Posting.objects.count() == 6  # the deposit, and each movement once
        assert isi(saldo_setoran(setoran)) == asal() | {"bpkh": AWAL}

    def test_ulang_dengan_isi_lain_ditolak(self, setoran, perkara):
        pesan("p1", setoran, AWAL - 1, perkara)
        with pytest.raises(BukuGanda):
            pesan("p1", setoran, AWAL, perkara)
        with pytest.raises(BukuGanda):
            pesan("p1", setoran, AWAL - 1, buat_perkara())
        terbit_spm("p1", perkara, nilai_manfaat=NM)
        with pytest.raises(BukuGanda):
            terbit_spm("p1", perkara, nilai_manfaat=NM + 1)

    def test_dua_setoran_satu_porsi(self, orang, perkara):
        porsi = buat_porsi(orang)
        awal = buat_setoran(orang, "2611000001", AWAL, porsi)
        lunas = buat_setoran(orang, "2611000002", LUNAS, porsi)
        semua = AWAL + LUNAS
        assert len(pesan("p1", [lunas, awal], semua, perkara)) == 2
        terbit_spm("p1", perkara, nilai_manfaat=NM)
        nm = {"nilai_manfaat": (0, -NM)}
        assert isi(saldo_porsi(porsi)) == asal(semua) | nm | {"spm": (semua, NM)}
        saldo = saldo_banyak([awal.pk, lunas.pk])
        assert isi(saldo[awal.pk]) == asal() | nm | {"spm": (AWAL, NM)}
        assert isi(saldo[lunas.pk]) == asal(LUNAS) | {"spm": LUNAS}
        assert set(saldo_perkara(perkara)) == {awal.pk, lunas.pk}

    def test_sebagian_saja_yang_disisihkan(self, orang, perkara):
        awal, lunas = buat_setoran(orang, "2611000001", AWAL), buat_setoran(orang, "2611000002", LUNAS)
        (satu,) = pesan("p1", [awal, lunas], AWAL, perkara)
        assert satu.setoran == awal
        (dua,) = pesan("p2", [awal, lunas], 5, buat_perkara())
        assert dua.setoran == lunas
        assert isi(saldo_setoran(lunas)) == asal(LUNAS) | {"bpkh": LUNAS - 5, "dipesan": 5}

    def test_lebih_dari_yang_ada_ditolak(self, setoran, perkara):
        with pytest.raises(SaldoKurang):
            pesan("p1", setoran, AWAL + 1, perkara)
        pesan("p1", setoran, AWAL, perkara)
        with pytest.raises(SaldoKurang):
            pesan("p2", setoran, 1, buat_perkara())

    @pytest.mark.parametrize("jumlah", [0, -1, 5.0, True, "5", None])
    def test_jumlah_yang_salah_ditolak(self, setoran, perkara, jumlah):
        with pytest.raises(ValueError):
            pesan("p1", setoran, jumlah, perkara)

    def test_tanpa_setoran_ditolak(self, perkara):
        with pytest.raises(ValueError):
            pesan("p1", [], 5, perkara)

    @pytest.mark.parametrize("sampai", [0, 1, 2])
    def test_gagal_melepas_semua_di_mana_pun(self, setoran, perkara, sampai):
        pesan("p1", setoran, AWAL, perkara)
        if sampai:
            terbit_spm("p1", perkara, nilai_manfaat=NM)
        if sampai == 2:
            ditransfer("p1", perkara)
        lepas_pesanan("p1", perkara)
        assert isi(saldo_setoran(setoran)) == asal() | {"bpkh": AWAL}

    @pytest.mark.parametrize("sampai_penerima", [True, False])
    def test_retur_lalu_dibayar_lagi_dengan_rujukan_baru(self, setoran, perkara, sampai_penerima):
        pesan("p1", setoran, AWAL, perkara)
        terbit_spm("p1", perkara, nilai_manfaat=NM)
        ditransfer("p1", perkara)
        if sampai_penerima:
            diterima("p1", perkara)
        retur("p1", perkara)
        assert isi(saldo_setoran(setoran)) == asal() | {"bpkh": AWAL}
        pesan("p2", setoran, AWAL, perkara)
        terbit_spm("p2", perkara, nilai_manfaat=NM)
        ditransfer("p2", perkara)
        diterima("p2", perkara)
        assert isi(saldo_setoran(setoran))["penerima"] == (AWAL, NM)

    def test_dari_tempat_yang_kosong_ditolak(self, setoran, perkara):
        pesan("p1", setoran, AWAL, perkara)
        for gerak in (ditransfer, diterima, retur):
            with pytest.raises(SaldoKurang):
                gerak("p1", perkara)
        with pytest.raises(SaldoKurang):
            ditransfer("p1", buat_perkara())

    def test_pengembalian_lain_tidak_tersentuh(self, orang, setoran, perkara):
        lain, perkara_lain = buat_setoran(orang, "2611000002", LUNAS), buat_perkara()
        pesan("p1", setoran, AWAL, perkara)
        pesan("p2", lain, LUNAS, perkara_lain)
        terbit_spm("p1", perkara)
        assert isi(saldo_setoran(lain)) == asal(LUNAS) | {"dipesan": LUNAS}

    def test_nilai_manfaat_tidak_pernah_negatif(self, setoran, perkara):
        pesan("p1", setoran, AWAL, perkara)
        with pytest.raises(ValueError):
            terbit_spm("p1", perkara, nilai_manfaat=-1)


class TestReversal:
    def test_utuh_kembali_ke_luar(self, setoran, perkara):
        satu = reversal("r1", setoran, perkara)
        assert reversal("r1", setoran, perkara) == satu
        assert isi(saldo_setoran(setoran)) == {}
        with pytest.raises(SaldoKurang):
            reversal("r2", setoran, perkara)
        with pytest.raises(SaldoKurang):
            pesan("p1", setoran, 1, perkara)

    def test_yang_sedang_dikembalikan_tidak(self, setoran, perkara):
        pesan("p1", setoran, 1, perkara)
        with pytest.raises(SaldoKurang):
            reversal("r1", setoran, perkara)


def test_jejak_menurut_waktu_dengan_dua_kueri(setoran, perkara, django_assert_num_queries):
    pesan("p1", setoran, AWAL, perkara)
    terbit_spm("p1", perkara, nilai_manfaat=NM)
    with django_assert_num_queries(2):
        hasil = [(p.jenis, {b.akun: b.jumlah for b in p.baris.all() if b.unsur == "setoran"}) for p in jejak(setoran)]
    assert hasil == [
        ("setoran", {"luar": -AWAL, "bpkh": AWAL}),
        ("pesan", {"bpkh": -AWAL, "dipesan": AWAL}),
        ("spm", {"dipesan": -AWAL, "spm": AWAL}),
    ]


def test_setoran_bertanggal_buktinya_walau_baru_dibukukan(setoran, perkara):
    """Nobody may read that the money was set aside before it came."""
    pesan("p1", setoran, AWAL, perkara, waktu=timezone.now())
    masuk, disisihkan = jejak(setoran)
    assert (masuk.jenis, disisihkan.jenis) == ("setoran", "pesan")
    assert timezone.localdate(masuk.waktu) == setoran.tanggal


def test_saldo_banyak_satu_kueri(orang, django_assert_num_queries):
    banyak = [buat_setoran(orang, f"26110000{n:02d}") for n in range(5)]
    for s in banyak[:4]:
        catat_setoran(s)
    with django_assert_num_queries(1):
        saldo = saldo_banyak([s.pk for s in banyak])
    assert [saldo[s.pk]["bpkh"]["setoran"] for s in banyak] == [AWAL] * 4 + [0]


def test_porsi_tanpa_setoran_nol(orang):
    assert isi(saldo_porsi(buat_porsi(orang))) == {}
