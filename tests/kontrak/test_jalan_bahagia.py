"""The happy path of every counter table, from the opening to a signed SPH in the pilgrim's hand."""

import pytest

from haji_portal.akun.models import Kantor
from haji_portal.alur.posisi import langkah_berikut
from pendaftaran import contoh


@pytest.mark.parametrize("slug", ["lombok-timur", "tanah-bumbu", "kepulauan-seribu", "palu"])
def test_dari_loket_sampai_sph(pelaksana, slug):
    perkara = contoh.buka_contoh(Kantor.objects.get(slug=slug), 7).perkara
    while perkara.ditutup is None:
        assert perkara.giliran.exists() and not perkara.terhalang
        langkah = langkah_berikut(perkara)
        perkara = pelaksana.lakukan(perkara, langkah.nama, contoh.isian(perkara, langkah.nama)).perkara
    assert perkara.tahap == "selesai"
    assert perkara.surat.get().status == "ditandatangani"
    assert not perkara.giliran.exists() and not perkara.kunci_dipegang.exists()
