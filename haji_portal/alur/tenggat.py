"""Deadlines: opened and closed with the statuses, paused, extended, explained, and checked by Celery beat.

Every deadline has an owner (`Tenggat.pihak`) and runs on the calendar of one office (`Tenggat.kantor`).
"""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from haji_portal.akun.models import Kantor, Peran

from .kalender import kalender_kantor
from .kantor import kantor_pihak
from .models import Giliran, Jeda, LangkahSOP, Perkara, Tenggat
from .posisi import baris_status, peta_pelaksana
from .tampil_waktu import durasi, saat
from .waktu import Kalender

if TYPE_CHECKING:
    from .models import Permohonan

# Working minutes after the breach at which the officials above are told (2, 3): at least these, at least one and two
# budgets of minutes. The owner (1) is told at once.
TINGKAT = {1: (0, 0), 2: (30, 1), 3: (60, 2)}

SEKALIGUS = 200
"""Cases that a sweep reads together, and locks together when it writes."""

# Called as fn(tenggat, tingkat) inside the transaction that moved `peringatan`; rooms above register themselves.
saat_lewat: list[Callable[[Tenggat, int], None]] = []


def perbarui_tenggat(perkara: Permohonan, waktu: datetime.datetime) -> list[Tenggat]:
    """Close what the case has left and open what it has entered; called by jalankan() after every step.

    Returns what runs now.
    """
    tahap = perkara.info_tahap
    baris = _baris_berwaktu(perkara)
    kode = ",".join(b.no for b in baris) or perkara.tahap
    terbuka = tenggat_berjalan(perkara)
    for berjalan in [t for t in terbuka if t.jenis == Tenggat.Jenis.STATUS]:
        if tahap.akhir or berjalan.kode != kode or berjalan.pihak != tahap.pihak:
            tutup(berjalan, waktu)
            terbuka.remove(berjalan)
    if not tahap.akhir and not any(t.jenis == Tenggat.Jenis.STATUS for t in terbuka):
        terbuka.append(_buka_status(perkara, kode, baris, waktu))
    return _perbarui_rentang(perkara, waktu, terbuka)


def tenggat_berjalan(perkara: Permohonan) -> list[Tenggat]:
    """The deadlines of a case that are not closed, in order of their beginning."""
    return list(perkara.tenggat.filter(selesai__isnull=True).order_by("mulai", "pk"))


def _baris_berwaktu(perkara: Permohonan) -> list[LangkahSOP]:
    """The rows whose time is the budget of the present stay: none while an applicant or a partner has the file."""
    if perkara.info_tahap.pihak not in Giliran.KEMENTERIAN:
        return []
    return baris_status(perkara.sop, perkara.tahap)


def _buka_status(perkara: Permohonan, kode: str, baris: list[LangkahSOP], waktu: datetime.datetime) -> Tenggat:
    pihak = perkara.info_tahap.pihak
    putaran = perkara.tenggat.filter(jenis=Tenggat.Jenis.STATUS, kode=kode).count() + 1
    # What a row of waiting prints is the desk's own time for the news, no limit for whom it waits for.
    berwaktu = [b for b in baris if not b.menunggu]
    tenggat = Tenggat(
        perkara_id=perkara.pk,
        kode=kode,
        kelompok=kode if baris else "",
        putaran=putaran,
        pihak=pihak,
        kantor=kantor_pihak(perkara, pihak),
        mulai=waktu,
        menit=sum(b.menit for b in berwaktu if b.menit) or None,
        hari_kerja=sum(b.hari_kerja for b in berwaktu if b.hari_kerja) or None,
        sumber=f"{perkara.sop}, baris {kode}" if baris else "",
    )
    tenggat.batas = hitung_batas(tenggat)
    tenggat.save()
    return tenggat


def _perbarui_rentang(perkara: Permohonan, waktu: datetime.datetime, terbuka: list[Tenggat]) -> list[Tenggat]:
    """Spans over several rows run while the file is with one of their parties and keep what is left of their budget."""
    tahap = perkara.info_tahap
    berjalan = {t.kode: t for t in terbuka if t.jenis == Tenggat.Jenis.RENTANG}
    for aturan in perkara.sop.rentang if perkara.sop else []:
        seharusnya = tahap.pihak in aturan["pihak"] and not tahap.akhir
        satu = berjalan.get(aturan["kode"])
        if satu is not None and not seharusnya:
            tutup(satu, waktu)
            terbuka.remove(satu)
        elif seharusnya and satu is None:
            terbuka.append(_buka_rentang(perkara, aturan, waktu))
    return terbuka


def _buka_rentang(perkara: Permohonan, aturan: dict[str, Any], waktu: datetime.datetime) -> Tenggat:
    """A span over several parties belongs to the one that its rule names first, and runs on that office's hours."""
    kode, pihak = aturan["kode"], aturan["pihak"][0]
    lama = list(perkara.tenggat.filter(jenis=Tenggat.Jenis.RENTANG, kode=kode).order_by("putaran"))
    tenggat = Tenggat(
        perkara_id=perkara.pk,
        jenis=Tenggat.Jenis.RENTANG,
        kode=kode,
        putaran=len(lama) + 1,
        pihak=pihak,
        kantor=kantor_pihak(perkara, pihak),
        mulai=waktu,
        menit=aturan.get("menit"),
        hari_kerja=aturan.get("hari_kerja"),
        sumber=aturan["sumber"],
    )
    if lama:
        _sisakan(tenggat, lama)
    tenggat.batas = hitung_batas(tenggat)
    tenggat.save()
    return tenggat


def _sisakan(tenggat: Tenggat, lama: list[Tenggat]) -> None:
    """Leave a span that is entered again what its earlier stays did not use.

    Time elsewhere moves its due instant as a pause does: by the working minutes that it took. So every stay takes off
    the minutes it was charged, and what is left of `jatah_menit()` is given in minutes; 0 when nothing is.
    """
    tenggat.menit = max(jatah_menit(lama[0]) - sum(t.menit_terpakai or 0 for t in lama), 0)
    tenggat.hari_kerja = None if tenggat.hari_kerja is None else 0


def jatah_menit(tenggat: Tenggat) -> int:
    """A budget in working minutes, pauses left out; 0 without one.

    A budget of working days is worth the minutes from its beginning to its due instant: the day of the beginning does
    not count, so its rest comes on top (once, at the first entry of a span).
    """
    return kalender_kantor(tenggat.kantor_id).menit_antara(tenggat.mulai, _akhir_jatah(tenggat))


def _akhir_jatah(tenggat: Tenggat) -> datetime.datetime:
    """Where a budget ends without pauses: after its working days, then its minutes and their extension."""
    kal = kalender_kantor(tenggat.kantor_id)
    akhir = kal.tambah_hari_kerja(tenggat.mulai, tenggat.hari_kerja) if tenggat.hari_kerja else tenggat.mulai
    return kal.tambah_menit(akhir, (tenggat.menit or 0) + tenggat.tambahan_menit)


def jeda_kantor(perkara: Perkara, kantor: Iterable[int]) -> dict[int, list[Jeda]]:
    """Per office id, the pauses of a case and of that office since the case was opened, oldest first: one query."""
    per_kantor: dict[int, list[Jeda]] = {pk: [] for pk in kantor}
    rows = Jeda.objects.filter(Q(selesai__isnull=True) | Q(selesai__gt=perkara.dibuka))
    milik = Q(perkara=perkara.pk) | Q(perkara__isnull=True, kantor__in=per_kantor)
    for satu in rows.filter(milik).order_by("mulai"):
        for pk, daftar in per_kantor.items():
            if satu.perkara_id is not None or satu.kantor_id == pk:
                daftar.append(satu)
    return per_kantor


def _jeda(tenggat: Tenggat) -> list[Jeda]:
    """Pauses of the case or of the office whose hours count that touch this stay, oldest first."""
    q = Jeda.objects.filter(Q(perkara=tenggat.perkara_id) | Q(perkara__isnull=True, kantor=tenggat.kantor_id))
    q = q.filter(Q(selesai__isnull=True) | Q(selesai__gt=tenggat.mulai))
    if tenggat.selesai:
        q = q.filter(mulai__lt=tenggat.selesai)
    return list(q.order_by("mulai"))


def jeda_banyak(tenggat: Iterable[Tenggat]) -> dict[int, list[Jeda]]:
    """Per deadline id, all pauses of its case and of its office, oldest first: one query for any number."""
    satu: dict[int, list[Jeda]] = defaultdict(list)
    kantor: dict[int, list[Jeda]] = defaultdict(list)
    semua = list(tenggat)
    milik = Q(perkara__in={t.perkara_id for t in semua})
    umum = Q(perkara__isnull=True, kantor__in={t.kantor_id for t in semua})
    for jeda in Jeda.objects.filter(milik | umum) if semua else []:
        if jeda.perkara_id is not None:
            satu[jeda.perkara_id].append(jeda)
        else:
            kantor[jeda.kantor_id].append(jeda)
    return {t.pk: sorted(satu[t.perkara_id] + kantor[t.kantor_id], key=lambda j: j.mulai) for t in semua}


def hitung_batas(tenggat: Tenggat, jeda: list[Jeda] | None = None) -> datetime.datetime | None:
    """The due instant in the owning office's working time, None without a budget.

    jeda: all pauses of the case and of that office, oldest first, when they are at hand.
    Finished pauses push it back by the working minutes they took (overlapping pauses count once); an unfinished
    pause is not counted yet: the clock stands, periksa_tenggat() does not warn, and ending it computes anew.
    """
    if tenggat.menit is None and tenggat.hari_kerja is None:
        return None
    kal = kalender_kantor(tenggat.kantor_id)
    batas, sampai = _akhir_jatah(tenggat), tenggat.mulai
    for satu in _jeda(tenggat) if jeda is None else jeda:
        dari = max(satu.mulai, sampai)
        if satu.selesai is None or dari >= batas or satu.selesai <= dari:
            continue
        batas = kal.tambah_menit(batas, kal.menit_antara(dari, satu.selesai))
        sampai = satu.selesai
    return batas


def menit_terpakai(tenggat: Tenggat, sampai: datetime.datetime | None = None, jeda: list[Jeda] | None = None) -> int:
    """Working minutes charged to this stay until `sampai` (default: its end, or now), pauses left out.

    jeda: as for `hitung_batas`.
    """
    if tenggat.menit_terpakai is not None:
        return tenggat.menit_terpakai
    sampai = sampai or tenggat.selesai or timezone.now()
    jeda = _jeda(tenggat) if jeda is None else jeda
    return menit_bersih(kalender_kantor(tenggat.kantor_id), tenggat.mulai, sampai, jeda)


def menit_bersih(kal: Kalender, awal: datetime.datetime, sampai: datetime.datetime, jeda: list[Jeda]) -> int:
    """Working minutes from `awal` to `sampai` without the pauses (oldest first; overlapping ones count once)."""
    menit = 0
    for satu in jeda:
        if satu.mulai > awal:
            menit += kal.menit_antara(awal, min(satu.mulai, sampai))
        awal = max(awal, satu.selesai or sampai)
    return menit + (kal.menit_antara(awal, sampai) if awal < sampai else 0)


def tutup(tenggat: Tenggat, waktu: datetime.datetime) -> None:
    """End a stay of a case and fix the minutes it took."""
    tenggat.selesai = waktu
    tenggat.menit_terpakai = menit_terpakai(tenggat, waktu)
    tenggat.save(update_fields=["selesai", "menit_terpakai"])


def batas_berjalan(perkara) -> datetime.datetime | None:
    """The nearest due instant of the open deadlines of a case, None when none has a budget."""
    batas = perkara.tenggat.filter(selesai__isnull=True, batas__isnull=False).values_list("batas", flat=True)
    return min(batas, default=None)


def sebab_tenggat(tenggat: Tenggat, jeda: list[Jeda] | None = None) -> list[str]:
    """Why a deadline is what it is, as plain sentences: rule, budget, whose calendar, pauses, extension.

    jeda: as for `hitung_batas`.
    """
    if tenggat.batas is None:
        return [tanpa_batas(tenggat)]
    kal = kalender_kantor(tenggat.kantor_id)
    asal = f"{tenggat.sumber or 'SOP'}: {jatah(tenggat)} waktu layanan"
    lanjutan = " yang masih tersisa," if tenggat.jenis == Tenggat.Jenis.RENTANG and tenggat.putaran > 1 else ""
    kalimat = [f"{asal}{lanjutan} sejak {saat(tenggat.mulai, kal.zona)}."]
    if tenggat.kantor_id != tenggat.perkara.kantor_id:
        kalimat.append(f"Dihitung menurut jam kerja {tenggat.kantor.nama}.")
    kalimat += kal.sebab(tenggat.mulai, tenggat.batas)
    for satu in _jeda(tenggat) if jeda is None else jeda:
        if satu.selesai is not None and satu.selesai <= tenggat.mulai:
            continue
        akhir = f"sampai {saat(satu.selesai, kal.zona)}" if satu.selesai else "dan masih berlangsung"
        kalimat.append(f"Waktu dihentikan sejak {saat(satu.mulai, kal.zona)} {akhir}: {satu.alasan}.")
    if tenggat.tambahan_menit:
        kalimat.append(f"Diperpanjang {durasi(tenggat.tambahan_menit)}: {tenggat.alasan_perpanjangan}.")
    return kalimat


def jatah(tenggat: Tenggat) -> str:
    """The budget in words: '3 hari kerja', '5 menit', '1 hari kerja 30 menit'; "" without one."""
    if tenggat.menit is None and tenggat.hari_kerja is None:
        return ""
    hari = [f"{tenggat.hari_kerja} hari kerja"] if tenggat.hari_kerja else []
    return " ".join(hari + ([durasi(tenggat.menit or 0)] if tenggat.menit or not hari else []))


def tanpa_batas(tenggat: Tenggat) -> str:
    """What is said of a stay for which the SOP sets no limit."""
    if tenggat.pihak == Giliran.Pihak.MITRA:
        siapa = sebut_mitra(tenggat.perkara)
        return f"SOP tidak menetapkan batas waktu bagi {siapa}; waktunya tetap dicatat, dan pemohon tetap dikabari."
    return "SOP tidak menetapkan batas waktu untuk tahap ini; waktunya tetap dicatat."


def sebut_mitra(perkara: Perkara) -> str:
    """The partners whom the rows of the present status print: 'BPKH dan BPS'."""
    peta = peta_pelaksana()
    tercetak = [nama for b in baris_status(perkara.sop, perkara.tahap) for nama in b.pelaksana]
    mitra = dict.fromkeys(nama for nama in tercetak if peta.get(nama, frozenset()) & {Peran.BPKH, Peran.BPS})
    return " dan ".join(mitra) or "pihak yang ditunggu ini"


def segarkan(perkara) -> None:
    """Compute the open deadlines of a case anew (after a pause, an extension, an edit of the calendar)."""
    for tenggat in perkara.tenggat.filter(selesai__isnull=True):
        tenggat.batas = hitung_batas(tenggat)
        tenggat.save(update_fields=["batas"])
    perkara.giliran.update(tenggat=batas_berjalan(perkara))


def segarkan_kantor(kantor: Kantor | None) -> int:
    """Compute the open deadlines on an office's calendar anew, all for None. Returns the number of their cases.

    For edits of hours, holidays and outages; the centre's reach cases of every office. Each case under its lock,
    SEKALIGUS cases in one transaction, in id order.
    """
    berbatas = Tenggat.objects.filter(perkara=OuterRef("pk"), selesai__isnull=True, batas__isnull=False)
    if kantor is not None:
        berbatas = berbatas.filter(kantor=kantor)
    daftar = list(Perkara.objects.terbuka().filter(Exists(berbatas)).order_by("pk").values_list("pk", flat=True))
    for awal in range(0, len(daftar), SEKALIGUS):
        with transaction.atomic():
            _segarkan_banyak(daftar[awal : awal + SEKALIGUS])
    return len(daftar)


def _segarkan_banyak(pk: list[int]) -> None:
    """`segarkan()` for many cases: what is read is read for all of them, and only what changes is written."""
    list(Perkara.objects.select_for_update().filter(pk__in=pk).order_by("pk").values_list("pk"))
    semua = list(Tenggat.objects.filter(perkara__in=pk, selesai__isnull=True))
    jeda = jeda_banyak(semua)
    terdekat: dict[int, datetime.datetime] = {}
    berubah: list[Any] = []
    for tenggat in semua:
        batas = hitung_batas(tenggat, jeda[tenggat.pk])
        if batas != tenggat.batas:
            tenggat.batas = batas
            berubah.append(tenggat)
        if batas is not None:
            terdekat[tenggat.perkara_id] = min(batas, terdekat.get(tenggat.perkara_id, batas))
    Tenggat.objects.bulk_update(berubah, ["batas"])
    giliran = list(Giliran.objects.filter(perkara__in=pk))
    berubah = [g for g in giliran if g.tenggat != terdekat.get(g.perkara_id)]
    for g in berubah:
        g.tenggat = terdekat.get(g.perkara_id)
    Giliran.objects.bulk_update(berubah, ["tenggat"])


def periksa_tenggat(kini: datetime.datetime | None = None) -> int:
    """Warn about breached deadlines: first the owner, then two levels of officials, each exactly once.

    Only the offices of the ministry are warned: the SOP sets no limit to applicants and partners. Returns the
    warnings given. Run by Celery beat every minute; two runs at once warn once (compare-and-swap on `peringatan`).
    """
    kini = kini or timezone.now()
    lewat = Tenggat.objects.filter(
        selesai__isnull=True, batas__lt=kini, peringatan__lt=max(TINGKAT), pihak__in=Giliran.KEMENTERIAN
    )
    daftar, diberi = list(lewat.order_by("pk").values_list("pk", flat=True)), 0
    for awal in range(0, len(daftar), SEKALIGUS):
        rows = (
            lewat.filter(pk__in=daftar[awal : awal + SEKALIGUS])
            .select_related("perkara__kantor", "kantor")
            .order_by("pk")
        )
        semua = list(rows)
        berhenti = {pk for pk, isi in jeda_banyak(semua).items() if any(j.selesai is None for j in isi)}
        diberi += sum(_peringatkan(t, kini) for t in semua if t.pk not in berhenti)
    return diberi


def _peringatkan(tenggat: Tenggat, kini: datetime.datetime) -> int:
    if tenggat.batas is None:
        return 0
    terlambat = kalender_kantor(tenggat.kantor_id).menit_antara(tenggat.batas, kini)
    # What a span of working days has left in minutes is still a budget of days.
    menit = tenggat.menit or 0 if tenggat.hari_kerja is None else 0
    diberi = 0
    for tingkat, (minimal, kali) in TINGKAT.items():
        if tingkat <= tenggat.peringatan or terlambat < max(minimal, kali * menit):
            continue
        with transaction.atomic():
            menang = Tenggat.objects.filter(pk=tenggat.pk, peringatan=tingkat - 1, selesai__isnull=True).update(
                peringatan=tingkat
            )
            if not menang:
                return diberi
            for fn in saat_lewat:
                fn(tenggat, tingkat)
        diberi += 1
    return diberi
