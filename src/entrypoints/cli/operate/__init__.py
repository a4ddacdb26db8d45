"""Holds the commands for operators."""
