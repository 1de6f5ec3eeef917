"""The envelope at the counter: dispositions on the way, the service's own case under it, its end, who may, /cek/."""

from __future__ import annotations

import pytest
from django.db import transaction

from haji_portal.akun.models import Kantor
from haji_portal.alur.efek import jalankan_efek
from haji_portal.alur.galat import LangkahGagal
from haji_portal.alur.models import Efek, Perkara
from haji_portal.alur.posisi import langkah_berikut
from haji_portal.meja import anak
from haji_portal.ptsp import contoh
from haji_portal.ptsp.models import Disposisi, Pelayanan, PenerimaDisposisi
from pendaftaran import contoh as contoh_daftar
from tests.kontrak.potret import segar

pytestmark = [pytest.mark.django_db, pytest.mark.basis]


@pytest.fixture
def kantor(acuan):
    return Kantor.objects.get(slug="jakarta-selatan")


@pytest.fixture
def sampai(pelaksana, kantor):
    """`sampai("diproses", portal="pendaftaran")`: a request brought along the plain way to a status."""

    def _sampai(tahap: str, **lain) -> Pelayanan:
        p = contoh.buka_contoh(kantor, 9600, **lain).perkara
        while p.tahap != tahap:
            lk = langkah_berikut(p)
            p = pelaksana.lakukan(p, lk.nama, contoh.isian(p, lk.nama)).perkara
        return segar(p)

    return _sampai


def kabari():
    for e in Efek.objects.filter(jenis="alur.induk", selesai=None).order_by("pk"):
        jalankan_efek(e.pk)


def buka_anak(p, urut=9602):
    """The service's own case under the request, as its page opens it."""
    hasil = contoh_daftar.buka_contoh(p.kantor, urut)
    anak.kaitkan(p, hasil)
    return segar(hasil.perkara)


def test_disposisi_kepala_kasubag_kasi_berantai(sampai):
    p = sampai("diproses")
    satu, dua = Disposisi.objects.filter(perkara=p.pk).order_by("pk")
    assert (satu.peran_pengirim, dua.peran_pengirim, dua.induk_id) == ("kepala", "kasubag", satu.pk)
    assert satu.penerima.get().selesai is not None, "done with the step that followed"
    assert dua.penerima.get().selesai is None


def test_produk_menyelesaikan_disposisi_kasi(sampai, pelaksana):
    p = sampai("diproses")
    pelaksana.lakukan(p, "tugaskan", contoh.isian(p, "tugaskan"))
    p = segar(p)
    pelaksana.lakukan(p, "dokumentasikan", contoh.isian(p, "dokumentasikan"))
    assert not PenerimaDisposisi.objects.filter(disposisi__perkara=p.pk, selesai=None).exists()


def test_anak_selesai_memajukan_amplop(sampai, pelaksana):
    p = sampai("diproses", portal="pendaftaran")
    layanan = buka_anak(p)
    assert segar(p).tahap == "layanan_berjalan" and layanan.induk_id == p.pk
    while layanan.ditutup is None:
        lk = langkah_berikut(layanan)
        layanan = segar(pelaksana.lakukan(layanan, lk.nama, contoh_daftar.isian(layanan, lk.nama)).perkara)
    kabari()
    p = segar(p)
    assert p.tahap == "produk_jadi" and layanan.nomor in p.hasil_layanan
    p = segar(pelaksana.lakukan(p, "catat_diterima", contoh.isian(p, "catat_diterima")).perkara)
    assert p.tahap == "selesai"


def test_anak_ditolak_kembali_ke_kasi(sampai, pelaksana):
    p = sampai("diproses", portal="pendaftaran")
    layanan = buka_anak(p)
    layanan = pelaksana.lakukan(layanan, "periksa_berkas", contoh_daftar.isian(layanan, "periksa_berkas")).perkara
    pelaksana.lakukan(layanan, "tolak", contoh_daftar.isian(layanan, "tolak"))
    kabari()
    kabari()
    p = segar(p)
    assert p.tahap == "diproses" and "Ditolak" in p.hasil_layanan
    assert p.riwayat.filter(langkah="layanan_berakhir").count() == 1


def test_halaman_masuk_layanan_terisi_dan_hanya_pada_waktunya(sampai, masuk):
    p = sampai("diproses", portal="pendaftaran")
    klien = masuk("ptsp.jakarta-selatan")
    halaman = klien.get(f"/pendaftaran/baru/?induk={p.nomor}")
    assert halaman.status_code == 200 and p.pemohon.nik in halaman.content.decode()
    assert klien.get(f"/pembatalan/baru/?induk={p.nomor}").status_code == 303
    assert klien.get("/pendaftaran/baru/?induk=JKS-PT-26-000000").status_code == 404
    assert klien.get("/pendaftaran/baru/?induk=%00").status_code == 404
    assert masuk("ptsp.lombok-timur").get(f"/pendaftaran/baru/?induk={p.nomor}").status_code == 404


def test_anak_kedua_ditolak_dan_tidak_tertulis(sampai, pelaksana):
    """Two counters open the service under one request: the second whole attempt is undone."""
    p = sampai("diproses", portal="pendaftaran")
    buka_anak(p)
    banyak = Perkara.objects.count()
    with pytest.raises(LangkahGagal), transaction.atomic():
        buka_anak(p, 9603)
    assert Perkara.objects.count() == banyak


def test_layanan_portal_tidak_didokumentasikan_di_kertas(sampai, masuk):
    p = sampai("diproses", portal="pendaftaran")
    jawab = masuk("kasi.jakarta-selatan").post(f"/pelayanan/{p.nomor}/langkah/dokumentasikan/", {"versi": p.versi})
    assert jawab.status_code == 409 and "Buka permohonan" in jawab.content.decode()


def test_pengunjung_melihat_tahapnya(sampai, client):
    p = sampai("didisposisi")
    jawab = client.post(
        "/cek/", {"nomor": p.nomor, "tanggal_lahir": f"{p.pemohon.tanggal_lahir:%Y-%m-%d}"}, follow=True
    )
    isi = jawab.content.decode()
    assert "Arahan pimpinan" in isi and "Kepala Kantor" in isi and p.pemohon.nik not in isi


def test_menu_hanya_di_kantor_yang_bertabel(masuk, kantor):
    assert 'href="/pelayanan/"' in masuk("ptsp.jakarta-selatan").get("/kerja/").content.decode()
    assert 'href="/pelayanan/"' not in masuk("ptsp.lombok-timur").get("/kerja/").content.decode()


def test_catat_permintaan_di_loket(masuk, kantor):
    klien = masuk("ptsp.jakarta-selatan")
    isi = {
        "layanan": "kertas", "nama_layanan": "Legalisasi", "nik": "3174015705800001", "nama": "Siti Contoh",
        "tempat_lahir": "Jakarta", "tanggal_lahir": "1980-05-17", "jenis_kelamin": "P", "agama": "islam",
        "alamat": "Jalan Contoh 1", "kabupaten": "Kota Jakarta Selatan", "telepon": "081200000001",
    }  # fmt: skip
    assert klien.post("/pelayanan/baru/", isi | {"nama_layanan": ""}).status_code == 422
    jawab = klien.post("/pelayanan/baru/", isi)
    p = Pelayanan.objects.get()
    assert jawab.status_code == 303 and (p.nama_layanan, p.layanan, p.tahap) == ("Legalisasi", "", "ditanyakan")
    assert klien.post("/pelayanan/baru/", isi).status_code == 409, "one open request of a person for a service"
