"""Which papers exactly this family brings to exactly this office (Kepdirjen PHU 245/2021 B.1, B.2)."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.utils import timezone

from haji_portal.akun.models import Kantor
from haji_portal.berkas.models import ButirBerkas, SyaratBerkas

from .tahap import Hubungan

BUKTI = {
    "akta-kelahiran": (Hubungan.ANAK,),
    "buku-nikah": (Hubungan.SUAMI, Hubungan.ISTRI),
}
"""An office's own papers that prove one relation each."""
BUKTI_UMUM = "bukti-hubungan"
"""What proves any relation (245/2021 B.1.f, B.2.f); where the office names its own paper, that paper is it."""


BUKAN_BERKAS = ("map-berkas", "pas-foto")
"""What an office wants in the hand: nobody uploads it or checks it as an original; photos are taken anew."""


BUKAN_ASLI = (*BUKAN_BERKAS, "foto-pengaju")
"""What has no original to be shown at the interview: there the face itself is compared."""


@dataclass(frozen=True)
class BarisBerkas:
    syarat: SyaratBerkas
    wajib: bool

    @property
    def lembar(self) -> str:
        """The column "keterangan" of the printed form: how many copies, else what is to be known of the paper."""
        if self.syarat.jumlah:
            return f"{self.syarat.jumlah} lembar"
        return self.syarat.keterangan or str(self.syarat.get_bentuk_display())

    @property
    def keterangan(self) -> str:
        """What is to be known of the paper; a condition that this case fulfils is not said again."""
        return "" if self.wajib and self.syarat.kode in BUKTI else self.syarat.keterangan

    @property
    def catatan(self) -> str:
        """What the printed form says below the name, since its last column holds the copies."""
        return self.keterangan if self.syarat.jumlah else ""


def wajib_bersyarat(hubungan: str, kode: Collection[str]) -> dict[str, bool]:
    """{code: whether it is required} for the papers that prove a relation, of those that the office asks for."""
    wajib = {k: hubungan in siapa for k, siapa in BUKTI.items() if k in kode}
    return wajib | ({BUKTI_UMUM: False} if any(wajib.values()) else {})


def saring(semua: Sequence[SyaratBerkas], hubungan: str) -> list[BarisBerkas]:
    """The lines of this relation, the office's own before the national ones; "" keeps what may still be asked."""
    wajib = wajib_bersyarat(hubungan, {s.kode for s in semua})
    hasil = []
    for s in sorted(semua, key=lambda s: s.kantor_id is None):
        if hubungan and not wajib.get(s.kode, True):
            continue
        belum_tahu = not hubungan and bool(wajib) and s.kode in (*BUKTI, BUKTI_UMUM)
        hasil.append(BarisBerkas(s, wajib.get(s.kode, s.wajib) and not belum_tahu))
    return hasil


def daftar_unggahan(sebab: str, hubungan: str, kantor: Kantor, hari: datetime.date) -> list[SyaratBerkas]:
    """What is sent as files from outside (D.2): the same papers without what is no paper, and a photo of oneself."""
    baris = [b for b in daftar_berkas(sebab, hubungan, kantor, hari) if b.syarat.kode not in BUKAN_BERKAS]
    for b in baris:
        b.syarat.wajib = b.wajib
    return [b.syarat for b in baris] + SyaratBerkas.objects.untuk("pelimpahan", "elektronik", kantor, hari)


def urutkan(butir: list[ButirBerkas], sebab: str, kantor: Kantor) -> None:
    """Number the lines of a case as the family was told them: the two numberings of an office and of the country do
    not fit together, and the photo comes last."""
    hari = timezone.localdate(timezone=kantor.zona_waktu)
    urut = {b.syarat.kode: ke for ke, b in enumerate(daftar_berkas(sebab, "", kantor, hari))}
    for ke, satu in enumerate(sorted(butir, key=lambda b: urut.get(b.kode, len(urut))), start=1):
        satu.urut = ke
    ButirBerkas.objects.bulk_update(butir, ["urut"])


def daftar_berkas(sebab: str, hubungan: str, kantor: Kantor | None, hari: datetime.date) -> list[BarisBerkas]:
    """The checklist for this cause and relation; without an office what holds everywhere."""
    return saring(SyaratBerkas.objects.untuk("pelimpahan", sebab, kantor, hari), hubungan)
