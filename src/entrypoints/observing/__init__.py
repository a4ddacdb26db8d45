"""Watches requests, dependencies and retries, for those who run the service."""
