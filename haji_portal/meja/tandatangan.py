"""Signing a letter in three moves: freeze, sign outside any transaction, take the step with what was signed."""

from __future__ import annotations

from typing import Any

from haji_portal.alur.deklarasi import Langkah
from haji_portal.alur.galat import LangkahGagal
from haji_portal.alur.jalankan import Hasil, jalankan, periksa_pelaku, periksa_syarat
from haji_portal.alur.models import Perkara
from haji_portal.alur.pelaku import Petugas
from haji_portal.surat.models import Surat
from haji_portal.surat.tandatangan import SesiTtd, tandatangani_pdf
from haji_portal.surat.terbit import siapkan


def tandatangani_langkah(perkara: Perkara, langkah: Langkah, *, oleh: Petugas, versi: int, sesi: SesiTtd) -> Hasil:
    """Sign the letter of a step and take the step. `sesi` is the official's opened key (one password, many letters).

    Raises LangkahGagal; a refusal after the letter was frozen leaves it frozen, and the next try takes it up again
    under the same number. Who may and whether are looked at before a number is reserved, and again by jalankan().
    """
    rinci = perkara.rinci()
    data: dict[str, Any] = {}  # a stale page or a second click: jalankan() answers before it looks at the data
    if rinci.versi == versi and rinci.tahap == langkah.sumber:
        periksa_pelaku(rinci, langkah, oleh)
        periksa_syarat(rinci, langkah)
        try:
            surat = _bekukan(rinci, langkah, oleh)
            berkas = tandatangani_pdf(surat, oleh.pengguna, sesi=sesi)
            data = {"surat_id": surat.pk, "hash_pdf": surat.hash_pdf, "berkas_ttd": berkas}
        except LangkahGagal:
            # Two clicks at once meet here: the slower one finds the letter signed, which is no fault of its own.
            if Perkara.objects.values_list("versi", flat=True).get(pk=perkara.pk) == versi:
                raise
    return jalankan(perkara, langkah.nama, oleh=oleh, versi=versi, data=data)


def _bekukan(perkara: Perkara, langkah: Langkah, oleh: Petugas) -> Surat:
    berlaku = Surat.objects.filter(
        perkara_id=perkara.pk, jenis=langkah.tanda_tangan, status=Surat.Status.DITANDATANGANI
    )
    return siapkan(perkara, langkah.tanda_tangan, oleh.penugasan, pengganti=berlaku.exists())
