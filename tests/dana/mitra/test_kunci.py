"""Signatures: the public vector, both edges of the window, two live keys, and keys that name one bank."""

from __future__ import annotations

import base64
import datetime

import pytest
from django.core.exceptions import ImproperlyConfigured

from haji_portal.dana.mitra.kunci import (
    DiLuarJendela,
    TandaSalah,
    kunci_keluar,
    periksa,
    sidik_kunci,
    tanda_tangani,
)
from haji_portal.settings import env

KINI = datetime.datetime(2026, 11, 21, 3, 0, tzinfo=datetime.UTC)
BARU, LAMA, BANK = b"b" * 32, b"l" * 24, b"k" * 64
ISI = b'{"event": "dana.gagal"}'
detik = datetime.timedelta(seconds=1)


@pytest.fixture(autouse=True)
def kunci(settings):
    settings.BPKH_KUNCI, settings.BPS_KUNCI, settings.BPS_KUNCI_BANK = (BARU, LAMA), (), {"bsi": (BANK,)}


def kepala(kunci=BARU, id="evt_1", waktu=KINI, isi=ISI):
    return tanda_tangani(isi, id, waktu, kunci)


def test_vektor_umum_standard_webhooks(settings):
    """The example that the public scheme's own libraries test against."""
    rahasia = base64.b64decode("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")
    waktu = datetime.datetime.fromtimestamp(1614265330, datetime.UTC)
    hasil = tanda_tangani(b'{"test": 2432232314}', "msg_p5jXN8AQM9LWM0D4loKWxJek", waktu, rahasia)
    assert hasil["webhook-signature"] == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


@pytest.mark.parametrize("selisih", [-300, -299, 0, 299, 300])
def test_di_dalam_jendela(selisih):
    siapa = periksa("bpkh", kepala(), ISI, KINI + selisih * detik)
    assert (siapa.id, siapa.kantor) == (sidik_kunci(BARU), None)


@pytest.mark.parametrize("selisih", [-86400, -301, 301, 86400 * 365])
def test_di_luar_jendela(selisih):
    with pytest.raises(DiLuarJendela):
        periksa("bpkh", kepala(), ISI, KINI + selisih * detik)


def test_kunci_lama_masih_berlaku_selama_pergantian(settings):
    assert periksa("bpkh", kepala(LAMA), ISI, KINI).id == sidik_kunci(LAMA)
    settings.BPKH_KUNCI = (BARU,)
    with pytest.raises(TandaSalah):
        periksa("bpkh", kepala(LAMA), ISI, KINI)


def test_beberapa_tanda_dalam_satu_kepala():
    benar = kepala()["webhook-signature"]
    banyak = kepala() | {"webhook-signature": f"v1a,{'A' * 86}== v1,{'A' * 43}= {benar}"}
    assert periksa("bpkh", banyak, ISI, KINI).id == sidik_kunci(BARU)


def test_tanda_sesudah_batas_tidak_dilihat():
    benar = kepala()["webhook-signature"]
    with pytest.raises(TandaSalah):
        periksa("bpkh", kepala() | {"webhook-signature": f"{'v1,AAAA ' * 8}{benar}"}, ISI, KINI)


@pytest.mark.parametrize("mitra, kunci", [("bps", BARU), ("bpkh", BANK), ("bpkh", b"x" * 32)])
def test_kunci_mitra_lain(mitra, kunci):
    with pytest.raises(TandaSalah):
        periksa(mitra, kepala(kunci), ISI, KINI)


def test_kunci_satu_bank_menyebut_banknya():
    assert periksa("bps", kepala(BANK), ISI, KINI).kantor == "bsi"


def test_tanpa_kunci_tidak_ada_yang_masuk(settings):
    settings.BPKH_KUNCI = ()
    for tanda in (kepala(), kepala(b""), {}):
        with pytest.raises(TandaSalah):
            periksa("bpkh", tanda, ISI, KINI)
    with pytest.raises(LookupError):
        kunci_keluar("bpkh")


@pytest.mark.parametrize("nama", ["webhook-id", "webhook-timestamp", "webhook-signature"])
@pytest.mark.parametrize("nilai", ["", " ", "é", "١٢٣", "-1", "1e9", "9" * 400, "v1,", "a.b", "0" * 11])
def test_kepala_yang_rusak(nama, nilai):
    with pytest.raises(TandaSalah):
        periksa("bpkh", kepala() | {nama: nilai}, ISI, KINI)


def test_base64_lain_dengan_byte_yang_sama():
    """The last character before `=` has two spare bits: three other texts stand for the same bytes."""
    tanda = kepala()["webhook-signature"]
    abjad = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
    letak = abjad.index(tanda[-2])
    kembar = [f"{tanda[:-2]}{abjad[letak - letak % 4 + n]}=" for n in range(4)]
    diterima = 0
    for satu in kembar:
        assert base64.b64decode(satu[3:]) == base64.b64decode(tanda[3:])
        try:
            periksa("bpkh", kepala() | {"webhook-signature": satu}, ISI, KINI)
            diterima += 1
        except TandaSalah:
            assert satu != tanda
    assert diterima == 1


def teks(kunci: bytes) -> str:
    return base64.b64encode(kunci).decode()


def test_kunci_dari_lingkungan():
    lingkungan = {
        "BPKH_KUNCI": f"whsec_{teks(BARU)}, {teks(LAMA)}",
        "BPS_KUNCI_BSI": teks(BANK),
        "BPS_KUNCI_BANK_NTB": teks(LAMA),
        "BPS_KUNCI": "",
    }
    assert env.kunci_mitra("BPKH_KUNCI", lingkungan) == (BARU, LAMA)
    assert env.kunci_mitra("BPS_KUNCI", lingkungan) == ()
    assert env.kunci_bank("BPS_KUNCI", lingkungan) == {"bank-ntb": (LAMA,), "bsi": (BANK,)}


def test_kunci_dari_berkas(tmp_path):
    berkas = tmp_path / "kunci"
    berkas.write_text(f"{teks(BARU)}\n")
    lingkungan = {"BPS_KUNCI_FILE": str(berkas), "BPS_KUNCI_BSI_FILE": str(berkas)}
    assert env.kunci_mitra("BPS_KUNCI", lingkungan) == (BARU,)
    assert env.kunci_bank("BPS_KUNCI", lingkungan) == {"bsi": (BARU,)}


@pytest.mark.parametrize(
    "nilai",
    ["bukan base64!", teks(b"x" * 23), teks(b"x" * 65), "whsec_", f"{teks(BARU)},{teks(BARU)}",
     ",".join(teks(bytes([n]) * 32) for n in range(3)), "é" * 40],
)  # fmt: skip
def test_kunci_yang_salah_menghentikan_start(nilai):
    with pytest.raises(ImproperlyConfigured, match="BPKH_KUNCI") as galat:
        env.kunci_mitra("BPKH_KUNCI", {"BPKH_KUNCI": nilai})
    assert nilai[:12] not in str(galat.value)


def test_alamat_tanpa_kunci_menghentikan_start():
    with pytest.raises(ImproperlyConfigured, match="BPKH_KUNCI wajib"):
        env.kunci_mitra("BPKH_KUNCI", {}, wajib=True)


def test_satu_kunci_untuk_dua_mitra_menghentikan_start():
    with pytest.raises(ImproperlyConfigured, match="BPS_KUNCI_bsi dan BPKH_KUNCI"):
        env.pastikan_kunci_beda(BPKH_KUNCI=(BARU,), BPS_KUNCI=(), BPS_KUNCI_bsi=(LAMA, BARU))
