"""Transfer from outside (Kepdirjen PHU 245/2021 D), the office's side: what a public page may open, and what not.

Whoever sends has shown a reachable contact, nothing more. So a case opens only on a porsi that the portal knows, for a
pilgrim whose NIK, name and birth date agree; what is stored of anybody stays as it is, and no answer tells what is
stored (docs/keputusan/0026 holds here too). The porsi passes only after the recipient was seen in person.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from haji_portal.akun.models import Kantor
from haji_portal.alur.deklarasi import gagal
from haji_portal.alur.galat import IsianSalah, SudahAda
from haji_portal.alur.jalankan import Hasil, buka
from haji_portal.alur.kalender import hari_terima
from haji_portal.alur.models import Perkara
from haji_portal.alur.pelaku import Pemohon
from haji_portal.berkas.models import SyaratBerkas
from haji_portal.berkas.simpan import BerkasTersimpan
from haji_portal.jemaah.domisili import sama_nama
from haji_portal.jemaah.models import Jemaah, Porsi, Rekening
from haji_portal.kabar.models import KontakPerkara
from haji_portal.ptsp.ajukan.kirim import periksa_berkas, sudah_dikirim

from .isian import KEADAAN, KHUSUS, PENERIMA
from .kelayakan_berkas import daftar_unggahan
from .models import Pelimpahan
from .syarat import ATURAN, satu_porsi
from .tahap import Sebab

DATA_PENERIMA = [nama for nama in PENERIMA if nama != "nik"]
"""What the recipient states beside the NIK, under the names of Jemaah."""

TIDAK_DAPAT = (
    "Nomor dan data ini tidak dapat diproses dari rumah. Periksa nomor porsi pada SPH, lalu NIK, nama, dan tanggal "
    "lahir jemaah dan penerima: semuanya harus sama dengan KTP."
)
KE_KANTOR = (
    "Bila semuanya sudah benar, nomor ini belum dapat dikenali portal dan pelimpahan dimulai di loket kantor tempat "
    "jemaah mendaftar. Penerima datang sendiri ke {kantor}, pada jam layanan, dan membawa KTP serta berkas aslinya: "
    "{berkas}."
)
PORSI_LAIN = (
    "Jemaah mempunyai lebih dari satu porsi, dan yang dilimpahkan hanya porsi dengan keberangkatan terdekat (Kepdirjen "
    "PHU 245/2021 A.6). Bukan porsi ini; gunakan nomor porsi pada SPH yang lain, atau datanglah ke kantor."
)
MASIH_TERBUKA = (
    "Masih ada permohonan yang sedang berjalan untuk porsi ini. Lihat keadaannya lewat cek status, atau hubungi kantor."
)


def daftar_syarat(kantor: Kantor, isi: Mapping[str, Any]) -> list[SyaratBerkas]:
    """What must come along today for the answers so far; [] before the cause is known. In printed order, photo last."""
    sebab = isi.get("sebab")
    if sebab not in Sebab.values:
        return []
    hari_ini = timezone.localdate(timezone=kantor.zona_waktu)
    return daftar_unggahan(sebab, str(isi.get("hubungan") or ""), kantor, hari_ini)


def tidak_dapat(kantor: Kantor, isi: Mapping[str, Any]) -> list[str]:
    """What is told about everything that does not agree: what to look at again, then where to go and what to bring."""
    bawa = [s.nama for s in daftar_syarat(kantor, isi) if s.wajib and s.kode != "foto-pengaju"]
    tempat = ", ".join(filter(None, [kantor.nama, kantor.alamat]))
    return [TIDAK_DAPAT, KE_KANTOR.format(kantor=tempat, berkas="; ".join(bawa))]


def buka_elektronik(
    kantor: Kantor, isi: Mapping[str, Any], berkas: Mapping[str, BerkasTersimpan], kontak: KontakPerkara
) -> Hasil:
    """Open the case of a recipient who sends from outside. isi: the cleaned answers of all pages, with `nomor_porsi`
    and `nik` (the pilgrim's).

    Raises IsianSalah (files under `unggah_<kode>`, the rest under `__all__`) and SudahAda. Sent twice, it answers with
    the first case and `sudah=True`.
    """
    porsi, penerima = _porsi(isi), _penerima(isi)
    if porsi is None or penerima is None:
        raise IsianSalah({"__all__": tidak_dapat(kantor, isi)})
    periksa_berkas(daftar_syarat(kantor, isi), berkas)
    sama = {"porsi": porsi, "pemohon__nik": penerima.nik}
    if lama := sudah_dikirim(Pelimpahan, kantor, kontak, **sama):
        return lama
    try:
        with transaction.atomic():
            return _buka(kantor, isi, porsi, penerima, berkas, kontak)
    except (SudahAda, IntegrityError) as galat:
        if lama := sudah_dikirim(Pelimpahan, kantor, kontak, **sama):
            return lama
        raise SudahAda(MASIH_TERBUKA) from galat


def _porsi(isi: Mapping[str, Any]) -> Porsi | None:
    """The porsi of this very pilgrim; None, whatever it is that does not fit together."""
    porsi = Porsi.objects.select_related("jemaah").filter(nomor=str(isi["nomor_porsi"])).first()
    if porsi is None or porsi.jemaah.nik != isi["nik"]:
        return None
    return porsi if _sama_orang(porsi.jemaah, isi["asal_nama"], isi["asal_tanggal_lahir"]) else None


def _penerima(isi: Mapping[str, Any]) -> Jemaah | None:
    """The recipient as stored, or not written yet; None when the NIK is known for somebody else."""
    nik = isi["nik_penerima"]
    lama = Jemaah.objects.filter(nik=nik).first()
    if lama is None:
        return Jemaah(nik=nik, **{n: isi[n] for n in DATA_PENERIMA})
    return lama if _sama_orang(lama, isi["nama"], isi["tanggal_lahir"]) else None


def _sama_orang(jemaah: Jemaah, nama: Any, lahir: Any) -> bool:
    return sama_nama(jemaah.nama, str(nama)) and jemaah.tanggal_lahir == lahir


def _beda(penerima: Jemaah, isi: Mapping[str, Any]) -> dict[str, str]:
    """What a known recipient states otherwise than it is stored: shown to the officer, not used."""
    ditulis = {n: str(isi[n]) for n in DATA_PENERIMA if isi.get(n) not in (None, "")}
    return {n: baru for n, baru in ditulis.items() if not sama_nama(str(getattr(penerima, n) or ""), baru)}


def _buka(
    kantor: Kantor, isi: Mapping[str, Any], porsi: Porsi, penerima: Jemaah, berkas: Mapping[str, BerkasTersimpan],
    kontak: KontakPerkara,
) -> Hasil:  # fmt: skip
    fakta: dict[str, Any] = {n: isi.get(n) for n in ("sebab", "hubungan", *KEADAAN)}
    fakta |= {
        "pemohon": penerima, "jemaah_asal": porsi.jemaah, "porsi": porsi, "tanggal_permohonan": hari_terima(kantor),
        KHUSUS: isi.get(KHUSUS) or "",
    }  # fmt: skip
    tujuan = {"bank": isi["bank_penerima"], "nomor": isi["nomor_rekening"]}
    calon = Pelimpahan(kantor=kantor, **fakta)
    calon.rekening = Rekening(jemaah=penerima, atas_nama=isi["atas_nama"], **tujuan)
    _periksa_aturan(calon, isi)
    beda = _beda(penerima, isi) if penerima.pk else {}
    if penerima.pk is None:
        penerima.save()
    rekening, _ = Rekening.objects.get_or_create(jemaah=penerima, **tujuan, defaults={"atas_nama": isi["atas_nama"]})
    return buka(
        Pelimpahan, kantor=kantor, oleh=Pemohon(None, kontak.alamat), saluran=Perkara.Saluran.ELEKTRONIK,
        isian=fakta | {"rekening": rekening, "isian_pemohon": beda}, data={"berkas": dict(berkas), "kontak": kontak},
    )  # fmt: skip


def _periksa_aturan(calon: Pelimpahan, isi: Mapping[str, Any]) -> None:
    """245/2021 A and B, judged by the recipient's own statement; the sentence about another porsi names no number."""
    disimpan = calon.pemohon
    calon.pemohon = Jemaah(pk=disimpan.pk, nik=disimpan.nik, **{n: isi[n] for n in DATA_PENERIMA})
    kalimat = gagal(calon, [aturan for aturan in ATURAN if aturan is not satu_porsi])
    kalimat += [] if satu_porsi(calon) else [PORSI_LAIN]
    calon.pemohon = disimpan
    if kalimat:
        raise IsianSalah({"__all__": kalimat})
