"""The production web server."""
