"""Pages of a transfer: the generic desk with its model."""

from __future__ import annotations

from typing import Any

from haji_portal.alur.tampil_waktu import saat, tanggal
from haji_portal.jemaah.models import Jemaah
from haji_portal.meja import views as meja

from .formulir import FORMULIR
from .kiriman import kiriman_kanwil
from .masuk import FormPelimpahan
from .models import Pelimpahan
from .models.isian import kata_jadwal
from .surat_wawancara import ada_berita_acara, ada_undangan
from .tahap import DI_KANTOR

Fakta = list[tuple[str, str]]


def fakta_pelimpahan(p: Pelimpahan) -> Fakta:
    """Whose porsi it is, and how far the transfer is."""
    zona, janji = p.kantor.zona_waktu, p.janji_kini
    data = [
        ("Sebab", p.get_sebab_display()),
        ("Penerima adalah", p.get_hubungan_display()),
        ("Kebutuhan khusus", p.kebutuhan_khusus),
        ("Tanggal permohonan", tanggal(p.tanggal_permohonan)),
        ("Meninggal", tanggal(p.tanggal_meninggal) if p.tanggal_meninggal else ""),
        ("Masuk asrama", tanggal(p.masuk_asrama) if p.masuk_asrama else ""),
        ("Layanan keliling", str(p.kunjungan or "")),
        ("Wawancara oleh", "Direktorat Jenderal (beda provinsi)" if p.di_pusat else ""),
        ("Jadwal", kata_jadwal(janji) if janji else ""),
        ("Blokir dibuka", saat(p.blokir_dibuka_pada, zona) if p.blokir_dibuka_pada else ""),
        ("Dilimpahkan", saat(p.dilimpahkan_pada, zona) if p.dilimpahkan_pada else ""),
        ("Alasan akhir", p.alasan_akhir),
        *((f"Penerima menulis {_sebut(nama)}", nilai) for nama, nilai in p.isian_pemohon.items()),
    ]
    return [(label, nilai) for label, nilai in data if nilai]


def _sebut(nama: str) -> str:
    return str(Jemaah._meta.get_field(nama).verbose_name)  # type: ignore[union-attr]


def fakta_asal(p: Pelimpahan) -> Fakta:
    """The pilgrim whose porsi it was when the case was opened."""
    asal = p.jemaah_asal
    data = [
        ("Nama", asal.nama),
        ("NIK", " ".join(asal.nik[i : i + 4] for i in range(0, len(asal.nik), 4))),
        ("Lahir", f"{asal.tempat_lahir}, {tanggal(asal.tanggal_lahir)}"),
        ("Alamat", asal.alamat),
    ]
    return [(label, nilai) for label, nilai in data if nilai]


class PelimpahanMixin:
    model = Pelimpahan
    template_kasus = "pelimpahan/detail.html"
    request: Any

    def tambahan(self, perkara: Any) -> dict[str, Any]:
        lain = perkara.porsi_lain() if perkara.ditutup is None else []
        formulir = FORMULIR if perkara.tahap in DI_KANTOR else {}
        return {
            "pelimpahan": fakta_pelimpahan(perkara), "asal": fakta_asal(perkara), "porsi_lain": lain,
            "formulir": formulir, "kiriman": kiriman_kanwil(perkara, self.request.user),
            "undangan": ada_undangan(perkara), "berita_acara": ada_berita_acara(perkara),
        }  # fmt: skip


class Daftar(meja.DaftarView):
    model = Pelimpahan
    template_name = "ptsp/daftar.html"


class Buat(meja.BuatView):
    model = Pelimpahan
    form_class = FormPelimpahan


class Detail(PelimpahanMixin, meja.DetailView):
    template_name = PelimpahanMixin.template_kasus


class LangkahPelimpahan(PelimpahanMixin, meja.LangkahView):
    pass


class TandaTerima(meja.TandaTerimaView):
    model = Pelimpahan


class Waktu(PelimpahanMixin, meja.WaktuView):
    pass
