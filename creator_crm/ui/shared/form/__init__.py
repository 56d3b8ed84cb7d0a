"""The one form of the application, made from a description, and the editors it shares with the table."""
