"""What the queue is to other rooms: the number behind a case, and calling its visitor once more.

`panggil_lagi(tiket, *, loket, oleh)` and `loket_saya(oleh)` want the Petugas of a person at a desk.
"""

from __future__ import annotations

from typing import Any

from django.db.models import OuterRef, Subquery

from haji_portal.alur.models import Perkara
from haji_portal.alur.pelaku import Petugas
from haji_portal.alur.penutupan import hari_kantor
from haji_portal.meja.asal import Asal
from haji_portal.meja.permintaan import PermintaanPetugas

from ..models import Tiket
from .panggil import kaitkan, loket_saya, panggil_lagi

__all__ = [
    "asal_antrean",
    "catat_asal",
    "keterangan_antrean",
    "kolom_tiket",
    "loket_saya",
    "panggil_lagi",
    "tiket_perkara",
]

PENGUNJUNG = (("nama_pengaju", "telepon_pengaju"), ("nama_pelapor", "telepon_pelapor"), ("nama", "telepon"))
"""The fields of an intake that hold who stands at the desk; the first pair that a form has."""


def tiket_perkara(perkara: Perkara) -> Tiket | None:
    """The ticket that became this case, with its desk; None when it was opened without one."""
    semua = Tiket.objects.filter(perkara=perkara.pk).select_related("loket", "layanan", "kantor")
    return semua.order_by("-pk").first()


KOLOM = "tiket_terakhir"
"""Annotation of a case page's case: id of its ticket, so that a case without one costs no query."""


def kolom_tiket() -> dict[str, Any]:
    tiket = Tiket.objects.filter(perkara=OuterRef("pk")).order_by("-pk")
    return {KOLOM: Subquery(tiket.values("pk")[:1])}


def keterangan_antrean(perkara: Perkara) -> list[str]:
    """For the case page, on the day of the number: under which one the visitor waits."""
    tiket = tiket_perkara(perkara) if getattr(perkara, KOLOM, None) else None
    if tiket is None or tiket.tanggal != hari_kantor(tiket.kantor):
        return []
    return [f"Nomor antrean hari ini {tiket.kode}"]


def _tiket_dilayani(request: PermintaanPetugas, nilai: str) -> Tiket | None:
    """The number named by an intake's address, if it is at a desk of one of this person's offices today."""
    if not (nilai.isascii() and nilai.isdigit() and len(nilai) < 15):
        return None
    kantor = {t.kantor_id: t.kantor for t in request.penugasan}
    semua = Tiket.objects.filter(pk=int(nilai), kantor__in=kantor, keadaan__in=Tiket.DI_LOKET)
    tiket = semua.select_related("tamu", "layanan", "loket").first()
    return tiket if tiket and tiket.tanggal == hari_kantor(kantor[tiket.kantor_id]) else None


def asal_antrean(request: PermintaanPetugas, nilai: str, bidang: set[str]) -> Asal | None:
    """The number for which an intake was opened, with the name from the guest book where the form asks for one."""
    tiket = _tiket_dilayani(request, nilai)
    if tiket is None:
        return None
    nama, telepon = next((p for p in PENGUNJUNG if p[0] in bidang), ("", ""))
    tamu = tiket.tamu
    isian = {nama: tamu.nama, telepon: tamu.telepon} if tamu and nama else {}
    kalimat = f"Untuk nomor antrean {tiket.kode} ({tiket.layanan.nama})."
    return Asal(str(tiket.pk), kalimat, {k: v for k, v in isian.items() if v and k in bidang})


def catat_asal(request: PermintaanPetugas, nilai: str, perkara: Perkara) -> None:
    """Link the case that an intake opened to its number."""
    tiket = _tiket_dilayani(request, nilai)
    if tiket is not None and tiket.kantor_id == perkara.kantor_id:
        tugas = next(t for t in request.penugasan if t.kantor_id == tiket.kantor_id)
        kaitkan(tiket, perkara, oleh=Petugas(request.user, tugas))
