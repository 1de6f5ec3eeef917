"""What a visitor reads about a number, and what the screen shows of all of them. No name stands in any of it."""

from __future__ import annotations

import datetime
from typing import Any

from django.utils import timezone

from haji_portal.akun.models import Kantor
from haji_portal.alur.penutupan import hari_kantor
from haji_portal.alur.tampil_waktu import hari_tanggal, jam

from ..models import PerangkatAntrean, PeristiwaTiket, Tiket
from .buka import kalimat_istirahat, kalimat_tutup
from .ucapan import ucapan
from .ukur import perkiraan
from .urutan import di_depan

TERAKHIR = 5
"""Calls that the screen keeps showing."""
BASI = datetime.timedelta(minutes=2)
"""A call older than this is not spoken any more: who comes late finds the number on the screen."""
K = Tiket.Keadaan


def keadaan_tiket(tiket: Tiket) -> dict[str, Any]:
    """`judul`, `kalimat` (plain sentences), `nada`, `boleh_batal` of one number now."""
    zona = tiket.kantor.zona_waktu
    if tiket.tanggal != hari_kantor(tiket.kantor):
        return _kata("Nomor ini sudah lewat", "buruk", f"Nomor ini berlaku pada {hari_tanggal(tiket.tanggal)}.")
    if tiket.keadaan == K.MENUNGGU:
        return _menunggu(tiket)
    if tiket.keadaan in Tiket.DI_LOKET and tiket.loket:
        tempat = tiket.loket.sebutan
        if tiket.keadaan == K.DILAYANI:
            return _kata(f"Sedang dilayani di {tempat}", "baik")
        return _kata(f"Silakan ke {tempat}", "panggil", "Nomor Anda sedang dipanggil.")
    if tiket.keadaan == K.DILEWATI:
        pada = f" pukul {jam(tiket.dipanggil, zona)}" if tiket.dipanggil else ""
        return _kata(
            "Nomor Anda sudah dipanggil", "perhatian", f"Anda dipanggil{pada} tetapi belum datang.",
            "Temui petugas loket; nomor ini masih dapat dipanggil lagi hari ini.", boleh_batal=True,
        )  # fmt: skip
    if tiket.keadaan == K.BATAL:
        return _kata("Nomor ini dibatalkan", "tenang", "Bila masih perlu dilayani, ambil nomor baru.")
    return _kata("Pelayanan selesai", "baik", "Terima kasih atas kunjungan Anda.")


def _menunggu(tiket: Tiket) -> dict[str, Any]:
    depan = di_depan(tiket)
    judul = f"{depan} orang di depan Anda" if depan else "Anda berikutnya"
    if (lama := perkiraan(tiket, depan)) is None:
        kira = "Perkiraan waktu muncul sesudah beberapa orang dilayani hari ini."
    else:
        kira = f"Perkiraan menunggu sekitar {lama} menit, menurut pelayanan hari ini." if lama else ""
    khusus = f"Dipanggil ke {tiket.untuk_loket.sebutan}." if tiket.untuk_loket else ""
    dulu = "Nomor prioritas dapat dipanggil lebih dulu." if depan and not tiket.prioritas else ""
    return _kata(judul, "biasa", kira, khusus, dulu, kalimat_istirahat(tiket.kantor), boleh_batal=True)


def _kata(judul: str, nada: str, *kalimat: str, boleh_batal: bool = False) -> dict[str, Any]:
    return {"judul": judul, "nada": nada, "kalimat": [k for k in kalimat if k], "boleh_batal": boleh_batal}


def keadaan_layar(perangkat: PerangkatAntrean, sesudah: int | None = None) -> dict[str, Any]:
    """What the screen shows. `suara`: the calls since the row `sesudah` of the log, none when it is None."""
    kantor, kini = perangkat.kantor, timezone.now()
    hari = hari_kantor(kantor, kini)
    panggilan = _panggilan(kantor, hari)
    semua = Tiket.objects.filter(kantor=kantor, tanggal=hari, keadaan__in=Tiket.DI_LOKET)
    di_loket = semua.select_related("loket").order_by("loket__nomor")
    baru = [p for p in reversed(panggilan) if sesudah is not None and p.pk > sesudah and kini - p.waktu < BASI]
    return {
        "jam": kini.isoformat(),
        "tutup": "" if perangkat.di_luar_jam else kalimat_tutup(kantor, kini),
        "loket": [{"nomor": t.kode, "loket": t.loket.sebutan} for t in di_loket if t.loket],
        "panggilan": _terakhir(panggilan),
        "suara": [{"nomor": p.tiket.kode, "teks": ucapan(p.tiket, p.loket)} for p in baru if p.loket],
        "akhir": panggilan[0].pk if panggilan else 0,
        "menunggu": Tiket.objects.filter(kantor=kantor, tanggal=hari, keadaan=K.MENUNGGU).count(),
        "info": info(perangkat),
    }


def _panggilan(kantor: Kantor, hari: datetime.date) -> list[PeristiwaTiket]:
    """The newest calls of the day, newest first."""
    semua = PeristiwaTiket.objects.filter(
        tiket__kantor=kantor, tiket__tanggal=hari, jenis__in=PeristiwaTiket.PANGGILAN, loket__isnull=False
    )
    return list(semua.select_related("tiket", "loket").order_by("-pk")[:40])


def _terakhir(panggilan: list[PeristiwaTiket]) -> list[dict[str, Any]]:
    """The last numbers called, each once, with the desk of its last call."""
    hasil: dict[int, dict[str, Any]] = {}
    for p in panggilan:
        if p.loket and len(hasil) < TERAKHIR:
            hasil.setdefault(p.tiket_id, {"nomor": p.tiket.kode, "loket": p.loket.sebutan, "id": p.pk})
    return list(hasil.values())


def info(perangkat: PerangkatAntrean) -> list[str]:
    """The lines that the screen shows in turn."""
    baris = [satu.strip() for satu in perangkat.info.splitlines() if satu.strip()]
    return baris or ["Semua layanan haji Rp0. Tidak ada biaya di loket maupun lewat perantara."]
