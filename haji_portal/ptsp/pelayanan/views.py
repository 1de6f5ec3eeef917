"""Pages of the requests at the counter: the generic desk with its model and forms."""

from __future__ import annotations

from typing import Any

from haji_portal.akun.models import Pengguna
from haji_portal.alur.apps import nama_perkara
from haji_portal.alur.models import Permohonan
from haji_portal.meja import views as meja
from haji_portal.meja.anak import alamat_buka_anak

from ..models import Pelayanan
from .masuk import FormPelayanan


class PelayananMixin:
    model = Pelayanan
    template_kasus = "pelayanan/detail.html"
    request: Any

    def tambahan(self, perkara: Any) -> dict[str, Any]:
        return konteks_pelayanan(perkara, self.request.user)


def konteks_pelayanan(perkara: Permohonan, pengguna: Pengguna) -> dict[str, Any]:
    """What is asked for, and where this person opens the service's own case when it is time."""
    jenis = perkara.jenis_anak()
    return {
        "pelayanan": perkara.data_pokok(),
        "url_layanan": alamat_buka_anak(perkara, pengguna) if jenis else "",
        "layanan_anak": nama_perkara(jenis) if jenis else "",
    }


class Daftar(meja.DaftarView):
    model = Pelayanan
    template_name = "pelayanan/daftar.html"


class Buat(meja.BuatView):
    model = Pelayanan
    form_class = FormPelayanan
    template_name = "pelayanan/buat.html"


class Detail(PelayananMixin, meja.DetailView):
    template_name = PelayananMixin.template_kasus


class LangkahPelayanan(PelayananMixin, meja.LangkahView):
    pass


class TandaTerima(meja.TandaTerimaView):
    model = Pelayanan


class Waktu(PelayananMixin, meja.WaktuView):
    pass
