"""Invented transfers and what is filled in at each step: for the demo and for the contract tests."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from typing import Any

from django.utils import timezone

from haji_portal.akun.models import Kantor
from haji_portal.alur.jalankan import Hasil, buka
from haji_portal.alur.kalender import kalender_kantor
from haji_portal.alur.models import Permohonan
from haji_portal.berkas.contoh import foto_contoh, pdf_contoh, potret_contoh
from haji_portal.berkas.simpan import BerkasTersimpan
from haji_portal.dana.buku import catat_setoran
from haji_portal.jemaah.contoh import BANK, buat_jemaah, nomor_validasi, orang_contoh
from haji_portal.jemaah.models import Jemaah, PeristiwaPorsi, Porsi, Rekening, Setoran
from haji_portal.kabar.models import KontakPerkara
from haji_portal.meja.contoh import pembuka

from .elektronik import buka_elektronik, daftar_syarat
from .forms import PERTANYAAN
from .models import HariWawancara, Pelimpahan, Slot
from .slot import buat_slot, hari_untuk, slot_kosong
from .syarat import butir_kembali
from .tahap import Hubungan, Sebab

KELUARGA = (Hubungan.ANAK, Hubungan.SAUDARA, Hubungan.ISTRI, Hubungan.ANAK, Hubungan.SUAMI)


def buka_contoh(
    kantor: Kantor, urut: int, *, layanan: str = "", sebab: str = "", saluran: str = "", **isian: Any
) -> Hasil:
    """Open the transfer of an invented pilgrim's porsi; isian: fields of the case that shall stand otherwise."""
    if layanan == "pelimpahan-elektronik" or saluran == "elektronik":
        return buka_contoh_elektronik(kantor, urut, sebab or (Sebab.WAFAT, Sebab.SAKIT)[urut % 2])
    isi = isian_buka(kantor, urut, sebab or (Sebab.WAFAT, Sebab.SAKIT)[urut % 2]) | isian
    oleh = pembuka(Pelimpahan(kantor=kantor, saluran=saluran or "loket"))
    return buka(Pelimpahan, kantor=kantor, oleh=oleh, isian=isi, saluran=saluran or "loket")


def isian_buka(kantor: Kantor, urut: int, sebab: str) -> dict[str, Any]:
    """What is known at the opening: a pilgrim with deposit and porsi, and a relative with an account."""
    asal = buat_jemaah(kantor, urut)
    hubungan = KELUARGA[urut % len(KELUARGA)]
    penerima = buat_jemaah(
        kantor, urut + 500_000, tanggal_lahir=datetime.date(1988, 1 + urut % 12, 1 + urut % 28),
        email=f"penerima{urut}@contoh.example", **_kelamin(hubungan),
    )  # fmt: skip
    hari = kalender_kantor(kantor).buka_berikut(timezone.now()).date()
    setoran = setoran_contoh(asal, kantor, urut)
    rekening = Rekening.objects.create(
        jemaah=penerima, bank=setoran.bank, nomor=f"73{urut:08d}", atas_nama=penerima.nama.upper()
    )
    wafat = hari - datetime.timedelta(days=60 + urut % 300) if sebab == Sebab.WAFAT else None
    return {
        "pemohon": penerima, "jemaah_asal": asal, "porsi": setoran.porsi, "rekening": rekening, "sebab": sebab,
        "hubungan": hubungan, "tanggal_permohonan": hari, "tanggal_meninggal": wafat,
    }  # fmt: skip


def _kelamin(hubungan: str) -> dict[str, str]:
    return {Hubungan.ISTRI: {"jenis_kelamin": "P"}, Hubungan.SUAMI: {"jenis_kelamin": "L"}}.get(hubungan, {})  # type: ignore[call-overload]


def isi_elektronik(kantor: Kantor, urut: int, sebab: str) -> dict[str, Any]:
    """What a recipient answers on the phone, about an invented porsi that is written here; the recipient is new."""
    asal, hubungan = buat_jemaah(kantor, urut), KELUARGA[urut % len(KELUARGA)]
    setoran = setoran_contoh(asal, kantor, urut)
    lahir = datetime.date(1988, 1 + urut % 12, 1 + urut % 28)
    orang = orang_contoh(kantor, urut + 500_000, tanggal_lahir=lahir, **_kelamin(hubungan))
    hari = kalender_kantor(kantor).buka_berikut(timezone.now()).date()
    wafat = hari - datetime.timedelta(days=60 + urut % 300) if sebab == Sebab.WAFAT else None
    nomor = setoran.porsi.nomor if setoran.porsi else ""
    return orang | {
        "sebab": sebab, "hubungan": hubungan, "nomor_porsi": nomor, "nik": asal.nik,
        "asal_nama": asal.nama, "asal_tanggal_lahir": asal.tanggal_lahir, "tanggal_meninggal": wafat,
        "nik_penerima": orang["nik"], "agama": "islam", "email": f"penerima{urut}@contoh.example",
        "bank_penerima": setoran.bank, "nomor_rekening": f"73{urut:08d}", "atas_nama": orang["nama"].upper(),
    }  # fmt: skip


def kontak_contoh(urut: int) -> KontakPerkara:
    return KontakPerkara(saluran="email", alamat=f"penerima{urut}@contoh.example", diverifikasi=timezone.now())


def berkas_elektronik(kantor: Kantor, isi: Mapping[str, Any], benih: int = 0) -> dict[str, BerkasTersimpan]:
    """{kode: stored file} for every line that these answers ask for."""
    return {s.kode: berkas_satu(s.kode, s.nama, benih) for s in daftar_syarat(kantor, isi)}


def berkas_satu(kode: str, nama: str, benih: int = 0) -> BerkasTersimpan:
    return potret_contoh(benih) if kode == "foto-pengaju" else pdf_contoh(nama)


def buka_contoh_elektronik(kantor: Kantor, urut: int, sebab: str = Sebab.WAFAT) -> Hasil:
    """Send a transfer as an invented recipient does, with pictures and papers."""
    isi = isi_elektronik(kantor, urut, sebab)
    benih = urut % 3 * 2 + (isi["jenis_kelamin"] == "P")
    return buka_elektronik(kantor, isi, berkas_elektronik(kantor, isi, benih), kontak_contoh(urut))


def setoran_contoh(jemaah: Jemaah, kantor: Kantor, urut: int) -> Setoran:
    """The first deposit, with the porsi that it became."""
    hari, bank = timezone.localdate(), BANK[urut % len(BANK)]
    rekening = Rekening.objects.create(jemaah=jemaah, bank=bank, nomor=f"74{urut:08d}", atas_nama=jemaah.nama.upper())
    terbit = hari - datetime.timedelta(days=1_500)
    porsi = Porsi.objects.create(nomor=f"{2_600_000_000 + urut:010d}", jemaah=jemaah, kantor=kantor, terbit=terbit)
    PeristiwaPorsi.objects.create(
        porsi=porsi, jenis=PeristiwaPorsi.Jenis.TERBIT,
        waktu=datetime.datetime.combine(terbit, datetime.time(12), kantor.zona_waktu),
    )  # fmt: skip
    setoran = Setoran.objects.create(
        jemaah=jemaah, rekening=rekening, porsi=porsi, bank=bank, nomor_validasi=nomor_validasi(urut),
        jumlah=25_000_000, tanggal=terbit - datetime.timedelta(days=4),
    )  # fmt: skip
    catat_setoran(setoran)
    return setoran


def slot_contoh(p: Pelimpahan) -> Slot:
    """A free slot of the organiser's; a day is planned when there is none."""
    kosong = slot_kosong(hari_untuk(p).distinct()).first()
    if kosong is not None:
        return kosong
    kantor = p.kantor_penyelenggara()
    besok = kalender_kantor(kantor).buka_berikut(timezone.now() + datetime.timedelta(days=7)).date()
    hari = HariWawancara.objects.create(
        kantor=kantor, tanggal=besok, tempat="Aula Kantor Wilayah", alamat=kantor.alamat or "Jalan Contoh 1", meja=2
    )
    buat_slot(hari)
    return slot_kosong(hari_untuk(p).distinct())[0]


def hari_ini(p: Pelimpahan) -> dict[str, Any]:
    """The day of the appointment has come: without it nobody is noted as present or missing."""
    janji = p.janji_kini
    if janji is not None:
        kini = timezone.localdate(timezone=janji.slot.hari.kantor.zona_waktu)
        HariWawancara.objects.filter(pk=janji.slot.hari_id, tanggal__gt=kini).update(tanggal=kini)
    return {}


def isian(perkara: Permohonan, langkah: str) -> dict[str, Any]:
    """What somebody would fill in at a step, so that the case can go on."""
    return _isian(perkara).get(langkah, dict)()  # type: ignore[arg-type]


def _isian(p: Pelimpahan) -> dict[str, Callable[[], dict[str, Any]]]:
    benih = p.pk % 3 * 2 + (p.pemohon.jenis_kelamin == "P")
    alasan = {
        "perbaiki_surat": "Nama penerima pada surat belum lengkap.",
        "periksa_lagi": "Kartu keluarga diganti yang baru.",
        "serahkan_pusat": "Penerima tinggal di provinsi lain.",
        "batalkan_jadwal": "Aula dipakai kegiatan lain.", "batalkan_undangan": "Aula dipakai kegiatan lain.",
        "tinjau_ulang": "Catatan wawancara belum lengkap.", "hentikan": "Keluarga menarik permohonannya.",
        "hentikan_kantor": "Keluarga menarik permohonannya.", "cabut": "Keluarga memilih membatalkan porsinya.",
    }  # fmt: skip
    return {nama: lambda isi=isi: {"alasan": isi} for nama, isi in alasan.items()} | {
        "disposisikan": lambda: {"catatan": "Proses sesuai ketentuan."},
        "periksa_berkas": lambda: {"verdict": {b.kode: ("ada", "") for b in p.butir.all()}, "unggahan": {}},
        "perbaiki_rekening": lambda: {
            "bank": p.rekening.bank, "nomor": f"75{p.pk:08d}", "atas_nama": p.rekening.atas_nama,
            "bukti": pdf_contoh("Buku tabungan"),
        },
        "perbaiki_data": lambda: {
            "hubungan": Hubungan.SAUDARA, "semula": {"hubungan": p.hubungan}, "keterangan": "Menurut akta kelahiran.",
        },
        "kembalikan": lambda: {"catatan": "Mohon dibawa kembali pada jam layanan."},
        "kirim_perbaikan": lambda: {"unggahan": {b.kode: berkas_satu(b.kode, b.nama, benih) for b in butir_kembali(p)}},
        "serahkan_rekomendasi": lambda: {"penerima": p.pemohon.nama},
        "kirim_kanwil": lambda: {"arsip": pdf_contoh("Berkas pelimpahan")},
        "kembalikan_kantor": lambda: {"alasan": "Pindaian akta tidak terbaca.", "kekurangan": _kurang(p)},
        "kembalikan_asli": lambda: {"alasan": "Akta asli berbeda dari pindaian.", "kekurangan": _kurang(p)},
        "jadwalkan": lambda: {"slot": slot_contoh(p).pk},
        "jadwalkan_ulang": lambda: {"slot": slot_contoh(p).pk},
        "pindah_jadwal": lambda: {"slot": slot_contoh(p).pk, "alasan": "Penerima berobat pada hari itu."},
        "catat_hadir": lambda: hari_ini(p),
        "tidak_hadir": lambda: hari_ini(p) | {"alasan": "Penerima tidak datang sesuai undangan."},
        "luluskan": lambda: {
            "hasil": {
                "jawaban": dict.fromkeys(PERTANYAAN, True),
                "asli": [b.kode for b in p.butir.filter(verdict="ada")],
                "catatan": "Jawaban sesuai dokumen.",
            }
        },
        "ambil_foto": lambda: {"foto": foto_contoh(benih)},
        "serahkan_sph": lambda: {"penerima": p.pemohon.nama},
        "tolak": lambda: {"aturan": "245/2021 B", "penjelasan": "Surat kuasa tidak diketahui kepala desa."},
        "tolak_kanwil": lambda: {"aturan": "245/2021 B", "penjelasan": "Surat kuasa tidak diketahui kepala desa."},
        "nyatakan_tidak_lulus": lambda: {
            "aturan": "245/2021 C.7", "penjelasan": "Hubungan keluarga tidak dapat dibuktikan dokumen asli.",
        },
    }  # fmt: skip


def _kurang(p: Pelimpahan) -> dict[str, str]:
    satu = p.butir.filter(wajib=True).order_by("urut").first()
    return {satu.kode: "Pindaian tidak terbaca."} if satu else {}
