"""README's tour in a browser: two offices from the counter to the pilgrim's hand, look-up and QR included."""

from __future__ import annotations

import pytest

from haji_portal.surat.models import Surat
from pendaftaran.models import Pendaftaran
from tests.peramban import jalan

pytestmark = [pytest.mark.peramban, pytest.mark.django_db(transaction=True)]
KLIK = {"lombok-timur": 26, "tanah-bumbu": 17}
"""Most clicks that one whole case may cost all officers together (Lombok Timur with one return)."""


def test_lombok_timur_dari_loket_sampai_tangan_jemaah(petugas, kantor_lombok, program, tmp_path):
    program("pdftoppm"), program("zbarimg")
    p = petugas()
    nomor = jalan.lombok_timur(p, kantor_lombok.kode_wilayah)
    assert p.klik <= KLIK["lombok-timur"]
    assert p.page.locator(".sop-tabel tr.sop-selesai").count() == 6
    assert "Perkara ini selesai, SPH diterima jemaah." in p.page.locator(".pesan").first.inner_text()
    perkara = Pendaftaran.objects.get(nomor=nomor)
    assert (perkara.tahap, perkara.putaran, perkara.porsi.nomor) == ("selesai", 2, "2300000001")
    assert perkara.lampiran.filter(jenis="foto_3x4").exists()

    sph = p.page.locator("section:has(#judul-surat) a").first.get_attribute("href")
    alamat_qr = jalan.baca_qr(p.page.context.request.get(p.situs + sph).body(), tmp_path)
    assert "Surat diterima jemaah" in jalan.cek(p, nomor)
    p.page.goto(alamat_qr)
    sah = p.page.locator("main").inner_text()
    assert Surat.objects.get(perkara=perkara.pk, jenis="sph", status="ditandatangani").nomor in sah
    assert "Baiq Nurhayati" not in sah
    assert p.keluhan == []


def test_tanah_bumbu_delapan_baris_kepala_menandatangani(petugas, acuan):
    p = petugas(viewport={"width": 390, "height": 844}, color_scheme="dark")
    nomor = jalan.tanah_bumbu(p, "6310")
    assert p.klik <= KLIK["tanah-bumbu"]
    assert p.page.locator(".sop-daftar .sop-selesai").count() == 8
    perkara = Pendaftaran.objects.get(nomor=nomor)
    assert perkara.tahap == "selesai"
    surat = Surat.objects.get(perkara=perkara.pk, jenis="sph", status="ditandatangani")
    assert surat.jabatan.startswith("Kepala Kantor")
    p.page.once("dialog", lambda dialog: dialog.accept())
    p.tekan("section:has(#judul-surat) form [type=submit], section:has(#judul-surat) a:has-text('Cetak')")
    assert p.keluhan == []
