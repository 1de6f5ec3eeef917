"""What was typed wrongly at the intake is corrected in the open case, before the recommendation, with a trace."""

from __future__ import annotations

import datetime

import pytest

from haji_portal.alur.galat import SalahTahap, Tertutup, TidakBerhak
from haji_portal.alur.jalankan import jalankan
from haji_portal.berkas.models import ButirBerkas
from pembatalan.forms import FormPerbaiki
from pembatalan.tahap import Sebab
from tests.kontrak.potret import segar
from tests.pembatalan.jalan import buka, petugas, sampai

pytestmark = pytest.mark.usefixtures("acuan")
DASAR = "Salah ketik, dibetulkan menurut akta kematian."


def isian(p, **ganti):
    """What the browser sends: every field as it stands, and what was corrected."""
    form = FormPerbaiki(perkara=p)
    kini = {nama: form[nama].value() or "" for nama in form.fields}
    return kini | {"keterangan": DASAR} | ganti


def perbaiki(pelaksana, p, **ganti):
    form = FormPerbaiki(isian(p, **ganti), perkara=p)
    assert form.is_valid(), form.errors
    return segar(pelaksana.lakukan(p, "perbaiki_data", form.data_langkah()).perkara)


class TestPerbaikiData:
    def test_tanggal_meninggal_dan_ahli_waris(self, pelaksana):
        p = buka(sebab=Sebab.MENINGGAL)
        lama, wafat = p.tanggal_meninggal, p.tanggal_meninggal - datetime.timedelta(days=3)
        p = perbaiki(
            pelaksana, p, tanggal_meninggal=wafat, nama_pengaju="Baiq Contoh", telepon_pengaju="0813-1111-2222"
        )
        assert (p.tanggal_meninggal, p.nama_pengaju, p.telepon_pengaju) == (wafat, "Baiq Contoh", "+6281311112222")
        assert p.tahap == "diperiksa"
        baris = p.riwayat.get(langkah="perbaiki_data")
        assert baris.isi.isi["semula"]["tanggal_meninggal"] == lama.isoformat()
        assert baris.isi.isi["keterangan"] == DASAR
        assert "hubungan_pengaju" not in baris.isi.isi

    def test_masuk_asrama_menutup_jalan(self, pelaksana):
        """The pilgrim had entered after all: the case cannot go on, and the page says why."""
        p = buka(sebab=Sebab.SENDIRI)
        p = perbaiki(pelaksana, p, masuk_asrama=p.setoran.tanggal)
        verdict = {b.kode: (ButirBerkas.Verdict.ADA, "") for b in p.butir.all()}
        p = segar(pelaksana.lakukan(p, "periksa_berkas", {"verdict": verdict, "unggahan": {}}).perkara)
        with pytest.raises(Tertutup, match="sebelum masuk asrama"):
            pelaksana.lakukan(p, "teruskan_perekaman")

    def test_rekomendasi_tidak_dibuat_atas_data_yang_melanggar(self, pelaksana):
        p = sampai(pelaksana, buka(slug="lombok-timur", sebab=Sebab.SENDIRI), "disusun")
        p = perbaiki(pelaksana, p, masuk_asrama=p.setoran.tanggal)
        with pytest.raises(Tertutup, match="sebelum masuk asrama"):
            pelaksana.lakukan(p, "buat_rekomendasi", {"catatan": ""})
        p = perbaiki(pelaksana, p, masuk_asrama="")
        assert p.masuk_asrama is None
        assert segar(pelaksana.lakukan(p, "buat_rekomendasi", {"catatan": ""}).perkara).tahap == "diverifikasi"

    def test_hanya_sebelum_rekomendasi(self, pelaksana):
        p = sampai(pelaksana, buka(slug="lombok-timur", sebab=Sebab.SENDIRI), "diverifikasi")
        with pytest.raises(SalahTahap):
            jalankan(p, "perbaiki_data", oleh=petugas("jfu.lombok-timur"), versi=p.versi, data={})

    @pytest.mark.parametrize("akun", ["jfu.lombok-timur", "kasi.palu", "direktorat"])
    def test_hanya_kantor_yang_menerima(self, akun):
        p = buka(sebab=Sebab.MENINGGAL)
        isi = {"keterangan": DASAR, "semula": {}, "alasan": "lain"}
        with pytest.raises(TidakBerhak):
            jalankan(p, "perbaiki_data", oleh=petugas(akun), versi=p.versi, data=isi)

    def test_isian_lain_tidak_tersentuh(self, pelaksana):
        p = buka(sebab=Sebab.MENINGGAL)
        isi = {"keterangan": DASAR, "semula": {}, "pengaju": "jemaah", "tanggal_meninggal": p.tanggal_permohonan}
        baru = segar(pelaksana.lakukan(p, "perbaiki_data", isi).perkara)
        assert (baru.pengaju, baru.tanggal_meninggal) == ("ahli-waris", p.tanggal_permohonan)


class TestIsian:
    def test_hanya_yang_menyangkut_perkara_ini(self):
        def nama(urut: int, sebab: Sebab) -> list[str]:
            return list(FormPerbaiki(perkara=buka(urut, sebab=sebab)).fields)

        assert nama(1, Sebab.BELUM_DAFTAR) == ["alasan", "keterangan"]
        assert nama(2, Sebab.SENDIRI) == ["alasan", "masuk_asrama", "keterangan"]
        assert {"tanggal_meninggal", "nama_pengaju", "nik_pengaju"} < set(nama(4, Sebab.MENINGGAL))

    @pytest.mark.parametrize(
        ("ganti", "isian_salah", "kalimat"),
        [
            ({}, "__all__", "Tidak ada yang berubah"),
            ({"tanggal_meninggal": ""}, "tanggal_meninggal", ""),
            ({"tanggal_meninggal": "2999-01-01"}, "tanggal_meninggal", "sesudah hari ini"),
            ({"tanggal_meninggal": "1900-01-01"}, "tanggal_meninggal", ""),
            ({"nik_pengaju": "123"}, "nik_pengaju", ""),
            ({"nama_pengaju": " "}, "nama_pengaju", ""),
            ({"nama_pengaju": "Lain", "keterangan": ""}, "keterangan", ""),
        ],
    )
    def test_yang_tidak_dapat_benar_ditolak(self, ganti, isian_salah, kalimat):
        p = buka(sebab=Sebab.MENINGGAL)
        form = FormPerbaiki(isian(p, **ganti), perkara=p)
        assert not form.is_valid()
        assert kalimat in str(form.errors[isian_salah])

    def test_alasan_kantor_wajib(self):
        p = buka(sebab=Sebab.TIDAK_MEMENUHI, layanan="pembatalan-validasi-tidak-memenuhi")
        assert "alasan" in FormPerbaiki(isian(p, alasan=""), perkara=p).errors
