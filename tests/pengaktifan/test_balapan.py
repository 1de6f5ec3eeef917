"""The porsi becomes active exactly once, raced on real threads; and a control that writes it twice."""

from functools import partial

import pytest
from django.db import transaction

from haji_portal.alur.galat import Basi, SalahTahap, Tertutup
from haji_portal.alur.jalankan import Hasil, jalankan
from haji_portal.alur.models import Perkara
from haji_portal.jemaah.models import PeristiwaPorsi, Porsi
from pengaktifan import contoh
from pengaktifan.models import Pengaktifan
from tests.batal import pindah
from tests.kontrak.balapan import balapan
from tests.kontrak.pelaku import orang_baru, tugas_baru
from tests.pembatalan.jalan import petugas

from .jalan import buka

pytestmark = [
    pytest.mark.basis,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("pelaksana", "tanpa_bel"),
]
KALI = 6


def _dua(n, nama="aktifkan", tahap="saldo_ada"):
    satu = petugas("direktorat")
    dua = tugas_baru(orang_baru(f"rekan{n}"), "direktorat", satu.penugasan.kantor)
    p = pindah(buka(2 * n + 2), tahap)
    data = [contoh.isian(p, nama) for _ in range(2)]
    return p, [
        partial(jalankan, Perkara(pk=p.pk), nama, oleh=oleh, versi=p.versi, data=isi)
        for oleh, isi in zip((satu, dua), data, strict=True)
    ]


@pytest.mark.parametrize(("nama", "tahap"), [("aktifkan", "saldo_ada"), ("aktifkan_lanjutan", "setoran_pasti")])
def test_dua_orang_mengaktifkan_sekaligus(nama, tahap):
    for n in range(KALI):
        p, kerja = _dua(n, nama, tahap)
        hasil = balapan(*kerja)
        assert sum(isinstance(h, Hasil) for h in hasil) == 1, hasil
        assert all(isinstance(h, (Hasil, Basi, SalahTahap)) for h in hasil), hasil
        assert PeristiwaPorsi.objects.filter(porsi=p.porsi_id, jenis="aktif-kembali").count() == 1
        assert Porsi.objects.get(pk=p.porsi_id).status == "aktif"


def _limpahkan(p):
    """What a transfer does to a porsi, as far as a reactivation sees it."""
    with transaction.atomic():
        porsi = Porsi.objects.select_for_update().get(pk=p.porsi_id)
        if porsi.status != "batal":
            raise Tertutup("sudah aktif")
        PeristiwaPorsi.objects.create(porsi=porsi, jenis="dilimpahkan", waktu=p.dibuka)
        porsi.status = "dilimpahkan"
        porsi.save(update_fields=["status"])


def test_porsi_yang_beralih_pada_saat_yang_sama():
    """Whoever comes first behind the porsi's lock wins; never both."""
    for n in range(KALI):
        p, (aktifkan, _) = _dua(n)
        hasil = balapan(aktifkan, partial(_limpahkan, p))
        assert sum(isinstance(h, Tertutup) for h in hasil) == 1, hasil
        lain = PeristiwaPorsi.objects.filter(porsi=p.porsi_id).exclude(jenis__in=("terbit", "batal"))
        assert lain.count() == 1, list(lain)


def test_kendali_tanpa_syarat_mengaktifkan_dua_kali(monkeypatch):
    """The control: without the conditions behind the lock, another door may write the porsi a second time."""
    monkeypatch.setattr("pengaktifan.models.isian.gagal", lambda *_: [])
    p, kerja = _dua(1)
    kerja[0]()
    segar = Pengaktifan.objects.get(pk=p.pk)
    segar.pelaku, segar.waktu = petugas("direktorat"), p.dibuka
    bukti = contoh.isian(p, "aktifkan")["bukti"]
    with transaction.atomic():
        segar._aktifkan(bukti)
    assert PeristiwaPorsi.objects.filter(porsi=p.porsi_id, jenis="aktif-kembali").count() == 2
