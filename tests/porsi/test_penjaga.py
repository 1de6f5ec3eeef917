"""The guard of the porsi: whatever is asked for whom and in which order, one case at a time has it, and what became of
it is explained by its events and by the steps of the cases that they name."""

from __future__ import annotations

from collections import Counter
from functools import cache

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from haji_portal.alur.deklarasi import langkah_dari
from haji_portal.alur.efek import jalankan_efek
from haji_portal.alur.galat import LangkahGagal, SudahAda
from haji_portal.alur.models import Efek
from haji_portal.alur.posisi import langkah_berikut
from haji_portal.alur.rantai import periksa_perkara
from haji_portal.dana.periksa import periksa_buku
from haji_portal.jemaah.models import Porsi
from haji_portal.meja.contoh import Pelaksana
from haji_portal.surat import isi, juru, terbit
from haji_portal.surat.gambar import buat_pdf
from tests.batal import maju
from tests.kontrak.potret import segar

from .negeri import (
    CONTOH,
    PERMINTAAN,
    Negeri,
    anak,
    isian,
    periksa_langkah,
    periksa_porsi,
    periksa_tunggal,
    periksa_uang,
    pokok,
)  # fmt: skip

pytestmark = [pytest.mark.django_db]
MUNGKIN = st.integers(0, 7)
HARI = {"daftar": 4, "limpah": 2, "aktif": 3}
"""What somebody asks for -> whose deposit it stands on (`Negeri`)."""
PANJANG = 14
"""Steps that lead any of them to its end."""


class Penjaga(RuleBasedStateMachine):
    """Steps through `buka()` and `jalankan()` alone, each as somebody who may; what is refused changes nothing."""

    terjadi: Counter[str] = Counter()
    pelaksana: Pelaksana

    def __init__(self) -> None:
        super().__init__()
        self.sid = transaction.savepoint()
        self.negeri = Negeri()

    def teardown(self) -> None:
        assert periksa_buku() == []
        for p in pokok():
            assert periksa_perkara(p.pk) == []
        transaction.savepoint_rollback(self.sid)

    def _coba(self, apa, *isi) -> bool:
        try:
            apa(*isi)
        except (LangkahGagal, LookupError) as galat:
            self.terjadi[type(galat).__name__] += isinstance(galat, SudahAda)
            return False
        return True

    @initialize(
        tahap=st.sampled_from(["dibatalkan", "selesai"]), hari=st.permutations(sorted(HARI)), banyak=st.integers(1, 3)
    )  # fmt: skip
    def hari_pertama(self, tahap, hari, banyak):
        """The walk begins among people of whom one gave the porsi up, and others have come with their own."""
        self.negeri.minta("batal", HARI["aktif"])
        maju(self.pelaksana, segar(pokok()[-1]), tahap)
        for apa in hari[:banyak]:
            self.minta(apa, HARI[apa], PANJANG)

    @rule(apa=st.sampled_from(PERMINTAAN), setoran=MUNGKIN, berapa=st.integers(0, 12))
    def minta(self, apa, setoran, berapa):
        """Somebody comes to a counter, and the case that is opened goes its way for a while."""
        if self._coba(self.negeri.minta, apa, setoran):
            self._maju(pokok()[-1], berapa)

    @rule(mana=MUNGKIN, berapa=st.integers(1, 12))
    def maju(self, mana, berapa):
        """On along the plain way; a case that cannot go on is refused or withdrawn."""
        if (ada := pokok()) and (p := self._maju(ada[mana % len(ada)], berapa)):
            for nama in ("tolak", "cabut"):
                self._coba(self._langkah, segar(p), nama)

    def _maju(self, p, berapa):
        """Along the plain way of one case, with what happens in the cases beside it; the case where it is stuck."""
        for _ in range(berapa):
            if p.ditutup:
                return None
            if not self._coba(self._satu_langkah, p):
                return p
            p = segar(p)
        return None

    def _langkah(self, p, nama):
        self.pelaksana.lakukan(p, nama, isian(p, nama))

    def _satu_langkah(self, p):
        berikut = langkah_berikut(p)
        if berikut is None:
            raise LookupError
        if siapkan := getattr(CONTOH[p.jenis], "siapkan", None):
            siapkan(*([self.pelaksana] if p.jenis != "pengaktifan" else []), p, berikut.nama)
        p = segar(p)
        if (lagi := langkah_berikut(p)) is not None and lagi.nama == berikut.nama:
            self._langkah(p, lagi.nama)

    @rule(mana=MUNGKIN, langkah=st.integers(0, 20), di_samping=st.booleans())
    def simpang(self, mana, langkah, di_samping):
        """Any step that the present status knows: returned, refused, withdrawn; a payment beside fails or bounces."""
        ada = anak() if di_samping else pokok()
        p = ada[mana % len(ada)] if ada else None
        if p and (pilihan := langkah_dari(type(p), p.tahap)):
            self._coba(self._langkah, p, pilihan[langkah % len(pilihan)].nama)
        self._kabar_sampai(mana)

    def _kabar_sampai(self, mana):
        """What one case tells another arrives at any time."""
        menunggu = Efek.objects.filter(selesai__isnull=True, menyerah__isnull=True, jenis__startswith="alur.")
        if semua := list(menunggu.order_by("pk").values_list("pk", flat=True)):
            jalankan_efek(semua[mana % len(semua)])

    @invariant()
    def satu_perkara_terbuka(self):
        periksa_tunggal()

    @invariant()
    def keadaan_dijelaskan_peristiwa(self):
        for porsi in Porsi.objects.order_by("pk"):
            self.terjadi.update(periksa_porsi(porsi, self.negeri.pertama))
        periksa_langkah()
        periksa_uang()


def _jalan(pelaksana, banyak, panjang, **lain):
    Penjaga.pelaksana = pelaksana
    Penjaga.terjadi.clear()
    atur = settings(
        max_examples=banyak, stateful_step_count=panjang, deadline=None, suppress_health_check=list(HealthCheck),
        database=None, **lain,
    )  # fmt: skip
    run_state_machine_as_test(Penjaga, settings=atur)


CONTOH_TETAP = {"derandomize": True, "phases": [Phase.generate]}
"""The same seeded sample in every run; a failure is told as it was met, since shrinking takes minutes."""


@pytest.fixture(autouse=True)
def satu_kertas(monkeypatch):
    """Every letter is drawn as the first one was, with its field for the signature: what it says is not at stake."""
    sekali = cache(lambda ttd: buat_pdf('<html lang="id"><title>Surat</title><p id="ttd">Surat</p></html>', ttd))
    for pemakai in (isi, juru, terbit):
        monkeypatch.setattr(pemakai, "buat_pdf", lambda html, ttd="", **lain: sekali(ttd))


@pytest.mark.basis
def test_penjaga_contoh(pelaksana):
    _jalan(pelaksana, 5, 10, **CONTOH_TETAP)
    for apa in ("terbit", "batal", "dilimpahkan", "aktif-kembali", "SudahAda"):
        assert Penjaga.terjadi[apa], f"the sample never met {apa}: {Penjaga.terjadi}"


def test_kendali_tanpa_kunci_ketahuan(pelaksana, monkeypatch):
    """The control: with the locks off the same walk finds two open cases on one porsi or deposit."""
    monkeypatch.setattr("haji_portal.alur.jalankan._pegang_kunci", lambda perkara: None)
    with pytest.raises(AssertionError, match="two open cases on one"):
        _jalan(pelaksana, 5, 10, **CONTOH_TETAP)


@pytest.mark.malam
def test_penjaga_panjang(pelaksana):
    _jalan(pelaksana, 60, 50)
