"""Drafts that nobody sends: a reminder, then gone with their files; what a case has taken stays."""

from __future__ import annotations

import datetime
import os

import pytest
from django.conf import settings as setelan
from django.utils import timezone

from haji_portal.alur.models import Aturan, Perkara
from haji_portal.kabar.models import Pesan
from haji_portal.ptsp import tasks
from haji_portal.ptsp.ajukan import bersih
from haji_portal.ptsp.models import Konsep
from tests import ajukan

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _gudang(acuan, settings, tmp_path):
    settings.HAJI_PRIVAT = tmp_path


def hari(n: int) -> datetime.date:
    return timezone.localdate() + datetime.timedelta(days=n)


def isi_gudang(settings):
    return [f for f in settings.HAJI_PRIVAT.rglob("*") if f.is_file()]


def test_tanggal_hapus_menurut_aturan_dan_bergeser_saat_disimpan(client):
    Aturan.objects.filter(kode="konsep-hari").update(nilai="12")
    token = ajukan.mulai(client)
    Konsep.objects.update(habis=hari(1), diingatkan=timezone.now())
    client.post(f"/ajukan/konsep/{token}/isi/diri/", ajukan.DIRI)
    konsep = Konsep.objects.get()
    assert (konsep.habis, konsep.diingatkan) == (hari(12), None)
    assert "dihapus sesudah" in client.get(f"/ajukan/konsep/{token}/dokumen/").content.decode()


def test_lewat_tanggal_hilang_dengan_berkasnya(client, settings):
    token = ajukan.mulai(client)
    client.post(f"/ajukan/konsep/{token}/dokumen/foto-ktp/unggah/", {"berkas": ajukan.foto()})
    Konsep.objects.update(habis=hari(0))
    assert bersih.hapus_lama() == 0, "the last day belongs to the draft"
    Konsep.objects.update(habis=hari(-1))
    assert [bersih.hapus_lama(), bersih.hapus_lama()] == [1, 0]
    assert not Konsep.objects.exists() and not isi_gudang(settings)


def test_konsep_terkirim_pergi_tetapi_berkas_perkara_tinggal(client, settings):
    token = ajukan.mulai(client)
    ajukan.isi_semua(client, token)
    ajukan.kirim(client, token)
    sebelum = len(isi_gudang(settings))
    Konsep.objects.update(habis=hari(-1))
    assert bersih.hapus_lama() == 1
    assert Perkara.objects.get().lampiran.count() == 8 and len(isi_gudang(settings)) == sebelum


def test_potongan_lama_dibuang(client, settings):
    token = ajukan.mulai(client)
    client.post(
        f"/ajukan/konsep/{token}/dokumen/foto-ktp/potongan/", b"\xff\xd8\xff", content_type="application/octet-stream",
        headers={"Upload-Offset": "0", "Upload-Length": "100", "Upload-Id": "a", "Upload-Name": "a.jpg"},
    )  # fmt: skip
    assert bersih.hapus_lama() == 0 and len(isi_gudang(settings)) == 1
    Konsep.objects.get().sebagian.all().delete()
    lama = (timezone.now() - datetime.timedelta(days=2)).timestamp()
    os.utime(isi_gudang(settings)[0], (lama, lama))
    bersih.hapus_lama()
    assert not isi_gudang(settings)


def test_diingatkan_sekali_sebelum_tanggalnya():
    dekat = ajukan.konsep_contoh(habis=hari(5))
    ajukan.konsep_contoh(habis=hari(6), alamat="lain@contoh.example")
    ajukan.konsep_contoh(habis=hari(2), alamat="perbaikan@contoh.example", saluran="sms")
    assert [bersih.ingatkan(), bersih.ingatkan()] == [1, 0]
    pesan = Pesan.objects.get()
    assert pesan.alamat == ajukan.ALAMAT and f"{setelan.SITUS_URL}/ajukan/lanjut/" in pesan.isi
    assert ajukan.NIK not in pesan.isi
    dekat.refresh_from_db()
    assert dekat.diingatkan is not None


def test_tugas_terjadwal_memanggilnya(settings):
    ajukan.konsep_contoh(habis=hari(-1))
    tugas = [e["task"] for e in settings.CELERY_BEAT_SCHEDULE.values() if "konsep" in e["task"]]
    assert sorted(tugas) == ["ptsp.hapus_konsep", "ptsp.ingatkan_konsep"]
    assert tasks.hapus_konsep() == 1
    assert tasks.ingatkan_konsep() == 0
