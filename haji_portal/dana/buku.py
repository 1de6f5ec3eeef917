"""The only pen that writes the book of money, and the sums over it.

Amounts are whole rupiah (int). Every function may be called again with the same reference: what stands in the book is
returned, nothing is written twice; the same reference with other content raises BukuGanda. Movements lock the deposits
they touch, in id order, before they look at a balance.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from decimal import Decimal

from django.db import IntegrityError, transaction
from django.db.models import Min, QuerySet, Sum
from django.utils import timezone

from haji_portal.alur.galat import LangkahGagal
from haji_portal.alur.models import Perkara
from haji_portal.jemaah.models import Porsi, Setoran

from .models import Akun, Baris, Posting, Unsur

Jenis = Posting.Jenis
Isi = tuple[str, str, int]
"""(akun, unsur, jumlah) of one line."""
Saldo = dict[str, dict[str, int]]
"""akun -> unsur -> rupiah, every account and unsur present."""
MAKS_RUJUKAN = 120
BERJALAN = (Akun.DIPESAN, Akun.SPM, Akun.BPS)
"""Where the money of a refund stands between its approval and its end."""


class BukuGanda(LangkahGagal):
    """The reference stands in the book with another content."""

    def __init__(self) -> None:
        super().__init__("Rujukan ini sudah tercatat di buku dana dengan isi yang lain. Periksa jejak dananya.")


class SaldoKurang(LangkahGagal):
    """The money is not where the movement would take it from."""


def catat(
    jenis: str, setoran: Setoran, baris: Iterable[tuple[str, str, int | Decimal]], *, rujukan: str,
    perkara: Perkara | None = None, waktu: datetime.datetime | None = None, keterangan: str = "",
) -> Posting:  # fmt: skip
    """Write one posting; the same `rujukan` with the same content answers with the one that stands there.

    Raises BukuGanda, and ValueError for amounts that are no whole rupiah, for lines that do not add up to zero or
    name one account twice, and for a reference that is empty or longer than MAKS_RUJUKAN.
    """
    isi = _periksa(baris, rujukan)
    baru = Posting(
        rujukan=rujukan, jenis=Jenis(jenis), setoran=setoran, perkara_id=_pk(perkara),
        waktu=waktu or timezone.now(), keterangan=keterangan,
    )  # fmt: skip
    if lama := _lama(baru, isi):
        return lama
    try:
        with transaction.atomic():
            # Lines first: the database counts and adds them when the posting comes, and seals it (penjaga.py).
            Baris.objects.bulk_create(
                Baris(posting_id=baru.pk, akun=akun, unsur=unsur, jumlah=jumlah) for akun, unsur, jumlah in isi
            )
            baru.save(force_insert=True)
    except IntegrityError:
        # Another transaction wrote this reference a moment ago.
        if lama := _lama(baru, isi):
            return lama
        raise
    return baru


def catat_setoran(setoran: Setoran) -> Posting:
    """The deposit arrives at BPKH on its date: once per deposit, for the amount that it states."""
    hari = Setoran._meta.get_field("tanggal").to_python(setoran.tanggal)
    return catat(
        Jenis.SETORAN, setoran, _pindah(Akun.LUAR, Akun.BPKH, Unsur.SETORAN, int(setoran.jumlah)),
        rujukan=f"setoran:{setoran.pk}", waktu=timezone.make_aware(datetime.datetime.combine(hari, datetime.time())),
    )  # fmt: skip


def pesan(
    ref: str, setoran: Setoran | Iterable[Setoran], jumlah: int, perkara: Perkara, *,
    waktu: datetime.datetime | None = None,
) -> list[Posting]:  # fmt: skip
    """Set `jumlah` rupiah of these deposits aside for one refund; one posting per deposit, the oldest row first.

    ref: the payment's reference, unique for ever; perkara: the refund's case, under which the later movements find the
    money. A deposit that the book does not know enters it here. Raises SaldoKurang when BPKH holds less than that.
    """
    minta, ids = _rupiah(jumlah), {s.pk for s in _daftar(setoran)}
    if minta <= 0 or not ids:
        raise ValueError("a refund needs deposits and a positive amount")
    with transaction.atomic():
        rows = _kunci(ids)
        if lama := _sudah(Jenis.PESAN, ref, perkara):
            if _jumlah(lama, Akun.DIPESAN) != minta or not {p.setoran_id for p in lama} <= ids:
                raise BukuGanda
            return lama
        for s in rows:
            catat_setoran(s)
        ambil = _bagi(saldo_banyak(ids), minta)
        return [
            _gerak(Jenis.PESAN, ref, s, perkara, _pindah(Akun.BPKH, Akun.DIPESAN, Unsur.SETORAN, ambil[s.pk]), waktu)
            for s in rows
            if ambil.get(s.pk)
        ]


def terbit_spm(
    ref: str, perkara: Perkara, *, nilai_manfaat: int = 0, waktu: datetime.datetime | None = None
) -> list[Posting]:
    """BPKH orders the payment and adds the yield; an SPM names one yield, it stands with the refund's first deposit."""
    return _teruskan(Jenis.SPM, ref, perkara, (Akun.DIPESAN,), Akun.SPM, waktu, _rupiah(nilai_manfaat))


def sesuaikan_manfaat(
    ref: str, perkara: Perkara, selisih: int, *, waktu: datetime.datetime | None = None
) -> list[Posting]:
    """Between SPM and transfer the yield grew or shrank by `selisih` rupiah, at the refund's first deposit.

    Raises SaldoKurang when no SPM is under way or less yield than that was ordered.
    """
    if not _rupiah(selisih):
        raise ValueError("a difference of nothing is not booked")
    with transaction.atomic():
        rows = _kunci(Posting.objects.filter(perkara=perkara.pk).values_list("setoran", flat=True))
        if lama := _sudah(Jenis.SESUAI, ref, perkara):
            if _jumlah(lama, Akun.SPM) != selisih:
                raise BukuGanda
            return lama
        saldo = saldo_perkara(perkara)
        jalan = [r for r in rows if sum(saldo[r.pk][Akun.SPM].values())]
        if not jalan or saldo[jalan[0].pk][Akun.SPM][Unsur.NILAI_MANFAAT] + selisih < 0:
            raise SaldoKurang("Nilai manfaat dalam perintah bayar kurang dari selisih yang akan dibukukan.")
        baris = _pindah(Akun.NILAI_MANFAAT, Akun.SPM, Unsur.NILAI_MANFAAT, selisih)
        return [_gerak(Jenis.SESUAI, ref, jalan[0], perkara, baris, waktu)]


def ditransfer(ref: str, perkara: Perkara, *, waktu: datetime.datetime | None = None) -> list[Posting]:
    """The bank sent it; whether it arrived is not known yet."""
    return _teruskan(Jenis.TRANSFER, ref, perkara, (Akun.SPM,), Akun.BPS, waktu)


def diterima(ref: str, perkara: Perkara, *, waktu: datetime.datetime | None = None) -> list[Posting]:
    """It stands in the recipient's account."""
    return _teruskan(Jenis.TERIMA, ref, perkara, (Akun.BPS,), Akun.PENERIMA, waktu)


def lepas_pesanan(ref: str, perkara: Perkara, *, waktu: datetime.datetime | None = None) -> list[Posting]:
    """The partner says no: what this refund holds anywhere on its way is free again. Never for an unknown outcome."""
    return _teruskan(Jenis.LEPAS, ref, perkara, BERJALAN, Akun.BPKH, waktu)


def retur(ref: str, perkara: Perkara, *, waktu: datetime.datetime | None = None) -> list[Posting]:
    """The money bounced after it was sent or received: the deposit is with BPKH again, the yield is taken back.

    Raises SaldoKurang for money that the recipient has paid back since: it cannot come back twice.
    """
    with transaction.atomic():
        _kunci(Posting.objects.filter(perkara=perkara.pk).values_list("setoran", flat=True))
        bayar = saldo_perkara(perkara)
        kini = saldo_banyak(bayar)
        if any(kini[i][Akun.PENERIMA][Unsur.SETORAN] < bayar[i][Akun.PENERIMA][Unsur.SETORAN] for i in bayar):
            raise SaldoKurang("Uang ini sudah disetor kembali oleh penerimanya, jadi tidak dapat kembali sekali lagi.")
        return _teruskan(Jenis.RETUR, ref, perkara, (Akun.BPS, Akun.PENERIMA), Akun.BPKH, waktu)


def reversal(
    ref: str, setoran: Setoran, perkara: Perkara | None = None, *, waktu: datetime.datetime | None = None
) -> Posting:
    """The bank undid the whole deposit. Raises SaldoKurang when part of it is set aside or paid."""
    with transaction.atomic():
        (row,) = _kunci({setoran.pk})
        if lama := _sudah(Jenis.REVERSAL, ref, perkara):
            if lama[0].setoran_id != row.pk:
                raise BukuGanda
            return lama[0]
        jumlah = -catat_setoran(row).baris.get(akun=Akun.LUAR).jumlah
        if saldo_setoran(row)[Akun.BPKH][Unsur.SETORAN] != jumlah:
            raise SaldoKurang("Setoran ini tidak utuh lagi di BPKH, jadi tidak dapat dibatalkan bank.")
        return _gerak(Jenis.REVERSAL, ref, row, perkara, _pindah(Akun.BPKH, Akun.LUAR, Unsur.SETORAN, jumlah), waktu)


def disetor_kembali(
    ref: str, setoran: Iterable[Setoran], perkara: Perkara, *, waktu: datetime.datetime | None = None
) -> list[Posting]:
    """What was paid out of these deposits came back to BPKH; the yield stays where it is. [] where nothing was out."""
    with transaction.atomic():
        rows = _kunci({s.pk for s in setoran})
        if lama := _sudah(Jenis.KEMBALI, ref, perkara):
            return lama
        saldo = saldo_banyak([r.pk for r in rows])
        keluar = {r.pk: saldo[r.pk][Akun.PENERIMA][Unsur.SETORAN] for r in rows}
        return [
            _gerak(Jenis.KEMBALI, ref, r, perkara,
                   _pindah(Akun.PENERIMA, Akun.BPKH, Unsur.SETORAN, keluar[r.pk]), waktu)
            for r in rows
            if keluar[r.pk] > 0
        ]  # fmt: skip


def saldo_setoran(setoran: Setoran) -> Saldo:
    """Where the money of one deposit is."""
    return saldo_banyak([setoran.pk])[setoran.pk]


def saldo_porsi(porsi: Porsi) -> Saldo:
    """Where the money of all deposits of one porsi is."""
    return _lipat(Baris.objects.filter(posting__setoran__porsi=porsi), "posting__setoran__porsi").get(porsi.pk, _nol())


def saldo_banyak(setoran_ids: Iterable[int]) -> dict[int, Saldo]:
    """Deposit -> where its money is, in one query; deposits that the book does not know are all zero."""
    ids = list(setoran_ids)
    ada = _lipat(Baris.objects.filter(posting__setoran__in=ids), "posting__setoran")
    return {i: ada.get(i) or _nol() for i in ids}


def saldo_perkara(perkara: Perkara) -> dict[int, Saldo]:
    """Deposit -> what one refund moved, by account: what it holds in dipesan, spm and bps, what it paid out."""
    return _lipat(Baris.objects.filter(posting__perkara=perkara.pk), "posting__setoran")


def jejak(setoran: Setoran | Iterable[Setoran]) -> list[Posting]:
    """Every movement of these deposits in the order of events, each with its `baris` at hand; two queries."""
    return list(
        Posting.objects.filter(setoran__in=[s.pk for s in _daftar(setoran)])
        .annotate(urut=Min("baris"))
        .order_by("waktu", "urut")
        .prefetch_related("baris")
    )


def _teruskan(
    jenis: str, ref: str, perkara: Perkara, asal: Sequence[str], tujuan: str, waktu: datetime.datetime | None,
    nilai_manfaat: int = 0,
) -> list[Posting]:  # fmt: skip
    """Move all that the refund holds in `asal` to `tujuan`; yield that is not paid goes back to where it came from."""
    if nilai_manfaat < 0:
        raise ValueError("the yield is never negative")
    with transaction.atomic():
        ids = set(Posting.objects.filter(perkara=perkara.pk).values_list("setoran", flat=True))
        rows = _kunci(ids)
        if lama := _sudah(jenis, ref, perkara):
            if jenis == Jenis.SPM and _jumlah(lama, Akun.NILAI_MANFAAT) != -nilai_manfaat:
                raise BukuGanda
            return lama
        saldo, hasil = saldo_perkara(perkara), []
        for row in rows:
            baris = [
                satu
                for a in asal
                for unsur, jumlah in saldo[row.pk][a].items()
                for satu in _pindah(a, _pulang(tujuan, unsur), unsur, jumlah)
            ]
            if baris and nilai_manfaat:
                baris += _pindah(Akun.NILAI_MANFAAT, tujuan, Unsur.NILAI_MANFAAT, nilai_manfaat)
                nilai_manfaat = 0
            if baris:
                hasil.append(_gerak(jenis, ref, row, perkara, _gabung(baris), waktu))
        if not hasil:
            raise SaldoKurang("Dana pengembalian ini tidak berada di tempat yang akan dipindahkan.")
        return hasil


def _pulang(tujuan: str, unsur: str) -> str:
    return Akun.NILAI_MANFAAT if tujuan == Akun.BPKH and unsur == Unsur.NILAI_MANFAAT else tujuan


def _gerak(
    jenis: str, ref: str, setoran: Setoran, perkara: Perkara | None, baris: list[Isi], waktu: datetime.datetime | None
) -> Posting:
    return catat(jenis, setoran, baris, rujukan=f"{jenis}:{ref}:{setoran.pk}", perkara=perkara, waktu=waktu)


def _sudah(jenis: str, ref: str, perkara: Perkara | None) -> list[Posting]:
    """The postings of this movement, if it was made. Raises BukuGanda when another refund made it."""
    if not ref or ":" in ref:
        raise ValueError("a payment's reference is not empty and has no colon")
    awal = f"{jenis}:{ref}:"
    ada = Posting.objects.filter(rujukan__startswith=awal).order_by("setoran").prefetch_related("baris")
    lama = [p for p in ada if p.rujukan.startswith(awal)]  # SQLite takes P1 and p1 for the same
    if any(p.perkara_id != _pk(perkara) for p in lama):
        raise BukuGanda
    return lama


def _jumlah(posting: list[Posting], akun: str) -> int:
    return sum(b.jumlah for p in posting for b in p.baris.all() if b.akun == akun)


def _pindah(dari: str, ke: str, unsur: str, jumlah: int) -> list[Isi]:
    """Two lines, or none for nothing."""
    return [(dari, unsur, -jumlah), (ke, unsur, jumlah)] if jumlah else []


def _gabung(baris: list[Isi]) -> list[Isi]:
    """One line per account and unsur."""
    jumlah: dict[tuple[str, str], int] = {}
    for akun, unsur, n in baris:
        jumlah[akun, unsur] = jumlah.get((akun, unsur), 0) + n
    return [(akun, unsur, n) for (akun, unsur), n in jumlah.items() if n]


def _bagi(saldo: dict[int, Saldo], minta: int) -> dict[int, int]:
    """Deposit -> rupiah taken from what BPKH holds of it, until `minta` is reached."""
    ambil, sisa = {}, minta
    for i in sorted(saldo):
        ambil[i] = min(saldo[i][Akun.BPKH][Unsur.SETORAN], sisa)
        sisa -= ambil[i]
    if sisa:
        raise SaldoKurang("Dana setoran yang dikelola BPKH kurang dari jumlah yang akan dikembalikan.")
    return ambil


def _kunci(ids: Iterable[int]) -> list[Setoran]:
    """The deposits, locked until the transaction ends. SQLite has locked the whole file already (IMMEDIATE)."""
    return list(Setoran.objects.select_for_update(no_key=True).filter(pk__in=list(ids)).order_by("pk"))


def _lipat(baris: QuerySet[Baris], kelompok: str) -> dict[int, Saldo]:
    hasil: dict[int, Saldo] = {}
    jumlah = baris.order_by().values_list(kelompok, "akun", "unsur").annotate(n=Sum("jumlah"))
    for kunci, akun, unsur, n in jumlah:
        hasil.setdefault(kunci, _nol())[akun][unsur] = int(n)
    return hasil


def _nol() -> Saldo:
    return {str(akun): {str(unsur): 0 for unsur in Unsur} for akun in Akun}


def _daftar(setoran: Setoran | Iterable[Setoran]) -> list[Setoran]:
    return [setoran] if isinstance(setoran, Setoran) else list(setoran)


def _pk(perkara: Perkara | None) -> int | None:
    return None if perkara is None else perkara.pk


def _rupiah(jumlah: object) -> int:
    if isinstance(jumlah, Decimal) and jumlah.is_finite() and jumlah == jumlah.to_integral_value():
        return int(jumlah)
    if type(jumlah) is not int:
        raise ValueError(f"whole rupiah wanted, not {type(jumlah).__name__}")
    return jumlah


def _periksa(baris: Iterable[tuple[str, str, int | Decimal]], rujukan: str) -> list[Isi]:
    isi = [(str(Akun(akun)), str(Unsur(unsur)), _rupiah(jumlah)) for akun, unsur, jumlah in baris]
    if not 0 < len(rujukan) <= MAKS_RUJUKAN:
        raise ValueError("a posting needs a reference of at most 120 characters")
    if len(isi) < 2 or any(jumlah == 0 for *_, jumlah in isi):
        raise ValueError("a posting needs two lines or more, none of them zero")
    if len({satu[:2] for satu in isi}) != len(isi):
        raise ValueError("an account stands twice in one posting")
    if any(sum(n for _, u, n in isi if u == unsur) for unsur in Unsur):
        raise ValueError("the lines do not add up to zero")
    return isi


def _lama(baru: Posting, isi: list[Isi]) -> Posting | None:
    lama = Posting.objects.filter(rujukan=baru.rujukan).prefetch_related("baris").first()
    if lama is None:
        return None
    sama = (lama.jenis, lama.setoran_id, lama.perkara_id) == (baru.jenis, baru.setoran_id, baru.perkara_id)
    if not sama or sorted((b.akun, b.unsur, b.jumlah) for b in lama.baris.all()) != sorted(isi):
        raise BukuGanda
    return lama
