"""Dispositions: who sends and sees what, the chain, reading and finishing, withdrawal, the reminders, the triggers."""

from __future__ import annotations

import datetime
import threading
import uuid

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from haji_portal.akun.models import Kantor
from haji_portal.alur.galat import Basi, IsianSalah, TidakBerhak
from haji_portal.alur.kalender import kalender_kantor
from haji_portal.kabar.models import Pesan
from haji_portal.ptsp.disposisi import catat
from haji_portal.ptsp.disposisi.hitung import hitung
from haji_portal.ptsp.disposisi.kabar import ingatkan
from haji_portal.ptsp.disposisi.pohon import rantai
from haji_portal.ptsp.models import Disposisi, PenerimaDisposisi, PeristiwaDisposisi

from .tanah import disposisi_contoh, kirimkan, petugas, surat

pytestmark = [pytest.mark.django_db, pytest.mark.basis]
JENIS = PeristiwaDisposisi.Jenis


@pytest.fixture
def kantor(pelaksana):
    return Kantor.objects.get(slug="lombok-timur")


def lewatkan(d: Disposisi) -> Disposisi:
    """The same disposition, sent long ago with a deadline that is over: the past cannot be written through the door."""
    lama = timezone.now() - datetime.timedelta(days=9)
    baru = Disposisi.objects.create(
        kantor=d.kantor, surat=d.surat, instruksi=d.instruksi, pengirim=d.pengirim, peran_pengirim=d.peran_pengirim,
        nama_pengirim=d.nama_pengirim, jabatan_pengirim=d.jabatan_pengirim, sk_pengirim=d.sk_pengirim, dibuat=lama,
        tenggat=lama + datetime.timedelta(days=2),
    )  # fmt: skip
    PenerimaDisposisi.objects.create(disposisi=baru, urut=1, peran="kasi", jabatan="Kepala Seksi")
    return baru


def test_pengirim_dan_penerima_seperti_saat_dikirim(kantor):
    s, d = disposisi_contoh(kantor)
    kepala = petugas("kepala.lombok-timur")
    kepala.penugasan.jabatan = "Jabatan baru"
    kepala.penugasan.save()
    d.refresh_from_db()
    assert (d.jabatan_pengirim, d.nama_pengirim) == ("Kepala Kantor", kepala.nama)
    assert [str(p) for p in d.penerima.all()] == ["Kepala Seksi"]
    assert d.surat == s and d.perkara is None
    assert Pesan.objects.filter(templat="disposisi", pengguna__username="kasi.lombok-timur").count() == 1


def test_rantai_dari_kepala_sampai_pelaksana(kantor):
    s, satu = disposisi_contoh(kantor)
    dua = kirimkan("kasi.lombok-timur", "jfu.lombok-timur", "ptsp", induk=satu, catatan="Hari ini juga.")
    assert [(x.disposisi.pk, x.dalam) for x in rantai(s)] == [(satu.pk, 0), (dua.pk, 1)]
    assert [p.nama != "" for p in dua.penerima.all()] == [True, False]


def test_dibaca_selesai_dibuka_lagi(kantor):
    _, d = disposisi_contoh(kantor)
    kasi = petugas("kasi.lombok-timur").pengguna
    assert hitung(kasi) == {"baru": 1, "terbuka": 1, "lewat": 0, "perlu": 1}
    catat.baca(d, kasi)
    catat.baca(d, kasi)
    assert hitung(kasi)["baru"] == 0
    assert catat.selesaikan(d, kasi, "Sudah dijawab.") is True
    assert catat.selesaikan(d, kasi, "Sekali lagi.") is False
    assert hitung(kasi)["terbuka"] == 0
    assert catat.buka_lagi(d, kasi, "Jawabannya belum terkirim.") is True
    assert hitung(kasi)["terbuka"] == 1
    assert list(PeristiwaDisposisi.objects.values_list("jenis", flat=True)) == [
        JENIS.DIBACA, JENIS.SELESAI, JENIS.DIBUKA,
    ]  # fmt: skip


def test_hanya_yang_dituju(kantor):
    _, d = disposisi_contoh(kantor)
    for nama in ("jfu.lombok-timur", "kasubag.lombok-timur", "kasi.tanah-bumbu"):
        with pytest.raises(TidakBerhak):
            catat.selesaikan(d, petugas(nama).pengguna, "")
    with pytest.raises(TidakBerhak):
        catat.cabut(d, petugas("kasubag.lombok-timur"), "Bukan milik saya.")


def test_dicabut_tidak_dikerjakan_dan_tidak_diteruskan(kantor):
    _, d = disposisi_contoh(kantor)
    kasi = petugas("kasi.lombok-timur").pengguna
    assert catat.cabut(d, petugas("kepala.lombok-timur"), "Salah alamat.") is True
    assert catat.cabut(d, petugas("kepala.lombok-timur"), "Salah alamat.") is False
    assert hitung(kasi)["terbuka"] == 0
    with pytest.raises(Basi):
        catat.selesaikan(d, kasi, "")
    with pytest.raises(Basi):
        kirimkan("kasi.lombok-timur", "jfu", induk=d)


def test_kantor_lain_dan_diri_sendiri_ditolak(kantor):
    s = surat(kantor)
    with pytest.raises(TidakBerhak):
        kirimkan("kepala.tanah-bumbu", "kasi", surat=s)
    with pytest.raises(IsianSalah):
        kirimkan("kepala.lombok-timur", "kasi.tanah-bumbu", surat=s)
    with pytest.raises(IsianSalah):
        kirimkan("kepala.lombok-timur", "kepala.lombok-timur", surat=s)
    with pytest.raises(IsianSalah):
        kirimkan("kepala.lombok-timur", "kasi", surat=s, instruksi=[])
    assert not Disposisi.objects.exists()


def test_tanda_yang_sama_satu_disposisi(kantor):
    """The second click on the button of a form."""
    s, tanda = surat(kantor), uuid.uuid4()
    satu = kirimkan("kepala.lombok-timur", "kasi", surat=s, tanda=tanda)
    dua = kirimkan("kepala.lombok-timur", "kasi", surat=s, tanda=tanda)
    assert satu.pk == dua.pk and Disposisi.objects.count() == 1


def test_basis_data_menolak_ubah_dan_hapus(kantor):
    _, d = disposisi_contoh(kantor)
    catat.baca(d, petugas("kasi.lombok-timur").pengguna)
    penerima = PenerimaDisposisi.objects.filter(disposisi=d)
    tolak = [
        lambda: Disposisi.objects.filter(pk=d.pk).update(catatan="lain"),
        lambda: penerima.update(peran="jfu"),
        lambda: penerima.update(pengguna=d.pengirim),
        lambda: PeristiwaDisposisi.objects.update(catatan="lain"),
        lambda: PeristiwaDisposisi.objects.all()._raw_delete("default"),
        lambda: Disposisi.objects.all()._raw_delete("default"),
    ]
    for satu in tolak:
        with pytest.raises(IntegrityError), transaction.atomic():
            satu()
    assert penerima.update(selesai=timezone.now()) == 1


def test_pengingat_sekali_sehari_pada_hari_kerja(kantor, monkeypatch):
    _, d = disposisi_contoh(kantor)
    lewatkan(d)
    hari = kalender_kantor(kantor).buka_berikut(timezone.now() + datetime.timedelta(days=1))
    monkeypatch.setattr(timezone, "now", lambda: hari)
    assert (ingatkan("Asia/Makassar"), ingatkan("Asia/Makassar"), ingatkan("Asia/Jakarta")) == (1, 1, 0)
    lewat = Pesan.objects.filter(templat="disposisi_lewat", saluran="aplikasi")
    assert sorted(lewat.values_list("pengguna__username", flat=True)) == ["kasi.lombok-timur", "kepala.lombok-timur"]
    assert Pesan.objects.filter(templat="disposisi_lewat", saluran="email").count() == 2
    assert hitung(petugas("kasi.lombok-timur").pengguna)["lewat"] == 1


def test_menunggu_hari_libur(kantor, monkeypatch):
    _, d = disposisi_contoh(kantor)
    lewatkan(d)
    kal, saat = kalender_kantor(kantor), timezone.now()
    while kal.hari_kerja(saat.astimezone(kantor.zona_waktu).date()):
        saat += datetime.timedelta(days=1)
    monkeypatch.setattr(timezone, "now", lambda: saat)
    assert ingatkan() == 0


@pytest.mark.django_db(transaction=True)
def test_dua_orang_menyelesaikan_bersamaan(kantor, tanpa_bel):
    """A role has several people: of two that finish at once one counts."""
    _, d = disposisi_contoh(kantor)
    kasi = petugas("kasi.lombok-timur").pengguna
    hasil, pagar = [], threading.Barrier(2)

    def kerja():
        try:
            pagar.wait()
            hasil.append(catat.selesaikan(d, kasi, "Selesai."))
        finally:
            connection.close()

    utas = [threading.Thread(target=kerja) for _ in range(2)]
    [u.start() for u in utas]
    [u.join() for u in utas]
    assert sorted(hasil) == [False, True]
    assert PeristiwaDisposisi.objects.filter(jenis=JENIS.SELESAI).count() == 1
