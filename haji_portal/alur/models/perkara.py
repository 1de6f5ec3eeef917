"""The header of every case, and the base of the state machines that inherit from it."""

from __future__ import annotations

import datetime
import secrets
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

from django.apps import apps
from django.db import models
from django.db.models import Q
from django_fsm import ConcurrentTransitionMixin, FSMFieldMixin

from haji_portal.akun.models import Kantor

from ..apps import model_perkara

if TYPE_CHECKING:
    from haji_portal.jemaah.models import Jemaah

    from ..deklarasi import Langkah, oleh
    from .sop import SOP

# Crockford's base32 without I, L, O, U: read out over the telephone without mistakes.
HURUF_NOMOR = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


@dataclass(frozen=True)
class Tahap:
    """What a status means to people.

    label: participle for staff; publik: the plain stage shown to the pilgrim; pihak: whose clock runs
    (`kantor`, `kanwil`, `pusat`; `pemohon` and `mitra` have no limit in the SOP); menunggu: whom we wait for when it
    is not the office; akhir: the case is closed;
    tugas: what whoever has the turn is to do where that is a choice and no single step says it;
    ajakan: what the pilgrim should do now although it is the office's turn (come and fetch the letter);
    senyap: no message of its own, since the portal itself goes on at once and tells then;
    lampiran: the letter that goes along with the e-mail about it ("" for none).
    """

    label: str
    publik: str
    pihak: str = "kantor"
    menunggu: str = ""
    akhir: bool = False
    tugas: str = ""
    ajakan: str = ""
    senyap: bool = False
    lampiran: str = ""


class FsmModel(ConcurrentTransitionMixin, models.Model):
    """django-fsm-2's concurrency guard without its two traps (tested in tests/alur/test_fsm.py).

    Upstream's refresh_from_db() switches `protected` off for the whole process when the row is gone and is not
    thread-safe; full_clean() raises on a protected field.
    """

    class Meta:
        abstract = True

    @classmethod
    def _terlindung(cls) -> list:
        return [f for f in cls._meta.concrete_fields if isinstance(f, FSMFieldMixin) and f.protected]

    def refresh_from_db(self, using=None, fields=None, from_queryset=None):
        prot = {f.attname for f in self._terlindung()} - self.get_deferred_fields()
        saved = {n: self.__dict__.pop(n) for n in prot if n in self.__dict__}
        try:
            models.Model.refresh_from_db(self, using=using, fields=fields, from_queryset=from_queryset)
        except BaseException:
            self.__dict__.update(saved)
            raise
        # The guard's __init__ reads the state, so Django brings it along even when another field was asked for.
        diminta = prot if fields is None else prot & set(fields)
        self.__dict__.update({n: nilai for n, nilai in saved.items() if n not in diminta})
        if diminta:
            self._update_initial_state()

    def clean_fields(self, exclude=None):
        super().clean_fields(exclude=set(exclude or ()) | {f.name for f in self._terlindung()})


class PerkaraQuerySet(models.QuerySet):
    def untuk(self, pengguna) -> PerkaraQuerySet:
        """Cases inside the scope of a person's current assignments; others do not exist for them (404)."""
        q = Q(pk__in=[])
        for tugas in pengguna.penugasan_berlaku():
            if tugas.peran == "inspektorat" or tugas.kantor.jenis == Kantor.Jenis.PUSAT:
                return self
            if tugas.kantor.jenis == Kantor.Jenis.KANWIL:
                bawahan = Kantor.objects.filter(Q(pk=tugas.kantor_id) | Q(induk=tugas.kantor_id))
                q |= Q(kantor__in=bawahan.order_by().values("pk"))
            elif tugas.kantor.jenis == Kantor.Jenis.KABKOTA:
                q |= Q(kantor=tugas.kantor)
            else:
                # BPKH and BPS see only what was sent to them, now or before. A subquery, since a join would double
                # rows, and DISTINCT sorts every column of every case of an office.
                milik = apps.get_model("alur", "Terlibat").objects.filter(kantor=tugas.kantor)
                q |= Q(pk__in=milik.values("perkara"))
        return self.filter(q)

    def terbuka(self) -> PerkaraQuerySet:
        return self.filter(ditutup__isnull=True)


class Perkara(models.Model):
    """The concrete header; the child's status is copied into `tahap` for lists. No state machine here."""

    class Saluran(models.TextChoices):
        LOKET = "loket", "Loket PTSP"
        KELILING = "keliling", "Layanan keliling"
        ELEKTRONIK = "elektronik", "Elektronik"
        BPS = "bps", "BPS"

    nomor = models.CharField("nomor perkara", max_length=24, unique=True, editable=False)
    jenis = models.SlugField("layanan", max_length=30, editable=False)
    kantor = models.ForeignKey(Kantor, on_delete=models.PROTECT, related_name="perkara")
    saluran = models.CharField(max_length=10, choices=Saluran.choices, default=Saluran.LOKET)
    tahap = models.CharField(max_length=30, db_index=True, editable=False)
    versi = models.PositiveIntegerField(default=0, editable=False)
    putaran = models.PositiveSmallIntegerField(default=1, editable=False)
    terhalang = models.BooleanField(default=False, editable=False)
    sop = models.ForeignKey("alur.SOP", null=True, on_delete=models.PROTECT, related_name="perkara", editable=False)
    pemohon = models.ForeignKey(
        "jemaah.Jemaah", null=True, blank=True, on_delete=models.PROTECT, related_name="perkara"
    )
    porsi = models.ForeignKey("jemaah.Porsi", null=True, blank=True, on_delete=models.PROTECT, related_name="perkara")
    induk = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="anak")
    dibuka = models.DateTimeField()
    ditutup = models.DateTimeField(null=True, blank=True)

    objects = PerkaraQuerySet.as_manager()

    TAHAP: dict[str, Tahap] = {}
    # What a status means otherwise when the case came another way: {saluran: {status: Tahap}}. Words only: whose clock
    # runs and whether the case is closed are the same on every way.
    TAHAP_SALURAN: dict[str, dict[str, Tahap]] = {}
    # The plain stages shown to the pilgrim, in order; and those of another way, by saluran.
    TAHAP_PUBLIK: tuple[str, ...] = ()
    TAHAP_PUBLIK_SALURAN: dict[str, tuple[str, ...]] = {}

    class Meta:
        verbose_name = "perkara"
        verbose_name_plural = "perkara"
        ordering = ["-dibuka"]
        indexes = [
            models.Index(fields=["kantor", "ditutup", "jenis"]),
            models.Index(fields=["jenis", "tahap"]),
            # Lists, newest first: of an office, and of all.
            models.Index(fields=["kantor", "jenis", "-dibuka", "-id"], name="perkara_kantor_terbaru"),
            models.Index(fields=["jenis", "-dibuka", "-id"], name="perkara_terbaru"),
        ]

    def __str__(self) -> str:
        return self.nomor

    def rinci(self) -> Permohonan:
        """The child row of this header (one query; the header itself when it already is the child)."""
        model = model_perkara(self.jenis)
        if isinstance(self, model):
            return self
        anak = cast("models.Manager[Permohonan]", model.objects)
        return anak.select_related("kantor", "pemohon", "porsi", "sop").get(pk=self.pk)

    @property
    def _mesin(self) -> Any:
        """Where the tables of stages stand: this child, or from the header alone its class."""
        return self if self.TAHAP else model_perkara(self.jenis)

    def arti(self, status: str) -> Tahap | None:
        """What a status means for this case, None when the machine does not (any more) know it."""
        return self._mesin.TAHAP_SALURAN.get(self.saluran, {}).get(status) or self._mesin.TAHAP.get(status)

    @property
    def info_tahap(self) -> Tahap:
        tahap = self.arti(self.tahap)
        if tahap is None:
            raise KeyError(self.tahap)
        return tahap

    @property
    def tahap_publik(self) -> tuple[str, ...]:
        """The plain stages of this case's way, in order."""
        return self._mesin.TAHAP_PUBLIK_SALURAN.get(self.saluran) or self._mesin.TAHAP_PUBLIK

    def get_absolute_url(self) -> str:
        from django.urls import reverse

        return reverse(f"{self.jenis}:detail", args=[self.nomor])


def nomor_baru(kantor: Kantor, kode: str, tahun: int) -> str:
    """`<kode kantor>-<kode layanan>-<yy>-<6 random base32>`; unguessable, no look-alikes, no slash."""
    acak = "".join(secrets.choice(HURUF_NOMOR) for _ in range(6))
    return f"{kantor.kode_perkara}-{kode}-{tahun % 100:02d}-{acak}"


class Permohonan(FsmModel, Perkara):
    """What only the SOP applications share. Each child declares its own `status` and its own transitions."""

    class Meta:
        abstract = True

    KODE = ""
    # Perkara.jenis of a kind beside the five services ("" for a service: its app label) and whether it follows a SOP
    # table; a kind without one takes its steps in the order of the source.
    JENIS = ""
    PUNYA_SOP = True
    # Which kind of office a case of this kind belongs to: the desk that opens it, or the centre.
    MILIK: str = Kantor.Jenis.KABKOTA
    # Whether the service is about a place in the queue, so that its pages name the porsi even before there is one.
    PUNYA_PORSI = True
    # Whether the case moves money, so that its pages show where the money is.
    JEJAK_UANG = False
    # Whether some step of this machine passes the case on by a disposition, which the step after it has to close.
    BERDISPOSISI = False
    # Roles of partners that are sent such a case to read, without a step of their own in it.
    PENERIMA: frozenset[str] = frozenset()
    # Fields of the kind itself that hold the name of whoever asks: the desk's search looks there, too.
    CARI_NAMA: tuple[str, ...] = ()
    # What an event of a child case means here: {(jenis, event): step}, taken by the portal (effect `alur.induk`). Under
    # ("*", "berhasil") and ("*", "berakhir") a case hears of the end of a child of any kind.
    LANGKAH_ANAK: dict[tuple[str, str], str] = {}
    # The status in which a case of this kind ends having given what was asked for.
    BERHASIL = "selesai"
    # The portal's step when somebody opens another kind of case under this one by that kind's own intake.
    LANGKAH_BUKA_ANAK = ""
    # How an open case lets its porsi go while it is examined whether the porsi shall live again, and takes it up when
    # it shall not: steps of the portal, "" for a kind that never does.
    LEPAS_PORSI = ""
    AMBIL_PORSI = ""
    LABEL_AJUKAN = "Terima berkas"
    EFEK_AJUKAN: tuple[tuple[str, str], ...] = ()
    # Who may open a case (`oleh(...)`).
    PEMBUKA: oleh = None  # type: ignore[assignment]

    # Set by jalankan() for the time of one step: who acts, and the one instant at which everything happens.
    # Any: a transition knows from its own `oleh` which kind of Pelaku reaches it.
    pelaku: Any = None
    waktu: datetime.datetime = None  # type: ignore[assignment]

    if TYPE_CHECKING:
        # A service's case always has a SOP and an applicant; only cases beside the services may lack them.
        sop: SOP  # type: ignore[assignment]
        pemohon: Jemaah  # type: ignore[assignment]
        status: str

    def saat_dibuka(self, **data: Any) -> None:
        """What the opening writes besides the case itself; inside its transaction."""

    @classmethod
    def jenis_perkara(cls) -> str:
        """What stands in `Perkara.jenis` for this kind of case."""
        return cls.JENIS or cls._meta.app_label

    @classmethod
    def sebut_banyak(cls, pk: Iterable[int]) -> dict[int, str]:
        """id -> what a case without an applicant is called in lists and headings; queries for all of them at once."""
        return {}

    def langkah_anak(self, jenis: str, kejadian: str) -> str | None:
        """The step that an event of a child case is for this case as it stands; None for one that it need not know."""
        return self.LANGKAH_ANAK.get((jenis, kejadian)) or self.LANGKAH_ANAK.get(("*", kejadian))

    def jenis_anak(self) -> str:
        """The kind of case that is to be opened under this one now, "" for none."""
        return ""

    def diserahkan(self) -> bool:
        """Whether somebody handed papers in and gets a receipt; what an office begins by itself has nobody."""
        return True

    def disurvei(self) -> bool:
        """Whether whoever asked is invited to say how they were served, once the case has ended: where somebody came
        and follows it on the status page."""
        return bool(self.TAHAP_PUBLIK) and self.diserahkan()

    def kontak_pengaju(self) -> tuple[str, str]:
        """E-mail and phone, "" when unknown, of whoever asks in this case: news goes there."""
        return (self.pemohon.email, self.pemohon.telepon) if self.pemohon else ("", "")

    def disapa(self) -> tuple[str, str]:
        """How news addresses whoever asks, and their name; the name stands in the salutation of an e-mail only."""
        if self.pemohon is None:
            return "Bapak/Ibu", ""
        return {"L": "Bapak", "P": "Ibu"}.get(self.pemohon.jenis_kelamin, "Bapak/Ibu"), self.pemohon.nama

    def fakta_kabar(self) -> dict[str, Any]:
        """What messages about this kind of case may say besides what every case has (kabar/templat.py describes it)."""
        return {}

    def jejak_umum(self) -> bool:
        """Whether the applicant's page may show the money already, where the case moves any."""
        return True

    def catatan_umum(self) -> list[str]:
        """Sentences for the applicant's status page besides whose turn it is; no names, no numbers of people."""
        return []

    def bank_mitra(self) -> str:
        """The name of the bank that acts in this case for the role BPS: where the deposit lies."""
        setoran = getattr(self, "setoran", None)
        return setoran.bank if setoran else ""

    def data_pokok(self) -> list[tuple[str, str]]:
        """What this kind of case is about as (label, words), for an official who approves it at a glance."""
        return []

    def data_dana(self) -> list[tuple[str, str]]:
        """The money of this case as (label, words) for its desk, where it is not simply its deposit."""
        return []

    def layanan_sop(self) -> str:
        """First segment of the SOP table's key that this case follows (another one for the electronic way)."""
        return self._meta.app_label

    def status_awal(self) -> str:
        """The status in which this case begins: where its table says so (`SOP.awal`), else the machine's first."""
        return (self.sop.awal if self.sop else "") or str(self.status)

    def efek_ajukan(self) -> tuple[tuple[str, str], ...]:
        """What follows the opening of this case: (effect, key)."""
        return self.EFEK_AJUKAN

    def label_ajukan(self) -> str:
        """What opening is called in the history."""
        return self.LABEL_AJUKAN

    def peran_kasus(self, langkah: Langkah, peran: frozenset[str]) -> frozenset[str]:
        """Who may take a step in this very case, where its own facts decide between roles that the table allows."""
        return peran

    def varian(self) -> str:
        """Which variant of the office's SOP this case follows (third segment of the table's key)."""
        return ""

    @classmethod
    def kendali_luar(cls, langkah: Langkah, perkara: Collection[int]) -> dict[int, set[int]]:
        """Four eyes beyond one case: {case id: people who may not take this step for what they did in other cases}."""
        return {}

    def kunci(self) -> list[tuple[str, str]]:
        """(kind, value) pairs that only one open case may hold at a time, across offices and services."""
        return []
