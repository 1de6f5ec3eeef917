import uuid

import django.core.validators
import django.db.models.deletion
import django.utils.timezone
import django_fsm
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
            name='Pelayanan',
            fields=[
                ('perkara_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to='alur.perkara')),
                ('status', django_fsm.FSMField(choices=[('ditanyakan', 'Layanan ditanyakan'), ('menunggu_berkas', 'Menunggu berkas pemohon'), ('diperiksa', 'Berkas diperiksa'), ('dikembalikan', 'Dikembalikan untuk dilengkapi'), ('didisposisi', 'Menunggu disposisi Kepala'), ('di_kasubag', 'Menunggu disposisi Kasubag'), ('diproses', 'Diproses seksi'), ('layanan_berjalan', 'Permohonan layanan berjalan'), ('produk_jadi', 'Produk jadi, menunggu PTSP'), ('siap_diambil', 'Produk siap diambil'), ('selesai', 'Produk diterima pemohon'), ('ditolak', 'Ditolak'), ('dihentikan', 'Tidak dilanjutkan pemohon')], default='ditanyakan', editable=False, max_length=50, protected=True)),
                ('layanan', models.SlugField(blank=True, max_length=30, verbose_name='layanan portal')),
                ('nama_layanan', models.CharField(max_length=120, verbose_name='layanan yang diminta')),
                ('keperluan', models.CharField(blank=True, max_length=400, verbose_name='keperluan')),
                ('hasil_layanan', models.CharField(blank=True, editable=False, max_length=200, verbose_name='hasil permohonan layanan')),
                ('nama_produk', models.CharField(blank=True, max_length=150, verbose_name='produk layanan')),
                ('nomor_produk', models.CharField(blank=True, max_length=80, verbose_name='nomor produk')),
                ('tanggal_produk', models.DateField(blank=True, null=True, verbose_name='tanggal produk')),
                ('penanda_tangan', models.CharField(blank=True, max_length=150, verbose_name='ditandatangani oleh')),
                ('penerima_produk', models.CharField(blank=True, max_length=120, verbose_name='produk diterima oleh')),
                ('alasan_akhir', models.CharField(blank=True, max_length=400, verbose_name='alasan ditolak atau dihentikan')),
            ],
            options={
                'verbose_name': 'pelayanan PTSP',
                'verbose_name_plural': 'pelayanan PTSP',
            },
            bases=(django_fsm.ConcurrentTransitionMixin, 'alur.perkara', models.Model),
        ),
        migrations.CreateModel(
            name='TautanSurvei',
            fields=[
                ('perkara', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='+', serialize=False, to='alur.perkara')),
                ('sidik', models.CharField(max_length=64, unique=True, verbose_name='sidik token')),
                ('habis', models.DateField(db_index=True, verbose_name='berlaku sampai')),
                ('terpakai', models.BooleanField(default=False)),
            ],
            options={
                'verbose_name': 'tautan survei',
                'verbose_name_plural': 'tautan survei',
            },
        ),
        migrations.CreateModel(
            name='BerkasSurat',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('nama', models.CharField(max_length=120, verbose_name='nama berkas')),
                ('mime', models.CharField(max_length=40, verbose_name='jenis isi')),
                ('ukuran', models.PositiveIntegerField(verbose_name='ukuran (byte)')),
                ('sha256', models.CharField(max_length=64, verbose_name='SHA-256')),
                ('kunci', models.CharField(editable=False, max_length=80, unique=True, verbose_name='kunci penyimpanan')),
                ('halaman', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='jumlah halaman')),
                ('diunggah_pada', models.DateTimeField()),
                ('diunggah_oleh', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'berkas surat masuk',
                'verbose_name_plural': 'berkas surat masuk',
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='AksesSurat',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('waktu', models.DateTimeField()),
                ('pengguna', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('berkas', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='akses', to='ptsp.berkassurat')),
            ],
            options={
                'verbose_name': 'akses surat masuk',
                'verbose_name_plural': 'akses surat masuk',
                'ordering': ['-waktu', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='BukuTamu',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('tanggal', models.DateField()),
                ('waktu', models.DateTimeField()),
                ('nama', models.CharField(blank=True, max_length=120)),
                ('asal', models.CharField(blank=True, max_length=120, verbose_name='alamat atau asal')),
                ('telepon', models.CharField(blank=True, max_length=20, verbose_name='nomor telepon')),
                ('keperluan', models.CharField(max_length=160)),
                ('dikosongkan', models.DateTimeField(blank=True, null=True, verbose_name='data diri dihapus')),
                ('kantor', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='buku_tamu', to='akun.kantor')),
            ],
            options={
                'verbose_name': 'buku tamu',
                'verbose_name_plural': 'buku tamu',
                'ordering': ['-waktu', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='Disposisi',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('langkah', models.BooleanField(default=False, verbose_name='ditulis langkah perkara')),
                ('sifat', models.CharField(choices=[('biasa', 'Biasa'), ('penting', 'Penting'), ('segera', 'Segera'), ('sangat-segera', 'Sangat segera'), ('rahasia', 'Rahasia')], default='biasa', max_length=13)),
                ('instruksi', models.JSONField(default=list)),
                ('catatan', models.CharField(blank=True, max_length=400, verbose_name='catatan')),
                ('tenggat', models.DateTimeField(blank=True, null=True)),
                ('peran_pengirim', models.CharField(choices=[('ptsp', 'Petugas PTSP'), ('jfu', 'JFU/Pelaksana'), ('kasi', 'Kepala Seksi'), ('kasubag', 'Kepala Subbagian Tata Usaha'), ('kepala', 'Kepala Kantor'), ('siskohat', 'Tim Siskohat'), ('kanwil', 'Kantor Wilayah'), ('direktorat', 'Direktorat'), ('subdit', 'Subdirektorat'), ('direktur', 'Direktur'), ('ditjen', 'Direktorat Jenderal'), ('bpkh', 'BPKH'), ('bps', 'Bank Penerima Setoran'), ('inspektorat', 'Inspektorat'), ('admin', 'Admin portal')], max_length=12)),
                ('nama_pengirim', models.CharField(max_length=120)),
                ('jabatan_pengirim', models.CharField(max_length=140)),
                ('nip_pengirim', models.CharField(blank=True, max_length=18, verbose_name='NIP pengirim')),
                ('sk_pengirim', models.CharField(max_length=80, verbose_name='nomor SK pengirim')),
                ('dibuat', models.DateTimeField()),
                ('tanda', models.UUIDField(blank=True, editable=False, null=True, unique=True)),
                ('induk', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='lanjutan', to='ptsp.disposisi')),
                ('kantor', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='disposisi', to='akun.kantor')),
                ('pengirim', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='disposisi_terkirim', to=settings.AUTH_USER_MODEL)),
                ('perkara', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='disposisi', to='alur.perkara')),
            ],
            options={
                'verbose_name': 'disposisi',
                'verbose_name_plural': 'disposisi',
                'ordering': ['-dibuat', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='JawabanSurvei',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('layanan', models.SlugField(max_length=30)),
                ('bulan', models.DateField(help_text='Hari pertama bulan itu, menurut waktu kantor.')),
                ('u1', models.PositiveSmallIntegerField(verbose_name='U1 persyaratan')),
                ('u2', models.PositiveSmallIntegerField(verbose_name='U2 sistem, mekanisme, dan prosedur')),
                ('u3', models.PositiveSmallIntegerField(verbose_name='U3 waktu penyelesaian')),
                ('u4', models.PositiveSmallIntegerField(verbose_name='U4 biaya/tarif')),
                ('u5', models.PositiveSmallIntegerField(verbose_name='U5 produk spesifikasi jenis pelayanan')),
                ('u6', models.PositiveSmallIntegerField(verbose_name='U6 kompetensi pelaksana')),
                ('u7', models.PositiveSmallIntegerField(verbose_name='U7 perilaku pelaksana')),
                ('u8', models.PositiveSmallIntegerField(verbose_name='U8 sarana dan prasarana')),
                ('u9', models.PositiveSmallIntegerField(verbose_name='U9 penanganan pengaduan, saran, dan masukan')),
                ('saran', models.TextField(blank=True, max_length=500)),
                ('usia', models.CharField(blank=True, choices=[('-29', 'di bawah 30 tahun'), ('30-44', '30–44 tahun'), ('45-59', '45–59 tahun'), ('60-', '60 tahun ke atas')], max_length=6, verbose_name='kelompok usia')),
                ('kelamin', models.CharField(blank=True, choices=[('L', 'laki-laki'), ('P', 'perempuan')], max_length=1, verbose_name='jenis kelamin')),
                ('pendidikan', models.CharField(blank=True, choices=[('sd', 'SD atau di bawahnya'), ('smp', 'SMP'), ('sma', 'SMA'), ('d', 'diploma'), ('s1', 'S1'), ('s2', 'S2 ke atas')], max_length=4)),
                ('pekerjaan', models.CharField(blank=True, choices=[('asn', 'PNS/ASN, TNI, Polri'), ('swasta', 'pegawai swasta'), ('wirausaha', 'wirausaha, pedagang'), ('tani', 'petani, nelayan'), ('lain', 'lainnya')], max_length=10)),
                ('kantor', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='akun.kantor')),
            ],
            options={
                'verbose_name': 'jawaban survei',
                'verbose_name_plural': 'jawaban survei',
                'ordering': ['-bulan', 'id'],
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
            name='LayananAntrean',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('huruf', models.CharField(help_text='Huruf di depan nomor antrean.', max_length=1, validators=[django.core.validators.RegexValidator('^[A-Z]\\Z', 'Satu huruf besar.')])),
                ('nama', models.CharField(max_length=60)),
                ('keterangan', models.CharField(blank=True, help_text='Satu kalimat di bawah nama pada tablet.', max_length=120)),
                ('jenis', models.SlugField(blank=True, max_length=30, verbose_name='jenis perkara')),
                ('urut', models.PositiveSmallIntegerField(default=0, verbose_name='urutan')),
                ('aktif', models.BooleanField(default=True)),
                ('kantor', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='layanan_antrean', to='akun.kantor')),
            ],
            options={
                'verbose_name': 'layanan antrean',
                'verbose_name_plural': 'layanan antrean',
                'ordering': ['kantor_id', 'urut', 'huruf'],
            },
        ),
        migrations.CreateModel(
            name='Loket',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('nomor', models.PositiveSmallIntegerField()),
                ('nama', models.CharField(blank=True, help_text='Bila bukan “Loket” dengan nomornya.', max_length=40)),
                ('aktif', models.BooleanField(default=True)),
                ('petugas_sejak', models.DateTimeField(blank=True, null=True, verbose_name='dipakai sejak')),
                ('kantor', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='loket', to='akun.kantor')),
                ('layanan', models.ManyToManyField(blank=True, help_text='Kosong berarti semua layanan.', related_name='loket', to='ptsp.layananantrean', verbose_name='layanan yang dilayani')),
                ('petugas', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='loket', to=settings.AUTH_USER_MODEL, verbose_name='dipakai oleh')),
            ],
            options={
                'verbose_name': 'loket',
                'verbose_name_plural': 'loket',
                'ordering': ['kantor_id', 'nomor'],
            },
        ),
        migrations.CreateModel(
            name='PenerimaDisposisi',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('urut', models.PositiveSmallIntegerField()),
                ('peran', models.CharField(choices=[('ptsp', 'Petugas PTSP'), ('jfu', 'JFU/Pelaksana'), ('kasi', 'Kepala Seksi'), ('kasubag', 'Kepala Subbagian Tata Usaha'), ('kepala', 'Kepala Kantor'), ('siskohat', 'Tim Siskohat'), ('kanwil', 'Kantor Wilayah'), ('direktorat', 'Direktorat'), ('subdit', 'Subdirektorat'), ('direktur', 'Direktur'), ('ditjen', 'Direktorat Jenderal'), ('bpkh', 'BPKH'), ('bps', 'Bank Penerima Setoran'), ('inspektorat', 'Inspektorat'), ('admin', 'Admin portal')], max_length=12)),
                ('nama', models.CharField(blank=True, max_length=120)),
                ('jabatan', models.CharField(max_length=140)),
                ('dibaca', models.DateTimeField(blank=True, null=True)),
                ('selesai', models.DateTimeField(blank=True, null=True)),
                ('dicabut', models.DateTimeField(blank=True, null=True)),
                ('disposisi', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='penerima', to='ptsp.disposisi')),
                ('pengguna', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='disposisi_diterima', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'penerima disposisi',
                'verbose_name_plural': 'penerima disposisi',
                'ordering': ['disposisi_id', 'urut'],
            },
        ),
        migrations.CreateModel(
            name='PerangkatAntrean',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('jenis', models.CharField(choices=[('kios', 'Tablet pengambilan nomor'), ('layar', 'Layar panggilan')], max_length=6)),
                ('nama', models.CharField(help_text='Di mana perangkat ini berada.', max_length=60)),
                ('token', models.CharField(default=haji_portal.ptsp.models.publik.token_baru, editable=False, max_length=32, unique=True)),
                ('cetak', models.BooleanField(default=False, help_text='Hanya tablet: bila pencetak karcis tersambung.', verbose_name='cetak nomor dengan sendirinya')),
                ('di_luar_jam', models.BooleanField(default=False, help_text='Untuk uji coba atau layanan khusus.', verbose_name='tetap memberi nomor di luar jam layanan')),
                ('info', models.TextField(blank=True, help_text='Hanya layar: satu kalimat per baris, ditampilkan bergantian.', max_length=600, verbose_name='informasi di layar')),
                ('dibuat', models.DateTimeField(default=django.utils.timezone.now)),
                ('terakhir', models.DateTimeField(blank=True, null=True, verbose_name='terakhir terhubung')),
                ('dicabut', models.DateTimeField(blank=True, null=True)),
                ('dibuat_oleh', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('kantor', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='perangkat_antrean', to='akun.kantor')),
            ],
            options={
                'verbose_name': 'perangkat antrean',
                'verbose_name_plural': 'perangkat antrean',
                'ordering': ['kantor_id', 'jenis', 'nama'],
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
            name='PeristiwaDisposisi',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('jenis', models.CharField(choices=[('dibaca', 'Dibaca'), ('selesai', 'Dinyatakan selesai'), ('dibuka', 'Dibuka lagi'), ('dicabut', 'Dicabut pengirim')], max_length=8)),
                ('nama', models.CharField(max_length=120)),
                ('jabatan', models.CharField(max_length=140)),
                ('catatan', models.CharField(blank=True, max_length=400)),
                ('waktu', models.DateTimeField()),
                ('oleh', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('penerima', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='peristiwa', to='ptsp.penerimadisposisi')),
            ],
            options={
                'verbose_name': 'peristiwa disposisi',
                'verbose_name_plural': 'peristiwa disposisi',
                'ordering': ['waktu', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='SuratMasuk',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('tahun', models.PositiveSmallIntegerField()),
                ('urut', models.PositiveIntegerField(verbose_name='nomor agenda')),
                ('diterima', models.DateField(verbose_name='tanggal diterima')),
                ('nomor_surat', models.CharField(blank=True, max_length=80, verbose_name='nomor surat')),
                ('tanggal_surat', models.DateField(blank=True, null=True, verbose_name='tanggal surat')),
                ('pengirim', models.CharField(max_length=150)),
                ('perihal', models.CharField(max_length=250)),
                ('sifat', models.CharField(choices=[('biasa', 'Biasa'), ('penting', 'Penting'), ('segera', 'Segera'), ('sangat-segera', 'Sangat segera'), ('rahasia', 'Rahasia')], default='biasa', max_length=13)),
                ('dicatat_pada', models.DateTimeField()),
                ('dibatalkan', models.DateTimeField(blank=True, null=True)),
                ('alasan_batal', models.CharField(blank=True, max_length=250, verbose_name='alasan dibatalkan')),
                ('dicatat_oleh', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('kantor', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='surat_masuk', to='akun.kantor')),
                ('perkara', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='surat_masuk', to='alur.perkara')),
            ],
            options={
                'verbose_name': 'surat masuk',
                'verbose_name_plural': 'surat masuk',
                'ordering': ['-tahun', '-urut'],
            },
        ),
        migrations.CreateModel(
            name='KoreksiSurat',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('waktu', models.DateTimeField()),
                ('isi', models.JSONField()),
                ('oleh', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('surat', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='koreksi', to='ptsp.suratmasuk')),
            ],
            options={
                'verbose_name': 'koreksi surat masuk',
                'verbose_name_plural': 'koreksi surat masuk',
                'ordering': ['-waktu', '-pk'],
            },
        ),
        migrations.AddField(
            model_name='disposisi',
            name='surat',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='disposisi', to='ptsp.suratmasuk'),
        ),
        migrations.AddField(
            model_name='berkassurat',
            name='surat',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='berkas', to='ptsp.suratmasuk'),
        ),
        migrations.CreateModel(
            name='Tiket',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('tanggal', models.DateField(verbose_name='hari')),
                ('huruf', models.CharField(max_length=1)),
                ('nomor', models.PositiveSmallIntegerField()),
                ('prioritas', models.CharField(blank=True, choices=[('', 'Tidak'), ('lansia', 'Berusia 60 tahun ke atas'), ('disabilitas', 'Penyandang disabilitas'), ('hamil', 'Sedang hamil'), ('bayi', 'Membawa bayi')], default='', max_length=12)),
                ('keadaan', models.CharField(choices=[('menunggu', 'Menunggu'), ('dipanggil', 'Dipanggil'), ('dilayani', 'Sedang dilayani'), ('selesai', 'Selesai'), ('dilewati', 'Dilewati'), ('batal', 'Dibatalkan')], default='menunggu', max_length=9)),
                ('token', models.CharField(default=haji_portal.ptsp.models.publik.token_baru, editable=False, max_length=32, unique=True)),
                ('kunci', models.CharField(max_length=36, unique=True)),
                ('diambil', models.DateTimeField()),
                ('dipanggil', models.DateTimeField(blank=True, null=True, verbose_name='terakhir dipanggil')),
                ('dilayani', models.DateTimeField(blank=True, null=True, verbose_name='mulai dilayani')),
                ('selesai', models.DateTimeField(blank=True, null=True)),
                ('versi', models.PositiveIntegerField(default=0)),
                ('kantor', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='tiket', to='akun.kantor')),
                ('layanan', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='tiket', to='ptsp.layananantrean')),
                ('loket', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='tiket', to='ptsp.loket')),
                ('perkara', models.ManyToManyField(blank=True, related_name='tiket_antrean', to='alur.perkara')),
                ('tamu', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='tiket', to='ptsp.bukutamu')),
                ('untuk_loket', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='tiket_menunggu', to='ptsp.loket', verbose_name='untuk loket')),
            ],
            options={
                'verbose_name': 'tiket antrean',
                'verbose_name_plural': 'tiket antrean',
                'ordering': ['-tanggal', 'diambil', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='PeristiwaTiket',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('jenis', models.CharField(choices=[('diambil', 'Nomor diambil'), ('dipanggil', 'Dipanggil'), ('diulang', 'Dipanggil ulang'), ('dilayani', 'Mulai dilayani'), ('dilewati', 'Dilewati'), ('dipindah', 'Dipindahkan'), ('perkara', 'Permohonan dibuka'), ('selesai', 'Selesai'), ('batal', 'Dibatalkan pengunjung'), ('ditutup', 'Ditutup pada akhir hari')], max_length=9)),
                ('waktu', models.DateTimeField()),
                ('layanan', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='ptsp.layananantrean')),
                ('loket', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='ptsp.loket')),
                ('petugas', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('tiket', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='peristiwa', to='ptsp.tiket')),
            ],
            options={
                'verbose_name': 'peristiwa tiket',
                'verbose_name_plural': 'peristiwa tiket',
                'ordering': ['pk'],
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
        migrations.AddIndex(
            model_name='bukutamu',
            index=models.Index(fields=['kantor', 'tanggal'], name='ptsp_bukuta_kantor__b3cc78_idx'),
        ),
        migrations.AddIndex(
            model_name='bukutamu',
            index=models.Index(fields=['tanggal'], name='ptsp_bukuta_tanggal_a75438_idx'),
        ),
        migrations.AddIndex(
            model_name='jawabansurvei',
            index=models.Index(fields=['kantor', 'layanan', 'bulan'], name='survei_kantor_bulan'),
        ),
        migrations.AddConstraint(
            model_name='jawabansurvei',
            constraint=models.CheckConstraint(condition=models.Q(('u1__range', (1, 4))), name='survei_u1_1_4'),
        ),
        migrations.AddConstraint(
            model_name='jawabansurvei',
            constraint=models.CheckConstraint(condition=models.Q(('u2__range', (1, 4))), name='survei_u2_1_4'),
        ),
        migrations.AddConstraint(
            model_name='jawabansurvei',
            constraint=models.CheckConstraint(condition=models.Q(('u3__range', (1, 4))), name='survei_u3_1_4'),
        ),
        migrations.AddConstraint(
            model_name='jawabansurvei',
            constraint=models.CheckConstraint(condition=models.Q(('u4__range', (1, 4))), name='survei_u4_1_4'),
        ),
        migrations.AddConstraint(
            model_name='jawabansurvei',
            constraint=models.CheckConstraint(condition=models.Q(('u5__range', (1, 4))), name='survei_u5_1_4'),
        ),
        migrations.AddConstraint(
            model_name='jawabansurvei',
            constraint=models.CheckConstraint(condition=models.Q(('u6__range', (1, 4))), name='survei_u6_1_4'),
        ),
        migrations.AddConstraint(
            model_name='jawabansurvei',
            constraint=models.CheckConstraint(condition=models.Q(('u7__range', (1, 4))), name='survei_u7_1_4'),
        ),
        migrations.AddConstraint(
            model_name='jawabansurvei',
            constraint=models.CheckConstraint(condition=models.Q(('u8__range', (1, 4))), name='survei_u8_1_4'),
        ),
        migrations.AddConstraint(
            model_name='jawabansurvei',
            constraint=models.CheckConstraint(condition=models.Q(('u9__range', (1, 4))), name='survei_u9_1_4'),
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
            model_name='layananantrean',
            constraint=models.UniqueConstraint(fields=('kantor', 'huruf'), name='layanan_antrean_huruf', violation_error_message='Huruf ini sudah dipakai layanan lain di kantor ini.'),
        ),
        migrations.AddConstraint(
            model_name='loket',
            constraint=models.UniqueConstraint(fields=('kantor', 'nomor'), name='loket_nomor', violation_error_message='Nomor loket ini sudah ada.'),
        ),
        migrations.AddConstraint(
            model_name='loket',
            constraint=models.UniqueConstraint(fields=('petugas',), name='loket_satu_per_petugas'),
        ),
        migrations.AddIndex(
            model_name='penerimadisposisi',
            index=models.Index(condition=models.Q(('dicabut__isnull', True), ('selesai__isnull', True)), fields=['pengguna', 'peran'], name='disposisi_terbuka'),
        ),
        migrations.AddConstraint(
            model_name='penerimadisposisi',
            constraint=models.UniqueConstraint(fields=('disposisi', 'urut'), name='penerima_disposisi_urut'),
        ),
        migrations.AddIndex(
            model_name='suratmasuk',
            index=models.Index(fields=['kantor', 'diterima'], name='ptsp_suratm_kantor__bedc52_idx'),
        ),
        migrations.AddConstraint(
            model_name='suratmasuk',
            constraint=models.UniqueConstraint(fields=('kantor', 'tahun', 'urut'), name='agenda_sekali'),
        ),
        migrations.AddConstraint(
            model_name='suratmasuk',
            constraint=models.CheckConstraint(condition=models.Q(('dibatalkan__isnull', True), models.Q(('alasan_batal', ''), _negated=True), _connector='OR'), name='agenda_batal_beralasan'),
        ),
        migrations.AddConstraint(
            model_name='disposisi',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('perkara__isnull', False), ('surat__isnull', True)), models.Q(('perkara__isnull', True), ('surat__isnull', False)), _connector='OR'), name='disposisi_satu_pokok'),
        ),
        migrations.AddConstraint(
            model_name='disposisi',
            constraint=models.CheckConstraint(condition=models.Q(('tenggat__isnull', True), ('tenggat__gt', models.F('dibuat')), _connector='OR'), name='disposisi_tenggat_nanti'),
        ),
        migrations.AddIndex(
            model_name='tiket',
            index=models.Index(fields=['kantor', 'tanggal', 'keadaan'], name='ptsp_tiket_kantor__239511_idx'),
        ),
        migrations.AddConstraint(
            model_name='tiket',
            constraint=models.UniqueConstraint(fields=('kantor', 'tanggal', 'huruf', 'nomor'), name='tiket_nomor_satu'),
        ),
        migrations.AddConstraint(
            model_name='tiket',
            constraint=models.UniqueConstraint(condition=models.Q(('keadaan__in', ['dipanggil', 'dilayani'])), fields=('loket', 'tanggal'), name='tiket_satu_per_loket'),
        ),
        migrations.AddConstraint(
            model_name='tiket',
            constraint=models.CheckConstraint(condition=models.Q(('nomor__gte', 1), ('nomor__lte', 999)), name='tiket_nomor_wajar'),
        ),
        migrations.AddConstraint(
            model_name='tiket',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('keadaan__in', ['dipanggil', 'dilayani']), _negated=True), ('loket__isnull', False), _connector='OR'), name='tiket_di_loket'),
        ),
        migrations.AddConstraint(
            model_name='unggahansebagian',
            constraint=models.UniqueConstraint(fields=('konsep', 'kode'), name='sebagian_satu_per_kode'),
        ),
    ]
