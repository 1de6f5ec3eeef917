"""The register of travel organisers: pages, traces, import by file, warnings."""

import datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, transaction
from django.utils import timezone

from haji_portal.kabar.models import Pesan
from rekomendasi import contoh, register
from rekomendasi.impor import nilai, sidik, terima
from rekomendasi.models import JejakRegister, PenyelenggaraPerjalanan, PeringatanSk, SkPenyelenggara
from rekomendasi.models.register import rata_nama
from rekomendasi.peringatan import ambang, peringatkan_sk

from .jalan import BO, FO, KASI, kantor

pytestmark = pytest.mark.django_db
KEPALA = "Jenis izin;Nama penyelenggara;Kota;Telepon;Nomor SK;Tanggal SK;Berlaku sampai\r\n"
Penyelenggara = PenyelenggaraPerjalanan


def hari(selisih: int) -> datetime.date:
    return timezone.localdate() + datetime.timedelta(days=selisih)


@pytest.mark.parametrize(
    ("a", "b", "sama"),
    [
        ("PT. Contoh Wisata", "contoh  WISATA", True),
        ("CV Contoh-Wisata", "Contoh Wisata, PT", True),
        ("PT Contoh Wisata", "PT Contoh Wisata 2", False),
        ("PT", "pt", True),
    ],
)
def test_nama_dibandingkan_tanpa_badan_dan_tanda(a, b, sama):
    assert (rata_nama(a) == rata_nama(b)) is sama


def unggah(akun, isi: str):
    berkas = SimpleUploadedFile("ppiu.csv", (KEPALA + isi).encode())
    return terima(kantor(), akun(BO), berkas)


def test_uji_kering_lalu_terapkan(akun, masuk):
    lama = contoh.penyelenggara_contoh(ke=1)
    contoh.penyelenggara_contoh(ke=2)
    sk = lama.sk_terbaru()
    impor = unggah(
        akun,
        f"PPIU;PT Contoh Wisata 1;Kota Baru;;{sk.nomor};{sk.tanggal:%d-%m-%Y};{sk.berlaku_sampai:%d-%m-%Y}\r\n"
        "PPIU;PT Contoh Wisata 2;;;;;\r\n"
        "PIHK;PT Haji Jaya;Kota Solo;021-1;U.9;01-02-2024;01-02-2029\r\n"
        "PIHK;PT Haji Jaya;Kota Solo;021-1;U.10;01-02-2029;01-02-2034\r\n"
        "PPIU;PT Salah;;;U.1;;\r\n"
        "PIHK;PT Haji Jaya;;;U.9;01-02-2024;\r\n"
        "XX;PT Lain;;;;;\r\n"
        "PPIU;=1+1;;;;;\r\n",
    )  # fmt: skip
    keadaan = [p.keadaan for p in nilai(impor)]
    assert keadaan == ["berubah", "sama", "baru", "berubah", "galat", "galat", "galat", "galat"]
    assert not Penyelenggara.objects.filter(nama="PT Haji Jaya").exists() and lama.kota == "Kota Contoh"
    klien = masuk(KASI)
    halaman = klien.get(f"/penyelenggara/impor/{impor.pk}/").text
    assert "Kota/kabupaten: Kota Contoh → Kota Baru" in halaman and "Terapkan 3 baris" in halaman
    terlihat = sidik(nilai(impor))
    assert klien.post(f"/penyelenggara/impor/{impor.pk}/", {"sidik": terlihat}).status_code == 303
    lama.refresh_from_db()
    baru = Penyelenggara.objects.get(nama="PT Haji Jaya")
    assert lama.kota == "Kota Baru" and [s.nomor for s in baru.sk.all()] == ["U.10", "U.9"]
    ulang = klien.post(f"/penyelenggara/impor/{impor.pk}/", {"sidik": sidik(nilai(impor))})
    assert ulang.status_code == 409 and JejakRegister.objects.filter(impor=impor).count() == 4


def test_daftar_yang_berubah_sejak_dilihat_diperlihatkan_lagi(akun, masuk):
    impor = unggah(akun, "PPIU;PT Maju;Kota A;;;;\r\n")
    terlihat = sidik(nilai(impor))
    register.catat_baru("ppiu", "PT Maju", akun(BO), timezone.now(), kota="Kota B")
    jawab = masuk(BO).post(f"/penyelenggara/impor/{impor.pk}/", {"sidik": terlihat})
    assert jawab.status_code == 409 and "sudah berubah sejak" in jawab.text
    assert Penyelenggara.objects.get().kota == "Kota B"


def test_ekspor_tidak_dapat_menjalankan_rumus(akun, masuk):
    register.catat_baru("ppiu", "=HYPERLINK(1)", akun(BO), timezone.now(), telepon="+62 21")
    isi = masuk(FO).get("/penyelenggara/ekspor/?format=csv").content.decode("utf-8-sig")
    assert "'=HYPERLINK(1)" in isi and "'+62 21" in isi


def test_jejak_tidak_dapat_diubah(akun):
    satu = register.catat_baru("ppiu", "PT Maju", akun(BO), timezone.now())
    with pytest.raises(DatabaseError), transaction.atomic():
        satu.jejak.update(apa="ubah")
    with pytest.raises(DatabaseError), transaction.atomic():
        JejakRegister.objects.all().delete()


def test_sk_baru_menyimpan_yang_lama_dan_perbaikan_berjejak(masuk, acuan):
    satu = contoh.penyelenggara_contoh()
    klien, alamat = masuk(KASI), f"/penyelenggara/{satu.pk}/sk/"
    isi = {"nomor": "U.77", "tanggal": hari(-1).isoformat(), "berlaku_sampai": hari(2000).isoformat()}
    assert klien.post(alamat, isi).status_code == 303
    assert klien.post(alamat, isi).status_code == 422
    terbalik = klien.post(alamat, isi | {"nomor": "U.78", "berlaku_sampai": hari(-9).isoformat()})
    assert terbalik.status_code == 422 and "sebelum tanggal SK" in terbalik.text
    assert satu.sk.count() == 2 and satu.sk_terbaru().nomor == "U.77"
    sk = satu.sk_terbaru()
    cabut = isi | {"dicabut": hari(0).isoformat()}
    assert klien.post(f"/penyelenggara/{satu.pk}/sk/{sk.pk}/", cabut).status_code == 303
    assert satu.sk_terbaru().nomor != "U.77", "what was withdrawn does not count"
    assert {"sk_baru", "sk_ubah"} <= set(satu.jejak.values_list("apa", flat=True))
    halaman = klien.get(f"/penyelenggara/{satu.pk}/").text
    assert "dicabut sejak" in halaman and "SK dicatat" in halaman


def test_saringan_menurut_akhir_sk_dan_pencarian(masuk, acuan):
    for ke, sisa in ((1, 900), (2, 60), (3, -5), (4, None)):
        contoh.penyelenggara_contoh(ke=ke, sisa_hari=sisa)
    klien = masuk(FO)

    def nama(kueri: str) -> list[str]:
        return [b["p"].nama[-1] for b in klien.get(f"/penyelenggara/?{kueri}").context["baris"]]

    assert nama("") == ["1", "2", "3", "4"]
    assert (nama("keadaan=segera"), nama("keadaan=habis"), nama("keadaan=tanpa")) == (["2"], ["3"], ["4"])
    assert nama("q=wisata+3") == ["3"] and nama("q=U.102") == ["2"] and nama("jenis=pihk") == []
    assert nama("q=%00%25_'%22&halaman=99&keadaan=x") == []


def test_peringatan_sekali_per_sk_dan_ambang(acuan):
    assert [ambang(hari(n), hari(0)) for n in (91, 90, 31, 30, 0, -1)] == [None, 90, 90, 30, 30, 0]
    satu = contoh.penyelenggara_contoh(ke=1, sisa_hari=80)
    contoh.penyelenggara_contoh(ke=2, sisa_hari=500)
    contoh.penyelenggara_contoh(ke=3, sisa_hari=-5)
    assert peringatkan_sk() == 1 and peringatkan_sk() == 0
    pesan = Pesan.objects.filter(templat="sk_penyelenggara", saluran="aplikasi")
    assert {p.pengguna.username for p in pesan} == {BO, KASI}
    assert "PT Contoh Wisata 1 (PPIU): akan habis" in pesan[0].isi
    assert [peringatkan_sk(hari(n)) for n in (60, 61, 81)] == [1, 0, 1]
    assert set(PeringatanSk.objects.values_list("sk__penyelenggara", "ambang")) == {(satu.pk, a) for a in (0, 30, 90)}
    SkPenyelenggara.objects.create(penyelenggara=satu, nomor="BARU", tanggal=hari(1), berlaku_sampai=hari(3000))
    assert peringatkan_sk(hari(82)) == 0, "the renewed licence counts"


def test_petugas_loket_membaca_tetapi_tidak_mengubah(masuk, acuan):
    satu = contoh.penyelenggara_contoh()
    klien = masuk(FO)
    assert klien.get(f"/penyelenggara/{satu.pk}/").status_code == 200
    assert klien.post(f"/penyelenggara/{satu.pk}/ubah/", {"nama": "X"}).status_code == 403
