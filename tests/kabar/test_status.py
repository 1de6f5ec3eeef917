"""What the pilgrim reads after a step: what happened, what is next, until when; and nothing private."""

import re

import pytest
from django.core import mail

from haji_portal.alur.efek import jalankan_efek, sapu
from haji_portal.alur.models import Efek, Tahap
from haji_portal.alur.posisi import langkah_berikut
from haji_portal.alur.rantai import hapus_isi
from haji_portal.kabar.kata import konteks, samarkan, susun, templat_status
from haji_portal.kabar.models import Pesan
from pendaftaran.contoh import buat_jemaah, buka_contoh
from tests.kabar.conftest import ALAMAT, NIK

pytestmark = pytest.mark.django_db


def surel_terakhir():
    assert sapu() > 0
    return mail.outbox[-1]


def periksa_pribadi(surel, perkara):
    teks = surel.subject + surel.body
    assert NIK not in teks
    assert perkara.rekening.nomor not in teks
    assert perkara.setoran.nomor_validasi not in teks
    assert teks.count("Siti Rahmah") == 1, "the name stands in the salutation only"
    assert "Siti" not in surel.subject
    assert not re.search(r"None|\{\{|&amp;", teks)


class TestIsi:
    def test_diterima(self, perkara):
        surel = surel_terakhir()
        assert surel.to == [ALAMAT]
        assert surel.subject == f"Berkas {perkara.nomor} sudah kami terima"
        assert "Yth. Ibu Siti Rahmah & Anak," in surel.body
        assert re.search(
            r"diperiksa oleh petugas .*, paling lambat \w+, \d+ \w+ \d{4} pukul \d\d\.\d\d WITA", surel.body
        )
        assert "/cek/" in surel.body
        assert "Rp0" in surel.body
        periksa_pribadi(surel, perkara)

    def test_dikembalikan_menyebut_yang_kurang(self, perkara, langkah):
        verdict = {b.kode: ("ada", "") for b in perkara.butir.all()}
        kurang, tidak = perkara.butir.filter(wajib=True)[:2]
        verdict[kurang.kode] = ("kurang", f"Fotokopi buram, NIK {NIK} tidak terbaca")
        verdict[tidak.kode] = ("tidak", "Belum dibawa")
        perkara = langkah(perkara, "periksa_berkas", verdict=verdict, unggahan={})
        perkara = langkah(perkara, "kembalikan", catatan="Rekening 7012345678 bukan milik sendiri.")
        surel = surel_terakhir()
        assert surel.subject == f"Berkas {perkara.nomor} perlu dilengkapi"
        assert f"- {kurang.nama}: Fotokopi buram, NIK •••• tidak terbaca\n- {tidak.nama}: Belum dibawa\n" in surel.body
        assert "Pesan petugas: Rekening •••• bukan milik sendiri." in surel.body
        ada = [b.nama for b in perkara.butir.filter(verdict="ada")]
        assert ada
        assert not any(f"- {nama}\n" in surel.body for nama in ada)
        periksa_pribadi(surel, perkara)

    def test_ditolak_menyebut_aturan(self, perkara, langkah):
        perkara = langkah(perkara, "tolak", aturan="244/2021 A.9", penjelasan="Akta belum dapat dibuktikan.")
        surel = surel_terakhir()
        assert "Sebabnya: Akta belum dapat dibuktikan." in surel.body
        assert "Ketentuannya: 244/2021 A.9" in surel.body
        assert "belum dapat disetujui" in surel.subject
        periksa_pribadi(surel, perkara)

    def test_isi_yang_dihapus_menurut_hukum_tidak_disebut(self, perkara, langkah):
        perkara = langkah(perkara, "tolak", aturan="244/2021 A.9", penjelasan="Akta belum dapat dibuktikan.")
        hapus_isi(perkara.riwayat.order_by("-urut").first())
        surel = surel_terakhir()
        assert "Akta" not in surel.body
        assert "Sebabnya" not in surel.body

    def test_dari_loket_sampai_selesai(self, perkara, langkah):
        while perkara.ditutup is None:
            perkara = langkah(perkara, langkah_berikut(perkara).nama)
            sapu()
        judul = [m.subject for m in mail.outbox]
        assert len(judul) == len(set(judul))
        assert "menunggu tanda tangan" in " ".join(judul)
        assert "siap diambil" in " ".join(judul)
        assert judul[-1] == f"Permohonan {perkara.nomor} sudah selesai"
        for surel in mail.outbox:
            periksa_pribadi(surel, perkara)
        ttd = next(m for m in mail.outbox if "menunggu tanda tangan" in m.subject)
        assert "menunggu tanda tangan Kepala Seksi Haji" in ttd.body

    def test_kabar_terlambat_tidak_menjanjikan_yang_lewat(self, perkara, langkah):
        """The mail server was down while the case moved on: the first message tells the past, promises nothing."""
        langkah(perkara, "tolak", aturan="244/2021 A.9", penjelasan="Akta.")
        sapu()
        pertama = mail.outbox[0]
        assert "sudah kami terima" in pertama.subject
        assert "paling lambat" not in pertama.body
        assert "Sekarang" not in pertama.body


def test_tahap_tanpa_templat_memakai_bawaan(perkara):
    riwayat = perkara.riwayat.get()
    perkara.TAHAP = {perkara.tahap: Tahap("X", "Menunggu BPKH", pihak="mitra", menunggu="jawaban BPKH")}
    assert templat_status(perkara, riwayat) == "status"
    teks = susun("status", konteks(perkara, riwayat))
    judul, isi = teks.judul, teks.isi
    assert judul == f"Kabar permohonan {perkara.nomor}"
    assert "tahap “Menunggu BPKH”" in isi
    perkara.TAHAP = {perkara.tahap: Tahap("X", "Dihentikan", akhir=True)}
    assert templat_status(perkara, riwayat) == "tutup"


class TestSekali:
    def test_efek_dua_kali_satu_surel(self, perkara):
        efek = Efek.objects.get(riwayat__perkara=perkara, jenis="kabar.status")
        assert jalankan_efek(efek.pk)
        Efek.objects.filter(pk=efek.pk).update(selesai=None)
        assert jalankan_efek(efek.pk)
        assert len(mail.outbox) == 1
        assert Pesan.objects.count() == 1
        pesan = Pesan.objects.get()
        assert (pesan.status, pesan.percobaan, pesan.perkara_id) == ("dikirim", 1, perkara.pk)

    def test_tanpa_alamat_tidak_ada_surel_dan_efek_selesai(self, kantor_lombok):
        perkara = buka_contoh(kantor_lombok, 9, jemaah=buat_jemaah(kantor_lombok, 9)).perkara
        assert sapu() > 0
        assert mail.outbox == []
        assert not Efek.objects.filter(riwayat__perkara=perkara, selesai__isnull=True).exists()


@pytest.mark.parametrize(
    ("masuk", "keluar"),
    [
        ("NIK 5203014503800002.", "NIK ••••."),
        ("rek. 7012-3456-78", "rek. ••••"),
        ("HP 0812 0000 0007", "HP ••••"),
        ("tahun 2026, 3 lembar, Kepdirjen 244/2021", "tahun 2026, 3 lembar, Kepdirjen 244/2021"),
        ("LTM-PD-26-012345", "LTM-PD-26-012345"),
    ],
)
def test_samarkan(masuk, keluar):
    assert samarkan(masuk) == keluar
