"""Work as it really goes: without scripts, without a mouse, with slips, double clicks and stale pages."""

from __future__ import annotations

import datetime

import pytest
from django.contrib import admin
from django.db import router, transaction
from playwright.sync_api import expect

from haji_portal.jemaah.models import Jemaah
from pendaftaran import contoh
from pendaftaran.models import Pendaftaran
from tests.peramban import jalan
from tests.peramban.petugas import SANDI, Petugas

pytestmark = [pytest.mark.peramban, pytest.mark.django_db(transaction=True)]


def test_loket_tanpa_javascript_lalu_pemohon_mengecek(petugas, kantor_lombok):
    p = petugas("ptsp.lombok-timur", java_script_enabled=False)
    p.buka("/kerja/")
    p.page.click("summary[data-pintasan=n]")
    p.tekan(".menu-isi a[href='/pendaftaran/baru/']")
    nomor = p.simpan_baru(nik=jalan.nik(kantor_lombok.kode_wilayah))
    for radio in p.page.locator("[type=radio][value=ada]").all():
        radio.check()
    p.langkah("periksa_berkas")
    p.langkah("nyatakan_lengkap")
    assert Pendaftaran.objects.get(nomor=nomor).tahap == "direkam"
    p.masuk("jfu.lombok-timur")
    p.buka(f"/pendaftaran/{nomor}/")
    p.langkah("isi_spph", **jalan.SPPH)
    p.langkah("ambil_foto", foto=jalan.FOTO)
    assert "Data dan foto direkam" in jalan.cek(p, nomor)
    assert p.keluhan == []


def test_formulir_penerimaan_diisi_dengan_papan_ketik_saja(petugas, kantor_lombok):
    """From the list to the receipt: `n` and Enter, then every field by Tab and typing, Enter at the end."""
    p = petugas("ptsp.lombok-timur")
    p.buka("/kerja/")
    p.page.keyboard.press("n")
    with p.page.expect_navigation():
        p.page.keyboard.press("Enter")
    assert not p.page.locator("option", has_text="---").count()
    lahir = datetime.date(1968, 3, 3)  # the same day and month: a browser may ask for either first
    nik = contoh.nik_contoh(kantor_lombok.kode_wilayah, lahir, "P", 1)
    isian = {
        "nik": nik, "nama": "Baiq Nurhayati", "tempat_lahir": "Selong", "tanggal_lahir": f"{lahir:%d%m%Y}",
        "jenis_kelamin": "Per", "alamat": "Dusun Mekar Sari", "bank": "Bank Syariah Indonesia",
        "nomor_validasi": "BSI2611000009", "nomor_rekening": "7012345009", "atas_nama": "Baiq Nurhayati",
    }  # fmt: skip
    belum = dict(isian)
    for _ in range(60):
        nama = p.page.evaluate("document.activeElement.name || ''")
        if nama in belum:
            p.page.keyboard.type(belum.pop(nama))
        elif nama == "hadir_sendiri":
            p.page.keyboard.press("Space")
            break
        p.page.keyboard.press("Tab")
    assert belum == {}
    with p.page.expect_navigation():
        p.page.keyboard.press("Enter")
    perkara = Pendaftaran.objects.get()
    assert (perkara.pemohon.nik, perkara.pemohon.tanggal_lahir) == (nik, lahir)
    assert p.page.url.endswith(perkara.get_absolute_url())


def test_mencari_membuka_dan_menandatangani_tanpa_tetikus(petugas, sampai):
    """`/` finds a case; in the stack: arrow, `x` ticks, `s` goes to the password, Enter signs the opened letter."""
    perkara = [sampai("diverifikasi", urut) for urut in (1, 2)]
    p = petugas("kasi.lombok-timur")
    p.buka("/kerja/")
    p.page.keyboard.press("/")
    p.page.keyboard.type(perkara[1].nomor)
    with p.page.expect_navigation():
        p.page.keyboard.press("Enter")
    if not p.page.locator("[data-nomor]").count():
        p.page.keyboard.press("ArrowDown")
        with p.page.expect_navigation():
            p.page.keyboard.press("Enter")
    assert p.page.locator("[data-nomor]").get_attribute("data-nomor") == perkara[1].nomor
    p.buka("/persetujuan/")
    p.page.keyboard.press("ArrowDown")
    p.page.keyboard.press("ArrowDown")
    p.page.keyboard.press("x")
    assert p.page.locator(".setuju-centang:checked").count() == 1
    p.page.keyboard.press("Enter")
    dibuka = p.page.locator(".setuju-baris a").nth(1).get_attribute("href").rpartition("=")[2]
    expect(p.page.locator("[data-terbuka]")).to_have_attribute("data-terbuka", dibuka)
    p.page.keyboard.press("s")
    expect(p.page.locator("form[data-langkah=tandatangani] [type=password]")).to_be_focused()
    p.page.keyboard.type(SANDI)
    with p.page.expect_navigation():
        p.page.keyboard.press("Enter")
    assert Pendaftaran.objects.get(nomor=dibuka).tahap == "ditandatangani"
    assert Pendaftaran.objects.filter(status="ditandatangani").count() == 1
    assert p.keluhan == []


def test_salah_ketik_tidak_menghapus_isian_dan_klik_ganda_membuat_satu_perkara(petugas, kantor_lombok):
    nik = jalan.nik(kantor_lombok.kode_wilayah)
    p = petugas("ptsp.lombok-timur")
    p.buka("/pendaftaran/baru/")
    p.isi_baru(nik=nik[:-1])
    p.tekan("form[data-baru] button.btn-primary")
    expect(p.page.locator(".ringkasan-galat")).to_be_focused()
    p.page.locator(".ringkasan-galat a").first.click()
    assert p.page.evaluate("document.activeElement.name") == "nik"
    for nama in ("nama", "alamat", "email", "nomor_validasi", "nomor_rekening"):
        assert p.page.input_value(f"main [name={nama}]"), nama
    assert p.page.is_checked("[name=hadir_sendiri]")
    assert not Jemaah.objects.exists()
    p.isi(nik=nik)
    with p.page.expect_navigation():
        p.page.dblclick("form[data-baru] button.btn-primary")
    assert Pendaftaran.objects.count() == 1
    assert [k for k in p.keluhan if "422" not in k] == []


def test_halaman_basi_berkata_apa_yang_terjadi_dan_menyimpan_ketikan(petugas, sampai, pelaksana):
    perkara = sampai("direkam")
    p = petugas("jfu.lombok-timur")
    p.buka(perkara.get_absolute_url())
    p.isi(**jalan.SPPH)
    with transaction.atomic():
        pelaksana.lakukan(perkara, "ambil_foto", contoh.isian(perkara, "ambil_foto"))
    p.tekan("form[data-langkah=isi_spph] [type=submit]")
    expect(p.page.locator(".pesan-danger")).to_be_focused()
    assert "409" not in p.page.locator("main").inner_text()
    assert p.page.input_value("[name=nama_ayah]") == jalan.SPPH["nama_ayah"]
    p.tekan("form[data-langkah=isi_spph] [type=submit]")
    perkara.refresh_from_db()
    assert perkara.pemohon.nama_ayah == jalan.SPPH["nama_ayah"]


def test_ketikan_tidak_hilang_walau_langkahnya_sudah_lewat(petugas, sampai):
    """The official writes why the file goes back; meanwhile it was signed in another tab."""
    perkara = sampai("diverifikasi")
    p = petugas("kasi.lombok-timur")
    p.buka(perkara.get_absolute_url())
    p.page.click("#langkah-perbaiki > summary")
    p.isi("form[data-langkah=perbaiki]", alasan="Nama ayah berbeda dari akta kelahiran.")
    lain = Petugas(p.page.context.new_page(), p.situs)
    lain.buka(perkara.get_absolute_url())
    lain.langkah("tandatangani", sandi=SANDI)
    p.tekan("form[data-langkah=perbaiki] [type=submit]")
    expect(p.page.locator(".pesan-danger")).to_be_focused()
    assert "Nama ayah berbeda dari akta kelahiran." in p.page.locator("main").inner_text()


def test_seluruh_admin_tanpa_pelanggaran_kebijakan(petugas, sampai):
    """Index, every list and one page of every kind: no error in the console, nothing from elsewhere."""
    sampai("ditandatangani")
    p = petugas("admin")
    lihat_admin(p, "/admin/")
    for model in admin.site._registry:
        daftar = f"/admin/{model._meta.app_label}/{model._meta.model_name}/"
        lihat_admin(p, daftar)
        satu = model._default_manager.using(router.db_for_read(model)).order_by("pk").first()
        if satu is not None:
            lihat_admin(p, f"{daftar}{satu.pk}/change/")
    assert p.keluhan == []


def lihat_admin(p: Petugas, alamat: str) -> None:
    jawab = p.page.goto(p.situs + alamat)
    assert jawab.status == 200 and p.page.url == p.situs + alamat, (alamat, jawab.status, p.page.url)


def test_di_ponsel_surat_yang_dibuka_tampak_di_layar(petugas, sampai):
    for urut in (1, 2):
        sampai("diverifikasi", urut)
    p = petugas("kasi.lombok-timur", viewport={"width": 390, "height": 560}, has_touch=True)
    p.buka("/persetujuan/")
    tautan = p.page.locator(".setuju-baris a").nth(1)
    dibuka = tautan.get_attribute("href").rpartition("=")[2]
    tautan.tap()
    expect(p.page.locator("[data-terbuka]")).to_have_attribute("data-terbuka", dibuka)
    expect(p.page.locator("#setuju-isi h2").first).to_be_in_viewport()
    assert p.keluhan == []
