"""Known exports of other programs, one table of signatures for all."""
