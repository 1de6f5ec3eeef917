"""The contract's schemas: valid themselves, closed where they must be, strict about time, silent about values."""

from __future__ import annotations

import copy

import pytest
from jsonschema import Draft202012Validator

from haji_portal.dana.mitra.kabar import baca_json, kabar_dari
from haji_portal.dana.mitra.skema import NAMA, SkemaSalah, cocokkan, skema

PERISTIWA = {
    "event": "spm.terbit", "referensi": "LTM-KD-26-7K2M9Q",
    "rincian": {"setoran": 25_000_000, "nilai_manfaat": 1_234_567},
    "jumlah": 26_234_567, "mata_uang": "IDR", "rekening": "7123456789", "waktu": "2026-11-21T10:15:00+07:00",
    "nomor_spm": "00123/SPM/2026",
}  # fmt: skip
REF = "LTM-KD-26-7K2M9Q"
BENAR = {
    "peristiwa": [PERISTIWA, PERISTIWA | {"event": "dana.gagal", "alasan": "Rekening tutup"}],
    "permintaan": [{"referensi": REF, "rincian": {"setoran": 25_000_000}, "mata_uang": "IDR", "rekening": "7123456789",
                    "bank": "BSI", "atas_nama": "Siti Contoh", "nomor_porsi": nomor} for nomor in ("2300012345", None)],
    "jawaban_permintaan": [{"referensi": REF, "status": "diproses"}, {"referensi": REF, "status": "berbeda"},
                           {"referensi": REF, "status": "ditolak", "alasan": "Rekening tutup", "lain": 1}],
    "keadaan_tanya": [{"referensi": REF}],
    "keadaan": [{"referensi": REF, "status": "tidak_dikenal"}, {"referensi": REF, "status": "diproses"},
                {**{k: v for k, v in PERISTIWA.items() if k != "event"}, "status": "spm_terbit"},
                {**{k: v for k, v in PERISTIWA.items() if k not in ("event", "nomor_spm")}, "status": "diterima",
                 "tanggal_terima": "2026-11-21"}],
    "saldo_tanya": [{"pertanyaan": "LTM-PA-26-7K2M9Q", "nomor_porsi": "2300012345", "nomor_validasi": None}],
    "saldo": [{"pertanyaan": "LTM-PA-26-7K2M9Q", "status": "tidak_dikenal"},
              {"pertanyaan": "LTM-PA-26-7K2M9Q", "status": "ada", "jumlah": 25_000_000, "mata_uang": "IDR",
               "waktu": "2026-11-21T03:15:00Z"}],
    "mutasi_tanya": [{"tanggal": "2026-11-20", "halaman": 1}],
    "mutasi": [{"tanggal": "2026-11-20", "halaman": 1, "halaman_berikut": None, "baris": [
        {"tanggal": "2026-11-20", "referensi": REF, "rujukan_bank": "TRX1", "jumlah": 26_234_567, "mata_uang": "IDR",
         "rekening": "7123456789", "atas_nama": "SITI CONTOH", "status": "berhasil"}]}],
}  # fmt: skip


def test_setiap_skema_sah_dan_punya_contoh():
    assert set(NAMA) == set(BENAR)
    for nama in NAMA:
        Draft202012Validator.check_schema(skema(nama))
        assert skema(nama)["$id"] == f"urn:portal-haji:skema:{nama}"


@pytest.mark.parametrize("nama", NAMA)
def test_contoh_cocok(nama):
    for isi in BENAR[nama]:
        cocokkan(nama, isi)


@pytest.mark.parametrize("nama", NAMA)
def test_setiap_nama_wajib(nama):
    for isi in BENAR[nama]:
        for kunci in skema(nama)["required"]:
            with pytest.raises(SkemaSalah) as galat:
                cocokkan(nama, {k: v for k, v in isi.items() if k != kunci})
            assert galat.value.tempat == kunci


@pytest.mark.parametrize("nama", ["peristiwa", "permintaan", "keadaan_tanya", "saldo_tanya", "mutasi_tanya"])
def test_yang_tertutup_menolak_nama_lain(nama):
    with pytest.raises(SkemaSalah):
        cocokkan(nama, BENAR[nama][0] | {"lain": 1})


def salah(**ubah):
    isi = copy.deepcopy(PERISTIWA)
    for kunci, nilai in ubah.items():
        induk, _, anak = kunci.partition("__")
        if anak:
            isi[induk][anak] = nilai
        else:
            isi[induk] = nilai
    return isi


WAKTU_SALAH = [
    "2026-11-21", "2026-11-21T10:15:00", "2026-11-21 10:15:00+07:00", "2026-02-30T10:15:00Z", "2026-11-21T25:00:00Z",
    "2026-11-21T10:15:60Z", "2026-11-21T10:15:00+07", "1999-12-31T23:59:59Z", "2026-11-21T10:15:00Z\n", "besok",
    "２026-11-21T10:15:00Z", "2026-11-21T10:15:00+99:00", "2026-W47-6T10:15:00Z", 1_700_000_000, None, "",
]  # fmt: skip


@pytest.mark.parametrize("waktu", WAKTU_SALAH)
def test_waktu_harus_benar_benar_rfc_3339(waktu):
    with pytest.raises(SkemaSalah) as galat:
        cocokkan("peristiwa", salah(waktu=waktu))
    assert galat.value.tempat == "waktu"


@pytest.mark.parametrize("waktu", ["2026-11-21T03:15:00Z", "2026-11-21T10:15:00.123456789+07:00"])
def test_waktu_yang_benar_dapat_dibaca(waktu):
    cocokkan("peristiwa", salah(waktu=waktu))
    assert kabar_dari(salah(waktu=waktu)).waktu.utcoffset() is not None


@pytest.mark.parametrize("hari", ["2026-02-30", "20261120", "2026-W47-6", "2026-11-20T00:00:00Z", ""])
def test_hari_harus_ada(hari):
    with pytest.raises(SkemaSalah):
        cocokkan("mutasi_tanya", {"tanggal": hari, "halaman": 1})


@pytest.mark.parametrize(
    "ubah",
    [{"jumlah": -1}, {"jumlah": 10**15}, {"jumlah": "26234567"}, {"jumlah": True}, {"jumlah": None},
     {"rincian__setoran": -25_000_000}, {"rincian__lain": 1}, {"rincian": []}, {"referensi": ""},
     {"referensi": "A" * 61}, {"referensi": "A\n"}, {"referensi": "A\x00"}, {"mata_uang": "idr"}, {"rekening": ""},
     {"event": "dana.hilang"}, {"nomor_spm": ""}, {"nomor_spm": "S\x00PM"}, {"alasan": "x" * 401}, {"alasan": "a\nb"}],
)  # fmt: skip
def test_isi_yang_tidak_cocok(ubah):
    with pytest.raises(SkemaSalah) as galat:
        cocokkan("peristiwa", salah(**ubah))
    assert galat.value.tempat.split(".")[0] == next(iter(ubah)).split("__")[0]


@pytest.mark.parametrize("isi", [None, [], "x", 1, True])
def test_bukan_objek(isi):
    with pytest.raises(SkemaSalah):
        cocokkan("peristiwa", isi)


def test_galat_tidak_menyebut_nilai():
    with pytest.raises(SkemaSalah) as galat:
        cocokkan("peristiwa", salah(rekening="7123456789 rahasia!") | {"rahasia": 1})
    assert "rahasia" not in str(galat.value) and "7123" not in str(galat.value)
    assert galat.value.__cause__ is None


@pytest.mark.parametrize(
    "mentah",
    [b'{"a": 1, "a": 1}', b'{"a": NaN}', b'{"a": Infinity}', b'{"a": 1.0}', b'{"a": 1e3}', b"\xff{}", b"", b"{",
     b'{"a": "\\ud800"}', b"[" * 50_000, b'{"a":' * 9 + b"1" + b"}" * 9, b'{"a": ' + b"9" * 5000 + b"}",
     b"\xef\xbb\xbf{}", b'{"a": {"b": 1, "b": 2}}'],
)  # fmt: skip
def test_json_yang_ditolak(mentah):
    with pytest.raises(ValueError):
        baca_json(mentah)
