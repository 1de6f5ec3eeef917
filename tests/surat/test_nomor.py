"""The register: no number twice, no gap, also when officers press at the same moment and some of them fail."""

import datetime
import threading
from concurrent.futures import ThreadPoolExecutor
from types import SimpleNamespace

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connections, transaction

from haji_portal.surat import nomor
from haji_portal.surat.galat import PolaTidakAda
from haji_portal.surat.models import DeretNomor, NomorSurat, PolaNomor, Surat, periksa_pola
from haji_portal.surat.nomor import ambil_nomor, muat_pola, pola_untuk
from tests.surat.buatan import buat_perkara

HARI = datetime.date(2026, 11, 23)


def ambil(surat, kantor, hari=HARI):
    with transaction.atomic():
        return ambil_nomor(surat, kantor, hari)


def surat_ke(dunia, ke, jenis="sph"):
    perkara = buat_perkara(dunia.kantor, dunia.jemaah, ke)
    return Surat.objects.create(perkara=perkara, jenis=jenis, kantor=dunia.kantor)


def test_pola_naskah_khusus_dan_surat_dinas(dunia):
    assert ambil(surat_ke(dunia, 2), dunia.kantor).nomor == "1/Kk.18.03/11/2026"
    assert ambil(surat_ke(dunia, 3, "rekomendasi"), dunia.kantor).nomor == "B-1/Kk.18.03/Hj.00/11/2026"


def test_deret_bersama_dan_tahun_baru(dunia):
    assert ambil(surat_ke(dunia, 2), dunia.kantor).urut == 1
    assert ambil(surat_ke(dunia, 3, "sph_limpah"), dunia.kantor).urut == 2
    assert ambil(surat_ke(dunia, 4), dunia.kantor, datetime.date(2027, 1, 4)).nomor == "1/Kk.18.03/01/2027"


def test_pola_kantor_mendahului_bawaan_dan_bertanggal(dunia):
    PolaNomor.objects.create(
        jenis_surat="sph",
        kantor=dunia.kantor,
        deret="sph",
        pola="SPH-{urut:03d}/{tahun}",
        mulai=datetime.date(2026, 12, 1),
    )
    assert pola_untuk(dunia.kantor, "sph", HARI).deret == "keterangan"
    assert ambil(surat_ke(dunia, 2), dunia.kantor, datetime.date(2026, 12, 1)).nomor == "SPH-001/2026"


def test_muat_pola_dua_kali_tidak_menimpa_suntingan(dunia):
    PolaNomor.objects.filter(jenis_surat="sph").update(pola="X-{urut}/{tahun}")
    assert muat_pola() == 0
    assert PolaNomor.objects.get(jenis_surat="sph").pola == "X-{urut}/{tahun}"


def test_pola_tidak_ada_menyebut_jalan_keluar(dunia):
    with pytest.raises(PolaTidakAda) as galat:
        ambil(surat_ke(dunia, 2, "undangan"), dunia.kantor)
    assert "admin" in galat.value.kalimat
    assert not NomorSurat.objects.exists()


@pytest.mark.parametrize(
    "pola",
    [
        "{urut}",
        "tanpa medan",
        "{urut}/{tahun}/{rahasia}",
        "{urut.__class__}/{tahun}",
        "{urut[0]}/{tahun}",
        "{urut/",
        "",
    ],
)
def test_pola_buruk_ditolak(pola):
    with pytest.raises(ValidationError):
        periksa_pola(pola)


def test_di_luar_transaksi_ditolak(dunia, monkeypatch):
    surat = surat_ke(dunia, 2)
    monkeypatch.setattr(nomor, "connection", SimpleNamespace(in_atomic_block=False))
    with pytest.raises(RuntimeError):
        ambil_nomor(surat, dunia.kantor, HARI)


def test_gagal_sesudah_mengambil_tidak_membuat_lubang(dunia):
    class Putus(Exception):
        pass

    with pytest.raises(Putus), transaction.atomic():
        ambil_nomor(surat_ke(dunia, 2), dunia.kantor, HARI)
        raise Putus
    assert ambil(surat_ke(dunia, 3), dunia.kantor).urut == 1


def jalankan_serentak(kerja, banyak):
    """Run `kerja(i)` in threads that start together; returns what each returned or raised."""
    palang = threading.Barrier(banyak)

    def satu(i):
        try:
            palang.wait(20)
            return kerja(i)
        except Exception as galat:  # noqa: BLE001
            return galat
        finally:
            connections.close_all()

    with ThreadPoolExecutor(banyak) as kolam:
        return list(kolam.map(satu, range(banyak)))


@pytest.mark.basis
@pytest.mark.django_db(transaction=True)
def test_balapan_nomor_tanpa_lubang_tanpa_kembar(dunia):
    banyak = 8
    semua = [[surat_ke(dunia, 100 + 10 * i + k) for k in range(4)] for i in range(banyak)]

    def kerja(i):
        for ke, surat in enumerate(semua[i]):
            try:
                with transaction.atomic():
                    ambil_nomor(surat, dunia.kantor, HARI)
                    if ke % 3 == 2:
                        raise ZeroDivisionError
            except ZeroDivisionError:
                pass

    hasil = jalankan_serentak(kerja, banyak)
    assert hasil == [None] * banyak
    urut = sorted(NomorSurat.objects.values_list("urut", flat=True))
    assert urut == list(range(1, banyak * 3 + 1))
    assert DeretNomor.objects.get().terakhir == banyak * 3


@pytest.mark.basis
@pytest.mark.django_db(transaction=True)
def test_kendali_balapan_tanpa_kunci_ditolak_basis_data(dunia):
    """The control: read first, write later. Without the counter's lock all want number 1, and only one may have it."""
    banyak = 4
    semua = [surat_ke(dunia, 200 + i) for i in range(banyak)]
    palang = threading.Barrier(banyak)

    def kerja(i):
        urut = NomorSurat.objects.count() + 1
        palang.wait(20)
        NomorSurat.objects.create(
            kantor=dunia.kantor, deret="x", tahun=2026, urut=urut, nomor=f"{urut}", tanggal=HARI, surat=semua[i]
        )

    hasil = jalankan_serentak(kerja, banyak)
    assert sum(isinstance(h, IntegrityError) for h in hasil) == banyak - 1
    assert NomorSurat.objects.count() == 1
