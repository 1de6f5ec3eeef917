"""Reading the bundled YAML: with libyaml where there is one, which is eight times as fast and reads the same.

Every command of manage.py reads all SOP tables, for the checks: 0.4 s without it.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

_PEMBACA: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def baca_yaml(path: Path) -> Any:
    """The content of a file, plain values only. Raises OSError and yaml.YAMLError."""
    return yaml.load(path.read_text(encoding="utf-8"), Loader=_PEMBACA)  # noqa: S506  (a safe loader)
