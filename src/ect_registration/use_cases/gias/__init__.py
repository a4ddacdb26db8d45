"""Keeps schools as Get Information About Schools (GIAS) publishes them."""
