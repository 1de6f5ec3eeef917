"""Alarms of the money machine: the people at the centre and at BPKH's office are told, once for each occasion."""

from __future__ import annotations

import datetime

from django.conf import settings
from django.utils import timezone

from haji_portal.akun.models import Kantor, Pengguna, Peran
from haji_portal.alur.giliran import kantor_tunggal
from haji_portal.alur.models import Efek, Perkara, Riwayat
from haji_portal.kabar.efek import orang_peran
from haji_portal.kabar.kata import susun
from haji_portal.kabar.kirim import tulis_aplikasi, tulis_pesan
from haji_portal.kabar.models import Pesan

from ..models import Pengembalian
from ..models.mitra import Mitra, Peristiwa, Putusan

TEMPLAT = "mitra"
PENJAGA = ((Kantor.Jenis.PUSAT, Peran.DIREKTORAT), (Kantor.Jenis.BPKH, Peran.BPKH))
"""Who hears of it: the Direktorat, which releases the money, and BPKH's people, who order it."""
KERJA, KARANTINA, BERHENTI = "/kerja/", "/pantau-dana/?bagian=karantina", "/pantau-dana/?bagian=berhenti"
"""Where an alarm sends its reader: the page on which something can be done about it."""


def bunyikan(
    kejadian: str, perihal: str, uraian: str, perkara: Perkara | None = None, *, halaman: str = KERJA,
    penjaga: tuple[tuple[str, str], ...] = PENJAGA,
) -> None:  # fmt: skip
    """Tell them in the portal and by e-mail, each person once per `kejadian` (up to 60 characters).

    perihal: the subject; uraian: what is known and what to do, without personal data; halaman: the page that the
    e-mail names; penjaga: (kind of office, role) of whoever hears of it. Only rows are written.
    """
    fakta = {"nomor": perkara.nomor if perkara else "", "perihal": perihal, "uraian": uraian, "alamat": ""}
    orang = pemegang(penjaga)
    tulis_aplikasi(kejadian, orang, TEMPLAT, susun(TEMPLAT, fakta), perkara)
    fakta["alamat"] = f"{settings.SITUS_URL}{halaman}"
    for satu in orang:
        if satu.email:
            tulis_pesan(kejadian, Pesan.Saluran.EMAIL, satu.email, TEMPLAT, fakta, perkara=perkara, pengguna=satu)


def pemegang(penjaga: tuple[tuple[str, str], ...]) -> list[Pengguna]:
    """Whoever holds those roles today, each once."""
    orang: dict[int, Pengguna] = {}
    for jenis, peran in penjaga:
        kantor = kantor_tunggal(jenis)
        orang |= {p.pk: p for p in orang_peran(kantor, peran)} if kantor else {}
    return list(orang.values())


def setelan_ditolak(mitra: str, status_http: int | None) -> None:
    """The partner refuses us before it reads: keys or address are wrong. Once a day."""
    nama, hari = Mitra(mitra).label, timezone.localdate()
    bunyikan(
        f"mitra-setelan:{mitra}:{hari}", f"{nama} menolak sambungan portal",
        f"{nama} tidak melayani permintaan portal (HTTP {status_http}). Portal mencoba lagi dengan sendirinya, dengan "
        "nomor yang sama. Minta admin portal memeriksa alamat dan kunci mitra.",
    )  # fmt: skip


def berbeda(perkara: Perkara, riwayat: Riwayat) -> None:
    """BPKH knows our reference with another content than ours."""
    bunyikan(
        f"mitra-berbeda:{riwayat.pk}", "BPKH mencatat isi yang berbeda",
        "BPKH sudah mengenal nomor pengembalian ini, tetapi dengan jumlah atau rekening yang berbeda. Dana tetap "
        "dipesan dan tidak dikirim lagi. Cocokkan isinya dengan BPKH, lalu pastikan hasilnya dengan dua orang.",
        perkara,
    )  # fmt: skip


def bertentangan(perkara: Perkara, kata: str, hari: datetime.date) -> None:
    """BPKH's answer does not go with what is known. Once a day for each answer."""
    bunyikan(
        f"mitra-tanya:{perkara.pk}:{kata}:{hari}", "Jawaban BPKH tidak sesuai catatan portal",
        f"Ditanya keadaannya, BPKH menjawab “{kata.replace('_', ' ')}”, padahal portal mencatat lain. Tidak ada yang "
        "diubah. Hubungi BPKH dan cocokkan catatannya.",
        perkara,
    )  # fmt: skip


def berulang(perkara: Perkara, hari: datetime.date) -> None:
    """Sent several times, and BPKH never has it. Once a day."""
    bunyikan(
        f"mitra-berulang:{perkara.pk}:{hari}", "Permintaan berulang kali tidak sampai di BPKH",
        "Permintaan ini sudah beberapa kali dikirim dengan nomor yang sama, tetapi BPKH belum mengenalnya. Portal "
        "bertanya lagi besok. Hubungi BPKH agar gangguannya diperiksa.",
        perkara,
    )  # fmt: skip


def karantina(putusan: Putusan) -> None:
    """An event waits for two people. Once for each event, in the transaction that judged it."""
    peristiwa = putusan.peristiwa
    bunyikan(
        f"mitra-karantina:{peristiwa.pk}", "Kabar mitra menunggu keputusan",
        f"{peristiwa.get_mitra_display()} mengirim kabar “{peristiwa.get_jenis_display()}” yang tidak dapat "
        f"diterapkan. {putusan.get_alasan_display()}. Dana tidak bergerak karenanya. Buka “Pantauan dana”.",
        putusan.perkara, halaman=KARANTINA,
    )  # fmt: skip


def isi_lain(peristiwa: Peristiwa) -> None:
    """A known event came again under its number with another content, which has no effect. Once for each event."""
    nama = peristiwa.get_mitra_display()
    perkara = Perkara.objects.filter(nomor=peristiwa.rujukan, jenis=Pengembalian.JENIS).first()
    bunyikan(
        f"mitra-isi-lain:{peristiwa.pk}", "Kabar yang sama datang dengan isi lain",
        f"{nama} mengirim kabar “{peristiwa.get_jenis_display()}” sekali lagi dengan nomor kabar yang sama, tetapi "
        "isinya lain. Portal memakai isi yang pertama; dana tidak bergerak karena yang kedua. Tanyakan kepada "
        f"{nama} mana yang benar. Bila yang kedua, minta kabar itu dikirim dengan nomor kabar baru.",
        perkara,
    )  # fmt: skip


def menyerah(efek: Efek) -> None:
    """A request or a question that was tried for three days. Once each time it gives up."""
    apa = "Permintaan" if efek.jenis == "dana.kirim" else "Pertanyaan"
    bunyikan(
        f"mitra-menyerah:{efek.pk}:{timezone.localdate()}", f"{apa} kepada BPKH berhenti",
        f"{apa} tentang pengembalian ini berulang kali tidak terjawab, dan portal berhenti mencoba. Dana tetap "
        "dipesan. Hubungi BPKH; sesudah gangguannya selesai, tekan “Kirim lagi” pada “Pantauan dana”. Nomornya tetap "
        "sama.",
        efek.riwayat.perkara, halaman=BERHENTI,
    )  # fmt: skip


def saldo_menyerah(efek: Efek) -> None:
    """A question about a balance that stayed without an answer for three days: people ask and answer it now."""
    bunyikan(
        f"mitra-menyerah:{efek.pk}:{timezone.localdate()}", "Pertanyaan saldo kepada BPKH berhenti",
        "Saldo ini berulang kali ditanyakan kepada sistem BPKH tanpa jawaban, dan portal berhenti bertanya. Tanyakan "
        "kepada BPKH lewat surat atau telepon, lalu catat jawabannya di halaman konfirmasi saldo.",
        efek.riwayat.perkara,
    )  # fmt: skip
