"""From the number to the case: the intake knows the visitor, the case knows its number."""

import pytest

from haji_portal.ptsp.antrean import panggil
from haji_portal.ptsp.antrean.ambil import Tamu
from haji_portal.ptsp.antrean.kaitan import tiket_perkara
from haji_portal.ptsp.models import Tiket
from pendaftaran import contoh

from .jalan import di_meja, nomor

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("pagi", "pelaksana")]
TAMU = Tamu("Siti Contoh", "Selong", "081200000001")


@pytest.fixture
def dilayani(kantor):
    nomor(kantor, tamu=TAMU)
    loket, siapa = di_meja("ptsp.lombok-timur")
    tiket = panggil.panggil_berikutnya(loket, oleh=siapa, kini=None)
    return panggil.layani(tiket, loket=loket, oleh=siapa)


def test_perkara_tahu_nomornya(kantor, dilayani, masuk):
    perkara = contoh.buka_contoh(kantor, 3).perkara
    _, siapa = di_meja("ptsp.lombok-timur")
    for _ in range(2):
        panggil.kaitkan(dilayani, perkara, oleh=siapa)
    assert tiket_perkara(perkara) == dilayani
    assert dilayani.peristiwa.filter(jenis="perkara").count() == 1
    isi = masuk("kasi.lombok-timur").get(perkara.get_absolute_url()).content.decode()
    assert "Nomor antrean hari ini A-001" in isi
    assert tiket_perkara(contoh.buka_contoh(kantor, 4).perkara) is None


def test_formulir_menawarkan_nama_tamu(dilayani, masuk):
    jawab = masuk("ptsp.lombok-timur").get(f"/pendaftaran/baru/?dari={dilayani.pk}")
    isi = jawab.content.decode()
    assert "Untuk nomor antrean A-001" in isi
    assert f'name="dari" value="{dilayani.pk}"' in isi
    assert 'value="Siti Contoh"' in isi and 'value="081200000001"' in isi


def test_pembatalan_menaruhnya_pada_yang_mengajukan(dilayani, masuk):
    bentuk = masuk("jfu.lombok-timur").get(f"/pembatalan/baru/?dari={dilayani.pk}").context["form"]
    assert bentuk["nama_pengaju"].value() == "Siti Contoh"
    assert not bentuk["nama"].value(), "the heir is not the pilgrim"


@pytest.mark.parametrize("nilai", ["999999", "x", "²", "9" * 40, "-1", ""])
def test_nomor_yang_tidak_ada_diabaikan(dilayani, masuk, nilai):
    jawab = masuk("ptsp.lombok-timur").get("/pendaftaran/baru/", {"dari": nilai})
    assert jawab.status_code == 200 and jawab.context["asal"] is None


def test_nomor_kantor_lain_dan_yang_tidak_di_loket(kantor, dilayani, masuk):
    assert masuk("ptsp.tanah-bumbu").get(f"/pendaftaran/baru/?dari={dilayani.pk}").context["asal"] is None
    menunggu = nomor(kantor, tamu=TAMU)
    assert masuk("ptsp.lombok-timur").get(f"/pendaftaran/baru/?dari={menunggu.pk}").context["asal"] is None
    assert Tiket.objects.get(pk=menunggu.pk).perkara.count() == 0
