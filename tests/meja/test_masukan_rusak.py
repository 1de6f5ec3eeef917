"""Hostile and broken input at the desk: an answer in words, never an error of the portal."""

from __future__ import annotations

import pytest

from pendaftaran.models import Pendaftaran

RUSAK = ["\x00", "a\x00b", "' OR 1=1 --", "%", "_" * 200, "🕋" * 50, "<script>alert(1)</script>", "١٢٣٤٥٦٧٨٩٠"]


@pytest.mark.basis
@pytest.mark.parametrize("teks", RUSAK)
def test_pencarian_menerima_apa_saja(masuk, sampai, teks):
    sampai("diperiksa", 1)
    jawab = masuk("ptsp.lombok-timur").post("/kerja/cari/", {"q": teks}, follow=True)
    assert jawab.status_code == 200
    assert "<script>alert" not in jawab.content.decode()


@pytest.mark.basis
@pytest.mark.parametrize("teks", RUSAK)
def test_saringan_dan_halaman_menerima_apa_saja(masuk, sampai, teks):
    perkara = sampai("diperiksa", 1)
    client = masuk("kanwil.ntb")
    isi = {"layanan": teks, "saluran": teks, "kantor": teks, "tab": teks, "halaman": teks, "pilih": teks}
    assert client.get("/kerja/", isi).status_code == 200
    assert client.get("/persetujuan/", isi).status_code == 200
    jawab = client.get("/pendaftaran/", {"keadaan": teks, "halaman": "999999"})
    assert [b["nomor"] for b in jawab.context["baris"]] == [perkara.nomor]


@pytest.mark.basis
@pytest.mark.parametrize("teks", ["\x00", "LTM\x00", "x" * 5000])
def test_kiriman_rusak_tidak_mengubah_apa_pun(masuk, sampai, teks):
    perkara = sampai("diperiksa", 1)
    client = masuk("kasi.lombok-timur")
    assert client.post("/persetujuan/", {"perkara": teks, f"versi-{teks}": teks, "sandi": teks}).status_code < 500
    url = perkara.get_absolute_url()
    waktu = {"versi": perkara.versi, "aksi": "perpanjang", "menit": teks, "alasan": f"alasan {teks}"}
    assert client.post(f"{url}waktu/", waktu).status_code == 422
    assert client.post(f"{url}waktu/", {"versi": perkara.versi, "aksi": teks}).status_code == 422
    loket = masuk("ptsp.lombok-timur")
    assert loket.post(f"{url}langkah/cabut/", {"versi": perkara.versi, "alasan": teks}).status_code == 422
    assert loket.post("/pendaftaran/baru/", {"nik": teks, "nama": teks}).status_code == 422
    assert loket.post("/setoran/baru/", {"nik": teks, "nomor_validasi": teks}).status_code == 422
    assert Pendaftaran.objects.get().versi == perkara.versi


@pytest.mark.parametrize(
    ("tujuan", "boleh"), [("https://jahat.example/", False), ("//jahat.example", False), ("/persetujuan/", True)]
)
def test_alamat_kembali_hanya_di_situs_sendiri(masuk, sampai, tujuan, boleh):
    perkara = sampai("diperiksa", 1)
    isi = {"versi": perkara.versi, "next": tujuan} | {f"verdict_{b.kode}": "ada" for b in perkara.butir.all()}
    jawab = masuk("ptsp.lombok-timur").post(f"{perkara.get_absolute_url()}langkah/periksa_berkas/", isi)
    assert jawab.status_code == 303
    assert jawab["Location"] == (tujuan if boleh else perkara.get_absolute_url())
