"""Master data that every SOP points at, so that SOPs never point at each other."""

from __future__ import annotations

import hashlib
import hmac

from django.conf import settings
from django.core.validators import MinValueValidator, RegexValidator
from django.db import models
from django.utils import timezone
from django.utils.formats import date_format

angka_16 = RegexValidator(r"^[0-9]{16}\Z", "NIK terdiri atas 16 angka.")
angka_10 = RegexValidator(r"^[0-9]{10}\Z", "Nomor porsi terdiri atas 10 angka.")


def hash_nik(nik: str) -> str:
    """Keyed hash (HMAC-SHA256, hex) of a NIK: for locks and look-ups without the number itself."""
    return hmac.new(settings.KUNCI_HASH.encode(), nik.encode(), hashlib.sha256).hexdigest()


class JenisKelamin(models.TextChoices):
    LAKI_LAKI = "L", "Laki-laki"
    PEREMPUAN = "P", "Perempuan"


class Agama(models.TextChoices):
    ISLAM = "islam", "Islam"
    LAIN = "lain", "Selain Islam"


class Jemaah(models.Model):
    """A pilgrim with the fields of the SPPH form; the body marks stay blank until the SPPH is filled."""

    class StatusKawin(models.TextChoices):
        BELUM = "belum", "Belum kawin"
        KAWIN = "kawin", "Kawin"
        CERAI_HIDUP = "cerai-hidup", "Cerai hidup"
        CERAI_MATI = "cerai-mati", "Cerai mati"

    nik = models.CharField("NIK", max_length=16, unique=True, validators=[angka_16])
    nik_hash = models.CharField(max_length=64, db_index=True, editable=False)
    nama = models.CharField("nama lengkap", max_length=120)
    nama_ayah = models.CharField("nama ayah (bin/binti)", max_length=120, blank=True)
    tempat_lahir = models.CharField(max_length=60)
    tanggal_lahir = models.DateField()
    jenis_kelamin = models.CharField(max_length=1, choices=JenisKelamin.choices)
    agama = models.CharField(max_length=10, choices=Agama.choices, default=Agama.ISLAM)
    kewarganegaraan = models.CharField(max_length=3, default="WNI")
    # The KTP address decides the office (244/2021 A.3); the other one is only for contact.
    alamat = models.CharField("alamat KTP", max_length=200)
    kelurahan = models.CharField("desa/kelurahan", max_length=60, blank=True)
    kecamatan = models.CharField(max_length=60, blank=True)
    kabupaten = models.CharField("kabupaten/kota KTP", max_length=60)
    provinsi = models.CharField(max_length=60, blank=True)
    kode_pos = models.CharField(max_length=5, blank=True)
    alamat_tinggal = models.CharField("alamat tinggal (bila berbeda)", max_length=200, blank=True)
    telepon = models.CharField("nomor ponsel", max_length=20, blank=True)
    telepon_rumah = models.CharField(max_length=20, blank=True)
    email = models.EmailField(blank=True)
    pendidikan = models.CharField(max_length=40, blank=True)
    pekerjaan = models.CharField(max_length=60, blank=True)
    status_kawin = models.CharField("status perkawinan", max_length=12, choices=StatusKawin.choices, blank=True)
    golongan_darah = models.CharField(max_length=3, blank=True)
    rambut = models.CharField(max_length=40, blank=True)
    alis = models.CharField(max_length=40, blank=True)
    hidung = models.CharField(max_length=40, blank=True)
    wajah = models.CharField(max_length=40, blank=True)
    tinggi_cm = models.PositiveSmallIntegerField("tinggi badan (cm)", null=True, blank=True)
    berat_kg = models.PositiveSmallIntegerField("berat badan (kg)", null=True, blank=True)

    class Meta:
        verbose_name = "jemaah"
        verbose_name_plural = "jemaah"
        ordering = ["nama"]

    def __str__(self) -> str:
        return self.nama

    def save(self, *args, **kwargs) -> None:
        self.nik_hash = hash_nik(self.nik)
        super().save(*args, **kwargs)


class Rekening(models.Model):
    jemaah = models.ForeignKey(Jemaah, on_delete=models.PROTECT, related_name="rekening")
    bank = models.CharField("bank penerima setoran", max_length=60)
    nomor = models.CharField(
        "nomor rekening", max_length=30, validators=[RegexValidator(r"^[0-9]{6,20}\Z", "6–20 angka.")]
    )
    atas_nama = models.CharField("atas nama", max_length=120)

    class Meta:
        verbose_name = "rekening"
        verbose_name_plural = "rekening"
        constraints = [models.UniqueConstraint(fields=["jemaah", "bank", "nomor"], name="rekening_unik")]

    def __str__(self) -> str:
        return f"{self.bank} a.n. {self.atas_nama}"


class Porsi(models.Model):
    """A place in the queue: ten digits that are never parsed, with its whole life in PeristiwaPorsi."""

    class Status(models.TextChoices):
        AKTIF = "aktif", "Aktif (daftar tunggu)"
        BATAL = "batal", "Batal"
        BERANGKAT = "berangkat", "Sudah berangkat"

    nomor = models.CharField("nomor porsi", max_length=10, unique=True, validators=[angka_10])
    jemaah = models.ForeignKey(Jemaah, on_delete=models.PROTECT, related_name="porsi")
    kantor = models.ForeignKey("akun.Kantor", on_delete=models.PROTECT, related_name="porsi")
    status = models.CharField(max_length=12, choices=Status.choices, default=Status.AKTIF)
    terbit = models.DateField()
    estimasi = models.PositiveSmallIntegerField("perkiraan tahun berangkat", null=True, blank=True)

    class Meta:
        verbose_name = "porsi"
        verbose_name_plural = "porsi"

    def __str__(self) -> str:
        return self.nomor

    @property
    def setoran_awal(self) -> Setoran | None:
        """The deposit that it was given for: the first of its first deposits."""
        return self.setoran.filter(jenis=Setoran.Jenis.AWAL).order_by("tanggal", "pk").first()

    @property
    def sudah_dilimpahkan(self) -> bool:
        """Whether it has passed to somebody else: it does so once and never again (245/2021 A.5)."""
        return self.peristiwa.filter(jenis=PeristiwaPorsi.Jenis.DILIMPAHKAN).exists()


class PeristiwaPorsi(models.Model):
    """One event in the life of a porsi; `rujukan` is the case number, jemaah does not know cases."""

    class Jenis(models.TextChoices):
        TERBIT = "terbit", "Terbit"
        BATAL = "batal", "Dibatalkan"
        AKTIF_KEMBALI = "aktif-kembali", "Diaktifkan kembali"
        DILIMPAHKAN = "dilimpahkan", "Dilimpahkan"
        BERANGKAT = "berangkat", "Berangkat"

    porsi = models.ForeignKey(Porsi, on_delete=models.PROTECT, related_name="peristiwa")
    jenis = models.CharField(max_length=14, choices=Jenis.choices)
    waktu = models.DateTimeField()
    rujukan = models.CharField("nomor perkara", max_length=30, blank=True)
    keterangan = models.CharField(max_length=200, blank=True)
    # Who held the porsi until then and from then on, where it passed (245/2021); both stay readable here.
    dari = models.ForeignKey(Jemaah, null=True, blank=True, on_delete=models.PROTECT, related_name="porsi_dilepas")
    ke = models.ForeignKey(Jemaah, null=True, blank=True, on_delete=models.PROTECT, related_name="porsi_diterima")

    class Meta:
        verbose_name = "peristiwa porsi"
        verbose_name_plural = "peristiwa porsi"
        ordering = ["waktu", "pk"]

    def __str__(self) -> str:
        return f"{self.porsi} {self.get_jenis_display()}"


class Setoran(models.Model):
    """A deposit as the bank's slip states it: nomor validasi comes first, the porsi later."""

    class Jenis(models.TextChoices):
        AWAL = "awal", "Setoran awal"
        LUNAS = "lunas", "Setoran lunas"

    class Sumber(models.TextChoices):
        BPS = "bps", "Direkam meja BPS"
        PETUGAS = "petugas", "Direkam petugas dari bukti setoran"
        PEMOHON = "pemohon", "Diisi pemohon, belum dicocokkan"

    jenis = models.CharField(max_length=5, choices=Jenis.choices, default=Jenis.AWAL)
    jemaah = models.ForeignKey(Jemaah, on_delete=models.PROTECT, related_name="setoran")
    rekening = models.ForeignKey(Rekening, null=True, blank=True, on_delete=models.PROTECT, related_name="setoran")
    porsi = models.ForeignKey(Porsi, null=True, blank=True, on_delete=models.PROTECT, related_name="setoran")
    bank = models.CharField("bank penerima setoran", max_length=60)
    nomor_validasi = models.CharField(
        max_length=30, unique=True, validators=[RegexValidator(r"^[0-9A-Za-z]{6,30}\Z", "6–30 huruf atau angka.")]
    )
    jumlah = models.DecimalField("jumlah (rupiah)", max_digits=14, decimal_places=0, validators=[MinValueValidator(1)])
    tanggal = models.DateField("tanggal setoran")
    sumber = models.CharField(max_length=8, choices=Sumber.choices, default=Sumber.PETUGAS)
    # A cancelled nomor validasi is never used again.
    dibatalkan = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        verbose_name = "setoran"
        verbose_name_plural = "setoran"
        ordering = ["-tanggal", "-pk"]

    def __str__(self) -> str:
        return f"{self.get_jenis_display()} {self.nomor_validasi}"

    @property
    def kata_batal(self) -> str:
        """`dibatalkan 21 November 2026`, or "" for a deposit that stands."""
        if self.dibatalkan is None:
            return ""
        return f"dibatalkan {date_format(timezone.localdate(self.dibatalkan), 'j F Y')}"
