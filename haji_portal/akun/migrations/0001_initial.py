import django.contrib.auth.models
import django.contrib.auth.validators
import django.core.validators
import django.db.models.deletion
import django.db.models.functions.text
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('auth', '0012_alter_user_first_name_max_length'),
    ]

    operations = [
        migrations.CreateModel(
            name='Pengguna',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('password', models.CharField(max_length=128, verbose_name='password')),
                ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                ('is_superuser', models.BooleanField(default=False, help_text='Designates that this user has all permissions without explicitly assigning them.', verbose_name='superuser status')),
                ('username', models.CharField(error_messages={'unique': 'A user with that username already exists.'}, help_text='Required. 150 characters or fewer. Letters, digits and @/./+/-/_ only.', max_length=150, unique=True, validators=[django.contrib.auth.validators.UnicodeUsernameValidator()], verbose_name='username')),
                ('email', models.EmailField(blank=True, max_length=254, verbose_name='email address')),
                ('is_staff', models.BooleanField(default=False, help_text='Designates whether the user can log into this admin site.', verbose_name='staff status')),
                ('is_active', models.BooleanField(default=True, help_text='Designates whether this user should be treated as active. Unselect this instead of deleting accounts.', verbose_name='active')),
                ('date_joined', models.DateTimeField(default=django.utils.timezone.now, verbose_name='date joined')),
                ('nama', models.CharField(max_length=120)),
                ('nip', models.CharField(blank=True, max_length=18, null=True, unique=True, validators=[django.core.validators.RegexValidator('^[0-9]{18}\\Z', 'NIP terdiri atas 18 angka.')], verbose_name='NIP')),
                ('groups', models.ManyToManyField(blank=True, help_text='The groups this user belongs to. A user will get all permissions granted to each of their groups.', related_name='user_set', related_query_name='user', to='auth.group', verbose_name='groups')),
                ('user_permissions', models.ManyToManyField(blank=True, help_text='Specific permissions for this user.', related_name='user_set', related_query_name='user', to='auth.permission', verbose_name='user permissions')),
            ],
            options={
                'verbose_name': 'pengguna',
                'verbose_name_plural': 'pengguna',
                'ordering': ['nama'],
            },
            managers=[
                ('objects', django.contrib.auth.models.UserManager()),
            ],
        ),
        migrations.CreateModel(
            name='Kantor',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('slug', models.SlugField(unique=True, verbose_name='kode alamat')),
                ('nama', models.CharField(max_length=150)),
                ('nama_pendek', models.CharField(max_length=60)),
                ('jenis', models.CharField(choices=[('kabkota', 'Kabupaten/Kota'), ('kanwil', 'Kantor Wilayah'), ('pusat', 'Pusat'), ('bpkh', 'BPKH'), ('bps', 'Bank Penerima Setoran')], default='kabkota', max_length=10)),
                ('kode_perkara', models.CharField(max_length=4, unique=True, validators=[django.core.validators.RegexValidator('^[A-Z]{2,4}$', '2–4 huruf besar.')], verbose_name='kode nomor perkara')),
                ('kode_surat', models.CharField(blank=True, max_length=30, verbose_name='kode jabatan pada nomor surat')),
                ('zona', models.CharField(choices=[('Asia/Jakarta', 'WIB'), ('Asia/Makassar', 'WITA'), ('Asia/Jayapura', 'WIT')], default='Asia/Jakarta', max_length=30, verbose_name='zona waktu')),
                ('provinsi', models.CharField(blank=True, max_length=60)),
                ('kabupaten', models.CharField(blank=True, max_length=60, verbose_name='kabupaten/kota')),
                ('kode_wilayah', models.CharField(blank=True, help_text='Empat angka kode kabupaten/kota, untuk petunjuk domisili.', max_length=4, verbose_name='kode wilayah')),
                ('alamat', models.CharField(blank=True, max_length=200)),
                ('telepon', models.CharField(blank=True, max_length=40)),
                ('email', models.EmailField(blank=True, max_length=254)),
                ('bank_lain', models.BooleanField(default=False, help_text='Satu kantor BPS menerima setoran dan pengembalian semua bank yang tidak didaftarkan di kantor lain.', verbose_name='melayani bank tanpa kantor sendiri')),
                ('aktif', models.BooleanField(default=True)),
                ('induk', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='bawahan', to='akun.kantor', verbose_name='kantor induk')),
            ],
            options={
                'verbose_name': 'kantor',
                'verbose_name_plural': 'kantor',
                'ordering': ['nama'],
            },
        ),
        migrations.CreateModel(
            name='JamLayanan',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('hari', models.PositiveSmallIntegerField(choices=[(1, 'Senin'), (2, 'Selasa'), (3, 'Rabu'), (4, 'Kamis'), (5, 'Jumat'), (6, 'Sabtu'), (7, 'Minggu')])),
                ('buka', models.TimeField()),
                ('tutup', models.TimeField()),
                ('istirahat_mulai', models.TimeField(blank=True, null=True)),
                ('istirahat_selesai', models.TimeField(blank=True, null=True)),
                ('kantor', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to='akun.kantor')),
            ],
            options={
                'verbose_name': 'jam layanan',
                'verbose_name_plural': 'jam layanan',
                'ordering': ['kantor_id', 'hari'],
            },
        ),
        migrations.CreateModel(
            name='KopSurat',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kementerian', models.CharField(max_length=120)),
                ('baris', models.JSONField(default=list, help_text='Baris di bawah nama kementerian, dari atas ke bawah.', verbose_name='baris kop')),
                ('mulai', models.DateField(verbose_name='berlaku dari')),
                ('selesai', models.DateField(blank=True, null=True, verbose_name='berlaku sampai')),
                ('kantor', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to='akun.kantor')),
            ],
            options={
                'verbose_name': 'kop surat',
                'verbose_name_plural': 'kop surat',
                'ordering': ['kantor', '-mulai'],
            },
        ),
        migrations.CreateModel(
            name='NamaBank',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('nama', models.CharField(help_text='Seperti tertulis pada bukti setoran atau rekening.', max_length=60, verbose_name='nama bank')),
                ('kantor', models.ForeignKey(limit_choices_to={'jenis': 'bps'}, on_delete=django.db.models.deletion.CASCADE, related_name='bank', to='akun.kantor')),
            ],
            options={
                'verbose_name': 'nama bank',
                'verbose_name_plural': 'nama bank',
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='PenandaTanganSurat',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('jenis_surat', models.SlugField(verbose_name='jenis surat')),
                ('peran', models.CharField(choices=[('ptsp', 'Petugas PTSP'), ('jfu', 'JFU/Pelaksana'), ('kasi', 'Kepala Seksi'), ('kasubag', 'Kepala Subbagian Tata Usaha'), ('kepala', 'Kepala Kantor'), ('siskohat', 'Tim Siskohat'), ('kanwil', 'Kantor Wilayah'), ('direktorat', 'Direktorat'), ('subdit', 'Subdirektorat'), ('direktur', 'Direktur'), ('ditjen', 'Direktorat Jenderal'), ('bpkh', 'BPKH'), ('bps', 'Bank Penerima Setoran'), ('inspektorat', 'Inspektorat'), ('admin', 'Admin portal')], max_length=12)),
                ('mulai', models.DateField(verbose_name='berlaku dari')),
                ('selesai', models.DateField(blank=True, null=True, verbose_name='berlaku sampai')),
                ('kantor', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to='akun.kantor')),
            ],
            options={
                'verbose_name': 'penanda tangan surat',
                'verbose_name_plural': 'penanda tangan surat',
            },
        ),
        migrations.CreateModel(
            name='Penugasan',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('peran', models.CharField(choices=[('ptsp', 'Petugas PTSP'), ('jfu', 'JFU/Pelaksana'), ('kasi', 'Kepala Seksi'), ('kasubag', 'Kepala Subbagian Tata Usaha'), ('kepala', 'Kepala Kantor'), ('siskohat', 'Tim Siskohat'), ('kanwil', 'Kantor Wilayah'), ('direktorat', 'Direktorat'), ('subdit', 'Subdirektorat'), ('direktur', 'Direktur'), ('ditjen', 'Direktorat Jenderal'), ('bpkh', 'BPKH'), ('bps', 'Bank Penerima Setoran'), ('inspektorat', 'Inspektorat'), ('admin', 'Admin portal')], max_length=12)),
                ('jenis', models.CharField(choices=[('definitif', 'Definitif'), ('plt', 'Plt.'), ('plh', 'Plh.'), ('an', 'a.n.')], default='definitif', max_length=10)),
                ('jabatan', models.CharField(help_text='Sebutan jabatan seperti tercetak pada surat.', max_length=120)),
                ('nomor_sk', models.CharField(max_length=80, verbose_name='nomor SK')),
                ('mulai', models.DateField(verbose_name='berlaku dari')),
                ('selesai', models.DateField(blank=True, null=True, verbose_name='berlaku sampai')),
                ('kantor', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='penugasan', to='akun.kantor')),
                ('pengguna', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='penugasan', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'penugasan',
                'verbose_name_plural': 'penugasan',
                'ordering': ['kantor', 'peran', '-mulai'],
            },
        ),
        migrations.CreateModel(
            name='TokenApi',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('nama', models.CharField(help_text='Program atau komputer yang memakainya.', max_length=60, verbose_name='nama')),
                ('awalan', models.CharField(editable=False, max_length=12)),
                ('sidik', models.CharField(editable=False, max_length=64, unique=True)),
                ('sidik_sandi', models.CharField(editable=False, max_length=64)),
                ('dua_faktor', models.BooleanField(default=False, editable=False, verbose_name='dibuat dengan kode dari aplikasi')),
                ('hanya_baca', models.BooleanField(default=False, verbose_name='hanya membaca')),
                ('dibuat', models.DateTimeField()),
                ('kedaluwarsa', models.DateTimeField()),
                ('terakhir_dipakai', models.DateTimeField(blank=True, null=True)),
                ('dicabut', models.DateTimeField(blank=True, null=True)),
                ('pengguna', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='token_api', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'token API',
                'verbose_name_plural': 'token API',
                'ordering': ['-dibuat'],
            },
        ),
        migrations.AddConstraint(
            model_name='kantor',
            constraint=models.UniqueConstraint(condition=models.Q(('bank_lain', True)), fields=('bank_lain',), name='kantor_bank_lain_satu', violation_error_message='Sudah ada kantor yang melayani bank tanpa kantor sendiri.'),
        ),
        migrations.AddConstraint(
            model_name='kantor',
            constraint=models.CheckConstraint(condition=models.Q(('bank_lain', False), ('jenis', 'bps'), _connector='OR'), name='kantor_bank_lain_bps', violation_error_message='Hanya kantor BPS yang dapat melayani bank.'),
        ),
        migrations.AddConstraint(
            model_name='jamlayanan',
            constraint=models.UniqueConstraint(fields=('kantor', 'hari'), name='jam_satu_per_hari'),
        ),
        migrations.AddConstraint(
            model_name='kopsurat',
            constraint=models.UniqueConstraint(fields=('kantor', 'mulai'), name='kop_satu_per_tanggal'),
        ),
        migrations.AddConstraint(
            model_name='namabank',
            constraint=models.UniqueConstraint(django.db.models.functions.text.Upper('nama'), name='nama_bank_satu_kantor', violation_error_message='Bank ini sudah dilayani sebuah kantor.'),
        ),
        migrations.AddIndex(
            model_name='penugasan',
            index=models.Index(fields=['kantor', 'peran'], name='akun_penuga_kantor__4f2940_idx'),
        ),
        migrations.AddConstraint(
            model_name='penugasan',
            constraint=models.CheckConstraint(condition=models.Q(('selesai__isnull', True), ('selesai__gte', models.F('mulai')), _connector='OR'), name='penugasan_urut'),
        ),
        migrations.AddConstraint(
            model_name='tokenapi',
            constraint=models.CheckConstraint(condition=models.Q(('kedaluwarsa__gt', models.F('dibuat'))), name='token_ada_akhirnya'),
        ),
    ]
