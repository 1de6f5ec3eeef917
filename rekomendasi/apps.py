"""App registration."""

from haji_portal.alur.apps import SopConfig


class RekomendasiConfig(SopConfig):
    name = "rekomendasi"
    label = "rekomendasi"
    verbose_name = "Rekomendasi"
    nama_layanan = "Rekomendasi paspor"
    ringkas = "Surat rekomendasi paspor untuk umrah atau haji khusus."
    kode = "RK"
