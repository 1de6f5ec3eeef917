"""The files that leave the portal, and the record of who took them."""

from __future__ import annotations

import hashlib

from django.db import transaction
from django.utils import timezone

from haji_portal.akun.models import Kantor, Pengguna
from haji_portal.berkas.tabel import tulis_tabel

from ..models import BarisImpor, ImporBerkas, UnduhanBerkas
from .deklarasi import Pertukaran

MAKS_EKSPOR = 10_000
Apa = UnduhanBerkas.Apa


def perkara_menunggu(pertukaran: Pertukaran, kantor: Kantor):
    """The office's cases without an answer yet, the oldest first."""
    return pertukaran.menunggu(pertukaran.perkara(kantor, ditutup__isnull=True)).order_by("dibuka", "pk")


def ekspor(pertukaran: Pertukaran, kantor: Kantor, pengguna: Pengguna, format_: str) -> bytes:
    """What the other side needs, with empty columns for its answers: filled in, the file can be imported."""
    perkara = list(pertukaran.siap(perkara_menunggu(pertukaran, kantor))[:MAKS_EKSPOR])
    judul = ["Nomor perkara", *(k.judul for k in pertukaran.keluar), *(i.judul for i in pertukaran.masuk)]
    kosong = [None] * len(pertukaran.masuk)
    baris = ([p.nomor, *(k.nilai(p) for k in pertukaran.keluar), *kosong] for p in perkara)
    isi = tulis_tabel(format_, judul, baris, pertukaran.pintu.nama)
    catat(Apa.EKSPOR, pertukaran.kode, kantor, pengguna, format_, isi, [p.pk for p in perkara])
    return isi


def hasil(impor: ImporBerkas, pertukaran: Pertukaran, pengguna: Pengguna, format_: str) -> bytes:
    """What became of every row of an import."""
    judul = ["Baris", "Nomor", *(i.judul for i in pertukaran.masuk), "Hasil", "Keterangan"]
    rows = list(impor.baris.order_by("urut"))
    baris = ([b.urut, b.nomor, *_isi(b, pertukaran), b.get_keadaan_display(), b.kalimat] for b in rows)
    isi = tulis_tabel(format_, judul, baris, "Hasil")
    catat(Apa.HASIL, impor.layanan, impor.kantor, pengguna, format_, isi, _perkara(rows), impor)
    return isi


def bukti(impor: ImporBerkas, isi: bytes, pengguna: Pengguna) -> bytes:
    """The kept file as it came, noted."""
    rows = list(impor.baris.exclude(perkara=None))
    akhiran = impor.nama.rpartition(".")[2]
    catat(Apa.BUKTI, impor.layanan, impor.kantor, pengguna, akhiran, isi, _perkara(rows), impor)
    return isi


@transaction.atomic
def catat(
    apa: str,
    layanan: str,
    kantor: Kantor,
    pengguna: Pengguna,
    format_: str,
    isi: bytes,
    perkara: list[int],
    impor: ImporBerkas | None = None,
) -> UnduhanBerkas:
    """Write down that personal data of these cases leaves the portal, before it does."""
    row = UnduhanBerkas.objects.create(
        apa=apa, layanan=layanan, kantor=kantor, pengguna=pengguna, waktu=timezone.now(), format=format_[:5],
        jumlah=len(perkara), sha256=hashlib.sha256(isi).hexdigest(), impor=impor,
    )  # fmt: skip
    hubungan = UnduhanBerkas.perkara.through
    hubungan.objects.bulk_create((hubungan(unduhanberkas_id=row.pk, perkara_id=pk) for pk in perkara), batch_size=500)
    return row


def _isi(baris: BarisImpor, pertukaran: Pertukaran) -> list[str]:
    return [baris.isi.get(i.kode, "") for i in pertukaran.masuk]


def _perkara(rows: list[BarisImpor]) -> list[int]:
    return sorted({b.perkara_id for b in rows if b.perkara_id is not None})
