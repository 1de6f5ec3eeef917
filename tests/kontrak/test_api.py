"""Every kind of case over the API, for free: it shows what the page shows and refuses what the page refuses."""

import json

import pytest

from haji_portal.akun.models import Kantor
from haji_portal.alur.jalankan import alasan_tertutup
from haji_portal.alur.posisi import langkah_berikut, langkah_di_sini, peran_langkah
from haji_portal.meja.api.layanan import semua_layanan

from .pelaku import pembaca, petugas, tak_berwenang
from .potret import potret
from .test_halaman import _langkahi

pytestmark = pytest.mark.django_db


@pytest.fixture
def akar(satu_tabel):
    if satu_tabel.jenis.jenis not in {satu.label for satu in semua_layanan()}:
        pytest.skip("this service has no api.py")
    return f"/api/v1/{satu_tabel.jenis.jenis}/"


def _kirim(client, alamat, versi, pengguna):
    client.force_login(pengguna)
    jawab = client.post(alamat, "{}", content_type="application/json", headers={"If-Match": f'"{versi}"'})
    if jawab.status_code == 415:  # a step with files
        jawab = client.post(alamat, {}, headers={"If-Match": f'"{versi}"'})
    return jawab


def test_langkah_terbuka_sama_dengan_halaman(pelaksana, satu_tabel, client, akar):
    for perkara in _langkahi(pelaksana, satu_tabel):
        berikut = langkah_berikut(perkara)
        oleh = pembaca(perkara, berikut)
        client.force_login(oleh.pengguna)
        isi = client.get(f"{akar}{perkara.nomor}/langkah/").json()
        harus = {
            lk.nama
            for lk in langkah_di_sini(perkara)
            if oleh.peran in peran_langkah(perkara, lk) and not alasan_tertutup(perkara, lk)
        }
        assert (isi["versi"], {lk["nama"] for lk in isi["langkah"] if lk["terbuka"]}) == (perkara.versi, harus)
        assert all(lk["tertutup"] for lk in isi["langkah"] if not lk["terbuka"])
        rinci = client.get(f"{akar}{perkara.nomor}/")
        assert rinci["ETag"] == f'"{perkara.versi}"' and rinci.json()["tahap"] == perkara.tahap


def test_kiriman_yang_salah_tidak_menulis(pelaksana, satu_tabel, client, akar):
    """404 foreign, 403 not this role, 409 stale or wrong status: at every station of the path."""
    asing = Kantor.objects.filter(jenis="kabkota").exclude(slug=satu_tabel.slug).first()
    lewat = ""
    for kini in _langkahi(pelaksana, satu_tabel):
        if (berikut := langkah_berikut(kini)) is None:
            break
        sebelum, benar = potret(kini), pembaca(kini, berikut).pengguna
        stasiun_petugas = bool(peran_langkah(kini, berikut))
        kirim = [
            (berikut.nama, kini.versi, petugas("kasi", asing).pengguna, 404),
            (berikut.nama, kini.versi, tak_berwenang(kini, berikut).pengguna, 403),
            (berikut.nama, kini.versi + 7 * stasiun_petugas, benar, 409 if stasiun_petugas else 403),
            *([(lewat, kini.versi, benar, 409)] if lewat else []),
        ]
        for nama, versi, pengguna, status in kirim:
            jawab = _kirim(client, f"{akar}{kini.nomor}/langkah/{nama}/", versi, pengguna)
            assert jawab.status_code == status, (kini.tahap, nama, pengguna.username, json.loads(jawab.content))
        assert potret(kini) == sebelum
        lewat = lewat if berikut.fakta else berikut.nama
