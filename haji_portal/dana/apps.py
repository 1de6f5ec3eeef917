"""App registration."""

from django.apps import AppConfig

from haji_portal.alur.apps import JenisPerkara


class DanaConfig(AppConfig):
    name = "haji_portal.dana"
    label = "dana"
    verbose_name = "Dana"
    perkara_lain = (JenisPerkara("pengembalian", "Pengembalian", "Pengembalian dana"),)

    def ready(self) -> None:
        from haji_portal.alur.pemicu import jaga

        from . import efek  # noqa: F401  (register what follows a refund that failed or bounced)
        from .mitra import kirim  # noqa: F401  (register what goes out to BPKH)
        from .penjaga import PENJAGA_BUKU

        jaga(self, PENJAGA_BUKU)
