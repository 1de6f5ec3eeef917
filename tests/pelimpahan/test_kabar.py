"""What the recipient reads while a transfer goes its way: true in each status, by both ways in, at both organisers."""

from __future__ import annotations

import re

import pytest
from django.core import mail

from haji_portal.alur.deklarasi import mesin
from haji_portal.alur.efek import sapu
from haji_portal.jemaah.models import Jemaah
from haji_portal.kabar import templat
from pelimpahan import contoh
from pelimpahan.models import Pelimpahan
from tests.pelimpahan.buatan import limpah, sampai, segar

pytestmark = pytest.mark.django_db
LAIN = {"pelimpahan_kanwil", "pelimpahan_kelayakan"}
"""Not told by a step: the set for the Kanwil, and the answer of the eligibility check."""


def surel(p):
    """Bodies of the e-mails to the recipient since the last question, after the effects ran; subjects as keys."""
    while sapu():
        pass
    kotak = {m.subject.replace(p.nomor, "").strip(): m for m in mail.outbox if m.to == [p.pemohon.email]}
    for m in kotak.values():
        for rahasia in (p.pemohon.nik, p.jemaah_asal.nik, p.rekening.nomor, p.porsi.nomor, p.jemaah_asal.nama):
            assert rahasia not in m.subject + m.body
        assert not re.search(r"None|\{\{|\{%|&amp;|  ", m.subject + m.body)
    mail.outbox.clear()
    return kotak


def isi(p):
    (satu,) = surel(p).values()
    return satu


def test_semua_templat_yang_disebut_mesin_ada_juga_pendek():
    disebut = {k for lk in mesin(Pelimpahan) for jenis, k in lk.efek if jenis == "kabar.status" and k}
    milik = {
        r: {k for k, b in templat.semua() if b == r and k.startswith("pelimpahan_")} for r in ("panjang", "pendek")
    }
    assert milik["pendek"] == disebut | {"pelimpahan_diterima"} == milik["panjang"] - LAIN


@pytest.mark.parametrize(("saluran", "slug", "sebab", "pusat"), [
    ("loket", "tanah-bumbu", "wafat", False), ("elektronik", "kepulauan-seribu", "sakit", True),
])  # fmt: skip
def test_dari_berkas_sampai_undangan(pelaksana, saluran, slug, sebab, pusat):
    siapa = "Direktorat Jenderal" if pusat else "Kantor Wilayah"

    def ambil(nama):
        nonlocal p
        pelaksana.lakukan(p, nama, contoh.isian(p, nama))
        p = segar(p)
        return isi(p)

    p = limpah(slug, 4, sebab=sebab, saluran=saluran)
    awal = isi(p).body
    assert ("berduka cita" in awal) is (sebab == "wafat") and "almarhum atau" not in awal
    assert ("masih perlu diperbaiki" if saluran == "elektronik" else "masih perlu dibawa") in awal
    assert "Langkah berikutnya ada pada" in awal
    p = sampai(pelaksana, p, "direkam")
    assert "mengirimkannya ke Kantor Wilayah." in next(m.body for k, m in surel(p).items() if "lengkap" in k)
    p = sampai(pelaksana, p, "di_kanwil")
    assert "Simpan semua dokumen asli" in isi(p).body
    kembali = ambil("kembalikan_kantor").body
    assert "Kantor Wilayah meminta kantor memperbaiki" in kembali and "paling lambat" in kembali
    p = sampai(pelaksana, p, "disetujui")
    surel(p)
    if pusat:
        Jemaah.objects.filter(pk=p.pemohon_id).update(provinsi="Jawa Timur")
        pelaksana.lakukan(segar(p), "serahkan_pusat", {"alasan": "Penerima tinggal di provinsi lain."})
        p = segar(p)
    assert p.info_tahap.publik == ("Wawancara dan dokumen asli" if pusat else "Diperiksa Kantor Wilayah")
    jadwal = ambil("jadwalkan").body
    assert f"{siapa} menjadwalkan" in jadwal and re.search(r": (Senin|Selasa|Rabu|Kamis|Jumat), \d", jadwal)
    pindah = ambil("pindah_jadwal")
    assert "Tunggu undangannya" in pindah.body and not pindah.attachments
    undangan = ambil("buka_blokir")
    assert f"{siapa} mengundang" in undangan.body and undangan.attachments[0][0].startswith("Undangan-")
    pindah = ambil("pindah_jadwal")
    assert "Undangan yang baru terlampir" in pindah.body and pindah.attachments
    tak_hadir = ambil("tidak_hadir")
    assert f"{siapa} membuat jadwal baru" in tak_hadir.body and not tak_hadir.attachments
    assert ambil("jadwalkan_ulang").attachments
    gagal = ambil("nyatakan_tidak_lulus").body
    assert f"{siapa} menyatakan" in gagal and "Dasarnya: Kepdirjen PHU 245/2021 C.7." in gagal
    assert "Nomor porsi tetap atas nama jemaah asal" in ambil("tutup_blokir").body
