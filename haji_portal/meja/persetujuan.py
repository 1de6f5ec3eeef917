"""Persetujuan: everything that waits for my paraf or signature, approved one by one or many at once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from haji_portal.akun.akses import petugas, sandi_ditolak, sandi_segar
from haji_portal.akun.models import Pengguna, Peran
from haji_portal.alur.apps import model_perkara, semua_jenis
from haji_portal.alur.deklarasi import Langkah, langkah_dari
from haji_portal.alur.models import Giliran, Perkara, Permohonan
from haji_portal.alur.posisi import kantor_langkah
from haji_portal.surat.cara import cara_ttd
from haji_portal.surat.galat import SuratGagal
from haji_portal.surat.jenis import judul_surat
from haji_portal.surat.models import CaraTtd, Surat
from haji_portal.surat.tandatangan import SesiTtd, buka_sesi

from .aliran import ALIRKAN, alirkan
from .baris import HalamanPerkara, baris_perkara
from .borongan import Penyetuju, setujui
from .kasus import awal_kecil, konteks_kasus
from .kerja import giliran_saya, pasangan_peran, urutkan
from .langkah import RAHASIA, SANDI, pratinjau_surat
from .permintaan import PermintaanPetugas

PEJABAT = (
    Peran.KASI, Peran.KASUBAG, Peran.KEPALA, Peran.KANWIL, Peran.DIREKTORAT, Peran.SUBDIT, Peran.DIREKTUR, Peran.DITJEN,
)  # fmt: skip
PER_HALAMAN = 100
SEKALIGUS = 100
"""Letters in one batch; each costs about a quarter of a second of processor time, over all cores (0017)."""
HASIL: dict[str, Any] = {"judul_kerja": "persetujuan", "sisa_di": "Persetujuan", "menu": "persetujuan"}


def menunggu_persetujuan(pengguna: Pengguna) -> QuerySet[Giliran]:
    """The turns whose next step is a gate of mine as an official, the nearest deadline first."""
    gerbang = {lk.nama for m in _mesin() for status in m.TAHAP for lk in _gerbang(m, status)}
    milik = giliran_saya(pengguna).filter(pihak=Giliran.Pihak.KANTOR, peran__in=PEJABAT, langkah__in=gerbang)
    return urutkan(milik)


def _mesin() -> list[type[Permohonan]]:
    return [model_perkara(satu.jenis) for satu in semua_jenis()]


def _gerbang(model: type[Permohonan], status: str) -> list[Langkah]:
    """The plain way on; where only branches lead on (a refusal), the one that is signed."""
    gerbang = [lk for lk in langkah_dari(model, status) if not lk.fakta]
    return [lk for lk in gerbang if not lk.cabang] or [lk for lk in gerbang if lk.tanda_tangan]


@petugas
@require_http_methods(["GET", "POST"])
def persetujuan(request: PermintaanPetugas) -> HttpResponseBase:
    """GET shows the stack and one letter; POST approves the ticked ones, each in its own transaction."""
    if request.method == "POST":
        return _setujui(request)
    return _tampil(request)


def _tampil(
    request: PermintaanPetugas, *, galat: str = "", terpilih: tuple[str, ...] = (), status: int = 200
) -> HttpResponse:
    tumpukan = HalamanPerkara(menunggu_persetujuan(request.user), PER_HALAMAN)
    halaman = tumpukan.get_page(request.GET.get("halaman"))
    pasangan = pasangan_peran(request.user)
    baris = [_baris(p, pasangan, terpilih) for p in halaman]
    pilih = request.GET.get("pilih") or (baris[0]["nomor"] if baris else "")
    konteks: dict[str, Any] = {"baris": baris, "halaman": halaman, "menu": "persetujuan", "galat": galat, "kueri": ""}
    konteks["cara"] = _cara_dipakai(b["perkara"] for b in baris if b["tanda_tangan"])
    tanya = not sandi_segar(request)
    konteks["tanya_sandi"] = tanya and any(b["sandi"] for b in baris)
    konteks["sekaligus"] = any(b["sekaligus"] for b in baris)
    terbuka = next((b for b in baris if b["nomor"] == pilih), None)
    if terbuka is not None:
        urut = baris.index(terbuka)
        konteks["terbuka"] = terbuka
        konteks["berikut"] = baris[urut + 1] if urut + 1 < len(baris) else None
        rinci = terbuka["perkara"].rinci()
        konteks["kasus"] = konteks_kasus(rinci, request.user, tanya_sandi=tanya)
        # By address: where the offices' tables sign one letter in different steps, it is still one letter.
        surat = [s for lk in _gerbang(type(rinci), rinci.tahap) for s in pratinjau_surat(rinci, lk)]
        konteks["surat"] = list({s["url"]: s for s in surat}.values()) or _draf(rinci)
    return render(request, "meja/persetujuan.html", konteks, status=status)


def _draf(perkara: Permohonan) -> list[dict[str, str]]:
    """What is initialled or let through here, and signed by somebody later, is read here, too."""
    rows = perkara.surat.filter(status__in=Surat.BERJALAN).order_by("pk")
    return [{"judul": judul_surat(s.jenis), "url": reverse("surat:lihat", args=[s.pk])} for s in rows]


def _baris(perkara: Perkara, pasangan: set[tuple[str, int]], terpilih: tuple[str, ...]) -> dict[str, Any]:
    baris = baris_perkara(perkara, pasangan)
    giliran = next((g for g in perkara.giliran.all() if (g.peran, g.kantor_id) in pasangan), None)
    model = model_perkara(perkara.jenis)
    langkah = next((lk for lk in _gerbang(model, perkara.tahap) if giliran and lk.nama == giliran.langkah), None)
    tanda_tangan = langkah.tanda_tangan if langkah else ""
    return baris | {
        "diajukan": awal_kecil(baris["langkah_akhir"]),
        "langkah": langkah.nama if langkah else "",
        "tanda_tangan": tanda_tangan,
        "sandi": langkah is not None and langkah.sandi,
        "sekaligus": langkah is not None and (bool(tanda_tangan) or not langkah.form),
        "terpilih": perkara.nomor in terpilih,
    }


def _setujui(request: PermintaanPetugas) -> HttpResponseBase:
    dikirim = dict.fromkeys(n for n in request.POST.getlist("perkara") if "\x00" not in n)
    nomor = tuple(dikirim)[:SEKALIGUS]
    if not nomor:
        return _tampil(request, galat="Centang dulu berkas yang akan disetujui.", status=422)
    qs = Perkara.objects.untuk(request.user).filter(nomor__in=nomor).select_related("kantor", "pemohon")
    antrean = sorted(qs, key=lambda p: p.pk)
    penyetuju = Penyetuju(request.user, request.penugasan, request.POST, sandi=sandi_segar(request))
    if not penyetuju.sandi and any(penyetuju.melepas_dana(p) for p in antrean):
        if salah := sandi_ditolak(request, request.POST.get(SANDI, "")):
            return _tampil(request, galat=salah, terpilih=nomor, status=422)
        penyetuju = replace(penyetuju, sandi=True)
    try:
        sesi = {cara: _buka(request, cara) for cara in _cara_dipakai(antrean)}
    except SuratGagal as galat:
        return _tampil(request, galat=galat.kalimat, terpilih=nomor, status=galat.status_http)
    jalan = setujui(antrean, penyetuju, sesi)
    asing = len(set(nomor) - {p.nomor for p in antrean})
    if len(antrean) >= ALIRKAN:
        return alirkan(request, "meja/persetujuan_hasil.html", HASIL | {"asing": asing}, jalan, len(antrean))
    hasil = list(jalan)
    beres = sum(h.berhasil for h in hasil)
    if beres == len(hasil) == 1:
        messages.success(request, f"{hasil[0].nomor}: {hasil[0].kalimat}")
    konteks = HASIL | {"hasil": hasil, "beres": beres, "asing": asing}
    return render(request, "meja/persetujuan_hasil.html", konteks)


def _buka(request: PermintaanPetugas, cara: CaraTtd) -> SesiTtd:
    return buka_sesi(request.user, request.POST.get(RAHASIA[cara], ""), cara)


def _cara_dipakai(perkara: Iterable[Perkara]) -> list[CaraTtd]:
    """The kinds of signature that these cases need; [] when none of them is signed."""
    per_kantor: dict[int, CaraTtd] = {}
    dipakai = set()
    for satu in perkara:
        if (langkah := _langkah_ttd(satu)) is not None:
            dipakai.add(_cara(satu, langkah, per_kantor))
    return sorted(dipakai)


def _langkah_ttd(perkara: Perkara) -> Langkah | None:
    model = model_perkara(perkara.jenis)
    return next((lk for lk in _gerbang(model, perkara.tahap) if lk.tanda_tangan), None)


def _cara(perkara: Perkara, langkah: Langkah, per_kantor: dict[int, CaraTtd]) -> CaraTtd:
    """How this case's letter is signed; `per_kantor` remembers the answer, a stack is mostly one office's."""
    kantor = perkara.kantor if not settings.BSRE_URL else kantor_langkah(perkara.rinci(), langkah)
    if kantor.pk not in per_kantor:
        per_kantor[kantor.pk] = cara_ttd(kantor)
    return per_kantor[kantor.pk]
