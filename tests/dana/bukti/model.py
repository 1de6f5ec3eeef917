"""A second bookkeeper: what may be true of refunds, told from outside. It imports nothing of the money's own code.

It knows what the door answered, what reached the partner, what the partner's book says, what people did, and the rows
that the database ends up with. Its rules are the issue's and the failure catalogue's words, not the machine's.
"""

from __future__ import annotations

import datetime
import json
import re
from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.db import connection

HIDUP = ("diproses", "spm_terbit", "ditransfer", "diterima")
"""States at the partner of an order that is going to be paid, or was."""
DIBAYAR = ("ditransfer", "diterima")
DISIAPKAN = ("disiapkan", "diperiksa", "diusulkan")
BERAKHIR = ("gagal", "retur", "dihentikan")
DISISIHKAN = ("dipesan", "spm", "bps", "penerima")
"""Accounts in which a deposit is kept for its refund, or was paid."""
MESIN = ("terima_spm", "terima_transfer", "terima_penolakan", "terima_retur", "lengkapi_spm", "buka_kembali")
"""Steps that only an event takes; several of one event follow each other."""
BOLEH_KABARI = {
    "bpkh": {"spm.terbit", "dana.ditransfer", "dana.gagal", "dana.retur"},
    "bps": {"dana.ditransfer", "dana.gagal", "dana.retur"},
}


class Pelanggaran(BaseException):
    """A promise about money was broken. No handler under test may swallow it."""


@dataclass
class Baris:
    """One refund as its row has it."""

    pk: int
    nomor: str
    induk: int
    tahap: str
    nomor_spm: str
    nilai_manfaat: int | None
    setoran: int
    rekening: str


@dataclass
class Saksi:
    """What was seen from outside. benar(reference): the partner's truth, or "" where it does not know it.

    sejak: key of the newest event that was stored before this world began; asing: webhook-ids signed by a bank that
    does not pay this refund; dikirim: requests that the partner may have obeyed; bohong: references about which the
    partner or an officer said what is not true; manfaat_lain: about which an event told another yield.
    """

    induk: tuple[int, ...]
    benar: Callable[[str], str]
    dibayar: Callable[[str], int]
    diterima: dict[tuple[str, str], dict[str, Any]] = field(default_factory=dict)
    tanpa_jawaban: dict[tuple[str, str], dict[str, Any]] = field(default_factory=dict)
    sejak: int = 0
    asing: set[str] = field(default_factory=set)
    dikirim: Counter[str] = field(default_factory=Counter)
    permintaan: dict[str, set[bytes]] = field(default_factory=lambda: defaultdict(set))
    jawaban: Counter[tuple[str, str]] = field(default_factory=Counter)
    tak_jelas: set[str] = field(default_factory=set)
    petugas: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    bohong: set[str] = field(default_factory=set)
    manfaat_lain: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.sejak = baca("SELECT coalesce(max(id), 0) FROM dana_peristiwa")[0][0]

    # What is seen.

    def pintu(self, mitra: str, id_webhook: str, badan: bytes, status: int) -> None:
        """An event that was signed well and fits the contract, and what the door said (0: the line went dead)."""
        kunci, isi = (mitra, id_webhook), json.loads(badan)
        if status == 0:
            if kunci not in self.diterima:
                self.tanpa_jawaban.setdefault(kunci, isi)
        elif kunci in self.diterima:
            wajib(status == 200, f"{kunci}: a known id was answered {status}")
        elif status == 200:
            wajib(kunci in self.tanpa_jawaban, f"{kunci}: 200 for an id that was never sent")
            self.diterima[kunci] = self.tanpa_jawaban.pop(kunci)
        else:
            wajib(status == 202, f"{kunci}: a good event was answered {status}")
            # What was on its way when the line went dead may not have been stored: this content is.
            self.tanpa_jawaban.pop(kunci, None)
            self.diterima[kunci] = isi

    def minta(self, isi: bytes) -> None:
        """A request for payment that reached the partner."""
        nomor = json.loads(isi)["referensi"]
        baru = nomor not in self.permintaan
        self.permintaan[nomor].add(isi)
        wajib(len(self.permintaan[nomor]) == 1, f"{nomor}: two contents under one reference at the partner")
        tanya = """SELECT count(*) FROM alur_riwayat r JOIN alur_perkara k ON k.id = r.perkara_id
            WHERE k.nomor = %s AND r.ke = 'diajukan' AND r.langkah IN ('ajukan', 'setujui', 'kirim_ulang')"""
        wajib(self.dikirim[nomor] < baca(tanya, nomor)[0][0], f"{nomor}: sent again, and nobody knew what the last did")
        self.dikirim[nomor] += 1
        if baru:
            self._lepas_aman(nomor)

    def belum_dibaca(self, nomor: str) -> None:
        """The request was refused at the door: it may be sent again."""
        self.dikirim[nomor] -= 1

    def _lepas_aman(self, nomor: str) -> None:
        """A replacement leaves only when everything before it ended without money, and nothing waits to be judged by
        people about it."""
        semua = self.baris()
        p = next((b for b in semua if b.nomor == nomor), None)
        wajib(p is not None, f"{nomor}: asked for, and not in the portal")
        for lama in (b for b in semua if p and b.induk == p.induk and b.pk < p.pk):
            wajib(lama.tahap in BERAKHIR, f"{nomor} was sent while {lama.nomor} is {lama.tahap}")
            wajib(not self._karantina(lama.nomor), f"{nomor} was sent while news of {lama.nomor} is in quarantine")
            jujur = lama.nomor not in self.bohong
            wajib(not (jujur and self.benar(lama.nomor) in HIDUP), f"{nomor} was sent, {lama.nomor} is alive there")

    # What stands in the database.

    def baris(self) -> list[Baris]:
        tanya = """SELECT p.perkara_ptr_id, k.nomor, k.induk_id, p.status, p.nomor_spm, p.nilai_manfaat,
            p.jumlah_setoran, r.nomor FROM dana_pengembalian p JOIN alur_perkara k ON k.id = p.perkara_ptr_id
            JOIN jemaah_rekening r ON r.id = p.rekening_id ORDER BY k.id"""
        return [b for b in (Baris(*satu) for satu in baca(tanya)) if b.induk in self.induk]

    def putusan(self) -> list[tuple[str, str, str, str, str | None, Any]]:
        """partner, webhook-id, body, key, outcome or None, closed, of every stored event."""
        return baca(
            """SELECT e.mitra, e.id_webhook, e.isi, e.id_kunci, u.hasil, u.ditutup FROM dana_peristiwa e
            LEFT JOIN dana_putusan u ON u.peristiwa_id = e.id WHERE e.id > %s ORDER BY e.id, u.id""",
            self.sejak,
        )

    def _karantina(self, nomor: str) -> bool:
        return any(hasil == "karantina" and not tutup and json.loads(isi)["referensi"] == nomor
                   for _, _, isi, _, hasil, tutup in self.putusan())  # fmt: skip

    def saldo(self, induk: int) -> dict[str, int]:
        """account -> rupiah of deposits of one case, as its lines add up."""
        tanya = """SELECT b.akun, sum(b.jumlah) FROM dana_baris b JOIN dana_posting o ON o.id = b.posting_id
            JOIN jemaah_setoran s ON s.id = o.setoran_id JOIN alur_perkara k ON k.porsi_id = s.porsi_id
            WHERE k.id = %s AND b.unsur = 'setoran' GROUP BY b.akun"""
        return {akun: int(n) for akun, n in baca(tanya, induk)}

    def sisih(self, p: Baris) -> tuple[int, int]:
        """Rupiah of deposits and of yield that stand set aside, on their way or paid under the name of one refund."""
        tanya = f"""SELECT b.unsur, sum(b.jumlah) FROM dana_baris b JOIN dana_posting o ON o.id = b.posting_id
            WHERE o.perkara_id = %s AND b.akun IN ({",".join(["%s"] * len(DISISIHKAN))}) GROUP BY b.unsur"""
        unsur = {nama: int(n) for nama, n in baca(tanya, p.pk, *DISISIHKAN)}
        return unsur.get("setoran", 0), unsur.get("nilai_manfaat", 0)

    # The promises.

    def periksa(self) -> None:
        """After every step. Raises Pelanggaran."""
        semua = self.baris()
        self._kotak_masuk()
        self._nol()
        for induk in self.induk:
            self._perkara(induk, [b for b in semua if b.induk == induk])
        self._setransaksi()
        bukti = self._bukti()
        for p in semua:
            self._keadaan(p, bukti.get(p.nomor, []))

    def _kotak_masuk(self) -> None:
        """What was answered 2xx is on disk, once, and judged at most once; nothing else is."""
        hitung = Counter((mitra, nomor) for mitra, nomor, *_ in self.putusan())
        for kunci, n in hitung.items():
            wajib(n == 1, f"{kunci}: {n} rows or judgements for one event")
        milik = {k for k in hitung if not k[1].startswith("jawaban-")}
        wajib(set(self.diterima) <= milik, f"lost: {set(self.diterima) - milik}")
        asing = milik - set(self.diterima) - set(self.tanpa_jawaban)
        wajib(not asing, f"stored, though refused or never sent: {asing}")
        jawaban = Counter((json.loads(isi)["referensi"], json.loads(isi)["event"])
                          for _, nomor, isi, *_ in self.putusan() if nomor.startswith("jawaban-"))  # fmt: skip
        wajib(jawaban <= self.jawaban, f"answers nobody gave: {jawaban - self.jawaban}")

    def _nol(self) -> None:
        rusak = baca("SELECT posting_id, unsur FROM dana_baris GROUP BY posting_id, unsur HAVING sum(jumlah) <> 0")
        wajib(not rusak, f"postings that do not add up to zero: {rusak}")

    def _setransaksi(self) -> None:
        """Steps that the partners' events took stand together with the judgement that took them."""
        tanya = f"""SELECT r.perkara_id, r.urut, r.langkah, u.id FROM alur_riwayat r
            JOIN alur_perkara k ON k.id = r.perkara_id LEFT JOIN dana_putusan u ON u.riwayat_id = r.id
            WHERE k.induk_id IN ({",".join(["%s"] * len(self.induk))}) ORDER BY r.perkara_id, r.urut DESC"""
        lanjut = None
        for perkara, urut, langkah, putusan in baca(tanya, *self.induk):
            mesin = langkah in MESIN
            wajib(not mesin or putusan or lanjut == (perkara, urut + 1), f"{langkah} without a judgement")
            lanjut = (perkara, urut) if mesin else None

    def _perkara(self, induk: int, semua: list[Baris]) -> None:
        disetujui = semua[0].setoran
        saldo = self.saldo(induk)
        wajib(sum(saldo.values()) == 0, f"case {induk} does not add up to zero: {saldo}")
        wajib(0 <= saldo.get("penerima", 0) <= disetujui, f"paid more than approved: {saldo}")
        wajib(sum(saldo.get(akun, 0) for akun in DISISIHKAN) in (0, disetujui), f"half a refund: {saldo}")
        hidup = [p.nomor for p in semua if p.tahap not in (*BERAKHIR, "diterima")]
        wajib(len(hidup) <= 1, f"two live refunds: {hidup}")
        jujur = [p for p in semua if p.nomor not in self.bohong]
        pesanan = [p.nomor for p in jujur if self.benar(p.nomor) in HIDUP]
        wajib(len(pesanan) <= 1, f"two live orders at the partner: {pesanan}")
        for p in jujur:
            if self.benar(p.nomor) in HIDUP:
                wajib(self.sisih(p)[0] == p.setoran, f"{p.nomor} is {self.benar(p.nomor)} there, and freed here")

    def _bukti(self) -> dict[str, list[tuple[str, str]]]:
        """reference -> (event, outcome) of every judged event that can be true of that refund."""
        hasil, rows = defaultdict(list), {p.nomor: p for p in self.baris()}
        for mitra, nomor, badan, _, putusan, _ in self.putusan():
            isi = json.loads(badan)
            p = rows.get(isi["referensi"])
            if putusan is None:
                continue
            if p is None or nomor in self.asing or not mungkin(p, isi, mitra):
                wajib(putusan == "karantina", f"{isi} was {putusan}")
            else:
                hasil[p.nomor].append((isi["event"], putusan))
        return hasil

    def _keadaan(self, p: Baris, bukti: list[tuple[str, str]]) -> None:
        """The state is one that the accepted events, the answers and the people allow."""
        dikenal = {event for event, _ in bukti}
        dipakai = {event for event, putusan in bukti if putusan != "karantina"}
        orang = self.petugas[p.nomor]
        salah = f"{p.nomor} is {p.tahap}: events {bukti}, people {orang}"
        wajib(p.tahap not in (*DISIAPKAN, "dihentikan") or not self.permintaan.get(p.nomor), salah)
        alasan = {
            "diajukan": not dipakai,
            "spm_terbit": "spm.terbit" in dikenal and not dipakai - {"spm.terbit"},
            "ditransfer": "dana.ditransfer" in dipakai and not dipakai & {"dana.gagal", "dana.retur"},
            "diterima": bool(orang & {"terima", "pastikan_diterima", "cocokkan"} or self._dijawab(p, "diterima")),
            "gagal": bool(orang & {"gagalkan", "pastikan_gagal"})
            or ("dana.gagal" in dipakai and "dana.ditransfer" not in dipakai),
            "retur": bool("dana.retur" in dipakai or "kembalikan_dana" in orang),
            "belum_pasti": bool("nyatakan_belum_pasti" in orang or p.nomor in self.tak_jelas)
            or {"dana.gagal", "dana.ditransfer"} <= dikenal
            or ("dana.ditransfer" in dikenal and bool(orang & {"gagalkan", "pastikan_gagal"})),
        }
        wajib(alasan.get(p.tahap, True), salah)
        if p.tahap not in (*BERAKHIR, *DISIAPKAN):
            wajib(self.sisih(p)[0] == p.setoran, f"{p.nomor} is {p.tahap} and its amount is not reserved")
        elif p.tahap in BERAKHIR:
            wajib(self.sisih(p) == (0, 0), f"{p.nomor} is {p.tahap} and keeps {self.sisih(p)}")

    def _dijawab(self, p: Baris, kata: str) -> bool:
        return self.jawaban[p.nomor, kata] > 0

    def periksa_tenang(self) -> None:
        """When all was delivered, judged and asked: both books say the same, or people have it in their hands."""
        self.periksa()
        belum = [nomor for _, nomor, _, _, hasil, _ in self.putusan() if hasil is None]
        wajib(not belum, f"never judged: {belum}")
        wajib(not set(self.tanpa_jawaban), f"never delivered: {self.tanpa_jawaban}")
        for p in self.baris():
            if p.nomor not in self.bohong:
                self._sama(p)

    def _sama(self, p: Baris) -> None:
        benar, orang = self.benar(p.nomor), self._karantina(p.nomor) or p.tahap == "belum_pasti"
        salah = f"{p.nomor} is {benar or 'unknown'} there and {p.tahap} here, and nobody is told"
        if benar in DIBAYAR:
            wajib(p.tahap == benar or orang or self.petugas[p.nomor] & {"terima", "cocokkan"}, salah)
            if p.tahap in DIBAYAR and p.nomor not in self.manfaat_lain and not self.petugas[p.nomor]:
                wajib(sum(self.sisih(p)) == self.dibayar(p.nomor) or orang, f"{p.nomor}: other amounts in the books")
        elif benar in ("gagal", "retur"):
            wajib(p.tahap in BERAKHIR or orang, salah)
        else:
            wajib(p.tahap not in (*DIBAYAR, "spm_terbit") or orang, salah)


def mungkin(p: Baris, isi: dict[str, Any], mitra: str) -> bool:
    """Whether an event can be about this refund at all: amount, account, currency, sender."""
    rincian, bersih = isi["rincian"], lambda nomor: re.sub(r"[ .-]", "", nomor)
    besok = datetime.datetime.now(datetime.UTC) + datetime.timedelta(days=1)
    return (
        rincian["setoran"] == p.setoran and isi["jumlah"] == p.setoran + rincian["nilai_manfaat"]
        and isi["mata_uang"] == "IDR" and bersih(isi["rekening"]) == bersih(p.rekening)
        and isi["event"] in BOLEH_KABARI[mitra] and datetime.datetime.fromisoformat(isi["waktu"]) <= besok
    )  # fmt: skip


def baca(tanya: str, *isi: Any) -> list[Any]:
    with connection.cursor() as kursor:
        kursor.execute(tanya, isi)
        return list(kursor.fetchall())


def wajib(benar: object, kalimat: str) -> None:
    if not benar:
        raise Pelanggaran(kalimat)
