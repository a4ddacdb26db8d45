"""Stores what users do and have begun."""
