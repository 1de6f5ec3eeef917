"""The agenda of incoming letters, and dispositions: who passed what on to whom, with which instruction.

What was sent stays as it was sent (triggers, `disposisi/penjaga.py`): a withdrawal is a row of its own, and so is every
reading, answer and reopening. Only `dibaca`, `selesai` and `dicabut` of a recipient follow the newest of those rows.
"""

from __future__ import annotations

import datetime

from django.db import models
from django.db.models import F, Q

from haji_portal.akun.models import Kantor, Pengguna, Peran
from haji_portal.alur.models import Perkara
from haji_portal.berkas.simpan import BerkasTersimpan


class Sifat(models.TextChoices):
    """How urgent or how closed a letter is, as the lembar disposisi prints it."""

    BIASA = "biasa", "Biasa"
    PENTING = "penting", "Penting"
    SEGERA = "segera", "Segera"
    SANGAT_SEGERA = "sangat-segera", "Sangat segera"
    RAHASIA = "rahasia", "Rahasia"


class Instruksi(models.TextChoices):
    """The instructions that are ticked on a lembar disposisi."""

    PROSES = "proses", "Proses sesuai ketentuan"
    KETAHUI = "ketahui", "Untuk diketahui"
    PELAJARI = "pelajari", "Pelajari dan laporkan"
    TINDAK = "tindak", "Tindak lanjuti"
    BICARAKAN = "bicarakan", "Bicarakan dengan saya"
    JAWAB = "jawab", "Siapkan konsep jawaban"
    HADIRI = "hadiri", "Hadiri atau wakili"
    KOORDINASI = "koordinasi", "Koordinasikan"
    ARSIP = "arsip", "Arsipkan"


class SuratMasuk(models.Model):
    """One line of the agenda book. `urut` runs per office and year without a gap; a slip is cancelled, never deleted.

    tanggal_surat is empty where the letter bears none; nomor_surat "" for letters of private people.
    """

    kantor = models.ForeignKey(Kantor, on_delete=models.PROTECT, related_name="surat_masuk")
    tahun = models.PositiveSmallIntegerField()
    urut = models.PositiveIntegerField("nomor agenda")
    diterima = models.DateField("tanggal diterima")
    nomor_surat = models.CharField("nomor surat", max_length=80, blank=True)
    tanggal_surat = models.DateField("tanggal surat", null=True, blank=True)
    pengirim = models.CharField(max_length=150)
    perihal = models.CharField(max_length=250)
    sifat = models.CharField(max_length=13, choices=Sifat.choices, default=Sifat.BIASA)
    perkara = models.ForeignKey(Perkara, null=True, blank=True, on_delete=models.PROTECT, related_name="surat_masuk")
    dicatat_oleh = models.ForeignKey(Pengguna, on_delete=models.PROTECT, related_name="+")
    dicatat_pada = models.DateTimeField()
    dibatalkan = models.DateTimeField(null=True, blank=True)
    alasan_batal = models.CharField("alasan dibatalkan", max_length=250, blank=True)

    class Meta:
        verbose_name = "surat masuk"
        verbose_name_plural = "surat masuk"
        ordering = ["-tahun", "-urut"]
        indexes = [models.Index(fields=["kantor", "diterima"])]
        constraints = [
            models.UniqueConstraint(fields=["kantor", "tahun", "urut"], name="agenda_sekali"),
            models.CheckConstraint(
                condition=Q(dibatalkan__isnull=True) | ~Q(alasan_batal=""), name="agenda_batal_beralasan"
            ),
        ]

    def __str__(self) -> str:
        return f"Agenda {self.nomor_agenda}"

    @property
    def nomor_agenda(self) -> str:
        return f"{self.urut}/{self.tahun}"


class KoreksiSurat(models.Model):
    """What a line of the agenda said before it was put right. isi: {field: [old, new]} as it is shown."""

    surat = models.ForeignKey(SuratMasuk, on_delete=models.PROTECT, related_name="koreksi")
    oleh = models.ForeignKey(Pengguna, on_delete=models.PROTECT, related_name="+")
    waktu = models.DateTimeField()
    isi = models.JSONField()

    class Meta:
        verbose_name = "koreksi surat masuk"
        verbose_name_plural = "koreksi surat masuk"
        ordering = ["-waktu", "-pk"]

    def __str__(self) -> str:
        return f"Koreksi {self.surat_id}"


class BerkasSurat(models.Model):
    """The cleaned scan of a letter; the row is the only way to the file."""

    surat = models.ForeignKey(SuratMasuk, on_delete=models.PROTECT, related_name="berkas")
    nama = models.CharField("nama berkas", max_length=120)
    mime = models.CharField("jenis isi", max_length=40)
    ukuran = models.PositiveIntegerField("ukuran (byte)")
    sha256 = models.CharField("SHA-256", max_length=64)
    kunci = models.CharField("kunci penyimpanan", max_length=80, unique=True, editable=False)
    halaman = models.PositiveSmallIntegerField("jumlah halaman", null=True, blank=True)
    diunggah_oleh = models.ForeignKey(Pengguna, on_delete=models.PROTECT, related_name="+")
    diunggah_pada = models.DateTimeField()

    class Meta:
        verbose_name = "berkas surat masuk"
        verbose_name_plural = "berkas surat masuk"
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.nama

    @classmethod
    def dari(
        cls, surat: SuratMasuk, tersimpan: BerkasTersimpan, oleh: Pengguna, waktu: datetime.datetime
    ) -> BerkasSurat:
        """Unsaved: the row that owns this stored file from now on."""
        isi = {n: getattr(tersimpan, n) for n in ("nama", "mime", "ukuran", "sha256", "kunci", "halaman")}
        return cls(surat=surat, diunggah_oleh=oleh, diunggah_pada=waktu, **isi)


class AksesSurat(models.Model):
    """Who opened the scan of a letter, and when (UU 27/2022)."""

    berkas = models.ForeignKey(BerkasSurat, on_delete=models.PROTECT, related_name="akses")
    pengguna = models.ForeignKey(Pengguna, on_delete=models.PROTECT, related_name="+")
    waktu = models.DateTimeField()

    class Meta:
        verbose_name = "akses surat masuk"
        verbose_name_plural = "akses surat masuk"
        ordering = ["-waktu", "-pk"]

    def __str__(self) -> str:
        return f"{self.pengguna_id} · {self.berkas_id}"


class Disposisi(models.Model):
    """One instruction about a letter or a case, as it was sent; name, position and SK are those of that moment.

    langkah: written by a step of the case, and done with the step that follows. instruksi: codes of `Instruksi`, in
    their order.
    """

    kantor = models.ForeignKey(Kantor, on_delete=models.PROTECT, related_name="disposisi")
    surat = models.ForeignKey(SuratMasuk, null=True, blank=True, on_delete=models.PROTECT, related_name="disposisi")
    perkara = models.ForeignKey(Perkara, null=True, blank=True, on_delete=models.PROTECT, related_name="disposisi")
    induk = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="lanjutan")
    langkah = models.BooleanField("ditulis langkah perkara", default=False)
    sifat = models.CharField(max_length=13, choices=Sifat.choices, default=Sifat.BIASA)
    instruksi = models.JSONField(default=list)
    catatan = models.CharField("catatan", max_length=400, blank=True)
    tenggat = models.DateTimeField(null=True, blank=True)
    pengirim = models.ForeignKey(Pengguna, on_delete=models.PROTECT, related_name="disposisi_terkirim")
    peran_pengirim = models.CharField(max_length=12, choices=Peran.choices)
    nama_pengirim = models.CharField(max_length=120)
    jabatan_pengirim = models.CharField(max_length=140)
    nip_pengirim = models.CharField("NIP pengirim", max_length=18, blank=True)
    sk_pengirim = models.CharField("nomor SK pengirim", max_length=80)
    dibuat = models.DateTimeField()
    # Of the form that sent it: a second click finds the first one's row.
    tanda = models.UUIDField(null=True, blank=True, unique=True, editable=False)

    class Meta:
        verbose_name = "disposisi"
        verbose_name_plural = "disposisi"
        ordering = ["-dibuat", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(surat__isnull=True, perkara__isnull=False) | Q(surat__isnull=False, perkara__isnull=True),
                name="disposisi_satu_pokok",
            ),
            models.CheckConstraint(
                condition=Q(tenggat__isnull=True) | Q(tenggat__gt=F("dibuat")), name="disposisi_tenggat_nanti"
            ),
        ]

    def __str__(self) -> str:
        return f"Disposisi {self.pk}"

    @property
    def perintah(self) -> list[str]:
        """The ticked instructions in words."""
        return [str(Instruksi(kode).label) for kode in self.instruksi]


class PenerimaDisposisi(models.Model):
    """Somebody to whom a disposition went: a person under one assignment, or whoever holds a role in the office."""

    disposisi = models.ForeignKey(Disposisi, on_delete=models.PROTECT, related_name="penerima")
    urut = models.PositiveSmallIntegerField()
    peran = models.CharField(max_length=12, choices=Peran.choices)
    # Empty: everybody who holds the role there.
    pengguna = models.ForeignKey(
        Pengguna, null=True, blank=True, on_delete=models.PROTECT, related_name="disposisi_diterima"
    )
    nama = models.CharField(max_length=120, blank=True)
    jabatan = models.CharField(max_length=140)
    dibaca = models.DateTimeField(null=True, blank=True)
    selesai = models.DateTimeField(null=True, blank=True)
    dicabut = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = "penerima disposisi"
        verbose_name_plural = "penerima disposisi"
        ordering = ["disposisi_id", "urut"]
        indexes = [
            models.Index(
                fields=["pengguna", "peran"], name="disposisi_terbuka",
                condition=Q(selesai__isnull=True, dicabut__isnull=True),
            )
        ]  # fmt: skip
        constraints = [models.UniqueConstraint(fields=["disposisi", "urut"], name="penerima_disposisi_urut")]

    def __str__(self) -> str:
        return f"{self.nama}, {self.jabatan}" if self.nama else self.jabatan

    @property
    def keadaan(self) -> str:
        """dicabut | selesai | dibaca | baru"""
        if self.dicabut:
            return "dicabut"
        return "selesai" if self.selesai else "dibaca" if self.dibaca else "baru"


class PeristiwaDisposisi(models.Model):
    """What happened to a disposition at one recipient, append-only; the position is that of the moment."""

    class Jenis(models.TextChoices):
        DIBACA = "dibaca", "Dibaca"
        SELESAI = "selesai", "Dinyatakan selesai"
        DIBUKA = "dibuka", "Dibuka lagi"
        DICABUT = "dicabut", "Dicabut pengirim"

    penerima = models.ForeignKey(PenerimaDisposisi, on_delete=models.PROTECT, related_name="peristiwa")
    jenis = models.CharField(max_length=8, choices=Jenis.choices)
    oleh = models.ForeignKey(Pengguna, on_delete=models.PROTECT, related_name="+")
    nama = models.CharField(max_length=120)
    jabatan = models.CharField(max_length=140)
    catatan = models.CharField(max_length=400, blank=True)
    waktu = models.DateTimeField()

    class Meta:
        verbose_name = "peristiwa disposisi"
        verbose_name_plural = "peristiwa disposisi"
        ordering = ["waktu", "pk"]

    def __str__(self) -> str:
        return f"{self.get_jenis_display()} · {self.penerima_id}"
