"""Deadlines against the printed figures: groups of rows, rounds, whose clock runs, spans, and what a page can say."""

import pytest

from haji_portal.akun.models import Kantor
from haji_portal.alur.models import HariLibur, Tenggat
from haji_portal.alur.posisi import langkah_berikut
from haji_portal.alur.tenggat import batas_berjalan, hitung_batas, menit_terpakai, sebab_tenggat, segarkan
from pendaftaran import contoh
from tests.alur.jam import wita
from tests.kontrak.potret import segar
from tests.pendaftaran.tanah import bukakan

# Minutes per status, added up by hand from the printed rows (sop.yaml): Lombok Timur rows 3-7, Tanah Bumbu 1, 2-4,
# 5, 6-8. The rows of Kepulauan Seribu and of the national table carry no minutes.
JATAH = {
    "lombok-timur": {
        "diperiksa": 5, "direkam": 10, "diverifikasi": 5, "ditandatangani": 5, "siap_diserahkan": 20,
    },
    "tanah-bumbu": {"diperiksa": 8, "direkam": 10, "diverifikasi": 3, "ditandatangani": 4},
    "kepulauan-seribu": dict.fromkeys(["diperiksa,direkam", "diverifikasi", "ditandatangani"]),
}  # fmt: skip


def buka(slug="lombok-timur", urut=1):
    return segar(contoh.buka_contoh(Kantor.objects.get(slug=slug), urut).perkara)


def langkah(pelaksana, perkara, nama, **data):
    return segar(pelaksana.lakukan(perkara, nama, data or contoh.isian(perkara, nama)).perkara)


def kembali_dan_lengkap(pelaksana, jam, perkara, kembali, lengkap):
    """Returned after `kembali` minutes, complete again at the instant `lengkap`."""
    jam.maju(kembali)
    bukakan(perkara, "kembalikan")
    perkara = langkah(pelaksana, perkara, "kembalikan")
    jam.ke(lengkap)
    return langkah(pelaksana, perkara, "lengkapi")


def terbuka(perkara, jenis="status"):
    return perkara.tenggat.get(jenis=jenis, selesai__isnull=True)


@pytest.mark.parametrize("slug", JATAH)
def test_jatah_tiap_status_menurut_naskah(pelaksana, jam, slug):
    """Every stay has the sum of its rows, from the entry on; the total is what the SOP prints after the counter."""
    perkara, jatah = buka(slug), {}
    while perkara.ditutup is None:
        tenggat = terbuka(perkara)
        jatah.setdefault((tenggat.pk, tenggat.menit), []).append(perkara.tahap)
        if tenggat.menit:
            assert tenggat.batas == hitung_batas(tenggat) > tenggat.mulai
        jam.maju(1)
        perkara = langkah(pelaksana, perkara, langkah_berikut(perkara).nama)
    nyata = {",".join(dict.fromkeys(tahap)): menit for (_, menit), tahap in jatah.items()}
    assert nyata == JATAH[slug]
    assert not perkara.tenggat.filter(selesai__isnull=True).exists(), "a closed case has no running deadline"


def test_setiap_menit_terhitung_tepat_satu_kali(pelaksana, jam):
    """The minutes charged to all stays are the minutes that the case took."""
    perkara, jumlah = buka(), 0
    while perkara.ditutup is None:
        jam.maju(3)
        jumlah += 3
        perkara = langkah(pelaksana, perkara, langkah_berikut(perkara).nama)
    assert sum(perkara.tenggat.values_list("menit_terpakai", flat=True)) == jumlah
    assert set(perkara.tenggat.values_list("pihak", flat=True)) == {"kantor"}


def test_pengembalian_menutup_dan_membuka_putaran_kedua(pelaksana, jam):
    perkara = kembali_dan_lengkap(pelaksana, jam, buka(), 3, wita(4, 10))
    pertama, pemohon, kedua = perkara.tenggat.order_by("pk")
    assert (pertama.putaran, pertama.menit_terpakai, pertama.selesai) == (1, 3, wita(2, 9, 3))
    assert (pemohon.kode, pemohon.pihak, pemohon.menit, pemohon.batas) == ("dikembalikan", "pemohon", None, None)
    assert pemohon.menit_terpakai == 957, "Monday 09.03 to Wednesday 10.00, breaks and nights left out"
    assert (kedua.putaran, kedua.menit, kedua.batas) == (2, 5, wita(4, 10, 5))
    assert pertama.kode == kedua.kode


def test_waktu_pemohon_tidak_membebani_kantor(pelaksana, jam):
    perkara = buka()
    bukakan(perkara, "kembalikan")
    perkara = langkah(pelaksana, perkara, "kembalikan")
    assert batas_berjalan(perkara) is None
    assert set(perkara.giliran.values_list("pihak", "tenggat")) == {("pemohon", None)}
    assert sebab_tenggat(terbuka(perkara))[0].startswith("SOP tidak menetapkan batas waktu")


def test_malam_istirahat_akhir_pekan_dan_libur(pelaksana, jam):
    """Four starts whose due instant can be counted on one's fingers."""
    HariLibur.objects.create(tanggal="2026-11-09", nama="Libur contoh")
    for urut, (mulai, batas) in enumerate(
        [
            (wita(2, 11, 58), wita(2, 13, 3)),
            (wita(2, 15, 58), wita(3, 7, 33)),
            (wita(6, 16, 29), wita(10, 7, 34)),
            (wita(7, 10), wita(10, 7, 35)),
        ]
    ):
        jam.ke(mulai)
        assert terbuka(buka(urut=urut + 1)).batas == batas


def test_rentang_kepulauan_seribu_melanjutkan_sisanya(pelaksana, jam):
    """30 minutes for the whole; ten used, two days at the pilgrim's, twenty left; then spent, then nothing left."""
    perkara = buka("kepulauan-seribu")
    pertama = terbuka(perkara, "rentang")
    assert (pertama.menit, pertama.batas) == (30, wita(2, 9, 30))
    perkara = kembali_dan_lengkap(pelaksana, jam, perkara, 10, wita(4, 10))
    kedua = terbuka(perkara, "rentang")
    assert (kedua.putaran, kedua.menit, kedua.batas) == (2, 20, wita(4, 10, 20))
    assert not perkara.tenggat.filter(jenis="rentang", pihak="pemohon").exists()
    perkara = kembali_dan_lengkap(pelaksana, jam, perkara, 25, wita(5, 10))
    ketiga = terbuka(perkara, "rentang")
    assert (ketiga.putaran, ketiga.menit, ketiga.batas) == (3, 0, wita(5, 10))


def test_rentang_tidak_berhenti_saat_status_berganti(pelaksana, jam):
    perkara = buka("kepulauan-seribu")
    mulai = terbuka(perkara, "rentang")
    jam.maju(7)
    for nama in ("periksa_berkas", "nyatakan_lengkap"):
        perkara = langkah(pelaksana, perkara, nama)
    assert terbuka(perkara, "rentang") == mulai
    assert menit_terpakai(mulai) == 7


def test_giliran_memuat_batas_terdekat(pelaksana, jam):
    perkara = buka()
    assert set(perkara.giliran.values_list("tenggat", flat=True)) == {wita(2, 9, 5)} == {batas_berjalan(perkara)}


def test_segarkan_sesudah_kalender_disunting(pelaksana, jam):
    """The admin closes the office today: open deadlines and the inbox move to tomorrow."""
    perkara = buka()
    HariLibur.objects.create(
        tanggal="2026-11-02", nama="Kantor dipakai pelantikan", jenis="setempat", kantor_id=perkara.kantor_id
    )
    jam.maju(0)
    segarkan(perkara)
    assert terbuka(perkara).batas == wita(3, 7, 35)
    assert perkara.giliran.first().tenggat == wita(3, 7, 35)


def test_sebab_menyebut_sop_jatah_dan_kalender(pelaksana, jam):
    jam.ke(wita(2, 11, 58))
    sebab = sebab_tenggat(terbuka(buka()))
    assert sebab[0] == (
        "Pendaftaran Haji Reguler (lombok-timur), baris 3: 5 menit waktu layanan sejak "
        "Senin, 2 November 2026 pukul 11.58 WITA."
    )
    assert sebab[1] == "Istirahat pukul 12.00 sampai 13.00 pada Senin, 2 November 2026 tidak dihitung."


def test_satu_tenggat_terbuka_per_jenis(pelaksana, jam):
    """Held by the database: a second open stay of the same code cannot be written."""
    from django.db import IntegrityError, transaction

    tenggat = terbuka(buka())
    with pytest.raises(IntegrityError), transaction.atomic():
        Tenggat.objects.create(
            perkara_id=tenggat.perkara_id, kode=tenggat.kode, mulai=tenggat.mulai, kantor_id=tenggat.kantor_id
        )
