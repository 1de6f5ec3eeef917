"""What 241/2021 demands of a cancellation, rule by rule: the sentence when it is broken, nothing when it is kept."""

import datetime

import pytest
from django.utils import timezone

from haji_portal.akun.models import Kantor
from haji_portal.alur.deklarasi import cari_langkah, gagal
from haji_portal.alur.galat import IsianSalah, SudahAda, Tertutup
from haji_portal.alur.jalankan import buka
from haji_portal.alur.models import Kunci, Perkara
from haji_portal.berkas.models import SyaratBerkas
from haji_portal.jemaah.models import Porsi
from haji_portal.meja.contoh import pembuka
from pembatalan import contoh, syarat
from pembatalan.models import Pembatalan
from pembatalan.tahap import Pengaju, Sebab
from pendaftaran.models import Pendaftaran
from tests.kontrak.potret import segar

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("pelaksana")]
HARI = datetime.timedelta(days=1)


def buat(sebab=Sebab.SENDIRI, slug="lombok-timur", **isian):
    return segar(contoh.buka_contoh(Kantor.objects.get(slug=slug), 5, sebab=sebab, **isian).perkara)


def keberatan(p):
    return gagal(p, syarat.ATURAN)


@pytest.fixture
def daftar_alasan_sah(acuan):
    """An office that wrote its list for a lawful reason."""
    return SyaratBerkas.objects.create(
        layanan="pembatalan", kasus="alasan-sah", kantor=Kantor.objects.get(slug="lombok-timur"), kode="putusan",
        nama="Surat keputusan", bentuk="salinan", mulai=timezone.localdate() - HARI,
    )  # fmt: skip


@pytest.mark.parametrize("sebab", [s for s in Sebab if s != Sebab.ALASAN_SAH])
def test_contoh_memenuhi_semua_aturan(sebab):
    assert keberatan(buat(sebab)) == []


@pytest.mark.parametrize(
    "gerbang",
    ["nyatakan_lengkap", "ajukan_disposisi", "teruskan_perekaman", "ketik_surat", "validasi", "input_pembatalan"],
)
def test_setiap_gerbang_memeriksa_aturan(gerbang):
    """At the counter, before the Kasi approves, and before the centre cancels: what changed meanwhile is found."""
    for lk in cari_langkah(Pembatalan, gerbang):
        assert set(syarat.ATURAN) <= set(lk.transisi.conditions), gerbang


class TestTempatDanWaktu:
    @pytest.mark.parametrize("sebab", [Sebab.SENDIRI, Sebab.BELUM_DAFTAR])
    def test_hanya_di_kantor_domisili(self, sebab):
        """Validasi too. Exempt: a reversal (below), and what the office starts where the deposit was brought (D.3)."""
        p = buat(sebab)
        p.pemohon.kabupaten = "Kabupaten Lombok Tengah"
        assert keberatan(p) == [syarat.domisili_sesuai.kalimat]
        assert "241/2021 A.2" in syarat.domisili_sesuai.kalimat

    def test_reversal_di_luar_aturan_domisili(self):
        pusat = Kantor.objects.get(jenis="pusat")
        r = contoh.buka_contoh_reversal(pusat, 9).perkara
        assert r.pemohon.kabupaten != pusat.kabupaten
        assert [k for lk in cari_langkah(type(r), "batalkan") for k in lk.transisi.conditions] == [
            syarat.setoran_tanpa_porsi
        ]

    def test_sesudah_masuk_asrama_tertutup(self):
        assert keberatan(buat(masuk_asrama=timezone.localdate())) == [syarat.belum_masuk_asrama.kalimat]

    @pytest.mark.parametrize("status", [Porsi.Status.BATAL, Porsi.Status.BERANGKAT])
    def test_porsi_yang_tidak_aktif(self, status):
        p = buat()
        p.porsi.status = status
        assert syarat.porsi_aktif.kalimat in keberatan(p)

    def test_meninggal_sebelum_29_april_2019_tetap_boleh(self):
        """That date is a rule of pelimpahan (245/2021); here only registration and application bound it."""
        p = buat(Sebab.MENINGGAL, tanggal_meninggal=datetime.date(2019, 4, 1))
        p.porsi.terbit = datetime.date(2012, 5, 6)
        assert keberatan(p) == []

    @pytest.mark.parametrize("geser", [1, -2000])
    def test_meninggal_di_luar_masa_pendaftaran(self, geser):
        p = buat(Sebab.MENINGGAL)
        p.tanggal_meninggal = p.tanggal_permohonan + geser * HARI
        assert keberatan(p) == [syarat.kematian_masuk_akal.kalimat(p)]

    def test_setoran_yang_sudah_berporsi(self):
        p, lain = buat(Sebab.BELUM_DAFTAR), Porsi(pk=77)
        p.setoran.porsi = lain
        assert keberatan(p) == [syarat.belum_berporsi.kalimat]


class TestPengaju:
    def test_meninggal_diajukan_ahli_waris(self):
        p = buat(Sebab.MENINGGAL)
        for pengaju in (Pengaju.JEMAAH, Pengaju.KUASA, Pengaju.KANTOR):
            p.pengaju = pengaju
            assert "Pembatalan karena meninggal dunia diajukan ahli waris (Kepdirjen PHU 241/2021 A.6)." in keberatan(p)

    def test_meninggal_tanpa_tanggal(self):
        p = buat(Sebab.MENINGGAL)
        p.tanggal_meninggal = None
        assert keberatan(p) == [syarat.kematian_tercatat.kalimat, syarat.ahli_waris_sah.kalimat]

    @pytest.mark.parametrize("kosong", ["nama_pengaju", "nik_pengaju", "hubungan_pengaju", "alamat_pengaju"])
    def test_identitas_wakil_wajib(self, kosong):
        p = buat(Sebab.MENINGGAL)
        setattr(p, kosong, "")
        assert syarat.pengaju_lengkap.kalimat in keberatan(p)

    @pytest.mark.parametrize("nik", ["520301", "5203010101800O01", "52030101018000012"])
    def test_nik_wakil_enam_belas_angka(self, nik):
        p = buat(Sebab.MENINGGAL)
        p.nik_pengaju = nik
        assert keberatan(p) == [syarat.pengaju_lengkap.kalimat]

    @pytest.mark.parametrize("sebab", [Sebab.SENDIRI, Sebab.BELUM_DAFTAR])
    def test_penerima_kuasa_hanya_bila_berhalangan_tetap(self, sebab):
        wakil = contoh.ahli_waris(Kantor.objects.get(slug="lombok-timur"), 5) | {"pengaju": Pengaju.KUASA}
        p = buat(sebab, **wakil)
        assert keberatan(p) == [syarat.kuasa_sah.kalimat]
        p.berhalangan_tetap = True
        assert keberatan(p) == []

    def test_ahli_waris_tanpa_kematian(self):
        wakil = contoh.ahli_waris(Kantor.objects.get(slug="lombok-timur"), 5)
        assert keberatan(buat(Sebab.BELUM_DAFTAR, **wakil)) == [syarat.ahli_waris_sah.kalimat]

    def test_yang_meninggal_tidak_mengajukan_sendiri(self):
        assert keberatan(buat(Sebab.BELUM_DAFTAR, tanggal_meninggal=timezone.localdate() - 30 * HARI)) == [
            syarat.jemaah_hidup.kalimat
        ]

    @pytest.mark.parametrize(
        ("sebab", "pengaju", "kalimat"),
        [
            (Sebab.SENDIRI, Pengaju.KANTOR, "jemaah sendiri atau penerima kuasanya (Kepdirjen PHU 241/2021 A.7, B.2)."),
            (Sebab.BELUM_DAFTAR, Pengaju.KANTOR, "ahli waris, atau penerima kuasa (Kepdirjen PHU 241/2021 D.1)."),
            (Sebab.TIDAK_MEMENUHI, Pengaju.JEMAAH, "dimulai oleh kantor (Kepdirjen PHU 241/2021 D.3)."),
        ],
    )
    def test_kantor_hanya_untuk_yang_dimulainya(self, sebab, pengaju, kalimat):
        (alasan,) = keberatan(buat(sebab, pengaju=pengaju))
        assert alasan.endswith(kalimat)


class TestRekening:
    """B.1.d the heir's, B.2.d the pilgrim's, D.1.a.3 either."""

    @pytest.mark.parametrize(
        ("sebab", "milik", "boleh"),
        [
            (Sebab.SENDIRI, "jemaah", True), (Sebab.SENDIRI, "wakil", False), (Sebab.SENDIRI, "lain", False),
            (Sebab.MENINGGAL, "jemaah", False), (Sebab.MENINGGAL, "wakil", True), (Sebab.MENINGGAL, "lain", False),
            (Sebab.BELUM_DAFTAR, "jemaah", True), (Sebab.BELUM_DAFTAR, "lain", False),
            (Sebab.TIDAK_MEMENUHI, "jemaah", True), (Sebab.TIDAK_MEMENUHI, "lain", False),
        ],
    )  # fmt: skip
    def test_atas_nama(self, sebab, milik, boleh):
        p = buat(sebab)
        nama = {"jemaah": p.pemohon.nama, "wakil": p.nama_pengaju or "Ahli Waris 5", "lain": "Orang Lain"}[milik]
        p.rekening.atas_nama = f"  {nama.upper()} "
        assert (keberatan(p) == []) is boleh
        if not boleh:
            (kalimat,) = keberatan(p)
            assert kalimat.startswith("Rekening tujuan harus atas nama ") and "241/2021" in kalimat

    def test_rekening_milik_orang_lain(self):
        """An account that is kept for another pilgrim, whatever name stands on it."""
        p = buat()
        p.rekening.jemaah_id += 1
        assert keberatan(p) == [syarat.milik_jemaah.kalimat]


class TestAlasanSah:
    def test_tanpa_daftar_berkas_tidak_dapat_dibuka(self):
        with pytest.raises(IsianSalah) as galat:
            buat(Sebab.ALASAN_SAH)
        assert "belum menyusun daftar persyaratan" in galat.value.galat["sebab"][0]
        assert not Perkara.objects.exists() and not Kunci.objects.exists()

    def test_dengan_daftar_kantor(self, daftar_alasan_sah):
        p = buat(Sebab.ALASAN_SAH)
        assert [b.kode for b in p.butir.all()] == ["putusan"] and keberatan(p) == []
        p.alasan = "  "
        assert keberatan(p) == [syarat.alasan_tertulis.kalimat]


class TestBerkasBersyarat:
    """Asked for exactly when their condition holds."""

    @pytest.mark.parametrize(
        ("isian", "wajib"),
        [
            ({}, set()),
            ({"berhalangan_tetap": True}, {"surat-kuasa"}),
            ({"tanggal_meninggal": datetime.date(2026, 1, 5)}, {"akta-kematian", "keterangan-waris"}),
        ],
    )
    def test_nomor_validasi(self, isian, wajib):
        p = buat(Sebab.BELUM_DAFTAR, **isian)
        bersyarat = p.butir.filter(kode__in=["surat-kuasa", "akta-kematian", "keterangan-waris"])
        assert {b.kode for b in bersyarat if b.wajib} == wajib and len(bersyarat) == len(wajib)

    @pytest.mark.parametrize("berhalangan", [True, False])
    def test_surat_kuasa_hanya_bila_berhalangan(self, berhalangan):
        p = buat(Sebab.SENDIRI, berhalangan_tetap=berhalangan)
        assert p.butir.filter(kode="surat-kuasa", wajib=True).exists() is berhalangan
        p.butir.exclude(kode="surat-kuasa").update(verdict="ada")
        assert (not gagal(p, [syarat.berkas_lengkap])) is not berhalangan

    def test_meninggal_selalu_memerlukan_surat_kematian(self):
        p = buat(Sebab.MENINGGAL)
        assert {"akta-kematian", "keterangan-waris"} <= {b.kode for b in p.butir.all() if b.wajib}
        assert not p.butir.filter(kode="surat-kuasa").exists()

    def test_tutup_sampai_lengkap(self, pelaksana):
        p = buat(Sebab.SENDIRI, berhalangan_tetap=True)
        verdict = {b.kode: ("ada", "") for b in p.butir.all()} | {"surat-kuasa": ("tidak", "Belum dibuat.")}
        p = pelaksana.lakukan(p, "periksa_berkas", {"verdict": verdict, "unggahan": {}}).perkara
        with pytest.raises(Tertutup, match="Surat kuasa"):
            pelaksana.lakukan(segar(p), "nyatakan_lengkap")


class TestSatuPerkaraTerbuka:
    def test_dua_pembatalan_porsi_yang_sama(self):
        p = buat()
        for kantor in (p.kantor, Kantor.objects.get(slug="tanah-bumbu")):
            with pytest.raises(SudahAda, match="setoran, atau porsi yang sama"):
                _buka_lagi(p, kantor)
        assert Perkara.objects.count() == 1

    def test_setoran_lain_porsi_sama(self):
        """Two deposits of one porsi: the porsi's own lock keeps the second case out."""
        p = segar(contoh.buka_contoh(Kantor.objects.get(slug="lombok-timur"), 4, sebab=Sebab.SENDIRI).perkara)
        lain = p.porsi.setoran.exclude(pk=p.setoran_id).get()
        with pytest.raises(SudahAda):
            _buka_lagi(p, p.kantor, setoran=lain)

    def test_pendaftaran_yang_masih_terbuka(self):
        p = buat(Sebab.BELUM_DAFTAR)
        isi = {
            "pemohon": p.pemohon, "setoran": p.setoran, "rekening": p.rekening, "hadir_sendiri": True,
            "tanggal_daftar": timezone.localdate(),
        }  # fmt: skip
        with pytest.raises(SudahAda):
            buka(Pendaftaran, kantor=p.kantor, oleh=pembuka(Pendaftaran(kantor=p.kantor)), isian=isi)
        assert Perkara.objects.count() == 1

    def test_reversal_atas_setoran_yang_sedang_dibatalkan(self):
        p = buat(Sebab.BELUM_DAFTAR)
        reversal = contoh.buka_contoh_reversal(Kantor.objects.get(jenis="pusat"), 9).perkara
        with pytest.raises(SudahAda):
            _buka_lagi(p, p.kantor, setoran=reversal.setoran)

    @pytest.mark.parametrize("akhir", ["cabut", "tolak"])
    def test_kunci_lepas_dan_porsi_utuh_sesudah_berakhir(self, pelaksana, akhir):
        p = buat()
        pelaksana.lakukan(p, akhir, contoh.isian(p, akhir))
        p = segar(p)
        assert (p.porsi.status, p.setoran.dibatalkan) == ("aktif", None)
        assert [e.jenis for e in p.porsi.peristiwa.all()] == ["terbit"]
        assert not Kunci.objects.exists() and p.ditutup
        assert _buka_lagi(p, p.kantor).perkara.nomor != p.nomor


def _buka_lagi(p, kantor, **ganti):
    nama = ("sebab", "pemohon", "porsi", "setoran", "rekening", "pengaju", "tanggal_permohonan")
    isi = {n: getattr(p, n) for n in nama} | ganti
    return buka(Pembatalan, kantor=kantor, oleh=pembuka(Pembatalan(kantor=kantor, sebab=p.sebab)), isian=isi)
