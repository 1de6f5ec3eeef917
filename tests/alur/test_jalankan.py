"""The only door, beyond what the contract walks: actors that are no person, numbers, effects, whole or not at all."""

import re

import pytest
from django.db import connection

from haji_portal.akun.models import Kantor
from haji_portal.alur import jalankan as modul
from haji_portal.alur.deklarasi import cari_langkah
from haji_portal.alur.galat import Basi, IsianSalah, LangkahGagal, TidakBerhak
from haji_portal.alur.giliran import perbarui_giliran
from haji_portal.alur.halangan import periksa_terhalang
from haji_portal.alur.jalankan import buka, jalankan
from haji_portal.alur.models import Efek, Perkara, Riwayat, RiwayatIsi
from haji_portal.alur.models.perkara import HURUF_NOMOR, nomor_baru
from haji_portal.alur.pelaku import Mitra, Pemohon, Petugas, Sistem
from haji_portal.jemaah.models import Porsi
from haji_portal.meja.contoh import petugas_untuk
from pendaftaran import contoh
from pendaftaran.models import Pendaftaran
from tests.kontrak.pelaku import petugas
from tests.kontrak.potret import potret, segar

pytestmark = pytest.mark.basis


@pytest.fixture
def kantor(acuan):
    return Kantor.objects.get(slug="lombok-timur")


@pytest.fixture
def perkara(kantor):
    return segar(contoh.buka_contoh(kantor, 1).perkara)


def _langkah(perkara, nama, oleh=None, **lain):
    lk = next(lk for lk in cari_langkah(Pendaftaran, nama) if lk.sumber == perkara.tahap)
    data = lain.pop("data", None) or contoh.isian(perkara, nama)
    return jalankan(
        perkara, nama, oleh=oleh or petugas_untuk(perkara, lk), versi=lain.get("versi", perkara.versi), data=data
    )


def test_petugas_tanpa_versi_ditolak(perkara):
    sebelum = potret(perkara)
    with pytest.raises(Basi, match="Muat ulang"):
        _langkah(perkara, "periksa_berkas", versi=None)
    assert potret(perkara) == sebelum


def test_langkah_untuk_orang_menolak_sistem_mitra_dan_pemohon(perkara):
    for oleh in (Sistem("tenggat"), Mitra("BPKH", "k1"), Pemohon(perkara, "kontak")):
        for versi in (perkara.versi, None):
            with pytest.raises(LangkahGagal) as galat:
                jalankan(perkara, "tolak", oleh=oleh, versi=versi, data={})
            assert isinstance(galat.value, TidakBerhak | Basi)


def test_langkah_otomatis_menolak_orang(perkara, monkeypatch):
    """A step that only the portal takes: the printed row does not open it to people; they see whom it waits for."""
    perkara = segar(_langkah(perkara, "periksa_berkas").perkara)
    lk = cari_langkah(Pendaftaran, "nyatakan_lengkap")[0]
    monkeypatch.setattr(lk.oleh, "peran", frozenset())
    monkeypatch.setattr(lk.oleh, "pihak", frozenset({"sistem"}))
    for peran in ("ptsp", "jfu", "kasi", "kepala"):
        with pytest.raises(TidakBerhak):
            _langkah(perkara, lk.nama, petugas(peran, perkara.kantor))
    perbarui_giliran(perkara, perkara.dibuka)
    assert set(perkara.giliran.values_list("peran", "langkah")) == {("ptsp", lk.nama)}
    assert not perkara.terhalang and periksa_terhalang() == 0
    row = _langkah(perkara, lk.nama, Sistem("uji"), versi=None).riwayat
    assert (row.pelaku_jenis, row.pengguna, row.nama) == ("sistem", None, "Portal (otomatis)")


def test_riwayat_menyimpan_jabatan_saat_itu(perkara):
    oleh = petugas("ptsp", perkara.kantor)
    row = _langkah(perkara, "periksa_berkas", oleh).riwayat
    assert (row.pengguna, row.nama, row.jabatan, row.nomor_sk, row.peran) == (
        oleh.pengguna, oleh.pengguna.nama, oleh.penugasan.sebutan, oleh.penugasan.nomor_sk, "ptsp",
    )  # fmt: skip
    oleh.pengguna.nama = "Nama Baru"
    oleh.pengguna.save()
    row.refresh_from_db()
    assert row.nama != "Nama Baru" and row.hash == row.hitung_hash()


def test_isian_masuk_riwayat_tanpa_berkas(perkara):
    row = _langkah(perkara, "periksa_berkas").riwayat
    isi = RiwayatIsi.objects.get(pk=row.pk).isi
    assert set(isi) == {"verdict", "unggahan"} and all(v[0] == "ada" for v in isi["verdict"].values())


def test_kegagalan_di_tengah_tidak_meninggalkan_apa_pun(perkara, monkeypatch):
    """Whatever breaks after the transition has run: the whole step is taken back."""
    sebelum = potret(perkara)
    for nama in ("perbarui_tenggat", "perbarui_giliran", "_buka_atau_tutup"):
        with monkeypatch.context() as m:
            m.setattr(modul, nama, lambda *a: (_ for _ in ()).throw(RuntimeError("putus")))
            with pytest.raises(RuntimeError):
                _langkah(perkara, "periksa_berkas")
        assert potret(perkara) == sebelum, nama
    assert perkara.butir.exclude(verdict="belum").count() == 0


def test_efek_berbunyi_hanya_sesudah_commit(kantor, monkeypatch, django_capture_on_commit_callbacks):
    bunyi = []
    monkeypatch.setattr(modul.efek, "bunyikan_bel", lambda: bunyi.append(Efek.objects.count()))
    with django_capture_on_commit_callbacks(execute=True):
        contoh.buka_contoh(kantor, 1)
        assert bunyi == []
    assert bunyi == [len(Pendaftaran.EFEK_AJUKAN)]


def test_nomor_perkara_dapat_dibacakan_dan_tidak_dapat_ditebak(kantor):
    nomor = {nomor_baru(kantor, "PD", 2026) for _ in range(300)}
    assert len(nomor) == 300
    assert all(re.fullmatch(rf"LTM-PD-26-[{HURUF_NOMOR}]{{6}}", n) for n in nomor)
    assert not set("ILOU") & set(HURUF_NOMOR) and "/" not in "".join(nomor)


def test_nomor_yang_sudah_terpakai_diganti(kantor, perkara, monkeypatch):
    deret = iter([perkara.nomor, perkara.nomor, "LTM-PD-26-AAAAAA"])
    monkeypatch.setattr(modul, "nomor_baru", lambda *a: next(deret))
    assert contoh.buka_contoh(kantor, 2).perkara.nomor == "LTM-PD-26-AAAAAA"


def test_nomor_porsi_milik_orang_lain_ditolak_dengan_kalimat(pelaksana, kantor, perkara):
    lain = contoh.buat_jemaah(kantor, 5)
    Porsi.objects.create(nomor="2300000009", jemaah=lain, kantor=kantor, terbit="2026-01-05")
    for nama in ("periksa_berkas", "nyatakan_lengkap", "isi_spph", "rekam_data"):
        perkara = segar(pelaksana.lakukan(perkara, nama, contoh.isian(perkara, nama)).perkara)
    sebelum = potret(perkara)
    with pytest.raises(IsianSalah) as galat:
        _langkah(perkara, "catat_porsi", data=contoh.isian(perkara, "catat_porsi") | {"nomor_porsi": "2300000009"})
    assert galat.value.galat == {"nomor_porsi": ["Nomor porsi ini sudah tercatat untuk jemaah lain. Periksa angkanya."]}
    assert potret(perkara) == sebelum


@pytest.mark.parametrize("siapa", ["kasi.lombok-timur", "ptsp.tanah-bumbu", "kanwil.ntb", "admin"])
def test_membuka_perkara_hanya_oleh_yang_berhak(kantor, akun, siapa):
    pengguna = akun(siapa)
    oleh = Petugas(pengguna, pengguna.penugasan.get())
    jemaah = contoh.buat_jemaah(kantor, 1)
    with pytest.raises(TidakBerhak, match="dibuka oleh"):
        buka(Pendaftaran, kantor=kantor, oleh=oleh, isian={"pemohon": jemaah, "tanggal_daftar": "2026-11-02"})
    for lain in (Sistem("uji"), Mitra("BPS", "k")):
        with pytest.raises(TidakBerhak):
            buka(Pendaftaran, kantor=kantor, oleh=lain, isian={"pemohon": jemaah, "tanggal_daftar": "2026-11-02"})
    assert not Perkara.objects.exists() and not Riwayat.objects.exists()


def test_pembukaan_adalah_langkah_pertama(perkara):
    row = perkara.riwayat.get()
    assert (row.urut, row.langkah, row.dari, row.ke, row.versi, row.hash_sebelum) == (
        1, "ajukan", "", "diperiksa", 0, "",
    )  # fmt: skip
    assert sorted(row.efek.values_list("jenis", "kunci")) == sorted(Pendaftaran.EFEK_AJUKAN)
    assert ("kabar.status", "") in Pendaftaran.EFEK_AJUKAN
    assert perkara.versi == 1 and perkara.sop.kode == "pendaftaran/lombok-timur"


def test_perkara_memegang_sop_saat_dibuka(perkara, kantor):
    """A new table of the office tomorrow changes nothing for the case of today."""
    baru = perkara.sop
    baru.pk, baru.berlaku_dari = None, "2026-01-01"
    baru.save()
    assert contoh.buka_contoh(kantor, 2).perkara.sop == baru
    assert segar(perkara).sop.berlaku_dari.year == 2022


def test_ruang_lingkup_queryset(perkara, akun):
    """Own office, Kanwil of the province, the centre and Inspektorat see it; others not at all."""
    lihat = ["ptsp.lombok-timur", "siskohat.lombok-timur", "kanwil.ntb", "direktorat", "ditjen", "inspektorat"]
    tidak = ["ptsp.tanah-bumbu", "kepala.palu", "kanwil.kalsel", "bpkh", "bps"]
    assert [n for n in lihat if not Perkara.objects.untuk(akun(n)).filter(pk=perkara.pk).exists()] == []
    assert [n for n in tidak if Perkara.objects.untuk(akun(n)).filter(pk=perkara.pk).exists()] == []


@pytest.mark.django_db(transaction=True)
def test_di_luar_transaksi_pun_utuh(tanpa_bel, perkara):
    """With real commits: after a refusal inside the transition the connection is clean and the next step works."""
    with pytest.raises(LangkahGagal):
        _langkah(perkara, "nyatakan_lengkap", petugas("ptsp", perkara.kantor))
    assert not connection.in_atomic_block
    assert _langkah(perkara, "periksa_berkas").perkara.versi == 2
