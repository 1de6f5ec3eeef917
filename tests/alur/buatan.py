"""Small builders of offices, cases and history rows with a true chain, for tests below the services."""

import datetime
import itertools

from django.utils import timezone

from haji_portal.akun.models import Kantor
from haji_portal.alur.models import Efek, Perkara, Riwayat, RiwayatIsi

_nomor = itertools.count(1)
HURUF = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def buat_kantor(slug="lombok-timur", **kolom):
    if ada := Kantor.objects.filter(slug=slug).first():
        return ada
    n = next(_nomor)
    kode = "".join(HURUF[(n // 26**i) % 26] for i in range(4))
    bawaan = {"nama": f"Kantor {slug}", "nama_pendek": slug, "kode_perkara": kode, "zona": "Asia/Makassar"}
    return Kantor.objects.create(slug=slug, **(bawaan | kolom))


def buat_perkara(kantor=None, **kolom):
    kantor = kantor or buat_kantor()
    bawaan = {"jenis": "pendaftaran", "tahap": "diajukan", "dibuka": timezone.now()}
    nomor = f"{kantor.kode_perkara}-PD-26-{next(_nomor):06d}"
    return Perkara.objects.create(nomor=nomor, kantor=kantor, **(bawaan | kolom))


def tambah_riwayat(perkara, isi=None, **kolom):
    """Append one row the way jalankan() does: under the header's version, hashed onto the chain."""
    sebelum = perkara.riwayat.order_by("-urut").first()
    garam = RiwayatIsi.garam_baru()
    isi = {"catatan": "Berkas lengkap."} if isi is None else isi
    bawaan = {
        "urut": sebelum.urut + 1 if sebelum else 1,
        "waktu": timezone.now() + datetime.timedelta(microseconds=next(_nomor)),
        "langkah": "terima",
        "label": "Terima berkas",
        "ke": "diterima",
        "versi": perkara.versi,
        "putaran": 1,
        "pelaku_jenis": "petugas",
        "pelaku_kunci": "petugas:1",
        "nama": "Petugas Contoh",
        "hash_sebelum": sebelum.hash if sebelum else "",
    }
    r = Riwayat(perkara=perkara, isi_hash=RiwayatIsi.hitung_hash(garam, isi), **(bawaan | kolom))
    r.hash = r.hitung_hash()
    r.save(force_insert=True)
    RiwayatIsi.objects.create(riwayat=r, garam=garam, isi=isi)
    perkara.versi += 1
    perkara.save(update_fields=["versi"])
    return r


def buat_efek(jenis="uji.catat", kunci="", perkara=None, **kolom):
    riwayat = tambah_riwayat(perkara or buat_perkara())
    bawaan = {"jatuh_tempo": timezone.now()}
    return Efek.objects.create(riwayat=riwayat, jenis=jenis, kunci=kunci, **(bawaan | kolom))
