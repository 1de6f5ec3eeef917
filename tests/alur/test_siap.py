"""The prepared read of a case is the plain one: same columns, same neighbours, same refusal."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from haji_portal.alur.apps import model_perkara, semua_jenis
from haji_portal.alur.models import Perkara
from haji_portal.alur.models.perkara import TETANGGA
from tests.kontrak.balapan import balapan
from tests.kontrak.tabel import semua_tabel, tanpa_tabel

pytestmark = pytest.mark.basis


def _biasa(perkara):
    return model_perkara(perkara.jenis).objects.select_related(*TETANGGA).get(pk=perkara.pk)


@pytest.mark.parametrize("tabel", {t.model: t for t in [*semua_tabel(), *tanpa_tabel()]}.values(), ids=lambda t: t.kode)
def test_sama_dengan_bacaan_biasa(pelaksana, tabel, django_assert_num_queries):
    kepala = Perkara.objects.get(pk=tabel.buka(1).perkara.pk)
    biasa = _biasa(kepala)
    with CaptureQueriesContext(connection) as kueri:
        siap = kepala.rinci()
    assert len(kueri) == 1 and type(siap) is type(biasa)
    with django_assert_num_queries(0):
        for satu, lain in [(siap, biasa), *((getattr(siap, n), getattr(biasa, n)) for n in TETANGGA)]:
            nilai = [f.attname for f in satu._meta.concrete_fields] if satu is not None else []
            assert [getattr(satu, n) for n in nilai] == [getattr(lain, n) for n in nilai]
            assert (satu is None) == (lain is None)
            assert satu is None or (satu._state.adding, satu._state.db) == (lain._state.adding, lain._state.db)
    assert not siap.get_deferred_fields()


@pytest.mark.django_db
@pytest.mark.parametrize("jenis", [j.jenis for j in semua_jenis()])
def test_yang_tidak_ada(jenis):
    for pk in (None, -1):
        with pytest.raises(model_perkara(jenis).DoesNotExist):
            Perkara(pk=pk, jenis=jenis).rinci()


@pytest.mark.django_db(transaction=True)
def test_dari_dua_utas(acuan, tanpa_bel):
    """Each thread reads over its own connection."""
    perkara = [semua_tabel()[0].buka(urut).perkara for urut in (1, 2)]
    hasil = balapan(*[Perkara.objects.get(pk=p.pk).rinci for p in perkara])
    assert [h.pk for h in hasil] == [p.pk for p in perkara]
