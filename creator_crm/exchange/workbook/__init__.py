"""The team's workbook: written, read back, and where it came from."""
