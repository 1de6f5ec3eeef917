"""From a stored event to its effect: once, in any order, never against what another one said."""

from __future__ import annotations

import datetime
import itertools
import json

import pytest
from django.db import OperationalError
from django.utils import timezone

from haji_portal.akun.models import Kantor
from haji_portal.alur.galat import Tertutup
from haji_portal.alur.models import Efek, Perkara
from haji_portal.alur.rantai import periksa_perkara
from haji_portal.dana import buku
from haji_portal.dana.efek import siapkan_lagi
from haji_portal.dana.mitra import olah
from haji_portal.dana.models import Pengembalian, Peristiwa, Posting, Putusan
from haji_portal.dana.pengembalian import ajukan_lagi
from haji_portal.dana.periksa import periksa_buku
from tests.dana.conftest import AWAL, LUNAS
from tests.dana.tanah import ajukan, buka_induk, kerjakan_efek, langkah, letak, segar, setujui_lagi

from .kirim_kabar import NM, isi_kabar

pytestmark = pytest.mark.django_db
TOTAL = AWAL + LUNAS
SPM, TRANSFER, GAGAL, RETUR = (str(j) for j in Peristiwa.Jenis)
_urut = itertools.count(1)


def simpan(p, event, mitra="bpkh", kantor=None, **ganti) -> Peristiwa:
    """An event as the door stores it."""
    isi, kini = isi_kabar(p, event, **ganti), timezone.now()
    return Peristiwa.objects.create(
        mitra=mitra, id_webhook=f"uji_{next(_urut)}", jenis=event, rujukan=isi["referensi"], isi=json.dumps(isi),
        sidik="0" * 64, id_kunci="uji", kantor=kantor, waktu_tanda=kini, diterima=kini,
    )  # fmt: skip


def kabari(p, *events, **ganti) -> list[str]:
    """Store and judge in this order; what became of each: hasil and alasan."""
    hasil = []
    for event in events:
        satu = simpan(p, event, **ganti)
        assert olah.olah(satu.pk)
        putusan = Putusan.objects.get(peristiwa=satu)
        hasil.append(f"{putusan.hasil} {putusan.alasan}".strip())
    return hasil


def beres(p) -> None:
    assert periksa_perkara(p.pk) == [] == periksa_buku()


def test_jalan_lurus_sampai_ditransfer_dan_bank_menyatakan_diterima(p):
    assert kabari(p, SPM, TRANSFER) == ["diterapkan", "diterapkan"]
    kini = segar(p)
    assert (kini.tahap, kini.nilai_manfaat, kini.nomor_spm) == ("ditransfer", NM, f"SPM/{p.pk}")
    assert letak(p)["bps"] == (TOTAL, NM)
    assert kabari(p, SPM, TRANSFER, TRANSFER) == ["diabaikan sudah"] * 3
    assert segar(p).versi == kini.versi
    beres(p)


def test_siapa_yang_berkata_tercatat(p):
    kabari(p, SPM)
    kabari(p, TRANSFER, mitra="bps")
    akhir = [(r.langkah, r.pelaku_jenis, r.nama) for r in p.riwayat.order_by("urut")][-2:]
    assert akhir == [("terima_spm", "mitra", "BPKH"), ("terima_transfer", "mitra", "BPS")]


HIMPUNAN = {
    "sampai": ((SPM, TRANSFER), "ditransfer", {"bps": (TOTAL, NM), "nilai_manfaat": (0, -NM)}),
    "gagal": ((SPM, GAGAL), "gagal", {"bpkh": (TOTAL, 0)}),
    "kembali": ((SPM, TRANSFER, RETUR), "retur", {"bpkh": (TOTAL, 0)}),
    "kembali, semua dua kali": ((SPM, TRANSFER, RETUR, RETUR), "retur", {"bpkh": (TOTAL, 0)}),
}


@pytest.mark.parametrize("nama", HIMPUNAN)
@pytest.mark.parametrize("ragu", [False, True], ids=["diajukan", "belum pasti"])
def test_semua_urutan_berakhir_sama(pelaksana, nama, ragu):
    """In whatever order news of one consistent story comes, from whichever state before it."""
    events, tahap, uang = HIMPUNAN[nama]
    waktu = {e: timezone.now() - datetime.timedelta(minutes=9 - n) for n, e in enumerate(dict.fromkeys(events))}
    for urutan in sorted(set(itertools.permutations(events))):
        p = ajukan(buka_induk())
        if ragu:
            langkah(p, "nyatakan_belum_pasti")
        for event in urutan:
            (hasil,) = kabari(p, event, waktu=waktu[event].isoformat())
            assert "karantina" not in hasil, (urutan, event, hasil)
        assert segar(p).tahap == tahap, urutan
        assert letak(p) == {"luar": (-TOTAL, 0)} | uang, urutan
    beres(p)


@pytest.mark.parametrize("urutan", sorted(itertools.permutations([SPM, TRANSFER, GAGAL])))
def test_dibayar_dan_tidak_dibayar_menahan_dananya(p, urutan):
    """Contradiction: reserved, nobody's machine decides any more, and nothing is paid in its place."""
    waktu = {SPM: -9, GAGAL: -5, TRANSFER: -3}
    for event in urutan:
        kabari(p, event, waktu=(timezone.now() + datetime.timedelta(minutes=waktu[event])).isoformat())
        kerjakan_efek()
    kini = segar(p)
    assert kini.tahap == "belum_pasti" and not olah.keadaan(kini).terbuka
    assert sum(a for akun, (a, _) in letak(p).items() if akun in ("dipesan", "spm", "bps")) == TOTAL
    hidup = Pengembalian.objects.filter(induk=p.induk_id, ditutup=None)
    assert list(hidup) == [kini] and Putusan.objects.menunggu().filter(perkara=p.pk).exists()
    versi = kini.versi
    assert all("karantina" in h or "sudah" in h for h in kabari(p, GAGAL, TRANSFER, RETUR))
    assert segar(p).versi == versi
    beres(p)


def test_gagal_lalu_dibayar_menghentikan_pengganti(p):
    assert kabari(p, GAGAL) == ["diterapkan"]
    kerjakan_efek()
    pengganti = Pengembalian.objects.get(sebelumnya=p.pk)
    langkah(pengganti, "periksa_rekening", "jfu.lombok-timur")
    assert kabari(p, TRANSFER) == ["karantina bertentangan"]
    assert (segar(p).tahap, segar(p).pesanan_ke, segar(pengganti).tahap) == ("belum_pasti", 2, "dihentikan")
    assert letak(p)["dipesan"] == (TOTAL, 0)
    # Two people find that it did arrive: paid once, and nothing follows.
    langkah(p, "usulkan_kepastian", "bpkh")
    langkah(p, "pastikan_diterima", "bpkh-2")
    siapkan_lagi(Efek.objects.get(riwayat__perkara=p.pk, jenis="dana.ajukan_lagi"))
    kerjakan_efek()
    assert letak(p)["penerima"] == (TOTAL, NM) and segar(p).tahap == "diterima"
    assert Pengembalian.objects.filter(induk=p.induk_id, ditutup=None).count() == 0
    beres(p)


def test_dibuka_kembali_lalu_dipastikan_gagal_dibayar_sekali_lagi(p):
    kabari(p, GAGAL, TRANSFER)
    langkah(p, "usulkan_kepastian", "bpkh", hasil_usulan="tidak")
    langkah(p, "pastikan_gagal", "bpkh-2")
    kerjakan_efek()
    baru = Pengembalian.objects.get(induk=p.induk_id, ditutup=None)
    baru = langkah(baru, "periksa_rekening", "jfu.lombok-timur")
    with pytest.raises(Tertutup, match="mungkin berhasil"):
        langkah(baru, "usulkan", "direktorat")
    Putusan.objects.menunggu().update(ditutup=timezone.now())
    langkah(baru, "usulkan", "direktorat")
    assert langkah(baru, "setujui", "direktur").tahap == "diajukan"
    beres(p)


def test_pengganti_sudah_dikirim_tidak_dihentikan(p):
    kabari(p, GAGAL)
    pengganti = setujui_lagi(ajukan_lagi(segar(p)))
    assert kabari(p, TRANSFER) == ["karantina sesudah_gagal"]
    assert (segar(p).tahap, segar(pengganti).tahap) == ("gagal", "diajukan")
    beres(p)


def test_pengganti_ditahan_selama_kabar_lama_dikarantina(p):
    kabari(p, GAGAL)
    pengganti = langkah(ajukan_lagi(segar(p)), "periksa_rekening", "jfu.lombok-timur")
    assert kabari(p, TRANSFER, jumlah=1) == ["karantina jumlah"]
    with pytest.raises(Tertutup, match="mungkin berhasil"):
        langkah(pengganti, "usulkan", "direktorat")


@pytest.mark.parametrize("manfaat", [0, 1, NM - 1, NM + 5])
def test_manfaat_lain_dibukukan_sebagai_selisih(p, manfaat):
    kabari(p, SPM)
    assert kabari(p, TRANSFER, manfaat=manfaat) == ["diterapkan"]
    assert letak(p)["bps"] == (TOTAL, manfaat) and segar(p).nilai_manfaat == manfaat
    beres(p)


def test_nomor_spm_menyusul(p):
    assert kabari(p, TRANSFER, nomor_spm=None) == ["diterapkan"]
    assert segar(p).nomor_spm == ""
    assert kabari(p, SPM) == ["diterapkan"]
    assert (segar(p).nomor_spm, segar(p).tahap) == (f"SPM/{p.pk}", "ditransfer")
    assert kabari(p, SPM) == ["diabaikan sudah"]


@pytest.mark.parametrize(
    "ganti, alasan",
    [({"rincian": {"setoran": 1, "nilai_manfaat": 0}}, "setoran"), ({"jumlah": 1}, "jumlah"),
     ({"mata_uang": "USD"}, "mata_uang"), ({"rekening": "1234567890"}, "rekening"),
     ({"waktu": "2031-01-01T00:00:00Z"}, "waktu"),
     ({"waktu": "2021-01-01T00:00:00Z"}, "waktu")],
)  # fmt: skip
def test_yang_salah_masuk_karantina_dan_tidak_menggerakkan_apa_pun(p, ganti, alasan):
    sebelum = (p.versi, Posting.objects.count())
    assert kabari(p, *Peristiwa.Jenis, **ganti) == [f"karantina {alasan}"] * 4
    assert (segar(p).versi, Posting.objects.count()) == sebelum
    assert Putusan.objects.menunggu().filter(perkara=p.pk).count() == 4


def test_rujukan_yang_tidak_dikenal(p):
    for rujukan in ("TIDAK-ADA", p.nomor.lower(), Perkara.objects.get(pk=p.induk_id).nomor, f"{p.nomor}.2"):
        satu = simpan(p, TRANSFER, referensi=rujukan)
        assert olah.olah(satu.pk) and Putusan.objects.get(peristiwa=satu).alasan == "rujukan"


def test_bank_tidak_menerbitkan_spm(p):
    assert kabari(p, SPM, mitra="bps") == ["karantina wewenang"]


def test_bank_hanya_berkata_tentang_pengembaliannya_sendiri(pelaksana):
    bsi, lain = ajukan(buka_induk(bank="BSI")), ajukan(buka_induk())
    kantor = Kantor.objects.get(slug="bsi")
    assert kabari(lain, TRANSFER, mitra="bps", kantor=kantor) == ["karantina mitra_lain"]
    # Its news may overtake BPKH's, before the bank's turn came.
    assert kabari(bsi, TRANSFER, mitra="bps", kantor=kantor) == ["diterapkan"]
    assert (segar(bsi).tahap, segar(lain).tahap) == ("ditransfer", "diajukan")


@pytest.mark.parametrize("event", Peristiwa.Jenis)
def test_lima_tahun_sesudah_selesai(p, event):
    kabari(p, SPM, TRANSFER)
    langkah(p, "terima", "bps")
    Pengembalian.objects.filter(pk=p.pk).update(ditutup=timezone.now() - datetime.timedelta(days=5 * 365))
    satu = simpan(segar(p), event)
    assert olah.olah(satu.pk)
    harus = {SPM: "sudah", TRANSFER: "sudah", GAGAL: "sesudah_akhir", RETUR: ""}
    assert Putusan.objects.get(peristiwa=satu).alasan == harus[event]


def test_retur_sesudah_diterima_disusul_pembayaran_baru(p):
    kabari(p, SPM, TRANSFER)
    langkah(p, "terima", "bps")
    assert kabari(p, RETUR, mitra="bps") == ["diterapkan"]
    kerjakan_efek()
    assert segar(p).tahap == "retur" and Pengembalian.objects.get(sebelumnya=p.pk).tahap == "disiapkan"
    beres(p)


def test_racun_tidak_menahan_yang_lain(pelaksana, monkeypatch):
    semua = [ajukan(buka_induk()) for _ in range(4)]
    for p in semua:
        simpan(p, SPM)
    nilai = olah.nilai

    def racun(k, e, **lain):
        if e.rujukan == semua[0].nomor:
            raise RecursionError
        if e.rujukan == semua[1].nomor:
            raise OperationalError
        return nilai(k, e, **lain)

    monkeypatch.setattr(olah, "nilai", racun)
    Peristiwa.objects.filter(rujukan=semua[2].nomor).update(isi="{")
    assert olah.olah_semua() == 3
    alasan = dict(Putusan.objects.values_list("peristiwa__rujukan", "alasan"))
    assert alasan == {semua[0].nomor: "galat", semua[2].nomor: "galat", semua[3].nomor: ""}
    monkeypatch.undo()
    assert olah.olah_semua() == 1 and segar(semua[1]).tahap == "spm_terbit"
    assert olah.olah_semua() == 0


def test_pengembalian_yang_rusak_tidak_menghentikan_antrean(p, monkeypatch):
    simpan(p, SPM)
    lain = simpan(p, SPM, referensi="TIDAK-ADA")
    monkeypatch.setattr(olah, "_pengembalian", lambda r: 1 / 0 if r == p.nomor else None)
    assert olah.olah_semua() == 2
    assert set(Putusan.objects.values_list("peristiwa__rujukan", "alasan")) == {
        (p.nomor, "galat"), (lain.rujukan, "rujukan"),
    }  # fmt: skip


def test_langkah_yang_ditolak_mesin_tidak_meninggalkan_separuh(p, monkeypatch):
    """A bounce at once is three steps; the last one is refused: none of them stands."""

    def tolak(*_, **__):
        raise buku.SaldoKurang("Uji.")

    monkeypatch.setattr(buku, "retur", tolak)
    sebelum = (p.versi, Posting.objects.count(), Efek.objects.count())
    assert kabari(p, RETUR) == ["karantina galat"]
    assert (segar(p).versi, Posting.objects.count(), Efek.objects.count()) == sebelum
    assert Putusan.objects.get().keterangan == "Uji."


def test_klaim_yang_sama_menunggu_orang_sekali(p):
    """Asked every day, BPKH says the same every day; people see it once, and another claim beside it."""
    assert kabari(p, SPM, TRANSFER, GAGAL)[-1] == "karantina bertentangan"
    nanti = (timezone.now() + datetime.timedelta(hours=1)).isoformat()
    assert kabari(p, GAGAL, waktu=nanti) == ["diabaikan sudah"]
    assert kabari(p, RETUR, RETUR) == ["karantina kepastian", "diabaikan sudah"]
    assert Putusan.objects.menunggu().count() == 2
    Putusan.objects.menunggu().update(ditutup=timezone.now())
    assert kabari(p, GAGAL) == ["karantina kepastian"]  # said again after people had decided
