"""The command line run in this process, on a workspace of its own."""

from __future__ import annotations

from command_line import cli, path

__all__ = ["cli", "path"]
