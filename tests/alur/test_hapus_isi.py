"""Lawful erasure by command: shown first, done with a reason, recorded, and every chain still verifies."""

from __future__ import annotations

import io

import pytest
from django.core.management import CommandError, call_command

from haji_portal.akun.models import Kantor
from haji_portal.alur.models import RiwayatIsi
from haji_portal.alur.rantai import periksa_rantai
from pendaftaran import contoh

pytestmark = [pytest.mark.django_db, pytest.mark.basis]

ALASAN = "UU 27/2022 pasal 8, permohonan 12/2026"


@pytest.fixture
def perkara(pelaksana):
    perkara = contoh.buka_contoh(Kantor.objects.get(slug="lombok-timur"), 1).perkara
    for langkah in ("periksa_berkas", "nyatakan_lengkap", "isi_spph"):
        perkara = pelaksana.lakukan(perkara, langkah, contoh.isian(perkara, langkah)).perkara
    return perkara


def jalankan(perkara, *lain, alasan=ALASAN):
    keluar = io.StringIO()
    call_command("hapus_isi_riwayat", perkara.nomor, *lain, alasan=alasan, stdout=keluar)
    return keluar.getvalue()


def isi(perkara):
    return {i.riwayat.langkah: i.isi for i in RiwayatIsi.objects.filter(riwayat__perkara=perkara)}


def test_diperlihatkan_dulu_tanpa_nilainya(perkara):
    sebelum = isi(perkara)
    keluar = jalankan(perkara)
    assert "Isi SPPH" in keluar and "nama_ayah" in keluar and "4 langkah akan dihapus isinya" in keluar
    assert sebelum["isi_spph"]["nama_ayah"] not in keluar
    assert isi(perkara) == sebelum


def test_dihapus_dicatat_dan_rantai_utuh(perkara):
    perkara.refresh_from_db()
    versi = perkara.versi
    keluar = jalankan(perkara, "--langkah", "isi_spph", "--jalankan")
    assert "1 langkah dihapus isinya" in keluar
    sesudah = isi(perkara)
    assert sesudah["isi_spph"] == {} and sesudah["periksa_berkas"] != {}
    assert sesudah["hapus_isi"] == {"alasan": ALASAN, "urut": [4]}
    akhir = perkara.riwayat.order_by("-urut").first()
    assert (akhir.langkah, akhir.pelaku_jenis, akhir.versi) == ("hapus_isi", "sistem", versi)
    assert periksa_rantai() == []
    with pytest.raises(CommandError, match="sudah dihapus"):
        jalankan(perkara, "--langkah", "isi_spph", "--jalankan")
    jalankan(perkara, "--jalankan")
    assert {k for k, v in isi(perkara).items() if v} == {"hapus_isi"}, "the record of the erasure stays"
    assert periksa_rantai() == []


@pytest.mark.parametrize(
    ("ubah", "kalimat"),
    [({"alasan": "ya"}, "sedikitnya 10 huruf"), ({"nomor": "LTM-PD-26-000000"}, "tidak ada"),
     ({"urut": ["99"]}, "Tidak ada langkah")],
)  # fmt: skip
def test_ditolak_dengan_kalimat(perkara, ubah, kalimat):
    lain = [f"--urut={u}" for u in ubah.get("urut", [])]
    with pytest.raises(CommandError, match=kalimat):
        call_command("hapus_isi_riwayat", ubah.get("nomor", perkara.nomor), *lain, alasan=ubah.get("alasan", ALASAN))


def test_perkara_berjalan_terus_sesudahnya(perkara, pelaksana):
    jalankan(perkara, "--jalankan")
    lanjut = pelaksana.lakukan(type(perkara).objects.get(pk=perkara.pk), "rekam_data").perkara
    assert periksa_rantai() == [] and lanjut.riwayat.count() == 6
