"""What the desk is shown as the next thing to do, and how long a return is spoken of."""

from __future__ import annotations

import pytest

from haji_portal.akun.models import Kantor
from haji_portal.alur.efek import sapu
from haji_portal.meja.tabel_sop import tabel_perkara
from haji_portal.surat.models import Surat
from tests.kontrak.potret import segar
from tests.pembatalan.buatan import buat_batal
from tests.pembatalan.jalan import buka, lakukan, sampai

KATA = "Salinan tidak terbaca, mohon bawa aslinya."
pytestmark = pytest.mark.usefixtures("acuan")


@pytest.fixture
def kurang(pelaksana):
    """A case whose first document was found short; the asker's photo is taken."""
    p = buka(sebab="sendiri")
    verdict = {b.kode: ("ada", "") for b in p.butir.all()} | {"sph": ("kurang", KATA)}
    p = lakukan(pelaksana, p, "periksa_berkas", verdict=verdict)
    return lakukan(pelaksana, p, "ambil_foto")


def utama(client, p):
    konteks = client.get(p.get_absolute_url()).context
    return next((k["nama"] for k in konteks["langkah_terbuka"] if k["utama"]), ""), konteks["pengembalian"]


def test_yang_kurang_dikembalikan_lebih_dulu(kurang, masuk):
    assert {g.kegiatan for g in kurang.giliran.all()} == {"Kembalikan ke pemohon"}
    assert utama(masuk("jfu.palu"), kurang)[0] == "kembalikan"


def test_tanpa_kekurangan_jalan_terus(pelaksana, kurang, masuk):
    verdict = {b.kode: ("ada", "") for b in kurang.butir.all()}
    p = lakukan(pelaksana, kurang, "periksa_berkas", verdict=verdict)
    assert {g.kegiatan for g in p.giliran.all()} == {"Nyatakan lengkap, lanjut perekaman"}
    assert utama(masuk("jfu.palu"), p)[0] == "teruskan_perekaman"


def test_pengembalian_disebut_sampai_dilewati(pelaksana, kurang, masuk):
    """The reason stands above the file until it has gone on from where it was sent back, not to its end."""
    p = lakukan(pelaksana, kurang, "kembalikan", catatan="Bawa SPH asli.")
    p = lakukan(pelaksana, p, "lengkapi")
    client = masuk("jfu.palu")
    assert utama(client, p)[1]["isi"] == "Bawa SPH asli."
    p = sampai(pelaksana, p, "direkam")
    assert utama(client, p)[1] is None
    p = lakukan(pelaksana, sampai(pelaksana, p, "divalidasi"), "kembalikan_data", alasan="Nomor rekening salah.")
    p = sampai(pelaksana, p, "divalidasi")
    assert utama(masuk("kasi.palu"), p)[1]["isi"] == "Nomor rekening salah.", "who sent it back looks at it again"
    assert utama(masuk("kasi.palu"), sampai(pelaksana, segar(p), "di_pusat"))[1] is None


@pytest.mark.parametrize(("dikembalikan", "keadaan"), [(True, "akan"), (False, "tidak_perlu")])
def test_baris_pengembalian_pada_perkara_tertutup(pelaksana, kurang, dikembalikan, keadaan):
    """Row 3, papers that lack go back, is not called needless where they did go back."""
    p = kurang
    if dikembalikan:
        p = lakukan(pelaksana, lakukan(pelaksana, p, "kembalikan", catatan=""), "lengkapi")
    p = lakukan(pelaksana, p, "cabut", alasan="Keluarga berubah pikiran.")
    tabel = tabel_perkara(p, list(p.riwayat.order_by("urut")))
    assert next(b for b in tabel["baris"] if b["cabang"])["keadaan"] == keadaan


def test_yang_dimulai_kantor(pelaksana, masuk):
    """D.3: nobody handed papers in, so nobody gets a receipt; the "Petugas" does not sign the Kepala's letter."""
    p = buka(slug="kepulauan-seribu", sebab="validasi-tidak-memenuhi")
    p = lakukan(pelaksana, p, "ketik_surat")
    isi = masuk("kepala.kepulauan-seribu").get(p.get_absolute_url())
    assert "tanda-terima" not in isi.content.decode()
    kini = next(b for b in isi.context["tabel"]["baris"] if b["keadaan"] == "sekarang")
    assert kini["oleh"] == "Kepala Kantor"
    titip = buka(4, sebab="sendiri")
    assert "tanda-terima" in masuk("jfu.palu").get(titip.get_absolute_url()).content.decode()


def test_surat_perkara_kantor_terbaca_sebelum_diajukan(masuk):
    """The office's own case begins with the letter: whoever submits it can read it before."""
    p = buat_batal(Kantor.objects.get(slug="lombok-timur"), 3, sebab="validasi-tidak-memenuhi", pengaju="kantor")
    sapu()
    assert p.tahap == "disusun" and Surat.objects.get(perkara=p.pk).jenis == "permohonan_validasi"
    assert (
        "Permohonan Pembatalan Nomor Validasi" in masuk("jfu.lombok-timur").get(p.get_absolute_url()).content.decode()
    )


def test_jalan_samping_bukan_langkah_berikut(pelaksana, masuk):
    """Where a rule closes the way on, its sentence stands open, and no branch poses as the next thing to do."""
    p = buka(sebab="sendiri")
    isi = {"masuk_asrama": p.setoran.tanggal, "semula": {}, "keterangan": "Menurut paspor."}
    p = lakukan(pelaksana, sampai_diperiksa(pelaksana, p), "perbaiki_data", **isi)
    client = masuk("jfu.palu")
    assert utama(client, p)[0] == ""
    halaman = client.get(p.get_absolute_url()).content.decode()
    assert '<details class="buka langkah" open>' in halaman and "sebelum masuk asrama" in halaman


def sampai_diperiksa(pelaksana, p):
    return lakukan(pelaksana, lakukan(pelaksana, p, "periksa_berkas"), "ambil_foto")
