"""Pages of a question to BPKH about a balance, for BPKH, the centre, and the office whose case waits for it."""

from __future__ import annotations

from typing import Any

from haji_portal.alur.models import Permohonan
from haji_portal.alur.tampil_waktu import rupiah, tanggal
from haji_portal.dana.buku import jejak
from haji_portal.dana.models import KonfirmasiSaldo
from haji_portal.dana.pengembalian import setoran_perkara

from .. import views as meja
from .mesin import mesin_saldo
from .panel import baris_buku


def panel(perkara: Permohonan) -> dict[str, Any]:
    """The context `saldo` of templates/konfirmasi/detail.html: question, answer, deposits, the portal's book."""
    k = perkara if isinstance(perkara, KonfirmasiSaldo) else KonfirmasiSaldo.objects.get(pk=perkara.pk)
    setoran = setoran_perkara(k)
    jawaban = [
        ("Saldo menurut BPKH", rupiah(k.jawaban) if k.jawaban is not None else ""),
        ("Per tanggal", tanggal(k.per_tanggal) if k.per_tanggal else ""),
        ("Keterangan", k.keterangan),
    ]
    return {
        "fakta": [
            ("Rujukan kami", k.nomor), ("Jemaah", k.pemohon.nama),
            *([("Nomor porsi", k.porsi.nomor)] if k.porsi else []), ("Kantor", k.kantor.nama_pendek),
        ],
        "tanya": [("Pertanyaan", str(k.get_tentang_display())), ("Jumlah", rupiah(k.jumlah))],
        "jawaban": [(label, nilai) for label, nilai in jawaban if nilai],
        "setoran": [
            (f"{s.get_jenis_display()}, {tanggal(s.tanggal)}", f"{rupiah(s.jumlah)} di {s.bank}") for s in setoran
        ],
        "mesin": mesin_saldo(k),
        "buku": baris_buku(jejak(setoran), k.kantor.zona_waktu),
    }  # fmt: skip


class Daftar(meja.DaftarView):
    model = KonfirmasiSaldo
    template_name = "konfirmasi/daftar.html"


class Detail(meja.DetailView):
    model = KonfirmasiSaldo
    template_name = "konfirmasi/detail.html"

    def tambahan(self, perkara: Permohonan) -> dict[str, Any]:
        return {"saldo": panel(perkara)}


class LangkahKonfirmasi(meja.LangkahView):
    model = KonfirmasiSaldo
    template_kasus = Detail.template_name

    def tambahan(self, perkara: Permohonan) -> dict[str, Any]:
        return {"saldo": panel(perkara)}
