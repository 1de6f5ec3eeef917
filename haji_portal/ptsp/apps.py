"""App registration."""

from django.apps import AppConfig

from haji_portal.alur.apps import HalamanKerja


class PtspConfig(AppConfig):
    name = "haji_portal.ptsp"
    label = "ptsp"
    verbose_name = "Pelayanan terpadu satu pintu"
    halaman_kerja = (
        HalamanKerja("antrean", "Antrean", "ptsp:antrean", peran=("ptsp", "jfu", "kasi", "kasubag", "kepala")),
    )

    def ready(self) -> None:
        from haji_portal.alur.pemicu import Penjaga, jaga
        from haji_portal.berkas.simpan import pemilik_lain
        from haji_portal.kabar.kata import penambah_fakta
        from haji_portal.meja import asal

        from .ajukan.konsep import kunci_konsep
        from .antrean.kaitan import asal_antrean, catat_asal, keterangan_antrean, kolom_tiket
        from .survei.undang import fakta_survei

        jaga(self, (Penjaga("ptsp_peristiwatiket", "Peristiwa tiket", "id = NEW.id"),))
        asal.pencari.append(asal_antrean)
        asal.sesudah_dibuka.append(catat_asal)
        asal.kolom_kasus.update(kolom_tiket())
        asal.keterangan.append(keterangan_antrean)
        if kunci_konsep not in pemilik_lain:
            pemilik_lain.append(kunci_konsep)
        if fakta_survei not in penambah_fakta:
            penambah_fakta.append(fakta_survei)
