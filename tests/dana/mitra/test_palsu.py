"""Forgeries: what was signed is altered anywhere, sent at another time, or signed by somebody else. Nothing gets in.

The sample of the suite is drawn with a printed seed; `make uji-malam` takes 50,000.
"""

from __future__ import annotations

import base64
import json
import os
import random
from collections import Counter

import pytest
from django.test import Client
from django.utils import timezone

from haji_portal.dana.mitra.kunci import tanda_tangani
from haji_portal.dana.models import Peristiwa
from tests.dana.mitra.test_skema import PERISTIWA

from .kirim_kabar import kirim_mentah
from .lawan import KUNCI

pytestmark = pytest.mark.django_db
BENIH = int(os.environ.get("HAJI_BENIH", "20261121"))
KUNCI_LAMA, KUNCI_BPS = b"kunci lama bpkh, sudah dicabut", b"kunci bank, bukan milik bpkh.."
CARA = (*["isi", "kepala"] * 3, "waktu", "kunci", "mitra", "tempel", "besar")
NAMA = ("webhook-id", "webhook-timestamp", "webhook-signature")
ISI = json.dumps(PERISTIWA | {"alasan": "Nama berbeda"}).encode()


@pytest.fixture(autouse=True)
def kunci(settings):
    settings.BPKH_KUNCI, settings.BPS_KUNCI, settings.BPS_KUNCI_BANK = (KUNCI,), (KUNCI_BPS,), {}
    settings.EFEK_BEL = False


def satu_byte(acak: random.Random, teks: bytes) -> bytes:
    """One byte changed, taken out, put in or doubled; never the same text."""
    letak, cara = acak.randrange(len(teks)), acak.randrange(4)
    lain = bytes([acak.randrange(256)])
    hasil = teks[:letak] + {0: lain, 1: b"", 2: lain + teks[letak : letak + 1], 3: teks[letak : letak + 1] * 2}[cara]
    hasil += teks[letak + 1 :]
    return hasil if hasil != teks else satu_byte(acak, teks)


def kepala_lain(acak: random.Random, kepala: dict[str, str]) -> dict[str, str]:
    """One header altered by a byte that a header can hold, emptied or left out."""
    nama = acak.choice(NAMA)
    if (undi := acak.random()) < 0.1:
        return {k: v for k, v in kepala.items() if k != nama} | ({nama: ""} if undi < 0.05 else {})
    asli = kepala[nama]
    while (baru := satu_byte(acak, asli.encode()).decode("latin-1")).strip() == asli or not baru.isprintable():
        pass
    return kepala | {nama: baru}


def waktu_lain(acak: random.Random) -> int:
    return acak.choice([-1, 1]) * acak.choice([301, 302, 3600, 86_400, 365 * 86_400, acak.randrange(302, 10**9)])


def palsu(acak: random.Random) -> tuple[str, bytes, dict[str, str], str]:
    """Kind, body, headers and partner of one message that nobody signed as it is."""
    kini = timezone.now()
    kepala = tanda_tangani(ISI, f"evt_{acak.randrange(10**9)}", kini, KUNCI)
    cara = acak.choice(
        ["isi", "isi", "isi", "kepala", "kepala", "kepala", "waktu", "kunci", "mitra", "tempel", "besar"]
    )
    if cara == "isi":
        return cara, satu_byte(acak, ISI), kepala, "bpkh"
    if cara == "kepala":
        return cara, ISI, kepala_lain(acak, kepala), "bpkh"
    if cara == "waktu":
        lain = str(int(kepala["webhook-timestamp"]) + waktu_lain(acak))
        return cara, ISI, kepala | {"webhook-timestamp": lain}, "bpkh"
    if cara == "kunci":
        siapa = acak.choice([KUNCI_LAMA, KUNCI_BPS, b"", acak.randbytes(32), KUNCI[::-1], base64.b64encode(KUNCI)])
        return cara, ISI, tanda_tangani(ISI, "evt_1", kini, siapa), "bpkh"
    if cara == "mitra":
        return cara, ISI, kepala, "bps"
    if cara == "tempel":
        banyak = " ".join(f"v1,{base64.b64encode(acak.randbytes(32)).decode()}" for _ in range(acak.randrange(1, 40)))
        return cara, ISI, kepala | {"webhook-signature": banyak}, "bpkh"
    return cara, ISI + b" " * acak.choice([1, 65_536, 10_000_000]), kepala, "bpkh"


def serbu(banyak: int, benih: int) -> Counter:
    acak, klien, hasil = random.Random(benih), Client(raise_request_exception=False), Counter()
    for n in range(banyak):
        cara, isi, kepala, mitra = palsu(acak)
        jawab = kirim_mentah(isi, kepala, mitra, klien)
        assert jawab.status_code in (401, 413), f"seed {benih}, message {n} ({cara}): {jawab.status_code}"
        hasil[cara] += 1
    return hasil


def test_contoh_pemalsuan():
    hasil = serbu(500, BENIH)
    assert set(hasil) == set(CARA)
    assert Peristiwa.objects.count() == 0


@pytest.mark.malam
@pytest.mark.parametrize("bagian", range(50))
def test_lima_puluh_ribu_pemalsuan(bagian):
    serbu(1000, BENIH + 1 + bagian)
    assert Peristiwa.objects.count() == 0


def test_setiap_byte_isi_dan_tanda_menentukan():
    """Not a sample: every single byte of the body and of what is signed with it, changed once."""
    kepala, klien = tanda_tangani(ISI, "evt_1", timezone.now(), KUNCI), Client(raise_request_exception=False)
    for letak in range(len(ISI)):
        lain = ISI[:letak] + bytes([ISI[letak] ^ 1]) + ISI[letak + 1 :]
        assert kirim_mentah(lain, kepala, klien=klien).status_code == 401, letak
    for nama in NAMA:
        for letak, huruf in enumerate(kepala[nama]):
            lain = kepala[nama][:letak] + ("a" if huruf != "a" else "b") + kepala[nama][letak + 1 :]
            assert kirim_mentah(ISI, kepala | {nama: lain}, klien=klien).status_code == 401, (nama, letak)
    assert Peristiwa.objects.count() == 0


def test_kendali_yang_asli_diterima():
    """Control: the same message, unaltered, does get in; and without the check the forgeries would."""
    assert kirim_mentah(ISI, tanda_tangani(ISI, "evt_1", timezone.now(), KUNCI)).status_code == 202


def test_kendali_tanpa_pemeriksaan_pemalsuan_masuk(monkeypatch):
    from haji_portal.dana.mitra import pintu
    from haji_portal.dana.mitra.kunci import KunciHidup

    monkeypatch.setattr(pintu, "periksa", lambda *_: KunciHidup("uji", None))
    kepala = tanda_tangani(ISI, "evt_1", timezone.now(), KUNCI)
    assert kirim_mentah(ISI + b" ", kepala).status_code == 202
    assert kirim_mentah(ISI, kepala | {"webhook-id": "evt_2"}, "bps").status_code == 202


def test_putar_ulang_di_dalam_jendela_tidak_berakibat():
    kepala = tanda_tangani(ISI, "evt_1", timezone.now(), KUNCI)
    assert [kirim_mentah(ISI, kepala).status_code for _ in range(5)] == [202, 200, 200, 200, 200]
    assert Peristiwa.objects.get().ulangan == 4
