"""The traps of django-fsm-2 (see STACK: section 2), each held shut by the base class or by jalankan()."""

import threading

import pytest
from django.db import transaction
from django_fsm import ConcurrentTransition, TransitionNotAllowed

from haji_portal.akun.models import Kantor
from haji_portal.alur.deklarasi import mesin
from haji_portal.alur.galat import IsianSalah
from haji_portal.alur.jalankan import jalankan
from haji_portal.meja.contoh import petugas_untuk
from pendaftaran import contoh
from pendaftaran.models import Pendaftaran
from tests.kontrak.balapan import balapan
from tests.kontrak.potret import potret, segar

pytestmark = pytest.mark.django_db


@pytest.fixture
def perkara(acuan):
    return segar(contoh.buka_contoh(Kantor.objects.get(slug="lombok-timur"), 1).perkara)


def test_status_terlindung(perkara):
    with pytest.raises(AttributeError):
        perkara.status = "selesai"


def test_refresh_baris_yang_terhapus_tidak_melepas_perlindungan(perkara):
    """Upstream leaves `protected` off for the whole process when the row is gone."""
    hantu = Pendaftaran(pk=999_999, kantor=perkara.kantor)
    with pytest.raises(Pendaftaran.DoesNotExist):
        hantu.refresh_from_db()
    assert Pendaftaran._meta.get_field("status").protected
    with pytest.raises(AttributeError):
        perkara.status = "selesai"
    with pytest.raises(AttributeError):
        hantu.status = "selesai"
    assert hantu.status == "diperiksa", "the value from before the failed refresh is kept"


def test_refresh_membaca_status_terbaru(perkara):
    lain = segar(perkara)
    lain.tolak(aturan="244/2021 A.9", penjelasan="Dokumen tidak sah.")
    lain.save()
    perkara.refresh_from_db()
    assert perkara.status == "ditolak"


def test_refresh_satu_kolom_membiarkan_status(perkara):
    """A refresh of another column neither fails nor moves the state, so a concurrent step is still noticed."""
    lain = segar(perkara)
    lain.tolak(aturan="244/2021 A.9", penjelasan="Dokumen tidak sah.")
    lain.save()
    perkara.refresh_from_db(fields=["alasan_akhir"])
    assert (perkara.status, perkara.alasan_akhir) == ("diperiksa", "Dokumen tidak sah. (244/2021 A.9)")
    perkara.cabut(alasan="Pemohon menunda.")
    perkara.refresh_from_db(fields=["penerima"])
    with pytest.raises(ConcurrentTransition), transaction.atomic():
        perkara.save()
    perkara.refresh_from_db(fields=["status"])
    assert perkara.status == "ditolak"


@pytest.mark.django_db(transaction=True)
def test_refresh_di_banyak_utas_tidak_melepas_perlindungan(tanpa_bel, perkara):
    """Upstream switches `protected` on the class for the time of a refresh: other threads slip through, or fail."""
    lolos, berhenti = [], threading.Event()

    def penyusup():
        salinan = Pendaftaran(kantor=perkara.kantor)
        while not berhenti.is_set():
            try:
                salinan.status = "selesai"
                lolos.append(1)
            except AttributeError:
                pass

    utas = threading.Thread(target=penyusup)
    utas.start()
    balapan(*[lambda: [segar(perkara).refresh_from_db() for _ in range(60)] for _ in range(3)])
    berhenti.set()
    utas.join()
    assert lolos == []


def test_full_clean_tidak_tersandung_status(perkara):
    perkara.full_clean()


def test_langkah_dari_status_lain_ditolak_oleh_mesinnya_sendiri(perkara):
    with pytest.raises(TransitionNotAllowed):
        perkara.serahkan(penerima="Siapa saja")


def test_simpanan_basi_terlihat(perkara):
    basi = segar(perkara)
    perkara.tolak(aturan="244/2021 A.9", penjelasan="Dokumen tidak sah.")
    perkara.save()
    basi.cabut(alasan="Pemohon menunda.")
    with pytest.raises(ConcurrentTransition), transaction.atomic():
        basi.save()


def test_fsm_tidak_memeriksa_izin_jalankan_yang_memeriksa(perkara):
    """`permission=` is not enforced on a call: everything must go through jalankan()."""
    perkara.tolak(aturan="244/2021 A.9", penjelasan="Dokumen tidak sah.")
    assert perkara.status == "ditolak"


def test_langkah_menurut_urutan_sumber_bukan_abjad():
    nama = list(dict.fromkeys(lk.nama for lk in mesin(Pendaftaran)))
    assert nama[:3] == ["periksa_berkas", "bandingkan_foto", "nyatakan_lengkap"]
    assert nama != sorted(nama)


def test_isian_yang_ditolak_model_membatalkan_semuanya(perkara):
    """A ValidationError inside a transition: 422 by field, nothing written, the case can go on."""
    perkara = segar(
        jalankan(
            perkara, "periksa_berkas", oleh=petugas_untuk(perkara, mesin(Pendaftaran)[0]), versi=perkara.versi,
            data=contoh.isian(perkara, "periksa_berkas"),
        ).perkara
    )  # fmt: skip
    lk = next(lk for lk in mesin(Pendaftaran) if lk.nama == "nyatakan_lengkap")
    perkara = segar(jalankan(perkara, lk.nama, oleh=petugas_untuk(perkara, lk), versi=perkara.versi).perkara)
    spph = next(lk for lk in mesin(Pendaftaran) if lk.nama == "isi_spph")
    sebelum, oleh = potret(perkara), petugas_untuk(perkara, spph)
    with pytest.raises(IsianSalah) as galat:
        data = contoh.spph(1) | {"nama_ayah": "x" * 200}
        jalankan(perkara, "isi_spph", oleh=oleh, versi=perkara.versi, data=data)
    assert "nama_ayah" in galat.value.galat and galat.value.status_http == 422
    assert potret(perkara) == sebelum
    jalankan(perkara, "isi_spph", oleh=oleh, versi=perkara.versi, data=contoh.spph(1))
