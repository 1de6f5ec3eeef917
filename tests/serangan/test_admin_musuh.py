"""The Django admin in hostile hands: nobody edits a status or the history, odd filters do not break it."""

from __future__ import annotations

import pytest

from haji_portal.alur.models import Perkara, Riwayat

BENTUK = [
    "alur/perkara", "alur/riwayat", "alur/riwayatisi", "alur/efek", "alur/giliran", "alur/kunci", "alur/tenggat",
    "alur/segelharian", "pendaftaran/pendaftaran", "jemaah/porsi", "jemaah/peristiwaporsi", "surat/surat",
    "surat/nomorsurat", "kabar/pesan", "berkas/lampiran",
]  # fmt: skip


@pytest.mark.basis
def test_superuser_tidak_mengubah_yang_ditulis_langkah(masuk, sampai, akun):
    perkara = sampai("ditandatangani", 1)
    akun("admin").__class__.objects.filter(username="admin").update(is_superuser=True, is_staff=True)
    client = masuk("admin")
    sebelum = list(Riwayat.objects.order_by("pk").values_list("hash", flat=True))
    for bentuk in BENTUK:
        pk = perkara.pk if bentuk in ("alur/perkara", "pendaftaran/pendaftaran") else None
        pk = pk or Riwayat.objects.first().pk
        for alamat in (f"{pk}/change/", f"{pk}/delete/", "add/"):
            isi = {"status": "selesai", "tahap": "selesai", "nama": "x", "post": "yes", "hash": "0"}
            jawab = client.post(f"/admin/{bentuk}/{alamat}", isi)
            assert jawab.status_code in (403, 404, 302), (bentuk, alamat, jawab.status_code)
        aksi = {"action": "delete_selected", "_selected_action": [str(pk)], "post": "yes"}
        client.post(f"/admin/{bentuk}/", aksi)
    kini = Perkara.objects.get(pk=perkara.pk)
    assert (kini.tahap, kini.versi) == (perkara.tahap, perkara.versi)
    assert list(Riwayat.objects.order_by("pk").values_list("hash", flat=True)) == sebelum
    langkah = f"{perkara.get_absolute_url()}langkah/cetak_sph/"
    assert client.post(langkah, {"versi": perkara.versi}).status_code == 403


@pytest.mark.basis
def test_saringan_admin_yang_aneh(masuk, acuan):
    client = masuk("admin")
    for kueri in (
        "?q=%00", "?kantor__id__exact=abc", "?kantor__id__exact=%00", "?p=-1", "?p=99999", "?e=1", "?o=999.%00",
        "?dibuka__year=99999", "?dibuka__month=13&dibuka__year=2026", "?dibuka__gte=kemarin", "?_facets=x",
        "?pemohon__nik=1", "?tahap__exact=%00", "?kantor__id__exact=99999999999999999999",
    ):  # fmt: skip
        assert client.get(f"/admin/alur/perkara/{kueri}").status_code in (200, 302, 400), kueri
    for pk in ("%00", "abc", "99999999999999999999", "-1"):
        assert client.get(f"/admin/alur/perkara/{pk}/change/").status_code in (302, 400, 404), pk
