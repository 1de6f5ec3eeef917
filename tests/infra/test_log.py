"""Log lines: masked, on one line each, with the mark of their request, and without what an exception quotes."""

from __future__ import annotations

import json
import logging
from types import SimpleNamespace

import pytest
from celery import Celery, current_app
from celery.app.trace import build_tracer
from django.core.exceptions import ImproperlyConfigured
from django.http import HttpResponse
from django.test import RequestFactory

from haji_portal import log, tanda
from haji_portal.log import FormatterJson, FormatterSamar, samarkan, tanda_permintaan

TEKS = FormatterSamar("{levelname} {name}: {message}", style="{")


def rekam(pesan, *args, galat=None, nama="a", **tambahan):
    hasil = logging.LogRecord(nama, logging.ERROR, "", 1, pesan, args or None, None)
    if galat is not None:
        hasil.exc_info = (type(galat), galat, galat.__traceback__)
    hasil.__dict__.update(tambahan)
    return hasil


@pytest.mark.parametrize(
    ("teks", "hasil"),
    [
        ("NIK 5203011203450007.", "NIK ****************."),
        ("5203 0112-0345.0007", "****************"),
        ("porsi 1234567890", "porsi *********"),
        ("rekening 123-456-7890", "rekening *********"),
        ("telepon +6281234567890 x", "telepon ********* x"),
        ("surel siti.aminah@contoh.example gagal", "surel ***@*** gagal"),
        ("dari 192.168.100.200 ke 2001:db8::1", "dari 192.168.100.200 ke 2001:db8::1"),
        ("pada 2026-11-21 pukul 12.30", "pada 2026-11-21 pukul 12.30"),
        ("efek 1234567 (bel), 98 surat", "efek 1234567 (bel), 98 surat"),
        ("LTM-PD-26-7K2M9Q", "LTM-PD-26-7K2M9Q"),
        ("p0a1b2c3d4e5f6071", "p0a1b2c3d4e5f6071"),
    ],
)
def test_samarkan(teks, hasil):
    assert samarkan(teks) == hasil


def lempar():
    try:
        try:
            raise ValueError("NIK 5203 0112-03450007 milik Kanaria\nERROR palsu: semua baik")
        except ValueError as dalam:
            raise KeyError("Kanaria") from dalam
    except KeyError as galat:
        return galat


@pytest.mark.parametrize("bentuk", [TEKS, FormatterJson()])
def test_jejak_menyebut_tempat_bukan_isi(bentuk):
    baris = bentuk.format(rekam("gagal", galat=lempar()))
    assert "Kanaria" not in baris and "5203" not in baris and "palsu" not in baris
    assert "builtins.KeyError" in baris and "builtins.ValueError" in baris and "test_log.py" in baris
    terbuka = bentuk.format(rekam("gagal", galat=ImproperlyConfigured("EMAIL_HOST wajib diisi.")))
    assert "EMAIL_HOST wajib diisi." in terbuka


def test_baris_palsu_tidak_dapat_disisipkan():
    isi = "x\n2026 ERROR admin masuk\r\n\x1b[31m\u202e"
    assert "\n" not in TEKS.format(rekam("host %s", isi))
    assert "\\x0a2026 ERROR" in TEKS.format(rekam("host %s", isi))
    satu = FormatterJson().format(rekam("host %s", isi))
    assert "\n" not in satu and "\x1b" not in json.loads(satu)["pesan"]
    assert all(b.startswith("    ") for b in TEKS.format(rekam("x", galat=lempar())).splitlines()[1:])


def test_alamat_halaman_diganti_nama_rute():
    permintaan = RequestFactory().get("/perkara/Kanaria/?q=5203")
    catatan = rekam("%s: %s", "Not Found", permintaan.path, nama="django.request", request=permintaan)
    assert FormatterJson().format(catatan).count("Kanaria") == 0
    permintaan.resolver_match = SimpleNamespace(view_name="meja:detail")
    assert json.loads(FormatterJson().format(catatan))["pesan"] == "Not Found: meja:detail"
    curiga = rekam("Kanaria mencoba ../", nama="django.security.SuspiciousFileOperation", request=permintaan)
    assert json.loads(FormatterJson().format(curiga))["pesan"] == "SuspiciousFileOperation: meja:detail"


def test_pesan_yang_salah_bentuk_tetap_tercatat():
    assert "%d orang" in TEKS.format(rekam("%d orang", "bukan angka"))


def test_tanda_proksi_hanya_dipercaya_di_belakang_proksi(settings):
    def minta(jumlah, isi):
        settings.HAJI_PROKSI = jumlah
        dilihat = []

        def dalam(_):
            dilihat.append(tanda_permintaan.get())
            return HttpResponse()

        jawab = tanda.TandaPermintaan(dalam)(RequestFactory().get("/", headers={"X-Request-ID": isi}))
        assert jawab["X-Request-ID"] == dilihat[0]
        assert tanda_permintaan.get() == ""
        return dilihat[0]

    assert minta(1, "abcd-1234-efgh") == "abcd-1234-efgh"
    for salah in ("pendek", "x" * 65, "dengan spasi", "baris\nbaru", "<b>tebal</b>"):
        assert minta(1, salah) not in salah
    assert minta(0, "abcd-1234-efgh") != "abcd-1234-efgh"


def test_catatan_akses_tanpa_alamat(caplog):
    caplog.set_level(logging.INFO, "haji_portal.akses")
    permintaan = RequestFactory().generic("KANARIA", "/nama/Kanaria/?nik=5203011203450007")
    tanda.TandaPermintaan(lambda _: HttpResponse(status=404))(permintaan)
    satu = json.loads(FormatterJson().format(caplog.records[-1]))
    assert {k: satu[k] for k in ("metode", "rute", "status", "pesan")} == {
        "metode": "lain", "rute": "tanpa-alamat", "status": 404, "pesan": "lain tanpa-alamat 404",
    }  # fmt: skip
    assert "Kanaria" not in json.dumps(satu) and "5203" not in json.dumps(satu)


def test_tugas_membawa_tanda_permintaan():
    """The mark goes into the message's headers and comes out again in the worker, and a failure says no content."""
    aplikasi = Celery("uji", broker="memory://", set_as_current=False)
    lihat = []

    @aplikasi.task(name="uji.tanda", bind=True)
    def tugas(self, nama):
        lihat.append(tanda_permintaan.get())
        raise ValueError(nama)

    ingat = tanda_permintaan.set("permintaan-1")
    try:
        tugas.apply_async(["Kanaria"])
    finally:
        tanda_permintaan.reset(ingat)
    with aplikasi.connection_for_read() as sambungan, sambungan.SimpleQueue("celery") as antrean:
        surat = antrean.get(timeout=5)
        surat.ack()
    kepala = dict(surat.headers)
    jalan = build_tracer(tugas.name, tugas, app=aplikasi)
    jalan(kepala["id"], ["Kanaria"], {}, {**kepala, "hostname": "uji", "delivery_info": {}, "reply_to": None})
    assert lihat == ["permintaan-1"]
    assert tanda_permintaan.get() == ""
    assert current_app.main == "haji_portal"


def test_kegagalan_tugas_tanpa_isi():
    isi = {"name": "kabar.kirim", "id": "abc", "description": "raised unexpected", "exc": "ValueError('Kanaria')"}
    catatan = rekam("Task %(name)s[%(id)s] %(description)s: %(exc)s", isi, nama="celery.app.trace")
    assert catatan.args == isi
    assert TEKS.format(catatan).endswith("Task kabar.kirim[abc] raised unexpected: ValueError")


def test_gagal_masuk_tanpa_nama_yang_diketik():
    teks = log.klien_masuk("sandi-saya-123", "10.0.0.9", "", "", None)
    assert "sandi" not in teks and "10.0.0.9" in teks
    assert teks == log.klien_masuk("sandi-saya-123", "10.0.0.9", "", "", None)
