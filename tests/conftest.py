"""Shared ground of all tests: the flush in spite of the history triggers, and the reference data, loaded once."""

from __future__ import annotations

import pytest
from django.core.cache import cache
from django.core.management import call_command

from haji_portal.akun.demo import isi_akun
from haji_portal.akun.models import JamLayanan, Kantor, KopSurat, NamaBank, PenandaTanganSurat, Pengguna, Penugasan
from haji_portal.alur.kalender import lupakan_kalender
from haji_portal.alur.models import SOP, Aturan, HariLibur, LangkahSOP, PenutupanLayanan, PeriodeJamLayanan
from haji_portal.alur.models.sop import lupakan_baris
from haji_portal.alur.penutupan import lupakan_penutupan
from haji_portal.berkas.models import SyaratBerkas
from haji_portal.meja.contoh import Pelaksana
from haji_portal.ptsp.models import LayananAntrean, Loket
from haji_portal.surat.models import PolaNomor
from tests.pemicu import bungkus_flush
from tests.simpanan import Simpanan, daftar_statis_sekali, surat_sekali, ulangi_nomor

bungkus_flush()
daftar_statis_sekali()
surat_sekali()

SANDI = "haji-demo"
_simpanan = Simpanan([
    Kantor, NamaBank, KopSurat, JamLayanan, PenandaTanganSurat, SOP, LangkahSOP, Aturan, HariLibur, PeriodeJamLayanan,
    SyaratBerkas, PolaNomor, Pengguna, Penugasan, PenutupanLayanan, PenutupanLayanan.kecuali.through,
    LayananAntrean, Loket,
])  # fmt: skip


def pytest_report_teststatus(report, config):
    """A failure says its name at once: `-q` prints a letter and keeps the name for the end, minutes later."""
    if not report.failed or config.get_verbosity() >= 0:
        return None
    sebab = getattr(getattr(report.longrepr, "reprcrash", None), "message", "").partition("\n")[0]
    jenis = "failed" if report.when == "call" else "error"
    return jenis, f"\nGAGAL {report.nodeid}: {sebab}\n", jenis.upper()


@pytest.fixture(autouse=True)
def _nomor_berulang(monkeypatch):
    ulangi_nomor(monkeypatch)


@pytest.fixture(autouse=True)
def _ingatan_segar():
    """What a process remembers dies with the test: counters of wrong tries and limits in the cache, keyed by ids that
    the next test gives to someone else, and calendars and SOP rows, kept for a minute."""
    _lupakan()
    yield
    _lupakan()


def _lupakan():
    lupakan_kalender()
    lupakan_baris()
    lupakan_penutupan()
    cache.clear()


@pytest.fixture
def acuan(db):
    """The five offices, their SOP tables and the demo accounts (password SANDI).

    The loaders run once per process; later tests insert copies of the same rows, which takes milliseconds.
    """
    if _simpanan:
        _simpanan.pulihkan()
        return
    call_command("muat_acuan", verbosity=0)
    isi_akun(SANDI)
    _simpanan.simpan()


@pytest.fixture
def kantor_lombok(acuan):
    return Kantor.objects.get(slug="lombok-timur")


@pytest.fixture
def akun(acuan):
    """`akun("kasi.lombok-timur")`: a demo account, fresh from the database."""
    return lambda nama: Pengguna.objects.get(username=nama)


@pytest.fixture
def masuk(client, akun):
    """`masuk("ptsp.lombok-timur")`: the test client, logged in as a demo account."""

    def _masuk(nama):
        client.force_login(akun(nama))
        return client

    return _masuk


@pytest.fixture(scope="session")
def gudang(tmp_path_factory):
    """One private store per process: files and keys that the examples clean or make once stay usable."""
    return tmp_path_factory.mktemp("privat")


@pytest.fixture
def pelaksana(acuan, settings, gudang):
    settings.HAJI_PRIVAT = gudang
    return Pelaksana(SANDI)


@pytest.fixture
def tanpa_bel(monkeypatch):
    """For tests that really commit: no bell rings for a broker that is not there."""
    monkeypatch.setattr("haji_portal.alur.efek.bunyikan_bel", lambda: None)
    monkeypatch.setattr("haji_portal.kabar.segera._bel.bunyikan", lambda: None)
    monkeypatch.setattr("haji_portal.dana.mitra.pintu._bel.bunyikan", lambda: None)
