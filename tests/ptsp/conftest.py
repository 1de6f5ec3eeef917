"""One office, one pilgrim, one case; the case's model is a stand-in, so the public room is tested without a service."""

import datetime
from types import SimpleNamespace

import pytest
from django.utils import timezone

from haji_portal.akun.models import JamLayanan, Kantor
from haji_portal.alur.models import Giliran, Perkara, Tahap, Tenggat
from haji_portal.jemaah.models import Jemaah
from haji_portal.ptsp import keadaan

NOMOR = "CTH-PD-26-7K2M9Q"
LAHIR = datetime.date(1962, 8, 17)


class ModelUji:
    TAHAP = {
        "diperiksa": Tahap("Diperiksa", "Berkas diperiksa"),
        "dikembalikan": Tahap("Dikembalikan", "Berkas diperiksa", "pemohon", "pemohon melengkapi berkas"),
        "dikirim": Tahap("Dikirim", "Diperiksa pusat", "mitra", "Direktorat"),
        "menunggu-ttd": Tahap("Menunggu tanda tangan", "Menunggu tanda tangan pejabat"),
        "siap": Tahap("Siap", "Surat diterima jemaah", ajakan="Ambil surat di loket."),
        "selesai": Tahap("Selesai", "Surat diterima jemaah", akhir=True),
        "ditolak": Tahap("Ditolak", "Ditolak", akhir=True),
    }
    JEJAK_UANG = False
    TAHAP_SALURAN, TAHAP_PUBLIK_SALURAN = {}, {}
    TAHAP_PUBLIK = ("Berkas diperiksa", "Diperiksa pusat", "Menunggu tanda tangan pejabat", "Surat diterima jemaah")


@pytest.fixture
def kantor(db):
    kantor = Kantor.objects.create(
        slug="contoh",
        nama="Kantor Kabupaten Contoh",
        nama_pendek="Contoh",
        kode_perkara="CTH",
        zona="Asia/Makassar",
        telepon="(0370) 000000",
        alamat="Jalan Melati 1",
    )
    JamLayanan.objects.create(kantor=kantor, hari=1, buka=datetime.time(7, 30), tutup=datetime.time(16))
    return kantor


@pytest.fixture
def jemaah(db):
    return Jemaah.objects.create(
        nik="5203015708620002",
        nama="Siti Rahmah Binti Contoh",
        tempat_lahir="Selong",
        tanggal_lahir=LAHIR,
        jenis_kelamin="P",
        alamat="Jalan Cendana 4",
        kabupaten="Contoh",
        telepon="081200000077",
    )


@pytest.fixture
def perkara(kantor, jemaah, monkeypatch):
    monkeypatch.setattr(keadaan, "_model", lambda perkara: ModelUji)
    monkeypatch.setattr(Perkara, "_mesin", ModelUji)
    kini = timezone.now()
    perkara = Perkara.objects.create(
        nomor=NOMOR, jenis="pendaftaran", kantor=kantor, tahap="diperiksa", pemohon=jemaah, dibuka=kini
    )
    Giliran.objects.create(perkara=perkara, peran="jfu", kantor=kantor, kegiatan="Verifikasi", sejak=kini)
    batas = kini + datetime.timedelta(hours=10)
    Tenggat.objects.create(perkara=perkara, kantor=perkara.kantor, kode="2", mulai=kini, menit=600, batas=batas)
    return perkara


@pytest.fixture
def tanya():
    """Ask the lookup in one POST: `tanya(client, nomor=..., lahir="1962-08-17")`."""

    def kirim(client, nomor=NOMOR, lahir="1962-08-17", **lain):
        return client.post("/cek/", {"nomor": nomor, "tanggal_lahir": lahir}, **lain)

    return kirim


@pytest.fixture
def riwayat_uji(monkeypatch):
    """Pretend history rows (the real ones cannot be written outside jalankan())."""

    def pasang(perkara, *langkah):
        rows = [(datetime.datetime(2026, 11, hari, 3, 0, tzinfo=datetime.UTC), ke) for hari, ke in langkah]
        palsu = SimpleNamespace(order_by=lambda *_: SimpleNamespace(values_list=lambda *_: rows))
        monkeypatch.setattr(Perkara, "riwayat", palsu)
        return perkara

    return pasang
