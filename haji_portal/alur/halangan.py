"""Cases that nobody can move any more: found again and again, since assignments begin and end by date.

Looking at each open case by itself takes some ten queries. Cases of one kind, office, SOP table, status and next step
have the same roles, and those whose turn is in the same office (the bank of a refund) the same people, so a whole group
is decided at once; only four eyes differ from case to case, and the history of all cases of such a group is read in one
query. What may have changed is looked at again under its lock.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from django.db import transaction
from django.db.models import F, Min, QuerySet
from django.utils import timezone

from haji_portal.akun.models import Penugasan

from .apps import model_perkara
from .deklarasi import Langkah, langkah_dari
from .giliran import ada_pelaksana, kantor_peran, langkah_giliran, pemegang_kendali, perbarui_giliran
from .models import Perkara, Permohonan, Riwayat
from .posisi import peran_langkah

KELOMPOK = ("jenis", "kantor", "sop", "tahap", "giliran__langkah", "giliran__kantor")
Orang = dict[tuple[int, str], set[int]]


def periksa_terhalang() -> int:
    """Look again at the open cases whose turn may have changed. Returns the number of changes."""
    ubah = 0
    # Looked at without a lock first: nearly every case has nothing to change, and SQLite has one writer.
    for pk in sorted(set(_mungkin_berubah())):
        with transaction.atomic():
            perkara = Perkara.objects.select_for_update().get(pk=pk).rinci()
            if not _berubah(perkara):
                continue
            perbarui_giliran(perkara, timezone.now())
            Perkara.objects.filter(pk=perkara.pk).update(terhalang=perkara.terhalang)
            ubah += 1
    return ubah


def _berubah(perkara: Permohonan) -> bool:
    langkah = None if perkara.ditutup else langkah_giliran(perkara)
    return langkah is not None and ada_pelaksana(perkara, langkah) == perkara.terhalang


def _mungkin_berubah() -> Iterator[int]:
    """Ids of open cases whose mark does not fit the people of today, and of those whose next step is not clear.

    A case stands in one group per office that has a row in its turn, so an id may come more than once; the group of an
    office that only waits may name a case too many, which `_berubah` then finds in order.
    """
    orang = _orang_bertugas()
    terbuka = Perkara.objects.terbuka().order_by()
    for kelompok in terbuka.values(*KELOMPOK).annotate(contoh=Min("pk")).order_by():
        semua = terbuka.filter(**{kunci: kelompok[kunci] for kunci in KELOMPOK})
        perkara = Perkara.objects.get(pk=kelompok["contoh"]).rinci()
        langkah = _langkah(perkara, kelompok)
        if langkah is None:
            yield from semua.values_list("pk", flat=True)
        elif langkah.oleh.peran:
            bisa = _bisa(perkara, langkah, orang)
            yield from _tidak_cocok(semua, perkara, langkah, bisa)
        else:
            # The portal or a partner's system goes on: nobody has to be found.
            yield from semua.filter(terhalang=True).values_list("pk", flat=True)


def _langkah(perkara: Permohonan, kelompok: dict[str, Any]) -> Langkah | None:
    """The step that the inbox shows, None when the machine of today does not know it in that status."""
    model = model_perkara(perkara.jenis)
    calon = langkah_dari(model, kelompok["tahap"])
    return next((lk for lk in calon if lk.nama == kelompok["giliran__langkah"]), None)


def _orang_bertugas() -> Orang:
    """(office id, role) -> ids of the active people who hold it today."""
    hasil: Orang = defaultdict(set)
    tugas = Penugasan.objects.berlaku().filter(pengguna__is_active=True).order_by()
    for kantor, peran, pengguna in tugas.values_list("kantor", "peran", "pengguna"):
        hasil[kantor, peran].add(pengguna)
    return hasil


def _bisa(perkara: Permohonan, langkah: Langkah, orang: Orang) -> set[int]:
    """Who may take the step as far as role and office go."""
    tempat = [(kantor_peran(perkara, peran), peran) for peran in peran_langkah(perkara, langkah)]
    return set().union(*(orang.get((kantor.pk, peran), set()) for kantor, peran in tempat if kantor))


def _tidak_cocok(semua: QuerySet[Perkara], perkara: Permohonan, langkah: Langkah, bisa: set[int]) -> Iterable[int]:
    if not langkah.kendali:
        return semua.filter(terhalang=bool(bisa)).values_list("pk", flat=True)
    rows = Riwayat.objects.filter(perkara__in=semua.values("pk"), putaran=F("perkara__putaran"))
    status = dict(semua.values_list("pk", "terhalang"))
    terlarang = pemegang_kendali(type(perkara), langkah, list(status), rows)
    return [pk for pk, terhalang in status.items() if bool(bisa - terlarang.get(pk, set())) == terhalang]
