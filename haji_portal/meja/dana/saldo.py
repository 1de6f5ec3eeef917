"""Is the money still at BPKH? Asked for one porsi or nomor validasi, and set beside the portal's own book."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from haji_portal.akun.akses import petugas
from haji_portal.akun.models import Kantor, Peran
from haji_portal.alur.tampil_waktu import rupiah, saat
from haji_portal.dana.buku import saldo_banyak
from haji_portal.dana.mitra.tanya import MitraBisu, MitraMati, Saldo, tanya_saldo
from haji_portal.dana.models import Akun
from haji_portal.jemaah.models import Porsi, Setoran

from ..permintaan import PermintaanPetugas

PENANYA = frozenset({Peran.JFU, Peran.KASI, Peran.DIREKTORAT, Peran.SUBDIT})
KATA = {"tidak_ada": "Tidak ada dana di BPKH", "tidak_dikenal": "BPKH tidak mengenal nomor ini"}


class FormSaldo(forms.Form):
    nomor = forms.RegexField(
        r"^[0-9A-Za-z]{6,30}\Z", strip=True, label="Nomor porsi atau nomor validasi",
        error_messages={"invalid": "6–30 angka atau huruf, tanpa spasi."},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )  # fmt: skip


def boleh_tanya(request: PermintaanPetugas) -> bool:
    return any(t.peran in PENANYA for t in request.penugasan)


@petugas
@require_http_methods(["GET", "POST"])
def saldo(request: PermintaanPetugas) -> HttpResponse:
    """GET and POST /pantau-dana/saldo/; 403 for other roles. The number travels in the body, never in the address."""
    if not boleh_tanya(request):
        raise PermissionDenied
    form = FormSaldo(request.POST if request.method == "POST" else None)
    konteks: dict[str, Any] = {"form": form, "menu": "pantau"}
    if request.method != "POST":
        return render(request, "pantau/saldo.html", konteks)
    setoran = _setoran(request, form.cleaned_data["nomor"]) if form.is_valid() else []
    if form.is_valid() and not setoran:
        form.add_error("nomor", "Nomor ini tidak tercatat pada kantor Anda. Periksa angkanya.")
    if form.errors:
        return render(request, "pantau/saldo.html", konteks, status=422)
    porsi = setoran[0].porsi
    try:
        jawab = tanya_saldo(
            nomor_porsi=porsi.nomor if porsi else None, nomor_validasi=None if porsi else setoran[0].nomor_validasi
        )
    except MitraMati:
        konteks["gagal"] = "Sambungan ke BPKH belum dipasang. Tanyakan lewat surat atau telepon."
    except MitraBisu as galat:
        konteks["gagal"] = str(galat)
    else:
        konteks["hasil"] = _hasil(request, jawab, setoran)
    return render(request, "pantau/saldo.html", konteks, status=200 if "hasil" in konteks else 409)


def _setoran(request: PermintaanPetugas, nomor: str) -> list[Setoran]:
    """The deposits behind a number, inside the person's office (the centre: everywhere); [] when there are none."""
    porsi = Porsi.objects.filter(nomor=nomor)
    satu = Setoran.objects.filter(nomor_validasi=nomor)
    if not any(t.peran in PENANYA and t.kantor.jenis == Kantor.Jenis.PUSAT for t in request.penugasan):
        kantor = [t.kantor_id for t in request.penugasan if t.peran in PENANYA]
        kabupaten = [t.kantor.kabupaten for t in request.penugasan if t.peran in PENANYA]
        porsi = porsi.filter(kantor__in=kantor)
        satu = satu.filter(porsi__kantor__in=kantor) | satu.filter(
            porsi__isnull=True, jemaah__kabupaten__in=[k for k in kabupaten if k]
        )
    if (ada := porsi.first()) is not None:
        return list(ada.setoran.select_related("porsi").order_by("pk"))
    sendiri = satu.select_related("porsi").first()
    if sendiri is None or sendiri.porsi is None:
        return [sendiri] if sendiri else []
    return list(sendiri.porsi.setoran.select_related("porsi").order_by("pk"))


def _hasil(request: PermintaanPetugas, jawab: Saldo, setoran: list[Setoran]) -> dict[str, Any]:
    buku = saldo_banyak([s.pk for s in setoran])
    tercatat = any(sum(a.values()) for satu in buku.values() for a in satu.values())
    di_buku = sum(satu[Akun.BPKH]["setoran"] for satu in buku.values())
    milik = di_buku if tercatat else sum(int(s.jumlah) for s in setoran)
    zona = request.penugasan[0].kantor.zona_waktu
    return {
        "jawab": rupiah(jawab.jumlah) if jawab.jumlah is not None else KATA.get(jawab.status, jawab.status),
        "saat": saat(jawab.waktu, zona) if jawab.waktu else "", "portal": rupiah(milik),
        "beda": (jawab.jumlah or 0) != milik,
    }  # fmt: skip
