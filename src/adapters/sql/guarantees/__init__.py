"""Holds the guarantees that the database keeps, and tries them."""
