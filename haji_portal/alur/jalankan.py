"""The only door through which a case changes its status; for pages, API, callbacks, tasks and admin alike."""

from __future__ import annotations

import datetime
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.apps import apps
from django.core.exceptions import ValidationError
from django.core.serializers.json import DjangoJSONEncoder
from django.db import IntegrityError, transaction
from django.db.models import BaseConstraint
from django.utils import timezone

from haji_portal.akun.models import Kantor, Pengguna, Penugasan, Peran

from . import efek
from .apps import model_perkara
from .catatan import tulis_riwayat
from .deklarasi import Langkah, cari_langkah, langkah_dari
from .galat import Basi, IsianSalah, LangkahGagal, SalahTahap, SudahAda, Tertutup, TidakBerhak
from .giliran import kantor_peran, libatkan, perbarui_giliran, terhalang_oleh_kendali
from .models import SOP, Efek, Kunci, Perkara, Permohonan, Riwayat
from .models.perkara import nomor_baru
from .pelaku import Pelaku, Pemohon, Petugas
from .penutupan import periksa_dibuka
from .posisi import berlaku_di, gerbang_lebih_dulu, kurang_sebelum, peran_langkah, peran_pembuka, sudah_dilakukan
from .tenggat import perbarui_tenggat

saat_pindah: list[Callable[[Permohonan, Riwayat], None]] = []
"""What the floors above do inside the transaction of every step that moves a case; they write rows and nothing else."""


@dataclass(frozen=True)
class Hasil:
    """perkara: the case after the step; riwayat: its row; sudah: True when this very step had been done before."""

    perkara: Permohonan
    riwayat: Riwayat
    sudah: bool = False


def jalankan(
    perkara: Perkara, langkah: str, *, oleh: Pelaku, versi: int | None, data: Mapping[str, Any] | None = None
) -> Hasil:
    """Take one step of a case, whole or not at all.

    versi: the version the actor saw; a repeat of the same step by the same actor from the same version answers
    `sudah=True`. None is for tasks of the portal itself only.
    data: cleaned values of the step's form, passed to the transition as keywords.
    Raises TidakBerhak (403), Basi, SalahTahap, Tertutup, SudahAda (409), IsianSalah (422): each with its sentence.
    Nothing outside the database happens here; what must follow is written as Efek.
    """
    if versi is None and oleh.jenis != "sistem":
        raise Basi("Muat ulang halaman ini, lalu ulangi langkahnya.")
    try:
        with transaction.atomic():
            kepala = Perkara.objects.select_for_update().get(pk=perkara.pk)
            ulangan = _ulangan(kepala, langkah, oleh, versi)
            if ulangan is not None:
                return Hasil(kepala.rinci(), ulangan, sudah=True)
            if versi is not None and kepala.versi != versi:
                raise Basi(_kalimat_basi(kepala))
            isi = kepala.rinci()
            # The compare-and-swap must swap the version that was compared, should the row lock ever be missing.
            isi.versi = kepala.versi
            pilihan = cari_di_tahap(isi, langkah)
            periksa_pelaku(isi, pilihan, oleh)
            periksa_syarat(isi, pilihan)
            return _laksanakan(isi, pilihan, oleh, dict(data or {}))
    except IntegrityError as galat:
        raise SudahAda(_kalimat_ganda(galat)) from galat


def buka(
    model: type[Permohonan],
    *,
    kantor: Kantor,
    oleh: Pelaku,
    isian: Mapping[str, Any],
    saluran: str = Perkara.Saluran.LOKET,
    data: Mapping[str, Any] | None = None,
) -> Hasil:
    """Open a case in its first status and record it as the step `ajukan`.

    isian: model fields of the case. data: passed to the model's `saat_dibuka(**data)` hook, inside the transaction.
    Raises TidakBerhak, LayananTutup, SudahAda (another open case holds the same key), IsianSalah.
    """
    waktu = timezone.now()
    try:
        with transaction.atomic():
            perkara = _calon(model, kantor, saluran, waktu, isian)
            perkara.jenis = model.jenis_perkara()
            perkara.tahap = str(perkara.status)
            perkara.nomor = _nomor_bebas(perkara, waktu)
            _periksa_pembuka(perkara, oleh)
            periksa_dibuka(perkara.jenis, kantor, waktu)
            perkara.save(force_insert=True)
            if isinstance(oleh, Pemohon):
                oleh = replace(oleh, perkara=perkara)
            _pegang_kunci(perkara)
            if isinstance(oleh, Petugas):
                libatkan(perkara, [oleh.penugasan.kantor])
            perkara.pelaku, perkara.waktu = oleh, waktu
            _panggil(perkara.saat_dibuka, dict(data or {}))
            return _catat(perkara, "ajukan", perkara.label_ajukan(), "", oleh, dict(data or {}), perkara.efek_ajukan())
    except IntegrityError as galat:
        raise SudahAda(_kalimat_ganda(galat)) from galat


def _calon(
    model: type[Permohonan], kantor: Kantor, saluran: str, waktu: datetime.datetime, isian: Mapping[str, Any]
) -> Permohonan:
    """The unsaved case with its table, in the status in which it begins."""
    umum = {"kantor": kantor, "saluran": saluran, "dibuka": waktu, **isian}
    perkara = model(**umum)
    if model.PUNYA_SOP:
        perkara.sop = SOP.untuk(perkara.layanan_sop(), kantor.slug, perkara.varian(), timezone.localdate(waktu))
    if (awal := perkara.status_awal()) != perkara.status:
        # A protected field takes its first value only when the object is made.
        perkara = model(status=awal, **umum | {"sop": perkara.sop})
    return perkara


def catat_kejadian(
    perkara: Perkara,
    nama: str,
    label: str,
    oleh: Pelaku,
    versi: int,
    isi: dict[str, Any],
    ubah: Callable[[Permohonan], None],
) -> Hasil:
    """Record something that is no step of the machine (a pause, an extension): same lock, version and history.

    `ubah(case)` makes the change inside the transaction. Raises Basi when the case moved on.
    """
    with transaction.atomic():
        kepala = Perkara.objects.select_for_update().get(pk=perkara.pk)
        ulangan = _ulangan(kepala, nama, oleh, versi)
        if ulangan is not None:
            return Hasil(kepala.rinci(), ulangan, sudah=True)
        if kepala.versi != versi:
            raise Basi(_kalimat_basi(kepala))
        rinci = kepala.rinci()
        rinci.pelaku, rinci.waktu = oleh, timezone.now()
        ubah(rinci)
        return _catat(rinci, nama, label, rinci.tahap, oleh, isi, ())


def cari_di_tahap(perkara: Permohonan, nama: str) -> Langkah:
    """The declaration of a step from the present status; SalahTahap with a sentence when there is none."""
    for langkah in langkah_dari(type(perkara), perkara.tahap):
        if langkah.nama == nama:
            if not berlaku_di(perkara, langkah):
                raise SalahTahap(f"“{langkah.label}” tidak ada dalam SOP kantor ini.")
            return langkah
    lain = cari_langkah(type(perkara), nama)
    if not lain:
        raise SalahTahap("Langkah ini tidak dikenal.")
    raise SalahTahap(f"“{lain[0].label}” tidak dapat dilakukan. Keadaan perkara ini: {perkara.info_tahap.label}.")


def pilih_petugas(pengguna: Pengguna, perkara: Permohonan, langkah: Langkah) -> Petugas:
    """The person's assignment that allows this step; TidakBerhak when none does."""
    peran = peran_langkah(perkara, langkah)
    for tugas in pengguna.penugasan_berlaku():
        if tugas.peran in peran and kantor_peran(perkara, tugas.peran) == tugas.kantor:
            return Petugas(pengguna, tugas)
    raise TidakBerhak(f"“{langkah.label}” dilakukan oleh {sebut_peran(peran)}.")


def periksa_pelaku(perkara: Permohonan, langkah: Langkah, oleh: Pelaku) -> None:
    """Role, office and four eyes; TidakBerhak with the sentence that says who may."""
    if not isinstance(oleh, Petugas):
        if oleh.peran not in langkah.oleh.pihak:
            raise TidakBerhak(f"“{langkah.label}” tidak dapat dilakukan lewat jalur ini.")
        if isinstance(oleh, Pemohon) and (oleh.perkara is None or oleh.perkara.pk != perkara.pk):
            raise TidakBerhak(f"“{langkah.label}” hanya dapat dilakukan pemohon perkara ini.")
        return
    peran = peran_langkah(perkara, langkah)
    tugas = oleh.penugasan
    if tugas.peran not in peran or kantor_peran(perkara, tugas.peran) != tugas.kantor or not masih_bertugas(oleh):
        raise TidakBerhak(f"“{langkah.label}” dilakukan oleh {sebut_peran(peran)}.")
    if oleh.pengguna.pk in terhalang_oleh_kendali(perkara, langkah):
        raise TidakBerhak(
            f"“{langkah.label}” harus dilakukan orang lain: Anda sudah memeriksa perkara ini pada langkah sebelumnya."
        )


def masih_bertugas(oleh: Petugas) -> bool:
    """The assignment is in force today and belongs to this person, whose account is active; asked anew every time."""
    masih = Penugasan.objects.berlaku().filter(pk=oleh.penugasan.pk, pengguna=oleh.pengguna)
    return masih.filter(pengguna__is_active=True).exists()


def alasan_tertutup(perkara: Permohonan, langkah: Langkah) -> list[str]:
    """Why a step of the present status is closed now; [] when it is open (role and four eyes apart)."""
    if langkah.fakta and not langkah.ulang and langkah.nama in sudah_dilakukan(perkara):
        return ["Sudah dilakukan."]
    lebih_dulu = gerbang_lebih_dulu(perkara, langkah)
    if lebih_dulu:
        return [f"SOP kantor ini mendahulukan “{lebih_dulu}”."]
    kurang = kurang_sebelum(perkara, langkah)
    alasan = [f"Belum dilakukan: {', '.join(kurang)}."] if kurang else []
    return alasan + langkah.syarat_gagal(perkara)


def periksa_syarat(perkara: Permohonan, langkah: Langkah) -> None:
    alasan = alasan_tertutup(perkara, langkah)
    if alasan:
        raise Tertutup(" ".join(alasan))


def sebut_peran(peran: frozenset[str]) -> str:
    return " atau ".join(str(Peran(p).label) for p in sorted(peran)) or "pihak lain"


def _laksanakan(perkara: Permohonan, langkah: Langkah, oleh: Pelaku, data: dict[str, Any]) -> Hasil:
    dari = perkara.tahap
    perkara.pelaku, perkara.waktu = oleh, timezone.now()
    _panggil(getattr(perkara, langkah.nama), data)
    perkara.tahap = str(perkara.status)
    return _catat(perkara, langkah.nama, langkah.label, dari, oleh, data, langkah.efek, langkah)


def _panggil(metode: Any, data: dict[str, Any]) -> None:
    try:
        metode(**data)
    except ValidationError as galat:
        per_isian = galat.message_dict if hasattr(galat, "error_dict") else {"__all__": galat.messages}
        raise IsianSalah(per_isian) from galat


def _catat(
    perkara: Permohonan, nama: str, label: str, dari: str, oleh: Pelaku, data: dict, efek_langkah, langkah=None
) -> Hasil:
    """Everything that every step writes, in one place: header, history, deadlines, turns, locks, effects."""
    versi = perkara.versi
    riwayat = tulis_riwayat(perkara, nama=nama, label=label, dari=dari, oleh=oleh, isi=_aman(data))
    if not Perkara.objects.filter(pk=perkara.pk, versi=versi).update(versi=versi + 1):
        raise Basi(_kalimat_basi(perkara))
    perkara.versi = versi + 1
    if langkah is not None and langkah.putaran_baru:
        perkara.putaran += 1
    perkara.__dict__.pop("_sudah", None)
    _buka_atau_tutup(perkara, dari)
    berjalan = perbarui_tenggat(perkara, perkara.waktu)
    perbarui_giliran(perkara, perkara.waktu, berjalan)
    perkara.save()
    Efek.objects.bulk_create(
        Efek(riwayat=riwayat, jenis=jenis, kunci=kunci, jatuh_tempo=efek.jatuh_tempo(jenis, perkara.waktu))
        for jenis, kunci in (*efek_langkah, *_kabar_induk(perkara, dari))
    )
    if dari and dari != perkara.tahap:
        for sesudah in saat_pindah:
            sesudah(perkara, riwayat)
    transaction.on_commit(efek.bunyikan_bel)
    return Hasil(perkara, riwayat)


def _kabar_induk(perkara: Permohonan, dari: str) -> tuple[tuple[str, str], ...]:
    """A child case that ends tells its parent, where that listens to children of every kind."""
    berakhir = perkara.info_tahap.akhir and not ((lama := perkara.arti(dari)) and lama.akhir)
    if not berakhir or perkara.induk is None:
        return ()
    kejadian = "berhasil" if perkara.tahap == perkara.BERHASIL else "berakhir"
    return (("alur.induk", kejadian),) if ("*", kejadian) in model_perkara(perkara.induk.jenis).LANGKAH_ANAK else ()


def _buka_atau_tutup(perkara: Permohonan, dari: str) -> None:
    """Release the locks of a case that ends; take them again when a closed case opens."""
    akhir = perkara.info_tahap.akhir
    if akhir and perkara.ditutup is None:
        perkara.ditutup = perkara.waktu
        perkara.kunci_dipegang.all().delete()
    elif not akhir and perkara.ditutup is not None:
        perkara.ditutup = None
        _pegang_kunci(perkara)


def _pegang_kunci(perkara: Permohonan) -> None:
    Kunci.objects.bulk_create(Kunci(perkara_id=perkara.pk, jenis=j, nilai=n) for j, n in perkara.kunci())


def _ulangan(kepala: Perkara, langkah: str, oleh: Pelaku, versi: int | None) -> Riwayat | None:
    if versi is None or kepala.versi == versi:
        return None
    return kepala.riwayat.filter(versi=versi, langkah=langkah, pelaku_kunci=oleh.kunci).first()


def _periksa_pembuka(perkara: Permohonan, oleh: Pelaku) -> None:
    if not isinstance(oleh, Petugas):
        if oleh.peran not in type(perkara).PEMBUKA.pihak:
            raise TidakBerhak("Permohonan ini tidak dapat dibuka lewat jalur ini.")
        return
    peran = peran_pembuka(perkara)
    tugas = oleh.penugasan
    if tugas.peran not in peran or kantor_peran(perkara, tugas.peran) != tugas.kantor or not masih_bertugas(oleh):
        raise TidakBerhak(f"Permohonan dibuka oleh {sebut_peran(peran)}.")


def _nomor_bebas(perkara: Permohonan, waktu: datetime.datetime) -> str:
    tahun = timezone.localdate(waktu).year
    for _ in range(20):
        nomor = nomor_baru(perkara.kantor, type(perkara).KODE, tahun)
        if not Perkara.objects.filter(nomor=nomor).exists():
            return nomor
    raise LangkahGagal("Nomor perkara belum dapat dibuat. Coba sekali lagi.")


class _Isi(DjangoJSONEncoder):
    def default(self, o: Any) -> Any:
        try:
            return super().default(o)
        except TypeError:
            return "(berkas)"


def _aman(data: dict[str, Any]) -> dict[str, Any]:
    """The values of a step for its history: what JSON can hold; files and objects have their own tables."""
    sederhana = (str, int, float, bool, type(None), datetime.date, datetime.time, dict, list, tuple)
    isi = {nama: nilai for nama, nilai in data.items() if isinstance(nilai, sederhana)}
    return json.loads(json.dumps(isi, cls=_Isi))


def _kalimat_basi(perkara: Perkara) -> str:
    akhir = perkara.riwayat.order_by("-urut").first()
    apa = f"{akhir.nama} baru saja melakukan “{akhir.label}”. " if akhir else ""
    return f"Perkara ini sudah berubah sejak halaman dibuka. {apa}Periksa keadaan terbaru, lalu ulangi bila perlu."


def _kalimat_ganda(galat: IntegrityError) -> str:
    """The sentence of the constraint that refused, where it has one of its own (`violation_error_message`)."""
    if "alur_kunci" in str(galat) or "kunci_satu_perkara_terbuka" in str(galat):
        return (
            "Masih ada permohonan lain yang terbuka untuk NIK, setoran, atau porsi yang sama. "
            "Selesaikan permohonan itu lebih dulu."
        )
    for aturan in (satu for model in apps.get_models() for satu in model._meta.constraints):
        sendiri = aturan.violation_error_message != BaseConstraint.default_violation_error_message
        if sendiri and aturan.name in str(galat):
            return str(aturan.violation_error_message)
    return "Data ini sudah tercatat sebelumnya. Periksa kembali nomor yang diisi."
