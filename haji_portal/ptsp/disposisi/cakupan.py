"""Who sees which letter and which disposition: the office is the limit, and inside it the part that somebody has."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Q, QuerySet

from haji_portal.akun.models import Kantor, Pengguna, Penugasan, Peran
from haji_portal.alur.models import Perkara

from ..models import Disposisi, PenerimaDisposisi, SuratMasuk

PENCATAT = (Peran.PTSP, Peran.KASUBAG, Peran.KASI, Peran.KEPALA)
"""Who keeps the agenda book of an office."""
PENGIRIM = (Peran.KEPALA, Peran.KASUBAG, Peran.KASI)
"""Who sends dispositions."""
PENERIMA = (Peran.KASUBAG, Peran.KASI, Peran.JFU, Peran.PTSP, Peran.SISKOHAT, Peran.KEPALA)
"""To whom they go, in the order of the lembar."""
PIMPINAN = (Peran.KEPALA, Peran.KASUBAG)
"""Who sees every disposition of the office."""


def tugas(pengguna: Pengguna, peran: Iterable[str]) -> list[Penugasan]:
    """The person's current assignments in a district office, of these roles."""
    boleh = set(peran)
    semua = pengguna.penugasan_berlaku()
    return [t for t in semua if t.peran in boleh and t.kantor.jenis == Kantor.Jenis.KABKOTA]


def surat_terlihat(pengguna: Pengguna) -> QuerySet[SuratMasuk]:
    """The letters of the offices whose agenda this person keeps, and those with a disposition to them."""
    kantor = {t.kantor_id for t in tugas(pengguna, PENCATAT)}
    dapat = PenerimaDisposisi.objects.filter(milik(pengguna), dicabut__isnull=True, disposisi__surat__isnull=False)
    return SuratMasuk.objects.filter(Q(kantor__in=kantor) | Q(pk__in=dapat.values("disposisi__surat")))


def boleh_baca_isi(pengguna: Pengguna, surat: SuratMasuk) -> bool:
    """Whether the scan opens: of a closed letter only for the head, the secretariat, who registered it, and those to
    whom it was passed on."""
    if surat.sifat != "rahasia" or surat.dicatat_oleh_id == pengguna.pk:
        return True
    if any(t.kantor_id == surat.kantor_id for t in tugas(pengguna, PIMPINAN)):
        return True
    return PenerimaDisposisi.objects.filter(milik(pengguna), disposisi__surat=surat, dicabut__isnull=True).exists()


def milik(pengguna: Pengguna) -> Q:
    """The rows of recipients that mean this person, in the offices of today: by name, or by a role held there."""
    q = Q(pk__in=[])
    for t in pengguna.penugasan_berlaku():
        orang = Q(pengguna=pengguna) | Q(pengguna__isnull=True, peran=t.peran)
        q |= Q(disposisi__kantor=t.kantor_id) & orang
    return q


def terlihat(pengguna: Pengguna) -> QuerySet[Disposisi]:
    """Dispositions that this person may open: of the office for its head and secretariat, else the own ones and those
    about a case in scope."""
    pimpinan = {t.kantor_id for t in tugas(pengguna, PIMPINAN)}
    kantor = {t.kantor_id for t in pengguna.penugasan_berlaku()}
    dapat = PenerimaDisposisi.objects.filter(milik(pengguna)).values("disposisi")
    perkara = Perkara.objects.untuk(pengguna).order_by().values("pk")
    return Disposisi.objects.filter(
        Q(kantor__in=pimpinan) | Q(kantor__in=kantor, pengirim=pengguna) | Q(pk__in=dapat) | Q(perkara__in=perkara)
    )
