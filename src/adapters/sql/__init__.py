"""Keeps the records in SQLite or PostgreSQL, which guard them by constraints."""
