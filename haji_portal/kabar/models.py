"""The delivery ledger: one row per event, recipient and channel, written once and sent at most once."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from haji_portal.akun.models import BerlakuQuerySet, Kantor, Pengguna
from haji_portal.alur.models import Perkara, Riwayat

MAKS_PERCOBAAN = 12
PERLU = ("gagal_tetap", "tidak_pasti")


class PesanQuerySet(models.QuerySet):
    def milik(self, pengguna: Pengguna) -> PesanQuerySet:
        """The in-app messages of one person."""
        return self.filter(saluran=Pesan.Saluran.APLIKASI, pengguna=pengguna)

    def belum_dibaca(self) -> PesanQuerySet:
        return self.filter(dibaca__isnull=True)

    def keluar(self) -> PesanQuerySet:
        """What left the portal about cases, for applicants and other offices; one-time codes and warnings to staff are
        not among it."""
        return self.filter(perkara__isnull=False, pengguna__isnull=True, rahasia=False)

    def untuk(self, pengguna: Pengguna) -> PesanQuerySet:
        """Messages about the cases inside the scope of a person."""
        return self.filter(perkara__in=Perkara.objects.untuk(pengguna).order_by().values("pk"))

    def perlu(self) -> PesanQuerySet:
        """What somebody has to look at: it did not arrive, or nobody knows, and nobody has dealt with it."""
        return self.filter(status__in=PERLU, ditangani__isnull=True)


class Pesan(models.Model):
    class Saluran(models.TextChoices):
        APLIKASI = "aplikasi", "Di dalam portal"
        EMAIL = "email", "Surel"
        SMS = "sms", "SMS"
        WA = "wa", "WhatsApp"

    class Status(models.TextChoices):
        DIBUAT = "dibuat", "Menunggu dikirim"
        MENGIRIM = "mengirim", "Sedang dikirim"
        # The mail server or the gateway took it; whether it arrived only a gateway tells.
        DIKIRIM = "dikirim", "Dikirim"
        SAMPAI = "sampai", "Sampai"
        GAGAL_SEMENTARA = "gagal_sementara", "Gagal, akan dicoba lagi"
        GAGAL_TETAP = "gagal_tetap", "Gagal"
        # It may have been taken before the line broke: only a person decides to send it again.
        TIDAK_PASTI = "tidak_pasti", "Tidak pasti"

    perkara = models.ForeignKey(Perkara, null=True, on_delete=models.PROTECT, related_name="pesan")
    riwayat = models.ForeignKey(Riwayat, null=True, on_delete=models.PROTECT, related_name="pesan")
    saluran = models.CharField(max_length=8, choices=Saluran.choices)
    pengguna = models.ForeignKey(Pengguna, null=True, on_delete=models.PROTECT, related_name="pesan")
    alamat = models.CharField("alamat surel atau nomor ponsel", max_length=254, blank=True)
    # An office to which a file was sent (the Kanwil); empty: the applicant, or staff.
    penerima = models.ForeignKey(Kantor, null=True, on_delete=models.PROTECT, related_name="+")
    templat = models.CharField(max_length=60)
    # The version whose words it used; empty = the shipped text.
    versi_templat = models.ForeignKey("TemplatPesan", null=True, on_delete=models.PROTECT, related_name="+")
    judul = models.CharField(max_length=160)
    isi = models.TextField()
    # Event, recipient and channel: writing the same message twice gives the same row.
    kunci = models.CharField(max_length=120, unique=True)
    # What the other side knows it by: the key, until a person sends a refused message anew.
    rujukan = models.CharField(max_length=130, unique=True)
    # One-time codes: the text is wiped as soon as nothing has to be sent any more, and no page shows it.
    rahasia = models.BooleanField(default=False)
    # Kind of the file that is fetched when the e-mail leaves (`pelampir`).
    lampiran = models.CharField(max_length=40, blank=True)
    segmen = models.PositiveSmallIntegerField("jumlah SMS", null=True)
    status = models.CharField(max_length=15, choices=Status.choices, default=Status.DIBUAT)
    percobaan = models.PositiveSmallIntegerField(default=0)
    # The counter never goes back, so that a sender of long ago cannot note its outcome on a newer try.
    batas_percobaan = models.PositiveSmallIntegerField(default=MAKS_PERCOBAAN)
    # When to try (again), while `mengirim` the end of the sender's lease, afterwards when to ask the gateway what
    # became of it; empty = nothing happens by itself.
    jatuh_tempo = models.DateTimeField(null=True)
    galat = models.CharField(max_length=300, blank=True)
    # What the mail server answered when it took the message: with its time and reference the proof of delivery.
    bukti = models.CharField("jawaban peladen surel", max_length=200, blank=True)
    dibuat = models.DateTimeField()
    dikirim = models.DateTimeField(null=True)
    sampai = models.DateTimeField(null=True)
    dibaca = models.DateTimeField(null=True)
    # Somebody has told the applicant another way.
    ditangani = models.DateTimeField(null=True)

    objects = PesanQuerySet.as_manager()

    class Meta:
        verbose_name = "pesan"
        verbose_name_plural = "pesan"
        ordering = ["-dibuat", "-pk"]
        indexes = [
            models.Index(fields=["jatuh_tempo"], condition=Q(jatuh_tempo__isnull=False), name="pesan_tertunda"),
            models.Index(fields=["pengguna", "dibaca"], name="pesan_milik"),
            models.Index(fields=["dibuat"], name="pesan_dibuat"),
            models.Index(fields=["perkara"], condition=Q(status__in=PERLU, ditangani__isnull=True), name="pesan_perlu"),
        ]

    def __str__(self) -> str:
        return self.judul

    @property
    def alamat_samar(self) -> str:
        """'s***@contoh.id' or '+628***89': enough to recognise, not enough to copy; an office's own stands in full."""
        if self.penerima_id:
            return self.alamat
        nama, _, domain = self.alamat.partition("@")
        if domain:
            return f"{nama[:1]}***@{domain}"
        return f"{self.alamat[:4]}***{self.alamat[-2:]}" if len(self.alamat) > 8 else ""


class TindakanPesan(models.Model):
    """What a person did about a message that failed or is uncertain; never changed."""

    class Jenis(models.TextChoices):
        KIRIM_ULANG = "kirim_ulang", "Dikirim ulang"
        DITANGANI = "ditangani", "Ditandai sudah ditangani"

    pesan = models.ForeignKey(Pesan, on_delete=models.PROTECT, related_name="tindakan")
    jenis = models.CharField(max_length=12, choices=Jenis.choices)
    dari = models.CharField("status semula", max_length=15, choices=Pesan.Status.choices)
    oleh = models.ForeignKey(Pengguna, on_delete=models.PROTECT, related_name="+")
    saat = models.DateTimeField()

    class Meta:
        verbose_name = "tindakan atas pesan"
        verbose_name_plural = "tindakan atas pesan"
        ordering = ["saat", "pk"]

    def __str__(self) -> str:
        return f"{self.get_jenis_display()} {self.saat:%d/%m/%Y}"


class KontakPerkara(models.Model):
    """Where the applicant of one case proved to be reachable; messages about the case go here before anywhere else.

    It belongs to the case and not to the pilgrim: who sends an application must not change where the news of another
    case of the same person goes.
    """

    perkara = models.OneToOneField(Perkara, on_delete=models.CASCADE, related_name="kontak")
    saluran = models.CharField(max_length=8, choices=Pesan.Saluran.choices)
    alamat = models.CharField("alamat surel atau nomor ponsel", max_length=254)
    diverifikasi = models.DateTimeField()

    class Meta:
        verbose_name = "kontak pemohon"
        verbose_name_plural = "kontak pemohon"

    def __str__(self) -> str:
        return f"{self.get_saluran_display()} {self.perkara}"


class SaluranKantor(models.Model):
    """An office has switched SMS or WhatsApp on for its applicants: each costs money, so nobody has it by default."""

    class Jenis(models.TextChoices):
        SMS = "sms", "SMS"
        WA = "wa", "WhatsApp"

    kantor = models.ForeignKey(Kantor, on_delete=models.CASCADE, related_name="saluran_kabar")
    saluran = models.CharField(max_length=8, choices=Jenis.choices)
    mulai = models.DateField("berlaku dari")
    selesai = models.DateField("berlaku sampai", null=True, blank=True)

    objects = BerlakuQuerySet.as_manager()

    class Meta:
        verbose_name = "saluran kabar kantor"
        verbose_name_plural = "saluran kabar kantor"
        ordering = ["kantor", "saluran", "-mulai"]
        constraints = [
            models.UniqueConstraint(fields=["kantor", "saluran", "mulai"], name="saluran_satu_per_tanggal"),
            models.CheckConstraint(
                condition=Q(selesai__isnull=True) | Q(selesai__gte=models.F("mulai")), name="saluran_urut"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_saluran_display()} {self.kantor}"


class TemplatPesan(models.Model):
    """One version of a text, never changed: saving writes the next one, and a message says which it used."""

    class Bentuk(models.TextChoices):
        PANJANG = "panjang", "Surel dan pesan di dalam portal"
        PENDEK = "pendek", "SMS dan WhatsApp"

    kode = models.SlugField("pesan", max_length=60)
    bentuk = models.CharField("saluran", max_length=8, choices=Bentuk.choices)
    versi = models.PositiveIntegerField()
    # From here on the shipped text again; `judul` and `isi` are empty.
    bawaan = models.BooleanField("teks bawaan", default=False)
    judul = models.CharField(max_length=160, blank=True)
    isi = models.TextField(blank=True)
    aktif_dari = models.DateTimeField()
    dibuat = models.DateTimeField()
    dibuat_oleh = models.ForeignKey(Pengguna, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "templat pesan"
        verbose_name_plural = "templat pesan"
        ordering = ["kode", "bentuk", "-versi"]
        constraints = [models.UniqueConstraint(fields=["kode", "bentuk", "versi"], name="templat_satu_per_versi")]

    def __str__(self) -> str:
        return f"{self.kode} ({self.get_bentuk_display()}) versi {self.versi}"
