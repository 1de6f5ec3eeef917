"""The status page of a cancellation: who has it, what the family should do, where the money is, what is hidden."""

from __future__ import annotations

import datetime

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from haji_portal.alur.pelaku import Sistem
from haji_portal.dana.contoh import isian
from haji_portal.dana.pengembalian import ajukan_lagi, ajukan_pengembalian
from haji_portal.kabar.models import KontakPerkara
from haji_portal.ptsp.ajukan.tawaran import tawaran
from haji_portal.ptsp.keadaan import keadaan
from tests.ajukan import kode_terakhir
from tests.batal import LAHIR, batal, pindah, segar  # noqa: F401  (fixture)

pytestmark = pytest.mark.django_db
ALAMAT = "anak@contoh.example"
WARIS = {
    "pengaju": "ahli-waris", "nama_pengaju": "Ahmad Waris", "nik_pengaju": "5203011203850003", "sebab": "meninggal",
    "tanggal_meninggal": datetime.date(2026, 10, 1), "atas_nama": "AHMAD WARIS",
}  # fmt: skip


def tanya(client, nomor):
    return client.post("/cek/", {"nomor": nomor, "tanggal_lahir": LAHIR.isoformat()})


def halaman(client, p):
    assert tanya(client, p.nomor).status_code == 303
    return client.get("/cek/hasil/").content.decode()


@pytest.fixture
def dana(batal):  # noqa: F811
    """The refund of a bereaved family's case, with BPKH."""
    p = batal(1, "diajukan", **WARIS)
    return ajukan_pengembalian(p, rekening=p.rekening, oleh=Sistem("uji"))


@pytest.mark.parametrize(
    ("tahap", "kalimat"),
    [
        ("diperiksa", "dikerjakan oleh petugas haji di Kantor Kementerian Haji dan Umrah Kabupaten Lombok Timur"),
        ("dikembalikan", "Sekarang giliran Anda"),
        ("menunggu_ttd", "dikerjakan oleh Kepala Kantor di Kantor"),
        ("di_pusat", "dikerjakan oleh Direktorat di Direktorat Jenderal Penyelenggaraan Haji dan Umrah."),
        ("dibatalkan", "dikerjakan oleh Subdirektorat di Direktorat Jenderal"),
        ("dijurnal", "dikerjakan oleh Direktorat Jenderal Penyelenggaraan Haji dan Umrah."),
        ("selesai", "sudah ditutup"),
        ("ditolak", "Hasil: Ditolak"),
        ("ditolak", "Nomor porsi tidak berubah oleh permohonan ini."),
        ("dicabut", "Hasil: Dicabut"),
    ],
)
def test_dengan_siapa_dan_apa_yang_perlu(client, batal, tahap, kalimat):  # noqa: F811
    isi = halaman(client, batal(1, tahap))
    assert kalimat in isi
    assert "Rp25.000.000 tersimpan di BPKH" in isi
    assert "berduka" not in isi


def test_keluarga_jemaah_yang_wafat_disapa_dengan_duka(client, dana):
    isi = halaman(client, dana.induk)
    assert isi.index("turut berduka cita") < isi.index("Berikutnya: BPKH menerbitkan perintah bayar")
    assert "SOP tidak menetapkan batas waktu bagi BPKH dan bank (BPS). Kami tetap mengabari Anda" in isi
    assert "<dd>BPKH</dd>" in isi


def test_tanpa_nomor_rekening_nama_dan_nomor_anak_perkara(client, dana, pelaksana):
    induk = segar(dana.induk)
    for langkah in ("catat_spm", "sahkan_spm", "catat_transfer", "sahkan_transfer"):
        isi_langkah = isian(dana, langkah) | ({"nomor_spm": "SPM/26/1"} if langkah == "catat_spm" else {})
        dana = pelaksana.lakukan(dana, langkah, isi_langkah).perkara
    teks = (
        halaman(client, induk)
        + client.post(
            "/api/v1/status/",
            {"nomor": induk.nomor, "tanggal_lahir": LAHIR.isoformat()},
            content_type="application/json",
        ).content.decode()
    )
    orang = ("AHMAD WARIS", "Ahmad Waris", induk.pemohon.nama, WARIS["nik_pengaju"], induk.porsi.nomor)
    for rahasia in (*orang, induk.rekening.nomor, dana.nomor, dana.rujukan_bank):
        assert rahasia not in teks
    assert "rekening Bank Muamalat ******0001 a.n. A. W." in teks


def test_jawaban_api_memuat_setoran_dan_nilai_manfaat(client, dana, pelaksana):
    for langkah in ("catat_spm", "sahkan_spm"):
        dana = pelaksana.lakukan(dana, langkah, isian(dana, langkah)).perkara
    badan = {"nomor": dana.induk.nomor, "tanggal_lahir": LAHIR.isoformat()}
    uang = client.post("/api/v1/status/", badan, content_type="application/json").json()["uang"]
    assert (uang["setoran"], uang["nilai_manfaat"]) == (25_000_000, 1_234_567)
    assert uang["kini"] == "Rp26.234.567 dalam perintah bayar BPKH kepada bank"
    assert uang["titik"][0] == {"kalimat": "Rp25.000.000 tersimpan di BPKH", "tanggal": "2015-03-03", "alasan": ""}


def test_sesudah_gagal_keluarga_diminta_datang_dan_alasannya_tanpa_nama(client, dana, pelaksana):
    isi_langkah = isian(dana, "gagalkan") | {"alasan": "Rekening 7000000001 milik Ahmad Waris sudah ditutup."}
    dana = pelaksana.lakukan(dana, "gagalkan", isi_langkah).perkara
    ajukan_lagi(dana)
    k = keadaan(segar(dana.induk))
    assert k.dengan == "petugas haji di Kantor Kementerian Haji dan Umrah Kabupaten Lombok Timur"
    assert "Saat ini tidak ada yang perlu Anda lakukan." not in k.kalimat
    isi = halaman(client, dana.induk)
    assert '<p class="pesan pesan-warning">Datang ke kantor dan bawa buku rekening serta KTP' in isi
    assert "Keterangan: Rekening (nomor disamarkan) milik A. W. sudah ditutup." in isi


def test_perkara_di_belakang_dijawab_seperti_nomor_salah(batal, dana):  # noqa: F811
    """A refund, a notice, a journal: same page, same length, same work as for a number that does not exist."""
    jurnal, surat = batal.jurnal(), batal.pemberitahuan(segar(dana.induk))
    jawab = {}
    for nomor in ("LTM-PB-26-000000", dana.nomor, surat.nomor, jurnal.nomor):
        client = Client()
        with CaptureQueriesContext(connection) as kueri:  # fmt: skip
            hasil = tanya(client, nomor)
        assert hasil.status_code == 200
        assert "tidak cocok" in hasil.content.decode()
        assert client.get("/cek/hasil/").status_code == 302
        jawab[nomor] = len(kueri), len(hasil.content)
    assert len(set(jawab.values())) == 1


def test_surat_pemberitahuan_dibaca_sesudah_kode(client, batal, pelaksana):  # noqa: F811
    """The notice is signed in a case of its own; the family reads it under the number that it knows."""
    p = batal(1, "dibatalkan", **WARIS)
    KontakPerkara.objects.create(perkara=p, saluran="email", alamat=ALAMAT, diverifikasi=p.dibuka)
    surat = batal.pemberitahuan(p)
    assert "Lihat surat Anda" not in halaman(client, p)
    pelaksana.lakukan(surat, "tandatangani")
    assert "Lihat surat Anda" in halaman(client, p)
    assert client.get("/ajukan/surat/pemberitahuan_batal/")["Location"] == "/ajukan/surat/"
    assert client.post("/ajukan/surat/")["Location"] == "/ajukan/kode/"
    assert client.post("/ajukan/kode/", {"kode": kode_terakhir(ALAMAT)})["Location"] == "/ajukan/surat/"
    assert "emberitahuan" in client.get("/ajukan/surat/").content.decode()
    pdf = client.get("/ajukan/surat/pemberitahuan_batal/", {"unduh": "1"})
    assert pdf.content.startswith(b"%PDF")
    assert p.nomor in pdf["Content-Disposition"]
    assert surat.nomor not in pdf["Content-Disposition"]
    lain = batal(2, "dibatalkan")
    assert tawaran(lain) == {}
