"""App registration."""

from haji_portal.alur.apps import SopConfig


class RekomendasiConfig(SopConfig):
    name = "rekomendasi"
    label = "rekomendasi"
    verbose_name = "Rekomendasi"
    nama_layanan = "Rekomendasi paspor"
    ringkas = "Surat rekomendasi paspor untuk umrah atau haji khusus."
    kode = "RK"
    model_name = "Rekomendasi"

    def ready(self) -> None:
        from haji_portal.alur.pemicu import Penjaga, jaga
        from haji_portal.ptsp.ajukan.daftar import daftarkan_susulan
        from haji_portal.rawat.kunci import ASAL

        from . import surat  # noqa: F401  (register what goes on paper)
        from .models import Peserta
        from .publik import SUSULAN

        daftarkan_susulan(SUSULAN)

        ASAL[Peserta] = lambda satu: satu.nik
        jaga(self, (Penjaga("rekomendasi_jejakregister", "Jejak daftar penyelenggara", "id = NEW.id"),))
