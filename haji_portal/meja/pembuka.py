"""Who may open which kind of case by hand, and where."""

from __future__ import annotations

from collections.abc import Sequence

from haji_portal.akun.models import Kantor, Pengguna, Penugasan
from haji_portal.alur.apps import model_perkara, nama_perkara
from haji_portal.alur.giliran import JENIS_PIHAK, kantor_tunggal
from haji_portal.alur.models import SOP, Permohonan
from haji_portal.alur.posisi import peran_pembuka

from .alamat import alamat_perkara


def penugasan_pembuka(pengguna: Pengguna, model: type[Permohonan]) -> Penugasan | None:
    """The person's assignment under which they may open this kind of case, or None."""
    return pembuka_banyak(pengguna, [model]).get(model)


def pembuka_banyak(pengguna: Pengguna, semua: Sequence[type[Permohonan]]) -> dict[type[Permohonan], Penugasan]:
    """`penugasan_pembuka()` for many kinds of cases at once: one query finds the tables of all of them."""
    calon = [
        (model, tugas, model(kantor=kantor))
        for model in semua
        for tugas in pengguna.penugasan_berlaku()
        if (kantor := kantor_pemilik(model, tugas.kantor)) is not None and _mungkin(model, tugas)
    ]
    kunci = {id(p): (p.layanan_sop(), p.kantor.slug, p.varian()) for _, _, p in calon if p.PUNYA_SOP}
    tabel = SOP.pilih(set(kunci.values())) if kunci else {}
    hasil: dict[type[Permohonan], Penugasan] = {}
    for model, tugas, perkara in calon:
        sop = tabel.get(kunci[id(perkara)]) if perkara.PUNYA_SOP else None
        if perkara.PUNYA_SOP and sop is None:
            continue
        perkara.sop = sop  # type: ignore[assignment]
        if tugas.peran in peran_pembuka(perkara):
            hasil.setdefault(model, tugas)
    return hasil


def _mungkin(model: type[Permohonan], tugas: Penugasan) -> bool:
    """At the centre and for partners the declaration alone says who opens; an office's table may name others."""
    return model.MILIK == Kantor.Jenis.KABKOTA or tugas.peran in model.PEMBUKA.peran


def kantor_pemilik(model: type[Permohonan], kantor: Kantor) -> Kantor | None:
    """The office to which a case belongs that is opened from this one: itself, or the centre for a partner's case."""
    if kantor.jenis == model.MILIK:
        return kantor
    dari_mitra = model.MILIK == Kantor.Jenis.PUSAT and kantor.jenis in JENIS_PIHAK["mitra"]
    return kantor_tunggal(model.MILIK) if dari_mitra else None


def alamat_buat(pengguna: Pengguna, jenis: str) -> str:
    """Where this person opens a case of this kind; "" when they may not, or nobody opens one by hand."""
    return alamat_buat_banyak(pengguna, [jenis]).get(jenis, "")


def alamat_buat_banyak(pengguna: Pengguna, semua: Sequence[str]) -> dict[str, str]:
    """jenis -> address, of the kinds that this person opens by hand."""
    alamat = {jenis: url for jenis in semua if (url := alamat_perkara(jenis, "buat"))}
    boleh = pembuka_banyak(pengguna, [model_perkara(jenis) for jenis in alamat])
    return {jenis: url for jenis, url in alamat.items() if model_perkara(jenis) in boleh}


def tanpa_tabel(pengguna: Pengguna, model: type[Permohonan]) -> str:
    """The sentence for whoever would open this kind of case, but whose office has no SOP table for it; else ""."""
    for tugas in pengguna.penugasan_berlaku():
        kantor = kantor_pemilik(model, tugas.kantor)
        if kantor is None or tugas.peran not in model.PEMBUKA.peran or not model.PUNYA_SOP:
            continue
        calon = model(kantor=kantor)
        kunci = (calon.layanan_sop(), kantor.slug, calon.varian())
        if kunci not in SOP.pilih([kunci]):
            nama = nama_perkara(model.jenis_perkara())
            return (
                f"{nama} belum dapat dibuka di {kantor.nama}: kantor ini belum mempunyai SOP untuk layanan ini, dan "
                "SOP nasionalnya tidak ada. Minta admin memuat SOP kantor lebih dulu."
            )
    return ""
