"""Holds the statements and rows that the repositories share."""
