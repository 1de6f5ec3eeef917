"""What a page and its POST must answer for every kind of case (DESIGN.md, "What a black-box test may rely on")."""

import html
import re

import pytest

from haji_portal.akun.models import Kantor
from haji_portal.alur.deklarasi import mesin
from haji_portal.alur.efek import _penangan_untuk, sapu
from haji_portal.alur.giliran import terhalang_oleh_kendali
from haji_portal.alur.jalankan import alasan_tertutup
from haji_portal.alur.models import Efek
from haji_portal.alur.posisi import langkah_berikut, langkah_di_sini, peran_langkah
from haji_portal.kabar.models import Pesan
from haji_portal.surat.models import NomorSurat, Surat

from .pelaku import pembaca, petugas, tak_berwenang, yang_boleh
from .potret import potret, segar

pytestmark = pytest.mark.basis
EMPAT_MATA = "Harus dilakukan orang lain: Anda sudah memeriksa perkara ini pada langkah sebelumnya."


def _langkahi(pelaksana, tabel):
    """Every case state on the plain path, one after another."""
    perkara = segar(tabel.buka(1).perkara)
    while True:
        yield perkara
        perkara = segar(perkara)  # an effect may have gone on by itself
        if perkara.ditutup:
            return
        lk = langkah_berikut(perkara)
        perkara = segar(pelaksana.lakukan(perkara, lk.nama, tabel.isian(perkara, lk.nama)).perkara)


def _kirim(client, perkara, nama, versi, pengguna):
    client.force_login(pengguna)
    return client.post(f"{perkara.get_absolute_url()}langkah/{nama}/", {"versi": versi})


def test_halaman_menyebut_langkah_dan_sebab_tertutup(pelaksana, tabel, client):
    for perkara in _langkahi(pelaksana, tabel):
        berikut = langkah_berikut(perkara)
        oleh = pembaca(perkara, berikut)
        client.force_login(oleh.pengguna)
        isi = client.get(perkara.get_absolute_url()).content.decode()
        assert f'data-nomor="{perkara.nomor}" data-status="{perkara.tahap}" data-versi="{perkara.versi}"' in isi
        terbuka = set(re.findall(r'data-langkah="([a-z_0-9]+)"', isi))
        harus = {
            lk.nama
            for lk in langkah_di_sini(perkara)
            if oleh.peran in peran_langkah(perkara, lk) and not alasan_tertutup(perkara, lk)
        }
        assert terbuka == harus, perkara.tahap
        teks = html.unescape(isi)
        for lk in langkah_di_sini(perkara):
            if oleh.peran in peran_langkah(perkara, lk):
                # Whoever may never take it reads that alone: the other reasons are for the person who will.
                sebab = [EMPAT_MATA] if oleh.pengguna.pk in terhalang_oleh_kendali(perkara, lk) else None
                assert [k for k in sebab or alasan_tertutup(perkara, lk) if k not in teks] == [], lk.nama


def test_jawaban_untuk_kiriman_yang_salah(pelaksana, satu_tabel, client):
    """404 foreign, 403 not this role, 409 stale or wrong status: at every station of the path, nothing written."""
    asing = Kantor.objects.filter(jenis="kabkota").exclude(slug=satu_tabel.slug).first()
    nama_lain = {"tidak_dikenal_di_sini"}
    for kini in _langkahi(pelaksana, satu_tabel):
        berikut = langkah_berikut(kini)
        if berikut is None:
            break
        sebelum, benar = potret(kini), pembaca(kini, berikut).pengguna
        stasiun_petugas = bool(peran_langkah(kini, berikut))
        kirim = [
            (berikut.nama, kini.versi, petugas("kasi", asing).pengguna, 404),
            (berikut.nama, kini.versi, tak_berwenang(kini, berikut).pengguna, 403),
            (berikut.nama, kini.versi + 7 * stasiun_petugas, benar, 409 if stasiun_petugas else 403),
            (sorted(nama_lain)[0], kini.versi, benar, 404 if "tidak_dikenal_di_sini" in nama_lain else 409),
        ]
        for nama, versi, pengguna, status in kirim:
            jawab = _kirim(client, kini, nama, versi, pengguna)
            assert jawab.status_code == status, (kini.tahap, nama, pengguna.username)
        assert potret(kini) == sebelum
        nama_lain = {berikut.nama} if not berikut.fakta else nama_lain


def test_langkah_tanpa_isian_dikirim_dua_kali(pelaksana, satu_tabel, client):
    """303 both times, one row: the second click on a page that is gone."""
    diuji = 0
    for perkara in _langkahi(pelaksana, satu_tabel):
        lk = langkah_berikut(perkara)
        if lk is None or lk.form or lk.tanda_tangan or not peran_langkah(perkara, lk):
            continue
        oleh, versi = yang_boleh(perkara, lk), perkara.versi
        for _ in range(2):
            assert _kirim(client, perkara, lk.nama, versi, oleh.pengguna).status_code == 303
        assert segar(perkara).riwayat.filter(versi=versi).count() == 1
        assert segar(perkara).versi == versi + 1
        diuji += 1
        break
    tanpa_isian = [lk for lk in mesin(satu_tabel.model) if not (lk.form or lk.tanda_tangan or lk.cabang)]
    assert diuji or not [lk for lk in tanpa_isian if lk.oleh.peran]


def test_efek_dua_kali_tidak_terlihat(pelaksana, satu_tabel, mailoutbox):
    """Every effect of the whole path, each handler twice: as many letters, numbers and messages as once."""
    jumlah = 0
    for _ in _langkahi(pelaksana, satu_tabel):
        while sapu():
            pass
        sekali = (Surat.objects.count(), NomorSurat.objects.count(), Pesan.objects.count(), len(mailoutbox))
        baru = list(Efek.objects.all())
        assert [e.galat for e in baru if e.selesai is None] == []
        for efek in baru[jumlah:]:
            _penangan_untuk(efek.jenis)(efek)
        jumlah = len(baru)
        assert (Surat.objects.count(), NomorSurat.objects.count(), Pesan.objects.count(), len(mailoutbox)) == sekali
    assert jumlah > 1
