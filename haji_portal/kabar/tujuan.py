"""Where news about a case goes: the contact that proved itself, else the e-mail of whoever asks, else the phone."""

from __future__ import annotations

from typing import Any

from haji_portal.akun.models import Kantor
from haji_portal.alur.models import Perkara, Riwayat

from .kirim import alamat_sah, kirim, tulis_pesan
from .models import KontakPerkara, Pesan, SaluranKantor
from .saluran import saluran

Saluran = Pesan.Saluran


def saluran_aktif(nama: str, kantor: Kantor | None = None) -> bool:
    """Whether a channel is installed here and, for a given office, switched on by it (e-mail always is)."""
    if not saluran(nama).aktif():
        return False
    if kantor is None or nama not in SaluranKantor.Jenis.values:
        return True
    return SaluranKantor.objects.berlaku().filter(kantor=kantor, saluran=nama).exists()


def tujuan(perkara: Perkara) -> tuple[str, str] | None:
    """(channel, address) for the applicant of a case, None when nobody can be reached by a message.

    A verified contact counts as long as its channel is installed, whatever the office has switched on for others.
    """
    kontak = KontakPerkara.objects.filter(perkara=perkara.pk).first()
    if kontak is not None and saluran_aktif(kontak.saluran):
        return kontak.saluran, kontak.alamat
    surel, ponsel = perkara.rinci().kontak_pengaju()
    if surel:
        return Saluran.EMAIL, surel
    return next(((s, ponsel) for s in (Saluran.WA, Saluran.SMS) if _lewat_ponsel(perkara, s, ponsel)), None)


def kabari(
    perkara: Perkara, riwayat: Riwayat, peristiwa: str, templat: str, fakta: dict[str, Any], lampiran: str = ""
) -> Pesan | None:
    """Write and send what the applicant is told about one step, once; None when nobody can be reached.

    Told is told: when the way to the applicant changed since, a repetition does not go the new way as well.
    """
    kejadian = f"{riwayat.pk}:{peristiwa}"
    pesan = Pesan.objects.filter(
        riwayat=riwayat, pengguna__isnull=True, rahasia=False, kunci__startswith=f"{kejadian}:"
    ).first()
    if pesan is None:
        ke = tujuan(perkara)
        if ke is None:
            return None
        pesan = tulis_pesan(
            kejadian, *ke, templat, fakta, lampiran=lampiran, segera=False, perkara=perkara, riwayat=riwayat
        )
    kirim(pesan)
    return pesan


def kirimi_kantor(
    perkara: Perkara, riwayat: Riwayat, kantor: Kantor, templat: str, fakta: dict[str, Any], lampiran: str = ""
) -> Pesan:
    """Send an office the papers of a step by e-mail, once per step, also when its address changes between two tries."""
    pesan = Pesan.objects.filter(riwayat=riwayat, penerima=kantor).first()
    if pesan is None:
        pesan = tulis_pesan(
            f"{riwayat.pk}:kantor", Saluran.EMAIL, kantor.email, templat, fakta, lampiran=lampiran, segera=False,
            perkara=perkara, riwayat=riwayat, penerima=kantor,
        )  # fmt: skip
    kirim(pesan)
    return pesan


def _lewat_ponsel(perkara: Perkara, nama: str, ponsel: str) -> bool:
    try:
        alamat_sah(nama, ponsel)
    except ValueError:
        return False
    return saluran_aktif(nama, perkara.kantor)
