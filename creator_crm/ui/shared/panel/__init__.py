"""The panel of one record: its form, its parts, its history, its attachments."""
