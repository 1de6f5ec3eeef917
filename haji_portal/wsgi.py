"""WSGI entry point: `granian --interface wsgi haji_portal.wsgi:application`."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "haji_portal.settings.dasar")

application = get_wsgi_application()
