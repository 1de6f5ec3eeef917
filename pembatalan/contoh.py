"""Invented cancellations and what is filled in at each step: for the demo and for the contract tests."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from typing import Any

from django.utils import timezone

from haji_portal.akun.models import Kantor
from haji_portal.alur.jalankan import Hasil, buka
from haji_portal.alur.kalender import kalender_kantor
from haji_portal.alur.models import SOP, Permohonan
from haji_portal.alur.posisi import langkah_berikut
from haji_portal.berkas.contoh import foto_contoh, pdf_contoh, potret_contoh
from haji_portal.berkas.simpan import BerkasTersimpan
from haji_portal.dana import contoh as contoh_dana
from haji_portal.jemaah.contoh import BANK, buat_jemaah, nik_contoh, nomor_validasi
from haji_portal.jemaah.models import Jemaah, PeristiwaPorsi, Porsi, Rekening, Setoran
from haji_portal.kabar.models import KontakPerkara
from haji_portal.meja.contoh import Pelaksana, pembuka

from .elektronik import buka_elektronik, daftar_syarat
from .isian import PENGAJU
from .models import Jurnal, Pembatalan, Reversal
from .syarat import butir_kembali
from .tahap import VALIDASI, Pengaju, Sebab, Status

BERGILIR = (Sebab.SENDIRI, Sebab.MENINGGAL, Sebab.BELUM_DAFTAR)
"""What people ask for at a counter, in turn."""


def buka_contoh(
    kantor: Kantor, urut: int, *, layanan: str = "", sebab: str = "", saluran: str = "loket", **isian: Any
) -> Hasil:
    """Open the cancellation of an invented pilgrim; layanan names the table where it is not the counter's.

    isian: fields of the case that shall stand otherwise.
    """
    if layanan == "pembatalan-validasi-reversal":
        return buka_contoh_reversal(kantor, urut)
    if not sebab:
        sebab = Sebab.TIDAK_MEMENUHI if layanan else BERGILIR[urut % len(BERGILIR)]
    isi = isian_buka(kantor, urut, sebab) | isian
    return buka(Pembatalan, kantor=kantor, oleh=pembuka(Pembatalan(kantor=kantor, sebab=sebab)), isian=isi,
                saluran=saluran)  # fmt: skip


def isian_buka(kantor: Kantor, urut: int, sebab: str) -> dict[str, Any]:
    """What is known at the opening: a pilgrim with deposit and porsi, and who asks for the cancellation."""
    jemaah = buat_jemaah(kantor, urut)
    hari = kalender_kantor(kantor).buka_berikut(timezone.now()).date()
    isi: dict[str, Any] = {"pemohon": jemaah, "sebab": sebab, "tanggal_permohonan": hari}
    if sebab == Sebab.MENINGGAL:
        isi |= ahli_waris(kantor, urut) | {"tanggal_meninggal": hari - datetime.timedelta(days=40)}
    if sebab in (Sebab.TIDAK_MEMENUHI, Sebab.ALASAN_SAH):
        isi |= {"pengaju": Pengaju.KANTOR, "alasan": "Jemaah sudah berhaji kurang dari sepuluh tahun yang lalu."}
    setoran = setoran_contoh(jemaah, kantor, urut, berporsi=sebab not in VALIDASI)
    rekening = setoran.rekening
    if nama := isi.get("nama_pengaju"):
        rekening = Rekening.objects.create(
            jemaah=jemaah, bank=setoran.bank, nomor=f"71{urut:08d}", atas_nama=nama.upper()
        )
    return isi | {"setoran": setoran, "porsi": setoran.porsi, "rekening": rekening}


def batal_contoh(kantor: Kantor, urut: int) -> Pembatalan:
    """A cancellation that is over, its money in the pilgrim's account: one row without its steps, for what follows."""
    isi = isian_buka(kantor, urut, Sebab.SENDIRI)
    porsi, kini = isi["porsi"], timezone.now()
    p = Pembatalan(
        kantor=kantor, jenis="pembatalan", status=Status.SELESAI, tahap=Status.SELESAI, dibuka=kini, ditutup=kini,
        nomor=f"{kantor.kode_perkara}-PB-{kini:%y}-{urut:06d}", dibatalkan_pada=kini, **isi,
    )  # fmt: skip
    p.sop = SOP.untuk("pembatalan", kantor.slug)
    p.save(force_insert=True)
    Setoran.objects.filter(porsi=porsi).update(dibatalkan=kini)
    porsi.status = Porsi.Status.BATAL
    porsi.save(update_fields=["status"])
    PeristiwaPorsi.objects.create(porsi=porsi, jenis=PeristiwaPorsi.Jenis.BATAL, waktu=kini, rujukan=p.nomor)
    return p


def setoran_contoh(jemaah: Jemaah, kantor: Kantor, urut: int, *, berporsi: bool) -> Setoran:
    """The first deposit, with the porsi that it became; every other porsi is paid up."""
    hari, bank = timezone.localdate(), BANK[urut % len(BANK)]
    rekening = Rekening.objects.create(jemaah=jemaah, bank=bank, nomor=f"70{urut:08d}", atas_nama=jemaah.nama.upper())
    porsi = None
    if berporsi:
        terbit = hari - datetime.timedelta(days=900)
        porsi = Porsi.objects.create(nomor=f"{2_400_000_000 + urut:010d}", jemaah=jemaah, kantor=kantor, terbit=terbit)
        siang = datetime.datetime.combine(terbit, datetime.time(12), kantor.zona_waktu)
        PeristiwaPorsi.objects.create(
            porsi=porsi, jenis=PeristiwaPorsi.Jenis.TERBIT, waktu=siang, keterangan="Terbit sebelum portal dipakai"
        )
    umum = {"jemaah": jemaah, "rekening": rekening, "porsi": porsi, "bank": bank}
    if porsi and urut % 2 == 0:
        Setoran.objects.create(
            jenis=Setoran.Jenis.LUNAS,
            nomor_validasi=nomor_validasi(urut) + "L",
            jumlah=30_000_000,
            tanggal=hari,
            **umum,
        )
    return Setoran.objects.create(
        nomor_validasi=nomor_validasi(urut), jumlah=25_000_000, tanggal=hari - datetime.timedelta(days=930), **umum
    )


def ahli_waris(kantor: Kantor, urut: int) -> dict[str, Any]:
    lahir = datetime.date(1985, 3, 1 + urut % 28)
    return {
        "pengaju": Pengaju.AHLI_WARIS, "nama_pengaju": f"Ahli Waris {urut}", "hubungan_pengaju": "anak kandung",
        "nik_pengaju": nik_contoh(kantor.kode_wilayah, lahir, "P", urut), "alamat_pengaju": f"Jalan Contoh {urut}",
        "telepon_pengaju": f"+62813000{urut:05d}",
    }  # fmt: skip


def isi_elektronik(kantor: Kantor, urut: int, sebab: str) -> dict[str, Any]:
    """What an heir or a pilgrim answers on the phone, about an invented porsi or deposit that is written here."""
    isi = isian_buka(kantor, urut, sebab)
    jemaah, setoran, rekening = isi["pemohon"], isi["setoran"], isi["rekening"]
    orang = {n: getattr(jemaah, n) for n in ("nik", "nama", "tanggal_lahir")}
    tujuan = {"bank_tujuan": rekening.bank, "nomor_rekening": rekening.nomor, "atas_nama": rekening.atas_nama}
    nomor = setoran.porsi.nomor if setoran.porsi else setoran.nomor_validasi
    dipakai = ("pengaju", "tanggal_meninggal", *PENGAJU)
    return {"sebab": sebab, "nomor": nomor, "pengaju": Pengaju.JEMAAH} | orang | tujuan | {
        n: isi[n] for n in dipakai if n in isi
    }  # fmt: skip


def kontak_contoh(urut: int) -> KontakPerkara:
    return KontakPerkara(saluran="email", alamat=f"keluarga{urut}@contoh.example", diverifikasi=timezone.now())


def berkas_elektronik(kantor: Kantor, isi: Mapping[str, Any], benih: int = 0) -> dict[str, BerkasTersimpan]:
    """{kode: stored file} for every line that these answers ask for."""
    return {s.kode: berkas_satu(s.kode, s.nama, benih) for s in daftar_syarat(kantor, isi)}


def berkas_satu(kode: str, nama: str, benih: int = 0) -> BerkasTersimpan:
    return potret_contoh(benih) if kode == "foto-pengaju" else pdf_contoh(nama)


def buka_contoh_elektronik(kantor: Kantor, urut: int, sebab: str = Sebab.MENINGGAL) -> Hasil:
    """Send a cancellation as an invented heir or pilgrim does, with pictures and papers."""
    isi = isi_elektronik(kantor, urut, sebab)
    return buka_elektronik(kantor, isi, berkas_elektronik(kantor, isi, urut % 6), kontak_contoh(urut))


def buka_contoh_reversal(kantor: Kantor, urut: int) -> Hasil:
    """A bank undid a deposit that has its nomor validasi, but no porsi; kantor: the centre."""
    setoran = setoran_contoh(buat_jemaah(kantor, urut, kabupaten="Kabupaten Contoh"), kantor, urut, berporsi=False)
    isi = {
        "pemohon": setoran.jemaah, "setoran": setoran, "tanggal_reversal": timezone.localdate(),
        "nomor_surat_bank": f"RV-{urut:04d}/2026", "alasan": "Setoran dibatalkan pada hari yang sama.",
    }  # fmt: skip
    oleh = pembuka(Reversal(kantor=kantor, setoran=setoran))
    return buka(
        Reversal, kantor=kantor, oleh=oleh, isian=isi, saluran="bps", data={"surat_bank": pdf_contoh("Surat bank")}
    )


def isian(perkara: Permohonan, langkah: str) -> dict[str, Any]:
    """What somebody would fill in at a step, so that the case can go on."""
    khusus = {Pembatalan: _isian_pembatalan, Reversal: _isian_reversal}.get(type(perkara))
    umum: dict[str, Callable[[], dict[str, Any]]] = {
        "kembalikan": lambda: {"alasan": "Nomor rekening satu perkara tidak sesuai buku tabungannya."},
    }
    buat = khusus(perkara) if khusus else umum  # type: ignore[operator]
    return buat.get(langkah, dict)()


def _isian_pembatalan(p: Pembatalan) -> dict[str, Callable[[], dict[str, Any]]]:
    benih = p.pk % 3 * 2 + (p.pemohon.jenis_kelamin == "P")
    alasan = {
        "perbaiki_surat": "Nama bank pada surat belum lengkap.", "kembalikan_data": "Nomor rekening salah ketik.",
        "kembalikan_kantor": "Pindaian buku tabungan tidak terbaca.", "keluarkan_jurnal": "Diperiksa lagi dahulu.",
        "periksa_lagi": "Buku tabungan diganti yang baru.",
        "cabut": "Keluarga memilih melimpahkan porsinya.",
    }  # fmt: skip
    return {nama: lambda isi=isi: {"alasan": isi} for nama, isi in alasan.items()} | {
        "periksa_berkas": lambda: {"verdict": {b.kode: ("ada", "") for b in p.butir.all()}, "unggahan": {}},
        "perbaiki_rekening": lambda: {
            "bank": p.rekening.bank,
            "nomor": f"72{p.pk:08d}",
            "atas_nama": p.rekening.atas_nama,
            "bukti": pdf_contoh("Buku tabungan"),
        },
        "perbaiki_data": lambda: {
            "alasan": "Keluarga sudah bersepakat.",
            "semula": {"alasan": p.alasan},
            "keterangan": "Alasan belum tertulis.",
        },
        "ambil_foto": lambda: {"foto": foto_contoh(benih)},
        "kembalikan": lambda: {"catatan": "Mohon dibawa kembali pada jam layanan."},
        "kirim_perbaikan": lambda: {"unggahan": {b.kode: berkas_satu(b.kode, b.nama, benih) for b in butir_kembali(p)}},
        "disposisikan": lambda: {"catatan": "Proses sesuai ketentuan."},
        "pindai_berkas": lambda: {"arsip": pdf_contoh("Berkas pembatalan")},
        "input_siskohat": lambda: {"arsip": pdf_contoh("Berkas pembatalan")},
        "serahkan_bukti": lambda: {"penerima": p.nama_pengaju or p.pemohon.nama},
        "input_pembatalan": lambda: {"bukti": pdf_contoh("Bukti Siskohat")},
        "tolak": lambda: {"aturan": "241/2021 A.4", "penjelasan": "Surat permohonan tidak ditandatangani jemaah."},
    }


def _isian_reversal(r: Reversal) -> dict[str, Callable[[], dict[str, Any]]]:
    return {
        "batalkan": lambda: {"bukti": pdf_contoh("Bukti Siskohat")},
        "kembalikan": lambda: {"alasan": "Surat bank tidak menyebut nomor validasi."},
        "lengkapi": lambda: {"surat_bank": pdf_contoh("Surat bank")},
        "tolak": lambda: {"alasan": "Setoran ini tidak pernah dibatalkan bank."},
    }


def siapkan(pelaksana: Pelaksana, perkara: Permohonan, langkah: str) -> None:
    """What happens in the cases beside this one before the step: the journal is signed, the money arrives."""
    if not isinstance(perkara, Pembatalan):
        return
    if langkah == "ajukan_pengembalian" and perkara.dalam_jurnal is not None:
        selesaikan(pelaksana, Jurnal.objects.get(pk=perkara.dalam_jurnal.pk), isian)
    if langkah == "dana_diterima":
        for satu in perkara.anak.filter(jenis="pengembalian", ditutup__isnull=True):
            selesaikan(pelaksana, satu.rinci(), contoh_dana.isian)


def selesaikan(pelaksana: Pelaksana, perkara: Any, isi: Callable[[Any, str], dict[str, Any]]) -> None:
    """Along the plain way to the end, each step by somebody who may."""
    while perkara.ditutup is None:
        berikut = langkah_berikut(perkara)
        if berikut is None:
            raise LookupError(f"nothing follows in {perkara.nomor}")
        perkara = pelaksana.lakukan(perkara, berikut.nama, isi(perkara, berikut.nama)).perkara
