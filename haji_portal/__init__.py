"""Project package. The Celery app is imported here so that `shared_task` always finds it."""

from .celery import app as celery_app

__all__ = ["celery_app"]
