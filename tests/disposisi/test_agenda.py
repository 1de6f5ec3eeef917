"""The agenda book: numbers without a gap, kept corrections, cancelled lines, hostile files, closed letters."""

from __future__ import annotations

import datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.utils import timezone

from haji_portal.akun.models import Kantor
from haji_portal.alur.galat import Basi, IsianSalah
from haji_portal.berkas.contoh import gambar_pdf
from haji_portal.ptsp.disposisi import agenda
from haji_portal.ptsp.models import AksesSurat, SuratMasuk

from .tanah import disposisi_contoh, kirimkan, petugas, surat

pytestmark = [pytest.mark.django_db, pytest.mark.basis]


@pytest.fixture
def kantor(pelaksana):
    return Kantor.objects.get(slug="lombok-timur")


def isian(**lain):
    hari = timezone.localdate()
    return {
        "diterima": f"{hari:%Y-%m-%d}", "pengirim": "Camat Contoh", "nomor_surat": "12/CC/2026", "tanggal_surat": "",
        "perihal": "Layanan keliling", "sifat": "biasa", "perkara": "",
    } | lain  # fmt: skip


def test_nomor_urut_per_kantor_dan_tahun_tanpa_celah(kantor):
    lain = Kantor.objects.get(slug="tanah-bumbu")
    kini = timezone.localdate()
    lalu = datetime.date(kini.year - 1, 12, 30)
    semua = [surat(kantor), surat(kantor), surat(lain), surat(kantor, diterima=lalu, tanggal_surat=None)]
    with pytest.raises(IntegrityError), transaction.atomic():
        agenda.catat_surat(kantor, petugas("ptsp.lombok-timur").pengguna, {"diterima": kini, "pengirim": None})
    semua.append(surat(kantor))
    assert [(s.urut, s.tahun) for s in semua] == [
        (1, kini.year), (2, kini.year), (1, kini.year), (1, lalu.year), (3, kini.year),
    ]  # fmt: skip


def test_nomor_tidak_berubah_dan_tidak_dihapus(kantor):
    s = surat(kantor)
    for ubah in ({"urut": 9}, {"tahun": 2001}, {"kantor": Kantor.objects.get(slug="tanah-bumbu")}):
        with pytest.raises(IntegrityError), transaction.atomic():
            SuratMasuk.objects.filter(pk=s.pk).update(**ubah)
    with pytest.raises(IntegrityError), transaction.atomic():
        SuratMasuk.objects.filter(pk=s.pk)._raw_delete("default")


def test_koreksi_menyimpan_isi_lama(kantor):
    s, oleh = surat(kantor), petugas("ptsp.lombok-timur").pengguna
    agenda.koreksi(s, oleh, {"perihal": "Perihal yang benar"})
    s.refresh_from_db()
    assert s.koreksi.get().isi == {"perihal": ["Permintaan data pendaftar", "Perihal yang benar"]}
    with pytest.raises(IsianSalah):
        agenda.koreksi(s, oleh, {"diterima": datetime.date(s.tahun - 1, 12, 1)})
    agenda.batalkan(s, oleh, "Tercatat dua kali.")
    with pytest.raises(Basi):
        agenda.koreksi(s, oleh, {"perihal": "lagi"})
    with pytest.raises(Basi):
        kirimkan("kepala.lombok-timur", "kasi", surat=s)


def test_yang_sudah_didisposisikan_tidak_dibatalkan(kantor):
    s, _ = disposisi_contoh(kantor)
    with pytest.raises(Basi):
        agenda.batalkan(s, petugas("ptsp.lombok-timur").pengguna, "Salah catat.")


def test_catat_lewat_halaman_dengan_pindaian(kantor, masuk):
    klien = masuk("ptsp.lombok-timur")
    berkas = SimpleUploadedFile("surat.pdf", gambar_pdf("Surat"), "application/pdf")
    jawab = klien.post("/surat-masuk/baru/", isian(berkas=berkas))
    s = SuratMasuk.objects.get()
    assert jawab.status_code == 303 and jawab["Location"] == f"/surat-masuk/{s.pk}/"
    alamat = f"/surat-masuk/{s.pk}/berkas/{s.berkas.get().pk}/"
    unduh = klien.get(alamat)
    assert unduh["Content-Type"] == "application/pdf" and "sandbox" in unduh["Content-Security-Policy"]
    assert AksesSurat.objects.count() == 1


@pytest.mark.parametrize(
    ("nama", "isi"),
    [
        ("surat.pdf", b"<html><script>alert(1)</script></html>"),
        ("surat.pdf", b"%PDF-1.7\n1 0 obj<</S/JavaScript/JS(app.alert(1))>>endobj"),
        ("surat.svg", b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"),
        ("../../surat.exe", b"MZ" + b"\x00" * 200),
        ("kosong.pdf", b""),
    ],
)
def test_unggahan_jahat_ditolak(kantor, masuk, nama, isi):
    berkas = SimpleUploadedFile(nama, isi, "application/pdf")
    assert masuk("ptsp.lombok-timur").post("/surat-masuk/baru/", isian(berkas=berkas)).status_code == 422
    assert not SuratMasuk.objects.exists()


@pytest.mark.parametrize(
    "salah",
    [
        {"perkara": "LTM-PD-26-000000"}, {"perihal": ""}, {"sifat": "gawat"}, {"diterima": "2999-01-01"},
        {"tanggal_surat": "2999-01-01"}, {"pengirim": "x" * 151},
    ],
)  # fmt: skip
def test_isian_salah_ditolak(kantor, masuk, salah):
    assert masuk("ptsp.lombok-timur").post("/surat-masuk/baru/", isian(**salah)).status_code == 422
    assert not SuratMasuk.objects.exists()


def test_rahasia_hanya_untuk_pimpinan_pencatat_dan_penerima(kantor, client, akun):
    s = surat(kantor, berkas=1, sifat="rahasia")
    kirimkan("kepala.lombok-timur", "jfu.lombok-timur", surat=s)
    alamat = f"/surat-masuk/{s.pk}/berkas/{s.berkas.get().pk}/"
    harap = {"kepala": 200, "kasubag": 200, "ptsp": 200, "jfu": 200, "kasi": 403}
    for peran, status in harap.items():
        client.force_login(akun(f"{peran}.lombok-timur"))
        assert client.get(alamat).status_code == status, peran


def test_cari_dan_buku_tanpa_rumus(kantor, masuk):
    surat(kantor, pengirim="=HYPERLINK(0)", perihal="Rapat koordinasi")
    surat(kantor, perihal="Data pendaftar")
    klien = masuk("kasubag.lombok-timur")
    assert "Rapat koordinasi" in klien.get("/surat-masuk/?q=rapat").content.decode()
    assert "Rapat koordinasi" not in klien.get("/surat-masuk/?q=pendaftar").content.decode()
    csv = klien.get("/surat-masuk/buku/csv/").content.decode("utf-8-sig")
    assert "'=HYPERLINK(0)" in csv and "Data pendaftar" in csv
    assert klien.get("/surat-masuk/buku/pdf/").content.startswith(b"%PDF")
    assert klien.get("/surat-masuk/buku/xlsx/").content.startswith(b"PK")
