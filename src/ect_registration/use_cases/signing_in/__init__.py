"""Signing in, sessions and limits."""
