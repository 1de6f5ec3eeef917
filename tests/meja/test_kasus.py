"""The case page and its steps: the contract of the addresses, nothing lost, nothing done twice."""

from __future__ import annotations

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from haji_portal.alur.models import Riwayat
from tests.batal import batal  # noqa: F401  (fixture)
from tests.conftest import SANDI


def alamat(perkara, langkah):
    return f"{perkara.get_absolute_url()}langkah/{langkah}/"


def jejak(perkara):
    return Riwayat.objects.filter(perkara=perkara.pk).count()


def test_halaman_perkara_membawa_nomor_status_versi_dan_langkah(masuk, sampai):
    perkara = sampai("direkam", 1)
    isi = masuk("jfu.lombok-timur").get(perkara.get_absolute_url()).content.decode()
    assert f'data-nomor="{perkara.nomor}" data-status="direkam" data-versi="{perkara.versi}"' in isi
    assert 'data-langkah="isi_spph"' in isi
    assert f'name="versi" value="{perkara.versi}"' in isi
    assert 'data-tertutup="verifikasi"' in isi
    assert "Belum dilakukan:" in isi


def test_langkah_milik_peran_lain_tertutup_dengan_sebabnya(masuk, sampai):
    perkara = sampai("direkam", 1)
    isi = masuk("kasi.lombok-timur").get(perkara.get_absolute_url()).content.decode()
    assert 'data-langkah="' not in isi
    assert 'data-tertutup="isi_spph"' in isi and "dilakukan oleh" in isi


def test_perkara_kantor_lain_tidak_ada(masuk, sampai):
    perkara = sampai("diperiksa", 1)
    client = masuk("jfu.palu")
    assert client.get(perkara.get_absolute_url()).status_code == 404
    assert client.post(alamat(perkara, "nyatakan_lengkap"), {"versi": perkara.versi}).status_code == 404
    assert client.get(f"{perkara.get_absolute_url()}tanda-terima/").status_code == 404


def test_langkah_yang_tidak_dikenal_404(masuk, sampai):
    perkara = sampai("diperiksa", 1)
    assert masuk("ptsp.lombok-timur").post(alamat(perkara, "terbangkan"), {"versi": 1}).status_code == 404


def test_peran_lain_ditolak_403_dan_tidak_ada_yang_tertulis(masuk, sampai):
    perkara = sampai("diperiksa", 1)
    sebelum = jejak(perkara)
    jawab = masuk("kasi.lombok-timur").post(alamat(perkara, "nyatakan_lengkap"), {"versi": perkara.versi})
    assert jawab.status_code == 403
    assert "dilakukan oleh" in jawab.content.decode()
    assert jejak(perkara) == sebelum


def test_syarat_belum_terpenuhi_409_dengan_kalimat(masuk, sampai):
    perkara = sampai("diperiksa", 1)
    jawab = masuk("ptsp.lombok-timur").post(alamat(perkara, "nyatakan_lengkap"), {"versi": perkara.versi})
    assert jawab.status_code == 409
    assert "Belum dilakukan: Periksa berkas." in jawab.content.decode()


def periksa(perkara, hasil="ada"):
    return {"versi": perkara.versi} | {f"verdict_{b.kode}": hasil for b in perkara.butir.all()}


def test_berhasil_303_dan_klik_kedua_tidak_mengulang(masuk, sampai):
    perkara = sampai("diperiksa", 1)
    client, isi = masuk("ptsp.lombok-timur"), periksa(perkara)
    jawab = client.post(alamat(perkara, "periksa_berkas"), isi)
    assert jawab.status_code == 303 and jawab["Location"] == perkara.get_absolute_url()
    sesudah = jejak(perkara)
    lagi = client.post(alamat(perkara, "periksa_berkas"), isi, follow=True)
    assert "sudah dilakukan" in lagi.content.decode()
    assert jejak(perkara) == sesudah


def test_halaman_lama_409_menyebut_siapa_yang_mengubah(masuk, sampai):
    perkara = sampai("diperiksa", 1)
    isi = periksa(perkara)
    masuk("ptsp.lombok-timur").post(alamat(perkara, "periksa_berkas"), isi)
    jawab = masuk("ptsp.lombok-timur").post(alamat(perkara, "nyatakan_lengkap"), {"versi": isi["versi"]})
    assert jawab.status_code == 409
    teks = jawab.content.decode()
    assert "sudah berubah sejak halaman dibuka" in teks
    assert f'data-versi="{isi["versi"] + 1}"' in teks


@pytest.mark.parametrize("versi", ["", "abc", "-1", "9" * 30, "١"])
def test_versi_rusak_409(masuk, sampai, versi):
    perkara = sampai("diperiksa", 1)
    jawab = masuk("ptsp.lombok-timur").post(alamat(perkara, "periksa_berkas"), {"versi": versi})
    assert jawab.status_code == 409


def test_isian_salah_422_dan_yang_diketik_tetap_ada(masuk, sampai):
    perkara = sampai("direkam", 1)
    isi = {"versi": perkara.versi, "nama_ayah": "Ayah Contoh Panjang", "tinggi_cm": "9999"}
    jawab = masuk("jfu.lombok-timur").post(alamat(perkara, "isi_spph"), isi)
    assert jawab.status_code == 422
    teks = jawab.content.decode()
    assert "Ayah Contoh Panjang" in teks and 'value="9999"' in teks
    assert "Ada yang perlu diperbaiki" in teks
    perkara.pemohon.refresh_from_db()
    assert perkara.pemohon.nama_ayah == ""


def test_halaman_satu_langkah_bisa_dibuka_sendiri(masuk, sampai):
    perkara = sampai("direkam", 1)
    client = masuk("jfu.lombok-timur")
    assert 'data-langkah="isi_spph"' in client.get(alamat(perkara, "isi_spph")).content.decode()
    tertutup = client.get(alamat(perkara, "serahkan")).content.decode()
    assert "tidak dapat dilakukan" in tertutup and "data-langkah" not in tertutup


def test_tanda_tangan_meminta_sandi_dan_sandi_salah_tidak_mengubah_apa_pun(masuk, sampai):
    perkara = sampai("diverifikasi", 1)
    client = masuk("kasi.lombok-timur")
    salah = client.post(alamat(perkara, "tandatangani"), {"versi": perkara.versi, "sandi": "bukan-ini"})
    assert salah.status_code == 422 and 'id="isian-sandi"' in salah.content.decode()
    assert "bukan-ini" not in salah.content.decode()
    assert type(perkara).objects.get(pk=perkara.pk).tahap == "diverifikasi"
    benar = client.post(alamat(perkara, "tandatangani"), {"versi": perkara.versi, "sandi": SANDI})
    assert benar.status_code == 303
    assert type(perkara).objects.get(pk=perkara.pk).tahap == "ditandatangani"


def test_tabel_sop_hidup_menyebut_yang_selesai_sekarang_dan_nanti(masuk, sampai):
    perkara = sampai("direkam", 1)
    baris = {b["no"]: b for b in masuk("jfu.lombok-timur").get(perkara.get_absolute_url()).context["tabel"]["baris"]}
    assert [baris[n]["keadaan"] for n in "1234567"] == [
        "sebelum", "selesai", "selesai", "sekarang", "berikut", "akan", "akan",
    ]  # fmt: skip
    assert baris["3"]["oleh"] and baris["3"]["saat"]


def test_kasi_menghentikan_dan_menjalankan_waktu(masuk, sampai):
    perkara = sampai("diperiksa", 1)
    client, url = masuk("kasi.lombok-timur"), f"{perkara.get_absolute_url()}waktu/"
    kosong = client.post(url, {"versi": perkara.versi, "aksi": "jeda", "alasan": ""})
    assert kosong.status_code == 422 and "Tuliskan alasannya" in kosong.content.decode()
    assert client.post(url, {"versi": perkara.versi, "aksi": "jeda", "alasan": "Siskohat padam"}).status_code == 303
    assert "Waktu dihentikan: Siskohat padam" in client.get(perkara.get_absolute_url()).content.decode()
    assert client.post(url, {"versi": perkara.versi + 1, "aksi": "lanjutkan"}).status_code == 303
    assert masuk("jfu.lombok-timur").post(url, {"versi": perkara.versi + 2, "aksi": "jeda"}).status_code == 403


def anggaran(client, perkara, batas):
    # The clock stands: what a process keeps for a minute must not run out between the two visits.
    with time_machine.travel(timezone.now(), tick=False):
        client.get(perkara.get_absolute_url())
        with CaptureQueriesContext(connection) as kueri:
            assert client.get(perkara.get_absolute_url()).status_code == 200
    assert len(kueri) <= batas, "\n".join(q["sql"][:140] for q in kueri)


def test_anggaran_kueri_halaman_perkara(masuk, sampai):
    anggaran(masuk("kasi.lombok-timur"), sampai("diverifikasi", 1), 22)


def test_anggaran_kueri_halaman_pembatalan(masuk, batal):  # noqa: F811
    """With the way of the money; at the signature, and while the refund is under way."""
    anggaran(masuk("kepala.lombok-timur"), batal(1, "menunggu_ttd"), 25)
    anggaran(masuk("jfu.lombok-timur"), batal(2, "diajukan"), 24)
