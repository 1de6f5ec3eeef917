"""The page over the money at the partners: what stands where, who reads what, and the way through a quarantine."""

from __future__ import annotations

import datetime
import html

import pytest
import time_machine
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from haji_portal.akun.models import Pengguna
from haji_portal.alur.models import Efek, Perkara
from haji_portal.dana.konfirmasi import tanyakan_saldo
from haji_portal.dana.mitra import alarm
from haji_portal.dana.models import Pemutus, Putusan
from haji_portal.kabar.models import Pesan
from haji_portal.meja.dana.pantau import SARAN
from tests.dana.mitra.kirim_kabar import karantina_contoh
from tests.dana.tanah import ajukan, buka_induk, langkah, lewati

pytestmark = [pytest.mark.django_db]
URL = "/pantau-dana/"


@pytest.fixture
def p(pelaksana):
    return ajukan(buka_induk())


def buka(client, akun, alamat=URL):
    client.force_login(Pengguna.objects.get(username=akun))
    return client.get(alamat)


def test_tab_menurut_keadaan(client, p):
    ragu = langkah(ajukan(buka_induk()), "nyatakan_belum_pasti", "bpkh")
    with time_machine.travel(timezone.now() - datetime.timedelta(days=2)):
        diam = ajukan(buka_induk())
    mati = ajukan(buka_induk())
    Efek.objects.filter(riwayat__perkara=mati.pk, jenis="dana.kirim").update(menyerah=timezone.now(), percobaan=10)
    tanya = karantina_contoh(p)
    isi = buka(client, "direktorat").content.decode()
    assert tanya.peristiwa.rujukan in isi and "Jumlah setoran berbeda" in isi  # what wants a person stands first
    assert "Tindakan" in isi
    for bagian, ada, bukan in (("macet", ragu, p), ("berhenti", mati, p), ("jalan", p, ragu)):
        isi = buka(client, "direktorat", f"{URL}?bagian={bagian}").content.decode()
        assert f'data-nomor="{ada.nomor}"' in isi and f'data-nomor="{bukan.nomor}"' not in isi, bagian
        assert ("Tindakan" in isi) == (bagian == "berhenti")  # no empty column
    assert f'data-nomor="{diam.nomor}"' in buka(client, "direktorat", f"{URL}?bagian=macet").content.decode()
    lewati(ajukan(buka_induk()))
    assert buka(client, "direktorat", f"{URL}?bagian=jalan").content.decode().count("data-nomor=") == 2


@pytest.mark.parametrize(
    ("akun", "lihat"), [("jfu.lombok-timur", True), ("jfu.tanah-bumbu", False), ("bpkh", True), ("bps", False)]
)
def test_hanya_milik_sendiri(client, p, akun, lihat):
    karantina_contoh(p)
    karantina_contoh(p, "rujukan", referensi="XXX-KD-26-000000")
    isi = buka(client, akun, f"{URL}?bagian=karantina").content.decode()
    assert (p.nomor in isi) == lihat and "XXX-KD" not in isi
    assert "XXX-KD" in buka(client, "subdit", f"{URL}?bagian=karantina").content.decode()


def test_rekening_utuh_hanya_bagi_yang_membayar(client, p):
    satu = karantina_contoh(p, "rekening", rekening="9990001112")
    alamat = reverse("meja:pantau_kabar", args=[satu.pk])
    assert "9990001112" in buka(client, "direktorat", alamat).content.decode()
    assert "9990001112" not in buka(client, "jfu.lombok-timur", alamat).content.decode()


def test_satu_zona_waktu_di_halaman_kabar(client, p):
    """The clock of the office whose case it is, for everybody and in every row."""
    alamat = reverse("meja:pantau_kabar", args=[karantina_contoh(p).pk])
    for akun in ("bpkh", "jfu.lombok-timur"):
        isi = buka(client, akun, alamat).content.decode()
        assert "WITA" in isi and "WIB" not in isi


def test_dua_orang_di_halaman(client, p, settings):
    satu = karantina_contoh(p, "galat")
    alamat = reverse("meja:pantau_kabar", args=[satu.pk])
    buka(client, "direktorat", alamat)
    isi = {"keputusan": "nilai_ulang", "catatan": "Gangguan sudah diperbaiki admin."}
    assert client.post(f"{alamat}usul/", isi).status_code == 303
    usul = satu.tindakan.get()
    sendiri = client.post(f"{alamat}putus/", {"usul": usul.pk, "setuju": "1"})
    assert sendiri.status_code == 302 and "sandi-lagi" in sendiri.url
    for akun, status in (("direktorat", 403), ("direktur", 303), ("subdit", 409)):
        client.force_login(Pengguna.objects.get(username=akun))
        client.post("/sandi-lagi/", {"sandi": settings.HAJI_DEMO_SANDI})
        assert client.post(f"{alamat}putus/", {"usul": usul.pk, "setuju": "1"}).status_code == status, akun
    p.refresh_from_db()
    assert Perkara.objects.get(pk=p.pk).tahap == "spm_terbit"
    assert "sudah diputuskan" in buka(client, "direktorat", alamat).content.decode()
    assert not Putusan.objects.menunggu().exists()


def test_halaman_pengembalian_menyebut_kabarnya(client, p):
    satu = karantina_contoh(p)
    assert f'data-karantina="{satu.pk}"' in buka(client, "bpkh", p.get_absolute_url()).content.decode()
    assert "data-karantina" not in buka(client, "kanwil.ntb", p.get_absolute_url()).content.decode()


def test_halaman_pengembalian_menyebut_kerja_mesin(client, p, settings):
    """Who could write the SPM down by hand has to know that the machine is at it, and when it is not."""
    kirim = Efek.objects.filter(riwayat__perkara=p.pk, jenis="dana.kirim")

    def kalimat():
        isi = buka(client, "bpkh", p.get_absolute_url()).content.decode()
        return isi.partition("data-mesin><p>")[2].partition("</p>")[0]

    settings.BPKH_URL = ""
    assert kalimat() == ""
    settings.BPKH_URL = "http://127.0.0.1:9/"
    assert kalimat() == "Permintaan ini sedang dikirim ke sistem BPKH."
    kirim.update(percobaan=1)
    assert kalimat().startswith("Sistem BPKH belum terjangkau. Portal mengirim permintaan ini lagi ")
    kirim.update(menyerah=timezone.now())
    assert kalimat().startswith("Portal berhenti menghubungi BPKH")
    kirim.update(menyerah=None, selesai=timezone.now())
    assert kalimat() == ""
    p.panggilan.create(mitra="bpkh", jenis="kirim", mulai=timezone.now(), selesai=timezone.now(), hasil="terjawab")
    assert kalimat().startswith("Sistem BPKH menerima permintaan ini pada ")
    langkah(p, "nyatakan_belum_pasti")
    assert kalimat().startswith("Portal menanyakan keadaannya kepada sistem BPKH dengan sendirinya, berikutnya ")


def test_halaman_konfirmasi_menyebut_kerja_mesin(client, p, settings):
    settings.BPKH_URL = "http://127.0.0.1:9/"
    k = tanyakan_saldo(buka_induk(), "setoran", 1)
    assert "Portal menanyakannya kepada sistem BPKH" in buka(client, "bpkh", k.get_absolute_url()).content.decode()
    Efek.objects.filter(riwayat__perkara=k.pk, jenis="dana.tanya_saldo").update(menyerah=timezone.now())
    assert "portal berhenti bertanya" in buka(client, "bpkh", k.get_absolute_url()).content.decode()


def test_yang_gagal_tidak_disebut_dibayarkan(client, p):
    isi = buka(client, "bpkh", langkah(p, "gagalkan", "bpkh").get_absolute_url()).content.decode()
    assert "Jumlah pengembalian" in isi and "ibayarkan" not in isi
    assert "sisa-kata" not in isi  # no clock over what is closed


def test_usul_tanpa_dasar(client, p):
    satu = karantina_contoh(p)
    client.force_login(Pengguna.objects.get(username="direktorat"))
    jawab = client.post(reverse("meja:pantau_usul", args=[satu.pk]), {"keputusan": "abaikan", "catatan": "ya"})
    assert jawab.status_code == 422 and not satu.tindakan.exists()


def test_kirim_lagi_sekali_klik(client, p):
    mati = Efek.objects.get(riwayat__perkara=p.pk, jenis="dana.kirim")
    Efek.objects.filter(pk=mati.pk).update(menyerah=timezone.now(), percobaan=10)
    client.force_login(Pengguna.objects.get(username="direktorat"))
    alamat = reverse("meja:pantau_kirim", args=[p.nomor])
    for _ in range(2):  # a double click is one replay
        assert client.post(alamat, {"versi": p.versi}).status_code == 303
    mati.refresh_from_db()
    assert mati.menyerah is None and mati.percobaan == 0
    assert Perkara.objects.get(pk=p.pk).riwayat.filter(langkah="kirim_lagi").count() == 1


def test_efek_lain_yang_menyerah_tidak_ditawari_kirim_lagi(client, p):
    """Only requests and questions are sent again; anything else that gave up has no such button."""
    kirim = Efek.objects.filter(riwayat__perkara=p.pk, jenis="dana.kirim")
    assert kirim.update(jenis="dana.ajukan_lagi", menyerah=timezone.now()) == 1
    assert "data-nomor" not in buka(client, "direktorat", f"{URL}?bagian=berhenti").content.decode()


def test_pemutus_yang_terbuka_terlihat_di_pusat_saja(client, p):
    sampai = timezone.now() + datetime.timedelta(minutes=5)
    Pemutus.objects.create(mitra="bpkh", gagal_beruntun=5, terbuka_sampai=sampai)
    assert "diistirahatkan sampai" in buka(client, "direktorat").content.decode()
    assert "diistirahatkan" not in buka(client, "jfu.lombok-timur").content.decode()


@pytest.mark.parametrize("bagian", ["karantina", "berhenti", "jalan"])
def test_kueri_tidak_bertambah_dengan_barisnya(client, p, bagian):
    def isi(n):
        for _ in range(n):
            q = ajukan(buka_induk())
            karantina_contoh(q)
            Efek.objects.filter(riwayat__perkara=q.pk, jenis="dana.kirim").update(menyerah=timezone.now())

    def kueri():
        with CaptureQueriesContext(connection) as catatan:
            client.get(f"{URL}?bagian={bagian}")
        return len(catatan)

    isi(2)
    buka(client, "direktorat")
    with time_machine.travel(timezone.now(), tick=False):
        client.get(URL)
        sedikit = kueri()
        isi(8)
        assert kueri() == sedikit <= 25


def test_setiap_alasan_karantina_berarahan(client, p):
    for alasan in set(Putusan.Alasan) - {Putusan.Alasan.SUDAH, Putusan.Alasan.TERLAMBAT}:
        alamat = reverse("meja:pantau_kabar", args=[karantina_contoh(p, alasan).pk])
        assert SARAN[alasan] in html.unescape(buka(client, "direktorat", alamat).content.decode()), alasan


def test_surel_karantina_menunjuk_halamannya(p):
    """And that page exists: an alarm leads to where something can be done."""
    alarm.karantina(karantina_contoh(p))
    surel = Pesan.objects.filter(kunci__startswith="mitra-karantina", saluran="email")
    assert surel and all(f"{settings.SITUS_URL}{URL}?bagian=karantina" in m.isi for m in surel)
