"""A canary passphrase through every path of signing: afterwards it is nowhere, and neither is the account password."""

from __future__ import annotations

import base64
import logging
import pickle
import sys
from pathlib import Path
from urllib.parse import quote

import pytest
from django.conf import settings as setelan
from django.core import mail
from django.core.cache import cache
from django.core.signals import got_request_exception
from django.db import connection
from django.test import RequestFactory
from django.views.debug import ExceptionReporter, get_exception_reporter_filter

from alat.simulator_bsre import MODE, Orang
from haji_portal.surat import hitung, jawaban
from haji_portal.surat.models import IdentitasBsre, Surat
from tests import simulator

KENARI = "kenari-Zamrud/9157+lembah"
SALAH = "keliru-Zamrud/9157+lembah"
BENTUK = [
    bentuk
    for kata in (KENARI, SALAH)
    for bentuk in (kata.encode(), base64.b64encode(kata.encode()).rstrip(b"="), quote(kata, safe="").encode())
]


@pytest.fixture
def layanan(settings, akun, tmp_path):
    settings.HAJI_DATA = tmp_path / "data"
    settings.HAJI_DATA.mkdir()
    with simulator.bsre(settings, tmp_path / "simulator") as jalan:
        identitas = simulator.daftarkan(akun("kasi.lombok-timur"))
        jalan.orang[identitas.surel] = Orang(identitas.nama_sertifikat, KENARI)
        yield jalan


@pytest.fixture
def menunggu(sampai, settings):
    """A case that waits for its signature. Its demo signature-free steps need no BSrE."""
    return lambda urut: sampai("diverifikasi", urut)


def ada_kenari(isi: bytes) -> bool:
    return any(bentuk in isi for bentuk in BENTUK)


def isi_basis_data() -> dict[str, bytes]:
    """Every row of every table, as the database gives it."""
    hasil = {}
    with connection.cursor() as kursor:
        for tabel in connection.introspection.table_names(kursor):
            kursor.execute(f"SELECT * FROM {connection.ops.quote_name(tabel)}")
            baris = [[bytes(n) if isinstance(n, memoryview) else n for n in satu] for satu in kursor.fetchall()]
            hasil[tabel] = repr(baris).encode() + b"".join(n for satu in baris for n in satu if isinstance(n, bytes))
    return hasil


def periksa_bersih(caplog, capfd, folder: Path, *isi: bytes) -> None:
    catatan = "\n".join(logging.Formatter("%(message)s").format(r) + repr(r.args) for r in caplog.records)
    assert not ada_kenari(catatan.encode())
    assert not ada_kenari("".join(capfd.readouterr()).encode())
    kotor = [tabel for tabel, semua in isi_basis_data().items() if ada_kenari(semua)]
    assert not kotor
    for tembolok in (cache, hitung._cadangan):
        assert not any(ada_kenari(k.encode() + nilai) for k, nilai in tembolok._cache.items())
    for akar in {folder, Path(setelan.HAJI_DATA), Path(setelan.HAJI_PRIVAT)}:
        assert not [b for b in akar.rglob("*") if b.is_file() and ada_kenari(b.read_bytes())]
    assert not ada_kenari(pickle.dumps([m.message().as_bytes() for m in mail.outbox]))
    assert not any(ada_kenari(satu) for satu in isi)


def kirim(client, perkara, frasa, *, borongan):
    isi = {"versi": perkara.versi, "frasa": frasa}
    if not borongan:
        return client.post(f"{perkara.get_absolute_url()}langkah/tandatangani/", isi)
    isi = {"perkara": perkara.nomor, "frasa": frasa, f"versi-{perkara.nomor}": perkara.versi}
    return client.post("/persetujuan/", isi | {f"langkah-{perkara.nomor}": "tandatangani"})


def test_kenari_terbukti_terlihat_bila_disimpan(layanan, menunggu, caplog, capfd, tmp_path):
    """The search finds what it looks for: in a column, in JSON, in a file, in the cache and in a log."""
    IdentitasBsre.objects.update(nama_sertifikat=KENARI)
    assert [t for t, isi in isi_basis_data().items() if ada_kenari(isi)] == ["surat_identitasbsre"]
    IdentitasBsre.objects.update(nama_sertifikat="x")
    cache.set("x", KENARI)
    with pytest.raises(AssertionError):
        periksa_bersih(caplog, capfd, tmp_path)
    cache.delete("x")
    (tmp_path / "x").write_text(f'{{"frasa": "{KENARI}"}}')
    with pytest.raises(AssertionError):
        periksa_bersih(caplog, capfd, tmp_path)
    (tmp_path / "x").unlink()
    logging.getLogger("x").warning("%s", KENARI)
    with pytest.raises(AssertionError):
        periksa_bersih(caplog, capfd, tmp_path)


@pytest.mark.parametrize("borongan", [False, True], ids=["satu", "borongan"])
def test_frasa_tidak_tertinggal_di_mana_pun(masuk, layanan, menunggu, caplog, capfd, tmp_path, borongan):
    """Every outcome that the simulator knows, then a wrong passphrase, then a signature that succeeds."""
    caplog.set_level(logging.DEBUG)
    client, perkara, halaman = masuk("kasi.lombok-timur"), menunggu(1), []
    layanan.detik = 0
    for mode in MODE:
        if mode in ("biasa", "lambat"):
            continue
        layanan.mode = mode
        jawab = kirim(client, perkara, KENARI, borongan=borongan)
        assert jawab.status_code in (200, 409, 422, 503), mode
        halaman.append(jawab.content)
    layanan.mode = "biasa"
    halaman.append(kirim(client, perkara, SALAH, borongan=borongan).content)
    assert not Surat.objects.filter(status="ditandatangani").exists()
    assert kirim(client, perkara, KENARI, borongan=borongan).status_code in (200, 303)
    assert Surat.objects.get(status="ditandatangani").cara_ttd == "bsre"
    assert layanan.ditandatangani and any("sign/pdf" in r.getMessage() for r in caplog.records), "the logs were on"
    periksa_bersih(caplog, capfd, tmp_path, *halaman)


@pytest.mark.parametrize("borongan", [False, True], ids=["satu", "borongan"])
def test_kesalahan_tak_terduga_tidak_membawa_frasa(
    masuk, layanan, menunggu, caplog, capfd, tmp_path, monkeypatch, borongan
):
    """The worst case: our own code breaks while it holds the passphrase, and the report of it is drawn in full."""
    caplog.set_level(logging.DEBUG)
    laporan = []

    def lapor(request=None, **_):
        tukang = ExceptionReporter(request, *sys.exc_info())
        laporan.append((tukang.get_traceback_text() + tukang.get_traceback_html()).encode())

    def rusak(*args, **kwargs):
        raise RuntimeError("broken")

    monkeypatch.setattr("haji_portal.surat.klien_bsre._tampilan", rusak)
    got_request_exception.connect(lapor)
    client, perkara = masuk("kasi.lombok-timur"), menunggu(1)
    client.raise_request_exception = False
    try:
        jawab = kirim(client, perkara, KENARI, borongan=borongan)
    finally:
        got_request_exception.disconnect(lapor)
    assert jawab.status_code == (200 if borongan else 500)
    assert len(laporan) == (0 if borongan else 1)
    assert all(b"_tampilan" in satu or b"klien_bsre" in satu for satu in laporan)
    periksa_bersih(caplog, capfd, tmp_path, jawab.content, *laporan)
    assert cache.get(f"surat-frasa-bsre:{client.session['_auth_user_id']}") in (None, 0)


def test_laporan_galat_menyembunyikan_isi_juga_saat_debug(settings):
    settings.DEBUG, settings.BSRE_SANDI = True, SALAH
    request = RequestFactory().post("/x/", {"frasa": KENARI, "sandi": SALAH})
    saring = get_exception_reporter_filter(request)
    assert set(saring.get_post_parameters(request).values()) == {saring.cleansed_substitute}
    try:
        rahasia = KENARI
        raise RuntimeError(len(rahasia))
    except RuntimeError:
        tukang = ExceptionReporter(request, *sys.exc_info())
        semua = (tukang.get_traceback_text() + tukang.get_traceback_html()).encode()
    assert b"rahasia" in semua
    # The source line above names the canary's variable, never its value.
    assert not ada_kenari(semua)


def test_periksa_jawaban_dipanggil_sebelum_dipercaya(masuk, layanan, menunggu, monkeypatch):
    dilihat = []
    asli = jawaban.periksa_jawaban
    monkeypatch.setattr("haji_portal.surat.bsre.periksa_jawaban", lambda *a, **k: (dilihat.append(1), asli(*a, **k)))
    assert kirim(masuk("kasi.lombok-timur"), menunggu(1), KENARI, borongan=False).status_code == 303
    assert dilihat == [1]
