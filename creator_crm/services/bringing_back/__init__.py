"""Bringing a workbook back: whose rows are whose, what they hold, what that comes to, and writing it."""
