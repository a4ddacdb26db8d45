"""Holds the statements of lists: searched, counted and put in order."""
