import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('akun', '0001_initial'),
        ('alur', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='ImporBerkas',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('layanan', models.SlugField(max_length=30)),
                ('dibuat', models.DateTimeField()),
                ('nama', models.CharField(max_length=120, verbose_name='nama berkas')),
                ('ukuran', models.PositiveIntegerField(verbose_name='ukuran (byte)')),
                ('sha256', models.CharField(max_length=64, verbose_name='SHA-256')),
                ('kunci', models.CharField(editable=False, max_length=80, unique=True, verbose_name='kunci penyimpanan')),
                ('diperiksa', models.DateTimeField(blank=True, null=True)),
                ('kolom', models.JSONField(default=list)),
                ('catatan', models.JSONField(default=list)),
                ('kantor', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='impor_berkas', to='akun.kantor')),
                ('pengguna', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'impor Siskohat',
                'verbose_name_plural': 'impor Siskohat',
                'ordering': ['-dibuat', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='BarisImpor',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('urut', models.PositiveIntegerField(verbose_name='baris ke')),
                ('nomor', models.CharField(blank=True, max_length=60)),
                ('versi', models.PositiveIntegerField(blank=True, null=True)),
                ('isi', models.JSONField(default=dict)),
                ('keadaan', models.CharField(choices=[('siap', 'Akan dicatat'), ('sama', 'Sudah tercatat'), ('galat', 'Perlu diperbaiki'), ('kosong', 'Belum diisi'), ('tercatat', 'Dicatat'), ('gagal', 'Tidak jadi')], max_length=8)),
                ('kalimat', models.CharField(blank=True, max_length=500)),
                ('waktu', models.DateTimeField(blank=True, null=True)),
                ('pengguna', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('perkara', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='alur.perkara')),
                ('impor', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='baris', to='meja.imporberkas')),
            ],
            options={
                'verbose_name': 'baris impor',
                'verbose_name_plural': 'baris impor',
                'ordering': ['impor', 'urut'],
            },
        ),
        migrations.CreateModel(
            name='KunciIdempotensi',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('pemilik', models.CharField(max_length=40)),
                ('kunci', models.CharField(max_length=64)),
                ('sidik', models.CharField(max_length=64, verbose_name='sidik permintaan')),
                ('pemegang', models.CharField(max_length=32, verbose_name='permintaan yang memegangnya')),
                ('sewa_sampai', models.DateTimeField(verbose_name='dipegang sampai')),
                ('dibuat', models.DateTimeField(db_index=True)),
                ('selesai', models.DateTimeField(null=True)),
                ('status', models.PositiveSmallIntegerField(null=True)),
                ('kepala', models.JSONField(default=dict)),
                ('isi', models.TextField(blank=True)),
            ],
            options={
                'verbose_name': 'kunci idempotensi',
                'verbose_name_plural': 'kunci idempotensi',
                'constraints': [models.UniqueConstraint(fields=('pemilik', 'kunci'), name='idempotensi_satu_per_pemilik')],
            },
        ),
        migrations.CreateModel(
            name='UnduhanBerkas',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('layanan', models.SlugField(max_length=30)),
                ('apa', models.CharField(choices=[('ekspor', 'Data yang menunggu'), ('bukti', 'Berkas yang diunggah'), ('hasil', 'Hasil pencatatan')], max_length=6)),
                ('waktu', models.DateTimeField()),
                ('format', models.CharField(max_length=5)),
                ('jumlah', models.PositiveIntegerField(verbose_name='jumlah perkara')),
                ('sha256', models.CharField(max_length=64, verbose_name='SHA-256')),
                ('impor', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='unduhan', to='meja.imporberkas')),
                ('kantor', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='unduhan_berkas', to='akun.kantor')),
                ('pengguna', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('perkara', models.ManyToManyField(blank=True, related_name='unduhan_berkas', to='alur.perkara')),
            ],
            options={
                'verbose_name': 'unduhan Siskohat',
                'verbose_name_plural': 'unduhan Siskohat',
                'ordering': ['-waktu', '-pk'],
            },
        ),
        migrations.AddIndex(
            model_name='imporberkas',
            index=models.Index(fields=['kantor', '-dibuat'], name='meja_imporb_kantor__0283ca_idx'),
        ),
        migrations.AddIndex(
            model_name='barisimpor',
            index=models.Index(fields=['impor', 'keadaan', 'urut'], name='meja_barisi_impor_i_c21eb4_idx'),
        ),
        migrations.AddConstraint(
            model_name='barisimpor',
            constraint=models.UniqueConstraint(fields=('impor', 'urut'), name='baris_impor_sekali'),
        ),
        migrations.AddConstraint(
            model_name='barisimpor',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('keadaan', 'siap'), _negated=True), models.Q(('perkara__isnull', False), ('versi__isnull', False)), _connector='OR'), name='baris_siap_berperkara'),
        ),
        migrations.AddIndex(
            model_name='unduhanberkas',
            index=models.Index(fields=['kantor', '-waktu'], name='meja_unduha_kantor__a9ce5f_idx'),
        ),
    ]
