"""Every branch of a reactivation from the answer of BPKH to the written answer, in both offices."""

import pytest

from haji_portal.alur.galat import IsianSalah, SalahTahap, Tertutup
from haji_portal.alur.jalankan import jalankan
from haji_portal.alur.pelaku import Sistem
from haji_portal.dana.buku import saldo_porsi
from haji_portal.dana.models import Akun, KonfirmasiSaldo, RekeningBpkh
from haji_portal.dana.periksa import periksa_buku
from haji_portal.jemaah.models import PeristiwaPorsi, Porsi
from haji_portal.meja.tabel_sop import tabel_perkara
from pengaktifan.tahap import Sebab

from .jalan import KS, LT, batal, buka, kerjakan_efek, lakukan, langkahi, sampai

pytestmark = pytest.mark.django_db
KEMBALI = ("kirim_bukti", "teruskan_bukti", "tanya_setoran", "setoran_pasti", "aktifkan_lanjutan")


def keadaan(p):
    """number of the row -> how the table shows it."""
    tabel = tabel_perkara(p, list(p.riwayat.order_by("urut")))
    return {b["no"]: b["keadaan"] for b in tabel["baris"]}


def porsi(p):
    return Porsi.objects.get(pk=p.porsi_id)


def test_lombok_timur_saldo_masih_ada(pelaksana):
    p = sampai(pelaksana, buka(), "selesai")
    assert porsi(p).status == "aktif" and not porsi(p).setoran.filter(dibatalkan__isnull=False).exists()
    assert [x.jenis for x in PeristiwaPorsi.objects.filter(porsi=p.porsi)][-2:] == ["batal", "aktif-kembali"]
    rows = keadaan(p)
    assert [rows[no] for no in ("5", "6", "7", "8", "9", "10")] == [
        "selesai", "selesai", "tidak_perlu", "tidak_perlu", "tidak_perlu", "selesai",
    ]  # fmt: skip


def test_lombok_timur_sudah_dibayar(pelaksana):
    """Row 6 is printed before 7-9 and done after them."""
    p = langkahi(pelaksana, sampai(pelaksana, buka(2), "menunggu_saldo"), "saldo_keluar", "sampaikan_hasil")
    assert p.tahap == "minta_setoran" and p.giliran.get(pihak="kantor").peran == "kasi"
    p = lakukan(pelaksana, p, "minta_setoran")
    assert p.jumlah_kembali == sum(int(s.jumlah) for s in p.porsi.setoran.all())
    assert p.rekening_kembali == str(RekeningBpkh.kini())
    p = langkahi(pelaksana, p, "kirim_bukti", "teruskan_bukti", "tanya_setoran")
    rows = keadaan(p)
    assert (rows["6"], rows["7"], rows["8"], rows["9"]) == ("akan", "selesai", "selesai", "sekarang")
    p = langkahi(pelaksana, p, "setoran_pasti", "aktifkan_lanjutan", "jawab")
    assert p.tahap == "selesai" and porsi(p).status == "aktif"
    assert set(keadaan(p).values()) == {"selesai"}


@pytest.mark.parametrize("sebab", [Sebab.SALAH_ENTRI, Sebab.SEPIHAK, Sebab.PUTUSAN])
def test_kepulauan_seribu_sudah_dibayar(pelaksana, sebab):
    p = sampai(pelaksana, buka(3, KS, varian=sebab), "menunggu_saldo")
    p = langkahi(pelaksana, p, "saldo_keluar", "minta_setoran_pusat", *KEMBALI, "jawab")
    assert p.tahap == "selesai" and porsi(p).status == "aktif"
    assert keadaan(p)["7"] == "tidak_perlu" and keadaan(p)["11"] == "selesai"


def test_kepulauan_seribu_laporan_jemaah_menggantikan_laporan_kepala(pelaksana):
    p = sampai(pelaksana, buka(4, KS, varian=Sebab.SEPIHAK), "disusun")
    with pytest.raises(Tertutup, match="belum diunggah"):
        lakukan(pelaksana, p, "teruskan_laporan_jemaah")
    p = langkahi(pelaksana, p, "catat_laporan_jemaah", "teruskan_laporan_jemaah")
    assert p.tahap == "di_pusat" and not p.surat.filter(status="ditandatangani").exists()
    assert keadaan(p)["5"] == "selesai"


def test_salah_entri_hanya_dilaporkan_kepala(pelaksana):
    p = sampai(pelaksana, buka(5, KS, varian=Sebab.SALAH_ENTRI), "disusun")
    with pytest.raises(SalahTahap):
        lakukan(pelaksana, p, "catat_laporan_jemaah")


def test_kesalahan_sistem_hanya_mengenal_cabang_pertama(pelaksana):
    """Lombok Timur's one table knows the rows of repayment, the cause does not."""
    p = sampai(pelaksana, buka(6, sebab=Sebab.KESALAHAN_SISTEM), "menunggu_saldo")
    p = lakukan(pelaksana, p, "saldo_keluar")
    with pytest.raises(Tertutup, match="Ditjen yang memutuskan"):
        lakukan(pelaksana, p, "sampaikan_hasil")
    assert p.giliran.filter(langkah="ajukan_keputusan").exists()
    p = lakukan(pelaksana, p, "ajukan_keputusan")
    assert {g.peran for g in p.giliran.filter(pihak="kantor")} == {"ditjen"}
    ulang = lakukan(pelaksana, p, "putuskan_periksa")
    assert ulang.tahap == "di_pusat"
    ulang = langkahi(pelaksana, ulang, "tanya_saldo", "saldo_keluar", "ajukan_keputusan", "putuskan_tolak")
    selesai = lakukan(pelaksana, ulang, "jawab_tolak")
    assert selesai.tahap == "ditolak" and porsi(selesai).status == "batal"
    assert selesai.surat.get(jenis="penolakan_pengaktifan").status == "ditandatangani"


def test_setoran_belum_ditemukan_lalu_bukti_lain(pelaksana):
    p = sampai(pelaksana, buka(7), "menunggu_saldo")
    p = langkahi(pelaksana, p, "saldo_keluar", "sampaikan_hasil", "minta_setoran", *KEMBALI[:3])
    p = lakukan(pelaksana, p, "setoran_belum_ada")
    assert p.tahap == "bukti_di_pusat"
    p = lakukan(pelaksana, p, "kembalikan_bukti")
    assert p.tahap == "menunggu_setoran" and p.butir_bukti().verdict == "kurang"
    p = langkahi(pelaksana, p, *KEMBALI)
    assert p.tahap == "menunggu_jawaban"
    assert p.anak.filter(jenis="konfirmasi-saldo").count() == 3


def test_uang_kembali_tercatat_dalam_buku(pelaksana):
    """The whole life: deposited, cancelled, paid out, paid back, active; the yield stays with the pilgrim."""
    induk = batal(pelaksana, 8, sampai_tahap="selesai")
    jumlah = sum(int(s.jumlah) for s in induk.porsi.setoran.all())
    assert saldo_porsi(induk.porsi)[Akun.PENERIMA]["setoran"] == jumlah
    p = sampai(pelaksana, buka(8, KS, batal=induk), "menunggu_saldo")
    p = langkahi(pelaksana, p, "saldo_keluar", "minta_setoran_pusat", *KEMBALI)
    saldo = saldo_porsi(p.porsi)
    assert (saldo[Akun.BPKH]["setoran"], saldo[Akun.PENERIMA]["setoran"]) == (jumlah, 0)
    assert saldo[Akun.PENERIMA]["nilai_manfaat"] > 0
    assert periksa_buku(catat=False) == []


def test_jawaban_kurang_dari_setoran_bukan_ada(pelaksana):
    p = sampai(pelaksana, buka(9), "menunggu_saldo")
    k = KonfirmasiSaldo.objects.get(induk=p.pk)
    data = {"jumlah": k.jumlah - 1, "per_tanggal": p.tanggal_permohonan}
    with pytest.raises(IsianSalah):
        jalankan(k, "nyatakan_ada", oleh=Sistem("uji"), versi=None, data=data)
    jalankan(k, "nyatakan_tidak_ada", oleh=Sistem("uji"), versi=None, data=data)
    kerjakan_efek()
    p.refresh_from_db()
    assert p.tahap == "saldo_keluar"


def test_porsi_yang_dilimpahkan_sementara_itu_ditolak(pelaksana):
    p = sampai(pelaksana, buka(10), "saldo_ada")
    PeristiwaPorsi.objects.create(porsi=p.porsi, jenis="dilimpahkan", waktu=p.dibuka)
    with pytest.raises(Tertutup, match="dilimpahkan"):
        lakukan(pelaksana, p, "aktifkan")
    assert porsi(p).status == "batal"


@pytest.mark.parametrize("slug", [LT, KS])
def test_satu_surat_diperlihatkan_sekali(pelaksana, masuk, slug):
    """Two tables sign the report in different steps of one status; the Kepala reads one letter."""
    p = buka(slug=slug)
    if slug == LT:
        p = sampai(pelaksana, p, "diverifikasi")
        kerjakan_efek()
        paraf = masuk("kasi.lombok-timur").get("/persetujuan/").context["surat"]
        assert [s["judul"] for s in paraf] == ["Laporan Pengaktifan Nomor Porsi"], "nobody initials what is not shown"
    sampai(pelaksana, p, "menunggu_ttd")
    surat = masuk(f"kepala.{slug}").get("/persetujuan/").context["surat"]
    assert [s["judul"] for s in surat] == ["Laporan Pengaktifan Nomor Porsi"]


def test_yang_berikutnya_bukan_dari_cabang_yang_tidak_ditempuh(pelaksana):
    """Kepulauan Seribu prints both money branches one after the other, Lombok Timur the repayment after the end."""
    for urut, slug, jawaban, no in ((1, LT, "saldo_ada", "10"), (3, KS, "saldo_keluar", "8")):
        p = langkahi(pelaksana, sampai(pelaksana, buka(urut, slug), "menunggu_saldo"), jawaban)
        assert [n for n, satu in keadaan(p).items() if satu == "berikut"] == [no], (slug, jawaban)


def test_surat_yang_tidak_jadi_tidak_tinggal_sebagai_draf(pelaksana):
    """The pilgrim's own report takes the head's place; a refusal that the Direktur returns is not signed any more."""
    p = sampai(pelaksana, buka(1, KS, sebab=Sebab.PUTUSAN), "disusun")
    p = lakukan(pelaksana, p, "catat_laporan_jemaah")
    kerjakan_efek()
    assert p.surat.get().status == "draf"
    p = lakukan(pelaksana, p, "teruskan_laporan_jemaah")
    assert p.surat.get().status == "batal"
    p = lakukan(pelaksana, p, "usulkan_tolak", alasan="Bukan kekeliruan kantor.")
    kerjakan_efek()
    p = lakukan(pelaksana, p, "kembalikan_penolakan")
    assert [s.status for s in p.surat.filter(jenis="penolakan_pengaktifan")] == ["batal"] and p.alasan_akhir == ""


def test_keputusan_dan_penolakan_tercatat_pada_tabelnya(pelaksana, masuk):
    """Money gone after a system error: the turn says that there is a choice, the refusal waits on the approvals page
    like every letter, and the closed table shows what was done: BPKH was asked and the reporter got an answer."""
    p = langkahi(pelaksana, sampai(pelaksana, buka(slug=KS, sebab=Sebab.KESALAHAN_SISTEM), "menunggu_saldo"),
                 "saldo_keluar", "ajukan_keputusan")  # fmt: skip
    assert {g.kegiatan for g in p.giliran.filter(peran="ditjen")} == {"Ambil keputusan atas saldo yang sudah keluar"}
    p = lakukan(pelaksana, p, "putuskan_tolak")
    kerjakan_efek()
    layar = masuk("direktur").get("/persetujuan/").context
    assert [b["nomor"] for b in layar["baris"]] == [p.nomor] and layar["sekaligus"]
    assert [s["judul"] for s in layar["surat"]] == ["Surat Jawaban Pengaktifan"]
    p = lakukan(pelaksana, p, "jawab_tolak")
    assert p.surat.filter(jenis="penolakan_pengaktifan").get().status == "ditandatangani"
    assert [keadaan(p)[no] for no in ("6", "7", "8")] == ["selesai", "tidak_perlu", "selesai"]
