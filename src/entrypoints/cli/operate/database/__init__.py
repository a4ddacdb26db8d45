"""Holds the commands for operators that are about the database."""
