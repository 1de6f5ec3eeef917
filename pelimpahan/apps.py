"""App registration."""

from haji_portal.alur.apps import SopConfig


class PelimpahanConfig(SopConfig):
    name = "pelimpahan"
    label = "pelimpahan"
    verbose_name = "Pelimpahan porsi"
    nama_layanan = "Pelimpahan porsi haji"
    ringkas = "Mengalihkan nomor porsi jemaah wafat atau sakit permanen kepada keluarga terdekat."
    kode = "PL"
