"""The inbox beyond the counter: the centre, BPKH, banks, the Kanwil and the inspectorate, each with its own."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from haji_portal.akun.models import Kantor, Penugasan
from haji_portal.dana.models import Pengembalian
from haji_portal.meja.jenis import jenis_menu, jenis_terlihat
from haji_portal.meja.kerja import giliran_saya, hitung_tab, isi_tab, pilihan_saringan, tab_untuk
from tests.batal import batal, pindah  # noqa: F401  (fixture)
from tests.dana.tanah import ajukan, buka_induk

LAYANAN = {"pendaftaran", "pembatalan", "pelimpahan", "pengaktifan", "rekomendasi"}
PUSAT = {"pengembalian", "konfirmasi-saldo", "reversal", "jurnal", "pemberitahuan", "pelayanan"}
MENU = {
    "ptsp.lombok-timur": LAYANAN | {"pengembalian"},
    "kasi.lombok-timur": LAYANAN,
    "siskohat.lombok-timur": LAYANAN,
    "kanwil.ntb": LAYANAN,
    "bpkh": {"pengembalian", "konfirmasi-saldo", "jurnal"},
    "bps": {"pengembalian", "reversal"},
    "subdit": LAYANAN | PUSAT,
    "inspektorat": LAYANAN | PUSAT,
}


def nomor(qs):
    return [g.perkara.nomor for g in qs]


@pytest.mark.parametrize("nama", MENU)
def test_menu_hanya_yang_dapat_dilihat(akun, nama):
    tugas = akun(nama).penugasan_berlaku()
    assert {satu.jenis for satu in jenis_menu(tugas)} == MENU[nama]
    assert MENU[nama] <= {satu.jenis for satu in jenis_terlihat(tugas)}


@pytest.mark.parametrize(("nama", "dekat"), [("subdit", "jurnal"), ("ditjen", "pemberitahuan"), ("bpkh", "jurnal")])
def test_menu_satu_baris(masuk, akun, nama, dekat):
    """What somebody acts on stands in the line; where there is more than fits, the rest is in a menu."""
    menu = masuk(nama).get("/kerja/").context["meja"]
    semua = len(jenis_menu(akun(nama).penugasan_berlaku()))
    assert dekat in {m["kode"] for m in menu["layanan"]} and len(menu["layanan"]) <= 4
    assert len(menu["layanan"]) + len(menu["layanan_lain"]) == semua


def test_saringan_hanya_yang_dapat_dilihat(akun):
    jenis = {n: {k for k, _ in pilihan_saringan(akun(n))["pilihan_layanan"]} for n in ("jfu.palu", "bpkh", "bps")}
    assert jenis["jfu.palu"] == LAYANAN | {"pengembalian", "konfirmasi-saldo", "pemberitahuan"}
    assert jenis["bpkh"] == {"pengembalian", "konfirmasi-saldo", "jurnal"}
    assert jenis["bps"] == {"pengembalian", "reversal"}
    ntb = {kode for kode, _ in pilihan_saringan(akun("kanwil.ntb"))["pilihan_kantor"]}
    assert ntb == set(Kantor.objects.filter(induk__slug="ntb").values_list("slug", flat=True))
    assert pilihan_saringan(akun("kasi.palu"))["pilihan_kantor"] == []


@pytest.mark.parametrize(
    ("tahap", "nama", "kata"),
    [
        ("diajukan", "bpkh", "tanpa batas waktu"),
        ("spm_terbit", "bps", "tanpa batas waktu"),
        ("spm_terbit", "bpkh", "menunggu pihak lain"),
        ("belum_pasti", "bps", "tanpa batas waktu"),
        ("belum_pasti", "ptsp.lombok-timur", "menunggu pihak lain"),
    ],
)
def test_mitra_tidak_menunggu_dirinya_sendiri(masuk, tahap, nama, kata):
    """Whose turn it is waits for nobody, on the page of a refund as in the inbox."""
    p = pindah(pindah(ajukan(buka_induk()), "spm_terbit"), tahap)  # the bank has seen it by then
    client = masuk(nama)
    assert client.get(p.get_absolute_url()).context["sisa"].kata == kata
    if kata == "tanpa batas waktu":
        assert [b["sisa"].kata for b in client.get("/kerja/").context["baris"]] == [kata]


def test_giliran_pusat_dan_kantor_menunggu(akun, batal):  # noqa: F811
    perkara = batal(1, "di_pusat")
    for nama, tab in (("direktorat", "giliran"), ("jfu.lombok-timur", "menunggu")):
        orang = akun(nama)
        assert nomor(isi_tab(orang, tab)) == [perkara.nomor]
        assert hitung_tab(orang)["giliran"] == int(tab == "giliran")
    for nama in ("subdit", "direktur", "bpkh", "bps", "kasi.lombok-timur", "jfu.palu"):
        assert not giliran_saya(akun(nama)).exists()


def test_kantor_membaca_siapa_yang_ditunggu(masuk, batal, monkeypatch):  # noqa: F811
    monkeypatch.setattr("haji_portal.alur.models.Perkara.get_absolute_url", lambda self: f"/{self.jenis}/{self.nomor}/")
    batal(1, "di_pusat"), batal(2, "diajukan")
    isi = masuk("jfu.lombok-timur").get("/kerja/?tab=menunggu").content.decode()
    assert "Menunggu Direktorat memeriksa dan membatalkan" in isi
    assert "Menunggu BPKH dan bank menyalurkan dana" in isi


def test_satu_orang_dua_peran_satu_baris(akun, batal):  # noqa: F811
    """The officer at the centre who also serves at a counter works on the case; it does not wait twice."""
    perkara = batal(1, "di_pusat")
    lama = Penugasan.objects.get(pengguna=akun("jfu.lombok-timur"))
    Penugasan.objects.create(
        pengguna=akun("direktorat"),
        kantor=lama.kantor,
        peran="jfu",
        jabatan="Pelaksana",
        nomor_sk="SK",
        mulai=lama.mulai,
    )
    orang = akun("direktorat")
    assert nomor(isi_tab(orang, "giliran")) == [perkara.nomor]
    assert not isi_tab(orang, "menunggu").exists()
    assert hitung_tab(orang)["giliran"] == 1


def test_inspektorat_mendarat_pada_yang_berjalan(masuk, akun, batal, monkeypatch):  # noqa: F811
    monkeypatch.setattr("haji_portal.alur.models.Perkara.get_absolute_url", lambda self: f"/{self.jenis}/{self.nomor}/")
    terbuka = batal(1, "di_pusat")
    batal(2, "selesai")
    assert list(tab_untuk(akun("inspektorat"))) == ["berjalan", "selesai"]
    assert "berjalan" not in tab_untuk(akun("kepala.palu"))
    jawab = masuk("inspektorat").get("/kerja/?tab=giliran")
    assert jawab.context["tab"] == "berjalan"
    assert [b["nomor"] for b in jawab.context["baris"]] == [terbuka.nomor]
    assert jawab.context["baris"][0]["giliran"] == "Direktorat"


def test_jurnal_disebut_dengan_isinya_tanpa_kueri_per_baris(masuk, batal, monkeypatch):  # noqa: F811
    monkeypatch.setattr("haji_portal.alur.models.Perkara.get_absolute_url", lambda self: f"/{self.jenis}/{self.nomor}/")
    client = masuk("subdit")

    def biaya():
        client.get("/kerja/")
        with CaptureQueriesContext(
            connection,
        ) as kueri:
            jawab = client.get("/kerja/?layanan=jurnal")
        return len(kueri), [b["nama"] for b in jawab.context["baris"]]

    jurnal = batal.jurnal(batal(1, "dijurnal"), batal(2, "dijurnal"))
    sedikit, nama = biaya()
    assert nama == ["Jurnal November 2026, 2 pembatalan"]
    jurnal.kunci_dipegang.all().delete()
    batal.jurnal(batal(3, "dijurnal"))
    banyak, nama = biaya()
    assert sorted(nama) == ["Jurnal November 2026, 1 pembatalan", "Jurnal November 2026, 2 pembatalan"]
    assert banyak == sedikit <= 16


def test_mitra_hanya_melihat_yang_diserahkan_kepadanya(akun, batal):  # noqa: F811
    """The parent stays unseen; a refund is seen by BPKH once it is its turn, and by the bank when it comes there."""
    induk = batal(1, "diajukan")
    isian = {"jumlah_setoran": 25_000_000, "rekening": induk.rekening, "induk_id": induk.pk, "pemohon": induk.pemohon}
    dana = Pengembalian(
        kantor=induk.kantor, jenis="pengembalian", dibuka=induk.dibuka, nomor="LTM-KD-26-AAAAAA", **isian
    )
    dana.save(force_insert=True)
    dana = pindah(dana, "diajukan")
    assert nomor(isi_tab(akun("bpkh"), "giliran")) == [dana.nomor]
    assert not isi_tab(akun("bps"), "berjalan").exists()
    dana = pindah(dana, "spm_terbit")
    assert nomor(isi_tab(akun("bps"), "giliran")) == [dana.nomor]
    assert not isi_tab(akun("bpkh"), "giliran").exists()
    for nama in ("bpkh", "bps"):
        assert [p.nomor for p in isi_tab(akun(nama), "berjalan")] == [dana.nomor]
