"""What is measured: each measure is a method that does one piece of work and may be called again and again."""

from __future__ import annotations

import itertools
import secrets
from collections.abc import Iterator
from dataclasses import replace
from typing import Any
from unittest.mock import patch

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from haji_portal.akun.models import Kantor, Pengguna, Penugasan
from haji_portal.alur.catatan import tulis_riwayat
from haji_portal.alur.deklarasi import Langkah, cari_langkah
from haji_portal.alur.jalankan import jalankan
from haji_portal.alur.models import Perkara
from haji_portal.alur.pelaku import Petugas
from haji_portal.berkas.models import Lampiran
from haji_portal.meja.kasus import konteks_kasus
from haji_portal.meja.tandatangan import tandatangani_langkah
from haji_portal.ptsp.keadaan import keadaan
from haji_portal.surat.gambar import buat_pdf
from haji_portal.surat.isi import TTD_UNTUK, Cap, html_surat
from haji_portal.surat.models import Surat
from haji_portal.surat.tandatangan import buka_sesi, gambar_cap
from pendaftaran.contoh import foto_contoh, pdf_contoh
from pendaftaran.models import Pendaftaran, Status

from . import polos
from .isi import KANTOR_UKUR
from .pintu import Pengunjung

LANGKAH = (("cetak_sph", "jfu"), ("pindai_berkas", "jfu"), ("serahkan_ke_loket", "jfu"), ("serahkan", "ptsp"))
"""The last steps at Lombok Timur: two facts, a gate, and the gate that closes the case."""


class Halaman:
    """Pages through the whole stack, each beside its bare view."""

    def __init__(self) -> None:
        self.kantor = Kantor.objects.get(slug=KANTOR_UKUR)
        self.jfu = Pengguna.objects.get(username=f"jfu.{KANTOR_UKUR}")
        self.publik = Pengunjung()
        self.meja = Pengunjung(self.jfu)
        self.atasan = Pengunjung(Pengguna.objects.get(username=f"kasi.{KANTOR_UKUR}"))
        self.pusat = Pengunjung(Pengguna.objects.get(username="direktorat"))
        self.admin = Pengunjung(Pengguna.objects.get(username="admin"))
        self.urut = itertools.count(1)
        self._pilih()
        self._konteks()

    def _pilih(self) -> None:
        """The cases that are looked at: two hundred of one office, spread over its oldest and newest."""
        pk = list(Perkara.objects.filter(kantor=self.kantor).order_by("pk").values_list("pk", flat=True))
        rows = Perkara.objects.filter(pk__in=pk[:: max(len(pk) // 200, 1)]).select_related("pemohon", "kantor")
        self.pilihan = list(rows.order_by("pk"))
        self.putar: Iterator[Perkara] = itertools.cycle(self.pilihan)

    def _konteks(self) -> None:
        satu = next(p for p in self.pilihan if p.tahap == Status.DIREKAM)
        polos.KONTEKS["cek"] = {"k": keadaan(satu), "jam": list(self.kantor.jamlayanan_set.all())}
        polos.KONTEKS["kasus"] = konteks_kasus(satu.rinci(), self.jfu)
        tangkap: list[dict[str, Any]] = []
        asli = polos.render

        def render(request: Any, templat: str, konteks: dict[str, Any], **lain: Any) -> Any:
            tangkap.append(konteks)
            return asli(request, templat, konteks, **lain)

        with patch("haji_portal.meja.kerja.render", render):
            self.buka(self.meja, "/kerja/")
        polos.KONTEKS["kerja"] = tangkap[0]
        for isi in polos.KONTEKS.values():
            # The frame's counts are queries of the real page; the bare one draws the same frame without them.
            isi["meja"] = {"kantor": self.kantor.nama_pendek, "peran": "JFU", "giliran": 9, "pesan": 0}

    def buka(self, siapa: Pengunjung, alamat: str) -> None:
        kode, isi = siapa.minta(alamat)
        if kode != 200:
            raise RuntimeError(f"{alamat}: {kode} {isi[:300]!r}")

    def cek_polos(self) -> None:
        self.buka(self.publik, f"/bench/cek/{next(self.putar).nomor}/")

    def cek_kirim(self) -> None:
        """POST of number and birth date by a visitor without a session, each from an address of its own."""
        p, n = next(self.putar), next(self.urut)
        self.publik.kuki.pop(settings.SESSION_COOKIE_NAME, None)
        isi = [("nomor", p.nomor), ("tanggal_lahir", p.pemohon.tanggal_lahir.isoformat())] if p.pemohon else []
        kode, _ = self.publik.minta("/cek/", isi, dari=f"10.{n >> 16 & 255}.{n >> 8 & 255}.{n & 255}")
        if kode != 303:
            raise RuntimeError(f"/cek/: {kode}")

    def cek_lihat(self) -> None:
        self.buka(self.publik, "/cek/hasil/")

    def kerja_polos(self) -> None:
        self.buka(self.meja, "/bench/kerja/")

    def kerja(self) -> None:
        self.buka(self.meja, "/kerja/")

    def kerja_terlambat(self) -> None:
        self.buka(self.meja, "/kerja/?tab=terlambat")

    def kerja_pusat(self) -> None:
        self.buka(self.pusat, "/kerja/?tab=selesai")

    def persetujuan(self) -> None:
        self.buka(self.atasan, "/persetujuan/")

    def kasus_polos(self) -> None:
        self.buka(self.meja, f"/bench/kasus/{next(self.putar).nomor}/")

    def kasus(self) -> None:
        self.buka(self.meja, next(self.putar).get_absolute_url())

    def daftar(self) -> None:
        self.buka(self.meja, "/pendaftaran/")

    def daftar_pusat(self) -> None:
        self.buka(self.pusat, "/pendaftaran/?keadaan=semua")

    def cari(self) -> None:
        self._cari(self.meja)

    def cari_pusat(self) -> None:
        self._cari(self.pusat)

    def _cari(self, siapa: Pengunjung) -> None:
        """By name, which no index knows: the post and the answer."""
        p = next(self.putar)
        kode, _ = siapa.minta("/kerja/cari/", [("q", p.pemohon.nama if p.pemohon else "x")])
        if kode != 302:
            raise RuntimeError(f"cari: {kode}")
        self.buka(siapa, "/kerja/hasil/")

    def api_daftar(self) -> None:
        self.buka(self.meja, "/api/v1/pendaftaran/")

    def admin_perkara(self) -> None:
        self.buka(self.admin, "/admin/pendaftaran/pendaftaran/")

    def admin_riwayat(self) -> None:
        self.buka(self.admin, "/admin/alur/riwayat/")


class Langkahkan:
    """Steps through jalankan(), on cases that were made for it."""

    def __init__(self, pk: list[int]) -> None:
        tugas = Penugasan.objects.filter(kantor__slug=KANTOR_UKUR, peran__in=("jfu", "ptsp")).select_related(
            "pengguna", "kantor"
        )
        self.petugas = {t.peran: Petugas(t.pengguna, t) for t in tugas}
        self.versi = dict(Perkara.objects.filter(pk__in=pk).values_list("pk", "versi"))
        self.antrean = iter([(p, n) for p in pk for n in range(len(LANGKAH))])
        self.arsip = pdf_contoh("Berkas pendaftaran")

    def _isian(self, nama: str) -> dict[str, Any]:
        if nama == "pindai_berkas":
            return {"arsip": replace(self.arsip, kunci=f"bench/{secrets.token_hex(16)}")}
        return {"penerima": "Ahmad Wirawan"} if nama == "serahkan" else {}

    def langkah(self) -> None:
        pk, n = next(self.antrean)
        nama, peran = LANGKAH[n]
        jalankan(Perkara(pk=pk), nama, oleh=self.petugas[peran], versi=self.versi[pk] + n, data=self._isian(nama))

    def langkah_polos(self) -> None:
        """Lock, history row on the chain, header and child written: what no way around exists for."""
        pk, n = next(self.antrean)
        nama, peran = LANGKAH[n]
        with transaction.atomic():
            perkara: Any = Pendaftaran.objects.select_for_update(of=("perkara_ptr",)).get(pk=pk)
            perkara.waktu = timezone.now()
            tulis_riwayat(perkara, nama=nama, label=nama, dari=perkara.tahap, oleh=self.petugas[peran], isi={})
            perkara.versi += 1
            perkara.save()


class Tandatangani:
    """Letters, on cases that wait for a signature and have a portrait of their own."""

    def __init__(self, pk: list[int]) -> None:
        for lampiran in Lampiran.objects.filter(perkara__in=pk, jenis="foto_3x4"):
            foto = foto_contoh(0).foto_3x4
            Lampiran.objects.filter(pk=lampiran.pk).update(kunci=foto.kunci, sha256=foto.sha256)
        self.langkah: Langkah = cari_langkah(Pendaftaran, "tandatangani")[0]
        self.tugas = Penugasan.objects.select_related("pengguna", "kantor").get(kantor__slug=KANTOR_UKUR, peran="kasi")
        self.sesi = buka_sesi(self.tugas.pengguna, settings.HAJI_DEMO_SANDI)
        self.oleh = Petugas(self.tugas.pengguna, self.tugas)
        self.antrean = iter(pk)
        self.satu = Perkara.objects.get(pk=pk[0]).rinci()

    def surat(self) -> None:
        """Number, frozen PDF, signature, step: as the page of the official does."""
        perkara = Perkara.objects.get(pk=next(self.antrean)).rinci()
        tandatangani_langkah(perkara, self.langkah, oleh=self.oleh, versi=perkara.versi, sesi=self.sesi)

    def surat_polos(self) -> None:
        """Draw the letter, draw its stamp, sign."""
        kini = timezone.now()
        surat = Surat(perkara_id=self.satu.pk, jenis="sph", kantor=self.tugas.kantor, nomor="B-1/2026", tanggal=kini)
        surat.nama_penanda_tangan, surat.jabatan = self.tugas.pengguna.nama, self.tugas.sebutan
        html = html_surat(self.satu, surat, nomor=surat.nomor, tanggal=kini.date(), penugasan=self.tugas)
        pdf, cap = buat_pdf(html, TTD_UNTUK[self.sesi.cara]), gambar_cap(Cap.dari(surat), self.sesi.cara)
        self.sesi.tandatangani(pdf, cap, alasan="SPH", lokasi=self.tugas.kantor.nama)


def setumpuk(pk: list[int]) -> None:
    """A batch through the page: the official ticks all and types the password once."""
    kasi = Pengunjung(Pengguna.objects.get(username=f"kasi.{KANTOR_UKUR}"))
    isi = [("sandi", settings.HAJI_DEMO_SANDI)]
    for p in Perkara.objects.filter(pk__in=pk):
        isi += [("perkara", p.nomor), (f"versi-{p.nomor}", str(p.versi)), (f"langkah-{p.nomor}", "tandatangani")]
    kode, badan = kasi.minta("/persetujuan/", isi)
    ditandatangani = Perkara.objects.filter(pk__in=pk, tahap=Status.DITANDATANGANI).count()
    if kode != 200 or ditandatangani != len(pk):
        raise RuntimeError(f"/persetujuan/: {kode}, {ditandatangani} of {len(pk)} signed {badan[:200]!r}")
