"""One statement of one day: kept, classed, written, and what it proves brought to its end.

The classes are made anew from the kept statement and the book each time; rows keep their ids. The book moves only where
a row that agrees in everything shows that the money arrived, one refund per transaction, by the refund's own step.
"""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import Any, cast

from django.db import transaction
from django.utils import timezone

from haji_portal.akun.models import Kantor, Pengguna
from haji_portal.alur.galat import IsianSalah, LangkahGagal
from haji_portal.alur.jalankan import jalankan
from haji_portal.alur.models import Perkara
from haji_portal.alur.pelaku import Sistem
from haji_portal.alur.tampil_waktu import rupiah, tanggal
from haji_portal.berkas.simpan import BerkasTersimpan, baca, kunci_asli, simpan_asli, simpan_teks

from ..models import BarisRekonsiliasi, Rekonsiliasi
from . import bayaran as buku
from .kabar import kabari
from .kelas import Bayaran, Putusan, kelaskan, nilai_baris
from .mutasi import RUJUKAN_BANK, BarisMutasi, dari_simpanan, samaran, sidik, simpanan

Kelas, Sumber = BarisRekonsiliasi.Kelas, Rekonsiliasi.Sumber
PELAKU = Sistem("dana.rekonsiliasi")
SEKELOMPOK = 1000
DIBANDING = ("kelas", "kalimat", "perkara_id", "seharusnya")
"""What may differ when the same statement is classed again."""


class MutasiHilang(Exception):
    """The kept statement is gone or was changed on disk; it has to come again."""


def terima_mutasi(
    mitra: str, kantor: Kantor, hari: datetime.date, baris: Sequence[BarisMutasi], sumber: str, *,
    berkas_nama: str = "", berkas_sha256: str = "", pengguna: Pengguna | None = None,
) -> Rekonsiliasi:  # fmt: skip
    """Keep one day's statement, class it and act on it. The same statement again changes nothing.

    Call it outside any transaction. Raises UnggahanDitolak when the disk refuses.
    """
    isi = simpanan(baris)
    kini = timezone.now()
    r, _ = Rekonsiliasi.objects.get_or_create(
        mitra=mitra, kantor=kantor, tanggal=hari, sidik=sidik(isi),
        defaults={
            "sumber": sumber, "kunci": kunci_asli(), "berkas_nama": berkas_nama, "berkas_sha256": berkas_sha256,
            "pengguna": pengguna, "dibuat": kini,
        },
    )  # fmt: skip
    if not _tersimpan(r):
        simpan_asli(r.kunci, isi)
    _berlakukan(r, sumber, kini)
    return jalankan_hari(r)


def jalankan_hari(r: Rekonsiliasi, *, lanjut: bool = True) -> Rekonsiliasi:
    """Class a kept statement against the book as it is now. Raises MutasiHilang.

    lanjut: also the other days on which the same refunds stand, whose classes this one may change.
    """
    baris = _baca(r)
    hasil = _kelaskan(r, baris)
    if r.berlaku and r.sumber == Sumber.HTTP:
        hasil = [_buktikan(r, p) if p.membuktikan else p for p in hasil]
    _tulis(r, hasil)
    if r.berlaku and lanjut:
        for pk in sorted(buku.hari_tersentuh(r, (p.bayaran.pk for p in hasil if p.bayaran))):
            jalankan_hari(Rekonsiliasi.objects.select_related("kantor").get(pk=pk), lanjut=False)
    if r.berlaku and r.jumlah_beda:
        kabari(r)
    return r


def _tersimpan(r: Rekonsiliasi) -> bool:
    try:
        baca(r.kunci, r.sidik)
    except (FileNotFoundError, ValueError):
        return False
    return True


def _baca(r: Rekonsiliasi) -> list[BarisMutasi]:
    try:
        return dari_simpanan(baca(r.kunci, r.sidik))
    except (FileNotFoundError, ValueError) as galat:
        raise MutasiHilang from galat


@transaction.atomic
def _berlakukan(r: Rekonsiliasi, sumber: str, kini: datetime.datetime) -> None:
    """Of a day's statements the partner's own goes before uploaded ones, the one that came last before the others."""
    hari = Rekonsiliasi.objects.select_for_update().filter(mitra=r.mitra, kantor=r.kantor, tanggal=r.tanggal)
    semua = {satu.pk: satu for satu in hari}
    r.refresh_from_db(fields=["berlaku", "sumber"])
    if sumber == Sumber.HTTP and r.sumber != Sumber.HTTP:
        # What a person had uploaded before is now the partner's own word.
        Rekonsiliasi.objects.filter(pk=r.pk).update(sumber=sumber)
        r.sumber = sumber
    kini_berlaku = next((s for s in semua.values() if s.berlaku and s.pk != r.pk), None)
    if r.berlaku or (kini_berlaku and kini_berlaku.sumber == Sumber.HTTP and r.sumber != Sumber.HTTP):
        return
    hari.filter(berlaku=True).update(berlaku=False)
    Rekonsiliasi.objects.filter(pk=r.pk).update(berlaku=True, dibuat=kini)
    r.berlaku, r.dibuat = True, kini


def _kelaskan(r: Rekonsiliasi, baris: Sequence[BarisMutasi]) -> list[Putusan]:
    ada = buku.bayaran_bernomor(r.mitra, r.kantor, (b.nomor for b in baris))
    hari = buku.bayaran_hari(r.mitra, r.kantor, r.tanggal)
    lain = buku.disebut_hari_lain(r, (b.pk for b in hari.values()))
    nomor = {b.pk: b.nomor for b in ada.values()}
    sebelum = {(nomor[pk], status) for pk, status in buku.disebut_sebelumnya(r, nomor)}
    return kelaskan(baris, hari | ada, [n for n, b in hari.items() if b.pk not in lain], sebelum)


def _buktikan(r: Rekonsiliasi, p: Putusan) -> Putusan:
    """End the refund whose money the statement shows; what refuses becomes the mismatch's sentence."""
    if p.baris is None or p.bayaran is None:
        return p
    try:
        if not RUJUKAN_BANK.fullmatch(p.baris.rujukan_bank):
            raise LangkahGagal("Nomor rujukan bank pada mutasi tidak terbaca.")
        perkara = Perkara.objects.get(pk=p.bayaran.pk).rinci()
        data = {
            "tanggal_terima": p.baris.tanggal, "rujukan_bank": p.baris.rujukan_bank, "jumlah": p.baris.jumlah,
            "bukti": _bukti(r, p.baris, p.bayaran),
        }  # fmt: skip
        jalankan(perkara, "cocokkan", oleh=PELAKU, versi=perkara.versi, data=data)
    except LangkahGagal as galat:
        return _nilai_lagi(r, p, galat)
    return Putusan(Kelas.COCOK, p.baris, replace(p.bayaran, nilai_manfaat=p.baris.jumlah - p.bayaran.setoran))


def _nilai_lagi(r: Rekonsiliasi, p: Putusan, galat: LangkahGagal) -> Putusan:
    """The refund may have moved a moment ago: then the row is judged once more, by what stands there now."""
    nomor = p.bayaran.nomor if p.bayaran else ""
    kini = buku.bayaran_bernomor(r.mitra, r.kantor, [nomor]).get(nomor)
    if p.baris is not None and kini is not None:
        lagi = nilai_baris(p.baris, kini)
        if not lagi.membuktikan:
            return lagi
    rinci = [k for isi in galat.galat.values() for k in isi] if isinstance(galat, IsianSalah) else [galat.kalimat]
    return Putusan(Kelas.STATUS, p.baris, p.bayaran, " ".join(rinci)[:300])


def _bukti(r: Rekonsiliasi, b: BarisMutasi, p: Bayaran) -> BerkasTersimpan:
    """The proof in the refund's own file: this row and where the whole statement is, not other pilgrims' rows."""
    isi = [
        f"KUTIPAN MUTASI {r.get_mitra_display()}", "", f"Pengembalian: {p.nomor}",
        f"Mutasi: {r.kantor.nama}, {tanggal(r.tanggal)} (rekonsiliasi nomor {r.pk}, baris {b.urut})",
        f"SHA-256: {r.sidik}", "", f"Tanggal: {tanggal(b.tanggal)}", f"Nomor rujukan bank: {b.rujukan_bank}",
        f"Jumlah: {rupiah(b.jumlah)}", f"Status: {b.status}", "",
    ]  # fmt: skip
    return simpan_teks("\n".join(isi), f"kutipan mutasi {p.nomor}")


def _tulis(r: Rekonsiliasi, hasil: list[Putusan]) -> None:
    """The rows as they are now: new ones added, changed ones changed, vanished ones removed, the rest left alone."""
    with transaction.atomic():
        Rekonsiliasi.objects.select_for_update().get(pk=r.pk)
        lama = {b[0]: b[1:] for b in r.baris.values_list("kunci", "pk", *DIBANDING)}
        baru = {(b := _baris(r, p)).kunci: b for p in hasil}
        BarisRekonsiliasi.objects.bulk_create(
            (b for k, b in baru.items() if k not in lama), batch_size=SEKELOMPOK, ignore_conflicts=True
        )
        ubah = [b for k, b in baru.items() if k in lama and lama[k][1:] != tuple(getattr(b, n) for n in DIBANDING)]
        for b in ubah:
            b.pk = lama[b.kunci][0]
        BarisRekonsiliasi.objects.bulk_update(ubah, ["kelas", "kalimat", "perkara", "seharusnya"], batch_size=100)
        for basi in buku.potong(pk[0] for k, pk in lama.items() if k not in baru):
            r.baris.filter(pk__in=basi).delete()
        r.hitungan = dict(Counter(b.kelas for b in baru.values()))
        r.jumlah_baris = len(baru)
        r.jumlah_beda = len(baru) - r.hitungan.get(Kelas.COCOK.value, 0)
        r.dijalankan = timezone.now()
        r.save(update_fields=["hitungan", "jumlah_baris", "jumlah_beda", "dijalankan"])


def _baris(r: Rekonsiliasi, p: Putusan) -> BarisRekonsiliasi:
    tetap: dict[str, Any] = {"rekonsiliasi": r, "kelas": str(p.kelas), "kalimat": p.kalimat}
    if p.bayaran is not None:
        tetap |= {"perkara_id": p.bayaran.pk, "seharusnya": p.bayaran.jumlah}
        if p.baris is None:
            return BarisRekonsiliasi(kunci=f"b{p.bayaran.pk}", rujukan=p.bayaran.nomor, **tetap)
    b = cast(BarisMutasi, p.baris)
    return BarisRekonsiliasi(
        kunci=f"m{b.urut}", urut=b.urut, rujukan_bank=b.rujukan_bank, tanggal=b.tanggal, jumlah=b.jumlah,
        mata_uang=b.mata_uang[:3], status=b.status, **samaran(b), **tetap,
    )  # fmt: skip
