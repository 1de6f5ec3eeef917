"""Warnings of a breached deadline: first those whose turn it is, then the officials above them, one level at a time."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings

from haji_portal.akun.models import Kantor, Pengguna, Peran
from haji_portal.alur.models import Giliran, Tenggat
from haji_portal.alur.tampil_waktu import saat

from .efek import fakta_petugas, orang_giliran, orang_peran
from .kata import susun
from .kirim import tulis_aplikasi, tulis_pesan
from .models import Pesan


@dataclass(frozen=True)
class Atasan:
    """Whom a level tells, in which roles of the office that has the file, and who was told before."""

    sebutan: str
    peran: tuple[str, ...]
    sudah: str


# By the party that has the file, for levels 2 and 3. A Kanwil is one role: whoever leads it reads the first warning.
ATASAN: dict[str, dict[int, Atasan]] = {
    Giliran.Pihak.KANTOR: {
        2: Atasan("Kepala Seksi", (Peran.KASI,), "Pelaksana"),
        3: Atasan("Kepala Kantor", (Peran.KEPALA,), "Pelaksana dan Kepala Seksi"),
    },
    Giliran.Pihak.KANWIL: {},
    Giliran.Pihak.PUSAT: {
        2: Atasan("Direktorat dan Subdirektorat", (Peran.DIREKTORAT, Peran.SUBDIT), "Pelaksana"),
        3: Atasan("Direktur", (Peran.DIREKTUR,), "Pelaksana, Direktorat, dan Subdirektorat"),
    },
}


def peringatkan(tenggat: Tenggat, tingkat: int) -> None:
    """Write the warnings of one level (1 owner, 2 and 3 `ATASAN`), each person exactly once per deadline and level.

    They go to whoever has the file now: a span over several offices outlives the stay in each. Called inside the
    transaction that moves `Tenggat.peringatan`, so only rows are written here; `kirim_tertunda` sends the e-mails.
    """
    perkara = tenggat.perkara
    kini = _pemegang(tenggat)
    atasan = ATASAN.get(kini.pihak, {}).get(tingkat)
    if tingkat > 1 and atasan is None:
        return
    orang = orang_atasan(kini.kantor, atasan) if atasan else orang_giliran(perkara)
    giliran = perkara.giliran.filter(pihak=Giliran.Pihak.KANTOR).first()
    fakta = fakta_petugas(perkara, giliran) | {
        "atasan": atasan.sebutan if atasan else "",
        "sudah_diingatkan": atasan.sudah if atasan else "",
        "batas": saat(tenggat.batas, tenggat.kantor.zona_waktu) if tenggat.batas else "",
    }
    kejadian = f"tenggat-{tenggat.pk}:{tingkat}"
    tulis_aplikasi(kejadian, orang, "peringatan", susun("peringatan", fakta), perkara)
    fakta["alamat"] = f"{settings.SITUS_URL}/kerja/"
    for p in orang:
        if p.email:
            tulis_pesan(kejadian, Pesan.Saluran.EMAIL, p.email, "peringatan", fakta, perkara=perkara, pengguna=p)


def _pemegang(tenggat: Tenggat) -> Tenggat:
    """The stay that says who has the file now, and in which office; the deadline itself when no stay is open."""
    rows = Tenggat.objects.filter(perkara=tenggat.perkara_id, jenis=Tenggat.Jenis.STATUS, selesai__isnull=True)
    return rows.select_related("kantor").first() or tenggat


def orang_atasan(kantor: Kantor, atasan: Atasan) -> list[Pengguna]:
    """The officials of a level in an office, each once whatever roles they hold."""
    return list({p.pk: p for peran in atasan.peran for p in orang_peran(kantor, peran)}.values())
