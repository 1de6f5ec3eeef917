import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
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
            name='Pesan',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('saluran', models.CharField(choices=[('aplikasi', 'Di dalam portal'), ('email', 'Surel'), ('sms', 'SMS'), ('wa', 'WhatsApp')], max_length=8)),
                ('alamat', models.CharField(blank=True, max_length=254, verbose_name='alamat surel atau nomor ponsel')),
                ('templat', models.CharField(max_length=60)),
                ('judul', models.CharField(max_length=160)),
                ('isi', models.TextField()),
                ('kunci', models.CharField(max_length=120, unique=True)),
                ('status', models.CharField(choices=[('dibuat', 'Menunggu dikirim'), ('mengirim', 'Sedang dikirim'), ('dikirim', 'Dikirim'), ('gagal', 'Gagal'), ('tidak_pasti', 'Tidak pasti')], default='dibuat', max_length=11)),
                ('percobaan', models.PositiveSmallIntegerField(default=0)),
                ('jatuh_tempo', models.DateTimeField(null=True)),
                ('galat', models.CharField(blank=True, max_length=300)),
                ('dibuat', models.DateTimeField()),
                ('dikirim', models.DateTimeField(null=True)),
                ('dibaca', models.DateTimeField(null=True)),
                ('pengguna', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='pesan', to=settings.AUTH_USER_MODEL)),
                ('perkara', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='pesan', to='alur.perkara')),
                ('riwayat', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='pesan', to='alur.riwayat')),
            ],
            options={
                'verbose_name': 'pesan',
                'verbose_name_plural': 'pesan',
                'ordering': ['-dibuat', '-pk'],
                'indexes': [models.Index(condition=models.Q(('jatuh_tempo__isnull', False)), fields=['jatuh_tempo'], name='pesan_tertunda'), models.Index(fields=['pengguna', 'dibaca'], name='pesan_milik')],
            },
        ),
    ]
