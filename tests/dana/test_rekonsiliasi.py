"""A day's statement against the book in the database: what it proves, what it only shows, and that twice is once."""

from __future__ import annotations

import datetime
from contextlib import contextmanager

import pytest
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from haji_portal.akun.models import Kantor
from haji_portal.alur.galat import LangkahGagal
from haji_portal.alur.models import Perkara, Riwayat
from haji_portal.alur.rantai import periksa_perkara
from haji_portal.dana import periksa, tasks
from haji_portal.dana.mitra.tanya import MitraBisu
from haji_portal.dana.models import BarisRekonsiliasi, Panggilan, Posting, Rekonsiliasi
from haji_portal.dana.rekonsiliasi import harian, jalan
from haji_portal.dana.rekonsiliasi.mutasi import dari_mitra
from haji_portal.kabar.models import Pesan

from .mitra.lawan import http, lawan
from .tanah import BANK, NM, ajukan, buka_induk, langkah, letak, lewati, segar, seharusnya

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("pelaksana")]
BSI = "Bank Syariah Indonesia"


@pytest.fixture
def hari():
    return timezone.localdate()


@pytest.fixture
def mitra(settings, monkeypatch):
    """`mitra.mutasi[(partner, day)]`: what the partners' systems answer; a sentence instead of rows is a silence."""
    settings.BPKH_URL, settings.BPS_URL = "https://bpkh.contoh.example/", "https://bps.contoh.example/"

    class Tiruan:
        mutasi: dict = {}
        ditanya: list = []

        def __call__(self, mitra, tanggal):
            self.ditanya.append((mitra, tanggal))
            jawab = self.mutasi.get((mitra, tanggal), [])
            if isinstance(jawab, str):
                raise MitraBisu(jawab)
            return jawab

    tiruan = Tiruan()
    tiruan.mutasi, tiruan.ditanya = {}, []
    monkeypatch.setattr(harian, "ambil_mutasi", tiruan)
    return tiruan


def baris(p, **ganti):
    p = segar(p)
    return {
        "tanggal": timezone.localdate().isoformat(), "referensi": f"REFUND {p.nomor}", "rujukan_bank": f"RRN{p.pk}",
        "jumlah": p.jumlah if p.nilai_manfaat is not None else p.jumlah_setoran + NM, "mata_uang": "IDR",
        "rekening": p.rekening.nomor, "atas_nama": p.rekening.atas_nama, "status": "berhasil",
    } | ganti  # fmt: skip


def jalankan(hari, *rows, mitra="bps", kantor="bps", sumber="http"):
    """One statement, with the class of each refund it names."""
    r = jalan.terima_mutasi(mitra, Kantor.objects.get(slug=kantor), hari, dari_mitra(rows), sumber)
    return r, {b.perkara_id: b.kelas for b in r.baris.all()}


def isi(r):
    return list(r.baris.order_by("pk").values())


@contextmanager
def buku_tak_tersentuh():
    awal = (Posting.objects.count(), Riwayat.objects.count())
    yield
    assert (Posting.objects.count(), Riwayat.objects.count()) == awal


class TestMembuktikan:
    @pytest.mark.parametrize("sampai", ["sahkan_spm", "sahkan_transfer", "belum_pasti"])
    def test_baris_yang_cocok_mengakhiri_pengembalian(self, hari, sampai):
        p = lewati(ajukan(buka_induk()), "sahkan_spm" if sampai == "belum_pasti" else sampai)
        if sampai == "belum_pasti":
            p = langkah(p, "nyatakan_belum_pasti", "bps")
        r, kelas = jalankan(hari, baris(p))
        p = segar(p)
        assert (p.tahap, p.tanggal_terima) == ("diterima", hari) and kelas == {p.pk: "cocok"}
        assert r.jumlah_beda == 0 and letak(p) == seharusnya(p) and periksa_perkara(p.pk) == []
        assert p.riwayat.latest("urut").langkah == "cocokkan" and p.lampiran.filter(jenis="bukti_terima").count() == 1
        assert periksa.periksa_buku() == []

    def test_dua_kali_tidak_mengubah_apa_pun(self, hari):
        p, beda = lewati(ajukan(buka_induk()), "sahkan_transfer"), lewati(ajukan(buka_induk()), "sahkan_transfer")
        rows = [baris(p), baris(beda, jumlah=1), baris(beda, referensi="BIAYA ADMIN", rujukan_bank="X1")]
        satu, _ = jalankan(hari, *rows)
        awal, riwayat, pesan = isi(satu), Riwayat.objects.count(), Pesan.objects.count()
        dua, _ = jalankan(hari, *reversed(rows))
        assert dua.pk == satu.pk and isi(dua) == awal and len(awal) == 3
        assert (Riwayat.objects.count(), Pesan.objects.count()) == (riwayat, pesan)
        jalan.jalankan_hari(Rekonsiliasi.objects.get())
        assert isi(satu) == awal and segar(p).lampiran.filter(jenis="bukti_terima").count() == 1

    def test_yang_diunggah_orang_tidak_mengakhiri_sendiri(self, hari):
        p = lewati(ajukan(buka_induk()), "sahkan_spm")
        with buku_tak_tersentuh():
            _, kelas = jalankan(hari, baris(p), sumber="berkas")
        assert kelas == {p.pk: "status"} and segar(p).tahap == "spm_terbit"

    def test_langkah_yang_ditolak_menjadi_ketidakcocokan_dengan_kalimatnya(self, hari):
        lama = lewati(ajukan(buka_induk()), "terima")
        p = lewati(ajukan(buka_induk()), "sahkan_spm")
        r, kelas = jalankan(hari, baris(lama), baris(p, rujukan_bank=lama.rujukan_bank))
        assert kelas[p.pk] == "status" and "sudah dipakai" in r.baris.get(perkara=p.pk).kalimat
        assert segar(p).tahap == "spm_terbit" and letak(p) == seharusnya(p)
        _, kelas = jalankan(hari, baris(p, rujukan_bank="?"))
        assert kelas == {p.pk: "status", lama.pk: "tiada_sana"}

    def test_yang_bergerak_di_antaranya_dinilai_lagi(self, hari, monkeypatch):
        p = lewati(ajukan(buka_induk()), "sahkan_transfer")
        asli = jalan.jalankan

        def terdahului(perkara, nama, **isi):
            langkah(p, "terima", "bps")
            return asli(perkara, nama, **isi)

        monkeypatch.setattr(jalan, "jalankan", terdahului)
        _, kelas = jalankan(hari, baris(p))
        assert kelas == {p.pk: "cocok"} and segar(p).riwayat.latest("urut").langkah == "terima"

    def test_satu_yang_rusak_tidak_menahan_yang_lain(self, hari, monkeypatch):
        satu, dua = (lewati(ajukan(buka_induk()), "sahkan_transfer") for _ in range(2))
        asli = jalan.jalankan

        def macet(perkara, nama, **isi):
            if perkara.pk == satu.pk:
                raise LangkahGagal("Sedang macet.")
            return asli(perkara, nama, **isi)

        monkeypatch.setattr(jalan, "jalankan", macet)
        r, kelas = jalankan(hari, baris(satu), baris(dua))
        assert kelas == {satu.pk: "status", dua.pk: "cocok"} and segar(dua).tahap == "diterima"
        assert r.baris.get(perkara=satu.pk).kalimat == "Sedang macet."
        monkeypatch.setattr(jalan, "jalankan", asli)
        jalan.jalankan_hari(r)
        assert r.jumlah_beda == 0 and segar(satu).tahap == "diterima"


class TestTidakCocok:
    def test_buku_tidak_tersentuh_oleh_yang_tidak_cocok(self, hari):
        lunas = lewati(ajukan(buka_induk()), "terima")
        jalan_ = {n: lewati(ajukan(buka_induk()), "sahkan_transfer") for n in range(6)}
        belum = ajukan(buka_induk())
        asing = (hari - datetime.timedelta(days=40)).isoformat()
        rows = [
            baris(jalan_[0], jumlah=1), baris(jalan_[1], rekening="1"), baris(jalan_[2], atas_nama="ORANG LAIN"),
            baris(jalan_[3], tanggal=asing), baris(jalan_[4], mata_uang="USD"), baris(jalan_[5], status="dikembalikan"),
            baris(lunas, status="gagal"), baris(belum), baris(belum, referensi="BUNGA BANK", rujukan_bank="B1"),
        ]  # fmt: skip
        with buku_tak_tersentuh():
            r, kelas = jalankan(hari, *rows)
        assert kelas == {
            jalan_[0].pk: "jumlah", jalan_[1].pk: "rekening", jalan_[2].pk: "nama", jalan_[3].pk: "tanggal",
            jalan_[4].pk: "mata_uang", jalan_[5].pk: "kembali", lunas.pk: "status", belum.pk: "tiada_sini",
            None: "rujukan",
        }  # fmt: skip
        assert r.jumlah_beda == r.jumlah_baris == 9
        r, kelas = jalankan(hari)
        assert set(kelas.values()) == {"tiada_sana"} and len(kelas) == 7
        assert [segar(p).tahap for p in jalan_.values()] == ["ditransfer"] * 6

    def test_retur_yang_sudah_dikabarkan_cocok(self, hari):
        p = langkah(lewati(ajukan(buka_induk()), "sahkan_transfer"), "kembalikan_dana", "bps")
        _, kelas = jalankan(hari, baris(p), baris(p, status="dikembalikan"))
        assert kelas == {p.pk: "cocok"}

    def test_yang_dibukukan_hari_berikutnya_menutup_hari_ini(self, hari):
        p = lewati(ajukan(buka_induk()), "sahkan_transfer")
        kemarin, _ = jalankan(hari)
        assert kemarin.jumlah_beda == 1
        besok = hari + datetime.timedelta(days=1)
        jalankan(besok, baris(p, tanggal=hari.isoformat()))
        kemarin.refresh_from_db()
        assert (kemarin.jumlah_beda, kemarin.jumlah_baris) == (0, 0) and segar(p).tahap == "diterima"

    def test_dua_kali_pada_dua_hari_ganda_menurut_urutan_hari(self, hari):
        p = lewati(ajukan(buka_induk()), "sahkan_transfer")
        besok = hari + datetime.timedelta(days=1)
        nanti, kelas = jalankan(besok, baris(p, rujukan_bank="KEDUA"))
        assert kelas == {p.pk: "cocok"}
        _, kelas = jalankan(hari, baris(p))
        assert kelas == {p.pk: "cocok"} and nanti.baris.get().kelas == "ganda"
        nanti.refresh_from_db()
        assert nanti.jumlah_beda == 1

    def test_bank_lain_tidak_mengenal_nomor_ini(self, hari):
        p = lewati(ajukan(buka_induk()), "sahkan_transfer")
        _, kelas = jalankan(hari, baris(p), kantor="bsi")
        assert kelas == {None: "rujukan"} and segar(p).tahap == "ditransfer"
        _, kelas = jalankan(hari, baris(p), mitra="bpkh", kantor="bpkh")
        assert kelas == {p.pk: "cocok"} and segar(p).tahap == "diterima"

    def test_mutasi_mitra_mendahului_yang_diunggah(self, hari):
        p = lewati(ajukan(buka_induk()), "sahkan_transfer")
        berkas, _ = jalankan(hari, baris(p, jumlah=1), sumber="berkas")
        assert berkas.berlaku
        http, _ = jalankan(hari, baris(p))
        lain, _ = jalankan(hari, sumber="berkas")
        berlaku = Rekonsiliasi.objects.filter(berlaku=True)
        assert [r.pk for r in berlaku] == [http.pk] and Rekonsiliasi.objects.count() == 3 and not lain.berlaku
        baru, _ = jalankan(hari, baris(p), baris(p, referensi="LAIN", rujukan_bank="L1"))
        assert [r.pk for r in berlaku.all()] == [baru.pk]
        jalankan(hari, baris(p))
        assert [r.pk for r in berlaku.all()] == [http.pk], "what the partner said last"

    def test_mutasi_yang_hilang_dari_simpanan(self, hari, settings):
        r, _ = jalankan(hari)
        (settings.HAJI_PRIVAT / r.kunci).unlink()
        with pytest.raises(jalan.MutasiHilang):
            jalan.jalankan_hari(r)
        lagi, _ = jalankan(hari)
        assert lagi.pk == r.pk and (settings.HAJI_PRIVAT / r.kunci).exists()


def test_kabar_sekali_per_hari_dan_mitra(hari):
    p = lewati(ajukan(buka_induk()), "sahkan_transfer")
    for rows in ([baris(p, jumlah=1)], [baris(p, jumlah=2)], [baris(p)]):
        jalankan(hari, *rows)
    pesan = Pesan.objects.filter(templat="rekonsiliasi", saluran="aplikasi")
    assert {m.pengguna.username for m in pesan} == {"direktorat", "bps", "bps-2"} and pesan.count() == 3
    teks = pesan.first().isi
    assert "Jumlah berbeda: 1" in teks and p.nomor not in teks and p.rekening.nomor not in teks
    assert p.rekening.atas_nama not in teks and mail.outbox == []


class TestHarian:
    def test_kemarin_ditanya_dan_bank_dibagi_menurut_rekeningnya(self, hari, mitra):
        kemarin = hari - datetime.timedelta(days=1)
        satu = lewati(ajukan(buka_induk()), "sahkan_transfer")
        dua = lewati(ajukan(buka_induk(bank=BSI)), "sahkan_transfer", bps="bps.bsi")
        rows = [baris(p, tanggal=kemarin.isoformat()) for p in (satu, dua)]
        mitra.mutasi["bps", kemarin] = rows
        tasks.rekonsiliasi_harian()
        assert (segar(satu).tahap, segar(dua).tahap) == ("diterima", "diterima")
        milik = Rekonsiliasi.objects.filter(tanggal=kemarin, mitra="bps", berlaku=True)
        assert {(r.kantor.slug, r.jumlah_baris) for r in milik} == {("bps", 1), ("bsi", 1)}
        assert Rekonsiliasi.objects.get(mitra="bpkh", tanggal=kemarin).jumlah_baris == 0
        awal = list(BarisRekonsiliasi.objects.order_by("pk").values())
        riwayat = Riwayat.objects.count()
        tasks.rekonsiliasi_harian()
        assert list(BarisRekonsiliasi.objects.order_by("pk").values()) == awal
        assert Riwayat.objects.count() == riwayat

    def test_hari_yang_belum_tertutup_ditanya_lagi(self, hari, mitra):
        lama = hari - datetime.timedelta(days=20)
        p = lewati(ajukan(buka_induk()), "sahkan_transfer")
        jalankan(lama, baris(p, jumlah=1))
        tasks.rekonsiliasi_harian()
        assert ("bps", lama) in mitra.ditanya and ("bps", lama - datetime.timedelta(days=1)) not in mitra.ditanya
        assert Rekonsiliasi.objects.get(tanggal=lama, berlaku=True).jumlah_baris == 0
        mitra.ditanya.clear()
        tasks.rekonsiliasi_harian()
        kemarin = hari - datetime.timedelta(days=1)
        assert mitra.ditanya == [("bpkh", kemarin), ("bps", kemarin)], "closed days are left alone"

    def test_mitra_yang_bisu_membunyikan_alarm_sekali_dan_tidak_menahan_yang_lain(self, hari, mitra):
        kemarin = hari - datetime.timedelta(days=1)
        mitra.mutasi["bpkh", kemarin] = "BPKH tidak memberi jawaban yang jelas."
        for _ in range(2):
            tasks.rekonsiliasi_harian()
        pesan = Pesan.objects.filter(kunci__startswith="mutasi-bisu", saluran="aplikasi")
        assert sorted(m.pengguna.username for m in pesan) == ["bpkh", "bpkh-2", "direktorat"]
        assert all("jawaban yang jelas" in m.isi and "BPKH" in m.judul for m in pesan)
        assert not Rekonsiliasi.objects.filter(mitra="bpkh").exists()
        assert mitra.ditanya.count(("bpkh", kemarin)) == 2 and Rekonsiliasi.objects.filter(mitra="bps").count() == 7
        mitra.mutasi.clear()
        tasks.rekonsiliasi_harian()
        assert Rekonsiliasi.objects.filter(mitra="bpkh").count() == 7

    def test_sistem_bank_yang_bisu_bukan_urusan_bpkh(self, hari, mitra):
        mitra.mutasi["bps", hari - datetime.timedelta(days=1)] = "BPS tidak memberi jawaban yang jelas."
        tasks.rekonsiliasi_harian()
        pesan = Pesan.objects.filter(kunci__startswith="mutasi-bisu")
        assert {m.pengguna.username for m in pesan} == {"direktorat"}
        assert all("/rekonsiliasi/" in m.isi for m in pesan.filter(saluran="email"))

    def test_lewat_sambungan_yang_sesungguhnya_halaman_demi_halaman(self, hari, settings):
        p, q = (lewati(ajukan(buka_induk()), "sahkan_transfer") for _ in range(2))
        rows = [baris(p), baris(q, jumlah=1)]

        def jawab(minta):
            ke, kosong = minta.isi["halaman"], minta.isi["tanggal"] != f"{kemarin}"
            lanjut = None if kosong or ke == 2 else 2
            return http(200, minta.isi | {"halaman_berikut": lanjut, "baris": [] if kosong else [rows[ke - 1]]})

        kemarin = hari - datetime.timedelta(days=1)
        with lawan(settings) as mitra:
            mitra.jawab, settings.BPKH_URL = jawab, ""
            tasks.rekonsiliasi_harian()
        r = Rekonsiliasi.objects.get(tanggal=kemarin)
        assert (r.hitungan, segar(p).tahap, segar(q).tahap) == ({"cocok": 1, "jumlah": 1}, "diterima", "ditransfer")
        assert not BarisRekonsiliasi.objects.filter(rekening__contains=p.rekening.nomor).exists()
        assert Panggilan.objects.filter(jenis="mutasi", hasil="terjawab").count() == 8

    def test_tanpa_alamat_tidak_ada_yang_ditanya(self, hari, mitra, settings):
        settings.BPKH_URL = settings.BPS_URL = ""
        assert tasks.rekonsiliasi_harian() == 0 and mitra.ditanya == []

    def test_berkas_yang_belum_tertutup_dicocokkan_lagi(self, hari, mitra):
        p = lewati(ajukan(buka_induk()), "sahkan_spm")
        r, kelas = jalankan(hari, baris(p), sumber="berkas")
        assert kelas == {p.pk: "status"}
        langkah(p, "catat_transfer", "bps")
        langkah(p, "sahkan_transfer", "bps-2")
        tasks.rekonsiliasi_harian()
        r.refresh_from_db()
        assert r.jumlah_beda == 0 and segar(p).tahap == "ditransfer"


def test_jumlah_kueri_tumbuh_dengan_kelompok_bukan_dengan_baris(hari):
    p = lewati(ajukan(buka_induk()), "terima")

    def hitung(jumlah):
        asing = [baris(p, referensi=f"BIAYA {n}", rujukan_bank=f"N{n}") for n in range(jumlah)]
        with CaptureQueriesContext(
            connection,
        ) as kueri:
            r, _ = jalankan(hari, baris(p), *asing)
        assert r.jumlah_baris == jumlah + 1
        return len(kueri)

    hitung(1)
    # SQLite takes some sixty rows with one INSERT, PostgreSQL a thousand; nothing else grows.
    assert hitung(400) - hitung(10) <= 400 // 60


def test_bagian_hanya_menyentuh_pengembalian_yang_dimaksud(hari):
    p = lewati(ajukan(buka_induk(bank=BANK)), "sahkan_transfer")
    with buku_tak_tersentuh():
        _, kelas = jalankan(hari, baris(p, referensi=Perkara.objects.get(pk=p.induk_id).nomor))
    assert kelas == {None: "rujukan", p.pk: "tiada_sana"}
