"""The porsi passes once, whole, and leaves the old holder's history readable; afterwards it is the recipient's."""

import pytest

from haji_portal.akun.models import Kantor
from haji_portal.alur.deklarasi import gagal
from haji_portal.alur.galat import LangkahGagal, SudahAda
from haji_portal.alur.jalankan import buka as buka_perkara
from haji_portal.alur.models import Kunci, Riwayat
from haji_portal.dana.buku import saldo_porsi
from haji_portal.jemaah.models import PeristiwaPorsi, Rekening
from haji_portal.meja.cabut import pencabut
from haji_portal.meja.contoh import pembuka
from haji_portal.surat.terbit import cabut
from pelimpahan import contoh, syarat
from pelimpahan.models import Pelimpahan
from pembatalan.masuk import FormPembatalan
from pembatalan.models import Pembatalan
from tests.batal import maju

from .jalan import buka, lakukan, petugas, sampai, segar, terbuka

pytestmark = pytest.mark.django_db


@pytest.fixture
def pindah(pelaksana):
    """A transfer whose porsi has just passed."""
    return sampai(pelaksana, terbuka(buka()), "sph_terbit")


def test_porsi_dan_setoran_menjadi_milik_penerima(pelaksana):
    p = sampai(pelaksana, terbuka(buka()), "lulus")
    asal, saldo = p.jemaah_asal, saldo_porsi(p.porsi)
    p = lakukan(pelaksana, p, "ambil_foto")
    assert p.porsi.jemaah == asal and p.dilimpahkan_pada is None, "nothing passes before the signature"
    p = lakukan(pelaksana, p, "terbitkan_sph")
    assert p.porsi.jemaah == p.pemohon != asal and p.porsi.status == "aktif"
    assert {s.jemaah for s in p.porsi.setoran.all()} == {p.pemohon} and saldo_porsi(p.porsi) == saldo
    pindah = p.porsi.peristiwa.get(jenis="dilimpahkan")
    assert (pindah.dari, pindah.ke, pindah.rujukan, pindah.waktu) == (asal, p.pemohon, p.nomor, p.dilimpahkan_pada)


def test_riwayat_jemaah_asal_tetap_terbaca(pelaksana, pindah, masuk):
    p = lakukan(pelaksana, pindah, "serahkan_sph")
    assert p.ditutup and p.jemaah_asal.nama != p.pemohon.nama and not Kunci.objects.filter(perkara=p.pk).exists()
    halaman = masuk("jfu.palu").get(f"/pelimpahan/{p.nomor}/").content.decode()
    assert p.jemaah_asal.nama in halaman and p.pemohon.nama in halaman
    riwayat = masuk("jfu.palu").get(f"/porsi/{p.porsi_id}/").content.decode()
    assert p.jemaah_asal.nama in riwayat and p.pemohon.nama in riwayat


def test_pelimpahan_kedua_ditolak_aturan(pelaksana, pindah):
    p = lakukan(pelaksana, pindah, "serahkan_sph")
    ketiga = contoh.buat_jemaah(p.kantor, 900)
    isi = {n: getattr(p, n) for n in ("porsi", "sebab", "hubungan", "tanggal_permohonan", "tanggal_meninggal")}
    rekening = Rekening(jemaah=ketiga, bank=p.rekening.bank, nomor="7300000900", atas_nama=ketiga.nama)
    calon = Pelimpahan(kantor=p.kantor, pemohon=ketiga, jemaah_asal=p.pemohon, rekening=rekening, **isi)
    assert gagal(calon, syarat.ATURAN) == [
        "Nomor porsi hanya dapat dilimpahkan satu kali, dan porsi ini sudah (Kepdirjen PHU 245/2021 A.5)."
    ]
    with pytest.raises(LangkahGagal, match="tidak dapat dilimpahkan lagi"):
        calon._pindahkan_porsi()


def test_pelimpahan_kedua_ditolak_kunci(pindah):
    """While the first is open the lock refuses a second, whatever the office."""
    isi = {n: getattr(pindah, n) for n in (
        "pemohon", "jemaah_asal", "porsi", "rekening", "sebab", "hubungan", "tanggal_permohonan", "tanggal_meninggal",
    )}  # fmt: skip
    for slug in ("palu", "lombok-timur"):
        kantor = Kantor.objects.get(slug=slug)
        with pytest.raises(SudahAda):
            buka_perkara(Pelimpahan, kantor=kantor, oleh=pembuka(Pelimpahan(kantor=kantor)), isian=isi)


def test_sph_baru_tidak_memindahkan_lagi(pelaksana, pindah):
    """A withdrawn SPH is drawn anew; the porsi stays where it is, told once."""
    kapan = pindah.dilimpahkan_pada
    cabut(pindah.surat.get(jenis="sph_limpah"), "Nama penerima salah ketik.")
    p = sampai(pelaksana, lakukan(pelaksana, pindah, "terbitkan_ulang"), "sph_terbit")
    assert p.dilimpahkan_pada == kapan and p.porsi.peristiwa.filter(jenis="dilimpahkan").count() == 1
    assert sorted(p.surat.values_list("status", flat=True)) == ["dicabut", "ditandatangani"]


def test_kanwil_mencabut_sph_yang_diterbitkannya(pindah):
    """Without somebody who may, a wrong SPH would stand for good."""
    surat = pindah.surat.get(jenis="sph_limpah")
    assert pencabut(petugas("kanwil.sulteng").pengguna, surat)
    assert not any(pencabut(petugas(akun).pengguna, surat) for akun in ("kanwil.ntb", "direktur", "ptsp.lombok-timur"))


def test_yang_sudah_pindah_tidak_ditarik_kembali(pelaksana, pindah):
    cabut(pindah.surat.get(jenis="sph_limpah"), "Salah ketik.")
    p = lakukan(pelaksana, pindah, "terbitkan_ulang")
    for nama in ("hentikan", "tinjau_ulang"):
        with pytest.raises(LangkahGagal):
            lakukan(pelaksana, p, nama)
    assert p.porsi.jemaah == p.pemohon


def test_penerima_kemudian_membatalkan(pelaksana, pindah):
    """The recipient is the pilgrim now: they cancel at the counter, and the refund goes to their account."""
    p = lakukan(pelaksana, pindah, "serahkan_sph")
    orang = p.pemohon
    isi = {n: getattr(orang, n) for n in (
        "nik", "nama", "tempat_lahir", "tanggal_lahir", "jenis_kelamin", "alamat", "kabupaten", "telepon",
    )}  # fmt: skip
    form = FormPembatalan(
        isi | {
            "sebab": "sendiri", "pengaju": "jemaah", "nomor_porsi": p.porsi.nomor, "saluran": "loket",
            "bank_tujuan": p.rekening.bank, "nomor_rekening": p.rekening.nomor, "atas_nama": p.rekening.atas_nama,
        },
        kantor=p.kantor,
    )  # fmt: skip
    assert form.is_valid(), form.errors
    batal = segar(form.buka(petugas("jfu.palu")).perkara)
    assert isinstance(batal, Pembatalan) and batal.pemohon == orang
    batal = maju(pelaksana, batal, "diajukan")
    dana = batal.anak.get(jenis="pengembalian").rinci()
    assert dana.rekening.jemaah == orang and dana.jumlah == 25_000_000
    assert segar(p).porsi.status == "batal"
    jenis = list(
        PeristiwaPorsi.objects.filter(porsi=p.porsi_id).order_by("waktu", "pk").values_list("jenis", flat=True)
    )
    assert jenis == ["terbit", "dilimpahkan", "batal"]


def test_langkah_yang_sama_diulang_tidak_menulis_lagi(pelaksana, pindah):
    """A second click of whoever signed is told that it is done."""
    dari = Riwayat.objects.filter(perkara=pindah.pk, langkah="terbitkan_sph").get()
    with pytest.raises(LangkahGagal):
        lakukan(pelaksana, pindah, "terbitkan_sph")
    assert Riwayat.objects.filter(perkara=pindah.pk, langkah="terbitkan_sph").get() == dari
