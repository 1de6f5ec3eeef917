"""What the family was told before is what the case asks: the same rules, the same papers, the forms filled in."""

import datetime
import io

import pikepdf
import pytest

from haji_portal.akun.models import Kantor
from haji_portal.jemaah.models import Jemaah
from pelimpahan import contoh, syarat
from pelimpahan.formulir import FORMULIR
from pelimpahan.kelayakan import Ambang, sampai_mana, terhitung
from pelimpahan.kelayakan_berkas import daftar_berkas
from pelimpahan.models import Pelimpahan
from pelimpahan.tahap import Hubungan, Sebab

SEHARI = datetime.timedelta(days=1)
HARI = datetime.date(2026, 11, 23)
MASUK, AKHIR = datetime.date(2026, 5, 10), datetime.date(2026, 5, 31)


@pytest.mark.parametrize("sebab", Sebab)
@pytest.mark.parametrize("hubungan", Hubungan)
@pytest.mark.parametrize("kantor", ["tanah-bumbu", "kepulauan-seribu"])
def test_daftar_perkara_sama_dengan_yang_diberitahukan(acuan, sebab, hubungan, kantor):
    di = Kantor.objects.get(slug=kantor)
    p = contoh.buka_contoh(di, 1, sebab=sebab, hubungan=hubungan).perkara
    wajib = set(p.butir.filter(wajib=True).values_list("kode", flat=True))
    diberitahukan = daftar_berkas(sebab, hubungan, di, p.tanggal_permohonan)
    assert wajib == {b.syarat.kode for b in diberitahukan if b.wajib}


@pytest.mark.parametrize("geser", [-1, 0, 1])
def test_batas_wafat_dan_usia_sama(acuan, geser):
    ambang = Ambang.pada(HARI)
    wafat = ambang.wafat_sejak + geser * SEHARI
    lahir = ambang.lahir_paling_akhir + geser * SEHARI
    p = Pelimpahan(pemohon=Jemaah(tanggal_lahir=lahir), tanggal_permohonan=HARI, tanggal_meninggal=wafat)
    assert syarat.wafat_sesudah_undang_undang(p) is terhitung(wafat, ambang) is (geser >= 0)
    assert syarat.usia_cukup(p) is (geser <= 0)
    assert "29 April 2019" in syarat.wafat_sesudah_undang_undang.kalimat(p)


@pytest.mark.parametrize("masuk", [None, MASUK])
@pytest.mark.parametrize("wafat", [None, MASUK - SEHARI, MASUK, AKHIR, AKHIR + SEHARI])
@pytest.mark.parametrize("akhir", [None, AKHIR])
def test_aturan_asrama_sama(masuk, wafat, akhir):
    p = Pelimpahan(masuk_asrama=masuk, tanggal_meninggal=wafat, akhir_pemberangkatan=akhir)
    assert syarat.aturan_asrama(p) is (sampai_mana(masuk, wafat, akhir) in ("belum", "masuk", "pulang"))


@pytest.mark.parametrize("jenis", FORMULIR)
def test_formulir_terisi_data_perkara(acuan, masuk, jenis):
    p = contoh.buka_contoh(Kantor.objects.get(slug="tanah-bumbu"), 2, sebab="wafat").perkara
    alamat = f"/surat/{p.nomor}/formulir-{jenis}/"
    jawab = masuk("ptsp.tanah-bumbu").get(alamat)
    pdf = pikepdf.open(io.BytesIO(jawab.content))
    isi = {str(f.T): str(f.get("/V", "")) for f in pdf.Root.AcroForm.Fields}
    assert len(pdf.pages) == 1
    assert (isi["penerima_nama"], isi["penerima_nik"]) == (p.pemohon.nama, p.pemohon.nik)
    assert (isi["jemaah_nama"], isi["jemaah_porsi"]) == (p.jemaah_asal.nama, p.porsi.nomor)
    assert isi["keadaan"].startswith("wafat pada ") and isi["hubungan"] == p.get_hubungan_display().lower()
    assert isi["tanggal"] == ""
    assert masuk("ptsp.lombok-timur").get(alamat).status_code == 404


def test_formulir_hanya_pada_pelimpahan_dan_selama_di_kantor(acuan, masuk):
    p = contoh.buka_contoh(Kantor.objects.get(slug="tanah-bumbu"), 2).perkara
    teks = masuk("ptsp.tanah-bumbu").get(p.get_absolute_url()).content.decode()
    assert all(f"/surat/{p.nomor}/formulir-{jenis}/" in teks for jenis in FORMULIR)
    from pembatalan import contoh as contoh_batal

    batal = contoh_batal.buka_contoh(Kantor.objects.get(slug="tanah-bumbu"), 3).perkara
    assert masuk("ptsp.tanah-bumbu").get(f"/surat/{batal.nomor}/formulir-permohonan/").status_code == 404


def test_loket_melanjutkan_ke_penerimaan(acuan, masuk):
    klien = masuk("ptsp.tanah-bumbu")
    isi = {"sebab": "wafat", "daftar_di_sini": "ya"}
    assert 'action="/pelimpahan/baru/"' in klien.post("/kelayakan-pelimpahan/loket/", isi).content.decode()
    form = klien.post("/pelimpahan/baru/", {"sebab": "wafat", "hubungan": "istri", "cari": "lanjut"})
    assert (form.context["form"]["sebab"].value(), form.context["form"]["hubungan"].value()) == ("wafat", "istri")
    assert form.context["kabar"] == "" and not Pelimpahan.objects.exists()
    teks = klien.post("/kelayakan-pelimpahan/loket/", isi | {"berangkat": "asrama"}).content.decode()
    assert "Lanjut: terima berkas" not in teks and "Terima berkas pembatalan" in teks
