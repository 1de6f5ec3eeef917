"""What a refund can tell of itself: sums, its place in the book, the payments before and after it. No steps here."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from haji_portal.alur.tampil_waktu import rupiah
from haji_portal.jemaah.models import PeristiwaPorsi

from .. import pembukuan, syarat
from .buku import Posting
from .mitra import Putusan
from .tahap import RINCIAN

if TYPE_CHECKING:
    from .pengembalian import Pengembalian


class DataPengembalian:
    """The reading side of `Pengembalian`."""

    nomor: str
    jumlah_setoran: int
    nilai_manfaat: int | None
    sebelumnya: Any
    rekening: Any
    posting: Any
    pk: Any
    alasan_akhir: str
    dibuka: Any
    porsi_id: int | None
    info_tahap: Any

    @property
    def jumlah(self) -> int:
        """What is paid: deposit plus yield, as far as the yield is known."""
        return self.jumlah_setoran + (self.nilai_manfaat or 0)

    def gerak_tercatat(self) -> set[str]:
        """The kinds of movement in the book (`Posting.Jenis`) since the amount was last reserved."""
        kini = self.posting.filter(rujukan__contains=f":{pembukuan.rujukan(cast('Pengembalian', self))}:")
        return set(kini.values_list("jenis", flat=True))

    def data_dana(self) -> list[tuple[str, str]]:
        """What whoever releases the payment has to compare."""
        r = self.rekening
        return [
            ("Setoran", rupiah(self.jumlah_setoran)),
            *([("Nilai manfaat", rupiah(self.nilai_manfaat))] if self.nilai_manfaat is not None else []),
            ("Rekening tujuan", f"{r.bank} {r.nomor} a.n. {r.atas_nama}"),
            *(self.sebelumnya.data_gagal() if self.sebelumnya else []),
        ]

    def data_gagal(self) -> list[tuple[str, str]]:
        """Why the payment after this one is asked for."""
        return [("Pembayaran sebelumnya", f"{self.nomor}: {self.info_tahap.label}"), ("Alasannya", self.alasan_akhir)]

    def rantai(self) -> list[Any]:
        """The payments that came after this one, in order; [] when it is the last."""
        hasil, p = [], self
        while (lanjut := cast("type[Pengembalian]", type(self)).objects.filter(sebelumnya=p.pk).first()) is not None:
            hasil.append(lanjut)
            p = lanjut
        return hasil

    def kabar_lama_menunggu(self) -> bool:
        """Whether an event of an earlier payment waits in quarantine: it may have been paid after all."""
        lama, p = [], self.sebelumnya
        while p is not None:
            lama.append(p.pk)
            p = p.sebelumnya
        return bool(lama) and Putusan.objects.menunggu().filter(perkara__in=lama).exists()

    def dipulihkan(self) -> bool:
        """Whether the cancellation behind it was put right since: its money was paid back, or the porsi lives again."""
        setoran = self.posting.values("setoran")
        kembali = Posting.objects.filter(jenis=Posting.Jenis.KEMBALI, setoran__in=setoran, waktu__gte=self.dibuka)
        aktif = PeristiwaPorsi.objects.filter(porsi=self.porsi_id, jenis=PeristiwaPorsi.Jenis.AKTIF_KEMBALI)
        return kembali.exists() or aktif.filter(waktu__gte=self.dibuka).exists()

    def _lengkapi(self, isi: dict[str, Any]) -> None:
        """Fill in what was learnt; a movement that stands in the book keeps what was confirmed with it.

        Raises IsianSalah for a bank's reference that paid another refund.
        """
        if "rujukan_bank" in isi:
            syarat.periksa_rujukan_bank(cast("Pengembalian", self), isi["rujukan_bank"])
            isi = isi | {"bank_rujukan": self.rekening.bank}
        sah = self.gerak_tercatat()
        for nama, nilai in isi.items():
            if RINCIAN[nama] not in sah:
                setattr(self, nama, nilai)
