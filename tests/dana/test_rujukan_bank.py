"""A bank's reference pays one refund: by look-up with a sentence at the field, and of two at once by the database."""

import threading

import pytest
from django.db import IntegrityError, connection, transaction

from haji_portal.alur.galat import LangkahGagal
from haji_portal.alur.jalankan import Hasil, jalankan
from haji_portal.alur.models import Perkara
from haji_portal.dana import contoh, syarat
from haji_portal.dana.models import Pengembalian
from tests.kontrak.balapan import balapan

from .tanah import BANK, ajukan, buka_induk, langkah, lewati, petugas, segar

balap = [pytest.mark.basis, pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("tanpa_bel")]
KALI = 5
SEKALI = next(c for c in Pengembalian._meta.constraints if c.name == "rujukan_bank_sekali")


def berangkat(bank: str = BANK) -> Pengembalian:
    """A refund whose transfer the bank has to record."""
    return lewati(ajukan(buka_induk(bank=bank)), "sahkan_spm")


def catat(p: Pengembalian, akun: str, rujukan: str):
    data = contoh.isian(p, "catat_transfer") | {"rujukan_bank": rujukan}
    return lambda: jalankan(Perkara(pk=p.pk), "catat_transfer", oleh=petugas(akun), versi=p.versi, data=data)


def dua_sekaligus(rujukan: str) -> list:
    """Two people record the same reference, in other letters, for two refunds of one bank."""
    satu, dua = berangkat(), berangkat()
    return balapan(catat(satu, "bps", rujukan), catat(dua, "bps-2", rujukan.lower()))


class TestSekaligus:
    pytestmark = balap

    def test_satu_rujukan_satu_pengembalian(self, pelaksana):
        for n in range(KALI):
            hasil = dua_sekaligus(f"TRF-{n}")
            assert [type(h) for h in hasil].count(Hasil) == 1, hasil
            assert Pengembalian.objects.filter(rujukan_bank__iexact=f"TRF-{n}").count() == 1

    def test_tanpa_pencarian_basis_data_yang_menolak(self, pelaksana, monkeypatch):
        """With the look-up off the later one is refused all the same, with the same words, and nothing of it stays."""
        monkeypatch.setattr(syarat, "periksa_rujukan_bank", lambda *_: None)
        for n in range(KALI):
            hasil = dua_sekaligus(f"TRF-{n}")
            assert [type(h) for h in hasil].count(Hasil) == 1, hasil
            kalah = next(h for h in hasil if isinstance(h, LangkahGagal))
            assert (kalah.kalimat, kalah.status_http) == (syarat.RUJUKAN_TERPAKAI, 409)
        tertulis = Pengembalian.objects.exclude(rujukan_bank="")
        assert tertulis.count() == KALI
        assert all(p.riwayat.filter(langkah="catat_transfer").exists() for p in tertulis)
        lain = Pengembalian.objects.filter(rujukan_bank="")
        assert not any(p.riwayat.filter(langkah="catat_transfer").exists() or p.lampiran.count() > 1 for p in lain)

    @pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite locks the whole file from the first statement on")
    def test_kendali_tanpa_kekangan_tertulis_dua_kali(self, pelaksana, monkeypatch):
        """Negative control: by the look-up alone both look before either writes, and both get the reference."""
        gerbang, asli = threading.Barrier(2), syarat.periksa_rujukan_bank

        def cari_bersama(*bahan):
            asli(*bahan)
            gerbang.wait(20)

        monkeypatch.setattr(syarat, "periksa_rujukan_bank", cari_bersama)
        with connection.schema_editor() as skema:
            skema.remove_constraint(Pengembalian, SEKALI)
        try:
            hasil = dua_sekaligus("TRF-1")
            assert [type(h) for h in hasil] == [Hasil, Hasil], hasil
        finally:
            Pengembalian.objects.update(rujukan_bank="", bank_rujukan="")
            with connection.schema_editor() as skema:
                skema.add_constraint(Pengembalian, SEKALI)


@pytest.mark.django_db
class TestAturan:
    def test_bank_lain_boleh_bernomor_sama(self, pelaksana):
        langkah(berangkat(), "catat_transfer", "bps", rujukan_bank="TRF-1")
        p = langkah(berangkat(bank="Bank Mega Syariah"), "catat_transfer", "bps", rujukan_bank="TRF-1")
        assert (p.bank_rujukan, p.rujukan_bank) == ("Bank Mega Syariah", "TRF-1")

    def test_dicatat_ulang_untuk_dirinya_sendiri(self, pelaksana):
        p = langkah(berangkat(), "catat_transfer", "bps", rujukan_bank="TRF-1")
        assert langkah(p, "catat_transfer", "bps", rujukan_bank="trf-1").rujukan_bank == "trf-1"

    @pytest.mark.parametrize("bank", ["", BANK.upper()])
    def test_basis_data_menolak_jalan_lain(self, pelaksana, bank):
        """Whatever writes past the machine: neither a reference without its bank, nor one a second time."""
        langkah(berangkat(), "catat_transfer", "bps", rujukan_bank="TRF-1")
        p = segar(berangkat())
        with pytest.raises(IntegrityError), transaction.atomic():
            Pengembalian.objects.filter(pk=p.pk).update(rujukan_bank="trf-1", bank_rujukan=bank)
