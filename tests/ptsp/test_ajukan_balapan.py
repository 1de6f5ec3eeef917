"""Two clicks at once, for real: one draft, one case, one repair."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connections
from django.test import Client

from haji_portal.alur.models import Perkara
from haji_portal.ptsp.models import Konsep
from tests import ajukan

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.basis]


@pytest.fixture(autouse=True)
def _gudang(acuan, settings, tmp_path, tanpa_bel):
    settings.HAJI_PRIVAT = tmp_path


def serentak(klien: Client, kerja, kali: int = 4) -> list:
    """`kerja(client)` in threads that share the browser's cookies."""

    def satu(_):
        kembar = Client()
        kembar.cookies = klien.cookies.copy()
        try:
            return kerja(kembar)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(kali) as utas:
        return list(utas.map(satu, range(kali)))


def test_empat_kiriman_serentak_satu_perkara(client):
    token = ajukan.mulai(client)
    ajukan.isi_semua(client, token)
    jawab = serentak(client, lambda k: ajukan.kirim(k, token))
    assert {(j.status_code, j.headers.get("Location")) for j in jawab} == {(303, f"/ajukan/konsep/{token}/terkirim/")}
    assert Perkara.objects.get().lampiran.count() == 8


def test_potongan_serentak_tersusun_sekali(client):
    token = ajukan.mulai(client)
    isi = ajukan.jpeg(1400, 1800)
    kepala = {"Upload-Offset": "0", "Upload-Length": str(len(isi)), "Upload-Id": "a", "Upload-Name": "a.jpg"}
    alamat = f"/ajukan/konsep/{token}/dokumen/foto-ktp/potongan/"
    jawab = serentak(client, lambda k: k.post(alamat, isi, content_type="application/octet-stream", headers=kepala))
    assert {j.status_code for j in jawab} <= {200, 409} and Konsep.objects.get().berkas.count() == 1


def test_jawaban_dua_halaman_serentak_tidak_saling_menghapus(client):
    token = ajukan.mulai(client)
    halaman = iter([("diri", ajukan.DIRI), ("setoran", ajukan.SETORAN)])

    def simpan(klien):
        bagian, isi = next(halaman)
        return klien.post(f"/ajukan/konsep/{token}/isi/{bagian}/", isi).status_code

    serentak(client, simpan, kali=2)
    isi = Konsep.objects.get().isi
    assert isi["nama"] == "Siti Rahmah" and isi["bank"] == "Bank Syariah Indonesia"
