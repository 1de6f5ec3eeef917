"""docs/mitra-dana.md says the truth: its example is computed again, its names exist, and the portal takes its event."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import re

import pytest
import time_machine
from django.test import Client

from alat import AKAR
from haji_portal.dana.mitra.kabar import BATAS_JSON
from haji_portal.dana.mitra.kirim import JEDA
from haji_portal.dana.mitra.kunci import JENDELA, MAKS_TANDA
from haji_portal.dana.mitra.skema import NAMA, cocokkan, skema
from haji_portal.dana.mitra.uraian import tanpa_rujukan

TEKS = (AKAR / "docs" / "mitra-dana.md").read_text(encoding="utf-8")


def contoh() -> tuple[bytes, str, str, bytes, str]:
    """Key, id, timestamp, body and signature as they stand on the page."""
    kunci = base64.b64decode(re.search(r"for this example only\) `([^`]+)`", TEKS)[1])
    id, detik = re.search(r"`webhook-id: (\w+)`,\s*`webhook-timestamp: (\d+)`", TEKS).groups()
    isi = re.search(r"```json\n(\{\"event\".*?)\n```", TEKS)[1].encode()
    return kunci, id, detik, isi, re.search(r"^webhook-signature: (v1,\S+)$", TEKS, re.MULTILINE)[1]


def test_contoh_tanda_tangan_dihitung_ulang():
    kunci, id, detik, isi, tanda = contoh()
    sandi = hmac.new(kunci, id.encode() + b"." + detik.encode() + b"." + isi, hashlib.sha256).digest()
    assert tanda == "v1," + base64.b64encode(sandi).decode()
    cocokkan("peristiwa", json.loads(isi))


@pytest.mark.django_db
def test_contoh_diterima_portal(settings):
    kunci, id, detik, isi, tanda = contoh()
    settings.BPKH_KUNCI, settings.EFEK_BEL = (kunci,), False
    kepala = {"webhook-id": id, "webhook-timestamp": detik, "webhook-signature": tanda}
    with time_machine.travel(int(detik), tick=False):
        jawab = Client().post("/api/v1/callback/bpkh/", isi, content_type="application/json", headers=kepala)
    assert jawab.status_code == 202 and jawab.json() == {"status": "diterima"}


def test_halaman_menyebut_setiap_skema_dan_angka():
    assert {n for n in NAMA if f"`{n}`" not in TEKS} == set()
    assert f"{BATAS_JSON // 1024} KB" in TEKS and f"{int(JENDELA.total_seconds())} s" in TEKS
    assert f"up to {MAKS_TANDA}" in TEKS
    assert sum(j.total_seconds() for j in JEDA) / 3600 == pytest.approx(75.5, abs=0.1) and len(JEDA) == 9
    for event in skema("peristiwa")["properties"]["event"]["enum"]:
        assert f"`{event}`" in TEKS
    for status in skema("keadaan")["properties"]["status"]["enum"]:
        assert f"`{status}`" in TEKS


@pytest.mark.django_db
def test_pintu_mitra_ada_dalam_uraian_api(client):
    uraian = client.get("/api/v1/schema/").json()
    for mitra in ("bpkh", "bps"):
        satu = uraian["paths"][f"/api/v1/callback/{mitra}/"]["post"]
        assert satu["security"] == [{"tanda": []}] and {"200", "202", "400", "401", "411", "413"} <= set(
            satu["responses"]
        )
        assert {p["name"] for p in satu["parameters"]} == {"webhook-id", "webhook-timestamp", "webhook-signature"}
        bentuk = satu["requestBody"]["content"]["application/json"]["schema"]
        assert bentuk == tanpa_rujukan(skema("peristiwa"), skema("peristiwa")["$defs"]) and "$ref" not in str(bentuk)
    assert set(uraian["paths"]["/api/v1/callback/skema/{nama}.json"]["get"]["parameters"][0]["schema"]["enum"]) == set(
        NAMA
    )
