"""Background work of the room."""

from celery import shared_task

from .api import idempotensi


@shared_task(name="meja.hapus_idempotensi", ignore_result=True)
def hapus_idempotensi() -> int:
    """Hourly: forget answers that are no longer replayed. May run twice."""
    return idempotensi.hapus_lama()
