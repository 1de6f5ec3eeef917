"""The database itself keeps the book: zero per unsur, sealed when the posting stands, never changed. Real commits."""

import uuid
from dataclasses import replace

import psycopg
import pytest
from django.core.management import call_command
from django.db import DatabaseError, IntegrityError, OperationalError, connection, transaction
from django.utils import timezone

from haji_portal.alur.pemicu import PENJAGA, pasang, pemicu_terpasang
from haji_portal.dana.buku import catat_setoran, saldo_setoran
from haji_portal.dana.models import Baris, Posting
from tests.pemicu import tanpa_pemicu

from .conftest import AWAL, buat_setoran

pytestmark = [pytest.mark.basis, pytest.mark.django_db(transaction=True)]
MASUK = [("luar", "setoran", -AWAL), ("bpkh", "setoran", AWAL)]


def sql(perintah, *nilai):
    with connection.cursor() as kursor:
        kursor.execute(perintah, nilai)


def id_sql(pk):
    return pk.hex if connection.vendor == "sqlite" else str(pk)


def tulis_baris(pk, baris):
    for akun, unsur, jumlah in baris:
        kolom = "INSERT INTO dana_baris (posting_id, akun, unsur, jumlah) VALUES (%s, %s, %s, %s)"
        sql(kolom, id_sql(pk), akun, unsur, jumlah)


def tulis_posting(pk, setoran, rujukan="uji"):
    kolom = "id, rujukan, jenis, setoran_id, waktu, keterangan"
    nilai = [id_sql(pk), rujukan, "setoran", setoran.pk, timezone.now()]
    sql(f"INSERT INTO dana_posting ({kolom}) VALUES (%s, %s, %s, %s, %s, '')", *nilai)


def bukukan(setoran, baris, rujukan="uji"):
    """What a program with the rights of the portal could send, beside all code."""
    pk = uuid.uuid4()
    with transaction.atomic():
        tulis_baris(pk, baris)
        tulis_posting(pk, setoran, rujukan)
    return pk


def test_kendali_pembukuan_yang_benar_masuk(setoran):
    bukukan(setoran, MASUK)
    assert saldo_setoran(setoran)["bpkh"]["setoran"] == AWAL


@pytest.mark.parametrize(
    "baris",
    [
        [],
        MASUK[:1],
        [("luar", "setoran", -AWAL), ("bpkh", "setoran", AWAL - 1)],
        [("luar", "setoran", -AWAL), ("bpkh", "nilai_manfaat", AWAL)],
        [*MASUK, ("nilai_manfaat", "nilai_manfaat", -5), ("spm", "nilai_manfaat", 4)],
        [*MASUK, ("spm", "setoran", 1)],
    ],
)
def test_tidak_berjumlah_nol_ditolak(setoran, baris):
    with pytest.raises(IntegrityError, match="tidak berjumlah nol"):
        bukukan(setoran, baris)
    assert not Posting.objects.exists() and not Baris.objects.exists()


@pytest.mark.parametrize(
    "baris",
    [
        [("luar", "setoran", 0), ("bpkh", "setoran", 0)],
        [("luar", "setoran", -(10**15) - 1), ("bpkh", "setoran", 10**15 + 1)],
        [("kantong", "setoran", -5), ("bpkh", "setoran", 5)],
        [("luar", "bunga", -5), ("bpkh", "bunga", 5)],
        [("luar", "nilai_manfaat", -5), ("spm", "nilai_manfaat", 5)],
        [("nilai_manfaat", "setoran", -5), ("spm", "setoran", 5)],
        [("luar", "setoran", -5), ("bpkh", "setoran", 4), ("bpkh", "setoran", 1)],
    ],
)
def test_akun_unsur_dan_jumlah_yang_tidak_ada_ditolak(setoran, baris):
    with pytest.raises(DatabaseError):
        bukukan(setoran, baris)
    assert not Posting.objects.exists() and not Baris.objects.exists()


def test_baris_tanpa_pembukuan_tidak_bertahan(setoran):
    with pytest.raises(IntegrityError), transaction.atomic():
        tulis_baris(uuid.uuid4(), MASUK)
    assert not Baris.objects.exists()


def test_pembukuan_yang_lengkap_tidak_bertambah(setoran):
    pk = bukukan(setoran, MASUK)
    tambahan = [("bpkh", "nilai_manfaat", 5), ("nilai_manfaat", "nilai_manfaat", -5)]
    with pytest.raises(IntegrityError, match="sudah lengkap"), transaction.atomic():
        tulis_baris(pk, tambahan)
    with pytest.raises(IntegrityError, match="sudah lengkap"), transaction.atomic():
        tulis_baris(pk, tambahan[:1])
    assert Baris.objects.count() == 2


def _ditolak(aksi, kalimat="Buku dana tidak dapat diubah"):
    with pytest.raises(DatabaseError, match=kalimat), transaction.atomic():
        aksi()


def test_tidak_dapat_diubah_atau_dihapus(setoran):
    posting = catat_setoran(setoran)
    _ditolak(lambda: Posting.objects.update(keterangan="lain"))
    _ditolak(lambda: Baris.objects.filter(akun="bpkh").update(jumlah=1))
    _ditolak(lambda: Baris.objects.all()._raw_delete("default"))
    _ditolak(lambda: Posting.objects.all()._raw_delete("default"))
    _ditolak(posting.save)
    _ditolak(lambda: sql("UPDATE dana_baris SET posting_id = posting_id"))
    assert saldo_setoran(setoran)["bpkh"]["setoran"] == AWAL


@pytest.mark.skipif(connection.vendor != "sqlite", reason="SQLite's own door")
@pytest.mark.parametrize("rekursif", ["ON", "OFF"])
def test_insert_or_replace(setoran, rekursif):
    catat_setoran(setoran)
    sql(f"PRAGMA recursive_triggers={rekursif}")
    try:
        # In its own id, or over the unique columns with a new one.
        for kunci in ("id", "id + 1000"):
            ganti = f"REPLACE INTO dana_baris (id, posting_id, akun, unsur, jumlah) SELECT {kunci}, posting_id, akun,"
            _ditolak(lambda g=ganti: sql(f"{g} unsur, 2 * jumlah FROM dana_baris"), "tidak dapat|sudah lengkap")
        for kunci in ("id", "hex(randomblob(16))"):
            kolom = "rujukan, jenis, setoran_id, perkara_id, waktu"
            ganti = f"REPLACE INTO dana_posting (id, {kolom}, keterangan) SELECT {kunci}, {kolom}, 'lain'"
            _ditolak(lambda g=ganti: sql(f"{g} FROM dana_posting"), "tidak dapat|tidak berjumlah nol")
    finally:
        sql("PRAGMA recursive_triggers=ON")
    assert Posting.objects.get().keterangan == ""
    assert saldo_setoran(setoran)["bpkh"]["setoran"] == AWAL


@pytest.mark.skipif(connection.vendor != "postgresql", reason="PostgreSQL's own doors")
class TestPostgresql:
    def test_truncate_replica_dan_upsert(self, setoran):
        catat_setoran(setoran)
        for tabel in ("dana_posting", "dana_baris"):
            _ditolak(lambda t=tabel: sql(f"TRUNCATE {t} CASCADE"))
        _ditolak(lambda: sql("SET LOCAL session_replication_role = replica; UPDATE dana_baris SET jumlah = 1"))
        kolom = "id, rujukan, jenis, setoran_id, waktu, keterangan"
        with pytest.raises(DatabaseError), transaction.atomic():
            sql(
                f"INSERT INTO dana_posting ({kolom}) SELECT {kolom} FROM dana_posting"
                " ON CONFLICT (id) DO UPDATE SET keterangan = 'x'"
            )
        assert Posting.objects.get().keterangan == ""

    def test_replica_tanpa_baris_ditolak(self, setoran):
        """session_replication_role = replica switches foreign keys off, not these triggers."""
        with pytest.raises(IntegrityError, match="tidak berjumlah nol"), transaction.atomic():
            sql("SET LOCAL session_replication_role = replica")
            tulis_posting(uuid.uuid4(), setoran)

    def test_tabel_sementara_bernama_sama_tidak_menipu(self, setoran):
        pk = uuid.uuid4()
        with pytest.raises(IntegrityError, match="tidak berjumlah nol"), transaction.atomic():
            sql("CREATE TEMPORARY TABLE dana_baris ON COMMIT DROP AS SELECT * FROM public.dana_baris")
            tulis_baris(pk, MASUK)
            sql(
                "INSERT INTO public.dana_posting (id, rujukan, jenis, setoran_id, waktu, keterangan)"
                " VALUES (%s, 'uji', 'setoran', %s, now(), '')",
                str(pk),
                setoran.pk,
            )

    @pytest.mark.parametrize("dengan_kunci", [True, False])
    def test_baris_susulan_dari_transaksi_lain(self, setoran, dengan_kunci, monkeypatch):
        """Another transaction knows the id and adds its line unseen. The control shows what the lock prevents."""
        if not dengan_kunci:
            penjaga = PENJAGA["dana_baris"]
            tanpa = tuple(replace(a, kunci="") for a in penjaga.aturan)
            monkeypatch.setitem(PENJAGA, "dana_baris", replace(penjaga, aturan=tanpa))
            pasang()
        pk = uuid.uuid4()
        url = {"host": connection.settings_dict["HOST"], **connection.get_connection_params()}
        for nama in ("cursor_factory", "context", "prepare_threshold"):
            url.pop(nama, None)
        with psycopg.connect(**url) as lain:
            lain.execute(
                "INSERT INTO dana_baris (posting_id, akun, unsur, jumlah) VALUES (%s, 'spm', 'setoran', 1)", [pk]
            )
            if dengan_kunci:
                with pytest.raises(OperationalError, match="lock timeout"), transaction.atomic():
                    sql("SET LOCAL lock_timeout = '100ms'")
                    tulis_baris(pk, MASUK)
                with pytest.raises(psycopg.errors.ForeignKeyViolation):
                    lain.commit()
            else:
                with transaction.atomic():
                    tulis_baris(pk, MASUK)
                    tulis_posting(pk, setoran)
                lain.commit()
        monkeypatch.undo()
        pasang()
        assert Baris.objects.count() == (0 if dengan_kunci else 3)


def test_kendali_tanpa_pemicu_semua_lolos(setoran):
    """Negative control: it is the triggers that refuse."""
    with tanpa_pemicu():
        assert not pemicu_terpasang()
        pk = bukukan(setoran, MASUK[:1])
        assert Baris.objects.filter(posting=pk).update(jumlah=-1) == 1
        call_command("flush", interactive=False, verbosity=0)
    assert pemicu_terpasang()


def test_satu_pemicu_dana_hilang_ketahuan():
    sql("DROP TRIGGER dana_posting_imbang" + ("" if connection.vendor == "sqlite" else " ON dana_posting"))
    assert not pemicu_terpasang()
    pasang()
    assert pemicu_terpasang()


@pytest.mark.skipif(connection.vendor != "postgresql", reason="PostgreSQL's function")
def test_fungsi_imbang_palsu_ketahuan():
    palsu = "RETURNS trigger LANGUAGE plpgsql AS $$BEGIN RETURN NEW; END$$"
    sql(f"CREATE OR REPLACE FUNCTION dana_posting_imbang() {palsu}")
    assert not pemicu_terpasang()
    pasang()
    assert pemicu_terpasang()


def test_dua_setoran_terpisah(setoran, orang):
    lain = buat_setoran(orang, "2611000002", 30_500_000)
    catat_setoran(setoran)
    catat_setoran(lain)
    assert saldo_setoran(setoran)["bpkh"]["setoran"] == AWAL
    assert saldo_setoran(lain)["bpkh"]["setoran"] == 30_500_000
