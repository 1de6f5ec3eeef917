"""What a person does about each class of a reconciliation, in one or two sentences."""

from __future__ import annotations

from haji_portal.dana.models import BarisRekonsiliasi

Kelas = BarisRekonsiliasi.Kelas
ARAHAN: dict[str, str] = {
    Kelas.COCOK: "Tidak ada yang perlu dilakukan.",
    Kelas.TIADA_SINI: "Mitra membayar, padahal menurut buku pembayaran ini belum dilepas atau SPM-nya belum tercatat. "
    "Minta penjelasan mitra hari ini juga. Bila memang dibayar, catat SPM dan transfernya, lalu jalankan lagi.",
    Kelas.TIADA_SANA: "Menurut buku dana ditransfer pada hari ini, tetapi tidak ada pada mutasi. Tanyakan kepada "
    "mitra. Bila muncul pada mutasi hari lain, baris ini hilang sendiri.",
    Kelas.JUMLAH: "Jangan dicatat. Minta mitra menjelaskan selisihnya dan memperbaiki mutasi atau pembayarannya.",
    Kelas.REKENING: "Dana masuk ke rekening yang bukan tujuan. Hubungi bank sekarang dan minta dana ditahan; nyatakan "
    "belum pasti bila pengembaliannya masih berjalan.",
    Kelas.NAMA: "Cocokkan nama dengan buku tabungan pada perkara. Bila orangnya sama, minta bank memperbaiki namanya.",
    Kelas.TANGGAL: "Tanggal mutasi jauh dari tanggal pada buku. Periksa bukti transfer; perbaiki yang keliru.",
    Kelas.GANDA: "Pembayaran yang sama dua kali pada mutasi. Tanyakan kepada bank apakah dananya juga keluar dua kali.",
    Kelas.DIKEMBALIKAN: "Bank mengembalikan dana, portal belum. Bila kabar retur tidak datang sendiri, buka "
    "pengembalian dan catat returnya.",
    Kelas.RUJUKAN: "Baris ini tidak menyebut nomor pengembalian milik mitra ini. Bila untuk jemaah, minta mitra "
    "menuliskan nomornya; biaya bank dan gerakan lain boleh dibiarkan.",
    Kelas.MATA_UANG: "Pengembalian hanya dalam rupiah. Jangan dicatat, minta penjelasan mitra.",
    Kelas.STATUS: "Mutasi dan buku mengatakan hal yang berbeda. Buka pengembaliannya; bila mutasi yang benar, catat "
    "lewat langkahnya atau lewat Berkas dana.",
}
