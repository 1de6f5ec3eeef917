"""Broken machines and broken tables are told apart before the server starts, each by its own error id."""

import copy

import pytest
from django.core.management import call_command
from django.db import models
from django.test.utils import isolate_apps
from django_fsm import FSMField, transition

from haji_portal.alur import periksa
from haji_portal.alur.apps import JenisPerkara
from haji_portal.alur.deklarasi import langkah, oleh, syarat
from haji_portal.alur.models import Tahap
from haji_portal.alur.periksa import periksa_mesin, periksa_tabel

PILIHAN = [("awal", "Awal"), ("tengah", "Tengah"), ("akhir", "Akhir")]
TAHAP = {"awal": Tahap("A", "A"), "tengah": Tahap("T", "T"), "akhir": Tahap("Z", "Z", akhir=True)}


@syarat("Belum boleh.")
def boleh(perkara):
    return True


JFU = oleh("jfu")


def mesin_contoh(*, terlindung=True, tahap=None, saluran=None, izin=JFU, custom=None, kondisi=(boleh,), sumber="awal"):
    """awal -> tengah -> akhir, with one thing spoilt in its first step."""

    class Contoh(models.Model):
        status = FSMField(default="awal", choices=PILIHAN, protected=terlindung)
        TAHAP = TAHAP if tahap is None else tahap
        TAHAP_SALURAN = saluran or {}

        class Meta:
            app_label = "alur"

        def __str__(self):
            return "contoh"

        @transition(
            field=status, source=sumber, target="tengah", permission=izin, conditions=list(kondisi),
            custom=langkah(label="Maju") if custom is None else custom,
        )  # fmt: skip
        def maju(self):
            """1."""

        @transition(
            field=status, source="tengah", target="akhir", permission=oleh("kasi"), custom=langkah(label="Sahkan")
        )
        def sahkan(self):
            """2."""

    return Contoh


TABEL = {
    "kode": "uji/contoh",
    "layanan": "uji",
    "langkah": [
        {"no": "1", "transisi": ["ajukan", "maju"], "status": ["awal"]},
        {"no": "2", "transisi": ["sahkan"], "status": ["tengah"]},
    ],
}


def kode(pesan):
    return sorted({p.id for p in pesan})


def rusak(**baris):
    """A copy of the sound table with rows changed: {row index as r0, r1: {...}}."""
    isi = copy.deepcopy(TABEL)
    for nama, ganti in baris.items():
        isi["langkah"][int(nama[1:])].update(ganti)
    return isi


def deklarasi(model):
    return kode(periksa._deklarasi(model))


@isolate_apps("haji_portal.alur")
def test_mesin_dan_tabel_yang_sehat():
    model = mesin_contoh()
    assert deklarasi(model) == []
    assert periksa_tabel(model, TABEL) == []


@pytest.mark.parametrize(
    ("id_galat", "cacat"),
    [
        ("alur.E001", {"tahap": {k: TAHAP[k] for k in ("awal", "akhir")}}),
        ("alur.E001", {"tahap": TAHAP | {"hantu": Tahap("H", "H")}}),
        ("alur.E002", {"terlindung": False}),
        ("alur.E008", {"tahap": TAHAP | {"tengah": Tahap("T", "T", pihak="pusst")}}),
        ("alur.E003", {"izin": None}),
        ("alur.E003", {"izin": "akun.boleh"}),
        ("alur.E003", {"izin": lambda perkara, pengguna: True}),
        ("alur.E004", {"custom": {}}),
        ("alur.E004", {"custom": {"label": ""}}),
        ("alur.E005", {"sumber": "*"}),
        ("alur.E005", {"sumber": "+"}),
        ("alur.E006", {"kondisi": [lambda perkara: True]}),
        ("alur.E007", {"saluran": {"elektronik": {"hantu": Tahap("H", "H")}}}),
        ("alur.E007", {"saluran": {"elektronik": {"awal": Tahap("A", "A", pihak="pemohon")}}}),
        ("alur.E007", {"saluran": {"elektronik": {"tengah": Tahap("T", "T", akhir=True)}}}),
    ],
)
@isolate_apps("haji_portal.alur")
def test_deklarasi_yang_cacat(id_galat, cacat):
    assert id_galat in deklarasi(mesin_contoh(**cacat))


@isolate_apps("haji_portal.alur")
def test_waktu_satu_kelompok_milik_satu_kantor():
    """Rows shared by the counter and the applicant are the usual thing; by two offices, each would get all of it."""
    model = mesin_contoh()
    bersama = rusak(r0={"status": ["awal", "tengah"]}, r1={"status": ["awal", "tengah"]})
    for pihak, galat in [("kantor", []), ("pemohon", []), ("mitra", []), ("pusat", ["alur.E015"])]:
        model.TAHAP = TAHAP | {"tengah": Tahap("T", "T", pihak=pihak)}
        assert kode(periksa_tabel(model, bersama)) == galat
    model.TAHAP = TAHAP
    for pihak, galat in [(["kantor", "pusat"], []), ([], ["alur.E015"]), (["pusat", "mitra"], ["alur.E015"])]:
        rentang = [{"kode": "semua", "hari_kerja": 8, "pihak": pihak}]
        assert kode(periksa_tabel(model, TABEL | {"rentang": rentang})) == galat


@pytest.mark.parametrize(
    ("id_galat", "tabel"),
    [
        ("alur.E010", rusak(r0={"transisi": ["ajukan", "maju", "terbang"]})),
        ("alur.E010", rusak(r1={"status": ["tengah", "hantu"]})),
        ("alur.E011", rusak(r1={"transisi": ["maju", "sahkan"]})),
        ("alur.E012", rusak(r1={"status": []})),
        ("alur.E012", rusak(r0={"status": ["awal", "tengah"]})),
        ("alur.E013", rusak(r1={"transisi": []})),
        ("alur.E014", rusak(r1={"transisi": []})),
    ],
)
@isolate_apps("haji_portal.alur")
def test_tabel_yang_cacat(id_galat, tabel):
    pesan = periksa_tabel(mesin_contoh(), tabel)
    assert id_galat in kode(pesan)
    assert all(p.obj == "uji/contoh" and "uji/contoh" in p.msg for p in pesan), "the message names the table"


@isolate_apps("haji_portal.alur")
def test_deklarasi_cacat_tidak_menjatuhkan_pemeriksaan(monkeypatch):
    """A machine without langkah() is told by its id; walking its tables waits until it is whole."""
    model, jenis = mesin_contoh(custom={}), JenisPerkara("uji", "Contoh", "Uji", layanan_sop=("pendaftaran",))
    monkeypatch.setattr(periksa, "semua_jenis", lambda: [jenis])
    monkeypatch.setattr(periksa, "model_perkara", {"uji": model}.__getitem__)
    assert kode(periksa_mesin()) == ["alur.E004"]


@isolate_apps("haji_portal.alur")
def test_perkara_yang_mulai_di_tempat_lain():
    """A table may say where its cases begin; what lies before is then no part of it."""
    model, tengah = mesin_contoh(), rusak(r0={"transisi": ["ajukan"], "status": []})
    assert periksa_tabel(model, tengah | {"awal": "tengah"}) == []
    assert kode(periksa_tabel(model, tengah)) == [
        "alur.E012", "alur.E013", "alur.E014",
    ]  # fmt: skip


def test_oleh_tanpa_siapa_pun_tidak_dapat_ditulis():
    with pytest.raises(ValueError, match="does not exist"):
        oleh()


def test_portal_ini_lulus():
    assert periksa_mesin() == []


def test_check_menolak_mesin_yang_rusak(monkeypatch):
    """The walk is really wired into `manage.py check`."""
    from django.core.management.base import SystemCheckError

    asli = periksa.baca_sop

    def dirusak(path):
        isi = asli(path)
        if isi["kode"] == "pendaftaran/lombok-timur":
            isi["langkah"][2]["transisi"].append("terbang")
        return isi

    monkeypatch.setattr(periksa, "baca_sop", dirusak)
    with pytest.raises(SystemCheckError, match=r"pendaftaran/lombok-timur.*terbang"):
        call_command("check", "--tag", "models")
