"""Role x address x office for the queue; see tests/hak_akses.py. Devices and tickets need no login at all."""

from __future__ import annotations

import uuid
from types import SimpleNamespace

from haji_portal.akun.models import Kantor
from haji_portal.ptsp.antrean.ambil import ambil
from haji_portal.ptsp.models import LayananAntrean, Loket, PerangkatAntrean
from tests.hak_akses import Baris, petugas, semua

MELAYANI = ("ptsp", "jfu")
MELIHAT = (*MELAYANI, "kasi", "kasubag", "kepala")
MENGATUR = ("ptsp", "kasi", "kasubag", "kepala")


def antrean_contoh(kantor: Kantor) -> SimpleNamespace:
    """A tablet, a screen, a desk and one ticket whose guest did not write."""
    alat = {
        jenis: PerangkatAntrean.objects.create(kantor=kantor, jenis=jenis, nama="Uji", di_luar_jam=True)
        for jenis in PerangkatAntrean.Jenis.values
    }
    tiket = ambil(LayananAntrean.objects.filter(kantor=kantor)[0], kunci=uuid.uuid4().hex)
    return SimpleNamespace(tiket=tiket, loket=Loket.objects.filter(kantor=kantor)[0], **alat)


def kantor_mana_pun(status: int, peran: tuple[str, ...]) -> dict[str, int]:
    """These roles, each in its own office."""
    return petugas(403) | {f"{k}.{p}": status for k in ("sendiri", "asing") for p in peran}


def kantor_ini(status: int, peran: tuple[str, ...]) -> dict[str, int]:
    """These roles of the office whose thing it is; for the same roles elsewhere it does not exist."""
    return petugas(403) | {f"sendiri.{p}": status for p in peran} | {f"asing.{p}": 404 for p in peran}


TABEL_ANTREAN: dict[str, list[Baris]] = {
    "ptsp:antrean": [Baris("/antrean/", petugas(302))],
    "ptsp:antrean_loket": [Baris("/antrean/loket/", kantor_mana_pun(200, MELAYANI))],
    "ptsp:antrean_pilih": [
        Baris("/antrean/loket/pilih/", kantor_ini(303, MELAYANI), "post", lambda d: {"loket": d.antrean.loket.pk})
    ],
    "ptsp:antrean_lepas": [Baris("/antrean/loket/lepas/", kantor_mana_pun(303, MELAYANI), "post")],
    # Nobody sits at a desk yet: the sentence says so.
    "ptsp:antrean_aksi": [
        Baris("/antrean/loket/aksi/panggil/", kantor_mana_pun(409, MELAYANI), "post"),
        Baris("/antrean/loket/aksi/tiada/", petugas(404), "post"),
    ],
    "ptsp:antrean_tamu": [
        Baris("/antrean/tamu/", kantor_mana_pun(200, MELIHAT)),
        Baris("/antrean/tamu/", kantor_mana_pun(422, MELAYANI), "post"),
    ],
    "ptsp:antrean_lengkapi": [
        Baris(
            lambda d: f"/antrean/tamu/{d.antrean.tiket.tamu_id}/", kantor_ini(303, MELAYANI), "post",
            lambda d: {"nama": "Siti Contoh"},
        )
    ],
    "ptsp:antrean_angka": [Baris("/antrean/angka/", kantor_mana_pun(200, MELIHAT))],
    "ptsp:antrean_unduh": [Baris("/antrean/angka/unduh/", kantor_mana_pun(200, MELIHAT))],
    "ptsp:antrean_perangkat": [
        Baris("/antrean/perangkat/", kantor_mana_pun(200, MENGATUR)),
        Baris("/antrean/perangkat/", kantor_mana_pun(422, MENGATUR), "post"),
    ],
    "ptsp:antrean_alat": [Baris(lambda d: f"/antrean/perangkat/{d.antrean.kios.pk}/", kantor_ini(200, MENGATUR))],
    "ptsp:antrean_cabut": [
        Baris(lambda d: f"/antrean/perangkat/{d.antrean.kios.pk}/cabut/", kantor_ini(303, MENGATUR), "post")
    ],
    "ptsp:antrean_kios": [
        Baris(lambda d: f"/antrean/kios/{d.antrean.kios.token}/", semua(200)),
        Baris(lambda d: f"/antrean/kios/{d.antrean.kios.token}/", semua(422), "post"),
        Baris(lambda d: f"/antrean/kios/{d.antrean.layar.token}/", semua(404)),  # a screen gives no numbers
    ],
    "ptsp:antrean_karcis": [
        Baris(lambda d: f"/antrean/kios/{d.antrean.kios.token}/{d.antrean.tiket.token}/", semua(200))
    ],
    "ptsp:antrean_layar": [
        Baris(lambda d: f"/antrean/layar/{d.antrean.layar.token}/", semua(200)),
        Baris("/antrean/layar/tiada/", semua(404)),
    ],
    "ptsp:antrean_kini": [Baris(lambda d: f"/antrean/layar/{d.antrean.layar.token}/kini/", semua(200))],
    "ptsp:antrean_tiket": [
        Baris(lambda d: f"/antrean/{d.antrean.tiket.token}/", semua(200)),
        Baris("/antrean/tiada/", semua(404)),
    ],
    "ptsp:antrean_batal": [Baris(lambda d: f"/antrean/{d.antrean.tiket.token}/batal/", semua(302), "post")],
}  # fmt: skip
