"""At most one hand-over per event and recipient, whatever happens in between; long runs at night."""

import datetime
import json
import os
import signal
import subprocess
import sys
import threading
from contextlib import ExitStack
from unittest import mock

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from alat import AKAR
from alat.simulator_pesan import Gerbang, Peladen
from haji_portal.kabar import kirim as mesin
from haji_portal.kabar import laporan as modul_laporan
from haji_portal.kabar import ulang as modul_ulang
from haji_portal.kabar.kirim import kirim, kirim_tertunda, tulis_pesan
from haji_portal.kabar.laporan import catat_laporan, tanyakan
from haji_portal.kabar.models import Pesan, TindakanPesan
from haji_portal.kabar.saluran import Hasil, Jawab
from haji_portal.kabar.ulang import HasilUlang, kirim_ulang
from tests.kabar.test_pesan import KODE
from tests.kontrak.balapan import balapan

Status = Pesan.Status


class Mati(BaseException):
    """The process is gone at this line: nothing after it runs, nothing is noted."""


class Dunia:
    """A gateway with a memory (one delivery per reference) that fails as it is told at each hand-over."""

    seketika = False

    def __init__(self):
        self.nasib = "terima"
        self.diserahkan = []
        self.punya = {}

    def __call__(self, nama):
        return self

    def aktif(self):
        return True

    def serahkan(self, kiriman):
        if self.nasib == "mati_sebelum":
            raise Mati
        if self.nasib in ("tunda", "tolak"):
            return Jawab(Hasil.TERTUNDA if self.nasib == "tunda" else Hasil.DITOLAK)
        if self.nasib != "hilang":
            self.diserahkan.append(kiriman.rujukan)
            self.punya.setdefault(kiriman.rujukan, "dikirim")
        if self.nasib == "mati_sesudah":
            raise Mati
        return Jawab(Hasil.DITERIMA if self.nasib == "terima" else Hasil.TIDAK_PASTI)

    def tanya(self, rujukan):
        return self.punya.get(rujukan, "tidak_dikenal")


NASIB = ["terima", "tunda", "tolak", "hilang", "putus", "mati_sebelum", "mati_sesudah"]
LANGKAH = st.one_of(
    st.tuples(st.sampled_from(["tulis", "kirim", "sapu"]), st.sampled_from(NASIB)),
    st.tuples(st.just("lapor"), st.sampled_from(["dikirim", "sampai", "gagal", "tidak_dikenal", "dibaca"])),
    st.tuples(st.sampled_from(["waktu", "tanya", "ulang"]), st.just("")),
)


SELESAI = (Status.GAGAL_TETAP, Status.TIDAK_PASTI, Status.DIKIRIM, Status.SAMPAI)


class Sejarah:
    """One message and everything that may happen to it; `langkah(name, how)` takes one step."""

    def __init__(self, dunia, orang, kejadian):
        self.dunia, self.orang, self.kejadian, self.kali_ulang = dunia, orang, kejadian, 0
        self.pesan = tulis_pesan(kejadian, "sms", "081200000007", "kode", KODE)

    def langkah(self, nama, nasib):
        self.dunia.nasib = nasib
        self.pesan.refresh_from_db()
        semula, diserahkan = self.pesan.status, len(self.dunia.diserahkan)
        try:
            getattr(self, nama)(nasib)
        except Mati:
            pass
        self.pesan.refresh_from_db()
        if semula in SELESAI:
            assert len(self.dunia.diserahkan) == diserahkan, "nothing leaves by itself once it is final or uncertain"
        assert semula != Status.SAMPAI or self.pesan.status == Status.SAMPAI, "sampai is the last word"

    def tulis(self, _):
        assert tulis_pesan(self.kejadian, "sms", "+62 812-0000-0007", "kode", KODE).pk == self.pesan.pk

    def kirim(self, _):
        kirim(self.pesan)

    def sapu(self, _):
        kirim_tertunda()

    def lapor(self, laporan):
        if self.pesan.rujukan in self.dunia.punya or laporan == "tidak_dikenal":
            catat_laporan(self.pesan, laporan)

    def waktu(self, _):
        lalu = timezone.now() - datetime.timedelta(seconds=1)
        Pesan.objects.filter(pk=self.pesan.pk, jatuh_tempo__isnull=False).update(jatuh_tempo=lalu)

    def tanya(self, _):
        tanyakan()

    def ulang(self, _):
        self.kali_ulang += kirim_ulang(self.pesan, self.orang) is HasilUlang.DIKIRIM


def jalani(langkah, orang, kejadian):
    """Live through one history, checked after each step and at the end."""
    dunia = Dunia()
    with ExitStack() as tumpukan:
        for modul in (mesin, modul_laporan, modul_ulang):
            tumpukan.enter_context(mock.patch.object(modul, "saluran", dunia))
        TindakanPesan.objects.all().delete()
        Pesan.objects.all().delete()  # of the history before
        sejarah = Sejarah(dunia, orang, kejadian)
        for nama, nasib in langkah:
            sejarah.langkah(nama, nasib)
    assert len(dunia.diserahkan) <= 1 + sejarah.kali_ulang
    assert sejarah.pesan.status not in (Status.DIKIRIM, Status.SAMPAI) or dunia.punya, "only what left is called sent"


DIAM = {"deadline": None, "suppress_health_check": [HealthCheck.function_scoped_fixture, HealthCheck.too_slow]}
_urut = iter(range(10**9))


@pytest.mark.django_db
class TestSejarah:
    @settings(max_examples=60, derandomize=True, **DIAM)
    @given(langkah=st.lists(LANGKAH, max_size=14))
    def test_contoh(self, akun, langkah):
        jalani(langkah, akun("ptsp.lombok-timur"), f"{next(_urut)}:h")

    @pytest.mark.malam
    @settings(max_examples=1500, **DIAM)
    @given(langkah=st.lists(LANGKAH, max_size=40))
    def test_panjang(self, akun, langkah):
        jalani(langkah, akun("ptsp.lombok-timur"), f"{next(_urut)}:h")

    def test_kendali_tanpa_klaim_terlihat(self, akun, monkeypatch):
        """Negative control: without the claim the same history hands over twice, and the check says so."""
        monkeypatch.setattr(mesin, "_klaim", lambda pesan: True)
        with pytest.raises(AssertionError):
            jalani([("kirim", "terima"), ("kirim", "terima")], akun("ptsp.lombok-timur"), "kendali:h")


@pytest.mark.basis
@pytest.mark.django_db(transaction=True)
def test_dua_orang_mengirim_ulang_bersamaan_satu_yang_jadi(tanpa_bel, akun, monkeypatch):
    dunia = Dunia()
    for m in (mesin, modul_ulang):
        monkeypatch.setattr(m, "saluran", dunia)
    pesan = tulis_pesan("1:u", "sms", "081200000007", "kode", KODE)
    Pesan.objects.update(status=Status.TIDAK_PASTI, percobaan=1, jatuh_tempo=None)
    orang = akun("ptsp.lombok-timur")
    hasil = balapan(*[lambda: kirim_ulang(Pesan.objects.get(pk=pesan.pk), orang)] * 3)
    assert sorted(h.value for h in hasil) == ["dikirim", "tidak_bisa", "tidak_bisa"]
    assert pesan.tindakan.count() == 1
    balapan(*[kirim_tertunda] * 3)
    assert len(dunia.diserahkan) == 1


KIRIM = """
import django; django.setup()
from haji_portal.kabar.kirim import kirim, tulis_pesan
kirim(tulis_pesan("1:k", "sms", "081200000007", "kode", {"kode": "1", "keperluan": "uji", "menit": 5}))
"""
SUSUL = """
import datetime, json, django; django.setup()
from django.utils import timezone
from haji_portal.kabar.kirim import kirim_tertunda
from haji_portal.kabar.laporan import tanyakan
from haji_portal.kabar.models import Pesan, TindakanPesan
awal = Pesan.objects.get().status
Pesan.objects.update(jatuh_tempo=timezone.now() - datetime.timedelta(seconds=1))
kirim_tertunda(); sapu = Pesan.objects.get().status
kirim_tertunda(); tanyakan()
print(json.dumps([awal, sapu, Pesan.objects.get().status]))
"""


@pytest.mark.malam
def test_pengirim_dibunuh_antara_penyerahan_dan_catatan(tmp_path):
    """A real process, a real kill: the gateway took it, the note was never written, and it arrives once."""
    diterima, lepas = threading.Event(), threading.Event()

    class Menahan(Gerbang):
        def terima(self, isi):
            pesan = super().terima(isi)
            diterima.set()
            lepas.wait(60)
            return pesan

    peladen = Peladen(0, Menahan())
    threading.Thread(target=peladen.serve_forever, daemon=True).start()
    lingkungan = {
        **os.environ, "DJANGO_SETTINGS_MODULE": "haji_portal.settings.dasar", "HAJI_DATA": str(tmp_path),
        "PESAN_SMS_URL": f"http://127.0.0.1:{peladen.server_port}", "PESAN_SMS_TOKEN": "x", "DATABASE_URL": "",
        "REDIS_URL": "", "EFEK_BEL": "0",
    }  # fmt: skip
    jalan = {"cwd": AKAR, "env": lingkungan}
    subprocess.run([sys.executable, "manage.py", "migrate", "-v0"], check=True, **jalan)
    pengirim = subprocess.Popen([sys.executable, "-c", KIRIM], **jalan)
    try:
        assert diterima.wait(60)
        pengirim.send_signal(signal.SIGKILL)
        pengirim.wait(30)
        lepas.set()
        keluar = subprocess.run([sys.executable, "-c", SUSUL], check=True, capture_output=True, text=True, **jalan)
    finally:
        pengirim.kill()
        peladen.shutdown()
        peladen.server_close()
    assert json.loads(keluar.stdout.splitlines()[-1]) == ["mengirim", "tidak_pasti", "dikirim"]
    assert [p.diserahkan for p in peladen.gerbang.masuk.values()] == [1]
