"""Refunds by file: BPKH's orders, the banks' transfers, and statements that end an uncertain payment."""

from __future__ import annotations

import pytest
from django.test import Client
from django.utils import timezone

from haji_portal.alur.rantai import periksa_perkara
from haji_portal.berkas.tabel import baca_tabel
from haji_portal.dana.models import Pengembalian
from haji_portal.meja.models import BarisImpor, ImporBerkas, UnduhanBerkas
from tests.conftest import SANDI
from tests.dana.tanah import NM, ajukan, buka_induk, langkah, letak, lewati, segar, seharusnya
from tests.meja.berkas_siskohat import csv, xlsx

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("pelaksana")]
SPM = ["Nomor perkara", "Nomor SPM", "Tanggal SPM", "Setoran menurut SPM", "Nilai manfaat menurut SPM"]
TRANSFER = ["Nomor perkara", "Nomor rujukan bank", "Tanggal transfer", "Jumlah", "Nomor rekening"]
MUTASI = ["Tanggal", "Keterangan", "No referensi", "Kredit", "Rekening"]


@pytest.fixture
def hari():
    return timezone.localdate().strftime("%d-%m-%Y")


@pytest.fixture
def orang(akun):
    """`orang("bps")`: logged in with the password, a moment ago."""

    def _orang(nama, sandi=True):
        client = Client()
        client.force_login(akun(nama))
        if sandi:
            assert client.post("/sandi-lagi/", {"sandi": SANDI}).status_code in (302, 303)
        return client

    return _orang


def unggah(client, kode, berkas):
    jawab = client.post(f"/berkas-dana/{kode}/impor/", {"berkas": berkas})
    assert jawab.status_code == 303, jawab.content.decode()
    return ImporBerkas.objects.order_by("-pk").first()


def terapkan(client, impor):
    jawab = client.post(f"/berkas-dana/impor/{impor.pk}/terapkan/")
    assert jawab.status_code == 303, jawab.content.decode()
    return [(b.keadaan, b.kalimat) for b in impor.baris.order_by("urut")]


def kalimat(impor):
    return {b.urut: (b.keadaan, b.kalimat) for b in impor.baris.all()}


def test_halaman_menyebut_apa_yang_ditunggu_bukan_pembacanya(orang):
    ajukan(buka_induk())
    bank = orang("bps").get("/berkas-dana/").content.decode()
    assert "menunggu transfer." in bank and "jawaban BPKH dan bank" not in bank and "menunggu SPM." not in bank
    assert "1 perkara</strong> di BPKH menunggu SPM." in orang("bpkh").get("/berkas-dana/").content.decode()


def test_spm_dan_transfer_lewat_berkas_disahkan_orang_kedua(orang, hari):
    p = ajukan(buka_induk())
    bpkh, bps = orang("bpkh"), orang("bps")
    isi = xlsx([p.nomor, "SPM/1/2026", hari, f"{p.jumlah_setoran:,}".replace(",", "."), NM], judul=SPM)
    impor = unggah(bpkh, "spm", isi)
    assert kalimat(impor) == {2: ("siap", "")} and segar(p).nomor_spm == "", "a dry run writes nothing"
    assert terapkan(bpkh, impor) == [("tercatat", "")]
    p = segar(p)
    assert (p.tahap, p.nomor_spm, p.nilai_manfaat) == ("diajukan", "SPM/1/2026", NM)
    assert langkah(p, "sahkan_spm", "bpkh-2").tahap == "spm_terbit"
    impor = unggah(bps, "transfer", csv([p.nomor, "TRF-1", hari, p.jumlah, p.rekening.nomor], judul=TRANSFER))
    assert terapkan(bps, impor) == [("tercatat", "")]
    with pytest.raises(Exception, match="orang lain"):
        langkah(p, "sahkan_transfer", "bps")
    p = langkah(p, "sahkan_transfer", "bps-2")
    assert p.tahap == "ditransfer" and letak(p) == seharusnya(p) and periksa_perkara(p.pk) == []
    assert p.lampiran.filter(jenis="bukti_spm").count() == p.lampiran.filter(jenis="bukti_transfer").count() == 1


def test_unduhan_memuat_tujuan_dan_dapat_diisi_kembali(orang, hari):
    p = ajukan(buka_induk())
    bpkh = orang("bpkh")
    jawab = bpkh.get("/berkas-dana/spm/ekspor/?format=xlsx")
    tabel = baca_tabel(jawab.content, "spm.xlsx").baris
    kepala, baris = tabel[0][1], tabel[1][1]
    assert baris[kepala.index("Nomor rekening")] == p.rekening.nomor and p.nomor in baris
    assert UnduhanBerkas.objects.get().perkara.get().pk == p.pk
    lewati(p, "sahkan_spm")
    assert len(baca_tabel(bpkh.get("/berkas-dana/spm/ekspor/?format=csv").content, "spm.csv").baris) == 1


def test_mutasi_menutup_yang_belum_pasti(orang, hari):
    p = langkah(lewati(ajukan(buka_induk()), "sahkan_transfer"), "nyatakan_belum_pasti", "bps")
    bps = orang("bps")
    baris = [hari, f"REFUND HAJI {p.nomor} BPKH", "RRN-7", f"{p.jumlah},00", p.rekening.nomor]
    impor = unggah(bps, "mutasi", csv(baris, judul=MUTASI))
    assert terapkan(bps, impor) == [("tercatat", "")]
    p = segar(p)
    assert (p.tahap, p.tanggal_terima) == ("diterima", timezone.localdate()) and letak(p) == seharusnya(p)
    assert p.riwayat.latest("urut").nama == "Portal (otomatis)"
    lagi = unggah(bps, "mutasi", csv([*baris[:2], p.rujukan_bank, *baris[3:]], judul=MUTASI))
    assert kalimat(lagi)[2][0] in ("sama", "galat") and terapkan(bps, lagi)[0][0] != "tercatat"


def test_mutasi_atas_yang_dibayar_lewat_mesin_tidak_berbeda(orang, hari):
    """A partner's event carries no bank reference: the one on the statement is no contradiction."""
    p = ajukan(buka_induk())
    for nama in ("terima_spm", "terima_transfer", "terima"):
        p = langkah(p, nama)
    assert p.rujukan_bank == ""
    isi = [hari, f"REFUND HAJI {p.nomor} BPKH", "RRN-7", p.jumlah, p.rekening.nomor]
    assert kalimat(unggah(orang("bps"), "mutasi", csv(isi, judul=MUTASI)))[2][0] == "sama"
    isi[3] = p.jumlah + 1
    keadaan, kata = kalimat(unggah(orang("bps"), "mutasi", csv(isi, judul=MUTASI)))[2]
    assert keadaan == "galat" and kata.startswith("Sudah tercatat dengan jumlah yang berbeda.")


def test_mutasi_tidak_menggantikan_dua_orang_di_bank(orang, hari):
    """Before the transfer was confirmed one uploaded file must not end the refund."""
    p = lewati(ajukan(buka_induk()), "sahkan_spm")
    impor = unggah(orang("bps"), "mutasi", csv([hari, p.nomor, "R-1", p.jumlah, p.rekening.nomor], judul=MUTASI))
    keadaan, sebab = kalimat(impor)[2]
    assert keadaan == "galat" and "sesudah transfer disahkan" in sebab


@pytest.mark.parametrize(
    ("ubah", "sebab"),
    [
        ({3: 24_999_999}, "seharusnya"),
        ({3: "25,5 juta"}, "tidak terbaca"),
        ({4: "7099999999"}, "bukan rekening tujuan"),
        ({0: "01-01-2090"}, "sesudah hari ini"),
        ({0: "01-01-2020"}, "mendahului SPM"),
        ({1: "REFUND HAJI LTM-KD-26-000000"}, "tidak ditemukan"),
        ({2: "x"}, "3–60 huruf"),
    ],
)
def test_baris_mutasi_yang_salah_punya_sebabnya(orang, hari, ubah, sebab):
    p = lewati(ajukan(buka_induk()), "sahkan_transfer")
    baris = [hari, p.nomor, "RRN-8", p.jumlah, p.rekening.nomor]
    for letak_, isi in ubah.items():
        baris[letak_] = isi
    impor = unggah(orang("bps"), "mutasi", csv(baris, judul=MUTASI))
    keadaan, kata = kalimat(impor)[2]
    assert keadaan == "galat" and sebab in kata
    assert segar(p).tahap == "ditransfer"


def test_rujukan_bank_yang_sudah_membayar_lain(orang, hari):
    lama = lewati(ajukan(buka_induk()), "terima")
    p = lewati(ajukan(buka_induk()), "sahkan_spm")
    isi = csv([p.nomor, lama.rujukan_bank, hari, p.jumlah, p.rekening.nomor], judul=TRANSFER)
    assert "sudah dipakai" in kalimat(unggah(orang("bps"), "transfer", isi))[2][1]


def test_bank_lain_tidak_menemukan_pengembalian_ini(orang, hari):
    p = lewati(ajukan(buka_induk()), "sahkan_spm")
    isi = [p.nomor, "TRF-9", hari, p.jumlah, p.rekening.nomor]
    assert "tidak ditemukan" in kalimat(unggah(orang("bps.bsi"), "transfer", csv(isi, judul=TRANSFER)))[2][1]
    assert orang("bps.bsi").get("/berkas-dana/transfer/ekspor/?format=csv").content.count(p.nomor.encode()) == 0
    pusat = unggah(orang("direktorat"), "transfer", csv(isi, judul=TRANSFER))
    assert kalimat(pusat)[2][0] == "siap", "the centre may, where the bank has nobody"


def test_mencatat_meminta_sandi_yang_baru(orang, hari):
    p = ajukan(buka_induk())
    bpkh = orang("bpkh", sandi=False)
    impor = unggah(bpkh, "spm", csv([p.nomor, "SPM/2", hari, p.jumlah_setoran, 0], judul=SPM))
    jawab = bpkh.post(f"/berkas-dana/impor/{impor.pk}/terapkan/")
    assert jawab.status_code == 302 and "/sandi-lagi/" in jawab["Location"]
    assert BarisImpor.objects.get().keadaan == "siap" and segar(p).nomor_spm == ""


def test_yang_bergerak_sejak_pratinjau_tidak_dipaksa(orang, hari):
    p = ajukan(buka_induk())
    bpkh = orang("bpkh")
    impor = unggah(bpkh, "spm", csv([p.nomor, "SPM/3", hari, p.jumlah_setoran, 0], judul=SPM))
    langkah(p, "nyatakan_belum_pasti", "bpkh-2")
    ((keadaan, kata),) = terapkan(bpkh, impor)
    assert keadaan == "gagal" and "berubah" in kata
    assert Pengembalian.objects.get(pk=p.pk).nomor_spm == ""


def test_halaman_menyebut_yang_menjadi_urusannya(orang):
    ajukan(buka_induk())
    bpkh, bps, pusat = (
        orang(n, sandi=False).get("/berkas-dana/").content.decode() for n in ("bpkh", "bps", "direktorat")
    )
    assert "SPM dari BPKH" in bpkh and "Transfer dari bank" not in bpkh and "1 perkara" in bpkh
    assert "Transfer dari bank" in bps and "SPM dari BPKH" not in bps
    assert "SPM dari BPKH" in pusat and "Transfer dari bank" in pusat
    assert orang("jfu.lombok-timur", sandi=False).get("/berkas-dana/").status_code == 403
