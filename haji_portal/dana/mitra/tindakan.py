"""Quarantine emptied by two people: one proposes what becomes of an event, another one agrees or refuses."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from haji_portal.akun.models import Kantor, Pengguna, Penugasan, Peran
from haji_portal.alur.galat import Basi, SalahTahap, TidakBerhak
from haji_portal.alur.jalankan import catat_kejadian
from haji_portal.alur.models import Perkara
from haji_portal.alur.pelaku import Petugas

from ..models import Putusan, TindakanMitra
from . import olah

Jenis, Keputusan = TindakanMitra.Jenis, TindakanMitra.Keputusan
PEMUTUS = frozenset({Peran.DIREKTORAT, Peran.SUBDIT, Peran.DIREKTUR})
"""Who decides: the centre, which releases refunds; never the partner whose word is doubted."""


def pemutus(pengguna: Pengguna) -> Penugasan | None:
    """The assignment under which this person decides about events, or None."""
    tugas = pengguna.penugasan_berlaku()
    return next((t for t in tugas if t.peran in PEMUTUS and t.kantor.jenis == Kantor.Jenis.PUSAT), None)


def usul_berjalan(putusan: Putusan) -> TindakanMitra | None:
    """The proposal that waits for a second person; None when there is none, or the last one was refused."""
    akhir = putusan.tindakan.select_related("pengguna").last()
    return akhir if akhir is not None and akhir.jenis == Jenis.USUL else None


def usulkan(putusan: Putusan, keputusan: str, catatan: str, oleh: Petugas) -> TindakanMitra:
    """First person. Raises SalahTahap once the event is decided, or while another proposal waits."""
    with transaction.atomic():
        kini = _terbuka(putusan)
        if usul_berjalan(kini) is not None:
            raise SalahTahap("Usul lain sedang menunggu orang kedua. Muat ulang halaman ini.")
        return _tulis(kini, Jenis.USUL, Keputusan(keputusan), catatan, oleh)


def setujui(putusan: Putusan, usul: int, oleh: Petugas) -> Putusan:
    """Second person: the proposal takes effect. usul: id of the proposal that the person saw.

    Raises TidakBerhak for the one who proposed, Basi when the proposal is another one now, and SalahTahap when a new
    judgement still ends in quarantine (then nothing changes).
    """
    with transaction.atomic():
        kini = _terbuka(putusan)
        asal = _usul(kini, usul)
        if asal.pengguna_id == oleh.pengguna.pk:
            raise TidakBerhak("Usul ini harus disetujui orang lain.")
        if asal.keputusan == Keputusan.NILAI_ULANG:
            kini.riwayat, kini.keterangan = olah.nilai_ulang(kini)
        kini.ditutup = timezone.now()
        kini.save(update_fields=["riwayat", "keterangan", "ditutup"])
        _tulis(kini, Jenis.SETUJU, asal.keputusan, asal.catatan, oleh)
        _catat(kini, asal, oleh)
    return kini


def tolak(putusan: Putusan, usul: int, catatan: str, oleh: Petugas) -> TindakanMitra:
    """The proposal falls; whoever made it may take it back this way, too. The event stays in quarantine."""
    with transaction.atomic():
        kini = _terbuka(putusan)
        return _tulis(kini, Jenis.TOLAK, _usul(kini, usul).keputusan, catatan, oleh)


def _terbuka(putusan: Putusan) -> Putusan:
    kini = Putusan.objects.select_for_update().get(pk=putusan.pk)
    if kini.hasil != Putusan.Hasil.KARANTINA or kini.ditutup is not None:
        raise SalahTahap("Kabar ini sudah diputuskan.")
    return kini


def _usul(putusan: Putusan, pk: int) -> TindakanMitra:
    usul = usul_berjalan(putusan)
    if usul is None or usul.pk != pk:
        raise Basi("Usulnya sudah berubah sejak halaman dibuka. Periksa usul yang terbaru.")
    return usul


def _tulis(putusan: Putusan, jenis: str, keputusan: str, catatan: str, oleh: Petugas) -> TindakanMitra:
    return TindakanMitra.objects.create(
        putusan=putusan, jenis=jenis, keputusan=keputusan, catatan=catatan, pengguna=oleh.pengguna,
        jabatan=oleh.penugasan.sebutan[:300], kantor=oleh.penugasan.kantor, waktu=timezone.now(),
    )  # fmt: skip


def _catat(putusan: Putusan, usul: TindakanMitra, oleh: Petugas) -> None:
    """In the refund's own history, too; an event of an unknown reference has none."""
    if putusan.perkara_id is None:
        return
    perkara = Perkara.objects.get(pk=putusan.perkara_id)
    isi = {
        "keputusan": usul.get_keputusan_display(), "alasan": putusan.get_alasan_display(),
        "pengusul": str(usul.pengguna), "catatan": usul.catatan,
    }  # fmt: skip
    label = "Putuskan kabar mitra"
    catat_kejadian(perkara, f"putusan_mitra_{putusan.pk}", label, oleh, perkara.versi, isi, lambda _: None)
