"""Step-up: a release of money wants the password typed in this session at most five minutes ago."""

from __future__ import annotations

import datetime
import time

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from django_otp.plugins.otp_totp.models import TOTPDevice

from haji_portal.akun.models import Kantor, Penugasan
from haji_portal.alur.deklarasi import cari_langkah
from haji_portal.alur.models import RiwayatIsi
from haji_portal.berkas.contoh import gambar_pdf
from haji_portal.meja.borongan import Penyetuju, setujui
from pendaftaran import contoh
from tests.conftest import SANDI
from tests.dana.tanah import ajukan, buka_induk, kerjakan_efek, langkah, lewati, segar

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("pelaksana")]


@pytest.fixture
def p(pelaksana):
    """A refund whose SPM is recorded: its confirmation asks for nothing but the password."""
    return lewati(ajukan(buka_induk()), "catat_spm")


@pytest.fixture
def diperiksa(p):
    """A later refund before its first approval at the centre."""
    langkah(p, "gagalkan", "bpkh")
    kerjakan_efek()
    return langkah(segar(p).pengganti, "periksa_rekening", "jfu.lombok-timur")


def alamat(p, nama="sahkan_spm"):
    return f"{p.get_absolute_url()}langkah/{nama}/"


def kirim(client, p, sandi=None, nama="sahkan_spm", **ganti):
    isi = {"versi": p.versi} | ({} if sandi is None else {"sandi": sandi}) | ganti
    return client.post(alamat(p, nama), isi)


def mundurkan(client, detik):
    """Let the session's notes of the password grow older."""
    sesi = client.session
    for kunci in ("sandi_lagi", "sandi_masuk"):
        if kunci in sesi:
            sesi[kunci] -= detik
    sesi.save()


def masuk_sungguh(nama):
    client = Client()
    assert client.post("/masuk/", {"username": nama, "password": SANDI}).status_code == 302
    return client


class TestHalaman:
    def test_tanpa_sandi_tidak_terjadi(self, masuk, p):
        client = masuk("bpkh-2")
        assert 'name="sandi"' in client.get(p.get_absolute_url()).content.decode()
        jawab = kirim(client, p)
        assert jawab.status_code == 422 and "Ketik kata sandi Anda." in jawab.content.decode()
        assert segar(p).tahap == "diajukan"

    def test_sandi_benar_sekali_untuk_lima_menit(self, masuk, p):
        client = masuk("bpkh-2")
        assert kirim(client, p, SANDI).status_code == 303
        assert segar(p).tahap == "spm_terbit"
        lain = lewati(ajukan(buka_induk()), "catat_spm")
        assert 'name="sandi"' not in client.get(lain.get_absolute_url()).content.decode()
        assert kirim(client, lain).status_code == 303
        mundurkan(client, 301)
        basi = lewati(ajukan(buka_induk()), "catat_spm")
        assert 'name="sandi"' in client.get(basi.get_absolute_url()).content.decode()
        assert kirim(client, basi).status_code == 422
        mundurkan(client, -60)
        assert kirim(client, basi).status_code == 303

    def test_halaman_dibuka_segar_dikirim_basi(self, p):
        client = masuk_sungguh("bpkh-2")
        assert 'name="sandi"' not in client.get(alamat(p)).content.decode()
        mundurkan(client, 301)
        jawab = kirim(client, p)
        assert jawab.status_code == 422 and 'name="sandi"' in jawab.content.decode()
        assert kirim(client, p, SANDI).status_code == 303

    def test_masuk_baru_saja_dihitung(self, p):
        assert kirim(masuk_sungguh("bpkh-2"), p).status_code == 303

    def test_sandi_salah_422_yang_diketik_tetap_ada_sandinya_tidak(self, masuk, pelaksana):
        p = ajukan(buka_induk())
        isi = {
            "nomor_spm": "SPM 7/2026", "tanggal_spm": timezone.localdate().isoformat(), "nilai_manfaat": "1.000",
            "jumlah_setoran": f"{p.jumlah_setoran:,}".replace(",", "."),
        }  # fmt: skip
        pdf = SimpleUploadedFile("spm.pdf", gambar_pdf("SPM"), "application/pdf")
        client = masuk("bpkh")
        jawab = kirim(client, p, "keliru-sekali", "catat_spm", **isi, bukti=pdf)
        teks = jawab.content.decode()
        assert jawab.status_code == 422 and "Kata sandi belum benar" in teks
        assert "SPM 7/2026" in teks and "keliru-sekali" not in teks and "bukti-titipan" in teks
        assert segar(p).nomor_spm == ""
        titipan = teks.split('name="bukti-titipan" value="')[1].split('"')[0]
        assert kirim(client, p, SANDI, "catat_spm", **isi, **{"bukti-titipan": titipan}).status_code == 303
        assert segar(p).nilai_manfaat == 1000

    def test_klik_ganda_satu_kali(self, masuk, p):
        client = masuk("bpkh-2")
        assert [kirim(client, p, SANDI).status_code for _ in range(2)] == [303, 303]
        assert segar(p).riwayat.filter(langkah="sahkan_spm").count() == 1

    def test_klik_kedua_sesudah_lima_menit_tidak_meminta_lagi(self, masuk, p):
        client = masuk("bpkh-2")
        kirim(client, p, SANDI)
        mundurkan(client, 301)
        assert kirim(client, p).status_code == 303

    def test_bukan_peran_403_sebelum_sandi(self, masuk, p):
        assert kirim(masuk("kepala.lombok-timur"), p, "keliru").status_code == 403

    def test_sesi_lain_meminta_sendiri(self, masuk, p):
        assert kirim(masuk_sungguh("bpkh-2"), p, SANDI).status_code == 303
        lain = lewati(ajukan(buka_induk()), "catat_spm")
        assert kirim(masuk("bpkh-2"), lain).status_code == 422

    def test_keluar_menghapusnya(self, p):
        client = masuk_sungguh("bpkh-2")
        client.post("/keluar/")
        client.force_login(Penugasan.objects.get(pengguna__username="bpkh-2").pengguna)
        assert kirim(client, p).status_code == 422

    def test_peran_yang_berubah_meminta_lagi(self, p):
        client = masuk_sungguh("bpkh-2")
        tugas = Penugasan.objects.get(pengguna__username="bpkh-2")
        tugas.pk, tugas.peran = None, "inspektorat"
        tugas.save(force_insert=True)
        assert kirim(client, p).status_code == 422

    def test_lima_kali_salah_terkunci_tanpa_kehilangan_halaman(self, masuk, p, settings):
        settings.AXES_ENABLED = True
        client = masuk("bpkh-2")
        jawab = [kirim(client, p, f"keliru-{n}") for n in range(6)]
        assert [j.status_code for j in jawab] == [422] * 6
        assert (
            "lima kali salah" in jawab[5].content.decode() and 'data-langkah="sahkan_spm"' in jawab[5].content.decode()
        )
        assert kirim(client, p, SANDI).status_code == 422
        assert segar(p).tahap == "diajukan"
        assert Client().post("/masuk/", {"username": "bpkh-2", "password": SANDI}).status_code == 429

    def test_sandi_tidak_tersimpan_di_mana_pun(self, masuk, p):
        kirim(masuk("bpkh-2"), p, SANDI)
        isi = RiwayatIsi.objects.filter(riwayat__perkara=p.pk).values_list("isi", flat=True)
        assert all("sandi" not in satu and SANDI not in str(satu) for satu in isi)

    def test_jam_yang_mundur_bukan_alasan(self, p, monkeypatch):
        client = masuk_sungguh("bpkh-2")
        nyata = time.time
        monkeypatch.setattr("haji_portal.akun.akses.time.time", lambda: nyata() - 3600)
        assert kirim(client, p).status_code == 422


class TestBorongan:
    def isian(self, p, **ganti):
        return {"perkara": [p.nomor], f"versi-{p.nomor}": p.versi, f"langkah-{p.nomor}": "usulkan"} | ganti

    def test_meminta_sandi_sekali(self, masuk, diperiksa):
        client = masuk("direktorat")
        halaman = client.get("/persetujuan/")
        assert halaman.context["tanya_sandi"] and diperiksa.rekening.nomor in halaman.content.decode()
        for sandi in ({}, {"sandi": "keliru"}):
            jawab = client.post("/persetujuan/", self.isian(diperiksa, **sandi))
            assert jawab.status_code == 422 and segar(diperiksa).tahap == "diperiksa"
        jawab = client.post("/persetujuan/", self.isian(diperiksa, sandi=SANDI))
        assert [h.berhasil for h in jawab.context["hasil"]] == [True] and segar(diperiksa).tahap == "diusulkan"
        lagi = client.post("/persetujuan/", self.isian(diperiksa))
        assert "sudah dilakukan" in lagi.content.decode()

    def test_sandi_segar_tidak_ditanya(self, diperiksa):
        client = masuk_sungguh("direktorat")
        assert not client.get("/persetujuan/").context["tanya_sandi"]
        assert client.post("/persetujuan/", self.isian(diperiksa)).status_code == 200
        assert segar(diperiksa).tahap == "diusulkan"

    def test_pintunya_sendiri_menolak(self, diperiksa):
        tugas = Penugasan.objects.get(pengguna__username="direktorat")
        penyetuju = Penyetuju(tugas.pengguna, [tugas], self.isian(diperiksa))
        (hasil,) = setujui([diperiksa], penyetuju, {})
        assert not hasil.berhasil and "kata sandi" in hasil.kalimat and segar(diperiksa).tahap == "diperiksa"


def test_kode_dua_faktor_menghitung_saat_sandi_diketik(p, akun, monkeypatch):
    """The password was typed before the code: its age counts from there."""
    client = Client()
    sesi = client.session
    orang = akun("bpkh-2")
    lama = int(time.time()) - 299
    sesi["masuk_tunda"] = {"pk": orang.pk, "saat": lama, "sesi": orang.get_session_auth_hash()}
    sesi.save()
    alat = TOTPDevice.objects.create(user=orang, confirmed=True)
    monkeypatch.setattr("haji_portal.akun.views.dua_faktor.cocokkan", lambda *_: alat)
    assert client.post("/masuk/kode/", {"kode": "123456"}).status_code == 302
    assert client.session["sandi_masuk"] == lama
    mundurkan(client, 2)
    assert kirim(client, p).status_code == 422


def test_token_api_tidak_melepas_dana(masuk, sampai_api, monkeypatch):
    """Over the API a release of money answers 403 with the page's address, in every session."""
    client, perkara, nama = sampai_api
    alamat_api = f"/api/v1/pendaftaran/{perkara.nomor}/langkah/"
    isi = {lk["nama"]: lk for lk in client.get(alamat_api).json()["langkah"]}
    assert isi[nama]["sandi"] and isi[nama]["terbuka"] and isi[nama]["isian"] == []
    jawab = client.post(
        f"{alamat_api}{nama}/", "{}", content_type="application/json", headers={"If-Match": f'"{perkara.versi}"'}
    )
    assert jawab.status_code == 403 and jawab.json()["type"].endswith("sandi-di-halaman")
    assert jawab.json()["halaman"] == perkara.get_absolute_url()
    assert segar(perkara).versi == perkara.versi


@pytest.fixture
def sampai_api(masuk, monkeypatch):
    """A step of the API as if it released money: refunds themselves are not served there."""
    perkara = contoh.buka_contoh(Kantor.objects.get(slug="lombok-timur"), 1).perkara
    (lk,) = cari_langkah(type(perkara), "periksa_berkas")
    monkeypatch.setitem(lk.transisi.custom, "sandi", True)
    return masuk_sungguh("ptsp.lombok-timur"), perkara, "periksa_berkas"


def test_penugasan_yang_berakhir_meminta_lagi(p):
    client = masuk_sungguh("bpkh-2")
    tugas = Penugasan.objects.get(pengguna__username="bpkh-2")
    baru = Penugasan.objects.get(pk=tugas.pk)
    baru.pk = None
    baru.save(force_insert=True)
    Penugasan.objects.filter(pk=tugas.pk).update(selesai=tugas.mulai + datetime.timedelta(days=1))
    assert kirim(client, p).status_code == 422
