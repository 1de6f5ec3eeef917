from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
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
    ]
