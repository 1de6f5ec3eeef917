#!/usr/bin/env python
"""Django's command line. Without DJANGO_SETTINGS_MODULE it uses the embedded default."""

import os
import sys

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "haji_portal.settings.dasar")
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)
