"""Partners whose office differs from case to case are looked at each for itself."""

from haji_portal.akun.models import Kantor, Pengguna
from haji_portal.alur.halangan import periksa_terhalang
from haji_portal.alur.models import LangkahSOP
from haji_portal.alur.models.sop import lupakan_baris
from pendaftaran.models import Pendaftaran
from tests.kontrak.potret import segar


def test_terhalang_dilihat_per_kantor_yang_mendapat_giliran(estafet, jam, akun, monkeypatch):
    """Two cases of one office and status, each with another bank: only the bank without people is blocked, once."""
    dua = Kantor.objects.create(
        slug="bank-dua", nama="Bank Dua", nama_pendek="Bank Dua", jenis="bps", kode_perkara="BD"
    )
    dua.bank.create(nama="Bank Dua")
    akun("bps-2").penugasan.update(kantor=dua)
    milik = {}
    monkeypatch.setattr(Pendaftaran, "bank_mitra", lambda perkara: milik.get(perkara.pk, ""))
    kasus = [estafet("mitra", 1), estafet("mitra", 2)]
    LangkahSOP.objects.filter(sop=kasus[0].perkara.sop, no="4").update(pelaksana=["BPS"])
    lupakan_baris()
    milik[kasus[1].perkara.pk] = "Bank Dua"
    for k in kasus:
        k.pergi()
    pengguna = Pengguna.objects.filter(username="bps-2")
    for aktif, jumlah in [(True, 0), (False, 1), (False, 0), (True, 1), (True, 0)]:
        pengguna.update(is_active=aktif)
        assert periksa_terhalang() == jumlah
        assert [segar(k.perkara).terhalang for k in kasus] == [False, not aktif]
