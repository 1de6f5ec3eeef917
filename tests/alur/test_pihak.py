"""Whose clock runs: the office's, the centre's, the Kanwil's; budgets that stop and go on; who regulates and is warned.

Lombok Timur works from 07.30 to 16.00 WITA, the centre from 07.30 to 16.00 WIB, which is 08.30 to 17.00 WITA.
"""

import datetime

import pytest
from django.core import mail

from haji_portal.akun.models import Kantor, Penugasan
from haji_portal.alur.admin import HariLiburAdmin, JedaAdmin
from haji_portal.alur.galat import TidakBerhak
from haji_portal.alur.jeda import jeda, lanjutkan, perpanjang
from haji_portal.alur.models import HariLibur, Jeda
from haji_portal.alur.pelaku import Petugas
from haji_portal.alur.tenggat import jatah_menit, periksa_tenggat, sebab_tenggat
from haji_portal.jemaah.models import Jemaah
from haji_portal.kabar.berkala import informasi_berkala
from haji_portal.kabar.models import Pesan
from haji_portal.meja.pemakaian import pemakaian_waktu
from haji_portal.ptsp.keadaan import keadaan
from pendaftaran.models import Pendaftaran
from tests.alur.jam import wita
from tests.kontrak.potret import segar


def pusat():
    return Kantor.objects.get(jenis="pusat")


def petugas(akun, nama):
    pengguna = akun(nama)
    return Petugas(pengguna, pengguna.penugasan.get())


def berjalan(kasus):
    return {t.kode: t.batas for t in kasus.perkara.tenggat.filter(selesai__isnull=True, jenis="rentang")}


def test_tiga_dan_lima_hari_berganti_dan_delapan_berjalan_terus(estafet, jam):
    """The relay against figures counted by hand: every stay, its owner, its calendar, what it took and has left."""
    kasus = estafet()
    assert berjalan(kasus) == {"keseluruhan": wita(12, 16), "kantor": wita(5, 16)}
    jam.ke(wita(3, 15, 55))
    kasus.pergi()
    assert berjalan(kasus) == {"keseluruhan": wita(12, 16), "direktorat": wita(10, 17)}
    assert kasus.tenggat("4").batas == wita(3, 16, 5), "ten minutes at the centre, after closing time in Lombok Timur"
    jam.ke(wita(5, 10))
    kasus.pulang()
    # 360 minutes on Monday and 445 on Tuesday of 360 + 3 x 450: 300 on Thursday, 450 on Friday, 155 on Monday are left.
    assert berjalan(kasus) == {"keseluruhan": wita(12, 16), "kantor": wita(9, 10, 5)}
    jam.ke(wita(6, 10))
    kasus.pergi()
    # 65 + 450 + 90 minutes of 65 + 5 x 450: 360 on Friday and three days are left.
    assert berjalan(kasus) == {"keseluruhan": wita(12, 16), "direktorat": wita(11, 17)}
    lihat = ("kode", "putaran", "pihak", "kantor__slug", "menit", "hari_kerja", "menit_terpakai")
    rentang = kasus.perkara.tenggat.filter(jenis="rentang").order_by("kode", "putaran")
    assert list(rentang.values_list(*lihat)) == [
        ("direktorat", 1, "pusat", "pusat", None, 5, 605),
        ("direktorat", 2, "pusat", "pusat", 1710, 0, None),
        ("kantor", 1, "kantor", "lombok-timur", None, 3, 805),
        ("kantor", 2, "kantor", "lombok-timur", 905, 0, 450),
        ("keseluruhan", 1, "kantor", "lombok-timur", None, 8, None),
    ]


@pytest.mark.parametrize(("hari", "jam_kembali", "batas"), [(5, 16, wita(5, 16)), (9, 10, wita(9, 10))])
def test_habis_tetap_habis(estafet, jam, hari, jam_kembali, batas):
    """Three days used to the last minute: coming back, the span is due at once, also a week later."""
    kasus = estafet()
    jam.ke(wita(5, 16))
    kasus.pergi()
    jam.ke(wita(hari, jam_kembali))
    kasus.pulang()
    sisa = kasus.tenggat("kantor", 2)
    assert (sisa.menit, sisa.hari_kerja, sisa.batas) == (0, 0, batas)


def test_bolak_balik_dalam_sehari_tidak_menghapus_waktu(estafet, jam):
    """Sent away every day before closing time, the office still pays for the hours that it had the file."""
    kasus = estafet()
    for putaran, hari in enumerate((2, 3, 4, 5), start=1):
        jam.ke(wita(hari, 15))
        kasus.pergi()
        jam.ke(wita(hari, 15, 30))
        kasus.pulang()
        terpakai = 300 + (putaran - 1) * 420
        assert kasus.tenggat("kantor", putaran + 1).menit == 1710 - terpakai
    assert jatah_menit(kasus.tenggat("kantor", 1)) == 1710


def test_jeda_tidak_memakan_sisa(estafet, jam):
    """An outage of the district office during its stay takes nothing from what it has left; the centre's neither."""
    kasus = estafet()
    lombok = kasus.perkara.kantor
    Jeda.objects.create(kantor=lombok, mulai=wita(2, 10), selesai=wita(2, 11), alasan="Jaringan putus")
    Jeda.objects.create(kantor=pusat(), mulai=wita(2, 9), selesai=wita(2, 12), alasan="Siskohat padam")
    jam.ke(wita(2, 12))
    kasus.pergi()
    jam.maju(1)
    kasus.pulang()
    assert kasus.tenggat("kantor", 2).menit == 1710 - 120


def test_kanwil_menghitung_dengan_jamnya_sendiri(estafet, jam):
    kasus = estafet("kanwil")
    kanwil = kasus.perkara.kantor.induk
    HariLibur.objects.create(tanggal="2026-11-02", nama="Libur provinsi", jenis="setempat", kantor=kanwil)
    kasus.pergi()
    tenggat = kasus.tenggat("4")
    assert (tenggat.pihak, tenggat.kantor, tenggat.batas) == ("kanwil", kanwil, wita(3, 7, 40))
    assert berjalan(kasus) == {}, "no span of this table names the Kanwil"


def test_tanpa_kantor_pusat_dihitung_di_kantor_sendiri(estafet, jam):
    Kantor.objects.filter(jenis="pusat").update(aktif=False)
    kasus = estafet()
    kasus.pergi()
    assert kasus.tenggat("4").kantor == kasus.perkara.kantor


def test_suntingan_kalender_pusat_menggeser_tenggat_pusat(estafet, jam):
    """A holiday and an outage of the centre reach the cases of the districts that it has, and no others."""
    di_pusat, di_kantor = estafet(), estafet(urut=2)
    di_pusat.pergi()
    sebelum = berjalan(di_kantor)
    assert di_pusat.perkara.giliran.first().tenggat == wita(2, 9, 10)
    libur = HariLibur(tanggal="2026-11-02", nama="Pelantikan", jenis="setempat", kantor=pusat())
    HariLiburAdmin(HariLibur, None).save_model(None, libur, None, False)
    assert di_pusat.tenggat("4").batas == wita(3, 8, 40)
    assert {g.tenggat for g in di_pusat.perkara.giliran.all()} == {wita(3, 8, 40)}
    assert berjalan(di_pusat)["direktorat"] == wita(9, 17), (
        "a start on a closed day: the date of the start never counts"
    )
    assert berjalan(di_kantor) == sebelum
    HariLiburAdmin(HariLibur, None).delete_model(None, libur)
    padam = Jeda(kantor=pusat(), mulai=wita(2, 9, 5), selesai=wita(2, 10, 5), alasan="Siskohat padam")
    JedaAdmin(Jeda, None).save_model(None, padam, None, False)
    assert di_pusat.tenggat("4").batas == wita(2, 10, 10)
    assert berjalan(di_kantor) == sebelum
    lombok = Jeda(kantor=di_kantor.perkara.kantor, mulai=wita(2, 9), selesai=wita(2, 9, 30), alasan="Listrik padam")
    JedaAdmin(Jeda, None).save_model(None, lombok, None, False)
    assert di_pusat.tenggat("4").batas == wita(2, 10, 10)


def test_sebab_menyebut_jam_siapa(estafet, jam):
    kasus = estafet()
    jam.ke(wita(3, 15, 55))
    kasus.pergi()
    sebab = sebab_tenggat(kasus.tenggat("4"))
    assert sebab[0].endswith("baris 4: 10 menit waktu layanan sejak Selasa, 3 November 2026 pukul 14.55 WIB.")
    assert sebab[1] == "Dihitung menurut jam kerja Direktorat Jenderal Penyelenggaraan Haji dan Umrah."
    jam.ke(wita(4, 10))
    kasus.pulang()
    sisa = sebab_tenggat(kasus.tenggat("kantor", 2))
    assert sisa[0].startswith("241/2021 E.1: 2 hari kerja 5 menit waktu layanan yang masih tersisa, sejak Rabu, 4 Nov")


def test_waktu_diatur_pejabat_pihak_yang_memegang(estafet, jam, akun):
    kasus = estafet()
    kasus.pergi()
    perkara = kasus.perkara
    for nama in ("kasi.lombok-timur", "kepala.lombok-timur", "direktorat", "kanwil.ntb", "bpkh"):
        with pytest.raises(TidakBerhak, match="oleh Subdirektorat atau Direktur"):
            jeda(perkara, oleh=petugas(akun, nama), versi=perkara.versi, alasan="Siskohat padam")
    perkara = segar(jeda(perkara, oleh=petugas(akun, "subdit"), versi=perkara.versi, alasan="Siskohat padam").perkara)
    jam.maju(30)
    assert periksa_tenggat() == 0
    perkara = segar(lanjutkan(perkara, oleh=petugas(akun, "direktur"), versi=perkara.versi).perkara)
    assert kasus.tenggat("4").batas == wita(2, 9, 40)
    perpanjang(perkara, oleh=petugas(akun, "subdit"), versi=perkara.versi, menit=20, alasan="Berkas tebal")
    assert kasus.tenggat("4").batas == wita(2, 10)


def test_halaman_waktu_mengikuti_berkas(estafet, jam, masuk):
    """The buttons stand on the page of those who may, and a form sent by others is refused with the sentence."""
    kasus = estafet()
    kasus.pergi()
    url = kasus.perkara.get_absolute_url()
    isi = {"versi": kasus.perkara.versi, "aksi": "jeda", "alasan": "Siskohat padam"}
    kasi = masuk("kasi.lombok-timur")
    assert "Hentikan atau perpanjang" not in kasi.get(url).content.decode()
    jawab = kasi.post(f"{url}waktu/", isi)
    assert jawab.status_code == 403 and "diatur oleh Subdirektorat atau Direktur" in jawab.content.decode()
    assert not kasus.perkara.jeda.exists()
    subdit = masuk("subdit")
    assert "Hentikan atau perpanjang" in subdit.get(url).content.decode()
    assert [subdit.post(f"{url}waktu/", isi).status_code for _ in range(2)] == [303, 303]
    assert kasus.perkara.jeda.count() == 1, "sent twice, recorded once"
    assert "waktu dihentikan" in subdit.get(url).content.decode()
    kasus.perkara = segar(kasus.perkara)
    kasus.pulang()
    isi = {"versi": kasus.perkara.versi, "aksi": "lanjutkan"}
    assert masuk("subdit").post(f"{url}waktu/", isi).status_code == 403, "the file is back in the district office"
    assert masuk("kepala.lombok-timur").post(f"{url}waktu/", isi).status_code == 303


def diperingatkan(jenis="peringatan"):
    pesan = Pesan.objects.filter(saluran="aplikasi", templat=jenis).order_by("pk")
    return [(p.kunci.split(":")[1], p.pengguna.username) for p in pesan.select_related("pengguna")]


def test_pusat_diperingatkan_pemilik_direktorat_lalu_direktur(estafet, jam):
    """Ten minutes of the Subdit are over: the Subdit, half an hour later Direktorat and Subdit, then the Direktur."""
    kasus = estafet()
    kasus.pergi()
    urut = []
    for menit in (9, 2, 29, 31, 3000):
        jam.maju(menit)
        kasus.perkara.tenggat.filter(jenis="rentang").update(peringatan=3)
        lama = len(diperingatkan())
        periksa_tenggat()
        assert periksa_tenggat() == 0
        urut.append(sorted(diperingatkan()[lama:]))
    assert urut == [[], [("1", "subdit")], [("2", "direktorat"), ("2", "subdit")], [("3", "direktur")], []]


def test_jam_keseluruhan_memperingatkan_yang_memegang_berkas(estafet, jam):
    """The eight days end while the centre has the file: nobody of the district office is warned of them."""
    kasus = estafet()
    kasus.pergi()
    kasus.perkara.tenggat.exclude(kode="keseluruhan").update(peringatan=3)
    jam.ke(wita(13, 12))
    assert periksa_tenggat() == 3
    assert {nama for _, nama in diperingatkan()} == {"subdit", "direktorat", "direktur"}


def test_kanwil_diperingatkan_satu_kali(estafet, jam):
    kasus = estafet("kanwil")
    kasus.pergi()
    jam.ke(wita(4, 10))
    periksa_tenggat()
    assert diperingatkan() == [("1", "kanwil.ntb"), ("1", "kanwil-2.ntb")]


def test_mitra_tanpa_batas_dan_tanpa_peringatan(estafet, jam):
    kasus = estafet("mitra")
    kasus.pergi()
    mitra = kasus.tenggat("direkam")
    assert (mitra.pihak, mitra.batas, mitra.menit, mitra.kantor) == ("mitra", None, None, kasus.perkara.kantor)
    assert berjalan(kasus) == {}
    assert set(kasus.perkara.giliran.values_list("tenggat", flat=True)) == {None}
    jam.ke(wita(27, 10))
    assert periksa_tenggat() == 0 and diperingatkan() == []
    assert sebab_tenggat(mitra)[0].startswith("SOP tidak menetapkan batas waktu bagi BPKH; waktunya tetap dicatat")


def test_tiap_menit_ada_pemiliknya(estafet, jam):
    """The page's sums against hand-counted minutes; its clocks: the parts first, then the whole."""
    kasus = estafet()
    jam.ke(wita(3, 15, 55))
    kasus.pergi()
    jam.ke(wita(5, 10))
    kasus.pulang()
    jam.ke(wita(5, 11))
    hasil = pemakaian_waktu(kasus.perkara, list(kasus.perkara.tenggat.select_related("kantor")))
    assert hasil.pemilik == [
        ("Kantor", "1 hari kerja 6 jam 55 menit", True),  # 805 + 60
        ("Kementerian (pusat)", "1 hari kerja 2 jam 35 menit", False),  # 605
    ]
    assert [(j.milik, j.sisa.kata, j.sisa.persen, j.sisa.sampai.split(" pukul ")[-1]) for j in hasil.jam] == [
        ("Kantor", "1 hari kerja 6 jam 55 menit dari 3 hari kerja", 51, "10.05 WITA"),
        ("Kementerian (pusat)", "1 hari kerja 2 jam 35 menit dari 5 hari kerja, berhenti", 26, ""),
        ("Keseluruhan", "3 hari kerja 2 jam dari 8 hari kerja", 37, "16.00 WITA"),
    ]


def test_penugasan_ganda_diperingatkan_sekali(estafet, jam, akun):
    """One person who is Direktorat and Subdit reads the second warning once."""
    direktorat = akun("direktorat")
    Penugasan.objects.create(
        pengguna=direktorat, kantor=pusat(), peran="subdit", jabatan="Plt.", nomor_sk="SK-UJI",
        mulai=datetime.date(2026, 1, 1),
    )  # fmt: skip
    kasus = estafet()
    kasus.pergi()
    kasus.perkara.tenggat.filter(jenis="rentang").update(peringatan=3)
    jam.maju(41)
    periksa_tenggat()
    assert diperingatkan().count(("2", "direktorat")) == 1


def dengan_surel(kasus):
    Jemaah.objects.filter(pk=kasus.perkara.pemohon_id).update(email="jemaah@surel.example")


@pytest.mark.parametrize(
    ("pihak", "kalimat"),
    [
        ("kantor", "pada petugas haji. Waktu yang kami janjikan"),
        ("pusat", "pada Subdirektorat. Waktu yang kami janjikan"),
        ("kanwil", "pada Kantor Wilayah. Waktu yang kami janjikan"),
        ("mitra", "SOP tidak menetapkan batas waktu bagi pihak itu; kami tetap mengabari"),
    ],
)
def test_kabar_berkala_di_mana_pun_berkasnya(estafet, jam, pihak, kalimat):
    kasus = estafet(pihak)
    dengan_surel(kasus)
    kasus.pergi()
    mail.outbox.clear()
    jam.ke(wita(5, 10))
    assert [informasi_berkala(), informasi_berkala()] == [1, 0]
    assert kalimat in mail.outbox[0].body
    assert "belum berubah sejak Senin, 2 November 2026" in mail.outbox[0].body


def test_kabar_berkala_diulang_selama_tidak_ada_gerak(estafet, jam):
    """BPKH has no limit: after three working days, then after every ten; each once, however often the portal looks."""
    kasus = estafet("mitra")
    dengan_surel(kasus)
    kasus.pergi()
    mail.outbox.clear()
    hari = {}
    for ke, tanggal in enumerate([3, 4, 5, 6, 9, 10, 11, 12, 13, 16, 17, 18, 19, 20, 23], start=1):
        jam.ke(wita(tanggal, 10))
        hari[ke] = [informasi_berkala(), informasi_berkala()]
    assert {ke: kali for ke, kali in hari.items() if kali != [0, 0]} == {3: [1, 0], 13: [1, 0]}
    kasus.pulang()
    mail.outbox.clear()
    jam.ke(wita(26, 10))
    assert informasi_berkala() == 1, "a step starts a new quiet period"


@pytest.mark.parametrize("pihak", ["pusat", "mitra"])
def test_tanpa_alamat_kantor_perkara_yang_menelepon(estafet, jam, pihak):
    """Not the centre and not BPKH: those who took the file in see whom it waits for, and call."""
    kasus = estafet(pihak)
    kasus.pergi()
    jam.ke(wita(5, 10))
    assert informasi_berkala() > 0
    assert {nama for _, nama in diperingatkan("berkala_petugas")} == {"ptsp.lombok-timur"}


def test_perkara_tanpa_tahap_publik_tidak_dikabarkan(estafet, jam, monkeypatch):
    """A refund or a journal stands behind the applicant's own case, whose news they read."""
    kasus = estafet("mitra")
    dengan_surel(kasus)
    kasus.pergi()
    jam.ke(wita(5, 10))
    monkeypatch.setattr(Pendaftaran, "TAHAP_PUBLIK", ())
    assert informasi_berkala() == 0
    monkeypatch.undo()
    assert informasi_berkala() == 1


@pytest.mark.parametrize(
    ("pihak", "dengan", "kalimat", "berbatas"),
    [
        ("pusat", "Subdirektorat di Direktorat Jenderal Penyelenggaraan Haji dan Umrah", "Paling lambat selesai", True),
        ("kanwil", "Kantor Wilayah Kementerian", "Paling lambat selesai", True),
        ("mitra", "BPKH menerbitkan SPM", "SOP tidak menetapkan batas waktu bagi BPKH; kami tetap mengabari", False),
    ],
)
def test_cek_mengatakan_di_siapa_dan_sampai_kapan(estafet, jam, pihak, dengan, kalimat, berbatas):
    kasus = estafet(pihak)
    kasus.pergi()
    jawab = keadaan(kasus.perkara)
    assert jawab.dengan.startswith(dengan)
    assert kalimat in " ".join(jawab.kalimat)
    assert bool(jawab.batas) is berbatas and not jawab.terlambat
    jam.ke(wita(4, 10))
    assert keadaan(kasus.perkara).terlambat is berbatas


def test_halaman_kasus_menampilkan_jam_bersisian(estafet, jam, masuk):
    kasus = estafet()
    kasus.pergi()
    halaman = masuk("ptsp.lombok-timur").get(kasus.perkara.get_absolute_url()).content.decode()
    assert "Giliran Subdirektorat di Ditjen PHU" in halaman
    for teks in ("0 menit dari 3 hari kerja, berhenti", "0 menit dari 5 hari kerja<", "0 menit dari 8 hari kerja<"):
        assert teks in halaman
    assert "sampai Senin, 9 November 2026 pukul 16.00 WIB" in halaman
    baris = masuk("subdit").get("/kerja/").content.decode()
    assert kasus.perkara.nomor in baris and "tersisa 10 menit" in baris and "pukul 08.10 WIB" in baris
    tunggu = masuk("ptsp.lombok-timur").get("/kerja/?tab=menunggu").content.decode()
    assert kasus.perkara.nomor in tunggu


def test_halaman_kasus_pada_mitra(estafet, jam, masuk):
    kasus = estafet("mitra")
    kasus.pergi()
    halaman = masuk("ptsp.lombok-timur").get(kasus.perkara.get_absolute_url()).content.decode()
    assert "Menunggu BPKH menerbitkan SPM." in halaman
    assert "SOP tidak menetapkan batas waktu bagi BPKH; waktunya tetap dicatat" in halaman
    assert "0 menit dari 3 hari kerja, berhenti" in halaman and "belum mulai" in halaman
