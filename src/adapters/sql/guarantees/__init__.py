"""Guarantees that the database keeps, and how they are tried."""
