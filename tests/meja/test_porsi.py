"""The life of a porsi on one page: everything that happened to it, to whoever may read it, and nothing to others."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from haji_portal.akun.models import Kantor
from haji_portal.alur.models import Perkara
from haji_portal.alur.posisi import langkah_berikut
from haji_portal.alur.tampil_waktu import tanggal
from haji_portal.dana.buku import disetor_kembali
from haji_portal.dana.pengembalian import ajukan_lagi
from haji_portal.jemaah.models import PeristiwaPorsi
from haji_portal.meja.demo import Jam
from pelimpahan import contoh as contoh_limpah
from pembatalan import contoh
from tests.batal import maju, segar
from tests.dana.tanah import ajukan, buka_induk, langkah, lewati

pytestmark = pytest.mark.django_db


@pytest.fixture
def batal(pelaksana):
    """`batal("dibatalkan")`: the cancellation of a porsi with two deposits, led there through its own steps."""

    def _batal(tahap: str = "diperiksa", urut: int = 2, slug: str = "palu"):
        p = contoh.buka_contoh(Kantor.objects.get(slug=slug), urut, sebab="sendiri").perkara
        return maju(pelaksana, segar(p), tahap)

    return _batal


def halaman(client, porsi):
    return client.get(f"/porsi/{porsi.pk}/")


def judul(jawab):
    return [t.judul for t in jawab.context["titik"]]


def test_seluruh_hidup_satu_garis_waktu(masuk, batal):
    p = batal("selesai")
    jawab = halaman(masuk("kasi.palu"), p.porsi)
    ada = judul(jawab)
    assert ada[:2] == ["Pembatalan porsi haji ditutup", "Pengembalian dana ditutup"]
    assert "diterima di rekening" in ada[2]
    urut = ["Porsi dibatalkan", "Pengembalian dana dibuka", "Pembatalan porsi haji ditutup"]
    letak = [ada.index(satu) for satu in urut]
    assert letak == sorted(letak, reverse=True), "the newest stands on top"
    lunas, awal = (f"Setoran {j} tersimpan di BPKH" for j in ("lunas Rp30.000.000", "awal Rp25.000.000"))
    assert ada[-3:] == [lunas, "Porsi terbit", awal]
    isi = jawab.content.decode()
    assert 'data-status="batal"' in isi and "Tidak ada perkara yang berjalan" in isi
    for anak in Perkara.objects.filter(porsi=p.porsi):
        assert f'href="{anak.get_absolute_url()}"' in isi
    assert dict(jawab.context["fakta"])["Dana sekarang"].endswith("sudah di rekening penerima")


def test_yang_dibukukan_pada_satu_saat_tetap_berurutan(masuk, batal):
    """A statement of the bank books SPM, transfer and receipt at once; the last of them stands on top."""
    with Jam():
        p = batal("selesai")
    ada = judul(halaman(masuk("kasi.palu"), p.porsi))
    kata = ("disisihkan", "memerintahkan pembayaran", "mentransfer", "diterima di rekening")
    letak = [next(i for i, satu in enumerate(ada) if k in satu) for k in kata]
    assert letak == sorted(letak, reverse=True), ada


def test_surat_dan_keadaannya(masuk, batal):
    p = batal("di_pusat", slug="lombok-timur", urut=1)
    jawab = halaman(masuk("kepala.lombok-timur"), p.porsi)
    for s in p.surat.filter(status="ditandatangani"):
        assert f'href="/surat/{s.pk}/"' in jawab.content.decode() and s.nomor in jawab.content.decode()
    assert len([j for j in judul(jawab) if j.endswith("ditandatangani")]) == 2
    (satu,) = jawab.context["terbuka"]
    assert satu["nomor"] == p.nomor and satu["giliran"]


def test_sesudah_dilimpahkan_pemegang_lama_tetap_terbaca(masuk, pelaksana):
    p = contoh_limpah.buka_contoh(Kantor.objects.get(slug="palu"), 1).perkara
    while not p.ditutup:
        nama = langkah_berikut(p).nama
        p = pelaksana.lakukan(p, nama, contoh_limpah.isian(p, nama)).perkara
    asal, penerima = p.jemaah_asal.nama, p.pemohon.nama
    jawab = halaman(masuk("kanwil.sulteng"), p.porsi)
    fakta, hari = dict(jawab.context["fakta"]), tanggal(timezone.localdate(p.dilimpahkan_pada, p.kantor.zona_waktu))
    assert fakta["Pemegang sekarang"] == penerima and fakta["Pemegang terdahulu"] == f"{asal}, sampai {hari}"
    assert (
        f"Dari {asal} kepada {penerima}" in jawab.content.decode() and 'data-status="aktif"' in jawab.content.decode()
    )
    ada = judul(jawab)
    assert ada.index("Pelimpahan porsi haji ditutup") < ada.index("Porsi dilimpahkan") < ada.index("Porsi terbit")
    assert any(satu.startswith("SPH") or "Pendaftaran Haji" in satu for satu in ada)


def test_kantor_asing_dan_yang_tidak_ada_404(masuk, batal):
    porsi = batal().porsi
    for akun, status in (
        ("jfu.palu", 200), ("kanwil.sulteng", 200), ("inspektorat", 200), ("subdit", 200),
        ("jfu.lombok-timur", 404), ("kanwil.ntb", 404), ("bpkh", 404), ("bps", 404),
    ):  # fmt: skip
        assert halaman(masuk(akun), porsi).status_code == status, akun
    assert masuk("ditjen").get("/porsi/987654321/").status_code == 404
    assert masuk("ditjen").get(f"/porsi/{10**30}/").status_code == 404


def test_kantor_yang_hanya_punya_perkaranya_membaca_seluruhnya(masuk, batal):
    """The porsi is another office's; links only where the case is one's own."""
    p = batal()
    kantor = Kantor.objects.get(slug="lombok-timur")
    type(p.porsi).objects.filter(pk=p.porsi_id).update(kantor=kantor)
    isi = {a: halaman(masuk(a), p.porsi).content.decode() for a in ("jfu.palu", "jfu.lombok-timur")}
    assert all(p.nomor in satu for satu in isi.values())
    assert p.get_absolute_url() in isi["jfu.palu"] and p.get_absolute_url() not in isi["jfu.lombok-timur"]


def test_mitra_hanya_melihat_yang_dikirim_kepadanya(masuk, acuan):
    """BPKH has the refund, the bank has it once it was ordered; neither reads of the cancellation around it."""
    induk = buka_induk()
    p = ajukan(induk)
    PeristiwaPorsi.objects.create(porsi=induk.porsi, jenis="batal", waktu=p.dibuka, rujukan=induk.nomor)
    assert halaman(masuk("bps"), induk.porsi).status_code == 404
    langkah(langkah(p, "catat_spm", "bpkh"), "sahkan_spm", "bpkh-2")
    for akun in ("bpkh", "bps"):
        jawab = halaman(masuk(akun), induk.porsi)
        assert [b["nomor"] for b in jawab.context["terbuka"]] == [p.nomor]
        isi = jawab.content.decode()
        assert induk.nomor not in isi and "Porsi dibatalkan" not in isi and "Dana sekarang" not in isi
        assert "yang dikirim kepada kantor Anda" in isi and "BPKH memerintahkan pembayaran" in isi
    assert halaman(masuk("bps.bsi"), induk.porsi).status_code == 404


def test_setoran_yang_disetor_kembali(masuk, acuan):
    """The office reads where the money is again; the bank was not sent the case that it came back with."""
    induk = buka_induk()
    lewati(ajukan(induk))
    disetor_kembali("KS-1", induk.porsi.setoran.all(), induk)
    jawab = halaman(masuk("kasi.lombok-timur"), induk.porsi)
    assert any("disetor kembali ke BPKH" in satu for satu in judul(jawab))
    assert "tersimpan di BPKH" in dict(jawab.context["fakta"])["Dana sekarang"]
    assert not any("disetor kembali" in satu for satu in judul(halaman(masuk("bps"), induk.porsi)))


@pytest.mark.parametrize("tulis", ["{}", " {} ", "{:.4}.{:.6}"])
def test_cari_dengan_nomor_membuka_halamannya(masuk, batal, tulis):
    porsi = batal().porsi
    kata = f"{porsi.nomor[:4]}.{porsi.nomor[4:]}" if ":" in tulis else tulis.format(porsi.nomor)
    jawab = masuk("jfu.palu").post("/kerja/cari/", {"q": kata})
    assert (jawab.status_code, jawab["Location"]) == (302, f"/porsi/{porsi.pk}/")
    asing = masuk("jfu.lombok-timur").post("/kerja/cari/", {"q": kata})
    assert asing["Location"] == "/kerja/hasil/"


def test_ditautkan_dari_setiap_perkara_yang_berporsi(masuk, batal):
    p = batal("diajukan")
    client, tautan = masuk("direktorat"), f'href="/porsi/{p.porsi_id}/"'
    semua = list(Perkara.objects.filter(porsi=p.porsi))
    assert {satu.jenis for satu in semua} >= {"pembatalan", "pengembalian"}
    for satu in semua:
        assert tautan in client.get(satu.get_absolute_url()).content.decode(), satu.jenis
    tanpa = contoh.buka_contoh(p.kantor, 11, sebab="validasi-belum-daftar").perkara
    assert "/porsi/" not in client.get(tanpa.get_absolute_url()).content.decode()


def test_jumlah_kueri_sama_untuk_hidup_pendek_dan_panjang(masuk, acuan):
    client, induk = masuk("kasi.lombok-timur"), buka_induk()

    def biaya():
        halaman(client, induk.porsi)
        with CaptureQueriesContext(connection) as kueri:
            assert halaman(client, induk.porsi).status_code == 200
        return len(kueri)

    p = langkah(ajukan(induk), "gagalkan", "bpkh")
    pendek = biaya()
    for _ in range(3):
        p = langkah(ajukan_lagi(p), "hentikan")
    assert biaya() == pendek <= 19
