"""Commands that do a school's work."""
