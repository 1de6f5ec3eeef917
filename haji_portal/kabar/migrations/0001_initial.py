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
            name='KontakPerkara',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('saluran', models.CharField(choices=[('aplikasi', 'Di dalam portal'), ('email', 'Surel'), ('sms', 'SMS'), ('wa', 'WhatsApp')], max_length=8)),
                ('alamat', models.CharField(max_length=254, verbose_name='alamat surel atau nomor ponsel')),
                ('diverifikasi', models.DateTimeField()),
                ('perkara', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='kontak', to='alur.perkara')),
            ],
            options={
                'verbose_name': 'kontak pemohon',
                'verbose_name_plural': 'kontak pemohon',
            },
        ),
        migrations.CreateModel(
            name='TemplatPesan',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kode', models.SlugField(max_length=60, verbose_name='pesan')),
                ('bentuk', models.CharField(choices=[('panjang', 'Surel dan pesan di dalam portal'), ('pendek', 'SMS dan WhatsApp')], max_length=8, verbose_name='saluran')),
                ('versi', models.PositiveIntegerField()),
                ('bawaan', models.BooleanField(default=False, verbose_name='teks bawaan')),
                ('judul', models.CharField(blank=True, max_length=160)),
                ('isi', models.TextField(blank=True)),
                ('aktif_dari', models.DateTimeField()),
                ('dibuat', models.DateTimeField()),
                ('dibuat_oleh', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'templat pesan',
                'verbose_name_plural': 'templat pesan',
                'ordering': ['kode', 'bentuk', '-versi'],
            },
        ),
        migrations.CreateModel(
            name='Pesan',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('saluran', models.CharField(choices=[('aplikasi', 'Di dalam portal'), ('email', 'Surel'), ('sms', 'SMS'), ('wa', 'WhatsApp')], max_length=8)),
                ('alamat', models.CharField(blank=True, max_length=254, verbose_name='alamat surel atau nomor ponsel')),
                ('templat', models.CharField(max_length=60)),
                ('judul', models.CharField(max_length=160)),
                ('isi', models.TextField()),
                ('kunci', models.CharField(max_length=120, unique=True)),
                ('rujukan', models.CharField(max_length=130, unique=True)),
                ('rahasia', models.BooleanField(default=False)),
                ('lampiran', models.CharField(blank=True, max_length=40)),
                ('segmen', models.PositiveSmallIntegerField(null=True, verbose_name='jumlah SMS')),
                ('status', models.CharField(choices=[('dibuat', 'Menunggu dikirim'), ('mengirim', 'Sedang dikirim'), ('dikirim', 'Dikirim'), ('sampai', 'Sampai'), ('gagal_sementara', 'Gagal, akan dicoba lagi'), ('gagal_tetap', 'Gagal'), ('tidak_pasti', 'Tidak pasti')], default='dibuat', max_length=15)),
                ('percobaan', models.PositiveSmallIntegerField(default=0)),
                ('batas_percobaan', models.PositiveSmallIntegerField(default=12)),
                ('jatuh_tempo', models.DateTimeField(null=True)),
                ('galat', models.CharField(blank=True, max_length=300)),
                ('bukti', models.CharField(blank=True, max_length=200, verbose_name='jawaban peladen surel')),
                ('dibuat', models.DateTimeField()),
                ('dikirim', models.DateTimeField(null=True)),
                ('sampai', models.DateTimeField(null=True)),
                ('dibaca', models.DateTimeField(null=True)),
                ('ditangani', models.DateTimeField(null=True)),
                ('penerima', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='akun.kantor')),
                ('pengguna', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='pesan', to=settings.AUTH_USER_MODEL)),
                ('perkara', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='pesan', to='alur.perkara')),
                ('riwayat', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='pesan', to='alur.riwayat')),
                ('versi_templat', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='kabar.templatpesan')),
            ],
            options={
                'verbose_name': 'pesan',
                'verbose_name_plural': 'pesan',
                'ordering': ['-dibuat', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='TindakanPesan',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('jenis', models.CharField(choices=[('kirim_ulang', 'Dikirim ulang'), ('ditangani', 'Ditandai sudah ditangani')], max_length=12)),
                ('dari', models.CharField(choices=[('dibuat', 'Menunggu dikirim'), ('mengirim', 'Sedang dikirim'), ('dikirim', 'Dikirim'), ('sampai', 'Sampai'), ('gagal_sementara', 'Gagal, akan dicoba lagi'), ('gagal_tetap', 'Gagal'), ('tidak_pasti', 'Tidak pasti')], max_length=15, verbose_name='status semula')),
                ('saat', models.DateTimeField()),
                ('oleh', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('pesan', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='tindakan', to='kabar.pesan')),
            ],
            options={
                'verbose_name': 'tindakan atas pesan',
                'verbose_name_plural': 'tindakan atas pesan',
                'ordering': ['saat', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='SaluranKantor',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('saluran', models.CharField(choices=[('sms', 'SMS'), ('wa', 'WhatsApp')], max_length=8)),
                ('mulai', models.DateField(verbose_name='berlaku dari')),
                ('selesai', models.DateField(blank=True, null=True, verbose_name='berlaku sampai')),
                ('kantor', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='saluran_kabar', to='akun.kantor')),
            ],
            options={
                'verbose_name': 'saluran kabar kantor',
                'verbose_name_plural': 'saluran kabar kantor',
                'ordering': ['kantor', 'saluran', '-mulai'],
                'constraints': [models.UniqueConstraint(fields=('kantor', 'saluran', 'mulai'), name='saluran_satu_per_tanggal'), models.CheckConstraint(condition=models.Q(('selesai__isnull', True), ('selesai__gte', models.F('mulai')), _connector='OR'), name='saluran_urut')],
            },
        ),
        migrations.AddConstraint(
            model_name='templatpesan',
            constraint=models.UniqueConstraint(fields=('kode', 'bentuk', 'versi'), name='templat_satu_per_versi'),
        ),
        migrations.AddIndex(
            model_name='pesan',
            index=models.Index(condition=models.Q(('jatuh_tempo__isnull', False)), fields=['jatuh_tempo'], name='pesan_tertunda'),
        ),
        migrations.AddIndex(
            model_name='pesan',
            index=models.Index(fields=['pengguna', 'dibaca'], name='pesan_milik'),
        ),
        migrations.AddIndex(
            model_name='pesan',
            index=models.Index(fields=['dibuat'], name='pesan_dibuat'),
        ),
        migrations.AddIndex(
            model_name='pesan',
            index=models.Index(condition=models.Q(('ditangani__isnull', True), ('status__in', ('gagal_tetap', 'tidak_pasti'))), fields=['perkara'], name='pesan_perlu'),
        ),
    ]
