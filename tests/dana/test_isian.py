"""Amounts and papers as people type them."""

import pytest
from django.core.exceptions import ValidationError

from haji_portal.dana.forms import BidangRupiah, FormKepastian, FormRekening
from haji_portal.dana.models import Pengembalian
from haji_portal.jemaah.models import Rekening


@pytest.mark.parametrize(
    ("teks", "jumlah"),
    [
        ("25000000", 25_000_000), ("25.000.000", 25_000_000), ("Rp25.000.000", 25_000_000), ("0", 0), ("999", 999),
        ("Rp 25.000.000,00", 25_000_000), (" rp. 1.234.567,- ", 1_234_567), (25_000_000, 25_000_000),
    ],
)  # fmt: skip
def test_jumlah_dengan_titik(teks, jumlah):
    assert BidangRupiah().clean(teks) == jumlah


@pytest.mark.parametrize(
    "teks",
    [
        "25.00", "25.0000", "2.5", "25,5", "25.000.00", "25,000,000", "-5", "1e6", "٢٥", "25 000", "25.000,50", "Rp",
        "1.0000.000", ".000", "10000000000000", "25\x00",
    ],
)  # fmt: skip
def test_titik_yang_salah_tempat_bukan_jumlah_lain(teks):
    with pytest.raises(ValidationError):
        BidangRupiah().clean(teks)


def _rekening(isi):
    return FormRekening(isi, {}, perkara=Pengembalian(rekening=Rekening(bank="BSI")))


def test_nomor_rekening_boleh_berspasi():
    form = _rekening({"bank": "BSI", "nomor": "71 2345-6789", "atas_nama": "siti  aminah"})
    assert set(form.errors) == {"bukti"}
    assert (form.cleaned_data["nomor"], form.cleaned_data["atas_nama"]) == ("7123456789", "SITI AMINAH")


@pytest.mark.parametrize("nomor", ["12345", "1" * 21, "71A2345", "71\x002345678", "٧١٢٣٤٥٦٧"])
def test_nomor_rekening_yang_salah(nomor):
    assert "nomor" in _rekening({"bank": "BSI", "nomor": nomor, "atas_nama": "X"}).errors


def test_kepastian_meminta_semua_bila_sampai():
    form = FormKepastian({"hasil_usulan": "terkirim"}, {}, perkara=Pengembalian())
    assert set(form.errors) == set(form.fields) - {"hasil_usulan"}
    form = FormKepastian({"hasil_usulan": "tidak", "nilai_manfaat": "5"}, {}, perkara=Pengembalian())
    assert set(form.errors) == {"bukti"}
