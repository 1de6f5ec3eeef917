"""The public page and the counter's: clear answers, nothing stored, nothing that names a person."""

import io
import re

import pikepdf
import pytest
from django.core import mail
from django.urls import reverse

from haji_portal.kabar.models import Pesan
from haji_portal.kabar.saluran import Hasil, Jawab
from haji_portal.ptsp import batas
from haji_portal.ptsp.models import PercobaanCek
from pelimpahan.formulir import FORMULIR

ALAMAT = "/kelayakan-pelimpahan/"
LENGKAP = {
    "kantor": "tanah-bumbu", "sebab": "wafat", "wafat_terhitung": "ya", "berangkat": "belum", "riwayat_porsi": "utuh",
    "banyak_porsi": "satu", "hubungan": "anak-kandung", "islam": "ya", "cukup_usia": "ya", "hadir": "ya",
    "bank_sama": "ya", "beda_provinsi": "tidak",
}  # fmt: skip

pytestmark = pytest.mark.usefixtures("acuan")


def kirim(client, alamat=ALAMAT, **ganti):
    return client.post(alamat, LENGKAP | ganti)


def isi_pdf(jawab):
    assert jawab["Content-Type"] == "application/pdf" and jawab["Cache-Control"] == "no-store"
    return pikepdf.open(io.BytesIO(jawab.content))


def test_halaman_tidak_menanyakan_siapa(client):
    teks = client.get(ALAMAT).content.decode()
    bidang = set(re.findall(r'<(?:input|select|textarea)[^>]*\bname="([^"]+)"', teks)) - {"csrfmiddlewaretoken", "next"}
    assert bidang == set(LENGKAP)
    assert "29 April 2019" in teks and "12 tahun" in teks
    assert "<textarea" not in teks and 'type="text"' not in teks


def test_dapat_dengan_dasar_dan_daftarnya(client):
    jawab = kirim(client)
    teks = jawab.content.decode()
    assert jawab.status_code == 200 and "Porsi ini dapat dilimpahkan</h1>" in teks
    assert "Kepdirjen PHU 245/2021 A.5" in teks
    assert teks.count("<td></td><td></td>") == 12
    assert "KTP ahli waris dilegalisir dukcapil" in teks and "Buku nikah" not in teks
    assert "no-store" in jawab["Cache-Control"] and jawab["X-Robots-Tag"] == "noindex"


def test_tidak_dapat_menunjuk_pembatalan_tanpa_daftar(client):
    teks = kirim(client, wafat_terhitung="tidak").content.decode()
    assert "Porsi ini tidak dapat dilimpahkan</h1>" in teks
    assert "/layanan/pembatalan/?kantor=tanah-bumbu" in teks and "<td></td>" not in teks


def test_kerabat_lain_menyisakan_keluarga_lain(client):
    teks = kirim(client, hubungan="lain").content.decode()
    assert "tidak dapat dilimpahkan kepada orang itu</h1>" in teks
    assert "memilih penerima lain" in teks and "Akta kelahiran ahli waris" in teks


@pytest.mark.parametrize("kosong", [{}, {"kantor": "", "sebab": "wafat"}])
def test_boleh_belum_tahu(client, kosong):
    teks = client.post(ALAMAT, kosong).content.decode()
    assert "Belum dapat dipastikan</h1>" in teks and "Yang masih perlu dicari tahu" in teks


def test_jawaban_palsu_ditolak_dengan_kalimat(client):
    jawab = kirim(client, sebab="x' OR 1=1", kantor="tiada")
    assert jawab.status_code == 422 and "Ada yang perlu diperbaiki" in jawab.content.decode()


@pytest.mark.parametrize("nilai", ["\x00", "a\x00b", "\u202e", "<script>alert(1)</script>", "9" * 100_000])
def test_nilai_musuh_menjadi_kalimat(client, nilai):
    for nama in LENGKAP:
        jawab = kirim(client, **{nama: nilai})
        assert jawab.status_code == 422 and "<script>alert" not in jawab.content.decode()
    assert kirim(client, aksi=nilai, lain=nilai).status_code == 200


def test_ubah_jawaban_membawa_jawaban(client):
    teks = kirim(client, aksi="ubah").content.decode()
    assert teks.count(" checked") == len(LENGKAP) - 1 and '<option value="tanah-bumbu" selected>' in teks


def test_pdf_dengan_kop_kantor(client):
    pdf = isi_pdf(kirim(client, aksi="pdf"))
    assert len(pdf.pages) == 1 and str(pdf.docinfo["/Title"]) == "Persyaratan pelimpahan porsi kepada keluarga"
    assert len(isi_pdf(kirim(client, aksi="pdf", kantor="")).pages) == 1


@pytest.mark.parametrize("jenis", FORMULIR)
def test_formulir_dapat_diisi(client, jenis):
    pdf = isi_pdf(client.get(f"{ALAMAT}formulir/{jenis}/", {"kantor": "tanah-bumbu"}))
    assert len(pdf.pages) == 1
    nama = {str(f.T): f for f in pdf.Root.AcroForm.Fields}
    assert {"penerima_nama", "penerima_nik", "hubungan", "jemaah_nama", "jemaah_porsi", "keadaan"} <= set(nama)
    assert str(nama["penerima_nama"].TU) == "Penerima: Nama" and str(nama["penerima_nama"].FT) == "/Tx"
    assert all(str(f.TU) and str(f.TU) != str(f.T) for f in nama.values())
    assert not str(nama["penerima_nama"].get("/V", ""))


def test_surel_sekali_tanpa_menyimpan_apa_pun(client):
    jawab = kirim(client, aksi="kirim", surel=" Keluarga@Contoh.example ")
    assert "sudah dikirim" in jawab.content.decode()
    [surel] = mail.outbox
    assert surel.to == ["Keluarga@Contoh.example"] and "Porsi ini dapat dilimpahkan" in surel.subject
    assert "1. KTP ahli waris dilegalisir dukcapil (2 lembar)" in surel.body and "245/2021 A.3" in surel.body
    assert [nama for nama, *_ in surel.attachments] == ["persyaratan-pelimpahan.pdf"]
    assert Pesan.objects.count() == 0 and "sessionid" not in client.cookies
    assert not any("contoh" in kunci.lower() for kunci in PercobaanCek.objects.values_list("kunci", flat=True))


@pytest.mark.parametrize("surel", ["", "bukan surel", "a@b", "a@contoh.example\nBcc: b@contoh.example"])
def test_surel_salah(client, surel):
    jawab = kirim(client, aksi="kirim", surel=surel)
    assert jawab.status_code == 422 and mail.outbox == []


@pytest.mark.parametrize(("hasil", "kata"), [
    (Hasil.TERTUNDA, "belum dapat dikirim"), (Hasil.DITOLAK, "ditolak"), (Hasil.TIDAK_PASTI, "mungkin sudah terkirim"),
])  # fmt: skip
def test_surel_gagal_dikatakan(client, monkeypatch, hasil, kata):
    monkeypatch.setattr("haji_portal.kabar.surel.SaluranSurel.serahkan", lambda self, kiriman: Jawab(hasil, "x"))
    assert kata in kirim(client, aksi="kirim", surel="a@contoh.example").content.decode()


def test_surel_dan_lembar_dibatasi(client, monkeypatch):
    for _ in range(batas.SUREL_PER_TUJUAN_SEHARI):
        assert kirim(client, aksi="kirim", surel="a@contoh.example").status_code == 200
    ditolak = kirim(client, aksi="kirim", surel="A@contoh.example")
    assert ditolak.status_code == 429 and len(mail.outbox) == batas.SUREL_PER_TUJUAN_SEHARI
    monkeypatch.setattr(batas, "LEMBAR_PER_ALAMAT", 1)
    assert kirim(client, aksi="pdf").status_code == 200
    assert kirim(client, aksi="pdf").status_code == 429
    assert client.get(f"{ALAMAT}formulir/pernyataan/").status_code == 429


def test_memeriksa_tidak_menulis_apa_pun(client, django_assert_max_num_queries):
    with django_assert_max_num_queries(8) as kueri:
        kirim(client)
    assert not [q for q in kueri.captured_queries if q["sql"].split()[0] in ("INSERT", "UPDATE", "DELETE")]


def test_loket_mengenal_kantornya_dan_melanjutkan(masuk):
    klien = masuk("ptsp.tanah-bumbu")
    alamat = reverse("kelayakan:loket")
    teks = klien.get(alamat).content.decode()
    assert "Apakah jemaah mendaftar di kantor ini?" in teks and 'name="kantor"' not in teks
    teks = kirim(klien, alamat, daftar_di_sini="ya").content.decode()
    assert "Porsi ini dapat dilimpahkan</h1>" in teks and "KTP ahli waris dilegalisir dukcapil" in teks
    teks = kirim(klien, alamat, daftar_di_sini="tidak").content.decode()
    assert "bukan di kantor ini" in teks


def test_ditautkan_dari_depan_layanan_dan_meja(client, masuk):
    assert f'href="{ALAMAT}"' in client.get("/").content.decode()
    assert f'href="{ALAMAT}"' in client.get("/layanan/pelimpahan/").content.decode()
    assert f'href="{ALAMAT}"' not in client.get("/layanan/pendaftaran/").content.decode()
    assert f'href="{ALAMAT}loket/"' in masuk("ptsp.tanah-bumbu").get("/kerja/").content.decode()
