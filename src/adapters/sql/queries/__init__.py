"""Statements and rows that the repositories share."""
