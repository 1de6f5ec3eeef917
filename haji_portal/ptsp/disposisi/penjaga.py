"""What the database refuses: a number of the agenda never changes or goes, and what was sent stays as it was sent."""

from __future__ import annotations

from haji_portal.alur.pemicu import Penjaga


def _tetap(*kolom: str) -> tuple[tuple[str, str], ...]:
    """The only UPDATE that passes: one that leaves these columns as they are, on both databases."""
    sama = {"sqlite": "IS", "postgresql": "IS NOT DISTINCT FROM"}
    return tuple((v, " AND ".join(f"NEW.{k} {kata} OLD.{k}" for k in kolom)) for v, kata in sama.items())


PENJAGA = (
    Penjaga(
        "ptsp_suratmasuk", "Agenda surat masuk",
        "id = NEW.id OR (kantor_id = NEW.kantor_id AND tahun = NEW.tahun AND urut = NEW.urut)",
        boleh_ubah=_tetap("id", "kantor_id", "tahun", "urut", "dicatat_oleh_id", "dicatat_pada"),
    ),
    Penjaga("ptsp_koreksisurat", "Koreksi surat masuk", "id = NEW.id"),
    Penjaga("ptsp_berkassurat", "Berkas surat masuk", "id = NEW.id OR kunci = NEW.kunci"),
    Penjaga("ptsp_aksessurat", "Akses surat masuk", "id = NEW.id"),
    Penjaga("ptsp_disposisi", "Disposisi", "id = NEW.id OR tanda = NEW.tanda"),
    Penjaga(
        "ptsp_penerimadisposisi", "Penerima disposisi",
        "id = NEW.id OR (disposisi_id = NEW.disposisi_id AND urut = NEW.urut)",
        boleh_ubah=_tetap("id", "disposisi_id", "urut", "peran", "pengguna_id", "nama", "jabatan"),
    ),
    Penjaga("ptsp_peristiwadisposisi", "Peristiwa disposisi", "id = NEW.id"),
)  # fmt: skip
