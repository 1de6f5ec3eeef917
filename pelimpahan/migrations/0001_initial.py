import datetime

import django.db.models.deletion
import django_fsm
from django.db import migrations, models

import pelimpahan.models.jadwal


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('akun', '0001_initial'),
        ('alur', '0001_initial'),
        ('jemaah', '0001_initial'),
        ('ptsp', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='HariWawancara',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('tanggal', models.DateField()),
                ('tempat', models.CharField(max_length=120)),
                ('alamat', models.CharField(max_length=200)),
                ('mulai', models.TimeField(default=datetime.time(8, 0), verbose_name='jam mulai')),
                ('selesai', models.TimeField(default=datetime.time(15, 0), verbose_name='jam selesai')),
                ('menit', models.PositiveSmallIntegerField(default=15, verbose_name='menit per orang')),
                ('meja', models.PositiveSmallIntegerField(default=1, verbose_name='jumlah meja')),
                ('catatan', models.CharField(blank=True, max_length=300, verbose_name='catatan pada undangan')),
                ('dibatalkan', models.DateTimeField(blank=True, editable=False, null=True)),
                ('kantor', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='wawancara', to='akun.kantor', verbose_name='penyelenggara')),
                ('untuk', models.ManyToManyField(blank=True, related_name='+', to='akun.kantor', verbose_name='untuk kabupaten/kota')),
            ],
            options={
                'verbose_name': 'hari wawancara',
                'verbose_name_plural': 'hari wawancara',
                'ordering': ['tanggal', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Pelimpahan',
            fields=[
                ('perkara_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to='alur.perkara')),
                ('sebab', models.CharField(choices=[('sakit', 'Jemaah sakit permanen'), ('wafat', 'Jemaah meninggal dunia')], max_length=6, verbose_name='sebab pelimpahan')),
                ('hubungan', models.CharField(choices=[('suami', 'Suami'), ('istri', 'Istri'), ('ayah', 'Ayah'), ('ibu', 'Ibu'), ('anak-kandung', 'Anak kandung'), ('saudara-kandung', 'Saudara kandung')], max_length=16, verbose_name='penerima adalah')),
                ('tanggal_permohonan', models.DateField(help_text='Hari kerja saat berkas tercatat diterima.', verbose_name='tanggal permohonan')),
                ('tanggal_meninggal', models.DateField(blank=True, null=True, verbose_name='tanggal meninggal')),
                ('masuk_asrama', models.DateField(blank=True, help_text='Embarkasi atau embarkasi antara; kosong: belum.', null=True, verbose_name='tanggal masuk asrama haji')),
                ('akhir_pemberangkatan', models.DateField(blank=True, help_text='Hari terakhir pemberangkatan musim haji itu.', null=True, verbose_name='akhir masa pemberangkatan')),
                ('kebutuhan_khusus', models.CharField(blank=True, help_text='Misalnya: kursi roda, juru bahasa isyarat.', max_length=120, verbose_name='kebutuhan khusus penerima')),
                ('penanda_tangan', models.CharField(blank=True, choices=[('kepala', 'Kepala Kantor'), ('kasi', 'Kepala Seksi')], help_text='Menurut arahan Kepala Kantor; kosong: menurut ketentuan kantor.', max_length=8, verbose_name='penanda tangan rekomendasi')),
                ('penyelenggara', models.CharField(choices=[('kanwil', 'Kantor Wilayah'), ('pusat', 'Direktorat Jenderal')], default='kanwil', max_length=6)),
                ('blokir_dibuka_pada', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='blokir dibuka pada')),
                ('hasil_wawancara', models.JSONField(blank=True, default=dict, editable=False)),
                ('dilimpahkan_pada', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='dilimpahkan pada')),
                ('alasan_akhir', models.CharField(blank=True, max_length=400, verbose_name='alasan ditolak atau tidak dilanjutkan')),
                ('isian_pemohon', models.JSONField(blank=True, default=dict, editable=False)),
                ('status', django_fsm.FSMField(choices=[('diterima', 'Permohonan diterima'), ('didisposisi', 'Menunggu disposisi'), ('diperiksa', 'Berkas diperiksa'), ('dikembalikan', 'Dikembalikan untuk dilengkapi'), ('disusun', 'Rekomendasi disusun'), ('menunggu_paraf', 'Menunggu paraf Kasi'), ('menunggu_ttd', 'Menunggu tanda tangan'), ('direkam', 'Berkas disiapkan untuk Kanwil'), ('di_kanwil', 'Divalidasi Kanwil'), ('disetujui', 'Disetujui Kanwil, menunggu jadwal'), ('dijadwalkan', 'Terjadwal, menunggu blokir dibuka'), ('menunggu_wawancara', 'Menunggu wawancara'), ('jadwal_ulang', 'Menunggu jadwal baru'), ('lulus', 'Lulus, foto dan SPH'), ('sph_terbit', 'SPH terbit, siap diserahkan'), ('menutup_blokir', 'Blokir ditutup kembali'), ('selesai', 'Selesai, porsi dilimpahkan'), ('tidak_dilanjutkan', 'Tidak dilanjutkan'), ('ditolak', 'Ditolak'), ('dicabut', 'Dicabut pemohon')], default='diperiksa', editable=False, max_length=50, protected=True)),
                ('jemaah_asal', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='pelimpahan_asal', to='jemaah.jemaah', verbose_name='jemaah asal')),
                ('kunjungan', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='pelimpahan', to='ptsp.kunjungan')),
                ('rekening', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='pelimpahan', to='jemaah.rekening')),
            ],
            options={
                'verbose_name': 'pelimpahan',
                'verbose_name_plural': 'pelimpahan',
            },
            bases=(django_fsm.ConcurrentTransitionMixin, 'alur.perkara', models.Model),
        ),
        migrations.CreateModel(
            name='Slot',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('jam', models.TimeField()),
                ('meja', models.PositiveSmallIntegerField()),
                ('ditutup', models.BooleanField(default=False, editable=False)),
                ('hari', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='slot', to='pelimpahan.hariwawancara')),
            ],
            options={
                'verbose_name': 'slot wawancara',
                'verbose_name_plural': 'slot wawancara',
                'ordering': ['hari_id', 'jam', 'meja'],
            },
        ),
        migrations.CreateModel(
            name='Janji',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('keadaan', models.CharField(choices=[('terjadwal', 'Terjadwal'), ('hadir', 'Hadir'), ('tidak_hadir', 'Tidak hadir'), ('dipindah', 'Dipindah'), ('batal', 'Batal')], default='terjadwal', max_length=12)),
                ('token', models.CharField(default=pelimpahan.models.jadwal.token_baru, editable=False, max_length=40, unique=True)),
                ('dibuat', models.DateTimeField()),
                ('hadir_pada', models.DateTimeField(blank=True, null=True)),
                ('alasan', models.CharField(blank=True, max_length=400, verbose_name='alasan dipindah atau batal')),
                ('perkara', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='janji', to='pelimpahan.pelimpahan')),
                ('slot', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='janji', to='pelimpahan.slot')),
            ],
            options={
                'verbose_name': 'janji wawancara',
                'verbose_name_plural': 'janji wawancara',
                'ordering': ['slot__hari__tanggal', 'slot__jam', 'slot__meja'],
            },
        ),
        migrations.AddConstraint(
            model_name='hariwawancara',
            constraint=models.CheckConstraint(condition=models.Q(('selesai__gt', models.F('mulai'))), name='wawancara_jam', violation_error_message='Jam selesai harus sesudah jam mulai.'),
        ),
        migrations.AddConstraint(
            model_name='hariwawancara',
            constraint=models.CheckConstraint(condition=models.Q(('meja__gte', 1), ('meja__lte', 40), ('menit__gte', 5), ('menit__lte', 240)), name='wawancara_ukuran', violation_error_message='Menit per orang 5–240, jumlah meja 1–40.'),
        ),
        migrations.AddConstraint(
            model_name='slot',
            constraint=models.UniqueConstraint(fields=('hari', 'jam', 'meja'), name='slot_satu'),
        ),
        migrations.AddConstraint(
            model_name='janji',
            constraint=models.UniqueConstraint(condition=models.Q(('keadaan__in', ['terjadwal', 'hadir', 'tidak_hadir'])), fields=('slot',), name='janji_satu_slot', violation_error_message='Slot ini baru saja diisi penerima lain. Pilih slot yang masih kosong.'),
        ),
        migrations.AddConstraint(
            model_name='janji',
            constraint=models.UniqueConstraint(condition=models.Q(('keadaan__in', ['terjadwal', 'hadir'])), fields=('perkara',), name='janji_satu_perkara', violation_error_message='Penerima ini sudah mempunyai jadwal.'),
        ),
    ]
