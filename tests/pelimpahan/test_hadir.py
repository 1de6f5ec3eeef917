"""Attendance: the QR of an invitation, who may use it and when, and those who did not come."""

from __future__ import annotations

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from haji_portal.akun.models import Kantor
from haji_portal.alur.jalankan import jalankan
from pelimpahan.models import HariWawancara, Janji
from tests.pelimpahan.wawancara import hari_contoh, penerima, petugas, undang

pytestmark = pytest.mark.django_db


@pytest.fixture
def hari(acuan):
    return hari_contoh(Kantor.objects.get(slug="ntb"), maju=0)


def alamat(p) -> str:
    return reverse("wawancara:hadir", args=[Janji.objects.get(perkara=p, keadaan__in=Janji.BERLAKU).token])


def lewat(hari) -> None:
    HariWawancara.objects.filter(pk=hari.pk).update(tanggal=hari.tanggal - datetime.timedelta(days=1))


def test_pindai_lalu_hadir_sekali(masuk, hari):
    (p,) = penerima("lombok-timur", 1)
    undang(hari, [p])
    klien, url = masuk("kanwil.ntb"), alamat(p)
    p.refresh_from_db()
    halaman = klien.get(url).content.decode()
    assert p.pemohon.nama in halaman and "data-hadir" in halaman
    assert p.pemohon.nik not in halaman and p.porsi.nomor not in halaman
    for _ in range(2):
        assert klien.post(url, {"versi": p.versi}).status_code in (200, 303)
    janji = Janji.objects.get()
    assert janji.keadaan == "hadir" and janji.hadir_pada <= timezone.now()
    assert p.riwayat.filter(langkah="catat_hadir").count() == 1
    # The time is that of the organiser's clock (WITA), not of the server's.
    pukul = f"{janji.hadir_pada.astimezone(hari.kantor.zona_waktu):%H.%M}"
    sesudah = klien.get(url).content.decode()
    assert "Kehadirannya sudah dicatat" in sesudah and pukul in sesudah


def test_versi_basi_menyebut_sebabnya(masuk, hari):
    (p,) = penerima("lombok-timur", 1)
    undang(hari, [p])
    jawab = masuk("kanwil.ntb").post(alamat(p), {"versi": 99})
    assert jawab.status_code == 409 and "sudah berubah" in jawab.content.decode()
    assert Janji.objects.get().keadaan == "terjadwal"


def test_orang_luar_melihat_halaman_yang_sama_untuk_setiap_kode(client, hari, django_assert_num_queries):
    (p,) = penerima("lombok-timur", 1)
    undang(hari, [p])
    url, tiada = alamat(p), reverse("wawancara:hadir", args=["tiada"])
    with django_assert_num_queries(0):
        jawab = [client.get(u).content.decode().replace(u, "") for u in (url, tiada)]
    assert jawab[0] == jawab[1] and p.pemohon.nama not in jawab[0] and "petugas yang memindai" in jawab[0]
    assert client.post(url, {"versi": 1})["Location"].startswith("/masuk/")


def test_sebelum_harinya_dan_jadwal_yang_dipindah(masuk, hari):
    besok = hari_contoh(hari.kantor, maju=1)
    (p,) = penerima("lombok-timur", 1)
    undang(besok, [p])
    klien, url = masuk("kanwil.ntb"), alamat(p)
    assert "Belum harinya" in klien.get(url).content.decode()
    p.refresh_from_db()
    klien.post(url, {"versi": p.versi})
    assert Janji.objects.get().keadaan == "terjadwal"
    isi = {"slot": hari.slot.first().pk, "alasan": "Penerima berhalangan."}
    jalankan(p, "pindah_jadwal", oleh=petugas("kanwil.ntb"), versi=p.versi, data=isi)
    halaman = klien.get(url).content.decode()
    assert "tidak berlaku lagi" in halaman and alamat(p) in halaman and "data-hadir" not in halaman


def test_tidak_hadir_hanya_sesudah_hari_usai(masuk, hari):
    semua = penerima("lombok-timur", 3)
    undang(hari, semua)
    klien, url = masuk("kanwil.ntb"), reverse("wawancara:absen", args=[hari.pk])
    isi = {"perkara": [p.nomor for p in semua[:2]], "alasan": "Tidak datang."}
    HariWawancara.objects.filter(pk=hari.pk).update(tanggal=hari.tanggal + datetime.timedelta(days=1))
    klien.post(url, isi)
    assert not Janji.objects.filter(keadaan="tidak_hadir").exists()
    HariWawancara.objects.filter(pk=hari.pk).update(tanggal=hari.tanggal)
    lewat(hari)
    assert "3 penerima belum tercatat hadir" in klien.get(reverse("wawancara:hari", args=[hari.pk])).content.decode()
    assert "2 dari 2 selesai" in klien.post(url, isi).content.decode()
    tahap = [type(p).objects.get(pk=p.pk).tahap for p in semua]
    assert tahap == ["jadwal_ulang", "jadwal_ulang", "menunggu_wawancara"]
    assert "0 dari 0" in klien.post(url, isi).content.decode()


def test_daftar_hadir_dan_undangan_sebagai_pdf(masuk, hari):
    semua = penerima("lombok-timur", 2)
    undang(hari, semua)
    klien = masuk("kanwil.ntb")
    for nama in ("daftar_hadir", "undangan"):
        jawab = klien.get(reverse(f"wawancara:{nama}", args=[hari.pk]))
        assert jawab["Content-Type"] == "application/pdf" and jawab.content[:5] == b"%PDF-"
    assert klien.get(reverse("wawancara:undangan", args=[hari.pk]), {"meja": 7}).status_code == 303
