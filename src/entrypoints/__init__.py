"""Runs the service: settings, pages, command line, programming interface and demo world."""
