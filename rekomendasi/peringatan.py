"""Licences that end: told once per licence and threshold to those who keep the register."""

from __future__ import annotations

import datetime

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from haji_portal.akun.models import Pengguna
from haji_portal.alur.tampil_waktu import tanggal
from haji_portal.kabar.efek import orang_peran
from haji_portal.kabar.kata import susun
from haji_portal.kabar.kirim import tulis_aplikasi, tulis_pesan
from haji_portal.kabar.models import Pesan

from .models import PenyelenggaraPerjalanan, PeringatanSk, SkPenyelenggara
from .register import PENGELOLA, kantor_pelaksana

AMBANG = (0, 30, 90)
"""Days before the end; 0 once it is over."""
DISEBUT = 30
TEMPLAT = "sk_penyelenggara"


def ambang(akhir: datetime.date, hari: datetime.date) -> int | None:
    """The narrowest threshold that has been reached; None while the end is far."""
    sisa = (akhir - hari).days
    return 0 if sisa < 0 else next((a for a in AMBANG[1:] if sisa <= a), None)


def peringatkan_sk(hari: datetime.date | None = None) -> int:
    """Write the day's warnings and return how many licences they name. Run twice, the second time tells nothing.

    A licence that had ended when it was recorded is told by nobody: whoever typed it saw that.
    """
    hari = hari or timezone.localdate()
    with transaction.atomic():
        baru = [sk for sk in _calon(hari) if _tandai(sk, hari)]
        if baru:
            _kabari(baru, hari)
    return len(baru)


def _calon(hari: datetime.date) -> list[SkPenyelenggara]:
    """The newest licence of each organiser, where its end is near or past."""
    batas = hari + datetime.timedelta(days=AMBANG[-1])
    pk = PenyelenggaraPerjalanan.objects.habis_sampai(batas).values_list("sk_pk", flat=True)
    semua = SkPenyelenggara.objects.filter(pk__in=list(pk)).select_related("penyelenggara")
    return [sk for sk in semua.order_by("berlaku_sampai", "pk") if _diketahui_sebelumnya(sk)]


def _diketahui_sebelumnya(sk: SkPenyelenggara) -> bool:
    return sk.berlaku_sampai is not None and timezone.localdate(sk.dicatat) <= sk.berlaku_sampai


def _tandai(sk: SkPenyelenggara, hari: datetime.date) -> bool:
    batas = ambang(sk.berlaku_sampai, hari) if sk.berlaku_sampai else None
    if batas is None:
        return False
    _, baru = PeringatanSk.objects.get_or_create(sk=sk, ambang=batas, defaults={"waktu": timezone.now()})
    return baru


def _kabari(daftar: list[SkPenyelenggara], hari: datetime.date) -> None:
    baris = [_sebut(sk, hari) for sk in daftar[:DISEBUT]]
    if len(daftar) > DISEBUT:
        baris.append(f"- dan {len(daftar) - DISEBUT} lainnya")
    fakta = {"jumlah_sk": str(len(daftar)), "daftar_sk": "\n".join(baris)}
    kejadian = f"sk-penyelenggara:{hari:%Y%m%d}:{daftar[0].pk}"
    orang = penerima()
    tulis_aplikasi(kejadian, orang, TEMPLAT, susun(TEMPLAT, fakta | {"alamat": ""}))
    fakta["alamat"] = f"{settings.SITUS_URL}/penyelenggara/?keadaan=segera"
    for p in orang:
        if p.email:
            tulis_pesan(kejadian, Pesan.Saluran.EMAIL, p.email, TEMPLAT, fakta, pengguna=p)


def _sebut(sk: SkPenyelenggara, hari: datetime.date) -> str:
    kata = "habis" if sk.berlaku_sampai and sk.berlaku_sampai < hari else "akan habis"
    akhir = tanggal(sk.berlaku_sampai) if sk.berlaku_sampai else ""
    return f"- {sk.penyelenggara.nama} ({sk.penyelenggara.izin}): {kata} {akhir}"


def penerima() -> list[Pengguna]:
    """JFU and Kasi of every office that gives recommendations, each once."""
    semua = [p for k in kantor_pelaksana() for peran in sorted(PENGELOLA) for p in orang_peran(k, peran)]
    return list({p.pk: p for p in semua}.values())
