"""What the machines do about a case of money by themselves, in one sentence: who could do it by hand must know it."""

from __future__ import annotations

from django.conf import settings

from haji_portal.alur.models import Efek
from haji_portal.alur.tampil_waktu import saat
from haji_portal.dana.mitra.kirim import DI_MITRA
from haji_portal.dana.mitra.ulang import KIRIM, TANYA, TANYA_SALDO
from haji_portal.dana.models import KonfirmasiSaldo, Panggilan, Pengembalian

BERHENTI = "Portal berhenti menghubungi BPKH tentang pengembalian ini; “Kirim lagi” ada pada “Pantauan dana”."


def mesin(p: Pengembalian) -> str:
    """ "" where nothing goes by machine, or the refund is not with a partner."""
    if not settings.BPKH_URL or p.status not in DI_MITRA:
        return ""
    efek = Efek.objects.filter(riwayat__perkara=p.pk, jenis__in=(KIRIM, TANYA), selesai__isnull=True)
    if (satu := efek.order_by("jatuh_tempo").last()) is None:
        return _menunggu_spm(p)
    if satu.menyerah:
        return BERHENTI
    kapan = saat(satu.jatuh_tempo, p.kantor.zona_waktu)
    if satu.jenis == TANYA:
        return f"Portal menanyakan keadaannya kepada sistem BPKH dengan sendirinya, berikutnya {kapan}."
    if satu.percobaan:
        return f"Sistem BPKH belum terjangkau. Portal mengirim permintaan ini lagi {kapan}."
    return "Permintaan ini sedang dikirim ke sistem BPKH."


def mesin_saldo(k: KonfirmasiSaldo) -> str:
    """The same of a question about a balance."""
    if not settings.BPKH_URL or k.status != k.Status.DITANYAKAN:
        return ""
    efek = Efek.objects.filter(riwayat__perkara=k.pk, jenis=TANYA_SALDO, selesai__isnull=True).first()
    if efek is None:
        return ""
    if efek.menyerah:
        return "Sistem BPKH tidak menjawab; portal berhenti bertanya. Petugas BPKH atau Direktorat mencatat jawabannya."
    kapan = saat(efek.jatuh_tempo, k.kantor.zona_waktu)
    return f"Portal menanyakannya kepada sistem BPKH dengan sendirinya, berikutnya {kapan}."


def _menunggu_spm(p: Pengembalian) -> str:
    """The request was taken: its order is written down when BPKH's machine tells of it."""
    kirim = p.panggilan.filter(jenis=Panggilan.Jenis.KIRIM, hasil=Panggilan.Hasil.TERJAWAB).first()
    if kirim is None or kirim.selesai is None or p.status != p.Status.DIAJUKAN or p.nomor_spm:
        return ""
    return (
        f"Sistem BPKH menerima permintaan ini pada {saat(kirim.selesai, p.kantor.zona_waktu)}. SPM-nya tercatat dengan "
        "sendirinya begitu BPKH mengabarkannya; petugas BPKH mencatatnya hanya bila kabar itu tidak datang."
    )
