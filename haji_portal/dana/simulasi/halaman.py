"""The simulator's own two pages: what happens, and the switches. Invented data only; they load nothing from outside."""

from __future__ import annotations

import datetime
import html
from typing import Any

from .buku import Pembayaran
from .jam import WIB
from .mesin import PERSEN_MANFAAT, Simulator
from .sakelar import KELOMPOK, PINTU, SAKELAR, Sakelar

BARIS = 40
BARIS_BAYAR = 15
"""Payments and lines of the log on the page."""
STATUS = {
    "diproses": "Diproses", "spm_terbit": "SPM terbit", "ditransfer": "Ditransfer", "diterima": "Diterima",
    "gagal": "Gagal", "retur": "Diretur",
}  # fmt: skip
LINGKUP = {"mati": "mati", "1": "1 berikutnya", "3": "3 berikutnya", "semua": "semua", "25%": "25% secara acak"}
KERANGKA = """<!doctype html><html lang="id"><head><meta charset="utf-8">[segar]
<meta name="viewport" content="width=device-width,initial-scale=1"><title>[judul]</title>
<style>:root{color-scheme:light dark}body{font:1rem/1.5 system-ui,sans-serif;max-width:60rem;margin:1rem auto;
padding:0 1rem}nav a{display:inline-block;padding:.6rem 1rem .6rem 0}table{border-collapse:collapse;width:100%}
th,td{text-align:left;padding:.4rem .75rem .4rem 0;border-bottom:1px solid #8886;vertical-align:top}
.angka{text-align:right;white-space:nowrap}small,.kecil{opacity:.8}ul{padding:0}li{list-style:none;
border-bottom:1px solid #8883;padding:.3rem 0;overflow-wrap:anywhere}form{display:flex;flex-wrap:wrap;gap:.5rem;
align-items:center;border-bottom:1px solid #8883;padding:.4rem 0}form>span{flex:1 1 20rem}select,input,button{
font:inherit;min-height:2.75rem;padding:.3rem .6rem;max-width:100%;box-sizing:border-box}
input{width:7rem}.nyala{font-weight:700}
@media(max-width:40rem){thead{display:none}tr,td{display:block;border:0;padding:.1rem 0}tr{border-bottom:1px solid
#8886;padding:.5rem 0}.angka{text-align:left}}</style></head><body><h1>[judul]</h1>
<nav><a href="/">Pembayaran</a> <a href="/sakelar">Sakelar</a></nav>[isi]</body></html>"""


def utama(sim: Simulator) -> bytes:
    """Payments and what passed, newest first; it reloads itself."""
    with sim.gembok:
        bayar = list(sim.buku.semua(BARIS_BAYAR))
        catatan = sim.buku.catatan(BARIS)
        nyala = {nama: nilai for nama, nilai in sim.papan.nilai.items() if nilai != "mati"}
    sakelar = ", ".join(f"{SAKELAR[nama].kata.lower()} ({nilai})" for nama, nilai in nyala.items())
    baris = "".join(_baris(p) for p in bayar)
    isi = (
        f"<p>Permintaan pengembalian dari portal percobaan dikerjakan di sini dengan sendirinya. Tidak ada uang yang"
        f" berpindah. Nilai manfaat selalu {PERSEN_MANFAAT}% dari setoran, dibulatkan ke bawah. Benih {sim.benih}.</p>"
        f"<p>Sakelar menyala: {html.escape(sakelar) or 'tidak ada'}.</p><h2>Pembayaran</h2>"
        '<table><thead><tr><th>Referensi</th><th>Keadaan</th><th class="angka">Jumlah</th><th>Ulah</th></tr></thead>'
        f"<tbody>{baris}</tbody></table>{'' if bayar else '<p>Belum ada permintaan.</p>'}<h2>Yang lewat</h2><ul>"
        + "".join(f"<li><small>{jam(waktu)}</small> {html.escape(teks)}</li>" for waktu, teks in catatan)
        + "</ul>"
    )
    return _halaman("BPKH dan bank contoh", isi, '<meta http-equiv="refresh" content="3">')


def sakelar(sim: Simulator) -> bytes:
    """One small form per switch."""
    isi = "<p>Setiap sakelar berlaku untuk yang datang sesudah ini, lalu mati sendiri bila jumlahnya habis.</p>"
    isi += '<form method="post" action="/sakelar"><input type="hidden" name="semua" value="mati">'
    isi += "<button>Matikan semua sakelar</button></form>"
    isi += '<form method="post" action="/sakelar"><span>Jemaah menyetor kembali ke BPKH: nomor porsi</span>'
    isi += '<input name="porsi" inputmode="numeric" aria-label="nomor porsi"><button>Setorkan</button></form>'
    for kelompok, judul in KELOMPOK.items():
        isi += f"<h2>{judul}</h2>"
        for nama, satu in SAKELAR.items():
            if satu.kelompok == kelompok:
                isi += _formulir(nama, satu, sim.papan.nilai[nama])
    return _halaman("Sakelar BPKH dan bank contoh", isi)


def ringkasan(sim: Simulator) -> dict[str, Any]:
    """Everything that a program may want to know."""
    with sim.gembok:
        return {
            "benih": sim.benih,
            "sakelar": {nama: nilai for nama, nilai in sim.papan.nilai.items() if nilai != "mati"},
            "pembayaran": [sim.keadaan(p.referensi) | {"ulah": p.ulah} for p in sim.buku.semua()],
            "kabar": [vars(satu) for satu in sim.buku.kabar()],
        }


def jam(saat: float) -> str:
    return datetime.datetime.fromtimestamp(saat, WIB).strftime("%H.%M.%S")


def rupiah(jumlah: int) -> str:
    return "Rp" + f"{jumlah:,}".replace(",", ".")


def _baris(p: Pembayaran) -> str:
    ulah = "; ".join(SAKELAR[nama].kata for nama in p.ulah)
    status = "Dilupakan" if p.lupa else "Ditolak" if p.ditolak else STATUS[p.status]
    saat = "" if p.manual else f" <small>{jam(p.waktu[p.status])}</small>"
    sejak = "dari sebelum simulator menyala" if p.manual else ulah
    jumlah = p.setoran + (p.manfaat if p.nomor_spm else 0)
    return (
        f"<tr><td>{html.escape(p.referensi)}</td><td>{status}{saat}</td>"
        f'<td class="angka">{rupiah(jumlah)}</td><td class="kecil">{html.escape(sejak)}</td></tr>'
    )


def _formulir(nama: str, satu: Sakelar, nilai: str) -> str:
    lingkup, _, ukuran = nilai.partition(":")
    ukuran = ukuran or satu.bawaan
    pilihan = LINGKUP | ({} if lingkup in LINGKUP else {lingkup: lingkup})
    kelas = "" if nilai == "mati" else ' class="nyala"'
    isian = ""
    if satu.satuan == "pintu":
        isian = _pilih(nama, "ukuran", "pintu", {satu: satu for satu in (*PINTU, "semua")}, ukuran)
    elif satu.satuan:
        isian = f'<input name="ukuran" inputmode="numeric" value="{ukuran}" aria-label="{satu.satuan}"> {satu.satuan}'
    return (
        f'<form method="post" action="/sakelar"><input type="hidden" name="nama" value="{nama}">'
        f"<span{kelas}>{satu.kata} <small>{nama}</small></span>"
        f"{_pilih(nama, 'lingkup', 'untuk berapa', pilihan, lingkup)}{isian}<button>Pakai</button></form>"
    )


def _pilih(nama: str, kolom: str, label: str, pilihan: dict[str, str], kini: str) -> str:
    opsi = "".join(
        f'<option value="{nilai}"{" selected" if nilai == kini else ""}>{kata}</option>'
        for nilai, kata in pilihan.items()
    )
    return f'<select name="{kolom}" aria-label="{nama}: {label}">{opsi}</select>'


def _halaman(judul: str, isi: str, segar: str = "") -> bytes:
    return KERANGKA.replace("[judul]", judul).replace("[segar]", segar).replace("[isi]", isi).encode()
