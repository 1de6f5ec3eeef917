"""The authorised view: who gets a file, with which headers, and that it is written down."""

import pytest
from django.urls import reverse

from haji_portal.berkas.models import AksesLampiran
from haji_portal.berkas.saring import Hasil
from haji_portal.berkas.simpan import _simpan, lampirkan
from tests.berkas import musuh

pytestmark = pytest.mark.django_db


@pytest.fixture
def lampiran(perkara, petugas):
    berkas = _simpan(Hasil(musuh.pdf(), "application/pdf", 1), "kartu keluarga 'é\".pdf")
    return lampirkan(perkara, berkas, "berkas", petugas)


def test_pemilik_melihat_di_halaman_dengan_kepala_yang_aman(client, petugas, lampiran, settings):
    client.force_login(petugas)
    jawaban = client.get(lampiran.get_absolute_url())
    assert jawaban.status_code == 200
    assert jawaban.content == (settings.HAJI_PRIVAT / lampiran.kunci).read_bytes()
    assert jawaban["Content-Type"] == "application/pdf"
    assert jawaban["Content-Disposition"].startswith("inline; filename")
    kebijakan = jawaban["Content-Security-Policy"]
    assert kebijakan.startswith("sandbox;")
    assert "default-src 'none'" in kebijakan
    assert "script" not in kebijakan
    assert jawaban["X-Content-Type-Options"] == "nosniff"
    assert jawaban["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "no-store" in jawaban["Cache-Control"]
    assert jawaban["X-Frame-Options"] == "SAMEORIGIN"


def test_unduh_memakai_nama_rfc_6266(client, petugas, lampiran):
    client.force_login(petugas)
    jawaban = client.get(lampiran.get_absolute_url(), {"unduh": "1"})
    assert jawaban["Content-Disposition"] == "attachment; filename*=utf-8''kartu%20keluarga%20%27%C3%A9.pdf"


def test_setiap_pembukaan_dicatat(client, petugas, lampiran):
    client.force_login(petugas)
    client.get(lampiran.get_absolute_url())
    client.get(lampiran.get_absolute_url(), {"unduh": "1"})
    catatan = AksesLampiran.objects.order_by("pk").values_list("lampiran", "pengguna", "unduh")
    assert list(catatan) == [(lampiran.pk, petugas.pk, False), (lampiran.pk, petugas.pk, True)]


def test_kantor_lain_mendapat_404_yang_sama_dengan_yang_tidak_ada(client, petugas_lain, lampiran):
    client.force_login(petugas_lain)
    alamat = [lampiran.get_absolute_url(), reverse("berkas:unduh", args=[lampiran.pk + 1000])]
    asing, tidak_ada = (client.get(a) for a in alamat)
    assert asing.status_code == tidak_ada.status_code == 404
    assert asing.content.replace(alamat[0].encode(), b"") == tidak_ada.content.replace(alamat[1].encode(), b"")
    assert not AksesLampiran.objects.exists()


def test_tanpa_penugasan_berlaku_ditolak(client, petugas, lampiran):
    petugas.penugasan.update(selesai="2021-01-01")
    client.force_login(petugas)
    assert client.get(lampiran.get_absolute_url()).status_code == 403
    assert not AksesLampiran.objects.exists()


def test_tamu_diarahkan_masuk(client, lampiran):
    jawaban = client.get(lampiran.get_absolute_url())
    assert jawaban.status_code == 302
    assert jawaban["Location"].startswith("/masuk/")


def test_hanya_membaca(client, petugas, lampiran):
    client.force_login(petugas)
    assert client.post(lampiran.get_absolute_url()).status_code == 405


@pytest.mark.parametrize("cara", ["hilang", "diubah"])
def test_simpanan_rusak_tidak_disajikan(client, petugas, lampiran, settings, cara, caplog):
    jalur = settings.HAJI_PRIVAT / lampiran.kunci
    if cara == "hilang":
        jalur.unlink()
    else:
        jalur.write_bytes(b"%PDF-1.7 palsu")
    client.force_login(petugas)
    jawaban = client.get(lampiran.get_absolute_url())
    assert jawaban.status_code == 500
    assert "Laporkan" in jawaban.content.decode()
    assert b"palsu" not in jawaban.content
    assert "kartu" not in caplog.text
    assert not AksesLampiran.objects.exists()
