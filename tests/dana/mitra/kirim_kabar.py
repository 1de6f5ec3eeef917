"""Signed events as a partner sends them, through the test client."""

from __future__ import annotations

import itertools
import json
from typing import Any

from django.test import Client
from django.utils import timezone

from haji_portal.dana.mitra.kunci import tanda_tangani
from haji_portal.dana.models import Pengembalian, Peristiwa, Putusan

from .lawan import KUNCI

NM = 1_234_567
_urut = itertools.count(1)


def isi_kabar(p: Pengembalian, event: str, manfaat: int = NM, **ganti: Any) -> dict[str, Any]:
    """One event about a refund, true in all its parts unless `ganti` says otherwise."""
    isi = {
        "event": event, "referensi": p.nomor, "rincian": {"setoran": p.jumlah_setoran, "nilai_manfaat": manfaat},
        "jumlah": p.jumlah_setoran + manfaat, "mata_uang": "IDR", "rekening": p.rekening.nomor,
        "waktu": timezone.now().isoformat(), "nomor_spm": f"SPM/{p.pk}",
    } | ganti  # fmt: skip
    return {k: v for k, v in isi.items() if v is not None}


def kirim(
    isi: Any, mitra: str = "bpkh", *, id: str = "", kunci: bytes = KUNCI, klien: Client | None = None, **lain: Any
):
    """POST it, signed now (`waktu=` another time); isi: an object, or bytes as they are. The answer."""
    badan = isi if isinstance(isi, bytes) else json.dumps(isi).encode()
    kepala = tanda_tangani(badan, id or f"evt_{next(_urut)}", lain.pop("waktu", timezone.now()), kunci)
    return kirim_mentah(badan, kepala, mitra, klien)


def kirim_mentah(badan: bytes, kepala: dict[str, str], mitra: str = "bpkh", klien: Client | None = None):
    klien = klien or Client(raise_request_exception=False)
    return klien.post(f"/api/v1/callback/{mitra}/", badan, content_type="application/json", headers=kepala)


def karantina_contoh(p: Pengembalian, alasan: str = "setoran", **ganti: Any) -> Putusan:
    """An event about a refund that waits in quarantine, as rows; `rujukan=` may name no refund."""
    isi = isi_kabar(p, "spm.terbit", **ganti)
    peristiwa = Peristiwa.objects.create(
        mitra="bpkh", id_webhook=f"contoh-{next(_urut)}", jenis=isi["event"], rujukan=isi["referensi"],
        isi=json.dumps(isi), sidik="0" * 64, id_kunci="contoh", waktu_tanda=timezone.now(), diterima=timezone.now(),
    )  # fmt: skip
    perkara = p.pk if isi["referensi"] == p.nomor else None
    return Putusan.objects.create(
        peristiwa=peristiwa, hasil="karantina", alasan=alasan, perkara_id=perkara, waktu=timezone.now()
    )
