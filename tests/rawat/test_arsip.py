"""The archive itself: what is changed is found, what is cut is found, what is old is thinned out."""

from __future__ import annotations

import datetime
import io
import json
import random
import tarfile

import pytest

from haji_portal.rawat import arsip, cadangan, sandi
from haji_portal.rawat.arsip import CadanganRusak
from haji_portal.rawat.jam import berikut, jam_menit

FRASA = "frasa sandi yang panjang"
UTC = datetime.UTC


def tulis(jalur, frasa="", isi=None):
    """An archive with a dump in pieces and two files."""
    with arsip.penulis(jalur, frasa) as satu:
        for nama, bita in (isi or {"privat/a": b"A" * 5000, "privat/kosong": b""}).items():
            satu.tambah_isi(nama, bita)
        satu.tambah_aliran("basis.dump", io.BytesIO(b"D" * 100_000))
        satu.tutup({"jenis": "lengkap"})
    return jalur


@pytest.fixture(autouse=True)
def _potong_kecil(monkeypatch):
    monkeypatch.setattr(arsip, "POTONG_BASIS", 30_000)
    monkeypatch.setattr(sandi, "POTONG", 4096)


@pytest.mark.parametrize("frasa", ["", FRASA])
def test_bolak_balik(tmp_path, frasa):
    jalur, isi = tulis(tmp_path / "a.tar", frasa), {}

    def terima(nama, aliran):
        isi[nama] = isi.get(nama, b"") + b"".join(iter(lambda: aliran.read(999), b""))

    arsip.periksa_sidik(jalur)
    manifes = arsip.baca(jalur, frasa, terima)
    assert isi == {"privat/a": b"A" * 5000, "privat/kosong": b"", "basis.dump": b"D" * 100_000}
    assert manifes["berkas"]["basis.dump"]["potong"] == 4
    assert (jalur.stat().st_mode & 0o777, sorted(p.name for p in tmp_path.iterdir())) == (
        0o600,
        ["a.tar", "a.tar.sha256"],
    )
    assert frasa == "" or b"AAAA" not in jalur.read_bytes()


@pytest.mark.parametrize("frasa", ["", FRASA])
def test_setiap_bita_yang_berubah_ketahuan(tmp_path, frasa):
    """300 flips at random places, all found by the checksum; encrypted ones also without it."""
    jalur = tulis(tmp_path / "a.tar", frasa)
    asli, acak = jalur.read_bytes(), random.Random(7)
    for _ in range(300 if not frasa else 60):
        posisi = acak.randrange(len(asli))
        jalur.write_bytes(asli[:posisi] + bytes([asli[posisi] ^ (1 << acak.randrange(8))]) + asli[posisi + 1 :])
        with pytest.raises(CadanganRusak):
            cadangan.periksa(jalur, frasa)
        if frasa:
            with pytest.raises(CadanganRusak):
                cadangan.periksa(jalur, frasa, sidik=False)


@pytest.mark.parametrize("frasa", ["", FRASA])
def test_setiap_potongan_ketahuan(tmp_path, frasa):
    jalur = tulis(tmp_path / "a.tar", frasa)
    asli = jalur.read_bytes()
    # Up to the manifest's own end; behind it a plain tar has only padding, which the checksum guards.
    akhir = len(asli) - 1 if frasa else asli.rindex(b"sidik")
    for panjang in [0, 10, 40, 512, *range(1000, akhir, 4099), akhir]:
        jalur.write_bytes(asli[:panjang])
        with pytest.raises(CadanganRusak):
            cadangan.periksa(jalur, frasa, sidik=False)


def test_potongan_yang_ditukar_ketahuan(tmp_path):
    jalur = tulis(tmp_path / "a.tar", FRASA)
    asli, kepala, satu = jalur.read_bytes(), len(sandi.MAGIC) + 23, 4096 + 16
    a, b = asli[kepala : kepala + satu], asli[kepala + satu : kepala + 2 * satu]
    jalur.write_bytes(asli[:kepala] + b + a + asli[kepala + 2 * satu :])
    with pytest.raises(CadanganRusak, match="telah diubah"):
        cadangan.periksa(jalur, FRASA, sidik=False)


def test_isi_asing_ditolak(tmp_path):
    for nama in ("../keluar", "/akar", "privat/../../x", "privat//x"):
        jalur = tmp_path / "jahat.tar"
        with tarfile.open(jalur, "w") as tar:
            tar.addfile(tarfile.TarInfo(nama), io.BytesIO())
        with pytest.raises(CadanganRusak):
            cadangan.periksa(jalur, "", sidik=False)
    with tarfile.open(jalur, "w") as tar:
        tautan = tarfile.TarInfo("privat/tautan")
        tautan.type, tautan.linkname = tarfile.SYMTYPE, "/etc/passwd"
        tar.addfile(tautan)
    with pytest.raises(CadanganRusak, match="tidak ditulis portal"):
        cadangan.periksa(jalur, "", sidik=False)


def test_bentuk_yang_lebih_baru_dan_sidik_yang_hilang(tmp_path, monkeypatch):
    jalur = tulis(tmp_path / "a.tar")
    monkeypatch.setattr(arsip, "BENTUK", 0)
    with pytest.raises(CadanganRusak, match="lebih baru"):
        cadangan.periksa(jalur, "")
    arsip.berkas_sidik(jalur).unlink()
    with pytest.raises(CadanganRusak, match="sidik"):
        cadangan.periksa(jalur, "")


def test_penulisan_yang_gagal_tidak_meninggalkan_apa_pun(tmp_path):
    with pytest.raises(RuntimeError), arsip.penulis(tmp_path / "a.tar", FRASA) as satu:
        satu.tambah_isi("privat/a", b"x")
        raise RuntimeError
    assert list(tmp_path.iterdir()) == []


def test_manifes_dapat_dibaca_manusia(tmp_path):
    with tarfile.open(tulis(tmp_path / "a.tar")) as tar:
        assert json.load(tar.extractfile("manifes.json"))["isi"]["bentuk"] == arsip.BENTUK


def test_yang_disimpan():
    mulai = datetime.datetime(2026, 1, 1, 18, 30, tzinfo=UTC)
    setahun = [mulai + datetime.timedelta(days=n) for n in range(400)]
    simpan = cadangan.disimpan(setahun, 7, 4, 12)
    assert set(setahun[-7:]) <= simpan and len(simpan) <= 7 + 4 + 12
    assert min(simpan) < setahun[-1] - datetime.timedelta(days=300)
    tangan = setahun[-1] - datetime.timedelta(hours=30)
    assert {tangan, setahun[-1]} <= cadangan.disimpan([*setahun, tangan], 1, 0, 0)
    assert cadangan.disimpan([], 7, 4, 12) == set()
    assert cadangan.disimpan(setahun, 0, 0, 0) == set(setahun[-2:])


def test_jam_harian():
    kini = datetime.datetime(2026, 11, 21, 18, 0, tzinfo=UTC)  # 01.00 WIB on the 22nd
    assert berikut(kini, 1, 30) == datetime.datetime(2026, 11, 21, 18, 30, tzinfo=UTC)
    assert berikut(kini, 1, 0) == datetime.datetime(2026, 11, 22, 18, 0, tzinfo=UTC)
    assert jam_menit("01:30") == (1, 30)
    for salah in ("1:30", "24:00", "01.30", ""):
        with pytest.raises(ValueError, match=r"01:30"):
            jam_menit(salah)
