"""The life of a letter: draft, frozen, signed, ended; nothing is lost and nothing is signed twice."""

import datetime

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone

from haji_portal.akun.models import Kantor
from haji_portal.alur.models import Perkara
from haji_portal.alur.pelaku import Petugas
from haji_portal.surat import terbit
from haji_portal.surat.galat import BerkasRusak, BukanPenandaTangan, SuratBerubah, SuratGagal
from haji_portal.surat.models import NomorSurat, Surat
from haji_portal.surat.simpan import hapus_yatim, sidik, simpan_pdf
from haji_portal.surat.tandatangan import BerkasTtd
from haji_portal.surat.terbit import batalkan, buat_draf, cabut, dokumen_pdf, isi_pdf, sahkan, siapkan
from tests.surat.buatan import buat_pejabat
from tests.surat.test_nomor import jalankan_serentak

Status = Surat.Status


def majukan(perkara):
    """The case takes a step: its version grows."""
    Perkara.objects.filter(pk=perkara.pk).update(versi=F("versi") + 1)


def ttd_palsu(surat):
    """A stand-in for the signed file where the test is about the record, not the cryptography."""
    kunci, hash_ttd = simpan_pdf(b"%PDF-bertanda-tangan " + surat.hash_pdf.encode())
    return BerkasTtd(kunci, hash_ttd, surat.hash_pdf)


def terbitkan(dunia, **lain):
    surat = siapkan(dunia.perkara, "sph", dunia.tugas, **lain)
    return sahkan(surat.pk, surat.hash_pdf, ttd_palsu(surat), Petugas(dunia.kepala, dunia.tugas))


def test_draf_tanpa_nomor_dan_digambar_ulang_bila_perkara_berubah(dunia):
    draf = buat_draf(dunia.perkara, "sph")
    assert (draf.status, draf.nomor, NomorSurat.objects.count()) == (Status.DRAF, "", 0)
    assert buat_draf(dunia.perkara, "sph").kunci_pdf == draf.kunci_pdf
    majukan(dunia.perkara)
    dunia.jemaah.nama = "Siti Rahmah Baru"
    dunia.jemaah.save()
    ulang = buat_draf(dunia.perkara, "sph")
    assert ulang.pk == draf.pk
    assert ulang.hash_pdf != draf.hash_pdf
    with pytest.raises(BerkasRusak):
        terbit.baca_pdf(draf.kunci_pdf, draf.hash_pdf)


def test_basis_data_menolak_draf_bernomor(dunia):
    with pytest.raises(IntegrityError), transaction.atomic():
        Surat.objects.create(perkara=dunia.perkara, jenis="sph", kantor=dunia.kantor, nomor="9/X/2026")


def test_satu_surat_berjalan_per_jenis(dunia):
    buat_draf(dunia.perkara, "sph")
    with pytest.raises(IntegrityError), transaction.atomic():
        Surat.objects.create(perkara=dunia.perkara, jenis="sph", kantor=dunia.kantor)


def test_siapkan_ulang_memberi_surat_dan_nomor_yang_sama(dunia):
    pertama = siapkan(dunia.perkara, "sph", dunia.tugas)
    kedua = siapkan(dunia.perkara, "sph", dunia.tugas)
    assert pertama.status == Status.DIBEKUKAN
    assert (kedua.pk, kedua.nomor, kedua.hash_pdf) == (pertama.pk, pertama.nomor, pertama.hash_pdf)
    assert sidik(isi_pdf(pertama)) == pertama.hash_pdf
    assert NomorSurat.objects.count() == 1


def test_perkara_berubah_dibekukan_ulang_dengan_nomor_yang_sama(dunia):
    pertama = siapkan(dunia.perkara, "sph", dunia.tugas)
    majukan(dunia.perkara)
    dunia.jemaah.nama = "Siti Rahmah Baru"
    dunia.jemaah.save()
    kedua = siapkan(dunia.perkara, "sph", dunia.tugas)
    assert kedua.nomor == pertama.nomor
    assert kedua.hash_pdf != pertama.hash_pdf
    assert kedua.versi_perkara == pertama.versi_perkara + 1
    with pytest.raises(SuratBerubah):
        sahkan(kedua.pk, pertama.hash_pdf, ttd_palsu(pertama), Petugas(dunia.kepala, dunia.tugas))
    kedua.refresh_from_db()
    assert kedua.status == Status.DIBEKUKAN


def test_gagal_menggambar_tidak_menghanguskan_nomor(dunia, monkeypatch):
    def rusak(*_args, **_kwargs):
        raise OSError("no space left")

    with monkeypatch.context() as m, pytest.raises(OSError, match="no space"):
        m.setattr(terbit, "gambar_rancangan", rusak)
        siapkan(dunia.perkara, "sph", dunia.tugas)
    assert NomorSurat.objects.get().status == "dipakai"
    assert siapkan(dunia.perkara, "sph", dunia.tugas).nomor == NomorSurat.objects.get().nomor


def test_perkara_bergerak_selagi_digambar_ditolak(dunia, monkeypatch):
    asli = terbit.gambar_rancangan

    def lambat(*args, **kwargs):
        isi = asli(*args, **kwargs)
        majukan(dunia.perkara)
        return isi

    monkeypatch.setattr(terbit, "gambar_rancangan", lambat)
    with pytest.raises(SuratBerubah):
        siapkan(dunia.perkara, "sph", dunia.tugas)
    assert Surat.objects.get().status == Status.DRAF


def test_penanda_tangan_lain_dan_kantor_lain(dunia):
    _, tugas_kasi = buat_pejabat(dunia.kantor, "kasi", "Kasi Contoh", "Kepala Seksi PHU")
    with pytest.raises(BukanPenandaTangan) as galat:
        siapkan(dunia.perkara, "sph", tugas_kasi)
    assert "Kepala Kantor" in galat.value.kalimat
    surat = siapkan(dunia.perkara, "sph", dunia.tugas)
    plh, tugas_plh = buat_pejabat(dunia.kantor, "kepala", "Plh Contoh", "Kepala Kantor Kabupaten Contoh", "plh")
    with pytest.raises(BukanPenandaTangan):
        sahkan(surat.pk, surat.hash_pdf, ttd_palsu(surat), Petugas(plh, tugas_plh))
    ulang = siapkan(dunia.perkara, "sph", tugas_plh)
    assert (ulang.nomor, ulang.jabatan) == (surat.nomor, "Plh. Kepala Kantor Kabupaten Contoh")
    kanwil = Kantor.objects.create(
        slug="kanwil",
        nama="Kanwil Contoh",
        nama_pendek="Kanwil",
        jenis="kanwil",
        kode_perkara="KWL",
        kode_surat="Kw.18",
    )
    _, tugas_kanwil = buat_pejabat(kanwil, "kanwil", "Kabid Contoh", "Kepala Bidang PHU")
    assert siapkan(dunia.perkara, "sph", tugas_kanwil).nomor.startswith("1/Kw.18/")
    assert NomorSurat.objects.get(kantor=dunia.kantor).status == "batal"


def test_penugasan_berakhir_tidak_boleh(dunia):
    dunia.tugas.selesai = dunia.tugas.mulai
    dunia.tugas.save()
    with pytest.raises(BukanPenandaTangan):
        siapkan(dunia.perkara, "sph", dunia.tugas)


def test_sahkan_sekali_dan_ulangan_tidak_mengubah(dunia):
    surat = siapkan(dunia.perkara, "sph", dunia.tugas)
    ttd, petugas = ttd_palsu(surat), Petugas(dunia.kepala, dunia.tugas)
    sah = sahkan(surat.pk, surat.hash_pdf, ttd, petugas)
    assert (sah.status, sah.kunci_pdf_ttd) == (Status.DITANDATANGANI, ttd.kunci)
    assert sahkan(surat.pk, surat.hash_pdf, ttd, petugas).ditandatangani_pada == sah.ditandatangani_pada
    with pytest.raises(SuratBerubah):
        sahkan(surat.pk, surat.hash_pdf, ttd._replace(hash_ttd="f" * 64), petugas)
    with pytest.raises(SuratGagal):
        siapkan(dunia.perkara, "sph", dunia.tugas)
    assert buat_draf(dunia.perkara, "sph").status == Status.DITANDATANGANI


def test_ttd_atas_berkas_lain_ditolak(dunia):
    surat = siapkan(dunia.perkara, "sph", dunia.tugas)
    lain = ttd_palsu(surat)._replace(hash_asal="0" * 64)
    with pytest.raises(SuratBerubah):
        sahkan(surat.pk, surat.hash_pdf, lain, Petugas(dunia.kepala, dunia.tugas))


def test_batal_tetap_di_register_dan_nomor_berikutnya_maju(dunia):
    surat = siapkan(dunia.perkara, "sph", dunia.tugas)
    batalkan(surat, "Berkas dikembalikan")
    baris = NomorSurat.objects.get()
    assert (baris.status, baris.nomor, "Berkas dikembalikan" in baris.alasan) == ("batal", surat.nomor, True)
    assert siapkan(dunia.perkara, "sph", dunia.tugas).nomor.startswith("2/")
    with pytest.raises(SuratGagal):
        batalkan(surat, "lagi")


def test_cabut_lalu_terbitkan_lagi(dunia):
    sah = terbitkan(dunia)
    cabut(sah, "Data salah")
    assert (sah.status, NomorSurat.objects.get().status) == (Status.DICABUT, "batal")
    assert terbitkan(dunia).nomor.startswith("2/")


def test_pengganti_disiapkan_selagi_yang_lama_berlaku(dunia):
    lama = terbitkan(dunia)
    baru = siapkan(dunia.perkara, "sph", dunia.tugas, pengganti=True)
    lama.refresh_from_db()
    assert lama.status == Status.DITANDATANGANI
    sahkan(baru.pk, baru.hash_pdf, ttd_palsu(baru), Petugas(dunia.kepala, dunia.tugas))
    lama.refresh_from_db()
    assert (lama.status, lama.pengganti_id) == (Status.DIGANTI, baru.pk)
    assert set(NomorSurat.objects.values_list("status", flat=True)) == {"dipakai"}


def test_berkas_yang_diubah_di_penyimpanan_ketahuan(dunia, tmp_path):
    surat = siapkan(dunia.perkara, "sph", dunia.tugas)
    berkas = tmp_path / "privat" / surat.kunci_pdf
    isi = bytearray(berkas.read_bytes())
    isi[len(isi) // 2] ^= 1
    berkas.write_bytes(bytes(isi))
    with pytest.raises(BerkasRusak):
        isi_pdf(surat)


def test_yatim_dihapus_setelah_sehari_milik_surat_tidak(dunia, tmp_path):
    sah = terbitkan(dunia)
    yatim, _ = simpan_pdf(b"%PDF-tanpa-surat")
    assert hapus_yatim() == 0
    with time_machine.travel(timezone.now() + datetime.timedelta(days=2)):
        assert hapus_yatim() == 1
    assert not (tmp_path / "privat" / yatim).exists()
    assert isi_pdf(sah).startswith(b"%PDF-")
    assert terbit.baca_pdf(sah.kunci_pdf, sah.hash_pdf)


def test_tanda_terima_tanpa_register(dunia):
    assert dokumen_pdf(dunia.perkara, "tanda_terima").startswith(b"%PDF-")
    assert not Surat.objects.exists()
    with pytest.raises(ValueError, match="without signature"):
        buat_draf(dunia.perkara, "tanda_terima")


@pytest.mark.basis
@pytest.mark.django_db(transaction=True)
def test_dua_klik_siapkan_satu_surat_satu_nomor(dunia):
    hasil = jalankan_serentak(lambda _i: siapkan(dunia.perkara, "sph", dunia.tugas), 4)
    surat = Surat.objects.get()
    assert {s.nomor for s in hasil if isinstance(s, Surat)} == {surat.nomor}
    assert all(isinstance(s, Surat) for s in hasil), hasil
    assert NomorSurat.objects.count() == 1
    assert sidik(isi_pdf(surat)) == surat.hash_pdf
