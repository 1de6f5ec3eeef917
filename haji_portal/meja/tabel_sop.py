"""The live SOP table of a case: printed rows, who did what and when, minutes taken against minutes allowed."""

from __future__ import annotations

import datetime
from collections import defaultdict
from typing import Any

from django.utils import timezone

from haji_portal.akun.models import Peran
from haji_portal.alur.kalender import kalender_kantor
from haji_portal.alur.kantor import kantor_pihak
from haji_portal.alur.models import SOP, Giliran, Jeda, LangkahSOP, Perkara, Permohonan, Riwayat
from haji_portal.alur.posisi import (
    baris_status,
    langkah_berikut,
    langkah_di_depan,
    peran_tercetak,
    peta_pelaksana,
    sudah_dilakukan,
)
from haji_portal.alur.tampil_waktu import MENIT_PER_HARI_KERJA, durasi, jam, tanggal
from haji_portal.alur.tenggat import jeda_kantor, menit_bersih
from haji_portal.alur.waktu import Kalender

from .tabel import susun_garis

IDENTITAS = (
    ("nomor", "Nomor SOP"),
    ("tanggal_pembuatan", "Tanggal pembuatan"),
    ("tanggal_revisi", "Tanggal revisi"),
    ("tanggal_efektif", "Tanggal efektif"),
    ("disahkan_oleh", "Disahkan oleh"),
    ("dasar_hukum", "Dasar hukum"),
    ("kualifikasi", "Kualifikasi pelaksana"),
    ("keterkaitan", "Keterkaitan"),
    ("peralatan", "Peralatan"),
    ("peringatan", "Peringatan"),
    ("pencatatan", "Pencatatan"),
)
CARA = {
    Perkara.Saluran.ELEKTRONIK: "Perkara ini dikirim pemohon dari rumah secara elektronik",
    Perkara.Saluran.KELILING: "Perkara ini diterima di layanan keliling",
}
"""How a case came, where the printed row speaks of the counter."""


def tabel_perkara(
    perkara: Permohonan,
    riwayat: list[Riwayat],
    *,
    jeda: dict[int, list[Jeda]] | None = None,
    kini: datetime.datetime | None = None,
) -> dict:
    """The context `tabel` of templates/komponen/_tabel_sop.html for a case.

    riwayat: the case's rows in order of `urut`. jeda: what `jeda_kantor()` says of its offices, when it is at hand.
    Minutes are working minutes of the office that had the file, pauses and
    the time of the applicant or a partner left out; several rounds are summed and named.
    """
    kini = kini or timezone.now()
    sop = perkara.sop
    sudah, menit = _jejak(perkara, riwayat, _Jam(perkara, jeda), kini)
    kini_no = _baris_kini(perkara)
    berlaku = _yang_berlaku(perkara, sudah, kini_no)
    baris = [_baris(b, sop, perkara, berlaku, menit, kini_no) for b in sop.baris()]
    depan = langkah_di_depan(perkara)
    lain = {b.no for b in sop.baris() if b.transisi and not depan.intersection(b.transisi)}
    _tandai_berikut(baris, lain, selesai=perkara.ditutup is not None, diulang=perkara.putaran > 1)
    return _tabel(sop, susun_garis(baris), _ringkas(baris, sop, menit))


def _tabel(sop: SOP, baris: list[dict], ringkas: str) -> dict:
    identitas = [(label, _daftar(sop.identitas.get(kunci))) for kunci, label in IDENTITAS]
    return {
        "judul": f"SOP {sop.nama}",
        "identitas": [(label, nilai) for label, nilai in identitas if nilai],
        # A break after the slash lets "Kepala/Kasi" wrap in a narrow column.
        "kolom": [nama.replace("/", "/\u200b") for nama in sop.kolom],
        "ringkas": ringkas,
        "lanjutan": sop.lanjutan,
        "lebar": 5 + (len(baris[0]["sel"]) or 1) if baris else 0,
        "baris": baris,
    }


def _daftar(nilai: Any) -> list[str]:
    if not nilai:
        return []
    isi = nilai if isinstance(nilai, list) else [nilai]
    return [_tanggal_atau_teks(satu) for satu in isi]


def _tanggal_atau_teks(nilai: Any) -> str:
    try:
        return tanggal(datetime.date.fromisoformat(str(nilai)))
    except ValueError:
        return str(nilai)


def _jejak(
    perkara: Permohonan, riwayat: list[Riwayat], jam: _Jam, kini: datetime.datetime
) -> tuple[dict[str, Riwayat], dict[tuple[str, int], int]]:
    """Last row per step, and working minutes per (step, round); the running step is charged to its own name."""
    tahap = type(perkara).TAHAP
    terakhir: dict[str, Riwayat] = {}
    menit: dict[tuple[str, int], int] = defaultdict(int)
    awal, pihak = None, ""
    for row in riwayat:
        if awal is not None:
            menit[row.langkah, row.putaran] += jam.menit(pihak, awal, row.waktu)
        pihak = tahap[row.ke].pihak if row.ke in tahap else ""
        awal = row.waktu if pihak in Giliran.KEMENTERIAN else None
        terakhir[row.langkah] = row
    berikut = None if perkara.ditutup else langkah_berikut(perkara)
    if berikut is not None and awal is not None:
        menit[berikut.nama, perkara.putaran] += jam.menit(pihak, awal, kini)
    return terakhir, dict(menit)


class _Jam:
    """The clocks of a case: one per party that had the file, each asked for once."""

    def __init__(self, perkara: Permohonan, jeda: dict[int, list[Jeda]] | None) -> None:
        self.perkara, self._jeda = perkara, jeda or {}
        self._jam: dict[str, tuple[Kalender, list[Jeda]]] = {}

    def menit(self, pihak: str, awal: datetime.datetime, akhir: datetime.datetime) -> int:
        """Working minutes of a party's office, its outages and the case's own pauses left out."""
        if pihak not in self._jam:
            kantor = kantor_pihak(self.perkara, pihak)
            if kantor.pk not in self._jeda:
                self._jeda |= jeda_kantor(self.perkara, [kantor.pk])
            self._jam[pihak] = kalender_kantor(kantor), self._jeda[kantor.pk]
        kalender, jeda = self._jam[pihak]
        return menit_bersih(kalender, awal, akhir, jeda)


def _baris_kini(perkara: Permohonan) -> str | None:
    """The number of the printed row where the case stands, None when it is closed."""
    if perkara.ditutup:
        return None
    berikut = langkah_berikut(perkara)
    if berikut is not None:
        return next((b.no for b in perkara.sop.baris() if berikut.nama in b.transisi), None)
    return next((b.no for b in baris_status(perkara.sop, perkara.tahap)), None)


def _baris(
    b: LangkahSOP, sop: SOP, perkara: Permohonan, sudah: dict[str, Riwayat], menit: dict, kini_no: str | None
) -> dict[str, Any]:
    jejak = [sudah[nama] for nama in b.transisi if nama in sudah]
    selesai = bool(b.transisi) and (len(jejak) == len(b.transisi) or (b.selesai == "salah_satu" and bool(jejak)))
    if b.no == kini_no:
        keadaan = "sekarang"
    elif selesai:
        keadaan = "selesai"
    elif not b.transisi and not b.cabang and _sebelum_mulai(b, sop):
        keadaan = "sebelum"
    else:
        keadaan = "akan"
    baris = _dasar(b, sop, keadaan)
    if "ajukan" in b.transisi and perkara.saluran in CARA:
        baris["catatan"] = CARA[Perkara.Saluran(perkara.saluran)]
    _isi_waktu(baris, b, menit)
    akhir = max(jejak, key=lambda r: r.urut, default=None)
    if akhir is not None and keadaan == "selesai":
        zona = perkara.kantor.zona_waktu
        lokal = akhir.waktu.astimezone(zona)
        baris |= {"oleh": akhir.nama, "saat": f"{tanggal(lokal)} {jam(akhir.waktu, zona)}", "putaran": akhir.putaran}
    elif keadaan == "sekarang":
        baris["putaran"] = perkara.putaran
        baris["oleh"] = perkara.info_tahap.menunggu or " atau ".join(_siapa(perkara, b))
    return baris


def _siapa(perkara: Permohonan, b: LangkahSOP) -> list[str]:
    """Whom the present row waits for: its printed actors, or the one who signs what they prepare (241/2021 D.3.a)."""
    berikut = langkah_berikut(perkara)
    if berikut is None or not berikut.tanda_tangan or berikut.oleh.peran & peran_tercetak(b):
        return list(b.pelaksana)
    return [str(Peran(p).label) for p in sorted(berikut.oleh.peran)]


def _yang_berlaku(perkara: Permohonan, terakhir: dict[str, Riwayat], kini_no: str | None) -> dict[str, Riwayat]:
    """The steps that still count: those of this round, facts that need not be recorded anew, and every gate of the
    rows before the present one, which the status proves also after a return."""
    sudah, baris = sudah_dilakukan(perkara), perkara.sop.baris()
    tempat = {nama: b.urut for b in reversed(baris) for nama in b.transisi}
    dicapai = [tempat.get(nama, 0) for nama, row in terakhir.items() if row.putaran == perkara.putaran]
    kini = next((b.urut for b in baris if b.no == kini_no), max(dicapai, default=0))
    return {
        nama: row
        for nama, row in terakhir.items()
        if nama in sudah or not row.dari or (row.dari != row.ke and tempat.get(nama, kini) < kini)
    }


def _sebelum_mulai(b: LangkahSOP, sop: SOP) -> bool:
    pertama = next((s.urut for s in sop.baris() if s.transisi and not s.cabang), 0)
    return b.urut < pertama


def _dasar(b: LangkahSOP, sop: SOP, keadaan: str) -> dict[str, Any]:
    # Rows behind the print have no place in its chart: their actors stand there in words.
    kolom, tepi = ([], []) if b.lanjutan else _tempat(b, sop)
    posisi = [k for k in kolom if k is not None] + ([-1] if tepi else [])
    urut = [k if k is not None else -1 for k in kolom]
    terurut = not b.salah_satu and len(set(urut)) == len(urut) > 1
    return {
        "no": b.no,
        "kegiatan": b.aktivitas,
        "keadaan": keadaan,
        "cabang": b.cabang,
        "lanjutan": b.lanjutan,
        "pelaksana": b.pelaksana,
        "simbol": _simbol(b, sop, posisi, urut[-1] if urut else None),
        "tepi": ", ".join(tepi),
        "bentuk_tepi": b.bentuk if len(posisi) == 1 or b.bentuk in ("mulai", "selesai") else "proses",
        "masuk": urut[0] if terurut else None,
        "keluar": urut[-1] if terurut else None,
        "kembali_ke": b.kembali_ke or None,
        "kelengkapan": b.kelengkapan,
        "waktu_baku": _waktu_baku(b),
        "waktu_terpakai": "",
        "lewat": False,
        "output": b.output,
        "oleh": "",
        "saat": "",
        "putaran": 1,
        "catatan": f"Menunggu {b.menunggu}; bukan waktu kantor" if b.menunggu else "",
    }


def _tempat(b: LangkahSOP, sop: SOP) -> tuple[list[int | None], list[str]]:
    """Per printed actor its column (None = at the edge), and the names of those at the edge."""
    peta = peta_pelaksana()
    kolom: list[int | None] = []
    tepi = []
    for nama in b.pelaksana if sop.kolom else []:
        calon = [k for k in b.kolom if k == nama or peta.get(k, frozenset()) & peta.get(nama, frozenset())]
        if calon:
            kolom.append(sop.kolom.index(calon[0]))
        else:
            kolom.append(None)
            tepi.append(nama)
    return kolom, tepi


def _simbol(b: LangkahSOP, sop: SOP, posisi: list[int], terakhir: int | None) -> list[dict | None]:
    """The row's shape goes to the actor who decides or ends (the last), everyone else does a process."""
    hasil: list[dict | None] = []
    for i, _ in enumerate(sop.kolom):
        if i not in posisi:
            hasil.append(None)
        elif len(set(posisi)) == 1 or b.bentuk == "mulai" or i == terakhir or b.salah_satu:
            hasil.append({"bentuk": b.bentuk})
        else:
            hasil.append({"bentuk": "proses"})
    return hasil


def _waktu_baku(b: LangkahSOP) -> str:
    bagian = [f"{b.hari_kerja} hari kerja" if b.hari_kerja else "", durasi(b.menit) if b.menit else ""]
    return " ".join(filter(None, bagian))


def _isi_waktu(baris: dict[str, Any], b: LangkahSOP, menit: dict[tuple[str, int], int]) -> None:
    per_putaran: dict[int, int] = defaultdict(int)
    for (nama, putaran), nilai in menit.items():
        if nama in b.transisi and nama != "ajukan":
            per_putaran[putaran] += nilai
    if not per_putaran or baris["keadaan"] not in ("selesai", "sekarang"):
        return
    jumlah = sum(per_putaran.values())
    jatah = (b.menit or 0) + (b.hari_kerja or 0) * MENIT_PER_HARI_KERJA
    baris["waktu_terpakai"] = durasi(jumlah)
    baris["lewat"] = bool(jatah) and jumlah > jatah * len(per_putaran)
    if jumlah and len(per_putaran) > 1:
        rinci = ", ".join(f"{durasi(n)} pada putaran ke-{p}" for p, n in sorted(per_putaran.items()))
        baris["catatan"] = "; ".join(filter(None, [baris["catatan"], rinci]))


def _tandai_berikut(baris: list[dict[str, Any]], lain: set[str], *, selesai: bool, diulang: bool) -> None:
    """What comes next, or what a closed case did without. lain: numbers of rows on an arm that was not taken.

    A branch row (papers that lack go back) names no step: of a file that was sent back once nothing is claimed there.
    """
    if selesai:
        for b in baris:
            if b["keadaan"] == "akan" and not (b["cabang"] and diulang):
                b["keadaan"] = "tidak_perlu"
        return
    sesudah = False
    for b in baris:
        if b["keadaan"] == "sekarang":
            sesudah = True
        elif sesudah and b["keadaan"] == "akan" and not b["cabang"] and b["no"] not in lain:
            b["keadaan"] = "berikut"
            return


def _ringkas(baris: list[dict[str, Any]], sop: SOP, menit: dict[tuple[str, int], int]) -> str:
    utama = [b for b in baris if b["keadaan"] != "sebelum" and not b["cabang"]]
    beres = sum(b["keadaan"] == "selesai" for b in utama)
    jatah = sum((b.menit or 0) + (b.hari_kerja or 0) * MENIT_PER_HARI_KERJA for b in sop.baris() if b.transisi)
    terpakai = durasi(sum(menit.values()))
    batas = f" dari {durasi(jatah)}" if jatah else ""
    return f"{beres} dari {len(utama)} langkah selesai; waktu layanan terpakai {terpakai}{batas}."
