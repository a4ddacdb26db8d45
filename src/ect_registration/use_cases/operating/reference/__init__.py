"""Changes and shows reference data: tables of rows that operators keep up to date."""
