"""Against applications from outside: guessed codes, other people's drafts and cases, replays, floods, enumeration."""

from __future__ import annotations

import logging
import re
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core import mail
from django.db import connections
from django.test import Client

from haji_portal.alur.models import Perkara
from haji_portal.jemaah.models import Jemaah
from haji_portal.kabar.models import Pesan
from haji_portal.log import FormatterSamar
from haji_portal.ptsp import batas
from haji_portal.ptsp.ajukan import kode as ruang_kode
from haji_portal.ptsp.models import KodeKontak, Konsep
from pendaftaran import contoh
from tests import ajukan

pytestmark = pytest.mark.django_db
MULAI = {"kantor": "lombok-timur", "rujukan": "BSI2611000007", "nik": ajukan.NIK, "kontak": ajukan.ALAMAT}


@pytest.fixture(autouse=True)
def _gudang(acuan, settings, tmp_path):
    settings.HAJI_PRIVAT = tmp_path


@pytest.fixture
def tiruan(monkeypatch):
    """Every code is 424242, so that a test can be wrong on purpose."""
    monkeypatch.setattr(ruang_kode.secrets, "randbelow", lambda n: 424242)


def bersih(jawab, *kata):
    teks = jawab.content.decode()
    for k in kata:
        teks = teks.replace(k, "")
    return re.sub(r'csrfmiddlewaretoken" value="[^"]+"', "", teks)


def test_lima_tebakan_lalu_kode_mati_juga_bila_benar(client, tiruan):
    client.post("/ajukan/pendaftaran/", MULAI)
    status = [client.post("/ajukan/kode/", {"kode": f"{n:06d}"}).status_code for n in range(5)]
    assert status == [422] * 5
    jawab = client.post("/ajukan/kode/", {"kode": "424242"})
    assert jawab.status_code == 422 and "Minta kode baru" in jawab.content.decode()
    assert not Konsep.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_tebakan_serentak_tidak_melewati_lima(tiruan, tanpa_bel):
    kode = ruang_kode.kirim_kode("lanjut", "email", ajukan.ALAMAT, {"nik": ajukan.NIK})

    def tebak(n):
        try:
            ruang_kode.cocokkan(kode.token, f"{n:06d}")
        except ruang_kode.KodeSalah as galat:
            return galat.habis
        finally:
            connections.close_all()

    with ThreadPoolExecutor(8) as utas:
        hasil = list(utas.map(tebak, range(16)))
    assert KodeKontak.objects.get().percobaan == 5 and hasil.count(True) >= 11


def test_kode_lewat_waktu_dan_kode_dipakai_dua_kali(client, tiruan, monkeypatch):
    client.post("/ajukan/pendaftaran/", MULAI)
    KodeKontak.objects.update(sampai="2020-01-01T00:00Z")
    assert client.post("/ajukan/kode/", {"kode": "424242"}).status_code == 422
    client.post("/ajukan/pendaftaran/", MULAI)
    token = client.session["kode"]
    assert client.post("/ajukan/kode/", {"kode": "424 242"}).status_code == 303
    with pytest.raises(ruang_kode.KodeSalah):
        ruang_kode.cocokkan(token, "424242")


def test_kode_hanya_berlaku_di_peramban_yang_meminta(client, tiruan):
    client.post("/ajukan/pendaftaran/", MULAI)
    lain = Client()
    assert lain.post("/ajukan/kode/", {"kode": "424242"})["Location"] == "/ajukan/lanjut/"
    # A code of the attacker's own does not open what somebody else asked for.
    lain.post("/ajukan/pendaftaran/", MULAI | {"kontak": "musuh@contoh.example"})
    lain.post("/ajukan/kode/", {"kode": "424242"})
    assert Konsep.objects.get().alamat == "musuh@contoh.example"


def test_konsep_orang_lain_dijawab_seperti_yang_tidak_ada(client):
    korban = ajukan.konsep_contoh(isi={"nik": ajukan.NIK, "nama": "Kanaria Rahasia"})
    for token in (korban.token, "0" * 32):
        for sisa in ("", "isi/diri/", "dokumen/", "periksa/", "terkirim/", "dokumen/foto-ktp/"):
            jawab = client.get(f"/ajukan/konsep/{token}/{sisa}")
            assert (jawab.status_code, jawab["Location"]) == (302, "/ajukan/lanjut/")
        for sisa in ("isi/diri/", "periksa/", "hapus/", "dokumen/foto-ktp/unggah/"):
            assert client.post(f"/ajukan/konsep/{token}/{sisa}", ajukan.DIRI)["Location"] == "/ajukan/lanjut/"
        assert client.get(f"/ajukan/konsep/{token}/dokumen/foto-ktp/potongan/").status_code == 403
    korban.refresh_from_db()
    assert korban.isi["nama"] == "Kanaria Rahasia"


def test_nik_yang_sama_dengan_kontak_sendiri_tidak_membuka_konsep_orang(client):
    korban = ajukan.konsep_contoh(isi={"nik": ajukan.NIK, "nama": "Kanaria Rahasia"})
    token = ajukan.mulai(client, alamat="musuh@contoh.example")
    assert token != korban.token
    assert "Kanaria" not in client.get(f"/ajukan/konsep/{token}/isi/diri/").content.decode()


def test_dikenal_atau_tidak_jawabannya_satu(client, kantor_lombok):
    """Known pilgrim, used deposit, known contact, none of them: the same page, status and number of queries."""
    lama = contoh.buka_contoh(kantor_lombok, 7).perkara
    Jemaah.objects.filter(pk=lama.pemohon_id).update(email="kenal@contoh.example")
    kenal = {"nik": lama.pemohon.nik, "rujukan": lama.setoran.nomor_validasi, "kontak": "kenal@contoh.example"}
    asing = {"nik": ajukan.NIK, "rujukan": "BSI2611000099", "kontak": "asing@contoh.example"}
    halaman = []
    for isi in (kenal, asing):
        klien = Client()
        jawab = klien.post("/ajukan/pendaftaran/", MULAI | isi)
        kode = klien.get("/ajukan/kode/")
        halaman.append((jawab.status_code, bersih(kode, "k***@", "a***@")))
        lanjut = klien.post("/ajukan/lanjut/", {"nik": isi["nik"], "kontak": isi["kontak"]})
        assert lanjut.status_code == 303
    assert halaman[0] == halaman[1]


def test_banjir_kode_berhenti_dan_keluarga_di_sambungan_yang_sama_tidak(client, tiruan):
    status = [
        client.post("/ajukan/lanjut/", {"nik": ajukan.NIK, "kontak": ajukan.ALAMAT}).status_code for _ in range(12)
    ]
    assert status[:10] == [303] * 10 and status[10:] == [429] * 2
    for n in range(8, 28):
        nik = contoh.nik_contoh("5203", ajukan.datetime.date(1960, 1, n), "L", n)
        assert ajukan.mulai_tiruan(Client(), nik, f"warga{n}@contoh.example", "424242") == 303


def test_kantor_desa_dengan_satu_surel_tidak_pernah_berhenti(client, tiruan):
    """One helper, one mailbox, 28 pilgrims within minutes, two codes each: right codes take theirs off the mailbox."""
    for n in range(28):
        nik = contoh.nik_contoh("5203", ajukan.datetime.date(1960, 1, 1), "L", n)
        assert ajukan.mulai_tiruan(client, nik, "desa@contoh.example", "424242") == 303
    assert Konsep.objects.count() == 28


def test_banjir_dari_banyak_alamat_berhenti_pada_kontak(tiruan, monkeypatch):
    monkeypatch.setattr(batas, "KODE_PER_KONTAK_SEHARI", 4)
    status = [
        Client(REMOTE_ADDR=f"10.0.0.{n}")
        .post("/ajukan/lanjut/", {"nik": ajukan.NIK, "kontak": ajukan.ALAMAT})
        .status_code
        for n in range(6)
    ]
    assert status == [303] * 4 + [429] * 2


def test_perkara_asing_tidak_terbuka_dengan_kode_perkara_sendiri(client, kantor_lombok, pelaksana, tiruan):
    milik, asing = (contoh.buka_contoh_elektronik(kantor_lombok, n).perkara for n in (1, 2))
    client.post("/cek/", {"nomor": milik.nomor, "tanggal_lahir": milik.pemohon.tanggal_lahir.isoformat()})
    client.post("/ajukan/perbaiki/")
    # Meanwhile the same browser looks another case up; the code still belongs to the first.
    client.post("/cek/", {"nomor": asing.nomor, "tanggal_lahir": asing.pemohon.tanggal_lahir.isoformat()})
    client.post("/ajukan/kode/", {"kode": "424242"})
    assert client.session["perkara"]["pk"] == milik.pk
    jawab = client.post("/ajukan/perbaiki/", {"versi": asing.versi}, follow=True)
    assert asing.nomor not in jawab.content.decode()
    assert Perkara.objects.get(pk=asing.pk).versi == asing.versi


def test_tanpa_mencari_perkaranya_tidak_ada_kode_yang_dikirim(client, kantor_lombok, pelaksana):
    contoh.buka_contoh_elektronik(kantor_lombok, 1)
    sebelum = Pesan.objects.count()
    for ke in ("perbaiki", "surat"):
        assert client.post(f"/ajukan/{ke}/")["Location"] == "/cek/"
    assert Pesan.objects.count() == sebelum


@pytest.mark.parametrize(
    "isi", ["\x00", "<script>alert(1)</script>", "a" * 5000, "'; DROP TABLE x;--", "\N{GRINNING FACE}\u202e"]
)
def test_isian_bermusuhan_tersimpan_tanpa_rusak(client, isi):
    token = ajukan.mulai(client)
    jawab = client.post(f"/ajukan/konsep/{token}/isi/diri/", ajukan.DIRI | {"nama": isi, "tanggal_lahir_tahun": isi})
    assert jawab.status_code in (302, 422) and "<script>alert" not in jawab.content.decode()
    assert client.get(f"/ajukan/konsep/{token}/periksa/").status_code == 200
    assert all(len(nilai) <= 300 for nilai in Konsep.objects.get().isi.values())


def test_nama_bidang_asing_tidak_masuk_konsep(client):
    token = ajukan.mulai(client)
    client.post(f"/ajukan/konsep/{token}/isi/diri/", ajukan.DIRI | {"nik": "9" * 16, "kantor": "1", "jumlah": "5"})
    isi = Konsep.objects.get().isi
    assert isi["nik"] == ajukan.NIK and "kantor" not in isi and "jumlah" not in isi


@pytest.mark.parametrize(
    "kontak", ["a@b", "x@y.z\nBcc: semua@contoh.example", "0376 21042", "<a@contoh.example>", "a" * 300]
)
def test_kontak_yang_bukan_kontak_tidak_dikirimi(client, kontak):
    assert client.post("/ajukan/pendaftaran/", MULAI | {"kontak": kontak}).status_code == 422
    assert not mail.outbox and not Pesan.objects.exists()


def test_catatan_dan_alamat_tanpa_data_pribadi(client, caplog):
    with caplog.at_level(logging.DEBUG):
        token = ajukan.mulai(client)
        client.post(f"/ajukan/konsep/{token}/isi/diri/", ajukan.DIRI)
        client.post("/ajukan/kode/", {"kode": "1"})
    teks = "\n".join(
        FormatterSamar("%(message)s").format(r) for r in caplog.records if not r.name.startswith("django.db")
    )
    for rahasia in (ajukan.NIK, ajukan.ALAMAT, "Siti Rahmah", "BSI2611000007"):
        assert rahasia not in teks


def test_surel_mati_halaman_tetap_jalan(client, settings):
    """The mail server is gone: the page asks for the code all the same, the ledger tries again by itself."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    assert client.post("/ajukan/pendaftaran/", MULAI)["Location"] == "/ajukan/kode/"
    pesan = Pesan.objects.get()
    assert pesan.rahasia and pesan.status == "dibuat"


def test_permintaan_silang_situs_ditolak(client):
    token = ajukan.mulai(client)
    ketat = Client(enforce_csrf_checks=True)
    ketat.cookies = client.cookies
    for alamat in (
        f"/ajukan/konsep/{token}/hapus/",
        f"/ajukan/konsep/{token}/dokumen/foto-ktp/potongan/",
        "/ajukan/kode/",
    ):
        assert ketat.post(alamat).status_code == 403
    assert Konsep.objects.exists()
