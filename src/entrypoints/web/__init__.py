"""Serves the pages, one package for each part of the service."""
