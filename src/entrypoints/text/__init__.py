"""Text as files and people write it: CSV, spreadsheet cells, dates in words."""
