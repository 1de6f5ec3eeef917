import uuid

import django.core.validators
import django.db.models.deletion
import django.db.models.functions.text
import django_fsm
from django.conf import settings
from django.db import migrations, models

import haji_portal.dana.models.data


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('akun', '0001_initial'),
        ('alur', '0001_initial'),
        ('jemaah', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='KonfirmasiSaldo',
            fields=[
                ('perkara_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to='alur.perkara')),
                ('status', django_fsm.FSMField(choices=[('ditanyakan', 'Ditanyakan kepada BPKH'), ('ada', 'Dijawab: saldo ada di BPKH'), ('tidak_ada', 'Dijawab: saldo tidak ada di BPKH')], default='ditanyakan', editable=False, max_length=50, protected=True)),
                ('tentang', models.CharField(choices=[('setoran', 'Apakah setoran masih di BPKH'), ('setor-kembali', 'Apakah setoran yang dikembalikan jemaah sudah masuk')], default='setoran', max_length=14, verbose_name='yang ditanyakan')),
                ('jumlah', models.PositiveBigIntegerField(verbose_name='jumlah yang ditanyakan (rupiah)')),
                ('jawaban', models.PositiveBigIntegerField(blank=True, null=True, verbose_name='saldo menurut BPKH (rupiah)')),
                ('per_tanggal', models.DateField(blank=True, null=True, verbose_name='saldo per tanggal')),
                ('keterangan', models.CharField(blank=True, max_length=400, verbose_name='keterangan jawaban')),
            ],
            options={
                'verbose_name': 'konfirmasi saldo',
                'verbose_name_plural': 'konfirmasi saldo',
            },
            bases=(django_fsm.ConcurrentTransitionMixin, 'alur.perkara', models.Model),
        ),
        migrations.CreateModel(
            name='Pemutus',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('mitra', models.CharField(choices=[('bpkh', 'BPKH'), ('bps', 'BPS')], max_length=4, unique=True)),
                ('gagal_beruntun', models.PositiveIntegerField(default=0)),
                ('terbuka_sampai', models.DateTimeField(blank=True, null=True)),
                ('diubah', models.DateTimeField(blank=True, null=True)),
            ],
            options={
                'verbose_name': 'pemutus mitra',
                'verbose_name_plural': 'pemutus mitra',
                'ordering': ['mitra'],
            },
        ),
        migrations.CreateModel(
            name='PeriksaBuku',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('waktu', models.DateTimeField()),
                ('pembukuan', models.PositiveBigIntegerField(verbose_name='pembukuan diperiksa')),
                ('temuan', models.PositiveIntegerField()),
            ],
            options={
                'verbose_name': 'pemeriksaan buku dana',
                'verbose_name_plural': 'pemeriksaan buku dana',
                'ordering': ['-pk'],
            },
        ),
        migrations.CreateModel(
            name='Peristiwa',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('mitra', models.CharField(choices=[('bpkh', 'BPKH'), ('bps', 'BPS')], max_length=4)),
                ('id_webhook', models.CharField(max_length=200)),
                ('jenis', models.CharField(choices=[('spm.terbit', 'SPM terbit'), ('dana.ditransfer', 'Dana ditransfer'), ('dana.gagal', 'Pembayaran gagal'), ('dana.retur', 'Dana diretur')], max_length=20)),
                ('rujukan', models.CharField(db_index=True, max_length=60)),
                ('isi', models.TextField()),
                ('sidik', models.CharField(max_length=64)),
                ('id_kunci', models.CharField(max_length=16)),
                ('waktu_tanda', models.DateTimeField()),
                ('diterima', models.DateTimeField()),
                ('ulangan', models.PositiveIntegerField(default=0)),
                ('ulangan_beda', models.PositiveIntegerField(default=0)),
                ('kantor', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='akun.kantor')),
            ],
            options={
                'verbose_name': 'peristiwa mitra',
                'verbose_name_plural': 'peristiwa mitra',
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='Posting',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('rujukan', models.CharField(max_length=120, unique=True)),
                ('jenis', models.CharField(choices=[('setoran', 'Setoran masuk'), ('pesan', 'Disisihkan untuk pengembalian'), ('lepas', 'Pengembalian gagal, dana kembali dikelola'), ('spm', 'SPM terbit'), ('sesuai', 'Nilai manfaat disesuaikan'), ('transfer', 'Dikirim bank'), ('terima', 'Diterima'), ('retur', 'Dikembalikan bank penerima'), ('reversal', 'Setoran dibatalkan bank'), ('kembali', 'Disetor kembali oleh jemaah')], max_length=10)),
                ('waktu', models.DateTimeField()),
                ('keterangan', models.CharField(blank=True, max_length=200)),
                ('perkara', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='posting', to='alur.perkara')),
                ('setoran', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='posting', to='jemaah.setoran')),
            ],
            options={
                'verbose_name': 'pembukuan dana',
                'verbose_name_plural': 'buku dana',
                'ordering': ['waktu', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Baris',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('akun', models.CharField(choices=[('luar', 'Penyetor'), ('bpkh', 'Dikelola BPKH'), ('dipesan', 'Di BPKH, disisihkan untuk pengembalian'), ('spm', 'SPM terbit, menuju bank'), ('bps', 'Dikirim bank, hasil belum pasti'), ('penerima', 'Di rekening penerima'), ('nilai_manfaat', 'Nilai manfaat dari BPKH')], max_length=14)),
                ('unsur', models.CharField(choices=[('setoran', 'Setoran'), ('nilai_manfaat', 'Nilai manfaat')], max_length=14)),
                ('jumlah', models.BigIntegerField(verbose_name='jumlah (rupiah)')),
                ('posting', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='baris', to='dana.posting')),
            ],
            options={
                'verbose_name': 'baris buku dana',
                'verbose_name_plural': 'baris buku dana',
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='Putusan',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('hasil', models.CharField(choices=[('diterapkan', 'Diterapkan'), ('diabaikan', 'Diabaikan, tidak ada yang baru'), ('karantina', 'Karantina')], max_length=10)),
                ('alasan', models.CharField(blank=True, choices=[('sudah', 'Sudah diketahui'), ('terlambat', 'Kabar lama yang datang belakangan'), ('rujukan', 'Rujukan tidak dikenal'), ('wewenang', 'Bukan wewenang pengirimnya'), ('mitra_lain', 'Pengembalian milik bank lain'), ('belum_diajukan', 'Pengembalian belum diajukan kepada mitra'), ('setoran', 'Jumlah setoran berbeda'), ('jumlah', 'Jumlah bukan setoran ditambah nilai manfaat'), ('manfaat', 'Nilai manfaat berbeda dari yang sudah ditransfer'), ('rekening', 'Rekening tujuan berbeda'), ('mata_uang', 'Mata uang bukan rupiah'), ('waktu', 'Waktu kejadian tidak mungkin'), ('spm_lain', 'SPM lain untuk pengembalian yang sama'), ('bertentangan', 'Bertentangan dengan kabar sebelumnya'), ('kepastian', 'Hasilnya sedang dipastikan dua orang'), ('sesudah_gagal', 'Kabar pembayaran sesudah gagal atau retur'), ('sesudah_akhir', 'Kabar gagal sesudah dana diterima'), ('dipulihkan', 'Pembatalannya sudah dipulihkan (disetor kembali atau porsi aktif kembali)'), ('galat', 'Tidak dapat diolah portal')], max_length=15)),
                ('keterangan', models.CharField(blank=True, max_length=300)),
                ('waktu', models.DateTimeField()),
                ('ditutup', models.DateTimeField(blank=True, null=True)),
                ('peristiwa', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='putusan', to='dana.peristiwa')),
                ('perkara', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='putusan_mitra', to='alur.perkara')),
                ('riwayat', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='alur.riwayat')),
            ],
            options={
                'verbose_name': 'putusan peristiwa',
                'verbose_name_plural': 'putusan peristiwa',
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='RekeningBpkh',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('bank', models.CharField(max_length=60)),
                ('nomor', models.CharField(max_length=30, validators=[django.core.validators.RegexValidator('^[0-9]{6,20}\\Z', 'Nomor rekening terdiri atas 6–20 angka.')], verbose_name='nomor rekening')),
                ('atas_nama', models.CharField(default='Badan Pengelola Keuangan Haji', max_length=120, verbose_name='atas nama')),
                ('sumber', models.CharField(max_length=200, verbose_name='surat atau ketentuan')),
                ('mulai', models.DateField(verbose_name='berlaku dari')),
                ('selesai', models.DateField(blank=True, null=True, verbose_name='berlaku sampai')),
            ],
            options={
                'verbose_name': 'rekening BPKH',
                'verbose_name_plural': 'rekening BPKH',
                'ordering': ['-mulai'],
                'constraints': [models.UniqueConstraint(fields=('mulai',), name='rekening_bpkh_satu_per_tanggal')],
            },
        ),
        migrations.CreateModel(
            name='Rekonsiliasi',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('mitra', models.CharField(choices=[('bpkh', 'BPKH'), ('bps', 'BPS')], max_length=4)),
                ('tanggal', models.DateField()),
                ('sumber', models.CharField(choices=[('http', 'Sistem mitra'), ('berkas', 'Berkas')], max_length=6)),
                ('sidik', models.CharField(max_length=64, verbose_name='SHA-256')),
                ('kunci', models.CharField(editable=False, max_length=80, unique=True, verbose_name='kunci penyimpanan')),
                ('berkas_nama', models.CharField(blank=True, max_length=120, verbose_name='nama berkas')),
                ('berkas_sha256', models.CharField(blank=True, db_index=True, max_length=64, verbose_name='SHA-256 berkas')),
                ('dibuat', models.DateTimeField()),
                ('dijalankan', models.DateTimeField(blank=True, null=True)),
                ('berlaku', models.BooleanField(default=False)),
                ('jumlah_baris', models.PositiveIntegerField(default=0)),
                ('jumlah_beda', models.PositiveIntegerField(default=0, verbose_name='tidak cocok')),
                ('hitungan', models.JSONField(default=dict)),
                ('kantor', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='akun.kantor')),
                ('pengguna', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'rekonsiliasi',
                'verbose_name_plural': 'rekonsiliasi',
                'ordering': ['-tanggal', 'mitra', 'kantor', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='BarisRekonsiliasi',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kunci', models.CharField(max_length=20)),
                ('urut', models.PositiveIntegerField(default=0, verbose_name='baris ke')),
                ('kelas', models.CharField(choices=[('cocok', 'Cocok'), ('tiada_sini', 'Tidak ada di sini'), ('tiada_sana', 'Tidak ada di sana'), ('jumlah', 'Jumlah berbeda'), ('rekening', 'Rekening berbeda'), ('nama', 'Nama berbeda'), ('tanggal', 'Tanggal berbeda'), ('ganda', 'Ganda'), ('kembali', 'Dikembalikan'), ('rujukan', 'Rujukan tidak dikenal'), ('mata_uang', 'Mata uang berbeda'), ('status', 'Status berbeda')], max_length=10)),
                ('kalimat', models.CharField(blank=True, max_length=300)),
                ('rujukan', models.CharField(blank=True, max_length=60)),
                ('rujukan_bank', models.CharField(blank=True, max_length=60)),
                ('tanggal', models.DateField(blank=True, null=True)),
                ('jumlah', models.BigIntegerField(blank=True, null=True, verbose_name='jumlah pada mutasi (rupiah)')),
                ('seharusnya', models.BigIntegerField(blank=True, null=True, verbose_name='jumlah menurut buku (rupiah)')),
                ('mata_uang', models.CharField(blank=True, max_length=3)),
                ('status', models.CharField(blank=True, max_length=12, verbose_name='status pada mutasi')),
                ('rekening', models.CharField(blank=True, max_length=30, verbose_name='rekening (disamarkan)')),
                ('perkara', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='alur.perkara')),
                ('rekonsiliasi', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='baris', to='dana.rekonsiliasi')),
            ],
            options={
                'verbose_name': 'baris rekonsiliasi',
                'verbose_name_plural': 'baris rekonsiliasi',
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='TindakanMitra',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('jenis', models.CharField(choices=[('usul', 'Diusulkan'), ('setuju', 'Disetujui'), ('tolak', 'Usul ditolak')], max_length=6)),
                ('keputusan', models.CharField(choices=[('abaikan', 'Tutup tanpa mengubah pengembalian'), ('nilai_ulang', 'Nilai ulang dengan keadaan sekarang')], max_length=11)),
                ('catatan', models.CharField(max_length=400)),
                ('jabatan', models.CharField(max_length=300)),
                ('waktu', models.DateTimeField()),
                ('kantor', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='akun.kantor')),
                ('pengguna', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('putusan', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='tindakan', to='dana.putusan')),
            ],
            options={
                'verbose_name': 'tindakan atas kabar mitra',
                'verbose_name_plural': 'tindakan atas kabar mitra',
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='Panggilan',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('mitra', models.CharField(choices=[('bpkh', 'BPKH'), ('bps', 'BPS')], max_length=4)),
                ('jenis', models.CharField(choices=[('kirim', 'Permintaan pengembalian'), ('tanya', 'Pertanyaan keadaan'), ('saldo', 'Pertanyaan saldo'), ('mutasi', 'Daftar mutasi')], max_length=6)),
                ('mulai', models.DateTimeField()),
                ('selesai', models.DateTimeField(blank=True, null=True)),
                ('hasil', models.CharField(blank=True, choices=[('terjawab', 'Terjawab'), ('ditolak', 'Ditolak mitra'), ('tak_terjangkau', 'Tidak terjangkau'), ('tak_jelas', 'Jawaban tidak jelas'), ('salah_setel', 'Ditolak sebelum dibaca (setelan)')], max_length=14)),
                ('status_http', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='status HTTP')),
                ('jawaban', models.CharField(blank=True, max_length=60)),
                ('perkara', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='panggilan', to='alur.perkara')),
                ('riwayat', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='panggilan', to='alur.riwayat')),
            ],
            options={
                'verbose_name': 'panggilan mitra',
                'verbose_name_plural': 'panggilan mitra',
                'ordering': ['-pk'],
                'indexes': [models.Index(fields=['perkara', 'jenis'], name='panggilan_perkara')],
            },
        ),
        migrations.CreateModel(
            name='Pengembalian',
            fields=[
                ('perkara_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to='alur.perkara')),
                ('status', django_fsm.FSMField(choices=[('disiapkan', 'Rekening diperiksa kantor'), ('diperiksa', 'Diperiksa Direktorat'), ('diusulkan', 'Menunggu persetujuan Direktur'), ('diajukan', 'Diajukan kepada BPKH'), ('spm_terbit', 'SPM terbit'), ('ditransfer', 'Ditransfer bank'), ('belum_pasti', 'Belum pasti'), ('diterima', 'Diterima'), ('gagal', 'Gagal, ditolak mitra'), ('retur', 'Retur, dana kembali'), ('dihentikan', 'Dihentikan, belum pernah dikirim')], default='disiapkan', editable=False, max_length=50, protected=True)),
                ('jumlah_setoran', models.PositiveBigIntegerField(verbose_name='setoran (rupiah)')),
                ('nilai_manfaat', models.PositiveBigIntegerField(blank=True, null=True, verbose_name='nilai manfaat (rupiah)')),
                ('nomor_spm', models.CharField(blank=True, max_length=60, verbose_name='nomor SPM')),
                ('tanggal_spm', models.DateField(blank=True, null=True, verbose_name='tanggal SPM')),
                ('rujukan_bank', models.CharField(blank=True, max_length=60, verbose_name='nomor rujukan bank')),
                ('bank_rujukan', models.CharField(blank=True, editable=False, max_length=60, verbose_name='bank pemberi rujukan')),
                ('tanggal_transfer', models.DateField(blank=True, null=True, verbose_name='tanggal transfer')),
                ('tanggal_terima', models.DateField(blank=True, null=True, verbose_name='tanggal diterima')),
                ('hasil_usulan', models.CharField(blank=True, choices=[('terkirim', 'Dana sampai di rekening'), ('tidak', 'Dana tidak terkirim')], max_length=9, verbose_name='hasil yang diusulkan')),
                ('alasan_akhir', models.CharField(blank=True, max_length=400, verbose_name='alasan gagal atau retur')),
                ('pesanan_ke', models.PositiveSmallIntegerField(default=1, editable=False, verbose_name='dipesan ke-')),
                ('rekening', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='pengembalian', to='jemaah.rekening')),
                ('sebelumnya', models.OneToOneField(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='pengganti', to='dana.pengembalian')),
            ],
            options={
                'verbose_name': 'pengembalian dana',
                'verbose_name_plural': 'pengembalian dana',
                'constraints': [models.UniqueConstraint(django.db.models.functions.text.Upper('bank_rujukan'), django.db.models.functions.text.Upper('rujukan_bank'), condition=models.Q(('rujukan_bank', ''), _negated=True), name='rujukan_bank_sekali', violation_error_message='Nomor rujukan ini sudah dipakai pengembalian lain dari bank yang sama.'), models.CheckConstraint(condition=models.Q(('rujukan_bank', ''), models.Q(('bank_rujukan', ''), _negated=True), _connector='OR'), name='rujukan_bank_milik_bank')],
            },
            bases=(haji_portal.dana.models.data.DataPengembalian, django_fsm.ConcurrentTransitionMixin, 'alur.perkara', models.Model),
        ),
        migrations.AddConstraint(
            model_name='peristiwa',
            constraint=models.UniqueConstraint(condition=models.Q(('kantor__isnull', True)), fields=('mitra', 'id_webhook'), name='peristiwa_sekali'),
        ),
        migrations.AddConstraint(
            model_name='peristiwa',
            constraint=models.UniqueConstraint(condition=models.Q(('kantor__isnull', False)), fields=('mitra', 'kantor', 'id_webhook'), name='peristiwa_bank'),
        ),
        migrations.AddConstraint(
            model_name='baris',
            constraint=models.UniqueConstraint(fields=('posting', 'akun', 'unsur'), name='baris_satu_per_akun'),
        ),
        migrations.AddConstraint(
            model_name='baris',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('jumlah', 0), _negated=True), ('jumlah__gte', -1000000000000000), ('jumlah__lte', 1000000000000000)), name='baris_jumlah'),
        ),
        migrations.AddConstraint(
            model_name='baris',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('akun__in', ['luar', 'bpkh', 'dipesan', 'spm', 'bps', 'penerima']), ('unsur', 'setoran')), models.Q(('akun__in', ['bpkh', 'dipesan', 'spm', 'bps', 'penerima', 'nilai_manfaat']), ('unsur', 'nilai_manfaat')), _connector='OR'), name='baris_akun_unsur'),
        ),
        migrations.AddIndex(
            model_name='putusan',
            index=models.Index(condition=models.Q(('hasil', 'karantina')), fields=['perkara'], name='putusan_karantina'),
        ),
        migrations.AddConstraint(
            model_name='putusan',
            constraint=models.CheckConstraint(condition=models.Q(('ditutup__isnull', True), ('hasil', 'karantina'), _connector='OR'), name='putusan_tutup_karantina'),
        ),
        migrations.AddConstraint(
            model_name='rekonsiliasi',
            constraint=models.UniqueConstraint(fields=('mitra', 'kantor', 'tanggal', 'sidik'), name='rekonsiliasi_sekali'),
        ),
        migrations.AddConstraint(
            model_name='rekonsiliasi',
            constraint=models.UniqueConstraint(condition=models.Q(('berlaku', True)), fields=('mitra', 'kantor', 'tanggal'), name='rekonsiliasi_satu_berlaku'),
        ),
        migrations.AddIndex(
            model_name='barisrekonsiliasi',
            index=models.Index(fields=['rekonsiliasi', 'kelas'], name='baris_rekonsiliasi_kelas'),
        ),
        migrations.AddConstraint(
            model_name='barisrekonsiliasi',
            constraint=models.UniqueConstraint(fields=('rekonsiliasi', 'kunci'), name='baris_rekonsiliasi_sekali'),
        ),
        migrations.AddConstraint(
            model_name='tindakanmitra',
            constraint=models.UniqueConstraint(condition=models.Q(('jenis', 'setuju')), fields=('putusan',), name='tindakan_setuju_sekali', violation_error_message='Kabar ini baru saja diputuskan orang lain.'),
        ),
    ]
