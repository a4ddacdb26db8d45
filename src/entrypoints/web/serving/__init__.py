"""Runs the production web server."""
