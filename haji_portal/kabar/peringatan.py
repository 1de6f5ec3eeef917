"""Warnings of a breached deadline: first those whose turn it is, then the Kasi, then the Kepala."""

from __future__ import annotations

from django.conf import settings

from haji_portal.akun.models import Peran
from haji_portal.alur.models import Giliran, Tenggat
from haji_portal.alur.tampil_waktu import saat

from .efek import fakta_petugas, orang_giliran, orang_peran
from .kata import susun
from .kirim import tulis_aplikasi, tulis_pesan
from .models import Pesan

ATASAN = {2: Peran.KASI, 3: Peran.KEPALA}


def peringatkan(tenggat: Tenggat, tingkat: int) -> None:
    """Write the warnings of one level (1 owner, 2 Kasi, 3 Kepala), each person exactly once per deadline and level.

    Called inside the transaction that moves `Tenggat.peringatan`, so only rows are written here; `kirim_tertunda`
    sends the e-mails.
    """
    perkara = tenggat.perkara
    orang = orang_giliran(perkara) if tingkat == 1 else orang_peran(perkara.kantor, ATASAN[tingkat])
    giliran = perkara.giliran.filter(pihak=Giliran.Pihak.KANTOR).first()
    fakta = fakta_petugas(perkara, giliran) | {
        "untuk_pelaksana": tingkat == 1,
        "untuk_kasi": ATASAN.get(tingkat) == Peran.KASI,
        "batas": saat(tenggat.batas, perkara.kantor.zona_waktu) if tenggat.batas else "",
    }
    kejadian = f"tenggat-{tenggat.pk}:{tingkat}"
    tulis_aplikasi(kejadian, orang, "peringatan", susun("peringatan", fakta), perkara)
    fakta["alamat"] = f"{settings.SITUS_URL}/kerja/"
    for p in orang:
        if p.email:
            tulis_pesan(kejadian, Pesan.Saluran.EMAIL, p.email, "peringatan", fakta, perkara=perkara, pengguna=p)
