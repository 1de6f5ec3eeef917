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
            name='Pendaftaran',
            fields=[
                ('perkara_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to='alur.perkara')),
                ('status', django_fsm.FSMField(choices=[('diperiksa', 'Berkas diperiksa'), ('dikembalikan', 'Dikembalikan untuk dilengkapi'), ('direkam', 'Data dan foto direkam'), ('diverifikasi', 'Menunggu tanda tangan'), ('ditandatangani', 'SPH ditandatangani'), ('siap_diserahkan', 'SPH siap diserahkan'), ('selesai', 'Selesai'), ('ditolak', 'Ditolak'), ('dicabut', 'Dicabut pemohon')], default='diperiksa', editable=False, max_length=50, protected=True)),
                ('tanggal_daftar', models.DateField(help_text='Hari kerja saat berkas tercatat diterima.', verbose_name='tanggal pendaftaran')),
                ('hadir_sendiri', models.BooleanField(default=False)),
                ('status_haji', models.CharField(choices=[('belum', 'Belum pernah berhaji'), ('sudah', 'Sudah pernah berhaji')], default='belum', max_length=6)),
                ('haji_terakhir', models.DateField(blank=True, null=True, verbose_name='tanggal haji terakhir')),
                ('pengecualian', models.CharField(blank=True, choices=[('ppih', 'Petugas Penyelenggara Ibadah Haji tahun berjalan'), ('petugas-daerah', 'Petugas Haji Daerah tahun berjalan'), ('kbihu', 'Pembimbing KBIHU tahun berjalan')], max_length=16)),
                ('alasan_akhir', models.CharField(blank=True, max_length=400, verbose_name='alasan ditolak atau dicabut')),
                ('penerima', models.CharField(blank=True, max_length=120, verbose_name='penerima SPH')),
                ('isian_pemohon', models.JSONField(blank=True, default=dict, editable=False)),
                ('kunjungan', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='pendaftaran', to='ptsp.kunjungan')),
                ('rekening', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='pendaftaran', to='jemaah.rekening')),
                ('setoran', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='pendaftaran', to='jemaah.setoran')),
            ],
            options={
                'verbose_name': 'pendaftaran',
                'verbose_name_plural': 'pendaftaran',
            },
            bases=(django_fsm.ConcurrentTransitionMixin, 'alur.perkara', models.Model),
        ),
    ]
