"""Reference data may be loaded at every start: nothing doubles, what an admin edited stays, cases keep their table."""

import datetime

from django.core.management import call_command

from haji_portal.akun.models import Kantor
from haji_portal.alur.models import SOP, Aturan, HariLibur, LangkahSOP, PeriodeJamLayanan
from haji_portal.alur.muat import muat_aturan, muat_libur, muat_sop
from pendaftaran import contoh

JUMLAH = (SOP, LangkahSOP, Aturan, HariLibur, PeriodeJamLayanan)


def _jumlah():
    return [m.objects.count() for m in JUMLAH]


def test_memuat_dua_kali_tidak_menggandakan(acuan, capsys):
    sebelum = _jumlah()
    call_command("muat_acuan", verbosity=0)
    assert _jumlah() == sebelum


def test_suntingan_admin_bertahan(acuan):
    Aturan.objects.filter(kode="usia-minimal").update(nilai="13")
    libur = HariLibur.objects.filter(kantor__isnull=True).first()
    HariLibur.objects.filter(pk=libur.pk).update(nama="Disunting")
    HariLibur.objects.filter(tanggal__year=libur.tanggal.year).exclude(pk=libur.pk).first().delete()
    jumlah = HariLibur.objects.count()
    muat_aturan()
    muat_libur(libur.tanggal.year, libur.tanggal.year)
    assert Aturan.pada("usia-minimal").nilai == "13"
    assert HariLibur.objects.get(pk=libur.pk).nama == "Disunting"
    assert HariLibur.objects.count() == jumlah, "a day that an admin removed does not come back"


def test_baris_sop_memegang_kuncinya(acuan):
    """A row that is edited in the file is the same row afterwards: the running case still points at it."""
    perkara = contoh.buka_contoh(Kantor.objects.get(slug="lombok-timur"), 1).perkara
    baris = {b.no: b.pk for b in perkara.sop.langkah.all()}
    LangkahSOP.objects.filter(pk=baris["3"]).update(aktivitas="Lama", menit=99)
    muat_sop()
    assert {b.no: b.pk for b in perkara.sop.langkah.all()} == baris
    assert LangkahSOP.objects.get(pk=baris["3"]).menit == 5


def test_aturan_pada_tanggal(acuan):
    Aturan.objects.create(kode="usia-minimal", nilai="18", sumber="UU Contoh", mulai="2027-01-01")
    assert Aturan.pada("usia-minimal", datetime.date(2026, 12, 31)).nilai == "12"
    assert Aturan.pada("usia-minimal", datetime.date(2027, 1, 1)).nilai == "18"
