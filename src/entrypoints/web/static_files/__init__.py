"""Builds and serves style sheets, scripts and pictures."""
