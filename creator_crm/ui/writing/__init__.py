"""Writing to a creator: opened from any page that wants to."""
