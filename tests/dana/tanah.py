"""A cancellation that waits for its money, its refund, and the way of a refund through its steps."""

from __future__ import annotations

import itertools
from types import SimpleNamespace

from django.utils import timezone

from haji_portal.akun.models import Kantor, Penugasan
from haji_portal.alur.deklarasi import cari_langkah
from haji_portal.alur.efek import sapu
from haji_portal.alur.jalankan import jalankan
from haji_portal.alur.models import SOP, Perkara
from haji_portal.alur.pelaku import Petugas, Sistem
from haji_portal.dana import contoh
from haji_portal.dana.buku import saldo_setoran
from haji_portal.dana.konfirmasi import tanyakan_saldo
from haji_portal.dana.models import Pengembalian
from haji_portal.dana.pengembalian import ajukan_lagi, ajukan_pengembalian, setoran_perkara
from haji_portal.jemaah.models import Jemaah, Porsi, Rekening, Setoran
from pembatalan.models import Pembatalan

from .conftest import AWAL, LUNAS

NM = contoh.NILAI_MANFAAT
BANK = "Bank Muamalat Indonesia"
LURUS = ["catat_spm", "sahkan_spm", "catat_transfer", "sahkan_transfer", "terima"]
_urut = itertools.count(1)


def buka_induk(slug="lombok-timur", bank=BANK, setoran=(AWAL, LUNAS)):
    """A cancellation of a porsi whose letter to BPKH is signed; its earlier steps are of no matter here."""
    kantor, n = Kantor.objects.get(slug=slug), next(_urut)
    orang = Jemaah.objects.create(
        nik=f"5203014107{n:06d}", nama=f"Contoh Ke{n}", tempat_lahir="Selong", tanggal_lahir="1962-08-17",
        jenis_kelamin="P", alamat="Dusun Contoh", kabupaten=kantor.kabupaten,
    )  # fmt: skip
    hari, batal = timezone.localdate(), timezone.now()
    porsi = Porsi.objects.create(nomor=f"29{n:08d}", jemaah=orang, kantor=kantor, terbit=hari, status="batal")
    rekening = Rekening.objects.create(jemaah=orang, bank=bank, nomor=f"70{n:08d}", atas_nama=orang.nama.upper())
    semua = [
        Setoran.objects.create(
            jemaah=orang, bank=bank, nomor_validasi=f"29{n:08d}{urut:02d}", jumlah=jumlah, porsi=porsi,
            tanggal=hari, rekening=rekening, dibatalkan=batal,
        )
        for urut, jumlah in enumerate(setoran)
    ]  # fmt: skip
    return Pembatalan.objects.create(
        nomor=f"{kantor.kode_perkara}-PB-26-9{n:05d}", jenis="pembatalan", kantor=kantor, status="diajukan",
        tahap="diajukan", sop=SOP.untuk("pembatalan", slug), pemohon=orang, porsi=porsi, setoran=semua[0],
        rekening=rekening, sebab="sendiri", tanggal_permohonan=timezone.localdate(), dibuka=timezone.now(),
    )  # fmt: skip


def ajukan(induk):
    return ajukan_pengembalian(induk, rekening=induk.rekening, oleh=Sistem("uji"))


def buka(jenis, urut):
    """For the contract of every kind of case: a later refund, which passes through every status there is; a question
    about a balance."""
    if jenis == "konfirmasi-saldo":
        return SimpleNamespace(perkara=tanyakan_saldo(buka_induk(), "setoran", AWAL + LUNAS))
    p = langkah(ajukan(buka_induk()), "gagalkan", "bpkh")
    return SimpleNamespace(perkara=ajukan_lagi(p))


def bukakan(p, nama):
    """For the contract: an outcome that one person proposed, so that another may confirm it; an order that is out."""
    if nama == "terima_transfer":
        langkah(p, "terima_spm")
        langkah(p, "nyatakan_belum_pasti")
    hasil = {"pastikan_diterima": "terkirim", "pastikan_gagal": "tidak"}.get(nama)
    if hasil:
        langkah(p, "usulkan_kepastian", "bpkh-2", **contoh.sampai(segar(p), hasil))


def segar(perkara) -> Pengembalian:
    return Perkara.objects.get(pk=perkara.pk).rinci()


def petugas(nama: str) -> Petugas:
    tugas = Penugasan.objects.select_related("pengguna", "kantor").get(pengguna__username=nama)
    return Petugas(tugas.pengguna, tugas)


def langkah(p, nama, akun="", **ganti):
    """Take one step as a demo account ("" = the portal) with invented data; the refund as it stands afterwards."""
    oleh = petugas(akun) if akun else Sistem("uji")
    data = contoh.isian(segar(p), nama) | ganti
    return jalankan(p, nama, oleh=oleh, versi=segar(p).versi, data=data).perkara


def lewati(p, sampai="terima", bps="bps"):
    """Along the plain way up to and with a step, every record and its confirmation by two people."""
    siapa = dict(zip(LURUS, ["bpkh", "bpkh-2", bps, f"{bps}-2", bps], strict=True))
    for nama in LURUS[: LURUS.index(sampai) + 1]:
        p = langkah(p, nama, siapa[nama])
    return p


def setujui_lagi(p, kantor="lombok-timur", **ganti):
    """A later refund up to *diajukan*: the office checks the account, two people at the centre release it."""
    p = langkah(p, "periksa_rekening", f"jfu.{kantor}", **ganti)
    p = langkah(p, "usulkan", "direktorat")
    return langkah(p, "setujui", "direktur")


def kerjakan_efek():
    """Every effect that is due, and what those effects bring about."""
    while sapu():
        pass


def letak(p) -> dict[str, tuple[int, int]]:
    """account -> (deposits, yield) of all money of the case, without what is zero."""
    hasil: dict[str, list[int]] = {}
    for setoran in setoran_perkara(Perkara.objects.get(pk=p.induk_id)):
        for akun, unsur in saldo_setoran(setoran).items():
            jumlah = hasil.setdefault(akun, [0, 0])
            jumlah[0] += unsur["setoran"]
            jumlah[1] += unsur["nilai_manfaat"]
    return {akun: (a, b) for akun, (a, b) in hasil.items() if a or b}


TEMPAT = {
    "disiapkan": "dipesan", "diperiksa": "dipesan", "diusulkan": "dipesan", "diajukan": "dipesan",
    "spm_terbit": "spm", "ditransfer": "bps", "diterima": "penerima", "gagal": "bpkh", "retur": "bpkh",
}  # fmt: skip


def seharusnya(p, total=AWAL + LUNAS):
    """Where the money of the case must stand when this refund, its latest, is where it is."""
    tempat = TEMPAT[p.tahap] if p.tahap != "belum_pasti" else TEMPAT[asal_belum_pasti(p)]
    nm = p.nilai_manfaat or 0
    if tempat in ("bpkh", "dipesan"):
        return {"luar": (-total, 0), tempat: (total, 0)}
    return {"luar": (-total, 0), "nilai_manfaat": (0, -nm), tempat: (total, nm)} if nm else {
        "luar": (-total, 0), tempat: (total, 0)
    }  # fmt: skip


def asal_belum_pasti(p):
    """Reopened after a failure the amount is reserved, as if it had just been asked for."""
    akhir = p.riwayat.filter(langkah__in=("nyatakan_belum_pasti", "buka_kembali")).latest("urut")
    return "diajukan" if akhir.langkah == "buka_kembali" else akhir.dari


def label(nama):
    return cari_langkah(Pengembalian, nama)[0].label
