"""The figures of a day for those who answer for the desks: how long people waited, how long it took, who called."""

from __future__ import annotations

import datetime
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from haji_portal.akun.akses import PermintaanPetugas, petugas
from haji_portal.akun.models import Kantor
from haji_portal.alur.tampil_waktu import hari_tanggal
from haji_portal.berkas.tabel import tulis_tabel

from ..models import LayananAntrean, Loket, Tiket
from .izin import MELAYANI, MELIHAT, MENGATUR, boleh, tugas_antrean
from .ukur import Bagian, angka, baca, bagian
from .views_tamu import hari_dari

KOLOM = ("jumlah", "dilayani", "tunggu_median", "tunggu_p90", "layan_median", "layan_p90")
JUDUL = ("Jumlah", "Dilayani", "Menunggu: median", "Menunggu: 90%", "Dilayani: median", "Dilayani: 90%")


def angka_hari(kantor: Kantor, hari: datetime.date) -> dict[str, Any]:
    """Three tables: per service, per hour of arrival, per desk; and the day as a whole."""
    semua = bagian(baca(kantor, hari))
    nama = {s.pk: s.nama for s in LayananAntrean.objects.filter(kantor=kantor)}
    loket = {k.pk: k.sebutan for k in Loket.objects.filter(kantor=kantor)}
    tiket = Tiket.objects.filter(kantor=kantor, tanggal=hari)
    return {
        "layanan": _kelompok(semua, lambda b: b.layanan, lambda k: nama.get(k, "")),
        "jam": _kelompok(
            semua, lambda b: b.mulai.astimezone(kantor.zona_waktu).hour, lambda j: f"{j:02d}.00–{j:02d}.59"
        ),
        "loket": _kelompok([b for b in semua if b.loket], lambda b: b.loket, lambda k: loket.get(k, "")),
        "seluruhnya": angka(semua),
        "dilewati": tiket.filter(keadaan=Tiket.Keadaan.DILEWATI).count(),
        "batal": tiket.filter(keadaan=Tiket.Keadaan.BATAL).count(),
        "nomor": tiket.count(),
    }  # fmt: skip


def _kelompok(semua: list[Bagian], kunci: Any, nama: Any) -> list[dict[str, Any]]:
    hasil = []
    for satu in sorted({kunci(b) for b in semua}):
        hasil.append({"nama": nama(satu), **angka(b for b in semua if kunci(b) == satu)})
    # Beside the number stands a bar: as wide as the longest wait of its table.
    terlama = max((h["tunggu_p90"] or 0 for h in hasil), default=0)
    for h in hasil:
        h["bilah"] = {k: round(100 * (h[k] or 0) / terlama) if terlama else 0 for k in ("tunggu_median", "tunggu_p90")}
    return hasil


@petugas
@require_safe
def halaman(request: PermintaanPetugas) -> HttpResponse:
    """GET /antrean/angka/?hari=2026-11-23."""
    kantor = tugas_antrean(request, MELIHAT).kantor
    hari = hari_dari(request, kantor)
    konteks = angka_hari(kantor, hari) | {
        "menu": "antrean", "kantor": kantor, "hari": hari, "hari_kata": hari_tanggal(hari),
        "boleh_atur": boleh(request, MENGATUR), "bisa_loket": boleh(request, MELAYANI),
    }  # fmt: skip
    return render(request, "antrean/angka.html", konteks)


@petugas
@require_safe
def unduh(request: PermintaanPetugas) -> HttpResponse:
    """GET /antrean/angka/unduh/?hari=: the same tables as one CSV; no person stands in it."""
    kantor = tugas_antrean(request, MELIHAT).kantor
    hari = hari_dari(request, kantor)
    isi = angka_hari(kantor, hari)
    baris = [
        [bagian_, satu["nama"], *(satu[k] for k in KOLOM)]
        for bagian_, kunci in (("Layanan", "layanan"), ("Jam", "jam"), ("Loket", "loket"))
        for satu in isi[kunci]
    ]
    seluruhnya = ["Seluruhnya", kantor.nama_pendek, *(isi["seluruhnya"][k] for k in KOLOM)]
    mentah = tulis_tabel("csv", ["Menurut", "Nama", *JUDUL], [*baris, seluruhnya])
    nama = f"antrean-{kantor.slug}-{hari}.csv"
    kepala = {"Content-Disposition": content_disposition_header(True, nama) or "attachment"}
    return HttpResponse(mentah, content_type="text/csv; charset=utf-8", headers=kepala)
