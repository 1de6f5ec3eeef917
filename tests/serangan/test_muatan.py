"""Payloads in every text field, carried through a whole registration: pages, letters and e-mails show them as text."""

from __future__ import annotations

import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from haji_portal.alur.efek import sapu
from haji_portal.alur.posisi import langkah_berikut
from haji_portal.berkas.contoh import gambar_pdf
from haji_portal.surat.models import Surat
from pendaftaran.contoh import buat_jemaah, buka_contoh, gambar_foto
from tests.conftest import SANDI
from tests.surat.alat_pdf import teks_pdf

MUATAN = "<b>x</b>{{ 7|add:7 }}{% debug %}'\"&amp; O'Neil"


@pytest.fixture
def korban(kantor_lombok, pelaksana):
    orang = buat_jemaah(
        kantor_lombok, 3, nama=f"Budi {MUATAN}", tempat_lahir=MUATAN, alamat=MUATAN, email="budi@contoh.example"
    )
    return buka_contoh(kantor_lombok, 3, jemaah=orang).perkara


def kirim(client, perkara, langkah, isi):
    perkara = type(perkara).objects.get(pk=perkara.pk)
    jawab = client.post(f"{perkara.get_absolute_url()}langkah/{langkah}/", {"versi": perkara.versi} | isi)
    assert jawab.status_code == 303, (langkah, jawab.status_code, jawab.context and jawab.context.get("gagal"))
    return type(perkara).objects.get(pk=perkara.pk)


def isian_http(perkara, langkah):
    foto = SimpleUploadedFile("<img src=x>.jpg", gambar_foto(1), "image/jpeg")
    pdf = SimpleUploadedFile("{{7}}<b>.pdf", gambar_pdf("Contoh"), "application/pdf")
    spph = dict.fromkeys(("nama_ayah", "kelurahan", "kecamatan", "pekerjaan"), MUATAN)
    return {
        "periksa_berkas": {f"verdict_{b.kode}": "ada" for b in perkara.butir.all()},
        "isi_spph": spph | {"wajah": MUATAN[:40], "pendidikan": "SMA", "status_kawin": "kawin"},
        "ambil_foto": {"foto": foto},
        "catat_porsi": {"nomor_porsi": "2300000001", "terbit": timezone.localdate().isoformat(), "bukti": pdf},
        "pindai_berkas": {"arsip": pdf},
        "tandatangani": {"sandi": SANDI},
        "serahkan": {"penerima": MUATAN},
    }.get(langkah, {})


def test_muatan_tampil_sebagai_teks_di_mana_pun(masuk, korban, akun):
    mail.outbox = []
    perkara = korban
    kurang = {f"verdict_{b.kode}": "kurang" for b in perkara.butir.all()}
    kurang |= {f"alasan_{b.kode}": MUATAN for b in perkara.butir.all()}
    client = masuk("ptsp.lombok-timur")
    perkara = kirim(client, perkara, "periksa_berkas", kurang)
    perkara = kirim(client, perkara, "kembalikan", {"catatan": MUATAN})
    sapu()
    perkara = kirim(client, perkara, "lengkapi", {})
    while perkara.ditutup is None:
        langkah = langkah_berikut(perkara)
        giliran = perkara.giliran.first()
        client = masuk(f"{giliran.peran}.lombok-timur")
        perkara = kirim(client, perkara, langkah.nama, isian_http(perkara, langkah.nama))
        halaman = client.get(perkara.get_absolute_url()).content.decode()
        assert "<b>x</b>" not in halaman and "&lt;b&gt;x&lt;/b&gt;" in halaman
        assert "{{ 7|add:7 }}" in halaman and "<img src=x>" not in halaman
        while sapu():
            pass
    for alamat in ("/kerja/?tab=selesai", "/pendaftaran/?keadaan=semua", "/pesan/", "/setoran/"):
        assert "<b>x</b>" not in masuk("ptsp.lombok-timur").get(alamat).content.decode(), alamat
    assert len(mail.outbox) >= 4
    for surel in mail.outbox:
        assert "&lt;" not in surel.body and "&#x27;" not in surel.body, "plain text is not HTML"
        assert "{% debug" in surel.body or "Budi" not in surel.body
    pdf = client.get(f"/surat/{Surat.objects.get(status='ditandatangani').pk}/").content
    assert "<b>x</b>" in teks_pdf(pdf).replace("\n", "")
    lahir = {"nomor": perkara.nomor, "tanggal_lahir": perkara.pemohon.tanggal_lahir.isoformat()}
    publik = client.post("/cek/", lahir, follow=True).content.decode()
    assert "Budi" not in publik and "O'Neil" not in publik
    tanda = client.get(f"/surat/{perkara.nomor}/tanda_terima/")
    assert tanda.status_code == 200
