import django.db.models.deletion
import django_fsm
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('alur', '0001_initial'),
        ('jemaah', '0001_initial'),
        ('ptsp', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Jurnal',
            fields=[
                ('perkara_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to='alur.perkara')),
                ('status', django_fsm.FSMField(choices=[('disusun', 'Disusun'), ('diajukan', 'Menunggu tanda tangan Direktur'), ('terkirim', 'Dikirim kepada BPKH'), ('ditiadakan', 'Ditiadakan, kosong')], default='disusun', editable=False, max_length=50, protected=True)),
                ('macam', models.CharField(choices=[('porsi', 'Pembatalan pendaftaran (porsi)'), ('validasi', 'Pembatalan nomor validasi')], max_length=8)),
                ('dari', models.DateField(verbose_name='periode dari')),
                ('sampai', models.DateField(verbose_name='periode sampai')),
            ],
            options={
                'verbose_name': 'jurnal pembatalan',
                'verbose_name_plural': 'jurnal pembatalan',
            },
            bases=(django_fsm.ConcurrentTransitionMixin, 'alur.perkara', models.Model),
        ),
        migrations.CreateModel(
            name='Pemberitahuan',
            fields=[
                ('perkara_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to='alur.perkara')),
                ('status', django_fsm.FSMField(choices=[('menunggu_ttd', 'Menunggu tanda tangan Dirjen'), ('terbit', 'Terbit')], default='menunggu_ttd', editable=False, max_length=50, protected=True)),
            ],
            options={
                'verbose_name': 'pemberitahuan pembatalan',
                'verbose_name_plural': 'pemberitahuan pembatalan',
            },
            bases=(django_fsm.ConcurrentTransitionMixin, 'alur.perkara', models.Model),
        ),
        migrations.CreateModel(
            name='Pembatalan',
            fields=[
                ('perkara_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to='alur.perkara')),
                ('sebab', models.CharField(choices=[('meninggal', 'Jemaah meninggal dunia, porsi tidak dimanfaatkan ahli waris'), ('sendiri', 'Jemaah membatalkan pendaftarannya'), ('alasan-sah', 'Dibatalkan dengan alasan yang sah'), ('validasi-belum-daftar', 'Nomor validasi: sudah menyetor, belum mendaftar'), ('validasi-tidak-memenuhi', 'Nomor validasi: tidak memenuhi syarat')], max_length=24, verbose_name='sebab pembatalan')),
                ('alasan', models.CharField(blank=True, max_length=400, verbose_name='alasan pemohon')),
                ('tanggal_permohonan', models.DateField(help_text='Hari kerja saat berkas tercatat diterima.', verbose_name='tanggal permohonan')),
                ('pengaju', models.CharField(choices=[('jemaah', 'Jemaah sendiri'), ('ahli-waris', 'Ahli waris'), ('kuasa', 'Penerima kuasa'), ('kantor', 'Kantor')], default='jemaah', max_length=12, verbose_name='diajukan oleh')),
                ('nama_pengaju', models.CharField(blank=True, max_length=120, verbose_name='nama pengaju')),
                ('nik_pengaju', models.CharField(blank=True, max_length=16, verbose_name='NIK pengaju')),
                ('hubungan_pengaju', models.CharField(blank=True, max_length=40, verbose_name='hubungan dengan jemaah')),
                ('alamat_pengaju', models.CharField(blank=True, max_length=200, verbose_name='alamat pengaju')),
                ('telepon_pengaju', models.CharField(blank=True, max_length=20, verbose_name='nomor ponsel pengaju')),
                ('surel_pengaju', models.EmailField(blank=True, max_length=254, verbose_name='surel pengaju')),
                ('berhalangan_tetap', models.BooleanField(default=False, verbose_name='berhalangan tetap atau sakit permanen')),
                ('tanggal_meninggal', models.DateField(blank=True, null=True, verbose_name='tanggal meninggal')),
                ('keluarga_diberi_tahu', models.BooleanField(default=False, editable=False, help_text='Ditandai petugas loket sebelum berkas pembatalan karena wafat atau sakit permanen diterima.', verbose_name='keluarga diberi tahu tentang pelimpahan')),
                ('masuk_asrama', models.DateField(blank=True, help_text='Embarkasi atau embarkasi antara; kosong: belum.', null=True, verbose_name='tanggal masuk asrama haji')),
                ('dibatalkan_pada', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='dibatalkan pada')),
                ('alasan_akhir', models.CharField(blank=True, max_length=400, verbose_name='alasan ditolak atau dicabut')),
                ('isian_pemohon', models.JSONField(blank=True, default=dict, editable=False)),
                ('status', django_fsm.FSMField(choices=[('diperiksa', 'Berkas diperiksa'), ('dikembalikan', 'Dikembalikan untuk dilengkapi'), ('didisposisi', 'Menunggu disposisi'), ('disusun', 'Surat disusun'), ('diverifikasi', 'Surat diverifikasi Kasi'), ('menunggu_ttd', 'Menunggu tanda tangan'), ('direkam', 'Data direkam di Siskohat'), ('divalidasi', 'Menunggu persetujuan Kasi'), ('di_pusat', 'Diperiksa Direktorat'), ('dibatalkan', 'Batal, menunggu jurnal'), ('dijurnal', 'Dalam jurnal, menunggu surat Direktur'), ('diajukan', 'Dana diajukan kepada BPKH'), ('selesai', 'Selesai, dana diterima'), ('dialihkan', 'Dihentikan, pengaktifan diperiksa'), ('ditolak', 'Ditolak'), ('dicabut', 'Dicabut pemohon')], default='diperiksa', editable=False, max_length=50, protected=True)),
                ('dalam_jurnal', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='isi', to='pembatalan.jurnal')),
                ('kunjungan', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='pembatalan', to='ptsp.kunjungan')),
                ('rekening', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='pembatalan', to='jemaah.rekening')),
                ('setoran', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='pembatalan', to='jemaah.setoran')),
            ],
            options={
                'verbose_name': 'pembatalan',
                'verbose_name_plural': 'pembatalan',
            },
            bases=(django_fsm.ConcurrentTransitionMixin, 'alur.perkara', models.Model),
        ),
        migrations.CreateModel(
            name='Reversal',
            fields=[
                ('perkara_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to='alur.perkara')),
                ('status', django_fsm.FSMField(choices=[('diperiksa', 'Diperiksa Direktorat'), ('dikembalikan', 'Dikembalikan kepada bank'), ('selesai', 'Nomor validasi batal'), ('ditolak', 'Ditolak')], default='diperiksa', editable=False, max_length=50, protected=True)),
                ('tanggal_reversal', models.DateField(verbose_name='tanggal reversal')),
                ('nomor_surat_bank', models.CharField(max_length=60, verbose_name='nomor surat bank')),
                ('alasan', models.CharField(max_length=400, verbose_name='alasan reversal')),
                ('alasan_akhir', models.CharField(blank=True, max_length=400, verbose_name='alasan ditolak')),
                ('setoran', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reversal', to='jemaah.setoran')),
            ],
            options={
                'verbose_name': 'pembatalan karena reversal',
                'verbose_name_plural': 'pembatalan karena reversal',
            },
            bases=(django_fsm.ConcurrentTransitionMixin, 'alur.perkara', models.Model),
        ),
    ]
