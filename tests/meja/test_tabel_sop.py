"""The live SOP table of a case: states, minutes, rounds, for offices whose tables differ."""

from __future__ import annotations

import datetime

import pytest
import time_machine
from django.utils import timezone

from haji_portal.akun.models import Kantor
from haji_portal.alur.models import SOP, Perkara
from haji_portal.meja.contoh import Pelaksana
from haji_portal.meja.tabel_sop import _dasar, susun_garis, tabel_perkara
from pendaftaran import contoh
from tests.conftest import SANDI

SENIN = datetime.datetime(2026, 11, 23, 1, 0, tzinfo=datetime.UTC)  # 09.00 WITA, inside the opening hours


def baris(perkara):
    tabel = tabel_perkara(perkara, list(perkara.riwayat.order_by("urut")))
    return {b["no"]: b for b in tabel["baris"]}, tabel


@pytest.fixture
def meja(acuan, settings, tmp_path):
    settings.HAJI_PRIVAT = tmp_path / "privat"
    return Pelaksana(SANDI)


def langkah(meja, perkara, nama, data=None):
    return meja.lakukan(perkara, nama, contoh.isian(perkara, nama) if data is None else data).perkara


@pytest.mark.parametrize("slug", ["lombok-timur", "tanah-bumbu", "kepulauan-seribu", "palu"])
def test_tepat_satu_baris_sekarang_dari_awal_sampai_akhir(meja, slug):
    from haji_portal.alur.posisi import langkah_berikut

    perkara = contoh.buka_contoh(Kantor.objects.get(slug=slug), 3).perkara
    jumlah_selesai = -1
    while perkara.ditutup is None:
        rows, _ = baris(perkara)
        assert [b["keadaan"] for b in rows.values()].count("sekarang") == 1
        selesai = sum(b["keadaan"] == "selesai" for b in rows.values())
        assert selesai >= jumlah_selesai
        jumlah_selesai = selesai
        perkara = langkah(meja, perkara, langkah_berikut(perkara).nama)
    rows, tabel = baris(perkara)
    assert {b["keadaan"] for b in rows.values()} <= {"selesai", "sebelum", "tidak_perlu"}
    assert all(len(b["sel"]) == len(rows[next(iter(rows))]["sel"]) for b in tabel["baris"])


def test_menit_terpakai_dihitung_dari_langkah_sebelumnya_dan_lewat_ditandai(meja):
    with time_machine.travel(SENIN, tick=False) as jam:
        perkara = contoh.buka_contoh(Kantor.objects.get(slug="lombok-timur"), 3).perkara
        jam.shift(datetime.timedelta(minutes=4))
        perkara = langkah(meja, perkara, "periksa_berkas")
        jam.shift(datetime.timedelta(minutes=3))
        perkara = langkah(meja, perkara, "nyatakan_lengkap")
        rows, tabel = baris(perkara)
        assert rows["3"]["waktu_terpakai"] == "7 menit" and rows["3"]["waktu_baku"] == "5 menit"
        assert rows["3"]["lewat"] is True
        assert rows["4"]["waktu_terpakai"] == "0 menit" and rows["4"]["lewat"] is False
        assert "7 menit dari 47 menit" in tabel["ringkas"]
        jam.shift(datetime.timedelta(minutes=6))
        assert baris(perkara)[0]["4"]["waktu_terpakai"] == "6 menit"


def test_waktu_pemohon_tidak_dihitung_dan_putaran_disebut(meja):
    with time_machine.travel(SENIN, tick=False) as jam:
        perkara = contoh.buka_contoh(Kantor.objects.get(slug="lombok-timur"), 3).perkara
        jam.shift(datetime.timedelta(minutes=2))
        kurang = {"verdict": {b.kode: ("tidak", "Belum ada.") for b in perkara.butir.all()}, "unggahan": {}}
        perkara = langkah(meja, perkara, "periksa_berkas", kurang)
        perkara = langkah(meja, perkara, "kembalikan", {"catatan": ""})
        assert baris(perkara)[0]["2"]["keadaan"] == "sekarang"
        jam.shift(datetime.timedelta(days=2))
        perkara = langkah(meja, perkara, "lengkapi")
        jam.shift(datetime.timedelta(minutes=1))
        perkara = langkah(meja, perkara, "periksa_berkas")
        row = baris(perkara)[0]["3"]
        assert row["waktu_terpakai"] == "3 menit" and row["putaran"] == 2
        assert "2 menit pada putaran ke-1, 1 menit pada putaran ke-2" in row["catatan"]


def test_waktu_yang_dihentikan_tidak_dihitung(meja):
    with time_machine.travel(SENIN, tick=False) as jam:
        perkara = contoh.buka_contoh(Kantor.objects.get(slug="lombok-timur"), 3).perkara
        jam.shift(datetime.timedelta(minutes=2))
        Perkara.objects.get(pk=perkara.pk).jeda.create(
            kantor=perkara.kantor, mulai=timezone.now(), alasan="Jaringan padam"
        )
        jam.shift(datetime.timedelta(minutes=30))
        segar = type(perkara).objects.get(pk=perkara.pk)
        assert baris(segar)[0]["3"]["waktu_terpakai"] == "2 menit"


def test_bentuk_keputusan_hanya_pada_yang_memutuskan(acuan):
    for sop in SOP.objects.all():
        for b in susun_garis([_dasar(baris_sop, sop, "akan") for baris_sop in sop.baris()]):
            bentuk = [sel["simbol"]["bentuk"] for sel in b["sel"] if sel["simbol"]]
            assert not (b["lanjutan"] and bentuk), "a row behind the print has no place in its chart"
            if sop.kolom and b["pelaksana"] and not b["lanjutan"]:
                assert bentuk, f"{sop.kode} {b['no']}: nobody draws this row"
            if len(bentuk) > 1 and "keputusan" in bentuk:
                asal = next(r for r in sop.baris() if r.no == b["no"])
                assert asal.salah_satu or bentuk.count("keputusan") == 1


@pytest.mark.parametrize(
    ("saluran", "kata"), [("loket", ""), ("keliling", "layanan keliling"), ("elektronik", "dari rumah")]
)
def test_baris_pertama_menyebut_jalan_yang_ditempuh(meja, saluran, kata):
    """The printed words speak of the counter, however the case came."""
    perkara = contoh.buka_contoh(Kantor.objects.get(slug="kepulauan-seribu"), 3).perkara
    Perkara.objects.filter(pk=perkara.pk).update(saluran=saluran)
    rows, _ = baris(Perkara.objects.get(pk=perkara.pk).rinci())
    catatan = next(b["catatan"] for b in rows.values() if b["keadaan"] == "selesai")
    assert kata in catatan if kata else not catatan
