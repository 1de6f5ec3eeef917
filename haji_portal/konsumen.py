"""Celery's consumer, mended: Celery 5.7.0 exits when Redis goes away while a task runs.

Celery 5.7 closes the dead connection before the running task has acknowledged its message; the
Redis channel has lost its client by then and the worker ends with an AttributeError. The earlier
order (collect only, never close) survives. `tests/infra/test_redis_mati.py` tells whether an
upgrade of Celery has made this class unnecessary.
"""

from celery.worker.consumer import Consumer


class SafeConsumer(Consumer):
    """Consumer that outlives a broker which disappears in the middle of a task."""

    def on_connection_error_after_connected(self, exc: BaseException) -> None:
        """Leave the dead connection to be collected instead of closing it."""
        if self.connection is not None:
            self.connection.close = lambda: None
        super().on_connection_error_after_connected(exc)
