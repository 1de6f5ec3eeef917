"""The editor of message texts: preview, errors before saving, versions, and the way back."""

import datetime

import pytest
import time_machine
from django.utils import timezone

from haji_portal.kabar import templat
from haji_portal.kabar.kata import susun
from haji_portal.kabar.kirim import tulis_pesan
from haji_portal.kabar.models import TemplatPesan
from tests.kabar.test_pesan import KODE

pytestmark = pytest.mark.django_db
DAFTAR = "/admin/kabar/templatpesan/teks/"
SMS, SUREL = f"{DAFTAR}pendek/kode/", f"{DAFTAR}panjang/status/"
PANJANG = TemplatPesan.Bentuk.PANJANG


def isian(isi, *, dasar=0, aksi="simpan", judul="Kode", **lain):
    return {"dasar": dasar, "judul": judul, "isi": isi, "aksi": aksi, **lain}


@pytest.fixture
def admin(masuk):
    return masuk("admin")


class TestSimpan:
    def test_versi_baru_dipakai_pesan_berikutnya_dan_diingat(self, admin):
        lama = tulis_pesan("1:kode", "sms", "081200000007", "kode", KODE)
        jawab = admin.post(SMS, isian("Kode {{ kode }} berlaku {{ menit }} menit."), follow=True)
        assert "Disimpan sebagai versi 1" in jawab.content.decode()
        baru = tulis_pesan("2:kode", "sms", "081200000007", "kode", KODE)
        assert (lama.versi_templat, baru.versi_templat.versi) == (None, 1)
        assert baru.isi == "Kode 481516 berlaku 10 menit."
        assert tulis_pesan("3:kode", "wa", "081200000007", "kode", KODE).isi == baru.isi
        assert "Jangan berikan" in tulis_pesan("4:kode", "email", "a@contoh.example", "kode", KODE).isi
        admin.post(SMS, isian("Kode: {{ kode }}", dasar=1))
        assert list(TemplatPesan.objects.order_by("versi").values_list("versi", "isi")) == [
            (1, "Kode {{ kode }} berlaku {{ menit }} menit."),
            (2, "Kode: {{ kode }}"),
        ]
        baru.refresh_from_db()
        assert baru.versi_templat.versi == 1

    def test_kembali_ke_bawaan_adalah_versi_juga(self, admin):
        asli = susun("kode", KODE, "sms").isi
        admin.post(SMS, isian("Lain {{ kode }}"))
        assert susun("kode", KODE, "sms").isi == "Lain 481516"
        jawab = admin.post(SMS, {"aksi": "bawaan", "dasar": 1}, follow=True).content.decode()
        assert "Teks bawaan dipakai lagi" in jawab and "Jangan berikan kepada siapa pun" in jawab
        teks = susun("kode", KODE, "sms")
        assert (teks.isi, teks.versi.versi) == (asli, 2)

    def test_berlaku_nanti(self, admin):
        besok = timezone.localtime() + datetime.timedelta(days=1)
        admin.post(SMS, isian("Nanti {{ kode }}", aktif_dari=besok.strftime("%Y-%m-%dT%H:%M")))
        assert susun("kode", KODE, "sms").versi is None
        assert "ada versi yang akan berlaku" in admin.get(DAFTAR).content.decode()
        with time_machine.travel(besok + datetime.timedelta(minutes=1)):
            assert susun("kode", KODE, "sms").isi == "Nanti 481516"

    def test_tidak_berlaku_mundur(self, admin):
        jawab = admin.post(SMS, isian("x {{ kode }}", aktif_dari="2020-01-01T00:00"))
        assert jawab.status_code == 422 and "berlaku mundur" in jawab.content.decode()

    def test_yang_kedua_diberi_tahu(self, admin):
        admin.post(SMS, isian("Pertama {{ kode }}"))
        for kiriman in (isian("Kedua {{ kode }}"), {"aksi": "bawaan", "dasar": 0}, {"aksi": "bawaan", "dasar": "x"}):
            jawab = admin.post(SMS, kiriman, follow=True).content.decode()
            assert "orang lain menyimpan versi baru" in jawab
        assert TemplatPesan.objects.count() == 1

    @pytest.mark.parametrize(
        ("alamat", "teks", "kata"),
        [
            (SMS, "{{ kode", "tidak ditutup"),
            (SMS, "{{ nomor }}", "isian {{ nomor }} tidak dikenal"),
            (SMS, "{% load static %}", "tidak dapat dipakai"),
            (SMS, "{% if kode %}x", "belum ditutup"),
            (SMS, "", "isi"),
            (f"{DAFTAR}pendek/status/", "Yth. {{ nama }}", "tidak memuat data pribadi: hapus nama"),
            (f"{DAFTAR}panjang/bingkai/", "Yth. {{ nama }}", "Bingkai harus memuat {{ isi }}"),
        ],
    )
    def test_galat_disebut_sebelum_disimpan(self, admin, alamat, teks, kata):
        jawab = admin.post(alamat, isian(teks))
        assert jawab.status_code == 422
        assert kata in jawab.content.decode()
        assert not TemplatPesan.objects.exists()

    def test_judul_juga_diperiksa_dan_tetap_satu_baris(self, admin):
        assert admin.post(SMS, isian("{{ kode }}", judul="{{ perkara.pemohon }}")).status_code == 422
        admin.post(SMS, isian("{{ kode }}", judul="Kode {{ keperluan }}"))
        assert (
            susun("kode", KODE | {"keperluan": "a\nBcc: b@contoh.example"}, "sms").judul
            == "Kode a Bcc: b@contoh.example"
        )


class TestPratinjau:
    def test_pratinjau_tidak_menyimpan_dan_menghitung_sms(self, admin):
        jawab = admin.post(SMS, isian("{{ kode }} " + "x" * 160, aksi="pratinjau"))
        assert jawab.status_code == 200
        assert "167 karakter, 2 SMS" in jawab.content.decode()
        assert not TemplatPesan.objects.exists()
        arab = admin.post(SMS, isian("{{ kode }} سلام", aksi="pratinjau")).content.decode()
        assert "di luar abjad SMS" in arab

    def test_surel_di_dalam_bingkai_dengan_html_dilolos(self, admin):
        jawab = admin.post(SUREL, isian("<b>{{ tahap }}</b>", aksi="pratinjau")).content.decode()
        assert "&lt;b&gt;Berkas diperiksa&lt;/b&gt;" in jawab
        assert "Yth. Ibu Aminah Contoh" in jawab

    @pytest.mark.parametrize(("kode", "bentuk"), templat.semua())
    def test_setiap_teks_dapat_dibuka_dan_disimpan_tanpa_diubah(self, admin, kode, bentuk):
        alamat = f"{DAFTAR}{bentuk}/{kode}/"
        assert "Pratinjau dengan perkara contoh" in admin.get(alamat).content.decode()
        asli = templat.bawaan(kode, bentuk)
        admin.post(alamat, isian(asli.isi.replace("\n", "\r\n"), judul=asli.judul))
        assert TemplatPesan.objects.get().isi == asli.isi

    def test_daftar_menyebut_yang_berlaku(self, admin):
        admin.post(SUREL, isian("Halo {{ nama }}"))
        isi = admin.get(DAFTAR).content.decode()
        assert "Versi 1 sejak" in isi
        assert all(f"{DAFTAR}{b}/{k}/" in isi for k, b in templat.semua())

    def test_yang_tidak_ada_dan_bukan_admin(self, admin, client, masuk):
        assert admin.get(f"{DAFTAR}panjang/tiada/").status_code == 404
        assert admin.get(f"{DAFTAR}lain/status/").status_code == 404
        assert masuk("kasi.lombok-timur").get(SMS, follow=True).status_code == 403
        client.logout()
        assert client.get(SMS).status_code == 302


def test_versi_lama_hanya_dibaca(admin):
    admin.post(SMS, isian("Kode {{ kode }}"))
    versi = TemplatPesan.objects.get()
    alamat = f"/admin/kabar/templatpesan/{versi.pk}/change/"
    assert "Kode {{ kode }}" in admin.get(alamat).content.decode()
    assert admin.post(alamat, {"isi": "lain"}).status_code == 403
    assert admin.post(f"/admin/kabar/templatpesan/{versi.pk}/delete/", {"post": "yes"}).status_code == 403
    assert "Ubah teks pesan" in admin.get("/admin/kabar/templatpesan/").content.decode()
