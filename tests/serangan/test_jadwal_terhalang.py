"""A case whose only official has gone must be seen by those who can appoint another, without anybody taking a step."""

from __future__ import annotations

import datetime

from celery import current_app
from django.conf import settings
from django.utils import timezone

from haji_portal.akun.models import Pengguna, Penugasan


def jalankan_jadwal(awalan: str) -> None:
    """What beat sends: every scheduled task of that name, as the worker would run it."""
    current_app.loader.import_default_modules()
    for entri in settings.CELERY_BEAT_SCHEDULE.values():
        if entri["task"].startswith(awalan):
            current_app.tasks[entri["task"]](**entri.get("kwargs", {}))


def test_penugasan_berakhir_tanpa_langkah_terlihat_terhalang(masuk, sampai):
    perkara = sampai("diverifikasi", 1)
    kemarin = timezone.localdate() - datetime.timedelta(days=1)
    Penugasan.objects.filter(kantor=perkara.kantor, peran="kasi").update(selesai=kemarin)
    jalankan_jadwal("alur.periksa_terhalang")
    perkara = type(perkara).objects.get(pk=perkara.pk)
    assert perkara.terhalang
    for siapa in ("kepala.lombok-timur", "kanwil.ntb"):
        assert perkara.nomor in masuk(siapa).get("/kerja/").content.decode(), siapa
    assert "erhalang" in masuk("kepala.lombok-timur").get(perkara.get_absolute_url()).content.decode()
    Penugasan.objects.filter(kantor=perkara.kantor, peran="kasi").update(selesai=None)
    jalankan_jadwal("alur.periksa_terhalang")
    assert not type(perkara).objects.get(pk=perkara.pk).terhalang


def test_akun_dimatikan_di_tengah_sesi(masuk, sampai):
    """The next request of a disabled account is anonymous; the case shows as blocked after the schedule."""
    perkara = sampai("diverifikasi", 1)
    client = masuk("kasi.lombok-timur")
    Pengguna.objects.filter(username="kasi.lombok-timur").update(is_active=False)
    url = f"{perkara.get_absolute_url()}langkah/tandatangani/"
    jawab = client.post(url, {"versi": perkara.versi, "sandi": "haji-demo"})
    assert jawab.status_code == 302 and jawab["Location"].startswith("/masuk/")
    jalankan_jadwal("alur.periksa_terhalang")
    assert type(perkara).objects.get(pk=perkara.pk).terhalang


def test_penugasan_habis_di_tengah_sesi(masuk, sampai):
    perkara = sampai("diverifikasi", 1)
    client = masuk("kasi.lombok-timur")
    kemarin = timezone.localdate() - datetime.timedelta(days=1)
    Penugasan.objects.filter(pengguna__username="kasi.lombok-timur").update(selesai=kemarin)
    url = f"{perkara.get_absolute_url()}langkah/tandatangani/"
    assert client.post(url, {"versi": perkara.versi, "sandi": "haji-demo"}).status_code == 403
    assert client.get(perkara.get_absolute_url()).status_code == 403
