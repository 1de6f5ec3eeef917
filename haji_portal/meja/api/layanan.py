"""What a service says about itself to the API, in its `api.py`."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from importlib import import_module
from typing import Any

from django.utils.module_loading import module_has_submodule
from rest_framework import serializers

from haji_portal.alur.apps import layanan_aktif
from haji_portal.alur.models import Permohonan


@dataclass(frozen=True)
class LayananApi:
    """A service at `/api/v1/<label>/`.

    isian: serializer of the case's own fields (`perkara` in, plain values out), shown in its detail.
    form_buka: the counter page's form, `form(data, files, kantor=...)` with `buka(oleh)`; None: not opened here.
    contoh_buka: invented data for that form, shown in the schema.
    """

    model: type[Permohonan]
    isian: type[serializers.Serializer]
    form_buka: Any = None
    contoh_buka: dict[str, Any] = field(default_factory=dict)

    @property
    def label(self) -> str:
        return self.model._meta.app_label


@cache
def semua_layanan() -> tuple[LayananApi, ...]:
    """The open services that have an `api.py`, in INSTALLED_APPS order."""
    return tuple(
        import_module(f"{config.name}.api").API
        for config in layanan_aktif()
        if module_has_submodule(config.module, "api")
    )
