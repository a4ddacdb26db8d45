"""Reads and writes text as files and people have it: CSV, spreadsheet cells, dates in words."""
