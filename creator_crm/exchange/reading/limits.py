"""How much time, memory and disk the reading process may take, where the system can be told."""

from __future__ import annotations

import sys
from typing import Final

MOST_COPIED: Final = 256 * 1024 * 1024  # bytes that a copy of a workbook in memory may take
_BASE_MEMORY: Final = 288 * 1024 * 1024
_MOST_MEMORY: Final = 4 * 1024 * 1024 * 1024


def limits_memory() -> bool:
    """Elsewhere the limit is not kept, or does not exist."""
    return sys.platform == "linux"


def limit_memory(content: int) -> None:
    """What the process needs, and what a library needs for `content` bytes."""
    if sys.platform == "linux":
        import resource

        size = min(_MOST_MEMORY, _BASE_MEMORY + 8 * content)
        resource.setrlimit(resource.RLIMIT_AS, (size, resource.getrlimit(resource.RLIMIT_AS)[1]))


def limit_time_and_files(seconds: float, largest_file: int) -> None:
    """Processor time, and the size of any file; whatever happens, no core is dumped."""
    if sys.platform != "win32":
        import resource

        resource.setrlimit(resource.RLIMIT_CPU, (int(seconds) + 2, int(seconds) + 4))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        resource.setrlimit(resource.RLIMIT_FSIZE, (largest_file, largest_file))
