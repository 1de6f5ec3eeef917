"""What may happen to refunds, drawn by chance from the catalogue of failures. Each act is a method of `Kejadian`."""

from __future__ import annotations

import datetime
import json
from typing import Any

from django.utils import timezone

from haji_portal.alur.efek import jalankan_efek
from haji_portal.alur.galat import LangkahGagal
from haji_portal.alur.jalankan import jalankan
from haji_portal.alur.models import Efek
from haji_portal.alur.pelaku import Sistem
from haji_portal.berkas.contoh import pdf_contoh
from haji_portal.dana import contoh
from haji_portal.dana.models import Pengembalian
from tests.dana.tanah import petugas, segar

from .dunia import KUNCI, KUNCI_BSI, KUNCI_MATI, UANG, Dunia, mati_pada
from .model import DIBAYAR, HIDUP

SAKELAR = (
    "galat5xx", "macet", "jawaban_hilang", "jawaban_macet", "terpotong", "kacau", "alihkan", "tolak", "lupa", "gagal",
    "gagal_spm", "gagal_susulan", "retur", "diam", "tunda", "acak", "ganda", "ganda_nomor", "ganda_isi", "dua_spm",
    "salah_jumlah", "salah_rekening", "salah_mata_uang", "salah_referensi", "palsu_kunci", "palsu_badan", "palsu_lama",
    "palsu_depan",
)  # fmt: skip
TUNDA = (1, 5, 30, 120, 650, 3600, 86400, 3 * 86400)
EVENT = ("spm.terbit", "dana.ditransfer", "dana.gagal", "dana.retur")
TAHUN = 365 * 86400.0


class Kejadian:
    """One run: a world, and the acts that chance draws in it."""

    def __init__(self, dunia: Dunia, lengkap: bool) -> None:
        self.d, self.acak = dunia, dunia.acak
        self.jenis: tuple[str, ...] = () if lengkap else UANG
        self.ulah = {
            self.waktu: 10, self.nilai: 8, self.efek: 8, self.sapu: 8, self.dua_kali: 2, self.mati: 6,
            self.mati_menelepon: 3, self.kabar_benar: 4, self.kabar_salah: 6, self.ulang: 5, self.palsu: 4,
            self.rusak: 1, self.bertentangan: 1.5, self.petugas: 3, self.pengganti: 4, self.sambungan: 1,
            self.d.pagi: 1, self.bertahun: 0.3,
        }  # fmt: skip

    def pasang(self) -> None:
        """The switches of this run."""
        for nama in self.acak.sample(SAKELAR, self.acak.choice((0, 1, 1, 2, 2, 3, 4))):
            ukuran = f":{self.acak.choice((1, 15, 300, 7200, 90000))}" if nama == "tunda" else ""
            ukuran = ":keadaan" if nama in SAKELAR[:7] and self.acak.random() < 0.3 else ukuran
            self.d.sim.setel(f"{nama}={self.acak.choice(('1', '2', '50%', 'semua'))}{ukuran}")
            self.d.catatan.append(f"sakelar {nama}{ukuran}")

    def satu(self) -> None:
        ulah = self.acak.choices(list(self.ulah), list(self.ulah.values()))[0]
        self.d.catatan.append(ulah.__name__)
        ulah()

    def refund(self) -> Pengembalian:
        return self.acak.choice(list(Pengembalian.objects.filter(induk__in=self.d.induk).order_by("pk")))

    # Time and tasks.

    def waktu(self) -> None:
        self.d.maju(self.acak.choice(TUNDA))

    def bertahun(self) -> None:
        self.d.maju(self.acak.choice((1, 5)) * TAHUN)

    def nilai(self) -> None:
        self.d.olah()

    def sapu(self) -> None:
        self.d.sapu(self.jenis)

    def efek(self) -> None:
        """One effect, early or late: due or not."""
        if semua := self.d.tunggu(self.jenis, menyerah__isnull=True):
            jalankan_efek(self.acak.choice(semua).pk)

    def dua_kali(self) -> None:
        """A worker that died between its work and its note: the same effect runs again."""
        milik = Efek.objects.filter(riwayat__perkara__in=self.d.perkara(), selesai__isnull=False)
        if semua := list((milik.filter(jenis__in=self.jenis) if self.jenis else milik).order_by("pk")):
            lama = self.acak.choice(semua)
            Efek.objects.filter(pk=lama.pk).update(selesai=None, jatuh_tempo=timezone.now())
            jalankan_efek(lama.pk)

    def mati(self) -> None:
        """A task, or the receipt of an event, dies at some statement."""
        tugas = self.acak.choice((self.d.olah, self.sapu, self.efek, self.kabar_benar, self.waktu))
        with mati_pada(self.acak.randint(1, 45), self.acak.random() < 0.5):
            self.d.sadar(tugas)

    def mati_menelepon(self) -> None:
        self.d.maut_panggilan = self.acak.choice(("sebelum", "sesudah"))
        self.d.sadar(self.sapu)

    def sambungan(self) -> None:
        """The partner goes away, or comes back."""
        self.d.mitra_tuli = self.acak.choice((0.0, 0.0, 0.5, 1.0))

    # News.

    def _pengirim(self, event: str) -> str:
        return "bpkh" if event == "spm.terbit" else self.acak.choice(("bpkh", "bps"))

    def kabar_benar(self) -> None:
        """Once more what is true at the partner, under a new id, signed with either live key."""
        nomor = self.refund().nomor
        event = {
            "spm_terbit": "spm.terbit", "ditransfer": "dana.ditransfer", "diterima": "dana.ditransfer",
            "gagal": "dana.gagal", "retur": "dana.retur",
        }.get(self.d.benar(nomor))  # fmt: skip
        if event:
            mitra = self._pengirim(event)
            self.d.kabarkan(mitra, self.d.isi(nomor, event), kunci=self.acak.choice(KUNCI[mitra]))

    def kabar_salah(self) -> None:
        """Signed well, and it cannot be about this refund: quarantine, and nothing else."""
        p, event = self.refund(), self.acak.choice(EVENT)
        mitra = self._pengirim(event)
        besok = timezone.now() + datetime.timedelta(days=30)
        ganti: dict[str, Any] = self.acak.choice([
            {"setoran": p.jumlah_setoran // 2}, {"setoran": p.jumlah_setoran + 1}, {"setoran": 0, "manfaat": 0},
            {"jumlah": p.jumlah_setoran + 7}, {"rekening": "9900112233"}, {"mata_uang": "USD"},
            {"referensi": f"{p.nomor}X"}, {"referensi": "ZZ-KD-26-TIDAKA"}, {"waktu": besok.isoformat()},
        ])  # fmt: skip
        if "waktu" in ganti:
            # It becomes true in a month, should nobody have judged it until then.
            self.d.saksi.bohong.add(p.nomor)
        if self.acak.random() < 0.2:
            ganti, mitra = {}, "bps"
            self.d.saksi.asing.add(f"asing_{self.d.nomor}")
            bank_sendiri = p.rekening.bank == "Bank Syariah Indonesia"
            kunci, event = (KUNCI["bps"][0] if bank_sendiri else KUNCI_BSI), "spm.terbit" if bank_sendiri else event
            self.d.kabarkan(mitra, self.d.isi(p.nomor, event), kunci=kunci, id_webhook=f"asing_{self.d.nomor}")
        else:
            self.d.kabarkan(mitra, self.d.isi(p.nomor, event, **ganti))

    def bertentangan(self) -> None:
        """The partner says what is not so: failed while it pays, paid after it failed, another order or yield."""
        p = self.refund()
        pilihan: list[tuple[str, dict[str, Any]]] = [
            ("dana.gagal", {"alasan": "Keliru."}), ("dana.retur", {"alasan": "Keliru."}), ("dana.ditransfer", {}),
            ("spm.terbit", {"nomor_spm": "SPM/LAIN/77"}), ("dana.ditransfer", {"manfaat": 17}),
        ]  # fmt: skip
        event, ganti = self.acak.choice(pilihan)
        self.d.saksi.bohong.add(p.nomor)
        self.d.kabarkan(self._pengirim(event), self.d.isi(p.nomor, event, **ganti))

    def ulang(self) -> None:
        """Again what came before: the same bytes, the same id with other content, the same content under a new id."""
        if not self.d.surat:
            return
        mitra, kepala, badan = self.acak.choice(self.d.surat)
        cara = self.acak.choice(("bita", "isi_lain", "nomor_baru", "tanda_baru"))
        if cara == "bita":
            self.d.kirim(mitra, kepala, badan, sah=self.d._sah(mitra, kepala, badan))
        elif kepala["webhook-id"] not in self.d.saksi.asing and cara == "nomor_baru":
            self.d.kabarkan(mitra, badan, kunci=KUNCI[mitra][1])
        elif kepala["webhook-id"] not in self.d.saksi.asing and (mitra, kepala["webhook-id"]) in self.d.saksi.diterima:
            isi = json.loads(badan)
            if cara == "isi_lain":
                isi["jumlah"] += 1
            self.d.kabarkan(mitra, isi, id_webhook=kepala["webhook-id"], kunci=KUNCI[mitra][1])

    def palsu(self) -> None:
        p, event = self.refund(), self.acak.choice(EVENT)
        mitra, isi = self._pengirim(event), self.d.isi(self.refund().nomor, event)
        cara = self.acak.choice(("kunci", "dicabut", "lama", "depan", "mitra"))
        geser = {"lama": -301.0 - self.acak.randint(0, 9999), "depan": 302.0 + self.acak.randint(0, 9999)}.get(cara, 0)
        lain = KUNCI["bps" if mitra == "bpkh" else "bpkh"][0]
        kunci = {"kunci": p.nomor.encode() * 3, "dicabut": KUNCI_MATI, "mitra": lain}.get(cara, KUNCI[mitra][0])
        self.d.kabarkan(mitra, isi, kunci=kunci, geser=geser, sah=False)

    def rusak(self) -> None:
        """Signed, and not in the contract."""
        isi = self.d.isi(self.refund().nomor, "dana.ditransfer")
        badan = self.acak.choice([
            b"{", b"[]", b"\xff", json.dumps(isi | {"lagi": 1}).encode(), json.dumps(isi | {"jumlah": -1}).encode(),
            json.dumps(isi | {"event": "dana.lain"}).encode(), json.dumps(isi).replace(":", ":NaN,", 1).encode(),
        ])  # fmt: skip
        self.d.kabarkan("bpkh", badan, sah=False, harus=400)

    # People.

    def petugas(self) -> None:
        p = self.refund()
        nama, akun, isi = self.acak.choice([
            ("nyatakan_belum_pasti", "bpkh", {"alasan": "Bank belum menjawab."}),
            ("gagalkan", "direktorat", {"alasan": "Dibatalkan di tengah jalan."}),
            ("kepastian", "", {}), ("cocokkan", "", {}), ("terima", "bps", {}),
        ])  # fmt: skip
        if nama == "kepastian":
            self._pastikan(p)
        elif nama in ("cocokkan", "terima"):
            if self.d.benar(p.nomor) == "diterima":
                self._cocokkan(p) if nama == "cocokkan" else self._langkah(p, nama, akun, **contoh.isian(p, nama))
        elif self._langkah(p, nama, akun, **isi) and nama == "gagalkan":
            self.d.saksi.bohong.add(p.nomor)

    def _pastikan(self, p: Pengembalian) -> None:
        """Two honest people: they say what the partner's book says, once it is at an end."""
        benar, bayar = self.d.benar(p.nomor), self.d.sim.buku.pembayaran(p.nomor)
        if benar in HIDUP and benar != "diterima":
            return
        hasil = "terkirim" if benar == "diterima" else "tidak"
        isi = contoh.sampai(p, hasil)
        if bayar and hasil == "terkirim":
            isi |= {"nomor_spm": bayar.nomor_spm, "nilai_manfaat": bayar.manfaat, "rujukan_bank": bayar.rujukan_bank}
        if self._langkah(p, "usulkan_kepastian", "bpkh", **isi):
            nama = "pastikan_diterima" if hasil == "terkirim" else "pastikan_gagal"
            self._langkah(segar(p), nama, "bpkh-2")

    def _cocokkan(self, p: Pengembalian) -> None:
        bayar = self.d.sim.buku.pembayaran(p.nomor)
        if bayar and self.d.benar(p.nomor) in DIBAYAR:
            isi = {"tanggal_terima": timezone.localdate(), "rujukan_bank": bayar.rujukan_bank}
            isi |= {"jumlah": bayar.setoran + bayar.manfaat, "bukti": pdf_contoh("Mutasi rekening")}
            self._langkah(p, "cocokkan", "", **isi)

    def pengganti(self) -> None:
        """The next step of a payment that is being prepared in place of one that failed."""
        jalan = {
            "disiapkan": ("periksa_rekening", "jfu.lombok-timur"), "diperiksa": ("usulkan", "direktorat"),
            "diusulkan": ("setujui", "direktur"),
        }  # fmt: skip
        for p in Pengembalian.objects.filter(induk__in=self.d.induk, status__in=list(jalan)):
            nama, akun = jalan[p.tahap]
            self._langkah(p, nama, akun, **contoh.isian(p, nama))

    def _langkah(self, p: Pengembalian, nama: str, akun: str, **isi: Any) -> bool:
        oleh = petugas(akun) if akun else Sistem("dana.rekonsiliasi")
        try:
            jalankan(p, nama, oleh=oleh, versi=p.versi, data=isi)
        except LangkahGagal:
            return False
        self.d.saksi.petugas[p.nomor].add(nama)
        return True
