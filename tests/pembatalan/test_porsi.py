"""The porsi becomes batal when the Direktorat enters it (241/2021 C.1.f), once, and in no other way."""

import pytest

from haji_portal.alur.galat import SalahTahap, Tertutup
from haji_portal.alur.posisi import sudah_dilakukan
from haji_portal.jemaah.models import PeristiwaPorsi, Setoran
from haji_portal.surat.models import NomorSurat, Surat
from pembatalan.tahap import Sebab

from .jalan import buka, lakukan, maju, sampai, segar

pytestmark = pytest.mark.django_db
SEBELUM = ["diperiksa", "direkam", "divalidasi", "di_pusat"]


def keadaan(p):
    """Of the porsi (None without one), its events of this kind, and how many of its deposits are void."""
    batal = PeristiwaPorsi.objects.filter(jenis="batal")
    setoran = Setoran.objects.filter(porsi=p.porsi) if p.porsi else Setoran.objects.filter(pk=p.setoran_id)
    return segar(p).porsi and segar(p).porsi.status, batal.count(), setoran.exclude(dibatalkan=None).count()


@pytest.mark.parametrize(
    ("sebab", "urut", "sebelum", "sesudah"),
    [
        (Sebab.SENDIRI, 4, ("aktif", 0, 0), ("batal", 1, 2)),
        (Sebab.BELUM_DAFTAR, 5, (None, 0, 0), (None, 0, 1)),
    ],
)
def test_seumur_perkara(pelaksana, sebab, urut, sebelum, sesudah):
    p, dilalui = buka(urut, sebab=sebab), []
    while not p.ditutup:
        dilalui.append(p.tahap)
        assert keadaan(p) == (sebelum if p.tahap in SEBELUM else sesudah), p.tahap
        p = maju(pelaksana, p)
    assert keadaan(p) == sesudah and p.tahap == "selesai"
    assert [s for s in dict.fromkeys(dilalui) if s in SEBELUM] == SEBELUM
    batal = p.riwayat.get(langkah="input_pembatalan").waktu
    assert {p.dibatalkan_pada, *Setoran.objects.filter(jemaah=p.pemohon).values_list("dibatalkan", flat=True)} == {
        batal
    }
    for peristiwa in PeristiwaPorsi.objects.filter(jenis="batal"):
        assert (peristiwa.porsi, peristiwa.rujukan, peristiwa.waktu) == (p.porsi, p.nomor, batal)


def test_dikembalikan_pusat_lalu_diinput_sekali(pelaksana):
    p = sampai(pelaksana, buka(4, sebab=Sebab.SENDIRI), "di_pusat")
    p = lakukan(pelaksana, p, "kembalikan_kantor")
    assert (p.tahap, p.putaran, keadaan(p)) == ("direkam", 2, ("aktif", 0, 0))
    p = sampai(pelaksana, p, "dibatalkan")
    assert keadaan(p) == ("batal", 1, 2)
    with pytest.raises(SalahTahap):
        lakukan(pelaksana, p, "input_pembatalan")


def test_tidak_dapat_dicabut_atau_ditolak_sesudah_sampai_di_pusat(pelaksana):
    """Until the centre has the file the family may change its mind; from then on only the centre decides."""
    p = sampai(pelaksana, buka(), "di_pusat")
    for tahap in ("di_pusat", "dibatalkan", "dijurnal"):
        p = sampai(pelaksana, p, tahap)
        for nama in ("cabut", "tolak"):
            with pytest.raises(SalahTahap):
                lakukan(pelaksana, p, nama)


@pytest.mark.parametrize("cara", ["masuk_asrama", "porsi"])
def test_aturan_diperiksa_lagi_di_pusat(pelaksana, cara):
    """What changed on the way is found before the porsi is cancelled."""
    p = sampai(pelaksana, buka(), "di_pusat")
    if cara == "porsi":
        p.porsi.status = "dilimpahkan"
        p.porsi.save()
    else:
        type(p).objects.filter(pk=p.pk).update(masuk_asrama="2026-05-01")
    with pytest.raises(Tertutup, match="tidak aktif" if cara == "porsi" else "asrama"):
        lakukan(pelaksana, p, "input_pembatalan")
    assert set(PeristiwaPorsi.objects.values_list("jenis", flat=True)) == {"terbit"}


@pytest.mark.parametrize(("tahap", "akhir"), [("divalidasi", "cabut"), ("direkam", "tolak"), ("menunggu_ttd", "cabut")])
def test_surat_berakhir_bersama_perkara(pelaksana, tahap, akhir):
    """Signed recommendations say what will not happen now: withdrawn, their numbers void, the porsi untouched."""
    p = sampai(pelaksana, buka(slug="lombok-timur"), tahap)
    ada = Surat.objects.filter(perkara=p.pk).count()
    assert ada == (0 if tahap == "menunggu_ttd" else 2)
    p = lakukan(pelaksana, p, akhir)
    assert list(p.surat.exclude(status="dicabut")) == [] and keadaan(p)[:2] == ("aktif", 0)
    assert NomorSurat.objects.filter(surat__perkara=p.pk).exclude(status="batal").count() == 0
    assert {s.alasan for s in p.surat.all()} <= {p.alasan_akhir}


def test_surat_kepala_menjadi_berkasnya_sendiri(pelaksana):
    """D.3 asks for one paper, the head's letter: signed here, it is on the checklist."""
    p = buka(slug="lombok-timur", sebab=Sebab.TIDAK_MEMENUHI)
    assert [(b.kode, b.verdict) for b in p.butir.all()] == [("surat-permohonan-kepala", "belum")]
    p = sampai(pelaksana, p, "direkam")
    assert [(b.verdict, b.diperiksa_oleh.username) for b in p.butir.all()] == [("ada", "kepala.lombok-timur")]


def test_kesalahan_dari_pusat_diperbaiki_sampai_ke_suratnya(pelaksana):
    """The centre cannot read the bank book: the office checks anew, corrects the account, and signs new letters."""
    p = sampai(pelaksana, buka(slug="lombok-timur", sebab=Sebab.SENDIRI), "di_pusat")
    p = lakukan(pelaksana, p, "kembalikan_kantor")
    lama = set(p.surat.filter(status="ditandatangani").values_list("pk", flat=True))
    p = lakukan(pelaksana, p, "periksa_lagi")
    assert p.tahap == "diperiksa" and "periksa_berkas" not in sudah_dilakukan(p)
    with pytest.raises(Tertutup, match="Belum dilakukan"):
        lakukan(pelaksana, p, "nyatakan_lengkap")
    p = lakukan(pelaksana, p, "perbaiki_rekening", nomor="7299999999", atas_nama="Orang Lain")
    p = lakukan(pelaksana, p, "periksa_berkas")
    with pytest.raises(Tertutup, match="Rekening tujuan harus atas nama jemaah"):
        lakukan(pelaksana, p, "nyatakan_lengkap")
    p = lakukan(pelaksana, p, "perbaiki_rekening", nomor="7299999999", atas_nama=p.pemohon.nama.upper())
    p = sampai(pelaksana, p, "di_pusat")
    status = dict(p.surat.values_list("pk", "status"))
    assert {status[pk] for pk in lama} == {"diganti"} and list(status.values()).count("ditandatangani") == 2
    p = sampai(pelaksana, p, "diajukan")
    assert p.anak.get(jenis="pengembalian").rinci().rekening.nomor == "7299999999"
