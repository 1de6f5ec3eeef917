"""Whose turn: the roles and offices of the inbox rows, the label they show, and what an applicant's turn leaves."""

from haji_portal.akun.models import Kantor, Peran
from haji_portal.alur.giliran import kantor_peran, langkah_giliran
from pendaftaran import contoh
from tests.kontrak.potret import segar
from tests.pendaftaran.tanah import bukakan


def buka(slug="lombok-timur", urut=1):
    return segar(contoh.buka_contoh(Kantor.objects.get(slug=slug), urut).perkara)


def langkah(pelaksana, perkara, nama):
    return segar(pelaksana.lakukan(perkara, nama, contoh.isian(perkara, nama)).perkara)


def baris(perkara):
    return sorted(perkara.giliran.values_list("peran", "kantor__slug", "langkah", "pihak"))


def test_giliran_pindah_bersama_langkah(pelaksana):
    perkara = buka()
    assert baris(perkara) == [("ptsp", "lombok-timur", "periksa_berkas", "kantor")]
    for nama in ("periksa_berkas", "nyatakan_lengkap"):
        perkara = langkah(pelaksana, perkara, nama)
    assert baris(perkara) == [("jfu", "lombok-timur", "isi_spph", "kantor")]
    assert perkara.giliran.get().kegiatan == "Isi SPPH"


def test_dua_meja_satu_giliran(pelaksana):
    """Where the SOP prints one officer for both desks, either may take it and both see it."""
    assert baris(buka("tanah-bumbu")) == [
        ("jfu", "tanah-bumbu", "periksa_berkas", "kantor"),
        ("ptsp", "tanah-bumbu", "periksa_berkas", "kantor"),
    ]


def test_giliran_pemohon_meninggalkan_baris_menunggu(pelaksana):
    perkara = buka()
    bukakan(perkara, "kembalikan")
    perkara = langkah(pelaksana, perkara, "kembalikan")
    assert baris(perkara) == [("ptsp", "lombok-timur", "lengkapi", "pemohon")]
    assert langkah_giliran(perkara).nama == "lengkapi", "never the dangerous branch beside it"


def test_sejak_tidak_berubah_oleh_perkara_lain(pelaksana):
    satu, dua = buka(), buka(urut=2)
    sejak = satu.giliran.get().sejak
    langkah(pelaksana, dua, "periksa_berkas")
    assert segar(satu).giliran.get().sejak == sejak


def test_kantor_tempat_peran_bertindak(acuan):
    perkara = buka()
    tempat = {p: kantor_peran(perkara, p) for p in Peran.values}
    for p in ("ptsp", "jfu", "kasi", "kasubag", "kepala", "siskohat"):
        assert tempat[p] == perkara.kantor
    assert tempat["kanwil"].slug == "ntb"
    assert {tempat[p].jenis for p in ("direktorat", "subdit", "direktur", "ditjen")} == {"pusat"}
    assert (tempat["bpkh"].jenis, tempat["bps"].jenis) == ("bpkh", "bps")
