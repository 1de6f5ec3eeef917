"""Ground of the contract for branches that the plain path of a registration does not reach."""

from django.utils import timezone

from haji_portal.surat.terbit import cabut


def bukakan(perkara, langkah):
    """Make a branch possible: papers that are short, or an SPH that was issued without a photo."""
    if langkah == "kembalikan":
        satu = perkara.butir.order_by("urut").values_list("pk", flat=True)[0]
        perkara.butir.filter(pk=satu).update(verdict="kurang", alasan="Fotokopi tidak terbaca.")
    if langkah == "foto_ulang":
        perkara.lampiran.filter(jenis__startswith="foto_").update(diganti_pada=timezone.now())
    if langkah == "terbitkan_ulang":
        for surat in perkara.surat.filter(jenis="sph", status="ditandatangani"):
            cabut(surat, "Nama ayah keliru.")


# The SOP of Lombok Timur written down a second time, by hand: status -> step -> where it leads (None: stays).
JALAN = {
    "diperiksa": {
        "periksa_berkas": None, "nyatakan_lengkap": "direkam", "kembalikan": "dikembalikan", "tolak": "ditolak",
        "cabut": "dicabut",
    },
    "dikembalikan": {"lengkapi": "diperiksa", "cabut": "dicabut"},
    "direkam": {
        "isi_spph": None, "rekam_data": None, "ambil_foto": None, "catat_porsi": None, "verifikasi": "diverifikasi",
        "tolak": "ditolak", "cabut": "dicabut",
    },
    "diverifikasi": {"tandatangani": "ditandatangani", "perbaiki": "direkam"},
    "ditandatangani": {
        "cetak_sph": None, "pindai_berkas": None, "serahkan_ke_loket": "siap_diserahkan", "serahkan": "selesai",
        "terbitkan_ulang": "direkam",
    },
    "siap_diserahkan": {"serahkan": "selesai", "terbitkan_ulang": "direkam"},
    "selesai": {"foto_ulang": "diverifikasi", "terbitkan_ulang": "direkam"},
    "ditolak": {},
    "dicabut": {},
}  # fmt: skip
