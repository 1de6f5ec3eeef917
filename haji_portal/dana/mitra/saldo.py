"""The effect that asks BPKH's machine about a balance and answers the question's case with what it says."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.utils import timezone

from haji_portal.alur.efek import GalatEfek, Irama, penangan
from haji_portal.alur.galat import SalahTahap, Tertutup
from haji_portal.alur.jalankan import jalankan
from haji_portal.alur.models import Efek
from haji_portal.alur.pelaku import Sistem

from ..models import KonfirmasiSaldo
from . import alarm
from .kirim import JEDA
from .tanya import MitraBisu, MitraMati, Saldo, tanya_saldo


@penangan("dana.tanya_saldo", Irama(jeda=JEDA), alarm=alarm.saldo_menyerah)
def tanya_saldo_bpkh(efek: Efek) -> None:
    """Ask until there is an answer. Without BPKH's interface, or once a person has answered, there is nothing to do."""
    k = KonfirmasiSaldo.objects.select_related("porsi", "kantor").get(pk=efek.riwayat.perkara_id)
    if not settings.BPKH_URL or k.status != KonfirmasiSaldo.Status.DITANYAKAN or k.porsi is None:
        return
    try:
        jawab = tanya_saldo(nomor_porsi=k.porsi.nomor, nomor_validasi=None, perkara=k)
    except MitraMati:
        return
    except MitraBisu as galat:
        raise GalatEfek(str(galat)) from None
    langkah, data = tafsirkan(k, jawab)
    try:
        jalankan(k, langkah, oleh=Sistem(efek.jenis), versi=None, data=data)
    except (SalahTahap, Tertutup):
        return  # a person was faster, or nobody waits for it any more


def tafsirkan(k: KonfirmasiSaldo, jawab: Saldo) -> tuple[str, dict[str, Any]]:
    """The step that an answer means, with its data: less than what was asked for is not there."""
    if jawab.status == "tidak_dikenal":
        return "catat_tidak_dikenal", {}
    jumlah = jawab.jumlah or 0
    pada = timezone.localdate(jawab.waktu or timezone.now(), k.kantor.zona_waktu)
    langkah = "nyatakan_ada" if jumlah >= k.jumlah else "nyatakan_tidak_ada"
    return langkah, {"jumlah": jumlah, "per_tanggal": pada, "keterangan": "Dijawab sistem BPKH."}
