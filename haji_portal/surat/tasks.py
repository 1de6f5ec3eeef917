"""Background work of the room."""

from celery import shared_task

from . import simpan


@shared_task(name="surat.hapus_yatim", ignore_result=True)
def hapus_yatim() -> int:
    """Daily: collect PDFs that no letter took. May run twice."""
    return simpan.hapus_yatim()
