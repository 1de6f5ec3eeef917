"""What a refund's page shows of the money: amounts, target account, papers, linked payments, and the book."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from haji_portal.akun.models import Pengguna
from haji_portal.alur.models import Perkara, Permohonan
from haji_portal.alur.tampil_waktu import rupiah, saat, tanggal
from haji_portal.dana.models import Akun, Pengembalian, Posting, Unsur
from haji_portal.jemaah.nik import samarkan_rekening

from .mesin import mesin
from .pantau import PEMBAYAR, boleh_pantau, karantina

Rincian = list[tuple[str, str]]


def panel(perkara: Permohonan, pengguna: Pengguna) -> dict[str, Any]:
    """The context `dana` of templates/pengembalian/detail.html."""
    p = perkara if isinstance(perkara, Pengembalian) else Pengembalian.objects.get(pk=perkara.pk)
    return {
        "jumlah": _jumlah(p),
        "fakta": _fakta(p),
        "rekening": _rekening(p, pengguna),
        "surat": _surat(p),
        "terkait": _terkait(p, pengguna),
        "mesin": mesin(p),
        "karantina": karantina(pengguna).filter(perkara=p.pk) if boleh_pantau(pengguna) else [],
        "buku": baris_buku(p.posting.prefetch_related("baris").order_by("waktu", "pk"), p.kantor.zona_waktu),
    }


def _jumlah(p: Pengembalian) -> Rincian:
    manfaat = "belum diketahui, dihitung BPKH pada SPM" if p.nilai_manfaat is None else rupiah(p.nilai_manfaat)
    total = rupiah(p.jumlah) if p.nilai_manfaat is not None else f"{rupiah(p.jumlah)} dan nilai manfaat"
    return [("Setoran", rupiah(p.jumlah_setoran)), ("Nilai manfaat", manfaat), ("Jumlah", total)]


def _fakta(p: Pengembalian) -> Rincian:
    return [
        ("Rujukan kami", p.nomor),
        ("Jemaah", p.pemohon.nama),
        *([("Nomor porsi", p.porsi.nomor)] if p.porsi else []),
        ("Kantor", p.kantor.nama_pendek),
    ]


def _rekening(p: Pengembalian, pengguna: Pengguna) -> Rincian:
    penuh = any(t.peran in PEMBAYAR for t in pengguna.penugasan_berlaku())
    nomor = p.rekening.nomor if penuh else samarkan_rekening(p.rekening.nomor)
    return [("Bank", p.rekening.bank), ("Nomor rekening", nomor), ("Atas nama", p.rekening.atas_nama)]


def _surat(p: Pengembalian) -> Rincian:
    """What the partners' papers say, as far as it is recorded."""
    data = [
        ("Nomor SPM", p.nomor_spm),
        ("Tanggal SPM", tanggal(p.tanggal_spm) if p.tanggal_spm else ""),
        ("Rujukan bank", p.rujukan_bank),
        ("Tanggal transfer", tanggal(p.tanggal_transfer) if p.tanggal_transfer else ""),
        ("Dana masuk", tanggal(p.tanggal_terima) if p.tanggal_terima else ""),
        ("Hasil yang diusulkan", p.get_hasil_usulan_display() if p.tahap == p.Status.BELUM_PASTI else ""),
        ("Alasan", p.alasan_akhir),
    ]
    return [(label, nilai) for label, nilai in data if nilai]


def _terkait(p: Pengembalian, pengguna: Pengguna) -> list[dict[str, str]]:
    """The cancellation and the payments before and after this one, as far as they are inside the person's scope."""
    lain = {p.induk_id: "Pembatalan", p.sebelumnya_id: "Pembayaran sebelumnya"}
    if (pengganti := Pengembalian.objects.filter(sebelumnya=p).first()) is not None:
        lain[pengganti.pk] = "Pembayaran pengganti"
    terlihat = Perkara.objects.untuk(pengguna).filter(pk__in=[pk for pk in lain if pk]).order_by("pk")
    return [
        {"sebutan": lain[q.pk], "nomor": q.nomor, "tahap": q.info_tahap.label, "url": q.get_absolute_url()}
        for q in terlihat
    ]


def baris_buku(posting: Iterable[Posting], zona: Any) -> list[dict[str, Any]]:
    """The postings in the order of events; those of several deposits at one instant read as one movement."""
    gerak: dict[tuple[str, Any], dict[tuple[str, str], int]] = {}
    for satu in posting:
        jumlah = gerak.setdefault((satu.jenis, satu.waktu), {})
        for b in satu.baris.all():
            jumlah[b.unsur, b.akun] = jumlah.get((b.unsur, b.akun), 0) + b.jumlah
    return [
        {"gerak": Posting.Jenis(jenis).label, "saat": saat(waktu, zona), "baris": _pindah(jumlah)}
        for (jenis, waktu), jumlah in gerak.items()
    ]


def _pindah(jumlah: dict[tuple[str, str], int]) -> list[dict[str, str]]:
    """For each unsur that moved: how much, from where, to where."""
    hasil = []
    for unsur in Unsur:
        milik = {Akun(akun).label: n for (u, akun), n in jumlah.items() if u == unsur and n}
        dari, ke = [a for a, n in milik.items() if n < 0], [a for a, n in milik.items() if n > 0]
        if milik:
            total = rupiah(sum(n for n in milik.values() if n > 0))
            hasil.append({"unsur": unsur.label, "jumlah": total, "dari": ", ".join(dari), "ke": ", ".join(ke)})
    return hasil
