import django.db.models.deletion
import django.utils.timezone
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
            name='ButirBerkas',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kode', models.SlugField(max_length=60)),
                ('nama', models.CharField(max_length=250, verbose_name='nama berkas')),
                ('bentuk', models.CharField(choices=[('asli', 'Asli'), ('salinan', 'Fotokopi'), ('legalisir', 'Fotokopi dilegalisasi'), ('asli_dan_salinan', 'Asli dan fotokopi'), ('ditunjukkan', 'Ditunjukkan aslinya'), ('unggahan', 'Diunggah')], max_length=20)),
                ('jumlah', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='jumlah lembar')),
                ('wajib', models.BooleanField(default=True)),
                ('keterangan', models.TextField(blank=True)),
                ('sumber', models.CharField(blank=True, max_length=250, verbose_name='dasar')),
                ('verdict', models.CharField(choices=[('belum', 'Belum diperiksa'), ('ada', 'Ada'), ('kurang', 'Kurang'), ('tidak', 'Tidak ada')], default='belum', max_length=6, verbose_name='hasil')),
                ('alasan', models.CharField(blank=True, max_length=300)),
                ('diperiksa_pada', models.DateTimeField(blank=True, null=True)),
                ('urut', models.PositiveSmallIntegerField(default=0)),
                ('diperiksa_oleh', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('perkara', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='butir', to='alur.perkara')),
            ],
            options={
                'verbose_name': 'butir berkas',
                'verbose_name_plural': 'butir berkas',
                'ordering': ['perkara_id', 'urut', 'kode'],
            },
        ),
        migrations.CreateModel(
            name='Lampiran',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('jenis', models.CharField(choices=[('berkas', 'Pindaian berkas'), ('foto', 'Foto asli'), ('foto_3x4', 'Foto 3×4'), ('foto_4x6', 'Foto 4×6'), ('bukti_siskohat', 'Bukti Siskohat'), ('arsip', 'Arsip'), ('bukti_rekening', 'Buku tabungan'), ('bukti_spm', 'SPM'), ('bukti_transfer', 'Bukti transfer'), ('bukti_terima', 'Bukti dana diterima'), ('bukti_kepastian', 'Bukti hasil transfer'), ('bukti_gagal', 'Bukti penolakan atau retur'), ('bukti_saldo', 'Jawaban BPKH tentang saldo'), ('laporan', 'Laporan tertulis jemaah'), ('bukti_serah', 'Tanda terima yang ditandatangani')], max_length=16)),
                ('nama', models.CharField(max_length=120, verbose_name='nama berkas')),
                ('mime', models.CharField(max_length=40, verbose_name='jenis isi')),
                ('ukuran', models.PositiveIntegerField(verbose_name='ukuran (byte)')),
                ('sha256', models.CharField(max_length=64, verbose_name='SHA-256')),
                ('kunci', models.CharField(editable=False, max_length=80, unique=True, verbose_name='kunci penyimpanan')),
                ('halaman', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='jumlah halaman')),
                ('diunggah_pada', models.DateTimeField(default=django.utils.timezone.now)),
                ('diganti_pada', models.DateTimeField(blank=True, null=True)),
                ('butir', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='lampiran', to='berkas.butirberkas')),
                ('diunggah_oleh', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('perkara', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='lampiran', to='alur.perkara')),
            ],
            options={
                'verbose_name': 'lampiran',
                'verbose_name_plural': 'lampiran',
                'ordering': ['-diunggah_pada', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='AksesLampiran',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('waktu', models.DateTimeField(default=django.utils.timezone.now)),
                ('unduh', models.BooleanField(default=False, verbose_name='disimpan ke komputer')),
                ('pengguna', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('lampiran', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='akses', to='berkas.lampiran')),
            ],
            options={
                'verbose_name': 'akses lampiran',
                'verbose_name_plural': 'akses lampiran',
                'ordering': ['-waktu', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='SyaratBerkas',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('layanan', models.SlugField(max_length=30)),
                ('kasus', models.SlugField(blank=True, help_text='Kosong berarti untuk semua kasus layanan ini.', max_length=40)),
                ('kode', models.SlugField(max_length=60)),
                ('nama', models.CharField(max_length=250, verbose_name='nama berkas')),
                ('bentuk', models.CharField(choices=[('asli', 'Asli'), ('salinan', 'Fotokopi'), ('legalisir', 'Fotokopi dilegalisasi'), ('asli_dan_salinan', 'Asli dan fotokopi'), ('ditunjukkan', 'Ditunjukkan aslinya'), ('unggahan', 'Diunggah')], default='salinan', max_length=20)),
                ('jumlah', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='jumlah lembar')),
                ('wajib', models.BooleanField(default=True)),
                ('keterangan', models.TextField(blank=True)),
                ('sumber', models.CharField(blank=True, help_text='Ketentuan yang memintanya.', max_length=250, verbose_name='dasar')),
                ('urut', models.PositiveSmallIntegerField(default=0)),
                ('mulai', models.DateField(verbose_name='berlaku dari')),
                ('selesai', models.DateField(blank=True, null=True, verbose_name='berlaku sampai')),
                ('disunting', models.BooleanField(default=False, editable=False, help_text='Diubah di admin: pemuatan data acuan tidak menimpanya.')),
                ('kantor', models.ForeignKey(blank=True, help_text='Kosong berarti semua kantor. Baris kantor mengganti baris umum dengan kode yang sama.', null=True, on_delete=django.db.models.deletion.CASCADE, related_name='syarat_berkas', to='akun.kantor')),
            ],
            options={
                'verbose_name': 'syarat berkas',
                'verbose_name_plural': 'syarat berkas',
                'ordering': ['layanan', 'kasus', 'urut', 'kode'],
            },
        ),
        migrations.AddField(
            model_name='butirberkas',
            name='syarat',
            field=models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='berkas.syaratberkas'),
        ),
        migrations.AddIndex(
            model_name='lampiran',
            index=models.Index(fields=['perkara', 'jenis', 'diganti_pada'], name='berkas_lamp_perkara_8e3b9a_idx'),
        ),
        migrations.AddConstraint(
            model_name='syaratberkas',
            constraint=models.UniqueConstraint(condition=models.Q(('kantor__isnull', False)), fields=('layanan', 'kasus', 'kode', 'kantor', 'mulai'), name='syarat_satu_per_kantor'),
        ),
        migrations.AddConstraint(
            model_name='syaratberkas',
            constraint=models.UniqueConstraint(condition=models.Q(('kantor__isnull', True)), fields=('layanan', 'kasus', 'kode', 'mulai'), name='syarat_satu_umum'),
        ),
        migrations.AddConstraint(
            model_name='syaratberkas',
            constraint=models.CheckConstraint(condition=models.Q(('selesai__isnull', True), ('selesai__gte', models.F('mulai')), _connector='OR'), name='syarat_masa_urut'),
        ),
        migrations.AddConstraint(
            model_name='butirberkas',
            constraint=models.UniqueConstraint(fields=('perkara', 'kode'), name='butir_satu_per_kode'),
        ),
    ]
