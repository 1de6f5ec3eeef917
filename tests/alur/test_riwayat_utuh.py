"""An intruder who owns the tables: whatever is altered, removed or added is found, and the place is named."""

import json
import random
from datetime import date, timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from haji_portal.alur.models import Perkara, Riwayat, RiwayatIsi, SegelHarian
from haji_portal.alur.rantai import hapus_isi, periksa_perkara, periksa_rantai
from haji_portal.alur.segel import akar_merkle, periksa_segel, segel, segel_semua
from tests.alur.buatan import buat_kantor, buat_perkara, tambah_riwayat
from tests.pemicu import lepas

pytestmark = [pytest.mark.basis, pytest.mark.django_db]
HARI = date(2026, 11, 20)


@pytest.fixture(autouse=True)
def folder_segel(settings, tmp_path):
    settings.SEGEL_DIR = tmp_path / "segel"
    return settings.SEGEL_DIR


@pytest.fixture
def kantor():
    return buat_kantor()


@pytest.fixture
def perkara(kantor):
    """Six cases with two to seven steps."""
    semua = [buat_perkara(kantor) for _ in range(6)]
    for n, p in enumerate(semua):
        for k in range(2 + n):
            tambah_riwayat(p, isi={"catatan": f"langkah {k}", "jumlah": n * k})
    return semua


def temuan(kantor):
    return [*periksa_rantai(), *periksa_segel(kantor)]


def tempat(hasil):
    return {(t.perkara, t.urut) for t in hasil}


def hitung_ulang(perkara):
    """A clever intruder computes all hashes of the chain anew."""
    sebelum = ""
    for row in Riwayat.objects.filter(perkara=perkara).order_by("urut"):
        row.hash_sebelum = sebelum
        row.hash = sebelum = row.hitung_hash()
        Riwayat.objects.filter(pk=row.pk).update(hash_sebelum=row.hash_sebelum, hash=row.hash)


def buang(row):
    RiwayatIsi.objects.filter(pk=row.pk)._raw_delete("default")
    Riwayat.objects.filter(pk=row.pk)._raw_delete("default")


KOLOM = {
    "nama": "Orang Lain",
    "label": "Setujui",
    "langkah": "setujui",
    "ke": "disetujui",
    "dari": "palsu",
    "jabatan": "Kepala",
    "nomor_sk": "SK-0",
    "peran": "kepala",
    "putaran": 9,
    "pelaku_kunci": "petugas:99",
    "pelaku_jenis": "sistem",
    "isi_hash": "0" * 64,
    "hash": "0" * 64,
    "hash_sebelum": "1" * 64,
    "urut": 900,
    "versi": 900,
}


class Penyusup:
    """Each method tampers with one case and returns the (case, step) pairs of which at least one must be named."""

    def __init__(self, acak, perkara):
        self.acak, self.perkara = acak, perkara

    def _row(self, dari=0):
        rows = list(self.perkara.riwayat.order_by("urut"))
        return self.acak.choice(rows[dari:])

    def ubah(self):
        row = self._row()
        kolom = self.acak.choice(sorted(KOLOM))
        Riwayat.objects.filter(pk=row.pk).update(**{kolom: KOLOM[kolom]})
        return {(self.perkara.pk, KOLOM["urut"] if kolom == "urut" else row.urut)}

    def geser_waktu(self):
        row = self._row()
        Riwayat.objects.filter(pk=row.pk).update(waktu=row.waktu + timedelta(microseconds=1))
        return {(self.perkara.pk, row.urut)}

    def ubah_isi(self):
        row = self._row()
        RiwayatIsi.objects.filter(pk=row.pk).update(isi={"catatan": "palsu"})
        return {(self.perkara.pk, row.urut)}

    def buang_isi(self):
        row = self._row()
        RiwayatIsi.objects.filter(pk=row.pk)._raw_delete("default")
        return {(self.perkara.pk, row.urut)}

    def hapus_tengah(self):
        row = self.perkara.riwayat.order_by("urut").first()
        buang(row)
        return {(self.perkara.pk, row.urut + 1)}

    def potong_ekor(self):
        row = self.perkara.riwayat.order_by("-urut").first()
        buang(row)
        return {(self.perkara.pk, row.urut - 1)}

    def potong_ekor_dan_pencacah(self):
        row = self.perkara.riwayat.order_by("-urut").first()
        buang(row)
        Perkara.objects.filter(pk=self.perkara.pk).update(versi=row.urut - 1)
        return {(self.perkara.pk, row.urut)}

    def tukar(self):
        a, b = self.acak.sample(list(self.perkara.riwayat.all()), 2)
        Riwayat.objects.filter(pk=a.pk).update(label="B", nama=b.nama, waktu=b.waktu)
        Riwayat.objects.filter(pk=b.pk).update(label="A", nama=a.nama, waktu=a.waktu)
        return {(self.perkara.pk, a.urut), (self.perkara.pk, b.urut)}

    def sisip(self):
        akhir = self.perkara.riwayat.order_by("-urut").first()
        akhir.pk, akhir.urut = None, akhir.urut + 1
        akhir.save(force_insert=True)
        return {(self.perkara.pk, akhir.urut)}

    def cabang(self):
        """Rewrites a step and everything after it, chain and contents whole: a fork."""
        row = self._row()
        Riwayat.objects.filter(pk=row.pk).update(nama="Orang Lain")
        hitung_ulang(self.perkara)
        return {(self.perkara.pk, self.perkara.riwayat.order_by("-urut").first().urut)}

    def cabang_lalu_tumbuh(self):
        akhir = self.perkara.riwayat.order_by("-urut").first().urut
        self.cabang()
        self.perkara.refresh_from_db()
        tambah_riwayat(self.perkara)
        return {(self.perkara.pk, akhir)}

    def buang_perkara(self):
        pk = self.perkara.pk
        for row in self.perkara.riwayat.all():
            buang(row)
        Perkara.objects.filter(pk=pk)._raw_delete("default")
        return {(pk, None)}

    def buang_riwayat_seluruhnya(self):
        for row in self.perkara.riwayat.all():
            buang(row)
        Perkara.objects.filter(pk=self.perkara.pk).update(versi=0)
        return {(self.perkara.pk, None)}


CARA = [n for n in dir(Penyusup) if not n.startswith("_")]


class TestPenyusup:
    @pytest.mark.parametrize("cara", CARA)
    def test_setiap_cara_ditemukan_di_tempatnya(self, kantor, perkara, cara):
        """Twelve seeded rounds of each way; other cases never come under suspicion."""
        segel(kantor, HARI)
        assert temuan(kantor) == []
        lepas()
        for benih in range(12):
            acak = random.Random(f"{cara}-{benih}")
            korban = acak.choice(perkara)
            with _batal():
                duga = getattr(Penyusup(acak, Perkara.objects.get(pk=korban.pk)), cara)()
                hasil = temuan(kantor)
                assert hasil, f"{cara}, seed {benih}: not found"
                assert tempat(hasil) & duga, f"{cara}, seed {benih}: {hasil} does not name {duga}"
                assert {t.perkara for t in hasil} == {korban.pk}
            assert temuan(kantor) == []

    @pytest.mark.parametrize("cara", ["potong_ekor_dan_pencacah", "cabang", "buang_perkara"])
    def test_kendali_tanpa_segel_tidak_ditemukan(self, kantor, perkara, cara):
        """Negative control: these leave a chain that is whole in itself; only the seal can tell."""
        lepas()
        getattr(Penyusup(random.Random(cara), Perkara.objects.get(pk=perkara[3].pk)), cara)()
        assert temuan(kantor) == []


class _batal:  # noqa: N801
    """Undo what happens inside, as a savepoint that is always rolled back."""

    def __enter__(self):
        from django.db import transaction

        self.sid = transaction.savepoint()

    def __exit__(self, *_):
        from django.db import transaction

        transaction.savepoint_rollback(self.sid)


class TestUtuh:
    def test_tumbuh_sesudah_segel_bukan_temuan(self, kantor, perkara):
        segel(kantor, HARI)
        tambah_riwayat(perkara[0])
        tambah_riwayat(buat_perkara(kantor))
        assert temuan(kantor) == []
        segel(kantor, HARI + timedelta(days=1))
        assert temuan(kantor) == []
        assert [s.jumlah for s in SegelHarian.objects.order_by("tanggal")] == [6, 7]

    def test_penghapusan_menurut_hukum_bukan_temuan(self, kantor, perkara):
        segel(kantor, HARI)
        row = perkara[2].riwayat.first()
        hapus_isi(row)
        assert temuan(kantor) == []
        assert periksa_perkara(perkara[2].pk) == []

    def test_garam_menyembunyikan_isi(self):
        """The same content never has the same hash, and without salt a guess cannot be confirmed."""
        p = buat_perkara()
        a, b = (tambah_riwayat(p, isi={"catatan": "Berkas kurang"}) for _ in range(2))
        assert a.isi_hash != b.isi_hash
        assert a.isi_hash != RiwayatIsi.hitung_hash("", {"catatan": "Berkas kurang"})

    def test_perintah(self, kantor, perkara, capsys):
        segel(kantor, HARI)
        call_command("periksa_riwayat")
        assert "Riwayat utuh: 6 perkara, 27 langkah" in capsys.readouterr().out
        lepas()
        Riwayat.objects.filter(perkara=perkara[1], urut=2).update(nama="Orang Lain")
        with pytest.raises(CommandError, match="TIDAK utuh: 2 temuan") as galat:
            call_command("periksa_riwayat")
        assert galat.value.returncode == 1
        keluar = capsys.readouterr().out
        assert f"Perkara {perkara[1].nomor}, langkah ke-2: catatan langkah telah diubah" in keluar
        assert "Penjaga riwayat atau buku dana di basis data tidak terpasang" in keluar

    @pytest.mark.skipif(connection.vendor != "sqlite", reason="once is enough")
    def test_sepuluh_ribu_langkah_cepat(self, kantor, django_assert_max_num_queries):
        """No query per case or step."""
        for _ in range(30):
            p = buat_perkara(kantor)
            for _ in range(5):
                tambah_riwayat(p)
        segel(kantor, HARI)
        with django_assert_max_num_queries(5):
            assert temuan(kantor) == []


class TestSegel:
    def test_sekali_sehari(self, kantor, perkara):
        assert segel(kantor, HARI) is not None
        assert segel(kantor, HARI) is None
        assert SegelHarian.objects.count() == 1

    def test_kantor_kosong_tidak_disegel(self, folder_segel):
        buat_kantor("kosong")
        assert segel_semua() == 0
        assert not folder_segel.exists()

    def test_zona(self, kantor, perkara):
        assert segel_semua("Asia/Jayapura") == 0
        assert segel_semua(kantor.zona) == 1

    def test_kunci_dan_berkas_hanya_untuk_pemilik(self, kantor, perkara, folder_segel, settings):
        segel(kantor, HARI)
        for jalur in (folder_segel / f"{kantor.slug}.jsonl", settings.HAJI_DATA / "kunci" / "segel-ed25519.pem"):
            assert jalur.stat().st_mode & 0o777 == 0o600

    def test_mati_antara_berkas_dan_basis_data_disusulkan(self, kantor, perkara):
        segel(kantor, HARI)
        lepas()
        SegelHarian.objects.all()._raw_delete("default")
        assert any("tidak sama" in t.kalimat for t in periksa_segel(kantor))
        assert segel(kantor, HARI) is not None
        assert temuan(kantor) == []

    def test_baris_robek_dibuang_saat_menyegel(self, kantor, perkara, folder_segel):
        segel(kantor, HARI)
        jalur = folder_segel / f"{kantor.slug}.jsonl"
        with jalur.open("ab") as f:
            f.write(b'{"kantor":"lombok-ti')
        segel(kantor, HARI + timedelta(days=1))
        assert len(jalur.read_bytes().splitlines()) == 2
        assert temuan(kantor) == []

    def test_pertentangan_tidak_disegel_baru(self, kantor, perkara):
        """The next seal must not bless what contradicts the last one."""
        segel(kantor, HARI)
        lepas()
        Penyusup(random.Random(1), perkara[4]).cabang_lalu_tumbuh()
        segel(kantor, HARI + timedelta(days=1))
        assert {t.perkara for t in periksa_segel(kantor)} == {perkara[4].pk}

    @pytest.mark.parametrize("bagian", ["akar", "jumlah", "tanggal", "daun", "sebelum", "tanda_tangan", "kantor"])
    def test_berkas_diubah_ketahuan(self, kantor, perkara, folder_segel, bagian):
        segel(kantor, HARI)
        jalur = folder_segel / f"{kantor.slug}.jsonl"
        baris = json.loads(jalur.read_text())
        palsu = {"jumlah": 5, "daun": baris["daun"][:-1], "tanda_tangan": "A" * 88}
        baris[bagian] = palsu.get(bagian, "2020-01-01")
        jalur.write_text(json.dumps(baris) + "\n")
        assert any("berkas segel" in t.kalimat for t in periksa_segel(kantor))

    def test_baris_berkas_dibuang_ketahuan(self, kantor, perkara, folder_segel):
        jalur = folder_segel / f"{kantor.slug}.jsonl"
        for n in range(3):
            segel(kantor, HARI + timedelta(days=n))
        baris = jalur.read_bytes().splitlines(keepends=True)
        for sisa in (baris[:2], baris[1:], [baris[0], baris[2]], []):
            jalur.write_bytes(b"".join(sisa))
            assert list(periksa_segel(kantor))
        jalur.unlink()
        assert len(list(periksa_segel(kantor))) == 3


class TestMerkle:
    """RFC 6962, section 2.1: probed by changing every input."""

    def test_bentuk_pohon(self):
        """Against the recursive definition of the RFC (split at the largest power of two below n)."""
        from hashlib import sha256

        def mth(d):
            if len(d) == 1:
                return sha256(b"\0" + d[0]).digest()
            k = 1 << (len(d) - 1).bit_length() - 1
            return sha256(b"\1" + mth(d[:k]) + mth(d[k:])).digest()

        for n in range(1, 40):
            daun = {i: (i % 7 + 1, f"{i:064x}") for i in range(n)}
            data = [f"{i}:{u}:{h}".encode() for i, (u, h) in daun.items()]
            assert akar_merkle(daun) == mth(data).hex()
        assert akar_merkle({}) == sha256(b"").hexdigest()

    def test_setiap_daun_berpengaruh(self):
        daun = {i: (3, f"{i:064x}") for i in range(1, 12)}
        akar = akar_merkle(daun)
        for pk in daun:
            assert akar_merkle({k: v for k, v in daun.items() if k != pk}) != akar
            assert akar_merkle(daun | {pk: (4, daun[pk][1])}) != akar
            assert akar_merkle(daun | {pk: (3, "f" * 64)}) != akar
