"""Any sequence of movements, repeated and out of order as it may come: the book equals a model that knows no book."""

from __future__ import annotations

import copy

import pytest
from django.db import transaction
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from haji_portal.alur.galat import LangkahGagal
from haji_portal.dana import buku
from haji_portal.dana.models import Baris
from haji_portal.dana.periksa import periksa_buku
from tests.alur.buatan import buat_perkara

from .conftest import AWAL, LUNAS, buat_porsi, buat_setoran

pytestmark = [pytest.mark.basis, pytest.mark.django_db]
JUMLAH = {"awal": AWAL, "lunas": LUNAS, "lain": 7}
PERKARA = ("k1", "k2")
BERJALAN = ("dipesan", "spm", "bps", "penerima")
PINDAH = {"ditransfer": (("spm",), "bps"), "diterima": (("bps",), "penerima")}
REF = ("p1", "p2", "p3")
PULANG = {"lepas_pesanan": ("dipesan", "spm", "bps"), "retur": ("bps", "penerima")}


class Ditolak(Exception):
    """The model says that this must not happen."""


class Model:
    """Purses with two kinds of coins each; refunds by case. Nothing here is taken from the code under test."""

    def __init__(self):
        self.bpkh = {}
        self.kembali = {}
        """(case, deposit) -> place -> [deposit, yield]"""
        self.dilakukan = {}

    def sekali(self, jenis, ref, isi):
        """Whether this was done before; another content under the same name is refused."""
        lama = self.dilakukan.setdefault((jenis, ref), isi)
        if lama != isi:
            raise Ditolak
        return lama is not isi

    def masuk(self, s):
        self.bpkh.setdefault(s, JUMLAH[s])

    def tempat(self, k, s):
        return self.kembali.setdefault((k, s), {t: [0, 0] for t in BERJALAN})

    def pesan(self, k, ref, siapa, jumlah):
        if lama := self.dilakukan.get(("pesan", ref)):
            if lama[:2] != (k, jumlah) or not lama[2] <= siapa:
                raise Ditolak
            return
        for s in siapa:
            self.masuk(s)
        sisa, ambil = jumlah, {}
        for s in JUMLAH:
            if s in siapa and (n := min(sisa, self.bpkh[s])):
                ambil[s] = n
                sisa -= n
        if sisa:
            raise Ditolak
        for s, n in ambil.items():
            self.bpkh[s] -= n
            self.tempat(k, s)["dipesan"][0] += n
        self.dilakukan["pesan", ref] = (k, jumlah, set(ambil))

    def gerak(self, k, jenis, ref, asal, tujuan, nm=0):
        if self.sekali(jenis, ref, (k, nm)):
            return
        bergerak = [(s, m) for s in JUMLAH if (m := self.kembali.get((k, s))) and any(any(m[t]) for t in asal)]
        if not bergerak:
            raise Ditolak
        for s, m in bergerak:
            for t in asal:
                (pokok, hasil), m[t] = m[t], [0, 0]
                if tujuan == "bpkh":
                    self.bpkh[s] += pokok
                else:
                    m[tujuan] = [m[tujuan][0] + pokok, m[tujuan][1] + hasil]
        bergerak[0][1]["spm"][1] += nm

    def reversal(self, k, ref, s):
        if self.sekali("reversal", ref, (k, s)):
            return
        self.masuk(s)
        if self.bpkh[s] != JUMLAH[s]:
            raise Ditolak
        self.bpkh[s] = 0

    def jalan(self, nama, k, ref, **lain):
        if nama == "pesan":
            self.pesan(k, ref, lain["siapa"], lain["jumlah"])
        elif nama == "terbit_spm":
            self.gerak(k, nama, ref, ("dipesan",), "spm", lain["nm"])
        elif nama in PINDAH:
            self.gerak(k, nama, ref, *PINDAH[nama])
        elif nama in PULANG:
            self.gerak(k, nama, ref, PULANG[nama], "bpkh")
        else:
            self.reversal(k, ref, lain["satu"])

    def saldo(self, s):
        """What the book must say: place -> (deposit, yield), zeros left out."""
        if s not in self.bpkh:
            return {}
        isi = {t: [0, 0] for t in BERJALAN}
        for (_, siapa), tempat in self.kembali.items():
            if siapa == s:
                for t, (pokok, hasil) in tempat.items():
                    isi[t][0] += pokok
                    isi[t][1] += hasil
        isi["bpkh"] = [self.bpkh[s], 0]
        isi["luar"] = [-sum(p for p, _ in isi.values()), 0]
        isi["nilai_manfaat"] = [0, -sum(h for _, h in isi.values())]
        return {t: tuple(n) for t, n in isi.items() if any(n)}


NAMA = ("pesan", "terbit_spm", *PINDAH, *PULANG, "reversal")
PEMBAYARAN = (("k1", "p1"), ("k1", "p2"), ("k2", "p3"))
JALAN = ("pesan", "terbit_spm", "ditransfer", "diterima", "retur")
RUPIAH = [1, 7, 7, AWAL - 1, AWAL, AWAL, LUNAS, AWAL + LUNAS, AWAL + LUNAS + 8]


@st.composite
def langkah(draw, nama, k, ref):
    """One movement with what it asks for."""
    lain = {}
    if nama == "pesan":
        lain["siapa"] = draw(st.sets(st.sampled_from(sorted(JUMLAH)), min_size=1))
        lain["jumlah"] = draw(st.sampled_from(RUPIAH))
    elif nama == "terbit_spm":
        lain["nm"] = draw(st.sampled_from([0, 1, 1_234_567]))
    elif nama == "reversal":
        lain["satu"] = draw(st.sampled_from(sorted(JUMLAH)))
    return {"nama": nama, "k": k, "ref": ref, **lain}


@st.composite
def urutan(draw, panjang):
    """Payments that mostly go on their way, interleaved; some movements come twice, some where they do not belong."""
    hasil, sampai = [], dict.fromkeys(PEMBAYARAN, 0)
    for _ in range(draw(st.integers(1, panjang))):
        satu = draw(st.sampled_from(PEMBAYARAN))
        aksi = draw(st.sampled_from(["maju"] * 6 + ["gagal", "ulang", "acak"]))
        if aksi == "ulang" and hasil:
            hasil.append(draw(st.sampled_from(hasil)))
        elif aksi == "maju" and sampai[satu] < len(JALAN):
            hasil.append(draw(langkah(JALAN[sampai[satu]], *satu)))
            sampai[satu] += 1
        elif aksi == "gagal":
            terjauh = max(PEMBAYARAN, key=sampai.__getitem__)
            hasil.append(draw(langkah("lepas_pesanan", *terjauh)))
        else:
            hasil.append(
                draw(langkah(draw(st.sampled_from(NAMA)), draw(st.sampled_from(PERKARA)), draw(st.sampled_from(REF))))
            )
    return hasil


def rute(*nama):
    """A way that every run goes: all of two deposits, with yield."""
    isi = {"pesan": {"siapa": {"awal", "lunas"}, "jumlah": AWAL + LUNAS}, "terbit_spm": {"nm": 7}}
    return [{"nama": n, "k": "k1", "ref": "p1", **isi.get(n, {})} for n in nama]


def _panggil(satu, setoran, perkara):
    nama, ref, k = satu["nama"], satu["ref"], perkara[satu["k"]]
    if nama == "pesan":
        return buku.pesan(ref, [setoran[s] for s in satu["siapa"]], satu["jumlah"], k)
    if nama == "terbit_spm":
        return buku.terbit_spm(ref, k, nilai_manfaat=satu["nm"])
    if nama == "reversal":
        return buku.reversal(ref, setoran[satu["satu"]], k)
    return getattr(buku, nama)(ref, k)


def isi(saldo):
    return {akun: (u["setoran"], u["nilai_manfaat"]) for akun, u in saldo.items() if any(u.values())}


def _periksa(model, setoran, porsi):
    saldo = buku.saldo_banyak([s.pk for s in setoran.values()])
    for nama, s in setoran.items():
        assert isi(saldo[s.pk]) == model.saldo(nama), nama
    semua = buku.saldo_porsi(porsi)
    for unsur in ("setoran", "nilai_manfaat"):
        assert sum(u[unsur] for u in semua.values()) == 0


def _satu_urutan(gerak, orang):
    """References are unique for ever, so the book is empty again after each sequence."""
    with transaction.atomic():
        _jalankan(gerak, orang)
        transaction.set_rollback(True)


def _jalankan(gerak, orang):
    porsi = buat_porsi(orang)
    setoran = {nama: buat_setoran(orang, f"2611{n}", jumlah, porsi) for n, (nama, jumlah) in enumerate(JUMLAH.items())}
    perkara = {k: buat_perkara() for k in PERKARA}
    model = Model()
    for satu in gerak:
        coba, harus = copy.deepcopy(model), True
        try:
            coba.jalan(**satu)
        except Ditolak:
            harus = False
        sebelum = Baris.objects.count()
        try:
            _panggil(satu, setoran, perkara)
            boleh = True
        except LangkahGagal:
            boleh = False
            assert Baris.objects.count() == sebelum, "a refused movement wrote something"
        assert boleh == harus, satu
        model = coba if harus else model
        _periksa(model, setoran, porsi)
    assert periksa_buku() == []


@settings(
    max_examples=20, deadline=None, derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)  # fmt: skip
@example(gerak=rute(*JALAN))
@example(gerak=rute(*JALAN[:3], "lepas_pesanan", "retur"))
@example(gerak=rute(*JALAN[:3], "retur", "diterima"))
@given(gerak=urutan(14))
def test_setiap_urutan_sama_dengan_model(orang, gerak):
    _satu_urutan(gerak, orang)


@pytest.mark.malam
@settings(
    max_examples=1000, deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)  # fmt: skip
@given(gerak=urutan(20))
def test_seribu_urutan_sama_dengan_model(orang, gerak):
    _satu_urutan(gerak, orang)
