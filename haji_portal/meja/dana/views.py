"""Pages of refunds, for the centre, BPKH, the bank and the office that opened the cancellation."""

from __future__ import annotations

from typing import Any

from haji_portal.alur.models import Permohonan
from haji_portal.dana.models import Pengembalian

from .. import views as meja
from .panel import panel


class Daftar(meja.DaftarView):
    model = Pengembalian
    template_name = "pengembalian/daftar.html"


class Detail(meja.DetailView):
    model = Pengembalian
    template_name = "pengembalian/detail.html"

    def tambahan(self, perkara: Permohonan) -> dict[str, Any]:
        return {"dana": panel(perkara, self.request.user)}


class LangkahPengembalian(meja.LangkahView):
    model = Pengembalian
    template_kasus = Detail.template_name

    def tambahan(self, perkara: Permohonan) -> dict[str, Any]:
        return {"dana": panel(perkara, self.request.user)}
