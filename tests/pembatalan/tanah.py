"""Ground of the contract for cancellations: branches off the plain path, and what happens in the cases beside it."""

from __future__ import annotations

from functools import cache
from types import SimpleNamespace

from haji_portal.akun.models import Kantor
from haji_portal.alur.jalankan import buka as buka_perkara
from haji_portal.alur.pelaku import Sistem
from haji_portal.dana import contoh as contoh_dana
from haji_portal.meja.contoh import Pelaksana
from haji_portal.surat.terbit import cabut
from pembatalan import contoh
from pembatalan.models import Jurnal, Pemberitahuan
from tests.batal import pindah
from tests.conftest import SANDI


@cache
def pelaksana() -> Pelaksana:
    """One for all: it remembers the opened keys, which stay with the process's private store."""
    return Pelaksana(SANDI)


def siapkan(perkara, langkah):
    """The journal is signed, the money arrives."""
    contoh.siapkan(pelaksana(), perkara, langkah)


def buka(jenis, urut):
    """A case that comes out of a cancellation: the journal with it, or the notice of it."""
    asal = contoh.buka_contoh(Kantor.objects.get(slug="palu"), urut, sebab="sendiri").perkara
    p = pindah(asal, "dibatalkan")
    if jenis == "jurnal":
        p = pelaksana().lakukan(p, "jurnalkan").perkara
        return SimpleNamespace(perkara=Jurnal.objects.get(isi=p))
    isian = {"induk_id": p.pk, "pemohon": p.pemohon, "porsi": p.porsi}
    return buka_perkara(Pemberitahuan, kantor=p.kantor, oleh=Sistem("uji"), isian=isian)


def bukakan(perkara, langkah):
    """Make a branch possible: papers that are short, a letter that was withdrawn, a journal that lost its cases,
    a refund that BPKH refused."""
    if langkah == "alihkan":
        for satu in perkara.anak.filter(jenis="pengembalian", ditutup__isnull=True):
            pelaksana().lakukan(satu.rinci(), "gagalkan", contoh_dana.isian(satu.rinci(), "gagalkan"))
    if langkah == "tiadakan":
        perkara.isi.update(dalam_jurnal=None)
    if langkah in ("susun_ulang", "ganti_surat"):
        cabut(perkara.surat.filter(status="ditandatangani").order_by("-pk")[0], "Nomor rekening salah ketik.")
    if langkah == "kembalikan" and perkara.jenis == "pembatalan":
        satu = perkara.butir.order_by("urut").values_list("pk", flat=True)[0]
        perkara.butir.filter(pk=satu).update(verdict="kurang", alasan="Fotokopi tidak terbaca.")
