"""What is tried once more: by a person after it gave up, by the portal every morning, and after the switch-on."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from django.conf import settings
from django.db.models import OuterRef, QuerySet, Subquery
from django.utils import timezone

from haji_portal.akun.models import Peran
from haji_portal.alur.efek import bunyikan_bel, coba_lagi
from haji_portal.alur.galat import LangkahGagal, TidakBerhak
from haji_portal.alur.giliran import kantor_peran
from haji_portal.alur.jalankan import Hasil, catat_kejadian, masih_bertugas
from haji_portal.alur.models import Efek, Perkara, Permohonan, Riwayat
from haji_portal.alur.pelaku import Pelaku, Petugas

from ..models import KonfirmasiSaldo, Panggilan, Pengembalian, Putusan
from .kirim import DI_MITRA, menunggu_kirim

Status = Pengembalian.Status
KIRIM, TANYA, TANYA_SALDO = "dana.kirim", "dana.tanya", "dana.tanya_saldo"
PENGULANG = (Peran.DIREKTORAT, Peran.BPKH)
SUNYI = datetime.timedelta(hours=24)
JARAK = datetime.timedelta(seconds=2)
"""Between two questions of one morning."""
PELEPASAN = ("ajukan", "setujui", "kirim_ulang")
SUSULAN = "susulan"


def mati(perkara: Perkara) -> QuerySet[Efek]:
    """Requests and questions of a refund that gave up and wait for a person."""
    return menyerah().filter(riwayat__perkara=perkara.pk)


def boleh_kirim_lagi(perkara: Perkara, oleh: Pelaku) -> bool:
    """Whether this actor may replay: the Direktorat, or BPKH's own people."""
    if not isinstance(oleh, Petugas) or oleh.peran not in PENGULANG:
        return False
    return kantor_peran(perkara.rinci(), oleh.peran) == oleh.penugasan.kantor and masih_bertugas(oleh)


def kirim_lagi(perkara: Perkara, oleh: Pelaku, versi: int | None = None) -> Hasil:
    """Replay, in one click, what gave up: the same request under the same reference, or the same question.

    versi: what the person saw; without it that of `perkara`. Recorded in the history. Raises TidakBerhak, Basi, and
    LangkahGagal when nothing has given up.
    """
    if not boleh_kirim_lagi(perkara, oleh):
        raise TidakBerhak("“Kirim lagi” dilakukan oleh Direktorat atau BPKH.")

    def hidupkan(rinci: Permohonan) -> None:
        if not [efek for efek in mati(rinci) if coba_lagi(efek)]:
            raise LangkahGagal("Tidak ada permintaan atau pertanyaan yang berhenti pada pengembalian ini.")

    versi = perkara.versi if versi is None else versi
    return catat_kejadian(perkara, "kirim_lagi", "Kirim lagi kepada BPKH", oleh, versi, {}, hidupkan)


def tanyakan_macet() -> int:
    """One more question for every refund that was quiet for a day, so that a lost callback is found; returns how many.

    Once a day for each, however often it runs. What waits in quarantine is for people, and not asked about.
    """
    if not settings.BPKH_URL:
        return 0
    _bereskan()
    kini = timezone.now()
    hari = timezone.localdate(kini).isoformat()
    baru = [
        Efek(riwayat_id=riwayat, jenis=TANYA, kunci=hari, jatuh_tempo=kini + n * JARAK)
        for n, riwayat in enumerate(_sunyi(kini))
    ]
    Efek.objects.bulk_create(baru, ignore_conflicts=True, batch_size=500)
    bunyikan_bel()
    return len(baru)


def _sunyi(kini: datetime.datetime) -> Iterator[int]:
    """Last rows of history of the refunds at a partner of which nothing was heard for a day."""
    akhir = Riwayat.objects.filter(perkara=OuterRef("pk")).order_by("-urut")
    diurus = Efek.objects.filter(jenis__in=(KIRIM, TANYA), selesai__isnull=True, menyerah__isnull=True)
    karantina = Putusan.objects.menunggu().filter(perkara__isnull=False)
    rows = (
        Pengembalian.objects.filter(status__in=DI_MITRA)
        .exclude(status=Status.BELUM_PASTI, pesanan_ke__gt=1)
        .exclude(pk__in=karantina.values("perkara"))
        .exclude(pk__in=diurus.values("riwayat__perkara"))
        .annotate(akhir=Subquery(akhir.values("pk")[:1]), sejak=Subquery(akhir.values("waktu")[:1]))
        .filter(sejak__lte=kini - SUNYI)
        .order_by("pk")
    )
    yield from rows.values_list("akhir", flat=True)


def _bereskan() -> None:
    """What gave up about a refund that has ended, or about a balance that people answered, has nothing left to do: it
    runs once more and is done.
    """
    saldo = Efek.objects.filter(jenis=TANYA_SALDO, selesai__isnull=True, menyerah__isnull=False)
    dijawab = saldo.exclude(riwayat__perkara__tahap=KonfirmasiSaldo.Status.DITANYAKAN)
    for efek in (*menyerah().exclude(riwayat__perkara__tahap__in=DI_MITRA), *dijawab):
        coba_lagi(efek)


def menyerah() -> QuerySet[Efek]:
    """Every request and question that gave up; what else gives up is in the admin's list of effects."""
    return Efek.objects.filter(jenis__in=(KIRIM, TANYA), selesai__isnull=True, menyerah__isnull=False)


def belum_lewat_mesin() -> list[tuple[Pengembalian, Riwayat]]:
    """Refunds that wait for BPKH and were released while it had no interface, each with its release."""
    hasil = []
    sudah = Panggilan.objects.filter(jenis=Panggilan.Jenis.KIRIM, perkara__isnull=False)
    akan = Efek.objects.filter(jenis=KIRIM, selesai__isnull=True)
    rows = Pengembalian.objects.filter(status=Status.DIAJUKAN).exclude(pk__in=sudah.values("perkara"))
    for p in rows.exclude(pk__in=akan.values("riwayat__perkara")).select_related("kantor").order_by("pk"):
        pelepasan = p.riwayat.filter(langkah__in=PELEPASAN, ke=Status.DIAJUKAN).order_by("-urut").first()
        if pelepasan is not None and menunggu_kirim(p, pelepasan):
            hasil.append((p, pelepasan))
    return hasil


def susulkan(pelepasan: Riwayat) -> bool:
    """Send what was released before the interface was there; False when that was decided before."""
    efek = {"riwayat": pelepasan, "jenis": KIRIM, "kunci": SUSULAN}
    _, baru = Efek.objects.get_or_create(**efek, defaults={"jatuh_tempo": timezone.now()})
    bunyikan_bel()
    return baru
