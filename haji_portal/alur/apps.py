from __future__ import annotations

from typing import TYPE_CHECKING, cast

from django.apps import AppConfig

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
    from django.apps import apps

    return [c for c in apps.get_app_configs() if isinstance(c, SopConfig) and c.model_name]
