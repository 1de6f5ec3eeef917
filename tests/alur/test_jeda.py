"""Stopping, restarting and extending the clock: minutes moved, reasons kept, recorded like a step, officials only."""

import datetime

import pytest
from django.utils import timezone

from haji_portal.akun.models import Kantor, Penugasan
from haji_portal.alur.galat import Basi, IsianSalah, TidakBerhak
from haji_portal.alur.jeda import jeda, lanjutkan, perpanjang
from haji_portal.alur.models import Jeda
from haji_portal.alur.pelaku import Petugas
from haji_portal.alur.rantai import periksa_perkara
from haji_portal.alur.tenggat import hitung_batas, menit_terpakai, periksa_tenggat, sebab_tenggat
from tests.alur.jam import wita
from tests.alur.test_tenggat import buka, langkah, terbuka
from tests.kontrak.potret import potret, segar

ALASAN = "Siskohat tidak dapat dibuka."


def pejabat(akun, nama="kasi.lombok-timur"):
    pengguna = akun(nama)
    return Petugas(pengguna, pengguna.penugasan.get())


def hentikan(perkara, oleh, alasan=ALASAN):
    return segar(jeda(perkara, oleh=oleh, versi=perkara.versi, alasan=alasan).perkara)


def test_jeda_lalu_lanjut_menggeser_batas(akun, jam):
    perkara, kasi = buka(), pejabat(akun)
    jam.maju(2)
    perkara = hentikan(perkara, kasi)
    jam.ke(wita(2, 13, 30))
    perkara = segar(lanjutkan(perkara, oleh=kasi, versi=perkara.versi).perkara)
    tenggat = terbuka(perkara)
    assert tenggat.batas == wita(2, 13, 33), "two of five minutes were used before 09.02, three are left"
    assert perkara.giliran.first().tenggat == tenggat.batas
    jam.maju(3)
    assert menit_terpakai(tenggat) == 5
    assert sebab_tenggat(tenggat)[-1] == (
        "Waktu dihentikan sejak Senin, 2 November 2026 pukul 09.02 WITA sampai "
        f"Senin, 2 November 2026 pukul 13.30 WITA: {ALASAN.rstrip('.')}."
    )


def test_jeda_tercatat_seperti_langkah(akun, jam):
    perkara, kasi = buka(), pejabat(akun)
    versi = perkara.versi
    perkara = hentikan(perkara, kasi)
    assert perkara.riwayat.latest("urut").langkah == "jeda" and perkara.versi == versi + 1
    ulang = jeda(perkara, oleh=kasi, versi=versi, alasan=ALASAN)
    assert ulang.sudah and perkara.riwayat.count() == perkara.versi
    with pytest.raises(Basi):
        jeda(perkara, oleh=pejabat(akun, "kepala.lombok-timur"), versi=versi, alasan=ALASAN)
    assert periksa_perkara(perkara.pk) == []


def test_selama_jeda_tidak_ada_peringatan(akun, jam):
    perkara, kasi = buka(), pejabat(akun)
    perkara = hentikan(perkara, kasi)
    jam.ke(wita(4, 10))
    assert periksa_tenggat() == 0
    perkara = segar(lanjutkan(perkara, oleh=kasi, versi=perkara.versi).perkara)
    assert periksa_tenggat() == 0
    jam.maju(6)
    assert periksa_tenggat() == 1


def test_jeda_bertumpuk_dihitung_sekali(jam):
    """The office's pause 09.02-09.30, the case's 09.20-09.40, one inside both: 38 minutes in all."""
    perkara = buka()
    kantor = perkara.kantor
    for milik, dari, sampai in [(None, 2, 30), (perkara.pk, 20, 40), (perkara.pk, 25, 28)]:
        Jeda.objects.create(
            kantor=kantor, perkara_id=milik, mulai=wita(2, 9, dari), selesai=wita(2, 9, sampai), alasan=ALASAN
        )
    tenggat = terbuka(perkara)
    assert hitung_batas(tenggat) == wita(2, 9, 43)
    assert menit_terpakai(tenggat, wita(2, 9, 43)) == 5
    assert menit_terpakai(tenggat, wita(2, 9, 30)) == 2


def test_jeda_kantor_hanya_untuk_kantornya(jam):
    satu, lain = buka(), buka("tanah-bumbu", 2)
    Jeda.objects.create(kantor=satu.kantor, mulai=wita(2, 9, 1), selesai=wita(2, 9, 21), alasan=ALASAN)
    assert hitung_batas(terbuka(satu)) == wita(2, 9, 25)
    assert hitung_batas(terbuka(lain)) == wita(2, 9, 8)


def test_jeda_sebelum_dan_sesudah_batas_tidak_berpengaruh(jam):
    perkara = buka()
    for dari, sampai in [(wita(2, 8), wita(2, 8, 30)), (wita(2, 9, 30), wita(2, 10))]:
        Jeda.objects.create(kantor=perkara.kantor, mulai=dari, selesai=sampai, alasan=ALASAN)
    assert hitung_batas(terbuka(perkara)) == wita(2, 9, 5)


def test_jeda_yang_sudah_berjalan_saat_status_dibuka(pelaksana, akun, jam):
    """A pause that began in the status before goes on in the next one, and only its part there counts."""
    perkara, kasi = buka(), pejabat(akun)
    perkara = langkah(pelaksana, perkara, "periksa_berkas")
    perkara = hentikan(perkara, kasi)
    jam.maju(10)
    perkara = langkah(pelaksana, perkara, "nyatakan_lengkap")
    jam.maju(20)
    perkara = segar(lanjutkan(perkara, oleh=kasi, versi=perkara.versi).perkara)
    pertama, kedua = perkara.tenggat.order_by("pk")
    assert pertama.menit_terpakai == 0
    assert (kedua.mulai, kedua.batas) == (wita(2, 9, 10), wita(2, 9, 40))


def test_perpanjang_dengan_alasan(akun, jam):
    perkara, kepala = buka(), pejabat(akun, "kepala.lombok-timur")
    jam.maju(10)
    assert periksa_tenggat() == 1
    for menit, batas in [(30, wita(2, 9, 35)), (10, wita(2, 9, 45))]:
        hasil = perpanjang(perkara, oleh=kepala, versi=perkara.versi, menit=menit, alasan="Listrik padam.")
        perkara = segar(hasil.perkara)
        assert terbuka(perkara).batas == batas == perkara.giliran.first().tenggat
    assert sebab_tenggat(terbuka(perkara))[-1] == "Diperpanjang 40 menit: Listrik padam; Listrik padam."
    assert terbuka(perkara).peringatan == 0, "a deadline that lies ahead again may warn again"
    jam.ke(wita(2, 9, 46))
    assert periksa_tenggat() == 1


@pytest.mark.parametrize("menit", [0, -5, 10_001])
def test_perpanjangan_tak_wajar_ditolak(akun, jam, menit):
    perkara = buka()
    with pytest.raises(IsianSalah) as galat:
        perpanjang(perkara, oleh=pejabat(akun), versi=perkara.versi, menit=menit, alasan="Listrik padam.")
    assert "menit" in galat.value.galat


def test_tahap_tanpa_batas_tidak_dapat_diperpanjang(akun, jam):
    perkara = buka("kepulauan-seribu")
    with pytest.raises(IsianSalah, match="perbaiki") as galat:
        oleh = pejabat(akun, "kepala.kepulauan-seribu")
        perpanjang(perkara, oleh=oleh, versi=perkara.versi, menit=5, alasan="Listrik padam.")
    assert galat.value.galat["__all__"] == ["Tahap ini tidak mempunyai batas waktu yang dapat diperpanjang."]


def test_jeda_ganda_dan_lanjut_tanpa_jeda_ditolak(akun, jam):
    perkara, kasi = buka(), pejabat(akun)
    with pytest.raises(IsianSalah):
        lanjutkan(perkara, oleh=kasi, versi=perkara.versi)
    perkara = hentikan(perkara, kasi)
    sebelum = potret(perkara)
    with pytest.raises(IsianSalah):
        hentikan(perkara, kasi)
    assert potret(perkara) == sebelum and Jeda.objects.count() == 1


def test_perkara_yang_selesai_tidak_dijeda(pelaksana, akun, jam):
    perkara = langkah(pelaksana, buka(), "cabut")
    with pytest.raises(IsianSalah) as galat:
        hentikan(perkara, pejabat(akun))
    assert galat.value.galat["__all__"] == ["Perkara ini sudah selesai; waktunya tidak berjalan lagi."]


def test_alasan_wajib(akun, jam):
    perkara = buka()
    for alasan in ("", "   ", "ya"):
        with pytest.raises(IsianSalah) as galat:
            hentikan(perkara, pejabat(akun), alasan)
        assert "alasan" in galat.value.galat


def test_hanya_pejabat_kantor_ini_yang_masih_bertugas(akun, jam):
    perkara = buka()
    lain = [
        pejabat(akun, nama)
        for nama in ("ptsp.lombok-timur", "jfu.lombok-timur", "kasi.tanah-bumbu", "kanwil.ntb", "admin")
    ]
    lama = akun("kasubag.lombok-timur")
    kemarin = timezone.localdate() - datetime.timedelta(days=1)
    berakhir = Penugasan.objects.create(
        pengguna=lama, kantor=perkara.kantor, peran="kasi", jabatan="Plt.", nomor_sk="SK-UJI", mulai=kemarin,
        selesai=kemarin,
    )  # fmt: skip
    nonaktif = pejabat(akun, "kepala.lombok-timur")
    type(nonaktif.pengguna).objects.filter(pk=nonaktif.pengguna.pk).update(is_active=False)
    sebelum = potret(perkara)
    for oleh in [*lain, Petugas(lama, berakhir), nonaktif]:
        with pytest.raises(TidakBerhak, match="Kepala Seksi atau Kepala Kantor"):
            hentikan(perkara, oleh)
        with pytest.raises(TidakBerhak):
            perpanjang(perkara, oleh=oleh, versi=perkara.versi, menit=5, alasan=ALASAN)
        with pytest.raises(TidakBerhak):
            lanjutkan(perkara, oleh=oleh, versi=perkara.versi)
    assert potret(perkara) == sebelum
    assert Kantor.objects.filter(jeda__isnull=False).count() == 0
