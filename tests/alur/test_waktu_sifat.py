"""Properties of working time against a minute-by-minute oracle that shares no code with the product.

The oracle knows hours as minutes of the day and walks one minute at a time over a list of booleans.
"""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from haji_portal.alur.waktu import JAM_BIASA, JAM_RAMADAN, Kalender, PeriodeJam

WIB, WITA, WIT = ZoneInfo("Asia/Jakarta"), ZoneInfo("Asia/Makassar"), ZoneInfo("Asia/Jayapura")

ASAL = date(2026, 2, 9)  # a Monday, ten days before Ramadan
HARI_ORAKEL = 28
AWAL_RAMADAN, MENIT_SEHARI = 10, 1440
ORAKEL_BIASA = {n: [(450, 720), (780, 960)] for n in range(4)} | {4: [(450, 690), (780, 990)]}
ORAKEL_RAMADAN = {n: [(480, 720), (750, 900)] for n in range(4)} | {4: [(480, 690), (750, 930)]}


def menit_buka(hari: int) -> list[bool]:
    selang = (ORAKEL_RAMADAN if hari >= AWAL_RAMADAN else ORAKEL_BIASA).get(hari % 7, [])
    return [any(a <= m < b for a, b in selang) for m in range(MENIT_SEHARI)]


TANPA_LIBUR = [menit_buka(hari) for hari in range(HARI_ORAKEL)]


def orakel(libur: frozenset[int]) -> list[bool]:
    """One boolean per minute from ASAL 00.00: is the office open during that minute?"""
    buka: list[bool] = []
    for hari, menit in enumerate(TANPA_LIBUR):
        buka += [False] * MENIT_SEHARI if hari in libur else menit
    return buka


def orakel_tambah(buka: list[bool], mulai: int, menit: int) -> int:
    kini = mulai
    while menit:
        menit -= buka[kini]
        kini += 1
    return kini


def kalender_uji(libur: frozenset[int], zona: ZoneInfo) -> Kalender:
    ramadan = PeriodeJam(ASAL + timedelta(days=AWAL_RAMADAN), date(2026, 12, 31), "Ramadan", JAM_RAMADAN)
    return Kalender(zona, JAM_BIASA, {ASAL + timedelta(days=n): f"Libur {n}" for n in libur}, (ramadan,))


def saat_ke(menit: int, zona: ZoneInfo) -> datetime:
    return datetime.combine(ASAL, time(), zona) + timedelta(minutes=menit)


LIBUR = st.frozensets(st.integers(0, HARI_ORAKEL - 1), max_size=4)
ZONA = st.sampled_from([WIB, WITA, WIT])
TEPI = [h * MENIT_SEHARI + t for h in range(14) for t in (450, 480, 690, 720, 750, 780, 900, 930, 960, 990)]
MULAI = st.one_of(st.integers(0, 14 * MENIT_SEHARI), st.sampled_from(TEPI))
MENIT = st.integers(0, 1300)
tetap = settings(max_examples=100, derandomize=True, deadline=None)


@tetap
@given(LIBUR, ZONA, MULAI, MENIT)
def test_tambah_sama_dengan_orakel(libur: frozenset[int], zona: ZoneInfo, mulai: int, menit: int) -> None:
    kalender, awal = kalender_uji(libur, zona), saat_ke(mulai, zona)
    batas = kalender.tambah_menit(awal, menit)
    assert batas == saat_ke(orakel_tambah(orakel(libur), mulai, menit), zona)
    assert kalender.menit_antara(awal, batas) == menit


@tetap
@given(LIBUR, ZONA, MULAI, MULAI)
def test_antara_dan_buka_sama_dengan_orakel(libur: frozenset[int], zona: ZoneInfo, a: int, b: int) -> None:
    kalender, buka = kalender_uji(libur, zona), orakel(libur)
    assert kalender.menit_antara(saat_ke(a, zona), saat_ke(b, zona)) == sum(buka[a:b])
    assert kalender.buka_berikut(saat_ke(a, zona)) == saat_ke(buka.index(True, a), zona)


@tetap
@given(LIBUR, MULAI, MENIT, MENIT)
def test_bertahap_sama_dengan_sekaligus(libur: frozenset[int], mulai: int, a: int, b: int) -> None:
    kalender, awal = kalender_uji(libur, WITA), saat_ke(mulai, WITA)
    tengah = kalender.tambah_menit(awal, a)
    akhir = kalender.tambah_menit(awal, a + b)
    assert kalender.tambah_menit(tengah, b) == akhir
    assert kalender.menit_antara(awal, tengah) + kalender.menit_antara(tengah, akhir) == a + b


@tetap
@given(LIBUR, MULAI, MULAI, st.integers(1, 1300), st.integers(1, 1300))
def test_lebih_lama_tidak_lebih_awal(libur: frozenset[int], m1: int, m2: int, a: int, b: int) -> None:
    kalender = kalender_uji(libur, WITA)
    awal, lanjut = saat_ke(min(m1, m2), WITA), saat_ke(max(m1, m2), WITA)
    assert kalender.tambah_menit(awal, a) <= kalender.tambah_menit(lanjut, a)
    assert kalender.tambah_menit(awal, min(a, b)) <= kalender.tambah_menit(awal, max(a, b))


@tetap
@given(LIBUR, MULAI, st.integers(1, 8))
def test_hari_kerja_bolak_balik(libur: frozenset[int], mulai: int, hari: int) -> None:
    kalender, buka = kalender_uji(libur, WITA), orakel(libur)
    batas = kalender.tambah_hari_kerja(saat_ke(mulai, WITA), hari)
    terbuka = [h for h in range(HARI_ORAKEL) if any(buka[h * MENIT_SEHARI : (h + 1) * MENIT_SEHARI])]
    harapan = [h for h in terbuka if h > mulai // MENIT_SEHARI]
    if len(harapan) >= hari:
        assert batas.date() == ASAL + timedelta(days=harapan[hari - 1])
    assert kalender.hari_kerja_antara(saat_ke(mulai, WITA).date(), batas.date()) == hari
    assert kalender.menit_antara(batas, batas.replace(hour=23, minute=59)) == 0


@tetap
@given(LIBUR, MULAI, MENIT)
def test_sebab_menyebut_setiap_libur_di_antaranya(libur: frozenset[int], mulai: int, menit: int) -> None:
    kalender, awal = kalender_uji(libur, WITA), saat_ke(mulai, WITA)
    batas = kalender.tambah_menit(awal, menit)
    teks = " ".join(kalender.sebab(awal, batas))
    for n in libur:
        antara = awal.date() <= ASAL + timedelta(days=n) <= batas.date() and batas > awal
        assert (f": Libur {n}." in teks) == (antara and n % 7 < 5)
