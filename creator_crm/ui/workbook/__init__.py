"""The team's workbook in the window: shared with a team mate, brought back, looked through, applied."""
