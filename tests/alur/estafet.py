"""A registration of Lombok Timur whose data are recorded elsewhere: a stand-in for cases that pass between offices.

The machine stays as it is; its table of stages says that `direkam` belongs to another party, the row of the office's
SOP names that party's people, and the spans are those of a cancellation (Kepdirjen 241/2021 E).
"""

from __future__ import annotations

from dataclasses import replace

import pytest

from haji_portal.akun.models import Kantor
from haji_portal.alur.models import SOP, LangkahSOP
from haji_portal.alur.models.sop import lupakan_baris
from haji_portal.alur.posisi import langkah_berikut
from pendaftaran import contoh
from pendaftaran.models import Pendaftaran
from tests.kontrak.potret import segar

RENTANG = [
    {"kode": "keseluruhan", "menit": None, "hari_kerja": 8, "pihak": ["kantor", "pusat"], "sumber": "241/2021 E"},
    {"kode": "kantor", "menit": None, "hari_kerja": 3, "pihak": ["kantor"], "sumber": "241/2021 E.1"},
    {"kode": "direktorat", "menit": None, "hari_kerja": 5, "pihak": ["pusat"], "sumber": "241/2021 E.2"},
]
PELAKSANA = {"pusat": "Subdit", "kanwil": "Kanwil", "mitra": "BPKH", "kantor": "JFU"}


class Estafet:
    """Opens and moves one such case; `pergi()` passes it to the other party, `pulang()` brings it back."""

    def __init__(self, pelaksana, urut: int) -> None:
        self.pelaksana = pelaksana
        self.perkara = segar(contoh.buka_contoh(Kantor.objects.get(slug="lombok-timur"), urut).perkara)

    def langkah(self, nama: str) -> None:
        isi = contoh.isian(self.perkara, nama)
        self.perkara = segar(self.pelaksana.lakukan(self.perkara, nama, isi).perkara)

    def sampai(self, tahap: str) -> None:
        while self.perkara.tahap != tahap:
            self.langkah(langkah_berikut(self.perkara).nama)

    def pergi(self) -> None:
        self.sampai("direkam") if self.perkara.tahap == "diperiksa" else self.langkah("perbaiki")

    def pulang(self) -> None:
        self.sampai("diverifikasi")

    def tenggat(self, kode: str, putaran: int = 1):
        return self.perkara.tenggat.get(kode=kode, putaran=putaran)


@pytest.fixture
def estafet(pelaksana, jam, monkeypatch):
    """`estafet("pusat")`: the case opened at the counter; `direkam` is the centre's, a Kanwil's or a partner's."""

    def _buka(pihak: str = "pusat", urut: int = 1) -> Estafet:
        tahap = replace(Pendaftaran.TAHAP["direkam"], pihak=pihak, menunggu="BPKH menerbitkan SPM")
        monkeypatch.setattr(Pendaftaran, "TAHAP", Pendaftaran.TAHAP | {"direkam": tahap})
        sop = SOP.objects.get(kode="pendaftaran/lombok-timur")
        SOP.objects.filter(pk=sop.pk).update(rentang=RENTANG)
        LangkahSOP.objects.filter(sop=sop, no="4").update(pelaksana=[PELAKSANA[pihak]])
        lupakan_baris()
        return Estafet(pelaksana, urut)

    return _buka
