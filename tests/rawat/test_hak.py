"""The portal's role on a real PostgreSQL: it serves the portal and can neither change history nor lift its guard."""

from __future__ import annotations

import os
import subprocess

import psycopg
import pytest
from django.db import connection

from alat import AKAR
from alat.peladen import PostgresSementara, cari
from haji_portal.rawat.hak import terbatas
from tests.rawat.conftest import Lain

SANDI = {"sandi_pemilik": "pemilik-sandi", "sandi_portal": "portal'sandi", "sandi_cadangan": "cadangan-sandi"}
pytestmark = pytest.mark.basis
# A server of its own, whatever the suite runs on: once, beside the other server tests.
if "DATABASE_URL" not in os.environ:
    pytest.skip("runs with the tests on PostgreSQL", allow_module_level=True)


@pytest.fixture(scope="module")
def basis(tmp_path_factory):
    """A server of its own with the roles that `produksi/peran.sh` makes, asking for passwords."""
    rahasia = tmp_path_factory.mktemp("rahasia")
    for nama, isi in SANDI.items():
        (rahasia / nama).write_text(isi)
    if not cari("postgres"):
        pytest.skip("postgres tidak terpasang")
    with PostgresSementara() as peladen:
        url = f"postgres://test@127.0.0.1:{peladen.port}"
        with psycopg.connect(f"{url}/postgres", autocommit=True) as sambungan:
            sambungan.execute("CREATE DATABASE haji")
            with open(f"{peladen.folder}/data/pg_hba.conf", "r+") as hba:
                isi = hba.read()
                hba.seek(0)
                hba.write("host all haji,haji_pemilik,haji_cadangan 127.0.0.1/32 scram-sha-256\n" + isi)
            sambungan.execute("SELECT pg_reload_conf()")
        lingkungan = {
            "PATH": os.environ["PATH"], "PGHOST": "127.0.0.1", "PGPORT": str(peladen.port), "POSTGRES_USER": "test",
            "POSTGRES_DB": "haji", "HAJI_RAHASIA_DIR": str(rahasia),
        }  # fmt: skip
        for _ in range(2):  # again after a password was changed
            subprocess.run(["sh", "produksi/peran.sh"], cwd=AKAR, env=lingkungan, check=True)
        yield f"127.0.0.1:{peladen.port}/haji"


@pytest.fixture(scope="module")
def terpasang(basis, tmp_path_factory):
    """Migrated and granted by the owner; commands as each of the three roles."""
    folder = tmp_path_factory.mktemp("pasang")

    class Setelan:
        CADANGAN_DIR, SECRET_KEY, KUNCI_HASH = folder / "cadangan", "s" * 40, "k" * 40

    def sebagai(peran, sandi):
        satu = Lain(folder, Setelan, f"postgres://{peran}@{basis}")
        satu.lingkungan["DATABASE_SANDI"] = SANDI[sandi]
        return satu

    pemilik, portal = sebagai("haji_pemilik", "sandi_pemilik"), sebagai("haji", "sandi_portal")
    for argumen in (["migrate", "-v", "0"], ["muat_acuan"], ["beri_hak", "haji"]):
        hasil = pemilik.manage(*argumen)
        assert hasil.returncode == 0, hasil.stderr
    return pemilik, portal, sebagai("haji_cadangan", "sandi_cadangan")


@pytest.fixture
def sql(basis, terpasang):
    """`sql("haji", "SELECT 1")`: run as a role; what is refused raises."""

    def jalan(peran, perintah, sandi="sandi_portal"):
        with psycopg.connect(f"postgres://{peran}@{basis}", password=SANDI[sandi], autocommit=True) as sambungan:
            return sambungan.execute(perintah)

    return jalan


def test_kata_sandi_sungguh_diminta(basis, terpasang):
    for peran in ("haji", "haji_pemilik", "haji_cadangan"):
        with pytest.raises(psycopg.OperationalError):
            psycopg.connect(f"postgres://{peran}@{basis}", password="salah")


LARANGAN = [
    "DROP TRIGGER alur_riwayat_ubah ON alur_riwayat",
    "ALTER TABLE alur_riwayat DISABLE TRIGGER alur_riwayat_ubah",
    "ALTER TABLE alur_riwayat DISABLE TRIGGER ALL",
    "SET session_replication_role = replica",
    "CREATE OR REPLACE FUNCTION alur_tolak() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'",
    "DROP FUNCTION alur_tolak() CASCADE",
    "TRUNCATE alur_riwayat CASCADE",
    "TRUNCATE alur_perkara CASCADE",
    "DROP TABLE alur_riwayat CASCADE",
    "ALTER TABLE alur_riwayat OWNER TO haji",
    "UPDATE alur_riwayat SET langkah = 'x'",
    "DELETE FROM alur_riwayat",
    "DELETE FROM alur_riwayatisi",
    "DELETE FROM alur_segelharian",
    "UPDATE alur_segelharian SET akar = 'x'",
    "UPDATE dana_posting SET keterangan = 'x'",
    "UPDATE dana_baris SET jumlah = 1",
    "DELETE FROM dana_baris",
    "TRUNCATE dana_baris",
    "DROP TRIGGER dana_posting_imbang ON dana_posting",
    "CREATE OR REPLACE FUNCTION dana_posting_imbang() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'",
    "DELETE FROM django_migrations",
    "CREATE TABLE milik_sendiri (id int)",
    "CREATE TRIGGER x BEFORE INSERT ON alur_perkara EXECUTE FUNCTION alur_tolak()",
    "CREATE SCHEMA milik",
    "GRANT haji_pemilik TO haji",
    "SET ROLE haji_pemilik",
    "ALTER ROLE haji SUPERUSER",
    "COPY alur_kantor TO PROGRAM 'cat'",
]


@pytest.mark.parametrize("perintah", LARANGAN)
def test_portal_tidak_dapat(sql, perintah):
    with pytest.raises(psycopg.Error) as galat:
        sql("haji", perintah)
    assert galat.value.sqlstate in ("42501", "42P01", "0LP01"), galat.value  # not allowed; no such relation to see


def test_isi_riwayat_hanya_dapat_dikosongkan(sql, terpasang):
    """UPDATE is granted for the lawful erasure, and the trigger narrows it to that."""
    sql("haji", "UPDATE alur_riwayatisi SET garam = '', isi = '{}'")
    assert memiliki_hak(sql, "alur_riwayatisi") == {"SELECT", "INSERT", "UPDATE"}


def memiliki_hak(sql, tabel):
    rows = sql("haji", f"SELECT h FROM unnest('{{SELECT,INSERT,UPDATE,DELETE,TRUNCATE,REFERENCES,TRIGGER}}'::text[]) h"
                       f" WHERE has_table_privilege('{tabel}', h)")  # fmt: skip
    return {satu for (satu,) in rows.fetchall()}


def test_portal_bekerja_dengan_perannya(terpasang, sql):
    """A whole case runs under the role that owns nothing; then the chain verifies and the role still owns nothing."""
    _, portal, _ = terpasang
    jalan = (
        "from haji_portal.akun.demo import isi_akun; isi_akun('haji-demo');"
        "from haji_portal.akun.models import Kantor; from pendaftaran import contoh;"
        "from haji_portal.alur.segel import segel_semua;"
        "[contoh.buka_contoh(Kantor.objects.get(slug='lombok-timur'), n) for n in (1, 2)]; segel_semua();"
        "from haji_portal.rawat.hak import memiliki_tabel; print('pemilik', memiliki_tabel())"
    )
    hasil = portal.manage("shell", "-v", "0", "-c", jalan, HAJI_DEMO="1", EFEK_BEL="0")
    assert hasil.returncode == 0, hasil.stderr
    assert "pemilik False" in hasil.stdout
    assert "Riwayat utuh: 2 perkara" in portal.manage("periksa_riwayat").stdout
    with pytest.raises(psycopg.Error, match="permission denied"):
        sql("haji", "UPDATE alur_riwayat SET langkah = 'x'")
    with pytest.raises(psycopg.Error, match="Riwayat tidak dapat diubah"):
        sql("haji_pemilik", "UPDATE alur_riwayat SET langkah = 'x'", "sandi_pemilik")
    with pytest.raises(psycopg.Error, match="Riwayat tidak dapat diubah"):
        sql("haji", "UPDATE alur_riwayatisi SET isi = '{\"a\": 1}'")


@pytest.mark.malam
def test_cadangan_membaca_saja_dan_pulih_oleh_pemilik(terpasang, sql, basis):
    pemilik, _, cadangan = terpasang
    assert cadangan.manage("cadangkan").returncode == 0
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        sql("haji_cadangan", "UPDATE akun_kantor SET nama = 'x'", "sandi_cadangan")
    nama = next((cadangan.folder / "cadangan").glob("*.tar")).name
    hasil = pemilik.manage("pulihkan", nama, "--timpa")
    assert hasil.returncode == 0, hasil.stderr
    assert pemilik.manage("beri_hak", "haji").returncode == 0
    assert pemilik.manage("beri_hak", "haji", "--periksa").stdout.strip() == "Hak haji sesuai."
    # What was put aside is not carried into the next backup.
    assert cadangan.manage("cadangkan").returncode == 0


def test_hak_yang_terlalu_luas_atau_hilang_disebut(terpasang, sql):
    pemilik = terpasang[0]
    sql("haji_pemilik", "GRANT DELETE ON alur_riwayat TO haji", "sandi_pemilik")
    sql("haji_pemilik", "REVOKE SELECT ON alur_perkara FROM haji", "sandi_pemilik")
    hasil = pemilik.manage("beri_hak", "haji", "--periksa")
    assert hasil.returncode == 1
    assert "terlalu leluasa pada alur_riwayat: DELETE" in hasil.stdout
    assert "tidak mempunyai SELECT pada alur_perkara" in hasil.stdout
    assert pemilik.manage("beri_hak", "haji").returncode == 0
    assert "sebagai pemilik tabel" in terpasang[1].manage("beri_hak", "haji").stderr
    assert "tidak ada di basis data" in pemilik.manage("beri_hak", "tiada").stderr


@pytest.mark.django_db
def test_tabel_terbatas_sungguh_ada():
    assert set(terbatas()) <= set(connection.introspection.table_names())
