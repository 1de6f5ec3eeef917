"""Jejak uang: where the money of a case is and since when, in plain words, from the book and from its refunds.

Nothing here is stored: the book says where the money went, a refund adds the SPM, the bank and the account. No account
number leaves whole, and no officer is named.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from zoneinfo import ZoneInfo

from haji_portal.alur.apps import model_perkara
from haji_portal.alur.models import Perkara, Riwayat
from haji_portal.alur.tampil_waktu import rupiah, tanggal
from haji_portal.jemaah.models import Rekening, Setoran
from haji_portal.jemaah.nik import inisial, samarkan_rekening

from .buku import jejak
from .models import Akun, Pengembalian, Posting, Unsur
from .pengembalian import setoran_perkara

Jenis, Status = Posting.Jenis, Pengembalian.Status
DI_MANA = {
    Akun.BPKH: "tersimpan di BPKH",
    Akun.DIPESAN: "di BPKH, sudah disisihkan untuk dikembalikan",
    Akun.SPM: "dalam perintah bayar BPKH kepada bank",
    Akun.BPS: "sudah dikirim bank, belum dipastikan diterima",
    Akun.PENERIMA: "sudah di rekening penerima",
}
"""Place -> how it is said behind an amount; of these only one holds money of a refund at a time."""
TUJUAN = {
    Jenis.SETORAN: Akun.BPKH,
    Jenis.PESAN: Akun.DIPESAN,
    Jenis.LEPAS: Akun.BPKH,
    Jenis.SPM: Akun.SPM,
    Jenis.SESUAI: Akun.SPM,
    Jenis.TRANSFER: Akun.BPS,
    Jenis.TERIMA: Akun.PENERIMA,
    Jenis.RETUR: Akun.BPKH,
    Jenis.REVERSAL: Akun.LUAR,
    Jenis.KEMBALI: Akun.BPKH,
}
LANJUT = {
    Status.DISIAPKAN: "Kantor mencocokkan rekening tujuan dengan pemiliknya, lalu pembayaran diajukan lagi.",
    Status.DIPERIKSA: "Direktorat memeriksa rekening tujuan yang baru.",
    Status.DIUSULKAN: "Direktur menyetujui pembayaran ulang.",
    Status.DIAJUKAN: "BPKH menerbitkan perintah bayar (SPM), lalu bank mentransfer.",
    Status.SPM_TERBIT: "Bank mentransfer uang ke rekening tujuan.",
    Status.DITRANSFER: "Bank memastikan uang sudah masuk ke rekening tujuan.",
    Status.BELUM_PASTI: "BPKH atau bank memberi kepastian. Sampai saat itu uang tidak dikirim untuk kedua kali.",
    Status.GAGAL: "Pembayaran ulang disiapkan.",
    Status.RETUR: "Pembayaran ulang disiapkan sesudah rekening tujuan dicocokkan lagi.",
    Status.DIHENTIKAN: "Pembayaran sebelumnya dipastikan lebih dulu.",
}
BELUM_DITERIMA = "BPKH memastikan permintaan pembayarannya sudah diterima, lalu bank mentransfer."
"""What comes next where nobody knows whether BPKH has the request and no order has been seen."""
TANPA_BATAS = "SOP tidak menetapkan batas waktu bagi BPKH dan bank (BPS)."
BUKA_KEMBALI = "buka_kembali"
AJAKAN = "Datang ke kantor dan bawa buku rekening serta KTP, agar rekening tujuan dapat dicocokkan."
PEMEGANG = {
    Status.DIPERIKSA: "Direktorat",
    Status.DIUSULKAN: "Direktur",
    Status.DIAJUKAN: "BPKH",
    Status.SPM_TERBIT: "bank",
    Status.DITRANSFER: "bank",
    Status.BELUM_PASTI: "BPKH dan bank",
}
"""Who acts next, where it is not the case's own office."""
MITRA = (Status.DIAJUKAN, Status.SPM_TERBIT, Status.DITRANSFER, Status.BELUM_PASTI)


@dataclass(frozen=True)
class TitikUang:
    """One event on the way of the money. `alasan` is an officer's free text; `rinci` is for staff only."""

    kalimat: str
    pada: datetime.date
    nada: str = ""
    alasan: str = ""
    rinci: str = ""

    @property
    def saat(self) -> str:
        return tanggal(self.pada)


@dataclass(frozen=True)
class JejakUang:
    """The way of the money, oldest event first. Amounts are whole rupiah; the yield is None until an SPM states it.

    tahap: status of the refund under way ("" without one); pemegang: who has it ("" is the case's own office);
    lanjut: what happens next; ajakan: what the owner of the account has to do.
    """

    titik: list[TitikUang]
    kini: str
    sejak: str
    setoran: int
    nilai_manfaat: int | None
    tahap: str = ""
    pemegang: str = ""
    lanjut: str = ""
    ajakan: str = ""
    tanpa_batas: str = ""
    spm: str = ""
    rekening: Rekening | None = None
    """The account of the last payment; whole, so never for a page as it is."""
    batal_minta: bool = False
    """Whether the case ended without a refund: then nobody computes a yield for it."""

    @property
    def rincian(self) -> list[tuple[str, str]]:
        """Deposit and yield apart, and their sum."""
        if self.nilai_manfaat is None:
            manfaat = [] if self.batal_minta else [("Nilai manfaat", "dihitung BPKH, tertulis pada SPM")]
            return [("Setoran", rupiah(self.setoran)), *manfaat]
        return [
            ("Setoran", rupiah(self.setoran)),
            ("Nilai manfaat", rupiah(self.nilai_manfaat)),
            ("Jumlah", rupiah(self.setoran + self.nilai_manfaat)),
        ]

    def fakta_kabar(self) -> dict[str, str]:
        """The same for messages, as `kabar/templat.py` describes it; no account, no name."""
        rinci = dict(self.rincian)
        uang = (
            f"{rinci['Setoran']} ditambah nilai manfaat yang dihitung BPKH"
            if self.nilai_manfaat is None
            else f"{rinci['Jumlah']} (setoran {rinci['Setoran']} dan nilai manfaat {rinci['Nilai manfaat']})"
        )
        return {
            "uang": uang,
            "uang_kini": self.kini,
            "uang_sejak": self.sejak,
            "uang_lanjut": self.lanjut,
            "uang_ajakan": self.ajakan,
            "uang_alasan": next((t.alasan for t in reversed(self.titik) if t.alasan), "").rstrip("."),
            "uang_tanpa_batas": self.tanpa_batas,
            "spm": self.spm,
        }


def pokok_uang(perkara: Perkara) -> Perkara:
    """The case whose money it is: a refund's parent; a service that was opened under another case is its own."""
    induk = perkara.induk
    return induk if induk is not None and model_perkara(induk.jenis).JEJAK_UANG else perkara


def jejak_uang(perkara: Perkara, *, terlihat: Iterable[int] | None = None, umum: bool = False) -> JejakUang | None:
    """The way of the money of a case (of its parent, for a refund); None for a case without a deposit.

    terlihat: ids of the refunds that the reader may see, None for all of them; movements of others are left out.
    umum: for the public page, so the holder of the account is named by initials.
    """
    pokok = pokok_uang(perkara)
    setoran = setoran_perkara(pokok)
    if not setoran:
        return None
    semua = list(Pengembalian.objects.filter(induk=pokok.pk).select_related("rekening").order_by("pk"))
    boleh = {p.pk for p in semua} if terlihat is None else set(terlihat)
    dana = [p for p in semua if p.pk in boleh]
    pencerita = _Pencerita(setoran, dana, perkara.kantor.zona_waktu, umum, utuh=dana == semua)
    return replace(pencerita.cerita(), batal_minta=pokok.ditutup is not None and not semua)


def jejak_porsi(
    setoran: list[Setoran], dana: list[Pengembalian], zona: ZoneInfo, *, terlihat: set[int] | None = None
) -> tuple[list[tuple[datetime.datetime, TitikUang]], str]:
    """Every movement of these deposits with the instant at which it was booked, and where the money is now.

    dana: of their refunds, in the order of their ids, those that the reader may see; movements of others are left out.
    terlihat: ids of all cases that the reader may see, None for all.
    """
    pencerita = _Pencerita(setoran, dana, zona, umum=False, utuh=True, lain=terlihat)
    return pencerita.sepanjang_hidup(), pencerita.kini_seluruhnya() if setoran else ""


@dataclass
class _Pencerita:
    setoran: list[Setoran]
    dana: list[Pengembalian]
    zona: ZoneInfo
    umum: bool
    utuh: bool
    lain: set[int] | None = None  # cases besides refunds whose movements are told, None for all
    saldo: dict[tuple[str, str], int] = field(default_factory=dict)
    gerak: dict[tuple[str, int | None, str], list[Posting]] = field(default_factory=dict)

    def cerita(self) -> JejakUang:
        titik = [self._tersimpan(s) for s in sorted(self.setoran, key=lambda s: (s.tanggal, s.pk))]
        titik += [t for _, t in sorted(self._gerak() + self._belum_pasti(), key=lambda satu: satu[0])]
        akhir = self.dana[-1] if self.dana else None
        tahap = str(akhir.tahap) if akhir and self.utuh else ""
        setor = akhir.jumlah_setoran if akhir else sum(int(s.jumlah) for s in self.setoran)
        return JejakUang(
            titik=titik,
            kini=self._kini(setor) if self.utuh else "",
            sejak=titik[-1].saat,
            setoran=setor,
            nilai_manfaat=akhir.nilai_manfaat if akhir and self._spm_berlaku(akhir) else None,
            spm=akhir.nomor_spm if akhir and self._spm_berlaku(akhir) else "",
            tahap=tahap,
            pemegang=PEMEGANG.get(Status(tahap), "") if tahap else "",
            lanjut=self._lanjut(tahap, akhir),
            ajakan=AJAKAN if tahap == Status.DISIAPKAN else "",
            tanpa_batas=TANPA_BATAS if tahap in MITRA else "",
            rekening=akhir.rekening if akhir else None,
        )

    def _lanjut(self, tahap: str, akhir: Pengembalian | None) -> str:
        if akhir is not None and tahap == Status.BELUM_PASTI and not self._diperintahkan(akhir.pk):
            return BELUM_DITERIMA
        return LANJUT.get(Status(tahap), "") if tahap else ""

    def sepanjang_hidup(self) -> list[tuple[datetime.datetime, TitikUang]]:
        awal = [datetime.datetime.combine(s.tanggal, datetime.time(), self.zona) for s in self.setoran]
        setor = [(waktu, self._tersimpan(s)) for waktu, s in zip(awal, self.setoran, strict=True)]
        return setor + self._gerak() + self._belum_pasti()

    def kini_seluruhnya(self) -> str:
        """After `sepanjang_hidup()`. A deposit that the book does not know has not moved since it was paid."""
        dibukukan = {p.setoran_id for semua in self.gerak.values() for p in semua}
        belum = sum(int(s.jumlah) for s in self.setoran if s.pk not in dibukukan)
        kunci = (str(Akun.BPKH), str(Unsur.SETORAN))
        self.saldo[kunci] = self.saldo.get(kunci, 0) + belum
        return self._kini(0)

    def _tersimpan(self, s: Setoran) -> TitikUang:
        jenis = f"{s.get_jenis_display()} " if len(self.setoran) > 1 else ""
        return TitikUang(f"{jenis}{rupiah(s.jumlah)} {DI_MANA[Akun.BPKH]}", s.tanggal)

    def _gerak(self) -> list[tuple[datetime.datetime, TitikUang]]:
        """One point per movement: a refund of several deposits moves them in one step."""
        dana = {p.pk: p for p in self.dana}
        for posting in jejak(self.setoran):
            kembali = posting.jenis == Jenis.KEMBALI and (self.lain is None or posting.perkara_id in self.lain)
            if posting.perkara_id in dana or posting.jenis in (Jenis.SETORAN, Jenis.REVERSAL) or kembali:
                # A reference is "<movement>:<payment>:<deposit>"; a payment that was opened again moves money anew.
                bayar = posting.rujukan.split(":")[1] if posting.perkara_id else ""
                self.gerak.setdefault((posting.jenis, posting.perkara_id, bayar), []).append(posting)
                for b in posting.baris.all():
                    self.saldo[b.akun, b.unsur] = self.saldo.get((b.akun, b.unsur), 0) + b.jumlah
        return [
            (semua[0].waktu, self._titik(jenis, dana.get(pk or 0), semua))
            for (jenis, pk, _), semua in self.gerak.items()
            if jenis != Jenis.SETORAN
        ]

    def _titik(self, jenis: str, p: Pengembalian | None, posting: list[Posting]) -> TitikUang:
        uang = rupiah(sum(b.jumlah for satu in posting for b in satu.baris.all() if b.akun == TUJUAN[Jenis(jenis)]))
        pada = posting[0].waktu.astimezone(self.zona).date()
        if jenis == Jenis.KEMBALI:
            return TitikUang(f"{uang} disetor kembali ke BPKH oleh jemaah", pada, "baik")
        if jenis == Jenis.REVERSAL or p is None:
            return TitikUang(f"{uang} dikembalikan bank kepada penyetor: setoran dibatalkan", pada, "perhatian")
        if jenis == Jenis.PESAN:
            lagi = " lagi" if p.sebelumnya_id else ""
            return TitikUang(f"{uang} disisihkan{lagi} untuk dikembalikan", pada, rinci=f"Pengembalian {p.nomor}")
        if jenis == Jenis.SESUAI:
            return TitikUang(f"Nilai manfaat disesuaikan menjadi {rupiah(p.nilai_manfaat or 0)}", pada)
        if jenis == Jenis.SPM:
            # Where a bank statement told of the money first, nobody here has seen the SPM.
            nomor = f" (SPM nomor {p.nomor_spm})" if p.nomor_spm else ""
            return TitikUang(f"BPKH memerintahkan pembayaran {uang}{nomor}", p.tanggal_spm or pada)
        if jenis == Jenis.TRANSFER:
            kalimat = f"Bank mentransfer {uang} ke {self._rekening(p.rekening)}"
            rinci = f"Rujukan bank {p.rujukan_bank}" if p.rujukan_bank else ""
            return TitikUang(kalimat, p.tanggal_transfer or pada, rinci=rinci)
        if jenis == Jenis.TERIMA:
            return TitikUang(f"{uang} diterima di {self._rekening(p.rekening)}", p.tanggal_terima or pada, "baik")
        kalimat = "Uang kembali dari bank penerima" if jenis == Jenis.RETUR else "Pembayaran tidak berhasil"
        # The yield went back with it: BPKH computes it anew for the next payment.
        ikut = any(b.unsur == Unsur.NILAI_MANFAAT for satu in posting for b in satu.baris.all())
        kalimat = f"{kalimat}; {uang} tersimpan di BPKH{', nilai manfaatnya dihitung lagi' if ikut else ''}"
        return TitikUang(kalimat, pada, "buruk", p.alasan_akhir, f"Pengembalian {p.nomor}")

    def _belum_pasti(self) -> list[tuple[datetime.datetime, TitikUang]]:
        """The book does not move while nobody knows the outcome; the refund's history says since when."""
        rows = Riwayat.objects.filter(perkara__in=[p.pk for p in self.dana], ke=Status.BELUM_PASTI)
        hasil = []
        for w, pk, langkah in rows.exclude(dari=Status.BELUM_PASTI).values_list("waktu", "perkara", "langkah"):
            mungkin = langkah == BUKA_KEMBALI or self._diperintahkan(pk, w)
            kata = "Belum pasti apakah uang sudah sampai" if mungkin else "BPKH belum memastikan permintaan pembayaran"
            pada = w.astimezone(self.zona).date()
            hasil.append((w, TitikUang(f"{kata}; uang tetap disisihkan", pada, "perhatian")))
        return hasil

    def _diperintahkan(self, pk: int, sampai: datetime.datetime | None = None) -> bool:
        """Whether BPKH had ordered this payment by then, or it was opened again after news of one."""
        spm = [
            p.waktu for (jenis, satu, _), semua in self.gerak.items() for p in semua if (jenis, satu) == (Jenis.SPM, pk)
        ]
        lagi = any(p.pk == pk and p.pesanan_ke > 1 for p in self.dana) and sampai is None
        return lagi or any(sampai is None or w <= sampai for w in spm)

    def _kini(self, setor: int) -> str:
        ada = {a: sum(self.saldo.get((a, u), 0) for u in Unsur) for a in DI_MANA}
        tempat = [(jumlah, DI_MANA[a]) for a, jumlah in ada.items() if jumlah > 0]
        if not tempat and self.gerak:
            return "Uang sudah tidak dikelola BPKH"
        # A deposit that the book does not know yet has not moved.
        kata = "; ".join(f"{rupiah(jumlah)} {di}" for jumlah, di in tempat or [(setor, DI_MANA[Akun.BPKH])])
        if not self.dana or self.dana[-1].tahap != Status.BELUM_PASTI:
            return kata
        ragu = "belum pasti apakah sudah sampai"
        if not self._diperintahkan(self.dana[-1].pk):
            ragu = "BPKH belum memastikan permintaan pembayarannya"
        return f"{kata}; {ragu}"

    def _spm_berlaku(self, p: Pengembalian) -> bool:
        """Whether an SPM stands in the book for this refund and was not undone: only then the yield is known."""
        gerak = [jenis for jenis, pk, _ in self.gerak if pk == p.pk and jenis in (Jenis.SPM, Jenis.LEPAS, Jenis.RETUR)]
        return gerak[-1:] == [Jenis.SPM]

    def _rekening(self, r: Rekening) -> str:
        nama = inisial(r.atas_nama) if self.umum else r.atas_nama
        return f"rekening {r.bank} {samarkan_rekening(r.nomor)} a.n. {nama}"
