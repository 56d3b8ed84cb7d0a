"""Sending products to creators: opened from any page that wants to."""
