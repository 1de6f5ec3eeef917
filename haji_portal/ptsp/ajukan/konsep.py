"""Drafts: found again by NIK and contact, open to the browser that showed a code, gone after their date."""

from __future__ import annotations

import datetime
import time
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone

from haji_portal.akun.models import Kantor
from haji_portal.alur.models import Aturan, Perkara
from haji_portal.berkas.simpan import BerkasTersimpan, buang
from haji_portal.jemaah.models import hash_nik

from ..models import BerkasKonsep, KodeKontak, Konsep

PALING_BANYAK = 20
"""Drafts that one browser may have open at a time: whoever helps a village keeps several tabs."""
PANJANG_ISI = 300
"""Characters kept of one answer; longer ones are refused by every form anyway."""
GERAK = 60
"""Seconds between two writes of the session while a person works."""


def mulai(kode: KodeKontak) -> Konsep:
    """The draft of this NIK and contact for the service, a new one or the old. `kode` has just been answered."""
    isi = kode.isi
    kunci = {"layanan": isi["layanan"], "nik_hash": hash_nik(isi["nik"]), "alamat": kode.alamat}
    baru = {
        "kantor": Kantor.objects.get(pk=isi["kantor"]), "saluran": kode.saluran, "dikonfirmasi": timezone.now(),
        "habis": hari_habis(), "isi": {"nik": isi["nik"], **isi["rujukan"]},
    }  # fmt: skip
    konsep, baru_dibuat = Konsep.objects.get_or_create(**kunci, terkirim=None, perbaiki=None, defaults=baru)
    if not baru_dibuat:
        # Begun anew: what was typed a minute ago stands, the other answers are kept.
        konsep.kantor_id = isi["kantor"]
        konsep.save(update_fields=["kantor"])
        simpan_isi(konsep, isi["rujukan"])
    return konsep


def cari(kode: KodeKontak) -> Konsep | None:
    """The newest draft of this NIK and contact, else the newest sent one, for whoever lost the number."""
    milik = Konsep.objects.filter(nik_hash=hash_nik(kode.isi["nik"]), alamat=kode.alamat, perbaiki=None)
    return milik.filter(terkirim=None).first() or milik.filter(terkirim__ditutup=None).first()


def perbaikan(perkara: Perkara, saluran: str, alamat: str) -> Konsep:
    """Where the new files of a case are collected until they are sent. saluran, alamat: the contact of its owner."""
    isian = {
        "layanan": perkara.jenis, "kantor": perkara.kantor, "saluran": saluran, "alamat": alamat,
        "dikonfirmasi": timezone.now(), "habis": hari_habis(),
    }  # fmt: skip
    return Konsep.objects.get_or_create(perbaiki_id=perkara.pk, defaults=isian)[0]


def hari_habis(hari_ini: datetime.date | None = None) -> datetime.date:
    """The last day of a draft that is touched today."""
    hari_ini = hari_ini or timezone.localdate()
    return hari_ini + datetime.timedelta(days=int(Aturan.pada("konsep-hari", hari_ini).nilai))


def izinkan(request: HttpRequest, konsep: Konsep) -> None:
    """Open the draft to this browser, under a new session key."""
    terbuka = [t for t in request.session.get("konsep", []) if t != konsep.token]
    request.session.cycle_key()
    request.session["konsep"] = [*terbuka, konsep.token][-PALING_BANYAK:]


def terbuka(request: HttpRequest, token: str) -> Konsep | None:
    """The draft, when this browser was let in; keeps the session alive while the person works."""
    if token not in request.session.get("konsep", []):
        return None
    if time.time() - request.session.get("konsep_gerak", 0) > GERAK:
        request.session["konsep_gerak"] = int(time.time())
    return Konsep.objects.select_related("kantor", "terkirim", "perbaiki__kantor").filter(token=token).first()


def simpan_isi(konsep: Konsep, jawaban: Mapping[str, Any]) -> None:
    """Keep what was typed, right or wrong, and move the draft's last day; a sent draft keeps nothing."""
    potong = {nama: str(nilai or "").replace("\x00", "")[:PANJANG_ISI] for nama, nilai in jawaban.items()}
    with transaction.atomic():
        kini = Konsep.objects.select_for_update().filter(pk=konsep.pk, terkirim=None).first()
        if kini is None:
            return
        kini.isi |= potong
        kini.habis, kini.diingatkan = hari_habis(), None
        kini.save(update_fields=["isi", "habis", "diingatkan"])
    konsep.isi, konsep.habis = kini.isi, kini.habis


def simpan_berkas(konsep: Konsep, kode: str, tersimpan: BerkasTersimpan, sidik: str = "") -> None:
    """Take a cleaned file into the draft; the one before it is deleted."""
    with transaction.atomic():
        Konsep.objects.select_for_update().get(pk=konsep.pk)
        lama = set(BerkasKonsep.objects.filter(konsep=konsep, kode=kode).values_list("kunci", flat=True))
        isian = {n: getattr(tersimpan, n) for n in ("nama", "mime", "ukuran", "sha256", "kunci", "halaman")}
        isian["sidik"] = sidik
        BerkasKonsep.objects.update_or_create(konsep=konsep, kode=kode, defaults=isian)
        Konsep.objects.filter(pk=konsep.pk).update(habis=hari_habis(), diingatkan=None)
    buang(lama)


def hapus(konsep: Konsep) -> None:
    """Delete a draft with its files, those that a case has taken excepted."""
    kunci = set(konsep.berkas.values_list("kunci", flat=True))
    konsep.delete()
    buang(kunci)


def kunci_konsep(kunci: set[str]) -> set[str]:
    """The stored files among `kunci` that belong to a draft."""
    return set(BerkasKonsep.objects.filter(kunci__in=kunci).values_list("kunci", flat=True))
