"""Log formatter that hides NIK-shaped numbers, also inside tracebacks."""

import logging
import re

NIK = re.compile(r"(?<!\d)(?:\d[ .-]?){15}\d(?!\d)")


class FormatterSamar(logging.Formatter):
    """Masks every 16-digit number of the finished line.

    A filter sees only the message; a formatter also sees the traceback, whose last line often quotes
    the value that failed.
    """

    def format(self, record: logging.LogRecord) -> str:
        """Return the formatted line with each 16-digit number replaced by stars."""
        return NIK.sub("****************", super().format(record))
