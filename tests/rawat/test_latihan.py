"""The restore drill: dump, restore elsewhere, and everything is equal; what is broken is refused before it harms."""

from __future__ import annotations

import threading

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, connections

from haji_portal.alur.models import Perkara
from haji_portal.berkas.simpan import lampirkan
from haji_portal.rawat import cadangan
from haji_portal.rawat.arsip import CadanganRusak
from haji_portal.rawat.management.commands import cadangkan as perintah
from pendaftaran import contoh
from tests.rawat.conftest import FRASA

pytestmark = pytest.mark.django_db(transaction=True)


def tanpa_basis(manifes):
    """Files by name and hash, without the database (SQLite's bytes may differ though the content does not)."""
    return {nama: satu for nama, satu in manifes["berkas"].items() if not nama.startswith("basis.")}


@pytest.mark.basis
@pytest.mark.parametrize("frasa", [pytest.param("", marks=pytest.mark.malam), FRASA], ids=["polos", "terenkripsi"])
def test_latihan_pulih(instalasi, lain, buat_cadangan, frasa, settings):
    jalur = buat_cadangan(frasa)
    asal = cadangan.periksa(jalur, frasa)
    tujuan = lain("satu")
    hasil = tujuan.manage("pulihkan", jalur.name, CADANGAN_FRASA=frasa)
    assert hasil.returncode == 0, hasil.stderr
    assert "Riwayat utuh: 3 perkara" in hasil.stdout and "Buku dana utuh:" in hasil.stdout
    # The restored installation backs itself up: rows, chain and every file are what they were.
    ke = tujuan.folder / "ulang"
    assert tujuan.manage("cadangkan", "--ke", ke).returncode == 0
    ulang = cadangan.periksa(next(ke.glob("*.tar")), "")
    assert ulang["basis"] == asal["basis"]
    assert asal["basis"]["tabel"]["alur_perkara"] == 3 and asal["basis"]["segel"] == 1
    assert tanpa_basis(ulang) == tanpa_basis(asal)
    assert [n for n in asal["berkas"] if n.startswith("privat/berkas/")] and "data/kunci/segel-ed25519.pem" in asal[
        "berkas"
    ]
    assert b"Contoh" not in jalur.read_bytes() or not frasa


def test_tujuan_berisi_ditolak_lalu_disisihkan(instalasi, lain, buat_cadangan):
    jalur = buat_cadangan()
    tujuan = lain("dua")
    assert tujuan.manage("pulihkan", jalur.name).returncode == 0
    (tujuan.folder / "data" / "privat" / "milik-lama").write_text("lama")
    lagi = tujuan.manage("pulihkan", jalur.name)
    assert lagi.returncode == 1
    assert "Tujuan tidak kosong: basis data" in lagi.stderr and "--timpa" in lagi.stderr
    paksa = tujuan.manage("pulihkan", jalur.name, "--timpa")
    assert paksa.returncode == 0, paksa.stderr
    assert [p.read_text() for p in (tujuan.folder / "data" / "privat").glob(".sebelum-*/milik-lama")] == ["lama"]
    assert not (tujuan.folder / "data" / "privat" / "milik-lama").exists()


@pytest.mark.malam
def test_latihan_pulih_lalu_timpa_di_server(instalasi, lain, buat_cadangan):
    """The same refusal and putting aside on PostgreSQL, where the old schema is renamed."""
    test_tujuan_berisi_ditolak_lalu_disisihkan(instalasi, lain, buat_cadangan)


@pytest.mark.parametrize("frasa", [pytest.param("", marks=pytest.mark.malam), FRASA], ids=["polos", "terenkripsi"])
def test_cadangan_rusak_ditolak_tanpa_menyentuh_tujuan(instalasi, lain, buat_cadangan, frasa, tmp_path):
    jalur = buat_cadangan(frasa)
    asli = jalur.read_bytes()
    tujuan = lain("tiga")
    jalur.write_bytes(asli[: len(asli) * 2 // 3])
    for argumen in ([], ["--tanpa-sidik"]):
        hasil = tujuan.manage("pulihkan", jalur.name, *argumen, CADANGAN_FRASA=frasa)
        assert hasil.returncode == 1
        assert "terpotong" in hasil.stderr and "Traceback" not in hasil.stderr
    assert tujuan.manage("pulihkan", "tiada.tar").returncode == 1
    assert not (tujuan.folder / "data" / "privat").exists()
    jalur.write_bytes(asli)
    assert tujuan.manage("pulihkan", jalur.name, CADANGAN_FRASA=frasa).returncode == 0, "nothing was left behind"


def test_kunci_yang_lain_dan_frasa_yang_salah_ditolak(instalasi, lain, buat_cadangan):
    jalur = buat_cadangan(FRASA)
    tujuan = lain("empat")
    assert "perlu berkas frasa" in tujuan.manage("pulihkan", jalur.name).stderr
    assert "Frasa sandi salah" in tujuan.manage("pulihkan", jalur.name, CADANGAN_FRASA="x" * 20).stderr
    lain_kunci = tujuan.manage("pulihkan", jalur.name, CADANGAN_FRASA=FRASA, KUNCI_HASH="k" * 40)
    assert "KUNCI_HASH berbeda" in lain_kunci.stderr


@pytest.mark.basis
def test_cadangan_ketika_portal_menulis(instalasi, lain, buat_cadangan, kantor_lombok):
    """Three backups while a writer opens cases: each is a whole moment, none names a file that it lacks."""
    berhenti, galat = threading.Event(), []

    def menulis():
        try:
            nomor = 10
            while not berhenti.is_set():
                perkara = contoh.buka_contoh(kantor_lombok, nomor).perkara
                lampirkan(perkara, contoh.pdf_contoh("KTP"), "berkas", None)
                nomor += 1
        except Exception as satu:  # noqa: BLE001
            galat.append(satu)
        finally:
            connections.close_all()

    utas = threading.Thread(target=menulis)
    utas.start()
    try:
        jalur = [buat_cadangan() for _ in range(3)]
    finally:
        berhenti.set()
        utas.join()
    assert galat == []
    jumlah = [cadangan.periksa(satu, "")["basis"]["tabel"]["alur_perkara"] for satu in jalur]
    assert jumlah == sorted(jumlah) and jumlah[-1] <= Perkara.objects.count()
    tujuan = lain("lima")
    hasil = tujuan.manage("pulihkan", jalur[-1].name)
    assert hasil.returncode == 0, hasil.stderr
    tanya = "from haji_portal.berkas.models import Lampiran; from haji_portal.berkas.simpan import baca; "
    tanya += "print(len([baca(a.kunci, a.sha256) for a in Lampiran.objects.all()]))"
    ada = tujuan.manage("shell", "-v", "0", "-c", tanya)
    assert ada.stdout.strip() == str(cadangan.periksa(jalur[-1], "")["basis"]["tabel"]["berkas_lampiran"]), ada.stderr
    assert f"Riwayat utuh: {jumlah[-1]} perkara" in hasil.stdout


def test_migrasi_asing_ditolak(instalasi, lain, buat_cadangan):
    with connection.cursor() as kursor:
        kursor.execute(
            "INSERT INTO django_migrations (app, name, applied) VALUES ('alur', '9999_masa_depan', '2030-01-01')"
        )
    try:
        jalur = buat_cadangan()
    finally:
        with connection.cursor() as kursor:
            kursor.execute("DELETE FROM django_migrations WHERE name = '9999_masa_depan'")
    assert "versi portal lain (migrasi alur.9999_masa_depan)" in lain("enam").manage("pulihkan", jalur.name).stderr


def test_rahasia_dicadangkan_terpisah_dan_selalu_terenkripsi(folder, lain, buat_cadangan, settings):
    (folder / "rahasia").mkdir()
    (folder / "rahasia" / "kunci_hash").write_text("isi rahasia")
    with pytest.raises(CommandError, match="perlu frasa"):
        buat_cadangan("", rahasia=True)
    jalur = buat_cadangan(FRASA, rahasia=True)
    assert jalur.name.startswith("rahasia-") and b"isi rahasia" not in jalur.read_bytes()
    tujuan = lain("tujuh")
    assert tujuan.manage("pulihkan", jalur.name, CADANGAN_FRASA=FRASA).returncode == 0
    kembali = tujuan.folder / "data" / "rahasia" / "kunci_hash"
    assert kembali.read_text() == "isi rahasia" and kembali.stat().st_mode & 0o777 == 0o600
    assert "Tujuan tidak kosong" in tujuan.manage("pulihkan", jalur.name, CADANGAN_FRASA=FRASA).stderr


def test_tiap_hari_satu_cadangan_dan_kegagalan_tidak_menghentikan(folder, settings, monkeypatch, capsys):
    """Three turns of the clock: a backup, one that fails (said, and tried again sooner), a backup; then TERM."""
    settings.CADANGAN_FRASA, tunggu, asli = "", [], cadangan.buat

    class Jam:
        def wait(self, detik):
            tunggu.append(detik)
            return len(tunggu) > 3

    def buat(*isi):
        if len(tunggu) == 2:
            raise CadanganRusak("disk penuh")
        return asli(*isi)

    monkeypatch.setattr(perintah.threading, "Event", Jam)
    monkeypatch.setattr(perintah.signal, "signal", lambda *_: None)
    monkeypatch.setattr(cadangan, "buat", buat)
    call_command("cadangkan", tiap_hari="01:30")
    keluar = capsys.readouterr()
    assert keluar.out.count("dibuat dan diperiksa") == 2 and "Cadangan gagal: disk penuh" in keluar.err
    assert len(cadangan.daftar(settings.CADANGAN_DIR)) == 2
    assert 0 <= tunggu[2] <= 15 * 60 and all(0 <= satu <= 86400 for satu in tunggu)
    with pytest.raises(CommandError, match="01:30"):
        call_command("cadangkan", tiap_hari="25:00")
