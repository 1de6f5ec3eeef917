"""Steps that the portal takes by itself once another step is done: an effect names them, jalankan() takes them."""

from __future__ import annotations

import datetime

from django.utils import timezone

from .efek import GalatEfek, Tunda, penangan
from .galat import SalahTahap, SudahAda, Tertutup
from .jalankan import jalankan
from .models import Efek
from .pelaku import Sistem

JEDA = datetime.timedelta(hours=1)


@penangan("alur.langkah")
def lakukan_sendiri(efek: Efek) -> None:
    """kunci: the step. Where the case's SOP has no such step, or somebody took it before, there is nothing to do."""
    try:
        jalankan(efek.riwayat.perkara, efek.kunci, oleh=Sistem(efek.jenis), versi=None)
    except SalahTahap:
        return


@penangan("alur.induk")
def kabari_induk(efek: Efek) -> None:
    """kunci: an event of a child case; the parent's machine says which step that is (`LANGKAH_ANAK`), if any.

    News reaches a parent in the order of events: what comes while earlier news is still under way is due again later.
    """
    anak = efek.riwayat.perkara
    if anak.induk is None:
        return
    lebih_dulu = Efek.objects.filter(jenis=efek.jenis, riwayat__perkara__induk=anak.induk_id, pk__lt=efek.pk)
    if lebih_dulu.filter(selesai__isnull=True, menyerah__isnull=True).exists():
        raise GalatEfek("Kabar sebelumnya untuk perkara induk belum sampai")
    induk = anak.induk.rinci()
    langkah = induk.langkah_anak(anak.jenis, efek.kunci)
    if langkah is None:
        return
    oleh = Sistem(f"{efek.jenis}:{efek.pk}")
    if induk.riwayat.filter(pelaku_kunci=oleh.kunci).exists():
        return  # a worker died between the step and its note; some news may be recorded again, but not this one
    try:
        jalankan(induk, langkah, oleh=oleh, versi=None)
    except SalahTahap:
        return
    except SudahAda as galat:
        # Another case holds what this one would take again (its porsi is being examined): once that has ended.
        raise Tunda("Perkara induk menunggu perkara lain selesai", timezone.now() + JEDA) from galat
    except Tertutup:
        # The child has gone on since (money that came and bounced): the next news says where it is now.
        if anak.tahap == efek.riwayat.ke:
            raise
