"""The settings that operators give to the pages."""
