"""One call to a partner: written down before it is made, completed after it; and what its answer means.

Never inside a transaction: the row must survive whatever happens to the call, and no lock is held while it lasts.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.utils import timezone

from haji_portal.alur.models import Perkara, Riwayat
from haji_portal.jaringan import Jawaban, JawabanHilang, TidakTerjangkau, panggil

from ..models import Panggilan
from . import pemutus, skema
from .kabar import baca_json
from .kunci import kunci_keluar, tanda_tangani

log = logging.getLogger(__name__)
Jenis, Hasil = Panggilan.Jenis, Panggilan.Hasil
SAMBUNG, TUNGGU = 5.0, 20.0
"""Seconds to connect and to wait for the answer; together below the lease of an effect."""
BERBEDA = "berbeda"


class MitraMati(Exception):
    """No address of this partner is configured: people and files carry what passes."""


@dataclass(frozen=True)
class Kontrak:
    """One kind of call in docs/mitra-dana.md. gema: members of the request that the answer must repeat.

    arti: HTTP status -> the words that may stand in `status`; () where the answer has no such word.
    """

    jalur: str
    tanya: str
    jawab: str
    gema: tuple[str, ...]
    arti: Mapping[int, tuple[str, ...]]


KEADAAN = ("tidak_dikenal", "diproses", "spm_terbit", "ditransfer", "diterima", "gagal", "retur")
PROSES = ("diproses",)
KONTRAK: dict[str, Kontrak] = {
    Jenis.KIRIM: Kontrak(
        "pengembalian/", "permintaan", "jawaban_permintaan", ("referensi",),
        {200: PROSES, 202: PROSES, 409: (BERBEDA,), 422: ("ditolak",)},
    ),
    Jenis.TANYA: Kontrak("pengembalian/keadaan/", "keadaan_tanya", "keadaan", ("referensi",), {200: KEADAAN}),
    Jenis.SALDO: Kontrak(
        "saldo/", "saldo_tanya", "saldo", ("pertanyaan",), {200: ("ada", "tidak_ada", "tidak_dikenal")}
    ),
    Jenis.MUTASI: Kontrak("mutasi/", "mutasi_tanya", "mutasi", ("tanggal", "halaman"), {200: ()}),
}  # fmt: skip


@dataclass(frozen=True)
class Balasan:
    """What became of call `pk`. isi: the answer, {} unless it could be read; status_http: None when none came."""

    pk: int
    hasil: str
    status_http: int | None = None
    isi: Mapping[str, Any] = field(default_factory=dict)

    @property
    def kata(self) -> str:
        """The partner's word, "" where it has none."""
        return str(self.isi.get("status", ""))


def alamat(mitra: str) -> str:
    """Base address without its last slash, "" when none is configured."""
    return {"bpkh": settings.BPKH_URL, "bps": settings.BPS_URL}[mitra]


def hubungi(
    mitra: str, jenis: str, isi: Mapping[str, Any], *,
    perkara: Perkara | None = None, riwayat: Riwayat | None = None, id_pesan: str = "", tunggu: float = TUNGGU,
) -> Balasan:  # fmt: skip
    """Ask or tell a partner something, once. riwayat: the step whose effect calls; id_pesan: webhook-id of a request
    that may be repeated; tunggu: seconds to wait for the answer.

    Raises MitraMati, Terbuka (nothing was sent, nothing is noted), SkemaSalah for a body that is not in the contract.
    """
    if not alamat(mitra):
        raise MitraMati(mitra)
    kontrak = KONTRAK[jenis]
    skema.cocokkan(kontrak.tanya, isi)
    izin = pemutus.minta_izin(mitra)
    baris = Panggilan.objects.create(
        mitra=mitra, jenis=jenis, perkara_id=perkara.pk if perkara else None, riwayat=riwayat, mulai=timezone.now()
    )
    balasan = _panggil(baris, kontrak, isi, id_pesan or f"{jenis}-{baris.pk}", tunggu)
    selesai = {"hasil": balasan.hasil, "status_http": balasan.status_http, "jawaban": balasan.kata}
    Panggilan.objects.filter(pk=baris.pk).update(selesai=timezone.now(), **selesai)
    (pemutus.gagal if _mitra_sakit(balasan) else pemutus.berhasil)(izin)
    log.info("Panggilan %s %s %s: %s %s", baris.pk, mitra, jenis, balasan.hasil, balasan.status_http or "")
    return balasan


def kalimat(balasan: Balasan) -> str:
    """How a call ended, for the note of an effect; nothing of the partner's words."""
    kode = f" (HTTP {balasan.status_http})" if balasan.status_http else ""
    return f"Panggilan {balasan.pk}: {Hasil(balasan.hasil).label.lower()}{kode}."


def _panggil(baris: Panggilan, kontrak: Kontrak, isi: Mapping[str, Any], id_pesan: str, tunggu: float) -> Balasan:
    badan = json.dumps(isi, separators=(",", ":"), ensure_ascii=False).encode()
    kepala = tanda_tangani(badan, id_pesan, timezone.now(), kunci_keluar(baris.mitra))
    kepala |= {"Content-Type": "application/json", "Accept": "application/json"}
    try:
        jawab = panggil(
            "POST", f"{alamat(baris.mitra)}/{kontrak.jalur}", isi=badan, kepala=kepala, sambung=SAMBUNG, tunggu=tunggu
        )
    except TidakTerjangkau:
        return Balasan(baris.pk, Hasil.TAK_TERJANGKAU)
    except JawabanHilang:
        return Balasan(baris.pk, Hasil.TAK_JELAS)
    return _tafsir(baris.pk, kontrak, isi, jawab)


def _tafsir(pk: int, kontrak: Kontrak, isi: Mapping[str, Any], jawab: Jawaban) -> Balasan:
    """An answer counts when it is one of the contract's, fits its schema and names what was asked; else it is unclear.

    What is refused before anybody read it (keys, address, a redirect, which is not obeyed) moved nothing.
    """
    if jawab.status not in kontrak.arti:
        # 408, 409, 422 and 425 may come from somebody who has read it.
        luar = 300 <= jawab.status < 500 and jawab.status not in (408, 409, 422, 425)
        return Balasan(pk, Hasil.SALAH_SETEL if luar else Hasil.TAK_JELAS, jawab.status)
    terbaca = _terbaca(kontrak, isi, jawab)
    if terbaca is None:
        return Balasan(pk, Hasil.TAK_JELAS, jawab.status)
    hasil = {409: Hasil.TAK_JELAS, 422: Hasil.DITOLAK}.get(jawab.status, Hasil.TERJAWAB)
    return Balasan(pk, hasil, jawab.status, terbaca)


def _terbaca(kontrak: Kontrak, isi: Mapping[str, Any], jawab: Jawaban) -> Mapping[str, Any] | None:
    try:
        terbaca = baca_json(jawab.isi)
        skema.cocokkan(kontrak.jawab, terbaca)
    except (ValueError, RecursionError):
        return None
    gema = all(terbaca[nama] == isi[nama] for nama in kontrak.gema)
    arti = kontrak.arti[jawab.status]
    return terbaca if gema and (not arti or terbaca["status"] in arti) else None


def _mitra_sakit(balasan: Balasan) -> bool:
    """Whether this counts against the breaker: a partner that contradicts us, or refuses us, is there."""
    if balasan.hasil == Hasil.TAK_JELAS:
        return balasan.kata != BERBEDA
    return balasan.hasil == Hasil.TAK_TERJANGKAU
