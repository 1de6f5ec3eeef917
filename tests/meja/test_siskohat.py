"""Files to and from Siskohat: what goes out, the dry run, and the rows that are recorded."""

from __future__ import annotations

import datetime
import re

import pytest
import time_machine
from django.utils import timezone

from haji_portal.alur.models import Efek, Riwayat
from haji_portal.alur.rantai import periksa_perkara
from haji_portal.berkas.models import Lampiran
from haji_portal.berkas.tabel import baca_tabel
from haji_portal.jemaah.models import Porsi
from haji_portal.meja.models import BarisImpor, ImporBerkas, UnduhanBerkas
from haji_portal.meja.tukar import terapkan as modul_terapkan
from pendaftaran import contoh
from tests.meja.berkas_siskohat import JUDUL, csv, xlsx

pytestmark = pytest.mark.django_db

HARI = "21-11-2026"


@pytest.fixture(autouse=True)
def _hari_kerja():
    with time_machine.travel(datetime.datetime(2026, 11, 23, 3, tzinfo=datetime.UTC), tick=True):
        yield


@pytest.fixture
def terisi(sampai, pelaksana):
    """`terisi(1, 2)`: registrations in the back office's hands whose SPPH is filled in."""

    def _terisi(*urut, kantor="lombok-timur"):
        return [
            pelaksana.lakukan(p, "isi_spph", contoh.isian(p, "isi_spph")).perkara
            for p in (sampai("direkam", u, kantor) for u in urut)
        ]

    return _terisi


@pytest.fixture
def jfu(masuk):
    return masuk("jfu.lombok-timur")


def unggah(client, berkas):
    jawab = client.post("/siskohat/pendaftaran/impor/", {"berkas": berkas})
    assert jawab.status_code == 303, jawab.content.decode()
    return ImporBerkas.objects.order_by("-pk").first()


def baris(impor):
    return {b.urut: (b.keadaan, b.kalimat) for b in impor.baris.all()}


def terapkan(client, impor):
    return client.post(f"/siskohat/impor/{impor.pk}/terapkan/", follow=True)


def segar(perkara):
    return type(perkara).objects.get(pk=perkara.pk)


def isi_unduhan(client, alamat):
    jawab = client.get(alamat)
    assert jawab.status_code == 200 and jawab["Content-Disposition"].startswith("attachment")
    nama = re.search(r'filename="?([^";]+)', jawab["Content-Disposition"])[1]
    return jawab.content, baca_tabel(jawab.content, nama).baris


class TestEkspor:
    @pytest.mark.parametrize("bentuk", ["csv", "xlsx"])
    def test_hanya_yang_siap_di_kantor_sendiri(self, jfu, terisi, sampai, bentuk):
        satu, dua = terisi(1, 2)
        sampai("direkam", 3)  # SPPH still empty
        sampai("diperiksa", 4)
        terisi(5, kantor="tanah-bumbu")
        isi, tabel = isi_unduhan(jfu, f"/siskohat/pendaftaran/ekspor/?format={bentuk}")
        kepala, *rows = [sel for _, sel in tabel]
        assert [r[0] for r in rows] == [satu.nomor, dua.nomor]
        assert rows[0][kepala.index("NIK")] == satu.pemohon.nik
        assert rows[0][kepala.index("Nomor validasi")] == satu.setoran.nomor_validasi
        assert kepala[-3:] == ["Nomor porsi", "Tanggal terbit", "Perkiraan berangkat (tahun)"]
        if bentuk == "csv":
            assert isi.startswith(b"\xef\xbb\xbf") and isi.count(b";") == 3 * (len(kepala) - 1)

    def test_yang_keluar_dicatat_dengan_perkaranya(self, jfu, terisi):
        satu, dua = terisi(1, 2)
        jfu.get("/siskohat/pendaftaran/ekspor/?format=csv")
        catatan = UnduhanBerkas.objects.get()
        assert (catatan.apa, catatan.jumlah, catatan.format, catatan.pengguna.username) == (
            "ekspor", 2, "csv", "jfu.lombok-timur",
        )  # fmt: skip
        assert set(catatan.perkara.values_list("nomor", flat=True)) == {satu.nomor, dua.nomor}
        halaman = jfu.get("/siskohat/").content.decode()
        assert "<strong>2 perkara</strong>" in halaman and "mengunduh data yang menunggu" in halaman

    def test_isian_tidak_menjadi_rumus(self, jfu, terisi):
        (satu,) = terisi(1)
        satu.pemohon.nama = '=HYPERLINK("http://jahat")'
        satu.pemohon.alamat, satu.pemohon.pekerjaan = "+62@x", "-1+1"
        satu.pemohon.save()
        isi, _ = isi_unduhan(jfu, "/siskohat/pendaftaran/ekspor/?format=csv")
        for sel in isi.decode("utf-8-sig").replace('"', "").replace("\r\n", ";").split(";"):
            assert not sel or sel[0] not in "=+-@|%\t", sel
        _, tabel = isi_unduhan(jfu, "/siskohat/pendaftaran/ekspor/?format=xlsx")
        kepala, row = [sel for _, sel in tabel]
        assert row[kepala.index("Nama lengkap")] == satu.pemohon.nama, "text, not a formula (which reads as False)"


class TestPratinjau:
    def test_setiap_baris_dengan_sebabnya(self, jfu, terisi, sampai):
        satu, dua, tiga, empat, lima = terisi(1, 2, 3, 4, 8)
        asing = terisi(6, kantor="tanah-bumbu")[0]
        mentah = sampai("diperiksa", 5)
        lain = contoh.buat_jemaah(satu.kantor, 77)
        Porsi.objects.create(nomor="2300000099", jemaah=lain, kantor=satu.kantor, terbit="2026-01-01")
        impor = unggah(
            jfu,
            csv(
                [satu.nomor.lower(), "2300000001", HARI, satu.pemohon.nik],
                [dua.nomor, "230000000", HARI, ""],
                [tiga.nomor, "2300000099", HARI, ""],
                [empat.nomor, "2300000004", "24-11-2026", ""],
                [mentah.nomor, "2300000005", HARI, ""],
                [asing.nomor, "2300000006", HARI, ""],
                ["LTM-PD-26-000000", "2300000007", HARI, ""],
                ["", "2300000008", HARI, ""],
                [dua.nomor, "", "", ""],
                [lima.nomor, "2300000010", HARI, "5203010101010001"],
                judul=[*JUDUL, "NIK"],
            ),
        )
        hasil = baris(impor)
        tak_ada = "Perkara ini tidak ditemukan di kantor ini. Periksa nomornya."
        assert hasil[2] == ("siap", "")
        assert hasil[3][1].startswith("Nomor porsi terdiri atas 10 angka, yang terbaca 9 angka.")
        assert hasil[4] == ("galat", "Nomor porsi ini sudah tercatat untuk jemaah lain. Periksa angkanya.")
        assert "sesudah hari ini" in hasil[5][1]
        assert "tidak dapat dilakukan" in hasil[6][1] and "Berkas diperiksa" in hasil[6][1]
        assert hasil[7] == hasil[8] == ("galat", tak_ada), "a foreign case is as unknown as none"
        assert hasil[9] == ("galat", "Nomor perkaranya kosong.")
        assert hasil[10] == ("kosong", "Jawabannya belum diisi.")
        assert hasil[11][0] == "galat" and "bukan NIK jemaah" in hasil[11][1]
        assert not Riwayat.objects.filter(langkah="catat_porsi").exists(), "a dry run writes to no case"
        halaman = jfu.get(f"/siskohat/impor/{impor.pk}/").content.decode()
        assert "1 baris akan dicatat" in halaman and "5203010101010001" not in halaman

    def test_ganda_dalam_satu_berkas(self, jfu, terisi):
        satu, dua, tiga = terisi(1, 2, 3)
        impor = unggah(
            jfu,
            csv(
                [satu.nomor, "2300000001", HARI], [satu.nomor, "2300000001", HARI],
                [dua.nomor, "2300000002", HARI], [dua.nomor, "2300000022", HARI],
                [tiga.nomor, "2300000002", HARI],
            ),
        )  # fmt: skip
        hasil = baris(impor)
        assert [hasil[u][0] for u in range(2, 7)] == ["siap", "galat", "galat", "galat", "galat"]
        assert hasil[3][1] == "Sama dengan baris 2; cukup sekali."
        assert "baris 4, 5 dengan isi yang berbeda" in hasil[4][1]
        assert hasil[6][1].startswith("Nomor porsi yang sama ada pada baris 4")

    def test_dikenali_dari_nomor_validasi_dan_judul_lain(self, jfu, terisi):
        satu, dua = terisi(1, 2)
        judul = ["NAMA", "No. Validasi", "NO. PORSI", "Tgl Terbit", "Estimasi"]
        impor = unggah(
            jfu,
            xlsx(
                ["Siti", satu.setoran.nomor_validasi, 2300000001, datetime.date(2026, 11, 20), 2051],
                ["Budi", dua.setoran.nomor_validasi, "2300000002", "20 Nopember 2026", "2025"],
                judul=judul,
                ubah=lambda buku: buku.active.insert_rows(1, 2),
            ),
        )
        hasil = baris(impor)
        assert hasil[4] == ("siap", "")
        assert "Perkiraan tahun berangkat tidak dapat sebelum tahun terbit" in hasil[5][1]
        assert [k["dipakai"] for k in impor.kolom] == [
            "", "Nomor validasi", "Nomor porsi", "Tanggal terbit", "Perkiraan berangkat (tahun)",
        ]  # fmt: skip
        terapkan(jfu, impor)
        assert (segar(satu).porsi.terbit, segar(satu).porsi.estimasi) == (datetime.date(2026, 11, 20), 2051)

    def test_kueri_tidak_tumbuh_dengan_baris(self, jfu, terisi, django_assert_max_num_queries):
        perkara = terisi(*range(1, 9))
        berkas = [
            csv(*[[p.nomor, f"23000{i:05d}", HARI] for i, p in enumerate(sebagian)])
            for sebagian in (perkara[:2], perkara * 5)
        ]
        unggah(jfu, csv([perkara[0].nomor, "1", HARI]))  # what is asked once per process
        jumlah = []
        for satu in berkas:
            with django_assert_max_num_queries(60) as kueri:
                unggah(jfu, satu)
            jumlah.append(len(kueri.captured_queries))
        assert jumlah[0] == jumlah[1]


class TestTerapkan:
    def test_mencatat_dengan_bukti_sekali_saja(self, jfu, terisi, akun, django_capture_on_commit_callbacks):
        satu, dua = terisi(1, 2)
        impor = unggah(jfu, csv([satu.nomor, "2300000001", HARI], [dua.nomor, "2300000002", HARI]))
        halaman = terapkan(jfu, impor)
        assert "2 baris tercatat, 0 tidak jadi." in halaman.content.decode()
        assert [b.keadaan for b in impor.baris.all()] == ["tercatat", "tercatat"]
        satu = segar(satu)
        assert (satu.porsi.nomor, satu.porsi.terbit) == ("2300000001", datetime.date(2026, 11, 21))
        langkah = list(satu.riwayat.order_by("urut").values_list("langkah", "pengguna__username"))[-2:]
        assert langkah == [("rekam_data", "jfu.lombok-timur"), ("catat_porsi", "jfu.lombok-timur")]
        bukti = Lampiran.objects.get(perkara=satu, jenis="bukti_siskohat")
        isi = jfu.get(bukti.get_absolute_url())
        assert isi["Content-Type"] == "text/plain; charset=utf-8"
        assert impor.sha256 in isi.content.decode() and "2300000002" not in isi.content.decode()
        assert periksa_perkara(satu.pk) == []
        sebelum = (Riwayat.objects.count(), Lampiran.objects.count(), Efek.objects.count())
        terapkan(jfu, impor)
        assert sebelum == (Riwayat.objects.count(), Lampiran.objects.count(), Efek.objects.count())
        lagi = unggah(jfu, csv([satu.nomor, "2300000001", HARI], [dua.nomor, "2300000022", HARI]))
        assert baris(lagi)[2] == ("sama", "Sudah tercatat dengan isi yang sama.")
        assert baris(lagi)[3][1].startswith("Sudah tercatat dengan nomor porsi yang berbeda.")

    def test_perkara_yang_berubah_dilaporkan_lalu_diperiksa_lagi(self, jfu, terisi, pelaksana):
        satu, dua = terisi(1, 2)
        impor = unggah(jfu, csv([satu.nomor, "2300000001", HARI], [dua.nomor, "2300000002", HARI]))
        pelaksana.lakukan(satu, "ambil_foto", contoh.isian(satu, "ambil_foto"))
        terapkan(jfu, impor)
        assert baris(impor)[2] == ("gagal", modul_terapkan.BERUBAH) and baris(impor)[3][0] == "tercatat"
        assert segar(satu).porsi is None
        jfu.post(f"/siskohat/impor/{impor.pk}/periksa/")
        assert (baris(impor)[2][0], baris(impor)[3][0]) == ("siap", "tercatat")
        terapkan(jfu, impor)
        assert segar(satu).porsi.nomor == "2300000001"

    def test_sebagian_demi_sebagian_dan_sesudah_putus(self, jfu, terisi, monkeypatch):
        """A crash in the middle of a row leaves that row untouched; the next click goes on where it stopped."""
        perkara = terisi(1, 2, 3)
        impor = unggah(jfu, csv(*[[p.nomor, f"230000000{i}", HARI] for i, p in enumerate(perkara)]))
        monkeypatch.setattr(modul_terapkan, "SEKALIGUS", 2)
        asli, ke = modul_terapkan.jalankan, []

        def putus(perkara, langkah, **lain):
            ke.append(langkah)
            if len(ke) == 4:
                raise ConnectionError("the process ends here")
            return asli(perkara, langkah, **lain)

        monkeypatch.setattr(modul_terapkan, "jalankan", putus)
        with pytest.raises(ConnectionError):
            terapkan(jfu, impor)
        assert [b.keadaan for b in impor.baris.all()] == ["tercatat", "siap", "siap"]
        assert not segar(perkara[1]).riwayat.filter(langkah="rekam_data").exists(), "whole or not at all"
        halaman = jfu.get(f"/siskohat/impor/{impor.pk}/").content.decode()
        assert "1 dari 3 baris" in halaman and "Lanjutkan (2 baris)" in halaman and "hx-trigger" not in halaman
        monkeypatch.setattr(modul_terapkan, "jalankan", asli)
        terapkan(jfu, impor)
        assert [b.keadaan for b in impor.baris.all()] == ["tercatat"] * 3

    def test_halaman_melanjutkan_sendiri_hanya_sesudah_diklik(self, jfu, terisi, monkeypatch):
        perkara = terisi(1, 2)
        impor = unggah(jfu, csv(*[[p.nomor, f"230000000{i}", HARI] for i, p in enumerate(perkara)]))
        monkeypatch.setattr(modul_terapkan, "SEKALIGUS", 1)
        assert "hx-trigger" not in jfu.get(f"/siskohat/impor/{impor.pk}/").content.decode()
        assert 'hx-trigger="load' in terapkan(jfu, impor).content.decode()
        assert "hx-trigger" not in jfu.get(f"/siskohat/impor/{impor.pk}/").content.decode()

    def test_berkas_yang_diubah_di_penyimpanan_tidak_dipakai(self, jfu, terisi, settings):
        (satu,) = terisi(1)
        impor = unggah(jfu, csv([satu.nomor, "2300000001", HARI]))
        (settings.HAJI_PRIVAT / impor.kunci).write_bytes(b"Nomor perkara;Nomor porsi;Tanggal terbit\r\n")
        jawab = terapkan(jfu, impor)
        assert jawab.status_code == 409 and "hilang atau berubah" in jawab.content.decode()
        assert segar(satu).porsi is None and baris(impor)[2][0] == "siap"

    @pytest.mark.parametrize("nama", ["ptsp.lombok-timur", "siskohat.lombok-timur"])
    def test_yang_tidak_berhak_melihat_tetapi_tidak_menerapkan(self, masuk, terisi, nama):
        (satu,) = terisi(1)
        client = masuk(nama)
        impor = unggah(client, csv([satu.nomor, "2300000001", HARI]))
        halaman = client.get(f"/siskohat/impor/{impor.pk}/").content.decode()
        assert 'data-tertutup="terapkan"' in halaman and "JFU" in halaman
        assert terapkan(client, impor).status_code == 403
        assert segar(satu).porsi is None

    def test_kantor_lain_tidak_mengenal_impor_ini(self, masuk, jfu, terisi):
        (satu,) = terisi(1)
        impor = unggah(jfu, csv([satu.nomor, "2300000001", HARI]))
        asing = masuk("jfu.tanah-bumbu")
        for ekor in ("", "hasil/", "berkas/"):
            assert asing.get(f"/siskohat/impor/{impor.pk}/{ekor}").status_code == 404
        for ekor in ("terapkan/", "periksa/"):
            assert asing.post(f"/siskohat/impor/{impor.pk}/{ekor}").status_code == 404


class TestSesudahnya:
    def test_berkas_asli_dan_hasil_dapat_diunduh_dan_dicatat(self, jfu, terisi):
        satu, dua = terisi(1, 2)
        kiriman = csv([satu.nomor, "2300000001", HARI], [dua.nomor, "23", HARI])
        isi = kiriman.read()
        kiriman.seek(0)
        impor = unggah(jfu, kiriman)
        terapkan(jfu, impor)
        jawab = jfu.get(f"/siskohat/impor/{impor.pk}/berkas/")
        assert jawab.content == isi and jawab["Content-Type"] == "application/octet-stream"
        assert jawab["X-Content-Type-Options"] == "nosniff" and jawab["Content-Disposition"].startswith("attachment")
        _, tabel = isi_unduhan(jfu, f"/siskohat/impor/{impor.pk}/hasil/?format=xlsx")
        assert [sel[5] for _, sel in tabel[1:]] == ["Dicatat", "Perlu diperbaiki"]
        assert list(UnduhanBerkas.objects.order_by("pk").values_list("apa", "jumlah")) == [("bukti", 2), ("hasil", 2)]

    def test_berkas_yang_persis_sama_disebut(self, jfu, terisi):
        (satu,) = terisi(1)
        unggah(jfu, csv([satu.nomor, "2300000001", HARI]))
        impor = unggah(jfu, csv([satu.nomor, "2300000001", HARI]))
        assert impor.catatan[0].startswith("Berkas yang persis sama sudah diunggah")

    def test_pemasangan_tanpa_pertukaran_berkas(self, jfu, terisi, settings):
        settings.SISKOHAT = "haji_portal.jemaah.siskohat.SiskohatManual"
        (satu,) = terisi(1)
        assert jfu.get("/siskohat/").status_code == 404
        assert jfu.get("/siskohat/pendaftaran/ekspor/").status_code == 404
        assert 'href="/siskohat/"' not in jfu.get("/kerja/").content.decode()
        assert 'data-langkah="rekam_data"' in jfu.get(satu.get_absolute_url()).content.decode()

    def test_estimasi_pada_isian_manual(self, jfu, terisi, pelaksana):
        (satu,) = terisi(1)
        satu = pelaksana.lakukan(satu, "rekam_data").perkara
        data = contoh.isian(satu, "catat_porsi") | {"estimasi": timezone.localdate().year + 25}
        satu = pelaksana.lakukan(satu, "catat_porsi", data).perkara
        assert "tahun 2051" in jfu.get(satu.get_absolute_url()).content.decode()

    def test_admin_hanya_membaca(self, client, akun, jfu, terisi):
        (satu,) = terisi(1)
        unggah(jfu, csv([satu.nomor, "2300000001", HARI]))
        jfu.get("/siskohat/pendaftaran/ekspor/")
        client.force_login(akun("admin"))
        for model in (ImporBerkas, BarisImpor, UnduhanBerkas):
            alamat = f"/admin/meja/{model._meta.model_name}/"
            assert client.get(alamat).status_code == 200
            assert client.get(f"{alamat}{model.objects.first().pk}/change/").status_code == 200
