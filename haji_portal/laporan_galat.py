"""What a report of an error may show."""

import re
from collections.abc import ItemsView
from types import FrameType
from typing import Any

from django.http import HttpRequest
from django.views.debug import SafeExceptionReporterFilter


class SaringLaporan(SafeExceptionReporterFilter):
    """Reports of errors name the place and the kind of error; never what was posted or what variables held.

    Passwords and passphrases pass through many functions, and one forgotten mark at one of them would be enough.
    """

    hidden_settings = re.compile(
        f"{SafeExceptionReporterFilter.hidden_settings.pattern}|SANDI|RAHASIA|KUNCI|URL|GERBANG", re.IGNORECASE
    )

    def is_active(self, request: HttpRequest | None) -> bool:
        """Also with DEBUG on."""
        return True

    def get_post_parameters(self, request: HttpRequest | None) -> dict[str, Any]:
        """The names of the fields only."""
        return dict.fromkeys(request.POST, self.cleansed_substitute) if request is not None else {}

    def get_traceback_frame_variables(self, request: HttpRequest | None, tb_frame: FrameType) -> ItemsView[str, Any]:
        """The names of the variables only."""
        return dict.fromkeys(tb_frame.f_locals, self.cleansed_substitute).items()
