import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import haji_portal.ptsp.models.publik


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('akun', '0001_initial'),
        ('alur', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='DetakPekerja',
            fields=[
                ('nama', models.CharField(max_length=20, primary_key=True, serialize=False)),
                ('waktu', models.DateTimeField()),
            ],
            options={
                'verbose_name': 'detak pekerja',
                'verbose_name_plural': 'detak pekerja',
            },
        ),
        migrations.CreateModel(
            name='KodeKontak',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('token', models.CharField(default=haji_portal.ptsp.models.publik.token_baru, max_length=32, unique=True)),
                ('keperluan', models.CharField(choices=[('ajukan', 'memulai permohonan'), ('lanjut', 'melanjutkan permohonan'), ('perkara', 'membuka permohonan Anda')], max_length=8)),
                ('saluran', models.CharField(choices=[('aplikasi', 'Di dalam portal'), ('email', 'Surel'), ('sms', 'SMS'), ('wa', 'WhatsApp')], max_length=8)),
                ('alamat', models.CharField(max_length=254, verbose_name='alamat surel atau nomor ponsel')),
                ('isi', models.JSONField(default=dict)),
                ('hash', models.CharField(max_length=64)),
                ('percobaan', models.PositiveSmallIntegerField(default=0)),
                ('sampai', models.DateTimeField(db_index=True, verbose_name='berlaku sampai')),
            ],
            options={
                'verbose_name': 'kode sekali pakai',
                'verbose_name_plural': 'kode sekali pakai',
            },
        ),
        migrations.CreateModel(
            name='Konsep',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('token', models.CharField(default=haji_portal.ptsp.models.publik.token_baru, max_length=32, unique=True)),
                ('layanan', models.SlugField(max_length=30)),
                ('nik_hash', models.CharField(blank=True, max_length=64)),
                ('saluran', models.CharField(choices=[('aplikasi', 'Di dalam portal'), ('email', 'Surel'), ('sms', 'SMS'), ('wa', 'WhatsApp')], max_length=8)),
                ('alamat', models.CharField(max_length=254, verbose_name='alamat surel atau nomor ponsel')),
                ('dikonfirmasi', models.DateTimeField()),
                ('isi', models.JSONField(blank=True, default=dict)),
                ('dibuat', models.DateTimeField(auto_now_add=True)),
                ('habis', models.DateField(db_index=True, verbose_name='dihapus sesudah')),
                ('diingatkan', models.DateTimeField(blank=True, null=True)),
                ('kantor', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='konsep', to='akun.kantor')),
                ('perbaiki', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='alur.perkara')),
                ('terkirim', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='alur.perkara')),
            ],
            options={
                'verbose_name': 'konsep permohonan',
                'verbose_name_plural': 'konsep permohonan',
                'ordering': ['-dibuat'],
            },
        ),
        migrations.CreateModel(
            name='BerkasKonsep',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kode', models.SlugField(max_length=60)),
                ('nama', models.CharField(max_length=120, verbose_name='nama berkas')),
                ('mime', models.CharField(max_length=40, verbose_name='jenis isi')),
                ('ukuran', models.PositiveIntegerField(verbose_name='ukuran (byte)')),
                ('sha256', models.CharField(max_length=64, verbose_name='SHA-256')),
                ('kunci', models.CharField(editable=False, max_length=80, unique=True, verbose_name='kunci penyimpanan')),
                ('halaman', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='jumlah halaman')),
                ('sidik', models.CharField(blank=True, max_length=64)),
                ('konsep', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='berkas', to='ptsp.konsep')),
            ],
            options={
                'verbose_name': 'berkas konsep',
                'verbose_name_plural': 'berkas konsep',
            },
        ),
        migrations.CreateModel(
            name='Kunjungan',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('tempat', models.CharField(max_length=150)),
                ('tanggal', models.DateField()),
                ('perangkat', models.CharField(max_length=250, verbose_name='perangkat yang dibawa')),
                ('catatan', models.CharField(blank=True, max_length=250)),
                ('kantor', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='kunjungan', to='akun.kantor')),
                ('tim', models.ManyToManyField(related_name='kunjungan', to=settings.AUTH_USER_MODEL, verbose_name='tim petugas')),
            ],
            options={
                'verbose_name': 'kunjungan layanan keliling',
                'verbose_name_plural': 'kunjungan layanan keliling',
                'ordering': ['-tanggal'],
            },
        ),
        migrations.CreateModel(
            name='PercobaanCek',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kunci', models.CharField(max_length=64)),
                ('waktu', models.DateTimeField(db_index=True)),
            ],
            options={
                'verbose_name': 'percobaan cek status',
                'verbose_name_plural': 'percobaan cek status',
                'indexes': [models.Index(fields=['kunci', 'waktu'], name='ptsp_percob_kunci_a51ca4_idx')],
            },
        ),
        migrations.CreateModel(
            name='UnggahanSebagian',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kode', models.SlugField(max_length=60)),
                ('sidik', models.CharField(max_length=64)),
                ('nama', models.CharField(max_length=200, verbose_name='nama berkas')),
                ('ukuran', models.PositiveIntegerField(verbose_name='ukuran (byte)')),
                ('posisi', models.PositiveIntegerField(default=0)),
                ('kunci', models.CharField(default=haji_portal.ptsp.models.publik.token_baru, editable=False, max_length=32, unique=True)),
                ('diubah', models.DateTimeField(auto_now=True, db_index=True)),
                ('konsep', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='sebagian', to='ptsp.konsep')),
            ],
            options={
                'verbose_name': 'unggahan sebagian',
                'verbose_name_plural': 'unggahan sebagian',
            },
        ),
        migrations.AddConstraint(
            model_name='konsep',
            constraint=models.UniqueConstraint(condition=models.Q(('perbaiki__isnull', True), ('terkirim__isnull', True)), fields=('layanan', 'nik_hash', 'alamat'), name='konsep_satu_per_orang'),
        ),
        migrations.AddConstraint(
            model_name='berkaskonsep',
            constraint=models.UniqueConstraint(fields=('konsep', 'kode'), name='berkas_konsep_satu_per_kode'),
        ),
        migrations.AddConstraint(
            model_name='unggahansebagian',
            constraint=models.UniqueConstraint(fields=('konsep', 'kode'), name='sebagian_satu_per_kode'),
        ),
    ]
