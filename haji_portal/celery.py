"""The Celery application. All its settings come from Django, names starting with CELERY_."""

import os

from celery import Celery
from celery.signals import worker_init
from kombu.transport import TRANSPORT_ALIASES

from .sampah import jarang_cari

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "haji_portal.settings.dasar")

TRANSPORT_ALIASES["filesystem"] = "haji_portal.antrean:Transport"
app = Celery("haji_portal")
# The threads pool publishes retries from worker threads: without a process-wide default app they
# would look for an amqp broker on localhost.
app.set_default()
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@worker_init.connect
def _siap(**_: object) -> None:
    jarang_cari()
