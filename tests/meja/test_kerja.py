"""Kotak kerja and search: what shows, in which order, and at what cost."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from haji_portal.alur.models import Giliran
from haji_portal.meja.kerja import hitung_tab, isi_tab


def nomor(jawab):
    return [b["nomor"] for b in jawab.context["baris"]]


def test_giliran_saya_dan_bukan_giliran_orang_lain(masuk, sampai):
    loket, kasi = sampai("diperiksa", 1), sampai("diverifikasi", 2)
    assert nomor(masuk("ptsp.lombok-timur").get("/kerja/")) == [loket.nomor]
    assert nomor(masuk("kasi.lombok-timur").get("/kerja/")) == [kasi.nomor]
    assert nomor(masuk("ptsp.palu").get("/kerja/")) == []


def test_tenggat_terdekat_di_atas_dan_tanpa_tenggat_di_bawah(masuk, sampai):
    a, b, c = sampai("direkam", 1), sampai("direkam", 2), sampai("direkam", 3)
    Giliran.objects.filter(perkara=a.pk).update(tenggat="2026-11-26T02:00Z")
    Giliran.objects.filter(perkara=b.pk).update(tenggat=None)
    Giliran.objects.filter(perkara=c.pk).update(tenggat="2026-11-24T02:00Z")
    assert nomor(masuk("jfu.lombok-timur").get("/kerja/")) == [c.nomor, a.nomor, b.nomor]


def test_terlambat_dan_menunggu_pemohon_punya_tab_sendiri(masuk, sampai, pelaksana, akun):
    terlambat, tunggu = sampai("diperiksa", 1), sampai("diperiksa", 2)
    Giliran.objects.filter(perkara=terlambat.pk).update(tenggat="2020-01-02T02:00Z")
    periksa = {"verdict": {b.kode: ("tidak", "Belum dibawa.") for b in tunggu.butir.all()}, "unggahan": {}}
    tunggu = pelaksana.lakukan(tunggu, "periksa_berkas", periksa).perkara
    pelaksana.lakukan(tunggu, "kembalikan", {"catatan": ""})
    client = masuk("ptsp.lombok-timur")
    assert nomor(client.get("/kerja/?tab=terlambat")) == [terlambat.nomor]
    assert nomor(client.get("/kerja/?tab=menunggu")) == [tunggu.nomor]
    orang = akun("ptsp.lombok-timur")
    hitung = hitung_tab(orang)
    assert hitung == {tab: isi_tab(orang, tab).count() for tab in hitung}
    assert hitung["menunggu"] == 1 and hitung["terlambat"] == 1


def test_yang_kembali_dari_pejabat_ada_di_tab_dikembalikan(masuk, sampai, pelaksana):
    perkara = pelaksana.lakukan(sampai("diverifikasi", 1), "perbaiki", {"alasan": "Foto buram."}).perkara
    assert nomor(masuk("jfu.lombok-timur").get("/kerja/?tab=dikembalikan")) == [perkara.nomor]


def test_jumlah_kueri_sama_untuk_sedikit_dan_banyak_baris(masuk, sampai):
    client = masuk("ptsp.lombok-timur")

    def biaya():
        client.get("/kerja/")
        with CaptureQueriesContext(
            connection,
        ) as kueri:
            assert client.get("/kerja/").status_code == 200
        return len(kueri)

    for urut in range(3):
        sampai("diperiksa", urut + 1)
    sedikit = biaya()
    for urut in range(3, 14):
        sampai("diperiksa", urut + 1)
    assert biaya() == sedikit <= 15


@pytest.mark.parametrize("kata", ["nama", "nomor", "nik", "nik_berjarak"])
def test_cari_menemukan_dan_tidak_menulis_apa_pun_di_alamat(masuk, sampai, kata):
    perkara = sampai("diverifikasi", 4)
    orang = perkara.pemohon
    isi = {
        "nama": orang.nama[:6].lower(),
        "nomor": perkara.nomor[4:],
        "nik": orang.nik,
        "nik_berjarak": " ".join(orang.nik[i : i + 4] for i in range(0, 16, 4)),
    }[kata]
    client = masuk("jfu.lombok-timur")
    jawab = client.post("/kerja/cari/", {"q": isi})
    assert jawab.status_code == 302 and jawab["Location"] == "/kerja/hasil/"
    assert nomor(client.get(jawab["Location"])) == [perkara.nomor]
    asing = masuk("jfu.palu")
    asing.post("/kerja/cari/", {"q": isi})
    assert nomor(asing.get("/kerja/hasil/")) == []


def test_nomor_lengkap_langsung_membuka_perkara(masuk, sampai):
    perkara = sampai("diperiksa", 1)
    jawab = masuk("jfu.lombok-timur").post("/kerja/cari/", {"q": perkara.nomor.lower()})
    assert jawab["Location"] == perkara.get_absolute_url()


def test_saringan_asing_tidak_merusak_halaman(masuk, sampai):
    perkara = sampai("diperiksa", 1)
    client = masuk("ptsp.lombok-timur")
    assert nomor(client.get("/kerja/?layanan=xyz&saluran=%27&halaman=abc&tab=zzz")) == [perkara.nomor]
    assert nomor(client.get("/kerja/?saluran=keliling")) == []


def test_kanwil_melihat_kantor_di_provinsinya_di_daftar(masuk, sampai):
    lombok, palu = sampai("diperiksa", 1), sampai("diperiksa", 2, "palu")
    assert nomor(masuk("kanwil.ntb").get("/pendaftaran/")) == [lombok.nomor]
    assert nomor(masuk("kanwil.sulteng").get("/pendaftaran/")) == [palu.nomor]
