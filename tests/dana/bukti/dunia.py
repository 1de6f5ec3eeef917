"""The world around the portal in one process: a clock, a partner with a book and a broken network, and death.

Everything is drawn from one seed; the same seed is the same run.
"""

from __future__ import annotations

import base64
import datetime
import hashlib
import hmac
import json
import random
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any
from unittest import mock

from django.db import connection, transaction
from django.test import Client
from django.utils import timezone

from haji_portal.alur.efek import coba_lagi, jalankan_efek
from haji_portal.alur.models import Efek
from haji_portal.dana.mitra import olah, ulang
from haji_portal.dana.models import Pengembalian
from haji_portal.dana.simulasi import JamMaya, Simulator
from haji_portal.dana.simulasi.buku import Buku, Pembayaran
from haji_portal.jaringan import Jawaban, JawabanHilang, TidakTerjangkau

from .model import Saksi

KUNCI = {"bpkh": (b"bpkh-baru-" * 3, b"bpkh-lama-" * 3), "bps": (b"bps-baru--" * 3, b"bps-lama--" * 3)}
KUNCI_BSI = b"kunci-bank-bsi-" * 2
KUNCI_MATI = b"kunci-yang-sudah-dicabut-lama-"
AWAL = datetime.datetime(2026, 11, 23, 2, 0, tzinfo=datetime.UTC)
UANG = ("dana.kirim", "dana.tanya", "dana.ajukan_lagi")
TENANG = ("disiapkan", "diperiksa", "diusulkan", "diterima", "gagal", "retur", "dihentikan")
SIMPUL = ("SAVEPOINT", "RELEASE", "ROLLBACK")


class Mati(BaseException):
    """The process dies here. Inside one transaction of the test its rollback is that of the innermost blocks."""


def setelan(settings: Any) -> None:
    settings.BPKH_URL = settings.BPS_URL = "http://bpkh.example"
    settings.BPKH_KUNCI, settings.BPS_KUNCI = KUNCI["bpkh"], KUNCI["bps"]
    settings.BPS_KUNCI_BANK = {"bsi": (KUNCI_BSI,)}


def tanda(badan: bytes, id_webhook: str, saat: datetime.datetime, kunci: bytes) -> dict[str, str]:
    """The three headers of the public scheme, computed here a second time."""
    detik = str(int(saat.timestamp()))
    sandi = hmac.new(kunci, f"{id_webhook}.{detik}.".encode() + badan, hashlib.sha256).digest()
    return {
        "webhook-id": id_webhook, "webhook-timestamp": detik,
        "webhook-signature": "v1," + base64.b64encode(sandi).decode(),
    }  # fmt: skip


class Dunia:
    """induk: primary keys of the cancellations whose refunds are watched. jam: time_machine's traveller.

    buku: the simulator's, in memory by default. mitra_tuli: the chance that a call does not reach the partner.
    """

    def __init__(
        self, benih: int, induk: Iterable[int], jam: Any, *, buku: Buku | None = None, awal: float = 0.0
    ) -> None:
        self.acak, self.induk = random.Random(f"bukti/{benih}"), tuple(induk)
        self.jam = JamMaya(awal or AWAL.timestamp(), jam.move_to)
        jam.move_to(datetime.datetime.fromtimestamp(self.jam.kini(), datetime.UTC))
        self.sim = Simulator(self.antar, jam=self.jam, benih=benih, buku=buku)
        self.saksi = Saksi(self.induk, self.benar, lambda nomor: self.sim.dibayar(nomor))
        self.klien = Client(raise_request_exception=False)
        self.mitra_tuli = 0.0
        self.maut_panggilan = ""
        self.surat: list[tuple[str, dict[str, str], bytes]] = []
        self.di_jalan: dict[tuple[str, str], tuple[bytes, bytes]] = {}
        self.nomor = 0
        self.nanti: dict[str, Any] = {}
        self.catatan: list[str] = []

    def benar(self, nomor: str) -> str:
        status = str(self.sim.keadaan(nomor)["status"])
        return "" if status == "tidak_dikenal" else status

    # The portal calls the partner.

    def panggil(self, metode: str, url: str, *, isi: bytes, **lain: Any) -> Jawaban:
        """In place of `jaringan.panggil`."""
        maut, self.maut_panggilan = self.maut_panggilan, ""
        if maut == "sebelum":
            raise Mati
        nomor = json.loads(isi).get("referensi", "")
        if self.mitra_tuli and self.acak.random() < self.mitra_tuli:
            raise TidakTerjangkau("tuli")
        if url.endswith("/pengembalian/") and not self.sim.mati:
            self.saksi.minta(isi)
        try:
            jawab = self.sim.panggil(metode, url, isi=isi, **lain)
        except JawabanHilang:
            self.saksi.tak_jelas.add(nomor)
            raise
        if maut == "sesudah":
            raise Mati
        if url.endswith("/pengembalian/") and 300 <= jawab.status < 500 and jawab.status not in (408, 409, 422, 425):
            self.saksi.belum_dibaca(nomor)
        self._dengar(nomor, url, jawab)
        return jawab

    def _dengar(self, nomor: str, url: str, jawab: Jawaban) -> None:
        """What an answer tells, to whoever reads it."""
        try:
            status = json.loads(jawab.isi)["status"]
        except (ValueError, KeyError, TypeError):
            status = ""
        if not status or jawab.status >= 500 or jawab.status == 409:
            self.saksi.tak_jelas.add(nomor)
        kata = {
            "spm_terbit": "spm.terbit", "ditransfer": "dana.ditransfer", "diterima": "dana.ditransfer",
            "gagal": "dana.gagal", "retur": "dana.retur", "ditolak": "dana.gagal",
        }.get(status)  # fmt: skip
        if kata:
            self.saksi.jawaban[nomor, kata] += 1
        self.saksi.jawaban[nomor, status] += 1

    # The partner calls the portal.

    def antar(self, mitra: str, kepala: Mapping[str, str], badan: bytes) -> int:
        """The simulator hands over an event, true or forged; the door must know which."""
        kepala = {k.lower(): v for k, v in kepala.items()}
        return self.kirim(mitra, kepala, badan, sah=self._sah(mitra, kepala, badan))

    def _sah(self, mitra: str, kepala: Mapping[str, str], badan: bytes) -> bool:
        saat = datetime.datetime.fromtimestamp(int(kepala["webhook-timestamp"]), datetime.UTC)
        dekat = abs((timezone.now() - saat).total_seconds()) <= 300
        kunci = (*KUNCI[mitra], *([KUNCI_BSI] if mitra == "bps" else []))
        ada = (tanda(badan, kepala["webhook-id"], saat, satu)["webhook-signature"] for satu in kunci)
        return dekat and kepala["webhook-signature"] in ada

    def kirim(self, mitra: str, kepala: dict[str, str], badan: bytes, *, sah: bool, harus: int = 401) -> int:
        """One POST at the door. sah: whether it is a good event; harus: the answer that is due when it is not."""
        status = 0
        try:
            jawab = self.klien.post(
                f"/api/v1/callback/{mitra}/", badan, content_type="application/json",
                headers={k: v for k, v in kepala.items() if k.startswith("webhook")},
            )  # fmt: skip
            status = jawab.status_code
        except Mati:
            status = 0
        if sah:
            self.surat.append((mitra, kepala, badan))
            self.saksi.pintu(mitra, kepala["webhook-id"], badan, status)
        else:
            assert status in (harus, 0), (status, harus, badan[:200])
        return status

    def kabarkan(
        self, mitra: str, isi: Any, *, id_webhook: str = "", kunci: bytes = b"", geser: float = 0, **lain: Any
    ) -> int:
        """Sign an event now (geser: seconds off) and send it."""
        self.nomor += 1
        badan = isi if isinstance(isi, bytes) else json.dumps(isi).encode()
        saat = timezone.now() + datetime.timedelta(seconds=geser)
        id_webhook, kunci = id_webhook or f"uji_{self.sim.benih}_{self.nomor}", kunci or KUNCI[mitra][0]
        if lain.get("sah", True):
            self.di_jalan[mitra, id_webhook] = (badan, kunci)
        status = self.kirim(mitra, tanda(badan, id_webhook, saat, kunci), badan, **{"sah": True, **lain})
        if status:
            self.di_jalan.pop((mitra, id_webhook), None)
        return status

    def antar_lagi(self) -> None:
        """Whoever got no answer sends the same again."""
        for (mitra, id_webhook), (badan, kunci) in list(self.di_jalan.items()):
            self.kabarkan(mitra, badan, id_webhook=id_webhook, kunci=kunci)

    def isi(self, nomor: str, event: str, **ganti: Any) -> dict[str, Any]:
        """A true event about a refund as the partner would tell it now, with what `ganti` changes."""
        p = Pengembalian.objects.select_related("rekening").get(nomor=nomor)
        bayar = self.sim.buku.pembayaran(nomor)
        manfaat = ganti.pop("manfaat", bayar.manfaat if bayar else 2_500_000)
        setoran = ganti.pop("setoran", p.jumlah_setoran)
        isi = {
            "event": event, "referensi": nomor, "rincian": {"setoran": setoran, "nilai_manfaat": manfaat},
            "jumlah": setoran + manfaat, "mata_uang": "IDR", "rekening": p.rekening.nomor,
            "waktu": self._saat(bayar, event).isoformat(timespec="seconds"),
        }  # fmt: skip
        spm = bayar.nomor_spm if bayar and bayar.nomor_spm else f"SPM/UJI/{p.pk}" if event == "spm.terbit" else ""
        return isi | ({"nomor_spm": spm} if spm else {}) | ganti

    @staticmethod
    def _saat(bayar: Pembayaran | None, event: str) -> datetime.datetime:
        """When it happened at the partner; now, where it did not."""
        nama = {"spm.terbit": "spm_terbit", "dana.ditransfer": "ditransfer", "dana.gagal": "gagal"}.get(event, "retur")
        saat = bayar.waktu.get(nama) if bayar else None
        return timezone.now() if saat is None else datetime.datetime.fromtimestamp(int(saat), datetime.UTC)

    # Time, tasks, death.

    def maju(self, detik: float) -> None:
        self.sim.maju(detik)

    def olah(self) -> int:
        return olah.olah_semua()

    def tunggu(self, jenis: Iterable[str] = UANG, **saring: Any) -> list[Efek]:
        milik = Efek.objects.filter(riwayat__perkara__in=self.perkara(), selesai__isnull=True, **saring)
        return list((milik.filter(jenis__in=jenis) if jenis else milik).order_by("jatuh_tempo", "pk"))

    def perkara(self) -> list[int]:
        """The refunds and the cancellations that are watched."""
        anak = Pengembalian.objects.filter(induk__in=self.induk)
        return [*self.induk, *anak.values_list("pk", flat=True)]

    def sapu(self, jenis: Iterable[str] = UANG) -> int:
        """Every effect that is due, once."""
        kini = timezone.now()
        return sum(jalankan_efek(e.pk) for e in self.tunggu(jenis, menyerah__isnull=True, jatuh_tempo__lte=kini))

    def sadar(self, fungsi: Callable[[], Any]) -> bool:
        """Run it; False when it died."""
        try:
            fungsi()
        except Mati:
            self.curiga()
            return False
        finally:
            self.maut_panggilan = ""
        return True

    def curiga(self) -> None:
        """Whoever died may have been sending: nobody knows of any request that waits for its answer."""
        self.saksi.tak_jelas |= {p.nomor for p in self.saksi.baris() if p.tahap == "diajukan"}

    def tenang(self, jenis: Iterable[str] = UANG, *, pulih: bool = True) -> None:
        """Let everything come to its end: deliveries, judgements, tries, questions; people replay what gave up.

        pulih: the partner's faults are mended first.
        """
        self.mitra_tuli, self.sim.mati = 0.0, False
        if pulih:
            self.sim.matikan_semua()
        self.antar_lagi()
        for _ in range(2):
            self._habiskan(jenis)
            if all(p.tahap in TENANG for p in self.saksi.baris()):
                return
            # What nobody ever told of is asked for in the morning.
            self.maju(25 * 3600)
            self.pagi()
        self._habiskan(jenis)

    def _habiskan(self, jenis: Iterable[str]) -> None:
        for _ in range(60):
            self.olah()
            self.sapu(jenis)
            sisa = self.tunggu(jenis)
            for efek in sisa:
                coba_lagi(efek)
            saat = [t for t in [self.sim.buku.tempo_berikut(), *(e.jatuh_tempo.timestamp() for e in sisa)] if t]
            if not saat:
                return
            # A lease of somebody who died ends within a minute.
            self.maju(max(min(saat) - self.jam.kini(), 0) + (61 if sisa else 0))
        raise AssertionError(f"never quiet: {self.tunggu(jenis)}")

    def pagi(self) -> None:
        """The scheduler's question about payments that nobody has said anything of for a day."""
        ulang.tanyakan_macet()


@contextmanager
def seakan_terluar() -> Iterator[None]:
    """What would be a transaction of its own without the test's around it: undone alone when it breaks off.

    Django's own blocks (a bulk insert, a parent's row) ask for no savepoint, and would break the test's transaction.
    """
    dasar, masuk = len(connection.savepoint_ids), transaction.Atomic.__enter__

    def bersimpul(blok: transaction.Atomic) -> None:
        simpul, blok.savepoint = blok.savepoint, blok.savepoint or len(connection.savepoint_ids) == dasar
        try:
            masuk(blok)
        finally:
            blok.savepoint = simpul

    with mock.patch.object(transaction.Atomic, "__enter__", bersimpul):
        yield


@contextmanager
def mati_pada(n: int, sesudah: bool) -> Iterator[None]:
    """Die before or after the n-th statement from here; savepoints are the test's own bookkeeping."""
    sisa = n

    def bungkus(jalankan: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        nonlocal sisa
        if sql.startswith(SIMPUL):
            return jalankan(sql, params, many, context)
        sisa -= 1
        if sisa == 0 and not sesudah:
            raise Mati
        hasil = jalankan(sql, params, many, context)
        if sisa == 0:
            raise Mati
        return hasil

    with seakan_terluar(), connection.execute_wrapper(bungkus):
        yield
