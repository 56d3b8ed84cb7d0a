"""What the tests of files share: how much memory reading one takes."""

from __future__ import annotations

from weighing import peaks

__all__ = ["peaks"]
