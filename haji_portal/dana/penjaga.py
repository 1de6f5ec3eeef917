"""What the database itself demands of the book: two lines or more, zero per unsur, and nothing changed afterwards.

A posting is written in this order, in one transaction: its lines first, under an id known beforehand (the foreign key
is checked at the commit), then the posting. The posting's INSERT counts and adds the lines; from then on it is sealed,
no line can join it. A line without posting does not outlive its transaction.
"""

from __future__ import annotations

from haji_portal.alur.pemicu import AturanTambah, Penjaga

BUKU = "Buku dana"
_BARIS = "{skema}dana_baris"
_KURANG = f"(SELECT COUNT(*) FROM {_BARIS} WHERE posting_id = NEW.id) < 2"  # noqa: S608  (constants)
_SISA = f"SELECT 1 FROM {_BARIS} WHERE posting_id = NEW.id GROUP BY unsur HAVING SUM(jumlah) <> 0"  # noqa: S608

PENJAGA_BUKU = (
    Penjaga(
        "dana_posting", BUKU, "id = NEW.id OR rujukan = NEW.rujukan",
        aturan=(AturanTambah("imbang", f"{_KURANG} OR EXISTS ({_SISA})", "Pembukuan dana tidak berjumlah nol"),),
    ),
    Penjaga(
        "dana_baris", BUKU,
        "id = NEW.id OR (posting_id = NEW.posting_id AND akun = NEW.akun AND unsur = NEW.unsur)",
        # Without the lock another transaction, which knows the id, could add a line while the posting is sealed.
        aturan=(
            AturanTambah(
                "segel", "EXISTS (SELECT 1 FROM {skema}dana_posting WHERE id = NEW.posting_id)",
                "Pembukuan dana ini sudah lengkap", kunci="NEW.posting_id::text",
            ),
        ),
    ),
    Penjaga("dana_tindakanmitra", "Tindakan atas kabar mitra", "id = NEW.id"),
)  # fmt: skip
