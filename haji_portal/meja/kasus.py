"""What the case page shows beside its steps: facts, documents, letters, history, deadlines."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.text import capfirst

from haji_portal.akun.models import Pengguna
from haji_portal.alur.apps import nama_perkara
from haji_portal.alur.deklarasi import cari_langkah
from haji_portal.alur.jeda import pengatur
from haji_portal.alur.models import Giliran, Jeda, Perkara, Permohonan, Riwayat, Tenggat
from haji_portal.alur.posisi import muat_jejak
from haji_portal.alur.tampil_waktu import rupiah, saat, tanggal
from haji_portal.alur.tenggat import jeda_kantor, sebab_tenggat
from haji_portal.berkas.models import ButirBerkas, Lampiran
from haji_portal.dana.jejak import JejakUang, jejak_uang, pokok_uang
from haji_portal.jemaah.nik import samarkan_rekening
from haji_portal.kabar.keluar import baris_pesan
from haji_portal.kabar.models import Pesan
from haji_portal.kabar.tujuan import tujuan
from haji_portal.surat.jenis import judul_surat
from haji_portal.surat.models import Surat

from .alamat import alamat_perkara
from .asal import keterangan_kasus
from .baris import Sisa, sebutkan, sisa_waktu
from .cabut import pencabut
from .kerja import giliran_saya
from .langkah import kartu_langkah
from .pemakaian import pemakaian_waktu
from .porsi import alamat_porsi
from .tabel_sop import tabel_perkara

panel_kasus: list[Callable[[Permohonan, Pengguna], dict[str, Any] | None]] = []
"""What the floors above show on every case page: context of the template that it names as `templat`; None: nothing."""

# Values of a step that are shown in the history as they were written; the rest stays in RiwayatIsi.
CERITA = ("catatan", "alasan", "penjelasan", "keterangan")
NADA_SURAT = {
    "ditandatangani": "baik",
    "dibekukan": "perhatian",
    "dicabut": "buruk",
    "diganti": "tenang",
    "batal": "tenang",
}


def konteks_kasus(
    perkara: Permohonan,
    pengguna: Pengguna,
    *,
    terkirim: tuple[str, Any] = ("", None),
    gagal: str = "",
    tanya_sandi: bool = True,
) -> dict[str, Any]:
    """The context of templates/meja/detail.html.

    gagal: the sentence why the step that was sent did not happen; tanya_sandi: releases of money ask for the password.
    """
    riwayat = list(perkara.riwayat.select_related("isi").order_by("urut"))
    muat_jejak(perkara, riwayat)
    lampiran = list(Lampiran.objects.filter(perkara=perkara.pk).terkini())
    butir = list(ButirBerkas.objects.filter(perkara=perkara.pk))
    langkah = kartu_langkah(perkara, pengguna, terkirim=terkirim, tanya_sandi=tanya_sandi)
    tenggat = list(perkara.tenggat.select_related("kantor"))
    berjalan = [t for t in tenggat if t.selesai is None]
    jeda = jeda_kantor(perkara, {t.kantor_id for t in tenggat})
    return {
        "perkara": perkara,
        "sebutan": sebutkan([perkara])[0].sebutan,
        "nama_layanan": nama_perkara(perkara.jenis),
        "menu": perkara.jenis,
        "lebar": any(getattr(k["form"], "lebar", False) for k in langkah if k["utama"] or k["terkirim"]),
        "langkah_terbuka": [k for k in langkah if not k["tertutup"]],
        "langkah_tertutup": [k for k in langkah if k["tertutup"]],
        "tabel": tabel_perkara(perkara, riwayat, jeda=jeda) if perkara.sop else None,
        "berkas": daftar_berkas(butir, lampiran),
        "berkas_ada": sum(b.verdict == ButirBerkas.Verdict.ADA for b in butir),
        "foto": next((f for f in lampiran if f.jenis == Lampiran.Jenis.FOTO_3X4), None),
        "lampiran_lain": [f for f in lampiran if f.butir_id is None and not f.jenis.startswith("foto")],
        "surat": daftar_surat(perkara, pengguna),
        "kabar": (kabar := daftar_kabar(perkara)),
        "kabar_perlu": sum(k["perlu"] for k in kabar),
        "riwayat": garis_waktu(perkara, riwayat),
        "pengembalian": pengembalian(perkara, riwayat),
        "sisa": sisa_kasus(perkara, berjalan, pengguna, jeda),
        "pemakaian": pemakaian_waktu(perkara, tenggat, jeda=jeda),
        "giliran": sebut_giliran(perkara, pengguna),
        "terjangkau": tujuan(perkara) is not None,
        "pemohon": data_pemohon(perkara),
        "url_porsi": alamat_porsi(perkara),
        "jejak_uang": (jejak := jejak_pembaca(perkara, pengguna) if perkara.JEJAK_UANG else None),
        "setoran": data_setoran(perkara, jejak),
        "jeda": jeda_sendiri(perkara, jeda),
        "url_waktu": alamat_perkara(perkara.jenis, "waktu", perkara.nomor),
        "pengatur_waktu": not perkara.ditutup and bool(pengatur(perkara, pengguna.penugasan_berlaku())),
        "url_tanda_terima": perkara.diserahkan() and alamat_perkara(perkara.jenis, "tanda_terima", perkara.nomor),
        "url_survei": alamat_survei(perkara, pengguna),
        "gagal": gagal,
        "panel": [isi for satu in panel_kasus if (isi := satu(perkara, pengguna))],
        "terkait": perkara_terkait(perkara, pengguna),
        "keterangan": keterangan_kasus(perkara),
    }


def alamat_survei(perkara: Permohonan, pengguna: Pengguna) -> str:
    """Where the counter shows the survey's QR code once the case has ended; "" for other offices and other cases."""
    sekantor = any(t.kantor_id == perkara.kantor_id for t in pengguna.penugasan_berlaku())
    selesai = perkara.ditutup is not None and perkara.disurvei()
    return reverse("ptsp:survei_qr", args=[perkara.nomor]) if sekantor and selesai else ""


def perkara_terkait(perkara: Permohonan, pengguna: Pengguna) -> list[dict[str, str]]:
    """The case that this one belongs to and those that belong to it; an address only where this person may go, and
    what there is to do for them there."""
    q = Q(induk=perkara.pk) | Q(pk=perkara.induk_id)
    semua = list(Perkara.objects.filter(q).order_by("dibuka", "pk"))
    lihat: set[int] = set()
    tindakan: dict[int, str] = {}
    if semua:
        lihat = set(Perkara.objects.untuk(pengguna).filter(q).values_list("pk", flat=True))
        giliran = giliran_saya(pengguna).filter(perkara__in=lihat, pihak=Giliran.Pihak.KANTOR)
        tindakan = dict(giliran.values_list("perkara", "kegiatan"))
    return [
        {
            "nama": nama_perkara(p.jenis),
            "nomor": p.nomor,
            "tahap": p.info_tahap.label,
            "url": p.get_absolute_url() if p.pk in lihat else "",
            "tindakan": awal_kecil(tindakan.get(p.pk, "")),
        }
        for p in semua
    ]


def sisa_kasus(perkara: Permohonan, rows: list[Tenggat], pengguna: Pengguna, jeda: dict[int, list[Jeda]]) -> Sisa:
    """The nearest of the open deadlines of a case with the reason why it is what it is, as this reader sees it.

    jeda: per office the pauses of the case and of that office.
    """
    berbatas = sorted((t.batas, t.pk, t) for t in rows if t.batas)
    utama = berbatas[0][2] if berbatas else next(iter(rows), None)
    if utama is None:
        return sisa_waktu(perkara, None, None)
    utama.perkara = perkara
    berhenti = jeda_sendiri(perkara, jeda) is not None
    status = next((t for t in rows if t.jenis == Tenggat.Jenis.STATUS), utama)
    pihak = status.pihak
    if pihak == Giliran.Pihak.MITRA and _giliran_sendiri(perkara, pengguna):
        pihak = Giliran.Pihak.KANTOR  # a partner does not wait for itself
    return sisa_waktu(
        perkara, utama.mulai, utama.batas, pihak=pihak, kantor=utama.kantor_id, berhenti=berhenti,
        sebab=sebab_tenggat(utama, jeda[utama.kantor_id]),
    )  # fmt: skip


def jeda_sendiri(perkara: Permohonan, jeda: dict[int, list[Jeda]]) -> Jeda | None:
    """The unfinished pause of the case itself; an office's outage is none."""
    semua = (j for daftar in jeda.values() for j in daftar)
    return next((j for j in semua if j.perkara_id == perkara.pk and j.selesai is None), None)


def _giliran_sendiri(perkara: Permohonan, pengguna: Pengguna) -> bool:
    tempat = [t.kantor_id for t in pengguna.penugasan_berlaku()]
    return perkara.giliran.filter(kantor__in=tempat, pihak=Giliran.Pihak.KANTOR).exists()


def sebut_giliran(perkara: Permohonan, pengguna: Pengguna | None = None) -> str:
    """Whose turn it is and what they do, as one sentence; empty for a closed case.

    pengguna: who reads it; a partner whose own turn it is does not wait for a partner.
    """
    rows = list(perkara.giliran.select_related("kantor"))
    if not rows:
        return ""
    milik = {(t.peran, t.kantor_id) for t in pengguna.penugasan_berlaku()} if pengguna else set()
    sendiri = [g for g in rows if g.pihak == Giliran.Pihak.KANTOR and (g.peran, g.kantor_id) in milik]
    if sendiri and perkara.info_tahap.pihak not in Giliran.KEMENTERIAN:
        return f"Giliran {sendiri[0].kantor.nama_pendek}: {awal_kecil(sendiri[0].kegiatan)}."
    tahap = perkara.info_tahap
    if tahap.pihak not in Giliran.KEMENTERIAN:
        return f"Menunggu {tahap.menunggu}." if tahap.menunggu else f"{Giliran.Pihak(tahap.pihak).label}."
    rows = [g for g in rows if g.pihak == Giliran.Pihak.KANTOR]
    if not rows:
        return f"Menunggu {tahap.menunggu}."
    siapa = " atau ".join(dict.fromkeys(g.get_peran_display() for g in rows))
    di = "" if rows[0].kantor_id == perkara.kantor_id else f" di {rows[0].kantor.nama_pendek}"
    return f"Giliran {siapa}{di}: {awal_kecil(rows[0].kegiatan)}."


def pengembalian(perkara: Permohonan, riwayat: list[Riwayat]) -> dict[str, str] | None:
    """The return that began the present round: who sent the file back, when and why; None in the first round, and
    once the file has passed the place that it was sent back from."""
    if perkara.putaran == 1 or perkara.ditutup:
        return None
    lewat = set()
    for r in reversed(riwayat):
        if r.putaran == perkara.putaran and r.dari != r.ke:
            lewat.add(r.dari)
        if r.putaran < perkara.putaran and any(lk.putaran_baru for lk in cari_langkah(type(perkara), r.langkah)):
            return (
                None
                if r.dari in lewat
                else {
                    "judul": r.label,
                    "oleh": r.nama,
                    "saat": saat(r.waktu, perkara.kantor.zona_waktu),
                    "isi": cerita(r),
                }
            )
    return None


def awal_kecil(teks: str) -> str:
    """Inside a sentence: only the first letter, and none of an abbreviation, so that SPPH stays SPPH."""
    return teks if teks[1:2].isupper() else teks[:1].lower() + teks[1:]


def daftar_berkas(butir: list[ButirBerkas], lampiran: list[Lampiran]) -> list[dict[str, Any]]:
    """The checklist as the context of templates/komponen/_daftar_berkas.html."""
    return [
        {
            "nama": b.nama,
            "ket": b.diminta if b.wajib else f"{b.diminta}; bila ada",
            "putusan": "" if b.verdict == ButirBerkas.Verdict.BELUM else b.verdict,
            "kata": b.get_verdict_display().lower(),
            "alasan": b.alasan,
            "lampiran": [_tautan(f) for f in lampiran if f.butir_id == b.pk],
        }
        for b in butir
    ]


def _tautan(f: Lampiran) -> dict[str, Any]:
    return {"nama": f.nama, "url": f.get_absolute_url(), "gambar": f.gambar}


def daftar_surat(perkara: Permohonan, pengguna: Pengguna) -> list[dict[str, Any]]:
    """Letters of a case, newest first; cancelled drafts are left out, withdrawn and replaced letters are not."""
    surat = (
        Surat.objects.select_related("perkara__kantor", "kantor")
        .filter(perkara=perkara.pk)
        .exclude(status=Surat.Status.BATAL, nomor="")
    )
    return [
        {
            "judul": judul_surat(s.jenis),
            "nomor": s.nomor,
            "tanggal": tanggal(s.tanggal) if s.tanggal else "",
            "status": s.get_status_display(),
            "nada": NADA_SURAT.get(s.status, ""),
            "alasan": s.alasan,
            "url": reverse("surat:lihat", args=[s.pk]),
            "cetak": reverse("surat:cetak", args=[s.pk]) if s.status == Surat.Status.DITANDATANGANI else "",
            "dicetak": s.dicetak,
            "cabut": reverse("meja:surat_cabut", args=[s.pk]) if pencabut(pengguna, s) else "",
            "penanda": f"{s.nama_penanda_tangan}, {s.jabatan}" if s.nama_penanda_tangan else "",
        }
        for s in surat
    ]


def daftar_kabar(perkara: Permohonan) -> list[dict[str, Any]]:
    """What the applicant was told, newest first, and whether it arrived."""
    rows = Pesan.objects.keluar().filter(perkara=perkara.pk, penerima__isnull=True)
    for p in rows:
        p.perkara = perkara
    return [baris_pesan(p) for p in rows]


def garis_waktu(perkara: Permohonan, riwayat: list[Riwayat]) -> list[dict[str, str]]:
    """The history, newest first, as the context of templates/komponen/_garis_waktu.html."""
    zona = perkara.kantor.zona_waktu
    return [
        {
            "judul": r.label,
            "oleh": f"{r.nama}, {r.jabatan}" if r.jabatan else r.nama,
            "saat": saat(r.waktu, zona),
            "isi": cerita(r),
            "nada": _nada(perkara, r),
        }
        for r in reversed(riwayat)
    ]


def cerita(r: Riwayat) -> str:
    """What the actor wrote at a step, for people; empty when nothing was asked or it was erased by law."""
    isi = r.isi.isi if hasattr(r, "isi") else {}
    return "\n".join(str(isi[k]) for k in CERITA if isinstance(isi, dict) and isi.get(k))


def _nada(perkara: Permohonan, r: Riwayat) -> str:
    tahap = perkara.arti(r.ke)
    if tahap is None:
        return ""
    if tahap.akhir and r.ke != "selesai" and r.dari != r.ke:
        # Only an end that its button warned of is a bad one: a signed letter ends a case, too.
        return "buruk" if any(lk.bahaya for lk in cari_langkah(type(perkara), r.langkah)) else ""
    return "perhatian" if tahap.pihak not in Giliran.KEMENTERIAN and r.dari != r.ke else ""


def data_pemohon(perkara: Permohonan) -> list[tuple[str, str]]:
    """Facts of the applicant and the case for the desk; numbers in groups of four are easier to compare."""
    orang, data = perkara.pemohon, []
    if orang is not None:
        data += [
            ("Nama", orang.nama),
            ("NIK", " ".join(orang.nik[i : i + 4] for i in range(0, 16, 4))),
            ("Lahir", f"{orang.tempat_lahir}, {tanggal(orang.tanggal_lahir)}"),
            ("Alamat", ", ".join(filter(None, [orang.alamat, orang.kelurahan, orang.kecamatan, orang.kabupaten]))),
            ("Ponsel", orang.telepon),
        ]
    if orang is None:
        return data  # nobody's own case: a list that an office keeps
    if perkara.PUNYA_PORSI:
        data.append(("Nomor porsi", perkara.porsi.nomor if perkara.porsi else "belum terbit"))
    if perkara.porsi and perkara.porsi.estimasi:
        data.append(("Perkiraan berangkat", f"tahun {perkara.porsi.estimasi}"))
    data.append(("Saluran", perkara.get_saluran_display()))
    return [(label, nilai) for label, nilai in data if nilai]


def jejak_pembaca(perkara: Permohonan, pengguna: Pengguna) -> JejakUang | None:
    """Where the money of a case is, with the refunds that this reader may see: a bank's own, an office's all."""
    terlihat = (
        Perkara.objects.untuk(pengguna).filter(induk=pokok_uang(perkara).pk).order_by().values_list("pk", flat=True)
    )
    return jejak_uang(perkara, terlihat=terlihat)


def data_setoran(perkara: Permohonan, jejak: JejakUang | None) -> list[tuple[str, str]]:
    """Where the money is: the deposit that this case stands on, if it has one; the account is that of the last payment
    which the reader sees, after a retur another one than was first asked for."""
    if data_dana := perkara.data_dana():
        return data_dana
    setoran = getattr(perkara, "setoran", None)
    if setoran is None:
        return []
    rekening = (jejak.rekening if jejak else None) or getattr(perkara, "rekening", None)
    milik = f"{rekening.bank} a.n. {rekening.atas_nama}, {samarkan_rekening(rekening.nomor)}" if rekening else ""
    data = [
        (setoran.get_jenis_display(), rupiah(setoran.jumlah)),
        ("Bank dan tanggal", f"{setoran.bank}, {tanggal(setoran.tanggal)}"),
        ("Nomor validasi", setoran.nomor_validasi),
        ("Keadaan", capfirst(setoran.kata_batal)),
        ("Rekening", milik),
    ]
    return [(label, nilai) for label, nilai in data if nilai]
