"""Edits of the working time in the admin reach the deadlines and the inbox of open cases at once."""

import datetime
import json

import pytest
from django.contrib.admin.sites import AdminSite

from haji_portal.akun.admin import JamLayananAdmin
from haji_portal.akun.models import JamLayanan, Kantor
from haji_portal.alur.admin import HariLiburAdmin, JedaAdmin, PeriodeJamLayananAdmin
from haji_portal.alur.models import HariLibur, Jeda, PeriodeJamLayanan
from tests.alur.jam import wita
from tests.alur.test_tenggat import buka, kembali_dan_lengkap, langkah, terbuka

SITUS = AdminSite()


def simpan(admin, obj, change=False):
    admin.save_model(None, obj, None, change)


@pytest.fixture
def batas(jam):
    """Due instants of the deadline and of the inbox row of two cases in two offices."""
    satu, dua = buka(), buka("tanah-bumbu", 2)

    def baca():
        hasil = []
        for perkara in (satu, dua):
            assert set(perkara.giliran.values_list("tenggat", flat=True)) == {terbuka(perkara).batas}
            hasil.append(terbuka(perkara).batas)
        return hasil

    return baca


def test_libur_nasional_menggeser_semua_kantor_dan_kembali(batas):
    assert batas() == [wita(2, 9, 5), wita(2, 9, 8)]
    libur = HariLibur(tanggal="2026-11-02", nama="Libur mendadak")
    simpan(HariLiburAdmin(HariLibur, SITUS), libur)
    assert batas() == [wita(3, 7, 35), wita(3, 7, 38)]
    HariLiburAdmin(HariLibur, SITUS).delete_queryset(None, HariLibur.objects.all())
    assert batas() == [wita(2, 9, 5), wita(2, 9, 8)]


def test_libur_setempat_pindah_kantor(batas):
    """Entered for the wrong office and corrected: both offices are computed anew."""
    lombok, bumbu = (Kantor.objects.get(slug=s) for s in ("lombok-timur", "tanah-bumbu"))
    libur, admin = HariLibur(tanggal="2026-11-02", nama="Pelantikan", kantor=lombok), HariLiburAdmin(HariLibur, SITUS)
    simpan(admin, libur)
    assert batas() == [wita(3, 7, 35), wita(2, 9, 8)]
    libur.kantor = bumbu
    simpan(admin, libur, change=True)
    assert batas() == [wita(2, 9, 5), wita(3, 7, 38)]
    admin.delete_model(None, libur)
    assert batas() == [wita(2, 9, 5), wita(2, 9, 8)]


def test_periode_jam_menggeser_batas(batas):
    periode = PeriodeJamLayanan(
        nama="Jam pendek", dari="2026-11-02", sampai="2026-11-02", jam={"1": ["10:00", "15:00"]}
    )
    simpan(PeriodeJamLayananAdmin(PeriodeJamLayanan, SITUS), periode)
    assert batas() == [wita(2, 10, 5), wita(2, 10, 8)]


def test_jam_layanan_menggeser_batas_kantornya(batas):
    lombok, bumbu = (Kantor.objects.get(slug=s) for s in ("lombok-timur", "tanah-bumbu"))
    admin, senin = JamLayananAdmin(JamLayanan, SITUS), JamLayanan.objects.get(kantor=lombok, hari=1)
    semula = batas()
    senin.buka = datetime.time(10)
    simpan(admin, senin, change=True)
    assert batas() == [wita(2, 10, 5), semula[1]]
    senin.kantor, senin.hari = bumbu, 7
    simpan(admin, senin, change=True)
    assert batas() == [wita(3, 7, 35), semula[1]], "the office that lost its Monday is computed anew too"
    admin.delete_queryset(None, JamLayanan.objects.filter(kantor=bumbu, hari=1))
    assert batas() == [wita(3, 7, 35), wita(3, 7, 38)]


def test_jam_pada_halaman_kantor_menggeser_batas(batas, client, akun):
    """The office's own page in the admin: the hours are rows inside it, and the time zone counts as well."""
    client.force_login(akun("admin"))
    lombok = Kantor.objects.get(slug="lombok-timur")
    isi = formulir_admin(client.get(f"/admin/akun/kantor/{lombok.pk}/change/"))
    baris = next(n[: -len("-hari")] for n, v in isi.items() if n.endswith("-hari") and str(v) == "1")
    assert client.post(f"/admin/akun/kantor/{lombok.pk}/change/", isi | {"telepon": "0370"}).status_code == 302
    assert batas()[0] == wita(2, 9, 5)
    assert client.post(f"/admin/akun/kantor/{lombok.pk}/change/", isi | {f"{baris}-buka": "10:00"}).status_code == 302
    assert batas()[0] == wita(2, 10, 5)


def formulir_admin(jawab):
    """What a browser would send back unchanged."""
    konteks = jawab.context
    isi = {}
    for form in (konteks["adminform"].form, *(f for fs in konteks["inline_admin_formsets"] for f in fs.formset.forms)):
        isi |= {form.add_prefix(n): form[n].value() for n in form.fields}
    for satu in konteks["inline_admin_formsets"]:
        kelola = satu.formset.management_form
        isi |= {kelola.add_prefix(n): kelola[n].value() for n in kelola.fields}
    return {
        n: ("" if v is None else json.dumps(v) if isinstance(v, list) else v) for n, v in isi.items() if v is not False
    }


def test_gangguan_kantor_menggeser_batas_dan_kotak_kerja(batas):
    jeda = Jeda(
        kantor=Kantor.objects.get(slug="lombok-timur"), mulai=wita(2, 9, 1), selesai=wita(2, 9, 31),
        alasan="Jaringan putus",
    )  # fmt: skip
    simpan(JedaAdmin(Jeda, SITUS), jeda)
    assert batas() == [wita(2, 9, 35), wita(2, 9, 8)]


def test_giliran_sejak_tetap_selama_tahap_yang_sama(pelaksana, jam):
    """A fact recorded at 09.04 does not make the turn begin at 09.04; the next desk's turn does begin there."""
    perkara = buka()
    jam.maju(2)
    perkara = langkah(pelaksana, perkara, "periksa_berkas")
    assert perkara.giliran.get().sejak == wita(2, 9)
    jam.maju(2)
    perkara = langkah(pelaksana, perkara, "nyatakan_lengkap")
    assert (perkara.giliran.get().peran, perkara.giliran.get().sejak) == ("jfu", wita(2, 9, 4))
    jam.maju(3)
    perkara = langkah(pelaksana, perkara, "isi_spph")
    assert perkara.giliran.get().sejak == wita(2, 9, 4)


def test_giliran_sejak_mulai_lagi_pada_putaran_kedua(pelaksana, jam):
    perkara = kembali_dan_lengkap(pelaksana, jam, buka(), 3, wita(4, 10))
    assert perkara.giliran.get().sejak == wita(4, 10)
