"""Stores schools and the organisations that they choose from."""
