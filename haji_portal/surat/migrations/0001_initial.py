import django.core.validators
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import haji_portal.surat.models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('akun', '0001_initial'),
        ('alur', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='IdentitasBsre',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('surel', models.EmailField(max_length=254, unique=True, verbose_name='surel terdaftar di BSrE')),
                ('nama_sertifikat', models.CharField(help_text='Persis seperti pada sertifikat BSrE (CN), dengan gelar.', max_length=120, verbose_name='nama pada sertifikat')),
                ('pengguna', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='identitas_bsre', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'identitas BSrE',
                'verbose_name_plural': 'identitas BSrE',
                'ordering': ['nama_sertifikat'],
            },
        ),
        migrations.CreateModel(
            name='PanggilanBsre',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('waktu', models.DateTimeField()),
                ('layanan', models.CharField(max_length=8)),
                ('hasil', models.CharField(max_length=40)),
                ('milidetik', models.PositiveIntegerField()),
                ('pengguna', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'panggilan BSrE',
                'verbose_name_plural': 'panggilan BSrE',
                'ordering': ['-waktu', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='Surat',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('jenis', models.CharField(max_length=40, validators=[django.core.validators.RegexValidator('^[a-z0-9_-]{2,40}$', 'Pakai huruf kecil, angka, tanda - atau _.')], verbose_name='jenis surat')),
                ('status', models.CharField(choices=[('draf', 'Draf'), ('dibekukan', 'Siap ditandatangani'), ('ditandatangani', 'Ditandatangani'), ('batal', 'Batal'), ('dicabut', 'Dicabut'), ('diganti', 'Diganti')], default='draf', max_length=16)),
                ('nomor', models.CharField(blank=True, max_length=60, verbose_name='nomor surat')),
                ('tanggal', models.DateField(blank=True, null=True, verbose_name='tanggal surat')),
                ('token', models.CharField(default=haji_portal.surat.models.token_baru, editable=False, max_length=64, unique=True)),
                ('kunci_pdf', models.CharField(blank=True, max_length=120)),
                ('hash_pdf', models.CharField(blank=True, max_length=64)),
                ('kunci_pdf_ttd', models.CharField(blank=True, max_length=120)),
                ('hash_ttd', models.CharField(blank=True, db_index=True, max_length=64)),
                ('cara_ttd', models.CharField(blank=True, choices=[('lokal', 'Otoritas sertifikat portal ini'), ('bsre', 'Balai Sertifikasi Elektronik (BSrE)')], max_length=8, verbose_name='tanda tangan lewat')),
                ('versi_perkara', models.PositiveIntegerField(blank=True, null=True)),
                ('nama_penanda_tangan', models.CharField(blank=True, max_length=120)),
                ('jabatan', models.CharField(blank=True, max_length=140)),
                ('nip', models.CharField(blank=True, max_length=18, verbose_name='NIP')),
                ('nomor_sk', models.CharField(blank=True, max_length=80, verbose_name='nomor SK penugasan')),
                ('ditandatangani_pada', models.DateTimeField(blank=True, null=True)),
                ('diakhiri_pada', models.DateTimeField(blank=True, null=True, verbose_name='batal/dicabut/diganti pada')),
                ('alasan', models.CharField(blank=True, max_length=300)),
                ('dicetak', models.PositiveIntegerField(default=0, verbose_name='jumlah cetak')),
                ('dibuat', models.DateTimeField(auto_now_add=True)),
                ('kantor', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='surat', to='akun.kantor')),
                ('pengganti', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='menggantikan', to='surat.surat')),
                ('pengguna', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='surat_ditandatangani', to=settings.AUTH_USER_MODEL, verbose_name='penanda tangan')),
                ('perkara', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='surat', to='alur.perkara')),
            ],
            options={
                'verbose_name': 'surat',
                'verbose_name_plural': 'surat',
                'ordering': ['-dibuat', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='NomorSurat',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('deret', models.CharField(max_length=40)),
                ('tahun', models.PositiveSmallIntegerField()),
                ('urut', models.PositiveIntegerField()),
                ('nomor', models.CharField(max_length=60)),
                ('tanggal', models.DateField()),
                ('status', models.CharField(choices=[('dipakai', 'Dipakai'), ('batal', 'Batal')], default='dipakai', max_length=8)),
                ('alasan', models.CharField(blank=True, max_length=300)),
                ('kantor', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='nomor_surat', to='akun.kantor')),
                ('surat', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='register', to='surat.surat')),
            ],
            options={
                'verbose_name': 'nomor surat',
                'verbose_name_plural': 'register nomor surat',
                'ordering': ['-tahun', 'kantor', 'deret', '-urut'],
            },
        ),
        migrations.CreateModel(
            name='CetakSurat',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('waktu', models.DateTimeField()),
                ('ke', models.PositiveIntegerField(verbose_name='cetakan ke')),
                ('pengguna', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('surat', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='cetakan', to='surat.surat')),
            ],
            options={
                'verbose_name': 'cetakan surat',
                'verbose_name_plural': 'cetakan surat',
                'ordering': ['-waktu'],
            },
        ),
        migrations.CreateModel(
            name='DeretNomor',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('deret', models.CharField(max_length=40)),
                ('tahun', models.PositiveSmallIntegerField()),
                ('terakhir', models.PositiveIntegerField(default=0)),
                ('kantor', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='deret_nomor', to='akun.kantor')),
            ],
            options={
                'verbose_name': 'deret nomor',
                'verbose_name_plural': 'deret nomor',
                'ordering': ['-tahun', 'kantor', 'deret'],
                'constraints': [models.UniqueConstraint(fields=('kantor', 'deret', 'tahun'), name='deret_sekali')],
            },
        ),
        migrations.CreateModel(
            name='IzinTtdLokal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('mulai', models.DateField(verbose_name='berlaku dari')),
                ('selesai', models.DateField(verbose_name='berlaku sampai')),
                ('alasan', models.CharField(help_text='Dibaca penanda tangan, misalnya: gangguan BSrE, nota dinas …', max_length=200)),
                ('kantor', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='izin_ttd_lokal', to='akun.kantor')),
            ],
            options={
                'verbose_name': 'izin tanda tangan portal',
                'verbose_name_plural': 'izin tanda tangan portal',
                'ordering': ['-mulai'],
                'constraints': [models.CheckConstraint(condition=models.Q(('selesai__gte', models.F('mulai'))), name='izin_ttd_urut')],
            },
        ),
        migrations.CreateModel(
            name='PolaNomor',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('jenis_surat', models.CharField(max_length=40, validators=[django.core.validators.RegexValidator('^[a-z0-9_-]{2,40}$', 'Pakai huruf kecil, angka, tanda - atau _.')], verbose_name='jenis surat')),
                ('pola', models.CharField(max_length=120, validators=[haji_portal.surat.models.periksa_pola])),
                ('deret', models.CharField(help_text='Surat dengan deret yang sama berbagi nomor urut.', max_length=40, validators=[django.core.validators.RegexValidator('^[a-z0-9_-]{2,40}$', 'Pakai huruf kecil, angka, tanda - atau _.')])),
                ('klasifikasi', models.CharField(blank=True, max_length=30, verbose_name='kode klasifikasi')),
                ('mulai', models.DateField(verbose_name='berlaku dari')),
                ('selesai', models.DateField(blank=True, null=True, verbose_name='berlaku sampai')),
                ('kantor', models.ForeignKey(blank=True, help_text='Kosong: bawaan.', null=True, on_delete=django.db.models.deletion.CASCADE, related_name='pola_nomor', to='akun.kantor')),
            ],
            options={
                'verbose_name': 'pola nomor surat',
                'verbose_name_plural': 'pola nomor surat',
                'ordering': ['jenis_surat', 'kantor', '-mulai'],
                'constraints': [models.UniqueConstraint(fields=('jenis_surat', 'kantor', 'mulai'), name='pola_kantor_sekali'), models.UniqueConstraint(condition=models.Q(('kantor__isnull', True)), fields=('jenis_surat', 'mulai'), name='pola_bawaan_sekali')],
            },
        ),
        migrations.AddConstraint(
            model_name='surat',
            constraint=models.UniqueConstraint(condition=models.Q(('status__in', ['draf', 'dibekukan'])), fields=('perkara', 'jenis'), name='surat_satu_berjalan'),
        ),
        migrations.AddConstraint(
            model_name='surat',
            constraint=models.UniqueConstraint(condition=models.Q(('status', 'ditandatangani')), fields=('perkara', 'jenis'), name='surat_satu_berlaku'),
        ),
        migrations.AddConstraint(
            model_name='surat',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('status', 'draf'), _negated=True), ('nomor', ''), _connector='OR'), name='draf_tanpa_nomor'),
        ),
        migrations.AddConstraint(
            model_name='surat',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('status', 'ditandatangani'), _negated=True), models.Q(models.Q(('hash_ttd', ''), _negated=True), models.Q(('nomor', ''), _negated=True), models.Q(('cara_ttd', ''), _negated=True)), _connector='OR'), name='ttd_berberkas'),
        ),
        migrations.AddConstraint(
            model_name='nomorsurat',
            constraint=models.UniqueConstraint(fields=('kantor', 'deret', 'tahun', 'urut'), name='nomor_sekali'),
        ),
        migrations.AddConstraint(
            model_name='nomorsurat',
            constraint=models.UniqueConstraint(condition=models.Q(('status', 'dipakai')), fields=('surat',), name='surat_satu_nomor'),
        ),
        migrations.AddConstraint(
            model_name='cetaksurat',
            constraint=models.UniqueConstraint(fields=('surat', 'ke'), name='cetak_berurut'),
        ),
    ]
