"""Two people empty the quarantine; one alone cannot, and what they decide is written for ever."""

from __future__ import annotations

from functools import partial

import pytest
from django.db import IntegrityError, connection, transaction

from haji_portal.akun.models import Pengguna, Penugasan
from haji_portal.alur.galat import Basi, LangkahGagal, SalahTahap, TidakBerhak
from haji_portal.alur.pelaku import Petugas
from haji_portal.alur.rantai import periksa_perkara
from haji_portal.dana.mitra import tindakan
from haji_portal.dana.models import Putusan, TindakanMitra
from tests.dana.tanah import letak, petugas, segar, seharusnya
from tests.kontrak.balapan import balapan

from .kirim_kabar import karantina_contoh

pytestmark = [pytest.mark.django_db]
CATATAN = "BPKH sudah ditanya lewat telepon."


@pytest.fixture
def satu(p):
    return karantina_contoh(p, rincian={"setoran": 1, "nilai_manfaat": 0})


def setujui(satu, usul, akun="direktur"):
    return tindakan.setujui(satu, usul.pk, petugas(akun))


def setujui_atau_ditolak(satu, usul, akun):
    """A refusal by the database is an outcome of a race, too."""
    try:
        return setujui(satu, usul, akun)
    except IntegrityError as galat:
        return galat


class TestAbaikan:
    def test_dua_orang_menutupnya(self, p, satu):
        usul = tindakan.usulkan(satu, "abaikan", CATATAN, petugas("direktorat"))
        assert segar(p).versi == p.versi and not Putusan.objects.get(pk=satu.pk).ditutup
        setujui(satu, usul)
        kini = Putusan.objects.get(pk=satu.pk)
        assert kini.ditutup and not Putusan.objects.menunggu().exists()
        akhir = segar(p).riwayat.last()
        assert akhir.label == "Putuskan kabar mitra" and segar(p).tahap == "diajukan"
        assert letak(segar(p)) == seharusnya(segar(p)) and periksa_perkara(p.pk) == []

    def test_pengusul_tidak_menyetujui_sendiri(self, satu):
        usul = tindakan.usulkan(satu, "abaikan", CATATAN, petugas("direktorat"))
        with pytest.raises(TidakBerhak, match="orang lain"):
            setujui(satu, usul, "direktorat")
        assert Putusan.objects.menunggu().count() == 1

    def test_pengusul_dengan_dua_jabatan_tetap_satu_orang(self, satu):
        tindakan.usulkan(satu, "abaikan", CATATAN, petugas("direktorat"))
        tugas = petugas("direktur").penugasan
        tugas.pk, tugas.pengguna = None, petugas("direktorat").pengguna
        tugas.save(force_insert=True)
        usul = tindakan.usul_berjalan(satu)
        with pytest.raises(TidakBerhak):
            tindakan.setujui(satu, usul.pk, Petugas(tugas.pengguna, tugas))

    def test_usul_ditolak_lalu_usul_baru(self, satu):
        lama = tindakan.usulkan(satu, "abaikan", CATATAN, petugas("direktorat"))
        with pytest.raises(SalahTahap, match="menunggu orang kedua"):
            tindakan.usulkan(satu, "abaikan", CATATAN, petugas("subdit"))
        tindakan.tolak(satu, lama.pk, "Belum jelas jawabannya.", petugas("direktur"))
        baru = tindakan.usulkan(satu, "abaikan", CATATAN, petugas("direktorat"))
        with pytest.raises(Basi):
            setujui(satu, lama)
        setujui(satu, baru)
        with pytest.raises(SalahTahap, match="sudah diputuskan"):
            setujui(satu, baru, "subdit")

    def test_rujukan_tidak_dikenal_pun_dapat_ditutup(self, p):
        asing = karantina_contoh(p, "rujukan", referensi="XXX-KD-26-000000")
        setujui(asing, tindakan.usulkan(asing, "abaikan", CATATAN, petugas("direktorat")))
        assert not Putusan.objects.menunggu().exists()


class TestNilaiUlang:
    def test_kabar_yang_kini_benar_diterapkan(self, p):
        """Quarantined while the portal could not work it; the words themselves are right."""
        satu = karantina_contoh(p, "galat")
        setujui(satu, tindakan.usulkan(satu, "nilai_ulang", CATATAN, petugas("direktorat")))
        kini = Putusan.objects.get(pk=satu.pk)
        assert segar(p).tahap == "spm_terbit" and kini.riwayat.langkah == "terima_spm"
        assert letak(segar(p)) == seharusnya(segar(p)) and periksa_perkara(p.pk) == []

    def test_yang_tetap_salah_tinggal_di_karantina(self, p, satu):
        usul = tindakan.usulkan(satu, "nilai_ulang", CATATAN, petugas("direktorat"))
        with pytest.raises(SalahTahap, match="Jumlah setoran berbeda"):
            setujui(satu, usul)
        assert Putusan.objects.menunggu().count() == 1 and segar(p).tahap == "diajukan"
        assert tindakan.usul_berjalan(satu) == usul


def test_hanya_orang_pusat(p, satu):
    for akun in ("bpkh", "bps", "jfu.lombok-timur", "kepala.lombok-timur", "ditjen", "inspektorat"):
        assert tindakan.pemutus(petugas(akun).pengguna) is None, akun
    direktur = petugas("direktur").pengguna
    Penugasan.objects.filter(pengguna=direktur).update(mulai="2019-01-01", selesai="2020-01-01")
    assert tindakan.pemutus(Pengguna.objects.get(pk=direktur.pk)) is None


@pytest.mark.basis
def test_tindakan_tidak_dapat_diubah(satu):
    tindakan.usulkan(satu, "abaikan", CATATAN, petugas("direktorat"))
    for ubah in (lambda q: q.update(catatan="lain"), lambda q: q.delete()):
        with pytest.raises(IntegrityError), transaction.atomic():
            ubah(TindakanMitra.objects.all())


@pytest.mark.basis
@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("tanpa_bel")
class TestSekaligus:
    def lomba(self, p):
        satu = karantina_contoh(p, "galat")
        usul = tindakan.usulkan(satu, "nilai_ulang", CATATAN, petugas("direktorat"))
        hasil = balapan(*[partial(setujui_atau_ditolak, satu, usul, akun) for akun in ("direktur", "subdit")])
        return satu, hasil

    def test_dua_persetujuan_satu_akibat(self, p):
        satu, hasil = self.lomba(p)
        assert [type(h) for h in hasil].count(Putusan) == 1, hasil
        assert isinstance(next(h for h in hasil if not isinstance(h, Putusan)), LangkahGagal)
        assert TindakanMitra.objects.filter(putusan=satu, jenis="setuju").count() == 1
        assert segar(p).tahap == "spm_terbit" and letak(segar(p)) == seharusnya(segar(p))

    @pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite locks the whole file from the first statement on")
    def test_kendali_tanpa_kunci_baris(self, p, monkeypatch):
        """Control: without the row lock both read an open case; then only the constraint keeps the second one out."""
        monkeypatch.setattr(tindakan, "_terbuka", lambda putusan: Putusan.objects.get(pk=putusan.pk))
        _, hasil = self.lomba(p)
        assert any(isinstance(h, (IntegrityError, LangkahGagal)) for h in hasil), hasil
