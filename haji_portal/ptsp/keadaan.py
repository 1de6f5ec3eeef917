"""What a pilgrim may know about the own case, in plain words: no name, no number of a person, no free text raw."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any
from zoneinfo import ZoneInfo

from django.utils import timezone

from haji_portal.akun.models import Kantor, Peran
from haji_portal.alur.apps import model_perkara, nama_perkara
from haji_portal.alur.kantor import kantor_pihak
from haji_portal.alur.models import Giliran, Perkara, Permohonan, Tenggat
from haji_portal.alur.tampil_waktu import hari_tanggal, saat
from haji_portal.alur.tenggat import batas_berjalan, sebut_mitra
from haji_portal.berkas.models import ButirBerkas
from haji_portal.dana.jejak import JejakUang, jejak_uang
from haji_portal.jemaah.nik import inisial
from haji_portal.kabar.kata import sebutan

SELURUH_KANTOR = (Peran.KANWIL, Peran.DITJEN)
"""Roles whose name is their office's: where one of them has the turn, the office is named and nobody in it."""
ANGKA_PANJANG = re.compile(r"\d[\d .-]{4,}\d")


@dataclass(frozen=True)
class Titik:
    """One plain stage on the vertical line. keadaan: selesai | sekarang | akan; saat: a date in words."""

    nama: str
    keadaan: str
    saat: str = ""
    ket: str = ""


@dataclass(frozen=True)
class Kurang:
    """One document that is still missing, with the officer's reason made harmless."""

    nama: str
    diminta: str
    alasan: str


@dataclass
class Keadaan:
    """Everything the answer page shows."""

    nomor: str
    layanan: str
    kantor: Kantor
    inisial: str
    tahap: str
    kalimat: list[str]
    garis: list[Titik]
    selesai: bool
    terlambat: bool
    dengan: str = ""
    sejak: str = ""
    batas: str = ""
    kurang: list[Kurang] = field(default_factory=list)
    per: str = ""
    jejak: JejakUang | None = None


def terlihat_publik(perkara: Perkara) -> bool:
    """Whether this kind of case is looked up by pilgrims: its model declares the plain stages."""
    return bool(getattr(_model(perkara), "TAHAP_PUBLIK", None))


def _model(perkara: Perkara) -> Any:
    return model_perkara(perkara.jenis)


def keadaan(perkara: Perkara, kini: datetime.datetime | None = None) -> Keadaan:
    """Build the answer for a case whose number and birth date were both right."""
    kini = kini or timezone.now()
    zona = ZoneInfo(perkara.kantor.zona)
    tahap = perkara.info_tahap
    giliran = list(perkara.giliran.select_related("kantor"))
    tenggat = perkara.tenggat.filter(jenis=Tenggat.Jenis.STATUS, selesai__isnull=True).first()
    batas = tenggat.batas if tenggat else None
    if batas is None and tahap.pihak in Giliran.KEMENTERIAN:
        # Where the SOP gives the single step no time, its promise over several steps counts.
        batas = batas_berjalan(perkara)
    hasil = Keadaan(
        nomor=perkara.nomor,
        layanan=nama_perkara(perkara.jenis),
        kantor=perkara.kantor,
        inisial=inisial(perkara.pemohon.nama) if perkara.pemohon else "",
        tahap=_judul(tahap),
        kalimat=[],
        garis=_garis(perkara, tahap.publik, zona),
        selesai=tahap.akhir,
        terlambat=bool(batas and batas < kini and tahap.pihak in Giliran.KEMENTERIAN and not tahap.ajakan),
        per=saat(kini, zona),
    )
    if not tahap.akhir:
        hasil.dengan = _dengan(tahap, giliran, perkara)
        hasil.sejak = saat(tenggat.mulai, zona) if tenggat else ""
        # While the letter waits at the counter, the printed minutes of the hand-over are no promise to keep.
        hasil.batas = saat(batas, zona) if batas and not tahap.ajakan else ""
        hasil.kurang = _kurang(perkara)
    hasil.jejak, catatan = _uang(perkara)
    if tahap.ajakan:
        hasil.kalimat = [tahap.ajakan]
    elif hasil.jejak and hasil.jejak.tahap and not tahap.akhir:
        hasil.dengan = hasil.jejak.pemegang or f"petugas haji di {perkara.kantor.nama}"
        # The case itself stays where it is while its money goes from hand to hand.
        hasil.sejak = hasil.jejak.sejak
        hasil.kalimat = _kalimat_uang(hasil.jejak)
    else:
        hasil.kalimat = _kalimat(hasil, tahap.pihak, perkara, zona)
    hasil.kalimat = catatan + hasil.kalimat
    return hasil


def _uang(perkara: Perkara) -> tuple[JejakUang | None, list[str]]:
    """For a kind of case that moves money: where it is, officers' words made harmless; and what the case adds."""
    model = _model(perkara)
    diam = getattr(model, "catatan_umum", Permohonan.catatan_umum) is Permohonan.catatan_umum
    if not model.JEJAK_UANG and diam:
        return None, []  # nothing of its own to say: the header tells it all
    rinci = perkara.rinci()
    if not rinci.JEJAK_UANG:
        return None, rinci.catatan_umum()
    jejak = jejak_uang(rinci, umum=True) if rinci.jejak_umum() else None
    if jejak is not None:
        nama = f"{rinci.pemohon.nama} {getattr(rinci, 'rekening', rinci.pemohon)}"
        titik = [replace(t, alasan=samarkan(t.alasan, nama), rinci="") for t in jejak.titik]
        jejak = replace(jejak, titik=titik)
    return jejak, rinci.catatan_umum()


def _kalimat_uang(jejak: JejakUang) -> list[str]:
    """What the family reads first while the money is on its way."""
    kalimat = [f"Berikutnya: {jejak.lanjut}", jejak.ajakan or "Saat ini tidak ada yang perlu Anda lakukan."]
    if jejak.tanpa_batas:
        kalimat.append(f"{jejak.tanpa_batas} Kami tetap mengabari Anda, juga bila lama tidak ada perubahan.")
    return kalimat


def _judul(tahap: Any) -> str:
    if tahap.pihak == Giliran.Pihak.PEMOHON and not tahap.akhir:
        return f"Menunggu {tahap.menunggu or 'pemohon'}".replace("pemohon", "Anda")
    return tahap.publik


def _dengan(tahap: Any, giliran: list[Giliran], perkara: Perkara) -> str:
    if tahap.pihak == Giliran.Pihak.PEMOHON:
        return "Anda"
    if tahap.pihak == Giliran.Pihak.MITRA:
        return tahap.menunggu or "pihak lain"
    per_kantor: dict[str, dict[str, None]] = {}
    utuh: set[str] = set()
    # Rows of the offices whose own turn it is; the others only see whom the case waits for.
    bertindak = [g for g in giliran if g.pihak == Giliran.Pihak.KANTOR]
    if not bertindak and tahap.pihak in Giliran.KEMENTERIAN:
        return kantor_pihak(perkara, tahap.pihak).nama
    for g in bertindak or giliran:
        orang = per_kantor.setdefault(g.kantor.nama, {})
        orang[sebutan(g.peran)] = None
        if g.peran in SELURUH_KANTOR:
            utuh.add(g.kantor.nama)
    per = ((nama, {} if nama in utuh else siapa) for nama, siapa in per_kantor.items())
    return " atau ".join(_di(siapa, nama) for nama, siapa in per) or perkara.kantor.nama


def _di(siapa: Iterable[str], kantor: str) -> str:
    """Who in which office; without anybody to name, the office."""
    orang = " atau ".join(siapa)
    return f"{orang} di {kantor}" if orang else kantor


def _kalimat(k: Keadaan, pihak: str, perkara: Perkara, zona: ZoneInfo) -> list[str]:
    if k.selesai:
        tutup = perkara.ditutup or perkara.dibuka
        return [f"Permohonan ini sudah ditutup pada {hari_tanggal(tutup.astimezone(zona).date())}. Hasil: {k.tahap}."]
    if pihak == Giliran.Pihak.PEMOHON:
        if k.kurang:
            dari_luar = perkara.saluran == Perkara.Saluran.ELEKTRONIK
            lalu = "kirim lagi dari sini, atau bawa" if dari_luar else "bawa"
            return [f"Sekarang giliran Anda. Lengkapi berkas di bawah ini, lalu {lalu} ke kantor pada jam layanan."]
        return ["Sekarang giliran Anda. Datang ke kantor pada jam layanan dan bawa tanda terima."]
    kerja = "menunggu" if pihak == Giliran.Pihak.MITRA else "dikerjakan oleh"
    pesan = [f"Sekarang {kerja} {k.dengan}."]
    if pihak == Giliran.Pihak.MITRA:
        pesan.append(f"SOP tidak menetapkan batas waktu bagi {sebut_mitra(perkara)}; kami tetap mengabari Anda.")
    if k.terlambat:
        pesan.append(f"Seharusnya selesai {k.batas}. Kami mohon maaf atas keterlambatan ini.")
    elif k.batas:
        pesan.append(f"Paling lambat selesai {k.batas}.")
    if not k.kurang:
        pesan.append("Saat ini tidak ada yang perlu Anda lakukan.")
    return pesan


def _garis(perkara: Perkara, kini: str, zona: ZoneInfo) -> list[Titik]:
    """The plain stages in order: passed ones with their date, the present one, the coming ones.

    A present stage outside the usual line (rejected, withdrawn) stands after the last one that was reached, and
    nothing comes after it when the case is closed or bears the name of an end already.
    """
    berhenti = perkara.ditutup or any(t.akhir and t.publik == kini for t in _model(perkara).TAHAP.values())
    urut = list(perkara.tahap_publik)
    dicapai: dict[str, str] = {}
    for waktu, ke in perkara.riwayat.order_by("urut").values_list("waktu", "ke"):
        if tahap := perkara.arti(ke):
            dicapai[tahap.publik] = hari_tanggal(waktu.astimezone(zona).date())
    letak = urut.index(kini) if kini in urut else max((urut.index(n) + 1 for n in dicapai if n in urut), default=0)
    if kini not in urut:
        urut = urut[:letak] + [kini] + ([] if berhenti else urut[letak:])
    sekarang = "selesai" if perkara.ditutup else "sekarang"
    rupa = ["selesai"] * letak + [sekarang] + ["akan"] * (len(urut) - letak - 1)
    return [
        Titik(nama, satu, dicapai.get(nama, "") if satu != "akan" else "", "Sekarang di sini" * (satu == "sekarang"))
        for nama, satu in zip(urut, rupa, strict=True)
    ]


def _kurang(perkara: Perkara) -> list[Kurang]:
    butir = ButirBerkas.objects.filter(
        perkara=perkara.pk, wajib=True, verdict__in=(ButirBerkas.Verdict.KURANG, ButirBerkas.Verdict.TIDAK)
    )
    nama = perkara.pemohon.nama if perkara.pemohon else ""
    return [Kurang(b.nama, b.diminta, samarkan(b.alasan, nama)) for b in butir]


def samarkan(teks: str, nama: str) -> str:
    """An officer's sentence without long numbers and without the applicant's name."""
    teks = ANGKA_PANJANG.sub("(nomor disamarkan)", teks)
    for kata in sorted({k for k in re.split(r"\W+", nama) if len(k) > 2}, key=len, reverse=True):
        teks = re.sub(rf"\b{re.escape(kata)}\b", f"{kata[0].upper()}.", teks, flags=re.IGNORECASE)
    return teks
