"""Holds the commands that start a server."""
