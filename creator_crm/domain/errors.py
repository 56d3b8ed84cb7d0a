"""The error of the user's world, not our bug: its text is a sentence to be read; and the wish to stop."""

from __future__ import annotations


class UserError(Exception):
    """What can happen to anybody (full disk, bad sheet): what happened, what is safe, what to do."""


class Cancelled(Exception):
    """The user asked to stop: nothing failed, and there is nothing to explain."""
