"""Odd bytes in addresses and in fields without a form: PostgreSQL refuses NUL in text, SQLite does not."""

from __future__ import annotations

import pytest

ALAMAT = [
    "/kerja/?tab=%00", "/kerja/?layanan=%00&saluran=%00", "/kerja/?kantor=%00", "/kerja/?halaman=-1",
    "/kerja/?halaman=99999999999999999999", "/pendaftaran/?keadaan=%00&halaman=%00", "/persetujuan/?pilih=%00",
    "/cek/?nomor=%00", "/?kantor=%00", "/kelayakan-pelimpahan/formulir/permohonan/?kantor=%00",
    "/kelayakan-pelimpahan/formulir/%00/", "/?kantor=99999999999999999999", "/layanan/pendaftaran/?kantor=%00",
    "/layanan/%00/", "/verifikasi/%00/", "/tampilan/?next=%00&tema=%00", "/pesan/?halaman=x", "/kerja/hasil/",
    "/pendaftaran/%00/", "/pendaftaran/LTM-PD-26-%00/", "/berkas/99999999999999999999999/",
    "/surat/99999999999999999999999/", "/surat/LTM-PD-26-AAAAAA/%00/",
]  # fmt: skip


@pytest.mark.basis
def test_alamat_aneh_tidak_merusak(masuk, acuan):
    client = masuk("kasi.lombok-timur")
    for alamat in ALAMAT:
        assert client.get(alamat).status_code in (200, 302, 404), alamat
    for alamat in ("/setoran/?halaman=%00", "/kunjungan/?halaman=0"):
        assert masuk("jfu.lombok-timur").get(alamat).status_code in (200, 404), alamat


@pytest.mark.basis
@pytest.mark.parametrize("kata", ["\x00", "a\x00b", "\u202e", "😀", "²" * 16, "٠" * 16, "A" * 5000, "' OR 1=1 --"])
def test_pencarian_menerima_apa_pun(masuk, acuan, kata):
    client = masuk("jfu.lombok-timur")
    assert client.post("/kerja/cari/", {"q": kata}).status_code == 302
    assert client.get("/kerja/hasil/").status_code == 200


@pytest.mark.basis
def test_nul_di_isian_tanpa_formulir(masuk, sampai):
    perkara = sampai("direkam", 1)
    client = masuk("kasi.lombok-timur")
    waktu = f"{perkara.get_absolute_url()}waktu/"
    for isi in (
        {"aksi": "jeda", "alasan": "Siskohat\x00 padam"},
        {"aksi": "perpanjang", "menit": "\x00", "alasan": "abcdef"},
        {"aksi": "\x00"},
        {"aksi": "perpanjang", "menit": "5", "alasan": "A" * 100_000},
    ):
        assert client.post(waktu, isi | {"versi": perkara.versi}).status_code in (303, 422)
        perkara = type(perkara).objects.get(pk=perkara.pk)
    borongan = {"perkara": ["\x00", perkara.nomor], f"langkah-{perkara.nomor}": "\x00", "sandi": "\x00"}
    assert client.post("/persetujuan/", borongan | {f"versi-{perkara.nomor}": perkara.versi}).status_code in (200, 422)
    cek = {"nomor": "LTM\x00", "tanggal_lahir": "1970-01-01"}
    assert client.post("/cek/", cek).status_code == 200


@pytest.mark.basis
def test_nul_saat_masuk(client, acuan):
    assert client.post("/masuk/", {"username": "a\x00", "password": "\x00"}).status_code == 200
