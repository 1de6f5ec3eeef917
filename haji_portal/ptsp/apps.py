"""App registration."""

from django.apps import AppConfig

from haji_portal.alur.apps import HalamanKerja, JenisPerkara

PENCATAT = ("ptsp", "kasubag", "kasi", "kepala")


class PtspConfig(AppConfig):
    name = "haji_portal.ptsp"
    label = "ptsp"
    verbose_name = "Pelayanan terpadu satu pintu"
    perkara_lain = (JenisPerkara("pelayanan", "Pelayanan", "Pelayanan PTSP", layanan_sop=("ptsp",), bertabel=True),)
    halaman_kerja = (
        HalamanKerja("antrean", "Antrean", "ptsp:antrean", peran=("ptsp", "jfu", "kasi", "kasubag", "kepala")),
        HalamanKerja("surat_masuk", "Surat masuk", "surat_masuk:daftar", PENCATAT),
        HalamanKerja(
            "disposisi", "Disposisi", "disposisi:daftar", (*PENCATAT, "jfu", "siskohat"),
            "haji_portal.ptsp.disposisi.hitung.perlu_dibuka",
        ),
    )  # fmt: skip

    def ready(self) -> None:
        from haji_portal.alur.jalankan import saat_pindah
        from haji_portal.alur.pemicu import Penjaga, jaga
        from haji_portal.berkas.simpan import pemilik_lain
        from haji_portal.kabar.kata import penambah_fakta
        from haji_portal.meja import asal
        from haji_portal.meja.kasus import panel_kasus

        from .ajukan.konsep import kunci_konsep
        from .antrean.kaitan import asal_antrean, catat_asal, keterangan_antrean, kolom_tiket
        from .disposisi.agenda import kunci_surat
        from .disposisi.catat import tutup_langkah
        from .disposisi.panel import kolom_panel, panel_perkara
        from .disposisi.penjaga import PENJAGA
        from .survei.undang import fakta_survei

        jaga(self, (Penjaga("ptsp_peristiwatiket", "Peristiwa tiket", "id = NEW.id"), *PENJAGA))
        asal.pencari.append(asal_antrean)
        asal.sesudah_dibuka.append(catat_asal)
        asal.kolom_kasus.update(kolom_tiket() | kolom_panel())
        asal.keterangan.append(keterangan_antrean)
        pemilik_lain += [satu for satu in (kunci_konsep, kunci_surat) if satu not in pemilik_lain]
        if tutup_langkah not in saat_pindah:
            saat_pindah.append(tutup_langkah)
        if panel_perkara not in panel_kasus:
            panel_kasus.append(panel_perkara)
        if fakta_survei not in penambah_fakta:
            penambah_fakta.append(fakta_survei)
