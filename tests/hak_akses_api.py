"""The rows of the API for the table of `tests/hak_akses.py`, with a session; bearer keys: tests/api."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.hak_akses import JSON, LOKET, NOMOR_ASING, Baris, perkara, petugas, semua


def api(status: int = 200, **lain: int) -> dict[str, int]:
    """The API in a session: no login page, 401 says how to come in."""
    return petugas(status, **{"anonim": 401, **lain})


def api_perkara(status: int = 200, **lain: int) -> dict[str, int]:
    """Inside the scope of the case; 404 for every other office."""
    return perkara(status, **{"anonim": 401, **lain})


def versi(selisih: int = 0) -> Callable[[Any], dict[str, str]]:
    return lambda d: {"If-Match": f'"{d.perkara.versi + selisih}"'}


def versi_batal(d: Any) -> dict[str, str]:
    return {"If-Match": f'"{d.batal.versi}"'}


def versi_limpah(d: Any) -> dict[str, str]:
    return {"If-Match": f'"{d.limpah.versi}"'}


def versi_aktif(d: Any) -> dict[str, str]:
    return {"If-Match": f'"{d.aktif.versi}"'}


def versi_rekomendasi(d: Any) -> dict[str, str]:
    return {"If-Match": f'"{d.rekomendasi.versi}"'}


TABEL_API: dict[str, list[Baris]] = {
    "api:skema": [Baris("/api/v1/schema/", semua(200))],
    "api:tidak_ada": [Baris("/api/v1/tiada/", semua(404)), Baris("/api/v1/pendaftaran", semua(404), "post")],
    "api:pendaftaran_daftar": [
        Baris("/api/v1/pendaftaran/", api()),
        Baris("/api/v1/pendaftaran/", api(403, sendiri__ptsp=422, asing__jfu=422, asing__ptsp=422), "post", tipe=JSON),
    ],
    "api:pendaftaran_rinci": [
        Baris(lambda d: f"/api/v1/pendaftaran/{d.perkara.nomor}/", api_perkara()),
        Baris(f"/api/v1/pendaftaran/{NOMOR_ASING}/", api(404)),
    ],
    "api:pendaftaran_riwayat": [Baris(lambda d: f"/api/v1/pendaftaran/{d.perkara.nomor}/riwayat/", api_perkara())],
    "api:pendaftaran_berkas": [
        Baris(lambda d: f"/api/v1/pendaftaran/{d.perkara.nomor}/berkas/", api_perkara()),
        # What is missing is said before anything else, also before the office: it tells nothing about the case.
        Baris(
            lambda d: f"/api/v1/pendaftaran/{d.perkara.nomor}/berkas/",
            api(422),
            "post",
            kepala=versi(),
        ),
    ],
    "api:pendaftaran_berkas_satu": [
        Baris(lambda d: f"/api/v1/pendaftaran/{d.perkara.nomor}/berkas/{d.lampiran.pk}/", api_perkara()),
        Baris(lambda d: f"/api/v1/pendaftaran/{d.perkara.nomor}/berkas/999999/", api(404)),
    ],
    "api:pendaftaran_langkah_daftar": [
        Baris(lambda d: f"/api/v1/pendaftaran/{d.perkara.nomor}/langkah/", api_perkara()),
    ],
    "api:pendaftaran_langkah": [
        Baris(lambda d: f"/api/v1/pendaftaran/{d.perkara.nomor}/langkah/periksa_berkas/", api_perkara()),
        Baris(lambda d: f"/api/v1/pendaftaran/{d.perkara.nomor}/langkah/verifikasi/", api_perkara(409)),
        Baris(lambda d: f"/api/v1/pendaftaran/{d.perkara.nomor}/langkah/tiada/", semua(404)),
        Baris(
            lambda d: f"/api/v1/pendaftaran/{d.perkara.nomor}/langkah/periksa_berkas/",
            api_perkara(403, sendiri__ptsp=422),
            "post",
            kepala=versi(),
            tipe=JSON,
        ),
        Baris(
            lambda d: f"/api/v1/pendaftaran/{d.perkara.nomor}/langkah/periksa_berkas/",
            api_perkara(409),
            "post",
            kepala=versi(1),
            tipe=JSON,
        ),
        Baris(
            lambda d: f"/api/v1/pendaftaran/{d.perkara.nomor}/langkah/periksa_berkas/",
            api_perkara(428),
            "post",
            tipe=JSON,
        ),
    ],
    "api:pembatalan_daftar": [
        Baris("/api/v1/pembatalan/", api()),
        Baris("/api/v1/pembatalan/", api(403, sendiri__jfu=422, asing__jfu=422, asing__ptsp=422), "post", tipe=JSON),
    ],
    "api:pembatalan_rinci": [
        Baris(lambda d: f"/api/v1/pembatalan/{d.batal.nomor}/", api_perkara()),
        Baris("/api/v1/pembatalan/LTM-PB-26-000000/", api(404)),
    ],
    "api:pembatalan_riwayat": [Baris(lambda d: f"/api/v1/pembatalan/{d.batal.nomor}/riwayat/", api_perkara())],
    "api:pembatalan_berkas": [
        Baris(lambda d: f"/api/v1/pembatalan/{d.batal.nomor}/berkas/", api_perkara()),
        Baris(lambda d: f"/api/v1/pembatalan/{d.batal.nomor}/berkas/", api(422), "post", kepala=versi_batal),
    ],
    "api:pembatalan_berkas_satu": [
        Baris(lambda d: f"/api/v1/pembatalan/{d.batal.nomor}/berkas/{d.lampiran_batal.pk}/", api_perkara()),
        Baris(lambda d: f"/api/v1/pembatalan/{d.batal.nomor}/berkas/999999/", api(404)),
    ],
    "api:pembatalan_langkah_daftar": [
        Baris(lambda d: f"/api/v1/pembatalan/{d.batal.nomor}/langkah/", api_perkara()),
    ],
    "api:pembatalan_langkah": [
        Baris(lambda d: f"/api/v1/pembatalan/{d.batal.nomor}/langkah/periksa_berkas/", api_perkara()),
        Baris(lambda d: f"/api/v1/pembatalan/{d.batal.nomor}/langkah/setujui/", api_perkara(409)),
        Baris(lambda d: f"/api/v1/pembatalan/{d.batal.nomor}/langkah/tiada/", semua(404)),
        Baris(
            lambda d: f"/api/v1/pembatalan/{d.batal.nomor}/langkah/periksa_berkas/",
            api_perkara(403, sendiri__jfu=422),
            "post",
            kepala=versi_batal,
            tipe=JSON,
        ),
    ],
    "api:pelimpahan_daftar": [
        Baris("/api/v1/pelimpahan/", api()),
        Baris(
            "/api/v1/pelimpahan/",
            api(403, **dict.fromkeys(LOKET, 422)),
            "post",
            tipe=JSON,
        ),
    ],
    "api:pelimpahan_rinci": [
        Baris(lambda d: f"/api/v1/pelimpahan/{d.limpah.nomor}/", api_perkara()),
        Baris("/api/v1/pelimpahan/LTM-PL-26-000000/", api(404)),
    ],
    "api:pelimpahan_riwayat": [Baris(lambda d: f"/api/v1/pelimpahan/{d.limpah.nomor}/riwayat/", api_perkara())],
    "api:pelimpahan_berkas": [
        Baris(lambda d: f"/api/v1/pelimpahan/{d.limpah.nomor}/berkas/", api_perkara()),
        Baris(lambda d: f"/api/v1/pelimpahan/{d.limpah.nomor}/berkas/", api(422), "post", kepala=versi_limpah),
    ],
    "api:pelimpahan_berkas_satu": [
        Baris(lambda d: f"/api/v1/pelimpahan/{d.limpah.nomor}/berkas/{d.lampiran_limpah.pk}/", api_perkara()),
        Baris(lambda d: f"/api/v1/pelimpahan/{d.limpah.nomor}/berkas/999999/", api(404)),
    ],
    "api:pelimpahan_langkah_daftar": [
        Baris(lambda d: f"/api/v1/pelimpahan/{d.limpah.nomor}/langkah/", api_perkara()),
    ],
    "api:pelimpahan_langkah": [
        Baris(lambda d: f"/api/v1/pelimpahan/{d.limpah.nomor}/langkah/periksa_berkas/", api_perkara()),
        Baris(lambda d: f"/api/v1/pelimpahan/{d.limpah.nomor}/langkah/tandatangani/", api_perkara(409)),
        Baris(lambda d: f"/api/v1/pelimpahan/{d.limpah.nomor}/langkah/tiada/", semua(404)),
        Baris(
            lambda d: f"/api/v1/pelimpahan/{d.limpah.nomor}/langkah/periksa_berkas/",
            api_perkara(403, sendiri__jfu=422, sendiri__ptsp=422),
            "post",
            kepala=versi_limpah,
            tipe=JSON,
        ),
    ],
    "api:pengaktifan_daftar": [
        Baris("/api/v1/pengaktifan/", api()),
        Baris("/api/v1/pengaktifan/", api(403, sendiri__jfu=422), "post", tipe=JSON),
    ],
    "api:pengaktifan_rinci": [
        Baris(lambda d: f"/api/v1/pengaktifan/{d.aktif.nomor}/", api_perkara()),
        Baris("/api/v1/pengaktifan/LTM-PA-26-000000/", api(404)),
    ],
    "api:pengaktifan_riwayat": [Baris(lambda d: f"/api/v1/pengaktifan/{d.aktif.nomor}/riwayat/", api_perkara())],
    "api:pengaktifan_berkas": [
        Baris(lambda d: f"/api/v1/pengaktifan/{d.aktif.nomor}/berkas/", api_perkara()),
        Baris(lambda d: f"/api/v1/pengaktifan/{d.aktif.nomor}/berkas/", api(422), "post", kepala=versi_aktif),
    ],
    "api:pengaktifan_berkas_satu": [
        Baris(lambda d: f"/api/v1/pengaktifan/{d.aktif.nomor}/berkas/{d.lampiran_aktif.pk}/", api_perkara()),
        Baris(lambda d: f"/api/v1/pengaktifan/{d.aktif.nomor}/berkas/999999/", api(404)),
    ],
    "api:pengaktifan_langkah_daftar": [
        Baris(lambda d: f"/api/v1/pengaktifan/{d.aktif.nomor}/langkah/", api_perkara()),
    ],
    "api:pengaktifan_langkah": [
        Baris(lambda d: f"/api/v1/pengaktifan/{d.aktif.nomor}/langkah/periksa_berkas/", api_perkara()),
        Baris(lambda d: f"/api/v1/pengaktifan/{d.aktif.nomor}/langkah/setujui/", api_perkara(409)),
        Baris(lambda d: f"/api/v1/pengaktifan/{d.aktif.nomor}/langkah/tiada/", semua(404)),
        Baris(
            lambda d: f"/api/v1/pengaktifan/{d.aktif.nomor}/langkah/periksa_berkas/",
            api_perkara(403, sendiri__jfu=422),
            "post",
            kepala=versi_aktif,
            tipe=JSON,
        ),
    ],
    "api:rekomendasi_daftar": [
        Baris("/api/v1/rekomendasi/", api()),
        Baris("/api/v1/rekomendasi/", api(403, sendiri__ptsp=422), "post", tipe=JSON),
    ],
    "api:rekomendasi_rinci": [
        Baris(lambda d: f"/api/v1/rekomendasi/{d.rekomendasi.nomor}/", api_perkara()),
        Baris("/api/v1/rekomendasi/LTM-RK-26-000000/", api(404)),
    ],
    "api:rekomendasi_riwayat": [
        Baris(lambda d: f"/api/v1/rekomendasi/{d.rekomendasi.nomor}/riwayat/", api_perkara()),
    ],
    "api:rekomendasi_berkas": [
        Baris(lambda d: f"/api/v1/rekomendasi/{d.rekomendasi.nomor}/berkas/", api_perkara()),
        Baris(
            lambda d: f"/api/v1/rekomendasi/{d.rekomendasi.nomor}/berkas/", api(422), "post", kepala=versi_rekomendasi
        ),
    ],
    "api:rekomendasi_berkas_satu": [
        Baris(
            lambda d: f"/api/v1/rekomendasi/{d.rekomendasi.nomor}/berkas/{d.lampiran_rekomendasi.pk}/", api_perkara()
        ),
        Baris(lambda d: f"/api/v1/rekomendasi/{d.rekomendasi.nomor}/berkas/999999/", api(404)),
    ],
    "api:rekomendasi_langkah_daftar": [
        Baris(lambda d: f"/api/v1/rekomendasi/{d.rekomendasi.nomor}/langkah/", api_perkara()),
    ],
    "api:rekomendasi_langkah": [
        Baris(lambda d: f"/api/v1/rekomendasi/{d.rekomendasi.nomor}/langkah/periksa_berkas/", api_perkara()),
        Baris(lambda d: f"/api/v1/rekomendasi/{d.rekomendasi.nomor}/langkah/tandatangani/", api_perkara(409)),
        Baris(lambda d: f"/api/v1/rekomendasi/{d.rekomendasi.nomor}/langkah/tiada/", semua(404)),
        Baris(
            lambda d: f"/api/v1/rekomendasi/{d.rekomendasi.nomor}/langkah/periksa_berkas/",
            api_perkara(403, sendiri__ptsp=422),
            "post",
            kepala=versi_rekomendasi,
            tipe=JSON,
        ),
    ],
}
