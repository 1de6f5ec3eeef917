"""Registration by phone (Kepdirjen PHU 244/2021 D), the office's side: what a public page may open, and what not.

Whoever sends has shown a reachable e-mail address or phone, nothing more. What is stored of a known person stays as it
is: blanks are filled, what differs is kept with the case until an officer decides, and no answer tells what is stored.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Model
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
from haji_portal.jemaah.models import Jemaah, Rekening, Setoran
from haji_portal.jemaah.nik import normalkan_telepon, periksa_nik
from haji_portal.jemaah.periksa import TAHUN_TERTUA, nomor_validasi
from haji_portal.kabar.models import KontakPerkara
from haji_portal.meja.masuk import hanya_pengakuan
from haji_portal.ptsp.ajukan.kirim import periksa_berkas, sudah_dikirim

from .models import Pendaftaran
from .syarat import ATURAN_PENDAFTAR, hadir_sendiri

WAJIB = (
    "nik", "nama", "tempat_lahir", "tanggal_lahir", "jenis_kelamin", "agama", "alamat", "kabupaten", "bank",
    "nomor_validasi", "jumlah", "tanggal_setoran", "nomor_rekening", "atas_nama", "status_haji",
)  # fmt: skip
DATA_JEMAAH = (
    "tempat_lahir", "jenis_kelamin", "agama", "alamat", "kelurahan", "kecamatan", "kabupaten", "provinsi", "kode_pos",
    "alamat_tinggal", "telepon", "telepon_rumah", "email", "nama_ayah", "pendidikan", "pekerjaan", "status_kawin",
    "golongan_darah", "rambut", "alis", "hidung", "wajah", "tinggi_cm", "berat_kg",
)  # fmt: skip
# News of this person's other cases goes there: a public sender does not even fill it in for a known person.
KONTAK = ("telepon", "telepon_rumah", "email")
ATURAN = [aturan for aturan in ATURAN_PENDAFTAR if aturan is not hadir_sendiri]

BEDA_ORANG = (
    "Data ini tidak cocok dengan catatan untuk NIK tersebut. Periksa NIK, nama, dan tanggal lahir seperti tertulis "
    "pada KTP. Bila sudah benar, datanglah ke kantor dengan membawa KTP."
)
SETORAN_ORANG = (
    "Nomor validasi ini tidak dapat dipakai. Periksa nomor pada bukti setoran Anda. Bila sudah benar, datanglah ke "
    "kantor dengan membawa bukti setoran."
)
SETORAN_TERPAKAI = "Setoran ini sudah dipakai untuk nomor porsi yang terbit."
SETORAN_BATAL = (
    "Setoran ini sudah dibatalkan, jadi nomor validasinya tidak dapat dipakai lagi. Untuk mendaftar, lakukan setoran "
    "awal yang baru di bank."
)
MASIH_TERBUKA = (
    "Masih ada pendaftaran yang sedang berjalan untuk NIK atau setoran ini. Lihat keadaannya lewat cek status, atau "
    "hubungi kantor."
)


def daftar_syarat(kantor: Kantor, isi: Mapping[str, Any] | None = None) -> list[SyaratBerkas]:
    """What an electronic registration in this office must bring today, in printed order, the three photos included."""
    hari_ini = timezone.localdate(timezone=kantor.zona_waktu)
    return SyaratBerkas.objects.untuk("pendaftaran", "elektronik", kantor, hari_ini)


def buka_elektronik(
    kantor: Kantor, isi: Mapping[str, Any], berkas: Mapping[str, BerkasTersimpan], kontak: KontakPerkara
) -> Hasil:
    """Open the case of an applicant who sends from outside. Files must be stored before, outside any transaction.

    isi: cleaned values. Needed: WAJIB (tanggal_lahir and tanggal_setoran are dates, jumlah is a whole number of
    rupiah); welcome: haji_terakhir (date), pengecualian, and whatever else DATA_JEMAAH names. berkas: one stored file
    per code of `daftar_syarat`. kontak: an unsaved KontakPerkara with saluran, alamat and diverifikasi.
    Raises IsianSalah (`galat`: name -> sentences; files under `unggah_<kode>`, rules under `__all__`) and SudahAda.
    Sent twice, it answers with the first case and `sudah=True`.
    """
    bersih = _bersihkan(isi)
    sama = {"pemohon__nik": bersih["nik"], "setoran__nomor_validasi": bersih["nomor_validasi"]}
    if lama := sudah_dikirim(Pendaftaran, kantor, kontak, **sama):
        return lama
    periksa_berkas(daftar_syarat(kantor), berkas)
    try:
        with transaction.atomic():
            return _buka(kantor, bersih, berkas, kontak)
    except (SudahAda, IntegrityError) as galat:
        # The other one of two simultaneous clicks, or a registration of this person or deposit that is under way.
        if lama := sudah_dikirim(Pendaftaran, kantor, kontak, **sama):
            return lama
        raise SudahAda(MASIH_TERBUKA) from galat


def _bersihkan(isi: Mapping[str, Any]) -> dict[str, Any]:
    """The values that are stored, normalised; IsianSalah names every field that is missing or of a wrong shape."""
    lain = ("nik", "nama", "tanggal_lahir", "haji_terakhir", "pengecualian")
    bersih: dict[str, Any] = {n: isi.get(n) for n in (*WAJIB, *DATA_JEMAAH, *lain)}
    bersih = {n: nilai.strip() if isinstance(nilai, str) else nilai for n, nilai in bersih.items()}
    galat = {n: ["Isian ini wajib diisi."] for n in WAJIB if bersih[n] in (None, "")}
    for nama, periksa in {
        "nik": periksa_nik, "nomor_validasi": nomor_validasi, "telepon": normalkan_telepon,
        "telepon_rumah": normalkan_telepon,
    }.items():  # fmt: skip
        if nama in galat or not bersih[nama]:
            continue
        try:
            hasil = periksa(bersih[nama])
            bersih[nama] = hasil if isinstance(hasil, str) else bersih[nama]
        except ValidationError as salah:
            galat[nama] = salah.messages
        except ValueError as salah:
            galat[nama] = [str(salah)]
    galat |= {n: [kalimat] for n, kalimat in _hari_salah(bersih).items() if n not in galat}
    if galat:
        raise IsianSalah(galat)
    _periksa_model(_setoran_baru(bersih), "jemaah", "rekening", "porsi", tanggal="tanggal_setoran")
    rekening = Rekening(bank=bersih["bank"], nomor=bersih["nomor_rekening"], atas_nama=bersih["atas_nama"])
    _periksa_model(rekening, "jemaah", nomor="nomor_rekening")
    return bersih


def _hari_salah(isi: dict[str, Any]) -> dict[str, str]:
    """Dates that are none, lie ahead, or are older than any person living."""
    hari_ini, galat = timezone.localdate(), {}
    for nama in ("tanggal_lahir", "tanggal_setoran", "haji_terakhir"):
        hari = isi[nama]
        if hari is None and nama == "haji_terakhir":
            continue
        if type(hari) is not datetime.date or not hari.year >= TAHUN_TERTUA or hari > hari_ini:
            galat[nama] = "Tanggal ini tidak wajar. Periksa tanggal, bulan, dan tahunnya."
    return galat


def _buka(kantor: Kantor, isi: dict[str, Any], berkas: Mapping[str, BerkasTersimpan], kontak: KontakPerkara) -> Hasil:
    jemaah, beda = _jemaah(isi)
    setoran_lama = _setoran_dikenal(isi)
    calon = Jemaah(pk=jemaah.pk, nik=isi["nik"], **_data_calon(jemaah, isi))
    fakta = {
        "status_haji": isi["status_haji"], "haji_terakhir": isi["haji_terakhir"],
        "pengecualian": isi["pengecualian"] or "", "tanggal_daftar": hari_terima(kantor),
    }  # fmt: skip
    _periksa_aturan(Pendaftaran(kantor=kantor, pemohon=calon, **fakta), isi["atas_nama"])
    jemaah.save()
    rekening, _ = Rekening.objects.get_or_create(
        jemaah=jemaah, bank=isi["bank"], nomor=isi["nomor_rekening"], defaults={"atas_nama": isi["atas_nama"]}
    )
    setoran = setoran_lama or _setoran_baru(isi)
    if setoran_lama is None:
        setoran.jemaah, setoran.rekening = jemaah, rekening
        # The row of a statement that nobody stands on any more (`hanya_pengakuan`) is written over.
        setoran.pk = Setoran.objects.filter(nomor_validasi=isi["nomor_validasi"]).values_list("pk", flat=True).first()
        setoran.save()
    beda |= _beda_setoran(setoran, rekening, isi)
    return buka(
        Pendaftaran, kantor=kantor, oleh=Pemohon(None, kontak.alamat), saluran=Perkara.Saluran.ELEKTRONIK,
        isian=fakta | {"pemohon": jemaah, "setoran": setoran, "rekening": rekening, "isian_pemohon": beda},
        data={"berkas": dict(berkas), "kontak": kontak},
    )  # fmt: skip


def _jemaah(isi: dict[str, Any]) -> tuple[Jemaah, dict[str, str]]:
    """The stored person with blanks filled in and what differs, or a new one. Raises IsianSalah for another person."""
    nilai = {n: isi[n] for n in DATA_JEMAAH if isi[n] not in (None, "")}
    baru = Jemaah(nik=isi["nik"], nama=isi["nama"], tanggal_lahir=isi["tanggal_lahir"], **nilai)
    _periksa_model(baru, "nik_hash")
    jemaah = Jemaah.objects.select_for_update().filter(nik=isi["nik"]).first()
    if jemaah is None:
        return baru, {}
    if not sama_nama(jemaah.nama, isi["nama"]) or jemaah.tanggal_lahir != isi["tanggal_lahir"]:
        raise IsianSalah({"__all__": [BEDA_ORANG]})
    beda = {}
    for nama, baru_ini in nilai.items():
        lama = getattr(jemaah, nama)
        if lama in (None, "") and nama not in KONTAK:
            setattr(jemaah, nama, baru_ini)
        elif not _sama(lama, baru_ini):
            beda[nama] = str(baru_ini)
    return jemaah, beda


def _data_calon(jemaah: Jemaah, isi: dict[str, Any]) -> dict[str, Any]:
    """What the rules judge at sending: the applicant's own statement, so that the answer tells nothing stored."""
    return {
        "nama": isi["nama"], "tanggal_lahir": isi["tanggal_lahir"], "agama": isi["agama"],
        "kabupaten": isi["kabupaten"], "jenis_kelamin": jemaah.jenis_kelamin,
    }  # fmt: skip


def _sama(lama: Any, baru: Any) -> bool:
    return sama_nama(str(lama if lama is not None else ""), str(baru))


def _setoran_dikenal(isi: dict[str, Any]) -> Setoran | None:
    """A deposit that the bank or the desk recorded, or an open case stands on; None when the statement is the first."""
    setoran = Setoran.objects.filter(nomor_validasi=isi["nomor_validasi"]).select_related("jemaah").first()
    if setoran is None or hanya_pengakuan(setoran):
        return None
    if setoran.jemaah.nik != isi["nik"]:
        raise IsianSalah({"nomor_validasi": [SETORAN_ORANG]})
    if setoran.dibatalkan:
        raise IsianSalah({"nomor_validasi": [SETORAN_BATAL]})
    if setoran.porsi_id:
        raise IsianSalah({"nomor_validasi": [SETORAN_TERPAKAI]})
    return setoran


def _setoran_baru(isi: dict[str, Any]) -> Setoran:
    return Setoran(
        bank=isi["bank"], nomor_validasi=isi["nomor_validasi"], jumlah=isi["jumlah"], tanggal=isi["tanggal_setoran"],
        sumber=Setoran.Sumber.PEMOHON,
    )  # fmt: skip


def _beda_setoran(setoran: Setoran, rekening: Rekening, isi: dict[str, Any]) -> dict[str, str]:
    """What the applicant stated of a known deposit and account otherwise than the bank or the desk: shown, not used."""
    pasangan = {
        "setoran.bank": (setoran.bank, isi["bank"]),
        "setoran.jumlah": (int(setoran.jumlah), isi["jumlah"]),
        "setoran.tanggal": (setoran.tanggal.isoformat(), _hari(isi["tanggal_setoran"])),
        "rekening.atas_nama": (rekening.atas_nama, isi["atas_nama"]),
    }
    return {nama: str(baru) for nama, (lama, baru) in pasangan.items() if not _sama(lama, baru)}


def _hari(hari: datetime.date) -> str:
    return hari.isoformat()


def _periksa_model(row: Model, *kecuali: str, **sebutan: str) -> None:
    """Shape and length of the values of one row; `sebutan` gives the applicant's field for a column."""
    try:
        row.clean_fields(exclude=set(kecuali))
    except ValidationError as galat:
        raise IsianSalah({sebutan.get(nama, nama): isi for nama, isi in galat.message_dict.items()}) from galat


def _periksa_aturan(calon: Pendaftaran, atas_nama: str) -> None:
    """244/2021 A and B, all but the presence in person, which the comparison of the photos stands for."""
    diisi = {"status_haji", "pengecualian"}
    _periksa_model(calon, *(f.name for f in Pendaftaran._meta.concrete_fields if f.name not in diisi))
    calon.rekening = Rekening(jemaah=calon.pemohon, atas_nama=atas_nama)
    if kalimat := gagal(calon, ATURAN):
        raise IsianSalah({"__all__": kalimat})
