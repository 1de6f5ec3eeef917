"""Informasi berkala: when nothing moved for some working days, the applicant gets news all the same."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.db.models import OuterRef, QuerySet, Subquery
from django.utils import timezone

from haji_portal.akun.models import Pengguna
from haji_portal.alur.kalender import kalender_kantor
from haji_portal.alur.models import Giliran, Perkara, Riwayat
from haji_portal.alur.tampil_waktu import hari_tanggal, saat
from haji_portal.alur.tenggat import batas_berjalan

from .efek import fakta_petugas, orang_peran
from .kata import konteks, susun
from .kirim import tulis_aplikasi
from .models import Pesan
from .tujuan import kabari


def informasi_berkala(zona: str = "") -> int:
    """Tell the applicants of quiet cases (in offices of one time zone); returns the messages written.

    Whoever has the file: the office, the centre, BPKH or a bank. First after INFORMASI_BERKALA_HARI working days
    without a step, then after every INFORMASI_BERKALA_ULANG; the key is the last step and the number of the message, so
    each is written once, and a new step starts a new quiet period. Where no message reaches the applicant, the case's
    own office is asked to call. Safe to run twice.
    """
    return sum(_kabari(perkara, riwayat, kejadian) for perkara, riwayat, kejadian in _sunyi(zona, timezone.now()))


def _sunyi(zona: str, kini: datetime.datetime) -> Iterator[tuple[Perkara, Riwayat, str]]:
    """Quiet cases with their last step and the name of the message that is due."""
    for perkara in list(_calon(zona, kini)):
        # Cases behind a case (a refund, a journal) have no stages that an applicant knows: their parent's news counts.
        if not perkara.tahap_publik:
            continue
        riwayat = perkara.riwayat.select_related("isi").order_by("-urut").first()
        if riwayat is None:
            continue
        zona_kantor = perkara.kantor.zona_waktu
        sejak, hari_ini = (timezone.localdate(w, zona_kantor) for w in (riwayat.waktu, kini))
        lama = kalender_kantor(perkara.kantor).hari_kerja_antara(sejak, hari_ini) - settings.INFORMASI_BERKALA_HARI
        if lama < 0:
            continue
        ke = 1 + lama // settings.INFORMASI_BERKALA_ULANG
        kejadian = "berkala" if ke == 1 else f"berkala-{ke}"
        if not Pesan.objects.filter(riwayat=riwayat, kunci__startswith=f"{riwayat.pk}:{kejadian}:").exists():
            yield perkara, riwayat, kejadian


def _calon(zona: str, kini: datetime.datetime) -> QuerySet:
    """Open cases whose last step is old enough and of which nothing was told lately; N working days are >= N days."""
    hari, ulang = (
        datetime.timedelta(days=n) for n in (settings.INFORMASI_BERKALA_HARI, settings.INFORMASI_BERKALA_ULANG)
    )
    akhir = Riwayat.objects.filter(perkara=OuterRef("pk")).order_by("-urut")
    baru = Pesan.objects.filter(templat__startswith="berkala", riwayat__isnull=False, dibuat__gt=kini - ulang)
    rows = (
        Perkara.objects.terbuka()
        .annotate(akhir_waktu=Subquery(akhir.values("waktu")[:1]), akhir_id=Subquery(akhir.values("pk")[:1]))
        .filter(akhir_waktu__lt=kini - hari + datetime.timedelta(days=1))
        .exclude(akhir_id__in=baru.values("riwayat_id"))
    )
    rows = rows.filter(kantor__zona=zona) if zona else rows
    return rows.select_related("kantor", "pemohon").order_by("pk")


def _kabari(kepala: Perkara, riwayat: Riwayat, kejadian: str) -> int:
    perkara = kepala.rinci()
    fakta = konteks(perkara, riwayat) | _fakta_sunyi(perkara, riwayat)
    if kabari(perkara, riwayat, kejadian, "berkala", fakta) is not None:
        return 1
    giliran = perkara.giliran.filter(pihak=Giliran.Pihak.KANTOR).first()
    orang = _orang_kantor(perkara)
    teks = susun("berkala_petugas", fakta | fakta_petugas(perkara, giliran))
    tulis_aplikasi(f"{riwayat.pk}:{kejadian}", orang, "berkala_petugas", teks, kepala, riwayat)
    return len(orang)


def _orang_kantor(perkara: Perkara) -> list[Pengguna]:
    """Those in the case's own office who have the turn, or see whom it waits for; each once."""
    peran = dict.fromkeys(
        perkara.giliran.filter(kantor=perkara.kantor_id).order_by("pk").values_list("peran", flat=True)
    )
    return list({p.pk: p for satu in peran for p in orang_peran(perkara.kantor, satu)}.values())


def _fakta_sunyi(perkara: Perkara, riwayat: Riwayat) -> dict[str, Any]:
    batas = batas_berjalan(perkara)
    zona = perkara.kantor.zona_waktu
    return {
        "sejak": hari_tanggal(riwayat.waktu.astimezone(zona).date()),
        "batas": saat(batas, zona) if batas else "",
        "terlambat": bool(batas and batas < timezone.now()),
    }
