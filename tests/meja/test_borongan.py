"""A batch tells each letter as it is done; whatever happens to one, or to the reader, the others are what they say."""

from __future__ import annotations

import logging
import os

import pytest

from alat.simulator_bsre import FRASA_DEMO
from haji_portal.meja import borongan, persetujuan
from haji_portal.surat import juru as juru_gambar
from haji_portal.surat.gambar import buat_pdf
from haji_portal.surat.juru import Juru
from haji_portal.surat.models import NomorSurat, PanggilanBsre, Surat
from haji_portal.surat.periksa import periksa_pdf
from haji_portal.surat.terbit import isi_pdf
from pendaftaran.models import Pendaftaran
from tests import simulator
from tests.conftest import SANDI

HTML = '<html lang="id"><title>x</title><body><p>Surat</p><div id="ttd" style="height:20mm">t</div></body></html>'


@pytest.fixture
def tumpukan(sampai):
    return [sampai("diverifikasi", urut) for urut in range(1, persetujuan.ALIRKAN + 2)]


@pytest.fixture
def kasi(masuk):
    return masuk("kasi.lombok-timur")


@pytest.fixture
def dua_anak(monkeypatch):
    """The children draw also for the few letters of a test, also where there is one core."""
    monkeypatch.setattr(juru_gambar, "SEJAK", 2)
    monkeypatch.setattr(os, "cpu_count", lambda: 2)


def isian(perkara, **ganti):
    isi = {"perkara": [p.nomor for p in perkara], "sandi": SANDI}
    for p in perkara:
        isi |= {f"versi-{p.nomor}": p.versi, f"langkah-{p.nomor}": "tandatangani"}
    return isi | ganti


def tahap(perkara):
    return [Pendaftaran.objects.get(pk=p.pk).tahap for p in perkara]


def test_satu_baris_per_surat_begitu_selesai(kasi, tumpukan, dua_anak):
    jawab = kasi.post("/persetujuan/", isian(tumpukan))
    assert jawab.streaming and jawab["X-Accel-Buffering"] == "no" and "no-store" in jawab["Cache-Control"]
    aliran = (bagian.decode() for bagian in jawab.streaming_content)
    kepala = next(aliran)
    assert "Menyetujui 7 berkas" in kepala and "data-hasil=" not in kepala and kepala.count("<tbody") == 1
    for urut, perkara in enumerate(tumpukan, start=1):
        baris = next(aliran)
        assert f'data-hasil="{perkara.nomor}" data-berhasil="ya"' in baris and f"{urut} dari 7" in baris
        assert tahap([perkara]) == ["ditandatangani"], "what a line says is so when it is sent"
    ekor = "".join(aliran)
    assert "7 dari 7 selesai." in ekor and ekor.rstrip().endswith("</html>")
    assert all(periksa_pdf(isi_pdf(s)).asli for s in Surat.objects.filter(status="ditandatangani"))


def test_tab_ditutup_di_tengah(kasi, tumpukan, dua_anak):
    """What was signed is signed, the rest waits, no child is left, and the next try uses the reserved numbers."""
    jawab = kasi.post("/persetujuan/", isian(tumpukan))
    aliran = jawab.streaming_content
    for _ in range(3):
        next(aliran)
    jawab._iterator.close()  # what the server does when the reader is gone
    assert tahap(tumpukan).count("ditandatangani") == 2
    assert juru_gambar._satu.acquire(blocking=False), "the children are gone and their place is free"
    juru_gambar._satu.release()
    dipesan = set(NomorSurat.objects.values_list("nomor", flat=True))
    assert len(dipesan) > 2
    sisa = [Pendaftaran.objects.get(pk=p.pk) for p in tumpukan]
    akhir = b"".join(kasi.post("/persetujuan/", isian(sisa)).streaming_content).decode()
    assert akhir.count('data-berhasil="ya"') == 5 and "tidak dapat dilakukan" in akhir
    assert tahap(tumpukan) == ["ditandatangani"] * 7
    assert set(NomorSurat.objects.values_list("nomor", flat=True)) >= dipesan and NomorSurat.objects.count() == 7


def test_kesalahan_tak_terduga_pada_satu_tidak_menghentikan_yang_lain(kasi, tumpukan, monkeypatch, caplog):
    asli, korban = borongan.Penandatanganan.selesaikan, tumpukan[2]

    def rusak(self, sesi):
        if self._perkara.pk == korban.pk:
            raise RuntimeError("nama Siti di dalam galat")
        return asli(self, sesi)

    monkeypatch.setattr(borongan.Penandatanganan, "selesaikan", rusak)
    with caplog.at_level(logging.DEBUG):
        teks = b"".join(kasi.post("/persetujuan/", isian(tumpukan)).streaming_content).decode()
    assert "6 dari 7 selesai." in teks and borongan.TAK_TERDUGA in teks
    assert tahap(tumpukan).count("ditandatangani") == 6 and tahap([korban]) == ["diverifikasi"]
    assert "RuntimeError at" in caplog.text and "Siti" not in caplog.text + teks.partition(borongan.TAK_TERDUGA)[2]


def test_kirim_ulang_halaman_yang_sama(kasi, tumpukan):
    isi = isian(tumpukan)
    b"".join(kasi.post("/persetujuan/", isi).streaming_content)
    teks = b"".join(kasi.post("/persetujuan/", isi).streaming_content).decode()
    assert teks.count("sudah dilakukan") == 7 and NomorSurat.objects.count() == 7


def test_sandi_salah_dijawab_sebelum_apa_pun_mengalir(kasi, tumpukan):
    jawab = kasi.post("/persetujuan/", isian(tumpukan, sandi="keliru"))
    assert (jawab.status_code, jawab.streaming) == (422, False) and not NomorSurat.objects.exists()


def test_anak_menggambar_sama_persis(dua_anak):
    with Juru(9) as juru:
        assert juru.serentak
        pesanan = [juru.gambar(HTML), juru.gambar(HTML, "bidang"), juru.gambar(HTML, "tempat"), juru.gambar(HTML)]
        hasil = [satu.result() for satu in pesanan]
    assert hasil == [buat_pdf(HTML), buat_pdf(HTML, "bidang"), buat_pdf(HTML, "tempat"), buat_pdf(HTML)]


def test_anak_yang_mati_digantikan_dan_kesalahan_gambar_sampai(dua_anak):
    with Juru(9) as juru:
        for anak in juru._anak:
            anak.kill()
            anak.wait()
        assert juru.gambar(HTML).result() == buat_pdf(HTML)
        with pytest.raises(LookupError):
            juru.gambar("<title>x</title><p>tanpa tempat</p>", "bidang").result()


def test_anak_tidak_membawa_rahasia(dua_anak, monkeypatch):
    monkeypatch.setenv("BSRE_SANDI", "rahasia-lingkungan")
    monkeypatch.setenv("SECRET_KEY", "rahasia-lingkungan")
    with Juru(9) as juru, Juru(9) as kedua:
        assert not kedua.serentak, "one set of children at a time"
        for anak in juru._anak:
            with open(f"/proc/{anak.pid}/environ", "rb") as lingkungan:
                assert b"rahasia-lingkungan" not in lingkungan.read()
    assert all(anak.returncode is not None for anak in juru._anak)
    with Juru(9) as ketiga:
        assert ketiga.serentak


@pytest.fixture
def layanan(settings, akun, tmp_path):
    with simulator.bsre(settings, tmp_path / "simulator") as jalan:
        simulator.daftarkan(akun("kasi.lombok-timur"))
        yield jalan


def test_borongan_bsre_satu_jawaban_hilang(kasi, layanan, tumpukan):
    halaman = kasi.get("/persetujuan/").content.decode()
    assert 'name="frasa"' in halaman and 'name="sandi"' not in halaman
    layanan.mode, layanan.kali = "putus", 1
    teks = b"".join(kasi.post("/persetujuan/", isian(tumpukan, frasa=FRASA_DEMO)).streaming_content).decode()
    assert "6 dari 7 selesai." in teks and "Jawaban BSrE tidak sampai" in teks
    assert tahap(tumpukan) == ["diverifikasi"] + ["ditandatangani"] * 6
    assert set(Surat.objects.filter(status="ditandatangani").values_list("cara_ttd", flat=True)) == {"bsre"}


def test_borongan_bsre_frasa_salah_hanya_mencoba_sekali(kasi, layanan, tumpukan):
    teks = b"".join(kasi.post("/persetujuan/", isian(tumpukan, frasa="keliru")).streaming_content).decode()
    assert "0 dari 7 selesai." in teks and teks.count("Belum dicoba: passphrase BSrE salah") == 6
    assert PanggilanBsre.objects.filter(layanan="sign").count() == 1
    assert tahap(tumpukan) == ["diverifikasi"] * 7


def test_sandi_akun_tidak_berlaku_sebagai_frasa(kasi, layanan, tumpukan):
    jawab = kasi.post("/persetujuan/", isian(tumpukan))
    assert jawab.status_code == 422 and "Isi passphrase BSrE" in jawab.content.decode()
    assert not PanggilanBsre.objects.exists()
