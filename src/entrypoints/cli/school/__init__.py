"""Holds the commands that do a school's work."""
