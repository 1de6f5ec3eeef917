"""The machine: takes requests, acts on them in its own time, tells of it, and answers questions from its book."""

from __future__ import annotations

import datetime
import json
import random
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlsplit

from haji_portal.jaringan import Jawaban, JawabanHilang, TidakTerjangkau

from ..mitra import kunci as tanda
from ..mitra.kabar import baca_json
from ..mitra.skema import SkemaSalah, cocokkan
from . import kabar
from .buku import Berita, Buku, Pembayaran
from .jam import WIB, Jam, JamMaya, Tempo, hari, iso
from .jawaban import HILANG, Balasan, alamat, baris, rusak
from .sakelar import SAKELAR, Papan, acak

PERSEN_MANFAAT = 5
"""Yield of every deposit: so many percent, rounded down. BPKH's own rule is not public."""
JEDA = (5, 15, 60, 300, 900, 1800, 3600, 7200, 14400, 28800, 43200, 86400, 86400)
"""Seconds between the tries of one event that the portal did not take."""
BARIS_HALAMAN = 100
GAGAL = {
    "gagal": "Rekening tujuan sudah ditutup.",
    "gagal_spm": "SPM dibatalkan: rekening tujuan tidak aktif.",
    "gagal_susulan": "Kliring menolak: rekening tujuan tidak ditemukan.",
    "retur": "Dana dikembalikan: nama penerima berbeda.",
    "tolak": "Rekening tujuan tidak dapat menerima pembayaran.",
}
Antar = Callable[[str, Mapping[str, str], bytes], int]


class Simulator:
    """See the package for how to use it. kunci: who signs events with what; by default the settings' first keys."""

    def __init__(
        self, antar: Antar, *, buku: Buku | None = None, jam: Jam | None = None, benih: int = 0,
        tempo: Tempo | None = None, kunci: Mapping[str, bytes] | None = None,
    ) -> None:  # fmt: skip
        self.antar, self.jam, self.benih, self.tempo, self.kunci = antar, jam or Jam(), benih, tempo or Tempo(), kunci
        self.mati = False
        self.gembok = threading.RLock()
        # One portal may meet many simulators, one after the other: their numbers must differ, and repeat with the seed.
        self.buku = buku or Buku(id=f"maya{benih}")
        self.papan = Papan(self.benih, self.buku.sakelar(), self.buku.tulis_sakelar)

    @contextmanager
    def _sendiri(self) -> Iterator[None]:
        with self.gembok, self.buku.bersama():
            yield

    def setel(self, tulisan: str) -> None:
        """`nama=LINGKUP[:UKURAN]`. Raises SakelarSalah."""
        with self._sendiri():
            self.papan.setel(tulisan)
            self.catat(f"Sakelar {tulisan}")

    def matikan_semua(self) -> None:
        with self._sendiri():
            self.papan.matikan_semua()
            self.catat("Semua sakelar dimatikan")

    # What the portal asks.

    def jawab(self, mitra: str, pintu: str, kepala: Mapping[str, str], badan: bytes) -> Balasan:
        """One request of the portal. pintu: `pengembalian`, `pengembalian/keadaan`, `saldo`, `mutasi`."""
        nama = pintu.rpartition("/")[2]
        with self._sendiri():
            salah, isi = self._periksa(mitra, nama, kepala, badan)
            if salah is not None:
                self.catat(f"{mitra} {pintu}: ditolak {salah.status}, {salah.isi['galat']}")
                return salah
            ulah = next(iter(self.papan.undi(("jawaban",), self.buku.nomor(f"panggilan-{nama}"), nama)), "")
            if ulah == "galat5xx":
                hasil = Balasan(503, {"galat": "sedang gangguan"}, ulah)
            elif ulah == "macet":
                hasil = Balasan(503, {}, ulah)
            else:
                status, jawaban = getattr(self, f"_{nama}")(isi)
                hasil = Balasan(status, jawaban, ulah)
            rujukan = isi.get("referensi") or isi.get("pertanyaan") or isi.get("tanggal")
            ujung = f" [{SAKELAR[ulah].kata}]" if ulah else ""
            self.catat(f"{rujukan} {pintu}: {hasil.status} {hasil.isi.get('status', '')}{ujung}")
            return hasil

    def panggil(
        self, metode: str, url: str, *, json_: Any = None, isi: bytes | None = None,
        kepala: Mapping[str, str] | None = None, sambung: float = 5.0, tunggu: float = 30.0, batas: int = 1024 * 1024,
    ) -> Jawaban:  # fmt: skip
        """In place of `jaringan.panggil`: the same arguments, outcomes and faults, without a network."""
        if self.mati:
            raise TidakTerjangkau("simulator mati")
        mitra, pintu = alamat(urlsplit(url).path)
        badan = isi if isi is not None else json.dumps(json_, separators=(",", ":")).encode()
        balas = self.jawab(mitra, pintu, {k.lower(): v for k, v in (kepala or {}).items()}, badan)
        if balas.ulah in HILANG:
            raise JawabanHilang(f"simulator: {balas.ulah}")
        status, tambahan, jawaban = rusak(balas)
        return Jawaban(status, {"content-type": "application/json", **tambahan}, jawaban)

    def _periksa(
        self, mitra: str, nama: str, kepala: Mapping[str, str], badan: bytes
    ) -> tuple[Balasan | None, dict[str, Any]]:
        """Who asks and what: a refusal, or the body."""
        skema = {"pengembalian": "permintaan"}.get(nama, f"{nama}_tanya")
        try:
            tanda.periksa(mitra, kepala, badan, self._waktu())
            isi = baca_json(badan)
            cocokkan(skema, isi)
        except (tanda.TandaSalah, tanda.DiLuarJendela) as galat:
            return Balasan(401, {"galat": type(galat).__name__}), {}
        except SkemaSalah as galat:
            return Balasan(400, {"galat": f"tidak menurut skema {skema} ({galat})"}), {}
        except ValueError:
            return Balasan(400, {"galat": "bukan JSON"}), {}
        if nama == "pengembalian" and kepala.get("webhook-id") != f"minta-{isi['referensi']}":
            return Balasan(400, {"galat": "webhook-id bukan minta-<referensi>"}), {}
        return None, isi

    def _pengembalian(self, isi: dict[str, Any]) -> tuple[int, dict[str, Any]]:
        referensi = isi["referensi"]
        p = self.buku.pembayaran(referensi)
        if p is None or p.lupa:
            p = self._terima(isi, p)
            status = 422 if p.ditolak else 202
        elif p.isi != isi:
            return 409, {"referensi": referensi, "status": "berbeda"}
        else:
            status = 422 if p.ditolak else 200
        if status == 422:
            return status, {"referensi": referensi, "status": "ditolak", "alasan": p.alasan}
        return status, {"referensi": referensi, "status": "diproses"}

    def _terima(self, isi: dict[str, Any], lama: Pembayaran | None) -> Pembayaran:
        """A request that is new here, or that was forgotten."""
        urut = lama.urut if lama else self.buku.nomor("pembayaran")
        p = Pembayaran(isi["referensi"], urut, isi, waktu={"diproses": self.jam.kini()})
        p.ulah = (lama.ulah if lama else {}) | self.papan.undi(("bayar", "kabar"), urut)
        p.lupa = p.ulah.pop("lupa", None) is not None
        p.manfaat = p.setoran * PERSEN_MANFAAT // 100
        if isi["nomor_porsi"]:
            self.buku.ingat_setoran([isi["nomor_porsi"]], isi["nomor_porsi"], p.setoran)
        if "tolak" in p.ulah:
            p.ditolak, p.alasan, p.status = True, GAGAL["tolak"], "gagal"
            p.waktu["gagal"] = self.jam.kini()
        elif not p.lupa:
            self._lanjut(p, "gagal" if "gagal" in p.ulah else "spm", self.tempo.spm)
        self.buku.simpan(p)
        return p

    def keadaan(self, referensi: str) -> dict[str, Any]:
        """The truth about one payment, as the portal is told when it asks."""
        p = self.buku.pembayaran(referensi)
        if p is None or p.lupa:
            return {"referensi": referensi, "status": "tidak_dikenal"}
        manfaat = p.manfaat if p.nomor_spm else 0
        hasil: dict[str, Any] = {
            "referensi": referensi, "status": p.status, "rincian": {"setoran": p.setoran, "nilai_manfaat": manfaat},
            "jumlah": p.setoran + manfaat, "mata_uang": "IDR", "rekening": p.isi["rekening"],
            "waktu": iso(p.waktu[p.status]),
        }  # fmt: skip
        if p.nomor_spm:
            hasil["nomor_spm"] = p.nomor_spm
        if p.alasan:
            hasil["alasan"] = p.alasan
        if p.status == "diterima":
            hasil["tanggal_terima"] = hari(p.waktu["diterima"])
        return hasil

    def dibayar(self, referensi: str) -> int:
        """Rupiah that are on their way to the account or in it."""
        p = self.buku.pembayaran(referensi)
        return p.setoran + p.manfaat if p and p.status in ("ditransfer", "diterima") else 0

    def _keadaan(self, isi: dict[str, Any]) -> tuple[int, dict[str, Any]]:
        return 200, self.keadaan(isi["referensi"])

    def _saldo(self, isi: dict[str, Any]) -> tuple[int, dict[str, Any]]:
        """The deposit lies here until a payment order takes it."""
        jawaban: dict[str, Any] = {"pertanyaan": isi["pertanyaan"], "status": "tidak_dikenal"}
        setoran = self.buku.setoran(isi["nomor_porsi"] or isi["nomor_validasi"])
        if setoran is None:
            return 200, jawaban
        porsi, jumlah = setoran
        keluar = ("spm_terbit", "ditransfer", "diterima")
        milik = self.buku.milik_porsi(porsi) if porsi else []
        ada = not any(p.status in keluar and not p.kembali for p in milik)
        return 200, jawaban | {
            "status": "ada" if ada else "tidak_ada", "jumlah": jumlah if ada else 0, "mata_uang": "IDR",
            "waktu": iso(self.jam.kini()),
        }  # fmt: skip

    def setor_kembali(self, porsi: str) -> int:
        """The owner of a porsi pays back what was paid out for it; returns how many payments that undoes."""
        with self._sendiri():
            keluar = [p for p in self.buku.milik_porsi(porsi) if p.status in ("ditransfer", "diterima")]
            for p in keluar:
                p.kembali = True
                self.buku.simpan(p)
            self.catat(f"Setoran kembali untuk porsi {porsi[:10]}: {len(keluar)} pembayaran")
            return len(keluar)

    def _mutasi(self, isi: dict[str, Any]) -> tuple[int, dict[str, Any]]:
        semua = [baris(isi["tanggal"], p, jenis) for p, jenis in self.buku.mutasi(isi["tanggal"])]
        awal = (isi["halaman"] - 1) * BARIS_HALAMAN
        lagi = len(semua) > awal + BARIS_HALAMAN
        return 200, {
            "tanggal": isi["tanggal"], "halaman": isi["halaman"], "baris": semua[awal : awal + BARIS_HALAMAN],
            "halaman_berikut": isi["halaman"] + 1 if lagi else None,
        }  # fmt: skip

    # What it does by itself.

    def maju(self, detik: float) -> None:
        """Let virtual time pass: what comes due happens at its own instant, in order."""
        jam = self.jam
        if not isinstance(jam, JamMaya):
            raise TypeError("only a virtual clock can be moved")
        akhir = jam.kini() + detik
        while not self.mati and (tempo := self.buku.tempo_berikut()) is not None and tempo <= akhir:
            jam.ke(tempo)
            self.kerjakan()
        jam.ke(akhir)

    def kerjakan(self) -> float | None:
        """Do everything that is due; seconds until something else is, None when nothing is planned.

        One caller at a time. Events are handed over without the lock: the portal may call meanwhile.
        """
        while not self.mati and (self._bertindak() or self._antar_satu()):
            pass
        with self._sendiri():
            tempo = self.buku.tempo_berikut()
            return None if tempo is None else max(tempo - self.jam.kini(), 0.0)

    def _bertindak(self) -> bool:
        with self._sendiri():
            tindakan = self.buku.ambil_tindakan(self.jam.kini())
            if tindakan is None:
                return False
            p = self.buku.pembayaran(tindakan[0])
            if p is not None:
                getattr(self, f"_bank_{tindakan[1]}")(p)
                self.buku.simpan(p)
            return True

    def _bank_spm(self, p: Pembayaran) -> None:
        p.nomor_spm = f"SPM/{self._waktu().astimezone(WIB):%Y}/{self.buku.id}/{p.urut:05d}"
        self._jadi(p, "spm_terbit", "spm.terbit")
        self._lanjut(p, "gagal" if "gagal_spm" in p.ulah else "transfer", self.tempo.transfer)

    def _bank_transfer(self, p: Pembayaran) -> None:
        p.rujukan_bank = f"TRF{self.buku.id}{p.urut:06d}".upper()
        self._jadi(p, "ditransfer", "dana.ditransfer")
        self.buku.catat_mutasi(hari(self.jam.kini()), p.referensi, "keluar")
        if "gagal_susulan" in p.ulah:
            self._lanjut(p, "gagal", p.ulah["gagal_susulan"])
        elif "retur" in p.ulah:
            self._lanjut(p, "retur", p.ulah["retur"])
        if "gagal_susulan" not in p.ulah:
            self._lanjut(p, "terima", self.tempo.terima)

    def _bank_terima(self, p: Pembayaran) -> None:
        if p.status == "ditransfer":
            self._jadi(p, "diterima", "")

    def _bank_gagal(self, p: Pembayaran) -> None:
        p.alasan = next(GAGAL[nama] for nama in ("gagal", "gagal_spm", "gagal_susulan") if nama in p.ulah)
        self._jadi(p, "gagal", "dana.gagal")

    def _bank_retur(self, p: Pembayaran) -> None:
        p.alasan = GAGAL["retur"]
        self._jadi(p, "retur", "dana.retur")
        self.buku.catat_mutasi(hari(self.jam.kini()), p.referensi, "kembali")

    def _jadi(self, p: Pembayaran, status: str, event: str) -> None:
        p.status = status
        p.waktu[status] = self.jam.kini()
        self.catat(f"{p.referensi}: {status}")
        if event and "diam" not in p.ulah:
            for tempo, berita in kabar.tentang(self, p, event):
                self.buku.antrekan(self.jam.kini() + tempo, berita)

    def _lanjut(self, p: Pembayaran, langkah: str, detik: float) -> None:
        kali = acak(self.benih, "tempo", p.urut, langkah).uniform(0.5, 1.5)
        self.buku.rencanakan(self.jam.kini() + detik * kali, p.referensi, langkah)

    def sisipkan(
        self, referensi: str, event: str, *, setelah: float = 0.0, palsu: str = "", mitra: str = "",
        id_webhook: str = "", **ubah: Any,
    ) -> str:  # fmt: skip
        """One more event, true but for what `ubah` changes in its body; returns its webhook-id.

        setelah: seconds from now; palsu: kunci, badan, lama or depan. The reference may be unknown to the book.
        """
        with self._sendiri():
            p = self.buku.pembayaran(referensi) or kabar.tidak_dikenal(referensi)
            badan = kabar.badan(p, event, self.jam.kini())
            mitra = mitra or self.pengirim(event)
            berita = Berita(
                referensi, id_webhook or self.nomor_webhook(), mitra, event, json.dumps(badan | ubah), palsu
            )
            self.buku.antrekan(self.jam.kini() + setelah, berita)
            return berita.id_webhook

    def _antar_satu(self) -> bool:
        """Hand over one event that is due; False when none is."""
        with self._sendiri():
            ambil = self.buku.kabar_tempo(self.jam.kini())
            if ambil is None:
                return False
            pk, berita = ambil
            kepala, badan = self._bungkus(berita)
        status = self.antar(berita.mitra, kepala, badan)
        with self._sendiri():
            berita.percobaan, berita.jawaban = berita.percobaan + 1, status
            tempo = self._sesudah(berita)
            self.buku.simpan_kabar(pk, berita, tempo)
            palsu = f" (palsu: {berita.palsu})" if berita.palsu else ""
            self.catat(f"{berita.referensi} ← {berita.event}{palsu}: {status or 'tanpa jawaban'}, {berita.hasil}")
        return True

    def _sesudah(self, berita: Berita) -> float | None:
        """When the portal's answer calls for another try. A forger does not repeat himself."""
        if 200 <= berita.jawaban < 300:
            berita.hasil = "sampai"
        elif berita.palsu and berita.jawaban:
            berita.hasil = "ditolak"
        elif berita.percobaan > len(JEDA):
            berita.hasil = "menyerah"
        else:
            kali = acak(self.benih, berita.id_webhook, berita.percobaan).uniform(1, 1.25)
            return self.jam.kini() + JEDA[berita.percobaan - 1] * kali
        return None

    def _bungkus(self, berita: Berita) -> tuple[dict[str, str], bytes]:
        """Signed at the moment it leaves; a forgery is wrong in exactly one thing."""
        badan = berita.badan.encode()
        geser = {"lama": -600, "depan": 600}.get(berita.palsu, 0)
        saat = self._waktu() + datetime.timedelta(seconds=geser)
        kunci = (
            self.acak("kunci", berita.id_webhook).randbytes(32)
            if berita.palsu == "kunci"
            else self._kunci(berita.mitra)
        )
        kepala = tanda.tanda_tangani(badan, berita.id_webhook, saat, kunci)
        if berita.palsu == "badan":
            badan = badan.replace(b'"jumlah": ', b'"jumlah": 1', 1)
        return kepala | {"Content-Type": "application/json"}, badan

    def pengirim(self, event: str) -> str:
        """BPKH orders; the bank tells of the rest, where it has a key of its own."""
        if event == "spm.terbit":
            return "bpkh"
        try:
            self._kunci("bps")
        except LookupError:
            return "bpkh"
        return "bps"

    def nomor_webhook(self) -> str:
        return f"msg_{self.buku.id}_{self.buku.nomor('webhook')}"

    def acak(self, *kunci: object) -> random.Random:
        return acak(self.benih, *kunci)

    def catat(self, teks: str) -> None:
        self.buku.catat(self.jam.kini(), teks)

    def _kunci(self, mitra: str) -> bytes:
        return self.kunci[mitra] if self.kunci is not None else tanda.kunci_keluar(mitra)

    def _waktu(self) -> datetime.datetime:
        return datetime.datetime.fromtimestamp(self.jam.kini(), datetime.UTC)
