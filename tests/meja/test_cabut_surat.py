"""Withdrawing a letter: who may, the fresh password, the reason, the record, and what the public then reads."""

from __future__ import annotations

import pytest

from haji_portal.akun.models import PenandaTanganSurat
from haji_portal.alur.rantai import periksa_perkara
from haji_portal.surat.models import NomorSurat, Surat
from haji_portal.surat.terbit import siapkan
from tests.conftest import SANDI

pytestmark = pytest.mark.django_db

ALASAN = "Nama pada surat tidak sama dengan akta kelahiran."


@pytest.fixture
def surat(sampai):
    return sampai("ditandatangani", 1).surat.get(status="ditandatangani")


def sandi(client):
    assert client.post("/sandi-lagi/", {"sandi": SANDI, "next": "/kerja/"}).status_code == 302


def cabut(client, surat, alasan=ALASAN, versi=None):
    perkara = type(surat.perkara).objects.get(pk=surat.perkara_id)
    return client.post(f"/cabut-surat/{surat.pk}/", {"versi": versi or perkara.versi, "alasan": alasan})


def test_kasi_mencabut_dengan_sandi_dan_alasan(masuk, client, surat):
    kasi = masuk("kasi.lombok-timur")
    alamat = f"/cabut-surat/{surat.pk}/"
    kasus = surat.perkara.get_absolute_url()
    assert f'href="{alamat}"' in kasi.get(kasus).content.decode()
    assert kasi.get(alamat)["Location"] == f"/sandi-lagi/?next=%2Fcabut-surat%2F{surat.pk}%2F"
    assert cabut(kasi, surat).status_code == 302, "without the password a POST goes back to the page, too"
    sandi(kasi)
    assert cabut(kasi, surat, "pendek").status_code == 422
    assert surat.perkara.riwayat.filter(langkah="cabut_surat").count() == 0
    versi = type(surat.perkara).objects.get(pk=surat.perkara_id).versi
    jawab = cabut(kasi, surat)
    assert (jawab.status_code, jawab["Location"]) == (303, kasus)
    surat.refresh_from_db()
    assert (surat.status, surat.alasan) == ("dicabut", ALASAN)
    assert NomorSurat.objects.get(surat=surat).status == "batal"
    halaman = kasi.get(kasus).content.decode()
    assert "Cabut surat" in halaman and ALASAN in halaman
    assert periksa_perkara(surat.perkara_id) == []
    client.logout()
    publik = client.get(f"/verifikasi/{surat.token}/").content.decode()
    assert "Surat ini sudah dicabut" in publik and ALASAN not in publik
    lagi = masuk("kasi.lombok-timur")
    sandi(lagi)
    assert cabut(lagi, surat, versi=versi).status_code == 303, "the second of two clicks"
    assert surat.perkara.riwayat.filter(langkah="cabut_surat").count() == 1


def test_halaman_basi_ditolak(masuk, surat):
    kepala = masuk("kepala.lombok-timur")
    sandi(kepala)
    jawab = cabut(kepala, surat, versi=1)
    assert jawab.status_code == 409 and "sudah berubah" in jawab.content.decode()
    assert Surat.objects.get(pk=surat.pk).status == "ditandatangani"


@pytest.mark.parametrize(
    ("nama", "status"),
    [("ptsp.lombok-timur", 403), ("jfu.lombok-timur", 403), ("kanwil.ntb", 403), ("inspektorat", 403),
     ("kepala.tanah-bumbu", 404)],
)  # fmt: skip
def test_orang_lain_tidak(masuk, surat, nama, status):
    client = masuk(nama)
    sandi(client)
    assert client.get(f"/cabut-surat/{surat.pk}/").status_code == status
    assert cabut(client, surat).status_code == status


def test_kasi_tidak_mencabut_surat_yang_ditandatangani_kepala(masuk, surat):
    PenandaTanganSurat.objects.filter(kantor=surat.kantor, jenis_surat="sph").update(peran="kepala")
    kasi = masuk("kasi.lombok-timur")
    assert kasi.get(f"/cabut-surat/{surat.pk}/").status_code == 403
    kepala = masuk("kepala.lombok-timur")
    sandi(kepala)
    assert cabut(kepala, surat).status_code == 303


def test_surat_beku_dibatalkan_dan_draf_tidak_dapat(masuk, sampai, akun):
    perkara = sampai("diverifikasi", 2)
    kasi = masuk("kasi.lombok-timur")
    sandi(kasi)
    draf = Surat.objects.create(perkara_id=perkara.pk, jenis="sph", kantor=perkara.kantor)
    for client in (kasi, masuk("jfu.lombok-timur")):
        assert client.get(f"/cabut-surat/{draf.pk}/").status_code == 404
        assert cabut(client, draf).status_code == 404
    beku = siapkan(perkara, "sph", akun("kasi.lombok-timur").penugasan_berlaku()[0])
    kasi = masuk("kasi.lombok-timur")
    sandi(kasi)
    assert cabut(kasi, beku).status_code == 303
    beku.refresh_from_db()
    assert beku.status == "batal" and NomorSurat.objects.get(surat=beku).status == "batal"
