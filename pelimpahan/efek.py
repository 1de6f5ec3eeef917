"""What follows a transfer outside the database: the scanned set leaves for the Kanwil by e-mail."""

from __future__ import annotations

from haji_portal.alur.efek import penangan
from haji_portal.alur.models import Efek, Riwayat
from haji_portal.kabar.kata import fakta_kantor
from haji_portal.kabar.tujuan import kirimi_kantor

from .kiriman import SUREL_KANWIL, fakta_kiriman, isi_kiriman
from .models import Pelimpahan


@penangan(SUREL_KANWIL)
def kirim_surel_kanwil(efek: Efek) -> None:
    """One e-mail per sending, with the ledger's own rules for a server that is away. A Kanwil without an address gets
    none: the case lies in its inbox. What a newer sending has overtaken does not leave any more."""
    riwayat = efek.riwayat
    p = Pelimpahan.objects.select_related("kantor__induk").get(pk=riwayat.perkara_id)
    kanwil = p.kantor.induk
    sesudah = Riwayat.objects.filter(perkara=p.pk, urut__gt=riwayat.urut, langkah=riwayat.langkah)
    if kanwil is None or not kanwil.email or sesudah.exists():
        return
    bagian = isi_kiriman(p)
    fakta = fakta_kiriman(p, bagian) | fakta_kantor(p.kantor)
    lampiran = "" if fakta["di_portal"] else "pelimpahan_kanwil"
    kirimi_kantor(p, riwayat, kanwil, "pelimpahan_kanwil", fakta, lampiran)
