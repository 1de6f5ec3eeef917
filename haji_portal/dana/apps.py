"""App registration."""

from django.apps import AppConfig

from haji_portal.alur.apps import JenisPerkara


class DanaConfig(AppConfig):
    name = "haji_portal.dana"
    label = "dana"
    verbose_name = "Dana"
    perkara_lain = (
        JenisPerkara("pengembalian", "Pengembalian", "Pengembalian dana"),
        JenisPerkara("konfirmasi-saldo", "KonfirmasiSaldo", "Konfirmasi saldo"),
    )

    def ready(self) -> None:
        from haji_portal.alur.efek import saat_sapu
        from haji_portal.alur.pemicu import jaga

        from . import efek  # noqa: F401  (register what follows a refund that failed or bounced)
        from .mitra import kirim, saldo  # noqa: F401  (register what goes out to BPKH)
        from .mitra.olah import olah_semua
        from .penjaga import PENJAGA_BUKU

        if olah_semua not in saat_sapu:
            saat_sapu.append(olah_semua)
        jaga(self, PENJAGA_BUKU)
