"""Writing messages into the ledger and handing them over, at most once per event, recipient and channel.

What was certainly not taken is tried again with growing pauses; a refusal is for good; and where nobody knows whether
it was taken, the message is *tidak pasti* and never sent again by itself.
"""

from __future__ import annotations

import datetime
import hashlib
import hmac
from collections import Counter
from collections.abc import Callable, Iterable
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db.models import Q
from django.utils import timezone

from haji_portal.akun.models import Pengguna
from haji_portal.alur.efek import jeda, ringkas
from haji_portal.alur.models import Perkara, Riwayat
from haji_portal.jemaah.nik import normalkan_telepon

from .gsm import ukur
from .kata import Teks, susun
from .models import MAKS_PERCOBAAN, Pesan
from .saluran import Hasil, Jawab, Kiriman, saluran
from .segera import antar_segera

# Longer than any session with a mail server or gateway (EMAIL_TIMEOUT counts per answer); a sender that died within
# it leaves `tidak_pasti`.
SEWA = datetime.timedelta(minutes=5)
# A one-time code that comes later than this helps nobody: it is not sent any more.
UMUR_RAHASIA = datetime.timedelta(minutes=15)
# Temporary failures in a row after which a channel rests until the next sweep: a gateway that does not answer must not
# hold the workers of everything else.
BERUNTUN = 3
# When a gateway is asked what became of a message, unless it reports before.
JEDA_TANYA = datetime.timedelta(minutes=2)
Status, Saluran = Pesan.Status, Pesan.Saluran
PONSEL = (Saluran.SMS, Saluran.WA)
MENUNGGU = (Status.DIBUAT, Status.GAGAL_SEMENTARA)

Lampiran = tuple[str, bytes]
Pelampir = Callable[[Perkara], Lampiran | list[Lampiran]]
_pelampir: dict[str, Pelampir] = {}


def pelampir(jenis: str) -> Callable[[Pelampir], Pelampir]:
    """Register the function that fetches one kind of attachment, (file name, bytes), when the e-mail leaves; several
    together are a list.

    It gets the case (the child). Whatever it raises only postpones the message. A second one for a kind: ValueError.
    """

    def daftar(fungsi: Pelampir) -> Pelampir:
        if _pelampir.setdefault(jenis, fungsi) is not fungsi:
            raise ValueError(f"attachment {jenis!r} already has a function")
        return fungsi

    return daftar


def alamat_sah(saluran: str, alamat: str) -> str:
    """The address as the ledger keeps it: a mobile number as +628...; ValueError with a sentence."""
    if saluran in PONSEL:
        nomor = normalkan_telepon(alamat)
        if not nomor.startswith("+628"):
            raise ValueError("Nomor itu bukan nomor ponsel. Tulis nomor yang dimulai dengan 08.")
        return nomor
    try:
        validate_email(alamat.strip())
    except ValidationError:
        raise ValueError("Alamat surel tidak dikenali. Contoh: nama@contoh.id.") from None
    return alamat.strip()


def tulis_pesan(
    kejadian: str, saluran: str, alamat: str, templat: str, konteks: dict[str, Any], *,
    rahasia: bool = False, lampiran: str = "", segera: bool = True, **kolom: Any,
) -> Pesan:  # fmt: skip
    """Write the message of one event to one address through one channel, once; it is sent after the commit.

    kejadian: what happened, up to 80 characters, the same for a repetition; alamat: e-mail or mobile number, as people
    type it; templat: file in templates/kabar/ (templates/kabar/sms/ for SMS and WhatsApp); rahasia: a one-time code,
    sent at once, wiped afterwards; lampiran: a kind registered with `pelampir`, for e-mail only; segera: False when
    the caller sends it itself; kolom: perkara, riwayat, pengguna, penerima. An address that cannot be right gives a
    row that has failed for good, for somebody to see.
    """
    teks, kini = susun(templat, konteks, saluran), timezone.now()
    alamat, galat = _periksa_alamat(saluran, alamat)
    if (perkara := kolom.pop("perkara", None)) is not None:
        kolom["perkara_id"] = perkara.pk
    kunci = f"{kejadian}:{saluran}:{sidik_alamat(alamat)}"
    isian = {
        "saluran": saluran, "alamat": alamat, "templat": templat, "rujukan": kunci, "rahasia": rahasia,
        "judul": teks.judul, "isi": teks.isi, "versi_templat": teks.versi, "dibuat": kini, "jatuh_tempo": kini,
        "lampiran": lampiran if saluran == Saluran.EMAIL else "",
        "segmen": ukur(teks.isi).segmen if saluran == Saluran.SMS else None, **kolom,
    }  # fmt: skip
    if galat:
        isian |= {"status": Status.GAGAL_TETAP, "galat": galat, "jatuh_tempo": None} | (TERHAPUS if rahasia else {})
    pesan, baru = Pesan.objects.get_or_create(kunci=kunci, defaults=isian)
    if baru and segera and not galat:
        antar_segera(pesan.pk, rahasia=rahasia)
    return pesan


def _periksa_alamat(saluran: str, alamat: str) -> tuple[str, str]:
    try:
        return alamat_sah(saluran, alamat), ""
    except ValueError:
        return alamat, "Alamat tidak sah"


def sidik_alamat(alamat: str) -> str:
    """Keyed, so that references which travel to a gateway do not give a number away."""
    return hmac.new(settings.KUNCI_HASH.encode(), f"pesan:{alamat.lower()}".encode(), hashlib.sha256).hexdigest()[:20]


def tulis_aplikasi(
    kejadian: str, orang: Iterable[Pengguna], templat: str, teks: Teks,
    perkara: Perkara | None = None, riwayat: Riwayat | None = None,
) -> None:  # fmt: skip
    """In-app messages of one event, one per person, written once; being written they are delivered."""
    kini = timezone.now()
    Pesan.objects.bulk_create(
        [
            Pesan(
                kunci=(kunci := f"{kejadian}:aplikasi:{p.pk}"), rujukan=kunci, saluran=Saluran.APLIKASI, pengguna=p,
                templat=templat, judul=teks.judul, isi=teks.isi, versi_templat=teks.versi,
                perkara_id=perkara.pk if perkara else None, riwayat=riwayat,
                status=Status.DIKIRIM, dibuat=kini, dikirim=kini,
            )
            for p in orang
        ],
        ignore_conflicts=True,
    )  # fmt: skip


def kirim(pesan: Pesan) -> str:
    """Hand one message over if it is waiting and nobody else holds it; returns its status. Faults never raise."""
    if not _klaim(pesan):
        pesan.refresh_from_db()
        return pesan.status
    if pesan.rahasia and timezone.now() - pesan.dibuat > UMUR_RAHASIA:
        return _catat(pesan, Status.GAGAL_TETAP, galat="Kode sudah tidak berlaku")
    try:
        kiriman = _kiriman(pesan)
        jalan = saluran(pesan.saluran)
    except Exception as galat:  # noqa: BLE001  (nothing has left yet, whatever it is)
        return _tunda(pesan, ringkas(galat))
    try:
        jawab = jalan.serahkan(kiriman)
    except Exception as galat:  # noqa: BLE001  (an adapter that broke cannot say how far it came)
        jawab = Jawab(Hasil.TIDAK_PASTI, ringkas(galat))
    return _catat_jawab(pesan, jawab)


def kirim_tertunda(batas: int = 100) -> int:
    """Send what waits or failed and is due again, oldest first; returns how many were sent. Safe to run twice."""
    kini = timezone.now()
    mati = Pesan.objects.filter(status=Status.MENGIRIM, jatuh_tempo__lt=kini)
    putus = {"status": Status.TIDAK_PASTI, "galat": "Pengirim berhenti di tengah pengiriman"}
    mati.filter(rahasia=True).update(**TERHAPUS)
    mati.filter(saluran__in=PONSEL).update(**putus, jatuh_tempo=kini)
    mati.update(**putus, jatuh_tempo=None)
    calon = Pesan.objects.filter(_menunggu(), jatuh_tempo__lte=kini).order_by("jatuh_tempo", "pk")[:batas]
    terkirim, gagal = 0, Counter[str]()
    for pesan in calon:
        if gagal[pesan.saluran] >= BERUNTUN:
            continue
        status = kirim(pesan)
        gagal[pesan.saluran] = gagal[pesan.saluran] + 1 if status == Status.GAGAL_SEMENTARA else 0
        terkirim += status in (Status.DIKIRIM, Status.SAMPAI)
    return terkirim


TERHAPUS = {"judul": "Kode sekali pakai", "isi": ""}
"""What is left of a secret message that needs no sending any more."""


def _menunggu() -> Q:
    return Q(status__in=MENUNGGU, jatuh_tempo__isnull=False)


def _klaim(pesan: Pesan) -> bool:
    """Compare-and-swap on status and counter: of several senders one gets the message."""
    kini = timezone.now()
    milik = Pesan.objects.filter(_menunggu(), pk=pesan.pk, percobaan=pesan.percobaan, jatuh_tempo__lte=kini)
    if not milik.update(status=Status.MENGIRIM, percobaan=pesan.percobaan + 1, jatuh_tempo=kini + SEWA):
        return False
    pesan.percobaan += 1
    return True


def _kiriman(pesan: Pesan) -> Kiriman:
    lampiran: tuple[Lampiran, ...] = ()
    if pesan.lampiran and pesan.perkara is not None:
        isi = _pelampir[pesan.lampiran](pesan.perkara.rinci())
        lampiran = tuple(isi) if isinstance(isi, list) else (isi,)
    return Kiriman(pesan.rujukan, pesan.alamat, pesan.judul, pesan.isi, lampiran)


def _catat_jawab(pesan: Pesan, jawab: Jawab) -> str:
    if jawab.hasil is Hasil.TERTUNDA:
        return _tunda(pesan, jawab.galat)
    if jawab.hasil is Hasil.DITOLAK:
        return _catat(pesan, Status.GAGAL_TETAP, galat=jawab.galat[:300])
    kini = timezone.now()
    tanya = kini + JEDA_TANYA if pesan.saluran in PONSEL else None
    if jawab.hasil is Hasil.DITERIMA:
        return _catat(pesan, Status.DIKIRIM, dikirim=kini, galat="", bukti=jawab.bukti, jatuh_tempo=tanya)
    return _catat(pesan, Status.TIDAK_PASTI, galat=jawab.galat[:300], jatuh_tempo=tanya)


def _tunda(pesan: Pesan, galat: str) -> str:
    """Try again later, until the last try."""
    if pesan.percobaan >= pesan.batas_percobaan:
        return _catat(pesan, Status.GAGAL_TETAP, galat=galat[:300])
    ke = 1 if pesan.rahasia else pesan.percobaan - (pesan.batas_percobaan - MAKS_PERCOBAAN)
    lagi = timezone.now() + jeda(ke)
    return _catat(pesan, Status.GAGAL_SEMENTARA, jatuh_tempo=lagi, galat=galat[:300])


def _catat(pesan: Pesan, status: str, *, jatuh_tempo: datetime.datetime | None = None, **kolom: Any) -> str:
    """Note the outcome of this try, unless the lease ran out or a report came first."""
    if pesan.rahasia and status not in MENUNGGU:
        kolom |= TERHAPUS
    milik = Pesan.objects.filter(pk=pesan.pk, status=Status.MENGIRIM, percobaan=pesan.percobaan)
    milik.update(status=status, jatuh_tempo=jatuh_tempo, **kolom)
    pesan.refresh_from_db()
    return pesan.status
