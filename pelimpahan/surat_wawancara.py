"""The papers of the interview: the invitation, and the minutes; both without number and electronic signature."""

from __future__ import annotations

import re
from typing import Any

from django.conf import settings
from django.urls import reverse

from haji_portal.akun.models import Kantor
from haji_portal.alur.models import Perkara, Riwayat
from haji_portal.berkas.models import Bentuk, ButirBerkas
from haji_portal.kabar.kirim import pelampir
from haji_portal.surat.galat import SuratGagal
from haji_portal.surat.gambar import qr_data_uri
from haji_portal.surat.jenis import isi_surat
from haji_portal.surat.terbit import dokumen_pdf

from .forms import PERTANYAAN
from .kelayakan_berkas import BUKAN_ASLI
from .models import Janji, Pelimpahan
from .surat import berkas_ada, isi_perkara
from .tahap import Status

TERJADWAL = (Status.DIJADWALKAN, Status.MENUNGGU_WAWANCARA)
LULUS = (Status.LULUS, Status.SPH_TERBIT, Status.SELESAI)


def penyelenggara(p: Pelimpahan) -> Kantor:
    """On whose letterhead these papers stand."""
    return p.kantor_penyelenggara()


def ada_undangan(p: Pelimpahan) -> bool:
    return p.tahap in TERJADWAL and p.janji_kini is not None


def ada_berita_acara(p: Pelimpahan) -> bool:
    return p.tahap in LULUS and bool(p.hasil_wawancara)


@isi_surat(
    "undangan_wawancara", judul="Undangan Wawancara", bertanda_tangan=False, kantor=penyelenggara
)  # fmt: skip
def isi_undangan(p: Pelimpahan) -> dict[str, Any]:
    """245/2021 C.5, E.1: when, where, what to bring. Raises SuratGagal while there is no appointment."""
    janji = p.janji_kini
    if janji is None or not ada_undangan(p):
        raise SuratGagal("Undangan ada selama jadwal wawancaranya berlaku; sekarang tidak ada jadwal.")
    bawa, diserahkan = dokumen_asli(p)
    return isi_perkara(p) | {
        "janji": janji, "slot": janji.slot, "hari": janji.slot.hari, "zona": janji.slot.hari.kantor.get_zona_display(),
        "bawa": bawa, "diserahkan": diserahkan, "qr": qr_data_uri(alamat_hadir(janji)), "kantor_asal": p.kantor,
        "blokir_terbuka": p.blokir_dibuka_pada is not None,
    }  # fmt: skip


def alamat_hadir(janji: Janji) -> str:
    """What the QR of the invitation opens: the organiser's attendance page."""
    return f"{settings.SITUS_URL}{reverse('wawancara:hadir', args=[janji.token])}"


def dokumen_asli(p: Pelimpahan) -> tuple[list[str], list[str]]:
    """Names of the (originals that the recipient holds and brings, originals that the office took in already)."""
    butir = [b for b in berkas_ada(p) if b.kode not in BUKAN_ASLI]
    bawa = [nama_asli(b) for b in butir if b.bentuk != Bentuk.ASLI]
    return bawa, [nama_asli(b) for b in butir if b.bentuk == Bentuk.ASLI]


def nama_asli(butir: ButirBerkas) -> str:
    """The document itself, where the checklist names the certified copy of it that was handed in."""
    return re.sub(r" (yang )?dilegalisir\b.*", "", butir.nama)


@isi_surat(
    "berita_acara_wawancara", judul="Berita Acara Wawancara", bertanda_tangan=False, kantor=penyelenggara
)  # fmt: skip
def isi_berita_acara(p: Pelimpahan) -> dict[str, Any]:
    """245/2021 C.7: who asked whom what, which originals were seen, and the result. Raises SuratGagal before that."""
    lulus = p.riwayat.filter(langkah="luluskan").select_related("pengguna").order_by("-urut").first()
    if lulus is None or not ada_berita_acara(p):
        raise SuratGagal("Berita acara ada sesudah penerima dinyatakan lulus wawancara.")
    hasil = p.hasil_wawancara
    dilihat = set(hasil.get("asli", []))
    return isi_perkara(p) | {
        "lulus": lulus,
        "nip": lulus.pengguna.nip if lulus.pengguna else "",
        "janji": p.janji_kini,
        "pernyataan": [kata for kode, kata in PERTANYAAN.items() if hasil.get("jawaban", {}).get(kode)],
        "asli": [nama_asli(b) for b in berkas_ada(p) if b.kode in dilihat],
        "catatan": hasil.get("catatan", ""),
        "kantor_asal": p.kantor,
        "hadir": _hadir(p),
    }


def _hadir(p: Pelimpahan) -> Riwayat | None:
    return p.riwayat.filter(langkah="catat_hadir").order_by("-urut").first()


@pelampir("undangan_wawancara")
def lampiran_undangan(perkara: Perkara) -> tuple[str, bytes]:
    """The invitation as it stands when the e-mail leaves."""
    return f"Undangan-{perkara.nomor}.pdf", dokumen_pdf(perkara, "undangan_wawancara")
