"""What stands on the paper: letterhead of the date, the case's data, the signer; rendered to HTML with autoescape."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import timezone, translation

from haji_portal.akun.models import Kantor, Penugasan
from haji_portal.alur import tampil_waktu
from haji_portal.alur.apps import nama_perkara
from haji_portal.alur.models import Perkara
from haji_portal.alur.posisi import kantor_langkah, langkah_surat, peran_langkah

from .gambar import buat_pdf, qr_data_uri
from .jenis import JenisSurat, jenis_surat
from .models import CaraTtd, Surat

TTD_UNTUK = {CaraTtd.LOKAL: "bidang", CaraTtd.BSRE: "tempat"}


@dataclass(frozen=True)
class PenandaTangan:
    """Name, position as printed (with Plt./Plh./a.n.), NIP and SK of one moment."""

    nama: str = ""
    jabatan: str = ""
    nip: str = ""
    nomor_sk: str = ""

    @classmethod
    def dari(cls, tugas: Penugasan | None) -> PenandaTangan:
        if tugas is None:
            return cls()
        return cls(tugas.pengguna.nama, tugas.sebutan, tugas.pengguna.nip or "", tugas.nomor_sk)


def tanggal_kantor(kantor: Kantor, waktu: datetime.datetime | None = None) -> datetime.date:
    """The date on the office's wall (WIB, WITA or WIT)."""
    return timezone.localdate(waktu, ZoneInfo(kantor.zona))


def kantor_surat(perkara: Any, jenis: str) -> Kantor:
    """The office that issues this kind of letter: that of the role which signs it, not always that of the case."""
    langkah = langkah_surat(perkara, jenis)
    return kantor_langkah(perkara, langkah) if langkah else perkara.kantor


def calon_penanda_tangan(perkara: Any, kantor: Kantor, jenis: str, tanggal: datetime.date) -> Penugasan | None:
    """Who signs this kind of letter here on that date, as office data and SOP say; an acting official comes first."""
    langkah = langkah_surat(perkara, jenis)
    peran = kantor.peran_penanda_tangan(jenis, tanggal)
    boleh = {peran} if peran else peran_langkah(perkara, langkah) if langkah else set()
    semua = Penugasan.objects.berlaku(tanggal).filter(kantor=kantor, peran__in=boleh, pengguna__is_active=True)
    urut = sorted(
        semua.select_related("pengguna"), key=lambda t: (t.jenis == Penugasan.Jenis.DEFINITIF, -t.mulai.toordinal())
    )
    return urut[0] if urut else None


def alamat_verifikasi(token: str) -> str:
    """Public address behind the QR of a signed letter."""
    return f"{settings.SITUS_URL}/verifikasi/{token}/"


def gambar_draf(perkara: Any, jenis: str) -> bytes:
    """The draft: watermark, no number, no QR; the letterhead and the expected signer are today's."""
    kantor = kantor_surat(perkara, jenis)
    tanggal = tanggal_kantor(kantor)
    penanda = PenandaTangan.dari(calon_penanda_tangan(perkara, kantor, jenis, tanggal))
    return buat_pdf(_html(perkara, jenis_surat(jenis), kantor, tanggal, penanda=penanda, draf=True))


def html_surat(
    perkara: Any,
    surat: Surat,
    *,
    nomor: str,
    tanggal: datetime.date,
    penugasan: Penugasan,
    cara: CaraTtd = CaraTtd.LOKAL,
) -> str:
    """The letter to be signed, with number and date; its drawing is `buat_pdf(html, TTD_UNTUK[cara])`."""
    return _html(
        perkara,
        jenis_surat(surat.jenis),
        penugasan.kantor,
        tanggal,
        penanda=PenandaTangan.dari(penugasan),
        nomor=nomor,
        verifikasi=alamat_verifikasi(surat.token),
        cara=cara,
    )


def gambar_dokumen(perkara: Any, jenis: JenisSurat) -> bytes:
    """A paper without number and signature (a receipt), drawn as the case stands now."""
    kantor = jenis.kantor(perkara) if jenis.kantor else perkara.kantor
    zona = ZoneInfo(kantor.zona)
    pembuka = perkara.riwayat.order_by("urut").first()
    tenggat = perkara.tenggat.filter(selesai__isnull=True, batas__isnull=False).order_by("batas").first()
    return buat_pdf(
        _html(
            perkara,
            jenis,
            kantor,
            tanggal_kantor(kantor),
            layanan=nama_perkara(perkara.jenis),
            diterima=tampil_waktu.saat(perkara.dibuka, zona),
            penerima=(pembuka.nama, pembuka.jabatan) if pembuka and pembuka.pengguna_id else None,
            batas=tampil_waktu.saat(tenggat.batas, zona) if tenggat else "",
        ),
        isian=jenis.isian,
    )


@dataclass(frozen=True)
class Cap:
    """What the visible signature shows: who signed under which number, and the address behind its QR."""

    nama: str
    jabatan: str
    nomor: str
    alamat: str

    @classmethod
    def dari(cls, surat: Surat) -> Cap:
        return cls(surat.nama_penanda_tangan, surat.jabatan, surat.nomor, alamat_verifikasi(surat.token))

    def html(self) -> str:
        """One small page as large as the field."""
        with translation.override("id"):
            return render_to_string("surat/cap.html", {"cap": self, "qr": qr_data_uri(self.alamat)})


def _html(
    perkara: Perkara,
    jenis: JenisSurat,
    kantor: Kantor,
    tanggal: datetime.date,
    *,
    penanda: PenandaTangan | None = None,
    nomor: str = "",
    verifikasi: str = "",
    draf: bool = False,
    **lain: Any,
) -> str:
    konteks = {
        "judul": jenis.judul,
        "perkara": perkara,
        "kantor": kantor,
        "kop": kantor.kop(tanggal),
        "tanggal": tanggal,
        "penanda": penanda,
        "nomor": nomor,
        "verifikasi": verifikasi,
        "draf": draf,
        "qr_cek": qr_data_uri(f"{settings.SITUS_URL}/cek/?{urlencode({'nomor': perkara.nomor})}"),
        "situs": settings.SITUS_URL,
        "isi": jenis.penyusun(perkara),
        **lain,
    }
    with translation.override("id"), timezone.override(kantor.zona):
        return render_to_string(jenis.templat, konteks)
