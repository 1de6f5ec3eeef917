"""An invented office, its head and its cases, for the tests of letters."""

import datetime
from types import SimpleNamespace

from django.utils import timezone

from haji_portal.akun.models import Kantor, KopSurat, PenandaTanganSurat, Pengguna, Penugasan
from haji_portal.alur.models import Perkara
from haji_portal.jemaah.models import Jemaah
from haji_portal.surat.nomor import muat_pola

SANDI = "melati-putih-77"


def buat_dunia() -> SimpleNamespace:
    muat_pola()
    kantor = Kantor.objects.create(
        slug="contoh",
        nama="Kantor Kabupaten Contoh",
        nama_pendek="Contoh",
        kode_perkara="CTH",
        kode_surat="Kk.18.03",
        zona="Asia/Makassar",
        kabupaten="Contoh",
    )
    KopSurat.objects.create(
        kantor=kantor,
        kementerian="Kementerian Agama Republik Indonesia",
        baris=["Kantor Kementerian Agama Kabupaten Contoh", "Jalan Melati 1, Contoh"],
        mulai=datetime.date(2010, 1, 1),
        selesai=datetime.date(2025, 12, 31),
    )
    KopSurat.objects.create(
        kantor=kantor,
        kementerian="Kementerian Haji dan Umrah Republik Indonesia",
        baris=["Kantor Kementerian Haji dan Umrah Kabupaten Contoh", "Jalan Melati 1, Contoh · Telepon (0370) 000000"],
        mulai=datetime.date(2026, 1, 1),
    )
    PenandaTanganSurat.objects.create(kantor=kantor, jenis_surat="sph", peran="kepala", mulai=datetime.date(2020, 1, 1))
    kepala, tugas = buat_pejabat(kantor, "kepala", "Ahmad Contoh, M.Pd.", "Kepala Kantor Kabupaten Contoh")
    jemaah = Jemaah.objects.create(
        nik="5203014503800002",
        nama="Siti Rahmah",
        nama_ayah="Abdul Contoh",
        tempat_lahir="Selong",
        tanggal_lahir=datetime.date(1980, 3, 5),
        jenis_kelamin="P",
        alamat="Jalan Cendana 4",
        kelurahan="Kelayu",
        kecamatan="Selong",
        kabupaten="Contoh",
        provinsi="Provinsi Contoh",
        kode_pos="83611",
        pekerjaan="Pedagang",
        pendidikan="SLTA",
        status_kawin="kawin",
    )
    return SimpleNamespace(
        kantor=kantor, kepala=kepala, tugas=tugas, jemaah=jemaah, perkara=buat_perkara(kantor, jemaah, 1)
    )


def buat_pejabat(kantor, peran, nama, jabatan, jenis="definitif"):
    nomor = Pengguna.objects.count() + 1
    pengguna = Pengguna.objects.create_user(
        username=f"{peran}.{nomor}", password=SANDI, nama=nama, nip=f"{198001010000000000 + nomor}"
    )
    tugas = Penugasan.objects.create(
        pengguna=pengguna,
        kantor=kantor,
        peran=peran,
        jenis=jenis,
        jabatan=jabatan,
        nomor_sk=f"SK-{nomor}/2025",
        mulai=datetime.date(2025, 1, 1),
    )
    return pengguna, tugas


def buat_perkara(kantor, jemaah, ke):
    return Perkara.objects.create(
        nomor=f"CTH-PD-26-{ke:06d}",
        jenis="pendaftaran",
        kantor=kantor,
        tahap="diverifikasi",
        pemohon=jemaah,
        dibuka=timezone.now(),
    )
