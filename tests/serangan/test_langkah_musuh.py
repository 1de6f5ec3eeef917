"""Hostile values in the forms of the steps: 422 with a sentence and everything kept, on both databases."""

from __future__ import annotations

import pytest

from haji_portal.ptsp.models import Kunjungan

ANEH = ["\x00", "A" * 1_000_000, "\u202e" * 3, "9" * 40, "-1", "1e400", "NaN", "0001-01-01", "9999-12-31", "١" * 10]


@pytest.mark.basis
@pytest.mark.parametrize(
    ("tahap", "langkah", "isian"),
    [
        ("diperiksa", "tolak", ["aturan", "penjelasan"]),
        ("direkam", "isi_spph", ["nama_ayah", "tinggi_cm", "berat_kg", "kode_pos", "status_kawin", "golongan_darah"]),
        ("direkam", "catat_porsi", ["nomor_porsi", "terbit", "bukti-titipan"]),
        ("direkam", "ambil_foto", ["foto-titipan"]),
    ],
)
def test_langkah_dengan_nilai_musuh(masuk, sampai, tahap, langkah, isian):
    perkara = sampai(tahap, 1)
    petugas = "ptsp" if tahap == "diperiksa" else "jfu"
    client, url = masuk(f"{petugas}.lombok-timur"), f"{perkara.get_absolute_url()}langkah/{langkah}/"
    spph = dict.fromkeys(("nama_ayah", "kelurahan", "kecamatan", "pendidikan", "pekerjaan"), "Contoh")
    wajib = spph | {"status_kawin": "kawin"} if langkah == "isi_spph" else {}
    for nama in isian:
        for nilai in ANEH:
            kini = type(perkara).objects.get(pk=perkara.pk)
            jawab = client.post(url, wajib | {"versi": kini.versi, nama: nilai})
            # A number is a name as good as any; what counts is: taken whole, or refused with everything as it was.
            boleh = (303, 422) if langkah == "isi_spph" else (409, 422)
            assert jawab.status_code in boleh, (nama, nilai[:10], jawab.status_code)
            naik = type(perkara).objects.get(pk=perkara.pk).versi - kini.versi
            assert naik == (jawab.status_code == 303), (nama, nilai[:10])


@pytest.mark.basis
def test_kunjungan_dengan_nilai_musuh(masuk, acuan):
    client = masuk("ptsp.lombok-timur")
    benar = {"tempat": "Balai desa", "tanggal": "2026-11-23", "perangkat": "Laptop", "catatan": "Contoh yang diketik"}
    for nama in ("tempat", "tanggal", "perangkat", "tim"):
        for nilai in ("\x00", "A" * 100_000, "9" * 40, "-1", "abc'"):
            jawab = client.post("/kunjungan/baru/", benar | {nama: nilai})
            if jawab.status_code == 302:
                continue
            assert jawab.status_code == 422, (nama, nilai[:10], jawab.status_code)
            assert "Contoh yang diketik" in jawab.content.decode()
    asing = client.post("/kunjungan/baru/", benar | {"tim": ["1"], "kantor": "1", "id": "1"})
    assert asing.status_code in (302, 422)
    assert not Kunjungan.objects.exclude(kantor__slug="lombok-timur").exists()
    assert client.get("/kunjungan/").status_code == 200


@pytest.mark.parametrize("tambahan", [
    {"status": "selesai", "tahap": "selesai", "ditutup": "2020-01-01", "putaran": "9"},
    {"kantor": "1", "kantor_id": "1", "perkara": "1", "id": "1", "pk": "1"},
    {"nomor": "X", "nik": "1" * 16, "nik_hash": "x", "pemohon": "1", "porsi": "1"},
])  # fmt: skip
def test_isian_titipan_tidak_ikut_tertulis(masuk, sampai, tambahan):
    """Mass assignment: fields that the form does not ask for change nothing."""
    perkara = sampai("direkam", 1)
    isi = {
        "versi": perkara.versi, "nama_ayah": "Ayah", "kelurahan": "A", "kecamatan": "B", "pendidikan": "SMA",
        "pekerjaan": "Petani", "status_kawin": "kawin",
    }  # fmt: skip
    sebelum = (perkara.tahap, perkara.kantor_id, perkara.nomor, perkara.pemohon.nik, perkara.ditutup, perkara.putaran)
    url = f"{perkara.get_absolute_url()}langkah/isi_spph/"
    assert masuk("jfu.lombok-timur").post(url, isi | tambahan).status_code == 303
    p = type(perkara).objects.get(pk=perkara.pk)
    assert (p.tahap, p.kantor_id, p.nomor, p.pemohon.nik, p.ditutup, p.putaran) == sebelum
    assert not set(tambahan) & set(p.riwayat.latest("urut").isi.isi)
