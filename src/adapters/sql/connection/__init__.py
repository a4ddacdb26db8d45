"""Connections, transactions, errors and the schema."""
