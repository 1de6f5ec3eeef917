"""The whole language of message templates: `{{ fakta }}`, `|default:"..."` and `{% if %}`. Nothing loads or calls."""

from __future__ import annotations

from django.template import Library
from django.template.defaultfilters import default
from django.template.defaulttags import do_if

register = Library()
register.tag("if", do_if)
register.filter("default", default)
