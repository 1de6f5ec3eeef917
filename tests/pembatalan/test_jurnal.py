"""The journal: filled in one go, emptied one by one, submitted, returned, signed; who reads it, and its files."""

from __future__ import annotations

import io

import pytest
from openpyxl import load_workbook

from haji_portal.akun.models import Kantor
from haji_portal.alur.efek import sapu
from haji_portal.alur.jalankan import jalankan
from haji_portal.alur.models import Perkara
from haji_portal.alur.pelaku import Sistem
from pembatalan.isi_jurnal import baris_jurnal, jumlah_per_bank, menunggu_jurnal
from pembatalan.models import Jurnal, Pembatalan
from tests.batal import batal, petugas, pindah  # noqa: F401  (fixture)
from tests.conftest import SANDI

pytestmark = pytest.mark.django_db


def masukkan(client, macam="porsi"):
    return client.post("/jurnal/masukkan/", {"macam": macam})


def langkah(client, jurnal, nama, **isi):
    jurnal = Jurnal.objects.get(pk=jurnal.pk)
    return client.post(f"/jurnal/{jurnal.nomor}/langkah/{nama}/", {"versi": jurnal.versi, **isi})


@pytest.fixture
def menunggu(pelaksana, batal):  # noqa: F811
    return [batal(urut, "dibatalkan") for urut in (1, 2, 3)]


@pytest.fixture
def jurnal(masuk, menunggu):
    masukkan(masuk("subdit"))
    return Jurnal.objects.get()


def test_semua_yang_menunggu_masuk_ke_satu_jurnal(masuk, menunggu, batal):  # noqa: F811
    validasi = batal(4, "dibatalkan", sebab="validasi-belum-daftar", porsi=None)
    client = masuk("subdit")
    halaman = client.get("/jurnal/").content.decode()
    assert 'action="/jurnal/masukkan/"' in halaman and "Masukkan semua ke jurnal" in halaman
    jawab = masukkan(client)
    assert (jawab.status_code, jawab.context["beres"], jawab.context["sisa"]) == (200, 3, 0)
    jurnal = Jurnal.objects.get()
    assert [p.pk for p in jurnal.isi.order_by("pk")] == [p.pk for p in menunggu]
    assert {Pembatalan.objects.get(pk=p.pk).tahap for p in menunggu} == {"dijurnal"}
    assert Pembatalan.objects.get(pk=validasi.pk).tahap == "dibatalkan"
    masukkan(client, "validasi")
    assert Jurnal.objects.count() == 2
    assert Jurnal.objects.get(macam="validasi").isi.get().pk == validasi.pk
    assert masukkan(client).context["hasil"] == []


def test_satu_yang_gagal_tidak_menahan_yang_lain(masuk, menunggu, monkeypatch):
    asli = Jurnal.berjalan.__func__

    def berjalan(cls, perkara):
        if perkara.pk == menunggu[1].pk:
            raise RuntimeError("a fault nobody foresaw")
        return asli(cls, perkara)

    monkeypatch.setattr(Jurnal, "berjalan", classmethod(berjalan))
    jawab = masukkan(masuk("subdit"))
    assert [h.berhasil for h in jawab.context["hasil"]] == [True, False, True]
    assert jawab.context["sisa"] == 1 and "Masih 1 menunggu" in jawab.content.decode()
    assert "nobody foresaw" not in jawab.content.decode()


def test_halaman_memuat_daftar_dan_jumlah(masuk, jurnal, menunggu):
    teks = masuk("subdit").get(f"/jurnal/{jurnal.nomor}/").content.decode()
    for p in menunggu:
        assert p.nomor in teks and p.rekening.nomor in teks
        assert f'href="/pembatalan/{p.nomor}/langkah/keluarkan_jurnal/"' in teks
    assert "Rp75.000.000" in teks and 'data-langkah="ajukan"' in teks
    assert "Tanda terima" not in teks and "judul-kabar" not in teks


def test_jumlah_berjalan_dan_per_bank_menghitung_semua_setoran_porsi(jurnal, menunggu):
    setoran = menunggu[0].setoran
    setoran.pk, setoran.nomor_validasi, setoran.jenis, setoran.jumlah = None, "L000000001", "lunas", 10_000_000
    setoran.save()
    baris = baris_jurnal(jurnal)
    assert [b.jumlah for b in baris] == [35_000_000, 25_000_000, 25_000_000]
    assert [b.berjalan for b in baris] == [35_000_000, 60_000_000, 85_000_000]
    bank = jumlah_per_bank(baris)
    assert sum(b.jumlah for b in bank) == 85_000_000 and sum(b.banyak for b in bank) == 3


def test_daftar_panjang_dua_kueri(jurnal, django_assert_num_queries):
    with django_assert_num_queries(2):
        baris_jurnal(jurnal)


def test_keluarkan_satu_lalu_tidak_lagi_sesudah_diajukan(masuk, jurnal, menunggu):
    client = masuk("subdit")
    keluar = Pembatalan.objects.get(pk=menunggu[0].pk)
    alamat = f"/pembatalan/{keluar.nomor}/langkah/keluarkan_jurnal/"
    assert client.post(alamat, {"versi": keluar.versi, "alasan": "Rekening sedang diperiksa."}).status_code == 303
    assert jurnal.isi.count() == 2 and menunggu_jurnal("porsi").get().pk == keluar.pk
    assert langkah(client, jurnal, "ajukan").status_code == 303
    lain = Pembatalan.objects.get(pk=menunggu[1].pk)
    jawab = client.post(
        f"/pembatalan/{lain.nomor}/langkah/keluarkan_jurnal/", {"versi": lain.versi, "alasan": "Terlambat diketahui."}
    )
    assert jawab.status_code == 409 and jurnal.isi.count() == 2
    # The next one opens a journal of its own: the submitted list stays as the Direktur reads it.
    masukkan(client)
    assert Jurnal.objects.count() == 2 and jurnal.isi.count() == 2


def test_jurnal_kosong_tidak_diajukan(masuk, jurnal):
    jurnal.isi.update(dalam_jurnal=None)
    jawab = langkah(masuk("subdit"), jurnal, "ajukan")
    assert jawab.status_code == 409 and "Jurnal masih kosong" in jawab.content.decode()


def test_tanda_tangan_direktur_bukan_giliran_subdit(masuk, jurnal):
    langkah(masuk("subdit"), jurnal, "ajukan")
    rows = {g.peran: (g.pihak, g.kegiatan) for g in Jurnal.objects.get().giliran.all()}
    assert rows == {"direktur": ("kantor", "Tanda tangani surat pengajuan")}
    halaman = masuk("subdit").get(jurnal.get_absolute_url()).content.decode()
    assert "Giliran Direktur: tanda tangani surat pengajuan." in halaman


def test_direktur_membaca_mengembalikan_lalu_menandatangani(masuk, jurnal, menunggu):
    langkah(masuk("subdit"), jurnal, "ajukan")
    direktur = masuk("direktur")
    halaman = direktur.get("/persetujuan/")
    assert [s["judul"] for s in halaman.context["surat"]] == ["Pengajuan Pengembalian Setoran"]
    assert direktur.get(halaman.context["surat"][0]["url"])["Content-Type"] == "application/pdf"
    assert langkah(direktur, jurnal, "kembalikan", alasan="Dua rekening belum cocok.").status_code == 303
    teks = masuk("subdit").get(f"/jurnal/{jurnal.nomor}/").content.decode()
    assert "Dua rekening belum cocok." in teks
    langkah(masuk("subdit"), jurnal, "ajukan")
    direktur = masuk("direktur")
    assert langkah(direktur, jurnal, "tandatangani", sandi="salah").status_code == 422
    assert langkah(direktur, jurnal, "tandatangani", sandi=SANDI).status_code == 303
    surat = jurnal.surat.get(status="ditandatangani")
    assert (surat.jenis, surat.kantor.slug, surat.nomor) == (
        "surat_pengajuan",
        "pusat",
        f"B-1/DJ/Hj.00/11/{surat.tanggal.year}",
    )


def test_bpkh_membaca_sesudah_dikirim_dan_bank_tidak(masuk, jurnal):
    alamat = f"/jurnal/{jurnal.nomor}/"
    assert masuk("bpkh").get(alamat).status_code == 404
    langkah(masuk("subdit"), jurnal, "ajukan")
    assert masuk("bpkh").get(alamat).status_code == 404
    langkah(masuk("direktur"), jurnal, "tandatangani", sandi=SANDI)
    bpkh = masuk("bpkh")
    halaman = bpkh.get(alamat).content.decode()
    surat = jurnal.surat.get(status="ditandatangani")
    assert surat.nomor in halaman and "/langkah/" not in halaman and 'href="/pembatalan/' not in halaman
    assert bpkh.get(f"/surat/{surat.pk}/").status_code == 200
    assert bpkh.get(f"{alamat}unduh/").status_code == 200
    assert jurnal.nomor in bpkh.get("/jurnal/?keadaan=selesai").content.decode()
    assert 'href="/jurnal/"' in bpkh.get("/kerja/").content.decode()
    assert masuk("bps").get(alamat).status_code == 404


def test_berkas_dapat_dihitung_lagi(masuk, jurnal, menunggu):
    client = masuk("subdit")
    xlsx = client.get(f"/jurnal/{jurnal.nomor}/unduh/?format=xlsx")
    baris = list(load_workbook(io.BytesIO(xlsx.content)).active.iter_rows(values_only=True))
    assert len(baris) == 4 and baris[1][1] == menunggu[0].nomor and baris[3][10] == 75_000_000
    assert baris[1][7] == menunggu[0].rekening.nomor
    csv = client.get(f"/jurnal/{jurnal.nomor}/unduh/?format=csv")
    assert f"jurnal-{jurnal.nomor}.csv" in csv["Content-Disposition"]
    assert csv.content.decode("utf-8-sig").count("\r\n") == 4


def test_satu_perkara_rusak_tidak_menahan_dana_yang_lain(masuk, jurnal, menunggu, monkeypatch):
    from haji_portal.alur.galat import LangkahGagal

    langkah(masuk("subdit"), jurnal, "ajukan")
    langkah(masuk("direktur"), jurnal, "tandatangani", sandi=SANDI)
    dipanggil = []

    def ajukan(perkara, *, rekening, oleh):
        dipanggil.append(perkara.pk)
        if perkara.pk == menunggu[0].pk:
            raise LangkahGagal("Buku tidak cukup.")

    monkeypatch.setattr("pembatalan.models.pembatalan.ajukan_pengembalian", ajukan)
    sapu()
    assert dipanggil[:3] == [p.pk for p in menunggu]
    assert [Pembatalan.objects.get(pk=p.pk).tahap for p in menunggu] == ["dijurnal", "diajukan", "diajukan"]
    efek = Perkara.objects.get(pk=jurnal.pk).riwayat.get(langkah="tandatangani").efek.get()
    assert efek.selesai is None and "1 perkara" in efek.galat


def test_surat_pengajuan_dicabut_lalu_diganti(masuk, jurnal):
    langkah(masuk("subdit"), jurnal, "ajukan")
    langkah(masuk("direktur"), jurnal, "tandatangani", sandi=SANDI)
    lama = jurnal.surat.get(status="ditandatangani")
    direktur = masuk("direktur")
    assert 'data-tertutup="ganti_surat"' in direktur.get(f"/jurnal/{jurnal.nomor}/").content.decode()
    direktur.post("/sandi-lagi/", {"sandi": SANDI, "next": "/kerja/"})
    versi = Jurnal.objects.get(pk=jurnal.pk).versi
    isi = {"versi": versi, "alasan": "Salah menulis nama direktorat."}
    assert direktur.post(f"/cabut-surat/{lama.pk}/", isi).status_code == 303
    assert langkah(direktur, jurnal, "ganti_surat", sandi=SANDI).status_code == 303
    baru = jurnal.surat.get(status="ditandatangani")
    assert baru.pk != lama.pk and baru.nomor != lama.nomor
    assert Jurnal.objects.get(pk=jurnal.pk).ditutup is not None


def test_langkah_milik_portal_tertutup_bagi_orang(jurnal, menunggu):
    from haji_portal.alur.galat import Tertutup, TidakBerhak

    p = Pembatalan.objects.get(pk=menunggu[0].pk)
    with pytest.raises(TidakBerhak):
        jalankan(p, "ajukan_pengembalian", oleh=petugas("subdit", "pusat"), versi=p.versi)
    with pytest.raises(Tertutup):  # not before the Direktur has signed
        jalankan(p, "ajukan_pengembalian", oleh=Sistem("uji"), versi=None)


def test_kantor_tidak_melihat_jurnal(masuk, jurnal):
    assert Kantor.objects.get(slug="lombok-timur").jenis == "kabkota"
    assert masuk("kepala.lombok-timur").get(f"/jurnal/{jurnal.nomor}/").status_code == 404
    assert masukkan(masuk("kepala.lombok-timur")).status_code == 403


def test_akhir_yang_baik_tidak_ditandai_buruk(masuk, jurnal):
    langkah(masuk("subdit"), jurnal, "ajukan")
    langkah(masuk("direktur"), jurnal, "tandatangani", sandi=SANDI)
    riwayat = masuk("subdit").get(f"/jurnal/{jurnal.nomor}/").context["riwayat"]
    assert riwayat[0]["judul"] == "Tanda tangani surat pengajuan" and riwayat[0]["nada"] == ""
    ditolak = masuk("subdit").get(f"/jurnal/{jurnal.nomor}/unduh/?format=../../etc")
    assert ditolak["Content-Disposition"].endswith('.xlsx"')
