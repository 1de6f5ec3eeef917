"""What recipients of a disposition are told inside the portal, and the daily reminder of those past their deadline."""

from __future__ import annotations

import datetime

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from haji_portal.akun.models import Pengguna
from haji_portal.alur.kalender import kalender_kantor
from haji_portal.alur.tampil_waktu import saat
from haji_portal.kabar.efek import orang_peran
from haji_portal.kabar.kata import susun
from haji_portal.kabar.kirim import tulis_aplikasi, tulis_pesan
from haji_portal.kabar.models import Pesan

from ..models import Disposisi, PenerimaDisposisi


def sebut_pokok(d: Disposisi) -> str:
    """What it is about, without a name and without the subject of a letter, which may be closed."""
    return f"surat masuk agenda {d.surat.nomor_agenda}" if d.surat else f"perkara {d.perkara.nomor}"  # type: ignore[union-attr]


def orang_penerima(p: PenerimaDisposisi) -> list[Pengguna]:
    """Active people whom a row means: the one named, or those who hold the role in that office today."""
    if p.pengguna is None:
        return orang_peran(p.disposisi.kantor, p.peran)
    return [p.pengguna] if p.pengguna.is_active else []


def beri_tahu(d: Disposisi, *, kecuali: Pengguna) -> None:
    """In-app messages to everybody it was sent to; rows only, inside the transaction that sends it."""
    rows = list(d.penerima.select_related("pengguna", "disposisi__kantor"))
    orang = {satu.pk: satu for p in rows for satu in orang_penerima(p) if satu.pk != kecuali.pk}
    tulis_aplikasi(f"disposisi-{d.pk}", orang.values(), "disposisi", susun("disposisi", _fakta(d)), d.perkara)


def ingatkan(zona: str = "") -> int:
    """Each working day until it is done: the recipients of what is past its deadline, by message and e-mail; on the
    first day the sender, too. Offices of one time zone; returns the rows reminded. Safe to run twice a day."""
    kini = timezone.now()
    lewat = PenerimaDisposisi.objects.filter(
        selesai__isnull=True, dicabut__isnull=True, disposisi__tenggat__lt=kini, disposisi__kantor__aktif=True
    ).select_related("disposisi__kantor", "disposisi__surat", "disposisi__perkara", "disposisi__pengirim", "pengguna")
    if zona:
        lewat = lewat.filter(disposisi__kantor__zona=zona)
    return sum(_ingatkan_satu(p, kini) for p in list(lewat.order_by("pk")))


def _ingatkan_satu(p: PenerimaDisposisi, kini: datetime.datetime) -> bool:
    kantor = p.disposisi.kantor
    hari = timezone.localdate(kini, kantor.zona_waktu)
    if not kalender_kantor(kantor).hari_kerja(hari):
        return False
    orang = {satu.pk: satu for satu in orang_penerima(p)}
    pertama = not Pesan.objects.filter(kunci__startswith=f"disposisi-lewat-{p.pk}:").exists()
    if pertama and p.disposisi.pengirim.is_active:
        orang.setdefault(p.disposisi.pengirim_id, p.disposisi.pengirim)
    fakta = _fakta(p.disposisi) | {"penerima": p.jabatan}
    kejadian = f"disposisi-lewat-{p.pk}:{hari:%Y%m%d}"
    with transaction.atomic():
        tulis_aplikasi(
            kejadian, orang.values(), "disposisi_lewat", susun("disposisi_lewat", fakta), p.disposisi.perkara
        )
        for satu in orang.values():
            if satu.email:
                tulis_pesan(
                    kejadian, Pesan.Saluran.EMAIL, satu.email, "disposisi_lewat", fakta, perkara=p.disposisi.perkara,
                    pengguna=satu,
                )  # fmt: skip
    return bool(orang)


def _fakta(d: Disposisi) -> dict[str, object]:
    return {
        "pokok": sebut_pokok(d),
        "pengirim": d.jabatan_pengirim,
        "perintah": "; ".join(d.perintah),
        "batas": saat(d.tenggat, d.kantor.zona_waktu) if d.tenggat else "",
        "kantor": d.kantor.nama,
        "alamat": f"{settings.SITUS_URL}{reverse('disposisi:daftar')}",
    }
