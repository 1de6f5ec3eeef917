"""Filters of a list and its cursor: a place in the order (opened, id), signed so that nobody writes one."""

from __future__ import annotations

import datetime
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.core import signing
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from rest_framework.request import Request

from haji_portal.alur.models import Perkara

from .galat import IsianDitolak
from .isian import HARI, SALAH_JENIS, TAK_DIKENAL, galat_form

GARAM = "haji_portal.meja.api.kursor"
UKURAN = 25
TERBESAR = 100
KEADAAN = {"terbuka": Q(ditutup__isnull=True), "selesai": Q(ditutup__isnull=False), "semua": Q()}


class Saringan(forms.Form):
    """The query of a list. Days are days in WIB, both inclusive."""

    tahap = forms.ChoiceField(required=False, help_text="Tahap perkara.")
    keadaan = forms.ChoiceField(required=False, choices=[(k, k) for k in KEADAAN], help_text="Bawaan: semua.")
    saluran = forms.ChoiceField(required=False, choices=Perkara.Saluran.choices, help_text="Saluran masuk.")
    dibuka_dari = forms.DateField(required=False, help_text="Dibuka pada atau sesudah hari ini (WIB).")
    dibuka_sampai = forms.DateField(required=False, help_text="Dibuka pada atau sebelum hari ini (WIB).")
    q = forms.RegexField(
        required=False, regex=r"^[0-9A-Za-z-]{2,24}\Z", help_text="Bagian dari nomor perkara.",
        error_messages={"invalid": "Ketik 2 sampai 24 huruf, angka, atau tanda hubung dari nomor perkara."},
    )  # fmt: skip
    ukuran = forms.IntegerField(
        required=False, min_value=1, max_value=TERBESAR, help_text=f"Perkara per halaman, bawaan {UKURAN}."
    )
    kursor = forms.CharField(required=False, max_length=200, help_text="Dari alamat `berikut`; jangan disusun sendiri.")

    def __init__(self, *args: Any, tahap: dict[str, Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        pilihan: Any = self.fields["tahap"]
        pilihan.choices = [(nama, nama) for nama in tahap]

    def clean_kursor(self) -> tuple[datetime.datetime, int] | None:
        """The place in the order, or None for the beginning."""
        if not (teks := self.cleaned_data["kursor"]):
            return None
        try:
            waktu, pk = signing.loads(teks, salt=GARAM)
        except signing.BadSignature:
            raise forms.ValidationError("Kursor ini tidak berlaku. Mulai dari halaman pertama.") from None
        return parse_datetime(waktu) or timezone.now(), pk

    def saring(self, qs: QuerySet[Any]) -> QuerySet[Any]:
        """The rows that are asked for, newest first, from the cursor on."""
        isi = self.cleaned_data
        sama = {n: isi[n] for n in ("tahap", "saluran") if isi[n]}
        q = KEADAAN[isi["keadaan"] or "semua"]
        if isi["q"]:
            q &= Q(nomor__icontains=isi["q"])
        if isi["dibuka_dari"]:
            q &= Q(dibuka__gte=_awal(isi["dibuka_dari"]))
        if isi["dibuka_sampai"]:
            q &= Q(dibuka__lt=_awal(isi["dibuka_sampai"]) + datetime.timedelta(days=1))
        if isi["kursor"]:
            waktu, pk = isi["kursor"]
            q &= Q(dibuka__lt=waktu) | Q(dibuka=waktu, pk__lt=pk)
        return qs.filter(q, **sama).order_by("-dibuka", "-pk")


def _awal(hari: datetime.date) -> datetime.datetime:
    # The first and last days of the calendar have no neighbour in another time zone.
    hari = min(max(hari, datetime.date(1900, 1, 1)), datetime.date(9000, 1, 1))
    return timezone.make_aware(datetime.datetime.combine(hari, datetime.time.min))


def baca_saringan(request: Request, tahap: dict[str, Any]) -> Saringan:
    """The query as a valid form; 422 for unknown, repeated or wrong parameters."""
    form = Saringan(request.query_params, tahap=tahap)
    galat = {nama: [TAK_DIKENAL] for nama in request.query_params if nama not in form.fields}
    galat |= {n: ["Kirim satu kali saja."] for n, isi in request.query_params.lists() if len(isi) > 1}
    for nama in ("dibuka_dari", "dibuka_sampai"):
        if (teks := request.query_params.get(nama)) and not HARI.fullmatch(teks):
            galat[nama] = [SALAH_JENIS["tanggal"]]
    galat |= {
        n: ["Isi, atau tinggalkan."] for n in request.query_params if n not in galat and not request.query_params[n]
    }
    if galat:
        raise IsianDitolak(galat)
    if not form.is_valid():
        raise galat_form(form)
    return form


def halaman(request: Request, form: Saringan, qs: QuerySet[Any]) -> tuple[list[Any], str | None]:
    """The rows of one page and the address of the next, None on the last."""
    ukuran = form.cleaned_data["ukuran"] or UKURAN
    baris = list(form.saring(qs)[: ukuran + 1])
    if len(baris) <= ukuran:
        return baris, None
    akhir = baris[ukuran - 1]
    kursor = signing.dumps([akhir.dibuka.isoformat(), akhir.pk], salt=GARAM)
    kueri = {n: request.query_params[n] for n in request.query_params if n != "kursor"} | {"kursor": kursor}
    return baris[:ukuran], f"{request.path}?{urlencode(kueri)}"
