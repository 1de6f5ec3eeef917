"""The checklist of exactly this family and this office."""

import datetime

import pytest

from haji_portal.akun.models import Kantor
from pelimpahan.kelayakan_berkas import daftar_berkas
from pelimpahan.tahap import Hubungan

HARI = datetime.date(2026, 11, 21)
FORMULIR = [
    "ktp-penerima", "kk-penerima", "akta-kelahiran", "buku-nikah", "akta-kematian", "sph-atau-setoran", "pas-foto",
    "surat-kuasa", "surat-pernyataan", "surat-permohonan", "map-berkas", "rekening-penerima", "spph",
    "keterangan-sakit",
]  # fmt: skip
"""The fourteen printed rows of Tanah Bumbu, in their order."""


@pytest.fixture
def kode(acuan):
    def _kode(sebab, hubungan, kantor="tanah-bumbu"):
        di = Kantor.objects.get(slug=kantor) if kantor else None
        return {b.syarat.kode: b for b in daftar_berkas(sebab, hubungan, di, HARI)}

    return _kode


def tanpa(*kode):
    return [k for k in FORMULIR if k not in kode]


@pytest.mark.parametrize(("sebab", "hubungan", "harap"), [
    ("wafat", Hubungan.ANAK, tanpa("buku-nikah", "keterangan-sakit")),
    ("wafat", Hubungan.ISTRI, tanpa("akta-kelahiran", "keterangan-sakit")),
    ("sakit", Hubungan.SUAMI, tanpa("akta-kelahiran", "akta-kematian")),
    ("sakit", Hubungan.ANAK, tanpa("buku-nikah", "akta-kematian")),
    ("wafat", Hubungan.SAUDARA, [*tanpa("akta-kelahiran", "buku-nikah", "keterangan-sakit"), "bukti-hubungan"]),
    ("sakit", Hubungan.IBU, [*tanpa("akta-kelahiran", "buku-nikah", "akta-kematian"), "bukti-hubungan"]),
])  # fmt: skip
def test_tanah_bumbu_menurut_formulirnya(kode, sebab, hubungan, harap):
    daftar = kode(sebab, hubungan)
    assert list(daftar) == harap
    assert all(b.wajib for b in daftar.values())
    assert daftar["ktp-penerima"].lembar == "2 lembar"


def test_tanah_bumbu_tanpa_penerima_memuat_semua_barisnya(kode):
    wafat, sakit = kode("wafat", ""), kode("sakit", "")
    assert {*wafat, *sakit} == {*FORMULIR, "bukti-hubungan"}
    assert {k for k, b in wafat.items() if not b.wajib} == {"akta-kelahiran", "buku-nikah", "bukti-hubungan"}


@pytest.mark.parametrize("kantor", ["", "lombok-timur", "kepulauan-seribu"])
def test_daftar_nasional(kode, kantor):
    wafat, sakit = kode("wafat", Hubungan.ANAK, kantor), kode("sakit", "", kantor)
    umum = ["surat-permohonan", "sph-atau-setoran", "surat-kuasa", "ktp-penerima", "kk-penerima", "bukti-hubungan",
            "surat-pernyataan", "rekening-penerima"]  # fmt: skip
    assert list(wafat) == [umum[0], "akta-kematian", *umum[1:]]
    assert list(sakit) == [umum[0], "keterangan-sakit", *umum[1:]]
    assert all(b.wajib and "245/2021 B" in b.syarat.sumber for b in (*wafat.values(), *sakit.values()))
