"""The nightly check finds what somebody did beside the pen, and says where."""

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from haji_portal.dana import tasks
from haji_portal.dana.buku import catat, catat_setoran, pesan, terbit_spm
from haji_portal.dana.models import Baris, PeriksaBuku, Posting
from haji_portal.dana.periksa import periksa_buku
from haji_portal.jemaah.models import Setoran
from tests.pemicu import lepas, tanpa_pemicu

from .conftest import AWAL

pytestmark = [pytest.mark.basis, pytest.mark.django_db]


@pytest.fixture
def terisi(setoran, perkara):
    catat_setoran(setoran)
    pesan("p1", setoran, AWAL, perkara)
    terbit_spm("p1", perkara, nilai_manfaat=7)
    return setoran


def test_utuh(terisi, capsys):
    assert not PeriksaBuku.objects.exists()
    assert periksa_buku() == []
    assert PeriksaBuku.objects.get().temuan == 0
    call_command("periksa_buku")
    assert "Buku dana utuh: 3 pembukuan." in capsys.readouterr().out
    assert tasks.periksa_buku() == 0
    call_command("periksa_buku", "--hanya-baca")
    assert list(PeriksaBuku.objects.values_list("pembukuan", "temuan")) == [(3, 0)] * 3


def _rusak(terisi, cara):
    """What an owner of the tables could do with the triggers off."""
    sebuah = Baris.objects.filter(posting__jenis="spm", akun="spm", unsur="setoran")
    if cara == "jumlah":
        sebuah.update(jumlah=AWAL + 1)
    elif cara == "hilang":
        Baris.objects.filter(posting__jenis="pesan", akun="bpkh")._raw_delete("default")
    elif cara == "kosong":
        Posting.objects.create(rujukan="x", jenis="spm", setoran=terisi, waktu=timezone.now())
    elif cara == "pindah":
        Posting.objects.filter(jenis="spm").update(setoran=_lain(terisi))


def _lain(setoran):
    return Setoran.objects.create(
        jemaah=setoran.jemaah, bank="BSI", nomor_validasi="2611000009", jumlah=1, tanggal="2026-11-02"
    )


@pytest.mark.parametrize(
    ("cara", "kata"),
    [
        ("jumlah", "setoran berselisih 1 rupiah"),
        ("hilang", "hanya 1 baris"),
        ("kosong", "hanya 0 baris"),
        ("pindah", "(setoran) -25000000 rupiah"),
    ],
)
def test_kerusakan_ditemukan_dan_disebut_tempatnya(terisi, cara, kata, caplog):
    with tanpa_pemicu():
        _rusak(terisi, cara)
        if connection.vendor == "postgresql":
            with connection.cursor() as kursor:
                kursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    temuan = periksa_buku()
    assert any(kata in satu for satu in temuan), temuan
    assert PeriksaBuku.objects.latest("pk").temuan > 0
    assert "TIDAK utuh" in caplog.text and terisi.jemaah.nama not in caplog.text
    with pytest.raises(CommandError, match="TIDAK utuh") as galat:
        call_command("periksa_buku")
    assert galat.value.returncode == 1


def test_setoran_yang_diubah_sesudah_dibukukan(terisi):
    Setoran.objects.filter(pk=terisi.pk).update(jumlah=AWAL + 5)
    assert periksa_buku() == [f"Setoran {terisi.pk}: dibukukan {AWAL} rupiah, tercatat {AWAL + 5} rupiah."]


def test_saldo_yang_minus_walau_berjumlah_nol(setoran):
    catat("spm", setoran, [("dipesan", "setoran", -5), ("spm", "setoran", 5)], rujukan="x")
    catat("lepas", setoran, [("bpkh", "setoran", -3), ("luar", "setoran", 3)], rujukan="y")
    temuan = periksa_buku()
    assert len(temuan) == 3 and all(satu.startswith(f"Setoran {setoran.pk}:") for satu in temuan)


def test_baris_tanpa_pembukuan(terisi):
    """Only with foreign keys off can such a line stay."""
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL's foreign key cannot be switched off by a role without rights")
    pk = "0" * 32
    with pytest.raises(IntegrityError), transaction.atomic():
        with connection.cursor() as kursor:
            kursor.execute(
                "INSERT INTO dana_baris (posting_id, akun, unsur, jumlah) VALUES (%s, 'spm', 'setoran', 1)", [pk]
            )
        temuan = periksa_buku()
        assert any("pembukuannya tidak ada" in satu for satu in temuan)
        connection.check_constraints()


def test_admin_membaca_buku(akun, terisi, client):
    client.force_login(akun("admin"))
    satu = Posting.objects.get(jenis="spm")
    teks = client.get(f"/admin/dana/posting/{satu.pk}/change/").content.decode()
    assert "Rp25.000.000" in teks and "Rp7" in teks
    assert client.post(f"/admin/dana/posting/{satu.pk}/change/", {"keterangan": "x"}).status_code == 403
    assert client.post(f"/admin/dana/posting/{satu.pk}/delete/", {"post": "yes"}).status_code == 403


def test_pemicu_hilang_disebut(db):
    lepas()
    assert "tidak terpasang" in periksa_buku()[0]


def test_kueri_tetap(terisi, django_assert_max_num_queries):
    with django_assert_max_num_queries(9):
        periksa_buku()
