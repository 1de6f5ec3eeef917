"""What left for applicants: the office's list, one message, resending by hand, and nobody else's business."""

import pytest
from django.core import mail
from django.utils import timezone

from haji_portal.alur.efek import jalankan_efek, sapu
from haji_portal.alur.models import Efek
from haji_portal.kabar import kirim as mesin
from haji_portal.kabar import ulang as modul
from haji_portal.kabar.kirim import kirim, kirim_tertunda, tulis_pesan
from haji_portal.kabar.models import MAKS_PERCOBAAN, KontakPerkara, Pesan, SaluranKantor, TindakanPesan
from haji_portal.kabar.saluran import Hasil, Jawab
from haji_portal.kabar.ulang import HasilUlang, kirim_ulang, tandai_ditangani
from pendaftaran.contoh import buat_jemaah, buka_contoh
from tests.kabar.test_pesan import KODE, Palsu

pytestmark = pytest.mark.django_db
Status = Pesan.Status


@pytest.fixture
def gerbang(monkeypatch):
    palsu = Palsu()
    monkeypatch.setattr(mesin, "saluran", palsu)
    monkeypatch.setattr(modul, "saluran", palsu)
    return palsu


@pytest.fixture
def tulis(perkara):
    """`tulis("gagal_tetap")`: an SMS about the case in a status."""

    def _tulis(status="gagal_tetap", kejadian="1:status", **lain):
        pesan = tulis_pesan(kejadian, "sms", "081200000007", "kode", KODE, perkara=perkara)
        Pesan.objects.filter(pk=pesan.pk).update(**{"status": status, "jatuh_tempo": None, "percobaan": 1, **lain})
        pesan.refresh_from_db()
        return pesan

    return _tulis


class TestUlang:
    def test_gagal_tetap_dikirim_dengan_rujukan_baru_dan_dicatat(self, gerbang, tulis, akun):
        pesan, petugas = tulis(), akun("ptsp.lombok-timur")
        lama = pesan.rujukan
        assert kirim_ulang(pesan, petugas) is HasilUlang.DIKIRIM
        assert kirim_ulang(pesan, petugas) is HasilUlang.TIDAK_BISA, "a double click sends once"
        assert kirim_tertunda() == 1
        assert [k.rujukan for k in gerbang.diterima] == [f"{lama}:u1"]
        tindakan = TindakanPesan.objects.get()
        assert (tindakan.jenis, tindakan.dari, tindakan.oleh) == ("kirim_ulang", "gagal_tetap", petugas)

    def test_tidak_pasti_memakai_rujukan_yang_sama(self, gerbang, tulis, akun):
        pesan = tulis("tidak_pasti")
        assert kirim_ulang(pesan, akun("ptsp.lombok-timur")) is HasilUlang.DIKIRIM
        kirim_tertunda()
        assert [k.rujukan for k in gerbang.diterima] == [pesan.rujukan]

    @pytest.mark.parametrize(
        ("laporan", "status"), [("dikirim", "dikirim"), ("sampai", "sampai"), ("gagal", "gagal_tetap")]
    )
    def test_gerbang_ditanya_dahulu(self, gerbang, tulis, akun, laporan, status):
        gerbang.laporan = laporan
        pesan = tulis("tidak_pasti")
        assert kirim_ulang(pesan, akun("ptsp.lombok-timur")) is HasilUlang.SUDAH_JELAS
        pesan.refresh_from_db()
        assert pesan.status == status
        assert kirim_tertunda() == 0 and gerbang.diterima == []
        assert not TindakanPesan.objects.exists()

    @pytest.mark.parametrize("status", ["dibuat", "mengirim", "dikirim", "sampai", "gagal_sementara"])
    def test_status_lain_tidak_dikirim_ulang(self, gerbang, tulis, akun, status):
        assert kirim_ulang(tulis(status), akun("ptsp.lombok-timur")) is HasilUlang.TIDAK_BISA

    def test_kode_sekali_pakai_tidak_dikirim_ulang(self, gerbang, tulis, akun):
        assert kirim_ulang(tulis(rahasia=True), akun("ptsp.lombok-timur")) is HasilUlang.TIDAK_BISA

    def test_dua_belas_percobaan_lagi_dan_catatan_lama_tidak_mengganggu(self, gerbang, tulis, akun):
        gerbang.jawab = Jawab(Hasil.TERTUNDA)
        pesan = tulis(percobaan=MAKS_PERCOBAAN, batas_percobaan=MAKS_PERCOBAAN)
        kirim_ulang(pesan, akun("ptsp.lombok-timur"))
        for _ in range(MAKS_PERCOBAAN + 2):
            Pesan.objects.filter(jatuh_tempo__isnull=False).update(jatuh_tempo=timezone.now())
            kirim_tertunda()
        pesan.refresh_from_db()
        assert (pesan.status, pesan.percobaan) == (Status.GAGAL_TETAP, 2 * MAKS_PERCOBAAN)
        assert len(gerbang.diterima) == MAKS_PERCOBAAN

    def test_ditangani_sekali(self, tulis, akun):
        pesan = tulis()
        assert tandai_ditangani(pesan, akun("kasi.lombok-timur"))
        assert not tandai_ditangani(pesan, akun("kasi.lombok-timur"))
        assert TindakanPesan.objects.count() == 1
        assert not Pesan.objects.perlu().exists()

    def test_yang_ditangani_masih_dapat_dikirim_ulang_dan_kembali_terlihat(self, gerbang, tulis, akun):
        gerbang.jawab = Jawab(Hasil.DITOLAK)
        pesan = tulis()
        tandai_ditangani(pesan, akun("kasi.lombok-timur"))
        pesan.refresh_from_db()
        assert kirim_ulang(pesan, akun("kasi.lombok-timur")) is HasilUlang.DIKIRIM
        kirim_tertunda()
        assert Pesan.objects.perlu().count() == 1


class TestHalaman:
    def test_daftar_menampilkan_yang_perlu_dan_saringan(self, masuk, tulis, perkara):
        tulis(kejadian="1:a")
        tulis("tidak_pasti", "1:b")
        tulis("dikirim", "1:c")
        tulis("gagal_sementara", "1:d")
        tulis_pesan("9:kode", "sms", "081200000007", "kode", KODE, rahasia=True, perkara=perkara)
        klien = masuk("jfu.lombok-timur")

        def baris(kueri=""):
            return klien.get(f"/pesan/keluar/{kueri}").content.decode().count('class="kerja-baris"')

        assert baris() == 2
        assert baris("?keadaan=terkirim") == 1
        assert baris("?keadaan=menunggu") == 1
        assert baris("?keadaan=semua") == 4
        assert baris("?keadaan=semua&saluran=email") == 0
        assert baris("?keadaan=semua&saluran=sms&kantor=lombok-timur") == 4
        assert baris("?keadaan=semua&kantor=palu%00") == 4
        assert baris("?keadaan=tiada&halaman=x") == 2
        assert "+628" in klien.get("/pesan/keluar/").content.decode()
        assert "81200000007" not in klien.get("/pesan/keluar/").content.decode()

    def test_jumlah_kueri_tidak_tumbuh(self, masuk, tulis, django_assert_max_num_queries):
        klien = masuk("kanwil.ntb")
        for n in range(30):
            tulis(kejadian=f"{n}:a")
        with django_assert_max_num_queries(16):
            assert klien.get("/pesan/keluar/?halaman=2").content.decode().count('class="kerja-baris"') == 5

    def test_kantor_lain_kosong(self, masuk, tulis):
        pesan = tulis()
        klien = masuk("ptsp.palu")
        assert "Semua pesan sudah beres" in klien.get("/pesan/keluar/").content.decode()
        assert klien.get(f"/pesan/keluar/{pesan.pk}/").status_code == 404

    def test_kirim_ulang_dari_halaman(self, masuk, tulis, gerbang):
        pesan = tulis()
        klien = masuk("ptsp.lombok-timur")
        isi = klien.get(f"/pesan/keluar/{pesan.pk}/").content.decode()
        assert "Kirim ulang" in isi and 'name="yakin"' not in isi
        jawab = klien.post(f"/pesan/keluar/{pesan.pk}/ulang/", {"status": "gagal_tetap"}, follow=True)
        assert "Pesan dikirim ulang" in jawab.content.decode()
        assert "Dikirim ulang oleh" in jawab.content.decode()
        assert klien.post(f"/pesan/keluar/{pesan.pk}/ulang/", {"status": "gagal_tetap"}).status_code == 409
        assert kirim_tertunda() == 1

    def test_tidak_pasti_ditanyakan_dahulu(self, masuk, tulis, gerbang):
        pesan = tulis("tidak_pasti")
        klien = masuk("ptsp.lombok-timur")
        alamat = f"/pesan/keluar/{pesan.pk}/ulang/"
        assert 'name="yakin"' in klien.get(f"/pesan/keluar/{pesan.pk}/").content.decode()
        jawab = klien.post(alamat, {"status": "tidak_pasti"})
        assert jawab.status_code == 422 and "dua kali" in jawab.content.decode()
        assert klien.post(alamat, {"status": "gagal_tetap", "yakin": "ya"}).status_code == 409
        assert kirim_tertunda() == 0
        assert klien.post(alamat, {"status": "tidak_pasti", "yakin": "ya"}).status_code == 302
        assert kirim_tertunda() == 1

    def test_gerbang_tahu_jawabannya(self, masuk, tulis, gerbang):
        gerbang.laporan = "sampai"
        pesan = tulis("tidak_pasti")
        jawab = masuk("ptsp.lombok-timur").post(
            f"/pesan/keluar/{pesan.pk}/ulang/", {"status": "tidak_pasti", "yakin": "ya"}, follow=True
        )
        assert "tidak dikirim ulang" in jawab.content.decode()
        assert "Sampai" in jawab.content.decode()

    def test_ditangani_menghilangkan_peringatan_di_perkara(self, masuk, tulis, perkara):
        pesan = tulis()
        klien = masuk("ptsp.lombok-timur")
        url = perkara.get_absolute_url()
        assert "1 kabar kepada pemohon tidak sampai" in klien.get(url).content.decode()
        alamat = f"/pesan/keluar/{pesan.pk}/ditangani/"
        assert klien.post(alamat, {"status": "tidak_pasti"}).status_code == 409
        assert klien.post(alamat, {"status": "gagal_tetap"}).status_code == 302
        assert klien.post(alamat, {"status": "gagal_tetap"}).status_code == 409
        isi = klien.get(url).content.decode()
        assert "tidak sampai atau tidak pasti" not in isi
        assert "Sudah ditangani" in isi

    @pytest.mark.parametrize("nama", ["kanwil.ntb", "inspektorat", "ditjen", "siskohat.lombok-timur"])
    def test_yang_hanya_melihat(self, masuk, tulis, nama):
        pesan = tulis()
        klien = masuk(nama)
        isi = klien.get(f"/pesan/keluar/{pesan.pk}/").content.decode()
        assert "Isi pesan" in isi and "Kirim ulang</button>" not in isi
        assert klien.post(f"/pesan/keluar/{pesan.pk}/ulang/", {"status": "gagal_tetap"}).status_code == 403

    def test_rahasia_tidak_terlihat(self, masuk, perkara, gerbang):
        pesan = tulis_pesan("9:kode", "sms", "081200000007", "kode", KODE, rahasia=True, perkara=perkara)
        assert "481516" in Pesan.objects.get(pk=pesan.pk).isi
        for nama in ("ptsp.lombok-timur", "admin"):
            klien = masuk(nama)
            assert klien.get(f"/pesan/keluar/{pesan.pk}/").status_code == 404
            assert "481516" not in klien.get(perkara.get_absolute_url()).content.decode()
        rinci = masuk("admin").get(f"/admin/kabar/pesan/{pesan.pk}/change/").content.decode()
        assert "481516" not in rinci

    def test_id_mustahil(self, masuk):
        assert masuk("ptsp.lombok-timur").get(f"/pesan/keluar/{2**70}/").status_code == 404


def test_pemohon_tanpa_surel_dikabari_lewat_sms_yang_dinyalakan(kantor_lombok, settings, gerbang, langkah):
    settings.PESAN_GERBANG = {"sms": {"url": "http://127.0.0.1:9", "token": "x"}}
    SaluranKantor.objects.create(kantor=kantor_lombok, saluran="sms", mulai=timezone.localdate())
    orang = buat_jemaah(kantor_lombok, 9, nama="Rahma Contoh", telepon="081200000009")
    perkara = buka_contoh(kantor_lombok, 9, jemaah=orang).perkara
    sapu()
    assert mail.outbox == []
    [kiriman] = gerbang.diterima
    assert kiriman.alamat == "+6281200000009"
    assert perkara.nomor in kiriman.isi and "Rahma" not in kiriman.isi
    pesan = Pesan.objects.get(saluran="sms")
    assert (pesan.segmen, pesan.status, pesan.templat) == (1, "dikirim", "tahap_berkas_diperiksa")
    assert kirim(pesan) == "dikirim" and len(gerbang.diterima) == 1


def test_saluran_berganti_di_antara_dua_jalannya_efek_tetap_satu_kabar(perkara, settings, gerbang):
    """An effect runs again after the applicant proved another contact: told is told."""
    efek = Efek.objects.get(riwayat__perkara=perkara, jenis="kabar.status")
    assert jalankan_efek(efek.pk)
    settings.PESAN_GERBANG = {"sms": {"url": "http://127.0.0.1:9", "token": "x"}}
    KontakPerkara.objects.create(
        perkara_id=perkara.pk, saluran="sms", alamat="+6281200000009", diverifikasi=timezone.now()
    )
    Efek.objects.filter(pk=efek.pk).update(selesai=None)
    assert jalankan_efek(efek.pk)
    assert [k.alamat for k in gerbang.diterima] == [perkara.pemohon.email]
    assert Pesan.objects.keluar().count() == 1
