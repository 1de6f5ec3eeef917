"""App registration."""

from haji_portal.alur.apps import JenisPerkara, SopConfig


class PembatalanConfig(SopConfig):
    name = "pembatalan"
    label = "pembatalan"
    verbose_name = "Pembatalan"
    nama_layanan = "Pembatalan porsi haji"
    ringkas = "Membatalkan nomor porsi atau nomor validasi, sampai dana kembali ke rekening."
    kode = "PB"
    model_name = "Pembatalan"
    layanan_sop = ("pembatalan", "pembatalan-validasi-tidak-memenuhi")
    perkara_lain = (
        JenisPerkara(
            "reversal", "Reversal", "Pembatalan karena reversal bank", layanan_sop=("pembatalan-validasi-reversal",)
        ),
        JenisPerkara("jurnal", "Jurnal", "Jurnal pembatalan"),
        JenisPerkara("pemberitahuan", "Pemberitahuan", "Pemberitahuan pembatalan"),
    )

    def ready(self) -> None:
        from haji_portal.ptsp.ajukan.daftar import daftarkan

        from . import efek, surat  # noqa: F401  (register what follows outside the steps, and what goes on paper)
        from .publik import AJUAN

        daftarkan(AJUAN)
