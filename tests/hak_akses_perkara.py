"""The rows of the services and of the kinds of cases beside them, for the table of `tests/hak_akses.py`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.hak_akses import (
    LOKET,
    NOMOR_ASING,
    Baris,
    agenda,
    hanya,
    pengelola,
    perkara,
    petugas,
    pusat_dan_bank,
    semua,
    wawancara,
)


def layanan(jenis: str, nama: str, asing: str, *pemeriksa: str) -> dict[str, list[Baris]]:
    """What every service has alike: its list, a case, its steps, the receipt, the clock.

    nama: the case among the invented data; asing: a number that no case has; pemeriksa: whose step `periksa_berkas` is.
    """

    def alamat(ekor: str = "") -> Callable[[Any], str]:
        return lambda d: f"/{jenis}/{getattr(d, nama).nomor}/{ekor}"

    def isian(tambah: int = 0, **lain: str) -> Callable[[Any], dict[str, Any]]:
        return lambda d: {"versi": getattr(d, nama).versi + tambah} | lain

    periksa = alamat("langkah/periksa_berkas/")
    return {
        f"{jenis}:daftar": [Baris(f"/{jenis}/", petugas())],
        f"{jenis}:detail": [Baris(alamat(), perkara()), Baris(f"/{jenis}/{asing}/", petugas(404))],
        f"{jenis}:langkah": [
            Baris(periksa, perkara()),
            Baris(alamat("langkah/tiada/"), petugas(404)),
            Baris(periksa, hanya(422, *pemeriksa), "post", isian()),
            # A page older than the case is told so before anything else, and nothing happens.
            Baris(periksa, perkara(409), "post", isian(1)),
        ],
        f"{jenis}:tanda_terima": [Baris(alamat("tanda-terima/"), perkara())],
        f"{jenis}:waktu": [
            Baris(alamat("waktu/"), petugas(405, anonim=302, tanpa=403)),
            Baris(alamat("waktu/"), hanya(422, "kasi", "kepala"), "post", isian(aksi="jeda", alasan="")),
        ],
    }


TABEL_PERKARA: dict[str, list[Baris]] = {
    # Refunds: whoever sees the case; the generic bank of this one, no other; a step is taken by its role alone.
    "pengembalian:daftar": [Baris("/pengembalian/", petugas())],
    "pengembalian:detail": [
        Baris(lambda d: f"/pengembalian/{d.pengembalian.nomor}/", perkara(bpkh=200)),
        Baris("/pengembalian/LTM-KD-26-000000/", petugas(404)),
    ],
    "pengembalian:langkah": [
        Baris(lambda d: f"/pengembalian/{d.pengembalian.nomor}/langkah/catat_spm/", perkara(bpkh=200)),
        Baris(lambda d: f"/pengembalian/{d.pengembalian.nomor}/langkah/tiada/", petugas(404)),
        Baris(
            lambda d: f"/pengembalian/{d.pengembalian.nomor}/langkah/catat_spm/",
            perkara(403, bpkh=422, direktorat=422),
            "post",
            lambda d: {"versi": d.pengembalian.versi},
        ),
        Baris(
            lambda d: f"/pengembalian/{d.pengembalian.nomor}/langkah/catat_spm/",
            perkara(409, bpkh=409),
            "post",
            lambda d: {"versi": d.pengembalian.versi + 1},
        ),
    ],
    # Pendaftaran. Lombok Timur: the counter opens a case (row 3); Tanah Bumbu prints "Staf Pelaksana" (row 1).
    **layanan("pendaftaran", "perkara", NOMOR_ASING, "ptsp"),
    "pendaftaran:buat": [
        Baris("/pendaftaran/baru/", petugas(403, sendiri__ptsp=200, asing__jfu=200, asing__ptsp=200)),
        Baris("/pendaftaran/baru/", petugas(403, sendiri__ptsp=422, asing__jfu=422, asing__ptsp=422), "post"),
    ],
    "ptsp:kunjungan": [
        Baris(
            "/kunjungan/",
            petugas(403, sendiri=200, asing=200)
            | {f"{k}.{p}": 403 for k in ("sendiri", "asing") for p in ("kasubag", "siskohat")},
        ),
    ],
    "ptsp:kunjungan_buat": [
        Baris(
            "/kunjungan/baru/",
            petugas(403, sendiri=200, asing=200)
            | {f"{k}.{p}": 403 for k in ("sendiri", "asing") for p in ("kasubag", "siskohat")},
        ),
    ],
    # Pembatalan and what stands beside it.
    **layanan("pembatalan", "batal", "LTM-PB-26-000000", "jfu"),
    "pembatalan:buat": [
        Baris("/pembatalan/baru/", petugas(403, sendiri__jfu=200, asing__jfu=200, asing__ptsp=200)),
        Baris("/pembatalan/baru/", petugas(403, sendiri__jfu=422, asing__jfu=422, asing__ptsp=422), "post"),
    ],
    # Pelimpahan.
    **layanan("pelimpahan", "limpah", "LTM-PL-26-000000", "jfu", "ptsp"),
    "pelimpahan:buat": [
        Baris("/pelimpahan/baru/", petugas(403, **dict.fromkeys(LOKET, 200))),
        Baris(
            "/pelimpahan/baru/",
            petugas(403, **dict.fromkeys(LOKET, 422)),
            "post",
        ),
    ],
    # Pengaktifan. Lombok Timur: the JFU takes the report (row 1); Tanah Bumbu has no table for it, nor is there a
    # national one.
    **layanan("pengaktifan", "aktif", "LTM-PA-26-000000", "jfu"),
    "pengaktifan:buat": [
        Baris("/pengaktifan/baru/", petugas(403, sendiri__jfu=200)),
        Baris("/pengaktifan/baru/", petugas(403, sendiri__jfu=422), "post"),
    ],
    # Rekomendasi. The test lends the only table there is to Lombok Timur: the front office takes the file (row 2).
    **layanan("rekomendasi", "rekomendasi", "LTM-RK-26-000000", "ptsp"),
    "rekomendasi:buat": [
        Baris("/rekomendasi/baru/", petugas(403, sendiri__ptsp=200)),
        Baris("/rekomendasi/baru/", petugas(403, sendiri__ptsp=422), "post"),
        Baris("/rekomendasi/baru/", petugas(403, sendiri__ptsp=422), "post", lambda d: {"baca": "1"}),
        Baris("/rekomendasi/baru/", petugas(403, sendiri__ptsp=200), "post", lambda d: {"tambah": "1"}),
    ],
    "rekomendasi:contoh_daftar": [Baris("/rekomendasi/baru/contoh-daftar/", petugas())],
    # The register of travel organisers: every office of the ministry reads, an office that recommends keeps it.
    "penyelenggara:daftar": [Baris("/penyelenggara/", petugas(mitra=403))],
    "penyelenggara:rinci": [
        Baris(lambda d: f"/penyelenggara/{d.rekomendasi.penyelenggara_id}/", petugas(mitra=403)),
        Baris("/penyelenggara/999999/", petugas(404, mitra=403)),
    ],
    "penyelenggara:ekspor": [Baris("/penyelenggara/ekspor/", petugas(mitra=403))],
    "penyelenggara:baru": [
        Baris("/penyelenggara/baru/", pengelola(200)),
        Baris("/penyelenggara/baru/", pengelola(422), "post"),
    ],
    "penyelenggara:ubah": [
        Baris(lambda d: f"/penyelenggara/{d.rekomendasi.penyelenggara_id}/ubah/", pengelola(200)),
        Baris(lambda d: f"/penyelenggara/{d.rekomendasi.penyelenggara_id}/ubah/", pengelola(422), "post"),
    ],
    "penyelenggara:sk_baru": [
        Baris(lambda d: f"/penyelenggara/{d.rekomendasi.penyelenggara_id}/sk/", pengelola(200)),
        Baris(lambda d: f"/penyelenggara/{d.rekomendasi.penyelenggara_id}/sk/", pengelola(422), "post"),
    ],
    "penyelenggara:sk_ubah": [
        Baris(lambda d: f"/penyelenggara/{d.sk.penyelenggara_id}/sk/{d.sk.pk}/", pengelola(200)),
        Baris(lambda d: f"/penyelenggara/{d.sk.penyelenggara_id}/sk/{d.sk.pk}/", pengelola(422), "post"),
        Baris(lambda d: f"/penyelenggara/{d.sk.penyelenggara_id}/sk/999999/", pengelola(404)),
    ],
    "penyelenggara:impor": [
        Baris("/penyelenggara/impor/", pengelola(200)),
        Baris("/penyelenggara/impor/", pengelola(422), "post"),
    ],
    "penyelenggara:pratinjau": [
        Baris(lambda d: f"/penyelenggara/impor/{d.impor_register.pk}/", pengelola(200)),
        Baris(lambda d: f"/penyelenggara/impor/{d.impor_register.pk}/", pengelola(409), "post"),
        Baris("/penyelenggara/impor/999999/", pengelola(404)),
    ],
    # Questions to BPKH about a balance: BPKH and the centre answer, the office reads.
    "konfirmasi-saldo:daftar": [Baris("/konfirmasi-saldo/", petugas())],
    "konfirmasi-saldo:detail": [
        Baris(lambda d: f"/konfirmasi-saldo/{d.konfirmasi.nomor}/", perkara(bpkh=200)),
        Baris("/konfirmasi-saldo/LTM-KS-26-000000/", petugas(404)),
    ],
    "konfirmasi-saldo:langkah": [
        Baris(lambda d: f"/konfirmasi-saldo/{d.konfirmasi.nomor}/langkah/nyatakan_ada/", perkara(bpkh=200)),
        Baris(lambda d: f"/konfirmasi-saldo/{d.konfirmasi.nomor}/langkah/tiada/", petugas(404)),
        Baris(
            lambda d: f"/konfirmasi-saldo/{d.konfirmasi.nomor}/langkah/nyatakan_ada/",
            perkara(403, bpkh=422, direktorat=422),
            "post",
            lambda d: {"versi": d.konfirmasi.versi},
        ),
    ],
    "reversal:daftar": [Baris("/reversal/", petugas())],
    "reversal:buat": [
        Baris("/reversal/baru/", petugas(403, mitra__bps=200)),
        Baris("/reversal/baru/", petugas(403, mitra__bps=422), "post"),
    ],
    "reversal:detail": [
        Baris(lambda d: f"/reversal/{d.reversal.nomor}/", pusat_dan_bank()),
        Baris("/reversal/PHU-PB-26-000000/", petugas(404)),
    ],
    "reversal:langkah": [
        Baris(lambda d: f"/reversal/{d.reversal.nomor}/langkah/batalkan/", pusat_dan_bank()),
        Baris(lambda d: f"/reversal/{d.reversal.nomor}/langkah/tiada/", petugas(404)),
        Baris(
            lambda d: f"/reversal/{d.reversal.nomor}/langkah/batalkan/",
            pusat_dan_bank(403, direktorat=422),
            "post",
            lambda d: {"versi": d.reversal.versi},
        ),
    ],
    # A request at the counter of Kota Jakarta Selatan, the only office with that table.
    "pelayanan:daftar": [Baris("/pelayanan/", petugas())],
    "pelayanan:buat": [Baris("/pelayanan/baru/", petugas(403)), Baris("/pelayanan/baru/", petugas(403), "post")],
    "pelayanan:detail": [
        Baris(lambda d: f"/pelayanan/{d.pelayanan.nomor}/", petugas(404, pusat=200)),
        Baris("/pelayanan/JKS-PT-26-000000/", petugas(404)),
    ],
    "pelayanan:langkah": [
        Baris(lambda d: f"/pelayanan/{d.pelayanan.nomor}/langkah/jelaskan/", petugas(404, pusat=200)),
        Baris(
            lambda d: f"/pelayanan/{d.pelayanan.nomor}/langkah/jelaskan/",
            petugas(404, pusat=403),
            "post",
            lambda d: {"versi": d.pelayanan.versi},
        ),
    ],
    "pelayanan:tanda_terima": [
        Baris(lambda d: f"/pelayanan/{d.pelayanan.nomor}/tanda-terima/", petugas(404, pusat=200)),
    ],
    "pelayanan:waktu": [
        Baris(lambda d: f"/pelayanan/{d.pelayanan.nomor}/waktu/", petugas(405, anonim=302, tanpa=403)),
        Baris(
            lambda d: f"/pelayanan/{d.pelayanan.nomor}/waktu/",
            petugas(404, pusat=403),
            "post",
            lambda d: {"versi": d.pelayanan.versi, "aksi": "jeda", "alasan": ""},
        ),
    ],
    # Dispositions of an office: its head and secretariat see them all, the others their own and those of their cases.
    "disposisi:daftar": [Baris("/disposisi/", petugas(200, kanwil=403, kanwil_asing=403, pusat=403, mitra=403))],
    "disposisi:detail": [
        Baris(lambda d: f"/disposisi/{d.disposisi.pk}/", agenda(200, jfu=404, siskohat=404, ptsp=404)),
        Baris("/disposisi/99999999999999999999/", petugas(404)),
    ],
    "disposisi:buka": [
        Baris(lambda d: f"/disposisi/{d.disposisi.pk}/buka/", agenda(303, jfu=404, siskohat=404, ptsp=404), "post"),
        Baris(lambda d: f"/disposisi/{d.disposisi.pk}/buka/", petugas(405)),
    ],
    "disposisi:tindak": [
        Baris(
            lambda d: f"/disposisi/{d.disposisi.pk}/tindak/",
            agenda(403, kasi=303, jfu=404, siskohat=404, ptsp=404),
            "post",
            lambda d: {"aksi": "selesai", "catatan": ""},
        ),
    ],
    "disposisi:teruskan": [
        Baris(
            lambda d: f"/disposisi/{d.disposisi.pk}/teruskan/",
            agenda(403, kasi=200, jfu=404, siskohat=404, ptsp=404),
        ),
    ],
    "disposisi:lembar": [
        Baris(lambda d: f"/disposisi/{d.disposisi.pk}/lembar/", agenda(200, jfu=404, siskohat=404, ptsp=404)),
    ],
    "disposisi:kirim_surat": [
        Baris(lambda d: f"/disposisi/surat/{d.surat_masuk.pk}/", agenda(200, ptsp=403, jfu=404, siskohat=404)),
        Baris(lambda d: f"/disposisi/surat/{d.surat_masuk.pk}/", agenda(422, ptsp=403, jfu=404, siskohat=404), "post"),
    ],
    "disposisi:kirim_perkara": [
        Baris(lambda d: f"/disposisi/perkara/{d.perkara.nomor}/", hanya(200, "kasi", "kasubag", "kepala")),
        Baris(lambda d: f"/disposisi/perkara/{d.perkara.nomor}/", hanya(422, "kasi", "kasubag", "kepala"), "post"),
    ],
    # The agenda book of an office: counter, secretariat, section and head.
    "surat_masuk:daftar": [Baris("/surat-masuk/", agenda(200, asing=200))],
    "surat_masuk:buat": [
        Baris("/surat-masuk/baru/", agenda(200, asing=200)),
        Baris("/surat-masuk/baru/", agenda(422, asing=422), "post"),
    ],
    "surat_masuk:buku": [
        Baris("/surat-masuk/buku/csv/", agenda(200, asing=200)),
        Baris("/surat-masuk/buku/tiada/", petugas(404)),
    ],
    "surat_masuk:detail": [
        Baris(lambda d: f"/surat-masuk/{d.surat_masuk.pk}/", agenda(200, jfu=404, siskohat=404)),
        Baris("/surat-masuk/99999999999999999999/", petugas(404)),
    ],
    "surat_masuk:ubah": [
        Baris(lambda d: f"/surat-masuk/{d.surat_masuk.pk}/ubah/", agenda(200, jfu=404, siskohat=404)),
        Baris(lambda d: f"/surat-masuk/{d.surat_masuk.pk}/ubah/", agenda(422, jfu=404, siskohat=404), "post"),
    ],
    "surat_masuk:batal": [
        Baris(lambda d: f"/surat-masuk/{d.surat_masuk.pk}/batal/", agenda(422, jfu=404, siskohat=404), "post"),
    ],
    "surat_masuk:berkas": [
        Baris(
            lambda d: f"/surat-masuk/{d.surat_masuk.pk}/berkas/{d.berkas_surat.pk}/",
            agenda(200, jfu=404, siskohat=404),
        ),
        Baris(lambda d: f"/surat-masuk/{d.surat_masuk.pk}/berkas/99999/", petugas(404)),
    ],
    "surat_masuk:kaitkan": [
        Baris(
            lambda d: f"/surat-masuk/kaitkan/{d.perkara.nomor}/",
            hanya(303, "ptsp", "kasi", "kasubag", "kepala"),
            "post",
            lambda d: {"agenda": "1"},
        ),
    ],
    "jurnal:daftar": [Baris("/jurnal/", petugas())],
    "jurnal:masukkan": [
        Baris("/jurnal/masukkan/", petugas(405, anonim=302, tanpa=403)),
        Baris("/jurnal/masukkan/", petugas(403, pusat__subdit=200), "post", lambda d: {"macam": "porsi"}),
        Baris("/jurnal/masukkan/", petugas(403, pusat__subdit=400), "post", lambda d: {"macam": "tiada"}),
    ],
    # A journal is the centre's; BPKH reads it once it was sent.
    "jurnal:detail": [
        Baris(lambda d: f"/jurnal/{d.jurnal.nomor}/", petugas(404, pusat=200)),
        Baris("/jurnal/PHU-JB-26-000000/", petugas(404)),
    ],
    "jurnal:langkah": [
        Baris(lambda d: f"/jurnal/{d.jurnal.nomor}/langkah/ajukan/", petugas(404, pusat=200)),
        Baris(
            lambda d: f"/jurnal/{d.jurnal.nomor}/langkah/ajukan/",
            petugas(404, pusat=403, pusat__subdit=409),  # an empty journal goes nowhere
            "post",
            lambda d: {"versi": d.jurnal.versi},
        ),
    ],
    "jurnal:unduh": [Baris(lambda d: f"/jurnal/{d.jurnal.nomor}/unduh/?format=csv", petugas(404, pusat=200))],
    "pemberitahuan:daftar": [Baris("/pemberitahuan/", petugas())],
    "pemberitahuan:detail": [
        Baris(lambda d: f"/pemberitahuan/{d.pemberitahuan.nomor}/", perkara()),
        Baris("/pemberitahuan/LTM-PM-26-000000/", petugas(404)),
    ],
    "pemberitahuan:langkah": [
        Baris(lambda d: f"/pemberitahuan/{d.pemberitahuan.nomor}/langkah/tandatangani/", perkara()),
        Baris(lambda d: f"/pemberitahuan/{d.pemberitahuan.nomor}/langkah/tiada/", petugas(404)),
        Baris(
            lambda d: f"/pemberitahuan/{d.pemberitahuan.nomor}/langkah/tandatangani/",
            perkara(403, ditjen=422),
            "post",
            lambda d: {"versi": d.pemberitahuan.versi},
        ),
    ],
    "kelayakan:periksa": [
        Baris("/kelayakan-pelimpahan/", semua(200)),
        Baris("/kelayakan-pelimpahan/", semua(200), "post", lambda d: {"sebab": "wafat"}),
    ],
    "kelayakan:loket": [
        Baris("/kelayakan-pelimpahan/loket/", petugas()),
        Baris("/kelayakan-pelimpahan/loket/", petugas(), "post", lambda d: {"sebab": "wafat"}),
    ],
    "kelayakan:formulir": [
        Baris("/kelayakan-pelimpahan/formulir/tiada/", semua(404)),
        Baris("/kelayakan-pelimpahan/formulir/permohonan/", semua(200)),
    ],
    "wawancara:daftar": [Baris("/jadwal-wawancara/", petugas(403, kanwil=200, kanwil_asing=200, direktorat=200))],
    "wawancara:baru": [
        Baris("/jadwal-wawancara/baru/", petugas(403, kanwil=200, kanwil_asing=200, direktorat=200)),
        Baris("/jadwal-wawancara/baru/", petugas(403, kanwil=422, kanwil_asing=422, direktorat=422), "post"),
    ],
    "wawancara:hari": [
        Baris(lambda d: f"/jadwal-wawancara/{d.hari.pk}/", wawancara(200)),
        Baris("/jadwal-wawancara/999999/", wawancara(404)),
    ],
    "wawancara:ubah": [
        Baris(lambda d: f"/jadwal-wawancara/{d.hari.pk}/ubah/", wawancara(200)),
        Baris(lambda d: f"/jadwal-wawancara/{d.hari.pk}/ubah/", wawancara(422), "post"),
    ],
    "wawancara:batal": [
        Baris(lambda d: f"/jadwal-wawancara/{d.hari.pk}/batal/", wawancara(200)),
        Baris(lambda d: f"/jadwal-wawancara/{d.hari.pk}/batal/", wawancara(422), "post"),
    ],
    "wawancara:rencana": [
        Baris(lambda d: f"/jadwal-wawancara/{d.hari.pk}/rencana/", wawancara(200)),
        Baris(lambda d: f"/jadwal-wawancara/{d.hari.pk}/rencana/", wawancara(200), "post"),
    ],
    "wawancara:absen": [
        Baris(lambda d: f"/jadwal-wawancara/{d.hari.pk}/absen/", petugas(405, anonim=302, tanpa=403)),
        Baris(lambda d: f"/jadwal-wawancara/{d.hari.pk}/absen/", wawancara(303), "post"),
    ],
    "wawancara:daftar_hadir": [Baris(lambda d: f"/jadwal-wawancara/{d.hari.pk}/daftar-hadir/", wawancara(200))],
    "wawancara:undangan": [Baris(lambda d: f"/jadwal-wawancara/{d.hari.pk}/undangan/", wawancara(303))],
    "wawancara:hadir": [
        Baris(lambda d: f"/jadwal-wawancara/hadir/{d.janji.token}/", wawancara(200) | {"anonim": 200}),
        Baris("/jadwal-wawancara/hadir/tiada/", wawancara(404) | {"anonim": 200}),
        # Not before the day: the page with the sentence, nothing written.
        Baris(lambda d: f"/jadwal-wawancara/hadir/{d.janji.token}/", wawancara(200), "post"),
    ],
}
