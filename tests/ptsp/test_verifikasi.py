"""Letter verification: by token, by file, and what it never says."""

import datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from haji_portal.akun.models import Kantor
from haji_portal.ptsp import batas
from haji_portal.surat.models import Surat
from haji_portal.surat.terbit import isi_pdf
from pendaftaran import contoh

pytestmark = pytest.mark.django_db


@pytest.fixture
def terbit(acuan, settings, tmp_path):
    """A registration brought to its signed letter."""
    from haji_portal.alur.posisi import langkah_berikut
    from haji_portal.meja.contoh import Pelaksana
    from tests.conftest import SANDI

    settings.HAJI_PRIVAT = tmp_path
    pelaksana = Pelaksana(SANDI)
    perkara = contoh.buka_contoh(Kantor.objects.get(slug="tanah-bumbu"), 3).perkara
    while not Surat.objects.filter(status="ditandatangani").exists():
        nama = langkah_berikut(perkara).nama
        perkara = pelaksana.lakukan(perkara, nama, contoh.isian(perkara, nama)).perkara
    return Surat.objects.select_related("perkara__pemohon").get()


def unggah(client, surat, isi, nama="sph.pdf"):
    return client.post(f"/verifikasi/{surat.token}/", {"pdf": SimpleUploadedFile(nama, isi, "application/pdf")})


def test_surat_berlaku_tanpa_data_pribadi(client, terbit):
    jawab = client.get(f"/verifikasi/{terbit.token}/")
    teks = jawab.content.decode()
    assert jawab.status_code == 200
    assert "tercatat dan berlaku" in teks
    assert terbit.nomor in teks
    assert terbit.nama_penanda_tangan in teks
    jemaah = terbit.perkara.pemohon
    for rahasia in (jemaah.nama, jemaah.nik, jemaah.alamat, terbit.perkara.nomor, terbit.nip or "nip"):
        assert rahasia not in teks
    assert "no-store" in jawab["Cache-Control"]
    assert jawab["X-Robots-Tag"] == "noindex"


def test_berkas_asli_dan_berkas_yang_diubah(client, terbit):
    isi = isi_pdf(terbit)
    assert "Surat ini asli dan berlaku" in unggah(client, terbit, isi).content.decode()
    tengah = len(isi) // 2
    diubah = isi[:tengah] + bytes([isi[tengah] ^ 1]) + isi[tengah + 1 :]
    teks = unggah(client, terbit, diubah).content.decode()
    assert "Surat ini asli dan berlaku" not in teks
    assert "pesan-danger" in teks

    for buruk, kalimat in (
        (b"bukan pdf", "bukan PDF"),
        (b"", "kosong"),
        (b"%PDF-" + b"0" * (10 * 1024 * 1024), "lebih besar dari 10 MB"),
    ):
        jawab = unggah(client, terbit, buruk)
        assert jawab.status_code == 422
        assert kalimat in jawab.content.decode()
    assert client.post(f"/verifikasi/{terbit.token}/").status_code == 422


def test_dicabut_token_asing_dan_batas_unggah(client, terbit, monkeypatch):
    Surat.objects.update(status="dicabut", diakhiri_pada=timezone.now(), alasan="Nama keliru: rahasia")
    teks = client.get(f"/verifikasi/{terbit.token}/").content.decode()
    assert "sudah dicabut" in teks
    assert "rahasia" not in teks
    assert client.get("/verifikasi/tidak-ada/").status_code == 404
    assert client.get(f"/verifikasi/{'x' * 3000}/").status_code == 404
    assert client.get("/verifikasi/a%00b/").status_code == 404
    monkeypatch.setattr(batas, "PER_ALAMAT_PDF", 2)
    for _ in range(2):
        assert unggah(client, terbit, b"%PDF-1.7 rusak").status_code == 200
    jawab = unggah(client, terbit, b"%PDF-1.7 rusak")
    assert jawab.status_code == 429
    assert datetime.timedelta(seconds=int(jawab["Retry-After"])) <= batas.JENDELA + datetime.timedelta(seconds=1)


def test_cek_status_sungguhan_sampai_selesai(client, terbit):
    """The lookup of a real service, with its own stages and history."""
    perkara = terbit.perkara
    isi = {"nomor": perkara.nomor, "tanggal_lahir": perkara.pemohon.tanggal_lahir.isoformat()}
    assert client.post("/cek/", isi).status_code == 303
    teks = client.get("/cek/hasil/").content.decode()
    assert "Menunggu tanda tangan pejabat" in teks
    assert 'aria-current="step"' in teks
    assert teks.count("tahap-selesai") >= 2
    assert perkara.pemohon.nama not in teks
