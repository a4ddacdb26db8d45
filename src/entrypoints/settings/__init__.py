"""Reads the settings, and makes the checks that every command makes of them."""
