"""Letters: number patterns per office, the register without gaps, the letters themselves and their prints."""

from __future__ import annotations

import secrets
import string

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q

from haji_portal.akun.models import BerlakuQuerySet, Kantor
from haji_portal.alur.models import Perkara

MEDAN_POLA = {"urut", "kode_surat", "klasifikasi", "bulan", "tahun"}
jenis_sah = RegexValidator(r"^[a-z0-9_-]{2,40}$", "Pakai huruf kecil, angka, tanda - atau _.")


def token_baru() -> str:
    """The public key of a letter's verification page: 192 bits, URL-safe."""
    return secrets.token_urlsafe(24)


class CaraTtd(models.TextChoices):
    """Who vouches for a signature; the letter, its page and its register say which."""

    LOKAL = "lokal", "Otoritas sertifikat portal ini"
    BSRE = "bsre", "Balai Sertifikasi Elektronik (BSrE)"


def periksa_pola(pola: str) -> None:
    """Accept only the known fields, by plain name: attribute or index access in a pattern would read objects."""
    try:
        medan = {nama for _, nama, _, _ in string.Formatter().parse(pola) if nama is not None}
        contoh = pola.format(urut=1, kode_surat="K", klasifikasi="H", bulan=1, tahun=2026)
    except (ValueError, TypeError, LookupError, AttributeError) as galat:
        raise ValidationError("Pola nomor tidak terbaca. Contoh: B-{urut}/{kode_surat}/{bulan:02d}/{tahun}") from galat
    if asing := medan - MEDAN_POLA:
        raise ValidationError(f"Medan tidak dikenal: {', '.join(sorted(asing))}.")
    if not {"urut", "tahun"} <= medan:
        raise ValidationError("Pola harus memuat {urut} dan {tahun}: nomor berulang setiap tahun.")
    if len(contoh) > 60:
        raise ValidationError("Nomor yang terbentuk terlalu panjang.")


class PolaNomor(models.Model):
    """How a kind of letter is numbered (KMA 9/2016): a row without an office is the default of all offices."""

    jenis_surat = models.CharField("jenis surat", max_length=40, validators=[jenis_sah])
    kantor = models.ForeignKey(
        Kantor, null=True, blank=True, on_delete=models.CASCADE, related_name="pola_nomor", help_text="Kosong: bawaan."
    )
    pola = models.CharField(max_length=120, validators=[periksa_pola])
    deret = models.CharField(
        max_length=40, validators=[jenis_sah], help_text="Surat dengan deret yang sama berbagi nomor urut."
    )
    klasifikasi = models.CharField("kode klasifikasi", max_length=30, blank=True)
    mulai = models.DateField("berlaku dari")
    selesai = models.DateField("berlaku sampai", null=True, blank=True)

    objects = BerlakuQuerySet.as_manager()

    class Meta:
        verbose_name = "pola nomor surat"
        verbose_name_plural = "pola nomor surat"
        ordering = ["jenis_surat", "kantor", "-mulai"]
        constraints = [
            models.UniqueConstraint(fields=["jenis_surat", "kantor", "mulai"], name="pola_kantor_sekali"),
            models.UniqueConstraint(
                fields=["jenis_surat", "mulai"], condition=Q(kantor__isnull=True), name="pola_bawaan_sekali"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.jenis_surat}: {self.pola}"


class DeretNomor(models.Model):
    """The counter of one series in one office and year; its row lock is what makes numbers race-safe."""

    kantor = models.ForeignKey(Kantor, on_delete=models.PROTECT, related_name="deret_nomor")
    deret = models.CharField(max_length=40)
    tahun = models.PositiveSmallIntegerField()
    terakhir = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = "deret nomor"
        verbose_name_plural = "deret nomor"
        ordering = ["-tahun", "kantor", "deret"]
        constraints = [models.UniqueConstraint(fields=["kantor", "deret", "tahun"], name="deret_sekali")]

    def __str__(self) -> str:
        return f"{self.deret} {self.tahun}: {self.terakhir}"


class Surat(models.Model):
    """One letter of a case, from draft to signature and after.

    `kunci_pdf`/`hash_pdf` are the unsigned PDF (the draft's, later the frozen one's), `kunci_pdf_ttd`/`hash_ttd` the
    signed one; hashes are SHA-256 in hex. Name, position, NIP and SK are those of the moment it was frozen.
    """

    class Status(models.TextChoices):
        DRAF = "draf", "Draf"
        DIBEKUKAN = "dibekukan", "Siap ditandatangani"
        DITANDATANGANI = "ditandatangani", "Ditandatangani"
        BATAL = "batal", "Batal"
        DICABUT = "dicabut", "Dicabut"
        DIGANTI = "diganti", "Diganti"

    BERJALAN = (Status.DRAF, Status.DIBEKUKAN)

    perkara = models.ForeignKey(Perkara, on_delete=models.PROTECT, related_name="surat")
    jenis = models.CharField("jenis surat", max_length=40, validators=[jenis_sah])
    kantor = models.ForeignKey(Kantor, on_delete=models.PROTECT, related_name="surat")
    status = models.CharField(max_length=16, choices=Status.choices, default=Status.DRAF)
    nomor = models.CharField("nomor surat", max_length=60, blank=True)
    tanggal = models.DateField("tanggal surat", null=True, blank=True)
    token = models.CharField(max_length=64, unique=True, default=token_baru, editable=False)
    kunci_pdf = models.CharField(max_length=120, blank=True)
    hash_pdf = models.CharField(max_length=64, blank=True)
    kunci_pdf_ttd = models.CharField(max_length=120, blank=True)
    hash_ttd = models.CharField(max_length=64, blank=True, db_index=True)
    cara_ttd = models.CharField("tanda tangan lewat", max_length=8, choices=CaraTtd.choices, blank=True)
    versi_perkara = models.PositiveIntegerField(null=True, blank=True)
    pengguna = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="penanda tangan",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="surat_ditandatangani",
    )
    nama_penanda_tangan = models.CharField(max_length=120, blank=True)
    jabatan = models.CharField(max_length=140, blank=True)
    nip = models.CharField("NIP", max_length=18, blank=True)
    nomor_sk = models.CharField("nomor SK penugasan", max_length=80, blank=True)
    ditandatangani_pada = models.DateTimeField(null=True, blank=True)
    diakhiri_pada = models.DateTimeField("batal/dicabut/diganti pada", null=True, blank=True)
    pengganti = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="menggantikan")
    alasan = models.CharField(max_length=300, blank=True)
    dicetak = models.PositiveIntegerField("jumlah cetak", default=0)
    dibuat = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = "surat"
        verbose_name_plural = "surat"
        ordering = ["-dibuat", "-pk"]
        constraints = [
            # One letter in the making and one in force: a replacement is prepared while the old one still stands.
            models.UniqueConstraint(
                fields=["perkara", "jenis"], condition=Q(status__in=["draf", "dibekukan"]), name="surat_satu_berjalan"
            ),
            models.UniqueConstraint(
                fields=["perkara", "jenis"], condition=Q(status="ditandatangani"), name="surat_satu_berlaku"
            ),
            models.CheckConstraint(condition=~Q(status="draf") | Q(nomor=""), name="draf_tanpa_nomor"),
            models.CheckConstraint(
                condition=~Q(status="ditandatangani") | (~Q(hash_ttd="") & ~Q(nomor="") & ~Q(cara_ttd="")),
                name="ttd_berberkas",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.jenis} {self.nomor or '(draf)'}"


class NomorSurat(models.Model):
    """The register: every number ever reserved, in order; one that came to nothing stays as `batal`."""

    class Status(models.TextChoices):
        DIPAKAI = "dipakai", "Dipakai"
        BATAL = "batal", "Batal"

    kantor = models.ForeignKey(Kantor, on_delete=models.PROTECT, related_name="nomor_surat")
    deret = models.CharField(max_length=40)
    tahun = models.PositiveSmallIntegerField()
    urut = models.PositiveIntegerField()
    nomor = models.CharField(max_length=60)
    tanggal = models.DateField()
    surat = models.ForeignKey(Surat, on_delete=models.PROTECT, related_name="register")
    status = models.CharField(max_length=8, choices=Status.choices, default=Status.DIPAKAI)
    alasan = models.CharField(max_length=300, blank=True)

    class Meta:
        verbose_name = "nomor surat"
        verbose_name_plural = "register nomor surat"
        ordering = ["-tahun", "kantor", "deret", "-urut"]
        constraints = [
            models.UniqueConstraint(fields=["kantor", "deret", "tahun", "urut"], name="nomor_sekali"),
            models.UniqueConstraint(fields=["surat"], condition=Q(status="dipakai"), name="surat_satu_nomor"),
        ]

    def __str__(self) -> str:
        return self.nomor


class CetakSurat(models.Model):
    """One print of a signed letter: who, when, the how-manieth."""

    surat = models.ForeignKey(Surat, on_delete=models.PROTECT, related_name="cetakan")
    pengguna = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    waktu = models.DateTimeField()
    ke = models.PositiveIntegerField("cetakan ke")

    class Meta:
        verbose_name = "cetakan surat"
        verbose_name_plural = "cetakan surat"
        ordering = ["-waktu"]
        constraints = [models.UniqueConstraint(fields=["surat", "ke"], name="cetak_berurut")]

    def __str__(self) -> str:
        return f"Cetakan ke-{self.ke}"


class IdentitasBsre(models.Model):
    """Under which address BSrE knows an official, and whose name its certificate must carry.

    API v2 takes the e-mail address in place of the NIK, so the portal never holds an official's NIK.
    """

    pengguna = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="identitas_bsre")
    surel = models.EmailField("surel terdaftar di BSrE", unique=True)
    nama_sertifikat = models.CharField(
        "nama pada sertifikat", max_length=120, help_text="Persis seperti pada sertifikat BSrE (CN), dengan gelar."
    )

    class Meta:
        verbose_name = "identitas BSrE"
        verbose_name_plural = "identitas BSrE"
        ordering = ["nama_sertifikat"]

    def __str__(self) -> str:
        return self.nama_sertifikat


class IzinTtdLokal(models.Model):
    """While BSrE is set up, the portal's own authority signs only in an office and between dates named here."""

    kantor = models.ForeignKey(Kantor, on_delete=models.PROTECT, related_name="izin_ttd_lokal")
    mulai = models.DateField("berlaku dari")
    selesai = models.DateField("berlaku sampai")
    alasan = models.CharField(max_length=200, help_text="Dibaca penanda tangan, misalnya: gangguan BSrE, nota dinas …")

    objects = BerlakuQuerySet.as_manager()

    class Meta:
        verbose_name = "izin tanda tangan portal"
        verbose_name_plural = "izin tanda tangan portal"
        ordering = ["-mulai"]
        constraints = [
            models.CheckConstraint(condition=Q(selesai__gte=models.F("mulai")), name="izin_ttd_urut"),
        ]

    def __str__(self) -> str:
        return f"{self.kantor}: {self.mulai:%d-%m-%Y} sampai {self.selesai:%d-%m-%Y}"


class PanggilanBsre(models.Model):
    """One call to the service and how it ended, for quota and questions: no passphrase, no identity, no file."""

    waktu = models.DateTimeField()
    layanan = models.CharField(max_length=8)
    pengguna = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    hasil = models.CharField(max_length=40)
    milidetik = models.PositiveIntegerField()

    class Meta:
        verbose_name = "panggilan BSrE"
        verbose_name_plural = "panggilan BSrE"
        ordering = ["-waktu", "-pk"]

    def __str__(self) -> str:
        return f"{self.layanan}: {self.hasil}"
