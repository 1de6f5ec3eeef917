from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, cast

from django.apps import AppConfig, apps

if TYPE_CHECKING:
    from .models import Permohonan


class AlurConfig(AppConfig):
    name = "haji_portal.alur"
    label = "alur"
    verbose_name = "Alur perkara"

    def ready(self) -> None:
        from . import otomatis, periksa  # noqa: F401  (register the automatic steps' handler and the system checks)
        from .pemicu import RIWAYAT, jaga

        jaga(self, RIWAYAT)


@dataclass(frozen=True)
class JenisPerkara:
    """A kind of case beside the five services (a refund, a journal): `Perkara.jenis` and its address segment.

    An app names its kinds in its AppConfig: `perkara_lain = (JenisPerkara("pengembalian", "Pengembalian", "..."),)`.
    nama: for lists and menus; layanan_sop: first segments of the keys of its SOP tables, () when it has none;
    pendek: what stands in the menu instead of the name; bertabel: offices without a table of it never meet it.
    """

    jenis: str
    model_name: str
    nama: str
    layanan_sop: tuple[str, ...] = ()
    pendek: str = ""
    bertabel: bool = False


@dataclass(frozen=True)
class Pemeriksaan:
    """A check that comes before a service's file, linked wherever the service is shown.

    publik, loket: names of the routes for everybody and at the counter.
    """

    judul: str
    ringkas: str
    publik: str
    loket: str


@dataclass(frozen=True)
class HalamanKerja:
    """A page of an app's own in the menu of those who work with it (`halaman_kerja` of its AppConfig).

    alamat: name of the route; peran: for whom; hitung: dotted path of a function of the person, the number beside it.
    """

    kode: str
    judul: str
    alamat: str
    peran: tuple[str, ...]
    hitung: str = ""


class SopConfig(AppConfig):
    """Base of every app that is a service: its address segment is the app label, its case is `model`.

    kode: two letters in case numbers; model_name: the case's model in the app's models.py, "" while the service has
    only its SOP tables and is not open yet.
    """

    # With two AppConfigs in one apps.py (this base is imported there) Django silently takes neither.
    default = False

    def __init_subclass__(cls, **kwargs) -> None:
        super().__init_subclass__(**kwargs)
        cls.default = True

    kode = ""
    model_name = ""
    # First segments of the SOP tables' keys that this service follows; () means its label alone.
    layanan_sop: tuple[str, ...] = ()
    nama_layanan = ""
    ringkas = ""
    perkara_lain: tuple[JenisPerkara, ...] = ()
    pemeriksaan: Pemeriksaan | None = None
    # Cases of required documents that nobody brings along: they are asked for only later on.
    kasus_susulan: frozenset[str] = frozenset()
    halaman_kerja: tuple[HalamanKerja, ...] = ()

    def sebagai_jenis(self) -> JenisPerkara:
        """The service as one of the kinds of cases."""
        return JenisPerkara(self.label, self.model_name, self.nama_layanan, self.tabel_sop, str(self.verbose_name))

    @property
    def tabel_sop(self) -> tuple[str, ...]:
        return self.layanan_sop or (self.label,)

    @property
    def model(self) -> type[Permohonan]:
        if not self.model_name:
            raise LookupError(f"{self.label} has no case model yet")
        return cast("type[Permohonan]", self.get_model(self.model_name))


def layanan_aktif() -> list[SopConfig]:
    """The services with a case model, in INSTALLED_APPS order."""
    return [c for c in apps.get_app_configs() if isinstance(c, SopConfig) and c.model_name]


@cache
def _semua_jenis() -> dict[str, tuple[JenisPerkara, type[Permohonan]]]:
    layanan = [(c, c.sebagai_jenis()) for c in layanan_aktif()]
    lain = [(c, satu) for c in apps.get_app_configs() for satu in getattr(c, "perkara_lain", ())]
    return {satu.jenis: (satu, cast("type[Permohonan]", c.get_model(satu.model_name))) for c, satu in layanan + lain}


def semua_jenis() -> list[JenisPerkara]:
    """Every kind of case that can be opened: the services first, then what stands beside them."""
    return [satu for satu, _ in _semua_jenis().values()]


def model_perkara(jenis: str) -> type[Permohonan]:
    """The model of a kind of case. Raises LookupError for one that no app declares."""
    try:
        return _semua_jenis()[jenis][1]
    except KeyError:
        raise LookupError(f"no app declares cases of kind {jenis!r}") from None


def nama_perkara(jenis: str) -> str:
    """What a kind of case is called; an unknown kind reads as its own name (old rows outlive their app)."""
    return _semua_jenis()[jenis][0].nama if jenis in _semua_jenis() else jenis.capitalize()
