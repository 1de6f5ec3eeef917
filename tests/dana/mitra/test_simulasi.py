"""The simulated BPKH: every word it says fits the published contract, its book is the truth, a seed repeats a run."""

from __future__ import annotations

import datetime
import json
import threading
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from haji_portal.dana.mitra.kunci import TandaSalah, periksa, tanda_tangani
from haji_portal.dana.mitra.skema import cocokkan
from haji_portal.dana.simulasi import SAKELAR, Balasan, Jam, JamMaya, SakelarSalah, Simulator, Tempo, ingatan
from haji_portal.dana.simulasi.buku import Buku
from haji_portal.dana.simulasi.jawaban import HILANG, rusak
from haji_portal.dana.simulasi.peladen import Peladen
from haji_portal.jaringan import JawabanHilang, TidakTerjangkau, panggil

AWAL = datetime.datetime(2026, 11, 23, 2, 0, tzinfo=datetime.UTC).timestamp()
KUNCI = {"bpkh": b"k" * 32, "bps": b"b" * 32}
REF = "LTM-KD-26-7K2M9Q"


class Portal:
    """What arrives at the portal: signed well and fitting the schema, or refused as the real door would."""

    def __init__(self) -> None:
        self.sampai: list[tuple[str, str, dict[str, Any]]] = []
        self.palsu: list[str] = []
        self.jawaban = 200
        self.jam = JamMaya(AWAL)

    def __call__(self, mitra: str, kepala: Any, badan: bytes) -> int:
        kini = datetime.datetime.fromtimestamp(self.jam.kini(), datetime.UTC)
        isi = json.loads(badan)
        try:
            periksa(mitra, kepala, badan, kini)
        except Exception as galat:  # noqa: BLE001
            self.palsu.append(type(galat).__name__)
            return 401
        cocokkan("peristiwa", isi)
        if self.jawaban < 300:
            self.sampai.append((mitra, kepala["webhook-id"], isi))
        return self.jawaban

    def kabar(self) -> list[str]:
        return [isi["event"] for _, _, isi in self.sampai]


@pytest.fixture(autouse=True)
def kunci(settings):
    settings.BPKH_KUNCI, settings.BPS_KUNCI, settings.BPS_KUNCI_BANK = (KUNCI["bpkh"],), (KUNCI["bps"],), {}


@pytest.fixture
def portal():
    return Portal()


def buat(portal: Portal, *sakelar: str, benih: int = 7, buku: Buku | None = None) -> Simulator:
    sim = Simulator(portal, jam=portal.jam, benih=benih, buku=buku)
    for satu in sakelar:
        sim.setel(satu)
    return sim


def permintaan(referensi: str = REF, **ubah: Any) -> dict[str, Any]:
    isi = {
        "referensi": referensi, "rincian": {"setoran": 25_000_000}, "mata_uang": "IDR", "rekening": "7123456789",
        "bank": "Bank Contoh", "atas_nama": "Siti Contoh", "nomor_porsi": "2300012345",
    }  # fmt: skip
    cocokkan("permintaan", isi | ubah)
    return isi | ubah


JAWABAN = {"pengembalian": "jawaban_permintaan", "keadaan": "keadaan", "saldo": "saldo", "mutasi": "mutasi"}


def tanya(sim: Simulator, pintu: str, isi: dict[str, Any], mitra: str = "bpkh", id: str = "") -> tuple[int, Any]:
    """One request through the drop-in of `jaringan.panggil`; the answer is held against its schema."""
    badan = json.dumps(isi).encode()
    waktu = datetime.datetime.fromtimestamp(sim.jam.kini(), datetime.UTC)
    id = id or (f"minta-{isi['referensi']}" if pintu == "pengembalian" else "tanya-1")
    kepala = tanda_tangani(badan, id, waktu, KUNCI[mitra])
    jawab = sim.panggil("POST", f"http://127.0.0.1:8011/{mitra}/{pintu}/", isi=badan, kepala=kepala)
    if jawab.status in (200, 202, 409, 422):
        cocokkan(JAWABAN[pintu.rpartition("/")[2]], jawab.json())
    return jawab.status, jawab.json()


def minta(sim: Simulator, referensi: str = REF, **ubah: Any) -> tuple[int, Any]:
    return tanya(sim, "pengembalian", permintaan(referensi, **ubah))


def keadaan(sim: Simulator, referensi: str = REF) -> dict[str, Any]:
    return tanya(sim, "pengembalian/keadaan", {"referensi": referensi})[1]


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


@pytest.fixture
def proses(portal):
    """The simulator as it runs beside the portal: a real port, real time, events caught by `portal`."""
    portal.jam = Jam()
    sim = Simulator(portal, benih=7, tempo=Tempo(0, 0, 0))
    peladen = Peladen(0, sim)
    utas = threading.Thread(target=peladen.jalan, daemon=True)
    utas.start()
    yield sim, f"http://127.0.0.1:{peladen.server_port}"
    peladen.shutdown()
    utas.join()


def hubungi(alamat: str, pintu: str, isi: dict[str, Any], **pilihan: Any):
    badan = json.dumps(isi).encode()
    id = f"minta-{isi['referensi']}" if pintu == "pengembalian" else "tanya-1"
    kepala = tanda_tangani(badan, id, datetime.datetime.now(datetime.UTC), KUNCI["bpkh"])
    return panggil("POST", f"{alamat}/bpkh/{pintu}/", isi=badan, kepala=kepala, **pilihan)


def test_proses_menjawab_dan_mengabarkan(proses, portal):
    sim, alamat = proses
    jawab = hubungi(alamat, "pengembalian", permintaan())
    assert (jawab.status, jawab.json()["status"]) == (202, "diproses")
    while sim.keadaan(REF)["status"] != "diterima" or len(portal.sampai) < 2:
        sim.kerjakan()
    halaman = panggil("GET", f"{alamat}/").isi.decode()
    assert REF in halaman and "Diterima" in halaman and "Rp26.250.000" in halaman
    assert "7123456789" not in halaman and "Siti Contoh" not in halaman
    ringkas = panggil("GET", f"{alamat}/keadaan.json").json()
    assert [b["hasil"] for b in ringkas["kabar"]] == ["sampai", "sampai"]


@pytest.mark.parametrize("nama", [n for n, s in SAKELAR.items() if s.kelompok == "jawaban"])
def test_jawaban_rusak_lewat_jaringan(proses, nama):
    """What the drop-in for tests answers is what the network brings."""
    sim, alamat = proses
    sim.setel(f"{nama}=1")
    if nama in HILANG:
        with pytest.raises(JawabanHilang):
            hubungi(alamat, "pengembalian", permintaan(), tunggu=0.2)
    else:
        balas = Balasan(503 if nama == "galat5xx" else 202, {}, nama)
        assert hubungi(alamat, "pengembalian", permintaan()).status == rusak(balas)[0]
    dikenal = sim.keadaan(REF)["status"] != "tidak_dikenal"
    assert dikenal is (nama not in ("galat5xx", "macet"))


def test_sakelar_lewat_halaman(proses):
    sim, alamat = proses
    formulir = {"Content-Type": "application/x-www-form-urlencoded"}
    assert panggil("POST", f"{alamat}/sakelar", isi=b"gagal=2&retur=25%25:40", kepala=formulir).status == 303
    assert panggil("POST", f"{alamat}/sakelar", isi=b"nama=tunda&lingkup=semua&ukuran=9", kepala=formulir).status == 303
    assert {n: v for n, v in sim.papan.nilai.items() if v != "mati"} == {
        "gagal": "2", "retur": "25%:40", "tunda": "semua:9",
    }  # fmt: skip
    isi = panggil("GET", f"{alamat}/sakelar").isi.decode()
    assert all(satu.kata in isi for satu in SAKELAR.values()) and '<option value="2" selected>' in isi
    assert panggil("POST", f"{alamat}/sakelar", isi=b"gagal=apa", kepala=formulir).status == 400
    assert panggil("POST", f"{alamat}/sakelar", isi=b"semua=mati", kepala=formulir).status == 303
    assert set(sim.papan.nilai.values()) == {"mati"}


def test_situs_lain_tidak_dapat_menekan_sakelar(proses):
    sim, alamat = proses
    for kepala in ({"Host": "jahat.example"}, {"Sec-Fetch-Site": "cross-site"}):
        assert panggil("POST", f"{alamat}/sakelar", isi=b"gagal=1", kepala=kepala).status == 403
        assert panggil("GET", f"{alamat}/", kepala=kepala).status == 403
    assert panggil("POST", f"{alamat}/sakelar", isi=b"x" * 70_000).status == 413
    assert panggil("POST", f"{alamat}/bpkh/lain/", isi=b"{}").status == 404
    assert set(sim.papan.nilai.values()) == {"mati"}


def test_perintah_menolak_produksi_dan_kunci_kosong(settings, tmp_path, monkeypatch):
    pilihan = {"port": 0, "data": tmp_path, "ingat": tmp_path / "tidak-ada"}
    with monkeypatch.context() as tambal, pytest.raises(CommandError, match="produksi"):
        tambal.setenv("DJANGO_SETTINGS_MODULE", "haji_portal.settings.produksi")
        call_command("simulasi_bpkh", **pilihan)
    settings.BPKH_KUNCI = ()
    with pytest.raises(CommandError, match="BPKH_KUNCI"):
        call_command("simulasi_bpkh", **pilihan)
    assert not list(tmp_path.iterdir())


@pytest.mark.django_db
def test_ingatan_demo(portal, tmp_path):
    """What the demo leaves behind is known, stays as it is, and comes up on the statement of its day."""
    berkas = tmp_path / "ingatan.json"
    ingatan.tulis(berkas)
    assert json.loads(berkas.read_text()) == {"setoran": [], "pengembalian": []}
    assert berkas.stat().st_mode & 0o077 == 0
    lama = {
        "isi": permintaan(), "status": "diterima", "manfaat": 1_234_567, "nomor_spm": "SPM/1", "rujukan_bank": "TRF-1",
        "alasan": "", "selesai": AWAL, "waktu": {"ditransfer": "2026-11-20", "diterima": "2026-11-21"},
    }  # fmt: skip
    jalan = lama | {"isi": permintaan("LTM-KD-26-JALAN1"), "status": "spm_terbit", "selesai": None, "waktu": {}}
    setoran = {"nomor_validasi": "2611000009", "nomor_porsi": None, "jumlah": 25_000_000}
    berkas.write_text(json.dumps({"setoran": [setoran], "pengembalian": [lama, jalan]}))
    sim = buat(portal)
    assert [ingatan.muat(sim.buku, berkas, AWAL) for _ in range(2)] == [2, 0]
    sim.maju(86_400)
    assert not portal.sampai
    assert keadaan(sim)["tanggal_terima"] == "2026-11-21"
    assert keadaan(sim, "LTM-KD-26-JALAN1")["status"] == "spm_terbit"
    assert tanya(sim, "mutasi", {"tanggal": "2026-11-20", "halaman": 1})[1]["baris"][0]["jumlah"] == 26_234_567
    soal = {"pertanyaan": "LTM-PA-26-7K2M9Q", "nomor_porsi": None, "nomor_validasi": "2611000009"}
    assert tanya(sim, "saldo", soal)[1]["status"] == "ada"
    assert minta(sim)[0] == 200
