"""What follows a step: the pilgrim is told, and so are the people whose turn it is now. Both may run twice."""

from __future__ import annotations

from haji_portal.akun.models import Kantor, Pengguna, Penugasan
from haji_portal.alur.efek import penangan
from haji_portal.alur.models import Efek, Giliran, Perkara, Riwayat
from haji_portal.alur.tampil_waktu import saat

from .kata import konteks, nama_layanan, susun, tahap_sesudah, templat_status
from .kirim import tulis_aplikasi
from .tujuan import kabari


@penangan("kabar.status")
def kabari_pemohon(efek: Efek) -> None:
    """Tell the applicant, when an address is known, what happened and what is next.

    kunci: the template, "" for that of the status. A refused or broken delivery does not fail the effect: the ledger
    repeats it by its own rules.
    """
    riwayat = efek.riwayat
    perkara = riwayat.perkara.rinci()
    tahap = tahap_sesudah(perkara, riwayat)
    if not tahap.senyap and not _tersusul(riwayat):
        fakta = konteks(perkara, riwayat)
        kabari(perkara, riwayat, "status", efek.kunci or templat_status(perkara, riwayat), fakta, tahap.lampiran)


def _tersusul(riwayat: Riwayat) -> bool:
    """News of a fact that a newer one of the same status has overtaken is not told any more: one message, not three."""
    if riwayat.dari != riwayat.ke:
        return False
    sesudah = Riwayat.objects.filter(perkara=riwayat.perkara_id, urut__gt=riwayat.urut, dari=riwayat.ke)
    return sesudah.filter(efek__jenis="kabar.status").exists()


@penangan("kabar.surat")
def kirimi_surat(efek: Efek) -> None:
    """kunci: the kind of a signed letter; the e-mail carries it, a short message says that it is there to be read."""
    riwayat = efek.riwayat
    perkara = riwayat.perkara.rinci()
    kabari(perkara, riwayat, "surat", f"surat_{efek.kunci}", konteks(perkara, riwayat), efek.kunci)


@penangan("kabar.giliran")
def kabari_giliran(efek: Efek) -> None:
    """In-app message to the people whose turn it is, except the one who took the step.

    When the case has moved on meanwhile, the later step's own effect tells whose turn it really is.
    """
    riwayat = efek.riwayat
    perkara = riwayat.perkara
    if perkara.tahap != riwayat.ke:
        return
    giliran = perkara.giliran.filter(pihak=Giliran.Pihak.KANTOR).select_related("kantor").first()
    if giliran is None:
        return
    orang = [p for p in orang_giliran(perkara) if p.pk != riwayat.pengguna_id]
    teks = susun("giliran", fakta_petugas(perkara, giliran))
    tulis_aplikasi(f"{riwayat.pk}:giliran", orang, "giliran", teks, perkara, riwayat)


def orang_giliran(perkara: Perkara) -> list[Pengguna]:
    """Active people with a current assignment to a role that has the turn, each once."""
    hasil: dict[int, Pengguna] = {}
    for g in perkara.giliran.filter(pihak=Giliran.Pihak.KANTOR).select_related("kantor"):
        hasil |= {p.pk: p for p in orang_peran(g.kantor, g.peran)}
    return list(hasil.values())


def orang_peran(kantor: Kantor, peran: str) -> list[Pengguna]:
    tugas = Penugasan.objects.berlaku().filter(kantor=kantor, peran=peran, pengguna__is_active=True)
    return list({t.pengguna_id: t.pengguna for t in tugas.select_related("pengguna")}.values())


def fakta_petugas(perkara: Perkara, giliran: Giliran | None) -> dict[str, object]:
    """Facts for messages to staff: the case by its number, never by a name.

    kantor: whose turn it is; asal: the case's own office, where it is another one.
    """
    batas = giliran.tenggat if giliran else None
    kantor = giliran.kantor if giliran else perkara.kantor
    return {
        "nomor": perkara.nomor,
        "layanan": nama_layanan(perkara),
        "kegiatan": giliran.kegiatan if giliran else "",
        "batas": saat(batas, kantor.zona_waktu) if batas else "",
        "kantor": kantor.nama,
        "asal": perkara.kantor.nama if kantor.pk != perkara.kantor_id else "",
    }
