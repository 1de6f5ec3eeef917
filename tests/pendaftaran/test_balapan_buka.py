"""One open case per deposit and per NIK, across offices, held by the database."""

from functools import partial

import pytest

from haji_portal.akun.models import Kantor
from haji_portal.alur.galat import LangkahGagal, SudahAda
from haji_portal.alur.jalankan import Hasil, buka
from haji_portal.alur.models import Kunci, Perkara
from haji_portal.jemaah.models import Jemaah, Setoran
from haji_portal.meja.contoh import Pelaksana, pembuka
from pendaftaran import contoh
from pendaftaran.masuk import FormPendaftaran
from pendaftaran.models import Pendaftaran
from tests.kontrak.balapan import balapan

pytestmark = [pytest.mark.basis, pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("tanpa_bel")]
KANTOR = ("lombok-timur", "tanah-bumbu")


def _setoran(jemaah, nomor, rekening=None):
    return Setoran.objects.create(
        jemaah=jemaah, bank="BSI", nomor_validasi=nomor, jumlah=25_000_000, tanggal="2026-11-02", rekening=rekening
    )


def _buka(slug, jemaah, setoran):
    kantor = Kantor.objects.get(slug=slug)
    rekening, _ = jemaah.rekening.get_or_create(bank="BSI", nomor="7000000001", atas_nama=jemaah.nama)
    isian = {
        "pemohon": jemaah, "setoran": setoran, "rekening": rekening, "hadir_sendiri": True,
        "tanggal_daftar": "2026-11-02",
    }  # fmt: skip
    return partial(buka, Pendaftaran, kantor=kantor, oleh=pembuka(Pendaftaran(kantor=kantor)), isian=isian)


def _satu_menang(hasil, jumlah=1):
    assert [type(h) for h in hasil].count(Hasil) == jumlah, hasil
    kalah = [h for h in hasil if not isinstance(h, Hasil)]
    assert all(isinstance(h, SudahAda) and "permohonan lain yang terbuka" in h.kalimat for h in kalah), kalah


@pytest.mark.parametrize("sama", ["nik", "setoran"])
def test_dua_kantor_sekaligus(acuan, sama):
    """Twelve races: the same pilgrim with two slips, or the same slip; one office opens, the other is told why."""
    lombok = Kantor.objects.get(slug="lombok-timur")
    for n in range(12):
        jemaah = contoh.buat_jemaah(lombok, 100 + n)
        satu = _setoran(jemaah, f"26110000{n:02d}")
        orang = jemaah if sama == "nik" else contoh.buat_jemaah(lombok, 200 + n)
        dua = _setoran(jemaah, f"26120000{n:02d}") if sama == "nik" else satu
        _satu_menang(balapan(_buka(KANTOR[0], jemaah, satu), _buka(KANTOR[1], orang, dua)))
    assert Perkara.objects.count() == 12 and Kunci.objects.count() == 24


def test_kunci_dilepas_saat_berakhir_dan_dapat_dibuka_lagi(acuan):
    jemaah = contoh.buat_jemaah(Kantor.objects.get(slug=KANTOR[0]), 1)
    setoran = _setoran(jemaah, "2611000001")
    perkara = _buka(KANTOR[0], jemaah, setoran)().perkara
    with pytest.raises(SudahAda):
        _buka(KANTOR[1], jemaah, setoran)()
    Pelaksana("").lakukan(perkara, "cabut", {"alasan": "Pemohon pindah domisili."})
    assert not Kunci.objects.exists()
    assert _buka(KANTOR[1], jemaah, setoran)().perkara.pk != perkara.pk


def _isian_form(kantor, nik, validasi):
    return {
        "nik": nik, "nama": "Siti Rosidah", "tempat_lahir": kantor.kabupaten, "tanggal_lahir": "1980-05-17",
        "jenis_kelamin": "P", "agama": "islam", "alamat": "Dusun Contoh RT 01", "kabupaten": kantor.kabupaten,
        "telepon": "", "email": "", "bank": "Bank Syariah Indonesia", "nomor_validasi": validasi,
        "jumlah": "25000000", "tanggal_setoran": "2026-11-02", "nomor_rekening": "7000000001",
        "atas_nama": "SITI ROSIDAH", "status_haji": "belum", "haji_terakhir": "", "pengecualian": "",
        "hadir_sendiri": "on", "saluran": "loket", "kunjungan": "",
    }  # fmt: skip


def test_formulir_dua_loket_untuk_orang_yang_baru(acuan):
    """Both counters send the intake form of a person nobody knows yet: one case, one person, one sentence."""
    kantor = Kantor.objects.get(slug=KANTOR[0])
    oleh = pembuka(Pendaftaran(kantor=kantor))
    for n in range(10):
        formulir = [
            FormPendaftaran(_isian_form(kantor, f"520301570580{n + 1:04d}", f"26110000{n:02d}{i}"), kantor=kantor)
            for i in range(2)
        ]
        assert all(f.is_valid() for f in formulir), formulir[0].errors
        hasil = balapan(*[partial(f.buka, oleh) for f in formulir])
        assert [type(h) for h in hasil].count(Hasil) == 1, hasil
        kalah = next(h for h in hasil if not isinstance(h, Hasil))
        assert isinstance(kalah, LangkahGagal) and kalah.kalimat.endswith("."), kalah
    assert Jemaah.objects.count() == Perkara.objects.count() == Setoran.objects.count() == 10
