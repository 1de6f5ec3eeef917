"""The organiser's days: planning, enlarging, cancelling, and what their pages cost."""

from __future__ import annotations

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from haji_portal.akun.models import Kantor
from haji_portal.alur.galat import IsianSalah
from haji_portal.jemaah.models import Jemaah
from pelimpahan.hari import kosongkan, masih_terjadwal, tulis_slot, tutup_hari
from pelimpahan.models import HariWawancara, Janji
from pelimpahan.rencana import calon_hari, untuk_hari, usulkan
from pelimpahan.slot import buat_slot, slot_tersedia
from tests.pelimpahan.wawancara import hari_contoh, jadwalkan, lewatkan, penerima, petugas, undang

pytestmark = pytest.mark.django_db


@pytest.fixture
def kanwil(acuan):
    return Kantor.objects.get(slug="ntb")


def rencana(klien, hari, **lain):
    """What the plan's own page would send, with everything ticked."""
    calon = usulkan(hari, calon_hari(hari, untuk_hari(hari)))
    isi = {"perkara": [c.perkara.nomor for c in calon if c.slot]}
    for c in calon:
        if c.slot:
            n = c.perkara.nomor
            isi |= {f"slot-{n}": c.slot.pk, f"versi-{n}": c.perkara.versi, f"langkah-{n}": c.langkah}
    return klien.post(reverse("wawancara:rencana", args=[hari.pk]), isi | lain)


def isi_jawab(jawab) -> str:
    return b"".join(jawab.streaming_content).decode() if jawab.streaming else jawab.content.decode()


def test_hari_baru_menulis_slotnya(masuk, kanwil):
    isi = {"tanggal": "2030-03-04", "tempat": "PLHUT", "alamat": "Jalan 1", "mulai": "08:00", "selesai": "10:00",
           "menit": 15, "meja": 3, "catatan": ""}  # fmt: skip
    jawab = masuk("kanwil.ntb").post("/jadwal-wawancara/baru/", isi)
    hari = HariWawancara.objects.get()
    assert (jawab.status_code, hari.kantor, hari.slot.count()) == (303, kanwil, 24)
    assert masuk("kanwil.ntb").post("/jadwal-wawancara/baru/", isi | {"tanggal": "2020-01-01"}).status_code == 422
    assert masuk("kanwil.ntb").post("/jadwal-wawancara/baru/", isi | {"menit": 200}).status_code == 422
    assert HariWawancara.objects.count() == 1


def test_usulan_mendahulukan_dan_mengelompokkan(kanwil):
    hari, semua = hari_contoh(kanwil), penerima("lombok-timur", 4)
    tua, khusus = semua[2].pemohon, semua[3]
    tua.tanggal_lahir = datetime.date(1950, 1, 1)
    tua.save()
    khusus.kebutuhan_khusus = "kursi roda"
    khusus.save(update_fields=["kebutuhan_khusus"])
    usulan = usulkan(hari, calon_hari(hari, untuk_hari(hari)))
    assert [c.perkara.pk for c in usulan] == [semua[i].pk for i in (2, 3, 0, 1)]
    assert [c.slot.jam.hour for c in usulan] == [8, 9, 10, 11]
    hari.slot.exclude(pk=usulan[0].slot.pk).update(ditutup=True)
    sempit = usulkan(hari, calon_hari(hari, untuk_hari(hari)))
    assert [c.perkara.pk for c in sempit if c.slot] == [semua[2].pk]


def test_rencana_satu_klik_dan_klik_kedua(masuk, kanwil):
    hari, semua = hari_contoh(kanwil, meja=2), penerima("lombok-timur", 8)
    klien = masuk("kanwil.ntb")
    calon = usulkan(hari, calon_hari(hari, untuk_hari(hari)))
    isi = {"perkara": [c.perkara.nomor for c in calon]}
    for c in calon:
        n = c.perkara.nomor
        isi |= {f"slot-{n}": c.slot.pk, f"versi-{n}": c.perkara.versi, f"langkah-{n}": c.langkah}
    alamat = reverse("wawancara:rencana", args=[hari.pk])
    assert "8 dari 8 selesai" in isi_jawab(klien.post(alamat, isi))
    assert Janji.objects.filter(keadaan="terjadwal").count() == 8
    assert {p.tahap for p in type(semua[0]).objects.all()} == {"dijadwalkan"}
    assert isi_jawab(klien.post(alamat, isi)).count("sudah dilakukan") == 8
    assert Janji.objects.count() == 8


def test_satu_gagal_yang_lain_jalan(masuk, kanwil):
    hari, semua = hari_contoh(kanwil), penerima("lombok-timur", 3)
    klien = masuk("kanwil.ntb")
    klien.get(reverse("wawancara:rencana", args=[hari.pk]))
    basi = {f"versi-{semua[1].nomor}": 99}
    jawab = isi_jawab(rencana(klien, hari, **basi))
    assert "2 dari 3 selesai" in jawab and "sudah berubah" in jawab
    assert sorted(Janji.objects.values_list("perkara", flat=True)) == [semua[0].pk, semua[2].pk]


def test_slot_hari_lain_dan_perkara_asing_ditolak(masuk, kanwil):
    hari, lain = hari_contoh(kanwil), hari_contoh(Kantor.objects.get(slug="kalsel"))
    sini, asing = penerima("lombok-timur", 1)[0], penerima("tanah-bumbu", 1, awal=21_000)[0]
    isi = {"perkara": [sini.nomor, asing.nomor]}
    for p in (sini, asing):
        isi |= {f"slot-{p.nomor}": lain.slot.first().pk, f"versi-{p.nomor}": p.versi, f"langkah-{p.nomor}": "jadwalkan"}
    jawab = isi_jawab(masuk("kanwil.ntb").post(reverse("wawancara:rencana", args=[hari.pk]), isi))
    assert "0 dari 1 selesai" in jawab and asing.pemohon.nama not in jawab
    assert not Janji.objects.exists()


def test_hari_untuk_satu_kabupaten(kanwil):
    hari = hari_contoh(kanwil)
    penerima("lombok-timur", 1)
    hari.untuk.add(Kantor.objects.get(slug="tanah-bumbu"))
    assert not untuk_hari(hari).exists()


def test_hari_diperbesar_dan_tidak_menghilangkan_yang_terisi(kanwil):
    hari, (p, q) = hari_contoh(kanwil, meja=2), penerima("lombok-timur", 2)
    terisi = hari.slot.get(jam="14:00", meja=2)
    jadwalkan(p, terisi)
    hari.meja, hari.selesai = 3, datetime.time(16)
    tulis_slot(hari)
    assert hari.slot.filter(ditutup=False).count() == 24
    hari.meja = 1
    with pytest.raises(IsianSalah):
        tulis_slot(hari)
    assert hari.slot.filter(ditutup=False).count() == 24
    # Moved away, the slot keeps its history but is offered to nobody.
    p.refresh_from_db()
    list(kosongkan(hari, hari_contoh(kanwil, maju=9), "Ruangan dipakai.", petugas("kanwil.ntb").penugasan))
    tulis_slot(hari)
    assert hari.slot.get(pk=terisi.pk).ditutup and hari.slot.filter(ditutup=False).count() == 8
    with pytest.raises(IsianSalah):
        jadwalkan(q, terisi)


def test_hari_batal_memindahkan_dan_sisanya_menunggu(masuk, kanwil):
    hari, ganti = hari_contoh(kanwil), hari_contoh(kanwil, maju=9)
    semua = penerima("lombok-timur", 3)
    undang(hari, semua[:2])
    jadwalkan(semua[2], hari.slot.get(jam="10:00"))
    ganti.slot.exclude(jam__lt="10:00").update(ditutup=True)
    isi = {"ke": ganti.pk, "alasan": "Aula dipakai kegiatan lain."}
    jawab = isi_jawab(masuk("kanwil.ntb").post(reverse("wawancara:batal", args=[hari.pk]), isi))
    assert "3 dari 3 selesai" in jawab
    hari.refresh_from_db()
    assert hari.dibatalkan and not masih_terjadwal(hari).exists()
    assert [p.tahap for p in masih_terjadwal(ganti).order_by("pk")] == ["menunggu_wawancara"] * 2
    semua[2].refresh_from_db()
    assert (semua[2].tahap, semua[2].janji_kini) == ("disetujui", None)
    assert set(Janji.objects.filter(slot__hari=hari).values_list("alasan", flat=True)) == {isi["alasan"]}


def test_batal_tanpa_pengganti_dan_yang_terputus_dilanjutkan(masuk, kanwil):
    hari, semua = hari_contoh(kanwil), penerima("lombok-timur", 2)
    undang(hari, semua)
    tutup_hari(hari)
    halaman = masuk("kanwil.ntb").get(reverse("wawancara:hari", args=[hari.pk])).content.decode()
    assert "2 penerima masih tercatat di sini" in halaman
    masuk("kanwil.ntb").post(reverse("wawancara:batal", args=[hari.pk]), {"alasan": "Aula dipakai."})
    for p in semua:
        p.refresh_from_db()
        assert (p.tahap, p.janji_kini) == ("jadwal_ulang", None)
    assert untuk_hari(hari_contoh(kanwil, maju=3)).count() == 2
    lagi = masuk("kanwil.ntb").get(reverse("wawancara:batal", args=[hari.pk]))
    assert lagi.headers["Location"] == reverse("wawancara:hari", args=[hari.pk]), "nobody is left to be moved"


def test_pusat_menjadwalkan_penerima_provinsi_lain(masuk, acuan):
    pusat = Kantor.objects.get(jenis="pusat")
    hari, (p,) = hari_contoh(pusat), penerima("lombok-timur", 1)
    type(p).objects.filter(pk=p.pk).update(penyelenggara="pusat")
    assert "1 dari 1 selesai" in isi_jawab(rencana(masuk("direktorat"), hari))
    assert not untuk_hari(hari_contoh(Kantor.objects.get(slug="ntb"))).exists()


@pytest.mark.parametrize("nama", ["daftar", "hari", "rencana", "batal"])
def test_anggaran_kueri_tidak_tumbuh(masuk, kanwil, nama):
    hari = hari_contoh(kanwil, meja=4)
    klien, jumlah = masuk("kanwil.ntb"), []
    alamat = reverse(f"wawancara:{nama}", args=[] if nama == "daftar" else [hari.pk])
    for awal, banyak in ((20_000, 2), (21_000, 8)):
        semua = penerima("lombok-timur", banyak * 2, awal=awal)
        for p, slot in zip(semua[:banyak], hari.slot.filter(janji__isnull=True).order_by("jam", "meja"), strict=False):
            jadwalkan(p, slot)
        lewatkan([p.pk for p in semua[:banyak]], "menunggu_wawancara")
        klien.get(alamat)
        with CaptureQueriesContext(
            connection,
        ) as kueri:
            jawab = klien.get(alamat)
        # The page stands inside the menu of its reader.
        assert jawab.status_code == 200 and "/persetujuan/" in jawab.content.decode()
        jumlah.append(len(kueri))
    assert jumlah[0] == jumlah[1] <= 30


def test_jam_yang_sudah_lewat_tidak_ditawarkan(kanwil, monkeypatch):
    """On the day itself nobody is called to an hour that is over, one by one or by the plan."""
    p = penerima("lombok-timur", 1)[0]
    kini = datetime.datetime(2026, 11, 24, 10, 30, tzinfo=kanwil.zona_waktu)
    jam = {"mulai": datetime.time(8), "selesai": datetime.time(12), "menit": 60, "meja": 1}
    hari = HariWawancara.objects.create(kantor=kanwil, tanggal=kini.date(), tempat="Aula", alamat="Jalan 1", **jam)
    buat_slot(hari)
    monkeypatch.setattr("django.utils.timezone.now", lambda: kini)
    assert [kata for _, kata in slot_tersedia(p)] == ["Pilih", "24 November 2026 pukul 11.00, Aula"]
    assert [c.slot.jam for c in usulkan(hari, calon_hari(hari, untuk_hari(hari)))] == [datetime.time(11)]


def test_penerima_provinsi_lain_belum_dicentang(masuk, kanwil):
    """Who lives elsewhere may be interviewed by the centre: the plan names them and leaves the choice to the Kanwil."""
    jauh, dekat = penerima("lombok-timur", 2)
    Jemaah.objects.filter(pk=jauh.pemohon_id).update(provinsi="Jawa Timur")
    halaman = masuk("kanwil.ntb").get(reverse("wawancara:rencana", args=[hari_contoh(kanwil).pk])).content.decode()
    assert f'id="pilih-{dekat.nomor}" checked' in halaman and f'id="pilih-{jauh.nomor}">' in halaman
    assert halaman.count("Provinsi lain") == 1 and "diserahkan ke Ditjen" in halaman
