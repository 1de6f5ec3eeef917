"""Who takes which step in which office, written out by hand from the SOP tables (rujukan: sop.yaml)."""

import pytest

from haji_portal.akun.models import Kantor
from haji_portal.alur.deklarasi import mesin
from haji_portal.alur.models import SOP
from haji_portal.alur.posisi import berlaku_di, peran_langkah
from pendaftaran.models import Pendaftaran

LOKET, KEDUANYA, JFU = {"ptsp"}, {"ptsp", "jfu"}, {"jfu"}
# Lombok Timur: counter and back office are two desks. The others print one "Petugas"/"Staf Pelaksana/PTSP".
LOMBOK = {
    "periksa_berkas": LOKET, "nyatakan_lengkap": LOKET, "kembalikan": LOKET, "lengkapi": LOKET, "isi_spph": JFU,
    "rekam_data": JFU, "ambil_foto": JFU, "catat_porsi": JFU, "verifikasi": JFU, "cetak_sph": JFU,
    "pindai_berkas": JFU, "serahkan_ke_loket": JFU, "serahkan": LOKET,
}  # fmt: skip
PENANDA = {"lombok-timur": {"kasi"}, "tanah-bumbu": {"kasi"}, "kepulauan-seribu": {"kepala"}}


@pytest.fixture
def perkara(acuan):
    def buat(slug):
        kantor = Kantor.objects.get(slug=slug)
        return Pendaftaran(kantor=kantor, sop=SOP.untuk("pendaftaran", slug))

    return buat


def _nyata(perkara):
    return {lk.nama: set(peran_langkah(perkara, lk)) for lk in mesin(Pendaftaran) if berlaku_di(perkara.sop, lk)}
