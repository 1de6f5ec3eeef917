"""Reading: list, filters, cursor, detail, history, files; nothing of other offices, as much as needed and not more."""

from __future__ import annotations

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from haji_portal.akun.models import Kantor
from haji_portal.alur.models import Perkara
from haji_portal.berkas.models import AksesLampiran
from haji_portal.berkas.simpan import lampirkan
from pendaftaran import contoh

from .conftest import API, alamat

pytestmark = [pytest.mark.django_db, pytest.mark.basis]


def nomor(jawab) -> list[str]:
    return [p["nomor"] for p in jawab.json()["hasil"]]


@pytest.fixture
def banyak(acuan, settings, gudang):
    """Seven cases of Lombok Timur, two days apart, oldest first."""
    settings.HAJI_PRIVAT = gudang
    hasil = []
    for urut in range(1, 8):
        perkara = contoh.buka_contoh(Kantor.objects.get(slug="lombok-timur"), urut).perkara
        dibuka = timezone.now() - datetime.timedelta(days=2 * (8 - urut))
        Perkara.objects.filter(pk=perkara.pk).update(dibuka=dibuka)
        hasil.append(perkara.nomor)
    return hasil


def test_kursor_memberi_setiap_perkara_sekali(sebagai, banyak):
    program, ke, dapat = sebagai("ptsp.lombok-timur"), f"{API}?ukuran=3&keadaan=terbuka", []
    while ke:
        jawab = program.get(ke)
        dapat += nomor(jawab)
        ke = jawab.json()["berikut"]
    assert dapat == banyak[::-1]


def test_perkara_baru_tidak_menggeser_halaman_berikut(sebagai, banyak):
    program = sebagai("ptsp.lombok-timur")
    jawab = program.get(f"{API}?ukuran=3")
    contoh.buka_contoh(Kantor.objects.get(slug="lombok-timur"), 30)
    assert nomor(program.get(jawab.json()["berikut"])) == banyak[::-1][3:6]


def test_waktu_yang_sama_pun_berurutan(sebagai, banyak):
    Perkara.objects.update(dibuka=timezone.now())
    program = sebagai("ptsp.lombok-timur")
    satu = program.get(f"{API}?ukuran=4").json()
    dua = program.get(satu["berikut"]).json()
    assert {p["nomor"] for p in satu["hasil"]} | {p["nomor"] for p in dua["hasil"]} == set(banyak)
    assert dua["berikut"] is None


def test_saringan(sebagai, banyak):
    program = sebagai("ptsp.lombok-timur")
    hari = timezone.localdate(Perkara.objects.get(nomor=banyak[2]).dibuka)
    assert nomor(program.get(f"{API}?dibuka_dari={hari}&dibuka_sampai={hari}")) == [banyak[2]]
    assert nomor(program.get(f"{API}?dibuka_sampai={hari}")) == banyak[:3][::-1]
    assert nomor(program.get(f"{API}?q={banyak[4][-4:].lower()}")) == [banyak[4]]
    assert nomor(program.get(f"{API}?keadaan=selesai")) == nomor(program.get(f"{API}?tahap=ditolak")) == []
    assert len(nomor(program.get(f"{API}?saluran=loket&tahap=diperiksa"))) == 7
    assert nomor(program.get(f"{API}?dibuka_dari=9999-12-31")) == []
    assert len(nomor(program.get(f"{API}?dibuka_dari=0001-01-01"))) == 7


@pytest.mark.parametrize(
    "kueri",
    ["x=1", "tahap=tiada", "keadaan=apa", "saluran=burung", "ukuran=0", "ukuran=101", "ukuran=lima", "q=a", "q=%25%25",
     "dibuka_dari=kemarin", "dibuka_dari=21-11-2026", "kursor=abc", "kursor=WyIyMDI2IiwxXQ", "ukuran=1&ukuran=2",
     "tahap=", "q=5203015705800001%00", "page=2"],
)  # fmt: skip
def test_kueri_yang_salah_disebut(sebagai, kueri):
    jawab = sebagai("ptsp.lombok-timur").get(f"{API}?{kueri}")
    assert jawab.status_code == 422 and set(jawab.json()["galat"]) == {kueri.partition("=")[0]}


def test_jumlah_kueri_tidak_tumbuh(sebagai, banyak):
    program = sebagai("ptsp.lombok-timur")
    program.get(API)  # the key's last use is written once

    def hitung(ukuran: int) -> int:
        with CaptureQueriesContext(connection) as kueri:
            assert len(nomor(program.get(f"{API}?ukuran={ukuran}"))) == ukuran
        return len(kueri)

    assert hitung(2) == hitung(7) <= 6


def test_daftar_tanpa_nama_dan_nomor_orang(sebagai, perkara):
    isi = sebagai("ptsp.lombok-timur").get(API).content.decode()
    orang = perkara.pemohon
    assert orang.nama not in isi and orang.nik not in isi and orang.telepon not in isi and perkara.nomor in isi


def test_rinci_seperti_halaman_rekening_disamarkan(sebagai, perkara):
    jawab = sebagai("jfu.lombok-timur").get(alamat(perkara))
    isi = jawab.json()
    assert isi["pemohon"]["nik"] == perkara.pemohon.nik and isi["isian"]["jumlah_setoran"] == 25_000_000
    assert perkara.rekening.nomor not in jawab.content.decode()
    assert isi["giliran"][0]["peran"] == "ptsp" and isi["sop"] == "pendaftaran/lombok-timur"
    assert jawab["ETag"] == '"1"' and jawab["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    ("kepala", "status"),
    [('"1"', 304), ('W/"1"', 304), ('"9", "1"', 304), ("*", 304), ('"2"', 200), ("1", 200), ("", 200), ('"1', 200)],
)
def test_belum_berubah(sebagai, perkara, kepala, status):
    jawab = sebagai("ptsp.lombok-timur").get(alamat(perkara), **{"If-None-Match": kepala})
    assert jawab.status_code == status and jawab["ETag"] == '"1"'
    assert (jawab.content == b"") is (status == 304)


@pytest.mark.parametrize("siapa", ["ptsp.tanah-bumbu", "kanwil.kalsel", "bpkh"])
@pytest.mark.parametrize("bagian", ["", "riwayat/", "berkas/", "langkah/", "langkah/periksa_berkas/"])
def test_perkara_asing_tidak_ada(sebagai, perkara, siapa, bagian):
    program = sebagai(siapa)
    asing, tiada = program.get(alamat(perkara, bagian)), program.get(f"{API}LTM-PD-26-000000/{bagian}")
    assert asing.status_code == tiada.status_code == 404 and asing.content == tiada.content
    assert nomor(program.get(API)) == []


def test_riwayat_dengan_rantai(sebagai, perkara):
    baris = sebagai("kepala.lombok-timur").get(alamat(perkara, "riwayat/")).json()["hasil"]
    assert [b["langkah"] for b in baris] == ["ajukan"] and baris[0]["hash"] == perkara.riwayat.get().hash
    assert baris[0]["nama"] and baris[0]["nomor_sk"]


def test_berkas_lewat_unduhan_yang_dicatat(sebagai, perkara, akun):
    orang = akun("jfu.lombok-timur")
    lampiran = lampirkan(perkara, contoh.pdf_contoh("KTP"), "berkas", orang)
    program = sebagai(orang.username)
    daftar = program.get(alamat(perkara, "berkas/")).json()
    assert [f["sha256"] for f in daftar["lampiran"]] == [lampiran.sha256] and len(daftar["butir"]) > 3
    jawab = program.get(daftar["lampiran"][0]["url"], Accept="application/pdf")
    assert jawab.content.startswith(b"%PDF") and jawab["Content-Type"] == "application/pdf"
    assert "attachment" in jawab["Content-Disposition"] and "no-store" in jawab["Cache-Control"]
    assert AksesLampiran.objects.get().pengguna == orang
    lain = contoh.buka_contoh(Kantor.objects.get(slug="lombok-timur"), 9).perkara
    assert program.get(alamat(lain, f"berkas/{lampiran.pk}/")).status_code == 404
    assert sebagai("jfu.tanah-bumbu").get(daftar["lampiran"][0]["url"]).status_code == 404
    assert AksesLampiran.objects.count() == 1


def test_langkah_terbuka_dan_sebab_tertutup(sebagai, perkara):
    isi = sebagai("ptsp.lombok-timur").get(alamat(perkara, "langkah/"))
    langkah = {lk["nama"]: lk for lk in isi.json()["langkah"]}
    assert isi["ETag"] == '"1"' and langkah["periksa_berkas"]["terbuka"] and langkah["periksa_berkas"]["berikut"]
    bidang = {b["nama"]: b for b in langkah["periksa_berkas"]["isian"]}
    assert bidang["verdict_ktp-kia"]["pilihan"][0] == {"nilai": "ada", "label": "Ada"}
    assert bidang["unggah_ktp-kia"]["skema"]["format"] == "binary"
    assert not langkah["nyatakan_lengkap"]["terbuka"] and langkah["nyatakan_lengkap"]["tertutup"]
    lain = sebagai("kasi.lombok-timur").get(alamat(perkara, "langkah/")).json()["langkah"]
    assert all(not lk["terbuka"] and "dilakukan oleh" in lk["tertutup"][0] for lk in lain)
