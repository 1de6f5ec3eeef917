from haji_portal.alur.apps import SopConfig


class PendaftaranConfig(SopConfig):
    name = "pendaftaran"
    label = "pendaftaran"
    verbose_name = "Pendaftaran"
    nama_layanan = "Pendaftaran haji reguler"
    ringkas = "Mendaftar setelah setoran awal di bank, sampai menerima Surat Pendaftaran Haji (SPH) dan nomor porsi."
    kode = "PD"
    model_name = "Pendaftaran"
    layanan_sop = ("pendaftaran", "pendaftaran-elektronik")

    def ready(self) -> None:
        from haji_portal.ptsp.ajukan.daftar import daftarkan

        from . import siskohat, surat  # noqa: F401  (register the file exchange and what stands on the letters)
        from .publik import AJUAN

        daftarkan(AJUAN)
