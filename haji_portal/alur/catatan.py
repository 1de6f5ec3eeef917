"""Writing the history: one row per step, chained by hash under the lock that the step already holds."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .models import Riwayat, RiwayatIsi
from .pelaku import Pelaku, Petugas
from .posisi import Jejak, jejak

if TYPE_CHECKING:
    from .models import Permohonan


def tulis_riwayat(
    perkara: Permohonan, *, nama: str, label: str, dari: str, oleh: Pelaku, isi: dict[str, Any]
) -> Riwayat:
    """Append one row to the case's chain. Call only inside the transaction that holds the case's row lock."""
    rantai = jejak(perkara)
    terakhir = rantai[-1] if rantai else None
    garam = RiwayatIsi.garam_baru()
    row = Riwayat(
        perkara_id=perkara.pk,
        urut=terakhir.urut + 1 if terakhir else 1,
        waktu=perkara.waktu,
        langkah=nama,
        label=label,
        dari=dari,
        ke=perkara.tahap,
        versi=perkara.versi,
        putaran=perkara.putaran,
        isi_hash=RiwayatIsi.hitung_hash(garam, isi),
        hash_sebelum=terakhir.hash if terakhir else "",
        **_pelaku(oleh),
    )
    row.hash = row.hitung_hash()
    row.save(force_insert=True)
    RiwayatIsi(riwayat=row, garam=garam, isi=isi).save(force_insert=True)
    rantai.append(Jejak(row.langkah, row.putaran, row.urut, row.hash))
    return row


def _pelaku(oleh: Pelaku) -> dict[str, Any]:
    """The actor as of this moment: name, position and decree stay as they were when the step was taken."""
    dasar: dict[str, Any] = {"pelaku_jenis": oleh.jenis, "pelaku_kunci": oleh.kunci, "nama": oleh.nama}
    dasar["peran"] = oleh.peran[:12]
    if isinstance(oleh, Petugas):
        dasar |= {
            "pengguna": oleh.pengguna,
            "jabatan": oleh.penugasan.sebutan,
            "nomor_sk": oleh.penugasan.nomor_sk,
        }
    return dasar
