"""Persetujuan: many at once, a result per item, nothing all-or-nothing."""

from __future__ import annotations

import pytest

from haji_portal.surat.models import Surat
from pendaftaran.models import Pendaftaran
from tests.conftest import SANDI


@pytest.fixture
def tumpukan(sampai):
    return [sampai("diverifikasi", urut) for urut in (1, 2, 3)]


def isian(perkara, **ganti):
    isi = {"perkara": [p.nomor for p in perkara], "sandi": SANDI}
    for p in perkara:
        isi |= {f"versi-{p.nomor}": p.versi, f"langkah-{p.nomor}": "tandatangani"}
    return isi | ganti


def tahap(perkara):
    return [Pendaftaran.objects.get(pk=p.pk).tahap for p in perkara]


def test_hanya_yang_menunggu_pejabat_ini(masuk, tumpukan, sampai):
    sampai("direkam", 9)
    jawab = masuk("kasi.lombok-timur").get("/persetujuan/")
    assert {b["nomor"] for b in jawab.context["baris"]} == {p.nomor for p in tumpukan}
    teks = jawab.content.decode()
    assert "seperti akan dicetak" in teks and 'data-langkah="tandatangani"' in teks
    assert 'data-langkah="perbaiki"' in teks
    assert masuk("jfu.lombok-timur").get("/persetujuan/").context["baris"] == []


def test_yang_pernah_dikembalikan_menyebut_siapa_dan_mengapa(masuk, sampai, pelaksana):
    perkara = pelaksana.lakukan(sampai("diverifikasi", 1), "perbaiki", {"alasan": "Nama ayah salah eja."}).perkara
    teks = masuk("jfu.lombok-timur").get(perkara.get_absolute_url()).content.decode()
    assert "Kembalikan ke perekaman</strong> oleh" in teks and "Nama ayah salah eja." in teks
    perkara = pelaksana.lakukan(perkara, "verifikasi").perkara
    assert "Nama ayah salah eja." in masuk("kasi.lombok-timur").get("/persetujuan/").content.decode()


def test_banyak_sekaligus_dengan_satu_sandi(masuk, tumpukan):
    jawab = masuk("kasi.lombok-timur").post("/persetujuan/", isian(tumpukan))
    assert [h.berhasil for h in jawab.context["hasil"]] == [True] * 3
    assert tahap(tumpukan) == ["ditandatangani"] * 3
    assert Surat.objects.filter(status="ditandatangani").values("nomor").distinct().count() == 3


def test_satu_yang_gagal_tidak_menghentikan_yang_lain(masuk, tumpukan):
    a, b, c = tumpukan
    jawab = masuk("kasi.lombok-timur").post("/persetujuan/", isian(tumpukan, **{f"versi-{b.nomor}": b.versi - 1}))
    hasil = {h.nomor: h for h in jawab.context["hasil"]}
    assert hasil[a.nomor].berhasil and hasil[c.nomor].berhasil and not hasil[b.nomor].berhasil
    assert "sudah berubah" in hasil[b.nomor].kalimat
    assert tahap(tumpukan) == ["ditandatangani", "diverifikasi", "ditandatangani"]


def test_kirim_dua_kali_tidak_menandatangani_dua_kali(masuk, tumpukan):
    client = masuk("kasi.lombok-timur")
    client.post("/persetujuan/", isian(tumpukan))
    lagi = client.post("/persetujuan/", isian(tumpukan))
    assert all("sudah dilakukan" in h.kalimat for h in lagi.context["hasil"])
    assert Surat.objects.filter(status="ditandatangani").count() == 3


def test_sandi_salah_tidak_mengubah_apa_pun_dan_centang_tetap(masuk, tumpukan):
    jawab = masuk("kasi.lombok-timur").post("/persetujuan/", isian(tumpukan[:2], sandi="keliru"))
    assert jawab.status_code == 422
    assert {b["nomor"] for b in jawab.context["baris"] if b["terpilih"]} == {p.nomor for p in tumpukan[:2]}
    assert tahap(tumpukan) == ["diverifikasi"] * 3
    assert not Surat.objects.filter(status="ditandatangani").exists()


def test_tanpa_centang_diminta_mencentang(masuk, tumpukan):
    jawab = masuk("kasi.lombok-timur").post("/persetujuan/", {"sandi": SANDI})
    assert jawab.status_code == 422 and "Centang dulu" in jawab.content.decode()


def test_perkara_kantor_lain_dalam_kiriman_diabaikan(masuk, tumpukan, sampai):
    asing = sampai("diverifikasi", 8, "tanah-bumbu")
    jawab = masuk("kasi.lombok-timur").post("/persetujuan/", isian([tumpukan[0], asing]))
    assert [h.nomor for h in jawab.context["hasil"]] == [tumpukan[0].nomor]
    assert tahap([asing]) == ["diverifikasi"]
