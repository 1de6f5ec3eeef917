"""The portal against the simulated BPKH: every switch once, from the release to where the refund must stand.

Both sides hold each body against the published schemas, so this is the contract test of requests, answers and events.
"""

from __future__ import annotations

import pytest
from django.test import Client
from django.utils import timezone

from haji_portal.alur.efek import sapu
from haji_portal.dana.jejak import jejak_uang
from haji_portal.dana.mitra import panggilan as modul_panggilan
from haji_portal.dana.mitra.olah import olah_semua
from haji_portal.dana.mitra.tanya import ambil_mutasi, tanya_saldo
from haji_portal.dana.mitra.ulang import tanyakan_macet
from haji_portal.dana.models import Pengembalian, Peristiwa, Putusan
from haji_portal.dana.simulasi import SAKELAR, JamMaya, Simulator, ingatan
from haji_portal.kabar.models import Pesan
from tests.dana.tanah import ajukan, buka_induk, letak, lewati, segar, seharusnya

pytestmark = pytest.mark.django_db
KUNCI = {"bpkh": b"k" * 32, "bps": b"b" * 32}


@pytest.fixture
def sim(settings, jam, monkeypatch):
    settings.BPKH_URL, settings.BPS_URL = "http://127.0.0.1:8011/bpkh", "http://127.0.0.1:8011/bps"
    settings.BPKH_KUNCI, settings.BPS_KUNCI, settings.BPS_KUNCI_BANK = (KUNCI["bpkh"],), (KUNCI["bps"],), {}

    def antar(mitra, kepala, badan):
        alamat = f"/api/v1/callback/{mitra}/"
        return Client().post(alamat, badan, content_type="application/json", headers=dict(kepala)).status_code

    sim = Simulator(antar, jam=JamMaya(timezone.now().timestamp(), jam.move_to), benih=5)
    monkeypatch.setattr(modul_panggilan, "panggil", sim.panggil)
    return sim


def jalan(sim, menit=30):
    """Time passes at the partner, in the portal's queue and in its task."""
    for detik in (10, 10, 20, 20, *[60] * (menit - 1)):
        sapu()
        sim.maju(detik)
        olah_semua()


LANCAR = "diterima"
AKHIR = {
    "tolak": ("gagal", set()),
    "gagal": ("gagal", set()),
    "gagal_spm": ("gagal", set()),
    "gagal_susulan": ("belum_pasti", {"bertentangan"}),
    "retur": ("retur", set()),
    "lupa": ("diajukan", set()),
    "diam": ("diajukan", set()),
    "dua_spm": (LANCAR, {"spm_lain"}),
    "salah_jumlah": (LANCAR, {"setoran"}),
    "salah_rekening": (LANCAR, {"rekening"}),
    "salah_mata_uang": (LANCAR, {"mata_uang"}),
    "salah_referensi": (LANCAR, {"rujukan"}),
}
"""Where a refund stands half an hour after its release, and why news about it waits for people."""


@pytest.mark.parametrize("nama", ["", *SAKELAR])
def test_setiap_sakelar(p, sim, nama):
    if nama:
        sim.setel(f"{nama}=1")
    jalan(sim)
    tahap, alasan = AKHIR.get(nama, (LANCAR, set()))
    p = segar(p)
    assert p.tahap == tahap
    assert {satu.alasan for satu in Putusan.objects.menunggu()} == alasan
    assert Pengembalian.objects.filter(sebelumnya=p).exists() is (tahap in ("gagal", "retur"))
    if tahap not in ("gagal", "retur"):
        assert letak(p) == seharusnya(p)
    assert not Peristiwa.objects.filter(putusan=None).exists()
    assert len(list(sim.buku.semua())) == 1, "satu permintaan, berapa kali pun dikirim"
    if tahap == LANCAR:
        assert sim.dibayar(p.nomor) == p.jumlah == p.jumlah_setoran * 105 // 100


def test_jejak_uang_dari_mesin(p, sim):
    """BPKH's and the bank's machines name no bank reference: none is shown."""
    jalan(sim, 12)
    jejak = jejak_uang(p.induk)
    assert [titik.kalimat for titik in jejak.titik if "diterima" in titik.kalimat]
    assert {titik.rinci for titik in jejak.titik} == {"", f"Pengembalian {p.nomor}"}


def test_yang_didiamkan_ditanyakan_esok_paginya(p, sim):
    sim.setel("diam=1")
    jalan(sim, 1)
    sim.maju(86_400)
    assert tanyakan_macet() == 1
    jalan(sim, 1)
    assert segar(p).tahap == LANCAR


def test_peristiwa_palsu_tidak_meninggalkan_bekas(p, sim):
    for nama in ("palsu_kunci", "palsu_badan", "palsu_lama", "palsu_depan"):
        sim.setel(f"{nama}=1")
    jalan(sim)
    assert [b.hasil for b in sim.buku.kabar() if b.palsu] == ["ditolak"] * 4
    assert sorted(Peristiwa.objects.exclude(id_kunci="jawaban").values_list("jenis", flat=True)) == [
        "dana.ditransfer", "spm.terbit",
    ]  # fmt: skip


def test_nomor_webhook_yang_sama_dengan_isi_lain_dihitung(p, sim):
    sim.setel("ganda_isi=1")
    jalan(sim)
    assert set(Peristiwa.objects.exclude(id_kunci="jawaban").values_list("ulangan_beda", flat=True)) == {1}
    pesan = Pesan.objects.filter(kunci__startswith="mitra-isi-lain", saluran="aplikasi")
    assert sorted(pesan.values_list("pengguna__username", flat=True)) == sorted(["bpkh", "bpkh-2", "direktorat"] * 2)
    assert set(pesan.values_list("perkara", flat=True)) == {p.pk}


@pytest.mark.parametrize("mitra", ["bpkh", "bps"])
def test_daftar_mutasi(p, sim, mitra):
    jalan(sim, 1)
    (baris,) = ambil_mutasi(mitra, timezone.localdate())
    assert (baris["referensi"], baris["jumlah"], baris["status"]) == (p.nomor, segar(p).jumlah, "berhasil")


def test_saldo(p, sim):
    nomor = {"nomor_porsi": p.porsi.nomor, "nomor_validasi": None}
    assert tanya_saldo(**nomor).status == "tidak_dikenal"
    sapu()
    assert (tanya_saldo(**nomor).status, tanya_saldo(**nomor).jumlah) == ("ada", p.jumlah_setoran)
    jalan(sim, 1)
    assert tanya_saldo(**nomor).status == "tidak_ada"


def test_saldo_satu_porsi_dan_setoran_yang_kembali(p, sim, tmp_path):
    """Who asks for a porsi is told of all its deposits; paid out they are gone until their owner pays them back."""
    nomor = {"nomor_porsi": p.porsi.nomor, "nomor_validasi": None}
    ingatan.tulis(tmp_path / "ingatan.json")
    ingatan.muat(sim.buku, tmp_path / "ingatan.json", sim.jam.kini())
    assert p.porsi.setoran.count() == 2
    assert tanya_saldo(**nomor).jumlah == p.jumlah_setoran
    sapu()
    jalan(sim, 3)
    assert tanya_saldo(**nomor).status == "tidak_ada"
    assert sim.setor_kembali(p.porsi.nomor) == 1
    assert (tanya_saldo(**nomor).status, tanya_saldo(**nomor).jumlah) == ("ada", p.jumlah_setoran)


def test_yang_diselesaikan_orang_diingat_simulator(p, sim, tmp_path):
    """The demo's older refunds: a question about them is answered as their papers say, and changes nothing."""
    lama = [lewati(ajukan(buka_induk()), sampai) for sampai in ("sahkan_spm", "sahkan_transfer", "terima")]
    ingatan.tulis(tmp_path / "ingatan.json")
    assert ingatan.muat(sim.buku, tmp_path / "ingatan.json", sim.jam.kini()) == 3
    assert sim.keadaan(p.nomor)["status"] == "tidak_dikenal", "belum dikirim"
    jalan(sim, 3)
    sim.maju(86_400 + 60)
    assert tanyakan_macet() == 2
    jalan(sim, 1)
    assert [sim.keadaan(satu.nomor)["status"] for satu in lama] == [segar(satu).tahap for satu in lama]
    assert [segar(satu).tahap for satu in lama] == ["spm_terbit", "ditransfer", "diterima"]
    assert not Putusan.objects.menunggu().exists()
    (setoran,) = lama[0].porsi.setoran.all()[:1]
    assert tanya_saldo(nomor_porsi=None, nomor_validasi=setoran.nomor_validasi).status == "tidak_ada"
