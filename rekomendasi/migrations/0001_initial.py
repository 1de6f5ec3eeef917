import django.core.validators
import django.db.models.deletion
import django.utils.timezone
import django_fsm
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('alur', '0001_initial'),
        ('meja', '0001_initial'),
        ('ptsp', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='PenyelenggaraPerjalanan',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('jenis', models.CharField(choices=[('ppiu', 'PPIU (umrah)'), ('pihk', 'PIHK (haji khusus)')], default='ppiu', max_length=4)),
                ('nama', models.CharField(max_length=150, verbose_name='nama penyelenggara')),
                ('nama_rata', models.CharField(db_index=True, editable=False, max_length=150)),
                ('kota', models.CharField(blank=True, max_length=80, verbose_name='kota/kabupaten')),
                ('alamat', models.CharField(blank=True, max_length=250)),
                ('telepon', models.CharField(blank=True, max_length=40)),
                ('catatan', models.CharField(blank=True, max_length=400)),
                ('dibuat', models.DateTimeField(auto_now_add=True)),
            ],
            options={
                'verbose_name': 'penyelenggara perjalanan',
                'verbose_name_plural': 'penyelenggara perjalanan',
                'ordering': ['nama', 'pk'],
                'constraints': [models.UniqueConstraint(fields=('jenis', 'nama_rata'), name='penyelenggara_sekali', violation_error_message='Penyelenggara dengan nama dan jenis izin ini sudah ada dalam daftar.')],
            },
        ),
        migrations.CreateModel(
            name='JejakRegister',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('apa', models.CharField(choices=[('baru', 'Penyelenggara dicatat'), ('ubah', 'Data diubah'), ('sk_baru', 'SK dicatat'), ('sk_ubah', 'SK diperbaiki')], max_length=8)),
                ('isi', models.JSONField(default=dict)),
                ('waktu', models.DateTimeField()),
                ('impor', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='meja.imporberkas')),
                ('pengguna', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('penyelenggara', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='jejak', to='rekomendasi.penyelenggaraperjalanan')),
            ],
            options={
                'verbose_name': 'jejak daftar penyelenggara',
                'verbose_name_plural': 'jejak daftar penyelenggara',
                'ordering': ['-waktu', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='SkPenyelenggara',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('nomor', models.CharField(max_length=80, verbose_name='nomor SK')),
                ('tanggal', models.DateField(verbose_name='tanggal SK')),
                ('berlaku_sampai', models.DateField(blank=True, help_text='Hari terakhir SK berlaku. Kosong bila SK tidak menyebut batas.', null=True)),
                ('dicabut', models.DateField(blank=True, null=True, verbose_name='dicabut sejak')),
                ('dicatat', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('penyelenggara', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='sk', to='rekomendasi.penyelenggaraperjalanan')),
            ],
            options={
                'verbose_name': 'SK penyelenggara',
                'verbose_name_plural': 'SK penyelenggara',
                'ordering': ['penyelenggara', '-tanggal', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='Rekomendasi',
            fields=[
                ('perkara_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to='alur.perkara')),
                ('tujuan', models.CharField(choices=[('umrah', 'Umrah'), ('haji-khusus', 'Haji khusus')], max_length=12)),
                ('tanggal_permohonan', models.DateField(help_text='Hari kerja saat berkas tercatat diterima.', verbose_name='tanggal permohonan')),
                ('nomor_pengantar', models.CharField(blank=True, max_length=80, verbose_name='nomor surat pengantar penyelenggara')),
                ('tanggal_pengantar', models.DateField(blank=True, null=True, verbose_name='tanggal surat pengantar')),
                ('kantor_imigrasi', models.CharField(max_length=120, verbose_name='kantor imigrasi yang dituju')),
                ('penanda_tangan', models.CharField(blank=True, choices=[('kepala', 'Kepala Kantor'), ('kasi', 'Kepala Seksi')], help_text='Menurut arahan Kepala Kantor; kosong: menurut ketentuan kantor, biasanya Kepala Kantor.', max_length=8)),
                ('catatan_kembali', models.CharField(blank=True, max_length=600, verbose_name='alasan berkas dikembalikan')),
                ('penerima', models.CharField(blank=True, max_length=120, verbose_name='penerima surat atau berkas')),
                ('diserahkan_pada', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='diserahkan pada')),
                ('alasan_akhir', models.CharField(blank=True, max_length=600, verbose_name='alasan tidak diproses, ditolak, atau dicabut')),
                ('status', django_fsm.FSMField(choices=[('diperiksa', 'Berkas diperiksa FO'), ('dikembalikan', 'Dikembalikan untuk dilengkapi'), ('diverifikasi', 'Kebenaran berkas diverifikasi BO'), ('menunggu_ttd', 'Menunggu tanda tangan'), ('ditandatangani', 'Surat ditandatangani'), ('siap_diambil', 'Surat di loket pengambilan'), ('siap_dikembalikan', 'Berkas dikembalikan lewat loket pengambilan'), ('menunggu_sk', 'Dikembalikan, menunggu SK yang berlaku'), ('selesai', 'Selesai'), ('tidak_diproses', 'Tidak diproses'), ('ditolak', 'Ditolak'), ('dicabut', 'Dicabut pemohon')], default='diperiksa', editable=False, max_length=50, protected=True)),
                ('kunjungan', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='rekomendasi', to='ptsp.kunjungan')),
                ('penyelenggara', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='rekomendasi', to='rekomendasi.penyelenggaraperjalanan', verbose_name='penyelenggara perjalanan')),
                ('sk', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='rekomendasi', to='rekomendasi.skpenyelenggara')),
            ],
            options={
                'verbose_name': 'rekomendasi',
                'verbose_name_plural': 'rekomendasi',
            },
            bases=(django_fsm.ConcurrentTransitionMixin, 'alur.perkara', models.Model),
        ),
        migrations.CreateModel(
            name='PeringatanSk',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('ambang', models.PositiveSmallIntegerField(verbose_name='ambang (hari)')),
                ('waktu', models.DateTimeField()),
                ('sk', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='peringatan', to='rekomendasi.skpenyelenggara')),
            ],
            options={
                'verbose_name': 'peringatan SK',
                'verbose_name_plural': 'peringatan SK',
                'ordering': ['-waktu', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='Peserta',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('urut', models.PositiveSmallIntegerField()),
                ('nik', models.CharField(max_length=16, validators=[django.core.validators.RegexValidator('^[0-9]{16}\\Z', 'NIK terdiri atas 16 angka.')], verbose_name='NIK')),
                ('nik_hash', models.CharField(db_index=True, editable=False, max_length=64)),
                ('nama', models.CharField(max_length=120, verbose_name='nama lengkap')),
                ('tempat_lahir', models.CharField(max_length=60)),
                ('tanggal_lahir', models.DateField()),
                ('hubungan', models.CharField(blank=True, max_length=60, verbose_name='hubungan atau keterangan')),
                ('rekomendasi', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='peserta', to='rekomendasi.rekomendasi')),
            ],
            options={
                'verbose_name': 'peserta',
                'verbose_name_plural': 'peserta',
                'ordering': ['rekomendasi', 'urut'],
                'constraints': [models.UniqueConstraint(fields=('rekomendasi', 'nik_hash'), name='peserta_sekali_per_permohonan')],
            },
        ),
        migrations.AddConstraint(
            model_name='skpenyelenggara',
            constraint=models.UniqueConstraint(fields=('penyelenggara', 'nomor'), name='sk_penyelenggara_sekali', violation_error_message='Nomor SK ini sudah tercatat untuk penyelenggara tersebut.'),
        ),
        migrations.AddConstraint(
            model_name='skpenyelenggara',
            constraint=models.CheckConstraint(condition=models.Q(('berlaku_sampai__isnull', True), ('berlaku_sampai__gte', models.F('tanggal')), _connector='OR'), name='sk_penyelenggara_urut', violation_error_message='Batas berlaku tidak dapat sebelum tanggal SK.'),
        ),
        migrations.AddConstraint(
            model_name='peringatansk',
            constraint=models.UniqueConstraint(fields=('sk', 'ambang'), name='peringatan_sk_sekali'),
        ),
    ]
