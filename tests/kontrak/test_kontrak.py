"""The contract of every kind of case, over every SOP table that names steps (see tabel.py to join)."""

import pytest

from haji_portal.alur.deklarasi import mesin
from haji_portal.alur.posisi import langkah_berikut, milik_tabel

from .potret import segar
from .tabel import rentang, semua_tabel, wakil

pytestmark = pytest.mark.basis
BATAS_KUERI, BATAS_TTD, BATAS_BUKA, BATAS_BUKU = 55, 30, 45, 5


def test_ada_yang_diuji():
    """Guards the parametrisation itself: an empty list would pass everything."""
    assert len(semua_tabel()) >= 4


@pytest.mark.parametrize("satu", semua_tabel(), ids=lambda t: t.kode)
def test_tabel_yang_tidak_dijalani_sama_dengan_wakilnya(satu):
    """The same rows, and besides them at least the same deadlines: no other part of a table is met on a walk."""
    yang_dijalani = wakil()[satu.kode]
    assert yang_dijalani.baris == satu.baris
    assert [r for r in rentang(satu) if r not in rentang(yang_dijalani)] == []


def test_tiap_status_dan_tiap_langkah_dijalani(rekaman):
    """Happy path and branches: every status reached and every step of this table taken, up to every final status."""
    assert rekaman.diambil == {(lk.nama, lk.sumber) for lk in _milik_tabel(rekaman) if lk.sumber in rekaman.dikunjungi}
    assert {s for s, t in rekaman.tabel.model.TAHAP.items() if t.akhir} <= rekaman.dikunjungi


def _milik_tabel(rekaman):
    """Branches, and what the rows name; of two printed gates from one status only the first is open."""
    urut = [n for b in rekaman.tabel.baris for n in b["transisi"]]
    for lk in mesin(rekaman.tabel.model):
        gerbang = [
            lain.nama
            for lain in mesin(rekaman.tabel.model)
            if lain.sumber == lk.sumber and lain.nama in urut and not (lain.fakta or lain.cabang)
        ]
        didahului = lk.nama in gerbang and lk.nama != min(gerbang, key=urut.index)
        if milik_tabel(lk, urut) and (lk.cabang or not didahului):
            yield lk


def test_tanpa_hak_ditolak_dan_tidak_menulis(rekaman):
    assert len(rekaman.tak_berhak) > 12 * len(rekaman.diambil)
    assert [t for t in rekaman.tak_berhak if t.galat != "TidakBerhak" or not t.kalimat.endswith(".")] == []
    assert rekaman.tertulis == []


def test_status_lain_ditolak_dengan_kalimat(rekaman):
    assert {t.tahap for t in rekaman.salah_tahap} == rekaman.dikunjungi
    salah = [t for t in rekaman.salah_tahap if t.galat != "SalahTahap" or not t.kalimat.endswith(".")]
    assert salah == []
    assert rekaman.tertulis == []


def test_syarat_tertutup_menyebut_sebabnya(rekaman):
    syarat = {k for lk in mesin(rekaman.tabel.model) for k in lk.transisi.conditions}
    assert rekaman.tertutup or len(syarat) == 1, "a lone condition may hold from the opening on; its own test breaks it"
    assert [t for t in rekaman.tertutup if t.galat != "Tertutup" or t.kalimat != t.harusnya or not t.kalimat] == []
    assert rekaman.tertulis == []


def test_gerbang_tidak_terbuka_sebelum_fakta_yang_tercetak(rekaman):
    """The walk takes a gate as soon as it opens: by then every fact that the rows print before it was recorded."""
    urut = [n for b in rekaman.tabel.baris for n in b["transisi"]]
    fakta = {(lk.nama, lk.sumber) for lk in mesin(rekaman.tabel.model) if lk.fakta}
    diperiksa = 0
    for j in rekaman.jejak:
        if j.langkah in urut and (j.langkah, j.dari) not in fakta:
            harus = {n for n in urut[: urut.index(j.langkah)] if (n, j.dari) in fakta}
            assert harus <= j.sudah, j.langkah
            diperiksa += len(harus)
    assert diperiksa or not fakta, "this table prints no fact before any gate"


def test_satu_riwayat_satu_versi_per_langkah(rekaman):
    for j in rekaman.jejak:
        assert (j.sesudah.versi, j.sesudah.riwayat) == (j.sebelum.versi + 1, j.sebelum.riwayat + 1), j.langkah
        assert j.rantai == [], j.langkah
        assert j.sesudah.tahap == j.sesudah.status == j.ke, j.langkah


def test_efek_persis_yang_dideklarasikan(rekaman):
    assert [j.langkah for j in rekaman.jejak if j.efek != j.dideklarasikan] == []
    assert all(j.sesudah.efek == j.sebelum.efek + len(j.dideklarasikan) for j in rekaman.jejak)


def test_klik_dua_kali_satu_efek(rekaman):
    assert [j.langkah for j in rekaman.jejak if j.ulangan != (True, True, True)] == []
    assert [(j.langkah, j.basi) for j in rekaman.jejak if j.basi != "Basi"] == []


def test_selalu_ada_di_kotak_kerja_atau_tertutup(rekaman):
    for j in rekaman.jejak:
        assert bool(j.giliran) != j.akhir, j
        assert not j.terhalang, j
        assert j.giliran_salah == [], j
        assert (j.sesudah.ditutup is not None) == j.akhir, j
        if rekaman.tabel.model.PUNYA_SOP or j.sesudah.kunci:
            assert bool(j.sesudah.kunci) != j.akhir, j


def test_giliran_pemohon_tetap_di_kotak_kerja_kantor(rekaman):
    """Whoever has the file sees it as their own turn; the office that opened the case sees whom it waits for."""
    awal = rekaman.jejak[0].dari
    lain = {s for s, t in rekaman.tabel.model.TAHAP.items() if t.pihak != "kantor"} & rekaman.dikunjungi - {awal}
    for j in rekaman.jejak:
        if j.pihak != "kantor" and not j.akhir:
            lain.discard(j.ke)
            pembuka, harus = j.menunggu
            assert {g[3] for g in j.giliran if g[1] in pembuka} == ({harus} if pembuka else set()), j
            assert {g[3] for g in j.giliran if g[1] not in pembuka} <= {"kantor", j.pihak}, j
    assert not lain, "no turn of these parties was ever seen"


def test_langkah_berikut_dilakukan_oleh_pemilik_giliran(rekaman):
    """The person behind the inbox row took the step itself, not somebody the test went looking for."""
    utama = {n for b in rekaman.tabel.baris for n in b["transisi"]}
    assert [j.langkah for j in rekaman.jejak if not j.lewat_giliran and j.langkah in utama] == []


def test_anggaran_kueri(rekaman):
    """jalankan() alone stays under the first bound; a signature also freezes and numbers each of its letters, a step
    that opens another case writes that one too, and one that moves money its lines in the book."""
    surat = {n: len(b.get("surat", [])) for b in rekaman.tabel.baris for n in b["transisi"]}
    ttd = {lk.nama: surat.get(lk.nama) or 1 for lk in mesin(rekaman.tabel.model) if lk.tanda_tangan}
    for j in rekaman.jejak:
        dibuka, dibukukan = (j.sesudah.lain[i] - j.sebelum.lain[i] for i in (0, 1))
        batas = BATAS_KUERI + BATAS_TTD * ttd.get(j.langkah, 0) + BATAS_BUKA * dibuka + BATAS_BUKU * dibukukan
        assert j.kueri <= batas, (j.langkah, j.kueri)


def test_jalan_lurus_sampai_akhir(pelaksana, setiap_tabel):
    """Without savepoints and detours: from the opening to a final status by the printed steps alone."""
    tabel = setiap_tabel
    perkara = tabel.buka(7).perkara
    while perkara.ditutup is None:
        lk = langkah_berikut(perkara)
        perkara = pelaksana.lakukan(perkara, lk.nama, tabel.isian(perkara, lk.nama)).perkara
    perkara = segar(perkara)
    assert perkara.info_tahap.akhir and not perkara.giliran.exists() and not perkara.kunci_dipegang.exists()
