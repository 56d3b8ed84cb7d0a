"""How a list becomes records, step by step; `services/imports.py` is the door."""
