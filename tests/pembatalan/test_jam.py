"""The clocks of a cancellation: 8 working days = 3 of the office + 5 of the Direktorat (241/2021 E), none for BPKH."""

import pytest

from haji_portal.alur.models import Tenggat
from haji_portal.meja.pemakaian import pemakaian_waktu
from haji_portal.ptsp.keadaan import keadaan
from tests.alur.jam import jam, wita  # noqa: F401  (a fixture)
from tests.batal import batal, pindah  # noqa: F401  (a fixture)

KANTOR, PUSAT = {"kantor", "keseluruhan"}, {"direktorat", "keseluruhan"}
# Status -> whose minutes, and which of the three clocks run.
MILIK = {
    "diperiksa": ("kantor", KANTOR), "dikembalikan": ("pemohon", set()), "didisposisi": ("kantor", KANTOR),
    "disusun": ("kantor", KANTOR), "menunggu_ttd": ("kantor", KANTOR), "direkam": ("kantor", KANTOR),
    "divalidasi": ("kantor", KANTOR), "di_pusat": ("pusat", PUSAT), "dibatalkan": ("pusat", PUSAT),
    "dijurnal": ("pusat", PUSAT), "diajukan": ("mitra", set()),
}  # fmt: skip


@pytest.mark.parametrize("slug", ["lombok-timur", "tanah-bumbu", "kepulauan-seribu"])
@pytest.mark.parametrize("tahap", MILIK)
def test_jam_yang_berjalan_pada_tiap_status(batal, jam, slug, tahap):  # noqa: F811
    perkara = batal(1, tahap, kantor=slug)
    pihak, rentang = MILIK[tahap]
    status = perkara.tenggat.get(jenis="status", selesai__isnull=True)
    berjalan = perkara.tenggat.filter(jenis="rentang", selesai__isnull=True, hari_kerja__isnull=False)
    assert (status.pihak, set(berjalan.values_list("kode", flat=True))) == (pihak, rentang)
    assert status.kantor.slug == ("pusat" if pihak == "pusat" else slug)
    assert pihak in ("kantor", "pusat") or status.batas is None
    hari = {"kantor": 3, "direktorat": 5, "keseluruhan": 8}
    assert {t.kode: t.hari_kerja for t in berjalan} == {kode: hari[kode] for kode in rentang}


def test_dari_loket_sampai_surat_direktur(batal, jam):  # noqa: F811
    """A day and a half in Lombok Timur, a return of two days, the centre, then BPKH for a month: hand-counted."""
    perkara = batal()
    for saat, tahap in [
        (wita(2, 15), "dikembalikan"), (wita(4, 9), "diperiksa"), (wita(4, 16), "divalidasi"),
        (wita(5, 10), "di_pusat"), (wita(6, 10), "dibatalkan"), (wita(9, 10), "dijurnal"), (wita(10, 10), "diajukan"),
    ]:  # fmt: skip
        jam.ke(saat)
        perkara = pindah(perkara, tahap)
    jam.ke(wita(10, 10, bulan=12))
    terpakai = {}
    for t in perkara.tenggat.filter(jenis=Tenggat.Jenis.RENTANG):
        terpakai[t.kode] = terpakai.get(t.kode, 0) + t.menit_terpakai
    # Office: 300 on Monday, 360 + 150 after the return. Centre, in its own time: 360 of Thursday, 450, 450, 90.
    assert terpakai == {"kantor": 810, "direktorat": 1350, "keseluruhan": 2160}
    hasil = pemakaian_waktu(perkara, list(perkara.tenggat.select_related("kantor")))
    pemilik = {siapa: lama for siapa, lama, _ in hasil.pemilik}
    assert list(pemilik) == ["Kantor", "Kementerian (pusat)", "Pemohon", "Mitra (BPKH, bank)"]
    assert pemilik["Kantor"] == "1 hari kerja 6 jam" and pemilik["Kementerian (pusat)"] == "3 hari kerja"
    assert [j.sisa.kata for j in hasil.jam] == [
        "1 hari kerja 6 jam dari 3 hari kerja, berhenti",
        "3 hari kerja dari 5 hari kerja, berhenti",
        "4 hari kerja 6 jam dari 8 hari kerja, berhenti",
    ]
    jawab = keadaan(perkara)
    assert not jawab.terlambat and not jawab.batas
    assert jawab.kalimat[1] == "SOP tidak menetapkan batas waktu bagi BPKH dan BPS; kami tetap mengabari Anda."
