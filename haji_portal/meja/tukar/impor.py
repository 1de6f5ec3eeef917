"""An uploaded file from its arrival to its rows: kept as it came, judged, judged again when somebody asks."""

from __future__ import annotations

import hashlib

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import Count
from django.utils import timezone

from haji_portal.akun.models import Kantor, Pengguna
from haji_portal.alur.tampil_waktu import saat
from haji_portal.berkas.saring import UnggahanDitolak
from haji_portal.berkas.simpan import baca, kunci_asli, simpan_asli
from haji_portal.berkas.tabel import TabelTerbaca, baca_tabel, terima_tabel

from ..models import BarisImpor, ImporBerkas
from .cocokkan import TabelCocok, cocokkan
from .deklarasi import Pertukaran
from .periksa import Putusan, periksa

TETAP = (BarisImpor.Keadaan.TERCATAT,)
"""A row that was recorded stays as it is, whatever a later look at the file says."""
RUSAK = "Berkas yang tersimpan hilang atau berubah, jadi tidak dipakai. Unggah berkasnya sekali lagi."


def terima(pertukaran: Pertukaran, kantor: Kantor, pengguna: Pengguna, berkas: UploadedFile) -> ImporBerkas:
    """Keep a file and judge its rows (dry run). Raises UnggahanDitolak; a file that is refused is not kept.

    Costs one child process and, with 10,000 rows, some seconds: no case is locked meanwhile.
    """
    tabel = terima_tabel(berkas)
    cocok = cocokkan(tabel, pertukaran)
    sha256 = hashlib.sha256(tabel.isi).hexdigest()
    # The row first: a file without an owner could not be found again, an owner without a file says so.
    impor = ImporBerkas.objects.create(
        kantor=kantor, layanan=pertukaran.kode, pengguna=pengguna, dibuat=timezone.now(), nama=tabel.nama,
        ukuran=len(tabel.isi), sha256=sha256, kunci=kunci_asli(), kolom=cocok.kolom,
        catatan=_catatan(cocok, kantor, sha256),
    )  # fmt: skip
    simpan_asli(impor.kunci, tabel.isi)
    nilai(impor, pertukaran, cocok)
    if pertukaran.serta is not None:
        impor.catatan = [*impor.catatan, *pertukaran.serta.dibaca(impor, cocok)]
        impor.save(update_fields=["catatan"])
    return impor


def isi_berkas(impor: ImporBerkas) -> bytes:
    """The kept bytes, checked against their hash. Raises UnggahanDitolak."""
    try:
        return baca(impor.kunci, impor.sha256)
    except (FileNotFoundError, ValueError) as galat:
        raise UnggahanDitolak(RUSAK) from galat


def nilai_ulang(impor: ImporBerkas, pertukaran: Pertukaran) -> None:
    """Judge the rows that are not recorded yet once more, by the kept file and the cases as they are now."""
    tabel: TabelTerbaca = baca_tabel(isi_berkas(impor), impor.nama)
    cocok = cocokkan(tabel, pertukaran)
    nilai(impor, pertukaran, cocok)
    if pertukaran.serta is not None:
        pertukaran.serta.dibaca(impor, cocok)


def nilai(impor: ImporBerkas, pertukaran: Pertukaran, cocok: TabelCocok) -> None:
    """Write the verdicts; all or none, so a crash leaves a file that can be judged again."""
    putusan = periksa(pertukaran, impor.kantor, cocok.baris)
    with transaction.atomic():
        ImporBerkas.objects.select_for_update().get(pk=impor.pk)
        tetap = set(impor.baris.filter(keadaan__in=TETAP).values_list("urut", flat=True))
        impor.baris.exclude(keadaan__in=TETAP).delete()
        BarisImpor.objects.bulk_create((_baris(impor, p) for p in putusan if p.urut not in tetap), batch_size=500)
        impor.diperiksa = timezone.now()
        impor.save(update_fields=["diperiksa"])


def _baris(impor: ImporBerkas, p: Putusan) -> BarisImpor:
    pk, versi = (p.perkara.pk, p.perkara.versi) if p.perkara is not None else (None, None)
    return BarisImpor(
        impor=impor, urut=p.urut, nomor=p.nomor, perkara_id=pk, versi=versi, isi=p.isi, keadaan=p.keadaan,
        kalimat=p.kalimat,
    )  # fmt: skip


def _catatan(cocok: TabelCocok, kantor: Kantor, sha256: str) -> list[str]:
    lama = ImporBerkas.objects.filter(kantor=kantor, sha256=sha256).order_by("pk").first()
    if lama is None:
        return cocok.catatan
    pada = saat(lama.dibuat, kantor.zona_waktu)
    return [*cocok.catatan, f"Berkas yang persis sama sudah diunggah {lama.pengguna}, {pada}."]


def hitung(impor: ImporBerkas) -> dict[str, int]:
    """Rows per state, every state named."""
    ada = dict(impor.baris.order_by().values_list("keadaan").annotate(Count("pk")))
    return {str(k): ada.get(k, 0) for k in BarisImpor.Keadaan.values}
