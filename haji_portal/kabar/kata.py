"""What a message says: facts of a case in plain words, poured into the texts of `templat.py`.

Facts are strings and truth values, never objects. No NIK, no account number; a name only in the salutation of an
e-mail.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.template.loader import select_template
from django.utils.text import slugify

from haji_portal.akun.models import Kantor, Peran
from haji_portal.alur.apps import nama_perkara
from haji_portal.alur.models import Giliran, Perkara, Permohonan, Riwayat, RiwayatIsi, Tahap
from haji_portal.alur.tampil_waktu import saat
from haji_portal.alur.tenggat import batas_berjalan

from .aman import tuang
from .gsm import ratakan
from .models import TemplatPesan
from .templat import BINGKAI, PENDEK, naskah

# How the pilgrim knows them; the rest by their label.
SEBUTAN = {
    Peran.PTSP: "petugas loket",
    Peran.JFU: "petugas haji",
    Peran.KASI: "Kepala Seksi Haji",
    Peran.KEPALA: "Kepala Kantor",
}
penambah_fakta: list[Callable[[Permohonan], dict[str, Any]]] = []
"""What the floors above add to the facts of every message to an applicant; templat.FAKTA describes it."""
ANGKA_PANJANG = re.compile(r"(?<![\w-])\d(?:[ .-]?\d){7,}")


@dataclass(frozen=True)
class Teks:
    """A finished message; `versi` is the office's own wording, None for the shipped one."""

    judul: str
    isi: str
    versi: TemplatPesan | None = None


def susun(kode: str, fakta: dict[str, Any], saluran: str = "email") -> Teks:
    """The message of one template, e.g. "dikembalikan", for a channel.

    E-mails to applicants stand in the frame with salutation and signature; SMS and WhatsApp have short texts of their
    own.
    """
    kata = naskah(kode, saluran)
    judul = " ".join(tuang(kata.judul, fakta).split())[:160]
    isi = tuang(kata.isi, fakta)
    if saluran in PENDEK:
        return Teks(judul, ratakan(isi), kata.versi)
    if kata.bawaan.berbingkai:
        isi = bingkaikan(judul, isi.strip(), fakta)
    return Teks(judul, re.sub(r"\n{3,}", "\n\n", isi).strip() + "\n", kata.versi)


def bingkaikan(judul: str, isi: str, fakta: dict[str, Any]) -> str:
    """The body of an e-mail to an applicant between salutation and signature."""
    return tuang(naskah(BINGKAI, "email").isi, fakta | {"judul": judul, "isi": isi})


def templat_status(perkara: Perkara, riwayat: Riwayat) -> str:
    """The template of what a step led to: returned, closed, or the public stage; `status` when none was written."""
    tahap = tahap_sesudah(perkara, riwayat)
    if tahap.pihak == Giliran.Pihak.PEMOHON:
        return "dikembalikan"
    nama = riwayat.ke if tahap.akhir else f"tahap_{slugify(tahap.publik).replace('-', '_')}"
    bawaan = "tutup" if tahap.akhir else "status"
    terpilih = select_template([f"kabar/{nama}.txt", f"kabar/{bawaan}.txt"])
    return terpilih.template.name.removeprefix("kabar/").removesuffix(".txt")


def tahap_sesudah(perkara: Perkara, riwayat: Riwayat) -> Tahap:
    """What the status after that step means; the present one when the machine no longer knows it."""
    return perkara.arti(riwayat.ke) or perkara.info_tahap


def konteks(perkara: Permohonan, riwayat: Riwayat) -> dict[str, Any]:
    """Facts for every message about a case (`perkara` is the child, from `rinci()`).

    What is next and until when is only said while the case stands where the step left it: a late message must not
    promise what is over.
    """
    kantor = perkara.kantor
    tahap = tahap_sesudah(perkara, riwayat)
    kini = perkara.tahap == riwayat.ke
    batas = batas_berjalan(perkara) if kini and tahap.pihak in Giliran.KEMENTERIAN else None
    isi = _isi(riwayat)
    sapaan, nama = perkara.disapa()
    return {
        "nomor": perkara.nomor,
        "layanan": nama_layanan(perkara),
        **fakta_kantor(kantor),
        "alamat_cek": f"{settings.SITUS_URL}/cek/",
        "sapaan": sapaan,
        "nama": nama,
        "tahap": tahap.publik,
        "menunggu": tahap.menunggu,
        "menunggu_pemohon": tahap.pihak == Giliran.Pihak.PEMOHON,
        "menunggu_mitra": tahap.pihak == Giliran.Pihak.MITRA,
        "elektronik": perkara.saluran == Perkara.Saluran.ELEKTRONIK,
        "kini": kini,
        "pemegang": pemegang(perkara) if kini else "",
        "batas": saat(batas, kantor.zona_waktu) if batas else "",
        "daftar_kekurangan": daftar_kekurangan(perkara) if tahap.pihak == Giliran.Pihak.PEMOHON else "",
        "alasan": samarkan(str(isi.get("penjelasan") or isi.get("alasan") or isi.get("catatan") or "")),
        "aturan": samarkan(str(isi.get("aturan") or "")),
        **{k: samarkan(v) if isinstance(v, str) else v for k, v in perkara.fakta_kabar().items()},
        **{k: v for tambah in penambah_fakta for k, v in tambah(perkara).items()},
    }


def fakta_kantor(kantor: Kantor) -> dict[str, Any]:
    return {"kantor": kantor.nama, "kantor_alamat": kantor.alamat, "kantor_telepon": kantor.telepon}


def nama_layanan(perkara: Perkara) -> str:
    return nama_perkara(perkara.jenis).lower()


def pemegang(perkara: Perkara) -> str:
    """Who has the case now, as the pilgrim knows them; "" when it waits for somebody outside."""
    peran = perkara.giliran.filter(pihak=Giliran.Pihak.KANTOR).order_by("pk").values_list("peran", flat=True)
    return " atau ".join(dict.fromkeys(map(sebutan, peran)))


def sebutan(peran: str) -> str:
    """A role in the pilgrim's words."""
    return SEBUTAN.get(Peran(peran), str(Peran(peran).label))


def daftar_kekurangan(perkara: Perkara) -> str:
    """Required documents that are missing or not right, one line each, with the officer's reason."""
    butir = perkara.butir.filter(wajib=True).exclude(verdict="ada").order_by("urut", "kode")
    alasan = [(b.nama, samarkan(b.alasan.strip().rstrip("."))) for b in butir]
    return "\n".join(f"- {nama}: {kata}" if kata else f"- {nama}" for nama, kata in alasan)


def samarkan(teks: str) -> str:
    """Officers type freely: numbers of eight digits and more (NIK, accounts, phones) do not leave by e-mail."""
    return ANGKA_PANJANG.sub("••••", teks)


def _isi(riwayat: Riwayat) -> dict[str, Any]:
    try:
        isi = riwayat.isi.isi
    except RiwayatIsi.DoesNotExist:
        return {}
    return isi if isinstance(isi, dict) else {}
