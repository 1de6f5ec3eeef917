"""Cancellation from outside (241/2021 A.3.c, C.2), the office's side: what a public page may open, and what not.

Whoever sends has shown a reachable contact, nothing more. So a case opens only on a porsi or deposit that the portal
knows, for a person whose name and birth date agree; nothing stored is changed, and no answer tells what is stored. The
case itself changes nothing at the porsi before the office and the centre have acted (docs/keputusan/0026).
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
from haji_portal.jemaah.models import Porsi, Rekening, Setoran
from haji_portal.kabar.models import KontakPerkara
from haji_portal.meja.masuk import hanya_pengakuan
from haji_portal.ptsp.ajukan.kirim import periksa_berkas, sudah_dikirim

from .isian import ATAS_PORSI, KEADAAN, PENGAJU
from .models import Pembatalan
from .syarat import ATURAN, PENGAJU_SAH, wajib_bersyarat
from .tahap import Pengaju, Sebab

DARI_RUMAH = (Sebab.MENINGGAL, Sebab.SENDIRI, Sebab.ALASAN_SAH, Sebab.BELUM_DAFTAR)
"""What the office itself must ask for, and what a bank undid, does not begin outside (241/2021 D.3, D.4)."""

TIDAK_DAPAT = (
    "Nomor dan data ini tidak dapat diproses dari rumah. Periksa nomor, NIK, nama, dan tanggal lahir jemaah: semuanya "
    "harus sama dengan KTP dan dengan SPH atau bukti setoran."
)
KE_KANTOR = (
    "Bila semuanya sudah benar, nomor ini belum dapat dikenali portal dan pembatalan dimulai di loket: datanglah ke "
    "{kantor}, pada jam layanan. Bawa KTP asli Anda dan berkas aslinya: {berkas}."
)
MASIH_TERBUKA = (
    "Masih ada permohonan yang sedang berjalan untuk porsi atau setoran ini. Lihat keadaannya lewat cek status, atau "
    "hubungi kantor."
)


def daftar_syarat(kantor: Kantor, isi: Mapping[str, Any]) -> list[SyaratBerkas]:
    """What must come along today for the answers so far; [] before the kind is known. In printed order, photo last.

    Lines with a condition stay open until it is known who asks, then they are required or left out.
    """
    sebab = isi.get("sebab")
    if sebab not in Sebab.values:
        return []
    hari_ini = timezone.localdate(timezone=kantor.zona_waktu)
    semua = SyaratBerkas.objects.untuk("pembatalan", sebab, kantor, hari_ini)
    punya = {s.kode for s in semua}
    semua += [
        s for s in SyaratBerkas.objects.untuk("pembatalan", "elektronik", kantor, hari_ini) if s.kode not in punya
    ]
    if not (pengaju := siapa(isi)):
        return semua
    # A draft keeps what was typed under another choice; only what concerns this one counts.
    berhalangan = pengaju != Pengaju.AHLI_WARIS and isi.get("berhalangan_tetap") in (True, "True")
    wajib = wajib_bersyarat(berhalangan=berhalangan, wafat=pengaju == Pengaju.AHLI_WARIS)
    diminta = [s for s in semua if s.wajib or wajib.get(s.kode, True)]
    for s in diminta:
        s.wajib = s.wajib or s.kode in wajib
    return diminta


def tidak_dapat(kantor: Kantor, isi: Mapping[str, Any]) -> list[str]:
    """What is told about everything that does not agree: what to look at again, then where to go and what to bring."""
    bawa = [s.nama for s in daftar_syarat(kantor, isi) if s.wajib and s.kode != "foto-pengaju"]
    tempat = ", ".join(filter(None, [kantor.nama, kantor.alamat]))
    return [TIDAK_DAPAT, KE_KANTOR.format(kantor=tempat, berkas="; ".join(bawa))]


def sebab_dari_rumah(kantor: Kantor) -> list[str]:
    """The kinds that can be asked for from outside here: a lawful reason only where the office has written its list."""
    hari_ini = timezone.localdate(timezone=kantor.zona_waktu)
    return [s for s in DARI_RUMAH if SyaratBerkas.objects.untuk("pembatalan", s, kantor, hari_ini)]


def siapa(isi: Mapping[str, Any]) -> str:
    """Who asks, by the answers so far: where only one may, nobody needed to say so; "" when it is not known."""
    # What the office begins itself does not come from outside, so it is nobody's here (241/2021 A.5.c, D.3).
    boleh = [p for p in PENGAJU_SAH.get(str(isi.get("sebab", "")), ()) if p != Pengaju.KANTOR]
    pengaju = boleh[0] if len(boleh) == 1 else str(isi.get("pengaju", ""))
    return pengaju if pengaju in boleh else ""


def buka_elektronik(
    kantor: Kantor, isi: Mapping[str, Any], berkas: Mapping[str, BerkasTersimpan], kontak: KontakPerkara
) -> Hasil:
    """Open the case of somebody who sends from outside. isi: the cleaned answers of all pages, with `nomor` and `nik`.

    Raises IsianSalah (files under `unggah_<kode>`, the rest under `__all__`) and SudahAda. Sent twice, it answers with
    the first case and `sudah=True`.
    """
    if not (temuan := _temukan(isi)):
        raise IsianSalah({"__all__": tidak_dapat(kantor, isi)})
    porsi, setoran = temuan
    periksa_berkas(daftar_syarat(kantor, isi), berkas)
    if lama := sudah_dikirim(Pembatalan, kantor, kontak, setoran=setoran):
        return lama
    try:
        with transaction.atomic():
            return _buka(kantor, isi, porsi, setoran, berkas, kontak)
    except (SudahAda, IntegrityError) as galat:
        if lama := sudah_dikirim(Pembatalan, kantor, kontak, setoran=setoran):
            return lama
        raise SudahAda(MASIH_TERBUKA) from galat


def _temukan(isi: Mapping[str, Any]) -> tuple[Porsi | None, Setoran] | None:
    """The porsi and its first deposit, or the deposit alone; None, whatever it is that does not fit together."""
    nomor, sebab = str(isi["nomor"]), isi["sebab"]
    setoran = Setoran.objects.select_related("jemaah", "porsi").filter(nomor_validasi=nomor).first()
    porsi: Porsi | None = None
    if sebab in ATAS_PORSI:
        porsi = Porsi.objects.filter(nomor=nomor).first() or (setoran.porsi if setoran else None)
        setoran = porsi.setoran_awal if porsi else None
    orang = setoran.jemaah if setoran else None
    cocok = (
        setoran is not None
        and orang is not None
        and setoran.dibatalkan is None
        and not hanya_pengakuan(setoran)
        and (sebab in ATAS_PORSI or setoran.porsi_id is None)
        and orang.nik == isi["nik"]
        and sama_nama(orang.nama, str(isi["nama"]))
        and orang.tanggal_lahir == isi["tanggal_lahir"]
    )
    return None if setoran is None or not cocok else (porsi, setoran)


def _buka(
    kantor: Kantor, isi: Mapping[str, Any], porsi: Porsi | None, setoran: Setoran,
    berkas: Mapping[str, BerkasTersimpan], kontak: KontakPerkara,
) -> Hasil:  # fmt: skip
    jemaah = setoran.jemaah
    fakta = {n: isi.get(n) or "" for n in ("sebab", "pengaju", "alasan", *PENGAJU)}
    fakta |= {n: isi.get(n) or (False if n == "berhalangan_tetap" else None) for n in KEADAAN}
    fakta |= {"pemohon": jemaah, "porsi": porsi, "setoran": setoran, "tanggal_permohonan": hari_terima(kantor)}
    tujuan = {"bank": isi["bank_tujuan"], "nomor": isi["nomor_rekening"]}
    ditulis = Rekening(jemaah=jemaah, atas_nama=isi["atas_nama"], **tujuan)
    calon = Pembatalan(kantor=kantor, rekening=ditulis, **fakta)
    if kalimat := gagal(calon, ATURAN):
        raise IsianSalah({"__all__": kalimat})
    rekening, _ = Rekening.objects.get_or_create(jemaah=jemaah, **tujuan, defaults={"atas_nama": isi["atas_nama"]})
    return buka(
        Pembatalan, kantor=kantor, oleh=Pemohon(None, kontak.alamat), saluran=Perkara.Saluran.ELEKTRONIK,
        isian=fakta | {"rekening": rekening}, data={"berkas": dict(berkas), "kontak": kontak},
    )  # fmt: skip
