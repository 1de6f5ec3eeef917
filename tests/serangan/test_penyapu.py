"""Two schedulers and a hand-run sweep at once, a clock that steps back, a mail server that is gone."""

from __future__ import annotations

import collections
import datetime

import pytest
from django.core import mail
from django.core.mail.backends.base import BaseEmailBackend
from django.utils import timezone

from haji_portal.alur.efek import sapu
from haji_portal.alur.models import Efek, Riwayat, Tenggat
from haji_portal.alur.rantai import periksa_perkara
from haji_portal.alur.tenggat import periksa_tenggat
from haji_portal.kabar.berkala import informasi_berkala
from haji_portal.kabar.kirim import kirim_tertunda
from haji_portal.kabar.models import Pesan
from pendaftaran.contoh import buat_jemaah, buka_contoh
from tests.conftest import SANDI
from tests.kontrak.balapan import balapan


@pytest.fixture
def perkara_terlambat(kantor_lombok, pelaksana):
    """Four cases with an e-mail address whose deadline passed a week ago, effects still waiting."""
    semua = []
    for urut in range(1, 5):
        orang = buat_jemaah(kantor_lombok, urut, email=f"jemaah{urut}@contoh.example")
        semua.append(buka_contoh(kantor_lombok, urut, jemaah=orang).perkara)
    lalu = timezone.now() - datetime.timedelta(days=7)
    Tenggat.objects.update(batas=lalu, mulai=lalu - datetime.timedelta(minutes=9))
    return semua


@pytest.mark.basis
@pytest.mark.django_db(transaction=True)
def test_dua_penjadwal_dan_sapuan_tangan_tidak_menggandakan(tanpa_bel, perkara_terlambat):
    mail.outbox = []
    balapan(*[sapu] * 3, *[periksa_tenggat] * 3, *[kirim_tertunda] * 2, *[informasi_berkala] * 2)
    balapan(sapu, periksa_tenggat, kirim_tertunda)
    assert set(Efek.objects.values_list("percobaan", flat=True)) == {1}
    assert not Efek.objects.filter(selesai__isnull=True).exists()
    assert set(Tenggat.objects.values_list("peringatan", flat=True)) == {3}
    kepada = collections.Counter((m.to[0], m.subject, m.extra_headers["Message-ID"]) for m in mail.outbox)
    assert kepada and set(kepada.values()) == {1}
    assert len(mail.outbox) == Pesan.objects.filter(saluran="email", status="dikirim").count()
    assert not Pesan.objects.filter(saluran="email").exclude(status="dikirim").exists()
    per_tingkat = Pesan.objects.filter(templat="peringatan", saluran="aplikasi", perkara=perkara_terlambat[0].pk)
    jumlah = per_tingkat.count()
    assert periksa_tenggat() == 0 and sapu() == 0 and kirim_tertunda() == 0
    assert per_tingkat.count() == jumlah


class ServerMati(BaseEmailBackend):
    """Nobody answers: the connection itself fails."""

    def open(self):
        raise ConnectionRefusedError(111, "Connection refused")

    def send_messages(self, pesan):
        raise AssertionError("never reached")


def test_surel_mati_langkah_tetap_dan_pesan_menyusul(masuk, sampai, settings):
    settings.EMAIL_BACKEND = f"{__name__}.ServerMati"
    perkara = sampai("diverifikasi", 1)
    perkara.pemohon.email = "jemaah@contoh.example"
    perkara.pemohon.save()
    url = f"{perkara.get_absolute_url()}langkah/tandatangani/"
    client = masuk("kasi.lombok-timur")
    assert client.post(url, {"versi": perkara.versi, "sandi": SANDI}).status_code == 303
    while sapu():
        pass
    pesan = Pesan.objects.filter(saluran="email", perkara=perkara.pk).latest("pk")
    assert pesan.status == "gagal_sementara" and pesan.jatuh_tempo > timezone.now()
    assert "contoh.example" not in pesan.galat
    assert "Gagal" in client.get(perkara.get_absolute_url()).content.decode()
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    Pesan.objects.filter(saluran="email").update(jatuh_tempo=timezone.now())
    mail.outbox = []
    kirim_tertunda()
    assert (
        [m.to for m in mail.outbox].count(["jemaah@contoh.example"])
        == Pesan.objects.filter(perkara=perkara.pk, status="dikirim", saluran="email").count()
        > 0
    )


def test_jam_mundur_tidak_merusak_rantai_dan_giliran(masuk, sampai, monkeypatch):
    """A server whose clock is set back an hour and a day between two steps."""
    perkara = sampai("direkam", 1)
    asli = timezone.now
    client = masuk("ptsp.lombok-timur")
    for mundur in (3600, 86400):
        monkeypatch.setattr("django.utils.timezone.now", lambda m=mundur: asli() - datetime.timedelta(seconds=m))
        perkara = type(perkara).objects.get(pk=perkara.pk)
        url = f"{perkara.get_absolute_url()}langkah/cabut/"
        jawab = client.get(perkara.get_absolute_url())
        assert jawab.status_code == 200
        assert perkara.giliran.exists() or perkara.ditutup
        if mundur == 3600:
            waktu = f"{perkara.get_absolute_url()}waktu/"
            isi = {"versi": perkara.versi, "aksi": "jeda", "alasan": "Siskohat padam"}
            kasi = masuk("kasi.lombok-timur")
            assert kasi.post(waktu, isi).status_code == 303
            assert kasi.post(waktu, {"versi": perkara.versi + 1, "aksi": "lanjutkan"}).status_code == 303
            client = masuk("ptsp.lombok-timur")
        else:
            assert client.post(url, {"versi": perkara.versi, "alasan": "Pemohon menunda"}).status_code in (303, 403)
    assert periksa_perkara(perkara.pk) == []
    urut = list(Riwayat.objects.filter(perkara=perkara.pk).order_by("urut").values_list("urut", flat=True))
    assert urut == list(range(1, len(urut) + 1))
