"""App registration."""

from haji_portal.alur.apps import HalamanKerja, Pemeriksaan, SopConfig


class PelimpahanConfig(SopConfig):
    name = "pelimpahan"
    label = "pelimpahan"
    verbose_name = "Pelimpahan"
    nama_layanan = "Pelimpahan porsi haji"
    ringkas = "Mengalihkan nomor porsi jemaah wafat atau sakit permanen kepada keluarga terdekat."
    kode = "PL"
    pemeriksaan = Pemeriksaan(
        judul="Periksa kelayakan pelimpahan",
        ringkas="Jemaah wafat atau sakit permanen? Lihat apakah porsinya dapat diteruskan kepada keluarga.",
        publik="kelayakan:periksa",
        loket="kelayakan:loket",
    )
    halaman_kerja = (HalamanKerja("wawancara", "Jadwal wawancara", "wawancara:daftar", peran=("kanwil", "direktorat")),)
    model_name = "Pelimpahan"
    layanan_sop = ("pelimpahan", "pelimpahan-elektronik")

    def ready(self) -> None:
        from haji_portal.ptsp.ajukan.daftar import daftarkan

        # What follows the steps, and what goes on paper.
        from . import efek, surat, surat_formulir, surat_wawancara  # noqa: F401
        from .publik import AJUAN

        daftarkan(AJUAN)
