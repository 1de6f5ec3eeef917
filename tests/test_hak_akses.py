"""Role x address x office: everybody at every door, against the table of `tests/hak_akses.py`."""

from __future__ import annotations

import copy
import re
from functools import cache
from types import SimpleNamespace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils import timezone

from haji_portal.akun.models import Kantor, Pengguna, Penugasan
from haji_portal.alur.jalankan import buka
from haji_portal.alur.pelaku import Petugas, Sistem
from haji_portal.berkas.simpan import lampirkan
from haji_portal.dana.konfirmasi import tanyakan_saldo
from haji_portal.dana.rekonsiliasi.jalan import terima_mutasi
from haji_portal.kabar.models import Pesan
from haji_portal.meja.tukar.deklarasi import DANA, SISKOHAT, pertukaran_pintu
from haji_portal.meja.tukar.impor import terima
from haji_portal.ptsp import batas, sehat
from haji_portal.ptsp import contoh as contoh_ptsp
from haji_portal.surat import isi as isi_surat
from haji_portal.surat.gambar import buat_pdf
from haji_portal.surat.terbit import buat_draf, siapkan
from pelimpahan import contoh as contoh_limpah
from pelimpahan.models import Janji
from pembatalan import contoh as contoh_batal
from pembatalan.models import Jurnal, Pemberitahuan
from pendaftaran import contoh
from pengaktifan import contoh as contoh_aktif
from rekomendasi import contoh as contoh_rekomendasi
from rekomendasi.impor import terima as terima_register
from tests.ajukan import konsep_contoh
from tests.dana.mitra.kirim_kabar import karantina_contoh
from tests.dana.tanah import ajukan, buka_induk
from tests.disposisi.tanah import disposisi_contoh
from tests.hak_akses import KELOMPOK, NOMOR_ASING, SENDIRI
from tests.hak_akses import TABEL as TABEL_HALAMAN
from tests.hak_akses_antrean import TABEL_ANTREAN, antrean_contoh
from tests.hak_akses_api import TABEL_API
from tests.hak_akses_perkara import TABEL_PERKARA
from tests.rekomendasi.sop import pinjamkan_sop

pytestmark = [pytest.mark.django_db, pytest.mark.basis]
TABEL = TABEL_HALAMAN | TABEL_PERKARA | TABEL_ANTREAN | TABEL_API


def nama_alamat(resolver: URLResolver, awal: str = "") -> list[str]:
    """`namespace:name` of every route; a route without a name gives its pattern, so that it cannot hide."""
    nama: list[str] = []
    for satu in resolver.url_patterns:
        if isinstance(satu, URLResolver):
            nama += nama_alamat(satu, f"{awal}{satu.namespace}:" if satu.namespace else awal)
        elif isinstance(satu, URLPattern):
            nama.append(f"{awal}{satu.name or satu.pattern}")
    return nama


@pytest.fixture
def dunia(acuan, settings, tmp_path, monkeypatch):
    """A case of Lombok Timur with a file, a draft letter and a message; clients for every account."""
    settings.HAJI_PRIVAT = tmp_path
    monkeypatch.setattr(sehat, "broker", sehat.PeriksaBroker(lambda: True))
    for nama in ("PER_ORANG", "PER_ORANG_SEHARI", "PER_NOMOR_SEHARI", "SURVEI_PER_ALAMAT"):
        monkeypatch.setattr(batas, nama, 10_000)
    monkeypatch.setattr(batas, "PER_ALAMAT", 10_000)
    monkeypatch.setattr(isi_surat, "buat_pdf", cache(buat_pdf))  # the same paper for everybody who may see it
    perkara = contoh.buka_contoh(Kantor.objects.get(slug=SENDIRI), 7).perkara
    jfu = Pengguna.objects.get(username=f"jfu.{SENDIRI}")
    Pengguna.objects.create_user("tanpa", password="x", nama="Tanpa Tugas")
    lampiran = lampirkan(perkara, contoh.pdf_contoh("KTP"), "berkas", jfu)
    pesan = Pesan.objects.create(
        pengguna=jfu, perkara=perkara, saluran="aplikasi", templat="uji", judul="Uji", isi="Uji", kunci="uji",
        dibuat=timezone.now(),
    )  # fmt: skip
    keluar = Pesan.objects.create(
        perkara=perkara, saluran="email", alamat="a@contoh.example", templat="uji", judul="Uji", isi="Uji",
        kunci="keluar", rujukan="keluar", status="gagal_tetap", dibuat=timezone.now(),
    )  # fmt: skip
    isi = f"Nomor perkara;Nomor porsi;Tanggal terbit\r\n{perkara.nomor};2300000001;01-11-2026"
    beku = siapkan(
        contoh.buka_contoh(Kantor.objects.get(slug=SENDIRI), 8).perkara,
        "sph",
        Penugasan.objects.get(pengguna__username=f"kasi.{SENDIRI}"),
    )
    impor = terima(
        pertukaran_pintu(SISKOHAT)["pendaftaran"], perkara.kantor, jfu, SimpleUploadedFile("jawaban.csv", isi.encode())
    )
    bps = Pengguna.objects.get(username="bps")
    mutasi = SimpleUploadedFile("mutasi.csv", b"Berita;Tanggal;Nomor rujukan bank;Jumlah\r\nLTM-KD-26-0;1;2;3")
    impor_dana = terima(pertukaran_pintu(DANA)["mutasi"], bps.penugasan_berlaku()[0].kantor, bps, mutasi)
    pusat = Penugasan.objects.select_related("kantor", "pengguna").get(pengguna__username="subdit")
    isian = {"macam": "porsi", "dari": timezone.localdate(), "sampai": timezone.localdate()}
    jurnal = buka(Jurnal, kantor=pusat.kantor, oleh=Petugas(pusat.pengguna, pusat), isian=isian).perkara
    batal = contoh_batal.buka_contoh(perkara.kantor, 9004, sebab="sendiri").perkara
    limpah = contoh_limpah.buka_contoh(perkara.kantor, 9007).perkara
    slot = contoh_limpah.slot_contoh(limpah)
    pemberitahuan = buka(
        Pemberitahuan, kantor=perkara.kantor, oleh=Sistem("uji"), isian={"induk_id": batal.pk, "pemohon": batal.pemohon}
    ).perkara
    # The bank of this number has no office of its own, so its cases come to the account `bps`.
    reversal = contoh_batal.buka_contoh(pusat.kantor, 9001, layanan="pembatalan-validasi-reversal").perkara
    pengembalian = ajukan(buka_induk(SENDIRI))
    aktif = contoh_aktif.buka_contoh(perkara.kantor, 9005).perkara
    pinjamkan_sop(SENDIRI)
    rekomendasi = contoh_rekomendasi.buka_contoh(perkara.kantor, 9008).perkara
    daftar = SimpleUploadedFile("ppiu.csv", b"Nama penyelenggara;Nomor SK;Tanggal SK\r\nPT Uji;1;01-11-2026")
    surat_masuk, disposisi = disposisi_contoh(perkara.kantor)
    klien = {}
    for akun in (a for daftar in KELOMPOK.values() for a in daftar):
        klien[akun] = Client(raise_request_exception=False)
        if akun != "anonim":
            klien[akun].force_login(Pengguna.objects.get(username=akun))
            klien[akun].get("/akun/")  # the first visit writes the session, which kunjungi() takes back each time
    return SimpleNamespace(
        konsep=konsep_contoh(),
        antrean=antrean_contoh(perkara.kantor),
        perkara=perkara,
        batal=batal,
        limpah=limpah,
        hari=slot.hari,
        janji=Janji.objects.create(slot=slot, perkara=limpah, dibuat=timezone.now()),
        lampiran_limpah=lampirkan(limpah, contoh.pdf_contoh("KTP"), "berkas", jfu),
        lampiran_batal=lampirkan(batal, contoh.pdf_contoh("KTP"), "berkas", jfu),
        pemberitahuan=pemberitahuan,
        reversal=reversal,
        pengembalian=pengembalian,
        aktif=aktif,
        surat_masuk=surat_masuk,
        berkas_surat=surat_masuk.berkas.get(),
        disposisi=disposisi,
        pelayanan=contoh_ptsp.buka_contoh(Kantor.objects.get(slug="jakarta-selatan"), 9010).perkara,
        lampiran_aktif=lampirkan(aktif, contoh.pdf_contoh("Rekening koran"), "berkas", jfu),
        rekomendasi=rekomendasi,
        lampiran_rekomendasi=lampirkan(rekomendasi, contoh.pdf_contoh("KTP"), "berkas", jfu),
        sk=rekomendasi.penyelenggara.sk_terbaru(),
        impor_register=terima_register(perkara.kantor, jfu, daftar),
        konfirmasi=tanyakan_saldo(aktif, "setoran", 25_000_000),
        karantina=karantina_contoh(pengembalian),
        lampiran=lampiran,
        surat=buat_draf(perkara, "sph"),
        pesan=pesan,
        keluar=keluar,
        klien=klien,
        impor=impor,
        impor_dana=impor_dana,
        rekonsiliasi=terima_mutasi("bps", impor_dana.kantor, timezone.localdate(), [], "berkas"),
        beku=beku,
        jurnal=jurnal,
    )


def kunjungi(klien: Client, metode: str, alamat: str, isi: dict, tipe: str = "", **lain) -> tuple[int, str]:
    """Status and Location; whatever the visit changed is undone, so that the next person meets the same case."""
    kuki = copy.deepcopy(klien.cookies)
    with transaction.atomic():
        jawab = getattr(klien, metode)(alamat, isi, **({"content_type": tipe} if tipe else {}), **lain)
        transaction.set_rollback(True)
    klien.cookies = kuki
    return jawab.status_code, jawab.headers.get("Location", "")


def test_setiap_alamat_punya_baris_dan_sebaliknya():
    ada = {nama for nama in nama_alamat(get_resolver()) if not nama.startswith("admin:")}
    assert ada - set(TABEL) == set(), "alamat tanpa baris pada tests/hak_akses*.py"
    assert set(TABEL) - ada == set(), "baris tanpa alamat"


def test_tabel_menyebut_setiap_kelompok():
    for nama, daftar in TABEL.items():
        for baris in daftar:
            assert set(KELOMPOK) <= set(baris.harap), nama


RUANG_BERSAMA = {"akun", "ptsp", "rawat", "berkas", "surat", "kabar", "meja", "api"}


@pytest.mark.parametrize("layanan", [False, True], ids=["ruang-bersama", "layanan"])
def test_setiap_peran_di_setiap_alamat(dunia, layanan, settings):
    # All of this comes from one address, within a minute on a fast machine; how often one may ask has its own tests.
    settings.API_BATAS = dict.fromkeys(settings.API_BATAS, 10**6)
    salah = []
    for nama, daftar in TABEL.items():
        if (nama.partition(":")[0] not in RUANG_BERSAMA) is not layanan:
            continue
        for baris in daftar:
            alamat = baris.alamat if isinstance(baris.alamat, str) else baris.alamat(dunia)
            isi = baris.isi(dunia)
            for kelompok, akun_akun in KELOMPOK.items():
                for akun in akun_akun:
                    status, ke = kunjungi(
                        dunia.klien[akun], baris.metode, alamat, isi, baris.tipe, headers=baris.kepala(dunia)
                    )
                    harap = baris.status(kelompok, akun)
                    if status != harap:
                        salah.append(f"{baris.metode} {nama} {akun}: {status}, seharusnya {harap}")
                    elif (akun, status) == ("anonim", 302) and baris.harap["sendiri"] != 302:
                        salah += [] if ke.startswith("/masuk/?next=") else [f"{nama}: anonim dikirim ke {ke}"]
    assert not salah, "\n".join(salah)


def test_asing_dan_tiada_dijawab_dengan_halaman_yang_sama(dunia):
    """A foreign case must look exactly like one that does not exist."""
    klien = dunia.klien["jfu.tanah-bumbu"]
    asing = klien.get(f"/pendaftaran/{dunia.perkara.nomor}/")
    tiada = klien.get(f"/pendaftaran/{NOMOR_ASING}/")
    assert asing.status_code == tiada.status_code == 404
    bersih = [j.content.decode().replace(n, "N") for j, n in ((asing, dunia.perkara.nomor), (tiada, NOMOR_ASING))]
    assert _tanpa_token(bersih[0]) == _tanpa_token(bersih[1])


def _tanpa_token(teks: str) -> str:
    return re.sub(r'value="[A-Za-z0-9]{64}"', "", teks)


def test_admin_tertutup_bagi_selain_admin(dunia):
    """Every address of the Django admin: to the login for strangers, refused for staff, no crash for the admin."""
    resolver = get_resolver().namespace_dict["admin"][1]
    salah = []
    for satu in _daur(resolver):
        if satu.endswith(("login/", "jsi18n/", "logout/")):
            continue
        for akun in ("anonim", "tanpa", f"kepala.{SENDIRI}", "ditjen", "inspektorat"):
            status, ke = kunjungi(dunia.klien[akun], "get", satu, {})
            if status != 302 or not ke.startswith("/admin/login/"):
                salah.append(f"{satu} {akun}: {status} {ke}")
    assert salah == []
    for akun in ("tanpa", f"kepala.{SENDIRI}", "ditjen"):
        assert kunjungi(dunia.klien[akun], "get", "/admin/login/?next=/admin/", {})[0] == 403
    assert kunjungi(dunia.klien["anonim"], "get", "/admin/login/?next=/admin/", {}) == (302, "/masuk/?next=/admin/")
    assert kunjungi(dunia.klien["admin"], "get", "/admin/", {})[0] == 200


def _daur(resolver: URLResolver, awal: str = "/admin/") -> list[str]:
    alamat = []
    for satu in resolver.url_patterns:
        pola = str(satu.pattern).lstrip("^").rstrip("$")
        pola = re.sub(r"<[^>]+>", "1", pola.replace("(?P<url>.*)", "tiada/"))
        if isinstance(satu, URLResolver):
            alamat += _daur(satu, awal + pola)
        elif "(" not in pola:
            alamat.append(awal + pola)
    return alamat


def test_pengurangan_penugasan_berlaku_pada_permintaan_berikutnya(dunia):
    """Whoever loses the assignment loses the case at the next click, with the session still open."""
    klien = dunia.klien[f"jfu.{SENDIRI}"]
    alamat = f"/pendaftaran/{dunia.perkara.nomor}/"
    assert klien.get(alamat).status_code == 200
    lama = Penugasan.objects.filter(pengguna__username=f"jfu.{SENDIRI}")
    lama.update(kantor=Kantor.objects.get(slug="tanah-bumbu"))
    assert klien.get(alamat).status_code == 404
    lama.update(selesai=lama.get().mulai)
    assert klien.get(alamat).status_code == 403
