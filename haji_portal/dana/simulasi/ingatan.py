"""What BPKH and the bank knew before the simulator was there: deposits, and refunds that people had settled by hand."""

from __future__ import annotations

import datetime
import json
import os
from pathlib import Path
from typing import Any

from .buku import Buku, Pembayaran
from .jam import hari

BERKAS = Path("simulasi", "ingatan.json")
"""Where the demo leaves it, inside HAJI_DATA."""
BELUM_DIKIRIM = ("disiapkan", "diperiksa", "diusulkan", "dihentikan", "diajukan")
TAHAP = {"spm_terbit": "tanggal_spm", "ditransfer": "tanggal_transfer", "diterima": "tanggal_terima"}


def tulis(berkas: Path) -> None:
    """The portal's side, for its demo: write down what its partners would know. Readable by its owner only."""
    from haji_portal.jemaah.models import Setoran

    from ..models import Pengembalian

    dilepas = Pengembalian.objects.exclude(status__in=BELUM_DIKIRIM)
    isi = {
        "setoran": [
            {
                "nomor_validasi": s.nomor_validasi,
                "nomor_porsi": s.porsi.nomor if s.porsi else None,
                "jumlah": int(s.jumlah),
            }
            for s in Setoran.objects.select_related("porsi").order_by("pk")
        ],
        "pengembalian": [_tulis(p) for p in dilepas.select_related("rekening", "porsi").order_by("pk")],
    }
    berkas.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    # Whole or not at all: a file that was cut off would keep the simulator from starting.
    sementara = berkas.with_suffix(".baru")
    with open(os.open(sementara, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as keluar:
        json.dump(isi, keluar)
    sementara.replace(berkas)


def muat(buku: Buku, berkas: Path, kini: float) -> int:
    """Take what the book does not know yet; these payments stay as they are. Returns how many were new."""
    isi = json.loads(berkas.read_text(encoding="utf-8"))
    baru = 0
    with buku.bersama():
        porsi: dict[str, int] = {}
        for satu in isi["setoran"]:
            buku.ingat_setoran([satu["nomor_validasi"]], satu["nomor_porsi"], satu["jumlah"])
            if nomor := satu["nomor_porsi"]:
                porsi[nomor] = porsi.get(nomor, 0) + satu["jumlah"]
        for nomor, jumlah in porsi.items():
            buku.ingat_setoran([nomor], nomor, jumlah)  # who asks for a porsi is told of all its deposits
        for satu in isi["pengembalian"]:
            if buku.pembayaran(satu["isi"]["referensi"]) is None:
                _ingat(buku, satu, kini)
                baru += 1
    return baru


def _tulis(p: Any) -> dict[str, Any]:
    """Where nobody is sure, the partner knows what the papers say."""
    from ..models import Posting

    status = str(p.status)
    if status == "belum_pasti":
        status = "ditransfer" if p.tanggal_transfer else "spm_terbit" if p.nomor_spm else "diproses"
    rekening = p.rekening
    disetor = Posting.objects.filter(jenis=Posting.Jenis.KEMBALI, setoran__porsi=p.porsi_id or 0)
    return {
        "isi": {
            "referensi": p.nomor, "rincian": {"setoran": p.jumlah_setoran}, "mata_uang": "IDR",
            "rekening": rekening.nomor, "bank": rekening.bank, "atas_nama": rekening.atas_nama,
            "nomor_porsi": p.porsi.nomor if p.porsi else None,
        },
        "status": status, "manfaat": p.nilai_manfaat or 0, "nomor_spm": p.nomor_spm, "rujukan_bank": p.rujukan_bank,
        "alasan": p.alasan_akhir, "kembali": disetor.exists(), "selesai": p.ditutup.timestamp() if p.ditutup else None,
        "waktu": {tahap: getattr(p, kolom).isoformat() for tahap, kolom in TAHAP.items() if getattr(p, kolom)},
    }  # fmt: skip


def _ingat(buku: Buku, satu: dict[str, Any], kini: float) -> None:
    isi, status = satu["isi"], satu["status"]
    waktu = {tahap: _siang(tanggal) for tahap, tanggal in satu["waktu"].items()}
    waktu.setdefault(status, satu["selesai"] or kini)
    p = Pembayaran(
        isi["referensi"], buku.nomor("pembayaran"), isi, status, satu["manfaat"], satu["nomor_spm"],
        satu["rujukan_bank"], satu["alasan"], waktu, manual=True, kembali=satu.get("kembali", False),
    )  # fmt: skip
    buku.simpan(p)
    if "ditransfer" in waktu:
        buku.catat_mutasi(hari(waktu["ditransfer"]), p.referensi, "keluar")
    if status == "retur":
        buku.catat_mutasi(hari(waktu["retur"]), p.referensi, "kembali")


def _siang(tanggal: str) -> float:
    """Papers name a day only: noon in Jakarta."""
    hari = datetime.date.fromisoformat(tanggal)
    return datetime.datetime(hari.year, hari.month, hari.day, 5, tzinfo=datetime.UTC).timestamp()
