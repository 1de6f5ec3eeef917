"""Who sees a refund: the office of the case and the centre, BPKH once it was sent there, the bank that pays it."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from haji_portal.akun.models import Kantor, NamaBank
from haji_portal.akun.muat import muat_kantor
from haji_portal.alur.kantor import kantor_bank
from haji_portal.alur.models import Perkara, Terlibat
from haji_portal.berkas.models import Lampiran
from haji_portal.jemaah.models import Setoran

from .conftest import buat_jemaah
from .tanah import ajukan, buka_induk, kerjakan_efek, langkah, lewati, segar, setujui_lagi

pytestmark = [pytest.mark.django_db, pytest.mark.basis, pytest.mark.usefixtures("pelaksana")]
BSI = "Bank Syariah Indonesia"


def terlihat(akun, nama):
    return set(Perkara.objects.untuk(akun(nama)).values_list("jenis", flat=True))


@pytest.mark.parametrize(
    ("bank", "slug"),
    [
        (BSI, "bsi"),
        ("bank syariah indonesia", "bsi"),
        ("bsi", "bsi"),
        ("Bank Muamalat Indonesia", "bps"),
        ("Bank Tak Dikenal", "bps"),
    ],
)
def test_kantor_bank_menurut_namanya(bank, slug):
    assert kantor_bank(bank).slug == slug


@pytest.mark.parametrize(("bank", "milik", "lain"), [(BSI, "bps.bsi", "bps"), ("Bank Mega Syariah", "bps", "bps.bsi")])
def test_bank_hanya_melihat_pengembaliannya_sejak_gilirannya(masuk, akun, bank, milik, lain):
    p = ajukan(buka_induk(bank=bank))
    assert terlihat(akun, milik) == set() == terlihat(akun, lain)
    assert terlihat(akun, "bpkh") == {"pengembalian"}
    p = lewati(p, "sahkan_spm", bps=milik)
    assert masuk(milik).get(p.get_absolute_url()).status_code == 200
    assert masuk(lain).get(p.get_absolute_url()).status_code == 404
    p = langkah(langkah(p, "catat_transfer", milik), "sahkan_transfer", f"{milik}-2")
    p = langkah(p, "terima", milik)
    kerjakan_efek()
    # Its part is done, and the case closed: still there, as proof of what it did.
    for nama in (milik, "bpkh"):
        assert masuk(nama).get(p.get_absolute_url()).status_code == 200
        assert terlihat(akun, nama) == {"pengembalian"}
    for lampiran in Lampiran.objects.filter(perkara=p.pk):
        assert masuk(milik).get(lampiran.get_absolute_url()).status_code == 200
        assert masuk(lain).get(lampiran.get_absolute_url()).status_code == 404
    assert masuk(milik).get(segar(p).induk.get_absolute_url()).status_code == 404
    assert masuk("bpkh").get(segar(p).induk.get_absolute_url()).status_code == 404


def test_bank_pengganti_tidak_melihat_pembayaran_bank_lama(masuk):
    lama = lewati(ajukan(buka_induk(bank="Bank Mega Syariah")))
    langkah(lama, "kembalikan_dana", "bps")
    kerjakan_efek()
    baru = setujui_lagi(segar(lama).pengganti, bank=BSI, nomor="7100200300")
    baru = lewati(baru, "sahkan_spm", bps="bps.bsi")
    isi = masuk("bps.bsi").get(baru.get_absolute_url()).content.decode()
    assert "7100200300" in isi and lama.nomor not in isi and lama.rekening.nomor not in isi
    assert masuk("bps.bsi").get(lama.get_absolute_url()).status_code == 404
    isi = masuk("bps").get(lama.get_absolute_url()).content.decode()
    assert baru.nomor not in isi and "7100200300" not in isi
    isi = masuk("direktorat").get(baru.get_absolute_url()).content.decode()
    assert lama.nomor in isi and baru.induk.nomor in isi


@pytest.mark.parametrize("nama", ["bpkh", "bps", "direktorat", "direktur"])
def test_pembayar_melihat_rekening_penuh_yang_lain_samar(masuk, nama):
    p = lewati(ajukan(buka_induk()), "sahkan_spm")
    isi = masuk(nama).get(p.get_absolute_url()).content.decode()
    assert p.rekening.nomor in isi and p.pemohon.nik not in isi and " ".join(p.pemohon.nik[:4]) not in isi


@pytest.mark.parametrize("nama", ["jfu.lombok-timur", "kepala.lombok-timur", "kanwil.ntb", "inspektorat", "subdit"])
def test_selain_pembayar_rekening_samar(masuk, nama):
    p = lewati(ajukan(buka_induk()), "sahkan_spm")
    isi = masuk(nama).get(p.get_absolute_url()).content.decode()
    assert p.rekening.nomor not in isi and f"******{p.rekening.nomor[-4:]}" in isi


def test_peserta_tercatat_sekali(pelaksana):
    p = lewati(ajukan(buka_induk(bank=BSI)), bps="bps.bsi")
    assert sorted(Terlibat.objects.filter(perkara=p.pk).values_list("kantor__slug", flat=True)) == ["bpkh", "bsi"]


def _setoran(nomor, bank, **lain):
    orang = buat_jemaah(f"5203015708{nomor[-6:]}")
    return Setoran.objects.create(
        jemaah=orang, bank=bank, nomor_validasi=nomor, jumlah=25_000_000, tanggal=timezone.localdate(), **lain
    )


def test_bank_hanya_melihat_setorannya(masuk):
    _setoran("2620000001", BSI.upper(), sumber="bps")
    _setoran("2620000002", "Bank Mega Syariah", sumber="bps")
    _setoran("2620000003", BSI, sumber="petugas")
    for nama, nomor in (("bps.bsi", "2620000001"), ("bps", "2620000002")):
        baris = masuk(nama).get("/setoran/").context["baris"]
        assert [b["nomor_validasi"] for b in baris] == [nomor]


@pytest.mark.parametrize(("akun_bank", "bank", "boleh"), [
    ("bps.bsi", BSI, True), ("bps.bsi", "Bank Mega Syariah", False), ("bps", BSI, False),
    ("bps", "Bank BTN Syariah", True),
])  # fmt: skip
def test_meja_bank_merekam_banknya_sendiri(masuk, akun_bank, bank, boleh):
    orang = buat_jemaah()
    isi = {
        "jenis": "awal", "bank": bank, "nomor_validasi": "2630000001", "jumlah": "25000000",
        "tanggal": timezone.localdate().isoformat(), "nik": orang.nik,
    }  # fmt: skip
    jawab = masuk(akun_bank).post("/setoran/baru/", isi)
    assert (jawab.status_code, Setoran.objects.exists()) == ((302, True) if boleh else (422, False))


def test_bank_tanpa_kantor_aktif_kembali_kepada_yang_umum(masuk):
    Kantor.objects.filter(slug="bsi").update(aktif=False)
    assert kantor_bank(BSI).slug == "bps"
    _setoran("2640000001", BSI, sumber="bps")
    assert len(masuk("bps").get("/setoran/").context["baris"]) == 1


def test_bank_pindah_kantor_lewat_data_induk(masuk):
    """Offices and names are data: another bank gets an office, another office serves the rest."""
    lama, baru = Kantor.objects.get(bank_lain=True), Kantor.objects.get(slug="bsi")
    NamaBank.objects.create(kantor=baru, nama="Bank Mega Syariah")
    assert kantor_bank("BANK MEGA SYARIAH") == baru
    _setoran("2650000001", "Bank Mega Syariah", sumber="bps")
    assert [len(masuk(n).get("/setoran/").context["baris"]) for n in ("bps", "bps.bsi")] == [0, 1]
    Kantor.objects.filter(pk=lama.pk).update(bank_lain=False)
    Kantor.objects.filter(pk=baru.pk).update(bank_lain=True)
    assert kantor_bank("Bank Tak Dikenal") == baru


@pytest.mark.parametrize("ubah", [
    lambda: Kantor.objects.filter(slug="bsi").update(bank_lain=True),
    lambda: Kantor.objects.filter(bank_lain=True).update(jenis="bpkh"),
    lambda: NamaBank.objects.create(kantor=Kantor.objects.get(slug="bps"), nama=BSI.upper()),
])  # fmt: skip
def test_dua_kantor_untuk_satu_bank_ditolak_basis_data(ubah):
    with pytest.raises(IntegrityError), transaction.atomic():
        ubah()


def test_bank_hanya_pada_kantor_bps():
    with pytest.raises(ValidationError, match="Hanya kantor BPS"):
        NamaBank(kantor=Kantor.objects.get(slug="bpkh"), nama="Bank Contoh").full_clean()


def test_muat_acuan_membiarkan_suntingan_admin():
    NamaBank.objects.all().delete()
    Kantor.objects.filter(bank_lain=True).update(bank_lain=False)
    Kantor.objects.filter(slug="bsi").update(bank_lain=True)
    muat_kantor()
    assert not NamaBank.objects.exists() and Kantor.objects.get(bank_lain=True).slug == "bsi"
