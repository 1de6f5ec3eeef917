"""What passes between the portal and the partners' machines: events that came, what was judged, calls that were made.

An event is stored before it is answered and judged once; the row of the judgement is what makes it once. Bodies hold
account numbers: they stand here, in no log and on no page.
"""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from haji_portal.akun.models import Kantor
from haji_portal.alur.models import Perkara, Riwayat


class Mitra(models.TextChoices):
    """Partner systems; the value is the segment of the address and `Pelaku.peran`."""

    BPKH = "bpkh", "BPKH"
    BPS = "bps", "BPS"


class Peristiwa(models.Model):
    """One signed event, as it came. `ulangan` counts repeated deliveries, `ulangan_beda` those with other content."""

    class Jenis(models.TextChoices):
        SPM_TERBIT = "spm.terbit", "SPM terbit"
        DITRANSFER = "dana.ditransfer", "Dana ditransfer"
        GAGAL = "dana.gagal", "Pembayaran gagal"
        RETUR = "dana.retur", "Dana diretur"

    mitra = models.CharField(max_length=4, choices=Mitra.choices)
    id_webhook = models.CharField(max_length=200)
    jenis = models.CharField(max_length=20, choices=Jenis.choices)
    rujukan = models.CharField(max_length=60, db_index=True)
    isi = models.TextField()
    sidik = models.CharField(max_length=64)
    id_kunci = models.CharField(max_length=16)
    kantor = models.ForeignKey(Kantor, null=True, on_delete=models.PROTECT, related_name="+")
    waktu_tanda = models.DateTimeField()
    diterima = models.DateTimeField()
    ulangan = models.PositiveIntegerField(default=0)
    ulangan_beda = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = "peristiwa mitra"
        verbose_name_plural = "peristiwa mitra"
        ordering = ["pk"]
        # Every sender numbers its own events: two banks may use the same id.
        constraints = [
            models.UniqueConstraint(
                fields=["mitra", "id_webhook"], condition=Q(kantor__isnull=True), name="peristiwa_sekali"
            ),
            models.UniqueConstraint(
                fields=["mitra", "kantor", "id_webhook"],
                condition=Q(kantor__isnull=False),
                name="peristiwa_bank",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.mitra} {self.jenis} {self.rujukan}"


class PutusanQuerySet(models.QuerySet["Putusan"]):
    def menunggu(self) -> PutusanQuerySet:
        """In quarantine and not decided by two people yet."""
        return self.filter(hasil=Putusan.Hasil.KARANTINA, ditutup__isnull=True)


class Putusan(models.Model):
    """What became of one event. Written in the transaction of the steps it led to; there is one per event."""

    class Hasil(models.TextChoices):
        DITERAPKAN = "diterapkan", "Diterapkan"
        DIABAIKAN = "diabaikan", "Diabaikan, tidak ada yang baru"
        KARANTINA = "karantina", "Karantina"

    class Alasan(models.TextChoices):
        SUDAH = "sudah", "Sudah diketahui"
        TERLAMBAT = "terlambat", "Kabar lama yang datang belakangan"
        RUJUKAN = "rujukan", "Rujukan tidak dikenal"
        WEWENANG = "wewenang", "Bukan wewenang pengirimnya"
        MITRA_LAIN = "mitra_lain", "Pengembalian milik bank lain"
        BELUM_DIAJUKAN = "belum_diajukan", "Pengembalian belum diajukan kepada mitra"
        SETORAN = "setoran", "Jumlah setoran berbeda"
        JUMLAH = "jumlah", "Jumlah bukan setoran ditambah nilai manfaat"
        MANFAAT = "manfaat", "Nilai manfaat berbeda dari yang sudah ditransfer"
        REKENING = "rekening", "Rekening tujuan berbeda"
        MATA_UANG = "mata_uang", "Mata uang bukan rupiah"
        WAKTU = "waktu", "Waktu kejadian tidak mungkin"
        SPM_LAIN = "spm_lain", "SPM lain untuk pengembalian yang sama"
        BERTENTANGAN = "bertentangan", "Bertentangan dengan kabar sebelumnya"
        KEPASTIAN = "kepastian", "Hasilnya sedang dipastikan dua orang"
        SESUDAH_GAGAL = "sesudah_gagal", "Kabar pembayaran sesudah gagal atau retur"
        SESUDAH_AKHIR = "sesudah_akhir", "Kabar gagal sesudah dana diterima"
        DIPULIHKAN = "dipulihkan", "Pembatalannya sudah dipulihkan (disetor kembali atau porsi aktif kembali)"
        GALAT = "galat", "Tidak dapat diolah portal"

    peristiwa = models.OneToOneField(Peristiwa, on_delete=models.PROTECT, related_name="putusan")
    hasil = models.CharField(max_length=10, choices=Hasil.choices)
    alasan = models.CharField(max_length=15, choices=Alasan.choices, blank=True)
    keterangan = models.CharField(max_length=300, blank=True)
    perkara = models.ForeignKey(Perkara, null=True, on_delete=models.PROTECT, related_name="putusan_mitra")
    riwayat = models.ForeignKey(Riwayat, null=True, on_delete=models.PROTECT, related_name="+")
    waktu = models.DateTimeField()
    ditutup = models.DateTimeField(null=True, blank=True)

    objects = PutusanQuerySet.as_manager()

    class Meta:
        verbose_name = "putusan peristiwa"
        verbose_name_plural = "putusan peristiwa"
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ditutup__isnull=True) | Q(hasil="karantina"), name="putusan_tutup_karantina"
            )
        ]
        indexes = [models.Index(fields=["perkara"], condition=Q(hasil="karantina"), name="putusan_karantina")]

    def __str__(self) -> str:
        return f"{self.peristiwa_id}: {self.hasil} {self.alasan}".strip()


class Panggilan(models.Model):
    """One call to a partner, written before it is made. Without `selesai` after its time nobody knows what it did."""

    class Jenis(models.TextChoices):
        KIRIM = "kirim", "Permintaan pengembalian"
        TANYA = "tanya", "Pertanyaan keadaan"
        SALDO = "saldo", "Pertanyaan saldo"
        MUTASI = "mutasi", "Daftar mutasi"

    class Hasil(models.TextChoices):
        TERJAWAB = "terjawab", "Terjawab"
        DITOLAK = "ditolak", "Ditolak mitra"
        TAK_TERJANGKAU = "tak_terjangkau", "Tidak terjangkau"
        TAK_JELAS = "tak_jelas", "Jawaban tidak jelas"
        SALAH_SETEL = "salah_setel", "Ditolak sebelum dibaca (setelan)"

    mitra = models.CharField(max_length=4, choices=Mitra.choices)
    jenis = models.CharField(max_length=6, choices=Jenis.choices)
    perkara = models.ForeignKey(Perkara, null=True, on_delete=models.PROTECT, related_name="panggilan")
    # The step whose effect called: of a request, the release. One release is answered once.
    riwayat = models.ForeignKey(Riwayat, null=True, on_delete=models.PROTECT, related_name="panggilan")
    mulai = models.DateTimeField()
    selesai = models.DateTimeField(null=True, blank=True)
    hasil = models.CharField(max_length=14, choices=Hasil.choices, blank=True)
    status_http = models.PositiveSmallIntegerField("status HTTP", null=True, blank=True)
    jawaban = models.CharField(max_length=60, blank=True)

    class Meta:
        verbose_name = "panggilan mitra"
        verbose_name_plural = "panggilan mitra"
        ordering = ["-pk"]
        indexes = [models.Index(fields=["perkara", "jenis"], name="panggilan_perkara")]

    def __str__(self) -> str:
        return f"{self.mitra} {self.jenis} {self.hasil or 'berjalan'}"


class Pemutus(models.Model):
    """The circuit breaker of one partner, shared by all workers through its row."""

    mitra = models.CharField(max_length=4, choices=Mitra.choices, unique=True)
    gagal_beruntun = models.PositiveIntegerField(default=0)
    terbuka_sampai = models.DateTimeField(null=True, blank=True)
    diubah = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = "pemutus mitra"
        verbose_name_plural = "pemutus mitra"
        ordering = ["mitra"]

    def __str__(self) -> str:
        return f"{self.mitra}: {self.gagal_beruntun}"
