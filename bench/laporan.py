"""The tables, as Markdown: what docs/kinerja.md holds."""

from __future__ import annotations

from typing import Any

HALAMAN = {
    "cek_kirim": "cek status: nomor dan tanggal lahir (POST)", "cek_lihat": "cek status: jawaban",
    "kerja": "kotak kerja", "kerja_terlambat": "kotak kerja, tab Terlambat",
    "kerja_pusat": "kotak kerja pusat, Selesai hari ini", "persetujuan": "persetujuan", "kasus": "halaman perkara",
    "daftar": "daftar layanan, satu kantor", "daftar_pusat": "daftar layanan, seluruh Indonesia",
    "cari": "cari nama, satu kantor", "cari_pusat": "cari nama, seluruh Indonesia",
    "api_daftar": "API: daftar", "admin_perkara": "admin: pendaftaran", "admin_riwayat": "admin: riwayat",
}  # fmt: skip
SAPUAN = {
    "tenggat": "tenggat, tidak ada yang jatuh tempo", "lewat": "tenggat, tiap yang jatuh tempo (ms)",
    "terhalang": "perkara terhalang", "segarkan": "hitung ulang tenggat satu kantor", "segel": "segel semua kantor",
    "rantai": "periksa_riwayat", "buku": "periksa_buku (pembukuan)",
}  # fmt: skip


def angka(nilai: float) -> str:
    """Three figures that count, in Indonesian notation."""
    teks = f"{nilai:,.0f}" if nilai >= 100 else f"{nilai:.1f}" if nilai >= 10 else f"{nilai:.2f}"
    return teks.replace(",", " ").replace(".", ",").replace(" ", ".")


def _tabel(kepala: list[str], baris: list[list[str]]) -> list[str]:
    return ["| " + " | ".join(satu) + " |" for satu in [kepala, ["---"] * len(kepala), *baris]] + [""]


def cek_per_detik(hasil: dict[str, Any]) -> float:
    """Requests per second of a whole look-up, which is two requests."""
    return 2 / (1 / hasil["cek_kirim"] + 1 / hasil["cek_lihat"])


def nisbah_cek(hasil: dict[str, Any]) -> float:
    """A look-up's two requests against two of the bare view."""
    return 2 / (1 / hasil["nisbah cek_kirim"] + 1 / hasil["nisbah cek_lihat"])


def tabel_halaman(semua: list[dict[str, Any]]) -> list[str]:
    """Per page: requests/s and share of the bare view at each size, how much slower the largest is, queries."""
    kepala = ["halaman"]
    for h in semua:
        kepala += [f"{angka(h['jumlah'])} perkara: per detik", "nisbah polos", "kueri"]
    kepala += ["terbesar : terkecil"]
    baris = []
    for nama, sebutan in {"cek": "cek status, kedua permintaan", **HALAMAN}.items():
        if nama == "cek":
            nilai = [(cek_per_detik(h), nisbah_cek(h), h["kueri cek_kirim"] + h["kueri cek_lihat"]) for h in semua]
        else:
            nilai = [(h[nama], h[f"nisbah {nama}"], h[f"kueri {nama}"]) for h in semua]
        isi = [teks for laju, nisbah, kueri in nilai for teks in (angka(laju), angka(nisbah), str(kueri))]
        baris.append([sebutan, *isi, angka(nilai[0][0] / nilai[-1][0])])
    return _tabel(kepala, baris)


def tabel_kerja(semua: list[dict[str, Any]]) -> list[str]:
    """Steps and letters per second."""
    baris = []
    for h in semua:
        if "langkah" in h:
            kueri = "+".join(str(n) for n in h["kueri langkah"])
            sebutan = f"langkah, {angka(h['jumlah'])} perkara (kueri {kueri})"
            baris.append([sebutan, angka(h["langkah"]), angka(h["nisbah langkah"])])
        if "langkah dua proses" in h:
            baris.append([f"langkah, dua proses, {angka(h['jumlah'])} perkara", angka(h["langkah dua proses"]), ""])
        if "surat" in h:
            sebutan = f"surat ditandatangani, {angka(h['jumlah'])} perkara (kueri {h['kueri surat']})"
            baris.append([sebutan, angka(h["surat"]), angka(h["nisbah surat"])])
        if "setumpuk" in h:
            detik, n = h["setumpuk"]
            baris.append([f"{n} surat sekaligus: {angka(detik)} detik", angka(n / detik), ""])
    return _tabel(["pekerjaan", "per detik", "nisbah polos"], baris)


def tabel_sapuan(h: dict[str, Any]) -> list[str]:
    """Seconds per sweep, and microseconds per case."""
    baris = []
    for nama, sebutan in SAPUAN.items():
        detik, banyak = h[f"sapuan {nama}"]
        satuan = angka(1000 * detik / max(banyak, 1)) if nama == "lewat" else angka(detik)
        baris.append([sebutan, satuan, angka(banyak), angka(1e6 * detik / max(banyak, 1))])
    return _tabel(["sapuan", "detik", "perkara", "µs per perkara"], baris)


def susun(basis: str, semua: list[dict[str, Any]], mesin: str) -> str:
    """All tables of one database."""
    isi = [f"## {basis}", "", mesin, ""]
    kumpulan = [h for h in semua if "kerja" in h]
    if kumpulan:
        isi += tabel_halaman(kumpulan)
    kerja = [h for h in semua if "langkah" in h or "surat" in h or "setumpuk" in h]
    if kerja:
        isi += tabel_kerja(kerja)
    for h in semua:
        if "sapuan tenggat" in h:
            isi += [f"Sapuan atas {angka(h['jumlah'])} perkara terbuka:", "", *tabel_sapuan(h)]
        isi.append(f"Mengisi {angka(h['jumlah'])} perkara: {angka(h['isi'])} detik.")
    return "\n".join([*isi, ""])
