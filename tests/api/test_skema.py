"""The description at /api/v1/schema/: valid, complete, and true, which Schemathesis tries to refute."""

from __future__ import annotations

import json
import os

import pytest
import yaml
from django.urls import get_resolver
from jsonschema import Draft202012Validator

from haji_portal.alur.deklarasi import mesin
from haji_portal.alur.models import Perkara
from haji_portal.alur.posisi import langkah_berikut
from haji_portal.meja.api.galat import SEMUA
from haji_portal.meja.api.layanan import semua_layanan
from pelimpahan import contoh as contoh_limpah
from pembatalan import contoh as contoh_batal
from pendaftaran import contoh
from pengaktifan import contoh as contoh_aktif
from rekomendasi import contoh as contoh_rekomendasi
from tests.kontrak.potret import segar
from tests.rekomendasi.sop import pinjamkan_sop
from tests.test_hak_akses import nama_alamat

from .penguji import jalankan

pytestmark = pytest.mark.django_db
KE = "/api/v1/schema/"
KALI = int(os.environ.get("UJI_API_KALI", "1"))
# Steps of different kinds; the others share their code and get a few cases each.
CONTOH_LANGKAH = "periksa_berkas|isi_spph|catat_porsi|nyatakan_lengkap"


@pytest.fixture
def skema(client):
    return client.get(KE).json()


def operasi(skema):
    return {o["operationId"]: o for jalur in skema["paths"].values() for o in jalur.values()}


def test_json_yaml_dan_etag(client, skema):
    assert skema["openapi"].startswith("3.1") and client.get(KE)["Content-Type"] == "application/json"
    teks = client.get(KE, headers={"Accept": "application/yaml"})
    assert teks["Content-Type"].startswith("application/yaml") and yaml.safe_load(teks.content) == skema
    etag = client.get(KE)["ETag"]
    assert client.get(KE, headers={"If-None-Match": etag}).status_code == 304


def test_setiap_alamat_dan_setiap_langkah_diuraikan(skema):
    kode = operasi(skema)
    for layanan in semua_layanan():
        nama = {lk.nama for lk in mesin(layanan.model)}
        harus = {f"{layanan.label}_langkah_{n}{akhir}" for n in nama for akhir in ("", "_lihat")}
        umum = ("daftar", "rinci", "langkah", "berkas", "berkas_unggah", "berkas_unduh", "riwayat")
        assert harus | {f"{layanan.label}_{n}" for n in umum} <= set(kode)
    assert {"status_cek", "sop_daftar", "skema"} <= set(kode)
    rute = {n for n in nama_alamat(get_resolver()) if n.startswith(("api:", "ptsp:api"))}
    assert len(rute) <= len(skema["paths"]) + 1  # the one that answers for everything else


def test_setiap_operasi_menyebut_galat_kepala_dan_keamanan(skema):
    for kode, satu in operasi(skema).items():
        jawaban = satu["responses"]
        # The partners' door chooses no media type and counts nobody: a signature is what opens it.
        umum = {"400", "405", "500"} | (set() if kode.startswith("callback_") else {"406", "429"})
        assert umum <= set(jawaban), kode
        assert ("401" in jawaban) is bool(satu["security"]), kode
        if "_langkah_" in kode and not kode.endswith("_lihat"):
            kepala = {p["name"]: p for p in satu["parameters"] if p["in"] == "header"}
            assert kepala["If-Match"]["required"] and "Idempotency-Key" in kepala
            assert {"403", "404", "409", "412", "422", "428"} <= set(jawaban) and "ETag" in jawaban["200"]["headers"]
    bersama = skema["components"]["responses"]
    assert {f"Galat{j.status}" for j in SEMUA.values()} == set(bersama)
    assert "Retry-After" in bersama["Galat429"]["headers"] and "WWW-Authenticate" in bersama["Galat401"]["headers"]
    assert set(skema["components"]["securitySchemes"]) == {"token", "sesi", "tanda"}


def test_isian_langkah_dari_formulirnya(skema):
    kode = operasi(skema)
    spph = kode["pendaftaran_langkah_isi_spph"]["requestBody"]["content"]["application/json"]["schema"]
    assert "nama_ayah" in spph["required"] and spph["properties"]["tinggi_cm"]["maximum"] == 250
    assert spph["additionalProperties"] is False
    porsi = kode["pendaftaran_langkah_catat_porsi"]["requestBody"]["content"]
    assert set(porsi) == {"multipart/form-data"} and set(porsi["multipart/form-data"]["schema"]["required"]) >= {
        "bukti"
    }
    berkas = kode["pendaftaran_langkah_periksa_berkas"]["requestBody"]["content"]
    assert set(berkas) == {"application/json", "multipart/form-data"}
    assert "halaman perkara" in kode["pendaftaran_langkah_tandatangani"]["description"]


def test_setiap_skema_adalah_json_schema(skema):
    for isi in skema["components"]["schemas"].values():
        Draft202012Validator.check_schema(isi)
    for kode, satu in operasi(skema).items():
        for isi in satu.get("requestBody", {}).get("content", {}).values():
            Draft202012Validator.check_schema(isi["schema"])
            assert json.dumps(isi).count("$ref") == 0, kode


@pytest.fixture
def perkara_di_setiap_tahap(acuan, pelaksana, kantor_lombok):
    """By service, the numbers of registrations along the plain path, one or two at every status, and of some cases of
    each other service."""
    nomor, tahap = [], set()
    for urut in range(1, 9):
        perkara = contoh.buka_contoh(kantor_lombok, urut).perkara
        while perkara.tahap in tahap and (lk := langkah_berikut(perkara)) is not None:
            perkara = segar(pelaksana.lakukan(perkara, lk.nama, contoh.isian(perkara, lk.nama)).perkara)
        tahap.add(perkara.tahap)
        nomor.append(perkara.nomor)
    pinjamkan_sop("lombok-timur")
    lain = (contoh_batal, 9001), (contoh_limpah, 9101), (contoh_aktif, 9201), (contoh_rekomendasi, 9301)
    semua = [c.buka_contoh(kantor_lombok, u).perkara for c, awal in lain for u in range(awal, awal + 8)]
    return {"pendaftaran": nomor} | {j: [p.nomor for p in semua if p.jenis == j] for j in {p.jenis for p in semua}}


@pytest.fixture
def kunci(acuan, akun, settings):
    from haji_portal.akun import token

    settings.API_BATAS = dict.fromkeys(settings.API_BATAS, 10**9)
    return lambda nama: token.buat(akun(nama), nama="uji", hari=30, hanya_baca=False, verifikasi=False)[1]


@pytest.mark.django_db(transaction=True)
def test_contoh_schemathesis(kunci, perkara_di_setiap_tahap, tanpa_bel):
    """A seeded sample of every operation: no failed check, and all reading answered."""
    sedikit = {"include-path-regex": f"/langkah/(?!({CONTOH_LANGKAH})/)[a-z_]+/$", "generation": {"max-examples": 2}}
    hasil = jalankan(
        kunci("ptsp.lombok-timur"), fase=("examples", "fuzzing", "stateful"), banyak=40, benih=20261121, jalan=5,
        nomor=perkara_di_setiap_tahap, operations=[sedikit],
    )  # fmt: skip
    assert hasil.gagal == [] and hasil.galat == []
    assert hasil.kasus > 300
    assert 201 in hasil.status["POST /api/v1/pendaftaran/"], "the example of the schema opens a case"
    baca = {n for n in hasil.tanpa_2xx if n.startswith("GET") and "/langkah/" not in n and "{pk}" not in n}
    assert baca == set()


@pytest.mark.malam
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("fase", ["coverage", "fuzzing", "stateful"])
def test_semua_fase_schemathesis(kunci, perkara_di_setiap_tahap, tanpa_bel, fase):
    """The counter's key through every phase. UJI_API_KALI=20 makes a longer night of it."""
    hasil = jalankan(
        kunci("ptsp.lombok-timur"), fase=(fase,), banyak=60 * KALI, jalan=60 * KALI, benih=7,
        nomor=perkara_di_setiap_tahap,
    )  # fmt: skip
    assert hasil.gagal == [] and hasil.galat == []
    assert hasil.kasus > 200


@pytest.mark.malam
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    "siapa", ["jfu.lombok-timur", "kasi.lombok-timur", "kanwil.ntb", "inspektorat", "bpkh", "ptsp.tanah-bumbu"]
)
def test_schemathesis_sebagai_orang_lain(kunci, perkara_di_setiap_tahap, tanpa_bel, siapa):
    """Officials, readers without steps, a partner, a foreign office: the same checks, and no foreign writing."""
    nomor = [n for semua in perkara_di_setiap_tahap.values() for n in semua]
    sebelum = {n: Perkara.objects.get(nomor=n).versi for n in nomor}
    hasil = jalankan(
        kunci(siapa), fase=("fuzzing", "stateful"), banyak=8 * KALI, benih=8, nomor=perkara_di_setiap_tahap
    )
    assert hasil.gagal == [] and hasil.galat == []
    if not siapa.endswith(".lombok-timur"):
        assert sebelum == {n: Perkara.objects.get(nomor=n).versi for n in nomor}
