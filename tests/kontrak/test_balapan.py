"""Two clicks at once, on real threads: one effect; and a control without the guard, which shows the doubles."""

from functools import partial

import pytest

from haji_portal.alur.deklarasi import cari_langkah, mesin
from haji_portal.alur.galat import Basi
from haji_portal.alur.jalankan import Hasil, alasan_tertutup, cari_di_tahap, jalankan
from haji_portal.alur.models import Efek, Perkara
from haji_portal.alur.pelaku import Petugas
from haji_portal.alur.posisi import langkah_berikut, langkah_di_sini
from haji_portal.alur.rantai import periksa_perkara
from haji_portal.meja.contoh import pelaku_untuk, petugas_untuk
from haji_portal.meja.tandatangan import tandatangani_langkah

from .balapan import VersiButa, balapan
from .pelaku import orang_baru, tugas_baru
from .potret import potret, segar

pytestmark = [pytest.mark.basis, pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("tanpa_bel")]
PASANGAN = 20


def _klik(pelaksana, tabel, perkara, lk, oleh, versi=None):
    """One click as a call without arguments; the form was filled in before, the signing key opened before."""
    versi = perkara.versi if versi is None else versi
    if lk.tanda_tangan and isinstance(oleh, Petugas):
        sesi = pelaksana.sesi(oleh)
        return partial(tandatangani_langkah, segar(perkara), lk, oleh=oleh, versi=versi, sesi=sesi)
    data = tabel.isian(perkara, lk.nama)
    return partial(jalankan, Perkara(pk=perkara.pk), lk.nama, oleh=oleh, versi=versi, data=data)


def _periksa_satu_kali(sebelum, perkara, lk, hasil):
    berhasil = [h for h in hasil if isinstance(h, Hasil) and not h.sudah]
    assert len(berhasil) == 1, (lk.nama, hasil)
    sesudah = potret(perkara)
    assert (sesudah.versi, sesudah.riwayat) == (sebelum.versi + 1, sebelum.riwayat + 1), lk.nama
    assert sorted(Efek.objects.filter(riwayat=berhasil[0].riwayat).values_list("jenis", "kunci")) == sorted(lk.efek)
    return next(h for h in hasil if h is not berhasil[0])


def test_klik_ganda_pada_setiap_langkah(pelaksana, satu_tabel):
    """The same person twice at once, at every printed step: done once, and told so once."""
    pasangan, urut = 0, 0
    while pasangan < PASANGAN:
        urut += 1
        perkara = segar(satu_tabel.buka(urut).perkara)
        while perkara.ditutup is None:
            lk = cari_di_tahap(perkara, langkah_berikut(perkara).nama)
            oleh, sebelum = pelaku_untuk(perkara, lk), potret(perkara)
            kedua = balapan(*[_klik(pelaksana, satu_tabel, perkara, lk, oleh) for _ in range(2)])
            sisa = _periksa_satu_kali(sebelum, perkara, lk, kedua)
            assert isinstance(sisa, Hasil) and sisa.sudah, (lk.nama, sisa)
            pasangan += 1
            perkara = segar(perkara)
        assert periksa_perkara(perkara.pk) == []


def test_dua_orang_sekaligus(pelaksana, satu_tabel):
    """Two people at the same counter: one does it, the other hears that the case has changed."""
    perkara = segar(satu_tabel.buka(1).perkara)
    lk = cari_di_tahap(perkara, langkah_berikut(perkara).nama)
    satu = petugas_untuk(perkara, lk)
    dua = tugas_baru(orang_baru("uji-rekan"), satu.peran, satu.penugasan.kantor)
    ulang = [lk for lk in langkah_di_sini(perkara) if lk.ulang]
    if not ulang:
        pytest.skip("this machine begins with no fact that may be repeated")
    for _ in range(PASANGAN):
        sebelum = potret(perkara)
        hasil = balapan(*[_klik(pelaksana, satu_tabel, perkara, ulang[0], oleh) for oleh in (satu, dua)])
        assert isinstance(_periksa_satu_kali(sebelum, perkara, ulang[0], hasil), Basi)
        perkara = segar(perkara)


def test_kendali_tanpa_pengaman_menggandakan(pelaksana, satu_tabel):
    """The control: blind to the version, the same race doubles. So the tests above can fail."""
    perkara, ganda = segar(satu_tabel.buka(1).perkara), 0
    ulang = [lk for lk in langkah_di_sini(perkara) if lk.ulang]
    if not ulang:
        pytest.skip("this machine begins with no fact that may be repeated")
    lk = cari_langkah(satu_tabel.model, ulang[0].nama)[0]
    oleh = petugas_untuk(perkara, lk)
    for _ in range(PASANGAN):
        sebelum = potret(perkara)
        versi = VersiButa(perkara.versi)
        balapan(*[_klik(pelaksana, satu_tabel, perkara, lk, oleh, versi) for _ in range(2)])
        ganda += potret(perkara).riwayat - sebelum.riwayat == 2
        perkara = segar(perkara)
    assert ganda > PASANGAN / 2


def test_tanpa_kunci_baris_pun_tidak_ganda(pelaksana, satu_tabel, monkeypatch):
    """Defence in depth: without the row lock the compare-and-swap and the chain's constraint still hold."""
    manajer = type(Perkara.objects)
    monkeypatch.setattr(manajer, "select_for_update", lambda self, **_: self.get_queryset())
    perkara = segar(satu_tabel.buka(1).perkara)
    ulang = [lk for lk in langkah_di_sini(perkara) if lk.ulang]
    if not ulang:
        pytest.skip("this machine begins with no fact that may be repeated")
    oleh = petugas_untuk(perkara, ulang[0])
    for _ in range(PASANGAN):
        sebelum = potret(perkara)
        hasil = balapan(*[_klik(pelaksana, satu_tabel, perkara, ulang[0], oleh) for _ in range(2)])
        _periksa_satu_kali(sebelum, perkara, ulang[0], hasil)
        perkara = segar(perkara)
    assert periksa_perkara(perkara.pk) == []


def _dua_gerbang(perkara):
    """Two different gates that are open now, the printed one first."""
    buka = [lk for lk in langkah_di_sini(perkara) if not lk.fakta and not alasan_tertutup(perkara, lk)]
    return buka[:2] if len(buka) > 1 else []


def test_dua_langkah_berbeda_sekaligus(pelaksana, satu_tabel):
    """One person passes the case on while another returns, refuses or withdraws it: one of them happens."""
    menang, urut = [], 0
    while len(menang) < PASANGAN // 2:
        urut += 1
        perkara = segar(satu_tabel.buka(urut).perkara)
        while perkara.ditutup is None and not (dua := _dua_gerbang(perkara)):
            lk = langkah_berikut(perkara)
            perkara = segar(pelaksana.lakukan(perkara, lk.nama, satu_tabel.isian(perkara, lk.nama)).perkara)
        sebelum = potret(perkara)
        klik = [_klik(pelaksana, satu_tabel, perkara, lk, petugas_untuk(perkara, lk)) for lk in dua]
        hasil = balapan(*klik)
        berhasil = [lk for lk, h in zip(dua, hasil, strict=True) if isinstance(h, Hasil)]
        assert len(berhasil) == 1 and isinstance(next(h for h in hasil if not isinstance(h, Hasil)), Basi), hasil
        sesudah = potret(perkara)
        assert (sesudah.riwayat, sesudah.tahap) == (sebelum.riwayat + 1, berhasil[0].target)
        assert periksa_perkara(perkara.pk) == []
        menang.append(berhasil[0].nama)


def test_menandatangani_sementara_dikembalikan(pelaksana, satu_tabel):
    """The signature is being made outside any transaction when the case goes back: no signed letter may stay."""
    disebut = {n for b in satu_tabel.baris for n in b["transisi"]}
    if not any(lk.tanda_tangan and lk.nama in disebut for lk in mesin(satu_tabel.model)):
        pytest.skip("nothing is signed under this table")
    for urut in range(1, 6):
        perkara = segar(satu_tabel.buka(urut).perkara)
        while not (ttd := [lk for lk in langkah_di_sini(perkara) if lk.tanda_tangan]):
            lk = langkah_berikut(perkara)
            perkara = segar(pelaksana.lakukan(perkara, lk.nama, satu_tabel.isian(perkara, lk.nama)).perkara)
        kembali = next(lk for lk in langkah_di_sini(perkara) if lk.cabang)
        klik = [_klik(pelaksana, satu_tabel, perkara, lk, petugas_untuk(perkara, lk)) for lk in (ttd[0], kembali)]
        hasil = balapan(*klik)
        assert [isinstance(h, Hasil) for h in hasil].count(True) == 1, hasil
        ditandatangani = perkara.surat.filter(status="ditandatangani").exists()
        assert ditandatangani == isinstance(hasil[0], Hasil)
        assert segar(perkara).tahap == (ttd[0] if ditandatangani else kembali).target
