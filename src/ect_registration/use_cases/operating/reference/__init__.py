"""Changing and showing reference data: tables of rows that operators keep up to date."""
