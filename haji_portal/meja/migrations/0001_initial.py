from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='KunciIdempotensi',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('pemilik', models.CharField(max_length=40)),
                ('kunci', models.CharField(max_length=64)),
                ('sidik', models.CharField(max_length=64, verbose_name='sidik permintaan')),
                ('pemegang', models.CharField(max_length=32, verbose_name='permintaan yang memegangnya')),
                ('sewa_sampai', models.DateTimeField(verbose_name='dipegang sampai')),
                ('dibuat', models.DateTimeField(db_index=True)),
                ('selesai', models.DateTimeField(null=True)),
                ('status', models.PositiveSmallIntegerField(null=True)),
                ('kepala', models.JSONField(default=dict)),
                ('isi', models.JSONField(default=dict)),
            ],
            options={
                'verbose_name': 'kunci idempotensi',
                'verbose_name_plural': 'kunci idempotensi',
                'constraints': [models.UniqueConstraint(fields=('pemilik', 'kunci'), name='idempotensi_satu_per_pemilik')],
            },
        ),
    ]
