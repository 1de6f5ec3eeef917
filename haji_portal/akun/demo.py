"""Invented accounts `<peran>.<kantor>` for the demo; nobody here exists."""

from __future__ import annotations

import datetime

from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.utils import timezone

from .models import Kantor, Pengguna, Penugasan, Peran

DEPAN = [
    "Ahmad",
    "Siti",
    "Rahmat",
    "Nurul",
    "Hasan",
    "Fatimah",
    "Yusuf",
    "Aminah",
    "Ridwan",
    "Khadijah",
    "Zainal",
    "Laila",
]
BELAKANG = ["Wiraguna", "Puspasari", "Mahendra", "Lestari", "Kusumah", "Anggraini", "Setiadi", "Maharani", "Pradana"]
LOKAL = [Peran.PTSP, Peran.JFU, Peran.KASI, Peran.KASUBAG, Peran.KEPALA, Peran.SISKOHAT]
JABATAN = {
    Peran.PTSP: "Petugas Pelayanan Terpadu Satu Pintu",
    Peran.JFU: "Pengadministrasi Haji dan Umrah",
    Peran.KASI: "Kepala Seksi Penyelenggaraan Haji dan Umrah",
    Peran.KASUBAG: "Kepala Subbagian Tata Usaha",
    Peran.KEPALA: "Kepala Kantor",
    Peran.SISKOHAT: "Pengelola Siskohat",
    Peran.KANWIL: "Kepala Bidang Penyelenggaraan Haji dan Umrah",
    Peran.DIREKTORAT: "Analis Layanan Haji",
    Peran.SUBDIT: "Kepala Subdirektorat Pendaftaran dan Pembatalan",
    Peran.DIREKTUR: "Direktur Pelayanan Haji Dalam Negeri",
    Peran.DITJEN: "Direktur Jenderal",
    Peran.BPKH: "Analis Pengembalian Setoran",
    Peran.BPS: "Petugas Layanan Setoran Haji",
    Peran.INSPEKTORAT: "Auditor",
    Peran.ADMIN: "Pengelola Portal",
}
PUSAT = ["direktorat", "subdit", "direktur", "ditjen", "inspektorat", "admin"]


def daftar_akun() -> list[tuple[str, str, str]]:
    """(username, peran, slug of the office) of every demo account."""
    akun = []
    for kantor in Kantor.objects.filter(jenis=Kantor.Jenis.KABKOTA).order_by("pk"):
        akun += [(f"{peran.value}.{kantor.slug}", peran.value, kantor.slug) for peran in LOKAL]
    for kantor in Kantor.objects.filter(jenis=Kantor.Jenis.KANWIL).order_by("pk"):
        provinsi = kantor.slug.removeprefix("kanwil-")
        akun += [(f"kanwil{ke}.{provinsi}", "kanwil", kantor.slug) for ke in ("", "-2")]
    slug = {jenis: Kantor.objects.filter(jenis=jenis).values_list("slug", flat=True)[0] for jenis in ("pusat", "bpkh")}
    akun += [(peran, peran, slug["pusat"]) for peran in PUSAT]
    akun += [("bpkh", "bpkh", slug["bpkh"]), ("bpkh-2", "bpkh", slug["bpkh"])]
    bank_lain = Kantor.objects.get(bank_lain=True).slug
    akun += [("bps", "bps", bank_lain), ("bps-2", "bps", bank_lain)]
    for kantor in Kantor.objects.filter(jenis=Kantor.Jenis.BPS, bank_lain=False).order_by("pk"):
        akun += [(f"bps.{kantor.slug}{ke}", "bps", kantor.slug) for ke in ("", "-2")]
    return akun


def _nip(urut: int) -> str:
    """Eighteen digits in the shape of a NIP: birth date, month of entry, sex, sequence."""
    bulan = 1 + urut % 9
    return f"19{70 + urut % 28}0{bulan}1{urut % 9}20{10 + urut % 10}0{bulan}{1 + urut % 2}{urut:03d}"


@transaction.atomic
def isi_akun(sandi: str) -> None:
    """Create the accounts with one shared password (hashed once: hundreds of slow hashes help nobody in a demo)."""
    hash_sandi = make_password(sandi)
    kantor = {k.slug: k for k in Kantor.objects.all()}
    for urut, (nama_akun, peran, slug) in enumerate(daftar_akun()):
        pengguna = Pengguna.objects.create(
            username=nama_akun,
            password=hash_sandi,
            nama=f"{DEPAN[urut % len(DEPAN)]} {BELAKANG[(urut * 5 + urut // len(DEPAN)) % len(BELAKANG)]}",
            nip=_nip(urut),
            email=f"{nama_akun}@contoh.example",
            is_staff=peran == Peran.ADMIN,
            is_superuser=peran == Peran.ADMIN,
        )
        Penugasan.objects.create(
            pengguna=pengguna,
            kantor=kantor[slug],
            peran=peran,
            jabatan=JABATAN[Peran(peran)],
            nomor_sk=f"SK-DEMO/{urut + 1:03d}",
            mulai=timezone.localdate() - datetime.timedelta(days=730),
        )
