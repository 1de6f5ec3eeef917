"""About two hundred invented registrations in all stages, lived through the past weeks with Django's clock moved."""

from __future__ import annotations

import datetime
import random
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from haji_portal.akun.models import Kantor
from haji_portal.alur.jalankan import jalankan
from haji_portal.alur.kalender import kalender_kantor
from haji_portal.alur.pelaku import Sistem
from haji_portal.alur.posisi import langkah_berikut, sudah_dilakukan
from haji_portal.alur.waktu import Kalender
from haji_portal.jemaah.models import Setoran
from haji_portal.meja.contoh import Pelaksana
from haji_portal.meja.demo import Jam, mundur, sisakan_efek
from haji_portal.ptsp.demo import kunjungan_contoh

from . import contoh
from .models import Pendaftaran, Status

BAGIAN = {"lombok-timur": 34, "tanah-bumbu": 26, "kepulauan-seribu": 14, "jakarta-selatan": 14, "palu": 12}
TUJUAN = {
    Status.DIPERIKSA: 9, Status.DIKEMBALIKAN: 7, Status.DIREKAM: 12, Status.DIVERIFIKASI: 16,
    Status.DITANDATANGANI: 6, Status.SIAP_DISERAHKAN: 5, Status.SELESAI: 38, Status.DITOLAK: 4, Status.DICABUT: 3,
}  # fmt: skip
# Every so many registrations one comes by phone; where those may be found when the demo begins.
ELEKTRONIK = 5
DARI_LUAR = (
    Status.DIPERIKSA, Status.DIKEMBALIKAN, Status.DIREKAM, Status.DIVERIFIKASI, Status.SELESAI, Status.DITOLAK,
    Status.DICABUT,
)  # fmt: skip


def isi(jumlah: int, lapor: Callable[[int], None] = lambda _: None) -> int:
    """Open and drive `jumlah` cases, telling `lapor` how many are done. The same number gives the same people."""
    pelaksana = Pelaksana(settings.HAJI_DEMO_SANDI)
    kantor = {k.slug: k for k in Kantor.objects.filter(slug__in=BAGIAN)}
    kunjungan = {slug: kunjungan_contoh(k) for slug, k in kantor.items()}
    sekarang = timezone.now()
    with Jam() as jam:
        jam.batas = sekarang
        for urut in range(jumlah):
            if Setoran.objects.filter(nomor_validasi=contoh.nomor_validasi(urut + 1)).exists():
                continue
            acak = contoh.acak_tetap(2026_000 + urut)
            slug = acak.choices(list(BAGIAN), list(BAGIAN.values()))[0]
            tujuan = acak.choices(list(TUJUAN), list(TUJUAN.values()))[0]
            jam.kini = _mulai(kalender_kantor(kantor[slug]), sekarang, tujuan, acak)
            _satu(kantor[slug], urut, tujuan, jam, acak, pelaksana, kunjungan[slug])
            lapor(urut + 1)
    sisakan_efek(sekarang)
    return jumlah


def _satu(kantor, urut: int, tujuan: str, jam: Jam, acak: random.Random, pelaksana: Pelaksana, kunjungan) -> None:
    kal = kalender_kantor(kantor)
    if urut % ELEKTRONIK == 3:
        tujuan = tujuan if tujuan in DARI_LUAR else Status.SELESAI
    keliling = {"saluran": "keliling", "kunjungan": kunjungan} if urut % 11 == 5 else {}
    email = {"email": f"jemaah{urut}@contoh.example"} if urut % 3 == 0 else {}
    with transaction.atomic():
        if urut % ELEKTRONIK == 3:
            perkara: Any = contoh.buka_contoh_elektronik(kantor, urut + 1).perkara
        else:
            jemaah = contoh.buat_jemaah(kantor, urut + 1, **email)
            perkara = contoh.buka_contoh(kantor, urut + 1, jemaah=jemaah, **keliling).perkara
    kembali = acak.random() < 0.15
    for _ in range(30):
        nama = _berikut(perkara, tujuan, kembali, acak)
        if nama is None:
            return
        kembali = kembali and nama != "kembalikan"
        jam.maju(kal, acak.randrange(1, 5))
        perkara = _lakukan(pelaksana, perkara, nama, _isian(perkara, nama, tujuan, kembali))


def _lakukan(pelaksana: Pelaksana, perkara: Any, nama: str, isi: dict) -> Any:
    """As whoever may; what the portal does by itself it does here, too."""
    if nama == "sampaikan_sph":
        return jalankan(perkara, nama, oleh=Sistem("alur.langkah"), versi=None).perkara
    return pelaksana.lakukan(perkara, nama, isi).perkara


def _berikut(perkara: Any, tujuan: str, kembali: bool, acak: random.Random) -> str | None:
    """The next step on the way to `tujuan`, None when the case has arrived."""
    diperiksa = "periksa_berkas" in sudah_dilakukan(perkara)
    if perkara.tahap == Status.DIPERIKSA and diperiksa:
        if tujuan == Status.DITOLAK:
            return "tolak"
        if tujuan == Status.DICABUT:
            return "cabut"
        if perkara.butir.filter(verdict="kurang").exists():
            return "kembalikan"
    if perkara.tahap == Status.DIKEMBALIKAN and tujuan != Status.DIKEMBALIKAN:
        return "kirim_perbaikan" if perkara.elektronik else "lengkapi"
    if perkara.ditutup or (perkara.tahap == tujuan and (tujuan != Status.DIREKAM or acak.random() < 0.35)):
        return None
    langkah = langkah_berikut(perkara)
    if tujuan == Status.DIREKAM and langkah is not None and langkah.nama == "verifikasi":
        return None
    if tujuan == Status.SIAP_DISERAHKAN and langkah is not None and langkah.nama == "serahkan":
        return None
    return langkah.nama if langkah else None


def _isian(perkara: Any, nama: str, tujuan: str, kembali: bool) -> dict:
    isi = contoh.isian(perkara, nama)
    if nama == "periksa_berkas" and (kembali or tujuan == Status.DIKEMBALIKAN):
        kode = sorted(isi["verdict"])[perkara.pk % len(isi["verdict"])]
        sudah = perkara.riwayat.filter(langkah="kembalikan").exists()
        if not sudah:
            minta = "unggah lagi yang jelas" if perkara.elektronik else "bawa aslinya"
            isi["verdict"][kode] = ("kurang", f"Salinan tidak terbaca; mohon {minta}.")
    return isi


def _mulai(kal: Kalender, sekarang: datetime.datetime, tujuan: str, acak: random.Random) -> datetime.datetime:
    """When the case began: finished ones over the last weeks, open ones so that some are late and some are not."""
    if Pendaftaran.TAHAP[tujuan].akhir:
        return mundur(kal, sekarang, acak.randrange(300, 450 * 22))
    if tujuan == Status.DIKEMBALIKAN:
        return mundur(kal, sekarang, acak.randrange(200, 450 * 6))
    return mundur(kal, sekarang, acak.choice([6, 9, 14, 18, 22, 26, 35, 60, 120, 400]))
