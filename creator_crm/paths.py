"""Where the program's own files lie: in a checkout, an installed wheel and a frozen bundle alike."""

from __future__ import annotations

import sys
from functools import cache
from pathlib import Path


@cache
def data_dir(name: str) -> Path:
    """The folder `migrations` or `resources`; FileNotFoundError when the installation is incomplete."""
    package = Path(__file__).resolve().parent
    candidates = [package / "_data", package.parent]
    bundle = getattr(sys, "_MEIPASS", None)
    if bundle:
        candidates.insert(0, Path(bundle))
    for candidate in candidates:
        if (candidate / name).is_dir():
            return candidate / name
    raise FileNotFoundError(f"The program's folder '{name}' is missing; please install Creator CRM again.")
