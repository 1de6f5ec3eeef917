"""Actors for the contract: whose turn it is, everyone who may not, and people who no longer may."""

from __future__ import annotations

import datetime

from django.utils import timezone

from haji_portal.akun.models import Kantor, Pengguna, Penugasan, Peran
from haji_portal.alur.deklarasi import Langkah
from haji_portal.alur.giliran import TUNJUK, kantor_peran, terhalang_oleh_kendali
from haji_portal.alur.models import Giliran, Permohonan
from haji_portal.alur.pelaku import Mitra, Pelaku, Pemohon, Petugas, Sistem
from haji_portal.alur.posisi import peran_langkah, peran_pembuka


def dari_giliran(perkara: Permohonan, langkah: Langkah) -> Pelaku | None:
    """Somebody who sees the case in the inbox and may take this step: a person behind one of its Giliran rows.

    A step of the applicant alone is the applicant's, as long as those rows say whom the case waits for; so is one that
    the portal takes when news of another case comes.
    """
    if milik_pemohon(perkara, langkah):
        menunggu = perkara.giliran.filter(langkah=langkah.nama, pihak=Giliran.Pihak.PEMOHON).exists()
        return Pemohon(perkara, "uji") if menunggu else None
    if milik_sistem(perkara, langkah):
        menunggu = perkara.giliran.filter(langkah=langkah.nama).exclude(pihak=Giliran.Pihak.KANTOR).exists()
        return Sistem("uji") if menunggu else None
    terlarang = terhalang_oleh_kendali(perkara, langkah)
    for giliran in perkara.giliran.exclude(kegiatan=TUNJUK).order_by("peran"):
        if giliran.peran in peran_langkah(perkara, langkah):
            tugas = petugas(giliran.peran, giliran.kantor, kecuali=terlarang)
            if tugas is not None:
                return tugas
    return None


def milik_pemohon(perkara: Permohonan, langkah: Langkah) -> bool:
    return not peran_langkah(perkara, langkah) and "pemohon" in langkah.oleh.pihak


def milik_sistem(perkara: Permohonan, langkah: Langkah) -> bool:
    return not peran_langkah(perkara, langkah) and "sistem" in langkah.oleh.pihak


def petugas(peran: str, kantor: Kantor | None, kecuali: set[int] = frozenset()) -> Petugas | None:
    tugas = Penugasan.objects.berlaku().filter(kantor=kantor, peran=peran, pengguna__is_active=True)
    satu = tugas.exclude(pengguna_id__in=kecuali).select_related("pengguna", "kantor").order_by("pk").first()
    return Petugas(satu.pengguna, satu) if satu else None


def yang_boleh(perkara: Permohonan, langkah: Langkah) -> Pelaku | None:
    """Anyone with an assignment for the step, four eyes respected; the applicant or the portal where no office may."""
    if milik_pemohon(perkara, langkah):
        return Pemohon(perkara, "uji")
    if milik_sistem(perkara, langkah):
        return Sistem("uji")
    for peran in sorted(peran_langkah(perkara, langkah)):
        satu = petugas(peran, kantor_peran(perkara, peran), terhalang_oleh_kendali(perkara, langkah))
        if satu is not None:
            return satu
    return None


def pembaca(perkara: Permohonan, langkah: Langkah | None) -> Petugas:
    """Whose page it is: who may take this step, else one of those who open such cases."""
    satu = yang_boleh(perkara, langkah) if langkah is not None else None
    if isinstance(satu, Petugas):
        return satu
    peran = sorted(peran_pembuka(perkara))[-1]
    return petugas(peran, kantor_peran(perkara, peran))


def tak_berwenang(perkara: Permohonan, langkah: Langkah) -> Petugas:
    """Somebody of the office that the case belongs to, who sees it and may not take this step."""
    peran = ("siskohat", "kasubag", "kasi", "subdit", "direktur")
    orang = (petugas(p, perkara.kantor) for p in peran if p not in peran_langkah(perkara, langkah))
    return next(o for o in orang if o is not None)


def semua_peran(perkara: Permohonan) -> dict[str, Petugas]:
    """One current official per role, in the office where that role acts on this case; a district's for a case of the
    centre, where nobody holds that role."""
    hasil = {}
    for peran in Peran.values:
        kantor = kantor_peran(perkara, peran)
        if peran in (Peran.INSPEKTORAT, Peran.ADMIN):
            kantor = Kantor.objects.get(jenis=Kantor.Jenis.PUSAT)
        satu = petugas(peran, kantor) or petugas(peran, Kantor.objects.filter(penugasan__peran=peran).first())
        assert satu is not None, f"the demo accounts have nobody as {peran}"
        hasil[peran] = satu
    return hasil


def tugas_baru(pengguna: Pengguna, peran: str, kantor: Kantor, **lain) -> Petugas:
    bawaan = {"jabatan": "Uji", "nomor_sk": "SK-UJI/1", "mulai": timezone.localdate() - datetime.timedelta(days=30)}
    return Petugas(pengguna, Penugasan.objects.create(pengguna=pengguna, kantor=kantor, peran=peran, **(bawaan | lain)))


def orang_baru(nama: str, **lain) -> Pengguna:
    return Pengguna.objects.create(username=nama, nama=nama.title(), email=f"{nama}@contoh.example", **lain)


def bukan_lagi(perkara: Permohonan, peran: str) -> dict[str, Pelaku]:
    """Doors that must stay shut although the role itself is right; and doors that are no staff at all."""
    kantor, hari_ini, sehari = kantor_peran(perkara, peran), timezone.localdate(), datetime.timedelta(days=1)
    lain = Kantor.objects.filter(jenis=kantor.jenis).exclude(pk=kantor.pk).first()
    n = Pengguna.objects.count()
    benar = petugas(peran, kantor)
    orang = [orang_baru(f"uji-{n}-{i}", is_active=i != 2) for i in range(4)]
    hasil: dict[str, Pelaku] = {
        "penugasan berakhir kemarin": tugas_baru(orang[0], peran, kantor, selesai=hari_ini - sehari),
        "penugasan baru mulai besok": tugas_baru(orang[1], peran, kantor, mulai=hari_ini + sehari),
        "akun dinonaktifkan": tugas_baru(orang[2], peran, kantor),
        "penugasan milik orang lain": Petugas(orang[3], benar.penugasan),
        "sistem": Sistem("uji"),
        "mitra": Mitra("BPKH", "kunci-uji"),
        "pemohon": Pemohon(perkara, "uji"),
    }
    if lain is not None:
        hasil["kantor lain"] = tugas_baru(orang_baru(f"uji-{n}-lain"), peran, lain)
    return hasil
