"""Opening refunds: the first with the Direktur's letter, later ones after a failure or a return."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from haji_portal.alur.galat import Tertutup
from haji_portal.alur.jalankan import buka, jalankan
from haji_portal.alur.models import Kunci, Perkara
from haji_portal.alur.pelaku import Pelaku, Sistem
from haji_portal.jemaah.models import Porsi, Rekening, Setoran

if TYPE_CHECKING:
    from .models import Pengembalian


def ajukan_pengembalian(perkara: Perkara, *, rekening: Rekening, oleh: Pelaku) -> Pengembalian:
    """Open the refund of a cancelled case for all its deposits; the amount is reserved at once.

    Inside the step's transaction. Raises SudahAda while another refund of the case lives, LangkahGagal when the book
    holds less than the deposits.
    """
    from .models import Pengembalian

    jumlah = sum(int(s.jumlah) for s in setoran_perkara(perkara))
    isian = {
        "induk_id": perkara.pk, "pemohon": perkara.pemohon, "porsi": perkara.porsi, "rekening": rekening,
        "jumlah_setoran": jumlah,
    }  # fmt: skip
    return buka(Pengembalian, kantor=perkara.kantor, oleh=oleh, isian=isian).perkara  # type: ignore[return-value]


def ajukan_lagi(lama: Pengembalian) -> Pengembalian:
    """After *gagal* or *retur*: a new refund, linked to the last one, that begins with a check of the account.

    Raises Tertutup where its cancellation does not wait for the money any more.
    """
    lama = [lama, *lama.rantai()][-1]
    isian = {
        "induk_id": lama.induk_id, "pemohon": lama.pemohon, "porsi": lama.porsi, "rekening": lama.rekening,
        "jumlah_setoran": lama.jumlah_setoran, "sebelumnya": lama,
    }  # fmt: skip
    with transaction.atomic():
        # Behind the lock under which a porsi becomes active again: never a refund of a porsi that lives.
        porsi = Porsi.objects.select_for_update(of=("self",)).filter(pk=lama.porsi_id or 0).first()
        if (porsi is not None and porsi.status != Porsi.Status.BATAL) or lama.dipulihkan() or _dilepas(lama):
            raise Tertutup("Pembatalannya tidak berlaku lagi; uangnya tidak dikembalikan sekali lagi.")
        hasil = buka(type(lama), kantor=lama.kantor, oleh=Sistem("dana.ajukan_lagi"), isian=isian)
    return hasil.perkara  # type: ignore[return-value]


def porsi_diperiksa_lain(p: Pengembalian) -> bool:
    """Whether another open case than the one that pays back holds the porsi: it may put the cancellation right."""
    lain = Kunci.objects.filter(jenis="porsi", nilai=str(p.porsi_id)).exclude(perkara=p.induk_id)
    return p.porsi_id is not None and lain.exists()


def _dilepas(p: Pengembalian) -> bool:
    """Whether its cancellation has let go of the porsi since: taken up again, it asks for its money itself."""
    if p.induk is None:
        return False
    induk = p.induk.rinci()
    lepas = induk.LEPAS_PORSI
    return bool(lepas) and induk.riwayat.filter(langkah=lepas, waktu__gte=p.dibuka).exists()


def hentikan_pengganti(p: Pengembalian) -> None:
    """End the payment that is being prepared in place of this one; none is no error.

    Inside the step that opens this one again. Raises LangkahGagal when it was sent to BPKH meanwhile.
    """
    for lain in p.rantai():
        if lain.ditutup is None:
            jalankan(lain, "hentikan", oleh=Sistem("dana.buka_kembali"), versi=None)


def rekening_terakhir(perkara: Perkara) -> Rekening | None:
    """The account of the newest payment of a case: after a retur another one than was first asked for; None so far."""
    from .models import Pengembalian

    akhir = Pengembalian.objects.filter(induk=perkara.pk).select_related("rekening").order_by("-pk").first()
    return akhir.rekening if akhir else None


def setoran_perkara(perkara: Perkara) -> list[Setoran]:
    """The deposits that a case pays back, oldest first: all of its porsi, else the one of its nomor validasi."""
    rinci = perkara.rinci()
    if rinci.porsi_id:
        return list(Setoran.objects.filter(porsi=rinci.porsi_id).order_by("tanggal", "pk"))
    setoran = getattr(rinci, "setoran", None)
    return [setoran] if setoran is not None else []
