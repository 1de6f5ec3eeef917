"""The pilgrim reads on the status page what to pay back, and sends the proof after a code."""

import pytest
from django.core.exceptions import ValidationError

from haji_portal.jemaah.models import Jemaah
from haji_portal.ptsp.models import Konsep
from pengaktifan.syarat import periksa_bukti
from tests import ajukan

from .jalan import buka, kerjakan_efek, lakukan, langkahi, sampai, segar

pytestmark = pytest.mark.django_db
ALAMAT = "jemaah@contoh.example"


@pytest.fixture
def menunggu(pelaksana):
    p = buka(3)
    Jemaah.objects.filter(pk=p.pemohon_id).update(email=ALAMAT)
    p = sampai(pelaksana, segar(p), "menunggu_saldo")
    return langkahi(pelaksana, p, "saldo_keluar", "sampaikan_hasil", "minta_setoran")


def cari(klien, p):
    lahir = p.pemohon.tanggal_lahir.isoformat()
    assert klien.post("/cek/", {"nomor": p.nomor, "tanggal_lahir": lahir}).status_code == 303
    return klien.get("/cek/hasil/").text


def test_bukti_dikirim_dari_halaman_status(client, menunggu, mailoutbox):
    teks = cari(client, menunggu)
    assert "Rekening tujuan: Bank Contoh 9900000001" in teks and "Kirim bukti setoran" in teks
    assert client.post("/ajukan/perbaiki/")["Location"] == "/ajukan/kode/"
    kode = ajukan.kode_terakhir(ALAMAT)
    assert client.post("/ajukan/kode/", {"kode": kode})["Location"] == "/ajukan/perbaiki/"
    assert "Kirim bukti setoran kembali" in client.get("/ajukan/perbaiki/").text
    assert client.post("/ajukan/perbaiki/", {"versi": menunggu.versi}).status_code == 422
    token = Konsep.objects.get(perbaiki=menunggu.pk).token
    alamat = f"/ajukan/konsep/{token}/dokumen/bukti-setor-kembali/unggah/"
    assert client.post(alamat, {"berkas": ajukan.foto("bukti.jpg")})["Location"].startswith("/ajukan/perbaiki/")
    for lain in ("", "dokumen/", "isi/diri/", "periksa/"):
        assert client.get(f"/ajukan/konsep/{token}/{lain}").status_code in (303, 404)
    assert client.post("/ajukan/perbaiki/", {"versi": menunggu.versi})["Location"] == "/cek/hasil/"
    p = segar(menunggu)
    assert p.tahap == "bukti_diterima" and p.riwayat.latest("urut").pelaku_jenis == "pemohon"
    assert p.lampiran.get(butir__kode="bukti-setor-kembali").nama == "bukti.jpg"
    assert "Bukti setoran Anda sudah kami terima" in client.get("/cek/hasil/").text


def test_surat_permintaan_dikirim_dan_dapat_dibaca(client, menunggu, mailoutbox):
    kerjakan_efek()
    surel = [s for s in mailoutbox if "setor kembali Rp" in s.subject]
    assert [len(s.attachments) for s in surel] == [1] and "9900000001" not in surel[0].body
    cari(client, menunggu)
    client.post("/ajukan/surat/")
    client.post("/ajukan/kode/", {"kode": ajukan.kode_terakhir(ALAMAT)})
    jawab = client.get("/ajukan/surat/permintaan_setoran/")
    assert jawab["Content-Type"] == "application/pdf"


def test_tanpa_kontak_tidak_ditawarkan(client, menunggu):
    Jemaah.objects.filter(pk=menunggu.pemohon_id).update(email="", telepon="")
    teks = cari(client, menunggu)
    assert "/ajukan/perbaiki/" not in teks and "Rekening tujuan" in teks


def test_bukti_lain_yang_tidak_diminta_ditolak(pelaksana, menunggu):
    with pytest.raises(ValidationError):
        periksa_bukti({"kronologi": object()})
    p = lakukan(pelaksana, menunggu, "kirim_bukti")
    p = lakukan(pelaksana, p, "tolak_bukti")
    assert p.tahap == "menunggu_setoran" and p.butir_bukti().alasan
