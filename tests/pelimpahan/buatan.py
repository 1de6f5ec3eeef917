"""Transfers with long names, two deposits and both causes, brought along the plain way."""

from __future__ import annotations

import datetime
from typing import Any

from haji_portal.akun.models import Kantor
from haji_portal.alur.posisi import langkah_berikut
from haji_portal.dana.buku import catat_setoran
from haji_portal.jemaah.models import Jemaah, Rekening, Setoran
from pelimpahan import contoh
from pelimpahan.models import Pelimpahan

ASAL = "Raden Ajeng Kusumaningrum Wahyuningtyas binti Haji Abdurrahman Wahid"
PENERIMA = "Muhammad Zainul Muttaqin Al-Fadhil Rahmatullah Nurcahyo Putra"


def limpah(slug: str = "tanah-bumbu", urut: int = 1, **isian: Any) -> Pelimpahan:
    """A transfer whose pilgrim paid twice, of people with long names."""
    p = contoh.buka_contoh(Kantor.objects.get(slug=slug), urut, **isian).perkara
    Jemaah.objects.filter(pk=p.jemaah_asal_id).update(nama=ASAL, nama_ayah="")
    Jemaah.objects.filter(pk=p.pemohon_id).update(nama=PENERIMA)
    Rekening.objects.filter(pk=p.rekening_id).update(atas_nama=PENERIMA.upper())
    awal = p.setoran_awal
    lunas = Setoran.objects.create(
        jemaah_id=p.jemaah_asal_id, rekening=awal.rekening, porsi=p.porsi, bank=awal.bank, jumlah=31_500_000,
        nomor_validasi=f"9{awal.nomor_validasi[1:]}", tanggal=awal.tanggal + datetime.timedelta(days=900),
        jenis=Setoran.Jenis.LUNAS,
    )  # fmt: skip
    catat_setoran(lunas)
    return segar(p)


def segar(p: Pelimpahan) -> Pelimpahan:
    rows = Pelimpahan.objects.select_related("kantor__induk", "pemohon", "jemaah_asal", "porsi", "sop", "rekening")
    return rows.get(pk=p.pk)


def sampai(pelaksana: Any, p: Pelimpahan, tahap: str) -> Pelimpahan:
    """Along the plain way to a status, each step by somebody who may."""
    while p.tahap != tahap:
        langkah = langkah_berikut(p)
        pelaksana.lakukan(p, langkah.nama, contoh.isian(p, langkah.nama))
        p = segar(p)
    return p
