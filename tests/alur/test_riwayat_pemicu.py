"""The database itself refuses to change the history, whoever asks and however."""

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction

from haji_portal.alur.models import Riwayat, RiwayatIsi, SegelHarian
from haji_portal.alur.pemicu import RIWAYAT, nama_pemicu, pasang, pemicu_terpasang
from haji_portal.alur.rantai import hapus_isi
from tests.alur.buatan import buat_kantor, buat_perkara, tambah_riwayat
from tests.pemicu import lepas

pytestmark = [pytest.mark.basis, pytest.mark.django_db]


def sql(perintah, *nilai):
    with connection.cursor() as kursor:
        kursor.execute(perintah, nilai)


@pytest.fixture
def row():
    return tambah_riwayat(buat_perkara())


def ditolak(aksi):
    with pytest.raises(DatabaseError, match="Riwayat tidak dapat diubah"), transaction.atomic():
        aksi()


class TestDitolak:
    def test_ubah_lewat_orm(self, row):
        row.nama = "Orang Lain"
        ditolak(row.save)
        ditolak(lambda: Riwayat.objects.filter(pk=row.pk).update(label="lain"))
        ditolak(lambda: Riwayat.objects.bulk_update([row], ["nama"]))
        assert Riwayat.objects.get(pk=row.pk).nama == "Petugas Contoh"

    def test_hapus_lewat_orm_dan_sql(self, row):
        ditolak(lambda: Riwayat.objects.filter(pk=row.pk)._raw_delete("default"))
        ditolak(lambda: sql("DELETE FROM alur_riwayat"))
        ditolak(lambda: sql("DELETE FROM alur_riwayatisi"))
        assert Riwayat.objects.filter(pk=row.pk).exists()

    def test_ubah_lewat_sql(self, row):
        for kolom in ("urut = urut + 1", "hash = ''", "pengguna_id = NULL"):
            ditolak(lambda k=kolom: sql(f"UPDATE alur_riwayat SET {k}"))

    def test_isi_tidak_dapat_diganti_hanya_dikosongkan(self, row):
        ditolak(lambda: RiwayatIsi.objects.filter(pk=row.pk).update(isi={"catatan": "lain"}))
        ditolak(lambda: RiwayatIsi.objects.filter(pk=row.pk).update(garam="0" * 32))
        ditolak(lambda: RiwayatIsi.objects.filter(pk=row.pk).update(garam="", isi={"catatan": "lain"}))
        ditolak(lambda: RiwayatIsi.objects.filter(pk=row.pk).update(isi={}))
        assert hapus_isi(row) is True
        assert hapus_isi(row) is False
        assert RiwayatIsi.objects.get(pk=row.pk).isi == {}

    def test_segel_tidak_dapat_diubah(self, row):
        s = SegelHarian.objects.create(
            kantor=row.perkara.kantor, tanggal="2026-11-20", jumlah=1, akar="a", tanda_tangan="b", dibuat=row.waktu
        )
        ditolak(lambda: SegelHarian.objects.filter(pk=s.pk).update(akar="c"))
        ditolak(lambda: sql("DELETE FROM alur_segelharian"))

    @pytest.mark.skipif(connection.vendor != "sqlite", reason="SQLite's own door")
    @pytest.mark.parametrize("rekursif", ["ON", "OFF"])
    def test_insert_or_replace(self, row, rekursif):
        """With recursive_triggers OFF (a foreign connection) only the INSERT trigger stands in the way."""
        sql(f"PRAGMA recursive_triggers={rekursif}")
        try:
            kolom = ", ".join(f.column for f in Riwayat._meta.concrete_fields)
            ganti = kolom.replace("nama,", "'Orang Lain',")
            ditolak(lambda: sql(f"INSERT OR REPLACE INTO alur_riwayat ({kolom}) SELECT {ganti} FROM alur_riwayat"))
            # Another id, but the same place in the chain: the unique constraint would delete the old row.
            ganti = ganti.replace("id,", "id + 1000,", 1)
            ditolak(lambda: sql(f"INSERT OR REPLACE INTO alur_riwayat ({kolom}) SELECT {ganti} FROM alur_riwayat"))
            ditolak(lambda: sql("REPLACE INTO alur_riwayatisi SELECT riwayat_id, '', '{}' FROM alur_riwayatisi"))
        finally:
            sql("PRAGMA recursive_triggers=ON")
        assert Riwayat.objects.get().nama == "Petugas Contoh"

    @pytest.mark.skipif(connection.vendor != "postgresql", reason="PostgreSQL's own doors")
    def test_truncate_dan_replica(self, row):
        sql("SET CONSTRAINTS ALL IMMEDIATE")
        for penjaga in RIWAYAT:
            ditolak(lambda t=penjaga.tabel: sql(f"TRUNCATE {t} CASCADE"))
        ditolak(lambda: sql("SET LOCAL session_replication_role = replica; UPDATE alur_riwayat SET nama = 'x'"))
        ditolak(
            lambda: sql(
                "INSERT INTO alur_riwayatisi (riwayat_id, garam, isi) SELECT riwayat_id, 'x', '{}' FROM alur_riwayatisi"
                " ON CONFLICT (riwayat_id) DO UPDATE SET garam = 'x'"
            )
        )


def test_kendali_tanpa_pemicu_ubahan_lolos(row):
    """Negative control: it is the triggers, nothing else, that refuse."""
    lepas()
    assert Riwayat.objects.filter(pk=row.pk).update(nama="Orang Lain") == 1
    assert not pemicu_terpasang()


class TestPemasangan:
    def test_terpasang_sesudah_migrate(self):
        assert pemicu_terpasang()

    @pytest.mark.parametrize("yang", range(len(nama_pemicu(connection.vendor))))
    def test_satu_saja_hilang_ketahuan_dan_dipasang_lagi(self, yang):
        nama, tabel = nama_pemicu(connection.vendor)[yang]
        sql(f"DROP TRIGGER {nama}" + ("" if connection.vendor == "sqlite" else f" ON {tabel}"))
        assert not pemicu_terpasang()
        pasang()
        assert pemicu_terpasang()

    def test_pemicu_palsu_ketahuan(self):
        if connection.vendor == "sqlite":
            sql("DROP TRIGGER alur_riwayat_ubah")
            sql("CREATE TRIGGER alur_riwayat_ubah BEFORE UPDATE ON alur_riwayat BEGIN SELECT 1; END")
        else:
            sql("ALTER TABLE alur_riwayat DISABLE TRIGGER alur_riwayat_ubah")
        assert not pemicu_terpasang()
        pasang()
        assert pemicu_terpasang()

    @pytest.mark.skipif(connection.vendor != "postgresql", reason="PostgreSQL's function")
    def test_fungsi_palsu_ketahuan(self):
        sql("CREATE OR REPLACE FUNCTION alur_tolak() RETURNS trigger LANGUAGE plpgsql AS $$BEGIN RETURN NEW; END$$")
        assert not pemicu_terpasang()
        pasang()
        assert pemicu_terpasang()


@pytest.mark.django_db(transaction=True)
def test_flush_antar_tes_lalu_pemicu_kembali():
    tambah_riwayat(buat_perkara(buat_kantor("palu")))
    call_command("flush", interactive=False, verbosity=0)
    assert not Riwayat.objects.exists()
    assert pemicu_terpasang()


@pytest.mark.skipif(connection.vendor != "sqlite", reason="SQLite rebuilds tables")
@pytest.mark.django_db(transaction=True)
def test_tabel_dibangun_ulang_lalu_migrate_memasang_lagi():
    """A migration that alters a column makes SQLite copy the table and drop its triggers without a word."""
    lama = Riwayat._meta.get_field("jabatan")
    baru = lama.clone()
    baru.max_length = 170
    baru.set_attributes_from_name("jabatan")
    baru.model = Riwayat
    with connection.schema_editor() as editor:
        editor.alter_field(Riwayat, lama, baru, strict=False)
        editor._remake_table(Riwayat)
    assert not pemicu_terpasang(), "the rebuild did not drop them: this test proves nothing any more"
    call_command("migrate", verbosity=0)
    assert pemicu_terpasang()
