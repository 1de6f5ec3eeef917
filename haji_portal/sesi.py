"""Session life: half an hour without a request, or eight hours in all, ends a login."""

import time
from collections.abc import Callable

from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse

PALING_LAMA = 8 * 3600
"""Seconds after which a login ends whatever its owner does: one working day."""

JEDA_CATAT = 60
"""Seconds between two writes of the session. Writing on every request would queue all pages behind
SQLite's single writer."""


class BatasSesi:
    """Middleware: slides the idle limit (SESSION_COOKIE_AGE) and enforces PALING_LAMA."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            kini = int(time.time())
            mulai = request.session.setdefault("sesi_mulai", kini)
            if kini - mulai > PALING_LAMA:
                logout(request)
            elif kini - request.session.get("sesi_gerak", 0) > JEDA_CATAT:
                request.session["sesi_gerak"] = kini
        return self.get_response(request)
