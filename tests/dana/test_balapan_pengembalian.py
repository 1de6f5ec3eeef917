"""Two approvals of the same money at once, at every step that moves or releases it; and the control that doubles."""

from __future__ import annotations

import os
from functools import partial

import pytest
from django.db import connection, transaction
from django.utils import timezone

from haji_portal.alur.deklarasi import mesin
from haji_portal.alur.galat import LangkahGagal, SudahAda
from haji_portal.alur.jalankan import Hasil, cari_di_tahap, jalankan
from haji_portal.alur.models import Kunci, Perkara
from haji_portal.alur.rantai import periksa_perkara
from haji_portal.dana import buku, contoh
from haji_portal.dana.models import Pengembalian, Posting
from haji_portal.dana.pengembalian import ajukan_lagi
from haji_portal.dana.periksa import periksa_buku
from haji_portal.meja.contoh import pelaku_untuk
from tests.kontrak.balapan import balapan

from .pengaman import buka_pengaman
from .tanah import NM, TEMPAT, ajukan, buka_induk, langkah, letak, petugas, segar, seharusnya

pytestmark = [pytest.mark.basis, pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("tanpa_bel")]
SEDIKIT = 5
BANYAK = int(os.environ.get("HAJI_BALAPAN", "1000"))
BAGIAN = 20
LANGKAH_DANA = [*dict.fromkeys(lk.nama for lk in mesin(Pengembalian) if lk.sandi and not lk.fakta), "terima"]
DUA = {  # who could approve at the same moment
    "usulkan": ("direktorat", "direktorat"), "setujui": ("direktur", "direktur"), "sahkan_spm": ("bpkh", "bpkh-2"),
}  # fmt: skip
BANK = ("bps", "bps-2")
CATATAN = {"sahkan_spm": "catat_spm", "sahkan_transfer": "catat_transfer"}


def siapkan(nama: str) -> Pengembalian:
    """A refund just before this step. Its earlier steps are written, not taken: a night needs thousands of them."""
    p = ajukan(buka_induk(setoran=(25_000_000,)))
    sumber = next(lk.sumber for lk in reversed(mesin(Pengembalian)) if lk.nama == nama)
    tempat = "bps" if sumber == "belum_pasti" else TEMPAT[sumber]
    if tempat != "dipesan":
        buku.terbit_spm(p.nomor, p, nilai_manfaat=NM)
    if tempat in ("bps", "penerima"):
        buku.ditransfer(p.nomor, p)
    if tempat == "penerima":
        buku.diterima(p.nomor, p)
    hari, manfaat = timezone.localdate(), None if sumber in ("diperiksa", "diusulkan") else NM
    isi = {
        "status": sumber, "tahap": sumber, "nomor_spm": "SPM/1", "tanggal_spm": hari, "nilai_manfaat": manfaat,
        "rujukan_bank": f"R{p.pk}", "bank_rujukan": p.rekening.bank, "tanggal_transfer": hari, "tanggal_terima": hari,
        "hasil_usulan": "tidak" if nama == "pastikan_gagal" else "terkirim",
        "ditutup": timezone.now() if sumber == "diterima" else None,
    }  # fmt: skip
    Pengembalian.objects.filter(pk=p.pk).update(**isi)
    if sumber == "diterima":
        Kunci.objects.filter(perkara=p.pk).delete()
    if nama in CATATAN:
        langkah(p, CATATAN[nama], "direktorat")
    return segar(p)


def klik(p, nama, akun):
    data = contoh.isian(p, nama)
    return partial(jalankan, Perkara(pk=p.pk), nama, oleh=petugas(akun), versi=p.versi, data=data)


def balapkan(nama: str, kali: int) -> None:
    for n in range(kali):
        p = siapkan(nama)
        gerak = Posting.objects.count()
        # Every other race: one person clicks twice instead of two people once each.
        akun = DUA.get(nama, BANK) if n % 2 else (DUA.get(nama, BANK)[0],) * 2
        hasil = balapan(*[klik(p, nama, a) for a in akun])
        baru = [h for h in hasil if isinstance(h, Hasil) and not h.sudah]
        assert len(baru) == 1, (nama, n, hasil)
        kini = segar(p)
        assert (kini.versi, kini.riwayat.count()) == (p.versi + 1, p.versi + 1), (nama, n)
        assert Posting.objects.count() - gerak == (nama not in ("usulkan", "setujui"))
        assert letak(kini) == seharusnya(kini, 25_000_000), (nama, n)
    assert periksa_perkara(p.pk) == [] and periksa_buku() == []


def test_daftar_langkah_dana():
    assert set(LANGKAH_DANA) == {
        "usulkan", "setujui", "sahkan_spm", "sahkan_transfer", "terima", "pastikan_diterima", "pastikan_gagal",
        "gagalkan", "kembalikan_dana",
    }  # fmt: skip


@pytest.mark.parametrize("nama", LANGKAH_DANA)
def test_dua_persetujuan_sekaligus(pelaksana, nama):
    balapkan(nama, SEDIKIT)


@pytest.mark.malam
@pytest.mark.parametrize("bagian", range(BAGIAN))
@pytest.mark.parametrize("nama", LANGKAH_DANA)
def test_seribu_persetujuan_sekaligus(pelaksana, nama, bagian):
    """In parts: no single test may run longer than the time after which it counts as hung."""
    balapkan(nama, BANYAK // BAGIAN)


def tanpa_pengaman(pk, nama, data):
    """The same step by a door without lock, version and unique reference: read, check, write."""
    with transaction.atomic():
        isi = Pengembalian.objects.get(pk=pk)
        lk = cari_di_tahap(isi, nama)
        isi.pelaku, isi.waktu = pelaku_untuk(isi, lk), timezone.now()
        getattr(isi, nama)(**data)
        Pengembalian.objects.filter(pk=pk).update(status=isi.status, tahap=isi.status)


@pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite locks the whole file from the first statement on")
@pytest.mark.parametrize("nama", ["sahkan_spm", "sahkan_transfer", "terima", "gagalkan", "kembalikan_dana"])
@pytest.mark.parametrize("kali", [SEDIKIT * 4, pytest.param(BANYAK // 10, marks=pytest.mark.malam)])
def test_kendali_tanpa_pengaman_menggandakan(pelaksana, monkeypatch, nama, kali):
    """Negative control: without the guards the same races move the same money twice."""
    ganda = 0
    for _ in range(kali):
        p = siapkan(nama)
        data, sebelum = contoh.isian(p, nama), Posting.objects.count()
        with monkeypatch.context() as m:
            buka_pengaman(m)
            balapan(*[partial(tanpa_pengaman, p.pk, nama, data | _bukti(data)) for _ in range(2)])
        ganda += Posting.objects.count() - sebelum == 2
    assert ganda == kali, f"{ganda} of {kali} doubled"


def _bukti(data):
    """The same stored file cannot be attached twice; the control is about the money."""
    return {"bukti": None} if "bukti" in data else {}


def test_dua_pembukaan_sekaligus(pelaksana):
    """One live refund per case: of two that open at once, one does."""
    for _ in range(SEDIKIT * 2):
        induk = buka_induk()
        hasil = balapan(partial(ajukan, induk), partial(ajukan, induk))
        assert [type(h) for h in hasil].count(Pengembalian) == 1, hasil
        assert isinstance(next(h for h in hasil if not isinstance(h, Pengembalian)), LangkahGagal)
        assert Pengembalian.objects.filter(induk=induk.pk).count() == 1
        assert letak(Pengembalian.objects.get(induk=induk.pk)) == seharusnya(Pengembalian.objects.get(induk=induk.pk))


@pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite locks the whole file from the first statement on")
def test_kendali_tanpa_kunci_terbuka_dua(pelaksana, monkeypatch):
    """Control: without the case's lock, and with money enough for both, two refunds of one case live."""
    monkeypatch.setattr(Pengembalian, "kunci", lambda self: [])
    monkeypatch.setattr(buku, "_bagi", lambda saldo, minta: dict.fromkeys(list(saldo)[:1], minta))
    dua = 0
    for _ in range(SEDIKIT):
        induk = buka_induk()
        hasil = balapan(partial(ajukan, induk), partial(ajukan, induk))
        dua += [type(h) for h in hasil].count(Pengembalian) == 2
    assert dua == SEDIKIT


def test_dua_pengganti_sekaligus(pelaksana):
    """The effect that prepares the next payment, run by two workers at once: one next payment."""
    for _ in range(SEDIKIT):
        p = siapkan("gagalkan")
        klik(p, "gagalkan", "bps")()
        hasil = balapan(partial(ajukan_lagi, segar(p)), partial(ajukan_lagi, segar(p)))
        assert [type(h) for h in hasil].count(Pengembalian) == 1, hasil
        assert isinstance(next(h for h in hasil if not isinstance(h, Pengembalian)), SudahAda)
