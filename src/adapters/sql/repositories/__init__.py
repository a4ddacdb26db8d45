"""Holds one module for each part of the store."""
