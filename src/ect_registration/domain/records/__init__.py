"""What the service keeps about its own use: history, announcements, refusals and lookups."""
