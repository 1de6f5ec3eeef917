"""Which words a message uses: the office's newest version in force, else the file that the portal ships.

A file says in its first line which facts it may use besides those of a case, and whether it stands alone:

    {# isian: sejak, terlambat #}                  an e-mail to the applicant, inside templates/kabar/bingkai.txt
    {# tanpa bingkai; isian: kode, keperluan #}    only these facts, and no frame around it

The next line is the subject. Short texts for SMS and WhatsApp lie in templates/kabar/sms/ and share the facts.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from django.template import Engine
from django.template.exceptions import TemplateDoesNotExist
from django.template.utils import get_app_template_dirs
from django.utils import timezone

from .models import Pesan, TemplatPesan

FAKTA = {
    "nomor": ("nomor permohonan", "LTM-PD-26-7K3M9Q"),
    "layanan": ("nama layanan", "pendaftaran haji reguler"),
    "sapaan": ("Bapak, Ibu, atau Bapak/Ibu", "Ibu"),
    "nama": ("nama pemohon; hanya untuk salam pembuka surel", "Aminah Contoh"),
    "tahap": ("tahap seperti yang dilihat umum", "Berkas diperiksa"),
    "kini": ("benar bila permohonan masih pada tahap itu", True),
    "pemegang": ("siapa yang mengerjakan sekarang", "petugas haji"),
    "batas": ("paling lambat selesai", "Selasa, 24 November 2026 pukul 10.00 WITA"),
    "menunggu": ("yang ditunggu bila bukan kantor", "jawaban BPKH"),
    "menunggu_pemohon": ("benar bila giliran pemohon", False),
    "menunggu_mitra": ("benar bila giliran pihak lain", False),
    "elektronik": ("benar bila diajukan lewat internet", False),
    "daftar_kekurangan": ("yang masih kurang, satu baris satu berkas", "- Akta kelahiran: fotokopi belum terbaca"),
    "alasan": ("alasan atau pesan petugas", "Mohon dilengkapi sebelum akhir bulan."),
    "aturan": ("ketentuan yang dipakai untuk menolak", "244/2021 A.9"),
    "kantor": ("nama kantor", "Kantor Kementerian Haji dan Umrah Kabupaten Contoh"),
    "kantor_alamat": ("alamat kantor", "Jalan Contoh Nomor 1"),
    "kantor_telepon": ("telepon kantor", "(0376) 000000"),
    "alamat_survei": ("survei kepuasan, sesudah permohonan selesai", "https://haji.example/survei/7K3M9QX2V8RT/"),
    "alamat_cek": ("halaman cek status", "https://haji.example/cek/"),
}
"""Facts of a case that every message to an applicant may use: what they are, and an invented value for previews."""
LAIN = {
    "sejak": ("sejak kapan tidak ada kemajuan", "Rabu, 18 November 2026"),
    "terlambat": ("benar bila batas sudah lewat", True),
    "kegiatan": ("langkah yang ditunggu", "Periksa kelengkapan berkas"),
    "alamat": ("alamat kotak kerja", "https://haji.example/kerja/"),
    "atasan": ("pejabat yang diperingatkan; kosong pada peringatan pertama kepada pelaksana", "Kepala Seksi"),
    "sudah_diingatkan": ("siapa yang diperingatkan sebelumnya", "Pelaksana"),
    "asal": ("kantor asal perkara, bila bukan kantor Anda", "Kantor Kementerian Haji dan Umrah Kabupaten Contoh"),
    "duka": ("benar bila jemaah meninggal dunia", True),
    "almarhum": ("almarhum atau almarhumah", "almarhumah"),
    "jadwal": (
        "hari, jam, dan tempat wawancara pelimpahan",
        "23 November 2026 pukul 08.15 WITA di Aula Kantor Wilayah, Jalan Contoh 1",
    ),
    "hari_jadwal": (
        "seperti jadwal, dengan nama harinya",
        "Senin, 23 November 2026 pukul 08.15 WITA di Aula Kantor Wilayah, Jalan Contoh 1",
    ),
    "undangan_terlampir": ("benar bila surel membawa undangan wawancara", True),
    "penyelenggara": ("siapa yang mewawancarai penerima pelimpahan", "Kantor Wilayah"),
    "pokok": ("surat atau perkara yang didisposisikan", "surat masuk nomor agenda 12"),
    "pengirim": ("jabatan pengirim disposisi", "Kepala Kantor"),
    "penerima": ("jabatan penerima disposisi", "Kepala Seksi"),
    "perintah": ("perintah disposisi", "Pelajari dan laporkan"),
    "dari_kantor": ("benar bila kantor yang memulai, bukan pemohon", False),
    "yang_batal": ("nomor porsi atau nomor validasi", "nomor porsi"),
    "tanggal_batal": ("sejak kapan batal", "21 November 2026"),
    "uang": ("jumlah yang dikembalikan", "Rp25.000.000 ditambah nilai manfaat dari BPKH"),
    "uang_kini": ("di mana uangnya sekarang", "Rp25.000.000 di BPKH, sudah disisihkan untuk dikembalikan"),
    "uang_sejak": ("sejak kapan uangnya di sana", "24 November 2026"),
    "uang_lanjut": (
        "langkah berikutnya untuk uangnya",
        "BPKH menerbitkan SPM, lalu bank mentransfer.",
    ),
    "uang_ajakan": ("yang perlu dilakukan pemilik rekening", ""),
    "uang_alasan": ("mengapa pembayaran tidak berhasil", "Rekening tujuan sudah ditutup."),
    "uang_tanpa_batas": ("bahwa BPKH dan bank tidak mempunyai batas waktu", ""),
    "jumlah_kembali": ("yang diminta disetor kembali ke BPKH", "Rp25.000.000"),
    "penyelenggara_perjalanan": ("PPIU atau PIHK yang disebut permohonan", "PT Contoh Wisata"),
    "jumlah_sk": ("berapa SK penyelenggara akan atau sudah habis", "3"),
    "daftar_sk": ("SK itu, satu baris satu penyelenggara", "- PT Contoh Wisata (PPIU): habis 5 Desember 2026"),
    "jumlah_orang": ("berapa orang dimintakan rekomendasi", "2"),
    "catatan_kembali": ("mengapa berkas dikembalikan BO", "SK PPIU PT Contoh Wisata tidak berlaku hari ini."),
    "tanggal_aktif": ("sejak kapan nomor porsi aktif kembali", "21 November 2026"),
    "spm": ("nomor perintah bayar BPKH", "SPM/2026/0001"),
    "perihal": ("apa yang terjadi", "Permintaan kepada BPKH berhenti"),
    "uraian": ("yang diketahui portal dan yang perlu dilakukan", "BPKH tidak dapat dihubungi selama tiga hari."),
    "mitra": ("BPKH atau bank yang mutasinya dicocokkan", "BPKH"),
    "tanggal": ("hari mutasi", "20 November 2026"),
    "jumlah_beda": ("berapa baris tidak cocok", "3"),
    "rincian_beda": ("baris yang tidak cocok menurut kelasnya", "- Jumlah berbeda: 2\n- Ganda: 1"),
    "kode": ("kode sekali pakai", "481516"),
    "keperluan": ("untuk apa kode itu", "pendaftaran haji"),
    "hari_terakhir": ("hari terakhir isian disimpan", "Senin, 21 Desember 2026"),
    "alamat_lanjut": ("halaman untuk melanjutkan", "https://haji.example/ajukan/lanjut/"),
    "menit": ("berapa menit kode berlaku", "10"),
    "putusan": ("jawaban pemeriksaan kelayakan", "Porsi ini dapat dilimpahkan"),
    "uraian_periksa": ("alasan jawaban itu, dengan dasarnya", "Yang sudah sesuai:\n- Penerima adalah anak kandung."),
    "daftar_berkas": ("berkas yang dibawa, satu baris satu berkas", "1. Akta kematian (2 lembar)"),
    "hari_periksa": ("hari pemeriksaan", "21 November 2026"),
    "alamat_periksa": ("halaman pemeriksaan kelayakan", "https://haji.example/kelayakan-pelimpahan/"),
    "kanwil": ("Kantor Wilayah yang menerima berkas", "Kantor Wilayah Kementerian Haji dan Umrah Provinsi Contoh"),
    "daftar_kiriman": ("isi kiriman, satu baris satu berkas", "- Hasil pindai berkas (PDF), 1,2 MB"),
    "di_portal": ("benar bila kiriman terlalu besar untuk surel dan hanya ada di portal", False),
    "alamat_perkara": ("halaman perkara untuk petugas", "https://haji.example/pelimpahan/LTM-PL-26-7K3M9Q/"),
    "judul": ("judul surel di dalam bingkai", "Kabar permohonan LTM-PD-26-7K3M9Q"),
    "isi": ("isi surel di dalam bingkai", "Isi pesan berada di sini."),
}
BINGKAI = "bingkai"
PENDEK = (Pesan.Saluran.SMS, Pesan.Saluran.WA)
_KEPALA = re.compile(r"\{#\s*(tanpa bingkai)?;?\s*(?:isian:\s*([a-z0-9_, ]*))?\s*#\}\s*")


@dataclass(frozen=True)
class Bawaan:
    """A shipped text. `isian`: the facts it may use; `berbingkai`: an e-mail to the applicant."""

    judul: str
    isi: str
    isian: tuple[str, ...]
    berbingkai: bool


@dataclass(frozen=True)
class Naskah:
    """The words in force: a version of the office, or the shipped ones (`versi` None)."""

    judul: str
    isi: str
    versi: TemplatPesan | None
    bawaan: Bawaan


def bentuk(saluran: str) -> str:
    """The kind of text a channel takes: WhatsApp shares the short one of SMS, the portal that of the e-mail."""
    return TemplatPesan.Bentuk.PENDEK if saluran in PENDEK else TemplatPesan.Bentuk.PANJANG


def naskah(kode: str, saluran: str) -> Naskah:
    """The words of one message in force now; TemplateDoesNotExist when nobody ever wrote it."""
    rupa = bentuk(saluran)
    asli = bawaan(kode, rupa)
    versi = (
        TemplatPesan.objects.filter(kode=kode, bentuk=rupa, aktif_dari__lte=timezone.now())
        .order_by("-aktif_dari", "-versi")
        .first()
    )
    if versi is None or versi.bawaan:
        return Naskah(asli.judul, asli.isi, versi, asli)
    return Naskah(versi.judul, versi.isi, versi, asli)


def bawaan(kode: str, rupa: str) -> Bawaan:
    """The shipped text; a short text that is not there is the one of `status`."""
    panjang = _baca(kode, "")
    if rupa == TemplatPesan.Bentuk.PANJANG:
        return panjang
    try:
        pendek = _baca(kode, "sms/")
    except TemplateDoesNotExist:
        if not panjang.berbingkai:
            raise
        pendek = _baca("status", "sms/")
    return Bawaan(pendek.judul, pendek.isi, panjang.isian, False)


def _baca(kode: str, folder: str) -> Bawaan:
    sumber = str(Engine.get_default().get_template(f"kabar/{folder}{kode}.txt").source)
    kepala = _KEPALA.match(sumber)
    berbingkai = not (kepala and kepala[1])
    tambahan = re.findall(r"[a-z0-9_]+", kepala[2] or "") if kepala else []
    judul, _, isi = sumber[kepala.end() if kepala else 0 :].strip().partition("\n")
    isian = dict.fromkeys([*FAKTA, *tambahan] if berbingkai else tambahan)
    return Bawaan(judul.strip(), isi.strip(), tuple(isian), berbingkai and kode != BINGKAI)


def semua() -> list[tuple[str, str]]:
    """(kode, bentuk) of every text that the portal ships, in order."""
    dasar = [Path(str(d)) for d in (*Engine.get_default().dirs, *get_app_template_dirs("templates"))]
    panjang = {p.stem for d in dasar for p in (d / "kabar").glob("*.txt")}
    pendek = {p.stem for d in dasar for p in (d / "kabar" / "sms").glob("*.txt")}
    rupa = TemplatPesan.Bentuk
    return sorted([(k, rupa.PANJANG.value) for k in panjang] + [(k, rupa.PENDEK.value) for k in pendek])


def keterangan(isian: str) -> str:
    return str((FAKTA | LAIN).get(isian, ("isian pesan ini",))[0])


def contoh(isian: tuple[str, ...]) -> dict[str, object]:
    """Invented facts for a preview; nobody here exists."""
    return {n: (FAKTA | LAIN).get(n, ("", f"({n})"))[1] for n in isian}
