"""No slot is booked twice: threads on the last free slot, two planners at once, and a control without the guard."""

from __future__ import annotations

from functools import partial

import pytest
from django.db import connection

from haji_portal.akun.models import Kantor
from haji_portal.alur.galat import LangkahGagal, SudahAda
from haji_portal.alur.jalankan import Hasil, jalankan
from pelimpahan import jadwal
from pelimpahan.hari import tulis_slot, tutup_hari
from pelimpahan.models import Janji, Pelimpahan, Slot
from pelimpahan.rencana import calon_hari, jadwalkan_semua, untuk_hari, usulkan
from tests.kontrak.balapan import balapan
from tests.pelimpahan.wawancara import hari_contoh, penerima, petugas

pytestmark = [pytest.mark.basis, pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("acuan", "tanpa_bel")]
ORANG = 6


def _pesan(p, slot, oleh):
    return partial(jalankan, Pelimpahan(pk=p.pk), "jadwalkan", oleh=oleh, versi=p.versi, data={"slot": slot.pk})


def _berebut(slot, semua):
    return balapan(*[_pesan(p, slot, petugas("kanwil.ntb")) for p in semua])


def test_banyak_orang_satu_slot_terakhir():
    hari, semua = hari_contoh(Kantor.objects.get(slug="ntb")), penerima("lombok-timur", ORANG)
    for slot in hari.slot.order_by("jam"):
        sisa = list(Pelimpahan.objects.filter(pk__in=[p.pk for p in semua], tahap="disetujui"))
        if len(sisa) < 2:
            break
        hasil = _berebut(slot, sisa)
        assert sum(isinstance(h, Hasil) for h in hasil) == 1, hasil
        assert all(isinstance(h, SudahAda) for h in hasil if not isinstance(h, Hasil))
        assert Janji.objects.filter(slot=slot).count() == 1
    # Nothing half done: whoever was refused has neither an appointment nor a step in the history.
    for p in Pelimpahan.objects.filter(pk__in=[p.pk for p in semua]):
        jadi = p.tahap == "dijadwalkan"
        assert p.janji.count() == p.riwayat.filter(langkah="jadwalkan").count() == int(jadi)


def test_kendali_tanpa_kekangan_slot_terisi_ganda():
    """The control: without the constraint the same race books doubles, so the test above can fail."""
    kekang = next(c for c in Janji._meta.constraints if c.name == "janji_satu_slot")
    hari, semua = hari_contoh(Kantor.objects.get(slug="ntb")), penerima("lombok-timur", ORANG)
    slot = hari.slot.order_by("jam")[0]
    with connection.schema_editor() as sunting:
        sunting.remove_constraint(Janji, kekang)
    try:
        _berebut(slot, semua)
        assert Janji.objects.filter(slot=slot).count() > 1
    finally:
        Janji.objects.all().delete()
        with connection.schema_editor() as sunting:
            sunting.add_constraint(Janji, kekang)


def test_dua_perencana_daftar_yang_sama():
    """Both confirm what they saw: everybody has one slot, no slot two people, and each line has its result."""
    hari = hari_contoh(Kantor.objects.get(slug="ntb"), meja=2)
    penerima("lombok-timur", 10)
    calon = usulkan(hari, calon_hari(hari, untuk_hari(hari)))
    nomor = [c.perkara.nomor for c in calon]
    isi = {}
    for c in calon:
        n = c.perkara.nomor
        isi |= {f"slot-{n}": c.slot.pk, f"versi-{n}": c.perkara.versi, f"langkah-{n}": c.langkah}
    # The second one has the same people in other slots.
    putar = {f"slot-{n}": isi[f"slot-{nomor[i - 1]}"] for i, n in enumerate(nomor)}

    def rencana(nama, tambahan):
        _, jalan = jadwalkan_semua(hari, nomor, isi | tambahan, petugas(nama).penugasan)
        return list(jalan)

    satu, dua = balapan(partial(rencana, "kanwil.ntb", {}), partial(rencana, "kanwil-2.ntb", putar))
    assert len(satu) == len(dua) == 10 and all(h.kalimat for h in satu + dua)
    berlaku = Janji.objects.filter(keadaan__in=Janji.MEMEGANG)
    assert berlaku.count() == berlaku.values("slot").distinct().count() == berlaku.values("perkara").distinct().count()
    assert berlaku.count() == sum(h.berhasil for h in satu + dua) > 0


@pytest.mark.parametrize("ulang", range(5))
def test_hari_ditutup_atau_diperkecil_saat_dipesan(ulang):
    """Either the booking came first and its recipient stands on the day, or the day was closed and it is refused."""
    hari, (p,) = hari_contoh(Kantor.objects.get(slug="ntb"), meja=2), penerima("lombok-timur", 1)
    slot = hari.slot.get(jam="14:00", meja=2)
    hari.meja = 1
    lawan = partial(tutup_hari, hari) if ulang % 2 else partial(tulis_slot, hari)
    pesan, tutup = balapan(_pesan(p, slot, petugas("kanwil.ntb")), lawan)
    baru = Slot.objects.filter(pk=slot.pk).first()
    if isinstance(pesan, Hasil):
        assert Janji.objects.filter(slot=slot, keadaan="terjadwal").count() == 1
        assert baru is not None and (isinstance(tutup, LangkahGagal) or baru.ditutup)
        assert ulang % 2 or not baru.ditutup
    else:
        assert (baru is None or baru.ditutup) and not Janji.objects.exists()
    assert jadwal.janji_berlaku(Pelimpahan.objects.get(pk=p.pk)) is None or isinstance(pesan, Hasil)
