"""Some pilgrims with porsi and deposits, what may be asked for them, and what must always be true of it.

What a service adds stands in the tables below: how it is opened, what is filled in, which of its steps changes a porsi.
"""

from __future__ import annotations

import datetime
import itertools
from typing import Any

from django.db import transaction
from django.db.models import Sum
from django.utils import timezone

from haji_portal.akun.models import Kantor
from haji_portal.alur.apps import layanan_aktif
from haji_portal.alur.jalankan import buka
from haji_portal.alur.models import Kunci, Perkara, Riwayat
from haji_portal.dana import contoh as contoh_dana
from haji_portal.dana.models import Baris
from haji_portal.jemaah.contoh import buat_jemaah
from haji_portal.jemaah.models import Jemaah, PeristiwaPorsi, Porsi, Rekening, Setoran
from haji_portal.meja.contoh import pembuka
from pelimpahan import contoh as contoh_limpah
from pelimpahan.models import Pelimpahan
from pelimpahan.tahap import Hubungan
from pelimpahan.tahap import Sebab as SebabLimpah
from pembatalan import contoh as contoh_batal
from pembatalan.models import Pembatalan
from pembatalan.tahap import Sebab
from pendaftaran import contoh as contoh_daftar
from pendaftaran.models import Pendaftaran
from pengaktifan import contoh as contoh_aktif
from pengaktifan.masuk import lepaskan, pembatalan_terakhir
from pengaktifan.tahap import Sebab as SebabAktif

KANTOR = ("kepulauan-seribu", "palu")
"""Of the pilgrims' own district, which has a table for every service, and another office."""
Jenis, Status = PeristiwaPorsi.Jenis, Porsi.Status
CONTOH: dict[str, Any] = {
    "pendaftaran": contoh_daftar, "pembatalan": contoh_batal, "pemberitahuan": contoh_batal,
    "pelimpahan": contoh_limpah, "pengaktifan": contoh_aktif, "pengembalian": contoh_dana,
    "konfirmasi-saldo": contoh_dana,
}  # fmt: skip
"""Kind of case -> the module that knows what is filled in at its steps."""
PEMBUAT: dict[str, dict[str, tuple[str, ...]]] = {
    Jenis.TERBIT: {"pendaftaran": ("catat_porsi",)},
    Jenis.BATAL: {"pembatalan": ("input_pembatalan",)},
    Jenis.AKTIF_KEMBALI: {"pengaktifan": ("aktifkan", "aktifkan_lanjutan")},
    Jenis.DILIMPAHKAN: {"pelimpahan": ("terbitkan_sph",)},
}
"""What happens to a porsi -> the steps of each kind of case that make it happen, one of them and once."""
LANJUT: dict[tuple[str, str], str] = {
    ("", Jenis.TERBIT): Status.AKTIF,
    (Status.AKTIF, Jenis.BATAL): Status.BATAL,
    (Status.BATAL, Jenis.AKTIF_KEMBALI): Status.AKTIF,
    (Status.AKTIF, Jenis.DILIMPAHKAN): Status.AKTIF,
}
"""(state, event) -> the next state; what is not here must never happen to a porsi."""


class Negeri:
    """Four pilgrims: with a porsi that is paid up, two with one, and one with a deposit alone."""

    def __init__(self) -> None:
        self.kantor = Kantor.objects.get(slug=KANTOR[0])
        self.orang = [buat_jemaah(self.kantor, n) for n in (1, 2, 3, 4)]
        self.urut = itertools.count(50)
        self.sebab_aktif = itertools.cycle(SebabAktif.values)
        for n, orang in zip((8, 9, 13, 21), self.orang, strict=True):
            contoh_batal.setoran_contoh(orang, self.kantor, n, berporsi=n < 21)
        # porsi -> who held it when it was first seen
        self.pertama: dict[int, int] = dict(Porsi.objects.values_list("pk", "jemaah"))

    def minta(self, apa: str, setoran: int) -> None:
        """Open a case of this kind on one of all the deposits there are, or for whoever brought it."""
        semua = list(Setoran.objects.select_related("jemaah", "rekening", "porsi").order_by("pk"))
        satu = semua[setoran % len(semua)]
        {
            "daftar": self._daftar, "daftar-baru": self._daftar_baru, "batal": self._batal,
            "batal-wafat": self._batal_wafat, "batal-validasi": self._batal_validasi, "batal-jauh": self._batal_jauh,
            "limpah": self._limpah, "limpah-antri": self._limpah_antri, "aktif": self._aktif,
        }[apa](satu)  # fmt: skip

    def _daftar(self, s: Setoran) -> None:
        isi = {"pemohon": s.jemaah, "setoran": s, "rekening": s.rekening, "hadir_sendiri": True}
        self._buka(Pendaftaran(kantor=self.kantor), isi | {"tanggal_daftar": timezone.localdate()})

    def _daftar_baru(self, s: Setoran) -> None:
        """With a deposit that nobody has seen before."""
        baru = Setoran.objects.create(
            jemaah=s.jemaah, rekening=s.rekening, bank=s.bank, nomor_validasi=f"99{next(self.urut):08d}",
            jumlah=25_000_000, tanggal=timezone.localdate(),
        )  # fmt: skip
        self._daftar(baru)

    def _batal(self, s: Setoran, **lain: Any) -> None:
        isi = {"sebab": Sebab.SENDIRI, "tanggal_permohonan": timezone.localdate()} | lain
        rekening = Rekening.objects.filter(jemaah=s.jemaah).order_by("pk")[0]  # the porsi may have passed to them
        milik = {"pemohon": s.jemaah, "setoran": s, "porsi": s.porsi, "rekening": rekening} | isi
        self._buka(Pembatalan(kantor=milik.pop("kantor", self.kantor), sebab=isi["sebab"]), milik)

    def _batal_wafat(self, s: Setoran) -> None:
        waris = contoh_batal.ahli_waris(self.kantor, s.pk)
        rekening, _ = Rekening.objects.get_or_create(
            jemaah=s.jemaah, bank=s.bank, nomor=f"71{s.pk:08d}", atas_nama=waris["nama_pengaju"].upper()
        )
        wafat = timezone.localdate() - datetime.timedelta(days=40)
        self._batal(s, sebab=Sebab.MENINGGAL, rekening=rekening, tanggal_meninggal=wafat, **waris)

    def _batal_validasi(self, s: Setoran) -> None:
        self._batal(s, sebab=Sebab.BELUM_DAFTAR, porsi=None)

    def _batal_jauh(self, s: Setoran) -> None:
        self._batal(s, kantor=Kantor.objects.get(slug=KANTOR[1]))

    def _limpah(self, s: Setoran, penerima: Jemaah | None = None) -> None:
        """To a child whom nobody has seen before."""
        lahir, n = datetime.date(1988, 2, 3), next(self.urut)
        penerima = penerima or buat_jemaah(self.kantor, 600_000 + n, tanggal_lahir=lahir)
        rekening = Rekening.objects.create(
            jemaah=penerima, bank=s.bank, nomor=f"73{n:08d}", atas_nama=penerima.nama.upper()
        )
        hari = timezone.localdate()
        isi = {
            "pemohon": penerima, "jemaah_asal": s.jemaah, "porsi": s.porsi, "rekening": rekening,
            "sebab": SebabLimpah.WAFAT, "hubungan": Hubungan.ANAK, "tanggal_permohonan": hari,
            "tanggal_meninggal": hari - datetime.timedelta(days=60),
        }  # fmt: skip
        self._buka(Pelimpahan(kantor=self.kantor), isi)

    def _limpah_antri(self, s: Setoran) -> None:
        """To another pilgrim, who may hold a porsi or ask for one at this moment."""
        self._limpah(s, next(satu for satu in self.orang if satu != s.jemaah))

    def _aktif(self, s: Setoran) -> None:
        """Of whichever porsi is void, the one of this deposit first; its cancellation lets go of it where it can."""
        batal = Porsi.objects.filter(status=Status.BATAL).order_by("pk")
        porsi = s.porsi if s.porsi in batal else batal.first()
        asal = pembatalan_terakhir(porsi) if porsi else None
        if porsi is None or asal is None:
            raise LookupError("no porsi was cancelled here")
        with transaction.atomic():
            lepaskan(asal.rinci())
            sebab = next(self.sebab_aktif)
            contoh_aktif.buka_contoh(self.kantor, asal.pk, varian=sebab, batal=asal.rinci(), pemohon=porsi.jemaah)

    def _buka(self, calon: Any, isian: dict[str, Any]) -> None:
        buka(type(calon), kantor=calon.kantor, oleh=pembuka(calon), isian=isian)


PERMINTAAN = (
    "daftar",
    "daftar-baru",
    "batal",
    "batal-wafat",
    "batal-validasi",
    "batal-jauh",
    "limpah",
    "limpah",
    "limpah-antri",
)


def pokok() -> list[Any]:
    """The open cases of the services, oldest first."""
    layanan = [c.label for c in layanan_aktif()]
    terbuka = Perkara.objects.terbuka().filter(jenis__in=layanan, induk=None)
    return [p.rinci() for p in terbuka.order_by("pk")]


def anak() -> list[Any]:
    """The open cases beside them that are somebody's own work."""
    terbuka = Perkara.objects.terbuka().filter(jenis__in=CONTOH, induk__isnull=False)
    return [p.rinci() for p in terbuka.order_by("pk")]


def isian(perkara: Any, langkah: str) -> dict[str, Any]:
    return CONTOH[perkara.jenis].isian(perkara, langkah)


def periksa_tunggal() -> None:
    """At most one open case per porsi and per deposit, the porsi's other deposits counting with it; and no lock of a
    case that is closed."""
    pemegang: dict[tuple[str, int], str] = {}
    for p in pokok():
        setoran = set(Setoran.objects.filter(porsi=p.porsi_id).values_list("pk", flat=True)) if p.porsi_id else set()
        setoran |= {p.setoran_id} if getattr(p, "setoran_id", None) else set()
        for benda in [("setoran", s) for s in setoran] + ([("porsi", p.porsi_id)] if p.porsi_id else []):
            lain = pemegang.setdefault(benda, p.nomor)
            assert lain == p.nomor, f"two open cases on one {benda[0]}: {lain} ({p.nomor})"
    assert not Kunci.objects.filter(perkara__ditutup__isnull=False).exists()


def periksa_porsi(porsi: Porsi, pertama: dict[int, int]) -> list[str]:
    """State and holder follow from the events, one after another; returns the kinds of these events.

    pertama: porsi -> its first holder, as it was when it was first seen.
    """
    keadaan, pemilik, dilalui = "", pertama.setdefault(porsi.pk, porsi.jemaah_id), []
    for e in porsi.peristiwa.order_by("waktu", "pk"):
        assert (keadaan, e.jenis) in LANJUT, f"{e.jenis} happened to a porsi that was {keadaan or 'not there'}"
        if e.jenis == Jenis.DILIMPAHKAN:
            assert Jenis.DILIMPAHKAN not in dilalui and e.ke_id != e.dari_id == pemilik, (
                "passed twice, or not by its holder"
            )
            pemilik = e.ke_id
        keadaan = LANJUT[keadaan, e.jenis]
        dilalui.append(e.jenis)
        _periksa_rujukan(porsi, e)
    assert (porsi.status, porsi.jemaah_id) == (keadaan, pemilik), f"{porsi.status} is not what {dilalui} leads to"
    for s in porsi.setoran.all():
        assert (s.dibatalkan is not None) is (keadaan == Status.BATAL), f"deposit {s.pk} of a porsi that is {keadaan}"
        assert s.jemaah_id == pemilik, f"deposit {s.pk} belongs to somebody else"
    return dilalui


def _periksa_rujukan(porsi: Porsi, e: PeristiwaPorsi) -> None:
    """The case that an event names took the step that makes it, at that instant, about this porsi."""
    if not e.rujukan:
        assert e.jenis == Jenis.TERBIT, "only what is older than the portal names no case"
        return
    perkara = Perkara.objects.get(nomor=e.rujukan)
    langkah = PEMBUAT[e.jenis][perkara.jenis]
    assert perkara.porsi_id == porsi.pk, f"{e.jenis}: {perkara.nomor} is about another porsi"
    assert perkara.riwayat.filter(langkah__in=langkah, waktu=e.waktu).count() == 1, f"{e.jenis}: no {langkah} then"


def periksa_langkah() -> None:
    """And the other way round: every step that changes a porsi left exactly one event; a number may be corrected."""
    for jenis, pembuat in PEMBUAT.items():
        for kind, langkah in pembuat.items():
            riwayat = Riwayat.objects.filter(langkah__in=langkah, perkara__jenis=kind, perkara__porsi__isnull=False)
            nomor = riwayat.values_list("perkara__nomor", flat=True).distinct()
            ada = PeristiwaPorsi.objects.filter(jenis=jenis, rujukan__in=list(nomor))
            assert sorted(ada.values_list("rujukan", flat=True)) == sorted(nomor), f"{langkah} and its events"


def periksa_uang() -> None:
    assert all(satu["n"] == 0 for satu in Baris.objects.order_by().values("unsur").annotate(n=Sum("jumlah")))
