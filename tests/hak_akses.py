"""The table of role x address x office. A route without a row fails `test_hak_akses.py`.

Everybody is placed towards one case of Lombok Timur (its file, its letter, its message). A row states the status for
each group; the key of a single account or of a role wins over its group:

    anonim         not logged in                          tanpa        logged in, no current assignment
    sendiri        the six roles of the case's office     asing        the same roles of another office
    kanwil         the Kanwil of the province             kanwil_asing another Kanwil
    pusat          direktorat ... admin: see all cases    mitra        BPKH and BPS: see what is sent to them

302 for `anonim` means: to the login page.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

SENDIRI, ASING = "lombok-timur", "tanah-bumbu"
LOKAL = ("ptsp", "jfu", "kasi", "kasubag", "kepala", "siskohat")
KELOMPOK: dict[str, tuple[str, ...]] = {
    "anonim": ("anonim",),
    "tanpa": ("tanpa",),
    "sendiri": tuple(f"{peran}.{SENDIRI}" for peran in LOKAL),
    "asing": tuple(f"{peran}.{ASING}" for peran in LOKAL),
    "kanwil": ("kanwil.ntb",),
    "kanwil_asing": ("kanwil.kalsel",),
    "pusat": ("direktorat", "subdit", "direktur", "ditjen", "inspektorat", "admin"),
    "mitra": ("bpkh", "bps", "bps.bsi"),
}


@dataclass(frozen=True)
class Baris:
    """One route and method: where, what is sent, and who gets which status."""

    alamat: Callable[[Any], str] | str
    harap: dict[str, int]
    metode: str = "get"
    isi: Callable[[Any], Any] = field(default=lambda d: {})
    kepala: Callable[[Any], dict[str, str]] = field(default=lambda d: {})
    tipe: str = ""  # of the content, where it is not a form

    def status(self, kelompok: str, akun: str) -> int:
        """The expected status of one account: its own entry, else its role's inside the group, else the group's."""
        peran = akun.partition(".")[0]
        for kunci in (akun, f"{kelompok}.{peran}", kelompok):
            if kunci in self.harap:
                return self.harap[kunci]
        raise KeyError(f"no expectation for {akun}")


def semua(status: int, **lain: int) -> dict[str, int]:
    """The same status for everybody, exceptions by keyword (`__` stands for a dot)."""
    return dict.fromkeys(KELOMPOK, status) | {k.replace("__", "."): v for k, v in lain.items()}


def petugas(status: int = 200, **lain: int) -> dict[str, int]:
    """Every person with a current assignment; anonymous to the login, without assignment 403."""
    return semua(status, **{"anonim": 302, "tanpa": 403, **lain})


def perkara(status: int = 200, **lain: int) -> dict[str, int]:
    """Inside the scope of the case; 404 for every other office."""
    return petugas(status, **{"asing": 404, "kanwil_asing": 404, "mitra": 404, **lain})


def masuk_saja(status: int = 200, **lain: int) -> dict[str, int]:
    """Everybody who is logged in, with or without an assignment."""
    return semua(status, **{"anonim": 302, **lain})


def hanya(status: int, *boleh: str, lain: int = 403) -> dict[str, int]:
    """Inside the scope only the named roles of the office; others 403, foreign offices 404."""
    return perkara(lain) | {f"sendiri.{peran}": status for peran in boleh}


def pusat_dan_bank(status: int = 200, **lain: int) -> dict[str, int]:
    """A case of the centre that a bank brought: the centre, the bank, and nobody else."""
    return petugas(404, **{"pusat": status, "bps": status, **lain})


JSON = "application/json"


def penukar(status: int, asing: int | None = None) -> dict[str, int]:
    """Counter, back office and Siskohat team of an office; `asing` when the other office gets another answer."""
    boleh = {f"sendiri.{p}": status for p in ("ptsp", "jfu", "siskohat")}
    return petugas(403) | boleh | {f"asing.{p}": asing or status for p in ("ptsp", "jfu", "siskohat")}


def mitra_dana(status: int, **lain: int) -> dict[str, int]:
    """Those who pay: BPKH, the banks, the Direktorat."""
    return petugas(403, **(dict.fromkeys(("bpkh", "bps", "bps__bsi", "direktorat"), status) | lain))


def satu_bank(status: int) -> dict[str, int]:
    """A statement of one bank: that bank and the Direktorat; for the other partners it does not exist."""
    return mitra_dana(404, bps=status, direktorat=status)


def pantau(status: int, **lain: int) -> dict[str, int]:
    """Whose work waits for money at the partners; the others of an office, the Kanwil and admins have no such page."""
    bukan = {f"{k}.{p}": 403 for k in ("sendiri", "asing") for p in ("kasubag", "siskohat")}
    return petugas(status, kanwil=403, kanwil_asing=403, admin=403, **lain) | bukan


def kabar_karantina(status: int, **lain: int) -> dict[str, int]:
    """One event about a refund of the own office; decided at the centre."""
    luar = {f"asing.{p}": 404 for p in ("ptsp", "jfu", "kasi", "kepala")} | {"bps": 404, "bps.bsi": 404}
    return pantau(status, **lain) | luar


def agenda(status: int, asing: int = 404, **lain: int) -> dict[str, int]:
    """A letter or disposition of the own office, or (`asing` given) such a page of everybody's own office: for those
    who keep the agenda; `lain`: single roles of that office."""
    bukan = dict.fromkeys(("jfu", "siskohat"), 403) | lain
    tanpa = 404 if asing == 404 else 403
    hasil = petugas(tanpa) | {f"sendiri.{p}": bukan.get(p, status) for p in LOKAL}
    return hasil | {f"asing.{p}": 404 if asing == 404 else bukan.get(p, status) for p in LOKAL}


PENANYA = {f"{k}.{p}": 200 for k in ("sendiri", "asing") for p in ("jfu", "kasi")} | {"direktorat": 200, "subdit": 200}
PEMUTUS = {"direktorat": 422, "subdit": 422, "direktur": 422}


def wawancara(status: int) -> dict[str, int]:
    """A day of interviews of the Kanwil of NTB; another organiser's does not exist, other roles organise nothing."""
    return petugas(403, kanwil=status, kanwil_asing=404, direktorat=404)


def pengelola(status: int) -> dict[str, int]:
    """Who keeps the register of travel organisers: JFU and Kasi of an office that gives recommendations."""
    return petugas(403, sendiri__jfu=status, sendiri__kasi=status)


def konsep(sisa: str) -> Callable[[Any], str]:
    """A page of the draft of some applicant."""
    return lambda d: f"/ajukan/konsep/{d.konsep.token}/{sisa}"


LOKET = ("sendiri__jfu", "sendiri__ptsp", "asing__jfu", "asing__ptsp")
"""Where a table prints "Petugas" or the applicant, counter and back office open a case."""
NOMOR_ASING = "LTM-PD-26-000000"

TABEL: dict[str, list[Baris]] = {
    # Accounts
    "akun:masuk": [
        Baris("/masuk/", semua(302, anonim=200)),
        Baris("/masuk/", semua(200), "post", lambda d: {"username": "x", "password": "y"}),
    ],
    "akun:kode": [Baris("/masuk/kode/", semua(302))],
    "akun:keluar": [Baris("/keluar/", semua(405)), Baris("/keluar/", semua(302), "post")],
    "akun:sandi_lagi": [
        Baris("/sandi-lagi/", masuk_saja()),
        Baris("/sandi-lagi/", masuk_saja(422), "post", lambda d: {"sandi": "salah"}),
    ],
    "akun:akun": [Baris("/akun/", masuk_saja())],
    "akun:ganti_sandi": [Baris("/akun/sandi/", masuk_saja())],
    # 302 for everybody: without a fresh password even the owner goes to /sandi-lagi/ first.
    "akun:dua_faktor": [Baris("/akun/dua-faktor/", semua(302))],
    "akun:cadangan": [
        Baris("/akun/dua-faktor/cadangan/", semua(405)),
        Baris("/akun/dua-faktor/cadangan/", semua(302), "post"),
    ],
    "akun:token": [Baris("/akun/token/", masuk_saja())],
    "akun:token_baru": [Baris("/akun/token/baru/", petugas(302))],  # a fresh password first
    "akun:token_cabut": [
        Baris("/akun/token/1/cabut/", semua(405)),
        Baris("/akun/token/999999/cabut/", masuk_saja(404), "post"),
    ],
    # Public site
    "ptsp:beranda": [Baris("/", semua(200))],
    "ptsp:layanan": [Baris("/layanan/pendaftaran/", semua(200)), Baris("/layanan/tiada/", semua(404))],
    "ptsp:cek": [
        Baris("/cek/", semua(200)),
        Baris("/cek/", semua(200), "post", lambda d: {"nomor": d.perkara.nomor, "tanggal_lahir": "1901-01-01"}),
    ],
    "ptsp:hasil": [Baris("/cek/hasil/", semua(302))],
    "ptsp:lupakan": [Baris("/cek/lupakan/", semua(405)), Baris("/cek/lupakan/", semua(302), "post")],
    # A draft opens only in a browser that showed a code; being an officer helps nobody.
    "ptsp:mulai": [
        Baris("/ajukan/pendaftaran/", semua(200)),
        Baris("/ajukan/pendaftaran/", semua(422), "post"),
        Baris("/ajukan/tiada/", semua(404)),
    ],
    "ptsp:lanjut": [Baris("/ajukan/lanjut/", semua(200)), Baris("/ajukan/lanjut/", semua(422), "post")],
    "ptsp:kode": [
        Baris("/ajukan/kode/", semua(302)),
        Baris("/ajukan/kode/", semua(302), "post", lambda d: {"kode": "1"}),
    ],
    "ptsp:konsep": [Baris(konsep(""), semua(302))],
    "ptsp:bagian": [
        Baris(konsep("isi/diri/"), semua(302)),
        Baris(konsep("isi/diri/"), semua(302), "post", lambda d: {"nama": "X"}),
    ],
    "ptsp:dokumen": [Baris(konsep("dokumen/"), semua(302))],
    "ptsp:lihat_berkas": [Baris(konsep("dokumen/foto-diri/"), semua(302))],
    "ptsp:unggah": [Baris(konsep("dokumen/foto-diri/unggah/"), semua(302), "post")],
    "ptsp:potongan": [Baris(konsep("dokumen/foto-diri/potongan/"), semua(403), m) for m in ("get", "post")],
    "ptsp:periksa": [Baris(konsep("periksa/"), semua(302), m, lambda d: {"setuju": "1"}) for m in ("get", "post")],
    "ptsp:terkirim": [Baris(konsep("terkirim/"), semua(302))],
    "ptsp:hapus_konsep": [Baris(konsep("hapus/"), semua(302), "post")],
    "ptsp:perbaiki": [
        Baris("/ajukan/perbaiki/", semua(302)),
        Baris("/ajukan/perbaiki/", semua(302), "post", lambda d: {"versi": d.perkara.versi}),
    ],
    "ptsp:surat": [Baris("/ajukan/surat/", semua(302)), Baris("/ajukan/surat/", semua(302), "post")],
    "ptsp:surat_pdf": [Baris("/ajukan/surat/sph/", semua(302))],
    "ptsp:verifikasi": [
        Baris(lambda d: f"/verifikasi/{d.surat.token}/", semua(404)),  # a draft does not exist for the public
        Baris("/verifikasi/tiada/", semua(404)),
    ],
    "ptsp:survei": [
        Baris("/survei/000000000000/", semua(404)),
        Baris("/survei/000000000000/", semua(404), "post", lambda d: {"u1": "4"}),
    ],
    "ptsp:survei_selesai": [Baris("/survei/terima-kasih/", semua(200))],
    "ptsp:survei_qr": [Baris(lambda d: f"/survei/perkara/{d.perkara.nomor}/", perkara(200, kanwil=404, pusat=404))],
    "ptsp:tampilan": [Baris("/tampilan/", semua(302))],
    "ptsp:sehat": [Baris("/sehat/", semua(200))],
    "rawat:metrik": [Baris("/metrik/", semua(404))],  # only for who sends the key, which no account does
    "ptsp:favicon": [Baris("/favicon.ico", semua(302))],
    "ptsp:robots": [Baris("/robots.txt", semua(200))],
    "ptsp:security_txt": [Baris("/.well-known/security.txt", semua(200))],
    "ptsp:api_sop": [Baris("/api/v1/sop/", semua(200))],
    "ptsp:api_status": [
        Baris("/api/v1/status/", semua(405)),
        Baris(
            "/api/v1/status/",
            semua(404),
            "post",
            lambda d: {"nomor": d.perkara.nomor, "tanggal_lahir": "1901-01-01"},
            tipe=JSON,
        ),
    ],
    # Documents, letters, messages
    "berkas:unduh": [Baris(lambda d: f"/berkas/{d.lampiran.pk}/", perkara()), Baris("/berkas/999999/", petugas(404))],
    "surat:lihat": [Baris(lambda d: f"/surat/{d.surat.pk}/", perkara()), Baris("/surat/999999/", petugas(404))],
    # A draft cannot be printed: back to the case with the sentence why.
    "surat:cetak": [Baris(lambda d: f"/surat/{d.surat.pk}/cetak/", perkara(302), "post")],
    "surat:dokumen": [
        Baris(lambda d: f"/surat/{d.perkara.nomor}/tanda_terima/", perkara()),
        Baris(lambda d: f"/surat/{d.perkara.nomor}/tiada/", petugas(404)),
    ],
    "kabar:daftar": [Baris("/pesan/", petugas())],
    "kabar:tandai": [Baris("/pesan/dibaca/", petugas(302), "post")],
    # A message belongs to one person, not to an office.
    "kabar:buka": [Baris(lambda d: f"/pesan/{d.pesan.pk}/", petugas(404) | {f"jfu.{SENDIRI}": 302}, "post")],
    # Messages to applicants: the office and whoever oversees it; BPKH and banks are sent cases, not this.
    "kabar:keluar": [Baris("/pesan/keluar/", petugas(mitra=403))],
    "kabar:keluar_satu": [
        Baris(lambda d: f"/pesan/keluar/{d.keluar.pk}/", perkara(mitra=403)),
        Baris("/pesan/keluar/999999/", petugas(404, mitra=403)),
        Baris(lambda d: f"/pesan/keluar/{d.pesan.pk}/", petugas(404, mitra=403)),  # somebody's own, not an applicant's
    ],
    "kabar:keluar_ulang": [
        Baris(lambda d: f"/pesan/keluar/{d.keluar.pk}/ulang/", perkara(405, mitra=405, asing=405, kanwil_asing=405)),
        Baris(
            lambda d: f"/pesan/keluar/{d.keluar.pk}/ulang/",
            hanya(302, "ptsp", "jfu", "kasi", "kasubag", "kepala") | {"mitra": 403},
            "post",
            lambda d: {"status": "gagal_tetap"},
        ),
    ],
    "kabar:keluar_ditangani": [
        Baris(
            lambda d: f"/pesan/keluar/{d.keluar.pk}/ditangani/",
            hanya(302, "ptsp", "jfu", "kasi", "kasubag", "kepala") | {"mitra": 403},
            "post",
            lambda d: {"status": "gagal_tetap"},
        ),
    ],
    # Without a gateway that reports, the address does not exist; with one, only its signature counts.
    "kabar_api:laporan": [
        Baris("/api/v1/pesan/laporan/", semua(405)),
        Baris("/api/v1/pesan/laporan/", semua(404), "post"),
    ],
    # Only a partner's signature counts, whoever is logged in; what is sent here is unsigned.
    "dana_api:bpkh": [
        Baris("/api/v1/callback/bpkh/", semua(405)),
        Baris("/api/v1/callback/bpkh/", semua(401), "post", tipe=JSON),
    ],
    "dana_api:bps": [
        Baris("/api/v1/callback/bps/", semua(405)),
        Baris("/api/v1/callback/bps/", semua(401), "post", tipe=JSON),
    ],
    "dana_api:skema": [
        Baris("/api/v1/callback/skema/peristiwa.json", semua(200)),
        Baris("/api/v1/callback/skema/tiada.json", semua(404)),
    ],
    # The desk
    "meja:kerja": [Baris("/kerja/", petugas())],
    "meja:cari": [
        Baris("/kerja/cari/", petugas(405, anonim=302, tanpa=403)),
        Baris("/kerja/cari/", petugas(302), "post", lambda d: {"q": "x"}),
    ],
    # A porsi of the own office, Kanwil or the centre; BPKH by the refund that it was sent, a bank by its own.
    "meja:porsi": [
        Baris(lambda d: f"/porsi/{d.batal.porsi_id}/", perkara()),
        Baris(lambda d: f"/porsi/{d.pengembalian.porsi_id}/", perkara(bpkh=200)),
        Baris("/porsi/999999999/", petugas(404)),
    ],
    "meja:hasil": [Baris("/kerja/hasil/", petugas())],
    "meja:persetujuan": [Baris("/persetujuan/", petugas()), Baris("/persetujuan/", petugas(422), "post")],
    "meja:setoran": [
        Baris(
            "/setoran/",
            petugas(403, sendiri__ptsp=200, sendiri__jfu=200, asing__ptsp=200, asing__jfu=200, bps=200, bps__bsi=200),
        )
    ],
    "meja:setoran_baru": [
        Baris(
            "/setoran/baru/",
            petugas(403, sendiri__ptsp=200, sendiri__jfu=200, asing__ptsp=200, asing__jfu=200, bps=200, bps__bsi=200),
        ),
        Baris(
            "/setoran/baru/",
            petugas(403, sendiri__ptsp=422, sendiri__jfu=422, asing__ptsp=422, asing__jfu=422, bps=422, bps__bsi=422),
            "post",
            lambda d: {"nik": "1"},
        ),
    ],
    # A draft can be withdrawn by nobody: it does not exist there. The frozen letter: its officials, after the password.
    "meja:surat_cabut": [
        Baris(lambda d: f"/cabut-surat/{d.surat.pk}/", petugas(404)),
        Baris(lambda d: f"/cabut-surat/{d.beku.pk}/", hanya(302, "kasi", "kepala")),
        Baris(lambda d: f"/cabut-surat/{d.beku.pk}/", hanya(302, "kasi", "kepala"), "post"),
    ],
    # Files to and from Siskohat: counter, back office and Siskohat team of the office; another office's import is 404.
    "meja:siskohat": [Baris("/siskohat/", penukar(200))],
    "meja:siskohat_ekspor": [
        Baris("/siskohat/pendaftaran/ekspor/", penukar(200)),
        Baris("/siskohat/tiada/ekspor/", penukar(404)),
    ],
    "meja:siskohat_unggah": [Baris("/siskohat/pendaftaran/impor/", penukar(422), "post")],
    "meja:siskohat_impor": [Baris(lambda d: f"/siskohat/impor/{d.impor.pk}/", penukar(200, asing=404))],
    "meja:siskohat_terapkan": [
        # No row of the invented file is ready: nothing to refuse, nothing to do.
        Baris(lambda d: f"/siskohat/impor/{d.impor.pk}/terapkan/", penukar(303, asing=404), "post"),
    ],
    "meja:siskohat_periksa": [
        Baris(lambda d: f"/siskohat/impor/{d.impor.pk}/periksa/", penukar(303, asing=404), "post"),
    ],
    "meja:siskohat_hasil": [Baris(lambda d: f"/siskohat/impor/{d.impor.pk}/hasil/", penukar(200, asing=404))],
    "meja:siskohat_berkas": [Baris(lambda d: f"/siskohat/impor/{d.impor.pk}/berkas/", penukar(200, asing=404))],
    # Money under way: who waits for it sees it, the centre decides about doubtful news.
    "meja:pantau": [Baris("/pantau-dana/", pantau(200))],
    # A question about one number, for those who check where the money is; without a number 422.
    "meja:saldo": [
        Baris("/pantau-dana/saldo/", petugas(403, **PENANYA)),
        Baris("/pantau-dana/saldo/", petugas(403, **dict.fromkeys(PENANYA, 422)), "post"),
    ],
    "meja:pantau_kabar": [Baris(lambda d: f"/pantau-dana/kabar/{d.karantina.pk}/", kabar_karantina(200))],
    "meja:pantau_usul": [
        Baris(lambda d: f"/pantau-dana/kabar/{d.karantina.pk}/usul/", kabar_karantina(403, **PEMUTUS), "post")
    ],
    "meja:pantau_putus": [
        Baris(lambda d: f"/pantau-dana/kabar/{d.karantina.pk}/putus/", kabar_karantina(403, **PEMUTUS), "post")
    ],
    "meja:pantau_kirim": [
        Baris(
            lambda d: f"/pantau-dana/{d.pengembalian.nomor}/kirim-lagi/",
            perkara(403, direktorat=303, bpkh=303),
            "post",
        )
    ],
    # Files of money: BPKH, the banks and the Direktorat; each sees the exchanges of its role, nobody another's import.
    "meja:dana": [Baris("/berkas-dana/", mitra_dana(200))],
    "meja:dana_ekspor": [
        Baris("/berkas-dana/spm/ekspor/", mitra_dana(200, bps=404, bps__bsi=404)),
        Baris("/berkas-dana/transfer/ekspor/", mitra_dana(200, bpkh=404)),
        Baris("/berkas-dana/mutasi/ekspor/", mitra_dana(404)),
    ],
    "meja:dana_unggah": [Baris("/berkas-dana/mutasi/impor/", mitra_dana(422), "post")],
    "meja:dana_impor": [Baris(lambda d: f"/berkas-dana/impor/{d.impor_dana.pk}/", mitra_dana(404, bps=200))],
    # Recording releases money: the password comes first, so even the right person is sent to it.
    "meja:dana_terapkan": [
        Baris(lambda d: f"/berkas-dana/impor/{d.impor_dana.pk}/terapkan/", mitra_dana(404, bps=302), "post")
    ],
    "meja:dana_periksa": [
        Baris(lambda d: f"/berkas-dana/impor/{d.impor_dana.pk}/periksa/", mitra_dana(404, bps=303), "post")
    ],
    "meja:dana_hasil": [Baris(lambda d: f"/berkas-dana/impor/{d.impor_dana.pk}/hasil/", mitra_dana(404, bps=200))],
    "meja:dana_berkas": [Baris(lambda d: f"/berkas-dana/impor/{d.impor_dana.pk}/berkas/", mitra_dana(404, bps=200))],
    # Reconciliation: the centre sees every partner's days, a partner its own.
    "rekonsiliasi:daftar": [Baris("/rekonsiliasi/", mitra_dana(200))],
    # Nobody's system can be asked here: no partner is installed.
    "rekonsiliasi:ambil": [
        Baris("/rekonsiliasi/ambil/", petugas(405)),
        Baris("/rekonsiliasi/ambil/", mitra_dana(404), "post", lambda d: {"hari": "bps:2026-01-01"}),
    ],
    "rekonsiliasi:hari": [Baris(lambda d: f"/rekonsiliasi/{d.rekonsiliasi.pk}/", satu_bank(200))],
    "rekonsiliasi:jalankan": [Baris(lambda d: f"/rekonsiliasi/{d.rekonsiliasi.pk}/jalankan/", satu_bank(303), "post")],
    "rekonsiliasi:unduh": [Baris(lambda d: f"/rekonsiliasi/{d.rekonsiliasi.pk}/unduh/", satu_bank(200))],
}
