import django.db.models.deletion
import django_fsm
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('alur', '0001_initial'),
        ('ptsp', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Pengaktifan',
            fields=[
                ('perkara_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to='alur.perkara')),
                ('sebab', models.CharField(choices=[('kesalahan-sistem', 'Kesalahan sistem'), ('salah-entri', 'Kesalahan entri data pembatalan'), ('sepihak', 'Pembatalan sepihak oleh selain jemaah'), ('putusan-pengadilan', 'Melaksanakan putusan pengadilan')], max_length=20, verbose_name='sebab pembatalan keliru')),
                ('tanggal_permohonan', models.DateField(help_text='Hari kerja saat laporan tercatat diterima.', verbose_name='tanggal laporan')),
                ('kronologi', models.TextField(help_text='Apa yang terjadi, berurutan, dengan tanggal.', max_length=3000, verbose_name='kronologi')),
                ('pelapor', models.CharField(choices=[('jemaah', 'Jemaah sendiri'), ('kantor', 'Kepala Kantor'), ('lain', 'Pelapor lain')], default='jemaah', max_length=8, verbose_name='dilaporkan oleh')),
                ('nama_pelapor', models.CharField(blank=True, max_length=120, verbose_name='nama pelapor')),
                ('sebagai_pelapor', models.CharField(blank=True, max_length=80, verbose_name='hubungan atau jabatan pelapor')),
                ('telepon_pelapor', models.CharField(blank=True, max_length=20, verbose_name='nomor ponsel pelapor')),
                ('surel_pelapor', models.EmailField(blank=True, max_length=254, verbose_name='surel pelapor')),
                ('nomor_putusan', models.CharField(blank=True, max_length=80, verbose_name='nomor putusan pengadilan')),
                ('tanggal_putusan', models.DateField(blank=True, null=True, verbose_name='tanggal putusan')),
                ('jumlah_kembali', models.PositiveBigIntegerField(blank=True, null=True, verbose_name='diminta disetor kembali (rupiah)')),
                ('rekening_kembali', models.CharField(blank=True, max_length=220, verbose_name='rekening BPKH yang diberitahukan')),
                ('diaktifkan_pada', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='diaktifkan pada')),
                ('alasan_akhir', models.CharField(blank=True, max_length=400, verbose_name='alasan ditolak atau dicabut')),
                ('status', django_fsm.FSMField(choices=[('diperiksa', 'Laporan diperiksa'), ('dikembalikan', 'Dikembalikan untuk dilengkapi'), ('disusun', 'Laporan disusun'), ('diverifikasi', 'Laporan diverifikasi Kasi'), ('menunggu_ttd', 'Menunggu tanda tangan Kepala'), ('siap_kirim', 'Laporan siap dikirim'), ('di_pusat', 'Diperiksa Direktorat'), ('menunggu_saldo', 'Saldo ditanyakan kepada BPKH'), ('saldo_ada', 'Saldo masih di BPKH'), ('saldo_keluar', 'Saldo sudah dikembalikan'), ('menunggu_keputusan', 'Menunggu keputusan Ditjen'), ('minta_setoran', 'Kasi meminta setoran kembali'), ('menunggu_setoran', 'Menunggu jemaah menyetor kembali'), ('bukti_diterima', 'Bukti setoran diperiksa kantor'), ('bukti_di_pusat', 'Bukti setoran diperiksa Direktorat'), ('menunggu_kepastian', 'Setoran kembali ditanyakan kepada BPKH'), ('setoran_pasti', 'Setoran kembali sudah di BPKH'), ('menunggu_jawaban', 'Porsi aktif, menunggu surat jawaban'), ('menunggu_penolakan', 'Ditolak, menunggu surat jawaban'), ('selesai', 'Selesai, porsi aktif kembali'), ('ditolak', 'Ditolak'), ('dicabut', 'Dicabut pelapor')], default='diperiksa', editable=False, max_length=50, protected=True)),
                ('kunjungan', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='pengaktifan', to='ptsp.kunjungan')),
                ('perkara_batal', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='pengaktifan_kembali', to='alur.perkara')),
            ],
            options={
                'verbose_name': 'pengaktifan kembali',
                'verbose_name_plural': 'pengaktifan kembali',
            },
            bases=(django_fsm.ConcurrentTransitionMixin, 'alur.perkara', models.Model),
        ),
    ]
