"""The request of a payment: once per release, and what every kind of answer makes of the refund."""

from __future__ import annotations

import gzip
import json
import logging
import threading
from functools import partial

import pytest
from django.utils import timezone

from haji_portal.alur.efek import jalankan_efek, sapu
from haji_portal.alur.models import Efek
from haji_portal.alur.pelaku import Mitra
from haji_portal.alur.rantai import periksa_perkara
from haji_portal.dana.mitra import kirim as modul_kirim
from haji_portal.dana.mitra import kunci
from haji_portal.dana.mitra import panggilan as modul_panggilan
from haji_portal.dana.mitra.ulang import belum_lewat_mesin
from haji_portal.dana.models import Panggilan, Pemutus, Pengembalian, Peristiwa, Putusan
from haji_portal.jaringan import JawabanHilang
from haji_portal.kabar.models import Pesan
from tests.dana.tanah import ajukan, buka_induk, langkah, letak, lewati, segar, seharusnya
from tests.kontrak.balapan import balapan

from .jalan import efek, kerjakan, panggilan, tahap, terima
from .lawan import http

pytestmark = [pytest.mark.django_db, pytest.mark.basis]


class PekerjaMati(BaseException):
    """As with kill -9: nothing of ours runs any more."""


class TestTerjawab:
    @pytest.mark.parametrize("status", [200, 202])
    def test_diterima_bpkh(self, p, lawan, status):
        lawan.selalu(status, {"referensi": p.nomor, "status": "diproses"})
        assert kerjakan(p).selesai
        (minta,) = lawan.diterima
        assert (minta.jalur, minta.kepala["webhook-id"]) == ("/pengembalian/", f"minta-{p.nomor}")
        assert minta.isi == {
            "referensi": p.nomor, "rincian": {"setoran": p.jumlah_setoran}, "mata_uang": "IDR",
            "rekening": p.rekening.nomor, "bank": p.rekening.bank, "atas_nama": p.rekening.atas_nama,
            "nomor_porsi": p.porsi.nomor,
        }  # fmt: skip
        assert kunci.periksa("bpkh", minta.kepala, minta.badan, timezone.now())
        assert (tahap(p), panggilan(p)) == ("diajukan", [("kirim", "terjawab", "diproses")])

    def test_sekali_per_pelepasan(self, p, lawan):
        lawan.jawab = terima
        kerjakan(p)
        Efek.objects.filter(pk=efek(p).pk).update(selesai=None)
        kerjakan(p)
        assert len(lawan.diterima) == 1

    def test_ditolak_bpkh(self, p, lawan):
        lawan.selalu(422, {"referensi": p.nomor, "status": "ditolak", "alasan": "Rekening sudah ditutup"})
        assert kerjakan(p).selesai
        p = segar(p)
        assert (p.tahap, p.alasan_akhir) == ("gagal", "Rekening sudah ditutup") and letak(p) == seharusnya(p)
        (satu,) = Putusan.objects.all()
        assert (satu.hasil, satu.peristiwa.id_webhook) == ("diterapkan", f"jawaban-{Panggilan.objects.get().pk}")
        assert satu.riwayat.pelaku_kunci == Mitra("BPKH", "jawaban").kunci
        assert not Peristiwa.objects.filter(putusan=None).exists() and periksa_perkara(p.pk) == []


class TestTidakDikirim:
    def test_tanpa_alamat(self, p, settings):
        settings.BPKH_URL = ""
        assert kerjakan(p).selesai and panggilan(p) == []
        assert [satu for satu, _ in belum_lewat_mesin()] == [p], "found again when the interface is switched on"

    def test_perkara_sudah_bergerak(self, p, lawan):
        lewati(p, "sahkan_spm")
        assert kerjakan(p).selesai and not lawan.diterima

    def test_spm_sedang_dicatat_tangan(self, p, lawan):
        langkah(p, "catat_spm", "bpkh")
        assert kerjakan(p).selesai and not lawan.diterima

    def test_dinyatakan_belum_pasti_petugas(self, p, lawan):
        langkah(p, "nyatakan_belum_pasti", "direktorat")
        assert kerjakan(p).selesai and not lawan.diterima

    def test_isi_di_luar_kontrak_berhenti_seketika(self, p, lawan):
        type(p.rekening).objects.filter(pk=p.rekening.pk).update(atas_nama="SITI\nCONTOH")
        satu = kerjakan(p)
        assert satu.menyerah and not lawan.diterima and "atas_nama" in satu.galat and "SITI" not in satu.galat
        assert Pesan.objects.filter(templat="mitra", perkara=p.pk).exists()


BESAR = b"x" * 10_000_000
TAK_JELAS = {
    "500": http(500, {}), "502": http(502, b"<html>bad gateway</html>"), "503": http(503, {}),
    "tutup": None, "potong": http(202, {"referensi": "x", "status": "diproses"})[:-5],
    "html": http(200, b"<!doctype html><title>Masuk</title>"), "kosong": http(200, b""),
    "bukan objek": http(200, [1]), "terlalu dalam": http(200, b"[" * 60_000), "bukan utf-8": http(200, b"\xff\xfe{}"),
    "10 MB": http(200, BESAR), "bom gzip": http(200, gzip.compress(BESAR), "Content-Encoding: gzip"),
    "408": http(408, {}), "409 tanpa isi": http(409, {}), "422 tanpa isi": http(422, {"detail": "salah"}),
    "201": http(201, {}), "bukan http": b"SSH-2.0-OpenSSH\r\n",
}  # fmt: skip


class TestTidakJelas:
    @pytest.mark.parametrize("jawab", TAK_JELAS.values(), ids=TAK_JELAS)
    def test_menjadi_belum_pasti_dan_ditanyakan(self, p, lawan, jam, jawab):
        lawan.jawab = lambda minta: jawab
        assert kerjakan(p).selesai
        self.belum_pasti(p, lawan)

    @pytest.mark.parametrize(("status", "isi"), [
        (202, {"referensi": "LTM-KD-26-LAINNN", "status": "diproses"}),
        (202, {"referensi": None, "status": "diproses"}),
        (200, {"status": "ditolak", "alasan": "x"}),
        (202, {"status": "berbeda"}),
        (422, {"referensi": "LTM-KD-26-LAINNN", "status": "ditolak", "alasan": "x"}),
        (422, {"status": "diproses"}),
        (422, {"status": "ditolak"}),
    ])  # fmt: skip
    def test_jawaban_yang_bukan_tentang_ini(self, p, lawan, jam, status, isi):
        lawan.selalu(status, {"referensi": p.nomor} | isi)
        kerjakan(p)
        self.belum_pasti(p, lawan)

    def test_lewat_waktu(self, p, lawan, jam, monkeypatch):
        monkeypatch.setattr(modul_kirim, "hubungi", partial(modul_panggilan.hubungi, tunggu=0.2))
        selesai = threading.Event()
        lawan.jawab = lambda minta: selesai.wait(10) and None
        try:
            kerjakan(p)
            self.belum_pasti(p, lawan)
        finally:
            selesai.set()

    def test_berbeda_memanggil_orang(self, p, lawan, jam):
        lawan.selalu(409, {"referensi": p.nomor, "status": "berbeda"})
        kerjakan(p)
        assert (tahap(p), panggilan(p)) == ("belum_pasti", [("kirim", "tak_jelas", "berbeda")])
        orang = Pesan.objects.filter(templat="mitra", saluran="aplikasi").values_list("pengguna__username", flat=True)
        assert set(orang) == {"direktorat", "bpkh", "bpkh-2"}
        assert Pemutus.objects.get().gagal_beruntun == 0, "BPKH is there: it only contradicts us"

    def belum_pasti(self, p, lawan):
        """No second request, the amount stays reserved, and a question is due in ten minutes."""
        p = segar(p)
        assert p.tahap == "belum_pasti" and letak(p) == seharusnya(p)
        assert [(jenis, hasil) for jenis, hasil, _ in panggilan(p)] == [("kirim", "tak_jelas")]
        assert (efek(p, "dana.tanya").jatuh_tempo - timezone.now()).total_seconds() == 600
        kerjakan(p)
        sapu()
        assert lawan.jalur() == ["pengembalian"] and Pemutus.objects.get().gagal_beruntun == 1


class TestAmanDiulang:
    @pytest.mark.parametrize("status", [301, 302, 307, 308, 400, 401, 403, 404, 405, 413, 415, 429])
    def test_ditolak_sebelum_dibaca(self, p, lawan, status):
        lawan.jawab = lambda minta: http(status, b"", f"Location: {lawan.url}/lain")
        satu = kerjakan(p)
        assert (tahap(p), satu.selesai, satu.menyerah) == ("diajukan", None, None)
        assert satu.jatuh_tempo > timezone.now() and f"HTTP {status}" in satu.galat
        assert lawan.jalur() == ["pengembalian"], "a redirect is not obeyed"
        kerjakan(p)
        assert Pesan.objects.filter(kunci__startswith="mitra-setelan:", saluran="aplikasi").count() == 3, "once a day"
        lawan.jawab = terima
        assert kerjakan(p).selesai and len({m.badan for m in lawan.diterima}) == 1

    def test_tidak_terjangkau_lalu_terkirim_dengan_isi_yang_sama(self, p, lawan, settings):
        settings.BPKH_URL = "http://127.0.0.1:1"
        assert "tidak terjangkau" in kerjakan(p).galat and tahap(p) == "diajukan"
        settings.BPKH_URL = lawan.url
        lawan.jawab = terima
        assert kerjakan(p).selesai
        assert [hasil for _, hasil, _ in panggilan(p)] == ["tak_terjangkau", "terjawab"]


class TestDiTengahJalan:
    def test_pekerja_mati_sesudah_memanggil(self, p, lawan, monkeypatch):
        lawan.jawab = terima
        with monkeypatch.context() as m:
            m.setattr(modul_panggilan, "_tafsir", mati)
            with pytest.raises(PekerjaMati):
                kerjakan(p)
        assert panggilan(p) == [("kirim", "", "")]
        assert kerjakan(p).selesai
        assert tahap(p) == "belum_pasti" and len(lawan.diterima) == 1

    def test_pekerja_mati_sebelum_langkahnya(self, p, lawan, monkeypatch):
        lawan.jawab = lambda minta: None
        with monkeypatch.context() as m:
            m.setattr(modul_kirim, "_terima_jawaban", mati)
            with pytest.raises(PekerjaMati):
                kerjakan(p)
        assert (tahap(p), panggilan(p)) == ("diajukan", [("kirim", "tak_jelas", "")])
        assert kerjakan(p).selesai
        assert tahap(p) == "belum_pasti" and len(lawan.diterima) == 1

    def test_pekerja_mati_sesudah_penolakan(self, p, lawan, monkeypatch):
        """What BPKH refused and nobody could write down any more is asked for, not sent again."""
        lawan.selalu(422, {"referensi": p.nomor, "status": "ditolak", "alasan": "Rekening ditutup"})
        with monkeypatch.context() as m:
            m.setattr(modul_kirim.jawaban, "terima_tolakan", mati)
            with pytest.raises(PekerjaMati):
                kerjakan(p)
        kerjakan(p)
        assert tahap(p) == "belum_pasti" and len(lawan.diterima) == 1

    @pytest.mark.parametrize("hilang", [True, False])
    def test_kabar_datang_lebih_dulu_dari_jawaban(self, p, lawan, monkeypatch, hilang):
        """BPKH calls back before its answer arrives: what is known stands, whatever becomes of the answer."""
        lawan.jawab = terima
        asli = modul_panggilan.panggil

        def panggil(*a, **k):
            jawab = asli(*a, **k)
            lewati(p, "sahkan_spm")
            if hilang:
                raise JawabanHilang("hilang")
            return jawab

        monkeypatch.setattr(modul_panggilan, "panggil", panggil)
        assert kerjakan(p).selesai
        assert tahap(p) == "spm_terbit" and not p.riwayat.filter(langkah="nyatakan_belum_pasti").exists()

    def test_catatan_lain_di_tengah_panggilan_tidak_menghilangkan_keraguan(self, p, lawan, monkeypatch):
        """Only the version moved: the doubt is written from the new one, and nothing is sent again."""
        asli = modul_panggilan.panggil

        def panggil(*a, **k):
            type(p).objects.filter(pk=p.pk).update(versi=segar(p).versi + 1)
            return asli(*a, **k)

        with monkeypatch.context() as m:
            m.setattr(modul_panggilan, "panggil", panggil)
            assert kerjakan(p).selesai is None
        assert kerjakan(p).selesai
        assert tahap(p) == "belum_pasti" and len(lawan.diterima) == 1


def mati(*a, **k):
    raise PekerjaMati


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("tanpa_bel")
class TestBersamaan:
    def test_dua_pekerja_satu_efek(self, p, lawan):
        lawan.jawab = terima
        pk = efek(p).pk
        assert sum(balapan(*[lambda: jalankan_efek(pk)] * 4)) == 1
        assert len(lawan.diterima) == 1

    def test_tanpa_broker_penyapu_yang_mengirim(self, pelaksana, lawan):
        lawan.jawab = terima
        semua = [ajukan(buka_induk()) for _ in range(3)]
        balapan(sapu, sapu)
        assert lawan.rujukan() == {p.nomor for p in semua} and len(lawan.diterima) == 3


class TestRahasia:
    def test_tidak_ada_data_pribadi_di_catatan(self, p, lawan, caplog):
        caplog.set_level(logging.DEBUG)
        jawaban = [http(500, {}), http(401, {}), http(202, p.rekening.nomor.encode())]
        for jawab in jawaban:
            lawan.jawab = lambda minta, jawab=jawab: jawab
            kerjakan(p)
        rahasia = (p.rekening.nomor, p.rekening.atas_nama, p.pemohon.nik, p.porsi.nomor)
        tulisan = [caplog.text, *Efek.objects.values_list("galat", flat=True)]
        tulisan += Pesan.objects.filter(templat="mitra").values_list("isi", flat=True)
        tulisan += [m.jalur for m in lawan.diterima]
        tulisan += [json.dumps(list(Panggilan.objects.values()), default=str)]
        assert not [satu for satu in rahasia if any(satu in teks for teks in tulisan)]


def test_satu_rujukan_selamanya(p, lawan, jam):
    """Unclear, unknown to BPKH, sent again, unclear again...: one reference, one webhook-id, one body."""
    for _ in range(3):
        lawan.jawab = lambda minta: http(500, {})
        kerjakan(p)
        lawan.selalu(200, {"referensi": p.nomor, "status": "tidak_dikenal"})
        kerjakan(p, "dana.tanya")
    minta = [m for m in lawan.diterima if m.jalur == "/pengembalian/"]
    assert len(minta) == 3 and len({m.badan for m in minta}) == 1 == len({m.kepala["webhook-id"] for m in minta})
    assert lawan.rujukan() == {p.nomor} and Pengembalian.objects.count() == 1
