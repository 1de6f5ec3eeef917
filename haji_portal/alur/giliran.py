"""Whose turn it is after a step: computed from the machine and the office's SOP, never written by hand."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Subquery
from django.utils import timezone

from haji_portal.akun.models import Kantor, Penugasan, Peran

from .deklarasi import Langkah, mesin
from .models import Giliran, Perkara, Riwayat, Tenggat
from .posisi import langkah_berikut, langkah_di_sini, peran_langkah, peran_pembuka
from .tenggat import batas_berjalan

if TYPE_CHECKING:
    from .models import Permohonan

PUSAT = {Peran.DIREKTORAT, Peran.SUBDIT, Peran.DIREKTUR, Peran.DITJEN}
TUNJUK = "Tunjuk pejabat lain dengan SK"


def kantor_peran(perkara: Permohonan, peran: str) -> Kantor | None:
    """The office in which a role acts on this case: its own, its Kanwil, the centre, or the partner."""
    if peran == Peran.KANWIL:
        return perkara.kantor.induk
    mitra: dict[str, Kantor.Jenis] = {Peran.BPKH: Kantor.Jenis.BPKH, Peran.BPS: Kantor.Jenis.BPS}
    jenis = mitra.get(peran)
    if peran in PUSAT:
        jenis = Kantor.Jenis.PUSAT
    if jenis is None:
        return perkara.kantor
    return Kantor.objects.filter(jenis=jenis, aktif=True).order_by("pk").first()


def terhalang_oleh_kendali(perkara: Permohonan, langkah: Langkah) -> set[int]:
    """Ids of people who passed another control step of this group in this round: they may not pass this one."""
    if not langkah.kendali:
        return set()
    nama_lain = {
        lain.nama for lain in mesin(type(perkara)) if lain.kendali == langkah.kendali and lain.nama != langkah.nama
    }
    rows = Riwayat.objects.filter(
        perkara_id=perkara.pk, putaran=perkara.putaran, langkah__in=nama_lain, pengguna__isnull=False
    )
    return set(rows.values_list("pengguna_id", flat=True))


def langkah_giliran(perkara: Permohonan) -> Langkah | None:
    """The step that the inbox shows: the next printed one, else the first harmless branch of this status."""
    berikut = langkah_berikut(perkara)
    if berikut is not None:
        return berikut
    return next((lk for lk in langkah_di_sini(perkara) if not lk.bahaya), None)


def perbarui_giliran(perkara: Permohonan, waktu: datetime.datetime) -> None:
    """Write the turns anew after a step; marks the case `terhalang` when nobody is left who may go on."""
    menunggu = _sudah_menunggu(perkara)
    perkara.giliran.all().delete()
    tahap = perkara.info_tahap
    langkah = None if tahap.akhir else langkah_giliran(perkara)
    perkara.terhalang = False
    if langkah is None:
        return
    batas = batas_berjalan(perkara)
    rows: dict[tuple[str, int], Giliran] = {}

    def tambah(peran: str, kegiatan: str) -> None:
        kantor = kantor_peran(perkara, peran)
        if kantor is not None:
            rows.setdefault(
                (peran, kantor.pk),
                Giliran(
                    perkara_id=perkara.pk, peran=peran, kantor=kantor, pihak=tahap.pihak, kegiatan=kegiatan,
                    langkah=langkah.nama, sejak=menunggu.get((peran, kantor.pk), waktu), tenggat=batas,
                ),
            )  # fmt: skip

    perkara.terhalang = not ada_pelaksana(perkara, langkah)
    if perkara.terhalang:
        tambah(Peran.KEPALA, TUNJUK)
        tambah(Peran.KANWIL, TUNJUK)
    # A step that no person takes leaves the case with those who opened it: they see whom it waits for.
    for peran in sorted(peran_langkah(perkara, langkah) or peran_pembuka(perkara)):
        tambah(peran, langkah.label)
    Giliran.objects.bulk_create(rows.values())


def _sudah_menunggu(perkara: Permohonan) -> dict[tuple[str, int], datetime.datetime]:
    """Since when each (role, office) has had its turn in the present stay: a fact or a pause does not begin it anew."""
    tinggal = perkara.tenggat.filter(jenis=Tenggat.Jenis.STATUS, selesai__isnull=True).values("mulai")[:1]
    rows = perkara.giliran.exclude(kegiatan=TUNJUK).filter(sejak__gte=Subquery(tinggal))
    return {(peran, kantor): sejak for peran, kantor, sejak in rows.values_list("peran", "kantor_id", "sejak")}


def ada_pelaksana(perkara: Permohonan, langkah: Langkah) -> bool:
    """Is there an active person with a current assignment who may take this step? (four eyes included)"""
    if not langkah.oleh.peran:
        return True  # the portal or a partner's system goes on
    terlarang = terhalang_oleh_kendali(perkara, langkah)
    for peran in peran_langkah(perkara, langkah):
        kantor = kantor_peran(perkara, peran)
        orang = Penugasan.objects.berlaku().filter(kantor=kantor, peran=peran, pengguna__is_active=True)
        if orang.exclude(pengguna_id__in=terlarang).exists():
            return True
    return False


def periksa_terhalang() -> int:
    """Assignments begin and end by date: look again at open cases whose turn may have changed. Returns changes."""
    ubah = 0
    for kepala in Perkara.objects.terbuka().order_by("pk"):
        # Looked at without a lock first: nearly every case has nothing to change, and SQLite has one writer.
        if not _berubah_halangan(kepala.rinci()):
            continue
        with transaction.atomic():
            perkara = Perkara.objects.select_for_update().get(pk=kepala.pk).rinci()
            if not _berubah_halangan(perkara):
                continue
            perbarui_giliran(perkara, timezone.now())
            Perkara.objects.filter(pk=perkara.pk).update(terhalang=perkara.terhalang)
            ubah += 1
    return ubah


def _berubah_halangan(perkara: Permohonan) -> bool:
    langkah = None if perkara.ditutup else langkah_giliran(perkara)
    return langkah is not None and ada_pelaksana(perkara, langkah) == perkara.terhalang
