import django.core.validators
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('akun', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Jemaah',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('nik', models.CharField(max_length=16, unique=True, validators=[django.core.validators.RegexValidator('^[0-9]{16}\\Z', 'NIK terdiri atas 16 angka.')], verbose_name='NIK')),
                ('nik_hash', models.CharField(db_index=True, editable=False, max_length=64)),
                ('nama', models.CharField(max_length=120, verbose_name='nama lengkap')),
                ('nama_ayah', models.CharField(blank=True, max_length=120, verbose_name='nama ayah (bin/binti)')),
                ('tempat_lahir', models.CharField(max_length=60)),
                ('tanggal_lahir', models.DateField()),
                ('jenis_kelamin', models.CharField(choices=[('L', 'Laki-laki'), ('P', 'Perempuan')], max_length=1)),
                ('agama', models.CharField(choices=[('islam', 'Islam'), ('lain', 'Selain Islam')], default='islam', max_length=10)),
                ('kewarganegaraan', models.CharField(default='WNI', max_length=3)),
                ('alamat', models.CharField(max_length=200, verbose_name='alamat KTP')),
                ('kelurahan', models.CharField(blank=True, max_length=60, verbose_name='desa/kelurahan')),
                ('kecamatan', models.CharField(blank=True, max_length=60)),
                ('kabupaten', models.CharField(max_length=60, verbose_name='kabupaten/kota KTP')),
                ('provinsi', models.CharField(blank=True, max_length=60)),
                ('kode_pos', models.CharField(blank=True, max_length=5)),
                ('alamat_tinggal', models.CharField(blank=True, max_length=200, verbose_name='alamat tinggal (bila berbeda)')),
                ('telepon', models.CharField(blank=True, max_length=20, verbose_name='nomor ponsel')),
                ('telepon_rumah', models.CharField(blank=True, max_length=20)),
                ('email', models.EmailField(blank=True, max_length=254)),
                ('pendidikan', models.CharField(blank=True, max_length=40)),
                ('pekerjaan', models.CharField(blank=True, max_length=60)),
                ('status_kawin', models.CharField(blank=True, choices=[('belum', 'Belum kawin'), ('kawin', 'Kawin'), ('cerai-hidup', 'Cerai hidup'), ('cerai-mati', 'Cerai mati')], max_length=12, verbose_name='status perkawinan')),
                ('golongan_darah', models.CharField(blank=True, max_length=3)),
                ('rambut', models.CharField(blank=True, max_length=40)),
                ('alis', models.CharField(blank=True, max_length=40)),
                ('hidung', models.CharField(blank=True, max_length=40)),
                ('wajah', models.CharField(blank=True, max_length=40)),
                ('tinggi_cm', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='tinggi badan (cm)')),
                ('berat_kg', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='berat badan (kg)')),
            ],
            options={
                'verbose_name': 'jemaah',
                'verbose_name_plural': 'jemaah',
                'ordering': ['nama'],
            },
        ),
        migrations.CreateModel(
            name='Porsi',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('nomor', models.CharField(max_length=10, unique=True, validators=[django.core.validators.RegexValidator('^[0-9]{10}\\Z', 'Nomor porsi terdiri atas 10 angka.')], verbose_name='nomor porsi')),
                ('status', models.CharField(choices=[('aktif', 'Aktif (daftar tunggu)'), ('batal', 'Batal'), ('berangkat', 'Sudah berangkat')], default='aktif', max_length=12)),
                ('terbit', models.DateField()),
                ('estimasi', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='perkiraan tahun berangkat')),
                ('jemaah', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='porsi', to='jemaah.jemaah')),
                ('kantor', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='porsi', to='akun.kantor')),
            ],
            options={
                'verbose_name': 'porsi',
                'verbose_name_plural': 'porsi',
            },
        ),
        migrations.CreateModel(
            name='PeristiwaPorsi',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('jenis', models.CharField(choices=[('terbit', 'Terbit'), ('batal', 'Dibatalkan'), ('aktif-kembali', 'Diaktifkan kembali'), ('dilimpahkan', 'Dilimpahkan'), ('berangkat', 'Berangkat')], max_length=14)),
                ('waktu', models.DateTimeField()),
                ('rujukan', models.CharField(blank=True, max_length=30, verbose_name='nomor perkara')),
                ('keterangan', models.CharField(blank=True, max_length=200)),
                ('dari', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='porsi_dilepas', to='jemaah.jemaah')),
                ('ke', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='porsi_diterima', to='jemaah.jemaah')),
                ('porsi', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='peristiwa', to='jemaah.porsi')),
            ],
            options={
                'verbose_name': 'peristiwa porsi',
                'verbose_name_plural': 'peristiwa porsi',
                'ordering': ['waktu', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Rekening',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('bank', models.CharField(max_length=60, verbose_name='bank penerima setoran')),
                ('nomor', models.CharField(max_length=30, validators=[django.core.validators.RegexValidator('^[0-9]{6,20}\\Z', '6–20 angka.')], verbose_name='nomor rekening')),
                ('atas_nama', models.CharField(max_length=120, verbose_name='atas nama')),
                ('jemaah', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='rekening', to='jemaah.jemaah')),
            ],
            options={
                'verbose_name': 'rekening',
                'verbose_name_plural': 'rekening',
            },
        ),
        migrations.CreateModel(
            name='Setoran',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('jenis', models.CharField(choices=[('awal', 'Setoran awal'), ('lunas', 'Setoran lunas')], default='awal', max_length=5)),
                ('bank', models.CharField(max_length=60, verbose_name='bank penerima setoran')),
                ('nomor_validasi', models.CharField(max_length=30, unique=True, validators=[django.core.validators.RegexValidator('^[0-9A-Za-z]{6,30}\\Z', '6–30 huruf atau angka.')])),
                ('jumlah', models.DecimalField(decimal_places=0, max_digits=14, validators=[django.core.validators.MinValueValidator(1)], verbose_name='jumlah (rupiah)')),
                ('tanggal', models.DateField(verbose_name='tanggal setoran')),
                ('sumber', models.CharField(choices=[('bps', 'Direkam meja BPS'), ('petugas', 'Direkam petugas dari bukti setoran'), ('pemohon', 'Diisi pemohon, belum dicocokkan')], default='petugas', max_length=8)),
                ('dibatalkan', models.DateTimeField(blank=True, editable=False, null=True)),
                ('jemaah', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='setoran', to='jemaah.jemaah')),
                ('porsi', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='setoran', to='jemaah.porsi')),
                ('rekening', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='setoran', to='jemaah.rekening')),
            ],
            options={
                'verbose_name': 'setoran',
                'verbose_name_plural': 'setoran',
                'ordering': ['-tanggal', '-pk'],
            },
        ),
        migrations.AddConstraint(
            model_name='rekening',
            constraint=models.UniqueConstraint(fields=('jemaah', 'bank', 'nomor'), name='rekening_unik'),
        ),
    ]
