"""Whose turn it is after a step: computed from the machine and the office's SOP, never written by hand."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING

from django.db.models import QuerySet

from haji_portal.akun.models import Kantor, Penugasan, Peran

from .deklarasi import Langkah, mesin
from .kantor import kantor_bank, kantor_peran, kantor_tunggal
from .models import Giliran, Riwayat, Tenggat, Terlibat
from .posisi import kantor_langkah, langkah_berikut, langkah_di_sini, peran_langkah, peran_pembuka, sudah_dilakukan
from .tenggat import tenggat_berjalan

if TYPE_CHECKING:
    from .models import Perkara, Permohonan

__all__ = ["kantor_bank", "kantor_peran", "kantor_tunggal"]
TUNJUK = "Tunjuk pejabat lain dengan SK"


# Which kind of office a party of `Tahap.pihak` is; the case's own office is `kantor`.
JENIS_PIHAK: dict[str, tuple[str, ...]] = {
    "kanwil": (Kantor.Jenis.KANWIL,),
    "pusat": (Kantor.Jenis.PUSAT,),
    "mitra": (Kantor.Jenis.BPKH, Kantor.Jenis.BPS),
}


def libatkan(perkara: Perkara, kantor: Iterable[Kantor]) -> None:
    """Let the partners among these offices see the case from now on."""
    mitra = [k for k in kantor if k.jenis in JENIS_PIHAK["mitra"]]
    if mitra:
        rows = [Terlibat(perkara_id=perkara.pk, kantor=k) for k in mitra]
        Terlibat.objects.bulk_create(rows, ignore_conflicts=True)


def terhalang_oleh_kendali(perkara: Permohonan, langkah: Langkah) -> set[int]:
    """Ids of people who passed another control step of this group in this round: they may not pass this one."""
    if not langkah.kendali:
        return set()
    rows = Riwayat.objects.filter(perkara_id=perkara.pk, putaran=perkara.putaran)
    return pemegang_kendali(type(perkara), langkah, [perkara.pk], rows).get(perkara.pk, set())


def pemegang_kendali(
    model: type[Permohonan], langkah: Langkah, perkara: Collection[int], riwayat: QuerySet[Riwayat]
) -> dict[int, set[int]]:
    """Case id -> people who stand behind the other control steps of this step's group: in these rows of the cases'
    own history, and where the model says so in that of other cases (`kendali_luar`).

    Of a fact that was recorded again the last record counts, and with it whoever made that one.
    """
    lain = kendali_lain(model, langkah)
    ulang = {lk.nama for lk in mesin(model) if lk.nama in lain and lk.ulang}
    rows = riwayat.filter(langkah__in=lain).order_by("perkara", "urut")
    orang = model.kendali_luar(langkah, perkara)
    terakhir: dict[tuple[int, str], int | None] = {}
    for satu, nama, pengguna in rows.values_list("perkara", "langkah", "pengguna"):
        if nama in ulang:
            terakhir[satu, nama] = pengguna
        elif pengguna is not None:
            orang.setdefault(satu, set()).add(pengguna)
    for (satu, _), pemegang in terakhir.items():
        if pemegang is not None:
            orang.setdefault(satu, set()).add(pemegang)
    return orang


def kendali_lain(model: type[Permohonan], langkah: Langkah) -> set[str]:
    """The other control steps of a step's four-eyes group."""
    return {lain.nama for lain in mesin(model) if lain.kendali == langkah.kendali and lain.nama != langkah.nama}


def langkah_giliran(perkara: Permohonan) -> Langkah | None:
    """The step that the inbox shows: the next printed one, or the branch that takes its place (papers that lack go
    back); where nothing is printed any more, a harmless branch of this status, an open one first."""
    berikut = langkah_berikut(perkara)
    if berikut is not None:
        return _sebagai_gantinya(perkara, berikut) or berikut
    sudah = sudah_dilakukan(perkara)
    calon = [lk for lk in langkah_di_sini(perkara) if not lk.bahaya and not (lk.fakta and lk.nama in sudah)]
    return next((lk for lk in calon if not lk.syarat_gagal(perkara)), calon[0] if calon else None)


def _sebagai_gantinya(perkara: Permohonan, berikut: Langkah) -> Langkah | None:
    """A harmless branch whose own condition holds while those of the next printed step, a person's, do not."""
    for lk in langkah_di_sini(perkara) if berikut.oleh.peran else ():
        syaratnya = lk.cabang and not lk.bahaya and not lk.fakta and lk.oleh.peran and lk.transisi.conditions
        if syaratnya and not lk.syarat_gagal(perkara) and berikut.syarat_gagal(perkara):
            return lk
    return None


def perbarui_giliran(perkara: Permohonan, waktu: datetime.datetime, berjalan: list[Tenggat] | None = None) -> None:
    """Write the turns anew after a step; marks the case `terhalang` when nobody is left who may go on.

    berjalan: the case's open deadlines, when they are at hand.
    """
    berjalan = tenggat_berjalan(perkara) if berjalan is None else berjalan
    lama = list(perkara.giliran.order_by("pk"))
    tahap = perkara.info_tahap
    langkah = None if tahap.akhir else langkah_giliran(perkara)
    perkara.terhalang = langkah is not None and not ada_pelaksana(perkara, langkah)
    baru = [] if langkah is None else _giliran_baru(perkara, langkah, waktu, berjalan, _sudah_menunggu(lama, berjalan))
    if [_kunci(g) for g in lama] == [_kunci(g) for g in baru]:
        # The usual case of a fact: the same people go on, with the next step.
        for g, ganti in zip(lama, baru, strict=True):
            ganti.pk = g.pk
            ganti.save(force_update=True)
        return
    if lama:
        perkara.giliran.all().delete()
    Giliran.objects.bulk_create(baru)
    libatkan(perkara, [g.kantor for g in baru])


def _kunci(giliran: Giliran) -> tuple[str, int]:
    return giliran.peran, giliran.kantor_id


def _giliran_baru(
    perkara: Permohonan,
    langkah: Langkah,
    waktu: datetime.datetime,
    berjalan: list[Tenggat],
    menunggu: dict[tuple[str, int], datetime.datetime],
) -> list[Giliran]:
    batas = min((t.batas for t in berjalan if t.batas), default=None)
    tahap = perkara.info_tahap
    rows: dict[tuple[str, int], Giliran] = {}

    def tambah(peran: str, kegiatan: str) -> None:
        kantor = kantor_peran(perkara, peran)
        if kantor is not None:
            rows.setdefault(
                (peran, kantor.pk),
                Giliran(
                    perkara_id=perkara.pk, peran=peran, kantor=kantor, pihak=_pihak(perkara, kantor),
                    kegiatan=kegiatan, langkah=langkah.nama, sejak=menunggu.get((peran, kantor.pk), waktu),
                    tenggat=batas, putaran=perkara.putaran,
                ),
            )  # fmt: skip

    if perkara.terhalang:
        for peran in _penunjuk(perkara, langkah):
            tambah(peran, TUNJUK)
    for peran in sorted(peran_langkah(perkara, langkah)):
        tambah(peran, tahap.tugas or langkah.label)
    # Those who opened the case see whom it waits for, also where no person takes the next step.
    tanpa_orang = not rows
    if tanpa_orang or tahap.pihak not in (Giliran.Pihak.KANTOR, Giliran.Pihak.PEMOHON):
        kegiatan = f"Menunggu {tahap.menunggu}" if tahap.menunggu else str(langkah.label)
        for peran in sorted(peran_pembuka(perkara)):
            kantor = kantor_peran(perkara, peran)
            # Within the office that acts, whoever opened the case waits for nobody outside: it is a colleague's turn.
            if tanpa_orang or kantor is None or _pihak(perkara, kantor) != Giliran.Pihak.KANTOR:
                tambah(peran, kegiatan)
    return list(rows.values())


def _penunjuk(perkara: Permohonan, langkah: Langkah) -> tuple[str, ...]:
    """Who can appoint somebody for a step that nobody is left for: the district's head and its Kanwil; beyond the
    district neither has a say, there it is the Dirjen's to see to."""
    daerah = kantor_langkah(perkara, langkah).jenis in (Kantor.Jenis.KABKOTA, Kantor.Jenis.KANWIL)
    return (Peran.KEPALA, Peran.KANWIL) if daerah else (Peran.DITJEN,)


def _pihak(perkara: Permohonan, kantor: Kantor) -> str:
    """`kantor` when it is this very office's turn, else the party that it waits for."""
    pihak = perkara.info_tahap.pihak
    giliran_sendiri = kantor.jenis in JENIS_PIHAK.get(pihak, ())
    return Giliran.Pihak.KANTOR if giliran_sendiri else pihak


def _sudah_menunggu(lama: list[Giliran], berjalan: list[Tenggat]) -> dict[tuple[str, int], datetime.datetime]:
    """Since when each (role, office) has had its turn in the present stay: a fact or a pause does not begin it anew."""
    tinggal = next((t.mulai for t in berjalan if t.jenis == Tenggat.Jenis.STATUS), None)
    return {_kunci(g): g.sejak for g in lama if tinggal is not None and g.kegiatan != TUNJUK and g.sejak >= tinggal}


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
