"""Undoes registrations that were a mistake."""
