"""The three forms of the family inside a case: the same papers, with what the office knows already filled in."""

from __future__ import annotations

from typing import Any

from haji_portal.alur.tampil_waktu import tanggal
from haji_portal.surat.jenis import isi_surat

from .formulir import FORMULIR
from .models import Pelimpahan
from .tahap import Sebab


def isi_formulir(p: Pelimpahan) -> dict[str, Any]:
    """Values by the fields' names; what is signed and dated by hand stays empty."""
    asal, penerima, setoran = p.jemaah_asal, p.pemohon, p.setoran_awal
    wafat = f"wafat pada {tanggal(p.tanggal_meninggal)}" if p.tanggal_meninggal else "wafat"
    return {
        "jemaah_nama": asal.nama,
        "jemaah_porsi": p.porsi.nomor if p.porsi else "",
        "jemaah_bank": setoran.bank if setoran else "",
        "jemaah_alamat": asal.alamat,
        "keadaan": wafat if p.sebab == Sebab.WAFAT else "sakit permanen",
        "penerima_nama": penerima.nama,
        "penerima_nik": penerima.nik,
        "penerima_lahir": f"{penerima.tempat_lahir}, {tanggal(penerima.tanggal_lahir)}",
        "penerima_alamat": penerima.alamat,
        "penerima_telepon": penerima.telepon,
        "hubungan": p.get_hubungan_display().lower(),
        "rekening_nomor": p.rekening.nomor,
        "rekening_nama": p.rekening.atas_nama,
        "tempat": p.kantor.tempat,
    }


for _kode, _formulir in FORMULIR.items():
    isi_surat(f"formulir-{_kode}", judul=_formulir.judul, templat=_formulir.templat, bertanda_tangan=False, isian=True)(
        isi_formulir
    )
