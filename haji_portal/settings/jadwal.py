"""What happens by itself and when, kept in code so that it is reviewed. Crontab hours are WIB (TIME_ZONE).

An entry that waited longer than `expires` seconds is dropped: the next one does the same work.
"""

from typing import Any

from celery.schedules import crontab

# Hour in WIB minus hour on the office's clock.
SELISIH = {"Asia/Jayapura": -2, "Asia/Makassar": -1, "Asia/Jakarta": 0}


def _per_zona(nama: str, tugas: str, jam: int, menit: int) -> dict[str, dict[str, Any]]:
    """The same task once a day for each time zone, at the given local time."""
    return {
        f"{nama}-{zona.rpartition('/')[2].lower()}": {
            "task": tugas,
            "schedule": crontab(hour=jam + selisih, minute=menit),
            "kwargs": {"zona": zona},
        }
        for zona, selisih in SELISIH.items()
    }


JADWAL: dict[str, dict[str, Any]] = {
    "sapu-efek": {"task": "alur.kerjakan_efek", "schedule": 15.0, "options": {"expires": 15}},
    "detak-pekerja": {"task": "ptsp.detak", "schedule": 20.0, "options": {"expires": 20}},
    "periksa-tenggat": {"task": "alur.periksa_tenggat", "schedule": 60.0, "options": {"expires": 60}},
    "periksa-terhalang": {"task": "alur.periksa_terhalang", "schedule": 600.0, "options": {"expires": 600}},
    "unggahan-yatim": {"task": "berkas.hapus_yatim", "schedule": crontab(hour=2, minute=20)},
    "surat-yatim": {"task": "surat.hapus_yatim", "schedule": crontab(hour=2, minute=40)},
    # Half past midnight in the west is past midnight everywhere.
    "antrean-tutup": {"task": "ptsp.bersihkan_antrean", "schedule": crontab(hour=0, minute=30)},
    "konsep-lama": {"task": "ptsp.hapus_konsep", "schedule": crontab(hour=3, minute=10)},
    "konsep-ingat": {"task": "ptsp.ingatkan_konsep", "schedule": crontab(hour=9, minute=0)},
    "survei-aduk": {"task": "ptsp.aduk_survei", "schedule": crontab(hour=2, minute=50)},
    "tanya-gerbang": {"task": "kabar.tanyakan", "schedule": 120.0, "options": {"expires": 120}},
    "kirim-surel": {"task": "kabar.kirim_tertunda", "schedule": 60.0, "options": {"expires": 60}},
    "idempotensi-lama": {"task": "meja.hapus_idempotensi", "schedule": crontab(minute=50)},
    "olah-peristiwa": {"task": "dana.olah_peristiwa", "schedule": 15.0, "options": {"expires": 15}},
    "rekonsiliasi": {"task": "dana.rekonsiliasi_harian", "schedule": crontab(hour=6, minute=10)},
    "periksa-buku": {"task": "dana.periksa_buku", "schedule": crontab(hour=3, minute=40)},
    "tanyakan-macet": {"task": "dana.tanyakan_macet", "schedule": crontab(hour=5, minute=10)},
    "sk-penyelenggara": {"task": "rekomendasi.peringatkan_sk", "schedule": crontab(hour=6, minute=40)},
    **_per_zona("ingatkan-disposisi", "ptsp.ingatkan_disposisi", 8, 10),
    **_per_zona("informasi-berkala", "kabar.informasi_berkala", 8, 30),
    **_per_zona("segel", "alur.segel_harian", 23, 30),
}
