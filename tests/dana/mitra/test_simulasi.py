"""The simulated BPKH: every word it says fits the published contract, its book is the truth, a seed repeats a run."""

from __future__ import annotations

import datetime
import json
from typing import Any

import pytest

from haji_portal.dana.mitra.kunci import TandaSalah, tanda_tangani
from haji_portal.dana.simulasi import SAKELAR, SakelarSalah
from haji_portal.dana.simulasi.buku import Buku
from haji_portal.jaringan import JawabanHilang, TidakTerjangkau

from .dunia_simulasi import AWAL, KUNCI, REF, Portal, buat, keadaan, minta, permintaan, tanya
from .dunia_simulasi import kunci as _kunci  # noqa: F401  (fixture)
from .dunia_simulasi import portal as portal_  # noqa: F401  (fixture)


def test_permintaan_sampai_diterima(portal):
    sim = buat(portal)
    assert keadaan(sim)["status"] == "tidak_dikenal"
    assert minta(sim) == (202, {"referensi": REF, "status": "diproses"})
    assert keadaan(sim)["status"] == "diproses"
    sim.maju(60)
    assert [(mitra, isi["event"]) for mitra, _, isi in portal.sampai] == [
        ("bpkh", "spm.terbit"), ("bps", "dana.ditransfer"),
    ]  # fmt: skip
    akhir = keadaan(sim)
    assert akhir["status"] == "diterima" and akhir["tanggal_terima"] == "2026-11-23"
    assert akhir["rincian"] == {"setoran": 25_000_000, "nilai_manfaat": 1_250_000}
    assert sim.dibayar(REF) == akhir["jumlah"] == 26_250_000


def test_permintaan_berulang_dibayar_sekali(portal):
    sim = buat(portal)
    assert [minta(sim)[0] for _ in range(3)] == [202, 200, 200]
    sim.maju(60)
    assert minta(sim)[0] == 200
    sim.maju(600)
    assert portal.kabar() == ["spm.terbit", "dana.ditransfer"]
    assert minta(sim, rekening="7999999999")[0] == 409, "isi lain dengan referensi yang sama"


@pytest.mark.parametrize(
    ("ubah", "kode"),
    [
        ({"kunci": b"x" * 32}, 401), ({"geser": -301}, 401), ({"geser": 301}, 401), ({"id": "lain"}, 400),
        ({"isi": {"referensi": REF}}, 400), ({"badan": b"[1.5]"}, 400), ({"badan": b"\xff"}, 400),
    ],
)  # fmt: skip
def test_permintaan_yang_tidak_sah_ditolak(portal, ubah, kode):
    sim = buat(portal)
    badan = ubah.get("badan") or json.dumps(ubah.get("isi") or permintaan()).encode()
    waktu = datetime.datetime.fromtimestamp(AWAL + ubah.get("geser", 0), datetime.UTC)
    kepala = tanda_tangani(badan, ubah.get("id", f"minta-{REF}"), waktu, ubah.get("kunci", KUNCI["bpkh"]))
    assert sim.jawab("bpkh", "pengembalian", kepala, badan).status == kode
    assert sim.buku.pembayaran(REF) is None


@pytest.mark.parametrize(
    ("sakelar", "kabar", "status"),
    [
        ("tolak=1", [], "gagal"),
        ("gagal=1", ["dana.gagal"], "gagal"),
        ("gagal_spm=1", ["spm.terbit", "dana.gagal"], "gagal"),
        ("gagal_susulan=1", ["spm.terbit", "dana.ditransfer", "dana.gagal"], "gagal"),
        ("retur=1", ["spm.terbit", "dana.ditransfer", "dana.retur"], "retur"),
        ("diam=1", [], "diterima"),
        ("acak=1", ["dana.ditransfer", "spm.terbit"], "diterima"),
        ("ganda=1", ["spm.terbit"] * 2 + ["dana.ditransfer"] * 2, "diterima"),
        ("ganda_nomor=1", ["spm.terbit"] * 2 + ["dana.ditransfer"] * 2, "diterima"),
        ("ganda_isi=1", ["spm.terbit"] * 2 + ["dana.ditransfer"] * 2, "diterima"),
        ("dua_spm=1", ["spm.terbit"] * 2 + ["dana.ditransfer"], "diterima"),
    ],
)  # fmt: skip
def test_jalan_pembayaran(portal, sakelar, kabar, status):
    sim = buat(portal, sakelar)
    assert minta(sim)[0] == (422 if sakelar == "tolak=1" else 202)
    sim.maju(120)
    assert portal.kabar() == kabar
    assert keadaan(sim)["status"] == status
    assert sim.dibayar(REF) == (26_250_000 if status == "diterima" else 0)
    portal.sampai.clear()
    minta(sim, "LTM-KD-26-AAAAAA")
    sim.maju(120)
    assert portal.kabar() == ["spm.terbit", "dana.ditransfer"], "sakelar =1 hanya untuk satu pembayaran"


def test_kabar_ganda_membawa_nomor_yang_dijanjikan(portal):
    for nama, nomor, isi in (("ganda", 1, 1), ("ganda_nomor", 2, 1), ("ganda_isi", 1, 2)):
        sim = buat(portal, f"{nama}=1")
        portal.sampai.clear()
        minta(sim)
        sim.maju(60)
        spm = [(id, json.dumps(isi)) for _, id, isi in portal.sampai if isi["event"] == "spm.terbit"]
        assert (len({id for id, _ in spm}), len({satu for _, satu in spm})) == (nomor, isi), nama


@pytest.mark.parametrize(
    ("sakelar", "bagian"),
    [
        ("salah_jumlah=1:500", "rincian"), ("salah_rekening=1", "rekening"), ("salah_mata_uang=1", "mata_uang"),
        ("salah_referensi=1", "referensi"),
    ],
)  # fmt: skip
def test_hanya_kabar_pertama_yang_salah(portal, sakelar, bagian):
    sim = buat(portal, sakelar)
    minta(sim)
    sim.maju(60)
    pertama, kedua = (isi for _, _, isi in portal.sampai)
    assert pertama[bagian] != kedua[bagian]
    assert (kedua["referensi"], kedua["jumlah"], kedua["mata_uang"]) == (REF, 26_250_000, "IDR")


@pytest.mark.parametrize("cara", ["kunci", "badan", "lama", "depan"])
def test_kabar_palsu_ditolak_dan_tidak_diulang(portal, cara):
    sim = buat(portal, f"palsu_{cara}=1")
    minta(sim)
    sim.maju(86_400)
    assert portal.palsu == ["DiLuarJendela" if cara in ("lama", "depan") else TandaSalah.__name__]
    assert portal.kabar() == ["spm.terbit", "dana.ditransfer"]
    assert [b.hasil for b in sim.buku.kabar(REF) if b.palsu] == ["ditolak"]


@pytest.mark.parametrize(
    ("sakelar", "dikerjakan"),
    [("macet", False), ("jawaban_hilang", True), ("jawaban_macet", True), ("terpotong", True), ("raksasa", True)],
)
def test_jawaban_yang_hilang(portal, sakelar, dikerjakan):
    sim = buat(portal, f"{sakelar}=1")
    with pytest.raises(JawabanHilang):
        minta(sim)
    assert (keadaan(sim)["status"] == "diproses") is dikerjakan
    assert minta(sim)[0] == (200 if dikerjakan else 202)


def test_jawaban_yang_tidak_dapat_dipakai(portal):
    sim = buat(portal, "galat5xx=1")
    assert minta(sim)[0] == 503
    assert keadaan(sim)["status"] == "tidak_dikenal"
    sim.setel("alihkan=1:semua")
    assert sim.panggil("POST", "http://x/saldo/", isi=b"{}").status == 401, "permintaan tak sah tidak memakai sakelar"
    badan = json.dumps(permintaan()).encode()
    kepala = tanda_tangani(badan, f"minta-{REF}", datetime.datetime.fromtimestamp(AWAL, datetime.UTC), KUNCI["bpkh"])
    assert sim.panggil("POST", "http://x/pengembalian/", isi=badan, kepala=kepala).status == 302
    assert keadaan(sim)["status"] == "diproses"


def test_yang_dilupakan_diterima_lagi(portal):
    sim = buat(portal, "lupa=1")
    assert minta(sim)[0] == 202
    sim.maju(600)
    assert keadaan(sim)["status"] == "tidak_dikenal" and not portal.sampai
    assert minta(sim)[0] == 202
    sim.maju(60)
    assert keadaan(sim)["status"] == "diterima"


def test_kabar_diulang_sampai_portal_menjawab(portal):
    sim = buat(portal)
    portal.jawaban = 503
    minta(sim)
    sim.maju(3600)
    assert not portal.sampai
    portal.jawaban = 202
    sim.maju(7200)
    assert sorted(portal.kabar()) == ["dana.ditransfer", "spm.terbit"]
    assert all(b.percobaan > 3 and b.hasil == "sampai" for b in sim.buku.kabar(REF))


def test_kabar_yang_tidak_pernah_diambil_menyerah_sesudah_tiga_hari(portal):
    sim = buat(portal)
    portal.jawaban = 0
    minta(sim)
    sim.maju(3 * 86_400)
    assert {b.hasil for b in sim.buku.kabar(REF)} == {"menunggu"}
    sim.maju(5 * 86_400)
    assert {b.hasil for b in sim.buku.kabar(REF)} == {"menyerah"}
    assert sim.kerjakan() is None


def test_simulator_mati(portal):
    sim = buat(portal)
    minta(sim)
    sim.mati = True
    with pytest.raises(TidakTerjangkau):
        keadaan(sim)
    sim.maju(60)
    assert not portal.sampai
    sim.mati = False
    sim.maju(60)
    assert keadaan(sim)["status"] == "diterima"


def test_saldo(portal):
    sim = buat(portal)
    soal = {"pertanyaan": "LTM-PA-26-7K2M9Q", "nomor_porsi": "2300012345", "nomor_validasi": None}
    assert tanya(sim, "saldo", soal)[1]["status"] == "tidak_dikenal"
    sim.buku.ingat_setoran(["2300012345", "2611000001"], "2300012345", 25_000_000)
    for nomor in (soal, soal | {"nomor_porsi": None, "nomor_validasi": "2611000001"}):
        assert tanya(sim, "saldo", nomor)[1]["jumlah"] == 25_000_000
    minta(sim)
    sim.maju(60)
    assert tanya(sim, "saldo", soal)[1]["status"] == "tidak_ada"
    retur = {"pertanyaan": "LTM-PA-26-7K2M9R", "nomor_porsi": "2300099999", "nomor_validasi": None}
    sim.setel("retur=1")
    minta(sim, "LTM-KD-26-AAAAAA", nomor_porsi="2300099999")
    sim.maju(120)
    assert tanya(sim, "saldo", retur)[1]["status"] == "ada", "yang kembali ada lagi di BPKH"


def test_mutasi_menurut_hari_dan_halaman(portal):
    sim = buat(portal)
    for ke in range(101):
        minta(sim, f"LTM-KD-26-{ke:06d}", nomor_porsi=None)
    sim.setel("retur=1:86400")
    minta(sim, "LTM-KD-26-RETUR1")
    sim.maju(2 * 86_400)
    satu = tanya(sim, "mutasi", {"tanggal": "2026-11-23", "halaman": 1}, mitra="bps")[1]
    dua = tanya(sim, "mutasi", {"tanggal": "2026-11-23", "halaman": satu["halaman_berikut"]}, mitra="bps")[1]
    assert (len(satu["baris"]), len(dua["baris"]), dua["halaman_berikut"]) == (100, 2, None)
    assert {b["status"] for b in satu["baris"] + dua["baris"]} == {"berhasil"}
    esok = [b for hari in ("2026-11-24", "2026-11-25")
            for b in tanya(sim, "mutasi", {"tanggal": hari, "halaman": 1})[1]["baris"]]  # fmt: skip
    assert [(b["referensi"], b["status"]) for b in esok] == [("LTM-KD-26-RETUR1", "dikembalikan")]


def test_kabar_sisipan(portal):
    sim = buat(portal)
    minta(sim)
    id = sim.sisipkan(REF, "dana.retur", setelah=5, jumlah=1)
    sim.sisipkan("XX-KD-26-TAKADA", "spm.terbit", id_webhook=id, mitra="bps")
    sim.maju(4)
    assert [isi["referensi"] for _, _, isi in portal.sampai if isi["referensi"] != REF] == ["XX-KD-26-TAKADA"]
    sim.maju(2)
    assert [isi["jumlah"] for _, _, isi in portal.sampai if isi["event"] == "dana.retur"] == [1]


def test_benih_yang_sama_jalan_yang_sama():
    def jalan(benih: int) -> list[Any]:
        portal = Portal()
        peluang = [f"{n}=30%" for n, s in SAKELAR.items() if s.kelompok != "jawaban"]
        sim = buat(portal, *peluang, benih=benih)
        for ke in range(30):
            minta(sim, f"LTM-KD-26-{ke:06d}")
            sim.maju(3)
        sim.maju(600)
        return [portal.sampai, portal.palsu, [keadaan(sim, p.referensi) for p in sim.buku.semua()]]

    assert jalan(1) == jalan(1)
    assert jalan(1) != jalan(2)


def test_buku_tidak_lupa(portal, tmp_path):
    berkas = tmp_path / "simulasi" / "buku.sqlite3"
    sim = buat(portal, "gagal_spm=2", "retur=25%:40", buku=Buku(berkas))
    minta(sim)
    sim.maju(5)
    sim.buku.db.close()
    lagi = buat(portal, buku=Buku(berkas))
    assert lagi.buku.id == sim.buku.id
    assert lagi.papan.nilai["gagal_spm"] == "1" and lagi.papan.nilai["retur"] == "25%:40"
    lagi.maju(60)
    assert portal.kabar() == ["spm.terbit", "dana.gagal"]
    assert len({id for _, id, _ in portal.sampai}) == 2
    assert berkas.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("salah", ["apa=1", "gagal", "gagal=0", "gagal=101%", "gagal=1:2", "tunda=1:lama", "macet=1:x"])
def test_sakelar_salah_ditolak_dengan_kalimat(portal, salah):
    sim = buat(portal)
    with pytest.raises(SakelarSalah):
        sim.setel(salah)
    assert set(sim.papan.nilai.values()) == {"mati"}
