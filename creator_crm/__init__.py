"""Creator CRM: the creator program of a small brand, in one offline file."""

__version__ = "0.1.0"
