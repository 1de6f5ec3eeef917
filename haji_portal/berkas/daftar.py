"""The checklist of a case: copied from the requirements, judged line by line, complete or not."""

from __future__ import annotations

from collections.abc import Mapping
from zoneinfo import ZoneInfo

from django.utils import timezone

from haji_portal.akun.models import Pengguna
from haji_portal.alur.galat import IsianSalah
from haji_portal.alur.models import Perkara

from .models import ButirBerkas, Lampiran, SyaratBerkas

DISALIN = ("kode", "nama", "bentuk", "jumlah", "wajib", "keterangan", "sumber", "urut")
PERLU_ALASAN = (ButirBerkas.Verdict.KURANG, ButirBerkas.Verdict.TIDAK)


def siapkan_daftar(perkara: Perkara, layanan: str, kasus: str = "") -> list[ButirBerkas]:
    """Copy the requirements in force today (the office's date) into the case's checklist and return it.

    Call it inside the transaction that opens the case. Called again (a case that turns out to be another `kasus`)
    it adds what is missing and leaves lines that stand, with their verdicts, as they are.
    """
    hari_ini = timezone.localdate(timezone=ZoneInfo(perkara.kantor.zona))
    punya = set(ButirBerkas.objects.filter(perkara=perkara.pk).values_list("kode", flat=True))
    ButirBerkas.objects.bulk_create(
        ButirBerkas(perkara_id=perkara.pk, syarat=syarat, **{nama: getattr(syarat, nama) for nama in DISALIN})
        for syarat in SyaratBerkas.objects.untuk(layanan, kasus, perkara.kantor, hari_ini)
        if syarat.kode not in punya
    )
    return list(ButirBerkas.objects.filter(perkara=perkara.pk))


def kekurangan(perkara: Perkara) -> list[ButirBerkas]:
    """Required lines that are not `ada` (unchecked, short or absent), in printed order. One query."""
    wajib = ButirBerkas.objects.filter(perkara=perkara.pk, wajib=True)
    return list(wajib.exclude(verdict=ButirBerkas.Verdict.ADA))


def berkas_lengkap(perkara: Perkara) -> bool:
    """Every required document is there. A case without any checklist is not complete: nobody has looked."""
    verdict = ButirBerkas.objects.filter(perkara=perkara.pk).values_list("wajib", "verdict")
    baris = list(verdict)
    return bool(baris) and all(hasil == ButirBerkas.Verdict.ADA for wajib, hasil in baris if wajib)


def foto_pengaju(perkara: Perkara) -> Lampiran | None:
    """The newest photo that whoever applies from outside sent of themselves; a PDF is no picture."""
    rows = Lampiran.objects.terkini().filter(perkara=perkara.pk, butir__kode="foto-pengaju", mime="image/jpeg")
    return rows.order_by("-pk").first()


def terapkan_verdict(
    perkara: Perkara, verdict: Mapping[str, tuple[str, str]], oleh: Pengguna | None
) -> list[ButirBerkas]:
    """Write {kode: (verdict, reason)} to the checklist and return the lines that were judged.

    Call it inside the step's transaction. Raises IsianSalah (and writes nothing) for a code that is not on this
    case's checklist, a verdict other than ada/kurang/tidak, or kurang/tidak without a reason.
    """
    butir = {b.kode: b for b in ButirBerkas.objects.filter(perkara=perkara.pk, kode__in=list(verdict))}
    galat = {kode: kalimat for kode, isi in verdict.items() if (kalimat := _keberatan(butir.get(kode), *isi))}
    if galat:
        raise IsianSalah({f"verdict_{kode}": [kalimat] for kode, kalimat in galat.items()})
    kini = timezone.now()
    for kode, (hasil, alasan) in verdict.items():
        baris = butir[kode]
        baris.verdict, baris.diperiksa_oleh, baris.diperiksa_pada = hasil, oleh, kini
        baris.alasan = alasan.strip() if hasil in PERLU_ALASAN else ""
    ButirBerkas.objects.bulk_update(butir.values(), ["verdict", "alasan", "diperiksa_oleh", "diperiksa_pada"])
    return list(butir.values())


def _keberatan(butir: ButirBerkas | None, hasil: str, alasan: str) -> str:
    """Why this verdict cannot be written, as a sentence; empty when it can."""
    if butir is None:
        return "Berkas ini tidak ada pada daftar perkara. Muat ulang halaman, lalu periksa lagi."
    if hasil not in ButirBerkas.Verdict.values or hasil == ButirBerkas.Verdict.BELUM:
        return f"Pilih Ada, Kurang, atau Tidak ada untuk {butir.nama}."
    if hasil in PERLU_ALASAN and not alasan.strip():
        return f"Tuliskan alasan untuk {butir.nama}, supaya pemohon tahu apa yang harus dibawa."
    return ""
