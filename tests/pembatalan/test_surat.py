"""What goes on paper in a cancellation: who signs what under which number, what each paper says and keeps to itself."""

from __future__ import annotations

import pytest
from django.utils import timezone

from alat.simulator_bsre import FRASA_DEMO
from haji_portal.akun.models import Kantor
from haji_portal.alur.efek import sapu
from haji_portal.alur.tampil_waktu import terbilang
from haji_portal.berkas.models import SyaratBerkas
from haji_portal.dana.models import Pengembalian
from haji_portal.jemaah.models import Rekening
from haji_portal.kabar.kirim import _pelampir
from haji_portal.kabar.models import KontakPerkara, Pesan
from haji_portal.surat.models import NomorSurat, Surat
from haji_portal.surat.periksa import cari_token, periksa_pdf
from haji_portal.surat.terbit import buat_draf, dokumen_pdf, isi_pdf
from pembatalan.models import Jurnal, Pembatalan, Pemberitahuan
from pembatalan.tahap import Sebab
from tests import ajukan, simulator
from tests.batal import maju
from tests.conftest import SANDI
from tests.pembatalan.buatan import NAMA_PANJANG, WARIS, buat_batal, sampai
from tests.surat.alat_pdf import info_pdf, teks_pdf

pytestmark = pytest.mark.django_db


def kantor(slug="lombok-timur"):
    return Kantor.objects.get(slug=slug)


def rata(pdf):
    return " ".join(teks_pdf(pdf).split())


def sah(perkara, jenis):
    return Surat.objects.get(perkara=perkara.pk, jenis=jenis, status="ditandatangani")


@pytest.fixture
def siap(pelaksana):
    """A case of Lombok Timur before the head, whose step signs two letters."""
    return sampai(pelaksana, buat_batal(kantor(), 1, **WARIS), "menunggu_ttd")


@pytest.fixture
def berita(pelaksana):
    """The notice of a cancelled case, before the Dirjen."""

    def _berita(**lain):
        p = sampai(pelaksana, buat_batal(kantor(), 1, **lain), "dibatalkan")
        sapu()
        return Pemberitahuan.objects.get(induk=p.pk)

    return _berita


def test_lombok_timur_rekomendasi_dan_pengantar_satu_langkah(masuk, pelaksana, siap):
    kasus = masuk("kepala.lombok-timur").get(siap.get_absolute_url()).content.decode()
    for jenis in ("rekomendasi_batal", "pengantar_batal"):
        assert f'href="/surat/{siap.nomor}/{jenis}/"' in kasus
    p = pelaksana.lakukan(siap, "setujui").perkara
    rekomendasi, pengantar = sah(p, "rekomendasi_batal"), sah(p, "pengantar_batal")
    assert rekomendasi.nomor == f"B-1/Kk.18.03/Hj.00/{rekomendasi.tanggal:%m}/{rekomendasi.tanggal.year}"
    assert pengantar.nomor == f"1/Kk.18.03/{pengantar.tanggal:%m}/{pengantar.tanggal.year}", "naskah khusus"
    teks = rata(isi_pdf(pengantar))
    assert "Telah diterima tanggal" in teks and "Banyaknya" in teks
    assert rekomendasi.nomor in teks, "the cover names the letter that it carries"
    assert teks.count("lembar") == p.butir.filter(verdict="ada").count() + 2
    isi = rata(isi_pdf(rekomendasi))
    assert "241 Tahun 2021" in isi and "huruf A angka 5 huruf a" in isi and "(ahli waris, anak kandung)" in isi
    assert p.rekening.nomor not in isi + teks


def test_tanah_bumbu_permohonan_dengan_rekening_dan_terbilang(pelaksana):
    p = sampai(pelaksana, buat_batal(kantor("tanah-bumbu"), 3), "direkam")
    surat = sah(p, "permohonan_pengembalian")
    isi = isi_pdf(surat)
    teks = rata(isi)
    assert p.rekening.nomor in teks and "Rp25.000.000 (dua puluh lima juta rupiah)" in teks
    assert sah(p, "rekomendasi_batal").nomor.split("/")[0] in teks
    for b in p.butir.filter(verdict="ada"):
        assert b.nama.split(" (")[0] in teks
    assert "Direktur Pelayanan Haji Dalam Negeri" in teks and "Pages: 1" in " ".join(info_pdf(isi).split())


def test_permohonan_validasi_ditandatangani_kepala_bukan_petugas(masuk, pelaksana):
    """The row of D.3.a prints "Petugas", who writes the letter; whose letter it is stands in the sentence."""
    alasan = "Jemaah masih terdaftar dalam daftar tunggu."
    p = buat_batal(kantor("kepulauan-seribu"), 3, sebab=Sebab.TIDAK_MEMENUHI, pengaju="kantor", alasan=alasan)
    p = sampai(pelaksana, p, "menunggu_ttd")
    jawab = masuk("ptsp.kepulauan-seribu").post(
        f"/pembatalan/{p.nomor}/langkah/setujui/", {"versi": p.versi, "sandi": SANDI}
    )
    assert jawab.status_code == 403
    p = pelaksana.lakukan(p, "setujui").perkara
    surat = sah(p, "permohonan_validasi")
    assert surat.pengguna.username == "kepala.kepulauan-seribu"
    teks = rata(isi_pdf(surat))
    assert alasan in teks and "huruf D angka 3" in teks and p.setoran.nomor_validasi in teks


def test_rekomendasi_nomor_validasi_tidak_menyebut_asrama(pelaksana):
    """Nobody asks a depositor without a porsi about the hostel: the letter vouches for what is known."""
    p = sampai(pelaksana, buat_batal(kantor(), 3, sebab=Sebab.BELUM_DAFTAR), "direkam")
    teks = rata(isi_pdf(sah(p, "rekomendasi_batal")))
    assert "asrama" not in teks and "nomor validasi itu belum menjadi nomor porsi" in teks


def test_surat_sah_dan_halaman_publik_menyebut_jenis_dan_penanda_tangan(client, pelaksana, siap):
    p = pelaksana.lakukan(siap, "setujui").perkara
    for jenis, judul in (("rekomendasi_batal", "Surat Rekomendasi"), ("pengantar_batal", "Surat Pengantar")):
        surat = sah(p, jenis)
        hasil = periksa_pdf(isi_pdf(surat))
        assert hasil.asli and hasil.penanda_tangan == surat.nama_penanda_tangan
        teks = client.get(f"/verifikasi/{surat.token}/").content.decode()
        assert judul in teks and surat.nomor in teks and surat.nama_penanda_tangan in teks
        assert p.pemohon.nama not in teks and cari_token(surat.token)["status"] == "berlaku"


def test_draf_pemberitahuan_memakai_kop_dan_pejabat_pusat(berita):
    anak = berita()
    surat = buat_draf(anak, "pemberitahuan_batal")
    teks = rata(isi_pdf(surat))
    assert surat.kantor.slug == "pusat" and surat.nomor == ""
    assert "DIREKTORAT JENDERAL PENYELENGGARAAN HAJI DAN UMRAH" in teks.upper()
    assert "a.n. Menteri Haji dan Umrah Republik Indonesia Direktur Jenderal" in teks and "DRAF" in teks
    assert Kantor.objects.get(slug="pusat").tempat == "Jakarta" and "Jakarta," in teks


def test_pemberitahuan_menyamarkan_rekening_dan_muat_satu_halaman(pelaksana, berita):
    anak = berita(**WARIS, jemaah={"nama": NAMA_PANJANG})
    anak = pelaksana.lakukan(anak, "tandatangani").perkara
    isi = isi_pdf(sah(anak, "pemberitahuan_batal"))
    teks = rata(isi)
    induk = anak.induk.rinci()
    assert "Lalu Muhammad Zulkarnain Wirajaya" in teks and "turut berduka" in teks
    assert induk.rekening.nomor not in teks and f"******{induk.rekening.nomor[-4:]}" in teks
    assert anak.nomor not in teks, "the pilgrim knows the number of the cancellation only"
    assert induk.pemohon.nik not in teks and induk.nomor in teks and "/cek/" in teks and "keberatan" in teks
    assert "Pages: 1" in " ".join(info_pdf(isi).split())


def test_pemberitahuan_nomor_validasi(pelaksana, berita):
    anak = pelaksana.lakukan(berita(sebab=Sebab.BELUM_DAFTAR), "tandatangani").perkara
    teks = rata(isi_pdf(sah(anak, "pemberitahuan_batal")))
    assert "nomor validasi setoran awal haji" in teks and "diaktifkan kembali" not in teks and "Nomor porsi" not in teks


def test_sesudah_ditandatangani_jemaah_diberi_tahu_dengan_suratnya(pelaksana, berita, monkeypatch):
    anak = berita(jemaah={"email": "aminah@contoh.example"})
    pelaksana.lakukan(anak, "tandatangani")
    sapu()
    sapu()
    induk = anak.induk.rinci()
    assert induk.riwayat.filter(langkah="beri_tahu").count() == 1
    pesan = Pesan.objects.get(perkara=induk.pk, templat="surat_pemberitahuan_batal")
    assert (pesan.lampiran, pesan.alamat) == ("pemberitahuan_batal", "aminah@contoh.example")
    nama, isi = _pelampir["pemberitahuan_batal"](induk)
    assert nama == f"Pemberitahuan-{induk.nomor}.pdf" and periksa_pdf(isi).asli
    assert induk.nomor in pesan.isi and anak.nomor not in pesan.isi


def test_pemberitahuan_terbaca_pemilik_lewat_cek_dan_dapat_dicetak_kantor(client, masuk, pelaksana, berita):
    anak = berita()
    induk, alamat = anak.induk.rinci(), "aminah@contoh.example"
    KontakPerkara.objects.create(perkara=induk, saluran="email", alamat=alamat, diverifikasi=timezone.now())
    lahir = induk.pemohon.tanggal_lahir.isoformat()

    def cari():
        client.post("/cek/", {"nomor": induk.nomor, "tanggal_lahir": lahir})
        return client.get("/cek/hasil/").content.decode()

    assert "Lihat surat Anda" not in cari(), "not before it is signed"
    pelaksana.lakukan(anak, "tandatangani")
    surat = sah(anak, "pemberitahuan_batal")
    assert "Lihat surat Anda" in cari()
    assert client.get("/ajukan/surat/pemberitahuan_batal/").status_code == 302, "not without a code"
    client.post("/ajukan/surat/")
    client.post("/ajukan/kode/", {"kode": ajukan.kode_terakhir(alamat)})
    assert surat.nomor in client.get("/ajukan/surat/").content.decode()
    assert client.get("/ajukan/surat/pemberitahuan_batal/").content == isi_pdf(surat)
    assert client.get("/ajukan/surat/rekomendasi_batal/").status_code == 404, "between offices"
    kantor_asal = masuk("ptsp.lombok-timur")
    assert kantor_asal.post(f"/surat/{surat.pk}/cetak/").content.startswith(b"%PDF")
    assert masuk("ptsp.tanah-bumbu").post(f"/surat/{surat.pk}/cetak/").status_code == 404


def test_bukti_mengatakan_yang_benar(pelaksana, siap):
    def teks(p):
        return rata(dokumen_pdf(p, "bukti_pembatalan"))

    p = pelaksana.lakukan(siap, "setujui").perkara
    awal = teks(p)
    assert "Permohonan diterima, belum batal" in awal and "Sudah batal" not in awal
    assert p.rekening.nomor not in awal and p.pemohon.nik not in awal and "Lalu Muhammad Zulkarnain" in awal
    ditolak = buat_batal(kantor("tanah-bumbu"), 8)
    ditolak = pelaksana.lakukan(ditolak, "tolak", {"aturan": "241/2021 A.4", "penjelasan": "Tidak bermeterai."}).perkara
    assert "Tidak dibatalkan" in teks(ditolak) and "Sudah batal" not in teks(ditolak)
    p = sampai(pelaksana, p, "dibatalkan")
    assert "Sudah batal sejak" in teks(p) and "belum batal" not in teks(p)


def test_bukti_sesudah_dana_diterima_menyebut_rekening_yang_dibayar(masuk, pelaksana, siap):
    p = maju(pelaksana, siap, "selesai")
    lain = Rekening.objects.create(jemaah=p.pemohon, bank="Bank Muamalat", nomor="7199998888", atas_nama="AHLI WARIS")
    Pengembalian.objects.filter(induk=p.pk).update(rekening=lain)
    teks = rata(dokumen_pdf(p, "bukti_pembatalan"))
    assert "sudah masuk ke rekening tujuan" in teks and "******8888" in teks
    assert "******8888" in masuk("jfu.lombok-timur").get(p.get_absolute_url()).content.decode()


def test_surat_alasan_sah_menyebut_alasannya(pelaksana):
    """The office's letters, and the notice: who is cancelled by others learns why."""
    tempat = kantor("tanah-bumbu")
    SyaratBerkas.objects.create(
        layanan="pembatalan", kasus="alasan-sah", kantor=tempat, kode="putusan", nama="Surat keputusan",
        mulai=timezone.localdate(),
    )  # fmt: skip
    p = sampai(pelaksana, buat_batal(tempat, 3, sebab=Sebab.ALASAN_SAH, alasan="Pendaftaran ganda."), "direkam")
    for jenis in ("rekomendasi_batal", "permohonan_pengembalian"):
        assert "Dibatalkan dengan alasan yang sah: Pendaftaran ganda." in rata(isi_pdf(sah(p, jenis)))
    p = sampai(pelaksana, p, "dibatalkan")
    sapu()
    teks = rata(isi_pdf(buat_draf(Pemberitahuan.objects.get(induk=p.pk), "pemberitahuan_batal")))
    assert "Dibatalkan dengan alasan yang sah: Pendaftaran ganda." in teks


def test_bukti_baru_ada_sesudah_berkas_lengkap(masuk, pelaksana):
    p = buat_batal(kantor(), 1, **WARIS)
    client, bukti = masuk("jfu.lombok-timur"), f"/surat/{p.nomor}/bukti_pembatalan/"
    assert bukti not in client.get(p.get_absolute_url()).content.decode()
    jawab = client.get(bukti, follow=True)
    assert "sesudah berkas dinyatakan lengkap" in jawab.content.decode()
    p = sampai(pelaksana, p, "disusun")
    assert bukti in client.get(p.get_absolute_url()).content.decode()
    assert "surat kantor sedang disiapkan" in rata(dokumen_pdf(p, "bukti_pembatalan"))


def test_tanda_terima_satu_kertas_untuk_semua_layanan(masuk, pelaksana, siap):
    teks = rata(dokumen_pdf(siap, "tanda_terima"))
    assert "Diterima dari : Lalu Muhammad Zulkarnain Wirajaya" in teks and "Untuk jemaah" in teks
    client = masuk("ptsp.lombok-timur")
    assert client.get(f"/pembatalan/{siap.nomor}/tanda-terima/")["Content-Type"] == "application/pdf"
    bukti = f"/surat/{siap.nomor}/bukti_pembatalan/"
    assert f'href="{bukti}"' in client.get(siap.get_absolute_url()).content.decode()
    assert client.get(bukti).content.startswith(b"%PDF")


def test_kertas_perkara_lain_tidak_ada(masuk, pelaksana, siap):
    kepala = masuk("kepala.lombok-timur")
    for jenis in ("surat_pengajuan", "jurnal_pembatalan", "pemberitahuan_batal", "sph"):
        assert kepala.get(f"/surat/{siap.nomor}/{jenis}/").status_code == 404
    p = sampai(pelaksana, siap, "dijurnal")
    nomor = p.dalam_jurnal.nomor
    subdit = masuk("subdit")
    for jenis in ("rekomendasi_batal", "bukti_pembatalan", "pemberitahuan_batal"):
        assert subdit.get(f"/surat/{nomor}/{jenis}/").status_code == 404
    jawab = subdit.get(f"/surat/{nomor}/tanda_terima/", follow=True)
    assert "tidak menerima berkas dari pemohon" in jawab.content.decode()
    for jenis in ("surat_pengajuan", "jurnal_pembatalan"):
        assert subdit.get(f"/surat/{nomor}/{jenis}/").content.startswith(b"%PDF")


def test_surat_pengajuan_dan_jurnal_satu_pdf(pelaksana, siap):
    p = sampai(pelaksana, siap, "dijurnal")
    for urut in range(11, 63, 2):
        lain = buat_batal(kantor(), urut, jumlah=25_000_000 + urut)
        Pembatalan.objects.filter(pk=lain.pk).update(dalam_jurnal=p.dalam_jurnal)
    jurnal = pelaksana.lakukan(Jurnal.objects.get(), "ajukan").perkara
    jurnal = pelaksana.lakukan(jurnal, "tandatangani").perkara
    isi = isi_pdf(sah(jurnal, "surat_pengajuan"))
    teks, jumlah = rata(isi), 25_000_000 * 27 + sum(range(11, 63, 2))
    assert f"Rp{jumlah:,}".replace(",", ".") in teks and f"({terbilang(jumlah)} rupiah)" in teks
    assert "27 (dua puluh tujuh)" in teks and "a.n. Direktur Jenderal Direktur Pelayanan Haji Dalam Negeri" in teks
    assert p.rekening.nomor in teks and "Jumlah 27 perkara" in teks
    halaman = int(info_pdf(isi).split("Pages:")[1].split()[0])
    assert halaman >= 3 and f"Halaman {halaman} dari {halaman}" in teks
    assert periksa_pdf(isi).asli


def gagal_pada(monkeypatch, ke):
    """The signature of the n-th letter of a step fails once, as when the service goes away."""
    from haji_portal.meja import tandatangan
    from haji_portal.surat.galat import SuratGagal

    asli, panggilan = tandatangan.tandatangani_pdf, []

    def coba(surat, *lain, **kunci):
        panggilan.append(surat.jenis)
        if len(panggilan) == ke:
            raise SuratGagal("Layanan tanda tangan tidak menjawab.")
        return asli(surat, *lain, **kunci)

    monkeypatch.setattr(tandatangan, "tandatangani_pdf", coba)
    return panggilan


@pytest.mark.parametrize("ke", [1, 2])
def test_gagal_di_tengah_tidak_menghilangkan_apa_pun(masuk, siap, monkeypatch, ke):
    panggilan = gagal_pada(monkeypatch, ke)
    kepala = masuk("kepala.lombok-timur")
    alamat, isi = f"/pembatalan/{siap.nomor}/langkah/setujui/", {"versi": siap.versi, "sandi": SANDI}
    jawab = kepala.post(alamat, isi)
    assert jawab.status_code in (409, 422, 503) and "tidak menjawab" in jawab.content.decode()
    kini = Pembatalan.objects.get(pk=siap.pk)
    assert (kini.tahap, kini.versi) == ("menunggu_ttd", siap.versi)
    assert not Surat.objects.filter(perkara=siap.pk, status="ditandatangani").exists()
    nomor = dict(NomorSurat.objects.filter(surat__perkara=siap.pk).values_list("surat__jenis", "nomor"))
    assert set(nomor) == {"rekomendasi_batal", "pengantar_batal"}, (
        "both numbers are reserved before the first signature"
    )
    assert kepala.post(alamat, isi).status_code == 303
    assert panggilan == [*["rekomendasi_batal", "pengantar_batal"][:ke], "rekomendasi_batal", "pengantar_batal"]
    for jenis, satu in nomor.items():
        assert sah(siap, jenis).nomor == satu and periksa_pdf(isi_pdf(sah(siap, jenis))).asli
    assert NomorSurat.objects.filter(surat__perkara=siap.pk).count() == 2


def test_dua_surat_satu_frasa_lewat_bsre(masuk, siap, settings, tmp_path, akun):
    kepala = akun("kepala.lombok-timur")
    with simulator.bsre(settings, tmp_path / "simulator") as layanan:
        simulator.daftarkan(kepala)
        client = masuk("kepala.lombok-timur")
        alamat = f"/pembatalan/{siap.nomor}/langkah/setujui/"
        layanan.mode, layanan.kali = "gangguan", 1
        gagal = client.post(alamat, {"versi": siap.versi, "frasa": FRASA_DEMO})
        assert gagal.status_code >= 409 and Pembatalan.objects.get(pk=siap.pk).tahap == "menunggu_ttd"
        beku = dict(NomorSurat.objects.filter(surat__perkara=siap.pk).values_list("surat__jenis", "nomor"))
        assert client.post(alamat, {"versi": siap.versi, "frasa": FRASA_DEMO}).status_code == 303
        for jenis, nomor in beku.items():
            surat = sah(siap, jenis)
            assert (surat.nomor, surat.cara_ttd) == (nomor, "bsre") and periksa_pdf(isi_pdf(surat)).asli


def test_borongan_menyebut_semua_nomor(masuk, pelaksana, siap):
    dua = sampai(pelaksana, buat_batal(kantor(), 2), "menunggu_ttd")
    client = masuk("kepala.lombok-timur")
    halaman = client.get(f"/persetujuan/?pilih={dua.nomor}")
    assert [s["judul"] for s in halaman.context["surat"]] == ["Surat Rekomendasi", "Surat Pengantar"]
    assert halaman.content.decode().count("<iframe") == 2
    isi = {"perkara": [siap.nomor, dua.nomor], "sandi": SANDI}
    for p in (siap, dua):
        isi |= {f"versi-{p.nomor}": p.versi, f"langkah-{p.nomor}": "setujui"}
    jawab = client.post("/persetujuan/", isi)
    for h, p in zip(jawab.context["hasil"], (siap, dua), strict=True):
        assert h.berhasil
        for jenis in ("rekomendasi_batal", "pengantar_batal"):
            assert sah(p, jenis).nomor in h.kalimat
    lagi = client.post("/persetujuan/", isi).context["hasil"]
    assert all("sudah dilakukan" in h.kalimat and "Nomor" not in h.kalimat for h in lagi)


def test_satu_dari_dua_surat_dicabut_lalu_keduanya_terbit_baru(masuk, pelaksana, siap):
    p = sampai(pelaksana, siap, "direkam")
    lama, tetap = sah(p, "pengantar_batal"), sah(p, "rekomendasi_batal")
    kepala = masuk("kepala.lombok-timur")
    kepala.post("/sandi-lagi/", {"sandi": SANDI, "next": "/kerja/"})
    assert 'data-tertutup="susun_ulang"' in kepala.get(p.get_absolute_url()).content.decode()
    isi = {"versi": p.versi, "alasan": "Banyaknya lembar tidak sesuai berkas."}
    assert kepala.post(f"/cabut-surat/{lama.pk}/", isi).status_code == 303
    p = Pembatalan.objects.get(pk=p.pk)
    tertutup = masuk("jfu.lombok-timur").get(p.get_absolute_url()).content.decode()
    assert "Surat kantor ini dicabut dan belum diganti" in tertutup
    p = pelaksana.lakukan(p, "susun_ulang").perkara
    assert (p.tahap, p.putaran) == ("disusun", 2)
    p = sampai(pelaksana, p, "direkam")
    for jenis, sebelum, akhir in (
        ("pengantar_batal", lama, "dicabut"),
        ("rekomendasi_batal", tetap, "diganti"),
    ):
        sebelum.refresh_from_db()
        assert sebelum.status == akhir and sah(p, jenis).nomor != sebelum.nomor
    assert sah(p, "rekomendasi_batal").nomor in rata(isi_pdf(sah(p, "pengantar_batal")))
    assert sampai(pelaksana, p, "divalidasi").tahap == "divalidasi"


def test_dirjen_mencabut_pemberitahuan_dan_menerbitkan_gantinya(masuk, pelaksana, berita):
    anak = pelaksana.lakukan(berita(), "tandatangani").perkara
    sapu()
    surat = sah(anak, "pemberitahuan_batal")
    isi = {"versi": anak.versi, "alasan": "Nama bank tidak lengkap."}
    assert masuk("ditjen").post(f"/cabut-surat/{surat.pk}/", isi).status_code == 302, "a fresh password first"
    for nama, harap in (("kepala.lombok-timur", 403), ("direktur", 403), ("kepala.tanah-bumbu", 404), ("ditjen", 200)):
        client = masuk(nama)
        client.post("/sandi-lagi/", {"sandi": SANDI, "next": "/kerja/"})
        assert client.get(f"/cabut-surat/{surat.pk}/").status_code == harap
    anak = Pemberitahuan.objects.get(pk=anak.pk)
    isi["versi"] = anak.versi
    assert client.post(f"/cabut-surat/{surat.pk}/", isi).status_code == 303
    pelaksana.lakukan(Pemberitahuan.objects.get(pk=anak.pk), "ganti_surat")
    sapu()
    induk = anak.induk.rinci()
    assert induk.riwayat.filter(langkah="beri_tahu").count() == 2
    assert sah(anak, "pemberitahuan_batal").pk != surat.pk
