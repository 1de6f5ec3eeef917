"""Four eyes: one person never passes two different control steps of a group in one round, whoever they are."""

import datetime
from itertools import combinations

import pytest
from django.utils import timezone

from haji_portal.akun.models import Kantor, Penugasan, Peran
from haji_portal.alur.deklarasi import cari_langkah, mesin
from haji_portal.alur.galat import LangkahGagal
from haji_portal.alur.giliran import TUNJUK, kantor_peran, terhalang_oleh_kendali
from haji_portal.alur.halangan import periksa_terhalang
from haji_portal.alur.jalankan import Hasil, jalankan, pilih_petugas
from haji_portal.alur.models import Perkara
from haji_portal.alur.posisi import kantor_langkah, langkah_berikut, langkah_di_sini, peran_langkah
from haji_portal.meja.contoh import petugas_untuk
from haji_portal.meja.tandatangan import tandatangani_langkah

from .pelaku import petugas, semua_peran, tugas_baru, yang_boleh
from .potret import potret, segar

pytestmark = pytest.mark.basis


def _sampai(pelaksana, tabel, perkara, nama):
    """Walk the printed steps until `nama` is next."""
    for _ in range(40):
        berikut = langkah_berikut(perkara)
        if berikut is None or berikut.nama == nama:
            break
        perkara = segar(pelaksana.lakukan(perkara, berikut.nama, tabel.isian(perkara, berikut.nama)).perkara)
    return perkara


def _pasangan(tabel):
    """Every pair of different control steps of one group that this table knows, in its order."""
    urut = [n for b in tabel.baris for n in b["transisi"]]
    kelompok = {}
    for lk in mesin(tabel.model):
        if lk.kendali and lk.nama in urut:
            kelompok.setdefault(lk.kendali, {})[lk.nama] = lk
    semua = [sorted(isi.values(), key=lambda lk: urut.index(lk.nama)) for isi in kelompok.values()]
    return [p for isi in semua for p in combinations(isi, 2)]


def _lakukan(pelaksana, tabel, perkara, lk, oleh):
    """The step as this very person; what it answered."""
    try:
        if lk.tanda_tangan:
            sesi = pelaksana.sesi(oleh)
            return tandatangani_langkah(perkara, lk, oleh=oleh, versi=perkara.versi, sesi=sesi)
        data = tabel.isian(perkara, lk.nama)
        return jalankan(perkara, lk.nama, oleh=oleh, versi=perkara.versi, data=data)
    except LangkahGagal as galat:
        return galat


def _merangkap(pengguna, perkara, lk, **lain):
    """A second assignment of the same person, for a step: Kasi who is also Plh. Kepala, a counter clerk made Kasi."""
    peran = sorted(peran_langkah(perkara, lk))[0]
    return tugas_baru(pengguna, peran, kantor_peran(perkara, peran), **lain)


@pytest.mark.parametrize("siapa", ["rangkap", "plh", "superuser"])
def test_orang_yang_sama_ditolak_orang_lain_boleh(pelaksana, satu_tabel, siapa):
    """Exhaustive over the pairs that the table allows in that order."""
    diuji = 0
    for n, (dulu, lalu) in enumerate(_pasangan(satu_tabel)):
        perkara = _sampai(pelaksana, satu_tabel, segar(satu_tabel.buka(n + 1).perkara), dulu.nama)
        if langkah_berikut(perkara) is None or langkah_berikut(perkara).nama != dulu.nama:
            continue
        pelaku = petugas_untuk(perkara, dulu)
        if siapa == "superuser":
            pelaku.pengguna.is_superuser = pelaku.pengguna.is_staff = True
            pelaku.pengguna.save()
        hasil = _lakukan(pelaksana, satu_tabel, perkara, dulu, pelaku)
        assert isinstance(hasil, Hasil), hasil
        perkara = _sampai(pelaksana, satu_tabel, segar(perkara), lalu.nama)
        if lalu.nama not in {lk.nama for lk in langkah_di_sini(perkara)}:
            continue
        jenis = {"jenis": Penugasan.Jenis.PLH} if siapa == "plh" else {}
        sebelum = potret(perkara)
        ditolak = _lakukan(pelaksana, satu_tabel, perkara, lalu, _merangkap(pelaku.pengguna, perkara, lalu, **jenis))
        assert type(ditolak).__name__ == "TidakBerhak" and "orang lain" in ditolak.kalimat, ditolak
        assert potret(perkara) == sebelum
        lain = petugas_untuk(perkara, lalu)
        assert lain.pengguna != pelaku.pengguna
        assert isinstance(_lakukan(pelaksana, satu_tabel, perkara, lalu, lain), Hasil)
        diuji += 1
    assert diuji or not _pasangan(satu_tabel)


def test_pengembalian_memulai_putaran_baru(pelaksana, tabel):
    """After a return the same person may pass the other control step, and the earlier signature counts no more."""
    for n, (dulu, lalu) in enumerate(_pasangan(tabel), start=1):
        perkara = _sampai(pelaksana, tabel, segar(tabel.buka(n).perkara), dulu.nama)
        if langkah_berikut(perkara) is None or langkah_berikut(perkara).nama != dulu.nama:
            continue
        pelaku = petugas_untuk(perkara, dulu)
        _lakukan(pelaksana, tabel, perkara, dulu, pelaku)
        perkara = _sampai(pelaksana, tabel, segar(perkara), lalu.nama)
        kembali = next((lk for lk in langkah_di_sini(perkara) if lk.putaran_baru), None)
        if kembali is None:
            continue
        perkara = segar(pelaksana.lakukan(perkara, kembali.nama, tabel.isian(perkara, kembali.nama)).perkara)
        for lk in cari_langkah(tabel.model, lalu.nama):
            assert pelaku.pengguna.pk not in terhalang_oleh_kendali(perkara, lk)
        return
    if _pasangan(tabel):
        pytest.fail("no pair of control steps with a return was met")


def _hanya_satu_orang(pelaksana, tabel):
    """A case before its second control step, in an office where only the first person is left for it."""
    pasangan = _pasangan(tabel)
    if not pasangan:
        pytest.skip("this table has no control steps")
    dulu, lalu = next(((a, b) for a, b in pasangan if b.tanda_tangan), pasangan[0])
    perkara = _sampai(pelaksana, tabel, segar(tabel.buka(1).perkara), dulu.nama)
    pelaku = petugas_untuk(perkara, dulu)
    boleh = peran_langkah(perkara, lalu)
    peran = sorted(boleh)[0]
    kantor = kantor_peran(perkara, peran)
    kemarin = timezone.localdate() - datetime.timedelta(days=1)
    lain = Penugasan.objects.filter(kantor=kantor, peran__in=boleh).exclude(pengguna=pelaku.pengguna)
    lain.update(selesai=kemarin)
    if pelaku.penugasan.peran not in boleh:
        tugas_baru(pelaku.pengguna, peran, kantor, jenis=Penugasan.Jenis.PLH)
    hasil = _lakukan(pelaksana, tabel, perkara, dulu, pelaku)
    assert isinstance(hasil, Hasil), hasil
    return _sampai(pelaksana, tabel, segar(perkara), lalu.nama), lalu, peran, kantor


def _penunjuk(perkara, kantor):
    """Who is asked for another official: the district's own superiors, at the centre the Dirjen."""
    if kantor.jenis == Kantor.Jenis.PUSAT:
        return {(Peran.DITJEN, kantor.pk)}
    return {(Peran.KEPALA, perkara.kantor_id), (Peran.KANWIL, perkara.kantor.induk_id)}


def test_terhalang_sampai_ada_pejabat_lain(pelaksana, tabel):
    """One Kasi who is also the verifier: blocked, in the inbox of Kepala and Kanwil, healed by a new decree."""
    perkara, lalu, peran, kantor = _hanya_satu_orang(pelaksana, tabel)
    assert perkara.terhalang and yang_boleh(perkara, lalu) is None
    tunjuk = set(perkara.giliran.filter(kegiatan=TUNJUK).values_list("peran", "kantor_id"))
    assert tunjuk == _penunjuk(perkara, kantor)
    assert periksa_terhalang() == 0, "nothing has changed yet"
    baru = tugas_baru(petugas(Peran.KASUBAG, perkara.kantor).pengguna, peran, kantor, jenis=Penugasan.Jenis.PLT)
    assert periksa_terhalang() == 1
    perkara = segar(perkara)
    assert not perkara.terhalang and not perkara.giliran.filter(kegiatan=TUNJUK).exists()
    assert isinstance(_lakukan(pelaksana, tabel, perkara, lalu, baru), Hasil)


def test_terhalang_bila_penugasan_berakhir(pelaksana, tabel):
    """Nobody moved the case, but the only official left: the nightly look finds it."""
    perkara = segar(tabel.buka(1).perkara)
    lk = langkah_berikut(perkara)
    for peran in peran_langkah(perkara, lk):
        Penugasan.objects.filter(kantor=kantor_peran(perkara, peran), peran=peran).update(
            selesai=timezone.localdate() - datetime.timedelta(days=1)
        )
    assert periksa_terhalang() == 1
    assert Perkara.objects.get(pk=perkara.pk).terhalang
    tunjuk = set(segar(perkara).giliran.filter(kegiatan=TUNJUK).values_list("peran", "kantor_id"))
    assert tunjuk == _penunjuk(perkara, kantor_langkah(perkara, lk))
    assert periksa_terhalang() == 0


def test_pilih_petugas_memakai_penugasan_yang_cocok(pelaksana, tabel):
    """A person with several assignments acts under the one that the step asks for."""
    perkara = segar(tabel.buka(1).perkara)
    lk = langkah_berikut(perkara)
    orang = semua_peran(perkara)[Peran.SISKOHAT].pengguna
    with pytest.raises(LangkahGagal):
        pilih_petugas(orang, perkara, lk)
    tugas = _merangkap(orang, perkara, lk)
    del orang._penugasan
    assert pilih_petugas(orang, perkara, lk).penugasan == tugas.penugasan
