"""Storage: private, whole or not at all, owned by a case or collected after a day."""

import dataclasses
import hashlib
import os
import stat
import time

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction

from haji_portal.berkas import simpan
from haji_portal.berkas.daftar import siapkan_daftar
from haji_portal.berkas.models import Lampiran
from haji_portal.berkas.saring import Hasil
from haji_portal.berkas.simpan import (
    UnggahanDitolak,
    baca,
    hapus_yatim,
    lampirkan,
    lampirkan_foto,
    simpan_foto,
    simpan_unggahan,
)
from tests.berkas import musuh

pytestmark = pytest.mark.django_db


@pytest.fixture
def unggah(monkeypatch):
    """An upload without the cost of the cleaning child, which test_saring.py tries."""
    isi = musuh.gambar(64, 48)
    monkeypatch.setattr(simpan, "saring", lambda berkas, izinkan: Hasil(isi, "image/jpeg"))
    return lambda nama="ktp.jpg": simpan_unggahan(SimpleUploadedFile(nama, isi))


def test_file_bersifat_pribadi_dan_tidak_bernama_asli(unggah, settings):
    berkas = unggah("ktp ahmad.jpg")
    jalur = settings.HAJI_PRIVAT / berkas.kunci
    assert stat.S_IMODE(jalur.stat().st_mode) == 0o600
    for folder in (jalur.parent, jalur.parent.parent, jalur.parent.parent.parent):
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert "ahmad" not in str(jalur)
    assert "." not in jalur.name
    assert hashlib.sha256(jalur.read_bytes()).hexdigest() == berkas.sha256
    assert [p for p in settings.HAJI_PRIVAT.rglob("*") if p.is_file()] == [jalur]


def test_dua_unggahan_sama_tidak_berbagi_file(unggah):
    satu, dua = unggah(), unggah()
    assert satu.sha256 == dua.sha256
    assert satu.kunci != dua.kunci


def test_gagal_menulis_tidak_meninggalkan_sisa(unggah, settings, monkeypatch):
    def penuh(fd):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(simpan.os, "fsync", penuh)
    with pytest.raises(UnggahanDitolak):
        unggah()
    assert not [p for p in settings.HAJI_PRIVAT.rglob("*") if p.is_file()]


def test_baca_menolak_file_yang_diubah_dan_kunci_palsu(unggah, settings):
    berkas = unggah()
    assert len(baca(berkas.kunci, berkas.sha256)) == berkas.ukuran
    (settings.HAJI_PRIVAT / berkas.kunci).write_bytes(b"lain")
    with pytest.raises(ValueError, match="hash"):
        baca(berkas.kunci, berkas.sha256)
    for kunci in ("../../etc/passwd", "berkas/ab/cd/../../../rahasia", "", "/etc/passwd", berkas.kunci + "\n"):
        with pytest.raises(FileNotFoundError):
            baca(kunci, berkas.sha256)


def test_lampiran_baru_mengganti_yang_lama_pada_butir_yang_sama(unggah, perkara, syarat, petugas):
    syarat("ktp")
    (butir,) = siapkan_daftar(perkara, "uji")
    satu = lampirkan(perkara, unggah(), "berkas", petugas, butir)
    dua = lampirkan(perkara, unggah(), "berkas", petugas, butir)
    satu.refresh_from_db()
    assert satu.diganti_pada is not None
    assert list(Lampiran.objects.terkini()) == [dua]
    assert (dua.diunggah_oleh, dua.ukuran > 0, dua.mime, dua.gambar) == (petugas, True, "image/jpeg", True)


def test_lampiran_tanpa_butir_saling_melengkapi(unggah, perkara):
    lampirkan(perkara, unggah(), "bukti_siskohat", None)
    lampirkan(perkara, unggah(), "bukti_siskohat", None)
    assert Lampiran.objects.terkini().count() == 2


def test_foto_ulang_mengganti_ketiga_ukuran(perkara, perkara_baru, petugas, monkeypatch):
    lain = perkara_baru()
    monkeypatch.setattr(simpan, "saring_foto", lambda berkas, potongan: (Hasil(b"foto", "image/jpeg"),) * 3)
    for tujuan in (lain, perkara, perkara):
        berkas = SimpleUploadedFile("foto saya.jpg", b"foto")
        hasil = lampirkan_foto(tujuan, simpan_foto(berkas), petugas)
    assert {(x.jenis, x.diganti_pada) for x in hasil.values()} == {
        ("foto", None),
        ("foto_3x4", None),
        ("foto_4x6", None),
    }
    assert set(perkara.lampiran.terkini()) == set(hasil.values())
    assert perkara.lampiran.count() == 6
    # The photo of another case was not touched.
    assert lain.lampiran.terkini().count() == 3


def test_lampirkan_menolak_butir_perkara_lain_dan_jenis_asing(unggah, perkara, perkara_baru, syarat):
    syarat("ktp")
    (butir,) = siapkan_daftar(perkara_baru(), "uji")
    with pytest.raises(ValueError, match="another case"):
        lampirkan(perkara, unggah(), "berkas", None, butir)
    with pytest.raises(ValueError, match="unknown kind"):
        lampirkan(perkara, unggah(), "skrip", None)
    assert not Lampiran.objects.exists()


def test_satu_file_hanya_untuk_satu_lampiran(unggah, perkara):
    berkas = unggah()
    lampirkan(perkara, berkas, "arsip", None)
    with pytest.raises(IntegrityError), transaction.atomic():
        lampirkan(perkara, dataclasses.replace(berkas, nama="lain.jpg"), "arsip", None)


def test_hapus_yatim_hanya_yang_tua_dan_tanpa_lampiran(unggah, perkara, settings):
    milik, yatim_tua, yatim_baru = unggah(), unggah(), unggah()
    lampirkan(perkara, milik, "arsip", None)
    surat = settings.HAJI_PRIVAT / "surat" / "ab" / "cd" / "surat.pdf"
    surat.parent.mkdir(parents=True)
    surat.write_bytes(b"surat")
    kemarin = time.time() - simpan.SEHARI - 60
    for jalur in (settings.HAJI_PRIVAT / milik.kunci, settings.HAJI_PRIVAT / yatim_tua.kunci, surat):
        os.utime(jalur, (kemarin, kemarin))
    assert hapus_yatim() == 1
    assert hapus_yatim() == 0
    ada = [(settings.HAJI_PRIVAT / b.kunci).exists() for b in (milik, yatim_tua, yatim_baru)]
    assert ada == [True, False, True]
    # Other rooms keep their files in the same private folder.
    assert surat.exists()


def test_hapus_yatim_tanpa_folder(settings):
    assert hapus_yatim() == 0
