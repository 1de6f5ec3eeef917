"""Persetujuan: everything that waits for my paraf or signature, approved one by one or many at once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import F, Min, QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from haji_portal.akun.akses import petugas
from haji_portal.akun.models import Pengguna, Peran
from haji_portal.alur.apps import layanan_aktif
from haji_portal.alur.deklarasi import Langkah, langkah_dari
from haji_portal.alur.galat import IsianSalah, LangkahGagal
from haji_portal.alur.jalankan import cari_di_tahap, jalankan, pilih_petugas
from haji_portal.alur.models import Giliran, Perkara, Permohonan
from haji_portal.alur.pelaku import Petugas
from haji_portal.surat.galat import SandiSalah
from haji_portal.surat.tandatangan import SesiTtd, buka_sesi

from .baris import baris_perkara, untuk_daftar
from .kasus import awal_kecil, konteks_kasus
from .kerja import giliran_saya, pasangan_peran
from .langkah import kelas_form
from .permintaan import PermintaanPetugas
from .tandatangan import tandatangani_langkah

PEJABAT = (
    Peran.KASI, Peran.KASUBAG, Peran.KEPALA, Peran.KANWIL, Peran.DIREKTORAT, Peran.SUBDIT, Peran.DIREKTUR, Peran.DITJEN,
)  # fmt: skip
PER_HALAMAN = 50
SEKALIGUS = 100
"""Letters in one batch: drawing and signing one took 0.5-0.9 s, and a request must end before patience does."""


@dataclass(frozen=True)
class HasilSatu:
    """What became of one case of a batch."""

    nomor: str
    nama: str
    url: str
    berhasil: bool
    kalimat: str


def menunggu_persetujuan(pengguna: Pengguna) -> QuerySet[Perkara]:
    """Open cases whose next step is a gate of mine as an official, the nearest deadline first."""
    gerbang = {lk.nama for c in layanan_aktif() for status in c.model.TAHAP for lk in _gerbang(c.model, status)}
    milik = giliran_saya(pengguna).filter(pihak=Giliran.Pihak.KANTOR, peran__in=PEJABAT, langkah__in=gerbang)
    qs = Perkara.objects.filter(pk__in=milik.values("perkara")).annotate(batas=Min("giliran__tenggat"))
    return qs.order_by(F("batas").asc(nulls_last=True), "dibuka", "pk")


def _gerbang(model: type[Permohonan], status: str) -> list[Langkah]:
    return [lk for lk in langkah_dari(model, status) if not lk.fakta and not lk.cabang]


@petugas
@require_http_methods(["GET", "POST"])
def persetujuan(request: PermintaanPetugas) -> HttpResponse:
    """GET shows the stack and one letter; POST approves the ticked ones, each in its own transaction."""
    if request.method == "POST":
        return _setujui(request)
    return _tampil(request)


def _tampil(
    request: PermintaanPetugas, *, galat: str = "", terpilih: tuple[str, ...] = (), status: int = 200
) -> HttpResponse:
    tumpukan = Paginator(untuk_daftar(menunggu_persetujuan(request.user)), PER_HALAMAN)
    halaman = tumpukan.get_page(request.GET.get("halaman"))
    pasangan = pasangan_peran(request.user)
    baris = [_baris(p, pasangan, terpilih) for p in halaman]
    pilih = request.GET.get("pilih") or (baris[0]["nomor"] if baris else "")
    konteks: dict[str, Any] = {"baris": baris, "halaman": halaman, "menu": "persetujuan", "galat": galat, "kueri": ""}
    konteks["butuh_sandi"] = any(b["tanda_tangan"] for b in baris)
    terbuka = next((b for b in baris if b["nomor"] == pilih), None)
    if terbuka is not None:
        urut = baris.index(terbuka)
        konteks["terbuka"] = terbuka
        konteks["berikut"] = baris[urut + 1] if urut + 1 < len(baris) else None
        konteks["kasus"] = konteks_kasus(terbuka["perkara"].rinci(), request.user)
    return render(request, "meja/persetujuan.html", konteks, status=status)


def _baris(perkara: Perkara, pasangan: set[tuple[str, int]], terpilih: tuple[str, ...]) -> dict[str, Any]:
    baris = baris_perkara(perkara, pasangan)
    giliran = next((g for g in perkara.giliran.all() if (g.peran, g.kantor_id) in pasangan), None)
    model = next(c.model for c in layanan_aktif() if c.label == perkara.jenis)
    langkah = next((lk for lk in _gerbang(model, perkara.tahap) if giliran and lk.nama == giliran.langkah), None)
    tanda_tangan = langkah.tanda_tangan if langkah else ""
    return baris | {
        "diajukan": awal_kecil(baris["langkah_akhir"]),
        "langkah": langkah.nama if langkah else "",
        "tanda_tangan": tanda_tangan,
        "sekaligus": langkah is not None and (bool(tanda_tangan) or not langkah.form),
        "surat": reverse("surat:dokumen", args=[perkara.nomor, tanda_tangan]) if tanda_tangan else "",
        "terpilih": perkara.nomor in terpilih,
    }


def _setujui(request: PermintaanPetugas) -> HttpResponse:
    dikirim = dict.fromkeys(n for n in request.POST.getlist("perkara") if "\x00" not in n)
    nomor = tuple(dikirim)[:SEKALIGUS]
    if not nomor:
        return _tampil(request, galat="Centang dulu berkas yang akan disetujui.", status=422)
    qs = Perkara.objects.untuk(request.user).filter(nomor__in=nomor).select_related("kantor", "pemohon")
    antrean = sorted(qs, key=lambda p: p.pk)
    sesi: SesiTtd | None = None
    if any(_perlu_sandi(p) for p in antrean):
        try:
            sesi = buka_sesi(request.user, request.POST.get("sandi", ""))
        except SandiSalah as galat:
            return _tampil(request, galat=galat.kalimat, terpilih=nomor, status=422)
    hasil = [_satu(request, p, sesi) for p in antrean]
    beres = sum(h.berhasil for h in hasil)
    if beres == len(hasil) == 1:
        messages.success(request, f"{hasil[0].nomor}: {hasil[0].kalimat}")
    asing = [n for n in nomor if n not in {p.nomor for p in antrean}]
    konteks = {"hasil": hasil, "beres": beres, "asing": len(asing), "menu": "persetujuan"}
    return render(request, "meja/persetujuan_hasil.html", konteks)


def _perlu_sandi(perkara: Perkara) -> bool:
    model = next(c.model for c in layanan_aktif() if c.label == perkara.jenis)
    return any(lk.tanda_tangan for lk in _gerbang(model, perkara.tahap))


def _satu(request: PermintaanPetugas, perkara: Perkara, sesi: SesiTtd | None) -> HasilSatu:
    """Approve one case; whatever goes wrong here stops no other."""
    nama = perkara.pemohon.nama if perkara.pemohon else ""
    url = perkara.get_absolute_url()
    try:
        kalimat = _jalankan_satu(request, perkara.rinci(), sesi)
    except IsianSalah as galat:
        return HasilSatu(perkara.nomor, nama, url, False, " ".join(k for isi in galat.galat.values() for k in isi))
    except LangkahGagal as galat:
        return HasilSatu(perkara.nomor, nama, url, False, galat.kalimat)
    return HasilSatu(perkara.nomor, nama, url, True, kalimat)


def _jalankan_satu(request: PermintaanPetugas, perkara: Permohonan, sesi: SesiTtd | None) -> str:
    nama = request.POST.get(f"langkah-{perkara.nomor}", "")
    teks = request.POST.get(f"versi-{perkara.nomor}", "")
    versi = int(teks) if teks.isascii() and teks.isdigit() and len(teks) < 10 else -1
    if versi != perkara.versi:
        # An older page: jalankan() knows a second click from a case that moved on.
        hasil = jalankan(perkara, nama, oleh=Petugas(request.user, request.penugasan[0]), versi=versi)
        return f"“{hasil.riwayat.label}” sudah dilakukan."
    langkah = cari_di_tahap(perkara, nama)
    oleh = pilih_petugas(request.user, perkara, langkah)
    if langkah.tanda_tangan and sesi is not None:
        hasil = tandatangani_langkah(perkara, langkah, oleh=oleh, versi=versi, sesi=sesi)
    elif kelas_form(langkah) is not None:
        raise LangkahGagal("Langkah ini meminta isian. Buka perkaranya lalu selesaikan di sana.")
    else:
        hasil = jalankan(perkara, langkah.nama, oleh=oleh, versi=versi)
    return f"“{hasil.riwayat.label}” {'sudah dilakukan' if hasil.sudah else 'selesai'}."
