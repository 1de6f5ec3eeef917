"""The intake: who is named, through whom; everything or nothing."""

import json

import pytest

from haji_portal.alur.models import Kunci, RiwayatIsi
from haji_portal.jemaah.models import Jemaah, hash_nik
from rekomendasi import contoh
from rekomendasi.models import JejakRegister, PenyelenggaraPerjalanan, Peserta, Rekomendasi

from .jalan import ANAK, FO, KS, PEMOHON, baris, buka, form, isian, kantor, petugas

pytestmark = pytest.mark.django_db


def test_pemohon_ikut_dan_anggota_keluarga(acuan):
    p = buka(ANAK)
    assert [(o.nama, o.hubungan) for o in p.daftar_peserta()] == [("Siti Contoh", "Pemohon"), ("Ahmad Contoh", "Anak")]
    assert p.penyelenggara.nama == "PT Contoh Wisata 1" and p.tahap == "diperiksa" and p.nomor.startswith("KPS-RK-")
    terkunci = set(Kunci.objects.filter(perkara=p.pk).values_list("jenis", "nilai"))
    assert terkunci == {("paspor", hash_nik(PEMOHON["nik"])), ("paspor", hash_nik(ANAK["nik"]))}
    assert {b.kode for b in p.butir.all()} >= {"formulir-permohonan", "ktp", "sk-ppiu"}


def test_riwayat_tidak_menyimpan_nik(acuan):
    p = buka(ANAK)
    tulis = json.dumps([r.isi for r in RiwayatIsi.objects.filter(riwayat__perkara=p.pk)])
    assert PEMOHON["nik"] not in tulis and ANAK["nik"] not in tulis and '"jumlah_orang": 2' in tulis


def test_pemohon_dapat_mengurus_untuk_orang_lain_saja(acuan):
    p = buka(ANAK, ikut=None)
    assert [o.nama for o in p.daftar_peserta()] == ["Ahmad Contoh"]
    assert p.pemohon.nama == "Siti Contoh"


@pytest.mark.parametrize(
    ("orang", "ganti", "kalimat"),
    [
        ([], {"ikut": None}, "Isi sedikitnya satu orang"),
        ([ANAK | {"nik": "123"}], {}, "Orang 1: NIK terdiri atas 16 angka"),
        ([ANAK, ANAK], {}, "Orang 2: NIK ini sudah ada"),
        ([ANAK | {"tanggal_lahir": "2999-01-01"}], {}, "sebelum hari ini"),
        ([ANAK | {"tanggal_lahir": "0070-01-01"}], {}, "Tahunnya tidak wajar"),
        ([ANAK | {"tanggal_lahir": "bukan"}], {}, "tidak terbaca"),
        ([ANAK | {"nama": "x" * 121}], {}, "Paling banyak 120 huruf"),
        ([ANAK], {"penyelenggara": "Tidak Dikenal"}, "belum ada dalam daftar"),
        ([ANAK], {"penyelenggara": "PT"}, "tiga huruf"),
        ([ANAK], {"tujuan": "haji-khusus"}, "belum ada dalam daftar PIHK"),
        ([ANAK], {"tanggal_pengantar": "2999-01-01"}, "belum tiba"),
    ],
)
def test_isian_ditolak_dengan_kalimat(acuan, orang, ganti, kalimat):
    salah = form(*orang, **ganti)
    assert not salah.is_valid()
    assert kalimat in str(salah.errors)
    assert not Rekomendasi.objects.exists() and not Peserta.objects.exists()


def test_lebih_dari_lima_puluh_orang_ditolak(acuan):
    orang = [ANAK | {"nik": f"310101120195{n:04d}"} for n in range(1, 52)]
    salah = form(*orang)
    assert not salah.is_valid() and "paling banyak 50 orang" in str(salah.errors)


def test_orang_dalam_permohonan_terbuka_lain_disebut(acuan):
    buka(ANAK)
    salah = form(ANAK, nik="3101015702700003", nama="Lain Orang", tanggal_lahir="1970-02-17")
    assert not salah.is_valid()
    assert "Ahmad Contoh: Orang ini masih disebut" in str(salah.errors)


def test_nik_dikenal_dengan_tanggal_lahir_lain_tidak_diubah(acuan):
    buka()
    salah = form(tanggal_lahir="1971-01-17")
    assert not salah.is_valid() and "nama atau tanggal lahir yang berbeda" in str(salah.errors)
    assert str(Jemaah.objects.get(nik=PEMOHON["nik"]).tanggal_lahir) == "1970-01-17"


def test_penyelenggara_baru_dicatat_tanpa_sk(acuan):
    p = buka(penyelenggara="PT Maju Jaya", penyelenggara_baru="on", kota_penyelenggara="Kota Bogor")
    assert (p.penyelenggara.nama, p.penyelenggara.kota, p.penyelenggara.jenis) == ("PT Maju Jaya", "Kota Bogor", "ppiu")
    assert p.penyelenggara.sk_terbaru() is None
    jejak = JejakRegister.objects.get(penyelenggara=p.penyelenggara)
    assert jejak.apa == "baru" and jejak.pengguna.username == FO


def test_nama_yang_cocok_dengan_beberapa_penyelenggara_disebut(acuan):
    for ke in (11, 12):
        contoh.penyelenggara_contoh(ke=ke)
    salah = form(penyelenggara="contoh wisata 1")
    assert salah.is_valid(), "the whole name wins over those that only begin so"
    salah = form(penyelenggara="contoh wis")
    assert not salah.is_valid() and "PT Contoh Wisata 11, PT Contoh Wisata 12" in str(salah.errors)


@pytest.mark.parametrize("kirim", ["[", '{"a": 1}', '["x"]', '[{"nik": {}}]', "null", "[[1, 2]]", '"teks"'])
def test_json_peserta_yang_ganjil_tidak_menjatuhkan_apa_pun(acuan, kirim):
    satu = form(peserta=kirim, ikut=None)
    assert not satu.is_valid()


def test_kantor_tanpa_sop_mengatakannya(masuk):
    jawab = masuk("ptsp.lombok-timur").get("/rekomendasi/baru/")
    assert jawab.status_code == 403 and "IMI-GR.01.01-0070" in jawab.text


def test_halaman_menyimpan_dan_mengarahkan(masuk, acuan):
    contoh.penyelenggara_contoh()
    klien = masuk(FO)
    salah = klien.post("/rekomendasi/baru/", isian(ANAK | {"nik": "1"}))
    assert salah.status_code == 422 and 'value="Ahmad Contoh"' in salah.text
    jawab = klien.post("/rekomendasi/baru/", isian(ANAK))
    p = Rekomendasi.objects.get()
    assert (jawab.status_code, jawab["Location"]) == (303, f"/rekomendasi/{p.nomor}/")
    halaman = klien.get(jawab["Location"]).text
    assert "Ahmad Contoh" in halaman and "SK berlaku" in halaman and "Nomor porsi" not in halaman


def test_api_membuka_dengan_daftar_orang(masuk, acuan):
    contoh.penyelenggara_contoh()
    klien = masuk(FO)
    isi = {k: v for k, v in isian(ikut=True).items() if k != "kunjungan"}
    kepala = {"Idempotency-Key": "rk-1"}
    buruk = isi | {"peserta": [ANAK | {"warna": "biru"}, 3]}
    assert klien.post("/api/v1/rekomendasi/", buruk, "application/json", headers=kepala).status_code == 422
    kepala = {"Idempotency-Key": "rk-2"}
    jawab = klien.post("/api/v1/rekomendasi/", isi | {"peserta": [ANAK]}, "application/json", headers=kepala)
    assert jawab.status_code == 201, jawab.content
    rinci = klien.get(jawab.json()["url"]).json()
    assert [o["nama"] for o in rinci["isian"]["peserta"]] == ["Siti Contoh", "Ahmad Contoh"]


def test_perbaikan_data_mengganti_kunci_dan_tidak_mencatat_nik(acuan, masuk):
    p = buka(ANAK)
    ganti = ANAK | {"nik": "3101011301950009"}
    isi = {
        "versi": p.versi, "tujuan": "umrah", "penyelenggara": "Contoh Wisata 1", "nomor_pengantar": p.nomor_pengantar,
        "tanggal_pengantar": p.tanggal_pengantar, "kantor_imigrasi": p.kantor_imigrasi,
        "keterangan": "NIK orang kedua dibetulkan menurut KTP.",
    }  # fmt: skip
    klien = masuk(FO)
    alamat = f"/rekomendasi/{p.nomor}/langkah/perbaiki_data/"
    sama = klien.post(alamat, isi | baris(_dari(p, 0), _dari(p, 1)))
    assert sama.status_code == 422 and "Tidak ada yang berubah" in sama.text
    assert klien.post(alamat, isi | baris(_dari(p, 0), ganti)).status_code == 303
    assert {o.nik for o in p.daftar_peserta()} == {PEMOHON["nik"], ganti["nik"]}
    nilai = set(Kunci.objects.filter(perkara=p.pk, jenis="paspor").values_list("nilai", flat=True))
    assert nilai == {hash_nik(PEMOHON["nik"]), hash_nik(ganti["nik"])}
    tulis = json.dumps([r.isi for r in RiwayatIsi.objects.filter(riwayat__perkara=p.pk)])
    assert ganti["nik"] not in tulis and "daftar orang" in tulis


def _dari(p, ke):
    o = p.daftar_peserta()[ke]
    return {k: str(getattr(o, k)) for k in ("nik", "nama", "tempat_lahir", "tanggal_lahir", "hubungan")}


def test_dua_loket_untuk_orang_yang_sama_satu_yang_jadi(acuan):
    """Both forms were valid before either was saved; the lock decides."""
    from haji_portal.alur.galat import SudahAda

    satu = form(ANAK)
    dua = form(ANAK, nik="3101015702700003", nama="Lain Orang", tanggal_lahir="1970-02-17")
    assert satu.is_valid() and dua.is_valid()
    satu.buka(petugas(FO))
    with pytest.raises(SudahAda):
        dua.buka(petugas(FO))
    assert Rekomendasi.objects.filter(kantor=kantor(KS)).count() == 1
    assert PenyelenggaraPerjalanan.objects.count() == 1
