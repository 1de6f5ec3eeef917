"""A drunken walk through Lombok Timur against a model written by hand (tanah.JALAN): same answers, same places."""

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

from haji_portal.akun.models import Kantor
from haji_portal.alur.galat import LangkahGagal
from haji_portal.alur.jalankan import cari_di_tahap, jalankan
from haji_portal.alur.models import Efek
from haji_portal.alur.rantai import periksa_perkara
from haji_portal.meja.contoh import Pelaksana, petugas_untuk
from haji_portal.meja.tandatangan import tandatangani_langkah
from pendaftaran import contoh
from tests.conftest import SANDI
from tests.kontrak.pelaku import petugas
from tests.kontrak.potret import segar
from tests.pendaftaran.tanah import JALAN, bukakan

NAMA = sorted({n for langkah in JALAN.values() for n in langkah} | {"unggah_arsip", "tidak_dikenal"})
AKHIR = {"selesai", "ditolak", "dicabut"}
PELAKU = {
    **dict.fromkeys(["periksa_berkas", "nyatakan_lengkap", "kembalikan", "lengkapi", "serahkan"], frozenset({"ptsp"})),
    **dict.fromkeys(["tandatangani", "perbaiki"], frozenset({"kasi"})),
    **dict.fromkeys(["tolak", "cabut", "foto_ulang", "terbitkan_ulang"], frozenset({"ptsp", "jfu"})),
}
WAJIB = {
    "verifikasi": {"isi_spph", "rekam_data", "ambil_foto", "catat_porsi"},
    "serahkan_ke_loket": {"cetak_sph", "pindai_berkas"},
    "rekam_data": {"isi_spph"},
    "catat_porsi": {"rekam_data"},
}
SEKALI = {"rekam_data", "cetak_sph"}
MUNDUR = {"tolak", "cabut", "kembalikan", "perbaiki"}
PUTARAN_BARU = {"kembalikan", "perbaiki", "foto_ulang"}


class Pejalan(RuleBasedStateMachine):
    """`tahap`, `fakta`, `berkas`, `versi`, `putaran` are the model; `perkara` is the portal."""

    dikunjungi: set[str] = set()

    def __init__(self):
        super().__init__()
        self.sid = transaction.savepoint()
        self.perkara = segar(contoh.buka_contoh(Kantor.objects.get(slug="lombok-timur"), 1).perkara)
        self.pelaksana = Pelaksana(SANDI)
        self.tahap, self.fakta, self.berkas, self.versi, self.putaran = "diperiksa", set(), "belum", 1, 1
        self.terakhir = None

    def teardown(self):
        transaction.savepoint_rollback(self.sid)

    def harapan(self, nama, peran):
        """What must come: the name of the refusal, or "" when the step happens."""
        if nama not in JALAN[self.tahap]:
            return "SalahTahap"
        if peran not in PELAKU.get(nama, {"jfu"}):
            return "TidakBerhak"
        return "Tertutup" if self._tertutup(nama) else ""

    def _tertutup(self, nama):
        if nama in SEKALI and nama in self.fakta:
            return True
        if nama in ("tolak", "cabut"):
            return "catat_porsi" in self.fakta
        if nama == "nyatakan_lengkap":
            return self.berkas != "lengkap" or "periksa_berkas" not in self.fakta
        if nama == "kembalikan":
            return self.berkas != "kurang"
        if nama == "serahkan":
            return self.tahap == "ditandatangani"  # the table puts the passing to the counter before it
        if nama in ("foto_ulang", "terbitkan_ulang"):
            return True  # the SPH of this walk always has its photo and is never withdrawn
        return not WAJIB.get(nama, set()) <= self.fakta

    def catat(self, nama):
        self.versi += 1
        self.putaran += nama in PUTARAN_BARU
        tujuan = JALAN[self.tahap][nama]
        if tujuan is None:
            self.fakta.add(nama)
            if nama == "periksa_berkas":
                self.berkas = "lengkap"
        self.tahap = tujuan or self.tahap

    def lakukan(self, nama, oleh, versi):
        try:
            if nama == "tandatangani" and self.tahap == "diverifikasi":
                lk = cari_di_tahap(self.perkara, nama)
                sesi = self.pelaksana.sesi(oleh)
                return tandatangani_langkah(self.perkara, lk, oleh=oleh, versi=versi, sesi=sesi)
            data = contoh.isian(self.perkara, nama)
            return jalankan(self.perkara, nama, oleh=oleh, versi=versi, data=data)
        except LangkahGagal as galat:
            return galat

    def coba(self, nama, oleh):
        harapan = self.harapan(nama, oleh.peran)
        hasil = self.lakukan(nama, oleh, self.versi)
        if harapan:
            assert type(hasil).__name__ == harapan, (self.tahap, nama, oleh.peran, hasil)
            return
        assert not isinstance(hasil, LangkahGagal), (self.tahap, nama, oleh.peran, hasil)
        self.terakhir = (nama, oleh, self.versi)
        self.catat(nama)
        self.perkara = segar(self.perkara)

    def _maju(self):
        """What leads on from here, in the order of the table."""
        di_sini = [n for n in JALAN[self.tahap] if n not in MUNDUR | self.fakta]
        return [n for n in di_sini if not self._tertutup(n)]

    @precondition(lambda self: self._maju())
    @rule(berapa=st.integers(1, 4))
    def maju(self, berapa):
        for _ in range(berapa):
            for nama in self._maju()[:1]:
                self.coba(nama, petugas_untuk(self.perkara, cari_di_tahap(self.perkara, nama)))

    @precondition(lambda self: JALAN[self.tahap])
    @rule(data=st.data())
    def langkah_yang_ada(self, data):
        nama = data.draw(st.sampled_from(sorted(JALAN[self.tahap])))
        self.coba(nama, petugas_untuk(self.perkara, cari_di_tahap(self.perkara, nama)))

    @rule(nama=st.sampled_from(NAMA), peran=st.sampled_from(["ptsp", "jfu", "kasi", "kepala", "kanwil"]))
    def langkah_sembarang(self, nama, peran):
        kantor = self.perkara.kantor
        self.coba(nama, petugas(peran, kantor.induk if peran == "kanwil" else kantor))

    @precondition(lambda self: self.tahap == "diperiksa")
    @rule()
    def berkas_ternyata_kurang(self):
        bukakan(self.perkara, "kembalikan")
        self.berkas = "kurang"

    @precondition(lambda self: self.terakhir)
    @rule()
    def klik_kedua(self):
        """The last step again, from the page on which it was taken."""
        hasil = self.lakukan(self.terakhir[0], self.terakhir[1], self.terakhir[2])
        assert not isinstance(hasil, LangkahGagal) and hasil.sudah

    @precondition(lambda self: self.versi > 1)
    @rule(nama=st.sampled_from(NAMA))
    def halaman_lama(self, nama):
        if self.terakhir and nama == self.terakhir[0]:
            return
        hasil = self.lakukan(nama, petugas("kepala", self.perkara.kantor), self.versi - 1)
        assert type(hasil).__name__ == "Basi", hasil

    @invariant()
    def sama_dengan_model(self):
        p = segar(self.perkara)
        self.dikunjungi.add(p.tahap)
        assert (p.tahap, str(p.status), p.versi, p.putaran) == (self.tahap, self.tahap, self.versi, self.putaran)
        assert p.riwayat.count() == self.versi
        akhir = self.tahap in AKHIR
        assert p.giliran.exists() is not akhir and (p.ditutup is not None) is akhir
        assert p.kunci_dipegang.count() == (0 if akhir else 2)
        assert p.tenggat.filter(selesai__isnull=True).count() == (0 if akhir else 1)
        assert periksa_perkara(p.pk) == []
        assert Efek.objects.count() == Efek.objects.values("riwayat", "jenis", "kunci").distinct().count()


def _jalan(banyak, panjang, **lain):
    atur = settings(
        max_examples=banyak, stateful_step_count=panjang, deadline=None, suppress_health_check=list(HealthCheck),
        database=None, **lain,
    )  # fmt: skip
    run_state_machine_as_test(Pejalan, settings=atur)


def test_jalan_acak_contoh(pelaksana):
    """The same seeded sample in every run; a failure is told as it was met, since shrinking takes minutes."""
    Pejalan.dikunjungi.clear()
    _jalan(8, 30, derandomize=True, phases=[Phase.generate])
    assert len(Pejalan.dikunjungi) >= 7, f"the sample went nowhere: {Pejalan.dikunjungi}"


@pytest.mark.malam
def test_jalan_acak_panjang(pelaksana):
    _jalan(120, 50)
