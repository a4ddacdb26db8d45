"""Holds connections, transactions, errors and the schema."""
