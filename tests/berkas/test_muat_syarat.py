"""Loading the requirements: idempotent, careful with what an office changed, loud about mistakes."""

import datetime
from types import SimpleNamespace

import pytest
from django.apps import apps

from haji_portal.akun.models import Kantor
from haji_portal.akun.muat import muat_kantor
from haji_portal.berkas.models import SyaratBerkas
from haji_portal.berkas.muat import muat_syarat

pytestmark = pytest.mark.django_db
ISI = """
mulai: 2021-05-01
sumber: Kepdirjen 1
syarat:
  - {kode: ktp, nama: KTP, bentuk: salinan, jumlah: 2, sumber: A.1}
  - {kode: akta, nama: Akta, bentuk: legalisir, kasus: [wafat, cerai]}
  - {kode: ktp, nama: KTP, bentuk: asli_dan_salinan, kantor: uji-satu, mulai: 2022-01-01, wajib: false}
"""


@pytest.fixture
def berkas(tmp_path, monkeypatch, kantor):
    folder = tmp_path / "layanan_uji"
    folder.mkdir()
    palsu = SimpleNamespace(path=str(folder), label="layanan_uji")
    monkeypatch.setattr(apps, "get_app_configs", lambda: [palsu])
    yaml = folder / "syarat_berkas.yaml"
    yaml.write_text(ISI, encoding="utf-8")
    return yaml


def isi_tabel():
    return list(SyaratBerkas.objects.order_by("pk").values())


def test_memuat_semua_baris(berkas, kantor):
    assert muat_syarat() == 4
    ktp = SyaratBerkas.objects.get(kode="ktp", kantor=None)
    assert (ktp.layanan, ktp.jumlah, ktp.sumber, str(ktp.mulai), ktp.wajib) == (
        "layanan_uji",
        2,
        "A.1",
        "2021-05-01",
        True,
    )
    assert set(SyaratBerkas.objects.filter(kode="akta").values_list("kasus", "sumber")) == {
        ("wafat", "Kepdirjen 1"),
        ("cerai", "Kepdirjen 1"),
    }
    khusus = SyaratBerkas.objects.get(kantor=kantor)
    assert (khusus.bentuk, khusus.wajib, khusus.jumlah) == ("asli_dan_salinan", False, None)


def test_memuat_lagi_tidak_mengubah_apa_pun(berkas):
    muat_syarat()
    semula = isi_tabel()
    muat_syarat()
    assert isi_tabel() == semula


def test_perubahan_file_diikuti_dan_baris_yang_hilang_dihapus(berkas):
    muat_syarat()
    pk = SyaratBerkas.objects.get(kode="ktp", kantor=None).pk
    baru = "\n".join(baris for baris in ISI.replace("jumlah: 2", "jumlah: 4").splitlines() if "akta" not in baris)
    berkas.write_text(baru, encoding="utf-8")
    muat_syarat()
    assert SyaratBerkas.objects.get(kode="ktp", kantor=None).jumlah == 4
    assert SyaratBerkas.objects.get(kode="ktp", kantor=None).pk == pk
    assert not SyaratBerkas.objects.filter(kode="akta").exists()


def test_baris_yang_disunting_kantor_tidak_ditimpa(berkas, syarat):
    muat_syarat()
    SyaratBerkas.objects.filter(kode="ktp", kantor=None).update(jumlah=9, disunting=True)
    syarat("tambahan", layanan="layanan_uji", disunting=True)
    muat_syarat()
    assert SyaratBerkas.objects.get(kode="ktp", kantor=None).jumlah == 9
    assert SyaratBerkas.objects.filter(kode="tambahan").exists()


@pytest.mark.parametrize(
    "baris",
    [
        "{kode: a, nama: A, bentuk: faks}",
        "{kode: a, nama: A, kantor: tidak-ada}",
        "{kode: a, nama: A, wajb: true}",
        "{kode: a}",
        "{kode: ktp, nama: KTP}",
    ],
)
def test_kesalahan_menyebut_file_dan_baris_dan_tidak_menulis(berkas, baris):
    berkas.write_text(ISI + f"  - {baris}\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"layanan_uji/syarat_berkas\.yaml, (a|ktp)"):
        muat_syarat()
    assert not SyaratBerkas.objects.exists()


def test_file_syarat_setiap_layanan_dapat_dimuat(db):
    """The real files of the services, not invented ones: all rows reach the table, twice without a change."""
    muat_kantor()
    jumlah = muat_syarat()
    semula = isi_tabel()
    assert jumlah == len(semula) > 30
    assert muat_syarat() == jumlah
    assert isi_tabel() == semula
    hari, kantor = datetime.date(2026, 1, 5), Kantor.objects.get(slug="lombok-timur")
    assert "ktp-kia" in [s.kode for s in SyaratBerkas.objects.untuk("pendaftaran", "", kantor, hari)]
