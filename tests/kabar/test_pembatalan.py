"""What the family reads while a cancellation goes its way: every stage, in a fitting tone, and nothing private."""

from __future__ import annotations

import datetime
import re

import pytest
import time_machine
from django.core import mail
from django.utils import timezone

from haji_portal.alur.deklarasi import mesin
from haji_portal.alur.efek import sapu
from haji_portal.berkas.contoh import pdf_contoh
from haji_portal.dana import contoh as contoh_dana
from haji_portal.jemaah.models import Jemaah
from haji_portal.kabar import templat
from haji_portal.kabar.berkala import informasi_berkala
from haji_portal.kabar.models import Pesan
from pembatalan.models import Pembatalan
from tests.batal import batal, maju, segar  # noqa: F401  (fixture)

pytestmark = pytest.mark.django_db
SUREL = "anak.contoh@surel.example"
SENIN = datetime.datetime(2026, 11, 23, 9, 0, tzinfo=datetime.timezone(datetime.timedelta(hours=8)))
WARIS = {
    "pengaju": "ahli-waris", "nama_pengaju": "Ahmad Waris", "nik_pengaju": "5203011203850003",
    "hubungan_pengaju": "anak kandung", "alamat_pengaju": "Dusun Contoh", "telepon_pengaju": "+6281200000999",
    "atas_nama": "AHMAD WARIS", "surel_pengaju": SUREL,
    "sebab": "meninggal", "tanggal_meninggal": datetime.date(2026, 10, 1),
}  # fmt: skip


def surat():
    """Subject -> body of the e-mails since the last question, after the effects ran."""
    while sapu():
        pass
    kotak = {m.subject: m.body for m in mail.outbox}
    assert {m.to[0] for m in mail.outbox} <= {SUREL}
    mail.outbox.clear()
    return kotak


def aman(kotak, p):
    teks = " ".join([*kotak, *kotak.values()])
    for rahasia in (p.pemohon.nik, WARIS["nik_pengaju"], p.rekening.nomor, p.setoran.nomor_validasi, p.pemohon.nama):
        assert rahasia not in teks
    assert not re.search(r"None|\{\{|\{%|&amp;|  ", teks)


def test_semua_templat_yang_disebut_mesin_ada():
    disebut = {k for lk in mesin(Pembatalan) for jenis, k in lk.efek if jenis == "kabar.status" and k}
    tersedia = {kode for kode, _ in templat.semua()}
    assert disebut | {"pembatalan_diterima"} == {k for k in tersedia if k.startswith("pembatalan_")}


def ke_bank(pelaksana, p, *langkah):
    """These steps of the case's youngest refund."""
    dana = p.anak.filter(jenis="pengembalian").latest("pk").rinci()
    for nama in langkah:
        dana = pelaksana.lakukan(dana, nama, contoh_dana.isian(dana, nama)).perkara


def test_dari_berkas_sampai_uang_diterima_untuk_ahli_waris(batal, pelaksana):  # noqa: F811
    p = batal(2, **WARIS)
    kotak = surat()
    (isi,) = kotak.values()
    assert "Yth. Bapak/Ibu Ahmad Waris," in isi
    assert "turut berduka cita" in isi
    aman(kotak, p)
    semua, urut = dict(kotak), list(kotak)

    def dengar():
        kotak = surat()
        aman(kotak, p)
        semua.update(kotak)
        urut.extend(kotak)

    for tahap in ("disusun", "direkam", "divalidasi", "di_pusat", "dibatalkan", "diajukan"):
        p = maju(pelaksana, p, tahap)
        dengar()
    for langkah in (["catat_spm", "sahkan_spm"], ["catat_transfer", "sahkan_transfer"], ["terima"]):
        ke_bank(pelaksana, p, *langkah)
        dengar()
    pemberitahuan = p.anak.get(jenis="pemberitahuan").rinci()
    pelaksana.lakukan(pemberitahuan, "tandatangani")
    dengar()
    n = p.nomor
    assert urut == [
        f"Pembatalan {n} sudah kami terima",
        f"Berkas {n} sudah lengkap",
        f"Pembatalan {n} dikirim ke Kementerian",
        f"Pembatalan {n} sudah dicatat",
        f"Pembatalan {n}: uang diajukan kepada BPKH",
        f"Pembatalan {n}: BPKH memerintahkan pembayaran",
        f"Pembatalan {n}: bank sudah mentransfer",
        f"Pembatalan {n} selesai, uang sudah diterima",
        f"Pemberitahuan pembatalan {n}",
    ]
    batal_isi = semua[f"Pembatalan {n} sudah dicatat"]
    assert f"nomor porsi almarhumah pada {segar(p).tanggal_batal}" in batal_isi
    assert "Uangnya menyusul: Rp25.000.000 ditambah nilai manfaat" in batal_isi
    assert "SOP tidak menetapkan batas waktu bagi BPKH" in semua[f"Pembatalan {n}: uang diajukan kepada BPKH"]
    akhir = semua[f"Pembatalan {n} selesai, uang sudah diterima"]
    assert "Rp26.234.567 (setoran Rp25.000.000 dan nilai manfaat Rp1.234.567)" in akhir
    assert "Alhamdulillah" not in " ".join(semua.values())


@pytest.fixture
def di_bpkh(batal, pelaksana):  # noqa: F811
    """The heir's case, whose refund BPKH has; earlier news is read."""
    p = maju(pelaksana, batal(2, **WARIS), "diajukan")
    surat()
    return segar(p)


def test_pembayaran_gagal_lalu_retur_minta_buku_rekening(di_bpkh, pelaksana):
    ke_bank(pelaksana, di_bpkh, "gagalkan")
    (isi,) = surat().values()
    assert "belum berhasil. Sebabnya: Rekening tujuan sudah ditutup." in isi
    assert "Uangnya tidak hilang: Rp25.000.000" in isi
    ke_bank(pelaksana, di_bpkh, "periksa_rekening", "usulkan", "setujui")
    ke_bank(pelaksana, di_bpkh, "catat_spm", "sahkan_spm", "catat_transfer", "sahkan_transfer", "terima")
    surat()
    ke_bank(pelaksana, di_bpkh, "kembalikan_dana")
    kotak = surat()
    (isi,) = kotak.values()
    assert list(kotak) == [f"Pembatalan {di_bpkh.nomor}: uang dikembalikan bank"]
    aman(kotak, di_bpkh)
    assert segar(di_bpkh).tahap == "diajukan"


def test_hasil_yang_terlambat_diketahui_satu_kabar(di_bpkh, pelaksana):
    """A statement that shows the money at once tells the parent three facts; the family reads the last."""
    ke_bank(pelaksana, di_bpkh, "nyatakan_belum_pasti")
    assert surat() == {}
    dana = di_bpkh.anak.get(jenis="pengembalian").rinci()
    mutasi = {
        "tanggal_terima": timezone.localdate(),
        "rujukan_bank": "TRF-1",
        "jumlah": dana.jumlah_setoran + 1_234_567,
    }
    pelaksana.lakukan(dana, "cocokkan", mutasi | {"bukti": pdf_contoh("Mutasi rekening")})
    assert list(surat()) == [f"Pembatalan {di_bpkh.nomor} selesai, uang sudah diterima"]


def test_kabar_berkala_selama_bpkh_memegangnya(batal, pelaksana):  # noqa: F811
    """The SOP sets BPKH no limit: news after three quiet working days, then every ten, of the parent only."""
    with time_machine.travel(SENIN, tick=False) as jam:
        p = maju(pelaksana, batal(2, **WARIS), "diajukan")
        surat()
        terkirim = []
        for hari in range(1, 50):
            jam.move_to(SENIN + datetime.timedelta(days=hari))
            informasi_berkala()
            informasi_berkala("Asia/Makassar")
            if mail.outbox:
                terkirim.append(hari)
                (pesan,) = mail.outbox
                aman({pesan.subject: pesan.body}, p)
                mail.outbox.clear()
    assert terkirim[:2] == [3, 17]
    assert len(terkirim) == 3
    assert "Uangnya aman: Rp25.000.000 di BPKH" in pesan.body
    assert "SOP tidak menetapkan batas waktu" in pesan.body
    assert set(Pesan.objects.filter(templat="berkala").values_list("perkara__nomor", flat=True)) == {p.nomor}


@pytest.mark.parametrize(
    ("langkah", "isian"),
    [
        ("tolak", {"aturan": "241/2021 D.3", "penjelasan": "Kartu keluarga baru sudah dibawa."}),
        ("cabut", {"alasan": "Salah orang."}),
    ],
)
def test_yang_dimulai_kantor_lalu_tidak_dilanjutkan(batal, pelaksana, langkah, isian):  # noqa: F811
    """The pilgrim never asked for it: nothing of theirs is refused or withdrawn at their own wish."""
    p = batal(2, sebab="validasi-tidak-memenuhi", pengaju="kantor", alasan="Usia di bawah batas.")
    Jemaah.objects.filter(pk=p.pemohon.pk).update(email=SUREL)
    surat()
    pelaksana.lakukan(segar(p), langkah, isian)
    kotak = surat()
    ((judul, isi),) = kotak.items()
    assert judul == f"Pembatalan {p.nomor} tidak dilanjutkan"
    assert "dimulai kantor kami" in isi and "nomor validasi" in isi
    assert "permintaan" not in isi and "belum dapat" not in isi and "permohonan baru" not in isi
    assert p.pemohon.nik not in isi and p.setoran.nomor_validasi not in isi


def test_giliran_mitra_menyebut_kantornya(di_bpkh, pelaksana):
    sapu()
    pesan = Pesan.objects.filter(templat="giliran", pengguna__username="bpkh").latest("pk")
    assert pesan.isi.startswith(
        "Giliran Badan Pengelola Keuangan Haji pada perkara pengembalian dana dari Kantor Kementerian Haji"
    )
    assert di_bpkh.pemohon.nama not in pesan.judul + pesan.isi
