"""The set that goes to the Kanwil by e-mail, and what proves that it went (Tanah Bumbu 6)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.conf import settings
from django.urls import reverse

from haji_portal.akun.models import Pengguna
from haji_portal.alur.models import Efek, Perkara, Riwayat
from haji_portal.alur.tampil_waktu import saat
from haji_portal.berkas.models import Lampiran
from haji_portal.berkas.simpan import baca
from haji_portal.kabar.keluar import NADA
from haji_portal.kabar.kirim import pelampir
from haji_portal.kabar.models import PERLU, Pesan
from haji_portal.kabar.ulang import boleh_mengurus
from haji_portal.surat.jenis import judul_surat
from haji_portal.surat.models import Surat
from haji_portal.surat.terbit import isi_pdf

from .models import Pelimpahan

SUREL_KANWIL = "pelimpahan.surel_kanwil"
SURAT_KANTOR = ("rekomendasi_limpah", "pengantar_limpah", "permohonan_limpah")
AKHIRAN = {"application/pdf": "pdf", "image/jpeg": "jpg", "image/png": "png"}
Status = Pesan.Status


@dataclass(frozen=True)
class Bagian:
    """One file of the set. nama: of the attachment, without any person's; judul: in the list; ukuran: bytes."""

    nama: str
    judul: str
    ukuran: int
    baca: Callable[[], bytes]


def isi_kiriman(p: Pelimpahan) -> list[Bagian]:
    """The newest scanned set; what the recipient sent from home; the signed letters of the office in force."""
    arsip = p.lampiran.terkini().filter(jenis=Lampiran.Jenis.ARSIP).order_by("-pk")[:1]
    bagian = [_dari_lampiran(f, f"{p.nomor}-berkas", "Hasil pindai berkas") for f in arsip]
    if p.saluran == Perkara.Saluran.ELEKTRONIK:
        unggahan = p.lampiran.terkini().filter(jenis=Lampiran.Jenis.BERKAS, butir__isnull=False)
        for ke, f in enumerate(unggahan.select_related("butir").order_by("butir__urut", "butir__kode", "pk"), 1):
            bagian.append(_dari_lampiran(f, f"{p.nomor}-{ke:02d}-{f.butir.kode}", f.butir.nama))
    surat = p.surat.filter(jenis__in=SURAT_KANTOR, status=Surat.Status.DITANDATANGANI).order_by("pk")
    return bagian + [_dari_surat(s, p.nomor) for s in surat]


def _dari_lampiran(f: Lampiran, nama: str, judul: str) -> Bagian:
    akhiran = AKHIRAN.get(f.mime, "bin")
    return Bagian(f"{nama}.{akhiran}", judul, f.ukuran, partial(baca, f.kunci, f.sha256))


def _dari_surat(surat: Surat, nomor: str) -> Bagian:
    isi = isi_pdf(surat)
    jenis = surat.jenis.removesuffix("_limpah")
    judul = f"{judul_surat(surat.jenis)} nomor {surat.nomor}"
    return Bagian(f"{nomor}-{jenis}.pdf", judul, len(isi), lambda: isi)


def terlalu_besar(bagian: list[Bagian]) -> bool:
    return sum(b.ukuran for b in bagian) > settings.SUREL_LAMPIRAN_MB * 1024 * 1024


def fakta_kiriman(p: Pelimpahan, bagian: list[Bagian]) -> dict[str, Any]:
    """What the cover text says (templates/kabar/pelimpahan_kanwil.txt): the case by its number, nobody by name."""
    return {
        "nomor": p.nomor,
        "kanwil": p.kantor.induk.nama if p.kantor.induk else "",
        "daftar_kiriman": "\n".join(f"- {b.judul} ({_ukuran(b.ukuran)})" for b in bagian) or "- (tanpa lampiran)",
        "di_portal": terlalu_besar(bagian),
        "alamat_perkara": f"{settings.SITUS_URL}{p.get_absolute_url()}",
    }


def _ukuran(byte: int) -> str:
    """`312 KB`, `1,4 MB`."""
    if byte < 1024 * 1024:
        return f"{max(1, round(byte / 1024))} KB"
    return f"{byte / 1024 / 1024:.1f} MB".replace(".", ",")


@pelampir("pelimpahan_kanwil")
def lampiran_kanwil(perkara: Perkara) -> list[tuple[str, bytes]]:
    """The set as it stands when the e-mail leaves."""
    p = Pelimpahan.objects.select_related("kantor__induk").get(pk=perkara.pk)
    return [(b.nama, b.baca()) for b in isi_kiriman(p)]


def kiriman_kanwil(p: Pelimpahan, pengguna: Pengguna) -> list[dict[str, Any]]:
    """The e-mails to the Kanwil for the case page, newest first: how far each came, and where to decide about it."""
    rows: list[dict[str, Any]] = []
    for riwayat in p.riwayat.filter(langkah="kirim_kanwil").order_by("-urut"):
        pesan = Pesan.objects.filter(riwayat=riwayat, penerima__isnull=False).select_related("penerima").first()
        if pesan is None:
            rows.append({"kata": _belum_ada(riwayat), "nada": "perhatian", "status": "Tidak lewat surel", "url": ""})
            continue
        pesan.perkara = p
        perlu = pesan.status in PERLU and pesan.ditangani is None
        rows.append(
            {
                "kata": kata_kiriman(pesan), "nada": NADA.get(Status(pesan.status), ""),
                "status": pesan.get_status_display(), "bukti": pesan.bukti,
                "url": reverse("kabar:keluar_satu", args=[pesan.pk]),
                "ulang": perlu and boleh_mengurus(pengguna, pesan),
            }
        )  # fmt: skip
    return rows


def _belum_ada(riwayat: Riwayat) -> str:
    """Why a sending has no e-mail: not yet, or the Kanwil has no address."""
    efek = Efek.objects.filter(riwayat=riwayat, jenis=SUREL_KANWIL).first()
    if efek is not None and efek.selesai is None:
        return "Surel kepada Kantor Wilayah sedang disiapkan."
    return "Surel Kantor Wilayah belum diatur. Kantor Wilayah melihat perkara dan berkasnya di kotak kerja portal."


def kata_kiriman(pesan: Pesan) -> str:
    """The proof, or what is known, in one sentence."""
    if pesan.dikirim and pesan.perkara and pesan.status in (Status.DIKIRIM, Status.SAMPAI):
        terima = ", diterima peladen surelnya" if pesan.bukti else ""
        return f"Dikirim ke surel {pesan.alamat} pada {saat(pesan.dikirim, pesan.perkara.kantor.zona_waktu)}{terima}."
    return {
        Status.GAGAL_SEMENTARA: f"Belum terkirim ke surel {pesan.alamat}; portal mencoba lagi dengan sendirinya.",
        Status.GAGAL_TETAP: f"Tidak terkirim ke surel {pesan.alamat}.",
        Status.TIDAK_PASTI: f"Tidak pasti sampai di surel {pesan.alamat}: sambungan terputus saat diserahkan. "
        "Tanyakan kepada Kantor Wilayah sebelum mengirim ulang.",
    }.get(Status(pesan.status), f"Sedang dikirim ke surel {pesan.alamat}.")
