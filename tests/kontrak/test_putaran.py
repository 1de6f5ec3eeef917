"""Back and forth: every return once, then on to the end; the second round is as good as the first."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from haji_portal.alur.jalankan import alasan_tertutup
from haji_portal.alur.posisi import langkah_berikut, langkah_di_sini
from haji_portal.alur.rantai import periksa_perkara

from .potret import segar

pytestmark = pytest.mark.basis


def _kembali(tabel, perkara, sudah):
    """A return that has not been tried yet and leads to another open status."""
    for lk in langkah_di_sini(perkara):
        tujuan = lk.target and type(perkara).TAHAP[lk.target]
        if lk.putaran_baru and lk.nama not in sudah and not tujuan.akhir and not type(perkara).TAHAP[lk.sumber].akhir:
            tabel.bukakan(perkara, lk.nama)
            if not alasan_tertutup(segar(perkara), lk):
                return lk
    return None


def _maju(pelaksana, tabel, perkara):
    berikut = langkah_berikut(perkara)
    if berikut is None:
        berikut = next(lk for lk in langkah_di_sini(perkara) if not lk.bahaya)
    return segar(pelaksana.lakukan(perkara, berikut.nama, tabel.isian(perkara, berikut.nama)).perkara)


def test_tiap_pengembalian_lalu_sampai_akhir(pelaksana, tabel):
    perkara, sudah, harus = segar(tabel.buka(3).perkara), set(), set()
    for _ in range(80):
        if perkara.ditutup:
            break
        harus |= {lk.nama for lk in langkah_di_sini(perkara) if lk.putaran_baru}
        kembali = _kembali(tabel, perkara, sudah)
        if kembali is None:
            perkara = _maju(pelaksana, tabel, perkara)
            continue
        sudah.add(kembali.nama)
        putaran = perkara.putaran
        perkara = segar(pelaksana.lakukan(segar(perkara), kembali.nama, tabel.isian(perkara, kembali.nama)).perkara)
        assert perkara.putaran == putaran + 1, kembali.nama
    assert perkara.info_tahap.akhir, f"stuck at {perkara.tahap}"
    assert sudah == harus
    assert periksa_perkara(perkara.pk) == []


def test_kueri_tetap_meski_riwayat_panjang_dan_kantor_ramai(pelaksana, tabel):
    """Eight repetitions of one fact and a dozen other open cases cost the step not one query more."""
    perkara = segar(tabel.buka(1).perkara)
    ulang = next((lk for lk in langkah_di_sini(perkara) if lk.fakta and lk.ulang), None)
    if ulang is None:
        pytest.skip("this machine begins with no fact that may be repeated")
    jumlah = []
    for n in range(9):
        with CaptureQueriesContext(connection) as kueri:
            pelaksana.lakukan(perkara, ulang.nama, tabel.isian(perkara, ulang.nama))
        jumlah.append(len(kueri))
        perkara = segar(perkara)
        if n == 4:
            for urut in range(10, 22):
                tabel.buka(urut)
    assert max(jumlah[2:]) <= jumlah[1]
