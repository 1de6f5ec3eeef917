"""Deadlines: opened and closed with the statuses, paused, extended, explained, and checked by Celery beat."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from .kalender import kalender_kantor
from .models import Giliran, Jeda, Perkara, Tenggat
from .posisi import baris_status
from .tampil_waktu import durasi, saat

if TYPE_CHECKING:
    from haji_portal.akun.models import Kantor

    from .models import Permohonan

# Working minutes after the breach at which Kasi (2) and Kepala (3) are told: at least these, at least one and two
# budgets. The owner (1) is told at once.
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
    kelompok = ",".join(b.no for b in baris_status(perkara.sop, perkara.tahap))
    kode = kelompok if kelompok and tahap.pihak == Giliran.Pihak.KANTOR else perkara.tahap
    terbuka = tenggat_berjalan(perkara)
    for berjalan in [t for t in terbuka if t.jenis == Tenggat.Jenis.STATUS]:
        if tahap.akhir or berjalan.kode != kode or berjalan.pihak != tahap.pihak:
            tutup(berjalan, perkara, waktu)
            terbuka.remove(berjalan)
    if not tahap.akhir and not any(t.jenis == Tenggat.Jenis.STATUS for t in terbuka):
        terbuka.append(_buka_status(perkara, kode, kelompok, waktu))
    return _perbarui_rentang(perkara, waktu, terbuka)


def tenggat_berjalan(perkara: Permohonan) -> list[Tenggat]:
    """The deadlines of a case that are not closed, in order of their beginning."""
    return list(perkara.tenggat.filter(selesai__isnull=True).order_by("mulai", "pk"))


def _buka_status(perkara: Permohonan, kode: str, kelompok: str, waktu: datetime.datetime) -> Tenggat:
    tahap = perkara.info_tahap
    milik_kantor = tahap.pihak == Giliran.Pihak.KANTOR
    baris = baris_status(perkara.sop, perkara.tahap) if milik_kantor else []
    putaran = perkara.tenggat.filter(jenis=Tenggat.Jenis.STATUS, kode=kode).count() + 1
    tenggat = Tenggat(
        perkara_id=perkara.pk,
        kode=kode,
        kelompok=kelompok if milik_kantor else "",
        putaran=putaran,
        pihak=tahap.pihak,
        mulai=waktu,
        menit=sum(b.menit for b in baris if b.menit) or None,
        hari_kerja=sum(b.hari_kerja for b in baris if b.hari_kerja) or None,
        sumber=f"{perkara.sop}, baris {kelompok}" if kelompok and milik_kantor else "",
    )
    tenggat.batas = hitung_batas(tenggat, perkara)
    tenggat.save()
    return tenggat


def _perbarui_rentang(perkara: Permohonan, waktu: datetime.datetime, terbuka: list[Tenggat]) -> list[Tenggat]:
    """Spans over several rows run only while the file is with the office and keep what is left of their budget."""
    tahap = perkara.info_tahap
    seharusnya = tahap.pihak == Giliran.Pihak.KANTOR and not tahap.akhir
    berjalan = {t.kode: t for t in terbuka if t.jenis == Tenggat.Jenis.RENTANG}
    for aturan in perkara.sop.rentang:
        satu = berjalan.get(aturan["kode"])
        if satu is not None and not seharusnya:
            tutup(satu, perkara, waktu)
            terbuka.remove(satu)
        elif seharusnya and satu is None:
            terbuka.append(_buka_rentang(perkara, aturan, waktu))
    return terbuka


def _buka_rentang(perkara: Permohonan, aturan: dict[str, Any], waktu: datetime.datetime) -> Tenggat:
    lama = perkara.tenggat.filter(jenis=Tenggat.Jenis.RENTANG, kode=aturan["kode"])
    terpakai = [menit or 0 for menit in lama.values_list("menit_terpakai", flat=True)]
    tenggat = Tenggat(
        perkara_id=perkara.pk,
        jenis=Tenggat.Jenis.RENTANG,
        kode=aturan["kode"],
        putaran=len(terpakai) + 1,
        mulai=waktu,
        menit=max(aturan["menit"] - sum(terpakai), 0) if aturan.get("menit") else None,
        hari_kerja=aturan.get("hari_kerja"),
        sumber=aturan["sumber"],
    )
    tenggat.batas = hitung_batas(tenggat, perkara)
    tenggat.save()
    return tenggat


def _jeda(tenggat: Tenggat, perkara) -> list[Jeda]:
    """Pauses of the case or of its office that touch this stay, oldest first."""
    q = Jeda.objects.filter(Q(perkara_id=perkara.pk) | Q(perkara__isnull=True), kantor_id=perkara.kantor_id)
    q = q.filter(Q(selesai__isnull=True) | Q(selesai__gt=tenggat.mulai))
    if tenggat.selesai:
        q = q.filter(mulai__lt=tenggat.selesai)
    return list(q.order_by("mulai"))


def _jeda_banyak(perkara: Iterable[Perkara]) -> dict[int, list[Jeda]]:
    """Per case id, all pauses of the case and of its office, oldest first: two queries for any number of cases."""
    satu: dict[int, list[Jeda]] = defaultdict(list)
    kantor: dict[int, list[Jeda]] = defaultdict(list)
    semua = list(perkara)
    for jeda in Jeda.objects.filter(perkara__in=[p.pk for p in semua]):
        satu[jeda.perkara_id or 0].append(jeda)
    for jeda in Jeda.objects.filter(perkara__isnull=True, kantor__in={p.kantor_id for p in semua}):
        kantor[jeda.kantor_id].append(jeda)
    return {p.pk: sorted(satu[p.pk] + kantor[p.kantor_id], key=lambda j: j.mulai) for p in semua}


def hitung_batas(tenggat: Tenggat, perkara, jeda: list[Jeda] | None = None) -> datetime.datetime | None:
    """The due instant in the office's working time, None without a budget.

    jeda: all pauses of the case and its office, oldest first, when they are at hand.
    Finished pauses push it back by the working minutes they took (overlapping pauses count once); an unfinished
    pause is not counted yet: the clock stands, periksa_tenggat() does not warn, and ending it computes anew.
    """
    if tenggat.menit is None and tenggat.hari_kerja is None:
        return None
    kal = kalender_kantor(perkara.kantor)
    if tenggat.hari_kerja is not None:
        batas = kal.tambah_hari_kerja(tenggat.mulai, tenggat.hari_kerja)
        if tenggat.menit or tenggat.tambahan_menit:
            batas = kal.tambah_menit(batas, (tenggat.menit or 0) + tenggat.tambahan_menit)
    else:
        batas = kal.tambah_menit(tenggat.mulai, (tenggat.menit or 0) + tenggat.tambahan_menit)
    sampai = tenggat.mulai
    for satu in _jeda(tenggat, perkara) if jeda is None else jeda:
        dari = max(satu.mulai, sampai)
        if satu.selesai is None or dari >= batas or satu.selesai <= dari:
            continue
        batas = kal.tambah_menit(batas, kal.menit_antara(dari, satu.selesai))
        sampai = satu.selesai
    return batas


def menit_terpakai(tenggat: Tenggat, perkara, sampai: datetime.datetime | None = None) -> int:
    """Working minutes charged to this stay until `sampai` (default: its end, or now), pauses left out."""
    if tenggat.menit_terpakai is not None:
        return tenggat.menit_terpakai
    sampai = sampai or tenggat.selesai or timezone.now()
    kal = kalender_kantor(perkara.kantor)
    menit, awal = 0, tenggat.mulai
    for jeda in _jeda(tenggat, perkara):
        if jeda.mulai > awal:
            menit += kal.menit_antara(awal, min(jeda.mulai, sampai))
        awal = max(awal, jeda.selesai or sampai)
    return menit + (kal.menit_antara(awal, sampai) if awal < sampai else 0)


def tutup(tenggat: Tenggat, perkara: Perkara, waktu: datetime.datetime) -> None:
    """End a stay of a case and fix the minutes it took."""
    tenggat.selesai = waktu
    tenggat.menit_terpakai = menit_terpakai(tenggat, perkara, waktu)
    tenggat.save(update_fields=["selesai", "menit_terpakai"])


def batas_berjalan(perkara) -> datetime.datetime | None:
    """The nearest due instant of the open deadlines of a case, None when none has a budget."""
    batas = perkara.tenggat.filter(selesai__isnull=True, batas__isnull=False).values_list("batas", flat=True)
    return min(batas, default=None)


def sebab_tenggat(tenggat: Tenggat) -> list[str]:
    """Why a deadline is what it is, as plain sentences: rule, budget, calendar, pauses, extension."""
    perkara = tenggat.perkara
    zona = perkara.kantor.zona_waktu
    if tenggat.batas is None:
        return ["SOP tidak menetapkan batas waktu untuk tahap ini; waktunya tetap dicatat."]
    jatah = f"{tenggat.hari_kerja} hari kerja" if tenggat.hari_kerja else durasi(tenggat.menit or 0)
    kalimat = [f"{tenggat.sumber or 'SOP'}: {jatah} waktu layanan sejak {saat(tenggat.mulai, zona)}."]
    kalimat += kalender_kantor(perkara.kantor).sebab(tenggat.mulai, tenggat.batas)
    for jeda in _jeda(tenggat, perkara):
        akhir = f"sampai {saat(jeda.selesai, zona)}" if jeda.selesai else "dan masih berlangsung"
        kalimat.append(f"Waktu dihentikan sejak {saat(jeda.mulai, zona)} {akhir}: {jeda.alasan}.")
    if tenggat.tambahan_menit:
        kalimat.append(f"Diperpanjang {durasi(tenggat.tambahan_menit)}: {tenggat.alasan_perpanjangan}.")
    return kalimat


def segarkan(perkara) -> None:
    """Compute the open deadlines of a case anew (after a pause, an extension, an edit of the calendar)."""
    for tenggat in perkara.tenggat.filter(selesai__isnull=True):
        tenggat.batas = hitung_batas(tenggat, perkara)
        tenggat.save(update_fields=["batas"])
    perkara.giliran.update(tenggat=batas_berjalan(perkara))


def segarkan_kantor(kantor: Kantor | None) -> int:
    """Compute the deadlines of an office's open cases anew, of all offices for None. Returns the number of cases.

    For edits of hours, holidays and outages; each case under its lock, SEKALIGUS cases in one transaction, in id order.
    """
    terbuka = Perkara.objects.terbuka() if kantor is None else Perkara.objects.terbuka().filter(kantor=kantor)
    berbatas = Tenggat.objects.filter(perkara=OuterRef("pk"), batas__isnull=False)
    daftar = list(terbuka.filter(Exists(berbatas)).order_by("pk").values_list("pk", flat=True))
    for awal in range(0, len(daftar), SEKALIGUS):
        with transaction.atomic():
            _segarkan_banyak(daftar[awal : awal + SEKALIGUS])
    return len(daftar)


def _segarkan_banyak(pk: list[int]) -> None:
    """`segarkan()` for many cases: what is read is read for all of them, and only what changes is written."""
    terkunci = Perkara.objects.select_for_update(of=("self",)).select_related("kantor").filter(pk__in=pk).order_by("pk")
    perkara = {p.pk: p for p in terkunci}
    jeda = _jeda_banyak(perkara.values())
    terdekat: dict[int, datetime.datetime] = {}
    berubah: list[Any] = []
    for tenggat in Tenggat.objects.filter(perkara__in=pk, selesai__isnull=True):
        batas = hitung_batas(tenggat, perkara[tenggat.perkara_id], jeda[tenggat.perkara_id])
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
    """Warn about breached deadlines: owner, then Kasi, then Kepala, each exactly once. Returns the warnings given.

    Run by Celery beat every minute; two runs at once warn once (compare-and-swap on `peringatan`).
    """
    kini = kini or timezone.now()
    lewat = Tenggat.objects.filter(selesai__isnull=True, batas__lt=kini, peringatan__lt=3, pihak=Giliran.Pihak.KANTOR)
    daftar, diberi = list(lewat.order_by("pk").values_list("pk", flat=True)), 0
    for awal in range(0, len(daftar), SEKALIGUS):
        rows = lewat.filter(pk__in=daftar[awal : awal + SEKALIGUS]).select_related("perkara__kantor").order_by("pk")
        semua = list(rows)
        jeda = _jeda_banyak({t.perkara_id: t.perkara for t in semua}.values())
        berhenti = {pk for pk, isi in jeda.items() if any(j.selesai is None for j in isi)}
        diberi += sum(_peringatkan(t, kini) for t in semua if t.perkara_id not in berhenti)
    return diberi


def _peringatkan(tenggat: Tenggat, kini: datetime.datetime) -> int:
    if tenggat.batas is None:
        return 0
    terlambat = kalender_kantor(tenggat.perkara.kantor).menit_antara(tenggat.batas, kini)
    diberi = 0
    for tingkat, (minimal, kali) in TINGKAT.items():
        if tingkat <= tenggat.peringatan or terlambat < max(minimal, kali * (tenggat.menit or 0)):
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
