"""What a person may see of the money that is under way with the partners: in flight, stuck, in quarantine, given up."""

from __future__ import annotations

import datetime
import json
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import Max, Q, QuerySet
from django.utils import timezone

from haji_portal.akun.models import Kantor, Pengguna, Peran
from haji_portal.alur.models import Efek, Perkara
from haji_portal.alur.tampil_waktu import rupiah, saat
from haji_portal.dana.mitra import ulang
from haji_portal.dana.mitra.kabar import Kabar, kabar_dari
from haji_portal.dana.mitra.nilai import angka
from haji_portal.dana.models import Mitra, Panggilan, Pemutus, Pengembalian, Peristiwa, Putusan
from haji_portal.jemaah.nik import samarkan_rekening

PEMANTAU = frozenset({
    Peran.PTSP, Peran.JFU, Peran.KASI, Peran.KEPALA, Peran.DIREKTORAT, Peran.SUBDIT, Peran.DIREKTUR, Peran.DITJEN,
    Peran.BPKH, Peran.BPS, Peran.INSPEKTORAT,
})  # fmt: skip
"""Whose work waits for this money, and who moves or inspects it."""
PEMBAYAR = (Peran.BPKH, Peran.BPS, Peran.DIREKTORAT, Peran.DIREKTUR)
"""Roles that pay or release a payment: they compare the target account and need its whole number."""
Status, Alasan = Pengembalian.Status, Putusan.Alasan
JALAN = (Status.DIAJUKAN, Status.SPM_TERBIT, Status.DITRANSFER)
DIAM = datetime.timedelta(hours=24)
"""A payment with the partners that has not moved for so long is called stuck."""
SARAN = {
    Alasan.RUJUKAN: (
        "Tidak ada pengembalian dengan nomor ini. Tanyakan kepada pengirimnya untuk siapa pembayaran itu."
    ),
    Alasan.WEWENANG: (
        "Hanya BPKH yang menerbitkan SPM. Laporkan kepada BPKH dan bank: kuncinya mungkin dipakai pihak lain."
    ),
    Alasan.MITRA_LAIN: (
        "Bank ini tidak membayar pengembalian tersebut. Tanyakan kepada bank pengirim dan bank tujuan."
    ),
    Alasan.BELUM_DIAJUKAN: "Pembayaran ini belum dilepas kepada BPKH. Minta BPKH menahan pembayarannya.",
    Alasan.SETORAN: (
        "Jumlah setorannya bukan milik pengembalian ini. Minta BPKH memperbaiki atau membatalkan pembayarannya."
    ),
    Alasan.JUMLAH: (
        "Jumlahnya tidak sama dengan setoran ditambah nilai manfaat. Minta mitra mengirim kabar yang benar."
    ),
    Alasan.MANFAAT: (
        "Dana sudah ditransfer dengan nilai manfaat lain. Cocokkan dengan mutasi bank sebelum memutuskan."
    ),
    Alasan.REKENING: "Rekeningnya bukan rekening tujuan. Hubungi bank hari ini juga: dana mungkin salah kirim.",
    Alasan.MATA_UANG: "Pengembalian hanya dibayar dalam rupiah. Minta mitra mengirim kabar yang benar.",
    Alasan.WAKTU: "Jam mitra mendahului jam portal. Minta mitra memeriksa jamnya, lalu nilai ulang kabar ini.",
    Alasan.SPM_LAIN: (
        "Sudah ada SPM lain untuk pengembalian ini. Minta BPKH membatalkan salah satunya agar tidak dibayar dua kali."
    ),
    Alasan.BERTENTANGAN: (
        "Mitra pernah mengatakan sebaliknya. Dana tetap dipesan; dua orang memastikan hasilnya pada halaman perkara."
    ),
    Alasan.KEPASTIAN: (
        "Hasilnya sedang dipastikan. Pakai kabar ini sebagai bahan “Usulkan kepastian” pada halaman perkara."
    ),
    Alasan.SESUDAH_GAGAL: (
        "Pembayaran ini sudah dicatat gagal. Tanyakan kepada BPKH hari ini juga; pembayaran pengganti ditahan."
    ),
    Alasan.SESUDAH_AKHIR: "Dana sudah dicatat diterima. Bila memang kembali, catat retur pada halaman perkara.",
    Alasan.DIPULIHKAN: (
        "Porsi atau setorannya sudah dipulihkan, jadi dana ini tidak boleh keluar lagi. Minta BPKH menahannya; bila "
        "sudah keluar, minta bank mengembalikannya."
    ),
    Alasan.GALAT: "Portal tidak dapat mengolahnya. Sesudah admin memperbaiki sebabnya, nilai ulang kabar ini.",
}
"""Reason -> what an official does now."""


@dataclass(frozen=True)
class Bagian:
    """One tab: its rows are made only for the page that is shown."""

    kode: str
    label: str
    rows: QuerySet[Any]
    perhatian: bool = False


def boleh_pantau(pengguna: Pengguna) -> bool:
    return any(t.peran in PEMANTAU for t in pengguna.penugasan_berlaku())


def pusat(pengguna: Pengguna) -> bool:
    """Whether the person sees the partners themselves, and events that belong to no known refund."""
    return any(t.kantor.jenis == Kantor.Jenis.PUSAT for t in pengguna.penugasan_berlaku())


def bagian(pengguna: Pengguna) -> list[Bagian]:
    """The four tabs, what wants a person first."""
    milik = Perkara.objects.untuk(pengguna).filter(jenis=Pengembalian.JENIS).order_by().values("pk")
    hidup = Pengembalian.objects.filter(pk__in=milik, status__in=[*JALAN, Status.BELUM_PASTI])
    hidup = hidup.select_related("kantor", "pemohon").annotate(gerak=Max("riwayat__waktu"))
    macet = Q(status=Status.BELUM_PASTI) | Q(gerak__lt=timezone.now() - DIAM)
    mati = (
        ulang.menyerah()
        .filter(riwayat__perkara__in=milik)
        .select_related("riwayat__perkara__kantor", "riwayat__perkara__pemohon")
    )
    return [
        Bagian("karantina", "Karantina", karantina(pengguna).order_by("pk"), True),
        Bagian("berhenti", "Berhenti dikirim", mati.order_by("menyerah", "pk"), True),
        Bagian("macet", "Macet", hidup.filter(macet).order_by("gerak", "pk"), True),
        Bagian("jalan", "Dalam perjalanan", hidup.exclude(macet).order_by("gerak", "pk")),
    ]


def karantina(pengguna: Pengguna) -> QuerySet[Putusan]:
    """Events in quarantine inside the person's scope; those of no known refund are the centre's."""
    return putusan(pengguna).menunggu()  # type: ignore[attr-defined, no-any-return]


def putusan(pengguna: Pengguna) -> QuerySet[Putusan]:
    """Every judged event inside the person's scope."""
    milik = Perkara.objects.untuk(pengguna).filter(jenis=Pengembalian.JENIS).order_by().values("pk")
    q = Q(perkara__in=milik) | (Q(perkara__isnull=True) if pusat(pengguna) else Q(pk__in=[]))
    return Putusan.objects.filter(q).select_related("peristiwa", "perkara__kantor", "perkara__pemohon")


def baris(kode: str, rows: list[Any]) -> list[dict[str, Any]]:
    """What a row of a tab shows: nomor, url, nama, keadaan, nada, isi, saat, and what can be done."""
    if kode == "karantina":
        return [_baris_karantina(satu) for satu in rows]
    if kode == "berhenti":
        return [_baris_berhenti(satu) for satu in rows]
    panggilan = _panggilan_terakhir([p.pk for p in rows])
    return [_baris_jalan(p, panggilan.get(p.pk)) for p in rows]


def _baris_karantina(satu: Putusan) -> dict[str, Any]:
    p = satu.perkara
    return {
        "nomor": p.nomor if p else satu.peristiwa.rujukan, "url": p.get_absolute_url() if p else "",
        "nama": p.pemohon.nama if p and p.pemohon else "", "keadaan": satu.get_alasan_display(), "nada": "buruk",
        "isi": f"{satu.peristiwa.get_jenis_display()} dari {satu.peristiwa.get_mitra_display()}",
        "saat": _saat(satu.waktu, p), "periksa": satu.pk,
    }  # fmt: skip


def _baris_berhenti(efek: Efek) -> dict[str, Any]:
    p = efek.riwayat.perkara
    apa = "Permintaan" if efek.jenis == "dana.kirim" else "Pertanyaan"
    return {
        "nomor": p.nomor, "url": p.get_absolute_url(), "nama": p.pemohon.nama if p.pemohon else "",
        "keadaan": f"{apa} berhenti", "nada": "buruk", "isi": f"{efek.percobaan} kali dicoba", "kirim_lagi": p.nomor,
        "versi": p.versi, "saat": _saat(efek.menyerah, p),
    }  # fmt: skip


def _baris_jalan(p: Any, panggilan: Panggilan | None) -> dict[str, Any]:
    ragu = p.status == Status.BELUM_PASTI
    isi = f"{panggilan.get_jenis_display()}: {panggilan.get_hasil_display() or 'sedang berjalan'}" if panggilan else ""
    return {
        "nomor": p.nomor, "url": p.get_absolute_url(), "nama": p.pemohon.nama if p.pemohon else "",
        "keadaan": p.info_tahap.label, "nada": "perhatian" if ragu else "", "isi": isi, "saat": _saat(p.gerak, p),
    }  # fmt: skip


def _panggilan_terakhir(ids: list[int]) -> dict[int, Panggilan]:
    akhir = Panggilan.objects.filter(perkara__in=ids).order_by().values("perkara").annotate(pk_akhir=Max("pk"))
    rows = Panggilan.objects.filter(pk__in=[a["pk_akhir"] for a in akhir])
    return {p.perkara_id: p for p in rows if p.perkara_id is not None}


def keadaan_mitra(zona: Any) -> list[dict[str, str]]:
    """How each partner's machine does: address, breaker, last answer, last event, events not judged yet."""
    pemutus = {p.mitra: p for p in Pemutus.objects.all()}
    jawab = dict(Panggilan.objects.filter(hasil="terjawab").order_by().values_list("mitra").annotate(Max("selesai")))
    datang = dict(Peristiwa.objects.order_by().values_list("mitra").annotate(Max("diterima")))
    antre = Peristiwa.objects.filter(putusan__isnull=True).count()
    alamat = {Mitra.BPKH: settings.BPKH_URL, Mitra.BPS: settings.BPS_URL}
    kini, hasil = timezone.now(), []
    for m in Mitra:
        p = pemutus.get(m.value)
        buka = p.terbuka_sampai if p and p.terbuka_sampai and p.terbuka_sampai > kini else None
        sambungan = f"diistirahatkan sampai {saat(buka, zona)}" if buka else "siap" if alamat[m] else "tidak dipasang"
        hasil.append({
            "nama": m.label, "sambungan": sambungan, "nada": "buruk" if buka else "baik" if alamat[m] else "",
            "jawab": saat(jawab[m.value], zona) if jawab.get(m.value) else "belum ada",
            "datang": saat(datang[m.value], zona) if datang.get(m.value) else "belum ada",
            "antre": str(antre),
        })  # fmt: skip
    return hasil


def banding(satu: Putusan, pengguna: Pengguna) -> list[dict[str, Any]]:
    """What the event says beside what the refund says: [{nama, kabar, portal, beda}]."""
    try:
        kabar: Kabar = kabar_dari(json.loads(satu.peristiwa.isi))
    except (ValueError, KeyError):
        return []
    p = Pengembalian.objects.select_related("rekening").filter(pk=satu.perkara_id).first()
    penuh = any(t.peran in PEMBAYAR for t in pengguna.penugasan_berlaku())
    zona = satu.perkara.kantor.zona_waktu if satu.perkara else timezone.get_default_timezone()

    def rekening(nomor: str) -> str:
        return nomor if penuh else samarkan_rekening(nomor)

    rows = [("Setoran", rupiah(kabar.setoran), rupiah(p.jumlah_setoran) if p else ""),
            ("Nilai manfaat", rupiah(kabar.nilai_manfaat), _uang(p.nilai_manfaat if p else None)),
            ("Jumlah", rupiah(kabar.jumlah), _uang(p.jumlah if p and p.nilai_manfaat is not None else None)),
            ("Mata uang", kabar.mata_uang, "IDR"),
            ("Nomor SPM", kabar.nomor_spm, p.nomor_spm if p else "")]  # fmt: skip
    hasil = [{"nama": n, "kabar": a, "portal": b, "beda": bool(a and b and a != b)} for n, a, b in rows]
    beda = p is not None and angka(kabar.rekening) != angka(p.rekening.nomor)
    tujuan = {
        "nama": "Rekening tujuan",
        "kabar": rekening(kabar.rekening),
        "portal": rekening(p.rekening.nomor) if p else "",
        "beda": beda,
    }
    lain = [
        {"nama": "Waktu kejadian", "kabar": saat(kabar.waktu, zona), "portal": "", "beda": False},
        {"nama": "Alasan mitra", "kabar": kabar.alasan, "portal": p.alasan_akhir if p else "", "beda": False},
    ]
    return [*hasil, tujuan, *[satu for satu in lain if satu["kabar"] or satu["portal"]]]


def _uang(jumlah: int | None) -> str:
    return "" if jumlah is None else rupiah(jumlah)


def _saat(waktu: datetime.datetime | None, perkara: Perkara | None) -> str:
    zona = perkara.kantor.zona_waktu if perkara else timezone.get_default_timezone()
    return saat(waktu, zona) if waktu else ""
