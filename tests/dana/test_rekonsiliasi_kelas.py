"""The classes of a reconciliation: every planted fault found under its own name, none invented, each row once."""

from __future__ import annotations

import datetime
import random
from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from haji_portal.dana.rekonsiliasi.kelas import kelaskan, nama_sama, nilai_baris
from haji_portal.dana.rekonsiliasi.mutasi import (
    STATUS,
    BarisMutasi,
    dari_mitra,
    dari_simpanan,
    nomor_dalam,
    samaran,
    sidik,
    simpanan,
)

from .mutasi_buatan import HARI, MACAM, Bayaran, Kelas, Status, dunia, nomor

HASIL = dict.fromkeys((Status.DITRANSFER, Status.DITERIMA, Status.RETUR), Kelas.COCOK)
P = Bayaran(
    1, nomor(7), Status.DITRANSFER, 25_000_000, 1_000, "Bank Contoh", "7012345678", "SITI CONTOH", HARI, (HARI,)
)
B = BarisMutasi(1, HARI, f"REFUND {P.nomor}", "RRN1", 25_001_000, "IDR", "7012345678", "SITI CONTOH")


@pytest.mark.parametrize(
    ("rekening", "kalimat"),
    [
        ("7012340000", "Mutasi ******0000, seharusnya ******5678."),
        ("9912345678", "Mutasi menyebut rekening lain dengan angka akhir yang sama (******5678)."),
    ],
)
def test_rekening_lain_terbaca_sebagai_lain_juga_bila_disamarkan(rekening, kalimat):
    hasil = nilai_baris(replace(B, rekening=rekening), P)
    assert (hasil.kelas, hasil.kalimat) == (Kelas.REKENING, kalimat)


@pytest.mark.parametrize(("baris", "cacat"), [(20_000, 200), pytest.param(100_000, 1_000, marks=pytest.mark.malam)])
def test_cacat_yang_ditanam_ditemukan_semua_dan_tidak_ada_yang_dikarang(baris, cacat):
    d = dunia(baris, cacat, benih=1437)
    hasil = kelaskan(d.baris, d.bayaran, d.diharapkan)
    assert {p.baris.urut: str(p.kelas) for p in hasil if p.baris} == {k: str(v) for k, v in d.harap.items()}
    assert {p.bayaran.nomor for p in hasil if p.baris is None} == d.hilang
    assert {p.kelas for p in hasil if p.baris is None} == {Kelas.TIADA_SANA}
    beda = Counter(str(p.kelas) for p in hasil if p.kelas != Kelas.COCOK)
    assert set(beda) == set(MACAM) and sum(beda.values()) == cacat


def baris_acak(acak: random.Random) -> BarisMutasi:
    hari = HARI + datetime.timedelta(days=acak.randrange(-400, 400) if acak.random() < 0.2 else acak.randrange(6))
    sebut = [*(nomor(n) for n in range(6)), "", "BIAYA", f"{nomor(1)} {nomor(2)}"]
    return BarisMutasi(
        acak.randrange(1, 10**6), hari, acak.choice(sebut),
        acak.choice(["", "R1", "R2"]), acak.choice([25_001_000, 25_000_000, acak.randrange(10**12)]),
        acak.choice(["IDR", "IDR", "USD"]), acak.choice(["", "7012345678", "1"]), acak.choice(["", "SITI CONTOH", "X"]),
        acak.choice((*STATUS, "berhasil", "berhasil")),
    )  # fmt: skip


def bayaran_acak(acak: random.Random) -> Bayaran:
    ke = acak.randrange(8)
    return replace(
        P, pk=ke, nomor=nomor(ke), status=acak.choice(Status.values), nilai_manfaat=acak.choice([None, 0, 1_000]),
        hari=acak.choice([(), (HARI,)]),
    )  # fmt: skip


@given(st.integers(0, 2**64))
def test_setiap_baris_kedua_pihak_dikelaskan_tepat_sekali(benih):
    acak = random.Random(benih)
    baris = [baris_acak(acak) for _ in range(acak.randrange(30))]
    bayaran = {p.nomor: p for p in (bayaran_acak(acak) for _ in range(8))}
    diharapkan = {n for n in bayaran if acak.random() < 0.5}
    hasil = kelaskan(baris, bayaran, diharapkan)
    assert [p.baris for p in hasil if p.baris is not None] == baris
    sisa = [p for p in hasil if p.baris is None]
    disebut = {b.nomor for b in baris}
    assert sorted(p.bayaran.nomor for p in sisa) == sorted(diharapkan - disebut)
    assert all(p.kelas in Kelas.values and (p.kelas == Kelas.TIADA_SANA) == (p.baris is None) for p in hasil)
    assert hasil == kelaskan(baris, bayaran, diharapkan), "the same again"
    for p in (p for p in hasil if p.membuktikan):
        assert p.baris.status == "berhasil" and p.bayaran.status in ("spm_terbit", "belum_pasti", "ditransfer")
        assert p.baris.rekening in ("", p.bayaran.rekening) and p.baris.jumlah >= p.bayaran.setoran
    terbukti = Counter(p.bayaran.nomor for p in hasil if p.membuktikan)
    assert max(terbukti.values(), default=1) == 1, "one proof ends one refund"


@pytest.mark.parametrize("status", Status.values)
def test_berhasil_pada_setiap_keadaan(status):
    p = nilai_baris(B, replace(P, status=status))
    tiada = {Status.DISIAPKAN, Status.DIPERIKSA, Status.DIUSULKAN, Status.DIHENTIKAN, Status.DIAJUKAN}
    assert p.kelas == (Kelas.TIADA_SINI if status in tiada else HASIL.get(status, Kelas.STATUS))
    assert p.membuktikan == (status in (Status.SPM_TERBIT, Status.BELUM_PASTI, Status.DITRANSFER))


@pytest.mark.parametrize(
    ("mutasi", "status", "kelas"),
    [
        ("dikembalikan", Status.RETUR, Kelas.COCOK),
        ("dikembalikan", Status.GAGAL, Kelas.COCOK),
        ("dikembalikan", Status.DITERIMA, Kelas.DIKEMBALIKAN),
        ("dikembalikan", Status.SPM_TERBIT, Kelas.DIKEMBALIKAN),
        ("dikembalikan", Status.DIUSULKAN, Kelas.TIADA_SINI),
        ("gagal", Status.GAGAL, Kelas.COCOK),
        ("gagal", Status.DIUSULKAN, Kelas.COCOK),
        ("gagal", Status.DITERIMA, Kelas.STATUS),
        ("tertunda", Status.DITRANSFER, Kelas.COCOK),
        ("tertunda", Status.DITERIMA, Kelas.STATUS),
        ("tertunda", Status.RETUR, Kelas.STATUS),
    ],
)
def test_yang_dikatakan_mutasi_terhadap_yang_dikatakan_buku(mutasi, status, kelas):
    p = nilai_baris(replace(B, status=mutasi), replace(P, status=status))
    assert p.kelas == kelas and not p.membuktikan and (p.kalimat == "") == (kelas == Kelas.COCOK)


def test_isi_yang_salah_tidak_pernah_membuktikan():
    salah = {"jumlah": 1, "rekening": "1", "atas_nama": "ORANG LAIN", "mata_uang": "USD", "status": "tertunda"}
    for nama, isi in salah.items():
        p = nilai_baris(replace(B, **{nama: isi}), replace(P, status=Status.BELUM_PASTI))
        assert not p.membuktikan, nama
    lama = replace(B, tanggal=HARI - datetime.timedelta(days=2))
    assert nilai_baris(lama, P).kelas == Kelas.TANGGAL
    assert nilai_baris(replace(B, tanggal=HARI + datetime.timedelta(days=5)), P).kelas == Kelas.COCOK


def test_manfaat_yang_belum_diketahui_menerima_setoran_atau_lebih():
    p = replace(P, status=Status.BELUM_PASTI, nilai_manfaat=None)
    assert nilai_baris(B, p).membuktikan
    assert nilai_baris(replace(B, jumlah=24_999_999), p).kelas == Kelas.JUMLAH


def test_yang_benar_menjadi_asli_yang_lain_ganda():
    salah, benar, lagi = replace(B, jumlah=1), replace(B, urut=2), replace(B, urut=3)
    hasil = kelaskan([salah, benar, lagi], {P.nomor: P}, {P.nomor})
    assert [p.kelas for p in hasil] == [Kelas.GANDA, Kelas.COCOK, Kelas.GANDA]
    kembali = replace(B, urut=2, status="dikembalikan")
    hasil = kelaskan([B, kembali], {P.nomor: replace(P, status=Status.RETUR)}, ())
    assert [p.kelas for p in hasil] == [Kelas.COCOK, Kelas.COCOK], "paid and returned are two events, not one twice"
    hasil = kelaskan([B], {P.nomor: P}, (), {(P.nomor, "berhasil")})
    assert [p.kelas for p in hasil] == [Kelas.GANDA]


def test_satu_rujukan_bank_untuk_dua_pengembalian():
    lain = replace(P, pk=2, nomor=nomor(8))
    hasil = kelaskan([B, replace(B, urut=2, rujukan=lain.nomor)], {P.nomor: P, lain.nomor: lain}, ())
    assert [p.kelas for p in hasil] == [Kelas.COCOK, Kelas.GANDA]
    seberang = replace(lain, bank="Bank Lain")
    hasil = kelaskan([B, replace(B, urut=2, rujukan=lain.nomor)], {P.nomor: P, lain.nomor: seberang}, ())
    assert [p.kelas for p in hasil] == [Kelas.COCOK, Kelas.COCOK], "each bank counts its own references"


def test_nama_seperti_dicetak_bank():
    assert nama_sama("Siti  Contoh", "SITI CONTOH") and nama_sama("MUHAMMAD ABDURRAH", "MUHAMMAD ABDURRAHMAN")
    assert nama_sama("H. SITI CONTOH", "H SITI CONTOH") and not nama_sama("SITI", "SITI CONTOH")
    assert not nama_sama("", "SITI CONTOH") and not nama_sama("SITI CONTOH", "SITI CONTIH")


def test_rujukan_dalam_teks_bebas():
    a, b = nomor(7), nomor(8)
    assert nomor_dalam(f"ref:{a.lower()}/bpkh") == a and nomor_dalam(f"{a} {a}") == a
    assert nomor_dalam(f"{a} dan {b}") == "" and nomor_dalam(f"X{a}Y") == "" and nomor_dalam("") == ""


def test_mutasi_disimpan_dalam_satu_bentuk():
    satu = {
        "tanggal": "2026-11-20", "referensi": P.nomor, "rujukan_bank": "R1", "jumlah": 5, "mata_uang": "IDR",
        "rekening": "7012 345-678", "atas_nama": " SITI  CONTOH", "status": "berhasil",
    }  # fmt: skip
    dua = satu | {"referensi": "LAIN", "rujukan_bank": "R2"}
    a, b = dari_mitra([satu, dua]), dari_mitra([dua, satu])
    assert a == b and sidik(simpanan(a)) == sidik(simpanan(b)) and dari_simpanan(simpanan(a)) == a
    assert {x.rekening for x in a} == {"7012345678"} and sorted(x.urut for x in a) == [1, 2]
    assert sidik(simpanan(dari_mitra([satu]))) != sidik(simpanan(a))


def test_di_halaman_tidak_ada_nomor_yang_utuh():
    b = replace(B, rujukan="TRF 5203 0141 0700 0001 an SITI")
    assert samaran(b) == {"rujukan": "TRF •••• an SITI", "rekening": "******5678"}
    assert samaran(B)["rujukan"] == P.nomor
