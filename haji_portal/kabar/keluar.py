"""What left for applicants: the office's list of it, one message, and what a person decides about it."""

from __future__ import annotations

import datetime
from typing import Any, cast
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import NoReverseMatch
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from haji_portal.akun.akses import petugas
from haji_portal.akun.models import Kantor, Pengguna
from haji_portal.alur.tampil_waktu import saat

from .models import PERLU, Pesan
from .surel import kepala
from .ulang import HasilUlang, boleh_mengurus, kirim_ulang, tandai_ditangani

PER_HALAMAN = 25
HARI = 30
"""Days that the list looks back; what needs somebody stays on it until somebody has dealt with it."""
Status = Pesan.Status
KEADAAN: dict[str, tuple[str, tuple[str, ...]]] = {
    "perlu": ("Perlu ditangani", PERLU),
    "menunggu": ("Sedang dikirim", (Status.DIBUAT, Status.MENGIRIM, Status.GAGAL_SEMENTARA)),
    "terkirim": ("Terkirim", (Status.DIKIRIM, Status.SAMPAI)),
    "semua": (f"Semua, {HARI} hari", tuple(Status.values)),
}
SALURAN = [(n, label) for n, label in Pesan.Saluran.choices if n != Pesan.Saluran.APLIKASI]
NADA = {
    Status.DIKIRIM: "baik",
    Status.SAMPAI: "baik",
    Status.GAGAL_TETAP: "buruk",
    Status.TIDAK_PASTI: "perhatian",
    Status.GAGAL_SEMENTARA: "perhatian",
}
ARTI = {
    Status.DIBUAT: "Pesan ini menunggu dikirim.",
    Status.MENGIRIM: "Pesan ini sedang dikirim.",
    Status.DIKIRIM: "Pesan ini sudah diserahkan. Apakah sudah dibuka, tidak dapat diketahui.",
    Status.SAMPAI: "Pesan ini sudah sampai di ponsel penerima.",
    Status.GAGAL_SEMENTARA: "Pesan ini belum terkirim dan dicoba lagi dengan sendirinya.",
    Status.GAGAL_TETAP: "Pesan ini tidak terkirim dan tidak dicoba lagi. Periksa alamatnya, kirim ulang, atau kabari "
    "pemohon lewat telepon.",
    Status.TIDAK_PASTI: "Sambungan terputus ketika pesan ini diserahkan: mungkin sudah sampai, mungkin belum. Karena "
    "itu tidak dikirim lagi dengan sendirinya. Tanyakan kepada pemohon, lalu kirim ulang atau tandai sudah ditangani.",
}


def _pengguna(request: HttpRequest) -> Pengguna:
    """The person, unless a partner: BPKH and banks are sent cases, not what the office writes to people."""
    pengguna = cast(Pengguna, request.user)
    if all(t.kantor.jenis in (Kantor.Jenis.BPKH, Kantor.Jenis.BPS) for t in pengguna.penugasan_berlaku()):
        raise PermissionDenied
    return pengguna


def lingkup(pengguna: Pengguna) -> QuerySet[Pesan]:
    return Pesan.objects.keluar().untuk(pengguna)


@petugas
@require_GET
def daftar(request: HttpRequest) -> HttpResponse:
    """GET /pesan/keluar/?keadaan=&saluran=&kantor=: newest first, 25 a page."""
    pengguna = _pengguna(request)
    keadaan = request.GET.get("keadaan", "")
    keadaan = keadaan if keadaan in KEADAAN else "perlu"
    qs, pilihan = _saring(lingkup(pengguna), request)
    perlu = qs.perlu()
    if keadaan == "perlu":
        qs = perlu
    else:
        sejak = timezone.now() - datetime.timedelta(days=HARI)
        qs = qs.filter(status__in=KEADAAN[keadaan][1], dibuat__gte=sejak)
    halaman = Paginator(qs.select_related("perkara__kantor"), PER_HALAMAN).get_page(request.GET.get("halaman"))
    kueri = urlencode({"keadaan": keadaan, **pilihan})
    konteks = {
        "halaman": halaman, "baris": [baris_pesan(p) for p in halaman], "keadaan": keadaan, "pilihan": pilihan,
        "daftar_keadaan": [(k, label) for k, (label, _) in KEADAAN.items()], "jumlah_perlu": perlu.count(),
        "pilihan_saluran": SALURAN, "pilihan_kantor": _pilihan_kantor(pengguna), "kueri": f"&{kueri}",
        "menu": "pesan",
    }  # fmt: skip
    return render(request, "kabar/keluar.html", konteks)


def _saring(qs: Any, request: HttpRequest) -> tuple[Any, dict[str, str]]:
    pilihan = {n: v for n in ("saluran", "kantor") if (v := request.GET.get(n, "")) and "\x00" not in v}
    if pilihan.get("saluran") in dict(SALURAN):
        qs = qs.filter(saluran=pilihan["saluran"])
    if "kantor" in pilihan:
        qs = qs.filter(perkara__kantor__slug=pilihan["kantor"])
    return qs, pilihan


def _pilihan_kantor(pengguna: Pengguna) -> list[tuple[str, str]]:
    """Only for people who see more than one office."""
    jenis = {t.kantor.jenis for t in pengguna.penugasan_berlaku()}
    if jenis <= {Kantor.Jenis.KABKOTA}:
        return []
    kantor = Kantor.objects.filter(jenis=Kantor.Jenis.KABKOTA, aktif=True)
    if Kantor.Jenis.PUSAT not in jenis:
        kantor = kantor.filter(induk__in=[t.kantor_id for t in pengguna.penugasan_berlaku()])
    return list(kantor.values_list("slug", "nama_pendek"))


def sebut_penerima(pesan: Pesan) -> str:
    """Who a message is for, in the middle of a sentence."""
    return pesan.penerima.nama_pendek if pesan.penerima else "pemohon"


def baris_pesan(pesan: Pesan) -> dict[str, Any]:
    """One message for lists and for the case page; needs `perkara__kantor`."""
    status = Status(pesan.status)
    zona = pesan.perkara.kantor.zona_waktu if pesan.perkara else None
    return {
        "pesan": pesan,
        "perlu": status in PERLU and pesan.ditangani is None,
        "status": "Sudah ditangani" if pesan.ditangani else status.label,
        "nada": "tenang" if pesan.ditangani else NADA.get(status, ""),
        "saat": saat(pesan.sampai or pesan.dikirim or pesan.dibuat, zona) if zona else "",
    }


@petugas
@require_GET
def satu(request: HttpRequest, pk: int) -> HttpResponse:
    """GET /pesan/keluar/<pk>/: what was written, how far it came, who did what about it."""
    return _tampil(request, _ambil(request, pk))


@petugas
@require_POST
def ulang(request: HttpRequest, pk: int) -> HttpResponse:
    """POST: send it again. 409 when it is in another status by now, 422 when an uncertain one is not confirmed."""
    pesan = _ambil_untuk_mengurus(request, pk)
    if request.POST.get("status") != pesan.status or pesan.status not in PERLU:
        return _tampil(request, pesan, "Keadaan pesan ini sudah berubah. Periksa lagi di bawah.", 409)
    if pesan.status == Status.TIDAK_PASTI and request.POST.get("yakin") != "ya":
        return _tampil(
            request, pesan, f"Centang dahulu bahwa {sebut_penerima(pesan)} boleh menerima pesan ini dua kali.", 422
        )
    hasil = kirim_ulang(pesan, _pengguna(request))
    if hasil is HasilUlang.TIDAK_BISA:
        pesan.refresh_from_db()
        return _tampil(request, pesan, "Pesan ini sedang diurus orang lain. Periksa lagi di bawah.", 409)
    if hasil is HasilUlang.SUDAH_JELAS:
        messages.info(request, "Gerbang pesan sudah tahu nasib pesan ini, jadi tidak dikirim ulang. Lihat di bawah.")
    else:
        messages.success(request, "Pesan dikirim ulang. Hasilnya terlihat di sini dalam satu menit.")
    return redirect("kabar:keluar_satu", pk=pk)


@petugas
@require_POST
def ditangani(request: HttpRequest, pk: int) -> HttpResponse:
    """POST: the applicant was told another way. 409 when it is in another status by now."""
    pesan = _ambil_untuk_mengurus(request, pk)
    if request.POST.get("status") != pesan.status or not tandai_ditangani(pesan, _pengguna(request)):
        pesan.refresh_from_db()
        return _tampil(request, pesan, "Keadaan pesan ini sudah berubah. Periksa lagi di bawah.", 409)
    messages.success(request, f"Dicatat: {sebut_penerima(pesan)} sudah dikabari dengan cara lain.")
    return redirect("kabar:keluar_satu", pk=pk)


def _ambil(request: HttpRequest, pk: int) -> Pesan:
    return get_object_or_404(
        lingkup(_pengguna(request)).select_related("perkara__kantor", "versi_templat", "penerima"), pk=pk
    )


def _ambil_untuk_mengurus(request: HttpRequest, pk: int) -> Pesan:
    pesan = _ambil(request, pk)
    if not boleh_mengurus(_pengguna(request), pesan):
        raise PermissionDenied
    return pesan


def _tampil(request: HttpRequest, pesan: Pesan, gagal: str = "", status: int = 200) -> HttpResponse:
    perkara = pesan.perkara
    if perkara is None:
        raise AssertionError("only messages about cases are in scope")
    zona = perkara.kantor.zona_waktu
    baris, penerima = baris_pesan(pesan), sebut_penerima(pesan)
    waktu = [("Ditulis", pesan.dibuat), ("Diserahkan", pesan.dikirim), ("Sampai", pesan.sampai)]
    if pesan.status == Status.GAGAL_SEMENTARA:
        waktu.append(("Dicoba lagi", pesan.jatuh_tempo))
    try:
        url = perkara.get_absolute_url()
    except NoReverseMatch:
        url = ""  # the service has no pages (yet)
    konteks = {
        **baris, "perkara": perkara, "url_perkara": url, "gagal": gagal,
        "arti": ARTI[Status(pesan.status)].replace("pemohon", penerima), "penerima": penerima,
        "rujukan": kepala(pesan.rujukan)["Message-ID"] if pesan.saluran == Pesan.Saluran.EMAIL else "",
        "waktu": [(label, saat(w, zona)) for label, w in waktu if w],
        "tindakan": [(t, saat(t.saat, zona)) for t in pesan.tindakan.select_related("oleh")],
        "boleh": baris["perlu"] and boleh_mengurus(_pengguna(request), pesan), "menu": "pesan",
    }  # fmt: skip
    return render(request, "kabar/keluar_satu.html", konteks, status=status)
