"""Who is told of a day that does not match, and of a partner that sends no statement: the centre and that partner."""

from __future__ import annotations

import datetime

from django.conf import settings

from haji_portal.akun.models import Kantor, Pengguna, Peran
from haji_portal.alur.kantor import kantor_tunggal
from haji_portal.alur.tampil_waktu import tanggal
from haji_portal.kabar.efek import orang_peran
from haji_portal.kabar.kata import susun
from haji_portal.kabar.kirim import tulis_aplikasi, tulis_pesan
from haji_portal.kabar.models import Pesan

from ..mitra.alarm import PENJAGA, bunyikan
from ..models import BarisRekonsiliasi, Mitra, Rekonsiliasi

TEMPLAT = "rekonsiliasi"
PERAN = {Mitra.BPKH.value: Peran.BPKH, Mitra.BPS.value: Peran.BPS}


def kabari(r: Rekonsiliasi) -> None:
    """Once per day and partner, whatever comes afterwards; no names, no account numbers."""
    jumlah = {k: r.hitungan.get(k.value, 0) for k in BarisRekonsiliasi.Kelas if k != BarisRekonsiliasi.Kelas.COCOK}
    fakta = {
        "mitra": r.kantor.nama, "tanggal": tanggal(r.tanggal), "jumlah_beda": str(r.jumlah_beda),
        "rincian_beda": "\n".join(f"- {k.label}: {n}" for k, n in jumlah.items() if n),
    }  # fmt: skip
    orang = list({p.pk: p for p in (*_pusat(), *orang_peran(r.kantor, PERAN[r.mitra]))}.values())
    kejadian = f"rekonsiliasi:{r.mitra}:{r.kantor_id}:{r.tanggal:%Y%m%d}"
    tulis_aplikasi(kejadian, orang, TEMPLAT, susun(TEMPLAT, fakta | {"alamat": ""}))
    fakta["alamat"] = f"{settings.SITUS_URL}/rekonsiliasi/"
    for p in orang:
        if p.email:
            tulis_pesan(kejadian, Pesan.Saluran.EMAIL, p.email, TEMPLAT, fakta, pengguna=p)


def kabari_bisu(mitra: str, hari: datetime.date, alasan: str) -> None:
    """The alarm that a partner's system gives no statement: once per partner and day that was asked for."""
    nama = Mitra(mitra).label
    # BPKH's people have no part in what the banks' system does not say.
    penjaga = PENJAGA if mitra == Mitra.BPKH else PENJAGA[:1]
    bunyikan(
        f"mutasi-bisu:{mitra}:{hari:%Y%m%d}", f"Mutasi {nama} {tanggal(hari)} belum didapat",
        f"{alasan} Portal bertanya lagi setiap pagi. Hubungi {nama}; bila mendesak, minta mutasinya sebagai berkas dan "
        "unggah pada halaman Rekonsiliasi.",
        halaman="/rekonsiliasi/", penjaga=penjaga,
    )  # fmt: skip


def _pusat() -> list[Pengguna]:
    pusat = kantor_tunggal(Kantor.Jenis.PUSAT)
    return orang_peran(pusat, Peran.DIREKTORAT) if pusat else []
