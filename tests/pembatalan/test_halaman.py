"""Pages of a cancellation and of the cases beside it: intake, facts, related cases, the table that goes on."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from haji_portal.akun.models import Kantor
from haji_portal.alur.jalankan import buka
from haji_portal.alur.models import Perkara
from haji_portal.alur.pelaku import Sistem
from haji_portal.alur.posisi import langkah_berikut
from haji_portal.berkas.contoh import gambar_pdf
from haji_portal.jemaah.models import Setoran
from haji_portal.meja.contoh import Pelaksana
from pembatalan import contoh
from pembatalan.models import Pemberitahuan, Reversal
from tests.conftest import SANDI


@pytest.fixture
def sampai(acuan, settings, tmp_path):
    """`sampai("di_pusat", 3, kantor="tanah-bumbu")`: an invented cancellation, brought to a status by whoever may."""
    settings.HAJI_PRIVAT = tmp_path
    pelaksana = Pelaksana(SANDI)

    def _sampai(tahap="diperiksa", urut=3, kantor="lombok-timur", **isian):
        perkara = contoh.buka_contoh(Kantor.objects.get(slug=kantor), urut, **isian).perkara
        while perkara.tahap != tahap:
            nama = langkah_berikut(perkara).nama
            perkara = pelaksana.lakukan(perkara, nama, contoh.isian(perkara, nama)).perkara
        return perkara

    return _sampai


def halaman(client, perkara):
    return client.get(perkara.get_absolute_url()).content.decode()


def test_halaman_menyebut_sebab_dan_pengaju(sampai, masuk):
    p = sampai(sebab="meninggal")
    isi = halaman(masuk("jfu.lombok-timur"), p)
    for kata in (p.get_sebab_display(), p.nama_pengaju, "ahli waris (anak kandung)", p.telepon_pengaju):
        assert kata in isi
    assert p.rekening.nomor not in isi and f"*{p.rekening.nomor[-4:]}" in isi


def test_foto_pengaju_di_kartunya_sendiri(sampai, masuk):
    p = sampai("direkam", sebab="meninggal")
    p = Pelaksana(SANDI).lakukan(p, "ambil_foto", contoh.isian(p, "ambil_foto")).perkara
    isi = halaman(masuk("jfu.lombok-timur"), p)
    assert isi.count('class="foto-jemaah"') == 1 and "Foto jemaah" not in isi
    assert isi.index('id="judul-pengaju"') < isi.index('alt="Foto pengaju 3×4"') < isi.index(p.nama_pengaju + ", ahli")


def test_langkah_portal_sendiri_tidak_ditawarkan_kepada_orang(sampai, masuk):
    p, client = sampai("dijurnal", 6), masuk("direktorat")
    isi = halaman(client, p)
    assert 'data-tertutup="keluarkan_jurnal"' in isi and f"nomor {p.dalam_jurnal.nomor}" in isi
    assert "ajukan_pengembalian" not in isi and "beri_tahu" not in isi
    alamat = f"{p.get_absolute_url()}langkah/ajukan_pengembalian/"
    assert "dilakukan oleh pihak lain" in client.get(alamat).content.decode()
    assert client.post(alamat, {"versi": p.versi}).status_code == 403


def test_cari_menurut_nama_pengaju(sampai, masuk):
    p = sampai(sebab="meninggal", nama_pengaju="Baiq Ningsih Pewaris")
    for akun, hasil in (("ptsp.lombok-timur", True), ("direktorat", True), ("ptsp.palu", False), ("bps.bsi", False)):
        client = masuk(akun)
        client.post("/kerja/cari/", {"q": "ningsih pewaris"})
        isi = client.get("/kerja/hasil/").content.decode()
        assert (p.nomor in isi) is hasil and isi.count(p.nomor) <= 2, akun


def test_tanggal_batal_tampil_sesudah_batal(sampai, masuk):
    assert "Batal sejak" not in halaman(masuk("jfu.lombok-timur"), sampai("di_pusat", 3))
    assert "Batal sejak" in halaman(masuk("jfu.lombok-timur"), sampai("dibatalkan", 6))


def test_baris_di_belakang_cetakan_di_bawah_judulnya(sampai, masuk):
    isi = halaman(masuk("jfu.tanah-bumbu"), sampai("divalidasi", 3, "tanah-bumbu"))
    assert isi.count("Dilanjutkan menurut Kepdirjen PHU 241/2021 C.1") == 2  # table and list
    assert re.search(r'sop-sekarang" aria-current="step">\s*<td class="sop-no">e</td>', isi)
    assert "Dilanjutkan menurut" not in halaman(masuk("jfu.lombok-timur"), sampai("diperiksa", 6))


def test_sesudah_dikembalikan_baris_yang_lewat_tetap_selesai(sampai, masuk):
    """The centre returns the file to row 5: rows 1 to 4 were done and need not be done again; row 5 is now."""
    p = sampai("di_pusat", 3)
    p = Pelaksana(SANDI).lakukan(p, "kembalikan_kantor", {"alasan": "Pindaian tidak terbaca."}).perkara
    isi = halaman(masuk("jfu.lombok-timur"), p)
    keadaan = {
        no: kelas for kelas, no in re.findall(r'<tr class="sop-(\w+)"[^>]*>\s*<td class="sop-no">(\w+)</td>', isi)
    }
    assert [keadaan[n] for n in ("1", "2", "3", "3b", "4", "5", "6", "6b")] == ["selesai"] * 5 + [
        "sekarang", "berikut", "akan",
    ]  # fmt: skip


def test_perkara_terkait_bertaut_hanya_bagi_yang_boleh(sampai, masuk):
    p = sampai("dibatalkan", 3)
    isian = {"induk_id": p.pk, "pemohon": p.pemohon, "porsi": p.porsi}
    anak = buka(Pemberitahuan, kantor=p.kantor, oleh=Sistem("uji"), isian=isian).perkara
    induk, rinci = halaman(masuk("jfu.lombok-timur"), p), halaman(masuk("jfu.lombok-timur"), anak)
    assert f'href="{anak.get_absolute_url()}"' in induk and f'href="{p.get_absolute_url()}"' in rinci
    giliran = f'<a href="{anak.get_absolute_url()}">{anak.nomor}</a>: tanda tangani pemberitahuan.'
    assert giliran in halaman(masuk("ditjen"), p) and giliran not in induk
    assert "sop-tabel" not in rinci  # no table, no empty box


def test_menunggu_portal_tidak_disebut_giliran_siapa_pun(sampai, masuk):
    isi = halaman(masuk("jfu.lombok-timur"), sampai("dijurnal", 3))
    assert "Menunggu Direktur mengajukan pengembalian dana kepada BPKH." in isi


def test_loket_mencari_lalu_menerima(sampai, masuk):
    """From the number on the SPH to an open case, on the page itself."""
    kantor = Kantor.objects.get(slug="lombok-timur")
    orang = contoh.buat_jemaah(kantor, 77)
    setoran = contoh.setoran_contoh(orang, kantor, 77, berporsi=True)
    client = masuk("jfu.lombok-timur")
    jawab = client.post(
        "/pembatalan/baru/", {"cari": "1", "sebab": "sendiri", "saluran": "loket", "nomor_porsi": setoran.porsi.nomor}
    )
    form = jawab.context["form"]
    data = {n: form[n].value() for n in form.fields if form[n].value() not in (None, False)}
    assert data["nama"] == orang.nama and data["nomor_rekening"] == setoran.rekening.nomor
    jawab = client.post("/pembatalan/baru/", data | {"pengaju": "jemaah"})
    perkara = Perkara.objects.get(jenis="pembatalan")
    assert (jawab.status_code, jawab.url) == (303, perkara.get_absolute_url())


def test_ditolak_sekalimat_bila_daftar_syarat_belum_ada(sampai, masuk):
    kantor = Kantor.objects.get(slug="lombok-timur")
    setoran = contoh.setoran_contoh(contoh.buat_jemaah(kantor, 77), kantor, 77, berporsi=True)
    client = masuk("jfu.lombok-timur")
    sebelum_diketik = "Alasan yang sah belum dapat dipilih" in client.get("/pembatalan/baru/").content.decode()
    jawab = client.post("/pembatalan/baru/", {"cari": "1", "saluran": "loket", "nomor_porsi": setoran.porsi.nomor})
    form = jawab.context["form"]
    data = {n: form[n].value() for n in form.fields if form[n].value() not in (None, False)}
    lengkap = data | {"sebab": "alasan-sah", "pengaju": "jemaah", "alasan": "Pindah warga negara"}
    jawab = client.post("/pembatalan/baru/", lengkap)
    assert jawab.status_code == 422 and "belum menyusun daftar persyaratan" in jawab.content.decode()
    assert not Perkara.objects.exists() and sebelum_diketik


def test_berkas_kurang_yang_pertama_ditawarkan_mengembalikan(sampai, masuk):
    """Also where a photo could be taken already: the file goes back, and the inbox says so."""
    p = sampai(sebab="meninggal")
    isian = contoh.isian(p, "periksa_berkas")
    kode = next(iter(isian["verdict"]))
    isian["verdict"][kode] = ("kurang", "Salinan tidak terbaca.")
    p = Pelaksana(SANDI).lakukan(p, "periksa_berkas", isian).perkara
    assert {(g.peran, g.langkah) for g in p.giliran.all()} == {("jfu", "kembalikan")}
    isi = halaman(masuk("jfu.lombok-timur"), p)
    assert re.search(r'langkah-utama" id="langkah-(\w+)"', isi)[1] == "kembalikan"
    p = Pelaksana(SANDI).lakukan(p, "periksa_berkas", contoh.isian(p, "periksa_berkas")).perkara
    assert {g.langkah for g in p.giliran.all()} == {"nyatakan_lengkap"}


def test_alasan_pengembalian_tampil_sampai_tempatnya_terlewati(sampai, masuk):
    p, kembali = sampai("divalidasi", 3), "Halaman dua tidak terbaca."
    p = Pelaksana(SANDI).lakukan(p, "kembalikan_data", {"alasan": kembali}).perkara
    for nama, siapa, ada in (("input_siskohat", "jfu", True), ("validasi", "kasi", True), ("", "kasi", False)):
        isi = halaman(masuk(f"{siapa}.lombok-timur"), p)
        assert ("<strong>Kembalikan ke perekaman</strong>" in isi) is ada, p.tahap
        p = Pelaksana(SANDI).lakukan(p, nama, contoh.isian(p, nama)).perkara if nama else p


def test_persetujuan_menyebut_sebab_dan_pengaju(sampai, masuk):
    p = sampai("menunggu_ttd", sebab="meninggal")
    isi = masuk("kepala.lombok-timur").get("/persetujuan/").content.decode()
    assert p.get_sebab_display() in isi and f"{p.nama_pengaju}, ahli waris" in isi


@pytest.fixture
def setoran_bank(sampai):
    kantor = Kantor.objects.get(slug="lombok-timur")
    return contoh.setoran_contoh(contoh.buat_jemaah(kantor, 79), kantor, 79, berporsi=False)


def kirim_reversal(client, nomor, **ganti):
    surat = SimpleUploadedFile("surat.pdf", gambar_pdf("Surat bank"), "application/pdf")
    isi = {
        "nomor_validasi": nomor, "tanggal_reversal": timezone.localdate(), "nomor_surat_bank": "RV/1",
        "alasan": "Salah setor", "surat_bank": surat,
    }  # fmt: skip
    return client.post("/reversal/baru/", isi | ganti)


def test_bank_mengajukan_reversal_setorannya_sendiri(setoran_bank, masuk):
    assert setoran_bank.bank == "Bank Muamalat"  # no office of its own: the general one
    jawab = kirim_reversal(masuk("bps"), setoran_bank.nomor_validasi)
    perkara = Reversal.objects.get()
    assert (jawab.status_code, jawab.url) == (303, perkara.get_absolute_url())
    assert (perkara.kantor.jenis, perkara.saluran, perkara.tahap) == ("pusat", "bps", "diperiksa")
    isi = halaman(masuk("direktorat"), perkara)
    assert "Salah setor" in isi and "RV/1" in isi and "surat.pdf" in isi
    assert halaman(masuk("bps"), perkara) and masuk("jfu.lombok-timur").get(jawab.url).status_code == 404


@pytest.mark.parametrize("keadaan", ["bank lain", "tidak ada", "sudah berporsi", "sudah batal"])
def test_reversal_setoran_yang_bukan_haknya_ditolak(setoran_bank, masuk, keadaan):
    ganti = {
        "bank lain": {"bank": "Bank Syariah Indonesia"}, "sudah batal": {"dibatalkan": timezone.now()},
        "tidak ada": {"nomor_validasi": "000000000000"},
    }.get(keadaan, {})  # fmt: skip
    nomor = setoran_bank.nomor_validasi
    if keadaan == "sudah berporsi":
        nomor = contoh.setoran_contoh(setoran_bank.jemaah, Kantor.objects.get(slug="palu"), 82, berporsi=True)
        nomor = nomor.nomor_validasi
    Setoran.objects.filter(pk=setoran_bank.pk).update(**ganti)
    jawab = kirim_reversal(masuk("bps"), nomor)
    assert jawab.status_code == 422 and "nomor_validasi" in jawab.context["form"].errors
    assert not Reversal.objects.exists()


def test_tanggal_reversal_yang_mustahil_ditolak(setoran_bank, masuk):
    for hari in ("2999-01-01", "2000-01-01"):
        jawab = kirim_reversal(masuk("bps"), setoran_bank.nomor_validasi, tanggal_reversal=hari)
        assert jawab.status_code == 422 and "tanggal_reversal" in jawab.context["form"].errors


def test_api_menyamarkan_rekening_dan_nik_pengaju(sampai, masuk):
    p = sampai(sebab="meninggal")
    isi = masuk("jfu.lombok-timur").get(f"/api/v1/pembatalan/{p.nomor}/").content.decode()
    assert p.nik_pengaju not in isi and p.rekening.nomor not in isi and p.nama_pengaju in isi
