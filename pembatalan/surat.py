"""What stands on this service's letters; the paper itself is templates/surat/."""

from __future__ import annotations

from typing import Any

from haji_portal.akun.models import Kantor
from haji_portal.alur.kantor import kantor_tunggal
from haji_portal.alur.models import Perkara
from haji_portal.berkas.models import ButirBerkas
from haji_portal.dana.pengembalian import rekening_terakhir, setoran_perkara
from haji_portal.kabar.kirim import pelampir
from haji_portal.surat.galat import SuratGagal
from haji_portal.surat.jenis import isi_surat
from haji_portal.surat.models import NomorSurat, Surat
from haji_portal.surat.terbit import isi_pdf

from .isi_jurnal import baris_jurnal, jumlah_per_bank
from .models import Jurnal, Pembatalan, Pemberitahuan
from .tahap import Pengaju, Sebab, Status

DASAR = {
    Sebab.MENINGGAL: "huruf A angka 5 huruf a",
    Sebab.SENDIRI: "huruf A angka 5 huruf b",
    Sebab.ALASAN_SAH: "huruf A angka 5 huruf c",
    Sebab.BELUM_DAFTAR: "huruf D angka 1",
    Sebab.TIDAK_MEMENUHI: "huruf D angka 3",
}
"""Where Kepdirjen PHU 241/2021 treats each cause."""
BELUM_BATAL: dict[str, str] = {
    **dict.fromkeys(
        (Status.DIDISPOSISI, Status.DISUSUN, Status.DIVERIFIKASI, Status.MENUNGGU_TTD),
        "Berkas permohonan sudah lengkap dan surat kantor sedang disiapkan.",
    ),
    Status.DIREKAM: "Permohonan sudah disetujui kantor dan sedang dicatat di Siskohat.",
    Status.DIVALIDASI: "Permohonan sudah dicatat di Siskohat dan menunggu persetujuan Kepala Seksi.",
    Status.DI_PUSAT: "Permohonan sudah dikirim kantor dan sedang diperiksa Direktorat.",
}
"""How far a case is whose papers are complete and that has not been cancelled yet."""


def isi_perkara(p: Pembatalan) -> dict[str, Any]:
    """The facts of a case that every one of its papers draws from; `jumlah` in rupiah."""
    setoran = setoran_perkara(p)
    return {
        "jemaah": p.pemohon,
        "porsi": p.porsi,
        "setoran": setoran,
        "jumlah": sum(int(s.jumlah) for s in setoran),
        "rekening": p.rekening,
        "validasi": p.validasi_saja,
        "yang_batal": "nomor validasi" if p.validasi_saja else "pendaftaran",
        "sebab": p.get_sebab_display(),
        "alasan": p.alasan if p.sebab == Sebab.ALASAN_SAH else "",
        "dasar": DASAR[Sebab(p.sebab)],
        "wakil": p.nama_pengaju if p.pengaju in (Pengaju.AHLI_WARIS, Pengaju.KUASA) else "",
    }


def kepada_direktur() -> list[str]:
    """The addressee of an office's letters."""
    pusat = kantor_tunggal(Kantor.Jenis.PUSAT)
    return ["Direktur Pelayanan Haji Dalam Negeri", pusat.nama if pusat else "", "di Jakarta"]


def tembusan_kanwil(p: Pembatalan) -> list[str]:
    return [f"Kepala {p.kantor.induk.nama}"] if p.kantor.induk else []


def berkas_ada(p: Pembatalan) -> list[ButirBerkas]:
    """The documents that the office has checked and found: what goes along with its letters."""
    return list(p.butir.filter(verdict=ButirBerkas.Verdict.ADA))


def nomor_rekomendasi(p: Pembatalan) -> str:
    """The number reserved for the recommendation, "" on drafts: the letters of one step are numbered in their order."""
    dipakai = NomorSurat.objects.filter(
        surat__perkara=p.pk, surat__jenis="rekomendasi_batal", status=NomorSurat.Status.DIPAKAI
    )
    return dipakai.order_by("-pk").values_list("nomor", flat=True).first() or ""


@isi_surat("rekomendasi_batal", judul="Surat Rekomendasi")
def isi_rekomendasi(p: Pembatalan) -> dict[str, Any]:
    """Lombok Timur 3, Tanah Bumbu 3: the head recommends the cancellation after the documents were checked."""
    return isi_perkara(p) | {"tembusan": [*kepada_direktur()[:1], *tembusan_kanwil(p)]}


@isi_surat("pengantar_batal", judul="Surat Pengantar")
def isi_pengantar(p: Pembatalan) -> dict[str, Any]:
    """Lombok Timur 3: what is sent, how many, and the place where the receiver signs for it."""
    return isi_perkara(p) | {
        "kepada": kepada_direktur(), "butir": berkas_ada(p), "rekomendasi": nomor_rekomendasi(p),
        "tembusan": tembusan_kanwil(p),
    }  # fmt: skip


@isi_surat("permohonan_pengembalian", judul="Permohonan Pengembalian Setoran")
def isi_permohonan(p: Pembatalan) -> dict[str, Any]:
    """Tanah Bumbu 3: the money is asked back from the Direktur, with the account in full."""
    butir = berkas_ada(p)
    return isi_perkara(p) | {
        "kepada": kepada_direktur(), "butir": butir, "rekomendasi": nomor_rekomendasi(p),
        "lampiran": f"{len(butir) + 1} berkas", "hal": "Permohonan pengembalian setoran Bipih",
        "tembusan": tembusan_kanwil(p),
    }  # fmt: skip


@isi_surat("permohonan_validasi", judul="Permohonan Pembatalan Nomor Validasi")
def isi_permohonan_validasi(p: Pembatalan) -> dict[str, Any]:
    """241/2021 D.3.a: the head asks for the cancellation of a nomor validasi of somebody who may not register."""
    return isi_perkara(p) | {
        "kepada": kepada_direktur(), "alasan": p.alasan, "hal": "Permohonan pembatalan nomor validasi",
        "tembusan": tembusan_kanwil(p),
    }  # fmt: skip


def isi_jurnal(jurnal: Jurnal) -> dict[str, Any]:
    baris = baris_jurnal(jurnal)
    return {
        "baris": baris,
        "bank": jumlah_per_bank(baris),
        "jumlah": baris[-1].berjalan if baris else 0,
        "dari": jurnal.dari,
        "sampai": jurnal.sampai,
        "validasi": jurnal.macam == Jurnal.Macam.VALIDASI,
    }


@isi_surat("surat_pengajuan", judul="Pengajuan Pengembalian Setoran", perkara=("jurnal",))
def isi_pengajuan(jurnal: Jurnal) -> dict[str, Any]:
    """241/2021 C.1.h, D.3.e: the Direktur on behalf of the Dirjen to BPKH; the journal follows as further pages."""
    bpkh = kantor_tunggal(Kantor.Jenis.BPKH)
    isi = isi_jurnal(jurnal)
    return isi | {
        "kepada": ["Kepala Badan Pelaksana", bpkh.nama if bpkh else "Badan Pengelola Keuangan Haji", "di Jakarta"],
        "lampiran": "1 (satu) berkas",
        "hal": f"Pengajuan pengembalian {'setoran awal' if isi['validasi'] else 'saldo setoran'} Bipih batal",
        "tembusan": ["Direktur Jenderal (sebagai laporan)"],
    }


@isi_surat("jurnal_pembatalan", judul="Jurnal Pembatalan", bertanda_tangan=False, perkara=("jurnal",))
def isi_jurnal_saja(jurnal: Jurnal) -> dict[str, Any]:
    """241/2021 C.1.g, D.3.d: the list alone, as it stands now."""
    return isi_jurnal(jurnal)


@isi_surat("pemberitahuan_batal", judul="Pemberitahuan Pembatalan", perkara=("pemberitahuan",))
def isi_pemberitahuan(anak: Pemberitahuan) -> dict[str, Any]:
    """241/2021 A.8: to the pilgrim, or to who asked for it on behalf of somebody who cannot read it any more."""
    p = induk_pembatalan(anak)
    isi = isi_perkara(p)
    penerima = isi["wakil"] or p.pemohon.nama
    alamat = (
        p.alamat_pengaju
        if isi["wakil"]
        else ", ".join(filter(None, [p.pemohon.alamat, p.pemohon.kelurahan, p.pemohon.kabupaten]))
    )
    return isi | {
        # Not always their own wish (A.5.c, D.3): then the reason is what they may object to.
        "alasan": p.alasan if p.sebab in (Sebab.ALASAN_SAH, Sebab.TIDAK_MEMENUHI) else "",
        "nomor_perkara": p.nomor,
        "dibatalkan": p.dibatalkan_pada,
        "kantor_asal": p.kantor,
        "meninggal": p.tanggal_meninggal is not None,
        "kepada": [f"Bapak/Ibu {penerima}", alamat or p.kantor.kabupaten],
        "hal": f"Pemberitahuan pembatalan {'nomor validasi' if isi['validasi'] else 'pendaftaran haji reguler'}",
        "tembusan": [f"Kepala {p.kantor.nama}"],
    }


def induk_pembatalan(anak: Pemberitahuan) -> Pembatalan:
    """The cancellation that a notice tells of."""
    if anak.induk is None:
        raise SuratGagal("Pemberitahuan ini tidak mempunyai perkara pembatalan.")
    rinci = anak.induk.rinci()
    if not isinstance(rinci, Pembatalan):
        raise SuratGagal("Pemberitahuan ini bukan milik perkara pembatalan.")
    return rinci


@isi_surat("bukti_pembatalan", judul="Bukti Pembatalan", bertanda_tangan=False)
def isi_bukti(p: Pembatalan) -> dict[str, Any]:
    """Tanah Bumbu 8: the applicant's proof. It says what is done and no more: entered at the office, or cancelled.

    Raises SuratGagal before the papers were found complete: until then the receipt says all there is to say.
    """
    if not p.berkas_dinilai:
        raise SuratGagal("Bukti pembatalan ada sesudah berkas dinyatakan lengkap; sampai saat itu pakai tanda terima.")
    return isi_perkara(p) | {
        "dibatalkan": p.dibatalkan_pada,
        "diterima": p.tahap == Status.SELESAI,
        "rekening": rekening_terakhir(p) or p.rekening,
        "kemajuan": BELUM_BATAL.get(p.tahap, ""),
        "tanggal_permohonan": p.tanggal_permohonan,
        "penerima": p.nama_pengaju or p.pemohon.nama,
        "berakhir": p.get_status_display() if p.tahap in (Status.DITOLAK, Status.DICABUT) else "",
    }


@pelampir("pemberitahuan_batal")
def lampiran_pemberitahuan(perkara: Perkara) -> tuple[str, bytes]:
    """241/2021 A.8: the signed notice for the pilgrim's e-mail; perkara is the cancellation."""
    surat = surat_pemberitahuan(perkara)
    if surat is None:
        raise SuratGagal("Pemberitahuan yang ditandatangani tidak ada.")
    return f"Pemberitahuan-{perkara.nomor}.pdf", isi_pdf(surat)


def surat_pemberitahuan(perkara: Perkara) -> Surat | None:
    """The notice in force of a cancellation."""
    berlaku = Surat.objects.filter(
        perkara__induk=perkara.pk, jenis="pemberitahuan_batal", status=Surat.Status.DITANDATANGANI
    )
    return berlaku.order_by("-pk").first()
