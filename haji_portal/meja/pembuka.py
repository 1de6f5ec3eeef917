"""Who may open which kind of case by hand, and where."""

from __future__ import annotations

from collections.abc import Sequence

from haji_portal.akun.models import Kantor, Pengguna, Penugasan
from haji_portal.alur.apps import model_perkara, nama_perkara
from haji_portal.alur.galat import LangkahGagal, TidakBerhak
from haji_portal.alur.giliran import JENIS_PIHAK, kantor_tunggal
from haji_portal.alur.models import SOP, Permohonan
from haji_portal.alur.penutupan import sebab_tutup
from haji_portal.alur.posisi import peran_pembuka

from .alamat import alamat_perkara

TANPA_SOP = (
    "{layanan} belum dapat dibuka di {kantor}: kantor ini belum mempunyai SOP untuk layanan ini, dan SOP nasionalnya "
    "tidak ada. Minta admin memuat SOP kantor lebih dulu."
)


def pembuka_banyak(pengguna: Pengguna, semua: Sequence[type[Permohonan]]) -> dict[type[Permohonan], Penugasan]:
    """Under which assignment this person opens each of these kinds of cases; what they may not open, and what is
    closed in their office, is left out.

    One query finds the tables of all of them.
    """
    hasil: dict[type[Permohonan], Penugasan] = {}
    for model, tugas, perkara in _calon(pengguna, semua):
        if _berhak(tugas, perkara) and _sebab(perkara) is None:
            hasil.setdefault(model, tugas)
    return hasil


Calon = tuple[type[Permohonan], Penugasan, Permohonan]


def _calon(pengguna: Pengguna, semua: Sequence[type[Permohonan]]) -> list[Calon]:
    """The unsaved case that each assignment might open, with its table; `sop` is None where there is none."""
    calon = [
        (model, tugas, model(kantor=kantor))
        for model in semua
        for tugas in pengguna.penugasan_berlaku()
        if (kantor := kantor_pemilik(model, tugas.kantor)) is not None and _mungkin(model, tugas)
    ]
    kunci = {id(p): (p.layanan_sop(), p.kantor.slug, p.varian()) for _, _, p in calon if p.PUNYA_SOP}
    tabel = SOP.pilih(set(kunci.values())) if kunci else {}
    for _, _, perkara in calon:
        if perkara.PUNYA_SOP:
            perkara.sop = tabel.get(kunci[id(perkara)])  # type: ignore[assignment]
    return calon


def _mungkin(model: type[Permohonan], tugas: Penugasan) -> bool:
    """At the centre and for partners the declaration alone says who opens; an office's table may name others."""
    return model.MILIK == Kantor.Jenis.KABKOTA or tugas.peran in model.PEMBUKA.peran


def kantor_pemilik(model: type[Permohonan], kantor: Kantor) -> Kantor | None:
    """The office to which a case belongs that is opened from this one: itself, or the centre for a partner's case."""
    if kantor.jenis == model.MILIK:
        return kantor
    dari_mitra = model.MILIK == Kantor.Jenis.PUSAT and kantor.jenis in JENIS_PIHAK["mitra"]
    return kantor_tunggal(model.MILIK) if dari_mitra else None


def alamat_buat_banyak(pengguna: Pengguna, semua: Sequence[str]) -> dict[str, str]:
    """jenis -> address, of the kinds that this person opens by hand."""
    alamat = {jenis: url for jenis in semua if (url := alamat_perkara(jenis, "buat"))}
    boleh = pembuka_banyak(pengguna, [model_perkara(jenis) for jenis in alamat])
    return {jenis: url for jenis, url in alamat.items() if model_perkara(jenis) in boleh}


def buka_atau_sebab(pengguna: Pengguna, model: type[Permohonan]) -> tuple[Penugasan | None, LangkahGagal | None]:
    """The assignment under which this person opens this kind of case, and why its office does not do so now.

    (assignment, None): open. (assignment, LayananTutup): closed in that office, and open in none of the person's.
    (None, TidakBerhak): only for the lack of a SOP table, with the closing's sentence where there is one.
    (None, None): not this person's business.
    """
    calon = _calon(pengguna, [model])
    berhak = [(tugas, _sebab(perkara)) for _, tugas, perkara in calon if _berhak(tugas, perkara)]
    if berhak:
        return next((satu for satu in berhak if satu[1] is None), berhak[0])
    for _, tugas, perkara in calon:
        if model.PUNYA_SOP and perkara.sop is None and tugas.peran in model.PEMBUKA.peran:
            tanpa_sop = TANPA_SOP.format(layanan=nama_perkara(model.jenis_perkara()), kantor=perkara.kantor.nama)
            # Nobody should load a table for what is closed anyway.
            return None, TidakBerhak(tutup.kalimat if (tutup := _sebab(perkara)) else tanpa_sop)
    return None, None


def _berhak(tugas: Penugasan, perkara: Permohonan) -> bool:
    return bool(perkara.sop or not perkara.PUNYA_SOP) and tugas.peran in peran_pembuka(perkara)


def _sebab(perkara: Permohonan) -> LangkahGagal | None:
    return sebab_tutup(perkara.jenis_perkara(), perkara.kantor)
