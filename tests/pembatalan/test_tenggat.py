"""Eight working days = three of the office and five of the centre (241/2021 E), with Lombok Timur's own rows and clock.

The office works in WITA from 07.30 to 16.00, the centre in WIB, an hour later. Monday 2 November 2026, 09.00 WITA.
"""

import pytest

from haji_portal.alur.models import Giliran

from .jalan import buka, kerjakan_efek, lakukan, maju, sampai, segar

pytestmark = pytest.mark.django_db
"""status -> the row's own limit in minutes or working days, and the spans that run meanwhile."""
JAM_SIAPA = {
    "diperiksa": ("kantor", {"kantor", "keseluruhan"}),
    "disusun": ("kantor", {"kantor", "keseluruhan"}),
    "diverifikasi": ("kantor", {"kantor", "keseluruhan"}),
    "menunggu_ttd": ("kantor", {"kantor", "keseluruhan"}),
    "direkam": ("kantor", {"kantor", "keseluruhan"}),
    "divalidasi": ("kantor", {"kantor", "keseluruhan"}),
    "di_pusat": ("pusat", {"direktorat", "keseluruhan"}),
    "dibatalkan": ("pusat", {"direktorat", "keseluruhan"}),
    "dijurnal": ("pusat", {"direktorat", "keseluruhan"}),
    "diajukan": ("mitra", set()),
}


def berjalan(p):
    rows = p.tenggat.filter(selesai__isnull=True)
    return {t.kode: t for t in rows if t.jenis == "rentang"}, next(t for t in rows if t.jenis == "status")


def test_jam_siapa_berjalan_kapan(pelaksana, jam):
    """At every station: whose clock runs, which spans, what the row allows; after the Direktur's letter none."""
    p, dilalui = buka(slug="lombok-timur"), {}
    while not p.ditutup:
        pihak, rentang = JAM_SIAPA[p.tahap]
        jalan, baris = berjalan(p)
        assert (p.info_tahap.pihak, set(jalan)) == (pihak, rentang), p.tahap
        dilalui[p.tahap] = (baris.menit, baris.hari_kerja)
        jam.maju(1)
        p = maju(pelaksana, p)
    assert dilalui == {
        "diperiksa": (5, None), "disusun": (10, None), "diverifikasi": (5, None), "menunggu_ttd": (10, None),
        "direkam": (15, None), "divalidasi": (None, 1), "di_pusat": (None, 1), "dibatalkan": (None, 3),
        "dijurnal": (None, 3), "diajukan": (None, None),
    }  # fmt: skip
    assert p.tenggat.filter(selesai__isnull=True).count() == 0


def test_delapan_hari_berakhir_dengan_surat_direktur(pelaksana, jam, wita):
    """Three days at the office from Monday, five at the centre from Wednesday noon; kept to the end, late beyond it."""
    p = buka(slug="lombok-timur")
    jalan, _ = berjalan(p)
    assert {k: t.batas for k, t in jalan.items()} == {"kantor": wita(5, 16), "keseluruhan": wita(12, 16)}
    jam.ke(wita(4, 12))
    p = sampai(pelaksana, p, "di_pusat")
    jalan, _ = berjalan(p)
    assert {k: t.batas for k, t in jalan.items()} == {"direktorat": wita(11, 17), "keseluruhan": wita(12, 16)}
    assert p.tenggat.get(kode="kantor").selesai == wita(4, 12)
    jam.ke(wita(11, 16, 30))
    p = sampai(pelaksana, p, "dijurnal")
    lakukan(pelaksana, p.dalam_jurnal, "ajukan")
    lakukan(pelaksana, segar(p).dalam_jurnal, "tandatangani")
    assert set(berjalan(segar(p))[0]) == {"direktorat", "keseluruhan"}, "the letter's effect closes them"
    kerjakan_efek()
    p = segar(p)
    assert p.tahap == "diajukan" and berjalan(p)[0] == {}
    selesai = dict(p.tenggat.filter(jenis="rentang").values_list("kode", "selesai"))
    assert selesai == {"kantor": wita(4, 12), "direktorat": wita(11, 16, 30), "keseluruhan": wita(11, 16, 30)}


def test_kembali_ke_pemohon_menghentikan_semua_jam(pelaksana, jam, wita):
    p = buka(slug="lombok-timur")
    satu = p.butir.order_by("urut")[0]
    p.butir.filter(pk=satu.pk).update(verdict="kurang", alasan="Tidak terbaca.")
    jam.ke(wita(2, 11))
    p = lakukan(pelaksana, p, "kembalikan")
    jalan, baris = berjalan(p)
    assert jalan == {} and (baris.pihak, baris.batas) == ("pemohon", None)
    jam.ke(wita(16, 11))
    p = lakukan(pelaksana, p, "lengkapi")
    jalan, _ = berjalan(p)
    # 120 minutes of 360 + 3 x 450 were used: 240 on Monday 16 November, then three whole days.
    assert jalan["kantor"].batas == wita(19, 16) and set(jalan) == {"kantor", "keseluruhan"}


def test_dikembalikan_pusat_kantor_memakai_sisanya(pelaksana, jam, wita):
    p = sampai(pelaksana, buka(slug="lombok-timur"), "di_pusat")
    jam.ke(wita(3, 9))
    p = lakukan(pelaksana, p, "kembalikan_kantor")
    jalan, _ = berjalan(p)
    assert set(jalan) == {"kantor", "keseluruhan"} and p.putaran == 2
    assert jalan["keseluruhan"].batas == wita(12, 16), "the eight days run on"


def test_menunggu_pihak_lain_tampak_bagi_kantor(pelaksana):
    """While the centre, BPKH or the bank has the file, the counter sees whom it waits for; they see their own turn."""
    p = sampai(pelaksana, buka(), "di_pusat")
    kegiatan = {
        "di_pusat": ("pusat", {"direktorat"}, "Menunggu Direktorat memeriksa dan membatalkan"),
        "dibatalkan": ("pusat", {"subdit"}, "Menunggu Direktorat membuat jurnal pembatalan"),
        "dijurnal": ("pusat", set(), "Menunggu Direktur mengajukan pengembalian dana kepada BPKH"),
        "diajukan": ("mitra", set(), "Menunggu BPKH dan bank menyalurkan dana"),
    }
    for tahap, (pihak, pemilik, kata) in kegiatan.items():
        p = sampai(pelaksana, p, tahap)
        milik = {g.peran: g for g in Giliran.objects.filter(perkara=p.pk)}
        assert {k for k, g in milik.items() if g.pihak == "kantor"} == pemilik, tahap
        assert {(milik[k].pihak, milik[k].kegiatan) for k in ("jfu", "ptsp")} == {(pihak, kata)}
