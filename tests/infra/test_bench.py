"""The benchmark runs, its copies are true cases, and what a page asks of the database does not grow with the cases."""

from __future__ import annotations

import pytest
import time_machine
from django.core.management import call_command
from django.core.signals import request_finished, request_started
from django.db import close_old_connections, connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from bench import callback, laporan, sapuan, ukuran
from bench.induk import POLOS, SAPUAN
from bench.isi import Pengisi, Rencana
from haji_portal.alur.models import Perkara
from haji_portal.dana.models import Pengembalian, Posting
from haji_portal.jemaah.models import Setoran

# Queries of one request with login, limits and the frame around the page.
ANGGARAN = {
    "cek_kirim": 9, "cek_lihat": 9, "kerja": 12, "kerja_terlambat": 12, "kerja_pusat": 10, "persetujuan": 34,
    "kasus": 22, "daftar": 12, "daftar_pusat": 10, "cari": 16, "cari_pusat": 15, "api_daftar": 9, "admin_perkara": 8,
    "admin_riwayat": 10,
}  # fmt: skip
LANGKAH = [14, 15, 21, 18]
"""Queries of a fact, a fact with a file, a gate, and the gate that closes the case; BEGIN and COMMIT not counted."""


@pytest.fixture
def pengisi(acuan, settings, gudang):
    """Copies of one case per stage; the connection outlives a request, as Django's own test client sees to."""
    settings.HAJI_PRIVAT, settings.HAJI_DATA = gudang, gudang
    settings.ROOT_URLCONF = "bench.alamat"
    for sinyal in (request_started, request_finished):
        sinyal.disconnect(close_old_connections)
    satu = Pengisi(Rencana(24, 0.6, 1))
    satu.isi()
    yield satu
    for sinyal in (request_started, request_finished):
        sinyal.connect(close_old_connections)


def biaya(ukur):
    with CaptureQueriesContext(connection) as kueri:
        ukur()
    return sum(not q["sql"].startswith(("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE")) for q in kueri)


def biaya_halaman():
    halaman = ukuran.Halaman()
    # The clock stands: what a process keeps for a minute must not run out between the two visits.
    with time_machine.travel(timezone.now(), tick=False):
        for nama in POLOS:
            getattr(halaman, nama)()  # fills the caches of the process
        return {nama: biaya(getattr(halaman, nama)) for nama in POLOS}


def test_halaman_bertanya_sama_banyak_untuk_sedikit_dan_banyak_perkara(pengisi):
    sedikit = biaya_halaman()
    pengisi.isi()
    for tahap in ("direkam", "diverifikasi", "dikembalikan"):
        pengisi.tambah(tahap, 30)
    banyak = biaya_halaman()
    # What one case costs differs with the case that comes up; its budget holds for each.
    tetap = [nama for nama in POLOS if nama not in ("kasus", "cek_lihat")]
    assert {n: banyak[n] for n in tetap} == {n: sedikit[n] for n in tetap}
    assert {n: banyak[n] for n in POLOS if banyak[n] > ANGGARAN[n]} == {}


def test_langkah_surat_dan_sapuan_atas_salinan_yang_utuh(pengisi, capsys):
    langkah = ukuran.Langkahkan(pengisi.tambah("ditandatangani", 2))
    with time_machine.travel(timezone.now(), tick=False):  # as above
        for _ in ukuran.LANGKAH:
            langkah.langkah()
        kueri = [biaya(langkah.langkah) for _ in ukuran.LANGKAH]
    assert all(n <= batas for n, batas in zip(kueri, LANGKAH, strict=True)), kueri
    ukuran.Langkahkan(pengisi.tambah("ditandatangani", 1)).langkah_polos()
    pk = pengisi.tambah("diverifikasi", 3)
    surat = ukuran.Tandatangani(pk)
    surat.surat_polos()
    surat.surat()
    ukuran.setumpuk(pk[1:])
    for nama in SAPUAN:
        assert getattr(sapuan, nama)() > 0, nama
    connection.check_constraints()
    setoran = Setoran.objects.count()
    assert Posting.objects.count() == setoran > 24
    call_command("periksa_riwayat")
    assert "Riwayat utuh" in capsys.readouterr().out
    assert not Perkara.objects.filter(terhalang=True).exists()


def test_tabel_memuat_setiap_ukuran():
    h = {"jumlah": 1000, "isi": 2.0, "langkah": 120.0, "nisbah langkah": 0.3, "kueri langkah": [1, 2, 3, 4]}
    h |= dict.fromkeys(POLOS, 150.0) | {f"nisbah {nama}": 0.75 for nama in POLOS}
    h |= {f"kueri {nama}": 7 for nama in POLOS} | {f"sapuan {nama}": [0.25, 100_000] for nama in SAPUAN}
    h |= {"langkah dua proses": 200.0, "surat": 5.0, "nisbah surat": 0.9, "kueri surat": 60, "setumpuk": [12.5, 98]}
    teks = laporan.susun("postgresql", [h, h | {"jumlah": 100_000, "kerja": 125.0}], "2 inti")
    assert "| kotak kerja | 150 | 0,75 | 7 | 125 | 0,75 | 7 | 1,20 |" in teks
    assert "| periksa_riwayat | 0,25 | 100.000 | 2,50 |" in teks
    assert "98 surat sekaligus: 12,5 detik" in teks


@pytest.mark.django_db
def test_kabar_ukuran_diterima_dan_diolah(acuan, settings, gudang, client):
    """What the bench sends is what the portal takes: stored, judged, booked; the bare view's rows go away again."""
    settings.HAJI_PRIVAT, settings.BPKH_KUNCI, settings.EFEK_BEL = gudang, (callback.KUNCI,), False
    settings.ROOT_URLCONF = "bench.alamat"
    antrean = callback.pesan(callback.pengembalian(2))
    for alamat in ["/api/v1/callback/bpkh/"] * 4 + ["/bench/peristiwa/"]:
        badan, kepala = next(antrean)
        jawab = client.post(alamat, badan, content_type="application/json", headers=kepala)
        assert jawab.status_code == 202
    assert callback.olah()[0] == 4
    assert set(Pengembalian.objects.values_list("tahap", flat=True)) == {"ditransfer"}


def test_persentil():
    assert [callback.persentil([n / 1000 for n in range(100)], p) for p in (0.5, 0.99)] == [50, 99]
