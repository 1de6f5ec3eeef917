"""From a draft to a case: the files change their owner and the answers are forgotten, all or nothing."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from django.db import transaction

from haji_portal.akun.models import Kantor
from haji_portal.alur.galat import IsianSalah
from haji_portal.alur.jalankan import Hasil, jalankan
from haji_portal.alur.models import Perkara, Permohonan
from haji_portal.alur.pelaku import Pemohon
from haji_portal.berkas.models import SyaratBerkas
from haji_portal.kabar.models import KontakPerkara

from ..batas import tunggu_kirim
from ..models import Konsep
from .daftar import Ajuan, Lanjutan


def periksa_berkas(syarat: Iterable[SyaratBerkas], berkas: Collection[str]) -> None:
    """The files that came, by code, against what must come along. Raises IsianSalah (under `unggah_<kode>`)."""
    diminta = {s.kode: s for s in syarat}
    galat = {f"unggah_{k}": ["Berkas ini tidak diminta."] for k in berkas if k not in diminta}
    galat |= {f"unggah_{k}": [f"Unggah {s.nama}."] for k, s in diminta.items() if s.wajib and k not in berkas}
    if galat:
        raise IsianSalah(galat)


def sudah_dikirim(model: type[Permohonan], kantor: Kantor, kontak: KontakPerkara, **sama: Any) -> Hasil | None:
    """The open case that this same contact sent to this office about the same (`sama`), as the repeated answer."""
    lama = model.objects.filter(
        kantor=kantor, saluran=Perkara.Saluran.ELEKTRONIK, ditutup__isnull=True, kontak__saluran=kontak.saluran,
        kontak__alamat=kontak.alamat, **sama,
    ).first()  # fmt: skip
    return Hasil(lama.rinci(), lama.riwayat.get(langkah="ajukan"), sudah=True) if lama else None


def kirim(konsep: Konsep, ajuan: Ajuan, isi: Mapping[str, Any]) -> int:
    """Open the case of a complete draft; 0 when it stands, also when it stood already, else seconds to wait.

    isi: the cleaned answers of all pages. Raises what the service's door raises; the draft is then as before.
    """
    if lama := tunggu_kirim(konsep.nik_hash):
        return lama
    with transaction.atomic():
        kini = Konsep.objects.select_for_update().select_related("kantor").get(pk=konsep.pk)
        if kini.terkirim_id:
            return 0
        kontak = KontakPerkara(saluran=kini.saluran, alamat=kini.alamat, diverifikasi=kini.dikonfirmasi)
        diminta = [s.kode for s in ajuan.syarat(kini.kantor, isi)]
        berkas = {b.kode: b.tersimpan() for b in kini.berkas.filter(kode__in=diminta)}
        awal = {n: kini.isi.get(n, "") for n in ("nik", ajuan.rujukan.nama)}
        hasil = ajuan.kirim(kini.kantor, {**awal, **isi}, berkas, kontak)
        kini.terkirim_id, kini.isi = hasil.perkara.pk, {}
        kini.save(update_fields=["terkirim", "isi"])
        kini.berkas.all().delete()
    return 0


def kirim_perbaikan(konsep: Konsep, ajuan: Lanjutan, kode: list[str], versi: int | None) -> Hasil:
    """Send the new files of the lines `kode`. Raises LangkahGagal and IsianSalah; the files are then kept."""
    perkara = konsep.perbaiki
    if perkara is None:
        raise ValueError("this draft repairs nothing")
    unggahan = {b.kode: b.tersimpan() for b in konsep.berkas.filter(kode__in=kode)}
    with transaction.atomic():
        oleh = Pemohon(perkara, konsep.alamat)
        hasil = jalankan(perkara, ajuan.perbaikan, oleh=oleh, versi=versi, data={"unggahan": unggahan})
        konsep.delete()
    return hasil
