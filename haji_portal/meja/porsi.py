"""Riwayat porsi: the whole life of one porsi on one time line, from every service, as far as its reader may look.

An office, its Kanwil and the centre read all of a porsi that is theirs, and a link only where a case is in their
scope. BPKH and the banks read of a porsi what `Perkara.objects.untuk()` gives them, and nothing around it.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.db.models import F, Q
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from haji_portal.akun.akses import petugas
from haji_portal.akun.models import Kantor, Pengguna, Penugasan, Peran
from haji_portal.alur.apps import nama_perkara
from haji_portal.alur.models import Perkara, Riwayat
from haji_portal.alur.tampil_waktu import rupiah, saat, tanggal
from haji_portal.dana.jejak import TitikUang, jejak_porsi
from haji_portal.dana.models import Pengembalian
from haji_portal.jemaah.models import PeristiwaPorsi, Porsi, Setoran
from haji_portal.surat.jenis import judul_surat
from haji_portal.surat.models import Surat

from .baris import pemegang, untuk_daftar
from .jenis import MITRA
from .permintaan import PermintaanPetugas

NADA_PORSI = {PeristiwaPorsi.Jenis.BATAL: "buruk", PeristiwaPorsi.Jenis.DILIMPAHKAN: "perhatian"}
NADA_STATUS = {Porsi.Status.AKTIF: "baik", Porsi.Status.BATAL: "buruk"}
# At one instant: a case opens, its letter is signed, the porsi changes, the money moves, the case is closed.
DIBUKA, SURAT, PORSI, UANG, DITUTUP = range(5)
JENIS = {DIBUKA: "Perkara", SURAT: "Surat", PORSI: "Porsi", UANG: "Dana", DITUTUP: "Perkara"}


@dataclass(frozen=True)
class Titik:
    """One point of the time line. `hari` is the day on which it happened, `waktu` when the portal learnt of it."""

    hari: datetime.date
    waktu: datetime.datetime
    urut: int
    judul: str
    saat: str
    rinci: list[str] = field(default_factory=list)
    nomor: str = ""
    url: str = ""
    nada: str = ""

    @property
    def jenis(self) -> str:
        return JENIS[self.urut]


def alamat_porsi(perkara: Perkara) -> str:
    """The page of the porsi that a case is about, of its parent's where it has none itself; "" without one."""
    porsi = perkara.porsi_id or (perkara.induk.porsi_id if perkara.induk else None)
    return reverse("meja:porsi", args=[porsi]) if porsi else ""


def temukan_porsi(pengguna: Pengguna, kata: str) -> Porsi | None:
    """The porsi of this whole number, where this person may read its life."""
    angka = kata.replace(" ", "").replace(".", "")
    if len(angka) != 10 or not (angka.isascii() and angka.isdigit()):
        return None
    porsi = Porsi.objects.select_related("kantor").filter(nomor=angka).first()
    return porsi if porsi and Kehidupan(porsi, pengguna).terbaca else None


@petugas
@require_GET
def riwayat(request: PermintaanPetugas, pk: int) -> HttpResponse:
    """GET /porsi/<pk>/; 404 for a porsi outside of the scope. Newest first: whoever opens it asks what happened last
    and what stands in the way now, and reads on as far as the question goes back."""
    porsi = Porsi.objects.select_related("jemaah", "kantor").filter(pk=pk).first()
    hidup = Kehidupan(porsi, request.user) if porsi else None
    if hidup is None or not hidup.terbaca:
        raise Http404
    return render(request, "meja/porsi.html", hidup.konteks())


class Kehidupan:
    """One porsi as one person may read it; a fixed number of queries, whatever its length."""

    def __init__(self, porsi: Porsi, pengguna: Pengguna) -> None:
        self.porsi, self.zona = porsi, porsi.kantor.zona_waktu
        self.tugas = pengguna.penugasan_berlaku()
        # By keys: a join to the parent's porsi would read every case of the portal.
        sendiri = Perkara.objects.filter(porsi=porsi.pk).order_by().values_list("pk", flat=True)
        self.milik = Q(porsi=porsi.pk) | Q(induk__in=list(sendiri))
        lihat = Perkara.objects.untuk(pengguna).filter(self.milik).order_by()
        self.terlihat: set[int] = set(lihat.values_list("pk", flat=True))

    @property
    def terbaca(self) -> bool:
        return self.penuh or bool(self.terlihat)

    @cached_property
    def penuh(self) -> bool:
        """Whether it is read whole: by the ministry, where the porsi or a case on it belongs to the reader's office."""
        if membawahi(self.tugas, self.porsi.kantor):
            return True
        kantor = Kantor.objects.filter(perkara__in=self.terlihat).distinct() if self.terlihat else ()
        return any(membawahi(self.tugas, satu) for satu in kantor)

    @cached_property
    def perkara(self) -> list[Any]:
        """The cases, oldest first."""
        semua = untuk_daftar(Perkara.objects.filter(self.milik)).order_by("dibuka", "pk")
        return [p for p in semua if self.penuh or p.pk in self.terlihat]

    @cached_property
    def setoran(self) -> list[Setoran]:
        """The deposits; to a partner those that its own refunds pay back."""
        semua = self.porsi.setoran.order_by("tanggal", "pk")
        return list(semua if self.penuh else semua.filter(posting__perkara__in=self.terlihat).distinct())

    @cached_property
    def peristiwa(self) -> list[PeristiwaPorsi]:
        semua = list(self.porsi.peristiwa.select_related("dari", "ke"))
        return semua if self.penuh else [e for e in semua if e.rujukan in self.nomor]

    @cached_property
    def nomor(self) -> dict[str, Any]:
        return {p.nomor: p for p in self.perkara}

    def konteks(self) -> dict[str, Any]:
        """The context of templates/meja/porsi.html."""
        uang, kini = self._uang()
        titik = [*self._porsi(), *self._perkara(), *self._surat(), *uang]
        terbuka = [p for p in reversed(self.perkara) if p.ditutup is None]
        return {
            "porsi": self.porsi,
            "nada": NADA_STATUS.get(Porsi.Status(self.porsi.status), "tenang"),
            "pemegang": self._pemegang(),
            "fakta": self._fakta(kini),
            "setoran": [sebut_setoran(s) for s in self.setoran],
            "terbuka": [self._baris(p) for p in terbuka],
            "selesai": [self._baris(p) for p in reversed(self.perkara) if p.ditutup is not None],
            # Turned round as a whole: what was booked at one instant keeps its order, too, the last above.
            "titik": sorted(titik, key=lambda t: (t.hari, t.waktu, t.urut))[::-1],
            "penuh": self.penuh,
            "menu": "kerja",
        }

    def _pemegang(self) -> str:
        """Who holds the porsi now; to a partner only a person whose money it was sent."""
        dikenal = self.penuh or self.porsi.jemaah_id in {p.pemohon_id for p in self.perkara}
        return self.porsi.jemaah.nama if dikenal else ""

    def _pemegang_dulu(self) -> list[tuple[str, str]]:
        """Who held it before, and until when, the last of them first."""
        dulu = [(e.dari, e.waktu.astimezone(self.zona).date()) for e in reversed(self.peristiwa) if e.dari]
        return [("Pemegang terdahulu", f"{orang.nama}, sampai {tanggal(hari)}") for orang, hari in dulu]

    def _fakta(self, kini: str) -> list[tuple[str, str]]:
        porsi = self.porsi
        fakta = [
            ("Pemegang sekarang", self._pemegang()),
            *self._pemegang_dulu(),
            ("Kantor", porsi.kantor.nama_pendek),
            ("Terbit", tanggal(porsi.terbit)),
            ("Perkiraan berangkat", f"tahun {porsi.estimasi}" if porsi.estimasi else ""),
            ("Dana sekarang", kini if self.penuh else ""),
        ]
        return [(label, nilai) for label, nilai in fakta if nilai]

    def _baris(self, p: Any) -> dict[str, str]:
        """One case in the list beside the time line."""
        return {
            "nomor": p.nomor,
            "url": self._url(p),
            "nama": nama_perkara(p.jenis),
            "kantor": p.kantor.nama_pendek,
            "tahap": p.info_tahap.label,
            "giliran": pemegang(p),
            "pemohon": p.pemohon.nama if p.pemohon and p.pemohon_id != self.porsi.jemaah_id else "",
        }

    def _url(self, p: Perkara) -> str:
        return p.get_absolute_url() if p.pk in self.terlihat else ""

    def _titik(self, waktu: datetime.datetime, urut: int, judul: str, p: Perkara | None = None, **lain: Any) -> Titik:
        """A point at an instant; p: the case that it comes from."""
        tautan = {"nomor": p.nomor, "url": self._url(p)} if p else {}
        hari = waktu.astimezone(self.zona).date()
        return Titik(hari, waktu, urut, judul, saat(waktu, self.zona), **(tautan | lain))

    def _porsi(self) -> list[Titik]:
        return [
            self._titik(
                e.waktu, PORSI, f"Porsi {e.get_jenis_display().lower()}", self.nomor.get(e.rujukan),
                nada=NADA_PORSI.get(PeristiwaPorsi.Jenis(e.jenis), ""), rinci=sebut_peristiwa(e),
            )
            for e in self.peristiwa
        ]  # fmt: skip

    def _perkara(self) -> list[Titik]:
        titik = []
        for p in self.perkara:
            nama = nama_perkara(p.jenis)
            # What the portal opened beside a case came over no counter, and nobody asked for it by itself.
            rinci = [] if p.induk_id else [f"{p.kantor.nama_pendek} · {p.get_saluran_display()}"]
            if p.pemohon and not p.induk_id:
                rinci.append(f"Pemohon: {p.pemohon.nama}")
            titik.append(self._titik(p.dibuka, DIBUKA, f"{nama} dibuka", p, rinci=rinci))
            if p.ditutup:
                titik.append(self._titik(p.ditutup, DITUTUP, f"{nama} ditutup", p, rinci=[p.info_tahap.label]))
        return titik + self._sela()

    def _sela(self) -> list[Titik]:
        """Cases that were over and went on: a cancellation stands still while somebody asks for its porsi back."""
        perkara, titik = {p.pk: p for p in self.perkara}, []
        if sum(p.induk_id is None for p in self.perkara) < 2:
            return []  # a case stops for another one only
        rows = Riwayat.objects.filter(perkara__in=list(perkara)).exclude(dari=F("ke")).order_by("perkara", "urut")
        for pk, waktu, dari, ke in rows.values_list("perkara", "waktu", "dari", "ke"):
            p, lama, baru = perkara[pk], perkara[pk].arti(dari), perkara[pk].arti(ke)
            nama = nama_perkara(p.jenis)
            if lama and lama.akhir:
                titik.append(self._titik(waktu, DIBUKA, f"{nama} dilanjutkan", p, rinci=[baru.label] if baru else []))
            elif baru and baru.akhir and waktu != p.ditutup:
                titik.append(self._titik(waktu, DITUTUP, f"{nama} berhenti", p, rinci=[baru.label]))
        return titik

    def _surat(self) -> list[Titik]:
        """Of a letter the draft, or its signature, and how it ended; drafts that came to nothing are left out."""
        milik = Surat.objects.filter(perkara__in=[p.pk for p in self.perkara])
        semua = milik.exclude(status=Surat.Status.BATAL, nomor="").order_by("pk")
        return [t for s in semua for t in self._satu_surat(s)]

    def _satu_surat(self, s: Surat) -> list[Titik]:
        nama, titik = judul_surat(s.jenis), []
        nomor = f"{s.nomor}, {tanggal(s.tanggal)}" if s.nomor and s.tanggal else s.nomor
        url = reverse("surat:lihat", args=[s.pk]) if s.perkara_id in self.terlihat else ""
        tautan: dict[str, Any] = {"nomor": nomor or ("Lihat draf" if url else ""), "url": url}
        if s.ditandatangani_pada:
            penanda = [f"{s.nama_penanda_tangan}, {s.jabatan}"] if s.nama_penanda_tangan else []
            titik.append(self._titik(s.ditandatangani_pada, SURAT, f"{nama} ditandatangani", rinci=penanda, **tautan))
        elif s.status in Surat.BERJALAN:
            titik.append(self._titik(s.dibuat, SURAT, f"{nama}: {s.get_status_display().lower()}", **tautan))
        if s.diakhiri_pada:
            rinci, nada = [s.alasan] if s.alasan else [], "buruk" if s.status == Surat.Status.DICABUT else ""
            kalimat = f"{nama} {s.get_status_display().lower()}"
            titik.append(self._titik(s.diakhiri_pada, SURAT, kalimat, rinci=rinci, nada=nada, **tautan))
        return titik

    def _uang(self) -> tuple[list[Titik], str]:
        """The movements of the money, and where it is now."""
        pk = [p.pk for p in self.perkara if p.jenis == Pengembalian.jenis_perkara()]
        dana = list(Pengembalian.objects.filter(pk__in=pk).select_related("rekening").order_by("pk"))
        gerak, kini = jejak_porsi(self.setoran, dana, self.zona, terlihat=None if self.penuh else self.terlihat)
        return [self._satu_gerak(waktu, t) for waktu, t in gerak], kini

    def _satu_gerak(self, waktu: datetime.datetime, t: TitikUang) -> Titik:
        p = self.nomor.get(t.rinci.removeprefix("Pengembalian "))
        tautan = {"nomor": p.nomor, "url": self._url(p)} if p else {}
        rinci = [satu for satu in (t.alasan, "" if p else t.rinci) if satu]
        return Titik(t.pada, waktu, UANG, t.kalimat, t.saat, rinci=rinci, nada=t.nada, **tautan)


def membawahi(tugas: Iterable[Penugasan], kantor: Kantor) -> bool:
    """Whether one of these assignments looks after an office: in it, in its Kanwil, at the centre, as inspectorate."""
    return any(
        t.peran == Peran.INSPEKTORAT
        or t.kantor.jenis == Kantor.Jenis.PUSAT
        or (t.kantor.jenis not in MITRA and t.kantor_id in (kantor.pk, kantor.induk_id))
        for t in tugas
    )


def sebut_peristiwa(e: PeristiwaPorsi) -> list[str]:
    """What is known of an event besides its kind."""
    pindah = f"Dari {e.dari.nama} kepada {e.ke.nama}" if e.dari and e.ke else ""
    return [satu for satu in (pindah, e.keterangan) if satu]


def sebut_setoran(s: Setoran) -> dict[str, str]:
    """A deposit for the head of the page."""
    return {
        "jenis": s.get_jenis_display(),
        "jumlah": rupiah(s.jumlah),
        "bank": f"{s.bank}, {tanggal(s.tanggal)}",
        "nomor": s.nomor_validasi,
        "batal": s.kata_batal,
    }
