"""The Kanwil's side and the ends beside the plain way: returns, no-shows, another province, refusal, withdrawal."""

import pytest

from haji_portal.akun.models import Kantor
from haji_portal.alur.deklarasi import cari_langkah
from haji_portal.alur.galat import LangkahGagal, TidakBerhak
from haji_portal.alur.jalankan import jalankan
from haji_portal.alur.models import Giliran, Kunci
from haji_portal.alur.posisi import langkah_berikut, peran_langkah
from haji_portal.ptsp.keadaan import keadaan
from pelimpahan import contoh
from pelimpahan.models import Pelimpahan
from pelimpahan.tahap import DI_KANTOR, DI_PENYELENGGARA, TETAP, Status
from tests.batal import pindah

from .jalan import buka, lakukan, luar_provinsi, petugas, sampai, segar, terbuka

pytestmark = pytest.mark.django_db


def giliran(p):
    return {(g.peran, g.kantor.jenis) for g in Giliran.objects.filter(perkara=p.pk, pihak="kantor")}


def jam_jalan(p):
    return next(t for t in p.tenggat.filter(selesai__isnull=True) if t.jenis == "status")


def test_kanwil_mengembalikan_dengan_alasan_per_butir(pelaksana):
    p = sampai(pelaksana, buka(), "di_kanwil")
    kurang = {"surat-kuasa": "Tanpa tanda tangan kepala desa.", "ktp-penerima": "Buram."}
    p = lakukan(pelaksana, p, "kembalikan_kantor", alasan="Dua berkas kurang.", kekurangan=kurang)
    assert (p.tahap, p.putaran) == ("direkam", 2)
    assert dict(p.butir.filter(verdict="kurang").values_list("kode", "alasan")) == kurang
    with pytest.raises(LangkahGagal, match="Berkas belum lengkap"):
        lakukan(pelaksana, p, "kirim_kanwil")
    p = lakukan(pelaksana, lakukan(pelaksana, p, "periksa_berkas"), "kirim_kanwil")
    assert p.tahap == "di_kanwil" and p.lampiran.filter(jenis="arsip").count() == 2


def test_kanwil_menyebut_butir_yang_tidak_ada(pelaksana):
    p = sampai(pelaksana, buka(), "di_kanwil")
    with pytest.raises(LangkahGagal):
        lakukan(pelaksana, p, "kembalikan_kantor", kekurangan={"bukan-berkas": "x"})
    assert segar(p).tahap == "di_kanwil"


def test_yang_kurang_pada_keluarga_dikembalikan_kepadanya(pelaksana):
    """From the Kanwil to the office, from there to the recipient, and the whole way again."""
    p = lakukan(pelaksana, sampai(pelaksana, buka(), "di_kanwil"), "kembalikan_kantor")
    p = lakukan(pelaksana, p, "periksa_lagi")
    p = lakukan(pelaksana, p, "kembalikan")
    assert p.tahap == "dikembalikan" and p.info_tahap.pihak == "pemohon"
    assert sampai(pelaksana, lakukan(pelaksana, p, "lengkapi"), "di_kanwil").ditutup is None


def test_tidak_hadir_mendapat_jadwal_baru(pelaksana):
    p = lakukan(pelaksana, terbuka(buka()), "tidak_hadir")
    lama = p.janji.get()
    assert (p.tahap, lama.keadaan, p.janji_kini) == ("jadwal_ulang", "tidak_hadir", None)
    p = lakukan(pelaksana, p, "jadwalkan_ulang")
    assert p.tahap == "menunggu_wawancara" and p.janji_kini.slot != lama.slot, "a missed slot is over, not free"
    p = lakukan(pelaksana, p, "catat_hadir")
    assert p.janji_kini.keadaan == "hadir" and langkah_berikut(p).nama == "luluskan"


@pytest.mark.parametrize("langkah", ["catat_hadir", "tidak_hadir"])
def test_hadir_dan_tidak_hadir_dicatat_pada_harinya(pelaksana, langkah):
    """The family is told of a no-show at once: nobody can have missed a day that is still to come."""
    isi = {"alasan": "Penerima tidak datang."} if langkah == "tidak_hadir" else {}
    with pytest.raises(LangkahGagal, match="Belum harinya"):
        pelaksana.lakukan(terbuka(buka()), langkah, isi)


def test_keluarga_membaca_nama_kantornya_saja(pelaksana):
    """Two roles of the centre may open the block; to the family it is one office, named once."""
    p = sampai(pelaksana, buka(), "dijadwalkan")
    assert keadaan(p).dengan == Kantor.objects.get(slug="pusat").nama


def test_tidak_hadir_hanya_sebelum_dinyatakan_lulus(pelaksana):
    p = sampai(pelaksana, terbuka(buka()), "lulus")
    with pytest.raises(LangkahGagal):
        lakukan(pelaksana, p, "tidak_hadir")


@pytest.mark.parametrize("tahap", ["dijadwalkan", "menunggu_wawancara"])
def test_jadwal_dipindah_slot_lama_langsung_kosong(pelaksana, tahap):
    p = terbuka(buka(), tahap)
    lama = p.janji_kini
    p = lakukan(pelaksana, p, "pindah_jadwal")
    assert p.tahap == tahap and p.janji.get(pk=lama.pk).keadaan == "dipindah"
    assert p.janji_kini.slot != lama.slot and contoh.slot_contoh(p) == lama.slot


def test_dipindah_sesudah_hadir_harus_hadir_lagi(pelaksana):
    p = lakukan(pelaksana, lakukan(pelaksana, terbuka(buka()), "catat_hadir"), "pindah_jadwal")
    assert langkah_berikut(p).nama == "catat_hadir" and p.janji_kini.keadaan == "terjadwal"


def test_provinsi_lain_diserahkan_ke_ditjen(pelaksana):
    """245/2021 E.2: from here on the centre acts, has the turn, and the time is charged to it."""
    p = luar_provinsi(sampai(pelaksana, buka(), "disetujui"))
    assert giliran(p) == {("kanwil", "kanwil")} and jam_jalan(p).pihak == "kanwil"
    p = lakukan(pelaksana, p, "serahkan_pusat")
    assert p.di_pusat and giliran(p) == {("direktorat", "pusat")}
    assert p.info_tahap.pihak == "pusat" and "Direktorat Jenderal" in p.info_tahap.menunggu
    assert (jam_jalan(p).pihak, jam_jalan(p).kantor.jenis) == ("pusat", "pusat")
    slot = contoh.slot_contoh(p).pk
    with pytest.raises(TidakBerhak):
        jalankan(p, "jadwalkan", oleh=petugas("kanwil.sulteng"), versi=p.versi, data={"slot": slot})
    p = sampai(pelaksana, p, "selesai")
    assert p.porsi.jemaah == p.pemohon and p.surat.get(jenis="sph_limpah").status == "ditandatangani"
    pelaku = dict(p.riwayat.filter(langkah__in=["luluskan", "terbitkan_sph"]).values_list("langkah", "peran"))
    assert pelaku == {"luluskan": "direktorat", "terbitkan_sph": "direktur"}


def test_provinsi_yang_sama_tidak_diserahkan(pelaksana):
    p = sampai(pelaksana, buka(), "disetujui")
    with pytest.raises(LangkahGagal, match=r"245/2021 E\.2"):
        lakukan(pelaksana, p, "serahkan_pusat")


def test_diserahkan_sekali(pelaksana):
    p = lakukan(pelaksana, luar_provinsi(sampai(pelaksana, buka(), "disetujui")), "serahkan_pusat")
    with pytest.raises(LangkahGagal):
        lakukan(pelaksana, p, "serahkan_pusat")


@pytest.mark.parametrize("di_pusat", [False, True])
@pytest.mark.parametrize("tahap", DI_PENYELENGGARA)
def test_pihak_dan_peran_mengikuti_penyelenggara(tahap, di_pusat, acuan):
    p = buka()
    p.penyelenggara = "pusat" if di_pusat else "kanwil"
    assert p.arti(tahap).pihak == p.penyelenggara
    langkah = next(s for s in cari_langkah(Pelimpahan, langkah_utama(tahap)) if s.sumber == tahap)
    assert peran_langkah(p, langkah) <= ({"direktorat", "direktur"} if di_pusat else {"kanwil"})


def langkah_utama(tahap):
    return {
        "disetujui": "jadwalkan", "menunggu_wawancara": "luluskan", "jadwal_ulang": "jadwalkan_ulang",
        "lulus": "terbitkan_sph", "sph_terbit": "serahkan_sph",
    }[tahap]  # fmt: skip


@pytest.mark.parametrize("tahap", ["menunggu_wawancara", "jadwal_ulang", "lulus"])
def test_dihentikan_sesudah_blokir_terbuka_menutupnya_kembali(pelaksana, tahap):
    p = terbuka(buka())
    p = lakukan(pelaksana, p, "tidak_hadir") if tahap == "jadwal_ulang" else sampai(pelaksana, p, tahap)
    p = lakukan(pelaksana, p, "hentikan")
    assert p.tahap == "menutup_blokir" and p.ditutup is None and p.janji_kini is None
    assert {peran for peran, _ in giliran(p)} <= {"ditjen", "direktorat"} and p.info_tahap.pihak == "pusat"
    p = lakukan(pelaksana, p, "tutup_blokir")
    assert (p.tahap, p.blokir_dibuka_pada) == ("tidak_dilanjutkan", None) and p.ditutup
    assert p.porsi.jemaah == p.jemaah_asal and not Kunci.objects.filter(perkara=p.pk).exists()


def test_tidak_lulus_menyebut_aturannya_dan_menutup_blokir(pelaksana):
    p = lakukan(pelaksana, terbuka(buka()), "nyatakan_tidak_lulus")
    assert p.tahap == "menutup_blokir" and "245/2021 C.7" in p.alasan_akhir
    assert lakukan(pelaksana, p, "tutup_blokir").tahap == "tidak_dilanjutkan"


def test_keluarga_membaca_bahwa_porsi_tetap_milik_jemaah_asal(pelaksana):
    p = lakukan(pelaksana, terbuka(buka()), "nyatakan_tidak_lulus")
    for _ in range(2):
        baca = keadaan(p)
        assert baca.tahap == "Tidak dilanjutkan" == baca.garis[-1].nama and TETAP in baca.kalimat
        assert "Direktorat di Direktorat" not in " ".join(baca.kalimat)
        p = p if p.ditutup else lakukan(pelaksana, p, "tutup_blokir")


@pytest.mark.parametrize("tahap", [*DI_KANTOR, Status.DI_KANWIL, Status.DISETUJUI, Status.DIJADWALKAN])
def test_dicabut_selama_blokir_tertutup(pelaksana, tahap):
    p = lakukan(pelaksana, pindah(buka(), tahap), "cabut")
    assert p.tahap == "dicabut" and p.porsi.jemaah == p.jemaah_asal and p.porsi.status == "aktif"
    assert not Kunci.objects.filter(perkara=p.pk).exists()


def test_dicabut_melepas_slot(pelaksana):
    p = sampai(pelaksana, buka(), "dijadwalkan")
    slot = p.janji_kini.slot
    p = lakukan(pelaksana, p, "cabut")
    assert p.janji.get().keadaan == "batal" and contoh.slot_contoh(p) == slot


@pytest.mark.parametrize("nama", ["tolak", "cabut"])
def test_kembali_dari_wawancara_tidak_berakhir_dengan_blokir_terbuka(pelaksana, nama):
    """The Kanwil sent it back from the interview: the office ends it only by the step that has the block closed."""
    p = lakukan(pelaksana, terbuka(buka()), "kembalikan_asli")
    assert p.tahap == "direkam" and p.blokir_dibuka_pada and p.janji_kini is None
    with pytest.raises(LangkahGagal, match="Blokir nomor porsi sedang terbuka"):
        lakukan(pelaksana, p, nama)
    p = lakukan(pelaksana, p, "hentikan_kantor")
    assert lakukan(pelaksana, p, "tutup_blokir").tahap == "tidak_dilanjutkan"


@pytest.mark.parametrize("siapa", ["kepala", "kasi"])
def test_kepala_menentukan_penanda_tangan(pelaksana, siapa):
    p = lakukan(
        pelaksana,
        lakukan(pelaksana, buka(slug="tanah-bumbu"), "ajukan_disposisi"),
        "disposisikan",
        penanda_tangan=siapa,
    )
    p = pindah(p, "menunggu_ttd")
    langkah = next(s for s in cari_langkah(Pelimpahan, "tandatangani") if s.sumber == "menunggu_ttd")
    assert peran_langkah(p, langkah) == {siapa} and {peran for peran, _ in giliran(p)} == {siapa}
    with pytest.raises(TidakBerhak):
        lain = {"kepala": "kasi", "kasi": "kepala"}[siapa]
        jalankan(p, "tandatangani", oleh=petugas(f"{lain}.tanah-bumbu"), versi=p.versi, data={"surat": []})


def test_baris_tujuh_tanah_bumbu_bukan_batas_kanwil(pelaksana, jam):
    """ "Menunggu jadwal foto biometrik dari Kanwil", 5 minutes: nobody is late because the Kanwil takes longer."""
    p = pindah(buka(slug="tanah-bumbu"), "di_kanwil")
    baris = p.sop.langkah.get(no="7")
    assert (baris.menunggu, baris.menit) == ("Kanwil", 5)
    tenggat = jam_jalan(p)
    assert (tenggat.pihak, tenggat.menit, tenggat.batas) == ("kanwil", None, None)
    jam.maju(24 * 60)
    assert not p.tenggat.filter(peringatan__gt=0).exists()
