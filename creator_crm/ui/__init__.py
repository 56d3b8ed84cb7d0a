"""The window and its pages."""

import builtins

import PySide6.QtCore  # noqa: F401 (it replaces Python's import)

# PySide reads the source of every module imported after it, in search of its __feature__ switch. Nobody here
# uses that, and it was a tenth of the start: Python gets its own import back.
builtins.__import__ = getattr(builtins, "__orig_import__", builtins.__import__)
