"""A process that dies between freezing, signing and the step; passwords that change; a batch with a stale letter."""

from __future__ import annotations

import datetime

import pytest
from django.core.files.storage import default_storage

import haji_portal.meja.tandatangan as meja_ttd
from haji_portal.alur.models import Riwayat
from haji_portal.surat.models import NomorSurat, Surat
from haji_portal.surat.simpan import _semua_kunci, hapus_yatim
from tests.conftest import SANDI


class Putus(BaseException):
    """The process is gone: nothing may catch this."""


def tanda_tangan(client, perkara, sandi=SANDI, versi=None):
    url = f"{perkara.get_absolute_url()}langkah/tandatangani/"
    return client.post(url, {"versi": perkara.versi if versi is None else versi, "sandi": sandi})


@pytest.mark.parametrize("tempat", ["tandatangani_pdf", "jalankan"])
def test_putus_di_tengah_tanda_tangan_nomornya_dipakai_lagi(masuk, sampai, monkeypatch, tempat):
    perkara = sampai("diverifikasi", 1)
    client = masuk("kasi.lombok-timur")

    def mati(*args, **kwargs):
        raise Putus

    with monkeypatch.context() as sabotase:
        sabotase.setattr(meja_ttd, tempat, mati)
        with pytest.raises(Putus):
            tanda_tangan(client, perkara)
    beku = Surat.objects.get(perkara=perkara.pk, status="dibekukan")
    assert not Riwayat.objects.filter(perkara=perkara.pk, langkah="tandatangani").exists()
    assert tanda_tangan(client, perkara).status_code == 303
    beku.refresh_from_db()
    assert beku.status == "ditandatangani" and beku.nomor == NomorSurat.objects.get().nomor
    hapus_yatim(datetime.timedelta(0))
    assert set(_semua_kunci()) >= {beku.kunci_pdf, beku.kunci_pdf_ttd} and default_storage.exists(beku.kunci_pdf_ttd)
    assert len(_semua_kunci()) == 2, "what the dead process left is collected"


def test_surat_beku_tidak_ditandatangani_setelah_perkara_berubah(masuk, sampai, monkeypatch):
    """Frozen by one try, then the case changes under it: the next signature is over a new text, same number."""
    perkara = sampai("diverifikasi", 1)
    client = masuk("kasi.lombok-timur")
    with monkeypatch.context() as sabotase:
        sabotase.setattr(meja_ttd, "jalankan", lambda *a, **k: (_ for _ in ()).throw(Putus))
        with pytest.raises(Putus):
            tanda_tangan(client, perkara)
    lama = Surat.objects.get(perkara=perkara.pk).hash_pdf
    waktu = {"versi": perkara.versi, "aksi": "perpanjang", "menit": "5", "alasan": "Menunggu berkas asli"}
    assert client.post(f"{perkara.get_absolute_url()}waktu/", waktu).status_code == 303
    assert tanda_tangan(client, perkara).status_code == 409
    perkara.pemohon.nama = "Nama Setelah Diperbaiki"
    perkara.pemohon.save()
    assert tanda_tangan(client, perkara, versi=perkara.versi + 1).status_code == 303
    surat = Surat.objects.get(perkara=perkara.pk)
    assert surat.hash_pdf != lama and NomorSurat.objects.count() == 1


def test_ganti_sandi_lalu_tanda_tangan(masuk, sampai):
    perkara = sampai("diverifikasi", 1)
    client = masuk("kasi.lombok-timur")
    baru = "kopi-lombok-pagi-7"
    ganti = {"old_password": SANDI, "new_password1": baru, "new_password2": baru}
    assert client.post("/akun/sandi/", ganti).status_code == 302
    assert tanda_tangan(client, perkara).status_code == 422
    assert tanda_tangan(client, perkara, baru).status_code == 303


def test_borongan_dengan_satu_basi_menandatangani_yang_lain(masuk, sampai):
    semua = [sampai("diverifikasi", n) for n in (1, 2, 3)]
    isi: dict = {"sandi": SANDI, "perkara": [p.nomor for p in semua] + ["PAL-PD-26-AAAAAA"]}
    for p in semua:
        isi |= {f"versi-{p.nomor}": p.versi - (p is semua[1]), f"langkah-{p.nomor}": "tandatangani"}
    teks = masuk("kasi.lombok-timur").post("/persetujuan/", isi).content.decode()
    tahap = [type(p).objects.get(pk=p.pk).tahap for p in semua]
    assert tahap == ["ditandatangani", "diverifikasi", "ditandatangani"]
    assert "berubah sejak halaman dibuka" in teks
    assert NomorSurat.objects.filter(status="dipakai").count() == 2
